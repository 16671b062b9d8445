//! Deniable sender authentication for messages outside a group, such as a lobby request (docs/spec/primitives.md).
//!
//! Like a vouch, each MAC could have been made by its recipient. Freshness is the caller's: put what makes the message
//! unique into it.

use crate::keys::{IdentityKey, IkPublic, KeyError};
use crate::secret::Secret32;
use backchannel_wire::tagged::{self, Tag};

const KEY: Tag = Tag("backchannel authentication key v1");
const MESSAGE: Tag = Tag("backchannel authenticated message v1");
const KNOCK: Tag = Tag("backchannel invited knock v1");

/// Why a message was not authenticated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthenticationError {
    /// The two identity keys have no common secret.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The MAC is not the sender's over this context and message.
    #[error("the message is not from the sender it names (PRIM-9)")]
    Invalid,
}

/// Authenticates a message to one recipient, in a context that names its use.
pub fn tag(
    sender: &IdentityKey,
    to: &IkPublic,
    context: &[u8],
    message: &[u8],
) -> Result<[u8; 32], KeyError> {
    make(sender, to, &sender.public(), to, context, message)
}

/// Checks a message's MAC from `from` to the holder of `recipient` (PRIM-9).
pub fn verify(
    recipient: &IdentityKey,
    from: &IkPublic,
    context: &[u8],
    message: &[u8],
    tag: &[u8],
) -> Result<(), AuthenticationError> {
    let expected = make(recipient, from, from, &recipient.public(), context, message)?;
    if tagged::same(&expected, tag) { Ok(()) } else { Err(AuthenticationError::Invalid) }
}

fn make(
    mine: &IdentityKey,
    other: &IkPublic,
    sender: &IkPublic,
    recipient: &IkPublic,
    context: &[u8],
    message: &[u8],
) -> Result<[u8; 32], KeyError> {
    let key = tagged::derive(&*mine.agree(other)?, KEY, &[sender.as_bytes(), recipient.as_bytes()]);
    Ok(tagged::mac(&key, MESSAGE, &[context, message]))
}

/// Authenticates the first knock of an invited station, whose identity key the sponsor does not know yet, under the
/// invitation's knock key.
pub fn knock_tag(knock_key: &Secret32, context: &[u8], message: &[u8]) -> [u8; 32] {
    tagged::mac(knock_key.expose(), KNOCK, &[context, message])
}

/// Checks the first knock of an invited station (INVITE-9).
pub fn verify_knock(
    knock_key: &Secret32,
    context: &[u8],
    message: &[u8],
    tag: &[u8],
) -> Result<(), AuthenticationError> {
    let expected = knock_tag(knock_key, context, message);
    if tagged::same(&expected, tag) { Ok(()) } else { Err(AuthenticationError::Invalid) }
}
