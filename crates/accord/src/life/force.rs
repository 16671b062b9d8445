//! An understanding that every party acknowledged: what is in effect when, for all of them alike or for none (LIFE-30).

use super::beats::Beats;
use super::by_party::ByParty;
use super::event::{Digest, Sid};
use super::incident::{IncidentAct, IncidentId, Outcome};
use super::incidents::{Incident, Incidents, Speaker};
use super::refusal::Refusal;
use super::sides::Side;
use super::table::State;
use super::terms::{Terms, plus};
use crate::limits::LAST_INSTANT;
use backchannel_wire::{Beat, MemberId, PartyNo, UtcMs};
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
    InQuestion,
    Suspended,
    Over(State),
}

/// From when until when something is in effect somewhere, and the end the terms or a notice gave before the brake held it back;
/// none for an end that nothing holds back.
pub(super) struct Whole {
    pub(super) from: Option<UtcMs>,
    pub(super) until: UtcMs,
    given: Option<UtcMs>,
}

impl Whole {
    /// The end that the brake holds back.
    pub(super) fn held_back(&self) -> Option<UtcMs> {
        self.given.filter(|given| *given < self.until)
    }
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
    pub(super) reaffirmed: ByParty<()>,
    pub(super) notices: BTreeMap<PartyNo, Notice>,
    pub(super) superseded: Option<(Digest, UtcMs)>,
    pub(super) incidents: Incidents,
    /// When each notice that stands was complete.
    given: BTreeMap<PartyNo, UtcMs>,
    beats: Beats,
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
        (settled, beats): (UtcMs, Beats),
    ) -> Self {
        let span = |zone: &super::terms::Zone| Span {
            entry: zone.first(settled),
            past: zone.past(settled),
            told: BTreeMap::new(),
        };
        let spans = terms.zones.iter().map(span).collect();
        Self {
            sid,
            digest,
            terms,
            parties,
            spans,
            renewals: 0,
            reaffirmed: ByParty::new(),
            notices: BTreeMap::new(),
            superseded: None,
            incidents: Incidents::default(),
            given: BTreeMap::new(),
            beats,
            words: BTreeMap::new(),
        }
    }

    /// The first instant in effect in a zone; none while somebody has still to be told (LIFE-21, LIFE-22).
    pub(super) fn first(&self, span: &Span) -> Option<UtcMs> {
        if !self.terms.told {
            return Some(span.entry);
        }
        let all = self.parties.iter().all(|party| span.told.contains_key(party));
        all.then(|| span.told.values().copied().fold(span.entry, UtcMs::max))
    }

    /// The first instant no longer in effect in a zone, held back by the brake; another understanding's place is not
    /// (LIFE-28, INCIDENT-4).
    pub(super) fn past(&self, span: &Span) -> UtcMs {
        if self.superseded.is_some() { span.past } else { self.held(span.past) }
    }

    fn held(&self, end: UtcMs) -> UtcMs {
        self.incidents.held(end, &self.terms, &self.beats)
    }

    /// When a notice takes effect: on urgent grounds when it says, else not while the brake holds it back.
    fn cut(&self) -> Option<(UtcMs, Option<UtcMs>)> {
        let of = |notice: &Notice| match notice.urgent {
            true => (notice.effective, None),
            false => (self.held(notice.effective), Some(notice.effective)),
        };
        self.notices.values().map(of).min()
    }

    /// From when and, by what is known, until when something is in effect somewhere. The end is the first instant
    /// without effect, and is known even if nobody was ever told.
    pub(super) fn whole(&self) -> Whole {
        let live = |span: &Span| self.first(span).filter(|first| *first < self.past(span));
        let from = self.spans.iter().filter_map(live).min();
        // There is no hole between them: the terms leave none (LIFE-26), and a confirmation that comes when all the others
        // are over is refused.
        let lasting = self.spans.iter().filter(|span| from.is_none() || live(span).is_some());
        let by_terms = lasting.map(|span| (self.past(span), span.past)).max().unwrap_or_default();
        let holdable = self.superseded.is_none().then_some(by_terms.1);
        match self.cut().filter(|(cut, _)| *cut < by_terms.0) {
            Some((until, given)) => Whole { from: from.filter(|from| *from < until), until, given },
            None => Whole { from, until: by_terms.0, given: holdable },
        }
    }

    /// What an instant finds, once the registry was seen through a beat: an end is certain once nothing that holds it back can
    /// come any more (LIFE-23, LIFE-30, INCIDENT-4).
    pub(super) fn phase(&self, now: UtcMs, seen: Option<Beat>) -> Phase {
        let whole = self.whole();
        if now >= whole.until && whole.given.is_none_or(|given| self.is_certain(given, seen)) {
            return Phase::Over(self.cause(whole.until));
        }
        if whole.from.is_none_or(|from| now < from) {
            // What never began ends when it ends: there is nothing to hold back.
            let over = now >= whole.until;
            return if over { Phase::Over(self.cause(whole.until)) } else { Phase::Waiting };
        }
        match () {
            () if self.incidents.suspended().is_some_and(|until| now < until) => Phase::Suspended,
            () if self.incidents.question(now, &self.terms) => Phase::InQuestion,
            () => Phase::InEffect,
        }
    }

    fn is_certain(&self, given: UtcMs, seen: Option<Beat>) -> bool {
        self.beats.is_past(given, self.terms.grace_beats, seen)
    }

    /// Whether a zone's time is over.
    pub(super) fn is_over(&self, span: &Span, now: UtcMs, seen: Option<Beat>) -> bool {
        now >= self.past(span) && (self.superseded.is_some() || self.is_certain(span.past, seen))
    }

    fn cause(&self, end: UtcMs) -> State {
        let natural = self.spans.iter().map(|span| self.past(span)).max().unwrap_or_default();
        if self.superseded.is_some() {
            State::Superseded
        } else if end < natural && self.cut().is_some_and(|(cut, _)| cut == end) {
            State::Withdrawn
        } else {
            State::Lapsed
        }
    }

    /// How an incident ended, if it has.
    pub(super) fn outcome(&self, one: &Incident, now: UtcMs) -> Option<(Outcome, UtcMs)> {
        let ran_out = one.until(self.terms.brake_ms);
        if one.closed.is_some() || now < ran_out {
            return one.closed;
        }
        let meanwhile = |given: &UtcMs| (one.opened.1..ran_out).contains(given);
        let denounced = self.given.values().any(meanwhile);
        Some((if denounced { Outcome::Denounced } else { Outcome::Unresolved }, ran_out))
    }

    /// Something is done about an incident (INCIDENT-2, INCIDENT-5 to INCIDENT-7).
    pub(super) fn incident(
        &mut self,
        id: IncidentId,
        act: &IncidentAct,
        by: Speaker<'_>,
    ) -> Result<(), Refusal> {
        if let IncidentAct::Opened { of, occurred, clause } = act {
            self.may_open(*of, *occurred, by)?;
            return self.incidents.open(id, (*of, *occurred, clause), by);
        }
        self.incidents.say(&id, act, &self.parties, by)
    }

    /// A complaint is timely, and about something that was in effect when it happened; who reports itself is never late.
    fn may_open(&self, of: PartyNo, occurred: UtcMs, by: Speaker<'_>) -> Result<(), Refusal> {
        if !self.parties.contains(&of) {
            return Err(Refusal::Author);
        }
        let whole = self.whole();
        let within = whole.from.is_some_and(|from| from <= occurred) && occurred < whole.until;
        if !within || occurred > by.now {
            return Err(Refusal::Occurred);
        }
        let window = Some(self.terms.complaint_ms).filter(|ms| *ms > 0 && of != by.party);
        let last = window.map(|ms| plus(occurred, ms.saturating_add(1)));
        let timely = |last: UtcMs| self.beats.timely(last, self.terms.grace_beats, (by.beat, by.now));
        if last.is_none_or(timely) { Ok(()) } else { Err(Refusal::ComplaintLate) }
    }

    /// The parties bound, all or none.
    pub(super) fn parties(&self) -> impl Iterator<Item = PartyNo> {
        self.parties.iter().copied()
    }

    /// The end that comes first among the zones whose time is not over.
    pub(super) fn next_end(&self, now: UtcMs) -> Option<UtcMs> {
        self.spans.iter().map(|span| self.past(span)).filter(|past| *past > now).min()
    }

    /// Whether its end has come, certain or not: nothing but an incident is taken then.
    pub(super) fn is_ending(&self, now: UtcMs) -> bool {
        now >= self.whole().until
    }

    /// Every party.
    pub(super) fn all_parties(&self) -> &BTreeSet<PartyNo> {
        &self.parties
    }

    /// A party's word that those it binds in a zone were told (LIFE-22).
    pub(super) fn tell(&mut self, zone: u8, party: PartyNo, now: UtcMs) -> Result<(), Refusal> {
        let past = self.spans.get(usize::from(zone)).map(|span| self.past(span)).ok_or(Refusal::Zone)?;
        let span = self.spans.get_mut(usize::from(zone)).ok_or(Refusal::Zone)?;
        if !self.parties.contains(&party) {
            return Err(Refusal::Author);
        }
        if now >= past {
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
        side.anybody(by)?;
        self.may_say(party, word, now)?;
        if side.join(&mut self.words, (party, word), by)? {
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
                self.given.insert(party, now);
                self.reaffirmed.clear();
            }
            Word::NoticeBack => {
                self.words.retain(|(by, of), _| *by != party || !of_notice(of));
                self.notices.remove(&party);
                self.given.remove(&party);
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
        if self.reaffirmed.get(party).is_some() { Err(Refusal::Repeated) } else { Ok(()) }
    }

    /// A party's reaffirmation; the last party's puts the end off (LIFE-24).
    fn reaffirm(&mut self, party: PartyNo, now: UtcMs) {
        self.reaffirmed.insert(party, ());
        if self.parties.iter().all(|party| self.reaffirmed.get(*party).is_some()) {
            self.extend(self.terms.renewal.map_or(0, |renewal| renewal.extension_ms), now);
        }
    }

    /// The first instant no longer in effect if every party reaffirms (LIFE-24).
    pub(super) fn renewed_until(&self) -> Option<UtcMs> {
        let last = self.spans.iter().map(|span| span.past).max()?;
        self.terms.renewal.map(|renewal| plus(last, renewal.extension_ms))
    }

    /// Moves the ends of the zones whose time is not over.
    fn move_ends(&mut self, now: UtcMs, to: impl Fn(UtcMs) -> UtcMs) {
        for at in 0..self.spans.len() {
            if self.past(&self.spans[at]) > now {
                self.spans[at].past = to(self.spans[at].past);
            }
        }
    }

    fn extend(&mut self, ms: u64, now: UtcMs) {
        self.move_ends(now, |past| plus(past, ms));
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
        self.move_ends(now, |_| from);
        self.notices.clear();
        self.given.clear();
        self.reaffirmed.clear();
        self.words.clear();
        self.superseded = Some((by, from));
        Ok(())
    }
}
