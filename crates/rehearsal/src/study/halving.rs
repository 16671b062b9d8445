//! The best of some trials by successive halving: all get a few runs, the better half as many again, and so on.

use super::StudyError;
use super::plan::fresh_seed;
use super::session::Session;
use super::stage::{Compared, Setup, Stage};
use super::tally::{CHUNK_RUNS, Tally};
use crate::run::Trial;
use std::cmp::Ordering;

/// Trials among which the best is looked for.
pub(super) struct Contest<'a> {
    /// The trials, in the order in which equals are preferred.
    pub trials: &'a [&'a dyn Trial],
    /// The seed of the study; each contest draws numbers of its own from it.
    pub seed: u64,
    /// The number of this contest.
    pub number: u64,
    /// The horizon they share.
    pub horizon_ms: u64,
    /// Runs to spend, over all trials; each gets at least one chunk a round.
    pub budget_runs: u64,
    /// The most that may be paid a year.
    pub cost_max: Option<f64>,
}

/// What each trial came to before it was left behind, and which was left at last.
pub(super) struct Winner {
    /// The place of the best, none if the contest was stopped.
    pub at: Option<usize>,
    /// One for each trial; without runs where it was stopped before the first.
    pub tallies: Vec<Tally>,
}

/// Rounds until one of so many is left.
pub(super) fn rounds(trials: usize) -> u32 {
    trials.next_power_of_two().trailing_zeros().max(1)
}

/// Runs of each trial in every round and over all, by trials left: the budget is spread evenly over rounds. Source:
/// Jamieson and Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter Optimization", AISTATS 2016.
fn round_runs(left: usize, rounds: u32, budget_runs: u64) -> u64 {
    let share = budget_runs / u64::from(rounds) / left.max(1) as u64;
    (share / CHUNK_RUNS).max(1) * CHUNK_RUNS
}

/// Runs a contest of so many trials makes, over all.
pub(super) fn contest_runs(trials: usize, budget_runs: u64) -> u64 {
    let all = rounds(trials);
    let round = |left: usize| (left as u64).saturating_mul(round_runs(left, all, budget_runs));
    let lefts = std::iter::successors(Some(trials), |left| Some(left.div_ceil(2)));
    lefts.take(all as usize).map(round).fold(0, u64::saturating_add)
}

/// Holds a contest. Every round, trials that keep within the cost come first, then those that survive oftener, then
/// the cheaper ones; the first half goes on, with the runs it has.
pub(super) fn contest(session: &mut Session<'_>, contest: &Contest<'_>) -> Result<Winner, StudyError> {
    let dates_ms = [contest.horizon_ms];
    let all = rounds(contest.trials.len());
    let mut left: Vec<usize> = (0..contest.trials.len()).collect();
    let mut stage = Stage::new(left.len(), dates_ms.len());
    let mut tallies = stage.tallies.clone();
    for _ in 0..all {
        let trials: Vec<&dyn Trial> = left.iter().map(|at| contest.trials[*at]).collect();
        let seed = fresh_seed(contest.seed, contest.number);
        let setup = Setup {
            trials: &trials,
            compared: Compared::WithFirst,
            seed,
            dates_ms: &dates_ms,
            horizon_ms: contest.horizon_ms,
        };
        let runs = stage.runs() + round_runs(left.len(), all, contest.budget_runs);
        let outcome = session.stage(&setup, stage, runs)?;
        left.iter().zip(outcome.tallies).for_each(|(at, tally)| tallies[*at] = tally);
        if !outcome.whole {
            return Ok(Winner { at: None, tallies });
        }
        let mut order: Vec<usize> = (0..left.len()).collect();
        order.sort_by(|one, other| rank(&tallies[left[*one]], &tallies[left[*other]], contest.cost_max));
        order.truncate(left.len().div_ceil(2));
        stage = outcome.stage.of(&order);
        left = order.into_iter().map(|at| left[at]).collect();
    }
    Ok(Winner { at: left.first().copied(), tallies })
}

/// Which of two comes first; they have as many runs.
fn rank(one: &Tally, other: &Tally, cost_max: Option<f64>) -> Ordering {
    let dear = |tally: &Tally| !is_within(tally, cost_max);
    let survival = other.held().cmp(&one.held());
    dear(one).cmp(&dear(other)).then(survival).then(paid(one).total_cmp(&paid(other)))
}

/// Whether what was paid a year is within the limit.
pub(super) fn is_within(tally: &Tally, cost_max: Option<f64>) -> bool {
    cost_max.is_none_or(|most| paid(tally) <= most)
}

/// What was paid a year; nothing where restraint held no time.
fn paid(tally: &Tally) -> f64 {
    let [cost, years] = tally.cost.means();
    if years > 0.0 { cost / years } else { 0.0 }
}
