use super::look;
use crate::global::Global;
use crate::out::Report;
use crate::{client, errors, input, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;
use std::path::PathBuf;

/// Lay a text before the parties: the next version, or a new understanding (the holder of the pen)
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  backchannel understanding submit pact.toml\n  backchannel understanding submit pact-2.toml --id 7c1e"
)]
pub struct Submit {
    /// The text as TOML, or - for standard input
    file: PathBuf,
    /// The understanding it is a version of; a new one without it
    #[arg(long, value_name = "ID")]
    id: Option<String>,
}

/// Lay a text before the parties that takes the place of one in effect (the holder of the pen)
///
/// It is a new understanding, to be frozen, approved and deposited like any other. In the instant in which it enters into
/// force the old one ends: there is no gap. If nothing comes of it, the old one goes on.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel understanding supersede 7c1e amended.toml")]
pub struct Supersede {
    /// The understanding that is in effect
    id: String,
    /// The new text as TOML, or - for standard input
    file: PathBuf,
}

/// Freeze the text on the table: a numbered version with a digest (the holder of the pen)
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel understanding freeze 7c1e")]
pub struct Freeze {
    /// The understanding
    id: String,
}

/// Confirm that those bound in a zone were told
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel understanding told 7c1e strait")]
pub struct Told {
    /// The understanding
    id: String,
    /// The zone, by its code in the text
    zone: String,
}

/// Reaffirm for another term; it is renewed once every party has
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel understanding renew 7c1e")]
pub struct Renew {
    /// The understanding
    id: String,
}

/// Lay the pen down: nothing comes of this text (the holder of the pen)
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel understanding abandon 7c1e")]
pub struct Abandon {
    /// The understanding
    id: String,
}

/// Comment on a clause, or on the whole text, in one's own caucus
#[derive(clap::Args)]
#[command(after_help = COMMENT_EXAMPLES)]
pub struct Comment {
    /// The understanding
    id: String,
    /// The clause; the whole text without it
    #[arg(long, value_name = "CLAUSE")]
    clause: Option<String>,
    /// The comment, as LANG=TEXT; one for each language
    #[arg(long = "text", value_name = "LANG=TEXT", value_parser = input::language_and_text, conflicts_with = "text_file")]
    texts: Vec<(String, String)>,
    /// The comment as TOML: text.LANG = "..." for each language, or - for standard input
    #[arg(long, value_name = "FILE")]
    text_file: Option<PathBuf>,
}

const COMMENT_EXAMPLES: &str = "\
Examples:
  backchannel understanding comment 7c1e --clause notice --text en=\"Five days.\"
  backchannel understanding comment 7c1e --text-file comment.toml";

/// Begin a try to bring the frozen version into effect, or leave one (head)
///
/// Nothing binds until the depositary holds what every side gives and releases it to all. If one is missing at the
/// limit, everything is destroyed and nobody is bound.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  backchannel understanding deposit 7c1e\n  backchannel understanding deposit 7c1e --within 12h\n  backchannel understanding deposit 7c1e --withdraw"
)]
pub struct Deposit {
    /// The understanding
    id: String,
    /// How long the depositary waits for every side, such as 12h, 30m or 90s (320 beats without it)
    #[arg(long, value_name = "SPAN", value_parser = input::span_ms, conflicts_with = "withdraw")]
    within: Option<u64>,
    /// Leave the try, as long as it is not released
    #[arg(long)]
    withdraw: bool,
    /// For exercises: takes part in tries and hands nothing in, as a faithless party would
    #[arg(long, hide = true, conflicts_with_all = ["withdraw", "within"])]
    withhold: bool,
}

/// Give notice of withdrawal, or take it back
///
/// It takes effect when the terms say, and not before.
#[derive(clap::Args)]
#[command(after_help = WITHDRAW_EXAMPLES)]
pub struct Withdraw {
    /// The understanding
    id: String,
    /// The urgent ground, where the terms know urgent grounds: the code of an act
    #[arg(long, value_name = "ACT", conflicts_with = "take_back")]
    urgent: Option<String>,
    /// Take the notice back
    #[arg(long)]
    take_back: bool,
}

const WITHDRAW_EXAMPLES: &str = "\
Examples:
  backchannel understanding withdraw 7c1e
  backchannel understanding withdraw 7c1e --urgent armed-attack
  backchannel understanding withdraw 7c1e --take-back";

pub fn submit(args: Submit, global: &Global) -> Result<Report, Failure> {
    let file = input::text(&args.file)?;
    let json = client::ask(global, &Request::UnderstandingSubmit { id: args.id, file: file.to_string() })?;
    let table = format!("The text is on the table as {}.", screen::text_of(&json, "id"));
    Ok(with_findings(json, table))
}

pub fn supersede(args: Supersede, global: &Global) -> Result<Report, Failure> {
    let file = input::text(&args.file)?.to_string();
    let json = client::ask(global, &Request::UnderstandingSupersede { id: args.id, file })?;
    let (new, old) = (screen::text_of(&json, "id"), screen::text_of(&json, "supersedes"));
    let table = format!(
        "The text is on the table as {new}. In the instant in which it enters into force, {old} ends; until then, and if \
         nothing comes of it, that goes on."
    );
    Ok(with_findings(json, screen::laid_out(&table, 0)))
}

fn with_findings(json: Value, first: String) -> Report {
    let parts = [first, look::findings(&json)];
    let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    Report { json, text }
}

pub fn comment(args: Comment, global: &Global) -> Result<Report, Failure> {
    let text = match &args.text_file {
        Some(path) => input::texts_by_language(path)?,
        None => args.texts.into_iter().collect(),
    };
    if text.is_empty() {
        return Err(errors::usage("There is no comment.", "Add `--text LANG=TEXT` or `--text-file FILE`."));
    }
    let request = Request::UnderstandingComment { id: args.id, clause: args.clause, text };
    done(global, &request, "The comment is given, in this side's caucus only.")
}

pub fn deposit(args: Deposit, global: &Global) -> Result<Report, Failure> {
    let text = if args.withhold {
        "This side takes part, and hands nothing in."
    } else if args.withdraw {
        "This side asks to leave the try; `backchannel understanding status` says whether it was in time."
    } else {
        "The try has begun; `backchannel understanding status` says how far it has come."
    };
    let Deposit { id, within, withdraw, withhold } = args;
    done(global, &Request::UnderstandingDeposit { id, withdraw, within_ms: within, withhold }, text)
}

pub fn withdraw(args: Withdraw, global: &Global) -> Result<Report, Failure> {
    let text = if args.take_back {
        "Taken back. The notice falls once this side's quorum has taken it back."
    } else {
        "Notice is given; it counts once this side's quorum has given it. It takes effect when the terms say, and not \
         before; `backchannel understanding status` tells the instant."
    };
    let Withdraw { id, urgent, take_back } = args;
    done(global, &Request::UnderstandingWithdraw { id, urgent, take_back }, text)
}

pub fn freeze(args: Freeze, global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::UnderstandingFreeze { id: args.id })?;
    let frozen = format!(
        "Version {} is frozen, with the digest\n  {}",
        screen::number_of(&json, "version"),
        screen::text_of(&json, "digest")
    );
    let parts = [frozen, look::words(&json), look::findings(&json)];
    let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
    Ok(Report { json, text })
}

pub fn told(args: Told, global: &Global) -> Result<Report, Failure> {
    let request = Request::UnderstandingTold { id: args.id, zone: args.zone };
    done(global, &request, "Confirmed: those bound in that zone were told.")
}

pub fn renew(args: Renew, global: &Global) -> Result<Report, Failure> {
    let request = Request::UnderstandingRenew { id: args.id };
    done(
        global,
        &request,
        "Reaffirmed. A side has once its quorum has, and the understanding is renewed once every side has, in time.",
    )
}

pub fn abandon(args: Abandon, global: &Global) -> Result<Report, Failure> {
    let request = Request::UnderstandingAbandon { id: args.id };
    done(global, &request, "The text is abandoned. Nobody is bound by it.")
}

fn done(global: &Global, request: &Request, text: &str) -> Result<Report, Failure> {
    let json = client::ask(global, request)?;
    Ok(Report { json, text: screen::laid_out(text, 0) })
}
