//! The depositary of one ceremony, in either form: takes deposits, then releases all to all at once or destroys all
//! (docs/spec/deposit.md). It sees proofs, scalars and points, never a text.
//!
//! Take one input, make what [`Effect::Persist`] holds durable, then carry out the effects after it, in order.

use super::ids::{CeremonyId, OpeningId};
use super::message::{Author, Deposit, Destruction, Message, Opening, Refusal, Release};
use super::terms::Form;
use crate::gentle::GentleRelease;
use crate::joint::{Certificate, JointRelease};
use crate::keys::DepositaryKey;
use crate::limits::{CEREMONY_PARTIES_MAX, CEREMONY_PARTIES_MIN, CEREMONY_STATE_BYTES_MAX};
use backchannel_wire::{MemberId, PartyNo, UtcMs, canonical};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// What a depositary is asked.
#[derive(Clone, Debug)]
pub enum DepositaryInput {
    /// A party hands in.
    Deposit(Author, Opening, Deposit),
    /// A party asks for its deposit back.
    Withdraw(Author),
    /// Time passes.
    Tick,
}

/// What a depositary wants done.
#[derive(Debug)]
pub enum Effect {
    /// Make this durable before anything that follows.
    Persist(Zeroizing<Vec<u8>>),
    /// Post a message in the caucus of a party.
    Tell(PartyNo, Message),
}

/// Why a ceremony was not opened, or not read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The parties are not 2 to 8 in ascending order, each with a head that is known.
    #[error("a ceremony has 2 to 8 parties in ascending order, each with a known head (DEPOSIT-1)")]
    Parties,
    /// The limit has passed.
    #[error("the limit has passed (DEPOSIT-2)")]
    Late,
    /// The joint form without the key of the certificate, or the gentlemen's with one.
    #[error("the certificate's key belongs to the joint form, and to no other (DEPOSIT-7)")]
    Key,
    /// What was stored is not a depositary's state.
    #[error("what was stored is not a depositary's state (DEPOSIT-9)")]
    Malformed,
}

#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
enum Stage {
    #[n(0)]
    Open(#[n(0)] BTreeMap<PartyNo, Deposit>),
    #[n(1)]
    Released(#[n(0)] Release),
    #[n(2)]
    Destroyed(#[n(0)] Destruction),
}

#[derive(Clone, Debug, Encode, Decode)]
struct State {
    #[n(0)]
    opening: Opening,
    #[n(1)]
    heads: BTreeMap<PartyNo, MemberId>,
    #[n(2)]
    stage: Stage,
}

/// Whether and how a ceremony ended at its depositary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DepositaryStage {
    /// It takes deposits; so many are held.
    Open(usize),
    /// Everything was released.
    Released,
    /// Everything was destroyed.
    Destroyed(Destruction),
}

/// The depositary of one ceremony.
pub struct Depositary {
    state: State,
    key: Option<DepositaryKey>,
}

impl Depositary {
    /// Opens a ceremony, as the first deposit describes it. `heads` are the heads of delegation on the rosters known
    /// (DEPOSIT-1, DEPOSIT-2). Nothing is stored before the first deposit.
    pub fn open(
        opening: Opening,
        heads: &BTreeMap<PartyNo, MemberId>,
        key: Option<DepositaryKey>,
        now: UtcMs,
    ) -> Result<Self, OpenError> {
        let count = CEREMONY_PARTIES_MIN..=CEREMONY_PARTIES_MAX;
        let ascending = opening.parties.is_sorted_by(|a, b| a < b);
        let known = opening.parties.iter().all(|party| heads.contains_key(party));
        let outsider = opening.parties.contains(&PartyNo::INTERMEDIARY);
        if !count.contains(&opening.parties.len()) || !ascending || !known || outsider {
            return Err(OpenError::Parties);
        }
        if key.is_some() != (opening.form == Form::Joint) {
            return Err(OpenError::Key);
        }
        if now >= opening.limit {
            return Err(OpenError::Late);
        }
        let heads = heads.iter().filter(|(party, _)| opening.parties.contains(party));
        let heads = heads.map(|(party, head)| (*party, *head)).collect();
        Ok(Self { state: State { opening, heads, stage: Stage::Open(BTreeMap::new()) }, key })
    }

    /// Continues after a restart, and says again what everybody had to be told: the end may have been stored and not
    /// sent (DEPOSIT-9).
    pub fn restore(stored: &[u8], key: Option<DepositaryKey>) -> Result<(Self, Vec<Effect>), OpenError> {
        if stored.len() > CEREMONY_STATE_BYTES_MAX {
            return Err(OpenError::Malformed);
        }
        let state: State = canonical::from_slice(stored).map_err(|_| OpenError::Malformed)?;
        if key.is_some() != (state.opening.form == Form::Joint) {
            return Err(OpenError::Key);
        }
        let restored = Self { state, key };
        let effects = restored.end_messages();
        Ok((restored, effects))
    }

    /// What the ceremony is named by: the key under which a station keeps this machine.
    pub fn id(&self) -> OpeningId {
        self.state.opening.id()
    }

    /// The identifier of the try.
    pub fn sid(&self) -> CeremonyId {
        self.state.opening.sid
    }

    /// Where the ceremony stands.
    pub fn stage(&self) -> DepositaryStage {
        match &self.state.stage {
            Stage::Open(held) => DepositaryStage::Open(held.len()),
            Stage::Released(_) => DepositaryStage::Released,
            Stage::Destroyed(why) => DepositaryStage::Destroyed(*why),
        }
    }

    /// Takes one input at an instant. At the limit everything is destroyed before the input is looked at (DEPOSIT-8).
    pub fn step(
        &mut self,
        rng: &mut (impl RngCore + CryptoRng),
        now: UtcMs,
        input: DepositaryInput,
    ) -> Vec<Effect> {
        let mut effects = self.end_at_limit(now);
        match input {
            DepositaryInput::Tick => (),
            DepositaryInput::Deposit(author, opening, deposit) => {
                effects.extend(self.deposit(rng, now, author, &opening, deposit));
            }
            DepositaryInput::Withdraw(author) => effects.extend(self.withdraw(author)),
        }
        effects
    }

    fn end_at_limit(&mut self, now: UtcMs) -> Vec<Effect> {
        match self.state.stage {
            Stage::Open(_) if now >= self.state.opening.limit => self.destroy(Destruction::Limit),
            _ => Vec::new(),
        }
    }

    fn deposit(
        &mut self,
        rng: &mut (impl RngCore + CryptoRng),
        now: UtcMs,
        author: Author,
        opening: &Opening,
        deposit: Deposit,
    ) -> Vec<Effect> {
        match self.take(author, opening, deposit) {
            Err(refusal) => vec![self.refuse(author.party, refusal)],
            Ok(false) => self.destroy(Destruction::UnequalViews),
            Ok(true) => {
                let held = self.tell(author.party, Message::Held(self.id()));
                let mut effects = self.release_if_whole(rng, now);
                if effects.is_empty() {
                    effects = vec![self.persist()];
                }
                effects.insert(1, held);
                effects
            }
        }
    }

    /// Takes a deposit that holds, and says whether all views held are equal (DEPOSIT-1 to DEPOSIT-5).
    fn take(&mut self, author: Author, opening: &Opening, deposit: Deposit) -> Result<bool, Refusal> {
        self.entitled(author)?;
        if *opening != self.state.opening {
            return Err(Refusal::OtherOpening);
        }
        self.check(author.party, &deposit)?;
        let Stage::Open(held) = &mut self.state.stage else { return Err(self.ended()) };
        if held.contains_key(&author.party) || alias_taken(held, &deposit) {
            return Err(Refusal::Second);
        }
        let view = deposit.view();
        held.insert(author.party, deposit);
        Ok(held.values().all(|other| other.view() == view))
    }

    fn entitled(&self, author: Author) -> Result<(), Refusal> {
        match self.state.heads.get(&author.party) {
            Some(head) if *head == author.member => Ok(()),
            _ => Err(Refusal::NotEntitled),
        }
    }

    /// Checks what was handed in, without the text (DEPOSIT-3).
    fn check(&self, party: PartyNo, deposit: &Deposit) -> Result<(), Refusal> {
        let Opening { sid, form, parties, .. } = &self.state.opening;
        let holds = match deposit {
            Deposit::Gentle(deposit) => {
                let same = deposit.view.sides.iter().map(|side| side.party).eq(parties.iter().copied());
                *form == Form::Gentle && deposit.view.sid == *sid && same && deposit.check(party).is_ok()
            }
            Deposit::Joint(deposit) => {
                *form == Form::Joint && deposit.view.sid == *sid && deposit.check(parties.len()).is_ok()
            }
        };
        if holds { Ok(()) } else { Err(Refusal::Invalid) }
    }

    /// Releases everything in the same step in which the last deposit came (DEPOSIT-7).
    fn release_if_whole(&mut self, rng: &mut (impl RngCore + CryptoRng), now: UtcMs) -> Vec<Effect> {
        let Stage::Open(held) = &self.state.stage else { return Vec::new() };
        if held.len() != self.state.opening.parties.len() {
            return Vec::new();
        }
        let Some(release) = release(rng, held, self.key.as_ref(), now) else { return Vec::new() };
        self.state.stage = Stage::Released(release);
        self.ended_effects()
    }

    fn withdraw(&mut self, author: Author) -> Vec<Effect> {
        match self.give_back(author) {
            Err(refusal) => vec![self.refuse(author.party, refusal)],
            Ok(()) => vec![self.persist(), self.tell(author.party, Message::Withdrawn(self.id()))],
        }
    }

    /// Erases a party's deposit, while nothing has been released (DEPOSIT-6).
    fn give_back(&mut self, author: Author) -> Result<(), Refusal> {
        self.entitled(author)?;
        let Stage::Open(held) = &mut self.state.stage else { return Err(self.ended()) };
        held.remove(&author.party).map(drop).ok_or(Refusal::NothingHeld)
    }

    /// Erases every deposit and tells everybody (DEPOSIT-4, DEPOSIT-8).
    fn destroy(&mut self, why: Destruction) -> Vec<Effect> {
        self.state.stage = Stage::Destroyed(why);
        self.ended_effects()
    }

    fn ended_effects(&self) -> Vec<Effect> {
        let mut effects = vec![self.persist()];
        effects.extend(self.end_messages());
        effects
    }

    /// What everybody is told at the end: all the same, all at once.
    fn end_messages(&self) -> Vec<Effect> {
        let message = match &self.state.stage {
            Stage::Open(_) => return Vec::new(),
            Stage::Released(release) => Message::Released(self.sid(), release.clone()),
            Stage::Destroyed(why) => Message::Destroyed(self.id(), *why),
        };
        self.state.opening.parties.iter().map(|party| self.tell(*party, message.clone())).collect()
    }

    fn ended(&self) -> Refusal {
        match self.state.stage {
            Stage::Destroyed(Destruction::Limit) => Refusal::Late,
            Stage::Destroyed(Destruction::UnequalViews) => Refusal::Destroyed,
            Stage::Open(_) | Stage::Released(_) => Refusal::Released,
        }
    }

    fn refuse(&self, party: PartyNo, refusal: Refusal) -> Effect {
        self.tell(party, Message::Refused(self.id(), refusal))
    }

    fn tell(&self, party: PartyNo, message: Message) -> Effect {
        Effect::Tell(party, message)
    }

    fn persist(&self) -> Effect {
        Effect::Persist(Zeroizing::new(canonical::to_vec(&self.state)))
    }
}

/// Whether another party deposited under the same alias: one of them copied it.
fn alias_taken(held: &BTreeMap<PartyNo, Deposit>, deposit: &Deposit) -> bool {
    let Deposit::Joint(new) = deposit else { return false };
    held.values().any(|other| matches!(other, Deposit::Joint(other) if other.alias == new.alias))
}

fn release(
    rng: &mut (impl RngCore + CryptoRng),
    held: &BTreeMap<PartyNo, Deposit>,
    key: Option<&DepositaryKey>,
    now: UtcMs,
) -> Option<Release> {
    let (mut consents, mut shares, mut total) = (BTreeMap::new(), BTreeMap::new(), None);
    for (party, deposit) in held {
        match deposit {
            Deposit::Gentle(deposit) => {
                consents.insert(*party, deposit.consents.clone());
            }
            Deposit::Joint(deposit) => {
                shares.insert(deposit.alias, deposit.share.clone());
                total = deposit.view.total();
            }
        }
    }
    let Some(key) = key else { return Some(Release::Gentle(GentleRelease(consents))) };
    let certificate = Certificate::sign(rng, key, &total?, now);
    Some(Release::Joint(JointRelease { shares, certificate }))
}
