//! The report of an exercise, as `--report FILE` and `--json` write it (docs/spec/exercises.md).

use super::observer::Observer;
use serde::Serialize;
use std::collections::BTreeMap;

/// One check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Its stable name.
    pub name: String,
    /// Whether it passed; a check that was not reached has not.
    pub passed: bool,
    /// What was seen.
    pub detail: String,
}

/// What the relay held.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Relay {
    /// Rooms.
    pub rooms: u64,
    /// Cells it still held when it was stopped: what every seat has is forgotten.
    pub cells: u64,
    /// Bytes that were looked through: storage, logs and memory.
    pub bytes: u64,
    /// How many passages, renderings, names and keys were looked for.
    pub needles: u64,
    /// How many of them were found.
    pub plaintext_hits: u64,
    /// How many of them the same scan found at a relay made to leak.
    pub found_in_leaky_relay: u64,
}

/// The time of one dispatch from sent to acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Latency {
    /// The name under which the scenario saved it.
    pub dispatch: String,
    /// Its precedence.
    pub precedence: String,
    /// Whether the line was idle when it was sent.
    pub idle: bool,
    /// Beats from sent to acknowledged; none if it was never acknowledged.
    pub beats: Option<u64>,
}

/// Something that somebody showed, and whether whoever it was shown to had to accept it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// The step of the story in which it was tried.
    pub step: usize,
    /// The state of the understanding then, at that station.
    pub state: String,
    /// The station that shows.
    pub who: String,
    /// What it shows.
    pub what: String,
    /// To whom.
    pub to: String,
    /// What was run to find out.
    pub by: String,
    /// Whether it was accepted.
    pub accepted: bool,
    /// What is accepted although it could have been made alone, or refused, proves nothing.
    pub proves: bool,
}

/// One understanding at the end of the story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Understanding {
    /// Its id.
    pub id: String,
    /// gentle or joint.
    pub form: Option<String>,
    /// Its state at the end.
    pub state: Option<String>,
    /// The labels of its parties.
    pub parties: Vec<String>,
    /// Who could prove what to whom, at each step that asked.
    pub proofs: Vec<Proof>,
}

/// The whole report.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The version of this format.
    pub v: u8,
    /// The scenario's name.
    pub scenario: String,
    /// The fault it was played with.
    pub fault: Option<String>,
    /// Whether every check passed.
    pub passed: bool,
    /// The check or alarm that failed first; none if all passed.
    pub caught_by: Option<String>,
    /// Seconds until the first dispatch was sent.
    pub first_dispatch_seconds: Option<f64>,
    /// Seconds until the end.
    pub seconds: f64,
    /// Every check, in a fixed order.
    pub checks: Vec<Check>,
    /// What the network observer saw.
    pub observer: Observer,
    /// What the relay held.
    pub relay: Relay,
    /// The most beats from sent to acknowledged on an idle line, by precedence.
    pub latency_beats: BTreeMap<String, u64>,
    /// Every dispatch's time.
    pub dispatches: Vec<Latency>,
    /// Every understanding that was laid before the parties.
    pub understandings: Vec<Understanding>,
}

/// The checks of an exercise: all are named before it begins, and each is decided at most once against it.
#[derive(Clone, Debug, Default)]
pub struct Checks {
    all: Vec<Check>,
    first_failed: Option<String>,
}

impl Checks {
    /// Every check, not reached yet.
    pub fn new(names: impl Iterator<Item = String>) -> Self {
        let check = |name| Check { name, passed: false, detail: "Not reached.".to_owned() };
        Self { all: names.map(check).collect(), first_failed: None }
    }

    /// Decides a check. A check that has failed stays so.
    pub fn decide(&mut self, name: &str, passed: bool, detail: &str) {
        let failed_before = self.first_failed.is_some() && self.failed(name);
        if let Some(check) = self.all.iter_mut().find(|check| check.name == name)
            && !failed_before
        {
            check.passed = passed;
            check.detail = detail.to_owned();
        }
        if !passed && self.first_failed.is_none() {
            self.first_failed = Some(name.to_owned());
        }
    }

    fn failed(&self, name: &str) -> bool {
        self.all.iter().any(|check| check.name == name && !check.passed && check.detail != "Not reached.")
    }

    /// The check that failed first.
    pub fn first_failed(&self) -> Option<&str> {
        self.first_failed.as_deref()
    }

    /// Whether each passed.
    pub fn all_passed(&self) -> bool {
        self.all.iter().all(|check| check.passed)
    }

    /// The list.
    pub fn list(&self) -> &[Check] {
        &self.all
    }
}

/// The most beats of an idle line by precedence.
pub fn idle_latency(dispatches: &[Latency]) -> BTreeMap<String, u64> {
    let mut most = BTreeMap::new();
    for dispatch in dispatches.iter().filter(|dispatch| dispatch.idle) {
        if let Some(beats) = dispatch.beats {
            let worst: &mut u64 = most.entry(dispatch.precedence.clone()).or_default();
            *worst = beats.max(*worst);
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::{Checks, Latency, idle_latency};

    #[test]
    fn a_check_that_is_not_reached_has_not_passed_and_a_failed_one_stays_failed() {
        // EXER-16
        let mut checks = Checks::new(["one", "two"].into_iter().map(str::to_owned));
        checks.decide("one", true, "");
        assert!(!checks.all_passed() && checks.first_failed().is_none());
        checks.decide("two", false, "seen otherwise");
        checks.decide("two", true, "");
        assert_eq!(checks.first_failed(), Some("two"));
        assert_eq!((checks.list()[1].passed, checks.list()[1].detail.as_str()), (false, "seen otherwise"));
    }

    #[test]
    fn latency_is_the_worst_of_the_idle_ones() {
        let dispatch = |precedence: &str, idle, beats| Latency {
            dispatch: "d".to_owned(),
            precedence: precedence.to_owned(),
            idle,
            beats,
        };
        let all = [
            dispatch("routine", true, Some(2)),
            dispatch("routine", true, Some(3)),
            dispatch("routine", false, Some(40)),
            dispatch("flash", true, None),
        ];
        assert_eq!(idle_latency(&all).into_iter().collect::<Vec<_>>(), vec![("routine".to_owned(), 3)]);
    }
}
