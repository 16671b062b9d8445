//! The vault's keys: the vault key, what is derived from it, and one independent key for each room and day.

use super::VaultError;
use super::aead::{self, Secret};
use crate::store::{Key, Space};
use backchannel_wire::RoomId;
use backchannel_wire::tagged::{Tag, derive, mac};
use std::collections::BTreeMap;

/// What one record key covers: the records of a room and a day, of a room without a day, and so on (VAULT-5).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Scope {
    pub room: Option<RoomId>,
    pub day: Option<u32>,
}

impl Scope {
    /// Bytes of a scope: which parts are there, room, day.
    pub const BYTES: usize = 1 + 16 + 4;

    /// The scope a record belongs to.
    pub fn of(key: &Key) -> Self {
        Self { room: key.room, day: key.day }
    }

    /// Its fixed encoding; parts that are not there are zeros.
    pub fn to_bytes(self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        bytes[0] = u8::from(self.room.is_some()) | u8::from(self.day.is_some()) << 1;
        bytes[1..17].copy_from_slice(&self.room.map_or([0; 16], |room| room.0));
        bytes[17..].copy_from_slice(&self.day.unwrap_or(0).to_be_bytes());
        bytes
    }

    /// Reads the fixed encoding; nothing if it is not one.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; Self::BYTES] = bytes.try_into().ok()?;
        let room = (bytes[0] & 1 != 0).then(|| RoomId::from_slice(&bytes[1..17])).flatten();
        let day = bytes[17..].try_into().ok().map(u32::from_be_bytes).filter(|_| bytes[0] & 2 != 0);
        let scope = Self { room, day };
        (scope.to_bytes() == *bytes).then_some(scope)
    }
}

/// The key at the root: wraps the record keys and is itself wrapped in the key slot (VAULT-4).
///
/// Boxed, as all keys that live long: moving the value then leaves no copy behind that nobody wipes.
#[derive(Clone)]
pub(super) struct VaultKey(pub Box<Secret>);

impl VaultKey {
    pub fn random() -> Result<Self, VaultError> {
        aead::random_secret().map(Box::new).map(Self)
    }

    fn part(&self, tag: &'static str) -> Secret {
        derive(&self.0[..], Tag(tag), &[])
    }

    /// Encrypts the manifest.
    pub fn manifest(&self) -> Secret {
        self.part("backchannel vault manifest v1")
    }

    /// Authenticates the rows counted in the manifest.
    pub fn elements(&self) -> Secret {
        self.part("backchannel vault elements v1")
    }

    /// The seed of the key pair to which a locked vault seals (VAULT-9).
    pub fn seal_seed(&self) -> Secret {
        self.part("backchannel vault seal seed v1")
    }

    /// What a locked session shares with the unlocking that ends it (VAULT-10).
    pub fn session(&self, session: &[u8; 16]) -> Secret {
        derive(&self.0[..], Tag("backchannel vault session v1"), &[session])
    }

    /// The row id of a scope's wrapped key: tells nothing without the vault key.
    pub fn key_row_id(&self, scope: Scope) -> [u8; 32] {
        mac(
            &self.part("backchannel vault key id v1"),
            Tag("backchannel vault key id v1"),
            &[&scope.to_bytes()],
        )
    }

    /// Wraps the key of a scope for its row.
    pub fn wrap(&self, scope: Scope, key: &RecordKey) -> Result<Vec<u8>, VaultError> {
        let mut plain = zeroize::Zeroizing::new(scope.to_bytes().to_vec());
        plain.reserve_exact(32);
        plain.extend_from_slice(&key.0[..]);
        aead::seal(&self.part("backchannel vault key wrap v1"), &self.key_row_id(scope), &plain)
    }

    /// Unwraps a row of the key table.
    pub fn unwrap(&self, id: &[u8], body: &[u8]) -> Option<(Scope, RecordKey)> {
        let plain = aead::open(&self.part("backchannel vault key wrap v1"), id, body)?;
        let (scope, key) = plain.split_at_checked(Scope::BYTES)?;
        let scope = Scope::from_bytes(scope)?;
        let mut secret = Box::new(Secret::default());
        secret.copy_from_slice(<&[u8; 32]>::try_from(key).ok()?);
        (self.key_row_id(scope)[..] == *id).then_some((scope, RecordKey(secret)))
    }
}

/// The key of the records of one scope; random, so that erasing it erases them (VAULT-5).
#[derive(Clone)]
pub(super) struct RecordKey(Box<Secret>);

/// Bytes of each of a row id's three parts: scope, space, record.
pub(super) const ID_PART_BYTES: usize = 16;
/// Bytes of a row id.
pub(super) const ROW_ID_BYTES: usize = 3 * ID_PART_BYTES;

impl RecordKey {
    pub fn random() -> Result<Self, VaultError> {
        aead::random_secret().map(Box::new).map(Self)
    }

    /// The AEAD key of the scope's records.
    pub fn records(&self) -> Secret {
        derive(&self.0[..], Tag("backchannel vault records v1"), &[])
    }

    fn blind(&self, tag: &'static str, parts: &[&[u8]]) -> [u8; ID_PART_BYTES] {
        let names = derive(&self.0[..], Tag("backchannel vault names v1"), &[]);
        let full = mac(&names, Tag(tag), parts);
        let mut part = [0; ID_PART_BYTES];
        part.copy_from_slice(&full[..ID_PART_BYTES]);
        part
    }

    /// What the ids of all rows of the scope begin with.
    pub fn scope_prefix(&self) -> Vec<u8> {
        self.blind("backchannel vault scope v1", &[]).to_vec()
    }

    /// What the ids of all rows of the scope and `space` begin with.
    pub fn space_prefix(&self, space: Space) -> Vec<u8> {
        [self.scope_prefix(), self.blind("backchannel vault space v1", &[&[space.0]]).to_vec()].concat()
    }

    /// The id of a record's row (VAULT-6).
    pub fn row_id(&self, key: &Key) -> Vec<u8> {
        let record = self.blind("backchannel vault row v1", &[&[key.space.0], &key.id]);
        [self.space_prefix(key.space), record.to_vec()].concat()
    }
}

#[cfg(test)]
impl RecordKey {
    pub fn bytes(&self) -> &[u8] {
        &self.0[..]
    }
}

/// The record keys of a vault, by scope.
pub(super) type RecordKeys = BTreeMap<Scope, RecordKey>;
