//! The published numbers, beside what is computed.

use super::exact::{long_run, over};
use super::{Game, Machine, Payoffs, RepeatedError, Strategy, generosity_limit_found};
use crate::models::oracle::Oracle;
use std::num::NonZeroU32;

const TURNS: NonZeroU32 = NonZeroU32::new(200).expect("more than none");
/// Half of the last of six decimals.
const TOLERANCE: f64 = 5e-7;
const REACTIVE: &str = "Nowak and Sigmund, Nature 355 (1992): reactive strategies, two chains of one step";
const PAVLOV: &str = "Nowak and Sigmund, Nature 364 (1993): win-stay, lose-shift";
const STANDING: &str = "Boerlijst, Nowak and Sigmund, J. theor. Biol. 185 (1997): contrition by standing";
const FORGIVING: &str = "Molander, J. Conflict Resolution 29 (1985), with noise of both sides";
const THIRD: Strategy = Strategy::Generous(1.0 / 3.0);

/// What is compared: the name, the strategy played against itself, turns (none: the long run), noise, the number, its
/// source.
type Row = (&'static str, Strategy, Option<NonZeroU32>, f64, f64, &'static str);

const ROWS: [Row; 14] = [
    ("tit-for-tat, long run, noise 1 %", Strategy::TitForTat, None, 0.01, 2.25, REACTIVE),
    ("tit-for-tat, long run, noise 5 %", Strategy::TitForTat, None, 0.05, 2.25, REACTIVE),
    ("generous (1/3), long run, noise 1 %", THIRD, None, 0.01, 2.970322, REACTIVE),
    ("generous (1/3), long run, noise 5 %", THIRD, None, 0.05, 2.859375, REACTIVE),
    ("Pavlov, long run, noise 1 %", Strategy::Pavlov, None, 0.01, 2.951092, PAVLOV),
    ("Pavlov, long run, noise 5 %", Strategy::Pavlov, None, 0.05, 2.776500, PAVLOV),
    ("contrite by standing, long run, noise 1 %", Strategy::Contrite, None, 0.01, 2.9801, STANDING),
    ("contrite by standing, long run, noise 5 %", Strategy::Contrite, None, 0.05, 2.9025, STANDING),
    ("tit-for-tat, 200 turns, noise 1 %", Strategy::TitForTat, Some(TURNS), 0.01, 2.460385, REACTIVE),
    ("tit-for-tat, 200 turns, noise 5 %", Strategy::TitForTat, Some(TURNS), 0.05, 2.289671, REACTIVE),
    ("generous (1/3), 200 turns, noise 1 %", THIRD, Some(TURNS), 0.01, 2.970606, REACTIVE),
    ("generous (1/3), 200 turns, noise 5 %", THIRD, Some(TURNS), 0.05, 2.860503, REACTIVE),
    ("Pavlov, 200 turns, noise 1 %", Strategy::Pavlov, Some(TURNS), 0.01, 2.951286, PAVLOV),
    ("Pavlov, 200 turns, noise 5 %", Strategy::Pavlov, Some(TURNS), 0.05, 2.777355, PAVLOV),
];

const LIMITS: [(&str, f64, f64); 2] = [
    ("largest safe generosity, noise 1 %", 0.01, 0.325378),
    ("largest safe generosity, noise 5 %", 0.05, 0.289617),
];

/// Every published number of this model, computed anew.
pub fn oracles() -> Vec<Oracle> {
    let values = ROWS.iter().map(|(name, strategy, turns, noise, expected, source)| {
        let got = value(*strategy, *turns, *noise).unwrap_or(f64::NAN);
        Oracle { name, source, expected: *expected, tolerance: TOLERANCE, got }
    });
    let limits = LIMITS.iter().map(|(name, noise, expected)| {
        let game = Game::new(Payoffs::STANDARD, *noise).ok();
        let got = game.and_then(|game| generosity_limit_found(&game)).unwrap_or(f64::NAN);
        Oracle { name, source: FORGIVING, expected: *expected, tolerance: TOLERANCE, got }
    });
    values.chain(limits).collect()
}

fn value(strategy: Strategy, turns: Option<NonZeroU32>, noise: f64) -> Result<f64, RepeatedError> {
    let game = Game::new(Payoffs::STANDARD, noise)?;
    let machine = Machine::of(strategy)?;
    let [value, _] = match turns {
        Some(turns) => over(&game, &machine, &machine, turns),
        None => long_run(&game, &machine, &machine),
    };
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_published_number_comes_out() {
        for oracle in oracles() {
            assert!(oracle.passed(), "{}: {}, not {}", oracle.name, oracle.got, oracle.expected);
        }
    }
}
