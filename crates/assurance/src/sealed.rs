//! Sealed boxes: bytes that only the holders of given identity keys can open (docs/spec/primitives.md).
//!
//! A box says nothing of its sender (see [`crate::authenticated`]) and hides neither its length nor the number of its
//! recipients: the caller pads.

use crate::keys::{IdentityKey, IkPublic, KeyError, shared};
use crate::limits::{CONTEXT_BYTES_MAX, RECIPIENTS_MAX, SEALED_PLAIN_BYTES_MAX};
use backchannel_wire::tagged::{self, Tag};
use chacha20poly1305::aead::{Aead, AeadInPlace, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use rand_core::{CryptoRng, RngCore};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

const WRAP: Tag = Tag("backchannel sealed box wrap v1");
const BODY: Tag = Tag("backchannel sealed box body v1");
const VERSION: u8 = 1;
const TAG_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;
const WRAPPED_BYTES: usize = 32 + TAG_BYTES;
const FIXED_BYTES: usize = 1 + 1 + 32;

/// Why a box could not be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// No recipient, or more than [`RECIPIENTS_MAX`].
    #[error("a box has 1 to {RECIPIENTS_MAX} recipients, not {0} (PRIM-8)")]
    Recipients(usize),
    /// The content or the context is above its bound.
    #[error("the content or its context is too long for one box (PRIM-8)")]
    TooLong,
    /// A recipient's key has no common secret with any other.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// Why a box could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The bytes are not a box of this version.
    #[error("the bytes are not a sealed box of a known version (PRIM-8)")]
    Malformed,
    /// The box is not addressed to this key in this context, or was altered.
    #[error("the box is not sealed to this key in this context, or was altered (PRIM-8)")]
    NotMine,
}

/// Bytes of a box for so many recipients and so long a content.
pub const fn sealed_len(recipients: usize, plaintext: usize) -> usize {
    FIXED_BYTES + recipients * WRAPPED_BYTES + NONCE_BYTES + plaintext + TAG_BYTES
}

/// Seals `plaintext` to the recipients, bound to a context that names its use and place.
pub fn seal(
    rng: &mut (impl RngCore + CryptoRng),
    recipients: &[IkPublic],
    context: &[u8],
    plaintext: &[u8],
) -> Result<Vec<u8>, SealError> {
    if !(1..=RECIPIENTS_MAX).contains(&recipients.len()) {
        return Err(SealError::Recipients(recipients.len()));
    }
    if plaintext.len() > SEALED_PLAIN_BYTES_MAX || context.len() > CONTEXT_BYTES_MAX {
        return Err(SealError::TooLong);
    }
    let count = u8::try_from(recipients.len()).map_err(|_| SealError::Recipients(recipients.len()))?;
    let mut content_key = Zeroizing::new([0; 32]);
    rng.fill_bytes(content_key.as_mut());
    let ephemeral = StaticSecret::random_from_rng(&mut *rng);
    let ephemeral_public = PublicKey::from(&ephemeral).to_bytes();
    let mut out = Vec::with_capacity(sealed_len(recipients.len(), plaintext.len()));
    out.extend_from_slice(&[VERSION, count]);
    out.extend_from_slice(&ephemeral_public);
    for recipient in recipients {
        let kek = wrap_key(&*shared(&ephemeral, recipient)?, &ephemeral_public, recipient, context);
        out.extend_from_slice(&encrypt(&kek, &XNonce::default(), content_key.as_ref(), &[])?);
    }
    let mut nonce = XNonce::default();
    rng.fill_bytes(&mut nonce);
    let bound = body_context(&out, context);
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&encrypt(&content_key, &nonce, plaintext, &bound)?);
    Ok(out)
}

/// Opens a box addressed to `ik` in the same context.
pub fn open(ik: &IdentityKey, context: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let parts = Parts::read(sealed).ok_or(OpenError::Malformed)?;
    let ephemeral = IkPublic::from_bytes(parts.ephemeral).map_err(|_| OpenError::Malformed)?;
    let secret = ik.agree(&ephemeral).map_err(|_| OpenError::NotMine)?;
    let kek = wrap_key(&*secret, ephemeral.as_bytes(), &ik.public(), context);
    let bound = body_context(parts.header, context);
    parts
        .wrapped
        .chunks_exact(WRAPPED_BYTES)
        .find_map(|wrapped| {
            let key = decrypt(&kek, &XNonce::default(), wrapped, &[])?;
            let key: Zeroizing<[u8; 32]> = Zeroizing::new(key.as_slice().try_into().ok()?);
            decrypt(&key, XNonce::from_slice(parts.nonce), parts.body, &bound)
        })
        .ok_or(OpenError::NotMine)
}

struct Parts<'a> {
    header: &'a [u8],
    ephemeral: &'a [u8],
    wrapped: &'a [u8],
    nonce: &'a [u8],
    body: &'a [u8],
}

impl<'a> Parts<'a> {
    fn read(sealed: &'a [u8]) -> Option<Self> {
        let (&[version, count], rest) = sealed.split_first_chunk()?;
        let count = usize::from(count);
        let long = sealed.len() > sealed_len(count, SEALED_PLAIN_BYTES_MAX);
        if version != VERSION || !(1..=RECIPIENTS_MAX).contains(&count) || long {
            return None;
        }
        let (ephemeral, rest) = rest.split_at_checked(32)?;
        let (wrapped, rest) = rest.split_at_checked(count * WRAPPED_BYTES)?;
        let (nonce, body) = rest.split_at_checked(NONCE_BYTES)?;
        let header = sealed.get(..FIXED_BYTES + count * WRAPPED_BYTES)?;
        (body.len() >= TAG_BYTES).then_some(Self { header, ephemeral, wrapped, nonce, body })
    }
}

/// The key that wraps the content key to one recipient: used once, so that its nonce can be zero.
fn wrap_key(
    shared: &[u8],
    ephemeral: &[u8; 32],
    recipient: &IkPublic,
    context: &[u8],
) -> Zeroizing<[u8; 32]> {
    tagged::derive(shared, WRAP, &[ephemeral, recipient.as_bytes(), context])
}

fn body_context(header: &[u8], context: &[u8]) -> [u8; 32] {
    tagged::hash(BODY, &[header, context])
}

fn encrypt(key: &[u8; 32], nonce: &XNonce, msg: &[u8], aad: &[u8]) -> Result<Vec<u8>, SealError> {
    XChaCha20Poly1305::new(key.into()).encrypt(nonce, Payload { msg, aad }).map_err(|_| SealError::TooLong)
}

/// Decrypts into a buffer that is erased, whether or not it authenticates.
fn decrypt(key: &[u8; 32], nonce: &XNonce, sealed: &[u8], aad: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (body, tag) = sealed.split_at_checked(sealed.len().checked_sub(TAG_BYTES)?)?;
    let mut out = Zeroizing::new(body.to_vec());
    XChaCha20Poly1305::new(key.into()).decrypt_in_place_detached(nonce, aad, &mut out, tag.into()).ok()?;
    Some(out)
}
