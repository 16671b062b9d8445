//! One station of an exercise: its home, its process, and the tap on its line.

use super::commands::{self, Words};
use super::journal::Journal;
use super::limits::{LISTEN_WAIT, LOOK_AGAIN, STATION_WAIT};
use super::process::{self, Ended, Process};
use crate::errors;
use backchannel_station::api::{ErrorKind, Failure};
use serde_json::Value;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::time::{sleep, timeout};

/// Where the parts of an exercise lie.
#[derive(Clone, Debug)]
pub struct Paths {
    /// The directory of everything.
    pub root: PathBuf,
}

impl Paths {
    /// The directories that are made at the start.
    pub fn all(&self) -> [PathBuf; 7] {
        [
            self.homes(),
            self.taps(),
            self.logs(),
            self.relay_logs(),
            self.drafts(),
            self.leaky(),
            self.outside(),
        ]
    }

    /// The empty directory of somebody who takes no part.
    pub fn outside(&self) -> PathBuf {
        self.root.join("outside")
    }

    /// The stations' homes.
    pub fn homes(&self) -> PathBuf {
        self.root.join("stations")
    }

    /// The taps' CSV files.
    pub fn taps(&self) -> PathBuf {
        self.root.join("taps")
    }

    /// The logs of stations and taps.
    pub fn logs(&self) -> PathBuf {
        self.root.join("logs")
    }

    /// The relay's directory.
    pub fn relay(&self) -> PathBuf {
        self.root.join("relay")
    }

    /// The relay's logs.
    pub fn relay_logs(&self) -> PathBuf {
        self.root.join("relay-logs")
    }

    /// Drafts, renderings and words as they were given to the commands.
    pub fn drafts(&self) -> PathBuf {
        self.root.join("drafts")
    }

    /// The directory of the relay that leaks.
    pub fn leaky(&self) -> PathBuf {
        self.root.join("leaky-relay")
    }
}

/// A station's commands.
#[derive(Clone)]
pub struct Caller {
    program: PathBuf,
    /// Its home.
    pub home: PathBuf,
    /// The file with its passphrase.
    pub passphrase: PathBuf,
}

impl Caller {
    /// The caller of a station by name.
    pub fn new(program: &Path, paths: &Paths, name: &str) -> Self {
        Self {
            program: program.to_owned(),
            home: paths.homes().join(name),
            passphrase: paths.homes().join(format!("{name}.passphrase")),
        }
    }

    /// Runs a command and gives back how it ended.
    pub async fn run(&self, line: Words) -> Result<Ended, Failure> {
        process::run(&self.program, &commands::of_home(line, &self.home, &self.passphrase)).await
    }

    /// Runs a command that must succeed.
    pub async fn must(&self, line: Words) -> Result<Value, Failure> {
        let told = line.iter().take(2).map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
        let ended = self.run(line).await?;
        if ended.exit == 0 {
            return Ok(ended.answer);
        }
        let name = self.home.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        Err(failed(format!("`{told}` at {name} ended with {}: {}", ended.exit, ended.problem)))
    }
}

/// A check of an exercise that failed.
pub fn failed(message: impl Into<String>) -> Failure {
    Failure::new(
        ErrorKind::CheckFailed,
        message,
        "Play it again with --keep DIR and look at the logs in that directory.",
    )
}

/// One station's place in an exercise.
pub struct Place {
    /// Its commands.
    pub caller: Caller,
    /// What it observed.
    pub journal: Arc<Journal>,
    name: String,
    line: Option<SocketAddr>,
    tap: Option<Process>,
    station: Option<Process>,
}

impl Place {
    /// A place where nothing runs yet.
    pub fn new(caller: Caller, name: &str) -> Self {
        let journal = Journal::follow(caller.home.clone());
        Self { caller, journal, name: name.to_owned(), line: None, tap: None, station: None }
    }

    /// Whether its station's process runs.
    pub fn is_open(&self) -> bool {
        self.station.is_some()
    }

    /// Lays the line through a tap; the same address again after it was cut.
    pub async fn mend(&mut self, paths: &Paths, relay: SocketAddr) -> Result<(), Failure> {
        let listen = self.line.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 0)));
        let line = commands::tap(listen, relay, &paths.taps(), &self.name);
        let log = paths.logs().join(format!("{}.tap.log", self.name));
        let mut tap = Process::start(&self.caller.program, &line, &log)?;
        let address = tap.line().await.and_then(|told| told.get("listening")?.as_str()?.parse().ok());
        let Some(address) = address else {
            return Err(failed(format!("The tap of {} does not listen.", self.name)));
        };
        self.line = Some(address);
        self.tap = Some(tap);
        Ok(())
    }

    /// Cuts the line.
    pub async fn sever(&mut self) {
        if let Some(mut tap) = self.tap.take() {
            tap.kill().await;
        }
    }

    /// Starts the station's process and waits until it answers.
    pub async fn open(&mut self, paths: &Paths) -> Result<(), Failure> {
        let Some(via) = self.line else { return Err(errors::internal("The station has no line yet.")) };
        let line = commands::of_home(commands::station_run(via), &self.caller.home, &self.caller.passphrase);
        let log = paths.logs().join(format!("{}.log", self.name));
        let mut station = Process::start(&self.caller.program, &line, &log)?;
        let caller = self.caller.clone();
        let answers = async {
            while !station.has_ended() {
                if caller.run(commands::plain("status")).await?.exit == 0 {
                    return Ok(());
                }
                sleep(LOOK_AGAIN).await;
            }
            Err(failed(format!("The station {} ended at once; its log is {}.", self.name, log.display())))
        };
        let in_time = timeout(STATION_WAIT, answers).await;
        in_time
            .unwrap_or_else(|_| Err(failed(format!("The station {} did not answer in time.", self.name))))?;
        self.station = Some(station);
        Ok(())
    }

    /// Stops the station's process, in order. Says whether it did.
    pub async fn close(&mut self) -> bool {
        match self.station.take() {
            Some(mut station) => station.stop().await,
            None => true,
        }
    }

    /// Kills the station's process with signal 9.
    pub async fn kill(&mut self) {
        if let Some(mut station) = self.station.take() {
            station.kill().await;
        }
    }

    /// Whether its process ended without being asked to.
    pub fn has_died(&mut self) -> bool {
        self.station.as_mut().is_some_and(Process::has_ended)
    }
}

/// Waits until something listens at an address.
pub async fn until_it_listens(address: SocketAddr, process: &mut Process) -> Result<(), Failure> {
    let listens = async {
        while !process.has_ended() {
            if tokio::net::TcpStream::connect(address).await.is_ok() {
                return Ok(());
            }
            sleep(LOOK_AGAIN).await;
        }
        Err(failed("The relay ended at once; its log says why."))
    };
    timeout(LISTEN_WAIT, listens).await.unwrap_or_else(|_| Err(failed("The relay does not listen.")))
}
