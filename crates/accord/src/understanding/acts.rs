//! The file of acts: codes, names, and which act is broader than which (docs/spec/understanding.md, ACT rules).

use super::code::Code;
use super::data::{DataError, toml};
use crate::limits::ACTS_MAX;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// One act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Its name by language code.
    pub names: BTreeMap<String, String>,
    /// The acts that wholly contain it, as the file lists them.
    pub narrower_than: Vec<Code>,
}

/// All acts, ordered by what contains what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acts {
    edition: u32,
    acts: BTreeMap<Code, Act>,
    /// Each act with every act that contains it, itself included.
    above: BTreeMap<Code, BTreeSet<Code>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    edition: u32,
    act: Vec<RawAct>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAct {
    code: String,
    #[serde(default)]
    narrower_than: Vec<String>,
    name: BTreeMap<String, String>,
}

const FILE: &str = "acts.toml";

fn problem(problem: String) -> DataError {
    DataError { file: FILE, problem }
}

fn code(text: &str) -> Result<Code, DataError> {
    Code::new(text).ok_or_else(|| problem(format!("\"{text}\" is not a code")))
}

impl Acts {
    /// Reads a file of acts: unique codes (ACT-1), known relations (ACT-2), no act within itself (ACT-3).
    pub fn parse(text: &str) -> Result<Self, DataError> {
        let raw: Raw = toml(FILE, text)?;
        if raw.act.len() > ACTS_MAX {
            return Err(problem(format!("there are more than {ACTS_MAX} acts (ACT-1)")));
        }
        let mut acts = BTreeMap::new();
        for one in raw.act {
            let narrower_than = one.narrower_than.iter().map(|text| code(text)).collect::<Result<_, _>>()?;
            let known = acts.insert(code(&one.code)?, Act { names: one.name, narrower_than });
            if known.is_some() {
                return Err(problem(format!("{} is there twice (ACT-1)", one.code)));
            }
        }
        let lost = acts.values().flat_map(|act| &act.narrower_than).find(|code| !acts.contains_key(*code));
        if let Some(code) = lost {
            return Err(problem(format!("{code} contains an act and is none (ACT-2)")));
        }
        let above = closure(&acts);
        let within = |(code, act): &(&Code, &Act)| {
            act.narrower_than.iter().any(|outer| above.get(outer).is_some_and(|list| list.contains(*code)))
        };
        if let Some((code, _)) = acts.iter().find(within) {
            return Err(problem(format!("{code} is broader than itself (ACT-3)")));
        }
        Ok(Self { edition: raw.edition, acts, above })
    }

    /// The edition of the file.
    pub fn edition(&self) -> u32 {
        self.edition
    }

    /// Each act, by its code.
    pub fn iter(&self) -> impl Iterator<Item = (&Code, &Act)> {
        self.acts.iter()
    }

    /// The act of a code.
    pub fn get(&self, code: &Code) -> Option<&Act> {
        self.acts.get(code)
    }

    /// Whether `outer` is `inner` or contains it (ACT-4). An act that is not in the file is contained by itself alone.
    pub fn covers(&self, outer: &Code, inner: &Code) -> bool {
        outer == inner || self.above.get(inner).is_some_and(|list| list.contains(outer))
    }
}

/// Every act with all that contain it, by a walk upwards from each.
fn closure(acts: &BTreeMap<Code, Act>) -> BTreeMap<Code, BTreeSet<Code>> {
    let walk = |code: &Code| {
        let mut seen = BTreeSet::from([code.clone()]);
        let mut open = vec![code];
        while let Some(code) = open.pop() {
            let outer = acts.get(code).into_iter().flat_map(|act| &act.narrower_than);
            open.extend(outer.filter(|outer| seen.insert((*outer).clone())));
        }
        seen
    };
    acts.keys().map(|code| (code.clone(), walk(code))).collect()
}
