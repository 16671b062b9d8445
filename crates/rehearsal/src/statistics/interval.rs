//! Intervals for proportions, and for the difference of two proportions seen in the same runs.

use super::special::{Tail, beta_quantile, normal_quantile, student};
use crate::results::Estimate;

/// The lowest and the highest level an interval may have.
const LEVELS: (f64, f64) = (0.5, 0.9999);
/// Halvings of the space of differences, until neighbouring numbers are reached.
const HALVINGS: u32 = 60;

/// How often intervals are meant to contain the truth: 0.95 for 19 of 20.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level(f64);

/// A level was refused.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("intervals cannot have the level {0}; write a number from 0.5 to 0.9999, as 0.95")]
pub struct LevelError(pub f64);

impl Level {
    /// 19 of 20.
    pub const NINETY_FIVE: Self = Self(0.95);

    /// A level from 0.5 to 0.9999.
    pub fn new(level: f64) -> Result<Self, LevelError> {
        (LEVELS.0..=LEVELS.1).contains(&level).then_some(Self(level)).ok_or(LevelError(level))
    }

    /// The level as a number.
    pub fn get(self) -> f64 {
        self.0
    }

    /// Standard errors on each side of an estimate whose distribution is normal.
    fn errors(self) -> f64 {
        normal_quantile(0.5 + 0.5 * self.0)
    }

    /// Standard errors on each side of a mean of `count` numbers, at least 2, whose spread is estimated from them.
    pub(super) fn errors_of_mean(self, count: u64) -> f64 {
        student(self.0, count.saturating_sub(1).max(1) as f64)
    }

    /// What is left out on each side.
    fn tail(self) -> f64 {
        0.5 * (1.0 - self.0)
    }
}

/// What is known of a proportion before the first trial.
const UNKNOWN: Estimate = Estimate { value: 0.5, low: 0.0, high: 1.0 };

/// The score interval for a proportion: contains the truth as often as stated on average over proportions, for some
/// less often. More successes than trials count as all. Source: Wilson, "Probable Inference, the Law of Succession,
/// and Statistical Inference", Journal of the American Statistical Association 22 (1927), 209-212.
pub fn wilson(successes: u64, trials: u64, level: Level) -> Estimate {
    if trials == 0 {
        return UNKNOWN;
    }
    let n = trials as f64;
    let value = successes.min(trials) as f64 / n;
    let square = level.errors().powi(2) / n;
    let middle = (value + 0.5 * square) / (1.0 + square);
    let half = (square * value * (1.0 - value) + 0.25 * square * square).sqrt() / (1.0 + square);
    let low = if successes == 0 { 0.0 } else { (middle - half).max(0.0) };
    let high = if successes >= trials { 1.0 } else { (middle + half).min(1.0) };
    Estimate { value, low, high }
}

/// The exact interval for a proportion: contains the truth at least as often as stated, whatever the truth. More
/// successes than trials count as all. Source: Clopper and Pearson, "The Use of Confidence or Fiducial Limits
/// Illustrated in the Case of the Binomial", Biometrika 26 (1934), 404-413.
pub fn clopper_pearson(successes: u64, trials: u64, level: Level) -> Estimate {
    if trials == 0 {
        return UNKNOWN;
    }
    let (k, n) = (successes.min(trials) as f64, trials as f64);
    let tail = level.tail();
    let low = if k == 0.0 { 0.0 } else { beta_quantile(k, n - k + 1.0, Tail::Below(tail)) };
    let high = if k == n { 1.0 } else { beta_quantile(k + 1.0, n - k, Tail::Above(tail)) };
    Estimate { value: k / n, low, high }
}

/// The score interval for the second proportion less the first, both seen in the same `pairs` of runs: in `first_only`
/// of them the first alone succeeded, in `second_only` the second alone. Counts above the pairs count as all. Source:
/// Tango, "Equivalence Test and Confidence Interval for the Difference in Proportions for the Paired-Sample Design",
/// Statistics in Medicine 17 (1998), 891-908.
pub fn paired_proportions(first_only: u64, second_only: u64, pairs: u64, level: Level) -> Estimate {
    if pairs == 0 {
        return Estimate { value: 0.0, low: -1.0, high: 1.0 };
    }
    let n = pairs as f64;
    let more = second_only.min(pairs) as f64;
    let fewer = (first_only as f64).min(n - more);
    let value = (more - fewer) / n;
    let errors = level.errors();
    let low = boundary(value, -1.0, |at| score(more, fewer, n, at) < errors);
    let high = boundary(value, 1.0, |at| score(more, fewer, n, at) > -errors);
    Estimate { value, low, high }
}

/// The last difference from `inside` towards `outside` that is still believed.
fn boundary(mut inside: f64, mut outside: f64, believed: impl Fn(f64) -> bool) -> f64 {
    if believed(outside) {
        return outside;
    }
    for _ in 0..HALVINGS {
        let middle = 0.5 * (inside + outside);
        *(if believed(middle) { &mut inside } else { &mut outside }) = middle;
    }
    outside
}

/// How many standard errors what was seen lies above a supposed difference, the standard error being that under it.
fn score(more: f64, fewer: f64, n: f64, difference: f64) -> f64 {
    let excess = more - fewer - n * difference;
    let linear = (2.0 * n - more + fewer) * difference - more - fewer;
    let constant = -fewer * difference * (1.0 - difference);
    let root = (linear * linear - 8.0 * n * constant).max(0.0).sqrt();
    // The likeliest probability that the first alone succeeds; the form that does not subtract what is close.
    let other = if linear <= 0.0 { (root - linear) / (4.0 * n) } else { -2.0 * constant / (root + linear) };
    let variance = n * (2.0 * other + difference * (1.0 - difference));
    let error = variance.max(0.0).sqrt();
    if excess == 0.0 { 0.0 } else { excess / error }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LEVEL: Level = Level::NINETY_FIVE;

    fn near(got: f64, expected: f64) {
        let apart = (got - expected).abs();
        assert!(apart <= 1e-9 * expected.abs() + 1e-15, "{got:e} against {expected:e}");
    }

    /// By scipy 1.17, `binomtest(k, n).proportion_ci(0.95)`: exact, then Wilson.
    const TABLE: [(u64, u64, [f64; 4]); 10] = [
        (0, 10, [0.0, 0.308497107818761, 0.0, 0.277532799862889]),
        (1, 10, [0.00252857854446179, 0.445016117028195, 0.0178762130950729, 0.404150026795238]),
        (5, 10, [0.187086028447399, 0.812913971552601, 0.236593090512564, 0.763406909487436]),
        (10, 10, [0.691502892181239, 1.0, 0.722467200137111, 1.0]),
        (3, 100, [0.0062299715383064, 0.08517605297428, 0.0102545240240389, 0.0845193642905276]),
        (0, 1_000_000, [0.0, 3.68887265020649e-06, 0.0, 3.84144406394494e-06]),
        (
            1,
            1_000_000,
            [2.53178076637942e-08, 5.57163065516694e-06, 1.76524576745371e-07, 5.66491180431144e-06],
        ),
        (272, 100_000, [0.0024066933294264, 0.00306267828642219, 0.00241573794376695, 0.00306246620148364]),
        (500_000, 1_000_000, [0.499019519195312, 0.500980480804688, 0.499020019890005, 0.500979980109995]),
        (
            123_456_789,
            1_000_000_000,
            [0.123436400762694, 0.123477179417044, 0.123436401619279, 0.123477179273672],
        ),
    ];

    #[test]
    fn intervals_for_proportions_are_those_of_scipy() {
        for (k, n, [exact_low, exact_high, wilson_low, wilson_high]) in TABLE {
            let exact = clopper_pearson(k, n, LEVEL);
            near(exact.low, exact_low);
            near(exact.high, exact_high);
            let score = wilson(k, n, LEVEL);
            near(score.low, wilson_low);
            near(score.high, wilson_high);
            near(exact.value, k as f64 / n as f64);
        }
    }

    #[test]
    fn before_the_first_trial_nothing_is_known() {
        assert_eq!(clopper_pearson(0, 0, LEVEL), UNKNOWN);
        assert_eq!(wilson(3, 0, LEVEL), UNKNOWN);
        let none = paired_proportions(0, 0, 0, LEVEL);
        assert_eq!((none.low, none.high), (-1.0, 1.0));
    }

    #[test]
    fn a_level_out_of_range_is_refused_with_a_hint() {
        assert_eq!(Level::new(1.0), Err(LevelError(1.0)));
        assert!(Level::new(f64::NAN).is_err());
        assert!(Level::new(0.2).expect_err("too low").to_string().contains("as 0.95"));
        assert_eq!(Level::new(0.99).map(Level::get), Ok(0.99));
    }

    #[test]
    fn the_paired_interval_ends_where_the_score_is_no_longer_believed() {
        let found = paired_proportions(1, 7, 100, LEVEL);
        for end in [found.low, found.high] {
            near(score(7.0, 1.0, 100.0, end).abs(), LEVEL.errors());
        }
        // Without any difference seen, what is not seen in so many pairs may still be: z^2 / (n + z^2).
        let square = LEVEL.errors().powi(2);
        let none = paired_proportions(0, 0, 1000, LEVEL);
        near(none.high, square / (1000.0 + square));
        near(none.low, -none.high);
    }

    proptest! {
        #[test]
        fn every_interval_holds_its_estimate(n in 1..1_000_000_u64, part in 0.0..=1.0_f64, more in 0.0..=1.0_f64) {
            let k = (n as f64 * part) as u64;
            for found in [wilson(k, n, LEVEL), clopper_pearson(k, n, LEVEL)] {
                prop_assert!(0.0 <= found.low && found.low <= found.value);
                prop_assert!(found.value <= found.high && found.high <= 1.0);
            }
            let other = ((n - k) as f64 * more) as u64;
            let found = paired_proportions(k, other, n, LEVEL);
            prop_assert!(-1.0 <= found.low && found.low <= found.value, "{found:?}");
            prop_assert!(found.value <= found.high && found.high <= 1.0, "{found:?}");
            let mirrored = paired_proportions(other, k, n, LEVEL);
            prop_assert!((mirrored.low + found.high).abs() < 1e-9, "{found:?} {mirrored:?}");
        }

        #[test]
        fn the_exact_interval_mirrors_and_is_wider_at_a_higher_level(n in 1..100_000_u64, part in 0.0..=1.0_f64) {
            let k = (n as f64 * part) as u64;
            let (found, mirrored) = (clopper_pearson(k, n, LEVEL), clopper_pearson(n - k, n, LEVEL));
            prop_assert!((found.low + mirrored.high - 1.0).abs() < 1e-11);
            let wider = clopper_pearson(k, n, Level::new(0.99).expect("in range"));
            prop_assert!(wider.low <= found.low && wider.high >= found.high);
        }
    }
}
