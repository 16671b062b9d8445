//! Runs of some trials side by side, chunk by chunk: the engine of every study.

use super::control::{Control, in_order};
use super::tally::{CHUNK_RUNS, Piece, Tally};
use crate::run::Trial;
use serde::{Deserialize, Serialize};

/// With which other each trial is compared, run by run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compared {
    /// With the first.
    WithFirst,
    /// Each second one with the one before it.
    InPairs,
}

/// The trials of a stage, and how they are counted.
pub(super) struct Setup<'a> {
    /// Side by side.
    pub trials: &'a [&'a dyn Trial],
    /// With which each is compared.
    pub compared: Compared,
    /// The seed they share.
    pub seed: u64,
    /// Dates to count survival at, ascending.
    pub dates_ms: &'a [u64],
    /// The horizon they share.
    pub horizon_ms: u64,
}

/// What whole chunks of runs of each trial add up to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Stage {
    /// Chunks made of each trial.
    pub chunks: u64,
    /// One for each trial.
    pub tallies: Vec<Tally>,
    /// How many runs of the first trial held to the horizon after 1, 2, 4, 8 and so on chunks; none in a stage that
    /// began as part of another.
    pub marks: Vec<u64>,
}

impl Stage {
    /// A stage without runs.
    pub fn new(trials: usize, dates: usize) -> Self {
        Self { chunks: 0, tallies: vec![Tally::new(dates); trials], marks: Vec::new() }
    }

    /// The same stage with some of its trials, in that order, as a beginning of another: marks and comparisons with the
    /// first are left out.
    pub fn of(&self, trials: &[usize]) -> Self {
        let tally = |at: &usize| Tally { gained: 0, lost: 0, ..self.tallies[*at].clone() };
        Self { chunks: self.chunks, tallies: trials.iter().map(tally).collect(), marks: Vec::new() }
    }

    /// Runs made of each trial, in whole chunks.
    pub fn runs(&self) -> u64 {
        self.chunks.saturating_mul(CHUNK_RUNS)
    }

    /// Whether what was read is a stage of so many trials and dates with at most so many runs.
    pub fn is_sound(&self, trials: usize, dates: usize, runs: u64) -> bool {
        let marks = self.marks.len() <= u64::BITS as usize;
        let all = self.chunks.checked_mul(CHUNK_RUNS).filter(|made| *made <= runs);
        all.is_some_and(|made| self.tallies.iter().all(|tally| tally.is_sound(made, dates)))
            && self.tallies.len() == trials
            && marks
            && self.marks.iter().zip(0..).all(|(held, power)| *held <= CHUNK_RUNS << power.min(50))
    }

    /// Makes runs until there are so many of each trial, or it is stopped. Tells `progress` how many runs were made
    /// here, over all trials.
    ///
    /// A last chunk that is not whole is kept apart, so that this stage can always go on; it is what is returned.
    pub fn make(
        &mut self,
        setup: &Setup<'_>,
        runs: u64,
        control: &Control<'_>,
        pool: Option<&rayon::ThreadPool>,
        progress: impl Fn(u64) + Sync,
    ) -> Option<Vec<Tally>> {
        let width = setup.trials.len() as u64;
        let pieces = self.chunks * width..runs.div_ceil(CHUNK_RUNS) * width;
        let span = |chunk: u64| (chunk * CHUNK_RUNS, runs.min((chunk + 1) * CHUNK_RUNS));
        let make = |piece: u64| {
            let trial = setup.trials[(piece % width) as usize];
            Piece::make(trial, setup, span(piece / width), control)
        };
        let (mut row, mut first, mut tail, mut done) =
            (Vec::with_capacity(setup.trials.len()), None, None, 0);
        in_order(pool, pieces, control, make, |piece, mut made| {
            let begins = setup.compared == Compared::InPairs && row.len().is_multiple_of(2);
            if row.is_empty() || begins {
                first = Some(made.held_only());
            }
            first.iter().for_each(|first| made.compare(first));
            done += made.tally.runs;
            row.push(made.tally);
            if row.len() as u64 == width {
                let (from, end) = span(piece / width);
                if end - from == CHUNK_RUNS {
                    self.merge(row.drain(..));
                } else {
                    tail = Some(std::mem::take(&mut row));
                }
            }
            progress(done);
        });
        tail
    }

    /// Adds a whole chunk of each trial.
    fn merge(&mut self, row: impl Iterator<Item = Tally>) {
        self.tallies.iter_mut().zip(row).for_each(|(all, these)| all.merge(&these));
        self.chunks += 1;
        // A stage that began as part of another has no marks from its beginning, and gets none later.
        let power = self.chunks.trailing_zeros() as usize;
        if self.chunks.is_power_of_two() && self.marks.len() == power {
            self.marks.extend(self.tallies.first().map(Tally::held));
        }
    }

    /// The tallies with a last chunk that is not whole.
    pub fn with(&self, tail: Option<&[Tally]>) -> Vec<Tally> {
        let mut all = self.tallies.clone();
        all.iter_mut().zip(tail.into_iter().flatten()).for_each(|(all, these)| all.merge(these));
        all
    }
}
