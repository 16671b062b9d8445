//! What people and machines are told of an understanding at an instant.

use super::event::{Digest, Sid};
use super::fold::Life;
use super::force::{Force, Notice, Span, Word};
use super::incident::{Answer, Finding, IncidentId, Outcome};
use super::incidents::{Incident, IncidentWord};
use super::table::State;
use super::terms::plus;
use super::tries::{Closed, Try};
use crate::words::At;
use backchannel_wire::{Beat, MemberId, PartyNo, UtcMs};
use std::collections::{BTreeMap, BTreeSet};

/// One zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneStatus {
    /// The first instant in effect; none while somebody has still to be told, or if there is none any more.
    pub from: Option<UtcMs>,
    /// The first instant no longer in effect.
    pub until: UtcMs,
    /// Whether it is in effect now, for every party.
    pub in_effect: bool,
    /// The parties that have still to confirm that those they bind there were told.
    pub untold: Vec<PartyNo>,
}

/// What became of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It may still come to something; the registry was not seen through its limit.
    Open,
    /// Every party acknowledged in time.
    Settled,
    /// The registry was seen through the limit and somebody had not acknowledged.
    Unacknowledged,
    /// A roster changed first.
    RosterChanged,
    /// A head named it otherwise than another.
    Contradicted,
}

/// One try of the ceremony.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TryStatus {
    /// Its name.
    pub sid: Sid,
    /// Its text.
    pub digest: Digest,
    /// When it expires.
    pub expiry: UtcMs,
    /// The last beat in which an acknowledgement counts.
    pub limit: Beat,
    /// What became of it.
    pub fate: Fate,
    /// Whose deposits lie with the depositary, as far as this record shows.
    pub deposited: Vec<PartyNo>,
    /// The depositary said that it destroyed them.
    pub destroyed: bool,
    /// The date of the certificate, if a release was seen in the registry or told in caucus.
    pub released: Option<UtcMs>,
    /// Who acknowledged.
    pub acknowledged: Vec<PartyNo>,
}

/// One incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentStatus {
    /// Its name.
    pub id: IncidentId,
    /// Who opened it.
    pub by: PartyNo,
    /// Whose act it was: the same, if the party reported itself.
    pub of: PartyNo,
    /// The instant of the fact.
    pub occurred: UtcMs,
    /// The clause it concerns, by its key.
    pub clause: Option<String>,
    /// When its opening was sealed.
    pub opened: UtcMs,
    /// By when it is to be explained.
    pub answer_due: UtcMs,
    /// Until when it puts the understanding in question at most.
    pub until: UtcMs,
    /// How it was explained, whether with an offer to make it good, and when.
    pub clarified: Option<(Answer, bool, UtcMs)>,
    /// Who contests it.
    pub contested: Vec<PartyNo>,
    /// What each party itself finds.
    pub views: BTreeMap<PartyNo, Finding>,
    /// What each party would have found together.
    pub found: BTreeMap<PartyNo, Finding>,
    /// What all found together.
    pub joint: Option<Finding>,
    /// How and when it ended, if it has.
    pub outcome: Option<(Outcome, UtcMs)>,
    /// What some of a party's people said and its quorum not yet, and who said it.
    pub unfinished: Vec<(PartyNo, IncidentWord, Vec<MemberId>)>,
}

/// The status of an understanding at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The instant.
    pub at: At,
    /// Where it stands; none before anything is on record.
    pub state: Option<State>,
    /// The number of the version frozen last.
    pub version: Option<u32>,
    /// The text in force, else the one of the last ceremony, else the one frozen.
    pub digest: Option<Digest>,
    /// Whether it is in effect, for every party: never for some (LIFE-30).
    pub in_effect: bool,
    /// Its end has come and is not certain yet: an incident opened before it may still be on its way (INCIDENT-4).
    pub ending: bool,
    /// The first instant in effect, once it is known.
    pub from: Option<UtcMs>,
    /// The first instant no longer in effect, as far as is known.
    pub until: Option<UtcMs>,
    /// Its zones, in the order of the terms.
    pub zones: Vec<ZoneStatus>,
    /// Who approved the frozen version.
    pub approvals: BTreeMap<PartyNo, BTreeSet<MemberId>>,
    /// How many comments came.
    pub comments: u32,
    /// Every try, in the order of names.
    pub tries: Vec<TryStatus>,
    /// An artefact was released and nothing is in effect through it, nor will be: signed, not in effect (LIFE-18).
    pub signed_only: bool,
    /// How often it was renewed.
    pub renewals: u32,
    /// Who reaffirmed since the last renewal: without the others it does nothing, but it is shown.
    pub reaffirmed: Vec<PartyNo>,
    /// Who has not, if the terms know renewal.
    pub unaffirmed: Vec<PartyNo>,
    /// What a reaffirmation names as its end, if one may be given.
    pub renewed_until: Option<UtcMs>,
    /// Notices that stand.
    pub notices: Vec<Notice>,
    /// What some of a party's people said and its quorum not yet, and who said it.
    pub unfinished: Vec<(PartyNo, Word, Vec<MemberId>)>,
    /// The text that takes its place, and from when.
    pub superseded_by: Option<(Digest, UtcMs)>,
    /// Whether the terms allow notice, and when one given now would take effect; then the same on urgent grounds.
    pub earliest_notice: (Option<UtcMs>, Option<UtcMs>),
    /// The lead times of its reminders, in milliseconds.
    pub remind_before_ms: Vec<u64>,
    /// The end that comes first among its zones.
    pub next_end: Option<UtcMs>,
    /// The end as the terms or a notice give it, if the brake holds it back.
    pub held: Option<UtcMs>,
    /// Until when it binds nobody, as all agreed over an incident.
    pub suspended_until: Option<UtcMs>,
    /// Its incidents, in the order of their opening.
    pub incidents: Vec<IncidentStatus>,
}

impl Life {
    /// The status at an instant that is not before the events taken; `at` names the last beat seen whole.
    pub fn status(&self, at: At) -> Status {
        let state = self.state(Some(at.beat), at.utc);
        let tries: Vec<_> =
            self.tries.iter().map(|(sid, found)| self.try_status(*sid, found, at.beat)).collect();
        let released = |found: &TryStatus| found.released.is_some() && found.fate != Fate::Open;
        let tried = self.tries.latest().map(|(_, latest)| latest.digest);
        let mut status = Status {
            at,
            state,
            version: (self.drafting.version > 0).then_some(self.drafting.version),
            digest: tried.or(self.drafting.digest),
            in_effect: matches!(state, Some(State::InEffect | State::Renewed | State::InQuestion)),
            ending: false,
            from: None,
            until: None,
            zones: Vec::new(),
            approvals: self.drafting.approvals.clone(),
            comments: self.drafting.comments,
            signed_only: self.force.is_none() && tries.iter().any(released),
            tries,
            renewals: 0,
            reaffirmed: Vec::new(),
            unaffirmed: Vec::new(),
            renewed_until: None,
            notices: Vec::new(),
            unfinished: Vec::new(),
            superseded_by: None,
            earliest_notice: (None, None),
            remind_before_ms: Vec::new(),
            next_end: None,
            held: None,
            suspended_until: None,
            incidents: Vec::new(),
        };
        if let Some(force) = &self.force {
            tell_force(force, &mut status);
        }
        status
    }

    fn try_status(&self, sid: Sid, found: &Try, seen: Beat) -> TryStatus {
        let custody = self.drafting.custody.get(&sid).cloned().unwrap_or_default();
        let of = |force: &Force| (force.sid, force.digest) == (sid, found.digest);
        let settled = self.force.as_ref().is_some_and(of);
        let fate = match () {
            () if settled => Fate::Settled,
            () if found.closed == Some(Closed::Roster) => Fate::RosterChanged,
            () if found.closed.is_some() => Fate::Contradicted,
            () if found.open(Some(seen)) => Fate::Open,
            () => Fate::Unacknowledged,
        };
        TryStatus {
            sid,
            digest: found.digest,
            expiry: found.expiry,
            limit: found.limit,
            fate,
            deposited: custody.deposits.into_iter().collect(),
            destroyed: custody.destroyed,
            released: found.released.or(custody.released),
            acknowledged: found.acknowledged.iter().copied().collect(),
        }
    }
}

fn tell_force(force: &Force, status: &mut Status) {
    let whole = force.whole();
    let now = status.at.utc;
    status.digest = Some(force.digest);
    (status.from, status.until) = (whole.from, Some(whole.until));
    let over = now >= whole.until;
    status.ending = over && status.in_effect;
    status.held = whole.held_back();
    status.zones = force.spans.iter().map(|span| zone_status(force, span, whole.until, status)).collect();
    status.renewals = force.renewals;
    status.notices = force.notices.values().copied().collect();
    status.unfinished = force.unfinished();
    status.superseded_by = force.superseded;
    status.reaffirmed = force.reaffirmed.iter().map(|(party, ())| party).collect();
    let renews = !over && force.superseded.is_none() && force.notices.is_empty();
    if let Some(renewed) = force.renewed_until().filter(|_| renews) {
        status.renewed_until = Some(renewed);
        let missing = |party: &PartyNo| force.reaffirmed.get(*party).is_none();
        status.unaffirmed = force.parties().filter(missing).collect();
    }
    if !over && force.superseded.is_none() {
        status.earliest_notice = (force.earliest(false, now), force.earliest(true, now));
    }
    status.remind_before_ms.clone_from(&force.terms.remind_before_ms);
    status.next_end = force.next_end(now).map(|end| end.min(whole.until)).filter(|_| !over);
    status.suspended_until = force.incidents.suspended().filter(|until| now < *until);
    let incidents = force.incidents.all.iter().map(|(id, one)| incident_status(force, *id, one, now));
    status.incidents = incidents.collect();
    status.incidents.sort_by_key(|one| (one.opened, one.id));
}

fn zone_status(force: &Force, span: &Span, until: UtcMs, status: &Status) -> ZoneStatus {
    let past = force.past(span).min(until);
    let from = force.first(span).filter(|from| *from < past);
    let now = status.at.utc;
    let missing = |party: &PartyNo| force.terms.told && !span.told.contains_key(party);
    // A zone that ends with the whole is in effect as long as that is.
    let over = past < until && force.is_over(span, now, Some(status.at.beat));
    ZoneStatus {
        from,
        until: past,
        in_effect: status.in_effect && from.is_some_and(|from| from <= now) && !over,
        untold: force.parties().filter(missing).collect(),
    }
}

fn incident_status(force: &Force, id: IncidentId, one: &Incident, now: UtcMs) -> IncidentStatus {
    let unfinished =
        one.words.iter().map(|((party, word), by)| (*party, *word, by.iter().copied().collect()));
    IncidentStatus {
        id,
        by: one.by,
        of: one.of,
        occurred: one.occurred,
        clause: one.clause.clone(),
        opened: one.opened.1,
        answer_due: plus(one.opened.1, force.terms.reply_ms),
        until: one.until(force.terms.brake_ms),
        clarified: one.clarified,
        contested: one.contested.iter().map(|(party, ())| party).collect(),
        views: one.views.iter().collect(),
        found: one.found.iter().collect(),
        joint: one.joint(force.all_parties()),
        outcome: force.outcome(one, now),
        unfinished: unfinished.collect(),
    }
}
