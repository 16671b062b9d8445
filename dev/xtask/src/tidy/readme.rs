//! README.md shows only commands and flags that exist.

use super::{Parsed, Violation};
use crate::tree::Tree;
use std::collections::BTreeSet;

const PAGE: &str = "README.md";
/// Flags of programs other than ours.
const FOREIGN: [&str; 1] = ["release"];

pub(super) fn check(tree: &Tree, parsed: &[Parsed<'_>], found: &mut Vec<Violation>) {
    let Some(text) = tree.get(PAGE) else { return };
    let known = known(parsed);
    for (number, line) in text.lines().enumerate() {
        let unknown = |word: &&str| !known.contains(*word) && !FOREIGN.contains(word);
        for word in flags(line).into_iter().chain(commands(line)).filter(unknown) {
            let message = format!("the command line knows no `{word}`");
            found.push(Violation::new("readme", PAGE, number + 1, message));
        }
    }
}

/// Names in the code of the commands as the command line spells them: fields and variants, and names given as texts.
fn known(parsed: &[Parsed<'_>]) -> BTreeSet<String> {
    let commands = parsed.iter().filter(|file| file.path.starts_with("crates/cli/src/"));
    let outside_tests = commands
        .flat_map(|file| file.source.tokens.iter().filter(|token| !file.source.is_test_line(token.line)));
    outside_tests.map(|token| kebab(token.text.trim_matches('"'))).collect()
}

fn kebab(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(c.to_lowercase().map(|c| if c == '_' { '-' } else { c }));
    }
    out
}

fn flags(line: &str) -> Vec<&str> {
    line.split("--").skip(1).map(name).filter(|name| !name.is_empty()).collect()
}

/// The words after `backchannel` up to the first that is an argument.
fn commands(line: &str) -> Vec<&str> {
    let shown = line.split("backchannel ").skip(1);
    let before_ours = line.trim_start().starts_with("backchannel ") || line.contains("`backchannel ");
    shown.filter(|_| before_ours).map(name).filter(|name| !name.is_empty()).collect()
}

fn name(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_lowercase() || c == '-')).unwrap_or(text.len());
    &text[..end]
}
