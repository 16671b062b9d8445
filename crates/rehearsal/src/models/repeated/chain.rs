//! Finite Markov chains, solved exactly: which share of time is spent in each state in the long run.
//!
//! Everything is done by elimination of states (Grassmann, Taksar and Heyman, Operations Research 33, 1985), which
//! only adds, multiplies and divides what is positive: no digits are lost, however rare a step is.

/// A chain that begins in state 0: for each state where it leads, with the probability of each step.
#[derive(Debug)]
pub(super) struct Chain {
    /// Steps out of each state; the probabilities of one state add up to 1, and those of 0 are left out.
    pub steps: Vec<Vec<(usize, f64)>>,
}

impl Chain {
    /// The share of time in each state in the long run (the Cesaro limit, so that cycles have one as well).
    pub fn shares(&self) -> Vec<f64> {
        let classes = self.closed_classes();
        let weights = self.weights(&classes);
        let mut shares = vec![0.0; self.steps.len()];
        for (class, weight) in classes.iter().zip(weights) {
            for (state, share) in class.iter().zip(self.stationary(class)) {
                shares[*state] = weight * share;
            }
        }
        shares
    }

    /// The distribution one step later.
    pub fn step(&self, before: &[f64]) -> Vec<f64> {
        let mut after = vec![0.0; before.len()];
        for (steps, mass) in self.steps.iter().zip(before) {
            for (to, chance) in steps {
                after[*to] += mass * chance;
            }
        }
        after
    }

    /// Sets of states that the chain never leaves and wholly visits; each in ascending order.
    fn closed_classes(&self) -> Vec<Vec<usize>> {
        let reach: Vec<Vec<bool>> = (0..self.steps.len()).map(|from| self.reach(from)).collect();
        let members = |from: usize| reach[from].iter().enumerate().filter(|(_, is)| **is).map(|(to, _)| to);
        let closed = |from: usize| members(from).all(|to| reach[to][from]);
        let first = |from: usize| members(from).next() == Some(from);
        (0..self.steps.len())
            .filter(|from| closed(*from) && first(*from))
            .map(|from| members(from).collect())
            .collect()
    }

    /// Where the chain can be from some state on, that state included.
    fn reach(&self, from: usize) -> Vec<bool> {
        let mut seen = vec![false; self.steps.len()];
        let mut open = vec![from];
        while let Some(state) = open.pop() {
            if !std::mem::replace(&mut seen[state], true) {
                open.extend(self.steps[state].iter().map(|(to, _)| *to));
            }
        }
        seen
    }

    /// The probability of ending in each class: all passing states but the first are eliminated.
    fn weights(&self, classes: &[Vec<usize>]) -> Vec<f64> {
        if let Some(home) = classes.iter().position(|class| class.contains(&0)) {
            return (0..classes.len()).map(|class| f64::from(u8::from(class == home))).collect();
        }
        let ends: Vec<usize> = classes.concat();
        let passing = (1..self.steps.len()).filter(|state| !ends.contains(state));
        let order: Vec<usize> = std::iter::once(0).chain(ends.iter().copied()).chain(passing).collect();
        let mut table = self.table(&order);
        for gone in (1 + ends.len()..order.len()).rev() {
            eliminate(&mut table, gone);
        }
        let mut arrivals = table[0][1..=ends.len()].iter();
        let sums: Vec<f64> = classes.iter().map(|class| arrivals.by_ref().take(class.len()).sum()).collect();
        let leaving = leaving(&sums);
        sums.iter().map(|sum| sum / leaving).collect()
    }

    /// The stationary distribution within a closed class.
    fn stationary(&self, class: &[usize]) -> Vec<f64> {
        let mut table = self.table(class);
        for gone in (1..class.len()).rev() {
            eliminate(&mut table, gone);
        }
        let mut visits = vec![1.0];
        for state in 1..class.len() {
            let entering: f64 = visits.iter().zip(&table).map(|(visits, row)| visits * row[state]).sum();
            let leaving = leaving(&table[state][..state]);
            if entering > leaving {
                // The most visited state so far counts as 1, so that nothing overflows.
                visits.iter_mut().for_each(|visits| *visits *= leaving / entering);
                visits.push(1.0);
            } else {
                visits.push(entering / leaving);
            }
        }
        let all: f64 = visits.iter().sum();
        visits.iter().map(|visits| visits / all).collect()
    }

    /// The probabilities of steps between the states of a list, by their places in it.
    fn table(&self, order: &[usize]) -> Vec<Vec<f64>> {
        let mut places = vec![None; self.steps.len()];
        for (place, state) in order.iter().enumerate() {
            places[*state] = Some(place);
        }
        let row = |state: &usize| {
            let mut row = vec![0.0; order.len()];
            for (to, chance) in &self.steps[*state] {
                if let Some(place) = places[*to] {
                    row[place] += chance;
                }
            }
            row
        };
        order.iter().map(row).collect()
    }
}

/// Takes the last state that is left out of a chain, as if nobody looked while it is there.
fn eliminate(table: &mut [Vec<f64>], gone: usize) {
    let (left, rest) = table.split_at_mut(gone);
    let Some(out) = rest.first() else { return };
    let out = &out[..gone];
    let leaving = leaving(out);
    for row in left.iter_mut().filter(|row| row[gone] > 0.0) {
        let entering = row[gone];
        for (chance, out) in row.iter_mut().zip(out) {
            *chance += entering * (out / leaving);
        }
    }
}

/// The chance of leaving a state at all. It is above 0 but where a product of chances is too small to be written.
fn leaving(out: &[f64]) -> f64 {
    out.iter().sum::<f64>().max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(steps: &[&[(usize, f64)]], expected: &[f64]) {
        let chain = Chain { steps: steps.iter().map(|steps| steps.to_vec()).collect() };
        for (got, expected) in chain.shares().iter().zip(expected) {
            assert!((got - expected).abs() < 1e-14, "{:?}", chain.shares());
        }
    }

    #[test]
    fn known_chains_have_their_known_shares() {
        check(&[&[(0, 1.0)]], &[1.0]);
        check(&[&[(0, 0.9), (1, 0.1)], &[(0, 0.3), (1, 0.7)]], &[0.75, 0.25]);
        // A cycle has no limit, but its averages have.
        check(&[&[(1, 1.0)], &[(2, 1.0)], &[(0, 1.0)]], &[1.0 / 3.0; 3]);
        // The gambler's ruin from 1 of 3, fair: two thirds of the time ruined.
        check(
            &[&[(1, 0.5), (2, 0.5)], &[(1, 1.0)], &[(0, 0.5), (3, 0.5)], &[(3, 1.0)]],
            &[0.0, 2.0 / 3.0, 0.0, 1.0 / 3.0],
        );
    }

    #[test]
    fn a_step_as_rare_as_can_be_written_is_not_lost() {
        let rare = 1e-300;
        check(&[&[(0, 1.0 - rare), (1, rare)], &[(1, 1.0 - 3.0 * rare), (0, 3.0 * rare)]], &[0.75, 0.25]);
    }

    fn any_chain() -> impl Strategy<Value = Chain> {
        let state = proptest::collection::vec((0..7usize, 1..9u32), 1..4);
        proptest::collection::vec(state, 7).prop_map(|states| {
            let normal = |steps: Vec<(usize, u32)>| {
                let all: u32 = steps.iter().map(|(_, weight)| weight).sum();
                steps.into_iter().map(|(to, weight)| (to, f64::from(weight) / f64::from(all))).collect()
            };
            Chain { steps: states.into_iter().map(normal).collect() }
        })
    }

    fn product(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let row = |a: &Vec<f64>| {
            let row: Vec<f64> =
                (0..7).map(|to| a.iter().zip(b).map(|(chance, b)| chance * b[to]).sum()).collect();
            let all: f64 = row.iter().sum();
            row.iter().map(|chance| chance / all).collect()
        };
        a.iter().map(row).collect()
    }

    proptest! {
        #[test]
        fn shares_are_what_long_averages_tend_to(chain in any_chain()) {
            let shares = chain.shares();
            // Averages over 1, 2, 4 and so on to 2^30 steps.
            let mut power = chain.table(&[0, 1, 2, 3, 4, 5, 6]);
            let mut average: Vec<Vec<f64>> =
                (0..7).map(|at| (0..7).map(|to| f64::from(u8::from(at == to))).collect()).collect();
            for _ in 0..30 {
                let later = product(&power, &average);
                for (early, late) in average.iter_mut().flatten().zip(later.iter().flatten()) {
                    *early = 0.5 * (*early + late);
                }
                power = product(&power, &power);
            }
            for (average, share) in average[0].iter().zip(&shares) {
                prop_assert!((average - share).abs() < 0.001, "{average} {share}");
            }
            for (after, share) in chain.step(&shares).iter().zip(&shares) {
                prop_assert!((after - share).abs() < 1e-12, "stationary");
            }
        }
    }
}
