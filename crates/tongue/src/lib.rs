//! The six languages that pages and reports are written in: their codes and directions, how each writes numbers, and its
//! messages in the format of Project Fluent. Whoever says something keeps a file of messages for each language in its folder
//! `languages`, and makes constants of their names as it is built ([`ids`]).
#![forbid(unsafe_code)]

#[cfg(feature = "ids")]
pub mod ids;
mod lang;
#[cfg(feature = "words")]
mod numerals;
#[cfg(feature = "words")]
mod words;

pub use lang::Lang;
#[cfg(feature = "words")]
pub use numerals::Numerals;
#[cfg(feature = "words")]
pub use words::{Id, Value, Words};
