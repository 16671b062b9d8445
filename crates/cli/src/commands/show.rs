use crate::commands::{inbox, message, receipts};
use crate::global::Global;
use crate::out::Report;
use crate::{client, input, screen};
use backchannel_accord::templated::LANGUAGE;
use backchannel_station::api::{Failure, Request};
use serde_json::Value;

/// Show a dispatch or conveyance; this marks it read
///
/// A party's text, the note of an oral message and the intermediary's rendering are three layers and never merge.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  backchannel show 4f2a91c0\n  backchannel show 4f2a91c0 --json")]
pub struct Args {
    /// The dispatch or conveyance, or the first digits of its id
    id: String,
    /// The language in which a notification is shown
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = input::language)]
    lang: String,
}

pub fn run(args: Args, global: &Global) -> Result<Report, Failure> {
    let mut json = client::ask(global, &Request::Show { id: args.id, lang: Some(args.lang.clone()) })?;
    add_messages(&mut json, &args.lang);
    if global.json {
        return Ok(Report { json, text: String::new() });
    }
    let mut parts = vec![head(&json)];
    let passages = screen::list_of(&json, "passages");
    for (at, layer) in screen::list_of(&json, "layers").iter().enumerate() {
        parts.push(layer_heading(layer));
        parts.extend(passages.iter().filter(|passage| is_of(passage, at)).map(passage));
    }
    parts.push(format!("{}\n{}", screen::heading("Beats"), receipts::beats(&json)));
    parts.extend(screen::list_of(&json, "carriage").iter().map(carriage));
    if let Some(notice) = inbox::notice(global)? {
        parts.push(notice);
    }
    let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    Ok(Report { json, text })
}

/// What the passage that is a message says stands beside the notation in which it was carried.
fn add_messages(json: &mut Value, lang: &str) {
    let message = json.get("message").cloned();
    for passage in json.get_mut("passages").and_then(Value::as_array_mut).into_iter().flatten() {
        let carries = passage.pointer(&format!("/text/{LANGUAGE}")).is_some();
        if let Some(message) = message.clone().filter(|_| carries) {
            passage["message"] = message;
        }
    }
    json["lang"] = lang.into();
}

fn head(json: &Value) -> String {
    let of = |key| screen::text_of(json, key);
    let title = format!("{}, {} {}", of("form"), of("kind"), of("id"));
    let mut lines = vec![screen::heading(&title)];
    for (key, name) in [
        ("author", "from"),
        ("to", "to"),
        ("place", "room"),
        ("precedence", "precedence"),
        ("date", "date"),
        ("heading", "heading"),
        ("addressee", "addressee"),
        ("reply_by", "reply by"),
        ("in_reply_to", "in reply to"),
        ("retention", "retention"),
        ("dropped", "text gone"),
    ] {
        if !of(key).is_empty() {
            let value = screen::laid_out(&of(key), FACT_COLUMN);
            lines.push(format!("  {}{}", screen::filled(name, FACT_COLUMN - 2), value.trim_start()));
        }
    }
    if screen::is(json, "unattended") {
        lines.push(screen::laid_out(
            "The intermediary's station carried it of itself, at once; no person did.",
            2,
        ));
    }
    lines.extend(route(json).into_iter().map(|told| screen::laid_out(&told, 2)));
    lines.extend(clock(json).map(|told| screen::laid_out(&told, 2)));
    if screen::is(json, "declined") {
        lines.push(screen::laid_out("The intermediary said that it will not carry this.", 2));
    }
    lines.join("\n")
}

/// How a message came or went, where that was not through the intermediary alone.
fn route(json: &Value) -> Vec<String> {
    let Some(route) = json.get("route") else { return Vec::new() };
    let mut lines = Vec::new();
    if screen::is(route, "registry") {
        lines.push(
            "It went by the registry, past the intermediary; the stations of all parties read it.".to_owned(),
        );
    }
    let too = screen::text_of(route, "registry_too");
    if !too.is_empty() {
        let at = screen::instant(&too);
        lines.push(format!("The intermediary was silent: it was said in the registry as well, {at} UTC."));
    }
    let also = screen::text_of(route, "also");
    if !also.is_empty() {
        lines.push(format!("The same message is also here as {also}."));
    }
    lines
}

/// How far the clock of a query has run.
fn clock(json: &Value) -> Option<String> {
    let clock = json.get("clock").filter(|clock| clock.is_object())?;
    let due = screen::instant(&screen::text_of(clock, "due"));
    let who = screen::text_of(clock, "answers");
    Some(match screen::text_of(clock, "state").as_str() {
        "answered" => {
            let at = screen::instant(&screen::text_of(clock, "answered"));
            format!("Answered by {who}, {at} UTC; an answer was asked by {due} UTC.")
        }
        "overdue" => screen::warning(&format!("{who} did not answer by {due} UTC.")),
        _ => format!("{who} is asked to answer by {due} UTC."),
    })
}

/// The column in which the facts about an item stand.
const FACT_COLUMN: usize = 16;

fn layer_heading(layer: &Value) -> String {
    let kind = match screen::text_of(layer, "kind").as_str() {
        "party-text" => "The party's own text".to_owned(),
        "note-of-oral-message" => "Note of an oral message; not the party's own text".to_owned(),
        "intermediary-rendering" => "The intermediary's words".to_owned(),
        other => other.to_owned(),
    };
    let whose = screen::text_of(layer, "whose");
    let whose = if whose.is_empty() { whose } else { format!(", {whose}") };
    let read_back = if screen::text_of(layer, "part") == "read-back" { "Read-back. " } else { "" };
    let mark = screen::laid_out(&screen::text_of(layer, "mark"), 2);
    let heading = screen::heading(&format!("{read_back}{kind}{whose}"));
    if mark.is_empty() { heading } else { format!("{heading}\n{mark}") }
}

fn is_of(passage: &Value, layer: usize) -> bool {
    passage.get("layer").and_then(Value::as_u64) == u64::try_from(layer).ok()
}

fn passage(passage: &Value) -> String {
    let number = screen::number_of(passage, "number");
    let mut facts = vec![if number.is_empty() { "Passage".to_owned() } else { format!("Passage {number}") }];
    facts.push(screen::text_of(passage, "disclosure"));
    let state = screen::text_of(passage, "state");
    let altered = state == "ALTERED";
    facts.push(state);
    let from: Vec<String> = screen::list_of(passage, "from").iter().map(ToString::to_string).collect();
    if !from.is_empty() {
        facts.push(format!("taken from passage {}", from.join(", ")));
    }
    facts.retain(|fact| !fact.is_empty());
    let facts = format!("  {}", facts.join("; "));
    let mut lines = vec![if altered { screen::warning(&facts) } else { facts }];
    if altered {
        lines.push(screen::laid_out("These are not the words the party wrote.", 4));
    }
    for (language, text) in passage.get("text").and_then(Value::as_object).into_iter().flatten() {
        if let Some(message) = passage.get("message").filter(|_| language == LANGUAGE) {
            lines.push(message::in_words(message));
            continue;
        }
        lines.push(format!("    [{}]", screen::one_line(language)));
        lines.push(screen::wrapped(text.as_str().unwrap_or_default(), 6));
    }
    lines.join("\n")
}

fn carriage(carriage: &Value) -> String {
    let mut lines = vec![screen::heading(&format!("Carried to {}", screen::text_of(carriage, "to")))];
    for (key, name) in
        [("conveyed", "conveyed"), ("received", "received"), ("read", "read"), ("read_back", "read back")]
    {
        let stamp = screen::stamp(carriage.get(key).unwrap_or(&Value::Null));
        lines.push(format!("  {}{stamp}", screen::filled(name, FACT_COLUMN - 2)));
    }
    for (key, name) in [("verbatim", "word for word"), ("in_substance", "in substance")] {
        let numbers: Vec<String> = screen::list_of(carriage, key).iter().map(ToString::to_string).collect();
        if !numbers.is_empty() {
            let numbers = numbers.join(", ");
            lines.push(format!("  {}passage {numbers}", screen::filled(name, FACT_COLUMN - 2)));
        }
    }
    lines.join("\n")
}
