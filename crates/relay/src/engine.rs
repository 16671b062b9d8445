//! Joins the machine and a store: one input in, what goes to connections out. No clock and no sockets here either.

use crate::hooks::Hooks;
use crate::machine::{CloseReason, ConnId, Counters, Effect, Machine, Settings};
use crate::store::{Store, StoreError};
use backchannel_wire::UtcMs;

/// What reaches the relay.
#[derive(Clone, PartialEq, Eq)]
pub enum Input {
    /// The first message of a beat connection.
    Hello(ConnId, Vec<u8>),
    /// A later message of a beat connection.
    Up(ConnId, Vec<u8>),
    /// The message of a lobby connection.
    Lobby(ConnId, Vec<u8>),
    /// A connection has ended.
    Closed(ConnId),
    /// Time has come.
    Tick,
}

/// What leaves the relay.
#[derive(Clone, PartialEq, Eq)]
pub enum Output {
    /// Send one message.
    Send(ConnId, Vec<u8>),
    /// Close a connection after what was sent before.
    Close(ConnId, CloseReason),
    /// Count a wrong token against the connection's address.
    WrongToken(ConnId),
    /// The store failed or was rolled back and the state was loaded anew: close every connection.
    CloseAll,
}

/// A relay without a shell.
pub struct Engine<S> {
    store: S,
    machine: Machine,
}

impl<S: Store> Engine<S> {
    /// Loads the state and starts.
    pub fn new(
        mut store: S,
        settings: Settings,
        hooks: Box<dyn Hooks>,
        now: UtcMs,
    ) -> Result<Self, StoreError> {
        let machine = Machine::new(store.load()?, settings, hooks, now);
        Ok(Self { store, machine })
    }

    /// When the next [`Input::Tick`] is due at the latest.
    pub fn next_tick(&self) -> UtcMs {
        self.machine.next_tick()
    }

    /// What has been counted since the state was last loaded.
    pub fn counters(&self) -> Counters {
        self.machine.counters()
    }

    /// Connections that hold seats.
    pub fn stations(&self) -> usize {
        self.machine.stations()
    }

    /// The time a relay with these hooks acts by.
    pub fn clock(&mut self, now: UtcMs) -> UtcMs {
        self.machine.clock(now)
    }

    /// Gives the store back, as a crash would leave it.
    pub fn into_store(self) -> S {
        self.store
    }

    /// Takes one input. After an error call [`Self::reload`] before the next; what was not acknowledged may be lost.
    pub fn handle(&mut self, input: Input, now: UtcMs) -> Result<Vec<Output>, StoreError> {
        let mut out = Vec::new();
        match input {
            Input::Hello(from, bytes) => self.machine.hello(from, &bytes, now),
            Input::Up(from, bytes) => self.machine.up(from, &bytes, now),
            Input::Lobby(from, bytes) => self.machine.lobby(from, &bytes, now),
            Input::Closed(from) => self.machine.closed(from),
            Input::Tick => self.tick(now, &mut out)?,
        }
        let mut effects = self.machine.drain();
        while !effects.is_empty() {
            for effect in effects {
                self.carry_out(effect, &mut out)?;
            }
            effects = self.machine.drain();
        }
        Ok(out)
    }

    fn tick(&mut self, now: UtcMs, out: &mut Vec<Output>) -> Result<(), StoreError> {
        if let Some(beats) = self.machine.roll_back_wanted(now) {
            self.store.roll_back(beats)?;
            self.reload(now)?;
            out.push(Output::CloseAll);
        }
        self.machine.tick(now);
        Ok(())
    }

    fn carry_out(&mut self, effect: Effect, out: &mut Vec<Output>) -> Result<(), StoreError> {
        match effect {
            Effect::Send { to, bytes } => out.push(Output::Send(to, bytes)),
            Effect::Close { to, reason } => out.push(Output::Close(to, reason)),
            Effect::WrongToken { from } => out.push(Output::WrongToken(from)),
            Effect::Load { to, slot, room, from, bytes_max } => {
                self.machine.loaded(to, slot, self.store.links(&room, &from, bytes_max)?);
            }
            Effect::Fetch { to, room, seat, mailbox, from } => {
                self.machine.fetched(to, mailbox, from, self.store.blob(&room, seat, mailbox)?);
            }
            Effect::Store(batch) => {
                self.store.apply(&batch)?;
                self.machine.stored();
            }
        }
        Ok(())
    }

    /// After a failure of the store: loads what is durable and starts from it. Every connection must be closed.
    pub fn reload(&mut self, now: UtcMs) -> Result<(), StoreError> {
        self.machine.restart(self.store.load()?, now);
        Ok(())
    }
}
