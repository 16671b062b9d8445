//! What was sealed about understandings, by other stations and by this one: admitted or refused, put on record, followed up.

use super::gate::{self, Barred};
use super::item::{Deed, Note, Report, Said, Shown, Spot, UnderstandingId, What};
use super::sentences;
use super::{Came, room_kind};
use crate::limits::DAY_MS;
use crate::machine::envelope::Class;
use crate::machine::item::Item;
use crate::machine::room::Who;
use crate::machine::{Machine, Told, persist};
use backchannel_assurance::ceremony::{Message, Release};
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{PartyNo, Role, RoomId, canonical};

impl Machine {
    /// An item about understandings, from whoever the room authenticated.
    pub(in crate::machine) fn of_understanding(&mut self, came: Came, item: &Item) {
        let result = match item {
            Item::Understanding(said) => self.said_of_understanding(came, said),
            Item::Ceremony(bytes) => self.ceremony_message(came, bytes),
            Item::Report(report) => self.reported(came, report),
            _ => return,
        };
        if let Err(barred) = result {
            let who = self.me.person_label(came.who.party, came.who.member);
            let what = format!("Something {who} said of an understanding was not taken: {barred}.");
            self.tell(Told::new("refused", what).room(came.room).name(who).beat(came.beat));
        }
    }

    fn said_of_understanding(&mut self, came: Came, said: &Said) -> Result<(), Barred> {
        let kind = room_kind(came.kind);
        gate::deed(came.who, kind, self.me.invitation.pen, &said.deed)?;
        self.understandings.book.check(said, came.who.member, self.utc_of(came.beat))?;
        self.check_roster(came.who.party, &said.deed)?;
        let spot = self.understandings.book.place(kind, came.seat.get(), came.beat);
        // A version is approved by whoever the rosters name when it is frozen.
        let counts = matches!(said.deed, Deed::Frozen(_)) || self.understandings.book.get(said.id).is_none();
        if counts {
            let sides = self.sides_now();
            self.note(came.room, spot, came.who, What::Sides(said.id, sides));
        }
        let what = What::Deed(said.clone());
        self.report_own(came, spot, &what);
        self.note(came.room, spot, came.who, what);
        self.tell_deed(came, said);
        self.carry_pen(came, said);
        if matches!(said.deed, Deed::TakenBack(_)) && came.who.party == self.me.party() {
            self.withdraw_from(said.id);
        }
        Ok(())
    }

    /// A party's station tells the intermediary, who has no seat in the registry, what it said there (DEED-9).
    fn report_own(&mut self, came: Came, spot: Spot, what: &What) {
        let own = came.who == self.myself() && came.kind == RoomKind::Registry;
        let tells = match what {
            What::Deed(said) => !matches!(said.deed, Deed::Proposed(_)),
            What::Shown(_) => true,
            What::Sides(..) => false,
        };
        let Some(caucus) = self.room_of(RoomKind::Caucus(self.me.party())).filter(|_| own && tells) else {
            return;
        };
        let report = Report { what: what.clone(), beat: spot.beat, nth: spot.nth };
        self.say_of_understanding(caucus, Class::Machine, Item::Report(report));
    }

    /// A party's own word in the registry, as its station repeats it to the intermediary. The party's other stations have it
    /// from the registry.
    fn reported(&mut self, came: Came, report: &Report) -> Result<(), Barred> {
        if self.me.party() != PartyNo::INTERMEDIARY {
            return Ok(());
        }
        let RoomKind::Caucus(party) = came.kind else { return Err(Barred::Room) };
        let registry = backchannel_accord::RoomKind::Registry;
        if came.who.party != party || report.beat > came.beat || report.nth >= super::book::REPORTED_FROM {
            return Err(Barred::Author);
        }
        match &report.what {
            What::Deed(said) => {
                gate::deed(came.who, registry, self.me.invitation.pen, &said.deed)?;
                self.understandings.book.check(said, came.who.member, self.utc_of(report.beat))?;
                self.check_roster(party, &said.deed)?;
            }
            What::Shown(shown) => {
                gate::shown(came.who, registry, shown)?;
                self.has_room_for_shown(came)?;
            }
            What::Sides(..) => return Err(Barred::Content),
        }
        let nth = report.nth.saturating_add(super::book::REPORTED_FROM);
        let spot = Spot { beat: report.beat, room: room_kind(came.kind), seat: came.seat.get(), nth };
        self.note(came.room, spot, came.who, report.what.clone());
        Ok(())
    }

    fn ceremony_message(&mut self, came: Came, bytes: &[u8]) -> Result<(), Barred> {
        let message = Message::from_bytes(bytes).map_err(|_| Barred::Content)?;
        if let Some(shown) = self.shown_by(&message) {
            let kind = room_kind(came.kind);
            gate::shown(came.who, kind, &shown)?;
            if let Shown::Acknowledged(sid, ctx) = shown
                && self.context_of(sid).is_some_and(|known| known != ctx)
            {
                return Err(Barred::Content);
            }
            self.has_room_for_shown(came)?;
            let spot = self.understandings.book.place(kind, came.seat.get(), came.beat);
            self.report_own(came, spot, &What::Shown(shown));
            self.note(came.room, spot, came.who, What::Shown(shown));
        }
        if self.me.party() == PartyNo::INTERMEDIARY {
            self.depositary_asked(came, message);
        } else {
            self.feed_trials(came, &message, bytes);
        }
        Ok(())
    }

    fn has_room_for_shown(&self, came: Came) -> Result<(), Barred> {
        let room = room_kind(came.kind);
        self.understandings.book.has_room(came.who.member, room).then_some(()).ok_or(Barred::Full)
    }

    /// What a message of a ceremony shows of its progress, for the record.
    fn shown_by(&self, message: &Message) -> Option<Shown> {
        let opened = |id| self.opened(id);
        Some(match message {
            Message::Deposit(opening, _) => Shown::Deposited(opening.sid, opening.id()),
            Message::Withdraw(id) => Shown::Withdrawn(opened(id)?),
            Message::Destroyed(id, _) => Shown::Destroyed(opened(id)?),
            Message::Acknowledged(sid, ctx) => Shown::Acknowledged(*sid, *ctx),
            Message::Released(sid, Release::Gentle(_)) => Shown::Released(*sid, None),
            Message::Released(sid, Release::Joint(release)) => {
                Shown::Released(*sid, Some(release.certificate.released_at))
            }
            _ => return None,
        })
    }

    /// Puts a note on record: durable with the batch of this input, under the key of its room and day (DEED-13).
    pub(super) fn note(&mut self, room: RoomId, spot: Spot, who: Who, what: What) {
        let day = u32::try_from(self.utc_of(spot.beat).0 / DAY_MS).unwrap_or(u32::MAX);
        let note = Note { room: Some(room), day, spot, who, what };
        let key = persist::record_key(Some(room), day, self.understandings.book.number());
        self.batch.put(key, canonical::to_vec(&note));
        self.understandings.book.take(&note);
        if self.locked {
            self.understandings.book.strip();
        }
    }

    fn tell_deed(&mut self, came: Came, said: &Said) {
        // What the pen says in one caucus it says in all: it is told of once.
        let pen = Some(self.me.invitation.pen).filter(|pen| *pen != PartyNo::INTERMEDIARY);
        let first = pen.or_else(|| self.me.parties().next()).map(RoomKind::Caucus);
        let repeated = came.who.party == PartyNo::INTERMEDIARY
            && self.me.party() == PartyNo::INTERMEDIARY
            && Some(came.kind) != first;
        let who = self.pen_label(came, &said.deed);
        let Some(what) = sentences::deed(&who, said).filter(|_| !repeated) else { return };
        self.tell_of(said.id, Told::new("understanding", what).room(came.room).name(who).beat(came.beat));
    }

    /// Tells of an understanding by its name.
    pub(super) fn tell_of(&mut self, id: UnderstandingId, told: Told) {
        self.tell(Told { id: Some(id.to_hex()), ..told });
    }

    /// Whether the person at this station decides for its party.
    pub(super) fn decides(&self) -> bool {
        let party = self.me.party() != PartyNo::INTERMEDIARY;
        party && matches!(self.me.invitation.role, Role::Head | Role::Principal)
    }
}
