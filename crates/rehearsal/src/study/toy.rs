//! A trial with known answers, to test studies with.

use super::plan::{YEAR_MS, mix};
use crate::run::{Cause, Run, Trial};

/// Restraint that holds to the horizon with a probability, or else ends at a time evenly spread before it; a tenth of
/// its time in question, and a cost a year, both on average and independent of all else.
#[derive(Clone, Copy, Debug)]
pub(super) struct Coin {
    /// The probability of holding to the horizon.
    pub holds: f64,
    /// Cost a year.
    pub cost: f64,
    /// The horizon in milliseconds.
    pub horizon_ms: u64,
    /// Coins of other salts see other random numbers.
    pub salt: u64,
}

impl Coin {
    /// A coin over two years.
    pub fn new(holds: f64) -> Self {
        Self { holds, cost: 3.0, horizon_ms: 2 * YEAR_MS, salt: 0 }
    }

    /// Survival to a part of the horizon.
    pub fn survival(&self, part: f64) -> f64 {
        1.0 - (1.0 - self.holds) * part
    }
}

impl Trial for Coin {
    fn run(&self, seed: u64, run: u64) -> Run {
        let key = mix(seed).wrapping_add(mix(run ^ 0x5eed)).wrapping_add(mix(!self.salt));
        let draw = |stream: u64| (mix(key ^ mix(stream)) >> 11) as f64 / (1_u64 << 53) as f64;
        let luck = draw(1);
        let part = if luck < self.holds { 1.0 } else { (1.0 - luck) / (1.0 - self.holds) };
        let held_ms = (part * self.horizon_ms as f64) as u64;
        let years = held_ms as f64 / YEAR_MS as f64;
        Run {
            held_ms,
            cause: (part < 1.0).then(|| Cause::ALL[(draw(2) * 6.0) as usize]),
            question_ms: (held_ms as f64 * 0.2 * draw(3)) as u64,
            alarms: 0,
            incidents: 0,
            cost: self.cost * years * 2.0 * draw(4),
        }
    }

    fn horizon_ms(&self) -> u64 {
        self.horizon_ms
    }
}
