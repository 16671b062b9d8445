//! Reads scenario files: who takes part, what each does, what each must then see (docs/spec/exercises.md).

mod acts;
mod condition;
mod drafts;
mod instant;
mod model;
mod raw;
mod rules;
#[cfg(test)]
mod tests;

pub use condition::{Condition, first};
pub use drafts::put_in;
pub use instant::{Instant, dated};
pub use model::{About, Act, ActKind, Expect, Keep, Look, Order, Role, Scenario, Station, Step};

/// What is wrong with a scenario file, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct Fault {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do, in a sentence.
    pub hint: String,
}

impl Fault {
    fn new(line: usize, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { line, message: message.into(), hint: hint.into() }
    }
}

/// Reads a scenario from its text.
pub fn read(text: &str) -> Result<Scenario, Fault> {
    rules::check(text, raw::parse(text)?)
}
