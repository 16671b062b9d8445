//! The courier: what a desk hands out in one beat is sealed in it, comes to the others with it, and is receipted in the
//! next. In every third beat each party's station pulses in the registry.

use crate::api::{Failure, Request};
use crate::machine::desk::*;
use crate::machine::room::Who;
use crate::machine::watch::AlarmKind;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{Beat, ChannelId, MemberId, PartyNo, Role, RoomId, UtcMs};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

pub const HOUSE: usize = 0;
pub const ALPHA: usize = 1;
pub const ALPHA_ENVOY: usize = 2;
pub const BRAVO: usize = 3;
pub const BRAVO_ENVOY: usize = 4;
pub const CHANNEL: ChannelId = ChannelId([9; 16]);
pub const T0: u64 = 1_795_392_000_000;
pub const BEAT_MS: u32 = 250;

const REGISTRY: RoomId = RoomId([0x30; 16]);
const LABELS: [&str; 3] = ["the house", "alpha", "bravo"];

type RecordKey = (Option<RoomId>, u32, Vec<u8>);

pub struct Station {
    pub desk: Desk,
    pub who: Who,
    rooms: Vec<RoomFact>,
    /// What the vault holds.
    pub stored: BTreeMap<RecordKey, Vec<u8>>,
    pub guard: Option<Vec<u8>>,
    queue: Vec<Outgoing>,
    /// What is receipted in the next beat: the item, and by whom.
    owed: Vec<([u8; 16], Who)>,
    /// How far this machine's clock is from the right one.
    pub shift_ms: i64,
    pub locked: bool,
    /// Whether the station takes part; one that does not catches up when it does again.
    pub away: bool,
    missed: Vec<Missed>,
    pulse: u64,
    sealed_pulse: u64,
    heard: BTreeMap<usize, u64>,
    pub in_registry: bool,
    pub journal: Vec<JournalLine>,
    pub alarms: Vec<(AlarmKind, Option<RoomId>, String)>,
    rng: ChaCha20Rng,
}

enum Missed {
    Item(Who, RoomId, RoomKind, Beat, Vec<u8>),
    Pulse(usize, Box<PulseOf>, Beat),
}

#[derive(Clone)]
struct PulseOf {
    number: u64,
    digests: [backchannel_wire::Head; crate::limits::DIGEST_SLOTS],
    matched: [backchannel_wire::Head; crate::limits::DIGEST_SLOTS],
    receipts: BTreeMap<usize, u64>,
}

pub struct World {
    pub stations: Vec<Station>,
    pub beat: u64,
    /// Registry beats whose pulses are lost.
    pub lost: BTreeSet<u64>,
    /// Whether reports of progress are kept back by the intermediary.
    pub silent_house: bool,
    pub registry: bool,
}

fn room_of(kind: RoomKind) -> RoomId {
    match kind {
        RoomKind::Caucus(party) => RoomId([0x10 + party.0; 16]),
        RoomKind::Delegation(party) => RoomId([0x20 + party.0; 16]),
        RoomKind::Registry => REGISTRY,
    }
}

fn station(party: u8, n: u8, role: Role, registry: bool) -> Station {
    let who = Who { party: PartyNo(party), member: MemberId([party * 16 + n; 16]), role };
    let own = PartyNo(party);
    let kinds = match own {
        PartyNo::INTERMEDIARY => vec![RoomKind::Caucus(PartyNo(1)), RoomKind::Caucus(PartyNo(2))],
        _ if registry => vec![RoomKind::Caucus(own), RoomKind::Delegation(own), RoomKind::Registry],
        _ => vec![RoomKind::Caucus(own), RoomKind::Delegation(own)],
    };
    let rooms = kinds.into_iter().map(|kind| RoomFact { room: room_of(kind), kind, usable: true }).collect();
    Station {
        desk: Desk::new(CHANNEL, own, who.member, role),
        who,
        rooms,
        stored: BTreeMap::new(),
        guard: None,
        queue: Vec::new(),
        owed: Vec::new(),
        locked: false,
        shift_ms: 0,
        away: false,
        missed: Vec::new(),
        pulse: 0,
        sealed_pulse: 0,
        heard: BTreeMap::new(),
        in_registry: registry && own != PartyNo::INTERMEDIARY,
        journal: Vec::new(),
        alarms: Vec::new(),
        rng: ChaCha20Rng::seed_from_u64(u64::from(party) * 16 + u64::from(n)),
    }
}

/// The name of a side as every station shows it.
fn label(party: PartyNo) -> String {
    LABELS.get(usize::from(party.0)).copied().unwrap_or("nobody").to_owned()
}

fn person(party: PartyNo, member: MemberId) -> String {
    format!("{} {}", label(party), member.0[0] % 16)
}

fn named(name: &str) -> Option<PartyNo> {
    let at = LABELS.iter().position(|label| label.eq_ignore_ascii_case(name))?;
    u8::try_from(at).ok().map(PartyNo)
}

impl Station {
    /// Runs something of the desk and carries out what it decided.
    fn run<T>(
        &mut self,
        beat: u64,
        registry: bool,
        run: impl FnOnce(&mut Desk, &Facts<'_>, &mut ChaCha20Rng) -> (Reaction, T),
    ) -> (Option<Value>, T) {
        let facts = Facts {
            now: UtcMs((T0 + (beat + 1) * u64::from(BEAT_MS)).saturating_add_signed(self.shift_ms)),
            beat: Beat(beat),
            t0: UtcMs(T0),
            beat_ms: BEAT_MS,
            me: self.who,
            locked: self.locked,
            labels: &label,
            member_label: &person,
            party_named: &named,
            rooms: &self.rooms,
            parties: vec![PartyNo(1), PartyNo(2)],
            has_registry: registry,
            route: backchannel_assurance::Route::default(),
            verified: "only the intermediary vouches".to_owned(),
        };
        let (reaction, value) = run(&mut self.desk, &facts, &mut self.rng);
        self.guard = self.desk.take_guard_bytes().or(self.guard.take());
        for record in reaction.records.into_iter().chain(reaction.rewritten) {
            self.stored.insert((record.room, record.day, record.id), record.bytes);
        }
        for key in reaction.deleted {
            assert!(self.stored.remove(&key).is_some(), "a record that is not there is erased");
        }
        self.queue.extend(reaction.out);
        self.journal.extend(reaction.journal);
        self.alarms.extend(reaction.alarms);
        (reaction.reply, value)
    }

    pub fn records(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        let mut records: Vec<_> =
            self.stored.iter().map(|((_, _, id), bytes)| (id.clone(), bytes.clone())).collect();
        records.sort();
        records
    }

    /// Ends the station and makes it again from what is stored.
    pub fn restart(&mut self) {
        let Who { party, member, role } = self.who;
        self.desk = Desk::load(CHANNEL, party, member, role, self.guard.as_deref(), self.records());
    }

    pub fn lock(&mut self) {
        self.locked = true;
        self.desk.lock();
    }

    pub fn unlock(&mut self) {
        self.locked = false;
        self.desk.unlock(self.records());
    }

    pub fn kinds(&self) -> Vec<&'static str> {
        self.journal.iter().map(|line| line.kind).collect()
    }

    /// Whether some bytes stand anywhere in the vault.
    pub fn stores(&self, text: &str) -> bool {
        self.stored.values().any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
    }
}

impl World {
    pub fn new() -> Self {
        Self::with(true)
    }

    pub fn with(registry: bool) -> Self {
        let stations = vec![
            station(0, 1, Role::Head, registry),
            station(1, 1, Role::Head, registry),
            station(1, 2, Role::Envoy, registry),
            station(2, 1, Role::Head, registry),
            station(2, 2, Role::Envoy, registry),
        ];
        Self { stations, beat: 0, lost: BTreeSet::new(), silent_house: false, registry }
    }

    /// A channel whose stations have heard each other in the registry.
    pub fn begun() -> Self {
        let mut world = Self::new();
        world.beats(9);
        world
    }

    pub fn at(&mut self, who: usize) -> &mut Station {
        &mut self.stations[who]
    }

    pub fn try_ask(&mut self, who: usize, request: &Request) -> Result<Value, Failure> {
        let (beat, registry) = (self.beat, self.registry);
        let (reply, result) = self.stations[who].run(beat, registry, |desk, facts, rng| {
            match desk.request(request, facts, rng) {
                Ok(reaction) => (reaction, Ok(())),
                Err(failure) => (Reaction::default(), Err(failure)),
            }
        });
        result.map(|()| reply.expect("an answer"))
    }

    pub fn ask(&mut self, who: usize, request: &Request) -> Value {
        self.try_ask(who, request).expect("the request is answered")
    }

    pub fn refused(&mut self, who: usize, request: &Request) -> Failure {
        self.try_ask(who, request).expect_err("the request is refused")
    }

    pub fn beats(&mut self, beats: u64) {
        for _ in 0..beats {
            self.step();
        }
    }

    /// One beat: what was queued is sealed and comes to the others; what was sealed before is receipted.
    pub fn step(&mut self) {
        self.beat += 1;
        let (beat, registry) = (self.beat, self.registry);
        let mut sealed = Vec::new();
        for at in 0..self.stations.len() {
            if self.stations[at].away {
                continue;
            }
            let owed = std::mem::take(&mut self.stations[at].owed);
            for (tag, who) in owed {
                self.stations[at].run(beat, registry, |desk, facts, _| {
                    (desk.fate(tag, DeskFate::Acknowledged(who, Beat(beat)), facts), ())
                });
            }
            for out in std::mem::take(&mut self.stations[at].queue) {
                sealed.push((at, out));
            }
        }
        for (from, out) in sealed {
            self.seal(from, out);
        }
        if registry && beat.is_multiple_of(3) {
            self.pulses();
        }
        for station in self.stations.iter_mut().filter(|station| !station.away) {
            if station.in_registry {
                station.desk.registry_position(Beat(beat));
            }
            station.run(beat, registry, |desk, facts, rng| (desk.tick(facts, rng), ()));
        }
    }

    fn seal(&mut self, from: usize, out: Outgoing) {
        let (beat, registry) = (self.beat, self.registry);
        let progress = out.tag == [0; 16] && from == HOUSE && out.bytes.get(1..4).is_some_and(is_progress);
        if self.silent_house && progress {
            return;
        }
        let who = self.stations[from].who;
        let kind = self.stations[from].rooms.iter().find(|fact| fact.room == out.room).map(|fact| fact.kind);
        let kind = kind.expect("a room of the sender");
        if out.tag != [0; 16] {
            self.stations[from].run(beat, registry, |desk, facts, _| {
                (desk.fate(out.tag, DeskFate::Sent(Beat(beat)), facts), ())
            });
        }
        for at in 0..self.stations.len() {
            let member = at != from && self.stations[at].rooms.iter().any(|fact| fact.room == out.room);
            if !member {
                continue;
            }
            let reader = self.stations[at].who;
            if out.tag != [0; 16] {
                self.stations[from].owed.push((out.tag, reader));
            }
            let missed = Missed::Item(who, out.room, kind, Beat(beat), out.bytes.clone());
            self.give(at, missed);
        }
    }

    fn give(&mut self, at: usize, what: Missed) {
        if self.stations[at].away {
            self.stations[at].missed.push(what);
            return;
        }
        let (beat, registry) = (self.beat, self.registry);
        match what {
            Missed::Item(who, room, kind, sealed, bytes) => {
                self.stations[at].run(beat, registry, |desk, facts, _| {
                    (desk.item(who, room, kind, sealed, &bytes, facts), ())
                });
            }
            Missed::Pulse(from, pulse, sealed) => self.hear(at, from, &pulse, sealed),
        }
    }

    fn pulses(&mut self) {
        let lost = self.lost.contains(&self.beat);
        for from in 0..self.stations.len() {
            let station = &mut self.stations[from];
            if !station.in_registry || station.away {
                continue;
            }
            station.pulse += 1;
            let number = station.pulse;
            let (digests, matched) = station.desk.registry_slots(number, &mut station.rng);
            let pulse = PulseOf { number, digests, matched, receipts: station.heard.clone() };
            if lost {
                continue;
            }
            station.sealed_pulse = number;
            station.desk.registry_sealed(number);
            for at in (0..self.stations.len()).filter(|at| *at != from) {
                if self.stations[at].in_registry {
                    self.give(at, Missed::Pulse(from, Box::new(pulse.clone()), Beat(self.beat)));
                }
            }
        }
    }

    fn hear(&mut self, at: usize, from: usize, pulse: &PulseOf, sealed: Beat) {
        let (beat, registry) = (self.beat, self.registry);
        let party = self.stations[from].who.party;
        let station = &mut self.stations[at];
        station.heard.insert(from, pulse.number);
        if let Some(number) = pulse.receipts.get(&at) {
            station.desk.registry_receipted(party, *number);
        }
        station.run(beat, registry, |desk, facts, _| {
            (desk.registry_pulse(party, &pulse.digests, &pulse.matched, sealed, facts), ())
        });
    }

    /// A station that was away is back and takes what it missed, in order.
    pub fn back(&mut self, at: usize) {
        self.stations[at].away = false;
        for missed in std::mem::take(&mut self.stations[at].missed) {
            self.give(at, missed);
        }
        let beat = self.beat;
        if self.stations[at].in_registry {
            self.stations[at].desk.registry_position(Beat(beat));
        }
    }

    /// A colleague's station tells one that came later what it was shown in the registry.
    pub fn share(&mut self, from: usize, to: usize) {
        let (beat, registry) = (self.beat, self.registry);
        let shared = self.stations[from].desk.share_digests().expect("something to share");
        self.stations[to].run(beat, registry, |desk, facts, _| (desk.take_digests(&shared, facts), ()));
    }

    /// The bytes that `who` would send, as any other station could make them, given to a station directly.
    pub fn forge(&mut self, at: usize, who: Who, kind: RoomKind, bytes: &[u8]) {
        let (beat, registry) = (self.beat, self.registry);
        self.stations[at].run(beat, registry, |desk, facts, _| {
            (desk.item(who, room_of(kind), kind, Beat(beat), bytes, facts), ())
        });
    }

    pub fn show(&mut self, who: usize, id: &str) -> Value {
        self.ask(who, &Request::Show { id: id.to_owned(), lang: None })
    }

    pub fn convey(&mut self, of: &str, to: &str, rendering: &[(&str, &str)], faithless: bool) -> Value {
        self.ask(HOUSE, &convey(of, to, rendering, faithless))
    }
}

fn is_progress(start: &[u8]) -> bool {
    // An event is an array of its kind and content; kind 5 is progress.
    start.starts_with(&[0x82, 0x05])
}

pub fn convey(of: &str, to: &str, rendering: &[(&str, &str)], faithless: bool) -> Request {
    let rendering = rendering.iter().map(|(lang, text)| ((*lang).to_owned(), (*text).to_owned())).collect();
    Request::Convey { id: of.to_owned(), to: to.to_owned(), rendering, faithless }
}

pub fn read_back(of: &str, text: &str) -> Request {
    let text = BTreeMap::from([("en".to_owned(), text.to_owned())]);
    Request::ReadBack { id: of.to_owned(), text }
}

pub fn id_of(answer: &Value) -> String {
    answer["id"].as_str().expect("an id").to_owned()
}

impl World {
    pub fn close(&mut self, at: usize, kind: RoomKind) {
        for fact in self.stations[at].rooms.iter_mut().filter(|fact| fact.kind == kind) {
            fact.usable = false;
        }
    }
}

impl Station {
    /// The bytes of an item as they travel.
    pub fn event_bytes(&self, id: &str) -> Vec<u8> {
        let id = backchannel_accord::DispatchId::from_hex(id).expect("an id");
        self.desk.book.ledger.event(id).expect("an item").to_bytes()
    }

    /// Whether an item's words are in memory.
    pub fn remembers(&self, id: &str) -> bool {
        self.event_bytes(id).windows(13).any(|window| window == b"northern line")
    }

    /// Erases the records of the registry.
    pub fn burn_registry(&mut self) {
        self.stored.retain(|(room, _, _), _| *room != Some(REGISTRY));
        self.desk.unlock(self.records());
    }
}
