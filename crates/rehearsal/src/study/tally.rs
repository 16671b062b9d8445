//! What runs add up to. Adding a run allocates nothing.

use super::control::Control;
use super::plan::YEAR_MS;
use super::stage::Setup;
use crate::run::{Cause, Run, Trial};
use crate::statistics::Moments;
use serde::{Deserialize, Serialize};

/// Runs made at a time, and merged as one: as many as a word has bits to say which survived.
pub const CHUNK_RUNS: u64 = u128::BITS as u64;

/// What some runs of one trial add up to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Tally {
    /// Runs made.
    pub runs: u64,
    /// Runs that ended up to each date and after the one before; those that ended later come last.
    pub ended: Vec<u64>,
    /// Runs that held for a year, or to the horizon if that is nearer.
    pub held_1y: u64,
    /// Runs that ended for each cause.
    pub causes: [u64; Cause::ALL.len()],
    /// Runs that held to the horizon while those of the trial it is compared with did not.
    pub gained: u64,
    /// Runs that did not while those did.
    pub lost: u64,
    /// Time in question and time held, as parts of the horizon.
    pub question: Moments,
    /// Cost, and years held.
    pub cost: Moments,
}

impl Tally {
    /// A tally without runs.
    pub fn new(dates: usize) -> Self {
        Self { ended: vec![0; dates + 1], ..Self::default() }
    }

    /// Adds a run.
    pub fn add(&mut self, run: &Run, dates_ms: &[u64], horizon_ms: u64) {
        let held_ms = run.held_ms.min(horizon_ms);
        let lasts_1y = YEAR_MS.min(horizon_ms);
        self.runs += 1;
        if let Some(cause) = run.cause {
            self.ended[dates_ms.partition_point(|date| *date < held_ms)] += 1;
            self.causes[place(cause)] += 1;
            self.held_1y += u64::from(held_ms > lasts_1y);
        } else {
            self.held_1y += 1;
        }
        let scale = 1.0 / horizon_ms.max(1) as f64;
        self.question.add(run.question_ms as f64 * scale, held_ms as f64 * scale);
        self.cost.add(run.cost, held_ms as f64 / YEAR_MS as f64);
    }

    /// Adds the runs of another; the same bits for the same tallies in the same order.
    pub fn merge(&mut self, other: &Self) {
        self.runs += other.runs;
        self.held_1y += other.held_1y;
        self.gained += other.gained;
        self.lost += other.lost;
        self.ended.iter_mut().zip(&other.ended).for_each(|(all, these)| *all += these);
        self.causes.iter_mut().zip(&other.causes).for_each(|(all, these)| *all += these);
        self.question.merge(&other.question);
        self.cost.merge(&other.cost);
    }

    /// Runs that held to the horizon.
    pub fn held(&self) -> u64 {
        self.causes.iter().fold(self.runs, |left, ended| left.saturating_sub(*ended))
    }

    /// Whether what was read as a tally of so many runs is one.
    pub fn is_sound(&self, runs: u64, dates: usize) -> bool {
        let sum = |counts: &[u64]| counts.iter().try_fold(0_u64, |sum, count| sum.checked_add(*count));
        let ended = sum(&self.causes);
        let discordant = self.gained.checked_add(self.lost);
        self.runs == runs
            && self.ended.len() == dates + 1
            && sum(&self.ended) == ended
            && ended.is_some_and(|ended| ended <= runs)
            && discordant.is_some_and(|count| count <= runs)
            && self.held_1y <= runs
            && self.question.count() == runs
            && self.cost.count() == runs
    }
}

fn place(cause: Cause) -> usize {
    match cause {
        Cause::FalseAlarm => 0,
        Cause::Accident => 1,
        Cause::NonParty => 2,
        Cause::Breach => 3,
        Cause::Notice => 4,
        Cause::Lapse => 5,
    }
}

/// What one chunk of runs of one trial came to.
pub(super) struct Piece {
    /// What they add up to.
    pub tally: Tally,
    /// Which of them held to the horizon, the first in the lowest bit.
    held: u128,
}

impl Piece {
    /// Makes the runs from `first` to before `end`, at most [`CHUNK_RUNS`]; nothing if it was told to stop meanwhile.
    pub fn make(
        trial: &dyn Trial,
        setup: &Setup<'_>,
        (first, end): (u64, u64),
        control: &Control<'_>,
    ) -> Option<Self> {
        let (mut tally, mut held) = (Tally::new(setup.dates_ms.len()), 0);
        for (bit, run) in (first..end).enumerate() {
            if control.stopped() {
                return None;
            }
            let run = trial.run(setup.seed, run);
            tally.add(&run, setup.dates_ms, setup.horizon_ms);
            held |= u128::from(run.cause.is_none()) << bit;
        }
        Some(Self { tally, held })
    }

    /// Counts in which runs one of this and of the first trial held alone.
    pub fn compare(&mut self, first: &Self) {
        self.tally.gained = u64::from((self.held & !first.held).count_ones());
        self.tally.lost = u64::from((first.held & !self.held).count_ones());
    }

    /// The same piece again, to compare with after it was taken.
    pub fn held_only(&self) -> Self {
        Self { tally: Tally::default(), held: self.held }
    }
}

#[cfg(test)]
mod tests {
    use super::super::stage::Compared;
    use super::*;

    const HORIZON_MS: u64 = 2 * YEAR_MS;

    fn run(held_ms: u64, cause: Option<Cause>) -> Run {
        Run { held_ms, cause, question_ms: held_ms / 4, alarms: 0, incidents: 0, cost: held_ms as f64 }
    }

    #[test]
    fn a_run_that_ends_at_a_date_has_not_survived_to_it() {
        let mut tally = Tally::new(2);
        let dates = [10, 20];
        for (held_ms, cause) in [
            (0, Some(Cause::Accident)),
            (10, Some(Cause::Accident)),
            (11, Some(Cause::Breach)),
            (20, Some(Cause::Lapse)),
            (21, Some(Cause::Lapse)),
            (YEAR_MS, Some(Cause::Lapse)),
            (YEAR_MS + 1, Some(Cause::Lapse)),
            (HORIZON_MS, None),
        ] {
            tally.add(&run(held_ms, cause), &dates, HORIZON_MS);
        }
        assert_eq!(tally.ended, [2, 2, 3]);
        assert_eq!(tally.causes, [0, 2, 0, 1, 0, 4]);
        assert_eq!((tally.held_1y, tally.held(), tally.runs), (2, 1, 8));
        assert!(tally.is_sound(8, 2));
        assert!(!tally.is_sound(8, 3) && !tally.is_sound(9, 2));
    }

    #[test]
    fn every_cause_has_the_place_it_is_listed_at() {
        assert!(Cause::ALL.iter().enumerate().all(|(at, cause)| place(*cause) == at));
    }

    #[test]
    fn a_forged_tally_is_not_sound() {
        let mut tally = Tally::new(1);
        tally.add(&run(5, Some(Cause::Breach)), &[7], HORIZON_MS);
        let forgeries: [fn(&mut Tally); 5] = [
            |tally| tally.ended = vec![u64::MAX, 2],
            |tally| tally.causes[0] = u64::MAX,
            |tally| tally.held_1y = 2,
            |tally| (tally.gained, tally.lost) = (u64::MAX, 1),
            |tally| tally.cost = Moments::default(),
        ];
        for forge in forgeries {
            let mut forged = tally.clone();
            forge(&mut forged);
            assert!(tally.is_sound(1, 1) && !forged.is_sound(1, 1), "{forged:?}");
        }
    }

    #[test]
    fn adding_a_run_allocates_nothing() {
        let coin = super::super::toy::Coin::new(0.5);
        let dates: Vec<u64> = (1..1000).collect();
        let mut tally = Tally::new(dates.len());
        let added = allocation_counter::measure(|| {
            for run in 0..1000 {
                tally.add(&coin.run(1, run), &dates, coin.horizon_ms());
            }
        });
        assert_eq!((added.count_total, tally.runs), (0, 1000));
        let whole = allocation_counter::measure(|| {
            let setup = Setup {
                trials: &[&coin],
                compared: Compared::WithFirst,
                seed: 1,
                dates_ms: &dates,
                horizon_ms: coin.horizon_ms(),
            };
            let piece = Piece::make(&coin, &setup, (0, CHUNK_RUNS), &Control::default());
            tally.merge(&piece.expect("nobody stops it").tally);
        });
        assert_eq!(whole.count_total, 1);
    }
}
