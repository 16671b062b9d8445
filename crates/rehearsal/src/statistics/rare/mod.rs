//! Breakdowns too rare to wait for, by multilevel splitting with fixed effort.
//!
//! A breakdown of one run in ten million is not seen in a million runs. So the way to it is cut into levels of
//! increasing peril: as many trials begin at every level, each from a state in which some trial came to it, and the
//! probability is the product of the parts that go on. The estimate is **unbiased** for any levels and any number of
//! trials (tested at three trials a level, where a bias would show); levels only decide how noisy it is. The best ones
//! are reached by about one trial in five from the one before.
//!
//! Its interval is a t-interval over independent repeats, on the scale of the logarithm. With few trials at each level
//! the repeats are so skewed that it contains the truth too rarely: such an estimate is marked as
//! [rough](Rare::is_rough), and the mark is tested. By `examples/coverage.rs`, intervals of level 0.95:
//!
//! | breakdown | trials a level | repeats | interval contains it | marked as rough | mean of estimates over the exact |
//! |---:|---:|---:|---:|---:|---:|
//! | 1e-4 | 200 | 30 | 0.945 | 0.01 | 1.0013 +- 0.0015 |
//! | 1e-7 | 200 | 64 | 0.946 | 0.00 | 1.0011 +- 0.0020 |
//! | 1e-7 | 300 | 64 | 0.943 | 0.00 | 1.0013 +- 0.0016 |
//! | 1e-7 | 1000 | 64 | 0.964 | 0.00 | 1.0014 +- 0.0016 |
//! | 1e-7 | 100 | 20 | 0.935 | 1.00 | 0.9997 +- 0.0052 |
//! | 1e-7 | 20 | 64 | 0.893 | 1.00 | 0.9967 +- 0.0091 |
//!
//! For one in ten million, 640,000 trials do what waiting does with 14,000,000,000.
//!
//! Sources: Garvels, The Splitting Method in Rare Event Simulation (2000); L'Ecuyer, Le Gland, Lezaud and Tuffin,
//! "Splitting Techniques", in Rubino and Tuffin, Rare Event Simulation Using Monte Carlo Methods (2009).

mod clusters;
mod pilot;

pub use clusters::ClusterTrial;
pub use pilot::pilot;

use super::{Level, Moments, clopper_pearson};
use crate::results::Estimate;
use crate::study::{Control, Progress, StudyError, in_order, pool};
use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};
use std::ops::RangeInclusive;

/// Trials that begin at each level.
const EFFORT: RangeInclusive<u32> = 1..=10_000_000;
/// Independent repeats: two for an interval.
const REPEATS: RangeInclusive<u32> = 2..=1_000_000;
/// Skewness of the mean of all repeats from which an interval is rough: up to it, one of level 0.95 contains the
/// truth about 94.5 times of 100 (table above).
const SKEWNESS_MAX: f64 = 0.2;
/// How many times more repeats may differ than trials on their own would let them, before it shows that many copies of
/// one state go the same way.
const SPREAD_MAX: f64 = 3.0;
/// Levels on the way.
const LEVELS: RangeInclusive<usize> = 1..=10_000;

/// Where a trial is after it went on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advance {
    /// At the level that was asked for, or above.
    Reached,
    /// At its end without having come to it.
    Over,
}

/// A trial that can be stopped and copied on its way to a breakdown.
///
/// Levels are numbers that rise with peril: 0 at the beginning, 1 at breakdown. To be of use, a state must not know
/// more than it has to: what lies beyond the level is still to be drawn, so that copies of it go different ways.
pub trait Staged: Sync {
    /// A trial on its way.
    type State<'a>: Clone
    where
        Self: 'a;
    /// Run number `run` of a study with that seed, at its beginning.
    fn start(&self, seed: u64, run: u64) -> Self::State<'_>;
    /// Goes on until the trial first reaches the level, or is over. Levels are asked for in ascending order.
    fn advance(&self, state: &mut Self::State<'_>, until_level: f64, rng: &mut dyn RngCore) -> Advance;
}

/// Why a rare breakdown was not estimated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RareError {
    /// The levels.
    #[error("these levels lead nowhere; give 1 to 10,000 ascending numbers above 0, the last of them 1")]
    Levels,
    /// Trials a level.
    #[error("{0} trials cannot begin at each level; write a number from 1 to 10,000,000")]
    Effort(u32),
    /// Independent repeats.
    #[error("an interval cannot rest on {0} repeats; write a number from 2 to 1,000,000")]
    Repeats(u32),
    /// No repeat came to the end.
    #[error(
        "no trial came from level {from} to level {to}; put levels between them, or begin more trials at each"
    )]
    Unreached {
        /// The last level that was reached.
        from: f64,
        /// The first that was not.
        to: f64,
    },
    /// Stopped too early to say anything.
    #[error("stopped before two repeats were made; begin again")]
    Stopped,
    /// The threads could not be started.
    #[error(transparent)]
    Threads(#[from] StudyError),
}

/// How a rare breakdown is to be estimated.
#[derive(Clone, Debug, PartialEq)]
pub struct Splitting {
    seed: u64,
    levels: Vec<f64>,
    effort: u32,
    repeats: u32,
    level: Level,
}

impl Splitting {
    /// `effort` trials at each of the levels, which rise from above 0 to 1, in so many independent repeats; the
    /// interval has the level `level`.
    pub fn new(
        seed: u64,
        levels: Vec<f64>,
        effort: u32,
        repeats: u32,
        level: Level,
    ) -> Result<Self, RareError> {
        let rise = levels.first().is_some_and(|first| *first > 0.0)
            && levels.last() == Some(&1.0)
            && levels.windows(2).all(|pair| pair[0] < pair[1]);
        if !rise || !LEVELS.contains(&levels.len()) {
            return Err(RareError::Levels);
        }
        if !EFFORT.contains(&effort) {
            return Err(RareError::Effort(effort));
        }
        if !REPEATS.contains(&repeats) {
            return Err(RareError::Repeats(repeats));
        }
        Ok(Self { seed, levels, effort, repeats, level })
    }

    /// `count` levels evenly spread from above 0 to 1; none for 0.
    pub fn even_levels(count: u32) -> Vec<f64> {
        (1..=count).map(|level| f64::from(level) / f64::from(count)).collect()
    }
}

/// What is known of a rare breakdown.
#[derive(Clone, Debug, PartialEq)]
pub struct Rare {
    /// Its probability.
    pub probability: Estimate,
    /// The standard error of that.
    pub error: f64,
    /// Of the trials that began towards each level, the part that came to it, over all repeats.
    pub parts: Vec<f64>,
    /// Repeats made.
    pub repeats: u32,
    /// Of these, how many came to no breakdown.
    pub barren: u32,
    /// Whether trials at each level, or repeats, are so few that the interval contains the truth less often than
    /// stated: begin more.
    pub is_rough: bool,
    /// Trials begun, over all levels and repeats: the work.
    pub trials: u64,
    /// Whether it was stopped: then it rests on fewer repeats than planned.
    pub partial: bool,
}

/// Estimates the probability that a trial comes to breakdown. Repeats run over threads and give the same bits on any
/// number of them. A checkpoint to resume from is not looked at.
pub fn split<S: Staged>(trial: &S, plan: &Splitting, control: &Control<'_>) -> Result<Rare, RareError> {
    let pool = pool(control)?;
    let all = u64::from(plan.repeats);
    let mut estimates = Moments::default();
    // Trials that began towards each level, and those that came to it.
    let (mut begun, mut came) = (vec![0_u64; plan.levels.len()], vec![0_u64; plan.levels.len()]);
    let mut barren = 0;
    in_order(
        pool.as_ref(),
        0..all,
        control,
        |repeat| once(trial, plan, repeat, control),
        |_, counts| {
            let mut estimate = 1.0;
            for (at, count) in counts.iter().enumerate() {
                begun[at] += if estimate > 0.0 { u64::from(plan.effort) } else { 0 };
                came[at] += u64::from(*count);
                estimate *= f64::from(*count) / f64::from(plan.effort);
            }
            estimates.add(estimate, 0.0);
            barren += u32::from(estimate == 0.0);
            (control.progress)(Progress { done: estimates.count(), all });
        },
    );
    let (mean, error) = estimates.mean(plan.level).zip(estimates.error()).ok_or(RareError::Stopped)?;
    let done = estimates.count();
    if let Some(at) = came.iter().position(|came| *came == 0) {
        if done < all {
            return Err(RareError::Stopped);
        }
        let from = at.checked_sub(1).map_or(0.0, |before| plan.levels[before]);
        return Err(RareError::Unreached { from, to: plan.levels[at] });
    }
    let trials = begun.iter().sum();
    let parts: Vec<f64> = came.iter().zip(begun).map(|(came, begun)| *came as f64 / begun as f64).collect();
    let seen = error / mean.value * (done as f64).sqrt();
    let is_rough = skewness(&parts, plan.effort, seen, done) > SKEWNESS_MAX;
    // No more than were planned.
    let repeats = done as u32;
    let probability = on_logarithm(mean);
    Ok(Rare { probability, error, parts, repeats, barren, is_rough, trials, partial: done < all })
}

/// An interval for what is above 0 and varies by factors: the same half width, taken of the logarithm.
fn on_logarithm(Estimate { value, high, .. }: Estimate) -> Estimate {
    let factor = ((high - value) / value).exp();
    Estimate { value, low: value / factor, high: (value * factor).min(1.0) }
}

/// The skewness of the mean of so many repeats: that of a product of parts, each of so many trials, as of a log-normal
/// number, over the root of the repeats. It is taken from the parts, which are well known, and not from the repeats,
/// among which the rare large ones may be missing; but where these differ far more, it is that of what was seen.
fn skewness(parts: &[f64], effort: u32, seen: f64, repeats: u64) -> f64 {
    let square = |part: &f64| 1.0 + (1.0 - part) / (part * f64::from(effort));
    let alone = (parts.iter().map(square).product::<f64>() - 1.0).sqrt();
    let spread = if seen > SPREAD_MAX * alone { seen } else { alone };
    spread * (3.0 + spread * spread) / (repeats as f64).sqrt()
}

/// How many trials of one repeat came from each level to the next; nothing if it was told to stop meanwhile.
fn once<S: Staged>(trial: &S, plan: &Splitting, repeat: u64, control: &Control<'_>) -> Option<Vec<u32>> {
    let mut rng = ChaCha8Rng::seed_from_u64(plan.seed);
    rng.set_stream(repeat);
    let mut counts = vec![0; plan.levels.len()];
    let first = repeat * u64::from(plan.effort);
    let mut begin: Vec<S::State<'_>> =
        (first..first + u64::from(plan.effort)).map(|run| trial.start(plan.seed, run)).collect();
    let mut came = Vec::with_capacity(begin.len());
    for (level, count) in plan.levels.iter().zip(&mut counts) {
        for mut state in begin.drain(..) {
            if control.stopped() {
                return None;
            }
            if trial.advance(&mut state, *level, &mut rng) == Advance::Reached {
                came.push(state);
                *count += 1;
            }
        }
        if came.is_empty() {
            break;
        }
        multiply(&mut came, &mut begin, plan.effort, &mut rng);
    }
    Some(counts)
}

/// Copies those who came until they are as many as begin. Each is copied as often as any other, and which are copied
/// once more is drawn: so every one is expected equally often, which is what the estimate's being unbiased rests on.
fn multiply<T: Clone>(came: &mut Vec<T>, begin: &mut Vec<T>, effort: u32, rng: &mut dyn RngCore) {
    for at in (1..came.len()).rev() {
        came.swap(at, below(at as u64 + 1, rng) as usize);
    }
    if came.len() == effort as usize {
        begin.append(came);
        return;
    }
    begin.extend(came.iter().cycle().take(effort as usize).cloned());
    came.clear();
}

/// A number below `end`: no bias that 2^64 numbers could show.
fn below(end: u64, rng: &mut dyn RngCore) -> u64 {
    ((u128::from(rng.next_u64()) * u128::from(end)) >> 64) as u64
}

/// A number strictly between 0 and 1.
fn uniform(rng: &mut dyn RngCore) -> f64 {
    ((rng.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
}

/// The same probability by waiting: the part of so many trials that come to breakdown with its exact interval, and how
/// many trials were made; fewer than asked for if it was stopped.
pub fn brute_force<S: Staged>(
    trial: &S,
    (seed, runs): (u64, u64),
    level: Level,
    control: &Control<'_>,
) -> Result<(Estimate, u64), RareError> {
    const PIECE: u64 = 4096;
    let pool = pool(control)?;
    let piece = |piece: u64| {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(piece);
        let span = piece * PIECE..runs.min((piece + 1) * PIECE);
        let made = span.end - span.start;
        let broken =
            span.filter(|run| trial.advance(&mut trial.start(seed, *run), 1.0, &mut rng) == Advance::Reached);
        Some((made, broken.count() as u64))
    };
    let (mut done, mut broken) = (0, 0);
    in_order(pool.as_ref(), 0..runs.div_ceil(PIECE), control, piece, |_, (made, broke)| {
        done += made;
        broken += broke;
        (control.progress)(Progress { done, all: runs });
    });
    Ok((clopper_pearson(broken, done, level), done))
}

#[cfg(test)]
mod tests;
