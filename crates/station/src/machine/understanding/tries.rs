//! This station's part in the tries of understandings: joined when its party has approved, carried on beat by beat
//! (docs/spec/ceremony.md).

use super::item::{Deed, Proposal, Said, UnderstandingId};
use super::kept::Outline;
use super::sentences;
use super::{Came, instrument::Lacking};
use crate::limits::{EARLY_OF_AUTHOR_MAX, EARLY_OF_TRY_MAX, TRY_OF_LIMIT};
use crate::machine::envelope::Class;
use crate::machine::item::Item;
use crate::machine::{Machine, Told};
use backchannel_accord::understanding::Digest;
use backchannel_assurance::DepositaryPublic;
use backchannel_assurance::ceremony::party::{self, Input, Output, Party, Phase, Setup};
use backchannel_assurance::ceremony::{Author, CeremonyId, Context, Message, OpeningId, Place};
use backchannel_assurance::limits::TRY_BEATS_MAX;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{Beat, MemberId, PartyNo, UtcMs};
use minicbor::{Decode, Encode};
use std::collections::BTreeSet;
use zeroize::Zeroizing;

/// A message of a try that this station has not joined yet.
#[derive(Clone, Encode, Decode)]
pub(super) struct Early {
    #[n(0)]
    pub(super) party: PartyNo,
    #[n(1)]
    pub(super) member: MemberId,
    #[n(2)]
    pub(super) place: u8,
    #[n(3)]
    pub(super) beat: Beat,
    #[cbor(n(4), with = "minicbor::bytes")]
    pub(super) bytes: Vec<u8>,
}

/// One try of one understanding at this station.
pub(in crate::machine) struct Trial {
    pub(super) proposal: Proposal,
    pub(super) party: Option<Party>,
    pub(super) state: Zeroizing<Vec<u8>>,
    /// Whether the owner of this station had approved when it joined.
    pub(super) approved: bool,
    pub(super) early: Vec<Early>,
    /// The generation whose batch was handed to the vault in an earlier input.
    due: Option<u64>,
    pub(super) dirty: bool,
}

impl Trial {
    pub(super) fn new(proposal: Proposal) -> Self {
        let (party, state, early) = (None, Zeroizing::new(Vec::new()), Vec::new());
        Self { proposal, party, state, approved: false, early, due: None, dirty: true }
    }

    /// Whether a message is of this try.
    fn concerns(&self, message: &Message, opened: Option<CeremonyId>) -> bool {
        let sid = self.sid();
        let of = |named: CeremonyId| sid.is_none_or(|known| known == named);
        match message {
            Message::Commit(of, _) | Message::Open(of, _) | Message::Ended(of, _) => {
                (of.number, of.limit) == (self.proposal.number, self.proposal.limit)
            }
            Message::Consents(named, _)
            | Message::Nonce(named, _)
            | Message::Nonces(named, _)
            | Message::Partial(named, _)
            | Message::Ready(named, _)
            | Message::Released(named, _)
            | Message::Acknowledged(named, _) => of(*named),
            Message::Deposit(opening, _) => of(opening.sid),
            _ => opened.is_some_and(of),
        }
    }

    /// What it is called, once this station knows.
    pub(super) fn sid(&self) -> Option<CeremonyId> {
        self.party.as_ref().and_then(Party::sid)
    }

    /// Keeps a message until this station joins: of each person some, so that nobody takes another's places.
    fn keep(&mut self, early: Early) {
        let of = self.early.iter().filter(|kept| kept.member == early.member).count();
        if of < EARLY_OF_AUTHOR_MAX && self.early.len() < EARLY_OF_TRY_MAX {
            self.early.push(early);
            self.dirty = true;
        }
    }

    /// Whether it was proposed, and this station has not ended its part.
    pub(super) fn open(&self) -> bool {
        !matches!(self.party.as_ref().map(Party::phase), Some(Phase::Over(_) | Phase::Stopped(_)))
    }

    /// Whether something can still come of it here.
    pub(super) fn live(&self) -> bool {
        !matches!(self.party.as_ref().map(Party::phase), Some(Phase::Over(_)))
    }
}

type Key = (UnderstandingId, u32);
/// What of a version an instrument is made from, and the depositary's key.
pub(super) type Subject = (Outline, Option<DepositaryPublic>);

impl Machine {
    /// Follows every try proposed, and joins those whose text this party's quorum has approved.
    pub(super) fn follow_proposals(&mut self) {
        if self.me.party() == PartyNo::INTERMEDIARY {
            return;
        }
        let now = self.relay_now();
        let mut new = Vec::new();
        for (id, kept) in self.understandings.book.iter() {
            new.extend(kept.proposals().filter(|one| now < one.limit).map(|one| (id, *one)));
        }
        for (id, proposal) in new {
            let key = (id, proposal.number);
            let trial = self.understandings.trials.entry(key).or_insert_with(|| Trial::new(proposal));
            // Another of that number stood before it in the order, and came later.
            if trial.party.is_none() && trial.proposal != proposal {
                *trial = Trial::new(proposal);
            }
        }
        let unjoined = |trial: &Trial| trial.party.is_none();
        let open = self.understandings.trials.iter().filter(|(_, trial)| unjoined(trial));
        for (key, proposal) in open.map(|(key, trial)| (*key, trial.proposal)).collect::<Vec<_>>() {
            if proposal.limit <= now {
                self.forget_trial(key);
            } else {
                self.join(key, &proposal);
            }
        }
    }

    fn join(&mut self, key: Key, proposal: &Proposal) {
        let Some(approvals) = self.approvals_of(key.0, &proposal.digest) else {
            return self.wait(key, "this party has not approved that version");
        };
        let Some(subject) = self.subject(key.0, &proposal.digest) else { return };
        let approved = approvals.contains(&self.me.member());
        match self.begin(&subject, proposal, approved) {
            Ok((party, outputs)) => {
                let Some(trial) = self.understandings.trials.get_mut(&key) else { return };
                (trial.party, trial.approved, trial.dirty) = (Some(party), approved, true);
                let early = std::mem::take(&mut trial.early);
                let what = format!(
                    "This station takes part in try {} of understanding {}.",
                    key.1,
                    sentences::brief(key.0)
                );
                self.tell_of(key.0, Told::new("ceremony", what));
                self.carry_out_try(key, outputs);
                early.into_iter().for_each(|early| self.feed_early(key, early));
            }
            Err(lacking) => self.wait(key, &lacking.to_string()),
        }
    }

    /// What an instrument over a version is made from.
    pub(super) fn subject(&self, id: UnderstandingId, digest: &Digest) -> Option<Subject> {
        let kept = self.understandings.book.get(id)?;
        Some((kept.version(digest)?.outline.clone(), kept.depositary))
    }

    /// Who of this party approved a digest, if enough did.
    pub(super) fn approvals_of(&self, id: UnderstandingId, digest: &Digest) -> Option<BTreeSet<MemberId>> {
        let status = self.understandings.book.status(id, self.viewer(), self.present())?;
        let kept = self.understandings.book.get(id)?;
        let (_, last) = kept.last().filter(|(_, last)| last.digest == *digest)?;
        let sides = kept.sides(last, self.understandings.book.chains());
        let side = sides.get(self.me.party())?;
        let given = status.approvals.get(&self.me.party())?;
        let counted: BTreeSet<MemberId> = given.intersection(&side.approvers).copied().collect();
        (counted.len() >= usize::from(side.quorum)).then_some(counted)
    }

    fn begin(
        &mut self,
        (outline, depositary): &Subject,
        proposal: &Proposal,
        approved: bool,
    ) -> Result<(Party, Vec<Output>), Lacking> {
        let instrument = self.instrument(outline, *depositary, proposal)?;
        let means = self.means(&instrument, approved)?;
        let me = Author { party: self.me.party(), member: self.me.member() };
        let (number, limit, heads) = (proposal.number, proposal.limit, self.heads_now());
        let now = self.decided_through();
        let setup = Setup { me, instrument, number, limit, heads, try_beats: self.try_beats(now, limit) };
        Party::begin(&mut self.rng, setup, means, now).map_err(|_| Lacking::Refused)
    }

    /// Beats (T) that this station gives a try: three quarters of those to the limit, so that its deposit has the rest to arrive in.
    fn try_beats(&self, now: Beat, limit: UtcMs) -> u32 {
        let left = self.beat_at(limit).0.saturating_sub(now.0);
        let beats = left.saturating_mul(TRY_OF_LIMIT.0) / TRY_OF_LIMIT.1;
        u32::try_from(beats).unwrap_or(u32::MAX).clamp(1, TRY_BEATS_MAX)
    }

    /// Tells once why this station does not join.
    fn wait(&mut self, key: Key, why: &str) {
        if self.understandings.waiting.insert(key) {
            let what = format!(
                "This station does not join try {} of understanding {}: {why}.",
                key.1,
                sentences::brief(key.0)
            );
            self.tell_of(key.0, Told::new("ceremony", what));
        }
    }

    /// A message of a ceremony was sealed: every try it concerns takes it in. Whether none refused a release.
    pub(super) fn feed_trials(&mut self, came: Came, message: &Message, bytes: &[u8]) -> bool {
        let opened = match message {
            Message::Held(id)
            | Message::Refused(id, _)
            | Message::Withdrawn(id)
            | Message::Destroyed(id, _)
            | Message::Withdraw(id) => self.opened(id),
            _ => None,
        };
        self.follow_proposals();
        let concerned =
            self.understandings.trials.iter().filter(|(_, trial)| trial.concerns(message, opened));
        let keys: Vec<Key> = concerned.map(|(key, _)| *key).collect();
        let (author, place) =
            (Author { party: came.who.party, member: came.who.member }, place_of(came.kind));
        let mut good = true;
        for key in keys {
            let Some(trial) = self.understandings.trials.get_mut(&key) else { continue };
            if trial.party.is_none() {
                let (party, member, place) = (author.party, author.member, place as u8);
                trial.keep(Early { party, member, place, beat: came.beat, bytes: bytes.to_vec() });
                continue;
            }
            let message = Box::new(message.clone());
            good &= self.step_try(key, Input::Sealed { author, place, beat: came.beat, message });
        }
        good
    }

    fn feed_early(&mut self, key: Key, early: Early) {
        let Ok(message) = Message::from_bytes(&early.bytes) else { return };
        let place = match early.place {
            0 => Place::Delegation,
            1 => Place::Registry,
            _ => Place::Caucus,
        };
        let author = Author { party: early.party, member: early.member };
        self.step_try(key, Input::Sealed { author, place, beat: early.beat, message: Box::new(message) });
    }

    /// Whether it was no release that the machine refused.
    fn step_try(&mut self, key: Key, input: Input) -> bool {
        let Some(trial) = self.understandings.trials.get_mut(&key) else { return true };
        let Some(party) = &mut trial.party else { return true };
        let outputs = party.step(&mut self.rng, input);
        let refused = |output: &Output| matches!(output, Output::Told(party::Told::ReleaseRefused(_)));
        let good = !outputs.iter().any(refused);
        self.carry_out_try(key, outputs);
        good
    }

    /// What is to be stored and what is posted after it go into one batch, which is durable before the next beat's tick.
    pub(super) fn carry_out_try(&mut self, key: Key, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Persist { generation, state } => {
                    let Some(trial) = self.understandings.trials.get_mut(&key) else { continue };
                    (trial.state, trial.due, trial.dirty) = (state, Some(generation), true);
                }
                Output::Post(place, message) => self.post_of_try(key, place, &message),
                Output::Told(told) => self.told_of_try(key, &told),
            }
        }
    }

    fn post_of_try(&mut self, (id, _): Key, place: Place, message: &Message) {
        if matches!(message, Message::Deposit(..)) && self.understandings.withheld.contains(&id) {
            return;
        }
        let kind = match place {
            Place::Delegation => RoomKind::Delegation(self.me.party()),
            Place::Registry => RoomKind::Registry,
            Place::Caucus => RoomKind::Caucus(self.me.party()),
        };
        if let Some(room) = self.room_of(kind) {
            self.say_of_understanding(room, Class::Machine, Item::Ceremony(message.to_bytes()));
        }
    }

    fn told_of_try(&mut self, (id, number): Key, told: &party::Told) {
        if let party::Told::Identified(sid) = told {
            self.say_begun((id, number), *sid);
        }
        let person = |told: &party::Told| match told {
            party::Told::Ignored(author) | party::Told::ReleaseRefused(author) => {
                self.me.person_label(author.party, author.member)
            }
            party::Told::Acknowledged(party, _) => self.me.label(*party),
            _ => String::new(),
        };
        let what = sentences::ceremony(id, told, person);
        let kind = if matches!(told, party::Told::Ignored(_) | party::Told::ReleaseRefused(_)) {
            "refused"
        } else {
            "ceremony"
        };
        self.tell_of(id, Told::new(kind, what));
    }

    /// Heads say in the registry what the try is called, so that those who only watch can follow it (LIFE-12).
    fn say_begun(&mut self, (id, number): Key, sid: CeremonyId) {
        let Some(trial) = self.understandings.trials.get(&(id, number)) else { return };
        let Proposal { digest, expiry, .. } = trial.proposal;
        let registry = self.room_of(RoomKind::Registry).filter(|_| self.me.is_head());
        if let Some(registry) = registry {
            let said = Said { id, deed: Deed::Begun { sid, digest, expiry } };
            self.say_of_understanding(registry, Class::Machine, Item::Understanding(said));
        }
    }

    /// The batches of earlier inputs are durable: a shell carries out the effects of one input before the next (P9).
    pub(in crate::machine) fn tries_durable(&mut self) {
        let due = self.understandings.trials.iter_mut();
        let due: Vec<(Key, u64)> = due.filter_map(|(key, trial)| Some((*key, trial.due.take()?))).collect();
        for (key, generation) in due {
            self.step_try(key, Input::Durable(generation));
        }
    }

    /// The registry was seen through a beat.
    pub(super) fn seen_through(&mut self, through: Beat) {
        let live = self.understandings.trials.iter().filter(|(_, trial)| trial.live());
        for key in live.map(|(key, _)| *key).collect::<Vec<_>>() {
            self.step_try(key, Input::SeenThrough(through));
        }
    }

    /// This party takes its consent back from every try of an understanding that is still open (CEREMONY-15). Whether there was one.
    pub(super) fn withdraw_from(&mut self, id: UnderstandingId) -> bool {
        let can = |trial: &Trial| trial.party.is_some() && trial.live();
        let of = self.understandings.trials.iter().filter(|((of, _), trial)| *of == id && can(trial));
        let keys: Vec<Key> = of.map(|(key, _)| *key).collect();
        for key in &keys {
            self.step_try(*key, Input::Withdraw);
        }
        !keys.is_empty()
    }

    /// A roster changed: whoever takes part in a try that names it has none any more (CEREMONY-15).
    pub(in crate::machine) fn tries_lose_rosters(&mut self) {
        let running = |trial: &Trial| {
            let phase = trial.party.as_ref().map(Party::phase);
            phase.is_some_and(|phase| !matches!(phase, Phase::Over(_) | Phase::Stopped(_) | Phase::Released))
        };
        let keys: Vec<Key> = self
            .understandings
            .trials
            .iter()
            .filter(|(_, trial)| running(trial))
            .map(|(key, _)| *key)
            .collect();
        for key in keys {
            self.step_try(key, Input::RosterChanged);
        }
    }

    /// The try of an opening: one that this station saw deposited under, or whose name it knows. Whoever has handed nothing in
    /// is told of the end like everybody else.
    pub(super) fn opened(&self, id: &OpeningId) -> Option<CeremonyId> {
        let known = || {
            let parties = self.understandings.trials.values().filter_map(|trial| trial.party.as_ref());
            parties.filter_map(Party::opening).find(|opening| opening.id() == *id).map(|opening| opening.sid)
        };
        self.understandings.book.opened(id).or_else(known)
    }

    /// What proofs of a try are bound to, if its name is known here.
    pub(super) fn context_of(&self, sid: CeremonyId) -> Option<Context> {
        let parties = self.understandings.trials.values().filter_map(|trial| trial.party.as_ref());
        parties.filter(|party| party.sid() == Some(sid)).find_map(Party::context)
    }
}

fn place_of(kind: RoomKind) -> Place {
    match kind {
        RoomKind::Delegation(_) => Place::Delegation,
        RoomKind::Registry => Place::Registry,
        RoomKind::Caucus(_) => Place::Caucus,
    }
}
