//! The passphrase and how it is stretched.

use super::VaultError;
use crate::limits::{
    PASSPHRASE_BYTES_MAX, STRETCH_MEMORY_KIB, STRETCH_MEMORY_KIB_MAX, STRETCH_PASSES, STRETCH_PASSES_MAX,
};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::io::Read;
use std::path::Path;
use zeroize::Zeroizing;

/// What opens a vault. Wiped when dropped; never shown.
#[derive(Clone)]
pub struct Passphrase(pub(super) Zeroizing<Vec<u8>>);

impl Passphrase {
    /// A passphrase from its bytes: not empty, not above the limit.
    pub fn new(bytes: impl Into<Zeroizing<Vec<u8>>>) -> Result<Self, VaultError> {
        let bytes = bytes.into();
        match bytes.len() {
            0 => Err(VaultError::BadPassphrase("is empty")),
            n if n > PASSPHRASE_BYTES_MAX => Err(VaultError::BadPassphrase("is too long")),
            _ => Ok(Self(bytes)),
        }
    }

    /// The first line of a file, without its line end.
    pub fn from_file(path: &Path) -> Result<Self, VaultError> {
        // Room for a passphrase, its line end and one byte more, so that the buffer never moves and leaves a copy.
        let mut bytes = Zeroizing::new(Vec::with_capacity(PASSPHRASE_BYTES_MAX + 8));
        std::fs::File::open(path)?.take(PASSPHRASE_BYTES_MAX as u64 + 3).read_to_end(&mut bytes)?;
        let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        Self::new(line.strip_suffix(b"\r").unwrap_or(line).to_vec())
    }
}

/// What a guess of the passphrase costs: Argon2id's parameters (VAULT-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
}

impl Default for Stretch {
    fn default() -> Self {
        Self { memory_kib: STRETCH_MEMORY_KIB, passes: STRETCH_PASSES }
    }
}

impl Stretch {
    /// Whether the parameters lie within the limits; those in a file are checked before any memory is taken.
    pub(super) fn within_limits(self) -> bool {
        self.memory_kib <= STRETCH_MEMORY_KIB_MAX
            && self.passes <= STRETCH_PASSES_MAX
            && Params::new(self.memory_kib, self.passes, 1, Some(32)).is_ok()
    }

    /// The 32 bytes a passphrase comes to under a salt.
    pub(super) fn apply(
        self,
        passphrase: &Passphrase,
        salt: &[u8; 16],
    ) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        if !self.within_limits() {
            return Err(VaultError::Damaged("the stretching parameters are outside the limits"));
        }
        let limit = |_| VaultError::Limit("the stretching parameters are not usable");
        let params = Params::new(self.memory_kib, self.passes, 1, Some(32)).map_err(limit)?;
        let mut memory = Zeroizing::new(vec![Block::default(); params.block_count()]);
        let mut out = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(&passphrase.0, salt, out.as_mut(), memory.as_mut_slice())
            .map_err(limit)?;
        Ok(out)
    }
}
