//! What a study found, as it is shown and written.

use serde::Serialize;

/// An estimate with its interval at the level of the study (95 % unless said).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The probability that restraint survives to a date.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Days from the beginning.
    pub day: f64,
    /// The probability.
    pub survival: Estimate,
}

/// One variant of terms or of the courier.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Variant {
    /// Its name, such as `brake-24h`.
    pub name: String,
    /// The terms it differs in, by name and value as text.
    pub terms: Vec<(String, String)>,
    /// Runs made.
    pub runs: u64,
    /// Survival over time.
    pub curve: Vec<Point>,
    /// Survival to one year, or to the horizon if that is nearer.
    pub survival_1y: Estimate,
    /// Survival to the horizon.
    pub survival: Estimate,
    /// The share of runs that ended for each cause, by its name, in the order of `Cause::ALL`.
    pub causes: Vec<(String, Estimate)>,
    /// The share of time in question while it held.
    pub question: Estimate,
    /// Cost of false alarms a year.
    pub cost: Estimate,
    /// The difference of survival to the horizon from the first variant, from the same random numbers; none for the first.
    pub against_first: Option<Estimate>,
    /// The probability of a breakdown by splitting, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rare: Option<Rare>,
}

/// A breakdown that may be too rare to be seen in plain runs, by splitting.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rare {
    /// The probability that restraint ends before the horizon, for whatever cause; none if there is no estimate.
    pub probability: Option<Estimate>,
    /// Why there is none.
    pub lacks: Option<Lack>,
    /// Trials begun, over all levels and repeats: the work.
    pub trials: u64,
    /// Independent repeats its interval rests on.
    pub repeats: u32,
    /// Whether the interval contains the truth less often than stated.
    pub is_rough: bool,
}

/// Why there is no estimate of a breakdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lack {
    /// No trial came to one.
    Unreached,
    /// It was stopped before there was anything to show.
    Stopped,
}

impl Lack {
    /// Its name in JSON and in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unreached => "unreached",
            Self::Stopped => "stopped",
        }
    }
}

/// What one term, or one assumption, buys when it alone is varied.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bar {
    /// The term or parameter.
    pub name: String,
    /// Its lower and its upper value, as text.
    pub values: (String, String),
    /// Survival to the horizon at the lower value, and at the upper one.
    pub survival: (Estimate, Estimate),
    /// Whether it is a term of the text, or else an assumption of the model.
    pub is_term: bool,
    /// By how much survival at the upper value differs from that at the lower one, from the same random numbers.
    pub difference: Estimate,
    /// Runs made at each value.
    pub runs: u64,
}

/// One choice of terms on the plane of survival and cost.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// The terms, by name and value as text.
    pub terms: Vec<(String, String)>,
    /// Survival to the horizon.
    pub survival: Estimate,
    /// Cost of false alarms a year.
    pub cost: Estimate,
    /// Whether no other choice is better in both, among those with about as many runs.
    pub on_frontier: bool,
    /// Runs made.
    pub runs: u64,
}

/// How better terms were searched for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Searched {
    /// The most that false alarms were allowed to cost a year, if that was limited.
    pub cost_max: Option<f64>,
    /// Combinations that were looked at.
    pub looked_at: u64,
    /// Combinations that cannot be, of those that were come upon.
    pub impossible: u64,
    /// Whether every combination was looked at; else one term at a time was changed, and there may be better ones.
    pub whole: bool,
    /// Whether the best keeps within the cost by the fresh random numbers it was estimated from.
    pub keeps_cost: bool,
    /// Survival of the best by the numbers it was chosen by: too high on average.
    pub chosen_by: Option<Estimate>,
}

/// One assumption the results rest on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assumption {
    /// The parameter's key in the model file.
    pub key: String,
    /// Its value and unit as text.
    pub value: String,
    /// Where it comes from; none if it is illustrative.
    pub source: Option<String>,
    /// How far survival to the horizon moves over its range, if that was looked at.
    pub matters: Option<f64>,
}

/// A published number and what is computed here.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OracleRow {
    /// What it is of.
    pub name: String,
    /// Who published it.
    pub source: String,
    /// The published number.
    pub expected: f64,
    /// What is computed.
    pub got: f64,
    /// Whether they agree as far as the number is given.
    pub passed: bool,
}

/// Everything one `rehearse` found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Results {
    /// What was rehearsed, in words.
    pub title: String,
    /// That it predicts nothing; said on every output.
    pub notice: String,
    /// The seed.
    pub seed: u64,
    /// The horizon in years.
    pub years: f64,
    /// The level of all intervals, such as 0.95.
    pub level: f64,
    /// Whether it was interrupted: then it rests on fewer runs than asked for.
    pub partial: bool,
    /// The variants, the plain one first.
    pub variants: Vec<Variant>,
    /// The terms of the text as it stands, by name and value.
    pub terms: Vec<(String, String)>,
    /// Bars, the longest first.
    pub tornado: Vec<Bar>,
    /// What could not be varied alone: one end of its range contradicts the rest.
    pub left_out: Vec<String>,
    /// Choices of terms that were looked at.
    pub frontier: Vec<Choice>,
    /// The best terms found under the stated limits, if they were searched for.
    pub best: Option<Choice>,
    /// How they were searched for.
    pub searched: Option<Searched>,
    /// Estimates of survival to the horizon of the first variant after some runs: runs made, estimate.
    pub convergence: Vec<(u64, Estimate)>,
    /// Models with published answers.
    pub oracles: Vec<OracleRow>,
    /// What it rests on, what mattered most first.
    pub assumptions: Vec<Assumption>,
    /// What the models say that goes against wishes, such as that mediation adds nothing; a name and values each.
    pub remarks: Vec<(String, Vec<(String, String)>)>,
}
