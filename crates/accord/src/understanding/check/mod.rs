//! Finds what a text lacks and what in it betrays its authors (docs/spec/understanding.md, CHECK rules).

mod elements;
mod languages;
mod parties;
mod swallow;
mod times;
mod words;

use super::code::Code;
use super::data::{Data, data};
use super::model::Understanding;
use crate::limits::FINDINGS_MAX;
use crate::words::Lang;
use std::fmt;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The text is not frozen with it.
    Refuse,
    /// The authors should look again.
    Warn,
}

/// The kind of part a place names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The understanding as a whole.
    Whole,
    /// A party.
    Party,
    /// A zone.
    Zone,
    /// An undertaking.
    Undertaking,
    /// A permitted act.
    Permitted,
    /// One of the terms.
    Term,
    /// An entry of the glossary.
    Glossary,
    /// A clause.
    Clause,
}

impl Part {
    /// The name on screens.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "understanding",
            Self::Party => "party",
            Self::Zone => "zone",
            Self::Undertaking => "undertaking",
            Self::Permitted => "permitted",
            Self::Term => "term",
            Self::Glossary => "glossary",
            Self::Clause => "clause",
        }
    }
}

/// Where something is: a part, its code or id, and the language if it is one version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Spot {
    /// The kind of part.
    pub part: Part,
    /// Its code or id; the name of the field for a term and for the whole.
    pub id: String,
    /// The language version.
    pub lang: Option<Lang>,
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.part.name(), self.id)?;
        self.lang.as_ref().map_or(Ok(()), |lang| write!(f, " ({})", lang.code()))
    }
}

/// Something the check found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// The number of the rule.
    pub rule: &'static str,
    /// Whether the text is refused.
    pub severity: Severity,
    /// Where.
    pub place: Spot,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// Everything the rules find in a text, refusals first, in the order of the text, at most [`FINDINGS_MAX`].
pub fn check(understanding: &Understanding) -> Vec<Finding> {
    let mut report = Report { found: Vec::new() };
    match data() {
        Ok(data) => all(&mut report, understanding, data),
        Err(error) => report.refuse(
            "CHECK-22",
            Spot { part: Part::Whole, id: "program".to_owned(), lang: None },
            error.to_string(),
            "the program is damaged: install it again",
        ),
    }
    report.found.sort_by_key(|finding| finding.severity);
    report.found.truncate(FINDINGS_MAX);
    report.found
}

fn all(report: &mut Report, understanding: &Understanding, data: &Data) {
    times::check(report, understanding);
    elements::check(report, understanding, data);
    swallow::check(report, understanding, data);
    parties::check(report, understanding);
    languages::check(report, understanding);
    words::check(report, understanding, data);
}

/// Gathers findings.
struct Report {
    found: Vec<Finding>,
}

impl Report {
    fn refuse(&mut self, rule: &'static str, place: Spot, message: impl Into<String>, hint: &str) {
        self.add(rule, Severity::Refuse, place, message, hint);
    }

    fn warn(&mut self, rule: &'static str, place: Spot, message: impl Into<String>, hint: &str) {
        self.add(rule, Severity::Warn, place, message, hint);
    }

    /// Warnings stop at half the bound, so that no flood of them hides a refusal.
    fn add(
        &mut self,
        rule: &'static str,
        severity: Severity,
        place: Spot,
        message: impl Into<String>,
        hint: &str,
    ) {
        let full = match severity {
            Severity::Refuse => self.found.len() >= FINDINGS_MAX,
            Severity::Warn => self.found.len() >= FINDINGS_MAX / 2,
        };
        if !full {
            let (message, hint) = (format!("{} ({rule})", message.into()), hint.to_owned());
            self.found.push(Finding { rule, severity, place, message, hint });
        }
    }
}

fn spot(part: Part, id: impl Into<String>) -> Spot {
    Spot { part, id: id.into(), lang: None }
}

fn version(part: Part, id: &Code, lang: &Lang) -> Spot {
    Spot { part, id: id.to_string(), lang: Some(lang.clone()) }
}
