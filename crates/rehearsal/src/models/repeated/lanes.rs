//! 64 matches at a time: bit k of every word belongs to match k.

use super::play::{Side, Tally};
use rand_core::RngCore;
use std::num::NonZeroU16;

/// Matches in a word.
pub(super) const LANES: u64 = u64::BITS as u64;

/// 64 matches under way, of sides with at most so many states.
pub(super) struct Lanes<const NODES: usize> {
    /// For each side and state, the matches in which the side is in it.
    at: [[u64; NODES]; 2],
    /// How often each side was seen to defect, and both were: counters that stand upright, one binary digit a word.
    counters: [[u64; 16]; 3],
    /// Digits that can be reached.
    digits: usize,
}

impl<const NODES: usize> Lanes<NODES> {
    /// All matches before their first turn, of so many.
    pub fn new(turns: NonZeroU16) -> Self {
        let mut first = [0; NODES];
        first[0] = u64::MAX;
        let digits = u16::BITS - turns.leading_zeros();
        Self { at: [first; 2], counters: [[0; 16]; 3], digits: digits as usize }
    }

    /// Plays a turn of all matches; each side draws words until every match is decided.
    pub fn turn(&mut self, sides: &[Side; 2], rng: &mut impl RngCore) {
        let seen = [0, 1].map(|side| self.defections(side, &sides[side], rng));
        self.follow(sides, seen);
    }

    /// In which matches the side is seen to defect in this turn.
    pub fn defections(&self, side: usize, rules: &Side, rng: &mut impl RngCore) -> u64 {
        let at = &self.at[side];
        let mut likely = 0;
        for (state, at) in rules.states.iter().zip(at) {
            likely |= if state.defects { *at } else { 0 };
        }
        likely ^ below(rules, at, rng)
    }

    /// Counts what was seen and moves both sides to their next states.
    pub fn follow(&mut self, sides: &[Side; 2], [a, b]: [u64; 2]) {
        for (counter, seen) in self.counters.iter_mut().zip([a, b, a & b]) {
            let mut carry = seen;
            for digit in &mut counter[..self.digits] {
                (*digit, carry) = (*digit ^ carry, *digit & carry);
            }
        }
        let outcomes = [!a & !b, !a & b, a & !b, a & b];
        let [first, second] = &mut self.at;
        advance(&sides[0], first, outcomes);
        advance(&sides[1], second, [outcomes[0], outcomes[2], outcomes[1], outcomes[3]]);
    }

    /// What one match saw.
    pub fn tally(&self, lane: u64) -> Tally {
        let read = |counter: &[u64; 16]| {
            let digits = counter[..self.digits].iter().enumerate();
            digits.fold(0, |count, (place, digit)| count | ((digit >> lane & 1) as u16) << place)
        };
        let [a, b, both] = &self.counters;
        Tally { defections: [read(a), read(b)], both: read(both) }
    }
}

/// In which matches a number of 32 bits lies below the chance of the match's state.
fn below<const NODES: usize>(rules: &Side, at: &[u64; NODES], rng: &mut impl RngCore) -> u64 {
    if let [(chance, _)] = rules.groups[..] {
        return compare(rules.depth, rng, |digit| digit_of(chance, digit));
    }
    let mut masks = [0; NODES];
    for (mask, (_, members)) in masks.iter_mut().zip(&rules.groups) {
        for (state, at) in at.iter().enumerate() {
            *mask |= u64::from(members >> state & 1).wrapping_neg() & at;
        }
    }
    compare(rules.depth, rng, |digit| {
        let groups = rules.groups.iter().zip(&masks);
        groups.fold(0, |word, ((chance, _), mask)| word | digit_of(*chance, digit) & mask)
    })
}

/// Draws a number for each match from the highest digit down, a word for a digit of all, until each is known to lie
/// below its chance or not.
fn compare(depth: u32, rng: &mut impl RngCore, chance: impl Fn(u32) -> u64) -> u64 {
    let (mut below, mut open) = (0, u64::MAX);
    for digit in (depth..u32::BITS).rev() {
        let (chance, drawn) = (chance(digit), rng.next_u64());
        below |= open & chance & !drawn;
        open &= !(chance ^ drawn);
        if open == 0 {
            break;
        }
    }
    below
}

/// A digit of a number, in every bit of a word.
fn digit_of(number: u32, digit: u32) -> u64 {
    u64::from(number >> digit & 1).wrapping_neg()
}

/// Moves the matches of each state to where their outcomes lead.
fn advance<const NODES: usize>(rules: &Side, at: &mut [u64; NODES], outcomes: [u64; 4]) {
    let mut after = [0; NODES];
    for (state, at) in rules.states.iter().zip(at.iter()) {
        for (to, outcome) in state.next.into_iter().zip(outcomes) {
            after[usize::from(to) % NODES] |= at & outcome;
        }
    }
    *at = after;
}
