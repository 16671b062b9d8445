//! The line to the relay: the beat connection and the lobby (docs/spec/link.md).
//!
//! **Nothing is sent here that the caller did not give**: no pings, no names, no resumption, no retries.

mod error;
#[cfg(test)]
mod tests;
mod tls;

pub use error::LinkError;
pub use tls::{GROUP, TlsPin};

use crate::limits::{HANDSHAKE_MS, LOBBY_MS, SEND_MS};
use backchannel_wire::frame::FRAME_BYTES_MAX;
use backchannel_wire::limits::LOBBY_BYTES;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use tls::within;
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::http::Request;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

type Socket = WebSocketStream<TlsStream<TcpStream>>;

/// Bytes a WebSocket header has at most.
const WEBSOCKET_HEADER_BYTES: usize = 14;

/// A beat connection whose hello was answered.
#[derive(Debug)]
pub struct BeatLink {
    /// The relay's answer to the hello, not yet decoded.
    pub ack: Vec<u8>,
    /// The half that takes up frames.
    pub sender: BeatSender,
    /// The half that gives down frames.
    pub receiver: BeatReceiver,
}

/// Takes up frames.
#[derive(Debug)]
pub struct BeatSender(SplitSink<Socket, Message>);

/// Gives down frames.
#[derive(Debug)]
pub struct BeatReceiver(SplitStream<Socket>);

impl BeatLink {
    /// Connects to the relay at `addr` (`host:port`), says hello, and waits for the answer.
    pub async fn connect(addr: &str, pin: TlsPin, hello: Vec<u8>) -> Result<Self, LinkError> {
        let (mut sender, receiver) = open(addr, pin, "/v1/beat", FRAME_BYTES_MAX).await?.split();
        let mut receiver = BeatReceiver(receiver);
        let ack = within(HANDSHAKE_MS, "no answer to the hello in time", async {
            sender.send(Message::binary(hello)).await?;
            receiver.recv().await
        })
        .await?
        .map_err(|error| match error {
            LinkError::Closed => LinkError::Refused("it closed after the hello"),
            other => other,
        })?;
        Ok(Self { ack, sender: BeatSender(sender), receiver })
    }
}

impl BeatSender {
    /// Sends one frame. After an error, and if the future is dropped before it ends, the connection is of no more use:
    /// a part of the frame may have left.
    pub async fn send(&mut self, frame: Vec<u8>) -> Result<(), LinkError> {
        within(SEND_MS, "the frame could not be sent in time", self.0.send(Message::binary(frame))).await??;
        Ok(())
    }

    /// Ends the connection in an orderly way.
    pub async fn close(mut self) {
        // Nothing is lost if it fails: the relay sees the end of the connection either way.
        let _ = within(SEND_MS, "the close could not be sent in time", self.0.close()).await;
    }
}

impl BeatReceiver {
    /// Waits for the next frame; may be dropped and called again without losing one. It waits as long as it takes: the
    /// caller knows the beat and when silence is too long.
    pub async fn recv(&mut self) -> Result<Vec<u8>, LinkError> {
        binary(self.0.next().await)
    }
}

/// Sends one request to the relay's lobby and gives its answer; both are [`LOBBY_BYTES`] long.
pub async fn lobby_call(addr: &str, pin: TlsPin, request: Vec<u8>) -> Result<Vec<u8>, LinkError> {
    let mut socket = open(addr, pin, "/v1/lobby", LOBBY_BYTES).await?;
    let reply = within(LOBBY_MS, "no answer of the lobby in time", async {
        socket.send(Message::binary(request)).await?;
        binary(socket.next().await)
    })
    .await??;
    // The answer is in hand; whether the goodbye arrives does not matter.
    let _ = within(SEND_MS, "the close could not be sent in time", socket.close(None)).await;
    Ok(reply)
}

/// Opens a WebSocket on one of the relay's paths. The request tells nothing but the path (LINK-3).
async fn open(
    addr: &str,
    pin: TlsPin,
    path: &'static str,
    message_bytes_max: usize,
) -> Result<Socket, LinkError> {
    let tls = tls::connect(addr, pin).await?;
    let request = Request::builder()
        .uri(format!("wss://{}{path}", tls::NAME))
        .header("Host", tls::NAME)
        .header("Connection", "Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", generate_key())
        .body(())
        .map_err(|_| LinkError::Protocol("the request cannot be made"))?;
    let config = WebSocketConfig::default()
        .max_message_size(Some(message_bytes_max))
        .max_frame_size(Some(message_bytes_max))
        // Each message leaves at once and whole.
        .write_buffer_size(0)
        .max_write_buffer_size(2 * (message_bytes_max + WEBSOCKET_HEADER_BYTES));
    let handshake = client_async_with_config(request, tls, Some(config));
    let (socket, _) = within(HANDSHAKE_MS, "no WebSocket handshake in time", handshake).await??;
    Ok(socket)
}

/// Takes a binary message and nothing else (LINK-4).
fn binary(message: Option<Result<Message, tungstenite::Error>>) -> Result<Vec<u8>, LinkError> {
    match message {
        Some(Ok(Message::Binary(bytes))) => Ok(bytes.into()),
        Some(Ok(Message::Close(_))) | None => Err(LinkError::Closed),
        Some(Ok(_)) => Err(LinkError::Protocol("a message is not binary (LINK-4)")),
        Some(Err(error)) => Err(error.into()),
    }
}
