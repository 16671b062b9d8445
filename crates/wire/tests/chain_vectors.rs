//! The files under vectors/chain: records as a down frame carries them, followed from a stated position.

mod files;

use backchannel_wire::chain::*;
use backchannel_wire::frame::*;
use backchannel_wire::ids::hex;
use backchannel_wire::limits::EMPTY_RUN_BEATS_MAX;
use backchannel_wire::token::HeadMacKey;
use backchannel_wire::{Beat, ChannelId, Head, RoomId, SeatNo, UtcMs};
use files::Vector;
use std::sync::Arc;

const CLASSES: [&str; 8] = ["ok", "capacity", "out-of-order", "head", "mac", "run", "segment", "pruned"];

#[test]
fn every_vector_gives_what_it_expects() {
    files::check("chain", make, outcome, &CLASSES);
}

fn outcome(vector: &Vector) -> &'static str {
    let capacity = vector.number("capacity");
    let channel = ChannelId(vector.bytes("channel"));
    let Ok(chain) = RoomChain::new(channel, RoomId(vector.bytes("room")), capacity) else {
        return "capacity";
    };
    let seat = SeatNo::new(vector.number("seat")).unwrap();
    let key = HeadMacKey::new(vector.bytes("head-mac-key"));
    let mut at = position(vector, "");
    for SlotRecord { record, .. } in unpack_records(&vector.body, &FrameShape::new(1, 4).unwrap()).unwrap() {
        at = match record.follow(&chain, &at, seat, &key) {
            Ok(after) => after,
            Err(error) => return class(error),
        };
    }
    assert_eq!(at, position(vector, "after-"), "{}", vector.name);
    "ok"
}

fn class(error: ChainError) -> &'static str {
    match error {
        ChainError::Capacity => "capacity",
        ChainError::OutOfOrder => "out-of-order",
        ChainError::Head => "head",
        ChainError::Mac => "mac",
        ChainError::Run => "run",
        ChainError::Segment => "segment",
        ChainError::Pruned => "pruned",
    }
}

fn position(vector: &Vector, prefix: &str) -> Position {
    Position {
        segment: vector.number(&format!("{prefix}segment")),
        next: Beat(vector.number(&format!("{prefix}next"))),
        head: Head(vector.bytes(&format!("{prefix}head"))),
    }
}

fn chain() -> RoomChain {
    RoomChain::new(ChannelId([0xc1; 16]), RoomId([0xa1; 16]), 2).unwrap()
}

fn key() -> HeadMacKey {
    HeadMacKey::new([0x66; 32])
}

fn seat(n: u8) -> SeatNo {
    SeatNo::new(n).unwrap()
}

fn start() -> Position {
    chain().genesis(0, Beat(1000))
}

fn at(vector: Vector, prefix: &str, at: &Position) -> Vector {
    let vector = vector.with(&format!("{prefix}segment"), at.segment);
    let vector = vector.with(&format!("{prefix}next"), at.next);
    vector.with(&format!("{prefix}head"), hex(&at.head.0))
}

fn vector(name: &str, expect: &str, why: &str, from: &Position, records: &[Record]) -> Vector {
    let records: Vec<_> =
        records.iter().map(|record| SlotRecord { slot: 0, record: record.clone() }).collect();
    let vector = Vector::new(name, expect, why, pack_records(&records).unwrap())
        .with("channel", hex(&chain().channel.0))
        .with("room", hex(&chain().room.0))
        .with("capacity", 2)
        .with("seat", 0)
        .with("head-mac-key", hex(key().expose()));
    at(vector, "", from)
}

fn good(name: &str, why: &str, from: &Position, records: &[Record]) -> Vector {
    let end = records.iter().fold(*from, |at, record| record.follow(&chain(), &at, seat(0), &key()).unwrap());
    at(vector(name, "ok", why, from, records), "after-", &end)
}

fn sealed(from: &Position, cells: [Option<u8>; 2]) -> SealedBeat {
    let cells = cells.map(|cell| cell.map(|byte| Box::new([byte; 2048]))).into();
    SealedBeat { beat: from.next, sealed_at: UtcMs(1_750_000_000_123), cells }
}

fn beat(from: &Position, cells: [Option<u8>; 2]) -> Record {
    let sealed = sealed(from, cells);
    let head = chain().after_beat(from, &sealed).unwrap().head;
    with_mac(Record::Beat { sealed: Arc::new(sealed), head, mac: HeadMac([0; 32]) })
}

fn run(from: &Position, last: u64) -> Record {
    let sealed_at = UtcMs(1_750_000_600_000);
    let head = chain().after_empty_run(from, Beat(last), sealed_at).unwrap().head;
    with_mac(Record::EmptyRun { first: from.next, last: Beat(last), sealed_at, head, mac: HeadMac([0; 32]) })
}

fn segment(segment: u32, first: u64) -> Record {
    Record::SegmentStart { segment, first: Beat(first) }
}

fn pruned(segment: u32, first: u64) -> Record {
    let mac = HeadMac([0; 32]);
    with_mac(Record::Pruned { segment, first: Beat(first), head: Head([0x77; 32]), mac })
}

/// The record with a sound MAC for whatever head it states.
fn with_mac(mut record: Record) -> Record {
    let of = |beat, head: &Head| chain().mac(&key(), seat(0), beat, head);
    match &mut record {
        Record::Beat { sealed, head, mac } => *mac = of(sealed.beat, head),
        Record::EmptyRun { last, head, mac, .. } => *mac = of(*last, head),
        Record::Pruned { first, head, mac, .. } => *mac = of(Beat(first.0.saturating_sub(1)), head),
        Record::SegmentStart { .. } => {}
    }
    record
}

fn changed(record: &Record, change: impl FnOnce(&mut SealedBeat, &mut Head, &mut HeadMac)) -> Record {
    let mut record = record.clone();
    if let Record::Beat { sealed, head, mac } = &mut record {
        change(Arc::make_mut(sealed), head, mac);
    }
    record
}

fn make() -> Vec<Vector> {
    [sound(), of_beats(), of_other_places(), of_runs(), of_segments()].into_iter().flatten().collect()
}

fn sound() -> Vec<Vector> {
    let start = start();
    let first = beat(&start, [Some(1), None]);
    let after = first.follow(&chain(), &start, seat(0), &key()).unwrap();
    let long = Position { next: Beat(0), ..start };
    vec![
        good("one-beat", "seat 0 posted, seat 1 was absent", &start, std::slice::from_ref(&first)),
        good("both-seats", "both seats posted", &start, &[beat(&start, [Some(1), Some(2)])]),
        good("nobody", "a beat in which nobody posted", &start, &[beat(&start, [None, None])]),
        good(
            "run",
            "ten beats nobody was there for, then a beat",
            &start,
            &[
                run(&start, 1009),
                beat(
                    &chain().after_empty_run(&start, Beat(1009), UtcMs(1_750_000_600_000)).unwrap(),
                    [None, Some(3)],
                ),
            ],
        ),
        good("run-of-one", "a run may be one beat long", &after, &[run(&after, 1001)]),
        good("longest-run", "a run of the greatest length", &long, &[run(&long, EMPTY_RUN_BEATS_MAX - 1)]),
        good(
            "segment",
            "a relay restored from an older store goes on above what was held",
            &after,
            &[segment(1, 1005), beat(&chain().genesis(1, Beat(1005)), [Some(4), None])],
        ),
        good("pruned", "what is below 1,500 is no longer there", &after, &[pruned(0, 1500)]),
    ]
}

// BEAT-1, BEAT-2, BEAT-3
fn of_beats() -> Vec<Vector> {
    let start = start();
    let first = beat(&start, [Some(1), None]);
    let after = first.follow(&chain(), &start, seat(0), &key()).unwrap();
    let second = beat(&after, [None, Some(2)]);
    let other = Position { head: Head([0x99; 32]), ..start };
    let bad =
        |name, expect, why, record: &Record| vector(name, expect, why, &start, std::slice::from_ref(record));
    vec![
        bad("capacity-3", "capacity", "rooms of three seats do not exist", &first).with("capacity", 3),
        bad("capacity-4", "capacity", "a beat of two places in a room of four", &first).with("capacity", 4),
        bad("repeated", "out-of-order", "the same beat again", &first).with("next", 1001),
        vector(
            "withheld",
            "out-of-order",
            "the beat before was not served",
            &start,
            std::slice::from_ref(&second),
        ),
        vector(
            "reordered",
            "out-of-order",
            "two beats in the wrong order",
            &start,
            &[second.clone(), first.clone()],
        ),
        bad(
            "cell-altered",
            "head",
            "one bit of a cell is flipped",
            &changed(&first, |sealed, _, _| {
                sealed.cells[0].as_mut().unwrap()[2047] ^= 1;
            }),
        ),
        bad(
            "cell-dropped",
            "head",
            "a cell was taken out",
            &changed(&first, |sealed, _, _| sealed.cells[0] = None),
        ),
        bad(
            "cell-moved",
            "head",
            "a cell stands at another seat",
            &changed(&first, |sealed, _, _| {
                sealed.cells.swap(0, 1);
            }),
        ),
        bad(
            "time-altered",
            "head",
            "another moment of sealing",
            &changed(&first, |sealed, _, _| {
                sealed.sealed_at.0 += 1;
            }),
        ),
        vector(
            "forked",
            "head",
            "a beat that follows another past",
            &start,
            &[beat(&other, [Some(1), None])],
        ),
    ]
}

// BEAT-3, BEAT-4
fn of_other_places() -> Vec<Vector> {
    let start = start();
    let first = beat(&start, [Some(1), None]);
    let bad =
        |name, expect, why, record: &Record| vector(name, expect, why, &start, std::slice::from_ref(record));
    vec![
        bad("other-room", "head", "the chain of another room", &first).with("room", hex(&[0xa2; 16])),
        bad("other-channel", "head", "a room of another channel", &first).with("channel", hex(&[0xc2; 16])),
        bad("other-segment", "head", "the same beat of another segment", &first)
            .with("head", hex(&chain().genesis(1, Beat(1000)).head.0)),
        bad(
            "mac-altered",
            "mac",
            "one bit of the MAC is flipped",
            &changed(&first, |_, _, mac| mac.0[0] ^= 1),
        ),
        bad("mac-other-seat", "mac", "the MAC to another seat", &first).with("seat", 1),
        bad("mac-other-key", "mac", "the key of a replaced token", &first)
            .with("head-mac-key", hex(&[0x67; 32])),
        bad("mac-missing", "mac", "no MAC", &changed(&first, |_, _, mac| mac.0 = [0; 32])),
    ]
}

// BEAT-5
fn of_runs() -> Vec<Vector> {
    let start = start();
    let edited = |change: fn(&mut Beat, &mut Beat, &mut UtcMs)| {
        let mut record = run(&start, 1009);
        if let Record::EmptyRun { first, last, sealed_at, .. } = &mut record {
            change(first, last, sealed_at);
        }
        with_mac(record)
    };
    let bad = |name, expect, why, record: Record| vector(name, expect, why, &start, &[record]);
    vec![
        bad("run-backwards", "run", "a run that ends before it starts", edited(|_, last, _| last.0 = 999)),
        bad(
            "run-too-long",
            "run",
            "one beat above the greatest length",
            edited(|_, last, _| {
                last.0 = 1000 + EMPTY_RUN_BEATS_MAX;
            }),
        ),
        bad(
            "run-to-the-end",
            "run",
            "a run to the last number there is",
            edited(|_, last, _| last.0 = u64::MAX),
        ),
        bad("run-later", "out-of-order", "a run that leaves a gap", edited(|first, _, _| first.0 = 1001)),
        bad("run-longer", "head", "one beat more than the head covers", edited(|_, last, _| last.0 = 1010)),
        bad("run-time", "head", "another moment of sealing", edited(|_, _, at| at.0 += 1)),
    ]
}

// BEAT-6, BEAT-7
fn of_segments() -> Vec<Vector> {
    let held = Position { segment: 2, next: Beat(1000), head: Head([0x88; 32]) };
    let bad = |name, expect, why, record: Record| vector(name, expect, why, &held, &[record]);
    let mut forged = pruned(2, 1500);
    if let Record::Pruned { head, .. } = &mut forged {
        head.0[0] ^= 1;
    }
    vec![
        bad("segment-same", "segment", "the segment that is held", segment(2, 1000)),
        bad("segment-below", "segment", "an earlier segment", segment(1, 2000)),
        bad("segment-overlaps", "segment", "a segment that would number held beats again", segment(3, 999)),
        bad("pruned-here", "pruned", "nothing is missing", pruned(2, 1000)),
        bad("pruned-below", "pruned", "back to what is held", pruned(2, 10)),
        bad("pruned-zero", "pruned", "there is nothing below beat 0", pruned(3, 0)),
        bad("pruned-segment", "pruned", "an earlier segment", pruned(1, 1500)),
        bad("pruned-forged", "mac", "another head than the one authenticated", forged),
    ]
}
