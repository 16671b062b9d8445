//! A station on its way into a room: its keys, and the key package it leaves for its sponsor.

use crate::crypto::{Crypto, Seed};
use crate::error::RoomError;
use crate::profile::{self, Leaf, PROFILE_VERSION, Pseudonym, SeatClaim};
use crate::provider::Provider;
use crate::signer::LeafSigner;
use crate::store::{Row, Store, from_blob, to_blob};
use backchannel_wire::tagged::Tag;
use backchannel_wire::{RoomId, SeatNo, UtcMs};
use openmls::prelude::{tls_codec::Deserialize as _, *};
use rand_core::{CryptoRng, RngCore};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

const PSEUDONYM: Tag = Tag("backchannel rooms pseudonym v1");
const IDENTITY: &str = "identity";
const PACKAGE: &str = "package";

/// Who a station is in one room: a row of its own in the store.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Identity {
    pub(crate) room: [u8; 16],
    pub(crate) seat: u8,
    signing: [u8; 32],
}

impl Identity {
    pub(crate) fn new(room: RoomId, seat: SeatNo, signer: &LeafSigner) -> Self {
        Self { room: room.0, seat: seat.get(), signing: *signer.secret() }
    }

    pub(crate) fn signer(&self) -> LeafSigner {
        LeafSigner::from_bytes(&self.signing)
    }

    pub(crate) fn save(&self, store: &Store) -> Result<(), RoomError> {
        store.write(IDENTITY, &(), self).map_err(|_| RoomError::Internal("identity not written"))
    }

    pub(crate) fn load(store: &Store) -> Result<Self, RoomError> {
        let found = store.read(IDENTITY, &()).map_err(|_| RoomError::Internal("identity damaged"))?;
        found.ok_or(RoomError::Internal("identity missing"))
    }
}

/// The credential of a fresh leaf.
pub(crate) fn fresh_credential(seed: &Seed, signer: &LeafSigner) -> CredentialWithKey {
    let mut pseudonym = Pseudonym([0; 16]);
    pseudonym.0.iter_mut().zip(seed.derive(PSEUDONYM).iter()).for_each(|(to, from)| *to = *from);
    CredentialWithKey {
        credential: BasicCredential::new(pseudonym.0.to_vec()).into(),
        signature_key: signer.public().to_vec().into(),
    }
}

/// A station that has made its key package and waits for its welcome. Kept in the vault meanwhile; dropped with its
/// stored bytes once the station has joined.
pub struct Newcomer {
    pub(crate) store: Store,
    pub(crate) room: RoomId,
    pub(crate) claim: SeatClaim,
    leaf: Leaf,
    package: Vec<u8>,
}

impl Newcomer {
    /// Makes fresh keys and a key package for one seat of one room, valid for [`crate::limits::KEY_PACKAGE_LIFE_MS`].
    pub fn new(
        rng: &mut (impl RngCore + CryptoRng),
        now: UtcMs,
        seat: SeatNo,
        room: RoomId,
    ) -> Result<Self, RoomError> {
        Self::from_seed(Seed::draw(rng), SeatClaim::new(seat, room, now))
    }

    fn from_seed(seed: Seed, claim: SeatClaim) -> Result<Self, RoomError> {
        let store = Store::default();
        let signer = LeafSigner::fresh(&seed);
        let credential = fresh_credential(&seed, &signer);
        let bundle = KeyPackage::builder()
            .key_package_lifetime(profile::lifetime())
            .leaf_node_capabilities(profile::capabilities())
            .leaf_node_extensions(claim.extensions()?)
            .build(profile::SUITE, &Provider::seeded(seed, &store), &signer, credential)
            .map_err(|_| RoomError::Internal("key package not made"))?;
        Identity::new(claim.room, claim.seat, &signer).save(&store)?;
        let package = MlsMessageOut::from(bundle.key_package().clone())
            .to_bytes()
            .map_err(|_| RoomError::Internal("key package not encoded"))?;
        store.write(PACKAGE, &(), &package).map_err(|_| RoomError::Internal("key package not written"))?;
        store.keep();
        let (leaf, claim) = profile::check_key_package(bundle.key_package(), claim.room)?;
        Ok(Self { store, room: claim.room, claim, leaf, package })
    }

    /// The bytes to leave for the sponsor.
    pub fn key_package(&self) -> &[u8] {
        &self.package
    }

    /// The leaf this station will have.
    pub fn leaf(&self) -> &Leaf {
        &self.leaf
    }

    /// The room it is made for.
    pub fn room(&self) -> RoomId {
        self.room
    }

    /// Everything, secrets included, for the vault.
    pub fn to_bytes(&self) -> Row {
        to_blob(PROFILE_VERSION, &self.store.rows())
    }

    /// Reads what [`Self::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RoomError> {
        const DAMAGED: RoomError = RoomError::Internal("newcomer damaged");
        let store = Store::loaded(from_blob(PROFILE_VERSION, bytes).ok_or(DAMAGED)?);
        let room = RoomId(Identity::load(&store)?.room);
        let package: Vec<u8> = store.read(PACKAGE, &()).map_err(|_| DAMAGED)?.ok_or(DAMAGED)?;
        let message = MlsMessageIn::tls_deserialize_exact(&package).map_err(|_| DAMAGED)?;
        let MlsMessageBodyIn::KeyPackage(read) = message.extract() else { return Err(DAMAGED) };
        let read =
            read.validate(&Crypto::without_randomness(), ProtocolVersion::Mls10).map_err(|_| DAMAGED)?;
        let (leaf, claim) = profile::check_key_package(&read, room)?;
        Ok(Self { store, room, claim, leaf, package })
    }

    /// The rows a room starts with: everything but the key package's bytes, which nobody needs after joining.
    pub(crate) fn joining_store(&self) -> Result<Store, RoomError> {
        let store = Store::loaded(self.store.rows());
        store.delete(PACKAGE, &()).map_err(|_| RoomError::Internal("key package not removed"))?;
        store.keep();
        Ok(store)
    }
}

/// Reads a key package left for this station as a sponsor: of the profile, for this room, usable now.
pub fn inspect_key_package(bytes: &[u8], room: RoomId, now: UtcMs) -> Result<Leaf, RoomError> {
    profile::read_key_package(bytes, room, now, &Crypto::without_randomness()).map(|(_, leaf)| leaf)
}
