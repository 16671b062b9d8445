//! The joint form: one signature over all sides' delegates, whose parts are held back until all can be released at once
//! (docs/spec/joint.md, docs/spec/artefact.md).
//!
//! It is MuSig2 (Nick, Ruffing, Seurin, CRYPTO 2021; BIP 327) over ristretto255 in which parties do not publish their
//! partial sums: they prove to each other, deniably, that they hold them, and deposit them.

mod aggregate;
mod artefact;
mod certificate;
mod deposit;
mod nonce;
mod readiness;
mod session;

pub use aggregate::Aggregate;
pub use artefact::{Artefact, ArtefactError, ArtefactSigner, Verified};
pub use certificate::{Certificate, CertificateInvalid};
pub use deposit::{JointDeposit, JointRelease, JointView, Released};
pub use nonce::{Marked, NonceMark, NoncePublic, NonceSecret, NotMarked, UsedNonces};
pub use readiness::{Readiness, readiness_context, simulate_readiness};
pub use session::{Partial, PartySum, Session};

use crate::dv::DvError;
use backchannel_wire::PartyNo;

/// Why a step of the joint form was not taken, or something received not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JointError {
    /// The terms are of the other form.
    #[error("the terms are not of the joint form (JOINT-1)")]
    OtherForm,
    /// The keys add up to nothing.
    #[error("the signers' keys add up to the identity (JOINT-2)")]
    KeysCancel,
    /// There is not one nonce pair for each signer.
    #[error("there is not one nonce pair for each signer (JOINT-4)")]
    NonceCount,
    /// A nonce stands twice among all signers' nonces.
    #[error("a nonce is used twice (JOINT-4)")]
    NonceRepeated,
    /// The nonces, or a partial sum, add up to nothing.
    #[error("the nonces or a party's sum add up to the identity (JOINT-5)")]
    Cancelled,
    /// The signer's own nonces do not stand in its place, or belong to another context.
    #[error("the signer's own nonces do not stand in its place, in this context (JOINT-6)")]
    OtherNonce,
    /// The signer's key is not the one in its place.
    #[error("the signer's key is not the one the terms name (JOINT-6)")]
    OtherKey,
    /// The mark is of other nonces.
    #[error("the nonces were not marked as used before signing (JOINT-7)")]
    OtherMark,
    /// A partial signature does not match its nonces and key.
    #[error("the partial of signer {0} does not match its nonces and key (JOINT-8)")]
    Partial(u16),
    /// The party, or one of its partials, is missing.
    #[error("there is not one partial for each signer of the party (JOINT-8)")]
    Missing,
    /// A proof of readiness does not hold.
    #[error("party {party} does not show that it stands ready: {error} (JOINT-9)", party = .party.0)]
    Readiness {
        /// The party.
        party: PartyNo,
        /// What is wrong with the proof.
        error: DvError,
    },
    /// The scalar handed in is not the discrete logarithm of the point.
    #[error("the sum handed in does not match its point (JOINT-10)")]
    Share,
    /// The view is not well-formed, or does not hold what is handed in with it.
    #[error("the view of all sums is not well-formed, or lacks the one handed in (JOINT-10)")]
    View,
    /// A release does not hold every party's sum and no other.
    #[error("the release does not hold the sums that all parties computed (JOINT-11)")]
    Release,
}
