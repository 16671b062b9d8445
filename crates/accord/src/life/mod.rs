//! The life of an understanding, from draft to its end: a pure function of admitted events (docs/spec/life.md).
//!
//! Two folds run side by side. What binds is decided by what the registry shows and by nothing else, so that all sides
//! find the same thing in effect; what caucus and delegation show (drafts, approvals, deposits, the depositary's word)
//! only says how far a side has come.

mod beats;
mod by_party;
pub mod calendar;
mod drafting;
mod event;
mod fold;
mod force;
mod glance;
mod incident;
mod incidents;
mod of_text;
mod refusal;
mod remind;
mod setting;
mod sides;
mod status;
mod table;
mod terms;
mod tries;

pub use beats::Beats;
pub use by_party::ByParty;
pub use event::{Act, Digest, Event, Position, Sid};
pub use fold::{Life, fold, status};
pub use force::{Notice, Word};
pub use incident::{Agreed, Answer, Established, Finding, IncidentAct, IncidentId, Intent, Outcome};
pub use incidents::{Incident, IncidentWord};
pub use of_text::Limits;
pub use refusal::Refusal;
pub use remind::{Reminder, reminders, supersede};
pub use setting::{Clock, Setting, SettingError, Text, Viewer};
pub use sides::{Side, Sides};
pub use status::{Fate, IncidentStatus, Status, TryStatus, ZoneStatus};
pub use table::{Kind, Row, State, TABLE, permits};
pub use terms::{Bound, End, Entry, Renewal, Terms, TermsError, Zone};
