//! Items over cells (docs/spec/transport.md).

use super::harness::{Stage, seat};
use crate::limits::{HOLD_BEATS_MAX, RESEND_BEATS};
use crate::machine::envelope::{Class, Envelope};
use crate::machine::outbox::Fate;
use crate::machine::room::{Purpose, Wish};
use backchannel_wire::cell::{Fragment, FragmentKind};

// TRANSPORT-1
#[test]
fn a_message_behind_a_commit_that_ended_its_epoch_is_made_again() {
    let mut stage = Stage::of(3);
    stage.update(0);
    stage.until_last_cell(0);
    // Only the handshake class leaves beside a commit. Its message and the commit's last cell share a beat; the
    // commit stands first.
    stage.send(1, Class::Handshake, b"vouch");
    stage.step();
    assert_eq!(stage.commits(1), [0]);
    assert!(stage.got(0, 1).is_empty());
    stage.step();
    assert_eq!(stage.got(0, 1), [b"vouch"]);
    assert_eq!(stage.got(2, 1), [b"vouch"]);
}

// TRANSPORT-1
#[test]
fn a_message_whose_cell_was_not_sealed_is_made_again() {
    let mut stage = Stage::of(2);
    stage.send(1, Class::Flash, b"text");
    stage.step_with(|_, cells| cells[1] = None);
    assert!(stage.got(0, 1).is_empty());
    stage.step();
    assert_eq!(stage.got(0, 1), [b"text"]);
    stage.run(20);
    assert_eq!(stage.got(0, 1), [b"text"]);
}

// TRANSPORT-2
#[test]
fn a_message_on_another_seat_than_its_authors_is_dropped() {
    let mut stage = Stage::of(3);
    // As if it were the next item of the other's stream.
    let stream = stage.rooms[1].outbox.stream;
    let told =
        Envelope::Small { stream, class: Class::Flash, number: 1, bytes: b"forged".to_vec(), first: None };
    stage.step_with(|stage, cells| {
        let message = stage.message(2, &told);
        let counter = stage.read(1, cells).counter;
        cells[1] = Some(stage.forge(2, 1, counter, vec![message]));
    });
    assert!(stage.delivered.is_empty());
    // The same words of that seat's own member are taken.
    stage.step_with(|stage, cells| {
        let message = stage.message(1, &told);
        let counter = stage.read(1, cells).counter;
        cells[1] = Some(stage.forge(1, 1, counter, vec![message]));
    });
    assert_eq!(stage.got(0, 1), [b"forged"]);
}

// TRANSPORT-3
#[test]
fn a_long_item_comes_whole_and_across_a_change_of_epoch() {
    let mut stage = Stage::of(3);
    let text: Vec<u8> = (0..9000u32).map(|n| n as u8).collect();
    stage.send(1, Class::Routine, &text);
    stage.run(2);
    stage.update(0);
    stage.run(20);
    assert_eq!(stage.commits(1), [0]);
    assert!(stage.got(0, 1) == [&text[..]]);
    assert!(stage.got(2, 1) == [&text[..]]);
    assert!(stage.rooms[1].outbox.is_empty());
}

// TRANSPORT-3
#[test]
fn a_forged_body_is_not_used_and_the_true_one_is_sent_again() {
    let mut stage = Stage::of(3);
    let text = vec![3; 3000];
    stage.send(1, Class::Routine, &text);
    // A member in league with the relay alters what stands under the cell key alone.
    for _ in 0..6 {
        stage.step_with(|stage, cells| {
            let plain = stage.read(1, cells);
            let altered = plain.fragments.iter().cloned().map(|mut fragment| {
                if fragment.kind == FragmentKind::Body {
                    fragment.bytes[20] ^= 1;
                }
                fragment
            });
            cells[1] = Some(stage.forge(2, 1, plain.counter, altered.collect()));
        });
    }
    assert!(stage.got(0, 1).is_empty());
    stage.run(4);
    assert!(stage.got(0, 1) == [&text[..]]);
    assert!(stage.rooms[1].outbox.is_empty());
}

// TRANSPORT-6
#[test]
fn what_is_sealed_and_not_receipted_is_sent_again_after_its_time() {
    let mut stage = Stage::of(2);
    let text = vec![3; 3000];
    stage.send(1, Class::Routine, &text);
    stage.step();
    // The reader had too much that was incomplete, and this gave way (TRANSPORT-4).
    stage.room(0).peers.get_mut(&1).unwrap().assembly = Default::default();
    stage.run(RESEND_BEATS);
    assert!(stage.got(0, 1).is_empty());
    stage.run(8);
    assert!(stage.got(0, 1) == [&text[..]]);
    assert!(stage.rooms[1].outbox.is_empty());
}

// TRANSPORT-5
#[test]
fn a_flash_overtakes_a_long_routine_item_and_each_class_keeps_its_order() {
    let mut stage = Stage::of(2);
    let long = vec![1; 20_000];
    stage.send(0, Class::Routine, &long);
    stage.send(0, Class::Routine, b"after it");
    stage.run(3);
    stage.send(0, Class::Flash, b"flash");
    stage.step();
    assert_eq!(stage.got(1, 0), [b"flash"]);
    stage.run(20);
    assert!(stage.got(1, 0) == [b"flash", &long[..], b"after it"]);
}

// TRANSPORT-6
#[test]
fn an_item_is_kept_until_every_recipient_receipted_it_and_no_longer() {
    let mut stage = Stage::of(3);
    stage.off = vec![2];
    stage.send(0, Class::Flash, b"text");
    stage.run(20);
    assert_eq!(stage.got(1, 0), [b"text"]);
    assert_eq!(stage.rooms[0].outbox.len(), 1);
    stage.on(2);
    stage.run(2);
    assert_eq!(stage.got(2, 0), [b"text"]);
    assert!(stage.rooms[0].outbox.is_empty());
}

// TRANSPORT-6
#[test]
fn what_nobody_is_left_to_receive_is_reported() {
    let mut stage = Stage::of(3);
    stage.off = vec![1, 2];
    stage.room(0).wish(Wish::new(Purpose::Remove(seat(1))));
    stage.send(0, Class::Flash, b"text");
    stage.run(6);
    assert_eq!(stage.room(0).forget(seat(1)), [], "another is still to receive it");
    stage.room(0).wish(Wish::new(Purpose::Remove(seat(2))));
    stage.run(8);
    assert_eq!(stage.rooms[0].outbox.len(), 1, "its station may come back");
    assert_eq!(stage.room(0).forget(seat(2)), [Fate::Undeliverable([9; 16])]);
    assert!(stage.rooms[0].outbox.is_empty());
}

// TRANSPORT-7
#[test]
fn content_waits_while_a_commit_is_in_flight() {
    let mut stage = Stage::of(3);
    stage.update(0);
    stage.step();
    stage.send(1, Class::Flash, b"text");
    stage.until_last_cell(0);
    stage.step();
    assert_eq!(stage.commits(2), [0]);
    assert!(stage.got(2, 1).is_empty());
    stage.step();
    assert_eq!(stage.got(2, 1), [b"text"]);
}

// TRANSPORT-7
#[test]
fn a_commit_that_never_ends_does_not_hold_content_for_ever() {
    let mut stage = Stage::of(3);
    stage.update(0);
    stage.step();
    stage.off = vec![0];
    stage.send(1, Class::Flash, b"text");
    stage.run(HOLD_BEATS_MAX - 1);
    assert!(stage.got(2, 1).is_empty());
    stage.run(3);
    assert_eq!(stage.got(2, 1), [b"text"]);
}

// TRANSPORT-7
#[test]
fn content_waits_while_somebody_is_not_vouched_for() {
    let mut stage = Stage::of(2);
    stage.join_unvouched(2);
    stage.send(0, Class::Flash, b"text");
    stage.send(0, Class::Handshake, b"vouch");
    stage.run(40);
    assert_eq!(stage.got(1, 0), [b"vouch"]);
    assert_eq!(stage.got(2, 0), [b"vouch"]);
    stage.vouch_all();
    stage.run(2);
    assert_eq!(stage.got(1, 0), [&b"vouch"[..], b"text"]);
}

// TRANSPORT-7: who is not vouched for can hand over vouches, and nothing else.
#[test]
fn content_of_somebody_not_vouched_for_is_not_delivered() {
    let mut stage = Stage::of(2);
    stage.join_unvouched(2);
    stage.room(2).vouched(seat(0), super::harness::who(0));
    stage.room(2).vouched(seat(1), super::harness::who(1));
    stage.send(2, Class::Flash, b"text");
    stage.send(2, Class::Handshake, b"vouch");
    stage.run(10);
    assert_eq!(stage.got(0, 2), [b"vouch"]);
}

// TRANSPORT-8
#[test]
fn a_newcomer_does_not_wait_for_what_was_said_before_it() {
    let mut stage = Stage::of(2);
    for text in [b"one", b"two"] {
        stage.send(0, Class::Routine, text);
    }
    stage.run(4);
    stage.join(2);
    stage.send(0, Class::Routine, b"three");
    stage.run(6);
    assert_eq!(stage.got(2, 0), [b"three"]);
    assert_eq!(stage.got(1, 0), [&b"one"[..], b"two", b"three"]);
    assert!(stage.rooms[0].outbox.is_empty());
}

// TRANSPORT-8
#[test]
fn a_newcomer_takes_nothing_before_it_was_told_the_floor() {
    let mut stage = Stage::of(2);
    stage.join(2);
    let stream = stage.rooms[1].outbox.stream;
    let told =
        Envelope::Small { stream, class: Class::Flash, number: 1, bytes: b"early".to_vec(), first: None };
    // The relay keeps every pulse of seat 1 back; a message of its stream comes alone.
    stage.step_with(|stage, cells| {
        let message = stage.message(1, &told);
        cells[1] = Some(stage.forge(1, 1, stage.rooms[1].counter, vec![message]));
    });
    assert!(stage.got(2, 1).is_empty());
    assert_eq!(stage.got(0, 1), [b"early"]);
}

#[test]
fn fragments_out_of_nowhere_are_borne() {
    let mut stage = Stage::of(2);
    for kind in [FragmentKind::Message, FragmentKind::Commit, FragmentKind::Body] {
        stage.step_with(|stage, cells| {
            let count = if kind == FragmentKind::Message { 1 } else { 3 };
            let message = backchannel_wire::MessageId([4; 16]);
            let fragment = Fragment { kind, message, index: 0, count, bytes: vec![7; 100] };
            cells[1] = Some(stage.forge(0, 1, stage.rooms[1].counter, vec![fragment]));
        });
    }
    stage.send(1, Class::Flash, b"text");
    stage.run(HOLD_BEATS_MAX + 4);
    assert_eq!(stage.got(0, 1), [b"text"]);
}

// TRANSPORT-9
#[test]
fn commits_that_never_come_whole_hold_content_up_for_their_share_only() {
    let mut stage = Stage::of(3);
    for beat in 0..600u64 {
        if beat % 4 == 0 {
            let mut rng = stage.rng.clone();
            stage.room(0).send(Class::Flash, [9; 16], b"text", Some(&[seat(2)]), &mut rng).unwrap();
            stage.rng = rng;
        }
        // As soon as one is given up, the next begins.
        stage.step_with(|stage, cells| {
            let counter = stage.read(1, cells).counter;
            let message = backchannel_wire::MessageId([(beat / 40) as u8; 16]);
            let fragment =
                Fragment { kind: FragmentKind::Commit, message, index: 0, count: 9, bytes: vec![7; 100] };
            cells[1] = Some(stage.forge(1, 1, counter, vec![fragment]));
        });
    }
    assert!(stage.got(2, 0).len() > 130, "{}", stage.got(2, 0).len());
}
