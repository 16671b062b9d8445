//! Compared words: four words from a commit-then-open exchange, read to each other by any other authentic path.
//!
//! Committing first leaves whoever sits between one guess in 2^44, instead of a search for heads whose words collide.

use super::list;
use crate::limits::COMPARED_WORDS;
use crate::roster::RosterHeads;
use backchannel_wire::tagged::{self, Tag};
use backchannel_wire::{ChannelId, PartyNo};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use std::fmt;

const COMMIT: Tag = Tag("backchannel compared words commitment v1");
const WORDS: Tag = Tag("backchannel compared words v1");
/// Bits of one word of the list.
const WORD_BITS: u32 = 11;

/// The hash that binds a side to its nonce and its view of the heads before it sees the other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Commitment(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

/// The nonce that opens a commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Opening(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

/// Why an exchange does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompareError {
    /// Both sides are one party.
    #[error("words are compared between two parties (FIRST-5)")]
    OwnParty,
    /// The other side's commitment repeats one's own.
    #[error("the other side sent back one's own commitment (FIRST-5)")]
    Reflected,
    /// The other side has not committed yet: opening now would let it choose.
    #[error("the other side has not committed yet (FIRST-6)")]
    NotCommitted,
    /// A second commitment, or a second opening.
    #[error("the other side changed what it had already sent (FIRST-6)")]
    Changed,
    /// The opening does not match the commitment: another nonce, or another view of the heads.
    #[error("the other side's opening does not match its commitment or the same roster heads (FIRST-7)")]
    Mismatch,
}

/// The words both sides read to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ComparedWords([u16; COMPARED_WORDS]);

impl ComparedWords {
    /// The words, in the order in which both sides read them.
    pub fn words(&self) -> [&'static str; COMPARED_WORDS] {
        self.0.map(list::word)
    }
}

impl fmt::Display for ComparedWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.words().join(" "))
    }
}

impl fmt::Debug for ComparedWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ComparedWords(..)")
    }
}

/// One side of one exchange. It lives in memory only: after a restart, a new one begins with a new nonce.
pub struct Comparison {
    channel: ChannelId,
    digest: [u8; 32],
    me: PartyNo,
    other: PartyNo,
    nonce: [u8; 32],
    committed: Option<Commitment>,
    opened: Option<Opening>,
}

impl Comparison {
    /// Begins an exchange with a fresh nonce over this station's view of the heads.
    pub fn begin(
        rng: &mut (impl RngCore + CryptoRng),
        channel: ChannelId,
        heads: &RosterHeads,
        me: PartyNo,
        other: PartyNo,
    ) -> Result<Self, CompareError> {
        if me == other {
            return Err(CompareError::OwnParty);
        }
        let mut nonce = [0; 32];
        rng.fill_bytes(&mut nonce);
        let digest = heads.digest(channel);
        Ok(Self { channel, digest, me, other, nonce, committed: None, opened: None })
    }

    /// One's own commitment, to be sent first.
    pub fn commitment(&self) -> Commitment {
        self.commit(self.me, &self.nonce)
    }

    /// Takes the other side's commitment, once.
    pub fn receive_commitment(&mut self, theirs: Commitment) -> Result<(), CompareError> {
        if theirs == self.commitment() {
            return Err(CompareError::Reflected);
        }
        match self.committed {
            Some(before) if before != theirs => Err(CompareError::Changed),
            _ => {
                self.committed = Some(theirs);
                Ok(())
            }
        }
    }

    /// One's own opening, which leaves only after the other side committed (FIRST-6).
    pub fn opening(&self) -> Result<Opening, CompareError> {
        self.committed.map(|_| Opening(self.nonce)).ok_or(CompareError::NotCommitted)
    }

    /// Takes the other side's opening, and gives the words to compare (FIRST-7).
    pub fn receive_opening(&mut self, theirs: Opening) -> Result<ComparedWords, CompareError> {
        let committed = self.committed.ok_or(CompareError::NotCommitted)?;
        if self.opened.is_some_and(|before| before != theirs) {
            return Err(CompareError::Changed);
        }
        if self.commit(self.other, &theirs.0) != committed {
            return Err(CompareError::Mismatch);
        }
        self.opened = Some(theirs);
        Ok(self.words(&theirs.0))
    }

    fn commit(&self, party: PartyNo, nonce: &[u8; 32]) -> Commitment {
        Commitment(tagged::hash(COMMIT, &[&self.channel.0, &self.digest, &[party.0], nonce]))
    }

    fn words(&self, theirs: &[u8; 32]) -> ComparedWords {
        let (mine, theirs) = ((self.me, &self.nonce), (self.other, theirs));
        let (low, high) = if self.me < self.other { (mine, theirs) } else { (theirs, mine) };
        let parts: [&[u8]; 6] = [&self.channel.0, &self.digest, &[low.0.0], low.1, &[high.0.0], high.1];
        let hash = tagged::hash(WORDS, &parts);
        let first = hash.first_chunk::<8>().copied().unwrap_or_default();
        let mut bits = u64::from_be_bytes(first);
        ComparedWords(std::array::from_fn(|_| {
            bits = bits.rotate_left(WORD_BITS);
            u16::try_from(bits & 0x7ff).unwrap_or_default()
        }))
    }
}
