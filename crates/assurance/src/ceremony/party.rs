//! One station's part in one try, in either form (docs/spec/ceremony.md, CEREMONY-11 to CEREMONY-19).
//!
//! Take one input; store what [`Output::Persist`] holds, which comes first, in one batch with the posts that follow; only
//! then let those leave. Say [`Input::Durable`] when that is done: nothing is signed before. Every sealed message is an
//! input, the station's own included, in the order of its room.

mod agree;
mod gentle;
mod joint;
mod release;
mod state;

pub use state::{Outcome, Phase, Stop};

use super::contribution::{Contribution, Contributions, Try};
use super::ids::{CeremonyId, Context, OpeningId};
use super::message::{Author, Message, Place, Refusal, Why};
use super::terms::{Form, Instrument, Terms, TermsError};
use crate::gentle::{Consent, Transcript, View};
use crate::joint::{Artefact, NonceMark, NoncePublic, NonceSecret, Partial, PartySum, Session};
use crate::keys::{IdentityKey, IkPublic, SigningKey};
use crate::limits::{CEREMONY_STATE_BYTES_MAX, EARLY_MESSAGES_MAX, TRY_BEATS_MAX};
use crate::possession::ProvenVerifier;
use backchannel_wire::{Beat, MemberId, PartyNo, UtcMs, canonical};
use rand_core::{CryptoRng, RngCore};
use state::State;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use zeroize::Zeroizing;

/// What a try begins with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Who this station is.
    pub me: Author,
    /// What was agreed on, already checked against the rosters (CEREMONY-6).
    pub instrument: Instrument,
    /// The number of the try, from 1.
    pub number: u32,
    /// When the depositary destroys everything, at the latest the expiry.
    pub limit: UtcMs,
    /// The heads of delegation of all parties.
    pub heads: BTreeMap<PartyNo, MemberId>,
    /// Beats (T) from the beginning to the deposit.
    pub try_beats: u32,
}

/// What a station has in memory for a try. None of it is part of the stored state.
pub struct Means {
    /// The signing key, on a station whose owner signs and approved.
    pub signing: Option<SigningKey>,
    /// The station's identity key, which opens partials at a head's.
    pub identity: IdentityKey,
    /// The identity key of one's own head, whom partials are sealed to.
    pub head: IkPublic,
    /// The verifier keys of the other parties, each with its possession proven (DV-1).
    pub verifiers: BTreeMap<PartyNo, ProvenVerifier>,
}

/// What happens to a station.
#[derive(Clone, Debug)]
pub enum Input {
    /// A message was sealed in a room.
    Sealed {
        /// Whom the room authenticated.
        author: Author,
        /// The room.
        place: Place,
        /// The beat.
        beat: Beat,
        /// The message.
        message: Box<Message>,
    },
    /// The registry has been seen through this beat.
    SeenThrough(Beat),
    /// What [`Output::Persist`] of this generation held is durable.
    Durable(u64),
    /// A principal of this party takes its approval back.
    Withdraw,
    /// A roster of one of the parties, or the intermediary's, changed.
    RosterChanged,
}

/// What a station wants done.
#[derive(Debug)]
pub enum Output {
    /// Store this.
    Persist {
        /// Its number, higher each time.
        generation: u64,
        /// The state. It holds no nonce and no key.
        state: Zeroizing<Vec<u8>>,
    },
    /// Post a message in one of the station's rooms.
    Post(Place, Message),
    /// Tell the people.
    Told(Told),
}

/// What people are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// All sides made the identifier of this try.
    Identified(CeremonyId),
    /// This party handed in.
    Deposited,
    /// The depositary holds the deposit.
    Held,
    /// The depositary refused something.
    Refused(Refusal),
    /// This station has no more part in the try. It is not dead: see [`Told::Void`].
    Stopped(Stop),
    /// A message counts for nothing: wrong room, author, try or content.
    Ignored(Author),
    /// The depositary, or somebody in its name, shows a release that does not hold.
    ReleaseRefused(Author),
    /// A release that holds is here: the artefact or transcript can be had.
    Released,
    /// A release came out although this party's withdrawal was confirmed, or its destruction declared: the depositary
    /// broke its word.
    WordBroken(Stop),
    /// A party acknowledged.
    Acknowledged(PartyNo, Beat),
    /// In effect, since the last acknowledgement.
    InEffect(Beat),
    /// Signed and released, but not acknowledged by all in time: not in effect.
    SignedNotInEffect,
    /// Nothing was released and nothing can come into effect any more.
    Void,
    /// It is too late for that.
    TooLate,
}

/// Why a try does not begin, or go on from what was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartyError {
    /// The instrument is refused.
    #[error(transparent)]
    Terms(#[from] TermsError),
    /// This station's party, a head or a verifier key is missing, or a key is not the one named.
    #[error("a head, a signing key or a verifier key is not the one the instrument needs (CEREMONY-11)")]
    Setup,
    /// The limit is after the expiry, or the try has no beats or too many.
    #[error("the limit is after the expiry, or the try is too long (CEREMONY-11)")]
    Time,
    /// What was stored is not the state of a try.
    #[error("what was stored is not the state of a try (CEREMONY-12)")]
    Malformed,
}

/// One station's part in one try.
pub struct Party {
    state: State,
    means: Means,
    memory: Memory,
    generation: u64,
    stored: Zeroizing<Vec<u8>>,
    out: Vec<Output>,
}

/// What does not outlive a restart.
struct Memory {
    contribution: Option<Contribution>,
    contributions: Contributions,
    early: VecDeque<(Author, Place, Beat, Message)>,
    consents: BTreeMap<u16, Vec<Consent>>,
    nonce: Option<NonceSecret>,
    marked: Option<(u64, NonceMark)>,
    own_nonces: BTreeMap<u16, NoncePublic>,
    nonces: BTreeMap<PartyNo, BTreeMap<u16, NoncePublic>>,
    session: Option<Session>,
    partials: BTreeMap<u16, Partial>,
    sum: Option<PartySum>,
    ready: BTreeSet<PartyNo>,
}

impl Memory {
    fn new(of: Try, instrument: &Instrument) -> Self {
        Self {
            contribution: None,
            contributions: Contributions::begin(of, instrument.parties()),
            early: VecDeque::new(),
            consents: BTreeMap::new(),
            nonce: None,
            marked: None,
            own_nonces: BTreeMap::new(),
            nonces: BTreeMap::new(),
            session: None,
            partials: BTreeMap::new(),
            sum: None,
            ready: BTreeSet::new(),
        }
    }
}

impl Party {
    /// Begins a try (CEREMONY-11).
    pub fn begin(
        rng: &mut (impl RngCore + CryptoRng),
        setup: Setup,
        means: Means,
        now: Beat,
    ) -> Result<(Self, Vec<Output>), PartyError> {
        setup.instrument.check_form()?;
        if setup.limit > setup.instrument.expiry || !(1..=TRY_BEATS_MAX).contains(&setup.try_beats) {
            return Err(PartyError::Time);
        }
        let state = State::begin(setup, now);
        check_means(&state, &means)?;
        let mut party = Self::of(state, means);
        if party.is_head() {
            let contribution = Contribution::generate(rng);
            let of = party.state.of();
            let commitment = contribution.commitment(&of, party.state.me.0);
            party.memory.contribution = Some(contribution);
            party.post(Place::Registry, Message::Commit(of, commitment));
        }
        let out = party.drain();
        Ok((party, out))
    }

    /// Goes on from what was stored. A try that had not been deposited ends, since its nonces are gone (CEREMONY-12).
    pub fn restore(stored: &[u8], means: Means) -> Result<(Self, Vec<Output>), PartyError> {
        if stored.len() > CEREMONY_STATE_BYTES_MAX {
            return Err(PartyError::Malformed);
        }
        let state: State = canonical::from_slice(stored).map_err(|_| PartyError::Malformed)?;
        state.instrument.check_form()?;
        check_means(&state, &means)?;
        let mut party = Self::of(state, means);
        party.generation = party.state.generation;
        party.restore_session();
        party.say_again();
        if party.is_underway() {
            party.stop_and_say(Why::Restarted);
        }
        let out = party.drain();
        Ok((party, out))
    }

    fn of(state: State, means: Means) -> Self {
        let memory = Memory::new(state.of(), &state.instrument);
        Self { state, means, memory, generation: 0, stored: Zeroizing::new(Vec::new()), out: Vec::new() }
    }

    /// Takes one input.
    pub fn step(&mut self, rng: &mut (impl RngCore + CryptoRng), input: Input) -> Vec<Output> {
        match input {
            Input::Sealed { author, place, beat, message } => {
                self.sealed(rng, author, place, beat, *message);
                self.take_early(rng);
            }
            Input::SeenThrough(beat) => self.seen_through(beat),
            Input::Durable(generation) => self.durable(rng, generation),
            Input::Withdraw => self.withdraw(Why::Withdrawn),
            Input::RosterChanged => self.withdraw(Why::RosterChanged),
        }
        self.drain()
    }

    /// Where the try stands here.
    pub fn phase(&self) -> Phase {
        self.state.phase
    }

    /// The identifier, once all sides made it.
    pub fn sid(&self) -> Option<CeremonyId> {
        self.state.agreed.as_ref().map(|(sid, _)| *sid)
    }

    /// Who stands ready, as this station knows; none where only heads of others are shown it. In the joint form a party does once it
    /// proved it (JOINT-9), in the gentlemen's once it opened its part of the identifier.
    pub fn ready(&self) -> Option<BTreeSet<PartyNo>> {
        let all = || self.state.instrument.parties().collect();
        match self.state.instrument.form {
            Form::Gentle => self.sid().map(|_| all()),
            Form::Joint if !self.is_head() => None,
            // What was handed in, was after all others had shown it (JOINT-10).
            Form::Joint if self.state.handed_in() => Some(all()),
            Form::Joint => {
                let mut ready = self.memory.ready.clone();
                ready.extend((self.state.phase == Phase::Readying).then_some(self.state.me.0));
                Some(ready)
            }
        }
    }

    /// The terms m, once the identifier is known.
    pub fn terms(&self) -> Option<Terms> {
        self.sid().and_then(|sid| Terms::new(self.state.instrument.clone(), sid).ok())
    }

    /// What every proof of this try is bound to, once the identifier is known.
    pub fn context(&self) -> Option<Context> {
        self.view().map(|view| view.ctx)
    }

    /// The artefact of a joint assurance that was released.
    pub fn artefact(&self) -> Option<Artefact> {
        release::artefact(self)
    }

    /// What a release in the gentlemen's form shows this party.
    pub fn transcript(&self) -> Option<Transcript> {
        release::transcript(self)
    }

    fn is_head(&self) -> bool {
        self.state.heads.get(&self.state.me.0) == Some(&self.state.me.1)
    }

    fn place(&self) -> Option<u16> {
        self.state.instrument.place_of(self.state.me.1, self.state.me.0)
    }

    fn view(&self) -> Option<View> {
        let terms = self.terms()?;
        let (_, salt) = self.state.agreed.as_ref()?;
        Some(View::of(&terms, &terms.context(salt)))
    }

    /// Whether this station still has something to give: then a restart, a delay or a withdrawal ends its part.
    fn is_underway(&self) -> bool {
        matches!(
            self.state.phase,
            Phase::Committing | Phase::Opening | Phase::Preparing | Phase::Signing | Phase::Readying
        )
    }

    fn post(&mut self, place: Place, message: Message) {
        self.out.push(Output::Post(place, message));
    }

    fn tell(&mut self, told: Told) {
        self.out.push(Output::Told(told));
    }

    /// What to do now; what is to be stored comes first, if it changed.
    fn drain(&mut self) -> Vec<Output> {
        let mut out = std::mem::take(&mut self.out);
        let now = Zeroizing::new(canonical::to_vec(&self.state));
        if *now != *self.stored {
            self.generation = self.generation.saturating_add(1);
            self.state.generation = self.generation;
            self.stored = Zeroizing::new(canonical::to_vec(&self.state));
            let state = self.stored.clone();
            out.insert(0, Output::Persist { generation: self.generation, state });
        }
        out
    }

    /// Sorts a sealed message to what takes it. Only its author, its room and its try make it count (CEREMONY-13).
    fn sealed(
        &mut self,
        rng: &mut (impl RngCore + CryptoRng),
        author: Author,
        place: Place,
        beat: Beat,
        message: Message,
    ) {
        if !self.may_say(author, place, &message) {
            return self.tell(Told::Ignored(author));
        }
        if self.is_early(&message) {
            return self.keep_early(author, place, beat, message);
        }
        if !self.is_of_this_try(&message) {
            return self.tell(Told::Ignored(author));
        }
        match message {
            Message::Commit(_, commitment) => self.committed(author, commitment),
            Message::Open(_, opening) => self.opened(rng, author, opening),
            Message::Consents(_, consents) => self.consented(author, consents),
            Message::Nonce(_, nonce) => self.nonce_given(author, *nonce),
            Message::Nonces(_, nonces) => self.nonces_posted(author, nonces),
            Message::Partial(_, sealed) => self.partial_given(rng, author, &sealed),
            Message::Ready(_, proofs) => self.readiness_shown(author, &proofs),
            Message::Ended(_, _) => self.ended_elsewhere(author, place),
            Message::Released(_, release) => self.released(author, place, beat, release),
            Message::Acknowledged(_, ctx) => self.acknowledged(author, beat, ctx),
            Message::Held(_) => self.held(),
            Message::Refused(_, refusal) => self.refused(refusal),
            Message::Withdrawn(_) => self.withdrawal_confirmed(),
            Message::Destroyed(_, why) => self.destroyed(why),
            Message::Deposit(..) | Message::Withdraw(_) => (),
        }
    }

    /// Who may say what where (CEREMONY-13).
    fn may_say(&self, author: Author, place: Place, message: &Message) -> bool {
        // A party of the channel that takes no part has no say: it could end a try that is not its own.
        let takes_part = self.state.instrument.parties().any(|party| party == author.party);
        let head = takes_part && self.state.heads.get(&author.party) == Some(&author.member);
        let own = author.party == self.state.me.0;
        let signer = own && self.state.instrument.place_of(author.member, author.party).is_some();
        let depositary = author.party == PartyNo::INTERMEDIARY;
        match (message, place) {
            (
                Message::Commit(..)
                | Message::Open(..)
                | Message::Nonces(..)
                | Message::Ready(..)
                | Message::Acknowledged(..)
                | Message::Released(..),
                Place::Registry,
            ) => head,
            (Message::Ended(..), Place::Registry) => head,
            (Message::Ended(..), Place::Delegation) => signer,
            (Message::Consents(..) | Message::Nonce(..) | Message::Partial(..), Place::Delegation) => signer,
            (Message::Deposit(..) | Message::Withdraw(_), Place::Caucus) => own && head,
            (
                Message::Held(_)
                | Message::Refused(..)
                | Message::Withdrawn(_)
                | Message::Released(..)
                | Message::Destroyed(..),
                Place::Caucus,
            ) => depositary,
            _ => false,
        }
    }

    fn is_of_this_try(&self, message: &Message) -> bool {
        match named(message) {
            Named::Try(of) => of == self.state.of(),
            Named::Sid(sid) => self.sid() == Some(sid),
            Named::Opening(id) => self.opening().is_some_and(|opening| opening.id() == id),
        }
    }

    /// Rooms are read one after another, so that a message may come before one of another room that it rests on.
    fn is_early(&self, message: &Message) -> bool {
        let before_sid = matches!(self.state.phase, Phase::Committing | Phase::Opening);
        let before_session = self.state.phase == Phase::Preparing;
        match message {
            Message::Commit(..) | Message::Open(..) | Message::Ended(..) => false,
            Message::Partial(..) | Message::Ready(..) => before_sid || before_session,
            _ => before_sid,
        }
    }

    fn keep_early(&mut self, author: Author, place: Place, beat: Beat, message: Message) {
        if self.memory.early.len() < EARLY_MESSAGES_MAX {
            self.memory.early.push_back((author, place, beat, message));
        } else {
            self.tell(Told::Ignored(author));
        }
    }

    fn take_early(&mut self, rng: &mut (impl RngCore + CryptoRng)) {
        for (author, place, beat, message) in std::mem::take(&mut self.memory.early) {
            self.sealed(rng, author, place, beat, message);
        }
    }
}

/// What a message says it belongs to.
enum Named {
    Try(Try),
    Sid(CeremonyId),
    Opening(OpeningId),
}

fn named(message: &Message) -> Named {
    match message {
        Message::Commit(of, _) | Message::Open(of, _) | Message::Ended(of, _) => Named::Try(*of),
        Message::Consents(sid, _)
        | Message::Nonce(sid, _)
        | Message::Nonces(sid, _)
        | Message::Partial(sid, _)
        | Message::Ready(sid, _)
        | Message::Released(sid, _)
        | Message::Acknowledged(sid, _) => Named::Sid(*sid),
        Message::Deposit(opening, _) => Named::Opening(opening.id()),
        Message::Withdraw(id)
        | Message::Held(id)
        | Message::Refused(id, _)
        | Message::Withdrawn(id)
        | Message::Destroyed(id, _) => Named::Opening(*id),
    }
}

/// Whether heads, keys and verifiers are those of the instrument (CEREMONY-11).
fn check_means(state: &State, means: &Means) -> Result<(), PartyError> {
    let instrument = &state.instrument;
    let own = instrument.side(state.me.0).ok_or(PartyError::Setup)?;
    let headed = instrument.parties().all(|party| state.heads.contains_key(&party));
    let others = instrument.sides.iter().filter(|side| side.party != own.party);
    let proven = others.clone().all(|side| {
        means.verifiers.get(&side.party).is_some_and(|verifier| *verifier.key() == side.verifier)
    });
    let known = own.signers.iter().find(|signer| signer.member == state.me.1);
    let key_fits =
        means.signing.as_ref().is_none_or(|key| known.is_some_and(|signer| signer.y == key.public()));
    if headed && proven && key_fits { Ok(()) } else { Err(PartyError::Setup) }
}
