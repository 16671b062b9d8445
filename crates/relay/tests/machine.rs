//! The relay stepped by hand: invented times, exact outcomes.

#[path = "support/world.rs"]
mod world;

use backchannel_relay::engine::Input;
use backchannel_relay::hooks::Faithful;
use backchannel_relay::machine::{CloseReason, ConnId, Effect, Machine};
use backchannel_relay::store::{MemoryStore, Store};
use backchannel_wire::chain::Position;
use backchannel_wire::frame::*;
use backchannel_wire::lobby::*;
use backchannel_wire::token::*;
use backchannel_wire::{Beat, Head, UtcMs};
use proptest::prelude::*;
use world::*;

fn two() -> World<MemoryStore> {
    let stations = vec![Station::new(vec![(0, 0)]), Station::new(vec![(0, 1)])];
    let mut world = World::new(MemoryStore::default(), Plan::default(), stations);
    world.connect(0).unwrap();
    world.connect(1).unwrap();
    world
}

#[test]
fn a_beat_reaches_every_seat_alike() {
    let mut world = two();
    world.post(0, 7).unwrap();
    world.pass_beats(1);
    for station in &world.stations {
        assert_eq!(station.error, None);
        assert_eq!(station.frames.len(), 1);
        assert_eq!(station.frames[0].beat, Beat(0));
        assert_eq!(station.frames[0].slots[0], SlotStatus { active: true, knock: false });
        assert_eq!(station.frames[0].slots[1], SlotStatus::default());
        assert_eq!(station.seen.iter().collect::<Vec<_>>(), [(&(0, 0, 0), &7)]);
    }
    assert_eq!(world.stations[0].positions, world.stations[1].positions);
}

#[test]
fn nothing_leaves_before_it_is_durable() {
    // BEAT-10
    let mut world = two();
    let mut store = world.engine.take().unwrap().into_store();
    let mut machine = Machine::new(store.load().unwrap(), settings(), Box::new(Faithful), UtcMs(T0));
    let hello = world.stations[0].hello().encode(&world.plan.shape).unwrap();
    machine.hello(ConnId(1), &hello, UtcMs(T0));
    assert!(matches!(machine.drain()[..], [Effect::Send { .. }]));
    machine.tick(UtcMs(T0 + BEAT_MS));
    assert!(matches!(machine.drain()[..], [Effect::Store(_)]));
    machine.stored();
    assert!(matches!(machine.drain()[..], [Effect::Send { .. }]));
}

#[test]
fn a_frame_counts_for_the_beat_in_progress_or_the_next() {
    // FRAME-9
    let mut world = two();
    world.pass_beats(5);
    for (beat, byte) in [(3, 1), (4, 2), (7, 3), (u64::MAX, 4)] {
        world.post_for(0, byte, beat).unwrap();
    }
    assert_eq!(world.engine().counters().untimely_frames, 4);
    world.post_for(0, 5, 5).unwrap();
    world.post_for(1, 6, 6).unwrap();
    world.pass_beats(2);
    let seen: Vec<_> = world.stations[0].seen.iter().collect();
    assert_eq!(seen, [(&(0, 5, 0), &5), (&(0, 6, 1), &6)]);
}

#[test]
fn of_two_frames_for_one_beat_the_first_counts() {
    // FRAME-9
    let mut world = two();
    world.post(0, 1).unwrap();
    world.post(0, 2).unwrap();
    assert_eq!(world.engine().counters().repeated_frames, 1);
    world.connect(0).unwrap();
    world.post(0, 3).unwrap();
    world.pass_beats(1);
    assert_eq!(world.stations[1].seen.get(&(0, 0, 0)), Some(&1));
}

#[test]
fn a_stall_is_made_good_in_one_frame_without_a_burst() {
    let mut world = two();
    world.pass_beats(1);
    world.stall(10 * BEAT_MS);
    world.post(0, 9).unwrap();
    world.pass_beats(1);
    let station = &world.stations[0];
    // The tick that was due during the stall, and the one of the beat after it.
    assert_eq!(station.frames.len(), 3);
    assert_eq!(station.frames[1].beat, Beat(10));
    assert!(matches!(
        station.frames[1].records[0].record,
        Record::EmptyRun { first: Beat(1), last: Beat(10), .. }
    ));
    assert_eq!(station.seen.get(&(0, 11, 0)), Some(&9));
    assert_eq!(station.error, None);
}

#[test]
fn a_position_beyond_the_clock_is_not_served() {
    // FRAME-8
    let mut world = two();
    world.pass_beats(2);
    let mut hello = world.stations[0].hello();
    hello.slots[0].position.next = Beat(3);
    world.connect_with(0, &hello).unwrap();
    assert_eq!(world.acks.last(), Some(&HelloAck::Refused));
    assert_eq!(world.closed.last().map(|(_, reason)| *reason), Some(CloseReason::Refused));
    assert_eq!(world.engine().counters().segments_opened, 0);
}

#[test]
fn a_segment_out_of_reach_is_not_served() {
    // FRAME-8
    let mut world = two();
    world.pass_beats(2);
    for (segment, active) in [(64, true), (65, false), (u32::MAX, false)] {
        let mut hello = world.stations[0].hello();
        hello.slots[0].position.segment = segment;
        world.connect_with(0, &hello).unwrap();
        assert_eq!(matches!(world.acks.last(), Some(HelloAck::Accepted(_))), active, "segment {segment}");
    }
}

#[test]
fn a_seat_that_lies_about_its_past_cannot_alarm_its_room_all_the_time() {
    // BEAT-9
    let mut world = two();
    world.pass_beats(2);
    for _ in 0..60 {
        let mut hello = world.stations[0].hello();
        hello.slots[0].position = Position { segment: 0, next: Beat(1), head: Head([9; 32]) };
        hello.slots[0].position.segment = world.stations[1].positions[0].segment;
        world.connect_with(0, &hello).unwrap();
        world.pass_beats(1);
    }
    assert_eq!(world.stations[1].error, None);
    assert_eq!(world.stations[1].positions[0].next, Beat(world.beat()));
    assert!((1..=6).contains(&world.engine().counters().segments_opened));
}

#[test]
fn a_stranger_learns_nothing() {
    // FRAME-8
    let mut world = two();
    let good = world.stations[0].hello();
    let mut wrong_token = good.clone();
    wrong_token.slots[0].token = token(0, 1);
    let mut wrong_seat = good.clone();
    wrong_seat.slots[0].seat = seat(15);
    let mut wrong_room = good.clone();
    wrong_room.slots[0].room = room(9);
    let mut wrong_channel = good.clone();
    wrong_channel.channel.0[0] ^= 1;
    for hello in [wrong_token, wrong_seat, wrong_room, wrong_channel] {
        let wrong = world.wrong_tokens;
        world.connect_with(0, &hello).unwrap();
        assert_eq!(world.acks.last(), Some(&HelloAck::Refused));
        assert_eq!(world.wrong_tokens, wrong + 1);
    }
}

#[test]
fn a_hello_of_another_shape_is_told_so() {
    // FRAME-8
    let mut world = two();
    let other = FrameShape::new(3, 8).unwrap();
    world.stations[0].conn = Some(ConnId(99));
    let bytes = world.stations[0].hello().encode(&other).unwrap().to_vec();
    world.input(Input::Hello(ConnId(99), bytes)).unwrap();
    assert_eq!(world.acks.last(), Some(&HelloAck::OtherShape));
    assert_eq!(world.closed.last(), Some(&(ConnId(99), CloseReason::Refused)));
}

#[test]
fn a_good_slot_is_served_beside_a_refused_one() {
    // FRAME-8
    let plan = Plan { rooms: 2, ..Plan::default() };
    let mut world = World::new(MemoryStore::default(), plan, vec![Station::new(vec![(0, 0), (1, 0)])]);
    let mut hello = world.stations[0].hello();
    hello.slots[0].token = token(0, 1);
    world.connect_with(0, &hello).unwrap();
    world.post(0, 4).unwrap();
    world.pass_beats(1);
    let HelloAck::Accepted(accepted) = &world.acks[0] else { panic!("refused") };
    assert_eq!(accepted.slots[0], SlotState::Refused);
    assert!(matches!(accepted.slots[1], SlotState::Active { .. }));
    let station = &world.stations[0];
    assert_eq!(station.seen.keys().collect::<Vec<_>>(), [&(1, 0, 0)]);
    assert_eq!(station.frames[0].slots.iter().map(|slot| slot.active).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn hostile_bytes_close_the_connection() {
    // FRAME-1, FRAME-2
    let mut world = two();
    let conn = world.stations[0].conn.unwrap();
    world.input(Input::Up(conn, vec![0; world.plan.shape.up_bytes()])).unwrap();
    assert_eq!(world.closed, [(conn, CloseReason::Malformed)]);
    world.input(Input::Hello(ConnId(50), vec![1, 2, 3])).unwrap();
    assert_eq!(world.closed[1], (ConnId(50), CloseReason::Malformed));
    world.input(Input::Up(ConnId(51), vec![])).unwrap();
    assert_eq!(world.closed.len(), 2);
}

#[test]
fn a_seat_has_one_connection() {
    let mut world = two();
    let before = world.stations[0].conn.unwrap();
    world.stations.push(Station::new(vec![(0, 0)]));
    world.connect(2).unwrap();
    assert_eq!(world.closed, [(before, CloseReason::Replaced)]);
    world.post(2, 3).unwrap();
    world.pass_beats(1);
    assert_eq!(world.stations[1].seen.get(&(0, 0, 0)), Some(&3));
    assert!(world.stations[0].frames.is_empty());
}

#[test]
fn missed_beats_wait_for_the_seats_that_followed() {
    // BEAT-8
    let mut world = two();
    world.pass_beats(3);
    for at in 0..2 {
        world.post(at, 0).unwrap();
    }
    world.pass_beats(1);
    world.crash();
    world.connect(0).unwrap();
    world.post(0, 5).unwrap();
    world.pass_beats(1);
    assert!(world.stations[0].frames.last().unwrap().records.is_empty());
    world.connect(1).unwrap();
    world.pass_beats(1);
    // The cell posted during the wait was kept.
    assert_eq!(world.stations[1].seen.get(&(0, 4, 0)), Some(&5));
    assert_eq!(world.stations[0].positions, world.stations[1].positions);
}

#[test]
fn the_wait_ends_after_its_grace() {
    // BEAT-8
    let mut world = two();
    world.pass_beats(4);
    world.crash();
    world.connect(0).unwrap();
    world.pass_beats(GRACE_BEATS + 1);
    assert_eq!(world.stations[0].positions[0].next, Beat(world.beat()));
    assert_eq!(world.stations[0].error, None);
}

fn roll_back(world: &mut World<MemoryStore>, beats: u64) {
    world.crash_to(|mut store| {
        store.roll_back(beats).unwrap();
        store
    });
}

#[test]
fn a_restored_relay_opens_a_segment_above_every_cursor() {
    // BEAT-9
    let mut world = two();
    for _ in 0..10 {
        world.post(0, 1).unwrap();
        world.pass_beats(1);
    }
    let held = world.stations[0].positions[0];
    roll_back(&mut world, 4);
    world.connect(0).unwrap();
    world.connect(1).unwrap();
    world.pass_beats(2);
    for station in &world.stations {
        assert_eq!(station.error, None);
        assert_eq!(station.positions[0].segment, 1);
        assert_eq!(station.positions[0].next, Beat(world.beat()));
        let start = station.records.iter().find(|r| matches!(r.record, Record::SegmentStart { .. }));
        assert_eq!(start.unwrap().record, Record::SegmentStart { segment: 1, first: held.next });
    }
    assert_eq!(world.engine().counters().segments_opened, 1);
}

#[test]
fn a_straggler_of_a_lost_past_continues_above_its_own_cursor() {
    // BEAT-9
    let mut world = two();
    world.pass_beats(10);
    world.disconnect(1).unwrap();
    let straggler = world.stations[1].positions[0];
    roll_back(&mut world, 8);
    world.stall(BEAT_MS);
    // The first to return knows less than the store has lost, so that nothing looks wrong until the straggler comes.
    world.stations[0] = Station::new(vec![(0, 0)]);
    world.connect(0).unwrap();
    world.pass_beats(GRACE_BEATS + 3);
    assert_eq!(world.stations[0].positions[0].segment, 0);
    world.connect(1).unwrap();
    world.pass_beats(2);
    for station in &world.stations {
        assert_eq!(station.error, None);
        assert_eq!(station.positions[0].segment, 1);
    }
    assert_eq!(world.stations[0].positions, world.stations[1].positions);
    let first = world.stations[1].records.iter().find_map(|record| match record.record {
        Record::SegmentStart { first, .. } => Some(first),
        _ => None,
    });
    assert!(first.unwrap() > straggler.next);
    // Coming back once more opens nothing.
    world.stations[1].positions[0] = straggler;
    world.connect(1).unwrap();
    world.pass_beats(3);
    assert_eq!(world.stations[1].error, None);
    assert_eq!(world.engine().counters().segments_opened, 1);
}

#[test]
fn another_head_at_the_same_cursor_opens_a_segment_too() {
    // BEAT-9
    for (at_head, held) in [(true, 6), (false, 3)] {
        let mut world = two();
        for beat in 0..6 {
            world.post(0, beat).unwrap();
            world.pass_beats(1);
        }
        let forged = Position { segment: 0, next: Beat(held), head: Head([9; 32]) };
        world.stations[0].positions[0] = forged;
        world.connect(0).unwrap();
        world.pass_beats(2);
        assert_eq!(world.engine().counters().segments_opened, 1, "at the head: {at_head}");
        for station in &world.stations {
            assert_eq!((station.error, station.positions[0].segment), (None, 1));
        }
    }
}

#[test]
fn a_seat_that_was_away_catches_up_in_order() {
    let mut world = two();
    world.pass_beats(1);
    world.disconnect(1).unwrap();
    for beat in 0..100 {
        world.post(0, beat).unwrap();
        world.pass_beats(1);
    }
    world.connect(1).unwrap();
    let mut beats = 0;
    while world.stations[1].positions != world.stations[0].positions {
        world.post(0, 100).unwrap();
        world.pass_beats(1);
        beats += 1;
        assert!(beats < 20, "catching up never ends");
    }
    assert_eq!(world.stations[1].error, None);
    assert_eq!(world.stations[1].seen, world.stations[0].seen);
}

#[test]
fn a_seat_below_retention_is_told_where_to_continue() {
    // BEAT-7
    let mut world = two();
    world.pass_beats(1);
    world.disconnect(1).unwrap();
    for _ in 0..RETENTION_BEATS + 40 {
        world.post(0, 1).unwrap();
        world.pass_beats(1);
    }
    world.connect(1).unwrap();
    world.pass_beats(1);
    let station = &world.stations[1];
    assert_eq!(station.error, None);
    assert!(matches!(
        station.frames.last().unwrap().records[0].record,
        Record::Pruned { segment: 0, first: Beat(2..), .. }
    ));
}

#[test]
fn what_every_seat_holds_is_dropped() {
    // BEAT-11
    let mut world = two();
    for _ in 0..100 {
        world.post(0, 1).unwrap();
        world.post(1, 1).unwrap();
        world.pass_beats(1);
    }
    let mut store = world.engine.take().unwrap().into_store();
    let chunk = store.links(&room(0), &chain(0).genesis(0, Beat(0)), usize::MAX).unwrap();
    assert!(chunk.links.len() < 20, "{} links are kept", chunk.links.len());
    assert_eq!(chunk.links[0].first, chunk.base.next);
}

#[test]
fn a_cursor_never_goes_beyond_what_was_served() {
    // FRAME-10
    let mut world = two();
    world.post(0, 1).unwrap();
    world.pass_beats(1);
    let conn = world.stations[0].conn.unwrap();
    let boast = UpFrame { beat: Beat(1), slots: vec![UpSlot { next: Beat(u64::MAX), cell: None }] };
    world.input(Input::Up(conn, boast.encode(&world.plan.shape).unwrap())).unwrap();
    world.pass_beats(1);
    let mut store = world.engine.take().unwrap().into_store();
    assert_eq!(store.load().unwrap().rooms[0].cursors[0], Some(Beat(1)));
}

#[test]
fn slots_take_turns_in_a_full_frame() {
    // FRAME-11
    let plan = Plan { rooms: 2, ..Plan::default() };
    let stations = vec![
        Station::new(vec![(0, 0), (1, 0)]),
        Station::new(vec![(0, 1), (1, 1)]),
        Station::new(vec![(0, 2), (1, 2)]),
        Station::new(vec![(0, 3), (1, 3)]),
    ];
    let mut world = World::new(MemoryStore::default(), plan, stations);
    (0..4).for_each(|at| world.connect(at).unwrap());
    world.pass_beats(1);
    world.disconnect(3).unwrap();
    for _ in 0..40 {
        (0..3).for_each(|at| world.post(at, 1).unwrap());
        world.pass_beats(1);
    }
    world.connect(3).unwrap();
    world.pass_beats(3);
    let station = &world.stations[3];
    for frame in &station.frames[1..] {
        let of = |slot| frame.records.iter().filter(|record| record.slot == slot).count();
        assert!(of(0).abs_diff(of(1)) <= 1 && of(1) >= 2, "{} and {} records", of(0), of(1));
    }
    assert_eq!(station.error, None);
}

#[test]
fn idle_rooms_cost_nothing_and_are_sealed_when_somebody_comes() {
    let mut world = two();
    world.pass_beats(2);
    world.disconnect(0).unwrap();
    world.disconnect(1).unwrap();
    world.pass_beats(2);
    let sealed = world.engine().counters().beats;
    world.pass_beats(100_000);
    assert!(world.engine().counters().beats <= sealed + 1);
    world.connect(0).unwrap();
    world.pass_beats(2);
    assert_eq!(world.stations[0].error, None);
    assert_eq!(world.stations[0].positions[0].next, Beat(world.beat()));
}

#[test]
fn a_replaced_token_puts_its_user_out() {
    // LOBBY-10
    let mut world = two();
    let conn = world.stations[0].conn.unwrap();
    let fresh = SeatToken::new([77; 32]);
    let request = |revoker| LobbyRequest::ReplaceToken {
        room: room(0),
        seat: seat(0),
        revoker,
        keys: keys_of(&fresh, &Revoker::new([78; 32])),
    };
    let refused = world.lobby(&request(revoker(0, 1)));
    assert_eq!(refused, LobbyReply::Refused { kind: RefusalKind::BadToken, retry_after_ms: 0 });
    assert_eq!(world.lobby(&request(revoker(0, 0))), LobbyReply::Done);
    assert_eq!(world.closed, [(conn, CloseReason::Revoked)]);
    world.connect(0).unwrap();
    assert_eq!(world.acks.last(), Some(&HelloAck::Refused));
    world.crash();
    let mut hello = world.stations[0].hello();
    hello.slots[0].token = fresh.clone();
    world.connect_with(0, &hello).unwrap();
    assert!(matches!(world.acks.last(), Some(HelloAck::Accepted(_))));
    let again = world.lobby(&request(revoker(0, 0)));
    assert_eq!(again, LobbyReply::Refused { kind: RefusalKind::BadToken, retry_after_ms: 0 });
}

#[test]
fn thousands_of_rooms_are_sealed_in_one_batch() {
    let mut world = two();
    let mut store = world.engine.take().unwrap().into_store();
    let mut snapshot = store.load().unwrap();
    let template = snapshot.rooms[0].clone();
    for n in 0u16..4_000 {
        let mut id = [0xff; 16];
        id[..2].copy_from_slice(&n.to_be_bytes());
        let mut row = template.clone();
        row.chain.room.0 = id;
        row.position = row.chain.genesis(0, Beat(0));
        snapshot.rooms.push(row);
    }
    let mut machine = Machine::new(snapshot, settings(), Box::new(Faithful), UtcMs(T0));
    for n in 0u16..4_000 {
        let mut hello = world.stations[0].hello();
        hello.slots[0].room.0 = [0xff; 16];
        hello.slots[0].room.0[..2].copy_from_slice(&n.to_be_bytes());
        machine.hello(ConnId(n.into()), &hello.encode(&world.plan.shape).unwrap(), UtcMs(T0));
    }
    machine.drain();
    machine.tick(UtcMs(T0 + BEAT_MS));
    let effects = machine.drain();
    assert!(matches!(&effects[..], [Effect::Store(batch)] if batch.ops.len() == 4_000));
    machine.stored();
    let sent = machine.drain().iter().filter(|effect| matches!(effect, Effect::Send { .. })).count();
    assert_eq!(sent, 4_000);
}

proptest! {
    #[test]
    fn bytes_from_anybody_disturb_nobody(
        messages in proptest::collection::vec(
            (0u8..3, proptest::collection::vec(any::<u8>(), 0..600), proptest::option::of((0usize..5_000, any::<u8>()))),
            0..20,
        ),
    ) {
        let mut world = two();
        let shape = world.plan.shape;
        let good = [
            world.stations[0].hello().encode(&shape).unwrap().to_vec(),
            UpFrame { beat: Beat(0), slots: vec![] }.encode(&shape).unwrap(),
            LobbyRequest::RoomInfo(claim(0, 2)).encode().unwrap().to_vec(),
        ];
        for (n, (kind, noise, flip)) in (1_000..).zip(messages) {
            let mut bytes = noise;
            if let Some((at, value)) = flip {
                bytes = good[usize::from(kind)].clone();
                let length = bytes.len();
                bytes[at % length] = value;
            }
            let input = [Input::Hello, Input::Up, Input::Lobby][usize::from(kind)];
            let now = UtcMs(world.now);
            // Whatever leaves goes to the stranger; only a good hello may take the place of a station.
            world.engine().handle(input(ConnId(n), bytes), now).unwrap();
        }
        world.connect(1).unwrap();
        world.pass_beats(2);
        prop_assert_eq!(world.stations[1].error, None);
        prop_assert_eq!(world.stations[1].positions[0].next, Beat(2));
    }
}
