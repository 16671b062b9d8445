//! Beat connections: hello, up frames, and their end.

use super::serve::Slot;
use super::{CloseReason, ConnId, Effect, Machine};
use crate::limits::SEGMENTS_AHEAD_MAX;
use backchannel_wire::frame::{Accepted, Hello, HelloAck, HelloSlot, SlotState, UpFrame, UpSlot};
use backchannel_wire::{Beat, ChannelId, UtcMs};

/// A station that holds at least one seat.
pub(super) struct Connection {
    pub channel: ChannelId,
    /// One entry a slot of the hello; nothing where the seat was refused or has been lost.
    pub slots: Vec<Option<Slot>>,
    posted: Option<Beat>,
}

impl Connection {
    pub fn slot_mut(&mut self, slot: u8) -> Option<&mut Slot> {
        self.slots.get_mut(usize::from(slot)).and_then(Option::as_mut)
    }
}

impl Machine {
    /// The first message of a beat connection.
    pub fn hello(&mut self, from: ConnId, bytes: &[u8], now: UtcMs) {
        let Ok((hello, rooms)) = Hello::decode(bytes) else {
            return self.close(from, CloseReason::Malformed);
        };
        let states = self.judge(from, &hello, now);
        let active = states.iter().any(|state| matches!(state, SlotState::Active { .. }));
        let ack = match self.channels.get(&hello.channel) {
            Some(channel) if active && channel.plan.shape().rooms() == rooms => {
                let mut slots = states.clone();
                slots.resize(usize::from(rooms), SlotState::Unused);
                let (t0, beat_ms, shape) = (channel.t0, channel.plan.beat_ms(), *channel.plan.shape());
                HelloAck::Accepted(Accepted { now, t0, beat_ms, shape, slots })
            }
            Some(_) if active => HelloAck::OtherShape,
            _ => HelloAck::Refused,
        };
        let Ok(bytes) = ack.encode(rooms) else { return self.close(from, CloseReason::Malformed) };
        self.send(from, bytes);
        if matches!(ack, HelloAck::Accepted(_)) {
            self.seat(from, hello, &states, now);
        } else {
            self.close(from, CloseReason::Refused);
        }
    }

    fn judge(&mut self, from: ConnId, hello: &Hello, now: UtcMs) -> Vec<SlotState> {
        let states: Vec<_> =
            hello.slots.iter().map(|slot| self.judge_slot(&hello.channel, slot, now)).collect();
        let wrong = states.iter().filter(|state| **state == SlotState::Refused).count();
        self.effects.extend((0..wrong).map(|_| Effect::WrongToken { from }));
        states
    }

    /// FRAME-8: a seat is active if its token fits and its position is one that time allows.
    fn judge_slot(&self, id: &ChannelId, slot: &HelloSlot, now: UtcMs) -> SlotState {
        let room = self.rooms.get(&slot.room).filter(|room| room.chain.channel == *id);
        let Some((room, channel)) = room.zip(self.channels.get(id)) else { return SlotState::Refused };
        let fits = room.seat(slot.seat).is_some_and(|seat| seat.keys.token == slot.token.hash());
        if !fits {
            return SlotState::Refused;
        }
        let segment_max = room.position.segment.saturating_add(SEGMENTS_AHEAD_MAX);
        let beat_max = channel.beat_at(now).max(room.position.next);
        if slot.position.segment > segment_max || slot.position.next > beat_max {
            return SlotState::Ahead;
        }
        SlotState::Active { segment: room.position.segment, next: room.position.next }
    }

    fn seat(&mut self, from: ConnId, hello: Hello, states: &[SlotState], now: UtcMs) {
        let mut slots = Vec::with_capacity(hello.slots.len());
        for (claim, state) in hello.slots.iter().zip(states) {
            if !matches!(state, SlotState::Active { .. }) {
                slots.push(None);
                continue;
            }
            let seat = self.rooms.get_mut(&claim.room).and_then(|room| room.seat_mut(claim.seat));
            let before = seat.and_then(|seat| {
                seat.cursor = Some(claim.position.next);
                seat.held_by.replace(from)
            });
            if let Some(before) = before.filter(|before| *before != from) {
                self.close(before, CloseReason::Replaced);
            }
            slots.push(Some(Slot::new(claim.room, claim.seat, claim.position)));
        }
        self.connections.insert(from, Connection { channel: hello.channel, slots, posted: None });
        if let Some(channel) = self.channels.get_mut(&hello.channel) {
            channel.connections.insert(from);
        }
        self.schedule(&hello.channel, now);
        self.locate(from);
    }

    /// A later message of a beat connection.
    pub fn up(&mut self, from: ConnId, bytes: &[u8], now: UtcMs) {
        let Some(connection) = self.connections.get_mut(&from) else { return };
        let Some(channel) = self.channels.get(&connection.channel) else { return };
        let Ok(frame) = UpFrame::decode(bytes, channel.plan.shape()) else {
            return self.close(from, CloseReason::Malformed);
        };
        // FRAME-9: the beat in progress, or the next one for a station whose clock runs a little ahead.
        let current = channel.beat_at(now);
        let timely = frame.beat == current || frame.beat == current.plus(1);
        let repeated = connection.posted.is_some_and(|posted| frame.beat <= posted);
        if !timely {
            self.counters.untimely_frames = self.counters.untimely_frames.saturating_add(1);
        } else if repeated {
            self.counters.repeated_frames = self.counters.repeated_frames.saturating_add(1);
        } else {
            connection.posted = Some(frame.beat);
        }
        let post = (timely && !repeated).then_some(frame.beat);
        for (at, up) in frame.slots.into_iter().enumerate() {
            self.take_slot(from, at, up, post);
        }
    }

    fn take_slot(&mut self, from: ConnId, at: usize, up: UpSlot, post: Option<Beat>) {
        let slot = self.connections.get(&from).and_then(|connection| connection.slots.get(at));
        let Some(slot) = slot.and_then(Option::as_ref) else { return };
        let Some(room) = self.rooms.get_mut(&slot.room) else { return };
        // FRAME-10: a cursor only moves forward, and never beyond what was served.
        let durable = up.next.min(slot.served_to());
        if let Some(seat) = room.seat_mut(slot.seat) {
            seat.cursor = seat.cursor.max(Some(durable));
        }
        let (Some(beat), Some(cell)) = (post.filter(|beat| *beat >= room.position.next), up.cell) else {
            return;
        };
        if self.hooks.keep_cell(&room.chain, slot.seat, beat) {
            room.post(beat, slot.seat, cell);
        }
    }

    /// A connection has ended, whoever ended it.
    pub fn closed(&mut self, from: ConnId) {
        let Some(connection) = self.connections.remove(&from) else { return };
        if let Some(channel) = self.channels.get_mut(&connection.channel) {
            channel.connections.remove(&from);
        }
        for slot in connection.slots.into_iter().flatten() {
            if let Some(room) = self.rooms.get_mut(&slot.room) {
                room.leave(slot.seat, from);
            }
        }
    }

    pub(super) fn close(&mut self, to: ConnId, reason: CloseReason) {
        self.effects.push(Effect::Close { to, reason });
        self.closed(to);
    }
}
