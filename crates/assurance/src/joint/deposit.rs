//! What parties hand in in the joint form, and what comes out for all at once (JOINT-10, JOINT-11).

use super::certificate::Certificate;
use super::{Artefact, JointError, PartySum, Session};
use crate::ceremony::{Alias, CeremonyId, Salt, Terms};
use crate::keys::YPublic;
use crate::limits::{CEREMONY_PARTIES_MAX, CEREMONY_PARTIES_MIN};
use crate::scalar::canonical_scalar;
use crate::secret::Secret32;
use backchannel_wire::tagged::{self, Tag};
use backchannel_wire::{PartyNo, canonical};
use curve25519_dalek::{RistrettoPoint, Scalar};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

const VIEW: Tag = Tag("backchannel joint view v1");

/// How one party sees all sums: every alias with its S_i. Points of a random nonce; nothing of the text is in them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct JointView {
    /// The identifier of the try.
    #[n(0)]
    pub sid: CeremonyId,
    /// Every S_i by alias.
    #[n(1)]
    pub sums: BTreeMap<Alias, YPublic>,
}

impl JointView {
    /// The view that follows from a session.
    pub fn of(terms: &Terms, session: &Session) -> Self {
        Self { sid: terms.sid, sums: session.sums().map(|(_, alias, sum)| (alias, *sum)).collect() }
    }

    /// One hash of the view, which all parties' views must share (DEPOSIT-4).
    pub fn digest(&self) -> [u8; 32] {
        tagged::hash(VIEW, &[&canonical::to_vec(self)])
    }

    /// The sum of all S_i, which the certificate is over; nothing if they cancel.
    pub fn total(&self) -> Option<YPublic> {
        YPublic::from_point(self.sums.values().map(YPublic::point).sum())
    }
}

/// What one party hands in.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct JointDeposit {
    /// Every party's S_i as this party computed them.
    #[n(0)]
    pub view: JointView,
    /// Which of them is its own.
    #[n(1)]
    pub alias: Alias,
    /// Its own s_i.
    #[n(2)]
    pub share: Secret32,
}

impl std::fmt::Debug for JointDeposit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "JointDeposit({:?})", self.alias)
    }
}

impl JointDeposit {
    /// What `party` hands in.
    pub fn of(
        terms: &Terms,
        salt: &Salt,
        session: &Session,
        party: PartyNo,
        sum: &PartySum,
    ) -> Result<Self, JointError> {
        if session.sum(party) != Some(&sum.public()) {
            return Err(JointError::Share);
        }
        let view = JointView::of(terms, session);
        Ok(Self { view, alias: terms.alias(salt, party), share: sum.expose() })
    }

    /// Checks a deposit among `parties` parties: the view is whole, and s_i G is the S_i in it (JOINT-10).
    pub fn check(&self, parties: usize) -> Result<(), JointError> {
        let count = CEREMONY_PARTIES_MIN..=CEREMONY_PARTIES_MAX;
        if self.view.sums.len() != parties || !count.contains(&parties) || self.view.total().is_none() {
            return Err(JointError::View);
        }
        let sum = self.view.sums.get(&self.alias).ok_or(JointError::View)?;
        let share = canonical_scalar(self.share.expose()).ok_or(JointError::Share)?;
        if RistrettoPoint::mul_base(&share) == *sum.point() { Ok(()) } else { Err(JointError::Share) }
    }
}

/// What the depositary releases, to all at once: every s_i by alias, and its certificate.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct JointRelease {
    /// Every s_i.
    #[n(0)]
    pub shares: BTreeMap<Alias, Secret32>,
    /// The certificate over the sum of all S_i.
    #[n(1)]
    pub certificate: Certificate,
}

impl std::fmt::Debug for JointRelease {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "JointRelease({:?})", self.certificate.released_at)
    }
}

/// A release that was checked, with the artefact it makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Released {
    /// The artefact.
    pub artefact: Artefact,
}

impl JointRelease {
    /// Checks every s_i against the S_i computed here and makes the artefact of them, certificate included (JOINT-11).
    pub fn check(&self, terms: &Terms, salt: &Salt, session: &Session) -> Result<Released, JointError> {
        let mut total = Scalar::ZERO;
        for (_, alias, sum) in session.sums() {
            let share = self.shares.get(&alias).ok_or(JointError::Release)?;
            let share = canonical_scalar(share.expose()).ok_or(JointError::Release)?;
            if RistrettoPoint::mul_base(&share) != *sum.point() {
                return Err(JointError::Release);
            }
            total += share;
        }
        if self.shares.len() != session.sums().count() {
            return Err(JointError::Release);
        }
        let artefact =
            Artefact::new(terms.clone(), salt, *session.joint_nonce(), total.to_bytes(), self.certificate);
        artefact.verify().map_err(|_| JointError::Release)?;
        Ok(Released { artefact })
    }
}
