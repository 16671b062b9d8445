//! What may follow a query that is not answered, where a text in effect has a ladder: a second query, a meeting, a complaint. Each step
//! is told when it opens; none is owed (LADDER-1).

use super::item::UnderstandingId;
use super::sentences::brief;
use crate::machine::{Machine, Told};
use backchannel_accord::DispatchId;
use backchannel_accord::time::rfc3339;
use backchannel_wire::UtcMs;
use serde_json::{Value, json};

/// The steps in order: the template by which each is made, and what it is.
const STEPS: [(&str, &str); 3] = [
    ("second-query", "a second query may follow"),
    ("meeting-proposed", "a meeting through the intermediary may be proposed"),
    ("complaint", "a complaint may be made"),
];

/// One step of a query that was not answered.
struct Step {
    number: usize,
    from: UtcMs,
    understanding: UnderstandingId,
}

impl Machine {
    /// Tells the side that asked of each step that opened; each once.
    pub(in crate::machine) fn tell_ladder(&mut self) {
        let overdue = self.desk.overdue(self.now);
        for query in overdue.into_iter().filter(|query| query.mine) {
            let now = self.now;
            for step in self.steps(query.due).into_iter().filter(|step| step.from <= now) {
                if !self.understandings.climbed.insert((query.id, step.number)) {
                    continue;
                }
                let (_, words) = STEPS[step.number];
                let id: String = query.id.to_hex().chars().take(8).collect();
                let it = brief(step.understanding);
                self.tell(Told::new(
                    "ladder",
                    format!("Query {id} is not answered: by understanding {it} {words}."),
                ));
            }
        }
    }

    /// The steps of a query whose time was over at an instant, by every text in effect that has a ladder.
    fn steps(&self, due: UtcMs) -> Vec<Step> {
        let ids: Vec<UnderstandingId> = self.understandings.book.iter().map(|(id, _)| id).collect();
        let mut steps = Vec::new();
        for understanding in ids {
            let Ok(status) = self.status_now(understanding) else { continue };
            let version = self.understandings.book.version_of(understanding, &status);
            let ladder = version.and_then(|version| version.outline.ladder_ms);
            let Some(ladder) = ladder.filter(|_| status.in_effect) else { continue };
            let each = ladder.into_iter().enumerate().take(STEPS.len());
            steps.extend(each.map(|(number, after)| {
                let from = UtcMs(due.0.saturating_add(after));
                Step { number, from, understanding }
            }));
        }
        steps
    }

    /// Adds to each query in a list what may follow it.
    pub(in crate::machine) fn add_steps(&self, queries: &mut Value) {
        for query in queries.as_array_mut().into_iter().flatten() {
            let id = query["id"].as_str().and_then(DispatchId::from_hex);
            let due = id.and_then(|id| self.desk.due_unanswered(id));
            let steps = due.map(|due| self.steps(due)).unwrap_or_default();
            query["steps"] = steps
                .iter()
                .map(|step| {
                    json!({
                        "step": STEPS[step.number].0, "from": rfc3339(step.from),
                        "open": step.from <= self.now, "understanding": step.understanding.to_hex(),
                    })
                })
                .collect();
        }
    }
}
