//! Leaves that go: stations that are away for too long, leaves that do not vouch, and this station's own
//! (docs/spec/joining.md, "Leaving").

use super::joining::Errand;
use super::profile::Standing;
use super::room::{Peer, Purpose, Removal, Room, Wish};
use super::{Machine, Told};
use crate::limits::{AWAY_MS, TURN_BEATS, UNVOUCHED_BEATS};
use crate::sabotage::{Sabotage, on};
use backchannel_wire::limits::{LOBBY_BLOB_BYTES, SEATS_MAX};
use backchannel_wire::lobby::{Blob, LobbyRequest};
use backchannel_wire::{Beat, Role, RoomId, SeatNo, UtcMs};
use rand_core::RngCore;

/// What a station says of a removal because of absence.
pub const AWAY_NOTE: &str = "away for too long";
/// What a station says of a removal because of a vouch that never came.
pub const UNVOUCHED_NOTE: &str = "not vouched for";

impl Machine {
    /// Removes leaves that hold the room up and that nobody answers for (JOIN-12, JOIN-13); members take turns.
    pub(super) fn clear_seats(&mut self) {
        let away_beats = AWAY_MS / u64::from(self.me.invitation.beat_ms).max(1);
        let mut unwelcome = Vec::new();
        for room in self.rooms.values_mut() {
            let due = to_be_removed(room, away_beats);
            let dropped = room.drop_wishes(|room, wish| is_stale(room, wish, &due));
            unwelcome.extend(dropped.into_iter().map(|purpose| (room.id(), purpose)));
            for (seat, note) in due {
                let purpose = Purpose::Remove(seat);
                if !room.wishes_for(&purpose) {
                    room.wish(Wish { note: note.as_bytes().to_vec(), ..Wish::new(purpose) });
                    self.dirty_rooms.insert(room.id());
                }
            }
        }
        for (room, purpose) in unwelcome {
            self.dirty_rooms.insert(room);
            if let Purpose::Add(seat) | Purpose::Replace(seat) = purpose {
                self.not_welcomed(room, seat);
            }
        }
    }

    /// Whoever has a seat and no leaf here may come back, also to those who never met it.
    pub(super) fn expect_departed(&mut self, room: RoomId) {
        let seats = self.me.profile.claims.range((room, 0)..=(room, SEATS_MAX as u8));
        let seats: Vec<SeatNo> = seats.filter_map(|((_, seat), _)| SeatNo::new(*seat)).collect();
        if let Some(entered) = self.rooms.get_mut(&room) {
            seats.into_iter().for_each(|seat| entered.expect_back(seat));
        }
    }

    /// The beat a knock is dated by: the relay's, as far as it is known.
    pub(super) fn knock_beat(&self, now: UtcMs) -> Beat {
        self.beat_at(UtcMs(now.0.saturating_add_signed(self.offset_ms)))
    }

    /// An old knock would stand before all others in the relay's mailbox: a letter that opens for nobody takes it away, and
    /// whoever left it knocks again in its own time.
    pub(super) fn turn_away(&mut self, room: RoomId, seat: SeatNo) {
        let mut bytes = vec![0; LOBBY_BLOB_BYTES];
        self.rng.fill_bytes(&mut bytes);
        let (Some(blob), Some(claim)) = (Blob::new(bytes), self.claim(room)) else { return };
        self.call(Errand::TurnAway(room, seat), LobbyRequest::PutAnswer { claim, for_seat: seat, blob });
    }

    /// What this station was to bring about in a room is gone with its leaf: whoever waited knocks again.
    pub(super) fn forget_expected(&mut self, room: RoomId) {
        self.joining.expected.retain(|(at, _), _| *at != room);
        self.joining_dirty = true;
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
            self.me.profile.proven.remove(&(room, seat.get()));
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
        self.forget_expected(room);
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
        Some((seat, reason(peer, now, since, room.pace().changed(seat), turn, away_beats)?))
    };
    room.peers().filter_map(due).collect()
}

/// Whether a wish noted earlier must not be carried out any more: the member is heard or vouched for again, or the knock was
/// answered by another (JOIN-11).
pub(super) fn is_stale(room: &Room, wish: &Wish, due: &[(SeatNo, &'static str)]) -> bool {
    match wish.purpose {
        Purpose::Remove(seat) => {
            let automatic = [AWAY_NOTE, UNVOUCHED_NOTE].map(str::as_bytes).contains(&&wish.note[..]);
            automatic && !due.iter().any(|(member, _)| *member == seat)
        }
        Purpose::Add(seat) | Purpose::Replace(seat) => wish.knock <= room.pace().changed(seat),
        Purpose::Update | Purpose::Words => false,
    }
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
    let unvouched = peer.who.is_none() && now.since(peer.unvouched.max(since)) >= window;
    if unvouched && (came > since || peer.away >= window) {
        return Some(UNVOUCHED_NOTE);
    }
    (peer.away >= away_beats + turn).then_some(AWAY_NOTE)
}
