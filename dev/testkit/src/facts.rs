//! What must hold after a run, whatever the weather was.

use crate::world::World;
use backchannel_station::api::Request;
use backchannel_station::machine::spaces;
use backchannel_wire::{Beat, Head, RoomId, canonical};
use std::collections::BTreeMap;

/// An alarm as a station tells it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alarm {
    /// Whose station.
    pub who: String,
    /// Its name.
    pub name: String,
    /// The room's name, if it is about one.
    pub room: String,
    /// The beat.
    pub k: u64,
    /// The sentence.
    pub what: String,
}

impl World {
    /// Every alarm ever raised at any station that runs.
    pub fn alarms(&mut self) -> Vec<Alarm> {
        let mut out = Vec::new();
        for at in 0..self.nodes.len() {
            if self.nodes[at].machine.is_none() {
                continue;
            }
            let who = self.nodes[at].name.clone();
            let told = self.ok(at, Request::Alarms {});
            for alarm in told["alarms"].as_array().into_iter().flatten() {
                let text = |field: &str| alarm[field].as_str().unwrap_or_default().to_owned();
                let k = alarm["k"].as_u64().unwrap_or_default();
                out.push(Alarm {
                    who: who.clone(),
                    name: text("name"),
                    room: text("room"),
                    k,
                    what: text("what"),
                });
            }
        }
        out
    }

    /// For each room, the epoch each of its members' stations is in.
    pub fn epochs(&mut self) -> BTreeMap<String, BTreeMap<String, u64>> {
        let mut out: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
        for at in 0..self.nodes.len() {
            if self.nodes[at].machine.is_none() {
                continue;
            }
            let who = self.nodes[at].name.clone();
            let status = self.ok(at, Request::Status {});
            for room in status["rooms"].as_array().into_iter().flatten() {
                if room["state"] == "in the room" {
                    let id = room["id"].as_str().unwrap_or_default().to_owned();
                    out.entry(id)
                        .or_default()
                        .insert(who.clone(), room["epoch"].as_u64().unwrap_or(u64::MAX));
                }
            }
        }
        out
    }

    /// Rooms whose members' stations are not all in one epoch.
    pub fn split_rooms(&mut self) -> Vec<(String, BTreeMap<String, u64>)> {
        let apart = |epochs: &BTreeMap<String, u64>| {
            epochs.values().any(|epoch| Some(epoch) != epochs.values().next())
        };
        self.epochs().into_iter().filter(|(_, epochs)| apart(epochs)).collect()
    }

    /// Beats of which two stations keep different heads.
    pub fn forked_beats(&self) -> Vec<(RoomId, Beat, String, String)> {
        let mut first: BTreeMap<(RoomId, Beat), (Head, &str)> = BTreeMap::new();
        let mut out = Vec::new();
        for node in &self.nodes {
            for (key, value) in node.durable.iter().filter(|(key, _)| key.space == spaces::HISTORY) {
                let Some(room) = key.room else { continue };
                let (beat, head): (Beat, Head) =
                    canonical::from_slice(value).expect("a head as it was written");
                let (known, whose) = *first.entry((room, beat)).or_insert((head, &node.name));
                if known != head {
                    out.push((room, beat, whose.to_owned(), node.name.clone()));
                }
            }
        }
        out
    }
}

impl World {
    /// What every station is in and what it observed, for whoever plays a run again.
    pub fn story(&mut self) -> String {
        let mut out = format!("beat {}\n", self.beat.0);
        for at in 0..self.nodes.len() {
            let name = self.nodes[at].name.clone();
            if self.nodes[at].machine.is_none() {
                out.push_str(&format!("{name} is down\n"));
                continue;
            }
            let status = self.ok(at, Request::Status {});
            out.push_str(&format!("{name}: {} {}\n", status["phase"], status["rooms"]));
            let journal = self.ok(at, Request::Watch { since: 0, timeout_ms: 0 });
            for entry in journal["entries"].as_array().into_iter().flatten() {
                out.push_str(&format!(
                    "{name} {} {} {} {}\n",
                    entry["k"], entry["kind"], entry["room"], entry["what"]
                ));
            }
        }
        out
    }
}
