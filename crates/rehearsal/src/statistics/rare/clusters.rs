//! Two false alarms within a window, as a trial that can be split.

use super::{Advance, Staged, uniform};
use crate::models::false_alarms::{Clusters, FalseAlarmError};
use crate::run::{Cause, Run, Trial};
use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};

/// Milliseconds of a year of 365 days.
const YEAR_MS: f64 = 365.0 * 86_400_000.0;

/// An arrangement that two incidents within a window bring down, run to a horizon: the model of
/// [`crate::models::false_alarms::Clusters`], whose answer is exact.
///
/// Its level is how close two incidents came: at level `l` the later of two followed within
/// `horizon^(1-l) window^l`, and before the horizon. How close exactly is drawn only when the next level asks for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClusterTrial {
    model: Clusters,
    rate: f64,
    window: f64,
    years: f64,
}

/// A trial under way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClusterState {
    /// Years from the beginning to the last incident.
    now: f64,
    /// Whether there was one.
    begun: bool,
    /// Within how many years the next is known to follow, if it is known.
    within: Option<f64>,
}

impl ClusterTrial {
    /// Incidents `rate_a_year` times a year; two within `window_years` bring the arrangement down, if they do so within
    /// `years`. Refuses what is no rate, no window or no time, and a window or a time of none.
    pub fn new(rate_a_year: f64, window_years: f64, years: f64) -> Result<Self, FalseAlarmError> {
        let model = Clusters::new(rate_a_year, window_years)?;
        model.breakdown(years)?;
        if window_years <= 0.0 {
            return Err(FalseAlarmError::Window(window_years));
        }
        if years <= 0.0 {
            return Err(FalseAlarmError::Years(years));
        }
        Ok(Self { model, rate: rate_a_year, window: window_years, years })
    }

    /// The exact probability of breakdown.
    pub fn exact(&self) -> Result<f64, FalseAlarmError> {
        self.model.breakdown(self.years)
    }

    /// How close two incidents have come at a level, in years.
    fn window_at(&self, level: f64) -> f64 {
        if level >= 1.0 {
            return self.window;
        }
        let widest = self.years.max(self.window);
        widest.powf(1.0 - level) * self.window.powf(level)
    }

    /// The probability that an incident comes within so many years.
    fn comes(&self, years: f64) -> f64 {
        -(-self.rate * years.max(0.0)).exp_m1()
    }

    /// The years within which an incident comes with a probability.
    fn years_to(&self, probability: f64) -> f64 {
        -(-probability).ln_1p() / self.rate
    }
}

impl Staged for ClusterTrial {
    type State<'a> = ClusterState;

    fn start(&self, _seed: u64, _run: u64) -> ClusterState {
        ClusterState { now: 0.0, begun: false, within: None }
    }

    fn advance(&self, state: &mut ClusterState, until_level: f64, rng: &mut dyn RngCore) -> Advance {
        let window = self.window_at(until_level);
        while state.now <= self.years {
            if !state.begun {
                state.now = self.years_to(uniform(rng));
                state.begun = true;
                continue;
            }
            let close = window.min(self.years - state.now);
            let (reached, known) = (self.comes(close), state.within.map_or(1.0, |within| self.comes(within)));
            let drawn = uniform(rng) * known;
            if drawn < reached {
                state.within = Some(close.min(state.within.unwrap_or(close)));
                return Advance::Reached;
            }
            state.now += self.years_to(drawn);
            state.within = None;
        }
        Advance::Over
    }
}

impl Trial for ClusterTrial {
    /// One run; it costs nothing, is in question at no time, and counts only the two alarms that brought it down.
    fn run(&self, seed: u64, run: u64) -> Run {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(run);
        let mut state = self.start(seed, run);
        let broke = self.advance(&mut state, 1.0, &mut rng) == Advance::Reached;
        let cause = broke.then_some(Cause::FalseAlarm);
        let within = self.comes(state.within.unwrap_or(0.0));
        let years = if broke { state.now + self.years_to(uniform(&mut rng) * within) } else { self.years };
        let held_ms = (years.min(self.years) * YEAR_MS) as u64;
        let incidents = 2 * u32::from(broke);
        Run { held_ms, cause, question_ms: 0, alarms: incidents, incidents, cost: 0.0 }
    }

    fn horizon_ms(&self) -> u64 {
        (self.years * YEAR_MS) as u64
    }
}
