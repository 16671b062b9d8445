//! A relay of the load test's own: a process beside it, in a directory that goes when the test ends.

use super::Target;
use super::line::RelayAddress;
use crate::errors;
use backchannel_station::api::{ErrorKind, Failure};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use tempfile::TempDir;

/// The relay's process; it ends when this is dropped.
pub struct OwnRelay {
    child: Child,
    // Its output stays open, so that the relay never writes into a closed pipe.
    _stdout: BufReader<ChildStdout>,
    _dir: TempDir,
}

impl OwnRelay {
    /// Makes a relay in a new directory and starts it.
    pub fn start() -> Result<Target, Failure> {
        let dir = tempfile::tempdir().map_err(|error| errors::unwritable(&std::env::temp_dir(), &error))?;
        let addr = free_address()?;
        let made = init(dir.path(), &addr)?;
        let pin = crate::commands::pin(made.get("pin").and_then(Value::as_str).unwrap_or_default())
            .map_err(|_| unexpected("The new relay has no pin."))?;
        let token = made.get("operator_token_file").and_then(Value::as_str).unwrap_or_default();
        let operator = crate::commands::operator_token(Path::new(token))?;
        let own = Self::serve(dir)?;
        Ok(Target { relay: RelayAddress { addr, pin }, operator, own: Some(own) })
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    fn serve(dir: TempDir) -> Result<Self, Failure> {
        let mut child = this_program()?
            .args(["relay", "serve", "--until-stdin-closes", "--json"])
            .arg(dir.path())
            .env("BACKCHANNEL_LOG", "error")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| unexpected(&format!("The relay does not start: {}.", errors::reason(&error))))?;
        let stdout = child.stdout.take().map(BufReader::new);
        let mut stdout = stdout.ok_or_else(|| unexpected("The relay has no output."))?;
        let mut ready = String::new();
        let read = stdout.read_line(&mut ready);
        let own = Self { child, _stdout: stdout, _dir: dir };
        match read {
            Ok(length) if length > 0 => Ok(own),
            _ => Err(unexpected("The relay ended before it was ready.")),
        }
    }
}

impl Drop for OwnRelay {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn init(dir: &Path, addr: &str) -> Result<Value, Failure> {
    let output = this_program()?
        .args(["relay", "init", "--json", "--listen", addr])
        .arg(dir)
        .output()
        .map_err(|error| unexpected(&format!("The relay cannot be made: {}.", errors::reason(&error))))?;
    serde_json::from_slice(&output.stdout)
        .map_err(|_| unexpected(String::from_utf8_lossy(&output.stderr).trim()))
}

fn this_program() -> Result<Command, Failure> {
    std::env::current_exe()
        .map(Command::new)
        .map_err(|error| unexpected(&format!("This program is not found: {}.", errors::reason(&error))))
}

/// A port that is free now. Somebody else could take it before the relay does; then the relay says so.
fn free_address() -> Result<String, Failure> {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map(|addr| addr.to_string())
        .map_err(|error| unexpected(&format!("No port is free: {}.", errors::reason(&error))))
}

fn unexpected(message: &str) -> Failure {
    Failure::new(
        ErrorKind::Unreachable,
        message,
        "Run `backchannel relay init` and `relay serve` by hand to see more.",
    )
}
