//! An understanding at a glance, as data for screens.

use super::model::Understanding;
use super::timing::Terms;
use super::version::{Digest, Frozen};
use crate::time::rfc3339;
use crate::words::Lang;

/// What a list of understandings shows of one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// "gentle" or "joint".
    pub form: &'static str,
    /// "reciprocal" or "intermediary".
    pub voice: &'static str,
    /// The codes of the parties, by their number.
    pub parties: Vec<String>,
    /// The languages.
    pub languages: Vec<Lang>,
    /// The codes of the prohibited acts, each once.
    pub prohibited: Vec<String>,
    /// The codes of the permitted acts, each once.
    pub permitted: Vec<String>,
    /// How many clauses it has.
    pub clauses: usize,
    /// How many translations nobody reviewed.
    pub unreviewed: usize,
    /// The beginning in UTC, once it is whole.
    pub from: Option<String>,
    /// The end in UTC, once it is whole.
    pub until: Option<String>,
    /// The digest of the version whose place it takes.
    pub supersedes: Option<Digest>,
    /// Whether those bound must be told first.
    pub told: bool,
    /// The number of the version, if it is frozen.
    pub version: Option<u32>,
    /// The digest, if it is frozen.
    pub digest: Option<Digest>,
}

impl Understanding {
    /// The understanding at a glance.
    pub fn summary(&self) -> Summary {
        let terms = self.terms();
        let once = |mut codes: Vec<String>| {
            codes.sort();
            codes.dedup();
            codes
        };
        Summary {
            form: self.form.name(),
            voice: self.voice.name(),
            parties: self.parties.iter().map(|party| party.code.to_string()).collect(),
            languages: self.languages.clone(),
            prohibited: once(self.undertakings.iter().map(|one| one.act.to_string()).collect()),
            permitted: once(
                self.permitted.iter().filter_map(|one| one.act.as_ref()).map(ToString::to_string).collect(),
            ),
            clauses: self.clauses.len(),
            unreviewed: self.unreviewed().len(),
            from: terms.as_ref().map(|terms| rfc3339(terms.from)),
            until: terms.as_ref().map(|terms| rfc3339(terms.until)),
            supersedes: self.supersedes,
            told: self.timing.told == Some(true),
            version: None,
            digest: None,
        }
    }

    /// The plain time terms, or nothing while beginning or end miss something.
    pub fn terms(&self) -> Option<Terms> {
        self.timing.terms()
    }
}

impl Frozen {
    /// The version at a glance.
    pub fn summary(&self) -> Summary {
        let (version, digest) = (Some(self.number()), Some(self.digest()));
        Summary { version, digest, ..self.text().summary() }
    }
}
