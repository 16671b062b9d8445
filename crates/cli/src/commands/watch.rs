use crate::global::Global;
use crate::limits::{ANSWER_WAIT, WATCH_WAIT};
use crate::out::{Reader, Report};
use crate::{client, out, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::{Value, json};
use std::process::ExitCode;

/// Show what the station has observed, and follow it live
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Go on until interrupted; with --json, one object a line
    #[arg(long)]
    follow: bool,
    /// Begin after this entry's number
    #[arg(long, value_name = "N", default_value_t = 0)]
    since: u64,
}

const EXAMPLES: &str = "\
Examples:
  backchannel watch
  backchannel watch --follow
  backchannel watch --follow --json --since 120";

pub fn run(args: &Args, global: &Global) -> Result<ExitCode, Failure> {
    if args.follow {
        return follow(args.since, global);
    }
    let json = client::ask(global, &Request::Watch { since: args.since, timeout_ms: 0 })?;
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
