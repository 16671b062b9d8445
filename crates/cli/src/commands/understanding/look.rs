use crate::global::Global;
use crate::out::Report;
use crate::{client, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;

/// List the understandings on record here, each with its state
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel understanding list")]
pub struct List {}

/// Show the whole of an understanding: clauses, versions, state
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  backchannel understanding show 7c1e\n  backchannel understanding show 7c1e --lang fr"
)]
pub struct Show {
    /// The understanding
    id: String,
    /// Only this language
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
}

/// Tell the state at an instant: it follows from the record alone, the same at every station
#[derive(clap::Args)]
#[command(after_help = STATUS_EXAMPLES)]
pub struct Status {
    /// The understanding
    id: String,
    /// The instant; now without it
    #[arg(long, value_name = "UTC")]
    at: Option<String>,
}

const STATUS_EXAMPLES: &str = "\
Examples:
  backchannel understanding status 7c1e
  backchannel understanding status 7c1e --at 2026-12-01T05:00:00Z";

pub fn list(global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::UnderstandingList {})?;
    let line = |one: &Value| {
        let id: String = screen::text_of(one, "id").chars().take(8).collect();
        let (form, state) = (screen::text_of(one, "form"), screen::text_of(one, "state"));
        format!("{}{}{state}", screen::filled(&id, 10), screen::filled(&form, 8))
    };
    let lines: Vec<String> = screen::list_of(&json, "understandings").iter().map(line).collect();
    let text = if lines.is_empty() { "There is no understanding here.".to_owned() } else { lines.join("\n") };
    Ok(Report { json, text })
}

pub fn show(args: Show, global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::UnderstandingShow { id: args.id })?;
    let text = told(&json, args.lang.as_deref());
    Ok(Report { json, text })
}

/// The head and the clauses of an understanding, in one language or in all.
pub fn told(json: &Value, lang: Option<&str>) -> String {
    let id = screen::text_of(json, "id");
    let (form, voice) = (screen::text_of(json, "form"), screen::text_of(json, "voice"));
    let mut lines = vec![
        screen::heading(&format!("Understanding {id}")),
        format!("Form {form}, voice {voice}. State: {}.", screen::text_of(json, "state")),
        format!("Digest {}", screen::text_of(json, "digest")),
    ];
    lines.push(period(json));
    for clause in screen::list_of(json, "clauses") {
        lines.push(format!("\n{}", screen::text_of(clause, "id")));
        let versions = screen::list_of(clause, "versions").iter();
        let wanted = versions.filter(|one| lang.is_none_or(|lang| screen::text_of(one, "lang") == lang));
        lines.extend(wanted.map(version));
    }
    lines.join("\n")
}

fn version(version: &Value) -> String {
    let lang = screen::text_of(version, "lang");
    let mark = if screen::is(version, "unreviewed") {
        screen::warning(" (a translation that nobody has reviewed)")
    } else {
        String::new()
    };
    let text = version.get("text").and_then(Value::as_str).unwrap_or_default();
    format!("  {lang}{mark}\n{}", screen::wrapped(text, 4))
}

fn period(json: &Value) -> String {
    let instant = |key: &str| json.get(key).and_then(Value::as_str).map(screen::instant);
    match (instant("in_effect_from"), instant("until")) {
        (Some(from), Some(until)) => format!("In effect from {from} UTC until {until} UTC."),
        (Some(from), None) => format!("In effect from {from} UTC."),
        _ => "It has not been brought into effect.".to_owned(),
    }
}

/// How far one try to bring it into effect has come.
fn one_try((one, number): (&Value, usize)) -> String {
    let names = |key: &str| {
        let names: Vec<String> =
            screen::list_of(one, key).iter().filter_map(Value::as_str).map(screen::one_line).collect();
        if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
    };
    let fate = screen::text_of(one, "fate");
    let text = format!(
        "Try {number}: {fate}. Deposited: {}. Acknowledged: {}.",
        names("deposited"),
        names("acknowledged")
    );
    screen::laid_out(&text, 2)
}

pub fn status(args: Status, global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::UnderstandingStatus { id: args.id, at: args.at })?;
    let at = json.get("at").and_then(Value::as_str).map(screen::instant);
    let at = at.map(|at| format!(" at {at} UTC")).unwrap_or_default();
    let mut lines = vec![format!("State{at}: {}.", screen::text_of(&json, "state")), period(&json)];
    if screen::is(&json, "signed_only") {
        lines.push("It was signed and released, and is not in effect.".to_owned());
    }
    lines.extend(screen::list_of(&json, "tries").iter().zip(1..).map(one_try));
    Ok(Report { json, text: lines.join("\n") })
}
