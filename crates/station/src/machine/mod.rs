//! The station as a machine: one input with `now` at a time, then drained of effects. No I/O, no clock, no ambient randomness.
//!
//! Inputs are methods; each ends by gathering what changed into one batch, which stands before every other effect of
//! that input: nothing leaves the station before what it rests on is durable.

pub mod assembly;
pub mod body;
mod claims;
mod commands;
pub mod desk;
mod drafts;
pub mod envelope;
mod frames;
pub mod io;
pub mod item;
pub mod joining;
pub mod journal;
mod leaving;
mod line_status;
pub mod mail;
mod members;
pub mod order;
pub mod outbox;
mod persist;
pub mod profile;
mod quorum;
pub mod room;
pub mod seating;
mod skew;
pub mod spaces;
mod status;
pub mod understanding;
mod verify;
pub mod watch;

#[cfg(feature = "process")]
pub(crate) use commands::role_name;
pub use io::Effect;
pub use persist::Records;

use self::desk::{Desk, Facts, Reaction, RoomFact};
use self::envelope::Class;
use self::item::Item;
use self::joining::{Joining, JoiningMemory};
use self::journal::{Alarm, Alarms, Journal, Line};
use self::members::PendingVouches;
use self::profile::Me;
use self::room::{Room, Who};
use self::understanding::Understandings;
use self::verify::{Compared, Verification};
use self::watch::AlarmKind;
use crate::sabotage::{Sabotage, on};
use crate::store::Batch;
use backchannel_assurance::words::Commitment;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{Beat, PartyNo, RoomId, SeatNo, UtcMs, canonical};
use rand_chacha::ChaCha20Rng;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The station.
pub struct Machine {
    me: Me,
    rooms: BTreeMap<RoomId, Room>,
    desk: Desk,
    understandings: Understandings,
    verification: Verification,
    joining: Joining,
    alarms: Alarms,
    journal: Journal,
    rng: ChaCha20Rng,
    locked: bool,
    connected: bool,
    /// The rooms of the beat connection, in the order of its hello.
    slots: Vec<RoomId>,
    /// How far the relay's clock is ahead of this machine's, in milliseconds.
    offset_ms: i64,
    /// When a beat of each room of the connection last came.
    heard: BTreeMap<RoomId, UtcMs>,
    started: UtcMs,
    now: UtcMs,
    joining_memory: JoiningMemory,
    next_call: u64,
    vouched_to: BTreeSet<(RoomId, u8)>,
    pending_vouches: PendingVouches,
    introduced: BTreeMap<(RoomId, PartyNo), usize>,
    /// When the own roster was last shown again because of what a seat said it knows.
    shown_rosters: BTreeMap<(RoomId, u8), Beat>,
    words_suspect: BTreeMap<PartyNo, Beat>,
    comparison: Option<Compared>,
    drafts: drafts::Drafts,
    claims: claims::Claims,
    early_commit: Option<Commitment>,
    own_pulses: BTreeMap<RoomId, u64>,
    silent: bool,
    skew: skew::Skew,
    catching_up: bool,
    dirty_rooms: BTreeSet<RoomId>,
    profile_dirty: bool,
    joining_dirty: bool,
    verification_dirty: bool,
    alarms_dirty: bool,
    #[cfg(feature = "sabotage")]
    tamper: Option<understanding::Tamper>,
    batch: Batch,
    effects: VecDeque<Effect>,
    ready: VecDeque<Effect>,
}

/// A line for the journal.
pub(crate) struct Told {
    kind: &'static str,
    what: String,
    room: Option<RoomId>,
    id: Option<String>,
    name: Option<String>,
    beat: Option<Beat>,
}

impl Told {
    pub(crate) fn new(kind: &'static str, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), room: None, id: None, name: None, beat: None }
    }

    pub(crate) fn room(self, room: RoomId) -> Self {
        Self { room: Some(room), ..self }
    }

    pub(crate) fn name(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    pub(crate) fn beat(self, beat: Beat) -> Self {
        Self { beat: Some(beat), ..self }
    }
}

impl Machine {
    /// The next effect of the inputs so far.
    pub fn effect(&mut self) -> Option<Effect> {
        self.ready.pop_front()
    }

    /// The relay's address and pin, from the invitation.
    pub fn relay(&self) -> (String, [u8; 32]) {
        (self.me.invitation.relay_address.clone(), self.me.invitation.relay_pin)
    }

    /// The journal.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    fn effect_later(&mut self, effect: Effect) {
        self.effects.push_back(effect);
    }

    fn tell(&mut self, told: Told) {
        let beat = told.beat.unwrap_or_else(|| self.last_beat());
        let utc = self.utc_of(beat);
        let Told { kind, what, room, id, name, .. } = told;
        self.journal.add(Line { n: 0, beat, utc, kind, room, id, name, what });
    }

    /// The last beat processed in any room.
    fn last_beat(&self) -> Beat {
        self.rooms.values().map(Room::last_beat).max().unwrap_or_else(|| self.beat_at(self.now))
    }

    /// The beat under way at an instant of the relay's clock.
    fn beat_at(&self, at: UtcMs) -> Beat {
        let since = at.0.saturating_sub(self.me.invitation.t0.0);
        Beat(since / u64::from(self.me.invitation.beat_ms.max(1)))
    }

    /// The end of a beat, which is when it is sealed.
    fn utc_of(&self, beat: Beat) -> UtcMs {
        let length = u64::from(self.me.invitation.beat_ms);
        UtcMs(self.me.invitation.t0.0.saturating_add(beat.0.saturating_add(1).saturating_mul(length)))
    }

    fn utc_text(&self, beat: Beat) -> String {
        backchannel_accord::time::rfc3339(self.utc_of(beat))
    }

    /// The station's room of a kind, if it is inside.
    fn room_of(&self, kind: RoomKind) -> Option<RoomId> {
        self.rooms.values().find(|room| room.kind() == kind && !room.stuck).map(Room::id)
    }

    /// Sends an item to everybody in a room.
    fn say(&mut self, room: RoomId, class: Class, item: &Item) {
        self.say_tagged(room, class, [0; 16], item);
    }

    /// As [`Self::say`], under a name by which its fate is told; its number within its class, if it was taken.
    fn say_tagged(&mut self, room: RoomId, class: Class, tag: outbox::ItemTag, item: &Item) -> Option<u64> {
        self.say_to(room, class, tag, item, None)
    }

    /// As [`Self::say_tagged`], until these seats have it, whoever reads it besides.
    fn say_to(
        &mut self,
        room: RoomId,
        class: Class,
        tag: outbox::ItemTag,
        item: &Item,
        only: Option<&[SeatNo]>,
    ) -> Option<u64> {
        let entered = self.rooms.get_mut(&room).filter(|entered| entered.has_recipients())?;
        let bytes = zeroize::Zeroizing::new(canonical::to_vec(item));
        let result = entered.send(class, tag, &bytes, only, &mut self.rng);
        self.dirty_rooms.insert(room);
        if let Err(error) = result {
            self.tell(Told::new("undeliverable", format!("Something was not sent: {error}.")).room(room));
            return None;
        }
        result.ok()
    }

    /// Wishes a room's group to change; a wish outlives the process, since whatever rests on it does.
    fn wish(&mut self, room: RoomId, wish: room::Wish) {
        if let Some(entered) = self.rooms.get_mut(&room) {
            entered.wish(wish);
            self.dirty_rooms.insert(room);
        }
    }

    fn raise(
        &mut self,
        kind: AlarmKind,
        room: Option<RoomId>,
        seat: Option<SeatNo>,
        beat: Beat,
        what: String,
    ) {
        let alarm = Alarm { kind, room, seat: seat.map(SeatNo::get), beat, open: true, what: what.clone() };
        if self.alarms.raise(alarm) {
            self.alarms_dirty = true;
            let told = Told::new("alarm", what).name(kind.name()).beat(beat);
            self.tell(Told { room, ..told });
        }
    }

    fn clear(&mut self, kind: AlarmKind, room: Option<RoomId>, seat: Option<SeatNo>, beat: Beat) {
        if self.alarms.clear(kind, room, seat.map(SeatNo::get)) {
            self.alarms_dirty = true;
            let told = Told::new("alarm-cleared", format!("{} is no longer observed.", kind.name()));
            let told = told.name(kind.name()).beat(beat);
            self.tell(Told { room, ..told });
        }
    }

    /// Runs something of the desk with the facts it may know.
    fn with_desk<T>(&mut self, run: impl FnOnce(&mut Desk, &Facts<'_>, &mut ChaCha20Rng) -> T) -> T {
        let rooms: Vec<RoomFact> = self
            .rooms
            .values()
            .map(|room| RoomFact { room: room.id(), kind: room.kind(), usable: !room.stuck })
            .collect();
        let mine = self.me.party();
        let states: BTreeSet<&'static str> = self
            .me
            .parties()
            .filter(|party| *party != mine)
            .map(|party| self.verified_words(party))
            .collect();
        let verified = match mine {
            PartyNo::INTERMEDIARY => "the intermediary".to_owned(),
            _ => states.into_iter().collect::<Vec<_>>().join(", "),
        };
        let (beat, now) = (self.last_beat(), self.now);
        let Self { me, desk, rng, locked, .. } = self;
        let me = &*me;
        let role = me.invitation.role;
        let facts = Facts {
            now,
            beat,
            t0: me.invitation.t0,
            beat_ms: me.invitation.beat_ms,
            me: Who { party: mine, member: me.member(), role },
            locked: *locked,
            labels: &|party| me.label(party),
            member_label: &|party, member| me.person_label(party, member),
            party_named: &|label| me.party_named(label),
            rooms: &rooms,
            parties: me.parties().collect(),
            has_registry: has_registry(me),
            route: me.invitation.route(),
            verified,
        };
        run(desk, &facts, rng)
    }

    /// Carries out what the desk decided; gives back its reply.
    fn react(&mut self, reaction: Reaction) -> Option<serde_json::Value> {
        for record in reaction.records.into_iter().chain(reaction.rewritten) {
            self.batch.put(persist::record_key(record.room, record.day, record.id), record.bytes);
        }
        for (room, day, id) in reaction.deleted {
            self.batch.delete(persist::record_key(room, day, id));
        }
        for line in reaction.journal {
            let told = Told {
                kind: line.kind,
                what: line.what,
                room: line.room,
                id: line.id,
                name: line.name,
                beat: None,
            };
            self.tell(told);
        }
        for (kind, room, what) in reaction.alarms.into_iter().filter(|_| !on(Sabotage::DeafAlarm)) {
            self.raise(kind, room, None, self.last_beat(), what);
        }
        for (kind, room) in reaction.cleared {
            self.clear(kind, room, None, self.last_beat());
        }
        for out in reaction.out {
            self.say_tagged(out.room, out.class, out.tag, &Item::Event(out.bytes));
        }
        reaction.reply
    }

    /// Ends an input: what changed becomes one batch, before every other effect of the input.
    fn finish(&mut self) {
        let mut batch = std::mem::take(&mut self.batch);
        self.persist(&mut batch);
        if !batch.is_empty() {
            self.ready.push_back(Effect::Persist(batch));
        }
        self.ready.append(&mut self.effects);
    }
}

fn has_registry(me: &Me) -> bool {
    me.parties().count() > 0
        && (me.party() == PartyNo::INTERMEDIARY
            || me.profile.places.iter().any(|place| place.spot.kind == RoomKind::Registry))
}
