//! The relay, the stations and the lines between them, moved on beat by beat.

use crate::weather::{RelayFate, Weather};
use backchannel_assurance::Route;
use backchannel_relay::engine::{Engine, Input, Output};
use backchannel_relay::hooks::{Faithful, Hooks};
use backchannel_relay::machine::{ConnId, OperatorHash, Settings};
use backchannel_relay::store::MemoryStore;
use backchannel_station::api::{ErrorKind, Failure, Request, Response};
use backchannel_station::machine::Machine;
use backchannel_station::machine::profile::Me;
use backchannel_station::setup::ConveneOptions;
use backchannel_station::setup::plan::Plan;
use backchannel_station::store::{Key, Value};
use backchannel_wire::lobby::{LobbyReply, LobbyRequest};
use backchannel_wire::token::OperatorToken;
use backchannel_wire::{Beat, UtcMs};
use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};
use serde_json::Value as Json;
use std::collections::{BTreeMap, VecDeque};

/// A station's vault in memory: what was made durable.
pub type Durable = BTreeMap<Key, Value>;

/// Makes a relay's hooks, anew at each of its starts.
pub type MakeHooks = fn() -> Box<dyn Hooks>;

/// How long sealed beats are kept at the usual beat, in milliseconds; a station away for longer must rejoin.
pub const RETENTION_MS: u64 = RETENTION_BEATS * BEAT_MS as u64;

/// The same in beats, whatever a beat's length.
const RETENTION_BEATS: u64 = 200;

/// The same where a test asks for long beats: a relay's usual week.
const RETENTION_WEEK_MS: u64 = 7 * 24 * 3_600_000;

/// The length of a beat, unless a test asks for another.
const BEAT_MS: u32 = 1000;

/// One station.
pub struct Node {
    /// How the test calls it.
    pub name: String,
    /// The machine; nothing while the process is down.
    pub machine: Option<Machine>,
    /// What is durable.
    pub durable: Durable,
    /// Whether its line works.
    pub line: bool,
    /// The process dies before the effect after so many more.
    pub crash_in: Option<u32>,
    /// When the weather starts it again, or opens its line.
    pub back_at: Option<Beat>,
    /// Frames that were built and did not count.
    pub losses: u32,
    /// The connection to the relay.
    pub(crate) conn: Option<ConnId>,
    /// Frames that come down a beat late, in order.
    pub(crate) down: VecDeque<Vec<u8>>,
    replies: BTreeMap<u64, Response>,
    next_ticket: u64,
}

/// Everything.
pub struct World {
    /// The relay; nothing while it is down.
    pub relay: Option<Engine<MemoryStore>>,
    pub(crate) store: Option<MemoryStore>,
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
    /// What goes wrong without anybody's ill will.
    pub weather: Weather,
    /// The relay answers that a token was replaced, and goes on serving the old one.
    pub keeps_old_tokens: bool,
    /// A station that dies in the next beat after its frame was made durable and before it left, and starts again within that beat.
    pub relapse: Option<usize>,
    /// Every frame that came down, for whom, since this was set.
    pub tap: Option<Vec<(usize, Vec<u8>)>>,
    /// Every knock that was left, since this was set.
    pub knocks: Option<Vec<LobbyRequest>>,
    pub(crate) rng: ChaCha20Rng,
    pub(crate) next_conn: u64,
    /// Frames that are on their way up: who, on which connection, and what.
    pub(crate) up: VecDeque<(usize, ConnId, Vec<u8>)>,
    /// Frames that arrive only when their beat has ended.
    pub(crate) late: VecDeque<(usize, ConnId, Vec<u8>)>,
    pub(crate) hooks: MakeHooks,
}

pub(crate) fn settings(beat_ms: u32) -> Settings {
    let beat_ms = u64::from(beat_ms);
    Settings {
        operator: OperatorHash::of(&operator()),
        restart_grace_beats: 4,
        retention_ms: if beat_ms == u64::from(BEAT_MS) { RETENTION_MS } else { RETENTION_WEEK_MS },
        channels_max: 4,
        lobby_term_ms: 3_600 * beat_ms,
        lobby_per_minute: 120,
    }
}

fn operator() -> OperatorToken {
    OperatorToken::new([7; 32])
}

fn options(beat_ms: u32, pen: Option<&str>) -> ConveneOptions {
    ConveneOptions {
        relay_addr: "relay.example:7443".to_owned(),
        relay_pin: [1; 32],
        operator_token: operator(),
        channel_label: "quiet pact".to_owned(),
        parties: vec!["alpha".to_owned(), "bravo".to_owned()],
        beat_ms,
        caucus_capacity: 4,
        delegation_capacity: 4,
        registry_capacity: Some(8),
        pen: pen.map(str::to_owned),
        route: Route::default(),
    }
}

impl World {
    /// Convenes a channel of Alpha and Bravo; the heads have accepted, nobody has joined yet.
    pub fn convene(seed: u64) -> Self {
        Self::convene_with(seed, || Box::new(Faithful))
    }

    /// As [`Self::convene`], with beats of this length.
    pub fn convene_at(seed: u64, beat_ms: u32) -> Self {
        Self::convene_of(seed, beat_ms, None, || Box::new(Faithful))
    }

    /// As [`Self::convene`], with the pen of understandings in a party's hand.
    pub fn convene_with_pen(seed: u64, party: &str) -> Self {
        Self::convene_of(seed, BEAT_MS, Some(party), || Box::new(Faithful))
    }

    /// As [`Self::convene`], with a relay that may be faithless.
    pub fn convene_with(seed: u64, hooks: MakeHooks) -> Self {
        Self::convene_of(seed, BEAT_MS, None, hooks)
    }

    /// As [`Self::convene`], where messages go another way.
    pub fn convene_by(seed: u64, route: Route) -> Self {
        let options = ConveneOptions { route, ..options(BEAT_MS, None) };
        Self::convene_as(seed, &options, || Box::new(Faithful))
    }

    /// As [`Self::convene`], between parties of these names.
    pub fn convene_between(seed: u64, parties: [&str; 2]) -> Self {
        let options =
            ConveneOptions { parties: parties.map(str::to_owned).to_vec(), ..options(BEAT_MS, None) };
        Self::convene_as(seed, &options, || Box::new(Faithful))
    }

    fn convene_of(seed: u64, beat_ms: u32, pen: Option<&str>, hooks: MakeHooks) -> Self {
        Self::convene_as(seed, &options(beat_ms, pen), hooks)
    }

    fn convene_as(seed: u64, options: &ConveneOptions, hooks: MakeHooks) -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let now = UtcMs(1_800_000_000_000);
        let beat_ms = options.beat_ms;
        let relay = Engine::new(MemoryStore::default(), settings(beat_ms), hooks(), now);
        let mut relay = relay.expect("memory does not fail");
        let plan = Plan::new(options, &mut rng).expect("the options are good");
        let request = LobbyRequest::CreateChannel(plan.request(options).expect("the options are good"));
        let bytes = request.encode().expect("a channel request fits");
        let out = relay.handle(Input::Lobby(ConnId(1), bytes.to_vec()), now).expect("memory does not fail");
        let t0 = match out.iter().find_map(reply_of) {
            Some(LobbyReply::Created { t0, .. }) => t0,
            _ => panic!("the relay did not create the channel"),
        };
        let (me, invitations) = plan.invitations(options, t0, now, &mut rng).expect("the options are good");
        let mut world = Self::empty(Some(relay), rng, t0, hooks);
        world.beat_ms = beat_ms;
        world.add("intermediary", &me);
        for (label, invitation) in invitations {
            world.accept(&label, &invitation);
        }
        world
    }

    pub(crate) fn empty(
        relay: Option<Engine<MemoryStore>>,
        rng: ChaCha20Rng,
        t0: UtcMs,
        hooks: MakeHooks,
    ) -> Self {
        Self {
            relay,
            store: None,
            nodes: Vec::new(),
            now: t0,
            t0,
            beat_ms: BEAT_MS,
            beat: Beat(0),
            weather: Weather::fair(),
            keeps_old_tokens: false,
            relapse: None,
            tap: None,
            knocks: None,
            rng,
            next_conn: 1,
            up: VecDeque::new(),
            late: VecDeque::new(),
            hooks,
        }
    }

    /// Somebody accepts an invitation on a station of that name.
    pub fn accept(&mut self, name: &str, invitation: &str) -> usize {
        let invitation =
            backchannel_assurance::Invitation::from_text(invitation).expect("the invitation is good");
        let me = Me::accept(invitation, self.now, &mut self.rng).expect("the invitation is good");
        self.add(name, &me)
    }

    fn add(&mut self, name: &str, me: &Me) -> usize {
        let mut durable = Durable::new();
        crate::lines::apply(&mut durable, &Machine::create(me));
        self.add_stopped(name, durable);
        let at = self.nodes.len() - 1;
        self.start(at);
        at
    }

    pub(crate) fn add_stopped(&mut self, name: &str, durable: Durable) {
        self.nodes.push(Node {
            name: name.to_owned(),
            machine: None,
            durable,
            line: true,
            crash_in: None,
            back_at: None,
            losses: 0,
            conn: None,
            down: VecDeque::new(),
            replies: BTreeMap::new(),
            next_ticket: 0,
        });
    }

    /// The station of that name.
    pub fn node(&self, name: &str) -> usize {
        self.nodes.iter().position(|node| node.name == name).expect("a station of that name")
    }

    /// Starts a station's process from what is durable.
    pub fn start(&mut self, at: usize) {
        let mut seed = [0; 32];
        self.rng.fill_bytes(&mut seed);
        let records =
            self.nodes[at].durable.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
        let machine = Machine::load(records, seed, self.now).expect("the vault is whole");
        self.nodes[at].crash_in = None;
        self.nodes[at].back_at = None;
        self.nodes[at].machine = Some(machine);
        self.drain(at);
    }

    /// Kills a station's process: what was not durable is gone.
    pub fn kill(&mut self, at: usize) {
        self.nodes[at].machine = None;
        self.nodes[at].replies.clear();
        self.nodes[at].crash_in = None;
        self.hang_up(at);
    }

    /// Kills the relay's process: cells that are not sealed are gone.
    pub fn kill_relay(&mut self) {
        self.store = self.relay.take().map(Engine::into_store);
        self.up.clear();
        self.late.clear();
        for at in 0..self.nodes.len() {
            self.hang_up(at);
        }
    }

    /// Starts the relay again from its store.
    pub fn start_relay(&mut self) {
        let store = self.store.take().expect("the relay was killed");
        let relay = Engine::new(store, settings(self.beat_ms), (self.hooks)(), self.now);
        self.relay = Some(relay.expect("memory does not fail"));
    }

    /// Cuts a station's line; it opens again when `line` is set.
    pub fn cut(&mut self, at: usize) {
        self.nodes[at].line = false;
        self.hang_up(at);
    }

    /// Asks a station something; one that is down, or dies of it, is unreachable.
    pub fn ask(&mut self, at: usize, request: Request) -> Response {
        let now = self.now;
        let node = &mut self.nodes[at];
        node.next_ticket += 1;
        let ticket = node.next_ticket;
        if let Some(machine) = &mut node.machine {
            machine.command(ticket, request, now);
        }
        self.drain(at);
        let gone =
            || Response::Error(Failure::new(ErrorKind::Unreachable, "The station is down.", "Start it."));
        self.nodes[at].replies.remove(&ticket).unwrap_or_else(gone)
    }

    /// Asks, and expects an object.
    pub fn ok(&mut self, at: usize, request: Request) -> Json {
        match self.ask(at, request) {
            Response::Ok(value) => value,
            Response::Error(failure) => {
                panic!("{}: {} {}", self.nodes[at].name, failure.message, failure.hint)
            }
        }
    }

    pub(crate) fn replied(&mut self, at: usize, ticket: u64, response: Response) {
        self.nodes[at].replies.insert(ticket, response);
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
        let relay_fate = self.weather_changes();
        self.arrive_late();
        for at in 0..self.nodes.len() {
            self.connect(at);
            self.post(at);
        }
        if let Some(at) = self.relapse.take() {
            self.kill(at);
            self.start(at);
            self.connect(at);
            self.post(at);
        }
        self.carry_up();
        if relay_fate == RelayFate::DiesUnsealed {
            self.kill_relay();
        }
        self.beat = self.beat.plus(1);
        self.now = UtcMs(begins + length + 1);
        self.seal(relay_fate == RelayFate::DiesUndelivered);
        for at in 0..self.nodes.len() {
            let now = self.now;
            if let Some(machine) = &mut self.nodes[at].machine {
                machine.tick(now);
            }
            self.drain(at);
        }
    }

    fn seal(&mut self, and_die: bool) {
        for at in 0..self.nodes.len() {
            self.deliver_late(at);
        }
        let Some(relay) = &mut self.relay else { return };
        let now = relay.clock(self.now);
        let out = relay.handle(Input::Tick, now).expect("memory does not fail");
        if and_die {
            self.kill_relay();
        } else {
            self.deliver(out);
        }
    }
}

fn reply_of(out: &Output) -> Option<LobbyReply> {
    match out {
        Output::Send(_, bytes) => LobbyReply::decode(bytes).ok(),
        _ => None,
    }
}
