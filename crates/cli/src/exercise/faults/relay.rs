//! What a faithless relay does, put into the hooks of the relay that ships.
//!
//! It is as clever as its position allows: whatever it changes, it computes the heads anew, so that every frame it
//! serves is a sound chain for the one who is served. Only what members tell each other, and what they know of their
//! own cells and of the time, can show it up.

use super::FaultName;
use backchannel_relay::hooks::{Hooks, Recipient};
use backchannel_wire::chain::{Position, RoomChain, SealedBeat};
use backchannel_wire::frame::{Record, SlotRecord};
use backchannel_wire::{Beat, RoomId, SeatNo, UtcMs};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// One beat in so many is let through when cells are dropped now and then.
const DROP_LETS_THROUGH_ONE_IN: u64 = 4;
/// Beats that a relay restored from an older copy has forgotten.
const ROLLED_BACK_BEATS: u64 = 20;
/// The slow clock shows this many parts of real time, out of `SLOW_OF`.
const SLOW_PARTS: u64 = 3;
/// See `SLOW_PARTS`.
const SLOW_OF: u64 = 4;

/// The relay's faults, none before it has begun.
pub struct Faithless {
    fault: FaultName,
    begun: Arc<AtomicBool>,
    slow_since: Option<UtcMs>,
    rolled_back: bool,
    victim: Option<(RoomId, SeatNo)>,
    chains: BTreeMap<(RoomId, SeatNo), Told>,
}

/// The chain as one seat was told it.
#[derive(Clone, Copy)]
struct Told {
    at: Position,
    lie: bool,
}

impl Faithless {
    /// A relay that begins its fault when the flag is set.
    pub fn new(fault: FaultName, begun: Arc<AtomicBool>) -> Self {
        Self { fault, begun, slow_since: None, rolled_back: false, victim: None, chains: BTreeMap::new() }
    }

    fn has_begun(&self) -> bool {
        self.begun.load(Ordering::SeqCst)
    }

    /// Who is wronged: when cells are withheld, the second seat of every room; when they are dropped now and then, the first seat
    /// whose cell comes after the beginning.
    fn is_victim(&mut self, room: RoomId, seat: SeatNo) -> bool {
        if self.fault == FaultName::Withhold {
            return seat.get() == 1;
        }
        *self.victim.get_or_insert((room, seat)) == (room, seat)
    }

    /// Whether what this seat is served is changed.
    fn lies_to(&self, seat: SeatNo) -> bool {
        match self.fault {
            // One seat sees another beat than everybody else.
            FaultName::Fork => seat.get() == 0,
            FaultName::Reorder | FaultName::AlterCell => true,
            _ => false,
        }
    }

    /// The beat as it is told; none if there is nothing in it to change.
    fn altered(&self, sealed: &SealedBeat) -> Option<SealedBeat> {
        let mut told = sealed.clone();
        let present: Vec<usize> =
            (0..told.cells.len()).filter(|at| told.cells.get(*at).is_some_and(Option::is_some)).collect();
        match (self.fault, present.as_slice()) {
            (FaultName::Fork, [.., last]) => *told.cells.get_mut(*last)? = None,
            (FaultName::Reorder, [first, second, ..]) => told.cells.swap(*first, *second),
            (FaultName::AlterCell, [.., last]) => {
                let cell = told.cells.get_mut(*last)?.as_mut()?;
                let middle = cell.len() / 2;
                *cell.get_mut(middle)? ^= 1;
            }
            _ => return None,
        }
        Some(told)
    }

    fn tell(&mut self, chain: &RoomChain, seat: SeatNo, record: &mut Record) {
        let key = (chain.room, seat);
        let told = self.chains.get(&key).copied();
        let start_lying = self.has_begun() && self.lies_to(seat);
        let after = match record {
            Record::Beat { sealed, head, .. } => {
                let lying = told.is_some_and(|told| told.lie && told.at.next == sealed.beat);
                let from = told.filter(|told| told.at.next == sealed.beat);
                let altered = if start_lying && from.is_some() { self.altered(sealed) } else { None };
                let lie = lying || altered.is_some();
                if let Some(altered) = altered {
                    *sealed = Arc::new(altered);
                }
                if let (true, Some(from)) = (lie, from)
                    && let Ok(after) = chain.after_beat(&from.at, sealed)
                {
                    *head = after.head;
                }
                Some(Told { at: Position { segment: 0, next: sealed.beat.plus(1), head: *head }, lie })
            }
            Record::EmptyRun { last, sealed_at, head, first, .. } => {
                let from = told.filter(|told| told.lie && told.at.next == *first);
                if let Some(from) = from
                    && let Ok(after) = chain.after_empty_run(&from.at, *last, *sealed_at)
                {
                    *head = after.head;
                }
                Some(Told {
                    at: Position { segment: 0, next: last.plus(1), head: *head },
                    lie: from.is_some(),
                })
            }
            Record::SegmentStart { segment, first } => {
                Some(Told { at: chain.genesis(*segment, *first), lie: false })
            }
            Record::Pruned { first, head, .. } => {
                Some(Told { at: Position { segment: 0, next: *first, head: *head }, lie: false })
            }
        };
        if let Some(after) = after {
            self.chains.insert(key, after);
        }
    }
}

impl Hooks for Faithless {
    fn clock(&mut self, now: UtcMs) -> UtcMs {
        if self.fault != FaultName::SlowClock || !self.has_begun() {
            return now;
        }
        let since = *self.slow_since.get_or_insert(now);
        UtcMs(since.0 + now.0.saturating_sub(since.0) / SLOW_OF * SLOW_PARTS)
    }

    fn keep_cell(&mut self, chain: &RoomChain, seat: SeatNo, beat: Beat) -> bool {
        if !self.has_begun() {
            return true;
        }
        match self.fault {
            FaultName::Withhold => !self.is_victim(chain.room, seat),
            FaultName::Drop => {
                beat.0.is_multiple_of(DROP_LETS_THROUGH_ONE_IN) || !self.is_victim(chain.room, seat)
            }
            _ => true,
        }
    }

    fn serve(&mut self, to: &Recipient, _beat: Beat, records: &mut Vec<SlotRecord>) {
        for SlotRecord { slot, record } in records {
            if let Some(to) = to.seats.get(usize::from(*slot)).copied().flatten() {
                self.tell(&to.chain, to.seat, record);
            }
        }
    }

    fn roll_back(&mut self, _now: UtcMs) -> Option<u64> {
        let now_is_the_time = self.fault == FaultName::RollBack && self.has_begun() && !self.rolled_back;
        self.rolled_back |= now_is_the_time;
        now_is_the_time.then_some(ROLLED_BACK_BEATS)
    }
}

#[cfg(test)]
mod tests {
    use super::{Faithless, FaultName, ROLLED_BACK_BEATS};
    use backchannel_relay::hooks::{Hooks, Recipient, ToSeat};
    use backchannel_wire::chain::{HeadMac, Position, RoomChain, SealedBeat};
    use backchannel_wire::frame::{Record, SlotRecord};
    use backchannel_wire::{Beat, ChannelId, RoomId, SeatNo, UtcMs};
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    fn chain() -> RoomChain {
        RoomChain::new(ChannelId([1; 16]), RoomId([2; 16]), 2).unwrap()
    }

    fn seat(n: u8) -> SeatNo {
        SeatNo::new(n).unwrap()
    }

    /// The beats as an honest relay sealed them.
    fn sealed(count: u64) -> Vec<(SealedBeat, Position)> {
        let mut at = chain().genesis(0, Beat(0));
        let mut all = Vec::new();
        for k in 0..count {
            let cells = vec![Some(Box::new([k as u8; 2048])), Some(Box::new([200; 2048]))];
            let beat = SealedBeat { beat: Beat(k), sealed_at: UtcMs(k * 250), cells };
            at = chain().after_beat(&at, &beat).unwrap();
            all.push((beat, at));
        }
        all
    }

    /// The beats as a seat is served them.
    fn served(hooks: &mut Faithless, to: u8) -> Vec<Record> {
        let recipient = Recipient {
            channel: ChannelId([1; 16]),
            seats: vec![Some(ToSeat { chain: chain(), seat: seat(to) })],
        };
        let one = |(beat, at): (SealedBeat, Position)| {
            let mac = HeadMac([0; 32]);
            let record = Record::Beat { sealed: Arc::new(beat), head: at.head, mac };
            let mut records = vec![SlotRecord { slot: 0, record }];
            hooks.serve(&recipient, Beat(0), &mut records);
            records.remove(0).record
        };
        sealed(6).into_iter().map(one).collect()
    }

    /// Whether the chain is sound for whoever is served it, and whether it is the honest one.
    fn sound_and_honest(records: &[Record]) -> (bool, bool) {
        let mut at = chain().genesis(0, Beat(0));
        let mut sound = true;
        for record in records {
            let Record::Beat { sealed, head, .. } = record else { panic!("not a beat") };
            at = chain().after_beat(&at, sealed).unwrap();
            sound &= at.head == *head;
        }
        (sound, at == sealed(6).last().unwrap().1)
    }

    fn begun(fault: FaultName) -> Faithless {
        Faithless::new(fault, Arc::new(AtomicBool::new(true)))
    }

    #[test]
    fn before_it_begins_it_is_honest() {
        let mut hooks = Faithless::new(FaultName::AlterCell, Arc::new(AtomicBool::new(false)));
        assert_eq!(sound_and_honest(&served(&mut hooks, 0)), (true, true));
        assert!(hooks.keep_cell(&chain(), seat(0), Beat(1)));
        assert_eq!(hooks.roll_back(UtcMs(5)), None);
    }

    #[test]
    fn its_lies_are_sound_chains() {
        for fault in [FaultName::Reorder, FaultName::AlterCell] {
            assert_eq!(sound_and_honest(&served(&mut begun(fault), 0)), (true, false), "{fault:?}");
            assert_eq!(sound_and_honest(&served(&mut begun(fault), 1)), (true, false), "{fault:?}");
        }
        assert_eq!(sound_and_honest(&served(&mut begun(FaultName::Fork), 0)), (true, false));
        assert_eq!(sound_and_honest(&served(&mut begun(FaultName::Fork), 1)), (true, true));
    }

    #[test]
    fn it_withholds_one_seat_and_drops_most_of_it() {
        let mut withhold = begun(FaultName::Withhold);
        assert!((1..9).all(|k| !withhold.keep_cell(&chain(), seat(1), Beat(k))));
        assert!(withhold.keep_cell(&chain(), seat(0), Beat(9)));
        let mut drop = begun(FaultName::Drop);
        let kept = (1..9).filter(|k| drop.keep_cell(&chain(), seat(1), Beat(*k))).count();
        assert_eq!(kept, 2);
    }

    #[test]
    fn it_forgets_once_and_its_clock_runs_slow() {
        let mut rolls = begun(FaultName::RollBack);
        assert_eq!((rolls.roll_back(UtcMs(1)), rolls.roll_back(UtcMs(2))), (Some(ROLLED_BACK_BEATS), None));
        let mut slow = begun(FaultName::SlowClock);
        assert_eq!((slow.clock(UtcMs(1_000)), slow.clock(UtcMs(5_000))), (UtcMs(1_000), UtcMs(4_000)));
    }
}
