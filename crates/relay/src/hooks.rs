//! Where a faithless relay would cheat. The real relay uses [`Faithful`], which does nothing; tests and the exercise's
//! faults put something else in its place, so that what catches them is tested against the relay that ships.

use backchannel_wire::chain::RoomChain;
use backchannel_wire::frame::SlotRecord;
use backchannel_wire::{Beat, ChannelId, SeatNo, UtcMs};

/// One seat of the station a frame goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToSeat {
    /// The room.
    pub chain: RoomChain,
    /// The seat.
    pub seat: SeatNo,
}

/// Who receives a down frame: the seat of each slot, in the order of slots; nothing for a slot that is not active.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The channel.
    pub channel: ChannelId,
    /// The seats.
    pub seats: Vec<Option<ToSeat>>,
}

/// What a relay could do behind its members' backs. Every method does nothing unless overridden.
pub trait Hooks: Send {
    /// The time the relay acts by.
    fn clock(&mut self, now: UtcMs) -> UtcMs {
        now
    }

    /// Whether a cell that arrived is kept for sealing.
    fn keep_cell(&mut self, _chain: &RoomChain, _seat: SeatNo, _beat: Beat) -> bool {
        true
    }

    /// Changes what one station is served; the MACs are made afterwards, for whatever heads the records then state.
    fn serve(&mut self, _to: &Recipient, _beat: Beat, _records: &mut Vec<SlotRecord>) {}

    /// Asked once a tick: how many beats to forget, as if an older copy of the store had been put back.
    fn roll_back(&mut self, _now: UtcMs) -> Option<u64> {
        None
    }
}

/// The honest relay.
#[derive(Clone, Copy, Debug, Default)]
pub struct Faithful;

impl Hooks for Faithful {}
