//! Somebody who holds keys of a station and everything the relay ever served.

use crate::world::World;
use backchannel_station::machine::profile::Me;
use backchannel_station::machine::spaces;
use backchannel_wire::cell::{self, CellKey, Place};
use backchannel_wire::frame::{DownFrame, Record};
use backchannel_wire::{Beat, RoomId, SeatNo};
use std::collections::BTreeSet;

/// Keys taken from a station at any time.
#[derive(Default)]
pub struct Thief {
    keys: BTreeSet<[u8; 32]>,
}

/// A cell that a thief opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenedCell {
    /// The room.
    pub room: RoomId,
    /// The beat that sealed it.
    pub beat: Beat,
    /// The seat that posted it.
    pub seat: u8,
    /// How many fragments it held.
    pub fragments: usize,
}

impl Thief {
    /// Takes every key the station holds now.
    pub fn rob(&mut self, world: &World, at: usize) {
        let keys = world.nodes[at].machine.iter().flat_map(|machine| machine.needles());
        self.keys.extend(keys.filter_map(|key| <[u8; 32]>::try_from(key).ok()));
    }

    /// Tries every key on every cell the relay served to anybody since the tap was opened.
    pub fn open_all(&self, world: &World, victim: usize) -> BTreeSet<OpenedCell> {
        let me = me_of(world, victim);
        let mut out = BTreeSet::new();
        let mut tried = BTreeSet::new();
        for (_, bytes) in world.tap.iter().flatten() {
            let frame = DownFrame::decode(bytes, &me.shape).expect("a frame of the relay");
            for record in &frame.records {
                let Record::Beat { sealed, head, .. } = &record.record else { continue };
                if !tried.insert(*head) {
                    continue;
                }
                for (seat, cell) in (0u8..).zip(&sealed.cells) {
                    let (Some(seat), Some(cell)) = (SeatNo::new(seat), cell) else { continue };
                    out.extend(self.open(&me, seat, sealed.beat, cell));
                }
            }
        }
        out
    }

    fn open(&self, me: &Me, seat: SeatNo, beat: Beat, cell: &cell::Cell) -> Option<OpenedCell> {
        me.profile.places.iter().find_map(|place| {
            let room = place.spot.room;
            let place = Place { channel: me.channel(), room, seat, beat };
            let plain =
                self.keys.iter().find_map(|key| cell::open(&CellKey::new(*key), &place, cell).ok())?;
            Some(OpenedCell { room, beat, seat: seat.get(), fragments: plain.fragments.len() })
        })
    }
}

/// Who a station is, from its vault.
pub fn me_of(world: &World, at: usize) -> Me {
    let durable = &world.nodes[at].durable;
    let profile = durable.iter().find(|(key, _)| key.space == spaces::STATION && key.id == b"profile");
    Me::load(profile.expect("every vault has a profile").1).expect("the profile is whole")
}
