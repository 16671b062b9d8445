//! The life of an understanding: builders, with every part open to be altered.

mod calendar;
mod ceremony;
mod force;
mod incidents;
mod properties;
mod sides;
mod succession;
mod table;
mod words;

use crate::world::{ALPHA, BRAVO, INTERMEDIARY, T0};
use backchannel_accord::RoomKind;
use backchannel_accord::life::*;
use backchannel_accord::words::At;
use backchannel_wire::{Beat, MemberId, PartyNo, Role, SeatNo, UtcMs};
use std::collections::{BTreeMap, BTreeSet};

pub const BEAT_MS: u64 = 5_000;
pub const TEXT: Digest = [0xd1; 32];
pub const OTHER: Digest = [0xd2; 32];
pub const SID: Sid = [7; 32];
/// N, and the beat in which the ceremony of [`settled`] expires.
pub const N: u64 = 3;
pub const EXPIRY_BEAT: u64 = 100;

/// The first instant of a beat.
pub fn start(beat: u64) -> UtcMs {
    UtcMs(T0 + beat * BEAT_MS)
}

/// What a station without gaps has seen once a beat is sealed.
pub fn at(beat: u64) -> At {
    At { beat: Beat(beat), utc: start(beat + 1) }
}

pub fn member(party: PartyNo, n: u8) -> MemberId {
    MemberId([party.0 * 16 + n; 16])
}

/// Two of three approve; the first is the head.
pub fn side(party: PartyNo) -> Side {
    Side { quorum: 2, approvers: by(party, 3) }
}

/// Of parties 1, 2 and so on.
pub fn sides<const N: usize>(sides: [Side; N]) -> Sides {
    BTreeMap::from_iter((1..).map(PartyNo).zip(sides)).into()
}

pub fn by(party: PartyNo, count: u8) -> BTreeSet<MemberId> {
    (0..count).map(|n| member(party, n)).collect()
}

pub fn bound(beat: u64, included: bool) -> Bound {
    Bound { at: start(beat), included }
}

/// In effect from the start of beat 200 up to that of beat 400.
pub fn zone() -> Zone {
    Zone { entry: Entry::At(bound(200, true)), end: End::At(bound(400, false)) }
}

pub fn terms() -> Terms {
    Terms {
        zones: vec![zone()],
        told: false,
        latest_expiry: start(300),
        acknowledge_beats: N,
        renewal: Some(Renewal { window_ms: 100 * BEAT_MS, closes_ms: 0, extension_ms: 200 * BEAT_MS }),
        notice_ms: Some(40 * BEAT_MS),
        urgent_ms: Some(10 * BEAT_MS),
        brake_ms: 72 * 3_600_000,
        reply_ms: 3_600_000,
        complaint_ms: 24 * 3_600_000,
        remind_before_ms: vec![100 * BEAT_MS, 20 * BEAT_MS],
        grace_beats: 0,
    }
}

pub fn setting_with(viewer: Viewer, terms: Terms) -> Setting {
    let clock = Clock { t0: UtcMs(T0), beat_ms: BEAT_MS };
    let text = Text { terms, sides: sides([side(ALPHA), side(BRAVO)]) };
    let texts = BTreeMap::from([(TEXT, text.clone()), (OTHER, text)]);
    Setting::new(clock, viewer, INTERMEDIARY, BTreeSet::new(), texts).unwrap()
}

pub fn setting() -> Setting {
    setting_with(Viewer::Party(ALPHA), terms())
}

pub fn event(beat: u64, nth: u16, room: RoomKind, party: PartyNo, n: u8, act: Act) -> Event {
    let seat = SeatNo::new(party.0).unwrap();
    let position = Position { beat: Beat(beat), room, seat, nth, utc: start(beat + 1) };
    let role = if n == 0 { Role::Head } else { Role::Principal };
    Event { position, party, member: member(party, n), role, act }
}

/// The intermediary's, in Alpha's caucus.
pub fn pen(beat: u64, act: Act) -> Event {
    event(beat, 0, RoomKind::Caucus(ALPHA), INTERMEDIARY, 0, act)
}

/// A head's, in its caucus.
pub fn caucus(beat: u64, party: PartyNo, act: Act) -> Event {
    event(beat, 0, RoomKind::Caucus(party), party, 0, act)
}

/// A head's, in the registry.
pub fn registry(beat: u64, party: PartyNo, act: Act) -> Event {
    event(beat, 0, RoomKind::Registry, party, 0, act)
}

pub fn approved(beat: u64, party: PartyNo, n: u8) -> Event {
    event(beat, 0, RoomKind::Delegation(party), party, n, Act::Approved { digest: TEXT })
}

pub fn begun() -> Act {
    Act::CeremonyBegun { sid: SID, digest: TEXT, expiry: start(EXPIRY_BEAT) }
}

pub fn released() -> Act {
    Act::Released { sid: SID, released_at: start(9) }
}

/// As far as the deposits of both sides.
pub fn deposited() -> Vec<Event> {
    vec![
        pen(1, Act::Drafted),
        pen(2, Act::Submitted),
        caucus(3, ALPHA, Act::Commented),
        pen(4, Act::Frozen { version: 1, digest: TEXT }),
        approved(5, ALPHA, 1),
        approved(6, ALPHA, 2),
        registry(7, ALPHA, begun()),
        caucus(8, ALPHA, Act::Deposited { sid: SID }),
        caucus(9, BRAVO, Act::Deposited { sid: SID }),
    ]
}

/// As far as a release that Bravo has posted.
pub fn posted() -> Vec<Event> {
    let mut events = deposited();
    events.push(pen(10, released()));
    events.push(registry(11, BRAVO, released()));
    events
}

/// A head's acknowledgement, behind what it said in the same beat.
pub fn acknowledged(beat: u64, party: PartyNo) -> Event {
    event(beat, 1, RoomKind::Registry, party, 0, Act::Acknowledged { sid: SID })
}

/// As far as the last acknowledgement, sealed in beat 13.
pub fn settled() -> Vec<Event> {
    let mut events = posted();
    events.push(registry(12, BRAVO, begun()));
    events.push(acknowledged(12, BRAVO));
    events.push(registry(13, ALPHA, Act::Acknowledged { sid: SID }));
    events
}

/// What a head does about the incident of that number, in the registry.
pub fn incident(beat: u64, party: PartyNo, n: u8, act: IncidentAct) -> Event {
    registry(beat, party, Act::Incident { id: [n; 16], act })
}

/// A party complains of what the other did a beat before.
pub fn opened(beat: u64, party: PartyNo, n: u8) -> Event {
    let of = if party == ALPHA { BRAVO } else { ALPHA };
    let clause = Some("no-direct-strike".to_owned());
    incident(beat, party, n, IncidentAct::Opened { of, occurred: start(beat - 1), clause })
}

/// A quorum of a party would close it so.
pub fn closed(beat: u64, party: PartyNo, n: u8, agreed: Agreed) -> Event {
    incident(beat, party, n, IncidentAct::Settled { agreed, by: by(party, 2) })
}

pub fn with(mut events: Vec<Event>, more: impl IntoIterator<Item = Event>) -> Vec<Event> {
    events.extend(more);
    events
}

pub fn state(events: &[Event], beat: u64) -> Option<State> {
    status(&setting(), events, at(beat)).state
}

/// What becomes of the last of these, which must leave no trace if it is refused.
#[track_caller]
pub fn last(setting: &Setting, events: &[Event]) -> Result<(), Refusal> {
    let mut life = Life::new(setting.clone());
    let (last, before) = events.split_last().unwrap();
    for event in before {
        life.admit(event).unwrap_or_else(|refusal| panic!("{event:?}: {refusal}"));
    }
    let seen = At { beat: last.position.beat, utc: last.position.utc };
    let was = life.status(seen);
    let outcome = life.admit(last);
    if outcome.is_err() {
        assert_eq!(life.status(seen), was, "a refused event changed something");
    }
    outcome
}

#[track_caller]
pub fn check(events: &[Event], outcome: Result<(), Refusal>) {
    assert_eq!(last(&setting(), events), outcome);
}
