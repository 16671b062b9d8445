//! The channel's own templates and codebooks: added on a station, used between two sides once both hold the same (docs/spec/messages.md,
//! FILES rules).

use super::Desk;
use super::messages::Written;
use super::types::{Facts, Reaction};
use crate::api::{ErrorKind, Failure, Request};
use backchannel_accord::templated::{FileKind, Gist, Set, Under, draft};
use backchannel_accord::{Observation, Precedence};
use backchannel_wire::ids::hex;
use minicbor::{Decode, Encode};
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};

/// A file as a station keeps it.
#[derive(Clone, Encode, Decode)]
pub struct OwnFile {
    /// Whether it is a codebook.
    #[n(0)]
    pub codebook: bool,
    /// Its text.
    #[n(1)]
    pub text: String,
}

impl Desk {
    /// Takes the files that the vault holds. One that cannot be read any more is left out.
    pub fn take_files(&mut self, files: Vec<OwnFile>) {
        self.own = with(files.iter()).ok();
        self.files = files;
    }

    /// The files, to be stored.
    pub fn files(&self) -> &[OwnFile] {
        &self.files
    }

    /// Answers what people ask about the channel's own files.
    pub(super) fn files_request(
        &mut self,
        request: &Request,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Reaction, Failure> {
        match request {
            Request::TemplatesAdd { codebook, file } => self.add_file(*codebook, file),
            Request::TemplatesOffer { to } => {
                let other = self.other(to.as_deref(), facts)?;
                let (offer, to) = (self.offer()?, (facts.labels)(other));
                self.send_message(&to, &offer, Precedence::Priority, None, facts, rng)
            }
            Request::TemplateBlank { name } => {
                let text = self.blank(name).ok_or_else(|| {
                    let hint = "`backchannel notify --list` and `backchannel templates list` show them.";
                    Failure::new(ErrorKind::NotFound, "There is no such template or number.", hint)
                })?;
                Ok(Reaction::answer(json!({ "v": 1, "text": text })))
            }
            _ => Ok(Reaction::answer(self.files_json(facts))),
        }
    }

    /// Adds a file; one of the same code takes its place (FILES-1).
    pub(super) fn add_file(&mut self, codebook: bool, text: &str) -> Result<Reaction, Failure> {
        let wrong = |what: String| {
            let hint = "docs/spec/messages.md says how a template, or a codebook, is written.";
            Err(Failure::new(ErrorKind::Refused, what, hint))
        };
        let file = OwnFile { codebook, text: text.to_owned() };
        let code = match code_of(&file) {
            Ok(code) => code,
            Err(problem) => return wrong(format!("The file was not taken: {problem}.")),
        };
        let house = Self::house()?;
        if house.template(&code).is_some() || house.codebook(&code).is_some() {
            return wrong(format!("The house has {code} already: give it another code (FILES-1)."));
        }
        let mut files = self.files.clone();
        files.retain(|one| one.codebook != codebook || code_of(one).as_deref() != Ok(code.as_str()));
        files.push(file);
        let own = match with(files.iter()) {
            Ok(own) => own,
            Err(problem) => return wrong(format!("The file was not taken: {problem}.")),
        };
        let digest = hex(&own.digest());
        (self.own, self.files, self.files_dirty) = (Some(own), files, true);
        let mut reaction = Reaction::answer(json!({ "v": 1, "code": code, "digest": digest }));
        self.note_unknown(&mut reaction);
        Ok(reaction)
    }

    /// Looks again at the messages that were not understood: they may be under what is held now.
    fn note_unknown(&mut self, reaction: &mut Reaction) {
        let (Ok(house), own) = (Self::house(), self.own.as_ref()) else { return };
        let unknown = self.book.ledger.unknown_messages().into_iter();
        let found: Vec<_> = unknown
            .filter_map(|(id, event, utc)| Some((id, utc, Gist::of_event(event, house, own)?)))
            .collect();
        for (id, utc, gist) in found {
            self.book.observe(id, utc, Observation::Message { id, gist }, true, reaction);
        }
    }

    /// What goes to another party under the channel's own set is refused until that side showed that it holds the same (FILES-2).
    pub(super) fn is_held_there(
        &self,
        written: &Written,
        to: &str,
        facts: &Facts<'_>,
    ) -> Result<(), Failure> {
        let party = (facts.party_named)(to).filter(|party| facts.others().any(|other| other == *party));
        let (Some(party), Some(own), true) = (party, &self.own, written.own) else { return Ok(()) };
        if self.book.ledger.holds(party, &hex(&own.digest())) {
            return Ok(());
        }
        Err(Failure::new(
            ErrorKind::Refused,
            "The other side has not shown that it holds the same templates and codebooks (FILES-2).",
            "Give it the files, and let each side run `backchannel templates offer`.",
        ))
    }

    /// The notation of an offer: an empty message under the channel's own set, which only who holds it understands.
    pub(super) fn offer(&self) -> Result<String, Failure> {
        let own = self.own.as_ref().filter(|_| !self.files.is_empty()).ok_or_else(|| {
            let hint = "Add one with `backchannel templates add FILE`.";
            Failure::new(ErrorKind::Refused, "This station has no templates or codebooks of its own.", hint)
        })?;
        let read = draft::read("template = \"files-held\"", own);
        let message =
            read.map_err(|error| Failure::new(ErrorKind::Internal, format!("{error}."), "Report this."))?;
        Ok(message.carried(own).write())
    }

    /// The own files, the digest of the set, and which sides hold the same.
    pub(super) fn files_json(&self, facts: &Facts<'_>) -> Value {
        let digest = self.own.as_ref().map(|own| hex(&own.digest()));
        let held: Vec<String> = facts
            .others()
            .filter(|party| digest.as_ref().is_some_and(|digest| self.book.ledger.holds(*party, digest)))
            .map(|party| (facts.labels)(party))
            .collect();
        let files: Vec<Value> = self
            .files
            .iter()
            .map(|file| {
                let kind = if file.codebook { "codebook" } else { "template" };
                json!({ "kind": kind, "code": code_of(file).ok() })
            })
            .collect();
        let house = Self::house().ok().map(|house| hex(&house.digest()));
        json!({ "v": 1, "house": house, "digest": digest, "files": files, "held_by": held })
    }

    /// A file to fill in, by a template or a number of the house or of the channel's own.
    pub(super) fn blank(&self, name: &str) -> Option<String> {
        let sets = Self::house().ok().into_iter().chain(&self.own);
        sets.filter_map(|set| {
            let under = match name.parse::<u16>() {
                Ok(number) => {
                    let codebook = set.codebooks().find(|book| book.entries.contains_key(&number))?;
                    Under::Codebook(codebook.code.clone(), codebook.version, number)
                }
                Err(_) => {
                    let template = set.template(name)?;
                    Under::Template(template.code.clone(), template.version)
                }
            };
            draft::blank(&under, set)
        })
        .next()
    }
}

/// The house's set with these files.
fn with<'a>(files: impl Iterator<Item = &'a OwnFile>) -> Result<Set, String> {
    let mut set = backchannel_accord::templated::house().map_err(ToString::to_string)?.clone();
    for file in files {
        set.add(kind(file), "the file", &file.text).map_err(|error| error.to_string())?;
    }
    Ok(set)
}

fn kind(file: &OwnFile) -> FileKind {
    if file.codebook { FileKind::Codebook } else { FileKind::Template }
}

fn code_of(file: &OwnFile) -> Result<String, String> {
    let read = match file.codebook {
        true => backchannel_accord::templated::Codebook::read("the file", &file.text).map(|book| book.code),
        false => backchannel_accord::templated::Template::read("the file", &file.text).map(|one| one.code),
    };
    read.map_err(|error| error.to_string())
}
