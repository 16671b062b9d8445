//! Rooms joined by a hand-made relay: steps and their exact outcomes, honest and hostile.

mod alarms;
mod commits;
mod harness;
mod pulses;
mod returning;
mod transport;
