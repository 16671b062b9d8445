use crate::commands::convey::by_language;
use crate::global::Global;
use crate::out::Report;
use crate::{client, errors, input, screen};
use backchannel_station::api::{Failure, Request};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Confirm what was understood of a conveyance, in one's own words
///
/// The read-back goes to the intermediary, and the first party sees that there is one, and when.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The conveyance, or the first digits of its id
    id: String,
    /// A file with what was understood, or - for standard input
    #[arg(long, value_name = "FILE", required_unless_present = "text", conflicts_with = "text")]
    text_file: Option<PathBuf>,
    /// The language of the file
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: String,
    /// What was understood, in one language; may be repeated
    #[arg(long, value_name = "LANG=TEXT", value_parser = input::language_and_text)]
    text: Vec<(String, String)>,
}

const EXAMPLES: &str = "\
Examples:
  backchannel read-back 4f2a91c0 --text-file understood.txt --lang en
  backchannel read-back 4f2a91c0 --text en=\"A pause of thirty days is offered.\"";

pub fn run(args: Args, global: &Global) -> Result<Report, Failure> {
    let text = match &args.text_file {
        Some(path) => {
            let text = input::text(path)?;
            if text.trim().is_empty() {
                return Err(errors::usage(
                    "The read-back is empty.",
                    "Write what was understood in the file.",
                ));
            }
            BTreeMap::from([(args.lang, text.trim_end().to_owned())])
        }
        None => by_language(args.text)?,
    };
    let json = client::ask(global, &Request::ReadBack { id: args.id, text })?;
    let text = format!("Read back as {}.", screen::text_of(&json, "id"));
    Ok(Report { json, text })
}
