//! One whole inquiry: variants side by side, what each term buys, choices on the plane of survival and cost, better terms
//! under limits, the published answers, and what it all rests on.

mod axis;
mod published;
mod rare;
mod steps;

pub use axis::{AxisError, Choices};

use crate::results::Results;
use crate::statistics::Level;
use crate::statistics::rare::RareError;
use crate::study::{Checkpoint, Progress, StudyError};
use crate::world::Rehearsal;
use serde::{Deserialize, Serialize};
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

/// Said on every output.
pub const NOTICE: &str = "This predicts nothing. It says what would follow if the assumptions below were true, and how far the numbers can be trusted then.";

/// A text in a world, under a name.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its name, such as `brake-24h`.
    pub name: String,
    /// The terms it differs in, by name and value as text.
    pub terms: Vec<(String, String)>,
    /// What is run.
    pub rehearsal: Rehearsal,
}

/// What is to be found out.
#[derive(Clone, Debug)]
pub struct Inquiry {
    /// What is rehearsed, in words.
    pub title: String,
    /// The seed.
    pub seed: u64,
    /// Runs of each variant.
    pub runs: u64,
    /// The level of intervals.
    pub level: Level,
    /// The variants, the plain one first; at least one.
    pub variants: Vec<Named>,
    /// Whether the probability of a breakdown is also estimated by splitting (REH-32).
    pub rare: bool,
    /// Whether every term and assumption is varied alone.
    pub tornado: bool,
    /// Terms whose values are tried in every combination; none if there are none.
    pub choices: Vec<Choices>,
    /// Terms that are searched for the best, and the most that false alarms may cost a year.
    pub search: Vec<Choices>,
    /// The most that false alarms may cost a year, where the best is searched.
    pub cost_max: Option<f64>,
}

/// How an inquiry is watched and stopped, and over how many threads it runs.
#[derive(Clone, Copy)]
pub struct Watched<'a> {
    /// Told what part it is at, and how far that is.
    pub progress: &'a (dyn Fn(Part, Progress) + Sync),
    /// Once true, what there is is returned.
    pub stop: &'a AtomicBool,
    /// Threads; all the machine has if not given.
    pub threads: Option<NonZeroUsize>,
}

/// A part of an inquiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Variants side by side.
    Variants,
    /// One term or assumption at a time.
    Tornado,
    /// Every combination of some terms.
    Choices,
    /// The best under limits.
    Search,
    /// Breakdowns too rare to be seen in plain runs.
    Rare,
}

impl Part {
    /// Its name, for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Variants => "variants",
            Self::Tornado => "what each term buys",
            Self::Choices => "choices of terms",
            Self::Search => "better terms",
            Self::Rare => "rare breakdowns",
        }
    }
}

/// What was made so far, to be kept and continued from; splitting is made again whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saved {
    /// That it is one, and in which form.
    #[serde(rename = "rehearsal-interrupted")]
    form: Form,
    variants: Option<Checkpoint>,
    tornado: Option<Checkpoint>,
    choices: Option<Checkpoint>,
    search: Option<Checkpoint>,
}

/// The form in which it is kept; another is refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
enum Form {
    /// The only one there was.
    #[default]
    #[serde(rename = "v1")]
    V1,
}

/// What an inquiry found, and from where it goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The findings.
    pub results: Results,
    /// From here a later call goes on.
    pub saved: Saved,
}

/// Why an inquiry could not be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum InquiryError {
    /// A study was refused.
    #[error(transparent)]
    Study(#[from] StudyError),
    /// A term or assumption cannot have that value.
    #[error("the value {value} of {name} cannot be: {why}")]
    Value {
        /// The term or assumption.
        name: String,
        /// The value.
        value: String,
        /// Why, with a hint.
        why: String,
    },
    /// How long is looked at is no term.
    #[error(
        "{0} cannot be tried at several values: all variants are looked at for the same time; use --years"
    )]
    Years(String),
    /// A term is named twice.
    #[error("{0} is named twice; name its values together")]
    Twice(String),
    /// A limit of cost that is none.
    #[error("{0} is no cost that could be a limit; write a number of 0 or more")]
    Cost(f64),
    /// Splitting was refused.
    #[error(transparent)]
    Rare(#[from] RareError),
    /// Values to try that make too many combinations.
    #[error("these values make more than {0} combinations; try fewer terms or fewer values")]
    Combinations(usize),
}

impl Inquiry {
    /// Finds it out, going on from what an earlier call saved. Stopped, it returns what it has.
    pub fn answer(&self, watched: Watched<'_>, saved: &Saved) -> Result<Answer, InquiryError> {
        steps::Steps::new(self, watched, saved)?.all()
    }
}

#[cfg(test)]
mod tests;
