//! The disclosure rule: a rendering may not contain the words of a held passage (docs/spec/dispatches.md, DISC rules).
//!
//! Words are compared after folding case, taking off diacritics, harakat and niqqud, and leaving out everything that is
//! not a letter or a digit. A paraphrase passes; so do look-alike letters of another script. The screen says so.

use crate::limits::{HOLD_WORDS, MATCHES_MAX, PROVENANCE_WORDS_MIN, STRETCHES_MAX};
use crate::words::{DispatchId, Lang, Texts};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A held passage.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// The dispatch it is part of.
    pub dispatch: DispatchId,
    /// Its place among the passages of the dispatch.
    pub place: usize,
    /// Its language versions.
    pub texts: &'a Texts,
    /// Whether the whole passage counts if it is shorter than six words: so for the dispatch that is being conveyed.
    pub whole_if_shorter: bool,
}

/// One language version of one part of a rendering.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// Its place among the parts.
    pub place: usize,
    /// Its language.
    pub lang: &'a Lang,
    /// Its text.
    pub text: &'a str,
}

/// Where a rendering contains words of a held passage: positions, never the words.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Match {
    /// The dispatch whose passage is held.
    #[serde(serialize_with = "as_hex")]
    pub dispatch: DispatchId,
    /// The place of the held passage.
    pub held: usize,
    /// The language version of the held passage.
    pub held_lang: Lang,
    /// The place of the part of the rendering in which the words begin.
    pub part: usize,
    /// Its language.
    pub lang: Lang,
    /// The byte of that part at which the words begin.
    pub start: usize,
    /// How many words of the held passage these are.
    pub words: usize,
}

/// A stretch of a rendering that shares a run of words with a passage.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Stretch {
    /// The byte of the rendering at which it begins.
    pub start: usize,
    /// The byte after its end.
    pub end: usize,
    /// How many words are shared.
    pub words: usize,
    /// The place of the passage they come from.
    pub passage: usize,
    /// Its language version.
    pub lang: Lang,
}

fn as_hex<S: serde::Serializer>(id: &DispatchId, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(&id.to_hex())
}

/// One folded letter or digit.
struct Letter {
    fold: char,
    /// The bytes of the text it comes from.
    start: usize,
    end: usize,
    /// A word begins here.
    word: bool,
    /// Something stands before it that is not a letter, if only an invisible mark.
    edge: bool,
}

/// Folds a text into its letters and digits (DISC-2).
fn letters(text: &str) -> Vec<Letter> {
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
fn words(letters: &[Letter]) -> Vec<std::ops::Range<usize>> {
    let mut starts: Vec<usize> =
        letters.iter().enumerate().filter(|(_, letter)| letter.word).map(|(at, _)| at).collect();
    starts.push(letters.len());
    starts.windows(2).filter_map(|pair| Some(*pair.first()?..*pair.get(1)?)).collect()
}

fn digest<'a>(letters: impl Iterator<Item = &'a Letter>) -> u64 {
    let mut state = DefaultHasher::new();
    letters.for_each(|letter| letter.fold.hash(&mut state));
    state.finish()
}

/// The windows of six words of all held passages. Only hashes of words are kept.
struct Windows<'a> {
    by_digest: HashMap<u64, (&'a Held<'a>, &'a Lang, usize)>,
    lengths: HashSet<usize>,
    longest: usize,
}

impl<'a> Windows<'a> {
    fn new(held: &'a [Held<'a>]) -> Self {
        let mut out = Self { by_digest: HashMap::new(), lengths: HashSet::new(), longest: 0 };
        for one in held {
            for (lang, text) in one.texts.iter() {
                out.add(one, lang, text);
            }
        }
        out
    }

    fn add(&mut self, held: &'a Held<'a>, lang: &'a Lang, text: &str) {
        let letters = letters(text);
        let words = words(&letters);
        if words.len() < HOLD_WORDS && !held.whole_if_shorter {
            return;
        }
        let size = words.len().min(HOLD_WORDS);
        for window in words.windows(size.max(1)) {
            let (Some(first), Some(last)) = (window.first(), window.last()) else { continue };
            let Some(range) = letters.get(first.start..last.end) else { continue };
            self.by_digest.entry(digest(range.iter())).or_insert((held, lang, size));
            self.lengths.insert(range.len());
            self.longest = self.longest.max(range.len());
        }
    }
}

/// Finds every place where the parts of a rendering contain six consecutive words of a held passage, or the whole of a
/// shorter one (DISC-1). The parts of one language are read on from one to the next.
pub fn check(held: &[Held<'_>], parts: &[Part<'_>]) -> Vec<Match> {
    let windows = Windows::new(held);
    let mut langs: Vec<&Lang> = parts.iter().map(|part| part.lang).collect();
    langs.sort();
    langs.dedup();
    let mut out = Vec::new();
    for lang in langs {
        let mut joined: Vec<(usize, Letter)> = Vec::new();
        for part in parts.iter().filter(|part| part.lang == lang) {
            joined.extend(letters(part.text).into_iter().map(|letter| (part.place, letter)));
        }
        find(&windows, lang, &joined, &mut out);
    }
    out
}

fn find(windows: &Windows<'_>, lang: &Lang, text: &[(usize, Letter)], out: &mut Vec<Match>) {
    for (at, (part, first)) in text.iter().enumerate().filter(|(_, (_, letter))| letter.edge) {
        let mut state = DefaultHasher::new();
        for (length, (_, letter)) in
            text.iter().skip(at).take(windows.longest).enumerate().map(|(n, l)| (n + 1, l))
        {
            letter.fold.hash(&mut state);
            let ends = text.get(at + length).is_none_or(|(_, next)| next.edge);
            if !ends || !windows.lengths.contains(&length) {
                continue;
            }
            if let Some((held, held_lang, words)) = windows.by_digest.get(&state.finish())
                && out.len() < MATCHES_MAX
            {
                out.push(Match {
                    dispatch: held.dispatch,
                    held: held.place,
                    held_lang: (*held_lang).clone(),
                    part: *part,
                    lang: lang.clone(),
                    start: first.start,
                    words: *words,
                });
                break;
            }
        }
        if out.len() >= MATCHES_MAX {
            return;
        }
    }
}

/// Finds which stretches of a rendering share three words or more with which passage, the longest run first at each
/// place (DISC-4).
pub fn provenance(rendering: &str, sources: &[Part<'_>]) -> Vec<Stretch> {
    let own = letters(rendering);
    let own_words = words(&own);
    let own_digests: Vec<u64> =
        own_words.iter().map(|word| digest(own.get(word.clone()).into_iter().flatten())).collect();
    let mut index: HashMap<&[u64], Vec<(usize, usize)>> = HashMap::new();
    let digests: Vec<Vec<u64>> = sources.iter().map(|source| word_digests(source.text)).collect();
    for (source, list) in digests.iter().enumerate() {
        for (at, run) in list.windows(PROVENANCE_WORDS_MIN).enumerate() {
            index.entry(run).or_default().push((source, at));
        }
    }
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(run) = own_digests.get(at..at + PROVENANCE_WORDS_MIN) {
        let best = index.get(run).into_iter().flatten().map(|(source, from)| {
            let theirs = digests.get(*source).and_then(|list| list.get(*from..)).unwrap_or_default();
            let shared = own_digests.iter().skip(at).zip(theirs).take_while(|(a, b)| a == b).count();
            (shared, std::cmp::Reverse(*source))
        });
        let Some((shared, std::cmp::Reverse(source))) = best.max() else {
            at += 1;
            continue;
        };
        if let Some(stretch) = stretch(&own, &own_words, at, shared, sources.get(source)) {
            out.push(stretch);
        }
        if out.len() >= STRETCHES_MAX {
            break;
        }
        at += shared;
    }
    out
}

fn word_digests(text: &str) -> Vec<u64> {
    let letters = letters(text);
    words(&letters).into_iter().map(|word| digest(letters.get(word).into_iter().flatten())).collect()
}

fn stretch(
    letters: &[Letter],
    words: &[std::ops::Range<usize>],
    at: usize,
    shared: usize,
    source: Option<&Part<'_>>,
) -> Option<Stretch> {
    let source = source?;
    let first = letters.get(words.get(at)?.start)?;
    let last = letters.get(words.get(at + shared - 1)?.end.checked_sub(1)?)?;
    Some(Stretch {
        start: first.start,
        end: last.end,
        words: shared,
        passage: source.place,
        lang: source.lang.clone(),
    })
}
