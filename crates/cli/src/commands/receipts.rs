use crate::global::Global;
use crate::out::Report;
use crate::{client, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;

/// Show how far a dispatch has come, each step with its beat
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel receipts 4f2a91c0")]
pub struct Args {
    /// The dispatch, or the first digits of its id
    id: String,
}

pub fn run(args: Args, global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::Receipts { id: args.id })?;
    let mut lines = vec![screen::heading(&screen::text_of(&json, "id")), beats(&json)];
    let by: Vec<String> = screen::list_of(&json, "by").iter().map(who).collect();
    if !by.is_empty() {
        lines.push(String::new());
        lines.extend(by);
    }
    Ok(Report { json, text: lines.join("\n") })
}

/// The five beats of a dispatch, one a line; also shown by `show`.
pub fn beats(json: &Value) -> String {
    let beats = json.get("beats").unwrap_or(&Value::Null);
    [
        ("sent", "sent"),
        ("acknowledged", "acknowledged"),
        ("read", "read"),
        ("conveyed", "conveyed"),
        ("read_back", "read back"),
    ]
    .map(|(key, name)| {
        let stamp = beats.get(key).unwrap_or(&Value::Null);
        format!("  {}{}", screen::filled(name, 14), screen::stamp(stamp))
    })
    .join("\n")
}

fn who(step: &Value) -> String {
    let what = screen::filled(&screen::text_of(step, "what"), 14);
    let who = screen::filled(&screen::text_of(step, "who"), 24);
    // The stamp stands beside the fact, or as an object of its own.
    format!("  {what}{who}{}", screen::stamp(step.get("at").unwrap_or(step)))
}
