//! Folding of words, so that case, diacritics, punctuation and invisible characters do not hide that two texts share them.

use std::hash::{DefaultHasher, Hash, Hasher};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One folded letter or digit.
pub(crate) struct Letter {
    pub(crate) fold: char,
    /// The bytes of the text it comes from.
    pub(crate) start: usize,
    /// The byte after them.
    pub(crate) end: usize,
    /// A word begins here.
    pub(crate) word: bool,
    /// Something stands before it that is not a letter, if only an invisible mark.
    pub(crate) edge: bool,
}

/// Folds a text into its letters and digits (DISC-2).
pub(crate) fn letters(text: &str) -> Vec<Letter> {
    let mut out = Vec::with_capacity(text.len());
    let (mut word, mut edge) = (true, true);
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if ignorable(c) {
            edge = true;
            continue;
        }
        let alone = stands_alone(c);
        for fold in folded(c) {
            if !fold.is_alphanumeric() {
                (word, edge) = (true, true);
                continue;
            }
            out.push(Letter { fold, start, end, word: word || alone, edge: edge || alone });
            (word, edge) = (alone, alone);
        }
    }
    out
}

/// Decomposes, takes off marks, folds case both ways (so that sharp s, final sigma and dotless i fall together).
fn folded(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c)
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .map(same_letter)
}

/// Letters that Arabic and Persian keyboards write differently for the same word.
fn same_letter(c: char) -> char {
    match c {
        '\u{0671}' => '\u{0627}',
        '\u{0649}' | '\u{06CC}' => '\u{064A}',
        '\u{06A9}' => '\u{0643}',
        '\u{0629}' | '\u{06C1}' | '\u{06D5}' => '\u{0647}',
        '\u{0660}'..='\u{0669}' => ascii_digit(c, 0x0660),
        '\u{06F0}'..='\u{06F9}' => ascii_digit(c, 0x06F0),
        _ => c,
    }
}

fn ascii_digit(c: char, zero: u32) -> char {
    char::from_digit(u32::from(c).saturating_sub(zero), 10).unwrap_or(c)
}

/// Invisible characters, and the Arabic stretching mark: they neither part words nor make a letter.
fn ignorable(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{0640}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Scripts written without spaces: each character counts as a word.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The words of a text as ranges of its letters.
pub(crate) fn words(letters: &[Letter]) -> Vec<std::ops::Range<usize>> {
    let mut starts: Vec<usize> =
        letters.iter().enumerate().filter(|(_, letter)| letter.word).map(|(at, _)| at).collect();
    starts.push(letters.len());
    starts.windows(2).filter_map(|pair| Some(*pair.first()?..*pair.get(1)?)).collect()
}

pub(crate) fn digest<'a>(letters: impl Iterator<Item = &'a Letter>) -> u64 {
    let mut state = DefaultHasher::new();
    letters.for_each(|letter| letter.fold.hash(&mut state));
    state.finish()
}

/// A number for each word of a text; the same words have the same number.
pub(crate) fn word_digests(text: &str) -> Vec<u64> {
    let letters = letters(text);
    words(&letters).into_iter().map(|word| digest(letters.get(word).into_iter().flatten())).collect()
}
