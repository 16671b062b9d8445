//! The file a person writes a claim in (docs/spec/claims.md, "The file of a claim").

use super::entry::{Act, Basis, ClaimId, Claimant, Content, Entry};
use super::grading::{Credibility, Grading, Reliability};
use crate::draft::DraftError;
use crate::limits::DRAFT_BYTES_MAX;
use crate::time::parse_rfc3339;
use crate::words::{DispatchId, Lang, Text, Texts};
use backchannel_wire::PartyNo;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::{Spanned, Value};

const FORM: &str = "a claim is TOML with `who`, `text.en`, and perhaps `when`, `public`, `source`, `grading`, `evidence`, `rests_on`, \
    `statements`";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    who: Spanned<String>,
    text: Spanned<BTreeMap<String, Spanned<String>>>,
    when: Option<Spanned<Value>>,
    #[serde(default)]
    public: bool,
    #[serde(default)]
    source: String,
    grading: Option<Spanned<String>>,
    #[serde(default)]
    evidence: String,
    #[serde(default)]
    rests_on: Vec<Spanned<String>>,
    #[serde(default)]
    statements: Vec<Spanned<String>>,
}

/// How the names in a file are understood.
pub struct Names<'a> {
    /// The side of a label.
    pub side: &'a dyn Fn(&str) -> Option<PartyNo>,
    /// The item on record of an id, or of an unambiguous beginning of it.
    pub item: &'a dyn Fn(&str) -> Option<DispatchId>,
}

/// Reads a file; an error names the line, where one can be named, and repeats nothing that was written.
pub fn read(text: &str, names: &Names<'_>) -> Result<Content, DraftError> {
    let file = File(text);
    if text.len() > DRAFT_BYTES_MAX {
        return Err(file.whole("the file is too long", "a claim has some pages at most"));
    }
    let raw: Raw = toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| file.line(span.start));
        // The message of the library may hold what was written: only what names a field is told.
        let first = error.message().lines().next().unwrap_or_default();
        let names_field =
            ["unknown field", "missing field", "duplicate"].iter().any(|kind| first.contains(kind));
        let problem = if names_field { first } else { "this is not as it should be" };
        DraftError { line, ..file.whole(problem, FORM) }
    })?;
    let content = Content {
        who: file.claimant(&raw.who, names)?,
        text: file.texts(raw.text)?,
        when: raw.when.map(|when| file.instant(&when)).transpose()?,
        public: raw.public,
        source: Text::new(raw.source.trim()),
        grading: raw.grading.map_or(Ok(Grading::NONE), |grading| file.grading(&grading))?,
        evidence: Text::new(raw.evidence.trim()),
        rests_on: file.rests_on(raw.rests_on, raw.statements, names)?,
    };
    let entry = Entry { id: ClaimId([0; 16]), act: Act::Entered(content) };
    entry.check().map_err(|_| {
        file.whole(
            "a part of it is longer than such a part may be",
            "the bounds stand in docs/spec/claims.md (CLAIM-2)",
        )
    })?;
    match entry.act {
        Act::Entered(content) => Ok(content),
        _ => Err(file.whole("this is not a claim", FORM)),
    }
}

/// The file being read, for turning places into line numbers.
struct File<'a>(&'a str);

impl File<'_> {
    fn line(&self, at: usize) -> usize {
        1 + self.0.bytes().take(at).filter(|byte| *byte == b'\n').count()
    }

    fn whole(&self, problem: &str, hint: &str) -> DraftError {
        DraftError { line: None, problem: problem.to_owned(), hint: hint.to_owned() }
    }

    fn at<T>(&self, place: &Spanned<T>, problem: &str, hint: &str) -> DraftError {
        DraftError { line: Some(self.line(place.span().start)), ..self.whole(problem, hint) }
    }

    fn claimant(&self, who: &Spanned<String>, names: &Names<'_>) -> Result<Claimant, DraftError> {
        let named = who.get_ref().trim();
        if named.is_empty() {
            return Err(self.at(
                who,
                "nobody is named",
                "write the label of a side, or who it is in your words",
            ));
        }
        Ok((names.side)(named).map_or_else(|| Claimant::Other(Text::new(named)), Claimant::Side))
    }

    fn texts(&self, raw: Spanned<BTreeMap<String, Spanned<String>>>) -> Result<Texts, DraftError> {
        if raw.get_ref().is_empty() {
            return Err(self.at(&raw, "there is no text", "add `text.en = \"...\"`"));
        }
        let mut texts = BTreeMap::new();
        for (code, text) in raw.into_inner() {
            let lang = Lang::new(&code).ok_or_else(|| {
                self.at(&text, "this is not a language code", "write two or three letters, as in `text.en`")
            })?;
            if text.get_ref().trim().is_empty() {
                return Err(self.at(&text, "the text is empty", "write the text, or leave the language out"));
            }
            texts.insert(lang, Text::new(text.into_inner()));
        }
        Ok(Texts(texts))
    }

    fn instant(&self, when: &Spanned<Value>) -> Result<backchannel_wire::UtcMs, DraftError> {
        let text = match when.get_ref() {
            Value::String(text) => text.clone(),
            Value::Datetime(instant) => instant.to_string(),
            _ => String::new(),
        };
        let hint = "write UTC, as in \"2026-11-25T12:00Z\", or leave it out";
        parse_rfc3339(&text).ok_or_else(|| self.at(when, "this is not an instant in UTC", hint))
    }

    /// A letter and a number, such as B2 (CLAIM-3).
    fn grading(&self, written: &Spanned<String>) -> Result<Grading, DraftError> {
        let text = written.get_ref().trim();
        let halves = text.char_indices().nth(1).and_then(|(at, _)| text.split_at_checked(at));
        let read = halves.and_then(|(letter, number)| {
            let reliability = Reliability::of_letter(letter)?;
            let credibility = Credibility::of_number(number.trim().parse().ok()?)?;
            Some(Grading { reliability, credibility })
        });
        let hint = "write A to F for the source and 1 to 6 for what it says, as in \"B2\"; F6 if neither can be judged";
        read.ok_or_else(|| self.at(written, "this is no grading by the Admiralty code", hint))
    }

    fn rests_on(
        &self,
        items: Vec<Spanned<String>>,
        statements: Vec<Spanned<String>>,
        names: &Names<'_>,
    ) -> Result<Vec<Basis>, DraftError> {
        let mut out = Vec::new();
        for item in items {
            let hint = "give the first digits of an id that `backchannel inbox` or `statement list` shows";
            let id = (names.item)(item.get_ref().trim());
            let id = id.ok_or_else(|| self.at(&item, "nothing on record here has this id", hint))?;
            out.push(Basis::OnRecord(id));
        }
        for statement in statements {
            if statement.get_ref().trim().is_empty() {
                return Err(self.at(&statement, "the statement is empty", "say where and when it was made"));
            }
            out.push(Basis::Public(Text::new(statement.get_ref().trim())));
        }
        Ok(out)
    }
}
