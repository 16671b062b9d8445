//! The watch floor of one delegation: hand-over, and release by a second person (docs/spec/line.md, WATCH rules).

use super::Desk;
use super::messages::Asked;
use super::sentences::brief;
use super::types::{Facts, Reaction};
use crate::api::{ErrorKind, Failure};
use backchannel_accord::templated::{Carried, Message, Set, Under, Value as Field, message_text};
use backchannel_accord::words::At;
use backchannel_accord::{DispatchId, Precedence};
use backchannel_wire::{MemberId, Role};
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Bytes of one piece of a message that waits for release: what a field of a template takes.
const PIECE_BYTES: usize = 4000;

impl Desk {
    /// Asks a second person to release a message: it waits in the delegation's room (WATCH-2).
    pub(super) fn ask_release(
        &mut self,
        to: &str,
        text: &str,
        precedence: Precedence,
        answered: Option<DispatchId>,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Reaction, Failure> {
        let set = Self::house()?;
        let mut values = BTreeMap::from([
            ("to".to_owned(), vec![Field::Text(to.to_owned())]),
            ("precedence".to_owned(), vec![Field::Choice(precedence.name().to_owned())]),
            ("message".to_owned(), pieces(text).map(|piece| Field::Text(piece.to_owned())).collect()),
        ]);
        values.extend(answered.map(|id| ("answers".to_owned(), vec![Field::Reference(id)])));
        let version = set.template("watch-release").map_or(1, |template| template.version);
        let under = Under::Template("watch-release".to_owned(), version);
        let request = Message::new(under, None, values, set).map_err(|error| {
            let hint = "Shorten the message.";
            Failure::new(ErrorKind::Refused, format!("It cannot wait for a second person: {error}."), hint)
        })?;
        let request = request.carried(set).write();
        let mut reaction =
            self.send_message("delegation", &request, Precedence::Immediate, None, facts, rng)?;
        if let Some(reply) = reaction.reply.as_mut() {
            reply["waits_for_release"] = json!(true);
        }
        Ok(reaction)
    }

    /// The message that waits in a request for release, its notation, and its set.
    pub(super) fn inner(&self, request: &Message) -> Option<(Message, String, &Set)> {
        let Under::Template(code, _) = &request.under else { return None };
        if code != "watch-release" {
            return None;
        }
        let pieces = request.values.get("message")?.iter();
        let text: String = pieces
            .filter_map(|piece| match piece {
                Field::Text(piece) => Some(piece.as_str()),
                _ => None,
            })
            .collect();
        let carried = Carried::read(&text).ok()?;
        let set = self.set_of(&carried)?;
        let message = Message::verify(&carried, set).ok()?;
        Some((message, text, set))
    }

    /// Releases what another person of the delegation wrote, after reading it (WATCH-2).
    pub(super) fn release_message(
        &mut self,
        id: &str,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Reaction, Failure> {
        let set = Self::house()?;
        let id = self.find(id)?;
        let waiting = self.book.ledger.watch().releases.into_iter().find(|one| one.id == id);
        let waiting = waiting.ok_or_else(|| {
            let hint = "See `backchannel line status` for what waits to be released.";
            Failure::new(ErrorKind::NotFound, "This is nothing that waits to be released.", hint)
        })?;
        let refused = |what: &str, hint: &str| Err(Failure::new(ErrorKind::Refused, what, hint));
        if waiting.by == facts.me.member {
            return refused(
                "A second person releases it, not who wrote it (WATCH-2).",
                "Ask a colleague who may write.",
            );
        }
        if waiting.released.is_some() {
            return refused("It was released already.", "See `backchannel line status`.");
        }
        if !self.book.ledger.was_read_by(id, facts.me.member) {
            return refused(
                "It is read before it is released (WATCH-2).",
                "Show it with `backchannel show`, check every field, and release it then.",
            );
        }
        let request = self.book.ledger.event(id).and_then(message_text);
        let request = request.and_then(|text| Carried::read(text.as_str()).ok());
        let request = request.and_then(|carried| Message::verify(&carried, set).ok());
        let inner = request.as_ref().and_then(|request| self.inner(request)).map(|(_, text, _)| text);
        let (Some(request), Some(message)) = (request, inner) else {
            return refused(
                "It does not keep to its template any more, and is not sent (MSG-7).",
                "Write it again.",
            );
        };
        let text = |key: &str| match request.value(key) {
            Some(Field::Text(text) | Field::Choice(text)) => text.clone(),
            _ => String::new(),
        };
        let answered = match request.value("answers") {
            Some(Field::Reference(id)) => Some(*id),
            _ => None,
        };
        let precedence = Precedence::from_name(&text("precedence")).unwrap_or(Precedence::Immediate);
        let mut reaction = self.send_message(&text("to"), &message, precedence, answered, facts, rng)?;
        let sent = reaction.reply.as_ref().and_then(|reply| reply["id"].as_str()).unwrap_or_default();
        let released = format!("template = \"watch-released\"\n[fields]\ndispatch = \"{sent}\"");
        let asked = Asked {
            to: Some("delegation"),
            message: &released,
            precedence: None,
            answers: Some(&id.to_hex()),
        };
        // It has left by now: that it did is told here, also where the delegation cannot be told.
        match self.notify(asked, facts, rng) {
            Ok(told) => reaction.merge(Reaction { reply: None, ..told }),
            Err(failure) => {
                let why = failure.message.trim_end_matches('.');
                let what = format!("{} was released, and the delegation was not told ({why}).", brief(id));
                reaction.line("not-told", what);
            }
        }
        Ok(reaction)
    }

    /// Sets whether a second person releases messages (the head).
    pub(super) fn watch_rules(
        &mut self,
        second: bool,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Reaction, Failure> {
        if facts.me.role != Role::Head {
            let hint = "Ask your head of delegation.";
            return Err(Failure::new(ErrorKind::Refused, "Only the head sets the rule (WATCH-2).", hint));
        }
        let yes = if second { "yes" } else { "no" };
        let message = format!("template = \"watch-rules\"\n[fields]\nsecond-person = \"{yes}\"");
        let asked = Asked { to: Some("delegation"), message: &message, precedence: None, answers: None };
        self.notify(asked, facts, rng)
    }

    /// The watch of this delegation as data.
    pub(super) fn watch_json(&self, facts: &Facts<'_>) -> Value {
        let watch = self.book.ledger.watch();
        let who = |member: MemberId| facts.person(self.party, member);
        let at = |at: At| backchannel_accord::time::rfc3339(at.utc);
        let waiting = watch.releases.iter().filter(|one| one.released.is_none());
        let waiting: Vec<Value> = waiting
            .map(|one| json!({ "id": one.id.to_hex(), "by": who(one.by), "since": at(one.at) }))
            .collect();
        json!({
            "second_person": watch.second_person,
            "on_duty": watch.on_duty.map(|(member, since)| json!({ "who": who(member), "since": at(since) })),
            "offered": watch.offered.map(|(id, member, since)| {
                json!({ "id": id.to_hex(), "by": who(member), "since": at(since) })
            }),
            "waiting": waiting,
        })
    }
}

/// A text in pieces that a field takes, none of them blank at its ends alone.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut at = rest.len().min(PIECE_BYTES);
        while !rest.is_char_boundary(at) {
            at -= 1;
        }
        let (piece, after) = rest.split_at(at);
        rest = after;
        Some(piece)
    })
}
