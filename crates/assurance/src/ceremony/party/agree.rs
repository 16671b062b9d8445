//! The beginning and the early end of a try: contributions, delays, withdrawals, other stations that end it.

use super::{Party, Phase, Stop, Told};
use crate::ceremony::contribution::{Contribution, ContributionCommitment};
use crate::ceremony::message::{Author, Message, Place, Why};
use crate::ceremony::terms::Form;
use backchannel_wire::Beat;
use rand_core::{CryptoRng, RngCore};

impl Party {
    /// A commitment came; the last one lets everybody open (CEREMONY-8).
    pub(super) fn committed(&mut self, author: Author, to: ContributionCommitment) {
        if !self.is_contributing() {
            return;
        }
        if self.memory.contributions.commit(author.party, to).is_err() {
            return self.stop_and_say(Why::BadContribution);
        }
        if self.state.phase == Phase::Committing && self.memory.contributions.all_committed() {
            self.state.phase = Phase::Opening;
            if let Some(contribution) = self.memory.contribution.take() {
                self.post(Place::Registry, Message::Open(self.state.of(), contribution));
            }
        }
    }

    /// An opening came; the last one makes identifier and salt (CEREMONY-8, CEREMONY-9).
    pub(super) fn opened(
        &mut self,
        rng: &mut (impl RngCore + CryptoRng),
        author: Author,
        opening: Contribution,
    ) {
        if !self.is_contributing() {
            return;
        }
        if self.memory.contributions.open(author.party, opening).is_err() {
            return self.stop_and_say(Why::BadContribution);
        }
        let Some((sid, salt)) = self.memory.contributions.result() else { return };
        self.state.agreed = Some((sid, salt));
        self.state.phase = Phase::Preparing;
        self.tell(Told::Identified(sid));
        match self.state.instrument.form {
            Form::Gentle => self.give_consent(rng),
            Form::Joint => self.give_nonce(rng),
        }
    }

    fn is_contributing(&self) -> bool {
        matches!(self.state.phase, Phase::Committing | Phase::Opening)
    }

    /// Ends this station's part before the deposit: a head tells all, a signer its head.
    pub(super) fn stop_and_say(&mut self, why: Why) {
        let place = if self.is_head() { Place::Registry } else { Place::Delegation };
        if self.is_head() || self.place().is_some() {
            self.post(place, Message::Ended(self.state.of(), why));
        }
        self.stop(Stop::Ended(why));
    }

    /// This station has no more part. What was in memory for it is erased; the try is watched to its end (CEREMONY-17).
    pub(super) fn stop(&mut self, stop: Stop) {
        self.state.phase = Phase::Stopped(stop);
        self.memory.contribution = None;
        self.memory.nonce = None;
        self.memory.marked = None;
        self.memory.partials.clear();
        self.memory.sum = None;
        self.memory.consents.clear();
        self.tell(Told::Stopped(stop));
    }

    /// Another station ended its part (CEREMONY-14). A head passes its own signers' word on.
    pub(super) fn ended_elsewhere(&mut self, author: Author, place: Place) {
        let own = author.party == self.state.me.0 && author.member == self.state.me.1;
        if own || !self.is_underway() {
            return;
        }
        match place {
            Place::Delegation if self.is_head() => self.stop_and_say(Why::Ended),
            Place::Registry => self.stop(Stop::Ended(Why::Ended)),
            Place::Delegation | Place::Caucus => (),
        }
    }

    /// A principal takes its approval back, or a roster changed (CEREMONY-15).
    pub(super) fn withdraw(&mut self, why: Why) {
        match self.state.phase {
            Phase::Deposited if self.is_head() => {
                self.state.phase = Phase::Withdrawing;
                if let Some(opening) = self.opening() {
                    self.post(Place::Caucus, Message::Withdraw(opening.id()));
                }
            }
            _ if self.is_underway() => self.stop_and_say(why),
            _ => self.tell(Told::TooLate),
        }
    }

    /// The registry was seen through a beat: a slow try ends (CEREMONY-14), and in the last beat every try
    /// (CEREMONY-17).
    pub(super) fn seen_through(&mut self, beat: Beat) {
        if self.is_underway() && beat >= self.state.deadline {
            self.stop_and_say(Why::TookTooLong);
        }
        if beat >= self.state.instrument.last_beat() {
            self.close();
        }
    }
}
