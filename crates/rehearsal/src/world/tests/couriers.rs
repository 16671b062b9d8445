//! What each courier does to an affair, by small steps.

use super::*;

/// Somebody who bears an alarm for long, and judges by words: the bare answer convinces nobody.
const PATIENT: [(&str, &str); 3] =
    [("patience_hours", "8000"), ("worth_of_code", "1"), ("honours_brake", "0")];

#[track_caller]
fn with(kind: &str, changes: &[(&str, &str)]) -> Rehearsal {
    let courier = [("channel", kind)];
    still(&PATIENT).vary_all(&[&courier, changes].concat()).unwrap()
}

/// When words arrived over an alarm of a side, and whether they convinced.
fn words(rehearsal: &Rehearsal, side: usize) -> Vec<(u64, bool)> {
    let story = play(rehearsal, &[at(10 * DAY, Happens::FalseAlarm, side)]);
    let arrived = |(at, note): &(u64, Note)| match note {
        Note::Words { convince, .. } => Some((*at, *convince)),
        _ => None,
    };
    story.notes.iter().filter_map(arrived).collect()
}

const OPENED: u64 = 10 * DAY + 2 * BEAT;

// REH-14
#[test]
fn a_faithful_courier_brings_words_that_convince() {
    assert_eq!(words(&with("faithful", &[]), 0), [(OPENED, true)]);
}

// REH-14
#[test]
fn a_slow_courier_brings_them_later_and_so_does_the_relay() {
    let slow = with("slow", &[("slow_factor", "4"), ("courier_hours", "2")]);
    let quick = with("faithful", &[("courier_hours", "2")]);
    let (late, soon) = (words(&slow, 0)[0], words(&quick, 0)[0]);
    // Four beats instead of one until the opening is sealed, and four times the courier's hours.
    let rest = |at: u64, opened: u64| at - opened;
    let opened = 10 * DAY + 5 * BEAT;
    assert!(late.1 && rest(late.0, opened).abs_diff(4 * rest(soon.0, OPENED)) < 10, "{late:?} {soon:?}");
}

// REH-14
#[test]
fn a_biased_courier_serves_one_side() {
    let biased = with("biased", &[("bias_drops", "1"), ("towards", "first")]);
    // The first side's alarm is the second's to explain.
    assert!(words(&biased, 0).is_empty());
    assert_eq!(words(&biased, 1), [(OPENED, true)]);
    let delays = biased.vary("bias_drops", "0").unwrap().vary("courier_hours", "1").unwrap();
    assert!(words(&delays, 0)[0].0 - OPENED > words(&delays, 1)[0].0 - OPENED);
}

// REH-14
#[test]
fn a_faithless_courier_withholds_and_alters() {
    assert!(words(&with("faithless", &[("withholds", "1")]), 0).is_empty());
    let alters = with("faithless", &[("withholds", "0"), ("alters", "1")]);
    assert_eq!(words(&alters, 0), [(OPENED, false)]);
    // It cannot alter what stands in the registry.
    assert_eq!(sealed(&play(&alters, &[ALARM]), is_clarified), [OPENED + 2 * BEAT]);
    // REH-15: a read-back puts right what was altered.
    let caught = alters.vary("read-back", "yes").unwrap().vary("read_back_catches", "1").unwrap();
    assert_eq!(words(&caught, 0), [(OPENED, true)]);
}

// REH-14
#[test]
fn with_an_absent_courier_the_registry_goes_on_and_words_wait_or_are_lost() {
    let absent = with("absent", &[]);
    assert!(words(&absent, 0).is_empty());
    let story = play(&absent, &[ALARM]);
    assert_eq!(
        (sealed(&story, is_opened), sealed(&story, is_clarified)),
        (vec![OPENED], vec![OPENED + 2 * BEAT])
    );
    assert_eq!(words(&with("absent", &[("absent_from_days", "11")]), 0), [(OPENED, true)]);
    let stretches = with("absent", &[("absent_stretch_days", "30"), ("present_stretch_days", "0.001")]);
    assert!(words(&stretches, 0)[0].0 > OPENED);
}

// REH-25
#[test]
fn without_a_channel_nothing_is_asked_answered_or_recorded() {
    let story = play(&with("none", &[]), &[ALARM]);
    assert_eq!(
        (story.events(), story.refused, story.run.incidents, story.run.question_ms),
        (Vec::new(), 0, 0, 0)
    );
    assert_eq!(story.run.alarms, 1);
}

// REH-11
#[test]
fn silence_beyond_the_reply_time_speaks_and_an_answer_in_part_breaks_it() {
    // Belief is 0.9 by itself and 0.93 in silence; a threshold lies between.
    let bar =
        [("rule", "bayes"), ("threshold", "0.91"), ("worth_of_silence", "1.5"), ("patience_hours", "0")];
    let slow = [("waits_for_reply", "1"), ("finding_out_hours", "8760")];
    let silent = with("faithful", &[bar.as_slice(), &slow].concat());
    let due = OPENED + 12 * HOUR;
    let run = |rehearsal: &Rehearsal| end(rehearsal, &[ALARM]);
    assert_eq!(run(&with("faithful", &bar)).1, None, "patience is over before anybody is silent");
    assert_eq!(run(&silent), (due + 1, Some(Cause::FalseAlarm)));
    let partly = silent.vary("provisional", "1").unwrap();
    assert_eq!(run(&partly).1, None);
    let story = play(&partly, &[ALARM]);
    assert!(sealed(&story, is_clarified)[0] < due);
}
