//! Who is who on a channel, and what one side may show another without giving it proof for outsiders: identity keys,
//! sealed boxes, vouches, designated-verifier proofs, rosters, envoy words and invitations.
//!
//! This crate is pure: it does no I/O and reads no clock and no ambient randomness. It knows nothing of MLS, of the
//! relay or of diplomacy. The bytes are specified in docs/spec (primitives, vouches, designated-verifier, roster,
//! first-contact, invitation).
#![forbid(unsafe_code)]

pub mod authenticated;
pub mod ceremony;
pub mod dv;
pub mod gentle;
pub mod invitation;
pub mod joint;
pub mod keys;
pub mod label;
pub mod limits;
pub mod possession;
pub mod roster;
pub mod sealed;
pub mod seats;
pub mod vouch;
pub mod words;

mod armour;
mod scalar;
mod secret;

pub use dv::DvProof;
pub use invitation::{Carrier, Invitation, InvitationError, Route};
pub use keys::{
    DPublic, DepositaryKey, DepositaryPublic, IdentityKey, IkPublic, KeyError, SigningKey, VerifierKey,
    YPublic,
};
pub use label::Label;
pub use possession::{Possession, ProvenVerifier, VerifierAnnouncement};
pub use roster::{Approval, Member, RosterHead, RosterHeads, Version};
pub use seats::{PartySeed, SeatSecrets, SeatToken};
pub use secret::Secret32;
pub use vouch::Vouch;
