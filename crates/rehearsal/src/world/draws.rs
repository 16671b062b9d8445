//! Random numbers that belong to what they are drawn for: the same event of two variants draws the same (REH-8).
//!
//! A number is a hash of the seed, the run, the source, the event and the question it answers (the output function of
//! SplitMix64: Steele, Lea and Flood, OOPSLA 2014). So no draw depends on how many came before.

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
}

/// What a number is drawn for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Draw {
    Strong,
    Notices,
    NoticedAfter,
    Seen,
    SecondLook,
    SecondLookAfter,
    HairTrigger,
    Patience,
    WaitsForReply,
    HonoursBrake,
    Lawful,
    Generous,
    Threatens,
    Audience,
    FoundOut,
    Answers,
    Provisional,
    Convinces,
    Admits,
    SelfReports,
    Courier,
    Garbled,
    Dropped,
    Altered,
    Caught,
    Gain,
    Open,
    Forgets,
    Grudge,
    StrikesAfter,
    OpeningBeats,
    OpeningLoss,
    ReportBeats,
    ReportLoss,
    AnswerBeats,
    AnswerLoss,
    ProvisionalBeats,
    ProvisionalLoss,
    FirstWordBeats,
    FirstWordLoss,
    LastWordBeats,
    LastWordLoss,
    NoticeBeats,
    NoticeLoss,
    RenewalBeats,
    RenewalLoss,
}

/// What belongs to one event of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark(u64);

impl Mark {
    /// Of a run of a study.
    pub(super) fn run(seed: u64, run: u64) -> Self {
        Self(mix(seed.wrapping_add(GOLDEN))).child(run)
    }

    /// Of something numbered in it.
    pub(super) fn child(self, number: u64) -> Self {
        Self(mix(self.0.rotate_left(25) ^ mix(number.wrapping_add(GOLDEN))))
    }

    /// A number from 0 up to and without 1.
    pub(super) fn unit(self, draw: Draw) -> f64 {
        #[cfg(test)]
        looks::count(self.0, draw);
        unit(mix(self.0.wrapping_add((draw as u64 + 1).wrapping_mul(GOLDEN))))
    }

    /// Whether something of that probability is so.
    pub(super) fn chance(self, draw: Draw, probability: f64) -> bool {
        self.unit(draw) < probability
    }

    /// An exponential time of that mean; 0 if the mean is.
    pub(super) fn exponential(self, draw: Draw, mean: f64) -> f64 {
        if mean > 0.0 { -mean * (1.0 - self.unit(draw)).ln() } else { 0.0 }
    }
}

/// Numbers in a row, for what comes one after another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stream(u64);

impl Stream {
    pub(super) fn of(mark: Mark) -> Self {
        Self(mark.0)
    }

    /// A number above 0 and up to 1.
    pub(super) fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        1.0 - unit(mix(self.0))
    }
}

/// How often each number is looked at, for the test that says which may be drawn afresh.
#[cfg(test)]
pub(super) mod looks {
    use super::Draw;
    use std::cell::RefCell;
    use std::collections::{HashMap, HashSet};

    type Looks = HashMap<(u64, Draw), u32>;

    thread_local! {
        static LOOKS: RefCell<Option<Looks>> = const { RefCell::new(None) };
    }

    pub(super) fn count(mark: u64, draw: Draw) {
        LOOKS.with_borrow_mut(|looks| {
            if let Some(looks) = looks {
                *looks.entry((mark, draw)).or_default() += 1;
            }
        });
    }

    /// What is looked at more than once in what this does.
    pub(in crate::world) fn again(does: impl FnOnce()) -> HashSet<Draw> {
        LOOKS.set(Some(Looks::new()));
        does();
        let looks = LOOKS.take().unwrap_or_default();
        looks.into_iter().filter(|(_, looks)| *looks > 1).map(|((_, draw), _)| draw).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // REH-8
    #[test]
    fn a_number_depends_on_what_it_is_drawn_for_and_on_nothing_else() {
        let mark = Mark::run(1, 2).child(3).child(4);
        assert_eq!(mark.unit(Draw::Seen), Mark::run(1, 2).child(3).child(4).unit(Draw::Seen));
        let others = [
            Mark::run(2, 2).child(3).child(4).unit(Draw::Seen),
            Mark::run(1, 1).child(3).child(4).unit(Draw::Seen),
            Mark::run(1, 2).child(4).child(3).unit(Draw::Seen),
            mark.unit(Draw::Notices),
        ];
        assert!(others.iter().all(|other| *other != mark.unit(Draw::Seen)));
    }

    #[test]
    fn numbers_are_spread_evenly_and_neighbours_have_nothing_to_do_with_each_other() {
        let (count, mut sum, mut squares, mut products) = (200_000u32, 0.0, 0.0, 0.0);
        let mut before = 0.5;
        for run in 0..count {
            let drawn = Mark::run(7, u64::from(run)).child(1).unit(Draw::Seen);
            sum += drawn;
            squares += drawn * drawn;
            products += drawn * before;
            before = drawn;
        }
        let n = f64::from(count);
        assert!((sum / n - 0.5).abs() < 0.003);
        assert!((squares / n - 1.0 / 3.0).abs() < 0.003);
        assert!((products / n - 0.25).abs() < 0.003);
    }

    #[test]
    fn exponential_times_have_their_mean_and_none_without_one() {
        let n = 100_000;
        let sum: f64 = (0..n).map(|run| Mark::run(3, run).exponential(Draw::Patience, 12.0)).sum();
        assert!((sum / n as f64 - 12.0).abs() < 0.2);
        assert_eq!(Mark::run(3, 0).exponential(Draw::Patience, 0.0), 0.0);
    }
}
