//! A station: one person's end of a channel. The machine in `machine` decides everything; the vault keeps its state,
//! the link carries its frames, the socket takes its commands, and the shell joins them to the clock.
#![forbid(unsafe_code)]

pub mod api;
pub mod limits;
pub mod link;
pub mod machine;
pub mod sabotage;
pub mod setup;
mod shell;
pub mod socket;
pub mod store;
pub mod vault;
