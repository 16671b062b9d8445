//! What is on record of an understanding: who did what, and its place in the order of all stations.

use super::incident::{IncidentAct, IncidentId};
use super::sides::Side;
use crate::rules::{Author, RoomKind};
use backchannel_wire::{Beat, MemberId, PartyNo, SeatNo, UtcMs};
use std::collections::BTreeSet;

/// The digest of a frozen text.
pub type Digest = [u8; 32];
/// The name of one try of a ceremony.
pub type Sid = [u8; 32];

/// Where an event stands in the order that every station shares (LIFE-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The beat that completed it.
    pub beat: Beat,
    /// The room.
    pub room: RoomKind,
    /// The seat in that room.
    pub seat: SeatNo,
    /// Its number among what that seat completed in that beat.
    pub nth: u16,
    /// The instant that beat's seal was dated.
    pub utc: UtcMs,
}

impl Position {
    /// The place without its date: what two events cannot share.
    pub(super) fn place(&self) -> (Beat, RoomKind, SeatNo, u16) {
        (self.beat, self.room, self.seat, self.nth)
    }
}

/// An admitted event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// Its place.
    pub position: Position,
    /// The side, as the room authenticated it.
    pub party: PartyNo,
    /// The person.
    pub member: MemberId,
    /// What that person may do.
    pub role: backchannel_wire::Role,
    /// What was done.
    pub act: Act,
}

impl Event {
    /// An event of an author.
    pub fn new(position: Position, author: Author, act: Act) -> Self {
        Self { position, party: author.party, member: author.member, role: author.role, act }
    }
}

/// What can be done to an understanding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// The pen began a text.
    Drafted,
    /// The pen laid a version before the parties.
    Submitted,
    /// A party commented on a clause.
    Commented,
    /// The pen froze a version.
    Frozen {
        /// Its number, above every one before.
        version: u32,
        /// Its digest.
        digest: Digest,
    },
    /// A principal approved a frozen version.
    Approved {
        /// Its digest.
        digest: Digest,
    },
    /// A principal took an approval back.
    ApprovalTakenBack {
        /// The digest.
        digest: Digest,
    },
    /// A try of the ceremony began.
    CeremonyBegun {
        /// Its name, never used before.
        sid: Sid,
        /// The text.
        digest: Digest,
        /// When it expires.
        expiry: UtcMs,
    },
    /// A party deposited.
    Deposited {
        /// The try.
        sid: Sid,
    },
    /// A party took its deposit back.
    DepositWithdrawn {
        /// The try.
        sid: Sid,
    },
    /// The depositary released; its word in caucus, or posted by whoever received it.
    Released {
        /// The try.
        sid: Sid,
        /// The date of the certificate.
        released_at: UtcMs,
    },
    /// The depositary says that it destroyed the deposits.
    Destroyed {
        /// The try.
        sid: Sid,
    },
    /// A party's station checked the release and acknowledges it.
    Acknowledged {
        /// The try.
        sid: Sid,
    },
    /// A party confirms that those it binds in a zone were told.
    Told {
        /// The number of the zone in the terms.
        zone: u8,
    },
    /// People of a party reaffirm; it counts with the last of a quorum.
    Reaffirmed {
        /// The first instant no longer in effect if all reaffirm.
        until: UtcMs,
        /// Whose word it is.
        by: BTreeSet<MemberId>,
    },
    /// People of a party give notice of withdrawal; it counts with the last of a quorum.
    NoticeGiven {
        /// The first instant no longer in effect.
        effective: UtcMs,
        /// On urgent grounds.
        urgent: bool,
        /// Whose word it is.
        by: BTreeSet<MemberId>,
    },
    /// People of a party take its notice back; it counts with the last of a quorum.
    NoticeTakenBack {
        /// Whose word it is.
        by: BTreeSet<MemberId>,
    },
    /// Another understanding is settled that takes the place of this one. Made by [`super::supersede`], never by a peer.
    Superseded {
        /// The digest of its text.
        by: Digest,
        /// The instant of its entry.
        from: UtcMs,
    },
    /// Something is done about an incident.
    Incident {
        /// Which.
        id: IncidentId,
        /// What.
        act: IncidentAct,
    },
    /// A party's roster has a new version.
    RosterChanged {
        /// Who approves from now on.
        side: Side,
    },
    /// The pen was laid down.
    Abandoned,
}
