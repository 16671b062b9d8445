//! docs/spec/rules.md: the generated index of numbered rules.

use crate::tidy::rules::{Rule, RuleId, collect};
use crate::tree::{Tree, root};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Where the index is kept.
pub const PAGE: &str = "docs/spec/rules.md";
/// Places named for each rule; the rest is counted.
const PLACES_MAX: usize = 3;

const HEAD: &str = "\
# Index of rules

Every numbered rule of the formats, the code that holds it and the tests that break it. Made by `cargo xtask rules`;
`cargo xtask tidy` refuses a rule without code, a rule without a test, and a page that is not current.

| rule | stated in | held by | broken by |
|---|---|---|---|
";

/// The page for these rules.
pub fn page(rules: &BTreeMap<RuleId, Rule>) -> String {
    let mut out = HEAD.to_owned();
    for (id, rule) in rules {
        let page = rule.pages.first().map_or("", |(path, _)| path.rsplit('/').next().unwrap_or(path));
        let _ =
            writeln!(out, "| {id} | [{page}]({page}) | {} | {} |", places(&rule.code), places(&rule.tests));
    }
    out
}

/// Writes the index into the workspace.
pub fn write(tree: &Tree) -> std::io::Result<()> {
    let (parsed, _) = crate::tidy::parse(tree);
    let (rules, _) = collect(tree, &parsed);
    std::fs::write(root().join(PAGE), page(&rules))
}

fn places(places: &BTreeSet<(String, String)>) -> String {
    let named = |(path, item): &(String, String)| {
        if item.is_empty() { format!("`{path}`") } else { format!("`{path}` {item}") }
    };
    let mut texts: Vec<String> = places.iter().take(PLACES_MAX).map(named).collect();
    if places.len() > PLACES_MAX {
        texts.push(format!("{} more", places.len() - PLACES_MAX));
    }
    texts.join(", ")
}
