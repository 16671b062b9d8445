//! What a load consists of: channels, their rooms, and which station holds which seats.

use backchannel_wire::frame::FrameShape;
use backchannel_wire::limits::{BEAT_MS_MAX, BEAT_MS_MIN, CAPACITIES, CHANNEL_ROOMS_MAX, FRAME_ROOMS_MAX};
use backchannel_wire::lobby::{ChannelRequest, RoomPlan, SeatKeys};
use backchannel_wire::token::{OperatorToken, PartySeed, SeatToken};
use backchannel_wire::{ChannelId, RoomId, SeatNo};
use rand_core::{OsRng, RngCore};

/// A load whose stations fill the seats of its rooms exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// How many stations connect.
    pub stations: u32,
    /// How many rooms there are in all channels together.
    pub rooms: u32,
    /// Seats of each room.
    pub seats: u8,
    /// Length of a beat.
    pub beat_ms: u32,
    rooms_each: u8,
}

/// Why a load cannot be laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// A room of that size does not exist.
    #[error("a room has 2, 4, 8 or 16 seats")]
    Seats,
    /// Beats of that length do not exist.
    #[error("a beat has between {BEAT_MS_MIN} and {BEAT_MS_MAX} milliseconds")]
    Beat,
    /// Some stations would hold more seats than others.
    #[error("the seats of all rooms do not divide evenly among the stations")]
    Uneven,
    /// A station cannot hold a seat in that many rooms.
    #[error("a station would hold seats in more rooms than a frame or a channel takes")]
    RoomsEach,
}

impl Load {
    /// Lays a load out: each station holds a seat in the same number of rooms.
    pub fn new(stations: u32, rooms: u32, seats: u8, beat_ms: u32) -> Result<Self, LoadError> {
        if !CAPACITIES.contains(&seats) {
            return Err(LoadError::Seats);
        }
        if !(BEAT_MS_MIN..=BEAT_MS_MAX).contains(&beat_ms) {
            return Err(LoadError::Beat);
        }
        let all = u64::from(rooms) * u64::from(seats);
        if stations == 0 || rooms == 0 || !all.is_multiple_of(u64::from(stations)) {
            return Err(LoadError::Uneven);
        }
        let rooms_each = u8::try_from(all / u64::from(stations)).map_err(|_| LoadError::RoomsEach)?;
        if rooms_each > FRAME_ROOMS_MAX || usize::from(rooms_each) > CHANNEL_ROOMS_MAX {
            return Err(LoadError::RoomsEach);
        }
        if !rooms.is_multiple_of(u32::from(rooms_each)) {
            return Err(LoadError::Uneven);
        }
        Ok(Self { stations, rooms, seats, beat_ms, rooms_each })
    }

    /// The beats of a test of that length, at least one.
    pub fn beats(&self, seconds: u64) -> u64 {
        (seconds.saturating_mul(1000) / u64::from(self.beat_ms)).max(1)
    }

    /// The channels: in each, the same stations share as many rooms as each of them holds seats.
    pub fn channels(&self) -> Vec<LoadChannel> {
        let cells = u16::from(self.rooms_each) * u16::from(self.seats);
        (0..self.rooms / u32::from(self.rooms_each))
            .filter_map(|_| {
                Some(LoadChannel {
                    channel: ChannelId(random()),
                    rooms: (0..self.rooms_each).map(|_| RoomId(random())).collect(),
                    seed: PartySeed::new(random()),
                    seats: self.seats,
                    shape: FrameShape::new(self.rooms_each, cells)?,
                })
            })
            .collect()
    }
}

/// One channel of the load.
pub struct LoadChannel {
    channel: ChannelId,
    rooms: Vec<RoomId>,
    seed: PartySeed,
    seats: u8,
    shape: FrameShape,
}

/// The seats of one station.
pub struct Seats {
    /// The channel.
    pub channel: ChannelId,
    /// The constants of its frames.
    pub shape: FrameShape,
    /// Seats of each of its rooms.
    pub capacity: u8,
    /// Its seat, the same in every room.
    pub seat: SeatNo,
    /// The rooms, each with the token for the seat.
    pub rooms: Vec<(RoomId, SeatToken)>,
}

impl LoadChannel {
    /// What asks the relay to create it.
    pub fn request(&self, operator: &OperatorToken, beat_ms: u32) -> ChannelRequest {
        let keys = |room: &RoomId, seat: SeatNo| {
            let token = self.seed.token(room, seat);
            SeatKeys {
                token: token.hash(),
                revoker: self.seed.revoker(room, seat).hash(),
                head_mac: token.head_mac_key(),
            }
        };
        let room = |room: &RoomId| RoomPlan {
            room: *room,
            capacity: self.seats,
            seats: self.seat_numbers().map(|seat| keys(room, seat)).collect(),
        };
        ChannelRequest {
            operator: operator.clone(),
            channel: self.channel,
            beat_ms,
            frame_rooms: self.shape.rooms(),
            down_cells: self.shape.down_cells(),
            rooms: self.rooms.iter().map(room).collect(),
        }
    }

    /// The stations that fill it.
    pub fn stations(&self) -> impl Iterator<Item = Seats> {
        self.seat_numbers().map(|seat| Seats {
            channel: self.channel,
            shape: self.shape,
            capacity: self.seats,
            seat,
            rooms: self.rooms.iter().map(|room| (*room, self.seed.token(room, seat))).collect(),
        })
    }

    fn seat_numbers(&self) -> impl Iterator<Item = SeatNo> + use<> {
        (0..self.seats).filter_map(SeatNo::new)
    }
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    OsRng.fill_bytes(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_load_fills_its_rooms_exactly() {
        for (stations, rooms, seats, each) in [(200, 50, 4, 1), (4, 3, 4, 3), (8, 4, 4, 2), (16, 16, 16, 16)]
        {
            let load = Load::new(stations, rooms, seats, 1000).unwrap();
            assert_eq!(load.rooms_each, each);
            let channels = load.channels();
            let all: usize = channels.iter().map(|channel| channel.stations().count()).sum();
            assert_eq!(all, usize::try_from(stations).unwrap());
            assert_eq!(channels.iter().map(|channel| channel.rooms.len()).sum::<usize>(), rooms as usize);
        }
    }

    #[test]
    fn loads_that_cannot_be_laid_out_are_refused() {
        let check = |stations, rooms, seats, beat_ms| Load::new(stations, rooms, seats, beat_ms).unwrap_err();
        assert_eq!(check(10, 5, 3, 1000), LoadError::Seats);
        assert_eq!(check(20, 5, 4, 1), LoadError::Beat);
        assert_eq!(check(0, 5, 4, 1000), LoadError::Uneven);
        assert_eq!(check(21, 5, 4, 1000), LoadError::Uneven);
        assert_eq!(check(2, 17, 2, 1000), LoadError::RoomsEach);
        assert_eq!(check(1, 300, 2, 1000), LoadError::RoomsEach);
    }
}
