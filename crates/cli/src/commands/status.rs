use crate::global::Global;
use crate::out::Report;
use crate::{client, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;

/// Show the line, the rooms, who is in them, and who vouches for whom
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  backchannel status\n  backchannel status --json")]
pub struct Args {}

const UNVERIFIED: &str = "only the intermediary vouches";

pub fn run(global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::Status {})?;
    let text = [who(&json), line(&json), verification(&json), rooms(&json), counts(&json)].join("\n\n");
    Ok(Report { json, text })
}

/// Whether an answer says that some pair of delegations has not verified each other yet (CMD-6).
pub fn is_unverified(status: &Value) -> bool {
    status
        .get("verified")
        .and_then(Value::as_object)
        .is_some_and(|pairs| pairs.values().any(|pair| screen::text_of(pair, "state") == UNVERIFIED))
}

fn who(json: &Value) -> String {
    let channel = screen::text_of(json, "channel");
    let label = screen::text_of(json, "label");
    let (role, party) = (screen::text_of(json, "role"), screen::text_of(json, "party"));
    // The intermediary is a role and a side in one.
    let heading = if role == party { label } else { format!("{label}, {role} of {party}") };
    let state = if screen::is(json, "locked") {
        "The station is locked: dispatches arrive and wait, unread."
    } else if screen::text_of(json, "phase") == "joining" {
        "The station is joining: it waits to be let into its rooms."
    } else if screen::text_of(json, "phase") == "removed" {
        "This station was removed from a room, and reads nothing sealed there later."
    } else {
        "The station is open."
    };
    format!("{}\nChannel {channel}. {state}", screen::heading(&heading))
}

fn line(json: &Value) -> String {
    let empty = Value::Null;
    let relay = json.get("relay").unwrap_or(&empty);
    let connected = if screen::is(relay, "connected") {
        "connected to the relay".to_owned()
    } else {
        screen::warning("not connected to the relay")
    };
    let last = match relay.get("last_beat_utc").and_then(Value::as_str) {
        Some(utc) => format!("{}, {} UTC", screen::number_of(relay, "k"), screen::instant(utc)),
        None => "none yet".to_owned(),
    };
    let every = screen::number_of(relay, "beat_ms");
    format!("The line      {connected}\n  last beat   {last}; one every {every} ms")
}

fn verification(json: &Value) -> String {
    let mut lines = vec![screen::heading("Verification")];
    for (pair, state) in json.get("verified").and_then(Value::as_object).into_iter().flatten() {
        let words = screen::text_of(state, "state");
        let told = if words == UNVERIFIED || words == "mismatch" { screen::warning(&words) } else { words };
        let when = if state.get("k").is_some_and(Value::is_u64) {
            let by = screen::text_of(state, "by");
            let by = if by.is_empty() { by } else { format!(", by {by}") };
            format!(" ({}{by})", screen::stamp(state))
        } else {
            String::new()
        };
        lines.push(format!("  {}{told}{when}", screen::filled(&screen::one_line(pair), 24)));
    }
    if is_unverified(json) {
        let why = "Nobody but the intermediary says who the other side is. If it lies, it can stand between the \
                   two undetected. `backchannel verify --help` shows three ways to make sure.";
        lines.push(screen::laid_out(why, 2));
    }
    lines.join("\n")
}

fn rooms(json: &Value) -> String {
    let mut lines = vec![screen::heading("Rooms")];
    for room in screen::list_of(json, "rooms") {
        let members = screen::list_of(room, "members");
        let name = screen::filled(&screen::text_of(room, "room"), 22);
        let seats = format!("{} of {} seats taken", taken(room), screen::number_of(room, "capacity"));
        let waiting = match room.get("waiting").and_then(Value::as_u64) {
            None | Some(0) => String::new(),
            Some(n) => format!("; {} waiting to leave", screen::grouped(n)),
        };
        lines.push(format!("  {name}{seats}{waiting}"));
        lines.extend(members.iter().map(member));
    }
    lines.join("\n")
}

/// Seats taken: the members', and one's own if it is not among them.
fn taken(room: &Value) -> usize {
    let members = screen::list_of(room, "members");
    let own = room.get("seat");
    let listed = members.iter().any(|member| member.get("seat") == own);
    members.len() + usize::from(own.is_some_and(Value::is_u64) && !listed)
}

fn member(member: &Value) -> String {
    let label = screen::filled(&screen::text_of(member, "label"), 20);
    let party = screen::filled(&screen::text_of(member, "party"), 14);
    let role = screen::filled(&screen::text_of(member, "role"), 11);
    let vouched = if screen::is(member, "vouched") { "vouched" } else { "not vouched yet" };
    let heard = screen::number_of(member, "last_heard_k");
    let heard = if heard.is_empty() { heard } else { format!(", heard at beat {heard}") };
    format!("    {label}{party}{role}{vouched}{heard}")
}

fn counts(json: &Value) -> String {
    let alarms = match json.get("alarms_open").and_then(Value::as_u64).unwrap_or(0) {
        0 => "No alarm is open.".to_owned(),
        1 => screen::warning("One alarm is open: see `backchannel alarms`."),
        n => screen::warning(&format!("{n} alarms are open: see `backchannel alarms`.")),
    };
    let unread = match json.get("unread").and_then(Value::as_u64).unwrap_or(0) {
        0 => "Everything is read.".to_owned(),
        1 => "One item is unread: see `backchannel inbox`.".to_owned(),
        n => format!("{n} items are unread: see `backchannel inbox`."),
    };
    format!("{alarms}\n{unread}")
}
