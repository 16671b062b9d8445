//! The text as screens show it: every version rendered, and every unreviewed translation marked.

use super::code::Code;
use super::model::{Clause, Understanding};
use super::render::Piece;
use crate::words::{Lang, Text};

/// One language version of a clause.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct VersionView {
    /// The language.
    pub lang: Lang,
    /// The text with its slots filled.
    pub text: Text,
    /// The same, stretch by stretch.
    pub pieces: Vec<Piece>,
    /// Who reviewed it, if it is a translation somebody reviewed.
    pub reviewed_by: Option<Text>,
    /// Whether it is a translation nobody reviewed: a screen marks it (CHECK-14).
    pub unreviewed: bool,
}

/// A clause with its language versions.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ClauseView {
    /// Its name.
    pub id: Code,
    /// What it states, as files write it.
    pub states: String,
    /// Its versions, by language.
    pub versions: Vec<VersionView>,
}

impl Understanding {
    /// Every clause in every language.
    pub fn view(&self) -> Vec<ClauseView> {
        let clause = |clause: &Clause| ClauseView {
            id: clause.id.clone(),
            states: clause.about.written(),
            versions: clause.texts.0.keys().filter_map(|lang| self.version(clause, lang)).collect(),
        };
        self.clauses.iter().map(clause).collect()
    }

    fn version(&self, clause: &Clause, lang: &Lang) -> Option<VersionView> {
        Some(VersionView {
            lang: lang.clone(),
            text: Text::new(self.rendered(clause, lang)?),
            pieces: self.pieces(clause, lang)?,
            reviewed_by: clause.reviewed_by.get(lang).cloned(),
            unreviewed: !self.is_reviewed(clause, lang),
        })
    }
}
