//! Will this restraint hold? A simulation of an understanding's terms under stated assumptions, over the same rules the
//! stations run, and models with published answers. It predicts nothing.
#![forbid(unsafe_code)]

pub mod absorb;
pub mod inquiry;
pub mod model;
pub mod models;
pub mod report;
pub mod results;
pub mod run;
pub mod scenario;
pub mod statistics;
pub mod study;
pub mod world;
