//! Seat tokens and their revokers (docs/spec/invitation.md): what a station shows the relay to take its seat.
//!
//! A head holds one seed for all its party's seats and hands single tokens to its delegates; the revoker, with which a
//! token is replaced, stays with whoever holds the seed.

use crate::limits::ROOMS_MAX;
use crate::secret::Secret32;
use backchannel_wire::tagged::{self, Tag};
use backchannel_wire::{RoomId, SeatNo};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};

const TOKEN: Tag = Tag("backchannel seat token v1");
const REVOKER: Tag = Tag("backchannel seat revoker v1");
const TOKEN_HASH: Tag = Tag("backchannel token hash v1");
const REVOKER_HASH: Tag = Tag("backchannel revoker hash v1");
const HEAD_MAC_KEY: Tag = Tag("backchannel head mac key v1");

/// The seed of all seat tokens of one party.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct PartySeed(#[n(0)] Secret32);

impl PartySeed {
    /// A fresh random seed.
    pub fn generate(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        Self(Secret32::generate(rng))
    }

    /// Takes a seed from the vault.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Secret32::from_bytes(bytes))
    }

    /// The seed's bytes, for the vault.
    pub fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }

    /// The token of one seat (INVITE-10, PRIM-3).
    pub fn token(&self, room: RoomId, seat: SeatNo) -> Secret32 {
        Secret32::from_bytes(*tagged::derive(self.expose(), TOKEN, &[&room.0, &[seat.get()]]))
    }

    /// The revoker of one seat.
    pub fn revoker(&self, room: RoomId, seat: SeatNo) -> Secret32 {
        Secret32::from_bytes(*tagged::derive(self.expose(), REVOKER, &[&room.0, &[seat.get()]]))
    }
}

/// What the relay keeps instead of a token (INVITE-10, PRIM-1).
pub fn token_hash(token: &Secret32) -> [u8; 32] {
    tagged::hash(TOKEN_HASH, &[token.expose()])
}

/// What the relay keeps instead of a revoker.
pub fn revoker_hash(revoker: &Secret32) -> [u8; 32] {
    tagged::hash(REVOKER_HASH, &[revoker.expose()])
}

/// The key under which the relay MACs heads to a seat.
pub fn head_mac_key(token: &Secret32) -> Secret32 {
    Secret32::from_bytes(*tagged::derive(token.expose(), HEAD_MAC_KEY, &[]))
}

/// The token of one seat, as handed to a delegate.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct SeatToken {
    /// The room.
    #[n(0)]
    pub room: RoomId,
    /// The seat.
    #[n(1)]
    pub seat: SeatNo,
    /// The token.
    #[n(2)]
    pub token: Secret32,
}

/// How a station takes its seats.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub enum SeatSecrets {
    /// A head of delegation: the seed of all its party's seats.
    #[n(0)]
    Seed(#[n(0)] PartySeed),
    /// A delegate: one token a room, at most [`ROOMS_MAX`].
    #[n(1)]
    Tokens(#[n(0)] Vec<SeatToken>),
}

impl SeatSecrets {
    /// The token of a seat, if it is held.
    pub fn token(&self, room: RoomId, seat: SeatNo) -> Option<Secret32> {
        match self {
            Self::Seed(seed) => Some(seed.token(room, seat)),
            Self::Tokens(tokens) => tokens
                .iter()
                .take(ROOMS_MAX)
                .find(|held| held.room == room && held.seat == seat)
                .map(|held| held.token.clone()),
        }
    }

    /// The revoker of a seat, which only the holder of the seed has.
    pub fn revoker(&self, room: RoomId, seat: SeatNo) -> Option<Secret32> {
        match self {
            Self::Seed(seed) => Some(seed.revoker(room, seat)),
            Self::Tokens(_) => None,
        }
    }
}
