//! Variants of terms or of the courier, side by side.

use super::plan::DAY_MS;
use super::session::side_by_side;
use super::tally::Tally;
use super::{Control, Plan, Study, StudyError};
use crate::results::{Estimate, Point, Variant};
use crate::run::{Cause, Trial};
use crate::statistics::{Level, clopper_pearson, paired_proportions};

/// One variant that is to be run.
#[derive(Clone)]
pub struct Arm<'a> {
    /// Its name, such as `brake-24h`.
    pub name: String,
    /// The terms it differs in, by name and value as text.
    pub terms: Vec<(String, String)>,
    /// What is run.
    pub trial: &'a dyn Trial,
}

/// Runs variants side by side over the same random numbers; each is compared with the first. Refuses none, and
/// variants of different horizons.
pub fn variants(
    arms: &[Arm<'_>],
    plan: &Plan,
    control: &Control<'_>,
) -> Result<Study<Vec<Variant>>, StudyError> {
    let trials: Vec<_> = arms.iter().map(|arm| (labelled(&arm.name, &arm.terms), arm.trial)).collect();
    side_by_side("variants", &trials, plan, control, |tallies| {
        let rows = arms.iter().zip(tallies).enumerate();
        rows.map(|(at, (arm, tally))| variant(arm, tally, plan, at > 0)).collect()
    })
}

/// A name with its terms, for the key of a checkpoint.
pub(super) fn labelled(name: &str, terms: &[(String, String)]) -> String {
    format!("{name} {terms:?}")
}

fn variant(arm: &Arm<'_>, tally: &Tally, plan: &Plan, compared: bool) -> Variant {
    let level = plan.level();
    let share = |count: u64| clopper_pearson(count, tally.runs, level);
    let causes = Cause::ALL.iter().zip(tally.causes);
    Variant {
        name: arm.name.clone(),
        terms: arm.terms.clone(),
        runs: tally.runs,
        curve: curve(tally, plan.dates_ms(), level),
        survival_1y: share(tally.held_1y),
        survival: share(tally.held()),
        causes: causes.map(|(cause, count)| (cause.name().to_owned(), share(count))).collect(),
        question: question(tally, level),
        cost: cost(tally, level),
        against_first: compared.then(|| paired_proportions(tally.lost, tally.gained, tally.runs, level)),
        rare: None,
    }
}

/// Survival at each date, with pointwise intervals.
fn curve(tally: &Tally, dates_ms: &[u64], level: Level) -> Vec<Point> {
    let mut left = tally.runs;
    let mut survival = clopper_pearson(left, tally.runs, level);
    let mut points = Vec::with_capacity(dates_ms.len());
    for (date, ended) in dates_ms.iter().zip(&tally.ended) {
        if *ended > 0 {
            left = left.saturating_sub(*ended);
            survival = clopper_pearson(left, tally.runs, level);
        }
        points.push(Point { day: *date as f64 / DAY_MS as f64, survival });
    }
    points
}

/// The share of time in question while restraint held, over all runs together. Where it was never in question, the
/// interval goes up to what runs that were not made could still show.
fn question(tally: &Tally, level: Level) -> Estimate {
    let unknown = Estimate { value: 0.0, low: 0.0, high: 1.0 };
    let Some(found) = tally.question.ratio(level) else { return unknown };
    let [seen, held] = tally.question.means();
    let unseen = if seen == 0.0 { clopper_pearson(0, tally.runs, level).high / held } else { 0.0 };
    let high = found.high.max(unseen).clamp(0.0, 1.0);
    Estimate { value: found.value, low: found.low.max(0.0), high }
}

/// The cost of false alarms a year while restraint held, over all runs together; zero where it held no time. An
/// interval without width says that no run had any, not that none can have.
pub(super) fn cost(tally: &Tally, level: Level) -> Estimate {
    tally.cost.ratio(level).unwrap_or(Estimate { value: 0.0, low: 0.0, high: 0.0 })
}
