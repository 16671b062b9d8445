//! The linear programmes. All amounts are in units of what war costs each of two equal sides, so that the solver's
//! absolute tolerance means the same for every size of that cost.

use super::Strength::{Strong, Weak};
use super::{Advice, MediationError, Outcome, Plan, PrivateStrength, Reports, Strength};
use microlp::{ComparisonOp, OptimizationDirection, Problem, Solution, SolutionStatus, Variable};

/// Lines of a plan that are less probable than this are rounding, and are left out.
const SHOWN_MIN: f64 = 1e-9;

/// An amount that depends on the plan: each unknown with its factor.
type Terms = Vec<(Variable, f64)>;

/// A linear programme that maximizes the probability of peace. Its solver reads a clock to report how long it took; no
/// limit is set, so that no answer depends on it.
struct Programme {
    problem: Problem,
}

impl Programme {
    fn new() -> Self {
        Self { problem: Problem::new(OptimizationDirection::Maximize) }
    }

    /// An unknown probability whose growth by 1 raises the probability of peace by `gain`.
    fn probability(&mut self, gain: f64) -> Variable {
        self.problem.add_var(gain, (0.0, 1.0))
    }

    /// An unknown amount of any size from 0.
    fn amount(&mut self) -> Variable {
        self.problem.add_var(0.0, (0.0, f64::INFINITY))
    }

    /// Asks that `more` is at least `less`.
    fn at_least(&mut self, more: Terms, less: Terms) {
        let negated = less.into_iter().map(|(variable, factor)| (variable, -factor));
        let terms = collected(more.into_iter().chain(negated));
        if !terms.is_empty() {
            self.problem.add_constraint(terms, ComparisonOp::Ge, 0.0);
        }
    }

    /// Asks that probabilities add up to at most 1; what is left is the probability of war.
    fn at_most_certain(&mut self, probabilities: impl Iterator<Item = Variable>) {
        let terms = collected(probabilities.map(|variable| (variable, 1.0)));
        self.problem.add_constraint(terms, ComparisonOp::Le, 1.0);
    }

    fn solve(self) -> Result<Solution, MediationError> {
        let outcome = self.problem.solve().map_err(|_| MediationError::Unsolved)?;
        let solution = outcome.into_solution().map_err(|_| MediationError::Unsolved)?;
        let solved = solution.status() == SolutionStatus::Optimal;
        solved.then_some(solution).ok_or(MediationError::Unsolved)
    }
}

/// Each unknown once: the solver takes no repetition.
fn collected(terms: impl Iterator<Item = (Variable, f64)>) -> Terms {
    let mut out: Terms = Vec::new();
    for (variable, factor) in terms {
        match out.iter_mut().find(|(known, _)| *known == variable) {
            Some((_, sum)) => *sum += factor,
            None => out.push((variable, factor)),
        }
    }
    out.retain(|(_, factor)| *factor != 0.0);
    out
}

/// What one side sees when a split is recommended: its share, and how probable that recommendation is after each pair
/// of its own and the other's report.
struct Seen {
    share: f64,
    both_strong: Variable,
    own_strong: Variable,
    other_strong: Variable,
    both_weak: Variable,
}

impl Seen {
    fn after(&self, own: Strength, other: Strength) -> Variable {
        match (own, other) {
            (Strong, Strong) => self.both_strong,
            (Strong, Weak) => self.own_strong,
            (Weak, Strong) => self.other_strong,
            (Weak, Weak) => self.both_weak,
        }
    }

    /// What a side of strength `own` that reported `report` gains over war by accepting this split, times the
    /// probability that it is recommended.
    fn gain(&self, model: &PrivateStrength, own: Strength, report: Strength) -> Terms {
        let term = |other| {
            let gain = (self.share - model.war(own, other)) / model.cost();
            (self.after(report, other), model.prior(other) * gain)
        };
        Strength::BOTH.into_iter().map(term).collect()
    }
}

/// Adds the splits that may be recommended. Both sides are alike, so that a plan and its mirror image can be mixed
/// evenly: after equal reports a split is as probable as its mirror image.
fn recommendations(programme: &mut Programme, model: &PrivateStrength, more: &[f64]) -> Vec<Seen> {
    let q = model.q;
    let (strong, mixed, weak) = (q * q, 2.0 * q * (1.0 - q), (1.0 - q) * (1.0 - q));
    let halves = programme.probability(mixed);
    let mut out = vec![Seen {
        share: 0.5,
        both_strong: programme.probability(strong),
        own_strong: halves,
        other_strong: halves,
        both_weak: programme.probability(weak),
    }];
    for share in std::iter::once(model.war(Strong, Weak)).chain(more.iter().copied()) {
        let both_strong = programme.probability(2.0 * strong);
        let both_weak = programme.probability(2.0 * weak);
        let (there, back) = (programme.probability(mixed), programme.probability(mixed));
        out.push(Seen { share, both_strong, own_strong: there, other_strong: back, both_weak });
        out.push(Seen { share: 1.0 - share, both_strong, own_strong: back, other_strong: there, both_weak });
    }
    out
}

/// The mediator's programme over the three splits that suffice and `more`, which are shares of the pie.
pub(super) fn mediator(model: &PrivateStrength, more: &[f64]) -> Result<Plan, MediationError> {
    let mut programme = Programme::new();
    let seen = recommendations(&mut programme, model, more);
    for own in Strength::BOTH {
        let mut truth = Terms::new();
        let mut lie = Terms::new();
        for one in &seen {
            let accepted = one.gain(model, own, own);
            programme.at_least(accepted.clone(), Terms::new());
            truth.extend(accepted);
            // After a lie: the gain of accepting or that of fighting, whichever is more.
            let best = programme.amount();
            programme.at_least(vec![(best, 1.0)], one.gain(model, own, own.other()));
            lie.push((best, 1.0));
        }
        programme.at_least(truth, lie);
    }
    programme.at_most_certain(seen.iter().map(|one| one.both_strong));
    programme.at_most_certain(seen.iter().map(|one| one.own_strong));
    programme.at_most_certain(seen.iter().map(|one| one.both_weak));
    let solution = programme.solve()?;
    let mut advice = Vec::new();
    for (reports, own, other) in PAIRS {
        let split = |one: &Seen| (one.share, solution.var_value(one.after(own, other)));
        table(reports, seen.iter().map(split), &mut advice);
    }
    Ok(Plan { peace: solution.objective().clamp(0.0, 1.0), advice })
}

/// Who binds the two sides where one split after each pair of reports is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// An arbitrator, who enforces.
    Arbitrator,
    /// Nobody: both strengths are known, and each side accepts or fights.
    Talk,
}

/// The unknowns where one split after each pair of reports is enough: how probable it is, and for unequal reports the
/// probability times the strong side's share. After equal reports the split is in halves.
struct Direct {
    both_strong: Variable,
    unequal: Variable,
    unequal_share: Variable,
    both_weak: Variable,
}

impl Direct {
    fn new(programme: &mut Programme, model: &PrivateStrength) -> Self {
        let q = model.q;
        Self {
            both_strong: programme.probability(q * q),
            unequal: programme.probability(2.0 * q * (1.0 - q)),
            unequal_share: programme.probability(0.0),
            both_weak: programme.probability((1.0 - q) * (1.0 - q)),
        }
    }

    /// What a side of strength `own` that reported `report` gains over war by accepting, after the other reports
    /// `other`, times the probability of a split.
    fn gain(&self, model: &PrivateStrength, own: Strength, report: Strength, other: Strength) -> Terms {
        let (war, unit) = (model.war(own, other), model.cost());
        match (report, other) {
            (Strong, Strong) => vec![(self.both_strong, (0.5 - war) / unit)],
            (Weak, Weak) => vec![(self.both_weak, (0.5 - war) / unit)],
            (Strong, Weak) => vec![(self.unequal_share, 1.0 / unit), (self.unequal, -war / unit)],
            (Weak, Strong) => vec![(self.unequal, (1.0 - war) / unit), (self.unequal_share, -1.0 / unit)],
        }
    }
}

fn weighted(terms: Terms, factor: f64) -> impl Iterator<Item = (Variable, f64)> {
    terms.into_iter().map(move |(variable, one)| (variable, one * factor))
}

/// The programme of an arbitrator or of separating talk.
pub(super) fn direct(model: &PrivateStrength, bound: Bound) -> Result<Plan, MediationError> {
    let mut programme = Programme::new();
    let direct = Direct::new(&mut programme, model);
    programme.at_least(vec![(direct.unequal, 1.0)], vec![(direct.unequal_share, 1.0)]);
    for own in Strength::BOTH {
        let mut truth = Terms::new();
        let mut lie = Terms::new();
        for other in Strength::BOTH {
            let gain = direct.gain(model, own, own, other);
            if bound == Bound::Talk {
                programme.at_least(gain.clone(), Terms::new());
            }
            truth.extend(weighted(gain, model.prior(other)));
            let mut after_lie = direct.gain(model, own, own.other(), other);
            if bound == Bound::Talk {
                let best = programme.amount();
                programme.at_least(vec![(best, 1.0)], after_lie);
                after_lie = vec![(best, 1.0)];
            }
            lie.extend(weighted(after_lie, model.prior(other)));
        }
        programme.at_least(truth.clone(), Terms::new());
        programme.at_least(truth, lie);
    }
    let solution = programme.solve()?;
    Ok(Plan { peace: solution.objective().clamp(0.0, 1.0), advice: direct_table(&direct, &solution) })
}

fn direct_table(direct: &Direct, solution: &Solution) -> Vec<Advice> {
    let value = |variable| solution.var_value(variable);
    let unequal = value(direct.unequal);
    let share = if unequal > SHOWN_MIN { value(direct.unequal_share) / unequal } else { 0.0 };
    let mut advice = Vec::new();
    table(Reports::BothStrong, std::iter::once((0.5, value(direct.both_strong))), &mut advice);
    table(Reports::OneStrong, std::iter::once((share, unequal)), &mut advice);
    table(Reports::BothWeak, std::iter::once((0.5, value(direct.both_weak))), &mut advice);
    advice
}

const PAIRS: [(Reports, Strength, Strength); 3] = [
    (Reports::BothStrong, Strong, Strong),
    (Reports::OneStrong, Strong, Weak),
    (Reports::BothWeak, Weak, Weak),
];

/// Appends what follows these reports: the splits with their probabilities, and war with what is left.
fn table(reports: Reports, splits: impl Iterator<Item = (f64, f64)>, advice: &mut Vec<Advice>) {
    let mut war = 1.0;
    for (first, probability) in splits.filter(|(_, probability)| *probability > SHOWN_MIN) {
        war -= probability;
        advice.push(Advice { reports, outcome: Outcome::Split { first }, probability });
    }
    if war > SHOWN_MIN {
        advice.push(Advice { reports, outcome: Outcome::War, probability: war });
    }
}
