use crate::commands::notify;
use crate::global::Global;
use crate::out::Report;
use crate::{client, errors, input, screen};
use backchannel_accord::templated::draft::{Names, read_with};
use backchannel_accord::templated::reply_within;
use backchannel_accord::{DispatchId, Lang};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;
use std::path::PathBuf;

/// Ask the other side by a template or the codebook, and follow the clock of the answer
///
/// The clock starts when a station of the other side has the query, whether or not somebody is awake there. It is told when half of
/// the time is over, when a tenth is left, and when it is over.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The query as TOML, or - for standard input; see `notify --blank`
    #[arg(required_unless_present = "list")]
    file: Option<PathBuf>,
    /// The side it is for; the other party, if there is only one
    #[arg(long, value_name = "SIDE")]
    to: Option<String>,
    /// How urgent it is: routine, priority, immediate or flash; the template's without it
    #[arg(long, value_name = "PRECEDENCE")]
    precedence: Option<String>,
    /// List the queries and their clocks
    #[arg(long, conflicts_with = "file")]
    list: bool,
}

const EXAMPLES: &str = "\
Examples:
  backchannel notify --blank unusual-activity > query.toml
  backchannel query query.toml
  backchannel query --list
  backchannel notify clarification.toml --answers 4f2a91c0";

pub fn run(args: &Args, global: &Global) -> Result<Report, Failure> {
    let Some(path) = args.file.as_ref().filter(|_| !args.list) else { return list(global) };
    let text = input::text(path)?;
    let set = notify::set()?;
    // What its template says is known here; what it names is resolved by the station.
    let names = Names { resolve: &|_| Some(DispatchId([0; 16])), answers: None };
    if read_with(&text, set, &names).is_ok_and(|message| reply_within(&message, set).is_none()) {
        return Err(errors::usage("This message asks nothing.", "Send it with `backchannel notify`."));
    }
    let message = text.to_string();
    let (to, precedence) = (args.to.clone(), args.precedence.clone());
    let json = client::ask(global, &Request::Notify { to, message, precedence, answers: None })?;
    Ok(Report { text: crate::commands::message::told(&json), json })
}

fn list(global: &Global) -> Result<Report, Failure> {
    let lang = Lang::new("en").map(|lang| lang.code().to_owned());
    let json = client::ask(global, &Request::QueryList { lang })?;
    let each: Vec<String> = screen::list_of(&json, "queries").iter().map(line).collect();
    let text = if each.is_empty() { "No query is on record.".to_owned() } else { each.join("\n") };
    Ok(Report { json, text })
}

fn line(one: &Value) -> String {
    let clock = one.get("clock").unwrap_or(&Value::Null);
    let id: String = screen::text_of(one, "id").chars().take(8).collect();
    let state = screen::text_of(clock, "state");
    let due = screen::instant(&screen::text_of(clock, "due"));
    let what = format!(
        "{}; {} is asked to answer by {due} UTC: {state}",
        screen::text_of(one, "title"),
        screen::text_of(clock, "answers")
    );
    let told = format!("{id}  {what}");
    let steps = screen::list_of(one, "steps").iter().filter(|step| screen::is(step, "open"));
    let steps: Vec<&str> = steps.filter_map(|step| step.get("step")?.as_str()).collect();
    let told = match steps.last() {
        Some(step) => format!("{told}; by the understanding a {} may follow", screen::one_line(step)),
        None => told,
    };
    if state == "overdue" { screen::warning(&told) } else { told }
}
