//! The beat connection: hellos, frames up and frames down (docs/spec/frames.md).

use super::envelope::{Class, OtherHead, Pulse};
use super::item::Item;
use super::outbox::Fate;
use super::profile::Standing;
use super::room::{Delivered, PulseExtras, Purpose, Room, RoomEvent, Who};
use super::skew::Found;
use super::understanding::Came;
use super::watch::AlarmKind;
use super::{Effect, Machine, Told};
use crate::limits::SILENT_BEATS;
use crate::machine::desk::DeskFate;
use crate::sabotage::{Sabotage, on};
use backchannel_wire::frame::{DownFrame, Hello, HelloAck, HelloSlot, SlotState, UpFrame, UpSlot};
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{Beat, RoomId, SeatNo, UtcMs, canonical};

impl Machine {
    /// The hello for a new beat connection; nothing while the station has no seat to take.
    pub fn hello(&mut self) -> Option<zeroize::Zeroizing<Vec<u8>>> {
        let places = self.me.profile.places.iter();
        let inside =
            places.filter(|place| matches!(place.standing, Standing::Inside | Standing::Returning(_)));
        let slots: Vec<HelloSlot> = inside
            .filter_map(|place| {
                let room = self.rooms.get(&place.spot.room)?;
                let token = self.me.token(place)?;
                Some(HelloSlot {
                    room: place.spot.room,
                    seat: place.spot.seat,
                    token,
                    position: room.position,
                })
            })
            .collect();
        if slots.is_empty() {
            return None;
        }
        self.slots = slots.iter().map(|slot| slot.room).collect();
        Hello { channel: self.me.channel(), slots }.encode(&self.me.shape).ok()
    }

    /// The relay answered the hello. Whether the connection can be used.
    pub fn accepted(&mut self, ack: &[u8], now: UtcMs) -> bool {
        self.now = now;
        let usable = match HelloAck::decode(ack) {
            Ok(HelloAck::Accepted(accepted)) => {
                self.offset_ms = difference(accepted.now, now);
                self.connected = true;
                self.tell(Told::new("connected", "The relay answers."));
                for (room, state) in self.slots.clone().into_iter().zip(accepted.slots) {
                    if matches!(state, SlotState::Refused) {
                        self.tell(
                            Told::new("refused", "The relay does not know this station's token for a room.")
                                .room(room),
                        );
                    }
                }
                true
            }
            _ => {
                self.tell(Told::new("refused", "The relay refused this station's hello."));
                false
            }
        };
        self.finish();
        usable
    }

    /// The beat connection ended.
    pub fn disconnected(&mut self, now: UtcMs) {
        self.now = now;
        if std::mem::take(&mut self.connected) {
            if on(Sabotage::LostOutbox) {
                self.rooms.values_mut().for_each(Room::forget_outbox);
            }
            self.tell(Told::new("disconnected", "The line to the relay is down; the station keeps trying."));
        }
        self.finish();
    }

    /// How far the relay's clock is ahead of this machine's, in milliseconds: the shell keeps the relay's beats.
    pub fn offset_ms(&self) -> i64 {
        self.offset_ms
    }

    /// When beat 0 began, and the length of a beat in milliseconds.
    pub fn metronome(&self) -> (UtcMs, u32) {
        (self.me.invitation.t0, self.me.invitation.beat_ms)
    }

    /// Builds and hands over the frame for a beat. Called once a beat, just before it begins, while connected.
    pub fn build(&mut self, beat: Beat, now: UtcMs) {
        self.now = now;
        // Two cells for one beat would be told apart from any other station's; a process that died after the first was
        // made durable leaves the beat out (FRAME-9).
        if self.rooms.values().any(|room| room.has_posted(beat)) {
            return;
        }
        let mut slots = Vec::new();
        for room in self.slots.clone() {
            let extras = self.extras(room, beat);
            let Some(entered) = self.rooms.get_mut(&room) else {
                slots.push(UpSlot::default());
                continue;
            };
            let built = entered.build(beat, now, extras, &mut self.rng);
            let refused = std::mem::take(&mut entered.refused);
            self.dirty_rooms.insert(room);
            slots.push(UpSlot { next: entered.position.next, cell: built.ok() });
            for (purpose, reason) in refused {
                self.wish_refused(room, &purpose, &reason);
            }
        }
        let says = || self.slots.iter().filter_map(|room| self.rooms.get(room)).any(Room::said_something);
        if on(Sabotage::QuietStation) && !says() {
            self.rooms.values_mut().for_each(Room::take_back);
            return self.finish();
        }
        if let Ok(frame) = (UpFrame { beat, slots }).encode(&self.me.shape) {
            self.effect_later(Effect::Frame(frame));
        }
        self.finish();
    }

    /// The frame for a beat left when the beat was over.
    pub fn left_late(&mut self, beat: Beat) {
        self.rooms.values_mut().for_each(|room| room.left_late(beat));
    }

    fn wish_refused(&mut self, room: RoomId, purpose: &Purpose, reason: &str) {
        if let Purpose::Remove(seat) = purpose
            && self.rooms.get(&room).is_none_or(|entered| entered.peer(*seat).is_none())
        {
            // Another member removed it first.
            return;
        }
        if let Purpose::Add(seat) | Purpose::Replace(seat) = purpose {
            self.not_welcomed(room, *seat);
        }
        self.tell(Told::new("refused", format!("A change of the room was not made: {reason}.")).room(room));
    }

    fn extras(&mut self, room: RoomId, beat: Beat) -> PulseExtras {
        let Some(entered) = self.rooms.get(&room) else { return PulseExtras::default() };
        let mut extras = PulseExtras { locked: self.locked, ..PulseExtras::default() };
        if !entered.will_pulse(beat) {
            return extras;
        }
        match entered.kind() {
            RoomKind::Registry => {
                let (digests, matched) = self.desk.registry_slots(entered.next_pulse(), &mut self.rng);
                extras.digests = Some(digests);
                extras.matched = Some(matched);
            }
            RoomKind::Delegation(_) => {
                let others = self.rooms.values().filter(|other| other.id() != room);
                let head = |other: &Room| OtherHead {
                    room: other.id(),
                    beat: other.last_beat(),
                    head: other.position.head,
                };
                extras.others = others.map(head).collect();
            }
            RoomKind::Caucus(_) => {}
        }
        extras
    }

    /// A frame came. Records that do not follow from the chain are refused, and the connection is opened again
    /// (ALARM-10).
    pub fn frame(&mut self, bytes: &[u8], now: UtcMs) {
        self.now = now;
        match DownFrame::decode(bytes, &self.me.shape) {
            Ok(frame) => self.down(&frame, now),
            Err(error) => {
                self.tell(Told::new("refused", format!("A frame of the relay was refused: {error}.")));
                self.effect_later(Effect::Reconnect);
            }
        }
        self.finish();
    }

    fn down(&mut self, frame: &DownFrame, now: UtcMs) {
        self.check_skew(frame.beat, now);
        for slot in &frame.records {
            let Some(room) = self.slots.get(usize::from(slot.slot)).copied() else { continue };
            let Some(entered) = self.rooms.get_mut(&room) else { continue };
            let before = entered.last_beat();
            match entered.record(&slot.record, now) {
                Ok(events) => {
                    self.heard.insert(room, now);
                    self.dirty_rooms.insert(room);
                    self.clear(AlarmKind::Chain, Some(room), None, frame.beat);
                    for event in events {
                        self.room_event(room, event, now);
                    }
                    self.take_items(room);
                }
                Err(error) => {
                    let what = format!("A record after beat {before} was refused: {error}.");
                    self.raise(AlarmKind::Chain, Some(room), None, before, what);
                    self.effect_later(Effect::Reconnect);
                    break;
                }
            }
        }
        self.note_catching_up(frame.beat);
        self.after_records(frame, now);
    }

    fn after_records(&mut self, frame: &DownFrame, now: UtcMs) {
        for (room, status) in self.slots.clone().into_iter().zip(&frame.slots) {
            if status.active {
                self.knock_waits(room, status.knock, frame.beat);
            }
        }
        if let Some(registry) = self.room_of(RoomKind::Registry) {
            let last = self.rooms.get(&registry).map(Room::last_beat).unwrap_or_default();
            self.desk.registry_position(last);
        }
        if !self.words_suspect.is_empty() {
            self.check_words();
        }
        self.join_step(frame.beat, now);
        self.clear_seats();
        self.desk_tick();
    }

    fn desk_tick(&mut self) {
        let reaction = self.with_desk(|desk, facts, rng| desk.tick(facts, rng));
        self.react(reaction);
        self.understandings_tick();
        self.claims_tick();
    }

    /// Whether the relay's beats come when this machine's clock says they should (ALARM-6).
    fn check_skew(&mut self, sealed: Beat, now: UtcMs) {
        let due = self.utc_of(sealed);
        match self.skew.beat(due, now, self.me.invitation.beat_ms) {
            Some(Found::Apart(apart)) => {
                let what =
                    format!("The relay's beat {sealed} came {apart} ms apart from this machine's clock.");
                self.raise(AlarmKind::Skew, None, None, sealed, what);
            }
            Some(Found::InTime) => self.clear(AlarmKind::Skew, None, None, sealed),
            None => {}
        }
    }

    fn note_catching_up(&mut self, sealed: Beat) {
        let slots = self.slots.iter().filter_map(|room| self.rooms.get(room));
        let behind = slots.map(|room| sealed.since(room.last_beat())).max().unwrap_or(0);
        if behind > 4 && !self.catching_up {
            self.catching_up = true;
            self.tell(Told::new(
                "catching-up",
                format!("The station is {behind} beats behind and catches up."),
            ));
        } else if behind == 0 && self.catching_up {
            self.catching_up = false;
            self.tell(Told::new("caught-up", "The station has caught up."));
        }
    }

    /// Time passes: silence, pairing and deadlines are looked at. Called about once a beat.
    pub fn tick(&mut self, now: UtcMs) {
        self.now = now;
        self.skew.runs(now, self.me.invitation.beat_ms);
        self.tries_durable();
        // A frame without beats is no beat: each room is listened to for itself.
        let heard = self
            .slots
            .iter()
            .map(|room| *self.heard.entry(*room).or_insert(now))
            .min()
            .unwrap_or(self.started);
        let silence = SILENT_BEATS * u64::from(self.me.invitation.beat_ms);
        let beat = self.beat_at(now);
        let inside = self.me.profile.places.iter().any(|place| matches!(place.standing, Standing::Inside));
        // Also when it never reached the relay since it started.
        let silent = inside && now.0.saturating_sub(heard.0) > silence;
        if silent && !self.silent {
            let what =
                format!("No beat has come for more than {SILENT_BEATS} beats. The cause is not known.");
            self.raise(AlarmKind::Silent, None, None, beat, what);
        } else if !silent && self.silent {
            self.clear(AlarmKind::Silent, None, None, beat);
        }
        self.silent = silent;
        // Pairing goes on while there is no beat connection yet.
        self.join_step(beat, now);
        self.desk_tick();
        self.finish();
    }

    /// The lobby answered, or could not be reached.
    pub fn lobby(&mut self, ticket: u64, reply: Option<&[u8]>, now: UtcMs) {
        self.now = now;
        let reply = reply.and_then(|bytes| backchannel_wire::lobby::LobbyReply::decode(bytes).ok());
        self.lobby_came(ticket, reply, now);
        self.finish();
    }

    fn room_event(&mut self, room: RoomId, event: RoomEvent, now: UtcMs) {
        match event {
            RoomEvent::Pulse { seat, beat, pulse } => self.pulse_came(room, seat, beat, &pulse),
            RoomEvent::Fate(fate) => self.fate(room, fate),
            RoomEvent::Committed { beat, committer, added, removed, psk, note, own } => {
                if let Some(seat) = removed.filter(|seat| added != Some(*seat)) {
                    self.removed(room, seat, beat, &note);
                }
                if let Some(seat) = added {
                    self.seat_taken(room, seat, &note);
                }
                if let Some(id) = psk {
                    self.psk_taken(room, &id, beat, committer);
                }
                if let Some((Purpose::Add(seat) | Purpose::Replace(seat), Some(welcome))) = own {
                    self.welcomed(room, seat, welcome);
                }
            }
            RoomEvent::RemovedSelf(removal) => self.removed_self(room, &removal, now),
            RoomEvent::Raise(kind, seat, beat) => {
                let what = self.observed(kind, room, seat);
                self.raise(kind, Some(room), seat, beat, what);
                let registry = self.rooms.get(&room).map(Room::kind) == Some(RoomKind::Registry);
                if kind == AlarmKind::Restored && registry {
                    // Digests may have stood in the beats that were lost.
                    self.desk.registry_entered(false);
                }
            }
            RoomEvent::Clear(kind, seat, beat) => self.clear(kind, Some(room), seat, beat),
            RoomEvent::MustRejoin(why) => self.must_rejoin(room, why, now),
        }
    }

    /// What an alarm observed, in a sentence that names no fault.
    fn observed(&self, kind: AlarmKind, room: RoomId, seat: Option<SeatNo>) -> String {
        let name = self.me.place(room).map_or_else(String::new, |place| self.me.room_name(place.spot.kind));
        let who = seat.map_or_else(|| "this station".to_owned(), |seat| self.occupant(room, seat));
        match kind {
            AlarmKind::Fork => {
                format!("{who} and this station were shown two heads for one beat of the {name}.")
            }
            AlarmKind::Gap => format!("Cells of {who} were handed over and marked absent in the {name}."),
            AlarmKind::AlteredCell => {
                format!("Another cell than the one posted stands in this station's place in the {name}.")
            }
            AlarmKind::Withheld => {
                format!("Cells this station posted in time are marked absent in the {name}.")
            }
            AlarmKind::Silent => format!("No cell of {who} has come in the {name}. The cause is not known."),
            AlarmKind::Unreadable => format!("The cells of {who} in the {name} cannot be opened here."),
            AlarmKind::Restored => {
                format!("The relay was restored from an older store; the {name} goes on in a new segment.")
            }
            AlarmKind::Skew | AlarmKind::Altered | AlarmKind::Chain | AlarmKind::Unanswered => {
                format!("Observed in the {name}.")
            }
        }
    }

    pub(super) fn occupant(&self, room: RoomId, seat: SeatNo) -> String {
        let claim = self.me.profile.claims.get(&(room, seat.get()));
        claim.map_or_else(|| format!("seat {seat}"), |(party, member)| self.me.person_label(*party, *member))
    }

    fn pulse_came(&mut self, room: RoomId, seat: SeatNo, beat: Beat, pulse: &Pulse) {
        let Some(who) = self.who(room, seat) else { return };
        for other in &pulse.others {
            let known = self.rooms.get(&other.room).and_then(|known| known.head_at(other.beat));
            let own_delegation =
                matches!(self.rooms.get(&room).map(Room::kind), Some(RoomKind::Delegation(_)));
            if own_delegation && known.is_some_and(|head| head != other.head) {
                let what = self.observed(AlarmKind::Fork, other.room, Some(seat));
                self.raise(AlarmKind::Fork, Some(other.room), Some(seat), beat, what);
            }
        }
        if self.rooms.get(&room).map(Room::kind) != Some(RoomKind::Registry) {
            return;
        }
        let receipted = self
            .rooms
            .get(&room)
            .and_then(|entered| entered.peer(seat))
            .map_or(0, |peer| peer.receipted_pulse);
        self.desk.registry_receipted(who.party, receipted);
        if let (Some(digests), Some(matched)) = (&pulse.digests, &pulse.matched) {
            let reaction = self
                .with_desk(|desk, facts, _| desk.registry_pulse(who.party, digests, matched, beat, facts));
            self.react(reaction);
        }
    }

    pub(super) fn who(&self, room: RoomId, seat: SeatNo) -> Option<Who> {
        self.rooms.get(&room)?.peer(seat)?.who
    }

    pub(super) fn fate(&mut self, room: RoomId, fate: Fate) {
        let told = fate;
        let (tag, fate) = match fate {
            Fate::Sent(tag, beat) => (tag, DeskFate::Sent(beat)),
            Fate::Acknowledged(tag, seat, beat) => match self.who(room, seat) {
                Some(who) => (tag, DeskFate::Acknowledged(who, beat)),
                None => return,
            },
            Fate::Undeliverable(tag) => (tag, DeskFate::Undeliverable),
        };
        if tag == [0; 16] || self.fate_of_understanding(told) {
            return;
        }
        let reaction = self.with_desk(|desk, facts, _| desk.fate(tag, fate, facts));
        self.react(reaction);
    }

    /// Takes every item whose turn it is; vouches may make more of them deliverable.
    fn take_items(&mut self, room: RoomId) {
        let sealed = self.rooms.get(&room).map(|entered| (entered.kind(), entered.sealed_pulse()));
        if let Some((RoomKind::Registry, number)) = sealed
            && self.own_pulses.insert(room, number) != Some(number)
        {
            self.desk.registry_sealed(number);
        }
        while let Some(delivered) = self.rooms.get_mut(&room).and_then(Room::next_item) {
            self.item(room, delivered);
        }
    }

    /// The admission gate: the author is whom MLS authenticated on that seat, never a field of the item (ADMIT rules).
    fn item(&mut self, room: RoomId, delivered: Delivered) {
        let Delivered { seat, class, number, beat, bytes, dated } = delivered;
        let Ok(item) = canonical::from_slice::<Item>(&zeroize::Zeroizing::new(bytes)) else { return };
        let Some(kind) = self.rooms.get(&room).map(Room::kind) else { return };
        let who = self.who(room, seat);
        match (&item, who) {
            (Item::Vouches { .. }, _) => self.vouches_came(room, seat, &item),
            (Item::Roster { .. }, _) => self.roster_came(room, seat, beat, &item),
            (Item::Verifier(_), _) => self.verifier_claimed(room, seat, &item),
            (_, None) => {}
            (_, Some(who)) if class == Class::Handshake => {
                let _ = who;
            }
            (Item::Introduce(_), Some(who)) if who.party == backchannel_wire::PartyNo::INTERMEDIARY => {
                self.introduced(&item);
            }
            (Item::Event(bytes), Some(who)) => {
                let reaction =
                    self.with_desk(|desk, facts, _| desk.item(who, room, kind, beat, bytes, facts));
                self.react(reaction);
            }
            (Item::Understanding(_) | Item::Ceremony(_) | Item::Report(_), Some(who)) => {
                self.of_understanding(Came { who, room, kind, seat, beat: dated }, &item);
            }
            (Item::Claim(entry), Some(who)) if class == Class::Routine => {
                self.claim_came(Came { who, room, kind, seat, beat: dated }, number, entry);
            }
            (Item::ClaimsWanted, Some(who)) => self.claims_wanted(Came { who, room, kind, seat, beat }),
            (Item::Claims(noted, last, to), Some(who)) if class == Class::Routine => {
                self.claims_passed(Came { who, room, kind, seat, beat }, noted, *last, *to);
            }
            (Item::RecordWanted, Some(who)) => self.record_wanted(Came { who, room, kind, seat, beat }),
            (Item::Recorded(notes), Some(who)) => self.recorded(Came { who, room, kind, seat, beat }, notes),
            (_, Some(who)) => self.verification_item(kind, room, seat, who, &item),
        }
    }

    fn verification_item(&mut self, kind: RoomKind, room: RoomId, seat: SeatNo, who: Who, item: &Item) {
        let own_head = who.party == self.me.party() && who.role == backchannel_wire::Role::Head;
        let other_head = who.party != self.me.party() && who.role == backchannel_wire::Role::Head;
        match (kind, item) {
            (RoomKind::Delegation(_), Item::Words(phrase)) if own_head => {
                self.use_words(zeroize::Zeroizing::new(phrase.0.clone()));
            }
            (RoomKind::Delegation(_), Item::Digests(shared)) if super::members::passes_digests(who) => {
                let reaction = self.with_desk(|desk, facts, _| desk.take_digests(shared, facts));
                self.react(reaction);
            }
            (RoomKind::Delegation(_), Item::Proposal(version)) if own_head => self.proposal_came(version),
            (RoomKind::Delegation(_), Item::Approved { number, head, by_room }) => {
                self.approved_came(who, *number, *head, by_room);
            }
            (RoomKind::Delegation(_), Item::Compared { party, matched }) if own_head => {
                self.compared(*party, *matched)
            }
            (RoomKind::Registry, Item::WordsProof(proof)) => self.words_shown(seat, *proof),
            (RoomKind::Registry, Item::Commit(theirs)) if other_head => self.commitment_came(room, *theirs),
            (RoomKind::Registry, Item::Open(theirs)) if other_head => self.opening_came(*theirs),
            _ => {}
        }
    }

    /// A verifier key is taken from whoever is vouched for as a head, or once it is.
    fn verifier_claimed(&mut self, room: RoomId, seat: SeatNo, item: &Item) {
        match self.who(room, seat) {
            Some(who) => self.verifier_came(room, who, item),
            None => self.pending_vouches.keep_verifier(room, seat, item),
        }
    }

    fn removed(&mut self, room: RoomId, seat: SeatNo, beat: Beat, note: &[u8]) {
        let label = self.occupant(room, seat);
        self.seat_left(room, seat);
        let reason = String::from_utf8_lossy(note).into_owned();
        let what = if reason.is_empty() {
            format!("{label} was removed from the room.")
        } else {
            format!(
                "{label} was removed from the room; the reason stated: {}",
                backchannel_accord::text::safe(&reason)
            )
        };
        self.tell(Told::new("member-removed", what).room(room).name(label).beat(beat));
        self.check_words();
    }

    fn must_rejoin(&mut self, room: RoomId, why: &str, now: UtcMs) {
        let Some(entered) = self.rooms.get_mut(&room) else { return };
        if std::mem::replace(&mut entered.stuck, true) {
            return;
        }
        self.dirty_rooms.insert(room);
        self.tell(
            Told::new("rejoining", format!("The station asks to be let in again, because {why}.")).room(room),
        );
        let beat = self.beat_at(now);
        self.knock(room, beat, now, true);
    }
}

fn difference(a: UtcMs, b: UtcMs) -> i64 {
    i64::try_from(i128::from(a.0) - i128::from(b.0)).unwrap_or(i64::MAX)
}
