//! Crisis bargaining: how much risk of war does the best take-it-or-leave-it offer run?
//!
//! A demands a share of a pie of size 1. B accepts, or war follows, which A wins with probability `p` at a cost of
//! `c_a` to A. What war costs B is known to B alone: to A it is anything from 0 to `c_max`, evenly. B accepts where its
//! share is at least what war would give it, so that A's gain is piecewise quadratic in its demand and the best demand
//! is known exactly. Source: Fearon, "Rationalist Explanations for War", International Organization 49 (1995), 379-414;
//! Powell, In the Shadow of Power (1999), chapter 3.

use super::oracle::Oracle;

/// Why a bargaining problem was refused.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum CrisisError {
    /// The probability of winning is out of range.
    #[error("the proposer cannot win with probability {0}; write a number from 0 to 1")]
    Win(f64),
    /// The proposer's cost is out of range.
    #[error("war cannot cost the proposer {0}; write a share of the pie, at least 0")]
    Cost(f64),
    /// The bound of the responder's cost is out of range.
    #[error("{0} cannot bound the responder's cost of war; write a share of the pie above 0")]
    CostMax(f64),
}

/// The parameters of the model: a probability, and costs as shares of a pie of size 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crisis {
    p: f64,
    c_a: f64,
    c_max: f64,
}

/// What limits the best demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Nothing: asking more would gain as much as it risks.
    Balance,
    /// The pie: the proposer asks for all of it.
    WholePie,
    /// The proposer's cost of war, which is so high that it runs no risk.
    NoRisk,
}

/// The best demand and what follows from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Demand {
    /// The share the proposer asks for, from 0 to 1.
    pub share: f64,
    /// The probability of war, from 0 to 1.
    pub war: f64,
    /// What the proposer expects, a share of the pie.
    pub payoff: f64,
    /// What limits the demand.
    pub limit: Limit,
}

impl Crisis {
    /// The problem of a proposer who wins with probability `p` at a cost of `c_a`, against a cost of at most `c_max`,
    /// all costs being shares of the pie. Refuses numbers outside the model's range.
    pub fn new(p: f64, c_a: f64, c_max: f64) -> Result<Self, CrisisError> {
        if !(0.0..=1.0).contains(&p) {
            return Err(CrisisError::Win(p));
        }
        if !(0.0..f64::INFINITY).contains(&c_a) {
            return Err(CrisisError::Cost(c_a));
        }
        if !(f64::MIN_POSITIVE..f64::INFINITY).contains(&c_max) {
            return Err(CrisisError::CostMax(c_max));
        }
        Ok(Self { p, c_a, c_max })
    }

    /// The probability that this demand, a share of the pie, is refused: that of a cost too low to accept it.
    pub fn war(&self, share: f64) -> f64 {
        ((share - self.p) / self.c_max).clamp(0.0, 1.0)
    }

    /// What the proposer expects from this demand, a share of the pie.
    pub fn payoff(&self, share: f64) -> f64 {
        let war = self.war(share);
        (1.0 - war) * share + war * (self.p - self.c_a)
    }

    /// The best demand. Of the pie beyond `p`, asking `s` gains `s (1 - s/c_max)` and risks `c_a s/c_max`, which
    /// balance at half of `c_max - c_a`.
    pub fn demand(&self) -> Demand {
        let balance = (self.c_max - self.c_a) / 2.0;
        let (share, limit) = if balance <= 0.0 {
            (self.p, Limit::NoRisk)
        } else if self.p + balance <= 1.0 {
            (self.p + balance, Limit::Balance)
        } else {
            (1.0, Limit::WholePie)
        };
        let war = match limit {
            Limit::Balance => balance / self.c_max,
            Limit::NoRisk | Limit::WholePie => self.war(share),
        };
        Demand { share, war, payoff: self.payoff(share), limit }
    }
}

const SOURCE: &str =
    "Fearon, Rationalist Explanations for War, International Organization 49 (1995), appendix";

/// The published probabilities of war, each beside that of the best demand.
pub fn oracles() -> Vec<Oracle> {
    let row = |name, p, c_a, c_max, expected| {
        let got = Crisis::new(p, c_a, c_max).map_or(f64::NAN, |crisis| crisis.demand().war);
        Oracle { name, source: SOURCE, expected, tolerance: 1e-12, got }
    };
    vec![
        row("war, p .5, c_A .1, c_max .4: 1/2 (1 - c_A/c_max)", 0.5, 0.1, 0.4, 0.5 * (1.0 - 0.1 / 0.4)),
        row("war, p .9, c_A .1, c_max .4: the whole pie", 0.9, 0.1, 0.4, 0.25),
        row("war, p .5, c_A .5, c_max .4: no risk", 0.5, 0.5, 0.4, 0.0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn crisis(p: f64, c_a: f64, c_max: f64) -> Crisis {
        Crisis::new(p, c_a, c_max).expect("in range")
    }

    #[test]
    fn the_published_values_come_out() {
        for oracle in oracles() {
            assert!(oracle.passed(), "{oracle:?}");
        }
    }

    #[test]
    fn each_limit_of_the_demand_is_reached() {
        assert_eq!(crisis(0.5, 0.1, 0.4).demand().limit, Limit::Balance);
        assert!((crisis(0.5, 0.1, 0.4).demand().share - 0.65).abs() < 1e-12);
        assert_eq!(crisis(0.9, 0.1, 0.4).demand().limit, Limit::WholePie);
        assert_eq!(crisis(0.9, 0.1, 0.4).demand().share, 1.0);
        assert_eq!(crisis(0.5, 0.5, 0.4).demand().limit, Limit::NoRisk);
        assert_eq!(crisis(0.5, 0.5, 0.4).demand().share, 0.5);
        assert_eq!(crisis(0.5, 0.4, 0.4).demand().war, 0.0);
        assert_eq!(crisis(1.0, 0.1, 0.4).demand().war, 0.0);
    }

    #[test]
    fn numbers_out_of_range_are_refused_with_a_hint() {
        assert_eq!(Crisis::new(1.1, 0.1, 0.4), Err(CrisisError::Win(1.1)));
        assert_eq!(Crisis::new(0.5, -0.1, 0.4), Err(CrisisError::Cost(-0.1)));
        assert_eq!(Crisis::new(0.5, 0.1, 0.0), Err(CrisisError::CostMax(0.0)));
        assert!(matches!(Crisis::new(f64::NAN, 0.1, 0.4), Err(CrisisError::Win(_))));
        assert!(matches!(Crisis::new(0.5, 0.1, f64::INFINITY), Err(CrisisError::CostMax(_))));
        assert!(CrisisError::Cost(-1.0).to_string().contains("at least 0"));
    }

    /// Steps of the grid on which the best demand is searched by brute force.
    const STEPS: u32 = 2_000;

    /// The responder's choice by its definition, over a grid of costs: no formula of the solver is used.
    fn refused(p: f64, c_max: f64, share: f64) -> f64 {
        let refuses = |k: &u32| {
            let cost = c_max * (f64::from(*k) + 0.5) / f64::from(STEPS);
            1.0 - share < 1.0 - p - cost
        };
        f64::from((0..STEPS).filter(refuses).count() as u32) / f64::from(STEPS)
    }

    proptest! {
        #[test]
        fn no_demand_on_a_grid_does_better(p in 0.0..=1.0, c_a in 0.0..0.8, c_max in 0.001..1.0) {
            let crisis = crisis(p, c_a, c_max);
            let best = crisis.demand();
            let grid = (0..=STEPS).map(|k| f64::from(k) / f64::from(STEPS));
            let found = grid.map(|share| crisis.payoff(share)).fold(f64::MIN, f64::max);
            prop_assert!(found <= best.payoff + 1e-12, "{found} above {best:?}");
            // Beside the best demand the payoff falls by at most 1 for each unit of the demand that is given up.
            prop_assert!(best.payoff - found <= 1.0 / f64::from(STEPS) + 1e-12, "{found} far below {best:?}");
            prop_assert!((0.0..=1.0).contains(&best.share) && (0.0..=1.0).contains(&best.war));
        }

        #[test]
        fn war_is_what_the_responders_choices_add_up_to(p in 0.0..=1.0, c_a in 0.0..0.8, c_max in 0.001..1.0) {
            let best = crisis(p, c_a, c_max).demand();
            prop_assert!((best.war - refused(p, c_max, best.share)).abs() <= 1.0 / f64::from(STEPS));
        }

        #[test]
        fn the_published_formula_holds_where_it_applies(p in 0.0..=0.5, part in 0.0..=1.0_f64, c_max in 0.001..=1.0) {
            let best = crisis(p, part * c_max, c_max).demand();
            prop_assert!((best.war - 0.5 * (1.0 - part)).abs() < 1e-12);
        }
    }
}
