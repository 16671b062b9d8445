use crate::global::Global;
use crate::out::Report;
use crate::{client, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;

/// Print this participant's own record, in order
///
/// Each side can lay its record beside the other's. A note of an oral message and the intermediary's rendering stay
/// marked as such.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  backchannel record\n  backchannel record --json > record.json")]
pub struct Args {}

pub fn run(global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::Record {})?;
    let shown: Vec<String> = screen::list_of(&json, "entries").iter().map(entry).collect();
    let text = if shown.is_empty() { "The record is empty.".to_owned() } else { shown.join("\n") };
    Ok(Report { json, text })
}

fn entry(entry: &Value) -> String {
    let when = screen::instant(&screen::text_of(entry, "utc"));
    let place = screen::text_of(entry, "room");
    let who = screen::text_of(entry, "who");
    let mut lines = vec![format!("{when}  beat {}  {place}  {who}", screen::number_of(entry, "k"))];
    lines.push(screen::laid_out(&screen::text_of(entry, "what"), 2));
    if let Some(text) = entry.get("text").and_then(Value::as_str) {
        lines.push(screen::wrapped(text, 4));
    }
    lines.join("\n")
}
