//! Who may say what of an understanding, and where (DEED-3 to DEED-6). The author is whom MLS authenticated.

use super::item::{Deed, Shown};
use crate::machine::room::Who;
use backchannel_accord::RoomKind;
use backchannel_wire::{PartyNo, Role};

/// Why an item about an understanding leaves no trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Barred {
    /// Above a bound.
    #[error("it is longer than such a thing may be (DEED-2)")]
    Bounds,
    /// Not in the room it belongs in.
    #[error("it does not belong in this room (DEED-3)")]
    Room,
    /// Not by somebody of that side and role.
    #[error("its author may not do this (DEED-4)")]
    Author,
    /// The understanding is not on record here.
    #[error("no understanding of that name is on record here (DEED-5)")]
    Unknown,
    /// What it carries is not what it should be.
    #[error("what it carries does not hold (DEED-6)")]
    Content,
    /// The record is full.
    #[error("more is on record than an understanding needs (DEED-7)")]
    Full,
}

/// Whether a deed may be done by this author in this room.
pub fn deed(who: Who, room: RoomKind, pen: PartyNo, deed: &Deed) -> Result<(), Barred> {
    if !deed.is_bounded() {
        return Err(Barred::Bounds);
    }
    let decides = matches!(who.role, Role::Head | Role::Principal);
    let (fits, may) = match deed {
        Deed::Submitted(_) | Deed::Frozen(_) | Deed::Abandoned => {
            // A party that holds the pen has one caucus; the intermediary carries to the others (DEED-16).
            let by = if room == RoomKind::Caucus(pen) { pen } else { PartyNo::INTERMEDIARY };
            (matches!(room, RoomKind::Caucus(_)), who.party == by && who.role != Role::Observer)
        }
        Deed::Depositary(_) => (
            matches!(room, RoomKind::Caucus(_)),
            who.party == PartyNo::INTERMEDIARY && who.role != Role::Observer,
        ),
        Deed::Commented { .. } => (room == RoomKind::Caucus(who.party), who.role != Role::Observer),
        Deed::Approved(_) | Deed::TakenBack(_) => (room == RoomKind::Caucus(who.party), decides),
        Deed::Proposed(_) | Deed::Begun { .. } | Deed::Roster(..) => {
            (room == RoomKind::Registry, who.role == Role::Head)
        }
        Deed::Told(_) | Deed::Reaffirmed(_) | Deed::Notice { .. } | Deed::NoticeBack | Deed::Incident(..) => {
            (room == RoomKind::Registry, decides)
        }
    };
    ruled(fits, may)
}

/// Whether it is done with the pen.
pub fn drafts(deed: &Deed) -> bool {
    matches!(deed, Deed::Submitted(_) | Deed::Frozen(_) | Deed::Abandoned)
}

/// Whether a ceremony's message counts for the record where it was said.
pub fn shown(who: Who, room: RoomKind, shown: &Shown) -> Result<(), Barred> {
    let head = who.role == Role::Head && who.party != PartyNo::INTERMEDIARY;
    let depositary = who.party == PartyNo::INTERMEDIARY && who.role != Role::Observer;
    let caucus = matches!(room, RoomKind::Caucus(_));
    let (fits, may) = match shown {
        Shown::HandedIn(..) => (room == RoomKind::Caucus(who.party), head),
        Shown::Released(..) if depositary => (caucus, true),
        Shown::Released(..) | Shown::Acknowledged(..) => (room == RoomKind::Registry, head),
        Shown::Deposited(_) | Shown::Withdrawn(_) | Shown::Destroyed(_) => (caucus, depositary),
    };
    ruled(fits, may)
}

fn ruled(fits: bool, may: bool) -> Result<(), Barred> {
    match (fits, may) {
        (false, _) => Err(Barred::Room),
        (_, false) => Err(Barred::Author),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::item::{About, Proposal};
    use super::*;
    use crate::limits::COMMENT_BYTES_MAX;
    use backchannel_accord::understanding::Digest;
    use backchannel_accord::{Lang, Texts};
    use backchannel_assurance::ceremony::{CeremonyId, Context, OpeningId};
    use backchannel_wire::{MemberId, UtcMs};

    const ALL: [Role; 4] = [Role::Head, Role::Principal, Role::Envoy, Role::Observer];
    const ROOMS: [RoomKind; 5] = [
        RoomKind::Caucus(PartyNo(1)),
        RoomKind::Caucus(PartyNo(2)),
        RoomKind::Delegation(PartyNo(1)),
        RoomKind::Delegation(PartyNo(2)),
        RoomKind::Registry,
    ];

    fn who(party: u8, role: Role) -> Who {
        Who { party: PartyNo(party), member: MemberId([1; 16]), role }
    }

    /// Every author and room for which something is taken.
    fn taken(check: impl Fn(Who, RoomKind) -> Result<(), Barred>) -> Vec<(u8, Role, RoomKind)> {
        let mut out = Vec::new();
        for (party, role) in (0..3).flat_map(|party| ALL.map(|role| (party, role))) {
            out.extend(
                ROOMS
                    .iter()
                    .filter(|room| check(who(party, role), **room).is_ok())
                    .map(|room| (party, role, *room)),
            );
        }
        out
    }

    fn by(deed: &Deed) -> Vec<(u8, Role, RoomKind)> {
        taken(|who, room| super::deed(who, room, PartyNo::INTERMEDIARY, deed))
    }

    fn comment(text: String) -> Deed {
        Deed::Commented { clause: None, text: Texts::one(Lang::new("en").unwrap(), text) }
    }

    // DEED-3, DEED-4
    #[test]
    fn every_deed_has_its_authors_and_its_room_and_no_other() {
        let pens = by(&Deed::Submitted(Vec::new()));
        assert_eq!(pens.len(), 6);
        assert!(pens.iter().all(|(party, role, room)| *party == 0
            && *role != Role::Observer
            && matches!(room, RoomKind::Caucus(_))));
        assert_eq!(by(&Deed::Frozen(Vec::new())), pens);
        assert_eq!(by(&Deed::Abandoned), pens);
        let comments = by(&comment("no".to_owned()));
        assert!(
            comments
                .iter()
                .all(|(party, role, room)| *role != Role::Observer
                    && *room == RoomKind::Caucus(PartyNo(*party)))
        );
        assert_eq!(comments.len(), 6);
        let deciding: Vec<_> = [1, 2]
            .into_iter()
            .flat_map(|party| {
                [Role::Head, Role::Principal].map(|role| (party, role, RoomKind::Caucus(PartyNo(party))))
            })
            .collect();
        assert_eq!(by(&Deed::Approved(Digest([1; 32]))), deciding);
        assert_eq!(by(&Deed::TakenBack(Digest([1; 32]))), deciding);
        let proposal = Proposal { digest: Digest([1; 32]), number: 1, limit: UtcMs(1), expiry: UtcMs(2) };
        let heads = [0, 1, 2].map(|party| (party, Role::Head, RoomKind::Registry)).to_vec();
        assert_eq!(by(&Deed::Proposed(proposal)), heads);
        let begun = Deed::Begun { sid: CeremonyId([1; 32]), digest: Digest([1; 32]), expiry: UtcMs(2) };
        assert_eq!(by(&begun), heads);
        assert_eq!(by(&Deed::Incident([1; 16], About::Contested)), by(&Deed::Told(0)));
        assert!(
            by(&Deed::Told(0))
                .iter()
                .all(|(_, role, room)| matches!(role, Role::Head | Role::Principal)
                    && *room == RoomKind::Registry)
        );
    }

    // DEED-16
    #[test]
    fn a_pen_of_a_party_writes_in_its_caucus_and_the_intermediary_carries() {
        for text in [Deed::Submitted(Vec::new()), Deed::Frozen(Vec::new()), Deed::Abandoned] {
            let by = taken(|who, room| super::deed(who, room, PartyNo(1), &text));
            let (own, carried): (Vec<_>, Vec<_>) =
                by.into_iter().partition(|(.., room)| *room == RoomKind::Caucus(PartyNo(1)));
            assert_eq!(own.len(), 3);
            assert!(own.iter().all(|(party, role, _)| *party == 1 && *role != Role::Observer));
            assert_eq!(carried.len(), 3);
            assert!(carried.iter().all(|(party, role, room)| *party == 0
                && *role != Role::Observer
                && *room == RoomKind::Caucus(PartyNo(2))));
        }
    }

    // DEED-4
    #[test]
    fn what_a_ceremony_shows_counts_from_heads_and_the_depositary_alone() {
        let sid = CeremonyId([1; 32]);
        let by = |one: Shown| taken(move |who, room| shown(who, room, &one));
        let caucus = [1, 2].map(|party| (party, Role::Head, RoomKind::Caucus(PartyNo(party)))).to_vec();
        assert_eq!(by(Shown::HandedIn(sid, OpeningId([1; 32]))), caucus);
        let registry = [1, 2].map(|party| (party, Role::Head, RoomKind::Registry)).to_vec();
        assert_eq!(by(Shown::Acknowledged(sid, Context([1; 32]))), registry);
        let destroyed = by(Shown::Destroyed(sid));
        assert!(destroyed.iter().all(|(party, role, _)| *party == 0 && *role != Role::Observer));
        assert_eq!(by(Shown::Deposited(sid)), destroyed);
        assert_eq!(by(Shown::Withdrawn(sid)), destroyed);
        assert_eq!(by(Shown::Released(sid, None)), [destroyed, registry].concat());
    }

    // DEED-2
    #[test]
    fn a_comment_has_words_and_not_too_many() {
        let may = |deed: &Deed| super::deed(who(1, Role::Head), ROOMS[0], PartyNo::INTERMEDIARY, deed);
        assert_eq!(may(&comment("a".repeat(COMMENT_BYTES_MAX))), Ok(()));
        assert_eq!(may(&comment("a".repeat(COMMENT_BYTES_MAX + 1))), Err(Barred::Bounds));
        assert_eq!(may(&Deed::Commented { clause: None, text: Texts::default() }), Err(Barred::Bounds));
        let named =
            Deed::Commented { clause: Some("c".repeat(41)), text: Texts::one(Lang::new("en").unwrap(), "a") };
        assert_eq!(may(&named), Err(Barred::Bounds));
    }
}
