//! The fold: events in, one at a time and in order; each changes something or is refused and changes nothing.

use super::drafting::{Custody, Drafting};
use super::event::{Act, Event, Position, Sid};
use super::force::{Force, Phase, Word};
use super::incidents::Speaker;
use super::refusal::Refusal;
use super::setting::{Setting, Viewer};
use super::sides::Side;
use super::status::Status;
use super::table::{self, State};
use super::tries::{Closed, Tries};
use crate::limits::{LIFE_EVENTS_MAX, LIFE_REFUSALS_MAX};
use crate::words::At;
use backchannel_wire::{Beat, MemberId, PartyNo, UtcMs};
use std::collections::BTreeSet;

/// An understanding as far as its events have been folded.
#[derive(Clone, Debug)]
pub struct Life {
    pub(super) setting: Setting,
    pub(super) drafting: Drafting,
    pub(super) tries: Tries,
    pub(super) force: Option<Force>,
    last: Option<Position>,
    now: UtcMs,
    events: usize,
}

/// The status at an instant: the fold of every event up to it, in whatever order they are handed in (LIFE-1, LIFE-2).
/// `at` is the last beat that was seen whole, and the instant.
pub fn status(setting: &Setting, events: &[Event], at: At) -> Status {
    fold(setting, events, at).0.status(at)
}

/// Folds every event up to an instant, and tells which were refused and why (at most [`LIFE_REFUSALS_MAX`]).
pub fn fold(setting: &Setting, events: &[Event], at: At) -> (Life, Vec<(Position, Refusal)>) {
    let mut order: Vec<&Event> = events.iter().collect();
    order.sort_unstable();
    let mut life = Life::new(setting.clone());
    let mut refused = Vec::new();
    let seen = |event: &&&Event| event.position.beat <= at.beat && event.position.utc <= at.utc;
    for event in order.iter().take_while(seen) {
        if let Err(refusal) = life.admit(event)
            && refused.len() < LIFE_REFUSALS_MAX
        {
            refused.push((event.position, refusal));
        }
    }
    (life, refused)
}

impl Life {
    /// An understanding of which nothing is on record.
    pub fn new(setting: Setting) -> Self {
        let (drafting, tries) = (Drafting::default(), Tries::default());
        Self { setting, drafting, tries, force: None, last: None, now: UtcMs(0), events: 0 }
    }

    /// Takes an event that stands after every one taken before. One that is refused changes nothing (LIFE-3); for one
    /// that came late in the order, fold from scratch.
    pub fn admit(&mut self, event: &Event) -> Result<(), Refusal> {
        let at = event.position;
        if self.last.is_some_and(|last| at.place() <= last.place()) {
            return Err(Refusal::OutOfOrder);
        }
        if self.events >= LIFE_EVENTS_MAX {
            return Err(Refusal::Full);
        }
        if !table::author_may(&self.setting, event) {
            return Err(Refusal::Author);
        }
        if !table::room_fits(&self.setting, event) {
            return Err(Refusal::Room);
        }
        let now = self.now.max(at.utc);
        if !table::permits(event.act.kind(), self.state(seen_before(at.beat), now)) {
            return Err(Refusal::State);
        }
        if self.is_ending(event, now) {
            return Err(Refusal::State);
        }
        self.apply(event, now)?;
        (self.last, self.now, self.events) = (Some(at), now, self.events + 1);
        Ok(())
    }

    /// Whether this party's station may acknowledge a try in the beat after `seen`. The registry alone could not tell: a
    /// depositary that kept a copy would bring into effect what its party had taken back (LIFE-17, MODEL-3).
    pub fn may_acknowledge(&self, sid: Sid, party: PartyNo, seen: Beat) -> Result<(), Refusal> {
        self.unsettled()?;
        let found = self.tries.of(&sid, party)?;
        let withdrew = |custody: &Custody| custody.withdrawn.contains(&party);
        match () {
            () if found.closed.is_some() => Err(found.closed.map_or(Refusal::Roster, Closed::refusal)),
            () if !found.open(Some(seen)) => Err(Refusal::Late),
            () if found.released.is_none() => Err(Refusal::NotReleased),
            () if found.acknowledged.contains(&party) => Err(Refusal::Repeated),
            () if !found.is_named_by(party) => Err(Refusal::Unnamed),
            () if self.drafting.custody.get(&sid).is_some_and(withdrew) => Err(Refusal::NoDeposit),
            () => Ok(()),
        }
    }

    /// Where it stands when the registry was seen through a beat, at an instant (LIFE-18).
    pub(super) fn state(&self, seen: Option<Beat>, now: UtcMs) -> Option<State> {
        if let Some(force) = &self.force {
            return Some(match force.phase(now, seen) {
                Phase::Waiting => State::Deposited,
                Phase::InQuestion => State::InQuestion,
                Phase::Suspended => State::Suspended,
                Phase::InEffect if force.renewals > 0 => State::Renewed,
                Phase::InEffect => State::InEffect,
                Phase::Over(state) => state,
            });
        }
        match self.tries.latest() {
            Some((sid, latest)) if latest.open(seen) => Some(self.trying(sid)),
            Some((_, latest)) if self.drafting.moved.is_none_or(|moved| moved <= latest.begun) => {
                Some(State::Void)
            }
            _ => self.drafting.state.map(|state| self.expired(state, now)),
        }
    }

    fn trying(&self, sid: Sid) -> State {
        let here = self.drafting.custody.get(&sid);
        let held = here.is_some_and(|custody| !custody.deposits.is_empty() || custody.released.is_some());
        let posted = self.tries.latest().is_some_and(|(_, latest)| latest.released.is_some());
        if held || posted { State::Deposited } else { State::Approving }
    }

    /// A frozen text whose latest expiry has passed can no longer bind anybody (LIFE-18).
    fn expired(&self, state: State, now: UtcMs) -> State {
        let text = self.drafting.digest.and_then(|digest| self.setting.texts.get(&digest));
        let passed = text.is_some_and(|text| now >= text.terms.latest_expiry);
        let frozen = matches!(state, State::Frozen | State::Approving);
        if passed && frozen { State::Void } else { state }
    }

    /// Once the end has come, and until it is certain, nothing is taken but incidents (INCIDENT-4).
    fn is_ending(&self, event: &Event, now: UtcMs) -> bool {
        let incident = matches!(event.act, Act::Incident { .. });
        !incident && self.force.as_ref().is_some_and(|force| force.is_ending(now))
    }

    fn apply(&mut self, event: &Event, now: UtcMs) -> Result<(), Refusal> {
        let (party, by) = (event.party, (event.party, event.member));
        let at = event.position;
        match &event.act {
            // The pen begins a text, lays it before the parties (LIFE-7, LIFE-8), or is laid down (LIFE-20).
            Act::Drafted => self.draft(State::Draft),
            Act::Submitted => self.draft(State::Submitted),
            Act::Abandoned => {
                self.drafting.moved = Some(at);
                self.draft(State::Abandoned)
            }
            Act::Commented => self.drafting.comment(),
            Act::Frozen { version, digest } => self.drafting.freeze(*version, *digest, at),
            Act::Approved { digest } => {
                self.drafting.frozen(*digest)?;
                self.drafting.approve(by, self.setting.side(digest, party)?)
            }
            Act::ApprovalTakenBack { digest } => {
                self.drafting.take_back(*digest, by, &self.tries.open(seen_before(at.beat)))
            }
            Act::Deposited { sid } => self.deposit(*sid, party, now),
            Act::DepositWithdrawn { sid } => self.drafting.withdraw(*sid, party),
            Act::Destroyed { sid } => self.tries.of(sid, party).and_then(|_| self.drafting.destroyed(*sid)),
            _ => self.decide(event, now),
        }
    }

    /// What the registry decides: judged by what stood there before, and by nothing else (LIFE-6).
    fn decide(&mut self, event: &Event, now: UtcMs) -> Result<(), Refusal> {
        let (party, at) = (event.party, event.position);
        match &event.act {
            Act::CeremonyBegun { sid, digest, expiry } => {
                self.unsettled()?;
                self.tries.name(&self.setting, (*sid, *digest, *expiry), (party, at, now))
            }
            Act::Released { sid, released_at } if party == PartyNo::INTERMEDIARY => {
                self.tries.of(sid, self.own())?.check_certificate(*released_at)?;
                self.drafting.released(*sid, *released_at)
            }
            Act::Released { sid, released_at } => {
                self.tries.released((*sid, *released_at), party, &self.setting)
            }
            Act::Acknowledged { sid } => self.acknowledge(*sid, party, (at.beat, now)),
            Act::RosterChanged { side } => self.change_roster(party, side, at.beat),
            Act::Told { zone } => self.settled()?.tell(*zone, party, now),
            Act::Reaffirmed { until, by } => self.say(party, Word::Reaffirmed(*until), by, now),
            Act::NoticeGiven { effective, urgent, by } => {
                self.say(party, Word::Notice { effective: *effective, urgent: *urgent }, by, now)
            }
            Act::NoticeTakenBack { by } => self.say(party, Word::NoticeBack, by, now),
            Act::Superseded { by, from } => self.settled()?.supersede(*by, *from, now),
            Act::Incident { id, act } => {
                let force = self.force.as_mut().ok_or(Refusal::NotSettled)?;
                let side = self.setting.side(&force.digest, party)?;
                force.incident(*id, act, Speaker { party, side, beat: at.beat, now })
            }
            _ => Err(Refusal::State),
        }
    }

    /// Whose record it is; the intermediary's if it is no party's.
    fn own(&self) -> PartyNo {
        match self.setting.viewer {
            Viewer::Party(party) => party,
            Viewer::Intermediary => PartyNo::INTERMEDIARY,
        }
    }

    fn draft(&mut self, state: State) -> Result<(), Refusal> {
        self.drafting.state = Some(state);
        Ok(())
    }

    fn deposit(&mut self, sid: Sid, party: PartyNo, now: UtcMs) -> Result<(), Refusal> {
        let found = self.tries.of(&sid, party)?;
        if now >= found.expiry || found.closed.is_some() {
            return Err(Refusal::Expired);
        }
        let side = self.setting.side(&found.digest, party)?;
        let mine = self.setting.viewer == Viewer::Party(party);
        if mine && !self.drafting.approved(found.digest, party, side) {
            return Err(Refusal::Unapproved);
        }
        self.drafting.deposit(sid, party)
    }

    fn acknowledge(&mut self, sid: Sid, party: PartyNo, (beat, now): (Beat, UtcMs)) -> Result<(), Refusal> {
        self.unsettled()?;
        let Some(digest) = self.tries.acknowledge(sid, party, beat, &self.setting)? else { return Ok(()) };
        let text = self.setting.texts.get(&digest).ok_or(Refusal::UnknownText)?;
        let parties = text.sides.parties().collect();
        self.force =
            Some(Force::new(sid, digest, text.terms.clone(), parties, (now, self.setting.beats.clone())));
        Ok(())
    }

    fn change_roster(&mut self, party: PartyNo, side: &Side, beat: Beat) -> Result<(), Refusal> {
        if !side.sound() {
            return Err(Refusal::RosterUnsound);
        }
        self.setting.change_roster(party, side);
        if self.force.is_none() {
            self.tries.close(beat);
            self.drafting.roster_changed();
        }
        Ok(())
    }

    /// A word that binds a party once its quorum said it.
    fn say(
        &mut self,
        party: PartyNo,
        word: Word,
        by: &BTreeSet<MemberId>,
        now: UtcMs,
    ) -> Result<(), Refusal> {
        let force = self.force.as_mut().ok_or(Refusal::NotSettled)?;
        force.say(party, word, by, (self.setting.side(&force.digest, party)?, now))
    }

    fn settled(&mut self) -> Result<&mut Force, Refusal> {
        self.force.as_mut().ok_or(Refusal::NotSettled)
    }

    fn unsettled(&self) -> Result<(), Refusal> {
        if self.force.is_some() { Err(Refusal::Settled) } else { Ok(()) }
    }
}

/// What was seen whole when a beat's events are judged.
fn seen_before(beat: Beat) -> Option<Beat> {
    beat.0.checked_sub(1).map(Beat)
}
