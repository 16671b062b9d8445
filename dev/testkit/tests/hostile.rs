//! A faithless relay: each fault raises its alarm at some member within the stated window, and nothing is accepted
//! that was not sent.

use backchannel_relay::hooks::Hooks;
use backchannel_testkit::facts::Alarm;
use backchannel_testkit::hostile::{BEGINS_AFTER_BEATS, Faithless, Fault};
use backchannel_testkit::stored::Stored;
use backchannel_testkit::traffic::Traffic;
use backchannel_testkit::world::{MakeHooks, World};

/// Plays a fault for `beats` beats after it began; gives the world and the names of the alarms raised by then.
fn played(hooks: MakeHooks, beats: u64) -> (World, Vec<Alarm>) {
    let mut world = Stored::convened().world_with(7, hooks);
    world.run(BEGINS_AFTER_BEATS);
    assert_eq!(world.alarms(), [], "before the fault begins");
    let mut traffic = Traffic::default();
    for (from, to) in [("alpha", "intermediary"), ("bravo envoy", "intermediary"), ("intermediary", "bravo")]
    {
        let from = world.node(from);
        world.send(&mut traffic, from, to, "priority", 3_000);
    }
    world.run(beats);
    world.check_nothing_made_up(&traffic).unwrap();
    let alarms = world.alarms();
    (world, alarms)
}

fn caught(fault: MakeHooks, beats: u64, expected: &[&str]) -> World {
    let (world, alarms) = played(fault, beats);
    for name in expected {
        assert!(alarms.iter().any(|alarm| alarm.name == *name), "no {name} within {beats} beats: {alarms:?}");
    }
    world
}

macro_rules! hooks {
    ($fault:ident) => {{
        fn make() -> Box<dyn Hooks> {
            Faithless::hooks(Fault::$fault)
        }
        make
    }};
}

// ALARM-2, ALARM-4
#[test]
fn p5_dropped_cells_are_a_gap_to_the_others_and_withheld_to_their_author() {
    caught(hooks!(Drop), 30, &["GAP", "WITHHELD"]);
}

// ALARM-4, ALARM-5
#[test]
fn p5_a_withheld_seat_knows_it_and_is_missed() {
    caught(hooks!(Withhold), 12, &["WITHHELD"]);
    caught(hooks!(Withhold), 27, &["WITHHELD", "SILENT"]);
}

// ALARM-1
#[test]
fn p5_a_fork_shows_with_the_next_pulse() {
    caught(hooks!(Fork), 14, &["FORK"]);
}

// ALARM-9
#[test]
fn p5_beats_served_in_another_order_do_not_follow() {
    caught(hooks!(ReorderBeats), 3, &["CHAIN"]);
}

// ALARM-3
#[test]
fn p5_cells_on_another_seat_are_not_their_authors() {
    caught(hooks!(SwapCells), 2, &["ALTERED-CELL"]);
}

// ALARM-8
#[test]
fn p5_a_relay_rolled_back_opens_a_new_segment_and_says_so() {
    let mut world = caught(hooks!(RollBack), 8, &["RESTORED"]);
    world.run(60);
    assert!(world.is_ready(), "after the new segment all go on");
    assert_eq!(world.split_rooms(), []);
}

// ALARM-3
#[test]
fn p5_an_altered_cell_is_known_to_its_author() {
    caught(hooks!(AlterCell), 2, &["ALTERED-CELL"]);
}

// ALARM-1
#[test]
fn p5_a_cell_altered_for_the_others_is_a_fork() {
    caught(hooks!(AlterCellForOthers), 14, &["FORK"]);
}

// CELL-6
#[test]
fn p5_a_cell_served_twice_is_not_taken_twice() {
    caught(hooks!(Replay), 2, &["ALTERED-CELL"]);
}

// ALARM-6
#[test]
fn p5_a_slow_clock_parts_from_the_stations() {
    caught(hooks!(SlowClock), 16, &["SKEW"]);
}

// ALARM-5
#[test]
fn p5_a_relay_that_serves_nothing_is_silent() {
    caught(hooks!(Starve), 26, &["SILENT"]);
}
