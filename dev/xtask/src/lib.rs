//! The project's own tools: the test command, the tidy checks, the index of rules, the fuzz runner.
//!
//! Checks work on a [`tree::Tree`] held in memory, so that each is tested against a planted violation.
#![forbid(unsafe_code)]

pub mod fuzz;
pub mod index;
pub mod lint;
pub mod needs;
pub mod source;
pub mod steps;
pub mod tidy;
pub mod tree;
