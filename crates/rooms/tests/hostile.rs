//! Outside bytes: nothing panics, and nothing that is refused changes anything.

mod common;

use backchannel_rooms::{Change, Newcomer, RoomGroup, inspect_key_package};
use common::*;
use proptest::prelude::*;
use std::sync::OnceLock;

/// A room of three, as bytes, and what a fourth and the members sent.
struct Scene {
    receiver: Vec<u8>,
    newcomer: Vec<u8>,
    message: Vec<u8>,
    commit: Vec<u8>,
    welcome: Vec<u8>,
    key_package: Vec<u8>,
}

fn scene() -> &'static Scene {
    static SCENE: OnceLock<Scene> = OnceLock::new();
    SCENE.get_or_init(|| {
        let mut party = Party::of(3, 1);
        let receiver = party.members[1].to_bytes().to_vec();
        let newcomer = party.newcomer(3);
        let message = party.say(0, b"words");
        let change = Change::Add { key_package: newcomer.key_package().to_vec() };
        let staged = party.stage(0, &change).unwrap();
        Scene {
            receiver,
            newcomer: newcomer.to_bytes().to_vec(),
            message,
            commit: staged.commit,
            welcome: staged.welcome.unwrap(),
            key_package: newcomer.key_package().to_vec(),
        }
    })
}

fn receiver() -> RoomGroup {
    RoomGroup::from_bytes(&scene().receiver).unwrap()
}

/// What is refused leaves the room as it was, and able to read the true message and commit.
fn check_refused(room: &mut RoomGroup, bytes: &[u8]) {
    let before = room.to_bytes();
    assert!(room.receive(bytes).is_err());
    assert_eq!(room.to_bytes(), before);
    assert!(room.take_changes().is_empty());
}

fn check_unharmed(mut room: RoomGroup) {
    assert_eq!(spoken(room.receive(&scene().message)).1, b"words");
    let verified = commit(room.receive(&scene().commit));
    room.apply(verified).unwrap();
}

fn flipped(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at / 8] ^= 1 << (at % 8);
    bytes
}

#[test]
fn every_altered_byte_of_a_message_is_refused() {
    let mut room = receiver();
    for at in 0..scene().message.len() {
        check_refused(&mut room, &flipped(&scene().message, at * 8 + at % 8));
    }
    check_unharmed(room);
}

#[test]
fn every_cut_message_is_refused() {
    let mut room = receiver();
    for length in 0..scene().message.len() {
        check_refused(&mut room, &scene().message[..length]);
    }
    let longer: Vec<u8> = scene().message.iter().copied().chain([0]).collect();
    check_refused(&mut room, &longer);
    check_unharmed(room);
}

#[test]
fn a_damaged_store_is_refused_without_a_panic() {
    let whole = &scene().receiver;
    for length in (0..whole.len()).step_by(97) {
        assert!(RoomGroup::from_bytes(&whole[..length]).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn an_altered_commit_is_refused(at in 0..scene().commit.len() * 8) {
        let mut room = receiver();
        check_refused(&mut room, &flipped(&scene().commit, at));
        check_unharmed(room);
    }

    #[test]
    fn an_altered_welcome_is_refused(at in 0..scene().welcome.len() * 8) {
        let newcomer = Newcomer::from_bytes(&scene().newcomer).unwrap();
        prop_assert!(RoomGroup::join(&newcomer, &flipped(&scene().welcome, at), NOW).is_err());
        prop_assert!(RoomGroup::join(&newcomer, &scene().welcome, NOW).is_ok());
    }

    #[test]
    fn an_altered_key_package_is_refused(at in 0..scene().key_package.len() * 8) {
        prop_assert!(inspect_key_package(&flipped(&scene().key_package, at), ROOM, NOW).is_err());
    }

    #[test]
    fn arbitrary_bytes_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        check_refused(&mut receiver(), &bytes);
        prop_assert!(inspect_key_package(&bytes, ROOM, NOW).is_err());
        prop_assert!(RoomGroup::from_bytes(&bytes).is_err());
        prop_assert!(Newcomer::from_bytes(&bytes).is_err());
        let newcomer = Newcomer::from_bytes(&scene().newcomer).unwrap();
        prop_assert!(RoomGroup::join(&newcomer, &bytes, NOW).is_err());
    }

    #[test]
    fn a_true_head_before_arbitrary_bytes_is_refused(
        keep in 0..200usize,
        tail in proptest::collection::vec(any::<u8>(), 1..200),
    ) {
        for whole in [&scene().message, &scene().commit] {
            let bytes: Vec<u8> = whole.iter().take(keep).copied().chain(tail.clone()).collect();
            check_refused(&mut receiver(), &bytes);
        }
    }

    #[test]
    fn a_store_with_an_altered_row_does_not_panic(at in 0..scene().receiver.len() * 8) {
        if let Ok(mut room) = RoomGroup::from_bytes(&flipped(&scene().receiver, at)) {
            let _ = room.receive(&scene().message);
            let _ = room.members();
        }
    }
}
