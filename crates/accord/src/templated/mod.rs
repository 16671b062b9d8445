//! Templated messages: notifications, queries and answers with typed fields, and the numbered messages of a codebook
//! (docs/spec/messages.md).
//!
//! A message travels as one verbatim passage of a dispatch; each reader's station compares it with the template it holds
//! and shows it in the reader's language. What it does not hold it shows as such and never guesses.

mod codebook;
pub mod draft;
pub mod geometry;
mod gist;
mod house;
mod message;
mod place;
mod raw;
mod render;
mod set;
mod template;
#[cfg(test)]
mod tests;
mod timely;
mod units;
mod value;

pub use codebook::{Codebook, Entry};
pub use gist::{Gist, message_text};
pub use house::house;
pub use message::{Carried, LANGUAGE, Message, MessageError, Mismatch, Revises, Under};
pub use place::Place;
pub use raw::{FileError, Words};
pub use render::{Line, Rendering, render};
pub use set::{FileKind, Set, SetDigest};
pub use template::{Choice, Field, Purpose, Reply, Template, TimeRule};
pub use timely::{Beyond, Timeliness, beyond, reply_within, timeliness};
pub use units::Units;
pub use value::{Area, Type, Value, ValueError};
