//! What stations say of understandings, and what is kept on record of it (docs/spec/understanding-items.md).

use super::kept::Outline;
use crate::limits::{CLAUSE_NAME_BYTES_MAX, COMMENT_BYTES_MAX};
use crate::machine::room::Who;
use backchannel_accord::life::{Agreed, Answer, Finding, IncidentAct, IncidentId};
use backchannel_accord::limits::APPROVERS_MAX;
use backchannel_accord::understanding::Digest;
use backchannel_accord::{RoomKind, Texts};
use backchannel_assurance::ceremony::{CeremonyId, Context, OpeningId};
use backchannel_assurance::{DepositaryPublic, RosterHead};
use backchannel_wire::ids::{hex, unhex};
use backchannel_wire::{Beat, MemberId, PartyNo, RoomId, UtcMs};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

/// Names one understanding; random, made by who holds the pen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct UnderstandingId(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 16]);

impl UnderstandingId {
    /// Lower-case hexadecimal form.
    pub fn to_hex(self) -> String {
        hex(&self.0)
    }

    /// Parses the whole hexadecimal form.
    pub fn from_hex(text: &str) -> Option<Self> {
        unhex(text)?.try_into().ok().map(Self)
    }
}

/// What a head proposes so that all machines run the same try.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Proposal {
    /// The text.
    #[n(0)]
    pub digest: Digest,
    /// The number of the try, from 1.
    #[n(1)]
    pub number: u32,
    /// When the depositary destroys everything.
    #[n(2)]
    pub limit: UtcMs,
    /// EXPIRY.
    #[n(3)]
    pub expiry: UtcMs,
}

/// One thing somebody did to an understanding.
#[derive(Clone, Encode, Decode)]
pub enum Deed {
    /// The pen laid a text before the parties.
    #[n(0)]
    Submitted(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// A party commented.
    #[n(1)]
    Commented {
        /// The clause; the whole text if absent.
        #[n(0)]
        clause: Option<String>,
        /// The comment, by language.
        #[n(1)]
        text: Texts,
    },
    /// The pen froze a version.
    #[n(2)]
    Frozen(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// A principal approved a version.
    #[n(3)]
    Approved(#[n(0)] Digest),
    /// A principal took that back.
    #[n(4)]
    TakenBack(#[n(0)] Digest),
    /// The pen was laid down.
    #[n(5)]
    Abandoned,
    /// A head proposes a try.
    #[n(6)]
    Proposed(#[n(0)] Proposal),
    /// A try has its identifier.
    #[n(7)]
    Begun {
        /// The identifier.
        #[n(0)]
        sid: CeremonyId,
        /// The text.
        #[n(1)]
        digest: Digest,
        /// EXPIRY.
        #[n(2)]
        expiry: UtcMs,
    },
    /// A party confirms that those it binds in a zone were told.
    #[n(8)]
    Told(#[n(0)] u8),
    /// The depositary's key for certificates (joint form).
    #[n(9)]
    Depositary(#[n(0)] DepositaryPublic),
    /// A head or principal reaffirms.
    #[n(10)]
    Reaffirmed(#[n(0)] UtcMs),
    /// A head or principal gives notice of withdrawal.
    #[n(11)]
    Notice {
        /// When it takes effect.
        #[n(0)]
        effective: UtcMs,
        /// The urgent ground, by its code.
        #[n(1)]
        urgent: Option<String>,
    },
    /// A head or principal takes notice back.
    #[n(12)]
    NoticeBack,
    /// A party's roster has a new version, by which these approve (DEED-17).
    #[n(13)]
    Roster(#[n(0)] RosterHead, #[n(1)] SideOf),
    /// A head or principal does something about an incident.
    #[n(14)]
    Incident(#[cbor(n(0), with = "minicbor::bytes")] IncidentId, #[n(1)] About),
}

/// What a person does about an incident (docs/spec/incidents.md).
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub enum About {
    /// Opens it.
    #[n(0)]
    Opened {
        /// Whose act it was.
        #[n(0)]
        of: PartyNo,
        /// The instant of the fact.
        #[n(1)]
        occurred: UtcMs,
        /// The clause it concerns, by its key.
        #[n(2)]
        clause: Option<String>,
    },
    /// Explains it, with or without an offer to make it good.
    #[n(1)]
    Clarified(#[n(0)] Answer, #[n(1)] bool),
    /// Contests it.
    #[n(2)]
    Contested,
    /// Says what the own side finds.
    #[n(3)]
    Viewed(#[n(0)] Finding),
    /// Takes part in a joint finding.
    #[n(4)]
    Found(#[n(0)] Finding),
    /// Would close it so.
    #[n(5)]
    Settled(#[n(0)] Agreed),
    /// Takes it back.
    #[n(6)]
    Dropped,
}

impl About {
    /// What it is to the understanding's life, as one person's word.
    pub fn act(&self, by: MemberId) -> IncidentAct {
        let by = [by].into();
        match self {
            Self::Opened { of, occurred, clause } => {
                IncidentAct::Opened { of: *of, occurred: *occurred, clause: clause.clone() }
            }
            Self::Clarified(answer, remedy) => IncidentAct::Clarified { answer: *answer, remedy: *remedy },
            Self::Contested => IncidentAct::Contested,
            Self::Viewed(finding) => IncidentAct::Viewed(*finding),
            Self::Found(finding) => IncidentAct::Found { finding: *finding, by },
            Self::Settled(agreed) => IncidentAct::Settled { agreed: *agreed, by },
            Self::Dropped => IncidentAct::Dropped { by },
        }
    }
}

impl Deed {
    /// Whether it is within its bounds (DEED-2); texts have theirs in `accord`.
    pub fn is_bounded(&self) -> bool {
        match self {
            Self::Commented { clause, text } => {
                let bytes: usize = text.iter().map(|(_, text)| text.len()).sum();
                let named = clause.as_ref().is_none_or(|clause| clause.len() <= CLAUSE_NAME_BYTES_MAX);
                named && !text.is_empty() && bytes <= COMMENT_BYTES_MAX
            }
            Self::Notice { urgent, .. } => {
                urgent.as_ref().is_none_or(|code| code.len() <= CLAUSE_NAME_BYTES_MAX)
            }
            Self::Roster(_, side) => side.approvers.len() <= APPROVERS_MAX,
            Self::Incident(_, About::Opened { clause: Some(clause), .. }) => {
                clause.len() <= CLAUSE_NAME_BYTES_MAX
            }
            _ => true,
        }
    }
}

/// An item: a deed and what it is done to.
#[derive(Clone, Encode, Decode)]
pub struct Said {
    /// The understanding.
    #[n(0)]
    pub id: UnderstandingId,
    /// The deed.
    #[n(1)]
    pub deed: Deed,
}

/// What a message of a ceremony shows of its progress.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub enum Shown {
    /// The depositary took a party's deposit.
    #[n(0)]
    Deposited(#[n(0)] CeremonyId),
    /// The depositary erased a party's deposit, as it asked.
    #[n(1)]
    Withdrawn(#[n(0)] CeremonyId),
    /// A release, and the date of its certificate (joint form).
    #[n(2)]
    Released(#[n(0)] CeremonyId, #[n(1)] Option<UtcMs>),
    /// The depositary says that it destroyed everything.
    #[n(3)]
    Destroyed(#[n(0)] CeremonyId),
    /// A head acknowledged.
    #[n(4)]
    Acknowledged(#[n(0)] CeremonyId, #[n(1)] Context),
    /// A head handed in, under this opening.
    #[n(5)]
    HandedIn(#[n(0)] CeremonyId, #[n(1)] OpeningId),
}

impl Shown {
    /// The try it belongs to.
    pub fn sid(&self) -> CeremonyId {
        match self {
            Self::Deposited(sid)
            | Self::Withdrawn(sid)
            | Self::Released(sid, _)
            | Self::Destroyed(sid)
            | Self::Acknowledged(sid, _)
            | Self::HandedIn(sid, _) => *sid,
        }
    }
}

/// What is on record: a deed, what a ceremony showed, or the sides as an understanding found them.
#[derive(Clone, Encode, Decode)]
pub enum What {
    /// A deed.
    #[n(0)]
    Deed(#[n(0)] Said),
    /// A ceremony's progress.
    #[n(1)]
    Shown(#[n(0)] Shown),
    /// Who approves for each side when the understanding was met first.
    #[n(2)]
    Sides(#[n(0)] UnderstandingId, #[n(1)] BTreeMap<PartyNo, SideOf>),
    /// What is left of a text whose words were burned: submitted, or frozen under a number and a digest.
    #[n(3)]
    Outlined(#[n(0)] UnderstandingId, #[n(1)] Option<(u32, Digest)>, #[n(2)] Outline),
}

/// Who approves for a side.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct SideOf {
    /// The roster's quorum.
    #[n(0)]
    pub quorum: u8,
    /// Heads and principals.
    #[n(1)]
    pub approvers: Vec<backchannel_wire::MemberId>,
}

/// What a station of a party tells the intermediary of its own word in the registry (DEED-9).
#[derive(Clone, Encode, Decode)]
pub struct Report {
    /// What it said there.
    #[n(0)]
    pub what: What,
    /// The beat that sealed it.
    #[n(1)]
    pub beat: Beat,
    /// Its number among what that seat said in that beat.
    #[n(2)]
    pub nth: u16,
}

/// Where something was said, in the order that every station shares.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Spot {
    /// The beat.
    #[n(0)]
    pub beat: Beat,
    /// The room.
    #[n(1)]
    pub room: RoomKind,
    /// The seat.
    #[n(2)]
    pub seat: u8,
    /// Its number among what that seat said of understandings in that beat.
    #[n(3)]
    pub nth: u16,
}

/// One line of the record.
#[derive(Clone, Encode, Decode)]
pub struct Note {
    /// The room whose key covers it.
    #[n(0)]
    pub room: Option<RoomId>,
    /// The day whose key covers it, counted from 1970-01-01.
    #[n(1)]
    pub day: u32,
    /// Where it was said.
    #[n(2)]
    pub spot: Spot,
    /// Who said it.
    #[n(3)]
    pub who: Who,
    /// What.
    #[n(4)]
    pub what: What,
}
