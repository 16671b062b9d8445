use crate::commands::send;
use crate::global::Global;
use crate::out::Report;
use crate::{client, errors, input, screen};
use backchannel_accord::Lang;
use backchannel_accord::templated::{
    Carried, LANGUAGE, Message, Mismatch, Purpose, Rendering, Set, Timeliness, Under, Words, draft, house,
    render, timeliness,
};
use backchannel_accord::time::parse_rfc3339;
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
    /// The side it is for
    #[arg(long, value_name = "SIDE", required_unless_present_any = ["list", "blank"])]
    to: Option<String>,
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
  backchannel notify query.toml --to Bravo --precedence flash";

pub fn run(args: &Args, global: &Global) -> Result<Report, Failure> {
    let set = set()?;
    if args.list {
        return Ok(list(set));
    }
    if let Some(name) = &args.blank {
        return blank(set, name);
    }
    let path = args.file.as_ref().ok_or_else(|| errors::usage("There is no file.", "Name one."))?;
    let text = input::text(path)?;
    let message = draft::read(&text, set).map_err(|error| {
        errors::usage(
            format!("The message was not understood: {error}."),
            "`backchannel notify --blank` writes a file to fill in.",
        )
    })?;
    let precedence = match &args.precedence {
        Some(precedence) => precedence.clone(),
        None => usual(&message, set).to_owned(),
    };
    let request =
        Request::Send { draft: dispatch(&message, set, args.to.as_deref().unwrap_or_default(), &precedence) };
    let json = client::ask(global, &request)?;
    let text = send::told("Sent", &json);
    Ok(Report { json, text })
}

fn set() -> Result<&'static Set, Failure> {
    house().map_err(|error| errors::usage(format!("{error}."), "Get the program again."))
}

/// The precedence of a template; what asks or speaks of the first minutes in the codebook is a flash.
fn usual(message: &Message, set: &Set) -> &'static str {
    match &message.under {
        Under::Template(code, _) => {
            set.template(code).map_or("immediate", |template| template.precedence.name())
        }
        Under::Codebook(..) => "flash",
    }
}

/// The dispatch that carries it.
fn dispatch(message: &Message, set: &Set, to: &str, precedence: &str) -> String {
    let mut passage = toml::Table::new();
    passage.insert("disclosure".to_owned(), "verbatim".into());
    let mut text = toml::Table::new();
    text.insert(LANGUAGE.to_owned(), message.carried(set).write().into());
    passage.insert("text".to_owned(), text.into());
    let mut draft = toml::Table::new();
    draft.insert("to".to_owned(), to.into());
    draft.insert("form".to_owned(), "notification".into());
    draft.insert("precedence".to_owned(), precedence.into());
    draft.insert("passage".to_owned(), toml::Value::Array(vec![passage.into()]));
    draft.to_string()
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

fn blank(set: &Set, name: &str) -> Result<Report, Failure> {
    let under = match name.parse::<u16>() {
        Ok(number) => {
            let codebook = set.codebooks().find(|codebook| codebook.entries.contains_key(&number));
            codebook.map(|codebook| Under::Codebook(codebook.code.clone(), codebook.version, number))
        }
        Err(_) => set.template(name).map(|template| Under::Template(template.code.clone(), template.version)),
    };
    let text = under.and_then(|under| draft::blank(&under, set));
    let text = text.ok_or_else(|| {
        errors::usage("There is no such template or number.", "`backchannel notify --list` shows them all.")
    })?;
    Ok(Report { json: json!({ "v": 1, "text": text }), text: text.trim_end().to_owned() })
}

/// What a passage in the language `zxx` says, if it is a message: in a language, compared with the template first. `provided` is the
/// instant in which the recipient's station acknowledged it.
pub fn told(text: &str, lang: &str, provided: Option<&str>) -> Option<(Value, String)> {
    let carried = Carried::read(text).ok()?;
    let set = house().ok()?;
    let lang = Lang::new(lang)?;
    match Message::verify(&carried, set) {
        Ok(message) => {
            let shown = render(&message, set, &lang)?;
            let late = provided.and_then(parse_rfc3339).map(|at| timeliness(&message, set, at, None));
            Some((as_json(&shown, late), in_words(&shown, late)))
        }
        Err(mismatch) => Some(unknown(&carried, &mismatch)),
    }
}

fn as_json(shown: &Rendering, late: Option<Timeliness>) -> Value {
    let fields =
        shown.lines.iter().map(|line| json!({ "key": line.key, "label": line.label, "value": line.value }));
    let (late_ms, early_ms) = match late {
        Some(Timeliness::Late(ms)) => (Some(ms), None),
        Some(Timeliness::Early(ms)) => (None, Some(ms)),
        _ => (None, None),
    };
    json!({
        "lang": shown.lang.code(), "reviewed": shown.reviewed, "number": shown.number, "title": shown.title, "said": shown.said,
        "fields": fields.collect::<Vec<_>>(), "late_ms": late_ms, "early_ms": early_ms,
        "updates": shown.revises.filter(|(cancels, _)| !cancels).map(|(_, id)| id.to_hex()),
        "cancels": shown.revises.filter(|(cancels, _)| *cancels).map(|(_, id)| id.to_hex()),
    })
}

fn in_words(shown: &Rendering, late: Option<Timeliness>) -> String {
    let number = shown.number.map(|number| format!("{number}  ")).unwrap_or_default();
    let mut lines = vec![screen::wrapped(&format!("{number}{}", shown.title), 4)];
    if !shown.reviewed {
        lines.push(screen::warning("    (a translation that nobody has reviewed)"));
    }
    lines.extend(shown.revises.map(|(cancels, id)| {
        let what = if cancels { "It cancels" } else { "It replaces" };
        screen::laid_out(&format!("{what} {}.", id.to_hex()), 4)
    }));
    lines.extend(shown.said.as_ref().map(|said| screen::wrapped(said, 4)));
    for line in &shown.lines {
        lines.push(screen::laid_out(&screen::one_line(&format!("{}:", line.label)), 4));
        lines.push(screen::wrapped(&line.value, 6));
    }
    lines.extend(match late {
        Some(Timeliness::Late(ms)) => Some(screen::warning(&format!("    Late by {}.", span(ms)))),
        Some(Timeliness::Early(ms)) => Some(format!("    Earlier than the rule allows, by {}.", span(ms))),
        _ => None,
    });
    lines.join("\n")
}

/// What this station does not hold is shown as it stands, and nothing of it is guessed (MSG-7).
fn unknown(carried: &Carried, mismatch: &Mismatch) -> (Value, String) {
    let under = match &carried.under {
        Under::Template(code, version) => format!("template {code}, version {version}"),
        Under::Codebook(code, version, number) => {
            format!("number {number} of codebook {code}, version {version}")
        }
    };
    let fields: Vec<Value> = carried
        .fields
        .iter()
        .map(|(key, value)| json!({ "key": key, "label": null, "value": value }))
        .collect();
    let head = format!("A message under {under}: {mismatch}. Its fields as they stand:");
    let mut lines = vec![screen::warning(&screen::laid_out(&screen::one_line(&head), 4))];
    lines.extend(carried.fields.iter().map(|(key, value)| screen::wrapped(&format!("{key} {value}"), 6)));
    let json = json!({ "unknown": mismatch.to_string(), "under": under, "fields": fields });
    (json, lines.join("\n"))
}

/// A time in days, hours, minutes or seconds, whichever says most.
fn span(ms: u64) -> String {
    let (count, unit) = match ms / 1000 {
        s if s >= 172_800 => (s / 86_400, "days"),
        s if s >= 7_200 => (s / 3_600, "hours"),
        s if s >= 120 => (s / 60, "minutes"),
        s => (s, "seconds"),
    };
    format!("{count} {unit}")
}
