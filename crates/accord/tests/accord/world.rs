//! Builders: people, rooms, events and the ledgers of three sides, with every part open to be altered.

use backchannel_accord::event::{Addressee, Conveyance, Dispatch, Mode, Origin, Passage, ReadBack};
use backchannel_accord::words::At;
use backchannel_accord::{
    Admitted, Author, Consequence, Desk, Disclosure, DispatchId, Event, Form, Lang, Ledger, Precedence,
    Refusal, Retention, RoomKind, Salt, Texts,
};
use backchannel_wire::{Beat, ChannelId, MemberId, PartyNo, Role, RoomId, UtcMs};
use std::collections::BTreeMap;

pub const INTERMEDIARY: PartyNo = PartyNo::INTERMEDIARY;
pub const ALPHA: PartyNo = PartyNo(1);
pub const BRAVO: PartyNo = PartyNo(2);
pub const CHARLIE: PartyNo = PartyNo(3);
pub const CHANNEL: ChannelId = ChannelId([7; 16]);
pub const T0: u64 = 1_795_429_740_000;

pub fn id(n: u8) -> DispatchId {
    DispatchId([n; 16])
}

pub fn lang(code: &str) -> Lang {
    Lang::new(code).unwrap()
}

pub fn en(text: &str) -> Texts {
    Texts::one(lang("en"), text)
}

pub fn at(k: u64) -> At {
    At { beat: Beat(k), utc: UtcMs(T0 + k * 250) }
}

pub fn room(kind: RoomKind) -> RoomId {
    match kind {
        RoomKind::Caucus(party) => RoomId([0x10 + party.0; 16]),
        RoomKind::Delegation(party) => RoomId([0x20 + party.0; 16]),
        RoomKind::Registry => RoomId([0x30; 16]),
    }
}

pub fn member(party: PartyNo, n: u8) -> MemberId {
    MemberId([party.0 * 16 + n; 16])
}

pub fn envoy(party: PartyNo) -> Author {
    Author { party, member: member(party, 1), role: Role::Envoy }
}

pub fn admitted(author: Author, kind: RoomKind, k: u64, event: Event) -> Admitted {
    Admitted { author, room: room(kind), room_kind: kind, beat: Beat(k), utc: at(k).utc, event }
}

pub fn passage(disclosure: Disclosure, text: &str) -> Passage {
    let salt = (disclosure == Disclosure::Verbatim).then(|| Salt::new([5; 32]));
    Passage { disclosure, texts: en(text), salt }
}

pub fn dispatch(n: u8, to: Addressee) -> Dispatch {
    Dispatch {
        id: id(n),
        form: Form::NonPaper,
        precedence: Precedence::Routine,
        to,
        reply_by: None,
        retention: Retention::Keep,
        in_reply_to: None,
        date: None,
        heading: None,
        addressee: None,
        passages: vec![
            passage(Disclosure::Verbatim, "Alpha will not launch a direct preventive strike."),
            passage(Disclosure::Hold, "Our northern batteries will stand down on the ninth of March."),
            passage(Disclosure::InSubstance, "Bravo might consider a similar restraint in the coming weeks."),
        ],
    }
}

pub fn conveyance(n: u8, of: DispatchId, party: PartyNo, passages: Vec<Mode>) -> Conveyance {
    Conveyance {
        id: id(n),
        of: Origin { dispatch: of, party },
        form: Form::NonPaper,
        precedence: Precedence::Routine,
        reply_by: None,
        retention: Retention::Keep,
        in_reply_to: None,
        date: None,
        heading: None,
        addressee: None,
        passages,
    }
}

pub fn rendering(text: &str) -> Mode {
    Mode::InSubstance { from: vec![2], texts: en(text) }
}

pub fn read_back(n: u8, of: DispatchId, disclosure: Disclosure) -> ReadBack {
    let salt = (disclosure == Disclosure::Verbatim).then(|| Salt::new([6; 32]));
    ReadBack { id: id(n), of, texts: en("We understood: no direct strike."), disclosure, salt }
}

pub fn said(dispatch: Dispatch) -> Event {
    Event::Dispatch(Box::new(dispatch))
}

pub fn carried(conveyance: Conveyance) -> Event {
    Event::Conveyance(Box::new(conveyance))
}

pub fn understood(read_back: ReadBack) -> Event {
    Event::ReadBack(Box::new(read_back))
}

/// The ledger of the first member of a side.
pub fn ledger(party: PartyNo) -> Ledger {
    ledger_of(party, 1)
}

/// The ledger of the n-th member of a side.
pub fn ledger_of(party: PartyNo, n: u8) -> Ledger {
    let names = BTreeMap::from([
        (INTERMEDIARY, "intermediary".to_owned()),
        (ALPHA, "alpha".to_owned()),
        (BRAVO, "bravo".to_owned()),
        (CHARLIE, "charlie".to_owned()),
    ]);
    Ledger::new(Desk { channel: CHANNEL, party, member: member(party, n), names })
}

pub fn admit(ledger: &mut Ledger, author: Author, kind: RoomKind, k: u64, event: Event) -> Vec<Consequence> {
    ledger.admit(admitted(author, kind, k, event)).unwrap()
}

pub fn refused(ledger: &Ledger, author: Author, kind: RoomKind, event: Event) -> Refusal {
    ledger.clone().admit(admitted(author, kind, 9, event)).unwrap_err()
}
