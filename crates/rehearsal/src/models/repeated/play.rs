//! Noisy matches played by seed: one at a time ([`Match::play`]), or 64 in the bits of a word ([`Match::sample`]).
//!
//! Both follow one rule: in each turn each side draws a number of 32 bits and is seen to do the less likely of both
//! moves if the number lies below the chance of it. Chances are rounded to 2^-32.

use super::lanes::{LANES, Lanes};
use super::{Game, Machine, NODES_MAX, Payoffs, Sample};
use rand_core::RngCore;
use std::num::{NonZeroU16, NonZeroU64};

/// Two machines, a game and a number of turns, made ready to be played many times.
#[derive(Clone, Debug)]
pub struct Match {
    sides: [Side; 2],
    payoffs: Payoffs,
    turns: NonZeroU16,
}

impl Match {
    /// Prepares the tables of both sides.
    pub fn new(game: &Game, a: &Machine, b: &Machine, turns: NonZeroU16) -> Self {
        Self { sides: [Side::new(game, a), Side::new(game, b)], payoffs: game.payoffs(), turns }
    }

    /// Plays one match, with one draw of 64 bits a turn.
    pub fn play(&self, rng: &mut impl RngCore) -> Tally {
        let mut table = Table::default();
        for _ in 0..self.turns.get() {
            let drawn = rng.next_u64();
            table.turn(&self.sides, [(drawn >> 32) as u32, drawn as u32]);
        }
        table.tally
    }

    /// Plays so many matches, 64 at a time, and keeps what their scores add up to.
    pub fn sample(&self, matches: NonZeroU64, rng: &mut impl RngCore) -> Sample {
        // The smaller the tables, the more of them stays in registers.
        match self.sides.iter().map(|side| side.states.len()).max() {
            Some(0..=2) => self.in_lanes::<2>(matches, rng),
            Some(3..=4) => self.in_lanes::<4>(matches, rng),
            _ => self.in_lanes::<NODES_MAX>(matches, rng),
        }
    }

    fn in_lanes<const NODES: usize>(&self, matches: NonZeroU64, rng: &mut impl RngCore) -> Sample {
        let mut sample = Sample::new(self.payoffs, self.turns);
        let mut left = matches.get();
        while left > 0 {
            let used = left.min(LANES);
            let mut lanes = Lanes::<NODES>::new(self.turns);
            for _ in 0..self.turns.get() {
                lanes.turn(&self.sides, rng);
            }
            sample.add((0..used).map(|lane| lanes.tally(lane)));
            left -= used;
        }
        sample
    }
}

/// How often one match saw a defection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Turns in which the first side was seen to defect, and the second.
    pub defections: [u16; 2],
    /// Turns in which both were.
    pub both: u16,
}

/// A machine made ready to be played in a game.
#[derive(Clone, Debug)]
pub(super) struct Side {
    /// Its states.
    pub states: Vec<State>,
    /// The different chances among the states, each with the states that have it, as bits.
    pub groups: Vec<(u32, u32)>,
    /// The lowest bit that any of the chances has: those below decide nothing.
    pub depth: u32,
}

/// One state of a side.
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    /// Whether defecting is the likelier move.
    pub defects: bool,
    /// The chance of the less likely move, in 2^-32; at most one half.
    pub chance: u32,
    /// The next state, as in a node.
    pub next: [u8; 4],
}

impl Side {
    fn new(game: &Game, machine: &Machine) -> Self {
        let state = |node: &super::Node| {
            let [seen_to_cooperate, seen_to_defect] = game.seen(node.cooperates);
            let defects = seen_to_defect > seen_to_cooperate;
            let less = seen_to_cooperate.min(seen_to_defect);
            // At most half of 2^32, so it fits.
            State { defects, chance: (less * 4_294_967_296.0).round() as u32, next: node.next }
        };
        let states: Vec<State> = machine.nodes().iter().map(state).collect();
        let mut groups: Vec<(u32, u32)> = Vec::new();
        for (number, state) in states.iter().enumerate() {
            match groups.iter_mut().find(|(chance, _)| *chance == state.chance) {
                Some((_, members)) => *members |= 1 << number,
                None => groups.push((state.chance, 1 << number)),
            }
        }
        let depth = groups.iter().map(|(chance, _)| chance.trailing_zeros()).min().unwrap_or(u32::BITS);
        Self { states, groups, depth }
    }
}

/// One match under way, the plain way: what the lanes are checked against.
#[derive(Default)]
pub(super) struct Table {
    at: [u8; 2],
    /// What was seen so far.
    pub tally: Tally,
}

impl Table {
    /// Plays a turn with one draw for each side.
    pub fn turn(&mut self, sides: &[Side; 2], drawn: [u32; 2]) {
        let [a, b] = [0, 1].map(|side| sides[side].states[usize::from(self.at[side])]);
        let [x, y] = [a.defects ^ (drawn[0] < a.chance), b.defects ^ (drawn[1] < b.chance)];
        self.tally.defections[0] += u16::from(x);
        self.tally.defections[1] += u16::from(y);
        self.tally.both += u16::from(x & y);
        let [x, y] = [usize::from(x), usize::from(y)];
        self.at = [a.next[2 * x + y], b.next[2 * y + x]];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::repeated::{Node, Strategy, exact};
    use proptest::prelude::{Strategy as _, proptest};
    use rand_chacha::ChaCha8Rng;
    use rand_core::SeedableRng;
    use std::num::NonZeroU32;

    const NOISES: [f64; 4] = [0.0, 0.01, 0.05, 0.2];
    const STRATEGIES: [Strategy; 8] = [
        Strategy::TitForTat,
        Strategy::Generous(1.0 / 3.0),
        Strategy::Pavlov,
        Strategy::Contrite,
        Strategy::Cooperate,
        Strategy::Defect,
        Strategy::Unforgiving,
        Strategy::Trigger(3),
    ];

    fn game(noise: f64) -> Game {
        Game::new(Payoffs::STANDARD, noise).unwrap()
    }

    fn turns(turns: u16) -> NonZeroU16 {
        NonZeroU16::new(turns).unwrap()
    }

    fn matches(matches: u64) -> NonZeroU64 {
        NonZeroU64::new(matches).unwrap()
    }

    fn check(sample: &Sample, exact: [f64; 2], what: &str) {
        let sides = sample.mean().into_iter().zip(sample.standard_error()).zip(exact);
        for ((mean, error), exact) in sides {
            assert!((mean - exact).abs() <= 4.0 * error + 1e-9, "{what}: {mean}, not {exact}; error {error}");
        }
    }

    #[test]
    fn what_is_played_averages_to_what_is_solved_for_every_strategy_and_noise() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        for (strategy, noise) in STRATEGIES.into_iter().flat_map(|s| NOISES.map(|noise| (s, noise))) {
            let machine = Machine::of(strategy).unwrap();
            let played = Match::new(&game(noise), &machine, &machine, turns(200));
            let exact = exact::over(&game(noise), &machine, &machine, NonZeroU32::new(200).unwrap());
            check(&played.sample(matches(20_000), &mut rng), exact, &format!("{strategy:?} {noise}, lanes"));
            let mut alone = Sample::new(Payoffs::STANDARD, turns(200));
            alone.add((0..5_000).map(|_| played.play(&mut rng)));
            check(&alone, exact, &format!("{strategy:?} {noise}, one at a time"));
        }
    }

    #[test]
    fn any_two_strategies_earn_what_is_solved_for_them() {
        let mut rng = ChaCha8Rng::seed_from_u64(2);
        let machines = STRATEGIES.map(|strategy| Machine::of(strategy).unwrap());
        for (a, b) in (0..8).flat_map(|a| (0..8).map(move |b| (a, b))) {
            let [first, second] = [&machines[a], &machines[b]];
            let exact = exact::over(&game(0.05), first, second, NonZeroU32::new(50).unwrap());
            let played = Match::new(&game(0.05), first, second, turns(50));
            check(&played.sample(matches(10_000), &mut rng), exact, &format!("{a} against {b}"));
        }
    }

    #[test]
    fn noise_above_one_half_is_played_as_it_is_solved() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        let machine = Machine::of(Strategy::Generous(0.4)).unwrap();
        for noise in [0.5, 0.7, 1.0] {
            let exact = exact::over(&game(noise), &machine, &machine, NonZeroU32::new(100).unwrap());
            let played = Match::new(&game(noise), &machine, &machine, turns(100));
            check(&played.sample(matches(10_000), &mut rng), exact, &noise.to_string());
        }
    }

    #[test]
    fn the_same_seed_plays_the_same_and_another_does_not() {
        let machine = Machine::of(Strategy::Pavlov).unwrap();
        let played = Match::new(&game(0.05), &machine, &machine, turns(200));
        let sample = |seed| played.sample(matches(1_000), &mut ChaCha8Rng::seed_from_u64(seed));
        assert_eq!(sample(7), sample(7));
        assert_ne!(sample(7), sample(8));
        assert_eq!(sample(7).matches(), 1_000, "the last word is used in part");
    }

    #[test]
    fn the_longest_match_is_counted_to_its_end() {
        let machine = Machine::of(Strategy::Defect).unwrap();
        let played = Match::new(&game(0.0), &machine, &machine, turns(u16::MAX));
        let mut rng = ChaCha8Rng::seed_from_u64(4);
        assert_eq!(played.play(&mut rng), Tally { defections: [u16::MAX; 2], both: u16::MAX });
        let sample = played.sample(matches(65), &mut rng);
        assert_eq!((sample.mean(), sample.standard_error()), ([1.0, 1.0], [0.0, 0.0]));
    }

    /// Hands out the words of another and remembers them.
    struct Remembering(ChaCha8Rng, Vec<u64>);

    impl RngCore for Remembering {
        fn next_u32(&mut self) -> u32 {
            self.next_u64() as u32
        }

        fn next_u64(&mut self) -> u64 {
            self.1.push(self.0.next_u64());
            self.1[self.1.len() - 1]
        }

        fn fill_bytes(&mut self, dest: &mut [u8]) {
            rand_core::impls::fill_bytes_via_next(self, dest);
        }

        fn try_fill_bytes(&mut self, dest: &mut [u8]) -> Result<(), rand_core::Error> {
            self.fill_bytes(dest);
            Ok(())
        }
    }

    /// The number of one match in words that hold a digit of all; digits that were not needed are as good as 0.
    fn number(words: &[u64], lane: u64) -> u32 {
        words.iter().zip((0..u32::BITS).rev()).map(|(word, digit)| ((word >> lane & 1) as u32) << digit).sum()
    }

    fn agree(game: &Game, machines: [&Machine; 2], seed: u64) {
        let nodes = machines.map(|machine| machine.nodes().len()).into_iter().max().unwrap();
        agree_in::<NODES_MAX>(game, machines, seed);
        if nodes <= 4 {
            agree_in::<4>(game, machines, seed);
        }
        if nodes <= 2 {
            agree_in::<2>(game, machines, seed);
        }
    }

    fn agree_in<const NODES: usize>(game: &Game, machines: [&Machine; 2], seed: u64) {
        let played = Match::new(game, machines[0], machines[1], turns(60));
        let mut rng = Remembering(ChaCha8Rng::seed_from_u64(seed), Vec::new());
        let mut lanes = Lanes::<NODES>::new(turns(60));
        let mut tables: Vec<Table> = (0..LANES).map(|_| Table::default()).collect();
        for _ in 0..60 {
            let mut draw = |side: usize| {
                rng.1.clear();
                let seen = lanes.defections(side, &played.sides[side], &mut rng);
                (seen, rng.1.clone())
            };
            let [(a, first), (b, second)] = [draw(0), draw(1)];
            lanes.follow(&played.sides, [a, b]);
            for (lane, table) in (0..).zip(&mut tables) {
                table.turn(&played.sides, [number(&first, lane), number(&second, lane)]);
            }
        }
        for (lane, table) in (0..).zip(&tables) {
            assert_eq!(lanes.tally(lane), table.tally, "{lane}");
        }
    }

    #[test]
    fn lanes_agree_with_the_plain_player_on_the_same_words() {
        let machines = STRATEGIES.map(|strategy| Machine::of(strategy).unwrap());
        for (a, b) in machines.iter().flat_map(|a| machines.iter().map(move |b| (a, b))) {
            for noise in NOISES {
                agree(&game(noise), [a, b], 5);
            }
        }
    }

    fn any_machine() -> impl proptest::strategy::Strategy<Value = Machine> {
        let node = (0.0..=1.0, proptest::array::uniform4(0..9u8));
        proptest::collection::vec(node, 9).prop_map(|nodes| {
            let nodes = nodes.into_iter().map(|(cooperates, next)| Node { cooperates, next });
            Machine::new(nodes.collect()).unwrap()
        })
    }

    proptest! {
        #[test]
        fn lanes_agree_with_the_plain_player_for_any_tables(
            a in any_machine(),
            b in any_machine(),
            noise in 0.0..=1.0,
            seed: u64,
        ) {
            agree(&game(noise), [&a, &b], seed);
        }
    }
}
