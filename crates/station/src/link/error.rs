//! What may go wrong between station and relay.

use std::io;
use tokio_tungstenite::tungstenite;

/// Why the relay could not be spoken to.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// Nothing answers at the address, or not in time.
    #[error("the relay cannot be reached: {0}")]
    Unreachable(io::Error),
    /// Something answers that is not the relay of the invitation (LINK-2).
    #[error("what answers at the address is not the relay of the invitation")]
    PinMismatch,
    /// The relay ends the conversation before it began.
    #[error("the relay refused: {0}")]
    Refused(&'static str),
    /// The connection ended.
    #[error("the connection to the relay ended")]
    Closed,
    /// The relay breaks the protocol.
    #[error("the relay does not keep to the protocol: {0}")]
    Protocol(&'static str),
}

impl LinkError {
    /// What the person may do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "check the address and the network; the station tries again by itself",
            Self::PinMismatch => {
                "do not go on: ask the intermediary by another path whether the relay's key was \
                    changed, and for a new invitation"
            }
            Self::Refused(_) => "the relay may be full or of another version; ask the intermediary",
            Self::Closed => "the station connects again by itself",
            Self::Protocol(_) => "the relay may be of another version; ask the intermediary",
        }
    }

    /// Whether trying again later, as it is, may help.
    pub fn passes(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::Refused(_) | Self::Closed)
    }

    pub(super) fn timeout(what: &'static str) -> Self {
        Self::Unreachable(io::Error::new(io::ErrorKind::TimedOut, what))
    }

    /// A failure of the TLS handshake.
    pub(super) fn from_handshake(error: io::Error) -> Self {
        use rustls::Error::{AlertReceived, InvalidCertificate, PeerIncompatible};
        match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            // A wrong certificate, or the right one without its key: either way somebody else.
            Some(InvalidCertificate(_)) => Self::PinMismatch,
            Some(AlertReceived(_) | PeerIncompatible(_)) => {
                Self::Refused("no agreement on TLS 1.3 with X25519MLKEM768")
            }
            Some(_) => Self::Protocol("the TLS handshake is not well-formed"),
            None if error.kind() == io::ErrorKind::UnexpectedEof => {
                Self::Refused("it closed in the TLS handshake")
            }
            None => Self::Unreachable(error),
        }
    }
}

impl From<tungstenite::Error> for LinkError {
    fn from(error: tungstenite::Error) -> Self {
        use tungstenite::Error;
        match error {
            Error::ConnectionClosed | Error::AlreadyClosed | Error::Io(_) => Self::Closed,
            Error::Protocol(tungstenite::error::ProtocolError::ResetWithoutClosingHandshake) => Self::Closed,
            Error::Protocol(tungstenite::error::ProtocolError::HandshakeIncomplete) => {
                Self::Refused("it closed in the WebSocket handshake")
            }
            Error::Http(_) => Self::Refused("it does not serve this path"),
            Error::Capacity(_) => Self::Protocol("a message is above the limit (LINK-5)"),
            _ => Self::Protocol("the WebSocket stream is not well-formed"),
        }
    }
}
