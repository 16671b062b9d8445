//! Proof that whoever announced a verifier key D holds its secret (docs/spec/designated-verifier.md, DV-1).
//!
//! Without it, a verifier could announce a key that nobody holds, or somebody else's, and proofs addressed to it would
//! convince outsiders: the prover checks, for its own deniability. A [`ProvenVerifier`] can only be built by that check.

use crate::keys::{DPublic, VerifierKey};
use crate::scalar::{canonical_scalar, hash_to_scalar};
use backchannel_wire::tagged::Tag;
use curve25519_dalek::{RistrettoPoint, Scalar};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use zeroize::Zeroizing;

const CHALLENGE: Tag = Tag("backchannel verifier possession v1");

/// A Schnorr proof of knowledge of a verifier key's secret: challenge, response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Possession(#[cbor(n(0), with = "minicbor::bytes")] [u8; 64]);

/// The announcement does not prove possession of the key in this context.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the verifier key comes without proof that its announcer holds it (DV-1)")]
pub struct NotPossessed;

/// A verifier key with its proof of possession, as it travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct VerifierAnnouncement {
    /// The key.
    #[n(0)]
    pub key: DPublic,
    /// The proof that its announcer holds the secret.
    #[n(1)]
    pub possession: Possession,
}

/// A verifier key whose possession was proven: the only thing a proof can be addressed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProvenVerifier(DPublic);

impl ProvenVerifier {
    /// The key.
    pub fn key(&self) -> &DPublic {
        &self.0
    }
}

impl VerifierKey {
    /// Announces the key in a context that names channel, room and delegation, and nothing longer-lived.
    pub fn announce(&self, rng: &mut (impl RngCore + CryptoRng), context: &[u8]) -> VerifierAnnouncement {
        let key = self.public();
        let nonce = Zeroizing::new(Scalar::random(rng));
        let c = challenge(context, &key, &RistrettoPoint::mul_base(&nonce));
        let z = *nonce + c * self.scalar();
        let mut bytes = [0; 64];
        let (first, second) = bytes.split_at_mut(32);
        first.copy_from_slice(c.as_bytes());
        second.copy_from_slice(z.as_bytes());
        VerifierAnnouncement { key, possession: Possession(bytes) }
    }
}

impl VerifierAnnouncement {
    /// Checks the proof in the context in which the announcement must have been made (DV-1).
    pub fn check(&self, context: &[u8]) -> Result<ProvenVerifier, NotPossessed> {
        let (c, z) = self.possession.scalars().ok_or(NotPossessed)?;
        let nonce = RistrettoPoint::vartime_double_scalar_mul_basepoint(&-c, self.key.point(), &z);
        if challenge(context, &self.key, &nonce) == c {
            Ok(ProvenVerifier(self.key))
        } else {
            Err(NotPossessed)
        }
    }
}

impl Possession {
    /// Takes a proof's bytes; they are checked by [`VerifierAnnouncement::check`].
    pub fn from_bytes(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }

    /// The proof's bytes.
    pub fn as_bytes(&self) -> &[u8; 64] {
        &self.0
    }

    fn scalars(&self) -> Option<(Scalar, Scalar)> {
        let (c, z) = self.0.split_at(32);
        Some((canonical_scalar(c)?, canonical_scalar(z)?))
    }
}

fn challenge(context: &[u8], key: &DPublic, nonce: &RistrettoPoint) -> Scalar {
    hash_to_scalar(CHALLENGE, &[context, key.as_bytes(), nonce.compress().as_bytes()])
}
