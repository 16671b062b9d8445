//! The incidents of an understanding in force, and how long each holds the brake.

use super::beats::Beats;
use super::by_party::ByParty;
use super::incident::{Agreed, Answer, Finding, IncidentAct, IncidentId, Outcome};
use super::refusal::Refusal;
use super::sides::Side;
use super::terms::{Terms, plus};
use crate::limits::{INCIDENTS_OF_PARTY_MAX, INCIDENTS_SPAN_MS};
use backchannel_wire::{Beat, MemberId, PartyNo, UtcMs};
use std::collections::{BTreeMap, BTreeSet};

/// What people of a party say of an incident that counts with the last of a quorum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IncidentWord {
    /// They take part in this joint finding.
    Found(Finding),
    /// They would close it so.
    Settled(Agreed),
    /// They take it back.
    Dropped,
}

/// One incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// Who opened it.
    pub by: PartyNo,
    /// Whose act it was: the same, if the party reported itself.
    pub of: PartyNo,
    /// The instant of the fact.
    pub occurred: UtcMs,
    /// The clause it concerns.
    pub clause: Option<String>,
    /// The beat that sealed its opening, and its instant.
    pub opened: (Beat, UtcMs),
    /// How the party whose act it was explains it, whether it offers to make it good, and since when.
    pub clarified: Option<(Answer, bool, UtcMs)>,
    /// Who contests it.
    pub contested: ByParty<()>,
    /// What each party itself finds.
    pub views: ByParty<Finding>,
    /// What each party would have found together.
    pub found: ByParty<Finding>,
    /// How each party would close it.
    pub settled: ByParty<Agreed>,
    /// What some of a party's people said and its quorum not yet.
    pub words: BTreeMap<(PartyNo, IncidentWord), BTreeSet<MemberId>>,
    /// How and when it ended, other than by time.
    pub closed: Option<(Outcome, UtcMs)>,
}

impl Incident {
    /// Until when it puts the understanding in question.
    pub(super) fn until(&self, brake_ms: u64) -> UtcMs {
        let ends = plus(self.opened.1, brake_ms);
        self.closed.map_or(ends, |(_, closed)| closed.min(ends))
    }

    /// The finding all parties share; what each itself finds stands beside it (INCIDENT-6).
    pub fn joint(&self, parties: &BTreeSet<PartyNo>) -> Option<Finding> {
        let (_, first) = self.found.iter().next()?;
        let all = parties.iter().all(|party| self.found.get(*party) == Some(first));
        all.then_some(first)
    }

    fn is_open(&self) -> bool {
        self.closed.is_none()
    }
}

/// Every incident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Incidents {
    pub(super) all: BTreeMap<IncidentId, Incident>,
}

/// Who says something of an incident, by which roster, where and when.
#[derive(Clone, Copy)]
pub(super) struct Speaker<'a> {
    pub(super) party: PartyNo,
    pub(super) side: &'a Side,
    pub(super) beat: Beat,
    pub(super) now: UtcMs,
}

impl Incidents {
    /// An end that comes at an instant by the terms is put off to where the questions end that were opened before it, or so
    /// late that only the relay can be at fault. Those opened later move it no further: nobody is bound for ever
    /// (INCIDENT-4).
    pub(super) fn held(&self, end: UtcMs, terms: &Terms, beats: &Beats) -> UtcMs {
        let until = |one: &Incident| one.until(terms.brake_ms);
        // Most are over by then, and need no second look.
        let late = self.all.values().filter(|one| until(one) > end);
        let before = late.filter(|one| beats.timely(end, terms.grace_beats, one.opened));
        before.map(until).fold(end, UtcMs::max)
    }

    /// Whether the understanding is in question at an instant (INCIDENT-3).
    pub(super) fn question(&self, now: UtcMs, terms: &Terms) -> bool {
        self.all.values().any(|one| now < one.until(terms.brake_ms))
    }

    /// Until when all agreed over some incident that the understanding binds nobody, which may be past (INCIDENT-7).
    pub(super) fn suspended(&self) -> Option<UtcMs> {
        let of = |one: &Incident| match one.closed {
            Some((Outcome::Agreed(Agreed::Suspended(until)), _)) => Some(until),
            _ => None,
        };
        self.all.values().filter_map(of).max()
    }

    /// How many incidents a party opened within a year up to now (INCIDENT-9).
    fn opened_lately(&self, by: &Speaker<'_>) -> usize {
        let counts = |one: &&Incident| one.by == by.party && plus(one.opened.1, INCIDENTS_SPAN_MS) > by.now;
        self.all.values().filter(counts).count()
    }

    /// A party opens an incident; one of its people is enough (INCIDENT-1, INCIDENT-2).
    pub(super) fn open(
        &mut self,
        id: IncidentId,
        (of, occurred, clause): (PartyNo, UtcMs, &Option<String>),
        by: Speaker<'_>,
    ) -> Result<(), Refusal> {
        if self.all.contains_key(&id) {
            return Err(Refusal::Repeated);
        }
        if self.opened_lately(&by) >= INCIDENTS_OF_PARTY_MAX {
            return Err(Refusal::TooOften);
        }
        let incident = Incident {
            by: by.party,
            of,
            occurred,
            clause: clause.clone(),
            opened: (by.beat, by.now),
            clarified: None,
            contested: ByParty::new(),
            views: ByParty::new(),
            found: ByParty::new(),
            settled: ByParty::new(),
            words: BTreeMap::new(),
            closed: None,
        };
        self.all.insert(id, incident);
        Ok(())
    }

    /// What is said of an incident that is open (INCIDENT-5 to INCIDENT-7).
    pub(super) fn say(
        &mut self,
        id: &IncidentId,
        act: &IncidentAct,
        parties: &BTreeSet<PartyNo>,
        by: Speaker<'_>,
    ) -> Result<(), Refusal> {
        let one = self.all.get_mut(id).ok_or(Refusal::UnknownIncident)?;
        match act {
            IncidentAct::Opened { .. } => Err(Refusal::Repeated),
            IncidentAct::Clarified { answer, remedy } => one.clarify(*answer, *remedy, by),
            IncidentAct::Contested => match one.contested.insert(by.party, ()) {
                None => Ok(()),
                Some(()) => Err(Refusal::Repeated),
            },
            IncidentAct::Viewed(finding) => {
                let before = one.views.insert(by.party, *finding);
                if before == Some(*finding) { Err(Refusal::Repeated) } else { Ok(()) }
            }
            IncidentAct::Found { finding, by: people } => {
                one.word(IncidentWord::Found(*finding), people, parties, by)
            }
            IncidentAct::Settled { agreed, by: people } => {
                one.word(IncidentWord::Settled(*agreed), people, parties, by)
            }
            IncidentAct::Dropped { by: people } => one.word(IncidentWord::Dropped, people, parties, by),
        }
    }
}

impl Incident {
    fn clarify(&mut self, answer: Answer, remedy: bool, by: Speaker<'_>) -> Result<(), Refusal> {
        if by.party != self.of {
            return Err(Refusal::NotTheirs);
        }
        if self.clarified.is_some_and(|(before, offered, _)| (before, offered) == (answer, remedy)) {
            return Err(Refusal::Repeated);
        }
        self.clarified = Some((answer, remedy, by.now));
        Ok(())
    }

    /// Whether a party may say it; its people with it.
    fn may_say(&self, word: IncidentWord, by: Speaker<'_>) -> Result<(), Refusal> {
        let suspended = matches!(self.closed, Some((Outcome::Agreed(Agreed::Suspended(_)), _)));
        match word {
            IncidentWord::Found(finding) if self.found.get(by.party) == Some(finding) => {
                Err(Refusal::Repeated)
            }
            IncidentWord::Found(_) => Ok(()),
            // What was suspended together is taken up again together.
            IncidentWord::Settled(Agreed::Suspended(_)) if suspended => Err(Refusal::Closed),
            IncidentWord::Settled(_) if !self.is_open() && !suspended => Err(Refusal::Closed),
            IncidentWord::Settled(Agreed::Suspended(until)) if until <= by.now => Err(Refusal::Past),
            IncidentWord::Settled(agreed) if self.settled.get(by.party) == Some(agreed) => {
                Err(Refusal::Repeated)
            }
            IncidentWord::Settled(_) => Ok(()),
            IncidentWord::Dropped if by.party != self.by => Err(Refusal::NotTheirs),
            IncidentWord::Dropped if !self.is_open() => Err(Refusal::Closed),
            IncidentWord::Dropped => Ok(()),
        }
    }

    fn word(
        &mut self,
        word: IncidentWord,
        people: &BTreeSet<MemberId>,
        parties: &BTreeSet<PartyNo>,
        by: Speaker<'_>,
    ) -> Result<(), Refusal> {
        by.side.anybody(people)?;
        self.may_say(word, by)?;
        if by.side.join(&mut self.words, (by.party, word), people)? {
            self.take(word, parties, by);
        }
        Ok(())
    }

    /// A party's word takes effect; others it began to say of the same kind fall.
    fn take(&mut self, word: IncidentWord, parties: &BTreeSet<PartyNo>, by: Speaker<'_>) {
        let kind = std::mem::discriminant(&word);
        self.words.retain(|(party, other), _| *party != by.party || std::mem::discriminant(other) != kind);
        let outcome = match word {
            IncidentWord::Found(finding) => {
                self.found.insert(by.party, finding);
                None
            }
            IncidentWord::Settled(agreed) => {
                self.settled.insert(by.party, agreed);
                let all = parties.iter().all(|party| self.settled.get(*party) == Some(agreed));
                all.then_some(Outcome::Agreed(agreed))
            }
            IncidentWord::Dropped => Some(Outcome::Dropped),
        };
        if let Some(outcome) = outcome {
            // What it held back it holds back no longer, whatever is agreed of it later.
            let at = self.closed.map_or(by.now, |(_, at)| at);
            self.closed = Some((outcome, at));
            self.settled.clear();
        }
    }
}
