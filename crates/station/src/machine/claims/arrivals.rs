//! What was entered, here and at other stations of the delegation: admitted or refused, put on record.

use super::author;
use crate::limits::DAY_MS;
use crate::machine::understanding::{Came, room_kind};
use crate::machine::{Machine, Told, persist};
use backchannel_accord::claims::{Act, Entry, Fate, Noted, Spot, admissible};
use backchannel_wire::{RoomId, canonical};

impl Machine {
    /// An entry, from whoever the room authenticated, in the item of that number. What is refused leaves a line in the journal and
    /// nothing else (CLAIM-1); what counts for nothing, a line and its record (CLAIM-4).
    pub(in crate::machine) fn claim_came(&mut self, came: Came, number: u64, entry: &Entry) {
        let who = self.me.person_label(came.who.party, came.who.member);
        let told = match self.take_claim(came, number, entry) {
            Fate::Counts => {
                let what = match entry.act {
                    Act::Entered(_) => "entered a claim in the register",
                    Act::Amended(_) => "amended a claim",
                    Act::Withdrawn => "withdrew a claim",
                    Act::Believed(..) => "said how far it believes a claim",
                };
                Told { id: Some(entry.id.to_hex()), ..Told::new("claim", format!("{who} {what}.")) }
            }
            Fate::Idle(barred) => {
                let what =
                    format!("Something {who} said of a claim counts for nothing as things stand: {barred}.");
                Told::new("refused", what)
            }
            Fate::Refused(barred) => {
                Told::new("refused", format!("Something {who} said of a claim was not taken: {barred}."))
            }
        };
        self.tell(told.room(came.room).name(who).beat(came.beat));
    }

    fn take_claim(&mut self, came: Came, number: u64, entry: &Entry) -> Fate {
        let who = author(came.who);
        if let Err(barred) = admissible(&who, room_kind(came.kind), self.me.party(), entry) {
            return Fate::Refused(barred);
        }
        let spot = Spot { beat: came.beat, seat: came.seat.get(), nth: number };
        let noted = Noted { spot, who, entry: entry.clone() };
        let fate = self.claims.register.hear(noted.clone());
        self.keep_claims(came.room, [(noted, fate)]);
        fate
    }

    /// The day under whose key an entry stands.
    pub(super) fn claim_day(&self, spot: Spot) -> u32 {
        u32::try_from(self.utc_of(spot.beat).0 / DAY_MS).unwrap_or(u32::MAX)
    }

    /// Puts entries on record: durable with the batch of this input, under the key of their room and day (CLAIM-8).
    pub(super) fn keep_claims(&mut self, room: RoomId, new: impl IntoIterator<Item = (Noted, Fate)>) {
        for (noted, _) in new.into_iter().filter(|(_, fate)| !matches!(fate, Fate::Refused(_))) {
            let key = persist::record_key(Some(room), self.claim_day(noted.spot), self.claims.number());
            self.batch.put(key, canonical::to_vec(&noted));
        }
        if self.locked {
            self.claims.register.strip();
        }
    }
}
