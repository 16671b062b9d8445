use crate::commands::message;
use crate::global::Global;
use crate::out::Report;
use crate::{client, errors, input, screen};
use backchannel_accord::templated::{Purpose, Set, Under, Words, draft, house};
use backchannel_station::api::{Failure, Request};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Send a notification or a query by a template, or a numbered message of the codebook
///
/// Both sides hold the templates and the codebook in six languages; each reads the message in its own. The intermediary's station
/// carries it at once, whether or not anybody is awake there.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The message as TOML, or - for standard input
    #[arg(required_unless_present_any = ["list", "blank"])]
    file: Option<PathBuf>,
    /// The side it is for, or `delegation`; the other party, if there is only one
    #[arg(long, value_name = "SIDE")]
    to: Option<String>,
    /// What it answers: the query's id, or its first digits
    #[arg(long, value_name = "ID")]
    answers: Option<String>,
    /// How urgent it is: routine, priority, immediate or flash; the template's without it
    #[arg(long, value_name = "PRECEDENCE")]
    precedence: Option<String>,
    /// List the templates and the numbers of the codebook
    #[arg(long, conflicts_with_all = ["file", "blank"])]
    list: bool,
    /// Write a file to fill in: a template, or a number of the codebook
    #[arg(long, value_name = "TEMPLATE|NUMBER", conflicts_with = "file")]
    blank: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  backchannel notify --list
  backchannel notify --blank incident-at-sea > incident.toml
  backchannel notify incident.toml --to Bravo
  backchannel notify --blank 201 > query.toml
  backchannel notify query.toml --to Bravo --precedence flash
  backchannel notify clarification.toml --answers 4f2a91c0";

pub fn run(args: &Args, global: &Global) -> Result<Report, Failure> {
    let set = set()?;
    if args.list {
        return Ok(list(set));
    }
    if let Some(name) = &args.blank {
        return blank(set, name, global);
    }
    let path = args.file.as_ref().ok_or_else(|| errors::usage("There is no file.", "Name one."))?;
    send(path, args.to.clone(), args.precedence.clone(), args.answers.clone(), global)
}

/// Sends the message of a file.
pub fn send(
    path: &std::path::Path,
    to: Option<String>,
    precedence: Option<String>,
    answers: Option<String>,
    global: &Global,
) -> Result<Report, Failure> {
    let message = input::text(path)?.to_string();
    let json = client::ask(global, &Request::Notify { to, message, precedence, answers })?;
    Ok(Report { text: message::told(&json), json })
}

pub fn set() -> Result<&'static Set, Failure> {
    house().map_err(|error| errors::usage(format!("{error}."), "Get the program again."))
}

fn list(set: &Set) -> Report {
    let of = |words: &Words| {
        let english = words.iter().find(|(lang, _)| lang.code() == "en");
        english.map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let templates: Vec<Value> = set
        .templates()
        .map(|template| {
            let asks = matches!(template.purpose, Purpose::Query);
            json!({ "template": template.code, "version": template.version, "title": of(&template.title), "asks": asks })
        })
        .collect();
    let entries = set.codebooks().flat_map(|codebook| {
        let code = codebook.code.clone();
        codebook.entries.values().map(move |entry| {
            json!({ "codebook": code, "number": entry.number, "text": of(&entry.text), "asks": entry.asks, "answers": entry.answers })
        })
    });
    let entries: Vec<Value> = entries.collect();
    let line = |one: &Value| {
        let title = screen::text_of(one, "title");
        format!("  {}{title}", screen::filled(&screen::text_of(one, "template"), 28))
    };
    let numbered = |one: &Value| {
        let text = format!("{}  {}", screen::number_of(one, "number"), screen::text_of(one, "text"));
        screen::laid_out(&text, 2)
    };
    let mut lines = vec![screen::heading("Templates")];
    lines.extend(templates.iter().map(line));
    lines.push(format!("\n{}", screen::heading("The codebook")));
    lines.extend(entries.iter().map(numbered));
    let json = json!({ "v": 1, "templates": templates, "codebook": entries });
    Report { json, text: lines.join("\n") }
}

fn blank(set: &Set, name: &str, global: &Global) -> Result<Report, Failure> {
    let under = match name.parse::<u16>() {
        Ok(number) => {
            let codebook = set.codebooks().find(|codebook| codebook.entries.contains_key(&number));
            codebook.map(|codebook| Under::Codebook(codebook.code.clone(), codebook.version, number))
        }
        Err(_) => set.template(name).map(|template| Under::Template(template.code.clone(), template.version)),
    };
    let text = under.and_then(|under| draft::blank(&under, set));
    // What the house does not have, the channel may have of its own.
    let text = match text {
        Some(text) => text,
        None => return own_blank(name, global),
    };
    Ok(Report { json: json!({ "v": 1, "text": text }), text: text.trim_end().to_owned() })
}

/// A file to fill in by one of the channel's own, if a station of this home runs and has it.
fn own_blank(name: &str, global: &Global) -> Result<Report, Failure> {
    let unknown = || {
        errors::usage("There is no such template or number.", "`backchannel notify --list` shows them all.")
    };
    let json =
        client::ask(global, &Request::TemplateBlank { name: name.to_owned() }).map_err(|_| unknown())?;
    let text = json.get("text").and_then(Value::as_str).unwrap_or_default().trim_end().to_owned();
    Ok(Report { json, text })
}
