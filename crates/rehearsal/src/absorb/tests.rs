use super::*;
use crate::run::{Cause, Trial};
use crate::world::read_text;

const PACT: &str = include_str!("../../../../scenarios/will-it-hold/pact.toml");
const SMALL: &str = r#"
years = 500
[channel]
beat_seconds = 86400
grace_beats = 0
delay_beats = 0
loss = 0
[both]
non_party_acts_per_year = 0
opportunities_per_year = 0
false_alarm_burst = 0
accident_burst = 0
noticing_hours = 0
notices_false_alarm = 1
notices_accident = 1
attribution.false_alarm = { breach = 1, accident = 0, non_party = 0, nothing = 0 }
attribution.accident = { breach = 0.5, accident = 0.5, non_party = 0, nothing = 0 }
second_look = 0
hair_trigger = 0
patience_hours = 0
waits_for_reply = 0
answers = 0
self_reports = 0
threatens = 0
grudge = 0
forgets = 0.03
[first]
rule = "table"
false_alarms_per_year = 12
accidents_per_year = 0
[second]
rule = "unforgiving"
false_alarms_per_year = 0
accidents_per_year = 6
[[first.table]]
at = "alarm"
state = "in-question"
then = "strike"
[[first.table]]
then = "open-incident"
"#;

fn small() -> Rehearsal {
    small_with(&[])
}

/// The small case with changes by name.
pub(crate) fn small_with(changes: &[(&str, &str)]) -> Rehearsal {
    let plain = Rehearsal::new(&read_text(PACT).unwrap(), &Model::parse(SMALL).unwrap()).unwrap();
    let terms = [("lasts", "30d"), ("renewal", "30d"), ("brake", "3d"), ("complaint", "0")];
    terms.iter().chain(changes).fold(plain, |rehearsal, (name, value)| rehearsal.vary(name, value).unwrap())
}

/// Within four standard errors of what is exact.
#[track_caller]
fn near(got: f64, exact: f64, error: f64) {
    assert!((got - exact).abs() < 4.0 * error, "{got} is not {exact} within {error}");
}

// REH-29
#[test]
fn the_simulation_of_the_small_case_ends_as_its_chain_does() {
    let rehearsal = small();
    let case = Case::of(&rehearsal).unwrap();
    let exact = case.absorption().unwrap();
    assert!((exact.false_alarm + exact.accident + exact.lapse - 1.0).abs() < 1e-12);
    let runs = 40_000u64;
    let all: Vec<_> = (0..runs).map(|run| rehearsal.run(17, run)).collect();
    let n = runs as f64;
    let share = |cause: Cause| all.iter().filter(|run| run.cause == Some(cause)).count() as f64 / n;
    for (cause, exact) in [
        (Cause::FalseAlarm, exact.false_alarm),
        (Cause::Accident, exact.accident),
        (Cause::Lapse, exact.lapse),
    ] {
        near(share(cause), exact, (exact * (1.0 - exact) / n).sqrt());
    }
    for day in [30, 31, 33, 90, 200, 400] {
        let held = all.iter().filter(|run| run.held_ms > day * 86_400_000).count() as f64 / n;
        // In the chain what happens in a day has happened at its end.
        let exact = case.survival(day);
        near(held, exact, (exact * (1.0 - exact) / n).sqrt());
    }
    let by = |cause: Cause| {
        let ended = |run: &&crate::run::Run| run.cause == Some(cause) && run.held_ms <= 200 * 86_400_000;
        all.iter().filter(ended).count() as f64 / n
    };
    let exact = case.after(200);
    for (cause, exact) in [
        (Cause::FalseAlarm, exact.false_alarm),
        (Cause::Accident, exact.accident),
        (Cause::Lapse, exact.lapse),
    ] {
        near(by(cause), exact, (exact * (1.0 - exact) / n).sqrt());
    }
}

// REH-29
#[test]
fn what_has_ended_after_long_enough_is_what_ends_at_all() {
    let case = Case::of(&small()).unwrap();
    let (begun, late, all) = (case.after(0), case.after(20_000), case.absorption().unwrap());
    assert_eq!(begun, Outlook { survival: 1.0, false_alarm: 0.0, accident: 0.0, lapse: 0.0 });
    assert!(late.survival < 1e-9);
    for (late, all) in
        [(late.false_alarm, all.false_alarm), (late.accident, all.accident), (late.lapse, all.lapse)]
    {
        assert!((late - all).abs() < 1e-9, "{late} is not {all}");
    }
}

// REH-29
#[test]
fn a_chain_of_two_numbers_has_its_solution_by_hand() {
    // Without alarms it lapses at the end of some term: the mean is its length over the probability.
    let case = Case { alarm: 0.0, share_false: 1.0, brake: 2, term: 10, forgotten: 0.25 };
    let exact = case.absorption().unwrap();
    assert!((exact.lapse - 1.0).abs() < 1e-12 && (exact.mean_beats - 40.0).abs() < 1e-9);
    assert!((case.survival(10) - 0.75).abs() < 1e-12 && (case.survival(9) - 1.0).abs() < 1e-12);
    // Without forgetting and with a brake of one beat: three beats from an alarm, the third of which is in question.
    let case = Case { alarm: 0.5, share_false: 0.25, brake: 1, term: 7, forgotten: 0.0 };
    let exact = case.absorption().unwrap();
    assert!(
        (exact.false_alarm - 0.25).abs() < 1e-12
            && (exact.accident - 0.75).abs() < 1e-12
            && exact.lapse.abs() < 1e-12
    );
    // Alarmed at 1/2 in the first beat, not in question in the second, ended at 1/2 in the third.
    assert!((case.survival(3) - 0.75).abs() < 1e-12);
    // What never ends has no time to its end.
    assert_eq!(Case { alarm: 0.0, forgotten: 0.0, ..case }.absorption(), None);
}

// REH-29
#[test]
fn what_is_not_the_small_case_is_refused_with_what_is_different() {
    let refused = |name: &str, value: &str, what: &str| {
        let fault = Case::of(&small().vary(name, value).unwrap()).unwrap_err();
        assert!(fault.problem.contains(what), "{fault}");
    };
    refused("brake", "5h", "no whole beats");
    refused("renewal", "60d", "its own length");
    refused("lasts", "120d", "its own length");
    refused("brake", "20d", "too many states");
    refused("channel", "slow", "not faithful");
    refused("batching", "12h", "set times");
    refused("complaint", "24h", "too late");
    refused("second.rule", "contrite", "reports");
    refused("grace_beats", "2", "delayed");
    refused("second_look", "0.5", "something else");
    refused("notices_accident", "0.5", "noticed");
    refused("second.false_alarms_per_year", "1", "second side");
    refused("renewal_lead_hours", "24", "too late");
}
