//! How a room is made, kept in the vault and made again from it.

use super::hold::Hold;
use super::missed::Missed;
use super::pace::Pace;
use super::silent::Silent;
use super::{EpochKey, Former, OwnCommit, Peer, Posted, Room, Wish};
use crate::machine::envelope::Class;
use crate::machine::outbox::{OutItem, Outbox, OutboxState};
use crate::machine::spaces;
use crate::machine::watch::Watch;
use crate::store::{Batch, Key};
use backchannel_rooms::{RoomError, RoomGroup};
use backchannel_wire::cell::CellKey;
use backchannel_wire::chain::{Position, RoomChain};
use backchannel_wire::ids::RoomKind;
use backchannel_wire::limits::SEATS_MAX;
use backchannel_wire::token::{HeadMacKey, SeatToken};
use backchannel_wire::{Beat, ChannelId, Head, RoomId, SeatNo, StreamId, UtcMs, canonical};
use minicbor::{Decode, Encode};
use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use zeroize::Zeroizing;

/// A station's place in a room: what never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Spot {
    /// The channel.
    #[n(0)]
    pub channel: ChannelId,
    /// The room.
    #[n(1)]
    pub room: RoomId,
    /// Its kind.
    #[n(2)]
    pub kind: RoomKind,
    /// The station's seat.
    #[n(3)]
    pub seat: SeatNo,
    /// How many seats the room has.
    #[n(4)]
    pub capacity: u8,
}

/// Where a station enters a room's chain.
pub struct Entry {
    /// The position: the first beat it will follow.
    pub position: Position,
    /// What decides which commits are valid.
    pub pace: Pace,
}

/// A superseded or current cell key, as kept.
#[derive(Encode, Decode)]
struct KeptKey {
    #[n(0)]
    epoch: u64,
    #[cbor(n(1), with = "minicbor::bytes")]
    authenticator: [u8; 8],
    #[cbor(n(2), with = "minicbor::bytes")]
    key: [u8; 32],
    #[n(3)]
    superseded: Option<Beat>,
}

/// The part of a room that changes with every beat.
#[derive(Encode, Decode)]
struct Core {
    #[n(0)]
    spot: Spot,
    #[n(1)]
    segment: u32,
    #[n(2)]
    next: Beat,
    #[n(3)]
    head: Head,
    #[n(4)]
    counter: u64,
    #[n(5)]
    posted: VecDeque<Posted>,
    #[n(6)]
    outbox: OutboxState,
    #[n(7)]
    pulse_number: u64,
    #[n(8)]
    pulse_beat: Beat,
    #[n(9)]
    pulse_wanted: bool,
    #[n(10)]
    sealed_pulse: u64,
    #[n(11)]
    own_commit: Option<OwnCommit>,
    #[n(12)]
    wishes: VecDeque<Wish>,
    #[n(13)]
    hold: Hold,
    #[n(14)]
    pace: Pace,
    #[n(15)]
    last_update: Beat,
    #[n(16)]
    stuck: bool,
    #[n(17)]
    keys: Vec<KeptKey>,
    #[n(18)]
    own_from: Beat,
    #[n(19)]
    forgotten: bool,
    #[n(20)]
    former: BTreeMap<u8, Former>,
    #[n(21)]
    missed: Missed,
}

/// What of a room is in the vault already, to write only what changed.
#[derive(Default)]
pub(super) struct Written {
    records: BTreeMap<Vec<u8>, [u8; 32]>,
    items: BTreeSet<(Class, u64)>,
    history: Option<Beat>,
    rows: BTreeSet<[u8; 32]>,
    /// Rows of a group that was replaced, still to be erased.
    stale_rows: BTreeSet<[u8; 32]>,
}

impl Room {
    /// Takes a seat in a group just founded or joined.
    pub fn enter(
        spot: Spot,
        group: RoomGroup,
        token: &SeatToken,
        entry: Entry,
        rng: &mut ChaCha20Rng,
    ) -> Result<Self, RoomError> {
        let mut stream = StreamId([0; 8]);
        rng.fill_bytes(&mut stream.0);
        let chain = chain_of(&spot)?;
        let entered = Beat(entry.position.next.0.saturating_sub(1));
        let mut room = Self {
            spot,
            group,
            chain,
            mac_key: token.head_mac_key(),
            position: entry.position,
            history: VecDeque::new(),
            counter: 0,
            keys: Vec::new(),
            posted: VecDeque::new(),
            outbox: Outbox::new(stream),
            peers: BTreeMap::new(),
            former: BTreeMap::new(),
            watch: Watch::default(),
            pulse_number: 0,
            pulse_beat: Beat(0),
            pulse_wanted: true,
            own_commit: None,
            wishes: VecDeque::new(),
            hold: Hold::default(),
            pace: entry.pace.entered(spot.seat, entered),
            missed: Missed::before(entry.position.next),
            silent: Silent::default(),
            last_update: entered,
            sealed_pulse: 0,
            own_from: Beat(0),
            forgotten: false,
            refused: Vec::new(),
            stuck: false,
            epoch: 0,
            deaf: 0,
            could_not_follow: false,
            written: Written::default(),
        };
        room.new_epoch_key(entered)?;
        room.seat_members(entered)?;
        Ok(room)
    }

    /// Takes the seat again with a fresh leaf after a rejoin: what was received and what waits to leave is kept.
    pub fn reenter(
        self,
        group: RoomGroup,
        entry: Entry,
        token: &SeatToken,
        rng: &mut ChaCha20Rng,
    ) -> Result<Self, RoomError> {
        let last_posted = self.posted.back().map_or(Beat(0), |posted| posted.beat.plus(1));
        let own_from = self.position.next.max(last_posted);
        let missed = self.missed.clone().reenter(self.position.next, entry.position.next);
        let Self { spot, mut outbox, peers, mut former, pulse_number, written, forgotten, silent, .. } = self;
        former.extend(peers.into_iter().map(|(seat, peer)| (seat, peer.into())));
        let mut room = Self::enter(spot, group, token, entry, rng)?;
        room.written = Written { stale_rows: written.rows, rows: BTreeSet::new(), ..written };
        room.pulse_number = pulse_number;
        room.own_from = own_from;
        room.missed = missed;
        room.silent = silent;
        let entered = room.last_beat();
        room.peers.clear();
        room.former = former;
        room.seat_members(entered)?;
        outbox.send_all_again();
        if forgotten {
            outbox.stream = room.outbox.stream;
        }
        room.outbox = outbox;
        Ok(room)
    }

    /// Goes on without a leaf, in a group of this station alone, until it is let in again: cells under a key that nobody
    /// has are like any others from outside.
    pub fn start_over(&mut self, now: UtcMs, rng: &mut ChaCha20Rng) -> Result<(), RoomError> {
        let alone = RoomGroup::found(rng, now, self.spot.room, self.spot.seat)?;
        self.written.stale_rows.append(&mut self.written.rows);
        self.group = alone;
        self.own_commit = None;
        self.wishes.clear();
        self.keys.clear();
        let peers = std::mem::take(&mut self.peers);
        self.former.extend(peers.into_iter().map(|(seat, peer)| (seat, peer.into())));
        self.new_epoch_key(self.last_beat())
    }

    fn seat_members(&mut self, at: Beat) -> Result<(), RoomError> {
        for leaf in self.group.members()? {
            if leaf.seat != self.spot.seat {
                let peer = Peer::new(&leaf, self.epoch, at, self.former.remove(&leaf.seat.get()));
                self.peers.insert(leaf.seat.get(), peer);
            }
        }
        Ok(())
    }

    /// Adds to the batch whatever changed since the last time.
    pub fn persist(&mut self, batch: &mut Batch) {
        let core = Zeroizing::new(canonical::to_vec(&self.core()));
        let watch = canonical::to_vec(&self.watch);
        let peers: Vec<(u8, Zeroizing<Vec<u8>>)> =
            self.peers.iter().map(|(seat, peer)| (*seat, Zeroizing::new(canonical::to_vec(peer)))).collect();
        self.put_changed(batch, b"core".to_vec(), core);
        self.put_changed(batch, b"watch".to_vec(), Zeroizing::new(watch));
        let silent = canonical::to_vec(&self.silent);
        self.put_changed(batch, b"silent".to_vec(), Zeroizing::new(silent));
        for (seat, bytes) in peers {
            self.put_changed(batch, vec![b'p', seat], bytes);
        }
        for seat in 0..SEATS_MAX as u8 {
            let id = vec![b'p', seat];
            if !self.peers.contains_key(&seat) && self.written.records.remove(&id).is_some() {
                batch.delete(self.key(spaces::ROOM, id));
            }
        }
        self.persist_items(batch);
        self.persist_history(batch);
        self.persist_group(batch);
    }

    fn persist_group(&mut self, batch: &mut Batch) {
        for row in std::mem::take(&mut self.written.stale_rows) {
            batch.delete(self.key(spaces::MLS, row.to_vec()));
        }
        for (row, value) in self.group.take_changes() {
            let key = self.key(spaces::MLS, row.to_vec());
            match value {
                Some(value) => {
                    self.written.rows.insert(row);
                    batch.put(key, value);
                }
                None => {
                    self.written.rows.remove(&row);
                    batch.delete(key);
                }
            }
        }
    }

    fn key(&self, space: crate::store::Space, id: Vec<u8>) -> Key {
        Key::new(space, id).in_room(self.spot.room)
    }

    /// Where the vault has an item on its way.
    pub fn item_key(&self, key: (Class, u64)) -> Key {
        self.key(spaces::OUT, item_id(key))
    }

    fn put_changed(&mut self, batch: &mut Batch, id: Vec<u8>, bytes: Zeroizing<Vec<u8>>) {
        let hash =
            backchannel_wire::tagged::hash(backchannel_wire::tagged::Tag("backchannel record v1"), &[&bytes]);
        if self.written.records.insert(id.clone(), hash) != Some(hash) {
            batch.put(self.key(spaces::ROOM, id), bytes);
        }
    }

    fn persist_items(&mut self, batch: &mut Batch) {
        let now: BTreeSet<(Class, u64)> = self.outbox.keys().into_iter().collect();
        for key in now.difference(&self.written.items) {
            if let Some(item) = self.outbox.item(*key) {
                batch.put(self.item_key(*key), canonical::to_vec(item));
            }
        }
        for key in self.written.items.difference(&now) {
            batch.delete(self.item_key(*key));
        }
        self.written.items = now;
    }

    fn persist_history(&mut self, batch: &mut Batch) {
        let fresh = |beat: Beat| self.written.history.is_none_or(|last| beat > last);
        for (beat, head) in self.history.iter().rev().take_while(|(beat, _)| fresh(*beat)) {
            let slot = beat.0 % crate::limits::HISTORY_BEATS as u64;
            let id = (slot as u16).to_be_bytes().to_vec();
            batch.put(self.key(spaces::HISTORY, id), canonical::to_vec(&(*beat, *head)));
        }
        self.written.history = self.history.back().map(|(beat, _)| *beat).or(self.written.history);
    }

    fn core(&self) -> Core {
        let kept = |key: &EpochKey| KeptKey {
            epoch: key.epoch,
            authenticator: key.authenticator,
            key: *key.key.expose(),
            superseded: key.superseded,
        };
        Core {
            spot: self.spot,
            segment: self.position.segment,
            next: self.position.next,
            head: self.position.head,
            counter: self.counter,
            posted: self.posted.clone(),
            outbox: self.outbox.state(),
            pulse_number: self.pulse_number,
            pulse_beat: self.pulse_beat,
            pulse_wanted: self.pulse_wanted,
            sealed_pulse: self.sealed_pulse,
            own_commit: self.own_commit.clone(),
            wishes: self.wishes.clone(),
            hold: self.hold.clone(),
            pace: self.pace.clone(),
            last_update: self.last_update,
            stuck: self.stuck,
            keys: self.keys.iter().map(kept).collect(),
            own_from: self.own_from,
            forgotten: self.forgotten,
            former: self.former.clone(),
            missed: self.missed.clone(),
        }
    }
}

/// A room's records as the vault gave them back.
#[derive(Default)]
pub struct Kept {
    /// From the space of rooms.
    pub records: BTreeMap<Vec<u8>, Zeroizing<Vec<u8>>>,
    /// From the space of outbox items.
    pub items: Vec<Zeroizing<Vec<u8>>>,
    /// From the space of MLS rows.
    pub rows: Vec<([u8; 32], Zeroizing<Vec<u8>>)>,
    /// From the space of heads.
    pub history: Vec<Zeroizing<Vec<u8>>>,
}

impl Room {
    /// Makes a room again from its records.
    pub fn load(kept: Kept, token: &SeatToken) -> Result<Self, RoomError> {
        const DAMAGED: RoomError = RoomError::Internal("a room's record is damaged");
        let read = |id: &[u8]| kept.records.get(id).ok_or(DAMAGED);
        let core: Core = canonical::from_slice(read(b"core")?).map_err(|_| DAMAGED)?;
        let watch: Watch = canonical::from_slice(read(b"watch")?).map_err(|_| DAMAGED)?;
        let silent =
            kept.records.get(b"silent".as_slice()).map(|bytes| canonical::from_slice(bytes)).transpose();
        let silent: Silent = silent.map_err(|_| DAMAGED)?.unwrap_or_default();
        let mut peers = BTreeMap::new();
        for (id, bytes) in &kept.records {
            if let [b'p', seat] = id[..] {
                peers.insert(seat, canonical::from_slice::<Peer>(bytes).map_err(|_| DAMAGED)?);
            }
        }
        let items = kept
            .items
            .iter()
            .map(|bytes| canonical::from_slice::<OutItem>(bytes))
            .collect::<Result<Vec<_>, _>>();
        let mut history = kept
            .history
            .iter()
            .map(|bytes| canonical::from_slice::<(Beat, Head)>(bytes))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|_| DAMAGED)?;
        history.sort_by_key(|(beat, _)| *beat);
        let chain = chain_of(&core.spot)?;
        let rows = kept.rows.iter().map(|(row, _)| *row).collect();
        let group = RoomGroup::load(kept.rows)?;
        let mut room = Self {
            spot: core.spot,
            chain,
            mac_key: token.head_mac_key(),
            position: Position { segment: core.segment, next: core.next, head: core.head },
            history: history.into_iter().filter(|(beat, _)| *beat < core.next).collect(),
            counter: core.counter,
            keys: core.keys.into_iter().map(kept_key).collect(),
            posted: core.posted,
            outbox: Outbox::restore(core.outbox, items.map_err(|_| DAMAGED)?),
            peers,
            former: core.former,
            watch,
            pulse_number: core.pulse_number,
            pulse_beat: core.pulse_beat,
            pulse_wanted: core.pulse_wanted,
            own_commit: core.own_commit,
            wishes: core.wishes,
            hold: core.hold,
            pace: core.pace,
            missed: core.missed,
            silent,
            last_update: core.last_update,
            sealed_pulse: core.sealed_pulse,
            own_from: core.own_from,
            forgotten: core.forgotten,
            refused: Vec::new(),
            stuck: core.stuck,
            epoch: group.epoch().unwrap_or_default(),
            group,
            deaf: 0,
            could_not_follow: false,
            written: Written::default(),
        };
        room.written.rows = rows;
        room.written.items = room.outbox.keys().into_iter().collect();
        room.written.history = room.history.back().map(|(beat, _)| *beat);
        Ok(room)
    }

    /// Replaces the token: the relay knows the seat by another one.
    pub fn set_mac_key(&mut self, key: HeadMacKey) {
        self.mac_key = key;
    }
}

fn kept_key(kept: KeptKey) -> EpochKey {
    EpochKey {
        epoch: kept.epoch,
        authenticator: kept.authenticator,
        key: CellKey::new(kept.key),
        superseded: kept.superseded,
    }
}

fn chain_of(spot: &Spot) -> Result<RoomChain, RoomError> {
    RoomChain::new(spot.channel, spot.room, spot.capacity)
        .map_err(|_| RoomError::Internal("the room has a capacity no room has"))
}

fn item_id(key: (Class, u64)) -> Vec<u8> {
    let mut id = vec![key.0.index() as u8];
    id.extend_from_slice(&key.1.to_be_bytes());
    id
}
