use crate::commands::needles;
use crate::global::Global;
use crate::out::{self, Report};
use crate::{errors, logs, runtime};
use backchannel_station::api::Failure;
use backchannel_station::setup::{self, RunOptions};
use serde_json::json;
use std::process::ExitCode;

/// This person's end of the channel
#[derive(clap::Subcommand)]
pub enum Command {
    Run(Run),
    #[command(hide = true)]
    ExportNeedles(needles::Args),
}

/// Hold the beat, day and night
///
/// It owns the vault and answers the other commands until `backchannel stop`, or until it is interrupted. It writes its
/// log to standard error; a log holds no text, no key and no name.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Run {
    /// Reach the relay at this address in place of the invitation's; its pin stays
    #[arg(long, value_name = "ADDR")]
    via: Option<String>,
    /// End when standard input closes: ties the station to the life of a parent process
    #[arg(long, hide = true)]
    until_stdin_closes: bool,
}

const EXAMPLES: &str = "\
Examples:
  backchannel station run
  backchannel station run --home /srv/alpha --passphrase-file pass.txt";

pub fn run(command: Command, global: &Global) -> Result<ExitCode, Failure> {
    match command {
        Command::Run(args) => hold(args, global),
        Command::ExportNeedles(_) => out::report(&needles::run(global)?, global),
    }
}

fn hold(args: Run, global: &Global) -> Result<ExitCode, Failure> {
    let home = global.home()?;
    let passphrase = global.passphrase()?;
    logs::start(global.json);
    let options = RunOptions { via: args.via, until_stdin_closes: args.until_stdin_closes };
    // One thread: a station is one machine fed by one line.
    runtime::one_thread()?
        .block_on(setup::run(&home, passphrase, options))
        .map_err(|error| errors::from_setup(&error))?;
    out::report(
        &Report { json: json!({ "v": 1, "done": true }), text: "The station has stopped.".to_owned() },
        global,
    )
}
