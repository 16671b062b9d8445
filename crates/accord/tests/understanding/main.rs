//! Tests of the text of an understanding.

mod acts;
mod bounds;
mod checks;
mod diffs;
mod files;
mod library;
mod marks;
mod properties;
mod sample;
mod vectors;
mod versions;
