//! A few stations' ends of one room, and a relay that does what a test tells it.

use super::super::{
    Delivered, Entry, Kept, Pace, Part, Peer, PulseExtras, Purpose, Room, RoomEvent, Spot, Who, Wish,
};
use crate::machine::envelope::{Class, Envelope};
use crate::machine::spaces;
use crate::machine::watch::AlarmKind;
use crate::store::{Batch, Key, Value};
use backchannel_rooms::{Newcomer, RoomGroup};
use backchannel_wire::cell::{self, Cell, CellPlain, Fragment, FragmentKind, Place};
use backchannel_wire::chain::{Position, RoomChain, SealedBeat};
use backchannel_wire::frame::Record;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::limits::SEATS_MAX;
use backchannel_wire::token::SeatToken;
use backchannel_wire::{
    Beat, ChannelId, Head, MemberId, MessageId, PartyNo, Role, RoomId, SeatNo, UtcMs, canonical,
};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::collections::BTreeMap;
use std::sync::Arc;

pub const CHANNEL: ChannelId = ChannelId([1; 16]);
pub const ROOM: RoomId = RoomId([2; 16]);
const CAPACITY: u8 = 4;
/// The first beat: after those a real room would have had before anybody entered.
const FIRST: Beat = Beat(1000);
const START: UtcMs = UtcMs(1_800_000_000_000);

/// What a relay makes of one beat: the cells as posted, to be altered.
pub type Cells = Vec<Option<Cell>>;

/// Stations by seat, the relay's chain, and everything that was observed.
pub struct Stage {
    pub rooms: Vec<Room>,
    kind: RoomKind,
    chain: RoomChain,
    position: Position,
    now: UtcMs,
    pub rng: ChaCha20Rng,
    /// Seats whose station is off: it neither posts nor takes records.
    pub off: Vec<u8>,
    waiting: BTreeMap<u8, Vec<Record>>,
    /// What each seat delivered: by whom, and the bytes.
    pub delivered: Vec<(u8, u8, Vec<u8>)>,
    /// What each seat was told, in order.
    pub events: Vec<(u8, RoomEvent)>,
    /// Each station's vault.
    pub vaults: BTreeMap<u8, BTreeMap<Key, Value>>,
}

pub fn seat(n: u8) -> SeatNo {
    SeatNo::new(n).unwrap()
}

pub fn token(n: u8) -> SeatToken {
    SeatToken::new([n + 1; 32])
}

pub fn who(n: u8) -> Who {
    Who { party: PartyNo(n), member: MemberId([n; 16]), role: Role::Head }
}

impl Stage {
    /// One founder on seat 0.
    fn found(kind: RoomKind) -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(7);
        let chain = RoomChain::new(CHANNEL, ROOM, CAPACITY).unwrap();
        let position = chain.genesis(0, FIRST);
        let group = RoomGroup::found(&mut rng, START, ROOM, seat(0)).unwrap();
        let mut stage = Self {
            rooms: Vec::new(),
            kind,
            chain,
            position,
            now: START,
            rng,
            off: Vec::new(),
            waiting: BTreeMap::new(),
            delivered: Vec::new(),
            events: Vec::new(),
            vaults: BTreeMap::new(),
        };
        let entry = Entry { position, pace: Pace::default() };
        let room = Room::enter(stage.spot(0), group, &token(0), entry, &mut stage.rng).unwrap();
        stage.rooms.push(room);
        stage
    }

    /// A caucus of so many stations, all vouched for, with nothing under way.
    pub fn of(count: u8) -> Self {
        Self::of_kind(count, RoomKind::Caucus(PartyNo(1)))
    }

    pub fn of_kind(count: u8, kind: RoomKind) -> Self {
        let mut stage = Self::found(kind);
        for n in 1..count {
            stage.join(n);
        }
        stage.run(30);
        assert!(stage.alarms().is_empty(), "honest faults raise no alarm");
        stage.clear();
        stage
    }

    fn spot(&self, n: u8) -> Spot {
        Spot { channel: CHANNEL, room: ROOM, kind: self.kind, seat: seat(n), capacity: CAPACITY }
    }

    /// Somebody joins on the next seat, sponsored by the founder; everybody is vouched for.
    pub fn join(&mut self, n: u8) {
        self.join_unvouched(n);
        self.vouch_all();
    }

    pub fn join_unvouched(&mut self, n: u8) {
        let newcomer = Newcomer::new(&mut self.rng, self.now, seat(n), ROOM).unwrap();
        let (welcome, entry) = self.let_in(0, Purpose::Add(seat(n)), newcomer.key_package());
        let group = RoomGroup::join(&newcomer, &welcome, self.now).unwrap();
        let room = Room::enter(self.spot(n), group, &token(n), entry, &mut self.rng).unwrap();
        assert_eq!(self.rooms.len(), usize::from(n));
        self.rooms.push(room);
    }

    /// A station that lost its leaf comes back with a new one.
    pub fn rejoin(&mut self, n: u8) {
        let newcomer = Newcomer::new(&mut self.rng, self.now, seat(n), ROOM).unwrap();
        let (welcome, entry) = self.let_in(0, Purpose::Replace(seat(n)), newcomer.key_package());
        let group = RoomGroup::join(&newcomer, &welcome, self.now).unwrap();
        let former = self.rooms.remove(usize::from(n));
        let room = former.reenter(group, entry, &token(n), &mut self.rng).unwrap();
        self.rooms.insert(usize::from(n), room);
        self.vouch_all();
    }

    fn let_in(&mut self, sponsor: u8, purpose: Purpose, package: &[u8]) -> (Vec<u8>, Entry) {
        let wish = Wish { material: package.to_vec(), ..Wish::new(purpose) };
        self.room(sponsor).wish(wish);
        for _ in 0..60 {
            self.step();
            let welcome = self.events.iter().find_map(|(_, event)| match event {
                RoomEvent::Committed { own: Some((_, Some(welcome))), .. } => Some(welcome.clone()),
                _ => None,
            });
            if let Some(welcome) = welcome {
                self.events.clear();
                let entered = &self.rooms[usize::from(sponsor)];
                return (welcome, Entry { position: entered.position, pace: entered.pace().clone() });
            }
        }
        panic!("the sponsor's commit was not sealed");
    }

    pub fn vouch_all(&mut self) {
        for room in &mut self.rooms {
            for n in 0..CAPACITY {
                room.vouched(seat(n), who(n));
            }
        }
    }

    pub fn room(&mut self, n: u8) -> &mut Room {
        &mut self.rooms[usize::from(n)]
    }

    pub fn peer(&self, of: u8, n: u8) -> &Peer {
        self.rooms[usize::from(of)].peer(seat(n)).unwrap()
    }

    /// The beat that is sealed next.
    pub fn beat(&self) -> Beat {
        self.position.next
    }

    pub fn send(&mut self, from: u8, class: Class, bytes: &[u8]) {
        let mut rng = self.rng.clone();
        self.room(from).send(class, [9; 16], bytes, None, &mut rng).unwrap();
        self.rng = rng;
    }

    pub fn update(&mut self, n: u8) {
        self.room(n).wish(Wish::new(Purpose::Update));
    }

    /// Goes on until no pulse is due in the next beats, so that cells are free for other things.
    pub fn quiet(&mut self, beats: u64) {
        while self.rooms.iter().any(|room| (0..beats).any(|n| room.will_pulse(self.beat().plus(n)))) {
            self.step();
        }
    }

    /// Goes on until one cell is missing of a station's commit, and the next cell will hold it.
    pub fn until_last_cell(&mut self, n: u8) {
        for _ in 0..20 {
            let room = &self.rooms[usize::from(n)];
            let parts = room.own_commit.as_ref().map_or(&[][..], |own| &own.parts);
            let waiting = parts.iter().filter(|part| **part == Part::Waiting).count();
            if !parts.is_empty() && waiting == 1 && !room.will_pulse(self.beat()) {
                return;
            }
            self.step();
        }
        panic!("the commit did not come to its last cell");
    }

    pub fn run(&mut self, beats: u64) {
        (0..beats).for_each(|_| self.step());
    }

    pub fn step(&mut self) {
        self.step_with(|_, _| {});
    }

    /// One beat: every station posts, the relay does what `meddle` makes of the cells and seals them, every station
    /// takes the record.
    pub fn step_with(&mut self, meddle: impl FnOnce(&mut Self, &mut Cells)) {
        let beat = self.position.next;
        self.now = UtcMs(self.now.0 + 1000);
        let mut cells: Cells = vec![None; usize::from(CAPACITY)];
        for n in 0..self.rooms.len() as u8 {
            cells[usize::from(n)] = self.post(n, beat);
        }
        meddle(self, &mut cells);
        let sealed = Arc::new(SealedBeat { beat, sealed_at: self.now, cells });
        self.position = self.chain.after_beat(&self.position, &sealed).unwrap();
        let head = self.position.head;
        self.serve(|stage, n| Record::Beat { sealed: sealed.clone(), head, mac: stage.mac(n, beat, &head) });
    }

    /// The cell of the beat under way leaves when that beat is over.
    pub fn leaves_late(&mut self, n: u8) {
        let beat = self.position.next;
        self.room(n).left_late(beat);
    }

    fn post(&mut self, n: u8, beat: Beat) -> Option<Cell> {
        if self.off.contains(&n) {
            return None;
        }
        let (now, mut rng) = (self.now, self.rng.clone());
        let cell = self.room(n).build(beat, now, PulseExtras::default(), &mut rng).unwrap();
        self.rng = rng;
        self.keep(n);
        Some(cell)
    }

    fn mac(&self, n: u8, beat: Beat, head: &Head) -> backchannel_wire::chain::HeadMac {
        self.chain.mac(&token(n).head_mac_key(), seat(n), beat, head)
    }

    /// The relay goes on from an older store, in a new segment.
    pub fn restore_relay(&mut self) {
        let (segment, first) = (self.position.segment + 1, self.position.next.plus(1));
        self.position = self.chain.genesis(segment, first);
        self.serve(|_, _| Record::SegmentStart { segment, first });
    }

    fn serve(&mut self, record: impl Fn(&Self, u8) -> Record) {
        for n in 0..self.rooms.len() as u8 {
            let record = record(self, n);
            if self.off.contains(&n) {
                self.waiting.entry(n).or_default().push(record);
            } else {
                self.take(n, &record);
            }
        }
    }

    fn take(&mut self, n: u8, record: &Record) {
        let now = self.now;
        for event in self.room(n).record(record, now).unwrap() {
            self.room(n).stuck |= matches!(event, RoomEvent::MustRejoin(_));
            self.events.push((n, event));
        }
        while let Some(Delivered { seat, bytes, .. }) = self.room(n).next_item() {
            self.delivered.push((n, seat.get(), bytes));
        }
        self.keep(n);
    }

    /// A station that was off is on again, and takes what it missed.
    pub fn on(&mut self, n: u8) {
        self.off.retain(|off| *off != n);
        for record in self.waiting.remove(&n).unwrap_or_default() {
            self.take(n, &record);
        }
    }

    /// A record as the relay would serve it to a seat, not yet part of anybody's chain.
    pub fn next_record(&self, n: u8, cells: Cells) -> Record {
        let sealed = Arc::new(SealedBeat { beat: self.position.next, sealed_at: self.now, cells });
        let after = self.chain.after_beat(&self.position, &sealed).unwrap();
        let mac = self.mac(n, sealed.beat, &after.head);
        Record::Beat { sealed, head: after.head, mac }
    }

    /// A station is away for some beats, which the relay then no longer holds.
    pub fn pruned(&mut self, n: u8, beats: u64) {
        self.off.push(n);
        self.run(beats);
        let (segment, first, head) = (self.position.segment, self.position.next, self.position.head);
        let mac = self.mac(n, Beat(first.0 - 1), &head);
        self.waiting.remove(&n);
        self.take(n, &Record::Pruned { segment, first, head, mac });
        self.on(n);
    }

    fn keep(&mut self, n: u8) {
        let mut batch = Batch::new();
        self.room(n).persist(&mut batch);
        let vault = self.vaults.entry(n).or_default();
        for (key, value) in batch.iter() {
            match value {
                Some(value) => drop(vault.insert(key.clone(), value.clone())),
                None => drop(vault.remove(key)),
            }
        }
    }

    /// One beat, with the record that a station took kept aside.
    pub fn record_to(&mut self, n: u8, records: &mut Vec<Record>) {
        self.off.push(n);
        let (beat, now, mut rng) = (self.position.next, UtcMs(self.now.0 + 1000), self.rng.clone());
        let cell = self.room(n).build(beat, now, PulseExtras::default(), &mut rng).unwrap();
        self.rng = rng;
        self.step_with(|_, cells| cells[usize::from(n)] = Some(cell));
        records.extend(self.waiting.get(&n).cloned().unwrap_or_default());
        self.on(n);
    }

    pub fn replay(&mut self, n: u8, records: &[Record]) {
        records.iter().for_each(|record| self.take(n, record));
    }

    /// Starts a station from an earlier copy of its vault.
    pub fn restore_vault(&mut self, n: u8, copy: &BTreeMap<Key, Value>) {
        let mut kept = Kept::default();
        for (key, value) in copy.clone() {
            match key.space {
                spaces::ROOM => drop(kept.records.insert(key.id, value)),
                spaces::MLS => kept.rows.push((key.id.try_into().unwrap(), value)),
                spaces::OUT => kept.items.push(value),
                _ => kept.history.push(value),
            }
        }
        self.vaults.insert(n, copy.clone());
        *self.room(n) = Room::load(kept, &token(n)).unwrap();
    }

    /// A cell for a seat as another member could forge it: it holds the room's cell key.
    pub fn forge(&mut self, by: u8, at: u8, counter: u64, fragments: Vec<Fragment>) -> Cell {
        let beat = self.position.next;
        let room = self.room(by);
        let key = room.keys.last().unwrap().clone();
        let plain = CellPlain {
            counter,
            head_beat: room.last_beat(),
            head: room.position.head,
            epoch_authenticator: key.authenticator,
            received: [u64::MAX; SEATS_MAX],
            fragments,
        };
        let place = Place { channel: CHANNEL, room: ROOM, seat: seat(at), beat };
        cell::seal(&key.key, [5; 24], &place, &plain).unwrap()
    }

    /// What stands in a station's cell for the next beat, read with its own key.
    pub fn read(&mut self, by: u8, cells: &Cells) -> CellPlain {
        let place = Place { channel: CHANNEL, room: ROOM, seat: seat(by), beat: self.position.next };
        let cell = cells[usize::from(by)].as_ref().unwrap();
        let keys = &self.room(by).keys;
        keys.iter().find_map(|key| cell::open(&key.key, &place, cell).ok()).unwrap()
    }

    /// A station's MLS message, as a fragment.
    pub fn message(&mut self, by: u8, envelope: &Envelope) -> Fragment {
        let mut rng = self.rng.clone();
        let bytes = self.room(by).group.encrypt(&canonical::to_vec(envelope), &mut rng).unwrap();
        self.rng = rng;
        Fragment { kind: FragmentKind::Message, message: MessageId([8; 16]), index: 0, count: 1, bytes }
    }

    /// Alarms raised so far: who observed, what, of which seat.
    pub fn alarms(&self) -> Vec<(u8, AlarmKind, Option<u8>)> {
        let raised = |(n, event): &(u8, RoomEvent)| match event {
            RoomEvent::Raise(kind, seat, _) => Some((*n, *kind, seat.map(SeatNo::get))),
            _ => None,
        };
        self.events.iter().filter_map(raised).collect()
    }

    /// The beats in which one station took pulses of another.
    pub fn pulses(&self, at: u8, of: u8) -> Vec<u64> {
        let pulse = |(n, event): &(u8, RoomEvent)| match event {
            RoomEvent::Pulse { seat, beat, .. } if *n == at && seat.get() == of => Some(beat.0),
            _ => None,
        };
        self.events.iter().filter_map(pulse).collect()
    }

    /// Who committed what was taken in, as one station saw it.
    pub fn commits(&self, at: u8) -> Vec<u8> {
        let committed = |(n, event): &(u8, RoomEvent)| match event {
            RoomEvent::Committed { committer, .. } if *n == at => Some(committer.get()),
            _ => None,
        };
        self.events.iter().filter_map(committed).collect()
    }

    pub fn must_rejoin(&self, at: u8) -> bool {
        self.events.iter().any(|(n, event)| *n == at && matches!(event, RoomEvent::MustRejoin(_)))
    }

    /// What one station delivered from another.
    pub fn got(&self, at: u8, from: u8) -> Vec<&[u8]> {
        let mine = self.delivered.iter().filter(|(to, by, _)| (*to, *by) == (at, from));
        mine.map(|(_, _, bytes)| &bytes[..]).collect()
    }

    /// Whether all stations that are on hold the same epoch.
    pub fn agree(&self) -> bool {
        let on = self.rooms.iter().filter(|room| !self.off.contains(&room.spot.seat.get()));
        let epochs: Vec<_> = on.map(|room| room.group.epoch_authenticator().unwrap()).collect();
        epochs.windows(2).all(|pair| pair[0] == pair[1])
    }

    pub fn clear(&mut self) {
        self.delivered.clear();
        self.events.clear();
    }
}
