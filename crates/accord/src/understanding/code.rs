//! Codes: the short names by which the parts of an understanding refer to each other.

use crate::limits::CODE_BYTES_MAX;
use std::fmt;

/// A short name in a to z, 0 to 9 and hyphens, beginning with a letter (UND-4).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

impl Code {
    /// A code, or nothing if the text is not one.
    pub fn new(text: &str) -> Option<Self> {
        let starts = text.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
        let plain = text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        (starts && plain && text.len() <= CODE_BYTES_MAX).then(|| Self(text.to_owned()))
    }

    /// The text of the code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

crate::checked::text!(Code, "not a code");
