//! The vault while it is open: its keys are in memory, records are read and written.

use super::VaultError;
use super::aead::{self, Secret};
use super::db::{self, Table};
use super::keys::{RecordKeys, Scope, VaultKey};
use super::manifest::Manifest;
use super::passphrase::{Passphrase, Stretch};
use super::slot::{self, Slot};
use super::writer::Writer;
use super::{record, sealed};
use crate::store::{Batch, Key, Space, Value};
use rusqlite::{Connection, Transaction};
use std::path::Path;

/// What a passphrase comes to, kept while the vault is open so that a burn needs no passphrase.
#[derive(Clone)]
pub(super) struct Stretched {
    pub stretch: Stretch,
    pub salt: [u8; 16],
    pub secret: Box<Secret>,
}

impl Stretched {
    /// Stretches a passphrase under a fresh salt.
    pub fn fresh(passphrase: &Passphrase, stretch: Stretch) -> Result<Self, VaultError> {
        let salt = aead::random()?;
        Ok(Self { stretch, salt, secret: Box::new(stretch.apply(passphrase, &salt)?) })
    }

    /// Stretches a passphrase as a slot says.
    pub fn for_slot(passphrase: &Passphrase, slot: &Slot) -> Result<Self, VaultError> {
        let secret = Box::new(slot.stretch.apply(passphrase, &slot.salt)?);
        Ok(Self { stretch: slot.stretch, salt: slot.salt, secret })
    }

    /// A slot with a fresh disk secret for `vault_key`.
    pub fn slot(&self, generation: u64, vault_key: &VaultKey) -> Result<Slot, VaultError> {
        Slot::make(generation, self.stretch, self.salt, &self.secret, vault_key)
    }
}

/// The keys of an open vault and what it knows of its rows.
pub(super) struct Open {
    pub vault_key: VaultKey,
    pub stretched: Stretched,
    pub generation: u64,
    pub keys: RecordKeys,
    pub manifest: Manifest,
    /// Set while it is not known whether the last commit became durable: the next use reads the database again.
    stale: bool,
}

/// What the manifest's encryption is bound to: the vault key's generation and the locked session, if one runs.
pub(super) fn manifest_binding(generation: u64, session: Option<&[u8; 16]>) -> Vec<u8> {
    [&generation.to_be_bytes()[..], session.map_or(&[], |name| &name[..])].concat()
}

impl Open {
    /// An empty vault's state.
    pub fn empty(vault_key: VaultKey, stretched: Stretched) -> Self {
        Self {
            vault_key,
            stretched,
            generation: 1,
            keys: RecordKeys::new(),
            manifest: Manifest::default(),
            stale: false,
        }
    }

    /// Opens what the database holds: checks every row against the manifest and folds in what a locked session left.
    pub fn load(db: &mut Connection, slot: &Slot, passphrase: &Passphrase) -> Result<Self, VaultError> {
        let stretched = Stretched::for_slot(passphrase, slot)?;
        let vault_key = slot.unwrap(&stretched.secret)?;
        let mut open = Self::empty(vault_key, stretched);
        open.generation = slot.generation;
        let session = open.read(db)?;
        if let Some(name) = session {
            open.write(db, |writer, tx| sealed::fold(writer, tx, &open.vault_key, &name))
                .map(|(keys, manifest)| (open.keys, open.manifest) = (keys, manifest))?;
            db::truncate_log(db)?;
        }
        Ok(open)
    }

    /// Reads keys and manifest, and the name of a locked session that was not yet folded in.
    fn read(&mut self, db: &Connection) -> Result<Option<[u8; 16]>, VaultError> {
        let (manifest, session) = db::head(db)?;
        let session = session.as_deref().map(sealed::name_in).transpose()?;
        let binding = manifest_binding(self.generation, session.as_ref());
        self.manifest = Manifest::open(&self.vault_key.manifest(), &binding, &manifest)
            .ok_or(VaultError::Damaged("the manifest was altered (VAULT-8)"))?;
        if db::count(db, &[Table::Keys, Table::Rows], &self.vault_key.elements())? != self.manifest {
            return Err(VaultError::Damaged("rows were altered, lost or put back (VAULT-8)"));
        }
        self.keys.clear();
        for row in db::key_rows(db)? {
            let (scope, key) = self
                .vault_key
                .unwrap(&row.id, &row.body)
                .ok_or(VaultError::Damaged("a record key does not open (VAULT-5)"))?;
            self.keys.insert(scope, key);
        }
        Ok(session)
    }

    fn fresh(&mut self, db: &Connection) -> Result<(), VaultError> {
        if self.stale {
            self.read(db)?;
            self.stale = false;
        }
        Ok(())
    }

    /// Runs changes and the new head in one transaction; gives the keys and manifest that then hold.
    fn write(
        &self,
        db: &mut Connection,
        changes: impl FnOnce(&mut Writer<'_>, &Transaction<'_>) -> Result<(), VaultError>,
    ) -> Result<(RecordKeys, Manifest), VaultError> {
        let tx = db.transaction()?;
        let mut writer = Writer::new(&tx, &self.vault_key, self.keys.clone(), self.manifest);
        changes(&mut writer, &tx)?;
        let (keys, manifest) = writer.finish();
        self.set_head(&tx, &manifest, None)?;
        tx.commit()?;
        Ok((keys, manifest))
    }

    /// Stores the manifest, bound to the locked session that begins with it if there is one.
    pub fn set_head(
        &self,
        tx: &Transaction<'_>,
        manifest: &Manifest,
        session: Option<&sealed::Session>,
    ) -> Result<(), VaultError> {
        let binding = manifest_binding(self.generation, session.map(sealed::Session::name));
        db::set_head(tx, self.generation, &manifest.seal(&self.vault_key.manifest(), &binding)?)?;
        db::set_sealed_head(tx, session.map(sealed::Session::head).transpose()?.as_deref())
    }

    /// Writes a batch, durably.
    pub fn commit(&mut self, db: &mut Connection, batch: &Batch) -> Result<(), VaultError> {
        self.fresh(db)?;
        self.stale = true;
        let (keys, manifest) = self.write(db, |writer, _| writer.batch(batch))?;
        (self.keys, self.manifest, self.stale) = (keys, manifest, false);
        Ok(())
    }

    /// One record.
    pub fn get(&mut self, db: &Connection, key: &Key) -> Result<Option<Value>, VaultError> {
        self.fresh(db)?;
        let Some(record_key) = self.keys.get(&Scope::of(key)) else { return Ok(None) };
        let id = record_key.row_id(key);
        let Some(body) = db::get(db, &id)? else { return Ok(None) };
        record::open(record_key, &id, &body).map(|(_, value)| Some(value))
    }

    /// Every record of a space, in key order.
    pub fn load_space(&mut self, db: &Connection, space: Space) -> Result<Vec<(Key, Value)>, VaultError> {
        self.fresh(db)?;
        let mut records = Vec::new();
        for record_key in self.keys.values() {
            for row in db::with_prefix(db, &record_key.space_prefix(space))? {
                records.push(record::open(record_key, &row.id, &row.body)?);
            }
        }
        records.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(records)
    }

    /// Begins a locked session: its head is durable before the keys may go.
    pub fn begin_session(&mut self, db: &mut Connection) -> Result<sealed::Session, VaultError> {
        self.fresh(db)?;
        let session = sealed::Session::start(&self.vault_key)?;
        self.stale = true;
        let tx = db.transaction()?;
        self.set_head(&tx, &self.manifest, Some(&session))?;
        tx.commit()?;
        db::truncate_log(db)?;
        Ok(session)
    }

    /// Puts everything that `keep` keeps under a new vault key, and what has no day under new record keys; erases the
    /// rest; writes `survivors`; all or nothing (VAULT-12). Gives the state that then holds.
    pub fn rotate(
        &mut self,
        db: &mut Connection,
        dir: &Path,
        stretched: Stretched,
        keep: impl Fn(Scope) -> bool,
        survivors: &Batch,
    ) -> Result<Self, VaultError> {
        self.fresh(db)?;
        let mut next = Self::empty(VaultKey::random()?, stretched);
        next.generation = self.generation.saturating_add(1);
        slot::prepare(dir, &next.stretched.slot(next.generation, &next.vault_key)?)?;
        let tx = db.transaction()?;
        tx.execute("DELETE FROM keys", [])?;
        let mut writer = Writer::new(&tx, &next.vault_key, RecordKeys::new(), Manifest::default());
        for (scope, record_key) in &self.keys {
            match (keep(*scope), scope.day) {
                (true, Some(_)) => writer.install(*scope, record_key)?,
                (kept, _) => {
                    let prefix = record_key.scope_prefix();
                    let rows = if kept { db::with_prefix(&tx, &prefix)? } else { Vec::new() };
                    db::erase_prefix(&tx, &prefix)?;
                    for row in rows {
                        let (key, value) = record::open(record_key, &row.id, &row.body)?;
                        writer.change(&key, Some(&value))?;
                    }
                }
            }
        }
        writer.batch(survivors)?;
        (next.keys, _) = writer.finish();
        next.manifest = db::count(&tx, &[Table::Keys, Table::Rows], &next.vault_key.elements())?;
        next.set_head(&tx, &next.manifest, None)?;
        tx.commit()?;
        Ok(next)
    }
}

#[cfg(test)]
impl Open {
    /// As after a commit that was written and reported failed.
    pub fn pretend_unknown(&mut self, (keys, manifest): (RecordKeys, Manifest)) {
        (self.keys, self.manifest, self.stale) = (keys, manifest, true);
    }
}
