//! Step tests: desks of three sides joined by a courier that plays rooms and beats.

mod clocks;
mod guarding;
mod locking;
mod refusals;
mod story;
mod world;
