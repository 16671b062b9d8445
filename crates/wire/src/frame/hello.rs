//! The first message each way on a beat connection.

use super::bytes::Reader;
use super::{FrameError, FrameShape, Kind, VERSION};
use crate::chain::Position;
use crate::ids::{Beat, ChannelId, RoomId, SeatNo, UtcMs};
use crate::limits::*;
use crate::token::SeatToken;
use zeroize::Zeroizing;

/// One seat a station claims, and how far it is there.
#[derive(Clone, PartialEq, Eq)]
pub struct HelloSlot {
    /// The room.
    pub room: RoomId,
    /// The seat.
    pub seat: SeatNo,
    /// What proves that the seat is the station's.
    pub token: SeatToken,
    /// What the station holds durably.
    pub position: Position,
}

/// What a station says when it connects.
#[derive(Clone, PartialEq, Eq)]
pub struct Hello {
    /// The channel all slots belong to.
    pub channel: ChannelId,
    /// The seats claimed; their order is the order of slots in every later frame.
    pub slots: Vec<HelloSlot>,
}

impl Hello {
    /// Encodes for a channel of this shape; refuses more slots than it has, and one room twice.
    pub fn encode(&self, shape: &FrameShape) -> Result<Zeroizing<Vec<u8>>, FrameError> {
        let used = u8::try_from(self.slots.len()).map_err(|_| FrameError::Slot)?;
        if used > shape.rooms() {
            return Err(FrameError::Slot);
        }
        self.check_rooms()?;
        let mut out = Zeroizing::new(Vec::with_capacity(shape.hello_bytes()));
        out.extend_from_slice(&[VERSION, Kind::Hello as u8, used]);
        out.resize(FRAME_HEADER_BYTES, 0);
        out.extend_from_slice(&self.channel.0);
        for slot in &self.slots {
            out.extend_from_slice(&slot.room.0);
            out.push(slot.seat.get());
            out.extend_from_slice(slot.token.expose());
            out.extend_from_slice(&slot.position.segment.to_be_bytes());
            out.extend_from_slice(&slot.position.next.0.to_be_bytes());
            out.extend_from_slice(&slot.position.head.0);
        }
        out.resize(shape.hello_bytes(), 0);
        Ok(out)
    }

    /// Reads a hello and the number of room slots its sender believes in, which follows from its size.
    pub fn decode(bytes: &[u8]) -> Result<(Self, u8), FrameError> {
        let rooms = slots_of(bytes.len(), FRAME_HEADER_BYTES + ChannelId::LEN, HELLO_SLOT_BYTES)?;
        let mut reader = Reader::new(bytes, FrameError::Size);
        reader.start(Kind::Hello)?;
        let used = reader.u8()?;
        reader.zeros::<13>()?;
        if used > rooms {
            return Err(FrameError::Slot);
        }
        let channel = ChannelId(reader.take()?);
        let slots = (0..used).map(|_| slot(&mut reader)).collect::<Result<Vec<_>, _>>()?;
        reader.end()?;
        let hello = Self { channel, slots };
        hello.check_rooms()?;
        Ok((hello, rooms))
    }

    /// FRAME-4: a station has one seat in a room.
    fn check_rooms(&self) -> Result<(), FrameError> {
        let twice = self.slots.iter().enumerate().any(|(at, slot)| {
            self.slots.iter().skip(at.saturating_add(1)).any(|other| other.room == slot.room)
        });
        if twice { Err(FrameError::Slot) } else { Ok(()) }
    }
}

fn slot(reader: &mut Reader<'_>) -> Result<HelloSlot, FrameError> {
    let room = RoomId(reader.take()?);
    let seat = reader.seat()?;
    let token = SeatToken::new(reader.take()?);
    let position = Position { segment: reader.u32()?, next: reader.beat()?, head: reader.head()? };
    Ok(HelloSlot { room, seat, token, position })
}

/// FRAME-1: the number of slots follows from the size.
fn slots_of(length: usize, fixed: usize, each: usize) -> Result<u8, FrameError> {
    let rest = length.checked_sub(fixed).ok_or(FrameError::Size)?;
    let count = u8::try_from(rest / each).map_err(|_| FrameError::Size)?;
    let sound = rest.is_multiple_of(each) && (1..=FRAME_ROOMS_MAX).contains(&count);
    if sound { Ok(count) } else { Err(FrameError::Size) }
}

/// What the relay makes of one slot of a hello.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotState {
    /// The slot was not used.
    Unused,
    /// The seat is the station's on this connection.
    Active {
        /// The room's segment at the relay.
        segment: u32,
        /// The first beat the relay has not sealed.
        next: Beat,
    },
    /// The room or the token is not known; which of the two is not said.
    Refused,
    /// The stated position lies above the relay's clock, which no honest store can explain.
    Ahead,
}

/// What the relay tells a station that holds at least one seat of the channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The relay's clock.
    pub now: UtcMs,
    /// When beat 0 began.
    pub t0: UtcMs,
    /// Length of a beat.
    pub beat_ms: u32,
    /// The shape of every later frame.
    pub shape: FrameShape,
    /// One state a slot of the hello.
    pub slots: Vec<SlotState>,
}

/// The relay's answer to a hello.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelloAck {
    /// At least one slot is active.
    Accepted(Accepted),
    /// No slot is: nothing is told, not even whether the channel exists.
    Refused,
    /// The tokens are good but the hello has another number of slots than the channel's frames; nothing else is told.
    OtherShape,
}

impl HelloAck {
    /// Encodes an answer of the size that belongs to a hello of `rooms` slots.
    pub fn encode(&self, rooms: u8) -> Result<Vec<u8>, FrameError> {
        let size = FRAME_HEADER_BYTES + 16 + usize::from(rooms) * HELLO_ACK_SLOT_BYTES;
        let mut out = Vec::with_capacity(size);
        out.extend_from_slice(&[VERSION, Kind::HelloAck as u8]);
        match self {
            Self::Refused => out.push(0),
            Self::OtherShape => out.push(2),
            Self::Accepted(accepted) => accepted.put(rooms, &mut out)?,
        }
        out.resize(size, 0);
        Ok(out)
    }

    /// Reads an answer.
    pub fn decode(bytes: &[u8]) -> Result<Self, FrameError> {
        let rooms = slots_of(bytes.len(), FRAME_HEADER_BYTES + 16, HELLO_ACK_SLOT_BYTES)?;
        let mut reader = Reader::new(bytes, FrameError::Size);
        reader.start(Kind::HelloAck)?;
        match reader.u8()? {
            0 => reader.end().map(|()| Self::Refused),
            1 => Accepted::read(rooms, reader).map(Self::Accepted),
            2 => reader.end().map(|()| Self::OtherShape),
            _ => Err(FrameError::Version),
        }
    }
}

impl Accepted {
    fn put(&self, rooms: u8, out: &mut Vec<u8>) -> Result<(), FrameError> {
        if rooms != self.shape.rooms() || self.slots.len() != usize::from(rooms) {
            return Err(FrameError::Slot);
        }
        out.extend_from_slice(&[1, rooms]);
        out.extend_from_slice(&self.shape.down_cells().to_be_bytes());
        out.extend_from_slice(&[0, 0]);
        out.extend_from_slice(&self.beat_ms.to_be_bytes());
        out.extend_from_slice(&[0; 4]);
        out.extend_from_slice(&self.now.0.to_be_bytes());
        out.extend_from_slice(&self.t0.0.to_be_bytes());
        for slot in &self.slots {
            let (state, segment, next) = match slot {
                SlotState::Unused => (0, 0, 0),
                SlotState::Active { segment, next } => (1, *segment, next.0),
                SlotState::Refused => (2, 0, 0),
                SlotState::Ahead => (3, 0, 0),
            };
            out.push(state);
            out.extend_from_slice(&segment.to_be_bytes());
            out.extend_from_slice(&next.to_be_bytes());
        }
        Ok(())
    }

    fn read(rooms: u8, mut reader: Reader<'_>) -> Result<Self, FrameError> {
        let (stated, down_cells) = (reader.u8()?, reader.u16()?);
        reader.zeros::<2>()?;
        let beat_ms = reader.u32()?;
        reader.zeros::<4>()?;
        let (now, t0) = (reader.utc()?, reader.utc()?);
        let shape = FrameShape::new(stated, down_cells).ok_or(FrameError::Slot)?;
        if stated != rooms || !(BEAT_MS_MIN..=BEAT_MS_MAX).contains(&beat_ms) {
            return Err(FrameError::Slot);
        }
        let slots = (0..rooms).map(|_| slot_state(&mut reader)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { now, t0, beat_ms, shape, slots })
    }
}

fn slot_state(reader: &mut Reader<'_>) -> Result<SlotState, FrameError> {
    let (state, segment, next) = (reader.u8()?, reader.u32()?, reader.beat()?);
    match (state, segment, next.0) {
        (0, 0, 0) => Ok(SlotState::Unused),
        (1, _, _) => Ok(SlotState::Active { segment, next }),
        (2, 0, 0) => Ok(SlotState::Refused),
        (3, 0, 0) => Ok(SlotState::Ahead),
        _ => Err(FrameError::Slot),
    }
}
