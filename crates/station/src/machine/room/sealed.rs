//! Takes the relay's records in: follows the chain, opens cells, admits MLS messages and commits in (beat, seat) order.

use super::pace::SeatChange;
use super::{Carried, EpochKey, Former, Part, Peer, Posted, Removal, Room, RoomEvent};
use crate::limits::*;
use crate::machine::envelope::{CLASSES, Class, Envelope, PerClass, Pulse};
use crate::machine::order::{Awaited, Incoming, Whole};
use crate::machine::watch::{AlarmKind, Change, Own, Seen};
use backchannel_rooms::{Observed, Outcome, Received, RoomError, Verified};
use backchannel_wire::cell::{self, Cell, CellPlain, Fragment, FragmentKind, Place};
use backchannel_wire::chain::{ChainError, SealedBeat, cell_hash};
use backchannel_wire::frame::Record;
use backchannel_wire::{Beat, MessageId, SeatNo, UtcMs, canonical};
use zeroize::Zeroizing;

impl Room {
    /// Takes one record. A record that does not follow from the chain changes nothing (ALARM-10); a new segment shows
    /// that the relay was restored (ALARM-9).
    pub fn record(&mut self, record: &Record, now: UtcMs) -> Result<Vec<RoomEvent>, ChainError> {
        let after = record.follow(&self.chain, &self.position, self.spot.seat, &self.mac_key)?;
        let before = self.position;
        let mut events = Vec::new();
        match record {
            Record::Beat { sealed, .. } => {
                if sealed.cells.iter().all(Option::is_none) {
                    self.silent.add(sealed.beat, sealed.beat);
                }
                self.beat(sealed, now, &mut events);
                self.history.push_back((sealed.beat, after.head));
            }
            Record::EmptyRun { first, last, .. } => {
                self.silent.add(*first, *last);
                self.empty_run(*first, *last, &mut events);
                self.history.push_back((*last, after.head));
            }
            Record::SegmentStart { first, .. } => {
                self.silent.add(before.next, Beat(first.0.saturating_sub(1)));
                self.history.clear();
                self.lost_before(*first);
                events.push(RoomEvent::Raise(AlarmKind::Restored, None, *first));
            }
            // The heads of earlier beats are kept: a pulse may yet show that another was told of one of them (PULSE-4).
            Record::Pruned { first, .. } => {
                self.lost_before(*first);
                self.watch.skip();
                events.push(RoomEvent::MustRejoin("the relay no longer holds the beats this station missed"));
            }
        }
        if events.iter().any(|event| matches!(event, RoomEvent::MustRejoin(_) | RoomEvent::RemovedSelf(_))) {
            self.missed.lose(Beat(before.next.0.saturating_sub(self.deaf)));
        }
        while self.history.len() > HISTORY_BEATS {
            self.history.pop_front();
        }
        debug_assert!(after.next >= before.next);
        self.position = after;
        Ok(events)
    }

    fn beat(&mut self, sealed: &SealedBeat, now: UtcMs, events: &mut Vec<RoomEvent>) {
        let at = sealed.beat;
        self.lost_before(at);
        let mut places = Vec::new();
        let here = sealed.cells.get(self.spot.seat.index()).is_some_and(Option::is_some);
        let (mut heard, mut deaf) = (false, false);
        for (index, cell) in sealed.cells.iter().enumerate() {
            let Some(seat) = u8::try_from(index).ok().and_then(SeatNo::new) else { continue };
            if seat == self.spot.seat {
                self.own_place(at, cell.as_ref(), events);
                continue;
            }
            let seen = match cell {
                _ if !self.peers.contains_key(&seat.get()) => Seen::Vacant,
                None => Seen::Absent,
                Some(cell) => self.other_place(at, seat, cell, now, events),
            };
            heard |= matches!(seen, Seen::Opened(_));
            deaf |= seen == Seen::Unreadable;
            places.push((seat, seen));
            self.watch_seat(at, seat, seen, events);
        }
        for (seat, seen) in places {
            self.count_away(seat, here, heard, seen);
        }
        self.listen(heard, deaf, events);
        self.routine(at);
    }

    /// Beats in which this station's own cell is missing too say nothing of others; nor do cells that do not open, where this
    /// station opens nobody's.
    fn count_away(&mut self, seat: SeatNo, here: bool, heard: bool, seen: Seen) {
        let Some(peer) = self.peers.get_mut(&seat.get()) else { return };
        match seen {
            Seen::Opened(_) => peer.away = 0,
            Seen::Absent if here => peer.away += 1,
            Seen::Unreadable if here && heard => peer.away += 1,
            _ => {}
        }
    }

    /// A station that opens nobody's cells any more has lost the group and rejoins: soon if it met a commit it could
    /// not follow (ROOM-19), otherwise after the window of UNREADABLE.
    fn listen(&mut self, heard: bool, deaf: bool, events: &mut Vec<RoomEvent>) {
        if heard {
            self.deaf = 0;
            self.could_not_follow = false;
        } else if deaf {
            self.deaf += 1;
        }
        let patience = if self.could_not_follow { DEAF_AFTER_COMMIT_BEATS } else { UNREADABLE_BEATS };
        if self.deaf > patience && !self.stuck {
            events.push(RoomEvent::MustRejoin("nobody's cells can be opened here any more"));
        }
    }

    fn empty_run(&mut self, first: Beat, last: Beat, events: &mut Vec<RoomEvent>) {
        self.lost_before(last.plus(1));
        // Counting more beats than the longest window would change nothing.
        let window = SILENT_BEATS.max(WATCH_WINDOW_BEATS as u64) + 2;
        let from = first.0.max(last.0.saturating_sub(window));
        let seats: Vec<SeatNo> = self.peers().map(|(seat, _)| seat).collect();
        for beat in from..=last.0 {
            for seat in &seats {
                self.watch_seat(Beat(beat), *seat, Seen::Absent, events);
            }
        }
        self.routine(last);
    }

    /// What a sealed beat makes due whatever it held.
    fn routine(&mut self, at: Beat) {
        self.keys.retain(|key| key.superseded.is_none_or(|beat| at.since(beat) <= PAST_KEYS_BEATS));
        let (watch, peers) = (&self.watch, &self.peers);
        let present = |seat: u8| {
            peers.contains_key(&seat) && SeatNo::new(seat).is_some_and(|seat| watch.absent(seat) == 0)
        };
        self.outbox.send_stale_again(at, RESEND_BEATS, present);
        self.hold.beat(at);
        if let Some(entered) = self.missed.entered() {
            let told = self.nothing_owed(entered);
            self.missed.made_good(at, told);
        }
    }

    fn watch_seat(&mut self, at: Beat, seat: SeatNo, seen: Seen, events: &mut Vec<RoomEvent>) {
        let role = self.peers.get(&seat.get()).and_then(|peer| peer.who).map(|who| who.role);
        let always_on = role == Some(backchannel_wire::Role::Head);
        let changes = self.watch.seat(at, seat, seen, always_on);
        tell(changes, at, events);
    }

    /// Cells of mine posted for beats before `at` were not sealed.
    fn lost_before(&mut self, at: Beat) {
        while self.posted.front().is_some_and(|posted| posted.beat < at) {
            let Some(posted) = self.posted.pop_front() else { return };
            self.settle(posted.carried, None);
        }
    }

    fn own_place(&mut self, at: Beat, cell: Option<&Cell>, events: &mut Vec<RoomEvent>) {
        let posted = match self.posted.front() {
            Some(posted) if posted.beat == at => self.posted.pop_front(),
            _ => None,
        };
        let own = match (&posted, cell) {
            (None, None) => Own::NotPosted,
            // The leaf before this one posted it.
            (None, Some(_)) if at < self.own_from => Own::NotPosted,
            (None, Some(cell)) if self.is_forgotten(at, cell) => {
                self.forgotten = true;
                events.push(RoomEvent::MustRejoin("this vault is older than what the station has posted"));
                Own::NotPosted
            }
            (Some(posted), None) if posted.late => Own::NotPosted,
            (Some(_), None) => Own::Absent,
            (Some(posted), Some(cell)) if cell_hash(Some(cell)) == posted.hash => Own::Sealed,
            (_, Some(_)) => Own::Altered,
        };
        if let (None, Some(cell)) = (&posted, cell) {
            if self.is_own_later_cell(at, cell) {
                // The vault was put back to an earlier state: its counter trails what it has posted already.
                events.push(RoomEvent::MustRejoin("this station's vault is older than what it has posted"));
                return;
            }
            if self.stuck {
                // It may have committed in that life: then it has no key for what it posted after.
                return;
            }
        }
        tell(self.watch.own(at, own), at, events);
        let Some(Posted { carried, .. }) = posted else { return };
        let commit = self.settle(carried, (own == Own::Sealed).then_some(at)).into_iter();
        events.extend(commit.flatten());
        if own == Own::Sealed {
            self.complete_own_commit(at, events);
        }
    }

    /// Whether a cell in the station's own place was posted by itself, in a life its vault does not know.
    fn is_own_later_cell(&self, at: Beat, cell: &Cell) -> bool {
        let place =
            Place { channel: self.spot.channel, room: self.spot.room, seat: self.spot.seat, beat: at };
        self.keys
            .iter()
            .any(|key| cell::open(&key.key, &place, cell).is_ok_and(|plain| plain.counter > self.counter))
    }

    /// Whether a cell on the own seat is one the station posted and no longer knows of: its vault is an old copy, whose
    /// counters and keys were used already (CELL-6).
    fn is_forgotten(&self, at: Beat, cell: &Cell) -> bool {
        let place =
            Place { channel: self.spot.channel, room: self.spot.room, seat: self.spot.seat, beat: at };
        self.keys.iter().rev().any(|key| cell::open(&key.key, &place, cell).is_ok())
    }

    /// Notes for each carried part whether it was sealed; leads made in an epoch that has passed count as lost.
    fn settle(&mut self, carried: Vec<Carried>, sealed: Option<Beat>) -> Vec<Option<RoomEvent>> {
        let epoch = self.epoch;
        let mut out = Vec::new();
        for part in carried {
            match part {
                Carried::Commit { message, index } => self.settle_commit(message, index, sealed),
                Carried::Pulse { number, epoch: made } if sealed.is_some() && made == epoch => {
                    self.sealed_pulse = number;
                }
                Carried::Pulse { .. } => self.pulse_wanted = true,
                part => out.push(self.outbox.settle(part, sealed, epoch).map(RoomEvent::Fate)),
            }
        }
        out
    }

    fn settle_commit(&mut self, message: MessageId, index: u16, sealed: Option<Beat>) {
        let own = self.own_commit.as_mut().filter(|own| own.message == message);
        if let Some(part) = own.and_then(|own| own.parts.get_mut(usize::from(index))) {
            *part = sealed.map_or(Part::Waiting, Part::Sealed);
        }
    }

    fn complete_own_commit(&mut self, at: Beat, events: &mut Vec<RoomEvent>) {
        let whole = |own: &super::OwnCommit| own.parts.iter().all(|part| matches!(part, Part::Sealed(_)));
        if !self.own_commit.as_ref().is_some_and(whole) {
            return;
        }
        let seats = self.own_commit.as_ref().map(|own| own.wish.purpose.seats(self.spot.seat));
        if !seats.is_some_and(|seats| self.pace.allows(&seats, at)) {
            self.drop_own_commit();
            return;
        }
        let Some(own) = self.own_commit.take() else { return };
        match self.group.apply_staged() {
            Ok(outcome) => {
                let welcome = own.welcome.clone();
                let psk = (own.wish.purpose == super::Purpose::Words).then(|| own.wish.material.clone());
                self.after_commit(at, self.spot.seat, outcome, psk, own.wish.note.clone(), events);
                if let Some(RoomEvent::Committed { own: slot, .. }) = events.last_mut() {
                    *slot = Some((own.wish.purpose, welcome));
                }
            }
            Err(_) => events.push(RoomEvent::MustRejoin("the station's own commit could not be applied")),
        }
    }

    fn other_place(
        &mut self,
        at: Beat,
        seat: SeatNo,
        cell: &Cell,
        now: UtcMs,
        events: &mut Vec<RoomEvent>,
    ) -> Seen {
        let Some(plain) = self.open_cell(at, seat, cell) else { return Seen::Unreadable };
        let Some(peer) = self.peers.get_mut(&seat.get()) else { return Seen::Vacant };
        if !peer.counts(plain.counter, at) {
            // Never reused, and never ahead of the beats: whoever posted this did not keep its state, or is not who sits
            // there (CELL-6).
            return Seen::Unreadable;
        }
        (peer.counter, peer.counter_at) = (plain.counter, at);
        for fragment in &plain.fragments {
            self.fragment(at, seat, fragment, now, events);
        }
        Seen::Opened(plain.counter)
    }

    fn open_cell(&self, at: Beat, seat: SeatNo, cell: &Cell) -> Option<CellPlain> {
        let since = self.peers.get(&seat.get())?.since_epoch;
        let place = Place { channel: self.spot.channel, room: self.spot.room, seat, beat: at };
        let keys = self.keys.iter().rev().filter(|key| key.epoch >= since);
        keys.filter_map(|key| cell::open(&key.key, &place, cell).ok()).next()
    }

    fn fragment(
        &mut self,
        at: Beat,
        seat: SeatNo,
        fragment: &Fragment,
        now: UtcMs,
        events: &mut Vec<RoomEvent>,
    ) {
        match fragment.kind {
            FragmentKind::Message => self.message(at, seat, &fragment.bytes, events),
            FragmentKind::Commit => {
                // From its first fragment on: one that never comes whole holds nobody up for longer than the bound.
                self.hold.fragment(seat, at);
                let Some(peer) = self.peers.get_mut(&seat.get()) else { return };
                if let Some(bytes) = peer.assembly.take(fragment, at) {
                    self.hold.end();
                    self.commit(at, seat, &bytes, now, events);
                }
            }
            FragmentKind::Body => {
                let Some(peer) = self.peers.get_mut(&seat.get()) else { return };
                let Some(bytes) = peer.assembly.take(fragment, at) else { return };
                if let Some((lead, plain)) = peer.waiting.body(fragment.message, bytes, at) {
                    deliver(peer, (at, self.missed.date(at, lead.first)), &lead, plain);
                }
            }
        }
    }

    fn message(&mut self, at: Beat, seat: SeatNo, bytes: &[u8], events: &mut Vec<RoomEvent>) {
        let Ok(Received::Message { sender, plaintext }) = self.group.receive(bytes) else { return };
        let Ok(envelope) = canonical::from_slice::<Envelope>(&plaintext) else { return };
        let Some(peer) = self.peers.get_mut(&seat.get()) else { return };
        // The author is whom MLS authenticated, and only on its own seat (TRANSPORT-2).
        if sender.seat != seat {
            return;
        }
        match envelope {
            Envelope::Pulse(pulse) => self.pulse_came(at, seat, pulse, events),
            Envelope::Small { stream, class, number, bytes, first } => {
                let whole = Whole { beat: at, bytes, dated: self.missed.date(at, first) };
                stream_of(peer, stream).take(class, number, whole);
            }
            Envelope::Large { stream, class, number, message, key, hash, length, first } => {
                if length as usize > ITEM_BYTES_MAX + 64 || stream_of(peer, stream).has(class, number) {
                    return;
                }
                let lead = Awaited { key, hash, class, number, length, first };
                if let Some((lead, plain)) = peer.waiting.lead(message, lead) {
                    deliver(peer, (at, self.missed.date(at, lead.first)), &lead, plain);
                }
            }
        }
    }

    /// Takes what a member says, authenticated: another head is a fork (PULSE-4), and only here does a receipt count
    /// (PULSE-3).
    fn pulse_came(&mut self, at: Beat, seat: SeatNo, pulse: Pulse, events: &mut Vec<RoomEvent>) {
        let fork = self.head_at(pulse.beat).is_some_and(|head| head != pulse.head);
        if fork {
            events.push(RoomEvent::Raise(AlarmKind::Fork, Some(seat), at));
        }
        let (own_seat, own_stream) = (self.spot.seat.get(), self.outbox.stream);
        let Some(peer) = self.peers.get_mut(&seat.get()) else { return };
        // A leaf nobody vouched for speaks for its handshake alone: it may sit on another's seat.
        let vouched = peer.who.is_some();
        let counted = |through: &PerClass| match vouched {
            true => *through,
            false => {
                let mut handshake = [0; CLASSES];
                handshake[Class::Handshake.index()] = through[Class::Handshake.index()];
                handshake
            }
        };
        let incoming = stream_of(peer, pulse.stream);
        incoming.pulse = incoming.pulse.max(pulse.number);
        if let Some(floor) = pulse.floors.iter().find(|floor| floor.seat == own_seat) {
            incoming.raise_floor(&counted(&floor.below));
            self.pulse_wanted = true;
        }
        peer.locked = pulse.locked;
        peer.told = Some((pulse.beat, pulse.sent));
        peer.pulse_beat = Some(at);
        let mine =
            pulse.receipts.iter().find(|receipt| receipt.seat == own_seat && receipt.stream == own_stream);
        match mine {
            Some(mine) => {
                let through = counted(&mine.through);
                peer.receipted = Some(through);
                peer.receipted_pulse = if vouched { mine.pulse } else { 0 };
                let (fates, _) = self.outbox.receipted(seat, &through, at);
                events.extend(fates.into_iter().map(RoomEvent::Fate));
            }
            // It has not met this stream, so it waits for a floor.
            None => {
                peer.receipted = None;
                self.pulse_wanted = true;
            }
        }
        events.push(RoomEvent::Pulse { seat, beat: at, pulse: Box::new(pulse) });
    }

    fn commit(&mut self, at: Beat, seat: SeatNo, bytes: &[u8], _now: UtcMs, events: &mut Vec<RoomEvent>) {
        match self.group.receive(bytes) {
            Ok(Received::Commit(verified)) if self.valid_commit(at, seat, &verified) => {
                let note = verified.note().to_vec();
                let psk = psk_of(&verified);
                self.drop_own_commit();
                match self.group.apply(*verified) {
                    Ok(outcome) => self.after_commit(at, seat, outcome, psk, note, events),
                    Err(_) => {
                        events.push(RoomEvent::MustRejoin("a commit of another member could not be applied"))
                    }
                }
            }
            // Whether the room goes that way shows in the next beats.
            Err(RoomError::CannotFollow | RoomError::UnknownPsk) => self.could_not_follow = true,
            _ => {}
        }
    }

    /// ROOM-20 and ROOM-22: the committer posts on its own seat, a seat added exists, and the pace is kept.
    fn valid_commit(&self, at: Beat, seat: SeatNo, verified: &Verified) -> bool {
        let (added, removed) = verified.observed().leaves();
        let (added, removed) = (added.map(|leaf| leaf.seat), removed.map(|leaf| leaf.seat));
        let fits = added.is_none_or(|added| added.get() < self.spot.capacity);
        let change = SeatChange { committer: seat, added, removed };
        verified.committer().seat == seat && fits && self.pace.allows(&change, at)
    }

    fn after_commit(
        &mut self,
        at: Beat,
        committer: SeatNo,
        outcome: Outcome,
        psk: Option<Vec<u8>>,
        note: Vec<u8>,
        events: &mut Vec<RoomEvent>,
    ) {
        self.hold.end();
        if committer == self.spot.seat {
            self.last_update = at;
        }
        if outcome.self_removed {
            self.stuck = true;
            self.keys.clear();
            let replaced = outcome.added.is_some();
            events.push(RoomEvent::RemovedSelf(Removal { beat: at, committer, replaced, note }));
            return;
        }
        if self.new_epoch_key(at).is_err() {
            events.push(RoomEvent::MustRejoin("the new epoch gave no cell key"));
            return;
        }
        let removed = outcome.removed.as_ref().map(|leaf| leaf.seat);
        let added = outcome.added.as_ref().map(|leaf| leaf.seat);
        self.pace.took_effect(&SeatChange { committer, added, removed }, at);
        if let Some(seat) = &removed {
            tell(self.watch.reset_seat(*seat), at, events);
            if added != removed {
                // Whether its station may come back, and so what waits for it is kept, the rosters say.
                self.former.extend(self.peers.remove(&seat.get()).map(|peer| (seat.get(), peer.into())));
            }
        }
        if let Some(leaf) = &outcome.added {
            self.seat_newcomer(leaf, at);
        }
        events.push(RoomEvent::Committed { beat: at, committer, added, removed, psk, note, own: None });
    }

    /// A new leaf on a seat. Whether it is the same person with a new leaf, its vouch will tell; until then what waits
    /// for the seat is kept, and sent again.
    fn seat_newcomer(&mut self, leaf: &backchannel_rooms::Leaf, at: Beat) {
        let before = self.peers.remove(&leaf.seat.get()).map(Former::from);
        let before = before.or(self.former.remove(&leaf.seat.get()));
        let mut peer = Peer::new(leaf, self.epoch, at, before);
        // A leaf that comes begins to count now.
        peer.counter_at = at;
        self.peers.insert(leaf.seat.get(), peer);
        self.outbox.send_again(leaf.seat);
        self.pulse_wanted = true;
    }

    pub(super) fn new_epoch_key(&mut self, at: Beat) -> Result<(), RoomError> {
        self.epoch = self.group.epoch()?;
        if let Some(last) = self.keys.last_mut() {
            last.superseded = Some(at);
        }
        let whole = self.group.epoch_authenticator()?;
        let mut authenticator = [0; 8];
        authenticator.copy_from_slice(&whole[..8]);
        let key = self.group.cell_key()?;
        self.keys.push(EpochKey { epoch: self.epoch, authenticator, key, superseded: None });
        if self.keys.len() > PAST_KEYS_MAX {
            self.keys.remove(0);
        }
        Ok(())
    }
}

impl Peer {
    /// A leaf just met; what came of the stream of the seat's former leaf is kept, in case it is the same station.
    pub(super) fn new(leaf: &backchannel_rooms::Leaf, epoch: u64, at: Beat, before: Option<Former>) -> Self {
        let Former { incoming, receipted, unvouched } = before.unwrap_or_default();
        Self {
            pseudonym: leaf.pseudonym.0,
            leaf_key: leaf.signature_key,
            who: None,
            since_epoch: epoch,
            since: at,
            counter: 0,
            incoming,
            assembly: Default::default(),
            waiting: Default::default(),
            receipted,
            receipted_pulse: 0,
            locked: false,
            pulse_beat: None,
            away: 0,
            counter_at: Beat(0),
            unvouched: unvouched.unwrap_or(at),
            told: None,
        }
    }

    /// Whether a cell's counter can be this seat's next: above the last, and not by more than there were beats. A member
    /// in league with the relay could otherwise put it out of reach, and the seat's own cells would count no more.
    fn counts(&self, counter: u64, at: Beat) -> bool {
        let first = self.counter_at == Beat(0);
        let most = if first {
            at.0.saturating_add(1)
        } else {
            self.counter.saturating_add(at.since(self.counter_at))
        };
        counter > self.counter && counter <= most
    }
}

fn psk_of(verified: &Verified) -> Option<Vec<u8>> {
    match verified.observed() {
        Observed::Psk(id) => Some(id.clone()),
        _ => None,
    }
}

fn stream_of(peer: &mut Peer, stream: backchannel_wire::StreamId) -> &mut Incoming {
    let fresh = peer.incoming.as_ref().is_none_or(|incoming| incoming.stream != stream);
    if fresh {
        peer.incoming = None;
    }
    peer.incoming.get_or_insert_with(|| Incoming::new(stream, false))
}

fn deliver(peer: &mut Peer, (beat, dated): (Beat, Beat), lead: &Awaited, plain: Zeroizing<Vec<u8>>) {
    if let Some(incoming) = &mut peer.incoming {
        incoming.take(lead.class, lead.number, Whole { beat, bytes: plain.to_vec(), dated });
    }
}

fn tell(changes: Vec<Change>, at: Beat, events: &mut Vec<RoomEvent>) {
    events.extend(changes.into_iter().map(|change| match change {
        Change::Raise(kind, seat) => RoomEvent::Raise(kind, seat, at),
        Change::Clear(kind, seat) => RoomEvent::Clear(kind, seat, at),
    }));
}
