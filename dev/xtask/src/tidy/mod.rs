//! The rules no compiler checks. Each is tested below against a planted violation.

pub mod allowed;
mod banned;
mod claims;
mod layering;
mod lengths;
mod readme;
pub mod rules;
mod words;

use crate::source::Source;
use crate::tree::Tree;
use std::fmt;

/// One place where the project breaks one of its own rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule's name.
    pub rule: &'static str,
    /// The file, from the root.
    pub path: String,
    /// The line, counted from 1; 0 for the whole file.
    pub line: usize,
    /// What is wrong and what to do instead.
    pub message: String,
}

impl Violation {
    fn new(rule: &'static str, path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { rule, path: path.to_owned(), line, message: message.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} [{}]", self.path, self.line, self.message, self.rule)
    }
}

/// A Rust file with its path and text.
pub struct Parsed<'a> {
    /// From the root.
    pub path: &'a str,
    /// As written.
    pub text: &'a str,
    /// As parsed.
    pub source: Source,
}

/// Parses every Rust file; a file that does not parse is a violation.
pub fn parse(tree: &Tree) -> (Vec<Parsed<'_>>, Vec<Violation>) {
    let mut parsed = Vec::new();
    let mut broken = Vec::new();
    for (path, text) in tree.rust() {
        match Source::parse(path, text) {
            Ok(source) => parsed.push(Parsed { path, text, source }),
            Err(error) => broken.push(Violation::new("parses", path, 0, error)),
        }
    }
    (parsed, broken)
}

/// Every violation in the tree, in order of path and line.
pub fn check(tree: &Tree) -> Vec<Violation> {
    let (parsed, mut found) = parse(tree);
    allowed::check(tree, &mut found);
    layering::check(tree, &parsed, &mut found);
    banned::check(&parsed, &mut found);
    lengths::check(&parsed, &mut found);
    words::check(tree, &mut found);
    claims::check(tree, &parsed, &mut found);
    readme::check(tree, &parsed, &mut found);
    rules::check(tree, &parsed, &mut found);
    found.sort_by(|a, b| (&a.path, a.line, a.rule).cmp(&(&b.path, b.line, b.rule)));
    found
}

/// Prints every violation; true if there is none.
pub fn report(tree: &Tree) -> bool {
    let found = check(tree);
    for violation in &found {
        println!("{violation}");
    }
    println!("tidy: {} files, {} violations", tree.files().count(), found.len());
    found.is_empty()
}

#[cfg(test)]
mod tests;
