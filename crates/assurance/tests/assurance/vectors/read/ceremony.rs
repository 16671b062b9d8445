//! Vectors of the ceremonies.

use super::Outcome;
use crate::vectors::file::VectorFile;
use backchannel_assurance::ceremony::{Salt, Terms};
use backchannel_assurance::gentle::{GentleError, Transcript};
use backchannel_assurance::joint::{
    Aggregate, Artefact, ArtefactError, JointError, JointRelease, NoncePublic, Session,
};
use backchannel_wire::canonical;

pub fn read_gentle(vector: &VectorFile) -> Outcome {
    let transcript: Transcript = canonical::from_slice(&vector.body).map_err(|_| "malformed")?;
    transcript.verify().map(drop).map_err(|error| match error {
        GentleError::OtherForm => "other-form",
        GentleError::OtherKey => "other-key",
        GentleError::Incomplete => "incomplete",
        GentleError::NoQuorum { .. } => "no-quorum",
        GentleError::Proof { .. } => "proof",
        GentleError::View => "terms",
        GentleError::Parties => "parties",
    })
}

pub fn read_joint(vector: &VectorFile) -> Outcome {
    let terms = Terms::from_bytes(&vector.hex("terms")).map_err(|_| "terms")?;
    let salt = Salt::from_bytes(super::array(&vector.hex("salt"))?);
    let nonces: Vec<NoncePublic> = canonical::from_slice(&vector.hex("nonces")).map_err(|_| "malformed")?;
    let session = Session::new(&terms, &salt, nonces).map_err(of_joint)?;
    let sums: Vec<u8> = session.sums().flat_map(|(_, _, sum)| *sum.as_bytes()).collect();
    let key = Aggregate::of(&terms.instrument).map_err(of_joint)?.key();
    let values = [
        ("ctx", session.context().as_bytes().to_vec()),
        ("aggregate-key", key.to_vec()),
        ("joint-nonce", session.joint_nonce().as_bytes().to_vec()),
        ("sums", sums),
    ];
    if values.into_iter().any(|(name, value)| vector.hex(name) != value) {
        return Err("values");
    }
    let release: JointRelease = canonical::from_slice(&vector.body).map_err(|_| "malformed")?;
    release.check(&terms, &salt, &session).map(drop).map_err(of_joint)
}

fn of_joint(error: JointError) -> &'static str {
    match error {
        JointError::OtherForm => "other-form",
        JointError::NonceCount => "nonce-count",
        JointError::NonceRepeated => "nonce-repeated",
        JointError::Cancelled | JointError::KeysCancel => "cancelled",
        JointError::Release => "release",
        _ => "other",
    }
}

pub fn read_artefact(vector: &VectorFile) -> Outcome {
    let read = if vector.find("encoding").is_some() {
        Artefact::from_bytes(&vector.body)
    } else {
        Artefact::from_text(std::str::from_utf8(&vector.body).map_err(|_| "damaged")?)
    };
    read.and_then(|artefact| artefact.verify()).map(drop).map_err(|error| match error {
        ArtefactError::NotAnArtefact => "not-an-artefact",
        ArtefactError::Damaged => "damaged",
        ArtefactError::Malformed => "malformed",
        ArtefactError::Version(_) => "version",
        ArtefactError::Terms(_) => "terms",
        ArtefactError::OtherForm => "other-form",
        ArtefactError::NotCanonical => "not-canonical",
        ArtefactError::Signature => "signature",
        ArtefactError::Certificate => "certificate",
        ArtefactError::Late => "late",
    })
}
