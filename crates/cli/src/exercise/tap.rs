//! The tap: a process between one station and the relay that copies bytes both ways and notes when how many
//! passed. It knows nothing of what they are (docs/spec/exercises.md).

use super::limits::{TAP_CONNECTIONS_MAX, TAP_READ_BYTES};
use crate::{clock, errors, out};
use backchannel_station::api::Failure;
use serde_json::json;
use std::fs::File;
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

/// Arguments of the hidden command `exercise-tap`.
#[derive(clap::Args, Clone, Debug)]
pub struct TapArgs {
    /// The address to listen on; port 0 takes any
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
    /// The relay's address
    #[arg(long, value_name = "ADDR")]
    pub relay: SocketAddr,
    /// Where the CSV files go
    #[arg(long, value_name = "DIR")]
    pub csv: PathBuf,
    /// Whose line it is: the first part of the files' names
    #[arg(long)]
    pub who: String,
}

/// Runs a tap until standard input ends.
pub fn run_tap(args: &TapArgs) -> Result<ExitCode, Failure> {
    let listener = TcpListener::bind(args.listen)
        .map_err(|error| errors::internal(format!("The tap cannot listen: {}.", errors::reason(&error))))?;
    let address = listener
        .local_addr()
        .map_err(|error| errors::internal(format!("The tap has no address: {}.", errors::reason(&error))))?;
    out::write(&format!("{}\n", json!({ "v": 1, "listening": address.to_string() })))?;
    let tap = args.clone();
    thread::spawn(move || accept(&listener, &tap));
    until_stdin_ends();
    Ok(ExitCode::SUCCESS)
}

/// Blocks until the process that holds the other end of standard input closes it or dies.
pub fn until_stdin_ends() {
    let mut sink = [0_u8; 64];
    let mut stdin = io::stdin().lock();
    while matches!(stdin.read(&mut sink), Ok(n) if n > 0) {}
}

fn accept(listener: &TcpListener, args: &TapArgs) {
    let open = Arc::new(AtomicUsize::new(0));
    for station in listener.incoming().flatten() {
        if open.load(Ordering::SeqCst) >= TAP_CONNECTIONS_MAX {
            continue;
        }
        open.fetch_add(1, Ordering::SeqCst);
        let (args, open) = (args.clone(), Arc::clone(&open));
        thread::spawn(move || {
            // A connection that fails ends; the station tries again, and the next one is noted anew.
            let _ = connection(&station, &args);
            open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

fn connection(station: &TcpStream, args: &TapArgs) -> io::Result<()> {
    let relay = TcpStream::connect(args.relay)?;
    station.set_nodelay(true)?;
    relay.set_nodelay(true)?;
    let log = Arc::new(Log::create(&args.csv, &args.who)?);
    let up = {
        let (from, to, log) = (station.try_clone()?, relay.try_clone()?, Arc::clone(&log));
        thread::spawn(move || copy(from, to, "up", &log))
    };
    copy(relay, station.try_clone()?, "down", &log);
    let _ = up.join();
    Ok(())
}

/// Copies one direction until it ends, then ends the connection: neither side of it works with half a line.
fn copy(mut from: TcpStream, mut to: TcpStream, direction: &str, log: &Log) {
    let mut buffer = vec![0_u8; TAP_READ_BYTES];
    while let Ok(n) = from.read(&mut buffer) {
        log.note(direction, n);
        let Some(bytes) = buffer.get(..n).filter(|bytes| !bytes.is_empty()) else { break };
        if to.write_all(bytes).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
    let _ = from.shutdown(Shutdown::Both);
}

/// The CSV file of one connection.
struct Log {
    file: Mutex<File>,
    opened: Instant,
    opened_us: u64,
}

impl Log {
    fn create(dir: &Path, who: &str) -> io::Result<Self> {
        let opened = clock::steady_now();
        let mut opened_us = clock::utc_now().0.saturating_mul(1_000);
        let mut file = loop {
            match File::create_new(dir.join(format!("{who}.{opened_us}.csv"))) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => opened_us += 1,
                other => break other?,
            }
        };
        file.write_all(b"t_us,dir,bytes\n")?;
        Ok(Self { file: Mutex::new(file), opened, opened_us })
    }

    fn note(&self, direction: &str, bytes: usize) {
        let Ok(mut file) = self.file.lock() else { return };
        // The time is taken under the lock, so that the lines of the file are in order.
        let passed = u64::try_from((clock::steady_now() - self.opened).as_micros()).unwrap_or(u64::MAX);
        let line = format!("{},{direction},{bytes}\n", self.opened_us.saturating_add(passed));
        // A full disk costs the observer its notes, never the station its line.
        let _ = file.write_all(line.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::{TapArgs, accept};
    use crate::exercise::observer::read_csv;
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream};
    use std::thread;

    #[test]
    fn a_tap_copies_both_ways_and_notes_each_read() {
        let relay = TcpListener::bind("127.0.0.1:0").unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let dir = tempfile::tempdir().unwrap();
        let args = TapArgs {
            listen: listener.local_addr().unwrap(),
            relay: relay.local_addr().unwrap(),
            csv: dir.path().to_owned(),
            who: "alpha-head".to_owned(),
        };
        let address = args.listen;
        thread::spawn(move || accept(&listener, &args));
        let mut station = TcpStream::connect(address).unwrap();
        let (mut far, _) = relay.accept().unwrap();
        station.write_all(&[1; 1000]).unwrap();
        let mut got = vec![0; 1000];
        far.read_exact(&mut got).unwrap();
        far.write_all(&[2; 300]).unwrap();
        drop(far);
        let mut back = Vec::new();
        station.read_to_end(&mut back).unwrap();
        assert_eq!(back, vec![2; 300]);
        let file = std::fs::read_dir(dir.path()).unwrap().next().unwrap().unwrap();
        assert!(file.file_name().to_str().unwrap().starts_with("alpha-head."));
        let rows = read_csv(&std::fs::read_to_string(file.path()).unwrap()).unwrap();
        let bytes = |up: bool| rows.iter().filter(|row| row.up == up).map(|row| row.bytes).sum::<u64>();
        assert_eq!((bytes(true), bytes(false)), (1000, 300));
    }
}
