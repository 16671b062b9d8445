//! A store in memory, for simulations and as the reference the other store is tested against.

use super::{Store, StoreError};
use crate::model::{Batch, Chunk, Link, LinkBody, Mailbox, Op, RoomRow, Snapshot};
use backchannel_wire::chain::Position;
use backchannel_wire::limits::{BEAT_RECORD_BYTES, CELL_BYTES};
use backchannel_wire::lobby::Blob;
use backchannel_wire::{Beat, RoomId, SeatNo};
use std::collections::BTreeMap;

#[derive(Clone)]
struct Kept {
    row: RoomRow,
    base: Position,
    links: Vec<Link>,
    blobs: BTreeMap<(SeatNo, Mailbox), Blob>,
}

/// Keeps everything until it is dropped.
#[derive(Clone, Default)]
pub struct MemoryStore {
    channels: Vec<crate::model::ChannelRow>,
    rooms: BTreeMap<RoomId, Kept>,
}

impl MemoryStore {
    fn room(&mut self, room: &RoomId) -> Result<&mut Kept, StoreError> {
        self.rooms.get_mut(room).ok_or(StoreError::Missing)
    }

    fn apply_op(&mut self, op: &Op) -> Result<(), StoreError> {
        match op {
            Op::Create { channel, rooms } => {
                self.channels.push(channel.clone());
                for row in rooms {
                    let kept = Kept {
                        row: row.clone(),
                        base: row.position,
                        links: Vec::new(),
                        blobs: BTreeMap::new(),
                    };
                    self.rooms.insert(row.chain.room, kept);
                }
            }
            Op::Append { room, links, position, segment_first, cursors } => {
                let kept = self.room(room)?;
                kept.links.extend(links.iter().cloned());
                kept.row.position = *position;
                kept.row.segment_first = *segment_first;
                kept.row.cursors = **cursors;
            }
            Op::Prune { room, below } => self.room(room)?.prune(*below),
            Op::ReplaceKeys { room, seat, keys } => {
                let kept = self.room(room)?;
                *kept.row.seats.get_mut(seat.index()).ok_or(StoreError::Missing)? = keys.clone();
                *kept.row.cursors.get_mut(seat.index()).ok_or(StoreError::Missing)? = None;
                kept.row.waiting.retain(|waiting| waiting.seat != *seat);
                kept.blobs.retain(|(whose, _), _| whose != seat);
            }
            Op::PutBlob { room, waiting, blob } => {
                let kept = self.room(room)?;
                kept.drop_blob(waiting.seat, waiting.mailbox);
                kept.row.waiting.push(*waiting);
                kept.blobs.insert((waiting.seat, waiting.mailbox), blob.clone());
            }
            Op::DropBlob { room, seat, mailbox } => self.room(room)?.drop_blob(*seat, *mailbox),
        }
        Ok(())
    }
}

impl Kept {
    fn prune(&mut self, below: Beat) {
        let keep_from = self.links.iter().position(|link| link.last >= below).unwrap_or(self.links.len());
        if let Some(last) = self.links.drain(..keep_from).next_back() {
            self.base = last.after();
        }
    }

    fn drop_blob(&mut self, seat: SeatNo, mailbox: Mailbox) {
        self.row.waiting.retain(|waiting| (waiting.seat, waiting.mailbox) != (seat, mailbox));
        self.blobs.remove(&(seat, mailbox));
    }

    fn roll_back(&mut self, beats: u64) {
        let target = Beat(self.row.position.next.0.saturating_sub(beats));
        self.links.retain(|link| link.last < target);
        self.row.position = self.links.last().map_or(self.base, Link::after);
        let start = self.links.iter().rev().find(|link| link.is_start());
        self.row.segment_first = start.map_or(Beat(0), |link| link.first);
    }
}

/// Bytes a link takes when it is served.
pub(super) fn served_bytes(link: &Link) -> usize {
    let cells = match &link.body {
        LinkBody::Beat(sealed) => sealed.cells.iter().flatten().count(),
        _ => 0,
    };
    BEAT_RECORD_BYTES + cells * CELL_BYTES
}

impl Store for MemoryStore {
    fn load(&mut self) -> Result<Snapshot, StoreError> {
        let rooms = self.rooms.values().map(|kept| kept.row.clone()).collect();
        Ok(Snapshot { channels: self.channels.clone(), rooms })
    }

    fn apply(&mut self, batch: &Batch) -> Result<(), StoreError> {
        batch.ops.iter().try_for_each(|op| self.apply_op(op))
    }

    fn links(&mut self, room: &RoomId, from: &Position, bytes_max: usize) -> Result<Chunk, StoreError> {
        let kept = self.room(room)?;
        let at = kept.links.partition_point(|link| link.last < from.next);
        let mut bytes = 0;
        let links = kept.links.iter().skip(at).take_while(|link| {
            let fits = bytes < bytes_max;
            bytes += served_bytes(link);
            fits
        });
        Ok(Chunk { base: kept.base, links: links.cloned().collect() })
    }

    fn blob(&mut self, room: &RoomId, seat: SeatNo, mailbox: Mailbox) -> Result<Option<Blob>, StoreError> {
        Ok(self.room(room)?.blobs.get(&(seat, mailbox)).cloned())
    }

    fn roll_back(&mut self, beats: u64) -> Result<(), StoreError> {
        self.rooms.values_mut().for_each(|kept| kept.roll_back(beats));
        Ok(())
    }
}
