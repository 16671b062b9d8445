//! Changes to the open vault inside one transaction.

use super::VaultError;
use super::aead::Secret;
use super::db::{self, Table};
use super::keys::{RecordKey, RecordKeys, Scope, VaultKey};
use super::manifest::Manifest;
use super::record;
use crate::store::{Batch, Key};
use rusqlite::Transaction;

/// Applies changes and keeps count; what it made counts for the vault in memory only once the transaction is durable.
pub(super) struct Writer<'a> {
    tx: &'a Transaction<'a>,
    vault_key: &'a VaultKey,
    elements: Secret,
    keys: RecordKeys,
    manifest: Manifest,
}

impl<'a> Writer<'a> {
    /// A writer over what the vault holds now.
    pub fn new(
        tx: &'a Transaction<'a>,
        vault_key: &'a VaultKey,
        keys: RecordKeys,
        manifest: Manifest,
    ) -> Self {
        Self { tx, vault_key, elements: vault_key.elements(), keys, manifest }
    }

    /// Applies a whole batch.
    pub fn batch(&mut self, batch: &Batch) -> Result<(), VaultError> {
        batch.iter().try_for_each(|(key, value)| self.change(key, value.map(|value| value.as_slice())))
    }

    /// Writes or (without a value) erases one record. A scope's first record makes its key.
    pub fn change(&mut self, key: &Key, value: Option<&[u8]>) -> Result<(), VaultError> {
        let scope = Scope::of(key);
        let record_key = match (self.keys.get(&scope), value) {
            (Some(record_key), _) => record_key.clone(),
            (None, Some(_)) => {
                let fresh = RecordKey::random()?;
                self.install(scope, &fresh)?;
                fresh
            }
            (None, None) => return Ok(()),
        };
        let id = record_key.row_id(key);
        let body = value.map(|value| record::seal(&record_key, &id, key, value)).transpose()?;
        db::set(self.tx, Table::Rows, (&self.elements, &mut self.manifest), &id, body.as_deref())
    }

    /// Writes the wrapped key of a scope.
    pub fn install(&mut self, scope: Scope, record_key: &RecordKey) -> Result<(), VaultError> {
        let id = self.vault_key.key_row_id(scope);
        let body = self.vault_key.wrap(scope, record_key)?;
        db::set(self.tx, Table::Keys, (&self.elements, &mut self.manifest), &id, Some(&body))?;
        self.keys.insert(scope, record_key.clone());
        Ok(())
    }

    /// The keys and the manifest after the changes.
    pub fn finish(self) -> (RecordKeys, Manifest) {
        (self.keys, self.manifest)
    }
}
