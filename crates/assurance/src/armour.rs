//! Text armour: a prefix, then base32 of the bytes and a 4-byte checksum, for pasting into whatever carries text
//! (docs/spec/invitation.md).

use backchannel_wire::tagged::{self, Tag};
use zeroize::Zeroizing;

const CHECKSUM: Tag = Tag("backchannel armour checksum v1");
const CHECKSUM_BYTES: usize = 4;
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const BITS: u32 = 5;

/// Why text is not armour of the expected kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ArmourError {
    /// The text does not begin with the prefix.
    Prefix,
    /// A character is not of the alphabet, or the last one carries bits that no byte holds.
    Character,
    /// The checksum does not match.
    Checksum,
}

/// The armour of `bytes` on one line.
pub(crate) fn encode(prefix: &str, bytes: &[u8]) -> Zeroizing<String> {
    let checksum = checksum(prefix, bytes);
    let mut out =
        Zeroizing::new(String::with_capacity(prefix.len() + (bytes.len() + CHECKSUM_BYTES) * 8 / 5 + 1));
    out.push_str(prefix);
    let (mut held, mut count) = (0u32, 0);
    for byte in bytes.iter().chain(&checksum) {
        held = (held << 8) | u32::from(*byte);
        count += 8;
        while count >= BITS {
            count -= BITS;
            out.push(character(held >> count));
        }
    }
    if count > 0 {
        out.push(character(held << (BITS - count)));
    }
    out
}

/// The bytes of armour in any case, with any spaces, line breaks and quoting marks in between.
pub(crate) fn decode(prefix: &str, text: &str) -> Result<Zeroizing<Vec<u8>>, ArmourError> {
    let mut kept = Zeroizing::new(String::with_capacity(text.len()));
    let significant =
        text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '>' | '\u{feff}' | '\u{200b}'));
    kept.extend(significant.map(|c| c.to_ascii_lowercase()));
    let body = kept.strip_prefix(prefix).ok_or(ArmourError::Prefix)?;
    let mut out = Zeroizing::new(Vec::with_capacity(body.len() * 5 / 8 + 1));
    let (mut held, mut count) = (0u32, 0);
    for c in body.bytes() {
        held = (held << BITS) | value(c).ok_or(ArmourError::Character)?;
        count += BITS;
        if count >= 8 {
            count -= 8;
            out.push((held >> count).to_le_bytes()[0]);
            held &= (1 << count) - 1;
        }
    }
    if held != 0 || count >= BITS {
        return Err(ArmourError::Character);
    }
    let length = out.len().checked_sub(CHECKSUM_BYTES).ok_or(ArmourError::Checksum)?;
    let (bytes, found) = out.split_at_checked(length).ok_or(ArmourError::Checksum)?;
    if checksum(prefix, bytes) != *found {
        return Err(ArmourError::Checksum);
    }
    out.truncate(length);
    Ok(out)
}

fn checksum(prefix: &str, bytes: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let hash = tagged::hash(CHECKSUM, &[prefix.as_bytes(), bytes]);
    hash.first_chunk().copied().unwrap_or_default()
}

fn character(bits: u32) -> char {
    let place = usize::try_from(bits & 31).unwrap_or_default();
    ALPHABET.get(place).copied().map_or('a', char::from)
}

fn value(c: u8) -> Option<u32> {
    match c {
        b'a'..=b'z' => Some(u32::from(c - b'a')),
        b'2'..=b'7' => Some(u32::from(c - b'2') + 26),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn armour_survives_case_and_wrapping(bytes in prop::collection::vec(any::<u8>(), 0..200), columns in 1usize..80) {
            let line = encode("kind-1:", &bytes);
            prop_assert!(decode("kind-1:", &line).is_ok_and(|read| *read == bytes));
            let wrapped: Vec<String> = line.to_uppercase().as_bytes().chunks(columns)
                .map(|part| format!("> {} \r\n", String::from_utf8_lossy(part))).collect();
            prop_assert!(decode("kind-1:", &wrapped.concat()).is_ok_and(|read| *read == bytes));
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,200}") {
            let _ = decode("k:", &text);
            let _ = decode("k:", &format!("k:{text}"));
        }

        #[test]
        fn bytes_have_one_armour(bytes in prop::collection::vec(any::<u8>(), 0..40), last in 0u32..32) {
            let mut line = encode("k:", &bytes).to_string();
            line.pop();
            line.push(character(last));
            let read = decode("k:", &line);
            prop_assert!(read.is_err() || line == *encode("k:", &bytes));
        }
    }

    #[test]
    fn a_character_too_many_is_refused() {
        for length in 0..10 {
            let line = encode("k:", &vec![7; length]);
            assert!(decode("k:", &format!("{}a", *line)).is_err(), "{length}");
        }
    }

    #[test]
    fn errors_are_told_apart() {
        assert_eq!(decode("k:", "other:aaaa").err(), Some(ArmourError::Prefix));
        assert_eq!(decode("k:", "k:a0a").err(), Some(ArmourError::Character));
        assert_eq!(decode("k:", "k:aaaaaaaaaaaaaaaa").err(), Some(ArmourError::Checksum));
        assert_eq!(decode("k:", "k:").err(), Some(ArmourError::Checksum));
    }
}
