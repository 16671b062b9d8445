//! A static fingerprint of all roster heads, in digits.

use crate::roster::RosterHeads;
use backchannel_wire::ChannelId;
use backchannel_wire::tagged::{self, Tag};
use std::fmt;

const FINGERPRINT: Tag = Tag("backchannel roster fingerprint v1");
/// Digits of 128 bits, filled up to eight groups of five.
const DIGITS: usize = 40;
const GROUP: usize = 5;

/// 128 bits as eight groups of five digits, the same on every station that sees the same roster heads (FIRST-8).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// The fingerprint of all sides' roster heads.
    pub fn of(channel: ChannelId, heads: &RosterHeads) -> Self {
        let hash = tagged::hash(FINGERPRINT, &[&heads.digest(channel)]);
        let (first, _) =
            hash.split_first_chunk::<16>().map_or(([0; 16], &[][..]), |(first, rest)| (*first, rest));
        Self(u128::from_be_bytes(first))
    }

    /// Whether typed digits are this fingerprint; everything but digits is passed over.
    pub fn matches(&self, typed: &str) -> bool {
        let digits: String = typed.chars().filter(char::is_ascii_digit).take(DIGITS + 1).collect();
        tagged::same(digits.as_bytes(), format!("{:0DIGITS$}", self.0).as_bytes())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, digit) in format!("{:0DIGITS$}", self.0).chars().enumerate() {
            if place > 0 && place % GROUP == 0 {
                write!(f, " ")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}
