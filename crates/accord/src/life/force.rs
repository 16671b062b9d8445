//! An understanding that every party acknowledged: what is in effect when, for all of them alike or for none (LIFE-30).

use super::event::{Digest, Sid};
use super::refusal::Refusal;
use super::sides::Side;
use super::table::State;
use super::terms::{Terms, plus};
use crate::limits::LAST_INSTANT;
use backchannel_wire::{MemberId, PartyNo, UtcMs};
use std::collections::{BTreeMap, BTreeSet};

/// The time of one zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// The first instant, if those bound need not be told or were.
    entry: UtcMs,
    /// The first instant no longer in effect.
    pub(super) past: UtcMs,
    /// Who confirmed that those it binds were told, and when that was sealed.
    pub(super) told: BTreeMap<PartyNo, UtcMs>,
}

/// A notice of withdrawal that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Who gave it.
    pub party: PartyNo,
    /// The first instant no longer in effect.
    pub effective: UtcMs,
    /// On urgent grounds.
    pub urgent: bool,
}

/// What binds a party once its quorum said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// It reaffirms until then.
    Reaffirmed(UtcMs),
    /// It gives notice of withdrawal.
    Notice {
        /// The first instant no longer in effect.
        effective: UtcMs,
        /// On urgent grounds.
        urgent: bool,
    },
    /// It takes its notice back.
    NoticeBack,
}

/// What an instant finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Waiting,
    InEffect,
    Over(State),
}

/// What all parties acknowledged, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Force {
    pub(super) sid: Sid,
    pub(super) digest: Digest,
    pub(super) terms: Terms,
    parties: BTreeSet<PartyNo>,
    pub(super) spans: Vec<Span>,
    pub(super) renewals: u32,
    pub(super) reaffirmed: BTreeSet<PartyNo>,
    pub(super) notices: BTreeMap<PartyNo, Notice>,
    pub(super) superseded: Option<(Digest, UtcMs)>,
    /// Who said what a quorum has not said yet.
    words: BTreeMap<(PartyNo, Word), BTreeSet<MemberId>>,
}

impl Force {
    /// The last acknowledgement was sealed at `settled` (LIFE-17).
    pub(super) fn new(
        sid: Sid,
        digest: Digest,
        terms: Terms,
        parties: BTreeSet<PartyNo>,
        settled: UtcMs,
    ) -> Self {
        let span = |zone: &super::terms::Zone| Span {
            entry: zone.first(settled),
            past: zone.past(settled),
            told: BTreeMap::new(),
        };
        let spans = terms.zones.iter().map(span).collect();
        let (reaffirmed, notices, words) = (BTreeSet::new(), BTreeMap::new(), BTreeMap::new());
        Self { sid, digest, terms, parties, spans, renewals: 0, reaffirmed, notices, superseded: None, words }
    }

    /// The first instant in effect in a zone; none while somebody has still to be told (LIFE-21, LIFE-22).
    pub(super) fn first(&self, span: &Span) -> Option<UtcMs> {
        if !self.terms.told {
            return Some(span.entry);
        }
        let all = self.parties.iter().all(|party| span.told.contains_key(party));
        all.then(|| span.told.values().copied().fold(span.entry, UtcMs::max))
    }

    /// From when and, by what is known, until when something is in effect somewhere. The end is the first instant
    /// without effect, and is known even if nobody was ever told.
    pub(super) fn whole(&self) -> (Option<UtcMs>, UtcMs) {
        let live = |span: &Span| self.first(span).filter(|first| *first < span.past).map(|f| (f, span.past));
        let mut zones: Vec<_> = self.spans.iter().filter_map(live).collect();
        zones.sort_unstable();
        let cut = self.notices.values().map(|notice| notice.effective).min().unwrap_or(UtcMs(u64::MAX));
        let Some((begin, _)) = zones.first().copied() else {
            let last = self.spans.iter().map(|span| span.past).max().unwrap_or_default();
            return (None, last.min(cut));
        };
        // There is no hole between them: the terms leave none (LIFE-26), and a confirmation that comes when all the others
        // are over is refused.
        let end = zones.iter().map(|(_, past)| *past).max().unwrap_or(begin);
        (Some(begin).filter(|begin| *begin < cut), end.min(cut))
    }

    /// What an instant finds (LIFE-23, LIFE-30).
    pub(super) fn phase(&self, now: UtcMs) -> Phase {
        let (begin, end) = self.whole();
        if now >= end {
            return Phase::Over(self.cause(end));
        }
        if begin.is_some_and(|begin| begin <= now) { Phase::InEffect } else { Phase::Waiting }
    }

    fn cause(&self, end: UtcMs) -> State {
        let natural = self.spans.iter().map(|span| span.past).max().unwrap_or_default();
        if self.superseded.is_some() {
            State::Superseded
        } else if end < natural && self.notices.values().any(|notice| notice.effective == end) {
            State::Withdrawn
        } else {
            State::Lapsed
        }
    }

    /// The parties bound, all or none.
    pub(super) fn parties(&self) -> impl Iterator<Item = PartyNo> {
        self.parties.iter().copied()
    }

    /// The end that comes first among the zones whose time is not over.
    pub(super) fn next_end(&self, now: UtcMs) -> Option<UtcMs> {
        self.spans.iter().map(|span| span.past).filter(|past| *past > now).min()
    }

    /// A party's word that those it binds in a zone were told (LIFE-22).
    pub(super) fn tell(&mut self, zone: u8, party: PartyNo, now: UtcMs) -> Result<(), Refusal> {
        let span = self.spans.get_mut(usize::from(zone)).ok_or(Refusal::Zone)?;
        if !self.parties.contains(&party) {
            return Err(Refusal::Author);
        }
        if now >= span.past {
            return Err(Refusal::State);
        }
        if span.told.contains_key(&party) {
            return Err(Refusal::Repeated);
        }
        span.told.insert(party, now);
        Ok(())
    }

    /// What people of a party say. It is judged when each says it, and is the party's once a quorum of those who count then
    /// said the same (LIFE-4).
    pub(super) fn say(
        &mut self,
        party: PartyNo,
        word: Word,
        by: &BTreeSet<MemberId>,
        (side, now): (&Side, UtcMs),
    ) -> Result<(), Refusal> {
        let by: BTreeSet<MemberId> = by.intersection(&side.approvers).copied().collect();
        if by.is_empty() {
            return Err(Refusal::Quorum);
        }
        self.may_say(party, word, now)?;
        let said = self.words.entry((party, word)).or_default();
        let before = said.len();
        said.extend(by);
        if said.len() == before {
            return Err(Refusal::Repeated);
        }
        if side.reached(said) {
            self.take(party, word, now);
        }
        Ok(())
    }

    /// What was said and is not a quorum's yet.
    pub(super) fn unfinished(&self) -> Vec<(PartyNo, Word, Vec<MemberId>)> {
        let of = |((party, word), by): (&(PartyNo, Word), &BTreeSet<MemberId>)| {
            (*party, *word, by.iter().copied().collect())
        };
        self.words.iter().map(of).collect()
    }

    fn may_say(&self, party: PartyNo, word: Word, now: UtcMs) -> Result<(), Refusal> {
        match word {
            Word::Reaffirmed(until) => self.may_reaffirm(party, until, now),
            Word::Notice { effective, urgent } => {
                self.may_give_notice(Notice { party, effective, urgent }, now)
            }
            Word::NoticeBack => self.notices.contains_key(&party).then_some(()).ok_or(Refusal::NoNotice),
        }
    }

    /// A party's word takes effect, and what others began to say and it ends falls with it.
    fn take(&mut self, party: PartyNo, word: Word, now: UtcMs) {
        let of_notice = |of: &Word| matches!(of, Word::Notice { .. } | Word::NoticeBack);
        match word {
            Word::Reaffirmed(_) => {
                self.words.retain(|(by, of), _| *by != party || of_notice(of));
                self.reaffirm(party, now);
            }
            Word::Notice { effective, urgent } => {
                self.words.retain(|(by, of), _| *by != party && of_notice(of));
                self.notices.insert(party, Notice { party, effective, urgent });
                self.reaffirmed.clear();
            }
            Word::NoticeBack => {
                self.words.retain(|(by, of), _| *by != party || !of_notice(of));
                self.notices.remove(&party);
            }
        }
    }

    /// Whether a party may reaffirm; its people with it (LIFE-24).
    fn may_reaffirm(&self, party: PartyNo, until: UtcMs, now: UtcMs) -> Result<(), Refusal> {
        let renewal = self.terms.renewal.ok_or(Refusal::NotRenewable)?;
        if !self.notices.is_empty() {
            return Err(Refusal::UnderNotice);
        }
        if self.superseded.is_some() {
            return Err(Refusal::BeingSuperseded);
        }
        let next = self.next_end(now).ok_or(Refusal::State)?;
        if plus(now, renewal.window_ms) < next || plus(now, renewal.closes_ms) > next {
            return Err(Refusal::Window);
        }
        if until > LAST_INSTANT || self.renewed_until() != Some(until) {
            return Err(Refusal::Until);
        }
        if self.reaffirmed.contains(&party) { Err(Refusal::Repeated) } else { Ok(()) }
    }

    /// A party's reaffirmation; the last party's puts the end off (LIFE-24).
    fn reaffirm(&mut self, party: PartyNo, now: UtcMs) {
        self.reaffirmed.insert(party);
        if self.reaffirmed == self.parties {
            self.extend(self.terms.renewal.map_or(0, |renewal| renewal.extension_ms), now);
        }
    }

    /// The first instant no longer in effect if every party reaffirms (LIFE-24).
    pub(super) fn renewed_until(&self) -> Option<UtcMs> {
        let last = self.spans.iter().map(|span| span.past).max()?;
        self.terms.renewal.map(|renewal| plus(last, renewal.extension_ms))
    }

    fn extend(&mut self, ms: u64, now: UtcMs) {
        for span in self.spans.iter_mut().filter(|span| span.past > now) {
            span.past = plus(span.past, ms);
        }
        self.reaffirmed.clear();
        self.words.retain(|(_, word), _| !matches!(word, Word::Reaffirmed(_)));
        self.renewals = self.renewals.saturating_add(1);
    }

    /// The earliest instant at which a notice given now may take effect (LIFE-25).
    pub(super) fn earliest(&self, urgent: bool, now: UtcMs) -> Option<UtcMs> {
        let ms = if urgent { self.terms.urgent_ms } else { self.terms.notice_ms };
        ms.map(|ms| plus(now, ms))
    }

    /// Whether a party may give such notice; its people with it (LIFE-25).
    fn may_give_notice(&self, notice: Notice, now: UtcMs) -> Result<(), Refusal> {
        if self.superseded.is_some() {
            return Err(Refusal::BeingSuperseded);
        }
        let earliest = self.earliest(notice.urgent, now).ok_or(Refusal::NoticeNotAllowed)?;
        if notice.effective < earliest {
            return Err(Refusal::TooShort);
        }
        if self.notices.contains_key(&notice.party) { Err(Refusal::Repeated) } else { Ok(()) }
    }

    /// Every party acknowledged another understanding: this one is in effect until that one is, and no longer (LIFE-28).
    pub(super) fn supersede(&mut self, by: Digest, from: UtcMs, now: UtcMs) -> Result<(), Refusal> {
        if self.superseded.is_some() {
            return Err(Refusal::BeingSuperseded);
        }
        if from < now {
            return Err(Refusal::Past);
        }
        for span in self.spans.iter_mut().filter(|span| span.past > now) {
            span.past = from;
        }
        self.notices.clear();
        self.reaffirmed.clear();
        self.words.clear();
        self.superseded = Some((by, from));
        Ok(())
    }
}
