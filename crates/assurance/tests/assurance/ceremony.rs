//! The two ceremonies: terms, proofs, signatures, the depositary and the parties' machines.

mod cast;
mod deposit;
mod gentle;
mod terms;

pub use cast::{Cast, cast};
