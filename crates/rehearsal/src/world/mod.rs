//! The rehearsal itself: a text, run through the real rules of the house, in a world that a model describes
//! (docs/spec/rehearsal.md).
//!
//! What people do (open an incident, clarify, settle, give notice, reaffirm) is laid before [`backchannel_accord::life`] as
//! events of the registry, at the beats in which they would be sealed. What it refuses is refused; what it shows to be in
//! effect, in question, held back or over is what both sides go by. **This module knows no rule of the house itself.**

mod affair;
mod alarms;
mod courier;
mod decide;
mod draws;
mod pact;
mod play;
mod queue;
mod registry;
mod renewal;
mod side;
mod sources;
mod staged;
mod stakes;
mod story;
mod vary;

pub use pact::read_text;
pub use sources::Happens;
pub use staged::Staging;
pub use story::{Happening, Note, Story};
pub use vary::{KNOBS, Knob};

use crate::model::{Fault, Faults, Model, Own, Shared};
use crate::results::Assumption;
use crate::run::{Run, Trial};
use affair::Worth;
use backchannel_accord::life::{Clock, Life, Renewal};
use backchannel_accord::understanding::Understanding;
use pact::Pact;
use play::World;
use sources::YEAR_MS;
use stakes::Stakes;
use story::Deaf;

/// A text in a world: what can be run.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    plan: Plan,
}

/// What every run of a rehearsal begins with.
#[derive(Clone, Debug)]
struct Plan {
    pact: Pact,
    model: Model,
    clock: Clock,
    /// The life of the text once it is settled.
    settled: Life,
    /// The first instant in effect, and how long is looked on, in milliseconds.
    entry: u64,
    horizon_ms: u64,
    worth: [Worth; 2],
    stakes: [Stakes; 2],
    log_more: f64,
    log_loss: f64,
}

/// The times a rehearsal runs by, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spans {
    pub(crate) beat_ms: u64,
    pub(crate) brake_ms: u64,
    pub(crate) term_ms: u64,
    pub(crate) complaint_ms: u64,
    pub(crate) renewal: Option<Renewal>,
    pub(crate) set_times: bool,
}

impl Plan {
    fn of(mut pact: Pact, model: Model) -> Result<Self, Faults> {
        check_events(&model, &pact)?;
        pact.terms.grace_beats = model.shared(Shared::GraceBeats) as u64;
        let clock = pact.clock(&model);
        let settled = pact.settled(clock)?;
        // Everybody was told in time, so that it begins when the text says.
        let entry = settled.begins().map_or(pact.from.0, |from| from.0);
        Ok(Self {
            clock,
            settled,
            entry,
            horizon_ms: (model.shared(Shared::Years) * YEAR_MS) as u64,
            worth: [0, 1].map(|side| Worth::of(&model, side)),
            stakes: [0, 1].map(|side| Stakes::of(&model, side)),
            log_more: registry::log_of_more(model.shared(Shared::DelayBeats)),
            log_loss: registry::log_of_loss(model.shared(Shared::Loss)),
            pact,
            model,
        })
    }
}

/// Events that are expected in one run at most, and renewals: what still fits into memory many times over, and ends.
const EVENTS_MAX: f64 = 100_000.0;

/// Rates, terms and years go together as long as a run ends (REH-2).
fn check_events(model: &Model, pact: &Pact) -> Result<(), Fault> {
    let years = model.shared(Shared::Years);
    let terms =
        pact.terms.renewal.map_or(0.0, |renewal| years * YEAR_MS / renewal.extension_ms.max(1) as f64);
    if terms > EVENTS_MAX {
        let problem = format!("{terms:.0} renewals may come in one run (REH-2)");
        return Err(Fault::new(
            problem,
            format!("lengthen `renewal`, so that there are at most {EVENTS_MAX}"),
        ));
    }
    let rates = [Own::FalseAlarms, Own::Accidents, Own::NonPartyActs, Own::Opportunities];
    let of = |side: usize| rates.iter().map(move |rate| model.own(*rate, side));
    let expected = of(0).chain(of(1)).sum::<f64>() * years;
    if expected <= EVENTS_MAX {
        return Ok(());
    }
    let problem = format!("{expected:.0} events are expected in one run (REH-2)");
    Err(Fault::new(problem, format!("choose rates and `years` so that there are at most {EVENTS_MAX}")))
}

impl Rehearsal {
    /// A text of two parties in a world. Refuses one that contradicts itself, or whose times cannot be computed with
    /// (REH-28).
    pub fn new(text: &Understanding, model: &Model) -> Result<Self, Faults> {
        Ok(Self { plan: Plan::of(Pact::of(text)?, model.clone())? })
    }

    /// The model it runs in.
    pub fn model(&self) -> &Model {
        &self.plan.model
    }

    /// Every assumption it rests on, with its source where it has one (REH-6).
    pub fn assumptions(&self) -> Vec<Assumption> {
        self.plan.model.assumptions()
    }

    /// Run number `run` of a study, told step by step; it comes to what [`Trial::run`] gives.
    pub fn tell(&self, seed: u64, run: u64) -> Story {
        self.story(seed, run, None)
    }

    /// A run in which the sources are still, and these things happen instead.
    pub fn play(&self, script: &[Happening], seed: u64, run: u64) -> Story {
        self.story(seed, run, Some(script))
    }

    /// The times it runs by.
    pub(crate) fn spans(&self) -> Spans {
        let (clock, pact) = (self.plan.clock, &self.plan.pact);
        Spans {
            beat_ms: clock.beat_ms,
            brake_ms: pact.terms.brake_ms,
            term_ms: pact.lasts_ms,
            complaint_ms: pact.terms.complaint_ms,
            renewal: pact.terms.renewal,
            set_times: pact.set_times_ms.is_some(),
        }
    }

    fn story(&self, seed: u64, run: u64, script: Option<&[Happening]>) -> Story {
        let mut notes = Vec::new();
        let (run, refused) = World::new(&self.plan, (seed, run), script, &mut notes).play();
        Story { run, notes, refused }
    }
}

impl Trial for Rehearsal {
    fn run(&self, seed: u64, run: u64) -> Run {
        World::new(&self.plan, (seed, run), None, Deaf).play().0
    }

    fn horizon_ms(&self) -> u64 {
        self.plan.horizon_ms
    }
}

#[cfg(test)]
mod tests;
