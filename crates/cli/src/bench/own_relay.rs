//! A relay of the load test's own: a process beside it, in a directory that goes when the test ends.

use super::Target;
use super::line::RelayAddress;
use crate::{errors, relay_toml};
use backchannel_relay::init::CONFIG_FILE;
use backchannel_station::api::{ErrorKind, Failure};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use tempfile::TempDir;

/// More than any load one machine can make, and what relay.toml still takes.
const ENOUGH: u32 = 100_000;

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
        let made = init(dir.path())?;
        // All stations of the load share one address, which the bounds against strangers would take for abuse.
        let raised = ["total", "per_address", "channels", "per_minute_per_address"];
        let raised = raised.map(|key| (key, ENOUGH.to_string()));
        relay_toml::set(&dir.path().join(CONFIG_FILE), &raised)?;
        let pin = crate::commands::pin(made.get("pin").and_then(Value::as_str).unwrap_or_default())
            .map_err(|_| unexpected("The new relay has no pin."))?;
        let token = made.get("operator_token_file").and_then(Value::as_str).unwrap_or_default();
        let operator = crate::commands::operator_token(Path::new(token))?;
        let (own, addr) = Self::serve(dir)?;
        Ok(Target { relay: RelayAddress { addr, pin }, operator, own: Some(own) })
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    fn serve(dir: TempDir) -> Result<(Self, String), Failure> {
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
        let mut line = String::new();
        let read = stdout.read_line(&mut line);
        let own = Self { child, _stdout: stdout, _dir: dir };
        let ready: Option<Value> = read.ok().and_then(|_| serde_json::from_str(&line).ok());
        match ready.as_ref().and_then(|ready| ready.get("listen")).and_then(Value::as_str) {
            Some(addr) => Ok((own, addr.to_owned())),
            None => Err(unexpected("The relay ended before it was ready.")),
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

fn init(dir: &Path) -> Result<Value, Failure> {
    let output = this_program()?
        .args(["relay", "init", "--json", "--listen", "127.0.0.1:0"])
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

fn unexpected(message: &str) -> Failure {
    Failure::new(
        ErrorKind::Unreachable,
        message,
        "Run `backchannel relay init` and `relay serve` by hand to see more.",
    )
}
