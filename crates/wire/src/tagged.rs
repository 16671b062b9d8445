//! Hashes, MACs and derived keys, each under a versioned domain tag with length-prefixed parts.
//!
//! Source: docs/spec/primitives.md. No two uses share a tag.

use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// A domain tag: the name of one use of a hash, MAC or derivation, with its version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag(pub &'static str);

/// SHA-256 over the tag and the parts, each prefixed with its length as eight big-endian bytes.
pub fn hash(tag: Tag, parts: &[&[u8]]) -> [u8; 32] {
    let mut state = Sha256::new();
    each_prefixed(tag, parts, |bytes| state.update(bytes));
    state.finalize().into()
}

/// HMAC-SHA-256 over the tag and the parts, prefixed as in [`hash`].
pub fn mac(key: &[u8; 32], tag: Tag, parts: &[&[u8]]) -> [u8; 32] {
    let mut state = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    each_prefixed(tag, parts, |bytes| state.update(bytes));
    state.finalize().into_bytes().into()
}

/// HKDF-SHA-256 with an empty salt; the info is the tag and the parts, prefixed as in [`hash`].
pub fn derive(secret: &[u8], tag: Tag, parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    let mut info = Vec::new();
    each_prefixed(tag, parts, |bytes| info.extend_from_slice(bytes));
    let mut out = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, secret).expand(&info, out.as_mut()).expect("32 bytes are below HKDF's limit");
    out
}

/// Compares two byte strings in time that depends on their lengths only.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    subtle::ConstantTimeEq::ct_eq(a, b).into()
}

fn each_prefixed(tag: Tag, parts: &[&[u8]], mut take: impl FnMut(&[u8])) {
    for part in std::iter::once(&tag.0.as_bytes()).chain(parts) {
        take(&(part.len() as u64).to_be_bytes());
        take(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_a_byte_between_parts_changes_the_hash() {
        let tag = Tag("test v1");
        assert_ne!(hash(tag, &[b"ab", b"c"]), hash(tag, &[b"a", b"bc"]));
        assert_ne!(hash(tag, &[b"ab"]), hash(Tag("test v2"), &[b"ab"]));
        assert_ne!(hash(tag, &[]), hash(tag, &[b""]));
    }
}
