use crate::global::Global;
use crate::out::Report;
use crate::{client, errors, screen};
use backchannel_station::api::{Failure, Request};
use std::io::{self, IsTerminal, Write};

/// Erase what this station holds of a room, by destroying its keys
///
/// It cannot be undone. It erases nothing on another station. Of understandings the words go: that they are in effect, since
/// when and until when stays known here, so that nothing false is told of them. It goes with the vault.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The room: delegation, registry, or a party's label for its caucus; at the intermediary also register, its register of claims
    room: String,
    /// Only this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    day: Option<String>,
    /// Do not ask; needed where there is no terminal to ask on
    #[arg(long)]
    yes: bool,
}

const EXAMPLES: &str = "\
Examples:
  backchannel burn delegation --day 2026-11-23
  backchannel burn bravo --yes";

pub fn run(args: Args, global: &Global) -> Result<Report, Failure> {
    let what = match &args.day {
        Some(day) => format!("the records of {} of {day}", screen::one_line(&args.room)),
        None => format!("all records of {}", screen::one_line(&args.room)),
    };
    if !args.yes {
        confirm(&what)?;
    }
    let json = client::ask(global, &Request::Burn { room: args.room, day: args.day })?;
    let text = format!("Burned: {what} can no longer be read here.");
    Ok(Report { json, text })
}

fn confirm(what: &str) -> Result<(), Failure> {
    let declined = |message: &str| errors::usage(message, "Add `--yes` when it is to be erased.");
    if !io::stdin().is_terminal() {
        return Err(declined("Burning cannot be undone, and there is no terminal to ask on."));
    }
    let mut stderr = io::stderr().lock();
    let _ = write!(stderr, "This erases {what} and cannot be undone. Type burn to go on: ");
    let _ = stderr.flush();
    let mut typed = String::new();
    io::stdin().read_line(&mut typed).map_err(|_| declined("Nothing was typed."))?;
    if typed.trim() == "burn" { Ok(()) } else { Err(declined("Nothing was burned.")) }
}
