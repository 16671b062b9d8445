//! Words that do not belong in the tree: paths of one person's machine, and marks of unfinished work.

use super::Violation;
use crate::tree::Tree;

/// Each in two parts, so that this file does not hold it.
const EVERYWHERE: [(&str, &str); 3] = [("/wo", "rk/"), ("bash_", "jobs"), ("/root/.", "cargo")];
const UNFINISHED: [(&str, &str); 3] = [("TO", "DO"), ("FIX", "ME"), ("XX", "X")];

pub(super) fn check(tree: &Tree, found: &mut Vec<Violation>) {
    for (path, text) in tree.files() {
        let prose = [".rs", ".md", ".toml"].iter().any(|end| path.ends_with(end));
        for (number, line) in text.lines().enumerate() {
            for (a, b) in EVERYWHERE {
                if line.contains(&format!("{a}{b}")) {
                    found.push(Violation::new("words", path, number + 1, "a path of one machine"));
                }
            }
            if prose && UNFINISHED.iter().any(|(a, b)| has_word(line, &format!("{a}{b}"))) {
                found.push(Violation::new("words", path, number + 1, "a mark of unfinished work"));
            }
        }
    }
}

fn has_word(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|part| part == word)
}
