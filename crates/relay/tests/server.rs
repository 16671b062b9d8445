//! The relay over real TLS on loopback.

mod support;

use backchannel_relay::init::{LISTENING_FILE, Pin};
use backchannel_relay::{Options, RelayError, serve};
use backchannel_wire::Beat;
use backchannel_wire::frame::*;
use backchannel_wire::limits::{CELL_BYTES, LOBBY_BYTES};
use backchannel_wire::lobby::*;
use backchannel_wire::token::OperatorToken;
use futures_util::SinkExt;
use rustls::NamedGroup;
use rustls::crypto::aws_lc_rs::kx_group::{SECP256R1, X25519, X25519MLKEM768};
use support::*;
use tokio::io::AsyncReadExt;
use tokio_tungstenite::tungstenite::Message;

#[tokio::test]
async fn the_key_exchange_is_hybrid_and_nothing_else() {
    let relay = Relay::start().await;
    let tls = relay.tls(relay.pin, vec![X25519, X25519MLKEM768]).await.unwrap();
    let group = tls.get_ref().1.negotiated_key_exchange_group().unwrap();
    assert_eq!(group.name(), NamedGroup::X25519MLKEM768);
    assert!(relay.tls(relay.pin, vec![X25519]).await.is_err());
    assert!(relay.tls(relay.pin, vec![SECP256R1, X25519]).await.is_err());
}

#[tokio::test]
async fn a_client_refuses_another_pin() {
    let relay = Relay::start().await;
    assert!(relay.tls(Pin([0; 32]), vec![X25519MLKEM768]).await.is_err());
}

#[tokio::test]
async fn cells_travel_and_survive_a_restart() {
    let mut relay = Relay::start().await;
    let plan = TestChannel::new(50);
    assert!(matches!(relay.create(&plan).await, LobbyReply::Created { beat_ms: 50, .. }));
    let (mut socket, ack) = relay.hello(&plan.hello(0, plan.genesis()), &plan.shape).await.unwrap();
    let HelloAck::Accepted(accepted) = ack else { panic!("refused") };
    let mut beat = (accepted.now.0 - accepted.t0.0) / 50 + 1;
    let mut position = plan.genesis();
    let mut found = false;
    while !found {
        // A frame that comes when its beat is over is not sealed: then the next beat's is.
        let up = UpFrame {
            beat: Beat(beat),
            slots: vec![UpSlot { next: position.next, cell: Some(Box::new([7; CELL_BYTES])) }],
        };
        socket.send(Message::Binary(up.encode(&plan.shape).unwrap().into())).await.unwrap();
        let bytes = receive(&mut socket).await.unwrap();
        assert_eq!(bytes.len(), plan.shape.down_bytes());
        let frame = DownFrame::decode(&bytes, &plan.shape).unwrap();
        for record in frame.records {
            position = record
                .record
                .follow(&plan.chain(), &position, seat(0), &plan.token(0).head_mac_key())
                .unwrap();
            found |= matches!(&record.record, Record::Beat { sealed, .. } if sealed.cells[0].is_some());
        }
        beat = (beat + 1).max(position.next.0 + 1);
    }
    relay.stop().await;
    relay.run().await;
    let (mut socket, _) = relay.hello(&plan.hello(1, plan.genesis()), &plan.shape).await.unwrap();
    let mut position = plan.genesis();
    let mut found = false;
    while !found {
        let frame = DownFrame::decode(&receive(&mut socket).await.unwrap(), &plan.shape).unwrap();
        for record in frame.records {
            position = record
                .record
                .follow(&plan.chain(), &position, seat(1), &plan.token(1).head_mac_key())
                .unwrap();
            if let Record::Beat { sealed, .. } = &record.record {
                found |= sealed.cells[0].as_deref() == Some(&[7; CELL_BYTES]);
            }
        }
    }
}

#[tokio::test]
async fn a_wrong_token_is_refused_and_guessing_shuts_the_door() {
    let edit = |text: String| text.replace("wrong_tokens_per_address = 20", "wrong_tokens_per_address = 2");
    let relay = Relay::start_with(edit).await;
    let plan = TestChannel::new(1_000);
    relay.create(&plan).await;
    let mut wrong = plan.hello(0, plan.genesis());
    wrong.slots[0].token = plan.token(1);
    let (mut socket, ack) = relay.hello(&wrong, &plan.shape).await.unwrap();
    assert_eq!(ack, HelloAck::Refused);
    ended(&mut socket).await;
    let guess = plan.request(OperatorToken::new([0; 32]));
    assert_eq!(
        relay.lobby(&guess).await.unwrap(),
        LobbyReply::Refused { kind: RefusalKind::BadToken, retry_after_ms: 0 }
    );
    assert!(relay.open("/v1/beat").await.is_err());
}

#[tokio::test]
async fn oversized_and_strange_messages_end_the_connection() {
    let relay = Relay::start().await;
    let plan = TestChannel::new(1_000);
    relay.create(&plan).await;
    let up = vec![0; plan.shape.up_bytes()];
    let strange = [
        Message::Binary(vec![0; LOBBY_BYTES + 1].into()),
        Message::Binary(vec![0; plan.shape.up_bytes() + 1].into()),
        Message::Binary(up.into()),
        Message::Text("hello".into()),
        Message::Ping(vec![].into()),
    ];
    for message in strange {
        let (mut socket, ack) = relay.hello(&plan.hello(0, plan.genesis()), &plan.shape).await.unwrap();
        assert!(matches!(ack, HelloAck::Accepted(_)));
        // A relay that hangs up in the middle of a large message is a failure to send it.
        let _ = socket.send(message).await;
        ended(&mut socket).await;
    }
}

#[tokio::test]
async fn an_unknown_path_is_not_served() {
    let relay = Relay::start().await;
    assert!(relay.open("/v2/beat").await.is_err());
    assert!(relay.open("/").await.is_err());
}

#[tokio::test]
async fn who_says_nothing_is_hung_up_on() {
    let edit = |text: String| text.replace("handshake_seconds = 10", "handshake_seconds = 1");
    let relay = Relay::start_with(edit).await;
    let mut silent = tokio::net::TcpStream::connect(relay.address).await.unwrap();
    let mut rest = Vec::new();
    silent.read_to_end(&mut rest).await.unwrap();
    let mut shaken = relay.open("/v1/beat").await.unwrap();
    ended(&mut shaken).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_does_not_read_is_hung_up_on() {
    let relay = Relay::start().await;
    let plan = TestChannel { shape: FrameShape::new(1, 256).unwrap(), ..TestChannel::new(50) };
    relay.create(&plan).await;
    let (mut slow, _) = relay.hello(&plan.hello(0, plan.genesis()), &plan.shape).await.unwrap();
    let (mut brisk, _) = relay.hello(&plan.hello(1, plan.genesis()), &plan.shape).await.unwrap();
    // Each frame is a megabyte: what the kernel holds for a reader is full after a few.
    let sent = 40;
    for _ in 0..sent {
        DownFrame::decode(&receive(&mut brisk).await.unwrap(), &plan.shape).unwrap();
    }
    let mut read = 0;
    while receive(&mut slow).await.is_ok() {
        read += 1;
    }
    assert!(read < sent, "{read} of {sent} frames were waiting");
}

#[tokio::test]
async fn connections_above_the_bound_of_an_address_are_dropped() {
    let edit = |text: String| text.replace("per_address = 256", "per_address = 2");
    let relay = Relay::start_with(edit).await;
    let first = relay.open("/v1/beat").await.unwrap();
    let _second = relay.open("/v1/beat").await.unwrap();
    assert!(relay.open("/v1/beat").await.is_err());
    drop(first);
    // The relay notices the end of the first when it reads; until then another try is dropped too.
    while relay.open("/v1/beat").await.is_err() {}
}

#[tokio::test]
async fn lobby_requests_above_the_rate_are_told_when_to_come_back() {
    let edit = |text: String| text.replace("per_minute_per_address = 240", "per_minute_per_address = 2");
    let relay = Relay::start_with(edit).await;
    let plan = TestChannel::new(1_000);
    relay.create(&plan).await;
    let ask = LobbyRequest::RoomInfo(plan.claim(0));
    assert!(matches!(relay.lobby(&ask).await.unwrap(), LobbyReply::RoomInfo(_)));
    let reply = relay.lobby(&ask).await.unwrap();
    assert!(matches!(
        reply,
        LobbyReply::Refused { kind: RefusalKind::RateLimited, retry_after_ms: 1..=60_000 }
    ));
}

#[tokio::test]
async fn one_relay_a_directory_and_a_clean_end() {
    let mut relay = Relay::start().await;
    let again = serve(relay.dir.path(), Options::default(), std::future::pending()).await;
    assert!(matches!(again, Err(RelayError::InUse(_))));
    let listening = relay.dir.path().join(LISTENING_FILE);
    assert_eq!(std::fs::read_to_string(&listening).unwrap(), format!("{}\n", relay.address));
    relay.stop().await;
    assert!(!listening.exists());
}
