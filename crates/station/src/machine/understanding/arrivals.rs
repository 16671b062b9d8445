//! What was sealed about understandings, by other stations and by this one: admitted or refused, put on record, followed up.

use super::gate::{self, Barred};
use super::item::{Deed, Note, Report, Said, Shown, Spot, UnderstandingId, What};
use super::kept::Outline;
use super::sentences;
use super::{Came, room_kind};
use crate::limits::DAY_MS;
use crate::machine::envelope::Class;
use crate::machine::item::Item;
use crate::machine::room::Who;
use crate::machine::{Machine, Told, persist};
use backchannel_accord::life::{Fate, TryStatus};
use backchannel_accord::understanding::Frozen;
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
        if let Err(barred) = result.or_else(|barred| self.overheard(came, barred)) {
            let who = self.me.person_label(came.who.party, came.who.member);
            let what = format!("Something {who} said of an understanding was not taken: {barred}.");
            self.tell(Told::new("refused", what).room(came.room).name(who).beat(came.beat));
        }
    }

    /// What others say in the registry of an understanding that is not this party's is nothing to tell of.
    fn overheard(&self, came: Came, barred: Barred) -> Result<(), Barred> {
        let others = came.kind == RoomKind::Registry && came.who.party != self.me.party();
        if others && barred == Barred::Unknown { Ok(()) } else { Err(barred) }
    }

    fn said_of_understanding(&mut self, came: Came, said: &Said) -> Result<(), Barred> {
        let kind = room_kind(came.kind);
        gate::deed(came.who, kind, self.me.invitation.pen, &said.deed)?;
        self.understandings.book.check(said, came.who, (came.beat, self.utc_of(came.beat)))?;
        self.check_quorums(said)?;
        let protected = matches!(said.deed, Deed::TakenBack(_)) && self.lies_with_depositary(said.id);
        let spot = self.understandings.book.place(kind, came.seat.get(), came.beat);
        if self.under_new_rosters(said) {
            let sides = self.sides_now();
            self.note(came.room, spot, came.who, What::Sides(said.id, sides));
        }
        let what = What::Deed(said.clone());
        self.report_own(came, spot, &what);
        self.note(came.room, spot, came.who, what);
        self.tell_deed(came, said);
        self.carry_pen(came, said);
        if matches!(said.deed, Deed::TakenBack(_)) && came.who.party == self.me.party() && !protected {
            self.withdraw_from(said.id);
        }
        Ok(())
    }

    /// A version is approved by whoever the rosters name when it is frozen; one that is frozen already keeps its sides.
    fn under_new_rosters(&self, said: &Said) -> bool {
        let Some(kept) = self.understandings.book.get(said.id) else { return true };
        let Deed::Frozen(bytes) = &said.deed else { return false };
        Frozen::from_bytes(bytes).is_ok_and(|frozen| !kept.has_version(&frozen))
    }

    /// Whether this party's deposit lies with the depositary: then an approval is not taken back (LIFE-11).
    fn lies_with_depositary(&self, id: UnderstandingId) -> bool {
        let status = self.understandings.book.status(id, self.viewer(), self.present());
        let mine = |one: &TryStatus| one.fate == Fate::Open && one.deposited.contains(&self.me.party());
        status.is_some_and(|status| status.tries.iter().any(mine))
    }

    /// A version that asks for more approvals than a party has people who may approve is none (DEED-10).
    fn check_quorums(&self, said: &Said) -> Result<(), Barred> {
        let Deed::Frozen(bytes) = &said.deed else { return Ok(()) };
        let frozen = Frozen::from_bytes(bytes).map_err(|_| Barred::Content)?;
        let (rosters, outline) = (self.sides_now(), Outline::of(frozen.text()));
        outline.sides(&rosters).is_possible().then_some(()).ok_or(Barred::Content)
    }

    /// A party's station tells the intermediary, who has no seat in the registry, what it said there (DEED-9).
    fn report_own(&mut self, came: Came, spot: Spot, what: &What) {
        let own = came.who == self.myself() && came.kind == RoomKind::Registry;
        let tells = match what {
            What::Deed(said) => !matches!(said.deed, Deed::Proposed(_)),
            What::Shown(_) => true,
            What::Sides(..) | What::Outlined(..) => false,
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
            What::Deed(said) if matches!(said.deed, Deed::Proposed(_)) => return Err(Barred::Content),
            What::Deed(said) => {
                gate::deed(came.who, registry, self.me.invitation.pen, &said.deed)?;
                let at = (report.beat, self.utc_of(report.beat));
                self.understandings.book.check(said, came.who, at)?;
            }
            What::Shown(shown) => {
                gate::shown(came.who, registry, shown)?;
                if !self.shows(came, shown)? {
                    return Ok(());
                }
            }
            What::Sides(..) | What::Outlined(..) => return Err(Barred::Content),
        }
        let nth = report.nth.saturating_add(super::book::REPORTED_FROM);
        let spot = Spot { beat: report.beat, room: room_kind(came.kind), seat: came.seat.get(), nth };
        self.note(came.room, spot, came.who, report.what.clone());
        Ok(())
    }

    fn ceremony_message(&mut self, came: Came, bytes: &[u8]) -> Result<(), Barred> {
        let message = Message::from_bytes(bytes).map_err(|_| Barred::Content)?;
        let shown = self.shown_by(&message);
        if let Some(shown) = &shown {
            self.may_show(came, shown)?;
        }
        // A release stands on record once it was verified, wherever it can be; and the record's bounds are not the machine's.
        let taken = self.step_ceremony(came, message, bytes);
        match shown {
            Some(shown) if taken => self.put_shown(came, shown),
            _ => Ok(()),
        }
    }

    fn may_show(&self, came: Came, shown: &Shown) -> Result<(), Barred> {
        gate::shown(came.who, room_kind(came.kind), shown)?;
        let Shown::Acknowledged(sid, ctx) = shown else { return Ok(()) };
        let same = self.context_of(*sid).is_none_or(|known| known == *ctx);
        same.then_some(()).ok_or(Barred::Content)
    }

    /// The machines take it in. Whether none of them refused what it shows.
    fn step_ceremony(&mut self, came: Came, message: Message, bytes: &[u8]) -> bool {
        if self.me.party() == PartyNo::INTERMEDIARY {
            self.depositary_asked(came, message);
            return true;
        }
        self.feed_trials(came, &message, bytes)
    }

    fn put_shown(&mut self, came: Came, shown: Shown) -> Result<(), Barred> {
        if self.shows(came, &shown)? {
            let spot = self.understandings.book.place(room_kind(came.kind), came.seat.get(), came.beat);
            self.report_own(came, spot, &What::Shown(shown));
            self.note(came.room, spot, came.who, What::Shown(shown));
        }
        Ok(())
    }

    fn shows(&self, came: Came, shown: &Shown) -> Result<bool, Barred> {
        self.understandings.book.shows(came.who.member, room_kind(came.kind), shown)
    }

    /// What a message of a ceremony shows of its progress, for the record.
    fn shown_by(&self, message: &Message) -> Option<Shown> {
        let opened = |id| self.opened(id);
        Some(match message {
            Message::Deposit(opening, _) => Shown::HandedIn(opening.sid, opening.id()),
            Message::Held(id) => Shown::Deposited(opened(id)?),
            Message::Withdrawn(id) => Shown::Withdrawn(opened(id)?),
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
