//! What is asked of a study, and why it may be refused.

use crate::run::Trial;
use crate::statistics::Level;

/// Milliseconds of a day.
pub(super) const DAY_MS: u64 = 86_400_000;
/// Milliseconds of a year of 365 days.
pub(super) const YEAR_MS: u64 = 365 * DAY_MS;
/// Most runs of one trial: so many take weeks.
const RUNS_MAX: u64 = 1_000_000_000_000;
/// Most dates of a curve, far more than a page can show.
const DATES_MAX: usize = 10_000;

/// Why a study was refused or has nothing to show.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum StudyError {
    /// The number of runs.
    #[error("a study cannot rest on {0} runs; write a number from 2 to 1,000,000,000,000")]
    Runs(u64),
    /// The dates of the curve.
    #[error("these dates make no curve; give 1 to 10,000 of them in milliseconds, each later than the last")]
    Dates,
    /// The curve goes on after the trials end.
    #[error(
        "the curve ends at {date_ms} ms, after the horizon of {horizon_ms} ms; give dates up to the horizon"
    )]
    Horizon {
        /// The last date.
        date_ms: u64,
        /// The horizon of a trial.
        horizon_ms: u64,
    },
    /// Trials that are compared go on for different times.
    #[error("`{name}` ends at another time than `{first}`; compare over the same horizon")]
    Horizons {
        /// The first trial.
        first: String,
        /// The one that differs.
        name: String,
    },
    /// Nothing to study.
    #[error("there is nothing to study; give at least one trial")]
    Nothing,
    /// Stopped too early to say anything.
    #[error("stopped before the first runs were made; continue from the checkpoint, or begin again")]
    Stopped,
    /// A checkpoint of something else.
    #[error(
        "the checkpoint is of another study; continue with the seed, terms, dates and limits it was made with"
    )]
    OtherStudy,
    /// A checkpoint that does not add up.
    #[error("the checkpoint does not add up, or holds more runs than are asked for; begin again without it")]
    Damaged,
    /// The threads could not be started.
    #[error("the threads could not be started: {0}")]
    Threads(String),
    /// The limits of a search.
    #[error("`{name}` has no values to search; give finite numbers, the lowest not above the highest")]
    Axis {
        /// The term.
        name: String,
    },
    /// So many combinations that they cannot be counted.
    #[error("these terms make too many combinations; search fewer terms or fewer values")]
    TooMany,
    /// No combination of terms can be run.
    #[error("no combination of these terms is possible; the first was refused: {0}")]
    Impossible(String),
}

/// Seed, number of runs, dates and level of a study.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    seed: u64,
    runs: u64,
    dates_ms: Vec<u64>,
    level: Level,
    of: String,
}

impl Plan {
    /// So many runs of each trial from a seed, with survival at dates in milliseconds from the beginning, ascending.
    /// Refuses fewer than 2 runs and dates that make no curve.
    pub fn new(seed: u64, runs: u64, dates_ms: Vec<u64>, level: Level) -> Result<Self, StudyError> {
        if !(2..=RUNS_MAX).contains(&runs) {
            return Err(StudyError::Runs(runs));
        }
        let ascending = dates_ms.windows(2).all(|pair| pair[0] < pair[1]);
        if !ascending || !(1..=DATES_MAX).contains(&dates_ms.len()) {
            return Err(StudyError::Dates);
        }
        Ok(Self { seed, runs, dates_ms, level, of: String::new() })
    }

    /// The same plan for what is named here, such as a digest of understanding and model: a checkpoint of something
    /// else is refused.
    pub fn of(mut self, what: impl Into<String>) -> Self {
        self.of = what.into();
        self
    }

    /// `count` dates evenly spread from the beginning to the horizon, both included; fewer where milliseconds do not
    /// suffice.
    pub fn even_dates(horizon_ms: u64, count: u32) -> Vec<u64> {
        let steps = u128::from(count.saturating_sub(1).max(1));
        // Below the horizon, for each step is at most all of them.
        let date = |step: u128| (u128::from(horizon_ms) * step / steps) as u64;
        let mut dates: Vec<u64> = (0..=steps).map(date).collect();
        dates.dedup();
        dates
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Runs of each trial.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// Dates of the curve in milliseconds.
    pub fn dates_ms(&self) -> &[u64] {
        &self.dates_ms
    }

    /// The level of every interval.
    pub fn level(&self) -> Level {
        self.level
    }

    /// What is studied.
    pub(super) fn what(&self) -> &str {
        &self.of
    }

    /// The common horizon of named trials. Refuses none, different horizons, and one before the last date.
    pub(super) fn horizon<'a>(
        &self,
        trials: impl IntoIterator<Item = (&'a str, &'a dyn Trial)>,
    ) -> Result<u64, StudyError> {
        let mut trials = trials.into_iter();
        let (first, trial) = trials.next().ok_or(StudyError::Nothing)?;
        let horizon_ms = trial.horizon_ms();
        if let Some((name, _)) = trials.find(|(_, trial)| trial.horizon_ms() != horizon_ms) {
            return Err(StudyError::Horizons { first: first.to_owned(), name: name.to_owned() });
        }
        match self.dates_ms.last() {
            Some(&date_ms) if date_ms > horizon_ms => Err(StudyError::Horizon { date_ms, horizon_ms }),
            _ => Ok(horizon_ms),
        }
    }
}

/// A seed for fresh random numbers: independent of the first, the same for the same number. Source: Steele, Lea and
/// Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014 (SplitMix64).
pub(super) fn fresh_seed(seed: u64, number: u64) -> u64 {
    mix(mix(seed).wrapping_add(number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15)))
}

/// Scatters the bits of a number, none lost.
pub(super) fn mix(number: u64) -> u64 {
    let once = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let twice = (once ^ (once >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    twice ^ (twice >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_that_say_nothing_are_refused_with_a_hint() {
        let plan = |runs, dates: &[u64]| Plan::new(1, runs, dates.to_vec(), Level::NINETY_FIVE);
        assert_eq!(plan(1, &[1]), Err(StudyError::Runs(1)));
        assert_eq!(plan(RUNS_MAX + 1, &[1]), Err(StudyError::Runs(RUNS_MAX + 1)));
        assert_eq!(plan(2, &[]), Err(StudyError::Dates));
        assert_eq!(plan(2, &[3, 3]), Err(StudyError::Dates));
        assert!(plan(2, &[0, 3]).is_ok());
        assert!(StudyError::Runs(0).to_string().contains("from 2 to"));
    }

    #[test]
    fn dates_are_spread_from_the_beginning_to_the_horizon() {
        assert_eq!(Plan::even_dates(100, 5), [0, 25, 50, 75, 100]);
        assert_eq!(Plan::even_dates(2, 100), [0, 1, 2]);
        assert_eq!(Plan::even_dates(u64::MAX, 2), [0, u64::MAX]);
        assert_eq!(Plan::even_dates(7, 0), [0, 7]);
        assert_eq!(Plan::even_dates(0, 9), [0]);
    }

    #[test]
    fn fresh_seeds_differ_from_each_other_and_from_their_seed() {
        let mut seeds: Vec<u64> = (0..10_000).map(|number| fresh_seed(0, number)).collect();
        seeds.extend((0..10_000).map(|number| fresh_seed(1, number)));
        seeds.push(0);
        let all = seeds.len();
        seeds.sort_unstable();
        seeds.dedup();
        assert_eq!(seeds.len(), all);
    }
}
