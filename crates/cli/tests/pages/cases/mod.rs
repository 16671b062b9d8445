//! The shipped cases, played through the pages by people.

mod alarm;
mod pact;
