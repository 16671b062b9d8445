//! Means, paired differences and ratios of pairs of numbers, with t-intervals, kept in six numbers.

use super::interval::Level;
use crate::results::Estimate;
use serde::{Deserialize, Serialize};

/// Count, means, and sums of squares and products about the means, of pairs of numbers.
///
/// Kept about the means, nothing is lost where the spread is small beside the mean. Added and merged in the same
/// order, the same pairs give the same bits. Source: Chan, Golub and LeVeque, "Algorithms for Computing the Sample
/// Variance", The American Statistician 37 (1983), 242-247.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub struct Moments {
    count: u64,
    mean: [f64; 2],
    /// Squares of the first, products, squares of the second.
    squares: [f64; 3],
}

impl Moments {
    /// The moments of some pairs.
    pub fn of(pairs: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let mut all = Self::default();
        pairs.into_iter().for_each(|(first, second)| all.add(first, second));
        all
    }

    /// Adds a pair.
    pub fn add(&mut self, first: f64, second: f64) {
        self.count += 1;
        let part = 1.0 / self.count as f64;
        let (x, y) = (first - self.mean[0], second - self.mean[1]);
        self.mean[0] += x * part;
        self.mean[1] += y * part;
        let after = second - self.mean[1];
        self.squares[0] += x * (first - self.mean[0]);
        self.squares[1] += x * after;
        self.squares[2] += y * after;
    }

    /// Adds all pairs of another.
    pub fn merge(&mut self, other: &Self) {
        let count = self.count.saturating_add(other.count);
        if count == 0 {
            return;
        }
        let part = other.count as f64 / count as f64;
        let weight = self.count as f64 * part;
        let (x, y) = (other.mean[0] - self.mean[0], other.mean[1] - self.mean[1]);
        for (square, (theirs, apart)) in
            self.squares.iter_mut().zip(other.squares.iter().zip([x * x, x * y, y * y]))
        {
            *square += theirs + apart * weight;
        }
        self.mean[0] += x * part;
        self.mean[1] += y * part;
        self.count = count;
    }

    /// How many pairs were added.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The means of the first and of the second numbers; zero without any.
    pub fn means(&self) -> [f64; 2] {
        self.mean
    }

    /// The standard error of the mean of the first numbers; none for fewer than two.
    pub fn error(&self) -> Option<f64> {
        let count = self.count as f64;
        (self.count > 1).then(|| (self.squares[0].max(0.0) / (count - 1.0) / count).sqrt())
    }

    /// The mean of the first numbers with its t-interval; none for fewer than two. It contains the truth as often as
    /// stated where the numbers are many or close to normal.
    pub fn mean(&self, level: Level) -> Option<Estimate> {
        self.estimate(self.mean[0], self.squares[0], 1.0, level)
    }

    /// The mean of the second numbers less the first, with its t-interval over the differences of the pairs; none for
    /// fewer than two. If both come from the same random numbers, this is narrower than from different ones.
    pub fn difference(&self, level: Level) -> Option<Estimate> {
        let [xx, xy, yy] = self.squares;
        self.estimate(self.mean[1] - self.mean[0], xx - 2.0 * xy + yy, 1.0, level)
    }

    /// The sum of the first numbers over the sum of the second, with its t-interval by linearisation; none for fewer
    /// than two pairs or where the second are zero. Source: Cochran, Sampling Techniques, 3rd edition (1977), 6.3.
    pub fn ratio(&self, level: Level) -> Option<Estimate> {
        if self.mean[1] == 0.0 {
            return None;
        }
        let ratio = self.mean[0] / self.mean[1];
        let [xx, xy, yy] = self.squares;
        self.estimate(ratio, xx - 2.0 * ratio * xy + ratio * ratio * yy, self.mean[1].abs(), level)
    }

    /// An estimate from the sum of squares of what it is the mean of, all over `scale`.
    fn estimate(&self, value: f64, squares: f64, scale: f64, level: Level) -> Option<Estimate> {
        if self.count < 2 {
            return None;
        }
        let count = self.count as f64;
        let error = (squares.max(0.0) / (count - 1.0) / count).sqrt() / scale;
        let half = level.errors_of_mean(self.count) * error;
        Some(Estimate { value, low: value - half, high: value + half })
    }
}

/// Moments as they are written: the bits of each number, for text would round some of them.
#[derive(Serialize, Deserialize)]
struct Stored {
    count: u64,
    bits: [u64; 5],
}

impl From<Moments> for Stored {
    fn from(Moments { count, mean: [a, b], squares: [c, d, e] }: Moments) -> Self {
        Self { count, bits: [a, b, c, d, e].map(f64::to_bits) }
    }
}

impl From<Stored> for Moments {
    fn from(Stored { count, bits }: Stored) -> Self {
        let [a, b, c, d, e] = bits.map(f64::from_bits);
        Self { count, mean: [a, b], squares: [c, d, e] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LEVEL: Level = Level::NINETY_FIVE;

    fn near(got: f64, expected: f64) {
        assert!((got - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{got} against {expected}");
    }

    #[test]
    fn intervals_of_means_and_differences_are_those_of_a_textbook() {
        // Student, "The Probable Error of a Mean", Biometrika 6 (1908): hours of sleep gained by ten patients from two
        // drugs. By R, `t.test(b, a, paired = TRUE)`: 1.58, from 0.7001142 to 2.4598858.
        let a = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        let b = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        let sleep = Moments::of(a.into_iter().zip(b));
        let found = sleep.difference(LEVEL).expect("ten pairs");
        near(found.value, 1.58);
        assert!(
            (found.low - 0.700_114_2).abs() < 5e-8 && (found.high - 2.459_885_8).abs() < 5e-8,
            "{found:?}"
        );
        near(sleep.means()[0], 0.75);
        let mean = sleep.mean(LEVEL).expect("ten pairs");
        assert!((mean.low + 0.529_780_4).abs() < 5e-7 && (mean.high - 2.029_780_4).abs() < 5e-7, "{mean:?}");
    }

    #[test]
    fn a_ratio_is_of_sums_and_its_error_that_of_the_residuals() {
        let pairs = [(1.0, 2.0), (0.0, 4.0), (3.0, 5.0), (2.0, 1.0)];
        let found = Moments::of(pairs).ratio(LEVEL).expect("four pairs");
        near(found.value, 0.5);
        let squares: f64 = pairs.iter().map(|(x, y)| (x - 0.5 * y).powi(2)).sum();
        near(found.high - found.value, LEVEL.errors_of_mean(4) * (squares / 3.0 / 4.0).sqrt() / 3.0);
        assert_eq!(Moments::of([(1.0, 0.0), (2.0, 0.0)]).ratio(LEVEL), None);
    }

    #[test]
    fn one_number_has_no_interval() {
        assert_eq!(Moments::of([(1.0, 2.0)]).mean(LEVEL), None);
        assert_eq!(Moments::default().ratio(LEVEL), None);
    }

    #[test]
    fn a_small_spread_beside_a_large_mean_is_kept() {
        // Sums of squares would be 1e21, with steps of 131,072 between neighbouring numbers.
        let found = Moments::of((0..1000).map(|k| (1e9 + f64::from(k % 2), 0.0))).mean(LEVEL).expect("many");
        let (half, expected) = (found.high - found.value, (0.25 / 999.0_f64).sqrt());
        assert!((half / LEVEL.errors_of_mean(1000) / expected - 1.0).abs() < 1e-5, "{found:?}");
    }

    #[test]
    fn written_and_read_again_every_bit_is_there() {
        let all = Moments::of((1..50).map(|k| (1.0 / f64::from(k), f64::from(k).sqrt() * 1e17)));
        let text = serde_json::to_string(&all).expect("plain numbers");
        assert_eq!(serde_json::from_str::<Moments>(&text).expect("as written"), all);
    }

    proptest! {
        #[test]
        fn merged_moments_are_those_of_all(
            pairs in proptest::collection::vec((-1e3..1e3_f64, 0.1..1e3_f64), 2..60), cut in 0..60_usize,
        ) {
            let (head, tail) = pairs.split_at(cut.min(pairs.len()));
            let mut merged = Moments::of(head.iter().copied());
            merged.merge(&Moments::of(tail.iter().copied()));
            let whole = Moments::of(pairs.iter().copied());
            prop_assert_eq!(merged.count(), whole.count());
            for (one, other) in [
                (merged.mean(LEVEL), whole.mean(LEVEL)),
                (merged.difference(LEVEL), whole.difference(LEVEL)),
                (merged.ratio(LEVEL), whole.ratio(LEVEL)),
            ] {
                let (one, other) = (one.expect("two"), other.expect("two"));
                for (a, b) in [(one.value, other.value), (one.low, other.low), (one.high, other.high)] {
                    prop_assert!((a - b).abs() <= 1e-9 * (1.0 + b.abs()), "{} against {}", a, b);
                }
            }
        }
    }
}
