use super::read;
use crate::global::Global;
use crate::out::Report;
use crate::{client, screen};
use backchannel_accord::understanding::diff;
use backchannel_station::api::{Failure, Request};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Show what differs between two files, or between two versions a station holds
///
/// Clause by clause and term by term; in a wording, [-words that went-] and {+words that came+}. Where a text
/// has such marks itself, they are shown with a backslash within.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The earlier file, or the understanding on the station
    #[arg(value_name = "FILE|ID")]
    first: String,
    /// The later file; without it the station is asked
    #[arg(value_name = "FILE", conflicts_with_all = ["from", "to"])]
    second: Option<PathBuf>,
    /// The earlier version on the station; the last but one if absent
    #[arg(long, value_name = "N")]
    from: Option<u32>,
    /// The later version on the station; the last if absent
    #[arg(long, value_name = "N")]
    to: Option<u32>,
}

const EXAMPLES: &str = "\
Examples:
  backchannel understanding diff pact-1.toml pact-2.toml
  backchannel understanding diff 7c1e
  backchannel understanding diff 7c1e --from 1 --to 3";

pub fn run(args: Args, global: &Global) -> Result<Report, Failure> {
    let json = match &args.second {
        Some(second) => {
            let found = diff(&read(args.first.as_ref())?, &read(second)?);
            json!({ "v": 1, "changes": found.changes })
        }
        None => {
            let request = Request::UnderstandingDiff { id: args.first, from: args.from, to: args.to };
            client::ask(global, &request)?
        }
    };
    let text = told(&json);
    Ok(Report { json, text })
}

/// The changes of a diff, each under the field it is in.
pub fn told(diff: &Value) -> String {
    let shown: Vec<String> = screen::list_of(diff, "changes").iter().map(change).collect();
    if shown.is_empty() { "The two texts are the same.".to_owned() } else { shown.join("\n") }
}

fn change(change: &Value) -> String {
    let field = change.get("field").unwrap_or(&Value::Null);
    let place = field.get("place").unwrap_or(&Value::Null);
    let lang = screen::text_of(place, "lang");
    let lang = if lang.is_empty() { lang } else { format!(" ({lang})") };
    let (part, id) = (screen::text_of(place, "part"), screen::text_of(place, "id"));
    let words = screen::list_of(change, "words");
    let body = if words.is_empty() {
        let line = |mark: &str, key: &str| {
            change.get(key).and_then(Value::as_str).map(|text| screen::wrapped(&format!("{mark} {text}"), 2))
        };
        line("-", "before").into_iter().chain(line("+", "after")).collect::<Vec<_>>().join("\n")
    } else {
        screen::wrapped(&words.iter().map(stretch).collect::<String>(), 2)
    };
    format!("{part} {id}{lang}: {}\n{body}", screen::text_of(field, "name"))
}

/// The marks say it without colour.
fn stretch(stretch: &Value) -> String {
    let text = without_marks(stretch.get("text").and_then(Value::as_str).unwrap_or_default());
    let words = text.trim_end();
    let space = text.get(words.len()..).unwrap_or_default();
    match stretch.get("fate").and_then(Value::as_str) {
        Some("gone") => format!("[-{words}-]{space}"),
        Some("new") => format!("{{+{words}+}}{space}"),
        _ => text,
    }
}

/// A text cannot show words as gone or new that are not: its own marks carry a backslash.
fn without_marks(text: &str) -> String {
    ["[-", "-]", "{+", "+}"].iter().fold(text.to_owned(), |text, mark| {
        let (first, second) = mark.split_at(1);
        text.replace(mark, &format!("{first}\\{second}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_mark_words_itself() {
        let told = |fate: &str, text: &str| stretch(&json!({ "fate": fate, "text": text }));
        assert_eq!(told("same", "it [-never-] {+always+} holds"), "it [\\-never-\\] {\\+always+\\} holds");
        assert_eq!(told("gone", "no-] {+yes "), "[-no-\\] {\\+yes-] ");
        assert_eq!(told("new", "[a - b + c] "), "{+[a - b + c]+} ");
    }
}
