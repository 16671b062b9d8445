//! What is kept of a message beside its text: its template, its reply time, and of the templates about the line, the watch and
//! public words the values that stations reckon with (GIST rules). It goes on being known while the records are locked, and when
//! the text is gone.

use super::message::{Carried, LANGUAGE, Message, Revises, Under};
use super::place::Place;
use super::set::Set;
use super::timely::reply_within;
use super::value::{Type, Value};
use crate::event::{Event, Form};
use crate::time::parse_rfc3339;
use crate::words::{DispatchId, Lang, Text};
use backchannel_wire::UtcMs;
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

/// The fields that are kept, by template: instants, numbers, choices, the agreed line and names of dispatches, never free text (GIST-1).
const KEPT: &[(&str, &[&str])] = &[
    ("agreed-line", &["track"]),
    ("line-answer", &["number"]),
    ("line-check", &["number", "made"]),
    ("line-resumption", &["from"]),
    ("line-schedule", &["every", "from"]),
    ("line-suspension", &["from", "until"]),
    ("statement", &["time"]),
    ("statement-mark", &["statement", "view"]),
    ("watch-rules", &["second-person"]),
];

/// What is kept of a message.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Gist {
    /// The code of its template; of a numbered message the codebook's code, a slash and the number.
    #[n(0)]
    pub code: String,
    /// Within how many milliseconds it asks for an answer.
    #[n(1)]
    pub reply_ms: Option<u64>,
    /// The message it takes back.
    #[n(2)]
    pub cancels: Option<DispatchId>,
    /// Values in their one form, by field.
    #[n(3)]
    kept: BTreeMap<String, String>,
}

impl Gist {
    /// What is kept of a message of a set.
    pub fn of(message: &Message, set: &Set) -> Self {
        let code = match &message.under {
            Under::Template(code, _) => code.clone(),
            Under::Codebook(code, _, number) => format!("{code}/{number}"),
        };
        let keys = KEPT.iter().find(|(of, _)| *of == code).map_or(&[][..], |(_, keys)| keys);
        let value = |key: &&str| Some(((*key).to_owned(), message.value(key)?.to_wire()));
        let cancels = match message.revises {
            Some(Revises::Cancel(of)) => Some(of),
            _ => None,
        };
        // What takes a query back asks nothing.
        let reply_ms = reply_within(message, set).filter(|_| cancels.is_none());
        Self { code, reply_ms, cancels, kept: keys.iter().filter_map(value).collect() }
    }

    /// What is kept of an event, if it is a message of the set.
    pub fn of_event(event: &Event, set: &Set) -> Option<Self> {
        let text = message_text(event)?;
        let message = Message::verify(&Carried::read(text.as_str()).ok()?, set).ok()?;
        Some(Self::of(&message, set))
    }

    /// A value that is kept, in its one form.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.kept.get(key).map(String::as_str)
    }

    /// An instant that is kept.
    pub fn instant(&self, key: &str) -> Option<UtcMs> {
        parse_rfc3339(self.value(key)?)
    }

    /// A dispatch that is named.
    pub fn reference(&self, key: &str) -> Option<DispatchId> {
        DispatchId::from_hex(self.value(key)?)
    }

    /// A way that is kept.
    pub fn track(&self, key: &str) -> Option<Vec<Place>> {
        match Value::from_wire(Type::Track, self.value(key)?) {
            Ok(Value::Track(places)) => Some(places),
            _ => None,
        }
    }

    /// A number that is kept.
    pub fn number(&self, key: &str) -> Option<u64> {
        self.value(key)?.parse().ok()
    }
}

/// The text of a message that an event carries, if it is a notification.
pub fn message_text(event: &Event) -> Option<&Text> {
    let lang = Lang::new(LANGUAGE)?;
    match event {
        Event::Dispatch(dispatch) if dispatch.form == Form::Notification => {
            dispatch.passages.iter().find_map(|passage| passage.texts.0.get(&lang))
        }
        Event::Conveyance(conveyance) if conveyance.form == Form::Notification => {
            conveyance.passages.iter().find_map(|mode| mode.texts().0.get(&lang))
        }
        _ => None,
    }
}
