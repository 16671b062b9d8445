//! The text of an understanding: its parts, its file, its clauses, what is wrong with it, its versions
//! (docs/spec/understanding.md).
//!
//! An understanding holds terms (who, towards whom, which act, where, when) and clauses in every language. Terms are said
//! once: a clause has slots, and what a person reads is filled from the terms, so that the two cannot differ.

pub mod acts;
mod bounds;
pub mod check;
mod code;
mod data;
pub mod diff;
pub mod file;
mod fitting;
pub mod library;
pub mod marks;
mod model;
mod phrases;
mod render;
mod summary;
mod timing;
mod version;
mod view;
mod zones;

pub use bounds::{UNDERSTANDING_VERSION, UnderstandingError};
pub use check::{Finding, Part, Severity, Spot, check};
pub use code::Code;
pub use data::{Data, DataError, data};
pub use diff::{Diff, diff};
pub use file::{parse, to_toml};
pub use fitting::fitting;
pub use library::{Pick, compose};
pub use model::{
    About, Clause, Confidence, Form, Party, Permitted, Place, Scope, Secrecy, Term, Topic, Understanding,
    Undertaking, Voice, Zone,
};
pub use render::{Piece, PieceKind};
pub use summary::Summary;
pub use timing::{Bound, End, Moment, Period, Renewal, SpanMs, Terms, Timing, Urgent, ZoneEntry};
pub use version::{Digest, FreezeError, Frozen};
pub use view::{ClauseView, VersionView};
pub use zones::{Map, Meet};
