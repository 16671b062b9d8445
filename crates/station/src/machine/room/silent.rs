//! Beats in which nobody's cell was sealed in a room: the relay was not there, or nobody was (INCIDENT-4).

use backchannel_accord::limits::MISSED_RUNS_MAX;
use backchannel_wire::Beat;
use minicbor::{Decode, Encode};
use std::collections::VecDeque;

/// Runs of such beats.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Silent {
    /// First and last beat of each, in order; the latest ones.
    #[n(0)]
    runs: VecDeque<(Beat, Beat)>,
}

impl Silent {
    /// Nobody's cell was sealed in these beats, which follow all before.
    pub fn add(&mut self, first: Beat, last: Beat) {
        if last < first {
            return;
        }
        match self.runs.back_mut() {
            Some((_, before)) if first.0 <= before.0.saturating_add(1) => *before = last.max(*before),
            _ => self.runs.push_back((first, last)),
        }
        while self.runs.len() > MISSED_RUNS_MAX {
            self.runs.pop_front();
        }
    }

    /// The beats that are silent in this room and in those runs.
    pub fn within(&self, runs: &[(Beat, Beat)]) -> Vec<(Beat, Beat)> {
        let both = |a: (Beat, Beat), b: (Beat, Beat)| {
            Some((a.0.max(b.0), a.1.min(b.1))).filter(|(first, last)| first <= last)
        };
        self.runs().flat_map(|own| runs.iter().filter_map(move |other| both(own, *other))).collect()
    }

    /// First and last beat of each run.
    pub fn runs(&self) -> impl Iterator<Item = (Beat, Beat)> {
        self.runs.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_silent_in_two_rooms_is_silent_in_both() {
        let mut silent = Silent::default();
        for (first, last) in [(3, 9), (20, 30)] {
            silent.add(Beat(first), Beat(last));
        }
        let runs = [(1, 4), (8, 8), (10, 19), (25, 40)].map(|(first, last)| (Beat(first), Beat(last)));
        let found = [(3, 4), (8, 8), (25, 30)].map(|(first, last)| (Beat(first), Beat(last)));
        assert_eq!(silent.within(&runs), found);
        assert_eq!(Silent::default().within(&runs), []);
    }

    #[test]
    fn runs_that_touch_are_one_and_the_latest_are_kept() {
        let mut silent = Silent::default();
        for (first, last) in [(3, 5), (6, 6), (9, 9), (8, 7)] {
            silent.add(Beat(first), Beat(last));
        }
        assert_eq!(silent.runs().collect::<Vec<_>>(), [(Beat(3), Beat(6)), (Beat(9), Beat(9))]);
        for n in 0..2 * MISSED_RUNS_MAX as u64 {
            silent.add(Beat(20 + 2 * n), Beat(20 + 2 * n));
        }
        assert_eq!(silent.runs().count(), MISSED_RUNS_MAX);
        assert_eq!(
            silent.runs().last(),
            Some((Beat(18 + 4 * MISSED_RUNS_MAX as u64), Beat(18 + 4 * MISSED_RUNS_MAX as u64)))
        );
    }
}
