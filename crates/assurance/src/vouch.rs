//! Vouches: one member's word to another that a pseudonymous leaf is its own (docs/spec/vouches.md).
//!
//! A vouch is a MAC under a key both ends hold, so each could have made every vouch of the other to it: it convinces
//! its recipient, who did not make it, and nobody else. [`simulate`] is how the recipient would.

use crate::keys::{IdentityKey, IkPublic, KeyError};
use crate::limits::GROUP_ID_BYTES_MAX;
use crate::roster::RosterHead;
use backchannel_wire::SeatNo;
use backchannel_wire::tagged::{self, Tag};
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

const KEY: Tag = Tag("backchannel vouch key v1");
const VOUCH: Tag = Tag("backchannel vouch v1");

/// A vouch: HMAC-SHA-256 under the pair's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Vouch(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

/// One end of a vouch: a seat, the leaf in it, and the roster that its owner stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The leaf's seat.
    pub seat: SeatNo,
    /// The leaf's fresh Ed25519 public key.
    pub leaf_key: [u8; 32],
    /// The head of its party's roster.
    pub roster: RosterHead,
}

/// What is vouched: that the author's leaf is the author's, to the recipient's leaf, in this group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement<'a> {
    /// The MLS group id, at most [`GROUP_ID_BYTES_MAX`] bytes.
    pub group_id: &'a [u8],
    /// The end that vouches for its own leaf.
    pub author: End,
    /// The end that is told; its leaf key makes the vouch useless to any later leaf of its own.
    pub recipient: End,
}

/// Why a vouch was not made, or not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VouchError {
    /// The two identity keys have no common secret.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Both ends are one seat or one leaf, or the group id is too long.
    #[error("the vouch is not between two leaves of a group (VOUCH-3)")]
    NotAPair,
    /// The vouch was not made by this author over this statement.
    #[error("the vouch does not hold for these leaves, seats and rosters (VOUCH-4)")]
    Invalid,
}

/// Vouches to `recipient` for one's own leaf.
pub fn vouch(
    author: &IdentityKey,
    recipient: &IkPublic,
    statement: &Statement<'_>,
) -> Result<Vouch, VouchError> {
    make(author, recipient, &author.public(), recipient, statement)
}

/// Checks the vouch that `author` made to the holder of `recipient` (VOUCH-4). The time does not depend on the vouch.
pub fn verify(
    recipient: &IdentityKey,
    author: &IkPublic,
    statement: &Statement<'_>,
    vouch: &Vouch,
) -> Result<(), VouchError> {
    let expected = simulate(recipient, author, statement)?;
    if tagged::same(&expected.0, &vouch.0) { Ok(()) } else { Err(VouchError::Invalid) }
}

/// Makes, as its recipient, the very vouch that `author` would make (VOUCH-5).
pub fn simulate(
    recipient: &IdentityKey,
    author: &IkPublic,
    statement: &Statement<'_>,
) -> Result<Vouch, VouchError> {
    make(recipient, author, author, &recipient.public(), statement)
}

/// The MAC over both identity keys in the direction of the vouch, and every field of the statement (VOUCH-2, PRIM-2).
fn make(
    mine: &IdentityKey,
    other: &IkPublic,
    author: &IkPublic,
    recipient: &IkPublic,
    statement: &Statement<'_>,
) -> Result<Vouch, VouchError> {
    let Statement { group_id, author: from, recipient: to } = statement;
    if group_id.len() > GROUP_ID_BYTES_MAX || from.seat == to.seat || from.leaf_key == to.leaf_key {
        return Err(VouchError::NotAPair);
    }
    let seats = [from.seat.get(), to.seat.get()];
    let parts: [&[u8]; 8] = [
        author.as_bytes(),
        recipient.as_bytes(),
        group_id,
        &seats,
        &from.leaf_key,
        &to.leaf_key,
        from.roster.as_bytes(),
        to.roster.as_bytes(),
    ];
    let key = pair_key(mine, other)?;
    Ok(Vouch(tagged::mac(&key, VOUCH, &parts)))
}

/// K, the same at both ends: HKDF over the shared secret and the identity keys in ascending order (VOUCH-1).
fn pair_key(mine: &IdentityKey, other: &IkPublic) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let shared = mine.agree(other)?;
    let own = mine.public();
    let (low, high) = if own < *other { (&own, other) } else { (other, &own) };
    Ok(tagged::derive(&*shared, KEY, &[low.as_bytes(), high.as_bytes()]))
}
