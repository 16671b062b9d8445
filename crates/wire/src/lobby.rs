//! Requests and replies of the lobby, each padded to one size. Source: docs/spec/lobby.md.

use crate::canonical::{self, CanonicalError};
use crate::ids::{Beat, ChannelId, Head, RoomId, SeatNo, UtcMs};
use crate::limits::{LOBBY_BLOB_BYTES, LOBBY_BYTES};
use crate::token::{HeadMacKey, OperatorToken, Revoker, RevokerHash, SeatToken, TokenHash};
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const HEADER_BYTES: usize = 8;
const REQUEST: u8 = 1;
const REPLY: u8 = 2;

/// What the relay keeps of one seat.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct SeatKeys {
    /// Recognises the seat's token.
    #[n(0)]
    pub token: TokenHash,
    /// Recognises the seat's revoker.
    #[n(1)]
    pub revoker: RevokerHash,
    /// Authenticates heads to the seat.
    #[n(2)]
    pub head_mac: HeadMacKey,
}

/// A room to be created.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct RoomPlan {
    /// Its identifier.
    #[n(0)]
    pub room: RoomId,
    /// How many seats it has.
    #[n(1)]
    pub capacity: u8,
    /// One entry a seat, in seat order.
    #[n(2)]
    pub seats: Vec<SeatKeys>,
}

/// A channel to be created.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct ChannelRequest {
    /// The operator's permission.
    #[n(0)]
    pub operator: OperatorToken,
    /// Its identifier.
    #[n(1)]
    pub channel: ChannelId,
    /// Length of a beat.
    #[n(2)]
    pub beat_ms: u32,
    /// Room slots of its frames.
    #[n(3)]
    pub frame_rooms: u8,
    /// Cells in the live share of its down frames.
    #[n(4)]
    pub down_cells: u16,
    /// Its rooms.
    #[n(5)]
    pub rooms: Vec<RoomPlan>,
}

/// A seat and the token that proves it.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct SeatClaim {
    /// The room.
    #[n(0)]
    pub room: RoomId,
    /// The seat.
    #[n(1)]
    pub seat: SeatNo,
    /// Its token.
    #[n(2)]
    pub token: SeatToken,
}

/// A sealed blob of exactly [`LOBBY_BLOB_BYTES`].
#[derive(Clone, PartialEq, Eq)]
pub struct Blob(Box<[u8]>);

impl Blob {
    /// Pads nothing: refuses bytes of any other length (LOBBY-4).
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        (bytes.len() == LOBBY_BLOB_BYTES).then(|| Self(bytes.into_boxed_slice()))
    }

    /// The sealed bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Blob {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Blob")
    }
}

impl<C> Encode<C> for Blob {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Blob {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Self::new(d.bytes()?.to_vec())
            .ok_or_else(|| minicbor::decode::Error::message("a blob of another size"))
    }
}

/// What a lobby connection asks, once.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub enum LobbyRequest {
    /// Creates a channel.
    #[n(0)]
    CreateChannel(#[n(0)] ChannelRequest),
    /// Asks where a room's chain stands.
    #[n(1)]
    RoomInfo(#[n(0)] SeatClaim),
    /// Leaves a sealed key package; replaces the seat's earlier one and clears its earlier answer.
    #[n(2)]
    PutKnock {
        /// The seat that knocks.
        #[n(0)]
        claim: SeatClaim,
        /// Sealed to the sponsor.
        #[n(1)]
        blob: Blob,
    },
    /// Asks for the knock of the lowest other seat that waits; it stays until answered.
    #[n(3)]
    TakeKnock(#[n(0)] SeatClaim),
    /// Leaves a sealed welcome for a seat and clears its knock.
    #[n(4)]
    PutAnswer {
        /// The seat that answers.
        #[n(0)]
        claim: SeatClaim,
        /// The seat that knocked.
        #[n(1)]
        for_seat: SeatNo,
        /// Sealed to it.
        #[n(2)]
        blob: Blob,
    },
    /// Asks for the answer to the seat's knock; it stays until the next knock or its term.
    #[n(5)]
    TakeAnswer(#[n(0)] SeatClaim),
    /// Replaces a seat's token and closes what uses the old one.
    #[n(6)]
    ReplaceToken {
        /// The room.
        #[n(0)]
        room: RoomId,
        /// The seat.
        #[n(1)]
        seat: SeatNo,
        /// Proves the right to do so.
        #[n(2)]
        revoker: Revoker,
        /// What takes its place.
        #[n(3)]
        keys: SeatKeys,
    },
}

/// Where a room's chain stands.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RoomInfo {
    /// When beat 0 began.
    #[n(0)]
    pub t0: UtcMs,
    /// Length of a beat.
    #[n(1)]
    pub beat_ms: u32,
    /// How many seats the room has.
    #[n(2)]
    pub capacity: u8,
    /// The chain's segment.
    #[n(3)]
    pub segment: u32,
    /// The first beat not sealed yet.
    #[n(4)]
    pub next: Beat,
    /// The head of the beat before, or the segment's genesis.
    #[n(5)]
    pub head: Head,
}

/// Why the relay refuses; it says no more than this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum RefusalKind {
    /// The token does not fit, or there is no such seat; which of the two is not said.
    #[n(0)]
    BadToken,
    /// Too many requests; try again later.
    #[n(1)]
    RateLimited,
    /// Nothing waits.
    #[n(2)]
    NotFound,
    /// A bound of the relay is reached.
    #[n(3)]
    Limit,
    /// The request breaks a rule of its form.
    #[n(4)]
    Malformed,
}

/// What the relay answers, once.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum LobbyReply {
    /// The channel exists.
    #[n(0)]
    Created {
        /// When beat 0 begins.
        #[n(0)]
        t0: UtcMs,
        /// Length of a beat.
        #[n(1)]
        beat_ms: u32,
    },
    /// Where the chain stands.
    #[n(1)]
    RoomInfo(#[n(0)] RoomInfo),
    /// What was asked for is done, durably.
    #[n(2)]
    Done,
    /// A knock.
    #[n(3)]
    Knock {
        /// The seat that knocked.
        #[n(0)]
        from_seat: SeatNo,
        /// What it left.
        #[n(1)]
        blob: Blob,
    },
    /// The answer to a knock.
    #[n(4)]
    Answer {
        /// The seat that answered.
        #[n(0)]
        from_seat: SeatNo,
        /// What it left.
        #[n(1)]
        blob: Blob,
    },
    /// Refused.
    #[n(5)]
    Refused {
        /// Why.
        #[n(0)]
        kind: RefusalKind,
        /// After how long another try may succeed; 0 if time alone does not help.
        #[n(1)]
        retry_after_ms: u64,
    },
}

/// Why a lobby message was refused, or could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LobbyError {
    /// The message does not have its one size (LOBBY-1).
    #[error("the lobby message does not have its fixed size")]
    Size,
    /// Unknown version, another kind of message, or a length beyond the message (LOBBY-2).
    #[error("the lobby message has an unknown version, kind or length")]
    Header,
    /// The filling is not zero (LOBBY-3).
    #[error("the lobby message is not filled with zeros")]
    Filling,
    /// The content is not a canonical request or reply (LOBBY-4).
    #[error("the lobby message does not hold a known structure")]
    Content,
}

impl From<CanonicalError> for LobbyError {
    fn from(_: CanonicalError) -> Self {
        Self::Content
    }
}

impl LobbyRequest {
    /// Encodes into [`LOBBY_BYTES`].
    pub fn encode(&self) -> Result<Zeroizing<Vec<u8>>, LobbyError> {
        pad(REQUEST, &Zeroizing::new(canonical::to_vec(self))).map(Zeroizing::new)
    }

    /// Reads a request.
    pub fn decode(bytes: &[u8]) -> Result<Self, LobbyError> {
        Ok(canonical::from_slice(unpad(REQUEST, bytes)?)?)
    }
}

impl LobbyReply {
    /// Encodes into [`LOBBY_BYTES`].
    pub fn encode(&self) -> Result<Vec<u8>, LobbyError> {
        pad(REPLY, &canonical::to_vec(self))
    }

    /// Reads a reply.
    pub fn decode(bytes: &[u8]) -> Result<Self, LobbyError> {
        Ok(canonical::from_slice(unpad(REPLY, bytes)?)?)
    }
}

fn pad(kind: u8, content: &[u8]) -> Result<Vec<u8>, LobbyError> {
    let length = u32::try_from(content.len()).map_err(|_| LobbyError::Size)?;
    if content.len() > LOBBY_BYTES - HEADER_BYTES {
        return Err(LobbyError::Size);
    }
    let mut out = Vec::with_capacity(LOBBY_BYTES);
    out.extend_from_slice(&[VERSION, kind, 0, 0]);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(content);
    out.resize(LOBBY_BYTES, 0);
    Ok(out)
}

fn unpad(kind: u8, bytes: &[u8]) -> Result<&[u8], LobbyError> {
    if bytes.len() != LOBBY_BYTES {
        return Err(LobbyError::Size);
    }
    let (header, rest) = bytes.split_first_chunk::<HEADER_BYTES>().ok_or(LobbyError::Size)?;
    let [version, stated, a, b, length @ ..] = *header;
    if [version, stated, a, b] != [VERSION, kind, 0, 0] {
        return Err(LobbyError::Header);
    }
    let length = usize::try_from(u32::from_be_bytes(length)).map_err(|_| LobbyError::Header)?;
    let (content, filling) = rest.split_at_checked(length).ok_or(LobbyError::Header)?;
    if filling.iter().any(|byte| *byte != 0) {
        return Err(LobbyError::Filling);
    }
    Ok(content)
}

#[cfg(test)]
#[path = "lobby_tests.rs"]
mod tests;
