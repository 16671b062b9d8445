//! The repeated prisoner's dilemma with noise: each executed move flips independently with some probability.
//!
//! Strategies are machines that see executed moves, their own included. What they earn is solved exactly ([`exact`])
//! and played ([`play`]).

mod chain;
pub mod exact;
mod generosity;
mod lanes;
mod machine;
mod oracles;
pub mod play;
mod sample;

pub use generosity::{generosity_limit, generosity_limit_found, invasion_limit};
pub use machine::{Machine, NODES_MAX, Node, PUNISHMENT_TURNS_MAX, Strategy};
pub use oracles::oracles;
pub use sample::Sample;

/// The smallest probability above 0 that is taken: a rarer event is not one that a player of 32 bits could show.
pub const PROBABILITY_MIN: f64 = 1e-9;

/// Why a game or a strategy is refused.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum RepeatedError {
    /// A value that should be a probability is not.
    #[error("{name} is {value}: a probability is 0, or lies between {PROBABILITY_MIN} and 1")]
    Probability {
        /// What the value stands for.
        name: &'static str,
        /// The value.
        value: f64,
    },
    /// A payoff is infinite or not a number.
    #[error("a payoff is {0}: payoffs are finite numbers")]
    Payoff(f64),
    /// A trigger punishes for no time, or for longer than its machine has states.
    #[error("a punishment of {0} turns: it lasts from 1 to {PUNISHMENT_TURNS_MAX}")]
    Punishment(u32),
    /// A machine has no states, or too many.
    #[error("a machine of {0} states: it has from 1 to {NODES_MAX}")]
    Nodes(usize),
    /// A state of a machine leads to one that is not there.
    #[error("state {from} of a machine leads to state {to}, which it does not have")]
    Lost {
        /// The state, from 0.
        from: usize,
        /// The state that is missing.
        to: u8,
    },
}

/// What one side earns in a turn, by what both did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Payoffs {
    /// For defecting alone.
    pub temptation: f64,
    /// For cooperating together.
    pub reward: f64,
    /// For defecting together.
    pub punishment: f64,
    /// For cooperating alone.
    pub sucker: f64,
}

impl Payoffs {
    /// 5, 3, 1 and 0, as in Axelrod's tournaments (The Evolution of Cooperation, 1984).
    pub const STANDARD: Self = Self { temptation: 5.0, reward: 3.0, punishment: 1.0, sucker: 0.0 };
}

/// Payoffs and noise, checked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Game {
    payoffs: Payoffs,
    noise: f64,
}

impl Game {
    /// A game in which each executed move flips with probability `noise`; errors on an impossible one and on payoffs
    /// that are not finite.
    pub fn new(payoffs: Payoffs, noise: f64) -> Result<Self, RepeatedError> {
        let Payoffs { temptation, reward, punishment, sucker } = payoffs;
        match [temptation, reward, punishment, sucker].into_iter().find(|payoff| !payoff.is_finite()) {
            Some(payoff) => Err(RepeatedError::Payoff(payoff)),
            None => Ok(Self { payoffs, noise: probability("noise", noise)? }),
        }
    }

    /// The probability that an executed move flips.
    pub fn noise(&self) -> f64 {
        self.noise
    }

    /// What one earns in a turn, by what both did.
    pub fn payoffs(&self) -> Payoffs {
        self.payoffs
    }

    /// What both sides earn by outcome: both cooperated, only the second defected, only the first, both.
    fn paid(&self, outcome: usize) -> [f64; 2] {
        let Payoffs { temptation, reward, punishment, sucker } = self.payoffs;
        match outcome {
            0 => [reward; 2],
            1 => [sucker, temptation],
            2 => [temptation, sucker],
            _ => [punishment; 2],
        }
    }

    /// The probabilities of being seen to cooperate and to defect, for one who means to cooperate with some
    /// probability; each is summed by itself, so that a rare one keeps its digits.
    fn seen(&self, cooperates: f64) -> [f64; 2] {
        let (kept, flipped) = (1.0 - self.noise, self.noise);
        let defects = 1.0 - cooperates;
        [cooperates * kept + defects * flipped, cooperates * flipped + defects * kept]
    }
}

fn probability(name: &'static str, value: f64) -> Result<f64, RepeatedError> {
    let possible = value == 0.0 || (PROBABILITY_MIN..=1.0).contains(&value);
    possible.then_some(value).ok_or(RepeatedError::Probability { name, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_games_are_refused() {
        for noise in [-0.01, 1.01, 1e-10, f64::NAN, f64::INFINITY] {
            let refusal = Game::new(Payoffs::STANDARD, noise).unwrap_err();
            assert!(
                refusal.to_string().contains("a probability is 0, or lies between 0.000000001 and 1"),
                "{refusal}"
            );
        }
        let endless = Payoffs { sucker: f64::NEG_INFINITY, ..Payoffs::STANDARD };
        assert_eq!(Game::new(endless, 0.1), Err(RepeatedError::Payoff(f64::NEG_INFINITY)));
    }
}
