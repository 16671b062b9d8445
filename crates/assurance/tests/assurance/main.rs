//! Tests of the assurance crate through its public interface, with hostile inputs and the vector files.

mod common;

mod ceremony;
mod dv;
mod invitation;
mod keys;
mod primitives;
mod roster;
mod sealed;
mod vectors;
mod vouch;
mod words;
