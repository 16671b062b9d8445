//! The one MLS profile of all rooms: suite, group configuration, leaves (docs/spec/rooms.md).

use crate::error::{RoomError, Rule};
use crate::limits::*;
use backchannel_wire::{RoomId, SeatNo, UtcMs, ids};
use openmls::prelude::{tls_codec::Deserialize as _, *};
use openmls_traits::crypto::OpenMlsCrypto;

/// The cipher suite of every room: X-Wing (ML-KEM-768 with X25519), AES-128-GCM, SHA-256, Ed25519. The code point is of
/// a draft; [`PROFILE_VERSION`] changes with it.
pub(crate) const SUITE: Ciphersuite = Ciphersuite::MLS_128_MLKEM768X25519_AES128GCM_SHA256_Ed25519;
/// The version of the profile, the first byte of every leaf's seat extension.
pub const PROFILE_VERSION: u8 = 1;
/// The type of the seat extension, in the range for private use.
pub const SEAT_EXTENSION: u16 = 0xF0B5;
const SEAT_EXTENSION_BYTES: usize = 1 + 1 + 16 + 8;

/// A leaf's random name in its room; means nothing elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pseudonym(pub [u8; 16]);

impl std::fmt::Debug for Pseudonym {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pseudonym({})", &ids::hex(&self.0)[..8])
    }
}

/// A station's leaf in a room. Stays the same while the station is a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// The seat.
    pub seat: SeatNo,
    /// The random name.
    pub pseudonym: Pseudonym,
    /// The Ed25519 key that signs the station's messages in this room.
    pub signature_key: [u8; 32],
}

/// What the seat extension says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SeatClaim {
    pub(crate) seat: SeatNo,
    pub(crate) room: RoomId,
    /// The last instant at which a sponsor may use the key package.
    pub(crate) until: UtcMs,
}

impl SeatClaim {
    pub(crate) fn new(seat: SeatNo, room: RoomId, now: UtcMs) -> Self {
        Self { seat, room, until: UtcMs(now.0.saturating_add(KEY_PACKAGE_LIFE_MS)) }
    }

    fn to_bytes(self) -> Vec<u8> {
        let mut out = Vec::with_capacity(SEAT_EXTENSION_BYTES);
        out.extend_from_slice(&[PROFILE_VERSION, self.seat.get()]);
        out.extend_from_slice(&self.room.0);
        out.extend_from_slice(&self.until.0.to_be_bytes());
        out
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; SEAT_EXTENSION_BYTES] = bytes.try_into().ok()?;
        let (&[version, seat], rest) = bytes.split_first_chunk()?;
        let (room, until) = rest.split_first_chunk()?;
        let until = UtcMs(u64::from_be_bytes(until.try_into().ok()?));
        let known = version == PROFILE_VERSION;
        known.then_some(Self { seat: SeatNo::new(seat)?, room: RoomId(*room), until })
    }

    /// The extensions of a leaf with this claim.
    pub(crate) fn extensions(self) -> Result<Extensions<LeafNode>, RoomError> {
        Extensions::single(Extension::Unknown(SEAT_EXTENSION, UnknownExtension(self.to_bytes())))
            .map_err(|_| RoomError::Internal("the seat extension was refused"))
    }

    /// Whether a sponsor may use the key package now (ROOM-5). Judged by the sponsor alone: members' clocks differ, and
    /// a commit must be valid for all of them or for none.
    pub(crate) fn check_time(&self, now: UtcMs) -> Result<(), Rule> {
        let latest = now.0.saturating_add(KEY_PACKAGE_LIFE_MS).saturating_add(CLOCK_SKEW_MS);
        if now <= self.until && self.until.0 <= latest { Ok(()) } else { Err(Rule::Lifetime) }
    }
}

/// Exactly what every leaf says it can do.
pub(crate) fn capabilities() -> Capabilities {
    Capabilities::new(
        Some(&[ProtocolVersion::Mls10]),
        Some(&[SUITE]),
        Some(&[ExtensionType::Unknown(SEAT_EXTENSION)]),
        Some(&[]),
        Some(&[CredentialType::Basic]),
    )
}

/// The lifetime as MLS sees it: unlimited, because OpenMLS would judge it by the system's clock.
pub(crate) fn lifetime() -> Lifetime {
    Lifetime::init(0, u64::MAX)
}

pub(crate) fn create_config(claim: SeatClaim) -> Result<MlsGroupCreateConfig, RoomError> {
    MlsGroupCreateConfig::builder()
        .wire_format_policy(PURE_CIPHERTEXT_WIRE_FORMAT_POLICY)
        .padding_size(0)
        .max_past_epochs(0)
        .number_of_resumption_psks(0)
        .sender_ratchet_configuration(SenderRatchetConfiguration::new(OUT_OF_ORDER_MAX, SKIPPED_MAX))
        .use_ratchet_tree_extension(true)
        .ciphersuite(SUITE)
        .lifetime(lifetime())
        .capabilities(capabilities())
        .with_leaf_node_extensions(claim.extensions()?)
        .map_err(|_| RoomError::Internal("the seat extension was refused"))
        .map(|builder| builder.build())
}

pub(crate) fn join_config() -> MlsGroupJoinConfig {
    MlsGroupJoinConfig::builder()
        .wire_format_policy(PURE_CIPHERTEXT_WIRE_FORMAT_POLICY)
        .padding_size(0)
        .max_past_epochs(0)
        .number_of_resumption_psks(0)
        .sender_ratchet_configuration(SenderRatchetConfiguration::new(OUT_OF_ORDER_MAX, SKIPPED_MAX))
        .use_ratchet_tree_extension(true)
        .build()
}

/// Reads a leaf and refuses any that is not exactly of the profile (ROOM-2) or of another room (ROOM-3).
pub(crate) fn read_leaf(node: &LeafNode, room: RoomId) -> Result<(Leaf, SeatClaim), Rule> {
    let claim = read_claim(node)?;
    if claim.room != room {
        return Err(Rule::LeafRoom);
    }
    let name = match node.credential().credential_type() {
        CredentialType::Basic => node.credential().serialized_content().try_into().map_err(|_| Rule::Leaf)?,
        _ => return Err(Rule::Leaf),
    };
    let signature_key = node.signature_key().as_slice().try_into().map_err(|_| Rule::Leaf)?;
    Ok((Leaf { seat: claim.seat, pseudonym: Pseudonym(name), signature_key }, claim))
}

fn read_claim(node: &LeafNode) -> Result<SeatClaim, Rule> {
    let mut extensions = node.extensions().iter();
    let (Some(Extension::Unknown(SEAT_EXTENSION, claim)), None) = (extensions.next(), extensions.next())
    else {
        return Err(Rule::Leaf);
    };
    if node.capabilities() != &capabilities() {
        return Err(Rule::Leaf);
    }
    SeatClaim::from_bytes(&claim.0).ok_or(Rule::Leaf)
}

/// Reads and verifies a key package (ROOM-1, ROOM-2, ROOM-3) and whether it may be used now (ROOM-5).
pub(crate) fn read_key_package(
    bytes: &[u8],
    room: RoomId,
    now: UtcMs,
    crypto: &impl OpenMlsCrypto,
) -> Result<(KeyPackage, Leaf), RoomError> {
    if bytes.len() > KEY_PACKAGE_BYTES_MAX {
        return Err(Rule::TooLong.into());
    }
    let message = MlsMessageIn::tls_deserialize_exact(bytes).map_err(|_| RoomError::Malformed)?;
    let MlsMessageBodyIn::KeyPackage(package) = message.extract() else { return Err(RoomError::Malformed) };
    let package = package.validate(crypto, ProtocolVersion::Mls10).map_err(|_| RoomError::Malformed)?;
    if package.ciphersuite() != SUITE {
        return Err(Rule::Suite.into());
    }
    let (leaf, claim) = check_key_package(&package, room)?;
    claim.check_time(now)?;
    Ok((package, leaf))
}

/// The checks of a key package that every member makes alike.
pub(crate) fn check_key_package(package: &KeyPackage, room: RoomId) -> Result<(Leaf, SeatClaim), Rule> {
    if package.extensions().iter().next().is_some() || package.life_time() != &lifetime() {
        return Err(Rule::Leaf);
    }
    read_leaf(package.leaf_node(), room)
}
