//! The register of claims on a station: what is taken, kept and passed on of it (docs/spec/claims.md). What it means is `accord`'s.
//!
//! **No entry leaves the room of the own delegation.** The intermediary, who has no such room, keeps a register of its own that
//! leaves its station never.

mod arrivals;
mod burned;
mod newcomers;
mod requests;
mod show;
#[cfg(feature = "sabotage")]
mod tampered;

use self::newcomers::Asking;
use super::outbox::ItemTag;
use super::room::Who;
use super::{Machine, spaces};
use crate::store::{Batch, Key, Value};
use backchannel_accord::claims::{Noted, Register};
use backchannel_accord::rules::Author;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::tagged::{Tag, hash};
use backchannel_wire::{PartyNo, RoomId, canonical};
use std::collections::BTreeMap;

/// How the names of these records begin.
const PREFIX: u8 = b'c';
/// How the tags of items of the register begin, so that a burn finds them on their way.
const TAGGED: [u8; 6] = *b"claim/";
/// Where it stands that this station waits for what was entered before it came.
const ASKING: &[u8] = b"claims-asked";

/// The register, and what is under way of it.
#[derive(Default)]
pub(super) struct Claims {
    register: Register,
    /// The last number given to a record.
    last: u64,
    asking: Asking,
}

impl Claims {
    /// Adds what changed to the batch.
    pub(super) fn persist(&mut self, batch: &mut Batch) {
        if self.asking.take_dirty() {
            batch.put(Key::new(spaces::STATION, ASKING), canonical::to_vec(&self.asking.waits));
        }
    }

    /// The records are locked: what people wrote leaves memory (CLAIM-8).
    pub(super) fn lock(&mut self) {
        self.register.strip();
    }

    /// A new record's name in the vault.
    fn number(&mut self) -> Vec<u8> {
        self.last = self.last.saturating_add(1);
        [&[PREFIX][..], &self.last.to_be_bytes()].concat()
    }
}

/// The tag of an item of the register, made of these bytes.
pub(super) const fn tag(mut bytes: ItemTag) -> ItemTag {
    let (mark, _) = bytes.split_at_mut(TAGGED.len());
    mark.copy_from_slice(&TAGGED);
    bytes
}

fn number_of(id: &[u8]) -> Option<u64> {
    let (first, number) = id.split_first()?;
    (*first == PREFIX).then(|| number.try_into().ok().map(u64::from_be_bytes)).flatten()
}

/// Whether a record of what was said is an entry of the register.
pub(super) fn is_entry(id: &[u8]) -> bool {
    number_of(id).is_some()
}

/// Somebody as the author of an entry.
fn author(who: Who) -> Author {
    Author { party: who.party, member: who.member, role: who.role }
}

impl Machine {
    /// The register, made again from what is left of it. Numbers given out before stay given out.
    pub(super) fn reload_claims(&mut self, records: &[(Vec<u8>, Vec<u8>)]) {
        let of = |(id, bytes): &(Vec<u8>, Vec<u8>)| {
            Some((number_of(id)?, canonical::from_slice::<Noted>(bytes).ok()?))
        };
        let kept: Vec<(u64, Noted)> = records.iter().filter_map(of).collect();
        let last = kept.iter().map(|(number, _)| *number).max().unwrap_or(0);
        self.claims.last = self.claims.last.max(last);
        self.claims.register = Register::load(kept.into_iter().map(|(_, noted)| noted));
        if self.locked {
            self.claims.register.strip();
        }
    }

    /// What else the vault holds of it.
    pub(super) fn load_claims(&mut self, station: &BTreeMap<Vec<u8>, Value>) {
        let waits = station.get(ASKING).and_then(|bytes| canonical::from_slice(bytes).ok());
        self.claims.asking.waits = waits.unwrap_or(false);
    }

    /// The room whose keys cover the register: the own delegation's; at the intermediary one that exists for nothing else (CLAIM-11).
    pub(super) fn register_room(&self) -> Option<RoomId> {
        match self.me.party() {
            PartyNo::INTERMEDIARY => self.register_keys(),
            party => self.room_of(RoomKind::Delegation(party)),
        }
    }

    /// The same, also while this station is not in that room.
    fn register_keys(&self) -> Option<RoomId> {
        let party = self.me.party();
        if party != PartyNo::INTERMEDIARY {
            let places = &self.me.profile.places;
            let home = places.iter().find(|place| place.spot.kind == RoomKind::Delegation(party));
            return home.map(|place| place.spot.room);
        }
        let digest = hash(Tag("backchannel own register v1"), &[&self.me.channel().0]);
        RoomId::from_slice(&digest[..16])
    }
}
