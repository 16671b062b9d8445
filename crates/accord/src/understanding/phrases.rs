//! Finds listed words in a text, whatever their case, marks, punctuation or invisible characters (folding as in DISC-2).

use crate::fold;
use crate::words::Lang;
use std::ops::Range;

/// A listed phrase: folded words, each of which may stand for any ending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase(Vec<Pattern>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern {
    stem: String,
    any_ending: bool,
}

/// Folds a list as a file writes it, or nothing if an entry has no word.
pub(super) fn phrases(list: &[String]) -> Option<Vec<Phrase>> {
    let filled = !list.is_empty();
    let all: Option<Vec<Phrase>> = list.iter().map(|text| phrase(text)).collect();
    all.filter(|_| filled)
}

fn phrase(text: &str) -> Option<Phrase> {
    let word = |part: &str| {
        let (stem, any_ending) = part.strip_suffix('*').map_or((part, false), |stem| (stem, true));
        let words = folded_words(stem);
        let last = words.len().checked_sub(1)?;
        let pattern = |(at, stem)| Pattern { stem, any_ending: any_ending && at == last };
        Some(words.into_iter().enumerate().map(pattern).collect::<Vec<_>>())
    };
    let parts: Option<Vec<Vec<Pattern>>> = text.split_whitespace().map(word).collect();
    parts.map(|parts| Phrase(parts.concat())).filter(|phrase| !phrase.0.is_empty())
}

/// The words of a text, folded.
pub(super) fn folded_words(text: &str) -> Vec<String> {
    let letters = fold::letters(text);
    let word = |range: std::ops::Range<usize>| {
        letters.get(range).into_iter().flatten().map(|letter| letter.fold).collect()
    };
    fold::words(&letters).into_iter().map(word).collect()
}

/// Where a phrase stands in folded words of a language.
pub(super) fn positions<'a>(
    words: &'a [String],
    phrase: &'a Phrase,
    lang: &'a Lang,
) -> impl Iterator<Item = Range<usize>> + 'a {
    let length = phrase.0.len();
    let here = |window: &[String]| {
        window.iter().zip(&phrase.0).enumerate().all(|(at, (word, pattern))| {
            matches(word, pattern) || (at == 0 && bare(word, lang).any(|word| matches(word, pattern)))
        })
    };
    words
        .windows(length)
        .enumerate()
        .filter(move |(_, window)| here(window))
        .map(move |(at, _)| at..at + length)
}

/// Whether a phrase stands in folded words of a language.
fn contains(words: &[String], phrase: &Phrase, lang: &Lang) -> bool {
    positions(words, phrase, lang).next().is_some()
}

/// The first phrase of a list that stands in the words.
pub(super) fn first<'a>(words: &[String], list: Option<&'a Vec<Phrase>>, lang: &Lang) -> Option<&'a Phrase> {
    list.into_iter().flatten().find(|phrase| contains(words, phrase, lang))
}

impl std::fmt::Display for Phrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, pattern) in self.0.iter().enumerate() {
            let space = if at > 0 { " " } else { "" };
            let end = if pattern.any_ending { "..." } else { "" };
            write!(f, "{space}{}{end}", pattern.stem)?;
        }
        Ok(())
    }
}

fn matches(word: &str, pattern: &Pattern) -> bool {
    if pattern.any_ending { word.starts_with(&pattern.stem) } else { word == pattern.stem }
}

/// Letters that Arabic and Hebrew write onto the front of a word: and, in, to, from, as, that, the.
const JOINED: [(&str, &[&str]); 2] = [
    ("ar", &["و", "ف", "ب", "ل", "ك", "ال", "وال", "فال", "بال", "كال", "لل", "ول", "وب", "ولل", "وبال"]),
    ("he", &["ו", "ה", "ב", "ל", "כ", "מ", "ש", "וה", "שה", "וב", "ול", "ומ", "כש", "מה", "של"]),
];
/// Letters a word must have left: with fewer, the rest would match by chance.
const BARE_LETTERS_MIN: usize = 3;

/// The word without the letters written onto its front.
fn bare<'a>(word: &'a str, lang: &Lang) -> impl Iterator<Item = &'a str> {
    let lists = JOINED.iter().filter(|(code, _)| *code == lang.code()).flat_map(|(_, list)| list.iter());
    let rests: Vec<&str> = lists.filter_map(|joined| word.strip_prefix(joined)).collect();
    rests.into_iter().filter(|rest| rest.chars().count() >= BARE_LETTERS_MIN)
}
