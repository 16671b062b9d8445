use crate::client;
use crate::global::Global;
use crate::out::Report;
use backchannel_station::api::{Failure, Phrase, Request};

/// Bring the record keys back into the station's memory
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  backchannel unlock\n  backchannel unlock --passphrase-file pass.txt")]
pub struct Args {}

pub fn run(global: &Global) -> Result<Report, Failure> {
    let passphrase = global.passphrase_text()?;
    let json = client::ask(global, &Request::Unlock { passphrase: Phrase(passphrase) })?;
    Ok(Report { json, text: "The station is open.".to_owned() })
}
