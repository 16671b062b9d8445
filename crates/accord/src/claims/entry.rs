//! One entry of the register as it travels: a claim entered, amended or withdrawn, or how far its author believes one.

use super::grading::Grading;
use super::register::Barred;
use crate::limits::{
    CLAIM_BASIS_MAX, CLAIM_EVIDENCE_BYTES_MAX, CLAIM_SOURCE_BYTES_MAX, CLAIM_TEXT_BYTES_MAX,
    CREDENCE_REASONS_BYTES_MAX, LAST_INSTANT, NAME_BYTES_MAX,
};
use crate::words::{DispatchId, Text, Texts};
use backchannel_wire::ids::{hex, unhex};
use backchannel_wire::{PartyNo, UtcMs};
use minicbor::{Decode, Encode};
use std::fmt;

/// Names one claim; 16 random bytes, made by whoever enters it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct ClaimId(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 16]);

impl ClaimId {
    /// Lower-case hexadecimal form.
    pub fn to_hex(self) -> String {
        hex(&self.0)
    }

    /// Parses the whole hexadecimal form, in either case.
    pub fn from_hex(text: &str) -> Option<Self> {
        unhex(text)?.try_into().ok().map(Self)
    }
}

impl fmt::Debug for ClaimId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClaimId({})", &self.to_hex()[..8])
    }
}

/// Whose claim it is.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Claimant {
    /// A side of the channel.
    #[n(0)]
    Side(#[n(0)] PartyNo),
    /// Anybody else, in the words of whoever entered it.
    #[n(1)]
    Other(#[n(0)] Text),
}

/// What a claim rests on.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Basis {
    /// A dispatch, conveyance or notification that stood on record where the claim was entered.
    #[n(0)]
    OnRecord(#[n(0)] DispatchId),
    /// Words said in public: where and when.
    #[n(1)]
    Public(#[n(0)] Text),
}

/// What a claim says.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Content {
    /// Whose claim it is.
    #[n(0)]
    pub who: Claimant,
    /// What is claimed, by language.
    #[n(1)]
    pub text: Texts,
    /// When it was claimed.
    #[n(2)]
    pub when: Option<UtcMs>,
    /// Whether it was claimed in public.
    #[n(3)]
    pub public: bool,
    /// Where it comes from; may be empty.
    #[n(4)]
    pub source: Text,
    /// Its grading.
    #[n(5)]
    pub grading: Grading,
    /// What evidence would move it; may be empty.
    #[n(6)]
    pub evidence: Text,
    /// What it rests on.
    #[n(7)]
    pub rests_on: Vec<Basis>,
}

impl Content {
    /// Whether everything is within its bounds (CLAIM-2).
    fn is_bounded(&self) -> bool {
        let text: usize = self.text.iter().map(|(_, text)| text.len()).sum();
        let named = |text: &Text| !text.as_str().trim().is_empty() && text.as_str().len() <= NAME_BYTES_MAX;
        let who = match &self.who {
            Claimant::Side(_) => true,
            Claimant::Other(text) => named(text),
        };
        let rests = |basis: &Basis| match basis {
            Basis::OnRecord(_) => true,
            Basis::Public(text) => named(text),
        };
        who && self.text.in_bounds(CLAIM_TEXT_BYTES_MAX)
            && text <= CLAIM_TEXT_BYTES_MAX
            && self.when.is_none_or(|when| when <= LAST_INSTANT)
            && self.source.as_str().len() <= CLAIM_SOURCE_BYTES_MAX
            && self.evidence.as_str().len() <= CLAIM_EVIDENCE_BYTES_MAX
            && self.rests_on.len() <= CLAIM_BASIS_MAX
            && self.rests_on.iter().all(rests)
    }

    fn without_words() -> Self {
        Self {
            who: Claimant::Other(Text::new("")),
            text: Texts::default(),
            when: None,
            public: false,
            source: Text::new(""),
            grading: Grading::NONE,
            evidence: Text::new(""),
            rests_on: Vec::new(),
        }
    }
}

/// What an entry does.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Act {
    /// Enters a claim.
    #[n(0)]
    Entered(#[n(0)] Content),
    /// Says anew what a claim says.
    #[n(1)]
    Amended(#[n(0)] Content),
    /// Withdraws a claim; it stays on record.
    #[n(2)]
    Withdrawn,
    /// Says how far the author believes a claim, and why.
    #[n(3)]
    Believed(#[n(0)] u8, #[n(1)] Text),
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Entry {
    /// The claim.
    #[n(0)]
    pub id: ClaimId,
    /// What is done to it.
    #[n(1)]
    pub act: Act,
}

impl Entry {
    /// Whether it is within its bounds (CLAIM-2), and a credence from 0 to 100 with its reasons (CLAIM-5).
    pub(super) fn check(&self) -> Result<(), Barred> {
        match &self.act {
            Act::Entered(content) | Act::Amended(content) if !content.is_bounded() => Err(Barred::Bounds),
            Act::Believed(percent, _) if *percent > 100 => Err(Barred::Credence),
            Act::Believed(_, reasons) if reasons.as_str().trim().is_empty() => Err(Barred::Credence),
            Act::Believed(_, reasons) if reasons.as_str().len() > CREDENCE_REASONS_BYTES_MAX => {
                Err(Barred::Bounds)
            }
            _ => Ok(()),
        }
    }

    /// What is left of it while the records are locked: which claim, and what was done, without a word or a figure.
    pub(super) fn without_words(&self) -> Self {
        let act = match &self.act {
            Act::Entered(_) => Act::Entered(Content::without_words()),
            Act::Amended(_) => Act::Amended(Content::without_words()),
            Act::Withdrawn => Act::Withdrawn,
            Act::Believed(..) => Act::Believed(0, Text::new("")),
        };
        Self { id: self.id, act }
    }
}
