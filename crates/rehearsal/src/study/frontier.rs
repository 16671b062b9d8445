//! Choices of terms on the plane of survival and cost.

use super::session::side_by_side;
use super::tally::Tally;
use super::variants::{cost, labelled};
use super::{Control, Plan, Study, StudyError};
use crate::results::Choice;
use crate::run::Trial;
use crate::statistics::{Level, clopper_pearson};

/// One choice of terms that is to be looked at.
#[derive(Clone)]
pub struct Offer<'a> {
    /// The terms, by name and value as text.
    pub terms: Vec<(String, String)>,
    /// What is run.
    pub trial: &'a dyn Trial,
}

/// Runs choices of terms over the same random numbers and marks those that no other is better than: as good in both
/// survival and cost and better in one, by the estimates themselves. Refuses none, and choices of different horizons.
pub fn frontier(
    offers: &[Offer<'_>],
    plan: &Plan,
    control: &Control<'_>,
) -> Result<Study<Vec<Choice>>, StudyError> {
    let trials: Vec<_> = offers.iter().map(|offer| (labelled("", &offer.terms), offer.trial)).collect();
    side_by_side("frontier", &trials, plan, control, |tallies| {
        let rows = offers.iter().zip(tallies);
        let mut choices: Vec<Choice> =
            rows.map(|(offer, tally)| choice(offer.terms.clone(), tally, plan.level())).collect();
        mark(&mut choices);
        choices
    })
}

/// What became of one choice; not yet marked.
pub(super) fn choice(terms: Vec<(String, String)>, tally: &Tally, level: Level) -> Choice {
    let survival = clopper_pearson(tally.held(), tally.runs, level);
    Choice { terms, survival, cost: cost(tally, level), on_frontier: false, runs: tally.runs }
}

/// Marks the choices that no other is better than.
pub(super) fn mark(choices: &mut [Choice]) {
    let points: Vec<(f64, f64)> =
        choices.iter().map(|choice| (choice.survival.value, choice.cost.value)).collect();
    let better = |one: &(f64, f64), other: &(f64, f64)| one.0 >= other.0 && one.1 <= other.1 && one != other;
    for (choice, point) in choices.iter_mut().zip(&points) {
        choice.on_frontier = !points.iter().any(|other| better(other, point));
    }
}
