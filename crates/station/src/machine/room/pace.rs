//! Who may commit what, and when, beside the rules of MLS (docs/spec/rooms.md, ROOM-20 and ROOM-22).
//!
//! Computed from the commits alone, so that every member decides alike; a newcomer gets it with its welcome.

use crate::limits::{BAR_BEATS, COMMIT_SPACING_BEATS, PROBATION_BEATS};
use backchannel_wire::limits::SEATS_MAX;
use backchannel_wire::{Beat, SeatNo};
use minicbor::{Decode, Encode};

/// What a commit does to the seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatChange {
    /// Who commits.
    pub committer: SeatNo,
    /// The seat that gets a leaf.
    pub added: Option<SeatNo>,
    /// The seat whose leaf goes.
    pub removed: Option<SeatNo>,
}

/// What is kept of the commits so far. Beats are numbers, 0 for none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Pace {
    /// The beat of each seat's last commit.
    #[n(0)]
    last: [u64; SEATS_MAX],
    /// The beat in which each seat's leaf last came or went.
    #[n(1)]
    changed: [u64; SEATS_MAX],
    /// Who let each seat's leaf in.
    #[n(2)]
    sponsor: [Option<SeatNo>; SEATS_MAX],
    /// The beat from which each seat's member may let somebody in again.
    #[n(3)]
    barred: [u64; SEATS_MAX],
}

impl Pace {
    /// Whether a commit that is complete in beat `at` is valid: those that remove nobody are spaced (ROOM-20), and whose
    /// newcomer was removed by somebody else within its probation lets nobody in for a while (ROOM-22).
    pub fn allows(&self, change: &SeatChange, at: Beat) -> bool {
        let by = change.committer.index();
        let spaced = self.last[by] == 0 || at.0 >= self.last[by].saturating_add(COMMIT_SPACING_BEATS);
        let may_add = change.added.is_none() || at.0 >= self.barred[by];
        may_add && (spaced || change.removed.is_some())
    }

    /// Takes in a commit that took effect in beat `at`.
    pub fn took_effect(&mut self, change: &SeatChange, at: Beat) {
        let SeatChange { committer, added, removed } = *change;
        if let (Some(seat), None) = (removed, added) {
            self.bar_sponsor(seat, committer, at);
        }
        self.last[committer.index()] = at.0;
        if let Some(seat) = removed {
            self.clear(seat, at);
        }
        if let Some(seat) = added {
            (self.changed[seat.index()], self.sponsor[seat.index()]) = (at.0, Some(committer));
        }
    }

    fn bar_sponsor(&mut self, gone: SeatNo, by: SeatNo, at: Beat) {
        let came = self.changed[gone.index()];
        let Some(sponsor) = self.sponsor[gone.index()].filter(|sponsor| *sponsor != by) else { return };
        if at.0.saturating_sub(came) <= PROBATION_BEATS {
            self.barred[sponsor.index()] = at.0.saturating_add(BAR_BEATS);
        }
    }

    fn clear(&mut self, seat: SeatNo, at: Beat) {
        // The bar stays with the seat: its member could shake it off by a new leaf otherwise.
        self.last[seat.index()] = 0;
        (self.changed[seat.index()], self.sponsor[seat.index()]) = (at.0, None);
    }

    /// Whether a seat's member may let nobody in for now.
    pub fn is_barred(&self, seat: SeatNo, at: Beat) -> bool {
        at.0 < self.barred[seat.index()]
    }

    /// What a sponsor said of the commits so far, for a leaf that enters on `own` at beat `at`: nothing in it lies ahead.
    #[must_use]
    pub fn entered(mut self, own: SeatNo, at: Beat) -> Self {
        for beat in self.last.iter_mut().chain(&mut self.changed) {
            *beat = (*beat).min(at.0);
        }
        for beat in &mut self.barred {
            *beat = (*beat).min(at.0.saturating_add(BAR_BEATS));
        }
        self.changed[own.index()] = at.0;
        self
    }

    /// The beat of a seat's last commit, 0 if none.
    pub fn last(&self, seat: SeatNo) -> u64 {
        self.last[seat.index()]
    }

    /// The beat in which a seat's leaf last came or went, 0 if it is the founder's or there was none.
    pub fn changed(&self, seat: SeatNo) -> Beat {
        Beat(self.changed[seat.index()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seat(n: u8) -> SeatNo {
        SeatNo::new(n).unwrap()
    }

    fn change(committer: u8, added: Option<u8>, removed: Option<u8>) -> SeatChange {
        SeatChange { committer: seat(committer), added: added.map(seat), removed: removed.map(seat) }
    }

    /// Seat 1 let seat 2 in at beat 1,000, and seat 0 removed it so many beats later.
    fn after_removal(beats: u64) -> (Pace, Beat) {
        let mut pace = Pace::default();
        pace.took_effect(&change(0, Some(1), None), Beat(100));
        pace.took_effect(&change(1, Some(2), None), Beat(1000));
        let at = Beat(1000 + beats);
        pace.took_effect(&change(0, None, Some(2)), at);
        (pace, at)
    }

    // ROOM-22
    #[test]
    fn a_sponsor_whose_newcomer_was_removed_in_its_probation_lets_nobody_in_for_a_while() {
        let (pace, at) = after_removal(PROBATION_BEATS);
        for attempt in [change(1, Some(2), None), change(1, Some(3), Some(3))] {
            assert!(!pace.allows(&attempt, at.plus(BAR_BEATS - 1)));
            assert!(pace.allows(&attempt, at.plus(BAR_BEATS)));
        }
        assert!(pace.allows(&change(1, None, None), at.plus(1)), "it may still heal itself");
        assert!(pace.allows(&change(1, None, Some(0)), at.plus(1)), "and remove");
        assert!(pace.allows(&change(0, Some(2), None), at.plus(COMMIT_SPACING_BEATS)), "others may add");
    }

    // ROOM-22
    #[test]
    fn who_is_removed_later_or_by_its_own_sponsor_bars_nobody() {
        let (pace, at) = after_removal(PROBATION_BEATS + 1);
        assert!(pace.allows(&change(1, Some(2), None), at.plus(1)));
        let mut pace = Pace::default();
        pace.took_effect(&change(1, Some(2), None), Beat(1000));
        pace.took_effect(&change(1, None, Some(2)), Beat(1010));
        assert!(pace.allows(&change(1, Some(2), None), Beat(1010 + COMMIT_SPACING_BEATS)));
    }

    // ROOM-22
    #[test]
    fn a_new_leaf_does_not_shake_the_bar_off() {
        let (mut pace, at) = after_removal(10);
        pace.took_effect(&change(0, Some(1), Some(1)), at.plus(10));
        assert!(!pace.allows(&change(1, Some(2), None), at.plus(20)));
        // Nor does one taken before the newcomer is removed.
        let mut pace = Pace::default();
        pace.took_effect(&change(1, Some(2), None), Beat(1000));
        pace.took_effect(&change(0, Some(1), Some(1)), Beat(1010));
        pace.took_effect(&change(0, None, Some(2)), Beat(1020));
        assert!(!pace.allows(&change(1, Some(2), None), Beat(1030)));
    }

    // ROOM-22
    #[test]
    fn what_a_sponsor_says_of_the_future_is_not_believed() {
        let far = [u64::MAX; SEATS_MAX];
        let said = Pace { last: far, changed: far, barred: far, ..Pace::default() };
        let pace = said.entered(seat(3), Beat(500));
        assert!(pace.allows(&change(0, Some(2), None), Beat(500 + BAR_BEATS)));
        assert_eq!(pace.changed(seat(0)), Beat(500));
        assert_eq!(Pace::default().entered(seat(3), Beat(500)).changed(seat(3)), Beat(500));
        let _ =
            Pace { last: [u64::MAX; SEATS_MAX], ..Pace::default() }.allows(&change(0, None, None), Beat(1));
    }

    // ROOM-20
    #[test]
    fn commits_of_one_leaf_are_spaced_unless_they_remove() {
        let mut pace = Pace::default();
        pace.took_effect(&change(0, None, None), Beat(50));
        assert!(!pace.allows(&change(0, None, None), Beat(50 + COMMIT_SPACING_BEATS - 1)));
        assert!(pace.allows(&change(0, None, None), Beat(50 + COMMIT_SPACING_BEATS)));
        assert!(pace.allows(&change(0, None, Some(1)), Beat(51)));
    }
}
