//! The desk of a station: the ledger, what people ask about dispatches, the verbatim guard, retention
//! (docs/spec/desk.md). It does no I/O and reads no clock.
//!
//! **While the records are locked the desk goes on without texts.** The ledger is folded again from records without
//! them; arrivals are judged, stored under the vault's public key and stripped at once; receipts, progress, the guard and
//! retention go on, because they need names, digests and dates only. Nothing is shown and nothing new is sent. A dispatch
//! that waits for the registry still leaves: its bytes stay in memory, like those of whatever waits in an outbox.
//! Unlocking folds the ledger from the stored records.

mod answers;
mod arrivals;
mod book;
mod convey;
mod exposure;
mod files;
mod floor;
mod guard;
mod line;
mod messages;
mod registry;
mod requests;
mod retention;
mod route;
mod seen;
mod sentences;
#[cfg(test)]
mod tests;
mod trial;
mod types;

pub(crate) use exposure::{Source, compared};
pub use files::OwnFile;
pub use seen::Shared;
pub use types::{DeskFate, Facts, JournalLine, NewRecord, Outgoing, Reaction, RoomFact};

use self::book::{Book, Kept, Stored};
use self::guard::Guard;
use self::seen::{PagePlace, Seen};
use backchannel_accord::ledger::{ClockMark, Unanswered};
use backchannel_accord::templated::Set;
use backchannel_accord::{Admitted, DispatchId};
use backchannel_wire::{Beat, ChannelId, MemberId, PartyNo, Role, UtcMs, canonical};
use std::collections::{BTreeMap, BTreeSet};
use zeroize::Zeroizing;

/// The desk.
pub struct Desk {
    channel: ChannelId,
    party: PartyNo,
    book: Book,
    /// Events that came before what they are about, by record.
    early: BTreeMap<u64, Admitted>,
    guard: Guard,
    guard_dirty: bool,
    seen: Seen,
    /// How far the registry was followed; learned anew after a restart.
    through: Option<Beat>,
    /// While locked, the bytes of what waits for the registry.
    held: BTreeMap<DispatchId, Zeroizing<Vec<u8>>>,
    locked: bool,
    /// When the ledger is to be asked again what is due.
    due_at: Option<UtcMs>,
    /// Reply times already told, soon and over.
    told: BTreeSet<(DispatchId, bool)>,
    /// How far each query's clock was told to have run.
    told_clocks: BTreeMap<DispatchId, ClockMark>,
    /// What was told of lines that were not answered, by the other side.
    told_line: BTreeSet<(PartyNo, Unanswered)>,
    /// Whether that alarm may be open; after a restart it may.
    line_alarm: bool,
    /// Whether messages go by the registry when the intermediary is silent.
    passes_by: bool,
    /// The channel's own templates and codebooks, and the set they make with the house's.
    files: Vec<OwnFile>,
    own: Option<Set>,
    files_dirty: bool,
    /// When the lines are looked at again.
    line_at: UtcMs,
}

impl Desk {
    /// The desk of a new station. A head is the first of its party in the registry and misses nothing there (REG-4).
    pub fn new(channel: ChannelId, party: PartyNo, member: MemberId, role: Role) -> Self {
        let whose = backchannel_accord::Desk { channel, party, member, names: BTreeMap::new() };
        Self {
            channel,
            party,
            book: Book::new(whose),
            early: BTreeMap::new(),
            guard: Guard::new(role == Role::Head),
            guard_dirty: false,
            seen: Seen::default(),
            through: None,
            held: BTreeMap::new(),
            locked: false,
            due_at: Some(UtcMs(0)),
            told: BTreeSet::new(),
            told_clocks: BTreeMap::new(),
            told_line: BTreeSet::new(),
            line_alarm: true,
            passes_by: false,
            files: Vec::new(),
            own: None,
            files_dirty: false,
            line_at: UtcMs(0),
        }
    }

    /// Makes the desk from what the vault holds.
    pub fn load(
        channel: ChannelId,
        party: PartyNo,
        member: MemberId,
        role: Role,
        guard: Option<&[u8]>,
        records: Vec<(Vec<u8>, Vec<u8>)>,
    ) -> Self {
        let mut desk = Self::new(channel, party, member, role);
        match guard.map(canonical::from_slice::<Guard>) {
            Some(Ok(guard)) => desk.guard = guard,
            // Without its state the guard cannot know what it missed.
            _ => desk.guard.complete &= records.is_empty(),
        }
        desk.take_records(records);
        desk
    }

    /// The own files to store, if they changed since they were last asked for.
    pub fn take_file_bytes(&mut self) -> Option<Vec<u8>> {
        std::mem::take(&mut self.files_dirty).then(|| canonical::to_vec(&self.files))
    }

    /// The guard's state to store, if it changed since it was last asked for.
    pub fn take_guard_bytes(&mut self) -> Option<Vec<u8>> {
        std::mem::take(&mut self.guard_dirty).then(|| canonical::to_vec(&self.guard))
    }

    /// The records are locked: texts leave memory (DESK-5).
    pub fn lock(&mut self) {
        // What may still go by the registry is kept as well (ROUTE-4).
        let unconveyed = self.book.ledger.unconveyed(Beat(u64::MAX));
        for id in self.guard.waiting.iter().chain(&unconveyed) {
            if let Some(event) = self.book.ledger.event(*id) {
                self.held.insert(*id, Zeroizing::new(event.to_bytes()));
            }
        }
        self.locked = true;
        for early in self.early.values_mut() {
            early.event = early.event.without_text();
        }
        self.book.strip();
    }

    /// The records are back, after unlocking or after some were burned: everything is folded again from what is left.
    pub fn unlock(&mut self, records: Vec<(Vec<u8>, Vec<u8>)>) {
        self.locked = false;
        self.held.clear();
        self.take_records(records);
    }

    fn take_records(&mut self, records: Vec<(Vec<u8>, Vec<u8>)>) {
        let mut stored: Vec<(u64, Stored)> =
            records.into_iter().filter_map(|(id, bytes)| Stored::read(&id, bytes)).collect();
        stored.sort_by_key(|(seq, _)| *seq);
        let highest = stored.last().map_or(0, |(seq, _)| *seq);
        let (mut lines, mut pages) = (Vec::new(), Vec::new());
        self.early.clear();
        for (seq, stored) in stored {
            match stored.kept {
                Kept::Early(admitted) => drop(self.early.insert(seq, admitted)),
                Kept::Page(page) => pages.push((PagePlace { room: stored.room, day: stored.day, seq }, page)),
                Kept::Line(_) => lines.push((seq, stored)),
            }
        }
        self.book.fold(lines, highest);
        self.seen = Seen::load(pages);
        self.due_at = Some(UtcMs(0));
        self.guard_after_load();
    }

    /// Takes notice of the facts that change seldom.
    fn meet(&mut self, facts: &Facts<'_>) {
        if !facts.others().eq(self.guard.others.iter().copied()) {
            self.guard.others = facts.others().collect();
            self.guard_dirty = true;
        }
        self.passes_by = facts.has_registry && facts.route.registry_after.is_some();
        self.book.ledger.set_guarded(facts.has_registry);
        let names = facts.names();
        if self.book.ledger.desk().names != names {
            self.book.ledger.set_names(names);
        }
    }
}
