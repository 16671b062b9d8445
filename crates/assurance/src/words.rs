//! Checking first contact by people's own means: words an envoy carries, words two sides compare, a fingerprint in
//! digits (docs/spec/first-contact.md).

mod compared;
mod digest;
mod envoy;
mod fingerprint;
mod list;

pub use compared::{Commitment, CompareError, ComparedWords, Comparison, Opening};
pub use digest::digest_words;
pub use envoy::{EnvoyWords, ExternalPsk, WordsError, WordsPlace, WordsProof};
pub use fingerprint::Fingerprint;
