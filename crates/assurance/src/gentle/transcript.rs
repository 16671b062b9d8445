//! What one party holds after a release, and how it could have made all of it by itself.

use super::{Consent, GentleError, GentleRelease, View, consent_context};
use crate::ceremony::{Form, Salt, Terms};
use crate::dv;
use crate::keys::VerifierKey;
use backchannel_wire::PartyNo;
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use std::collections::BTreeMap;

/// The terms, the salt, and every proof addressed to one party: all that could convince it, and all it could show.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Transcript {
    /// The terms.
    #[n(0)]
    pub terms: Terms,
    /// The salt.
    #[n(1)]
    pub salt: Salt,
    /// The party the proofs are addressed to.
    #[n(2)]
    pub to: PartyNo,
    /// Each other party's proofs, by ascending signer.
    #[n(3)]
    pub consents: BTreeMap<PartyNo, Vec<Consent>>,
}

/// That a transcript convinces its recipient: how many signers of each other party consented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GentleVerified {
    /// Consenting signers by party.
    pub consented: BTreeMap<PartyNo, usize>,
}

impl Transcript {
    /// What a release shows one party.
    pub fn of(terms: &Terms, salt: &Salt, to: PartyNo, release: &GentleRelease) -> Self {
        let addressed = |consents: &Vec<Consent>| -> Vec<Consent> {
            consents.iter().filter(|consent| consent.to == to).copied().collect()
        };
        let others = release.0.iter().filter(|(party, _)| **party != to);
        let consents = others.map(|(party, consents)| (*party, addressed(consents))).collect();
        Self { terms: terms.clone(), salt: salt.clone(), to, consents }
    }

    /// Checks that a quorum of every other party consented, by proofs addressed to this party (GENTLE-7).
    pub fn verify(&self) -> Result<GentleVerified, GentleError> {
        self.terms.check_form().map_err(|_| GentleError::View)?;
        if self.terms.instrument.form != Form::Gentle {
            return Err(GentleError::OtherForm);
        }
        let others = self.terms.instrument.parties().filter(|party| *party != self.to);
        if self.terms.instrument.side(self.to).is_none() || !self.consents.keys().copied().eq(others) {
            return Err(GentleError::Parties);
        }
        let view = View::of(&self.terms, &self.terms.context(&self.salt));
        let mut consented = BTreeMap::new();
        for (party, consents) in &self.consents {
            consented.insert(*party, view.check_addressed(*party, self.to, consents)?);
        }
        Ok(GentleVerified { consented })
    }
}

/// Makes, from one party's verifier key alone, a transcript in which every signer of every other party consents to it
/// (GENTLE-8). The terms may be any: nobody else has a part in it.
pub fn simulate(
    rng: &mut (impl RngCore + CryptoRng),
    terms: &Terms,
    salt: &Salt,
    to: PartyNo,
    verifier: &VerifierKey,
) -> Result<Transcript, GentleError> {
    let own = terms.instrument.side(to).ok_or(GentleError::Parties)?;
    if own.verifier != verifier.public() {
        return Err(GentleError::OtherKey);
    }
    let ctx = terms.context(salt);
    let mut consents: BTreeMap<PartyNo, Vec<Consent>> = BTreeMap::new();
    for ((party, known), signer) in terms.instrument.signers().zip(0..).filter(|((of, _), _)| *of != to) {
        let bound = consent_context(&ctx, terms, signer, to);
        let proof = dv::simulate(rng, &known.y, verifier, &bound)
            .map_err(|error| GentleError::Proof { signer, error })?;
        consents.entry(party).or_default().push(Consent { signer, to, proof });
    }
    Ok(Transcript { terms: terms.clone(), salt: salt.clone(), to, consents })
}
