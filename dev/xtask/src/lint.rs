//! Clippy while everything is built: `cargo clippy` alone would compile every library a second time, without code.
//!
//! Cargo lets a program stand before the compiler of the workspace's own crates. This one looks at each crate with clippy first, which
//! writes nothing that is kept, and then lets the compiler do its work.

use crate::tree::root;
use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// How clippy's driver is told what else to deny.
const ARGUMENTS: (&str, &str) = ("CLIPPY_ARGS", "-Dwarnings__CLIPPY_HACKERY__");

/// Puts a copy of this program before the compiler: the program itself is one of the crates that are built.
pub fn before_the_compiler(command: &mut Command) -> io::Result<()> {
    let folder = folder();
    std::fs::create_dir_all(&folder)?;
    let copy = folder.join(format!("before-rustc-{:016x}", wanted()?));
    let next = folder.join("before-rustc.next");
    std::fs::copy(std::env::current_exe()?, &next)?;
    std::fs::rename(&next, &copy)?;
    // What keeps results between builds would take no notice of what clippy is asked for.
    command.env("RUSTC_WORKSPACE_WRAPPER", copy).env("RUSTC_WRAPPER", "").env(ARGUMENTS.0, ARGUMENTS.1);
    Ok(())
}

/// What clippy is asked for, in the name of the program that asks: cargo takes another name for a reason to look again.
fn wanted() -> io::Result<u64> {
    let mut hasher = DefaultHasher::new();
    (std::fs::read(root().join("clippy.toml"))?, ARGUMENTS).hash(&mut hasher);
    Ok(hasher.finish())
}

fn folder() -> PathBuf {
    root().join("target/lint")
}

/// Whether this program was called in the compiler's place: its first argument is the compiler then.
pub fn stands_before(arguments: &[OsString]) -> bool {
    arguments.first().is_some_and(|first| Path::new(first).file_stem().is_some_and(|stem| stem == "rustc"))
}

/// Looks at a crate, and compiles it.
pub fn compile(arguments: &[OsString]) -> io::Result<ExitCode> {
    let (Some(compiler), rest) = (arguments.first(), arguments.get(1..).unwrap_or_default()) else {
        return Err(io::Error::other("no compiler was named"));
    };
    if let Some(looking) = looking(rest) {
        let folder = folder().join("out");
        std::fs::create_dir_all(&folder)?;
        let looked = Command::new("clippy-driver")
            .arg(compiler)
            .args(looking)
            .arg("--out-dir")
            .arg(folder)
            .status()?;
        if let Some(failed) = failure(looked.code()) {
            return Ok(failed);
        }
    }
    let code = Command::new(compiler).args(rest).status()?.code();
    Ok(failure(code).unwrap_or(ExitCode::SUCCESS))
}

fn failure(code: Option<i32>) -> Option<ExitCode> {
    match code {
        Some(0) => None,
        Some(code) => Some(ExitCode::from(u8::try_from(code).unwrap_or(1))),
        None => Some(ExitCode::FAILURE),
    }
}

/// The arguments of a compilation, for somebody who only looks: no code, no place in cargo's folder, no word to cargo that anything is
/// finished. None for what is no compilation, such as a question about the target.
fn looking(arguments: &[OsString]) -> Option<Vec<OsString>> {
    let mut out = Vec::new();
    let mut compiles = false;
    let mut each = arguments.iter();
    while let Some(argument) = each.next() {
        let Some(text) = argument.to_str() else {
            out.push(argument.clone());
            continue;
        };
        if text == "--out-dir" {
            each.next();
        } else if text == "-C" || text == "-l" {
            let value = each.next()?;
            if !value.to_string_lossy().starts_with("incremental=") {
                out.extend([argument.clone(), value.clone()]);
            }
        } else if text.starts_with("--emit=") {
            compiles = true;
            out.push("--emit=metadata".into());
        } else if let Some(kinds) = text.strip_prefix("--json=") {
            let kept: Vec<&str> = kinds.split(',').filter(|kind| *kind != "artifacts").collect();
            out.push(format!("--json={}", kept.join(",")).into());
        } else {
            out.push(argument.clone());
        }
    }
    compiles.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split_whitespace().map(OsString::from).collect()
    }

    #[test]
    fn who_looks_writes_no_code_and_tells_cargo_nothing() {
        let line = "--crate-name x --json=diagnostic-rendered-ansi,artifacts,future-incompat --emit=dep-info,metadata,link \
            -C opt-level=1 -C incremental=/t/i --out-dir /t/deps --extern y=/t/liby.rmeta --test src/lib.rs";
        let looked = "--crate-name x --json=diagnostic-rendered-ansi,future-incompat --emit=metadata -C opt-level=1 \
            --extern y=/t/liby.rmeta --test src/lib.rs";
        assert_eq!(looking(&words(line)), Some(words(looked)));
    }

    #[test]
    fn a_question_to_the_compiler_is_passed_on() {
        assert_eq!(
            looking(&words("- --crate-name ___ --print=file-names --crate-type bin --print=cfg")),
            None
        );
        assert!(stands_before(&words("/a/b/rustc -vV")));
        assert!(!stands_before(&words("test --only fmt")) && !stands_before(&[]));
    }
}
