//! Files of templates and codebooks as they are written, before their rules are checked.

use super::template::Purpose;
use super::value::Type;
use crate::event::Precedence;
use crate::limits::{LANGUAGES_MAX, MESSAGE_TEXT_BYTES_MAX, NAME_BYTES_MAX, TEMPLATE_FILE_BYTES_MAX};
use crate::words::Lang;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// Words by language.
pub type Words = BTreeMap<Lang, String>;

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {problem} (TEMPLATE-1)")]
pub struct FileError {
    /// The file.
    pub file: String,
    /// The line, where it is known.
    pub line: Option<usize>,
    /// What is wrong with it.
    pub problem: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    pub code: String,
    pub version: u32,
    pub source: String,
    pub kind: Purpose,
    pub precedence: String,
    #[serde(default)]
    pub cancels: bool,
    pub title: BTreeMap<String, String>,
    pub said: Option<BTreeMap<String, String>>,
    pub time: Option<Time>,
    pub window: Option<Window>,
    pub reply: Option<Reply>,
    #[serde(default)]
    pub distance: Vec<Distance>,
    #[serde(default)]
    pub field: Vec<Field>,
    #[serde(default)]
    pub reviewed_by: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Time {
    pub rule: String,
    pub field: Option<String>,
    pub least: Option<String>,
    pub most: Option<String>,
    pub graded_by: Option<String>,
    #[serde(default)]
    pub grades: Vec<Grade>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    pub when: String,
    pub least: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    pub field: String,
    pub most: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    pub within: String,
    pub urgent: Option<String>,
    pub urgent_by: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Distance {
    pub field: String,
    pub least: String,
}

const fn yes() -> bool {
    true
}

const fn once() -> usize {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub key: String,
    #[serde(rename = "type")]
    pub kind: Type,
    #[serde(default = "yes")]
    pub required: bool,
    #[serde(default = "once")]
    pub many: usize,
    pub unit: Option<String>,
    pub least: Option<u64>,
    pub most: Option<u64>,
    pub label: Option<BTreeMap<String, String>>,
    #[serde(default)]
    pub choice: Vec<Choice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub code: String,
    pub text: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codebook {
    pub code: String,
    pub version: u32,
    pub title: BTreeMap<String, String>,
    #[serde(default)]
    pub group: Vec<Group>,
    #[serde(default)]
    pub entry: Vec<Entry>,
    #[serde(default)]
    pub reviewed_by: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub code: String,
    pub title: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub number: u16,
    pub group: String,
    #[serde(default)]
    pub asks: bool,
    pub reply: Option<String>,
    #[serde(default)]
    pub answers: Vec<u16>,
    pub text: BTreeMap<String, String>,
    #[serde(default)]
    pub slot: Vec<Field>,
}

/// Reads a file as TOML, within its bound.
pub fn toml<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, FileError> {
    if text.len() > TEMPLATE_FILE_BYTES_MAX {
        let problem = format!("it has more than {TEMPLATE_FILE_BYTES_MAX} bytes");
        return Err(FileError { file: file.to_owned(), line: None, problem });
    }
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let line = error.span().and_then(|span| text.get(..span.start));
        let line = line.map(|before| before.bytes().filter(|byte| *byte == b'\n').count() + 1);
        FileError { file: file.to_owned(), line, problem: error.message().to_owned() }
    })
}

/// Words by language: 1 to 8 languages, none blank.
pub fn words(what: &str, raw: BTreeMap<String, String>) -> Result<Words, String> {
    if raw.is_empty() || raw.len() > LANGUAGES_MAX {
        return Err(format!("{what} has 1 to {LANGUAGES_MAX} languages"));
    }
    raw.into_iter()
        .map(|(code, text)| {
            let lang = Lang::new(&code).ok_or_else(|| format!("{what}: {code} is no language code"))?;
            let fits = !text.trim().is_empty() && text.len() <= MESSAGE_TEXT_BYTES_MAX;
            fits.then_some((lang, text))
                .ok_or_else(|| format!("{what}: the text in {code} is blank or too long"))
        })
        .collect()
}

/// Refuses words that are not there in each language of the title.
pub fn all_languages(what: &str, words: &Words, languages: &BTreeSet<Lang>) -> Result<(), String> {
    let same = words.keys().eq(languages);
    same.then_some(()).ok_or_else(|| format!("{what} is not there in the languages of the title"))
}

/// Who reviewed each translation.
pub fn reviewed(
    raw: BTreeMap<String, String>,
    languages: &BTreeSet<Lang>,
) -> Result<BTreeMap<Lang, String>, String> {
    raw.into_iter()
        .map(|(code, name)| {
            let lang = Lang::new(&code).filter(|lang| languages.contains(lang));
            let fits = name.len() <= NAME_BYTES_MAX;
            lang.filter(|_| fits).map(|lang| (lang, name)).ok_or_else(|| format!("reviewed_by names {code}"))
        })
        .collect()
}

/// A precedence by its name.
pub fn precedence(name: &str) -> Result<Precedence, String> {
    Precedence::from_name(name)
        .ok_or_else(|| "a precedence is routine, priority, immediate or flash".to_owned())
}
