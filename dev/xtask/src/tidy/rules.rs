//! Numbered rules: each stands in one spec page, is cited by the code that checks it and by a test that breaks it.

use super::{Parsed, Violation};
use crate::index;
use crate::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};

/// A rule's identifier: a word in capitals and a number, such as CELL and 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleId {
    /// The word.
    pub word: String,
    /// The number.
    pub number: u32,
}

impl std::fmt::Display for RuleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.word, self.number)
    }
}

/// Where a rule is stated, checked and broken.
#[derive(Clone, Debug, Default)]
pub struct Rule {
    /// The pages that state it, with the line.
    pub pages: Vec<(String, usize)>,
    /// Code that cites it: path and item.
    pub code: BTreeSet<(String, String)>,
    /// Tests and vectors that cite it: path and item.
    pub tests: BTreeSet<(String, String)>,
}

/// Words that look like a rule's but name something of the outside world.
const FOREIGN: [&str; 19] = [
    "AES", "CVE", "DH", "ED", "HKDF", "HMAC", "ISO", "KEM", "ML", "MLS", "NTS", "RFC", "RUSTSEC", "SHA",
    "SSH", "TLS", "UTC", "UTF", "WCAG",
];

/// Everything known about every rule, and the citations that lead nowhere.
pub fn collect(tree: &Tree, parsed: &[Parsed<'_>]) -> (BTreeMap<RuleId, Rule>, Vec<Violation>) {
    let mut rules: BTreeMap<RuleId, Rule> = BTreeMap::new();
    for (path, text) in tree.files().filter(|(path, _)| is_page(path)) {
        for (number, line) in text.lines().enumerate() {
            for id in declared(line) {
                rules.entry(id).or_default().pages.push((path.to_owned(), number + 1));
            }
        }
    }
    let mut lost = Vec::new();
    for file in parsed.iter().filter(|file| !file.path.starts_with("dev/xtask/")) {
        for (number, line) in file.text.lines().enumerate() {
            for id in cited(line) {
                cite(file, number + 1, id, &mut rules, &mut lost);
            }
        }
    }
    for (path, text) in tree.files().filter(|(path, _)| path.starts_with("vectors/")) {
        for id in text.lines().flat_map(cited) {
            if let Some(rule) = rules.get_mut(&id) {
                rule.tests.insert((path.to_owned(), String::new()));
            }
        }
    }
    (rules, lost)
}

pub(super) fn check(tree: &Tree, parsed: &[Parsed<'_>], found: &mut Vec<Violation>) {
    let (rules, lost) = collect(tree, parsed);
    found.extend(lost);
    for (id, rule) in &rules {
        let Some((page, line)) = rule.pages.first() else { continue };
        if let Some((again, line)) = rule.pages.get(1) {
            found.push(Violation::new("rules", again, *line, format!("{id} is stated twice")));
        }
        if rule.code.is_empty() {
            found.push(Violation::new("rules", page, *line, format!("no code cites {id}")));
        }
        if rule.tests.is_empty() {
            found.push(Violation::new("rules", page, *line, format!("no test cites {id}: break it in one")));
        }
    }
    if tree.get(index::PAGE) != Some(index::page(&rules).as_str()) {
        let message = "the page is not current: run `cargo xtask rules`";
        found.push(Violation::new("rules", index::PAGE, 0, message));
    }
}

fn cite(
    file: &Parsed<'_>,
    line: usize,
    id: RuleId,
    rules: &mut BTreeMap<RuleId, Rule>,
    lost: &mut Vec<Violation>,
) {
    let known_word = rules.keys().any(|known| known.word == id.word);
    let Some(rule) = rules.get_mut(&id) else {
        if known_word || !FOREIGN.contains(&id.word.as_str()) {
            lost.push(Violation::new("rules", file.path, line, format!("no page states {id}")));
        }
        return;
    };
    let item = file.source.item_at(line).map_or_else(String::new, |item| item.name.clone());
    let place = (file.path.to_owned(), item);
    if file.source.is_test_line(line) {
        rule.tests.insert(place)
    } else {
        rule.code.insert(place)
    };
}

fn is_page(path: &str) -> bool {
    path.starts_with("docs/spec/") && path.ends_with(".md") && path != index::PAGE
}

/// A page states a rule by its identifier in bold.
fn declared(line: &str) -> Vec<RuleId> {
    let bold = line.split("**").skip(1).step_by(2);
    bold.filter_map(|text| one(text.trim_end_matches(['.', ':']))).collect()
}

/// Identifiers in a line of code: in comments after `//`, or in parentheses in texts.
fn cited(line: &str) -> Vec<RuleId> {
    let words = line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    words.filter_map(one).collect()
}

fn one(text: &str) -> Option<RuleId> {
    let (word, digits) = text.split_once('-')?;
    let sound = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let number =
        (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)?;
    sound.then(|| Some(RuleId { word: word.to_owned(), number: number.parse().ok()? }))?
}
