//! The messages of a ceremony, as stations carry them in items (docs/spec/ceremony.md, CEREMONY-10).

use super::contribution::{Contribution, ContributionCommitment, Try};
use super::ids::{CeremonyId, Context, OpeningId};
use super::terms::Form;
use crate::gentle::{Consent, GentleDeposit, GentleRelease};
use crate::joint::{JointDeposit, JointRelease, NoncePublic, Readiness};
use crate::limits::{
    ALL_SIGNERS_MAX, CEREMONY_MESSAGE_BYTES_MAX, CEREMONY_PARTIES_MAX, CONSENTS_MAX, SEALED_PARTIAL_BYTES_MAX,
};
use backchannel_wire::tagged::{self, Tag};
use backchannel_wire::{MemberId, PartyNo, UtcMs, canonical};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

const VERSION: u8 = 1;
const OPENING: Tag = Tag("backchannel deposit opening v1");

/// Who a message is from, as the room authenticated it; never a field of the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Author {
    /// The party.
    pub party: PartyNo,
    /// The person's pseudonym.
    pub member: MemberId,
}

/// Which room a message is posted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The party's own room.
    Delegation,
    /// The room of all parties' stations.
    Registry,
    /// The party's room with the intermediary.
    Caucus,
}

/// What a depositary must know before anything is handed in; the same from every party.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Opening {
    /// The identifier of the try.
    #[n(0)]
    pub sid: CeremonyId,
    /// The form.
    #[n(1)]
    pub form: Form,
    /// The instant at which everything is destroyed unless it was released before.
    #[n(2)]
    pub limit: UtcMs,
    /// The parties, in ascending order.
    #[n(3)]
    pub parties: Vec<PartyNo>,
}

impl Opening {
    /// What the depositary's ceremony is named by (DEPOSIT-1). Another party that knows sid cannot open one of this name.
    pub fn id(&self) -> OpeningId {
        OpeningId(tagged::hash(OPENING, &[&canonical::to_vec(self)]))
    }
}

/// What a party hands in, in either form.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Deposit {
    /// The gentlemen's form.
    #[n(0)]
    Gentle(#[n(0)] GentleDeposit),
    /// The joint form.
    #[n(1)]
    Joint(#[n(0)] JointDeposit),
}

impl Deposit {
    /// One hash of the depositor's view, which all must share (DEPOSIT-4).
    pub fn view(&self) -> [u8; 32] {
        match self {
            Self::Gentle(deposit) => deposit.view.digest(),
            Self::Joint(deposit) => deposit.view.digest(),
        }
    }
}

/// What a depositary releases, in either form.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Release {
    /// The gentlemen's form.
    #[n(0)]
    Gentle(#[n(0)] GentleRelease),
    /// The joint form.
    #[n(1)]
    Joint(#[n(0)] JointRelease),
}

/// Why a depositary did not take what was handed in, or did not give it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, thiserror::Error)]
#[cbor(index_only)]
pub enum Refusal {
    /// Not the head of a party that takes part.
    #[n(0)]
    #[error("only the head of a party that takes part deposits and withdraws (DEPOSIT-1)")]
    NotEntitled,
    /// Other parties, form or limit than the ceremony was opened with.
    #[n(1)]
    #[error("the deposit is for another ceremony than the one that was opened (DEPOSIT-1)")]
    OtherOpening,
    /// At or after the limit.
    #[n(2)]
    #[error("the limit has passed (DEPOSIT-2)")]
    Late,
    /// What was handed in does not hold.
    #[n(3)]
    #[error("what was handed in does not hold (DEPOSIT-3)")]
    Invalid,
    /// This party's deposit is already there.
    #[n(4)]
    #[error("a deposit of this party is already there: withdraw it first (DEPOSIT-5)")]
    Second,
    /// There is nothing to withdraw.
    #[n(5)]
    #[error("there is no deposit of this party to withdraw (DEPOSIT-6)")]
    NothingHeld,
    /// Everything was released already.
    #[n(6)]
    #[error("everything has been released (DEPOSIT-6)")]
    Released,
    /// Everything was destroyed already.
    #[n(7)]
    #[error("everything has been destroyed (DEPOSIT-8)")]
    Destroyed,
    /// Its sender was the first in too many ceremonies that lie there.
    #[n(8)]
    #[error("too many ceremonies of this head lie there already (DEPOSIT-10)")]
    Full,
}

/// Why a depositary destroyed everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Destruction {
    /// A deposit was missing at the limit.
    #[n(0)]
    Limit,
    /// Two parties saw different things.
    #[n(1)]
    UnequalViews,
}

/// Why a station ends its part in a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Why {
    /// It was restarted, and nonces do not outlive a restart.
    #[n(0)]
    Restarted,
    /// It took too long.
    #[n(1)]
    TookTooLong,
    /// A principal withdrew.
    #[n(2)]
    Withdrawn,
    /// A roster changed.
    #[n(3)]
    RosterChanged,
    /// Somebody changed or forged what it had sent.
    #[n(4)]
    BadContribution,
    /// Somebody's nonces, proofs or partials do not hold, or came twice.
    #[n(5)]
    BadPart,
    /// Another station ended it.
    #[n(6)]
    Ended,
}

/// One message of a ceremony.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Message {
    /// A head commits to its contribution, in the registry.
    #[n(0)]
    Commit(#[n(0)] Try, #[n(1)] ContributionCommitment),
    /// A head opens its contribution, in the registry.
    #[n(1)]
    Open(#[n(0)] Try, #[n(1)] Contribution),
    /// A signer consents, in its delegation room (gentlemen's form).
    #[n(2)]
    Consents(#[n(0)] CeremonyId, #[n(1)] Vec<Consent>),
    /// A signer's nonces, in its delegation room (joint form).
    #[n(3)]
    Nonce(#[n(0)] CeremonyId, #[n(1)] Box<NoncePublic>),
    /// All nonces of a party by place, posted onward by its head, in the registry.
    #[n(4)]
    Nonces(#[n(0)] CeremonyId, #[n(1)] BTreeMap<u16, NoncePublic>),
    /// A signer's partial, sealed to its head, in its delegation room.
    #[n(5)]
    Partial(#[n(0)] CeremonyId, #[n(1)] ByteVec),
    /// A head shows the others that its party stands ready, in the registry.
    #[n(6)]
    Ready(#[n(0)] CeremonyId, #[n(1)] Vec<Readiness>),
    /// A head deposits, in its caucus.
    #[n(7)]
    Deposit(#[n(0)] Opening, #[n(1)] Deposit),
    /// A head withdraws its deposit, in its caucus.
    #[n(8)]
    Withdraw(#[n(0)] OpeningId),
    /// The depositary holds a party's deposit.
    #[n(9)]
    Held(#[n(0)] OpeningId),
    /// The depositary refused something.
    #[n(10)]
    Refused(#[n(0)] OpeningId, #[n(1)] Refusal),
    /// The depositary gave a deposit up, as its party asked.
    #[n(11)]
    Withdrawn(#[n(0)] OpeningId),
    /// The depositary releases everything; whoever receives it posts it in the registry.
    #[n(12)]
    Released(#[n(0)] CeremonyId, #[n(1)] Release),
    /// The depositary destroyed everything.
    #[n(13)]
    Destroyed(#[n(0)] OpeningId, #[n(1)] Destruction),
    /// A head acknowledges, in the registry, that it holds a release that it found good.
    #[n(14)]
    Acknowledged(#[n(0)] CeremonyId, #[n(1)] Context),
    /// A station ends its part in a try.
    #[n(15)]
    Ended(#[n(0)] Try, #[n(1)] Why),
}

/// A message does not travel: it is too long, of another version, or not canonical.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// Too long, above a bound, or not canonical.
    #[error("the bytes are not a message of a ceremony in canonical form (CEREMONY-10)")]
    Malformed,
    /// The version is not known.
    #[error("the message is of version {0}, which this program does not know (CEREMONY-10)")]
    Version(u8),
}

#[derive(Encode, Decode)]
struct Envelope {
    #[n(0)]
    version: u8,
    #[n(1)]
    message: Message,
}

impl Message {
    /// Encodes the message under its version.
    pub fn to_bytes(&self) -> Vec<u8> {
        canonical::to_vec(&Envelope { version: VERSION, message: self.clone() })
    }

    /// Decodes a message and checks its bounds (CEREMONY-10).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, MessageError> {
        if bytes.len() > CEREMONY_MESSAGE_BYTES_MAX {
            return Err(MessageError::Malformed);
        }
        let envelope: Envelope = canonical::from_slice(bytes).map_err(|_| MessageError::Malformed)?;
        if envelope.version != VERSION {
            return Err(MessageError::Version(envelope.version));
        }
        if envelope.message.is_bounded() { Ok(envelope.message) } else { Err(MessageError::Malformed) }
    }

    fn is_bounded(&self) -> bool {
        match self {
            Self::Consents(_, consents) => consents.len() <= CEREMONY_PARTIES_MAX,
            Self::Nonces(_, nonces) => nonces.len() <= ALL_SIGNERS_MAX,
            Self::Partial(_, sealed) => sealed.len() <= SEALED_PARTIAL_BYTES_MAX,
            Self::Ready(_, proofs) => proofs.len() <= CEREMONY_PARTIES_MAX,
            Self::Deposit(opening, deposit) => {
                opening.parties.len() <= CEREMONY_PARTIES_MAX && deposit.is_bounded()
            }
            Self::Released(_, Release::Gentle(release)) => {
                release.0.len() <= CEREMONY_PARTIES_MAX && release.is_bounded()
            }
            Self::Released(_, Release::Joint(release)) => release.shares.len() <= CEREMONY_PARTIES_MAX,
            _ => true,
        }
    }
}

impl Deposit {
    fn is_bounded(&self) -> bool {
        match self {
            Self::Gentle(deposit) => {
                deposit.consents.len() <= CONSENTS_MAX && deposit.view.sides.len() <= CEREMONY_PARTIES_MAX
            }
            Self::Joint(deposit) => deposit.view.sums.len() <= CEREMONY_PARTIES_MAX,
        }
    }
}
