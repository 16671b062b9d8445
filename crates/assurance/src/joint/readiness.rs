//! Readiness: a party shows each other party, and nobody else, that it holds its whole sum (JOINT-9).

use super::{JointError, PartySum, Session};
use crate::ceremony::{Context, Terms};
use crate::dv::{self, DvError, DvProof};
use crate::keys::VerifierKey;
use crate::possession::ProvenVerifier;
use backchannel_wire::PartyNo;
use backchannel_wire::tagged::{self, Tag};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};

const READINESS: Tag = Tag("backchannel joint readiness v1");

/// One party's proof to another that it stands ready: DV(S_i, D_l; ...).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Readiness {
    /// The party l the proof is addressed to.
    #[n(0)]
    pub to: PartyNo,
    /// The proof.
    #[n(1)]
    pub proof: DvProof,
}

/// What the proof of party i to party l is bound to.
pub fn readiness_context(ctx: &Context, terms: &Terms, party: PartyNo, to: PartyNo) -> [u8; 32] {
    tagged::hash(READINESS, &[&ctx.0, &terms.sid.0, &[party.0], &[to.0]])
}

impl Readiness {
    /// Shows one other party, whose announcement of its verifier key was checked, that `party` holds its sum.
    pub fn prove(
        rng: &mut (impl RngCore + CryptoRng),
        session: &Session,
        terms: &Terms,
        party: PartyNo,
        sum: &PartySum,
        to: (PartyNo, &ProvenVerifier),
    ) -> Result<Self, JointError> {
        let (to, verifier) = to;
        let known = terms.instrument.side(to).is_some_and(|side| side.verifier == *verifier.key());
        if session.sum(party) != Some(&sum.public()) || to == party || !known {
            return Err(JointError::OtherKey);
        }
        let bound = readiness_context(session.context(), terms, party, to);
        let proof = dv::prove(rng, sum.key(), verifier, &bound)
            .map_err(|error| JointError::Readiness { party, error })?;
        Ok(Self { to, proof })
    }

    /// Checks that `party` stands ready, against the S_i that was computed here (JOINT-9).
    pub fn verify(&self, session: &Session, terms: &Terms, party: PartyNo) -> Result<(), JointError> {
        let invalid = |error| JointError::Readiness { party, error };
        let sum = session.sum(party).ok_or(JointError::Missing)?;
        let side = terms.instrument.side(self.to).filter(|_| self.to != party).ok_or(JointError::Missing)?;
        let bound = readiness_context(session.context(), terms, party, self.to);
        dv::verify(&self.proof, sum, &side.verifier, &bound).map_err(invalid)
    }
}

/// Makes, as party `to`, any proof of readiness that `party` could have addressed to it (JOINT-9).
pub fn simulate_readiness(
    rng: &mut (impl RngCore + CryptoRng),
    session: &Session,
    terms: &Terms,
    party: PartyNo,
    to: (PartyNo, &VerifierKey),
) -> Result<Readiness, JointError> {
    let (to, verifier) = to;
    let sum = session.sum(party).ok_or(JointError::Missing)?;
    let bound = readiness_context(session.context(), terms, party, to);
    let same = |error: DvError| JointError::Readiness { party, error };
    Ok(Readiness { to, proof: dv::simulate(rng, sum, verifier, &bound).map_err(same)? })
}
