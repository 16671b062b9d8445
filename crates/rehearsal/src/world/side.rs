//! What one side knows, remembers and has said.

use super::draws::{Draw, Mark};
use super::sources::DAY_MS;
use crate::model::{Model, Own};

/// One side in one run. Instants in milliseconds.
#[derive(Clone, Debug)]
pub(super) struct Side {
    /// It is strong, and alone knows it.
    pub(super) strong: bool,
    /// Odds of its credence, as a logarithm, when they last changed, and since when.
    trust: f64,
    trust_at: u64,
    first_trust: f64,
    half_life: f64,
    /// Until when it has a fault of its own to answer for.
    pub(super) at_fault_until: u64,
    /// Until when it holds an affair against the other.
    pub(super) grudge_until: u64,
    /// Every alarm it noticed.
    pub(super) noticed: Vec<u64>,
    /// Affairs over which its notice stands, or would if the terms knew notice.
    pub(super) notices: u32,
    /// Its notice is in the registry.
    pub(super) gave_notice: bool,
    /// It reaffirmed for the term to come.
    pub(super) reaffirmed: bool,
    /// From when on it thinks of renewal.
    pub(super) renews_at: u64,
}

impl Side {
    pub(super) fn new(model: &Model, side: usize, mark: Mark) -> Self {
        let credence = model.own(Own::Credence, side);
        let trust = (credence / (1.0 - credence)).ln();
        Self {
            strong: mark.chance(Draw::Strong, model.own(Own::Strong, side)),
            trust,
            trust_at: 0,
            first_trust: trust,
            half_life: model.own(Own::QuietDays, side) * DAY_MS,
            at_fault_until: 0,
            grudge_until: 0,
            noticed: Vec::with_capacity(32),
            notices: 0,
            gave_notice: false,
            reaffirmed: false,
            renews_at: u64::MAX,
        }
    }

    /// The logarithm of the odds of its credence at an instant: what it learned fades (REH-12).
    fn trust(&self, now: u64) -> f64 {
        let learned = self.trust - self.first_trust;
        if learned == 0.0 {
            return self.first_trust;
        }
        let quiet = now.saturating_sub(self.trust_at) as f64;
        self.first_trust + learned * (-quiet / self.half_life).exp2()
    }

    /// Its credence: the probability that what looks like a breach of the other is none (REH-12).
    pub(super) fn credence(&self, now: u64) -> f64 {
        1.0 / (1.0 + (-self.trust(now)).exp())
    }

    /// Odds of a breach before it looks at what it saw.
    pub(super) fn odds_of_breach(&self, now: u64) -> f64 {
        (-self.trust(now)).exp()
    }

    /// Learns from an affair by a factor on the odds of its credence (REH-12).
    pub(super) fn learn(&mut self, now: u64, factor: f64) {
        self.trust = (self.trust(now) + factor.ln()).clamp(-TRUST_MAX, TRUST_MAX);
        self.trust_at = now;
    }
}

/// The logarithm of odds beyond which nothing more is learned: one in a billion.
const TRUST_MAX: f64 = 20.7;

#[cfg(test)]
mod tests {
    use super::*;

    // REH-12
    #[test]
    fn credence_moves_by_what_is_learned_and_fades_back() {
        let mut model = Model::default();
        model.set("credence", 0.5).unwrap();
        model.set("quiet_days", 10.0).unwrap();
        let mut side = Side::new(&model, 0, Mark::run(1, 1));
        assert!((side.credence(0) - 0.5).abs() < 1e-12);
        side.learn(0, 4.0);
        assert!((side.credence(0) - 0.8).abs() < 1e-12);
        let later = 10 * 86_400_000;
        // After the half-life the odds are 2 instead of 4.
        assert!((side.credence(later) - 2.0 / 3.0).abs() < 1e-12);
        side.learn(later, 0.5);
        assert!((side.credence(later) - 0.5).abs() < 1e-12);
        assert!((side.odds_of_breach(later) - 1.0).abs() < 1e-12);
    }
}
