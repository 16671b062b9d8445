//! Notifications, queries and answers: written down by a person, read against the templates, shown in the reader's language
//! (docs/spec/messages.md).

use super::Desk;
use super::requests::no_such_side;
use super::types::{Facts, Reaction};
use crate::api::{ErrorKind, Failure};
use backchannel_accord::draft::Draft;
use backchannel_accord::templated::draft::{DraftError, Names, read_with};
use backchannel_accord::templated::{
    Beyond, Carried, Gist, LANGUAGE, Message, Mismatch, Rendering, Set, Timeliness, Under, beyond, house,
    message_text, render, timeliness,
};
use backchannel_accord::{
    Admitted, Disclosure, DispatchId, Form, Lang, Observation, Precedence, Retention, RoomKind, Text, Texts,
};
use backchannel_wire::PartyNo;
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};

/// What a person asks to be sent.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The side it is for; what it answers, or the one other party, says it otherwise.
    pub to: Option<&'a str>,
    /// The message as TOML.
    pub message: &'a str,
    /// Its urgency, if it is not the template's.
    pub precedence: Option<&'a str>,
    /// What it answers: an id or its beginning.
    pub answers: Option<&'a str>,
}

/// What one's own delegation says to itself needs no second person, nor does what only tests the line (WATCH-2).
const UNRELEASED: &[&str] = &["line-check", "line-answer"];

/// A message as it leaves.
pub(super) struct Written {
    /// Its notation.
    pub text: String,
    /// The code of its template, if it has one.
    pub code: Option<String>,
    /// Its urgency, unless a person says otherwise.
    pub precedence: Precedence,
    /// Whether it is under the channel's own set.
    pub own: bool,
}

impl Desk {
    /// The templates and codebooks of the house.
    pub(super) fn house() -> Result<&'static Set, Failure> {
        house()
            .map_err(|error| Failure::new(ErrorKind::Internal, format!("{error}."), "Get the program again."))
    }

    /// The set under which a message was carried, if this station holds it (MSG-7).
    pub(super) fn set_of(&self, carried: &Carried) -> Option<&Set> {
        let house = Self::house().ok().filter(|house| house.digest() == carried.set);
        let own = || self.own.as_ref().filter(|own| own.digest() == carried.set);
        house.or_else(own)
    }

    /// Keeps what is known of a message beside its text, so that it is known while locked and when the text is gone (GIST-2).
    pub(super) fn note_message(&mut self, admitted: &Admitted, reaction: &mut Reaction) {
        let Some(id) = admitted.event.id() else { return };
        let house = Self::house().ok();
        let gist = house.and_then(|house| Gist::of_event(&admitted.event, house, self.own.as_ref()));
        if let Some(gist) = gist {
            self.book.observe(id, admitted.utc, Observation::Message { id, gist }, true, reaction);
        }
    }

    /// Sends a message; where the delegation's rule asks it, a second person releases it first (WATCH-2).
    pub(super) fn notify(
        &mut self,
        asked: Asked<'_>,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Reaction, Failure> {
        let answered = asked.answers.map(|id| self.find(id)).transpose()?;
        let written = self.read_message(asked.message, answered)?;
        let to = self.side_for(asked.to, answered, facts)?;
        let precedence = match asked.precedence {
            Some(name) => Precedence::from_name(name).ok_or_else(|| {
                let hint = "Give routine, priority, immediate or flash.";
                Failure::new(ErrorKind::Usage, "There is no such precedence.", hint)
            })?,
            None => written.precedence,
        };
        self.is_held_there(&written, &to, facts)?;
        let inside = to.eq_ignore_ascii_case("delegation");
        let free = written.code.as_deref().is_some_and(|code| UNRELEASED.contains(&code));
        if !inside && !free && self.book.ledger.watch().second_person {
            return self.ask_release(&to, &written.text, precedence, answered, facts, rng);
        }
        self.send_message(&to, &written.text, precedence, answered, facts, rng)
    }

    pub(super) fn send_message(
        &mut self,
        to: &str,
        text: &str,
        precedence: Precedence,
        answered: Option<DispatchId>,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Reaction, Failure> {
        let lang = Lang::new(LANGUAGE).into_iter();
        let texts = Texts(lang.map(|lang| (lang, Text::new(text))).collect());
        let draft = Draft {
            to: Some(to.to_owned()),
            form: Form::Notification,
            precedence,
            reply_by: None,
            retention: Retention::Keep,
            date: None,
            heading: None,
            addressee: None,
            passages: vec![(Disclosure::Verbatim, texts)],
            warnings: Vec::new(),
        };
        self.send(draft, answered, facts, rng)
    }

    /// Reads a message as a person wrote it. Dispatches are named in it as this station shows them, and travel by the names their
    /// authors have for them (DRAFT-8). What the house does not have, the channel's own set may.
    fn read_message(&self, text: &str, answered: Option<DispatchId>) -> Result<Written, Failure> {
        let resolve = |name: &str| {
            let known = self.find(name).ok().map(|id| self.book.ledger.original(id));
            known.or_else(|| DispatchId::from_hex(name))
        };
        let names = Names { resolve: &resolve, answers: answered.map(|id| self.book.ledger.original(id)) };
        let read = |set: &Set, own: bool| {
            read_with(text, set, &names).map(|message| Written {
                text: message.carried(set).write(),
                code: match &message.under {
                    Under::Template(code, _) => Some(code.clone()),
                    Under::Codebook(..) => None,
                },
                precedence: usual(&message, set),
                own,
            })
        };
        let written = match (read(Self::house()?, false), &self.own) {
            (Err(DraftError::Unknown), Some(own)) => read(own, true),
            (written, _) => written,
        };
        written.map_err(|error| {
            let hint = "`backchannel notify --blank` writes a file to fill in.";
            Failure::new(ErrorKind::Usage, format!("The message was not understood: {error}."), hint)
        })
    }

    /// For which side a message is: as it says, as what it answers says, or the one other party.
    fn side_for(
        &self,
        to: Option<&str>,
        answered: Option<DispatchId>,
        facts: &Facts<'_>,
    ) -> Result<String, Failure> {
        if let Some(to) = to {
            return Ok(to.to_owned());
        }
        if let Some(answered) = answered {
            return Ok(match self.answer_to(answered) {
                backchannel_accord::event::Addressee::Party(party) => (facts.labels)(party),
                backchannel_accord::event::Addressee::Delegation => "delegation".to_owned(),
                backchannel_accord::event::Addressee::Intermediary => "intermediary".to_owned(),
            });
        }
        self.other(None, facts).map(|party| (facts.labels)(party))
    }

    /// A side by its label, or the one other party.
    pub(super) fn other(&self, to: Option<&str>, facts: &Facts<'_>) -> Result<PartyNo, Failure> {
        let others: Vec<PartyNo> = facts.others().collect();
        match (to, others.as_slice()) {
            (Some(to), _) => (facts.party_named)(to)
                .filter(|party| others.contains(party))
                .ok_or_else(|| no_such_side(facts)),
            (None, [party]) if self.party != PartyNo::INTERMEDIARY => Ok(*party),
            _ => Err(no_such_side(facts)),
        }
    }

    /// What an item says, if it is a message, in a language: compared with the template first (MSG-7 to MSG-11).
    pub(super) fn described(&self, id: DispatchId, lang: &Lang) -> Option<Value> {
        let text = message_text(self.book.ledger.event(id)?)?;
        let carried = Carried::read(text.as_str()).ok()?;
        let set = self.set_of(&carried);
        let read = set.ok_or(Mismatch::Unknown).and_then(|set| Message::verify(&carried, set));
        let (Some(set), Ok(message)) = (set, &read) else {
            return Some(unknown(&carried, &read.err().unwrap_or(Mismatch::Unknown)));
        };
        let shown = render(message, set, lang)?;
        let provided = self.book.ledger.provided_at(id);
        let due = self.book.ledger.due_of_answered(id);
        let late = provided.map(|at| timeliness(message, set, at, due));
        let line = self.line_of(id);
        let mut json = as_json(&shown, late);
        json["beyond"] = beyond(message, set, line.as_deref()).iter().map(beyond_json).collect();
        if let Some((inner, _, set)) = self.inner(message) {
            json["releases"] = described_message(&inner, set, lang);
        }
        Some(json)
    }

    /// The line from which distances count between the two sides of an item.
    fn line_of(&self, id: DispatchId) -> Option<Vec<backchannel_accord::templated::Place>> {
        let ledger = &self.book.ledger;
        let other = match (ledger.event(id)?, ledger.room_kind(id)?) {
            (backchannel_accord::Event::Conveyance(conveyance), RoomKind::Caucus(party)) => {
                (conveyance.of.party, party)
            }
            (backchannel_accord::Event::Dispatch(dispatch), RoomKind::Caucus(party)) => match dispatch.to {
                backchannel_accord::event::Addressee::Party(to) => (party, to),
                _ => return None,
            },
            _ => return None,
        };
        ledger.agreed_line(other.0, other.1)
    }
}

/// The precedence of a template; a number of the codebook is a flash.
fn usual(message: &Message, set: &Set) -> Precedence {
    match &message.under {
        Under::Template(code, _) => {
            set.template(code).map_or(Precedence::Immediate, |template| template.precedence)
        }
        Under::Codebook(..) => Precedence::Flash,
    }
}

/// A message in a language, without what depends on when it came.
pub(super) fn described_message(message: &Message, set: &Set, lang: &Lang) -> Value {
    render(message, set, lang).map_or(Value::Null, |shown| as_json(&shown, None))
}

fn as_json(shown: &Rendering, late: Option<Timeliness>) -> Value {
    let fields =
        shown.lines.iter().map(|line| json!({ "key": line.key, "label": line.label, "value": line.value }));
    let (late_ms, early_ms) = match late {
        Some(Timeliness::Late(ms)) => (Some(ms), None),
        Some(Timeliness::Early(ms)) => (None, Some(ms)),
        _ => (None, None),
    };
    json!({
        "lang": shown.lang.code(), "reviewed": shown.reviewed, "number": shown.number, "title": shown.title, "said": shown.said,
        "fields": fields.collect::<Vec<_>>(), "late_ms": late_ms, "early_ms": early_ms,
        "updates": shown.revises.filter(|(cancels, _)| !cancels).map(|(_, id)| id.to_hex()),
        "cancels": shown.revises.filter(|(cancels, _)| *cancels).map(|(_, id)| id.to_hex()),
    })
}

fn beyond_json(beyond: &Beyond) -> Value {
    match beyond {
        Beyond::Window(field, over) => json!({ "what": "window", "field": field, "over_ms": over }),
        Beyond::Near(field, metres, least) => {
            json!({ "what": "near", "field": field, "metres": metres, "least": least })
        }
        Beyond::NoLine(field) => json!({ "what": "no-line", "field": field }),
    }
}

/// What this station does not hold is shown as it stands, and nothing of it is guessed (MSG-7).
fn unknown(carried: &Carried, mismatch: &Mismatch) -> Value {
    let under = match &carried.under {
        Under::Template(code, version) => format!("template {code}, version {version}"),
        Under::Codebook(code, version, number) => {
            format!("number {number} of codebook {code}, version {version}")
        }
    };
    let fields: Vec<Value> = carried
        .fields
        .iter()
        .map(|(key, value)| json!({ "key": key, "label": null, "value": value }))
        .collect();
    json!({ "unknown": mismatch.to_string(), "under": under, "fields": fields })
}
