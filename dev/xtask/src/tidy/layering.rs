//! The house: which crate may know which.

use super::{Parsed, Violation};
use crate::tree::Tree;
use std::collections::BTreeSet;

/// A crate's folder and what it stands on, as drawn in ARCHITECTURE.md. What is below that is within reach as well.
const HOUSE: &[(&str, &[&str])] = &[
    ("wire", &[]),
    ("assurance", &["wire"]),
    ("accord", &["wire"]),
    ("rooms", &["wire", "assurance"]),
    ("tongue", &[]),
    ("relay", &["wire"]),
    ("station", &["wire", "assurance", "accord", "rooms"]),
    ("rehearsal", &["accord", "tongue"]),
    ("desk", &["station", "rehearsal", "tongue"]),
    ("cli", &["relay", "station", "rehearsal", "desk"]),
];

/// Crates whose own tests may use the test kit; below them it would be a path upwards.
const MAY_TEST_WITH_TESTKIT: [&str; 3] = ["station", "desk", "cli"];

/// Crates that do no I/O and read neither clock nor ambient randomness.
const PURE: [&str; 5] = ["wire", "assurance", "accord", "rooms", "rehearsal"];

/// Libraries that bring the outside world with them.
const WORLDLY: [&str; 10] = [
    "tokio",
    "mio",
    "rusqlite",
    "rustls",
    "tokio-rustls",
    "tokio-tungstenite",
    "futures-util",
    "rand",
    "getrandom",
    "tracing-subscriber",
];

pub(super) fn check(tree: &Tree, parsed: &[Parsed<'_>], found: &mut Vec<Violation>) {
    for (path, text) in tree.files() {
        let Some(name) = path.strip_prefix("crates/").and_then(|rest| rest.strip_suffix("/Cargo.toml"))
        else {
            continue;
        };
        match text.parse::<toml::Table>() {
            Ok(manifest) => check_manifest(path, name, &manifest, found),
            Err(error) => found.push(Violation::new("layering", path, 0, error.to_string())),
        }
    }
    for file in parsed.iter().filter(|file| !file.path.starts_with("crates/rooms/")) {
        for token in file.source.tokens.iter().filter(|token| token.text.starts_with("openmls")) {
            found.push(Violation::new("layering", file.path, token.line, "only `rooms` names OpenMLS"));
        }
    }
}

fn check_manifest(path: &str, name: &str, manifest: &toml::Table, found: &mut Vec<Violation>) {
    if !HOUSE.iter().any(|(known, _)| *known == name) {
        let message = "this crate has no place in the house: draw it in ARCHITECTURE.md and tidy/layering.rs";
        found.push(Violation::new("layering", path, 0, message));
        return;
    }
    let reach = reach(name);
    for (dependency, dev) in dependencies(manifest) {
        let ours = dependency.strip_prefix("backchannel-");
        let refused = match ours {
            Some("testkit") => !(dev && MAY_TEST_WITH_TESTKIT.contains(&name)),
            Some(other) => !(reach.contains(other) || dev && other == name),
            None if dependency.starts_with("openmls") => name != "rooms",
            None => !dev && PURE.contains(&name) && WORLDLY.contains(&dependency.as_str()),
        };
        if refused {
            let message = format!("`{name}` may not depend on `{dependency}` (ARCHITECTURE.md, the house)");
            found.push(Violation::new("layering", path, 0, message));
        }
    }
}

fn reach(name: &str) -> BTreeSet<&'static str> {
    let below =
        |name: &str| HOUSE.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, below)| *below);
    let mut reach = BTreeSet::new();
    let mut open: Vec<&'static str> = below(name).to_vec();
    while let Some(next) = open.pop() {
        if reach.insert(next) {
            open.extend(below(next));
        }
    }
    reach
}

/// Every dependency by its package name, and whether only tests use it; tables for single targets included.
fn dependencies(manifest: &toml::Table) -> Vec<(String, bool)> {
    let tables = [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)];
    let mut places = vec![manifest];
    if let Some(targets) = manifest.get("target").and_then(toml::Value::as_table) {
        places.extend(targets.values().filter_map(toml::Value::as_table));
    }
    let mut out = Vec::new();
    for place in places {
        for (table, dev) in tables {
            let entries = place.get(table).and_then(toml::Value::as_table).into_iter().flatten();
            out.extend(entries.map(|(key, value)| (package_name(key, value), dev)));
        }
    }
    out
}

/// A dependency may be renamed: what counts is the package.
fn package_name(key: &str, value: &toml::Value) -> String {
    value.get("package").and_then(toml::Value::as_str).unwrap_or(key).to_owned()
}
