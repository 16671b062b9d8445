//! What comes from other stations, and what became of what this one sent (docs/spec/desk.md, DESK rules).

use super::Desk;
use super::book::{Kept, Stored, id_of};
use super::sentences::{brief, capital, event_words};
use super::types::{DeskFate, Facts, Outgoing, Reaction, class_of, day_of, room_kind};
use crate::limits::{EARLY_EVENTS_MAX, EARLY_EVENTS_OF_ONE_MAX};
use crate::machine::outbox::ItemTag;
use crate::machine::room::Who;
use backchannel_accord::event::Step;
use backchannel_accord::ledger::Receipt;
use backchannel_accord::{Admitted, Author, Consequence, DispatchId, Event, Observation, Record, Refusal};
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{Beat, PartyNo, RoomId, UtcMs};

impl Desk {
    /// An event of another station, whose author the room authenticated.
    pub fn item(
        &mut self,
        from: Who,
        room: RoomId,
        kind: RoomKind,
        beat: Beat,
        bytes: &[u8],
        facts: &Facts<'_>,
    ) -> Reaction {
        self.meet(facts);
        let mut reaction = Reaction::default();
        let who = facts.person(from.party, from.member);
        let event = match Event::from_bytes(bytes) {
            Ok(event) => event,
            Err(error) => {
                // Its words are not repeated anywhere (DESK-1).
                refused(&mut reaction, room, &who, "Something", &error.to_string());
                return reaction;
            }
        };
        let author = Author { party: from.party, member: from.member, role: from.role };
        let (room_kind, utc) = (room_kind(kind), facts.at(beat).utc);
        let admitted = Admitted { author, room, room_kind, beat, utc, event };
        match self.absorb(admitted.clone(), facts, &mut reaction) {
            Ok(()) => {
                self.carry_unattended(&admitted, facts, &mut reaction);
                self.report_arrival(&admitted, facts, &mut reaction);
            }
            // What was sent again after it had come is no news (DESK-2).
            Err(Refusal::Duplicate) => {}
            Err(Refusal::UnknownReference) if self.has_room_for_early(&admitted.author) => {
                self.keep_early(admitted, &mut reaction);
            }
            Err(refusal) => {
                let words = capital(&event_words(&admitted.event));
                refused(&mut reaction, room, &who, &words, &refusal.to_string());
            }
        }
        if self.locked {
            self.book.strip();
        }
        self.tick_light(facts, &mut reaction);
        reaction
    }

    /// What an event about an item can change: its receipts, and when its recipient had it, from which clocks run.
    fn known_of(&self, id: DispatchId) -> (Option<Vec<Receipt>>, Option<UtcMs>) {
        (self.book.ledger.receipts(id), self.book.ledger.provided_at(id))
    }

    /// Has the ledger judge an event and take it in; stores it, tells of it and follows up.
    fn absorb(
        &mut self,
        admitted: Admitted,
        facts: &Facts<'_>,
        reaction: &mut Reaction,
    ) -> Result<(), Refusal> {
        let about = admitted.event.of();
        let before = about.map(|of| self.known_of(of));
        let consequences = self.book.ledger.admit(admitted.clone())?;
        if let Event::Progress(progress) = &admitted.event {
            self.guard_progress(progress, admitted.beat);
        }
        let checks = consequences.iter().any(|one| matches!(one, Consequence::CheckGuard { .. }));
        // A mark that says nothing new is not kept, so that nobody can fill the disk with them (DESK-3).
        if admitted.event.id().is_none() && !checks && about.map(|of| self.known_of(of)) == before {
            return Ok(());
        }
        self.book.keep(admitted.room, admitted.utc, Record::Admitted(admitted.clone()), reaction);
        self.note_message(&admitted, reaction);
        self.due_at = Some(facts.now);
        self.tell_of(&admitted, facts, reaction);
        if let Some(id) = admitted.event.id() {
            let (party, member) = (facts.me.party, facts.me.member);
            let at = facts.at(admitted.beat);
            let here = Observation::Acknowledged { id, party, member, at };
            self.book.observe(id, at.utc, here, false, reaction);
            self.follow_own(id, false);
        }
        self.act_on(consequences, &admitted, facts, reaction);
        if let Some(id) = admitted.event.id() {
            self.take_early(id, facts, reaction);
        }
        Ok(())
    }

    /// Whether one more early event of this author may be kept: nobody uses up what is there for all.
    fn has_room_for_early(&self, author: &Author) -> bool {
        let of_one = self.early.values().filter(|one| one.author.member == author.member).count();
        self.early.len() < EARLY_EVENTS_MAX && of_one < EARLY_EVENTS_OF_ONE_MAX
    }

    /// Keeps an event until what it is about has come (DESK-4). While locked its text is stored, and not kept in memory.
    fn keep_early(&mut self, admitted: Admitted, reaction: &mut Reaction) {
        let seq = self.book.number();
        let stored = Stored::new(Some(admitted.room), admitted.utc, Kept::Early(admitted.clone()));
        reaction.records.push(stored.to_record(seq));
        let event = if self.locked { admitted.event.without_text() } else { admitted.event };
        self.early.insert(seq, Admitted { event, ..admitted });
    }

    /// Takes in what came early and is about this item; while locked it stays in storage until unlocking.
    fn take_early(&mut self, id: DispatchId, facts: &Facts<'_>, reaction: &mut Reaction) {
        if self.locked {
            return;
        }
        let due: Vec<u64> =
            self.early.iter().filter(|(_, one)| one.event.of() == Some(id)).map(|(seq, _)| *seq).collect();
        for seq in due {
            let Some(admitted) = self.early.remove(&seq) else { continue };
            reaction.deleted.push((Some(admitted.room), day_of(admitted.utc), id_of(seq)));
            // Refused now for another reason, it is gone like any other refused event.
            let _ = self.absorb(admitted, facts, reaction);
        }
    }

    /// Tries again all that came early: after unlocking, what it is about may have come meanwhile.
    pub(super) fn retry_early(&mut self, facts: &Facts<'_>, reaction: &mut Reaction) {
        let about: Vec<DispatchId> = self.early.values().filter_map(|one| one.event.of()).collect();
        for id in about {
            if self.book.ledger.knows(id) {
                self.take_early(id, facts, reaction);
            }
        }
    }

    /// Does what follows from an event or an observation.
    pub(super) fn act_on(
        &mut self,
        consequences: Vec<Consequence>,
        admitted: &Admitted,
        facts: &Facts<'_>,
        reaction: &mut Reaction,
    ) {
        for consequence in consequences {
            match consequence {
                Consequence::Tell { party, event } => self.tell_party(party, &event, reaction),
                Consequence::CheckGuard { id, guarded } if facts.has_registry => {
                    let party = match &admitted.event {
                        Event::Conveyance(conveyance) => conveyance.of.party,
                        Event::Progress(progress) => progress.to,
                        _ => continue,
                    };
                    self.check_passages(id, party, &guarded, (admitted.room, admitted.beat));
                }
                Consequence::Rewrite { ids } => self.book.rewrite(&ids, reaction),
                // Alarms are raised where the passage is judged; the rest is seen in the views.
                _ => {}
            }
        }
    }

    /// Sends a machine's report in the caucus of the party whose dispatch it is about, or to which a conveyance went.
    fn tell_party(&mut self, party: PartyNo, event: &Event, reaction: &mut Reaction) {
        let place = event.of().and_then(|of| self.book.ledger.place(of));
        if let Some((room, author)) = place
            && (author.party == party || author.party == PartyNo::INTERMEDIARY)
        {
            reaction.out.push(Outgoing {
                room,
                class: class_of(event),
                tag: [0; 16],
                bytes: event.to_bytes(),
            });
        }
    }

    fn tell_of(&self, admitted: &Admitted, facts: &Facts<'_>, reaction: &mut Reaction) {
        let author = admitted.author;
        let who = facts.person(author.party, author.member);
        let Some(id) = admitted.event.id().or(admitted.event.of()) else { return };
        let item = brief(id);
        let (kind, what) = match &admitted.event {
            Event::Dispatch(_) | Event::Conveyance(_) => {
                // A colleague's dispatch to the other side of a caucus is no arrival.
                if self.book.ledger.addressed(id) != Some(self.party) {
                    return;
                }
                let words = capital(&event_words(&admitted.event));
                ("received", format!("{words} came from {who}: {item}."))
            }
            Event::ReadBack(back) => ("read-back", format!("{who} read back {}: {item}.", brief(back.of))),
            Event::Read(_) => ("read", format!("{who} read {item}.")),
            Event::Returned(_) => ("returned", format!("{who} read and returned {item}.")),
            Event::Declined(_) => ("declined", format!("The intermediary will not carry {item}.")),
            // What one's own side reports is no news here.
            Event::Progress(progress) if progress.to == self.party => return,
            Event::Progress(progress) if self.party != PartyNo::INTERMEDIARY => {
                let to = (facts.labels)(progress.to);
                match progress.step {
                    Step::Conveyed(_) => ("conveyed", format!("{item} was conveyed to {to}.")),
                    Step::Received => {
                        ("acknowledged", format!("A station of {to} has the conveyance of {item}."))
                    }
                    Step::Read => ("read", format!("{to} read the conveyance of {item}.")),
                    Step::ReadBack { .. } => ("read-back", format!("{to} read back {item}.")),
                }
            }
            Event::Progress(_) => return,
        };
        let line = reaction.line(kind, what);
        (line.room, line.id, line.name) = (Some(admitted.room), Some(id.to_hex()), Some(who));
    }

    /// What became of an own item.
    pub fn fate(&mut self, tag: ItemTag, fate: DeskFate, facts: &Facts<'_>) -> Reaction {
        self.meet(facts);
        let mut reaction = Reaction::default();
        let id = DispatchId(tag);
        let Some((room, author)) = self.book.ledger.place(id) else { return reaction };
        let (Some(event), Some(room_kind)) =
            (self.book.ledger.event(id).cloned(), self.book.ledger.room_kind(id))
        else {
            return reaction;
        };
        let item = brief(id);
        let (observation, kind, what, name) = match fate {
            DeskFate::Sent(beat) => {
                let words = capital(&event_words(&event));
                let kind = if matches!(event, Event::Conveyance(_)) { "conveyed" } else { "sent" };
                (Observation::Sent { id, at: facts.at(beat) }, kind, format!("{words} left: {item}."), None)
            }
            DeskFate::Acknowledged(Who { party, member, .. }, beat) => {
                let name = facts.person(party, member);
                let observation = Observation::Acknowledged { id, party, member, at: facts.at(beat) };
                (observation, "acknowledged", format!("The station of {name} has {item}."), Some(name))
            }
            DeskFate::Undeliverable => {
                let what = format!("Nobody is left in the room to receive {item}.");
                let line = reaction.line("undeliverable", what);
                (line.room, line.id) = (Some(room), Some(id.to_hex()));
                return reaction;
            }
        };
        let (Observation::Sent { at, .. } | Observation::Acknowledged { at, .. }) = observation else {
            return reaction;
        };
        let Some(consequences) = self.book.observe(id, at.utc, observation, false, &mut reaction) else {
            return reaction;
        };
        self.due_at = Some(facts.now);
        let line = reaction.line(kind, what);
        (line.room, line.id, line.name) = (Some(room), Some(id.to_hex()), name);
        let admitted = Admitted { author, room, room_kind, beat: at.beat, utc: at.utc, event };
        self.act_on(consequences, &admitted, facts, &mut reaction);
        reaction
    }
}

fn refused(reaction: &mut Reaction, room: RoomId, who: &str, words: &str, why: &str) {
    let line = reaction.line("refused", format!("{words} from {who} was refused: {why}."));
    (line.room, line.name) = (Some(room), Some(who.to_owned()));
}
