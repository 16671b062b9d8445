use crate::commands::message::{self, Sent};
use crate::commands::notify;
use crate::global::Global;
use crate::out::Report;
use crate::{client, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;
use std::path::PathBuf;

/// Public words: advance notice of a statement, and how each side sees it
#[derive(clap::Subcommand)]
pub enum Command {
    Announce(Announce),
    Mark(Mark),
    List(List),
}

/// Give the other side advance notice of a public statement, or enter one in the register
#[derive(clap::Args)]
#[command(after_help = ANNOUNCE_EXAMPLES)]
pub struct Announce {
    /// The notice as TOML, or - for standard input; see `notify --blank statement`
    file: PathBuf,
    /// The side it is for; the other party, if there is only one
    #[arg(long, value_name = "SIDE")]
    to: Option<String>,
}

const ANNOUNCE_EXAMPLES: &str = "\
Examples:
  backchannel notify --blank statement > speech.toml
  backchannel statement announce speech.toml";

/// Say how this side sees a statement; both views stand beside each other
#[derive(clap::Args)]
#[command(after_help = MARK_EXAMPLES)]
pub struct Mark {
    /// The statement
    id: String,
    /// rhetoric, not-rhetoric or undecided
    #[arg(long = "as", value_name = "VIEW")]
    view: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// The side that is told; the other party, if there is only one
    #[arg(long, value_name = "SIDE")]
    to: Option<String>,
}

const MARK_EXAMPLES: &str = "\
Examples:
  backchannel statement mark 91ab --as rhetoric
  backchannel statement mark 91ab --as not-rhetoric --note \"It names a date.\"";

/// List the register of public statements
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  backchannel statement list\n  backchannel statement list --json")]
pub struct List {}

pub fn run(command: Command, global: &Global) -> Result<Report, Failure> {
    match command {
        Command::Announce(args) => notify::send(&args.file, args.to, None, None, global),
        Command::Mark(args) => {
            let fields = [
                ("statement", Some(args.id.as_str())),
                ("view", Some(args.view.as_str())),
                ("note", args.note.as_deref()),
            ];
            let to = args.to.as_deref();
            message::send(&Sent { template: "statement-mark", fields: &fields, to, answers: None }, global)
        }
        Command::List(_) => list(global),
    }
}

fn list(global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::StatementList {})?;
    let each: Vec<String> = screen::list_of(&json, "statements").iter().map(statement).collect();
    let text =
        if each.is_empty() { "No statement is in the register.".to_owned() } else { each.join("\n\n") };
    Ok(Report { json, text })
}

fn statement(one: &Value) -> String {
    let id: String = screen::text_of(one, "id").chars().take(8).collect();
    let time = screen::instant(&screen::text_of(one, "time"));
    let mut lines = vec![screen::heading(&format!("{id}  {}, {time} UTC", screen::text_of(one, "by")))];
    if screen::is(one, "cancelled") {
        lines.push(screen::warning("  The notice was taken back."));
    }
    if let Some(message) = one.get("message").filter(|message| message.is_object()) {
        lines.push(message::in_words(message));
    }
    for (who, mark) in one.get("marks").and_then(Value::as_object).into_iter().flatten() {
        let view = match screen::text_of(mark, "view").as_str() {
            "rhetoric" => "rhetoric under the understanding".to_owned(),
            "not-rhetoric" => "more than rhetoric".to_owned(),
            _ => "undecided".to_owned(),
        };
        let at = screen::instant(&screen::text_of(mark, "at"));
        lines.push(format!("  {} sees it as {view} ({at} UTC)", screen::one_line(who)));
    }
    if screen::is(one, "differ") {
        lines.push(screen::warning("  The sides see it differently."));
    }
    lines.join("\n")
}
