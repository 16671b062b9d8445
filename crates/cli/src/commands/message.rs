//! Messages that commands write themselves, and what a message says on a screen.

use crate::commands::send;
use crate::global::Global;
use crate::out::Report;
use crate::{client, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;

/// What is sent by a template.
#[derive(Default)]
pub struct Sent<'a> {
    /// The template.
    pub template: &'a str,
    /// Its fields, those that are there.
    pub fields: &'a [(&'a str, Option<&'a str>)],
    /// The side; the one other party without it.
    pub to: Option<&'a str>,
    /// What it answers.
    pub answers: Option<&'a str>,
}

/// Sends a message by a template and tells of it.
pub fn send(sent: &Sent<'_>, global: &Global) -> Result<Report, Failure> {
    let mut fields = toml::Table::new();
    for (key, value) in sent.fields {
        if let Some(value) = value {
            fields.insert((*key).to_owned(), (*value).into());
        }
    }
    let mut message = toml::Table::new();
    message.insert("template".to_owned(), sent.template.into());
    message.insert("fields".to_owned(), fields.into());
    let json = client::ask(
        global,
        &Request::Notify {
            to: sent.to.map(str::to_owned),
            message: message.to_string(),
            precedence: None,
            answers: sent.answers.map(str::to_owned),
        },
    )?;
    Ok(Report { text: told(&json), json })
}

/// What a person is told of a message that was taken.
pub fn told(json: &Value) -> String {
    if screen::is(json, "waits_for_release") {
        let id = screen::text_of(json, "id");
        let text = format!(
            "It waits for a second person of this delegation, who reads it and runs `backchannel duty release {id}`."
        );
        return screen::laid_out(&text, 0);
    }
    send::told("Sent", json)
}

/// A message in words, each line after four spaces.
pub fn in_words(message: &Value) -> String {
    if message.get("unknown").is_some() {
        return unknown(message);
    }
    let number = screen::number_of(message, "number");
    let number = if number.is_empty() { number } else { format!("{number}  ") };
    let mut lines = vec![screen::wrapped(&format!("{number}{}", raw(message, "title")), 4)];
    if !screen::is(message, "reviewed") {
        lines.push(screen::warning("    (a translation that nobody has reviewed)"));
    }
    for (key, what) in [("updates", "It replaces"), ("cancels", "It cancels")] {
        let id = screen::text_of(message, key);
        if !id.is_empty() {
            lines.push(screen::laid_out(&format!("{what} {id}."), 4));
        }
    }
    if !raw(message, "said").is_empty() {
        lines.push(screen::wrapped(raw(message, "said"), 4));
    }
    for field in screen::list_of(message, "fields") {
        if screen::text_of(field, "key") == "message" && message.get("releases").is_some() {
            continue;
        }
        lines.push(screen::laid_out(&screen::one_line(&format!("{}:", raw(field, "label"))), 4));
        lines.push(screen::wrapped(raw(field, "value"), 6));
    }
    let ms = |key: &str| message.get(key).and_then(Value::as_u64);
    lines.extend(ms("late_ms").map(|ms| screen::warning(&format!("    Late by {}.", span(ms)))));
    lines.extend(ms("early_ms").map(|ms| format!("    Earlier than the rule allows, by {}.", span(ms))));
    lines.extend(screen::list_of(message, "beyond").iter().map(beyond));
    if let Some(inner) = message.get("releases").filter(|inner| inner.is_object()) {
        lines.push(screen::laid_out("The message to be released:", 4));
        lines.push(in_words(inner));
    }
    lines.join("\n")
}

fn raw<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// What the template asks of a value and is not so.
fn beyond(one: &Value) -> String {
    let field = screen::text_of(one, "field");
    let text = match raw(one, "what") {
        "window" => {
            let over = one.get("over_ms").and_then(Value::as_u64).unwrap_or(0);
            format!("{field}: longer than it may be, by {}.", span(over))
        }
        "near" => {
            let (metres, least) = (screen::number_of(one, "metres"), screen::number_of(one, "least"));
            format!("{field}: {metres} m from the agreed line; {least} m at least are asked.")
        }
        _ => {
            format!("{field}: no line was agreed, so its distance is not compared.")
        }
    };
    let laid = screen::laid_out(&text, 4);
    if raw(one, "what") == "no-line" { laid } else { screen::warning(&laid) }
}

/// What this station does not hold is shown as it stands, and nothing of it is guessed (MSG-7).
fn unknown(message: &Value) -> String {
    let head = format!(
        "A message under {}: {}. Its fields as they stand:",
        screen::text_of(message, "under"),
        screen::text_of(message, "unknown")
    );
    let mut lines = vec![screen::warning(&screen::laid_out(&head, 4))];
    for field in screen::list_of(message, "fields") {
        lines.push(screen::wrapped(&format!("{} {}", raw(field, "key"), raw(field, "value")), 6));
    }
    lines.join("\n")
}

/// A time in days, hours, minutes or seconds, whichever says most.
pub fn span(ms: u64) -> String {
    let (count, unit) = match ms / 1000 {
        s if s >= 172_800 => (s / 86_400, "days"),
        s if s >= 7_200 => (s / 3_600, "hours"),
        s if s >= 120 => (s / 60, "minutes"),
        s => (s, "seconds"),
    };
    format!("{count} {unit}")
}
