//! One station's connection to the relay, over the link that real stations use.

use crate::clock;
use crate::errors;
use backchannel_station::api::{ErrorKind, Failure};
use backchannel_station::link::{self, BeatLink, BeatReceiver, BeatSender, TlsPin};
use backchannel_wire::frame::{Accepted, DownFrame, FrameShape, Hello, HelloAck, SlotState};
use backchannel_wire::lobby::{ChannelRequest, LobbyReply, LobbyRequest, RefusalKind};
use std::time::Instant;

/// Where a relay is, and the certificate it must show.
#[derive(Clone)]
pub struct RelayAddress {
    /// Host and port.
    pub addr: String,
    /// SHA-256 of its certificate.
    pub pin: TlsPin,
}

/// A connection the relay accepted.
pub struct Opened {
    /// Takes up frames.
    pub sender: BeatSender,
    /// Gives down frames.
    pub receiver: BeatReceiver,
    /// What the relay said.
    pub accepted: Accepted,
    /// The moment on this machine's steady clock at which the relay said it: half-way between hello and answer.
    pub at: Instant,
}

/// Creates a channel through the lobby.
pub async fn create(relay: &RelayAddress, channel: ChannelRequest) -> Result<(), Failure> {
    let request = LobbyRequest::CreateChannel(channel).encode().map_err(|error| unsound(&error))?;
    let reply = link::lobby_call(&relay.addr, relay.pin, request.to_vec())
        .await
        .map_err(|error| errors::from_link(&error))?;
    match LobbyReply::decode(&reply).map_err(|error| unsound(&error))? {
        LobbyReply::Created { .. } => Ok(()),
        LobbyReply::Refused { kind, .. } => Err(refused(match kind {
            RefusalKind::BadToken => "the operator's token is not its own",
            RefusalKind::RateLimited => "too many requests",
            RefusalKind::Limit => "a bound is reached",
            RefusalKind::NotFound | RefusalKind::Malformed => "the request is not understood",
        })),
        _ => Err(errors::internal("The relay's answer does not fit the request.")),
    }
}

/// Connects, says hello, and takes the answer.
pub async fn open(relay: &RelayAddress, hello: &Hello, shape: &FrameShape) -> Result<Opened, Failure> {
    let hello = hello.encode(shape).map_err(|error| unsound(&error))?;
    let asked = clock::steady_now();
    let BeatLink { ack, sender, receiver } = BeatLink::connect(&relay.addr, relay.pin, hello.to_vec())
        .await
        .map_err(|error| errors::from_link(&error))?;
    let at = asked + super::since(asked) / 2;
    match HelloAck::decode(&ack).map_err(|error| unsound(&error))? {
        HelloAck::Accepted(accepted) if accepted.slots.iter().all(is_active) => {
            Ok(Opened { sender, receiver, accepted, at })
        }
        _ => Err(refused("a station's seats are not taken")),
    }
}

/// Takes the next down frame. Given up half-way, it loses nothing.
pub async fn receive(receiver: &mut BeatReceiver, shape: &FrameShape) -> Result<DownFrame, Failure> {
    let bytes = receiver.recv().await.map_err(|error| errors::from_link(&error))?;
    DownFrame::decode(&bytes, shape).map_err(|error| unsound(&error))
}

fn is_active(slot: &SlotState) -> bool {
    matches!(slot, SlotState::Active { .. })
}

fn refused(why: &str) -> Failure {
    Failure::new(
        ErrorKind::Refused,
        format!("The relay refuses the load: {why}."),
        "Check the operator's token, and the bounds in relay.toml.",
    )
}

fn unsound(error: &dyn std::fmt::Display) -> Failure {
    errors::internal(format!("A message between load and relay is not sound: {error}."))
}
