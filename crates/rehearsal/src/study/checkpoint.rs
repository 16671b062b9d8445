//! What a study has made so far, to be kept and continued from.

use super::stage::Stage;
use serde::{Deserialize, Serialize};

/// The form of checkpoints; one of another form is of another study.
const FORM: u32 = 1;

/// What a study has made so far. Written by serde and read again, it continues to the same bits as a study that was
/// not interrupted, on any number of threads. It holds whole chunks of runs and no trial: that the trials are the same
/// as before is up to the caller, who can have it checked by [`super::Plan::of`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// What it is a checkpoint of.
    pub(super) key: Key,
    /// The stages of the study, the last of them perhaps not at its end.
    pub(super) stages: Vec<Stage>,
}

/// What a study is, as far as its checkpoint can tell: two that differ in it are not continued from each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Key {
    form: u32,
    /// The kind of study.
    kind: String,
    /// What the caller calls the thing studied.
    of: String,
    seed: u64,
    dates_ms: Vec<u64>,
    horizon_ms: u64,
    /// The trials, by name and terms; of a search, the limits.
    trials: Vec<String>,
}

impl Key {
    /// The key of a study of some kind.
    pub fn new(kind: &str, plan: &super::Plan, horizon_ms: u64, trials: Vec<String>) -> Self {
        Self {
            form: FORM,
            kind: kind.to_owned(),
            of: plan.what().to_owned(),
            seed: plan.seed(),
            dates_ms: plan.dates_ms().to_vec(),
            horizon_ms,
            trials,
        }
    }
}
