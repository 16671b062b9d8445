//! Mediation with private strength: when does a mediator who hears both sides in confidence keep the peace more often
//! than open talk does?
//!
//! Two sides share a pie of size 1. War leaves `theta` of it. Each side is privately strong with probability `q`; equal
//! sides win a war with probability 1/2, a strong one beats a weak one with probability `p`. The mediator hears both
//! reports and recommends a split, or stands back and lets war come. Nobody is bound: a side fights whenever the split,
//! and what it says of the other side, make fighting better. Source: Hörner, Morelli and Squintani, "Mediation and
//! Peace", Review of Economic Studies 82 (2015), 1483-1501.

mod programme;

use super::oracle::Oracle;

/// How near 0 or 1 a probability or a share may be. Nearer, the coefficients of the programme differ by more than the
/// six orders of magnitude its solver asks for.
const MARGIN: f64 = 0.001;
/// By how much a mediator has to raise the probability of peace to count as adding something: ten times the solver's
/// tolerance.
pub const ADDS_MIN: f64 = 1e-6;

/// Why a mediation problem was refused.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum MediationError {
    /// The probability that the strong beat the weak is out of range.
    #[error(
        "the strong cannot beat the weak with probability {0}; write a number from 0.501 to 1, where 1 is certainty"
    )]
    Win(f64),
    /// What war leaves of the pie is out of range.
    #[error(
        "war cannot leave {0} of the pie; write a number from 0.001 to 0.999, where 0.8 means a fifth is lost"
    )]
    WarPie(f64),
    /// The probability that a side is strong is out of range.
    #[error("a side cannot be strong with probability {0}; write a number from 0.001 to 0.999")]
    Strong(f64),
    /// A split to be considered is no share of the pie.
    #[error("{0} is no share of the pie; write splits as numbers from 0 to 1")]
    Share(f64),
    /// The solver gave no verified answer.
    #[error(
        "the linear programme was not solved; this is a fault of this program: report the numbers it was given"
    )]
    Unsolved,
}

/// Whether a side is privately strong or weak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strength {
    Strong,
    Weak,
}

impl Strength {
    const BOTH: [Self; 2] = [Self::Strong, Self::Weak];

    fn other(self) -> Self {
        match self {
            Self::Strong => Self::Weak,
            Self::Weak => Self::Strong,
        }
    }
}

/// The parameters of the model, all probabilities or shares of a pie of size 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrivateStrength {
    p: f64,
    theta: f64,
    q: f64,
}

impl PrivateStrength {
    /// The problem in which the strong beat the weak with probability `p`, war leaves `theta` of the pie and each side
    /// is strong with probability `q`. Refuses numbers outside the model's range.
    pub fn new(p: f64, theta: f64, q: f64) -> Result<Self, MediationError> {
        if !(0.5 + MARGIN..=1.0).contains(&p) {
            return Err(MediationError::Win(p));
        }
        if !(MARGIN..=1.0 - MARGIN).contains(&theta) {
            return Err(MediationError::WarPie(theta));
        }
        if !(MARGIN..=1.0 - MARGIN).contains(&q) {
            return Err(MediationError::Strong(q));
        }
        Ok(Self { p, theta, q })
    }

    /// The odds `q/(1-q)` that a side is strong.
    pub fn lambda(&self) -> f64 {
        self.q / (1.0 - self.q)
    }

    /// What a strong side gains by fighting a weak one instead of halving the pie, over what war costs each of two
    /// equal sides.
    pub fn gamma(&self) -> f64 {
        (self.p * self.theta - 0.5) / self.cost()
    }

    /// What war costs each of two equal sides, a share of the pie.
    fn cost(&self) -> f64 {
        0.5 - self.theta / 2.0
    }

    /// What a side gets from war, a share of the pie.
    fn war(&self, own: Strength, other: Strength) -> f64 {
        match (own, other) {
            (Strength::Strong, Strength::Weak) => self.p * self.theta,
            (Strength::Weak, Strength::Strong) => (1.0 - self.p) * self.theta,
            _ => self.theta / 2.0,
        }
    }

    /// The probability that the other side has this strength.
    fn prior(&self, other: Strength) -> f64 {
        match other {
            Strength::Strong => self.q,
            Strength::Weak => 1.0 - self.q,
        }
    }
}

/// What the two sides reported, in either order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reports {
    /// Both said they are strong.
    BothStrong,
    /// One said it is strong, the other that it is weak.
    OneStrong,
    /// Both said they are weak.
    BothWeak,
}

/// What follows the reports.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    /// A split of the pie.
    Split {
        /// The share of the side that reported strength, or of either side where both reported the same.
        first: f64,
    },
    /// War.
    War,
}

/// One line of a plan: after these reports, this outcome with this probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Advice {
    /// What was reported.
    pub reports: Reports,
    /// What follows.
    pub outcome: Outcome,
    /// How probable it is after these reports. Those of the same reports add up to 1.
    pub probability: f64,
}

/// A best plan of a mediator, of an arbitrator or of open talk.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The probability of peace, from 0 to 1.
    pub peace: f64,
    /// What follows each pair of reports. Other plans may be as good.
    pub advice: Vec<Advice>,
}

/// The best plan of a mediator, who recommends in confidence and binds nobody: each recommended split is accepted given
/// what it reveals, and no side gains by lying and then fighting whenever that is better.
///
/// Three splits suffice: halves, and the two in which one side gets exactly what a strong side wins from a weak one.
/// The arbitrator's value bounds that of every mediator, and with these splits it is reached: the paper's theorem that
/// the best mediator does as well as the best arbitrator.
pub fn mediator(model: &PrivateStrength) -> Result<Plan, MediationError> {
    programme::mediator(model, &[])
}

/// The same as [`mediator`], where these splits and their mirror images may be recommended as well.
pub fn mediator_with(model: &PrivateStrength, shares: &[f64]) -> Result<Plan, MediationError> {
    match shares.iter().find(|share| !(0.0..=1.0).contains(*share)) {
        Some(share) => Err(MediationError::Share(*share)),
        None => programme::mediator(model, shares),
    }
}

/// The best plan of an arbitrator, who can enforce a split: each side takes part willingly, knowing its own strength
/// only, and reports it truly. Splits are means.
pub fn arbitrator(model: &PrivateStrength) -> Result<Plan, MediationError> {
    programme::direct(model, programme::Bound::Arbitrator)
}

/// The best open talk that reveals both strengths: each side says aloud how strong it is, then a public lot decides
/// between a split, which each side accepts knowing both, and war.
pub fn separating_talk(model: &PrivateStrength) -> Result<Plan, MediationError> {
    programme::direct(model, programme::Bound::Talk)
}

/// Whether a mediator keeps the peace more often than the best separating talk, by more than [`ADDS_MIN`].
pub fn mediation_adds(model: &PrivateStrength) -> Result<bool, MediationError> {
    Ok(mediator(model)?.peace > separating_talk(model)?.peace + ADDS_MIN)
}

/// The probability of peace under the best arbitrator, and so under the best mediator, in closed form: a check of the
/// programmes that shares no code with them.
///
/// With the weak always at peace, the strong indifferent to taking part and the weak indifferent to lying, the odds
/// `lambda` buy peace of unequal sides first, at `1 + gamma - 2 lambda` each, then peace of the strong.
pub fn closed_form(model: &PrivateStrength) -> f64 {
    let (lambda, gamma) = (model.lambda(), model.gamma());
    if lambda >= gamma {
        1.0
    } else if lambda >= gamma / 2.0 {
        (1.0 + gamma) / ((1.0 + gamma - lambda) * (1.0 + lambda))
    } else {
        (1.0 + gamma) / ((1.0 + gamma - 2.0 * lambda) * (1.0 + lambda).powi(2))
    }
}

const SOURCE: &str =
    "Hörner, Morelli and Squintani, Mediation and Peace, Review of Economic Studies 82 (2015)";
/// Half of the last digit of a number given with six.
const SIX_DIGITS: f64 = 5e-7;
/// For numbers given as fractions: far above the solver's rounding, far below any digit shown.
const FRACTION: f64 = 1e-9;

/// The published values, each beside what the programmes give.
pub fn oracles() -> Vec<Oracle> {
    type Solver = fn(&PrivateStrength) -> Result<Plan, MediationError>;
    let row = |name, solve: Solver, (p, theta, q), expected, tolerance| {
        let plan = PrivateStrength::new(p, theta, q).and_then(|model| solve(&model));
        Oracle { name, source: SOURCE, expected, tolerance, got: plan.map_or(f64::NAN, |plan| plan.peace) }
    };
    let (even, short, many, few) = ((0.8, 0.8, 0.5), (0.7, 0.8, 0.2), (0.8, 0.8, 0.6), (0.8, 0.8, 0.3));
    vec![
        row("mediator, p .8, theta .8, q .5", mediator, even, 6.0 / 7.0, FRACTION),
        row("mediator, p .7, theta .8, q .2", mediator, short, 0.930909, SIX_DIGITS),
        row("mediator, p .8, theta .8, q .6", mediator, many, 1.0, FRACTION),
        row("mediator, p .8, theta .8, q .3", mediator, few, 343.0 / 450.0, FRACTION),
        row("arbitrator, p .8, theta .8, q .5", arbitrator, even, 6.0 / 7.0, FRACTION),
        row("arbitrator, p .7, theta .8, q .2", arbitrator, short, 0.930909, SIX_DIGITS),
        row("arbitrator, p .8, theta .8, q .6", arbitrator, many, 1.0, FRACTION),
        row("arbitrator, p .8, theta .8, q .3", arbitrator, few, 343.0 / 450.0, FRACTION),
        row("separating talk, p .8, theta .8, q .5", separating_talk, even, 27.0 / 34.0, FRACTION),
        row("separating talk, p .7, theta .8, q .2", separating_talk, short, 0.906667, SIX_DIGITS),
        row("separating talk, p .8, theta .8, q .6", separating_talk, many, 0.752941, SIX_DIGITS),
        row("separating talk, p .8, theta .8, q .3", separating_talk, few, 343.0 / 450.0, FRACTION),
    ]
}

#[cfg(test)]
mod tests;
