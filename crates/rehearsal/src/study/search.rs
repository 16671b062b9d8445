//! The sturdiest terms under stated limits.

use super::checkpoint::Key;
use super::control::Control;
use super::frontier::{choice, mark};
use super::halving::{Contest, contest, contest_runs, is_within};
use super::plan::fresh_seed;
use super::session::{Session, doubling, planned};
use super::stage::{Compared, Setup, Stage};
use super::tally::Tally;
use super::{Plan, Study, StudyError};
use crate::results::{Choice, Estimate};
use crate::run::Trial;
use std::collections::BTreeMap;

/// Combinations up to which all are looked at; beyond, one term is varied at a time.
const GRID_MAX: u64 = 512;
/// How often every term is gone through where one is varied at a time.
const SWEEPS_MAX: u64 = 4;
/// Most values of one term.
const VALUES_MAX: usize = 512;
/// The number of the contest that gives the winner its fresh random numbers: no contest has it.
const FRESH: u64 = u64::MAX;

/// A term that may be chosen, and between which limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The term.
    pub name: String,
    /// Its values, ascending, each with its text.
    pub values: Vec<(f64, String)>,
}

impl Axis {
    /// `count` values evenly spread from `min` to `max`, both included. Refuses none, more than 512, and limits that
    /// are no numbers or in the wrong order.
    pub fn between(name: impl Into<String>, min: f64, max: f64, count: usize) -> Result<Self, StudyError> {
        let name = name.into();
        let span = max - min;
        if !(0.0..f64::INFINITY).contains(&span) || !(1..=VALUES_MAX).contains(&count) {
            return Err(StudyError::Axis { name });
        }
        let step = if count > 1 { span / (count - 1) as f64 } else { 0.0 };
        let value = |at: usize| if at + 1 == count && count > 1 { max } else { min + step * at as f64 };
        Ok(Self { name, values: (0..count).map(value).map(|value| (value, value.to_string())).collect() })
    }
}

/// Within which limits a search looks, and how long.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// The terms that may be chosen.
    pub axes: Vec<Axis>,
    /// The most that false alarms may cost a year, if that is limited.
    pub cost_max: Option<f64>,
    /// Runs to spend on choosing, over all combinations; each that is looked at gets at least 128.
    pub budget_runs: u64,
}

/// Makes a trial of terms in the order of the axes, or says why they are impossible together.
pub type Make<'a> = dyn Fn(&[f64]) -> Result<Box<dyn Trial + 'a>, String> + 'a;

/// What a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The best, estimated from random numbers that had no part in choosing it; none if it was stopped before, or if
    /// nothing keeps within the cost.
    pub best: Option<Choice>,
    /// The values of the best, in the order of the axes.
    pub values: Vec<f64>,
    /// Survival of the best by the numbers it was chosen by: too high on average, for luck had a part in it.
    pub chosen_by: Option<Estimate>,
    /// Whether the best keeps within the cost by the fresh numbers too.
    pub keeps_cost: bool,
    /// All combinations that were looked at, by the numbers they were chosen by.
    pub looked_at: Vec<Choice>,
    /// Combinations that are impossible, and why: those that were come upon.
    pub impossible: Vec<(Vec<(String, String)>, String)>,
    /// Whether every combination was looked at; else it may be the best only among its neighbours.
    pub whole_grid: bool,
}

/// Looks for the terms that survive to the horizon most often within limits: among all combinations by successive
/// halving if they are at most 512, else along one term at a time from the middle. `plan` says how many fresh runs the
/// best is estimated from. Refuses limits without values, and those where nothing is possible.
pub fn search(
    limits: &Limits,
    make: &Make<'_>,
    plan: &Plan,
    control: &Control<'_>,
) -> Result<Study<Found>, StudyError> {
    let cells = checked(limits)?;
    let mut hunt =
        Hunt { limits, make, plan, seen: BTreeMap::new(), impossible: BTreeMap::new(), horizon_ms: None };
    let first = hunt.start(cells)?;
    let horizon_ms = hunt.horizon_ms.ok_or(StudyError::Nothing)?;
    let key = Key::new("search", plan, horizon_ms, vec![format!("{limits:?} {}", plan.runs())]);
    let all = hunt.all_runs(cells).checked_add(planned(plan.runs(), 1)?).ok_or(StudyError::TooMany)?;
    let mut session = Session::open(key, all, control)?;
    let winner = if cells <= GRID_MAX { hunt.grid(&mut session)? } else { hunt.sweep(&mut session, first)? };
    finish(hunt, session, winner, cells <= GRID_MAX)
}

/// How many combinations there are. Refuses terms without values.
fn checked(limits: &Limits) -> Result<u64, StudyError> {
    if limits.axes.is_empty() {
        return Err(StudyError::Nothing);
    }
    let unsound = |axis: &&Axis| {
        !(1..=VALUES_MAX).contains(&axis.values.len())
            || axis.values.iter().any(|(value, _)| !value.is_finite())
    };
    if let Some(axis) = limits.axes.iter().find(unsound) {
        return Err(StudyError::Axis { name: axis.name.clone() });
    }
    let count = |all: u64, axis: &Axis| all.checked_mul(axis.values.len() as u64);
    limits.axes.iter().try_fold(1, count).ok_or(StudyError::TooMany)
}

/// A combination: the place of each term's value.
type Cell = Vec<usize>;

/// A search under way.
struct Hunt<'a, 'm> {
    limits: &'a Limits,
    make: &'a Make<'m>,
    plan: &'a Plan,
    /// What was looked at came to.
    seen: BTreeMap<Cell, Tally>,
    /// What cannot be run, and why.
    impossible: BTreeMap<Cell, String>,
    /// The horizon of the first trial.
    horizon_ms: Option<u64>,
}

impl<'m> Hunt<'_, 'm> {
    /// The combination of a number below all combinations, the last term fastest.
    fn cell(&self, mut number: u64) -> Cell {
        let mut cell: Cell = Vec::with_capacity(self.limits.axes.len());
        for axis in self.limits.axes.iter().rev() {
            let count = axis.values.len() as u64;
            cell.push((number % count) as usize);
            number /= count;
        }
        cell.reverse();
        cell
    }

    fn values(&self, cell: &[usize]) -> Vec<f64> {
        self.limits.axes.iter().zip(cell).map(|(axis, at)| axis.values[*at].0).collect()
    }

    fn terms(&self, cell: &[usize]) -> Vec<(String, String)> {
        let term = |(axis, at): (&Axis, &usize)| (axis.name.clone(), axis.values[*at].1.clone());
        self.limits.axes.iter().zip(cell).map(term).collect()
    }

    /// The trial of a combination; none where it is impossible. Refuses one of another horizon than the others.
    fn trial(&mut self, cell: &[usize]) -> Result<Option<Box<dyn Trial + 'm>>, StudyError> {
        match (self.make)(&self.values(cell)) {
            Ok(trial) => {
                let known = self.horizon_ms.get_or_insert(trial.horizon_ms());
                if *known == trial.horizon_ms() {
                    return Ok(Some(trial));
                }
                let name = format!("{:?}", self.terms(cell));
                Err(StudyError::Horizons { first: "the first combination".to_owned(), name })
            }
            Err(reason) => {
                self.impossible.insert(cell.to_vec(), reason);
                Ok(None)
            }
        }
    }

    /// The possible combination nearest the middle of the order; the horizon is that of its trial. Of a grid too large
    /// to go through, only the first 512 from the middle are tried.
    fn start(&mut self, cells: u64) -> Result<Cell, StudyError> {
        let middle: Cell = self.limits.axes.iter().map(|axis| axis.values.len() / 2).collect();
        let others = (0..cells.min(GRID_MAX)).map(|number| self.cell(number)).collect::<Vec<_>>();
        for cell in std::iter::once(middle).chain(others) {
            if self.trial(&cell)?.is_some() {
                return Ok(cell);
            }
        }
        let reason = self.impossible.values().next().cloned().unwrap_or_default();
        Err(StudyError::Impossible(reason))
    }

    /// Runs the choice may take, at most.
    fn all_runs(&self, cells: u64) -> u64 {
        let budget = self.limits.budget_runs;
        if cells <= GRID_MAX {
            return contest_runs(cells as usize, budget);
        }
        let axes = self.limits.axes.iter().map(|axis| contest_runs(axis.values.len(), self.axis_budget()));
        axes.fold(0, u64::saturating_add).saturating_mul(SWEEPS_MAX)
    }

    /// Runs for one term in one sweep.
    fn axis_budget(&self) -> u64 {
        self.limits.budget_runs / SWEEPS_MAX / self.limits.axes.len() as u64
    }

    /// The best of some combinations; none if none is possible or it was stopped.
    fn best_of(
        &mut self,
        session: &mut Session<'_>,
        number: u64,
        cells: Vec<Cell>,
        budget_runs: u64,
    ) -> Result<Option<Cell>, StudyError> {
        let mut possible = Vec::with_capacity(cells.len());
        for cell in cells {
            possible.extend(self.trial(&cell)?.map(|trial| (cell, trial)));
        }
        let trials: Vec<&dyn Trial> = possible.iter().map(|(_, trial)| &**trial as &dyn Trial).collect();
        let Some(first) = trials.first() else { return Ok(None) };
        let (horizon_ms, seed) = (first.horizon_ms(), self.plan.seed());
        let cost_max = self.limits.cost_max;
        let entrants = Contest { trials: &trials, seed, number, horizon_ms, budget_runs, cost_max };
        let winner = contest(session, &entrants)?;
        let made = possible.iter().zip(winner.tallies).filter(|(_, tally)| tally.runs > 0);
        self.seen.extend(made.map(|((cell, _), tally)| (cell.clone(), tally)));
        Ok(winner.at.map(|at| possible[at].0.clone()))
    }

    /// The best of all combinations.
    fn grid(&mut self, session: &mut Session<'_>) -> Result<Option<Cell>, StudyError> {
        let all: u64 = self.limits.axes.iter().map(|axis| axis.values.len() as u64).product();
        let cells = (0..all).map(|number| self.cell(number)).collect();
        self.best_of(session, 0, cells, self.limits.budget_runs)
    }

    /// The best along one term after another, until no term moves it. Every contest has numbers of its own, so that one
    /// that was lucky does not stay ahead by the same luck.
    fn sweep(&mut self, session: &mut Session<'_>, start: Cell) -> Result<Option<Cell>, StudyError> {
        let (mut at, mut number) = (start, 0);
        for _ in 0..SWEEPS_MAX {
            let before = at.clone();
            for axis in 0..at.len() {
                let along = |place: usize| {
                    let mut cell = at.clone();
                    cell[axis] = place;
                    cell
                };
                // Where equals are met, what was chosen before stays.
                let mut places: Vec<usize> = (0..self.limits.axes[axis].values.len()).collect();
                places.sort_by_key(|place| *place != at[axis]);
                let cells = places.into_iter().map(along).collect();
                let best = self.best_of(session, number, cells, self.axis_budget())?;
                match best {
                    Some(best) => at = best,
                    None => return Ok(None),
                }
                number += 1;
            }
            if at == before {
                break;
            }
        }
        Ok(Some(at))
    }
}

/// Estimates the winner from fresh random numbers, and shows what was looked at.
fn finish(
    mut hunt: Hunt<'_, '_>,
    mut session: Session<'_>,
    winner: Option<Cell>,
    whole_grid: bool,
) -> Result<Study<Found>, StudyError> {
    let (plan, cost_max) = (hunt.plan, hunt.limits.cost_max);
    let mut found = shown(&hunt, whole_grid && !session.stopped());
    let within = |cell: &Cell| hunt.seen.get(cell).is_some_and(|tally| is_within(tally, cost_max));
    let Some(cell) = winner.filter(within) else { return session.close(found, 0, Vec::new()) };
    let Some(trial) = hunt.trial(&cell)? else { return session.close(found, 0, Vec::new()) };
    let dates_ms = [trial.horizon_ms()];
    let seed = fresh_seed(plan.seed(), FRESH);
    let setup = Setup {
        trials: &[&*trial],
        compared: Compared::WithFirst,
        seed,
        dates_ms: &dates_ms,
        horizon_ms: trial.horizon_ms(),
    };
    let outcome = session.stage(&setup, Stage::new(1, dates_ms.len()), plan.runs())?;
    let Some(tally) = outcome.tallies.first().filter(|tally| tally.runs > 0) else {
        return session.close(found, 0, Vec::new());
    };
    let place = hunt.seen.keys().position(|seen| *seen == cell);
    let by = place.map(|at| &found.looked_at[at]);
    let on_frontier = by.is_some_and(|by| by.on_frontier);
    found.chosen_by = by.map(|by| by.survival);
    found.best = Some(Choice { on_frontier, ..choice(hunt.terms(&cell), tally, plan.level()) });
    found.keeps_cost = is_within(tally, cost_max);
    found.values = hunt.values(&cell);
    let convergence = doubling(&outcome, plan.level());
    session.close(found, tally.runs, convergence)
}

/// Marks those that no other betters, among those that came to the last rounds: one left behind after a few runs may
/// only look good, and one that only looks good hides others.
fn mark_among_last(looked_at: &mut [Choice]) {
    let most = looked_at.iter().map(|choice| choice.runs).max().unwrap_or_default();
    let is_last = |choice: &&mut Choice| choice.runs.saturating_mul(LAST) >= most;
    let mut last: Vec<Choice> = looked_at.iter_mut().filter(is_last).map(|choice| choice.clone()).collect();
    mark(&mut last);
    looked_at.iter_mut().filter(is_last).zip(last).for_each(|(choice, marked)| *choice = marked);
}

/// By which factor runs may differ among choices that are compared.
const LAST: u64 = 4;

/// What was looked at; the best is not yet known.
fn shown(hunt: &Hunt<'_, '_>, whole_grid: bool) -> Found {
    let looked = hunt.seen.iter().map(|(cell, tally)| choice(hunt.terms(cell), tally, hunt.plan.level()));
    let mut looked_at: Vec<Choice> = looked.collect();
    mark_among_last(&mut looked_at);
    let reasons = hunt.impossible.iter().map(|(cell, reason)| (hunt.terms(cell), reason.clone()));
    Found {
        best: None,
        values: Vec::new(),
        chosen_by: None,
        keeps_cost: false,
        looked_at,
        impossible: reasons.collect(),
        whole_grid,
    }
}
