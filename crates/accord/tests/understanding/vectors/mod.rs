//! The files under vectors/understanding, frozen, check, understanding-diff and rendering: read by every run, written anew with
//! `BACKCHANNEL_WRITE_VECTORS=1`.
//!
//! A file is header lines `name: value`, a blank line, and the body: hexadecimal for bytes, the TOML file itself for checks.

mod checks;
mod diffs;
mod rendering;
mod texts;

use crate::sample::{code, lang};
use backchannel_accord::understanding::diff::{Fate, compare};
use backchannel_accord::understanding::{Frozen, Understanding, check, parse};
use backchannel_wire::ids::{hex, unhex};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;

const FORMATS: [&str; 5] = ["understanding", "frozen", "check", "understanding-diff", "rendering"];
const BODY_COLUMNS: usize = 96;

/// What a vector alters in a whole text.
type Alter = fn(&mut Understanding);

struct Case {
    format: &'static str,
    name: String,
    expect: String,
    why: &'static str,
    inputs: Vec<(&'static str, String)>,
    body: String,
}

fn directory(format: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../vectors").join(format)
}

#[test]
fn every_vector_gives_what_it_expects() {
    if std::env::var_os("BACKCHANNEL_WRITE_VECTORS").is_some_and(|value| value == "1") {
        write_all();
    }
    for format in FORMATS {
        let mut expected = BTreeSet::new();
        for entry in std::fs::read_dir(directory(format)).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let (headers, body) = text.split_once("\n\n").unwrap();
            let headers: BTreeMap<&str, &str> =
                headers.lines().map(|line| line.split_once(": ").unwrap()).collect();
            assert_eq!((headers["backchannel-vector"], headers["format"]), ("v1", format));
            let found = outcome(format, &headers, body);
            assert_eq!(found, headers["expect"], "{}: {}", path.display(), headers["why"]);
            expected.insert(found);
        }
        assert!(expected.len() > 1, "{format}");
    }
}

fn bytes(body: &str) -> Vec<u8> {
    unhex(&body.replace('\n', "")).unwrap()
}

fn outcome(format: &str, headers: &BTreeMap<&str, &str>, body: &str) -> String {
    let rule = |result: Result<(), &'static str>| result.map_or_else(str::to_owned, |()| "ok".to_owned());
    match format {
        "understanding" => {
            rule(Understanding::from_bytes(&bytes(body)).map(|_| ()).map_err(|error| error.rule()))
        }
        "frozen" => match Frozen::from_bytes(&bytes(body)) {
            Err(error) => error.rule().to_owned(),
            Ok(frozen) if frozen.digest().to_hex() != headers["digest"] => "UND-5".to_owned(),
            Ok(frozen) => {
                let before = headers.get("before").map(|before| Frozen::from_bytes(&bytes(before)).unwrap());
                let follows = before.is_none_or(|before| frozen.follows(&before));
                if follows { "ok" } else { "UND-6" }.to_owned()
            }
        },
        "check" => checked(body),
        "rendering" => rendered(headers, body),
        _ => stretches(headers, body),
    }
}

/// Severity and rule of every kind of finding, or that there is none.
fn checked(body: &str) -> String {
    let text = match parse(body) {
        Ok(text) => text,
        Err(error) => return format!("refused at line {}", error.line.unwrap_or(0)),
    };
    let kinds: BTreeSet<String> = check(&text)
        .iter()
        .map(|found| format!("{} {}", format!("{:?}", found.severity).to_lowercase(), found.rule))
        .collect();
    if kinds.is_empty() { "ok".to_owned() } else { kinds.into_iter().collect::<Vec<_>>().join(", ") }
}

fn rendered(headers: &BTreeMap<&str, &str>, body: &str) -> String {
    let text = Understanding::from_bytes(&bytes(body)).unwrap();
    let clause = text.clause(&code(headers["clause"])).unwrap();
    let reads = String::from_utf8(unhex(headers["reads"]).unwrap()).unwrap();
    let found = text.rendered(clause, &lang(headers["language"])).unwrap();
    if found == reads { "ok" } else { "UND-12" }.to_owned()
}

fn stretches(headers: &BTreeMap<&str, &str>, body: &str) -> String {
    let text = |name: &str| String::from_utf8(unhex(headers[name]).unwrap()).unwrap();
    let mut cells = headers["cells"].parse().unwrap();
    let found = compare(&text("before"), &text("after"), &mut cells);
    let sign = |fate| match fate {
        Fate::Same => '=',
        Fate::Gone => '-',
        Fate::New => '+',
    };
    let line = |one: &backchannel_accord::understanding::diff::Stretch| {
        format!("{}{}", sign(one.fate), hex(one.text.as_str().as_bytes()))
    };
    let lines: Vec<String> = found.iter().map(line).collect();
    if body.lines().eq(lines.iter().map(String::as_str)) { "ok" } else { "DIFF-2" }.to_owned()
}

fn write_all() {
    for format in FORMATS {
        let _ = std::fs::remove_dir_all(directory(format));
        std::fs::create_dir_all(directory(format)).unwrap();
    }
    let all = texts::understanding_cases()
        .into_iter()
        .chain(texts::frozen_cases())
        .chain(checks::check_cases())
        .chain(diffs::diff_cases())
        .chain(rendering::rendering_cases());
    for Case { format, name, expect, why, inputs, body } in all {
        let mut out = format!("backchannel-vector: v1\nformat: {format}\nexpect: {expect}\nwhy: {why}\n");
        for (name, value) in inputs {
            writeln!(out, "{name}: {value}").unwrap();
        }
        write!(out, "\n{body}").unwrap();
        std::fs::write(directory(format).join(format!("{name}.txt")), out).unwrap();
    }
}

fn columns(bytes: &[u8]) -> String {
    let hex = hex(bytes);
    hex.as_bytes().chunks(BODY_COLUMNS).map(|line| format!("{}\n", String::from_utf8_lossy(line))).collect()
}

#[test]
fn one_vector_a_rule_of_the_check_at_least() {
    let mut rules = BTreeSet::new();
    for entry in std::fs::read_dir(directory("check")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let expect = text.lines().find_map(|line| line.strip_prefix("expect: ")).unwrap().to_owned();
        rules.extend(expect.split([' ', ',']).filter(|word| word.starts_with("CHECK-")).map(str::to_owned));
    }
    let all: BTreeSet<String> = (1..=23).map(|number| format!("CHECK-{number}")).collect();
    assert_eq!(rules, all);
}
