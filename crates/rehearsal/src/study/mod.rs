//! Studies: many runs of trials, what they add up to, and which terms are sturdier.
//!
//! | study | answers |
//! |---|---|
//! | [`variants`] | how survival, causes, time in question and cost differ between variants |
//! | [`tornado`] | which term or assumption matters most when it alone is varied |
//! | [`frontier`] | which choices of terms no other is better than in survival and in cost |
//! | [`search`] | the sturdiest terms under stated limits |
//! | [`convergence`] | how the estimate settles as runs are added |
//!
//! * **The same plan gives the same bits on any number of threads.** Runs are made in chunks of [`CHUNK_RUNS`]; within
//!   a chunk they are summed in their order, and chunks are merged in theirs.
//! * Trials that are compared see **the same random numbers**: run number `k` of each draws the same events. That this
//!   leaves differences unbiased and makes them less noisy is tested.
//! * A study that is [stopped](Control) returns what it has: **a partial result is that of a study of fewer runs**, not
//!   of the runs that happened to be quick. Its [`Checkpoint`] goes on to the result that was interrupted.
//! * Intervals of proportions are exact ([`crate::statistics::clopper_pearson`]), those of curves pointwise. Intervals
//!   of cost and of time in question need runs by the thousand where what costs is uncommon ([`crate::statistics`]).

mod checkpoint;
mod control;
mod convergence;
mod frontier;
mod halving;
mod plan;
mod search;
mod session;
mod stage;
mod tally;
mod tornado;
mod variants;

pub use checkpoint::Checkpoint;
pub use control::{Control, Progress};
pub(crate) use control::{in_order, pool};
pub use convergence::convergence;
pub use frontier::{Offer, frontier};
pub use plan::{Plan, StudyError};
pub use search::{Axis, Found, Limits, Make, search};
pub use tally::CHUNK_RUNS;
pub use tornado::{Swing, tornado};
pub use variants::{Arm, variants};

use crate::results::Estimate;

/// What a study found.
#[derive(Clone, Debug, PartialEq)]
pub struct Study<T> {
    /// The findings.
    pub found: T,
    /// Whether it was stopped: then it rests on fewer runs than planned.
    pub partial: bool,
    /// Runs made of each trial; of a search, of the best.
    pub runs: u64,
    /// Estimates of survival to the horizon after doubling numbers of runs, of the first trial or of a search's best.
    pub convergence: Vec<(u64, Estimate)>,
    /// From here a later call goes on.
    pub checkpoint: Checkpoint,
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod toy;
