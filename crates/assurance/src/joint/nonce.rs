//! Nonce pairs that can sign once: signing consumes them, and asks for the mark that was stored before (JOINT-7).
//!
//! A second signature under one pair reveals the signer's key. So a [`NonceSecret`] has neither copy nor encoding, and
//! its only use, [`NonceSecret::spend`], takes it by value together with a [`Marked`], which only a store that holds the
//! mark gives out, once.

use super::session::{Partial, Session};
use super::{JointError, PartySum};
use crate::ceremony::{CeremonyId, Context};
use crate::keys::{SigningKey, YPublic};
use crate::limits::CEREMONY_STATE_BYTES_MAX;
use crate::scalar::hash_to_scalar;
use backchannel_wire::canonical;
use backchannel_wire::tagged::{self, Tag};
use curve25519_dalek::{RistrettoPoint, Scalar};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use std::collections::BTreeMap;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const NONCE: Tag = Tag("backchannel joint nonce v1");
const MARK: Tag = Tag("backchannel joint nonce mark v1");

/// The public halves R1 and R2 of a nonce pair; neither is the identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct NoncePublic {
    /// R1.
    #[n(0)]
    pub first: YPublic,
    /// R2.
    #[n(1)]
    pub second: YPublic,
}

/// The secret halves of a nonce pair: in memory only, gone when spent or dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct NonceSecret {
    first: Scalar,
    second: Scalar,
    #[zeroize(skip)]
    public: NoncePublic,
    #[zeroize(skip)]
    sid: CeremonyId,
    #[zeroize(skip)]
    ctx: Context,
}

/// The nonces of this ceremony are already marked, or the store does not hold the mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotMarked {
    /// This signer has signed, or was about to sign, in this ceremony.
    #[error("nonces of this signer were already used in this ceremony (JOINT-7)")]
    Used,
    /// What was read back does not hold the mark.
    #[error("what is stored does not mark the nonces as used (JOINT-7)")]
    NotStored,
}

/// The marks of a station: for each ceremony, the nonces that may have signed. Part of what is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct UsedNonces(#[n(0)] BTreeMap<CeremonyId, Mark>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
struct Mark(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]);

/// A mark that is on its way to the store.
#[derive(Debug)]
pub struct NonceMark {
    sid: CeremonyId,
    mark: Mark,
}

/// That a mark was stored before signing. Neither copied nor made in any other way.
#[derive(Debug)]
pub struct Marked(Mark);

impl UsedNonces {
    /// Marks a nonce pair as used, once for each ceremony (JOINT-7). The marks must now be stored.
    pub fn mark(&mut self, nonce: &NonceSecret) -> Result<NonceMark, NotMarked> {
        if self.0.contains_key(&nonce.sid) {
            return Err(NotMarked::Used);
        }
        let mark = mark_of(&nonce.public);
        self.0.insert(nonce.sid, mark);
        Ok(NonceMark { sid: nonce.sid, mark })
    }

    /// Whether this station may have signed in a ceremony.
    pub fn holds(&self, sid: CeremonyId) -> bool {
        self.0.contains_key(&sid)
    }

    /// Encodes the marks.
    pub fn to_bytes(&self) -> Vec<u8> {
        canonical::to_vec(self)
    }
}

impl NonceMark {
    /// Takes the marks as read back from the store (JOINT-7).
    pub fn stored(self, bytes: &[u8]) -> Result<Marked, NotMarked> {
        let bounded =
            (bytes.len() <= CEREMONY_STATE_BYTES_MAX).then_some(bytes).ok_or(NotMarked::NotStored)?;
        let read: UsedNonces = canonical::from_slice(bounded).map_err(|_| NotMarked::NotStored)?;
        if read.0.get(&self.sid) == Some(&self.mark) {
            Ok(Marked(self.mark))
        } else {
            Err(NotMarked::NotStored)
        }
    }
}

fn mark_of(public: &NoncePublic) -> Mark {
    Mark(tagged::hash(MARK, &[public.first.as_bytes(), public.second.as_bytes()]))
}

impl NonceSecret {
    /// A fresh pair for one signer and one context. The signer's key enters too, so that a weak source of randomness
    /// does not at once give the key away (as in BIP 327).
    pub fn generate(
        rng: &mut (impl RngCore + CryptoRng),
        key: &SigningKey,
        sid: CeremonyId,
        ctx: &Context,
    ) -> (Self, NoncePublic) {
        loop {
            let mut random = Zeroizing::new([0; 32]);
            rng.fill_bytes(&mut *random);
            let half =
                |n: u8| hash_to_scalar(NONCE, &[&*random, key.scalar().as_bytes(), &sid.0, &ctx.0, &[n]]);
            let (first, second) = (half(1), half(2));
            let point = |secret: &Scalar| YPublic::from_point(RistrettoPoint::mul_base(secret));
            if let (Some(r1), Some(r2)) = (point(&first), point(&second)) {
                let public = NoncePublic { first: r1, second: r2 };
                return (Self { first, second, public, sid, ctx: *ctx }, public);
            }
        }
    }

    /// The public halves.
    pub fn public(&self) -> &NoncePublic {
        &self.public
    }

    /// Signs, and ends the nonces: s_j = r_j1 + b r_j2 + c a_j x_j (JOINT-6, JOINT-7).
    pub fn spend(
        self,
        marked: Marked,
        session: &Session,
        signer: u16,
        key: &SigningKey,
    ) -> Result<Partial, JointError> {
        if marked.0 != mark_of(&self.public) {
            return Err(JointError::OtherMark);
        }
        if session.nonce(signer) != Some(&self.public) || *session.context() != self.ctx {
            return Err(JointError::OtherNonce);
        }
        if session.key(signer) != Some(&key.public()) {
            return Err(JointError::OtherKey);
        }
        let weight = session.weight(signer).ok_or(JointError::OtherKey)?;
        Ok(Partial::of(self.first + session.binding() * self.second + weight * key.scalar()))
    }
}

impl PartySum {
    /// The public half S_i.
    pub fn public(&self) -> YPublic {
        self.key().public()
    }
}
