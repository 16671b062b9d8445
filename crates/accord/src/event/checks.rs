//! The encoding of an event, and the bounds every event keeps (docs/spec/dispatches.md, EVENT rules).

use super::{Conveyance, Disclosure, Dispatch, Event, Form, Mode, Step};
use crate::limits::{EVENT_BYTES_MAX, HEADER_BYTES_MAX, PASSAGES_MAX, REASON_BYTES_MAX, TEXT_BYTES_MAX};
use crate::templated::{Carried, LANGUAGE};
use crate::words::{Text, Texts};
use backchannel_wire::canonical::{self, CanonicalError};

/// The version of the event encoding.
pub const EVENT_VERSION: u8 = 1;

/// Why bytes are not an event, or an event may not exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// Longer than [`EVENT_BYTES_MAX`].
    #[error("the event has {0} bytes, above the limit of {EVENT_BYTES_MAX} (EVENT-1)")]
    TooLong(usize),
    /// A version this program does not know.
    #[error("the event is of version {0}, which this program does not know (EVENT-2)")]
    Version(u8),
    /// Not the one canonical encoding of an event.
    #[error("{0} (EVENT-3)")]
    Encoding(#[from] CanonicalError),
    /// A size or count beyond its limit, or a part that must not be empty.
    #[error("{0} (EVENT-5)")]
    Bounds(&'static str),
}

impl EventError {
    /// The rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::TooLong(_) => "EVENT-1",
            Self::Version(_) => "EVENT-2",
            Self::Encoding(_) => "EVENT-3",
            Self::Bounds(_) => "EVENT-5",
        }
    }
}

impl Event {
    /// Encodes the event: the version byte, then canonical CBOR. Whoever drafted it checks [`Event::bounds`] first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![EVENT_VERSION];
        out.extend(canonical::to_vec(self));
        out
    }

    /// Decodes an event and refuses what is too long, of another version, not canonical or out of bounds.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EventError> {
        if bytes.len() > EVENT_BYTES_MAX {
            return Err(EventError::TooLong(bytes.len())); // EVENT-1
        }
        let (version, body) = bytes.split_first().ok_or(EventError::Encoding(CanonicalError::Malformed))?;
        if *version != EVENT_VERSION {
            return Err(EventError::Version(*version)); // EVENT-2
        }
        let event: Self = canonical::from_slice(body)?; // EVENT-3
        event.bounds()?;
        Ok(event)
    }

    /// Checks that the encoded event is not too long to travel (EVENT-1).
    pub fn size(&self) -> Result<(), EventError> {
        let bytes = self.to_bytes().len();
        if bytes > EVENT_BYTES_MAX { Err(EventError::TooLong(bytes)) } else { Ok(()) }
    }

    /// Checks every size and count (EVENT-5).
    pub fn bounds(&self) -> Result<(), EventError> {
        match self {
            Self::Dispatch(dispatch) => dispatch_bounds(dispatch),
            Self::Conveyance(conveyance) => conveyance_bounds(conveyance),
            Self::ReadBack(read_back) => {
                fits(read_back.texts.in_bounds(TEXT_BYTES_MAX), "a read-back's text is empty or too long")?;
                let guarded = read_back.salt.is_some();
                fits(
                    !guarded || read_back.disclosure == Disclosure::Verbatim,
                    "only verbatim text has a salt",
                )
            }
            Self::Progress(progress) => match &progress.step {
                Step::Conveyed(carried) => {
                    fits(carried.len() <= PASSAGES_MAX * 2, "more passages carried than can be")
                }
                Step::ReadBack { texts: Some(texts), .. } => {
                    fits(texts.in_bounds(TEXT_BYTES_MAX), "a read-back's text is empty or too long")
                }
                Step::ReadBack { texts: None, salt, .. } => fits(salt.is_none(), "a salt without a text"),
                Step::Received | Step::Read => Ok(()),
            },
            Self::Declined(declined) => fits(
                declined.reason.as_ref().is_none_or(|reason| reason.in_bounds(REASON_BYTES_MAX)),
                "the reason is empty or too long",
            ),
            Self::Read(_) | Self::Returned(_) => Ok(()),
        }
    }
}

fn fits(holds: bool, what: &'static str) -> Result<(), EventError> {
    if holds { Ok(()) } else { Err(EventError::Bounds(what)) }
}

fn header(line: Option<&Text>) -> Result<(), EventError> {
    let held = line.is_none_or(|text| {
        let text = text.as_str();
        !text.trim().is_empty() && text.len() <= HEADER_BYTES_MAX && !text.contains(['\n', '\r'])
    });
    fits(held, "a heading or address line is empty, too long or more than one line")
}

fn dispatch_bounds(dispatch: &Dispatch) -> Result<(), EventError> {
    header(dispatch.heading.as_ref())?;
    header(dispatch.addressee.as_ref())?;
    fits((1..=PASSAGES_MAX).contains(&dispatch.passages.len()), "a dispatch has 1 to 64 passages")?;
    for passage in &dispatch.passages {
        fits(passage.texts.in_bounds(TEXT_BYTES_MAX), "a passage's text is empty or too long")?;
        let guarded = passage.salt.is_some();
        fits(!guarded || passage.disclosure == Disclosure::Verbatim, "only a verbatim passage has a salt")?;
    }
    let message = match dispatch.passages.as_slice() {
        [passage] => passage.disclosure == Disclosure::Verbatim && is_message(&passage.texts),
        _ => false,
    };
    fits(message || dispatch.form != Form::Notification, NO_MESSAGE)
}

const NO_MESSAGE: &str = "a notification is one message, to be carried word for word (FORM-15)";

/// Whether a passage is a message of docs/spec/messages.md (FORM-15).
fn is_message(texts: &Texts) -> bool {
    let mut all = texts.0.iter();
    match (all.next(), all.next()) {
        (Some((lang, text)), None) => lang.code() == LANGUAGE && Carried::read(text.as_str()).is_ok(),
        _ => false,
    }
}

fn conveyance_bounds(conveyance: &Conveyance) -> Result<(), EventError> {
    header(conveyance.heading.as_ref())?;
    header(conveyance.addressee.as_ref())?;
    fits((1..=PASSAGES_MAX).contains(&conveyance.passages.len()), "a conveyance has 1 to 64 passages")?;
    for mode in &conveyance.passages {
        fits(mode.texts().in_bounds(TEXT_BYTES_MAX), "a passage's text is empty or too long")?;
        if let Mode::InSubstance { from, .. } = mode {
            let sorted = from.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
            fits(sorted && from.len() <= PASSAGES_MAX, "the passages rendered are not in order")?;
        }
    }
    let mut numbers: Vec<u16> = Vec::new();
    for mode in &conveyance.passages {
        if let Mode::Verbatim { passage, .. } = mode {
            fits(!numbers.contains(passage), "a passage is carried verbatim twice")?;
            numbers.push(*passage);
        }
    }
    let message = match conveyance.passages.as_slice() {
        [Mode::Verbatim { texts, .. }] => is_message(texts),
        _ => false,
    };
    fits(message || conveyance.form != Form::Notification, NO_MESSAGE)
}
