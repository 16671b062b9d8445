//! What people of a party say together: it counts with the last of a quorum, and what it contradicts falls (LIFE-4).

use super::*;

fn one(beat: u64, party: PartyNo, n: u8, act: impl Fn(BTreeSet<MemberId>) -> Act) -> Event {
    event(beat, 0, RoomKind::Registry, party, n, act([member(party, n)].into()))
}

fn notice(beat: u64, n: u8) -> Event {
    one(beat, BRAVO, n, |by| Act::NoticeGiven { effective: start(350), urgent: false, by })
}

fn back(beat: u64, n: u8) -> Event {
    one(beat, BRAVO, n, |by| Act::NoticeTakenBack { by })
}

fn reaffirmed(beat: u64, party: PartyNo, n: u8) -> Event {
    one(beat, party, n, |by| Act::Reaffirmed { until: start(600), by })
}

fn until(events: &[Event], beat: u64) -> Option<UtcMs> {
    status(&setting(), events, at(beat)).until
}

/// LIFE-4: the second of two makes it the party's, where it was said; the first alone is shown and does nothing.
#[test]
fn a_word_counts_with_the_last_of_a_quorum() {
    let first = with(settled(), [notice(250, 0)]);
    check(&first, Ok(()));
    let shown = status(&setting(), &first, at(250));
    let word = Word::Notice { effective: start(350), urgent: false };
    assert_eq!(shown.unfinished, [(BRAVO, word, vec![member(BRAVO, 0)])]);
    assert_eq!((shown.until, shown.notices.len()), (Some(start(400)), 0));
    check(&with(first.clone(), [notice(251, 0)]), Err(Refusal::Repeated));
    let both = with(first, [notice(252, 2)]);
    check(&both, Ok(()));
    assert_eq!((until(&both, 251), until(&both, 252)), (Some(start(400)), Some(start(350))));
    assert_eq!(status(&setting(), &both, at(252)).unfinished, []);
}

/// LIFE-25: each word of a notice is judged when it is said; one that comes too late for its instant does not complete it.
#[test]
fn the_last_word_must_leave_the_time_too() {
    let late = with(settled(), [notice(250, 0), notice(310, 1)]);
    check(&late, Err(Refusal::TooShort));
    assert_eq!(until(&late, 310), Some(start(400)));
}

/// LIFE-4: what was taken back before there was a notice completes nothing later.
#[test]
fn an_old_word_does_not_complete_a_later_quorum() {
    check(&with(settled(), [back(240, 1)]), Err(Refusal::NoNotice));
    let given = [notice(250, 0), notice(251, 1), back(252, 0)];
    let one_back = with(settled(), [&[back(240, 1)], &given[..]].concat());
    assert_eq!(until(&one_back, 253), Some(start(350)), "one of two took it back");
    let both_back = with(one_back, [back(254, 2)]);
    assert_eq!(until(&both_back, 254), Some(start(400)));
    let again = with(both_back, [notice(255, 0)]);
    assert_eq!(until(&again, 256), Some(start(400)), "one word of two, and the old ones are gone");
}

/// LIFE-25: words of renewal that are not a quorum's fall with a notice, whoever said them.
#[test]
fn unfinished_reaffirmations_fall_with_a_notice() {
    let events =
        [reaffirmed(302, ALPHA, 0), reaffirmed(302, BRAVO, 2), notice(303, 0), notice(304, 1), back(305, 0)];
    let events = with(settled(), [&events[..], &[back(306, 1), reaffirmed(310, ALPHA, 1)]].concat());
    let shown = status(&setting(), &events, at(310));
    assert_eq!((shown.reaffirmed, shown.notices.len()), (vec![], 0));
    let by: Vec<_> = shown.unfinished.iter().map(|(party, _, by)| (*party, by.clone())).collect();
    assert_eq!(by, [(ALPHA, vec![member(ALPHA, 1)])]);
}

/// LIFE-4: who was removed counts no more, and uses up nobody's word.
#[test]
fn a_removed_persons_word_neither_counts_nor_uses_up_the_others() {
    let side =
        |people: &[u8]| Side { quorum: 2, approvers: people.iter().map(|n| member(BRAVO, *n)).collect() };
    let changed = |beat, people: &[u8]| registry(beat, BRAVO, Act::RosterChanged { side: side(people) });
    let events = with(settled(), [notice(250, 2), changed(251, &[0, 1]), notice(252, 1)]);
    assert_eq!(until(&events, 252), Some(start(400)), "one of two");
    check(&with(events.clone(), [notice(253, 2)]), Err(Refusal::Quorum));
    let both = with(events, [notice(254, 0)]);
    assert_eq!(until(&both, 254), Some(start(350)));
}
