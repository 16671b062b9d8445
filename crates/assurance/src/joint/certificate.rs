//! The depositary's certificate: a Schnorr signature that says when it released a joint assurance (docs/spec/artefact.md).

use crate::keys::{DepositaryKey, DepositaryPublic, YPublic};
use crate::scalar::{canonical_scalar, hash_to_scalar};
use backchannel_wire::UtcMs;
use backchannel_wire::tagged::Tag;
use curve25519_dalek::{RistrettoPoint, Scalar};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use zeroize::Zeroizing;

const NONCE: Tag = Tag("backchannel release certificate nonce v1");
const CHALLENGE: Tag = Tag("backchannel release certificate v1");

/// A certificate over the sum of all parties' S_i and the instant of their release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Certificate {
    /// When the depositary released.
    #[n(0)]
    pub released_at: UtcMs,
    /// The signature's nonce point and response, 32 bytes each.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

/// The certificate is not the depositary's over this sum and instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the certificate is not the depositary's over this sum and instant (ARTEFACT-6)")]
pub struct CertificateInvalid;

impl Certificate {
    /// Certifies that the parts of `sum` were released at an instant.
    pub fn sign(
        rng: &mut (impl RngCore + CryptoRng),
        key: &DepositaryKey,
        sum: &YPublic,
        released_at: UtcMs,
    ) -> Self {
        let mut random = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *random);
        let time = released_at.0.to_be_bytes();
        let nonce: Zeroizing<Scalar> = Zeroizing::new(hash_to_scalar(
            NONCE,
            &[&*random, key.scalar().as_bytes(), sum.as_bytes(), &time],
        ));
        let point = RistrettoPoint::mul_base(&nonce).compress().to_bytes();
        let response = *nonce + challenge(&key.public(), &point, sum, released_at) * key.scalar();
        let mut signature = [0; 64];
        let (first, second) = signature.split_at_mut(32);
        first.copy_from_slice(&point);
        second.copy_from_slice(response.as_bytes());
        Self { released_at, signature }
    }

    /// Checks z G = N + e K (ARTEFACT-6).
    pub fn verify(&self, key: &DepositaryPublic, sum: &YPublic) -> Result<(), CertificateInvalid> {
        let (point, response) = self.signature.split_at(32);
        let nonce = YPublic::from_bytes(point).map_err(|_| CertificateInvalid)?;
        let z = canonical_scalar(response).ok_or(CertificateInvalid)?;
        let e = challenge(key, nonce.as_bytes(), sum, self.released_at);
        let found = RistrettoPoint::vartime_double_scalar_mul_basepoint(&-e, key.point(), &z);
        if found == *nonce.point() { Ok(()) } else { Err(CertificateInvalid) }
    }
}

fn challenge(key: &DepositaryPublic, nonce: &[u8; 32], sum: &YPublic, at: UtcMs) -> Scalar {
    hash_to_scalar(CHALLENGE, &[key.as_bytes(), nonce, sum.as_bytes(), &at.0.to_be_bytes()])
}
