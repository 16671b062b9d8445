//! Watches one room's beats and raises the alarms of docs/spec/alarms.md: each names what was observed, never whose fault it is.

use crate::limits::{GAP_CELLS, SILENT_BEATS, UNREADABLE_BEATS, WATCH_WINDOW_BEATS, WITHHELD_CELLS};
use backchannel_wire::limits::SEATS_MAX;
use backchannel_wire::{Beat, SeatNo};
use minicbor::{Decode, Encode};
use std::collections::VecDeque;

/// What an alarm observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum AlarmKind {
    /// Two heads for one beat, from a pulse (ALARM-1).
    #[n(0)]
    Fork,
    /// Cells of a seat were handed over and marked absent.
    #[n(1)]
    Gap,
    /// My own sealed cell differs from the one I posted.
    #[n(2)]
    AlteredCell,
    /// My cells, posted in time, are marked absent.
    #[n(3)]
    Withheld,
    /// No beat, or no cell from an always-on seat.
    #[n(4)]
    Silent,
    /// The beat clock and mine part.
    #[n(5)]
    Skew,
    /// An occupied seat's cells open with no kept key.
    #[n(6)]
    Unreadable,
    /// A verbatim passage does not match its digest in the registry (ALARM-8).
    #[n(7)]
    Altered,
    /// The relay was restored from an older store.
    #[n(8)]
    Restored,
    /// A sealed beat does not follow from the one before, or is not authenticated.
    #[n(9)]
    Chain,
    /// A line check was not answered by a person, or did not come (ALARM-11).
    #[n(10)]
    Unanswered,
}

impl Own {
    /// Its name in commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotPosted => "not posted",
            Self::Sealed => "sealed",
            Self::Absent => "absent",
            Self::Altered => "altered",
        }
    }
}

impl AlarmKind {
    /// The name as specified and shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fork => "FORK",
            Self::Gap => "GAP",
            Self::AlteredCell => "ALTERED-CELL",
            Self::Withheld => "WITHHELD",
            Self::Silent => "SILENT",
            Self::Skew => "SKEW",
            Self::Unreadable => "UNREADABLE",
            Self::Altered => "ALTERED",
            Self::Restored => "RESTORED",
            Self::Chain => "CHAIN",
            Self::Unanswered => "UNANSWERED",
        }
    }
}

/// An alarm that starts, or a state that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was observed.
    Raise(AlarmKind, Option<SeatNo>),
    /// It is no longer observed.
    Clear(AlarmKind, Option<SeatNo>),
}

/// What stood at another seat's place in a beat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The seat has no member.
    Vacant,
    /// An absence mark.
    Absent,
    /// A cell that opened, with its counter.
    Opened(u64),
    /// A cell that no kept key opens.
    Unreadable,
}

/// What became of the station's own cell in a beat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// None was posted, or none in time.
    NotPosted,
    /// It was sealed.
    Sealed,
    /// It was posted and marked absent.
    Absent,
    /// Another one stands there.
    Altered,
}

#[derive(Clone, Default, Encode, Decode)]
struct SeatWatch {
    #[n(0)]
    counter: Option<u64>,
    /// Missing counters, each with the beat of the cell that showed it.
    #[n(1)]
    missing: VecDeque<(u64, u64)>,
    #[n(2)]
    absent: u64,
    #[n(3)]
    absent_before: u64,
    #[n(4)]
    present: u64,
    #[n(5)]
    unreadable: u64,
    #[n(6)]
    open: Vec<AlarmKind>,
}

/// The watch over one room.
#[derive(Clone, Encode, Decode)]
pub struct Watch {
    #[n(0)]
    seats: Vec<SeatWatch>,
    /// Beats in which my cell was posted and marked absent.
    #[n(1)]
    withheld: VecDeque<u64>,
    #[n(2)]
    withheld_open: bool,
    /// What became of my cell in the last beats; not kept over a restart.
    #[cbor(skip)]
    recent: VecDeque<(u64, Own)>,
}

impl Default for Watch {
    fn default() -> Self {
        Self {
            seats: vec![SeatWatch::default(); SEATS_MAX],
            withheld: VecDeque::new(),
            withheld_open: false,
            recent: VecDeque::new(),
        }
    }
}

impl Watch {
    /// Takes what the station's own place showed (ALARM-3, ALARM-4).
    pub fn own(&mut self, beat: Beat, own: Own) -> Vec<Change> {
        let mut changes = Vec::new();
        self.recent.push_back((beat.0, own));
        if self.recent.len() > WATCH_WINDOW_BEATS {
            self.recent.pop_front();
        }
        if own == Own::Altered {
            changes.push(Change::Raise(AlarmKind::AlteredCell, None));
        }
        if own == Own::Absent {
            self.withheld.push_back(beat.0);
        }
        forget_before(&mut self.withheld, beat, |at| *at);
        let many = self.withheld.len() > WITHHELD_CELLS;
        if many != self.withheld_open && (many || self.withheld.is_empty()) {
            self.withheld_open = many;
            let kind = AlarmKind::Withheld;
            changes.push(if many { Change::Raise(kind, None) } else { Change::Clear(kind, None) });
        }
        changes
    }

    /// The last beats since this station started, each with what became of its cell.
    pub fn recent(&self) -> impl Iterator<Item = (u64, Own)> {
        self.recent.iter().copied()
    }

    /// Takes what another seat's place showed (ALARM-2, ALARM-5, ALARM-7). `always_on` says whether its silence is an
    /// alarm.
    pub fn seat(&mut self, beat: Beat, seat: SeatNo, seen: Seen, always_on: bool) -> Vec<Change> {
        let Some(watch) = self.seats.get_mut(seat.index()) else { return Vec::new() };
        watch.count(beat, seen);
        let mut changes = Vec::new();
        let gaps: u64 = watch.missing.iter().map(|(_, cells)| cells).sum();
        watch.set(AlarmKind::Gap, gaps > GAP_CELLS, gaps == 0, seat, &mut changes);
        let silent = always_on && watch.absent > SILENT_BEATS;
        watch.set(AlarmKind::Silent, silent, watch.absent == 0, seat, &mut changes);
        // A seat that returns first catches up and may post under keys nobody keeps; it is given as long as it was away.
        let unreadable = watch.unreadable > UNREADABLE_BEATS.max(watch.absent_before);
        watch.set(AlarmKind::Unreadable, unreadable, watch.unreadable == 0, seat, &mut changes);
        changes
    }

    /// A seat's member changed: what was counted of the one before says nothing of the new one.
    pub fn reset_seat(&mut self, seat: SeatNo) -> Vec<Change> {
        let Some(watch) = self.seats.get_mut(seat.index()) else { return Vec::new() };
        let open = std::mem::take(watch).open;
        open.into_iter().map(|kind| Change::Clear(kind, Some(seat))).collect()
    }

    /// Beats were skipped: what was handed over in them is not known.
    pub fn skip(&mut self) {
        self.seats.iter_mut().for_each(|watch| watch.counter = None);
    }

    /// Beats for which the seat has been absent; 0 if its last place held a cell.
    pub fn absent(&self, seat: SeatNo) -> u64 {
        self.seats.get(seat.index()).map_or(0, |watch| watch.absent)
    }
}

impl SeatWatch {
    fn count(&mut self, beat: Beat, seen: Seen) {
        forget_before(&mut self.missing, beat, |(at, _)| *at);
        match seen {
            Seen::Vacant => *self = Self { open: std::mem::take(&mut self.open), ..Self::default() },
            Seen::Absent => {
                self.absent += 1;
                self.present = 0;
                self.unreadable = 0;
            }
            Seen::Opened(counter) => {
                self.came();
                self.unreadable = 0;
                if let Some(missing) = self.counter.map(|last| counter.saturating_sub(last + 1))
                    && missing > 0
                {
                    self.missing.push_back((beat.0, missing));
                }
                self.counter = Some(counter);
            }
            Seen::Unreadable => {
                self.came();
                self.unreadable += 1;
            }
        }
    }

    fn came(&mut self) {
        if self.absent > 0 {
            self.absent_before = self.absent;
        }
        self.absent = 0;
        self.present += 1;
        if self.present > self.absent_before {
            self.absent_before = 0;
        }
    }

    fn set(&mut self, kind: AlarmKind, on: bool, off: bool, seat: SeatNo, changes: &mut Vec<Change>) {
        let open = self.open.contains(&kind);
        if on && !open {
            self.open.push(kind);
            changes.push(Change::Raise(kind, Some(seat)));
        } else if off && open {
            self.open.retain(|held| *held != kind);
            changes.push(Change::Clear(kind, Some(seat)));
        }
    }
}

fn forget_before<T>(queue: &mut VecDeque<T>, now: Beat, at: impl Fn(&T) -> u64) {
    while queue.front().is_some_and(|first| at(first) + (WATCH_WINDOW_BEATS as u64) < now.0) {
        queue.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seat() -> SeatNo {
        SeatNo::new(1).unwrap()
    }

    fn run(watch: &mut Watch, beats: std::ops::Range<u64>, seen: impl Fn(u64) -> Seen) -> Vec<Change> {
        beats.flat_map(|beat| watch.seat(Beat(beat), seat(), seen(beat), true)).collect()
    }

    // ALARM-5
    #[test]
    fn silence_of_an_always_on_seat_is_raised_after_its_window_and_cleared_by_a_cell() {
        let mut watch = Watch::default();
        assert_eq!(run(&mut watch, 0..SILENT_BEATS, |_| Seen::Absent), []);
        let raised = run(&mut watch, SILENT_BEATS..SILENT_BEATS + 9, |_| Seen::Absent);
        assert_eq!(raised, [Change::Raise(AlarmKind::Silent, Some(seat()))]);
        let cleared = run(&mut watch, 100..101, |_| Seen::Opened(1));
        assert_eq!(cleared, [Change::Clear(AlarmKind::Silent, Some(seat()))]);
    }

    // ALARM-2
    #[test]
    fn a_gap_is_raised_when_counters_jump_too_far_within_the_window() {
        let mut watch = Watch::default();
        let few = run(&mut watch, 0..4, |beat| Seen::Opened(beat * 5));
        assert_eq!(few, []);
        let many = run(&mut watch, 4..9, |beat| Seen::Opened(beat * 5));
        assert_eq!(many, [Change::Raise(AlarmKind::Gap, Some(seat()))]);
    }

    // ALARM-7
    #[test]
    fn a_returning_seat_is_given_as_long_as_it_was_away() {
        let mut watch = Watch::default();
        run(&mut watch, 0..200, |_| Seen::Absent);
        let grace = run(&mut watch, 200..400, |_| Seen::Unreadable);
        assert_eq!(grace, [Change::Clear(AlarmKind::Silent, Some(seat()))]);
        let after = run(&mut watch, 400..402, |_| Seen::Unreadable);
        assert_eq!(after, [Change::Raise(AlarmKind::Unreadable, Some(seat()))]);
    }

    // ALARM-4
    #[test]
    fn withheld_needs_more_absent_cells_than_a_lost_connection_costs() {
        let mut watch = Watch::default();
        for beat in 0..WITHHELD_CELLS as u64 {
            assert_eq!(watch.own(Beat(beat), Own::Absent), []);
        }
        assert_eq!(watch.own(Beat(50), Own::Absent), [Change::Raise(AlarmKind::Withheld, None)]);
        assert_eq!(watch.own(Beat(60), Own::Sealed), []);
        assert_eq!(watch.own(Beat(200), Own::Sealed), [Change::Clear(AlarmKind::Withheld, None)]);
    }

    // ALARM-3
    #[test]
    fn another_cell_in_my_place_is_raised_at_once() {
        let mut watch = Watch::default();
        assert_eq!(watch.own(Beat(1), Own::Altered), [Change::Raise(AlarmKind::AlteredCell, None)]);
    }
}
