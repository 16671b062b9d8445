//! Designated-verifier proofs: "I know log S or log D" (docs/spec/designated-verifier.md).
//!
//! Made by whoever holds s, it convinces the holder of d, who made no such proof; it convinces nobody else, since the
//! holder of d could have made it. [`simulate`] is how, and ships with the proof for that reason.

use crate::keys::{DPublic, SigningKey, VerifierKey, YPublic};
use crate::possession::ProvenVerifier;
use crate::scalar::{canonical_scalar, hash_to_scalar};
use backchannel_wire::tagged::Tag;
use curve25519_dalek::{RistrettoPoint, Scalar};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use zeroize::Zeroizing;

const CHALLENGE: Tag = Tag("backchannel designated verifier v1");

/// A proof: c0, c1, z0, z1, each 32 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct DvProof(#[cbor(n(0), with = "minicbor::bytes")] [u8; 128]);

/// Why a proof was not made, or not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DvError {
    /// A scalar of the proof is not canonical.
    #[error("the proof is not canonically encoded (DV-2)")]
    NotCanonical,
    /// The signer's key and the verifier's are one, which would make the proof a signature.
    #[error("the signer's key and the verifier's are the same (DV-3)")]
    SameKey,
    /// The equations do not hold for this signer, verifier and context.
    #[error("the proof does not hold for this signer, verifier and context (DV-4)")]
    Invalid,
}

impl DvProof {
    /// Bytes of a proof.
    pub const LEN: usize = 128;

    /// Takes a proof's bytes; [`verify`] checks them.
    pub fn from_bytes(bytes: [u8; 128]) -> Self {
        Self(bytes)
    }

    /// The proof's bytes.
    pub fn as_bytes(&self) -> &[u8; 128] {
        &self.0
    }

    fn of(c0: Scalar, c1: Scalar, z0: Scalar, z1: Scalar) -> Self {
        let mut bytes = [0; 128];
        for (place, scalar) in bytes.chunks_exact_mut(32).zip([c0, c1, z0, z1]) {
            place.copy_from_slice(scalar.as_bytes());
        }
        Self(bytes)
    }

    fn scalars(&self) -> Option<[Scalar; 4]> {
        let mut out = [Scalar::ZERO; 4];
        for (scalar, bytes) in out.iter_mut().zip(self.0.chunks_exact(32)) {
            *scalar = canonical_scalar(bytes)?;
        }
        Some(out)
    }
}

/// Proves to `verifier` alone that the holder of `signer` stands behind `ctx`.
pub fn prove(
    rng: &mut (impl RngCore + CryptoRng),
    signer: &SigningKey,
    verifier: &ProvenVerifier,
    ctx: &[u8],
) -> Result<DvProof, DvError> {
    let (s, d) = (signer.public(), verifier.key());
    refuse_same(&s, d)?;
    let (c0, z0, c1, z1) =
        one_of_two(rng, signer.scalar(), d.point(), |known, other| challenge(ctx, &s, d, known, other));
    Ok(DvProof::of(c0, c1, z0, z1))
}

/// Makes alike, with the verifier's secret, any proof the holder of `signer` could have made (DV-5).
pub fn simulate(
    rng: &mut (impl RngCore + CryptoRng),
    signer: &YPublic,
    verifier: &VerifierKey,
    ctx: &[u8],
) -> Result<DvProof, DvError> {
    let d = verifier.public();
    refuse_same(signer, &d)?;
    let (c1, z1, c0, z0) = one_of_two(rng, verifier.scalar(), signer.point(), |known, other| {
        challenge(ctx, signer, &d, other, known)
    });
    Ok(DvProof::of(c0, c1, z0, z1))
}

/// Checks a proof by `signer`, addressed to `verifier`, over `ctx` (DV-2, DV-3, DV-4).
pub fn verify(proof: &DvProof, signer: &YPublic, verifier: &DPublic, ctx: &[u8]) -> Result<(), DvError> {
    refuse_same(signer, verifier)?;
    let [c0, c1, z0, z1] = proof.scalars().ok_or(DvError::NotCanonical)?;
    let a0 = RistrettoPoint::vartime_double_scalar_mul_basepoint(&-c0, signer.point(), &z0);
    let a1 = RistrettoPoint::vartime_double_scalar_mul_basepoint(&-c1, verifier.point(), &z1);
    if c0 + c1 == challenge(ctx, signer, verifier, &a0, &a1) { Ok(()) } else { Err(DvError::Invalid) }
}

/// The two-branch proof, from the branch whose secret is known: its challenge and response, then the other branch's.
/// `challenge` takes the known branch's commitment first. Constant-time in the secret.
fn one_of_two(
    rng: &mut (impl RngCore + CryptoRng),
    secret: &Scalar,
    other: &RistrettoPoint,
    challenge: impl FnOnce(&RistrettoPoint, &RistrettoPoint) -> Scalar,
) -> (Scalar, Scalar, Scalar, Scalar) {
    let nonce = Zeroizing::new(Scalar::random(rng));
    let (c_other, z_other) = (Scalar::random(rng), Scalar::random(rng));
    let a_known = RistrettoPoint::mul_base(&nonce);
    let a_other = RistrettoPoint::mul_base(&z_other) - c_other * other;
    let c_known = challenge(&a_known, &a_other) - c_other;
    let z_known = *nonce + c_known * secret;
    (c_known, z_known, c_other, z_other)
}

fn challenge(ctx: &[u8], s: &YPublic, d: &DPublic, a0: &RistrettoPoint, a1: &RistrettoPoint) -> Scalar {
    let (a0, a1) = (a0.compress(), a1.compress());
    hash_to_scalar(CHALLENGE, &[ctx, s.as_bytes(), d.as_bytes(), a0.as_bytes(), a1.as_bytes()])
}

fn refuse_same(signer: &YPublic, verifier: &DPublic) -> Result<(), DvError> {
    if signer.as_bytes() == verifier.as_bytes() { Err(DvError::SameKey) } else { Ok(()) }
}
