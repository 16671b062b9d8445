//! From draft to settled or void: who may do what, in which order, and what comes too late.

use super::*;

fn after(n: usize, event: Event) -> Vec<Event> {
    with(settled()[..n].to_vec(), [event])
}

#[test]
fn a_text_goes_from_draft_to_effect() {
    let events = settled();
    let expected = [
        (0, None),
        (1, Some(State::Draft)),
        (2, Some(State::Submitted)),
        (3, Some(State::Submitted)),
        (4, Some(State::Frozen)),
        (5, Some(State::Approving)),
        (7, Some(State::Approving)),
        (8, Some(State::Deposited)),
        (13, Some(State::Deposited)),
        (198, Some(State::Deposited)),
        (199, Some(State::InEffect)),
        (398, Some(State::InEffect)),
        (399, Some(State::Lapsed)),
    ];
    for (beat, expected) in expected {
        assert_eq!(state(&events, beat), expected, "beat {beat}");
    }
    let status = status(&setting(), &events, at(13));
    assert_eq!((status.from, status.until), (Some(start(200)), Some(start(400))));
    assert_eq!((status.digest, status.version), (Some(TEXT), Some(1)));
    assert_eq!(status.tries[0].fate, Fate::Settled);
}

/// LIFE-1: an event before or at the place of the last one is refused by a fold that goes on; a replay is one of those.
#[test]
fn order_and_replay() {
    let events = settled();
    for event in [events[4].clone(), events[12].clone()] {
        check(&with(events.clone(), [event]), Err(Refusal::OutOfOrder));
    }
    let elsewhere = registry(14, ALPHA, Act::Acknowledged { sid: SID });
    check(&with(events.clone(), [elsewhere]), Err(Refusal::Settled));
}

/// LIFE-2: neither a beat that was not seen nor an instant that has not come counts.
#[test]
fn what_was_not_seen_does_not_count() {
    let fate = |at| status(&setting(), &settled(), at).tries[0].fate;
    assert_eq!(fate(At { beat: Beat(13), utc: start(90) }), Fate::Settled);
    assert_eq!(fate(At { beat: Beat(12), utc: start(90) }), Fate::Open);
    assert_eq!(fate(At { beat: Beat(99), utc: UtcMs(start(14).0 - 1) }), Fate::Open);
}

/// LIFE-4: who may not.
#[test]
fn authors() {
    let mut envoy = approved(5, ALPHA, 1);
    envoy.role = Role::Envoy;
    let mut observer = caucus(3, ALPHA, Act::Commented);
    observer.role = Role::Observer;
    let mut principal = registry(7, ALPHA, begun());
    principal.role = Role::Principal;
    let stranger = PartyNo(3);
    for (n, event) in [
        (0, caucus(1, ALPHA, Act::Drafted)),
        (3, caucus(4, ALPHA, Act::Frozen { version: 1, digest: TEXT })),
        (2, observer),
        (4, envoy),
        (6, principal),
        (9, registry(10, stranger, released())),
        (9, caucus(10, ALPHA, Act::Destroyed { sid: SID })),
        (11, pen(12, Act::Acknowledged { sid: SID })),
    ] {
        check(&after(n, event), Err(Refusal::Author));
    }
}

/// LIFE-4: a party may hold the pen, where the channel was convened so; then the intermediary does not.
#[test]
fn a_party_may_hold_the_pen() {
    let clock = Clock { t0: UtcMs(T0), beat_ms: BEAT_MS };
    let parties = BTreeSet::from([ALPHA, BRAVO]);
    let setting = Setting::new(clock, Viewer::Party(ALPHA), ALPHA, parties, BTreeMap::new()).unwrap();
    assert_eq!(last(&setting, &[caucus(1, ALPHA, Act::Drafted)]), Ok(()));
    assert_eq!(last(&setting, &[pen(1, Act::Drafted)]), Err(Refusal::Author));
}

/// LIFE-5: what decides stands in the registry, what a person writes does not.
#[test]
fn rooms() {
    let events = [
        (0, event(1, 0, RoomKind::Registry, INTERMEDIARY, 0, Act::Drafted)),
        (4, event(5, 0, RoomKind::Registry, ALPHA, 1, Act::Approved { digest: TEXT })),
        (4, event(5, 0, RoomKind::Delegation(BRAVO), ALPHA, 1, Act::Approved { digest: TEXT })),
        (6, caucus(7, ALPHA, begun())),
        (7, registry(8, ALPHA, Act::Deposited { sid: SID })),
        (7, event(8, 0, RoomKind::Caucus(BRAVO), ALPHA, 0, Act::Deposited { sid: SID })),
        (10, caucus(11, BRAVO, released())),
        (11, caucus(12, ALPHA, Act::Acknowledged { sid: SID })),
    ];
    for (n, event) in events {
        check(&after(n, event), Err(Refusal::Room));
    }
}

/// LIFE-5: the intermediary has no seat in the registry; its record is what its parties' machines report.
#[test]
fn the_intermediary_takes_the_registry_from_caucuses() {
    let setting = setting_with(Viewer::Intermediary, terms());
    let reported = |event: &Event| {
        let mut event = event.clone();
        if event.position.room == RoomKind::Registry {
            event.position.room = RoomKind::Caucus(event.party);
        }
        event
    };
    let events: Vec<_> = settled().iter().map(reported).collect();
    assert_eq!(status(&setting, &events, at(200)).state, Some(State::InEffect));
    assert_eq!(status(&setting, &settled(), at(200)).state, Some(State::Approving));
}

/// LIFE-7 and LIFE-8: a text begins once, and comments are made on what lies on the table.
#[test]
fn drafts_and_comments() {
    check(&after(1, pen(2, Act::Drafted)), Err(Refusal::State));
    check(&after(1, caucus(2, ALPHA, Act::Commented)), Err(Refusal::State));
    check(&after(4, pen(5, Act::Submitted)), Err(Refusal::State));
    assert_eq!(status(&setting(), &settled(), at(20)).comments, 1);
}

/// LIFE-9: numbers rise, and approvals of the version before fall.
#[test]
fn freezing() {
    let frozen = |version, digest| pen(7, Act::Frozen { version, digest });
    check(&after(6, frozen(1, OTHER)), Err(Refusal::Version));
    let events = after(6, frozen(2, OTHER));
    check(&events, Ok(()));
    assert_eq!(state(&events, 8), Some(State::Frozen));
    assert!(status(&setting(), &events, at(8)).approvals.is_empty());
}

/// LIFE-10: only approvers, only what is frozen, only once.
#[test]
fn approving() {
    let other = event(5, 0, RoomKind::Delegation(ALPHA), ALPHA, 1, Act::Approved { digest: OTHER });
    check(&after(4, other), Err(Refusal::Digest));
    check(&after(4, approved(5, ALPHA, 3)), Err(Refusal::Approver));
    check(&after(5, approved(6, ALPHA, 1)), Err(Refusal::Repeated));
}

/// LIFE-11: an approval is taken back until the party's deposit, and after the deposit is withdrawn.
#[test]
fn taking_approvals_back() {
    let back = |beat, n| {
        event(beat, 0, RoomKind::Delegation(ALPHA), ALPHA, n, Act::ApprovalTakenBack { digest: TEXT })
    };
    check(&after(6, back(7, 0)), Err(Refusal::NoApproval));
    let both = with(settled()[..6].to_vec(), [back(7, 1), back(8, 2)]);
    check(&both, Ok(()));
    assert_eq!(state(&both, 9), Some(State::Frozen));
    check(&after(8, back(9, 1)), Err(Refusal::Deposited));
    let withdrawn = caucus(9, ALPHA, Act::DepositWithdrawn { sid: SID });
    check(&with(settled()[..8].to_vec(), [withdrawn, back(10, 1)]), Ok(()));
}

/// LIFE-12: names, texts and expiries of a ceremony.
#[test]
fn beginning() {
    let begun = |sid, digest, expiry| registry(14, ALPHA, Act::CeremonyBegun { sid, digest, expiry });
    let new = [8; 32];
    check(&after(9, begun(SID, TEXT, start(100))), Err(Refusal::Repeated));
    let begins = |digest, expiry| {
        let events = after(9, begun(new, digest, expiry));
        check(&events, Ok(()));
        status(&setting(), &events, at(14)).tries.iter().any(|one| one.sid == new)
    };
    assert!(!begins([0; 32], start(100)), "a text that nobody knows here");
    assert!(!begins(TEXT, start(15)), "expired");
    assert!(!begins(TEXT, UtcMs(start(300).0 + 1)), "after the text's latest expiry");
    assert!(begins(TEXT, start(300)));
    check(&with(settled(), [begun(new, TEXT, start(100))]), Err(Refusal::Settled));
    check(&after(9, registry(14, ALPHA, Act::Acknowledged { sid: new })), Err(Refusal::UnknownCeremony));
}

/// LIFE-12: heads that do not say the same of a name bring nothing about under it, in whatever order they say it; what a head
/// said first stands, also of a text that is known to the others alone.
#[test]
fn a_name_of_which_the_heads_say_different_things() {
    let named = |beat, party, (digest, expiry)| {
        registry(beat, party, Act::CeremonyBegun { sid: SID, digest, expiry })
    };
    let truth = (TEXT, start(EXPIRY_BEAT));
    for lie in [(TEXT, start(290)), (OTHER, start(EXPIRY_BEAT)), ([0; 32], start(EXPIRY_BEAT))] {
        for lies_first in [true, false] {
            let (first, second) =
                if lies_first { ((BRAVO, lie), (ALPHA, truth)) } else { ((ALPHA, truth), (BRAVO, lie)) };
            let mut events = settled()[..6].to_vec();
            events.push(named(7, first.0, first.1));
            events.push(named(8, second.0, second.1));
            // Bravo's head says the truth too late, and everybody acknowledges.
            events.push(event(9, 0, RoomKind::Registry, BRAVO, 0, begun()));
            events.extend([
                registry(11, ALPHA, released()),
                acknowledged(12, ALPHA),
                acknowledged(13, BRAVO),
            ]);
            for viewer in [ALPHA, BRAVO] {
                let setting = setting_with(Viewer::Party(viewer), terms());
                let shown = status(&setting, &events, at(250));
                assert_eq!((shown.state, shown.in_effect), (Some(State::Void), false), "{lies_first}");
                assert!(shown.tries.iter().all(|one| one.fate == Fate::Contradicted), "{:?}", shown.tries);
            }
        }
    }
}

/// LIFE-12: no party acknowledges what its own head has not named.
#[test]
fn an_acknowledgement_without_the_own_heads_word_does_not_count() {
    let unnamed = after(11, acknowledged(12, BRAVO));
    check(&unnamed, Err(Refusal::Unnamed));
    check(&after(11, registry(12, BRAVO, begun())), Ok(()));
}

/// LIFE-27: one head cannot use up the names of another.
#[test]
fn names_are_counted_for_each_party() {
    let name = |n: u8, party| {
        let sid = [n + 100; 32];
        event(
            14,
            u16::from(n),
            RoomKind::Registry,
            party,
            0,
            Act::CeremonyBegun { sid, digest: TEXT, expiry: start(200) },
        )
    };
    let mut events = after(6, name(0, BRAVO));
    events.extend((1..64).map(|n| name(n, BRAVO)));
    check(&events, Ok(()));
    check(&with(events.clone(), [name(64, BRAVO)]), Err(Refusal::Full));
    check(&with(events, [event(15, 0, RoomKind::Registry, ALPHA, 0, begun())]), Ok(()));
}

/// LIFE-13: a deposit without a ceremony, twice, too late, or without the quorum that this record shows.
#[test]
fn depositing() {
    let deposit = |beat, party, sid| caucus(beat, party, Act::Deposited { sid });
    check(&after(7, deposit(8, ALPHA, [8; 32])), Err(Refusal::UnknownCeremony));
    check(&after(8, deposit(9, ALPHA, SID)), Err(Refusal::Repeated));
    check(&after(7, deposit(EXPIRY_BEAT - 1, ALPHA, SID)), Err(Refusal::Expired));
    check(&after(7, deposit(EXPIRY_BEAT - 2, ALPHA, SID)), Ok(()));
    let mut few = settled()[..7].to_vec();
    few.remove(5);
    check(&with(few.clone(), [deposit(8, ALPHA, SID)]), Err(Refusal::Unapproved));
    check(&with(few, [deposit(8, BRAVO, SID)]), Ok(()));
}

/// LIFE-14: a deposit is withdrawn by who made it, until the release.
#[test]
fn withdrawing_deposits() {
    let withdrawn = |beat, party| caucus(beat, party, Act::DepositWithdrawn { sid: SID });
    check(&after(8, withdrawn(9, BRAVO)), Err(Refusal::NoDeposit));
    check(&after(10, withdrawn(11, ALPHA)), Err(Refusal::Released));
    let events = after(8, withdrawn(9, ALPHA));
    check(&events, Ok(()));
    assert_eq!(state(&events, 9), Some(State::Approving));
}

/// LIFE-15: a certificate dated at the expiry or after it is none; one in time may arrive late and shows a signed text.
#[test]
fn certificates() {
    let dated = |beat, released_at| registry(beat, BRAVO, Act::Released { sid: SID, released_at });
    check(&after(10, dated(11, start(EXPIRY_BEAT))), Err(Refusal::Certificate));
    check(&after(11, dated(12, start(9))), Err(Refusal::Repeated));
    let late = after(10, dated(200, UtcMs(start(EXPIRY_BEAT).0 - 1)));
    check(&late, Ok(()));
    let status = status(&setting(), &late, at(200));
    assert_eq!((status.state, status.signed_only, status.in_effect), (Some(State::Void), true, false));
}

/// LIFE-16: what the depositary says it destroyed may still come into effect, if it told one side only.
#[test]
fn a_lie_about_destruction_closes_nothing() {
    let destroyed = after(9, pen(10, Act::Destroyed { sid: SID }));
    assert_eq!(state(&destroyed, 10), Some(State::Approving));
    check(&with(destroyed.clone(), [pen(11, Act::Destroyed { sid: SID })]), Err(Refusal::Repeated));
    check(&after(10, pen(11, Act::Destroyed { sid: SID })), Err(Refusal::Released));
    let acknowledged = |beat, party| registry(beat, party, Act::Acknowledged { sid: SID });
    let released = registry(11, BRAVO, released());
    let named = registry(10, BRAVO, begun());
    let lied = with(destroyed.clone(), [named, released, acknowledged(12, BRAVO), acknowledged(13, ALPHA)]);
    assert_eq!(state(&lied, 200), Some(State::InEffect));
    assert_eq!(state(&destroyed, EXPIRY_BEAT + N), Some(State::Void));
}

/// LIFE-17: the last beat that counts, the beat after, without a release, and twice.
#[test]
fn acknowledging() {
    let acknowledged = |beat, party| registry(beat, party, Act::Acknowledged { sid: SID });
    let limit = EXPIRY_BEAT + N;
    check(&after(10, acknowledged(11, ALPHA)), Err(Refusal::NotReleased));
    check(&with(settled()[..13].to_vec(), [acknowledged(13, BRAVO)]), Err(Refusal::Repeated));
    let timely = with(settled()[..13].to_vec(), [acknowledged(limit, ALPHA)]);
    check(&timely, Ok(()));
    assert_eq!(state(&timely, 200), Some(State::InEffect));
    let late = with(settled()[..13].to_vec(), [acknowledged(limit + 1, ALPHA)]);
    check(&late, Err(Refusal::Late));
    let status = status(&setting(), &late, at(200));
    assert_eq!((status.state, status.signed_only, status.in_effect), (Some(State::Void), true, false));
    assert_eq!(status.tries[0].fate, Fate::Unacknowledged);
}

/// LIFE-17 and MODEL-3: what a station acknowledges. A depositary that kept a copy of what was taken back gets nothing.
#[test]
fn what_a_station_acknowledges() {
    let may = |events: &[Event], sid, party, seen| {
        fold(&setting(), events, at(seen)).0.may_acknowledge(sid, party, Beat(seen))
    };
    let limit = EXPIRY_BEAT + N;
    assert_eq!(may(&posted(), SID, ALPHA, 11), Ok(()));
    assert_eq!(may(&posted(), SID, ALPHA, limit - 1), Ok(()));
    assert_eq!(may(&posted(), SID, ALPHA, limit), Err(Refusal::Late));
    assert_eq!(may(&deposited(), SID, ALPHA, 9), Err(Refusal::NotReleased));
    assert_eq!(may(&posted(), [8; 32], ALPHA, 11), Err(Refusal::UnknownCeremony));
    assert_eq!(may(&settled()[..13], SID, BRAVO, 12), Err(Refusal::Repeated));
    assert_eq!(may(&settled(), SID, ALPHA, 13), Err(Refusal::Settled));
    let changed = registry(12, BRAVO, Act::RosterChanged { side: side(BRAVO) });
    assert_eq!(may(&with(posted(), [changed]), SID, ALPHA, 12), Err(Refusal::Roster));
    let withdrawn = with(settled()[..9].to_vec(), [caucus(10, ALPHA, Act::DepositWithdrawn { sid: SID })]);
    let kept = with(withdrawn.clone(), [registry(11, BRAVO, released())]);
    assert_eq!(may(&kept, SID, ALPHA, 11), Err(Refusal::NoDeposit));
    check(&with(withdrawn, [caucus(11, ALPHA, Act::Deposited { sid: SID })]), Err(Refusal::Repeated));
}

/// LIFE-18: nobody calls a ceremony dead before the registry was seen through its limit, whatever the clock says.
#[test]
fn void_needs_the_registry_seen_through_the_limit() {
    let events = &settled()[..12];
    let seen = |beat| status(&setting(), events, At { beat: Beat(beat), utc: start(180) });
    let limit = EXPIRY_BEAT + N;
    assert_eq!((seen(limit - 1).state, seen(limit - 1).tries[0].fate), (Some(State::Deposited), Fate::Open));
    assert_eq!((seen(limit).state, seen(limit).tries[0].fate), (Some(State::Void), Fate::Unacknowledged));
}

/// LIFE-18: a text that nobody tried before its latest expiry cannot bind any more; after a void try another may begin.
#[test]
fn what_is_void_and_what_may_follow() {
    assert_eq!(state(&settled()[..6], 298), Some(State::Approving));
    assert_eq!(state(&settled()[..6], 299), Some(State::Void));
    let again = Act::CeremonyBegun { sid: [8; 32], digest: TEXT, expiry: start(250) };
    let events = with(settled()[..9].to_vec(), [registry(150, BRAVO, again)]);
    check(&events, Ok(()));
    assert_eq!((state(&events, 149), state(&events, 150)), (Some(State::Void), Some(State::Approving)));
    let newer = with(settled()[..9].to_vec(), [pen(150, Act::Frozen { version: 2, digest: OTHER })]);
    assert_eq!(state(&newer, 150), Some(State::Frozen));
}

/// LIFE-19: a roster change voids what is open, and the text tried with it; after settling it only changes who may act.
#[test]
fn roster_changes() {
    let changed = |beat, side| registry(beat, BRAVO, Act::RosterChanged { side });
    let bare = Side { quorum: 0, approvers: by(BRAVO, 1) };
    check(&after(9, changed(10, bare)), Err(Refusal::RosterUnsound));
    let events = with(posted(), [changed(12, side(BRAVO))]);
    check(&events, Ok(()));
    assert_eq!(state(&events, 12), Some(State::Void));
    assert_eq!(status(&setting(), &events, at(12)).tries[0].fate, Fate::RosterChanged);
    let acknowledged = registry(13, ALPHA, Act::Acknowledged { sid: SID });
    check(&with(events.clone(), [acknowledged]), Err(Refusal::Roster));
    let again = Act::CeremonyBegun { sid: [8; 32], digest: TEXT, expiry: start(200) };
    let again = with(events, [registry(13, ALPHA, again)]);
    assert_eq!(status(&setting(), &again, at(13)).tries.len(), 1, "a text that was tried is frozen anew");
    assert_eq!(state(&after(6, changed(7, side(BRAVO))), 7), Some(State::Submitted));
    let few = Side { quorum: 1, approvers: by(BRAVO, 1) };
    let notice = Act::NoticeGiven { effective: start(300), urgent: false, by: by(BRAVO, 1) };
    check(&with(settled(), [changed(14, few), registry(210, BRAVO, notice)]), Ok(()));
}

/// LIFE-20: the pen is laid down; what the machines began in the registry goes on.
#[test]
fn abandoning() {
    let abandoned = after(4, pen(5, Act::Abandoned));
    assert_eq!(state(&abandoned, 5), Some(State::Abandoned));
    check(&with(abandoned.clone(), [approved(6, ALPHA, 1)]), Err(Refusal::State));
    assert_eq!(state(&with(abandoned, settled()[6..].to_vec()), 200), Some(State::InEffect));
    check(&after(8, pen(9, Act::Abandoned)), Err(Refusal::State));
}

/// LIFE-26 and LIFE-27: terms and settings that say nothing, or too much.
#[test]
fn unsound_terms_and_settings() {
    let broken = |alter: fn(&mut Terms)| {
        let mut terms = terms();
        alter(&mut terms);
        terms.check().unwrap_err()
    };
    let far = Bound { at: UtcMs(u64::MAX), included: true };
    assert_eq!(broken(|t| t.zones.clear()), TermsError::Zones);
    assert_eq!(broken(|t| t.zones = vec![zone(); 17]), TermsError::Zones);
    assert_eq!(broken(|t| t.zones[0].end = End::At(bound(200, false))), TermsError::Empty);
    assert_eq!(broken(|t| t.zones[0].end = End::After { ms: u64::MAX, included: true }), TermsError::Beyond);
    assert_eq!(Terms { latest_expiry: far.at, ..terms() }.check(), Err(TermsError::Beyond));
    let hole = Zone { entry: Entry::At(bound(401, true)), end: End::At(bound(500, false)) };
    assert_eq!(Terms { zones: vec![zone(), hole], ..terms() }.check(), Err(TermsError::Hole));
    let floating = Zone { entry: Entry::Acknowledged, end: End::After { ms: 1, included: false } };
    assert_eq!(Terms { zones: vec![zone(), floating], ..terms() }.check(), Err(TermsError::Hole));
    assert_eq!(Terms { zones: vec![floating, floating], ..terms() }.check(), Ok(()));
    assert_eq!(
        broken(|t| t.renewal = Some(Renewal { window_ms: 0, closes_ms: 0, extension_ms: 1 })),
        TermsError::Renewal
    );
    assert_eq!(broken(|t| t.urgent_ms = Some(u64::MAX)), TermsError::Urgent);
    assert_eq!(broken(|t| t.remind_before_ms = vec![0]), TermsError::Reminders);
    assert_eq!(broken(|t| t.acknowledge_beats = u64::MAX), TermsError::Acknowledge);

    let new = |beat_ms, sides: Vec<(PartyNo, Side)>| {
        let clock = Clock { t0: UtcMs(T0), beat_ms };
        let text = Text { terms: super::terms(), sides: BTreeMap::from_iter(sides).into() };
        let texts = BTreeMap::from([(TEXT, text)]);
        Setting::new(clock, Viewer::Intermediary, INTERMEDIARY, BTreeSet::new(), texts).unwrap_err()
    };
    let both = vec![(ALPHA, side(ALPHA)), (BRAVO, side(BRAVO))];
    assert_eq!(new(0, both), SettingError::Clock);
    assert_eq!(new(1, vec![(ALPHA, side(ALPHA))]), SettingError::Parties);
    assert_eq!(new(1, (1..=9).map(|n| (PartyNo(n), side(ALPHA))).collect()), SettingError::Parties);
    let unreachable = Side { quorum: 4, approvers: by(BRAVO, 3) };
    assert_eq!(new(1, vec![(ALPHA, side(ALPHA)), (BRAVO, unreachable)]), SettingError::Quorum);
}
