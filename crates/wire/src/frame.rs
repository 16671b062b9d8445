//! The messages of a beat connection, each exactly sized by the channel's frame shape. Source: docs/spec/frames.md.

mod bytes;
mod down;
mod hello;
mod record;
mod up;

pub use down::{DownFrame, SlotStatus, pack_records, unpack_records};
pub use hello::{Accepted, Hello, HelloAck, HelloSlot, SlotState};
pub use record::{Record, RecordKind, SlotRecord};
pub use up::{UpFrame, UpSlot};

use crate::ids::ChannelId;
use crate::limits::*;

const VERSION: u8 = 1;

/// What a message is, its second byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Kind {
    Hello = 1,
    HelloAck = 2,
    Up = 3,
    Down = 4,
}

/// Why a message was refused, or could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// The message does not have its one size (FRAME-1).
    #[error("the frame does not have its fixed size")]
    Size,
    /// Unknown version, or another kind of message (FRAME-2).
    #[error("the frame has an unknown version or is of another kind")]
    Version,
    /// Bytes that must be zero are not (FRAME-3).
    #[error("the frame is not filled with zeros")]
    Filling,
    /// A slot breaks its bounds: seat, number of slots, or one room twice (FRAME-4).
    #[error("a slot of the frame breaks its bounds")]
    Slot,
    /// A record breaks its bounds (FRAME-5).
    #[error("a record of the frame breaks its bounds")]
    Record,
    /// The records do not fit (FRAME-6).
    #[error("the records do not fit into one frame")]
    TooFull,
}

/// The constants of a channel from which the size of each of its frames follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameShape {
    rooms: u8,
    down_cells: u16,
}

impl FrameShape {
    /// A shape of `rooms` room slots and `down_cells` cells in the live share of a down frame, both within limits (FRAME-1).
    pub fn new(rooms: u8, down_cells: u16) -> Option<Self> {
        let sound = (1..=FRAME_ROOMS_MAX).contains(&rooms) && (2..=DOWN_CELLS_MAX).contains(&down_cells);
        sound.then_some(Self { rooms, down_cells })
    }

    /// Room slots of every frame.
    pub fn rooms(&self) -> u8 {
        self.rooms
    }

    /// Cells in the live share of a down frame.
    pub fn down_cells(&self) -> u16 {
        self.down_cells
    }

    /// Bytes of a hello.
    ///
    /// ```
    /// # use backchannel_wire::frame::FrameShape;
    /// assert_eq!(FrameShape::default().hello_bytes(), 404);
    /// ```
    pub fn hello_bytes(&self) -> usize {
        FRAME_HEADER_BYTES + ChannelId::LEN + usize::from(self.rooms) * HELLO_SLOT_BYTES
    }

    /// Bytes of a hello acknowledgement.
    ///
    /// ```
    /// # use backchannel_wire::frame::FrameShape;
    /// assert_eq!(FrameShape::default().hello_ack_bytes(), 84);
    /// ```
    pub fn hello_ack_bytes(&self) -> usize {
        FRAME_HEADER_BYTES + 8 + 8 + usize::from(self.rooms) * HELLO_ACK_SLOT_BYTES
    }

    /// Bytes of an up frame.
    ///
    /// ```
    /// # use backchannel_wire::frame::FrameShape;
    /// assert_eq!(FrameShape::default().up_bytes(), 8_240);
    /// ```
    pub fn up_bytes(&self) -> usize {
        FRAME_HEADER_BYTES + usize::from(self.rooms) * (8 + CELL_BYTES)
    }

    /// Bytes of a down frame.
    ///
    /// ```
    /// # use backchannel_wire::frame::FrameShape;
    /// assert_eq!(FrameShape::default().down_bytes(), 66_236);
    /// ```
    pub fn down_bytes(&self) -> usize {
        FRAME_HEADER_BYTES + usize::from(self.rooms) + self.record_bytes()
    }

    /// Bytes a down frame has for records.
    pub fn record_bytes(&self) -> usize {
        let live = usize::from(self.rooms) * BEAT_RECORD_BYTES + usize::from(self.down_cells) * CELL_BYTES;
        DOWN_SHARES * live
    }
}

impl Default for FrameShape {
    fn default() -> Self {
        Self { rooms: FRAME_ROOMS_DEFAULT, down_cells: DOWN_CELLS_DEFAULT }
    }
}

/// The largest message any shape can make: what a reader must be ready to take.
pub const FRAME_BYTES_MAX: usize = FRAME_HEADER_BYTES
    + FRAME_ROOMS_MAX as usize
    + DOWN_SHARES * (FRAME_ROOMS_MAX as usize * BEAT_RECORD_BYTES + DOWN_CELLS_MAX as usize * CELL_BYTES);

#[cfg(test)]
#[path = "frame/tests.rs"]
mod tests;
