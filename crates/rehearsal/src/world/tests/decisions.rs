//! What each rule makes of an affair, and how a side abandons restraint.

use super::*;

const NO_ANSWER: (&str, &str) = ("answers", "0");
const TENTH: (u64, Option<Cause>) = (10 * DAY, Some(Cause::FalseAlarm));
/// Who asks waits at least until what it asks is sealed.
const ASKED: (u64, Option<Cause>) = (10 * DAY + 2 * BEAT, Some(Cause::FalseAlarm));
/// What is posted at the beginning of a beat is sealed at the end of the next: an incident of the tenth day is in question
/// until then, with the brake of the text.
const BRAKED: (u64, Option<Cause>) = (10 * DAY + 2 * BEAT + 24 * HOUR, Some(Cause::FalseAlarm));

// REH-18
#[test]
fn the_unforgiving_end_restraint_over_what_nobody_explains() {
    assert_eq!(end(&still(&[("channel", "none")]), &[ALARM]), TENTH);
    assert_eq!(end(&still(&[NO_ANSWER, ("honours_brake", "0")]), &[ALARM]), ASKED);
    assert_eq!(end(&still(&[NO_ANSWER]), &[]), HELD);
    let causes = [
        (Happens::Accident, Cause::Accident),
        (Happens::NonPartyAct, Cause::NonParty),
        (Happens::FalseAlarm, Cause::FalseAlarm),
    ];
    for (what, cause) in causes {
        assert_eq!(end(&still(&[("channel", "none")]), &[at(DAY, what, 1)]), (DAY, Some(cause)));
    }
}

// REH-17
#[test]
fn who_honours_the_brake_waits_as_long_as_the_text_is_in_question_and_no_longer() {
    let asked = still(&[NO_ANSWER]);
    assert_eq!(end(&asked, &[ALARM]), BRAKED);
    let story = play(&asked, &[ALARM]);
    assert_eq!(noted(&story, |note| matches!(note, Note::Waits { .. })).len(), 1);
    assert_eq!(story.run.question_ms, 24 * HOUR);
    assert_eq!(end(&asked.vary("brake", "6h").unwrap(), &[ALARM]).0, 10 * DAY + 2 * BEAT + 6 * HOUR);
    assert_eq!(end(&asked.vary("brake", "0").unwrap(), &[ALARM]), ASKED);
    // A hair trigger asks nobody.
    assert_eq!(end(&asked.vary("hair_trigger", "1").unwrap(), &[ALARM]), TENTH);
}

// REH-17
#[test]
fn who_waits_for_the_reply_judges_when_its_time_is_over() {
    let waits = still(&[NO_ANSWER, ("waits_for_reply", "1"), ("honours_brake", "0")]);
    let due = 10 * DAY + 2 * BEAT + 12 * HOUR;
    assert_eq!(end(&waits, &[ALARM]), (due + 1, Some(Cause::FalseAlarm)));
    // Without a reply time there is nothing to wait for.
    assert_eq!(end(&waits.vary("reply", "0").unwrap(), &[ALARM]), ASKED);
    // An answer that convinces by then ends the affair.
    assert_eq!(end(&waits.vary("answers", "1").unwrap(), &[ALARM]), HELD);
}

// REH-11, REH-12
#[test]
fn an_explanation_that_convinces_closes_the_affair_and_the_question() {
    let story = play(&still(&[("patience_hours", "10")]), &[ALARM]);
    assert_eq!((story.run.cause, story.run.incidents, story.run.alarms), (None, 1, 1));
    assert_eq!(noted(&story, |note| matches!(note, Note::Cleared { .. })).len(), 1);
    // Opened, answered two beats later, settled by one and then by the other side, two beats each.
    let opened = 10 * DAY + 2 * BEAT;
    assert_eq!(sealed(&story, is_opened), [opened]);
    assert_eq!(sealed(&story, is_clarified), [opened + 2 * BEAT]);
    let settled = sealed(&story, is_settled);
    assert_eq!((settled.len(), story.run.question_ms), (2, settled[1] - opened));
}

// REH-18
#[test]
fn the_generous_let_a_breach_pass_with_their_probability() {
    let generous = |share: &str| still(&[("rule", "generous"), ("channel", "none"), ("generosity", share)]);
    assert_eq!(end(&generous("0"), &[ALARM]), TENTH);
    assert_eq!(end(&generous("1"), &[ALARM]), HELD);
    let half = generous("0.5");
    let held = (0..2_000).filter(|run| half.play(&[ALARM], 3, *run).run.cause.is_none()).count();
    assert!((900..1_100).contains(&held), "{held}");
}

// REH-18
#[test]
fn the_contrite_bear_what_they_earned_and_report_their_own_accidents() {
    let contrite =
        still(&[("first.rule", "contrite"), ("second.rule", "generous"), ("generosity", "1"), NO_ANSWER]);
    let without = contrite.vary("channel", "none").unwrap();
    let fault = at(9 * DAY, Happens::Accident, 0);
    assert_eq!(end(&without, &[ALARM]), TENTH);
    assert_eq!(end(&without, &[fault, ALARM]), HELD);
    // A fault of more than a month ago is forgotten.
    let later = at(50 * DAY, Happens::FalseAlarm, 0);
    assert_eq!(end(&without, &[fault, later]), (50 * DAY, Some(Cause::FalseAlarm)));
    // It reports at once; the other had seen it by then and complains, unless it notices later.
    let late = contrite.vary("second.noticing_hours", "1000").unwrap();
    let story = play(&late, &[fault]);
    let own = |event: &Event| matches!(&event.act, Act::Incident { act: IncidentAct::Opened { of, .. }, .. } if *of == event.party);
    assert_eq!(story.events().iter().filter(|event| own(event)).count(), 1);
    assert!(!sealed(&story, is_clarified).is_empty() && sealed(&story, is_settled).len() == 2);
}

// REH-24
#[test]
fn a_trigger_suspends_restraint_for_its_length_and_then_resumes() {
    let trigger =
        still(&[("rule", "trigger"), ("trigger_days", "20"), ("patience_hours", "0.01"), NO_ANSWER]);
    let story = play(&trigger, &[ALARM]);
    assert_eq!((story.run.cause, sealed(&story, is_settled).len()), (None, 2));
    let mut life = trigger.plan.settled.clone();
    story.events().iter().for_each(|event| life.admit(event).unwrap());
    let state = |day: u64| life.state_at(trigger.plan.clock.seen_at(UtcMs(trigger.plan.entry + day * DAY)));
    assert_eq!((state(20), state(31)), (Some(State::Suspended), Some(State::Renewed)));
    // The question ends with the suspension.
    assert!(story.run.question_ms < HOUR);
    // While it is suspended, sides strike at their rate: one that is high enough ends it.
    let wild = trigger.vary("suspended_strikes_per_year", "10000").unwrap();
    let (ended, cause) = end(&wild, &[ALARM]);
    assert!((10 * DAY..12 * DAY).contains(&ended) && cause == Some(Cause::FalseAlarm));
    // Without a channel one side suspends alone, and nothing is on record.
    let alone = trigger.vary("channel", "none").unwrap();
    assert!(play(&alone, &[ALARM]).events().is_empty());
    assert_eq!(end(&alone, &[ALARM]), HELD);
}

// REH-24
#[test]
fn suspensions_that_overlap_bring_no_more_strikes_than_their_time_does() {
    let trigger =
        still(&[("rule", "trigger"), ("trigger_days", "30"), ("patience_hours", "0.01"), NO_ANSWER]);
    let trigger = trigger.vary("suspended_strikes_per_year", "4").unwrap();
    let alarms: Vec<Happening> = (0..5).map(|n| at((10 + n) * DAY, Happens::FalseAlarm, 0)).collect();
    let ends = |script: &[Happening]| {
        let struck = |run: &u64| trigger.play(script, 3, *run).run.cause.is_some();
        (0..2_000).filter(struck).count() as f64 / 2_000.0
    };
    // Eight a year together, over the thirty days of one, and the thirty-four of all.
    let expected = |days: f64| 1.0 - (-8.0 * days / 365.0).exp();
    assert!((ends(&alarms[..1]) - expected(30.0)).abs() < 0.04);
    assert!((ends(&alarms) - expected(34.0)).abs() < 0.04, "{}", ends(&alarms));
}

// REH-13, INCIDENT-7
#[test]
fn what_is_explained_meanwhile_does_not_lift_a_suspension() {
    let rules = [("first.rule", "trigger"), ("trigger_days", "20"), ("first.patience_hours", "0.01")];
    let trigger = still(
        &[&rules[..], &[("first.answers", "1"), ("second.answers", "0"), ("second.patience_hours", "100")]]
            .concat(),
    );
    let other = at(12 * DAY, Happens::FalseAlarm, 1);
    let story = play(&trigger, &[ALARM, other]);
    let mut life = trigger.plan.settled.clone();
    story.events().iter().for_each(|event| life.admit(event).unwrap());
    let state = |day: u64| life.state_at(trigger.plan.clock.seen_at(UtcMs(trigger.plan.entry + day * DAY)));
    assert_eq!((sealed(&story, is_settled).len(), state(20)), (4, Some(State::Suspended)));
}

// REH-10, REH-18
#[test]
fn a_bayesian_strikes_above_its_threshold() {
    // A credence of 0.1 and an alarm that looks like any other: belief is 0.9.
    let bayes = |threshold: &str| still(&[("rule", "bayes"), ("channel", "none"), ("threshold", threshold)]);
    assert_eq!(end(&bayes("0.89"), &[ALARM]), TENTH);
    assert_eq!(end(&bayes("0.91"), &[ALARM]), HELD);
}

// REH-19
#[test]
fn a_table_does_what_its_rows_say() {
    let row = |text: &str| format!("\n[[both.table]]\n{text}\n");
    assert_eq!(end(&tabled(&row("then = \"strike\""), &[]), &[ALARM]), TENTH);
    assert_eq!(end(&tabled(&row("then = \"nothing\""), &[("channel", "none")]), &[ALARM]), HELD);
    assert_eq!(end(&tabled(&row("at = \"answer\"\nthen = \"strike\""), &[]), &[ALARM]), HELD);
    // It opens an incident, waits as long as the text is in question, and lets it pass.
    let opens = tabled(&row("then = \"open-incident\""), &[NO_ANSWER, ("patience_hours", "0.01")]);
    let story = play(&opens, &[ALARM]);
    assert_eq!((story.run.cause, story.run.incidents, story.run.question_ms), (None, 1, 24 * HOUR));
    // It strikes over a second alarm while the text is in question.
    let rows = row("state = \"in-question\"\nthen = \"strike\"") + &row("then = \"open-incident\"");
    let second = |hours: u64| at(10 * DAY + hours * HOUR, Happens::FalseAlarm, 0);
    let strict = tabled(&rows, &[NO_ANSWER, ("patience_hours", "0.01")]);
    // The first waits for its deadline, which falls into the question: the table strikes then.
    assert_eq!(end(&strict, &[ALARM, second(5)]).1, Some(Cause::FalseAlarm));
    // It strikes over the answer, whatever that is.
    let hasty = row("at = \"answer\"\nanswered = true\nthen = \"strike\"") + &row("then = \"open-incident\"");
    let hasty = tabled(&hasty, &[("patience_hours", "100")]);
    assert_eq!(end(&hasty, &[ALARM]), ASKED);
    // It gives notice, which takes effect as the terms say.
    let notice = tabled(&row("then = \"notice\""), &[]);
    assert_eq!(end(&notice, &[ALARM]), (13 * DAY + 2 * BEAT, Some(Cause::Notice)));
}

// REH-20
#[test]
fn the_lawful_give_notice_which_the_brake_holds_back_and_an_explanation_takes_back() {
    let lawful = still(&[NO_ANSWER, ("lawful", "1"), ("patience_hours", "0.0001")]);
    let story = play(&lawful, &[ALARM]);
    let given = sealed(&story, |act| matches!(act, Act::NoticeGiven { .. }))[0];
    assert_eq!((story.run.held_ms, story.run.cause), (given + 72 * HOUR, Some(Cause::Notice)));
    // A brake that is longer than the notice holds it back: until the incident has run out.
    let braked = lawful.vary("brake", "100h").unwrap();
    let story = play(&braked, &[ALARM]);
    assert_eq!(
        (story.run.held_ms, story.run.cause),
        (sealed(&story, is_opened)[0] + 100 * HOUR, Some(Cause::Notice))
    );
    // What its own staff find out by then takes it back.
    let found = still(&[
        NO_ANSWER,
        ("lawful", "1"),
        ("patience_hours", "0.0001"),
        ("second_look", "1"),
        ("second_look_hours", "2"),
    ]);
    let story = play(&found, &[ALARM]);
    assert_eq!(story.run.cause, None);
    assert_eq!(sealed(&story, |act| matches!(act, Act::NoticeTakenBack { .. })).len(), 1);
    // Where the terms know no notice, it lets the term run out.
    let endless = lawful.vary("notice", "none").unwrap();
    assert_eq!(end(&endless, &[ALARM]), (90 * DAY, Some(Cause::Lapse)));
}

// REH-23
#[test]
fn a_threat_in_public_forces_the_hand_of_who_would_let_it_pass() {
    let meek = [("rule", "generous"), ("generosity", "1"), ("channel", "none"), ("threatens", "1")];
    let cost = |cost: &str| still(&meek).vary("audience_cost", cost).unwrap();
    assert_eq!(end(&cost("0"), &[ALARM]), HELD);
    assert_eq!(end(&cost("1000000000"), &[ALARM]), TENTH);
    assert_eq!(end(&cost("1000000000").vary("threatens", "0").unwrap(), &[ALARM]), HELD);
}

// REH-22
#[test]
fn an_occasion_is_taken_where_restraint_is_worth_less() {
    let occasion = at(DAY, Happens::Opportunity, 1);
    let calm = still(&[("channel", "none"), ("impatience_per_year", "0.01")]);
    assert_eq!(end(&calm, &[occasion]), HELD);
    let tempted = calm.vary("impatience_per_year", "1000").unwrap();
    assert_eq!(end(&tempted, &[occasion]), (DAY, Some(Cause::Breach)));
    // Who does not notice it does not answer it, unless it is plain.
    let blind = tempted.vary("notices_breach", "0").unwrap();
    assert_eq!(end(&blind, &[occasion]), HELD);
    assert_eq!(end(&blind.vary("open_breach", "1").unwrap(), &[occasion]), (DAY, Some(Cause::Breach)));
}
