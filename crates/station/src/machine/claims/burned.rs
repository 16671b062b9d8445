//! What goes with a burn of the register's room besides what is on record: entries on their way, and the waiting for others (CLAIM-8).

use super::newcomers::PASS;
use super::{ASKING, TAGGED};
use crate::machine::envelope::Class;
use crate::machine::{Machine, spaces};
use crate::store::{Batch, Key};
use backchannel_wire::{RoomId, canonical};
use std::collections::BTreeSet;

impl Machine {
    /// Items on their way that a burn takes along: all that are of the register, or of a day that is burned those that were sealed
    /// then, and what is passed on to somebody, whatever days it is of.
    fn claims_going(&self, room: RoomId, day: Option<u32>) -> Vec<(Class, u64)> {
        let Some(entered) = self.rooms.get(&room) else { return Vec::new() };
        let all = entered.outbox.tagged(|tag| tag.starts_with(&TAGGED));
        let Some(day) = day else { return all };
        let own = entered.spot.seat.get();
        let of_day: BTreeSet<u64> = self
            .claims
            .register
            .noted()
            .filter(|noted| noted.spot.seat == own && self.claim_day(noted.spot) == day)
            .map(|noted| noted.spot.nth)
            .collect();
        let passes = entered.outbox.tagged(|tag| *tag == PASS);
        all.into_iter().filter(|key| passes.contains(key) || of_day.contains(&key.1)).collect()
    }

    /// What a burn takes along in its own step, so that no crash leaves it: nothing where another room is burned.
    pub(in crate::machine) fn claims_burned_with(&self, room: RoomId, day: Option<u32>) -> Batch {
        let mut batch = Batch::new();
        if self.register_keys() != Some(room) {
            return batch;
        }
        if let Some(entered) = self.rooms.get(&room) {
            self.claims_going(room, day).into_iter().for_each(|key| batch.delete(entered.item_key(key)));
        }
        if day.is_some() {
            return batch;
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
        // As the register was before the burn: it tells what was of that day.
        let going =
            if self.register_keys() == Some(room) { self.claims_going(room, day) } else { Vec::new() };
        self.reload_claims(records);
        if self.register_keys() != Some(room) {
            return;
        }
        if let Some(entered) = self.rooms.get_mut(&room) {
            entered.outbox.take_back(&going);
            self.dirty_rooms.insert(room);
        }
        if day.is_none() || self.claims.register.noted().count() < before {
            self.claims.asking.waits_no_more();
        }
        if day.is_none() {
            self.forget_claims_out(room);
        }
    }
}
