//! How the machine is kept in the vault and made again from it.

use super::claims::is_entry;
use super::desk::Desk;
use super::drafts::Drafts;
use super::journal::{Alarms, Journal};
use super::profile::{Me, ProfileError, Standing};
use super::room::{Kept, Room};
use super::understanding::{Understandings, is_note};
use super::{Machine, spaces};
use crate::store::{Batch, Key, Value};
use backchannel_wire::{RoomId, UtcMs, canonical};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Everything the vault holds, by key.
pub type Records = Vec<(Key, Value)>;

const PROFILE: &[u8] = b"profile";
const JOINING: &[u8] = b"joining";
const VERIFICATION: &[u8] = b"verification";
const GUARD: &[u8] = b"guard";
const FILES: &[u8] = b"message-files";

/// The key of a record of what was said.
pub fn record_key(room: Option<RoomId>, day: u32, id: Vec<u8>) -> Key {
    let key = Key::new(spaces::RECORD, id).on_day(day);
    match room {
        Some(room) => key.in_room(room),
        None => key,
    }
}

impl Machine {
    /// The batch that creates a station in an empty vault.
    pub fn create(me: &Me) -> Batch {
        let mut batch = Batch::new();
        batch.put(Key::new(spaces::STATION, PROFILE), me.to_bytes());
        batch
    }

    /// Makes the machine from what the vault holds.
    pub fn load(records: Records, seed: [u8; 32], now: UtcMs) -> Result<Self, ProfileError> {
        let Sorted { station, rooms, said, alarms } = Sorted::of(records)?;
        let me = Me::load(station.get(PROFILE).ok_or(ProfileError::Damaged)?)?;
        let guard = station.get(GUARD).map(|bytes| bytes.to_vec());
        let role = me.invitation.role;
        let notes: Vec<_> = said.iter().filter(|(id, _)| is_kept_here(id)).cloned().collect();
        let desk = Desk::load(me.channel(), me.party(), me.member(), role, guard.as_deref(), said);
        let mut machine = Self {
            rooms: load_rooms(&me, rooms)?,
            understandings: Understandings::new(me.invitation.t0, me.invitation.beat_ms, me.invitation.pen),
            desk,
            verification: read(&station, VERIFICATION)?,
            joining: read(&station, JOINING)?,
            alarms,
            journal: Journal::new(now),
            rng: ChaCha20Rng::from_seed(seed),
            locked: false,
            connected: false,
            slots: Vec::new(),
            offset_ms: 0,
            heard: BTreeMap::new(),
            started: now,
            now,
            joining_memory: Default::default(),
            next_call: 0,
            vouched_to: BTreeSet::new(),
            pending_vouches: Default::default(),
            introduced: BTreeMap::new(),
            shown_rosters: BTreeMap::new(),
            words_suspect: BTreeMap::new(),
            comparison: None,
            drafts: Drafts::of(&notes),
            claims: Default::default(),
            early_commit: None,
            own_pulses: BTreeMap::new(),
            silent: false,
            skew: super::skew::Skew::new(false),
            catching_up: false,
            dirty_rooms: BTreeSet::new(),
            profile_dirty: false,
            joining_dirty: false,
            verification_dirty: false,
            alarms_dirty: false,
            #[cfg(feature = "sabotage")]
            tamper: None,
            batch: Batch::new(),
            effects: VecDeque::new(),
            ready: VecDeque::new(),
            me,
        };
        machine.reload_record(&notes);
        machine.reload_claims(&notes);
        machine.load_claims(&station);
        machine.load_understandings(&station);
        machine.after_load(&station)?;
        Ok(machine)
    }

    /// The channel's own files, and what a restart makes due again: vouches to whoever has not vouched yet, knocks of rooms that were stuck.
    fn after_load(&mut self, station: &BTreeMap<Vec<u8>, Value>) -> Result<(), ProfileError> {
        self.desk.take_files(read(station, FILES)?);
        let rooms: Vec<RoomId> = self.rooms.keys().copied().collect();
        for room in rooms {
            let Some(entered) = self.rooms.get(&room) else { continue };
            // A vouch already sent waits in the outbox; only peers known and vouched for need no other.
            let known: Vec<u8> =
                entered.peers().filter(|(_, peer)| peer.who.is_some()).map(|(seat, _)| seat.get()).collect();
            self.vouched_to.extend(known.into_iter().map(|seat| (room, seat)));
            self.vouch_in(room, false);
        }
        self.silent = self
            .alarms
            .iter()
            .any(|alarm| alarm.open && alarm.room.is_none() && alarm.kind == super::AlarmKind::Silent);
        let skewed = self.alarms.iter().any(|alarm| alarm.open && alarm.kind == super::AlarmKind::Skew);
        self.skew = super::skew::Skew::new(skewed);
        self.finish();
        Ok(())
    }

    /// Adds what changed to the batch.
    pub(super) fn persist(&mut self, batch: &mut Batch) {
        for room in std::mem::take(&mut self.dirty_rooms) {
            if let Some(entered) = self.rooms.get_mut(&room) {
                entered.persist(batch);
            }
        }
        let key = |id: &[u8]| Key::new(spaces::STATION, id);
        if std::mem::take(&mut self.profile_dirty) {
            batch.put(key(PROFILE), self.me.to_bytes());
            // A room just entered has never been written.
            for room in self.rooms.values_mut() {
                room.persist(batch);
            }
        }
        if std::mem::take(&mut self.joining_dirty) {
            batch.put(key(JOINING), canonical::to_vec(&self.joining));
        }
        if std::mem::take(&mut self.verification_dirty) {
            batch.put(key(VERIFICATION), canonical::to_vec(&self.verification));
        }
        if std::mem::take(&mut self.alarms_dirty) {
            batch.put(Key::new(spaces::ALARM, b"all".to_vec()), canonical::to_vec(&self.alarms));
        }
        self.understandings.persist(batch);
        self.claims.persist(batch);
        if let Some(guard) = self.desk.take_guard_bytes() {
            batch.put(key(GUARD), guard);
        }
        if let Some(files) = self.desk.take_file_bytes() {
            batch.put(key(FILES), files);
        }
    }
}

/// What the vault holds, by what it is for.
#[derive(Default)]
struct Sorted {
    station: BTreeMap<Vec<u8>, Value>,
    rooms: BTreeMap<RoomId, Kept>,
    /// Records of what was said, by their names.
    said: Vec<(Vec<u8>, Vec<u8>)>,
    alarms: Alarms,
}

impl Sorted {
    fn of(records: Records) -> Result<Self, ProfileError> {
        let mut out = Self::default();
        for (key, value) in records {
            match (key.space, key.room) {
                (spaces::STATION, _) => drop(out.station.insert(key.id, value)),
                (spaces::RECORD, _) => out.said.push((key.id, value.to_vec())),
                (spaces::ALARM, _) => {
                    out.alarms = canonical::from_slice(&value).map_err(|_| ProfileError::Damaged)?
                }
                (space, Some(room)) => sort_in(out.rooms.entry(room).or_default(), space, key.id, value),
                _ => {}
            }
        }
        out.said.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(out)
    }
}

/// Whether a record of what was said is not the desk's.
fn is_kept_here(id: &[u8]) -> bool {
    is_note(id) || Drafts::holds(id) || is_entry(id)
}

fn sort_in(kept: &mut Kept, space: crate::store::Space, id: Vec<u8>, value: Value) {
    match space {
        spaces::ROOM => drop(kept.records.insert(id, value)),
        spaces::MLS => kept.rows.extend(<[u8; 32]>::try_from(id).ok().map(|id| (id, value))),
        spaces::OUT => kept.items.push(value),
        spaces::HISTORY => kept.history.push(value),
        _ => {}
    }
}

fn load_rooms(me: &Me, mut kept: BTreeMap<RoomId, Kept>) -> Result<BTreeMap<RoomId, Room>, ProfileError> {
    let mut out = BTreeMap::new();
    for place in &me.profile.places {
        let entered = matches!(place.standing, Standing::Inside | Standing::Returning(_));
        let (Some(records), Some(token), true) = (kept.remove(&place.spot.room), me.token(place), entered)
        else {
            continue;
        };
        let room = Room::load(records, &token).map_err(|_| ProfileError::Damaged)?;
        out.insert(place.spot.room, room);
    }
    Ok(out)
}

fn read<T>(station: &BTreeMap<Vec<u8>, Value>, id: &[u8]) -> Result<T, ProfileError>
where
    T: Default + for<'b> minicbor::Decode<'b, ()> + minicbor::Encode<()>,
{
    match station.get(id) {
        Some(bytes) => canonical::from_slice(bytes).map_err(|_| ProfileError::Damaged),
        None => Ok(T::default()),
    }
}
