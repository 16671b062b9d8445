//! Counters, old vaults and coming back.

use super::super::PulseExtras;
use super::harness::Stage;
use crate::machine::envelope::{Class, Envelope};
use crate::machine::watch::AlarmKind;
use backchannel_wire::UtcMs;

// CELL-6
#[test]
fn a_cell_whose_counter_was_used_is_refused_whole() {
    let mut stage = Stage::of(3);
    let stream = stage.rooms[1].outbox.stream;
    let told =
        Envelope::Small { stream, class: Class::Flash, number: 1, bytes: b"text".to_vec(), first: None };
    let used = stage.peer(0, 1).counter;
    stage.step_with(|stage, cells| {
        let message = stage.message(1, &told);
        cells[1] = Some(stage.forge(1, 1, used, vec![message]));
    });
    assert!(stage.delivered.is_empty());
    assert_eq!(stage.peer(0, 1).counter, used);
    stage.step_with(|stage, cells| {
        let message = stage.message(1, &told);
        cells[1] = Some(stage.forge(1, 1, used + 2, vec![message]));
    });
    assert_eq!(stage.got(0, 1), [b"text"]);
}

// CELL-6
#[test]
fn a_station_never_uses_a_counter_twice() {
    let mut stage = Stage::of(2);
    let mut seen = Vec::new();
    for n in 0..20u8 {
        stage.step_with(|stage, cells| {
            seen.push(stage.read(1, cells).counter);
            if n % 3 == 0 {
                cells[1] = None;
            }
        });
        let copy = stage.vaults[&1].clone();
        stage.restore_vault(1, &copy);
    }
    assert!(seen.windows(2).all(|pair| pair[0] < pair[1]), "{seen:?}");
}

// CELL-6
#[test]
fn the_highest_counter_there_is_silences_nobody() {
    let mut stage = Stage::of(3);
    stage.step_with(|stage, cells| cells[1] = Some(stage.forge(2, 1, u64::MAX, vec![])));
    stage.run(3);
    stage.send(0, Class::Flash, b"text");
    stage.send(1, Class::Flash, b"own");
    stage.run(3);
    assert_eq!(stage.got(2, 0), [b"text"]);
    assert_eq!(stage.got(0, 1), [b"own"]);
    assert_eq!(stage.got(2, 1), [b"own"]);
    assert!(stage.alarms().contains(&(1, AlarmKind::AlteredCell, None)));
}

/// Puts a station's vault back by some beats; it takes again what was sealed since.
fn roll_back(stage: &mut Stage, n: u8, beats: u64, mut between: impl FnMut(&mut Stage, u64)) {
    let copy = stage.vaults[&n].clone();
    let mut records = Vec::new();
    for at in 0..beats {
        between(stage, at);
        stage.record_to(n, &mut records);
    }
    stage.clear();
    stage.restore_vault(n, &copy);
    stage.replay(n, &records);
}

// CELL-6: a vault put back to an earlier state would use counters again; the station notices by its own later cells.
#[test]
fn an_old_vault_is_noticed_and_the_station_rejoins() {
    let mut stage = Stage::of(3);
    roll_back(&mut stage, 1, 10, |_, _| {});
    assert!(stage.must_rejoin(1));
    assert_eq!(stage.alarms(), []);
    stage.send(0, Class::Flash, b"text");
    stage.rejoin(1);
    stage.send(1, Class::Flash, b"back");
    stage.run(6);
    assert_eq!(stage.got(1, 0), [b"text"]);
    assert_eq!(stage.got(0, 1), [b"back"]);
    assert!(stage.agree());
}

// CELL-6: it may have posted again before it took the records in which its later cells stand.
#[test]
fn an_old_vault_is_noticed_even_if_it_posted_first() {
    let mut stage = Stage::of(3);
    let copy = stage.vaults[&1].clone();
    let mut records = Vec::new();
    (0..10).for_each(|_| stage.record_to(1, &mut records));
    stage.clear();
    stage.restore_vault(1, &copy);
    let (beat, now, mut rng) = (stage.beat(), UtcMs(1), stage.rng.clone());
    let _ = stage.room(1).build(beat, now, PulseExtras::default(), &mut rng).unwrap();
    stage.replay(1, &records);
    assert!(stage.must_rejoin(1));
    assert_eq!(stage.alarms(), []);
}

// ALARM-3: an old vault is an honest fault, and its station's own commits since are unknown to it.
#[test]
fn an_old_vault_raises_no_altered_cell() {
    let mut stage = Stage::of(3);
    roll_back(&mut stage, 1, 20, |stage, at| {
        if at == 2 {
            stage.update(1);
        }
    });
    assert!(stage.must_rejoin(1));
    assert_eq!(stage.alarms(), []);
}

#[test]
fn what_waited_while_a_station_was_out_is_delivered_once_after_its_return() {
    let mut stage = Stage::of(3);
    stage.send(1, Class::Routine, b"before");
    stage.run(4);
    stage.room(1).stuck = true;
    stage.send(1, Class::Routine, b"meanwhile");
    stage.send(0, Class::Routine, b"to the one away");
    stage.run(10);
    stage.rejoin(1);
    stage.run(60);
    assert_eq!(stage.got(0, 1), [&b"before"[..], b"meanwhile"]);
    assert_eq!(stage.got(2, 1), [&b"before"[..], b"meanwhile"]);
    assert_eq!(stage.got(1, 0), [b"to the one away"]);
    assert!(stage.rooms.iter().all(|room| room.outbox.is_empty()));
}

// CELL-6
#[test]
fn a_first_cell_with_a_counter_beyond_its_beats_silences_no_newcomer() {
    let mut stage = Stage::of(2);
    stage.join_unvouched(2);
    stage.vouch_all();
    let beat = stage.beat().0;
    stage.step_with(|stage, cells| cells[2] = Some(stage.forge(1, 2, beat, vec![])));
    stage.run(2);
    stage.send(2, Class::Flash, b"own");
    stage.run(12);
    assert_eq!(stage.got(0, 2), [b"own"]);
}

// JOIN-13
#[test]
fn a_seat_filled_with_noise_is_as_away_as_an_empty_one() {
    let mut stage = Stage::of(3);
    let before = stage.peer(0, 2).away;
    for _ in 0..10 {
        stage.step_with(|_, cells| {
            cells[2] = cells[2].take().map(|mut cell| {
                cell.iter_mut().for_each(|byte| *byte ^= 0x5a);
                cell
            })
        });
    }
    assert_eq!(stage.peer(0, 2).away, before + 10);
    stage.step();
    assert_eq!(stage.peer(0, 2).away, 0);
    // A station that opens nobody's cells says nothing of anybody.
    for _ in 0..10 {
        stage.step_with(|_, cells| {
            for cell in cells.iter_mut().skip(1).flatten() {
                cell.iter_mut().for_each(|byte| *byte ^= 0x5a);
            }
        });
    }
    assert_eq!(stage.peer(0, 2).away, 0);
}
