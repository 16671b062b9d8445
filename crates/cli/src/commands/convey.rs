use crate::global::Global;
use crate::out::Report;
use crate::{client, errors, input, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Carry a dispatch into another party's caucus (intermediary)
///
/// Verbatim passages go as they are. What may go in substance goes in the intermediary's own words, given with
/// --substance or --text. The station refuses a rendering that repeats six words in a row of a passage to be held; it
/// cannot catch a paraphrase.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The dispatch, or the first digits of its id
    id: String,
    /// The label of the party it goes to
    #[arg(long, value_name = "PARTY")]
    to: String,
    /// A TOML file with the rendering in each language: text.en = "..."
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    substance: Option<PathBuf>,
    /// The rendering in one language; may be repeated
    #[arg(long, value_name = "LANG=TEXT", value_parser = input::language_and_text)]
    text: Vec<(String, String)>,
    /// For exercises: alters the verbatim passages, as a faithless intermediary would
    #[arg(long, hide = true)]
    faithless: bool,
}

const EXAMPLES: &str = "\
Examples:
  backchannel convey 4f2a91c0 --to bravo
  backchannel convey 4f2a91c0 --to bravo --substance rendering.toml
  backchannel convey 4f2a91c0 --to bravo --text en=\"They would welcome a pause.\"";

pub fn run(args: Args, global: &Global) -> Result<Report, Failure> {
    let rendering = match &args.substance {
        Some(path) => input::texts_by_language(path)?,
        None => by_language(args.text)?,
    };
    let request = Request::Convey { id: args.id, to: args.to.clone(), rendering, faithless: args.faithless };
    let json = client::ask(global, &request)?;
    let text = told(&json, &args.to);
    Ok(Report { json, text })
}

/// One text a language: a language given twice is refused. Also used by `read-back`.
pub fn by_language(texts: Vec<(String, String)>) -> Result<BTreeMap<String, String>, Failure> {
    let mut by_language = BTreeMap::new();
    for (language, text) in texts {
        if by_language.contains_key(&language) {
            return Err(errors::usage(
                format!("The language {language} is given twice."),
                "Give one text for each language.",
            ));
        }
        by_language.insert(language, text);
    }
    Ok(by_language)
}

fn told(json: &Value, to: &str) -> String {
    let mut lines = vec![format!("Conveyed to {} as {}.", screen::one_line(to), screen::text_of(json, "id"))];
    for taken in screen::list_of(json, "taken") {
        let words = screen::text_of(taken, "words");
        let from = taken.get("from_passage").map(plain).unwrap_or_default();
        lines.push(screen::laid_out(&format!("Taken from passage {from}: {words}"), 2));
    }
    let left: Vec<String> = screen::list_of(json, "not_carried").iter().map(plain).collect();
    if !left.is_empty() {
        lines.push(screen::laid_out(&format!("Not carried: passage {}.", left.join(", ")), 0));
    }
    let notice = screen::text_of(json, "notice");
    if !notice.is_empty() {
        lines.push(screen::laid_out(&notice, 0));
    }
    lines.join("\n")
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| screen::one_line(&value.to_string()), screen::one_line)
}
