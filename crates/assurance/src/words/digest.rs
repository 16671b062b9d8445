//! Six words by which people compare the digest of a text they are about to approve.

use super::list;
use crate::limits::DIGEST_WORDS;
use backchannel_wire::tagged::{self, Tag};

const WORDS: Tag = Tag("backchannel digest words v1");
/// Bits of a word of the list.
const WORD_BITS: u32 = 11;

/// The words of a text's digest: the first 66 bits of its tagged hash, eleven a word (DEED-14).
pub fn digest_words(digest: &[u8; 32]) -> [&'static str; DIGEST_WORDS] {
    let hash = tagged::hash(WORDS, &[digest]);
    let first = hash.first_chunk::<16>().map_or(0, |first| u128::from_be_bytes(*first));
    let mut words = [""; DIGEST_WORDS];
    for (place, word) in (1..).zip(&mut words) {
        let bits = first >> (u128::BITS - WORD_BITS * place);
        // Eleven bits always fit.
        *word = list::word((bits & 0x7ff) as u16);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// DEED-14
    #[test]
    fn every_bit_of_a_digest_counts() {
        let zeros = digest_words(&[0; 32]);
        assert_eq!(zeros.len(), 6);
        for bit in 0..256 {
            let mut digest = [0; 32];
            digest[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(digest_words(&digest), zeros, "bit {bit}");
        }
        let mut words = std::collections::BTreeSet::new();
        (0..64).for_each(|n| words.extend(digest_words(&[n; 32])));
        assert!(words.len() > 300, "{}", words.len());
    }
}
