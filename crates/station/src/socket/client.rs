//! The commands' end of the local socket: blocking, one request at a time.

use super::SocketError;
use crate::limits::REPLY_LINE_BYTES_MAX;
use serde::Serialize;
use serde_json::Value;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;
use zeroize::Zeroizing;

/// Longer than any request that holds a passphrase, in bytes.
const LINE_BYTES: usize = 16 * 1024;

/// Sends one request to the station at `path` and gives its reply. `patience` bounds each wait for the station.
pub fn call(path: &Path, request: &impl Serialize, patience: Duration) -> Result<Value, SocketError> {
    Client::connect(path, patience)?.call(request)
}

/// A connection that stays open for several requests.
#[derive(Debug)]
pub struct Client(BufReader<UnixStream>);

impl Client {
    /// Connects to the station at `path`. `patience` bounds each later wait; zero is taken as one millisecond.
    pub fn connect(path: &Path, patience: Duration) -> Result<Self, SocketError> {
        let stream = UnixStream::connect(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => SocketError::NotRunning,
            _ => SocketError::Io(error),
        })?;
        let patience = Some(patience.max(Duration::from_millis(1)));
        stream.set_read_timeout(patience)?;
        stream.set_write_timeout(patience)?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Sends one request and waits for its reply. After an error the connection is of no more use.
    pub fn call(&mut self, request: &impl Serialize) -> Result<Value, SocketError> {
        // Room enough that a line with a passphrase never moves and leaves a copy behind.
        let mut line = Zeroizing::new(Vec::with_capacity(LINE_BYTES));
        let unsayable = |_| SocketError::Protocol("the request cannot be written as JSON");
        serde_json::to_writer(&mut *line, request).map_err(unsayable)?;
        line.push(b'\n');
        self.0.get_mut().write_all(&line).map_err(classify)?;
        let mut reply = Zeroizing::new(Vec::new());
        let mut bounded = (&mut self.0).take(REPLY_LINE_BYTES_MAX as u64 + 1);
        bounded.read_until(b'\n', &mut reply).map_err(classify)?;
        if reply.is_empty() {
            return Err(SocketError::NotRunning);
        }
        let whole = reply.strip_suffix(b"\n").ok_or(SocketError::Protocol("the reply is cut off"))?;
        serde_json::from_slice(whole).map_err(|_| SocketError::Protocol("the reply is not JSON"))
    }
}

fn classify(error: io::Error) -> SocketError {
    match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => SocketError::Timeout,
        io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset => SocketError::NotRunning,
        _ => SocketError::Io(error),
    }
}
