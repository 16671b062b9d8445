//! TLS as station and relay speak it: 1.3, X25519MLKEM768, one pinned certificate, nothing else.

use super::LinkError;
use crate::limits::{CONNECT_MS, HANDSHAKE_MS};
use backchannel_wire::ids::{hex, unhex};
use backchannel_wire::tagged::same;
use rustls::client::Resumption;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, aws_lc_rs, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, NamedGroup, PeerIncompatible,
    SignatureScheme,
};
use sha2::{Digest, Sha256};
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// The key exchange that both ends insist on (LINK-1).
pub const GROUP: NamedGroup = NamedGroup::X25519MLKEM768;

/// The name that stands wherever one is required, so that none tells anything; it is never sent (LINK-3).
pub(super) const NAME: &str = "relay.invalid";

/// SHA-256 of the relay's certificate in DER, as the invitation states it (LINK-2).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TlsPin(pub [u8; 32]);

impl TlsPin {
    /// The pin of a certificate.
    pub fn of(certificate_der: &[u8]) -> Self {
        Self(Sha256::digest(certificate_der).into())
    }

    /// Lower-case hexadecimal form.
    pub fn to_hex(&self) -> String {
        hex(&self.0)
    }

    /// Reads the hexadecimal form.
    pub fn from_hex(text: &str) -> Option<Self> {
        unhex(text)?.try_into().ok().map(Self)
    }
}

impl fmt::Debug for TlsPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TlsPin({})", self.to_hex())
    }
}

/// Takes exactly the pinned certificate. Names, dates and issuers mean nothing: the invitation vouches for the key.
#[derive(Debug)]
struct Pinned {
    pin: TlsPin,
    algorithms: WebPkiSupportedAlgorithms,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if same(&TlsPin::of(end_entity).0, &self.pin.0) {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(CertificateError::ApplicationVerificationFailure.into())
        }
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(PeerIncompatible::ServerDoesNotSupportTls12Or13.into())
    }

    /// Without this check whoever has seen the certificate could stand in for the relay.
    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

/// The client's side of TLS for a pin. No resumption: a ticket would link connections, and lobby visits to a seat.
fn config(pin: TlsPin) -> Result<ClientConfig, LinkError> {
    let provider = CryptoProvider {
        kx_groups: vec![aws_lc_rs::kx_group::X25519MLKEM768],
        ..aws_lc_rs::default_provider()
    };
    let algorithms = provider.signature_verification_algorithms;
    let mut config = ClientConfig::builder_with_provider(Arc::new(provider))
        .with_protocol_versions(&[&rustls::version::TLS13])
        .map_err(|_| LinkError::Protocol("TLS 1.3 with X25519MLKEM768 is not available here"))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Pinned { pin, algorithms }))
        .with_no_client_auth();
    config.enable_sni = false;
    config.resumption = Resumption::disabled();
    Ok(config)
}

/// Opens TCP and TLS to the relay and checks what was agreed.
pub(super) async fn connect(addr: &str, pin: TlsPin) -> Result<TlsStream<TcpStream>, LinkError> {
    let connector = TlsConnector::from(Arc::new(config(pin)?));
    let name = ServerName::try_from(NAME).map_err(|_| LinkError::Protocol("the fixed name is no name"))?;
    let tcp = within(CONNECT_MS, "no connection in time", TcpStream::connect(addr))
        .await?
        .map_err(LinkError::Unreachable)?;
    tcp.set_nodelay(true).map_err(LinkError::Unreachable)?;
    let tls = within(HANDSHAKE_MS, "no TLS handshake in time", connector.connect(name, tcp))
        .await?
        .map_err(LinkError::from_handshake)?;
    if group(&tls) == Some(GROUP) {
        Ok(tls)
    } else {
        Err(LinkError::Protocol("the key exchange is not X25519MLKEM768 (LINK-1)"))
    }
}

/// The key exchange a connection agreed on.
fn group(tls: &TlsStream<TcpStream>) -> Option<NamedGroup> {
    tls.get_ref().1.negotiated_key_exchange_group().map(|group| group.name())
}

/// Waits for `what` no longer than the limit (LINK-6).
pub(super) async fn within<F: Future>(
    limit_ms: u64,
    late: &'static str,
    what: F,
) -> Result<F::Output, LinkError> {
    tokio::time::timeout(Duration::from_millis(limit_ms), what).await.map_err(|_| LinkError::timeout(late))
}
