//! One request to the running station and its answer.

use crate::errors;
use crate::global::Global;
use crate::limits::ANSWER_WAIT;
use backchannel_station::api::{Failure, Request, Response};
use backchannel_station::socket::client;
use serde_json::Value;
use std::path::Path;
use std::time::Duration;

/// Asks the station of this home.
pub fn ask(global: &Global, request: &Request) -> Result<Value, Failure> {
    ask_within(&global.home()?, request, ANSWER_WAIT)
}

/// Asks the station of `home`, and gives up when no answer came within `wait`.
pub fn ask_within(home: &Path, request: &Request, wait: Duration) -> Result<Value, Failure> {
    let answer = client::call(&home.join("station.sock"), request, wait)
        .map_err(|error| errors::from_socket(home, &error))?;
    match serde_json::from_value(answer) {
        Ok(Response::Ok(value)) => Ok(value),
        Ok(Response::Error(failure)) => Err(failure),
        Err(_) => {
            Err(errors::internal("The station's answer is not understood; it may be of another version."))
        }
    }
}
