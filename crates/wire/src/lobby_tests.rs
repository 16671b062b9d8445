use super::*;
use proptest::prelude::*;

fn claim() -> SeatClaim {
    SeatClaim { room: RoomId([1; 16]), seat: SeatNo::new(3).unwrap(), token: SeatToken::new([2; 32]) }
}

fn blob() -> Blob {
    Blob::new(vec![7; LOBBY_BLOB_BYTES]).unwrap()
}

fn keys() -> SeatKeys {
    let token = SeatToken::new([3; 32]);
    let revoker = Revoker::new([4; 32]).hash();
    SeatKeys { token: token.hash(), revoker, head_mac: token.head_mac_key() }
}

fn requests() -> Vec<LobbyRequest> {
    let (room, seat) = (RoomId([1; 16]), SeatNo::new(3).unwrap());
    let rooms = (0..24).map(|n| RoomPlan { room: RoomId([n; 16]), capacity: 16, seats: vec![keys(); 16] });
    vec![
        LobbyRequest::CreateChannel(ChannelRequest {
            operator: OperatorToken::new([9; 32]),
            channel: ChannelId([8; 16]),
            beat_ms: 5_000,
            frame_rooms: 4,
            down_cells: 16,
            rooms: rooms.collect(),
        }),
        LobbyRequest::RoomInfo(claim()),
        LobbyRequest::PutKnock { claim: claim(), blob: blob() },
        LobbyRequest::TakeKnock(claim()),
        LobbyRequest::PutAnswer { claim: claim(), for_seat: seat, blob: blob() },
        LobbyRequest::TakeAnswer(claim()),
        LobbyRequest::ReplaceToken { room, seat, revoker: Revoker::new([5; 32]), keys: keys() },
    ]
}

fn replies() -> Vec<LobbyReply> {
    let seat = SeatNo::new(3).unwrap();
    let (t0, beat_ms) = (UtcMs(1), 250);
    let info = RoomInfo { t0, beat_ms, capacity: 4, segment: 1, next: Beat(2), head: Head([3; 32]) };
    vec![
        LobbyReply::Created { t0, beat_ms },
        LobbyReply::RoomInfo(info),
        LobbyReply::Done,
        LobbyReply::Knock { from_seat: seat, blob: blob() },
        LobbyReply::Answer { from_seat: seat, blob: blob() },
        LobbyReply::Refused { kind: RefusalKind::RateLimited, retry_after_ms: 1 },
    ]
}

#[test]
fn every_message_round_trips_at_one_size() {
    // LOBBY-1
    for request in requests() {
        let bytes = request.encode().unwrap();
        assert_eq!(bytes.len(), LOBBY_BYTES);
        assert!(LobbyRequest::decode(&bytes) == Ok(request));
        assert!(LobbyRequest::decode(&bytes[1..]) == Err(LobbyError::Size));
        assert!(LobbyRequest::decode(&[&bytes[..], &[0]].concat()) == Err(LobbyError::Size));
    }
    for reply in replies() {
        let bytes = reply.encode().unwrap();
        assert_eq!(bytes.len(), LOBBY_BYTES);
        assert_eq!(LobbyReply::decode(&bytes), Ok(reply));
    }
}

#[test]
fn the_largest_channel_fits() {
    // LOBBY-1
    let largest = requests().remove(0);
    assert!(largest.encode().is_ok());
    let LobbyRequest::CreateChannel(mut request) = largest else { panic!("another request") };
    request.rooms = request.rooms.iter().cycle().take(100).cloned().collect();
    assert!(LobbyRequest::CreateChannel(request).encode() == Err(LobbyError::Size));
}

#[test]
fn headers_are_exact() {
    // LOBBY-2
    let good = LobbyReply::Done.encode().unwrap();
    assert_eq!(good[..11], [1, 2, 0, 0, 0, 0, 0, 3, 0x82, 2, 0x80]);
    for (at, value) in [(0, 2), (1, 1), (1, 3), (2, 1), (3, 1), (4, 1)] {
        let mut bytes = good.clone();
        bytes[at] = value;
        assert_eq!(LobbyReply::decode(&bytes), Err(LobbyError::Header), "byte {at}");
    }
    let request = LobbyRequest::RoomInfo(claim()).encode().unwrap();
    assert_eq!(LobbyReply::decode(&request), Err(LobbyError::Header));
}

#[test]
fn filling_is_zero() {
    // LOBBY-3
    for at in [LOBBY_BYTES - 1, 2_000] {
        let mut bytes = LobbyRequest::RoomInfo(claim()).encode().unwrap();
        bytes[at] = 1;
        assert!(LobbyRequest::decode(&bytes) == Err(LobbyError::Filling), "byte {at}");
    }
}

#[test]
fn contents_are_canonical() {
    // LOBBY-4
    let padded = |content: &[u8]| LobbyReply::decode(&pad(REPLY, content).unwrap());
    let good = canonical::to_vec(&LobbyReply::Done);
    assert_eq!(padded(&good), Ok(LobbyReply::Done));
    assert_eq!(padded(&[]), Err(LobbyError::Content));
    assert_eq!(padded(&[&good[..], &[0]].concat()), Err(LobbyError::Content));
    let long_form = canonical::to_vec(&LobbyReply::Created { t0: UtcMs(1), beat_ms: 5 });
    assert_eq!(padded(&[&long_form[..long_form.len() - 1], &[0x18, 5]].concat()), Err(LobbyError::Content));
}

#[test]
fn blobs_have_one_size() {
    // LOBBY-4
    for length in [0, 1, LOBBY_BLOB_BYTES - 1, LOBBY_BLOB_BYTES + 1] {
        assert!(Blob::new(vec![0; length]).is_none());
    }
    let knock = LobbyReply::Knock { from_seat: SeatNo::new(0).unwrap(), blob: blob() };
    let encoded = canonical::to_vec(&knock);
    let at = encoded.windows(5).position(|w| w == [0x5a, 0, 1, 0x80, 0]).unwrap();
    let mut short = encoded.clone();
    short[at + 4] = 0xff;
    short[at + 3] = 0x7f;
    short.pop();
    assert_eq!(LobbyReply::decode(&pad(REPLY, &short).unwrap()), Err(LobbyError::Content));
}

proptest! {
    #[test]
    fn decoders_never_panic(content in proptest::collection::vec(any::<u8>(), 0..300), variant in 0u8..8) {
        let content = [&[0x82, variant][..], &content].concat();
        let request = pad(REQUEST, &content).unwrap();
        if let Ok(read) = LobbyRequest::decode(&request) {
            prop_assert_eq!(&read.encode().unwrap()[..], &request[..]);
        }
        let reply = pad(REPLY, &content).unwrap();
        if let Ok(read) = LobbyReply::decode(&reply) {
            prop_assert_eq!(read.encode().unwrap(), reply);
        }
    }

    #[test]
    fn a_changed_byte_is_another_request_or_none(which in 0usize..7, at in 0usize..2_000, flip in 1u8..) {
        let request = &requests()[which];
        let mut bytes = request.encode().unwrap();
        bytes[at] ^= flip;
        prop_assert!(LobbyRequest::decode(&bytes) != Ok(request.clone()));
    }
}
