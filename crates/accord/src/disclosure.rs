//! The disclosure rule: a rendering may not contain the words of a held passage (docs/spec/dispatches.md, DISC rules).
//!
//! Words are compared after folding case, taking off diacritics, harakat and niqqud, and leaving out everything that is
//! not a letter or a digit. A paraphrase passes; so do look-alike letters of another script. The screen says so.

use crate::fold::{Letter, digest, letters, word_digests, words};
use crate::limits::{HOLD_WORDS, MATCHES_MAX, PROVENANCE_WORDS_MIN, STRETCHES_MAX};
use crate::words::{DispatchId, Lang, Texts};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

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

/// Windows that overlap in one held passage are one match of more words.
fn find(windows: &Windows<'_>, lang: &Lang, text: &[(usize, Letter)], out: &mut Vec<Match>) {
    let mut covered = 0;
    for (at, (part, first)) in text.iter().enumerate().filter(|(_, (_, letter))| letter.edge) {
        let Some((length, (held, held_lang, words))) = longest_window(windows, text, at) else { continue };
        let same = |last: &&mut Match| {
            at < covered
                && last.dispatch == held.dispatch
                && last.held == held.place
                && last.held_lang == *held_lang
        };
        if let Some(last) = out.last_mut().filter(same) {
            last.words += 1;
        } else if out.len() < MATCHES_MAX {
            out.push(Match {
                dispatch: held.dispatch,
                held: held.place,
                held_lang: held_lang.clone(),
                part: *part,
                lang: lang.clone(),
                start: first.start,
                words,
            });
        } else {
            return;
        }
        covered = at + length;
    }
}

/// The window that begins at this letter of the text, with its length in letters.
fn longest_window<'w>(
    windows: &Windows<'w>,
    text: &[(usize, Letter)],
    at: usize,
) -> Option<(usize, (&'w Held<'w>, &'w Lang, usize))> {
    let mut state = DefaultHasher::new();
    let mut found = None;
    for (before, (_, letter)) in text.iter().skip(at).take(windows.longest).enumerate() {
        letter.fold.hash(&mut state);
        let length = before + 1;
        let ends = text.get(at + length).is_none_or(|(_, next)| next.edge);
        if ends
            && windows.lengths.contains(&length)
            && let Some(window) = windows.by_digest.get(&state.finish())
        {
            found = Some((length, *window));
        }
    }
    found
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
