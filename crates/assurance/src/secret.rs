//! Thirty-two secret bytes that erase themselves and cannot be printed.

use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A 32-byte secret: a seed, a token, a key. Erased when dropped, compared in constant time, never printed.
#[derive(Clone, Encode, Decode, Zeroize, ZeroizeOnDrop)]
#[cbor(transparent)]
pub struct Secret32(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]);

impl Secret32 {
    /// A fresh random secret.
    pub fn generate(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let mut out = Self([0; 32]);
        rng.fill_bytes(&mut out.0);
        out
    }

    /// Takes the secret's bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The secret's bytes, for the vault, the wire or a MAC.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl PartialEq for Secret32 {
    fn eq(&self, other: &Self) -> bool {
        backchannel_wire::tagged::same(&self.0, &other.0)
    }
}

impl Eq for Secret32 {}
