//! Rooms: MLS groups under one narrow profile (docs/spec/rooms.md). The only crate that names OpenMLS.
//!
//! A room's life: one station founds it; a newcomer leaves a key package with a sponsor, who stages a change, sends its
//! commit in cells and its welcome through the lobby, and applies the change when it sees its commit sealed; others
//! receive the commit, look at it, and apply or drop it. Only `apply` moves a room to another epoch.
//!
//! The crate reads no clock and no ambient randomness of its own. OpenMLS reads the system's clock for key package
//! lifetimes, which the profile leaves unlimited and judges itself against the caller's `now`; and its HPKE library seeds
//! a generator from the system that nothing draws from.
#![forbid(unsafe_code)]

mod change;
mod crypto;
mod error;
mod group;
pub mod limits;
mod newcomer;
mod profile;
mod provider;
mod receive;
mod signer;
mod storage;
mod store;
#[cfg(test)]
mod tests;

pub use change::{Change, Outcome, Staged};
pub use error::{RoomError, Rule};
pub use group::RoomGroup;
pub use newcomer::{Newcomer, inspect_key_package};
pub use profile::{Leaf, PROFILE_VERSION, Pseudonym, SEAT_EXTENSION};
pub use receive::{Observed, Received, Verified};
pub use store::{Changes, Row, RowKey};
