//! A rehearsal that can be stopped and copied on its way to a breakdown, for breakdowns too rare to wait for (REH-31).
//!
//! A copy that goes on draws afresh whatever is still to be drawn. What was drawn is part of the state: all that stands in
//! the queue, but for the next event of each source, which is drawn again from what is left of its excess; and the few
//! numbers of an affair or a renewal that are looked at more than once, from the first time on. So the law of a run is the
//! same however often it is stopped, and splitting is unbiased whatever its levels are.
//!
//! By `examples/rare.rs`, within a year, of 32 repeats of 2,000 trials at each level, against a million runs:
//!
//! | breakdown | splitting | trials | rough | waiting |
//! |---|---|---:|---|---|
//! | over the fourth alarm within two days | 1.63e-3 (1.51e-3 to 1.77e-3) | 320,000 | no | 1.65e-3 (1.57e-3 to 1.73e-3) |
//! | over the fifth | 1.28e-4 (1.14e-4 to 1.44e-4) | 448,000 | no | 1.35e-4 (1.13e-4 to 1.60e-4) |
//! | over the seventh | 1.05e-6 (8.13e-7 to 1.35e-6) | 704,000 | yes | |
//! | over what was not explained, 0.02 alarms of each kind a year | 1.94e-3 (1.84e-3 to 2.05e-3) | 256,000 | no | 2.04e-3 (1.96e-3 to 2.13e-3) |
//! | the same, 0.0002 | 1.84e-5 (1.40e-5 to 2.40e-5) | 172,000 | yes | 2.10e-5 (1.30e-5 to 3.21e-5) |
//!
//! It gains where the way has many steps. What is decided in one leap, as whether there is a first alarm at all, has no
//! level before it, and takes as many trials as waiting does.

use super::Rehearsal;
use super::affair::{Affair, Standing};
use super::play::{ABSENCE_DRAWS, World};
use super::story::{Deaf, Witness};
use crate::model::Own;
use crate::statistics::rare::{Advance, Staged};
use rand_core::RngCore;

/// Peril at which a level would be 1 without a breakdown; none gets so far.
const PERIL_FULL: f64 = 16.0;
/// The highest level without a breakdown.
const LEVEL_MAX: f64 = 0.99;
/// What alarms add where a table counts them, once they are as many as it asks for.
const COUNTED: f64 = 8.0;
/// Peril while a side bears a grudge over which it may let the term run out, while notice was given or restraint is
/// suspended, and while a side withholds its word.
const GRUDGE: f64 = 5.0;
const NOTICE: f64 = 6.0;
const WITHHELD: f64 = 7.0;

/// A rehearsal on its way.
#[derive(Clone)]
pub struct Staging<'a> {
    world: World<'a, Deaf>,
    /// Affairs that may still lead somewhere, among the first so many.
    live: Vec<u32>,
    seen: usize,
    /// The highest level so far.
    level: f64,
    begun: bool,
}

impl Staged for Rehearsal {
    type State<'a> = Staging<'a>;

    fn start(&self, seed: u64, run: u64) -> Staging<'_> {
        let world = World::new(&self.plan, (seed, run), None, Deaf);
        Staging { world, live: Vec::new(), seen: 0, level: 0.0, begun: false }
    }

    fn advance(&self, state: &mut Staging<'_>, until_level: f64, rng: &mut dyn RngCore) -> Advance {
        if state.level < until_level && std::mem::replace(&mut state.begun, true) {
            state.world.draw_afresh(rng.next_u64());
        }
        while state.level < until_level {
            if !state.world.goes_on() {
                return Advance::Over;
            }
            state.look();
        }
        Advance::Reached
    }
}

impl Staging<'_> {
    /// Looks at how great the peril is after a step.
    fn look(&mut self) {
        if self.world.over.is_some() {
            self.level = 1.0;
            return;
        }
        // No more affairs than a queue can number.
        self.live.extend((self.seen..self.world.affairs.len()).map(|number| number as u32));
        self.seen = self.world.affairs.len();
        let (world, live) = (&self.world, &mut self.live);
        live.retain(|number| world.is_live(*number));
        let level = world.peril(live) / PERIL_FULL;
        self.level = self.level.max(level.min(LEVEL_MAX));
    }
}

impl<W: Witness> World<'_, W> {
    /// Draws everything afresh that was not drawn yet.
    pub(super) fn draw_afresh(&mut self, salt: u64) {
        self.mark = self.mark.child(salt);
        // A side may think of one renewal more than once, and then draws what it drew.
        if self.sides.iter().all(|side| self.now < side.renews_at) {
            self.renewals_mark = self.renewals_mark.child(salt);
        }
        for affair in &mut self.affairs {
            affair.mark = affair.mark.child(salt);
            if !affair.is_told {
                affair.told = affair.told.child(salt);
            }
            if !affair.is_judged {
                affair.judged = affair.judged.child(salt);
            }
        }
        self.absence.draw_afresh(self.mark.child(ABSENCE_DRAWS));
        self.queue.forget_sources();
        let now = (self.now - self.plan.entry) as f64;
        for source in 0..8u8 {
            let mark = self.mark.child(u64::from(source));
            let next = self.sources[usize::from(source)].draw_afresh(now, mark);
            self.put_event(source, next);
        }
    }

    fn is_live(&self, number: u32) -> bool {
        let affair = &self.affairs[number as usize];
        affair.standing != Standing::Over || self.now < affair.suspended_until
    }

    /// How near the state is to a breakdown, as far as can be seen: only its order counts, and only for how noisy an
    /// estimate is.
    fn peril(&self, live: &[u32]) -> f64 {
        let affairs = live.iter().map(|number| self.peril_of(&self.affairs[*number as usize]));
        let worst = affairs.chain((0..2).map(|side| self.peril_from(side))).fold(0.0, f64::max);
        worst + COUNTED * (0..2).map(|side| self.counted(side)).fold(0.0, f64::max)
    }

    /// Of an affair: by steps, each of which has draws of its own before it. It is noticed; it is held to be a breach; its
    /// side's own staff will not find out that it is none; no answer that convinces is on its way; it was judged, and not
    /// let pass.
    fn peril_of(&self, affair: &Affair) -> f64 {
        match affair.standing {
            Standing::Unnoticed => 1.0,
            Standing::Noticed | Standing::Over => NOTICE,
            Standing::Open if affair.hair => NOTICE,
            Standing::Open => {
                let belief = self.plan.worth[affair.observer].belief(affair);
                let bar = self.bar(affair.observer);
                let held = if belief > bar { 1.0 } else { belief / bar / 2.0 };
                let one = |is: bool| f64::from(u8::from(is));
                let asked = affair.opened.is_some() && affair.is_told;
                let helpless =
                    one(!affair.second_look) + one(!affair.second_look && asked && !affair.pending);
                1.5 + held + helpless + one(affair.is_judged) + one(affair.threat) / 4.0
            }
        }
    }

    /// Of what a side remembers and withholds: by how far its credence fell, up to 1.
    fn peril_from(&self, side: usize) -> f64 {
        let mine = &self.sides[side];
        let may_lapse = self.plan.pact.terms.renewal.is_some() && self.own(Own::Grudge, side) > 0.0;
        if self.now > mine.renews_at && !mine.reaffirmed {
            WITHHELD
        } else if self.now < mine.grudge_until && may_lapse {
            GRUDGE
        } else {
            1.0 - (mine.credence(self.now) / self.own(Own::Credence, side)).min(1.0)
        }
    }

    /// How many of the alarms a row of a side's table asks for it has noticed, as a share.
    fn counted(&self, side: usize) -> f64 {
        let noticed = &self.sides[side].noticed;
        let share = |(least, within): (u32, u64)| {
            let recent = noticed.iter().rev().take(least as usize).take_while(|at| self.now - **at <= within);
            recent.count() as f64 / f64::from(least.max(1))
        };
        let rows = self.plan.model.table(side).iter().filter_map(|row| row.incidents);
        rows.map(share).fold(0.0, f64::max)
    }
}
