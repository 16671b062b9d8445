//! Plots of what a study found, as SVG: drawn by the plotters library, readable without colour, and each with a title and a
//! description in words. They hold no style of their own but attributes, so that a page may restyle them by
//! [`dark_rules`].

mod canvas;
mod causes;
mod convergence;
mod frontier;
mod marks;
mod survival;
mod tones;
mod tornado;

pub use canvas::{Width, alone};
pub use causes::causes;
pub use convergence::convergence;
pub use frontier::frontier;
pub use marks::swatch;
pub(in crate::report) use survival::{PANELS_FROM, best_and_worst};
pub use survival::{panels, survival};
pub(in crate::report) use tones::dark_rules;
pub use tornado::tornado;
pub(in crate::report) use {causes::cause_swatch, frontier::numbered, tornado::shown};

/// Variants that one plot draws: beyond that the table speaks alone.
pub(in crate::report) const DRAWN_MAX: usize = 24;
