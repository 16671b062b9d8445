//! What a down frame carries for a room: the chain, piece by piece, in order.

use super::FrameError;
use super::bytes::Reader;
use crate::chain::{ChainError, HeadMac, Position, RoomChain, SealedBeat};
use crate::ids::{Beat, Head, SeatNo, UtcMs};
use crate::limits::*;
use crate::token::HeadMacKey;
use std::sync::Arc;

/// What a record is, its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum RecordKind {
    /// A sealed beat.
    Beat = 1,
    /// Beats that were all sealed empty at one moment.
    EmptyRun = 2,
    /// The start of a new segment: the relay was restored from an older store.
    SegmentStart = 3,
    /// What is below here the relay no longer holds.
    Pruned = 4,
}

/// A piece of a room's chain, for one seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// A sealed beat.
    Beat {
        /// The beat.
        sealed: Arc<SealedBeat>,
        /// Its head.
        head: Head,
        /// The head's MAC to the receiving seat.
        mac: HeadMac,
    },
    /// Beats `first` to `last` in which no seat posted, all sealed at one moment.
    EmptyRun {
        /// The first beat.
        first: Beat,
        /// The last beat.
        last: Beat,
        /// When the relay sealed them.
        sealed_at: UtcMs,
        /// The head of the last.
        head: Head,
        /// That head's MAC to the receiving seat.
        mac: HeadMac,
    },
    /// The relay was restored from an older store and begins a new segment.
    SegmentStart {
        /// The segment's number.
        segment: u32,
        /// Its first beat.
        first: Beat,
    },
    /// The station's position lies below what the relay retains.
    Pruned {
        /// The segment of the first beat there is.
        segment: u32,
        /// The first beat there is, never 0.
        first: Beat,
        /// The head of the beat before, or the segment's genesis.
        head: Head,
        /// The MAC of that head to the receiving seat, as head of the beat before `first`.
        mac: HeadMac,
    },
}

/// A record and the frame slot of its room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotRecord {
    /// The slot, in the order of the hello.
    pub slot: u8,
    /// The record.
    pub record: Record,
}

impl Record {
    /// Bytes the record takes in a down frame.
    pub fn size(&self) -> usize {
        match self {
            Self::Beat { sealed, .. } => {
                BEAT_RECORD_BYTES + sealed.cells.iter().flatten().count() * CELL_BYTES
            }
            Self::EmptyRun { .. } => 2 + 8 + 8 + 8 + 32 + 32,
            Self::SegmentStart { .. } => 2 + 4 + 8,
            Self::Pruned { .. } => 2 + 4 + 8 + 32 + 32,
        }
    }

    /// Follows the chain by one record: what a station does with each record it is served, before anything in it is used.
    pub fn follow(
        &self,
        room: &RoomChain,
        at: &Position,
        seat: SeatNo,
        key: &HeadMacKey,
    ) -> Result<Position, ChainError> {
        match self {
            Self::Beat { sealed, head, mac } => {
                let after = room.after_beat(at, sealed)?;
                check_head(room, &after, head, seat, key, mac)?;
                Ok(after)
            }
            Self::EmptyRun { first, last, sealed_at, head, mac } => {
                if *first != at.next {
                    return Err(ChainError::OutOfOrder);
                }
                let after = room.after_empty_run(at, *last, *sealed_at)?;
                check_head(room, &after, head, seat, key, mac)?;
                Ok(after)
            }
            Self::SegmentStart { segment, first } if *segment > at.segment && *first >= at.next => {
                Ok(room.genesis(*segment, *first))
            }
            Self::SegmentStart { .. } => Err(ChainError::Segment),
            Self::Pruned { segment, first, head, mac } if *segment >= at.segment && *first > at.next => {
                let after = Position { segment: *segment, next: *first, head: *head };
                check_head(room, &after, head, seat, key, mac)?;
                Ok(after)
            }
            Self::Pruned { .. } => Err(ChainError::Pruned),
        }
    }

    pub(super) fn put(&self, slot: u8, out: &mut Vec<u8>) -> Result<(), FrameError> {
        match self {
            Self::Beat { sealed, head, mac } => put_beat(slot, sealed, head, mac, out),
            Self::EmptyRun { first, last, sealed_at, head, mac } => {
                out.extend_from_slice(&[RecordKind::EmptyRun as u8, slot]);
                out.extend_from_slice(&first.0.to_be_bytes());
                out.extend_from_slice(&last.0.to_be_bytes());
                out.extend_from_slice(&sealed_at.0.to_be_bytes());
                out.extend_from_slice(&head.0);
                out.extend_from_slice(&mac.0);
                Ok(())
            }
            Self::SegmentStart { segment, first } => {
                out.extend_from_slice(&[RecordKind::SegmentStart as u8, slot]);
                out.extend_from_slice(&segment.to_be_bytes());
                out.extend_from_slice(&first.0.to_be_bytes());
                Ok(())
            }
            Self::Pruned { segment, first, head, mac } => {
                out.extend_from_slice(&[RecordKind::Pruned as u8, slot]);
                out.extend_from_slice(&segment.to_be_bytes());
                out.extend_from_slice(&first.0.to_be_bytes());
                out.extend_from_slice(&head.0);
                out.extend_from_slice(&mac.0);
                Ok(())
            }
        }
    }

    /// Reads a record and its slot.
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<(u8, Self), FrameError> {
        let (kind, slot) = (reader.u8()?, reader.u8()?);
        let record = match kind {
            1 => read_beat(reader)?,
            2 => Self::EmptyRun {
                first: reader.beat()?,
                last: reader.beat()?,
                sealed_at: reader.utc()?,
                head: reader.head()?,
                mac: HeadMac(reader.take()?),
            },
            3 => Self::SegmentStart { segment: reader.u32()?, first: reader.beat()? },
            4 => Self::Pruned {
                segment: reader.u32()?,
                first: reader.beat()?,
                head: reader.head()?,
                mac: HeadMac(reader.take()?),
            },
            _ => return Err(FrameError::Record),
        };
        Ok((slot, record))
    }
}

fn check_head(
    room: &RoomChain,
    after: &Position,
    head: &Head,
    seat: SeatNo,
    key: &HeadMacKey,
    mac: &HeadMac,
) -> Result<(), ChainError> {
    if after.head != *head {
        return Err(ChainError::Head);
    }
    let beat = after.next.0.checked_sub(1).ok_or(ChainError::OutOfOrder)?;
    room.verify(key, seat, Beat(beat), head, mac)
}

fn put_beat(
    slot: u8,
    sealed: &SealedBeat,
    head: &Head,
    mac: &HeadMac,
    out: &mut Vec<u8>,
) -> Result<(), FrameError> {
    let capacity = u8::try_from(sealed.cells.len()).ok().filter(|n| CAPACITIES.contains(n));
    let presence = sealed.cells.iter().rev().fold(0u16, |bits, cell| bits << 1 | u16::from(cell.is_some()));
    out.extend_from_slice(&[RecordKind::Beat as u8, slot]);
    out.extend_from_slice(&sealed.beat.0.to_be_bytes());
    out.extend_from_slice(&sealed.sealed_at.0.to_be_bytes());
    out.push(capacity.ok_or(FrameError::Record)?);
    out.extend_from_slice(&presence.to_be_bytes());
    out.extend_from_slice(&head.0);
    out.extend_from_slice(&mac.0);
    for cell in sealed.cells.iter().flatten() {
        out.extend_from_slice(&cell[..]);
    }
    Ok(())
}

fn read_beat(reader: &mut Reader<'_>) -> Result<Record, FrameError> {
    let (beat, sealed_at, capacity, presence) = (reader.beat()?, reader.utc()?, reader.u8()?, reader.u16()?);
    let beyond = u32::from(presence) >> capacity.min(16);
    if !CAPACITIES.contains(&capacity) || beyond != 0 {
        return Err(FrameError::Record);
    }
    let (head, mac) = (reader.head()?, HeadMac(reader.take()?));
    let cells = (0..capacity)
        .map(|seat| {
            if presence >> seat & 1 == 1 { reader.take().map(|cell| Some(Box::new(cell))) } else { Ok(None) }
        })
        .collect::<Result<_, _>>()?;
    Ok(Record::Beat { sealed: Arc::new(SealedBeat { beat, sealed_at, cells }), head, mac })
}
