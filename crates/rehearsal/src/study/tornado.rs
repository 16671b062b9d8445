//! What matters most: one term or assumption varied at a time.

use super::session::in_pairs;
use super::tally::Tally;
use super::{Control, Plan, Study, StudyError};
use crate::results::Bar;
use crate::run::Trial;
use crate::statistics::{clopper_pearson, paired_proportions};

/// One term or assumption that is to be varied alone.
#[derive(Clone)]
pub struct Swing<'a> {
    /// The term or parameter.
    pub name: String,
    /// Its lower and its upper value, as text.
    pub values: (String, String),
    /// What is run with the lower value.
    pub low: &'a dyn Trial,
    /// What is run with the upper value.
    pub high: &'a dyn Trial,
    /// Whether it is a term of the text, or else an assumption of the model.
    pub is_term: bool,
}

/// Runs both ends of every swing over the same random numbers, and compares them with each other: bars of survival to the
/// horizon, the longest first.
/// Refuses none, and trials of different horizons.
pub fn tornado(
    swings: &[Swing<'_>],
    plan: &Plan,
    control: &Control<'_>,
) -> Result<Study<Vec<Bar>>, StudyError> {
    let ends = swings
        .iter()
        .flat_map(|swing| [(&swing.values.0, swing.low, swing), (&swing.values.1, swing.high, swing)]);
    let trials: Vec<_> =
        ends.map(|(value, trial, swing)| (format!("{} = {value}", swing.name), trial)).collect();
    in_pairs("tornado", &trials, plan, control, |tallies| {
        let pairs = swings.iter().zip(tallies.chunks_exact(2));
        let mut bars: Vec<Bar> = pairs.map(|(swing, ends)| bar(swing, ends, plan)).collect();
        bars.sort_by(|one, other| length(other).total_cmp(&length(one)));
        bars
    })
}

fn bar(swing: &Swing<'_>, ends: &[Tally], plan: &Plan) -> Bar {
    let survival = |end: &Tally| clopper_pearson(end.held(), end.runs, plan.level());
    Bar {
        name: swing.name.clone(),
        values: swing.values.clone(),
        survival: (survival(&ends[0]), survival(&ends[1])),
        is_term: swing.is_term,
        difference: paired_proportions(ends[1].lost, ends[1].gained, ends[1].runs, plan.level()),
        runs: ends[1].runs,
    }
}

fn length(bar: &Bar) -> f64 {
    (bar.survival.1.value - bar.survival.0.value).abs()
}
