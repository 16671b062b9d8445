//! How messages get to the other side: by the standing instruction, by a person of the intermediary, or by the registry; and by the
//! registry as well when the intermediary is silent (docs/spec/line.md, ROUTE rules).

use super::Desk;
use super::sentences::brief;
use super::types::{Facts, Outgoing, Reaction, class_of};
use backchannel_accord::draft::Draft;
use backchannel_accord::event::{Addressee, Dispatch, Progress, Step};
use backchannel_accord::{Admitted, DispatchId, Event, Form, Observation, RoomKind};
use backchannel_assurance::Carrier;
use backchannel_wire::{Beat, PartyNo, RoomId, ids};
use serde_json::{Value, json};

impl Desk {
    /// Whether a message goes by the registry: it was convened so, or it answers one that came by it (ROUTE-2, ROUTE-4).
    pub(super) fn goes_by_registry(
        &self,
        draft: &Draft,
        to: Addressee,
        answered: Option<DispatchId>,
        facts: &Facts<'_>,
    ) -> bool {
        let between = draft.form == Form::Notification
            && self.party != PartyNo::INTERMEDIARY
            && matches!(to, Addressee::Party(_));
        let answers = answered.is_some_and(|id| self.book.ledger.room_kind(id) == Some(RoomKind::Registry));
        between && facts.has_registry && (answers || facts.route.by == Carrier::Registry)
    }

    /// Tells the author that a station of this side has what came by the registry (ROUTE-3).
    pub(super) fn report_arrival(&mut self, admitted: &Admitted, facts: &Facts<'_>, reaction: &mut Reaction) {
        let (Event::Dispatch(dispatch), RoomKind::Registry) = (&admitted.event, admitted.room_kind) else {
            return;
        };
        let (received, _) = self.book.ledger.reported(dispatch.id, self.party);
        if dispatch.to == Addressee::Party(self.party) && !received {
            let event = self.report(dispatch.id, Step::Received, facts);
            let _ = self.say(admitted.room, event, facts, reaction);
        }
    }

    /// The mark that a person here read an item; in the registry it is a report of this side.
    pub(super) fn read_mark(&self, id: DispatchId, facts: &Facts<'_>) -> Event {
        match self.book.ledger.room_kind(id) {
            Some(RoomKind::Registry) => self.report(id, Step::Read, facts),
            _ => Event::Read(id),
        }
    }

    fn report(&self, of: DispatchId, step: Step, facts: &Facts<'_>) -> Event {
        let at = facts.at(facts.beat);
        Event::Progress(Box::new(Progress { of, to: self.party, step, at }))
    }

    /// Says own messages in the registry as well that the intermediary did not carry in the time agreed (ROUTE-4).
    pub(super) fn pass_by_the_silent(&mut self, facts: &Facts<'_>, reaction: &mut Reaction) {
        let Some(beats) = facts.route.registry_after.filter(|_| facts.has_registry) else { return };
        let Some(room) = registry(facts) else { return };
        // What was carried needs to be at hand no longer.
        let open = self.book.ledger.unconveyed(Beat(u64::MAX));
        let waits = &self.guard.waiting;
        self.held.retain(|id, _| waits.contains(id) || open.contains(id));
        let before = Beat(facts.beat.0.saturating_sub(u64::from(beats)));
        for id in self.book.ledger.unconveyed(before) {
            let Some(event) = self.spoken(id) else { continue };
            let at = facts.at(facts.beat);
            let said = Observation::InRegistry { id, at };
            if self.book.observe(id, at.utc, said, false, reaction).is_none() {
                continue;
            }
            let (class, bytes) = (class_of(&event), event.to_bytes());
            reaction.out.push(Outgoing { room, class, tag: [0; 16], bytes });
            let what = format!(
                "The intermediary did not carry {} in {beats} beats: it was said in the registry as well.",
                brief(id)
            );
            let line = reaction.line("registry-used", what);
            (line.room, line.id) = (Some(room), Some(id.to_hex()));
        }
    }

    /// An own message as it is said in the registry: what it answers is named by its author's name for it. Nothing if its text is not
    /// at hand.
    fn spoken(&self, id: DispatchId) -> Option<Event> {
        let event = match self.held.get(&id) {
            Some(bytes) => Event::from_bytes(bytes).ok()?,
            None if self.locked => return None,
            None => self.book.ledger.event(id)?.clone(),
        };
        let Event::Dispatch(dispatch) = event else { return None };
        let in_reply_to = dispatch.in_reply_to.map(|of| self.book.ledger.original(of));
        Some(Event::Dispatch(Box::new(Dispatch { in_reply_to, ..*dispatch })))
    }

    /// How a message came or went, as data.
    pub(super) fn route_json(&self, id: DispatchId) -> Value {
        let ledger = &self.book.ledger;
        let also = match ledger.event(id) {
            Some(Event::Conveyance(conveyance)) => {
                let of = conveyance.of;
                let author = ledger.place(of.dispatch).map(|(_, author)| author.party);
                (author == Some(of.party)).then_some(of.dispatch)
            }
            Some(Event::Dispatch(_)) => ledger.conveyance_of(id),
            _ => None,
        };
        let also = also.filter(|_| self.party != PartyNo::INTERMEDIARY);
        json!({
            "registry": ledger.room_kind(id) == Some(RoomKind::Registry),
            "registry_too": ledger.in_registry(id).map(|at| backchannel_accord::time::rfc3339(at.utc)),
            "also": also.map(|id| id.to_hex()),
        })
    }
}

fn registry(facts: &Facts<'_>) -> Option<RoomId> {
    let fact = facts.rooms.iter().find(|fact| fact.kind == ids::RoomKind::Registry && fact.usable);
    fact.map(|fact| fact.room)
}
