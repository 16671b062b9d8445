//! The faithless relay that tests and exercises play: each deed does what it says, and a station notices.

#[path = "support/world.rs"]
mod world;

use backchannel_relay::hooks::{Hooks, Recipient};
use backchannel_relay::store::MemoryStore;
use backchannel_wire::chain::{ChainError, RoomChain};
use backchannel_wire::frame::{Record, SlotRecord};
use backchannel_wire::{Beat, SeatNo, UtcMs};
use std::sync::Arc;
use world::*;

/// Both stations post for six beats under a relay with these hooks.
fn played(hooks: impl Hooks + 'static) -> World<MemoryStore> {
    let stations = vec![Station::new(vec![(0, 0)]), Station::new(vec![(0, 1)])];
    let mut world = World::with_hooks(MemoryStore::default(), Plan::default(), stations, Box::new(hooks));
    for _ in 0..6 {
        for at in 0..2 {
            if world.stations[at].conn.is_none() {
                world.connect(at).unwrap();
            }
            world.post(at, 7).unwrap();
        }
        world.pass_beats(1);
    }
    world
}

fn errors(world: &World<MemoryStore>) -> [Option<ChainError>; 2] {
    [world.stations[0].error, world.stations[1].error]
}

fn is_for(to: &Recipient, n: u8) -> bool {
    to.seats.iter().flatten().any(|to| to.seat == seat(n))
}

/// Changes what seat 1 is served after beat 2.
struct Serve(fn(&RoomChain, &mut Vec<SlotRecord>));

impl Hooks for Serve {
    fn serve(&mut self, to: &Recipient, beat: Beat, records: &mut Vec<SlotRecord>) {
        if is_for(to, 1) && beat == Beat(2) {
            (self.0)(&to.seats[0].unwrap().chain, records);
        }
    }
}

fn alter(records: &mut [SlotRecord]) {
    if let Record::Beat { sealed, .. } = &mut records[0].record {
        Arc::make_mut(sealed).cells[0].as_mut().unwrap()[5] ^= 1;
    }
}

#[test]
fn an_altered_cell_breaks_the_head() {
    assert_eq!(errors(&played(Serve(|_, records| alter(records)))), [None, Some(ChainError::Head)]);
}

#[test]
fn a_fork_with_sound_heads_breaks_where_it_ends() {
    let fork = Serve(|chain, records| {
        alter(records);
        if let Record::Beat { sealed, head, .. } = &mut records[0].record {
            let quiet = world::chain(0).genesis(0, sealed.beat);
            *head = chain.after_beat(&quiet, sealed).unwrap().head;
        }
    });
    let world = played(fork);
    assert_eq!(errors(&world), [None, Some(ChainError::Head)]);
}

#[test]
fn withheld_records_break_the_order() {
    assert_eq!(errors(&played(Serve(|_, records| records.clear()))), [None, Some(ChainError::OutOfOrder)]);
}

struct Reorder(Vec<SlotRecord>);

impl Hooks for Reorder {
    fn serve(&mut self, to: &Recipient, beat: Beat, records: &mut Vec<SlotRecord>) {
        match beat.0 {
            2 if is_for(to, 1) => self.0 = std::mem::take(records),
            3 if is_for(to, 1) => records.append(&mut self.0),
            _ => {}
        }
    }
}

#[test]
fn reordered_records_break_the_order() {
    assert_eq!(errors(&played(Reorder(Vec::new()))), [None, Some(ChainError::OutOfOrder)]);
}

struct Drop;

impl Hooks for Drop {
    fn keep_cell(&mut self, _: &RoomChain, from: SeatNo, beat: Beat) -> bool {
        from != seat(0) || beat < Beat(2)
    }
}

#[test]
fn a_dropped_cell_is_missing_from_a_sound_chain() {
    let world = played(Drop);
    assert_eq!(errors(&world), [None, None]);
    let of = |s| world.stations[0].seen.keys().filter(|(_, _, seat)| *seat == s).count();
    assert_eq!((of(0), of(1)), (2, 6));
}

struct RollBack(bool);

impl Hooks for RollBack {
    fn roll_back(&mut self, now: UtcMs) -> Option<u64> {
        let due = now.0 >= T0 + 3 * BEAT_MS && !self.0;
        self.0 |= due;
        due.then_some(2)
    }
}

#[test]
fn a_rolled_back_store_shows_as_a_segment() {
    let mut world = played(RollBack(false));
    world.pass_beats(2);
    assert_eq!(errors(&world), [None, None]);
    assert!(world.stations.iter().all(|station| station.positions[0].segment == 1));
}

struct Slow;

impl Hooks for Slow {
    fn clock(&mut self, now: UtcMs) -> UtcMs {
        UtcMs(T0 + (now.0 - T0) / 2)
    }
}

#[test]
fn the_clock_is_the_shells_to_ask() {
    let mut world = played(Slow);
    assert_eq!(world.engine().clock(UtcMs(T0 + 10)), UtcMs(T0 + 5));
}
