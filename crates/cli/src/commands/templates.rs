use crate::commands::message;
use crate::global::Global;
use crate::out::Report;
use crate::{client, input, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;
use std::path::PathBuf;

/// Templates and codebooks of the channel's own: used between two sides once both hold the same
#[derive(clap::Subcommand)]
pub enum Command {
    Add(Add),
    List(List),
    Offer(Offer),
}

/// Add a file to this station; the files and the house's make a set with one digest
///
/// Each station of a delegation adds the same files. A file of the same code takes the other's place.
#[derive(clap::Args)]
#[command(after_help = ADD_EXAMPLES)]
pub struct Add {
    /// The template as TOML, or - for standard input
    file: PathBuf,
    /// It is a codebook
    #[arg(long)]
    codebook: bool,
}

const ADD_EXAMPLES: &str = "\
Examples:
  backchannel templates add fishing-boats.toml
  backchannel templates add harbour-codes.toml --codebook";

/// List the files, the digest of the set, and which sides hold the same
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  backchannel templates list\n  backchannel templates list --json")]
pub struct List {}

/// Show the other side that this station holds its set: a message that only who holds the same understands
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  backchannel templates offer\n  backchannel templates offer --to Bravo")]
pub struct Offer {
    /// The side; the other party, if there is only one
    #[arg(long, value_name = "SIDE")]
    to: Option<String>,
}

pub fn run(command: Command, global: &Global) -> Result<Report, Failure> {
    match command {
        Command::Add(args) => {
            let file = input::text(&args.file)?.to_string();
            let json = client::ask(global, &Request::TemplatesAdd { codebook: args.codebook, file })?;
            let (code, digest) = (screen::text_of(&json, "code"), screen::text_of(&json, "digest"));
            let text = format!(
                "{code} was added. The set's digest is {digest}. Offer it with `backchannel templates offer` once the other side has the file too."
            );
            Ok(Report { json, text: screen::laid_out(&text, 0) })
        }
        Command::List(_) => {
            let json = client::ask(global, &Request::TemplatesList {})?;
            Ok(Report { text: listed(&json), json })
        }
        Command::Offer(args) => {
            let json = client::ask(global, &Request::TemplatesOffer { to: args.to })?;
            Ok(Report { text: message::told(&json), json })
        }
    }
}

fn listed(json: &Value) -> String {
    let files = screen::list_of(json, "files");
    if files.is_empty() {
        return "There are only the house's templates and codebook: see `backchannel notify --list`."
            .to_owned();
    }
    let mut lines: Vec<String> = files
        .iter()
        .map(|file| format!("  {} {}", screen::text_of(file, "kind"), screen::text_of(file, "code")))
        .collect();
    lines.push(format!("Digest {}", screen::text_of(json, "digest")));
    let held: Vec<String> =
        screen::list_of(json, "held_by").iter().filter_map(Value::as_str).map(screen::one_line).collect();
    lines.push(match held.as_slice() {
        [] => "No other side has shown that it holds the same.".to_owned(),
        held => format!("The same is held by {}.", held.join(", ")),
    });
    lines.join("\n")
}
