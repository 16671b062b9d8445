//! Leaves that go: stations that are away for too long, leaves that do not vouch, and this station's own
//! (docs/spec/joining.md, "Leaving").

use super::profile::Standing;
use super::room::{Peer, Purpose, Removal, Room, Wish};
use super::{Machine, Told};
use crate::limits::{AWAY_MS, TURN_BEATS, UNVOUCHED_BEATS};
use crate::sabotage::{Sabotage, on};
use backchannel_wire::{Beat, Role, RoomId, SeatNo, UtcMs};

/// What a station says of a removal because of absence.
pub const AWAY_NOTE: &str = "away for too long";
/// What a station says of a removal because of a vouch that never came.
pub const UNVOUCHED_NOTE: &str = "not vouched for";

impl Machine {
    /// Removes leaves that hold the room up and that nobody answers for (JOIN-12, JOIN-13); members take turns.
    pub(super) fn clear_seats(&mut self) {
        let away_beats = AWAY_MS / u64::from(self.me.invitation.beat_ms).max(1);
        for room in self.rooms.values_mut() {
            for (seat, note) in to_be_removed(room, away_beats) {
                room.wish(Wish {
                    purpose: Purpose::Remove(seat),
                    material: Vec::new(),
                    note: note.as_bytes().to_vec(),
                });
                self.dirty_rooms.insert(room.id());
            }
        }
    }

    /// Forgets who sat on seats without a leaf, and what waits for them, unless they may come back: a person on the
    /// roster may (JOIN-13).
    pub(super) fn forget_departed(&mut self, room: RoomId) {
        let Some(entered) = self.rooms.get(&room) else { return };
        for seat in entered.former_seats() {
            let claim = self.me.profile.claims.get(&(room, seat.get()));
            if claim.is_some_and(|(party, member)| self.me.person(*party, *member).is_some()) {
                continue;
            }
            let fates = self.rooms.get_mut(&room).map(|entered| entered.forget(seat)).unwrap_or_default();
            self.me.profile.claims.remove(&(room, seat.get()));
            self.profile_dirty = true;
            self.dirty_rooms.insert(room);
            for fate in fates {
                self.fate(room, fate);
            }
        }
    }

    /// This station's leaf was removed. Its own head may do that for good; whoever else does, and for whatever reason, the
    /// station asks to be let in again (JOIN-14).
    pub(super) fn removed_self(&mut self, room: RoomId, removal: &Removal, now: UtcMs) {
        let Removal { beat, committer, replaced, note } = removal;
        let for_good = !replaced && self.is_recalled(room, *committer, note);
        let label = self.occupant(room, *committer);
        let asked = self.me.place(room).is_some_and(|place| matches!(place.standing, Standing::Returning(_)));
        let Some(entered) = self.rooms.get_mut(&room) else { return };
        self.dirty_rooms.insert(room);
        self.profile_dirty = true;
        if for_good {
            if let Some(place) = self.me.place_mut(room) {
                place.standing = Standing::Removed;
            }
            let what = "This station was removed from the room and reads nothing later.";
            return self.tell(Told::new("removed", what).room(room).beat(*beat));
        }
        if entered.start_over(now, &mut self.rng).is_err() {
            return;
        }
        // A leaf that is being replaced, because this station asked for it, is no news.
        if !(*replaced && asked) {
            let reason = backchannel_accord::text::safe(&String::from_utf8_lossy(note));
            let what = format!(
                "{label} removed this station from the room; it asks to be let in again. The reason stated: {reason}"
            );
            self.tell(Told::new("rejoining", what).room(room).name(label).beat(*beat));
            let now_beat = self.beat_at(now);
            self.knock(room, now_beat, now, true);
        }
    }

    fn is_recalled(&self, room: RoomId, by: SeatNo, note: &[u8]) -> bool {
        let mine = self.me.party();
        if self.me.person(mine, self.me.member()).is_none() {
            return true;
        }
        let head = self.who(room, by).is_some_and(|who| who.party == mine && who.role == Role::Head);
        head && note != AWAY_NOTE.as_bytes() && note != UNVOUCHED_NOTE.as_bytes()
    }
}

/// The leaves this station is to remove now, each with the reason.
fn to_be_removed(room: &Room, away_beats: u64) -> Vec<(SeatNo, &'static str)> {
    if room.stuck || on(Sabotage::LingeringMember) {
        return Vec::new();
    }
    let own = room.spot.seat;
    let now = room.last_beat();
    let since = room.pace().changed(own);
    let before = |(seat, peer): &(SeatNo, &Peer)| *seat < own && peer.away == 0 && peer.who.is_some();
    let turn = room.peers().filter(before).count() as u64 * TURN_BEATS;
    let due = |(seat, peer): (SeatNo, &Peer)| {
        let reason = reason(peer, now, since, room.pace().changed(seat), turn, away_beats)?;
        (!room.wishes_for(&Purpose::Remove(seat))).then_some((seat, reason))
    };
    room.peers().filter_map(due).collect()
}

/// Why a member is to be removed, `turn` beats after the first of those who may.
///
/// A station removes for want of a vouch only who came after it, or who is away as well: were it itself the one whom the
/// others do not know, it would otherwise clear the whole room.
fn reason(
    peer: &Peer,
    now: Beat,
    since: Beat,
    came: Beat,
    turn: u64,
    away_beats: u64,
) -> Option<&'static str> {
    let window = UNVOUCHED_BEATS + turn;
    let unvouched = peer.who.is_none() && now.since(came.max(since)) >= window;
    if unvouched && (came > since || peer.away >= window) {
        return Some(UNVOUCHED_NOTE);
    }
    (peer.away >= away_beats + turn).then_some(AWAY_NOTE)
}
