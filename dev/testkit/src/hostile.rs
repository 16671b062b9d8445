//! Relays that cheat, put into the hooks of the relay that ships.
//!
//! Each is as clever as its position allows: whatever it changes, it computes the heads anew, so that everybody is
//! served a sound chain. Only what members tell each other, and what they know of their own cells and of the time,
//! can show it up.

use backchannel_relay::hooks::{Hooks, Recipient, ToSeat};
use backchannel_wire::cell::Cell;
use backchannel_wire::chain::{Position, RoomChain, SealedBeat};
use backchannel_wire::frame::{Record, SlotRecord};
use backchannel_wire::{Beat, RoomId, SeatNo, UtcMs};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a relay does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Loses three of four cells of one seat of every room.
    Drop,
    /// Loses every cell of one seat of every room.
    Withhold,
    /// Tells one seat of every room another beat than the others.
    Fork,
    /// Serves the beats of each frame in another order.
    ReorderBeats,
    /// Exchanges the places of two cells of a beat, for everybody.
    SwapCells,
    /// Puts an older copy of its store back.
    RollBack,
    /// Changes a byte of one cell, for everybody.
    AlterCell,
    /// Changes a byte of one cell, for everybody but its author.
    AlterCellForOthers,
    /// Serves one seat's cell of the beat before once more.
    Replay,
    /// Keeps time that runs at three quarters of its speed.
    SlowClock,
    /// Serves nobody any more.
    Starve,
}

/// The first beat in which a faithless relay cheats, by which tests keep to windows.
pub const BEGINS_AFTER_BEATS: u64 = 4;

/// A relay with one fault, from some beats after its start.
pub struct Faithless {
    fault: Fault,
    /// The beat in which it saw its first frame leave.
    started: Option<Beat>,
    now: Option<Beat>,
    slow_since: Option<UtcMs>,
    rolled_back: bool,
    /// For each room the latest beat, the cell of its last seat, and the one served in its place.
    last: BTreeMap<RoomId, (Beat, Cell, Cell)>,
    told: BTreeMap<(RoomId, SeatNo), Position>,
    held: BTreeMap<(RoomId, SeatNo), SlotRecord>,
}

impl Faithless {
    /// A relay with this fault.
    pub fn hooks(fault: Fault) -> Box<dyn Hooks> {
        Box::new(Self {
            fault,
            started: None,
            now: None,
            slow_since: None,
            rolled_back: false,
            last: BTreeMap::new(),
            told: BTreeMap::new(),
            held: BTreeMap::new(),
        })
    }

    fn has_begun(&self) -> bool {
        self.started.zip(self.now).is_some_and(|(started, now)| now.since(started) >= BEGINS_AFTER_BEATS)
    }

    /// What a seat is told in place of a beat.
    fn lie(&mut self, to: &ToSeat, sealed: &SealedBeat) -> Option<SealedBeat> {
        let mut told = sealed.clone();
        let present: Vec<usize> = (0..told.cells.len()).filter(|at| told.cells[*at].is_some()).collect();
        match (self.fault, present.as_slice()) {
            // The highest seat's cell is kept from the lowest seat.
            (Fault::Fork, [.., last]) if to.seat.get() == 0 && *last != 0 => told.cells[*last] = None,
            (Fault::SwapCells, [first, second, ..]) => told.cells.swap(*first, *second),
            (Fault::AlterCell, [.., last]) => flip(told.cells[*last].as_mut()?),
            (Fault::AlterCellForOthers, [.., last]) if *last != to.seat.index() => {
                flip(told.cells[*last].as_mut()?)
            }
            (Fault::Replay, [.., last]) => {
                let cell = sealed.cells[*last].clone()?;
                let kept = self
                    .last
                    .entry(to.chain.room)
                    .or_insert_with(|| (sealed.beat, cell.clone(), cell.clone()));
                if kept.0 != sealed.beat {
                    *kept = (sealed.beat, cell, kept.1.clone());
                }
                told.cells[*last] = Some(kept.2.clone());
            }
            _ => return None,
        }
        Some(told)
    }

    /// Holds back every second beat of a room and serves it after the next.
    fn reorder(&mut self, to: &Recipient, records: &mut Vec<SlotRecord>) {
        let mut out = Vec::new();
        for record in records.drain(..) {
            let Some(seat) = to.seats.get(usize::from(record.slot)).copied().flatten() else { continue };
            let key = (seat.chain.room, seat.seat);
            match &record.record {
                Record::Beat { sealed, .. } if sealed.beat.0.is_multiple_of(2) => {
                    drop(self.held.insert(key, record))
                }
                _ => {
                    out.push(record);
                    out.extend(self.held.remove(&key));
                }
            }
        }
        *records = out;
    }

    /// Follows what a seat was told, and lies to it from there.
    fn tell(&mut self, to: &ToSeat, record: &mut Record) {
        let key = (to.chain.room, to.seat);
        let lie = match record {
            Record::Beat { sealed, .. } if self.has_begun() => self.lie(to, sealed),
            _ => None,
        };
        if let (Some(lie), Record::Beat { sealed, .. }) = (lie, &mut *record) {
            *sealed = Arc::new(lie);
        }
        let from = self.told.get(&key).copied();
        let after = follow(&to.chain, from, record);
        if let (Some(after), Record::Beat { head, .. } | Record::EmptyRun { head, .. }) = (after, record) {
            *head = after.head;
        }
        self.told.extend(after.map(|after| (key, after)));
    }
}

/// The position after a record; for the first one of a seat it is as the relay has it.
fn follow(chain: &RoomChain, from: Option<Position>, record: &Record) -> Option<Position> {
    match (record, from) {
        (Record::Beat { sealed, .. }, Some(from)) if from.next == sealed.beat => {
            chain.after_beat(&from, sealed).ok()
        }
        (Record::EmptyRun { first, last, sealed_at, .. }, Some(from)) if from.next == *first => {
            chain.after_empty_run(&from, *last, *sealed_at).ok()
        }
        (Record::Beat { sealed, head, .. }, _) => {
            Some(Position { segment: 0, next: sealed.beat.plus(1), head: *head })
        }
        (Record::EmptyRun { last, head, .. }, _) => {
            Some(Position { segment: 0, next: last.plus(1), head: *head })
        }
        (Record::SegmentStart { segment, first }, _) => Some(chain.genesis(*segment, *first)),
        (Record::Pruned { segment, first, head, .. }, _) => {
            Some(Position { segment: *segment, next: *first, head: *head })
        }
    }
}

fn flip(cell: &mut Cell) {
    let middle = cell.len() / 2;
    cell[middle] ^= 1;
}

impl Hooks for Faithless {
    fn clock(&mut self, now: UtcMs) -> UtcMs {
        if self.fault != Fault::SlowClock || !self.has_begun() {
            return now;
        }
        let since = *self.slow_since.get_or_insert(now);
        UtcMs(since.0 + now.0.saturating_sub(since.0) * 3 / 4)
    }

    fn keep_cell(&mut self, _chain: &RoomChain, seat: SeatNo, beat: Beat) -> bool {
        let victim = self.has_begun() && seat.get() == 1;
        match self.fault {
            Fault::Withhold => !victim,
            Fault::Drop => !victim || beat.0.is_multiple_of(4),
            _ => true,
        }
    }

    fn serve(&mut self, to: &Recipient, beat: Beat, records: &mut Vec<SlotRecord>) {
        self.started.get_or_insert(beat);
        self.now = Some(beat);
        match self.fault {
            Fault::Starve if self.has_begun() => records.clear(),
            Fault::ReorderBeats if self.has_begun() => self.reorder(to, records),
            _ => {
                for SlotRecord { slot, record } in records {
                    if let Some(seat) = to.seats.get(usize::from(*slot)).copied().flatten() {
                        self.tell(&seat, record);
                    }
                }
            }
        }
    }

    fn roll_back(&mut self, _now: UtcMs) -> Option<u64> {
        let is_time = self.fault == Fault::RollBack && self.has_begun() && !self.rolled_back;
        self.rolled_back |= is_time;
        is_time.then_some(10)
    }
}
