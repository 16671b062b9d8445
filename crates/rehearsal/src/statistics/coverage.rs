//! How often intervals contain the truth: computed where it can be, and measured in seeded experiments.
//!
//! `cargo run --release -p backchannel-rehearsal --example coverage` prints the tables, in some minutes.

use super::interval::{Level, clopper_pearson, paired_proportions, wilson};
use super::moments::Moments;
use super::special::binomial;
use crate::results::Estimate;
use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};

/// A kind of interval for a proportion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proportion {
    /// [`wilson`]
    Wilson,
    /// [`clopper_pearson`]
    ClopperPearson,
}

impl Proportion {
    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wilson => "Wilson",
            Self::ClopperPearson => "Clopper-Pearson",
        }
    }

    fn interval(self, successes: u64, trials: u64, level: Level) -> Estimate {
        match self {
            Self::Wilson => wilson(successes, trials, level),
            Self::ClopperPearson => clopper_pearson(successes, trials, level),
        }
    }

    /// The probability that the interval from `trials` contains `p`, strictly between 0 and 1, summed over every
    /// number of successes.
    pub fn exact(self, trials: u64, p: f64, level: Level) -> f64 {
        let holds = |k: &u64| contains(self.interval(*k, trials, level), p);
        (0..=trials).filter(holds).map(|k| binomial(k, trials, p)).sum()
    }

    /// The part of so many seeded experiments in which the interval from `trials` contains `p`.
    pub fn measured(self, trials: u64, p: f64, level: Level, experiments: u32, seed: u64) -> f64 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        part(experiments, || {
            let successes = (0..trials).filter(|_| uniform(&mut rng) < p).count() as u64;
            contains(self.interval(successes, trials, level), p)
        })
    }

    /// The mean of [`Self::exact`] over proportions evenly spread between 0 and 1.
    pub fn average(self, trials: u64, proportions: u32, level: Level) -> f64 {
        let width = 1.0 / f64::from(proportions);
        let at = |index: u32| self.exact(trials, width * (f64::from(index) + 0.5), level);
        (0..proportions).map(at).sum::<f64>() * width
    }
}

/// The probability that [`paired_proportions`] contains the difference, summed over every outcome of `pairs` where the
/// first alone succeeds with probability `first_only`, above 0, and the second alone with `second_only`, above 0.
pub fn paired_exact(pairs: u64, first_only: f64, second_only: f64, level: Level) -> f64 {
    let truth = second_only - first_only;
    let mut sum = 0.0;
    for fewer in 0..=pairs {
        let some = binomial(fewer, pairs, first_only);
        for more in 0..=pairs - fewer {
            if contains(paired_proportions(fewer, more, pairs, level), truth) {
                sum += some * binomial(more, pairs - fewer, second_only / (1.0 - first_only));
            }
        }
    }
    sum
}

/// A distribution whose mean is to be estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// Normal: the sum of twelve uniform numbers, mean 6.
    Normal,
    /// Exponential with mean 1: skewed.
    Exponential,
    /// Zero nine times of ten, else exponential with mean 10: as the cost of what is uncommon.
    Uncommon,
}

impl Numbers {
    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Exponential => "exponential",
            Self::Uncommon => "0 in 9 of 10",
        }
    }

    fn mean(self) -> f64 {
        if self == Self::Normal { 6.0 } else { 1.0 }
    }

    fn draw(self, rng: &mut ChaCha8Rng) -> f64 {
        let exponential = |rng: &mut ChaCha8Rng| -(1.0 - uniform(rng)).ln();
        match self {
            Self::Normal => (0..12).map(|_| uniform(rng)).sum(),
            Self::Exponential => exponential(rng),
            Self::Uncommon if uniform(rng) < 0.9 => 0.0,
            Self::Uncommon => 10.0 * exponential(rng),
        }
    }

    /// The part of so many seeded experiments in which the t-interval from `count` numbers contains their mean.
    pub fn mean_measured(self, count: u32, level: Level, experiments: u32, seed: u64) -> f64 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        part(experiments, || {
            let found = Moments::of((0..count).map(|_| (self.draw(&mut rng), 0.0))).mean(level);
            found.is_some_and(|found| contains(found, self.mean()))
        })
    }

    /// The part of so many seeded experiments in which the interval for the mean difference of `count` pairs, whose
    /// second number is the first plus a uniform one, contains one half.
    pub fn difference_measured(self, count: u32, level: Level, experiments: u32, seed: u64) -> f64 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut pair = || {
            let first = self.draw(&mut rng);
            (first, first + uniform(&mut rng))
        };
        part(experiments, || {
            let found = Moments::of((0..count).map(|_| pair())).difference(level);
            found.is_some_and(|found| contains(found, 0.5))
        })
    }

    /// The part of so many seeded experiments in which the interval for the ratio of `count` such numbers to uniform
    /// ones contains the ratio of the means.
    pub fn ratio_measured(self, count: u32, level: Level, experiments: u32, seed: u64) -> f64 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        part(experiments, || {
            let found =
                Moments::of((0..count).map(|_| (self.draw(&mut rng), uniform(&mut rng)))).ratio(level);
            found.is_some_and(|found| contains(found, 2.0 * self.mean()))
        })
    }
}

fn contains(found: Estimate, truth: f64) -> bool {
    found.low <= truth && truth <= found.high
}

fn part(experiments: u32, mut contained: impl FnMut() -> bool) -> f64 {
    f64::from((0..experiments).map(|_| u32::from(contained())).sum::<u32>()) / f64::from(experiments)
}

/// A number from 0 to below 1.
fn uniform(rng: &mut ChaCha8Rng) -> f64 {
    (rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRIALS: [u64; 5] = [5, 20, 100, 400, 2000];
    const PROPORTIONS: [f64; 8] = [0.001, 0.01, 0.05, 0.2, 0.5, 0.9, 0.99, 0.999];
    const EXPERIMENTS: u32 = 2000;

    /// Four standard errors of a measured coverage.
    fn noise(level: Level) -> f64 {
        4.0 * (level.get() * (1.0 - level.get()) / f64::from(EXPERIMENTS)).sqrt()
    }

    #[test]
    fn the_exact_interval_contains_the_truth_at_least_as_often_as_stated() {
        for level in [0.8, 0.95, 0.99].map(|level| Level::new(level).expect("in range")) {
            for (trials, p) in TRIALS.iter().flat_map(|n| PROPORTIONS.map(|p| (*n, p))) {
                let exact = Proportion::ClopperPearson.exact(trials, p, level);
                assert!(exact >= level.get() - 1e-9, "{exact} of {trials} at {p}");
            }
        }
    }

    #[test]
    fn experiments_find_the_coverage_that_is_computed() {
        let level = Level::NINETY_FIVE;
        for (trials, p) in [20, 100, 400].into_iter().flat_map(|n| [0.01, 0.2, 0.5, 0.9].map(|p| (n, p))) {
            for kind in [Proportion::Wilson, Proportion::ClopperPearson] {
                let exact = kind.exact(trials, p, level);
                let measured = kind.measured(trials, p, level, EXPERIMENTS, trials);
                let error = (exact * (1.0 - exact) / f64::from(EXPERIMENTS)).sqrt();
                assert!((measured - exact).abs() < 4.0 * error + 1e-3, "{measured} against {exact}");
                let least = if kind == Proportion::ClopperPearson { level.get() } else { 0.92 };
                assert!(measured >= least - noise(level), "{kind:?}: {measured} of {trials} at {p}");
            }
        }
    }

    #[test]
    fn from_twenty_trials_wilson_contains_the_truth_as_often_as_stated_on_average_within_one_in_a_hundred() {
        for level in [0.9, 0.95, 0.99].map(|level| Level::new(level).expect("in range")) {
            for trials in [20, 50, 100, 400] {
                let average = Proportion::Wilson.average(trials, 500, level);
                assert!((average - level.get()).abs() < 0.01, "{average} of {trials}");
            }
        }
    }

    #[test]
    fn the_paired_interval_contains_the_difference_about_as_often_as_stated() {
        let level = Level::NINETY_FIVE;
        let mut sum = 0.0;
        let cases = [(0.01, 0.01), (0.01, 0.05), (0.1, 0.1), (0.1, 0.3), (0.001, 0.2), (0.3, 0.4)];
        for (first, second) in cases {
            for pairs in [30, 100] {
                let exact = paired_exact(pairs, first, second, level);
                assert!(exact > 0.92, "{exact} of {pairs} at {first} and {second}");
                sum += exact / (2 * cases.len()) as f64;
            }
        }
        assert!((sum - level.get()).abs() < 0.02, "{sum}");
    }

    #[test]
    fn intervals_of_means_contain_the_truth_as_often_as_stated_once_there_are_many() {
        let level = Level::NINETY_FIVE;
        for (numbers, count) in [
            (Numbers::Normal, 2),
            (Numbers::Normal, 20),
            (Numbers::Exponential, 400),
            (Numbers::Uncommon, 2000),
        ] {
            for measured in [
                numbers.mean_measured(count, level, EXPERIMENTS, 1),
                numbers.difference_measured(count.max(20), level, EXPERIMENTS, 2),
                numbers.ratio_measured(count.max(400), level, EXPERIMENTS, 3),
            ] {
                let apart = (measured - level.get()).abs();
                assert!(apart < noise(level) + 0.005, "{numbers:?} {count}: {measured}");
            }
        }
    }
}
