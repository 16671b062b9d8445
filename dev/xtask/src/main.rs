//! `cargo xtask`: see [`USAGE`].
#![forbid(unsafe_code)]

use backchannel_xtask::{index, lint, steps, tidy, tree::Tree};
use std::process::ExitCode;

const USAGE: &str = "\
Usage: cargo xtask <command>

  test                  every check and every test, in order; stops at the first failing step
  test --only <step>    one step: fmt, tidy, clippy, unit or fuzz
  test --list           say what would be done, and do nothing
  tidy                  the rules no compiler checks: layering, banned calls, lengths, numbered rules, promises
  rules                 write docs/spec/rules.md again
";

fn main() -> ExitCode {
    let given: Vec<std::ffi::OsString> = std::env::args_os().skip(1).collect();
    if lint::stands_before(&given) {
        return lint::compile(&given).unwrap_or_else(|error| {
            eprintln!("xtask: {error}");
            ExitCode::from(2)
        });
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["test"] => steps::run(None),
        ["test", "--list"] => {
            steps::announce(&steps::Step::ALL);
            Ok(true)
        }
        ["test", "--only", name] => match steps::Step::named(name) {
            Some(step) => steps::run(Some(step)),
            None => usage(),
        },
        ["tidy"] => Tree::of_workspace().map(|tree| tidy::report(&tree)),
        ["rules"] => Tree::of_workspace().and_then(|tree| index::write(&tree)).map(|()| true),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(true)
        }
        _ => usage(),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::from(2)
        }
    }
}

fn usage() -> std::io::Result<bool> {
    Err(std::io::Error::other(format!("no such command\n{USAGE}")))
}
