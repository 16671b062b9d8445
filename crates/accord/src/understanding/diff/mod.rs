//! What changed between two texts, clause by clause and term by term (DIFF rules).
//!
//! Every part of an understanding lies in a field with a name and a written value; a text is the list of its fields. So a
//! diff cannot leave anything out: two texts with the same fields are the same text, and a diff turns one list into the other.

mod fields;
mod words;

use super::check::Spot;
use super::model::Understanding;
use crate::limits::DIFF_CELLS_MAX;
use crate::words::Text;
pub use fields::fields;
use std::collections::BTreeMap;
pub use words::{Fate, Stretch, compare};

/// The name of a field: the part it belongs to, and which of its values it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Field {
    /// The part, its id, and the language if it is one version.
    pub place: Spot,
    /// The name of the value, as the file has it.
    pub name: &'static str,
}

/// One field that differs.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// The field.
    pub field: Field,
    /// Its earlier value; absent if it is new.
    pub before: Option<Text>,
    /// Its later value; absent if it is gone.
    pub after: Option<Text>,
    /// For a text that is in both, its words.
    pub words: Vec<Stretch>,
}

/// All fields that differ, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Diff {
    /// The changes.
    pub changes: Vec<Change>,
}

impl Diff {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The fields after the changes, or nothing if they do not begin from these fields (DIFF-1).
    pub fn apply(&self, mut fields: BTreeMap<Field, Text>) -> Option<BTreeMap<Field, Text>> {
        for Change { field, before, after, .. } in &self.changes {
            let found = fields.remove(field);
            if found != *before {
                return None;
            }
            if let Some(after) = after {
                fields.insert(field.clone(), after.clone());
            }
        }
        Some(fields)
    }
}

/// Compares two texts field by field (DIFF-1) and their wording word by word (DIFF-2).
pub fn diff(before: &Understanding, after: &Understanding) -> Diff {
    let (mut old, new) = (fields(before), fields(after));
    let mut cells = DIFF_CELLS_MAX; // DIFF-3
    let mut changes = Vec::new();
    for (field, after) in new {
        let before = old.remove(&field);
        if before.as_ref() == Some(&after) {
            continue;
        }
        let words = match &before {
            Some(before) if fields::is_wording(&field) => {
                compare(before.as_str(), after.as_str(), &mut cells)
            }
            _ => Vec::new(),
        };
        changes.push(Change { field, before, after: Some(after), words });
    }
    let gone = old.into_iter().map(|(field, before)| Change {
        field,
        before: Some(before),
        after: None,
        words: Vec::new(),
    });
    changes.extend(gone);
    changes.sort_by(|a, b| a.field.cmp(&b.field));
    Diff { changes }
}
