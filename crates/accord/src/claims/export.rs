//! The register as a file: what a rehearsal reads as credences (docs/spec/claims.md, "The export").

use crate::limits::{CLAIMS_MAX, EXPORT_BYTES_MAX};
use crate::text::acts;
use crate::words::Lang;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What stands above every export.
const HEAD: &str = "# A register of claims: what some people believe, and no statement of what is so.\n";

/// A register, exported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exported {
    /// The version of this form: 1.
    pub register: u32,
    /// Whose register it is: a side's label.
    pub of: String,
    /// When it was exported, in UTC.
    pub exported: String,
    /// The claims in the order in which they were entered.
    #[serde(default)]
    pub claim: Vec<ExportedClaim>,
}

/// One claim of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportedClaim {
    /// Its id in hexadecimal.
    pub id: String,
    /// Whose claim it is: a label, or the words of whoever entered it.
    pub who: String,
    /// When it was claimed, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// When it was amended last, in UTC: a credence that is older was about other words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amended: Option<String>,
    /// Whether it was claimed in public.
    pub public: bool,
    /// The letter and the number of its grading.
    pub grading: String,
    /// Where it comes from.
    pub source: String,
    /// What evidence would move it.
    pub evidence: String,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
    /// What is claimed, by language.
    pub text: BTreeMap<String, String>,
    /// How far each member believes it now.
    #[serde(default)]
    pub credence: Vec<ExportedCredence>,
}

/// How far one member believes a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportedCredence {
    /// The member's label.
    pub by: String,
    /// From 0 to 100.
    pub percent: u8,
    /// Why.
    pub because: String,
    /// Since when, in UTC.
    pub since: String,
}

/// Why a file is no export of a register.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// It is longer than any.
    #[error("the file is longer than an exported register")]
    TooLong,
    /// It is no TOML of this form; the line, where it is known.
    #[error("the file is no exported register{}", .0.map(|line| format!(": see line {line}")).unwrap_or_default())]
    Form(Option<usize>),
    /// It is of another version.
    #[error("the file is of a version that is not known here")]
    Version,
    /// A figure or a name in it cannot be.
    #[error(
        "claim {0} of the file does not hold: its id, its grading, its languages or a credence above 100 (CLAIM-12)"
    )]
    Claim(usize),
}

impl Exported {
    /// The file. What a terminal would obey stands in it as escapes (CLAIM-12).
    pub fn write(&self) -> String {
        let mut out = format!("{HEAD}register = {}\n", self.register);
        string(&mut out, "of", &self.of);
        string(&mut out, "exported", &self.exported);
        self.claim.iter().for_each(|claim| claim.write(&mut out));
        out
    }

    /// Reads a file that [`Self::write`] wrote, or that a person changed since (CLAIM-12).
    pub fn read(text: &str) -> Result<Self, ExportError> {
        if text.len() > EXPORT_BYTES_MAX {
            return Err(ExportError::TooLong);
        }
        let read: Self = toml::from_str(text).map_err(|error: toml::de::Error| {
            let before = error.span().and_then(|span| text.get(..span.start));
            ExportError::Form(before.map(|before| before.bytes().filter(|byte| *byte == b'\n').count() + 1))
        })?;
        if read.register != 1 {
            return Err(ExportError::Version);
        }
        if read.claim.len() > CLAIMS_MAX {
            return Err(ExportError::TooLong);
        }
        match read.claim.iter().position(|claim| !claim.holds()) {
            Some(at) => Err(ExportError::Claim(at.saturating_add(1))),
            None => Ok(read),
        }
    }
}

/// A key and a text as a basic string of TOML.
fn string(out: &mut String, key: &str, text: &str) {
    // Writing into a string cannot fail.
    let _ = write!(out, "{key} = \"");
    for c in text.chars() {
        let direction = matches!(c, '\u{061c}' | '\u{200b}'..='\u{200f}');
        let _ = match c {
            '"' | '\\' => write!(out, "\\{c}"),
            '\n' => write!(out, "\\n"),
            c if direction || acts(c) => write!(out, "\\U{:08X}", u32::from(c)),
            c => write!(out, "{c}"),
        };
    }
    out.push_str("\"\n");
}

impl ExportedClaim {
    fn write(&self, out: &mut String) {
        out.push_str("\n[[claim]]\n");
        string(out, "id", &self.id);
        string(out, "who", &self.who);
        self.when.iter().for_each(|when| string(out, "when", when));
        self.amended.iter().for_each(|amended| string(out, "amended", amended));
        let _ = writeln!(out, "public = {}", self.public);
        string(out, "grading", &self.grading);
        string(out, "source", &self.source);
        string(out, "evidence", &self.evidence);
        let _ = writeln!(out, "withdrawn = {}\n\n[claim.text]", self.withdrawn);
        self.text.iter().for_each(|(lang, text)| string(out, lang, text));
        for credence in &self.credence {
            out.push_str("\n[[claim.credence]]\n");
            string(out, "by", &credence.by);
            let _ = writeln!(out, "percent = {}", credence.percent);
            string(out, "because", &credence.because);
            string(out, "since", &credence.since);
        }
    }

    fn holds(&self) -> bool {
        let (letter, number) = self.grading.split_at_checked(1).unwrap_or_default();
        super::ClaimId::from_hex(&self.id).is_some()
            && super::Reliability::of_letter(letter).is_some()
            && number.parse().ok().and_then(super::Credibility::of_number).is_some()
            && self.text.keys().all(|code| Lang::new(code).is_some())
            && self.credence.iter().all(|credence| credence.percent <= 100)
    }
}
