//! A whole channel on a virtual clock: the real relay engine and the real station machines, joined in memory.
//!
//! For tests only. Everything is drawn from one seed, so that a run can be played again.
#![forbid(unsafe_code)]

pub mod facts;
pub mod hostile;
pub mod lines;
pub mod seeds;
pub mod stored;
pub mod thief;
pub mod traffic;
pub mod weather;
pub mod world;
