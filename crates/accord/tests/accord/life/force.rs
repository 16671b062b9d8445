//! What is in effect when: entry, end, renewal, notice, reminders.

use super::*;
use proptest::prelude::*;

fn in_effect(terms: &Terms, events: &[Event], utc: UtcMs) -> bool {
    let seen = At { beat: Beat(10_000), utc };
    status(&setting_with(Viewer::Party(ALPHA), terms.clone()), events, seen).in_effect
}

fn next(utc: UtcMs) -> UtcMs {
    UtcMs(utc.0 + 1)
}

fn reaffirmed(beat: u64, party: PartyNo) -> Event {
    registry(beat, party, Act::Reaffirmed { until: start(600), by: by(party, 2) })
}

fn notice(beat: u64, party: PartyNo, effective: UtcMs, urgent: bool) -> Event {
    registry(beat, party, Act::NoticeGiven { effective, urgent, by: by(party, 2) })
}

fn until(events: &[Event], beat: u64) -> Option<UtcMs> {
    status(&setting(), events, at(beat)).until
}

/// LIFE-21 and LIFE-23: to the millisecond, by the inclusiveness of the text.
#[test]
fn first_and_last_instants() {
    let (first, last) = (start(200), start(400));
    for (entry, end) in [(true, false), (true, true), (false, false), (false, true)] {
        let zone = Zone { entry: Entry::At(bound(200, entry)), end: End::At(bound(400, end)) };
        let terms = Terms { zones: vec![zone], ..terms() };
        let found = |utc| in_effect(&terms, &settled(), utc);
        assert_eq!((found(UtcMs(first.0 - 1)), found(first), found(next(first))), (false, entry, true));
        assert_eq!((found(UtcMs(last.0 - 1)), found(last), found(next(last))), (true, end, false));
    }
}

/// LIFE-21 and LIFE-23: a late acknowledgement shortens the time and never moves its end.
#[test]
fn late_acknowledgements_move_no_end() {
    let ends = [End::At(bound(60, false)), End::After { ms: 50 * BEAT_MS, included: false }];
    for end in ends {
        let terms = Terms { zones: vec![Zone { entry: Entry::At(bound(10, true)), end }], ..terms() };
        let found = |utc| in_effect(&terms, &settled(), utc);
        let sealed = start(14);
        assert_eq!((found(UtcMs(sealed.0 - 1)), found(sealed)), (false, true));
        assert_eq!((found(UtcMs(start(60).0 - 1)), found(start(60))), (true, false));
    }
    let floating = Zone { entry: Entry::Acknowledged, end: End::After { ms: 10, included: true } };
    let terms = Terms { zones: vec![floating], ..terms() };
    let sealed = start(14).0;
    let found = |utc| in_effect(&terms, &settled(), UtcMs(utc));
    assert_eq!(
        (found(sealed - 1), found(sealed), found(sealed + 10), found(sealed + 11)),
        (false, true, true, false)
    );
}

/// LIFE-22: a zone is in effect for nobody before those bound there were told by every party.
#[test]
fn zones_and_those_told() {
    let north = Zone { entry: Entry::At(bound(250, true)), end: End::At(bound(450, false)) };
    let terms = Terms { zones: vec![zone(), north], told: true, ..terms() };
    let setting = setting_with(Viewer::Party(ALPHA), terms);
    let told = |beat, party, zone| registry(beat, party, Act::Told { zone });
    assert_eq!(last(&setting, &with(settled(), [told(20, ALPHA, 2)])), Err(Refusal::Zone));
    assert_eq!(last(&setting, &with(posted(), [told(20, ALPHA, 0)])), Err(Refusal::NotSettled));
    let mut events = with(settled(), [told(20, ALPHA, 0), told(210, BRAVO, 0), told(230, ALPHA, 1)]);
    assert_eq!(last(&setting, &with(events.clone(), [told(231, ALPHA, 1)])), Err(Refusal::Repeated));
    let zones = |events: &[Event], beat| -> Vec<bool> {
        status(&setting, events, at(beat)).zones.iter().map(|zone| zone.in_effect).collect()
    };
    assert_eq!(zones(&events, 209), [false, false]);
    assert_eq!(zones(&events, 210), [true, false]);
    assert_eq!(zones(&events, 300), [true, false]);
    assert_eq!(status(&setting, &events, at(300)).zones[1].untold, [BRAVO]);
    events.push(told(300, BRAVO, 1));
    assert_eq!(zones(&events, 299), [true, false]);
    assert_eq!((zones(&events, 300), zones(&events, 400)), (vec![true, true], vec![false, true]));
    assert_eq!(status(&setting, &events, at(450)).state, Some(State::Lapsed));
}

/// LIFE-30: once nothing is in effect any more nothing begins again, and what nobody was told of lapses.
#[test]
fn over_is_over() {
    let north = Zone { entry: Entry::At(bound(250, true)), end: End::At(bound(800, false)) };
    let terms = Terms { zones: vec![zone(), north], told: true, ..terms() };
    let setting = setting_with(Viewer::Party(ALPHA), terms);
    let told = |beat, party, zone| registry(beat, party, Act::Told { zone });
    let first = with(settled(), [told(20, ALPHA, 0), told(21, BRAVO, 0), told(22, ALPHA, 1)]);
    let at_beat = |events: &[Event], beat| status(&setting, events, at(beat)).state;
    assert_eq!((at_beat(&first, 398), at_beat(&first, 399)), (Some(State::InEffect), Some(State::Lapsed)));
    assert_eq!(last(&setting, &with(first, [told(500, BRAVO, 1)])), Err(Refusal::State));
    assert_eq!(
        (at_beat(&settled(), 798), at_beat(&settled(), 799)),
        (Some(State::Deposited), Some(State::Lapsed))
    );
}

/// LIFE-24: only all parties' reaffirmations, in the window, naming the end the terms give, put the end off.
#[test]
fn renewal() {
    let one = with(settled(), [reaffirmed(300, ALPHA)]);
    check(&one, Ok(()));
    let shown = status(&setting(), &one, at(300));
    assert_eq!(
        (shown.until, shown.reaffirmed, shown.unaffirmed),
        (Some(start(400)), vec![ALPHA], vec![BRAVO])
    );
    assert_eq!(state(&one, 399), Some(State::Lapsed));
    let both = with(one.clone(), [reaffirmed(398, BRAVO)]);
    assert_eq!(
        (state(&both, 399), state(&both, 598), state(&both, 599)),
        (Some(State::Renewed), Some(State::Renewed), Some(State::Lapsed))
    );
    check(&with(one.clone(), [reaffirmed(399, BRAVO)]), Err(Refusal::State));
    check(&with(one, [reaffirmed(301, ALPHA)]), Err(Refusal::Repeated));
    check(&with(settled(), [reaffirmed(298, ALPHA)]), Err(Refusal::Window));
    check(&with(settled(), [reaffirmed(299, ALPHA)]), Ok(()));
    let other = |until| registry(310, ALPHA, Act::Reaffirmed { until, by: by(ALPHA, 2) });
    check(&with(settled(), [other(next(start(600)))]), Err(Refusal::Until));
    let strangers = registry(310, ALPHA, Act::Reaffirmed { until: start(600), by: by(BRAVO, 3) });
    check(&with(settled(), [strangers]), Err(Refusal::Quorum));
    let setting = setting_with(Viewer::Party(ALPHA), Terms { renewal: None, ..terms() });
    assert_eq!(last(&setting, &with(settled(), [reaffirmed(310, ALPHA)])), Err(Refusal::NotRenewable));
}

/// LIFE-25: notice takes effect when the terms say and not before, for everybody.
#[test]
fn notice_of_withdrawal() {
    // Sealed with beat 250, whose end is the start of 251; forty beats later is the start of 291.
    let given = with(settled(), [notice(250, BRAVO, start(291), false)]);
    check(&given, Ok(()));
    assert_eq!((state(&given, 289), state(&given, 290)), (Some(State::InEffect), Some(State::Withdrawn)));
    check(&with(settled(), [notice(250, BRAVO, UtcMs(start(291).0 - 1), false)]), Err(Refusal::TooShort));
    check(&with(settled(), [notice(250, BRAVO, start(261), true)]), Ok(()));
    check(&with(settled(), [notice(250, BRAVO, start(260), true)]), Err(Refusal::TooShort));
    check(&with(given.clone(), [notice(251, BRAVO, start(300), true)]), Err(Refusal::Repeated));
    let back = |beat, party| registry(beat, party, Act::NoticeTakenBack { by: by(party, 2) });
    check(&with(given.clone(), [back(260, ALPHA)]), Err(Refusal::NoNotice));
    let again = with(given.clone(), [back(260, BRAVO)]);
    check(&again, Ok(()));
    assert_eq!(state(&again, 398), Some(State::InEffect));
    check(&with(given, [back(291, BRAVO)]), Err(Refusal::State));
    let bound_fast =
        setting_with(Viewer::Party(ALPHA), Terms { notice_ms: None, urgent_ms: None, ..terms() });
    for urgent in [false, true] {
        let events = with(settled(), [notice(250, ALPHA, start(390), urgent)]);
        assert_eq!(last(&bound_fast, &events), Err(Refusal::NoticeNotAllowed));
    }
}

/// LIFE-25: two notices end it with the earlier; one that would take effect after the end leaves a lapse.
#[test]
fn several_notices_and_late_ones() {
    let two = with(settled(), [notice(250, BRAVO, start(320), false), notice(251, ALPHA, start(300), false)]);
    assert_eq!(until(&two, 260), Some(start(300)));
    let beyond = with(settled(), [notice(390, BRAVO, start(431), false)]);
    assert_eq!((until(&beyond, 391), state(&beyond, 399)), (Some(start(400)), Some(State::Lapsed)));
    let waiting = with(settled(), [notice(20, BRAVO, start(61), false)]);
    assert_eq!((state(&waiting, 59), state(&waiting, 60)), (Some(State::Deposited), Some(State::Withdrawn)));
    assert_eq!(state(&waiting, 250), Some(State::Withdrawn));
}

/// LIFE-25: a renewal and a notice that race stand in the order of the registry, here within one beat by the seat.
#[test]
fn renewal_and_notice_race() {
    let seated = |mut event: Event, seat| {
        event.position.seat = SeatNo::new(seat).unwrap();
        event
    };
    let first = with(settled(), [reaffirmed(310, ALPHA)]);
    let gives = |seat| seated(notice(320, ALPHA, start(361), false), seat);
    let completes = |seat| seated(reaffirmed(320, BRAVO), seat);
    let renewed_first = with(first.clone(), [completes(3), gives(4)]);
    check(&renewed_first, Ok(()));
    assert_eq!(
        (state(&renewed_first, 359), state(&renewed_first, 360)),
        (Some(State::Renewed), Some(State::Withdrawn))
    );
    let noticed_first = with(first, [gives(3), completes(4)]);
    check(&noticed_first, Err(Refusal::UnderNotice));
    assert!(status(&setting(), &noticed_first, at(330)).reaffirmed.is_empty());
    assert_eq!(
        (state(&noticed_first, 359), state(&noticed_first, 360)),
        (Some(State::InEffect), Some(State::Withdrawn))
    );
}

/// LIFE-29: from each lead time to the end, the most pressing first, naming who is missing.
#[test]
fn reminders_before_a_lapse() {
    let due = |events: &[Event], beat| -> Vec<(u64, Vec<PartyNo>)> {
        let found = reminders(&status(&setting(), events, at(beat)));
        found.into_iter().map(|found| (found.before_ms / BEAT_MS, found.missing)).collect()
    };
    let both = vec![ALPHA, BRAVO];
    assert!(due(&settled(), 298).is_empty());
    assert_eq!(due(&settled(), 299), [(100, both.clone())]);
    let one = with(settled(), [reaffirmed(310, ALPHA)]);
    assert_eq!(due(&one, 379), [(20, vec![BRAVO]), (100, vec![BRAVO])]);
    assert!(due(&one, 399).is_empty());
    assert!(due(&with(one, [reaffirmed(380, BRAVO)]), 381).is_empty());
    let leaving = with(settled(), [notice(250, BRAVO, start(291), false)]);
    assert_eq!(due(&leaving, 280), [(20, vec![]), (100, vec![])]);
    let replaced = Act::Superseded { by: OTHER, from: start(395) };
    assert!(due(&with(settled(), [registry(310, ALPHA, replaced)]), 390).is_empty());
}

proptest! {
    /// LIFE-23: no terms, however extreme, make the reckoning panic or an end come before a beginning.
    #[test]
    fn extreme_terms(
        entry in any::<u64>(), end in any::<u64>(), ms in any::<u64>(), flags in any::<[bool; 3]>(),
        utc in any::<u64>(), notice in any::<u64>(), extension in any::<u64>(),
    ) {
        let at = |at, included| Bound { at: UtcMs(at), included };
        let end = if flags[2] { End::At(at(end, flags[1])) } else { End::After { ms, included: flags[1] } };
        let zone = Zone { entry: Entry::At(at(entry, flags[0])), end };
        let renewal = Some(Renewal { window_ms: u64::MAX, closes_ms: 0, extension_ms: extension.max(1) });
        let terms = Terms { zones: vec![zone], notice_ms: Some(notice), urgent_ms: None, renewal, ..terms() };
        if terms.check().is_ok() {
            let seen = At { beat: Beat(u64::MAX), utc: UtcMs(utc) };
            let status = status(&setting_with(Viewer::Party(ALPHA), terms), &settled(), seen);
            if let Some((from, until)) = status.from.zip(status.until) {
                prop_assert!(from < until);
                prop_assert_eq!(status.in_effect, from.0 <= utc && utc < until.0);
            }
        }
    }
}

// LIFE-24, LIFE-26
#[test]
fn a_renewal_closes_before_the_end_as_the_text_says() {
    let closing = |ms: u64| {
        let renewal = terms().renewal.map(|renewal| Renewal { closes_ms: ms, ..renewal });
        Terms { renewal, ..terms() }
    };
    assert_eq!(closing(99 * BEAT_MS).check(), Ok(()));
    assert_eq!(closing(100 * BEAT_MS).check(), Err(TermsError::Renewal));
    let refused = |closes: u64, beat: u64| {
        let setting = setting_with(Viewer::Party(ALPHA), closing(closes));
        let events = with(settled(), [reaffirmed(beat, ALPHA)]);
        fold(&setting, &events, at(beat)).1.iter().any(|(_, refusal)| *refusal == Refusal::Window)
    };
    assert!(!refused(0, 350));
    assert!(!refused(40 * BEAT_MS, 350));
    assert!(refused(60 * BEAT_MS, 350));
}
