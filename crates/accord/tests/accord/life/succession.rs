//! One understanding in the place of another: no gap, no overlap (LIFE-28).

use super::*;
use proptest::prelude::*;

/// The registry of a new text whose ceremony is settled in a beat.
fn successor(beat: u64) -> Vec<Event> {
    let sid = [9; 32];
    let new = |beat, party, act| registry(beat, party, act);
    let begun = Act::CeremonyBegun { sid, digest: OTHER, expiry: start(beat + 20) };
    let released = Act::Released { sid, released_at: start(beat - 2) };
    vec![
        new(beat - 5, ALPHA, begun.clone()),
        new(beat - 4, BRAVO, begun),
        new(beat - 2, ALPHA, released),
        new(beat - 1, ALPHA, Act::Acknowledged { sid }),
        new(beat, BRAVO, Act::Acknowledged { sid }),
    ]
}

fn long(entry: u64, end: u64) -> Setting {
    let zone = Zone { entry: Entry::At(bound(entry, true)), end: End::At(bound(end, false)) };
    let terms = Terms { zones: vec![zone], latest_expiry: start(2_000), ..terms() };
    setting_with(Viewer::Party(ALPHA), terms)
}

/// What the station adds to the old life, once the new one is settled.
fn handed_over(new: &Setting, events: &[Event]) -> Option<Event> {
    let settled = events.last()?.clone();
    let seen = At { beat: settled.position.beat, utc: settled.position.utc };
    Some(Event { act: supersede(&status(new, events, seen))?, ..settled })
}

fn both_at(old: &[Event], new: (&Setting, &[Event]), utc: u64) -> (bool, bool) {
    let seen = At { beat: Beat(100_000), utc: UtcMs(utc) };
    (status(&setting(), old, seen).in_effect, status(new.0, new.1, seen).in_effect)
}

/// LIFE-28: before its own end, after it, and in the instant of the last acknowledgement.
#[test]
fn the_new_one_begins_in_the_instant_the_old_one_ends() {
    for (entry, settles) in [(350, 300), (450, 300), (250, 300), (399, 398)] {
        let (new, events) = (long(entry, 900), successor(settles));
        let old = with(settled(), handed_over(&new, &events));
        let change = start(entry.max(settles + 1)).0;
        assert_eq!(both_at(&old, (&new, &events), change - 1), (true, false), "{entry}");
        assert_eq!(both_at(&old, (&new, &events), change), (false, true), "{entry}");
        assert_eq!(status(&setting(), &old, at(899)).state, Some(State::Superseded));
    }
}

/// LIFE-28: an instant in the past is none, and nothing moves the one that is settled.
#[test]
fn a_settled_succession_stands() {
    let act = |from| Act::Superseded { by: OTHER, from };
    check(&with(settled(), [registry(300, ALPHA, act(start(300)))]), Err(Refusal::Past));
    let old = with(settled(), [registry(300, ALPHA, act(start(500)))]);
    check(&old, Ok(()));
    let notice = Act::NoticeGiven { effective: start(390), urgent: false, by: by(BRAVO, 2) };
    let reaffirmed = Act::Reaffirmed { until: start(700), by: by(BRAVO, 2) };
    for act in [notice, reaffirmed, act(start(400))] {
        check(&with(old.clone(), [registry(450, BRAVO, act)]), Err(Refusal::BeingSuperseded));
    }
}

/// LIFE-28: a notice that stood falls with the agreement to what comes after; what has ended is not brought back.
#[test]
fn what_a_succession_overrides_and_what_not() {
    let notice = Act::NoticeGiven { effective: start(320), urgent: false, by: by(BRAVO, 2) };
    let (new, events) = (long(350, 900), successor(300));
    let noticed = with(settled(), [registry(250, BRAVO, notice)]);
    let old = with(noticed, handed_over(&new, &events));
    assert_eq!(both_at(&old, (&new, &events), start(350).0 - 1), (true, false));
    let late = successor(450);
    let after = with(settled(), handed_over(&new, &late));
    check(&after, Err(Refusal::State));
}

/// LIFE-28: nothing is handed over before the new text's instant is certain, nor to one with several.
#[test]
fn uncertain_instants_hand_nothing_over() {
    let events = successor(300);
    let open = &events[..3];
    assert!(handed_over(&long(350, 900), open).is_none());
    let terms = |told, zones| Terms { told, zones, latest_expiry: start(2_000), ..terms() };
    let zone = |entry| Zone { entry: Entry::At(bound(entry, true)), end: End::At(bound(900, false)) };
    let setting = |terms| setting_with(Viewer::Party(ALPHA), terms);
    assert!(handed_over(&setting(terms(false, vec![zone(350), zone(360)])), &events).is_none());
    let told = setting(terms(true, vec![zone(350)]));
    assert!(handed_over(&told, &events).is_none());
    let confirmed = |beat, party| registry(beat, party, Act::Told { zone: 0 });
    let events = with(events, [confirmed(310, ALPHA), confirmed(360, BRAVO)]);
    let old = with(settled(), handed_over(&told, &events));
    assert_eq!(both_at(&old, (&told, &events), start(361).0 - 1), (true, false));
    assert_eq!(both_at(&old, (&told, &events), start(361).0), (false, true));
}

/// LIFE-28: one that was still to enter when another was settled in its place enters no more.
#[test]
fn a_text_that_was_still_to_enter_gives_way_too() {
    for entry in [120, 200, 250] {
        let (new, events) = (long(entry, 900), successor(100));
        let old = with(settled(), handed_over(&new, &events));
        check(&old, Ok(()));
        let change = start(entry).0;
        assert_eq!(both_at(&old, (&new, &events), change - 1), (entry > 200, false), "{entry}");
        assert_eq!(both_at(&old, (&new, &events), change), (false, true), "{entry}");
        assert_eq!(status(&setting(), &old, at(899)).state, Some(State::Superseded));
    }
}

proptest! {
    /// LIFE-28: if the old one was in effect when the new one was settled, then from there to the new one's end exactly one
    /// of them is in effect at every instant.
    #[test]
    fn never_a_gap_and_never_an_overlap(
        settles in 205u64..395, entry in 0u64..700, length in 700u64..900, probe in 0u64..10_000_000,
        noticed in any::<bool>(),
    ) {
        let (new, events) = (long(entry, entry + length), successor(settles));
        let effective = start(settles + 39);
        let notice = Act::NoticeGiven { effective, urgent: false, by: by(BRAVO, 2) };
        let mut old = settled();
        old.extend(noticed.then(|| registry(settles - 2, BRAVO, notice)));
        let handed = handed_over(&new, &events);
        prop_assert!(handed.is_some());
        old.extend(handed);
        prop_assert_eq!(last(&setting(), &old), Ok(()));
        let change = start(entry.max(settles + 1)).0;
        let end = start(entry + length).0;
        for utc in [start(settles + 1).0, change - 1, change, change + 1, end - 1, T0 + probe] {
            if (start(settles + 1).0..end).contains(&utc) {
                let (was, is) = both_at(&old, (&new, &events), utc);
                prop_assert!(was != is, "at {utc}: {was} {is}");
            }
        }
    }
}
