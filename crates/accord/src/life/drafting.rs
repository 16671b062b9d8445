//! What is known in caucus and delegation: the pen's work, approvals, deposits, the depositary's word. It decides nothing
//! that binds (LIFE-6).

use super::event::{Digest, Position, Sid};
use super::refusal::Refusal;
use super::sides::Side;
use super::table::State;
use crate::limits::LIFE_EVENTS_MAX;
use backchannel_wire::{MemberId, PartyNo, UtcMs};
use std::collections::{BTreeMap, BTreeSet};

/// What the caucus of this record knows of a try.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Custody {
    pub(super) deposits: BTreeSet<PartyNo>,
    /// Who took a deposit back, and so is out of this try.
    pub(super) withdrawn: BTreeSet<PartyNo>,
    pub(super) released: Option<UtcMs>,
    pub(super) destroyed: bool,
}

/// The pen's work and the approvals of one version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Drafting {
    pub(super) state: Option<State>,
    pub(super) version: u32,
    pub(super) digest: Option<Digest>,
    pub(super) approvals: BTreeMap<PartyNo, BTreeSet<MemberId>>,
    pub(super) comments: u32,
    pub(super) custody: BTreeMap<Sid, Custody>,
    /// When the pen last froze a version or was laid down: what came to nothing before is no longer shown as void.
    pub(super) moved: Option<Position>,
}

impl Drafting {
    /// A party's comment on what lies on the table (LIFE-8).
    pub(super) fn comment(&mut self) -> Result<(), Refusal> {
        if usize::try_from(self.comments).map_or(true, |count| count >= LIFE_EVENTS_MAX) {
            return Err(Refusal::Full);
        }
        self.comments += 1;
        Ok(())
    }

    /// A new version takes the place of the one before, and of its approvals (LIFE-9).
    pub(super) fn freeze(&mut self, version: u32, digest: Digest, at: Position) -> Result<(), Refusal> {
        if version <= self.version {
            return Err(Refusal::Version);
        }
        (self.version, self.digest, self.moved) = (version, Some(digest), Some(at));
        self.approvals.clear();
        self.state = Some(State::Frozen);
        Ok(())
    }

    /// Refuses any other digest than the frozen one (LIFE-10).
    pub(super) fn frozen(&self, digest: Digest) -> Result<(), Refusal> {
        if self.digest == Some(digest) { Ok(()) } else { Err(Refusal::Digest) }
    }

    /// One approver's approval of the frozen digest (LIFE-10).
    pub(super) fn approve(&mut self, by: (PartyNo, MemberId), side: &Side) -> Result<(), Refusal> {
        if !side.approvers.contains(&by.1) {
            return Err(Refusal::Approver);
        }
        if !self.approvals.entry(by.0).or_default().insert(by.1) {
            return Err(Refusal::Repeated);
        }
        if self.state == Some(State::Frozen) {
            self.state = Some(State::Approving);
        }
        Ok(())
    }

    /// An approval is taken back, unless a deposit stands on it (LIFE-11).
    pub(super) fn take_back(
        &mut self,
        digest: Digest,
        by: (PartyNo, MemberId),
        open: &BTreeSet<Sid>,
    ) -> Result<(), Refusal> {
        self.frozen(digest)?;
        let deposited = |sid| self.custody.get(sid).is_some_and(|custody| custody.deposits.contains(&by.0));
        if open.iter().any(deposited) {
            return Err(Refusal::Deposited);
        }
        if !self.approvals.get_mut(&by.0).is_some_and(|members| members.remove(&by.1)) {
            return Err(Refusal::NoApproval);
        }
        self.approvals.retain(|_, members| !members.is_empty());
        if self.approvals.is_empty() && self.state == Some(State::Approving) {
            self.state = Some(State::Frozen);
        }
        Ok(())
    }

    /// Whether a party's approvals reach its quorum for a text.
    pub(super) fn approved(&self, digest: Digest, party: PartyNo, side: &Side) -> bool {
        self.digest == Some(digest) && self.approvals.get(&party).is_some_and(|by| side.reached(by))
    }

    /// A deposit, once, and not again in a try in which it was taken back (LIFE-13).
    pub(super) fn deposit(&mut self, sid: Sid, party: PartyNo) -> Result<(), Refusal> {
        let custody = self.custody.entry(sid).or_default();
        if custody.released.is_some() || custody.destroyed {
            return Err(Refusal::Expired);
        }
        let new = !custody.withdrawn.contains(&party) && custody.deposits.insert(party);
        new.then_some(()).ok_or(Refusal::Repeated)
    }

    /// A deposit taken back before the release (LIFE-14).
    pub(super) fn withdraw(&mut self, sid: Sid, party: PartyNo) -> Result<(), Refusal> {
        let custody = self.custody.get_mut(&sid).ok_or(Refusal::NoDeposit)?;
        if custody.released.is_some() {
            return Err(Refusal::Released);
        }
        if !custody.deposits.remove(&party) {
            return Err(Refusal::NoDeposit);
        }
        custody.withdrawn.insert(party);
        Ok(())
    }

    /// The depositary's word that it released (LIFE-15).
    pub(super) fn released(&mut self, sid: Sid, at: UtcMs) -> Result<(), Refusal> {
        let custody = self.custody.entry(sid).or_default();
        if custody.released.is_some() {
            return Err(Refusal::Repeated);
        }
        custody.released = Some(at);
        Ok(())
    }

    /// The depositary's word that it destroyed what lay with it (LIFE-16).
    pub(super) fn destroyed(&mut self, sid: Sid) -> Result<(), Refusal> {
        let custody = self.custody.entry(sid).or_default();
        if custody.released.is_some() {
            return Err(Refusal::Released);
        }
        if custody.destroyed {
            return Err(Refusal::Repeated);
        }
        custody.destroyed = true;
        custody.deposits.clear();
        Ok(())
    }

    /// A frozen text names the rosters it was frozen under: with another one it falls back to the table (LIFE-19).
    pub(super) fn roster_changed(&mut self) {
        self.approvals.clear();
        self.digest = None;
        if matches!(self.state, Some(State::Frozen | State::Approving)) {
            self.state = Some(State::Submitted);
        }
    }
}
