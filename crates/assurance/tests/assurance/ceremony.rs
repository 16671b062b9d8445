//! The two ceremonies: terms, proofs, signatures, the depositary and the parties' machines.

mod artefact;
pub mod cast;
mod deposit;
mod gentle;
mod joint;
mod party;
mod ready;
mod terms;
mod world;

pub use cast::{Cast, cast};
