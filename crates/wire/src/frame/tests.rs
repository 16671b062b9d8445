use super::*;
use crate::chain::{ChainError, HeadMac, Position, RoomChain, SealedBeat};
use crate::ids::{Beat, ChannelId, Head, RoomId, SeatNo, UtcMs};
use crate::token::{HeadMacKey, SeatToken};
use proptest::prelude::*;
use std::sync::Arc;

fn shape() -> FrameShape {
    FrameShape::new(2, 4).unwrap()
}

fn seat(n: u8) -> SeatNo {
    SeatNo::new(n).unwrap()
}

fn chain() -> RoomChain {
    RoomChain::new(ChannelId([1; 16]), RoomId([2; 16]), 2).unwrap()
}

fn key() -> HeadMacKey {
    HeadMacKey::new([3; 32])
}

fn hello(rooms: &[u8]) -> Hello {
    let slot = |n: &u8| HelloSlot {
        room: RoomId([*n; 16]),
        seat: seat(1),
        token: SeatToken::new([4; 32]),
        position: Position { segment: 5, next: Beat(6), head: Head([7; 32]) },
    };
    Hello { channel: ChannelId([1; 16]), slots: rooms.iter().map(slot).collect() }
}

fn accepted() -> HelloAck {
    HelloAck::Accepted(Accepted {
        now: UtcMs(10_000),
        t0: UtcMs(5_000),
        beat_ms: 250,
        shape: shape(),
        slots: vec![SlotState::Active { segment: 1, next: Beat(20) }, SlotState::Refused],
    })
}

fn up() -> UpFrame {
    let empty = UpSlot { next: Beat(9), cell: None };
    UpFrame { beat: Beat(8), slots: vec![UpSlot { next: Beat(7), cell: Some(Box::new([6; 2048])) }, empty] }
}

fn beat(at: &Position, cells: [Option<u8>; 2]) -> Record {
    let cells = cells.iter().map(|cell| cell.map(|byte| Box::new([byte; 2048]))).collect();
    let sealed = SealedBeat { beat: at.next, sealed_at: UtcMs(77), cells };
    let head = chain().after_beat(at, &sealed).unwrap().head;
    let mac = chain().mac(&key(), seat(0), at.next, &head);
    Record::Beat { sealed: Arc::new(sealed), head, mac }
}

fn run(at: &Position, last: u64) -> Record {
    let head = chain().after_empty_run(at, Beat(last), UtcMs(88)).unwrap().head;
    let mac = chain().mac(&key(), seat(0), Beat(last), &head);
    Record::EmptyRun { first: at.next, last: Beat(last), sealed_at: UtcMs(88), head, mac }
}

fn pruned(segment: u32, first: u64) -> Record {
    let head = Head([8; 32]);
    let mac = chain().mac(&key(), seat(0), Beat(first.wrapping_sub(1)), &head);
    Record::Pruned { segment, first: Beat(first), head, mac }
}

fn follow(record: &Record, at: &Position) -> Result<Position, ChainError> {
    record.follow(&chain(), at, seat(0), &key())
}

fn down() -> DownFrame {
    let start = chain().genesis(0, Beat(3));
    let after = follow(&run(&start, 5), &start).unwrap();
    let records = vec![
        SlotRecord { slot: 0, record: run(&start, 5) },
        SlotRecord { slot: 1, record: beat(&after, [None, Some(9)]) },
        SlotRecord { slot: 0, record: Record::SegmentStart { segment: 1, first: Beat(30) } },
        SlotRecord { slot: 1, record: pruned(2, 40) },
    ];
    let slots = vec![SlotStatus { active: true, knock: true }, SlotStatus::default()];
    DownFrame { beat: Beat(30), slots, records }
}

#[test]
fn shapes_have_bounds() {
    // FRAME-1
    for (rooms, cells) in [(0, 4), (17, 4), (255, 4), (1, 0), (1, 1), (1, 257), (1, u16::MAX)] {
        assert_eq!(FrameShape::new(rooms, cells), None, "{rooms} rooms, {cells} cells");
    }
}

#[test]
fn every_message_round_trips_at_its_one_size() {
    // FRAME-1
    let bytes = hello(&[1, 2]).encode(&shape()).unwrap();
    assert_eq!(bytes.len(), shape().hello_bytes());
    assert!(Hello::decode(&bytes) == Ok((hello(&[1, 2]), 2)));
    for ack in [accepted(), HelloAck::Refused, HelloAck::OtherShape] {
        let bytes = ack.encode(2).unwrap();
        assert_eq!(bytes.len(), shape().hello_ack_bytes());
        assert_eq!(HelloAck::decode(&bytes), Ok(ack));
    }
    let bytes = up().encode(&shape()).unwrap();
    assert_eq!(bytes.len(), shape().up_bytes());
    assert_eq!(UpFrame::decode(&bytes, &shape()), Ok(up()));
    let bytes = down().encode(&shape()).unwrap();
    assert_eq!(bytes.len(), shape().down_bytes());
    assert_eq!(DownFrame::decode(&bytes, &shape()), Ok(down()));
}

#[test]
fn other_sizes_are_refused() {
    // FRAME-1
    let hello = hello(&[1]).encode(&shape()).unwrap().to_vec();
    let ack = accepted().encode(2).unwrap();
    let (up, down) = (up().encode(&shape()).unwrap(), down().encode(&shape()).unwrap());
    let longer = |bytes: &[u8]| [bytes, &[0]].concat();
    for wrong in [longer(&hello), hello[1..].to_vec(), hello[..32].to_vec(), vec![], vec![0; 32 + 17 * 93]] {
        assert!(Hello::decode(&wrong) == Err(FrameError::Size), "{} bytes", wrong.len());
    }
    for wrong in [longer(&ack), ack[1..].to_vec(), ack[..32].to_vec(), vec![], vec![0; 32 + 17 * 13]] {
        assert_eq!(HelloAck::decode(&wrong), Err(FrameError::Size), "{} bytes", wrong.len());
    }
    for wrong in [longer(&up), up[1..].to_vec(), vec![]] {
        assert_eq!(UpFrame::decode(&wrong, &shape()), Err(FrameError::Size));
    }
    for wrong in [longer(&down), down[1..].to_vec(), vec![]] {
        assert_eq!(DownFrame::decode(&wrong, &shape()), Err(FrameError::Size));
    }
}

#[test]
fn versions_and_kinds_do_not_mix() {
    // FRAME-2
    for at in [0, 1] {
        let mut bytes = hello(&[1]).encode(&shape()).unwrap();
        bytes[at] ^= 8;
        assert!(Hello::decode(&bytes) == Err(FrameError::Version));
        let mut bytes = accepted().encode(2).unwrap();
        bytes[at] ^= 8;
        assert_eq!(HelloAck::decode(&bytes), Err(FrameError::Version));
        let mut bytes = up().encode(&shape()).unwrap();
        bytes[at] ^= 8;
        assert_eq!(UpFrame::decode(&bytes, &shape()), Err(FrameError::Version));
        let mut bytes = down().encode(&shape()).unwrap();
        bytes[at] ^= 8;
        assert_eq!(DownFrame::decode(&bytes, &shape()), Err(FrameError::Version));
    }
}

#[test]
fn filling_is_zero() {
    // FRAME-3
    for at in [3, 15, shape().hello_bytes() - 1] {
        let mut bytes = hello(&[1]).encode(&shape()).unwrap();
        bytes[at] = 1;
        assert!(Hello::decode(&bytes) == Err(FrameError::Filling), "byte {at}");
    }
    for at in [3, 20, 40] {
        let mut bytes = HelloAck::Refused.encode(2).unwrap();
        bytes[at] = 1;
        assert_eq!(HelloAck::decode(&bytes), Err(FrameError::Filling), "byte {at}");
    }
    for at in [2, 7] {
        let mut bytes = up().encode(&shape()).unwrap();
        bytes[at] = 1;
        assert_eq!(UpFrame::decode(&bytes, &shape()), Err(FrameError::Filling));
    }
    for at in [2, 7, shape().down_bytes() - 1] {
        let mut bytes = down().encode(&shape()).unwrap();
        bytes[at] = 1;
        assert_eq!(DownFrame::decode(&bytes, &shape()), Err(FrameError::Filling));
    }
}

#[test]
fn slots_have_bounds() {
    // FRAME-4
    assert!(hello(&[1, 2, 3]).encode(&shape()) == Err(FrameError::Slot));
    assert!(hello(&[1, 1]).encode(&shape()) == Err(FrameError::Slot));
    let good = hello(&[1, 2]).encode(&shape()).unwrap();
    let edit = |at: std::ops::Range<usize>, byte: u8| {
        let mut bytes = good.to_vec();
        bytes[at].fill(byte);
        bytes
    };
    let (too_many, seat_16, twice) = (edit(2..3, 3), edit(48..49, 16), edit(125..141, 1));
    for wrong in [too_many, seat_16, twice] {
        assert!(Hello::decode(&wrong) == Err(FrameError::Slot));
    }
    let mut three = up();
    three.slots.push(UpSlot::default());
    assert_eq!(three.encode(&shape()), Err(FrameError::Slot));
    let mut one = down();
    one.slots.pop();
    assert_eq!(one.encode(&shape()), Err(FrameError::Slot));
    let mut bytes = down().encode(&shape()).unwrap();
    bytes[16] = 4;
    assert_eq!(DownFrame::decode(&bytes, &shape()), Err(FrameError::Slot));
}

#[test]
fn acknowledgements_state_sound_constants() {
    // FRAME-4
    assert_eq!(accepted().encode(3), Err(FrameError::Slot));
    let good = accepted().encode(2).unwrap();
    for (at, value) in [(3, 1), (5, 1), (8, 255), (11, 10), (32, 4), (32, 0), (45, 0)] {
        let mut bytes = good.clone();
        bytes[at] = value;
        if at == 11 {
            bytes[10] = 0;
        }
        if at == 45 {
            bytes[46] = 1;
        }
        assert_eq!(HelloAck::decode(&bytes), Err(FrameError::Slot), "byte {at}");
    }
}

#[test]
fn records_have_bounds() {
    // FRAME-5
    let packed = pack_records(&down().records).unwrap();
    assert_eq!(unpack_records(&packed, &shape()), Ok(down().records));
    let run = down().records[0].record.size();
    let edits: [(usize, u8); 6] = [(0, 5), (0, 255), (1, 2), (run + 1, 9), (run + 18, 3), (run + 19, 1)];
    for (at, value) in edits {
        let mut bytes = packed.clone();
        bytes[at] = value;
        assert_eq!(unpack_records(&bytes, &shape()), Err(FrameError::Record), "byte {at}");
    }
    for cut in 1..packed.len() {
        let read = unpack_records(&packed[..cut], &shape());
        assert!(read != Ok(down().records), "{cut} bytes");
    }
    let mut beyond = down();
    beyond.records[0].slot = 2;
    assert_eq!(beyond.encode(&shape()), Err(FrameError::Record));
    let mut odd = down();
    if let Record::Beat { sealed, .. } = &mut odd.records[1].record {
        Arc::make_mut(sealed).cells.push(None);
    }
    assert_eq!(odd.encode(&shape()), Err(FrameError::Record));
}

#[test]
fn a_frame_takes_no_more_than_fits() {
    // FRAME-6
    let record = beat(&chain().genesis(0, Beat(0)), [Some(1), Some(2)]);
    let of = |n: usize| {
        let records = (0..n).map(|_| SlotRecord { slot: 0, record: record.clone() }).collect();
        DownFrame { records, ..down() }.encode(&shape())
    };
    assert!(of(4).is_ok());
    assert_eq!(of(5), Err(FrameError::TooFull));
}

#[test]
fn a_cell_of_zeros_is_no_cell() {
    // FRAME-7
    let mut frame = up();
    frame.slots[0].cell = Some(Box::new([0; 2048]));
    let read = UpFrame::decode(&frame.encode(&shape()).unwrap(), &shape()).unwrap();
    assert_eq!(read.slots[0].cell, None);
}

#[test]
fn a_record_is_followed_only_in_its_place() {
    // BEAT-2, BEAT-3, BEAT-4, BEAT-5
    let start = chain().genesis(0, Beat(3));
    let record = beat(&start, [Some(1), None]);
    let after = follow(&record, &start).unwrap();
    assert_eq!(after.next, Beat(4));
    assert_eq!(follow(&record, &after), Err(ChainError::OutOfOrder));
    let forked = Position { head: Head([0; 32]), ..start };
    assert_eq!(follow(&record, &forked), Err(ChainError::Head));
    assert_eq!(record.follow(&chain(), &start, seat(1), &key()), Err(ChainError::Mac));
    let wider = RoomChain::new(ChannelId([1; 16]), RoomId([2; 16]), 4).unwrap();
    assert_eq!(record.follow(&wider, &start, seat(0), &key()), Err(ChainError::Capacity));
    let record = run(&start, 9);
    assert_eq!(follow(&record, &start).unwrap().next, Beat(10));
    assert_eq!(follow(&record, &after), Err(ChainError::OutOfOrder));
    let mut other_mac = run(&start, 9);
    if let Record::EmptyRun { mac, .. } = &mut other_mac {
        *mac = HeadMac([0; 32]);
    }
    assert_eq!(follow(&other_mac, &start), Err(ChainError::Mac));
    let mut backwards = run(&start, 9);
    if let Record::EmptyRun { last, .. } = &mut backwards {
        *last = Beat(2);
    }
    assert_eq!(follow(&backwards, &start), Err(ChainError::Run));
}

#[test]
fn segments_and_pruned_marks_lead_forward() {
    // BEAT-6, BEAT-7
    let at = Position { segment: 2, next: Beat(10), head: Head([0; 32]) };
    let start = |segment, first| Record::SegmentStart { segment, first: Beat(first) };
    assert_eq!(follow(&start(3, 10), &at), Ok(chain().genesis(3, Beat(10))));
    for (segment, first) in [(2, 10), (1, 20), (3, 9), (3, 0)] {
        assert_eq!(follow(&start(segment, first), &at), Err(ChainError::Segment));
    }
    assert_eq!(follow(&pruned(2, 11), &at).unwrap().next, Beat(11));
    for (segment, first) in [(2, 10), (1, 20), (3, 0)] {
        assert_eq!(follow(&pruned(segment, first), &at), Err(ChainError::Pruned));
    }
    let mut forged = pruned(2, 11);
    if let Record::Pruned { head, .. } = &mut forged {
        *head = Head([9; 32]);
    }
    assert_eq!(follow(&forged, &at), Err(ChainError::Mac));
}

proptest! {
    #[test]
    fn decoders_never_panic_and_read_only_what_they_write(
        mut bytes in proptest::collection::vec(prop_oneof![3 => Just(0u8), 1 => any::<u8>()], 0..2000),
        kind in 1u8..5,
        length in prop_oneof![Just(58usize), Just(125), Just(218)],
    ) {
        bytes.resize(length.max(bytes.len()), 0);
        bytes[..2].copy_from_slice(&[VERSION, kind]);
        bytes.truncate(length);
        if let Ok((hello, rooms)) = Hello::decode(&bytes) {
            let shape = FrameShape::new(rooms, 2).unwrap();
            prop_assert_eq!(&hello.encode(&shape).unwrap()[..], &bytes[..]);
        }
        if let Ok(ack) = HelloAck::decode(&bytes) {
            let rooms = u8::try_from((bytes.len() - 32) / 13).unwrap();
            prop_assert_eq!(ack.encode(rooms).unwrap(), bytes);
        }
    }

    #[test]
    fn frames_never_panic_and_read_only_what_they_write(
        noise in proptest::collection::vec((0usize..16_000, any::<u8>()), 0..12),
        is_up in any::<bool>(),
    ) {
        let good = if is_up { up().encode(&shape()) } else { down().encode(&shape()) };
        let mut bytes = good.unwrap();
        let length = bytes.len();
        noise.iter().for_each(|(at, byte)| bytes[at % length] = *byte);
        if let Ok(frame) = UpFrame::decode(&bytes, &shape()) {
            prop_assert_eq!(frame.encode(&shape()).unwrap(), bytes);
        } else if let Ok(frame) = DownFrame::decode(&bytes, &shape()) {
            prop_assert_eq!(frame.encode(&shape()).unwrap(), bytes);
        }
    }

    #[test]
    fn packed_records_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..6000), kind in 1u8..5) {
        let bytes = [&[kind, 0][..], &bytes].concat();
        if let Ok(records) = unpack_records(&bytes, &shape()) {
            let packed = pack_records(&records).unwrap();
            prop_assert_eq!(&bytes[..packed.len()], &packed[..]);
        }
    }
}
