//! The chain of the rules in a small case, solved exactly: with which probability it ends for which cause (REH-29).
//!
//! In the case each side's table opens an incident over an alarm, and the first side's strikes over one that comes while
//! the text is in question. Nobody answers, and nobody doubts. Then what happens in one beat depends on three numbers: how
//! far the term has run, for how many beats the text is still in question, and whether an opening is on its way.

use crate::model::{Courier, Deed, Fault, Model, Moment, Own, Row, RuleKind, Shared};
use crate::world::{Rehearsal, Spans};
use backchannel_accord::life::State;

/// States of a chain: a system of that size is solved in a blink.
const STATES_MAX: usize = 1_000;
/// Milliseconds of a year of 365 days.
const YEAR_MS: f64 = 365.0 * 86_400_000.0;
/// The table of the case.
const TABLE: [Row; 2] = [
    Row {
        at: Some(Moment::Alarm),
        state: Some(State::InQuestion),
        answered: None,
        belief: None,
        incidents: None,
        then: Deed::Strike,
    },
    Row { at: None, state: None, answered: None, belief: None, incidents: None, then: Deed::OpenIncident },
];
/// Numbers that are 0 in the case, of both sides.
const ZERO: [Own; 15] = [
    Own::NonPartyActs,
    Own::Opportunities,
    Own::FalseAlarmBurst,
    Own::AccidentBurst,
    Own::NoticingHours,
    Own::FalseAlarmAsNothing,
    Own::AccidentAsNothing,
    Own::SecondLook,
    Own::HairTrigger,
    Own::PatienceHours,
    Own::WaitsForReply,
    Own::Answers,
    Own::SelfReports,
    Own::Threatens,
    Own::Grudge,
];

/// A small case, in beats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Case {
    /// Probability of an alarm in one beat.
    alarm: f64,
    /// Which share of alarms are false; the others are accidents.
    share_false: f64,
    /// Beats of the brake.
    brake: usize,
    /// Beats of a term.
    term: usize,
    /// Probability that a term is not renewed.
    forgotten: f64,
}

/// How a small case ends, if one waits long enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Absorption {
    /// Probability that it ends over a false alarm.
    pub false_alarm: f64,
    /// Probability that it ends over an accident.
    pub accident: f64,
    /// Probability that its term runs out.
    pub lapse: f64,
    /// Mean number of beats until it ends.
    pub mean_beats: f64,
}

/// How a small case stands after some time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// Probability that restraint still holds.
    pub survival: f64,
    /// Probability that it has ended over a false alarm.
    pub false_alarm: f64,
    /// Probability that it has ended over an accident.
    pub accident: f64,
    /// Probability that its term has run out.
    pub lapse: f64,
}

/// What is left of the question, and what is on its way, at the beginning of a beat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In a term: the beat of the term, beats in question from this one on, whether an opening is sealed at its end.
    Term { beat: usize, question: usize, opening: bool },
    /// Not renewed, and held back by the brake for so many beats from this one on.
    Held { beats: usize },
}

impl Case {
    /// The case that a rehearsal is, from its own numbers; refuses one that is another (REH-29).
    pub fn of(rehearsal: &Rehearsal) -> Result<Self, Fault> {
        let model = rehearsal.model();
        let wrong = |what: &str| {
            let hint = "docs/spec/rehearsal.md says what the small case is; everything else is simulated";
            Err(Fault::new(format!("this is not the small case: {what} (REH-29)"), hint))
        };
        let spans = rehearsal.spans();
        let Spans { beat_ms, brake_ms, term_ms, renewal, .. } = spans;
        let whole = |ms: u64| ms.is_multiple_of(beat_ms).then(|| (ms / beat_ms) as usize);
        let (Some(brake), Some(term)) = (whole(brake_ms), whole(term_ms)) else {
            return wrong("brake and term are no whole beats");
        };
        if renewal.is_none_or(|renewal| renewal.extension_ms != term_ms) {
            return wrong("it is not renewed by its own length");
        }
        if 2 * term * (brake + 1) + brake > STATES_MAX {
            return wrong("it has too many states");
        }
        if let Some(what) = Self::lacks(model, spans) {
            return wrong(what);
        }
        // The first side sees its own false alarms and the other's accidents.
        let (alarms, accidents) = (model.own(Own::FalseAlarms, 0), model.own(Own::Accidents, 1));
        let rate = alarms + accidents;
        let renewed: f64 = (0..2).map(|side| 1.0 - model.own(Own::Forgets, side)).product();
        Ok(Self {
            alarm: -(-rate * beat_ms as f64 / YEAR_MS).exp_m1(),
            share_false: if rate > 0.0 { alarms / rate } else { 1.0 },
            brake,
            term,
            forgotten: 1.0 - renewed,
        })
    }

    /// What a model would have to be to be the case.
    fn lacks(model: &Model, Spans { beat_ms, complaint_ms, set_times, .. }: Spans) -> Option<&'static str> {
        let zero = |which: &Own| (0..2).all(|side| model.own(*which, side) == 0.0);
        let shared = [Shared::DelayBeats, Shared::Loss, Shared::GraceBeats];
        let lead_ms = |side: usize| model.own(Own::RenewalLeadHours, side) * 3_600_000.0;
        match () {
            () if set_times => Some("openings wait for set times"),
            () if complaint_ms > 0 && complaint_ms < 2 * beat_ms => Some("complaints can be too late"),
            () if model.rule(1) == RuleKind::Contrite => Some("the second side reports its accidents"),
            () if model.courier() != Courier::Faithful => Some("the courier is not faithful"),
            () if !shared.iter().all(|which| model.shared(*which) == 0.0) => Some("acts are delayed"),
            () if model.rule(0) != RuleKind::Table || model.table(0) != TABLE => Some("the table is another"),
            () if !ZERO.iter().all(zero) => Some("something else may happen"),
            () if model.own(Own::NoticesFalseAlarm, 0) < 1.0 || model.own(Own::NoticesAccident, 0) < 1.0 => {
                Some("something may not be noticed")
            }
            () if model.own(Own::FalseAlarms, 1) + model.own(Own::Accidents, 0) > 0.0 => {
                Some("the second side is alarmed as well")
            }
            () if (0..2).any(|side| lead_ms(side) < 2.0 * beat_ms as f64) => Some("renewal comes too late"),
            () => None,
        }
    }

    fn places(&self) -> Vec<Place> {
        let mut places = Vec::with_capacity(2 * self.term * (self.brake + 1) + self.brake);
        for beat in 0..self.term {
            for question in 0..=self.brake {
                places.extend([false, true].map(|opening| Place::Term { beat, question, opening }));
            }
        }
        places.extend((1..=self.brake).map(|beats| Place::Held { beats }));
        places
    }

    fn number(&self, place: Place) -> usize {
        match place {
            Place::Term { beat, question, opening } => {
                2 * (beat * (self.brake + 1) + question) + usize::from(opening)
            }
            Place::Held { beats } => 2 * self.term * (self.brake + 1) + beats - 1,
        }
    }

    /// Where a beat leads, with which probability; nothing is restraint that has lapsed. What is missing from 1 has ended
    /// over an alarm.
    fn steps(&self, place: Place) -> Vec<(Option<Place>, f64)> {
        let (beat, question, opening) = match place {
            Place::Held { beats } => {
                let next = (beats > 1).then(|| Place::Held { beats: beats - 1 });
                return vec![(next, 1.0 - self.alarm)];
            }
            Place::Term { beat, question, opening } => (beat, question, opening),
        };
        // What was on its way is sealed now, and puts in question for the length of the brake.
        let rest = if opening { self.brake } else { question.saturating_sub(1) };
        let outcomes = if question > 0 {
            vec![(false, 1.0 - self.alarm)]
        } else {
            vec![(false, 1.0 - self.alarm), (true, self.alarm)]
        };
        let mut steps = Vec::with_capacity(4);
        for (alarmed, chance) in outcomes {
            let place = |beat| Some(Place::Term { beat, question: rest, opening: alarmed });
            if beat + 1 < self.term {
                steps.push((place(beat + 1), chance));
                continue;
            }
            steps.push((place(0), chance * (1.0 - self.forgotten)));
            // The end is put off by questions that were opened before it; what is sealed with it comes too late.
            let held = question.saturating_sub(1);
            steps.push(((held > 0).then_some(Place::Held { beats: held }), chance * self.forgotten));
        }
        steps
    }

    /// Probabilities of every end and the mean time to it, by solving `x = Q x + r` for the chain (REH-29). A case without
    /// alarms and without forgetting never ends: then there is nothing to solve.
    pub fn absorption(&self) -> Option<Absorption> {
        let places = self.places();
        let size = places.len();
        // Columns: the chain, then ends over an alarm, by lapse, and beats.
        let mut rows = vec![vec![0.0; size + 3]; size];
        for (at, place) in places.iter().enumerate() {
            rows[at][at] += 1.0;
            let (mut stays, mut lapses) = (0.0, 0.0);
            for (to, chance) in self.steps(*place) {
                match to {
                    Some(to) => rows[at][self.number(to)] -= chance,
                    None => lapses += chance,
                }
                stays += chance;
            }
            rows[at][size] = (1.0 - stays).max(0.0);
            rows[at][size + 1] = lapses;
            rows[at][size + 2] = 1.0;
        }
        let solved = solve(rows)?;
        let start = solved.get(self.number(Place::Term { beat: 0, question: 0, opening: false }))?;
        let [alarm, lapse, mean_beats] = start[..] else { return None };
        let accident = 1.0 - self.share_false;
        Some(Absorption {
            false_alarm: alarm * self.share_false,
            accident: alarm * accident,
            lapse,
            mean_beats,
        })
    }

    /// How it has ended, or has not, after so many beats.
    pub fn after(&self, beats: u64) -> Outlook {
        let places = self.places();
        let steps: Vec<Vec<(Option<usize>, f64)>> = places
            .iter()
            .map(|place| {
                self.steps(*place).into_iter().map(|(to, p)| (to.map(|to| self.number(to)), p)).collect()
            })
            .collect();
        let mut mass = vec![0.0; places.len()];
        mass[self.number(Place::Term { beat: 0, question: 0, opening: false })] = 1.0;
        let mut lapse = 0.0;
        for _ in 0..beats {
            let mut after = vec![0.0; places.len()];
            for (steps, mass) in steps.iter().zip(&mass).filter(|(_, mass)| **mass > 0.0) {
                for (to, chance) in steps {
                    match to {
                        Some(to) => after[*to] += mass * chance,
                        None => lapse += mass * chance,
                    }
                }
            }
            mass = after;
        }
        let survival: f64 = mass.iter().sum();
        let alarm = (1.0 - survival - lapse).max(0.0);
        let false_alarm = alarm * self.share_false;
        Outlook { survival, false_alarm, accident: alarm - false_alarm, lapse }
    }

    /// The probability that restraint still holds after so many beats.
    pub fn survival(&self, beats: u64) -> f64 {
        self.after(beats).survival
    }
}

/// Solves a system whose rows carry their right-hand sides behind the square: elimination with the largest pivot. Nothing if
/// it has no one solution.
fn solve(mut rows: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    const TINY: f64 = 1e-13;
    let size = rows.len();
    for at in 0..size {
        let pivot = (at..size).max_by(|a, b| rows[*a][at].abs().total_cmp(&rows[*b][at].abs()))?;
        rows.swap(at, pivot);
        let (top, below) = rows.split_at_mut(at + 1);
        let row = &top[at];
        if row[at].abs() < TINY {
            return None;
        }
        for other in below.iter_mut().filter(|other| other[at] != 0.0) {
            let factor = other[at] / row[at];
            for (cell, from) in other[at..].iter_mut().zip(&row[at..]) {
                *cell -= factor * from;
            }
        }
    }
    for at in (0..size).rev() {
        let (above, rest) = rows.split_at_mut(at);
        let row = &mut rest[0];
        let pivot = row[at];
        row[size..].iter_mut().for_each(|cell| *cell /= pivot);
        for other in above.iter_mut().filter(|other| other[at] != 0.0) {
            let factor = other[at];
            for (cell, from) in other[size..].iter_mut().zip(&row[size..]) {
                *cell -= factor * from;
            }
        }
    }
    Some(rows.into_iter().map(|row| row[size..].to_vec()).collect())
}

#[cfg(test)]
pub(crate) mod tests;
