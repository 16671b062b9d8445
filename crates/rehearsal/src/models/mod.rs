//! Models whose answers are known: each is checked against numbers that others published.

pub mod crisis;
pub mod false_alarms;
pub mod mediation;
pub mod oracle;
pub mod repeated;
pub mod triggers;
