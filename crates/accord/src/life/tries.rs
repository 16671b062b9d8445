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
    /// Whose heads named it, all alike.
    named: BTreeSet<PartyNo>,
    /// What ended it before all had acknowledged.
    pub(super) closed: Option<Closed>,
}

/// Why a try can come to nothing any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closed {
    /// A roster changed.
    Roster,
    /// A head named it otherwise than another.
    Contradicted,
}

impl Try {
    /// Whether it can still come to something, once the registry was seen through a beat (LIFE-18).
    pub(super) fn open(&self, seen: Option<Beat>) -> bool {
        self.closed.is_none() && seen.is_none_or(|seen| seen < self.limit)
    }
}

/// Every try. One name may stand for several, if the heads do not say the same of it; then none of them comes to anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tries {
    all: BTreeMap<Sid, Vec<Try>>,
    /// What each party's head said first of a name, also of a text that is not known here.
    names: BTreeMap<(PartyNo, Sid), (Digest, UtcMs)>,
    latest: Option<(Sid, usize)>,
    /// Texts that name a roster which is no longer the last.
    stale: BTreeSet<Digest>,
}

impl Tries {
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Sid, &Try)> {
        self.all.iter().flat_map(|(sid, tries)| tries.iter().map(move |one| (sid, one)))
    }

    /// The try of a name that a party's head speaks of, else the one that began first.
    pub(super) fn of(&self, sid: &Sid, party: PartyNo) -> Result<&Try, Refusal> {
        let tries = self.all.get(sid).map(Vec::as_slice).unwrap_or_default();
        let own = tries.iter().find(|one| one.named.contains(&party));
        own.or(tries.first()).ok_or(Refusal::UnknownCeremony)
    }

    pub(super) fn latest(&self) -> Option<(Sid, &Try)> {
        let (sid, at) = self.latest?;
        self.all.get(&sid)?.get(at).map(|found| (sid, found))
    }

    pub(super) fn open(&self, seen: Option<Beat>) -> BTreeSet<Sid> {
        self.iter().filter(|(_, found)| found.open(seen)).map(|(sid, _)| *sid).collect()
    }

    /// A party's head names a try. What it said first stands, whether or not the text is known here: nothing that one side alone
    /// has seen decides (LIFE-6). A try begins with the first head that names it, over a text that is known, and expires in
    /// time (LIFE-12).
    pub(super) fn name(
        &mut self,
        setting: &Setting,
        (sid, digest, expiry): (Sid, Digest, UtcMs),
        (by, at, now): (PartyNo, Position, UtcMs),
    ) -> Result<(), Refusal> {
        if self.names.contains_key(&(by, sid)) {
            return Err(Refusal::Repeated);
        }
        if self.names.range((by, [0; 32])..=(by, [u8::MAX; 32])).count() >= TRIES_MAX {
            return Err(Refusal::Full);
        }
        self.names.insert((by, sid), (digest, expiry));
        self.contradict(setting, sid, by);
        let same = |one: &&mut Try| (one.digest, one.expiry) == (digest, expiry);
        if let Some(found) = self.all.entry(sid).or_default().iter_mut().find(same) {
            found.named.insert(by);
        } else if self.may_begin(setting, (digest, expiry), by, now) {
            self.begin(setting, (sid, digest, expiry), at);
        }
        Ok(())
    }

    /// Tries of that name which the head speaks against come to nothing.
    fn contradict(&mut self, setting: &Setting, sid: Sid, by: PartyNo) {
        let said = self.names.get(&(by, sid)).copied();
        for found in self.all.get_mut(&sid).into_iter().flatten() {
            let concerned = setting.side(&found.digest, by).is_ok();
            if concerned && said.is_some_and(|said| said != (found.digest, found.expiry)) {
                found.closed.get_or_insert(Closed::Contradicted);
            }
        }
    }

    fn may_begin(
        &self,
        setting: &Setting,
        (digest, expiry): (Digest, UtcMs),
        by: PartyNo,
        now: UtcMs,
    ) -> bool {
        let Some(text) = setting.texts.get(&digest) else { return false };
        let timely = expiry > now && expiry <= text.terms.latest_expiry;
        timely && text.sides.get(by).is_some() && !self.stale.contains(&digest)
    }

    fn begin(&mut self, setting: &Setting, (sid, digest, expiry): (Sid, Digest, UtcMs), at: Position) {
        let Some(text) = setting.texts.get(&digest) else { return };
        let said = |party: PartyNo| self.names.get(&(party, sid)).map(|said| *said == (digest, expiry));
        let named = text.sides.parties().filter(|party| said(*party) == Some(true)).collect();
        let contradicted = text.sides.parties().any(|party| said(party) == Some(false));
        let new = Try {
            digest,
            expiry,
            limit: limit(setting, &text.terms, expiry),
            begun: at,
            released: None,
            acknowledged: BTreeSet::new(),
            named,
            closed: contradicted.then_some(Closed::Contradicted),
        };
        let tries = self.all.entry(sid).or_default();
        self.latest = Some((sid, tries.len()));
        tries.push(new);
    }

    /// A release is posted in the registry; its certificate is dated within the ceremony (LIFE-15).
    pub(super) fn released(
        &mut self,
        (sid, at): (Sid, UtcMs),
        by: PartyNo,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        let mut outcome = Err(Refusal::UnknownCeremony);
        for found in self.all.get_mut(&sid).into_iter().flatten() {
            outcome = outcome.or(setting.side(&found.digest, by).and_then(|_| found.release(at)));
        }
        outcome
    }

    /// A party acknowledges the try that its head named; its text once every party has (LIFE-17).
    pub(super) fn acknowledge(
        &mut self,
        sid: Sid,
        party: PartyNo,
        beat: Beat,
        setting: &Setting,
    ) -> Result<Option<Digest>, Refusal> {
        let tries = self.all.get_mut(&sid).filter(|tries| !tries.is_empty());
        let tries = tries.ok_or(Refusal::UnknownCeremony)?;
        let found = tries.iter_mut().find(|one| one.named.contains(&party)).ok_or(Refusal::Unnamed)?;
        let sides = setting.sides(&found.digest).ok_or(Refusal::UnknownText)?;
        sides.get(party).ok_or(Refusal::Author)?;
        if let Some(closed) = found.closed {
            return Err(closed.refusal());
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
        let all = sides.parties().all(|side| found.acknowledged.contains(&side));
        Ok(all.then_some(found.digest))
    }

    /// A roster change ends every open try, and every text that was tried (LIFE-19).
    pub(super) fn close(&mut self, beat: Beat) {
        self.stale.extend(self.iter().map(|(_, found)| found.digest).collect::<Vec<_>>());
        for found in self.all.values_mut().flatten().filter(|found| beat <= found.limit) {
            found.closed.get_or_insert(Closed::Roster);
        }
    }
}

impl Closed {
    pub(super) fn refusal(self) -> Refusal {
        match self {
            Self::Roster => Refusal::Roster,
            Self::Contradicted => Refusal::Contradicted,
        }
    }
}

impl Try {
    /// Whether a party's head named it.
    pub(super) fn is_named_by(&self, party: PartyNo) -> bool {
        self.named.contains(&party)
    }

    fn release(&mut self, at: UtcMs) -> Result<(), Refusal> {
        if self.released.is_some() {
            return Err(Refusal::Repeated);
        }
        self.check_certificate(at)?;
        self.released = Some(at);
        Ok(())
    }

    /// A certificate is dated before the expiry (LIFE-15).
    pub(super) fn check_certificate(&self, at: UtcMs) -> Result<(), Refusal> {
        (at < self.expiry).then_some(()).ok_or(Refusal::Certificate)
    }
}

fn limit(setting: &Setting, terms: &Terms, expiry: UtcMs) -> Beat {
    setting.clock.beat_of(expiry).plus(terms.acknowledge_beats)
}
