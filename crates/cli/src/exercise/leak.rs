//! The hidden command `exercise-relay`: relays that do what ours must not, to show that an exercise notices.

use super::faults::{self, FaultName};
use super::needles::from_hex;
use super::tap::until_stdin_ends;
use crate::{errors, out};
use backchannel_station::api::Failure;
use std::fs;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Arguments of the hidden command `exercise-relay`.
#[derive(clap::Args, Clone, Debug)]
pub struct RelayArgs {
    /// The relay's directory
    pub dir: PathBuf,
    /// Serve with this fault, from the line `begin` on standard input on
    #[arg(long, value_name = "NAME")]
    pub fault: Option<FaultName>,
    /// Be a relay that keeps what it should never have: needles in hexadecimal, a line each, on standard input
    #[arg(long, conflicts_with = "fault")]
    pub leaky: bool,
}

/// Runs a relay that misbehaves.
pub fn run_relay(args: &RelayArgs) -> Result<ExitCode, Failure> {
    match (args.leaky, args.fault) {
        (true, _) => leaky(&args.dir),
        (false, Some(fault)) => faults::serve(&args.dir, fault),
        (false, None) => Err(errors::usage("No fault is named.", "Add --fault NAME or --leaky.")),
    }
}

/// Keeps each needle in memory, and writes it into a log and a store, each time in another shape. After the line
/// `end` it says that it is ready.
fn leaky(dir: &Path) -> Result<ExitCode, Failure> {
    let mut kept = Vec::new();
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|error| errors::internal(errors::reason(&error)))?;
        if line == "end" {
            break;
        }
        kept.extend(from_hex(&line));
    }
    let (mut log, mut store) = (Vec::new(), Vec::new());
    for (number, needle) in kept.iter().enumerate() {
        log.extend_from_slice(format!("received {number}: ").as_bytes());
        log.extend(leaked(number, needle));
        log.push(b'\n');
        store.extend(leaked(number + 1, needle));
        store.push(0);
    }
    for (name, bytes) in [("relay.log", &log), ("relay.db", &store)] {
        let path = dir.join(name);
        fs::write(&path, bytes).map_err(|error| errors::unwritable(&path, &error))?;
    }
    drop((log, store));
    out::write("{\"v\":1,\"ready\":true}\n")?;
    until_stdin_ends();
    // The needles must still be in memory while the scan reads it.
    Ok(if kept.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn leaked(number: usize, needle: &[u8]) -> Vec<u8> {
    match (number % 3, std::str::from_utf8(needle)) {
        (0, _) => super::needles::to_hex(needle).into_bytes(),
        (1, Ok(text)) => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ => needle.to_vec(),
    }
}
