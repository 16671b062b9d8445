//! Hashing to scalars of the ristretto255 group (docs/spec/primitives.md, PRIM-6).

use backchannel_wire::tagged::Tag;
use curve25519_dalek::Scalar;
use sha2::{Digest, Sha512};

/// SHA-512 over the tag and the parts, prefixed as in `wire::tagged::hash`, reduced modulo the group's order.
pub(crate) fn hash_to_scalar(tag: Tag, parts: &[&[u8]]) -> Scalar {
    let mut state = Sha512::new();
    for part in std::iter::once(&tag.0.as_bytes()).chain(parts) {
        state.update((part.len() as u64).to_be_bytes());
        state.update(part);
    }
    Scalar::from_bytes_mod_order_wide(&state.finalize().into())
}

/// Reads a scalar that is below the group's order (PRIM-5).
pub(crate) fn canonical_scalar(bytes: &[u8]) -> Option<Scalar> {
    let bytes: [u8; 32] = bytes.try_into().ok()?;
    Scalar::from_canonical_bytes(bytes).into()
}
