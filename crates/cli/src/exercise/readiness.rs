//! Whether a station has joined, and how it stands if it has not.

use super::commands;
use super::limits::LOOK_AGAIN;
use super::place::{Caller, failed};
use super::scenario::Station;
use crate::screen;
use backchannel_station::api::Failure;
use serde_json::Value;
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// Asks for a station's status until it is what is wanted.
pub async fn until_ready(
    caller: &Caller,
    limit: Duration,
    ready: impl Fn(&Value) -> bool,
) -> Result<(), Failure> {
    let mut last = Value::Null;
    let waiting = async {
        loop {
            last = caller.must(commands::plain("status")).await?;
            if ready(&last) {
                return Ok(());
            }
            sleep(LOOK_AGAIN * 4).await;
        }
    };
    match timeout(limit, waiting).await {
        Ok(done) => done,
        Err(_) => {
            let name = caller.home.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
            Err(failed(format!("The station {name} did not join in time: {}.", told(&last))))
        }
    }
}

/// A station's status in a sentence: its rooms, and who of each is not vouched for.
fn told(status: &Value) -> String {
    let text = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).unwrap_or("?").to_owned();
    let room = |room: &Value| {
        let members = screen::list_of(room, "members");
        let unvouched = members.iter().filter(|member| !screen::is(member, "vouched"));
        let unvouched = unvouched.map(|member| text(member, "label")).collect::<Vec<_>>().join(", ");
        let heard = members.iter().map(|member| screen::number_of(member, "last_heard_k"));
        let heard = heard.collect::<Vec<_>>().join(" and ");
        format!(
            "{} ({}, epoch {}, at beat {}) with {} others, last heard in beats {heard}, not vouched for: [{unvouched}]",
            text(room, "room"),
            text(room, "state"),
            screen::number_of(room, "epoch"),
            screen::number_of(room, "k"),
            members.len(),
        )
    };
    let rooms = screen::list_of(status, "rooms").iter().map(room).collect::<Vec<_>>().join("; ");
    format!("it is {}; {rooms}", text(status, "phase"))
}

/// Whether a station has joined its rooms and all who belong there are in them and vouched for.
pub fn is_ready(status: &Value, station: &Station, present: &[&Station]) -> bool {
    let rooms = status.get("rooms").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    // A room's members are the others in it.
    let of_party =
        |party: Option<&str>| present.iter().filter(|other| other.party.as_deref() == party).count();
    let expected = |room: &str| match room {
        "registry" => present.iter().filter(|other| other.party.is_some()).count().saturating_sub(1),
        "delegation" => of_party(station.party.as_deref()).saturating_sub(1),
        // The intermediary's caucuses are named after their parties.
        caucus => of_party(caucus.strip_prefix("caucus ").or(station.party.as_deref())),
    };
    let complete = |room: &Value| {
        let members = room.get("members").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let name = room.get("room").and_then(Value::as_str).unwrap_or_default();
        members.len() >= expected(name)
            && members.iter().all(|member| member.get("vouched") != Some(&Value::Bool(false)))
    };
    status.get("phase") == Some(&Value::from("ready")) && !rooms.is_empty() && rooms.iter().all(complete)
}

#[cfg(test)]
mod tests {
    use super::is_ready;
    use crate::exercise::scenario::read;
    use serde_json::json;

    #[test]
    fn a_station_is_ready_when_everyone_is_there_and_vouched_for() {
        let scenario = read(crate::exercise::QUIET_PACT).unwrap();
        let present: Vec<_> = scenario.stations.iter().filter(|station| !station.later).collect();
        let head = present.iter().find(|station| station.name == "alpha-head").unwrap();
        let member = json!({ "vouched": true });
        let room = |name: &str, count: usize| json!({ "room": name, "members": vec![member.clone(); count] });
        let status = |registry: usize| json!({ "phase": "ready", "rooms": [room("caucus", 2), room("delegation", 1), room("registry", registry)] });
        assert!(is_ready(&status(3), head, &present));
        assert!(!is_ready(&status(2), head, &present));
        assert!(!is_ready(&json!({ "phase": "joining", "rooms": [] }), head, &present));
    }
}
