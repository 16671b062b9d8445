//! The diplomacy: events, the rules of forms and disclosure, and the state that follows from them.
//!
//! This crate is pure: it does no I/O and reads no clock and no ambient randomness. State is `fold(events)`. It knows
//! nothing of rooms' keys, of cells or of the relay.
#![forbid(unsafe_code)]

mod checked;
pub mod claims;
pub mod disclosure;
pub mod draft;
pub mod event;
mod fold;
pub mod forms;
pub mod guard;
pub mod ledger;
pub mod life;
pub mod limits;
pub mod rules;
pub mod signals;
pub mod templated;
pub mod text;
pub mod time;
pub mod understanding;
pub mod words;

pub use event::{Disclosure, Event, Form, Precedence, Retention};
pub use ledger::{Admitted, Consequence, Desk, Ledger, Observation, Record};
pub use rules::{Author, Refusal, RoomKind};
pub use words::{DispatchId, Lang, Salt, Text, Texts};
