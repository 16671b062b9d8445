use crate::global::Global;
use crate::out::Report;
use crate::{client, input, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;
use std::path::PathBuf;

/// Send a dispatch
///
/// The station checks the form, the disclosure of each passage and the sender's role, and refuses what a rule does
/// not allow. The dispatch leaves in the next beats, in the order of precedence.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The draft as TOML, or - for standard input
    file: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  backchannel send proposal.toml
  backchannel send - < proposal.toml

A draft:
  to = \"bravo\"                   # a party, intermediary or delegation
  form = \"non-paper\"             # oral-message, aide-memoire, bout-de-papier,
                                 # note-verbale
  precedence = \"priority\"        # routine, immediate, flash
  reply_by = \"2026-12-01T12:00:00Z\"
  retention = \"keep\"             # or a date, or read-and-return

  [[passage]]
  disclosure = \"verbatim\"        # in-substance, hold
  text.en = \"Neither side moves first.\"";

pub fn run(args: &Args, global: &Global) -> Result<Report, Failure> {
    let draft = input::text(&args.file)?;
    let json = client::ask(global, &Request::Send { draft: draft.to_string() })?;
    let text = told("Sent", &json);
    Ok(Report { json, text })
}

/// What a person is told of a dispatch that was taken: also used by `reply`.
pub fn told(what: &str, json: &Value) -> String {
    let id = screen::text_of(json, "id");
    let mut lines = vec![format!("{what} as {id}; `backchannel receipts {id}` shows how far it has come.")];
    if screen::is(json, "waits_for_registry") {
        let why = "Its verbatim passages wait until their digests are received in the registry.";
        lines.push(screen::laid_out(why, 0));
    }
    for warning in screen::list_of(json, "warnings").iter().filter_map(Value::as_str) {
        lines.push(screen::laid_out(&format!("Note: {}", screen::one_line(warning)), 0));
    }
    lines.join("\n")
}
