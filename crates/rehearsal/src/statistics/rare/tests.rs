use super::*;
use std::sync::atomic::{AtomicBool, Ordering};

const LEVEL: Level = Level::NINETY_FIVE;
/// Standard errors within which seeded results have to agree.
const ERRORS: f64 = 4.0;

fn plan(seed: u64, levels: u32, effort: u32, repeats: u32) -> Splitting {
    Splitting::new(seed, Splitting::even_levels(levels), effort, repeats, LEVEL).expect("in range")
}

fn clusters(rate: f64, window: f64, years: f64) -> (ClusterTrial, f64) {
    let trial = ClusterTrial::new(rate, window, years).expect("in range");
    (trial, trial.exact().expect("in range"))
}

/// A walk of fair steps from 1 that is over at 0 and breaks down at `top`: with probability `1 / top`.
struct Ruin {
    top: u32,
}

impl Staged for Ruin {
    type State<'a> = u32;

    fn start(&self, _seed: u64, _run: u64) -> u32 {
        1
    }

    fn advance(&self, at: &mut u32, until_level: f64, rng: &mut dyn RngCore) -> Advance {
        while *at > 0 && f64::from(*at) < until_level * f64::from(self.top) {
            *at = if rng.next_u32() & 1 == 0 { *at + 1 } else { *at - 1 };
        }
        if *at > 0 { Advance::Reached } else { Advance::Over }
    }
}

#[test]
fn the_published_rare_breakdown_comes_out_by_waiting_and_by_splitting() {
    let (trial, exact) = clusters(1.0, 1.0 / 365.0, 1.0);
    assert!((exact - 0.002_721_09).abs() < 5e-9);
    let waited = brute_force(&trial, (1, 2_000_000), LEVEL, &Control::default()).expect("runs").0;
    assert!(waited.low <= exact && exact <= waited.high, "{waited:?}");
    let rare = split(&trial, &plan(2, 4, 1000, 64), &Control::default()).expect("reached");
    assert!((rare.probability.value - exact).abs() < ERRORS * rare.error, "{rare:?}");
    assert!(rare.error < 0.02 * exact, "{rare:?}");
    assert!((rare.probability.value - waited.value).abs() < waited.high - waited.low);
    assert_eq!((rare.barren, rare.trials), (0, 4 * 64_000));
}

#[test]
fn a_breakdown_of_one_in_ten_million_is_found_where_waiting_sees_none() {
    let (trial, exact) = clusters(1.0, 1e-7, 1.0);
    assert!((exact / 1e-7 - 1.0).abs() < 1e-6, "{exact:e}");
    let (waited, runs) = brute_force(&trial, (1, 200_000), LEVEL, &Control::default()).expect("runs");
    assert_eq!(runs, 200_000);
    assert!(waited.value == 0.0 && waited.high > 100.0 * exact);
    let rare = split(&trial, &plan(3, 10, 1000, 64), &Control::default()).expect("reached");
    assert!((rare.probability.value - exact).abs() < ERRORS * rare.error, "{rare:?}");
    assert!(rare.probability.low <= exact && exact <= rare.probability.high, "{rare:?}");
    assert!(rare.error < 0.03 * exact, "{rare:?}");
}

#[test]
fn splitting_is_unbiased_even_with_three_trials_at_each_level() {
    let (trial, exact) = clusters(4.0, 0.02, 1.0);
    for (levels, effort) in [(1, 3), (3, 1), (3, 3), (6, 3), (6, 5)] {
        let rare = split(&trial, &plan(4, levels, effort, 40_000), &Control::default()).expect("reached");
        let apart = (rare.probability.value - exact).abs();
        assert!(apart < ERRORS * rare.error, "{levels} levels of {effort}: {rare:?} against {exact}");
        assert!(rare.error < 0.05 * exact, "{levels} levels of {effort}: {rare:?}");
    }
}

#[test]
fn another_staged_trial_comes_to_its_own_answer() {
    // A walk from 1 that is ruined before it reaches 64, through every power of two.
    let trial = Ruin { top: 64 };
    let levels = (1..=6).map(|power| f64::from(1 << power) / 64.0).collect();
    let plan = Splitting::new(5, levels, 200, 100, LEVEL).expect("in range");
    let rare = split(&trial, &plan, &Control::default()).expect("reached");
    assert!((rare.probability.value - 1.0 / 64.0).abs() < ERRORS * rare.error, "{rare:?}");
    assert!(rare.parts.iter().all(|part| (part - 0.5).abs() < 0.03), "{rare:?}");
    assert!(rare.error < 0.05 / 64.0, "{rare:?}");
}

/// In which part of so many experiments the interval contains the truth, and which part is marked as rough.
fn covered(levels: u32, effort: u32, repeats: u32, experiments: u32) -> (f64, f64) {
    let (trial, exact) = clusters(1.0, 1e-4, 1.0);
    let (mut contained, mut rough) = (0, 0);
    for seed in 0..experiments {
        let plan = plan(u64::from(seed), levels, effort, repeats);
        let rare = split(&trial, &plan, &Control::default()).expect("reached");
        contained += u32::from(rare.probability.low <= exact && exact <= rare.probability.high);
        rough += u32::from(rare.is_rough);
    }
    (f64::from(contained) / f64::from(experiments), f64::from(rough) / f64::from(experiments))
}

#[test]
fn the_interval_contains_the_truth_as_often_as_stated_unless_it_is_marked_as_rough() {
    let (part, rough) = covered(6, 220, 30, 1000);
    assert!(
        (part - 0.95).abs() < ERRORS * (0.95 * 0.05_f64 / 1000.0).sqrt() && rough == 0.0,
        "{part} {rough}"
    );
    let (part, rough) = covered(6, 20, 20, 1000);
    assert!(part < 0.93 && rough == 1.0, "{part} {rough}");
}

#[test]
fn the_same_seed_gives_the_same_bits_on_any_number_of_threads() {
    let (trial, _) = clusters(2.0, 1e-3, 2.0);
    let on = |threads| {
        let control = Control { threads: std::num::NonZeroUsize::new(threads), ..Control::default() };
        split(&trial, &plan(6, 5, 50, 33), &control).expect("reached")
    };
    assert_eq!(on(1), on(2));
    assert_eq!(on(1), on(8));
}

#[test]
fn stopped_it_returns_the_repeats_it_made() {
    let (trial, _) = clusters(2.0, 1e-2, 2.0);
    let stop = AtomicBool::new(false);
    let progress = |progress: Progress| stop.store(progress.done >= 10, Ordering::Relaxed);
    let control = Control { stop: &stop, progress: &progress, ..Control::default() };
    let rare = split(&trial, &plan(7, 3, 100, 100_000), &control).expect("ten repeats");
    assert!(rare.partial && (10..100_000).contains(&rare.repeats), "{rare:?}");
    let shorter = split(&trial, &plan(7, 3, 100, rare.repeats), &Control::default()).expect("reached");
    assert_eq!(Rare { partial: false, ..rare }, shorter);
    stop.store(true, Ordering::Relaxed);
    assert_eq!(split(&trial, &plan(7, 3, 100, 9), &control), Err(RareError::Stopped));
}

#[test]
fn where_nothing_breaks_down_no_interval_is_made_up() {
    let (trial, _) = clusters(1.0, 1e-12, 1.0);
    let one_leap = split(&trial, &plan(8, 1, 100, 5), &Control::default());
    assert_eq!(one_leap, Err(RareError::Unreached { from: 0.0, to: 1.0 }));
    assert!(one_leap.expect_err("not reached").to_string().contains("put levels between"));
}

#[test]
fn plans_and_trials_out_of_range_are_refused() {
    let new = |levels: &[f64], effort, repeats| Splitting::new(1, levels.to_vec(), effort, repeats, LEVEL);
    for levels in [&[][..], &[0.5], &[0.0, 1.0], &[0.5, 0.5, 1.0], &[f64::NAN, 1.0], &[-1.0, 1.0]] {
        assert_eq!(new(levels, 1, 2), Err(RareError::Levels), "{levels:?}");
    }
    assert_eq!(new(&[1.0], 0, 2), Err(RareError::Effort(0)));
    assert_eq!(new(&[1.0], 1, 1), Err(RareError::Repeats(1)));
    assert!(ClusterTrial::new(1.0, 0.0, 1.0).is_err() && ClusterTrial::new(1.0, 1.0, 0.0).is_err());
    assert!(ClusterTrial::new(f64::NAN, 1.0, 1.0).is_err());
}

#[test]
fn run_whole_the_trial_breaks_down_as_often_as_the_model_says() {
    use crate::run::Trial;
    let (trial, _) = clusters(4.0, 7.0 / 365.0, 5.0);
    let runs = 20_000_u64;
    for part in [0.2, 0.6, 1.0] {
        let to_ms = (part * trial.horizon_ms() as f64) as u64;
        let ended = (0..runs).filter(|run| {
            let run = trial.run(9, *run);
            run.cause.is_some() && run.held_ms <= to_ms
        });
        let got = ended.count() as f64 / runs as f64;
        let (_, exact) = clusters(4.0, 7.0 / 365.0, 5.0 * part);
        let error = (exact * (1.0 - exact) / runs as f64).sqrt();
        assert!((got - exact).abs() < ERRORS * error, "{got} against {exact} at {part}");
    }
}
