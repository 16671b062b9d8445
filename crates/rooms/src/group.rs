//! A room as one of its members holds it.

use crate::crypto::{Crypto, Seed};
use crate::error::{RoomError, Rule};
use crate::limits::*;
use crate::newcomer::{Identity, Newcomer, fresh_credential};
use crate::profile::{self, Leaf, PROFILE_VERSION, SeatClaim};
use crate::provider::Provider;
use crate::signer::LeafSigner;
use crate::store::{Changes, Row, RowKey, Store, from_blob, to_blob};
use backchannel_wire::cell::CellKey;
use backchannel_wire::{RoomId, SeatNo, UtcMs};
use openmls::prelude::{tls_codec::Deserialize as _, *};
use openmls::schedule::PreSharedKeyId;
use openmls_traits::storage::StorageProvider as _;
use rand_core::{CryptoRng, RngCore};
use std::collections::BTreeSet;
use zeroize::Zeroizing;

const CELL_KEY: &str = "backchannel cell v1";

/// One room, held by one of its members.
///
/// Each operation that succeeds leaves rows to [`take_changes`](Self::take_changes); they must be durable before
/// anything the operation returned leaves the station (ROOM-18). Each that fails leaves the room as it was.
pub struct RoomGroup {
    pub(crate) store: Store,
    pub(crate) room: RoomId,
    pub(crate) signer: LeafSigner,
    /// Nothing once this station was removed.
    pub(crate) group: Option<MlsGroup>,
}

impl RoomGroup {
    /// Founds a room with this station as its only member.
    pub fn found(
        rng: &mut (impl RngCore + CryptoRng),
        now: UtcMs,
        room: RoomId,
        seat: SeatNo,
    ) -> Result<Self, RoomError> {
        let seed = Seed::draw(rng);
        let signer = LeafSigner::fresh(&seed);
        let credential = fresh_credential(&seed, &signer);
        let store = Store::default();
        let config = profile::create_config(SeatClaim::new(seat, room, now))?;
        let provider = Provider::seeded(seed, &store);
        let group = MlsGroup::new_with_group_id(
            &provider,
            &signer,
            &config,
            GroupId::from_slice(&room.0),
            credential,
        )
        .map_err(|_| RoomError::Internal("room not founded"))?;
        Identity::new(room, seat, &signer).save(&store)?;
        store.keep();
        Ok(Self { store, room, signer, group: Some(group) })
    }

    /// Joins a room with the welcome a sponsor made for `newcomer`'s key package. `newcomer` is not changed: drop it, and
    /// its stored bytes, once the room is durable.
    pub fn join(newcomer: &Newcomer, welcome: &[u8], now: UtcMs) -> Result<Self, RoomError> {
        newcomer.claim.check_time(now)?;
        let store = newcomer.joining_store()?;
        let signer = Identity::load(&store)?.signer();
        let group = open_welcome(&store, welcome)?;
        let joined = Self { store, room: newcomer.room, signer, group: Some(group) };
        joined.check_group()?;
        if joined.own_leaf()? != *newcomer.leaf() {
            return Err(Rule::Leaf.into());
        }
        joined.store.keep();
        joined.store.mark_all_changed();
        Ok(joined)
    }

    /// Loads a room from the rows it gave out.
    pub fn load(rows: impl IntoIterator<Item = (RowKey, Row)>) -> Result<Self, RoomError> {
        let store = Store::loaded(rows);
        let identity = Identity::load(&store)?;
        let (room, signer) = (RoomId(identity.room), identity.signer());
        let mut room = Self { store, room, signer, group: None };
        room.reload()?;
        Ok(room)
    }

    /// Everything, secrets included.
    pub fn to_bytes(&self) -> Row {
        to_blob(PROFILE_VERSION, &self.store.rows())
    }

    /// Reads what [`Self::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RoomError> {
        Self::load(from_blob(PROFILE_VERSION, bytes).ok_or(RoomError::Internal("room damaged"))?)
    }

    /// The rows changed since the last call, to make durable in one transaction.
    pub fn take_changes(&self) -> Changes {
        self.store.take_changes()
    }

    /// The room's id, which is the MLS group id.
    pub fn room(&self) -> RoomId {
        self.room
    }

    /// Whether this station is still a member.
    pub fn is_member(&self) -> bool {
        self.group.is_some()
    }

    /// The members in order of seats.
    pub fn members(&self) -> Result<Vec<Leaf>, RoomError> {
        let mut leaves: Vec<Leaf> = self.leaves()?.into_iter().map(|(_, leaf)| leaf).collect();
        leaves.sort_by_key(|leaf| leaf.seat);
        Ok(leaves)
    }

    /// The member on a seat.
    pub fn member(&self, seat: SeatNo) -> Result<Leaf, RoomError> {
        self.find(seat).map(|(_, leaf)| leaf)
    }

    /// This station's leaf.
    pub fn own_leaf(&self) -> Result<Leaf, RoomError> {
        let node = self.open()?.own_leaf_node().ok_or(RoomError::Internal("no own leaf"))?;
        Ok(profile::read_leaf(node, self.room)?.0)
    }

    /// The number of changes since the room was founded.
    pub fn epoch(&self) -> Result<u64, RoomError> {
        Ok(self.open()?.epoch().as_u64())
    }

    /// A value all members of the epoch share and nobody else knows, to compare.
    pub fn epoch_authenticator(&self) -> Result<[u8; 32], RoomError> {
        let bytes = self.open()?.epoch_authenticator().as_slice();
        bytes.try_into().map_err(|_| RoomError::Internal("authenticator of another length"))
    }

    /// The key of the room's cells in this epoch.
    pub fn cell_key(&self) -> Result<CellKey, RoomError> {
        Ok(CellKey::new(*self.export(CELL_KEY, &self.room.0)?))
    }

    /// A secret of this epoch for a use named by the label.
    pub fn export(&self, label: &str, context: &[u8]) -> Result<Zeroizing<[u8; 32]>, RoomError> {
        let group = self.open()?;
        let secret = group
            .export_secret(&Crypto::without_randomness(), label, context, 32)
            .map(Zeroizing::new)
            .map_err(|_| RoomError::Internal("secret not exported"))?;
        let mut out = Zeroizing::new([0; 32]);
        out.iter_mut().zip(secret.iter()).for_each(|(to, from)| *to = *from);
        Ok(out)
    }

    /// Encrypts an application message of at most [`MESSAGE_BYTES_MAX`] bytes. Each result may be sent once, and only
    /// after the changes are durable: a generation that is used twice is refused by its receivers.
    pub fn encrypt(
        &mut self,
        plaintext: &[u8],
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Vec<u8>, RoomError> {
        if plaintext.len() > MESSAGE_BYTES_MAX {
            return Err(Rule::TooLong.into());
        }
        self.attempt(Some(Seed::draw(rng)), |group, provider, signer| {
            group.set_aad(Vec::new());
            let message = group.create_message(provider, signer, plaintext);
            let message = message.map_err(|_| RoomError::Internal("message not encrypted"))?;
            message.to_bytes().map_err(|_| RoomError::Internal("message not encoded"))
        })
    }

    /// Keeps a pre-shared key for a commit that names it, until it is [forgotten](Self::forget_psk).
    pub fn add_psk(&mut self, id: &[u8], secret: &Zeroizing<[u8; 32]>) -> Result<(), RoomError> {
        check_psk_name(id)?;
        self.attempt(None, |_, provider, _| {
            PreSharedKeyId::external(id.to_vec(), Vec::new())
                .store(provider, secret.as_ref())
                .map_err(|_| RoomError::Internal("key not stored"))
        })
    }

    /// Deletes a pre-shared key, if it is kept. What was mixed in stays so.
    pub fn forget_psk(&mut self, id: &[u8]) -> Result<(), RoomError> {
        check_psk_name(id)?;
        self.attempt(None, |_, provider, _| {
            let id = PreSharedKeyId::external(id.to_vec(), Vec::new());
            provider.storage().delete_psk(id.psk()).map_err(|_| RoomError::Internal("key not deleted"))
        })
    }
}

/// The bounds of a pre-shared key's name (ROOM-11).
pub(crate) fn check_psk_name(id: &[u8]) -> Result<(), Rule> {
    if id.is_empty() || id.len() > PSK_ID_BYTES_MAX { Err(Rule::TooLong) } else { Ok(()) }
}

impl RoomGroup {
    pub(crate) fn open(&self) -> Result<&MlsGroup, RoomError> {
        self.group.as_ref().ok_or(RoomError::NotMember)
    }

    /// All leaves with their places in the tree.
    pub(crate) fn leaves(&self) -> Result<Vec<(LeafNodeIndex, Leaf)>, RoomError> {
        let tree = self.open()?.treesync();
        let read = |(index, node)| Ok((index, profile::read_leaf(node, self.room)?.0));
        tree.full_leaves().map(read).collect()
    }

    pub(crate) fn find(&self, seat: SeatNo) -> Result<(LeafNodeIndex, Leaf), RoomError> {
        self.leaves()?.into_iter().find(|(_, leaf)| leaf.seat == seat).ok_or(RoomError::NotMember)
    }

    /// Runs an operation; if it fails, the room is as before.
    pub(crate) fn attempt<T>(
        &mut self,
        seed: Option<Seed>,
        act: impl FnOnce(&mut MlsGroup, &Provider<'_>, &LeafSigner) -> Result<T, RoomError>,
    ) -> Result<T, RoomError> {
        let provider = match seed {
            Some(seed) => Provider::seeded(seed, &self.store),
            None => Provider::without_randomness(&self.store),
        };
        let group = self.group.as_mut().ok_or(RoomError::NotMember)?;
        let result = act(group, &provider, &self.signer);
        match &result {
            Ok(_) => self.store.keep(),
            Err(_) => self.revert()?,
        }
        result
    }

    /// Puts the room back to its last kept state.
    pub(crate) fn revert(&mut self) -> Result<(), RoomError> {
        self.store.undo();
        self.reload()
    }

    pub(crate) fn reload(&mut self) -> Result<(), RoomError> {
        self.group = None;
        self.group = MlsGroup::load(&self.store, &GroupId::from_slice(&self.room.0))
            .map_err(|_| RoomError::Internal("room damaged"))?;
        if self.group.is_some() { Ok(()) } else { Err(RoomError::Internal("room incomplete")) }
    }

    /// The rules of a whole group, checked when a station joins it (ROOM-1, ROOM-4, ROOM-6).
    fn check_group(&self) -> Result<(), RoomError> {
        let group = self.open()?;
        if group.group_id().as_slice() != self.room.0 {
            return Err(RoomError::WrongRoom);
        }
        if group.ciphersuite() != profile::SUITE {
            return Err(Rule::Suite.into());
        }
        if group.extensions().iter().next().is_some() {
            return Err(Rule::Group.into());
        }
        let leaves = self.leaves()?;
        let seats: BTreeSet<_> = leaves.iter().map(|(_, leaf)| leaf.seat).collect();
        let names: BTreeSet<_> = leaves.iter().map(|(_, leaf)| leaf.pseudonym).collect();
        // MLS itself refuses a signature key used twice.
        if seats.len() == leaves.len() && names.len() == leaves.len() {
            Ok(())
        } else {
            Err(Rule::SeatTaken.into())
        }
    }
}

fn open_welcome(store: &Store, welcome: &[u8]) -> Result<MlsGroup, RoomError> {
    if welcome.len() > WELCOME_BYTES_MAX {
        return Err(Rule::TooLong.into());
    }
    let message = MlsMessageIn::tls_deserialize_exact(welcome).map_err(|_| RoomError::Malformed)?;
    let MlsMessageBodyIn::Welcome(welcome) = message.extract() else { return Err(RoomError::Malformed) };
    let provider = Provider::without_randomness(store);
    StagedWelcome::build_from_welcome(&provider, &profile::join_config(), welcome)
        .map_err(|_| RoomError::Unopened)?
        .skip_lifetime_validation()
        .build()
        .and_then(|staged| staged.into_group(&provider))
        .map_err(|_| RoomError::Unopened)
}
