//! The manifest: how many rows there are, and a keyed sum over all of them, so that a row removed, added or put back
//! in an older version is noticed (VAULT-8).

use super::VaultError;
use super::aead::{self, Secret};
use backchannel_wire::tagged::{Tag, mac};

/// A count and a sum modulo 2^256 of keyed hashes: adding and taking away a row costs one hash each. The sum alone
/// would not bind (sums can be solved for), but each term is a MAC under a key the holder of the files lacks, and the
/// sum itself is encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    rows: u64,
    sum: [u64; 4],
}

/// The term of one row: a MAC over its table, its id, and what identifies this version of its body. The first 24 and
/// the last 16 bytes (nonce and tag) do, since the AEAD refuses any other body with that tag.
pub(super) fn element(key: &Secret, table: &str, id: &[u8], head: &[u8], tail: &[u8]) -> [u64; 4] {
    let term = mac(key, Tag("backchannel vault element v1"), &[table.as_bytes(), id, head, tail]);
    let mut limbs = [0; 4];
    for (limb, bytes) in limbs.iter_mut().zip(term.as_chunks::<8>().0) {
        *limb = u64::from_le_bytes(*bytes);
    }
    limbs
}

impl Manifest {
    /// Bytes of the encoding.
    const BYTES: usize = 40;

    /// Rows counted.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Counts a row.
    pub fn add(&mut self, term: [u64; 4]) {
        self.rows = self.rows.wrapping_add(1);
        let mut carry = false;
        for (limb, add) in self.sum.iter_mut().zip(term) {
            (*limb, carry) = carrying(*limb, add, carry);
        }
    }

    /// Takes a row out.
    pub fn remove(&mut self, term: [u64; 4]) {
        self.rows = self.rows.wrapping_sub(1);
        // a - b = a + !b + 1 modulo 2^256.
        let mut carry = true;
        for (limb, take) in self.sum.iter_mut().zip(term) {
            (*limb, carry) = carrying(*limb, !take, carry);
        }
    }

    /// Encrypts the manifest, bound to the generation of the vault key.
    pub fn seal(&self, key: &Secret, associated: &[u8]) -> Result<Vec<u8>, VaultError> {
        let mut plain = Vec::with_capacity(Self::BYTES);
        for word in std::iter::once(&self.rows).chain(&self.sum) {
            plain.extend_from_slice(&word.to_le_bytes());
        }
        aead::seal(key, associated, &plain)
    }

    /// Decrypts a manifest; nothing if it is not one made under this key.
    pub fn open(key: &Secret, associated: &[u8], sealed: &[u8]) -> Option<Self> {
        let plain = aead::open(key, associated, sealed)?;
        let words: &[u8; Self::BYTES] = plain.as_slice().try_into().ok()?;
        let mut words = words.as_chunks::<8>().0.iter().map(|bytes| u64::from_le_bytes(*bytes));
        let rows = words.next()?;
        Some(Self { rows, sum: [words.next()?, words.next()?, words.next()?, words.next()?] })
    }
}

fn carrying(a: u64, b: u64, carry: bool) -> (u64, bool) {
    let (partial, first) = a.overflowing_add(b);
    let (sum, second) = partial.overflowing_add(u64::from(carry));
    (sum, first || second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn taking_rows_away_in_any_order_leaves_nothing(terms: Vec<[u64; 4]>, seed: u64) {
            let mut manifest = Manifest::default();
            terms.iter().for_each(|term| manifest.add(*term));
            let mut terms = terms;
            terms.sort_by_key(|term| term[0].wrapping_mul(seed | 1));
            terms.iter().for_each(|term| manifest.remove(*term));
            prop_assert_eq!(manifest, Manifest::default());
        }
    }

    #[test]
    fn a_manifest_of_another_generation_does_not_open() {
        let key = Secret::new([7; 32]);
        let mut manifest = Manifest::default();
        manifest.add([1, 2, 3, 4]);
        let sealed = manifest.seal(&key, b"1").unwrap();
        assert_eq!(Manifest::open(&key, b"1", &sealed), Some(manifest));
        assert_eq!(Manifest::open(&key, b"2", &sealed), None);
    }
}
