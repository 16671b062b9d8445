//! From the deposit to the end: what the depositary says, releases, acknowledgements (CEREMONY-16 to CEREMONY-19).

use super::{Outcome, Party, Phase, Stop, Told};
use crate::ceremony::ids::Context;
use crate::ceremony::message::{Author, Destruction, Message, Place, Refusal, Release, Why};
use crate::gentle::Transcript;
use crate::joint::Artefact;
use backchannel_wire::{Beat, PartyNo};

impl Party {
    pub(super) fn held(&mut self) {
        if self.state.phase == Phase::Deposited {
            self.tell(Told::Held);
        }
    }

    /// The depositary refused the deposit, or the withdrawal. Only a refused deposit ends this party's part.
    pub(super) fn refused(&mut self, refusal: Refusal) {
        self.tell(Told::Refused(refusal));
        match (self.state.phase, refusal) {
            (Phase::Withdrawing, Refusal::Released) => self.state.phase = Phase::Deposited,
            (Phase::Deposited, Refusal::Released | Refusal::Second) => (),
            (Phase::Deposited | Phase::Withdrawing, _) => self.stop(Stop::Refused(refusal)),
            _ => (),
        }
    }

    pub(super) fn withdrawal_confirmed(&mut self) {
        if self.state.phase == Phase::Withdrawing {
            self.stop(Stop::Withdrawn);
        }
    }

    /// The depositary says that everything is destroyed. The registry is watched all the same (CEREMONY-17).
    pub(super) fn destroyed(&mut self, why: Destruction) {
        let waits = matches!(self.state.phase, Phase::Deposited | Phase::Withdrawing | Phase::Given);
        if waits || self.is_underway() {
            self.stop(Stop::Destroyed(why));
        }
    }

    /// A release came, from the depositary or from a party that received it (CEREMONY-16). Whoever has it from the
    /// depositary posts it in the registry at once.
    pub(super) fn released(&mut self, author: Author, place: Place, beat: Beat, release: Release) {
        if self.state.release.is_some() {
            return;
        }
        if !self.holds(&release) {
            return self.tell(Told::ReleaseRefused(author));
        }
        self.tell(Told::Released);
        self.state.release = Some(release.clone());
        if place == Place::Caucus && self.is_head() {
            self.post_release(release);
        }
        match self.state.phase {
            Phase::Over(_) => self.signed_late(),
            _ if beat > self.state.instrument.last_beat() => self.signed_late(),
            Phase::Stopped(stop) => self.word_broken(stop),
            _ => self.acknowledge(),
        }
    }

    /// Whether a release holds under this station's own view, whoever shows it (GENTLE-6, JOINT-11).
    fn holds(&self, release: &Release) -> bool {
        match release {
            Release::Gentle(release) => self.view().is_some_and(|view| release.check(&view).is_ok()),
            Release::Joint(_) => joint_artefact(self, release).is_some(),
        }
    }

    fn post_release(&mut self, release: Release) {
        if let Some(sid) = self.sid() {
            self.post(Place::Registry, Message::Released(sid, release));
        }
    }

    /// A party that took its consent back does not acknowledge: without it nothing comes into effect. Otherwise a release
    /// in time binds whatever the depositary said before (CEREMONY-18).
    fn word_broken(&mut self, stop: Stop) {
        if !matches!(stop, Stop::Ended(Why::Restarted | Why::TookTooLong | Why::Ended)) {
            self.tell(Told::WordBroken(stop));
        }
        if !took_back(stop) {
            self.acknowledge();
        }
    }

    fn acknowledge(&mut self) {
        self.state.phase = Phase::Released;
        if let (true, Some(sid), Some(view)) = (self.is_head(), self.sid(), self.view()) {
            self.post(Place::Registry, Message::Acknowledged(sid, view.ctx));
        }
        self.settle();
    }

    /// An acknowledgement was sealed in the registry. In time from everybody, and the assurance is in effect
    /// (CEREMONY-16).
    pub(super) fn acknowledged(&mut self, author: Author, beat: Beat, ctx: Context) {
        let in_time = beat <= self.state.instrument.last_beat();
        let same = self.view().is_some_and(|view| view.ctx == ctx);
        if !in_time || !same || self.state.instrument.side(author.party).is_none() {
            return self.tell(Told::Ignored(author));
        }
        if matches!(self.state.phase, Phase::Over(_)) || self.state.acknowledged.contains_key(&author.party) {
            return;
        }
        self.state.acknowledged.insert(author.party, beat);
        self.tell(Told::Acknowledged(author.party, beat));
        self.settle();
    }

    fn settle(&mut self) {
        if self.state.acknowledged.len() == self.state.instrument.sides.len() {
            let last = self.state.acknowledged.values().copied().max().unwrap_or_default();
            self.state.phase = Phase::Over(Outcome::InEffect(last));
            self.tell(Told::InEffect(last));
        }
    }

    /// The registry has been seen through beat(EXPIRY) + N: only now is anything dead (CEREMONY-17).
    pub(super) fn close(&mut self) {
        if matches!(self.state.phase, Phase::Over(_)) {
            return;
        }
        if self.state.release.is_some() {
            return self.signed_late();
        }
        self.state.phase = Phase::Over(Outcome::Void);
        self.tell(Told::Void);
    }

    /// What arrives after that is shown as signed, and never as in effect (CEREMONY-19).
    fn signed_late(&mut self) {
        if !matches!(self.state.phase, Phase::Over(Outcome::InEffect(_))) {
            self.state.phase = Phase::Over(Outcome::SignedNotInEffect);
            self.tell(Told::SignedNotInEffect);
        }
    }

    /// After a restart: what may not have left is said again.
    pub(super) fn say_again(&mut self) {
        let unheard = !self.state.acknowledged.contains_key(&self.state.me.0);
        if self.state.phase != Phase::Released || !self.is_head() || !unheard {
            return;
        }
        if let Some(release) = self.state.release.clone() {
            self.post_release(release);
            self.acknowledge();
        }
    }
}

fn took_back(stop: Stop) -> bool {
    matches!(stop, Stop::Withdrawn | Stop::Ended(Why::Withdrawn | Why::RosterChanged))
}

fn joint_artefact(party: &Party, release: &Release) -> Option<Artefact> {
    let Release::Joint(release) = release else { return None };
    let (terms, session) = (party.terms()?, party.memory.session.as_ref()?);
    let (_, salt) = party.state.agreed.as_ref()?;
    release.check(&terms, salt, session).ok().map(|released| released.artefact)
}

pub(super) fn artefact(party: &Party) -> Option<Artefact> {
    joint_artefact(party, party.state.release.as_ref()?)
}

pub(super) fn transcript(party: &Party) -> Option<Transcript> {
    let Release::Gentle(release) = party.state.release.as_ref()? else { return None };
    let (_, salt) = party.state.agreed.as_ref()?;
    let me: PartyNo = party.state.me.0;
    Some(Transcript::of(&party.terms()?, salt, me, release))
}
