use crate::global::Global;
use crate::out::Report;
use crate::secret_file::SecretFile;
use crate::{client, errors, input, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The register of claims: what others say, how it is graded, and how far each of this delegation believes it
///
/// It stays in the delegation's own room; the intermediary keeps one of its own. Nothing is true because it stands there.
#[derive(clap::Subcommand)]
pub enum Command {
    Add(Add),
    Amend(Amend),
    Withdraw(Withdraw),
    Believe(Believe),
    List(List),
    Show(Show),
    Export(Export),
}

/// Enter a claim
#[derive(clap::Args)]
#[command(after_help = ADD_EXAMPLES)]
pub struct Add {
    /// The claim as TOML, or - for standard input
    file: PathBuf,
}

const ADD_EXAMPLES: &str = "\
A claim is TOML; all but `who` and a text may be left out:
  who = \"Bravo\"
  text.en = \"The units that were moved are back.\"
  when = \"2026-11-20T09:00Z\"
  public = true
  source = \"The spokesman, by way of the agency.\"
  grading = \"B3\"
  evidence = \"Photographs of the two bridges.\"
  rests_on = [\"77d0c3e1\"]
  statements = [\"The speech of 19 November\"]

The grading is the Admiralty code's: A (completely reliable) to E (unreliable)
for the source and 1 (confirmed) to 5 (improbable) for what it says; F and 6 for
what cannot be judged.

Examples:
  backchannel claims add units.toml
  backchannel claims add - < units.toml";

/// Say anew what a claim of your own says; what it said before stays on record
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel claims amend 3f1c units.toml")]
pub struct Amend {
    /// The claim
    id: String,
    /// The whole claim as TOML, or - for standard input
    file: PathBuf,
}

/// Withdraw a claim of your own; it stays on record
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel claims withdraw 3f1c")]
pub struct Withdraw {
    /// The claim
    id: String,
}

/// Say how far you believe a claim, and why; what you said before stays on record
#[derive(clap::Args)]
#[command(after_help = BELIEVE_EXAMPLES)]
pub struct Believe {
    /// The claim
    id: String,
    /// A whole number from 0 (certainly false) to 100 (certainly true)
    #[arg(value_parser = clap::value_parser!(u8).range(0..=100))]
    percent: u8,
    /// The reasons
    #[arg(long, value_name = "TEXT")]
    because: String,
}

const BELIEVE_EXAMPLES: &str = "\
Examples:
  backchannel claims believe 3f1c 40 --because \"One source, and it has an interest.\"
  backchannel claims believe 3f1c 65 --because \"The photographs of Tuesday.\"";

/// List the claims, with their grading and how far each member believes them
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  backchannel claims list\n  backchannel claims list --json")]
pub struct List {}

/// Show a claim with everything that was ever entered of it
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  backchannel claims show 3f1c\n  backchannel claims show 3f1c --json")]
pub struct Show {
    /// The claim
    id: String,
}

/// Write the register as a file that a rehearsal reads as credences
///
/// The file leaves the station's vault: whoever has it can read it.
#[derive(clap::Args)]
#[command(after_help = EXPORT_EXAMPLES)]
pub struct Export {
    /// A new file, for its owner alone; standard output without it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

const EXPORT_EXAMPLES: &str = "\
Examples:
  backchannel claims export --out claims.toml
  backchannel claims export --json";

pub fn run(command: Command, global: &Global) -> Result<Report, Failure> {
    match command {
        Command::Add(args) => {
            let file = input::text(&args.file)?.to_string();
            said(global, &Request::ClaimAdd { file }, "is entered")
        }
        Command::Amend(args) => {
            let file = input::text(&args.file)?.to_string();
            said(global, &Request::ClaimAmend { id: args.id, file }, "is amended")
        }
        Command::Withdraw(args) => said(global, &Request::ClaimWithdraw { id: args.id }, "is withdrawn"),
        Command::Believe(args) => {
            let Believe { id, percent, because } = args;
            let what = format!("is believed by you to {percent} %");
            said(global, &Request::ClaimBelieve { id, percent, because }, &what)
        }
        Command::List(_) => list(global),
        Command::Show(args) => show(args, global),
        Command::Export(args) => export(args.out.as_deref(), global),
    }
}

fn said(global: &Global, request: &Request, what: &str) -> Result<Report, Failure> {
    let json = client::ask(global, request)?;
    let when = if screen::is(&json, "on_record") {
        "that is on record"
    } else {
        "it is on record once it is sealed"
    };
    let text = format!("Claim {} {what}; {when}.", short(&json));
    Ok(Report { json, text: screen::laid_out(&text, 0) })
}

fn short(one: &Value) -> String {
    screen::text_of(one, "id").chars().take(8).collect()
}

fn list(global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::ClaimList {})?;
    let each: Vec<String> = screen::list_of(&json, "claims").iter().map(told).collect();
    let text = if each.is_empty() { "No claim is in the register.".to_owned() } else { each.join("\n\n") };
    Ok(Report { json, text })
}

fn show(args: Show, global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::ClaimShow { id: args.id })?;
    let amended = json.get("amended").is_some_and(Value::is_object);
    let mut lines = vec![told(&json), screen::heading("History")];
    let mut before: Option<&Value> = None;
    for step in screen::list_of(&json, "history") {
        lines.push(change(step));
        if step.get("text").is_some() {
            // What a claim that was never amended says stands above.
            lines.extend(match before {
                None if amended => content(step, 4),
                None => Vec::new(),
                Some(before) => altered(before, step),
            });
            before = Some(step);
        }
    }
    Ok(Report { text: lines.join("\n"), json })
}

/// One claim in sentences; nothing that people wrote in it is obeyed by a terminal (CLAIM-10).
fn told(one: &Value) -> String {
    let heading =
        format!("Claim {}  {}  {}", short(one), screen::text_of(one, "grading"), screen::text_of(one, "who"));
    let mut lines = vec![screen::heading(&heading)];
    if one.get("withdrawn").is_some_and(Value::is_object) {
        lines.push(screen::warning("  It was withdrawn."));
    }
    lines.extend(content(one, 2));
    lines.extend(screen::list_of(one, "credences").iter().map(credence));
    lines.join("\n")
}

/// What a claim says, each line after `indent` spaces.
fn content(one: &Value, indent: usize) -> Vec<String> {
    let mut lines = texts(one, indent);
    let when = one.get("when").and_then(Value::as_str);
    let when = when.map(|when| format!(", {} UTC", screen::instant(when))).unwrap_or_default();
    lines.push(format!("{}{}{when}", " ".repeat(indent), said_where(one)));
    for (key, name) in PROSE {
        if !screen::text_of(one, key).is_empty() {
            lines.extend(prose(one, key, name, indent));
        }
    }
    lines.extend(rests(one, indent));
    lines
}

/// The parts of a claim that are more than a line, and what they are called.
const PROSE: [(&str, &str); 2] = [("source", "Source"), ("evidence", "What would move it")];

fn said_where(one: &Value) -> &'static str {
    if screen::is(one, "public") { "Said in public" } else { "Not said in public" }
}

fn texts(one: &Value, indent: usize) -> Vec<String> {
    let all = one.get("text").and_then(Value::as_object).into_iter().flatten();
    let each = all.flat_map(|(lang, text)| {
        let name = format!("{}{}:", " ".repeat(indent), screen::one_line(lang));
        [name, screen::wrapped(text.as_str().unwrap_or_default(), indent.saturating_add(2))]
    });
    each.collect()
}

fn prose(one: &Value, key: &str, name: &str, indent: usize) -> [String; 2] {
    let text = one.get(key).and_then(Value::as_str).unwrap_or_default();
    [format!("{}{name}:", " ".repeat(indent)), screen::wrapped(text, indent.saturating_add(2))]
}

fn rests(one: &Value, indent: usize) -> Vec<String> {
    let each = screen::list_of(one, "rests_on").iter().map(|rests| {
        let on = match rests.get("id") {
            Some(_) if screen::is(rests, "on_record") => short(rests),
            Some(_) => format!("{}, which is not on record here", short(rests)),
            None => screen::text_of(rests, "statement"),
        };
        screen::laid_out(&format!("Rests on {on}"), indent)
    });
    each.collect()
}

/// What a claim said from then on that it had not said before.
fn altered(before: &Value, now: &Value) -> Vec<String> {
    const INDENT: usize = 4;
    let other = |key: &str| before.get(key) != now.get(key);
    let line = |text: &str| screen::laid_out(text, INDENT);
    let mut lines = if other("text") { texts(now, INDENT) } else { Vec::new() };
    for (key, name) in [("who", "Whose claim it is"), ("grading", "Grading")] {
        if other(key) {
            let (now, before) = (screen::text_of(now, key), screen::text_of(before, key));
            lines.push(line(&format!("{name}: {now}; before, {before}")));
        }
    }
    if other("public") {
        lines.push(line(said_where(now)));
    }
    if other("when") {
        let when = now.get("when").and_then(Value::as_str);
        let when =
            when.map_or("no longer stated".to_owned(), |when| format!("{} UTC", screen::instant(when)));
        lines.push(line(&format!("When: {when}")));
    }
    for (key, name) in PROSE.into_iter().filter(|(key, _)| other(key)) {
        match screen::text_of(now, key).is_empty() {
            true => lines.push(line(&format!("{name}: no longer stated"))),
            false => lines.extend(prose(now, key, name, INDENT)),
        }
    }
    if other("rests_on") {
        let rests = rests(now, INDENT);
        lines.extend(if rests.is_empty() { vec![line("Rests on nothing")] } else { rests });
    }
    lines
}

fn credence(one: &Value) -> String {
    let before = one.get("before").and_then(Value::as_u64).map(|before| format!(", {before} % before"));
    let older = if screen::is(one, "amended_since") { " (before it was amended)" } else { "" };
    format!(
        "  {} believes it to {} %{}, since {}{older}\n{}",
        screen::text_of(one, "by"),
        screen::number_of(one, "percent"),
        before.unwrap_or_default(),
        screen::stamp(&one["at"]),
        screen::wrapped(one.get("because").and_then(Value::as_str).unwrap_or_default(), 4)
    )
}

fn change(one: &Value) -> String {
    let (by, at) = (screen::text_of(one, "by"), screen::stamp(&one["at"]));
    match screen::text_of(one, "what").as_str() {
        "entered" => format!("  {at}: entered by {by}"),
        "amended" => format!("  {at}: amended by {by}"),
        "withdrawn" => format!("  {at}: withdrawn by {by}"),
        _ => format!(
            "  {at}: {by} believes it to {} %\n{}",
            screen::number_of(one, "percent"),
            screen::wrapped(one.get("because").and_then(Value::as_str).unwrap_or_default(), 4)
        ),
    }
}

/// Writes the file for its owner alone (CMD-8), or shows it: nothing in it is obeyed by a terminal (CMD-5, CLAIM-12).
fn export(out: Option<&Path>, global: &Global) -> Result<Report, Failure> {
    let kept = out.map(SecretFile::create).transpose()?;
    let answer = client::ask(global, &Request::ClaimExport {})?;
    let text = answer.get("text").and_then(Value::as_str);
    let text = text.ok_or_else(|| errors::internal("The station's answer holds nothing to write."))?;
    let claims = answer.get("claims").cloned().unwrap_or_default();
    let Some(kept) = kept else {
        let json = json!({ "v": 1, "file": Value::Null, "claims": claims });
        return Ok(Report { json, text: text.trim_end().to_owned() });
    };
    let file = kept.write(text.trim_end())?.display().to_string();
    let told = format!("The register is in {file}. Whoever has that file can read it.");
    Ok(Report { json: json!({ "v": 1, "file": file, "claims": claims }), text: screen::laid_out(&told, 0) })
}
