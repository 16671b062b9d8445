//! Plays a scenario step by step: does what each does, and waits for what each must then see.

use super::faults::FaultName;
use super::limits::LOOK_AGAIN;
use super::needles::Needles;
use super::report::{Checks, Proof};
use super::scenario::{Scenario, Step};
use super::stage::Stage;
use super::telling::Telling;
use backchannel_station::api::Failure;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// The checks that belong to every exercise, in order. (EXER-16)
pub const OWN_CHECKS_BEFORE: &[&str] = &["convened", "commands-accepted"];
/// The same, made at the end.
pub const OWN_CHECKS_AFTER: &[&str] = &[
    "no-unexpected-alarm",
    "each-dispatch-once",
    "held-passages-stay",
    "latency-idle",
    "processes-stopped-in-order",
    "observer-one-size",
    "observer-every-beat",
    "relay-holds-no-plaintext",
    "scan-finds-a-leak",
];

/// A dispatch that was sent.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The name it was saved under, or the step's number.
    pub name: String,
    /// Its id.
    pub id: String,
    /// Who sent it.
    pub who: usize,
    /// Its draft.
    pub draft: String,
    /// Whether the line was idle.
    pub idle: bool,
}

/// An alarm that the story does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surprise {
    /// The beat.
    pub k: u64,
    /// The alarm's name.
    pub name: String,
    /// The station that raised it.
    pub station: String,
    /// What it said.
    pub what: String,
}

/// An exercise that is being played.
pub struct Play<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Everything that runs.
    pub stage: Stage,
    /// The checks so far.
    pub checks: Checks,
    /// What must never be found at the relay.
    pub needles: Needles,
    /// The dispatches sent so far.
    pub sent: Vec<Sent>,
    /// What the relay's memory showed before it was killed.
    pub scanned: super::scan::Found,
    /// When the relay's clock ran slow because the story wanted it, in microseconds since 1970.
    pub slow: Vec<(u64, u64)>,
    /// Seconds until the first dispatch.
    pub first_dispatch: Option<f64>,
    pub(super) telling: &'a Telling,
    pub(super) saved: BTreeMap<String, String>,
    allowed: BTreeSet<(usize, String)>,
    marks: Vec<usize>,
    pub(super) faithless_once: bool,
    pub(super) drafts: usize,
    /// The understandings laid before the parties, in order.
    pub(super) understandings: Vec<String>,
    /// Who could prove what to whom, by understanding.
    pub(super) proofs: BTreeMap<String, Vec<Proof>>,
    /// The step that is played, as it is told.
    pub(super) number: usize,
}

impl<'a> Play<'a> {
    /// Before the first step.
    pub fn new(scenario: &'a Scenario, stage: Stage, telling: &'a Telling, fault: Option<FaultName>) -> Self {
        let mut needles = Needles::default();
        for station in &scenario.stations {
            needles.add(format!("the label of {}", station.name), station.label.as_bytes());
            if let Some(party) = &station.party {
                needles.add(format!("the party {party}"), party.as_bytes());
            }
        }
        Self {
            scenario,
            checks: Checks::new(check_names(scenario)),
            marks: vec![0; scenario.stations.len()],
            stage,
            needles,
            sent: Vec::new(),
            scanned: super::scan::Found::default(),
            slow: Vec::new(),
            first_dispatch: None,
            telling,
            saved: BTreeMap::new(),
            allowed: BTreeSet::new(),
            faithless_once: fault == Some(FaultName::AlterConveyance),
            drafts: 0,
            understandings: Vec::new(),
            proofs: BTreeMap::new(),
            number: 1,
        }
    }

    /// Plays it to its end, or to the first check that fails.
    pub async fn run(&mut self) {
        self.run_through(usize::MAX).await;
    }

    /// Plays it through the step of that number, as it is told, or to the first check that fails.
    pub async fn run_through(&mut self, last: usize) {
        self.telling
            .step(1, "The intermediary starts its relay and convenes the channel; both delegations join.");
        let convened = self.stage.convene(self.scenario).await;
        self.decide("convened", convened);
        if self.is_over() {
            return;
        }
        self.checks.decide("commands-accepted", true, "Every command ended as the scenario says.");
        self.stage.begin_fault().await;
        for (number, step) in self.scenario.steps.iter().enumerate() {
            if number + 2 > last {
                return;
            }
            self.number = number + 2;
            self.telling.step(self.number, &step.tell);
            self.step(step).await;
            if self.is_over() {
                return;
            }
        }
    }

    fn is_over(&self) -> bool {
        self.checks.first_failed().is_some()
    }

    fn decide(&mut self, name: &str, outcome: Result<(), Failure>) {
        let (passed, detail) = match outcome {
            Ok(()) => (true, String::new()),
            Err(failure) => (false, failure.message),
        };
        self.check(name, passed, &detail);
    }

    /// Decides a check and tells it.
    pub fn check(&mut self, name: &str, passed: bool, detail: &str) {
        self.checks.decide(name, passed, detail);
        self.telling.check(name, passed, detail);
    }

    async fn step(&mut self, step: &Step) {
        self.allowed.extend(step.alarms.iter().cloned());
        self.marks = self.stage.places.iter().map(|place| place.journal.len()).collect();
        for act in &step.acts {
            match self.act(act).await {
                Ok(()) => {}
                Err(failure) => return self.check("commands-accepted", false, &failure.message),
            }
            if self.is_over() || self.surprised() {
                return;
            }
        }
        for expect in &step.expects {
            let (passed, detail) = self.expect(expect, self.scenario.beat_ms).await;
            if !self.surprised() {
                self.check(&expect.check, passed, &detail);
            }
            if self.is_over() {
                return;
            }
        }
    }

    /// Whether an alarm was raised that the story does not know; it fails its check at once.
    pub fn surprised(&mut self) -> bool {
        if self.is_over() {
            return true;
        }
        let died: Vec<String> = self
            .stage
            .places
            .iter_mut()
            .zip(&self.scenario.stations)
            .filter_map(|(place, station)| place.has_died().then(|| station.name.clone()))
            .collect();
        if let Some(name) = died.first() {
            self.check("commands-accepted", false, &format!("The station {name} ended by itself."));
            return true;
        }
        let Some(surprise) = self.surprises().into_iter().next() else { return false };
        let detail = format!("{} at {}: {}", surprise.name, surprise.station, surprise.what);
        self.check("no-unexpected-alarm", false, &detail);
        true
    }

    /// Every alarm that the story does not know, in the order of the beats.
    pub fn surprises(&self) -> Vec<Surprise> {
        let mut found = Vec::new();
        for (who, (place, station)) in self.stage.places.iter().zip(&self.scenario.stations).enumerate() {
            let is_allowed = |name: &str| self.allowed.contains(&(who, name.to_owned()));
            let alarms = place.journal.since(0);
            found.extend(alarms.iter().filter_map(|entry| surprise(entry, &station.name, &is_allowed)));
        }
        found.sort_by_key(|surprise| surprise.k);
        found
    }

    /// Where a station's journal stood when the step began.
    pub fn mark(&self, who: usize) -> usize {
        self.marks.get(who).copied().unwrap_or_default()
    }

    /// A text with `$name` put in.
    pub fn put_in(&self, text: &str) -> String {
        match text.strip_prefix('$') {
            Some(name) => self.saved.get(name).cloned().unwrap_or_else(|| text.to_owned()),
            None => text.to_owned(),
        }
    }

    /// So many beats.
    pub fn beats(&self, beats: u64) -> Duration {
        Duration::from_millis(self.scenario.beat_ms.saturating_mul(beats)).max(LOOK_AGAIN)
    }
}

/// The alarm that a journal's entry raises, if the story does not know it. (EXER-10)
fn surprise(entry: &Value, station: &str, is_allowed: &dyn Fn(&str) -> bool) -> Option<Surprise> {
    let text = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let is_one = text("kind") == "alarm" && !is_allowed(&text("name"));
    let k = entry.get("k").and_then(Value::as_u64).unwrap_or_default();
    is_one.then(|| Surprise { k, name: text("name"), station: station.to_owned(), what: text("what") })
}

/// Every check of an exercise, in the order of the report.
pub fn check_names(scenario: &Scenario) -> impl Iterator<Item = String> {
    let steps = scenario.steps.iter().flat_map(|step| {
        let refused = step.acts.iter().filter_map(|act| act.check.clone());
        refused.chain(step.expects.iter().map(|expect| expect.check.clone()))
    });
    let own = |names: &'static [&'static str]| names.iter().map(|name| (*name).to_owned());
    own(OWN_CHECKS_BEFORE).chain(steps).chain(own(OWN_CHECKS_AFTER))
}

#[cfg(test)]
mod tests {
    use super::{check_names, surprise};
    use crate::exercise::scenario::read;
    use serde_json::json;
    use std::collections::BTreeSet;

    #[test]
    fn an_alarm_that_the_story_does_not_know_is_a_surprise() {
        // EXER-10
        let entry = json!({ "kind": "alarm", "name": "FORK", "what": "Two heads for beat 9." });
        assert_eq!(surprise(&entry, "alpha-head", &|_| false).unwrap().name, "FORK");
        assert_eq!(surprise(&entry, "alpha-head", &|name| name == "FORK"), None);
        assert_eq!(surprise(&json!({ "kind": "received" }), "alpha-head", &|_| false), None);
    }

    #[test]
    fn every_check_has_its_own_name() {
        // EXER-5
        let page = include_str!("../../../../docs/spec/exercises.md");
        for (_, shipped) in crate::exercise::SHIPPED {
            let scenario = read(shipped).unwrap();
            let names: Vec<_> = check_names(&scenario).collect();
            assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
            assert!(
                names.iter().all(|name| page.contains(&format!("`{name}`"))),
                "docs/spec lists every check"
            );
        }
    }
}
