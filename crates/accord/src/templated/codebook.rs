//! A codebook: numbered short messages that both sides hold in all languages; the wire carries number and slots (CODEBOOK rules).

use super::raw::{self, FileError, Words, all_languages, words};
use super::template::{Field, fields, span};
use super::value::code;
use crate::limits::ENTRIES_MAX;
use crate::words::Lang;
use std::collections::{BTreeMap, BTreeSet};

/// One numbered message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number: three digits.
    pub number: u16,
    /// Its group, by code.
    pub group: String,
    /// Whether an answer is expected.
    pub asks: bool,
    /// Within how many milliseconds it is answered, if it asks.
    pub reply_ms: Option<u64>,
    /// The numbers that answer it.
    pub answers: Vec<u16>,
    /// Its words, with a slot as `{key}`.
    pub text: Words,
    /// Its slots.
    pub slots: Vec<Field>,
}

/// A codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codebook {
    /// Its name.
    pub code: String,
    /// Its version.
    pub version: u32,
    /// Its title.
    pub title: Words,
    /// Its groups: code and title.
    pub groups: Vec<(String, Words)>,
    /// Its entries, by number.
    pub entries: BTreeMap<u16, Entry>,
    /// Who reviewed each translation; nobody if the name is empty.
    pub reviewed_by: BTreeMap<Lang, String>,
}

impl Codebook {
    /// Reads a file.
    pub fn read(file: &str, text: &str) -> Result<Self, FileError> {
        let raw: raw::Codebook = raw::toml(file, text)?;
        build(raw).map_err(|problem| FileError { file: file.to_owned(), line: None, problem })
    }

    /// Whether somebody reviewed its words in a language; the English is ours.
    pub fn is_reviewed(&self, lang: &Lang) -> bool {
        lang.code() == "en" || self.reviewed_by.get(lang).is_some_and(|name| !name.is_empty())
    }
}

fn build(raw: raw::Codebook) -> Result<Codebook, String> {
    let title = words("the title", raw.title)?;
    let languages: BTreeSet<Lang> = title.keys().cloned().collect();
    let groups = raw.group.into_iter().map(|group| {
        let title = words(&format!("the group {}", group.code), group.title)?;
        all_languages(&format!("the group {}", group.code), &title, &languages)?;
        Ok((group.code, title))
    });
    let groups: Vec<(String, Words)> = groups.collect::<Result<_, String>>()?;
    if raw.entry.len() > ENTRIES_MAX {
        return Err(format!("it has more than {ENTRIES_MAX} entries"));
    }
    let mut entries = BTreeMap::new();
    for raw in raw.entry {
        let entry = entry(raw, &languages, &groups)?;
        let number = entry.number;
        if entries.insert(number, entry).is_some() {
            return Err(format!("the number {number} is there twice"));
        }
    }
    let all: BTreeSet<u16> = entries.keys().copied().collect();
    let dangling = entries.values().find(|entry| !entry.answers.iter().all(|number| all.contains(number)));
    if let Some(entry) = dangling {
        return Err(format!("the entry {} names an answer that is not there", entry.number));
    }
    let reviewed_by = raw::reviewed(raw.reviewed_by, &languages)?;
    let code = code(&raw.code).ok_or("its code is a to z, digits and hyphens, at most 40")?;
    Ok(Codebook { code, version: raw.version, title, groups, entries, reviewed_by })
}

/// Reads an entry; on the wire it is its number and slots (CODEBOOK-1, CODEBOOK-2).
fn entry(raw: raw::Entry, languages: &BTreeSet<Lang>, groups: &[(String, Words)]) -> Result<Entry, String> {
    let of = |what: &str| format!("the entry {}: {what}", raw.number);
    if !(100..=999).contains(&raw.number) {
        return Err(of("a number has three digits"));
    }
    if !groups.iter().any(|(code, _)| *code == raw.group) {
        return Err(of("its group is not there"));
    }
    let text = words(&of("its text"), raw.text)?;
    all_languages(&of("its text"), &text, languages)?;
    let slots = fields(raw.slot, languages).map_err(|problem| of(&problem))?;
    let keys: BTreeSet<&str> = slots.iter().map(|slot| slot.key.as_str()).collect();
    // A sentence with a hole, or with a slot that one language leaves out, would say different things to different readers.
    let same = |text: &String| slots_of(text).is_some_and(|found| found == keys);
    if !text.values().all(same) || slots.iter().any(|slot| !slot.required || slot.times != 1) {
        return Err(of("its slots are not the same in every language, each there and once"));
    }
    let reply_ms = raw.reply.as_deref().map(span).transpose().map_err(|problem| of(&problem))?;
    if reply_ms.is_some() != raw.asks {
        return Err(of("what asks, and nothing else, has a reply time"));
    }
    Ok(Entry {
        number: raw.number,
        group: raw.group,
        asks: raw.asks,
        reply_ms,
        answers: raw.answers,
        text,
        slots,
    })
}

/// The slots a sentence names; nothing if its braces do not match.
pub(super) fn slots_of(text: &str) -> Option<BTreeSet<&str>> {
    pieces(text).map(|pieces| pieces.into_iter().filter_map(Result::err).collect())
}

/// A sentence in pieces: words as they are, and the keys of slots as the other kind.
pub(super) fn pieces(text: &str) -> Option<Vec<Result<&str, &str>>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (key, tail) = after.split_once('}')?;
        if before.contains('}') || key.is_empty() || key.contains('{') {
            return None;
        }
        out.extend([Ok(before), Err(key)]);
        rest = tail;
    }
    if rest.contains('}') {
        return None;
    }
    out.push(Ok(rest));
    Some(out)
}
