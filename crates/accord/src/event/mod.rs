//! The events of the diplomacy: what travels in caucuses and delegation rooms (docs/spec/dispatches.md).
//!
//! Provenance is three layers that never merge: a party's text, the note of an oral message, the intermediary's
//! rendering. Which layer a text belongs to follows from the event it came in and its form, never from a field that its
//! author could set.

mod checks;
mod kinds;

pub use checks::{EVENT_VERSION, EventError};
pub use kinds::{Disclosure, Form, Precedence, Retention};

use crate::time::Date;
use crate::words::{At, DispatchId, Salt, Text, Texts};
use backchannel_wire::{PartyNo, UtcMs};
use minicbor::{Decode, Encode};

/// Whom a dispatch is addressed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Addressee {
    /// The intermediary itself, in the writer's caucus.
    #[n(0)]
    Intermediary,
    /// A party: from the intermediary, the party of the caucus; from a party, another one, reached through the
    /// intermediary.
    #[n(1)]
    Party(#[n(0)] PartyNo),
    /// The writer's own delegation.
    #[n(2)]
    Delegation,
}

/// One passage of a dispatch.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Passage {
    /// What the intermediary may do with it.
    #[n(0)]
    pub disclosure: Disclosure,
    /// Its language versions.
    #[n(1)]
    pub texts: Texts,
    /// For a verbatim passage that is guarded, its salt (docs/spec/dispatches.md, GUARD rules).
    #[n(2)]
    pub salt: Option<Salt>,
}

/// A dispatch, in the words of its author.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Dispatch {
    /// Its name.
    #[n(0)]
    pub id: DispatchId,
    /// Its form.
    #[n(1)]
    pub form: Form,
    /// Its urgency.
    #[n(2)]
    pub precedence: Precedence,
    /// Whom it is for.
    #[n(3)]
    pub to: Addressee,
    /// The instant by which an answer is asked.
    #[n(4)]
    pub reply_by: Option<UtcMs>,
    /// How long its text may be kept.
    #[n(5)]
    pub retention: Retention,
    /// What it answers, an item of the same room.
    #[n(6)]
    pub in_reply_to: Option<DispatchId>,
    /// The date it bears, where its form has one.
    #[n(7)]
    pub date: Option<Date>,
    /// The heading it bears.
    #[n(8)]
    pub heading: Option<Text>,
    /// The address line it bears.
    #[n(9)]
    pub addressee: Option<Text>,
    /// Its passages, in order.
    #[n(10)]
    pub passages: Vec<Passage>,
}

impl Dispatch {
    /// Each passage with its number: passages that may travel are numbered from 1 in order; a held one has no number, so
    /// that numbers tell a recipient nothing about it (EVENT-6).
    pub fn numbered(&self) -> impl Iterator<Item = (Option<u16>, &Passage)> {
        let mut last = 0u16;
        self.passages.iter().map(move |passage| {
            let travels = passage.disclosure != Disclosure::Hold;
            last = last.saturating_add(u16::from(travels));
            let number = travels.then_some(last);
            (number, passage)
        })
    }

    /// The passage with this number.
    pub fn passage(&self, number: u16) -> Option<&Passage> {
        self.numbered().find(|(own, _)| *own == Some(number)).map(|(_, passage)| passage)
    }
}

/// What a conveyance carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Origin {
    /// The dispatch of the party.
    #[n(0)]
    pub dispatch: DispatchId,
    /// The party.
    #[n(1)]
    pub party: PartyNo,
}

/// How one passage of a conveyance was made.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Mode {
    /// The party's words, said to be unaltered.
    #[n(0)]
    Verbatim {
        /// The number of the passage in the original.
        #[n(0)]
        passage: u16,
        /// Its language versions.
        #[n(1)]
        texts: Texts,
        /// The salt that came with it; without one the words count as the intermediary's.
        #[n(2)]
        salt: Option<Salt>,
    },
    /// The intermediary's rendering.
    #[n(1)]
    InSubstance {
        /// The numbers of the passages it was taken from.
        #[n(0)]
        from: Vec<u16>,
        /// The rendering.
        #[n(1)]
        texts: Texts,
    },
}

impl Mode {
    /// The language versions carried.
    pub fn texts(&self) -> &Texts {
        match self {
            Self::Verbatim { texts, .. } | Self::InSubstance { texts, .. } => texts,
        }
    }

    fn texts_mut(&mut self) -> &mut Texts {
        match self {
            Self::Verbatim { texts, .. } | Self::InSubstance { texts, .. } => texts,
        }
    }
}

/// The intermediary's carrying of a dispatch into another caucus.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Conveyance {
    /// Its own name.
    #[n(0)]
    pub id: DispatchId,
    /// What it carries.
    #[n(1)]
    pub of: Origin,
    /// The form in which it is carried.
    #[n(2)]
    pub form: Form,
    /// Its urgency.
    #[n(3)]
    pub precedence: Precedence,
    /// The instant by which an answer is asked.
    #[n(4)]
    pub reply_by: Option<UtcMs>,
    /// How long its text may be kept.
    #[n(5)]
    pub retention: Retention,
    /// The recipient's own dispatch that the original answers, if it answers one.
    #[n(6)]
    pub in_reply_to: Option<DispatchId>,
    /// The date the original bears, where the form shows one.
    #[n(7)]
    pub date: Option<Date>,
    /// The heading the original bears.
    #[n(8)]
    pub heading: Option<Text>,
    /// The address line the original bears.
    #[n(9)]
    pub addressee: Option<Text>,
    /// What is carried, in order.
    #[n(10)]
    pub passages: Vec<Mode>,
}

/// What a recipient says it understood.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ReadBack {
    /// Its own name.
    #[n(0)]
    pub id: DispatchId,
    /// The conveyance, or the dispatch, that is read back.
    #[n(1)]
    pub of: DispatchId,
    /// What was understood.
    #[n(2)]
    pub texts: Texts,
    /// What the intermediary may tell the first party of it: verbatim, its text; in substance or hold, that it was given.
    #[n(3)]
    pub disclosure: Disclosure,
    /// For a verbatim read-back that is guarded, its salt.
    #[n(4)]
    pub salt: Option<Salt>,
}

/// How a passage of the original was carried, told to its author.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Carried {
    /// The number of the passage.
    #[n(0)]
    pub passage: u16,
    /// Whether it was carried word for word.
    #[n(1)]
    pub verbatim: bool,
}

/// What became of a dispatch in another caucus.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Step {
    /// It was conveyed.
    #[n(0)]
    Conveyed(#[n(0)] Vec<Carried>),
    /// A station of the recipient acknowledged it.
    #[n(1)]
    Received,
    /// A person of the recipient read it.
    #[n(2)]
    Read,
    /// The recipient read it back.
    #[n(3)]
    ReadBack {
        /// The name of the read-back.
        #[n(0)]
        id: DispatchId,
        /// Its text, where the recipient lets it travel.
        #[n(1)]
        texts: Option<Texts>,
        /// Its salt, if guarded.
        #[n(2)]
        salt: Option<Salt>,
    },
}

/// The intermediary's station telling a party what became of its dispatch.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Progress {
    /// The party's dispatch.
    #[n(0)]
    pub of: DispatchId,
    /// The party it was carried to.
    #[n(1)]
    pub to: PartyNo,
    /// What happened.
    #[n(2)]
    pub step: Step,
    /// When, in the other caucus.
    #[n(3)]
    pub at: At,
}

/// The intermediary will not carry a dispatch further.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Declined {
    /// The party's dispatch.
    #[n(0)]
    pub of: DispatchId,
    /// Why, in the intermediary's words.
    #[n(1)]
    pub reason: Option<Texts>,
}

/// One event of a caucus or a delegation room.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Event {
    /// A dispatch in its author's words.
    #[n(0)]
    Dispatch(#[n(0)] Box<Dispatch>),
    /// A dispatch carried by the intermediary.
    #[n(1)]
    Conveyance(#[n(0)] Box<Conveyance>),
    /// What a recipient understood.
    #[n(2)]
    ReadBack(#[n(0)] Box<ReadBack>),
    /// A person read an item.
    #[n(3)]
    Read(#[n(0)] DispatchId),
    /// A read-and-return item was read and its text is no longer kept by this station.
    #[n(4)]
    Returned(#[n(0)] DispatchId),
    /// What became of a dispatch.
    #[n(5)]
    Progress(#[n(0)] Box<Progress>),
    /// A dispatch will not be carried.
    #[n(6)]
    Declined(#[n(0)] Box<Declined>),
}

impl Event {
    /// The event's own name: dispatches, conveyances and read-backs have one.
    pub fn id(&self) -> Option<DispatchId> {
        match self {
            Self::Dispatch(dispatch) => Some(dispatch.id),
            Self::Conveyance(conveyance) => Some(conveyance.id),
            Self::ReadBack(read_back) => Some(read_back.id),
            _ => None,
        }
    }

    /// The item of the same room that this event is about, other than by answering it.
    pub fn of(&self) -> Option<DispatchId> {
        match self {
            Self::ReadBack(read_back) => Some(read_back.of),
            Self::Read(of) | Self::Returned(of) => Some(*of),
            Self::Progress(progress) => Some(progress.of),
            Self::Declined(declined) => Some(declined.of),
            Self::Dispatch(_) | Self::Conveyance(_) => None,
        }
    }

    /// What the event answers.
    pub fn in_reply_to(&self) -> Option<DispatchId> {
        match self {
            Self::Dispatch(dispatch) => dispatch.in_reply_to,
            Self::Conveyance(conveyance) => conveyance.in_reply_to,
            _ => None,
        }
    }

    /// How urgent the event is in the sender's queue: its own precedence; marks and progress go before routine texts.
    pub fn precedence(&self) -> Precedence {
        match self {
            Self::Dispatch(dispatch) => dispatch.precedence,
            Self::Conveyance(conveyance) => conveyance.precedence,
            _ => Precedence::Priority,
        }
    }

    /// The event with every text and salt taken out: what is kept when its retention ends.
    #[must_use]
    pub fn without_text(&self) -> Self {
        let mut event = self.clone();
        match &mut event {
            Self::Dispatch(dispatch) => {
                (dispatch.heading, dispatch.addressee) = (None, None);
                for passage in &mut dispatch.passages {
                    (passage.texts, passage.salt) = (Texts::default(), None);
                }
            }
            Self::Conveyance(conveyance) => {
                (conveyance.heading, conveyance.addressee) = (None, None);
                for mode in &mut conveyance.passages {
                    *mode.texts_mut() = Texts::default();
                    if let Mode::Verbatim { salt, .. } = mode {
                        *salt = None;
                    }
                }
            }
            Self::ReadBack(read_back) => (read_back.texts, read_back.salt) = (Texts::default(), None),
            Self::Progress(progress) => {
                if let Step::ReadBack { texts, salt, .. } = &mut progress.step {
                    (*texts, *salt) = (None, None);
                }
            }
            Self::Declined(declined) => declined.reason = None,
            Self::Read(_) | Self::Returned(_) => {}
        }
        event
    }
}
