//! What this station says of understandings: on its way until it is sealed, and only then on record.

use super::Came;
use super::keep::OUT;
use crate::limits::{REFUSALS_OUT_MAX, UNDERSTANDING_OUT_MAX};
use crate::machine::envelope::Class;
use crate::machine::item::Item;
use crate::machine::outbox::{Fate, ItemTag};
use crate::machine::room::Room;
use crate::machine::{Machine, Told, claims, spaces};
use crate::store::Key;
use backchannel_assurance::ceremony::Message;
use backchannel_wire::{Beat, RoomId, canonical};
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
    /// The number of the item within its class, of an entry of the register also where it is said to nobody.
    #[n(5)]
    number: Option<u64>,
}

/// Whether it answers what somebody handed in amiss, who can make a depositary say it as often as they like.
fn is_refusal(item: &Item) -> bool {
    let Item::Ceremony(bytes) = item else { return false };
    matches!(Message::from_bytes(bytes), Ok(Message::Refused(..)))
}

fn is_claim(item: &Item) -> bool {
    matches!(item, Item::Claim(_))
}

impl Machine {
    /// Says something in a room, of an understanding or of a claim; it is on record here once it is sealed, like everybody else's
    /// (DEED-1, CLAIM-6). Whether it was taken.
    pub(in crate::machine) fn say_of_understanding(
        &mut self,
        room: RoomId,
        class: Class,
        item: Item,
    ) -> bool {
        #[cfg(feature = "sabotage")]
        if self.is_tampered((room, class, &item)) {
            return true;
        }
        let Some(entered) = self.rooms.get(&room) else { return false };
        let (alone, last) = (!entered.has_recipients(), entered.last_beat());
        let waiting = self.understandings.out.iter().filter(|queued| queued.room == room);
        let refusals = waiting.clone().filter(|queued| is_refusal(&queued.item)).count();
        if is_refusal(&item) && refusals >= REFUSALS_OUT_MAX {
            return false;
        }
        if waiting.count() >= UNDERSTANDING_OUT_MAX {
            self.tell(Told::new("undeliverable", "Too much waits to leave.").room(room));
            return false;
        }
        let mut tag = [0; 16];
        self.rng.fill_bytes(&mut tag);
        if is_claim(&item) {
            tag = claims::tag(tag);
        }
        let number = match alone {
            false => self.say_tagged(room, class, tag, &item),
            true if is_claim(&item) => self.pass_number_over(room, class),
            true => None,
        };
        if !alone && number.is_none() {
            return false;
        }
        // Whoever is alone in a room says it to itself.
        let sent = alone.then_some(last);
        self.understandings.out.push(Queued { tag, room, class, item, sent, number });
        self.understandings.out_dirty = true;
        self.take_sealed(room, class);
        true
    }

    /// A number for what is said to nobody: an author's entries are told apart and ordered by theirs (CLAIM-6).
    fn pass_number_over(&mut self, room: RoomId, class: Class) -> Option<u64> {
        self.dirty_rooms.insert(room);
        self.rooms.get_mut(&room).map(|entered| entered.outbox.pass_over(class))
    }

    /// Whether the fate of an item concerns understandings; then it is taken in.
    pub(in crate::machine) fn fate_of_understanding(&mut self, fate: Fate) -> bool {
        let (Fate::Sent(tag, _) | Fate::Acknowledged(tag, ..) | Fate::Undeliverable(tag)) = fate;
        let Some(at) = self.understandings.out.iter().position(|queued| queued.tag == tag) else {
            return false;
        };
        let Queued { room, class, .. } = self.understandings.out[at];
        let last = self.rooms.get(&room).map(Room::last_beat).unwrap_or_default();
        match fate {
            Fate::Sent(_, beat) => self.understandings.out[at].sent = Some(beat),
            // Whoever is left alone with an entry of the register has it like whoever was alone when it made it.
            Fate::Undeliverable(_) if is_claim(&self.understandings.out[at].item) => {
                self.understandings.out[at].sent.get_or_insert(last);
            }
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

    /// What waits to leave a room without the entries of the register among it, as the vault keeps it.
    pub(in crate::machine) fn out_without_claims(&self, room: RoomId) -> (Key, Vec<u8>) {
        let stays = |queued: &&Queued| queued.room != room || !is_claim(&queued.item);
        let out: Vec<&Queued> = self.understandings.out.iter().filter(stays).collect();
        (Key::new(spaces::STATION, OUT), canonical::to_vec(&out))
    }

    /// The register's room was burned: what was to be entered is said to nobody (CLAIM-8).
    pub(in crate::machine) fn forget_claims_out(&mut self, room: RoomId) {
        self.understandings.out.retain(|queued| queued.room != room || !is_claim(&queued.item));
        self.understandings.out_dirty = true;
        self.take_sealed(room, Class::Routine);
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
                Item::Claim(entry) => self.claim_came(came, queued.number.unwrap_or_default(), entry),
                item => self.of_understanding(came, item),
            }
        }
    }
}
