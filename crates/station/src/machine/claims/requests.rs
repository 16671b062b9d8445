//! What people ask of the register.

use super::author;
use crate::api::{ErrorKind, Failure, Request};
use crate::limits::ID_DIGITS_MIN;
use crate::machine::Machine;
use crate::machine::envelope::Class;
use crate::machine::item::Item;
use crate::machine::understanding::Came;
use backchannel_accord::Text;
use backchannel_accord::claims::{Act, Barred, ClaimId, Content, Entry, Names, admissible, read};
use backchannel_accord::rules::RoomKind as Kind;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{PartyNo, SeatNo};
use rand_core::RngCore;
use serde_json::{Value, json};

impl Machine {
    /// Whether a request is about the register.
    pub(in crate::machine) fn is_of_claims(request: &Request) -> bool {
        matches!(
            request,
            Request::ClaimAdd { .. }
                | Request::ClaimAmend { .. }
                | Request::ClaimWithdraw { .. }
                | Request::ClaimBelieve { .. }
                | Request::ClaimList {}
                | Request::ClaimShow { .. }
                | Request::ClaimExport {}
        )
    }

    /// Answers such a request; none while the records are locked (CLAIM-8).
    pub(in crate::machine) fn claim_request(&mut self, request: Request) -> Result<Value, Failure> {
        if self.locked {
            let message = "The records are locked, and the register of claims with them.";
            return Err(Failure::new(ErrorKind::Locked, message, "Run `backchannel unlock` first."));
        }
        match request {
            Request::ClaimAdd { file } => {
                let content = self.written_claim(&file)?;
                let mut id = ClaimId([0; 16]);
                self.rng.fill_bytes(&mut id.0);
                self.enter_claim(id, Act::Entered(content))
            }
            Request::ClaimAmend { id, file } => {
                let id = self.named_claim(&id)?;
                let content = self.written_claim(&file)?;
                self.enter_claim(id, Act::Amended(content))
            }
            Request::ClaimWithdraw { id } => {
                let id = self.named_claim(&id)?;
                self.enter_claim(id, Act::Withdrawn)
            }
            Request::ClaimBelieve { id, percent, because } => {
                let id = self.named_claim(&id)?;
                self.enter_claim(id, Act::Believed(percent, Text::new(because)))
            }
            Request::ClaimList {} => Ok(self.claims_json()),
            Request::ClaimShow { id } => {
                let id = self.named_claim(&id)?;
                self.claim_json(id)
            }
            Request::ClaimExport {} => self.claims_export(),
            _ => {
                let message = "The register has no part in this command.";
                Err(Failure::new(ErrorKind::Internal, message, "Report this."))
            }
        }
    }

    /// The content of a claim's file.
    fn written_claim(&self, file: &str) -> Result<Content, Failure> {
        let side = |label: &str| self.me.party_named(label);
        let item = |id: &str| self.desk.find(id).ok();
        read(file, &Names { side: &side, item: &item }).map_err(|error| {
            let message = format!("The claim was not taken: {error}.");
            Failure::new(ErrorKind::Usage, message, format!("Mend it: {}.", error.hint))
        })
    }

    /// The claim of an id, or of an unambiguous beginning of it.
    pub(super) fn named_claim(&self, text: &str) -> Result<ClaimId, Failure> {
        let text = text.trim().to_lowercase();
        let claims = self.claims.register.claims();
        let mut found = claims.iter().map(|(id, _)| *id).filter(|id| id.to_hex().starts_with(&text));
        match (found.next(), found.next()) {
            (Some(id), None) if text.len() >= ID_DIGITS_MIN => Ok(id),
            (Some(_), Some(_)) => {
                let message = "Several claims begin with these digits.";
                Err(Failure::new(ErrorKind::NotFound, message, "Give more of the id."))
            }
            _ => Err(Failure::new(
                ErrorKind::NotFound,
                "No claim of that id is in the register.",
                "See `backchannel claims list` for the ids; what was just entered is on record once it is sealed.",
            )),
        }
    }

    /// Says it to the own delegation; it is on record once it is sealed. Whoever is alone says it to nobody: the intermediary always (CLAIM-11).
    fn enter_claim(&mut self, id: ClaimId, act: Act) -> Result<Value, Failure> {
        let (me, entry) = (self.myself(), Entry { id, act });
        let party = self.me.party();
        let judged = admissible(&author(me), Kind::Delegation(party), party, &entry)
            .and_then(|()| self.claims.register.judge(&author(me), &entry));
        judged.map_err(refused)?;
        let room = self.register_room().ok_or_else(|| {
            let message = "This station is not in its delegation's room.";
            Failure::new(ErrorKind::Refused, message, "Wait until status says ready.")
        })?;
        if party == PartyNo::INTERMEDIARY {
            let (kind, seat, beat) = (RoomKind::Delegation(party), SeatNo::new(0), self.last_beat());
            if let Some(seat) = seat {
                let number = self.claims.last.saturating_add(1);
                self.claim_came(Came { who: me, room, kind, seat, beat }, number, &entry);
            }
        } else if !self.say_of_understanding(room, Class::Routine, Item::Claim(entry)) {
            let message = "It was not entered: too much waits to leave.";
            let hint = "Wait until the line to the relay has carried what waits, then enter it again.";
            return Err(Failure::new(ErrorKind::Refused, message, hint));
        }
        let alone = |room| self.rooms.get(&room).is_none_or(|entered| !entered.has_recipients());
        Ok(json!({ "v": 1, "id": id.to_hex(), "on_record": alone(room) }))
    }
}

fn refused(barred: Barred) -> Failure {
    let (kind, hint) = match barred {
        Barred::Bounds => (ErrorKind::Usage, "Shorten it; the bounds stand in docs/spec/claims.md."),
        Barred::Credence => (ErrorKind::Usage, "Give 0 to 100, and say why with `--because`."),
        Barred::Unknown => (ErrorKind::NotFound, "See `backchannel claims list`."),
        Barred::NotAuthor => {
            (ErrorKind::Refused, "Enter a claim of your own, or say how far you believe this one.")
        }
        Barred::Withdrawn => (ErrorKind::Refused, "Enter it anew if it is claimed again."),
        Barred::Observer => (ErrorKind::Refused, "Ask somebody of the delegation who may write."),
        Barred::Full => (ErrorKind::Refused, "Withdrawn claims count as well; amend one that is there."),
        Barred::Room | Barred::Taken => (ErrorKind::Refused, "Try again."),
    };
    Failure::new(kind, format!("It was not entered: {barred}."), hint)
}
