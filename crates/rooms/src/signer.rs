//! The key that signs a station's messages in one room.

use crate::crypto::Seed;
use backchannel_wire::tagged::Tag;
use ed25519_dalek::{Signer as _, SigningKey};
use openmls_traits::signatures::{Signer, SignerError};
use openmls_traits::types::SignatureScheme;

const SIGNATURE_KEY: Tag = Tag("backchannel rooms signature key v1");

/// An Ed25519 key; erased when dropped.
pub(crate) struct LeafSigner(SigningKey);

impl LeafSigner {
    /// A fresh key from an operation's seed.
    pub(crate) fn fresh(seed: &Seed) -> Self {
        Self::from_bytes(&seed.derive(SIGNATURE_KEY))
    }

    pub(crate) fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(bytes))
    }

    pub(crate) fn secret(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    pub(crate) fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }
}

impl Signer for LeafSigner {
    fn sign(&self, payload: &[u8]) -> Result<Vec<u8>, SignerError> {
        Ok(self.0.sign(payload).to_bytes().to_vec())
    }

    fn signature_scheme(&self) -> SignatureScheme {
        SignatureScheme::ED25519
    }
}
