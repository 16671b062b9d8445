use crate::client;
use crate::global::Global;
use crate::out::Report;
use backchannel_station::api::{Failure, Request};

/// End the station process once what is in hand is durable
///
/// Its seats fall silent, which the relay and the other members see.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel stop")]
pub struct Args {}

pub fn run(global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::Stop {})?;
    Ok(Report { json, text: "The station is stopping; its seats fall silent.".to_owned() })
}
