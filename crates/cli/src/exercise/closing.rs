//! The end of an exercise: records are read, everything is stopped, and then the observer and the scan speak.

use super::commands;
use super::limits::IDLE_LATENCY_BEATS_MAX;
use super::needles::{Needles, from_hex, passages, to_hex};
use super::observer::{Observer, captures, observe};
use super::place::failed;
use super::play::Play;
use super::process::Process;
use super::report::{Latency, Relay, Understanding};
use super::scan::{Found, Matcher};
use crate::errors;
use backchannel_relay::init::STORE_FILE;
use backchannel_relay::model::{Link, LinkBody};
use backchannel_relay::store::{SqliteStore, Store};
use backchannel_station::api::Failure;
use backchannel_wire::Beat;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// What was read from the stations before they were stopped.
#[derive(Default)]
pub struct Records {
    /// Each station's own record, in the order of the cast; none if its station does not run.
    pub records: Vec<Option<Value>>,
    /// Each station's inbox.
    pub inboxes: Vec<Option<Value>>,
    /// The time of every dispatch.
    pub dispatches: Vec<Latency>,
    /// How every understanding ended.
    pub understandings: Vec<Understanding>,
}

/// All that the end of an exercise shows.
#[derive(Default)]
pub struct Closed {
    /// What was read from the stations.
    pub read: Records,
    /// What the observer saw.
    pub observer: Observer,
    /// What the relay held.
    pub relay: Relay,
}

impl Play<'_> {
    /// Reads, stops and scans. Checks are decided only if the story itself came to its end. Whoever wants no more than the
    /// first check that fails has it by then, and nothing is looked at: what runs is ended by leaving the stage.
    pub async fn close(&mut self, early: bool) -> Closed {
        let told = self.checks.first_failed().is_none();
        if early && !told {
            return Closed::default();
        }
        let read = self.read_all().await;
        if told {
            self.decide_records(&read);
        }
        if early && self.checks.first_failed().is_some() {
            return Closed { read, ..Closed::default() };
        }
        let unruly = self.stage.close_all(self.scenario).await;
        let relay = self.scan().await;
        let relay_stopped = self.stage.stop_relay().await;
        let held = figures(&self.stage.paths.relay());
        let observer = captures(&self.stage.paths.taps())
            .map(|captures| observe(&captures, self.scenario.beat_ms))
            .unwrap_or_default();
        if told {
            let in_order = unruly.is_empty() && relay_stopped;
            self.check("processes-stopped-in-order", in_order, &unruly.join(", "));
            self.decide_observer(&observer);
        }
        let mut relay = self.decide_scan(relay, told);
        (relay.rooms, relay.cells) = held.unwrap_or_default();
        Closed { read, observer, relay }
    }

    async fn read_all(&self) -> Records {
        let mut read = Records::default();
        for place in &self.stage.places {
            let mut answers = Vec::new();
            for command in ["record", "inbox"] {
                let ended = match place.is_open() {
                    true => place.caller.run(commands::plain(command)).await.ok(),
                    false => None,
                };
                answers.push(ended.filter(|ended| ended.exit == 0).map(|ended| ended.answer));
            }
            read.inboxes.push(answers.pop().flatten());
            read.records.push(answers.pop().flatten());
        }
        for sent in &self.sent {
            let shown = match self.stage.caller(sent.who) {
                Ok(caller) => caller.run(commands::of_one("show", &sent.id)).await.ok(),
                Err(_) => None,
            };
            let shown = shown.map(|ended| ended.answer).unwrap_or_default();
            read.dispatches.push(latency(sent, &shown));
        }
        for id in &self.understandings {
            read.understandings.push(self.understanding(id).await);
        }
        read
    }

    fn decide_records(&mut self, read: &Records) {
        let surprises = self.surprises();
        let told =
            surprises.iter().map(|s| format!("{} at {}", s.name, s.station)).collect::<Vec<_>>().join(", ");
        self.check("no-unexpected-alarm", surprises.is_empty(), &told);
        let twice = read.inboxes.iter().flatten().find_map(twice);
        self.check("each-dispatch-once", twice.is_none(), &twice.unwrap_or_default());
        let strayed = self.strayed(read);
        self.check("held-passages-stay", strayed.is_empty(), &strayed.join("; "));
        let late = read.dispatches.iter().filter(|dispatch| dispatch.idle);
        let late = late.filter(|dispatch| dispatch.beats.is_none_or(|beats| beats > IDLE_LATENCY_BEATS_MAX));
        let late =
            late.map(|late| format!("{} took {:?} beats", late.dispatch, late.beats)).collect::<Vec<_>>();
        self.check("latency-idle", late.is_empty(), &late.join("; "));
    }

    /// Passages that were not to be carried word for word, and stand in another party's record all the same.
    fn strayed(&self, read: &Records) -> Vec<String> {
        let mut strayed = Vec::new();
        for sent in &self.sent {
            let from = self.scenario.stations.get(sent.who).and_then(|station| station.party.as_ref());
            let guarded =
                passages(&sent.draft).into_iter().filter(|passage| passage.disclosure != "verbatim");
            for (_, text) in guarded.flat_map(|passage| passage.texts) {
                for (station, record) in self.scenario.stations.iter().zip(&read.records) {
                    let is_other = station.party.is_some() && station.party.as_ref() != from;
                    if is_other && record.as_ref().is_some_and(|record| holds_text(record, &text)) {
                        strayed.push(format!("a guarded passage of {} at {}", sent.name, station.name));
                    }
                }
            }
        }
        strayed
    }

    fn decide_observer(&mut self, observer: &Observer) {
        let sizes = observer.uneven_sizes();
        self.check("observer-one-size", sizes.is_none(), &sizes.unwrap_or_default());
        let beats = observer.uneven_beats(&self.slow);
        self.check("observer-every-beat", beats.is_none(), &beats.unwrap_or_default());
    }

    /// Looks for every needle in the relay's storage, logs and memory, and then at a relay that leaks.
    async fn scan(&mut self) -> Result<(Relay, Found), Failure> {
        self.add_keys().await?;
        let matcher = Matcher::new(&self.needles);
        let paths = &self.stage.paths;
        let mut found = std::mem::take(&mut self.scanned);
        for dir in [paths.relay(), paths.relay_logs()] {
            let in_dir = matcher.directory(&dir);
            found.add(in_dir.map_err(|error| errors::unreadable(&dir, &error))?);
        }
        let pid = self.stage.relay_pid().ok_or_else(|| failed("The relay does not run at the end."))?;
        found.add(matcher.memory(pid).map_err(|error| no_memory(&error))?);
        let leaked = self.scan_leaky(&matcher).await?;
        let relay = Relay {
            bytes: found.bytes,
            needles: self.needles.all().len() as u64,
            plaintext_hits: found.needles.len() as u64,
            found_in_leaky_relay: leaked,
            ..Relay::default()
        };
        Ok((relay, found))
    }

    /// Keys of every station that is stopped by now.
    async fn add_keys(&mut self) -> Result<(), Failure> {
        for (place, station) in self.stage.places.iter().zip(&self.scenario.stations) {
            if !place.caller.home.exists() {
                continue;
            }
            let answer = place.caller.must(commands::export_needles()).await?;
            for needle in answer.get("needles").and_then(Value::as_array).into_iter().flatten() {
                let text = |name: &str| needle.get(name).and_then(Value::as_str);
                if let (Some(what), Some(key)) = (text("what"), text("hex").and_then(from_hex)) {
                    self.needles.add(format!("{what} of {}", station.name), &key);
                }
            }
        }
        Ok(())
    }

    /// How many needles the same scan finds at a relay that keeps them, in each of memory, log and store.
    async fn scan_leaky(&self, matcher: &Matcher) -> Result<u64, Failure> {
        let dir = self.stage.paths.leaky();
        let log = self.stage.paths.logs().join("leaky-relay.log");
        let mut leaky = Process::start(&self.stage.program, &commands::relay_that_leaks(&dir), &log)?;
        leaky.write(&fed(&self.needles)).await;
        if leaky.line().await.is_none() {
            return Err(failed("The relay that leaks did not start."));
        }
        let in_memory = matcher.memory(leaky.pid()).map_err(|error| no_memory(&error))?.needles;
        let mut everywhere = in_memory;
        for name in ["relay.log", "relay.db"] {
            let path = dir.join(name);
            let here = matcher.directory(&path).map_err(|error| errors::unreadable(&path, &error))?;
            everywhere.retain(|needle| here.needles.contains(needle));
        }
        leaky.stop().await;
        Ok(everywhere.len() as u64)
    }

    fn decide_scan(&mut self, scanned: Result<(Relay, Found), Failure>, told: bool) -> Relay {
        let (relay, detail) = match scanned {
            Ok((relay, found)) => (relay, found.places.join("; ")),
            Err(failure) => (Relay::default(), failure.message),
        };
        if told {
            let clean = relay.needles > 0 && relay.plaintext_hits == 0;
            self.check("relay-holds-no-plaintext", clean, &detail);
            let all = relay.needles > 0 && relay.found_in_leaky_relay == relay.needles;
            let told = format!("{} of {} found", relay.found_in_leaky_relay, relay.needles);
            self.check("scan-finds-a-leak", all, &told);
        }
        relay
    }
}

/// Why a process's memory was not read.
pub fn no_memory(error: &io::Error) -> Failure {
    failed(format!(
        "The relay's memory cannot be read ({}), so nobody can say what is in it; allow ptrace of child processes.",
        errors::reason(error)
    ))
}

/// How many rooms, and cells in them, a relay that is stopped holds.
fn figures(relay: &Path) -> Option<(u64, u64)> {
    let mut store = SqliteStore::open(&relay.join(STORE_FILE)).ok()?;
    let rooms = store.load().ok()?.rooms;
    let mut cells = 0;
    for room in &rooms {
        let from = room.chain.genesis(0, Beat(0));
        let links = store.links(&room.chain.room, &from, usize::MAX).ok()?.links;
        cells += links.iter().map(cells_of).sum::<u64>();
    }
    Some((rooms.len() as u64, cells))
}

fn cells_of(link: &Link) -> u64 {
    match &link.body {
        LinkBody::Beat(sealed) => sealed.cells.iter().flatten().count() as u64,
        _ => 0,
    }
}

fn latency(sent: &super::play::Sent, shown: &Value) -> Latency {
    let k = |beat: &str| shown.pointer(&format!("/beats/{beat}/k")).and_then(Value::as_u64);
    let precedence = shown.get("precedence").and_then(Value::as_str).unwrap_or("routine").to_owned();
    let beats =
        k("sent").zip(k("acknowledged")).map(|(sent, acknowledged)| acknowledged.saturating_sub(sent));
    Latency { dispatch: sent.name.clone(), precedence, idle: sent.idle, beats }
}

/// An id that stands twice in an inbox.
fn twice(inbox: &Value) -> Option<String> {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    let items = inbox.get("items").and_then(Value::as_array);
    for id in items.into_iter().flatten().filter_map(|item| item.get("id").and_then(Value::as_str)) {
        *seen.entry(id).or_default() += 1;
    }
    seen.into_iter()
        .find(|(_, count)| *count > 1)
        .map(|(id, count)| format!("{id} stands there {count} times"))
}

/// Whether a text stands in some string of an answer.
pub fn holds_text(value: &Value, text: &str) -> bool {
    match value {
        Value::String(string) => string.contains(text),
        Value::Array(items) => items.iter().any(|item| holds_text(item, text)),
        Value::Object(fields) => fields.values().any(|item| holds_text(item, text)),
        _ => false,
    }
}

fn fed(needles: &Needles) -> String {
    let lines = needles.all().iter().map(|needle| format!("{}\n", to_hex(&needle.bytes)));
    lines.chain(["end\n".to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::{fed, holds_text, twice};
    use crate::exercise::needles::Needles;
    use serde_json::json;

    #[test]
    fn a_text_is_found_at_any_depth() {
        let record = json!({ "entries": [{ "text": { "en": "before the passage after" } }] });
        assert!(holds_text(&record, "the passage") && !holds_text(&record, "another"));
    }

    #[test]
    fn a_dispatch_that_came_twice_is_named() {
        assert_eq!(twice(&json!({ "items": [{ "id": "a" }, { "id": "b" }] })), None);
        assert!(twice(&json!({ "items": [{ "id": "a" }, { "id": "a" }] })).unwrap().starts_with('a'));
    }

    #[test]
    fn needles_are_fed_a_line_each() {
        let mut needles = Needles::default();
        needles.add("a", b"longer than eight");
        assert_eq!(fed(&needles).lines().count(), 2);
    }
}
