//! Runs a property over many seeds, on as many threads as the machine has, and says how to play a failure again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// The variable that names the one seed to play.
const SEED_VARIABLE: &str = "BACKCHANNEL_SEED";
/// The variable that multiplies how many seeds are played.
const TIMES_VARIABLE: &str = "BACKCHANNEL_SEEDS_TIMES";

/// Plays `run` with the seeds from 0 up to `count`, or with the one of `BACKCHANNEL_SEED`. `test` is the test's name.
///
/// # Panics
/// If any seed fails; the message names up to ten and the command that plays the first one again.
pub fn each(test: &str, count: u64, run: impl Fn(u64) + Sync) {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    if let Some(seed) = number(SEED_VARIABLE) {
        return run(seed);
    }
    let count = count * number(TIMES_VARIABLE).unwrap_or(1);
    let next = AtomicU64::new(0);
    let failed = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= count {
                        return;
                    }
                    if catch_unwind(AssertUnwindSafe(|| run(seed))).is_err() {
                        failed.lock().expect("no thread dies with the list").push(seed);
                    }
                }
            });
        }
    });
    let mut failed = failed.into_inner().expect("no thread dies with the list");
    failed.sort_unstable();
    if let Some(first) = failed.first() {
        let some = &failed[..failed.len().min(10)];
        panic!(
            "{} of {count} seeds failed, such as {some:?}; play one again with\n  \
             {SEED_VARIABLE}={first} cargo test -p backchannel-testkit {test} -- --exact --nocapture",
            failed.len()
        );
    }
}
