//! The text that holds the assurances, from its first draft to its end: one file for each kind of step.

mod approve;
mod check;
mod compose;
mod diff;
mod look;
mod step;

use crate::global::Global;
use crate::{errors, input, out};
use backchannel_accord::understanding::{Understanding, parse};
use backchannel_station::api::Failure;
use std::path::Path;
use std::process::ExitCode;

/// Understandings: write a text, check it, bring it into effect, and follow its life
#[derive(clap::Subcommand)]
pub enum Command {
    New(compose::Args),
    Check(check::Args),
    Diff(diff::Args),
    List(look::List),
    Submit(step::Submit),
    Comment(step::Comment),
    Freeze(step::Freeze),
    Show(look::Show),
    Approve(approve::Args),
    Deposit(step::Deposit),
    Status(look::Status),
    Told(step::Told),
    Renew(step::Renew),
    Withdraw(step::Withdraw),
    Supersede(step::Supersede),
    Abandon(step::Abandon),
}

pub fn run(command: Command, global: &Global) -> Result<ExitCode, Failure> {
    let report = match command {
        Command::Check(args) => return check::run(&args, global),
        Command::New(args) => compose::run(&args)?,
        Command::Diff(args) => diff::run(args, global)?,
        Command::List(_) => look::list(global)?,
        Command::Show(args) => look::show(args, global)?,
        Command::Status(args) => look::status(args, global)?,
        Command::Approve(args) => approve::run(args, global)?,
        Command::Submit(args) => step::submit(args, global)?,
        Command::Comment(args) => step::comment(args, global)?,
        Command::Freeze(args) => step::freeze(args, global)?,
        Command::Deposit(args) => step::deposit(args, global)?,
        Command::Told(args) => step::told(args, global)?,
        Command::Renew(args) => step::renew(args, global)?,
        Command::Withdraw(args) => step::withdraw(args, global)?,
        Command::Supersede(args) => step::supersede(args, global)?,
        Command::Abandon(args) => step::abandon(args, global)?,
    };
    out::report(&report, global)
}

/// Reads the file of an understanding, finished or not.
fn read(path: &Path) -> Result<Understanding, Failure> {
    let text = input::text(path)?;
    parse(&text).map_err(|error| {
        let line = error.line.map(|line| format!(", line {line}")).unwrap_or_default();
        errors::usage(
            format!("{}{line}: {}.", path.display(), error.problem.trim_end_matches('.')),
            format!("{}.", error.hint.trim_end_matches('.')),
        )
    })
}
