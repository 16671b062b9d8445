//! What the desk is told, and what it wants done.

use crate::limits::DAY_MS;
use crate::machine::envelope::Class;
use crate::machine::outbox::ItemTag;
use crate::machine::room::Who;
use crate::machine::watch::AlarmKind;
use backchannel_accord::words::At;
use backchannel_accord::{Author, Event, Precedence};
use backchannel_assurance::Route;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{Beat, MemberId, PartyNo, RoomId, UtcMs};
use std::collections::BTreeMap;

/// One room of the station.
pub struct RoomFact {
    /// The room.
    pub room: RoomId,
    /// What it is for.
    pub kind: RoomKind,
    /// Whether the station can post in it now.
    pub usable: bool,
}

/// What the desk may know of its station at the time of an input.
pub struct Facts<'a> {
    /// The instant.
    pub now: UtcMs,
    /// The last sealed beat.
    pub beat: Beat,
    /// When beat 0 began.
    pub t0: UtcMs,
    /// How long a beat is.
    pub beat_ms: u32,
    /// The person at this station.
    pub me: Who,
    /// Whether the records are locked.
    pub locked: bool,
    /// How a side is shown.
    pub labels: &'a dyn Fn(PartyNo) -> String,
    /// How a person is shown.
    pub member_label: &'a dyn Fn(PartyNo, MemberId) -> String,
    /// The side of this label.
    pub party_named: &'a dyn Fn(&str) -> Option<PartyNo>,
    /// The station's rooms.
    pub rooms: &'a [RoomFact],
    /// All parties, without the intermediary.
    pub parties: Vec<PartyNo>,
    /// Whether the channel has a registry.
    pub has_registry: bool,
    /// How messages get to the other side.
    pub route: Route,
    /// Who vouches for the other side, in words.
    pub verified: String,
}

impl Facts<'_> {
    /// A beat with the instant of its end, which is when it is sealed.
    pub(super) fn at(&self, beat: Beat) -> At {
        let beats = beat.0.saturating_add(1);
        let utc = self.t0.0.saturating_add(beats.saturating_mul(u64::from(self.beat_ms)));
        At { beat, utc: UtcMs(utc) }
    }

    /// The person at this station as the author of events.
    pub(super) fn author(&self) -> Author {
        Author { party: self.me.party, member: self.me.member, role: self.me.role }
    }

    /// The names of all sides.
    pub(super) fn names(&self) -> BTreeMap<PartyNo, String> {
        let sides = self.parties.iter().copied().chain([PartyNo::INTERMEDIARY]);
        sides.map(|party| (party, (self.labels)(party))).collect()
    }

    /// The parties other than this side.
    pub(super) fn others(&self) -> impl Iterator<Item = PartyNo> {
        self.parties.iter().copied().filter(|party| *party != self.me.party)
    }

    /// A person as shown: one's own side's people and the others by their labels.
    pub(super) fn person(&self, party: PartyNo, member: MemberId) -> String {
        (self.member_label)(party, member)
    }
}

/// Something to bring into a room.
pub struct Outgoing {
    /// The room.
    pub room: RoomId,
    /// In which class it leaves.
    pub class: Class,
    /// The item's name; zeros for what the machine says.
    pub tag: ItemTag,
    /// The event.
    pub bytes: Vec<u8>,
}

/// One record for the vault.
pub struct NewRecord {
    /// The room whose key covers it.
    pub room: Option<RoomId>,
    /// The day whose key covers it, counted from 1970-01-01.
    pub day: u32,
    /// Its number, as eight big-endian bytes.
    pub id: Vec<u8>,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// One line for the journal.
#[derive(Debug)]
pub struct JournalLine {
    /// A stable word for what happened.
    pub kind: &'static str,
    /// The room, if any.
    pub room: Option<RoomId>,
    /// The item, if any.
    pub id: Option<String>,
    /// A sentence.
    pub what: String,
    /// Who did it, if anybody.
    pub name: Option<String>,
}

/// What follows from an input; the records are made durable before anything leaves.
#[derive(Default)]
pub struct Reaction {
    /// The answer to a request.
    pub reply: Option<serde_json::Value>,
    /// What is to be sent.
    pub out: Vec<Outgoing>,
    /// Records to store.
    pub records: Vec<NewRecord>,
    /// Records to store in the place of earlier ones.
    pub rewritten: Vec<NewRecord>,
    /// Records to erase, by room, day and number.
    pub deleted: Vec<(Option<RoomId>, u32, Vec<u8>)>,
    /// Lines for the journal.
    pub journal: Vec<JournalLine>,
    /// Alarms to raise.
    pub alarms: Vec<(AlarmKind, Option<RoomId>, String)>,
    /// Alarms whose cause is gone.
    pub cleared: Vec<(AlarmKind, Option<RoomId>)>,
}

impl Reaction {
    /// Adds what follows from something else; an answer given stays.
    pub fn merge(&mut self, other: Self) {
        self.reply = self.reply.take().or(other.reply);
        self.out.extend(other.out);
        self.records.extend(other.records);
        self.rewritten.extend(other.rewritten);
        self.deleted.extend(other.deleted);
        self.journal.extend(other.journal);
        self.alarms.extend(other.alarms);
        self.cleared.extend(other.cleared);
    }

    pub(super) fn answer(reply: serde_json::Value) -> Self {
        Self { reply: Some(reply), ..Self::default() }
    }

    pub(super) fn line(&mut self, kind: &'static str, what: impl Into<String>) -> &mut JournalLine {
        self.journal.push(JournalLine { kind, room: None, id: None, what: what.into(), name: None });
        let last = self.journal.len() - 1;
        &mut self.journal[last]
    }
}

/// What became of an own item.
pub enum DeskFate {
    /// It was sealed in this beat.
    Sent(Beat),
    /// This person's station has it, by a receipt sealed in this beat.
    Acknowledged(Who, Beat),
    /// Nobody is left to receive it.
    Undeliverable,
}

/// In which class an event leaves: texts by their precedence, everything else as a machine's.
pub(super) fn class_of(event: &Event) -> Class {
    match event {
        Event::Dispatch(_) | Event::Conveyance(_) | Event::ReadBack(_) => match event.precedence() {
            Precedence::Flash => Class::Flash,
            Precedence::Immediate => Class::Immediate,
            Precedence::Priority => Class::Priority,
            Precedence::Routine => Class::Routine,
        },
        _ => Class::Machine,
    }
}

/// What a room is for, in the words of the rules.
pub(super) fn room_kind(kind: RoomKind) -> backchannel_accord::RoomKind {
    match kind {
        RoomKind::Caucus(party) => backchannel_accord::RoomKind::Caucus(party),
        RoomKind::Delegation(party) => backchannel_accord::RoomKind::Delegation(party),
        RoomKind::Registry => backchannel_accord::RoomKind::Registry,
    }
}

/// The day that holds an instant, counted from 1970-01-01.
pub(super) fn day_of(utc: UtcMs) -> u32 {
    u32::try_from(utc.0 / DAY_MS).unwrap_or(u32::MAX)
}
