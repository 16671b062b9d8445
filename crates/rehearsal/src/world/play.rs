//! One run from the entry of the text to its end or the horizon.

use super::Plan;
use super::affair::Affair;
use super::courier::Absence;
use super::draws::Mark;
use super::queue::{Queue, Step};
use super::side::Side;
use super::sources::{DAY_MS, Happens, Source};
use super::story::{Happening, Note, Witness};
use crate::model::{Courier, Own};
use crate::run::{Cause, Run};
use backchannel_accord::life::{Life, State};
use backchannel_wire::{Beat, MemberId, UtcMs};
use std::collections::BTreeSet;

/// Numbers of what draws besides the eight sources.
pub(super) const SIDES_DRAW: u64 = 100;
pub(super) const RENEWALS_DRAW: u64 = 200;
pub(super) const ABSENCE_DRAWS: u64 = 300;
pub(super) const SCRIPT_DRAWS: u64 = 400;
/// Room for what is to come, and for affairs: what a run of some years has at a time.
const ROOM: usize = 64;

/// A run under way. Instants in milliseconds of UTC.
#[derive(Clone)]
pub(super) struct World<'a, W> {
    pub(super) plan: &'a Plan,
    pub(super) mark: Mark,
    pub(super) renewals_mark: Mark,
    pub(super) life: Life,
    pub(super) queue: Queue,
    pub(super) affairs: Vec<Affair>,
    pub(super) sides: [Side; 2],
    pub(super) people: [BTreeSet<MemberId>; 2],
    pub(super) absence: Absence,
    pub(super) sources: [Source; 8],
    counts: [u64; 8],
    script: &'a [Happening],
    pub(super) now: u64,
    /// The first instant no longer in effect as far as is known, and when that is certain.
    pub(super) until: u64,
    pub(super) certain: u64,
    pub(super) renewals: u32,
    /// Until when the text is in question at most, and suspended; until when time in question is counted.
    pub(super) question_until: u64,
    pub(super) suspended_until: u64,
    /// Until when strikes while restraint is suspended were drawn.
    pub(super) drawn_until: u64,
    counted: u64,
    /// The last beat, side and number of what was sealed.
    pub(super) last: (Beat, usize, u16),
    pub(super) over: Option<(u64, Option<Cause>)>,
    question_ms: u64,
    alarms: u32,
    pub(super) incidents: u32,
    pub(super) refused: u32,
    cost: f64,
    witness: W,
}

impl<'a, W: Witness> World<'a, W> {
    /// A run at its beginning: of the sources, or of a script if there is one.
    pub(super) fn new(
        plan: &'a Plan,
        (seed, run): (u64, u64),
        script: Option<&'a [Happening]>,
        witness: W,
    ) -> Self {
        let mark = Mark::run(seed, run);
        let model = &plan.model;
        let source = |at: usize| Source::new(model, Happens::ALL[at / 2], at % 2, mark.child(at as u64));
        let mut world = Self {
            plan,
            mark,
            renewals_mark: mark,
            life: plan.settled.clone(),
            queue: Queue::with_room(ROOM),
            affairs: Vec::with_capacity(ROOM),
            sides: [0, 1].map(|side| Side::new(model, side, mark.child(SIDES_DRAW + side as u64))),
            people: plan.pact.people.clone(),
            absence: Absence::new(model, plan.entry, mark),
            sources: std::array::from_fn(source),
            counts: [0; 8],
            script: script.unwrap_or_default(),
            now: plan.entry,
            until: u64::MAX,
            certain: u64::MAX,
            renewals: 0,
            question_until: 0,
            suspended_until: 0,
            drawn_until: 0,
            counted: plan.entry,
            last: (Beat(0), 0, 0),
            over: None,
            question_ms: 0,
            alarms: 0,
            incidents: 0,
            refused: 0,
            cost: 0.0,
            witness,
        };
        match script {
            Some(script) => world.put_script(script),
            None => (0..8).for_each(|source| world.put_next(source)),
        }
        world.begin();
        world
    }

    fn put_script(&mut self, script: &[Happening]) {
        for (number, happening) in (0..).zip(script) {
            self.queue.put(self.plan.entry.saturating_add(happening.at_ms), Step::Written(number));
        }
    }

    /// Puts down the next event of a source, if it comes before the horizon.
    fn put_next(&mut self, source: u8) {
        let after = self.sources[usize::from(source)].next();
        self.put_event(source, after);
    }

    pub(super) fn put_event(&mut self, source: u8, after: f64) {
        if after <= self.plan.horizon_ms as f64 {
            self.queue.put(self.plan.entry + after as u64, Step::Occurs(source));
        }
    }

    fn begin(&mut self) {
        if self.has_channel() {
            self.look_at_end();
            self.put_renewals();
        } else {
            self.until = self.plan.entry + self.plan.pact.lasts_ms;
            self.queue.put(self.until, Step::Reconsider);
        }
    }

    /// Goes through what comes until restraint is over or the horizon is reached.
    pub(super) fn play(mut self) -> (Run, u32) {
        while self.goes_on() {}
        let (over, cause) = self.over.unwrap_or((self.horizon(), None));
        let (over, cause) = self.by_horizon((over, cause));
        self.count_question(over);
        let days = self.question_ms as f64 / DAY_MS;
        let daily: f64 = (0..2).map(|side| self.own(Own::QuestionCost, side)).sum();
        let run = Run {
            held_ms: over - self.plan.entry,
            cause,
            question_ms: self.question_ms,
            alarms: self.alarms,
            incidents: self.incidents,
            cost: self.cost + days * daily,
        };
        (run, self.refused)
    }

    /// What somebody did beyond the horizon, while an end before it was not certain yet, was no part of what is looked at.
    fn by_horizon(&self, (over, cause): (u64, Option<Cause>)) -> (u64, Option<Cause>) {
        if over <= self.horizon() {
            return (over, cause);
        }
        let withdrawn =
            self.life.state_at(self.plan.clock.seen_at(UtcMs(self.certain))) == Some(State::Withdrawn);
        (self.until, Some(if withdrawn { Cause::Notice } else { Cause::Lapse }))
    }

    pub(super) fn horizon(&self) -> u64 {
        self.plan.entry.saturating_add(self.plan.horizon_ms)
    }

    /// Takes the next step; whether there was one before restraint was over, or the horizon reached.
    pub(super) fn goes_on(&mut self) -> bool {
        if self.over.is_some() {
            return false;
        }
        let horizon = self.horizon();
        // An end that comes by the horizon may be certain only after it.
        let ends = self.until <= horizon;
        match self.queue.next_at() {
            Some(at) if at <= if ends { self.certain } else { horizon } => self.next(),
            _ if ends => self.end_by_terms(),
            _ => return false,
        }
        true
    }

    fn next(&mut self) {
        let Some((at, step)) = self.queue.take() else { return };
        self.now = at;
        match step {
            Step::Occurs(source) => self.occurs(source),
            Step::Written(number) => self.written(number),
            Step::Notices(affair) => self.notices(affair),
            Step::SecondLook(affair) => self.second_look(affair),
            Step::Opened(affair) => self.opened(affair),
            Step::Reported(affair) => self.reported(affair),
            Step::Provisional(affair) => self.provisional(affair),
            Step::Answered(affair) => self.answered(affair),
            Step::Words(affair) => self.words(affair),
            Step::ReplyDue(affair) => self.reply_due(affair),
            Step::Deadline(affair) => self.deadline(affair),
            Step::Settled(affair, side) => self.settled(affair, usize::from(side)),
            Step::Dropped(affair) => self.dropped(affair),
            Step::Suspended(affair, side) => self.suspended(affair, usize::from(side)),
            Step::Notice(affair) => self.notice(affair),
            Step::NoticeBack(side) => self.notice_back(usize::from(side)),
            Step::Renews(side) => self.renews(usize::from(side)),
            Step::Reaffirmed(side) => self.reaffirmed(usize::from(side)),
            Step::Strikes(affair) => self.strike(affair),
            Step::Reconsider => self.reconsider(),
        }
    }

    fn occurs(&mut self, source: u8) {
        let at = usize::from(source);
        let mark = self.mark.child(at as u64).child(self.counts[at]);
        self.counts[at] += 1;
        self.put_next(source);
        self.happens(Happens::ALL[at / 2], at % 2, mark);
    }

    fn written(&mut self, number: u32) {
        let Some(happening) = self.script.get(number as usize) else { return };
        self.happens(
            happening.what,
            happening.side.min(1),
            self.mark.child(SCRIPT_DRAWS).child(u64::from(number)),
        );
    }

    /// Restraint ends by the terms, once nothing can hold that back any more (REH-26).
    fn end_by_terms(&mut self) {
        self.now = self.certain;
        let seen = self.plan.clock.seen_at(UtcMs(self.now));
        match self.life.state_at(seen) {
            Some(State::Withdrawn) => self.end(self.until, Cause::Notice),
            Some(State::Lapsed) => self.end(self.until, Cause::Lapse),
            // The rules see more than was looked for here: the next beat tells.
            _ => self.certain += self.plan.clock.beat_ms,
        }
    }

    /// Restraint is over (REH-26).
    pub(super) fn end(&mut self, at: u64, cause: Cause) {
        self.tell(|| Note::Over(cause));
        self.over = Some((at, Some(cause)));
    }

    /// Counts the time in question up to an instant (REH-26).
    pub(super) fn count_question(&mut self, up_to: u64) {
        let from = self.counted.max(self.suspended_until);
        let up_to = up_to.min(self.horizon());
        self.question_ms += up_to.min(self.question_until).saturating_sub(from);
        self.counted = self.counted.max(up_to);
    }

    /// Counts an alarm that was no breach, and what it costs who noticed it.
    pub(super) fn count_alarm(&mut self, side: usize) {
        if self.now > self.horizon() {
            return;
        }
        self.alarms += 1;
        self.cost += self.own(Own::AlarmCost, side);
    }

    pub(super) fn tell(&mut self, note: impl FnOnce() -> Note) {
        if W::HEARS {
            self.witness.hear(self.now - self.plan.entry, note());
        }
    }

    pub(super) fn own(&self, which: Own, side: usize) -> f64 {
        self.plan.model.own(which, side)
    }

    pub(super) fn has_channel(&self) -> bool {
        self.plan.model.courier() != Courier::None
    }

    /// Whether the text is in question now, by the incidents the rules hold it to be in question for.
    pub(super) fn is_in_question(&self) -> bool {
        self.now < self.question_until && self.now >= self.suspended_until
    }

    /// Where the text stands; without a channel restraint is simply there.
    pub(super) fn state(&self) -> State {
        if !self.has_channel() {
            return State::InEffect;
        }
        match self.life.state_at(self.plan.clock.seen_at(UtcMs(self.now))) {
            None | Some(State::Renewed) => State::InEffect,
            Some(state) => state,
        }
    }
}
