//! Calls that are banned by name: ambient clock and randomness, I/O in pure code, panics, waiting, printing.

use super::allowed::{self, Ambient};
use super::{Parsed, Violation};
use crate::source::Token;

/// Code that does no I/O: whole crates, and the machines of the two crates that have shells.
const PURE: [&str; 7] = [
    "crates/wire/src/",
    "crates/assurance/src/",
    "crates/accord/src/",
    "crates/rooms/src/",
    "crates/rehearsal/src/",
    "crates/relay/src/machine",
    "crates/station/src/machine",
];

/// Crates that print nothing: a library returns, a command reports.
const SILENT: [&str; 8] = ["wire", "assurance", "accord", "rooms", "relay", "station", "rehearsal", "desk"];

const CLOCK: &[&[&str]] = &[
    &["SystemTime", "::", "now"],
    &["Instant", "::", "now"],
    &["UNIX_EPOCH", ".", "elapsed"],
    &["tokio", "::", "time"],
];
const RANDOM: &[&[&str]] = &[
    &["OsRng"],
    &["ThreadRng"],
    &["thread_rng"],
    &["getrandom"],
    &["from_entropy"],
    &["from_os_rng"],
    &["rand", "::", "rng"],
    &["rand", "::", "random"],
];
const IO: &[&[&str]] = &[
    &["std", "::", "fs"],
    &["std", "::", "net"],
    &["std", "::", "env"],
    &["std", "::", "process"],
    &["std", "::", "os"],
    &["std", "::", "thread"],
    &["File", "::", "open"],
    &["tokio"],
    &["rusqlite"],
    &["rustls"],
];
const PLACEHOLDER: &[&[&str]] = &[&["todo", "!"], &["unimplemented", "!"], &["dbg", "!"]];
const PRINT: &[&[&str]] = &[&["println", "!"], &["print", "!"], &["eprintln", "!"], &["eprint", "!"]];
const UNWRAP: &[&[&str]] = &[&[".", "unwrap", "(", ")"]];
const SOCKETS: &[&[&str]] =
    &[&["TcpStream", "::", "connect"], &["TcpListener"], &["UdpSocket"], &["lookup_host"]];
const SLEEP: &[&[&str]] = &[&["thread", "::", "sleep"], &["time", "::", "sleep"]];

pub(super) fn check(parsed: &[Parsed<'_>], found: &mut Vec<Violation>) {
    for file in parsed {
        ambient(file, found);
        pure(file, found);
        panics(file, found);
        sleeps(file, found);
        prints(file, found);
        one_line(file, found);
        crate_root(file, found);
    }
}

fn ambient(file: &Parsed<'_>, found: &mut Vec<Violation>) {
    let clock = "time is an argument: take `now`; only the files in tidy/allowed.rs read the clock";
    let random = "randomness is an argument: take `rng`; only the files in tidy/allowed.rs draw it";
    if !allowed::permits(file.path, Ambient::Clock) {
        report(file, CLOCK, "ambient-clock", clock, |_| true, found);
    }
    if !allowed::permits(file.path, Ambient::Random) {
        report(file, RANDOM, "ambient-randomness", random, |_| true, found);
    }
}

fn pure(file: &Parsed<'_>, found: &mut Vec<Violation>) {
    let is_pure = PURE.iter().any(|start| file.path.starts_with(start));
    if is_pure {
        let message = "this code is pure: it does no I/O; return an effect and let the shell do it";
        report(file, IO, "pure", message, |line| !file.source.is_test_line(line), found);
    }
}

fn panics(file: &Parsed<'_>, found: &mut Vec<Violation>) {
    let outside_tests = |line: usize| !file.source.is_test_line(line);
    report(file, PLACEHOLDER, "placeholder", "finish it, or leave it out", |_| true, found);
    let message = "handle the absence, or say with `expect(\"...\")` why it cannot happen";
    report(file, UNWRAP, "unwrap", message, outside_tests, found);
    for at in matches(&file.source.tokens, &[".", "expect", "("]) {
        let Some(reason) = file.source.tokens.get(at + 3) else { continue };
        let bare = reason.text == "\"\"" || reason.text == ")";
        if bare && outside_tests(reason.line) {
            found.push(Violation::new("expect", file.path, reason.line, "say why it cannot happen"));
        }
    }
}

fn sleeps(file: &Parsed<'_>, found: &mut Vec<Violation>) {
    if !allowed::permits(file.path, Ambient::Sleep) {
        let message =
            "a test that waits a fixed time is slow or flaky: step the clock, or wait for the event";
        let bad = |line: usize| file.source.is_test_line(line);
        report(file, SLEEP, "sleep", message, bad, found);
    }
}

fn prints(file: &Parsed<'_>, found: &mut Vec<Violation>) {
    let silent = SILENT.iter().any(|name| file.path.starts_with(&format!("crates/{name}/src/")));
    if silent {
        let message = "a library prints nothing: return it, or log it";
        report(file, PRINT, "print", message, |line| !file.source.is_test_line(line), found);
    }
}

/// P4 rests on this absence: a station knows of no other way out than its line to the relay.
fn one_line(file: &Parsed<'_>, found: &mut Vec<Violation>) {
    if file.path.starts_with("crates/station/src/") && file.path != "crates/station/src/link/tls.rs" {
        let message = "a station opens connections to the relay only: link/tls.rs does it";
        report(file, SOCKETS, "one-line", message, |line| !file.source.is_test_line(line), found);
    }
}

fn crate_root(file: &Parsed<'_>, found: &mut Vec<Violation>) {
    let is_root = ["/src/lib.rs", "/src/main.rs"].iter().any(|end| file.path.ends_with(end));
    if is_root && !file.path.starts_with("fuzz/") && !file.source.forbids_unsafe {
        let message = "a crate root opens with `#![forbid(unsafe_code)]`";
        found.push(Violation::new("unsafe", file.path, 1, message));
    }
}

fn report(
    file: &Parsed<'_>,
    patterns: &[&[&str]],
    rule: &'static str,
    message: &str,
    counts: impl Fn(usize) -> bool,
    found: &mut Vec<Violation>,
) {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for pattern in patterns {
        let name = pattern.concat();
        let hits = matches(&file.source.tokens, pattern).map(|at| file.source.tokens[at].line);
        let imports = file.source.imports.iter().filter(|import| imports_it(&import.text, &name));
        lines.extend(hits.chain(imports.map(|import| import.line)).map(|line| (line, name.clone())));
    }
    lines.sort();
    lines.dedup();
    for (line, name) in lines.into_iter().filter(|(line, _)| counts(*line)) {
        found.push(Violation::new(rule, file.path, line, format!("`{name}`: {message}")));
    }
}

/// Where a run of tokens begins.
fn matches<'a>(tokens: &'a [Token], pattern: &'a [&str]) -> impl Iterator<Item = usize> + 'a {
    let hit = move |window: &[Token]| window.iter().zip(pattern).all(|(token, text)| token.text == *text);
    tokens.windows(pattern.len()).enumerate().filter(move |(_, window)| hit(window)).map(|(at, _)| at)
}

/// Whether an import brings in the banned path itself or something below it.
fn imports_it(import: &str, banned: &str) -> bool {
    import == banned || import.strip_prefix(banned).is_some_and(|rest| rest.starts_with("::"))
}
