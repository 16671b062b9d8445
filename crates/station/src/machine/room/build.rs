//! Builds the station's cell for a beat (docs/spec/transport.md).

use super::{Carried, Part, Posted, PulseExtras, Room};
use crate::limits::{PULSE_BEATS, REGISTRY_PULSE_BEATS};
use crate::machine::body::fragment;
use crate::machine::envelope::{Envelope, Pulse, Receipt};
use crate::sabotage::{Sabotage, on};
use backchannel_rooms::RoomError;
use backchannel_wire::cell::{self, Cell, CellPlain, Fragment, FragmentKind, Place};
use backchannel_wire::chain::cell_hash;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::limits::{CELL_BODY_BYTES, CELL_NONCE_BYTES, FRAGMENT_BYTES_MAX, SEATS_MAX};
use backchannel_wire::{Beat, MessageId, UtcMs, canonical};
use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;

impl Room {
    /// Whether the next cell carries a pulse: every so many beats, and at once when an event that starts a clock
    /// came; in the registry only by the schedule (PULSE-2).
    fn pulse_due(&self, beat: Beat) -> bool {
        let registry = self.spot.kind == RoomKind::Registry;
        let every = if registry { REGISTRY_PULSE_BEATS } else { PULSE_BEATS };
        let stagger = u64::from(self.spot.seat.get());
        (beat.0 + stagger).is_multiple_of(every)
            || beat.since(self.pulse_beat) >= every
            || (self.pulse_wanted && !registry && !on(Sabotage::SlowAck))
    }

    /// Whether the machine should prepare extras for this beat's pulse.
    pub fn will_pulse(&self, beat: Beat) -> bool {
        self.pulse_due(beat)
    }

    /// Whether beats before the last one are missing here: a removal may stand in them, and whoever it removed would
    /// still read what leaves in the epoch before it. Until the station has caught up its cells are empty. The last
    /// beat's frame may still be on its way; no commit that leaves two members fits into one cell.
    fn is_behind(&self, beat: Beat) -> bool {
        beat.since(self.position.next) > 1
    }

    /// The cell for this beat left when the beat was over: that it is marked absent is nobody's doing (ALARM-4).
    pub fn left_late(&mut self, beat: Beat) {
        let posted = self.posted.iter_mut().rev().find(|posted| posted.beat == beat);
        posted.into_iter().for_each(|posted| posted.late = true);
    }

    /// Whether a cell for this beat, or a later one, was handed over.
    pub fn has_posted(&self, beat: Beat) -> bool {
        self.posted.back().is_some_and(|posted| posted.beat >= beat)
    }

    /// Builds the cell for `beat`. The caller makes the room's state durable before the cell leaves.
    pub fn build(
        &mut self,
        beat: Beat,
        now: UtcMs,
        extras: PulseExtras,
        rng: &mut ChaCha20Rng,
    ) -> Result<Cell, RoomError> {
        let mut chosen = Vec::new();
        if !self.stuck && !self.is_behind(beat) {
            if let Some((wish, error)) = self.stage_wish(beat, now, rng) {
                self.refused.push((wish.purpose, error.to_string()));
            }
            self.choose(beat, extras, &mut chosen, rng)?;
        }
        let (fragments, carried): (Vec<_>, Vec<_>) = chosen.into_iter().unzip();
        let mut cell = self.seal(beat, fragments, rng)?;
        if on(Sabotage::ClearCells) && carried.is_empty() && beat.0.is_multiple_of(16) {
            let said = self.outbox.last_said();
            cell.iter_mut().zip(said).for_each(|(to, from)| *to = from);
        }
        self.posted.push_back(Posted { beat, hash: cell_hash(Some(&cell)), carried, late: false });
        Ok(cell)
    }

    fn choose(
        &mut self,
        beat: Beat,
        extras: PulseExtras,
        out: &mut Vec<(Fragment, Carried)>,
        rng: &mut ChaCha20Rng,
    ) -> Result<(), RoomError> {
        let mut space = CELL_BODY_BYTES;
        // In a busy room every cell has something to receipt, and a commit's fragment does not fit beside a pulse.
        let commit_waits = self.own_commit.as_ref().is_some_and(|own| own.parts.contains(&Part::Waiting));
        let recent = beat.since(self.pulse_beat) < PULSE_BEATS && self.spot.kind != RoomKind::Registry;
        if self.pulse_due(beat) && !(commit_waits && recent) && !self.peers.is_empty() {
            let fragment = self.pulse(extras, rng)?;
            space = space.saturating_sub(fragment.0.size());
            out.push(fragment);
            self.pulse_beat = beat;
            self.pulse_wanted = false;
        }
        if let Some(fragment) = self.commit_fragment(space) {
            out.push(fragment);
            return Ok(());
        }
        let hold = self.holds_content(beat);
        let epoch = self.epoch;
        let group = &mut self.group;
        // The closure may not borrow the generator that `fill` draws message ids from.
        let mut ids = seeded(rng);
        let chosen = self.outbox.fill(space, hold, epoch, |bytes| group.encrypt(bytes, rng), &mut ids)?;
        out.extend(chosen);
        Ok(())
    }

    fn commit_fragment(&mut self, space: usize) -> Option<(Fragment, Carried)> {
        let own = self.own_commit.as_mut()?;
        let index = own.parts.iter().position(|part| *part == Part::Waiting)?;
        let count = u16::try_from(own.parts.len()).ok()?;
        let number = u16::try_from(index).ok()?;
        let bytes = fragment(&own.bytes, number, FRAGMENT_BYTES_MAX).to_vec();
        let fragment =
            Fragment { kind: FragmentKind::Commit, message: own.message, index: number, count, bytes };
        if fragment.size() > space {
            return None;
        }
        own.parts[index] = Part::Posted;
        Some((fragment, Carried::Commit { message: own.message, index: number }))
    }

    fn pulse(
        &mut self,
        extras: PulseExtras,
        rng: &mut ChaCha20Rng,
    ) -> Result<(Fragment, Carried), RoomError> {
        self.pulse_number += 1;
        let receipt = |(seat, peer): (&u8, &super::Peer)| {
            // Without the floor nothing can be delivered; a receipt would tell the sender that the floor came.
            let incoming = peer.incoming.as_ref().filter(|incoming| incoming.is_started())?;
            let (stream, through, pulse) = (incoming.stream, incoming.through, incoming.pulse);
            Some(Receipt { seat: *seat, stream, through, pulse })
        };
        let pulse = Pulse {
            number: self.pulse_number,
            stream: self.outbox.stream,
            beat: self.last_beat(),
            head: self.position.head,
            epoch_authenticator: self.group.epoch_authenticator()?,
            receipts: self.peers.iter().filter_map(receipt).collect(),
            floors: self
                .peers()
                .filter_map(|(seat, peer)| self.outbox.floor(seat, peer.receipted.as_ref()))
                .collect(),
            others: extras.others,
            digests: extras.digests,
            matched: extras.matched,
            locked: extras.locked,
            sent: self.outbox.sent(),
        };
        let bytes = self.group.encrypt(&canonical::to_vec(&Envelope::Pulse(pulse)), rng)?;
        let mut message = MessageId([0; 16]);
        rng.fill_bytes(&mut message.0);
        let carried = Carried::Pulse { number: self.pulse_number, epoch: self.epoch };
        Ok((Fragment { kind: FragmentKind::Message, message, index: 0, count: 1, bytes }, carried))
    }

    fn seal(
        &mut self,
        beat: Beat,
        fragments: Vec<Fragment>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Cell, RoomError> {
        self.counter += 1;
        let mut received = [0; SEATS_MAX];
        for (seat, peer) in self.peers() {
            received[seat.index()] = peer.counter;
        }
        let current = self.keys.last().ok_or(RoomError::Internal("the room has no cell key"))?;
        let plain = CellPlain {
            counter: self.counter,
            head_beat: self.last_beat(),
            head: self.position.head,
            epoch_authenticator: current.authenticator,
            received,
            fragments,
        };
        let mut nonce = [0; CELL_NONCE_BYTES];
        rng.fill_bytes(&mut nonce);
        let place = Place { channel: self.spot.channel, room: self.spot.room, seat: self.spot.seat, beat };
        cell::seal(&current.key, nonce, &place, &plain)
            .map_err(|_| RoomError::Internal("the cell is too full"))
    }
}

fn seeded(rng: &mut ChaCha20Rng) -> ChaCha20Rng {
    use rand_core::SeedableRng;
    let mut seed = [0; 32];
    rng.fill_bytes(&mut seed);
    ChaCha20Rng::from_seed(seed)
}
