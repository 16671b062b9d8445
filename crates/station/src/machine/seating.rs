//! Who belongs where, and whose word on rosters counts: decisions of joining that rest on nothing but their arguments.

use super::room::Spot;
use crate::limits::{KNOCK_AHEAD_BEATS, KNOCK_OLD_BEATS};
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{Beat, PartyNo, SeatNo};

/// Whether the rosters in an answer count (JOIN-10): of one's own side or another, known already or not.
pub fn answer_counts(kind: RoomKind, again: bool, head: bool, own: bool, known: bool) -> bool {
    let from_own_head = !again && !head;
    let from_colleague = own && !head && matches!(kind, RoomKind::Delegation(_));
    from_own_head || from_colleague || !(own || known)
}

/// Whether a knock left in beat `left` asks for something new (JOIN-11): later than the seat's leaf came or went, which is
/// how a knock is answered, and neither older nor further ahead than an honest one can be.
///
/// A relay that kept an old knock could otherwise have a living leaf replaced by one nobody holds the keys of.
pub fn knock_is_new(left: Beat, changed: Beat, last: Beat) -> bool {
    let ahead = left > last.plus(KNOCK_AHEAD_BEATS);
    left > changed && !ahead && last.since(left) <= KNOCK_OLD_BEATS
}

/// Whether a seat of a room is for a side: the intermediary has the first of each caucus, each party its block of the registry.
pub fn may_sit(spot: &Spot, seat: SeatNo, party: PartyNo, parties: usize) -> bool {
    let first = seat.get() == 0;
    match spot.kind {
        RoomKind::Caucus(_) if party == PartyNo::INTERMEDIARY => first,
        RoomKind::Caucus(caucus) => party == caucus && !first,
        RoomKind::Delegation(own) => party == own,
        RoomKind::Registry => {
            let block = (usize::from(spot.capacity) / parties.max(1)).max(1);
            let owner = (seat.index() / block + 1).min(parties);
            party != PartyNo::INTERMEDIARY && owner == usize::from(party.0)
        }
    }
}

/// What the relay keeps of a seat.
pub fn seat_keys(
    token: &backchannel_wire::token::SeatToken,
    revoker: &backchannel_wire::token::Revoker,
) -> backchannel_wire::lobby::SeatKeys {
    backchannel_wire::lobby::SeatKeys {
        token: token.hash(),
        revoker: revoker.hash(),
        head_mac: token.head_mac_key(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backchannel_wire::{ChannelId, RoomId};

    /// JOIN-10
    #[test]
    fn an_answer_changes_no_roster_that_is_known_but_a_delegates_own() {
        let (delegation, caucus) = (RoomKind::Delegation(PartyNo(1)), RoomKind::Caucus(PartyNo(1)));
        for kind in [delegation, caucus, RoomKind::Registry] {
            for again in [false, true] {
                assert!(!answer_counts(kind, again, true, true, true));
                assert!(!answer_counts(kind, again, true, false, true));
                assert!(answer_counts(kind, again, true, false, false));
            }
            assert!(answer_counts(kind, false, false, true, true));
            assert!(!answer_counts(kind, true, false, false, true));
        }
        assert!(answer_counts(delegation, true, false, true, true));
        assert!(!answer_counts(caucus, true, false, true, true));
    }

    /// JOIN-11
    #[test]
    fn a_knock_is_answered_once_and_only_while_it_is_fresh() {
        let (changed, last) = (Beat(1000), Beat(1100));
        assert!(knock_is_new(Beat(1001), changed, last));
        for (left, why) in [
            (Beat(1000), "it led to the leaf that sits there"),
            (Beat(900), "it is older than that leaf"),
            (Beat(1100 + KNOCK_AHEAD_BEATS + 1), "it comes from a beat that has not been"),
        ] {
            assert!(!knock_is_new(left, changed, last), "{why}");
        }
        let late = Beat(1001 + KNOCK_OLD_BEATS);
        assert!(knock_is_new(Beat(1001), changed, late));
        assert!(!knock_is_new(Beat(1001), changed, late.plus(1)));
    }

    /// JOIN-8
    #[test]
    fn a_side_is_let_in_only_where_it_belongs() {
        let spot = |kind, capacity| Spot {
            channel: ChannelId([1; 16]),
            room: RoomId([2; 16]),
            kind,
            seat: SeatNo::new(0).unwrap(),
            capacity,
        };
        let sits = |kind, capacity, seat, party| {
            may_sit(&spot(kind, capacity), SeatNo::new(seat).unwrap(), PartyNo(party), 2)
        };
        let (delegation, caucus) = (RoomKind::Delegation(PartyNo(1)), RoomKind::Caucus(PartyNo(1)));
        assert!(sits(delegation, 4, 1, 1) && !sits(delegation, 4, 1, 2) && !sits(delegation, 4, 1, 0));
        assert!(sits(caucus, 4, 0, 0) && sits(caucus, 4, 1, 1));
        assert!(!sits(caucus, 4, 0, 1) && !sits(caucus, 4, 1, 2) && !sits(caucus, 4, 1, 0));
        assert!(sits(RoomKind::Registry, 8, 3, 1) && sits(RoomKind::Registry, 8, 4, 2));
        assert!(!sits(RoomKind::Registry, 8, 4, 1) && !sits(RoomKind::Registry, 8, 0, 0));
    }
}
