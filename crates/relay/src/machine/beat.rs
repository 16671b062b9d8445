//! The tick: seal what is due, and once it is durable serve it.

use super::{Machine, Writing};
use crate::limits::{EMPTY_BEATS_PER_TICK, PRUNE_STEP_BEATS, SWEEP_MS};
use crate::machine::room::Seal;
use crate::model::{Batch, LinkBody, Op};
use backchannel_wire::{Beat, ChannelId, RoomId, UtcMs};

/// Beats that are being made durable.
pub(super) struct Sealing {
    seals: Vec<(RoomId, Seal)>,
    ended: Vec<(ChannelId, Beat)>,
}

impl Machine {
    /// Time has come: seals the beats that have ended and serves them once they are durable. Beats that were slept
    /// through are sealed with the latest and served in one frame, never in a burst.
    pub fn tick(&mut self, now: UtcMs) {
        let ended = self.take_due(now);
        let mut ops = Vec::new();
        let mut seals = Vec::new();
        let mut budget = EMPTY_BEATS_PER_TICK;
        for (channel, beat) in &ended {
            self.seal_channel(channel, *beat, now, &mut budget, &mut seals, &mut ops);
        }
        if now >= self.sweep_at {
            self.sweep(now, &mut ops);
        }
        let sealing = Sealing { seals, ended };
        if ops.is_empty() {
            self.beats_stored(sealing);
        } else {
            self.store(Batch { ops }, Writing::Beats(sealing));
        }
    }

    /// Channels of which a beat has ended, with that beat.
    fn take_due(&mut self, now: UtcMs) -> Vec<(ChannelId, Beat)> {
        let mut ended = Vec::new();
        while let Some((at, id)) = self.due.first().copied().filter(|(at, _)| *at <= now) {
            self.due.remove(&(at, id));
            let Some(channel) = self.channels.get_mut(&id) else { continue };
            channel.due = None;
            if let Some(beat) = channel.beat_at(now).0.checked_sub(1) {
                ended.push((id, Beat(beat)));
            }
            if !channel.connections.is_empty() {
                self.schedule(&id, now);
            }
        }
        ended
    }

    /// Makes sure the end of the channel's present beat is looked at.
    pub(super) fn schedule(&mut self, id: &ChannelId, now: UtcMs) {
        let Some(channel) = self.channels.get_mut(id).filter(|channel| channel.due.is_none()) else { return };
        let at = channel.end_of(channel.beat_at(now));
        channel.due = Some(at);
        self.due.insert((at, *id));
    }

    fn seal_channel(
        &mut self,
        id: &ChannelId,
        ended: Beat,
        now: UtcMs,
        budget: &mut u64,
        seals: &mut Vec<(RoomId, Seal)>,
        ops: &mut Vec<Op>,
    ) {
        let Some(channel) = self.channels.get(id) else { return };
        let retention = self.settings.retention_ms / u64::from(channel.plan.beat_ms());
        for room_id in &channel.rooms {
            let Some(room) = self.rooms.get_mut(room_id) else { continue };
            // The chain refuses only beats at the end of u64, which no clock reaches: the room then stands still.
            let Ok(Some(seal)) = room.seal(ended, now, budget) else { continue };
            ops.push(Op::Append {
                room: *room_id,
                links: seal.links.clone(),
                position: seal.position,
                segment_first: seal.segment_first,
                cursors: Box::new(room.cursors()),
            });
            seals.push((*room_id, seal));
            let below = room.keep_from(ended, retention);
            if below.since(room.pruned_below) >= PRUNE_STEP_BEATS {
                room.pruned_below = below;
                ops.push(Op::Prune { room: *room_id, below });
            }
        }
    }

    /// Drops what is past its term in rooms where nobody is, and in the lobby.
    fn sweep(&mut self, now: UtcMs, ops: &mut Vec<Op>) {
        self.sweep_at = UtcMs(now.0.saturating_add(SWEEP_MS));
        for (id, room) in &mut self.rooms {
            let Some(channel) = self.channels.get(&room.chain.channel) else { continue };
            let retention = self.settings.retention_ms / u64::from(channel.plan.beat_ms());
            let below = room.keep_from(channel.beat_at(now), retention);
            if below > room.pruned_below {
                room.pruned_below = below;
                ops.push(Op::Prune { room: *id, below });
            }
            // LOBBY-11
            let term = self.settings.lobby_term_ms;
            room.waiting.retain(|waiting| {
                let keep = now.0.saturating_sub(waiting.at.0) < term;
                if !keep {
                    ops.push(Op::DropBlob { room: *id, seat: waiting.seat, mailbox: waiting.mailbox });
                }
                keep
            });
        }
    }

    /// BEAT-10: only now that the beats are durable do their heads leave.
    pub(super) fn beats_stored(&mut self, sealing: Sealing) {
        for (id, seal) in sealing.seals {
            let Some(room) = self.rooms.get_mut(&id) else { continue };
            for link in &seal.links {
                if let LinkBody::Beat(sealed) = &link.body {
                    let cells = sealed.cells.iter().flatten().count();
                    self.counters.cells = self.counters.cells.saturating_add(cells as u64);
                }
                self.counters.segments_opened =
                    self.counters.segments_opened.saturating_add(u64::from(link.is_start()));
            }
            room.sealed(seal);
        }
        for (id, beat) in sealing.ended {
            self.counters.beats = self.counters.beats.saturating_add(1);
            let Some(channel) = self.channels.get(&id) else { continue };
            let connections: Vec<_> = channel.connections.iter().copied().collect();
            connections.into_iter().for_each(|to| self.serve(to, beat));
        }
    }
}
