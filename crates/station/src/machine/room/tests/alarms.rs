//! Alarms of a room (docs/spec/alarms.md).

use super::harness::Stage;
use crate::limits::{GAP_CELLS, SILENT_BEATS, UNREADABLE_BEATS, WITHHELD_CELLS};
use crate::machine::envelope::Class;
use crate::machine::watch::AlarmKind;
use backchannel_wire::chain::ChainError;

// ALARM-1, ALARM-3: the honest faults that stations and relays have.
#[test]
fn lost_cells_absences_and_a_restored_relay_raise_neither_fork_nor_altered_cell() {
    let mut stage = Stage::of(3);
    for n in 0..120u64 {
        if n % 31 == 5 {
            stage.update((n % 3) as u8);
        }
        if n == 40 {
            stage.off = vec![2];
        }
        if n == 60 {
            stage.on(2);
        }
        if n == 90 {
            stage.restore_relay();
        }
        stage.send((n % 2) as u8, Class::Routine, b"text");
        stage.step_with(|_, cells| {
            if n % 17 == 3 {
                cells[(n % 3) as usize] = None;
            }
        });
    }
    let graver =
        |(_, kind, _): &(u8, AlarmKind, Option<u8>)| !matches!(kind, AlarmKind::Restored | AlarmKind::Silent);
    assert!(!stage.alarms().iter().any(graver), "{:?}", stage.alarms());
    assert_eq!(stage.got(1, 0).len(), 60);
    assert_eq!(stage.got(0, 1).len(), 60);
}

// ALARM-2
#[test]
fn cells_handed_over_and_never_sealed_raise_gap() {
    let mut stage = Stage::of(2);
    for _ in 0..=GAP_CELLS {
        stage.step_with(|_, cells| cells[1] = None);
    }
    assert!(!stage.alarms().contains(&(0, AlarmKind::Gap, Some(1))));
    stage.step();
    assert!(stage.alarms().contains(&(0, AlarmKind::Gap, Some(1))));
}

// ALARM-3
#[test]
fn another_cell_in_ones_own_place_raises_altered_cell() {
    let mut stage = Stage::of(2);
    stage.step_with(|stage, cells| {
        let counter = stage.read(1, cells).counter;
        cells[1] = Some(stage.forge(0, 1, counter, vec![]));
    });
    assert_eq!(stage.alarms(), [(1, AlarmKind::AlteredCell, None)]);
}

// ALARM-3
#[test]
fn a_cell_where_none_was_posted_raises_altered_cell() {
    let mut stage = Stage::of(2);
    stage.off = vec![1];
    stage.step_with(|_, cells| cells[1] = Some(Box::new([7; 2048])));
    stage.on(1);
    assert_eq!(stage.alarms(), [(1, AlarmKind::AlteredCell, None)]);
}

// ALARM-4
#[test]
fn cells_posted_and_marked_absent_raise_withheld() {
    let mut stage = Stage::of(2);
    for _ in 0..WITHHELD_CELLS {
        stage.step_with(|_, cells| cells[1] = None);
    }
    assert_eq!(stage.alarms(), []);
    stage.step_with(|_, cells| cells[1] = None);
    assert_eq!(stage.alarms(), [(1, AlarmKind::Withheld, None)]);
}

// ALARM-4
#[test]
fn cells_that_left_when_their_beat_was_over_raise_nothing_when_they_are_marked_absent() {
    let mut stage = Stage::of(2);
    for _ in 0..=WITHHELD_CELLS {
        stage.step_with(|stage, cells| {
            stage.leaves_late(1);
            cells[1] = None;
        });
    }
    assert_eq!(stage.alarms(), []);
    for _ in 0..=WITHHELD_CELLS {
        stage.step_with(|_, cells| cells[1] = None);
    }
    assert_eq!(stage.alarms(), [(1, AlarmKind::Withheld, None)]);
}

// ALARM-5
#[test]
fn a_silent_head_of_delegation_raises_silent() {
    let mut stage = Stage::of(2);
    stage.off = vec![1];
    stage.run(SILENT_BEATS);
    assert_eq!(stage.alarms(), []);
    stage.step();
    assert_eq!(stage.alarms(), [(0, AlarmKind::Silent, Some(1))]);
}

// ALARM-7
#[test]
fn cells_that_no_kept_key_opens_raise_unreadable() {
    let mut stage = Stage::of(3);
    for _ in 0..UNREADABLE_BEATS {
        stage.step_with(|_, cells| cells[1] = Some(Box::new([7; 2048])));
    }
    assert!(!stage.alarms().iter().any(|(_, kind, _)| *kind == AlarmKind::Unreadable));
    stage.step_with(|_, cells| cells[1] = Some(Box::new([7; 2048])));
    assert!(stage.alarms().contains(&(0, AlarmKind::Unreadable, Some(1))));
    assert!(stage.alarms().contains(&(2, AlarmKind::Unreadable, Some(1))));
}

// ALARM-9
#[test]
fn a_new_segment_raises_restored_and_what_was_under_way_is_sent_again() {
    let mut stage = Stage::of(2);
    stage.send(0, Class::Flash, b"text");
    // The beat that held it was sealed, and then lost with the relay's newer store.
    let (now, mut rng) = (backchannel_wire::UtcMs(1), stage.rng.clone());
    let beat = stage.beat();
    let _ = stage.room(0).build(beat, now, Default::default(), &mut rng).unwrap();
    stage.restore_relay();
    assert_eq!(stage.alarms(), [(0, AlarmKind::Restored, None), (1, AlarmKind::Restored, None)]);
    stage.run(2);
    assert_eq!(stage.got(1, 0), [b"text"]);
}

// ALARM-10
#[test]
fn a_record_that_does_not_follow_from_the_chain_changes_nothing() {
    use backchannel_wire::frame::Record;
    let mut stage = Stage::of(2);
    let now = backchannel_wire::UtcMs(1);
    let good = stage.next_record(0, vec![None; 4]);
    let before = stage.rooms[0].position;
    let Record::Beat { sealed, head, mac } = good.clone() else { panic!("a beat") };
    let other = stage.next_record(1, vec![None; 4]);
    let Record::Beat { mac: for_another_seat, .. } = other else { panic!("a beat") };
    let later = {
        let mut later = (*sealed).clone();
        later.beat = later.beat.plus(1);
        later
    };
    let altered = {
        let mut altered = (*sealed).clone();
        altered.cells[1] = Some(Box::new([7; 2048]));
        altered
    };
    let bad = [
        (Record::Beat { sealed: altered.into(), head, mac }, ChainError::Head),
        (Record::Beat { sealed: later.into(), head, mac }, ChainError::OutOfOrder),
        (Record::Beat { sealed, head, mac: for_another_seat }, ChainError::Mac),
    ];
    for (record, why) in bad {
        assert_eq!(stage.room(0).record(&record, now).err(), Some(why));
        assert_eq!(stage.rooms[0].position, before);
    }
    assert!(stage.room(0).record(&good, now).is_ok());
}
