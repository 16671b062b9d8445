//! What travels inside an MLS application message between two stations (docs/spec/transport.md).

use crate::limits::DIGEST_SLOTS;
use backchannel_wire::ids::hex;
use backchannel_wire::{Beat, Head, MessageId, StreamId};
use minicbor::{Decode, Encode};

/// The classes of items, in the order in which they leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Class {
    /// Vouches: taken from leaves that are not vouched yet.
    #[n(0)]
    Handshake,
    /// Rosters, introductions, receipts of reading, progress.
    #[n(1)]
    Machine,
    /// A dispatch of that precedence.
    #[n(2)]
    Flash,
    /// A dispatch of that precedence.
    #[n(3)]
    Immediate,
    /// A dispatch of that precedence.
    #[n(4)]
    Priority,
    /// A dispatch of that precedence.
    #[n(5)]
    Routine,
}

/// How many classes there are.
pub const CLASSES: usize = 6;

impl Class {
    /// All classes in the order in which they leave.
    pub const ALL: [Self; CLASSES] =
        [Self::Handshake, Self::Machine, Self::Flash, Self::Immediate, Self::Priority, Self::Routine];

    /// The class as an index.
    pub fn index(self) -> usize {
        self as usize
    }
}

/// One sequence number for each class: the highest received without a gap, or the next expected.
pub type PerClass = [u64; CLASSES];

/// What a member says of one other seat.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Receipt {
    /// The seat.
    #[n(0)]
    pub seat: u8,
    /// The stream the numbers belong to.
    #[n(1)]
    pub stream: StreamId,
    /// For each class the number of items taken in without a gap.
    #[n(2)]
    pub through: PerClass,
    /// The number of the last pulse taken in.
    #[n(3)]
    pub pulse: u64,
}

/// What a sender says to one seat: nothing below these numbers will come.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Floor {
    /// The seat.
    #[n(0)]
    pub seat: u8,
    /// For each class the number of items the seat need not wait for.
    #[n(1)]
    pub below: PerClass,
}

/// A head of another room of the same party, told in the delegation room only.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct OtherHead {
    /// The room.
    #[n(0)]
    pub room: backchannel_wire::RoomId,
    /// The beat.
    #[n(1)]
    pub beat: Beat,
    /// Its head.
    #[n(2)]
    pub head: Head,
}

/// The authenticated heartbeat of a station in a room (PULSE-1).
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Pulse {
    /// Its number in the stream, from 1.
    #[n(0)]
    pub number: u64,
    /// The sender's stream.
    #[n(1)]
    pub stream: StreamId,
    /// The last beat the station has processed.
    #[n(2)]
    pub beat: Beat,
    /// That beat's head.
    #[n(3)]
    pub head: Head,
    /// The epoch authenticator.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub epoch_authenticator: [u8; 32],
    /// What was received from each member.
    #[n(5)]
    pub receipts: Vec<Receipt>,
    /// What members need not wait for.
    #[n(6)]
    pub floors: Vec<Floor>,
    /// Heads of the party's other rooms (delegation room only).
    #[n(7)]
    pub others: Vec<OtherHead>,
    /// Digests of verbatim passages about to leave; random where unused (registry only).
    #[n(8)]
    pub digests: Option<[Head; DIGEST_SLOTS]>,
    /// Marks of passages that arrived unaltered; random where unused (registry only).
    #[n(9)]
    pub matched: Option<[Head; DIGEST_SLOTS]>,
    /// Whether the station's records are locked: what it acknowledges, nobody can read yet.
    #[n(10)]
    pub locked: bool,
    /// For each class the highest number of an item of the sender that was sealed whole.
    #[n(11)]
    pub sent: PerClass,
}

/// The plaintext of an MLS application message.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[expect(clippy::large_enum_variant, reason = "one is read at a time, and none is kept")]
pub enum Envelope {
    /// A pulse.
    #[n(0)]
    Pulse(#[n(0)] Pulse),
    /// An item that fits into the message.
    #[n(1)]
    Small {
        /// The sender's stream.
        #[n(0)]
        stream: StreamId,
        /// The item's class.
        #[n(1)]
        class: Class,
        /// Its number in the class, from 1.
        #[n(2)]
        number: u64,
        /// The item.
        #[cbor(n(3), with = "minicbor::bytes")]
        bytes: Vec<u8>,
        /// Sent again: the beat that first sealed it whole.
        #[n(4)]
        first: Option<Beat>,
    },
    /// An item whose body travels outside epochs.
    #[n(2)]
    Large {
        /// The sender's stream.
        #[n(0)]
        stream: StreamId,
        /// The item's class.
        #[n(1)]
        class: Class,
        /// Its number in the class, from 1.
        #[n(2)]
        number: u64,
        /// The body's message id.
        #[n(3)]
        message: MessageId,
        /// The body's key.
        #[cbor(n(4), with = "minicbor::bytes")]
        key: [u8; 32],
        /// SHA-256 of the body's ciphertext.
        #[cbor(n(5), with = "minicbor::bytes")]
        hash: [u8; 32],
        /// Bytes of the body's ciphertext.
        #[n(6)]
        length: u32,
        /// Sent again: the beat that first sealed it whole.
        #[n(7)]
        first: Option<Beat>,
    },
}

impl std::fmt::Debug for Envelope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Pulse(pulse) => write!(f, "Pulse({})", pulse.number),
            Self::Small { class, number, stream, .. } => {
                write!(f, "Small({} {class:?} {number})", hex(&stream.0))
            }
            Self::Large { class, number, stream, .. } => {
                write!(f, "Large({} {class:?} {number})", hex(&stream.0))
            }
        }
    }
}
