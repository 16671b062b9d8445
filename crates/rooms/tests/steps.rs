//! A room's life, step by step.

mod common;

use backchannel_rooms::{Change, Observed, RoomError, RoomGroup, Rule, limits};
use backchannel_wire::limits::FRAGMENT_BYTES_MAX;
use common::*;
use zeroize::Zeroizing;

#[test]
fn rooms_of_every_size_agree_and_talk() {
    for size in [1, 2, 3, 8] {
        let mut party = Party::of(size, 1);
        party.check_agreement();
        party.check_talk();
        assert_eq!(party.members[0].members().unwrap().len(), usize::from(size));
    }
}

#[test]
fn the_longest_message_fills_one_fragment_exactly() {
    let mut party = Party::of(2, 2);
    let message = party.say(0, &[9; limits::MESSAGE_BYTES_MAX]);
    assert_eq!(message.len(), FRAGMENT_BYTES_MAX);
    assert_eq!(spoken(party.members[1].receive(&message)).1, [9; limits::MESSAGE_BYTES_MAX]);
    // ROOM-11
    let Party { rng, members } = &mut party;
    let longer = members[0].encrypt(&[9; limits::MESSAGE_BYTES_MAX + 1], rng);
    assert_eq!(longer, Err(RoomError::Refused(Rule::TooLong)));
}

#[test]
fn a_commit_is_seen_before_it_is_applied() {
    let mut party = Party::of(3, 3);
    let newcomer = party.newcomer(3);
    let staged = party.stage(0, &Change::Add { key_package: newcomer.key_package().to_vec() }).unwrap();
    let before = party.members[1].epoch_authenticator().unwrap();
    let verified = commit(party.members[1].receive(&staged.commit));
    assert_eq!(verified.committer(), &party.members[0].own_leaf().unwrap());
    assert_eq!(verified.observed(), &Observed::Added(newcomer.leaf().clone()));
    assert_eq!(verified.note(), b"note");
    assert_eq!(party.members[1].epoch_authenticator().unwrap(), before);
    drop(verified);
    let again = commit(party.members[1].receive(&staged.commit));
    let next = again.next_authenticator();
    party.members[1].apply(again).unwrap();
    assert_eq!(next, Some(party.members[1].epoch_authenticator().unwrap()));
}
