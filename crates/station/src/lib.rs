//! Placeholder, being written.

pub mod limits;
pub mod store;
