use crate::commands::message::{self, Sent};
use crate::global::Global;
use crate::limits::COLUMNS;
use crate::out::Report;
use crate::{client, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;

/// The line to the other side: its state, checks, suspension and resumption
#[derive(clap::Subcommand)]
pub enum Command {
    Status(Status),
    Check(Check),
    Answer(Answer),
    Schedule(Schedule),
    Suspend(Suspend),
    Resume(Resume),
}

/// Show the state of the line: last beat, when each side was heard, when a person was last there
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  backchannel line status\n  backchannel line status --json")]
pub struct Status {}

/// Send a line check by hand: a number and a text that says nothing
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  backchannel line check\n  backchannel line check --to Bravo")]
pub struct Check {
    /// The side; the other party, if there is only one
    #[arg(long, value_name = "SIDE")]
    to: Option<String>,
}

/// Answer the other side's last line check, as a person
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  backchannel line answer\n  backchannel line answer --text \"Good morning.\""
)]
pub struct Answer {
    /// The side; the other party, if there is only one
    #[arg(long, value_name = "SIDE")]
    to: Option<String>,
    /// One line of text
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
}

/// Propose when line checks are made; it holds once the other side sent the same
///
/// The sides take turns. The station of the head of delegation sends the check when its side's turn comes; a person answers.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel line schedule --every 60 --from 2026-12-01T00:00Z")]
pub struct Schedule {
    /// Minutes from one check to the next
    #[arg(long, value_name = "MINUTES")]
    every: u32,
    /// When the first one is made, in UTC
    #[arg(long, value_name = "UTC")]
    from: String,
    /// The side; the other party, if there is only one
    #[arg(long, value_name = "SIDE")]
    to: Option<String>,
}

/// Suspend the line: the other side is told, and no checks are made until it is resumed
///
/// Beats go on: nobody outside sees it, and everything can still be sent.
#[derive(clap::Args)]
#[command(after_help = SUSPEND_EXAMPLES)]
pub struct Suspend {
    /// From when, in UTC
    #[arg(long, value_name = "UTC")]
    from: String,
    /// Until when, in UTC; until it is resumed, without it
    #[arg(long, value_name = "UTC")]
    until: Option<String>,
    /// Why, in one line that the other side reads
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// The side; the other party, if there is only one
    #[arg(long, value_name = "SIDE")]
    to: Option<String>,
}

const SUSPEND_EXAMPLES: &str = "\
Examples:
  backchannel line suspend --from 2026-12-01T06:00Z
  backchannel line suspend --from 2026-12-01T06:00Z --until 2026-12-02T06:00Z";

/// Resume the line that this side suspended
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel line resume --from 2026-12-01T18:00Z")]
pub struct Resume {
    /// From when, in UTC
    #[arg(long, value_name = "UTC")]
    from: String,
    /// One line that the other side reads
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// The side; the other party, if there is only one
    #[arg(long, value_name = "SIDE")]
    to: Option<String>,
}

pub fn run(command: Command, global: &Global) -> Result<Report, Failure> {
    match command {
        Command::Status(_) => status(global),
        Command::Check(args) => {
            let json = client::ask(global, &Request::LineCheck { to: args.to })?;
            Ok(Report { text: message::told(&json), json })
        }
        Command::Answer(args) => {
            let json = client::ask(global, &Request::LineAnswer { to: args.to, text: args.text })?;
            Ok(Report { text: message::told(&json), json })
        }
        Command::Schedule(args) => {
            let every = args.every.to_string();
            let fields = [("every", Some(every.as_str())), ("from", Some(args.from.as_str()))];
            send("line-schedule", &fields, args.to.as_deref(), global)
        }
        Command::Suspend(args) => {
            let fields = [
                ("from", Some(args.from.as_str())),
                ("until", args.until.as_deref()),
                ("reason", args.reason.as_deref()),
            ];
            send("line-suspension", &fields, args.to.as_deref(), global)
        }
        Command::Resume(args) => {
            let fields = [("from", Some(args.from.as_str())), ("reason", args.reason.as_deref())];
            send("line-resumption", &fields, args.to.as_deref(), global)
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

fn status(global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::LineStatus {})?;
    let mut all = top(&json);
    all.extend(called(&json));
    all.extend(lines(&json));
    let text: Vec<String> = all.iter().map(|line| fitted(line)).collect();
    Ok(Report { text: text.join("\n"), json })
}

/// A line that fits, or is broken, what follows four spaces further in.
fn fitted(line: &str) -> String {
    if screen::width(line) <= COLUMNS {
        return line.to_owned();
    }
    let margin = line.len() - line.trim_start().len();
    let broken = screen::laid_out(line, margin + 4);
    format!("{}{}", " ".repeat(margin), broken.trim_start())
}

/// What comes first on every screen: the last beat, when each side was heard, alarms.
pub fn top(json: &Value) -> Vec<String> {
    let mut lines = vec![relay(json)];
    lines.extend(screen::list_of(json, "sides").iter().map(side));
    lines.push(match json.get("alarms_open").and_then(Value::as_u64).unwrap_or(0) {
        0 => "No alarm is open.".to_owned(),
        1 => screen::warning("One alarm is open: see `backchannel alarms`."),
        n => screen::warning(&format!("{n} alarms are open: see `backchannel alarms`.")),
    });
    lines
}

/// What a person is called for: open queries, the watch, what waits to be released.
pub fn called(json: &Value) -> Vec<String> {
    let mut lines = queries(json);
    lines.extend(watch(json));
    lines
}

/// Each line: schedule, checks, who was last there.
pub fn lines(json: &Value) -> Vec<String> {
    let each = screen::list_of(json, "lines").iter();
    each.flat_map(|one| std::iter::once(String::new()).chain(of_line(one))).collect()
}

fn relay(json: &Value) -> String {
    let empty = Value::Null;
    let relay = json.get("relay").unwrap_or(&empty);
    let last = match relay.get("last_beat_utc").and_then(Value::as_str) {
        Some(utc) => format!("beat {}, {} UTC", screen::number_of(relay, "k"), screen::instant(utc)),
        None => "no beat yet".to_owned(),
    };
    let connected = if screen::is(relay, "connected") {
        String::new()
    } else {
        format!("  {}", screen::warning("not connected to the relay"))
    };
    let locked = if screen::is(json, "locked") { "  (locked)" } else { "" };
    format!("{}{last}{connected}{locked}", screen::filled("Last beat", 24))
}

fn side(side: &Value) -> String {
    let heard = match side.get("heard_utc").and_then(Value::as_str) {
        Some(utc) => {
            format!("heard at beat {}, {} UTC", screen::number_of(side, "heard_k"), screen::instant(utc))
        }
        None => "not heard yet".to_owned(),
    };
    let mut told = heard;
    if screen::is(side, "locked") {
        told.push_str("; locked");
    }
    if screen::is(side, "silent") {
        told = screen::warning(&format!("SILENT; {told}; the cause is not known"));
    }
    format!("{}{told}", screen::filled(&screen::text_of(side, "party"), 24))
}

fn of_line(one: &Value) -> Vec<String> {
    let sides: Vec<String> =
        screen::list_of(one, "sides").iter().filter_map(Value::as_str).map(screen::one_line).collect();
    let state = screen::text_of(one, "state");
    let heading = screen::heading(&format!("The line between {}", sides.join(" and ")));
    let mut lines = vec![format!("{heading}: {state}")];
    for held in screen::list_of(one, "suspended") {
        let until = screen::text_of(held, "until");
        let until = if until.is_empty() {
            "until it is resumed".to_owned()
        } else {
            format!("until {} UTC", screen::instant(&until))
        };
        let (by, from) = (screen::text_of(held, "by"), screen::instant(&screen::text_of(held, "from")));
        lines.push(screen::warning(&format!("  suspended by {by} since {from} UTC, {until}")));
    }
    if let Some(schedule) = one.get("schedule").filter(|schedule| schedule.is_object()) {
        let next = screen::instant(&screen::text_of(schedule, "next"));
        let by = screen::text_of(schedule, "next_by");
        let every = screen::number_of(schedule, "every_minutes");
        lines.push(format!("  a check every {every} minutes; the next at {next} UTC, by {by}"));
    }
    lines.extend(screen::list_of(one, "checks").iter().map(check));
    for human in screen::list_of(one, "last_human") {
        let at = screen::text_of(human, "at");
        let at = if at.is_empty() { "not yet".to_owned() } else { format!("{} UTC", screen::instant(&at)) };
        lines.push(format!("  a person of {} was last there: {at}", screen::text_of(human, "party")));
    }
    if screen::is(one, "unanswered") {
        lines.push(screen::warning("  UNANSWERED; the cause is not known"));
    }
    lines
}

fn check(check: &Value) -> String {
    let by = screen::text_of(check, "by");
    let made = if screen::text_of(check, "made") == "person" { "a person" } else { "the station" };
    let at = |key: &str| screen::instant(&screen::text_of(check, key));
    let state = if !at("answered").is_empty() {
        format!("answered by a person {}", at("answered"))
    } else if !at("read").is_empty() {
        format!("read {}, not answered", at("read"))
    } else if !at("received").is_empty() {
        format!("at the station {}, not answered", at("received"))
    } else {
        "not at the station yet".to_owned()
    };
    format!("  check {} by {by} ({made}), {}: {state}", screen::number_of(check, "number"), at("sent"))
}

fn queries(json: &Value) -> Vec<String> {
    let open = screen::list_of(json, "queries").iter();
    let open = open.filter(|one| one.pointer("/clock/state").and_then(Value::as_str) != Some("answered"));
    open.map(|one| {
        let clock = one.get("clock").unwrap_or(&Value::Null);
        let id: String = screen::text_of(one, "id").chars().take(8).collect();
        let due = screen::instant(&screen::text_of(clock, "due"));
        let title = screen::text_of(one, "title");
        let title = if title.is_empty() { "a query".to_owned() } else { title };
        let told = format!("{id}  {title}: {} by {due} UTC", screen::text_of(clock, "answers"));
        if screen::text_of(clock, "state") == "overdue" {
            screen::warning(&format!("OVERDUE  {told}"))
        } else {
            told
        }
    })
    .collect()
}

fn watch(json: &Value) -> Vec<String> {
    let empty = Value::Null;
    let watch = json.get("watch").unwrap_or(&empty);
    let who = |key: &str| watch.get(key).filter(|one| one.is_object());
    let since = |one: &Value| screen::instant(&screen::text_of(one, "since"));
    let mut lines = Vec::new();
    lines.extend(
        who("on_duty")
            .map(|one| format!("On duty: {} since {} UTC.", screen::text_of(one, "who"), since(one))),
    );
    lines.extend(who("offered").map(|one| {
        let id: String = screen::text_of(one, "id").chars().take(8).collect();
        let by = screen::text_of(one, "by");
        screen::warning(&format!(
            "{by} hands the watch over since {} UTC: read {id}, then take it.",
            since(one)
        ))
    }));
    if screen::is(watch, "second_person") {
        lines.push("Messages to another side are released by a second person.".to_owned());
    }
    for one in screen::list_of(watch, "waiting") {
        let id: String = screen::text_of(one, "id").chars().take(8).collect();
        let told = format!(
            "{id} by {} waits for a second person since {} UTC.",
            screen::text_of(one, "by"),
            since(one)
        );
        lines.push(screen::warning(&told));
    }
    lines
}
