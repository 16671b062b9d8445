//! What goes with a burn of the register's room besides what is on record: entries on their way, and the waiting for others (CLAIM-8).

use super::{ASKING, TAGGED};
use crate::machine::{Machine, spaces};
use crate::store::{Batch, Key};
use backchannel_wire::{RoomId, canonical};

impl Machine {
    /// What a burn takes along in its own step, so that no crash leaves it: nothing where a day of the room is burned, or another room.
    pub(in crate::machine) fn claims_burned_with(&self, room: RoomId, day: Option<u32>) -> Batch {
        let mut batch = Batch::new();
        if day.is_some() || self.register_keys() != Some(room) {
            return batch;
        }
        if let Some(entered) = self.rooms.get(&room) {
            let keys = entered.outbox.tagged(|tag| tag.starts_with(&TAGGED));
            keys.into_iter().for_each(|key| batch.delete(entered.item_key(key)));
        }
        let (key, out) = self.out_without_claims(room);
        batch.put(key, out);
        batch.put(Key::new(spaces::STATION, ASKING), canonical::to_vec(&false));
        batch
    }

    /// A burn took place: the register is what is left of it. What went does not come back by asking (CLAIM-9).
    pub(in crate::machine) fn claims_burned(
        &mut self,
        room: RoomId,
        day: Option<u32>,
        records: &[(Vec<u8>, Vec<u8>)],
    ) {
        let before = self.claims.register.noted().count();
        self.reload_claims(records);
        if self.register_keys() != Some(room) {
            return;
        }
        if day.is_none() || self.claims.register.noted().count() < before {
            self.claims.asking.waits_no_more();
        }
        if day.is_none() {
            if let Some(entered) = self.rooms.get_mut(&room) {
                let keys = entered.outbox.tagged(|tag| tag.starts_with(&TAGGED));
                entered.outbox.take_back(&keys);
                self.dirty_rooms.insert(room);
            }
            self.forget_claims_out(room);
        }
    }
}
