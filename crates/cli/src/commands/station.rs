use crate::global::Global;
use crate::{errors, logs, runtime};
use backchannel_station::api::Failure;
use backchannel_station::setup::{self, RunOptions};
use std::process::ExitCode;

/// This person's end of the channel
#[derive(clap::Subcommand)]
pub enum Command {
    Run(Run),
}

/// Hold the beat, day and night
///
/// It owns the vault and answers the other commands until `backchannel stop`, or until it is interrupted. It writes its
/// log to standard error; a log holds no text, no key and no name.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  backchannel station run\n  backchannel station run --home /srv/alpha --passphrase-file pass.txt"
)]
pub struct Run {}

pub fn run(command: Command, global: &Global) -> Result<ExitCode, Failure> {
    let Command::Run(Run {}) = command;
    let home = global.home()?;
    let passphrase = global.passphrase()?;
    logs::start(global.json);
    // One thread: a station is one machine fed by one line, and its secrets stay on one stack.
    runtime::one_thread()?
        .block_on(setup::run(&home, passphrase, RunOptions::default()))
        .map(|()| ExitCode::SUCCESS)
        .map_err(|error| errors::from_setup(&error))
}
