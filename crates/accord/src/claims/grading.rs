//! How a claim is graded: by the Admiralty code, the source and what it says each for itself (CLAIM-3).

use minicbor::{Decode, Encode};

/// How far a source can be relied on: A to F of the Admiralty code (NATO STANAG 2511).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Reliability {
    /// A: completely reliable.
    #[n(0)]
    Completely,
    /// B: usually reliable.
    #[n(1)]
    Usually,
    /// C: fairly reliable.
    #[n(2)]
    Fairly,
    /// D: not usually reliable.
    #[n(3)]
    NotUsually,
    /// E: unreliable.
    #[n(4)]
    Unreliable,
    /// F: it cannot be judged.
    #[n(5)]
    NotJudged,
}

impl Reliability {
    /// All of them, A first.
    pub const ALL: [Self; 6] =
        [Self::Completely, Self::Usually, Self::Fairly, Self::NotUsually, Self::Unreliable, Self::NotJudged];

    /// Its letter.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Completely => "A",
            Self::Usually => "B",
            Self::Fairly => "C",
            Self::NotUsually => "D",
            Self::Unreliable => "E",
            Self::NotJudged => "F",
        }
    }

    /// The one of a letter, in either case.
    pub fn of_letter(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.letter().eq_ignore_ascii_case(text.trim()))
    }
}

/// How credible what it says is: 1 to 6 of the Admiralty code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Credibility {
    /// 1: confirmed by other sources.
    #[n(1)]
    Confirmed,
    /// 2: probably true.
    #[n(2)]
    Probably,
    /// 3: possibly true.
    #[n(3)]
    Possibly,
    /// 4: doubtful.
    #[n(4)]
    Doubtful,
    /// 5: improbable.
    #[n(5)]
    Improbable,
    /// 6: it cannot be judged.
    #[n(6)]
    NotJudged,
}

impl Credibility {
    /// All of them, 1 first.
    pub const ALL: [Self; 6] =
        [Self::Confirmed, Self::Probably, Self::Possibly, Self::Doubtful, Self::Improbable, Self::NotJudged];

    /// Its number, 1 to 6.
    pub fn number(self) -> u8 {
        match self {
            Self::Confirmed => 1,
            Self::Probably => 2,
            Self::Possibly => 3,
            Self::Doubtful => 4,
            Self::Improbable => 5,
            Self::NotJudged => 6,
        }
    }

    /// The one of a number.
    pub fn of_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|one| i64::from(one.number()) == number)
    }
}

/// The grading of a claim: both halves, which do not bind each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Grading {
    /// Of the source.
    #[n(0)]
    pub reliability: Reliability,
    /// Of what it says.
    #[n(1)]
    pub credibility: Credibility,
}

impl Grading {
    /// Nothing can be judged: F6.
    pub const NONE: Self = Self { reliability: Reliability::NotJudged, credibility: Credibility::NotJudged };
}
