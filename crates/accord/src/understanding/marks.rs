//! Slots and marks in the text of a clause (UND-11): `{slot}`, `[[term]]`, `[[term|the words used here]]`.

use super::code::Code;
use crate::limits::{CODE_BYTES_MAX, NAME_BYTES_MAX};

/// A stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment<'a> {
    /// Words as they stand.
    Plain(&'a str),
    /// A place that a term of the understanding fills.
    Slot(Code),
    /// A term of the glossary, in words of its own if they are given.
    Term(Code, Option<&'a str>),
    /// A brace or double bracket that is neither.
    Stray(&'a str),
}

const OPENINGS: [&str; 4] = ["{", "}", "[[", "]]"];

/// Cuts a text into its segments; together they are the whole text.
pub fn segments(text: &str) -> Vec<Segment<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let opens =
            |at: usize| rest.get(at..).is_some_and(|tail| OPENINGS.iter().any(|mark| tail.starts_with(mark)));
        let at = rest.char_indices().map(|(at, _)| at).find(|at| opens(*at)).unwrap_or(rest.len());
        let (plain, marked) = rest.split_at(at);
        if !plain.is_empty() {
            out.push(Segment::Plain(plain));
        }
        rest = marked;
        if let Some((segment, left)) = one(marked) {
            out.push(segment);
            rest = left;
        }
    }
    out
}

/// The slot, mark or stray sign a text begins with, and what follows it.
fn one(text: &str) -> Option<(Segment<'_>, &str)> {
    slot(text).or_else(|| term(text)).or_else(|| {
        let mark = OPENINGS.iter().find(|mark| text.starts_with(**mark))?;
        let (stray, left) = text.split_at(mark.len());
        Some((Segment::Stray(stray), left))
    })
}

/// What stands before an end that is at most so many bytes away, and what follows it.
fn cut<'a>(text: &'a str, end: &str, bytes_max: usize) -> Option<(&'a str, &'a str)> {
    let reach = text.len().min(bytes_max + end.len());
    // A character has at most four bytes, so that one of four cuts falls between two.
    let near = (0..4).find_map(|back| text.get(..reach.checked_sub(back)?))?;
    let at = near.find(end)?;
    Some((text.get(..at)?, text.get(at + end.len()..)?))
}

fn slot(text: &str) -> Option<(Segment<'_>, &str)> {
    let (name, left) = cut(text.strip_prefix('{')?, "}", CODE_BYTES_MAX)?;
    Some((Segment::Slot(Code::new(name)?), left))
}

fn term(text: &str) -> Option<(Segment<'_>, &str)> {
    let (inner, left) = cut(text.strip_prefix("[[")?, "]]", CODE_BYTES_MAX + 1 + NAME_BYTES_MAX)?;
    let (code, words) = inner.split_once('|').map_or((inner, None), |(code, words)| (code, Some(words)));
    let plain = words.is_none_or(|words| {
        !words.trim().is_empty() && !words.contains(['{', '}', '\n']) && !words.contains("[[")
    });
    plain.then_some(())?;
    Some((Segment::Term(Code::new(code)?, words), left))
}
