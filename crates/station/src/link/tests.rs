//! The link against a small server that keeps to the protocol, and against ones that do not.

use super::*;
use rustls::crypto::{CryptoProvider, SupportedKxGroup, aws_lc_rs};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{NamedGroup, ServerConfig};
use std::future::Future;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::accept_async;

type ServerTls = tokio_rustls::server::TlsStream<TcpStream>;

/// Presents a certificate with a key that need not be its own.
#[derive(Debug)]
struct Presents(Arc<CertifiedKey>, Mutex<Vec<Option<String>>>);

impl ResolvesServerCert for Presents {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.1.lock().unwrap().push(hello.server_name().map(str::to_owned));
        Some(self.0.clone())
    }
}

struct Relay {
    presents: Arc<Presents>,
    pin: TlsPin,
    groups: Vec<&'static dyn SupportedKxGroup>,
}

impl Relay {
    fn new() -> Self {
        let own = rcgen::generate_simple_self_signed(["anything".to_owned()]).unwrap();
        Self::with(&own, &own.signing_key)
    }

    fn with(certified: &rcgen::CertifiedKey<rcgen::KeyPair>, key: &rcgen::KeyPair) -> Self {
        let der = certified.cert.der().clone();
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        let key = aws_lc_rs::sign::any_supported_type(&key.into()).unwrap();
        Self {
            pin: TlsPin::of(&der),
            presents: Arc::new(Presents(Arc::new(CertifiedKey::new(vec![der], key)), Mutex::default())),
            groups: vec![aws_lc_rs::kx_group::X25519MLKEM768],
        }
    }

    /// Serves one connection with `part`; gives the address.
    async fn serve<F: Future<Output = ()> + Send>(
        &self,
        part: impl FnOnce(ServerTls) -> F + Send + 'static,
    ) -> (String, JoinHandle<()>) {
        let provider = CryptoProvider { kx_groups: self.groups.clone(), ..aws_lc_rs::default_provider() };
        let config = ServerConfig::builder_with_provider(Arc::new(provider))
            .with_protocol_versions(&[&rustls::version::TLS13])
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(self.presents.clone());
        raw(move |tcp| async move {
            if let Ok(tls) = TlsAcceptor::from(Arc::new(config)).accept(tcp).await {
                part(tls).await;
            }
        })
        .await
    }

    /// Serves one connection with the messages `part` sends after the hello.
    async fn after_hello(&self, messages: Vec<Message>) -> (String, JoinHandle<()>) {
        self.serve(|tls| async move {
            let mut socket = accept_async(tls).await.unwrap();
            assert_eq!(socket.next().await.unwrap().unwrap(), Message::binary(b"hello".to_vec()));
            for message in messages {
                let _ = socket.send(message).await;
            }
            let _ = socket.next().await;
        })
        .await
    }
}

async fn raw<F: Future<Output = ()> + Send>(
    part: impl FnOnce(TcpStream) -> F + Send + 'static,
) -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap().to_string();
    let task = tokio::spawn(async move {
        let (tcp, _) = listener.accept().await.unwrap();
        part(tcp).await;
    });
    (addr, task)
}

fn hello() -> Vec<u8> {
    b"hello".to_vec()
}

fn bytes(text: &str) -> Message {
    Message::binary(text.as_bytes().to_vec())
}

#[tokio::test]
async fn frames_go_both_ways_under_the_hybrid_key_exchange() {
    // LINK-1, LINK-4
    let relay = Relay::new();
    let (addr, server) = relay
        .serve(|tls| async move {
            let group = tls.get_ref().1.negotiated_key_exchange_group().map(|group| group.name());
            assert_eq!(group, Some(NamedGroup::X25519MLKEM768));
            assert_eq!(tls.get_ref().1.protocol_version(), Some(rustls::ProtocolVersion::TLSv1_3));
            let mut socket = accept_async(tls).await.unwrap();
            assert_eq!(socket.next().await.unwrap().unwrap(), bytes("hello"));
            for message in ["ack", "down 1", "down 2"] {
                socket.send(bytes(message)).await.unwrap();
            }
            assert_eq!(socket.next().await.unwrap().unwrap(), bytes("up 1"));
            assert!(matches!(socket.next().await, Some(Ok(Message::Close(_)))));
        })
        .await;
    let BeatLink { ack, mut sender, mut receiver } =
        BeatLink::connect(&addr, relay.pin, hello()).await.unwrap();
    assert_eq!(ack, b"ack");
    assert_eq!(receiver.recv().await.unwrap(), b"down 1");
    // Both halves in one select loop: waiting for a frame does not hold up sending one.
    let (sent, received) = tokio::join!(sender.send(b"up 1".to_vec()), receiver.recv());
    sent.unwrap();
    assert_eq!(received.unwrap(), b"down 2");
    let (_, ended) = tokio::join!(sender.close(), receiver.recv());
    assert!(matches!(ended, Err(LinkError::Closed)));
    server.await.unwrap();
}

#[tokio::test]
async fn another_certificate_is_refused() {
    // LINK-2
    let relay = Relay::new();
    let (addr, _server) = relay.after_hello(vec![]).await;
    let error = BeatLink::connect(&addr, TlsPin([7; 32]), hello()).await.unwrap_err();
    assert!(matches!(error, LinkError::PinMismatch) && !error.passes());
}

#[tokio::test]
async fn the_certificate_without_its_key_is_refused() {
    // LINK-2
    let own = rcgen::generate_simple_self_signed(["anything".to_owned()]).unwrap();
    let other = rcgen::KeyPair::generate().unwrap();
    let relay = Relay::with(&own, &other);
    let (addr, _server) = relay.after_hello(vec![]).await;
    assert!(matches!(BeatLink::connect(&addr, relay.pin, hello()).await, Err(LinkError::PinMismatch)));
}

#[tokio::test]
async fn a_relay_without_the_hybrid_key_exchange_is_refused() {
    // LINK-1
    let relay = Relay { groups: vec![aws_lc_rs::kx_group::X25519], ..Relay::new() };
    let (addr, _server) = relay.after_hello(vec![]).await;
    assert!(matches!(BeatLink::connect(&addr, relay.pin, hello()).await, Err(LinkError::Refused(_))));
}

#[tokio::test]
async fn the_request_tells_nothing_but_the_path() {
    // LINK-3
    for (path, lobby) in [("/v1/beat", false), ("/v1/lobby", true)] {
        let relay = Relay::new();
        let (addr, server) = relay
            .serve(move |mut tls| async move {
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") {
                    request.push(tls.read_u8().await.unwrap());
                }
                let request = String::from_utf8(request).unwrap();
                let (before, key) = request.split_once("Sec-WebSocket-Key: ").unwrap();
                assert_eq!(
                    before,
                    format!(
                        "GET {path} HTTP/1.1\r\nHost: relay.invalid\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                         Sec-WebSocket-Version: 13\r\n"
                    )
                );
                assert_eq!(key.len(), 24 + 4, "the key is 16 random bytes and the last header");
            })
            .await;
        let refused = if lobby {
            lobby_call(&addr, relay.pin, hello()).await.map(drop)
        } else {
            BeatLink::connect(&addr, relay.pin, hello()).await.map(drop)
        };
        assert!(matches!(refused, Err(LinkError::Refused(_) | LinkError::Closed)), "{refused:?}");
        server.await.unwrap();
        assert_eq!(*relay.presents.1.lock().unwrap(), [None], "no server name is sent");
    }
}

#[tokio::test]
async fn anything_but_binary_messages_of_bounded_size_ends_the_link() {
    // LINK-4, LINK-5
    let too_long = Message::binary(vec![0; FRAME_BYTES_MAX + 1]);
    for message in
        [Message::text("ack"), Message::Ping(vec![1].into()), Message::Pong(vec![].into()), too_long]
    {
        let relay = Relay::new();
        let (addr, _server) = relay.after_hello(vec![message]).await;
        let result = BeatLink::connect(&addr, relay.pin, hello()).await;
        assert!(matches!(result, Err(LinkError::Protocol(_))), "{result:?}");
        let relay = Relay::new();
        let (addr, _server) = relay.after_hello(vec![bytes("ack"), Message::Ping(vec![].into())]).await;
        let mut link = BeatLink::connect(&addr, relay.pin, hello()).await.unwrap();
        assert!(matches!(link.receiver.recv().await, Err(LinkError::Protocol(_))));
    }
}

#[tokio::test]
async fn refusals_and_ends_are_told_apart() {
    // LINK-6
    let relay = Relay::new();
    let (addr, _server) = relay.after_hello(vec![Message::Close(None)]).await;
    assert!(matches!(BeatLink::connect(&addr, relay.pin, hello()).await, Err(LinkError::Refused(_))));
    let (addr, _server) = relay.after_hello(vec![bytes("ack"), Message::Close(None)]).await;
    let mut link = BeatLink::connect(&addr, relay.pin, hello()).await.unwrap();
    assert!(matches!(link.receiver.recv().await, Err(LinkError::Closed)));
    let (addr, _server) = relay
        .serve(|mut tls| async move {
            tls.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n").await.unwrap();
            let _ = tls.read_to_end(&mut Vec::new()).await;
        })
        .await;
    assert!(matches!(lobby_call(&addr, relay.pin, hello()).await, Err(LinkError::Refused(_))));
    let (addr, _server) = raw(|tcp| async move { drop(tcp) }).await;
    assert!(matches!(
        lobby_call(&addr, relay.pin, hello()).await,
        Err(LinkError::Refused(_) | LinkError::Unreachable(_))
    ));
    let (addr, _server) = raw(|mut tcp| async move {
        let _ = tcp.write_all(b"SSH-2.0-something else entirely\r\n").await;
        let _ = tcp.read_to_end(&mut Vec::new()).await;
    })
    .await;
    assert!(matches!(lobby_call(&addr, relay.pin, hello()).await, Err(LinkError::Protocol(_))));
    let gone = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap().to_string()
    };
    let error = lobby_call(&gone, relay.pin, hello()).await.unwrap_err();
    assert!(matches!(error, LinkError::Unreachable(_)) && error.passes());
    assert!(matches!(lobby_call("no address", relay.pin, hello()).await, Err(LinkError::Unreachable(_))));
}

#[tokio::test]
async fn the_lobby_answers_one_request() {
    // LINK-4
    let relay = Relay::new();
    let (addr, server) = relay
        .serve(|tls| async move {
            let mut socket = accept_async(tls).await.unwrap();
            let asked = socket.next().await.unwrap().unwrap().into_data();
            assert_eq!(asked.len(), LOBBY_BYTES);
            socket.send(Message::binary(vec![9; LOBBY_BYTES])).await.unwrap();
            assert!(matches!(socket.next().await, Some(Ok(Message::Close(_)))));
        })
        .await;
    let reply = lobby_call(&addr, relay.pin, vec![1; LOBBY_BYTES]).await.unwrap();
    assert_eq!(reply, vec![9; LOBBY_BYTES]);
    server.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_relay_that_says_nothing_is_given_up_in_time() {
    // LINK-6
    let (addr, _server) = raw(|mut tcp| async move {
        let _ = tcp.read_to_end(&mut Vec::new()).await;
    })
    .await;
    assert!(matches!(lobby_call(&addr, TlsPin([0; 32]), hello()).await, Err(LinkError::Unreachable(_))));
}

#[tokio::test]
async fn frames_of_one_size_are_one_size_on_the_wire() {
    // LINK-5: what the pads of the frames promise must survive TLS and WebSocket.
    let relay = Relay::new();
    let (inner, _server) = relay
        .serve(|tls| async move {
            let mut socket = accept_async(tls).await.unwrap();
            let _ = socket.next().await;
            let _ = socket.send(bytes("ack")).await;
            while socket.next().await.is_some_and(|message| message.is_ok()) {
                let _ = socket.send(bytes("down")).await;
            }
        })
        .await;
    let counted = Arc::new(Mutex::new(0));
    let count = counted.clone();
    let (addr, _tap) = raw(move |outer| async move {
        let (mut from_station, mut to_station) = outer.into_split();
        let (mut from_relay, mut to_relay) = TcpStream::connect(inner).await.unwrap().into_split();
        tokio::spawn(async move { tokio::io::copy(&mut from_relay, &mut to_station).await });
        let mut buffer = vec![0; 65_536];
        while let Ok(n @ 1..) = from_station.read(&mut buffer).await {
            *count.lock().unwrap() += n;
            to_relay.write_all(&buffer[..n]).await.unwrap();
        }
    })
    .await;
    let mut link = BeatLink::connect(&addr, relay.pin, hello()).await.unwrap();
    let mut sizes = Vec::new();
    for fill in [0, 1, 0xff, 0x5a] {
        let before = *counted.lock().unwrap();
        link.sender.send(vec![fill; 8_240]).await.unwrap();
        assert_eq!(link.receiver.recv().await.unwrap(), b"down");
        sizes.push(*counted.lock().unwrap() - before);
    }
    assert_eq!(sizes, [sizes[0]; 4]);
}

#[test]
fn a_pin_is_written_and_read_as_hexadecimal() {
    let pin = TlsPin::of(b"certificate");
    assert_eq!(TlsPin::from_hex(&pin.to_hex()), Some(pin));
    assert_eq!(TlsPin::from_hex(&pin.to_hex()[2..]), None);
}
