//! Pulses: what a station says of itself, authenticated (docs/spec/transport.md).

use super::super::PulseExtras;
use super::harness::Stage;
use crate::limits::{PULSE_BEATS, REGISTRY_PULSE_BEATS};
use crate::machine::envelope::{CLASSES, Class, Envelope, Pulse, Receipt};
use crate::machine::watch::AlarmKind;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{Head, StreamId};

fn gaps(beats: &[u64]) -> Vec<u64> {
    beats.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

// PULSE-1
#[test]
fn a_station_pulses_every_dozen_beats_when_idle() {
    let mut stage = Stage::of(3);
    stage.run(5 * PULSE_BEATS);
    for of in 1..3 {
        let beats = stage.pulses(0, of);
        assert!(beats.len() >= 5, "{beats:?}");
        assert!(gaps(&beats).iter().all(|gap| *gap == PULSE_BEATS), "{beats:?}");
    }
}

// PULSE-1
#[test]
fn what_starts_a_clock_is_receipted_in_the_next_cell() {
    let mut stage = Stage::of(2);
    stage.quiet(3);
    stage.clear();
    stage.send(0, Class::Flash, b"text");
    stage.step();
    assert_eq!(stage.rooms[0].outbox.len(), 1);
    let next = stage.beat().0;
    stage.step();
    assert_eq!(stage.pulses(0, 1), [next]);
    assert!(stage.rooms[0].outbox.is_empty());
}

// PULSE-2
#[test]
fn the_registrys_pulses_keep_their_beats_whatever_is_said() {
    let beats = |busy: bool| {
        let mut stage = Stage::of_kind(3, RoomKind::Registry);
        for n in 0..30 {
            if busy && n % 4 == 0 {
                stage.send(0, Class::Flash, b"text");
                stage.room(1).want_pulse();
            }
            stage.step();
        }
        (stage.pulses(0, 1), stage.pulses(1, 2), stage.pulses(2, 0))
    };
    let idle = beats(false);
    assert!(gaps(&idle.0).iter().all(|gap| *gap == REGISTRY_PULSE_BEATS), "{idle:?}");
    assert_eq!(beats(true), idle);
}

// PULSE-2: a slot that is used and one that is not make cells of one size, as all cells are.
#[test]
fn digests_do_not_change_whether_a_station_pulses() {
    let mut stage = Stage::of_kind(2, RoomKind::Registry);
    let (now, mut rng) = (backchannel_wire::UtcMs(1), stage.rng.clone());
    for _ in 0..6 {
        let beat = stage.beat();
        let due = stage.rooms[0].will_pulse(beat);
        assert_eq!(due, beat.0.is_multiple_of(REGISTRY_PULSE_BEATS));
        let before = stage.rooms[0].next_pulse();
        let extras = PulseExtras { digests: Some([Head([1; 32]); 4]), ..PulseExtras::default() };
        stage.step_with(|stage, _| {
            // Built again as if nothing had been: only the schedule says whether the number moves on.
            let _ = stage.room(0).build(beat, now, extras, &mut rng).unwrap();
        });
        assert_eq!(stage.rooms[0].next_pulse() > before, due);
    }
}

// PULSE-3
#[test]
fn the_counters_of_a_cell_empty_no_outbox() {
    let mut stage = Stage::of(2);
    stage.off = vec![1];
    stage.send(0, Class::Flash, b"text");
    stage.run(3);
    stage.on(1);
    // A cell under the room's key says that everything was received from everybody.
    stage.step_with(|stage, cells| {
        let counter = stage.read(1, cells).counter;
        cells[1] = Some(stage.forge(0, 1, counter, vec![]));
    });
    assert_eq!(stage.rooms[0].outbox.len(), 1);
}

// PULSE-3
#[test]
fn a_receipt_for_another_stream_or_seat_empties_no_outbox() {
    let mut stage = Stage::of(3);
    stage.off = vec![2];
    stage.send(0, Class::Flash, b"text");
    stage.run(3);
    assert_eq!(stage.rooms[0].outbox.len(), 1);
    let own = stage.rooms[0].outbox.stream;
    let everything = [u64::MAX; crate::machine::envelope::CLASSES];
    for (seat, stream) in [(0, StreamId([0; 8])), (1, own)] {
        let pulse = Pulse {
            number: 999,
            stream: stage.rooms[1].outbox.stream,
            beat: stage.rooms[1].last_beat(),
            head: stage.rooms[1].position.head,
            epoch_authenticator: [0; 32],
            receipts: vec![Receipt { seat, stream, through: everything, pulse: 1 }],
            floors: Vec::new(),
            others: Vec::new(),
            digests: None,
            matched: None,
            locked: false,
            sent: [0; CLASSES],
        };
        stage.step_with(|stage, cells| {
            let message = stage.message(1, &Envelope::Pulse(pulse));
            cells[1] = Some(stage.forge(1, 1, stage.rooms[1].counter, vec![message]));
        });
        assert_eq!(stage.rooms[0].outbox.len(), 1);
    }
}

// PULSE-4, ALARM-1
#[test]
fn a_pulse_that_states_another_head_raises_fork() {
    let mut stage = Stage::of(2);
    let shown = stage.rooms[1].position.head;
    stage.room(1).position.head = Head([6; 32]);
    stage.room(1).want_pulse();
    stage.step_with(|stage, _| stage.room(1).position.head = shown);
    assert_eq!(stage.alarms(), [(0, AlarmKind::Fork, Some(1))]);
}

// PULSE-4
#[test]
fn a_fork_of_a_beat_before_those_the_relay_gave_up_still_shows() {
    for forked in [false, true] {
        let mut stage = Stage::of(2);
        let (beat, head) = (stage.rooms[0].last_beat(), stage.rooms[0].position.head);
        stage.pruned(0, 5);
        let pulse = Pulse {
            number: 999,
            stream: stage.rooms[1].outbox.stream,
            beat,
            head: if forked { Head([6; 32]) } else { head },
            epoch_authenticator: [0; 32],
            receipts: Vec::new(),
            floors: Vec::new(),
            others: Vec::new(),
            digests: None,
            matched: None,
            locked: false,
            sent: [0; CLASSES],
        };
        stage.step_with(|stage, cells| {
            let message = stage.message(1, &Envelope::Pulse(pulse));
            cells[1] = Some(stage.forge(1, 1, stage.rooms[1].counter, vec![message]));
        });
        assert_eq!(stage.alarms().contains(&(0, AlarmKind::Fork, Some(1))), forked);
    }
}
