use crate::commands::message::{self, Sent};
use crate::commands::notify;
use crate::global::Global;
use crate::out::Report;
use crate::{client, input, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;
use std::path::PathBuf;

/// When the channel is known: tell the other side, agree what is said, compare what was published with one's own record
#[derive(clap::Subcommand)]
pub enum Command {
    Report(ReportArgs),
    Lines(Lines),
    Correct(Correct),
    List(List),
    Compare(Compare),
}

/// Tell the other side that the channel, or something said on it, was published
#[derive(clap::Args)]
#[command(after_help = REPORT_EXAMPLES)]
pub struct ReportArgs {
    /// The notice as TOML, or - for standard input; see `notify --blank exposure`
    file: PathBuf,
    /// The side it is for; the other party, if there is only one
    #[arg(long, value_name = "SIDE")]
    to: Option<String>,
}

const REPORT_EXAMPLES: &str = "\
Examples:
  backchannel notify --blank exposure > exposed.toml
  backchannel exposure report exposed.toml";

/// Send the lines this side proposes; they are agreed once the other side sent the same, word for word
#[derive(clap::Args)]
#[command(after_help = LINES_EXAMPLES)]
pub struct Lines {
    /// What is said when somebody asks whether the channel exists
    #[arg(long, value_name = "TEXT")]
    existence: String,
    /// What is said when somebody asks what was said on it
    #[arg(long, value_name = "TEXT")]
    content: String,
    /// The exposure they are about
    #[arg(long, value_name = "ID")]
    about: Option<String>,
    /// The side; the other party, if there is only one
    #[arg(long, value_name = "SIDE")]
    to: Option<String>,
}

const LINES_EXAMPLES: &str = "\
Example:
  backchannel exposure lines --existence \"We do not comment.\" --content \"We do not comment.\"";

/// Ask for a correction of what was published: what it says, what the record says, and what is asked
#[derive(clap::Args)]
#[command(after_help = CORRECT_EXAMPLES)]
pub struct Correct {
    /// What was published
    #[arg(long, value_name = "TEXT")]
    published: String,
    /// What one's own record says
    #[arg(long, value_name = "TEXT")]
    record: String,
    /// What is asked
    #[arg(long, value_name = "TEXT")]
    correction: String,
    /// The exposure it is about
    #[arg(long, value_name = "ID")]
    about: Option<String>,
    /// The side; the other party, if there is only one
    #[arg(long, value_name = "SIDE")]
    to: Option<String>,
}

const CORRECT_EXAMPLES: &str = "\
Example:
  backchannel exposure correct --published \"They promised.\" --record \"They assured.\" \\
      --correction \"Print what was said.\"";

/// List exposures, the lines each side proposes, and corrections
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  backchannel exposure list\n  backchannel exposure list --json")]
pub struct List {}

/// Compare a published text with what is on record at this station
///
/// Every run of three words or more that stands on record here is told with where it stands. The rest is not on record here in
/// these words; a paraphrase is not found.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel exposure compare article.txt")]
pub struct Compare {
    /// The published text, or - for standard input
    file: PathBuf,
}

pub fn run(command: Command, global: &Global) -> Result<Report, Failure> {
    match command {
        Command::Report(args) => notify::send(&args.file, args.to, None, None, global),
        Command::Lines(args) => {
            let fields = [
                ("exposure", args.about.as_deref()),
                ("existence", Some(args.existence.as_str())),
                ("content", Some(args.content.as_str())),
            ];
            send("exposure-lines", &fields, args.to.as_deref(), global)
        }
        Command::Correct(args) => {
            let fields = [
                ("exposure", args.about.as_deref()),
                ("published", Some(args.published.as_str())),
                ("record", Some(args.record.as_str())),
                ("correction", Some(args.correction.as_str())),
            ];
            send("correction", &fields, args.to.as_deref(), global)
        }
        Command::List(_) => {
            let json = client::ask(global, &Request::ExposureList {})?;
            Ok(Report { text: listed(&json), json })
        }
        Command::Compare(args) => {
            let text = input::text(&args.file)?.to_string();
            let json = client::ask(global, &Request::ExposureCompare { text })?;
            Ok(Report { text: compared(&json), json })
        }
    }
}

fn send(
    template: &str,
    fields: &[(&str, Option<&str>)],
    to: Option<&str>,
    global: &Global,
) -> Result<Report, Failure> {
    message::send(&Sent { template, fields, to, answers: None }, global)
}

fn listed(json: &Value) -> String {
    let mut lines = Vec::new();
    for one in screen::list_of(json, "exposures") {
        lines.push(one_of("Exposure", one));
    }
    for pair in screen::list_of(json, "lines") {
        let sides: Vec<String> =
            screen::list_of(pair, "sides").iter().filter_map(Value::as_str).map(screen::one_line).collect();
        lines.push(screen::heading(&format!("Lines of {}", sides.join(" and "))));
        lines.push(if screen::is(pair, "agreed") {
            "  Both sides sent the same lines: they are agreed.".to_owned()
        } else {
            screen::warning("  They are not agreed: the sides have not sent the same.")
        });
        lines.extend(screen::list_of(pair, "said").iter().map(|one| one_of("Proposed", one)));
    }
    for one in screen::list_of(json, "corrections") {
        lines.push(one_of("Correction", one));
    }
    if lines.is_empty() { "No exposure is on record.".to_owned() } else { lines.join("\n") }
}

fn one_of(what: &str, one: &Value) -> String {
    let id: String = screen::text_of(one, "id").chars().take(8).collect();
    let head = screen::heading(&format!("{what} {id}, by {}", screen::text_of(one, "by")));
    let message = one.get("message").filter(|message| message.is_object()).map(message::in_words);
    format!("{head}\n{}", message.unwrap_or_else(|| "    Its text is not kept here.".to_owned()))
}

fn compared(json: &Value) -> String {
    let (found, words) = (screen::number_of(json, "found"), screen::number_of(json, "words"));
    let mut lines = vec![format!("{found} of {words} words stand on record here, in runs of three or more.")];
    for one in screen::list_of(json, "stretches") {
        let id: String = screen::text_of(one, "id").chars().take(8).collect();
        let (kind, lang) = (screen::text_of(one, "kind"), screen::text_of(one, "lang"));
        lines.push(format!("  {kind} {id} [{lang}]"));
        lines.push(screen::wrapped(one.get("words").and_then(Value::as_str).unwrap_or_default(), 6));
    }
    let elsewhere = screen::list_of(json, "elsewhere");
    if !elsewhere.is_empty() {
        lines.push("Not on record here in these words:".to_owned());
        lines.extend(elsewhere.iter().filter_map(Value::as_str).map(|text| screen::wrapped(text, 6)));
    }
    lines.join("\n")
}
