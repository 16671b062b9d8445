//! Acts in the registry: what the real rules take and refuse.

use super::*;
use backchannel_accord::limits::INCIDENTS_OF_PARTY_MAX;

/// A side that asks, is not answered, and bears everything.
const MEEK: [(&str, &str); 4] =
    [("rule", "generous"), ("generosity", "1"), ("answers", "0"), ("patience_hours", "80000")];

// REH-13
#[test]
fn what_the_rules_took_they_take_again_in_the_same_order() {
    let rehearsal =
        Rehearsal::new(&text(), &Model::default()).unwrap().vary("false_alarms_per_year", "20").unwrap();
    for run in 0..40 {
        let story = rehearsal.tell(2, run);
        let mut life = rehearsal.plan.settled.clone();
        for event in story.events() {
            assert_eq!(life.admit(&event), Ok(()), "run {run}");
        }
        assert_eq!(
            story.run.incidents as usize,
            story.events().iter().filter(|event| is_opened(&event.act)).count()
        );
        assert_eq!(story.refused as usize, refusals(&story).len());
    }
}

// REH-13
#[test]
fn a_fact_that_is_noticed_too_late_is_refused_as_a_complaint() {
    let slow = still(&[&MEEK[..], &[("complaint", "1s"), ("noticing_hours", "100")]].concat());
    let story = play(&slow, &[ALARM]);
    assert_eq!((refusals(&story), story.run.incidents, story.refused), (vec![Refusal::ComplaintLate], 0, 1));
    assert_eq!(story.run.question_ms, 0);
}

// REH-27
#[test]
fn after_sixty_four_incidents_a_party_opens_none_more_within_a_year() {
    let lasting = still(&[&MEEK[..], &[("years", "2"), ("lasts", "800d")]].concat());
    let script: Vec<Happening> = (0..70).map(|day| at(day * DAY + DAY, Happens::FalseAlarm, 0)).collect();
    let story = play(&lasting, &script);
    assert_eq!(story.run.incidents as usize, INCIDENTS_OF_PARTY_MAX);
    assert_eq!(refusals(&story), [Refusal::TooOften; 6]);
    // The other side's are its own, and after a year there is room again.
    for more in [at(80 * DAY, Happens::FalseAlarm, 1), at(380 * DAY, Happens::FalseAlarm, 0)] {
        let played = play(&lasting, &[&script[..], &[more]].concat());
        assert_eq!((played.run.incidents as usize, played.refused), (INCIDENTS_OF_PARTY_MAX + 1, 6));
    }
}

// REH-16
#[test]
fn what_is_not_urgent_is_opened_at_the_next_set_time_and_not_if_it_is_found_false_by_then() {
    let batched = |more: &[(&str, &str)]| {
        let base = [("batching", "12h"), ("urgent_above", "1")];
        still(&[&MEEK[..], &base, more].concat())
    };
    let morning = at(10 * DAY + 3 * HOUR, Happens::FalseAlarm, 0);
    let opened = |rehearsal: &Rehearsal| sealed(&play(rehearsal, &[morning]), is_opened);
    assert_eq!(opened(&batched(&[])), [10 * DAY + 12 * HOUR + 2 * BEAT]);
    assert_eq!(opened(&batched(&[("urgent_above", "0.5")])), [10 * DAY + 3 * HOUR + 2 * BEAT]);
    // A window for complaints that closes before the set time has it opened at once.
    assert_eq!(opened(&batched(&[("complaint", "6h")])), [10 * DAY + 3 * HOUR + 2 * BEAT]);
    let looked = batched(&[("second_look", "1"), ("second_look_hours", "0.1")]);
    assert!(opened(&looked).is_empty());
}

// REH-13, INCIDENT-4
#[test]
fn an_incident_before_the_end_holds_it_back_exactly_as_the_rules_say() {
    let ends = still(&[&MEEK[..], &[("forgets", "1")]].concat());
    let late = at(90 * DAY - HOUR, Happens::FalseAlarm, 0);
    let opened = 90 * DAY - HOUR + 2 * BEAT;
    for (brake, held) in [("0", 90 * DAY), ("6h", opened + 6 * HOUR), ("72h", opened + 72 * HOUR)] {
        let rehearsal = ends.vary("brake", brake).unwrap();
        let story = play(&rehearsal, &[late]);
        assert_eq!((story.run.held_ms, story.run.cause), (held, Some(Cause::Lapse)), "{brake}");
        // The same events, folded by the rules alone, end in the same instant.
        let mut life = rehearsal.plan.settled.clone();
        story.events().iter().for_each(|event| life.admit(event).unwrap());
        let status = life.status(rehearsal.plan.clock.seen_at(UtcMs(rehearsal.plan.entry + 100 * DAY)));
        assert_eq!(status.until, Some(UtcMs(rehearsal.plan.entry + held)));
        assert_eq!(status.state, Some(State::Lapsed));
        assert_eq!(story.run.question_ms, held.max(opened) - if brake == "0" { 90 * DAY } else { opened });
    }
    // One after the end, and beyond the beats that count as before it, holds nothing.
    let after = at(90 * DAY + HOUR, Happens::FalseAlarm, 0);
    assert_eq!(end(&ends.vary("brake", "72h").unwrap(), &[after]), (90 * DAY, Some(Cause::Lapse)));
}

// REH-8
#[test]
fn the_same_seed_has_the_same_result_and_variants_share_their_events() {
    let plain = Rehearsal::new(&text(), &Model::default()).unwrap();
    let braked = plain.vary("brake", "72h").unwrap();
    let occurred = |story: &Story| -> Vec<(u64, Happens, usize)> {
        let note = |(at, note): &(u64, Note)| match note {
            Note::Occurred { kind, actor, .. } if *kind != Happens::Opportunity => Some((*at, *kind, *actor)),
            _ => None,
        };
        story.notes.iter().filter_map(note).collect()
    };
    for run in 0..100 {
        let (story, again) = (plain.tell(9, run), plain.run(9, run));
        assert_eq!(story, plain.tell(9, run));
        assert_eq!(story.run, again);
        let (mut first, mut second) = (occurred(&story), occurred(&braked.tell(9, run)));
        let both = first.len().min(second.len());
        first.truncate(both);
        second.truncate(both);
        assert_eq!(first, second, "run {run}");
    }
    assert_ne!(plain.run(9, 1), plain.run(10, 1));
}
