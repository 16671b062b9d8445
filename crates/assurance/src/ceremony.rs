//! What both forms of assurance share: the terms of one try, how all sides together make its identifier and salt, its
//! messages, and the machines of the depositary and of a party (docs/spec/ceremony.md, docs/spec/deposit.md).

pub mod contribution;
pub mod depositary;
pub mod ids;
pub mod message;
pub mod party;
pub mod terms;

pub use contribution::{Contribution, ContributionCommitment, ContributionError, Contributions, Try};
pub use ids::{Alias, CeremonyId, Context, OpeningId, Salt, TextDigest};
pub use message::{Author, Deposit, Message, Opening, Place, Release};
pub use terms::{Form, Instrument, Side, Signer, Terms, TermsError};
