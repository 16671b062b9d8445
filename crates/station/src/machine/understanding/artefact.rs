//! What a release leaves at a party: the artefact of the joint form, the transcript of the gentlemen's; and a transcript made
//! from one side's keys alone, which convinces exactly as well (GENTLE-8).

use super::item::{Proposal, UnderstandingId};
use super::requests::refused;
use crate::api::{ErrorKind, Failure};
use crate::limits::{EXPIRY_BEATS, LIMIT_BEATS};
use crate::machine::Machine;
use backchannel_accord::time::rfc3339;
use backchannel_assurance::ceremony::{CeremonyId, Form, Salt, Terms};
use backchannel_assurance::gentle::{Transcript, simulate};
use backchannel_wire::PartyNo;
use backchannel_wire::canonical;
use backchannel_wire::ids::{RoomKind, hex};
use rand_core::RngCore;
use serde_json::{Value, json};

fn nothing() -> Failure {
    refused("Nothing was released of this understanding here.", "See `backchannel understanding status`.")
}

impl Machine {
    /// The artefact as a file, or the transcript in hexadecimal; whether it holds, by the verifier that ships.
    pub(super) fn artefact_export(&mut self, id: &str) -> Result<Value, Failure> {
        let id = self.named(id)?;
        let of = self.understandings.trials.iter().rev().filter(|((of, _), _)| *of == id);
        let parties: Vec<_> = of.filter_map(|(_, trial)| trial.party.as_ref()).collect();
        if let Some(artefact) = parties.iter().find_map(|party| party.artefact()) {
            let verified = artefact.verify();
            return Ok(json!({
                "v": 1, "id": id.to_hex(), "form": "joint", "text": artefact.to_text(), "valid": verified.is_ok(),
                "released_at": verified.ok().map(|verified| rfc3339(verified.released_at)),
            }));
        }
        let transcript = parties.iter().find_map(|party| party.transcript()).ok_or_else(nothing)?;
        Ok(transcript_json(id, &transcript, false))
    }

    /// A transcript over the version frozen last in which everybody else consents to this party, by nobody's doing but its
    /// head's.
    pub(super) fn artefact_simulate(&mut self, id: &str) -> Result<Value, Failure> {
        let id = self.named(id)?;
        let party = self.me.party();
        if !self.me.is_head() || party == PartyNo::INTERMEDIARY {
            return Err(refused(
                "Only a head holds the key that proofs are addressed to.",
                "Ask your head of delegation.",
            ));
        }
        let kept = self.kept(id)?;
        let (_, last) =
            kept.last().ok_or_else(|| refused("No version is frozen.", "Wait for the intermediary."))?;
        // Times as a try begun now would have them.
        let expiry = self.utc_of(self.decided_through().plus(LIMIT_BEATS + EXPIRY_BEATS));
        let proposal = Proposal { digest: last.digest, number: 1, limit: expiry, expiry };
        let instrument = self.instrument(&last.outline, kept.depositary, &proposal);
        let instrument =
            instrument.map_err(|lacking| refused(format!("It cannot be made: {lacking}."), "Wait."))?;
        if instrument.form != Form::Gentle {
            return Err(refused(
                "What the joint form leaves behind cannot be simulated.",
                "That is what it is for.",
            ));
        }
        let (mut sid, mut salt) = ([0; 32], [0; 32]);
        self.rng.fill_bytes(&mut sid);
        self.rng.fill_bytes(&mut salt);
        let failed = || Failure::new(ErrorKind::Internal, "The transcript was not made.", "Report it.");
        let terms = Terms::new(instrument, CeremonyId(sid)).map_err(|_| failed())?;
        let registry = self.room_of(RoomKind::Registry).ok_or_else(failed)?;
        let verifier = self.me.verifier(registry).ok_or_else(failed)?;
        let salt = Salt::from_bytes(salt);
        let made = simulate(&mut self.rng, &terms, &salt, party, &verifier).map_err(|_| failed())?;
        Ok(transcript_json(id, &made, true))
    }
}

fn transcript_json(id: UnderstandingId, transcript: &Transcript, simulated: bool) -> Value {
    json!({
        "v": 1, "id": id.to_hex(), "form": "gentle", "text": hex(&canonical::to_vec(transcript)),
        "valid": transcript.verify().is_ok(), "simulated": simulated,
    })
}
