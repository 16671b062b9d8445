//! What the rules say of a draft that is not sent yet, and when it could leave.

use super::Desk;
use super::requests::{addressee, broken, open_room, room_for};
use super::sentences::capital;
use super::types::{Facts, room_kind};
use crate::api::Failure;
use backchannel_accord::draft::{self, Draft, DraftError};
use backchannel_accord::event::Addressee;
use backchannel_accord::{Disclosure, DispatchId, Event, rules};
use backchannel_wire::PartyNo;
use backchannel_wire::ids::RoomKind;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use serde_json::{Value, json};

impl Desk {
    /// Reads a draft as `send` or `reply` would, and tells what they would say; nothing is taken in.
    pub(super) fn check_draft(
        &self,
        text: &str,
        answers: Option<&str>,
        facts: &Facts<'_>,
    ) -> Result<Value, Failure> {
        let answered = answers.map(|id| self.find(id)).transpose()?;
        let read = if answered.is_some() { draft::parse_reply(text) } else { draft::parse(text) };
        let draft = match read {
            Ok(draft) => draft,
            Err(error) => return Ok(verdict(vec![of_draft(&error)], json!({}))),
        };
        let mut findings: Vec<Value> = draft.warnings.iter().map(of_signal).collect();
        let sight = self.sight(&draft, answered, facts);
        match self.judged(draft, answered, facts) {
            Ok(()) => {}
            Err(failure) => findings.push(refused(&failure)),
        }
        Ok(verdict(findings, sight))
    }

    /// What the rules of the channel say of it.
    fn judged(&self, draft: Draft, answered: Option<DispatchId>, facts: &Facts<'_>) -> Result<(), Failure> {
        let to = self.destination(&draft, answered, facts)?;
        let kind = match self.goes_by_registry(&draft, to, answered, facts) {
            true => RoomKind::Registry,
            false => room_for(to, facts)?,
        };
        let room = open_room(kind, facts)?;
        // Judged, and thrown away: nothing rests on these bytes being unknown.
        let mut rng = ChaCha20Rng::from_seed([0; 32]);
        let dispatch = draft.into_dispatch(DispatchId::random(&mut rng), to, answered, false, &mut rng);
        let event = Event::Dispatch(Box::new(dispatch));
        rules::check_own(&facts.author(), room, room_kind(kind), &event, &self.book.ledger)
            .map_err(|refusal| broken(&refusal))
    }

    fn destination(
        &self,
        draft: &Draft,
        answered: Option<DispatchId>,
        facts: &Facts<'_>,
    ) -> Result<Addressee, Failure> {
        match (&draft.to, answered) {
            (Some(to), _) => addressee(to, facts),
            (None, Some(answered)) => Ok(self.answer_to(answered)),
            (None, None) => Err(super::requests::no_such_side(facts)),
        }
    }

    /// Who will see what of it, and from which beat on it can leave.
    fn sight(&self, draft: &Draft, answered: Option<DispatchId>, facts: &Facts<'_>) -> Value {
        let to = self.destination(draft, answered, facts).ok();
        let reader = to.map(|to| match to {
            Addressee::Delegation => "delegation",
            Addressee::Intermediary => "intermediary",
            Addressee::Party(_) => "party",
        });
        let verbatim = draft.passages.iter().any(|(disclosure, _)| *disclosure == Disclosure::Verbatim);
        let caucus = !matches!(to, Some(Addressee::Delegation)) && self.party != PartyNo::INTERMEDIARY;
        json!({
            "reader": reader,
            "to": to.map(|to| match to {
                Addressee::Party(party) => (facts.labels)(party),
                Addressee::Intermediary => (facts.labels)(PartyNo::INTERMEDIARY),
                Addressee::Delegation => (facts.labels)(self.party),
            }),
            "shows_author": draft.form.shows_author(),
            "leaves_k": facts.beat.0.saturating_add(1),
            "waits_for_registry": facts.has_registry && caucus && verbatim,
        })
    }
}

fn verdict(findings: Vec<Value>, sight: Value) -> Value {
    let passes = findings.iter().all(|finding| finding["severity"] != "refuse");
    json!({ "v": 1, "passes": passes, "findings": findings, "seen": sight })
}

fn of_draft(error: &DraftError) -> Value {
    let (message, hint) = (capital(&format!("{}.", error.problem)), capital(&format!("{}.", error.hint)));
    json!({ "severity": "refuse", "line": error.line, "message": message, "hint": hint })
}

fn of_signal(finding: &backchannel_accord::signals::Finding) -> Value {
    json!({
        "severity": "warn", "passage": finding.place + 1, "lang": finding.lang.code(),
        "message": capital(&format!("{}.", finding.message)), "hint": "",
    })
}

fn refused(failure: &Failure) -> Value {
    json!({ "severity": "refuse", "message": failure.message, "hint": failure.hint })
}
