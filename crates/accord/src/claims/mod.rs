//! The register of claims: who asserts what, how it is graded, and who believes it how far (docs/spec/claims.md).
//!
//! A register belongs to one room and is a fold over its entries in their order; nothing of it is true because it stands there.

mod entry;
mod export;
mod file;
mod grading;
mod register;
#[cfg(test)]
mod tests;

pub use entry::{Act, Basis, ClaimId, Claimant, Content, Entry};
pub use export::{ExportError, Exported, ExportedClaim, ExportedCredence};
pub use file::{Names, read};
pub use grading::{Credibility, Grading, Reliability};
pub use register::{Barred, Claim, Fate, Noted, Place, Register, Spot, admissible};
