//! The desk's way to the running station: the same local socket, and the same requests, as the commands use.

use crate::limits::ANSWER_MS;
use backchannel_station::api::{ErrorKind, Failure, Request, Response};
use backchannel_station::socket::{SocketError, client};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The station of one home.
#[derive(Clone, Debug)]
pub struct Station {
    socket: PathBuf,
}

impl Station {
    /// The station of a home, whether it runs or not.
    pub fn of(home: &Path) -> Self {
        Self { socket: home.join("station.sock") }
    }

    /// Asks the station. Its answer is given once what was asked is durable there.
    pub async fn ask(&self, request: Request) -> Result<Value, Failure> {
        self.ask_within(request, Duration::from_millis(ANSWER_MS)).await
    }

    /// The same with another patience.
    pub async fn ask_within(&self, request: Request, patience: Duration) -> Result<Value, Failure> {
        let socket = self.socket.clone();
        let asked = tokio::task::spawn_blocking(move || client::call(&socket, &request, patience)).await;
        let answer = asked.map_err(|_| internal())?.map_err(|error| unreachable(&error))?;
        match serde_json::from_value(answer) {
            Ok(Response::Ok(value)) => Ok(value),
            Ok(Response::Error(failure)) => Err(failure),
            Err(_) => Err(internal()),
        }
    }
}

fn unreachable(error: &SocketError) -> Failure {
    Failure::new(ErrorKind::Unreachable, format!("{error}."), format!("{}.", error.hint()))
}

fn internal() -> Failure {
    let hint = "Use the same version of the program for the station and for the desk.";
    Failure::new(ErrorKind::Internal, "The station's answer is not understood.", hint)
}
