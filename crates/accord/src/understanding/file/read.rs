//! Turns written values into typed ones and names the line of what is wrong with them.

use super::raw::{Versions, Word};
use crate::draft::DraftError;
use crate::limits::UNDERSTANDING_FILE_BYTES_MAX;
use crate::understanding::code::Code;
use crate::understanding::timing::{Bound, Moment, SpanMs};
use crate::understanding::version::Digest;
use crate::words::{Lang, Text, Texts};
use backchannel_wire::ids::unhex;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use toml::{Spanned, Value};

pub(super) type Read<T> = Result<T, DraftError>;

pub(super) fn whole(problem: &str, hint: &str) -> DraftError {
    DraftError { line: None, problem: problem.to_owned(), hint: hint.to_owned() }
}

/// The file being read.
pub(super) struct Reader<'a>(pub(super) &'a str);

impl Reader<'_> {
    /// UND-7; the message is quietened for UND-10.
    pub(super) fn toml<T: for<'d> serde::Deserialize<'d>>(&self) -> Read<T> {
        if self.0.len() > UNDERSTANDING_FILE_BYTES_MAX {
            return Err(whole("the file is too long", "an understanding has at most one megabyte"));
        }
        toml::from_str(self.0).map_err(|error| DraftError {
            line: error.span().map(|span| self.line(span.start)),
            problem: quiet(error.message()),
            hint: "docs/spec/understanding.md begins with a whole file".to_owned(),
        })
    }

    pub(super) fn line(&self, at: usize) -> usize {
        1 + self.0.bytes().take(at).filter(|byte| *byte == b'\n').count()
    }

    pub(super) fn at(&self, span: Range<usize>, problem: &str, hint: &str) -> DraftError {
        DraftError { line: Some(self.line(span.start)), ..whole(problem, hint) }
    }

    /// UND-8
    pub(super) fn named<T: Copy>(
        &self,
        word: &Word,
        what: &str,
        all: &[T],
        name: fn(T) -> &'static str,
    ) -> Read<T> {
        let asked = word.get_ref().trim().to_lowercase().replace([' ', '_'], "-");
        let names = || all.iter().map(|value| format!("\"{}\"", name(*value))).collect::<Vec<_>>().join(", ");
        all.iter().copied().find(|value| name(*value) == asked).ok_or_else(|| {
            self.at(word.span(), &format!("this is not a {what}"), &format!("write one of {}", names()))
        })
    }

    pub(super) fn digest(&self, word: &Word) -> Read<Digest> {
        let hint = "write the 64 digits of the version in effect, as `understanding show` gives them";
        let bytes = unhex(word.get_ref().trim()).and_then(|bytes| bytes.try_into().ok());
        bytes.map(Digest).ok_or_else(|| self.at(word.span(), "this is no digest", hint))
    }

    pub(super) fn code(&self, word: &Word) -> Read<Code> {
        let hint = "write a to z, digits and hyphens, beginning with a letter, at most 40";
        Code::new(word.get_ref().trim()).ok_or_else(|| self.at(word.span(), "this is not a code", hint))
    }

    /// Codes in their order, each once.
    pub(super) fn codes(&self, words: &[Word]) -> Read<Vec<Code>> {
        let mut codes = BTreeSet::new();
        for word in words {
            if !codes.insert(self.code(word)?) {
                return Err(self.at(word.span(), "this is named twice", "name it once"));
            }
        }
        Ok(codes.into_iter().collect())
    }

    pub(super) fn lang(&self, code: &Word) -> Read<Lang> {
        let hint = "write two or three letters, as in `text.en`";
        Lang::new(code.get_ref()).ok_or_else(|| self.at(code.span(), "this is not a language code", hint))
    }

    pub(super) fn texts(&self, raw: Versions) -> Read<Texts> {
        if raw.get_ref().is_empty() {
            return Err(self.at(raw.span(), "there is no text", "add one, as in `text.en = \"...\"`"));
        }
        let mut texts = BTreeMap::new();
        for (code, text) in raw.into_inner() {
            let lang = self.lang(&code)?;
            if text.get_ref().trim().is_empty() {
                return Err(self.at(
                    text.span(),
                    "the text is empty",
                    "write the text, or leave the language out",
                ));
            }
            texts.insert(lang, Text::new(text.into_inner().trim()));
        }
        Ok(Texts(texts))
    }

    /// UND-9
    pub(super) fn moment(&self, value: &Spanned<Value>) -> Read<Moment> {
        let text = match value.get_ref() {
            Value::String(text) => text.clone(),
            Value::Datetime(instant) => instant.to_string(),
            _ => String::new(),
        };
        let hint = "write hour and offset, as in \"2026-12-01T08:00+03:00\" or \"2026-12-01T05:00Z\"";
        Moment::parse(&text).ok_or_else(|| self.at(value.span(), "this is not an instant", hint))
    }

    pub(super) fn bound(&self, value: &Spanned<Value>, inclusive: Option<bool>) -> Read<Bound> {
        Ok(Bound { moment: self.moment(value)?, inclusive })
    }

    /// UND-9
    pub(super) fn span(&self, word: &Word) -> Read<SpanMs> {
        let hint = "write a number and a unit, as in \"72h\", \"90d\", \"30m\" or \"20s\"";
        SpanMs::parse(word.get_ref()).ok_or_else(|| self.at(word.span(), "this is not a span of time", hint))
    }

    pub(super) fn spans(&self, word: Option<&Word>) -> Read<Option<SpanMs>> {
        word.map(|word| self.span(word)).transpose()
    }

    pub(super) fn required<'v, T>(&self, value: Option<&'v T>, name: &str, hint: &str) -> Read<&'v T> {
        value.ok_or_else(|| whole(&format!("`{name}` is missing"), hint))
    }
}

/// The reader's message without any value it repeats (UND-10).
fn quiet(message: &str) -> String {
    let first = message.lines().next().unwrap_or_default();
    if first.contains("unknown field") || first.contains("missing field") || first.contains("duplicate") {
        return first.to_owned();
    }
    match first.split_once(": ") {
        Some((kind, rest)) if rest.contains('"') => format!("{kind}: a value of another kind is needed here"),
        _ => first.to_owned(),
    }
}
