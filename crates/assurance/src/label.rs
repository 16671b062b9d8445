//! Short display labels: "head", "envoy 1", the name a channel goes by on one's own screen. Never a person's name.

use crate::limits::LABEL_BYTES_MAX;
use minicbor::{Decode, Encode, decode};
use std::fmt;

/// A bounded text without control or direction-changing characters, safe to show once isolated.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Encode)]
#[cbor(transparent)]
pub struct Label(#[n(0)] String);

/// The text cannot be a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a label has 1 to {LABEL_BYTES_MAX} bytes, no space at either end and no control or direction characters (ROSTER-3)"
)]
pub struct LabelError;

impl Label {
    /// Checks and takes a label (ROSTER-3).
    pub fn new(text: &str) -> Result<Self, LabelError> {
        let fits = (1..=LABEL_BYTES_MAX).contains(&text.len()) && text.trim() == text;
        if fits && !text.chars().any(misleads) { Ok(Self(text.to_owned())) } else { Err(LabelError) }
    }

    /// The label's text. It comes from another person: isolate it when showing it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Controls, line separators, invisible joiners and marks that change the direction of text around them.
fn misleads(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

impl fmt::Debug for Label {
    /// A label may name a side: it is not written to logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Label(..)")
    }
}

impl<'b, C> Decode<'b, C> for Label {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        Self::new(d.str()?).map_err(|_| decode::Error::message("not a label"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_could_mislead_are_refused() {
        // ROSTER-3
        assert!(Label::new("envoy 1").is_ok());
        assert!(Label::new("посланник").is_ok());
        let long = "x".repeat(LABEL_BYTES_MAX + 1);
        for bad in ["", " head", "head ", "a\nb", "a\u{202e}b", "a\u{200b}b", "\u{1b}[2J", "\u{feff}a", &long]
        {
            assert_eq!(Label::new(bad), Err(LabelError), "{bad:?}");
        }
    }

    #[test]
    fn a_label_is_not_printed_by_debug() {
        assert_eq!(format!("{:?}", Label::new("Alpha").unwrap()), "Label(..)");
    }
}
