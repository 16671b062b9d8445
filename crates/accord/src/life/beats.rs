//! Which beats count: those in which the relay sealed somebody's cell in the registry. Those it missed do not.

use super::setting::Clock;
use crate::limits::MISSED_RUNS_MAX;
use backchannel_wire::{Beat, UtcMs};

/// The channel's clock, and the beats that the registry missed: no seat's cell was sealed in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beats {
    clock: Clock,
    /// First and last beat of each run, apart and in order.
    missed: Vec<(Beat, Beat)>,
}

impl Beats {
    /// A clock, and runs of missed beats by their first and last one; the latest [`MISSED_RUNS_MAX`] count.
    pub fn new(clock: Clock, runs: impl IntoIterator<Item = (Beat, Beat)>) -> Self {
        let mut runs: Vec<(Beat, Beat)> = runs.into_iter().filter(|(first, last)| first <= last).collect();
        runs.sort_unstable();
        let mut missed: Vec<(Beat, Beat)> = Vec::new();
        for (first, last) in runs {
            match missed.last_mut() {
                Some((_, before)) if first.0 <= before.0.saturating_add(1) => *before = last.max(*before),
                _ => missed.push((first, last)),
            }
        }
        missed.drain(..missed.len().saturating_sub(MISSED_RUNS_MAX));
        Self { clock, missed }
    }

    /// Beats after that of an instant and up to this one in which the relay was there.
    fn live_since(&self, instant: UtcMs, through: Beat) -> u64 {
        let after = self.clock.beat_of(instant);
        let missed = self.missed.iter().map(|(first, last)| {
            let (first, last) = (first.0.max(after.0.saturating_add(1)), last.0.min(through.0));
            last.saturating_add(1).saturating_sub(first)
        });
        through.0.saturating_sub(after.0).saturating_sub(missed.sum())
    }

    /// Whether what was sealed in a beat, at its end, came before an instant, or within so many beats after it.
    pub(super) fn timely(&self, instant: UtcMs, grace: u64, (beat, sealed): (Beat, UtcMs)) -> bool {
        sealed < instant || grace > 0 && self.live_since(instant, beat) <= grace
    }

    /// Whether nothing that the registry has still to show can be timely for an instant.
    pub(super) fn is_past(&self, instant: UtcMs, grace: u64, seen: Option<Beat>) -> bool {
        grace == 0 || seen.is_some_and(|seen| self.live_since(instant, seen) >= grace)
    }
}
