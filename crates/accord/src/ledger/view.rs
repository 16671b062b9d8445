//! What this side is shown of an item, of its inbox and of its receipts.
//!
//! A view is computed from what reached this side, so it cannot show what the side was not given. Its texts are another
//! party's words: whoever prints them passes them through [`crate::text::safe`].

use super::DropReason;
use crate::event::{Disclosure, Form, Precedence, Retention};
use crate::words::{At, Text, Texts};
use serde::Serialize;

/// The three layers of provenance. They never merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LayerKind {
    /// A party's own text.
    PartyText,
    /// The note of an oral message; never the party's own text.
    NoteOfOralMessage,
    /// The intermediary's words.
    IntermediaryRendering,
}

/// The state of a passage's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum TextState {
    /// Verbatim, and the digest in the registry fits.
    #[serde(rename = "guarded, matched")]
    Matched,
    /// Verbatim with a salt; the digest has not been found yet.
    #[serde(rename = "guarded, not yet matched")]
    Pending,
    /// Said to be verbatim, but without a salt.
    #[serde(rename = "no salt: the intermediary's words")]
    NoSalt,
    /// Said to be verbatim, but not what the party wrote.
    #[serde(rename = "ALTERED")]
    Altered,
    /// An own verbatim passage of which no recipient said that it matched.
    #[serde(rename = "not conveyed verbatim")]
    NotVerbatim,
}

/// A beat each for the stages of an item; null where the stage is not reached or this side may not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BeatsView {
    /// Sealed whole.
    pub sent: Option<At>,
    /// A station of the addressed side acknowledged it.
    pub acknowledged: Option<At>,
    /// A person of the addressed side read it.
    pub read: Option<At>,
    /// The intermediary carried it into another caucus.
    pub conveyed: Option<At>,
    /// The recipient read it back.
    pub read_back: Option<At>,
}

/// One layer of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LayerView {
    /// Which of the three.
    pub kind: LayerKind,
    /// Whose words; null where the form shows no author.
    pub whose: Option<String>,
    /// The same in a sentence.
    pub mark: &'static str,
    /// The item of this station's record that the layer comes from.
    pub source: String,
    /// What the layer is to the item: `text`, `conveyance` or `read-back`.
    pub part: &'static str,
    /// To which party it was carried, or which party read it back.
    pub party: Option<String>,
    /// Its passages, as places in the view's list.
    pub passages: Vec<usize>,
}

/// One passage with its place in the layers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PassageView {
    /// The layer, as a place in the view's list.
    pub layer: usize,
    /// The number by which it can be carried; null for what is held and for read-backs.
    pub number: Option<u16>,
    /// What its author lets the intermediary do with it, where this side may know.
    pub disclosure: Option<Disclosure>,
    /// The check of its words, where there is one.
    pub state: Option<TextState>,
    /// For a rendering, the numbers of the passages it was taken from.
    pub from: Vec<u16>,
    /// Its language versions; empty when dropped.
    pub text: Texts,
}

/// An item's carriage to one party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CarriageView {
    /// The party.
    pub to: String,
    /// Conveyed into its caucus.
    pub conveyed: Option<At>,
    /// Acknowledged by a station of it.
    pub received: Option<At>,
    /// Read by a person of it.
    pub read: Option<At>,
    /// Read back by it.
    pub read_back: Option<At>,
    /// The numbers of the passages carried word for word.
    pub verbatim: Vec<u16>,
    /// The numbers of the passages rendered.
    pub in_substance: Vec<u16>,
}

/// What this side is shown of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The item's name.
    pub id: String,
    /// The room's name.
    pub room: String,
    /// The room in words.
    pub place: String,
    /// `dispatch`, `conveyance` or `read-back`.
    pub kind: &'static str,
    /// The form.
    pub form: Form,
    /// The urgency.
    pub precedence: Precedence,
    /// Whether this side wrote it.
    pub mine: bool,
    /// The side that wrote it; null where the form shows no author to this reader.
    pub author: Option<String>,
    /// The side it is addressed to.
    pub to: Option<String>,
    /// The date it bears.
    pub date: Option<String>,
    /// The heading it bears.
    pub heading: Option<Text>,
    /// The address line it bears.
    pub addressee: Option<Text>,
    /// What it answers.
    pub in_reply_to: Option<String>,
    /// What answers it.
    pub replies: Vec<String>,
    /// By when an answer is asked.
    pub reply_by: Option<String>,
    /// How long its text may be kept.
    pub retention: Retention,
    /// Why its text is gone, if it is.
    pub dropped: Option<&'static str>,
    /// Whether the intermediary said that it will not carry it.
    pub declined: bool,
    /// Why, in the intermediary's words.
    pub declined_reason: Option<Texts>,
    /// The layers.
    pub layers: Vec<LayerView>,
    /// The passages.
    pub passages: Vec<PassageView>,
    /// The beats.
    pub beats: BeatsView,
    /// What became of it in other caucuses.
    pub carriage: Vec<CarriageView>,
}

/// One item of a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThreadLine {
    /// The item's name.
    pub id: String,
    /// `dispatch`, `conveyance` or `read-back`.
    pub kind: &'static str,
    /// The form.
    pub form: Form,
    /// Whether this side wrote it.
    pub mine: bool,
    /// The side that wrote it; null where the form shows no author to this reader.
    pub author: Option<String>,
    /// When it was sealed.
    pub at: At,
}

/// One line of the inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InboxLine {
    /// The item's name.
    pub id: String,
    /// The room's name.
    pub room: String,
    /// The room in words.
    pub place: String,
    /// `dispatch`, `conveyance` or `read-back`.
    pub kind: &'static str,
    /// The form.
    pub form: Form,
    /// The urgency.
    pub precedence: Precedence,
    /// The side that sent it into this room.
    pub from: String,
    /// When it arrived.
    pub arrived: At,
    /// Whether the person at this station has read it.
    pub read: bool,
    /// Whether this side has answered it.
    pub answered: bool,
    /// By when an answer is asked.
    pub reply_by: Option<String>,
    /// Whether that time has passed without one.
    pub overdue: bool,
    /// Whether a passage is ALTERED.
    pub altered: bool,
    /// Whether its text is gone.
    pub dropped: bool,
    /// At the intermediary: the party to which it is to be carried and was not yet.
    pub to_carry: Option<String>,
}

/// One fact about an item, with who caused it and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// `acknowledged`, `read`, `returned`, `read-back`, `conveyed`, `received`, `declined`, `answered`.
    pub what: &'static str,
    /// The side.
    pub party: String,
    /// The person's pseudonym, where the fact was observed in this side's own room.
    pub member: Option<String>,
    /// When.
    pub at: At,
    /// Whether the intermediary told it, rather than this station seeing it.
    pub told: bool,
}

impl LayerKind {
    /// Says in a sentence whose words these are.
    pub fn mark(self) -> &'static str {
        match self {
            Self::PartyText => "the party's own text",
            Self::NoteOfOralMessage => "a note of an oral message; not the party's own text",
            Self::IntermediaryRendering => "the intermediary's words; not the party's own text",
        }
    }
}

impl DropReason {
    /// Says in a sentence why the text is gone.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Expired => "the text was kept until its time and is gone",
            Self::Returned => "the text was read and returned, and is not kept",
        }
    }
}
