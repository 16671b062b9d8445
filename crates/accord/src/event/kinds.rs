//! The words an event chooses from: form, precedence, disclosure, retention.

use backchannel_wire::UtcMs;
use minicbor::{Decode, Encode};

/// The form of a dispatch (docs/spec/dispatches.md, FORM rules).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Form {
    /// Spoken by the intermediary; what is kept is a note of it.
    #[n(0)]
    OralMessage,
    /// No author, no date, no commitment shown to the reader.
    #[n(1)]
    NonPaper,
    /// Third person, dated, no courtesies, no address, no signature.
    #[n(2)]
    AideMemoire,
    /// Facts only; unheaded, undated, unsigned.
    #[n(3)]
    BoutDePapier,
    /// Third person, addressed: the most formal record.
    #[n(4)]
    NoteVerbale,
    /// One message with typed fields, or a number of a codebook (docs/spec/messages.md).
    #[n(5)]
    Notification,
}

/// How urgent a dispatch is; it orders the sender's queue and the reader's screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Precedence {
    /// Leaves when the queue is free.
    #[n(0)]
    Routine,
    /// Before routine.
    #[n(1)]
    Priority,
    /// Before priority.
    #[n(2)]
    Immediate,
    /// Leaves in the next cell.
    #[n(3)]
    Flash,
}

/// What the intermediary may do with a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Disclosure {
    /// Carry it word for word.
    #[n(0)]
    Verbatim,
    /// Render it in its own words.
    #[n(1)]
    InSubstance,
    /// Keep it to itself.
    #[n(2)]
    Hold,
}

macro_rules! named {
    ($type:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        impl $type {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name used in drafts and in JSON.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The value with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.name())
            }
        }
    };
}

named!(Form {
    OralMessage = "oral-message",
    NonPaper = "non-paper",
    AideMemoire = "aide-memoire",
    BoutDePapier = "bout-de-papier",
    NoteVerbale = "note-verbale",
    Notification = "notification",
});
named!(Precedence { Routine = "routine", Priority = "priority", Immediate = "immediate", Flash = "flash" });
named!(Disclosure { Verbatim = "verbatim", InSubstance = "in-substance", Hold = "hold" });

/// How long the text of a dispatch may be kept. The fact that there was an exchange is always kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Retention {
    /// Kept until the channel or the day is burned.
    #[n(0)]
    Keep,
    /// The text goes at this instant, on every station.
    #[n(1)]
    Until(#[n(0)] UtcMs),
    /// Shown, acknowledged, not kept by the reader.
    #[n(2)]
    ReadAndReturn,
}

impl Retention {
    /// Whether this keeps a text no longer than `other` does.
    pub fn no_looser_than(self, other: Self) -> bool {
        match (self, other) {
            (_, Self::Keep) | (Self::ReadAndReturn, _) => true,
            (Self::Until(mine), Self::Until(theirs)) => mine <= theirs,
            _ => false,
        }
    }
}

impl serde::Serialize for Retention {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep => s.serialize_str("keep"),
            Self::Until(utc) => s.serialize_str(&format!("until {}", crate::time::rfc3339(*utc))),
            Self::ReadAndReturn => s.serialize_str("read-and-return"),
        }
    }
}
