//! One try once all nonces are known: b, R, c, and every partial sum that anybody can compute (JOINT-3 to JOINT-8).

use super::nonce::NoncePublic;
use super::{Aggregate, JointError};
use crate::ceremony::{Alias, Context, Form, Salt, Terms};
use crate::keys::{SigningKey, YPublic};
use crate::scalar::{canonical_scalar, hash_to_scalar};
use crate::secret::Secret32;
use backchannel_wire::PartyNo;
use backchannel_wire::tagged::Tag;
use curve25519_dalek::traits::IsIdentity;
use curve25519_dalek::{RistrettoPoint, Scalar};
use std::collections::{BTreeMap, BTreeSet};
use zeroize::ZeroizeOnDrop;

const BINDING: Tag = Tag("backchannel joint nonce coefficient v1");
const CHALLENGE: Tag = Tag("backchannel joint challenge v1");

/// One signer's partial signature s_j: for its own head of delegation alone.
#[derive(ZeroizeOnDrop)]
pub struct Partial(Scalar);

impl Partial {
    pub(super) fn of(scalar: Scalar) -> Self {
        Self(scalar)
    }

    /// Takes a partial's bytes; nothing if they are not a scalar below the order (PRIM-5).
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        canonical_scalar(bytes).map(Self)
    }

    /// The partial's bytes, to be sealed to the head of delegation.
    pub fn expose(&self) -> Secret32 {
        Secret32::from_bytes(self.0.to_bytes())
    }
}

/// A party's whole sum s_i, which makes it ready.
#[derive(Clone)]
pub struct PartySum(SigningKey);

impl PartySum {
    pub(super) fn key(&self) -> &SigningKey {
        &self.0
    }

    /// The sum's bytes, for the deposit.
    pub fn expose(&self) -> Secret32 {
        Secret32::from_bytes(*self.0.expose())
    }
}

/// All that follows from terms, salt and nonces. Two stations with the same have the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    ctx: Context,
    aggregate: Aggregate,
    owners: Vec<(PartyNo, YPublic)>,
    nonces: Vec<NoncePublic>,
    binding: Scalar,
    nonce: YPublic,
    challenge: Scalar,
    sums: BTreeMap<PartyNo, YPublic>,
    aliases: BTreeMap<PartyNo, Alias>,
}

impl Session {
    /// Computes X, b, R, c and every S_i (JOINT-1 to JOINT-5).
    pub fn new(terms: &Terms, salt: &Salt, nonces: Vec<NoncePublic>) -> Result<Self, JointError> {
        let instrument = &terms.instrument;
        if instrument.form != Form::Joint {
            return Err(JointError::OtherForm);
        }
        let owners: Vec<_> = instrument.signers().map(|(party, signer)| (party, signer.y)).collect();
        check_nonces(&nonces, owners.len())?;
        let (ctx, aggregate) = (terms.context(salt), Aggregate::of(instrument)?);
        let r1: RistrettoPoint = nonces.iter().map(|nonce| nonce.first.point()).sum();
        let r2: RistrettoPoint = nonces.iter().map(|nonce| nonce.second.point()).sum();
        let binding = binding(&aggregate, &r1, &r2, &ctx);
        let nonce = YPublic::from_point(r1 + binding * r2).ok_or(JointError::Cancelled)?;
        let challenge = challenge(&aggregate, &nonce, &ctx);
        let aliases = instrument.parties().map(|party| (party, terms.alias(salt, party))).collect();
        let mut session = Self {
            ctx,
            aggregate,
            owners,
            nonces,
            binding,
            nonce,
            challenge,
            sums: BTreeMap::new(),
            aliases,
        };
        session.sums = instrument.parties().map(|party| session.sum_of(party)).collect::<Result<_, _>>()?;
        Ok(session)
    }

    fn sum_of(&self, party: PartyNo) -> Result<(PartyNo, YPublic), JointError> {
        let sum = self.places(party).filter_map(|place| self.partial_point(place)).sum();
        Ok((party, YPublic::from_point(sum).ok_or(JointError::Cancelled)?))
    }

    /// S_j = R_j1 + b R_j2 + c a_j Y_j.
    fn partial_point(&self, signer: u16) -> Option<RistrettoPoint> {
        let (nonce, y) = (self.nonce(signer)?, self.key(signer)?);
        let weight = self.weight(signer)?;
        Some(nonce.first.point() + self.binding * nonce.second.point() + weight * y.point())
    }

    /// The places of a party's signers in the fixed order.
    pub fn places(&self, party: PartyNo) -> impl Iterator<Item = u16> {
        self.owners.iter().zip(0..).filter(move |((of, _), _)| *of == party).map(|(_, place)| place)
    }

    /// Checks a partial against its nonces and key: s_j G = S_j (JOINT-8).
    pub fn check_partial(&self, signer: u16, partial: &Partial) -> Result<(), JointError> {
        let expected = self.partial_point(signer).ok_or(JointError::Partial(signer))?;
        let holds = RistrettoPoint::mul_base(&partial.0) == expected;
        if holds { Ok(()) } else { Err(JointError::Partial(signer)) }
    }

    /// Adds up a party's partials, each checked (JOINT-8).
    pub fn party_sum(
        &self,
        party: PartyNo,
        partials: &BTreeMap<u16, Partial>,
    ) -> Result<PartySum, JointError> {
        if !self.places(party).eq(partials.keys().copied()) || partials.is_empty() {
            return Err(JointError::Missing);
        }
        partials.iter().try_for_each(|(place, partial)| self.check_partial(*place, partial))?;
        let sum = partials.values().map(|partial| partial.0).sum();
        SigningKey::from_scalar(sum).map(PartySum).ok_or(JointError::Cancelled)
    }

    /// A party's S_i, computed from nonces, keys and context; nobody's word is taken for it.
    pub fn sum(&self, party: PartyNo) -> Option<&YPublic> {
        self.sums.get(&party)
    }

    /// Every party with its alias and S_i.
    pub fn sums(&self) -> impl Iterator<Item = (PartyNo, Alias, &YPublic)> {
        self.sums.iter().zip(self.aliases.values()).map(|((party, sum), alias)| (*party, *alias, sum))
    }

    /// The context.
    pub fn context(&self) -> &Context {
        &self.ctx
    }

    /// The joint nonce R.
    pub fn joint_nonce(&self) -> &YPublic {
        &self.nonce
    }

    pub(super) fn nonce(&self, signer: u16) -> Option<&NoncePublic> {
        self.nonces.get(usize::from(signer))
    }

    pub(super) fn key(&self, signer: u16) -> Option<&YPublic> {
        self.owners.get(usize::from(signer)).map(|(_, y)| y)
    }

    pub(super) fn binding(&self) -> &Scalar {
        &self.binding
    }

    /// c a_j.
    pub(super) fn weight(&self, signer: u16) -> Option<Scalar> {
        self.aggregate.coefficient(signer).map(|a| self.challenge * a)
    }
}

/// One nonce pair for each signer, and no point twice: a repeated one was copied, or is used again (JOINT-4).
fn check_nonces(nonces: &[NoncePublic], signers: usize) -> Result<(), JointError> {
    if nonces.len() != signers {
        return Err(JointError::NonceCount);
    }
    let distinct: BTreeSet<_> = nonces.iter().flat_map(|nonce| [nonce.first, nonce.second]).collect();
    if distinct.len() == 2 * signers { Ok(()) } else { Err(JointError::NonceRepeated) }
}

fn binding(aggregate: &Aggregate, r1: &RistrettoPoint, r2: &RistrettoPoint, ctx: &Context) -> Scalar {
    let (r1, r2) = (r1.compress(), r2.compress());
    hash_to_scalar(BINDING, &[&aggregate.key(), r1.as_bytes(), r2.as_bytes(), &ctx.0])
}

/// c = Hs(sig; X, R, ctx) (JOINT-3).
fn challenge(aggregate: &Aggregate, nonce: &YPublic, ctx: &Context) -> Scalar {
    hash_to_scalar(CHALLENGE, &[&aggregate.key(), nonce.as_bytes(), &ctx.0])
}

/// Checks s G = R + c X.
pub(super) fn signature_holds(aggregate: &Aggregate, nonce: &YPublic, s: &Scalar, ctx: &Context) -> bool {
    let c = challenge(aggregate, nonce, ctx);
    let left = RistrettoPoint::vartime_double_scalar_mul_basepoint(&-c, aggregate.point(), s);
    (left - nonce.point()).is_identity()
}
