//! The diplomatic part of the admission gate: who may do what, where, to what (docs/spec/dispatches.md, ADMIT rules).
//!
//! The author is what the room authenticated, never a field of an event. Only structural rules are checked here, so that
//! every station of a room decides alike; what can only be guessed from words is checked when a draft is written.

use crate::event::{Addressee, Conveyance, Dispatch, Event, EventError, Form, Retention, Step};
use crate::forms::{self, FormError};
use crate::ledger::Ledger;
use crate::limits::ITEMS_MAX;
use crate::words::DispatchId;
use backchannel_wire::{MemberId, PartyNo, Role, RoomId};
use minicbor::{Decode, Encode};

/// Who wrote an event, as the room authenticated it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Author {
    /// The side.
    #[n(0)]
    pub party: PartyNo,
    /// The person.
    #[n(1)]
    pub member: MemberId,
    /// What the person may do.
    #[n(2)]
    pub role: Role,
}

/// What a room is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub enum RoomKind {
    /// A party and the intermediary.
    #[n(0)]
    Caucus(#[n(0)] PartyNo),
    /// One side alone.
    #[n(1)]
    Delegation(#[n(0)] PartyNo),
    /// All parties' stations, without the intermediary.
    #[n(2)]
    Registry,
}

impl RoomKind {
    /// The side that an event by `author` is addressed to in this room.
    pub fn addressed(self, author: PartyNo) -> Option<PartyNo> {
        match self {
            Self::Caucus(party) if author == party => Some(PartyNo::INTERMEDIARY),
            Self::Caucus(party) | Self::Delegation(party) => Some(party),
            Self::Registry => None,
        }
    }
}

/// Why an event is not admitted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// An observer reads; it does not write.
    #[error("an observer may read, and nothing else (ADMIT-1)")]
    Observer,
    /// The registry carries only machine-made items of other kinds.
    #[error("the registry carries messages between parties, and no other dispatches (ADMIT-2)")]
    Registry,
    /// The author's side has no part in the room.
    #[error("this side does not belong to the room (ADMIT-3)")]
    NotOfRoom,
    /// The addressee cannot be reached from the room.
    #[error("the dispatch is addressed to somebody who cannot be reached from this room (ADMIT-4)")]
    Addressee,
    /// Only the intermediary conveys, in the caucus of a party, what another party wrote.
    #[error("only the intermediary conveys, into a caucus, what another party wrote (ADMIT-5)")]
    Conveyance,
    /// Only the intermediary reports on a dispatch, in its author's caucus.
    #[error("only the intermediary tells a party what became of its dispatch (ADMIT-6)")]
    Progress,
    /// The name is taken.
    #[error("an item of this name is already on record (ADMIT-7)")]
    Duplicate,
    /// What the event is about is not on record in this room.
    #[error("the event is about an item that is not on record in this room (ADMIT-8)")]
    UnknownReference,
    /// A read-back, a reading or a return by a side the item was not addressed to.
    #[error("the item was not addressed to this side (ADMIT-9)")]
    NotAddressed,
    /// Only an item lent for reading is returned.
    #[error("only a read-and-return item is returned (ADMIT-10)")]
    NotReadAndReturn,
    /// Progress about an item that was not this party's own dispatch, or about carriage to itself.
    #[error("the item is not a dispatch that could be carried there (ADMIT-11)")]
    NotCarriable,
    /// The answered item is of another room.
    #[error("a dispatch answers an item of its own room (ADMIT-12)")]
    ReplyElsewhere,
    /// The ledger is full.
    #[error("the record is full (ADMIT-13)")]
    Full,
    /// A read-back of a read-back.
    #[error("a read-back is not itself read back (ADMIT-14)")]
    ReadBackOfReadBack,
    /// A size or count is beyond its limit.
    #[error("{0}")]
    Event(#[from] EventError),
    /// The form's rules are broken.
    #[error("{0}")]
    Form(#[from] FormError),
    /// What one's own station refuses to send.
    #[error("{0}")]
    Carry(#[from] crate::ledger::CarryError),
}

impl Refusal {
    /// The number of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Observer => "ADMIT-1",
            Self::Registry => "ADMIT-2",
            Self::NotOfRoom => "ADMIT-3",
            Self::Addressee => "ADMIT-4",
            Self::Conveyance => "ADMIT-5",
            Self::Progress => "ADMIT-6",
            Self::Duplicate => "ADMIT-7",
            Self::UnknownReference => "ADMIT-8",
            Self::NotAddressed => "ADMIT-9",
            Self::NotReadAndReturn => "ADMIT-10",
            Self::NotCarriable => "ADMIT-11",
            Self::ReplyElsewhere => "ADMIT-12",
            Self::Full => "ADMIT-13",
            Self::ReadBackOfReadBack => "ADMIT-14",
            Self::Event(error) => error.rule(),
            Self::Form(error) => error.rule(),
            Self::Carry(error) => error.rule(),
        }
    }
}

/// Checks whether `author` may make `event` in this room, given what is on record.
pub fn check(
    author: &Author,
    room: RoomId,
    kind: RoomKind,
    event: &Event,
    ledger: &Ledger,
) -> Result<(), Refusal> {
    event.bounds()?;
    role(author, event)?;
    match kind {
        RoomKind::Registry => in_registry(author, event, ledger)?,
        _ => place(author, kind)?,
    }
    if let Some(id) = event.id() {
        ensure(!ledger.knows(id), Refusal::Duplicate)?; // ADMIT-7
        ensure(ledger.len() < ITEMS_MAX, Refusal::Full)?; // ADMIT-13
    }
    if let Some(answered) = event.in_reply_to() {
        // What came before this station joined is unknown to it, and no reason to refuse the answer.
        let elsewhere = ledger.place(answered).is_some_and(|(there, _)| there != room);
        // What went by the registry because the intermediary was silent is answered there (ROUTE-4).
        ensure(!elsewhere || kind == RoomKind::Registry, Refusal::ReplyElsewhere)?; // ADMIT-12
    }
    if kind == RoomKind::Registry {
        return Ok(());
    }
    match event {
        Event::Dispatch(dispatch) => check_dispatch(author, kind, dispatch),
        Event::Conveyance(conveyance) => check_conveyance(author, kind, conveyance),
        Event::ReadBack(_) | Event::Read(_) | Event::Returned(_) => {
            check_mark(author, room, kind, event, ledger)
        }
        Event::Progress(_) | Event::Declined(_) => check_report(author, room, kind, event, ledger),
    }
}

/// Checks an event this station is about to send: all of [`check`], that what it answers is on record, and that a text of
/// the intermediary contains no words that another party holds back.
pub fn check_own(
    author: &Author,
    room: RoomId,
    kind: RoomKind,
    event: &Event,
    ledger: &Ledger,
) -> Result<(), Refusal> {
    check(author, room, kind, event, ledger)?;
    event.size()?;
    if let RoomKind::Caucus(party) = kind
        && author.party == PartyNo::INTERMEDIARY
    {
        ledger.check_disclosure(party, event)?; // DISC-3
    }
    ensure(event.in_reply_to().is_none_or(|id| ledger.knows(id)), Refusal::UnknownReference)
}

fn ensure(holds: bool, refusal: Refusal) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(refusal) }
}

fn role(author: &Author, event: &Event) -> Result<(), Refusal> {
    let reads = matches!(event, Event::Read(_) | Event::Returned(_));
    ensure(reads || author.role != Role::Observer, Refusal::Observer) // ADMIT-1
}

fn place(author: &Author, kind: RoomKind) -> Result<(), Refusal> {
    let belongs = match kind {
        RoomKind::Caucus(party) => {
            party != PartyNo::INTERMEDIARY && (author.party == party || author.party == PartyNo::INTERMEDIARY)
        }
        RoomKind::Delegation(party) => author.party == party,
        RoomKind::Registry => return Err(Refusal::Registry), // ADMIT-2
    };
    ensure(belongs, Refusal::NotOfRoom) // ADMIT-3
}

/// What the registry carries of dispatches: messages between parties, and the recipient's report that a station has one, or that a
/// person read it (ADMIT-2, ROUTE-3).
fn in_registry(author: &Author, event: &Event, ledger: &Ledger) -> Result<(), Refusal> {
    let between = |to: Addressee, by: PartyNo| matches!(to, Addressee::Party(to) if to != by && to != PartyNo::INTERMEDIARY);
    match event {
        Event::Dispatch(dispatch) => {
            let message = dispatch.form == Form::Notification && author.party != PartyNo::INTERMEDIARY;
            ensure(message && between(dispatch.to, author.party), Refusal::Registry)?;
            Ok(forms::check_header(&forms::Header::of_dispatch(dispatch))?)
        }
        Event::Progress(progress) => {
            let step = matches!(progress.step, Step::Received | Step::Read);
            ensure(step && progress.to == author.party, Refusal::Registry)?;
            match ledger.event(progress.of) {
                Some(Event::Dispatch(dispatch)) => {
                    ensure(dispatch.to == Addressee::Party(author.party), Refusal::NotAddressed)
                }
                _ => Err(Refusal::UnknownReference),
            }
        }
        _ => Err(Refusal::Registry),
    }
}

fn check_dispatch(author: &Author, kind: RoomKind, dispatch: &Dispatch) -> Result<(), Refusal> {
    let reaches = match (kind, dispatch.to) {
        (RoomKind::Delegation(_), Addressee::Delegation) => true,
        (RoomKind::Caucus(party), Addressee::Intermediary) => author.party == party,
        (RoomKind::Caucus(party), Addressee::Party(to)) if author.party == PartyNo::INTERMEDIARY => {
            to == party
        }
        (RoomKind::Caucus(party), Addressee::Party(to)) => to != party && to != PartyNo::INTERMEDIARY,
        _ => false,
    };
    ensure(reaches, Refusal::Addressee)?; // ADMIT-4
    Ok(forms::check_header(&forms::Header::of_dispatch(dispatch))?)
}

fn check_conveyance(author: &Author, kind: RoomKind, conveyance: &Conveyance) -> Result<(), Refusal> {
    let RoomKind::Caucus(party) = kind else { return Err(Refusal::Conveyance) };
    let carries = author.party == PartyNo::INTERMEDIARY
        && conveyance.of.party != party
        && conveyance.of.party != PartyNo::INTERMEDIARY;
    ensure(carries, Refusal::Conveyance)?; // ADMIT-5
    Ok(forms::check_header(&forms::Header::of_conveyance(conveyance))?)
}

fn check_mark(
    author: &Author,
    room: RoomId,
    kind: RoomKind,
    event: &Event,
    ledger: &Ledger,
) -> Result<(), Refusal> {
    let of = event.of().ok_or(Refusal::UnknownReference)?;
    let by = in_room(of, room, ledger)?; // ADMIT-8
    let twice = matches!((event, ledger.event(of)), (Event::ReadBack(_), Some(Event::ReadBack(_))));
    ensure(!twice, Refusal::ReadBackOfReadBack)?; // ADMIT-14
    let own = by.party == author.party;
    let addressed = match kind {
        // In a delegation room every other member is addressed; nobody reads back there.
        RoomKind::Delegation(_) => by.member != author.member && !matches!(event, Event::ReadBack(_)),
        _ => !own && kind.addressed(by.party) == Some(author.party),
    };
    ensure(addressed, Refusal::NotAddressed)?; // ADMIT-9
    let returned = matches!(event, Event::Returned(_));
    ensure(!returned || ledger.retention(of) == Some(Retention::ReadAndReturn), Refusal::NotReadAndReturn) // ADMIT-10
}

fn check_report(
    author: &Author,
    room: RoomId,
    kind: RoomKind,
    event: &Event,
    ledger: &Ledger,
) -> Result<(), Refusal> {
    let RoomKind::Caucus(party) = kind else { return Err(Refusal::Progress) };
    ensure(author.party == PartyNo::INTERMEDIARY, Refusal::Progress)?; // ADMIT-6
    let of = event.of().ok_or(Refusal::UnknownReference)?;
    let by = in_room(of, room, ledger)?; // ADMIT-8
    // The one report on a conveyance: that a station of its recipient has it, told to that recipient (CLOCK-2).
    if let (Event::Progress(progress), Some(Event::Conveyance(_))) = (event, ledger.event(of)) {
        let received = progress.step == Step::Received && progress.to == party;
        return ensure(received, Refusal::NotCarriable);
    }
    let carriable = by.party == party
        && ledger.is_dispatch(of)
        && match event {
            Event::Progress(progress) => progress.to != party && progress.to != PartyNo::INTERMEDIARY,
            _ => true,
        };
    ensure(carriable, Refusal::NotCarriable) // ADMIT-11
}

fn in_room(of: DispatchId, room: RoomId, ledger: &Ledger) -> Result<Author, Refusal> {
    match ledger.place(of) {
        Some((there, author)) if there == room => Ok(author),
        _ => Err(Refusal::UnknownReference),
    }
}
