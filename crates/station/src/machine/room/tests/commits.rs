//! Commits race, and every station decides alike (docs/spec/rooms.md, "Racing commits").

use super::super::{Purpose, Wish};
use super::harness::{Stage, seat};
use crate::limits::{BAR_BEATS, COMMIT_SPACING_BEATS};
use backchannel_rooms::{Change, Newcomer};
use backchannel_wire::cell::{Fragment, FragmentKind};
use backchannel_wire::limits::SEATS_MAX;
use backchannel_wire::{MessageId, UtcMs};

const NOW: UtcMs = UtcMs(1_800_000_000_000);

// ROOM-20
#[test]
fn of_two_commits_the_one_that_is_complete_first_wins_everywhere() {
    let mut stage = Stage::of(3);
    stage.quiet(6);
    stage.update(0);
    stage.update(1);
    stage.run(8);
    // Both were complete in one beat: the lower seat stands first. The other is made again in the new epoch.
    for at in 0..3 {
        assert_eq!(stage.commits(at)[0], 0);
    }
    stage.run(20);
    for at in 0..3 {
        assert_eq!(stage.commits(at), [0, 1]);
    }
    assert!(stage.agree());
}

// ROOM-20
#[test]
fn a_relay_that_omits_a_cell_can_only_make_the_other_commit_complete_first() {
    let mut stage = Stage::of(3);
    stage.quiet(6);
    stage.update(1);
    stage.update(2);
    stage.step_with(|_, cells| cells[1] = None);
    stage.run(8);
    for at in 0..3 {
        assert_eq!(stage.commits(at)[0], 2);
    }
    stage.run(20);
    assert!(stage.agree());
    assert_eq!(stage.commits(0), [2, 1]);
}

// ROOM-20
#[test]
fn an_own_commit_takes_effect_only_when_it_is_sealed() {
    let mut stage = Stage::of(2);
    let epoch = stage.rooms[0].epoch();
    stage.update(0);
    stage.until_last_cell(0);
    stage.step_with(|_, cells| cells[0] = None);
    assert_eq!(stage.rooms[0].epoch(), epoch);
    stage.step();
    assert_eq!(stage.rooms[0].epoch(), epoch + 1);
    assert_eq!(stage.rooms[1].epoch(), epoch + 1);
}

/// Hands a commit over in a seat's cells, as a hostile station would, one fragment a beat.
fn carry(stage: &mut Stage, by: u8, at: u8, commit: &[u8]) {
    let chunks: Vec<Vec<u8>> = commit.chunks(1700).map(<[u8]>::to_vec).collect();
    let count = chunks.len() as u16;
    for (index, bytes) in (0u16..).zip(chunks) {
        let message = MessageId([6; 16]);
        let fragment = Fragment { kind: FragmentKind::Commit, message, index, count, bytes };
        stage.step_with(|stage, cells| {
            let counter = stage.read(at, cells).counter;
            cells[usize::from(at)] = Some(stage.forge(by, at, counter, vec![fragment]));
        });
    }
}

fn staged(stage: &mut Stage, by: u8, change: &Change) -> Vec<u8> {
    let mut rng = stage.rng.clone();
    let commit = stage.room(by).group.stage(change, b"", &mut rng, NOW).unwrap().commit;
    stage.room(by).group.drop_staged().unwrap();
    stage.rng = rng;
    commit
}

// ROOM-20
#[test]
fn a_commit_carried_on_another_seat_than_its_authors_is_invalid() {
    let mut stage = Stage::of(3);
    let commit = staged(&mut stage, 2, &Change::Update);
    carry(&mut stage, 2, 1, &commit);
    assert!(stage.commits(0).is_empty());
    // The same commit on its author's seat is valid.
    carry(&mut stage, 2, 2, &commit);
    assert_eq!(stage.commits(0), [2]);
}

// ROOM-20
#[test]
fn a_commit_that_adds_a_seat_the_room_does_not_have_is_invalid() {
    let mut stage = Stage::of(2);
    let beyond = seat(SEATS_MAX as u8 - 1);
    let newcomer = Newcomer::new(&mut stage.rng, NOW, beyond, super::harness::ROOM).unwrap();
    let change = Change::Add { key_package: newcomer.key_package().to_vec() };
    let commit = staged(&mut stage, 1, &change);
    carry(&mut stage, 1, 1, &commit);
    assert!(stage.commits(0).is_empty());
}

// ROOM-20
#[test]
fn a_member_cannot_keep_the_room_busy_with_commits() {
    let mut stage = Stage::of(2);
    stage.update(1);
    stage.until_last_cell(1);
    stage.step();
    assert_eq!(stage.commits(0), [1]);
    // Its next one is complete within the spacing, whatever its own station thinks of that.
    let commit = staged(&mut stage, 1, &Change::Update);
    assert!((commit.len() as u64).div_ceil(1700) < COMMIT_SPACING_BEATS);
    carry(&mut stage, 1, 1, &commit);
    assert_eq!(stage.commits(0), [1]);
    stage.run(COMMIT_SPACING_BEATS);
    carry(&mut stage, 1, 1, &commit);
    assert_eq!(stage.commits(0), [1, 1]);
}

// ROOM-20
#[test]
fn a_removal_need_not_wait() {
    let mut stage = Stage::of(3);
    stage.update(0);
    stage.until_last_cell(0);
    stage.step();
    let first = stage.beat().0;
    stage.room(0).wish(Wish { note: b"why".to_vec(), ..Wish::new(Purpose::Remove(seat(2))) });
    stage.until_last_cell(0);
    stage.step();
    assert_eq!(stage.commits(1), [0, 0]);
    assert!(stage.beat().0 - first <= COMMIT_SPACING_BEATS);
    assert!(stage.rooms[2].stuck);
    assert!(stage.rooms[1].peer(seat(2)).is_none());
}

/// The key package of somebody whose station is never seen.
fn nobody(stage: &mut Stage, n: u8) -> Vec<u8> {
    let newcomer = Newcomer::new(&mut stage.rng, NOW, seat(n), super::harness::ROOM).unwrap();
    newcomer.key_package().to_vec()
}

// ROOM-22
#[test]
fn a_member_cannot_fill_the_room_with_leaves_that_others_remove() {
    let mut stage = Stage::of(2);
    let material = nobody(&mut stage, 2);
    stage.room(1).wish(Wish { material, ..Wish::new(Purpose::Add(seat(2))) });
    stage.run(20);
    assert_eq!(stage.commits(0), [1]);
    assert!(stage.rooms[0].holds_content(stage.beat()), "nobody vouches for it");
    let purpose = Purpose::Remove(seat(2));
    stage.room(0).wish(Wish { note: b"not vouched for".to_vec(), ..Wish::new(purpose) });
    stage.run(20);
    assert_eq!(stage.commits(0), [1, 0]);
    assert!(!stage.rooms[0].holds_content(stage.beat()));
    // Its own station would wait; a hostile one does not.
    let material = nobody(&mut stage, 2);
    stage.room(1).wish(Wish { material: material.clone(), ..Wish::new(Purpose::Add(seat(2))) });
    stage.run(20);
    // And what waits holds up nothing else.
    stage.update(1);
    stage.run(20);
    assert_eq!(stage.commits(0), [1, 0, 1]);
    let again = staged(&mut stage, 1, &Change::Add { key_package: material.clone() });
    carry(&mut stage, 1, 1, &again);
    assert_eq!(stage.commits(0), [1, 0, 1], "its sponsor is barred");
    assert!(stage.agree());
    stage.run(BAR_BEATS);
    assert_eq!(stage.commits(0), [1, 0, 1, 1], "and after a while it is not");
    assert!(stage.agree());
}

// JOIN-11, JOIN-13
#[test]
fn a_wish_that_no_longer_makes_sense_is_dropped_before_it_is_committed() {
    use crate::machine::leaving::{AWAY_NOTE, is_stale};
    let mut stage = Stage::of(3);
    let changed = stage.rooms[0].pace().changed(seat(2));
    let away = |note: &str| Wish { note: note.as_bytes().to_vec(), ..Wish::new(Purpose::Remove(seat(2))) };
    let knock = |beat| Wish { knock: beat, ..Wish::new(Purpose::Replace(seat(2))) };
    let dropped = |stage: &mut Stage, wish: Wish, due: &[_]| {
        stage.room(0).wish(wish);
        let gone = stage.room(0).drop_wishes(|room, wish| is_stale(room, wish, due));
        let left = stage.room(0).drop_wishes(|_, _| true);
        assert_eq!(gone.len() + left.len(), 1);
        !gone.is_empty()
    };
    assert!(dropped(&mut stage, away(AWAY_NOTE), &[]), "heard again");
    assert!(!dropped(&mut stage, away(AWAY_NOTE), &[(seat(2), AWAY_NOTE)]), "still away");
    assert!(!dropped(&mut stage, away("recalled"), &[]), "a person's word stands");
    assert!(dropped(&mut stage, knock(changed), &[]), "answered by another");
    assert!(!dropped(&mut stage, knock(changed.plus(1)), &[]), "a later knock");
    assert!(!dropped(&mut stage, Wish::new(Purpose::Update), &[]));
}
