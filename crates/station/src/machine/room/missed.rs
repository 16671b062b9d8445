//! Which beats of a room this station could not read, and whether what was said in them came since (TRANSPORT-10,
//! TRANSPORT-11).

use crate::limits::{MISSED_KEPT_MAX, MISSED_WAIT_BEATS};
use backchannel_wire::Beat;
use minicbor::{Decode, Encode};
use std::collections::VecDeque;

/// The beats a station could not read in a room.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Missed {
    /// First and last beat of each, in order; the latest ones.
    #[n(0)]
    past: VecDeque<(Beat, Beat)>,
    /// From this beat on nothing can be read, until the room is entered again.
    #[n(1)]
    lost: Option<Beat>,
    #[n(2)]
    open: Option<Open>,
}

/// A gap of which something may still be owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
struct Open {
    /// Its first beat.
    #[n(0)]
    from: Beat,
    /// The first beat that could be read after it.
    #[n(1)]
    entered: Beat,
}

impl Missed {
    /// A newcomer reads from this beat on; nothing from before is owed to it.
    pub fn before(first: Beat) -> Self {
        let mut missed = Self::default();
        missed.keep(Beat(0), first);
        missed
    }

    /// From this beat on nothing can be read.
    pub fn lose(&mut self, from: Beat) {
        self.lost.get_or_insert(from);
    }

    /// The room was entered again and is read from `first` on. `next` is the beat that was to be read next, if nothing
    /// showed before that it could not be.
    pub fn reenter(mut self, next: Beat, first: Beat) -> Self {
        let from = self.lost.take().unwrap_or(next).min(first);
        self.keep(from, first);
        let earliest = self.open.map_or(from, |open| open.from.min(from));
        self.open = Some(Open { from: earliest, entered: first });
        self
    }

    fn keep(&mut self, from: Beat, first: Beat) {
        if let Some(last) = first.0.checked_sub(1).filter(|last| *last >= from.0) {
            self.past.push_back((from, Beat(last)));
        }
        while self.past.len() > MISSED_KEPT_MAX {
            self.past.pop_front();
        }
    }

    /// The beat from which something counts that came whole at `at` and that, its author says, was first sealed whole at
    /// `first`: whoever read that beat knows better (TRANSPORT-10).
    pub fn date(&self, at: Beat, first: Option<Beat>) -> Beat {
        let unread = |beat: &Beat| self.past.iter().any(|(from, last)| from <= beat && beat <= last);
        first.filter(|first| *first < at && unread(first)).unwrap_or(at)
    }

    /// The last beat up to which everything said came, if the last one processed is `last` (TRANSPORT-11).
    pub fn whole_through(&self, last: Beat) -> Beat {
        let missing = [self.lost, self.open.map(|open| open.from)];
        missing.into_iter().flatten().map(|from| Beat(from.0.saturating_sub(1))).fold(last, Beat::min)
    }

    /// The first beat read after a gap of which something may be owed.
    pub fn entered(&self) -> Option<Beat> {
        self.open.map(|open| open.entered)
    }

    /// At `at` everybody said that nothing is owed, or has had long enough (TRANSPORT-11).
    pub fn made_good(&mut self, at: Beat, told: bool) {
        self.open = self.open.filter(|open| !told && at.since(open.entered) <= MISSED_WAIT_BEATS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // TRANSPORT-10
    #[test]
    fn an_author_dates_only_what_this_station_could_not_read() {
        let mut missed = Missed::before(Beat(10));
        missed.lose(Beat(20));
        let missed = missed.reenter(Beat(22), Beat(30));
        for (first, dated) in [(5, 5), (9, 9), (10, 40), (19, 40), (20, 20), (29, 29), (30, 40), (41, 40)] {
            assert_eq!(missed.date(Beat(40), Some(Beat(first))), Beat(dated), "{first}");
        }
        assert_eq!(missed.date(Beat(40), None), Beat(40));
        assert_eq!(missed.date(Beat(25), Some(Beat(28))), Beat(25), "not from the future");
    }

    // TRANSPORT-11
    #[test]
    fn a_view_ends_before_a_gap_until_it_is_made_good() {
        let mut missed = Missed::before(Beat(10));
        assert_eq!(missed.whole_through(Beat(15)), Beat(15), "nothing is owed to a newcomer");
        missed.lose(Beat(20));
        missed.lose(Beat(25));
        assert_eq!(missed.whole_through(Beat(26)), Beat(19));
        let mut missed = missed.reenter(Beat(26), Beat(30));
        assert_eq!((missed.whole_through(Beat(31)), missed.entered()), (Beat(19), Some(Beat(30))));
        missed.made_good(Beat(31), false);
        // Away again before the first was made good: what was owed from then still is.
        let mut missed = missed.reenter(Beat(40), Beat(50));
        assert_eq!(missed.whole_through(Beat(51)), Beat(19));
        let mut waited = missed.clone();
        waited.made_good(Beat(50 + MISSED_WAIT_BEATS), false);
        assert_eq!(waited.whole_through(Beat(51)), Beat(19));
        waited.made_good(Beat(51 + MISSED_WAIT_BEATS), false);
        assert_eq!(waited.whole_through(Beat(900)), Beat(900), "nobody can hold a view back for ever");
        missed.made_good(Beat(51), true);
        assert_eq!(missed.whole_through(Beat(51)), Beat(51));
    }

    #[test]
    fn only_so_many_are_kept() {
        let mut missed = Missed::default();
        for n in 0..100 {
            missed = missed.reenter(Beat(10 * n), Beat(10 * n + 5));
        }
        assert_eq!(missed.past.len(), MISSED_KEPT_MAX);
        assert_eq!(missed.date(Beat(2000), Some(Beat(991))), Beat(991));
        assert_eq!(missed.date(Beat(2000), Some(Beat(1))), Beat(2000));
    }
}
