//! Words of the report for other pages.

use super::names;
use super::tongue::{Lang, Voice, ids, tongue};

/// That a rehearsal predicts nothing.
pub fn notice(lang: Lang) -> String {
    tongue(lang).t(ids::NOTICE_SHORT)
}

/// The letter under which the plots show a variant, the first at 0.
pub fn letter(voice: impl Into<Voice>, index: usize) -> String {
    names::letter(tongue(voice), index)
}

/// A term or assumption in words; what is not known is made inert.
pub fn term(voice: impl Into<Voice>, name: &str) -> String {
    names::term(tongue(voice), name).text
}

/// A value of a term in words where it has any; else it is made inert.
pub fn value(voice: impl Into<Voice>, term: &str, text: &str) -> String {
    names::value(tongue(voice), term, text).text
}
