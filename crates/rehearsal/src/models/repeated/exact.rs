//! What two strategies earn, exactly: the chain of their joint states, averaged over turns.

use super::chain::Chain;
use super::{Game, Machine};
use std::collections::BTreeMap;
use std::num::NonZeroU32;

/// Both machines at once: a chain, and what each side expects to earn in each state.
struct Joint {
    chain: Chain,
    earned: Vec<[f64; 2]>,
}

impl Joint {
    fn new(game: &Game, sides: [&Machine; 2]) -> Self {
        let mut known: BTreeMap<(u8, u8), usize> = BTreeMap::from([((0, 0), 0)]);
        let mut open = vec![(0, 0)];
        let (mut steps, mut earned) = (Vec::new(), Vec::new());
        while let Some(state) = open.get(steps.len()).copied() {
            let nodes = [sides[0].nodes()[usize::from(state.0)], sides[1].nodes()[usize::from(state.1)]];
            let seen = nodes.map(|node| game.seen(node.cooperates));
            let mut out = Vec::with_capacity(4);
            let mut expected = [0.0; 2];
            for outcome in 0..4 {
                let chance = seen[0][outcome >> 1] * seen[1][outcome & 1];
                if chance == 0.0 {
                    continue;
                }
                for (expected, paid) in expected.iter_mut().zip(game.paid(outcome)) {
                    *expected += chance * paid;
                }
                let next = (nodes[0].next[outcome], nodes[1].next[mirrored(outcome)]);
                let to = *known.entry(next).or_insert_with(|| {
                    open.push(next);
                    open.len() - 1
                });
                out.push((to, chance));
            }
            steps.push(out);
            earned.push(expected);
        }
        Self { chain: Chain { steps }, earned }
    }

    fn earned(&self, mass: &[f64]) -> [f64; 2] {
        let of = |side: usize| self.earned.iter().zip(mass).map(|(earned, mass)| earned[side] * mass).sum();
        [of(0), of(1)]
    }
}

/// An outcome as the other side sees it.
fn mirrored(outcome: usize) -> usize {
    outcome >> 1 | (outcome & 1) << 1
}

/// What each side earns a turn in the long run, from the first states of both (a stationary distribution, solved).
pub fn long_run(game: &Game, a: &Machine, b: &Machine) -> [f64; 2] {
    let joint = Joint::new(game, [a, b]);
    joint.earned(&joint.chain.shares())
}

/// What each side is expected to earn a turn in a match of so many turns.
pub fn over(game: &Game, a: &Machine, b: &Machine, turns: NonZeroU32) -> [f64; 2] {
    let joint = Joint::new(game, [a, b]);
    let mut mass = vec![0.0; joint.earned.len()];
    mass[0] = 1.0;
    let mut sums = [0.0; 2];
    for _ in 0..turns.get() {
        let [a, b] = joint.earned(&mass);
        sums = [sums[0] + a, sums[1] + b];
        mass = joint.chain.step(&mass);
    }
    sums.map(|sum| sum / f64::from(turns.get()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::repeated::{NODES_MAX, Node, PROBABILITY_MIN, Payoffs, Strategy};

    const TURNS: NonZeroU32 = NonZeroU32::new(200).unwrap();

    fn game(noise: f64) -> Game {
        Game::new(Payoffs::STANDARD, noise).unwrap()
    }

    /// Self-play at noise of 1 % and 5 %.
    fn check(strategy: Strategy, what: impl Fn(&Game, &Machine) -> [f64; 2], expected: [f64; 2]) {
        let machine = Machine::of(strategy).unwrap();
        for (noise, expected) in [0.01, 0.05].into_iter().zip(expected) {
            for got in what(&game(noise), &machine) {
                assert!((got - expected).abs() <= 5e-7, "{strategy:?} {noise}: {got}, not {expected}");
            }
        }
    }

    #[test]
    fn long_runs_come_out_as_published() {
        let long = |game: &Game, machine: &Machine| long_run(game, machine, machine);
        check(Strategy::TitForTat, long, [2.25, 2.25]);
        check(Strategy::Generous(1.0 / 3.0), long, [2.970322, 2.859375]);
        check(Strategy::Pavlov, long, [2.951092, 2.776500]);
        check(Strategy::Contrite, long, [2.9801, 2.9025]);
    }

    #[test]
    fn matches_of_200_turns_come_out_as_published() {
        let short = |game: &Game, machine: &Machine| over(game, machine, machine, TURNS);
        check(Strategy::TitForTat, short, [2.460385, 2.289671]);
        check(Strategy::Generous(1.0 / 3.0), short, [2.970606, 2.860503]);
        check(Strategy::Pavlov, short, [2.951286, 2.777355]);
    }

    #[test]
    fn values_known_in_closed_form_are_met() {
        for noise in [1e-9, 0.001, 0.01, 0.05, 0.2, 0.4] {
            let long = |strategy: Strategy| {
                let machine = Machine::of(strategy).unwrap();
                long_run(&game(noise), &machine, &machine)[0]
            };
            let near = |strategy: Strategy, expected: f64| {
                assert!(
                    (long(strategy) - expected).abs() < 1e-12,
                    "{strategy:?} {noise}: {}",
                    long(strategy)
                );
            };
            // Both sides of a reactive strategy are independent, each cooperating with the same probability x.
            for generosity in [0.1, 1.0 / 3.0, 0.9] {
                let kept = (1.0 - 2.0 * noise) * (1.0 - generosity);
                let x = (1.0 - noise - kept) / (1.0 - kept);
                near(Strategy::Generous(generosity), 1.0 + 3.0 * x - x * x);
            }
            near(Strategy::TitForTat, 2.25);
            near(Strategy::Cooperate, 3.0 - noise - noise * noise);
            near(Strategy::Defect, 1.0 + 3.0 * noise - noise * noise);
            near(Strategy::Unforgiving, 1.0 + 3.0 * noise - noise * noise);
            near(Strategy::Contrite, 3.0 - 2.0 * noise + noise * noise);
            // A trigger spends 1 / (1 + alarm T) of its time in cooperation.
            let alarm = 1.0 - (1.0 - noise) * (1.0 - noise);
            let at_peace = 1.0 / (1.0 + 14.0 * alarm);
            let war = 1.0 + 3.0 * noise - noise * noise;
            near(Strategy::Trigger(14), at_peace * (3.0 - noise - noise * noise) + (1.0 - at_peace) * war);
        }
    }

    #[test]
    fn without_noise_the_start_decides() {
        let clear = game(0.0);
        for strategy in [
            Strategy::TitForTat,
            Strategy::Generous(0.0),
            Strategy::Generous(0.3),
            Strategy::Pavlov,
            Strategy::Contrite,
            Strategy::Unforgiving,
            Strategy::Trigger(3),
        ] {
            let machine = Machine::of(strategy).unwrap();
            assert_eq!(long_run(&clear, &machine, &machine), [3.0, 3.0], "{strategy:?}");
            assert_eq!(over(&clear, &machine, &machine, TURNS), [3.0, 3.0], "{strategy:?}");
        }
        let [nice, mean] = [Strategy::TitForTat, Strategy::Defect].map(|s| Machine::of(s).unwrap());
        assert_eq!(long_run(&clear, &nice, &mean), [1.0, 1.0]);
        assert_eq!(over(&clear, &nice, &mean, TURNS), [199.0 / 200.0, 204.0 / 200.0]);
        // Pavlov tries again every other turn.
        let pavlov = Machine::of(Strategy::Pavlov).unwrap();
        assert_eq!(long_run(&clear, &pavlov, &mean), [0.5, 3.0]);
    }

    #[test]
    fn a_long_match_tends_to_the_long_run_and_sides_may_be_swapped() {
        let strategies = [
            Strategy::TitForTat,
            Strategy::Generous(0.3),
            Strategy::Pavlov,
            Strategy::Contrite,
            Strategy::Cooperate,
            Strategy::Defect,
            Strategy::Unforgiving,
            Strategy::Trigger(2),
        ];
        let machines = strategies.map(|strategy| Machine::of(strategy).unwrap());
        let turns = NonZeroU32::new(100_000).unwrap();
        for (a, b) in machines.iter().flat_map(|a| machines.iter().map(move |b| (a, b))) {
            let [one, other] = long_run(&game(0.05), a, b);
            let [swapped_other, swapped_one] = long_run(&game(0.05), b, a);
            assert!((one - swapped_one).abs() < 1e-12 && (other - swapped_other).abs() < 1e-12);
            let [short_one, short_other] = over(&game(0.05), a, b, turns);
            assert!((one - short_one).abs() < 0.001 && (other - short_other).abs() < 0.001);
        }
    }

    #[test]
    fn the_rarest_noise_and_forgiveness_still_give_numbers() {
        for (noise, generosity) in
            [(PROBABILITY_MIN, PROBABILITY_MIN), (PROBABILITY_MIN, 0.5), (0.5, PROBABILITY_MIN)]
        {
            let strategies = [
                Strategy::TitForTat,
                Strategy::Generous(generosity),
                Strategy::Pavlov,
                Strategy::Contrite,
                Strategy::Unforgiving,
                Strategy::Trigger(31),
            ];
            let machines = strategies.map(|strategy| Machine::of(strategy).unwrap());
            for (a, b) in machines.iter().flat_map(|a| machines.iter().map(move |b| (a, b))) {
                for earned in long_run(&game(noise), a, b) {
                    assert!((0.0..=5.0).contains(&earned), "{noise}: {earned}");
                }
            }
        }
    }

    #[test]
    fn a_ladder_of_rare_steps_is_solved_from_either_end() {
        let last = NODES_MAX as u8 - 1;
        let ladder = |away: bool| {
            let nodes = (0..=last).map(|at| {
                let (more, less) = ((at + 1).min(last), at.saturating_sub(1));
                let [rare, usual] = if away { [less, more] } else { [more, less] };
                Node { cooperates: 0.0, next: [rare, rare, usual, usual] }
            });
            Machine::new(nodes.collect()).unwrap()
        };
        let defector = Machine::of(Strategy::Defect).unwrap();
        for away in [true, false] {
            let [earned, _] = long_run(&game(PROBABILITY_MIN), &ladder(away), &defector);
            assert!((earned - 1.0).abs() < 1e-8, "{away}: {earned}");
        }
    }
}
