//! Authenticated encryption as the vault uses it: XChaCha20-Poly1305 with a random nonce in front.

use super::VaultError;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand_core::{OsRng, RngCore};
use zeroize::Zeroizing;

/// A key of the vault. Wiped when dropped.
pub(super) type Secret = Zeroizing<[u8; 32]>;

/// Bytes of a nonce.
pub(super) const NONCE_BYTES: usize = 24;

/// Fresh random bytes from the operating system: the vault is a shell and never part of a replayed simulation.
pub(super) fn random<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    OsRng.try_fill_bytes(&mut bytes).map_err(|error| VaultError::Io(error.into()))?;
    Ok(bytes)
}

/// A fresh random key.
pub(super) fn random_secret() -> Result<Secret, VaultError> {
    random().map(Zeroizing::new)
}

/// Encrypts: nonce, ciphertext, tag.
pub(super) fn seal(key: &Secret, associated: &[u8], plain: &[u8]) -> Result<Vec<u8>, VaultError> {
    let nonce: [u8; NONCE_BYTES] = random()?;
    let sealed = XChaCha20Poly1305::new(key.as_ref().into())
        .encrypt(XNonce::from_slice(&nonce), Payload { msg: plain, aad: associated })
        .map_err(|_| VaultError::Limit("the record is too long to encrypt"))?;
    Ok([&nonce[..], &sealed].concat())
}

/// Decrypts what [`seal`] made under the same key and associated data; nothing if it is anything else.
pub(super) fn open(key: &Secret, associated: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, body) = sealed.split_at_checked(NONCE_BYTES)?;
    XChaCha20Poly1305::new(key.as_ref().into())
        .decrypt(XNonce::from_slice(nonce), Payload { msg: body, aad: associated })
        .ok()
        .map(Zeroizing::new)
}
