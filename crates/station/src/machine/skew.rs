//! Whether the beats keep to this machine's clock (ALARM-6). A clock that is wrong stays wrong, and a machine that stood
//! still for a moment does not: beats must have come apart for some time.

use crate::limits::{SKEW_BEATS, SKEW_MS_MIN, STOP_BEATS};
use backchannel_wire::UtcMs;

/// What a beat changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Beats have come apart long enough; by so many milliseconds now.
    Apart(u64),
    /// They come in their time again.
    InTime,
}

/// How the beats came of late.
pub(super) struct Skew {
    raised: bool,
    /// Since when beats have been apart without a break.
    since: Option<UtcMs>,
    /// When this machine was last seen to run.
    ran: Option<UtcMs>,
    /// When it last went on after it had stood still.
    stood: UtcMs,
}

impl Skew {
    /// As it is found again: an alarm that was open stays open.
    pub(super) fn new(raised: bool) -> Self {
        Self { raised, since: None, ran: None, stood: UtcMs(0) }
    }

    /// The machine runs: told about once a beat, and with every beat that comes.
    pub(super) fn runs(&mut self, now: UtcMs, beat_ms: u32) {
        let stop = STOP_BEATS * u64::from(beat_ms);
        // Before anything was seen to run it may have stood still; a clock that was set back tells nothing.
        if self.ran.is_none_or(|ran| now.0.saturating_sub(ran.0) > stop) {
            self.stood = now;
        }
        self.ran = Some(now);
    }

    /// A beat came that was due at `due`, on a channel whose beat has `beat_ms` milliseconds.
    pub(super) fn beat(&mut self, due: UtcMs, now: UtcMs, beat_ms: u32) -> Option<Found> {
        self.runs(now, beat_ms);
        let beat_ms = u64::from(beat_ms);
        let limit = SKEW_MS_MIN.max(2 * beat_ms);
        let apart = due.0.abs_diff(now.0);
        if apart <= limit {
            self.since = None;
            let settled = self.raised && apart <= limit / 2;
            self.raised &= !settled;
            return settled.then_some(Found::InTime);
        }
        // A beat that comes late was late before it came, as far as this machine ran meanwhile.
        let begins = if due < now { due.0.saturating_add(limit).max(self.stood.0).min(now.0) } else { now.0 };
        // A clock that was set back meanwhile begins anew.
        let since = self.since.filter(|since| since.0 <= now.0).unwrap_or(UtcMs(begins));
        self.since = Some(since);
        if self.raised || now.0 - since.0 < SKEW_BEATS * beat_ms {
            return None;
        }
        self.raised = true;
        Some(Found::Apart(apart))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEAT_MS: u32 = 250;

    fn at(beat: u64) -> UtcMs {
        UtcMs(1_000_000 + beat * u64::from(BEAT_MS))
    }

    /// What beats changed, each `(due, came)` in beats after the first.
    fn after(skew: &mut Skew, beats: impl IntoIterator<Item = (u64, u64)>) -> Vec<Found> {
        beats.into_iter().filter_map(|(due, came)| skew.beat(at(due), at(came), BEAT_MS)).collect()
    }

    /// The same, held back `held` at a time by a relay or a line while this machine runs.
    fn held_back(held: u64) -> Vec<Found> {
        let mut skew = Skew::new(false);
        let mut found = Vec::new();
        for now in 0..200 {
            skew.runs(at(now), BEAT_MS);
            if now % held == 0 {
                found.extend(after(&mut skew, (now.saturating_sub(held - 1)..=now).map(|due| (due, now))));
            }
        }
        found
    }

    #[test]
    fn beats_that_are_held_back_while_this_machine_runs_are_told_however_they_come() {
        assert_eq!(held_back(16), [], "less than eight beats over what is allowed");
        assert_eq!(held_back(20)[0], Found::Apart(19 * u64::from(BEAT_MS)));
    }

    // ALARM-6
    #[test]
    fn beats_that_came_at_once_after_a_stop_are_no_skew() {
        let mut skew = Skew::new(false);
        // A machine stands still for twenty beats, takes them all in one moment, and keeps up from there on.
        let stopped = (0..20).map(|beat| (beat, 20)).chain((20..60).map(|beat| (beat, beat)));
        assert_eq!(after(&mut skew, stopped), []);
        // Nor are stops that come again and again.
        let again = (0..200).map(|beat: u64| (beat, beat.next_multiple_of(16)));
        assert_eq!(after(&mut skew, again), []);
    }

    #[test]
    fn beats_that_stay_apart_are_and_are_told_once() {
        for late in [true, false] {
            let shifted = |beat| if late { (beat, beat + 9) } else { (beat + 9, beat) };
            let mut skew = Skew::new(false);
            assert_eq!(after(&mut skew, (0..SKEW_BEATS).map(shifted)), []);
            let told = [Found::Apart(9 * u64::from(BEAT_MS))];
            assert_eq!(after(&mut skew, (SKEW_BEATS..40).map(shifted)), told);
        }
    }

    #[test]
    fn eight_beats_apart_are_within_two_seconds() {
        assert_eq!(after(&mut Skew::new(false), (0..100).map(|beat| (beat, beat + 8))), []);
    }

    #[test]
    fn it_is_over_when_they_come_in_half_of_the_time_allowed() {
        let mut skew = Skew::new(true);
        assert_eq!(after(&mut skew, (0..40).map(|beat| (beat, beat + 5))), []);
        assert_eq!(after(&mut skew, (40..50).map(|beat| (beat, beat + 4))), [Found::InTime]);
    }

    #[test]
    fn a_clock_that_is_set_back_is_found_apart_and_one_put_right_at_once_is_not() {
        let mut skew = Skew::new(false);
        let back =
            (0..4).map(|beat| (beat, beat + 100)).chain((4..4 + SKEW_BEATS).map(|beat| (beat + 100, beat)));
        assert_eq!(after(&mut skew, back), []);
        assert_eq!(after(&mut skew, [(112 + SKEW_BEATS, 12 + SKEW_BEATS)]).len(), 1);
        let mut skew = Skew::new(false);
        let right = (0..4).map(|beat| (beat, beat + 100)).chain((4..40).map(|beat| (beat, beat)));
        assert_eq!(after(&mut skew, right), []);
    }
}
