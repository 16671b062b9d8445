//! The verbatim guard at work (docs/spec/desk.md, REG rules; promise P11).

use super::Desk;
use super::book::{Kept, Stored, id_of};
use super::guard::{Check, again_of, closing_of};
use super::seen::{Page, PagePlace, Shared};
use super::sentences::{altered, brief};
use super::types::{Facts, Outgoing, Reaction, class_of, day_of};
use crate::limits::{DIGEST_SLOTS, MATCH_BEATS};
use crate::machine::watch::AlarmKind;
use crate::sabotage::{Sabotage, on};
use backchannel_accord::event::{Progress, Step};
use backchannel_accord::guard::Guarded;
use backchannel_accord::{DispatchId, Event, Observation, Record};
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{Beat, Head, PartyNo, RoomId};
use rand_chacha::ChaCha20Rng;
use std::collections::BTreeSet;

impl Desk {
    /// This station entered the registry, for the first time or anew, or the relay was restored: what came before may
    /// have been missed, unless `complete` says that no station of this party was there before.
    pub fn registry_entered(&mut self, complete: bool) {
        self.guard.anew(complete);
        self.through = None;
        self.guard_dirty = true;
    }

    /// What a station of the same party that came later must know; nothing if this one may have missed something itself.
    pub fn share_digests(&self) -> Option<Shared> {
        let whole = self.guard.complete && self.seen.whole(self.guard.last_page);
        self.through.filter(|_| whole).and_then(|through| self.seen.share(through))
    }

    /// What another station of the same party was shown: all there was before this one began to follow, if it did so in
    /// time (REG-4).
    pub fn take_digests(&mut self, shared: &Shared, facts: &Facts<'_>) -> Reaction {
        self.meet(facts);
        let mut reaction = Reaction::default();
        if self.guard.complete {
            return reaction;
        }
        let news = self.seen.news(shared);
        if !news.is_empty() {
            let number = self.begin_page(facts.beat, facts);
            if let Some((place, page)) = self.seen.add_shared(number, news) {
                store(place, page, &mut reaction);
            }
        }
        let joins = self.guard.since.is_some_and(|since| since.0 <= shared.through.0.saturating_add(1));
        self.guard.complete = joins;
        self.guard_dirty = true;
        self.judge(facts, &mut reaction);
        reaction
    }

    /// A pulse of another station stands in the registry.
    pub fn registry_pulse(
        &mut self,
        from: PartyNo,
        digests: &[Head; DIGEST_SLOTS],
        matched: &[Head; DIGEST_SLOTS],
        beat: Beat,
        facts: &Facts<'_>,
    ) -> Reaction {
        let mut reaction = Reaction::default();
        if from == self.party || from == PartyNo::INTERMEDIARY {
            return reaction;
        }
        self.meet(facts);
        self.keep_digests(from, beat, digests, facts, &mut reaction);
        for mark in matched {
            if let Some((id, passage)) = self.guard.marked(mark) {
                self.guard_dirty = true;
                self.passage_arrived(from, id, passage, beat, facts, &mut reaction);
            }
        }
        reaction
    }

    fn keep_digests(
        &mut self,
        from: PartyNo,
        beat: Beat,
        digests: &[Head; DIGEST_SLOTS],
        facts: &Facts<'_>,
        reaction: &mut Reaction,
    ) {
        if !self.seen.has_room(self.guard.last_page) {
            self.begin_page(beat, facts);
        }
        if let Some((place, page)) = self.seen.add(self.guard.last_page, from, beat, digests) {
            store(place, page, reaction);
        }
        if let Some(PagePlace { room, day, seq }) = self.seen.shed() {
            reaction.deleted.push((room, day, id_of(seq)));
        }
    }

    fn begin_page(&mut self, beat: Beat, facts: &Facts<'_>) -> u64 {
        let registry = facts.rooms.iter().find(|room| room.kind == RoomKind::Registry);
        let (room, day) = (registry.map(|room| room.room), day_of(facts.at(beat).utc));
        self.guard.last_page = self.guard.last_page.saturating_add(1);
        self.guard_dirty = true;
        self.seen.begin(self.guard.last_page, PagePlace { room, day, seq: self.book.number() });
        self.guard.last_page
    }

    fn passage_arrived(
        &mut self,
        from: PartyNo,
        id: DispatchId,
        passage: u16,
        beat: Beat,
        facts: &Facts<'_>,
        reaction: &mut Reaction,
    ) {
        let at = facts.at(beat);
        let observation = Observation::Matched { id, passage, at };
        if self.book.observe(id, at.utc, observation, self.locked, reaction).is_none() {
            return;
        }
        let (party, item) = ((facts.labels)(from), brief(id));
        let what = match passage {
            0 => format!("A station of {party} says that the read-back {item} arrived word for word."),
            _ => format!("A station of {party} says that passage {passage} of {item} arrived word for word."),
        };
        let room = self.book.ledger.place(id).map(|(room, _)| room);
        let line = reaction.line("matched", what);
        (line.room, line.id, line.name) = (room, Some(id.to_hex()), Some(party));
    }

    /// What this station's registry pulse `number` carries; called when it is built.
    pub fn registry_slots(
        &mut self,
        number: u64,
        rng: &mut ChaCha20Rng,
    ) -> ([Head; DIGEST_SLOTS], [Head; DIGEST_SLOTS]) {
        let (digests, marks, used) = self.guard.slots(number, rng);
        self.guard_dirty |= used;
        (digests, marks)
    }

    /// This station's registry pulse `number` was sealed; earlier ones of which that was never said are lost.
    pub fn registry_sealed(&mut self, number: u64) {
        self.guard_dirty |= self.guard.sealed(number);
    }

    /// A station of `party` has receipted this station's registry pulses up to `number`.
    pub fn registry_receipted(&mut self, party: PartyNo, number: u64) {
        if party != self.party {
            self.guard_dirty |= self.guard.receipted(party, number);
        }
    }

    /// The registry has been followed through this beat.
    pub fn registry_position(&mut self, beat: Beat) {
        self.through = Some(beat);
        if self.guard.since.is_none() {
            self.guard.since = Some(beat);
            self.guard_dirty = true;
        }
    }

    /// Follows a guarded item of this side, own or a colleague's.
    pub(super) fn follow_own(&mut self, id: DispatchId, wait: bool) {
        let guarded = self.book.ledger.guards_of_own(id);
        if !guarded.is_empty() {
            self.guard.follow(id, &guarded, wait);
            self.guard_dirty = true;
        }
    }

    /// Begins to look for the digests of passages received.
    pub(super) fn check_passages(
        &mut self,
        id: DispatchId,
        party: PartyNo,
        guarded: &[Guarded],
        came: (RoomId, Beat),
    ) {
        self.guard.check(id, party, guarded, came);
        self.guard_dirty = true;
    }

    /// What the intermediary says of an own item moves the guard on.
    pub(super) fn guard_progress(&mut self, progress: &Progress, beat: Beat) {
        if self.party == PartyNo::INTERMEDIARY || matches!(progress.step, Step::Conveyed(_)) {
            return;
        }
        let closing = closing_of(self.channel, self.party, progress.of);
        let again = matches!(progress.step, Step::Received);
        self.guard.received(progress.of, beat.plus(MATCH_BEATS), closing, again);
        self.guard_dirty = true;
    }

    /// After a load: what is pending in the ledger is what is looked for, and what is gone is forgotten.
    pub(super) fn guard_after_load(&mut self) {
        let pending = self.book.ledger.guards_pending();
        let wanted: BTreeSet<(DispatchId, u16)> =
            pending.iter().flat_map(|(id, guarded)| guarded.iter().map(|one| (*id, one.passage))).collect();
        let ledger = &self.book.ledger;
        self.guard.keep_only(|id| ledger.knows(id), |check| wanted.contains(&(check.id, check.passage)));
        for (id, guarded) in pending {
            // The beat of a conveyance of which the guard's state was lost is not known: it is never judged too early.
            if let (Some(Event::Conveyance(conveyance)), Some((room, _))) =
                (ledger.event(id), ledger.place(id))
            {
                self.guard.check(id, conveyance.of.party, &guarded, (room, Beat(u64::MAX)));
            }
        }
        self.guard_dirty = true;
    }

    /// Lets go what waited for the registry and is known there.
    pub(super) fn release(&mut self, reaction: &mut Reaction) {
        if self.guard.waiting.is_empty() || self.guard.others.is_empty() {
            return;
        }
        for id in self.guard.released() {
            self.guard_dirty = true;
            let (Some((room, _)), Some(event)) = (self.book.ledger.place(id), self.book.ledger.event(id))
            else {
                continue;
            };
            // What may still go by the registry stays at hand while locked (ROUTE-4).
            let kept = match self.passes_by {
                true => self.held.get(&id).cloned(),
                false => self.held.remove(&id),
            };
            let bytes = kept.map_or_else(|| event.to_bytes(), |bytes| bytes.to_vec());
            reaction.out.push(Outgoing { room, class: class_of(event), tag: id.0, bytes });
        }
    }

    /// Judges the passages received, as far as the registry was followed (REG-4).
    pub(super) fn judge(&mut self, facts: &Facts<'_>, reaction: &mut Reaction) {
        if self.guard.checks.is_empty() {
            return;
        }
        let checks = std::mem::take(&mut self.guard.checks);
        let before = checks.len();
        for check in checks {
            match self.verdict(&check) {
                None => self.guard.checks.push_back(check),
                Some(true) => self.passage_matches(&check, facts, reaction),
                Some(false) => self.passage_altered(&check, facts, reaction),
            }
        }
        self.guard_dirty |= self.guard.checks.len() < before;
    }

    /// Whether the words are their author's; nothing while that cannot be said.
    fn verdict(&self, check: &Check) -> Option<bool> {
        let posted = |digest: &Head| {
            let first = self.seen.beat_of(check.party, &digest.0);
            first.or_else(|| self.seen.beat_of(check.party, &again_of(&digest.0))).is_some()
        };
        if check.digests.iter().all(posted) || on(Sabotage::BlindGuard) {
            return Some(true);
        }
        if self.through.is_none_or(|through| through < check.beat) {
            return None;
        }
        let missed_nothing = self.guard.complete && self.seen.whole(self.guard.last_page);
        let there = self.guard.since.is_some_and(|since| since <= check.beat);
        let closing = closing_of(self.channel, check.party, check.of);
        let closed = self.seen.beat_of(check.party, &closing).is_some_and(|beat| beat >= check.beat);
        (missed_nothing || (there && closed)).then_some(false)
    }

    fn passage_matches(&mut self, check: &Check, facts: &Facts<'_>, reaction: &mut Reaction) {
        let at = facts.at(self.through.unwrap_or(facts.beat));
        let (id, passage) = (check.id, check.passage);
        self.note_of_check(check, Observation::Matched { id, passage, at }, reaction);
        self.guard.mark(check);
        // A query that is its author's begins its clock (GIST-3).
        self.due_at = Some(facts.now);
        let (party, item) = ((facts.labels)(check.party), brief(id));
        let what = match passage {
            0 => format!("The read-back {item} is in the words of {party}."),
            _ => format!("Passage {passage} of {item} is in the words of {party}."),
        };
        let line = reaction.line("matched", what);
        (line.room, line.id, line.name) = (Some(check.room), Some(id.to_hex()), Some(party));
    }

    fn passage_altered(&mut self, check: &Check, facts: &Facts<'_>, reaction: &mut Reaction) {
        let at = facts.at(self.through.unwrap_or(facts.beat));
        let (id, passage) = (check.id, check.passage);
        self.note_of_check(check, Observation::AlteredPassage { id, passage, at }, reaction);
        let party = (facts.labels)(check.party);
        let what = altered(id, passage, &party);
        reaction.alarms.push((AlarmKind::Altered, Some(check.room), what.clone()));
        let line = reaction.line("altered", what);
        (line.room, line.id, line.name) = (Some(check.room), Some(id.to_hex()), Some(party));
    }

    /// A read-back carried back is no item of its own: it is stored with the dispatch it belongs to.
    fn note_of_check(&mut self, check: &Check, observation: Observation, reaction: &mut Reaction) {
        let (Observation::Matched { at, .. } | Observation::AlteredPassage { at, .. }) = observation else {
            return;
        };
        self.book.ledger.observe(observation.clone());
        self.book.keep(check.room, at.utc, Record::Observed(observation), reaction);
    }

    /// Tells which own passages nobody said to match in time (REG-6).
    pub(super) fn miss(&mut self, facts: &Facts<'_>, reaction: &mut Reaction) {
        let Some(through) = self.through else { return };
        for (id, passage) in self.guard.overdue(through) {
            self.guard_dirty = true;
            let at = facts.at(through);
            let observation = Observation::NotMatched { id, passage, at };
            if self.book.observe(id, at.utc, observation, self.locked, reaction).is_none() {
                continue;
            }
            let what = format!(
                "Nobody said that passage {passage} of {} arrived word for word: not conveyed verbatim.",
                brief(id)
            );
            let room = self.book.ledger.place(id).map(|(room, _)| room);
            let line = reaction.line("not-conveyed", what);
            (line.room, line.id) = (room, Some(id.to_hex()));
        }
    }
}

fn store(PagePlace { room, day, seq }: PagePlace, page: Page, reaction: &mut Reaction) {
    reaction.rewritten.push(Stored { room, day, kept: Kept::Page(page) }.to_record(seq));
}
