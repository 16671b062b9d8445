//! Properties over random events, hostile ones among them.

use super::*;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// The brake and G in beats, in these properties.
const BRAKE: u64 = 60;
const GRACE: u64 = 3;

fn terms() -> Terms {
    Terms { brake_ms: BRAKE * BEAT_MS, complaint_ms: 90 * BEAT_MS, grace_beats: GRACE, ..super::terms() }
}

fn setting() -> Setting {
    setting_with(Viewer::Party(ALPHA), terms())
}

fn any_incident() -> impl Strategy<Value = Act> {
    let people = || (1u8..=2, 0u8..=3).prop_map(|(party, count)| by(PartyNo(party), count));
    let finding = || {
        let established = select(Established::ALL.to_vec());
        (established, select(Intent::ALL.to_vec()))
            .prop_map(|(established, intent)| Finding { established, intent })
    };
    let agreed = prop_oneof![
        Just(Agreed::Reaffirmed),
        Just(Agreed::Remedied),
        (200u64..500).prop_map(|beat| Agreed::Suspended(start(beat))),
    ];
    let act = prop_oneof![
        3 => (1u8..=2, 150u64..500).prop_map(|(of, beat)| IncidentAct::Opened {
            of: PartyNo(of),
            occurred: start(beat),
            clause: None
        }),
        1 => (select(Answer::ALL.to_vec()), any::<bool>())
            .prop_map(|(answer, remedy)| IncidentAct::Clarified { answer, remedy }),
        1 => Just(IncidentAct::Contested),
        1 => finding().prop_map(IncidentAct::Viewed),
        1 => (finding(), people()).prop_map(|(finding, by)| IncidentAct::Found { finding, by }),
        2 => (agreed, people()).prop_map(|(agreed, by)| IncidentAct::Settled { agreed, by }),
        1 => people().prop_map(|by| IncidentAct::Dropped { by }),
    ];
    (0u8..4, act).prop_map(|(n, act)| Act::Incident { id: [n; 16], act })
}

fn any_act() -> impl Strategy<Value = Act> {
    let sids = || select(vec![SID, [8; 32]]);
    let digests = || select(vec![TEXT, OTHER, [0; 32]]);
    let people = || (1u8..=2, 0u8..=3).prop_map(|(party, count)| by(PartyNo(party), count));
    let beat = || (0u64..650).prop_map(start);
    let ends = || select(vec![start(400), start(600), start(800), UtcMs(u64::MAX)]);
    prop_oneof![
        Just(Act::Drafted),
        Just(Act::Submitted),
        Just(Act::Abandoned),
        (0u32..4, digests()).prop_map(|(version, digest)| Act::Frozen { version, digest }),
        digests().prop_map(|digest| Act::Approved { digest }),
        digests().prop_map(|digest| Act::ApprovalTakenBack { digest }),
        (sids(), digests(), beat()).prop_map(|(sid, digest, expiry)| Act::CeremonyBegun {
            sid,
            digest,
            expiry
        }),
        sids().prop_map(|sid| Act::Deposited { sid }),
        sids().prop_map(|sid| Act::DepositWithdrawn { sid }),
        (sids(), beat()).prop_map(|(sid, released_at)| Act::Released { sid, released_at }),
        sids().prop_map(|sid| Act::Destroyed { sid }),
        sids().prop_map(|sid| Act::Acknowledged { sid }),
        (0u8..3).prop_map(|zone| Act::Told { zone }),
        (ends(), people()).prop_map(|(until, by)| Act::Reaffirmed { until, by }),
        (beat(), any::<bool>(), people()).prop_map(|(effective, urgent, by)| Act::NoticeGiven {
            effective,
            urgent,
            by
        }),
        people().prop_map(|by| Act::NoticeTakenBack { by }),
        beat().prop_map(|from| Act::Superseded { by: OTHER, from }),
        (1u8..=2).prop_map(|party| Act::RosterChanged { side: side(PartyNo(party)) }),
        any_incident(),
    ]
}

fn any_event() -> impl Strategy<Value = Event> {
    let rooms = vec![
        RoomKind::Registry,
        RoomKind::Registry,
        RoomKind::Caucus(ALPHA),
        RoomKind::Caucus(BRAVO),
        RoomKind::Delegation(ALPHA),
    ];
    (0u64..650, 0u16..3, select(rooms), 0u8..=3, 0u8..=2, any_act())
        .prop_map(|(beat, nth, room, party, n, act)| event(beat, nth, room, PartyNo(party), n, act))
}

/// Incidents that some quorum opened and another closes, among others.
fn any_trouble() -> impl Strategy<Value = Vec<Event>> {
    let one = (190u64..480, 1u8..=2, 0u8..4).prop_flat_map(|(beat, party, n)| {
        let party = PartyNo(party);
        let (until, answered) = (beat + 20, beat + 1..beat + 100);
        let agreed = select(vec![Agreed::Reaffirmed, Agreed::Suspended(start(until + 60))]);
        let closing = (answered, agreed, any::<bool>()).prop_map(move |(closing, agreed, both)| {
            let last = if both { BRAVO } else { ALPHA };
            vec![
                opened(beat, party, n),
                closed(closing, ALPHA, n, agreed),
                closed(closing + 1, last, n, agreed),
            ]
        });
        prop_oneof![Just(vec![opened(beat, party, n)]), closing]
    });
    prop::collection::vec(one, 0..4).prop_map(|all| all.concat())
}

/// A whole life with events dropped, and others thrown in anywhere.
fn any_events() -> impl Strategy<Value = Vec<Event>> {
    let reaffirmed =
        |beat, party| registry(beat, party, Act::Reaffirmed { until: start(600), by: by(party, 2) });
    let whole = with(settled(), [reaffirmed(310, ALPHA), reaffirmed(330, BRAVO)]);
    let dropped = prop::collection::vec(any::<Index>(), 0..2);
    let more = prop::collection::vec(any_event(), 0..40);
    (dropped, more, any_trouble()).prop_map(move |(dropped, more, trouble)| {
        let mut events = whole.clone();
        for index in dropped {
            events.remove(index.index(events.len()));
        }
        with(with(events, more), trouble)
    })
}

fn sorted(events: &[Event]) -> Vec<Event> {
    let mut events = events.to_vec();
    events.sort();
    events
}

/// What binds, without what one side alone sees.
type Binding = (
    bool,
    Vec<IncidentStatus>,
    Option<UtcMs>,
    Option<UtcMs>,
    u32,
    Vec<Notice>,
    Vec<ZoneStatus>,
    Vec<(Sid, Fate, Vec<PartyNo>)>,
);

fn binding(status: &Status) -> Binding {
    let tries = status.tries.iter().map(|one| (one.sid, one.fate, one.acknowledged.clone())).collect();
    let (notices, zones) = (status.notices.clone(), status.zones.clone());
    (
        status.in_effect,
        status.incidents.clone(),
        status.from,
        status.until,
        status.renewals,
        notices,
        zones,
        tries,
    )
}

fn seen_by(events: &[Event], party: PartyNo) -> Vec<Event> {
    let rooms = [RoomKind::Registry, RoomKind::Caucus(party), RoomKind::Delegation(party)];
    events.iter().filter(|event| rooms.contains(&event.position.room)).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// LIFE-1: whatever the order of arrival, and however often an event comes, the status is the same.
    #[test]
    fn arrival_has_no_influence(
        events in any_events(), swaps in prop::collection::vec((any::<Index>(), any::<Index>()), 40),
        again in prop::collection::vec(any::<Index>(), 5), beat in 0u64..700,
    ) {
        let mut other = events.clone();
        other.extend(again.iter().map(|index| events[index.index(events.len())].clone()));
        for (a, b) in swaps {
            let (a, b) = (a.index(other.len()), b.index(other.len()));
            other.swap(a, b);
        }
        prop_assert_eq!(status(&setting(), &events, at(beat)), status(&setting(), &other, at(beat)));
    }

    /// LIFE-1 and LIFE-3: a fold that goes on event by event finds what one from scratch finds, at every event.
    #[test]
    fn a_fold_that_goes_on_is_a_fold_from_scratch(events in any_events()) {
        let mut life = Life::new(setting());
        let order = sorted(&events);
        for (n, event) in order.iter().enumerate() {
            let before = life.status(at(event.position.beat.0));
            if life.admit(event).is_err() {
                prop_assert_eq!(life.status(at(event.position.beat.0)), before);
            }
            let seen = At { beat: event.position.beat, utc: event.position.utc };
            prop_assert_eq!(life.status(seen), status(&setting(), &order[..=n], seen));
        }
    }

    /// LIFE-2: what comes later alters nothing that was.
    #[test]
    fn later_events_do_not_alter_the_past(events in any_events(), beat in 0u64..700) {
        let past: Vec<_> = events.iter().filter(|event| event.position.beat.0 <= beat).cloned().collect();
        prop_assert_eq!(status(&setting(), &events, at(beat)), status(&setting(), &past, at(beat)));
        // Nor does what is folded later move what was in effect then: the life as known at the end agrees.
        let (now, then) = (status(&setting(), &events, at(700)), status(&setting(), &past, at(beat)));
        if then.in_effect {
            let instant = at(beat).utc;
            prop_assert!(now.from.is_some_and(|from| from <= instant));
            prop_assert!(then.ending || now.until.is_some_and(|until| instant < until));
        }
    }

    /// LIFE-6 and LIFE-30: each party's record finds the same in effect, whatever caucuses and delegations show; so nobody is
    /// ever bound alone.
    #[test]
    fn nobody_is_bound_alone(events in any_events(), beat in 0u64..700) {
        let of = |party| status(&setting_with(Viewer::Party(party), terms()), &seen_by(&events, party), at(beat));
        let (alpha, bravo) = (of(ALPHA), of(BRAVO));
        prop_assert_eq!(binding(&alpha), binding(&bravo));
        if alpha.in_effect {
            let all = alpha.tries.iter().any(|one| one.acknowledged == [ALPHA, BRAVO]);
            prop_assert!(all, "in effect without every acknowledgement");
        }
    }

    /// LIFE-25: no event brings the end nearer than the terms allow: notice by a quorum, in its time, or a successor.
    #[test]
    fn nothing_ends_early(events in any_events()) {
        let mut life = Life::new(setting());
        // Whoever has another roster now has its quorum.
        let mut changed = BTreeSet::new();
        for event in sorted(&events) {
            let seen = At { beat: event.position.beat, utc: event.position.utc };
            let before = life.status(seen);
            if life.admit(&event).is_err() {
                continue;
            }
            if event.act.kind() == Kind::RosterChanged {
                changed.insert(event.party);
            }
            if before.until.is_none() {
                continue;
            }
            let after = life.status(seen).until.unwrap();
            let earliest = match &event.act {
                Act::NoticeGiven { urgent, effective, by: people } => {
                    let word = Word::Notice { effective: *effective, urgent: *urgent };
                    let same = before.unfinished.iter().filter(|(party, of, _)| (*party, *of) == (event.party, word));
                    let mut people = people.clone();
                    people.extend(same.flat_map(|(.., by)| by.iter().copied()));
                    let waits = life.status(seen).notices.iter().all(|notice| notice.party != event.party);
                    let quorum = waits || people.intersection(&by(event.party, 3)).count() >= 2;
                    prop_assert!(quorum || changed.contains(&event.party));
                    seen.utc.0 + if *urgent { 10 } else { 40 } * BEAT_MS
                }
                Act::Superseded { .. } => seen.utc.0,
                // What closes lets an end come that it held back, and none that the terms or a notice do not give.
                Act::Incident { .. } => before.held.unwrap_or(UtcMs(u64::MAX)).max(seen.utc).0,
                _ => u64::MAX,
            };
            prop_assert!(after.0 >= before.until.unwrap().0.min(earliest), "{event:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// INCIDENT-3 and INCIDENT-4: each question has an incident that is younger than the brake, and none goes on longer than the
    /// brake and G after the end that the terms or a notice give, whatever is opened.
    #[test]
    fn no_question_lasts_beyond_its_bound(events in any_events()) {
        for beat in (180..700).step_by(4) {
            let found = status(&setting(), &events, at(beat));
            let now = found.at.utc;
            if found.state == Some(State::InQuestion) {
                let young = |one: &IncidentStatus| one.opened <= now && now.0 < one.opened.0 + BRAKE * BEAT_MS;
                prop_assert!(found.incidents.iter().any(young), "at beat {beat}");
            }
            if let (Some(given), Some(until)) = (found.held, found.until) {
                prop_assert!(until.0 <= given.0 + (BRAKE + GRACE + 1) * BEAT_MS, "at beat {beat}");
            }
            if found.ending {
                prop_assert!(now.0 <= found.held.or(found.until).unwrap().0.max(found.until.unwrap().0) + (GRACE + 1) * BEAT_MS);
            }
        }
    }

    /// INCIDENT-4: beats that the registry missed bring no end nearer, and as long as no beat counts none is certain.
    #[test]
    fn a_slow_relay_lets_no_restraint_lapse(
        events in any_events(), first in 150u64..500, length in 0u64..120, beat in 180u64..700,
    ) {
        let plain = status(&setting(), &events, at(beat));
        let missed = setting().with_missed([(Beat(first), Beat(first + length))]);
        let events: Vec<_> = events.into_iter()
            .filter(|event| !(first..=first + length).contains(&event.position.beat.0)).collect();
        let without = status(&setting(), &events, at(beat));
        let with = status(&missed, &events, at(beat));
        prop_assert!(with.in_effect || !without.in_effect || with.state == Some(State::Suspended));
        prop_assert!(plain.at == with.at);
    }

    /// LIFE-2, INCIDENT-3, INCIDENT-4: what a life answers singly is what its status says.
    #[test]
    fn single_answers_are_those_of_the_status(events in any_events(), beat in 0u64..700) {
        let (life, _) = fold(&setting(), &events, at(beat));
        let found = life.status(at(beat));
        let now = found.at.utc;
        prop_assert_eq!(life.state_at(at(beat)), found.state);
        prop_assert_eq!(life.end(), found.until.map(|until| (until, found.held)));
        prop_assert_eq!(life.begins(), found.from);
        prop_assert_eq!(life.question_until(), found.incidents.iter().map(|one| one.until).max());
        prop_assert_eq!(life.renewals(), found.renewals);
        if let Some(renewed) = found.renewed_until {
            prop_assert_eq!(life.renewed_until(), Some(renewed));
        }
        if let (Some(earliest), urgent) = found.earliest_notice {
            prop_assert_eq!(life.earliest_notice(false, now), Some(earliest));
            prop_assert_eq!(life.earliest_notice(true, now), urgent);
        }
    }

    /// INCIDENT-7: nobody is suspended but by all.
    #[test]
    fn nothing_is_suspended_but_by_all(events in any_events(), beat in 180u64..700) {
        let found = status(&setting(), &events, at(beat));
        if found.state == Some(State::Suspended) {
            let agreed = |one: &IncidentStatus| matches!(one.outcome, Some((Outcome::Agreed(Agreed::Suspended(_)), _)));
            prop_assert!(found.incidents.iter().any(agreed) && !found.in_effect);
        }
    }
}

/// The generator reaches what the properties speak of: without this they could hold of nothing.
#[test]
fn random_lives_come_into_effect_and_end_in_every_way() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut found = BTreeSet::new();
    for _ in 0..1_000 {
        let events = any_events().new_tree(&mut runner).unwrap().current();
        let beats = (0..14).chain((14..700).step_by(9));
        found.extend(beats.filter_map(|beat| status(&setting(), &events, at(beat)).state));
    }
    for wanted in State::ALL {
        assert!(found.contains(&wanted), "{wanted:?} was never reached: {found:?}");
    }
}
