//! The ledger with the records it is folded from (docs/spec/desk.md).
//!
//! Beside the ledger stands a copy of every record without its texts: it is what storage keeps when a text is dropped,
//! and what the ledger is folded from while the records are locked.

use super::seen::Page;
use super::types::{NewRecord, Reaction, day_of};
use backchannel_accord::event::Step;
use backchannel_accord::{Admitted, DispatchId, Event, Ledger, Observation, Record};
use backchannel_wire::{RoomId, UtcMs, canonical};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// What one stored record holds.
#[derive(Clone, Encode, Decode)]
pub(super) enum Kept {
    /// A line of the ledger.
    #[n(0)]
    Line(#[n(0)] Record),
    /// An event that came before what it is about (DESK-4).
    #[n(1)]
    Early(#[n(0)] Admitted),
    /// Digests seen in the registry.
    #[n(2)]
    Page(#[n(0)] Page),
}

/// One stored record, with the key under which it is stored.
#[derive(Clone, Encode, Decode)]
pub(super) struct Stored {
    #[n(0)]
    pub(super) room: Option<RoomId>,
    #[n(1)]
    pub(super) day: u32,
    #[n(2)]
    pub(super) kept: Kept,
}

impl Stored {
    pub(super) fn new(room: Option<RoomId>, utc: UtcMs, kept: Kept) -> Self {
        Self { room, day: day_of(utc), kept }
    }

    pub(super) fn to_record(&self, seq: u64) -> NewRecord {
        NewRecord { room: self.room, day: self.day, id: id_of(seq), bytes: canonical::to_vec(self) }
    }

    pub(super) fn read(id: &[u8], bytes: Vec<u8>) -> Option<(u64, Self)> {
        let bytes = Zeroizing::new(bytes);
        let seq = u64::from_be_bytes(id.try_into().ok()?);
        Some((seq, canonical::from_slice(&bytes).ok()?))
    }
}

pub(super) fn id_of(seq: u64) -> Vec<u8> {
    seq.to_be_bytes().to_vec()
}

/// The ledger and its records.
pub(super) struct Book {
    pub(super) ledger: Ledger,
    /// Every line without its texts, by number.
    bones: BTreeMap<u64, Stored>,
    next: u64,
}

impl Book {
    pub(super) fn new(desk: backchannel_accord::Desk) -> Self {
        Self { ledger: Ledger::new(desk), bones: BTreeMap::new(), next: 1 }
    }

    /// Folds stored lines, in the order of their numbers. Numbers given out before stay given out.
    pub(super) fn fold(&mut self, lines: Vec<(u64, Stored)>, highest: u64) {
        self.ledger = self.empty();
        self.bones.clear();
        for (seq, stored) in lines {
            if let Kept::Line(record) = &stored.kept {
                self.ledger.replay(record);
                self.bones.insert(seq, bare(&stored));
            }
        }
        self.next = self.next.max(highest.saturating_add(1));
    }

    /// A ledger of the same desk with nothing in it.
    fn empty(&self) -> Ledger {
        let mut ledger = Ledger::new(self.ledger.desk().clone());
        ledger.set_guarded(self.ledger.is_guarded());
        ledger
    }

    /// The next number for a record.
    pub(super) fn number(&mut self) -> u64 {
        let seq = self.next;
        self.next = self.next.saturating_add(1);
        seq
    }

    /// Stores a line; the caller has the ledger take it in.
    pub(super) fn keep(&mut self, room: RoomId, utc: UtcMs, record: Record, reaction: &mut Reaction) {
        let seq = self.number();
        let stored = Stored::new(Some(room), utc, Kept::Line(record));
        reaction.records.push(stored.to_record(seq));
        self.bones.insert(seq, bare(&stored));
    }

    /// Takes in an observation about an item and stores it, if it is of a known item and `changes` says that it is new
    /// even where the ledger, which holds no texts while locked, cannot tell.
    pub(super) fn observe(
        &mut self,
        id: DispatchId,
        utc: UtcMs,
        observation: Observation,
        always: bool,
        reaction: &mut Reaction,
    ) -> Option<Vec<backchannel_accord::Consequence>> {
        let (room, _) = self.ledger.place(id)?;
        let out = self.ledger.observe(observation.clone());
        if out.is_empty() && !always {
            return None;
        }
        self.keep(room, utc, Record::Observed(observation), reaction);
        Some(out)
    }

    /// Stores every record of these items again, without the texts.
    pub(super) fn rewrite(&self, ids: &[DispatchId], reaction: &mut Reaction) {
        let concerned = self.bones.iter().filter(|(_, stored)| holds_text_of(stored, ids));
        reaction.rewritten.extend(concerned.map(|(seq, stored)| stored.to_record(*seq)));
    }

    /// Takes the texts out of memory: the ledger is folded again from records without them.
    pub(super) fn strip(&mut self) {
        let lines = self.bones.values().filter_map(|stored| match &stored.kept {
            Kept::Line(record) => Some(record),
            _ => None,
        });
        let mut ledger = self.empty();
        lines.for_each(|record| ledger.replay(record));
        self.ledger = ledger;
    }
}

fn bare(stored: &Stored) -> Stored {
    let kept = match &stored.kept {
        Kept::Line(Record::Admitted(admitted)) => {
            let event = admitted.event.without_text();
            Kept::Line(Record::Admitted(Admitted { event, ..admitted.clone() }))
        }
        other => other.clone(),
    };
    Stored { kept, ..*stored }
}

/// Whether the record may hold texts of one of these items.
fn holds_text_of(stored: &Stored, ids: &[DispatchId]) -> bool {
    let Kept::Line(Record::Admitted(Admitted { event, .. })) = &stored.kept else { return false };
    let bears = match event {
        Event::Progress(progress) => matches!(progress.step, Step::ReadBack { .. }),
        Event::Read(_) | Event::Returned(_) => false,
        _ => true,
    };
    bears && event.id().into_iter().chain(event.of()).any(|id| ids.contains(&id))
}
