//! Identifiers and units, each its own type.

use minicbor::{Decode, Encode};
use std::fmt;

macro_rules! bytes_id {
    ($(#[$doc:meta])* $name:ident, $len:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
        #[cbor(transparent)]
        pub struct $name(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; $len]);

        impl $name {
            /// Length of the identifier in bytes.
            pub const LEN: usize = $len;

            /// Reads the identifier from exactly [`Self::LEN`] bytes.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }

            /// Lower-case hexadecimal form.
            pub fn to_hex(&self) -> String {
                hex(&self.0)
            }

            /// Parses the lower- or upper-case hexadecimal form.
            pub fn from_hex(text: &str) -> Option<Self> {
                unhex(text).and_then(|bytes| Self::from_slice(&bytes))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), &self.to_hex()[..8.min($len * 2)])
            }
        }
    };
}

bytes_id!(
    /// One mediated relationship.
    ChannelId, 16
);
bytes_id!(
    /// One room of a channel.
    RoomId, 16
);
bytes_id!(
    /// One message cut into fragments; random, unique within its room.
    MessageId, 16
);
bytes_id!(
    /// One station's ordered stream in one room; random, kept across a rejoin.
    StreamId, 8
);
bytes_id!(
    /// The value `h_k` of a room's beat chain (docs/spec/beats.md).
    Head, 32
);

bytes_id!(
    /// A person's pseudonym on a roster; random.
    MemberId, 16
);

/// What a person on a roster may do (DESIGN.md): a head administers the delegation and may do all else; a principal
/// may approve; an envoy may draft and send; an observer reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Role {
    /// Administers the delegation; may do everything.
    #[n(0)]
    Head,
    /// May approve.
    #[n(1)]
    Principal,
    /// May draft and send.
    #[n(2)]
    Envoy,
    /// Reads only.
    #[n(3)]
    Observer,
}

/// A numbered beat of a channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Beat(#[n(0)] pub u64);

impl Beat {
    /// The beat `n` later, or the last representable one.
    pub fn plus(self, n: u64) -> Self {
        Self(self.0.saturating_add(n))
    }

    /// Beats elapsed since `earlier`, zero if it is not earlier.
    pub fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

impl fmt::Display for Beat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// An instant: milliseconds since 1970-01-01T00:00:00 UTC, leap seconds not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct UtcMs(#[n(0)] pub u64);

/// A place in a room, 0 to 15. A room's capacity is 2, 4, 8 or 16 seats.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode)]
#[cbor(transparent)]
pub struct SeatNo(#[n(0)] u8);

impl SeatNo {
    /// A seat number below [`crate::limits::SEATS_MAX`], or nothing.
    pub fn new(n: u8) -> Option<Self> {
        (usize::from(n) < crate::limits::SEATS_MAX).then_some(Self(n))
    }

    /// The number as an index.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The number as a byte.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl<'b, C> Decode<'b, C> for SeatNo {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Self::new(d.u8()?).ok_or_else(|| minicbor::decode::Error::message("seat above 15"))
    }
}

impl fmt::Debug for SeatNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SeatNo({})", self.0)
    }
}

impl fmt::Display for SeatNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A side of a channel: 0 is the intermediary, 1 and up are the parties in the order of convening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct PartyNo(#[n(0)] pub u8);

impl PartyNo {
    /// The intermediary.
    pub const INTERMEDIARY: Self = Self(0);
}

/// What a room is for (DESIGN.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub enum RoomKind {
    /// One party alone.
    #[n(0)]
    Delegation(#[n(0)] PartyNo),
    /// One party and the intermediary.
    #[n(1)]
    Caucus(#[n(0)] PartyNo),
    /// All parties' stations without the intermediary.
    #[n(2)]
    Registry,
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Reads hexadecimal of either case; nothing if the text is not whole bytes of hexadecimal.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits
        .chunks_exact(2)
        .map(|pair| {
            let high = char::from(pair[0]).to_digit(16)?;
            let low = char::from(pair[1]).to_digit(16)?;
            u8::try_from(high * 16 + low).ok()
        })
        .collect()
}
