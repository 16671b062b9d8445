use crate::client;
use crate::global::Global;
use crate::out::Report;
use backchannel_station::api::{Failure, Request};

/// Take the record keys out of the station's memory
///
/// The beat goes on and dispatches still arrive and are acknowledged, but nobody can read or send until `unlock`. The
/// other side sees "acknowledged, station locked".
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel lock")]
pub struct Args {}

pub fn run(global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::Lock {})?;
    Ok(Report { json, text: "The station is locked; the beat goes on.".to_owned() })
}
