//! What the relay sends a station, once a beat.

use super::bytes::{Reader, header};
use super::record::{Record, SlotRecord};
use super::{FrameError, FrameShape, Kind};
use crate::ids::Beat;
use crate::limits::FRAME_HEADER_BYTES;

/// What the relay says of one slot of a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SlotStatus {
    /// The seat is this connection's.
    pub active: bool,
    /// A knock waits in the lobby of the room.
    pub knock: bool,
}

/// The relay's frame after one beat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DownFrame {
    /// The beat just sealed.
    pub beat: Beat,
    /// One status a room slot.
    pub slots: Vec<SlotStatus>,
    /// What the station is served, in order.
    pub records: Vec<SlotRecord>,
}

impl DownFrame {
    /// Encodes for a channel of this shape; refuses records that do not fit (FRAME-6).
    pub fn encode(&self, shape: &FrameShape) -> Result<Vec<u8>, FrameError> {
        if self.slots.len() != usize::from(shape.rooms()) {
            return Err(FrameError::Slot);
        }
        let mut out = Vec::with_capacity(shape.down_bytes());
        out.extend_from_slice(&header(Kind::Down, self.beat));
        out.extend(self.slots.iter().map(|slot| u8::from(slot.active) | u8::from(slot.knock) << 1));
        if self.records.iter().any(|record| record.slot >= shape.rooms()) {
            return Err(FrameError::Record);
        }
        out.extend_from_slice(&pack_records(&self.records)?);
        if out.len() > shape.down_bytes() {
            return Err(FrameError::TooFull);
        }
        out.resize(shape.down_bytes(), 0);
        Ok(out)
    }

    /// Reads a down frame.
    pub fn decode(bytes: &[u8], shape: &FrameShape) -> Result<Self, FrameError> {
        if bytes.len() != shape.down_bytes() {
            return Err(FrameError::Size);
        }
        let (fixed, packed) = bytes.split_at(FRAME_HEADER_BYTES + usize::from(shape.rooms()));
        let mut reader = Reader::new(fixed, FrameError::Size);
        reader.start(Kind::Down)?;
        reader.zeros::<6>()?;
        let beat = reader.beat()?;
        let slots = (0..shape.rooms()).map(|_| status(reader.u8()?)).collect::<Result<_, _>>()?;
        Ok(Self { beat, slots, records: unpack_records(packed, shape)? })
    }
}

fn status(byte: u8) -> Result<SlotStatus, FrameError> {
    if byte > 3 {
        return Err(FrameError::Slot);
    }
    Ok(SlotStatus { active: byte & 1 != 0, knock: byte & 2 != 0 })
}

/// Records as a down frame carries them, without the filling.
pub fn pack_records(records: &[SlotRecord]) -> Result<Vec<u8>, FrameError> {
    let mut out = Vec::with_capacity(records.iter().map(|record| record.record.size()).sum());
    records.iter().try_for_each(|SlotRecord { slot, record }| record.put(*slot, &mut out))?;
    Ok(out)
}

/// Reads packed records, with or without filling.
pub fn unpack_records(packed: &[u8], shape: &FrameShape) -> Result<Vec<SlotRecord>, FrameError> {
    let mut reader = Reader::new(packed, FrameError::Record);
    let mut records = Vec::new();
    while reader.peek().is_some_and(|kind| kind != 0) {
        let (slot, record) = Record::read(&mut reader)?;
        if slot >= shape.rooms() {
            return Err(FrameError::Record);
        }
        records.push(SlotRecord { slot, record });
    }
    reader.end()?;
    Ok(records)
}
