//! Work over threads: progress, a stop, and results taken in order.

use super::{Checkpoint, StudyError};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// How far a study is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Runs done, over all trials.
    pub done: u64,
    /// Runs there will be; at most so many for a search, which may need fewer.
    pub all: u64,
}

/// How a study is watched, stopped, continued, and over how many threads it runs.
#[derive(Clone, Copy)]
pub struct Control<'a> {
    /// Told after each chunk, in order. The threads wait for it: it has to be quick.
    pub progress: &'a (dyn Fn(Progress) + Sync),
    /// Looked at before each run: once true, the study returns what it has in whole chunks.
    pub stop: &'a AtomicBool,
    /// Threads to run on; none for those of the caller's pool.
    pub threads: Option<NonZeroUsize>,
    /// What an earlier call of the same study left.
    pub resume: Option<&'a Checkpoint>,
}

static NEVER: AtomicBool = AtomicBool::new(false);

impl Default for Control<'_> {
    /// Runs to the end on the caller's pool, unwatched.
    fn default() -> Self {
        Self { progress: &|_| (), stop: &NEVER, threads: None, resume: None }
    }
}

impl Control<'_> {
    /// Whether it was told to stop.
    pub(crate) fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// The threads that were asked for; none for the caller's pool.
pub(crate) fn pool(control: &Control<'_>) -> Result<Option<rayon::ThreadPool>, StudyError> {
    let build = |threads: NonZeroUsize| rayon::ThreadPoolBuilder::new().num_threads(threads.get()).build();
    control.threads.map(build).transpose().map_err(|error| StudyError::Threads(error.to_string()))
}

/// Pieces that were made, and the number of the next that is to be taken.
struct Waiting<T, F> {
    made: BTreeMap<u64, T>,
    next: u64,
    take: F,
}

/// Makes the pieces on all threads and takes each in order, whoever made it; after a stop, those before the first that
/// is missing. Whoever makes one may give it up when it is told to stop. Threads fetch the next piece as they become free,
/// so that few wait.
pub(crate) fn in_order<T: Send>(
    pool: Option<&rayon::ThreadPool>,
    pieces: Range<u64>,
    control: &Control<'_>,
    make: impl Fn(u64) -> Option<T> + Sync,
    take: impl FnMut(u64, T) + Send,
) {
    let next = AtomicU64::new(pieces.start);
    let waiting = Mutex::new(Waiting { made: BTreeMap::new(), next: pieces.start, take });
    let worker = || {
        while !control.stopped() {
            let piece = next.fetch_add(1, Ordering::Relaxed);
            if piece >= pieces.end {
                break;
            }
            let Some(made) = make(piece) else { break };
            let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.made.insert(piece, made);
            let Waiting { made, next, take } = &mut *waiting;
            while let Some(piece) = made.remove(next) {
                take(*next, piece);
                *next += 1;
            }
        }
    };
    let spread = || {
        rayon::scope(|scope| (0..rayon::current_num_threads()).for_each(|_| scope.spawn(|_| worker())));
    };
    match pool {
        Some(pool) => pool.install(spread),
        None => spread(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(threads: usize) -> Control<'static> {
        Control { threads: NonZeroUsize::new(threads), ..Control::default() }
    }

    #[test]
    fn pieces_are_taken_in_order_on_any_number_of_threads() {
        for control in [on(1), on(2), on(8), Control::default()] {
            let pool = pool(&control).expect("threads");
            let mut taken = Vec::new();
            let make = |piece: u64| {
                Some((0..(piece % 7) * 1000).fold(piece, |sum, k| std::hint::black_box(sum + k) - k))
            };
            in_order(pool.as_ref(), 5..205, &control, make, |at, piece| taken.push((at, piece)));
            assert_eq!(taken, (5..205).map(|piece| (piece, piece)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn after_a_stop_nothing_more_is_made_and_no_hole_is_left() {
        let stop = AtomicBool::new(false);
        let control = Control { stop: &stop, ..on(8) };
        let pool = pool(&control).expect("threads");
        let mut taken = Vec::new();
        in_order(pool.as_ref(), 0..u64::MAX / 2, &control, Some, |_, piece| {
            taken.push(piece);
            stop.store(piece >= 40, Ordering::Relaxed);
        });
        assert!(taken.len() > 40);
        assert!(taken.iter().zip(0..).all(|(piece, expected)| *piece == expected));
    }
}
