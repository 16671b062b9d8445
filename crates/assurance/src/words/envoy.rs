//! Envoy words: twelve words carried by hand to both sides, used as a key.

use super::list;
use crate::limits::{ENVOY_WORDS, LEAF_PSEUDONYM_BYTES, PHRASE_BYTES_MAX, WORD_LIST};
use crate::roster::RosterHeads;
use crate::secret::Secret32;
use backchannel_wire::tagged::{self, Tag};
use backchannel_wire::{ChannelId, PartyNo, RoomId};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const KEY: Tag = Tag("backchannel envoy words key v1");
const SHOWN: Tag = Tag("backchannel envoy words shown v1");
const PSK: Tag = Tag("backchannel envoy words psk v1");
const PSK_ID: Tag = Tag("backchannel envoy words psk id v1");

/// Twelve words of the list: 132 random bits. That is beyond any search, so they are a key without a slow hash.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct EnvoyWords([u16; ENVOY_WORDS]);

/// Why a typed phrase is not envoy words. It names places, never what was typed.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// The phrase has another number of words.
    #[error("the phrase has {found} words, but envoy words are {ENVOY_WORDS} (FIRST-2)")]
    Count {
        /// The number found.
        found: usize,
    },
    /// The phrase is longer than any could be.
    #[error("the phrase is too long (FIRST-2)")]
    TooLong,
    /// A word is not in the list.
    #[error("word {position} is not in the list (FIRST-2)")]
    Unknown {
        /// Which word, from 1.
        position: usize,
        /// The nearest words of the list, for the screen alone: they tell much of the word.
        suggestions: Vec<&'static str>,
    },
}

impl fmt::Debug for WordsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WordsError({self})")
    }
}

/// Where the words are used, and which roster heads they are to confirm.
#[derive(Clone, Copy, Debug)]
pub struct WordsPlace<'a> {
    /// The channel.
    pub channel: ChannelId,
    /// The registry.
    pub room: RoomId,
    /// The roster heads of all sides, as this station knows them.
    pub heads: &'a RosterHeads,
}

/// What a leaf shows to prove that it holds the words and sees the same heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct WordsProof(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

/// The words as an MLS external pre-shared key.
#[derive(Clone)]
pub struct ExternalPsk {
    /// Its identifier, which reveals nothing of the words.
    pub id: [u8; 32],
    /// The key.
    pub secret: Secret32,
}

impl EnvoyWords {
    /// Twelve fresh random words (FIRST-1).
    pub fn generate(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let mut out = Self([0; ENVOY_WORDS]);
        for number in &mut out.0 {
            // 2,048 divides 2^32: every word is equally likely.
            *number = u16::try_from(rng.next_u32() % WORD_LIST as u32).unwrap_or_default();
        }
        out
    }

    /// Reads a typed phrase: any case, any spacing or punctuation between words, four letters of a word or more.
    pub fn parse(phrase: &str) -> Result<Self, WordsError> {
        if phrase.len() > PHRASE_BYTES_MAX {
            return Err(WordsError::TooLong);
        }
        let lower = Zeroizing::new(phrase.to_lowercase());
        let typed: Vec<&str> =
            lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        if typed.len() != ENVOY_WORDS {
            return Err(WordsError::Count { found: typed.len() });
        }
        let mut out = Self([0; ENVOY_WORDS]);
        for (place, (number, word)) in out.0.iter_mut().zip(typed).enumerate() {
            *number = list::number(word).ok_or_else(|| WordsError::Unknown {
                position: place + 1,
                suggestions: list::nearest(word),
            })?;
        }
        Ok(out)
    }

    /// The phrase, to be shown once and carried by hand.
    pub fn phrase(&self) -> Zeroizing<String> {
        let mut out = Zeroizing::new(String::with_capacity(ENVOY_WORDS * 9));
        for number in &self.0 {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(list::word(*number));
        }
        out
    }

    /// What one's own leaf shows the others (FIRST-3).
    pub fn prove(
        &self,
        place: &WordsPlace<'_>,
        party: PartyNo,
        leaf: &[u8; LEAF_PSEUDONYM_BYTES],
    ) -> WordsProof {
        let digest = place.heads.digest(place.channel);
        let parts: [&[u8]; 5] = [&place.channel.0, &place.room.0, &digest, &[party.0], leaf];
        WordsProof(tagged::mac(&self.key(), SHOWN, &parts))
    }

    /// Whether another's leaf holds the same words and sees the same heads (FIRST-3). The leaf must not be one's own.
    pub fn confirms(
        &self,
        place: &WordsPlace<'_>,
        party: PartyNo,
        leaf: &[u8; LEAF_PSEUDONYM_BYTES],
        shown: &WordsProof,
    ) -> bool {
        tagged::same(&self.prove(place, party, leaf).0, &shown.0)
    }

    /// The pre-shared key to commit once every leaf has shown the words (FIRST-4).
    pub fn psk(&self, place: &WordsPlace<'_>) -> ExternalPsk {
        let (key, digest) = (self.key(), place.heads.digest(place.channel));
        let parts: [&[u8]; 3] = [&place.channel.0, &place.room.0, &digest];
        let secret = Secret32::from_bytes(*tagged::derive(&*key, PSK, &parts));
        ExternalPsk { id: tagged::mac(&key, PSK_ID, &parts), secret }
    }

    fn key(&self) -> Zeroizing<[u8; 32]> {
        let mut packed = Zeroizing::new([0; 2 * ENVOY_WORDS]);
        for (place, number) in packed.chunks_exact_mut(2).zip(&self.0) {
            place.copy_from_slice(&number.to_be_bytes());
        }
        tagged::derive(&*packed, KEY, &[])
    }
}
