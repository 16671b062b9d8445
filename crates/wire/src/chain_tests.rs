use super::*;
use proptest::prelude::*;

fn chain() -> RoomChain {
    RoomChain::new(ChannelId([1; 16]), RoomId([2; 16]), 4).unwrap()
}

fn sealed(beat: u64, cells: [Option<u8>; 4]) -> SealedBeat {
    SealedBeat {
        beat: Beat(beat),
        sealed_at: UtcMs(beat / 2),
        cells: cells.iter().map(|cell| cell.map(|byte| Box::new([byte; 2048]))).collect(),
    }
}

#[test]
fn a_room_has_one_of_four_capacities_and_a_beat_as_many_places() {
    // BEAT-1
    for wrong in [0, 1, 3, 5, 15, 17, 255] {
        assert_eq!(RoomChain::new(ChannelId([1; 16]), RoomId([2; 16]), wrong), Err(ChainError::Capacity));
    }
    let mut short = sealed(0, [None; 4]);
    short.cells.pop();
    assert_eq!(chain().after_beat(&chain().genesis(0, Beat(0)), &short), Err(ChainError::Capacity));
}

#[test]
fn only_the_next_beat_follows() {
    // BEAT-2
    let start = chain().genesis(0, Beat(5));
    for wrong in [0, 4, 6, u64::MAX] {
        assert_eq!(chain().after_beat(&start, &sealed(wrong, [None; 4])), Err(ChainError::OutOfOrder));
    }
    let end = chain().genesis(0, Beat(u64::MAX));
    assert_eq!(chain().after_beat(&end, &sealed(u64::MAX, [None; 4])), Err(ChainError::OutOfOrder));
    assert_eq!(chain().after_beat(&start, &sealed(5, [None; 4])).unwrap().next, Beat(6));
}

#[test]
fn every_part_of_a_beat_enters_its_head() {
    // BEAT-3
    let start = chain().genesis(0, Beat(0));
    let base = sealed(0, [Some(1), None, Some(3), None]);
    let head = chain().after_beat(&start, &base).unwrap().head;
    let other_channel = RoomChain { channel: ChannelId([9; 16]), ..chain() };
    let other_room = RoomChain { room: RoomId([9; 16]), ..chain() };
    let mut later = base.clone();
    later.sealed_at = UtcMs(1);
    let mut flipped = base.clone();
    flipped.cells[0].as_mut().unwrap()[2047] ^= 1;
    let mut swapped = base.clone();
    swapped.cells.swap(0, 1);
    let mut dropped = base.clone();
    dropped.cells[2] = None;
    for altered in [later, flipped, swapped, dropped] {
        assert_ne!(chain().after_beat(&start, &altered).unwrap().head, head);
    }
    for elsewhere in [other_channel, other_room] {
        assert_ne!(elsewhere.after_beat(&start, &base).unwrap().head, head);
    }
    let forked = Position { head: Head([0; 32]), ..start };
    assert_ne!(chain().after_beat(&forked, &base).unwrap().head, head);
}

#[test]
fn a_mac_holds_for_one_seat_one_beat_and_one_head() {
    // BEAT-4
    let (key, seat) = (HeadMacKey::new([7; 32]), SeatNo::new(1).unwrap());
    let mac = chain().mac(&key, seat, Beat(3), &Head([4; 32]));
    assert_eq!(chain().verify(&key, seat, Beat(3), &Head([4; 32]), &mac), Ok(()));
    let other_seat = SeatNo::new(2).unwrap();
    let other_key = HeadMacKey::new([8; 32]);
    assert_eq!(chain().verify(&key, other_seat, Beat(3), &Head([4; 32]), &mac), Err(ChainError::Mac));
    assert_eq!(chain().verify(&other_key, seat, Beat(3), &Head([4; 32]), &mac), Err(ChainError::Mac));
    assert_eq!(chain().verify(&key, seat, Beat(4), &Head([4; 32]), &mac), Err(ChainError::Mac));
    assert_eq!(chain().verify(&key, seat, Beat(3), &Head([5; 32]), &mac), Err(ChainError::Mac));
}

#[test]
fn an_empty_run_has_bounds() {
    // BEAT-5
    let start = chain().genesis(0, Beat(10));
    for wrong in [9, 10 + EMPTY_RUN_BEATS_MAX, u64::MAX] {
        assert_eq!(chain().after_empty_run(&start, Beat(wrong), UtcMs(5)), Err(ChainError::Run));
    }
    let end = chain().genesis(0, Beat(u64::MAX));
    assert_eq!(chain().after_empty_run(&end, Beat(u64::MAX), UtcMs(5)), Err(ChainError::Run));
}

#[test]
fn segments_have_their_own_genesis() {
    // BEAT-6
    let base = chain().genesis(0, Beat(0));
    let wider = RoomChain { capacity: 8, ..chain() };
    assert_ne!(chain().genesis(1, Beat(0)).head, base.head);
    assert_ne!(chain().genesis(0, Beat(1)).head, base.head);
    assert_ne!(wider.genesis(0, Beat(0)).head, base.head);
}

proptest! {
    #[test]
    fn a_run_is_its_beats_one_by_one(first in 0u64..1000, length in 1u64..40, at in any::<u64>()) {
        // BEAT-5
        let start = chain().genesis(0, Beat(first));
        let stepwise = (first..first + length).fold(start, |position, beat| {
            let empty = SealedBeat { beat: Beat(beat), sealed_at: UtcMs(at), cells: vec![None; 4] };
            chain().after_beat(&position, &empty).unwrap()
        });
        let last = Beat(first + length - 1);
        prop_assert_eq!(chain().after_empty_run(&start, last, UtcMs(at)), Ok(stepwise));
    }
}
