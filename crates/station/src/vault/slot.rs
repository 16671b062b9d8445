//! The key slot file: the vault key, wrapped under the passphrase mixed with a random secret kept beside it.
//!
//! Every burn and change of passphrase replaces the file and with it the secret, so that the passphrase and a copy of
//! the old file's remains, once the secret in them is gone, open nothing (VAULT-3).

use super::VaultError;
use super::aead::{self, Secret};
use super::keys::VaultKey;
use super::passphrase::Stretch;
use crate::limits::SLOT_BYTES_MAX;
use backchannel_wire::tagged::{Tag, derive, hash, same};
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The version of the vault's files.
pub(super) const VERSION: u8 = 1;

const MAGIC: &[u8; 16] = b"backchannelvault";
const NAME: &str = "vault.keys";
const NEXT_NAME: &str = "vault.keys.next";
/// Bytes before the wrapped key: magic, version, generation, memory, passes, salt, secret.
const HEADER_BYTES: usize = 16 + 1 + 8 + 4 + 4 + 16 + 32;
/// Bytes of the wrapped key: nonce, key, tag.
const WRAPPED_BYTES: usize = 24 + 32 + 16;
const CHECKSUM_BYTES: usize = 32;

/// The contents of a key slot file.
pub(super) struct Slot {
    /// Which vault key this is: 1 for the first, one more with each burn. The database names the one it is under.
    pub generation: u64,
    /// The cost of stretching the passphrase.
    pub stretch: Stretch,
    /// The salt of stretching.
    pub salt: [u8; 16],
    secret: Secret,
    wrapped: [u8; WRAPPED_BYTES],
}

impl Slot {
    /// A slot with a fresh secret that holds `vault_key` under the stretched passphrase.
    pub fn make(
        generation: u64,
        stretch: Stretch,
        salt: [u8; 16],
        stretched: &Secret,
        vault_key: &VaultKey,
    ) -> Result<Self, VaultError> {
        let mut slot =
            Self { generation, stretch, salt, secret: aead::random_secret()?, wrapped: [0; WRAPPED_BYTES] };
        let wrapped = aead::seal(&slot.wrapping_key(stretched), &slot.header(), &vault_key.0[..])?;
        slot.wrapped =
            wrapped.try_into().map_err(|_| VaultError::Damaged("the key slot has a wrong size"))?;
        Ok(slot)
    }

    /// The vault key, if the stretched passphrase is the right one.
    pub fn unwrap(&self, stretched: &Secret) -> Result<VaultKey, VaultError> {
        let plain = aead::open(&self.wrapping_key(stretched), &self.header(), &self.wrapped)
            .ok_or(VaultError::WrongPassphrase)?;
        let mut key = Box::new(Secret::default());
        key.copy_from_slice(<&[u8; 32]>::try_from(&plain[..]).map_err(|_| VaultError::WrongPassphrase)?);
        Ok(VaultKey(key))
    }

    fn wrapping_key(&self, stretched: &Secret) -> Secret {
        let mut both = Zeroizing::new([0; 64]);
        both[..32].copy_from_slice(stretched.as_ref());
        both[32..].copy_from_slice(self.secret.as_ref());
        derive(both.as_ref(), Tag("backchannel vault slot v1"), &[])
    }

    fn header(&self) -> Zeroizing<Vec<u8>> {
        let mut out = Zeroizing::new(Vec::with_capacity(HEADER_BYTES));
        out.extend_from_slice(MAGIC);
        out.push(VERSION);
        out.extend_from_slice(&self.generation.to_be_bytes());
        out.extend_from_slice(&self.stretch.memory_kib.to_be_bytes());
        out.extend_from_slice(&self.stretch.passes.to_be_bytes());
        out.extend_from_slice(&self.salt);
        out.extend_from_slice(self.secret.as_ref());
        out
    }

    fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut out = Zeroizing::new(Vec::with_capacity(HEADER_BYTES + WRAPPED_BYTES + CHECKSUM_BYTES));
        out.extend_from_slice(&self.header());
        out.extend_from_slice(&self.wrapped);
        let checksum = checksum(&out);
        out.extend_from_slice(&checksum);
        out
    }

    /// Reads a file's bytes. The checksum tells a damaged file from a wrong passphrase (VAULT-1).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, VaultError> {
        let (body, sum) = bytes
            .len()
            .checked_sub(CHECKSUM_BYTES)
            .and_then(|at| bytes.split_at_checked(at))
            .ok_or(VaultError::NotAVault)?;
        let mut reader = Reader(body);
        if reader.take::<16>() != Some(*MAGIC) {
            return Err(VaultError::NotAVault);
        }
        match reader.take::<1>() {
            Some([VERSION]) => {}
            Some([other]) => return Err(VaultError::Version(other)),
            None => return Err(VaultError::NotAVault),
        }
        if !same(&checksum(body), sum) {
            return Err(VaultError::Damaged("the key slot file was altered (VAULT-1)"));
        }
        Self::fields(&mut reader)
            .filter(|slot| reader.0.is_empty() && slot.stretch.within_limits())
            .ok_or(VaultError::Damaged("the key slot file is not well-formed (VAULT-1)"))
    }

    fn fields(reader: &mut Reader<'_>) -> Option<Self> {
        Some(Self {
            generation: u64::from_be_bytes(reader.take()?),
            stretch: Stretch {
                memory_kib: u32::from_be_bytes(reader.take()?),
                passes: u32::from_be_bytes(reader.take()?),
            },
            salt: reader.take()?,
            secret: Zeroizing::new(reader.take()?),
            wrapped: reader.take()?,
        })
    }
}

fn checksum(bytes: &[u8]) -> [u8; CHECKSUM_BYTES] {
    hash(Tag("backchannel vault slot checksum v1"), &[bytes])
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*head)
    }
}

/// Whether a slot file is in the directory.
pub(super) fn exists(dir: &Path) -> bool {
    path(dir).exists() || next_path(dir).exists()
}

/// Whether a burn, a change of passphrase or the creation was cut short.
pub(super) fn pending(dir: &Path) -> bool {
    next_path(dir).exists()
}

/// Overwrites and removes the slots: the vault can never be opened again.
pub(super) fn destroy(dir: &Path) -> Result<(), VaultError> {
    wipe(&path(dir))?;
    wipe(&next_path(dir))?;
    sync_dir(dir)
}

/// The slot in force. `generation` is the one the database is under: a burn that was cut short after the database
/// moved on is finished by promoting its slot, one cut short before leaves a slot to throw away (VAULT-12).
/// The second value says whether a burn was finished.
pub(super) fn settle(dir: &Path, generation: u64) -> Result<(Slot, bool), VaultError> {
    let finished = match read(&next_path(dir)) {
        Ok(next) if next.generation == generation => {
            promote(dir)?;
            true
        }
        Ok(_) | Err(VaultError::NotAVault | VaultError::Damaged(_) | VaultError::Version(_)) => {
            wipe(&next_path(dir))?;
            false
        }
        Err(error) => return Err(error),
    };
    let slot = read(&path(dir))?;
    if slot.generation != generation {
        return Err(VaultError::Damaged(
            "the key slot and the database are of different generations (VAULT-12)",
        ));
    }
    Ok((slot, finished))
}

/// Makes a slot durable beside the one in force.
pub(super) fn prepare(dir: &Path, slot: &Slot) -> Result<(), VaultError> {
    wipe(&next_path(dir))?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(next_path(dir))?;
    file.write_all(&slot.to_bytes())?;
    file.sync_all()?;
    sync_dir(dir)
}

/// Puts the prepared slot in force and overwrites the old one.
pub(super) fn promote(dir: &Path) -> Result<(), VaultError> {
    let old = OpenOptions::new().write(true).open(path(dir)).ok();
    std::fs::rename(next_path(dir), path(dir))?;
    sync_dir(dir)?;
    old.map_or(Ok(()), overwrite)
}

/// Reads the slot in force without judging it against a database.
pub(super) fn current(dir: &Path) -> Result<Slot, VaultError> {
    read(&path(dir))
}

/// Overwrites a file and removes it; one that is not there is no error. Flash may keep a copy: what remains there is
/// the secret of a slot whose vault key no longer opens anything.
pub(super) fn wipe(path: &Path) -> Result<(), VaultError> {
    match OpenOptions::new().write(true).open(path) {
        Ok(file) => {
            overwrite(file)?;
            Ok(std::fs::remove_file(path)?)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn overwrite(mut file: File) -> Result<(), VaultError> {
    let len = file.metadata()?.len().min(SLOT_BYTES_MAX);
    file.rewind()?;
    file.write_all(&vec![0; usize::try_from(len).unwrap_or(0)])?;
    Ok(file.sync_all()?)
}

fn read(path: &Path) -> Result<Slot, VaultError> {
    let file = match File::open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(VaultError::NotAVault),
        other => other?,
    };
    let mut bytes = Zeroizing::new(Vec::with_capacity(HEADER_BYTES + WRAPPED_BYTES + CHECKSUM_BYTES + 1));
    file.take(SLOT_BYTES_MAX).read_to_end(&mut bytes)?;
    Slot::from_bytes(&bytes)
}

/// Makes a rename or creation in the directory durable.
pub(super) fn sync_dir(dir: &Path) -> Result<(), VaultError> {
    Ok(File::open(dir)?.sync_all()?)
}

pub(super) fn path(dir: &Path) -> PathBuf {
    dir.join(NAME)
}

pub(super) fn next_path(dir: &Path) -> PathBuf {
    dir.join(NEXT_NAME)
}
