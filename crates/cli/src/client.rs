//! One request to the running station and its answer.

use crate::errors;
use crate::global::Global;
use crate::limits::{ANSWER_BYTES_MAX, ANSWER_WAIT, SOCKET_PATH_BYTES_MAX};
use backchannel_station::api::{Failure, Request, Response};
use serde_json::Value;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;
use zeroize::Zeroizing;

/// Asks the station of this home.
pub fn ask(global: &Global, request: &Request) -> Result<Value, Failure> {
    ask_within(&global.home()?, request, ANSWER_WAIT)
}

/// Asks the station of `home`, and gives up when no answer came within `wait`.
pub fn ask_within(home: &Path, request: &Request, wait: Duration) -> Result<Value, Failure> {
    let socket = home.join("station.sock");
    if socket.as_os_str().as_bytes().len() > SOCKET_PATH_BYTES_MAX {
        return Err(errors::usage(
            format!("The path {} is too long for a socket.", socket.display()),
            "Use a home with a shorter path.",
        ));
    }
    let answer = exchange(&socket, request, wait).map_err(|error| errors::no_station(home, &error))?;
    match serde_json::from_slice(&answer) {
        Ok(Response::Ok(value)) => Ok(value),
        Ok(Response::Error(failure)) => Err(failure),
        Err(_) => {
            Err(errors::internal("The station's answer is not understood; it may be of another version."))
        }
    }
}

fn exchange(socket: &Path, request: &Request, wait: Duration) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(wait))?;
    stream.set_write_timeout(Some(wait))?;
    let mut line = Zeroizing::new(serde_json::to_vec(request)?);
    line.push(b'\n');
    stream.write_all(&line)?;
    let mut answer = Zeroizing::new(Vec::new());
    BufReader::new(stream.take(ANSWER_BYTES_MAX)).read_until(b'\n', &mut answer)?;
    if answer.is_empty() { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(answer) }
}
