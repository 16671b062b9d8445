use crate::global::Global;
use crate::out::Report;
use crate::{client, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;

/// Incidents: what puts an understanding in question, and the brake that holds its end back meanwhile
#[derive(clap::Subcommand)]
pub enum Command {
    Open(Open),
    Contest(Contest),
    Find(Find),
    Close(Close),
    List(List),
}

/// Open an incident: a complaint of another side's act, or a report of one's own
///
/// One head or principal opens it and waits for nobody. The understanding goes on and is in question; an end by its terms, or by
/// notice, is held back until the incident is closed, and as long as the brake holds at most.
#[derive(clap::Args)]
#[command(after_help = OPEN_EXAMPLES)]
pub struct Open {
    /// The understanding
    id: String,
    /// When it happened, in UTC
    #[arg(long, value_name = "UTC")]
    at: String,
    /// Whose act it was: a side, or `self`; the other side, if there is only one
    #[arg(long, value_name = "SIDE")]
    of: Option<String>,
    /// The clause it concerns, by its name in the text
    #[arg(long, value_name = "CLAUSE")]
    clause: Option<String>,
    /// It is not urgent: it is shown at the text's next set time
    #[arg(long)]
    not_urgent: bool,
}

const OPEN_EXAMPLES: &str = "\
Examples:
  backchannel incident open 7c1e --at 2026-12-01T03:12:00Z --clause no-direct-strike
  backchannel incident open 7c1e --at 2026-12-01T03:12:00Z --of self";

/// Explain an incident of one's own side
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  backchannel clarify 91ab --as individuals --remedy\n  backchannel clarify 91ab --as denied"
)]
pub struct Clarify {
    /// The incident
    id: String,
    /// accident, individuals (an unauthorised act of individuals), permitted, denied or admitted
    #[arg(long = "as", value_name = "EXPLANATION")]
    answer: String,
    /// Offer to make it good
    #[arg(long)]
    remedy: bool,
}

/// Contest what was alleged, explained or found
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel incident contest 91ab")]
pub struct Contest {
    /// The incident
    id: String,
}

/// Take part in a joint finding, or say what this side finds
///
/// A finding is joint once a quorum of every side said the same. What a side itself finds stands beside it.
#[derive(clap::Args)]
#[command(after_help = FIND_EXAMPLES)]
pub struct Find {
    /// The incident
    id: String,
    /// substantiated, not-substantiated or undetermined
    #[arg(long, value_name = "FINDING")]
    established: String,
    /// intentional, accidental or undetermined
    #[arg(long, value_name = "FINDING")]
    intent: String,
    /// What this side itself finds
    #[arg(long)]
    own: bool,
}

const FIND_EXAMPLES: &str = "\
Examples:
  backchannel incident find 91ab --established substantiated --intent accidental
  backchannel incident find 91ab --established undetermined --intent undetermined --own";

/// Close an incident together with the other sides, or take one's own back
#[derive(clap::Args)]
#[command(after_help = CLOSE_EXAMPLES)]
pub struct Close {
    /// The incident
    id: String,
    /// reaffirmed, remedied, suspended, or dropped by the side that opened it
    #[arg(long = "as", value_name = "OUTCOME")]
    outcome: String,
    /// Until when it is suspended, in UTC
    #[arg(long, value_name = "UTC")]
    until: Option<String>,
}

const CLOSE_EXAMPLES: &str = "\
Examples:
  backchannel incident close 91ab --as reaffirmed
  backchannel incident close 91ab --as suspended --until 2026-12-03T06:00:00Z
  backchannel incident close 91ab --as dropped";

/// List incidents, of one understanding or of all
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  backchannel incident list\n  backchannel incident list 7c1e")]
pub struct List {
    /// The understanding
    id: Option<String>,
}

pub fn run(command: Command, global: &Global) -> Result<Report, Failure> {
    match command {
        Command::Open(args) => open(args, global),
        Command::Contest(args) => {
            let said = "Contested. The others see that this side does; what it says of it goes by dispatch.";
            said_of(global, &Request::IncidentContest { id: args.id }, said)
        }
        Command::Find(args) => {
            let said = if args.own {
                "Said. It stands beside what all sides find together."
            } else {
                "Said. It is this side's word once its quorum has said it, and joint once every side has."
            };
            let Find { id, established, intent, own } = args;
            said_of(global, &Request::IncidentFind { id, established, intent, own }, said)
        }
        Command::Close(args) => {
            let said = "Said. It counts once this side's quorum has said it; what all sides settle alike closes the incident.";
            let Close { id, outcome, until } = args;
            said_of(global, &Request::IncidentClose { id, outcome, until }, said)
        }
        Command::List(args) => list(args, global),
    }
}

pub fn clarify(args: Clarify, global: &Global) -> Result<Report, Failure> {
    let said = "Explained. The incident stays open until the sides close it; a dispatch can say more.";
    let Clarify { id, answer, remedy } = args;
    said_of(global, &Request::IncidentClarify { id, answer, remedy }, said)
}

fn open(args: Open, global: &Global) -> Result<Report, Failure> {
    let Open { id, of, at, clause, not_urgent } = args;
    let json = client::ask(global, &Request::IncidentOpen { id, of, at, clause, not_urgent })?;
    let opens = screen::text_of(&json, "opens");
    if !opens.is_empty() {
        let text = format!(
            "Incident {} waits here and is opened at {} UTC, the text's next set time.",
            screen::text_of(&json, "id"),
            screen::instant(&opens)
        );
        return Ok(Report { json, text: screen::laid_out(&text, 0) });
    }
    let text = format!(
        "Incident {} is on its way to every side. Once it is sealed the understanding is in question and the brake holds; the \
         facts go by dispatch.",
        screen::text_of(&json, "id")
    );
    Ok(Report { json, text: screen::laid_out(&text, 0) })
}

fn said_of(global: &Global, request: &Request, text: &str) -> Result<Report, Failure> {
    let json = client::ask(global, request)?;
    Ok(Report { json, text: screen::laid_out(text, 0) })
}

fn list(args: List, global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::IncidentList { id: args.id })?;
    let each: Vec<String> = screen::list_of(&json, "incidents").iter().map(told).collect();
    let text = if each.is_empty() { "There is no incident here.".to_owned() } else { each.join("\n\n") };
    Ok(Report { json, text })
}

/// One incident in sentences.
pub fn told(one: &Value) -> String {
    let id: String = screen::text_of(one, "id").chars().take(8).collect();
    let instant = |key: &str| one.get(key).and_then(Value::as_str).map(screen::instant);
    let (by, of) = (screen::text_of(one, "by"), screen::text_of(one, "of"));
    let occurred = instant("occurred").unwrap_or_default();
    let clause = match screen::text_of(one, "clause").as_str() {
        "" => String::new(),
        clause => format!(", clause {clause}"),
    };
    let first = match screen::is(one, "self_reported") {
        true => format!("{by} reports an act of its own, of {occurred} UTC{clause}."),
        false => format!("{by} complains of an act of {of}, of {occurred} UTC{clause}."),
    };
    let mut lines = vec![screen::heading(&format!("Incident {id}")), screen::laid_out(&first, 2)];
    let more = [answer(one), contested(one), findings(one), outcome(one)];
    lines.extend(more.into_iter().flatten().map(|line| screen::laid_out(&line, 2)));
    lines.extend(screen::list_of(one, "unfinished").iter().map(unfinished));
    lines.join("\n")
}

fn answer(one: &Value) -> Option<String> {
    let of = screen::text_of(one, "of");
    let Some(said) = one.get("clarified").filter(|said| said.is_object()) else {
        let due = one.get("answer_due").and_then(Value::as_str).map(screen::instant)?;
        return Some(format!("{of} has not explained it; by the terms it does by {due} UTC."));
    };
    let answer = match screen::text_of(said, "answer").as_str() {
        "accident" => "an accident",
        "individuals" => "an unauthorised act of individuals",
        "permitted" => "a permitted act",
        "denied" => "denied",
        "admitted" => "admitted",
        _ => "something this program does not know",
    };
    let remedy = if screen::is(said, "remedy") { ", with an offer to make it good" } else { "" };
    Some(format!("{of} explains it: {answer}{remedy}."))
}

fn contested(one: &Value) -> Option<String> {
    let by: Vec<String> =
        screen::list_of(one, "contested").iter().filter_map(Value::as_str).map(screen::one_line).collect();
    (!by.is_empty()).then(|| format!("Contested by {}.", by.join(", ")))
}

fn finding(one: &Value) -> String {
    let intent = match screen::text_of(one, "intent").as_str() {
        "undetermined" => "intent undetermined".to_owned(),
        intent => intent.to_owned(),
    };
    format!("{}, {intent}", screen::text_of(one, "established"))
}

fn findings(one: &Value) -> Option<String> {
    let joint = one.get("joint").filter(|joint| joint.is_object());
    let joint = joint.map(|joint| format!("All find together: {}.", finding(joint)));
    let views = one.get("views").and_then(Value::as_object);
    let views = views.into_iter().flatten();
    let views =
        views.map(|(who, view)| format!("{} itself finds: {}.", screen::one_line(who), finding(view)));
    let all: Vec<String> = joint.into_iter().chain(views).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

fn outcome(one: &Value) -> Option<String> {
    let instant = |key: &str| one.get(key).and_then(Value::as_str).map(screen::instant);
    let Some(outcome) = one.get("outcome").and_then(Value::as_str).map(screen::one_line) else {
        return instant("brake_until")
            .map(|until| format!("Open; the brake holds until {until} UTC at most."));
    };
    let until = instant("suspended_until").map(|until| format!(" until {until} UTC")).unwrap_or_default();
    let at = instant("closed").map(|at| format!(", {at} UTC")).unwrap_or_default();
    Some(format!("Outcome: {outcome}{until}{at}."))
}

fn unfinished(one: &Value) -> String {
    let by: Vec<String> =
        screen::list_of(one, "by").iter().filter_map(Value::as_str).map(screen::one_line).collect();
    let text = format!(
        "Not {}'s word yet: {}, said by {}. Its quorum has still to say it.",
        screen::text_of(one, "party"),
        screen::text_of(one, "what"),
        by.join(", ")
    );
    screen::laid_out(&text, 2)
}
