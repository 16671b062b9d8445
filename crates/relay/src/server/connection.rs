//! One connection: handshakes, then messages in and out until either side ends it.

use super::addresses::{Addresses, Guest};
use super::driver::{Line, Outgoing, ToEngine};
use super::utc_now;
use crate::config::Config;
use crate::engine::Input;
use crate::limits::{FRAMES_PER_SECOND_MAX, READ_BUFFER_BYTES};
use crate::machine::ConnId;
use backchannel_wire::limits::LOBBY_BYTES;
use backchannel_wire::lobby::{LobbyReply, RefusalKind};
use futures_util::{SinkExt, StreamExt};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::http::StatusCode;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, accept_hdr_async_with_config};

type Socket = WebSocketStream<TlsStream<TcpStream>>;

/// What all connections share.
pub(super) struct Shared {
    pub addresses: Arc<Addresses>,
    inputs: mpsc::Sender<ToEngine>,
    next_id: AtomicU64,
    handshake: Duration,
    write: Duration,
    queue_frames: usize,
}

/// What a connection is for, by its path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Beat,
    Lobby,
}

impl Shared {
    pub fn new(config: &Config, inputs: mpsc::Sender<ToEngine>, addresses: Arc<Addresses>) -> Self {
        Self {
            addresses,
            inputs,
            next_id: AtomicU64::new(0),
            handshake: Duration::from_secs(config.handshake_seconds),
            write: Duration::from_secs(config.write_seconds),
            queue_frames: config.write_queue_frames,
        }
    }
}

/// Serves a connection to its end.
pub(super) async fn run(tcp: TcpStream, acceptor: TlsAcceptor, shared: Arc<Shared>, guest: Guest) {
    let Ok(Some((socket, purpose, first))) = timeout(shared.handshake, open(tcp, acceptor)).await else {
        tracing::debug!("a connection ended before its first message");
        return;
    };
    if purpose == Purpose::Lobby
        && let Err(retry_after_ms) = shared.addresses.lobby(guest.address, utc_now())
    {
        return refuse(socket, retry_after_ms, shared.write).await;
    }
    let id = ConnId(shared.next_id.fetch_add(1, Ordering::Relaxed));
    let (out, outgoing) = mpsc::channel(shared.queue_frames);
    let (abort, aborted) = futures_util::future::AbortHandle::new_pair();
    let line = Line { out, abort, address: guest.address };
    let first = match purpose {
        Purpose::Beat => Input::Hello(id, first),
        Purpose::Lobby => Input::Lobby(id, first),
    };
    if shared.inputs.send(ToEngine::Open(id, line)).await.is_err() {
        return;
    }
    if shared.inputs.send(ToEngine::Input(first)).await.is_ok() {
        let exchange = exchange(socket, id, purpose, outgoing, &shared);
        let _ = futures_util::future::Abortable::new(exchange, aborted).await;
    }
    let _ = shared.inputs.send(ToEngine::Input(Input::Closed(id))).await;
}

#[expect(clippy::result_large_err, reason = "the library's callback has this type")]
async fn open(tcp: TcpStream, acceptor: TlsAcceptor) -> Option<(Socket, Purpose, Vec<u8>)> {
    let tls = acceptor.accept(tcp).await.ok()?;
    let mut purpose = None;
    let route = |request: &Request, response: Response| {
        purpose = purpose_of(request.uri().path());
        if purpose.is_some() { Ok(response) } else { Err(not_found()) }
    };
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(0)
        .max_message_size(Some(LOBBY_BYTES))
        .max_frame_size(Some(LOBBY_BYTES));
    let mut socket = accept_hdr_async_with_config(tls, route, Some(config)).await.ok()?;
    match socket.next().await? {
        Ok(Message::Binary(bytes)) => Some((socket, purpose?, bytes.into())),
        _ => None,
    }
}

fn purpose_of(path: &str) -> Option<Purpose> {
    match path {
        "/v1/beat" => Some(Purpose::Beat),
        "/v1/lobby" => Some(Purpose::Lobby),
        _ => None,
    }
}

fn not_found() -> ErrorResponse {
    let mut response = ErrorResponse::new(None);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

async fn refuse(mut socket: Socket, retry_after_ms: u64, write: Duration) {
    let reply = LobbyReply::Refused { kind: RefusalKind::RateLimited, retry_after_ms };
    if let Ok(bytes) = reply.encode() {
        let _ = timeout(write, socket.send(Message::Binary(bytes.into()))).await;
        let _ = timeout(write, socket.close(None)).await;
    }
}

/// Carries messages both ways. Anything but a binary message ends it: a station sends its frames and nothing else.
async fn exchange(
    mut socket: Socket,
    id: ConnId,
    purpose: Purpose,
    mut outgoing: mpsc::Receiver<Outgoing>,
    shared: &Shared,
) {
    let mut second = tokio::time::interval(Duration::from_secs(1));
    let mut frames = 0u32;
    loop {
        tokio::select! {
            message = socket.next() => match message {
                Some(Ok(Message::Binary(bytes))) if purpose == Purpose::Beat && frames < FRAMES_PER_SECOND_MAX => {
                    frames = frames.saturating_add(1);
                    let input = ToEngine::Input(Input::Up(id, bytes.into()));
                    if shared.inputs.send(input).await.is_err() {
                        return;
                    }
                }
                _ => return,
            },
            out = outgoing.recv() => match out {
                Some(Outgoing::Frame(bytes)) => {
                    let sent = timeout(shared.write, socket.send(Message::Binary(bytes.into()))).await;
                    if !matches!(sent, Ok(Ok(()))) {
                        return;
                    }
                }
                Some(Outgoing::Close) | None => {
                    let _ = timeout(shared.write, socket.close(None)).await;
                    return;
                }
            },
            _ = second.tick(), if frames > 0 => frames = 0,
        }
    }
}
