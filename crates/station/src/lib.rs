//! A station: one person's end of a channel. The machine in `machine` decides everything; the vault keeps its state,
//! the link carries its frames, the socket takes its commands, and the shell joins them to the clock.
#![forbid(unsafe_code)]

pub mod api;
pub mod limits;
#[cfg(feature = "process")]
pub mod link;
pub mod machine;
pub mod sabotage;
#[cfg(feature = "process")]
pub mod setup;
#[cfg(feature = "process")]
mod shell;
#[cfg(feature = "process")]
pub mod socket;
pub mod store;
#[cfg(feature = "process")]
pub mod vault;
