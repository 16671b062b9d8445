//! How one party sees a ceremony in the gentlemen's form: the context and every key, without the text.

use super::{Consent, GentleError, bound};
use crate::ceremony::{CeremonyId, Context, Terms};
use crate::dv;
use crate::keys::{DPublic, YPublic};
use crate::limits::{CEREMONY_PARTIES_MAX, CEREMONY_PARTIES_MIN, CONSENTS_MAX, SIGNERS_MAX};
use backchannel_wire::tagged::{self, Tag};
use backchannel_wire::{PartyNo, canonical};
use minicbor::{Decode, Encode};
use std::collections::BTreeSet;

const VIEW: Tag = Tag("backchannel gentle view v1");

/// One party's keys in a view.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ViewSide {
    /// The party.
    #[n(0)]
    pub party: PartyNo,
    /// How many of its signers must consent.
    #[n(1)]
    pub quorum: u8,
    /// The key that proofs to it are addressed to.
    #[n(2)]
    pub verifier: DPublic,
    /// Its signers' keys, in order.
    #[n(3)]
    pub signers: Vec<YPublic>,
}

/// The context, all signing keys and all verifier keys. The salt keeps the context meaningless to the depositary.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct View {
    /// The identifier of the try.
    #[n(0)]
    pub sid: CeremonyId,
    /// The context.
    #[n(1)]
    pub ctx: Context,
    /// The parties, in ascending order.
    #[n(2)]
    pub sides: Vec<ViewSide>,
}

impl View {
    /// The view that follows from the terms.
    pub fn of(terms: &Terms, ctx: &Context) -> Self {
        let sides = terms.instrument.sides.iter().map(|side| ViewSide {
            party: side.party,
            quorum: side.quorum,
            verifier: side.verifier,
            signers: side.signers.iter().map(|signer| signer.y).collect(),
        });
        Self { sid: terms.sid, ctx: *ctx, sides: sides.collect() }
    }

    /// One hash of the view, which all parties' views must share (DEPOSIT-4).
    pub fn digest(&self) -> [u8; 32] {
        tagged::hash(VIEW, &[&canonical::to_vec(self)])
    }

    /// Whether the view could be that of any terms (GENTLE-2).
    pub fn check_form(&self) -> Result<(), GentleError> {
        let count = CEREMONY_PARTIES_MIN..=CEREMONY_PARTIES_MAX;
        let formed = |side: &ViewSide| {
            (1..=SIGNERS_MAX).contains(&side.signers.len())
                && (1..=side.signers.len()).contains(&usize::from(side.quorum))
        };
        let ascending = self.sides.is_sorted_by(|a, b| a.party < b.party);
        let keys = self
            .sides
            .iter()
            .flat_map(|side| side.signers.iter().map(YPublic::as_bytes).chain([side.verifier.as_bytes()]));
        let (total, distinct) = (keys.clone().count(), keys.collect::<BTreeSet<_>>().len());
        let fine = count.contains(&self.sides.len())
            && ascending
            && self.sides.iter().all(formed)
            && total == distinct;
        if fine { Ok(()) } else { Err(GentleError::View) }
    }

    /// Checks all proofs of one party: complete, of a quorum, and each holding (GENTLE-3 to GENTLE-5).
    pub fn check(&self, party: PartyNo, consents: &[Consent]) -> Result<(), GentleError> {
        let others: Vec<PartyNo> =
            self.sides.iter().map(|side| side.party).filter(|to| *to != party).collect();
        let signers: BTreeSet<u16> = consents.iter().map(|consent| consent.signer).collect();
        let wanted = signers.iter().flat_map(|signer| others.iter().map(move |to| (*signer, *to)));
        let found = consents.iter().map(|consent| (consent.signer, consent.to));
        if consents.len() > CONSENTS_MAX || !found.eq(wanted) {
            return Err(GentleError::Incomplete);
        }
        self.check_quorum(party, &signers)?;
        consents.iter().try_for_each(|consent| self.check_one(party, consent))
    }

    /// Checks the proofs of one signer, as its head does: one for each other party, each holding (GENTLE-3, GENTLE-5).
    pub fn check_signer(&self, party: PartyNo, signer: u16, consents: &[Consent]) -> Result<(), GentleError> {
        let others = self.sides.iter().map(|side| side.party).filter(|to| *to != party);
        if !consents.iter().map(|consent| (consent.signer, consent.to)).eq(others.map(|to| (signer, to))) {
            return Err(GentleError::Incomplete);
        }
        consents.iter().try_for_each(|consent| self.check_one(party, consent))
    }

    /// Checks what one party addressed to another (GENTLE-3 to GENTLE-5).
    pub(super) fn check_addressed(
        &self,
        party: PartyNo,
        to: PartyNo,
        consents: &[Consent],
    ) -> Result<usize, GentleError> {
        let ascending = consents.is_sorted_by(|a, b| a.signer < b.signer);
        if consents.len() > CONSENTS_MAX || !ascending || consents.iter().any(|consent| consent.to != to) {
            return Err(GentleError::Incomplete);
        }
        let signers: BTreeSet<u16> = consents.iter().map(|consent| consent.signer).collect();
        self.check_quorum(party, &signers)?;
        consents.iter().try_for_each(|consent| self.check_one(party, consent))?;
        Ok(signers.len())
    }

    fn check_quorum(&self, party: PartyNo, signers: &BTreeSet<u16>) -> Result<(), GentleError> {
        let quorum = self.side(party)?.quorum;
        let found = signers.len();
        if found < usize::from(quorum) {
            return Err(GentleError::NoQuorum { party, found, quorum });
        }
        Ok(())
    }

    fn check_one(&self, party: PartyNo, consent: &Consent) -> Result<(), GentleError> {
        let signer = consent.signer;
        let (of, y) = self.signer(signer).ok_or(GentleError::Incomplete)?;
        if of != party || consent.to == party {
            return Err(GentleError::Incomplete);
        }
        let verifier = &self.side(consent.to)?.verifier;
        let bound = bound(&self.ctx, &self.sid.0, signer, consent.to);
        dv::verify(&consent.proof, y, verifier, &bound).map_err(|error| GentleError::Proof { signer, error })
    }

    fn side(&self, party: PartyNo) -> Result<&ViewSide, GentleError> {
        self.sides.iter().find(|side| side.party == party).ok_or(GentleError::Parties)
    }

    fn signer(&self, place: u16) -> Option<(PartyNo, &YPublic)> {
        let all = self.sides.iter().flat_map(|side| side.signers.iter().map(|y| (side.party, y)));
        all.into_iter().nth(usize::from(place))
    }
}
