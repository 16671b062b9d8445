//! Tries of the ceremony as the registry shows them, until one is acknowledged by all.

use super::event::{Digest, Position, Sid};
use super::refusal::Refusal;
use super::setting::Setting;
use super::terms::Terms;
use crate::limits::TRIES_MAX;
use backchannel_wire::{Beat, PartyNo, UtcMs};
use std::collections::{BTreeMap, BTreeSet};

/// One try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Try {
    pub(super) digest: Digest,
    pub(super) expiry: UtcMs,
    /// The last beat in which an acknowledgement counts: beat(EXPIRY) + N.
    pub(super) limit: Beat,
    pub(super) begun: Position,
    pub(super) released: Option<UtcMs>,
    pub(super) acknowledged: BTreeSet<PartyNo>,
    /// A roster changed before all had acknowledged.
    pub(super) closed: bool,
}

impl Try {
    /// Whether it can still come to something, once the registry was seen through a beat (LIFE-18).
    pub(super) fn open(&self, seen: Option<Beat>) -> bool {
        !self.closed && seen.is_none_or(|seen| seen < self.limit)
    }
}

/// Every try.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tries {
    all: BTreeMap<Sid, Try>,
    latest: Option<Sid>,
    /// Texts that name a roster which is no longer the last.
    stale: BTreeSet<Digest>,
}

impl Tries {
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Sid, &Try)> {
        self.all.iter()
    }

    pub(super) fn get(&self, sid: &Sid) -> Result<&Try, Refusal> {
        self.all.get(sid).ok_or(Refusal::UnknownCeremony)
    }

    pub(super) fn latest(&self) -> Option<(Sid, &Try)> {
        self.latest.and_then(|sid| self.all.get(&sid).map(|found| (sid, found)))
    }

    pub(super) fn open(&self, seen: Option<Beat>) -> BTreeSet<Sid> {
        self.all.iter().filter(|(_, found)| found.open(seen)).map(|(sid, _)| *sid).collect()
    }

    /// A try begins under a new name, over a text that is known, and expires in time (LIFE-12).
    pub(super) fn begin(
        &mut self,
        setting: &Setting,
        (sid, digest, expiry): (Sid, Digest, UtcMs),
        (at, now): (Position, UtcMs),
    ) -> Result<(), Refusal> {
        let terms = setting.texts.get(&digest).ok_or(Refusal::UnknownText)?;
        if self.all.contains_key(&sid) {
            return Err(Refusal::Repeated);
        }
        if self.stale.contains(&digest) {
            return Err(Refusal::Roster);
        }
        if expiry <= now || expiry > terms.latest_expiry {
            return Err(Refusal::Expiry);
        }
        if self.all.len() >= TRIES_MAX {
            return Err(Refusal::Full);
        }
        let new = Try {
            digest,
            expiry,
            limit: limit(setting, terms, expiry),
            begun: at,
            released: None,
            acknowledged: BTreeSet::new(),
            closed: false,
        };
        self.all.insert(sid, new);
        self.latest = Some(sid);
        Ok(())
    }

    /// A release is posted in the registry; its certificate is dated within the ceremony (LIFE-15).
    pub(super) fn released(&mut self, sid: Sid, at: UtcMs) -> Result<(), Refusal> {
        let found = self.all.get_mut(&sid).ok_or(Refusal::UnknownCeremony)?;
        if found.released.is_some() {
            return Err(Refusal::Repeated);
        }
        found.check_certificate(at)?;
        found.released = Some(at);
        Ok(())
    }

    /// A party acknowledges; true once every party has (LIFE-17).
    pub(super) fn acknowledge(
        &mut self,
        sid: Sid,
        party: PartyNo,
        beat: Beat,
        setting: &Setting,
    ) -> Result<bool, Refusal> {
        let found = self.all.get_mut(&sid).ok_or(Refusal::UnknownCeremony)?;
        if found.closed {
            return Err(Refusal::Roster);
        }
        if beat > found.limit {
            return Err(Refusal::Late);
        }
        if found.released.is_none() {
            return Err(Refusal::NotReleased);
        }
        if !found.acknowledged.insert(party) {
            return Err(Refusal::Repeated);
        }
        Ok(setting.sides.keys().all(|side| found.acknowledged.contains(side)))
    }

    /// A roster change ends every open try, and every text that was tried (LIFE-19).
    pub(super) fn close(&mut self, beat: Beat) {
        self.stale.extend(self.all.values().map(|found| found.digest));
        for found in self.all.values_mut().filter(|found| beat <= found.limit) {
            found.closed = true;
        }
    }
}

impl Try {
    /// A certificate is dated before the expiry (LIFE-15).
    pub(super) fn check_certificate(&self, at: UtcMs) -> Result<(), Refusal> {
        (at < self.expiry).then_some(()).ok_or(Refusal::Certificate)
    }
}

fn limit(setting: &Setting, terms: &Terms, expiry: UtcMs) -> Beat {
    setting.clock.beat_of(expiry).plus(terms.acknowledge_beats)
}
