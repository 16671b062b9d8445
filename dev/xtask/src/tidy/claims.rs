//! docs/claims.md: a promise is made only with tests that try to break it.

use super::{Parsed, Violation};
use crate::tree::Tree;
use std::collections::BTreeMap;

const PAGE: &str = "docs/claims.md";
/// Promises P1 to P11.
const PROMISES: u32 = 11;
const MADE: &str = "## What is promised";
const NOT_MADE: &str = "## Not promised yet";

/// What the page says of one promise.
#[derive(Default)]
struct Claim {
    line: usize,
    made: bool,
    not_made: bool,
    tests: Vec<(usize, String)>,
}

pub(super) fn check(tree: &Tree, parsed: &[Parsed<'_>], found: &mut Vec<Violation>) {
    let Some(text) = tree.get(PAGE) else {
        found.push(Violation::new("claims", PAGE, 0, "the page is missing"));
        return;
    };
    let claims = read(text);
    for number in 1..=PROMISES {
        let id = format!("P{number}");
        let claim = claims.get(&id);
        let (line, made) = claim.map_or((0, false), |claim| (claim.line, claim.made));
        let stated = claim.is_some_and(|claim| claim.made != claim.not_made);
        if !stated {
            let message = format!("{id} must stand once: under \"{MADE}\" or under \"{NOT_MADE}\"");
            found.push(Violation::new("claims", PAGE, line, message));
        } else if made && claim.is_some_and(|claim| claim.tests.is_empty()) {
            let message = format!("{id} is promised without a test: name one as `test: path::name`");
            found.push(Violation::new("claims", PAGE, line, message));
        }
    }
    for (line, test) in claims.values().flat_map(|claim| &claim.tests) {
        if !exists(test, parsed) {
            found.push(Violation::new("claims", PAGE, *line, format!("there is no test `{test}`")));
        }
    }
}

/// A promise opens with a heading `### P3 ...`; its tests follow as `test: path::name` in backquotes.
fn read(text: &str) -> BTreeMap<String, Claim> {
    let mut claims: BTreeMap<String, Claim> = BTreeMap::new();
    let (mut part, mut current) = ("", None);
    for (number, line) in text.lines().enumerate() {
        if line.starts_with("## ") {
            part = line;
            current = None;
        } else if let Some(heading) = line.strip_prefix("### ") {
            let id: String = heading.chars().take_while(char::is_ascii_alphanumeric).collect();
            let claim = claims.entry(id.clone()).or_default();
            claim.line = number + 1;
            claim.made |= part == MADE;
            claim.not_made |= part == NOT_MADE;
            current = Some(id);
        }
        if let Some(claim) = current.as_ref().and_then(|id| claims.get_mut(id)) {
            let named = line.split('`').filter_map(|piece| piece.strip_prefix("test: "));
            claim.tests.extend(named.map(|test| (number + 1, test.trim().to_owned())));
        }
    }
    claims
}

fn exists(test: &str, parsed: &[Parsed<'_>]) -> bool {
    let Some((path, name)) = test.rsplit_once("::") else { return false };
    // A property stands inside a macro, which is not parsed into items: its tokens are looked at instead.
    let named = |file: &Parsed<'_>| {
        let pairs = file.source.tokens.windows(2);
        let mut hits = pairs.filter(|pair| pair[0].text == "fn" && pair[1].text == name);
        hits.any(|pair| file.source.is_test_line(pair[1].line))
    };
    parsed.iter().any(|file| file.path == path && named(file))
}
