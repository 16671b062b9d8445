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
use backchannel_wire::ids::hex;
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
    /// The digest of the set it was written under, in hexadecimal, if that is not the house's.
    #[n(4)]
    pub set: Option<String>,
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
        Self { code, reply_ms, cancels, kept: keys.iter().filter_map(value).collect(), set: None }
    }

    /// What is kept of an event, if it is a message of the house's set, or of another that is held.
    pub fn of_event(event: &Event, house: &Set, own: Option<&Set>) -> Option<Self> {
        let carried = Carried::read(message_text(event)?.as_str()).ok()?;
        let under = |set: &Set| Message::verify(&carried, set).ok().map(|message| Self::of(&message, set));
        under(house).or_else(|| {
            let own = own.filter(|own| own.digest() == carried.set)?;
            Some(Self { set: Some(hex(&carried.set)), ..under(own)? })
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templated::{draft, house};

    fn gist(file: &str) -> Gist {
        let set = house().unwrap();
        Gist::of(&draft::read(file, set).unwrap(), set)
    }

    // GIST-1
    #[test]
    fn nothing_that_a_person_wrote_is_kept_beside_the_text() {
        let of = gist(
            "template = \"line-suspension\"\n[fields]\nfrom = \"2026-12-01T06:00Z\"\nreason = \"The building moves.\"",
        );
        assert_eq!(of.instant("from").map(|at| at.0), Some(1_796_104_800_000));
        assert_eq!((of.value("until"), of.value("reason")), (None, None));
        let of = gist(
            "template = \"statement\"\n[fields]\ntime = \"2026-12-01T06:00Z\"\nwho = \"A minister\"\nsubstance = \"Words.\"\naudience = \"yes\"",
        );
        let kept = ["time", "who", "substance", "audience"].map(|key| of.value(key).is_some());
        assert_eq!(kept, [true, false, false, false]);
        // Of a template without a place on the list, nothing but its code and its reply time.
        let of = gist(
            "template = \"border-query\"\n[fields]\nasked = \"Why?\"\nplace = \"36N 12E\"\ntime = \"2026-12-01T06:00Z\"\nurgent = \"yes\"",
        );
        assert_eq!((of.code.as_str(), of.reply_ms, of.kept.len()), ("border-query", Some(2 * 86_400_000), 0));
        let texts = KEPT.iter().flat_map(|(code, keys)| keys.iter().map(move |key| (code, key)));
        for (code, key) in texts {
            let field = house().unwrap().template(code).unwrap().field(key).unwrap();
            assert!(!matches!(field.kind, Type::Line | Type::Text), "{code} {key}");
        }
    }

    // CLOCK-1
    #[test]
    fn what_takes_a_query_back_asks_nothing() {
        let id = "0123456789abcdef0123456789abcdef";
        let query = "[fields]\nclause = \"CLAUSE/entry\"\ntime = \"2026-12-01T06:00Z\"\nfacts = \"F.\"\nmind = \"not-known\"".replace("CLAUSE", id);
        assert_eq!(gist(&format!("template = \"complaint\"\n{query}")).reply_ms, Some(48 * 3_600_000));
        let back = gist(&format!("template = \"complaint\"\ncancel = \"{id}\"\n{query}"));
        assert_eq!((back.reply_ms, back.cancels.map(|id| id.to_hex())), (None, Some(id.to_owned())));
    }

    // DRAFT-8
    #[test]
    fn dispatches_are_named_by_the_beginnings_of_their_ids_and_what_is_answered_fills_the_reference() {
        let set = house().unwrap();
        let known = DispatchId([7; 16]);
        let resolve = |name: &str| (name == "0707").then_some(known);
        let file = "template = \"clarification\"\n[fields]\nkind = \"denied\"\nfacts = \"F.\"";
        let named =
            |file: &str, answers| draft::read_with(file, set, &draft::Names { resolve: &resolve, answers });
        let value = |message: Message| message.value("answers").cloned();
        assert!(named(file, None).is_err());
        assert_eq!(named(file, Some(known)).map(value), Ok(Some(Value::Reference(known))));
        let given = format!("{file}\nanswers = \"0707\"");
        assert_eq!(named(&given, None).map(value), Ok(Some(Value::Reference(known))));
        assert!(named(&given.replace("0707", "0808"), None).is_err());
    }
}
