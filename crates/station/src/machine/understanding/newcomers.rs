//! What is on record, for a person who joins a delegation later: the head's station passes it on, at home (DEED-19).

use super::item::{Note, What};
use super::{Came, gate};
use crate::limits::{RECORD_AGAIN_BEATS, RECORD_ASKED_BEATS, RECORD_CHUNK_BYTES};
use crate::machine::envelope::Class;
use crate::machine::item::Item;
use crate::machine::{Machine, Told};
use backchannel_accord::RoomKind as Kind;
use backchannel_wire::Role;
use backchannel_wire::canonical;
use backchannel_wire::ids::RoomKind;

impl Machine {
    /// A delegate's station that enters its delegation's room asks its head for the record.
    pub(in crate::machine) fn ask_for_record(&mut self) {
        let asks = !self.me.is_head() && self.me.invitation.role != Role::Observer;
        if let Some(home) = self.room_of(RoomKind::Delegation(self.me.party())).filter(|_| asks) {
            self.understandings.asked_at = Some(self.decided_through());
            self.say(home, Class::Machine, &Item::RecordWanted);
        }
    }

    /// Whoever has nothing on record asks now and then: its head may have been started again since it asked.
    pub(super) fn ask_again(&mut self) {
        let asked = self.understandings.asked_at;
        let due = asked.is_none_or(|asked| self.decided_through().since(asked) >= RECORD_ASKED_BEATS);
        if due && self.understandings.book.iter().next().is_none() {
            self.ask_for_record();
        }
    }

    /// Somebody of the own delegation asks. It is passed on once the records are open, and not again and again.
    pub(in crate::machine) fn record_wanted(&mut self, came: Came) {
        let own = came.kind == RoomKind::Delegation(self.me.party()) && came.who.party == self.me.party();
        self.understandings.wanted |= own && self.me.is_head() && came.who.role != Role::Observer;
    }

    /// Passes the record on to whoever asked.
    pub(super) fn pass_record_on(&mut self) {
        let now = self.decided_through();
        let recent = self.understandings.passed.is_some_and(|last| now.since(last) < RECORD_AGAIN_BEATS);
        if !self.understandings.wanted || self.locked || recent {
            return;
        }
        let Some(home) = self.room_of(RoomKind::Delegation(self.me.party())) else { return };
        (self.understandings.wanted, self.understandings.passed) = (false, Some(now));
        for notes in chunks(self.understandings.book.notes()) {
            self.say(home, Class::Machine, &Item::Recorded(notes));
        }
    }

    /// The own head passes the record on: what is not on record here yet, and what its author may have said, is taken.
    pub(in crate::machine) fn recorded(&mut self, came: Came, notes: &[Note]) {
        let home = came.kind == RoomKind::Delegation(self.me.party()) && came.who.party == self.me.party();
        if !home || came.who.role != Role::Head || self.me.is_head() {
            return;
        }
        let before = self.understandings.book.iter().count();
        notes.iter().filter(|note| note.spot.beat < came.beat).for_each(|note| self.take_recorded(note));
        let more = self.understandings.book.iter().count().saturating_sub(before);
        if more > 0 {
            let what =
                format!("The head of delegation passed on what is on record of {more} understandings.");
            self.tell(Told::new("understanding", what).room(came.room));
        }
    }

    fn take_recorded(&mut self, note: &Note) {
        let kind = match note.spot.room {
            Kind::Registry => RoomKind::Registry,
            Kind::Caucus(party) if party == self.me.party() => RoomKind::Caucus(party),
            _ => return,
        };
        let Some(room) = self.room_of(kind) else { return };
        if self.understandings.book.has(note) {
            return;
        }
        let may = match &note.what {
            What::Deed(said) => {
                let at = self.utc_of(note.spot.beat);
                gate::deed(note.who, note.spot.room, self.me.invitation.pen, &said.deed)
                    .and_then(|()| self.understandings.book.check(said, note.who.member, at))
            }
            What::Shown(shown) => gate::shown(note.who, note.spot.room, shown),
            What::Sides(..) => Ok(()),
        };
        if may.is_ok() {
            self.note(room, note.spot, note.who, note.what.clone());
        }
    }
}

/// Notes in their order, few enough at a time for an item.
fn chunks(notes: &[Note]) -> Vec<Vec<Note>> {
    let mut out: Vec<Vec<Note>> = Vec::new();
    let mut bytes = RECORD_CHUNK_BYTES;
    for note in notes {
        let size = canonical::to_vec(note).len();
        if bytes.saturating_add(size) > RECORD_CHUNK_BYTES {
            out.push(Vec::new());
            bytes = 0;
        }
        bytes = bytes.saturating_add(size);
        out.iter_mut().next_back().into_iter().for_each(|chunk| chunk.push(note.clone()));
    }
    out
}
