//! The table of docs/spec/life.md against the code, and every pair of state and event against the fold.

use super::*;

const PAGE: &str = include_str!("../../../../../docs/spec/life.md");

fn states_named(cell: &str) -> Vec<Option<State>> {
    let named = |name: &str| State::ALL.into_iter().find(|state| state.name() == name);
    let unsettled = "-, draft, submitted, frozen, approving, deposited, void, abandoned";
    let cell =
        cell.replace("unsettled", unsettled).replace("on the table", "submitted, frozen, approving, void");
    let mut states: Vec<_> = cell
        .split(", ")
        .map(|name| if name == "-" { None } else { Some(named(name).unwrap_or_else(|| panic!("{name}"))) })
        .collect();
    states.sort();
    states
}

/// LIFE-3: the page and the code have one table.
#[test]
fn the_page_and_the_code_have_one_table() {
    let rows = PAGE.lines().filter(|line| line.starts_with("| ") && line.contains("LIFE-"));
    let rows: Vec<Vec<&str>> =
        rows.map(|line| line.trim_matches('|').split('|').map(str::trim).collect()).collect();
    assert_eq!(rows.len(), TABLE.len());
    for (row, code) in rows.iter().zip(&TABLE) {
        let mut states = code.states.to_vec();
        states.sort();
        assert_eq!((row[0], states_named(row[1])), (code.name, states));
    }
}

/// A record that stands in each state in beat 450, in the terms of [`terms`] or with a later end.
fn standing(state: Option<State>) -> (Setting, Vec<Event>) {
    let mut long = terms();
    (long.zones[0].end, long.latest_expiry) = (End::At(bound(1_000, false)), start(900));
    let waiting = |mut terms: Terms| {
        terms.zones[0].entry = Entry::At(bound(500, true));
        terms
    };
    let alpha = |terms| setting_with(Viewer::Party(ALPHA), terms);
    let (mut setting, events) = (alpha(long.clone()), settled());
    let cut = |n: usize| events[..n].to_vec();
    let begun = |beats: u64| Act::CeremonyBegun { sid: SID, digest: TEXT, expiry: start(beats) };
    let notice = |at| Act::NoticeGiven { effective: start(at), urgent: false, by: by(ALPHA, 2) };
    let events = match state {
        None => vec![],
        Some(State::Draft) => cut(1),
        Some(State::Submitted) => cut(2),
        Some(State::Frozen) => cut(4),
        Some(State::Approving) => with(cut(6), [registry(7, ALPHA, begun(800))]),
        Some(State::Deposited) => {
            setting = alpha(waiting(long));
            events
        }
        Some(State::InEffect) => events,
        Some(State::Renewed) => {
            let until = start(1_200);
            let act = |party| Act::Reaffirmed { until, by: by(party, 2) };
            let mut wide = long;
            wide.renewal =
                Some(Renewal { window_ms: 900 * BEAT_MS, closes_ms: 0, extension_ms: 200 * BEAT_MS });
            setting = alpha(wide);
            with(events, [registry(300, ALPHA, act(ALPHA)), registry(301, BRAVO, act(BRAVO))])
        }
        Some(State::InQuestion) => with(events, [opened(440, ALPHA, 1)]),
        Some(State::Suspended) => {
            let agreed = Agreed::Suspended(start(600));
            with(
                events,
                [opened(440, ALPHA, 1), closed(441, ALPHA, 1, agreed), closed(442, BRAVO, 1, agreed)],
            )
        }
        Some(State::Lapsed) => {
            setting = alpha(terms());
            events
        }
        Some(State::Withdrawn) => with(events, [registry(300, ALPHA, notice(350))]),
        Some(State::Superseded) => {
            with(events, [registry(300, ALPHA, Act::Superseded { by: OTHER, from: start(310) })])
        }
        Some(State::Abandoned) => with(cut(4), [pen(5, Act::Abandoned)]),
        Some(State::Void) => cut(9),
    };
    (setting, events)
}

fn acts() -> Vec<Event> {
    let beat = 451;
    let delegate = |n, act| event(beat, 0, RoomKind::Delegation(ALPHA), ALPHA, n, act);
    let sid = [8; 32];
    vec![
        pen(beat, Act::Drafted),
        pen(beat, Act::Submitted),
        caucus(beat, ALPHA, Act::Commented),
        pen(beat, Act::Frozen { version: 2, digest: OTHER }),
        delegate(0, Act::Approved { digest: TEXT }),
        delegate(1, Act::ApprovalTakenBack { digest: TEXT }),
        registry(beat, ALPHA, Act::CeremonyBegun { sid, digest: TEXT, expiry: start(850) }),
        caucus(beat, ALPHA, Act::Deposited { sid: SID }),
        caucus(beat, ALPHA, Act::DepositWithdrawn { sid: SID }),
        registry(beat, ALPHA, released()),
        pen(beat, Act::Destroyed { sid: SID }),
        registry(beat, ALPHA, Act::Acknowledged { sid: SID }),
        registry(beat, ALPHA, Act::Told { zone: 0 }),
        registry(beat, ALPHA, Act::Reaffirmed { until: start(1_200), by: by(ALPHA, 2) }),
        registry(beat, ALPHA, Act::NoticeGiven { effective: start(600), urgent: false, by: by(ALPHA, 2) }),
        registry(beat, ALPHA, Act::NoticeTakenBack { by: by(ALPHA, 2) }),
        registry(beat, ALPHA, Act::Superseded { by: OTHER, from: start(700) }),
        opened(beat, ALPHA, 2),
        incident(beat, BRAVO, 1, IncidentAct::Contested),
        registry(beat, ALPHA, Act::RosterChanged { side: side(ALPHA) }),
        pen(beat, Act::Abandoned),
    ]
}

/// LIFE-3: in each state, every event that its row does not name is refused and changes nothing; every other is judged on
/// its own merits.
#[test]
fn every_pair_of_state_and_event_has_an_outcome() {
    let states = [None].into_iter().chain(State::ALL.map(Some));
    let mut refused = 0;
    for (name, (setting, events)) in states.map(|state| (state, standing(state))) {
        assert_eq!(status(&setting, &events, at(450)).state, name, "{name:?}");
        for event in acts() {
            let kind = event.act.kind();
            let outcome = last(&setting, &with(events.clone(), [event]));
            assert_eq!(
                outcome == Err(Refusal::State),
                !permits(kind, name),
                "{name:?} {kind:?}: {outcome:?}"
            );
            refused += usize::from(outcome == Err(Refusal::State));
        }
    }
    assert_eq!(refused, 15 * 21 - TABLE.iter().map(|row| row.states.len()).sum::<usize>());
}

/// LIFE-3: a refusal says which rule, and the words say it too.
#[test]
fn a_refusal_names_its_rule() {
    for refusal in [Refusal::State, Refusal::Late, Refusal::TooShort, Refusal::Past, Refusal::Room] {
        assert!(refusal.to_string().contains(refusal.rule()), "{refusal:?}");
    }
}
