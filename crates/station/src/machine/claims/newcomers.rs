//! What was entered before a person joined: the head's station passes it on, in the delegation's room (CLAIM-9).

use super::tag;
use crate::limits::{CLAIMS_SETTLE_BEATS, RECORD_AGAIN_BEATS, RECORD_ASKED_BEATS, RECORD_CHUNK_BYTES};
use crate::machine::envelope::Class;
use crate::machine::item::Item;
use crate::machine::outbox::ItemTag;
use crate::machine::understanding::{Came, room_kind};
use crate::machine::{Machine, Told};
use backchannel_accord::claims::{Fate, Noted, admissible};
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{Beat, MemberId, PartyNo, Role, RoomId, SeatNo, canonical};
use std::collections::BTreeMap;

/// The tag of all items of a pass: while one is on its way there is no other.
pub(super) const PASS: ItemTag = tag(*b"------passed-on.");

/// What is under way between a newcomer and its head.
#[derive(Default)]
pub(super) struct Asking {
    /// Whether this station waits for what was entered before it came. Kept: whoever has it once, or burned it, asks no more.
    pub(super) waits: bool,
    dirty: bool,
    /// When it asked last, or was last told something; learned anew after a restart.
    asked: Option<Beat>,
    /// Which seats ask this head, and since when.
    wanted: BTreeMap<u8, Beat>,
    /// When it was passed on last.
    passed: Option<Beat>,
    /// To whom it was passed on within the time after which an honest station asks again.
    passed_to: BTreeMap<MemberId, Beat>,
}

impl Asking {
    pub(super) fn take_dirty(&mut self) -> bool {
        std::mem::take(&mut self.dirty)
    }

    pub(super) fn waits_no_more(&mut self) {
        self.set(false);
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

    /// What a beat brings to the register.
    pub(in crate::machine) fn claims_tick(&mut self) {
        let now = self.last_beat();
        let asking = &self.claims.asking;
        // A head that was started again has forgotten who asked.
        if asking.waits && is_due(asking.asked, now, RECORD_ASKED_BEATS) {
            self.ask_head();
        }
        if !self.locked && !self.claims.asking.wanted.is_empty() {
            self.answer_newcomers(now);
        }
    }

    /// Somebody of the own delegation asks; observers read, and ask as well. Nobody makes the head do nothing else.
    pub(in crate::machine) fn claims_wanted(&mut self, came: Came) {
        let own = came.kind == RoomKind::Delegation(self.me.party()) && came.who.party == self.me.party();
        let asking = &mut self.claims.asking;
        asking.passed_to.retain(|_, last| came.beat.since(*last) < RECORD_ASKED_BEATS);
        if own && self.me.is_head() && !asking.passed_to.contains_key(&came.who.member) {
            asking.wanted.entry(came.seat.get()).or_insert(came.beat);
        }
    }

    /// Passes the register on to one seat that asked: once what was under way when it came is sealed, and while no other pass is.
    fn answer_newcomers(&mut self, now: Beat) {
        let Some(home) = self.register_room() else { return };
        let Some(entered) = self.rooms.get(&home) else { return };
        let going = entered.outbox.tagged(|tag| *tag == PASS);
        // Whoever takes nothing for so long gives way to others, and asks again when it is there.
        let wait = if going.is_empty() { RECORD_AGAIN_BEATS } else { RECORD_ASKED_BEATS };
        if !is_due(self.claims.asking.passed, now, wait) {
            return;
        }
        let due = |(_, asked): &(&u8, &Beat)| is_due(Some(**asked), now, CLAIMS_SETTLE_BEATS);
        let Some(seat) = self.claims.asking.wanted.iter().find(due).map(|(seat, _)| *seat) else { return };
        let to = SeatNo::new(seat).and_then(|seat| Some((seat, entered.peer(seat)?.who?.member)));
        self.claims.asking.wanted.remove(&seat);
        self.take_items_back(home, &going);
        // Whoever asked may have gone.
        if let Some((seat, member)) = to {
            self.claims.asking.passed = Some(now);
            self.claims.asking.passed_to.insert(member, now);
            self.pass_claims_on(home, seat);
        }
    }

    /// Takes items back that wait in a room, and out of the vault.
    fn take_items_back(&mut self, room: RoomId, keys: &[(Class, u64)]) {
        if let Some(entered) = self.rooms.get_mut(&room).filter(|_| !keys.is_empty()) {
            keys.iter().for_each(|key| self.batch.delete(entered.item_key(*key)));
            entered.outbox.take_back(keys);
            self.dirty_rooms.insert(room);
        }
    }

    fn pass_claims_on(&mut self, home: RoomId, seat: SeatNo) {
        let mut chunks = chunks(self.claims.register.noted());
        let last = chunks.pop().unwrap_or_default();
        let chunks = chunks.into_iter().map(|noted| (noted, false));
        for (noted, last) in chunks.chain([(last, true)]) {
            let item = Item::Claims(noted, last, seat.get());
            if self.say_to(home, Class::Routine, PASS, &item, Some(&[seat])).is_none() {
                return;
            }
        }
    }

    /// The own head passes the register on: what its authors may have entered until then, and is not on record here, is taken by the
    /// station it is meant for, if that waits for it.
    pub(in crate::machine) fn claims_passed(&mut self, came: Came, noted: &[Noted], last: bool, to: u8) {
        let home = came.kind == RoomKind::Delegation(self.me.party()) && came.who.party == self.me.party();
        if !home || came.who.role != Role::Head || self.me.is_head() {
            let who = self.me.person_label(came.who.party, came.who.member);
            let what = format!(
                "A register of claims from {who} was not taken: the own head alone passes it on (CLAIM-9)."
            );
            return self.tell(Told::new("refused", what).room(came.room).name(who));
        }
        let mine = self.rooms.get(&came.room).is_some_and(|room| room.spot.seat.get() == to);
        if !self.claims.asking.waits || !mine {
            return;
        }
        self.claims.asking.asked = Some(self.last_beat());
        let new: Vec<Noted> = noted.iter().filter(|noted| self.may_be_told(came, noted)).cloned().collect();
        let fates = self.claims.register.take(new.clone());
        let taken = fates.iter().filter(|fate| !matches!(fate, Fate::Refused(_))).count();
        self.keep_claims(came.room, new.into_iter().zip(fates));
        if taken > 0 {
            let what = format!("The head of delegation passed on {taken} entries of the register of claims.");
            self.tell(Told::new("claim", what).room(came.room));
        }
        if last {
            self.claims.asking.set(false);
        }
    }

    /// Whether an entry that the head passes on may be one, by somebody else of the own delegation, and is not on record.
    fn may_be_told(&self, came: Came, Noted { spot, who, entry }: &Noted) -> bool {
        let party = self.me.party();
        let past = spot.beat <= came.beat;
        let may = admissible(who, room_kind(came.kind), party, entry).is_ok();
        // Also those who have left since, in the role that they had.
        let versions = self.me.rosters.get(&party).into_iter().flatten();
        let mut members = versions.filter_map(|version| version.member(who.member));
        let known = members.any(|member| member.role == who.role);
        past && may && known && who.member != self.me.member() && !self.claims.register.has(*spot)
    }
}

fn is_due(last: Option<Beat>, now: Beat, beats: u64) -> bool {
    last.is_none_or(|last| now.since(last) >= beats)
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
