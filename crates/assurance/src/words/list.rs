//! The word list (see NOTICE beside it), and how a typed word is found in it.

use crate::limits::{SUGGESTIONS_MAX, WORD_LIST};
use std::sync::LazyLock;

/// Letters after which every word of the list is the only one.
const PREFIX_LETTERS: usize = 4;

static WORDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| include_str!("english.txt").lines().collect());

/// The word of a number below [`WORD_LIST`]; the number is taken modulo the list's length.
pub(super) fn word(number: u16) -> &'static str {
    WORDS.get(usize::from(number) % WORD_LIST).copied().unwrap_or_default()
}

/// The number of a word, in lower case: the word itself, or its first four letters or more.
pub(super) fn number(typed: &str) -> Option<u16> {
    let place = match WORDS.binary_search(&typed) {
        Ok(place) => place,
        Err(place) if typed.len() >= PREFIX_LETTERS => {
            WORDS.get(place).filter(|word| word.starts_with(typed)).map(|_| place)?
        }
        Err(_) => return None,
    };
    u16::try_from(place).ok()
}

/// The words nearest to a mistyped one, nearest first.
pub(super) fn nearest(typed: &str) -> Vec<&'static str> {
    let mut ranked: Vec<_> = WORDS.iter().map(|word| (distance(typed, word), *word)).collect();
    ranked.sort_unstable();
    ranked.into_iter().take(SUGGESTIONS_MAX).map(|(_, word)| word).collect()
}

/// Levenshtein distance over bytes.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (above, to) in row.iter().skip(1).zip(b.bytes()) {
            let changed = diagonal + usize::from(from != to);
            left = changed.min(above + 1).min(left + 1);
            next.push(left);
            diagonal = *above;
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_list_is_what_the_code_relies_on() {
        assert_eq!(WORDS.len(), WORD_LIST);
        assert!(WORDS.is_sorted_by(|a, b| a < b));
        let prefixes: BTreeSet<_> =
            WORDS.iter().map(|word| word.get(..PREFIX_LETTERS).unwrap_or(word)).collect();
        assert_eq!(prefixes.len(), WORD_LIST);
        assert!(WORDS.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())));
    }

    #[test]
    fn every_word_and_prefix_is_found() {
        for (place, word) in WORDS.iter().enumerate() {
            assert_eq!(number(word).map(usize::from), Some(place));
            assert_eq!(number(word.get(..PREFIX_LETTERS).unwrap_or(word)).map(usize::from), Some(place));
        }
        assert_eq!(number("aba"), None);
        assert_eq!(number("abandons"), None);
        assert_eq!(number("zzzz"), None);
    }

    #[test]
    fn distances_are_edits() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", "abc"), 0);
        assert_eq!(nearest("abandn").first(), Some(&"abandon"));
    }
}
