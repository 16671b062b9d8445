//! The lobby, request by request.

#[path = "support/world.rs"]
mod world;

use backchannel_relay::store::MemoryStore;
use backchannel_wire::chain::{Position, RoomChain};
use backchannel_wire::limits::{CHANNEL_ROOMS_MAX, LOBBY_BLOB_BYTES, LOBBY_BYTES};
use backchannel_wire::lobby::*;
use backchannel_wire::token::OperatorToken;
use backchannel_wire::{Beat, ChannelId, UtcMs};
use world::*;

fn alone() -> World<MemoryStore> {
    World::new(MemoryStore::default(), Plan::default(), vec![Station::new(vec![(0, 0)])])
}

fn blob(byte: u8) -> Blob {
    Blob::new(vec![byte; LOBBY_BLOB_BYTES]).unwrap()
}

fn refused(kind: RefusalKind) -> LobbyReply {
    LobbyReply::Refused { kind, retry_after_ms: 0 }
}

fn knock(s: u8, byte: u8) -> LobbyRequest {
    LobbyRequest::PutKnock { claim: claim(0, s), blob: blob(byte) }
}

fn answer(s: u8, for_seat: u8, byte: u8) -> LobbyRequest {
    LobbyRequest::PutAnswer { claim: claim(0, s), for_seat: seat(for_seat), blob: blob(byte) }
}

fn take_knock(s: u8) -> LobbyRequest {
    LobbyRequest::TakeKnock(claim(0, s))
}

fn take_answer(s: u8) -> LobbyRequest {
    LobbyRequest::TakeAnswer(claim(0, s))
}

#[test]
fn a_knock_is_answered_once() {
    // LOBBY-8, LOBBY-9
    let mut world = alone();
    assert_eq!(world.lobby(&take_knock(0)), refused(RefusalKind::NotFound));
    assert_eq!(world.lobby(&knock(2, 1)), LobbyReply::Done);
    assert_eq!(world.lobby(&knock(1, 2)), LobbyReply::Done);
    assert_eq!(world.lobby(&knock(1, 3)), LobbyReply::Done);
    let lowest = LobbyReply::Knock { from_seat: seat(1), blob: blob(3) };
    assert_eq!(world.lobby(&take_knock(0)), lowest);
    world.crash();
    assert_eq!(world.lobby(&take_knock(0)), lowest);
    assert_eq!(world.lobby(&take_knock(1)), LobbyReply::Knock { from_seat: seat(2), blob: blob(1) });
    assert_eq!(world.lobby(&take_answer(1)), refused(RefusalKind::NotFound));
    assert_eq!(world.lobby(&answer(0, 1, 4)), LobbyReply::Done);
    assert_eq!(world.lobby(&answer(0, 1, 5)), refused(RefusalKind::NotFound));
    let reply = LobbyReply::Answer { from_seat: seat(0), blob: blob(4) };
    assert_eq!(world.lobby(&take_answer(1)), reply);
    assert_eq!(world.lobby(&take_answer(1)), reply);
    assert_eq!(world.lobby(&knock(1, 6)), LobbyReply::Done);
    assert_eq!(world.lobby(&take_answer(1)), refused(RefusalKind::NotFound));
}

#[test]
fn a_seat_does_not_answer_itself() {
    // LOBBY-9
    let mut world = alone();
    world.lobby(&knock(1, 1));
    assert_eq!(world.lobby(&answer(1, 1, 2)), refused(RefusalKind::NotFound));
    assert_eq!(world.lobby(&answer(0, 3, 2)), refused(RefusalKind::NotFound));
}

#[test]
fn a_waiting_knock_shows_in_every_other_seats_frame() {
    let mut world = alone();
    world.stations.push(Station::new(vec![(0, 1)]));
    world.connect(0).unwrap();
    world.connect(1).unwrap();
    world.lobby(&knock(1, 1));
    world.pass_beats(1);
    assert!(world.stations[0].frames[0].slots[0].knock);
    assert!(!world.stations[1].frames[0].slots[0].knock);
    world.lobby(&answer(0, 1, 2));
    world.pass_beats(1);
    assert!(!world.stations[0].frames[1].slots[0].knock);
}

#[test]
fn without_the_token_every_request_is_refused_alike() {
    // LOBBY-5
    let mut world = alone();
    let wrong = [
        SeatClaim { token: token(0, 1), ..claim(0, 0) },
        SeatClaim { seat: seat(9), ..claim(0, 0) },
        SeatClaim { room: room(8), ..claim(0, 0) },
    ];
    for claim in wrong {
        let requests = [
            LobbyRequest::RoomInfo(claim.clone()),
            LobbyRequest::PutKnock { claim: claim.clone(), blob: blob(0) },
            LobbyRequest::TakeKnock(claim.clone()),
            LobbyRequest::PutAnswer { claim: claim.clone(), for_seat: seat(1), blob: blob(0) },
            LobbyRequest::TakeAnswer(claim.clone()),
        ];
        for request in requests {
            let counted = world.wrong_tokens;
            assert_eq!(world.lobby(&request), refused(RefusalKind::BadToken));
            assert_eq!(world.wrong_tokens, counted + 1);
        }
    }
}

#[test]
fn a_seat_that_asks_too_often_is_told_when_to_come_back() {
    // LOBBY-6
    let mut world = alone();
    for _ in 0..settings().lobby_per_minute {
        assert_eq!(world.lobby(&take_knock(0)), refused(RefusalKind::NotFound));
    }
    world.stall(10_000);
    let refused = LobbyReply::Refused { kind: RefusalKind::RateLimited, retry_after_ms: 50_000 };
    assert_eq!(world.lobby(&take_knock(0)), refused);
    world.stall(50_000);
    assert_ne!(world.lobby(&take_knock(0)), refused);
}

#[test]
fn a_channel_is_created_by_the_operator_within_bounds() {
    // LOBBY-7
    let mut world = alone();
    let fresh = |n: u8| {
        let channel = ChannelId([n; 16]);
        let mut request = ChannelRequest { channel, ..world.plan.request() };
        request.rooms[0].room = room(n);
        request
    };
    let good = fresh(40);
    let edit = |change: fn(&mut ChannelRequest)| {
        let mut request = good.clone();
        change(&mut request);
        LobbyRequest::CreateChannel(request)
    };
    let malformed = [
        edit(|r| r.beat_ms = 49),
        edit(|r| r.beat_ms = u32::MAX),
        edit(|r| r.frame_rooms = 0),
        edit(|r| r.frame_rooms = 17),
        edit(|r| r.down_cells = 0),
        edit(|r| r.rooms.clear()),
        edit(|r| r.rooms[0].capacity = 3),
        edit(|r| r.rooms[0].room = room(0)),
        edit(|r| r.rooms = vec![r.rooms[0].clone(); 2]),
        edit(|r| r.rooms = vec![r.rooms[0].clone(); CHANNEL_ROOMS_MAX + 1]),
        edit(|r| drop(r.rooms[0].seats.pop())),
        edit(|r| r.channel = CHANNEL),
    ];
    let more: Vec<_> = (41..44).map(fresh).collect();
    for request in malformed {
        assert_eq!(world.lobby(&request), refused(RefusalKind::Malformed));
    }
    let stranger = edit(|r| r.operator = OperatorToken::new([0; 32]));
    assert_eq!(world.lobby(&stranger), refused(RefusalKind::BadToken));
    let create = LobbyRequest::CreateChannel(good.clone());
    let created = world.lobby(&create);
    assert!(matches!(created, LobbyReply::Created { .. }));
    world.stall(5_000);
    assert_eq!(world.lobby(&create), created, "a lost reply can be asked for again");
    for (at, request) in more.into_iter().enumerate() {
        let reply = world.lobby(&LobbyRequest::CreateChannel(request));
        assert_eq!(reply == refused(RefusalKind::Limit), at == 2);
    }
}

#[test]
fn channels_of_one_beat_share_their_beats_ends() {
    let mut world = alone();
    world.stall(2 * BEAT_MS + 345);
    let channel = ChannelId([40; 16]);
    let mut request = ChannelRequest { channel, ..world.plan.request() };
    request.rooms[0].room = room(40);
    let reply = world.lobby(&LobbyRequest::CreateChannel(request));
    assert_eq!(reply, LobbyReply::Created { t0: UtcMs(T0 + 2 * BEAT_MS), beat_ms: BEAT_MS as u32 });
}

#[test]
fn room_info_says_where_the_chain_stands() {
    let mut world = alone();
    world.connect(0).unwrap();
    world.pass_beats(3);
    let Position { segment, next, head } = world.stations[0].positions[0];
    let info = RoomInfo { t0: UtcMs(T0), beat_ms: BEAT_MS as u32, capacity: 4, segment, next, head };
    assert_eq!(next, Beat(3));
    assert_eq!(world.lobby(&LobbyRequest::RoomInfo(claim(0, 3))), LobbyReply::RoomInfo(info));
}

#[test]
fn a_joiner_starts_where_room_info_says() {
    let mut world = alone();
    world.connect(0).unwrap();
    world.pass_beats(3);
    let LobbyReply::RoomInfo(info) = world.lobby(&LobbyRequest::RoomInfo(claim(0, 1))) else {
        panic!("refused");
    };
    let mut joiner = Station::new(vec![(0, 1)]);
    joiner.positions[0] = Position { segment: info.segment, next: info.next, head: info.head };
    world.stations.push(joiner);
    world.connect(1).unwrap();
    world.pass_beats(2);
    assert_eq!(world.stations[1].error, None);
    assert_eq!(world.stations[1].positions, world.stations[0].positions);
    assert_eq!(RoomChain::new(CHANNEL, room(0), info.capacity), Ok(chain(0)));
}

#[test]
fn what_follows_room_info_is_kept_for_the_joiner() {
    // BEAT-11
    let mut world = alone();
    world.connect(0).unwrap();
    let LobbyReply::RoomInfo(info) = world.lobby(&LobbyRequest::RoomInfo(claim(0, 1))) else {
        panic!("refused");
    };
    for byte in 0..50 {
        world.post(0, byte).unwrap();
        world.pass_beats(1);
    }
    let mut joiner = Station::new(vec![(0, 1)]);
    joiner.positions[0] = Position { segment: info.segment, next: info.next, head: info.head };
    world.stations.push(joiner);
    world.connect(1).unwrap();
    world.pass_beats(20);
    assert_eq!(world.stations[1].seen, world.stations[0].seen);
}

#[test]
fn what_waits_too_long_is_dropped() {
    // LOBBY-11
    let mut world = alone();
    world.lobby(&knock(1, 1));
    world.lobby(&knock(2, 1));
    world.lobby(&answer(0, 2, 1));
    world.pass(settings().lobby_term_ms + 700_000).unwrap();
    assert_eq!(world.lobby(&take_knock(0)), refused(RefusalKind::NotFound));
    assert_eq!(world.lobby(&take_answer(2)), refused(RefusalKind::NotFound));
    world.crash();
    assert_eq!(world.lobby(&take_knock(0)), refused(RefusalKind::NotFound));
}

#[test]
fn a_replaced_token_empties_the_seats_places() {
    // LOBBY-10
    let mut world = alone();
    world.lobby(&knock(1, 1));
    let keys = keys_of(&token(5, 5), &revoker(5, 5));
    let replace = LobbyRequest::ReplaceToken { room: room(0), seat: seat(1), revoker: revoker(0, 1), keys };
    assert_eq!(world.lobby(&replace), LobbyReply::Done);
    assert_eq!(world.lobby(&take_knock(0)), refused(RefusalKind::NotFound));
    assert_eq!(world.lobby(&take_answer(1)), refused(RefusalKind::BadToken));
}

#[test]
fn bytes_that_are_no_request_are_refused() {
    // LOBBY-1
    let mut world = alone();
    for bytes in [vec![], vec![0; LOBBY_BYTES], vec![1; LOBBY_BYTES + 1]] {
        assert_eq!(world.lobby_bytes(bytes), refused(RefusalKind::Malformed));
    }
}
