//! What many matches add up to, kept as whole numbers: the order in which they were played leaves no trace.

use super::Payoffs;
use super::play::Tally;
use std::num::NonZeroU16;

/// Mean scores of matches of one kind, with what their standard errors need.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    payoffs: Payoffs,
    turns: NonZeroU16,
    matches: u64,
    /// Sums of the first side's defections, the second's, and turns in which both defected.
    sums: [u128; 3],
    /// Sums of their products, row by row.
    products: [[u128; 3]; 3],
}

impl Sample {
    /// A sample without matches.
    pub(super) fn new(payoffs: Payoffs, turns: NonZeroU16) -> Self {
        Self { payoffs, turns, matches: 0, sums: [0; 3], products: [[0; 3]; 3] }
    }

    /// Adds a handful of matches (fewer than 2^32).
    pub(super) fn add(&mut self, tallies: impl Iterator<Item = Tally>) {
        let (mut sums, mut products) = ([0u64; 3], [[0u64; 3]; 3]);
        for Tally { defections: [a, b], both } in tallies {
            let counts = [a, b, both].map(u64::from);
            for (one, sum) in sums.iter_mut().enumerate() {
                *sum += counts[one];
                for (other, product) in products[one].iter_mut().enumerate() {
                    *product += counts[one] * counts[other];
                }
            }
            self.matches += 1;
        }
        for (all, these) in self.sums.iter_mut().zip(sums) {
            *all += u128::from(these);
        }
        for (all, these) in self.products.as_flattened_mut().iter_mut().zip(products.as_flattened()) {
            *all += u128::from(*these);
        }
    }

    /// Adds the matches of another sample of the same kind.
    pub fn merge(&mut self, other: &Self) {
        self.matches += other.matches;
        for (all, these) in self.sums.iter_mut().zip(other.sums) {
            *all += these;
        }
        for (all, these) in self.products.as_flattened_mut().iter_mut().zip(other.products.as_flattened()) {
            *all += these;
        }
    }

    /// How many matches were played.
    pub fn matches(&self) -> u64 {
        self.matches
    }

    /// What each side earned a turn, on average over all matches.
    pub fn mean(&self) -> [f64; 2] {
        self.weights().map(|weights| {
            let sum: f64 = weights.iter().zip(self.sums).map(|(weight, sum)| weight * sum as f64).sum();
            self.payoffs.reward + sum / self.matches as f64 / self.turns()
        })
    }

    /// The standard errors of the means, from the spread between matches; infinite for a single match.
    pub fn standard_error(&self) -> [f64; 2] {
        if self.matches < 2 {
            return [f64::INFINITY; 2];
        }
        let matches = self.matches as f64;
        self.weights().map(|weights| {
            let mut squares = 0.0;
            for (one, other) in (0..3).flat_map(|one| (0..3).map(move |other| (one, other))) {
                let apart = self.sums[one] as f64 * self.sums[other] as f64 / matches;
                squares += weights[one] * weights[other] * (self.products[one][other] as f64 - apart);
            }
            (squares.max(0.0) / (matches - 1.0) / matches).sqrt() / self.turns()
        })
    }

    fn turns(&self) -> f64 {
        f64::from(self.turns.get())
    }

    /// What one more of each count is worth to each side, against cooperating together.
    fn weights(&self) -> [[f64; 3]; 2] {
        let Payoffs { temptation, reward, punishment, sucker } = self.payoffs;
        let both = punishment - temptation - sucker + reward;
        [[temptation - reward, sucker - reward, both], [sucker - reward, temptation - reward, both]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TALLIES: [Tally; 3] = [
        Tally { defections: [1, 2], both: 1 },
        Tally { defections: [0, 0], both: 0 },
        Tally { defections: [4, 3], both: 3 },
    ];

    fn sample(tallies: &[Tally]) -> Sample {
        let mut sample = Sample::new(Payoffs::STANDARD, NonZeroU16::new(4).unwrap());
        sample.add(tallies.iter().copied());
        sample
    }

    #[test]
    fn means_and_errors_are_those_of_the_scores() {
        // Turn by turn: CC, CC, DD, CD; CC four times; DD three times and DC.
        let scores = [[(3.0 + 3.0 + 1.0 + 0.0) / 4.0, 3.0, 8.0 / 4.0], [12.0 / 4.0, 3.0, 3.0 / 4.0]];
        let all = sample(&TALLIES);
        for (side, scores) in scores.iter().enumerate() {
            let mean = scores.iter().sum::<f64>() / 3.0;
            let variance = scores.iter().map(|score| (score - mean) * (score - mean)).sum::<f64>() / 2.0;
            assert!((all.mean()[side] - mean).abs() < 1e-14);
            assert!((all.standard_error()[side] - (variance / 3.0).sqrt()).abs() < 1e-14);
        }
    }

    #[test]
    fn samples_merge_in_any_order_to_the_same() {
        let mut forth = sample(&TALLIES[..1]);
        forth.merge(&sample(&TALLIES[1..]));
        let mut back = sample(&TALLIES[1..]);
        back.merge(&sample(&TALLIES[..1]));
        assert_eq!(forth, back);
        assert_eq!(forth, sample(&TALLIES));
        assert_eq!(sample(&TALLIES[..1]).standard_error(), [f64::INFINITY; 2]);
        assert_eq!(forth.matches(), 3);
    }
}
