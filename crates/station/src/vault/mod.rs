//! The vault: what a station keeps, encrypted under a passphrase, with keys that can be burned (docs/spec/vault.md).
//!
//! This is a shell: it does I/O and draws randomness from the operating system. The machine never sees it; it yields
//! batches, and the station's shell commits them here before any effect leaves.
//!
//! **Nothing here writes plaintext**: SQLite is handed ciphertext under blinded names only.

mod aead;
mod db;
mod error;
mod keys;
mod manifest;
mod open;
mod passphrase;
mod record;
mod sealed;
mod slot;
#[cfg(test)]
mod tests;
mod writer;

pub use error::VaultError;
pub use passphrase::{Passphrase, Stretch};

use crate::limits::SCRUB_COMMITS;
use crate::store::{Batch, Key, Space, Value};
use backchannel_wire::RoomId;
use keys::{Scope, VaultKey};
use open::{Open, Stretched};
use rusqlite::Connection;
use sealed::Session;
use std::fs::{DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

const LOCK_NAME: &str = "vault.lock";

/// A station's store of records.
///
/// *Open*, it reads and writes. *Locked*, the record keys are out of memory: it takes batches still, sealed to a key
/// it cannot use, and refuses to read. Dropped, it is closed.
pub struct Vault {
    dir: PathBuf,
    db: Connection,
    state: State,
    commits_unscrubbed: u32,
    /// Held for as long as the vault is: two stations on one vault would use one counter twice.
    _lock: File,
}

enum State {
    Open(Box<Open>),
    Locked(Box<Session>),
    /// A burn's outcome is unknown: only opening the files again can tell.
    Lost,
}

impl Vault {
    /// Creates an empty vault in `dir`, which is made if it is not there and is closed to other users of the machine.
    pub fn create(dir: &Path, passphrase: &Passphrase, stretch: Stretch) -> Result<Self, VaultError> {
        if !stretch.within_limits() {
            return Err(VaultError::Limit("the stretching parameters are outside the limits"));
        }
        DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
        std::fs::set_permissions(dir, Permissions::from_mode(0o700))?;
        let lock = lock_file(dir)?;
        if slot::exists(dir) || db::exists(dir) {
            return Err(VaultError::AlreadyExists);
        }
        let open = Open::empty(VaultKey::random()?, Stretched::fresh(passphrase, stretch)?);
        let mut db = db::create(dir)?;
        let tx = db.transaction()?;
        open.set_head(&tx, &open.manifest, None)?;
        tx.commit()?;
        slot::prepare(dir, &open.stretched.slot(open.generation, &open.vault_key)?)?;
        slot::promote(dir)?;
        Ok(Self {
            dir: dir.to_owned(),
            db,
            state: State::Open(Box::new(open)),
            commits_unscrubbed: 0,
            _lock: lock,
        })
    }

    /// Opens the vault in `dir`, finishes a burn that was cut short, and folds in what was taken while locked.
    pub fn open(dir: &Path, passphrase: &Passphrase) -> Result<Self, VaultError> {
        if !Self::exists(dir) {
            return Err(VaultError::NotAVault);
        }
        let lock = lock_file(dir)?;
        // The magic, version and checksum come first: they say more than the database could about a wrong directory.
        if !slot::pending(dir) {
            slot::current(dir)?;
        }
        let mut db = db::connect(dir)?;
        let (slot, burned) = slot::settle(dir, db::generation(&db)?)?;
        if burned {
            db::rewrite(&db)?;
        }
        let open = Open::load(&mut db, &slot, passphrase)?;
        Ok(Self {
            dir: dir.to_owned(),
            db,
            state: State::Open(Box::new(open)),
            commits_unscrubbed: 0,
            _lock: lock,
        })
    }

    /// Whether there is a vault in `dir`.
    pub fn exists(dir: &Path) -> bool {
        slot::exists(dir)
    }

    /// Whether the vault is locked.
    pub fn is_locked(&self) -> bool {
        matches!(self.state, State::Locked(_))
    }

    /// Makes a batch durable, all of it or nothing. If this fails, whether it became durable is unknown until the next
    /// call, which reads the files again; committing the same batch once more is harmless.
    pub fn commit(&mut self, batch: &Batch) -> Result<(), VaultError> {
        batch.iter().try_for_each(|(key, value)| record::check(key, value))?;
        if batch.is_empty() {
            return Ok(());
        }
        match &mut self.state {
            State::Open(open) => open.commit(&mut self.db, batch)?,
            State::Locked(session) => session.commit(&mut self.db, batch)?,
            State::Lost => return Err(VaultError::Unfinished),
        }
        self.commits_unscrubbed += 1;
        // The batch is durable whether or not this succeeds; a failure is tried again after the next (VAULT-11).
        if self.commits_unscrubbed >= SCRUB_COMMITS && db::truncate_log(&self.db).is_ok() {
            self.commits_unscrubbed = 0;
        }
        Ok(())
    }

    /// Every record of a space, in key order.
    pub fn load(&mut self, space: Space) -> Result<Vec<(Key, Value)>, VaultError> {
        let (open, db) = self.opened()?;
        open.load_space(db, space)
    }

    /// One record, if it is there.
    pub fn get(&mut self, key: &Key) -> Result<Option<Value>, VaultError> {
        let (open, db) = self.opened()?;
        open.get(db, key)
    }

    fn opened(&mut self) -> Result<(&mut Open, &mut Connection), VaultError> {
        match &mut self.state {
            State::Open(open) => Ok((open, &mut self.db)),
            State::Locked(_) => Err(VaultError::Locked),
            State::Lost => Err(VaultError::Unfinished),
        }
    }

    /// Takes the keys out of memory; what is committed from now on is sealed. Locking a locked vault does nothing. If
    /// this fails the vault is still open.
    pub fn lock(&mut self) -> Result<(), VaultError> {
        if self.is_locked() {
            return Ok(());
        }
        let (open, db) = self.opened()?;
        self.state = State::Locked(Box::new(open.begin_session(db)?));
        Ok(())
    }

    /// Brings the keys back and makes ordinary records of what was sealed, in one transaction. If this fails the vault
    /// is still locked, and nothing that was sealed is lost. An open vault only checks the passphrase.
    pub fn unlock(&mut self, passphrase: &Passphrase) -> Result<(), VaultError> {
        let slot = slot::current(&self.dir)?;
        match &self.state {
            State::Open(_) => slot.unwrap(&Stretched::for_slot(passphrase, &slot)?.secret).map(drop),
            State::Locked(session) => {
                if !session.matches(&self.db)? {
                    return Err(VaultError::Damaged("changes made while locked were put back (VAULT-10)"));
                }
                self.state = State::Open(Box::new(Open::load(&mut self.db, &slot, passphrase)?));
                Ok(())
            }
            State::Lost => Err(VaultError::Unfinished),
        }
    }

    /// Gives the vault another passphrase, and with it another vault key.
    pub fn change_passphrase(&mut self, old: &Passphrase, new: &Passphrase) -> Result<(), VaultError> {
        self.opened()?;
        self.unlock(old)?;
        let (open, _) = self.opened()?;
        let stretched = Stretched::fresh(new, open.stretched.stretch)?;
        self.rotate(Some(stretched), |_| true, &Batch::new())
    }

    /// Destroys the key of a room's records of one day, and writes `survivors` under a new one in the same step: the
    /// state that must outlive the burned records (VAULT-12). All records without a day get new keys as well, so that
    /// older versions of them that may remain on the medium are unreadable too.
    pub fn burn_day(&mut self, room: RoomId, day: u32, survivors: &Batch) -> Result<(), VaultError> {
        self.rotate(None, |scope| scope != Scope { room: Some(room), day: Some(day) }, survivors)
    }

    /// Destroys the keys of all of a room's records, with or without a day; otherwise as [`Self::burn_day`].
    pub fn burn_room(&mut self, room: RoomId, survivors: &Batch) -> Result<(), VaultError> {
        self.rotate(None, |scope| scope.room != Some(room), survivors)
    }

    fn rotate(
        &mut self,
        stretched: Option<Stretched>,
        keep: impl Fn(Scope) -> bool,
        survivors: &Batch,
    ) -> Result<(), VaultError> {
        survivors.iter().try_for_each(|(key, value)| record::check(key, value))?;
        let dir = self.dir.clone();
        let (open, db) = self.opened()?;
        let stretched = stretched.unwrap_or_else(|| open.stretched.clone());
        let next = match open.rotate(db, &dir, stretched, keep, survivors) {
            Ok(next) => next,
            Err(error) => {
                self.state = State::Lost;
                return Err(error);
            }
        };
        self.state = State::Open(Box::new(next));
        slot::promote(&self.dir)?;
        db::rewrite(&self.db)
    }

    /// Burns everything: the key slot goes first, and with it every key, then the files. Works on a locked vault.
    pub fn burn_all(self) -> Result<(), VaultError> {
        let Self { dir, db, state, .. } = self;
        drop(state);
        slot::destroy(&dir)?;
        drop(db);
        for file in [db::path(&dir), dir.join("vault.db-wal"), dir.join(LOCK_NAME)] {
            slot::wipe(&file)?;
        }
        slot::sync_dir(&dir)
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.is_locked() { "Vault(locked)" } else { "Vault(open)" })
    }
}

fn lock_file(dir: &Path) -> Result<File, VaultError> {
    let file = OpenOptions::new().create(true).append(true).mode(0o600).open(dir.join(LOCK_NAME))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(VaultError::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}
