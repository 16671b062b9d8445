//! What the relay remembers, as the machine and the stores exchange it.

use backchannel_wire::chain::{ChainError, Position, RoomChain, SealedBeat};
use backchannel_wire::limits::SEATS_MAX;
use backchannel_wire::lobby::{Blob, SeatKeys};
use backchannel_wire::plan::ChannelPlan;
use backchannel_wire::{Beat, ChannelId, Head, RoomId, SeatNo, UtcMs};
use std::sync::Arc;

/// A channel's constants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelRow {
    /// The channel.
    pub channel: ChannelId,
    /// When beat 0 began.
    pub t0: UtcMs,
    /// Its beat and frame shape.
    pub plan: ChannelPlan,
}

/// The first beat each seat does not hold durably; nothing for a seat that never said hello.
pub type Cursors = [Option<Beat>; SEATS_MAX];

/// Which of a seat's two places in the lobby.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Mailbox {
    /// What the seat left for a sponsor.
    Knock = 0,
    /// What a sponsor left for the seat.
    Answer = 1,
}

/// A blob in the lobby, without its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Whose place it is in.
    pub seat: SeatNo,
    /// Which of the seat's places.
    pub mailbox: Mailbox,
    /// Who left it.
    pub from: SeatNo,
    /// When.
    pub at: UtcMs,
}

/// A room as the store holds it, without its links.
#[derive(Clone, PartialEq, Eq)]
pub struct RoomRow {
    /// Which room.
    pub chain: RoomChain,
    /// Where its chain stands.
    pub position: Position,
    /// The first beat of the current segment.
    pub segment_first: Beat,
    /// How far its seats are.
    pub cursors: Cursors,
    /// What recognises its seats, in seat order.
    pub seats: Vec<SeatKeys>,
    /// What waits in its lobby.
    pub waiting: Vec<Waiting>,
}

/// Everything the machine starts from.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// All channels.
    pub channels: Vec<ChannelRow>,
    /// All rooms.
    pub rooms: Vec<RoomRow>,
}

/// One piece of a room's chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The segment it belongs to.
    pub segment: u32,
    /// Its first beat.
    pub first: Beat,
    /// Its last beat; for a segment's start, its first.
    pub last: Beat,
    /// The head after it.
    pub head: Head,
    /// What it holds.
    pub body: LinkBody,
}

/// What a link holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkBody {
    /// The start of a segment.
    SegmentStart,
    /// Beats without any cell, all sealed at one moment.
    EmptyRun {
        /// That moment.
        sealed_at: UtcMs,
    },
    /// One beat with its cells.
    Beat(Arc<SealedBeat>),
}

impl Link {
    /// A segment's start.
    pub fn start(genesis: &Position) -> Self {
        Self {
            segment: genesis.segment,
            first: genesis.next,
            last: genesis.next,
            head: genesis.head,
            body: LinkBody::SegmentStart,
        }
    }

    /// The position of whoever has followed the chain through this link.
    pub fn after(&self) -> Position {
        let next = if self.is_start() { self.first } else { self.last.plus(1) };
        Position { segment: self.segment, next, head: self.head }
    }

    /// Whether it starts a segment.
    pub fn is_start(&self) -> bool {
        self.body == LinkBody::SegmentStart
    }

    /// Whether somebody at `at` still lacks it.
    pub fn is_beyond(&self, at: &Position) -> bool {
        self.segment > at.segment || (self.segment == at.segment && !self.is_start() && self.last >= at.next)
    }

    /// The position after this link for somebody who stands at `at`, computed from the link's content.
    pub fn follow(&self, chain: &RoomChain, at: &Position) -> Result<Position, ChainError> {
        match &self.body {
            LinkBody::SegmentStart => Ok(chain.genesis(self.segment, self.first)),
            LinkBody::EmptyRun { sealed_at } => chain.after_empty_run(at, self.last, *sealed_at),
            LinkBody::Beat(sealed) => chain.after_beat(at, sealed),
        }
    }
}

/// A stretch of a room's chain, read from the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// The position before the first link the store retains.
    pub base: Position,
    /// The links from the place asked for, as many as fit.
    pub links: Vec<Link>,
}

/// One change of the store.
#[derive(Clone, PartialEq, Eq)]
pub enum Op {
    /// Adds a channel and its rooms.
    Create {
        /// The channel.
        channel: ChannelRow,
        /// Its rooms.
        rooms: Vec<RoomRow>,
    },
    /// Appends links to a room's chain.
    Append {
        /// The room.
        room: RoomId,
        /// The links, in order.
        links: Vec<Link>,
        /// Where the chain stands after them.
        position: Position,
        /// The first beat of the segment then.
        segment_first: Beat,
        /// How far the seats are.
        cursors: Box<Cursors>,
    },
    /// Drops the links that end below a beat.
    Prune {
        /// The room.
        room: RoomId,
        /// The beat.
        below: Beat,
    },
    /// Replaces what recognises a seat, and forgets its cursor and its places in the lobby.
    ReplaceKeys {
        /// The room.
        room: RoomId,
        /// The seat.
        seat: SeatNo,
        /// What takes the place.
        keys: SeatKeys,
    },
    /// Fills a place in the lobby.
    PutBlob {
        /// The room.
        room: RoomId,
        /// Where, by whom and when.
        waiting: Waiting,
        /// The sealed bytes.
        blob: Blob,
    },
    /// Empties a place in the lobby.
    DropBlob {
        /// The room.
        room: RoomId,
        /// Whose place.
        seat: SeatNo,
        /// Which place.
        mailbox: Mailbox,
    },
}

/// Changes that become durable together or not at all.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// The changes, in order.
    pub ops: Vec<Op>,
}
