//! Approvals of a roster version: designated-verifier proofs by a quorum of the version before it.

use super::{RosterError, Version, check_next};
use crate::dv::{self, DvError, DvProof};
use crate::keys::{DPublic, SigningKey};
use crate::limits::APPROVALS_MAX;
use crate::possession::ProvenVerifier;
use backchannel_wire::tagged::{self, Tag};
use backchannel_wire::{MemberId, UtcMs};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use std::collections::BTreeSet;

const APPROVAL: Tag = Tag("backchannel roster approval v1");

/// One member's approval of the next version, shown to one verifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Approval {
    /// The head or principal of the previous version who approves.
    #[n(0)]
    pub approver: MemberId,
    /// Whom the proof is addressed to.
    #[n(1)]
    pub verifier: DPublic,
    /// The proof, by the approver's signing key.
    #[n(2)]
    pub proof: DvProof,
}

/// Why an approval was not made, or a version not taken on its approvals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApprovalError {
    /// The version may not follow the one before it.
    #[error(transparent)]
    Version(#[from] RosterError),
    /// The list is longer than any roster can need.
    #[error("a version carries at most {APPROVALS_MAX} approvals, not {0} (ROSTER-12)")]
    TooMany(usize),
    /// An approver is not a head or principal of the previous version, or not valid at that time.
    #[error("an approver is no valid head or principal of the version before (ROSTER-13)")]
    NotEntitled,
    /// A proof does not hold.
    #[error("an approval does not hold: {0} (ROSTER-14)")]
    Proof(#[from] DvError),
    /// Too few approved.
    #[error("{found} approved, but the version before asks for {quorum} (ROSTER-15)")]
    NoQuorum {
        /// Distinct approvers whose proofs were addressed to this verifier.
        found: usize,
        /// The previous version's quorum.
        quorum: u8,
    },
}

/// What an approval's proof is bound to: both versions and the approver.
pub fn approval_context(previous: &Version, next: &Version, approver: MemberId) -> [u8; 32] {
    let (before, after) = (previous.head(), next.head());
    let parts: [&[u8]; 6] = [
        &next.channel.0,
        &[next.party.0],
        &next.number.to_be_bytes(),
        before.as_bytes(),
        after.as_bytes(),
        &approver.0,
    ];
    tagged::hash(APPROVAL, &parts)
}

/// Approves `next` as a member of `previous`, showing it to one verifier.
pub fn approve(
    rng: &mut (impl RngCore + CryptoRng),
    signer: &SigningKey,
    approver: MemberId,
    previous: &Version,
    next: &Version,
    verifier: &ProvenVerifier,
) -> Result<Approval, ApprovalError> {
    check_next(previous, next)?;
    let entitled = previous.member(approver).filter(|member| member.approves());
    if entitled.is_none_or(|member| member.y != signer.public()) {
        return Err(ApprovalError::NotEntitled);
    }
    let proof = dv::prove(rng, signer, verifier, &approval_context(previous, next, approver))?;
    Ok(Approval { approver, verifier: *verifier.key(), proof })
}

/// Takes `next` after `previous` if a quorum approved it to this verifier (ROSTER-10 to ROSTER-15). `at` is the instant
/// of the beat in which it was shown, so that all stations decide alike.
pub fn verify_approvals(
    previous: &Version,
    next: &Version,
    approvals: &[Approval],
    verifier: &DPublic,
    at: UtcMs,
) -> Result<(), ApprovalError> {
    check_next(previous, next)?;
    if approvals.len() > APPROVALS_MAX {
        return Err(ApprovalError::TooMany(approvals.len()));
    }
    let mut approved = BTreeSet::new();
    for approval in approvals.iter().filter(|approval| approval.verifier == *verifier) {
        let member = previous
            .member(approval.approver)
            .filter(|member| member.approves() && member.is_valid(at))
            .ok_or(ApprovalError::NotEntitled)?;
        let ctx = approval_context(previous, next, approval.approver);
        dv::verify(&approval.proof, &member.y, verifier, &ctx)?;
        approved.insert(approval.approver);
    }
    if approved.len() < usize::from(previous.quorum) {
        return Err(ApprovalError::NoQuorum { found: approved.len(), quorum: previous.quorum });
    }
    Ok(())
}
