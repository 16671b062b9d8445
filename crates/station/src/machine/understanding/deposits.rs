//! The intermediary's station as depositary (docs/spec/deposit.md).

use super::Came;
use crate::limits::{DEPOSIT_KEPT_BEATS, DEPOSITS_MAX};
use crate::machine::envelope::Class;
use crate::machine::item::Item;
use crate::machine::{Machine, Told, spaces};
use crate::store::Key;
use backchannel_assurance::ceremony::depositary::{Depositary, DepositaryInput, DepositaryStage, Effect};
use backchannel_assurance::ceremony::{Author, Deposit, Form, Message, Opening, OpeningId};
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{MemberId, PartyNo, UtcMs, canonical};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

const DEPOSIT: &[u8] = b"deposit/";

/// A ceremony whose deposits lie here.
pub(in crate::machine) struct Held {
    machine: Depositary,
    limit: UtcMs,
    state: Vec<u8>,
}

/// How it is stored.
#[derive(Encode, Decode)]
struct Stored {
    #[n(0)]
    limit: UtcMs,
    #[cbor(n(1), with = "minicbor::bytes")]
    state: Vec<u8>,
}

fn key(id: &OpeningId) -> Key {
    Key::new(spaces::STATION, [DEPOSIT, id.as_bytes()].concat())
}

impl Machine {
    /// A party deposits or withdraws.
    pub(super) fn depositary_asked(&mut self, came: Came, message: Message) {
        let author = Author { party: came.who.party, member: came.who.member };
        match message {
            Message::Deposit(opening, deposit) => self.deposited(author, opening, deposit),
            Message::Withdraw(id) => self.step_deposit(id, DepositaryInput::Withdraw(author)),
            _ => {}
        }
    }

    fn deposited(&mut self, author: Author, opening: Opening, deposit: Deposit) {
        let id = opening.id();
        if !self.understandings.deposits.contains_key(&id) {
            let (heads, now) = (self.heads_now(), self.relay_now());
            let full = self.understandings.deposits.len() >= DEPOSITS_MAX;
            let certifier = (opening.form == Form::Joint).then(|| self.certifier());
            let opened =
                Depositary::open(opening.clone(), &heads, certifier, now).map_err(|error| error.to_string());
            match opened
                .and_then(|machine| if full { Err("too many lie here".to_owned()) } else { Ok(machine) })
            {
                Ok(machine) => {
                    let held = Held { machine, limit: opening.limit, state: Vec::new() };
                    self.understandings.deposits.insert(id, held);
                }
                Err(error) => {
                    let who = self.me.person_label(author.party, author.member);
                    let what = format!("What {who} handed in was not taken: {error}.");
                    return self.tell(Told::new("refused", what).name(who));
                }
            }
        }
        self.step_deposit(id, DepositaryInput::Deposit(author, opening, deposit));
    }

    /// The head of delegation of each party, by the rosters known.
    pub(super) fn heads_now(&self) -> BTreeMap<PartyNo, MemberId> {
        let head = |party| Some((party, self.me.roster(party)?.head_member()?.pseudonym));
        self.me.parties().filter_map(head).collect()
    }

    fn step_deposit(&mut self, id: OpeningId, input: DepositaryInput) {
        let now = self.relay_now();
        let Some(held) = self.understandings.deposits.get_mut(&id) else { return };
        let before = held.machine.stage();
        let effects = held.machine.step(&mut self.rng, now, input);
        let after = held.machine.stage();
        self.carry_out_deposit(id, effects);
        if before != after {
            self.tell(Told::new("ceremony", stage_words(after)));
        }
    }

    /// What is to be stored goes into the batch of this input, which is durable before any of its items leaves (DEPOSIT-9).
    fn carry_out_deposit(&mut self, id: OpeningId, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Persist(state) => {
                    let Some(held) = self.understandings.deposits.get_mut(&id) else { continue };
                    held.state = state.to_vec();
                    let stored = Stored { limit: held.limit, state: held.state.clone() };
                    self.batch.put(key(&id), canonical::to_vec(&stored));
                }
                Effect::Tell(party, message) => {
                    if let Some(caucus) = self.room_of(RoomKind::Caucus(party)) {
                        self.say_of_understanding(caucus, Class::Machine, Item::Ceremony(message.to_bytes()));
                    }
                }
            }
        }
    }

    /// Limits pass; what ended long ago is forgotten.
    pub(super) fn tick_deposits(&mut self) {
        let kept = DEPOSIT_KEPT_BEATS.saturating_mul(u64::from(self.me.invitation.beat_ms));
        let ids: Vec<(OpeningId, UtcMs)> =
            self.understandings.deposits.iter().map(|(id, held)| (*id, held.limit)).collect();
        for (id, limit) in ids {
            self.step_deposit(id, DepositaryInput::Tick);
            if self.relay_now().0 > limit.0.saturating_add(kept) {
                self.understandings.deposits.remove(&id);
                self.batch.delete(key(&id));
            }
        }
    }

    /// Goes on with what lay here before a restart.
    pub(super) fn restore_deposit(&mut self, name: &[u8], bytes: &[u8]) {
        if !name.starts_with(DEPOSIT) {
            return;
        }
        let Ok(Stored { limit, state }) = canonical::from_slice(bytes) else { return };
        let certifier = self.understandings.certifier.clone();
        let restored = Depositary::restore(&state, None).or_else(|_| Depositary::restore(&state, certifier));
        let Ok((machine, effects)) = restored else { return };
        let id = machine.id();
        self.understandings.deposits.insert(id, Held { machine, limit, state });
        self.carry_out_deposit(id, effects);
    }
}

fn stage_words(stage: DepositaryStage) -> String {
    match stage {
        DepositaryStage::Open(held) => format!("{held} of the parties' deposits of a ceremony lie here."),
        DepositaryStage::Released => {
            "All deposits of a ceremony lay here, and were released to all at once.".to_owned()
        }
        DepositaryStage::Destroyed(_) => {
            "The deposits of a ceremony were destroyed; everybody is told.".to_owned()
        }
    }
}
