//! The intermediary's station as depositary (docs/spec/deposit.md).

use super::Came;
use crate::limits::{DEPOSIT_KEPT_BEATS, DEPOSITS_OF_HEAD_MAX, LIMIT_BEATS_MAX};
use crate::machine::envelope::Class;
use crate::machine::item::Item;
use crate::machine::{Machine, Told, spaces};
use crate::store::Key;
use backchannel_assurance::ceremony::depositary::{
    Depositary, DepositaryInput, DepositaryStage, Effect, OpenError,
};
use backchannel_assurance::ceremony::message::Refusal;
use backchannel_assurance::ceremony::{Author, Deposit, Form, Message, Opening, OpeningId};
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{MemberId, PartyNo, UtcMs, canonical};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;
use zeroize::{Zeroize, Zeroizing};

const DEPOSIT: &[u8] = b"deposit/";

/// A ceremony whose deposits lie here.
pub(in crate::machine) struct Held {
    machine: Depositary,
    /// Who deposited first.
    by: Author,
    limit: UtcMs,
    state: Zeroizing<Vec<u8>>,
}

/// How it is stored.
#[derive(Encode, Decode)]
struct Stored {
    #[n(0)]
    limit: UtcMs,
    #[cbor(n(1), with = "minicbor::bytes")]
    state: Vec<u8>,
    #[n(2)]
    by: (PartyNo, MemberId),
}

impl Drop for Stored {
    fn drop(&mut self) {
        self.state.zeroize();
    }
}

fn key(id: &OpeningId) -> Key {
    Key::new(spaces::STATION, [DEPOSIT, id.as_bytes()].concat())
}

impl Machine {
    /// A party deposits or withdraws.
    pub(super) fn depositary_asked(&mut self, came: Came, message: Message) {
        if !self.me.is_head() {
            return;
        }
        let author = Author { party: came.who.party, member: came.who.member };
        match message {
            Message::Deposit(opening, deposit) => self.deposited(author, opening, deposit),
            Message::Withdraw(id) => self.step_deposit(id, DepositaryInput::Withdraw(author)),
            _ => {}
        }
    }

    fn deposited(&mut self, author: Author, opening: Opening, deposit: Deposit) {
        let id = opening.id();
        if self.understandings.deposits.contains_key(&id) {
            return self.step_deposit(id, DepositaryInput::Deposit(author, opening, deposit));
        }
        match self.opened_by(author, &opening) {
            Ok(machine) => {
                let held =
                    Held { machine, by: author, limit: opening.limit, state: Zeroizing::new(Vec::new()) };
                self.understandings.deposits.insert(id, held);
                self.step_deposit(id, DepositaryInput::Deposit(author, opening, deposit));
                // What its first deposit left nothing of is not kept (DEPOSIT-10).
                self.understandings.deposits.retain(|_, held| !held.state.is_empty());
            }
            Err((refusal, error)) => {
                let who = self.me.person_label(author.party, author.member);
                let what = format!("What {who} handed in was not taken: {error}.");
                self.tell(Told::new("refused", what).name(who));
                self.tell_party(author.party, &Message::Refused(id, refusal));
            }
        }
    }

    /// Opens a ceremony for its first deposit, if there is a place for it: each head has its own (DEPOSIT-10).
    fn opened_by(&mut self, author: Author, opening: &Opening) -> Result<Depositary, (Refusal, String)> {
        let now = self.relay_now();
        let of = self.understandings.deposits.values().filter(|held| held.by == author).count();
        if of >= DEPOSITS_OF_HEAD_MAX {
            return Err((Refusal::Full, "too much of theirs lies here already".to_owned()));
        }
        let furthest = LIMIT_BEATS_MAX.saturating_mul(u64::from(self.me.invitation.beat_ms));
        if opening.limit.0 > now.0.saturating_add(furthest) {
            return Err((Refusal::Invalid, "its limit is too far away".to_owned()));
        }
        let certifier = (opening.form == Form::Joint).then(|| self.certifier());
        Depositary::open(opening.clone(), &self.heads_now(), certifier, now).map_err(|error| {
            let refusal = if error == OpenError::Late { Refusal::Late } else { Refusal::Invalid };
            (refusal, error.to_string())
        })
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
                    held.state = state;
                    let by = (held.by.party, held.by.member);
                    let stored = Stored { limit: held.limit, state: held.state.to_vec(), by };
                    self.batch.put(key(&id), canonical::to_vec(&stored));
                }
                Effect::Tell(party, message) => self.tell_party(party, &message),
            }
        }
    }

    fn tell_party(&mut self, party: PartyNo, message: &Message) {
        if let Some(caucus) = self.room_of(RoomKind::Caucus(party)) {
            self.say_of_understanding(caucus, Class::Machine, Item::Ceremony(message.to_bytes()));
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
        let Ok(mut stored) = canonical::from_slice::<Stored>(bytes) else { return };
        let state = Zeroizing::new(std::mem::take(&mut stored.state));
        let (limit, by) = (stored.limit, Author { party: stored.by.0, member: stored.by.1 });
        let certifier = self.understandings.certifier.clone();
        let restored = Depositary::restore(&state, None).or_else(|_| Depositary::restore(&state, certifier));
        let Ok((machine, effects)) = restored else { return };
        let id = machine.id();
        self.understandings.deposits.insert(id, Held { machine, by, limit, state });
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
