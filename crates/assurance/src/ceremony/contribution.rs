//! How all sides together make a try's identifier and salt: each commits to 32 random bytes, then all open
//! (docs/spec/ceremony.md, CEREMONY-8, CEREMONY-9).

use super::ids::{CeremonyId, Salt};
use crate::secret::Secret32;
use backchannel_wire::tagged::{self, Tag};
use backchannel_wire::{PartyNo, UtcMs};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use std::collections::BTreeMap;

const COMMITMENT: Tag = Tag("backchannel ceremony contribution commitment v1");
const SID: Tag = Tag("backchannel ceremony identifier v1");
const SALT: Tag = Tag("backchannel ceremony salt v1");

/// One party's 32 random bytes, kept to itself until every party has committed.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Contribution(#[n(0)] Secret32);

impl std::fmt::Debug for Contribution {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Contribution(..)")
    }
}

/// The hash that binds a party to its contribution before it sees any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct ContributionCommitment(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

/// Which try of which instrument, before it has an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Try {
    /// The instrument's digest.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub instrument: [u8; 32],
    /// The try's number, from 1.
    #[n(1)]
    pub number: u32,
    /// When the depositary destroys everything unless it was released before.
    #[n(2)]
    pub limit: UtcMs,
}

/// Why a contribution is not taken. Each ends the try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContributionError {
    /// The party takes no part.
    #[error("a contribution came from a party that takes no part (CEREMONY-8)")]
    Outsider,
    /// A party opened before everybody had committed.
    #[error("a contribution was opened before every party had committed (CEREMONY-8)")]
    Early,
    /// A party changed what it had sent.
    #[error("a party changed its contribution (CEREMONY-8)")]
    Changed,
    /// An opening does not match its commitment.
    #[error("a contribution does not match its commitment (CEREMONY-9)")]
    Mismatch,
}

impl Contribution {
    /// A fresh random contribution.
    pub fn generate(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        Self(Secret32::generate(rng))
    }

    /// Takes a contribution's bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Secret32::from_bytes(bytes))
    }

    /// The commitment of a party to this contribution in one try.
    pub fn commitment(&self, of: &Try, party: PartyNo) -> ContributionCommitment {
        let (number, limit) = (of.number.to_be_bytes(), of.limit.0.to_be_bytes());
        let parts: [&[u8]; 5] = [&of.instrument, &number, &limit, &[party.0], self.0.expose()];
        ContributionCommitment(tagged::hash(COMMITMENT, &parts))
    }
}

/// The commitments and openings of one try, as they came.
#[derive(Debug)]
pub struct Contributions {
    of: Try,
    committed: BTreeMap<PartyNo, Option<ContributionCommitment>>,
    opened: BTreeMap<PartyNo, Contribution>,
}

impl Contributions {
    /// Begins a try of these parties.
    pub fn begin(of: Try, parties: impl IntoIterator<Item = PartyNo>) -> Self {
        let committed = parties.into_iter().map(|party| (party, None)).collect();
        Self { of, committed, opened: BTreeMap::new() }
    }

    /// Takes a party's commitment, once (CEREMONY-8).
    pub fn commit(&mut self, party: PartyNo, to: ContributionCommitment) -> Result<(), ContributionError> {
        let place = self.committed.get_mut(&party).ok_or(ContributionError::Outsider)?;
        if place.is_some_and(|before| before != to) {
            return Err(ContributionError::Changed);
        }
        *place = Some(to);
        Ok(())
    }

    /// Whether every party committed, so that one may open.
    pub fn all_committed(&self) -> bool {
        self.committed.values().all(Option::is_some)
    }

    /// Takes a party's opening, after every commitment (CEREMONY-8, CEREMONY-9).
    pub fn open(&mut self, party: PartyNo, opening: Contribution) -> Result<(), ContributionError> {
        if !self.committed.contains_key(&party) {
            return Err(ContributionError::Outsider);
        }
        if !self.all_committed() {
            return Err(ContributionError::Early);
        }
        if self.committed.get(&party) != Some(&Some(opening.commitment(&self.of, party))) {
            return Err(ContributionError::Mismatch);
        }
        self.opened.insert(party, opening);
        Ok(())
    }

    /// The identifier and the salt, once every party opened (CEREMONY-9).
    pub fn result(&self) -> Option<(CeremonyId, Salt)> {
        if self.opened.len() != self.committed.len() {
            return None;
        }
        let (number, limit) = (self.of.number.to_be_bytes(), self.of.limit.0.to_be_bytes());
        let parties: Vec<[u8; 1]> = self.opened.keys().map(|party| [party.0]).collect();
        let mut parts: Vec<&[u8]> = vec![&self.of.instrument, &number, &limit];
        for (party, contribution) in parties.iter().zip(self.opened.values()) {
            parts.push(party);
            parts.push(contribution.0.expose());
        }
        Some((CeremonyId(tagged::hash(SID, &parts)), Salt::from_bytes(tagged::hash(SALT, &parts))))
    }
}
