//! A party's part in the joint form: nonces, partials sealed to the head, readiness, deposit (docs/spec/joint.md).

use super::{Party, Phase, Told};
use crate::ceremony::ids::{CeremonyId, Context};
use crate::ceremony::message::{Author, Deposit, Message, Place, Why};
use crate::ceremony::terms::Form;
use crate::joint::{JointDeposit, NoncePublic, NonceSecret, Partial, Readiness, Session};
use crate::sealed;
use backchannel_wire::PartyNo;
use backchannel_wire::tagged::{self, Tag};
use minicbor::bytes::ByteVec;
use rand_core::{CryptoRng, RngCore};
use std::collections::BTreeMap;

const PARTIAL: Tag = Tag("backchannel joint partial v1");

impl Party {
    /// This station's nonces, for its head to post onward. They live in memory alone (JOINT-7).
    pub(super) fn give_nonce(&mut self, rng: &mut (impl RngCore + CryptoRng)) {
        let (Some(sid), Some(view), Some(_)) = (self.sid(), self.view(), self.place()) else {
            return self.watch();
        };
        let Some(key) = self.signing_key() else { return self.watch() };
        let (secret, public) = NonceSecret::generate(rng, key, sid, &view.ctx);
        self.memory.nonce = Some(secret);
        self.post(Place::Delegation, Message::Nonce(sid, Box::new(public)));
    }

    /// A signer's nonces came to its head, who posts all of its party's onward. A second pair ends the try (JOINT-4).
    pub(super) fn nonce_given(&mut self, author: Author, nonce: NoncePublic) {
        if !self.is_head() || !self.is_underway() || self.state.instrument.form != Form::Joint {
            return;
        }
        let Some(place) = self.state.instrument.place_of(author.member, author.party) else { return };
        let before = *self.memory.own_nonces.entry(place).or_insert(nonce);
        if before != nonce {
            return self.stop_and_say(Why::BadPart);
        }
        let signers = self.state.instrument.side(author.party).map_or(usize::MAX, |side| side.signers.len());
        let whole = self.memory.own_nonces.len() == signers && self.state.phase == Phase::Preparing;
        if let Some(sid) = self.sid().filter(|_| whole) {
            self.post(Place::Registry, Message::Nonces(sid, self.memory.own_nonces.clone()));
        }
    }

    /// A head posted its party's nonces; the last ones begin the signing (JOINT-3 to JOINT-6).
    pub(super) fn nonces_posted(&mut self, author: Author, nonces: BTreeMap<u16, NoncePublic>) {
        if self.state.instrument.form != Form::Joint || self.is_over_or_released() {
            return;
        }
        let places = self.state.instrument.signers().zip(0u16..);
        let places = places.filter(|((of, _), _)| *of == author.party).map(|(_, place)| place);
        let fits = places.eq(nonces.keys().copied());
        let before = self.memory.nonces.entry(author.party).or_insert_with(|| nonces.clone());
        let changed = *before != nonces;
        if (!fits || changed) && self.is_underway() {
            return self.stop_and_say(Why::BadPart);
        }
        let all = self.memory.nonces.len() == self.state.instrument.sides.len();
        if all && fits && self.memory.session.is_none() {
            self.begin_signing();
        }
    }

    /// Every station computes the session, so that it can check a release; a signer marks its nonces and waits for the
    /// mark to be durable (JOINT-7).
    fn begin_signing(&mut self) {
        let all: Vec<NoncePublic> = self.memory.nonces.values().flat_map(BTreeMap::values).copied().collect();
        let session = self.session_of(all.clone());
        let Some(session) = session else {
            if self.is_underway() {
                self.stop_and_say(Why::BadPart);
            }
            return;
        };
        self.memory.session = Some(session);
        self.state.nonces = all;
        if self.state.phase == Phase::Preparing {
            self.state.phase = Phase::Signing;
            self.mark();
        }
    }

    fn mark(&mut self) {
        let Some(nonce) = &self.memory.nonce else { return self.watch() };
        match self.state.used.mark(nonce) {
            Ok(mark) => self.memory.marked = Some((self.generation.saturating_add(1), mark)),
            Err(_) => self.stop_and_say(Why::BadPart),
        }
    }

    /// The mark is durable: the nonces are spent, and the partial goes to the head alone (JOINT-6, JOINT-7).
    pub(super) fn durable(&mut self, rng: &mut (impl RngCore + CryptoRng), generation: u64) {
        let due = self.memory.marked.as_ref().is_some_and(|(marked_in, _)| *marked_in <= generation);
        if !due || self.state.phase != Phase::Signing {
            return;
        }
        match self.sign(rng) {
            Some(message) => {
                self.post(Place::Delegation, message);
                self.watch();
            }
            None => self.stop_and_say(Why::BadPart),
        }
    }

    fn sign(&mut self, rng: &mut (impl RngCore + CryptoRng)) -> Option<Message> {
        let (_, mark) = self.memory.marked.take()?;
        let marked = mark.stored(&self.state.used.to_bytes()).ok()?;
        let nonce = self.memory.nonce.take()?;
        let (session, place) = (self.memory.session.as_ref()?, self.place()?);
        let partial = nonce.spend(marked, session, place, self.signing_key()?).ok()?;
        let sid = self.sid()?;
        let context = partial_context(session.context(), sid, place);
        let sealed = sealed::seal(rng, &[self.means.head], &context, partial.expose().expose()).ok()?;
        Some(Message::Partial(sid, ByteVec::from(sealed)))
    }

    /// A signer's partial came to its head. With the last one the party stands ready (JOINT-8, JOINT-9).
    pub(super) fn partial_given(
        &mut self,
        rng: &mut (impl RngCore + CryptoRng),
        author: Author,
        sealed: &[u8],
    ) {
        if !self.is_head() || self.state.phase != Phase::Signing {
            return;
        }
        let Some(place) = self.state.instrument.place_of(author.member, author.party) else { return };
        let Some(partial) = self.open_partial(place, sealed) else {
            return self.stop_and_say(Why::BadPart);
        };
        self.memory.partials.entry(place).or_insert(partial);
        self.stand_ready(rng);
    }

    fn open_partial(&self, place: u16, sealed: &[u8]) -> Option<Partial> {
        let session = self.memory.session.as_ref()?;
        let context = partial_context(session.context(), self.sid()?, place);
        let bytes = sealed::open(&self.means.identity, &context, sealed).ok()?;
        let partial = Partial::from_bytes(&bytes)?;
        session.check_partial(place, &partial).ok().map(|()| partial)
    }

    fn stand_ready(&mut self, rng: &mut (impl RngCore + CryptoRng)) {
        let (Some(terms), Some(session)) = (self.terms(), &self.memory.session) else { return };
        let me = self.state.me.0;
        let Ok(sum) = session.party_sum(me, &self.memory.partials) else { return };
        let others = self.means.verifiers.iter().filter(|(party, _)| **party != me);
        let proofs = others.filter_map(|(party, verifier)| {
            Readiness::prove(rng, session, &terms, me, &sum, (*party, verifier)).ok()
        });
        let message = Message::Ready(terms.sid, proofs.collect());
        self.memory.partials.clear();
        self.memory.sum = Some(sum);
        self.state.phase = Phase::Readying;
        self.post(Place::Registry, message);
        self.deposit_if_all_ready();
    }

    /// Another party shows that it stands ready; its proof convinces this party alone (JOINT-9).
    pub(super) fn readiness_shown(&mut self, author: Author, proofs: &[Readiness]) {
        let me = self.state.me.0;
        if !self.is_head() || author.party == me || !self.is_underway() {
            return;
        }
        let (Some(terms), Some(session)) = (self.terms(), &self.memory.session) else { return };
        let addressed = proofs.iter().find(|proof| proof.to == me);
        let shown = addressed.is_some_and(|proof| proof.verify(session, &terms, author.party).is_ok());
        if !shown {
            self.tell(Told::Ignored(author));
            return self.stop_and_say(Why::BadPart);
        }
        self.memory.ready.insert(author.party);
        self.deposit_if_all_ready();
    }

    /// Hands in once every other party showed that it stands ready (JOINT-10).
    fn deposit_if_all_ready(&mut self) {
        let me = self.state.me.0;
        let others = self.state.instrument.parties().filter(|party| *party != me);
        let all = others.into_iter().all(|party| self.memory.ready.contains(&party));
        if self.state.phase != Phase::Readying || !all {
            return;
        }
        let Some(sum) = self.memory.sum.take() else { return };
        let made = self.joint_deposit(me, &sum);
        match made {
            Some(deposit) => self.deposit(Deposit::Joint(deposit)),
            None => self.stop_and_say(Why::BadPart),
        }
    }

    fn joint_deposit(&self, me: PartyNo, sum: &crate::joint::PartySum) -> Option<JointDeposit> {
        let (terms, session) = (self.terms()?, self.memory.session.as_ref()?);
        let (_, salt) = self.state.agreed.as_ref()?;
        JointDeposit::of(&terms, salt, session, me, sum).ok()
    }

    fn session_of(&self, nonces: Vec<NoncePublic>) -> Option<Session> {
        let (_, salt) = self.state.agreed.as_ref()?;
        Session::new(&self.terms()?, salt, nonces).ok()
    }

    /// After a restart the session follows from the nonces that were stored.
    pub(super) fn restore_session(&mut self) {
        if !self.state.nonces.is_empty() {
            self.memory.session = self.session_of(self.state.nonces.clone());
        }
    }

    fn is_over_or_released(&self) -> bool {
        matches!(self.state.phase, Phase::Over(_) | Phase::Released)
    }
}

fn partial_context(ctx: &Context, sid: CeremonyId, place: u16) -> [u8; 32] {
    tagged::hash(PARTIAL, &[&ctx.0, &sid.0, &place.to_be_bytes()])
}
