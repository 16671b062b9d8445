//! What is on record, for a person who joins a delegation later: the head's station passes it on, at home (DEED-19).

use super::Came;
use super::gate::{self, Barred};
use super::item::{Deed, Note, What};
use crate::limits::{RECORD_AGAIN_BEATS, RECORD_ASKED_BEATS, RECORD_CHUNK_BYTES};
use crate::machine::envelope::Class;
use crate::machine::item::Item;
use crate::machine::{Machine, Told, spaces};
use crate::store::Key;
use backchannel_accord::RoomKind as Kind;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{Beat, Role, RoomId, canonical};

/// Where it stands when this station entered each room.
pub(super) const ENTERED: &[u8] = b"understanding-entered";

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
        notes.iter().for_each(|note| self.take_recorded(note));
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
        // What was said since this station entered that room it heard there itself, and takes from nobody else.
        let before = self.understandings.entered.get(&room).is_some_and(|entered| note.spot.beat < *entered);
        if before && !self.understandings.book.has(note) && self.may_be_recorded(note).is_ok() {
            self.note(room, note.spot, note.who, note.what.clone());
        }
    }

    /// What is passed on keeps to the same rules and bounds as what is heard.
    fn may_be_recorded(&self, note: &Note) -> Result<(), Barred> {
        let book = &self.understandings.book;
        match &note.what {
            What::Deed(said) => {
                let at = (note.spot.beat, self.utc_of(note.spot.beat));
                gate::deed(note.who, note.spot.room, self.me.invitation.pen, &said.deed)?;
                book.check(said, note.who, at)
            }
            What::Shown(shown) => {
                gate::shown(note.who, note.spot.room, shown)?;
                let new = book.shows(note.who.member, note.spot.room, shown)?;
                new.then_some(()).ok_or(Barred::Full)
            }
            What::Sides(id, sides) => book.has_room_for_sides(*id, sides),
            What::Outlined(id, frozen, outline) => {
                gate::deed(note.who, note.spot.room, self.me.invitation.pen, &Deed::Abandoned)?;
                book.has_room_for_outline(*id, *frozen, outline)
            }
        }
    }

    /// This station entered a room for the first time.
    pub(in crate::machine) fn room_entered(&mut self, room: RoomId, at: Beat) {
        self.understandings.entered.entry(room).or_insert(at);
        let entered: Vec<(RoomId, Beat)> =
            self.understandings.entered.iter().map(|(r, b)| (*r, *b)).collect();
        self.batch.put(Key::new(spaces::STATION, ENTERED), canonical::to_vec(&entered));
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
