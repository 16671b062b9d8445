//! Many runs: what is certain, and what has a closed form.

use super::*;
use crate::models::false_alarms::{Clusters, single};

/// The share of runs that held to the horizon.
fn survival(rehearsal: &Rehearsal, runs: u64) -> f64 {
    let held = (0..runs).filter(|run| rehearsal.run(11, *run).cause.is_none()).count();
    held as f64 / runs as f64
}

/// Within four standard errors of what is exact.
#[track_caller]
fn near(got: f64, exact: f64, runs: u64) {
    let error = (exact * (1.0 - exact) / runs as f64).sqrt();
    assert!((got - exact).abs() < 4.0 * error, "{got} is not {exact} within {error}");
}

#[test]
fn where_nothing_happens_and_renewal_is_sure_restraint_holds() {
    for kind in ["faithful", "slow", "faithless", "absent", "none"] {
        assert_eq!(survival(&still(&[("channel", kind), ("years", "20")]), 20), 1.0);
    }
}

#[test]
fn where_breaches_abound_and_nobody_forgives_it_ends_at_once() {
    let changes = [("opportunities_per_year", "10000"), ("impatience_per_year", "1000")];
    for kind in ["faithful", "none"] {
        let rehearsal = still(&changes).vary("channel", kind).unwrap();
        assert_eq!(survival(&rehearsal, 500), 0.0);
        assert!((0..500).all(|run| rehearsal.run(11, run).cause == Some(Cause::Breach)));
    }
}

// REH-7, REH-9, REH-25
#[test]
fn false_alarms_that_nobody_explains_end_restraint_as_in_closed_form() {
    let alone = [("channel", "none"), ("first.false_alarms_per_year", "2"), ("notices_false_alarm", "0.4")];
    let runs = 40_000;
    for years in ["0.5", "1", "3"] {
        let rehearsal = still(&alone).vary("years", years).unwrap();
        let exact = 1.0 - single(2.0, 0.4, years.parse().unwrap()).unwrap();
        near(survival(&rehearsal, runs), exact, runs);
    }
}

// REH-7, REH-19
#[test]
fn two_alarms_within_a_window_end_restraint_as_in_closed_form() {
    let rows = "\n[[both.table]]\nincidents_at_least = 2\nwithin_days = 7\nthen = \"strike\"\n";
    let changes = [("channel", "none"), ("first.false_alarms_per_year", "4"), ("years", "5")];
    let (rehearsal, runs) = (tabled(rows, &changes), 40_000);
    let exact = Clusters::new(4.0, 7.0 / 365.0).unwrap().survival(5.0).unwrap();
    near(survival(&rehearsal, runs), exact, runs);
}

// REH-26
#[test]
fn time_in_question_alarms_and_their_cost_add_up() {
    let meek = [("rule", "generous"), ("generosity", "1"), ("answers", "0"), ("patience_hours", "80000")];
    let costs = [("question_cost_per_day", "3"), ("first.alarm_cost", "10"), ("second.alarm_cost", "100")];
    let rehearsal = still(&[&meek[..], &costs].concat());
    let script =
        [ALARM, at(10 * DAY + 12 * HOUR, Happens::Accident, 0), at(50 * DAY, Happens::NonPartyAct, 1)];
    let run = play(&rehearsal, &script).run;
    // Two questions of a day overlap by half; the third is by itself.
    assert_eq!((run.question_ms, run.alarms, run.incidents), (60 * HOUR, 3, 3));
    assert!((run.cost - (2.5 * 6.0 + 10.0 + 100.0 + 10.0)).abs() < 1e-9, "{}", run.cost);
    // Restraint that ends in the middle of a question counts it no further.
    let short = rehearsal.vary("years", "0.0285").unwrap();
    assert_eq!(play(&short, &script).run.question_ms, short.horizon_ms() - (10 * DAY + 2 * BEAT));
}

// REH-22
#[test]
fn a_strong_side_breaks_restraint_more_often() {
    let one = |strong: &str| {
        let changes = [
            ("channel", "none"),
            ("first.opportunities_per_year", "4"),
            ("strong", strong),
            ("open_breach", "1"),
        ];
        survival(&still(&changes), 4_000)
    };
    assert!(one("0") > one("0.5") && one("0.5") > one("1"));
}

#[test]
fn a_channel_a_brake_and_a_faithful_courier_help_in_the_illustrative_model() {
    let plain = Rehearsal::new(&text(), &Model::default()).unwrap();
    let of = |name: &str, value: &str| survival(&plain.vary(name, value).unwrap(), 4_000);
    let [faithful, faithless, absent, none] =
        ["faithful", "faithless", "absent", "none"].map(|kind| of("channel", kind));
    assert!(
        faithful > faithless.max(absent) && faithless.min(absent) > none,
        "{faithful} {faithless} {absent} {none}"
    );
    assert!(of("brake", "24h") > of("brake", "0"));
}
