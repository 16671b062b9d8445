//! The report: what a study found, as one page that needs nothing else, as plots, and as JSON.
//!
//! It predicts nothing and says so first. Every text that a file gives is data: never markup, set apart, and cut to a length.

mod curves;
mod figures;
mod json;
mod names;
mod page;
pub mod plots;
mod tongue;
mod words;

pub use json::json;
pub use page::html;
pub use tongue::{Lang, Voice};
pub use words::{letter, notice, term, value};
