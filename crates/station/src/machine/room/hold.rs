//! For how long content waits because a commit is in flight (docs/spec/transport.md, TRANSPORT-7 and TRANSPORT-9).

use crate::limits::{HOLD_BEATS_MAX, HOLD_BUDGET_BEATS, HOLD_LEAK_BEATS};
use backchannel_wire::limits::SEATS_MAX;
use backchannel_wire::{Beat, SeatNo};
use minicbor::{Decode, Encode};

/// Whose commit is in flight, and how much waiting each seat has caused lately.
#[derive(Clone, Default, Encode, Decode)]
pub struct Hold {
    #[n(0)]
    since: Option<(Beat, SeatNo)>,
    /// Beats of waiting caused by each seat, less one for each [`HOLD_LEAK_BEATS`].
    #[n(1)]
    spent: [u64; SEATS_MAX],
}

impl Hold {
    /// A part of a commit came on this seat. A seat that has held others up for its share holds nobody up.
    pub fn fragment(&mut self, seat: SeatNo, at: Beat) {
        if self.since.is_none() && self.spent[seat.index()] < HOLD_BUDGET_BEATS {
            self.since = Some((at, seat));
        }
    }

    /// A commit came whole, or took effect.
    pub fn end(&mut self) {
        self.since = None;
    }

    /// A beat was sealed.
    pub fn beat(&mut self, at: Beat) {
        if at.0.is_multiple_of(HOLD_LEAK_BEATS) {
            self.spent.iter_mut().for_each(|spent| *spent = spent.saturating_sub(1));
        }
        let Some((seen, seat)) = self.since else { return };
        self.spent[seat.index()] += 1;
        if at.since(seen) > HOLD_BEATS_MAX || self.spent[seat.index()] >= HOLD_BUDGET_BEATS {
            self.since = None;
        }
    }

    /// Whether a commit of another member is in flight.
    pub fn is_on(&self, now: Beat) -> bool {
        self.since.is_some_and(|(seen, _)| now.since(seen) <= HOLD_BEATS_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seat(n: u8) -> SeatNo {
        SeatNo::new(n).unwrap()
    }

    // TRANSPORT-9
    #[test]
    fn a_seat_that_begins_commits_for_ever_holds_others_up_for_its_share_only() {
        let mut hold = Hold::default();
        let beats = 10_000;
        let mut held = 0;
        for beat in 0..beats {
            hold.fragment(seat(1), Beat(beat));
            held += u64::from(hold.is_on(Beat(beat)));
            hold.beat(Beat(beat));
        }
        assert!(held >= HOLD_BUDGET_BEATS);
        assert!(held <= HOLD_BUDGET_BEATS + beats / HOLD_LEAK_BEATS + 1, "{held}");
    }

    // TRANSPORT-9
    #[test]
    fn a_spent_seat_takes_nothing_from_the_others() {
        let mut hold = Hold::default();
        for beat in 0..HOLD_BUDGET_BEATS * 2 {
            hold.fragment(seat(1), Beat(beat));
            hold.beat(Beat(beat));
        }
        let now = Beat(HOLD_BUDGET_BEATS * 2);
        hold.fragment(seat(1), now);
        assert!(!hold.is_on(now));
        hold.fragment(seat(2), now);
        assert!(hold.is_on(now));
        hold.end();
        assert!(!hold.is_on(now));
    }

    // TRANSPORT-7
    #[test]
    fn one_commit_that_never_comes_whole_is_waited_for_so_long_and_no_longer() {
        let mut hold = Hold::default();
        hold.fragment(seat(1), Beat(100));
        for beat in 100..=100 + HOLD_BEATS_MAX {
            assert!(hold.is_on(Beat(beat)));
            hold.beat(Beat(beat));
        }
        assert!(!hold.is_on(Beat(101 + HOLD_BEATS_MAX)));
    }
}
