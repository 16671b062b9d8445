use crate::global::Global;
use crate::out::Report;
use crate::{client, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;

/// Show the alarms, oldest first
///
/// An alarm says what was observed and what to do. It never guesses the cause.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel alarms")]
pub struct Args {}

pub fn run(global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::Alarms {})?;
    let shown: Vec<String> = screen::list_of(&json, "alarms").iter().map(alarm).collect();
    let text = if shown.is_empty() { "There has been no alarm.".to_owned() } else { shown.join("\n\n") };
    Ok(Report { json, text })
}

fn alarm(alarm: &Value) -> String {
    let open = if screen::is(alarm, "open") { "open" } else { "cleared" };
    let name = format!("{} ({open})", screen::text_of(alarm, "name"));
    let head = if open == "open" { screen::warning(&name) } else { name };
    let mut lines = vec![format!("{head}  {}  {}", screen::text_of(alarm, "room"), screen::stamp(alarm))];
    lines.push(screen::laid_out(&screen::text_of(alarm, "what"), 2));
    lines.push(screen::laid_out(&screen::text_of(alarm, "do"), 2));
    lines.retain(|line| !line.trim().is_empty());
    lines.join("\n")
}
