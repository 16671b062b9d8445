//! Vector files: header lines `name: value`, a blank line, and the body in hexadecimal. `expect` is `ok` or the class of
//! the failure; `why` says what the file is there for. Written anew with `BACKCHANNEL_WRITE_VECTORS=1`.

#![allow(dead_code, reason = "each test binary uses a part")]

use backchannel_wire::ids::{hex, unhex};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;

const BODY_COLUMNS: usize = 96;

/// One file before it is written, or after it was read.
pub struct Vector {
    pub name: String,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Vector {
    pub fn new(name: &str, expect: &str, why: &str, body: Vec<u8>) -> Self {
        let headers = [("expect", expect), ("why", why)];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        Self { name: name.to_owned(), headers, body }
    }

    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.headers.insert(name.to_owned(), value.to_string());
        self
    }

    pub fn text(&self, name: &str) -> &str {
        self.headers.get(name).map_or_else(|| panic!("{}: no {name}", self.name), String::as_str)
    }

    pub fn number<T: std::str::FromStr>(&self, name: &str) -> T {
        self.text(name).parse().unwrap_or_else(|_| panic!("{}: {name} is no number", self.name))
    }

    pub fn bytes<const N: usize>(&self, name: &str) -> [u8; N] {
        unhex(self.text(name)).unwrap().try_into().unwrap_or_else(|_| panic!("{}: {name}", self.name))
    }

    fn parse(name: &str, text: &str) -> Self {
        let (headers, body) = text.split_once("\n\n").unwrap();
        let pair =
            |line: &str| line.split_once(": ").map(|(name, value)| (name.into(), value.into())).unwrap();
        let headers = headers.lines().map(pair).collect();
        Self { name: name.to_owned(), headers, body: unhex(&body.lines().collect::<String>()).unwrap() }
    }

    fn render(&self, format: &str) -> String {
        let (expect, why) = (self.text("expect"), self.text("why"));
        let mut out = format!("backchannel-vector: v1\nformat: {format}\nexpect: {expect}\nwhy: {why}\n");
        let inputs = self.headers.iter().filter(|(name, _)| !["expect", "why"].contains(&name.as_str()));
        inputs.for_each(|(name, value)| writeln!(out, "{name}: {value}").unwrap());
        out.push('\n');
        for line in hex(&self.body).as_bytes().chunks(BODY_COLUMNS) {
            writeln!(out, "{}", String::from_utf8_lossy(line)).unwrap();
        }
        out
    }
}

/// Reads every file of a format and compares what `outcome` makes of it; first writes them if asked to. All of `classes`
/// must occur.
pub fn check(
    format: &str,
    make: fn() -> Vec<Vector>,
    outcome: fn(&Vector) -> &'static str,
    classes: &[&str],
) {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../vectors").join(format);
    if std::env::var_os("BACKCHANNEL_WRITE_VECTORS").is_some_and(|value| value == "1") {
        let _ = std::fs::remove_dir_all(&directory);
        std::fs::create_dir_all(&directory).unwrap();
        for vector in make() {
            std::fs::write(directory.join(format!("{}.txt", vector.name)), vector.render(format)).unwrap();
        }
    }
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(&directory).unwrap() {
        let path = entry.unwrap().path();
        let vector = Vector::parse(&path.display().to_string(), &std::fs::read_to_string(&path).unwrap());
        assert_eq!(
            (vector.text("backchannel-vector"), vector.text("format")),
            ("v1", format),
            "{}",
            vector.name
        );
        let class = outcome(&vector);
        assert_eq!(class, vector.text("expect"), "{}: {}", vector.name, vector.text("why"));
        found.insert(class);
    }
    assert_eq!(found, classes.iter().copied().collect());
}
