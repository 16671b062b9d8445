//! Renewal near the end of a term, with and without a channel.

use super::*;

const LAPSED: (u64, Option<Cause>) = (90 * DAY, Some(Cause::Lapse));
const MEEK: [(&str, &str); 4] =
    [("rule", "generous"), ("generosity", "1"), ("answers", "0"), ("patience_hours", "1")];

// REH-21
#[test]
fn both_sides_reaffirm_in_time_and_the_term_goes_on() {
    let story = play(&still(&[]), &[]);
    let sealed = sealed(&story, is_reaffirmed);
    // Four renewals in a year, of both sides, two days before the last moment a day before the end.
    assert_eq!((story.run.cause, sealed.len()), (None, 8));
    assert_eq!(sealed[0], 87 * DAY + 2 * BEAT);
    assert_eq!(end(&still(&[("renewal", "none")]), &[]), LAPSED);
    assert_eq!(end(&still(&[("second.forgets", "1")]), &[]), LAPSED);
}

// REH-26
#[test]
fn an_end_that_comes_by_the_horizon_counts_though_it_is_certain_only_after_it() {
    let year = |changes: &[(&str, &str)]| {
        let terms = [("renewal", "none"), ("lasts", "365d")];
        end(&still(&[&terms[..], changes].concat()), &[])
    };
    let lapsed = (365 * DAY, Some(Cause::Lapse));
    assert_eq!(year(&[]), lapsed);
    assert_eq!(year(&[("channel", "none")]), lapsed);
    assert_eq!(year(&[("grace_beats", "3600"), ("beat_seconds", "86400")]), lapsed);
    assert_eq!(year(&[("lasts", "366d")]), HELD);
}

// REH-2
#[test]
fn renewals_without_number_are_refused() {
    let faults = still(&[("channel", "none")]).vary("renewal", "1ms").unwrap_err();
    assert!(faults.0[0].problem.contains("REH-2") && faults.0[0].hint.contains("renewal"), "{faults}");
    assert!(still(&[("renewal", "1h")]).value("renewal").is_some());
}

// REH-21
#[test]
fn a_grudge_withholds_a_renewal_and_an_explanation_gives_it_after_all() {
    let bears = still(&[&MEEK[..], &[("grudge", "1"), ("lasts", "90d")]].concat());
    let shortly = at(80 * DAY, Happens::FalseAlarm, 0);
    assert_eq!(end(&bears, &[shortly]), LAPSED);
    assert_eq!(end(&bears.vary("first.grudge", "0").unwrap(), &[shortly]), HELD);
    assert_eq!(end(&bears, &[at(20 * DAY, Happens::FalseAlarm, 0)]), HELD);
    // An affair that is open when it thinks of renewal, and is explained before it is too late.
    let open = at(87 * DAY - HOUR, Happens::FalseAlarm, 0);
    let explained =
        [("grudge", "1"), ("patience_hours", "8000"), ("courier_hours", "12"), ("worth_of_code", "1")];
    let explained = still(&explained);
    let late = |story: &Story| noted(story, |note| matches!(note, Note::Words { .. }))[0] > 87 * DAY;
    let story =
        (0..20).map(|run| explained.play(&[open], 1, run)).find(late).expect("a courier takes an hour");
    assert_eq!(noted(&story, |note| matches!(note, Note::Withholds { side: 0 })), [87 * DAY]);
    let words = noted(&story, |note| matches!(note, Note::Words { .. }))[0];
    assert!((words..words + 2 * BEAT + 1).contains(&sealed(&story, is_reaffirmed)[1]));
    assert_eq!(story.run.cause, None);
}

// REH-21, INCIDENT-4
#[test]
fn an_end_that_the_brake_holds_back_can_still_be_renewed() {
    // The words arrive after the end; renewal is open until the instant to which the brake holds it back.
    let terms = [("brake", "240h"), ("renewal-before", "1h"), ("grudge", "1"), ("renewal_lead_hours", "1")];
    let slow = [("patience_hours", "80000"), ("worth_of_code", "1"), ("courier_hours", "60")];
    let late = still(&[&terms[..], &slow].concat());
    let open = at(90 * DAY - 5 * HOUR, Happens::FalseAlarm, 0);
    let run = (0..20).find(|run| {
        let story = late.play(&[open], 1, *run);
        noted(&story, |note| matches!(note, Note::Words { .. })).first().is_some_and(|at| *at > 90 * DAY)
    });
    let run = run.expect("one of twenty couriers is that slow");
    let story = late.play(&[open], 1, run);
    assert!(sealed(&story, is_reaffirmed)[1] > 90 * DAY);
    assert_eq!(story.run.cause, None);
    assert_eq!(late.vary("brake", "0").unwrap().play(&[open], 1, run).run.cause, Some(Cause::Lapse));
}

// REH-21
#[test]
fn who_finds_restraint_worth_no_more_than_none_lets_it_lapse() {
    let fearful = still(&[("second.feared_breaks_per_year", "100000"), ("second.credence", "0.001")]);
    assert_eq!(end(&fearful, &[]), LAPSED);
    assert_eq!(end(&fearful.vary("channel", "none").unwrap(), &[]), LAPSED);
}

// REH-25
#[test]
fn without_a_channel_both_think_again_when_a_term_would_end() {
    let tacit = still(&[("channel", "none")]);
    assert_eq!(end(&tacit, &[]), HELD);
    // Nothing has to be sent, so nothing can be forgotten.
    assert_eq!(end(&tacit.vary("forgets", "1").unwrap(), &[]), HELD);
    assert_eq!(end(&tacit.vary("renewal", "none").unwrap(), &[]), LAPSED);
    let bears = still(&[&MEEK[..], &[("grudge", "1"), ("channel", "none")]].concat());
    assert_eq!(end(&bears, &[at(80 * DAY, Happens::FalseAlarm, 0)]), LAPSED);
}
