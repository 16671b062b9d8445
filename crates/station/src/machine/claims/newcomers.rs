//! What was entered before a person joined: the head's station passes it on, in the delegation's room (CLAIM-9).

use crate::limits::{RECORD_AGAIN_BEATS, RECORD_ASKED_BEATS, RECORD_CHUNK_BYTES};
use crate::machine::envelope::Class;
use crate::machine::item::Item;
use crate::machine::understanding::{Came, room_kind};
use crate::machine::{Machine, Told};
use backchannel_accord::claims::{Noted, admissible};
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{Beat, PartyNo, Role, RoomId, canonical};

/// What is under way between a newcomer and its head.
#[derive(Default)]
pub(super) struct Asking {
    /// Whether this station waits for what was entered before it came. Kept: whoever has it once, or burned it, asks no more.
    pub(super) waits: bool,
    dirty: bool,
    /// When it asked last; learned anew after a restart.
    asked: Option<Beat>,
    /// Whether a colleague asks this head.
    wanted: bool,
    /// When it was passed on last.
    passed: Option<Beat>,
}

impl Asking {
    pub(super) fn take_dirty(&mut self) -> bool {
        std::mem::take(&mut self.dirty)
    }

    fn set(&mut self, waits: bool) {
        self.dirty |= self.waits != waits;
        self.waits = waits;
    }
}

impl Machine {
    /// This station entered its delegation's room for the first time: it asks its head for the register.
    pub(in crate::machine) fn ask_for_claims(&mut self) {
        if !self.me.is_head() && self.me.party() != PartyNo::INTERMEDIARY {
            self.claims.asking.set(true);
            self.ask_head();
        }
    }

    fn ask_head(&mut self) {
        if let Some(home) = self.register_room() {
            self.claims.asking.asked = Some(self.last_beat());
            self.say(home, Class::Machine, &Item::ClaimsWanted);
        }
    }

    /// The own register is about to be burned: what goes does not come back by asking.
    pub(in crate::machine) fn burning_claims(&mut self, room: RoomId) {
        if self.register_room() == Some(room) {
            self.claims.asking.set(false);
        }
    }

    /// What a beat brings to the register.
    pub(in crate::machine) fn claims_tick(&mut self) {
        let now = self.last_beat();
        let due = |last: Option<Beat>, beats: u64| last.is_none_or(|last| now.since(last) >= beats);
        let asking = &self.claims.asking;
        // A head that was started again has forgotten who asked.
        if asking.waits && due(asking.asked, RECORD_ASKED_BEATS) {
            self.ask_head();
        }
        let asking = &self.claims.asking;
        if asking.wanted && !self.locked && due(asking.passed, RECORD_AGAIN_BEATS) {
            self.pass_claims_on(now);
        }
    }

    /// Somebody of the own delegation asks; observers read, and ask as well.
    pub(in crate::machine) fn claims_wanted(&mut self, came: Came) {
        let own = came.kind == RoomKind::Delegation(self.me.party()) && came.who.party == self.me.party();
        self.claims.asking.wanted |= own && self.me.is_head();
    }

    fn pass_claims_on(&mut self, now: Beat) {
        let Some(home) = self.register_room() else { return };
        (self.claims.asking.wanted, self.claims.asking.passed) = (false, Some(now));
        let mut chunks = chunks(self.claims.register.noted());
        let last = chunks.pop().unwrap_or_default();
        for noted in chunks {
            self.say(home, Class::Routine, &Item::Claims(noted, false));
        }
        self.say(home, Class::Routine, &Item::Claims(last, true));
    }

    /// The own head passes the register on: what its authors may have entered before this station came is taken, if it waits for it.
    pub(in crate::machine) fn claims_passed(&mut self, came: Came, noted: &[Noted], last: bool) {
        let home = came.kind == RoomKind::Delegation(self.me.party()) && came.who.party == self.me.party();
        if !home || came.who.role != Role::Head || self.me.is_head() {
            let who = self.me.person_label(came.who.party, came.who.member);
            let what = format!(
                "A register of claims from {who} was not taken: the own head alone passes it on (CLAIM-9)."
            );
            return self.tell(Told::new("refused", what).room(came.room).name(who));
        }
        if !self.claims.asking.waits {
            return;
        }
        let entered = self.entered_at(came.room);
        let fits = |noted: &&Noted| {
            let before = entered.is_some_and(|entered| noted.spot.beat < entered);
            let may = admissible(&noted.who, room_kind(came.kind), self.me.party(), &noted.entry).is_ok();
            before && may && noted.who.member != self.me.member() && !self.claims.register.has(noted.spot)
        };
        let new: Vec<Noted> = noted.iter().filter(fits).cloned().collect();
        let taken = self.note_claims(came.room, new).into_iter().filter(Result::is_ok).count();
        if taken > 0 {
            let what = format!("The head of delegation passed on {taken} entries of the register of claims.");
            self.tell(Told::new("claim", what).room(came.room));
        }
        if last {
            self.claims.asking.set(false);
        }
    }
}

/// Entries in their order, few enough at a time for an item.
fn chunks(noted: impl Iterator<Item = Noted>) -> Vec<Vec<Noted>> {
    let mut out: Vec<Vec<Noted>> = Vec::new();
    let mut bytes = RECORD_CHUNK_BYTES;
    for one in noted {
        let size = canonical::to_vec(&one).len();
        if bytes.saturating_add(size) > RECORD_CHUNK_BYTES {
            out.push(Vec::new());
            bytes = 0;
        }
        bytes = bytes.saturating_add(size);
        out.iter_mut().next_back().into_iter().for_each(|chunk| chunk.push(one.clone()));
    }
    out
}
