//! Everything of a station that concerns dispatches: the ledger, what people ask of it, the verbatim guard, retention.

mod arrivals;
mod guard;
mod requests;
mod views;

#[cfg(test)]
mod tests;

pub use guard::Shared;

use self::guard::Guard;
use super::envelope::Class;
use super::outbox::ItemTag;
use super::room::Who;
use super::watch::AlarmKind;
use crate::api::Request;
use backchannel_accord::ledger::Desk as Side;
use backchannel_accord::words::At;
use backchannel_accord::{
    Admitted, Author, Consequence, DispatchId, Event, Ledger, Observation, Precedence, Record, RoomKind,
};
use backchannel_wire::ids::RoomKind as WireKind;
use backchannel_wire::{Beat, ChannelId, MemberId, PartyNo, Role, RoomId, UtcMs, canonical};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What the desk may know of its station.
pub struct Facts<'a> {
    /// The instant.
    pub now: UtcMs,
    /// The last sealed beat.
    pub beat: Beat,
    /// When beat 0 began.
    pub t0: UtcMs,
    /// The length of a beat in milliseconds.
    pub beat_ms: u32,
    /// The person at this station.
    pub me: Who,
    /// Whether the records are locked.
    pub locked: bool,
    /// The label of a side.
    pub labels: &'a dyn Fn(PartyNo) -> String,
    /// The label of a person.
    pub member_label: &'a dyn Fn(PartyNo, MemberId) -> String,
    /// A side by its label.
    pub party_named: &'a dyn Fn(&str) -> Option<PartyNo>,
    /// The rooms the station is in.
    pub rooms: &'a [RoomFact],
    /// The parties, without the intermediary.
    pub parties: Vec<PartyNo>,
    /// Whether the channel has a registry this station is, or will be, in.
    pub has_registry: bool,
    /// How far the other side is verified, in words.
    pub verified: String,
}

/// A room the station is in.
pub struct RoomFact {
    /// The room.
    pub room: RoomId,
    /// Its kind.
    pub kind: WireKind,
    /// Whether something can be sent there now.
    pub usable: bool,
}

/// An event to be sent.
#[derive(Clone)]
pub struct Outgoing {
    /// Where.
    pub room: RoomId,
    /// How urgently.
    pub class: Class,
    /// The dispatch, or zeros.
    pub tag: ItemTag,
    /// The event.
    pub bytes: Vec<u8>,
}

/// A record to be kept.
pub struct NewRecord {
    /// The room it belongs to.
    pub room: Option<RoomId>,
    /// The day it belongs to.
    pub day: u32,
    /// Its number, eight bytes.
    pub id: Vec<u8>,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A line for the journal.
pub struct JournalLine {
    /// A stable word.
    pub kind: &'static str,
    /// The room.
    pub room: Option<RoomId>,
    /// The dispatch.
    pub id: Option<String>,
    /// A sentence.
    pub what: String,
    /// An alarm's or a person's name.
    pub name: Option<String>,
}

/// What follows from an input.
#[derive(Default)]
pub struct Reaction {
    /// The answer to a request.
    pub reply: Option<Value>,
    /// To be sent.
    pub out: Vec<Outgoing>,
    /// To be kept.
    pub records: Vec<NewRecord>,
    /// To be kept in place of what was kept under the same number.
    pub rewritten: Vec<NewRecord>,
    /// To be erased.
    pub deleted: Vec<(Option<RoomId>, u32, Vec<u8>)>,
    /// For the journal.
    pub journal: Vec<JournalLine>,
    /// Alarms, each with a sentence.
    pub alarms: Vec<(AlarmKind, Option<RoomId>, String)>,
}

/// What became of an own item.
pub enum DeskFate {
    /// It was sealed whole.
    Sent(Beat),
    /// Somebody's station has it.
    Acknowledged(Who, Beat),
    /// Nobody is left to receive it.
    Undeliverable,
}

struct Kept {
    room: Option<RoomId>,
    day: u32,
    record: Record,
}

/// The desk.
pub struct Desk {
    ledger: Ledger,
    kept: BTreeMap<u64, Kept>,
    next: u64,
    guard: Guard,
    guard_dirty: bool,
    reminded: BTreeSet<(DispatchId, bool)>,
}

impl Desk {
    /// Makes the desk from what was kept.
    pub fn load(
        channel: ChannelId,
        party: PartyNo,
        member: MemberId,
        _role: Role,
        guard: Option<&[u8]>,
        records: Vec<(Vec<u8>, Vec<u8>)>,
    ) -> Self {
        let side = Side { channel, party, member, names: BTreeMap::new() };
        let guard: Guard = guard.and_then(|bytes| canonical::from_slice(bytes).ok()).unwrap_or_default();
        let mut desk = Self {
            ledger: Ledger::new(side),
            kept: BTreeMap::new(),
            next: 0,
            guard: guard.reloaded(),
            guard_dirty: false,
            reminded: BTreeSet::new(),
        };
        desk.fold(records);
        desk
    }

    fn fold(&mut self, records: Vec<(Vec<u8>, Vec<u8>)>) {
        self.ledger = Ledger::new(self.ledger.desk().clone());
        self.kept.clear();
        for (id, bytes) in records {
            let (Ok(id), Ok(record)) = (<[u8; 8]>::try_from(id), canonical::from_slice::<Record>(&bytes))
            else {
                continue;
            };
            let number = u64::from_be_bytes(id);
            self.ledger.replay(&record);
            let room = match &record {
                Record::Admitted(admitted) => Some(admitted.room),
                Record::Observed(observation) => {
                    self.ledger.place(observed(observation)).map(|(room, _)| room)
                }
            };
            self.kept.insert(number, Kept { room, day: day_of(record_utc(&record)), record });
            self.next = self.next.max(number);
        }
    }

    /// Whether the desk answers this request.
    pub fn handles(request: &Request) -> bool {
        matches!(
            request,
            Request::Inbox { .. }
                | Request::Show { .. }
                | Request::Receipts { .. }
                | Request::Send { .. }
                | Request::Reply { .. }
                | Request::Convey { .. }
                | Request::ReadBack { .. }
                | Request::Return { .. }
                | Request::Record {}
        )
    }

    /// The records leave memory: what is kept of them has no text. Arrivals are still judged and guarded.
    pub fn lock(&mut self) {
        for kept in self.kept.values_mut() {
            kept.record = bare(&kept.record);
        }
        self.fold_bare();
    }

    fn fold_bare(&mut self) {
        let records: Vec<Record> = self.kept.values().map(|kept| kept.record.clone()).collect();
        self.ledger = Ledger::fold(self.ledger.desk().clone(), &records);
    }

    /// The records come back.
    pub fn unlock(&mut self, records: Vec<(Vec<u8>, Vec<u8>)>) {
        self.fold(records);
    }

    /// How many items this person has not read.
    pub fn unread(&self, facts: &Facts<'_>) -> usize {
        self.ledger.inbox(facts.now).iter().filter(|line| !line.read).count()
    }

    /// The state of the guard, if it changed.
    pub fn take_guard_bytes(&mut self) -> Option<Vec<u8>> {
        std::mem::take(&mut self.guard_dirty).then(|| canonical::to_vec(&self.guard))
    }

    /// Takes in an own or another's event that passed the gate, and keeps it.
    fn admit(
        &mut self,
        admitted: Admitted,
        facts: &Facts<'_>,
        reaction: &mut Reaction,
    ) -> Result<(), backchannel_accord::Refusal> {
        let record = Record::Admitted(admitted.clone());
        let consequences = self.ledger.admit(admitted)?;
        self.keep(record, facts, reaction);
        self.consequences(consequences, facts, reaction);
        if facts.locked {
            self.fold_bare();
        }
        Ok(())
    }

    fn observe(&mut self, observation: Observation, facts: &Facts<'_>, reaction: &mut Reaction) {
        if !self.ledger.knows(observed(&observation)) && !matches!(observation, Observation::Dropped { .. }) {
            // A read-back that was carried back is known by another name; the ledger judges it.
            if !matches!(observation, Observation::Matched { .. } | Observation::AlteredPassage { .. }) {
                return;
            }
        }
        let consequences = self.ledger.observe(observation.clone());
        self.keep(Record::Observed(observation), facts, reaction);
        self.consequences(consequences, facts, reaction);
    }

    fn keep(&mut self, record: Record, facts: &Facts<'_>, reaction: &mut Reaction) {
        self.next += 1;
        let room = match &record {
            Record::Admitted(admitted) => Some(admitted.room),
            Record::Observed(observation) => self.ledger.place(observed(observation)).map(|(room, _)| room),
        };
        let day = day_of(record_utc(&record));
        let id = self.next.to_be_bytes().to_vec();
        reaction.records.push(NewRecord { room, day, id, bytes: canonical::to_vec(&record) });
        let record = if facts.locked { bare(&record) } else { record };
        self.kept.insert(self.next, Kept { room, day, record });
    }

    fn consequences(&mut self, all: Vec<Consequence>, facts: &Facts<'_>, reaction: &mut Reaction) {
        for consequence in all {
            match consequence {
                Consequence::Tell { party, event } => self.tell_party(party, &event, facts, reaction),
                Consequence::CheckGuard { id, guarded } => {
                    self.guard.check(id, self.guarded_party(id), facts.beat, &guarded);
                    self.guard_dirty = true;
                }
                Consequence::Altered { id, passage } => {
                    let hex = id.to_hex();
                    let what = format!(
                        "Passage {passage} of {} was said to be verbatim and is not what its author sealed.",
                        short(&hex)
                    );
                    let room = self.ledger.place(id).map(|(room, _)| room);
                    reaction.alarms.push((AlarmKind::Altered, room, what.clone()));
                    reaction.journal.push(JournalLine {
                        kind: "altered",
                        room,
                        id: Some(hex),
                        what,
                        name: Some("ALTERED".to_owned()),
                    });
                }
                Consequence::Rewrite { ids } => self.rewrite(&ids, reaction),
                Consequence::Arrived { .. } | Consequence::Advanced { .. } => {}
            }
        }
    }

    /// The party whose digests an item's verbatim passages must be among.
    fn guarded_party(&self, id: DispatchId) -> PartyNo {
        match self.ledger.event(id) {
            Some(Event::Conveyance(conveyance)) => conveyance.of.party,
            Some(_) => self.ledger.place(id).map_or(PartyNo::INTERMEDIARY, |(_, author)| author.party),
            None => self.guard.carried_back(id).unwrap_or(PartyNo::INTERMEDIARY),
        }
    }

    fn tell_party(&self, party: PartyNo, event: &Event, facts: &Facts<'_>, reaction: &mut Reaction) {
        let caucus = facts.rooms.iter().find(|room| room.kind == WireKind::Caucus(party));
        if let Some(caucus) = caucus {
            reaction.out.push(Outgoing {
                room: caucus.room,
                class: Class::Machine,
                tag: [0; 16],
                bytes: event.to_bytes(),
            });
        }
    }

    fn rewrite(&mut self, ids: &[DispatchId], reaction: &mut Reaction) {
        for (number, kept) in &mut self.kept {
            if let Some(record) = kept.record.without_text_of(ids) {
                let bytes = canonical::to_vec(&record);
                kept.record = record;
                let id = number.to_be_bytes().to_vec();
                reaction.rewritten.push(NewRecord { room: kept.room, day: kept.day, id, bytes });
            }
        }
    }

    /// Sends an own event: judged as the others will judge it, kept, and handed out; or held until the registry has receipted
    /// the digests of its verbatim words (GUARD-2).
    fn send(
        &mut self,
        event: Event,
        room: RoomId,
        kind: RoomKind,
        facts: &Facts<'_>,
        reaction: &mut Reaction,
    ) -> Result<bool, backchannel_accord::Refusal> {
        let author = author_of(facts.me);
        backchannel_accord::rules::check_own(&author, room, kind, &event, &self.ledger)?;
        let class = match &event {
            Event::Dispatch(_) | Event::Conveyance(_) | Event::ReadBack(_) => class_of(event.precedence()),
            _ => Class::Machine,
        };
        let id = event.id();
        let out = Outgoing { room, class, tag: id.map_or([0; 16], |id| id.0), bytes: event.to_bytes() };
        let utc = utc_of(facts, facts.beat);
        let admitted = Admitted { author, room, room_kind: kind, beat: facts.beat, utc, event };
        self.admit(admitted, facts, reaction)?;
        let guarded =
            id.filter(|_| facts.has_registry).map(|id| self.ledger.guards_of_own(id)).unwrap_or_default();
        if guarded.is_empty() || facts.me.party == PartyNo::INTERMEDIARY {
            reaction.out.push(out);
            return Ok(false);
        }
        self.guard.hold(out, id, &guarded, facts.beat);
        self.guard_dirty = true;
        Ok(true)
    }
}

/// An author as the ledger knows it.
fn author_of(who: Who) -> Author {
    Author { party: who.party, member: who.member, role: who.role }
}

/// A room's kind as the ledger knows it.
fn ledger_kind(kind: WireKind) -> RoomKind {
    match kind {
        WireKind::Caucus(party) => RoomKind::Caucus(party),
        WireKind::Delegation(party) => RoomKind::Delegation(party),
        WireKind::Registry => RoomKind::Registry,
    }
}

fn class_of(precedence: Precedence) -> Class {
    match precedence {
        Precedence::Routine => Class::Routine,
        Precedence::Priority => Class::Priority,
        Precedence::Immediate => Class::Immediate,
        Precedence::Flash => Class::Flash,
    }
}

fn utc_of(facts: &Facts<'_>, beat: Beat) -> UtcMs {
    let since = beat.0.saturating_add(1).saturating_mul(u64::from(facts.beat_ms));
    UtcMs(facts.t0.0.saturating_add(since))
}

fn at(facts: &Facts<'_>, beat: Beat) -> At {
    At { beat, utc: utc_of(facts, beat) }
}

fn day_of(utc: UtcMs) -> u32 {
    u32::try_from(utc.0 / 86_400_000).unwrap_or(u32::MAX)
}

fn record_utc(record: &Record) -> UtcMs {
    match record {
        Record::Admitted(admitted) => admitted.utc,
        Record::Observed(observation) => match observation {
            Observation::Sent { at, .. }
            | Observation::Acknowledged { at, .. }
            | Observation::Matched { at, .. }
            | Observation::AlteredPassage { at, .. }
            | Observation::NotMatched { at, .. } => at.utc,
            Observation::Dropped { utc, .. } => *utc,
        },
    }
}

fn observed(observation: &Observation) -> DispatchId {
    match observation {
        Observation::Sent { id, .. }
        | Observation::Acknowledged { id, .. }
        | Observation::Matched { id, .. }
        | Observation::AlteredPassage { id, .. }
        | Observation::NotMatched { id, .. } => *id,
        Observation::Dropped { ids, .. } => ids.first().copied().unwrap_or(DispatchId([0; 16])),
    }
}

/// A record without the words in it, for a station whose records are locked.
fn bare(record: &Record) -> Record {
    match record {
        Record::Admitted(admitted) => {
            Record::Admitted(Admitted { event: admitted.event.without_text(), ..admitted.clone() })
        }
        Record::Observed(observation) => Record::Observed(observation.clone()),
    }
}

/// The first digits of a name, enough to type.
fn short(hex: &str) -> &str {
    hex.get(..8).unwrap_or(hex)
}
