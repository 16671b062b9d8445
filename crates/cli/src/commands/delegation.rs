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

pub fn run(command: Command, global: &Global) -> Result<Report, Failure> {
    match command {
        Command::Add(args) => add(args, global),
        Command::Remove(args) => remove(args, global),
        Command::List(_) => list(global),
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
    let text = format!(
        "{} is being removed from every room; it takes effect when the removal is sealed.",
        screen::text_of(&json, "removed")
    );
    Ok(Report { json, text: screen::laid_out(&text, 0) })
}

fn list(global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::DelegationList {})?;
    let mut lines: Vec<String> = screen::list_of(&json, "members").iter().map(member).collect();
    let quorum = screen::number_of(&json, "quorum");
    let version = screen::number_of(&json, "roster_version");
    lines.push(format!("Roster version {version}; a change needs {quorum} of its members."));
    Ok(Report { json, text: lines.join("\n") })
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
