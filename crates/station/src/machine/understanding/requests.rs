//! What people ask about understandings (docs/spec/commands.md), and what every answer begins with.

use super::item::{Deed, Said, UnderstandingId};
use super::kept::Kept;
use crate::api::{ErrorKind, Failure, Request};
use crate::limits::ID_DIGITS_MIN;
use crate::machine::Machine;
use crate::machine::envelope::Class;
use crate::machine::item::Item;
use backchannel_accord::life::{Kind, Status, permits};
use backchannel_wire::RoomId;
use backchannel_wire::ids::RoomKind;
use serde_json::Value;

pub(super) fn refused(what: impl Into<String>, hint: impl Into<String>) -> Failure {
    Failure::new(ErrorKind::Refused, what, hint)
}

impl Machine {
    /// Whether a request is about understandings.
    pub(in crate::machine) fn is_of_understandings(request: &Request) -> bool {
        matches!(
            request,
            Request::UnderstandingList {}
                | Request::UnderstandingSubmit { .. }
                | Request::UnderstandingSupersede { .. }
                | Request::UnderstandingComment { .. }
                | Request::UnderstandingFreeze { .. }
                | Request::UnderstandingDiff { .. }
                | Request::UnderstandingShow { .. }
                | Request::UnderstandingStatus { .. }
                | Request::UnderstandingDeposit { .. }
                | Request::UnderstandingAbandon { .. }
                | Request::UnderstandingTold { .. }
                | Request::UnderstandingRenew { .. }
                | Request::UnderstandingWithdraw { .. }
                | Request::IncidentOpen { .. }
                | Request::IncidentClarify { .. }
                | Request::IncidentContest { .. }
                | Request::IncidentFind { .. }
                | Request::IncidentClose { .. }
                | Request::IncidentList { .. }
                | Request::ArtefactExport { .. }
                | Request::ArtefactSimulate { .. }
        )
    }

    /// Answers a request about understandings.
    pub(in crate::machine) fn understanding_request(&mut self, request: Request) -> Result<Value, Failure> {
        if self.locked {
            return Err(Failure::new(
                ErrorKind::Locked,
                "The records are locked.",
                "Run `backchannel unlock` first.",
            ));
        }
        match request {
            Request::UnderstandingList {} => Ok(self.understanding_list()),
            Request::UnderstandingSubmit { id, file } => self.submit(id.as_deref(), &file),
            Request::UnderstandingSupersede { id, file } => self.supersede(&id, &file),
            Request::UnderstandingComment { id, clause, text } => self.comment(&id, clause, text),
            Request::UnderstandingFreeze { id } => self.freeze(&id),
            Request::UnderstandingDiff { id, from, to } => {
                let id = self.named(&id)?;
                self.understanding_diff(id, from, to)
            }
            Request::UnderstandingShow { id } => {
                let id = self.named(&id)?;
                self.understanding_show(id)
            }
            Request::UnderstandingStatus { id, at } => {
                let id = self.named(&id)?;
                self.understanding_status(id, at.as_deref())
            }
            Request::UnderstandingDeposit { id, withhold: true, .. } => self.withhold(&id),
            Request::UnderstandingDeposit { id, withdraw: true, .. } => self.withdraw_deposit(&id),
            Request::UnderstandingDeposit { id, within_ms, .. } => self.propose(&id, within_ms),
            Request::UnderstandingAbandon { id } => self.abandon(&id),
            Request::UnderstandingTold { id, zone } => self.zone_told(&id, &zone),
            Request::UnderstandingRenew { id } => self.renew(&id),
            Request::UnderstandingWithdraw { id, take_back: true, .. } => self.notice_back(&id),
            Request::UnderstandingWithdraw { id, urgent, .. } => self.give_notice(&id, urgent),
            Request::IncidentOpen { id, of, at, clause, not_urgent } => {
                self.incident_open(&id, of.as_deref(), &at, clause, not_urgent)
            }
            Request::IncidentList { id } => self.incident_list(id.as_deref()),
            Request::IncidentClarify { .. }
            | Request::IncidentContest { .. }
            | Request::IncidentFind { .. }
            | Request::IncidentClose { .. } => self.incident_said(request),
            Request::ArtefactExport { id } => self.artefact_export(&id),
            Request::ArtefactSimulate { id } => self.artefact_simulate(&id),
            _ => Err(Failure::new(
                ErrorKind::Usage,
                "The station does not know this command.",
                "Update the program.",
            )),
        }
    }

    /// The understanding of a name, or of an unambiguous beginning of it.
    pub(super) fn named(&self, text: &str) -> Result<UnderstandingId, Failure> {
        let text = text.trim().to_lowercase();
        let mut found = self.understandings.book.iter().filter(|(id, _)| id.to_hex().starts_with(&text));
        match (found.next(), found.next()) {
            (Some((id, _)), None) if text.len() >= ID_DIGITS_MIN => Ok(id),
            (Some(_), Some(_)) => Err(Failure::new(
                ErrorKind::NotFound,
                "Several understandings begin with these digits.",
                "Give more of the id.",
            )),
            _ => Err(Failure::new(
                ErrorKind::NotFound,
                "No understanding of that id is on record here.",
                "See `backchannel understanding list` for the ids; what was just submitted is on record once it is sealed.",
            )),
        }
    }

    pub(super) fn kept(&self, id: UnderstandingId) -> Result<&Kept, Failure> {
        let gone = || {
            Failure::new(ErrorKind::NotFound, "The understanding is gone from the record.", "It was burned.")
        };
        self.understandings.book.get(id).ok_or_else(gone)
    }

    pub(super) fn status_now(&self, id: UnderstandingId) -> Result<Status, Failure> {
        self.understandings.book.status(id, self.viewer(), self.present()).ok_or_else(|| {
            refused(
                "The sides of this understanding are not all known here.",
                "Wait until status says ready.",
            )
        })
    }

    pub(super) fn permitted(&self, id: UnderstandingId, kind: Kind, what: &str) -> Result<Status, Failure> {
        let status = self.status_now(id)?;
        let state = status.state.map_or("not begun", |state| state.name());
        match permits(kind, status.state) {
            true => Ok(status),
            false => Err(refused(
                format!("The understanding cannot be {what} now: it is {state} (LIFE-3)."),
                "See `backchannel understanding status`.",
            )),
        }
    }

    pub(super) fn say_in(&mut self, rooms: &[RoomId], id: UnderstandingId, deed: &Deed) {
        let class = match deed {
            Deed::Submitted(_)
            | Deed::Frozen(_)
            | Deed::Commented { .. }
            | Deed::Abandoned
            | Deed::Depositary(_) => Class::Routine,
            _ => Class::Machine,
        };
        for room in rooms {
            self.say_of_understanding(*room, class, Item::Understanding(Said { id, deed: deed.clone() }));
        }
    }

    pub(super) fn own_caucus(&self) -> Result<RoomId, Failure> {
        self.room_of(RoomKind::Caucus(self.me.party()))
            .ok_or_else(|| refused("This station is not in its caucus.", "Wait until status says ready."))
    }
}
