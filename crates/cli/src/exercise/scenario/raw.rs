//! The scenario file as it is written, before its names are looked up.

use super::Fault;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    pub title: String,
    pub about: String,
    pub channel: String,
    pub beat_ms: Spanned<u64>,
    #[serde(default)]
    pub station: Vec<Spanned<Station>>,
    #[serde(default)]
    pub step: Vec<Spanned<Step>>,
}

/// One `[[station]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Station {
    pub name: Spanned<String>,
    pub role: Spanned<String>,
    pub label: Spanned<String>,
    pub party: Option<Spanned<String>>,
    #[serde(default)]
    pub later: bool,
}

/// One `[[step]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub tell: Spanned<String>,
    #[serde(default, rename = "do")]
    pub acts: Vec<Spanned<Act>>,
    #[serde(default)]
    pub expect: Vec<Spanned<Expect>>,
    #[serde(default)]
    pub alarm: Vec<Spanned<Alarm>>,
}

/// One `[[step.do]]`: the fields of every command; which belong to which is in `rules`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    pub command: Spanned<String>,
    pub who: Option<Spanned<String>>,
    pub id: Option<Spanned<String>>,
    pub to: Option<Spanned<String>>,
    pub draft: Option<Spanned<String>>,
    pub filler_bytes: Option<Spanned<u64>>,
    pub rendering: Option<Spanned<BTreeMap<String, String>>>,
    pub text: Option<Spanned<BTreeMap<String, String>>>,
    pub words: Option<Spanned<String>>,
    pub station: Option<Spanned<String>>,
    pub reason: Option<Spanned<String>>,
    pub clause: Option<Spanned<String>>,
    pub beats: Option<Spanned<u64>>,
    pub faithless: Option<Spanned<bool>>,
    pub same: Option<Spanned<bool>>,
    pub save: Option<Spanned<String>>,
    pub exit: Option<Spanned<u8>>,
    pub check: Option<Spanned<String>>,
    pub idle: Option<Spanned<bool>>,
    pub within: Option<Spanned<String>>,
    pub withhold: Option<Spanned<bool>>,
    pub back: Option<Spanned<bool>>,
    pub urgent: Option<Spanned<String>>,
    pub zone: Option<Spanned<String>>,
    pub quorum: Option<Spanned<u8>>,
    pub released: Option<Spanned<bool>>,
    pub at: Option<Spanned<String>>,
    pub of: Option<Spanned<String>>,
    #[serde(rename = "as")]
    pub outcome: Option<Spanned<String>>,
    pub remedy: Option<Spanned<bool>>,
    pub finding: Option<Spanned<[String; 2]>>,
    pub own: Option<Spanned<bool>>,
    pub fault: Option<Spanned<String>>,
    #[serde(default)]
    pub keep: BTreeMap<String, String>,
}

/// One `[[step.expect]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    pub check: Spanned<String>,
    pub who: Option<Spanned<String>>,
    pub look: Spanned<String>,
    pub id: Option<Spanned<String>>,
    pub list: Option<Spanned<String>>,
    #[serde(default, rename = "where")]
    pub conditions: BTreeMap<String, Spanned<toml::Value>>,
    pub count: Option<Spanned<u64>>,
    #[serde(default)]
    pub never: bool,
    pub exit: Option<Spanned<u8>>,
    pub within_beats: Option<Spanned<u64>>,
    pub earlier: Option<Spanned<String>>,
    pub later: Option<Spanned<String>>,
    pub beat: Option<Spanned<String>>,
    pub at: Option<Spanned<String>>,
    pub text: Option<Spanned<String>>,
    #[serde(default)]
    pub keep: BTreeMap<String, String>,
}

/// One `[[step.alarm]]`: an alarm that belongs to the story from this step on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alarm {
    pub who: Spanned<String>,
    pub name: Spanned<String>,
}

/// Parses the file's TOML.
pub fn parse(text: &str) -> Result<File, Fault> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        let message = sentence(error.message());
        Fault::new(line, message, "docs/spec/exercises.md lists the tables of a scenario and their fields.")
    })
}

/// The line, counted from 1, of a place in the text.
pub fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

fn sentence(message: &str) -> String {
    let flat = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut chars = flat.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str().trim_end_matches('.'))
}
