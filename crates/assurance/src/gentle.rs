//! The gentlemen's form: assurances that convince the other sides and, for ever, nobody else (docs/spec/gentle.md).
//!
//! Each consenting signer makes one designated-verifier proof for each other party. A transcript of what one party was
//! shown could have been made by that party alone: [`simulate`] is how.

mod transcript;
mod view;

pub use transcript::{GentleVerified, Transcript, simulate};
pub use view::{View, ViewSide};

use crate::ceremony::{Context, Form, Terms};
use crate::dv::{self, DvError, DvProof};
use crate::keys::SigningKey;
use crate::limits::CONSENTS_MAX;
use crate::possession::ProvenVerifier;
use backchannel_wire::PartyNo;
use backchannel_wire::tagged::{self, Tag};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use std::collections::BTreeMap;

const CONSENT: Tag = Tag("backchannel gentle consent v1");

/// One signer's consent, shown to one other party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Consent {
    /// The signer's place j in the fixed order of all signers.
    #[n(0)]
    pub signer: u16,
    /// The party l the proof is addressed to.
    #[n(1)]
    pub to: PartyNo,
    /// DV(Y_j, D_l; ...).
    #[n(2)]
    pub proof: DvProof,
}

/// What one party hands in: every proof of its consenting signers, and how it sees all keys.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct GentleDeposit {
    /// The context, all signing keys and all verifier keys, as this party sees them.
    #[n(0)]
    pub view: View,
    /// The proofs, by ascending signer and party.
    #[n(1)]
    pub consents: Vec<Consent>,
}

/// What the depositary releases, to all at once.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct GentleRelease(#[n(0)] pub BTreeMap<PartyNo, Vec<Consent>>);

/// Why a consent was not made, or a deposit, release or transcript not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GentleError {
    /// The terms are of the other form.
    #[error("the terms are not of the gentlemen's form (GENTLE-1)")]
    OtherForm,
    /// The signer's key does not stand at the place it claims, or the verifier's key is not the other party's.
    #[error("the signer or the verifier is not the one the terms name (GENTLE-1)")]
    OtherKey,
    /// Proofs are missing, superfluous, out of order, or from somebody who does not sign for that party.
    #[error("the proofs are not one for each consenting signer and other party, in order (GENTLE-3)")]
    Incomplete,
    /// Too few signers consented.
    #[error("{found} signers of party {party} consented, but its quorum is {quorum} (GENTLE-4)", party = .party.0)]
    NoQuorum {
        /// The party.
        party: PartyNo,
        /// Its consenting signers.
        found: usize,
        /// Its quorum.
        quorum: u8,
    },
    /// A proof does not hold.
    #[error("the consent of signer {signer} does not hold: {error} (GENTLE-5)")]
    Proof {
        /// The signer's place.
        signer: u16,
        /// What is wrong with the proof.
        error: DvError,
    },
    /// The view is not well-formed.
    #[error("the view of the keys is not well-formed (GENTLE-2)")]
    View,
    /// A release holds other parties than the terms.
    #[error("the release does not hold every party's deposit and no other (GENTLE-6)")]
    Parties,
}

/// What the proof of signer j to party l is bound to.
pub fn consent_context(ctx: &Context, terms: &Terms, signer: u16, to: PartyNo) -> [u8; 32] {
    bound(ctx, &terms.sid.0, signer, to)
}

fn bound(ctx: &Context, sid: &[u8; 32], signer: u16, to: PartyNo) -> [u8; 32] {
    tagged::hash(CONSENT, &[&ctx.0, sid, &signer.to_be_bytes(), &[to.0]])
}

/// Consents as signer `signer` towards one other party, whose announcement of its verifier key was checked (GENTLE-1,
/// DV-1).
pub fn consent(
    rng: &mut (impl RngCore + CryptoRng),
    terms: &Terms,
    ctx: &Context,
    signer: u16,
    key: &SigningKey,
    to: (PartyNo, &ProvenVerifier),
) -> Result<Consent, GentleError> {
    if terms.instrument.form != Form::Gentle {
        return Err(GentleError::OtherForm);
    }
    let (party, verifier) = to;
    let own = terms.instrument.signers().nth(usize::from(signer));
    let other = terms.instrument.side(party).filter(|side| side.verifier == *verifier.key());
    match (own, other) {
        (Some((of, known)), Some(_)) if known.y == key.public() && of != party => (),
        _ => return Err(GentleError::OtherKey),
    }
    let bound = consent_context(ctx, terms, signer, party);
    let proof =
        dv::prove(rng, key, verifier, &bound).map_err(|error| GentleError::Proof { signer, error })?;
    Ok(Consent { signer, to: party, proof })
}

impl GentleDeposit {
    /// Checks a party's deposit as the depositary does, who knows no text (GENTLE-2 to GENTLE-5).
    pub fn check(&self, party: PartyNo) -> Result<(), GentleError> {
        self.view.check_form()?;
        self.view.check(party, &self.consents)
    }
}

impl GentleRelease {
    /// Checks the deposits of all parties under one's own view (GENTLE-3 to GENTLE-6).
    pub fn check(&self, view: &View) -> Result<(), GentleError> {
        if !self.0.keys().eq(view.sides.iter().map(|side| &side.party)) {
            return Err(GentleError::Parties);
        }
        self.0.iter().try_for_each(|(party, consents)| view.check(*party, consents))
    }

    /// How many proofs the release holds.
    pub fn consents(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    /// Whether no party hands in more proofs than the largest ceremony has.
    pub(crate) fn is_bounded(&self) -> bool {
        self.0.values().all(|consents| consents.len() <= CONSENTS_MAX)
    }
}
