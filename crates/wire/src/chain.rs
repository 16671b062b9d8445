//! A room's beat chain: sealed beats, heads, segments and head MACs. Source: docs/spec/beats.md.

use crate::cell::Cell;
use crate::ids::{Beat, ChannelId, Head, RoomId, SeatNo, UtcMs};
use crate::limits::{CAPACITIES, EMPTY_RUN_BEATS_MAX, SEATS_MAX};
use crate::tagged::{self, Tag};
use crate::token::HeadMacKey;

/// The part of every head that never changes: which room it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomChain {
    /// The channel.
    pub channel: ChannelId,
    /// The room.
    pub room: RoomId,
    capacity: u8,
}

/// One room's beat as the relay sealed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedBeat {
    /// The beat's number.
    pub beat: Beat,
    /// When the relay sealed it, by the relay's clock.
    pub sealed_at: UtcMs,
    /// One place a seat, in seat order; nothing where the seat was absent.
    pub cells: Vec<Option<Cell>>,
}

/// How far somebody is on a room's chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The segment of the chain; it grows by one each time a relay was restored from an older store.
    pub segment: u32,
    /// The first beat not yet reached.
    pub next: Beat,
    /// The head of the beat before, or the segment's genesis.
    pub head: Head,
}

/// A head's MAC to one seat.
#[derive(Clone, Copy, Debug)]
pub struct HeadMac(pub [u8; 32]);

impl PartialEq for HeadMac {
    fn eq(&self, other: &Self) -> bool {
        tagged::same(&self.0, &other.0)
    }
}

impl Eq for HeadMac {}

/// Why something does not stand on the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// A capacity other than 2, 4, 8 or 16, or a beat with another number of places (BEAT-1).
    #[error("the number of seats is not the room's")]
    Capacity,
    /// A beat other than the next one (BEAT-2).
    #[error("the beat is not the next of the chain")]
    OutOfOrder,
    /// The stated head is not the one that follows from the cells and the head before (BEAT-3).
    #[error("the head does not follow from the one before")]
    Head,
    /// The head's MAC is not the one for this seat (BEAT-4).
    #[error("the head is not authenticated to this seat")]
    Mac,
    /// An empty run that ends before it starts or is longer than the limit (BEAT-5).
    #[error("the empty run breaks its bounds")]
    Run,
    /// A segment that is not above the one held, or starts below the beats held (BEAT-6).
    #[error("the segment does not lie above what is held")]
    Segment,
    /// A pruned mark that does not lead forward (BEAT-7).
    #[error("the pruned mark does not lead forward")]
    Pruned,
}

/// The hash of one seat's place in a beat.
pub fn cell_hash(cell: Option<&Cell>) -> [u8; 32] {
    match cell {
        Some(cell) => tagged::hash(Tag("backchannel cell hash v1"), &[&cell[..]]),
        None => tagged::hash(Tag("backchannel absent v1"), &[]),
    }
}

impl RoomChain {
    /// Names a room; refuses a capacity that rooms do not have (BEAT-1).
    pub fn new(channel: ChannelId, room: RoomId, capacity: u8) -> Result<Self, ChainError> {
        if !CAPACITIES.contains(&capacity) {
            return Err(ChainError::Capacity);
        }
        Ok(Self { channel, room, capacity })
    }

    /// How many seats the room has.
    pub fn capacity(&self) -> u8 {
        self.capacity
    }

    /// Where a segment starts (BEAT-6).
    pub fn genesis(&self, segment: u32, first: Beat) -> Position {
        let head = tagged::hash(
            Tag("backchannel genesis v1"),
            &[
                &self.channel.0,
                &self.room.0,
                &[self.capacity],
                &segment.to_be_bytes(),
                &first.0.to_be_bytes(),
            ],
        );
        Position { segment, next: first, head: Head(head) }
    }

    /// The position after a sealed beat, which must be the next one (BEAT-1, BEAT-2, BEAT-3).
    pub fn after_beat(&self, at: &Position, sealed: &SealedBeat) -> Result<Position, ChainError> {
        if sealed.cells.len() != usize::from(self.capacity) {
            return Err(ChainError::Capacity);
        }
        if sealed.beat != at.next || sealed.beat == Beat(u64::MAX) {
            return Err(ChainError::OutOfOrder);
        }
        let hashes: Vec<_> = sealed.cells.iter().map(|cell| cell_hash(cell.as_ref())).collect();
        let head = self.next_head(&at.head, sealed.beat, sealed.sealed_at, &hashes);
        Ok(Position { segment: at.segment, next: sealed.beat.plus(1), head })
    }

    /// The position after every beat up to and including `last` was sealed empty at one moment (BEAT-5).
    pub fn after_empty_run(
        &self,
        at: &Position,
        last: Beat,
        sealed_at: UtcMs,
    ) -> Result<Position, ChainError> {
        if last < at.next || last.since(at.next) >= EMPTY_RUN_BEATS_MAX || last == Beat(u64::MAX) {
            return Err(ChainError::Run);
        }
        let absent = vec![cell_hash(None); usize::from(self.capacity)];
        let head = (at.next.0..=last.0)
            .fold(at.head, |head, beat| self.next_head(&head, Beat(beat), sealed_at, &absent));
        Ok(Position { segment: at.segment, next: last.plus(1), head })
    }

    /// The MAC of the head of `beat` to one seat (BEAT-4).
    pub fn mac(&self, key: &HeadMacKey, seat: SeatNo, beat: Beat, head: &Head) -> HeadMac {
        HeadMac(tagged::mac(
            key.expose(),
            Tag("backchannel head mac v1"),
            &[&self.channel.0, &self.room.0, &[seat.get()], &beat.0.to_be_bytes(), &head.0],
        ))
    }

    /// Checks a head's MAC to one seat (BEAT-4).
    pub fn verify(
        &self,
        key: &HeadMacKey,
        seat: SeatNo,
        beat: Beat,
        head: &Head,
        mac: &HeadMac,
    ) -> Result<(), ChainError> {
        if self.mac(key, seat, beat, head) == *mac { Ok(()) } else { Err(ChainError::Mac) }
    }

    fn next_head(&self, before: &Head, beat: Beat, sealed_at: UtcMs, hashes: &[[u8; 32]]) -> Head {
        let (beat, sealed_at) = (beat.0.to_be_bytes(), sealed_at.0.to_be_bytes());
        let mut parts: Vec<&[u8]> = Vec::with_capacity(5 + SEATS_MAX);
        parts.extend([&self.channel.0[..], &self.room.0, &beat, &sealed_at, &before.0]);
        parts.extend(hashes.iter().map(|hash| &hash[..]));
        Head(tagged::hash(Tag("backchannel beat v1"), &parts))
    }
}

#[cfg(test)]
#[path = "chain_tests.rs"]
mod tests;
