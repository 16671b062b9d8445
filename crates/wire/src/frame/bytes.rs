use super::{FrameError, Kind, VERSION};
use crate::ids::{Beat, Head, SeatNo, UtcMs};
use crate::limits::FRAME_HEADER_BYTES;

/// Reads fixed-size parts one after the other; every shortage is the same error.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    short: FrameError,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8], short: FrameError) -> Self {
        Self { rest: bytes, short }
    }

    pub fn take<const N: usize>(&mut self) -> Result<[u8; N], FrameError> {
        let (head, rest) = self.rest.split_first_chunk::<N>().ok_or(self.short)?;
        self.rest = rest;
        Ok(*head)
    }

    pub fn u8(&mut self) -> Result<u8, FrameError> {
        self.take::<1>().map(|[byte]| byte)
    }

    pub fn u16(&mut self) -> Result<u16, FrameError> {
        self.take().map(u16::from_be_bytes)
    }

    pub fn u32(&mut self) -> Result<u32, FrameError> {
        self.take().map(u32::from_be_bytes)
    }

    pub fn u64(&mut self) -> Result<u64, FrameError> {
        self.take().map(u64::from_be_bytes)
    }

    pub fn beat(&mut self) -> Result<Beat, FrameError> {
        self.u64().map(Beat)
    }

    pub fn utc(&mut self) -> Result<UtcMs, FrameError> {
        self.u64().map(UtcMs)
    }

    pub fn head(&mut self) -> Result<Head, FrameError> {
        self.take().map(Head)
    }

    pub fn seat(&mut self) -> Result<SeatNo, FrameError> {
        SeatNo::new(self.u8()?).ok_or(FrameError::Slot)
    }

    pub fn zeros<const N: usize>(&mut self) -> Result<(), FrameError> {
        if self.take::<N>()? == [0; N] { Ok(()) } else { Err(FrameError::Filling) }
    }

    /// Checks the first two bytes of a message (FRAME-2).
    pub fn start(&mut self, kind: Kind) -> Result<(), FrameError> {
        if self.take()? == [VERSION, kind as u8] { Ok(()) } else { Err(FrameError::Version) }
    }

    /// The rest if it holds anything but zeros.
    pub fn unless_filling(&self) -> Option<&'a [u8]> {
        self.rest.iter().any(|byte| *byte != 0).then_some(self.rest)
    }

    /// Checks that only zeros follow (FRAME-3).
    pub fn end(self) -> Result<(), FrameError> {
        if self.unless_filling().is_none() { Ok(()) } else { Err(FrameError::Filling) }
    }

    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }
}

/// The header of an up or a down frame.
pub(super) fn header(kind: Kind, beat: Beat) -> [u8; FRAME_HEADER_BYTES] {
    let mut out = [0; FRAME_HEADER_BYTES];
    out[0] = VERSION;
    out[1] = kind as u8;
    out[8..].copy_from_slice(&beat.0.to_be_bytes());
    out
}
