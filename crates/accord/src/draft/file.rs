//! Reads the parts of a draft file and names the line of what is wrong with them.

use super::{Draft, DraftError, RawCarried, RawPassage};
use crate::event::{Disclosure, Form, Precedence, Retention};
use crate::ledger::CarryPart;
use crate::limits::DRAFT_BYTES_MAX;
use crate::signals::{self, Weight};
use crate::time::{Date, parse_rfc3339};
use crate::words::{Lang, Text, Texts};
use backchannel_wire::UtcMs;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::{Spanned, Value};

pub(super) fn whole(problem: &str, hint: &str) -> DraftError {
    DraftError { line: None, problem: problem.to_owned(), hint: hint.to_owned() }
}

pub(super) fn names<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> String {
    all.iter().map(|value| format!("\"{}\"", name(*value))).collect::<Vec<_>>().join(", ")
}

/// The file being read, for turning places into line numbers.
pub(super) struct File<'a>(pub(super) &'a str);

impl File<'_> {
    pub(super) fn read<T: for<'d> Deserialize<'d>>(&self) -> Result<T, DraftError> {
        if self.0.len() > DRAFT_BYTES_MAX {
            return Err(whole(
                "the draft is too long",
                "a dispatch has at most one megabyte with its translations",
            ));
        }
        // DRAFT-1; the message is quietened for DRAFT-5.
        toml::from_str(self.0).map_err(|error| DraftError {
            line: error.span().map(|span| self.line(span.start)),
            problem: quiet(error.message()),
            hint:
                "a draft is TOML with `to`, `form`, `precedence`, `reply_by`, `retention` and `[[passage]]`"
                    .to_owned(),
        })
    }

    fn line(&self, at: usize) -> usize {
        1 + self.0.bytes().take(at).filter(|byte| *byte == b'\n').count()
    }

    fn at<T>(&self, place: &Spanned<T>, problem: &str, hint: &str) -> DraftError {
        DraftError { line: Some(self.line(place.span().start)), ..whole(problem, hint) }
    }

    /// DRAFT-2
    pub(super) fn named<T: Copy>(
        &self,
        value: &Spanned<String>,
        what: &str,
        all: &[T],
        name: fn(T) -> &'static str,
    ) -> Result<T, DraftError> {
        let asked = plain_name(value.get_ref());
        all.iter().copied().find(|value| name(*value) == asked).ok_or_else(|| {
            self.at(value, &format!("this is not a {what}"), &format!("write one of {}", names(all, name)))
        })
    }

    pub(super) fn disclosure(&self, value: &Spanned<String>) -> Result<Disclosure, DraftError> {
        self.named(value, "disclosure", Disclosure::ALL, Disclosure::name)
    }

    pub(super) fn precedence(
        &self,
        value: Option<&Spanned<String>>,
    ) -> Result<Option<Precedence>, DraftError> {
        value.map(|value| self.named(value, "precedence", Precedence::ALL, Precedence::name)).transpose()
    }

    /// DRAFT-3
    pub(super) fn instant(&self, value: Option<&Spanned<Value>>) -> Result<Option<UtcMs>, DraftError> {
        let Some(value) = value else { return Ok(None) };
        let hint = "write UTC, as in \"2026-11-25T12:00Z\"";
        let read = parse_rfc3339(&written(value.get_ref()));
        read.map(Some).ok_or_else(|| self.at(value, "this is not an instant in UTC", hint))
    }

    pub(super) fn date(&self, value: Option<&Spanned<Value>>) -> Result<Option<Date>, DraftError> {
        let Some(value) = value else { return Ok(None) };
        let read = Date::parse(&written(value.get_ref()));
        read.map(Some).ok_or_else(|| self.at(value, "this is not a date", "write \"2026-11-25\""))
    }

    pub(super) fn retention(&self, value: Option<&Spanned<Value>>) -> Result<Option<Retention>, DraftError> {
        let Some(value) = value else { return Ok(None) };
        let text = written(value.get_ref());
        let read = match plain_name(&text).as_str() {
            "keep" => Some(Retention::Keep),
            "read-and-return" => Some(Retention::ReadAndReturn),
            _ => {
                let instant = text.trim().strip_prefix("until ").unwrap_or(&text);
                parse_rfc3339(instant.trim()).map(Retention::Until)
            }
        };
        let hint = "write \"keep\", \"read-and-return\" or \"until 2026-12-01T00:00Z\"";
        read.map(Some).ok_or_else(|| self.at(value, "this is not a retention", hint))
    }

    pub(super) fn header(
        &self,
        value: Option<Spanned<String>>,
        what: &str,
    ) -> Result<Option<Text>, DraftError> {
        let Some(value) = value else { return Ok(None) };
        if value.get_ref().trim().is_empty() || value.get_ref().contains(['\n', '\r']) {
            return Err(self.at(
                &value,
                &format!("the {what} is one line of text"),
                "shorten it or leave it out",
            ));
        }
        Ok(Some(Text::new(value.into_inner())))
    }

    /// DRAFT-4
    pub(super) fn texts(
        &self,
        raw: Spanned<BTreeMap<Spanned<String>, Spanned<String>>>,
    ) -> Result<Texts, DraftError> {
        if raw.get_ref().is_empty() {
            return Err(self.at(&raw, "there is no text", "add `text.en = \"...\"`"));
        }
        let mut texts = BTreeMap::new();
        for (code, text) in raw.into_inner() {
            let Some(lang) = Lang::new(code.get_ref()) else {
                return Err(self.at(
                    &code,
                    "this is not a language code",
                    "write two or three letters, as in `text.en`",
                ));
            };
            if text.get_ref().trim().is_empty() {
                return Err(self.at(&text, "the text is empty", "write the text, or leave the language out"));
            }
            texts.insert(lang, Text::new(text.into_inner()));
        }
        Ok(Texts(texts))
    }

    pub(super) fn passage(&self, draft: &mut Draft, raw: Spanned<RawPassage>) -> Result<(), DraftError> {
        let start = raw.span().start;
        let RawPassage { disclosure, text } = raw.into_inner();
        let disclosure = self.disclosure(&disclosure)?;
        let lines: BTreeMap<String, usize> = text
            .get_ref()
            .iter()
            .map(|(lang, text)| (lang.get_ref().clone(), self.line(text.span().start)))
            .collect();
        let texts = self.texts(text)?;
        let place = draft.passages.len();
        for (lang, text) in texts.iter() {
            for finding in signals::read(draft.form, place, lang, text) {
                if finding.weight == Weight::Refused {
                    let line = lines.get(lang.code()).copied().unwrap_or_else(|| self.line(start));
                    let hint = "change the text, or choose another form";
                    return Err(DraftError { line: Some(line), ..whole(finding.message, hint) });
                }
                draft.warnings.push(finding);
            }
        }
        draft.passages.push((disclosure, texts));
        Ok(())
    }

    /// DRAFT-6
    pub(super) fn part(&self, raw: Spanned<RawCarried>) -> Result<CarryPart, DraftError> {
        let place = Spanned::new(raw.span(), ());
        let RawCarried { verbatim, from, text } = raw.into_inner();
        match (verbatim, text) {
            (Some(passage), None) if from.is_empty() => Ok(CarryPart::Verbatim { passage }),
            (None, Some(text)) => Ok(CarryPart::InSubstance { from, texts: self.texts(text)? }),
            _ => Err(self.at(
                &place,
                "a part is either carried verbatim or rendered",
                "write `verbatim = 1`, or `from = [2]` with `text.en = \"...\"`",
            )),
        }
    }
}

/// Names are taken with spaces, underscores or hyphens, in either case, with or without the accent.
fn plain_name(name: &str) -> String {
    let name = name.trim().to_lowercase().replace([' ', '_'], "-").replace('é', "e");
    if name == "oral" { Form::OralMessage.name().to_owned() } else { name }
}

fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Datetime(instant) => instant.to_string(),
        _ => String::new(),
    }
}

/// The reader's message without any value it repeats (DRAFT-5).
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
