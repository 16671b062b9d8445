//! Acts of people in the registry: when the relay seals them, and what the rules of the house make of them (REH-13).

use super::affair::incident_id;
use super::draws::{Draw, Mark};
use super::play::World;
use super::queue::Step;
use super::story::{Note, Witness};
use crate::model::{Courier, Shared};
use backchannel_accord::life::{Act, Event, IncidentAct, Refusal};
use backchannel_wire::{MemberId, UtcMs};
use std::collections::BTreeSet;

impl<W: Witness> World<'_, W> {
    /// The instant at which what is posted now is sealed: at the end of the next whole beat, later by what the relay and
    /// the line take, and by sending again what was lost (REH-13).
    pub(super) fn seal_at(&self, posted: u64, mark: Mark, (beats, loss): (Draw, Draw)) -> u64 {
        let shared = |which| self.plan.model.shared(which);
        let mut more = geometric(mark.unit(beats), self.plan.log_more);
        if self.plan.log_loss < 0.0 {
            more += geometric(mark.unit(loss), self.plan.log_loss) * shared(Shared::ResendBeats);
        }
        if self.plan.model.courier() == Courier::Slow {
            more = (1.0 + more) * shared(Shared::SlowFactor) - 1.0;
        }
        let clock = self.plan.clock;
        let beat = clock.beat_of(UtcMs(posted)).plus(2).plus(more as u64);
        clock.t0.0.saturating_add(beat.0.saturating_mul(clock.beat_ms))
    }

    /// Puts down what a side posts at an instant, to be sealed.
    pub(super) fn post(&mut self, posted: u64, side: usize, mark: Mark, draws: (Draw, Draw), step: Step) {
        let at = self.seal_at(posted, mark, draws);
        self.queue.seal(at, side, step);
    }

    /// Lays an act of a side before the rules, in the beat that ends now. What they refuse is counted and changes nothing.
    pub(super) fn admit(&mut self, side: usize, act: Act) -> Result<(), Refusal> {
        self.admit_event(side, act).1
    }

    fn admit_event(&mut self, side: usize, act: Act) -> (Event, Result<(), Refusal>) {
        let clock = self.plan.clock;
        let beat = clock.seen_at(UtcMs(self.now)).beat;
        let nth = if (self.last.0, self.last.1) == (beat, side) { self.last.2 + 1 } else { 0 };
        self.last = (beat, side, nth);
        let event = self.plan.pact.event(clock, (side, beat, nth), act);
        let outcome = self.life.admit(&event);
        match outcome {
            Ok(()) => self.tell(|| Note::Admitted(Box::new(event.clone()))),
            Err(refusal) => {
                self.refused += 1;
                self.tell(|| Note::Refused(Box::new(event.clone()), refusal));
            }
        }
        (event, outcome)
    }

    /// The same for what all the people of a side say together; their set is lent to the act and taken back.
    pub(super) fn admit_word(
        &mut self,
        side: usize,
        act: impl FnOnce(BTreeSet<MemberId>) -> Act,
    ) -> Result<(), Refusal> {
        let people = std::mem::take(&mut self.people[side]);
        let (event, outcome) = self.admit_event(side, act(people));
        self.people[side] = match event.act {
            Act::Reaffirmed { by, .. } | Act::NoticeGiven { by, .. } | Act::NoticeTakenBack { by } => by,
            Act::Incident {
                act:
                    IncidentAct::Found { by, .. } | IncidentAct::Settled { by, .. } | IncidentAct::Dropped { by },
                ..
            } => by,
            _ => self.plan.pact.people[side].clone(),
        };
        outcome
    }

    /// An act about the incident of an affair.
    pub(super) fn about(&self, affair: u32, act: IncidentAct) -> Act {
        Act::Incident { id: incident_id(affair), act }
    }

    /// Looks again at how long the text is in question; what was in question before is counted first.
    pub(super) fn look_at_question(&mut self) {
        self.count_question(self.now);
        self.question_until = self.life.question_until().map_or(0, |until| until.0);
        self.suspended_until = self.life.suspended_until().map_or(0, |until| until.0);
        self.look_at_end();
    }

    /// Looks again at when the text ends, and from when on that is certain (INCIDENT-4).
    pub(super) fn look_at_end(&mut self) {
        let Some((until, held)) = self.life.end() else { return };
        self.until = until.0;
        let grace = self.plan.pact.terms.grace_beats;
        self.certain = until.0;
        if grace > 0 {
            let clock = self.plan.clock;
            let beat = clock.beat_of(held.unwrap_or(until)).plus(grace + 1);
            self.certain = until.0.max(clock.t0.0.saturating_add(beat.0.saturating_mul(clock.beat_ms)));
        }
    }
}

/// How often in a row something happens whose probability has this logarithm.
fn geometric(unit: f64, log_probability: f64) -> f64 {
    if log_probability < 0.0 { ((1.0 - unit).ln() / log_probability).floor() } else { 0.0 }
}

/// The logarithm of the probability of one more beat, if so many more are taken on average; 0 if none ever is.
pub(super) fn log_of_more(mean: f64) -> f64 {
    if mean > 0.0 { (mean / (1.0 + mean)).ln() } else { 0.0 }
}

/// The logarithm of the probability of a loss; 0 if nothing is lost.
pub(super) fn log_of_loss(probability: f64) -> f64 {
    if probability > 0.0 { probability.ln() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    // REH-13
    #[test]
    fn further_beats_have_their_mean_and_losses_their_probability() {
        let n = 100_000u32;
        let mean = |log: f64| {
            let drawn = |run: u32| geometric(Mark::run(4, u64::from(run)).unit(Draw::AnswerBeats), log);
            (0..n).map(drawn).sum::<f64>() / f64::from(n)
        };
        assert!((mean(log_of_more(3.0)) - 3.0).abs() < 0.06);
        assert!((mean(log_of_loss(0.2)) - 0.25).abs() < 0.01);
        assert_eq!((mean(log_of_more(0.0)), mean(log_of_loss(0.0))), (0.0, 0.0));
    }
}
