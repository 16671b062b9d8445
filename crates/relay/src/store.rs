//! What the relay writes down: a trait, so that faults can be put between, and its two forms.

mod memory;
mod sqlite;

pub use memory::MemoryStore;
pub use sqlite::SqliteStore;

use crate::model::{Batch, Chunk, Mailbox, Snapshot};
use backchannel_wire::chain::Position;
use backchannel_wire::lobby::Blob;
use backchannel_wire::{RoomId, SeatNo};

/// Why the store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused.
    #[error("the database refused: {0}")]
    Database(#[from] rusqlite::Error),
    /// What is stored is not what this version writes.
    #[error("the store holds {0} that this version did not write")]
    Unreadable(&'static str),
    /// A change names a room that is not there.
    #[error("a change names something that is not stored")]
    Missing,
    /// A failure that a test put here.
    #[error("the store was made to fail")]
    Injected,
}

/// Keeps the relay's state. After an error nothing is known about the last batch: the state must be loaded again.
pub trait Store: Send {
    /// Reads everything the machine starts from.
    fn load(&mut self) -> Result<Snapshot, StoreError>;

    /// Makes a batch durable, whole or not at all.
    fn apply(&mut self, batch: &Batch) -> Result<(), StoreError>;

    /// Reads the links of a room that end at or above the position's next beat, in order: at least one if there is any,
    /// then as many as come before `bytes_max` is reached.
    fn links(&mut self, room: &RoomId, from: &Position, bytes_max: usize) -> Result<Chunk, StoreError>;

    /// Reads a blob of the lobby.
    fn blob(&mut self, room: &RoomId, seat: SeatNo, mailbox: Mailbox) -> Result<Option<Blob>, StoreError>;

    /// Forgets the last beats of every room, as an older copy of the store would have: only for playing a faithless or
    /// restored relay.
    fn roll_back(&mut self, beats: u64) -> Result<(), StoreError>;
}
