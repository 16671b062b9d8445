//! Vectors of the ceremonies.

use super::Outcome;
use crate::vectors::file::VectorFile;
use backchannel_assurance::gentle::{GentleError, Transcript};
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
