//! What a side has to gain and to lose, and when it therefore breaks restraint or lets it end (REH-21 to REH-23).

use super::sources::YEAR_MS;
use crate::model::{Model, Own};

/// Days of a year, as rates count it.
const DAYS_A_YEAR: f64 = YEAR_MS / 86_400_000.0;

/// Values of a side in units of payoff, discounted at its impatience for ever.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stakes {
    /// Impatience a day.
    impatience: f64,
    /// Payoff of a day of restraint.
    reward: f64,
    /// Feared breaks a day by an other that keeps no faith.
    feared: f64,
    /// Value of being broken with.
    betrayed: f64,
    /// Value of an advantage of one occasion of mean size.
    gain: f64,
    /// Value of what comes after an advantage.
    after: f64,
    /// Value of no restraint.
    outside: f64,
    strong: f64,
}

impl Stakes {
    pub(super) fn of(model: &Model, side: usize) -> Self {
        let own = |which| model.own(which, side);
        let impatience = own(Own::Impatience) / DAYS_A_YEAR;
        // Discounted days of an advantage, and those after it.
        let days = -(-impatience * own(Own::AdvantageDays)).exp_m1() / impatience;
        let after = own(Own::Punishment) * (1.0 / impatience - days);
        Self {
            impatience,
            reward: own(Own::Reward),
            feared: own(Own::FearedBreaks) / DAYS_A_YEAR,
            betrayed: own(Own::Sucker) * days + after,
            gain: own(Own::Temptation) * days,
            after,
            outside: own(Own::Punishment) / impatience,
            strong: own(Own::StrongTemptation),
        }
    }

    /// The value of keeping restraint: the reward until the feared break comes.
    fn keep(&self, credence: f64) -> f64 {
        let feared = (1.0 - credence) * self.feared;
        (self.reward + feared * self.betrayed) / (self.impatience + feared)
    }

    fn gain(&self, strong: bool) -> f64 {
        if strong { self.gain * self.strong } else { self.gain }
    }

    /// The size from which on an occasion is worth a breach, in mean sizes (REH-22).
    pub(super) fn tempting(&self, credence: f64, strong: bool) -> f64 {
        let gain = self.gain(strong);
        if gain > 0.0 { (self.keep(credence) - self.after) / gain } else { f64::INFINITY }
    }

    /// What it would lose by acting on a threat (REH-23).
    pub(super) fn margin(&self, credence: f64, strong: bool) -> f64 {
        self.keep(credence) - self.gain(strong) - self.after
    }

    /// Whether restraint is worth as much as none (REH-21).
    pub(super) fn worth_keeping(&self, credence: f64) -> bool {
        self.keep(credence) >= self.outside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stakes(changes: &[(&str, f64)]) -> Stakes {
        let mut model = Model::default();
        changes.iter().for_each(|(key, value)| model.set(key, *value).unwrap());
        Stakes::of(&model, 0)
    }

    // REH-22
    #[test]
    fn values_are_those_of_the_formulas() {
        // An impatience of 0.365 a year is 0.001 a day; nobody fears anything.
        let calm = stakes(&[
            ("impatience_per_year", 0.365),
            ("advantage_days", 100.0),
            ("feared_breaks_per_year", 0.0),
        ]);
        let days = (1.0 - (-0.1f64).exp()) / 0.001;
        assert!((calm.keep(0.5) - 3000.0).abs() < 1e-9);
        let expected = (3000.0 - (1000.0 - days)) / (5.0 * days);
        assert!((calm.tempting(0.5, false) - expected).abs() < 1e-9);
        assert!((calm.tempting(0.5, true) - expected / 2.0).abs() < 1e-9);
        assert!((calm.margin(0.5, false) - (3000.0 - 5.0 * days - (1000.0 - days))).abs() < 1e-9);
        assert!(calm.worth_keeping(0.0));
    }

    // REH-21, REH-22
    #[test]
    fn fear_makes_a_breach_tempting_and_restraint_worth_little() {
        let fearful = stakes(&[("feared_breaks_per_year", 2000.0)]);
        assert!(fearful.tempting(0.1, false) < fearful.tempting(0.9, false));
        assert!(!fearful.worth_keeping(0.1));
        assert!(stakes(&[]).worth_keeping(0.1));
    }
}
