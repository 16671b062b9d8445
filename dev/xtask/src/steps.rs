//! `cargo xtask test`: every check and every test, one step after the other.

use crate::tree::{Tree, root};
use crate::{fuzz, lint, needs, tidy};
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

/// Built so that mechanisms can be broken on purpose: the tests of the exercise break them one by one.
const BREAKABLE: &str = "--features=backchannel/sabotage";

/// One step of the test command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The layout of the code.
    Fmt,
    /// The rules no compiler checks.
    Tidy,
    /// Common faults.
    Clippy,
    /// Every test of every crate, those of the whole system among them.
    Unit,
    /// Every decoder of outside bytes, fed with altered input for some seconds.
    Fuzz,
}

impl Step {
    /// In order: the quick ones first.
    pub const ALL: [Self; 5] = [Self::Fmt, Self::Tidy, Self::Clippy, Self::Unit, Self::Fuzz];

    /// The step of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Tidy => "tidy",
            Self::Clippy => "clippy",
            Self::Unit => "unit",
            Self::Fuzz => "fuzz",
        }
    }

    fn what(self) -> &'static str {
        match self {
            Self::Fmt => "the code is laid out by rustfmt",
            Self::Tidy => "layering, banned calls, lengths, numbered rules, promises",
            Self::Clippy => "everything is built, without a warning of the compiler or of clippy",
            Self::Unit => "every test of every crate, and of the whole system",
            Self::Fuzz => "altered input for every decoder that meets outside bytes",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::Fmt => "run `cargo fmt --all`, and the same with `--manifest-path fuzz/Cargo.toml`",
            Self::Tidy => {
                "each line above names the file and what to do; for docs/spec/rules.md run `cargo xtask rules`"
            }
            Self::Clippy => "run `cargo clippy --workspace --all-targets` and follow its advice",
            Self::Unit => {
                "run the failing test alone: `cargo test -p <crate> <name>`; a seed printed above replays it"
            }
            Self::Fuzz => {
                "if a target failed, its last words are above and the input is kept in target/fuzz/artifacts: make it a vector"
            }
        }
    }

    fn run(self, totals: &mut Totals, ahead: &mut Ahead) -> io::Result<bool> {
        match self {
            Self::Fmt => Ok(passes(cargo(&["fmt", "--all", "--check"]))?
                && passes(cargo(&["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]))?),
            Self::Tidy => Ok(tidy::report(&Tree::of_workspace()?)),
            Self::Clippy => passes(looked_at(&[
                "test",
                "--no-run",
                "--locked",
                "--workspace",
                "--all-targets",
                BREAKABLE,
            ])?),
            Self::Unit => tests(totals, ahead),
            Self::Fuzz => fuzz::run(ahead.build.lock().ok().and_then(|mut build| build.take())),
        }
    }
}

/// Tests counted from what cargo prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    passed: u64,
    failed: u64,
}

impl Totals {
    /// Adds a line such as `test result: ok. 12 passed; 0 failed; 1 ignored; ...`; other lines add nothing.
    fn add(&mut self, line: &str) {
        let Some(rest) = line.trim().strip_prefix("test result: ") else { return };
        for part in rest.split(['.', ';']) {
            let mut words = part.split_whitespace();
            let (number, word) = (words.next().and_then(|n| n.parse::<u64>().ok()), words.next());
            match (number, word) {
                (Some(n), Some("passed")) => self.passed += n,
                (Some(n), Some("failed")) => self.failed += n,
                _ => {}
            }
        }
    }
}

/// Says what the steps do.
pub fn announce(steps: &[Step]) {
    println!("This runs {} step(s) and stops at the first that fails:", steps.len());
    for (at, step) in steps.iter().enumerate() {
        println!("  {} {:7} {}", at + 1, step.name(), step.what());
    }
    println!(
        "A first run compiles everything: about fifteen minutes on two cores. Ctrl-C stops it at any time."
    );
}

/// Runs one step, or all of them; true if nothing failed.
pub fn run(only: Option<Step>) -> io::Result<bool> {
    let steps = only.map_or(Step::ALL.to_vec(), |step| vec![step]);
    announce(&steps);
    let mut totals = Totals::default();
    if !needs::check()? {
        println!("0 passed, 1 failed");
        return Ok(false);
    }
    let begun = clock();
    let mut ahead = Ahead { wanted: steps.contains(&Step::Fuzz), build: Arc::default() };
    for (at, step) in steps.iter().enumerate() {
        println!("\n[{} of {}] {}: {}", at + 1, steps.len(), step.name(), step.what());
        io::stdout().flush()?;
        let started = clock();
        let before = totals.failed;
        let passed = step.run(&mut totals, &mut ahead)?;
        let outcome = if passed { "passed" } else { "FAILED" };
        println!(
            "[{} of {}] {} {outcome} after {} s",
            at + 1,
            steps.len(),
            step.name(),
            started.elapsed().as_secs()
        );
        if !passed {
            println!("Hint: {}.", step.hint());
            // A step that fails without a failing test (it did not compile, say) counts as one failure.
            totals.failed += u64::from(totals.failed == before);
            break;
        }
    }
    println!("\nAll of it took {} s.", begun.elapsed().as_secs());
    println!("{} passed, {} failed", totals.passed, totals.failed);
    Ok(totals.failed == 0)
}

#[expect(clippy::disallowed_methods, reason = "how long a step took is for the reader, and decides nothing")]
fn clock() -> Instant {
    Instant::now()
}

/// The cargo that runs this tool, in the workspace, without the variables it set for the tool itself.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(root()).args(arguments);
    for (name, _) in std::env::vars_os() {
        let ours = name.to_string_lossy();
        if ours.starts_with("CARGO_PKG_") || ours.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// The same for a build of our own crates, at each of which clippy looks first.
fn looked_at(arguments: &[&str]) -> io::Result<Command> {
    let mut command = cargo(arguments);
    lint::before_the_compiler(&mut command)?;
    Ok(command)
}

pub(crate) fn passes(mut command: Command) -> io::Result<bool> {
    Ok(command.status()?.success())
}

/// What is begun before its step: exercises mostly wait, and what is built meanwhile is done when its turn comes.
struct Ahead {
    wanted: bool,
    build: Arc<Mutex<Option<Child>>>,
}

/// Where cargo says that it begins with the exercises.
const EXERCISES: &str = "tests/exercise.rs";

/// Runs cargo's tests, passes on what they print as it comes, and counts.
fn tests(totals: &mut Totals, ahead: &Ahead) -> io::Result<bool> {
    let mut child = looked_at(&["test", "--locked", "--workspace", "--no-fail-fast", BREAKABLE])?
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (wanted, build) = (ahead.wanted, ahead.build.clone());
    let progress = child.stderr.take().map(|stderr| thread::spawn(move || follow(stderr, wanted, &build)));
    if let Some(stdout) = child.stdout.take() {
        let mut out = io::stdout();
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line?;
            out.write_all(&line)?;
            out.write_all(b"\n")?;
            out.flush()?;
            totals.add(&String::from_utf8_lossy(&line));
        }
    }
    let passed = child.wait()?.success();
    if let Some(progress) = progress {
        // A reader that failed lost words and no result.
        let _ = progress.join();
    }
    Ok(passed)
}

/// Passes on what cargo says, and begins what can be done ahead.
fn follow(stderr: ChildStderr, wanted: bool, build: &Mutex<Option<Child>>) {
    for line in BufReader::new(stderr).split(b'\n').map_while(Result::ok) {
        eprintln!("{}", String::from_utf8_lossy(&line));
        if wanted
            && String::from_utf8_lossy(&line).contains(EXERCISES)
            && let (Ok(mut place), Ok(child)) = (build.lock(), fuzz::begin())
        {
            *place = Some(child);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_summed() {
        let mut totals = Totals::default();
        totals.add("running 3 tests");
        totals.add(
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.11s",
        );
        totals.add("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out");
        assert_eq!(totals, Totals { passed: 15, failed: 2 });
    }

    #[test]
    fn every_step_is_found_by_its_name() {
        assert!(Step::ALL.iter().all(|step| Step::named(step.name()) == Some(*step)));
        assert_eq!(Step::named("all"), None);
    }
}
