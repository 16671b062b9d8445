//! A room's life, step by step.

mod common;

use backchannel_rooms::{
    Change, Newcomer, Observed, RoomError, RoomGroup, Rule, inspect_key_package, limits,
};
use backchannel_wire::RoomId;
use backchannel_wire::limits::FRAGMENT_BYTES_MAX;
use common::*;
use zeroize::Zeroizing;

#[test]
fn rooms_of_every_size_agree_and_talk() {
    for size in [1, 2, 3, 8, 16] {
        let mut party = Party::of(size, 1);
        party.check_agreement();
        party.check_talk();
        assert_eq!(party.members[0].members().unwrap().len(), usize::from(size));
    }
}

#[test]
fn the_longest_message_fills_one_fragment_exactly() {
    assert_eq!(limits::MESSAGE_BYTES_MAX, 1653);
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
fn the_largest_rooms_messages_keep_their_bounds() {
    let mut party = Party::of(15, 3);
    let newcomer = party.newcomer(15);
    let (staged, _) = party.change(3, &Change::Add { key_package: newcomer.key_package().to_vec() });
    assert!(newcomer.key_package().len() < limits::KEY_PACKAGE_BYTES_MAX);
    assert!(staged.commit.len() < limits::COMMIT_BYTES_MAX);
    assert!(staged.welcome.unwrap().len() < limits::WELCOME_BYTES_MAX);
}

#[test]
fn a_commit_is_seen_before_it_is_applied() {
    // ROOM-17
    let mut party = Party::of(3, 3);
    let newcomer = party.newcomer(3);
    let staged = party.stage(0, &Change::Add { key_package: newcomer.key_package().to_vec() }).unwrap();
    party.members[1].take_changes();
    let before = party.members[1].to_bytes();
    let verified = commit(party.members[1].receive(&staged.commit));
    assert_eq!(verified.committer(), &party.members[0].own_leaf().unwrap());
    assert_eq!(verified.observed(), &Observed::Added(newcomer.leaf().clone()));
    assert_eq!(verified.note(), b"note");
    drop(verified);
    assert_eq!(party.members[1].to_bytes(), before);
    assert!(party.members[1].take_changes().is_empty());
    let again = commit(party.members[1].receive(&staged.commit));
    let next = again.next_authenticator();
    party.members[1].apply(again).unwrap();
    assert_eq!(next, Some(party.members[1].epoch_authenticator().unwrap()));
}

#[test]
fn of_two_racing_commits_the_first_applied_wins_everywhere() {
    let mut party = Party::of(3, 4);
    let ours = party.stage(0, &Change::Update).unwrap();
    let theirs = party.stage(1, &Change::Update).unwrap();
    let won = commit(party.members[0].receive(&theirs.commit));
    party.members[0].apply(won).unwrap();
    assert!(!party.members[0].has_staged());
    party.members[1].apply_staged().unwrap();
    let late = commit(party.members[2].receive(&ours.commit));
    let won = commit(party.members[2].receive(&theirs.commit));
    party.members[2].apply(won).unwrap();
    let (theirs, ours_now) = (2, 3);
    assert_eq!(party.members[2].apply(late), Err(RoomError::WrongEpoch { theirs, ours: ours_now }));
    assert_eq!(
        refused(party.members[1].receive(&ours.commit)),
        RoomError::WrongEpoch { theirs, ours: ours_now }
    );
    assert_eq!(party.members[0].apply_staged(), Err(RoomError::NothingStaged));
    party.check_agreement();
    party.check_talk();
    party.change(0, &Change::Update);
    party.check_agreement();
}

#[test]
fn one_change_is_staged_at_a_time_and_can_be_dropped() {
    let mut party = Party::of(2, 5);
    party.stage(0, &Change::Update).unwrap();
    assert_eq!(party.stage(0, &Change::Update), Err(RoomError::AlreadyStaged));
    party.check_talk();
    party.members[0].drop_staged().unwrap();
    assert!(!party.members[0].has_staged());
    party.change(0, &Change::Update);
    party.check_talk();
}

#[test]
fn a_removed_member_reads_nothing_later() {
    let mut party = Party::of(3, 6);
    let stolen = party.members[2].to_bytes();
    let (staged, outcome) = party.change(0, &Change::Remove { seat: seat(2) });
    assert_eq!(outcome.removed.map(|leaf| leaf.seat), Some(seat(2)));
    assert!(!party.members[2].is_member());
    let later = party.say(0, b"later");
    assert_eq!(refused(party.members[2].receive(&later)), RoomError::NotMember);
    // Even one that kept everything and never applied its removal does not come along.
    let mut keeper = RoomGroup::from_bytes(&stolen).unwrap();
    let verified = commit(keeper.receive(&staged.commit));
    assert!(verified.removes_us() && verified.next_authenticator().is_none());
    assert!(matches!(refused(keeper.receive(&later)), RoomError::WrongEpoch { .. }));
    party.check_agreement();
    party.check_talk();
}

#[test]
fn a_station_rejoins_at_its_seat_in_one_commit() {
    let mut party = Party::of(3, 7);
    let old = party.members[1].own_leaf().unwrap();
    let newcomer = party.newcomer(1);
    let change = Change::Replace { seat: seat(1), key_package: newcomer.key_package().to_vec() };
    let (staged, outcome) = party.change(2, &change);
    assert_eq!((outcome.removed, outcome.added), (Some(old.clone()), Some(newcomer.leaf().clone())));
    assert!(!party.members[1].is_member());
    party.members[1] = RoomGroup::join(&newcomer, &staged.welcome.unwrap(), NOW).unwrap();
    let new = party.members[1].own_leaf().unwrap();
    assert_eq!(new.seat, old.seat);
    assert_ne!(new.pseudonym, old.pseudonym);
    party.check_agreement();
    party.check_talk();
}

#[test]
fn a_freed_seat_can_be_taken_again() {
    let mut party = Party::of(3, 8);
    party.change(0, &Change::Remove { seat: seat(1) });
    assert_eq!(party.members[0].member(seat(1)), Err(RoomError::NotMember));
    party.add(0, 1);
    party.check_agreement();
    party.check_talk();
}

#[test]
fn a_shared_key_is_mixed_in_by_those_who_hold_it() {
    // ROOM-19
    let mut party = Party::of(3, 9);
    let words = Zeroizing::new([5; 32]);
    let change = Change::Psk { id: b"words".to_vec() };
    assert_eq!(party.stage(0, &change), Err(RoomError::UnknownPsk));
    party.members[0].add_psk(b"words", &words).unwrap();
    party.members[1].add_psk(b"words", &words).unwrap();
    let staged = party.stage(0, &change).unwrap();
    assert_eq!(refused(party.members[2].receive(&staged.commit)), RoomError::CannotFollow);
    party.members[2].add_psk(b"words", &Zeroizing::new([6; 32])).unwrap();
    assert_eq!(refused(party.members[2].receive(&staged.commit)), RoomError::CannotFollow);
    party.members[2].add_psk(b"words", &words).unwrap();
    for at in [1, 2] {
        let verified = commit(party.members[at].receive(&staged.commit));
        assert_eq!(verified.observed(), &Observed::Psk(b"words".to_vec()));
        party.members[at].apply(verified).unwrap();
    }
    party.members[0].apply_staged().unwrap();
    party.check_agreement();
    party.check_talk();
    let kept = party.members[0].to_bytes().len();
    party.members[0].forget_psk(b"words").unwrap();
    assert!(party.members[0].to_bytes().len() < kept);
    assert_eq!(party.stage(0, &change), Err(RoomError::UnknownPsk));
    party.check_talk();
}

#[test]
fn every_step_survives_being_stored_and_loaded() {
    let reload = |member: &mut RoomGroup| *member = RoomGroup::from_bytes(&member.to_bytes()).unwrap();
    let mut party = Party::of(3, 10);
    party.members.iter_mut().for_each(reload);
    party.check_talk();
    let newcomer = party.newcomer(3);
    let staged = party.stage(0, &Change::Add { key_package: newcomer.key_package().to_vec() }).unwrap();
    reload(&mut party.members[0]);
    assert!(party.members[0].has_staged());
    for at in [1, 2] {
        let verified = commit(party.members[at].receive(&staged.commit));
        party.members[at].apply(verified).unwrap();
        reload(&mut party.members[at]);
    }
    party.members[0].apply_staged().unwrap();
    let newcomer = Newcomer::from_bytes(&newcomer.to_bytes()).unwrap();
    party.members.push(RoomGroup::join(&newcomer, &staged.welcome.unwrap(), NOW).unwrap());
    party.members.iter_mut().for_each(reload);
    party.check_agreement();
    party.check_talk();
    party.members.iter_mut().for_each(reload);
    party.check_talk();
}

#[test]
fn a_message_is_taken_once_and_in_a_window() {
    // ROOM-16
    let mut party = Party::of(2, 11);
    let messages: Vec<_> = (0..8).map(|n| party.say(0, &[n])).collect();
    let receiver = &mut party.members[1];
    assert!(receiver.receive(&messages[7]).is_ok());
    // Five behind the last are kept, each once.
    assert!(receiver.receive(&messages[3]).is_ok());
    assert_eq!(refused(receiver.receive(&messages[3])), RoomError::TooDistant);
    assert_eq!(refused(receiver.receive(&messages[1])), RoomError::TooDistant);
    assert_eq!(refused(receiver.receive(&messages[7])), RoomError::TooDistant);
    assert_eq!(refused(party.members[0].receive(&messages[0])), RoomError::Own);
}

#[test]
fn a_ciphertext_that_never_left_is_made_again_after_a_crash() {
    // ROOM-18
    let mut party = Party::of(2, 12);
    let durable = party.members[0].to_bytes();
    party.say(0, b"lost in the crash");
    party.members[0] = RoomGroup::from_bytes(&durable).unwrap();
    let sent = party.say(0, b"sent");
    assert_eq!(spoken(party.members[1].receive(&sent)).1, b"sent");
    party.check_talk();
}

#[test]
fn a_thief_of_an_older_store_does_not_read_past_the_stations_own_update() {
    let mut party = Party::of(3, 13);
    let stolen = party.members[1].to_bytes();
    let (staged, _) = party.change(1, &Change::Update);
    let later = party.say(0, b"later");
    let mut thief = RoomGroup::from_bytes(&stolen).unwrap();
    // Its own station's commit is closed to the thief, and so is everything after it.
    assert_eq!(refused(thief.receive(&staged.commit)), RoomError::Own);
    assert!(matches!(refused(thief.receive(&later)), RoomError::WrongEpoch { .. }));
    // The limit, stated: until then, the thief follows the others.
    let mut party = Party::of(3, 13);
    let mut thief = RoomGroup::from_bytes(&party.members[1].to_bytes()).unwrap();
    let (staged, _) = party.change(0, &Change::Update);
    let verified = commit(thief.receive(&staged.commit));
    thief.apply(verified).unwrap();
    let later = party.say(0, b"later");
    assert_eq!(spoken(thief.receive(&later)).1, b"later");
}

#[test]
fn messages_of_a_past_epoch_stay_closed_to_whoever_takes_the_store_later() {
    // ROOM-15
    let mut party = Party::of(2, 14);
    let unread = party.say(0, b"before");
    party.change(0, &Change::Update);
    let error = refused(party.members[1].receive(&unread));
    assert_eq!(error, RoomError::WrongEpoch { theirs: 1, ours: 2 });
}

#[test]
fn what_belongs_elsewhere_is_refused() {
    let mut party = Party::of(2, 15);
    let mut rng = rng(99);
    let other = RoomId([8; 16]);
    let mut stranger = RoomGroup::found(&mut rng, NOW, other, seat(0)).unwrap();
    let foreign = stranger.encrypt(b"words", &mut rng).unwrap();
    assert_eq!(refused(party.members[0].receive(&foreign)), RoomError::WrongRoom);
    let newcomer = Newcomer::new(&mut rng, NOW, seat(2), other).unwrap();
    // ROOM-3
    let refused_leaf = Err(RoomError::Refused(Rule::LeafRoom));
    assert_eq!(inspect_key_package(newcomer.key_package(), ROOM, NOW), refused_leaf);
    // A welcome for somebody else.
    let invited = party.newcomer(2);
    let uninvited = party.newcomer(3);
    let (staged, _) = party.change(0, &Change::Add { key_package: invited.key_package().to_vec() });
    let joined = RoomGroup::join(&uninvited, &staged.welcome.unwrap(), NOW);
    assert_eq!(joined.err(), Some(RoomError::Unopened));
}

#[test]
fn each_step_writes_only_what_changed() {
    let mut party = Party::of(8, 16);
    party.members.iter().for_each(|member| drop(member.take_changes()));
    let said = party.say(0, b"words");
    assert_eq!(party.members[0].take_changes().len(), 1);
    party.members[1].receive(&said).unwrap();
    assert_eq!(party.members[1].take_changes().len(), 1);
    assert!(party.members[0].take_changes().is_empty());
}

#[test]
fn batches_alone_rebuild_the_room() {
    let mut party = Party::of(3, 17);
    let mut rows = std::collections::BTreeMap::new();
    let mut collect = |member: &RoomGroup| {
        for (key, row) in member.take_changes() {
            match row {
                Some(row) => rows.insert(key, row),
                None => rows.remove(&key),
            };
        }
    };
    collect(&party.members[2]);
    party.change(0, &Change::Update);
    collect(&party.members[2]);
    party.change(2, &Change::Remove { seat: seat(1) });
    party.check_talk();
    collect(&party.members[2]);
    party.members[2] = RoomGroup::load(rows).unwrap();
    party.check_agreement();
    party.check_talk();
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let play = || {
        let mut party = Party::of(5, 18);
        let mut bytes: Vec<Vec<u8>> = vec![party.say(3, b"words")];
        let newcomer = party.newcomer(5);
        bytes.push(newcomer.key_package().to_vec());
        let (staged, _) = party.change(1, &Change::Add { key_package: newcomer.key_package().to_vec() });
        bytes.extend([staged.commit, staged.welcome.unwrap()]);
        bytes.push(party.change(4, &Change::Update).0.commit);
        bytes.extend(party.members.iter().map(|member| member.to_bytes().to_vec()));
        bytes
    };
    let (first, again) = (play(), play());
    let differ: Vec<_> = (0..first.len()).filter(|at| first[*at] != again[*at]).collect();
    assert!(differ.is_empty(), "results {differ:?} differ");
}

#[test]
fn rooms_can_move_between_threads() {
    fn check<T: Send>() {}
    check::<RoomGroup>();
    check::<Newcomer>();
    check::<backchannel_rooms::Verified>();
}
