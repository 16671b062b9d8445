//! The relay, the stations and the lines between them, moved on beat by beat.

use backchannel_relay::engine::{Engine, Input, Output};
use backchannel_relay::hooks::{Faithful, Hooks};
use backchannel_relay::machine::{ConnId, OperatorHash, Settings};
use backchannel_relay::store::MemoryStore;
use backchannel_station::api::{Request, Response};
use backchannel_station::machine::profile::Me;
use backchannel_station::machine::{Effect, Machine};
use backchannel_station::setup::ConveneOptions;
use backchannel_station::setup::plan::Plan;
use backchannel_station::store::{Batch, Key, Value};
use backchannel_wire::lobby::{LobbyReply, LobbyRequest};
use backchannel_wire::token::OperatorToken;
use backchannel_wire::{Beat, UtcMs};
use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};
use serde_json::Value as Json;
use std::collections::{BTreeMap, VecDeque};

/// A station's vault in memory: what was made durable.
pub type Durable = BTreeMap<Key, Value>;

/// One station.
pub struct Node {
    /// How the test calls it.
    pub name: String,
    /// The machine; nothing while the process is down.
    pub machine: Option<Machine>,
    /// What is durable.
    pub durable: Durable,
    conn: Option<ConnId>,
    /// Whether its line works.
    pub line: bool,
    replies: BTreeMap<u64, Response>,
    next_ticket: u64,
}

/// Everything.
pub struct World {
    /// The relay; nothing while it is down.
    pub relay: Option<Engine<MemoryStore>>,
    store: Option<MemoryStore>,
    /// The stations.
    pub nodes: Vec<Node>,
    /// The clock.
    pub now: UtcMs,
    /// When beat 0 began.
    pub t0: UtcMs,
    /// The length of a beat.
    pub beat_ms: u32,
    /// The next beat.
    pub beat: Beat,
    rng: ChaCha20Rng,
    next_conn: u64,
    /// Frames that are on their way up: who, and what.
    up: VecDeque<(usize, Vec<u8>)>,
    hooks: fn() -> Box<dyn Hooks>,
}

fn settings(operator: &OperatorToken) -> Settings {
    Settings {
        operator: OperatorHash::of(operator),
        restart_grace_beats: 4,
        retention_ms: 3_600_000,
        channels_max: 4,
        lobby_term_ms: 3_600_000,
        lobby_per_minute: 120,
    }
}

fn operator() -> OperatorToken {
    OperatorToken::new([7; 32])
}

impl World {
    /// Convenes a channel of Alpha and Bravo; the heads have accepted, nobody has joined yet.
    pub fn convene(seed: u64) -> Self {
        Self::convene_with(seed, || Box::new(Faithful))
    }

    /// As [`Self::convene`], with a relay that may be faithless.
    pub fn convene_with(seed: u64, hooks: fn() -> Box<dyn Hooks>) -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let now = UtcMs(1_800_000_000_000);
        let options = ConveneOptions {
            relay_addr: "relay.example:7443".to_owned(),
            relay_pin: [1; 32],
            operator_token: operator(),
            channel_label: "quiet pact".to_owned(),
            parties: vec!["alpha".to_owned(), "bravo".to_owned()],
            beat_ms: 1000,
            caucus_capacity: 4,
            delegation_capacity: 4,
            registry_capacity: Some(8),
        };
        let mut relay =
            Engine::new(MemoryStore::default(), settings(&operator()), hooks(), now).expect("memory does not fail");
        let plan = Plan::new(&options, &mut rng).expect("the options are good");
        let request = LobbyRequest::CreateChannel(plan.request(&options).expect("the options are good"));
        let bytes = request.encode().expect("a channel request fits");
        let out = relay.handle(Input::Lobby(ConnId(1), bytes.to_vec()), now).expect("memory does not fail");
        let t0 = match reply_of(&out) {
            Some(LobbyReply::Created { t0, .. }) => t0,
            _ => panic!("the relay did not create the channel"),
        };
        let (me, invitations) = plan.invitations(&options, t0, now, &mut rng).expect("the options are good");
        let mut world = Self {
            relay: Some(relay),
            store: None,
            nodes: Vec::new(),
            now: t0,
            t0,
            beat_ms: options.beat_ms,
            beat: Beat(0),
            rng,
            next_conn: 1,
            up: VecDeque::new(),
            hooks,
        };
        world.add("intermediary", &me);
        for (label, invitation) in invitations {
            world.accept(&label, &invitation);
        }
        world
    }

    /// Somebody accepts an invitation on a station of that name.
    pub fn accept(&mut self, name: &str, invitation: &str) -> usize {
        let invitation = backchannel_assurance::Invitation::from_text(invitation).expect("the invitation is good");
        let me = Me::accept(invitation, self.now, &mut self.rng).expect("the invitation is good");
        self.add(name, &me)
    }

    fn add(&mut self, name: &str, me: &Me) -> usize {
        let mut durable = Durable::new();
        apply(&mut durable, &Machine::create(me));
        self.nodes.push(Node {
            name: name.to_owned(),
            machine: None,
            durable,
            conn: None,
            line: true,
            replies: BTreeMap::new(),
            next_ticket: 0,
        });
        let at = self.nodes.len() - 1;
        self.start(at);
        at
    }

    /// The station of that name.
    pub fn node(&self, name: &str) -> usize {
        self.nodes.iter().position(|node| node.name == name).expect("a station of that name")
    }

    /// Starts a station's process from what is durable.
    pub fn start(&mut self, at: usize) {
        let mut seed = [0; 32];
        self.rng.fill_bytes(&mut seed);
        let records = self.nodes[at].durable.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
        let machine = Machine::load(records, seed, self.now).expect("the vault is whole");
        self.nodes[at].machine = Some(machine);
        self.drain(at);
    }

    /// Kills a station's process: what was not durable is gone.
    pub fn kill(&mut self, at: usize) {
        self.hang_up(at);
        self.nodes[at].machine = None;
    }

    /// Kills the relay's process.
    pub fn kill_relay(&mut self) {
        self.store = self.relay.take().map(Engine::into_store);
        self.up.clear();
        for at in 0..self.nodes.len() {
            self.nodes[at].conn = None;
            let now = self.now;
            if let Some(machine) = &mut self.nodes[at].machine {
                machine.disconnected(now);
            }
            self.drain(at);
        }
    }

    /// Starts the relay again from its store.
    pub fn start_relay(&mut self) {
        let store = self.store.take().expect("the relay was killed");
        let relay = Engine::new(store, settings(&operator()), (self.hooks)(), self.now);
        self.relay = Some(relay.expect("memory does not fail"));
    }

    /// Cuts a station's line; it opens again when `line` is set.
    pub fn cut(&mut self, at: usize) {
        self.nodes[at].line = false;
        self.hang_up(at);
    }

    fn hang_up(&mut self, at: usize) {
        let now = self.now;
        self.up.retain(|(from, _)| *from != at);
        if let Some(conn) = self.nodes[at].conn.take() {
            if let Some(relay) = &mut self.relay {
                let out = relay.handle(Input::Closed(conn), now).expect("memory does not fail");
                self.deliver(out);
            }
            if let Some(machine) = &mut self.nodes[at].machine {
                machine.disconnected(now);
            }
            self.drain(at);
        }
    }

    /// Asks a station something.
    pub fn ask(&mut self, at: usize, request: Request) -> Response {
        let now = self.now;
        let node = &mut self.nodes[at];
        node.next_ticket += 1;
        let ticket = node.next_ticket;
        if let Some(machine) = &mut node.machine {
            machine.command(ticket, request, now);
        }
        self.drain(at);
        self.nodes[at].replies.remove(&ticket).expect("every command is answered")
    }

    /// Asks, and expects an object.
    pub fn ok(&mut self, at: usize, request: Request) -> Json {
        match self.ask(at, request) {
            Response::Ok(value) => value,
            Response::Error(failure) => panic!("{}: {} {}", self.nodes[at].name, failure.message, failure.hint),
        }
    }

    /// Plays `beats` beats.
    pub fn run(&mut self, beats: u64) {
        for _ in 0..beats {
            self.step();
        }
    }

    /// Plays beats until the condition holds, at most `beats`; whether it came to hold.
    pub fn until(&mut self, beats: u64, mut done: impl FnMut(&mut Self) -> bool) -> bool {
        for _ in 0..beats {
            if done(self) {
                return true;
            }
            self.step();
        }
        done(self)
    }

    /// Plays one beat: frames go up at its beginning, the relay seals at its end, frames come down, time passes.
    pub fn step(&mut self) {
        let length = u64::from(self.beat_ms);
        let begins = self.t0.0 + self.beat.0 * length;
        self.now = UtcMs(begins + length / 50);
        for at in 0..self.nodes.len() {
            self.connect(at);
            self.post(at);
        }
        while let Some((at, frame)) = self.up.pop_front() {
            self.send_up(at, frame);
        }
        self.beat = self.beat.plus(1);
        self.now = UtcMs(begins + length + 1);
        if let Some(relay) = &mut self.relay {
            let out = relay.handle(Input::Tick, self.now).expect("memory does not fail");
            self.deliver(out);
        }
        for at in 0..self.nodes.len() {
            let now = self.now;
            if let Some(machine) = &mut self.nodes[at].machine {
                machine.tick(now);
            }
            self.drain(at);
        }
    }

    fn connect(&mut self, at: usize) {
        let (now, node) = (self.now, &mut self.nodes[at]);
        if node.conn.is_some() || !node.line || self.relay.is_none() {
            return;
        }
        let Some(hello) = node.machine.as_mut().and_then(Machine::hello) else { return };
        self.next_conn += 1;
        let conn = ConnId(self.next_conn);
        node.conn = Some(conn);
        if let Some(relay) = &mut self.relay {
            let out = relay.handle(Input::Hello(conn, hello.to_vec()), now).expect("memory does not fail");
            let ack = out.iter().find_map(|out| match out {
                Output::Send(to, bytes) if *to == conn => Some(bytes.clone()),
                _ => None,
            });
            let usable = match (&mut self.nodes[at].machine, ack) {
                (Some(machine), Some(ack)) => machine.accepted(&ack, now),
                _ => false,
            };
            if !usable {
                self.nodes[at].conn = None;
            }
            let rest = out.into_iter().filter(|out| !matches!(out, Output::Send(to, _) if *to == conn)).collect();
            self.deliver(rest);
        }
        self.drain(at);
    }

    fn post(&mut self, at: usize) {
        let (now, beat, node) = (self.now, self.beat, &mut self.nodes[at]);
        if node.conn.is_some() {
            if let Some(machine) = &mut node.machine {
                machine.build(beat, now);
            }
            self.drain(at);
        }
    }

    fn send_up(&mut self, at: usize, frame: Vec<u8>) {
        let (Some(conn), Some(relay)) = (self.nodes[at].conn, &mut self.relay) else { return };
        let out = relay.handle(Input::Up(conn, frame), self.now).expect("memory does not fail");
        self.deliver(out);
    }

    fn deliver(&mut self, out: Vec<Output>) {
        for output in out {
            match output {
                Output::Send(to, bytes) => {
                    let now = self.now;
                    let Some(at) = self.nodes.iter().position(|node| node.conn == Some(to)) else { continue };
                    if let Some(machine) = &mut self.nodes[at].machine {
                        machine.frame(&bytes, now);
                    }
                    self.drain(at);
                }
                Output::Close(to, _) => {
                    if let Some(at) = self.nodes.iter().position(|node| node.conn == Some(to)) {
                        self.nodes[at].conn = None;
                        let now = self.now;
                        if let Some(machine) = &mut self.nodes[at].machine {
                            machine.disconnected(now);
                        }
                        self.drain(at);
                    }
                }
                Output::CloseAll => {
                    for at in 0..self.nodes.len() {
                        self.nodes[at].conn = None;
                    }
                }
                Output::WrongToken(_) => {}
            }
        }
    }

    /// Carries out a station's effects, in order.
    fn drain(&mut self, at: usize) {
        while let Some(effect) = self.nodes[at].machine.as_mut().and_then(Machine::effect) {
            match effect {
                Effect::Persist(batch) => apply(&mut self.nodes[at].durable, &batch),
                Effect::Frame(frame) => self.up.push_back((at, frame)),
                Effect::Reconnect => self.hang_up(at),
                Effect::Lobby(ticket, request) => self.lobby(at, ticket, &request),
                Effect::Reply(ticket, response) => drop(self.nodes[at].replies.insert(ticket, response)),
                Effect::Lock(ticket) => {
                    let now = self.now;
                    if let Some(machine) = &mut self.nodes[at].machine {
                        machine.locked(now);
                    }
                    self.done(at, ticket);
                }
                Effect::Unlock(ticket, _) => {
                    let (now, said) = (self.now, said(&self.nodes[at].durable));
                    if let Some(machine) = &mut self.nodes[at].machine {
                        machine.unlocked(said, now);
                    }
                    self.done(at, ticket);
                }
                Effect::Burn(ticket, room, day) => {
                    let burned = |key: &Key| key.room == Some(room) && key.day.is_some() && (day.is_none() || key.day == day);
                    self.nodes[at].durable.retain(|key, _| !burned(key));
                    let (now, said) = (self.now, said(&self.nodes[at].durable));
                    if let Some(machine) = &mut self.nodes[at].machine {
                        machine.burned(said, now);
                    }
                    self.done(at, ticket);
                }
                Effect::Stop(ticket) => self.done(at, ticket),
            }
        }
    }

    fn done(&mut self, at: usize, ticket: u64) {
        self.nodes[at].replies.insert(ticket, Response::Ok(serde_json::json!({ "v": 1, "done": true })));
    }

    fn lobby(&mut self, at: usize, ticket: u64, request: &LobbyRequest) {
        self.next_conn += 1;
        let conn = ConnId(self.next_conn);
        let now = self.now;
        let reachable = self.nodes[at].line;
        let reply = match (&mut self.relay, request.encode()) {
            (Some(relay), Ok(bytes)) if reachable => {
                let out = relay.handle(Input::Lobby(conn, bytes.to_vec()), now).expect("memory does not fail");
                let reply = out.iter().find_map(|out| match out {
                    Output::Send(to, bytes) if *to == conn => Some(bytes.clone()),
                    _ => None,
                });
                let rest = out.into_iter().filter(|out| !matches!(out, Output::Send(to, _) | Output::Close(to, _) if *to == conn));
                let rest = rest.collect();
                self.deliver(rest);
                reply
            }
            _ => None,
        };
        if let Some(machine) = &mut self.nodes[at].machine {
            machine.lobby(ticket, reply.as_deref(), now);
        }
    }
}

fn apply(durable: &mut Durable, batch: &Batch) {
    for (key, value) in batch.iter() {
        match value {
            Some(value) => drop(durable.insert(key.clone(), value.clone())),
            None => drop(durable.remove(key)),
        }
    }
}

fn said(durable: &Durable) -> Vec<(Vec<u8>, Vec<u8>)> {
    let records = durable.iter().filter(|(key, _)| key.space == backchannel_station::machine::spaces::RECORD);
    records.map(|(key, value)| (key.id.clone(), value.to_vec())).collect()
}

fn reply_of(out: &[Output]) -> Option<LobbyReply> {
    out.iter().find_map(|out| match out {
        Output::Send(_, bytes) => LobbyReply::decode(bytes).ok(),
        _ => None,
    })
}
