//! Incidents that are not urgent, where a text has set times: they leave this station at the next of them (INCIDENT-8).

use super::item::{About, Deed, UnderstandingId};
use super::requests::refused;
use super::sentences::{brief, brief_incident};
use crate::api::Failure;
use crate::limits::LATER_MAX;
use crate::machine::{Machine, Told};
use backchannel_accord::life::{IncidentId, Status};
use backchannel_accord::time::rfc3339;
use backchannel_wire::UtcMs;
use minicbor::{Decode, Encode};

/// An incident that waits for a set time.
#[derive(Clone, Encode, Decode)]
pub struct Later {
    /// When it is opened.
    #[n(0)]
    at: UtcMs,
    #[n(1)]
    understanding: UnderstandingId,
    #[cbor(n(2), with = "minicbor::bytes")]
    incident: IncidentId,
    #[n(3)]
    about: About,
}

impl Machine {
    /// Keeps an incident until the next set time of its text; gives that time.
    pub(super) fn open_later(
        &mut self,
        id: UnderstandingId,
        status: &Status,
        (incident, occurred): (IncidentId, UtcMs),
        about: &About,
    ) -> Result<UtcMs, Failure> {
        let version = self.understandings.book.version_of(id, status);
        let every = version.and_then(|version| version.outline.set_times_ms).filter(|every| *every > 0);
        let every = every.ok_or_else(|| {
            refused(
                "The text has no set times: every incident is shown at once (INCIDENT-8).",
                "Open it without --not-urgent.",
            )
        })?;
        let now = self.present().utc;
        let at = UtcMs(now.0.saturating_add(every - now.0 % every));
        let window =
            version.and_then(|version| version.outline.terms.as_ref()).map_or(0, |terms| terms.complaint_ms);
        let closes = occurred.0.saturating_add(window);
        if window > 0 && closes <= at.0 {
            let what = format!(
                "The window for a complaint of it closes at {}, before the next set time (INCIDENT-8).",
                rfc3339(UtcMs(closes))
            );
            return Err(refused(&what, "Open it without --not-urgent."));
        }
        if self.understandings.later.len() >= LATER_MAX {
            return Err(refused(
                "Too many incidents wait for a set time already.",
                "Open it without --not-urgent.",
            ));
        }
        let about = about.clone();
        self.understandings.later.push(Later { at, understanding: id, incident, about });
        self.understandings.later_dirty = true;
        Ok(at)
    }

    /// How many incidents about it wait here.
    pub(super) fn waiting_for(&self, id: UnderstandingId) -> usize {
        self.understandings.later.iter().filter(|later| later.understanding == id).count()
    }

    /// Opens what waited for a set time that has come.
    pub(super) fn open_what_waited(&mut self) {
        let now = self.present().utc;
        if !self.understandings.later.iter().any(|later| later.at <= now) {
            return;
        }
        let Ok(registry) = self.deciding_room() else { return };
        let (due, rest) =
            std::mem::take(&mut self.understandings.later).into_iter().partition(|later| later.at <= now);
        self.understandings.later = rest;
        self.understandings.later_dirty = true;
        for Later { understanding, incident, about, .. } in Vec::<Later>::from_iter(due) {
            // Where the station cannot tell, the rules decide once it is sealed.
            let left =
                self.status_now(understanding).map(|status| self.has_incidents_left(understanding, &status));
            if let Ok(Err(why)) = left {
                let of = brief_incident(&incident);
                let what =
                    format!("Incident {of} is not opened at its set time. {} {}", why.message, why.hint);
                self.tell_of(understanding, Told::new("incident", what));
                continue;
            }
            self.say_in(&[registry], understanding, &Deed::Incident(incident, about));
            let (of, it) = (brief_incident(&incident), brief(understanding));
            let what = format!("Incident {of} under understanding {it} is opened: its set time has come.");
            self.tell_of(understanding, Told::new("incident", what));
        }
    }
}
