//! One call of a study: its stages one after another, each resumed where a checkpoint has it.

use super::checkpoint::{Checkpoint, Key};
use super::control::{Control, Progress, pool};
use super::stage::{Compared, Setup, Stage};
use super::tally::{CHUNK_RUNS, Tally};
use super::{Plan, Study, StudyError};
use crate::results::Estimate;
use crate::run::Trial;
use crate::statistics::{Level, clopper_pearson};
use std::collections::VecDeque;

/// A study under way.
pub(super) struct Session<'a> {
    control: &'a Control<'a>,
    pool: Option<rayon::ThreadPool>,
    key: Key,
    /// Stages of the checkpoint that were not yet come to.
    resumed: VecDeque<Stage>,
    stages: Vec<Stage>,
    progress: Progress,
    stopped: bool,
}

/// What a stage came to.
pub(super) struct Outcome {
    /// Whole chunks, to go on from.
    pub stage: Stage,
    /// All runs, one tally for each trial.
    pub tallies: Vec<Tally>,
    /// Whether it made all runs it should.
    pub whole: bool,
}

impl<'a> Session<'a> {
    /// Begins a study of `all` runs over all trials. Refuses a checkpoint of another study.
    pub fn open(key: Key, all: u64, control: &'a Control<'a>) -> Result<Self, StudyError> {
        let mut resumed = VecDeque::new();
        if let Some(checkpoint) = control.resume {
            if checkpoint.key != key {
                return Err(StudyError::OtherStudy);
            }
            resumed.extend(checkpoint.stages.iter().cloned());
        }
        let progress = Progress { done: 0, all };
        Ok(Self { control, pool: pool(control)?, key, resumed, stages: Vec::new(), progress, stopped: false })
    }

    /// Makes `runs` runs of each trial, going on from `start` or from what the checkpoint has of this stage.
    pub fn stage(&mut self, setup: &Setup<'_>, start: Stage, runs: u64) -> Result<Outcome, StudyError> {
        let (trials, dates) = (setup.trials.len(), setup.dates_ms.len());
        let begun = start.runs();
        let mut stage = match self.resumed.pop_front() {
            Some(resumed) if resumed.is_sound(trials, dates, runs) && resumed.chunks >= start.chunks => {
                resumed
            }
            Some(_) => return Err(StudyError::Damaged),
            None => start,
        };
        let width = trials as u64;
        let (control, all) = (self.control, self.progress.all);
        let base = self.progress.done + (stage.runs() - begun) * width;
        let tell = |done: u64| (control.progress)(Progress { done: (base + done).min(all), all });
        let tail = stage.make(setup, runs, control, self.pool.as_ref(), tell);
        let whole = tail.is_some() || stage.runs() >= runs;
        self.progress.done += (runs - begun) * width;
        self.stopped |= !whole;
        self.stages.push(stage.clone());
        let tallies = stage.with(tail.as_deref());
        Ok(Outcome { stage, tallies, whole })
    }

    /// Whether it was stopped before a stage was whole.
    pub fn stopped(&self) -> bool {
        self.stopped
    }

    /// Ends the study with what it found.
    pub fn close<T>(
        mut self,
        found: T,
        runs: u64,
        convergence: Vec<(u64, Estimate)>,
    ) -> Result<Study<T>, StudyError> {
        if !self.stopped && !self.resumed.is_empty() {
            return Err(StudyError::Damaged);
        }
        self.stages.extend(self.resumed);
        if !self.stopped {
            (self.control.progress)(Progress { done: self.progress.all, ..self.progress });
        }
        let checkpoint = Checkpoint { key: self.key, stages: self.stages };
        Ok(Study { found, partial: self.stopped, runs, convergence, checkpoint })
    }
}

/// Runs named trials side by side as planned, each compared with the first, and shows what they add up to.
pub(super) fn side_by_side<T>(
    kind: &str,
    trials: &[(String, &dyn Trial)],
    plan: &Plan,
    control: &Control<'_>,
    show: impl FnOnce(&[Tally]) -> T,
) -> Result<Study<T>, StudyError> {
    together(kind, (trials, Compared::WithFirst), plan, control, show)
}

/// The same where each second one is compared with the one before it.
pub(super) fn in_pairs<T>(
    kind: &str,
    trials: &[(String, &dyn Trial)],
    plan: &Plan,
    control: &Control<'_>,
    show: impl FnOnce(&[Tally]) -> T,
) -> Result<Study<T>, StudyError> {
    together(kind, (trials, Compared::InPairs), plan, control, show)
}

fn together<T>(
    kind: &str,
    (trials, compared): (&[(String, &dyn Trial)], Compared),
    plan: &Plan,
    control: &Control<'_>,
    show: impl FnOnce(&[Tally]) -> T,
) -> Result<Study<T>, StudyError> {
    let horizon_ms = plan.horizon(trials.iter().map(|(name, trial)| (name.as_str(), *trial)))?;
    let key = Key::new(kind, plan, horizon_ms, trials.iter().map(|(name, _)| name.clone()).collect());
    let all = planned(plan.runs(), trials.len())?;
    let mut session = Session::open(key, all, control)?;
    let bare: Vec<&dyn Trial> = trials.iter().map(|(_, trial)| *trial).collect();
    let (seed, dates_ms) = (plan.seed(), plan.dates_ms());
    let setup = Setup { trials: &bare, compared, seed, dates_ms, horizon_ms };
    let outcome = session.stage(&setup, Stage::new(bare.len(), plan.dates_ms().len()), plan.runs())?;
    let runs = made(&outcome.tallies)?;
    let convergence = doubling(&outcome, plan.level());
    session.close(show(&outcome.tallies), runs, convergence)
}

/// Runs over so many trials, as far as they can be counted.
pub(super) fn planned(runs: u64, trials: usize) -> Result<u64, StudyError> {
    // A whole chunk more must fit as well.
    let all = runs.next_multiple_of(CHUNK_RUNS).checked_mul(trials as u64);
    all.filter(|all| *all <= u64::MAX / 2).map(|_| runs * trials as u64).ok_or(StudyError::TooMany)
}

/// Runs made of each trial. Refuses none: there is nothing to show.
pub(super) fn made(tallies: &[Tally]) -> Result<u64, StudyError> {
    tallies.first().map(|tally| tally.runs).filter(|runs| *runs > 0).ok_or(StudyError::Stopped)
}

/// Estimates of survival of the first trial after doubling numbers of runs, and after all.
pub(super) fn doubling(outcome: &Outcome, level: Level) -> Vec<(u64, Estimate)> {
    let marks = outcome.stage.marks.iter().zip(0..u64::BITS);
    let mut points: Vec<(u64, u64)> = marks.map(|(held, power)| (CHUNK_RUNS << power, *held)).collect();
    points.extend(outcome.tallies.first().map(|all| (all.runs, all.held())));
    points.dedup();
    points.into_iter().map(|(runs, held)| (runs, clopper_pearson(held, runs, level))).collect()
}
