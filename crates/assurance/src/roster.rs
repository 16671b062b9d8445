//! Rosters: for each party, a hash chain of versions that say who its people are (docs/spec/roster.md).
//!
//! A version is decided by a quorum of the version before it, and shown to each other side by designated-verifier
//! proofs, never by signatures. The first version has nothing before it: it is taken on the intermediary's word alone
//! until the parties verify each other (docs/spec/first-contact.md).

mod approval;
mod heads;

pub use approval::{Approval, ApprovalError, approval_context, approve, verify_approvals};
pub use heads::{RosterHead, RosterHeads};

use crate::keys::{IkPublic, YPublic};
use crate::label::Label;
use crate::limits::{MEMBERS_MAX, ROSTER_BYTES_MAX};
use backchannel_wire::canonical::{self, CanonicalError};
use backchannel_wire::tagged::{self, Tag};
use backchannel_wire::{ChannelId, MemberId, PartyNo, Role, UtcMs};
use minicbor::{Decode, Encode};
use std::collections::BTreeSet;

const HEAD: Tag = Tag("backchannel roster version v1");

/// One person on a roster.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Member {
    /// The person's pseudonym.
    #[n(0)]
    pub pseudonym: MemberId,
    /// What screens call the person; no real name.
    #[n(1)]
    pub label: Label,
    /// What the person may do.
    #[n(2)]
    pub role: Role,
    /// The identity key.
    #[n(3)]
    pub ik: IkPublic,
    /// The signing key.
    #[n(4)]
    pub y: YPublic,
    /// From when the person may act.
    #[n(5)]
    pub valid_from: UtcMs,
    /// Until when, this instant excluded.
    #[n(6)]
    pub valid_until: UtcMs,
}

impl Member {
    /// Whether the person may act at this instant.
    pub fn is_valid(&self, at: UtcMs) -> bool {
        self.valid_from <= at && at < self.valid_until
    }

    /// Whether the person's role counts towards a quorum.
    pub fn approves(&self) -> bool {
        matches!(self.role, Role::Head | Role::Principal)
    }
}

/// One version of one party's roster.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Version {
    /// The channel the roster belongs to.
    #[n(0)]
    pub channel: ChannelId,
    /// The party.
    #[n(1)]
    pub party: PartyNo,
    /// The version's number, from 1.
    #[n(2)]
    pub number: u32,
    /// The hash of the version before; absent in version 1 alone.
    #[n(3)]
    pub previous: Option<RosterHead>,
    /// How many heads and principals must approve the next version.
    #[n(4)]
    pub quorum: u8,
    /// The people, by ascending pseudonym.
    #[n(5)]
    pub members: Vec<Member>,
}

/// Why a version is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RosterError {
    /// The bytes are too long, or not a version in canonical form.
    #[error("the bytes are not a roster version in canonical form (ROSTER-1)")]
    Malformed,
    /// No member, or more than [`MEMBERS_MAX`].
    #[error("a roster has 1 to {MEMBERS_MAX} members, not {0} (ROSTER-2)")]
    MemberCount(usize),
    /// Members are not in strictly ascending order of pseudonym.
    #[error("the members are not in ascending order of pseudonym, or one appears twice (ROSTER-4)")]
    Order,
    /// Two members share an identity key, a signing key or a label.
    #[error("two members share a key or a label (ROSTER-5)")]
    Shared,
    /// There is no head of delegation, or more than one.
    #[error("a roster has exactly one head of delegation, not {0} (ROSTER-6)")]
    Heads(usize),
    /// The quorum is zero, or more than can approve.
    #[error(
        "the quorum is {quorum}, but must be between 1 and the {approvers} heads and principals (ROSTER-7)"
    )]
    Quorum {
        /// The quorum stated.
        quorum: u8,
        /// Heads and principals on the version.
        approvers: usize,
    },
    /// A member's validity ends before it begins.
    #[error("a member's validity ends before it begins (ROSTER-8)")]
    Validity,
    /// Number and previous hash contradict each other.
    #[error("version 1 has no version before it, and every other has one (ROSTER-9)")]
    Numbering,
    /// The version belongs to another channel or party.
    #[error("the version is of another channel or party (ROSTER-10)")]
    OtherParty,
    /// The number is not the next.
    #[error("the version is numbered {found}, but the next is {expected} (ROSTER-10)")]
    NotNext {
        /// The number that would follow.
        expected: u64,
        /// The number found.
        found: u32,
    },
    /// The previous hash is not that of the version before.
    #[error("the version does not follow from the one before it (ROSTER-10)")]
    NotChained,
    /// A pseudonym came to other keys, or a key to another pseudonym.
    #[error("a pseudonym changed its keys, or a key its pseudonym (ROSTER-11)")]
    Rekeyed,
}

impl Version {
    /// Encodes the version.
    pub fn to_bytes(&self) -> Vec<u8> {
        canonical::to_vec(self)
    }

    /// Decodes a version and checks everything that can be checked of it alone (ROSTER-1 to ROSTER-9, PRIM-4).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RosterError> {
        if bytes.len() > ROSTER_BYTES_MAX {
            return Err(RosterError::Malformed);
        }
        let version: Self =
            canonical::from_slice(bytes).map_err(|_: CanonicalError| RosterError::Malformed)?;
        version.check_form()?;
        Ok(version)
    }

    /// The version's hash, by which the next one names it.
    pub fn head(&self) -> RosterHead {
        RosterHead(tagged::hash(HEAD, &[&self.to_bytes()]))
    }

    /// The member of this pseudonym.
    pub fn member(&self, pseudonym: MemberId) -> Option<&Member> {
        self.members.iter().find(|member| member.pseudonym == pseudonym)
    }

    /// The member with this identity key.
    pub fn member_by_ik(&self, ik: &IkPublic) -> Option<&Member> {
        self.members.iter().find(|member| member.ik == *ik)
    }

    /// The head of delegation.
    pub fn head_member(&self) -> Option<&Member> {
        self.members.iter().find(|member| member.role == Role::Head)
    }

    /// Checks all that can be checked of a version alone (ROSTER-2 to ROSTER-9).
    pub fn check_form(&self) -> Result<(), RosterError> {
        if !(1..=MEMBERS_MAX).contains(&self.members.len()) {
            return Err(RosterError::MemberCount(self.members.len()));
        }
        if !self.members.is_sorted_by(|a, b| a.pseudonym < b.pseudonym) {
            return Err(RosterError::Order);
        }
        self.check_unique()?;
        let heads = self.members.iter().filter(|member| member.role == Role::Head).count();
        if heads != 1 {
            return Err(RosterError::Heads(heads));
        }
        let approvers = self.members.iter().filter(|member| member.approves()).count();
        if !(1..=approvers).contains(&usize::from(self.quorum)) {
            return Err(RosterError::Quorum { quorum: self.quorum, approvers });
        }
        if self.members.iter().any(|member| member.valid_from >= member.valid_until) {
            return Err(RosterError::Validity);
        }
        if self.number == 0 || (self.number == 1) != self.previous.is_none() {
            return Err(RosterError::Numbering);
        }
        Ok(())
    }

    fn check_unique(&self) -> Result<(), RosterError> {
        let count = self.members.len();
        let iks: BTreeSet<_> = self.members.iter().map(|member| member.ik).collect();
        let ys: BTreeSet<_> = self.members.iter().map(|member| member.y).collect();
        let labels: BTreeSet<_> = self.members.iter().map(|member| &member.label).collect();
        if iks.len() == count && ys.len() == count && labels.len() == count {
            Ok(())
        } else {
            Err(RosterError::Shared)
        }
    }
}

/// Checks that `next` may follow `previous`, approvals apart (ROSTER-2 to ROSTER-11).
pub fn check_next(previous: &Version, next: &Version) -> Result<(), RosterError> {
    next.check_form()?;
    if next.channel != previous.channel || next.party != previous.party {
        return Err(RosterError::OtherParty);
    }
    let expected = u64::from(previous.number) + 1;
    if u64::from(next.number) != expected {
        return Err(RosterError::NotNext { expected, found: next.number });
    }
    if next.previous != Some(previous.head()) {
        return Err(RosterError::NotChained);
    }
    if next.members.iter().any(|member| previous.members.iter().any(|old| rekeyed(old, member))) {
        return Err(RosterError::Rekeyed);
    }
    Ok(())
}

/// Whether two entries share some of pseudonym, IK and Y, but not all.
fn rekeyed(old: &Member, new: &Member) -> bool {
    let same = [old.pseudonym == new.pseudonym, old.ik == new.ik, old.y == new.y];
    same.contains(&true) && same.contains(&false)
}
