//! Where events come from: eight self-exciting processes, each with its own random numbers (REH-7).

use super::draws::{Mark, Stream};
use crate::model::{Model, Own};

/// Milliseconds of a day, and of a year of 365 days.
pub(super) const DAY_MS: f64 = 86_400_000.0;
pub(super) const YEAR_MS: f64 = 365.0 * DAY_MS;
pub(super) const HOUR_MS: f64 = 3_600_000.0;

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happens {
    /// A false alarm arises in a side's own warning.
    FalseAlarm,
    /// An accident of a side's forces, at the other's cost.
    Accident,
    /// An act of a non-party that can be laid at a side's door.
    NonPartyAct,
    /// An occasion on which a side could gain by a breach.
    Opportunity,
}

impl Happens {
    /// Every kind, in the order of the sources.
    pub const ALL: [Self; 4] = [Self::FalseAlarm, Self::Accident, Self::NonPartyAct, Self::Opportunity];

    fn numbers(self) -> (Own, Own) {
        match self {
            Self::FalseAlarm => (Own::FalseAlarms, Own::FalseAlarmBurst),
            Self::Accident => (Own::Accidents, Own::AccidentBurst),
            Self::NonPartyAct => (Own::NonPartyActs, Own::NonPartyBurst),
            Self::Opportunity => (Own::Opportunities, Own::OpportunityBurst),
        }
    }
}

/// One source: a Hawkes process with an exponential kernel that begins without a past. Events come at the rate
/// `base + excess`; each adds `jump` to the excess, which dies away at `decay`. With `rate` in the long run and `burst`
/// further events that each brings on, `base = rate (1 - burst)` and `jump = burst decay`; without a burst it is a Poisson
/// process. Drawn exactly, gap by gap (Dassios and Zhao, Electronic Communications in Probability 18, 2013).
#[derive(Clone, Copy, Debug)]
pub(super) struct Source {
    base: f64,
    jump: f64,
    decay: f64,
    excess: f64,
    at_ms: f64,
    /// The same after the event before the one that is drawn, or where it was drawn afresh.
    before: (f64, f64),
    stream: Stream,
}

impl Source {
    /// The source of a kind of event of a side, which numbers its own draws.
    pub(super) fn new(model: &Model, kind: Happens, side: usize, mark: Mark) -> Self {
        let (rate, burst) = kind.numbers();
        let (rate, burst) = (model.own(rate, side) / YEAR_MS, model.own(burst, side));
        let decay = 1.0 / (model.own(Own::BurstDays, side) * DAY_MS);
        Self {
            base: rate * (1.0 - burst),
            jump: burst * decay,
            decay,
            excess: 0.0,
            at_ms: 0.0,
            before: (0.0, 0.0),
            stream: Stream::of(mark),
        }
    }

    /// Draws the event that was given last afresh, none having come by then: what is left of the excess is all that
    /// matters (REH-31).
    pub(super) fn draw_afresh(&mut self, now_ms: f64, mark: Mark) -> f64 {
        let (before, excess) = self.before;
        self.at_ms = before.max(now_ms);
        self.excess = excess * (-self.decay * (self.at_ms - before)).exp();
        self.stream = Stream::of(mark);
        self.next()
    }

    /// Milliseconds from the beginning to the next event; infinite if there is none.
    pub(super) fn next(&mut self) -> f64 {
        if self.base <= 0.0 {
            return f64::INFINITY;
        }
        self.before = (self.at_ms, self.excess);
        let mut gap = -self.stream.next().ln() / self.base;
        if self.jump > 0.0 {
            // Drawn also where there is no excess, so that the number of draws says nothing.
            let reach = 1.0 + self.decay * self.stream.next().ln() / self.excess;
            if self.excess > 0.0 && reach > 0.0 {
                gap = gap.min(-reach.ln() / self.decay);
            }
            self.excess = self.excess * (-self.decay * gap).exp() + self.jump;
        }
        self.at_ms += gap;
        self.at_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(rate: f64, burst: f64) -> Model {
        let mut model = Model::default();
        model.set("first.false_alarms_per_year", rate).unwrap();
        model.set("first.false_alarm_burst", burst).unwrap();
        model
    }

    fn times(model: &Model, run: u64, until_ms: f64) -> Vec<f64> {
        let mut source = Source::new(model, Happens::FalseAlarm, 0, Mark::run(5, run).child(0));
        std::iter::from_fn(|| Some(source.next())).take_while(|at| *at < until_ms).collect()
    }

    /// Mean and variance of the number of events within so many years.
    fn count(rate: f64, burst: f64, years: f64) -> (f64, f64) {
        let (model, runs) = (model(rate, burst), 4_000);
        let counts: Vec<f64> =
            (0..runs).map(|run| times(&model, run, years * YEAR_MS).len() as f64).collect();
        let mean = counts.iter().sum::<f64>() / runs as f64;
        (mean, counts.iter().map(|count| (count - mean) * (count - mean)).sum::<f64>() / (runs - 1) as f64)
    }

    // REH-7
    #[test]
    fn without_a_burst_events_are_those_of_a_poisson_process() {
        let (mean, variance) = count(6.0, 0.0, 2.0);
        assert!((mean - 12.0).abs() < 0.25 && (variance - 12.0).abs() < 1.2, "{mean} {variance}");
    }

    // REH-7
    #[test]
    fn a_burst_clusters_events_and_leaves_their_rate_as_it_was() {
        // In the long run the variance of the count is the mean over (1 - burst)^2.
        let (mean, variance) = count(6.0, 0.5, 10.0);
        assert!((mean - 60.0).abs() < 1.2, "{mean}");
        assert!((variance / mean - 4.0).abs() < 0.5, "{variance}");
    }

    // REH-7
    #[test]
    fn nothing_comes_from_a_source_without_a_rate() {
        assert!(times(&model(0.0, 0.5), 1, 1e30).is_empty());
    }

    // REH-8
    #[test]
    fn a_higher_rate_brings_the_same_events_sooner() {
        let (slow, fast) =
            (times(&model(2.0, 0.0), 9, 20.0 * YEAR_MS), times(&model(4.0, 0.0), 9, 10.0 * YEAR_MS));
        assert_eq!(slow.len(), fast.len());
        assert!(slow.iter().zip(&fast).all(|(slow, fast)| (slow / fast - 2.0).abs() < 1e-9));
    }
}
