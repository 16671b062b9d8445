//! The relay's decisions, without sockets, files or clocks: inputs with `now` go in, effects are drained.
//!
//! The contract with whoever drives it: carry the effects out in order. [`Effect::Store`] is always the last of its
//! batch; answer it with [`Machine::stored`] once it is durable, before any other input. If it failed, nothing is known
//! about what is durable: throw the machine away and make another from the store. Sources: docs/spec/beats.md, frames.md, lobby.md.

mod beat;
mod connection;
mod lobby;
mod room;
mod serve;

use crate::hooks::{Faithful, Hooks};
use crate::limits::SWEEP_MS;
use crate::model::{Batch, ChannelRow, Chunk, Mailbox, Snapshot};
use crate::rate::Rate;
use backchannel_wire::chain::Position;
use backchannel_wire::plan::ChannelPlan;
use backchannel_wire::tagged::{self, Tag};
use backchannel_wire::token::OperatorToken;
use backchannel_wire::{Beat, ChannelId, RoomId, SeatNo, UtcMs};
use connection::Connection;
use room::Room;
use std::collections::{BTreeMap, BTreeSet};

/// A connection, as the shell numbers them; never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnId(pub u64);

/// What the operator sets that the machine needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Recognises the operator's token.
    pub operator: OperatorHash,
    /// Beats to wait after a start for the seats that followed closely, before missed beats are sealed.
    pub restart_grace_beats: u64,
    /// How long sealed beats are kept for seats that did not fetch them.
    pub retention_ms: u64,
    /// Channels the relay carries.
    pub channels_max: usize,
    /// How long a blob waits in the lobby.
    pub lobby_term_ms: u64,
    /// Lobby requests of one seat a minute.
    pub lobby_per_minute: u32,
}

/// The relay's copy of the operator's token; compared in constant time (TOKEN-2).
#[derive(Clone, Copy, Debug)]
pub struct OperatorHash([u8; 32]);

impl OperatorHash {
    /// What the relay keeps of the token.
    pub fn of(token: &OperatorToken) -> Self {
        Self(tagged::hash(Tag("backchannel operator hash v1"), &[token.expose()]))
    }

    fn fits(&self, token: &OperatorToken) -> bool {
        tagged::same(&self.0, &Self::of(token).0)
    }
}

/// Why a connection is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseReason {
    /// It sent something that is not a frame of the channel.
    Malformed,
    /// None of its tokens fits.
    Refused,
    /// Another connection with the same seat took its place.
    Replaced,
    /// The token it used was replaced.
    Revoked,
    /// Its request is answered.
    Answered,
}

/// What the driver must do.
#[derive(Clone, PartialEq, Eq)]
pub enum Effect {
    /// Send one message.
    Send {
        /// To whom.
        to: ConnId,
        /// The message.
        bytes: Vec<u8>,
    },
    /// Close a connection after what was sent before.
    Close {
        /// Which.
        to: ConnId,
        /// Why.
        reason: CloseReason,
    },
    /// Count a wrong token against the connection's address.
    WrongToken {
        /// Whose.
        from: ConnId,
    },
    /// Read links and give them to [`Machine::loaded`].
    Load {
        /// For which connection.
        to: ConnId,
        /// For which of its slots.
        slot: u8,
        /// The room.
        room: RoomId,
        /// From where.
        from: Position,
        /// How much.
        bytes_max: usize,
    },
    /// Read a blob of the lobby and give it to [`Machine::fetched`].
    Fetch {
        /// For which connection.
        to: ConnId,
        /// The room.
        room: RoomId,
        /// Whose place.
        seat: SeatNo,
        /// Which place.
        mailbox: Mailbox,
        /// Who left it.
        from: SeatNo,
    },
    /// Make this durable and call [`Machine::stored`].
    Store(Batch),
}

/// How often something happened that no honest station causes while its line and clock are good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Beats sealed, counted once a channel.
    pub beats: u64,
    /// Cells sealed.
    pub cells: u64,
    /// Frames whose beat had ended or was not near.
    pub untimely_frames: u64,
    /// Frames after the first for one beat.
    pub repeated_frames: u64,
    /// Segments opened because a station held more than the store.
    pub segments_opened: u64,
}

struct Channel {
    t0: UtcMs,
    plan: ChannelPlan,
    rooms: Vec<RoomId>,
    connections: BTreeSet<ConnId>,
    due: Option<UtcMs>,
}

impl Channel {
    fn new(row: &ChannelRow) -> Self {
        Self { t0: row.t0, plan: row.plan, rooms: Vec::new(), connections: BTreeSet::new(), due: None }
    }

    /// The beat in progress.
    fn beat_at(&self, now: UtcMs) -> Beat {
        Beat(now.0.saturating_sub(self.t0.0) / u64::from(self.plan.beat_ms()))
    }

    fn end_of(&self, beat: Beat) -> UtcMs {
        let elapsed = beat.plus(1).0.saturating_mul(u64::from(self.plan.beat_ms()));
        UtcMs(self.t0.0.saturating_add(elapsed))
    }
}

/// What follows once the batch in flight is durable.
enum Writing {
    Beats(beat::Sealing),
    Lobby(lobby::AfterStore),
}

/// The relay's state and rules.
pub struct Machine {
    settings: Settings,
    hooks: Box<dyn Hooks>,
    channels: BTreeMap<ChannelId, Channel>,
    rooms: BTreeMap<RoomId, Room>,
    connections: BTreeMap<ConnId, Connection>,
    due: BTreeSet<(UtcMs, ChannelId)>,
    sweep_at: UtcMs,
    lobby_rate: Rate<(RoomId, SeatNo)>,
    writing: Option<Writing>,
    effects: Vec<Effect>,
    counters: Counters,
}

impl Machine {
    /// Starts from what the store holds.
    pub fn new(snapshot: Snapshot, settings: Settings, hooks: Box<dyn Hooks>, now: UtcMs) -> Self {
        let mut channels: BTreeMap<_, _> =
            snapshot.channels.iter().map(|row| (row.channel, Channel::new(row))).collect();
        let mut rooms = BTreeMap::new();
        for row in snapshot.rooms {
            let Some(channel) = channels.get_mut(&row.chain.channel) else { continue };
            let grace_ms = settings.restart_grace_beats.saturating_mul(u64::from(channel.plan.beat_ms()));
            channel.rooms.push(row.chain.room);
            rooms.insert(row.chain.room, Room::restored(row, UtcMs(now.0.saturating_add(grace_ms))));
        }
        let seats = rooms.len().saturating_mul(backchannel_wire::limits::SEATS_MAX);
        Self {
            lobby_rate: Rate::new(settings.lobby_per_minute, crate::limits::MINUTE_MS, seats.max(1024)),
            settings,
            hooks,
            channels,
            rooms,
            connections: BTreeMap::new(),
            due: BTreeSet::new(),
            sweep_at: UtcMs(now.0.saturating_add(SWEEP_MS)),
            writing: None,
            effects: Vec::new(),
            counters: Counters::default(),
        }
    }

    /// Forgets everything and starts again from what the store holds; only the hooks stay.
    pub fn restart(&mut self, snapshot: Snapshot, now: UtcMs) {
        let hooks = std::mem::replace(&mut self.hooks, Box::new(Faithful));
        *self = Self::new(snapshot, self.settings.clone(), hooks, now);
    }

    /// The time a relay with these hooks acts by.
    pub fn clock(&mut self, now: UtcMs) -> UtcMs {
        self.hooks.clock(now)
    }

    /// How many beats a faithless relay would now forget.
    pub fn roll_back_wanted(&mut self, now: UtcMs) -> Option<u64> {
        self.hooks.roll_back(now)
    }

    /// When the next tick is due at the latest.
    pub fn next_tick(&self) -> UtcMs {
        self.due.first().map_or(self.sweep_at, |(at, _)| self.sweep_at.min(*at))
    }

    /// What to do now, in order.
    pub fn drain(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// What has been counted since the start.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// Connections that hold seats.
    pub fn stations(&self) -> usize {
        self.connections.len()
    }

    /// The batch of the last [`Effect::Store`] is durable.
    pub fn stored(&mut self) {
        match self.writing.take() {
            Some(Writing::Beats(sealing)) => self.beats_stored(sealing),
            Some(Writing::Lobby(after)) => self.lobby_stored(after),
            None => {}
        }
    }

    /// What [`Effect::Load`] asked for.
    pub fn loaded(&mut self, to: ConnId, slot: u8, chunk: Chunk) {
        let slot = self.connections.get_mut(&to).and_then(|connection| connection.slot_mut(slot));
        if let Some(slot) = slot {
            slot.take_chunk(chunk);
        }
        self.locate(to);
    }

    fn send(&mut self, to: ConnId, bytes: Vec<u8>) {
        self.effects.push(Effect::Send { to, bytes });
    }

    fn store(&mut self, batch: Batch, then: Writing) {
        self.effects.push(Effect::Store(batch));
        self.writing = Some(then);
    }
}
