use crate::global::Global;
use crate::out::Report;
use crate::secret_file::SecretFile;
use crate::{client, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;
use std::path::PathBuf;

/// The members of one's own delegation
#[derive(clap::Subcommand)]
pub enum Command {
    Add(Add),
    Remove(Remove),
    List(List),
    Quorum(Quorum),
    Approve(Approve),
    Drop(Drop),
}

/// Invite a delegate (head)
///
/// The answer is an invitation to hand over in person. Whoever holds it can take the seat, once.
#[derive(clap::Args)]
#[command(after_help = ADD_EXAMPLES)]
pub struct Add {
    /// How the delegate is shown, such as "envoy 2"
    label: String,
    /// What the delegate may do
    #[arg(long, value_parser = ["principal", "envoy", "observer"], default_value = "envoy")]
    role: String,
    /// Write the invitation to this new file instead of showing it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

const ADD_EXAMPLES: &str = "\
Examples:
  backchannel delegation add \"envoy 2\" --role envoy --out envoy-2.txt
  backchannel delegation add principal --role principal";

/// Remove a delegate from every room (head)
///
/// The removed station can read nothing sealed later.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel delegation remove \"envoy 2\" --reason \"Recalled.\"")]
pub struct Remove {
    /// The delegate's label or pseudonym
    member: String,
    /// Why; recorded, and shown to the delegation
    #[arg(long, value_name = "TEXT", default_value = "No reason was given.")]
    reason: String,
}

/// List the members of the delegation
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel delegation list")]
pub struct List {}

/// Set how many heads and principals must approve what the delegation decides (head)
///
/// A higher number binds from the next change on: this one still needs as many as before.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel delegation quorum 2")]
pub struct Quorum {
    /// How many
    quorum: u8,
}

/// Approve the roster that the head of delegation proposed (principals)
///
/// See who joins and who leaves with delegation list first.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel delegation approve 3")]
pub struct Approve {
    /// The number of the version, as delegation list shows it
    number: u32,
}

/// Drop the change of the roster that waits for approval (head)
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel delegation drop")]
pub struct Drop {}

pub fn run(command: Command, global: &Global) -> Result<Report, Failure> {
    match command {
        Command::Add(args) => add(args, global),
        Command::Remove(args) => remove(args, global),
        Command::List(_) => list(global),
        Command::Quorum(args) => quorum(&args, global),
        Command::Approve(args) => approve(&args, global),
        Command::Drop(_) => drop_change(global),
    }
}

fn add(args: Add, global: &Global) -> Result<Report, Failure> {
    let file = args.out.as_deref().map(SecretFile::create).transpose()?;
    let request = Request::DelegationAdd { role: args.role, label: args.label };
    let mut json = client::ask(global, &request)?;
    let invitation = screen::text_of(&json, "invitation");
    let mut text = format!("{} is invited", screen::text_of(&json, "label"));
    if let Some(expires) = json.get("expires").and_then(Value::as_str) {
        text.push_str(&format!(" until {} UTC", screen::instant(expires)));
    }
    match file {
        Some(file) => {
            let path = file.write(&invitation)?.display().to_string();
            text.push_str(&format!("; the invitation is in {path}."));
            if let Some(object) = json.as_object_mut() {
                object.remove("invitation");
                object.insert("file".to_owned(), path.into());
            }
        }
        None => text.push_str(&format!(". Hand this over, and to nobody else:\n{invitation}")),
    }
    Ok(Report { json, text })
}

fn remove(args: Remove, global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::DelegationRemove { member: args.member, reason: args.reason })?;
    let who = screen::text_of(&json, "removed");
    let text = if screen::is(&json, "waits") {
        format!("The removal of {who} waits for the approval of others; see delegation list.")
    } else {
        format!("{who} is being removed from every room; it takes effect when the removal is sealed.")
    };
    Ok(Report { json, text: screen::laid_out(&text, 0) })
}

fn quorum(args: &Quorum, global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::DelegationQuorum { quorum: args.quorum })?;
    let text = if screen::is(&json, "waits") {
        "The new number waits for the approval of others; see delegation list.".to_owned()
    } else {
        format!("From now on {} must approve what the delegation decides.", args.quorum)
    };
    Ok(Report { json, text })
}

fn approve(args: &Approve, global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::DelegationApprove { number: args.number })?;
    let text = format!("You approve version {} of the roster; your head of delegation is told.", args.number);
    Ok(Report { json, text })
}

fn drop_change(global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::DelegationDrop {})?;
    Ok(Report { json, text: "The change of the roster is dropped.".to_owned() })
}

fn list(global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::DelegationList {})?;
    let mut lines: Vec<String> = screen::list_of(&json, "members").iter().map(member).collect();
    let quorum = screen::number_of(&json, "quorum");
    let version = screen::number_of(&json, "roster_version");
    lines.push(format!("Roster version {version}; a change needs {quorum} of its heads and principals."));
    lines.extend(json.get("proposed").filter(|proposed| proposed.is_object()).map(proposed));
    Ok(Report { json, text: lines.join("\n") })
}

fn proposed(proposed: &Value) -> String {
    let names = |key: &str| {
        let names = screen::list_of(proposed, key);
        let names: Vec<String> = names.iter().filter_map(Value::as_str).map(screen::one_line).collect();
        if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
    };
    let number = |key: &str| screen::number_of(proposed, key);
    format!(
        "Version {} waits: {} of {} have approved it. Adds: {}. Removes: {}. It asks for {} from then on.",
        number("number"),
        number("approved"),
        number("needs"),
        names("adds"),
        names("removes"),
        number("quorum")
    )
}

fn member(member: &Value) -> String {
    let pseudonym: String = screen::text_of(member, "pseudonym").chars().take(8).collect();
    let since = match member.get("since") {
        Some(Value::String(utc)) => format!("since {}", screen::instant(utc)),
        Some(Value::Number(k)) => format!("since beat {k}"),
        Some(stamp @ Value::Object(_)) => format!("since {}", screen::stamp(stamp)),
        _ => String::new(),
    };
    let label = screen::filled(&screen::text_of(member, "label"), 24);
    let role = screen::filled(&screen::text_of(member, "role"), 11);
    format!("{}{label}{role}{since}", screen::filled(&pseudonym, 10)).trim_end().to_owned()
}
