//! The file as it is written, with the place of everything.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::{Spanned, Value};

pub(super) type Word = Spanned<String>;
pub(super) type Versions = Spanned<BTreeMap<Spanned<String>, Spanned<String>>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) form: Option<Word>,
    pub(super) voice: Option<Word>,
    pub(super) drafted_in: Option<Word>,
    pub(super) languages: Option<Spanned<Vec<Word>>>,
    pub(super) supersedes: Option<Word>,
    #[serde(default)]
    pub(super) party: Vec<Spanned<Party>>,
    #[serde(default)]
    pub(super) zone: Vec<Spanned<Zone>>,
    #[serde(default)]
    pub(super) undertaking: Vec<Spanned<Undertaking>>,
    #[serde(default)]
    pub(super) permitted: Vec<Spanned<Permitted>>,
    pub(super) term: Option<Term>,
    pub(super) confidence: Option<Spanned<Confidence>>,
    #[serde(default)]
    pub(super) glossary: Vec<Spanned<Glossary>>,
    #[serde(default)]
    pub(super) clause: Vec<Spanned<Clause>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Party {
    pub(super) code: Word,
    pub(super) number: Option<Spanned<u8>>,
    pub(super) quorum: Spanned<u8>,
    pub(super) name: Versions,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Zone {
    pub(super) code: Word,
    pub(super) name: Versions,
    #[serde(default)]
    pub(super) within: Vec<Word>,
    #[serde(default)]
    pub(super) overlaps: Vec<Word>,
    #[serde(default)]
    pub(super) apart: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Undertaking {
    pub(super) id: Word,
    pub(super) by: Vec<Word>,
    pub(super) towards: Vec<Word>,
    pub(super) act: Word,
    pub(super) place: Option<Spanned<Value>>,
    pub(super) time: Option<Spanned<Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Permitted {
    pub(super) id: Word,
    #[serde(default)]
    pub(super) to: Vec<Word>,
    pub(super) act: Option<Word>,
    pub(super) place: Option<Spanned<Value>>,
    pub(super) time: Option<Spanned<Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Term {
    pub(super) from: Option<Spanned<Value>>,
    pub(super) from_inclusive: Option<bool>,
    #[serde(default)]
    pub(super) zone: Vec<ZoneEntry>,
    pub(super) until: Option<Spanned<Value>>,
    pub(super) lasts: Option<Word>,
    pub(super) until_inclusive: Option<bool>,
    pub(super) renewal: Option<Renewal>,
    pub(super) notice: Option<Word>,
    pub(super) urgent: Option<Urgent>,
    pub(super) brake: Option<Word>,
    pub(super) reply: Option<Word>,
    pub(super) complaint: Option<Word>,
    pub(super) told: Option<bool>,
    pub(super) set_times: Option<Word>,
    pub(super) ladder: Option<Ladder>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Ladder {
    pub(super) second_query: Word,
    pub(super) meeting: Word,
    pub(super) complaint: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ZoneEntry {
    pub(super) zone: Word,
    pub(super) from: Spanned<Value>,
    pub(super) inclusive: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Renewal {
    pub(super) by: Word,
    pub(super) before: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Urgent {
    pub(super) grounds: Vec<Word>,
    pub(super) notice: Option<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Confidence {
    pub(super) existence: Word,
    pub(super) content: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Glossary {
    pub(super) code: Word,
    pub(super) term: Versions,
    pub(super) meaning: Option<Versions>,
    #[serde(default)]
    pub(super) confirmed_by: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Clause {
    pub(super) id: Word,
    pub(super) states: Option<Word>,
    pub(super) text: Option<Versions>,
    pub(super) reviewed_by: Option<Versions>,
    pub(super) from: Option<Word>,
    #[serde(default)]
    pub(super) value: BTreeMap<Spanned<String>, Versions>,
}
