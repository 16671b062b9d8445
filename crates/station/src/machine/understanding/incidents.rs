//! What people do about incidents, and the clock in which one is to be explained (docs/spec/incidents.md).

use super::item::{About, Deed, UnderstandingId};
use super::requests::refused;
use super::sentences::{brief, brief_incident};
use super::show::time;
use crate::api::{ErrorKind, Failure, Request};
use crate::limits::ID_DIGITS_MIN;
use crate::machine::{Machine, Told};
use backchannel_accord::life::{
    Agreed, Answer, Established, Finding, IncidentId, IncidentStatus, IncidentWord, Intent, Kind, Outcome,
    Status, permits,
};
use backchannel_accord::limits::{INCIDENTS_OF_PARTY_MAX, INCIDENTS_SPAN_MS};
use backchannel_accord::time::{parse_rfc3339, rfc3339};
use backchannel_wire::ids::hex;
use backchannel_wire::{PartyNo, UtcMs};
use rand_core::RngCore;
use serde_json::{Value, json};

impl Machine {
    /// Says what a person does about an incident (INCIDENT-5 to INCIDENT-7).
    pub(super) fn incident_said(&mut self, request: Request) -> Result<Value, Failure> {
        match request {
            Request::IncidentClarify { id, answer, remedy } => {
                let answer = Answer::named(&answer)
                    .ok_or_else(|| one_of("explanation", &Answer::ALL.map(Answer::name)))?;
                self.about(&id, &About::Clarified(answer, remedy))
            }
            Request::IncidentFind { id, established, intent, own } => {
                let finding = finding(&established, &intent)?;
                let about = if own { About::Viewed(finding) } else { About::Found(finding) };
                self.about(&id, &about)
            }
            Request::IncidentClose { id, outcome, until } => {
                let about = closing(&outcome, until.as_deref())?;
                self.about(&id, &about)
            }
            Request::IncidentContest { id } => self.about(&id, &About::Contested),
            _ => Err(one_of("command about an incident", &["open", "contest", "find", "close", "list"])),
        }
    }

    /// Opens an incident: one head or principal does, and waits for nobody (INCIDENT-1).
    pub(super) fn incident_open(
        &mut self,
        id: &str,
        of: Option<&str>,
        at: &str,
        clause: Option<String>,
        not_urgent: bool,
    ) -> Result<Value, Failure> {
        let registry = self.deciding_room()?;
        let id = self.named(id)?;
        let status = self.permitted(id, Kind::IncidentOpened, "put in question")?;
        let occurred = instant(at)?;
        let now = self.present().utc;
        if occurred > now {
            return Err(refused(
                "That instant has not come yet (INCIDENT-2).",
                "Give the instant of the fact, in UTC, such as 2026-12-01T06:00:00Z.",
            ));
        }
        if status.from.is_none_or(|from| occurred < from) {
            return Err(refused(
                "Nothing was in effect at that instant (INCIDENT-2).",
                "A complaint is about something that happened while the understanding was in effect.",
            ));
        }
        let of = self.accused(id, of)?;
        self.known_clause(id, &status, clause.as_deref())?;
        self.has_incidents_left(id, &status)?;
        let mut name: IncidentId = [0; 16];
        self.rng.fill_bytes(&mut name);
        let about = About::Opened { of, occurred, clause };
        let opens = match not_urgent {
            true => Some(self.open_later(id, &status, (name, occurred), &about)?),
            false => None,
        };
        if opens.is_none() {
            self.say_in(&[registry], id, &Deed::Incident(name, about));
        }
        Ok(json!({
            "v": 1, "id": hex(&name), "understanding": id.to_hex(), "of": self.me.label(of),
            "occurred": rfc3339(occurred), "opens": time(opens),
        }))
    }

    /// Whether this side may open one more incident about it (INCIDENT-9); those that wait for a set time count as opened.
    pub(super) fn has_incidents_left(&self, id: UnderstandingId, status: &Status) -> Result<(), Failure> {
        let (now, mine) = (self.present().utc, self.me.party());
        let counts =
            |one: &&IncidentStatus| one.by == mine && one.opened.0.saturating_add(INCIDENTS_SPAN_MS) > now.0;
        let opened = status.incidents.iter().filter(counts).count() + self.waiting_for(id);
        if opened < INCIDENTS_OF_PARTY_MAX {
            return Ok(());
        }
        Err(refused(
            format!("Your side has opened {opened} incidents about it within a year (INCIDENT-9)."),
            "Say it in a dispatch; the oldest counts for a year from its opening.",
        ))
    }

    /// Whose act it was, by a name; the one other party of the text if there is only one.
    fn accused(&self, id: UnderstandingId, of: Option<&str>) -> Result<PartyNo, Failure> {
        let parties: Vec<PartyNo> = self
            .kept(id)?
            .shape()
            .map(|outline| outline.parties.keys().copied().collect())
            .unwrap_or_default();
        let others: Vec<PartyNo> =
            parties.iter().copied().filter(|party| *party != self.me.party()).collect();
        let found = match (of, others.as_slice()) {
            (Some("self"), _) => Some(self.me.party()),
            (Some(name), _) => self.me.party_named(name).filter(|party| parties.contains(party)),
            (None, [other]) => Some(*other),
            (None, _) => None,
        };
        found.ok_or_else(|| {
            let names: Vec<String> = others.iter().map(|party| self.me.label(*party)).collect();
            let hint =
                format!("Give one of these with --of: {}, or `self` to report oneself.", names.join(", "));
            Failure::new(ErrorKind::Usage, "It is not said whose act it was.", hint)
        })
    }

    fn known_clause(
        &self,
        id: UnderstandingId,
        status: &Status,
        clause: Option<&str>,
    ) -> Result<(), Failure> {
        let (Some(clause), Some(version)) = (clause, self.understandings.book.version_of(id, status)) else {
            return Ok(());
        };
        let Some(frozen) = version.frozen.as_ref() else { return Ok(()) };
        let keys: Vec<String> = frozen.text().clauses.iter().map(|clause| clause.id.to_string()).collect();
        if keys.iter().any(|key| key == clause) {
            return Ok(());
        }
        let hint = format!("Its clauses are: {}.", keys.join(", "));
        Err(Failure::new(ErrorKind::NotFound, "The text has no clause of that name.", hint))
    }

    /// Says something about an incident that is on record.
    fn about(&mut self, name: &str, about: &About) -> Result<Value, Failure> {
        let registry = self.deciding_room()?;
        let (id, incident, status) = self.incident_named(name)?;
        if !permits(Kind::IncidentAnswered, status.state) {
            return Err(refused(
                "The understanding is not in force any more: its incidents are what they are (LIFE-3).",
                "See `backchannel incident list`.",
            ));
        }
        self.may_be_said(&incident, about)?;
        self.say_in(&[registry], id, &Deed::Incident(incident.id, about.clone()));
        Ok(json!({ "v": 1, "id": hex(&incident.id), "understanding": id.to_hex() }))
    }

    /// What would be refused is refused before it is said.
    fn may_be_said(&self, one: &IncidentStatus, about: &About) -> Result<(), Failure> {
        let mine = self.me.party();
        let closed = one.outcome.filter(|(outcome, _)| {
            matches!(outcome, Outcome::Agreed(Agreed::Reaffirmed | Agreed::Remedied) | Outcome::Dropped)
        });
        let (refuse, what, hint) = match about {
            About::Clarified(..) if one.of != mine => (
                true,
                "It is for the party whose act it was to explain it (INCIDENT-5).",
                "`incident contest` or `incident find` say what this side makes of it.",
            ),
            About::Dropped if one.by != mine => (
                true,
                "Only who opened it takes it back (INCIDENT-7).",
                "`incident close --as reaffirmed` closes it together with the others.",
            ),
            About::Settled(_) | About::Dropped if closed.is_some() => {
                (true, "The incident is closed (INCIDENT-7).", "See `backchannel incident list`.")
            }
            About::Settled(Agreed::Suspended(until)) if *until <= self.present().utc => {
                (true, "That instant has passed (INCIDENT-7).", "Suspend until an instant to come.")
            }
            _ => (false, "", ""),
        };
        if refuse { Err(refused(what, hint)) } else { Ok(()) }
    }

    /// The incident of a name, or of an unambiguous beginning of it.
    fn incident_named(&self, text: &str) -> Result<(UnderstandingId, IncidentStatus, Status), Failure> {
        let text = text.trim().to_lowercase();
        let ids: Vec<UnderstandingId> = self.understandings.book.iter().map(|(id, _)| id).collect();
        let mut found = Vec::new();
        for id in ids {
            let Ok(status) = self.status_now(id) else { continue };
            let of = status.incidents.iter().find(|one| hex(&one.id).starts_with(&text)).cloned();
            found.extend(of.map(|one| (id, one, status)));
        }
        match found.pop() {
            Some(one) if found.is_empty() && text.len() >= ID_DIGITS_MIN => Ok(one),
            Some(_) if !found.is_empty() => Err(Failure::new(
                ErrorKind::NotFound,
                "Several incidents begin with these digits.",
                "Give more of the id.",
            )),
            _ => Err(Failure::new(
                ErrorKind::NotFound,
                "No incident of that id is on record here.",
                "See `backchannel incident list` for the ids; what was just opened is on record once it is sealed.",
            )),
        }
    }

    pub(super) fn incident_list(&self, id: Option<&str>) -> Result<Value, Failure> {
        let only = id.map(|id| self.named(id)).transpose()?;
        let ids = self.understandings.book.iter().map(|(id, _)| id);
        let mut all = Vec::new();
        for id in ids.filter(|id| only.is_none_or(|only| only == *id)) {
            let Ok(status) = self.status_now(id) else { continue };
            if let Value::Array(each) = self.incidents_json(&status) {
                all.extend(each.into_iter().map(|mut one| {
                    one["understanding"] = json!(id.to_hex());
                    one
                }));
            }
        }
        Ok(json!({ "v": 1, "incidents": all }))
    }

    /// Incidents as data.
    pub(super) fn incidents_json(&self, status: &Status) -> Value {
        let labels =
            |parties: &[PartyNo]| parties.iter().map(|party| self.me.label(*party)).collect::<Vec<_>>();
        let each = status.incidents.iter().map(|one| {
            let views = |found: &std::collections::BTreeMap<PartyNo, Finding>| {
                let each = found.iter().map(|(party, finding)| (self.me.label(*party), finding_json(*finding)));
                Value::Object(each.collect())
            };
            let clarified = one.clarified.map(|(answer, remedy, at)| {
                json!({ "answer": answer.name(), "remedy": remedy, "at": rfc3339(at) })
            });
            let suspended = match one.outcome {
                Some((Outcome::Agreed(Agreed::Suspended(until)), _)) => Some(until),
                _ => None,
            };
            json!({
                "id": hex(&one.id), "by": self.me.label(one.by), "of": self.me.label(one.of),
                "self_reported": one.by == one.of, "clause": one.clause, "occurred": rfc3339(one.occurred),
                "opened": rfc3339(one.opened), "answer_due": rfc3339(one.answer_due), "brake_until": rfc3339(one.until),
                "clarified": clarified, "contested": labels(&one.contested), "views": views(&one.views),
                "found": views(&one.found), "joint": one.joint.map(finding_json),
                "outcome": one.outcome.map(|(outcome, _)| outcome.name()), "closed": time(one.outcome.map(|(_, at)| at)),
                "suspended_until": time(suspended), "unfinished": self.unfinished_json(one),
            })
        });
        Value::Array(each.collect())
    }

    fn unfinished_json(&self, one: &IncidentStatus) -> Vec<Value> {
        let of = |(party, word, by): &(PartyNo, IncidentWord, Vec<_>)| {
            let what = match word {
                IncidentWord::Found(_) => "found",
                IncidentWord::Settled(agreed) => Outcome::Agreed(*agreed).name(),
                IncidentWord::Dropped => "dropped",
            };
            let by: Vec<String> = by.iter().map(|member| self.me.person_label(*party, *member)).collect();
            json!({ "party": self.me.label(*party), "what": what, "by": by })
        };
        one.unfinished.iter().map(of).collect()
    }

    /// Tells how much of the time is left in which an incident is to be explained: at half, at a tenth, and when it is over; and
    /// that an incident ended. Each is told once.
    pub(super) fn tell_incidents(&mut self, id: UnderstandingId, status: &Status) {
        for one in &status.incidents {
            self.tell_clock(id, one, status.at.utc);
        }
    }

    fn tell_clock(&mut self, id: UnderstandingId, one: &IncidentStatus, now: UtcMs) {
        if one.clarified.is_some() || one.outcome.is_some() || one.by == one.of {
            return;
        }
        let Some((mark, kind, left)) = clock(one, now) else { return };
        if !self.understandings.clocks.insert((one.id, mark)) {
            return;
        }
        let (who, of, it) = (self.me.label(one.of), brief_incident(&one.id), brief(id));
        let what = match left {
            0 => format!("{who} has not explained incident {of} under understanding {it} in time."),
            _ => format!(
                "{who} has to explain incident {of} under understanding {it} by {}.",
                rfc3339(one.answer_due)
            ),
        };
        self.tell_of(id, Told::new(kind, what));
    }
}

/// The last mark of an incident's clock that has passed: its instant, the kind of entry, and milliseconds left.
fn clock(one: &IncidentStatus, now: UtcMs) -> Option<(UtcMs, &'static str, u64)> {
    let (due, whole) = (one.answer_due, one.answer_due.0.saturating_sub(one.opened.0));
    // Terms without a reply time set no clock.
    if whole == 0 {
        return None;
    }
    if now >= due {
        return Some((due, "reply-overdue", 0));
    }
    let left = due.0 - now.0;
    let mark = [whole / 10, whole / 2].into_iter().find(|mark| left <= *mark)?;
    Some((UtcMs(due.0 - mark), "reply-soon", left))
}

fn instant(text: &str) -> Result<UtcMs, Failure> {
    parse_rfc3339(text).ok_or_else(|| {
        Failure::new(ErrorKind::Usage, "That is no instant.", "Give it in UTC, as 2026-12-01T06:00:00Z.")
    })
}

fn one_of(what: &str, names: &[&str]) -> Failure {
    let hint = format!("Give one of: {}.", names.join(", "));
    Failure::new(ErrorKind::Usage, format!("That is no {what}."), hint)
}

fn finding(established: &str, intent: &str) -> Result<Finding, Failure> {
    let established = Established::named(established)
        .ok_or_else(|| one_of("finding", &Established::ALL.map(Established::name)))?;
    let intent =
        Intent::named(intent).ok_or_else(|| one_of("finding of intent", &Intent::ALL.map(Intent::name)))?;
    Ok(Finding { established, intent })
}

fn closing(outcome: &str, until: Option<&str>) -> Result<About, Failure> {
    Ok(match (outcome, until) {
        ("reaffirmed", None) => About::Settled(Agreed::Reaffirmed),
        ("remedied", None) => About::Settled(Agreed::Remedied),
        ("dropped", None) => About::Dropped,
        ("suspended", Some(until)) => About::Settled(Agreed::Suspended(instant(until)?)),
        ("suspended", None) => {
            return Err(Failure::new(
                ErrorKind::Usage,
                "A suspension says until when.",
                "Add --until with an instant in UTC.",
            ));
        }
        (_, Some(_)) => {
            return Err(Failure::new(
                ErrorKind::Usage,
                "Only a suspension has an instant.",
                "Leave --until out, or close it as suspended.",
            ));
        }
        _ => return Err(one_of("outcome", &["reaffirmed", "remedied", "suspended", "dropped"])),
    })
}

fn finding_json(finding: Finding) -> Value {
    json!({ "established": finding.established.name(), "intent": finding.intent.name() })
}
