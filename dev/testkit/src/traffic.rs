//! Dispatches sent in a run, and what must have become of them.

use crate::world::World;
use backchannel_station::api::{Request, Response};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// The precedences, most urgent first.
const PRECEDENCES: [&str; 4] = ["flash", "immediate", "priority", "routine"];

/// A dispatch that a station took from its person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Its id.
    pub id: String,
    /// The station it left from.
    pub from: usize,
    /// The label of the side it goes to.
    pub to: String,
    /// Its precedence.
    pub precedence: &'static str,
}

/// What was sent so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// In the order of sending.
    pub sent: Vec<Sent>,
    /// How often a station died before it answered: it may have taken the dispatch or not.
    pub unknown: usize,
    /// How often a station refused.
    pub refused: Vec<String>,
}

fn draft(to: &str, precedence: &str, text: &str) -> String {
    format!(
        "to = \"{to}\"\nform = \"non-paper\"\nprecedence = \"{precedence}\"\n\n[[passage]]\ndisclosure = \"hold\"\ntext.en = \"{text}\"\n"
    )
}

impl World {
    /// Sends a dispatch of about so many bytes.
    pub fn send(
        &mut self,
        traffic: &mut Traffic,
        from: usize,
        to: &str,
        precedence: &'static str,
        bytes: usize,
    ) {
        // No six words twice, or the guard of held passages would refuse the second dispatch.
        let number = traffic.sent.len() + traffic.unknown;
        let words: Vec<String> = (0..1 + bytes / 10).map(|at| format!("w{number}x{at}")).collect();
        match self.ask(from, Request::Send { draft: draft(to, precedence, &words.join(" ")) }) {
            Response::Ok(value) => {
                let id = value["id"].as_str().expect("an id").to_owned();
                traffic.sent.push(Sent { id, from, to: to.to_owned(), precedence });
            }
            Response::Error(failure) if failure.message == "The station is down." => traffic.unknown += 1,
            Response::Error(failure) => traffic.refused.push(failure.message),
        }
    }

    /// Somebody whose station runs may send something.
    pub fn chatter(&mut self, traffic: &mut Traffic, thousandths: u32) {
        for from in 0..self.nodes.len() {
            if self.nodes[from].machine.is_none() || self.weather.below(1000) >= thousandths {
                continue;
            }
            let precedence = PRECEDENCES[self.weather.below(4) as usize];
            let bytes = match self.weather.below(10) {
                0 => 6_000 + self.weather.below(6_000),
                1..=3 => 1_000 + self.weather.below(2_000),
                _ => 20 + self.weather.below(200),
            };
            let to = match (self.nodes[from].name.as_str(), self.weather.below(2)) {
                ("intermediary", 0) => "alpha",
                ("intermediary", _) => "bravo",
                _ => "intermediary",
            };
            self.send(traffic, from, to, precedence, bytes as usize);
        }
    }

    /// The stations a dispatch must reach: everybody else in its caucus.
    pub fn recipients(&self, sent: &Sent) -> Vec<usize> {
        let side = |at: usize| self.nodes[at].name.split(' ').next().unwrap_or_default().to_owned();
        let party = if sent.to == "intermediary" { side(sent.from) } else { sent.to.clone() };
        let inside = |at: &usize| *at != sent.from && (side(*at) == party || side(*at) == "intermediary");
        (0..self.nodes.len()).filter(inside).collect()
    }

    /// Whether nothing waits in any outbox.
    pub fn is_delivered(&mut self) -> bool {
        (0..self.nodes.len()).all(|at| {
            let status = self.ok(at, Request::Status {});
            status["rooms"]
                .as_array()
                .is_none_or(|rooms| rooms.iter().all(|room| room["waiting"].as_u64().unwrap_or(0) == 0))
        })
    }

    /// Every dispatch is with each of its recipients, those of one sender and precedence in the order of sending, and
    /// nothing is there that nobody sent.
    pub fn check_delivered(&mut self, traffic: &Traffic) -> Result<(), String> {
        for at in 0..self.nodes.len() {
            let inbox = self.ok(at, Request::Inbox { unread: false });
            let ids: Vec<String> =
                inbox["items"].as_array().into_iter().flatten().map(|item| text(item, "id")).collect();
            let who = self.nodes[at].name.clone();
            if ids.iter().collect::<BTreeSet<_>>().len() != ids.len() {
                return Err(format!("{who} has a dispatch twice: {ids:?}"));
            }
            let strangers = ids.iter().filter(|id| traffic.sent.iter().all(|sent| sent.id != **id)).count();
            if strangers > traffic.unknown {
                return Err(format!("{who} has {strangers} dispatches that nobody sent"));
            }
            for sent in &traffic.sent {
                if self.recipients(sent).contains(&at) {
                    self.check_one(at, sent, traffic, &ids)?;
                }
            }
        }
        Ok(())
    }

    /// Nobody has anything that nobody sent, or anything twice; what is missing is not asked.
    ///
    /// # Errors
    /// Says who has it.
    pub fn check_nothing_made_up(&mut self, traffic: &Traffic) -> Result<(), String> {
        for at in 0..self.nodes.len() {
            let inbox = self.ok(at, Request::Inbox { unread: false });
            let ids: Vec<String> =
                inbox["items"].as_array().into_iter().flatten().map(|item| text(item, "id")).collect();
            let strange = ids.iter().any(|id| traffic.sent.iter().all(|sent| sent.id != *id));
            if strange || ids.iter().collect::<BTreeSet<_>>().len() != ids.len() {
                return Err(format!("{} has {ids:?}", self.nodes[at].name));
            }
        }
        Ok(())
    }

    fn check_one(&mut self, at: usize, sent: &Sent, traffic: &Traffic, ids: &[String]) -> Result<(), String> {
        let who = self.nodes[at].name.clone();
        if let Response::Error(failure) = self.ask(at, Request::Receipts { id: sent.id.clone() }) {
            return Err(format!("{who} lacks {sent:?}: {}", failure.message));
        }
        let place = |id: &str| ids.iter().position(|known| known == id);
        let earlier = traffic.sent.iter().take_while(|other| *other != sent);
        let same = earlier.filter(|other| (other.from, other.precedence) == (sent.from, sent.precedence));
        for before in same {
            if let (Some(first), Some(second)) = (place(&before.id), place(&sent.id))
                && first > second
            {
                return Err(format!("{who} has {sent:?} before {before:?}"));
            }
        }
        Ok(())
    }

    /// The dispatches that their sender has seen acknowledged by everybody.
    pub fn acknowledged(&mut self, traffic: &Traffic) -> Vec<Sent> {
        let mut out = Vec::new();
        for sent in &traffic.sent {
            if self.nodes[sent.from].machine.is_none() {
                continue;
            }
            let receipts = self.ok(sent.from, Request::Receipts { id: sent.id.clone() });
            if !receipts["beats"]["acknowledged"].is_null() {
                out.push(sent.clone());
            }
        }
        out
    }
}

fn text(value: &Json, field: &str) -> String {
    value[field].as_str().unwrap_or_default().to_owned()
}
