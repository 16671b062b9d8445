//! The relay: a metronome with memory. It seals one beat of every room after the other and can read nothing.
//!
//! `machine` decides and does no I/O; `store` keeps what it decided; `engine` joins the two; `server` is the shell of
//! sockets and clocks around them. **This crate knows nothing of messages, epochs, events or people's names.**
#![forbid(unsafe_code)]

pub mod config;
pub mod engine;
pub mod hooks;

pub mod init;
pub mod limits;
pub mod machine;
pub mod model;
mod rate;

pub mod server;
pub mod store;
mod tls;

pub use server::{Options, RelayError, serve};
