//! Runs that are stopped, copied and continued: the law is the same, and splitting finds what waiting finds.

use super::super::draws::{Draw, looks};
use super::*;
use crate::absorb::Case;
use crate::absorb::tests::small_with;
use crate::statistics::Level;
use crate::statistics::rare::{Advance, Splitting, Staged, brute_force, pilot, split};
use crate::study::Control;
use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};
use std::collections::HashSet;
use std::num::NonZeroUsize;

const LEVEL: Level = Level::NINETY_FIVE;
/// Standard errors within which seeded results have to agree.
const ERRORS: f64 = 4.0;

fn world(changes: &[(&str, &str)]) -> Rehearsal {
    let plain = Rehearsal::new(&text(), &Model::default()).unwrap();
    let vary = |rehearsal: Rehearsal, (name, value): &(&str, &str)| {
        rehearsal.vary(name, value).unwrap_or_else(|faults| panic!("{name}: {faults}"))
    };
    changes.iter().fold(plain.vary("years", "1").unwrap(), vary)
}

/// Worlds in which everything that can happen does.
fn lively() -> Vec<Rehearsal> {
    let absent = [("channel", "absent"), ("channel.absent_stretch_days", "10"), ("rule", "contrite")];
    let bursts = [
        ("rule", "trigger"),
        ("suspended_strikes_per_year", "8"),
        ("false_alarm_burst", "0.7"),
        ("answers", "0.4"),
    ];
    let renewals =
        [("forgets", "0.1"), ("grudge", "0.9"), ("lasts", "30d"), ("renewal", "30d"), ("admits", "0.5")];
    let none = [("channel", "none"), ("rule", "generous"), ("forgets", "0.1"), ("patience_hours", "100")];
    [&[][..], &absent, &bursts, &renewals, &none].map(world).into()
}

/// Few alarms, nearly all of which are explained: at a rate of 0.02 one breakdown in 500 runs.
fn sturdy(rate: &str) -> Rehearsal {
    let certain = ["opportunities_per_year", "forgets", "grudge", "hair_trigger", "threatens", "lawful"];
    let rates = ["false_alarms_per_year", "accidents_per_year", "non_party_acts_per_year"];
    let others = [
        ("honours_brake", "1"),
        ("waits_for_reply", "1"),
        ("rule", "contrite"),
        ("answers", "0.99"),
        ("convinces", "0.98"),
        ("channel.garbles", "0.01"),
        ("channel.read_back", "1"),
        ("credence", "0.3"),
        ("second_look", "0.95"),
    ];
    let certain = certain.map(|name| (name, "0"));
    let rates = rates.map(|name| (name, rate));
    world(&[&certain[..], &rates, &others].concat())
}

/// A run that draws everything afresh at each step.
fn restless(rehearsal: &Rehearsal, run: u64, rng: &mut dyn RngCore) -> Run {
    let mut world = World::new(&rehearsal.plan, (1, run), None, Deaf);
    while world.goes_on() {
        world.draw_afresh(rng.next_u64());
    }
    world.play().0
}

// REH-31
#[test]
fn what_is_drawn_afresh_at_every_step_leaves_the_law_as_it_is() {
    let runs = 8_000u64;
    for (at, rehearsal) in (0..).zip(lively()) {
        let mut rng = ChaCha8Rng::seed_from_u64(at);
        let plain: Vec<Run> = (0..runs).map(|run| rehearsal.run(2, run)).collect();
        let afresh: Vec<Run> = (0..runs).map(|run| restless(&rehearsal, run, &mut rng)).collect();
        let n = runs as f64;
        let near = |what: &str, of: &dyn Fn(&Run) -> f64| {
            let moments = |all: &[Run]| {
                let mean = all.iter().map(of).sum::<f64>() / n;
                (mean, all.iter().map(|run| (of(run) - mean).powi(2)).sum::<f64>() / n)
            };
            let ((a, spread), (b, other)) = (moments(&plain), moments(&afresh));
            let error = ((spread + other) / n).sqrt();
            assert!((a - b).abs() <= ERRORS * error, "world {at}, {what}: {a} and {b} +- {error}");
        };
        for cause in Cause::ALL {
            near(cause.name(), &|run| f64::from(u8::from(run.cause == Some(cause))));
        }
        near("time", &|run| run.held_ms as f64);
        near("question", &|run| run.question_ms as f64);
        near("alarms", &|run| f64::from(run.alarms));
        near("alarms twice", &|run| f64::from(run.alarms).powi(2));
        near("incidents", &|run| f64::from(run.incidents));
    }
}

// REH-31
#[test]
fn only_what_is_kept_is_looked_at_more_than_once() {
    let mut again = HashSet::new();
    for rehearsal in lively() {
        for run in 0..1_500 {
            again.extend(looks::again(|| {
                rehearsal.run(3, run);
            }));
        }
    }
    let told = [Draw::Admits, Draw::FoundOut];
    let judged = [Draw::WaitsForReply, Draw::Generous, Draw::Lawful, Draw::HonoursBrake, Draw::Audience];
    let renewals = [Draw::Forgets, Draw::Grudge, Draw::RenewalBeats, Draw::RenewalLoss];
    let kept: HashSet<Draw> = told.into_iter().chain(judged).chain(renewals).collect();
    assert!(again.is_subset(&kept), "{again:?}");
    assert!(again.contains(&Draw::Admits) && again.contains(&Draw::HonoursBrake), "{again:?}");
}

// REH-31
#[test]
fn a_run_that_is_not_stopped_is_the_plain_run() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    for rehearsal in lively() {
        for run in 0..300 {
            let broke = rehearsal.advance(&mut rehearsal.start(4, run), 1.0, &mut rng) == Advance::Reached;
            assert_eq!(broke, rehearsal.run(4, run).cause.is_some());
        }
    }
    assert_eq!(rng.next_u64(), ChaCha8Rng::seed_from_u64(1).next_u64(), "nothing was drawn");
}

// REH-31, REH-32
#[test]
fn splitting_finds_what_waiting_finds() {
    let rehearsal = sturdy("0.02");
    let waited = brute_force(&rehearsal, (5, 200_000), LEVEL, &Control::default()).unwrap().0;
    assert!((3e-4..3e-3).contains(&waited.value), "{waited:?}");
    let levels = pilot(&rehearsal, 6, (500, 4), &Control::default()).unwrap();
    assert!(levels.len() > 2, "{levels:?}");
    let plan = Splitting::new(7, levels, 1_000, 32, LEVEL).unwrap();
    let rare = split(&rehearsal, &plan, &Control::default()).unwrap();
    assert!(
        rare.probability.low <= waited.high && waited.low <= rare.probability.high,
        "{rare:?} {waited:?}"
    );
    assert!(rare.error < 0.1 * waited.value && !rare.is_rough, "{rare:?}");
}

// REH-31
#[test]
fn splitting_is_unbiased_even_with_few_trials_at_each_level() {
    let rehearsal = sturdy("0.2");
    let waited = brute_force(&rehearsal, (8, 60_000), LEVEL, &Control::default()).unwrap().0;
    let n: f64 = 60_000.0;
    for effort in [1, 3] {
        let plan = Splitting::new(9, vec![0.2, 0.3, 0.4, 1.0], effort, 60_000 / effort, LEVEL).unwrap();
        let rare = split(&rehearsal, &plan, &Control::default()).unwrap();
        let error = rare.error.hypot((waited.value / n).sqrt());
        assert!((rare.probability.value - waited.value).abs() < ERRORS * error, "{rare:?} {waited:?}");
    }
}

// REH-31
#[test]
fn the_same_seed_gives_the_same_bits_on_one_thread_and_on_two() {
    let rehearsal = sturdy("0.2");
    let on = |threads| {
        let control = Control { threads: NonZeroUsize::new(threads), ..Control::default() };
        let levels = pilot(&rehearsal, 10, (100, 3), &control).unwrap();
        split(&rehearsal, &Splitting::new(11, levels, 200, 9, LEVEL).unwrap(), &control).unwrap()
    };
    assert_eq!(on(1), on(2));
}

// REH-29, REH-31
#[test]
fn the_small_case_breaks_down_as_rarely_as_its_chain_says() {
    let rehearsal = small_with(&[
        ("years", "0.0547945205479452"),
        ("brake", "15d"),
        ("forgets", "0"),
        ("first.false_alarms_per_year", "0.015"),
        ("second.accidents_per_year", "0.007"),
    ]);
    // So much of a year is 20 beats of a day, to the millisecond.
    let exact = 1.0 - Case::of(&rehearsal).unwrap().survival(20);
    assert!(exact < 1e-6, "{exact:e}");
    let plan = Splitting::new(12, vec![0.2, 1.0], 10_000, 40, LEVEL).unwrap();
    let rare = split(&rehearsal, &plan, &Control::default()).unwrap();
    assert!(rare.probability.low <= exact && exact <= rare.probability.high, "{exact:e} {rare:?}");
}
