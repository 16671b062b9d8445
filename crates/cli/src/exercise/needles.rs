//! What must never be found at the relay, in the shapes in which it could lie there (EXER-14).

use super::limits::{NEEDLE_BYTES_MIN, PATTERN_BYTES, PIECES_MAX};
use std::collections::BTreeSet;
use zeroize::Zeroizing;

/// One thing that is looked for: a passage, a rendering, a name, a key.
#[derive(Clone)]
pub struct Needle {
    /// What it is, without showing it: "passage 2 of nonpaper, en".
    pub what: String,
    /// Its bytes.
    pub bytes: Zeroizing<Vec<u8>>,
}

/// A set of needles, each once.
#[derive(Clone, Default)]
pub struct Needles {
    all: Vec<Needle>,
}

impl Needles {
    /// Adds a text or key, unless it is there already or is too short to be told from chance.
    pub fn add(&mut self, what: impl Into<String>, bytes: &[u8]) {
        if bytes.len() >= NEEDLE_BYTES_MIN && self.all.iter().all(|needle| *needle.bytes != bytes) {
            self.all.push(Needle { what: what.into(), bytes: Zeroizing::new(bytes.to_vec()) });
        }
    }

    /// Adds every passage of a draft, in each language, and its title if it has one.
    pub fn add_draft(&mut self, name: &str, draft: &str) {
        for (number, passage) in passages(draft).iter().enumerate() {
            for (language, text) in &passage.texts {
                self.add(format!("passage {} of {name}, {language}", number + 1), text.as_bytes());
            }
        }
    }

    /// All of them.
    pub fn all(&self) -> &[Needle] {
        &self.all
    }
}

/// A passage of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// verbatim, in-substance or hold.
    pub disclosure: String,
    /// Its text by language.
    pub texts: Vec<(String, String)>,
}

/// The passages of a draft; none if it is no draft.
pub fn passages(draft: &str) -> Vec<Passage> {
    let Ok(table) = draft.parse::<toml::Table>() else { return Vec::new() };
    let list = table.get("passage").and_then(toml::Value::as_array);
    let texts = |passage: &toml::Value| match passage.get("text") {
        Some(toml::Value::Table(texts)) => texts
            .iter()
            .filter_map(|(language, text)| Some((language.clone(), text.as_str()?.to_owned())))
            .collect(),
        _ => Vec::new(),
    };
    let disclosure = |passage: &toml::Value| {
        passage.get("disclosure").and_then(toml::Value::as_str).unwrap_or("verbatim").to_owned()
    };
    list.into_iter()
        .flatten()
        .map(|passage| Passage { disclosure: disclosure(passage), texts: texts(passage) })
        .collect()
}

/// The pieces of a needle in each shape: plain, UTF-16 in both byte orders, base64 at each of its three alignments
/// and in both alphabets, and hexadecimal in both cases.
pub fn patterns(needle: &Needle) -> BTreeSet<Vec<u8>> {
    pieces(&needle.bytes).flat_map(shapes).collect()
}

fn pieces(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let last = bytes.len().saturating_sub(PATTERN_BYTES);
    let count = bytes.len().div_ceil(PATTERN_BYTES).clamp(1, PIECES_MAX);
    (0..count).filter_map(move |index| {
        let start = if count == 1 { 0 } else { last * index / (count - 1) };
        bytes.get(start..bytes.len().min(start + PATTERN_BYTES))
    })
}

fn shapes(piece: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![piece.to_vec(), hex(piece, b"0123456789abcdef"), hex(piece, b"0123456789ABCDEF")];
    if let Ok(text) = std::str::from_utf8(piece) {
        all.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        all.push(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    for skip in 0..3 {
        for alphabet in [BASE64, BASE64_URL] {
            all.push(base64_inside(piece, skip, alphabet));
        }
    }
    all
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE64_URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The characters of base64 that depend on nothing but `piece`, when it stands `skip` bytes past a group's start.
fn base64_inside(piece: &[u8], skip: usize, alphabet: &[u8; 64]) -> Vec<u8> {
    let mut padded = vec![0; skip];
    padded.extend_from_slice(piece);
    let whole = padded.len() / 3 * 3;
    let coded = base64(padded.get(..whole).unwrap_or_default(), alphabet);
    let first = usize::from(skip > 0) * 4;
    coded.get(first..).unwrap_or_default().to_vec()
}

/// Base64 of a whole number of groups.
fn base64(bytes: &[u8], alphabet: &[u8; 64]) -> Vec<u8> {
    let digit = |bits: u32| alphabet.get((bits & 63) as usize).copied().unwrap_or(b'=');
    let group = |group: &[u8]| {
        let bits = group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        [digit(bits >> 18), digit(bits >> 12), digit(bits >> 6), digit(bits)]
    };
    bytes.chunks_exact(3).flat_map(group).collect()
}

fn hex(bytes: &[u8], digits: &[u8; 16]) -> Vec<u8> {
    let digit = |value: u8| digits.get(usize::from(value & 15)).copied().unwrap_or(b'?');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

/// Bytes as lower-case hexadecimal.
pub fn to_hex(bytes: &[u8]) -> String {
    hex(bytes, b"0123456789abcdef").into_iter().map(char::from).collect()
}

/// Bytes from hexadecimal.
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.chars().map(|c| c.to_digit(16)).collect::<Option<Vec<_>>>()?;
    let pair = |pair: &[u32]| match pair {
        [high, low] => u8::try_from(high * 16 + low).ok(),
        _ => None,
    };
    digits.chunks(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::{BASE64, Needles, base64, base64_inside, from_hex, passages, patterns, to_hex};
    use crate::exercise::limits::PATTERN_BYTES;

    #[test]
    fn base64_and_hexadecimal_are_the_usual_ones() {
        assert_eq!(base64(b"foobar", BASE64), b"Zm9vYmFy");
        assert_eq!(to_hex(&[0, 255, 16]), "00ff10");
        assert_eq!(from_hex("00ff10"), Some(vec![0, 255, 16]));
        assert_eq!((from_hex("0"), from_hex("zz")), (None, None));
    }

    #[test]
    fn a_text_is_found_in_base64_wherever_it_stands() {
        // EXER-14
        for skip in 0..3 {
            let mut whole = vec![b'x'; skip];
            whole.extend_from_slice(b"the passage that is held");
            whole.extend_from_slice(&b"yyyy"[..3 - whole.len() % 3]);
            let coded = base64(&whole, BASE64);
            let inside = base64_inside(b"the passage that is held", skip, BASE64);
            assert!(inside.len() > 20 && coded.windows(inside.len()).any(|part| part == inside), "{skip}");
        }
    }

    #[test]
    fn a_long_text_is_looked_for_in_pieces_from_its_first_to_its_last_byte() {
        // EXER-14
        let text: Vec<u8> = (0..200_u8).collect();
        let mut needles = Needles::default();
        needles.add("key", &text);
        let all = patterns(&needles.all()[0]);
        assert!(all.contains(&text[..PATTERN_BYTES]) && all.contains(&text[200 - PATTERN_BYTES..]));
    }

    #[test]
    fn needles_are_taken_once_and_never_short() {
        // EXER-14
        let mut needles = Needles::default();
        needles.add("a", b"long enough");
        needles.add("b", b"long enough");
        needles.add("c", b"short");
        assert_eq!(needles.all().len(), 1);
    }

    #[test]
    fn every_language_of_every_passage_is_a_needle() {
        // EXER-14
        let draft = "[[passage]]\ndisclosure = \"hold\"\ntext.en = \"first passage\"\ntext.fr = \"premier passage\"\n";
        let mut needles = Needles::default();
        needles.add_draft("paper", draft);
        assert_eq!(needles.all().len(), 2);
        assert_eq!(passages(draft)[0].disclosure, "hold");
        assert!(passages("=").is_empty());
    }
}
