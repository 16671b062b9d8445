//! The station as a machine: one input with `now` at a time, then drained of effects. No I/O, no clock, no ambient randomness.

pub mod assembly;
pub mod body;
pub mod envelope;
pub mod order;
pub mod outbox;
pub mod room;
pub mod spaces;
pub mod watch;
