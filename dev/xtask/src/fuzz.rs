//! Builds the fuzz targets with the stable compiler and runs each for some seconds.

use crate::steps::{cargo, passes};
use crate::tree::{Tree, root};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::{fs, io};

/// What cargo-fuzz passes on a compiler without sanitizers: coverage counters and recorded comparisons.
const FLAGS: &[&str] = &[
    "--cfg",
    "fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=8",
    "-Cdebug-assertions=on",
    "-Coverflow-checks=on",
];
/// Seconds for each target: enough to replay the seeds and alter each a few thousand times.
const SECONDS_EACH: u32 = 3;
/// Targets fuzzed side by side: one a core of the smallest machine this is run on.
const AT_A_TIME: usize = 2;
/// Memory a target may take before it counts as failed, in MiB: a decoder must not be made to hoard.
const MEMORY_MIB_MAX: u32 = 512;
/// The longest input, in bytes: above the largest frame of a small channel.
const INPUT_BYTES_MAX: u32 = 160 * 1024;
/// Hexadecimal digits in a row that make a seed of a vector file.
const SEED_DIGITS_MIN: usize = 16;

/// Begins to build the targets, behind everything else that runs.
pub fn begin() -> io::Result<Child> {
    let build = building(&host()?);
    let program = build.get_program().to_owned();
    // Behind everything in what it writes as well: stations write to the disk in every beat.
    let mut behind = Command::new("ionice");
    behind.args(["-c", "3", "nice", "-n", "19"]).arg(program).args(build.get_args()).current_dir(root());
    for (name, value) in build.get_envs() {
        match value {
            Some(value) => behind.env(name, value),
            None => behind.env_remove(name),
        };
    }
    behind.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
}

fn building(host: &str) -> Command {
    // Not `--locked`: the targets follow the crates, whose dependencies change without this workspace being touched.
    let mut build = cargo(&["build", "--manifest-path", "fuzz/Cargo.toml", "--target-dir", "target/fuzz"]);
    // Named even though it is this machine's own: flags then leave build scripts and macros alone.
    build.args(["--bins", "--target", host]).env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}"));
    build
}

/// Builds and runs every target; true if none failed. What was begun is waited for, and then built as if it had not been: whatever
/// stood in the way is told, and if nothing did, there is nothing left to do.
pub fn run(begun: Option<Child>) -> io::Result<bool> {
    let host = host()?;
    let targets = targets()?;
    println!("building {} targets in target/fuzz", targets.len());
    if let Some(mut begun) = begun {
        begun.wait()?;
    }
    if !passes(building(&host))? {
        return Ok(false);
    }
    let seeds = seeds(&Tree::of_workspace()?);
    for (at, few) in targets.chunks(AT_A_TIME).enumerate() {
        let last = (at * AT_A_TIME + few.len()).min(targets.len());
        println!("fuzzing {} for {SECONDS_EACH} s ({last} of {})", few.join(" and "), targets.len());
        if !fuzz_few(&host, few, &seeds)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Runs some targets side by side: each is one thread.
fn fuzz_few(host: &str, targets: &[String], seeds: &[Vec<u8>]) -> io::Result<bool> {
    let results: Vec<io::Result<bool>> = std::thread::scope(|scope| {
        let all: Vec<_> =
            targets.iter().map(|target| scope.spawn(|| fuzz_one(host, target, seeds))).collect();
        let gone = |_| Err(io::Error::other("a fuzzing thread panicked"));
        all.into_iter().map(|one| one.join().unwrap_or_else(gone)).collect()
    });
    results.into_iter().try_fold(true, |passed, one| Ok(one? && passed))
}

fn fuzz_one(host: &str, target: &str, seeds: &[Vec<u8>]) -> io::Result<bool> {
    let base = root().join("target/fuzz");
    let corpus = base.join("corpus").join(target);
    let artifacts = base.join("artifacts").join(target);
    fs::create_dir_all(&corpus)?;
    fs::create_dir_all(&artifacts)?;
    for (number, seed) in seeds.iter().enumerate() {
        fs::write(corpus.join(format!("seed-{number:04}")), seed)?;
    }
    let log = base.join(format!("{target}.log"));
    let status = Command::new(base.join(host).join("debug").join(target))
        .arg(&corpus)
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .arg(format!("-max_total_time={SECONDS_EACH}"))
        .arg(format!("-rss_limit_mb={MEMORY_MIB_MAX}"))
        .arg(format!("-max_len={INPUT_BYTES_MAX}"))
        .args(["-seed=1", "-timeout=5", "-print_final_stats=1", "-verbosity=1"])
        .stderr(fs::File::create(&log)?)
        .status()?;
    tell(&log, target, status.success())?;
    Ok(status.success())
}

/// After success the number of inputs tried; after failure the engine's last words.
fn tell(log: &Path, target: &str, passed: bool) -> io::Result<()> {
    let text = String::from_utf8_lossy(&fs::read(log)?).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    if passed {
        let tried = lines.iter().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
        println!("  {target}: {} inputs tried", tried.map_or("no", str::trim));
    } else {
        println!("  {target} failed:");
        lines.iter().skip(lines.len().saturating_sub(40)).for_each(|line| println!("  {line}"));
    }
    Ok(())
}

/// The targets are the files in fuzz/fuzz_targets.
fn targets() -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root().join("fuzz/fuzz_targets"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".rs").map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

fn host() -> io::Result<String> {
    let output =
        Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).arg("-vV").output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| io::Error::other("rustc does not name its host"))
}

/// Every long run of hexadecimal digits in the vectors, decoded: valid and invalid structures to start from.
fn seeds(tree: &Tree) -> Vec<Vec<u8>> {
    let vectors = tree.files().filter(|(path, _)| path.starts_with("vectors/"));
    let mut seeds: Vec<Vec<u8>> = vectors.flat_map(|(_, text)| seeds_of(text)).collect();
    seeds.sort();
    seeds.dedup();
    seeds
}

/// Each run by itself, and all of a file one after the other: a target may read several fields in a row.
fn seeds_of(text: &str) -> Vec<Vec<u8>> {
    let runs = text.split(|c: char| !c.is_ascii_hexdigit());
    let long = runs.filter(|run| run.len() >= SEED_DIGITS_MIN && run.len().is_multiple_of(2));
    let mut seeds: Vec<Vec<u8>> = long.map(unhex).collect();
    if seeds.len() > 1 {
        seeds.push(seeds.concat());
    }
    seeds
}

fn unhex(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks_exact(2);
    pairs.filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_runs_of_digits_become_seeds() {
        let text = "name: cafe\ninput: 000102030405060708\nodd: 00010203040506070\n";
        assert_eq!(seeds_of(text), vec![vec![0, 1, 2, 3, 4, 5, 6, 7, 8]]);
        assert_eq!(seeds_of("0000000000000001 0000000000000002").last().map(Vec::len), Some(16));
    }
}
