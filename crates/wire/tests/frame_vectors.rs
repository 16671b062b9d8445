//! The files under vectors/hello, hello-ack, frame-up and frame-down.

mod files;

use backchannel_wire::chain::{HeadMac, Position, SealedBeat};
use backchannel_wire::frame::*;
use backchannel_wire::ids::hex;
use backchannel_wire::tagged::{Tag, hash};
use backchannel_wire::token::SeatToken;
use backchannel_wire::{Beat, ChannelId, Head, RoomId, SeatNo, UtcMs};
use files::Vector;
use std::sync::Arc;

#[test]
fn every_hello_gives_what_it_expects() {
    files::check("hello", hellos, read_hello, &["ok", "size", "version", "filling", "slot"]);
}

#[test]
fn every_acknowledgement_gives_what_it_expects() {
    files::check("hello-ack", acks, read_ack, &["ok", "size", "version", "filling", "slot"]);
}

#[test]
fn every_up_frame_gives_what_it_expects() {
    files::check("frame-up", ups, read_up, &["ok", "size", "version", "filling"]);
}

#[test]
fn every_down_frame_gives_what_it_expects() {
    files::check("frame-down", downs, read_down, &["ok", "size", "version", "filling", "slot", "record"]);
}

fn class(error: FrameError) -> &'static str {
    match error {
        FrameError::Size => "size",
        FrameError::Version => "version",
        FrameError::Filling => "filling",
        FrameError::Slot => "slot",
        FrameError::Record => "record",
        FrameError::TooFull => "too-full",
    }
}

fn shape_of(vector: &Vector) -> FrameShape {
    FrameShape::new(vector.number("frame-rooms"), vector.number("down-cells")).unwrap()
}

fn read_hello(vector: &Vector) -> &'static str {
    let (hello, rooms) = match Hello::decode(&vector.body) {
        Ok(read) => read,
        Err(error) => return class(error),
    };
    assert_eq!((hello.slots.len(), rooms), (vector.number("slots"), vector.number("frame-rooms")));
    let shape = FrameShape::new(rooms, 2).unwrap();
    assert_eq!(hello.encode(&shape).unwrap()[..], vector.body);
    "ok"
}

fn read_ack(vector: &Vector) -> &'static str {
    match HelloAck::decode(&vector.body) {
        Ok(HelloAck::Accepted(accepted)) => assert_eq!(format!("{:?}", accepted.slots), vector.text("slots")),
        Ok(other) => assert_eq!(format!("{other:?}"), vector.text("slots")),
        Err(error) => return class(error),
    }
    "ok"
}

fn cell_text(cell: Option<&backchannel_wire::cell::Cell>) -> String {
    // Only a label of this file's: which cell it was, not a hash of the protocol.
    cell.map_or("absent".into(), |cell| hex(&hash(Tag("test vector cell"), &[&cell[..]])[..4]))
}

fn read_up(vector: &Vector) -> &'static str {
    match UpFrame::decode(&vector.body, &shape_of(vector)) {
        Ok(frame) => {
            assert_eq!(up_text(&frame), vector.text("reads"));
            "ok"
        }
        Err(error) => class(error),
    }
}

fn up_text(frame: &UpFrame) -> String {
    let slots =
        frame.slots.iter().map(|slot| format!("next {} {}", slot.next, cell_text(slot.cell.as_ref())));
    format!("beat {}; {}", frame.beat, slots.collect::<Vec<_>>().join("; "))
}

fn read_down(vector: &Vector) -> &'static str {
    match DownFrame::decode(&vector.body, &shape_of(vector)) {
        Ok(frame) => {
            assert_eq!(down_text(&frame), vector.text("reads"));
            "ok"
        }
        Err(error) => class(error),
    }
}

fn down_text(frame: &DownFrame) -> String {
    let records = frame.records.iter().map(|SlotRecord { slot, record }| match record {
        Record::Beat { sealed, .. } => {
            let cells: Vec<_> = sealed.cells.iter().map(|cell| cell_text(cell.as_ref())).collect();
            format!("; slot {slot} beat {} {}", sealed.beat, cells.join(" "))
        }
        Record::EmptyRun { first, last, .. } => format!("; slot {slot} empty {first} to {last}"),
        Record::SegmentStart { segment, first } => format!("; slot {slot} segment {segment} from {first}"),
        Record::Pruned { segment, first, .. } => {
            format!("; slot {slot} pruned below {first}, segment {segment}")
        }
    });
    format!("beat {}; {:?}{}", frame.beat, frame.slots, records.collect::<String>())
}

fn shape() -> FrameShape {
    FrameShape::new(2, 2).unwrap()
}

fn edited(good: &[u8], edits: &[(usize, u8)]) -> Vec<u8> {
    let mut bytes = good.to_vec();
    edits.iter().for_each(|(at, value)| bytes[*at] = *value);
    bytes
}

/// Sizes that no frame of the shape has.
fn wrong_sizes(good: &[u8]) -> Vec<Vector> {
    vec![
        Vector::new("empty", "size", "no bytes (FRAME-1)", vec![]),
        Vector::new("short", "size", "one byte is missing (FRAME-1)", good[..good.len() - 1].to_vec()),
        Vector::new("long", "size", "one byte too many (FRAME-1)", [good, &[0]].concat()),
    ]
}

/// Versions and kinds that are not this one's.
fn wrong_starts(good: &[u8]) -> Vec<Vector> {
    vec![
        Vector::new("version-0", "version", "version 0 (FRAME-2)", edited(good, &[(0, 0)])),
        Vector::new("version-2", "version", "a version to come (FRAME-2)", edited(good, &[(0, 2)])),
        Vector::new("kind", "version", "a message of no known kind (FRAME-2)", edited(good, &[(1, 9)])),
    ]
}

fn hellos() -> Vec<Vector> {
    let slot = |n: u8| HelloSlot {
        room: RoomId([n; 16]),
        seat: SeatNo::new(n).unwrap(),
        token: SeatToken::new([0x40 | n; 32]),
        position: Position { segment: 1, next: Beat(1000 + u64::from(n)), head: Head([0x70 | n; 32]) },
    };
    let of =
        |slots: Vec<HelloSlot>| Hello { channel: ChannelId([0xc1; 16]), slots }.encode(&shape()).unwrap();
    let (one, two) = (of(vec![slot(1)]), of(vec![slot(1), slot(2)]));
    let ok = |name, why, slots: usize, body: &[u8]| {
        Vector::new(name, "ok", why, body.to_vec()).with("slots", slots).with("frame-rooms", 2)
    };
    let bad = |name, expect, why, good: &[u8], edits: &[(usize, u8)]| {
        Vector::new(name, expect, why, edited(good, edits))
    };
    let same_room: Vec<_> = (125..141).map(|at| (at, 1)).collect();
    let mut out = vec![
        ok("two-slots", "two seats of two", 2, &two),
        ok("one-slot", "one seat, the other slot unused", 1, &one),
        ok("no-slot", "no seat at all; a relay refuses it, a reader reads it", 0, &of(vec![])),
        bad("slots-3", "slot", "three slots in a hello of two (FRAME-4)", &two, &[(2, 3)]),
        bad("seat-16", "slot", "a seat above 15 (FRAME-4)", &two, &[(48, 16)]),
        bad("same-room", "slot", "two seats of one room (FRAME-4)", &two, &same_room),
        bad("header-filling", "filling", "a byte of the header is not zero (FRAME-3)", &two, &[(15, 1)]),
        bad("unused-slot", "filling", "an unused slot is not zero (FRAME-3)", &one, &[(200, 1)]),
        bad("hidden-slot", "filling", "a slot beyond the stated number (FRAME-3)", &two, &[(2, 1)]),
        Vector::new("no-room", "size", "a hello without room slots (FRAME-1)", two[..32].to_vec()),
        Vector::new("rooms-17", "size", "more room slots than there may be (FRAME-1)", {
            let mut bytes = two.to_vec();
            bytes.resize(32 + 17 * 93, 0);
            bytes
        }),
    ];
    out.extend(wrong_sizes(&two).into_iter().chain(wrong_starts(&two)));
    out
}

fn acks() -> Vec<Vector> {
    let accepted = Accepted {
        now: UtcMs(1_750_000_000_123),
        t0: UtcMs(1_750_000_000_000),
        beat_ms: 5_000,
        shape: shape(),
        slots: vec![SlotState::Active { segment: 1, next: Beat(1001) }, SlotState::Refused],
    };
    let slots = |slots: Vec<SlotState>| HelloAck::Accepted(Accepted { slots, ..accepted.clone() });
    let ok = |name, why, ack: &HelloAck| {
        let reads = match ack {
            HelloAck::Accepted(accepted) => format!("{:?}", accepted.slots),
            other => format!("{other:?}"),
        };
        Vector::new(name, "ok", why, ack.encode(2).unwrap()).with("slots", reads)
    };
    let good = HelloAck::Accepted(accepted.clone()).encode(2).unwrap();
    let refused = HelloAck::Refused.encode(2).unwrap();
    let bad = |name, expect, why, good: &[u8], edits: &[(usize, u8)]| {
        Vector::new(name, expect, why, edited(good, edits))
    };
    let mut out = vec![
        ok("accepted", "one seat active, one refused", &HelloAck::Accepted(accepted.clone())),
        ok(
            "ahead",
            "a position above the relay's clock, and an unused slot",
            &slots(vec![SlotState::Ahead, SlotState::Unused]),
        ),
        ok("refused", "nothing is told", &HelloAck::Refused),
        ok("other-shape", "frames of this channel have another shape", &HelloAck::OtherShape),
        bad("outcome-3", "version", "an outcome that does not exist (FRAME-2)", &good, &[(2, 3)]),
        bad("rooms-3", "slot", "another number of rooms than the size says (FRAME-4)", &good, &[(3, 3)]),
        bad("down-cells-0", "slot", "frames without cells (FRAME-4)", &good, &[(4, 0), (5, 0)]),
        bad("beat-0", "slot", "beats without length (FRAME-4)", &good, &[(10, 0), (11, 0)]),
        bad("beat-long", "slot", "beats of months (FRAME-4)", &good, &[(8, 255)]),
        bad("state-4", "slot", "a slot state that does not exist (FRAME-4)", &good, &[(32, 4)]),
        bad("refused-tells", "slot", "a refused slot tells a position (FRAME-4)", &good, &[(57, 1)]),
        bad("filling-1", "filling", "a byte of the header is not zero (FRAME-3)", &good, &[(6, 1)]),
        bad("filling-2", "filling", "a byte after the beat is not zero (FRAME-3)", &good, &[(12, 1)]),
        bad("refusal-tells", "filling", "a refusal tells the time (FRAME-3)", &refused, &[(23, 1)]),
    ];
    out.extend(wrong_sizes(&good).into_iter().chain(wrong_starts(&good)));
    out
}

fn shaped(vector: Vector) -> Vector {
    vector.with("frame-rooms", 2).with("down-cells", 2)
}

fn ups() -> Vec<Vector> {
    let posted = UpSlot { next: Beat(1000), cell: Some(Box::new([6; 2048])) };
    let of = |slots| UpFrame { beat: Beat(1002), slots };
    let ok = |name, why, frame: UpFrame| {
        let bytes = frame.encode(&shape()).unwrap();
        let reads = up_text(&UpFrame::decode(&bytes, &shape()).unwrap());
        Vector::new(name, "ok", why, bytes).with("reads", reads)
    };
    let good = of(vec![posted.clone()]).encode(&shape()).unwrap();
    let mut out = vec![
        ok("one-cell", "a cell in the first slot, the second unused", of(vec![posted.clone()])),
        ok("two-cells", "a cell in each slot", of(vec![posted.clone(), posted])),
        ok(
            "silent",
            "cursors without cells: a cell of zeros is no cell (FRAME-7)",
            of(vec![
                UpSlot { next: Beat(1000), cell: Some(Box::new([0; 2048])) },
                UpSlot { next: Beat(u64::MAX), cell: None },
            ]),
        ),
        Vector::new(
            "filling-2",
            "filling",
            "a byte of the header is not zero (FRAME-3)",
            edited(&good, &[(2, 1)]),
        ),
        Vector::new(
            "filling-7",
            "filling",
            "a byte of the header is not zero (FRAME-3)",
            edited(&good, &[(7, 1)]),
        ),
        Vector::new("down", "version", "the kind of a down frame (FRAME-2)", edited(&good, &[(1, 4)])),
        Vector::new(
            "other-shape",
            "size",
            "a frame of one room where two are due (FRAME-1)",
            good[..2072].to_vec(),
        ),
    ];
    out.extend(wrong_sizes(&good).into_iter().chain(wrong_starts(&good)));
    out.into_iter().map(shaped).collect()
}

fn downs() -> Vec<Vector> {
    let (head, mac) = (Head([0x71; 32]), HeadMac([0x72; 32]));
    let at = UtcMs(1_750_000_000_123);
    let sealed = SealedBeat { beat: Beat(1002), sealed_at: at, cells: vec![None, Some(Box::new([9; 2048]))] };
    let run = Record::EmptyRun { first: Beat(990), last: Beat(1001), sealed_at: at, head, mac };
    let record = |slot, record| SlotRecord { slot, record };
    let records = vec![
        record(0, run),
        record(1, Record::SegmentStart { segment: 2, first: Beat(1002) }),
        record(1, Record::Pruned { segment: 2, first: Beat(1002), head, mac }),
        record(0, Record::Beat { sealed: Arc::new(sealed), head, mac }),
    ];
    let slots = vec![SlotStatus { active: true, knock: true }, SlotStatus { active: true, knock: false }];
    let frame = DownFrame { beat: Beat(1002), slots, records };
    let quiet = DownFrame { records: vec![], slots: vec![SlotStatus::default(); 2], ..frame.clone() };
    let ok = |name, why, frame: &DownFrame| {
        Vector::new(name, "ok", why, frame.encode(&shape()).unwrap()).with("reads", down_text(frame))
    };
    let good = frame.encode(&shape()).unwrap();
    let bad = |name, expect, why, edits: &[(usize, u8)]| Vector::new(name, expect, why, edited(&good, edits));
    // Where the records stand: run, segment start, pruned mark, beat.
    let (run, beat) = (18, 18 + 90 + 14 + 78);
    let end = good.len() - 1;
    let mut out = vec![
        ok("all-kinds", "each kind of record once", &frame),
        ok("quiet", "nothing to serve", &quiet),
        bad("slot-status", "slot", "a status bit that does not exist (FRAME-4)", &[(16, 4)]),
        bad("header-filling", "filling", "a byte of the header is not zero (FRAME-3)", &[(2, 1)]),
        bad("last-byte", "filling", "the last byte is not zero (FRAME-3)", &[(end, 1)]),
        Vector::new("cut-record", "record", "the last record runs over the end (FRAME-5)", {
            let sealed =
                SealedBeat { beat: Beat(1), sealed_at: at, cells: vec![Some(Box::new([9; 2048])); 2] };
            let full = record(0, Record::Beat { sealed: Arc::new(sealed), head, mac });
            let mut bytes = edited(&good[..18], &[]);
            bytes.extend(pack_records(&[full.clone(), full.clone(), full]).unwrap());
            bytes.truncate(good.len());
            bytes
        }),
        bad("kind-5", "record", "a kind of record that does not exist (FRAME-5)", &[(run, 5)]),
        bad("slot-2", "record", "a record for a slot that does not exist (FRAME-5)", &[(run + 1, 2)]),
        bad("capacity-3", "record", "a beat of three places (FRAME-5)", &[(beat + 18, 3)]),
        bad("presence", "record", "a cell of a seat that the room has not (FRAME-5)", &[(beat + 20, 6)]),
        bad("gap", "filling", "a record after the filling began (FRAME-3)", &[(beat, 0)]),
    ];
    out.extend(wrong_sizes(&good).into_iter().chain(wrong_starts(&good)));
    out.into_iter().map(shaped).collect()
}
