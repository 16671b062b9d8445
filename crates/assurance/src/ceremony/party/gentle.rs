//! A party's part in the gentlemen's form: signers consent, the head deposits when a quorum has.

use super::{Party, Phase, Told};
use crate::ceremony::message::{Author, Deposit, Message, Opening, Place};
use crate::ceremony::terms::Form;
use crate::gentle::{Consent, GentleDeposit, consent};
use crate::keys::SigningKey;
use rand_core::{CryptoRng, RngCore};

impl Party {
    /// This station's consent, for its head to deposit (GENTLE-1).
    pub(super) fn give_consent(&mut self, rng: &mut (impl RngCore + CryptoRng)) {
        let (Some(terms), Some(view), Some(place)) = (self.terms(), self.view(), self.place()) else {
            return self.watch();
        };
        let Some(key) = &self.means.signing else { return self.watch() };
        let mut consents = Vec::new();
        for (party, verifier) in self.means.verifiers.iter().filter(|(party, _)| **party != self.state.me.0) {
            let made = consent(rng, &terms, &view.ctx, place, key, (*party, verifier));
            consents.extend(made);
        }
        self.post(Place::Delegation, Message::Consents(terms.sid, consents));
        self.watch();
    }

    /// Who is not head has given what it had to give.
    pub(super) fn watch(&mut self) {
        if !self.is_head() {
            self.state.phase = Phase::Given;
        }
    }

    /// A signer's consent came to its head; with the quorum the head deposits (GENTLE-3 to GENTLE-5).
    pub(super) fn consented(&mut self, author: Author, consents: Vec<Consent>) {
        if !self.is_head()
            || self.state.phase != Phase::Preparing
            || self.state.instrument.form != Form::Gentle
        {
            return;
        }
        let place = self.state.instrument.place_of(author.member, author.party);
        let (Some(place), Some(view)) = (place, self.view()) else { return };
        if view.check_signer(author.party, place, &consents).is_err() {
            return self.tell(Told::Ignored(author));
        }
        self.memory.consents.entry(place).or_insert(consents);
        let quorum =
            self.state.instrument.side(self.state.me.0).map_or(usize::MAX, |side| side.quorum.into());
        if self.memory.consents.len() >= quorum {
            let consents = std::mem::take(&mut self.memory.consents).into_values().flatten().collect();
            self.deposit(Deposit::Gentle(GentleDeposit { view, consents }));
        }
    }

    /// Hands in, in the caucus.
    pub(super) fn deposit(&mut self, deposit: Deposit) {
        let Some(opening) = self.opening() else { return };
        self.state.phase = Phase::Deposited;
        self.post(Place::Caucus, Message::Deposit(opening, deposit));
        self.tell(Told::Deposited);
    }

    /// What this party's depositary must know of the ceremony, once the identifier is known.
    pub fn opening(&self) -> Option<Opening> {
        Some(Opening {
            sid: self.sid()?,
            form: self.state.instrument.form,
            limit: self.state.limit,
            parties: self.state.instrument.parties().collect(),
        })
    }

    pub(super) fn signing_key(&self) -> Option<&SigningKey> {
        self.means.signing.as_ref()
    }
}
