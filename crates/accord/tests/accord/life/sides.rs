//! Each text has its own parties and quorums: what is frozen later alters nothing of what was tried or binds (LIFE-6).

use super::*;

const CHARLIE: PartyNo = PartyNo(3);

/// A text of all three parties, and one of two of them.
fn three_then_two() -> Setting {
    let clock = Clock { t0: UtcMs(T0), beat_ms: BEAT_MS };
    let three = sides([side(ALPHA), side(BRAVO), side(CHARLIE)]);
    let text = |sides| super::Text { terms: terms(), sides };
    let texts = [(TEXT, text(three)), (OTHER, text(sides([side(ALPHA), side(BRAVO)])))].into();
    Setting::new(clock, Viewer::Party(ALPHA), INTERMEDIARY, BTreeSet::new(), texts).unwrap()
}

/// The third party names the try and acknowledges.
fn third() -> [Event; 2] {
    [registry(14, CHARLIE, begun()), acknowledged(14, CHARLIE)]
}

/// LIFE-6: two of three acknowledged, nobody is bound; a version of those two, frozen later, does not bind them to it.
#[test]
fn a_later_version_between_fewer_parties_settles_nothing() {
    let setting = three_then_two();
    let at_beat = |events: &[Event], beat| status(&setting, events, at(beat)).state;
    assert_eq!(at_beat(&settled(), 110), Some(State::Void));
    let refrozen = with(settled(), [pen(111, Act::Frozen { version: 2, digest: OTHER })]);
    assert_eq!(at_beat(&refrozen, 111), Some(State::Frozen));
    assert_eq!(at_beat(&refrozen, 250), Some(State::Frozen));
    assert_eq!(at_beat(&with(refrozen, third()), 250), Some(State::InEffect));
}

/// LIFE-6: what is in effect stays so with its own parties, whatever the pen freezes later.
#[test]
fn what_binds_is_judged_by_its_own_sides() {
    let setting = three_then_two();
    let frozen = pen(250, Act::Frozen { version: 2, digest: OTHER });
    let events = with(with(settled(), third()), [frozen]);
    let shown = status(&setting, &events, at(301));
    assert_eq!((shown.state, shown.digest), (Some(State::InEffect), Some(TEXT)));
    assert_eq!(shown.unaffirmed, [ALPHA, BRAVO, CHARLIE]);
}

/// LIFE-12, LIFE-15, LIFE-17: only the text's own parties begin its tries, post its release and acknowledge.
#[test]
fn a_party_of_another_text_has_no_say_in_a_try() {
    let setting = three_then_two();
    let begun = Act::CeremonyBegun { sid: SID, digest: OTHER, expiry: start(EXPIRY_BEAT) };
    let alone = [registry(7, CHARLIE, begun.clone())];
    assert_eq!(last(&setting, &alone), Ok(()));
    assert_eq!(status(&setting, &alone, at(7)).tries, []);
    let open = [registry(7, ALPHA, begun)];
    assert_eq!(
        last(&setting, &with(open.to_vec(), [registry(8, CHARLIE, released())])),
        Err(Refusal::Author)
    );
    let posted = with(open.to_vec(), [registry(8, ALPHA, released())]);
    let word = registry(9, CHARLIE, Act::Acknowledged { sid: SID });
    assert_eq!(last(&setting, &with(posted.clone(), [word])), Err(Refusal::Unnamed));
    // Nor does it speak against a try that is not its own.
    let other = Act::CeremonyBegun { sid: SID, digest: TEXT, expiry: start(EXPIRY_BEAT) };
    let against = with(posted, [registry(9, CHARLIE, other)]);
    assert_eq!(status(&setting, &against, at(9)).tries[0].fate, Fate::Open);
}

/// LIFE-19: a text asks for as many as it says, at least; a roster that cannot give them leaves its side as it was.
#[test]
fn a_text_asks_for_its_own_number() {
    let of = |quorum, count| Side { quorum, approvers: by(BRAVO, count) };
    let rosters = BTreeMap::from([(ALPHA, of(1, 1)), (BRAVO, of(1, 3))]);
    let mut sides = Sides::new(&rosters, BTreeMap::from([(ALPHA, 1), (BRAVO, 2)]), false);
    assert_eq!(sides.get(BRAVO), Some(&of(2, 3)));
    sides.change(BRAVO, &of(1, 1));
    assert_eq!(sides.get(BRAVO), Some(&of(2, 3)));
    sides.change(BRAVO, &of(1, 2));
    assert_eq!(sides.get(BRAVO), Some(&of(2, 2)));
    assert_eq!(sides.get(CHARLIE), None);
    let all = Sides::new(&rosters, BTreeMap::from([(ALPHA, 1), (BRAVO, 2)]), true);
    assert_eq!(all.get(BRAVO), Some(&of(3, 3)));
    assert!(!Sides::new(&rosters, BTreeMap::from([(ALPHA, 2), (BRAVO, 1)]), false).is_sound());
    assert!(!Sides::new(&rosters, BTreeMap::from([(ALPHA, 1), (CHARLIE, 1)]), false).is_sound(), "no roster");
}
