//! What comes from other stations, what becomes of own items, and what time makes due.

use super::{
    Desk, DeskFate, Facts, JournalLine, NewRecord, Reaction, Shared, at, author_of, ledger_kind, short,
    utc_of,
};
use crate::limits::{DIGEST_SLOTS, SHARED_DIGESTS_MAX};
use crate::machine::outbox::ItemTag;
use crate::machine::room::Who;
use backchannel_accord::event::Step;
use backchannel_accord::ledger::Due;
use backchannel_accord::{Admitted, DispatchId, Event, Observation};
use backchannel_wire::ids::RoomKind as WireKind;
use backchannel_wire::{Beat, Head, PartyNo, RoomId};
use rand_chacha::ChaCha20Rng;

impl Desk {
    /// An event of another station, whose author the room authenticated.
    pub fn item(
        &mut self,
        who: Who,
        room: RoomId,
        kind: WireKind,
        beat: Beat,
        bytes: &[u8],
        facts: &Facts<'_>,
    ) -> Reaction {
        let mut reaction = Reaction::default();
        let label = (facts.member_label)(who.party, who.member);
        let event = match Event::from_bytes(bytes) {
            Ok(event) => event,
            Err(error) => {
                reaction.journal.push(refused(room, &label, error.rule()));
                return reaction;
            }
        };
        if let Event::Progress(progress) = &event
            && let Step::ReadBack { id, .. } = &progress.step
        {
            self.guard.note_carried_back(*id, progress.to);
        }
        let line = told(&event, room, &label, facts);
        let (utc, room_kind) = (utc_of(facts, beat), ledger_kind(kind));
        let admitted = Admitted { author: author_of(who), room, room_kind, beat, utc, event: event.clone() };
        if let Err(refusal) = self.admit(admitted, facts, &mut reaction) {
            reaction.journal.push(refused(room, &label, refusal.rule()));
            return reaction;
        }
        reaction.journal.extend(line);
        self.after_item(&event, beat, facts, &mut reaction);
        self.decide(facts, &mut reaction);
        reaction
    }

    fn after_item(&mut self, event: &Event, beat: Beat, facts: &Facts<'_>, reaction: &mut Reaction) {
        if let Some(id) = event.id() {
            let me = facts.me;
            let observation =
                Observation::Acknowledged { id, party: me.party, member: me.member, at: at(facts, beat) };
            self.observe(observation, facts, reaction);
        }
        if let Event::Progress(progress) = event
            && matches!(progress.step, Step::Received | Step::Read | Step::ReadBack { .. })
        {
            self.guard.arrived_there(progress.of, beat);
            self.guard_dirty = true;
        }
    }

    /// What became of an own item.
    pub fn fate(&mut self, tag: ItemTag, fate: DeskFate, facts: &Facts<'_>) -> Reaction {
        let mut reaction = Reaction::default();
        let id = DispatchId(tag);
        let hex = id.to_hex();
        let room = self.ledger.place(id).map(|(room, _)| room);
        let (kind, what, name) = match fate {
            DeskFate::Sent(beat) => {
                self.observe(Observation::Sent { id, at: at(facts, beat) }, facts, &mut reaction);
                ("sent", format!("{} left in beat {beat}.", short(&hex)), None)
            }
            DeskFate::Acknowledged(who, beat) => {
                let (party, member) = (who.party, who.member);
                let observation = Observation::Acknowledged { id, party, member, at: at(facts, beat) };
                self.observe(observation, facts, &mut reaction);
                let label = (facts.member_label)(party, member);
                (
                    "acknowledged",
                    format!("{} was acknowledged by the station of {label} in beat {beat}.", short(&hex)),
                    Some(label),
                )
            }
            DeskFate::Undeliverable => (
                "undeliverable",
                format!("{} cannot be delivered: nobody it was for is left in the room.", short(&hex)),
                None,
            ),
        };
        reaction.journal.push(JournalLine { kind, room, id: Some(hex), what, name });
        reaction
    }

    /// Another party's registry pulse.
    pub fn registry_pulse(
        &mut self,
        party: PartyNo,
        digests: &[Head; DIGEST_SLOTS],
        matched: &[Head; DIGEST_SLOTS],
        beat: Beat,
        facts: &Facts<'_>,
    ) -> Reaction {
        let mut reaction = Reaction::default();
        if party == facts.me.party {
            return reaction;
        }
        self.guard_dirty = true;
        for (id, passage) in self.guard.pulse(party, digests, matched) {
            self.observe(Observation::Matched { id, passage, at: at(facts, beat) }, facts, &mut reaction);
            let hex = id.to_hex();
            let label = (facts.labels)(party);
            let what = format!(
                "Passage {passage} of {} arrived word for word; {label}'s station says so.",
                short(&hex)
            );
            reaction.journal.push(JournalLine {
                kind: "matched",
                room: None,
                id: Some(hex),
                what,
                name: Some(label),
            });
        }
        self.decide(facts, &mut reaction);
        reaction
    }

    /// The slots of registry pulse number `n`.
    pub fn registry_slots(
        &mut self,
        n: u64,
        rng: &mut ChaCha20Rng,
    ) -> ([Head; DIGEST_SLOTS], [Head; DIGEST_SLOTS]) {
        self.guard_dirty = true;
        self.guard.slots(n, rng)
    }

    /// Registry pulse `n` was sealed.
    pub fn registry_sealed(&mut self, n: u64) {
        self.guard.sealed(n);
        self.guard_dirty = true;
    }

    /// A station of `party` has receipted this station's registry pulses up to `pulse`.
    pub fn registry_receipted(&mut self, party: PartyNo, pulse: u64) {
        self.guard_dirty |= self.guard.receipted(party, pulse);
    }

    /// The registry was followed through `beat`.
    pub fn registry_position(&mut self, beat: Beat) {
        self.guard.follow(beat);
    }

    /// This station entered the registry: from the first beat its party was there, or later.
    pub fn registry_entered(&mut self, complete: bool) {
        self.guard.set_complete(complete);
        self.guard_dirty = true;
    }

    /// What a station of the same party that came later must know.
    pub fn share_digests(&self) -> Option<Shared> {
        self.guard.share(SHARED_DIGESTS_MAX)
    }

    /// What another station of the same party was shown.
    pub fn take_digests(&mut self, shared: &Shared, facts: &Facts<'_>) -> Reaction {
        let mut reaction = Reaction::default();
        self.guard.take_shared(shared);
        self.guard_dirty = true;
        self.decide(facts, &mut reaction);
        reaction
    }

    fn decide(&mut self, facts: &Facts<'_>, reaction: &mut Reaction) {
        for decision in self.guard.decide() {
            self.guard_dirty = true;
            let (id, passage, at) = (decision.id, decision.passage, at(facts, facts.beat));
            let observation = match decision.matched {
                true => Observation::Matched { id, passage, at },
                false => Observation::AlteredPassage { id, passage, at },
            };
            self.observe(observation, facts, reaction);
        }
    }

    /// Time has passed: what the registry receipted leaves, what is due is done.
    pub fn tick(&mut self, facts: &Facts<'_>) -> Reaction {
        let mut reaction = Reaction::default();
        let others: Vec<PartyNo> =
            facts.parties.iter().copied().filter(|party| *party != facts.me.party).collect();
        let ready = self.guard.release(&others);
        self.guard_dirty |= !ready.is_empty();
        reaction.out.extend(ready);
        self.decide(facts, &mut reaction);
        for (id, passage) in self.guard.overdue(facts.beat) {
            self.guard_dirty = true;
            let at = at(facts, facts.beat);
            self.observe(Observation::NotMatched { id, passage, at }, facts, &mut reaction);
            let hex = id.to_hex();
            let what = format!(
                "Passage {passage} of {} was not conveyed verbatim: no station of the other side says \
                    it matched.",
                short(&hex)
            );
            reaction.journal.push(JournalLine {
                kind: "not-conveyed",
                room: None,
                id: Some(hex),
                what,
                name: None,
            });
        }
        for due in self.ledger.due(facts.now) {
            self.do_due(due, facts, &mut reaction);
        }
        reaction
    }

    fn do_due(&mut self, due: Due, facts: &Facts<'_>, reaction: &mut Reaction) {
        match due {
            Due::Drop { ids, why } => {
                self.observe(Observation::Dropped { ids, why, utc: facts.now }, facts, reaction);
            }
            Due::Return { id, ids } => self.give_back(id, ids, facts, reaction),
            Due::ReplySoon { id, .. } => {
                if self.reminded.insert((id, false)) {
                    let hex = id.to_hex();
                    let what = format!("An answer to {} is asked within the hour.", short(&hex));
                    reaction.journal.push(JournalLine {
                        kind: "reply-soon",
                        room: None,
                        id: Some(hex),
                        what,
                        name: None,
                    });
                }
            }
            Due::ReplyOverdue { id, .. } => {
                if self.reminded.insert((id, true)) {
                    let hex = id.to_hex();
                    let what = format!("The time for an answer to {} has passed without one.", short(&hex));
                    reaction.journal.push(JournalLine {
                        kind: "reply-overdue",
                        room: None,
                        id: Some(hex),
                        what,
                        name: None,
                    });
                }
            }
        }
    }

    /// Hands a read-and-return item back: says so, and drops its text.
    pub(super) fn give_back(
        &mut self,
        id: DispatchId,
        ids: Vec<DispatchId>,
        facts: &Facts<'_>,
        reaction: &mut Reaction,
    ) {
        let place = self.ledger.place(id).zip(self.ledger.room_kind(id));
        if let Some(((room, _), kind)) = place {
            // An observer may return as well; a refusal leaves the text to its term.
            if self.send(Event::Returned(id), room, kind, facts, reaction).is_ok() {
                let why = backchannel_accord::ledger::DropReason::Returned;
                self.observe(Observation::Dropped { ids, why, utc: facts.now }, facts, reaction);
            }
        }
    }

    /// The records that are kept, for tests and for moving them.
    pub fn kept(&self) -> Vec<NewRecord> {
        self.kept
            .iter()
            .map(|(number, kept)| NewRecord {
                room: kept.room,
                day: kept.day,
                id: number.to_be_bytes().to_vec(),
                bytes: backchannel_wire::canonical::to_vec(&kept.record),
            })
            .collect()
    }
}

fn refused(room: RoomId, label: &str, rule: &str) -> JournalLine {
    let what = format!("Something from {label} was not admitted ({rule}).");
    JournalLine { kind: "refused", room: Some(room), id: None, what, name: Some(label.to_owned()) }
}

/// What the journal says of an event, without a word of it.
fn told(event: &Event, room: RoomId, label: &str, facts: &Facts<'_>) -> Option<JournalLine> {
    let (kind, id, what) = match event {
        Event::Dispatch(dispatch) => {
            ("received", dispatch.id, format!("A dispatch came from {label}: {}.", dispatch.form.name()))
        }
        Event::Conveyance(conveyance) => {
            let side = (facts.labels)(conveyance.of.party);
            ("received", conveyance.id, format!("{label} conveys a {} of {side}.", conveyance.form.name()))
        }
        Event::ReadBack(read_back) => {
            ("read-back", read_back.of, format!("{label} read back what it understood."))
        }
        Event::Read(of) => ("read", *of, format!("{label} has read it.")),
        Event::Returned(of) => ("returned", *of, format!("{label} has handed it back.")),
        Event::Declined(declined) => {
            ("not-conveyed", declined.of, "The intermediary does not carry it.".to_owned())
        }
        Event::Progress(progress) => {
            let side = (facts.labels)(progress.to);
            let (kind, what) = match &progress.step {
                Step::Conveyed(_) => ("conveyed", format!("The intermediary conveyed it to {side}.")),
                Step::Received => ("received-there", format!("A station of {side} has it.")),
                Step::Read => ("read-there", format!("It was read at {side}.")),
                Step::ReadBack { .. } => ("read-back", format!("{side} read it back.")),
            };
            (kind, progress.of, what)
        }
    };
    Some(JournalLine { kind, room: Some(room), id: Some(id.to_hex()), what, name: Some(label.to_owned()) })
}
