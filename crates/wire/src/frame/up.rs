//! What a station sends, once a beat.

use super::bytes::{Reader, header};
use super::{FrameError, FrameShape, Kind};
use crate::cell::Cell;
use crate::ids::Beat;
use crate::limits::CELL_BYTES;

/// One room's part of an up frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpSlot {
    /// The first beat of the room the station does not hold durably.
    pub next: Beat,
    /// The cell posted; nothing where the station has no seat, or is silent.
    pub cell: Option<Cell>,
}

/// A station's frame for one beat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpFrame {
    /// The beat in which the cells are posted.
    pub beat: Beat,
    /// At most one part a room slot, in the order of the hello; the rest is filled.
    pub slots: Vec<UpSlot>,
}

impl UpFrame {
    /// Encodes for a channel of this shape.
    pub fn encode(&self, shape: &FrameShape) -> Result<Vec<u8>, FrameError> {
        if self.slots.len() > usize::from(shape.rooms()) {
            return Err(FrameError::Slot);
        }
        let mut out = Vec::with_capacity(shape.up_bytes());
        out.extend_from_slice(&header(Kind::Up, self.beat));
        for slot in &self.slots {
            out.extend_from_slice(&slot.next.0.to_be_bytes());
            out.extend_from_slice(slot.cell.as_deref().unwrap_or(&[0; CELL_BYTES]));
        }
        out.resize(shape.up_bytes(), 0);
        Ok(out)
    }

    /// Reads an up frame; it has one slot for each of the shape's rooms, used or not.
    pub fn decode(bytes: &[u8], shape: &FrameShape) -> Result<Self, FrameError> {
        if bytes.len() != shape.up_bytes() {
            return Err(FrameError::Size);
        }
        let mut reader = Reader::new(bytes, FrameError::Size);
        reader.start(Kind::Up)?;
        reader.zeros::<6>()?;
        let beat = reader.beat()?;
        let slots = (0..shape.rooms()).map(|_| slot(&mut reader)).collect::<Result<_, _>>()?;
        Ok(Self { beat, slots })
    }
}

/// FRAME-7: a cell of zeros is no cell.
fn slot(reader: &mut Reader<'_>) -> Result<UpSlot, FrameError> {
    let next = reader.beat()?;
    let cell = reader.take::<CELL_BYTES>()?;
    Ok(UpSlot { next, cell: (cell != [0; CELL_BYTES]).then(|| Box::new(cell)) })
}
