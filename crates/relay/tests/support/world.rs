//! A relay without a shell, and stations that follow the chain, on an invented clock.

#![allow(dead_code, reason = "each test binary uses a part")]

use backchannel_relay::engine::{Engine, Input, Output};
use backchannel_relay::hooks::{Faithful, Hooks};
use backchannel_relay::machine::{CloseReason, ConnId, OperatorHash, Settings};
use backchannel_relay::store::{Store, StoreError};
use backchannel_wire::chain::{ChainError, Position, RoomChain};
use backchannel_wire::frame::*;
use backchannel_wire::limits::CELL_BYTES;
use backchannel_wire::lobby::*;
use backchannel_wire::token::*;
use backchannel_wire::{Beat, ChannelId, RoomId, SeatNo, UtcMs};
use std::collections::BTreeMap;

pub const BEAT_MS: u64 = 1_000;
pub const T0: u64 = 1_000_000;
pub const CHANNEL: ChannelId = ChannelId([1; 16]);
pub const GRACE_BEATS: u64 = 3;
pub const RETENTION_BEATS: u64 = 200;

pub fn seat(n: u8) -> SeatNo {
    SeatNo::new(n).unwrap()
}

pub fn operator() -> OperatorToken {
    OperatorToken::new([5; 32])
}

pub fn settings() -> Settings {
    Settings {
        operator: OperatorHash::of(&operator()),
        restart_grace_beats: GRACE_BEATS,
        retention_ms: RETENTION_BEATS * BEAT_MS,
        channels_max: 4,
        lobby_term_ms: 3_600_000,
        lobby_per_minute: 30,
    }
}

/// One channel: room `r` has the identifier of sixteen bytes `r`, and four seats.
#[derive(Clone)]
pub struct Plan {
    pub rooms: u8,
    pub shape: FrameShape,
}

impl Default for Plan {
    fn default() -> Self {
        Self { rooms: 1, shape: FrameShape::new(2, 8).unwrap() }
    }
}

pub fn room(n: u8) -> RoomId {
    RoomId([n; 16])
}

pub fn chain(n: u8) -> RoomChain {
    RoomChain::new(CHANNEL, room(n), 4).unwrap()
}

pub fn token(r: u8, s: u8) -> SeatToken {
    PartySeed::new([6; 32]).token(&room(r), seat(s))
}

pub fn revoker(r: u8, s: u8) -> Revoker {
    PartySeed::new([6; 32]).revoker(&room(r), seat(s))
}

pub fn keys_of(token: &SeatToken, revoker: &Revoker) -> SeatKeys {
    SeatKeys { token: token.hash(), revoker: revoker.hash(), head_mac: token.head_mac_key() }
}

pub fn claim(r: u8, s: u8) -> SeatClaim {
    SeatClaim { room: room(r), seat: seat(s), token: token(r, s) }
}

impl Plan {
    pub fn request(&self) -> ChannelRequest {
        let seats = |r| (0..4).map(|s| keys_of(&token(r, s), &revoker(r, s))).collect();
        ChannelRequest {
            operator: operator(),
            channel: CHANNEL,
            beat_ms: BEAT_MS as u32,
            frame_rooms: self.shape.rooms(),
            down_cells: self.shape.down_cells(),
            rooms: (0..self.rooms)
                .map(|r| RoomPlan { room: room(r), capacity: 4, seats: seats(r) })
                .collect(),
        }
    }
}

/// A seat in each of some rooms, and what its station holds.
pub struct Station {
    pub seats: Vec<(u8, u8)>,
    pub positions: Vec<Position>,
    pub conn: Option<ConnId>,
    pub records: Vec<SlotRecord>,
    pub frames: Vec<DownFrame>,
    /// What it saw in each place: room, beat, seat.
    pub seen: BTreeMap<(u8, u64, u8), u8>,
    pub error: Option<ChainError>,
}

impl Station {
    pub fn new(seats: Vec<(u8, u8)>) -> Self {
        let positions = seats.iter().map(|(r, _)| chain(*r).genesis(0, Beat(0))).collect();
        Self {
            seats,
            positions,
            conn: None,
            records: Vec::new(),
            frames: Vec::new(),
            seen: BTreeMap::new(),
            error: None,
        }
    }

    pub fn hello(&self) -> Hello {
        let slots = self.seats.iter().zip(&self.positions).map(|((r, s), position)| HelloSlot {
            room: room(*r),
            seat: seat(*s),
            token: token(*r, *s),
            position: *position,
        });
        Hello { channel: CHANNEL, slots: slots.collect() }
    }

    fn take(&mut self, frame: DownFrame) {
        for SlotRecord { slot, record } in &frame.records {
            let at = usize::from(*slot);
            let (r, s) = self.seats[at];
            let key = token(r, s).head_mac_key();
            match record.follow(&chain(r), &self.positions[at], seat(s), &key) {
                Ok(position) => self.positions[at] = position,
                Err(error) => self.error = self.error.or(Some(error)),
            }
            if let Record::Beat { sealed, .. } = record {
                let cells = (0u8..).zip(&sealed.cells);
                let seen = cells.filter_map(|(s, cell)| Some(((r, sealed.beat.0, s), cell.as_ref()?[0])));
                self.seen.extend(seen);
            }
            self.records.push(SlotRecord { slot: *slot, record: record.clone() });
        }
        self.frames.push(frame);
    }
}

pub struct World<S> {
    pub engine: Option<Engine<S>>,
    pub now: u64,
    pub plan: Plan,
    pub stations: Vec<Station>,
    pub closed: Vec<(ConnId, CloseReason)>,
    pub wrong_tokens: usize,
    pub acks: Vec<HelloAck>,
    next_conn: u64,
}

impl<S: Store> World<S> {
    /// A relay with one channel, at the start of beat 0.
    pub fn new(store: S, plan: Plan, stations: Vec<Station>) -> Self {
        Self::with_hooks(store, plan, stations, Box::new(Faithful))
    }

    pub fn with_hooks(store: S, plan: Plan, stations: Vec<Station>, hooks: Box<dyn Hooks>) -> Self {
        let engine = Engine::new(store, settings(), hooks, UtcMs(T0)).unwrap();
        let mut world = Self {
            engine: Some(engine),
            now: T0,
            plan,
            stations,
            closed: Vec::new(),
            wrong_tokens: 0,
            acks: Vec::new(),
            next_conn: 0,
        };
        let created = world.lobby(&LobbyRequest::CreateChannel(world.plan.request()));
        assert_eq!(created, LobbyReply::Created { t0: UtcMs(T0), beat_ms: BEAT_MS as u32 });
        world
    }

    pub fn engine(&mut self) -> &mut Engine<S> {
        self.engine.as_mut().unwrap()
    }

    pub fn beat(&self) -> u64 {
        (self.now - T0) / BEAT_MS
    }

    pub fn input(&mut self, input: Input) -> Result<(), StoreError> {
        let now = UtcMs(self.now);
        let outputs = self.engine().handle(input, now)?;
        outputs.into_iter().for_each(|output| self.output(output));
        Ok(())
    }

    fn output(&mut self, output: Output) {
        match output {
            Output::Send(to, bytes) => {
                let shape = self.plan.shape;
                let station = self.stations.iter_mut().find(|station| station.conn == Some(to));
                let Some(station) = station else { return };
                match HelloAck::decode(&bytes) {
                    Ok(ack) => self.acks.push(ack),
                    Err(_) => station.take(DownFrame::decode(&bytes, &shape).unwrap()),
                }
            }
            Output::Close(to, reason) => {
                self.closed.push((to, reason));
                self.stations.iter_mut().filter(|s| s.conn == Some(to)).for_each(|s| s.conn = None);
            }
            Output::WrongToken(_) => self.wrong_tokens += 1,
            Output::CloseAll => self.stations.iter_mut().for_each(|station| station.conn = None),
        }
    }

    /// One lobby exchange.
    pub fn lobby(&mut self, request: &LobbyRequest) -> LobbyReply {
        self.lobby_bytes(request.encode().unwrap().to_vec())
    }

    pub fn lobby_bytes(&mut self, bytes: Vec<u8>) -> LobbyReply {
        self.next_conn += 1;
        let (conn, now) = (ConnId(self.next_conn), UtcMs(self.now));
        let outputs = self.engine().handle(Input::Lobby(conn, bytes), now).unwrap();
        let mut reply = None;
        for output in outputs {
            match output {
                Output::Send(to, bytes) if to == conn => reply = Some(LobbyReply::decode(&bytes).unwrap()),
                Output::Close(to, CloseReason::Answered) if to == conn => {}
                other => self.output(other),
            }
        }
        reply.expect("no reply")
    }

    pub fn connect(&mut self, at: usize) -> Result<(), StoreError> {
        let hello = self.stations[at].hello();
        self.connect_with(at, &hello)
    }

    pub fn connect_with(&mut self, at: usize, hello: &Hello) -> Result<(), StoreError> {
        self.disconnect(at)?;
        self.next_conn += 1;
        let conn = ConnId(self.next_conn);
        self.stations[at].conn = Some(conn);
        let bytes = hello.encode(&self.plan.shape).unwrap().to_vec();
        self.input(Input::Hello(conn, bytes))
    }

    pub fn disconnect(&mut self, at: usize) -> Result<(), StoreError> {
        match self.stations[at].conn.take() {
            Some(conn) => self.input(Input::Closed(conn)),
            None => Ok(()),
        }
    }

    /// Posts one cell of the given byte in every room of the station.
    pub fn post(&mut self, at: usize, byte: u8) -> Result<(), StoreError> {
        let beat = self.beat();
        self.post_for(at, byte, beat)
    }

    pub fn post_for(&mut self, at: usize, byte: u8, beat: u64) -> Result<(), StoreError> {
        let station = &self.stations[at];
        let Some(conn) = station.conn else { return Ok(()) };
        let slots = station
            .positions
            .iter()
            .map(|position| UpSlot { next: position.next, cell: Some(Box::new([byte; CELL_BYTES])) });
        let frame = UpFrame { beat: Beat(beat), slots: slots.collect() };
        let bytes = frame.encode(&self.plan.shape).unwrap();
        self.input(Input::Up(conn, bytes))
    }

    /// Lets time pass, ticking whenever a tick is due.
    pub fn pass(&mut self, ms: u64) -> Result<(), StoreError> {
        let end = self.now + ms;
        while self.engine().next_tick().0 <= end {
            self.now = self.now.max(self.engine().next_tick().0);
            self.input(Input::Tick)?;
        }
        self.now = end;
        Ok(())
    }

    pub fn pass_beats(&mut self, beats: u64) {
        self.pass(beats * BEAT_MS).unwrap();
    }

    /// Lets time pass while nothing runs, as when a machine sleeps.
    pub fn stall(&mut self, ms: u64) {
        self.now += ms;
    }

    /// The process dies and starts again on what the store holds.
    pub fn crash(&mut self) {
        self.crash_to(|store| store);
    }

    pub fn crash_to(&mut self, change: impl FnOnce(S) -> S) {
        let store = change(self.engine.take().unwrap().into_store());
        self.engine = Some(Engine::new(store, settings(), Box::new(Faithful), UtcMs(self.now)).unwrap());
        self.stations.iter_mut().for_each(|station| station.conn = None);
    }
}
