//! Incidents and the brake: what holds an end back, for how long, and what does not.

use super::*;
use backchannel_accord::limits::{INCIDENTS_OF_PARTY_MAX, INCIDENTS_SPAN_MS};

/// The brake, in beats, in these tests.
const BRAKE: u64 = 30;
/// G.
const GRACE: u64 = 4;
const FOUND: Finding = Finding { established: Established::Substantiated, intent: Intent::Accidental };

/// In effect from beat 200 up to 400; the brake holds for 30 beats, complaints are taken for 20, explained within 5.
fn braked() -> Terms {
    Terms {
        brake_ms: BRAKE * BEAT_MS,
        complaint_ms: 20 * BEAT_MS,
        reply_ms: 5 * BEAT_MS,
        grace_beats: GRACE,
        ..terms()
    }
}

fn setting() -> Setting {
    setting_with(Viewer::Party(ALPHA), braked())
}

#[track_caller]
fn check(events: &[Event], outcome: Result<(), Refusal>) {
    assert_eq!(last(&setting(), events), outcome);
}

fn found(events: &[Event], beat: u64) -> Status {
    status(&setting(), events, at(beat))
}

fn state(events: &[Event], beat: u64) -> State {
    found(events, beat).state.unwrap()
}

fn notice(beat: u64, party: PartyNo, effective: u64, urgent: bool) -> Event {
    registry(beat, party, Act::NoticeGiven { effective: start(effective), urgent, by: by(party, 2) })
}

// INCIDENT-1, INCIDENT-3
#[test]
fn an_incident_puts_in_question_for_the_time_of_the_brake_and_no_longer() {
    let events = with(settled(), [opened(250, ALPHA, 1)]);
    assert_eq!(state(&events, 249), State::InEffect);
    assert_eq!(state(&events, 250), State::InQuestion);
    assert!(found(&events, 250).in_effect);
    assert_eq!(state(&events, 250 + BRAKE - 1), State::InQuestion);
    assert_eq!(state(&events, 250 + BRAKE), State::InEffect);
    let after = found(&events, 250 + BRAKE);
    assert_eq!(after.incidents[0].outcome, Some((Outcome::Unresolved, start(251 + BRAKE))));
    assert_eq!(after.until, Some(start(400)));
}

// INCIDENT-2
#[test]
fn a_complaint_is_about_something_in_effect_and_comes_in_its_time() {
    let complaint =
        |beat, of, occurred| incident(beat, ALPHA, 1, IncidentAct::Opened { of, occurred, clause: None });
    let of_bravo = |beat, occurred| with(settled(), [complaint(beat, BRAVO, start(occurred))]);
    check(&of_bravo(250, 231), Ok(()));
    // Twenty beats, and four in which it may have been on its way.
    check(&of_bravo(254, 230), Ok(()));
    check(&of_bravo(255, 230), Err(Refusal::ComplaintLate));
    check(&of_bravo(250, 199), Err(Refusal::Occurred));
    check(&of_bravo(250, 252), Err(Refusal::Occurred));
    check(&of_bravo(150, 150), Err(Refusal::State));
    check(&with(settled(), [complaint(250, PartyNo(7), start(240))]), Err(Refusal::Author));
    // Who reports itself is never late.
    check(&with(settled(), [complaint(380, ALPHA, start(201))]), Ok(()));
    check(&with(settled(), [opened(250, ALPHA, 1), opened(251, ALPHA, 1)]), Err(Refusal::Repeated));
}

// INCIDENT-4
#[test]
fn the_brake_holds_a_lapse_and_a_notice_back_and_not_urgent_grounds() {
    let lapse = with(settled(), [opened(390, ALPHA, 1)]);
    assert_eq!(state(&lapse, 390 + BRAKE - 1), State::InQuestion);
    assert_eq!(found(&lapse, 400).held, Some(start(400)));
    assert_eq!(found(&lapse, 400).until, Some(start(391 + BRAKE)));
    assert_eq!(state(&lapse, 390 + BRAKE), State::Lapsed);

    let hasty = with(settled(), [notice(250, BRAVO, 300, false), opened(290, ALPHA, 1)]);
    assert_eq!(state(&hasty, 299), State::InQuestion);
    assert!(found(&hasty, 319).in_effect);
    assert_eq!(state(&hasty, 290 + BRAKE), State::Withdrawn);
    // The notice was given before the incident; one given while it was open denounces.
    assert_eq!(found(&hasty, 350).incidents[0].outcome.unwrap().0, Outcome::Unresolved);
    let answer = with(settled(), [opened(290, ALPHA, 1), notice(295, ALPHA, 340, false)]);
    assert_eq!(found(&answer, 330).incidents[0].outcome, Some((Outcome::Denounced, start(291 + BRAKE))));

    let urgent = with(settled(), [notice(250, BRAVO, 300, true), opened(290, ALPHA, 1)]);
    assert_eq!(state(&urgent, 299), State::Withdrawn);
    assert_eq!(found(&urgent, 299).until, Some(start(300)));
}

// INCIDENT-4
#[test]
fn an_end_is_held_back_once_and_not_by_one_incident_after_another() {
    let chain = (0..3).map(|n| opened(395 + u64::from(n) * 20, ALPHA, n + 1));
    let events = with(settled(), chain);
    // The first was opened before the end; those after it move the end no further.
    assert_eq!(found(&events, 415).until, Some(start(396 + BRAKE)));
    assert_eq!(state(&events, 395 + BRAKE), State::Lapsed);
    // One opened shortly before another takes nothing from it.
    let trick = with(settled(), [opened(372, BRAVO, 1), opened(399, ALPHA, 2)]);
    assert_eq!(found(&trick, 399).until, Some(start(400 + BRAKE)));
}

// INCIDENT-4
#[test]
fn a_brake_that_a_slow_relay_seals_after_the_end_is_timely() {
    let late = |beat| with(settled(), [opened(beat, ALPHA, 1)]);
    let fact = |beat| {
        let act = IncidentAct::Opened { of: BRAVO, occurred: start(395), clause: None };
        with(settled(), [incident(beat, ALPHA, 1, act)])
    };
    check(&fact(400 + GRACE), Ok(()));
    check(&fact(400 + GRACE + 1), Err(Refusal::State));
    assert_eq!(state(&fact(404), 404), State::InQuestion);
    assert_eq!(state(&fact(404), 404 + BRAKE), State::Lapsed);
    // Nobody may take the end for certain before.
    let ending = found(&settled(), 400 + GRACE - 1);
    assert!(ending.in_effect && ending.ending && ending.zones[0].in_effect);
    assert_eq!(ending.until, Some(start(400)));
    assert_eq!(state(&settled(), 400 + GRACE), State::Lapsed);
    // What happened after the end is no breach, and all but incidents comes too late.
    check(&late(402), Err(Refusal::Occurred));
    check(&with(settled(), [notice(401, ALPHA, 450, false)]), Err(Refusal::State));
}

// INCIDENT-4
#[test]
fn beats_that_the_relay_missed_do_not_count() {
    let missed = setting().with_missed([(Beat(401), Beat(450)), (Beat(452), Beat(460))]);
    let act = IncidentAct::Opened { of: BRAVO, occurred: start(395), clause: None };
    let of = |beat| with(settled(), [incident(beat, ALPHA, 1, act.clone())]);
    assert_eq!(last(&missed, &of(463)), Ok(()));
    assert_eq!(last(&missed, &of(464)), Err(Refusal::State));
    assert!(status(&missed, &settled(), at(462)).ending);
    assert_eq!(status(&missed, &settled(), at(463)).state, Some(State::Lapsed));
}

// INCIDENT-5, INCIDENT-6
#[test]
fn an_incident_is_explained_contested_and_found() {
    let clarified = IncidentAct::Clarified { answer: Answer::Individuals, remedy: true };
    let joint = |beat, party, n| {
        incident(beat, party, 1, IncidentAct::Found { finding: FOUND, by: [member(party, n)].into() })
    };
    let own = Finding { established: Established::Undetermined, intent: Intent::Undetermined };
    let mut events = with(
        settled(),
        [
            opened(250, ALPHA, 1),
            incident(252, BRAVO, 1, clarified.clone()),
            incident(253, ALPHA, 1, IncidentAct::Contested),
            incident(254, BRAVO, 1, IncidentAct::Viewed(own)),
            joint(255, ALPHA, 0),
            joint(256, ALPHA, 1),
            joint(257, BRAVO, 0),
        ],
    );
    let one = found(&events, 257).incidents.remove(0);
    assert_eq!((one.answer_due, one.until), (start(256), start(251 + BRAKE)));
    assert_eq!(one.clarified, Some((Answer::Individuals, true, start(253))));
    assert_eq!(one.contested, [ALPHA]);
    assert_eq!(one.joint, None);
    assert_eq!(one.unfinished, [(BRAVO, IncidentWord::Found(FOUND), vec![member(BRAVO, 0)])]);
    events.push(joint(258, BRAVO, 2));
    let one = found(&events, 258).incidents.remove(0);
    // What a side itself finds stays beside what all found.
    assert_eq!((one.joint, one.views.get(&BRAVO)), (Some(FOUND), Some(&own)));
    for (event, refusal) in [
        (incident(259, ALPHA, 1, clarified.clone()), Refusal::NotTheirs),
        (incident(259, BRAVO, 1, clarified), Refusal::Repeated),
        (incident(259, ALPHA, 1, IncidentAct::Contested), Refusal::Repeated),
        (incident(259, ALPHA, 9, IncidentAct::Contested), Refusal::UnknownIncident),
        (joint(259, BRAVO, 1), Refusal::Repeated),
        (joint(259, BRAVO, 9), Refusal::Quorum),
    ] {
        check(&with(events.clone(), [event]), Err(refusal));
    }
}

// INCIDENT-7
#[test]
fn what_all_agree_closes_it_and_lets_the_end_come() {
    let close = |agreed| [closed(255, ALPHA, 1, agreed), closed(257, BRAVO, 1, agreed)];
    for agreed in [Agreed::Reaffirmed, Agreed::Remedied] {
        let events = with(settled(), [opened(250, ALPHA, 1)]);
        let events = with(events, close(agreed));
        assert_eq!(state(&events, 256), State::InQuestion);
        assert_eq!(state(&events, 257), State::InEffect);
        let one = found(&events, 257).incidents.remove(0);
        assert_eq!(one.outcome, Some((Outcome::Agreed(agreed), start(258))));
        let again = with(events, [closed(260, ALPHA, 1, Agreed::Reaffirmed)]);
        check(&again, Err(Refusal::Closed));
    }
    let held = with(settled(), [opened(390, ALPHA, 1)]);
    let agreed = Agreed::Reaffirmed;
    let held = with(held, [closed(405, ALPHA, 1, agreed), closed(410, BRAVO, 1, agreed)]);
    assert_eq!(state(&held, 409), State::InQuestion);
    assert_eq!(state(&held, 410), State::Lapsed);
}

// INCIDENT-7
#[test]
fn a_suspension_is_agreed_by_all_ends_by_itself_and_is_lifted_together() {
    let suspended = Agreed::Suspended(start(300));
    let opened = with(settled(), [opened(250, ALPHA, 1)]);
    check(&with(opened.clone(), [closed(255, ALPHA, 1, Agreed::Suspended(start(256)))]), Err(Refusal::Past));
    let events = with(opened, [closed(255, ALPHA, 1, suspended), closed(257, BRAVO, 1, suspended)]);
    assert_eq!(state(&events, 256), State::InQuestion);
    assert_eq!(state(&events, 257), State::Suspended);
    assert!(!found(&events, 257).in_effect);
    assert_eq!(found(&events, 257).suspended_until, Some(start(300)));
    assert_eq!(state(&events, 298), State::Suspended);
    assert_eq!(state(&events, 299), State::InEffect);
    let lift = |beat, party| closed(beat, party, 1, Agreed::Reaffirmed);
    let lifted = with(events, [lift(270, ALPHA), lift(280, BRAVO)]);
    assert_eq!(state(&lifted, 279), State::Suspended);
    assert_eq!(state(&lifted, 280), State::InEffect);
}

// INCIDENT-7
#[test]
fn what_was_suspended_over_one_incident_is_not_lifted_by_settling_another() {
    let suspended = |until| Agreed::Suspended(start(until));
    let events = with(settled(), [opened(250, ALPHA, 1), opened(251, BRAVO, 2)]);
    let settle = |beat, party, n, agreed| closed(beat, party, n, agreed);
    let first = with(events, [settle(255, ALPHA, 1, suspended(300)), settle(257, BRAVO, 1, suspended(300))]);
    let other = [settle(260, ALPHA, 2, Agreed::Reaffirmed), settle(262, BRAVO, 2, Agreed::Reaffirmed)];
    assert_eq!(state(&with(first.clone(), other), 263), State::Suspended);
    // Nor is it cut short by a shorter one.
    let shorter = with(first, [settle(260, ALPHA, 2, suspended(280)), settle(262, BRAVO, 2, suspended(280))]);
    assert_eq!((state(&shorter, 290), state(&shorter, 299)), (State::Suspended, State::InEffect));
    let lifted = [settle(290, ALPHA, 1, Agreed::Reaffirmed), settle(292, BRAVO, 1, Agreed::Reaffirmed)];
    assert_eq!(state(&with(shorter, lifted), 293), State::InEffect);
}

// INCIDENT-7
#[test]
fn only_who_opened_it_takes_it_back_by_its_quorum() {
    let dropped = |party, n: u8| {
        incident(255 + u64::from(n), party, 1, IncidentAct::Dropped { by: [member(party, n)].into() })
    };
    let events = with(settled(), [opened(250, ALPHA, 1)]);
    check(&with(events.clone(), [dropped(BRAVO, 0)]), Err(Refusal::NotTheirs));
    let events = with(events, [dropped(ALPHA, 0), dropped(ALPHA, 1)]);
    assert_eq!(state(&events, 255), State::InQuestion);
    assert_eq!(state(&events, 256), State::InEffect);
}

// LIFE-24, INCIDENT-4
#[test]
fn while_the_brake_holds_an_end_back_it_can_still_be_renewed_and_a_notice_taken_back() {
    let reaffirmed =
        |beat, party| registry(beat, party, Act::Reaffirmed { until: start(600), by: by(party, 2) });
    let renewed = with(settled(), [opened(390, ALPHA, 1), reaffirmed(405, ALPHA), reaffirmed(410, BRAVO)]);
    assert_eq!(found(&renewed, 410).until, Some(start(600)));
    assert_eq!(state(&renewed, 450), State::Renewed);
    let back = registry(310, BRAVO, Act::NoticeTakenBack { by: by(BRAVO, 2) });
    let kept = with(settled(), [notice(250, BRAVO, 300, false), opened(290, ALPHA, 1), back]);
    assert_eq!(found(&kept, 350).until, Some(start(400)));
    assert!(found(&kept, 350).in_effect);
}

// INCIDENT-9
#[test]
fn a_party_opens_so_many_incidents_within_a_year_and_then_again() {
    let year = INCIDENTS_SPAN_MS / BEAT_MS;
    let lasting = Zone { entry: zone().entry, end: End::At(bound(3 * year, false)) };
    let setting = setting_with(Viewer::Party(ALPHA), Terms { zones: vec![lasting], ..braked() });
    let open = |beat: u64, n: u16, party, of| {
        let mut id = [0; 16];
        id[..2].copy_from_slice(&n.to_be_bytes());
        let act = IncidentAct::Opened { of, occurred: start(beat - 10), clause: None };
        event(beat, n, RoomKind::Registry, party, 0, Act::Incident { id, act })
    };
    let most = u16::try_from(INCIDENTS_OF_PARTY_MAX).unwrap();
    let full = with(settled(), (0..most).map(|n| open(250 + u64::from(n), n, ALPHA, BRAVO)));
    let check = |more: &[Event], outcome: Result<(), Refusal>| {
        assert_eq!(last(&setting, &with(full.clone(), more.to_vec())), outcome);
    };
    check(&[open(400, most, ALPHA, BRAVO)], Err(Refusal::TooOften));
    // The other side's are its own.
    check(&[open(400, most, BRAVO, ALPHA)], Ok(()));
    // The first was sealed with beat 250, and counts for a year; then there is room for one, and not for two.
    check(&[open(249 + year, most, ALPHA, BRAVO)], Err(Refusal::TooOften));
    let again = open(250 + year, most, ALPHA, BRAVO);
    check(std::slice::from_ref(&again), Ok(()));
    check(&[again, open(250 + year, most + 1, ALPHA, BRAVO)], Err(Refusal::TooOften));
}
