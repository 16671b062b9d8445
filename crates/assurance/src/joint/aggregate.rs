//! Key aggregation: X = sum a_j Y_j, where each a_j depends on all keys, so that no key can be chosen to cancel others.

use super::JointError;
use crate::ceremony::{Instrument, Signer};
use crate::scalar::hash_to_scalar;
use backchannel_wire::tagged::Tag;
use curve25519_dalek::traits::IsIdentity;
use curve25519_dalek::{RistrettoPoint, Scalar};

const COEFFICIENT: Tag = Tag("backchannel joint coefficient v1");

/// The coefficients a_j and the aggregate key X of an instrument's signers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aggregate {
    coefficients: Vec<Scalar>,
    point: RistrettoPoint,
}

impl Aggregate {
    /// Computes a_j = Hs(agg; L, j, Y_j) and X (JOINT-2). The terms have refused a key that stands twice.
    pub fn of(instrument: &Instrument) -> Result<Self, JointError> {
        let signers: Vec<&Signer> = instrument.signers().map(|(_, signer)| signer).collect();
        let keys: Vec<u8> = signers.iter().flat_map(|signer| *signer.y.as_bytes()).collect();
        let coefficient = |(signer, j): (&&Signer, u16)| {
            hash_to_scalar(COEFFICIENT, &[&keys, &j.to_be_bytes(), signer.y.as_bytes()])
        };
        let coefficients: Vec<Scalar> = signers.iter().zip(0..).map(coefficient).collect();
        let point: RistrettoPoint =
            coefficients.iter().zip(&signers).map(|(a, signer)| a * signer.y.point()).sum();
        if point.is_identity() {
            return Err(JointError::KeysCancel);
        }
        Ok(Self { coefficients, point })
    }

    /// The aggregate key X in its canonical encoding.
    pub fn key(&self) -> [u8; 32] {
        self.point.compress().to_bytes()
    }

    pub(super) fn point(&self) -> &RistrettoPoint {
        &self.point
    }

    pub(super) fn coefficient(&self, signer: u16) -> Option<&Scalar> {
        self.coefficients.get(usize::from(signer))
    }
}
