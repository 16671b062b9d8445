//! What a locked vault takes in: changes sealed to a key it cannot use itself.

use super::VaultError;
use super::aead::{self, Secret};
use super::db::{self, Table};
use super::keys::VaultKey;
use super::manifest::Manifest;
use super::record;
use super::writer::Writer;
use crate::limits::SEALED_ENTRIES_MAX;
use crate::store::{Batch, Key};
use backchannel_wire::tagged::{Tag, derive, mac};
use rusqlite::Connection;
use x_wing::{CIPHERTEXT_SIZE, Ciphertext, Decapsulate, DecapsulationKey, Decapsulator, EncapsulationKey};
use zeroize::{Zeroize, Zeroizing};

/// Bytes of a session's name.
const SESSION_BYTES: usize = 16;

/// The time from one locking to the next unlocking.
///
/// Its secret authenticates the entries; it does not open them, since each is also encrypted to the vault's public
/// key, whose private half is derived from the vault key (VAULT-9, VAULT-10).
pub(super) struct Session {
    name: [u8; SESSION_BYTES],
    secret: Box<Secret>,
    public: EncapsulationKey,
    manifest: Manifest,
    /// Set while it is not known whether the last commit became durable.
    stale: bool,
}

impl Session {
    /// A new session with no entries.
    pub fn start(vault_key: &VaultKey) -> Result<Self, VaultError> {
        let name = aead::random()?;
        Ok(Self {
            name,
            secret: Box::new(vault_key.session(&name)),
            public: private_key(vault_key).encapsulation_key().clone(),
            manifest: Manifest::default(),
            stale: false,
        })
    }

    /// The session's name: the main manifest is bound to it, so that a session cannot be made to vanish.
    pub fn name(&self) -> &[u8; SESSION_BYTES] {
        &self.name
    }

    /// The head of the session as stored: its name, and its manifest under its secret.
    pub fn head(&self) -> Result<Vec<u8>, VaultError> {
        Ok([&self.name[..], &self.manifest.seal(&manifest_key(&self.secret), &self.name)?].concat())
    }

    /// Seals a batch, durably: one entry for each record, in place of an earlier entry for the same record.
    pub fn commit(&mut self, db: &mut Connection, batch: &Batch) -> Result<(), VaultError> {
        if self.stale {
            self.manifest = stored(db, &self.name, &self.secret)?;
        }
        self.stale = true;
        let before = self.manifest;
        let result = self.write(db, batch);
        if result.is_err() {
            self.manifest = before;
        }
        self.stale = result.is_err();
        result
    }

    fn write(&mut self, db: &mut Connection, batch: &Batch) -> Result<(), VaultError> {
        let elements = elements_key(&self.secret);
        let tx = db.transaction()?;
        for (key, value) in batch.iter() {
            let id = entry_id(&self.secret, key);
            let body = self.seal(&id, key, value.map(|value| value.as_slice()))?;
            db::set(&tx, Table::Sealed, (&elements, &mut self.manifest), &id, Some(&body))?;
        }
        if self.manifest.rows() > SEALED_ENTRIES_MAX as u64 {
            return Err(VaultError::Limit("the list of changes made while locked is full"));
        }
        db::set_sealed_head(&tx, Some(&self.head()?))?;
        Ok(tx.commit()?)
    }

    fn seal(&self, id: &[u8; 32], key: &Key, value: Option<&[u8]>) -> Result<Vec<u8>, VaultError> {
        // The crate's own generator trait is of another generation than ours; this call is what it comes to.
        let mut random = aead::random()?.into();
        let (kem, mut shared) = self.public.encapsulate_deterministic(&random);
        random.as_mut_slice().zeroize();
        let entry_key = entry_key(shared.as_slice(), &self.secret);
        shared.as_mut_slice().zeroize();
        let record = record::encode(key, value.unwrap_or_default());
        let mut plain = Zeroizing::new(Vec::with_capacity(1 + record.len()));
        plain.push(u8::from(value.is_some()));
        plain.extend_from_slice(&record);
        Ok([kem.as_slice(), &aead::seal(&entry_key, id, &plain)?].concat())
    }

    /// Whether the stored session is the one this process wrote.
    pub fn matches(&self, db: &Connection) -> Result<bool, VaultError> {
        Ok(self.stale || stored(db, &self.name, &self.secret)? == self.manifest)
    }
}

#[cfg(test)]
impl Session {
    /// As after a commit that was written and reported failed.
    pub fn pretend_unknown(&mut self) {
        self.manifest = Manifest::default();
        self.stale = true;
    }

    /// Whether an entry opens with this session's secret and the private key of `vault_key`.
    pub fn opens_with(&self, vault_key: &VaultKey, row: &db::Row) -> bool {
        open_entry(&private_key(vault_key), &self.secret, row).is_some()
    }
}

/// The name in a stored session's head.
pub(super) fn name_in(head: &[u8]) -> Result<[u8; SESSION_BYTES], VaultError> {
    head.first_chunk().copied().ok_or(VaultError::Damaged("the locked session has no head (VAULT-10)"))
}

/// Applies a session's entries as ordinary changes, in order; refuses all if one was altered, added or lost.
pub(super) fn fold(
    writer: &mut Writer<'_>,
    db: &Connection,
    vault_key: &VaultKey,
    name: &[u8; SESSION_BYTES],
) -> Result<(), VaultError> {
    let secret = vault_key.session(name);
    if db::count(db, &[Table::Sealed], &elements_key(&secret))? != stored(db, name, &secret)? {
        return Err(VaultError::Damaged("changes made while locked were altered (VAULT-10)"));
    }
    let private = private_key(vault_key);
    for seq in db::sealed_order(db)? {
        let row = db::sealed(db, seq)?;
        let (key, value) = open_entry(&private, &secret, &row)
            .ok_or(VaultError::Damaged("a change made while locked does not open (VAULT-10)"))?;
        writer.change(&key, value.as_ref().map(|value| value.as_slice()))?;
    }
    db.execute("DELETE FROM sealed", [])?;
    Ok(())
}

fn open_entry(
    private: &DecapsulationKey,
    secret: &Secret,
    row: &db::Row,
) -> Option<(Key, Option<Zeroizing<Vec<u8>>>)> {
    let (kem, sealed) = row.body.split_at_checked(CIPHERTEXT_SIZE)?;
    let mut shared = private.decapsulate(&Ciphertext::try_from(kem).ok()?);
    let entry_key = entry_key(shared.as_slice(), secret);
    shared.as_mut_slice().zeroize();
    let plain = aead::open(&entry_key, &row.id, sealed)?;
    let (kind, record) = plain.split_first()?;
    let (key, value) = record::decode(record)?;
    Some((key, (*kind == 1).then_some(value)))
}

fn stored(db: &Connection, name: &[u8; SESSION_BYTES], secret: &Secret) -> Result<Manifest, VaultError> {
    let (_, head) = db::head(db)?;
    head.as_deref()
        .and_then(|head| head.split_at_checked(SESSION_BYTES))
        .filter(|(stored_name, _)| stored_name == name)
        .and_then(|(_, sealed)| Manifest::open(&manifest_key(secret), name, sealed))
        .ok_or(VaultError::Damaged("the locked session's head was altered (VAULT-10)"))
}

fn private_key(vault_key: &VaultKey) -> DecapsulationKey {
    DecapsulationKey::from(*vault_key.seal_seed())
}

fn entry_key(shared: &[u8], secret: &Secret) -> Secret {
    let mut both = Zeroizing::new(Vec::with_capacity(64));
    both.extend_from_slice(shared);
    both.extend_from_slice(secret.as_ref());
    derive(&both, Tag("backchannel vault sealed entry v1"), &[])
}

fn entry_id(secret: &Secret, key: &Key) -> [u8; 32] {
    mac(secret, Tag("backchannel vault sealed id v1"), &[&record::encode(key, &[])])
}

fn manifest_key(secret: &Secret) -> Secret {
    derive(secret.as_ref(), Tag("backchannel vault sealed manifest v1"), &[])
}

fn elements_key(secret: &Secret) -> Secret {
    derive(secret.as_ref(), Tag("backchannel vault sealed elements v1"), &[])
}
