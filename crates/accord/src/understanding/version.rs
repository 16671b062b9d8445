//! Frozen versions: numbered, chained, named by their digest (UND-5, UND-6).

use super::bounds::{UnderstandingError, decode, encode};
use super::check::{Finding, Severity, check};
use super::model::Understanding;
use crate::limits::{UNDERSTANDING_BYTES_MAX, VERSIONS_MAX};
use backchannel_wire::ids::hex;
use backchannel_wire::tagged::{Tag, hash};
use minicbor::{Decode, Encode};
use std::fmt;

const DIGEST: Tag = Tag("backchannel understanding v1");

/// The digest of a frozen version: what is approved, and what digest words are made of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Digest(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

impl Digest {
    /// Lower-case hexadecimal form.
    pub fn to_hex(&self) -> String {
        hex(&self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({})", &self.to_hex()[..8])
    }
}

impl serde::Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.to_hex())
    }
}

/// A version of a text that changes no more.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Frozen {
    #[n(0)]
    number: u32,
    #[n(1)]
    before: Option<Digest>,
    #[n(2)]
    text: Understanding,
}

/// Why a text is not frozen.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FreezeError {
    /// It is out of bounds, or there are too many versions.
    #[error("{0}")]
    Bounds(#[from] UnderstandingError),
    /// The check refuses it; these are the findings that do.
    #[error("the text has {} faults that must be mended first (UND-6)", .0.len())]
    Refused(Vec<Finding>),
    /// It is the version before, unchanged.
    #[error("nothing changed since version {0} (UND-6)")]
    Unchanged(u32),
}

impl Frozen {
    /// Freezes a text that the check does not refuse, after the version before it if there is one.
    pub fn freeze(text: Understanding, after: Option<&Self>) -> Result<Self, FreezeError> {
        if let Some(before) = after.filter(|before| before.text == text) {
            return Err(FreezeError::Unchanged(before.number));
        }
        Self::freeze_anew(text, after)
    }

    /// As [`Self::freeze`], even if nothing changed: under a new number, with a new digest, where approvals of the version
    /// before can no longer lead to anything (LIFE-9, LIFE-19).
    pub fn freeze_anew(text: Understanding, after: Option<&Self>) -> Result<Self, FreezeError> {
        text.bounds()?;
        let refused: Vec<Finding> =
            check(&text).into_iter().filter(|finding| finding.severity == Severity::Refuse).collect();
        if !refused.is_empty() {
            return Err(FreezeError::Refused(refused));
        }
        let number = after.map_or(Some(1), |before| before.number.checked_add(1)).unwrap_or(u32::MAX);
        let frozen = Self { number, before: after.map(Self::digest), text };
        frozen.chained()?;
        let bytes = frozen.to_bytes().len();
        if bytes > UNDERSTANDING_BYTES_MAX {
            return Err(UnderstandingError::TooLong(bytes).into()); // UND-1
        }
        Ok(frozen)
    }

    /// Its number, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The digest of the version before it.
    pub fn before(&self) -> Option<Digest> {
        self.before
    }

    /// The text.
    pub fn text(&self) -> &Understanding {
        &self.text
    }

    /// `hash("backchannel understanding v1", [bytes])` over its canonical bytes (UND-5).
    pub fn digest(&self) -> Digest {
        Digest(hash(DIGEST, &[&self.to_bytes()]))
    }

    /// Whether this is the version right after another (UND-6).
    pub fn follows(&self, other: &Self) -> bool {
        Some(self.number) == other.number.checked_add(1) && self.before == Some(other.digest())
    }

    /// The version byte, then canonical CBOR.
    pub fn to_bytes(&self) -> Vec<u8> {
        encode(self)
    }

    /// Decodes a frozen version. Whether the check of this program refuses its text is for the reader to look up and show.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, UnderstandingError> {
        let frozen: Self = decode(bytes)?;
        frozen.text.bounds()?;
        frozen.chained()?;
        Ok(frozen)
    }

    /// UND-6
    fn chained(&self) -> Result<(), UnderstandingError> {
        if !(1..=VERSIONS_MAX).contains(&self.number) {
            return Err(UnderstandingError::Chain("versions are numbered from 1 to 4096"));
        }
        let first = self.number == 1;
        let fits = first == self.before.is_none();
        if fits {
            Ok(())
        } else {
            Err(UnderstandingError::Chain("every version but the first names the one before"))
        }
    }
}
