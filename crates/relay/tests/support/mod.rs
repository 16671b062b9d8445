//! A client of the relay for tests: it speaks the protocol, checks the pin, and can be told to misbehave.

#![allow(dead_code, reason = "each test binary uses a part")]

use backchannel_relay::init::{self, Pin};
use backchannel_relay::{Options, RelayError, serve};
use backchannel_wire::chain::{Position, RoomChain};
use backchannel_wire::frame::*;
use backchannel_wire::lobby::*;
use backchannel_wire::token::*;
use backchannel_wire::{Beat, ChannelId, RoomId, SeatNo};
use futures_util::{SinkExt, StreamExt};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, SupportedKxGroup, aws_lc_rs, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, Error, SignatureScheme};
use std::net::SocketAddr;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, client_async};

pub type Socket = WebSocketStream<TlsStream<TcpStream>>;
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

pub struct Relay {
    pub dir: TempDir,
    pub pin: Pin,
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<Result<(), RelayError>>>,
}

impl Relay {
    pub async fn start() -> Self {
        Self::start_with(|text| text).await
    }

    /// Starts a relay whose relay.toml was edited.
    pub async fn start_with(edit: impl FnOnce(String) -> String) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let pin = init::init(dir.path(), &mut ChaCha20Rng::from_seed([9; 32])).unwrap();
        let path = dir.path().join(init::CONFIG_FILE);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, edit(text)).unwrap();
        let mut relay = Self { dir, pin, address: "127.0.0.1:0".parse().unwrap(), stop: None, task: None };
        relay.run().await;
        relay
    }

    pub async fn run(&mut self) {
        let (stop, stopped) = oneshot::channel::<()>();
        let (tell, told) = oneshot::channel();
        let options = Options {
            listen: Some("127.0.0.1:0".parse().unwrap()),
            on_listening: Box::new(|address| {
                let _ = tell.send(address);
            }),
            ..Options::default()
        };
        let dir = self.dir.path().to_owned();
        self.task =
            Some(tokio::spawn(async move { serve(&dir, options, async { drop(stopped.await) }).await }));
        self.address = told.await.expect("the relay did not start");
        self.stop = Some(stop);
    }

    pub async fn stop(&mut self) {
        drop(self.stop.take());
        self.task.take().unwrap().await.unwrap().unwrap();
    }

    pub async fn tls(
        &self,
        pin: Pin,
        groups: Vec<&'static dyn SupportedKxGroup>,
    ) -> Result<TlsStream<TcpStream>, Failure> {
        let tcp = TcpStream::connect(self.address).await?;
        let provider = Arc::new(CryptoProvider { kx_groups: groups, ..aws_lc_rs::default_provider() });
        let config = rustls::ClientConfig::builder_with_provider(provider.clone())
            .with_protocol_versions(&[&rustls::version::TLS13])?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Pinned { pin, provider }))
            .with_no_client_auth();
        let name = ServerName::try_from("relay")?;
        Ok(TlsConnector::from(Arc::new(config)).connect(name, tcp).await?)
    }

    pub async fn open(&self, path: &str) -> Result<Socket, Failure> {
        let tls = self.tls(self.pin, vec![aws_lc_rs::kx_group::X25519MLKEM768]).await?;
        Ok(client_async(format!("wss://relay{path}"), tls).await?.0)
    }

    pub async fn lobby(&self, request: &LobbyRequest) -> Result<LobbyReply, Failure> {
        let mut socket = self.open("/v1/lobby").await?;
        socket.send(Message::Binary(request.encode()?.to_vec().into())).await?;
        Ok(LobbyReply::decode(&receive(&mut socket).await?)?)
    }

    pub async fn create(&self, plan: &TestChannel) -> LobbyReply {
        let operator = init::operator_token(self.dir.path()).unwrap();
        self.lobby(&plan.request(operator)).await.unwrap()
    }

    /// Says hello for one seat and returns the connection and the answer.
    pub async fn hello(&self, hello: &Hello, shape: &FrameShape) -> Result<(Socket, HelloAck), Failure> {
        let mut socket = self.open("/v1/beat").await?;
        socket.send(Message::Binary(hello.encode(shape)?.to_vec().into())).await?;
        let ack = HelloAck::decode(&receive(&mut socket).await?)?;
        Ok((socket, ack))
    }
}

/// The next binary message; everything else is a failure.
pub async fn receive(socket: &mut Socket) -> Result<Vec<u8>, Failure> {
    match socket.next().await {
        Some(Ok(Message::Binary(bytes))) => Ok(bytes.into()),
        other => Err(format!("no message: {other:?}").into()),
    }
}

/// Reads until the connection ends; whatever else it carried does not matter.
pub async fn ended(socket: &mut Socket) {
    while let Some(Ok(message)) = socket.next().await {
        if message.is_close() {
            return;
        }
    }
}

#[derive(Debug)]
struct Pinned {
    pin: Pin,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if Pin::of(certificate) == self.pin {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(Error::General("another pin".into()))
        }
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::General("not TLS 1.3".into()))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// A channel with one room of two seats.
pub struct TestChannel {
    pub channel: ChannelId,
    pub room: RoomId,
    pub beat_ms: u32,
    pub shape: FrameShape,
    pub seed: PartySeed,
}

pub fn seat(n: u8) -> SeatNo {
    SeatNo::new(n).unwrap()
}

impl TestChannel {
    pub fn new(beat_ms: u32) -> Self {
        Self {
            channel: ChannelId([1; 16]),
            room: RoomId([2; 16]),
            beat_ms,
            shape: FrameShape::new(1, 2).unwrap(),
            seed: PartySeed::new([3; 32]),
        }
    }

    pub fn chain(&self) -> RoomChain {
        RoomChain::new(self.channel, self.room, 2).unwrap()
    }

    pub fn token(&self, n: u8) -> SeatToken {
        self.seed.token(&self.room, seat(n))
    }

    pub fn keys(&self, n: u8) -> SeatKeys {
        let token = self.token(n);
        let revoker = self.seed.revoker(&self.room, seat(n)).hash();
        SeatKeys { token: token.hash(), revoker, head_mac: token.head_mac_key() }
    }

    pub fn request(&self, operator: OperatorToken) -> LobbyRequest {
        LobbyRequest::CreateChannel(ChannelRequest {
            operator,
            channel: self.channel,
            beat_ms: self.beat_ms,
            frame_rooms: self.shape.rooms(),
            down_cells: self.shape.down_cells(),
            rooms: vec![RoomPlan { room: self.room, capacity: 2, seats: vec![self.keys(0), self.keys(1)] }],
        })
    }

    pub fn claim(&self, n: u8) -> SeatClaim {
        SeatClaim { room: self.room, seat: seat(n), token: self.token(n) }
    }

    pub fn hello(&self, n: u8, position: Position) -> Hello {
        let slot = HelloSlot { room: self.room, seat: seat(n), token: self.token(n), position };
        Hello { channel: self.channel, slots: vec![slot] }
    }

    pub fn genesis(&self) -> Position {
        self.chain().genesis(0, Beat(0))
    }
}
