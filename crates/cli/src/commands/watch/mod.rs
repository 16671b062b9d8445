mod floor;
mod terminal;

use crate::global::Global;
use crate::limits::{ANSWER_WAIT, WATCH_WAIT};
use crate::out::{Reader, Report};
use crate::{client, out, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::{Value, json};
use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::time::Duration;

/// Watch the line: a view of the whole terminal for the watch floor, or the journal
///
/// On a terminal it shows the state of the line, what is unread and the journal, and sends only what changed, so that a slow line
/// suffices. It rings when an alarm is raised or a flash comes. Elsewhere, and with the options below, it writes the journal.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Go on until interrupted; with --json, one object a line
    #[arg(long)]
    follow: bool,
    /// Begin after this entry's number
    #[arg(long, value_name = "N")]
    since: Option<u64>,
    /// Write the journal and end, also on a terminal
    #[arg(long)]
    journal: bool,
    /// How often the view is brought up to date, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=3600))]
    every: u64,
}

const EXAMPLES: &str = "\
Examples:
  backchannel watch
  backchannel watch --every 30
  backchannel watch --journal
  backchannel watch --follow
  backchannel watch --follow --json --since 120";

pub fn run(args: &Args, global: &Global) -> Result<ExitCode, Failure> {
    let since = args.since.unwrap_or(0);
    if args.follow {
        return follow(since, global);
    }
    let whole = !args.journal && !global.json && args.since.is_none();
    if whole && io::stdout().is_terminal() && io::stdin().is_terminal() {
        terminal::run(Duration::from_secs(args.every), global)?;
        return Ok(ExitCode::SUCCESS);
    }
    let json = client::ask(global, &Request::Watch { since, timeout_ms: 0 })?;
    let lines: Vec<String> = screen::list_of(&json, "entries").iter().map(entry).collect();
    let text = if lines.is_empty() { "Nothing to show yet.".to_owned() } else { lines.join("\n") };
    out::report(&Report { json, text }, global)
}

fn follow(mut since: u64, global: &Global) -> Result<ExitCode, Failure> {
    let home = global.home()?;
    let timeout_ms = u64::try_from(WATCH_WAIT.as_millis()).unwrap_or(u64::MAX);
    loop {
        let answer =
            client::ask_within(&home, &Request::Watch { since, timeout_ms }, WATCH_WAIT + ANSWER_WAIT)?;
        for one in screen::list_of(&answer, "entries") {
            let report = Report { json: one.clone(), text: entry(one) };
            if out::one(&report, global)? == Reader::Gone {
                return Ok(ExitCode::SUCCESS);
            }
        }
        since = next(&answer, since);
    }
}

/// Where to go on: the answer's `next`, but never backwards, so that a faulty answer cannot repeat the journal.
fn next(answer: &Value, since: u64) -> u64 {
    answer.get("next").and_then(Value::as_u64).unwrap_or(since).max(since)
}

fn entry(entry: &Value) -> String {
    let when = screen::instant(&screen::text_of(entry, "utc"));
    let alarm = entry.get("kind") == Some(&json!("alarm")) || entry.get("kind") == Some(&json!("altered"));
    let what = screen::text_of(entry, "what");
    let kind = screen::text_of(entry, "kind");
    let said = if what.is_empty() { kind } else { what };
    format!("{when}  {}", if alarm { screen::warning(&said) } else { said })
}
