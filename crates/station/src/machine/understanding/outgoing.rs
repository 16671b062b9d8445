//! What this station says of understandings: on its way until it is sealed, and only then on record.

use super::Came;
use crate::limits::{REFUSALS_OUT_MAX, UNDERSTANDING_OUT_MAX};
use crate::machine::envelope::Class;
use crate::machine::item::Item;
use crate::machine::outbox::{Fate, ItemTag};
use crate::machine::room::Room;
use crate::machine::{Machine, Told};
use backchannel_assurance::ceremony::Message;
use backchannel_wire::{Beat, RoomId};
use minicbor::{Decode, Encode};
use rand_core::RngCore;

/// An own item that is not sealed yet, or waits for one before it.
#[derive(Clone, Encode, Decode)]
pub(in crate::machine) struct Queued {
    #[n(0)]
    pub(super) tag: ItemTag,
    #[n(1)]
    pub(super) room: RoomId,
    #[n(2)]
    class: Class,
    #[n(3)]
    pub(super) item: Item,
    #[n(4)]
    sent: Option<Beat>,
}

/// Whether it answers what somebody handed in amiss, who can make a depositary say it as often as they like.
fn is_refusal(item: &Item) -> bool {
    let Item::Ceremony(bytes) = item else { return false };
    matches!(Message::from_bytes(bytes), Ok(Message::Refused(..)))
}

impl Machine {
    /// Says something in a room, of an understanding or of a claim; it is on record here once it is sealed, like everybody else's
    /// (DEED-1, CLAIM-6).
    pub(in crate::machine) fn say_of_understanding(&mut self, room: RoomId, class: Class, item: Item) {
        #[cfg(feature = "sabotage")]
        if self.is_tampered((room, class, &item)) {
            return;
        }
        let Some(entered) = self.rooms.get(&room) else { return };
        let (alone, last) = (!entered.has_recipients(), entered.last_beat());
        let waiting = self.understandings.out.iter().filter(|queued| queued.room == room);
        let refusals = waiting.clone().filter(|queued| is_refusal(&queued.item)).count();
        if is_refusal(&item) && refusals >= REFUSALS_OUT_MAX {
            return;
        }
        if waiting.count() >= UNDERSTANDING_OUT_MAX {
            return self.tell(Told::new("undeliverable", "Too much waits to leave.").room(room));
        }
        let mut tag = [0; 16];
        self.rng.fill_bytes(&mut tag);
        let taken = alone || self.say_tagged(room, class, tag, &item);
        if taken {
            // Whoever is alone in a room says it to itself.
            let sent = alone.then_some(last);
            self.understandings.out.push(Queued { tag, room, class, item, sent });
            self.understandings.out_dirty = true;
            self.take_sealed(room, class);
        }
    }

    /// Whether the fate of an item concerns understandings; then it is taken in.
    pub(in crate::machine) fn fate_of_understanding(&mut self, fate: Fate) -> bool {
        let (Fate::Sent(tag, _) | Fate::Acknowledged(tag, ..) | Fate::Undeliverable(tag)) = fate;
        let Some(at) = self.understandings.out.iter().position(|queued| queued.tag == tag) else {
            return false;
        };
        let Queued { room, class, .. } = self.understandings.out[at];
        match fate {
            Fate::Sent(_, beat) => self.understandings.out[at].sent = Some(beat),
            Fate::Undeliverable(_) => drop(self.understandings.out.remove(at)),
            // A vault that is an old copy does not know that it was sealed, and whoever has it says so.
            Fate::Acknowledged(_, _, beat) => {
                self.understandings.out[at].sent.get_or_insert(beat);
            }
        }
        self.understandings.out_dirty = true;
        self.take_sealed(room, class);
        true
    }

    /// Takes own items in, in the order in which every other station delivers them.
    fn take_sealed(&mut self, room: RoomId, class: Class) {
        loop {
            let of = |queued: &super::Queued| queued.room == room && queued.class == class;
            let Some(at) = self.understandings.out.iter().position(of) else { return };
            let Some(beat) = self.understandings.out[at].sent else { return };
            let queued = self.understandings.out.remove(at);
            self.understandings.out_dirty = true;
            let Some((kind, seat)) = self.rooms.get(&room).map(|room: &Room| (room.kind(), room.spot.seat))
            else {
                continue;
            };
            let came = Came { who: self.myself(), room, kind, seat, beat };
            match &queued.item {
                Item::Claim(entry) => self.claim_came(came, entry),
                item => self.of_understanding(came, item),
            }
        }
    }
}
