//! The `backchannel` command: the relay, the stations and the exercises, one file a command.
#![forbid(unsafe_code)]

mod bench;
mod client;
mod clock;
mod commands;
mod errors;
mod exercise;
mod global;
mod input;
mod limits;
mod logs;
mod out;
mod relay_toml;
mod runtime;
mod screen;
mod secret_file;
mod until;

use clap::Parser;
use clap::error::ErrorKind;
use global::Global;
use std::process::ExitCode;

/// A quiet line between adversaries, through an intermediary.
///
/// Two delegations that will not be seen talking exchange dispatches which an intermediary carries. The relay that
/// joins their stations ticks at a steady beat and can read nothing; nobody who watches it can tell talk from silence.
#[derive(Parser)]
#[command(name = "backchannel", version, term_width = 80, after_help = EXAMPLES, subcommand_required = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: commands::Command,
}

const EXAMPLES: &str = "\
Examples:
  backchannel exercise quiet-pact              see the whole of it in a minute
  backchannel accept invitation.txt            join a channel
  backchannel station run                      hold the beat, day and night
  backchannel send proposal.toml               send a dispatch

Exit codes: 0 done, 1 a check failed, 2 usage, 3 refused by a rule,
4 locked or wrong passphrase, 5 the station or relay cannot be reached.";

fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => {
            let json = cli.global.json;
            commands::run(cli.command, &cli.global).unwrap_or_else(|failure| errors::tell(&failure, json))
        }
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            out::help(&error)
        }
        Err(error) => errors::tell(&errors::from_clap(&error), json_is_asked_for()),
    }
}

/// Whether the command line asks for JSON although it could not be parsed.
fn json_is_asked_for() -> bool {
    std::env::args_os().skip(1).take_while(|argument| argument != "--").any(|argument| argument == "--json")
}
