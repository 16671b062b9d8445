//! Who could prove what to whom: what the stations hold is taken out and shown to the verifier, as its holder and as an
//! outsider would, and so is what a side makes alone. (EXER-20)

use super::commands;
use super::place::failed;
use super::play::Play;
use super::report::{Proof, Understanding};
use super::scenario::Role;
use crate::{errors, input, screen};
use backchannel_assurance::gentle::Transcript;
use backchannel_assurance::joint::Artefact;
use backchannel_assurance::keys::VerifierKey;
use backchannel_station::api::Failure;
use backchannel_wire::canonical;
use backchannel_wire::ids::unhex;
use rand_core::OsRng;
use serde_json::Value;
use std::fs;
use std::path::Path;

const OUTSIDER: &str = "an outsider";

/// What was tried, and whether the form promises that it is accepted.
struct Tried {
    proof: Proof,
    promised: bool,
}

impl Play<'_> {
    /// Asks at every station, and decides the check: each answer is what the form of the understanding promises.
    pub(super) async fn prove(&mut self, check: &str, id: &str, released: bool) -> Result<(), Failure> {
        let id = self.put_in(id);
        let (mut tried, mut holders) = (Vec::new(), 0_usize);
        for who in 0..self.scenario.stations.len() {
            if self.stage.places.get(who).is_some_and(super::place::Place::is_open) {
                let held = self.held(who, &id).await?;
                holders += usize::from(held.iter().any(|one| one.proof.accepted));
                tried.extend(held);
                tried.extend(self.alone(who, &id).await?);
            }
        }
        let otherwise: Vec<String> =
            tried.iter().filter(|one| one.proof.accepted != one.promised).map(told).collect();
        let as_told = released == (holders > 0);
        let detail =
            if as_told { otherwise.join("; ") } else { format!("{holders} stations hold a release") };
        self.check(check, as_told && otherwise.is_empty() && !tried.is_empty(), &detail);
        self.proofs.entry(id).or_default().extend(tried.into_iter().map(|one| one.proof));
        Ok(())
    }

    /// What the release left at a station, shown to whoever may look.
    async fn held(&mut self, who: usize, id: &str) -> Result<Vec<Tried>, Failure> {
        let file = self.new_file("held");
        let caller = self.stage.caller(who)?;
        let ended = caller.run(commands::artefact("export", id, &file)).await?;
        let blank = self.blank(who, id).await;
        if ended.exit != 0 {
            let nothing = blank.with("nothing: no release is held here", OUTSIDER, "artefact export");
            return Ok(vec![nothing.is(false, false)]);
        }
        match ended.answer.get("form").and_then(Value::as_str) {
            Some("joint") => self.shown_artefact(&blank, &file).await,
            _ => self.shown_transcript(&blank, "the assurances released to it", &file).await,
        }
    }

    async fn shown_artefact(&mut self, blank: &Blank, file: &Path) -> Result<Vec<Tried>, Failure> {
        let changed = self.new_file("altered");
        alter(file, &changed)?;
        let mut tried = Vec::new();
        for (what, path, promised) in
            [("the artefact", file, true), ("a changed copy of it", &changed, false)]
        {
            let valid = is_valid(&self.outsider(path).await?);
            tried.push(blank.with(what, OUTSIDER, "artefact verify").is(valid, promised));
        }
        Ok(tried)
    }

    /// A transcript convinces whom it is addressed to, under no other key, and nobody who knows that it can be made alone.
    async fn shown_transcript(&self, blank: &Blank, what: &str, file: &Path) -> Result<Vec<Tried>, Failure> {
        let transcript = transcript(file)?;
        let own = transcript.verify().is_ok();
        let foreign = under_foreign_key(&transcript).is_some_and(|other| other.verify().is_ok());
        let valid = is_valid(&self.outsider(file).await?);
        Ok(vec![
            blank.with(what, "its own side", "the check of a transcript").is(own, true),
            blank.with(what, OUTSIDER, "the same check, under an outsider's key").is(foreign, false),
            blank.with(what, OUTSIDER, "artefact verify").is(valid, false),
        ])
    }

    /// What a head makes from its own keys alone: as good as what was released in the gentlemen's form, nothing in the other.
    async fn alone(&mut self, who: usize, id: &str) -> Result<Vec<Tried>, Failure> {
        if self.scenario.stations.get(who).is_none_or(|station| station.role != Role::Head) {
            return Ok(Vec::new());
        }
        let file = self.new_file("alone");
        let ended = self.stage.caller(who)?.run(commands::artefact("simulate", id, &file)).await?;
        let blank = self.blank(who, id).await;
        let what = "assurances it made alone, from its own keys";
        if ended.exit == 0 {
            return self.shown_transcript(&blank, what, &file).await;
        }
        Ok(vec![blank.with(what, OUTSIDER, "artefact simulate").is(false, blank.form == "gentle")])
    }

    async fn blank(&self, who: usize, id: &str) -> Blank {
        let shown = self.understanding_at(who, id).await;
        let text = |name: &str| screen::text_of(&shown, name);
        let name = self.scenario.stations.get(who).map(|station| station.name.clone()).unwrap_or_default();
        Blank { step: self.number, who: name, state: text("state"), form: text("form") }
    }

    async fn understanding_at(&self, who: usize, id: &str) -> Value {
        let Ok(caller) = self.stage.caller(who) else { return Value::Null };
        let ended = caller.run(commands::understanding_status(id, None)).await;
        ended.map(|ended| ended.answer).unwrap_or_default()
    }

    /// How an understanding ended, by the intermediary's record.
    pub(super) async fn understanding(&self, id: &str) -> Understanding {
        let shown = self.understanding_at(0, id).await;
        let text = |name: &str| shown.get(name).and_then(Value::as_str).map(str::to_owned);
        let parties = screen::list_of(&shown, "parties").iter().filter_map(Value::as_str);
        Understanding {
            id: id.to_owned(),
            form: text("form"),
            state: text("state"),
            parties: parties.map(str::to_owned).collect(),
            proofs: self.proofs.get(id).cloned().unwrap_or_default(),
        }
    }
}

/// What all that is tried at one station has in common.
struct Blank {
    step: usize,
    who: String,
    state: String,
    form: String,
}

/// Something that is shown to somebody.
struct Showing<'a> {
    blank: &'a Blank,
    what: &'a str,
    to: &'a str,
    by: &'a str,
}

impl Blank {
    fn with<'a>(&'a self, what: &'a str, to: &'a str, by: &'a str) -> Showing<'a> {
        Showing { blank: self, what, to, by }
    }
}

impl Showing<'_> {
    fn is(&self, accepted: bool, promised: bool) -> Tried {
        let proof = Proof {
            step: self.blank.step,
            state: self.blank.state.clone(),
            who: self.blank.who.clone(),
            what: self.what.to_owned(),
            to: self.to.to_owned(),
            by: self.by.to_owned(),
            accepted,
            proves: accepted && self.to == OUTSIDER,
        };
        Tried { proof, promised }
    }
}

fn told(one: &Tried) -> String {
    let Proof { who, what, to, by, accepted, .. } = &one.proof;
    format!("{who}, showing {what} to {to}, by {by}: {}", if *accepted { "accepted" } else { "refused" })
}

fn is_valid(answer: &Value) -> bool {
    answer.get("valid") == Some(&Value::Bool(true)) && answer.get("exit") == Some(&Value::from(0))
}

fn transcript(file: &Path) -> Result<Transcript, Failure> {
    let bytes = unhex(input::text(file)?.trim())
        .ok_or_else(|| failed("The station's transcript is not hexadecimal."))?;
    canonical::from_slice(&bytes).map_err(|_| failed("The station's transcript is not one."))
}

/// The same transcript as somebody would check it to whom nothing was addressed: with a key of its own in the addressee's place.
fn under_foreign_key(transcript: &Transcript) -> Option<Transcript> {
    let mut other = transcript.clone();
    let side = other.terms.instrument.sides.iter_mut().find(|side| side.party == transcript.to)?;
    side.verifier = VerifierKey::generate(&mut OsRng).public();
    Some(other)
}

/// Writes a copy of an artefact's or a transcript's bytes with one bit changed in the middle.
pub fn alter(from: &Path, to: &Path) -> Result<(), Failure> {
    let text = input::text(from)?;
    let bytes = Artefact::from_text(&text).map(|artefact| artefact.to_bytes()).ok();
    let mut bytes = bytes.or_else(|| unhex(text.trim())).unwrap_or_else(|| text.as_bytes().to_vec());
    let middle = bytes.len() / 2;
    bytes.get_mut(middle).map(|byte| *byte ^= 1).ok_or_else(|| failed("There is nothing to change."))?;
    fs::write(to, bytes).map_err(|error| errors::unwritable(to, &error))
}
