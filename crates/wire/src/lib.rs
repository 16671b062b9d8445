//! The bytes both ends agree on: identifiers, canonical encoding, tagged hashes, cells, the beat chain and frames.
//!
//! This crate is pure: it does no I/O and reads no clock and no ambient randomness.
#![forbid(unsafe_code)]

pub mod canonical;
pub mod cell;
pub mod chain;
pub mod frame;
pub mod ids;
pub mod limits;
pub mod lobby;
pub mod plan;
pub mod tagged;
pub mod token;

pub use ids::{
    Beat, ChannelId, Head, MemberId, MessageId, PartyNo, Role, RoomId, RoomKind, SeatNo, StreamId, UtcMs,
};
