//! What the fold is told besides events: the sides, the beat clock, the texts, and whose record it is.

use super::beats::Beats;
use super::event::Digest;
use super::refusal::Refusal;
use super::sides::{Side, Sides};
use super::terms::{Terms, TermsError};
use crate::limits::TEXTS_OF_LIFE_MAX;
use crate::words::At;
use backchannel_wire::{Beat, PartyNo, UtcMs};
use std::collections::{BTreeMap, BTreeSet};

/// The channel's clock: beat k spans [t0 + k d, t0 + (k + 1) d).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The first instant of beat 0.
    pub t0: UtcMs,
    /// The length of a beat in milliseconds.
    pub beat_ms: u64,
}

impl Clock {
    /// The beat that holds an instant; one before the channel is beat 0.
    pub fn beat_of(&self, utc: UtcMs) -> Beat {
        Beat(utc.0.saturating_sub(self.t0.0) / self.beat_ms.max(1))
    }

    /// What a station without gaps has seen at an instant: the last beat that ended by then.
    pub fn seen_at(&self, utc: UtcMs) -> At {
        At { beat: Beat(self.beat_of(utc).0.saturating_sub(1)), utc }
    }
}

/// Whose eyes the record is seen with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// A party: it sees the registry and its own delegation's approvals.
    Party(PartyNo),
    /// The intermediary: it sees caucuses only, and takes what the registry holds from its parties' machines.
    Intermediary,
}

/// Why a setting is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// Fewer than two parties, or the intermediary among them.
    #[error("an understanding is between two parties or more (LIFE-27)")]
    Parties,
    /// A quorum that cannot be had.
    #[error("a quorum lies between one and the number of approvers (LIFE-27)")]
    Quorum,
    /// Too many texts.
    #[error("too many texts (LIFE-27)")]
    Texts,
    /// A beat of no length.
    #[error("a beat has a length (LIFE-27)")]
    Clock,
    /// The terms of a text.
    #[error(transparent)]
    Terms(#[from] TermsError),
}

/// A text that was frozen, as far as its life goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its time.
    pub terms: Terms,
    /// Its parties.
    pub sides: Sides,
}

/// What the fold is told besides events.
#[derive(Clone, Debug)]
pub struct Setting {
    pub(super) clock: Clock,
    /// Which beats count towards G.
    pub(super) beats: Beats,
    pub(super) viewer: Viewer,
    pub(super) pen: PartyNo,
    /// Every party of any text.
    pub(super) parties: BTreeSet<PartyNo>,
    pub(super) texts: BTreeMap<Digest, Text>,
}

impl Setting {
    /// Takes what a station knows besides events: `pen` holds the pen, and a text lies before `parties` (LIFE-26, LIFE-27).
    pub fn new(
        clock: Clock,
        viewer: Viewer,
        pen: PartyNo,
        mut parties: BTreeSet<PartyNo>,
        texts: BTreeMap<Digest, Text>,
    ) -> Result<Self, SettingError> {
        if clock.beat_ms == 0 {
            return Err(SettingError::Clock);
        }
        parties.extend(texts.values().flat_map(|text| text.sides.parties()));
        let few = parties.len() < 2 || parties.contains(&PartyNo::INTERMEDIARY);
        if few || !texts.values().all(|text| text.sides.has_parties()) {
            return Err(SettingError::Parties);
        }
        if !texts.values().all(|text| text.sides.is_sound()) {
            return Err(SettingError::Quorum);
        }
        if texts.len() > TEXTS_OF_LIFE_MAX {
            return Err(SettingError::Texts);
        }
        texts.values().try_for_each(|text| text.terms.check())?;
        let beats = Beats::new(clock, []);
        Ok(Self { clock, beats, viewer, pen, parties, texts })
    }

    /// Names the runs of beats in which nobody's cell was sealed in the registry, by their first and last one (INCIDENT-4).
    #[must_use]
    pub fn with_missed(self, runs: impl IntoIterator<Item = (Beat, Beat)>) -> Self {
        Self { beats: Beats::new(self.clock, runs), ..self }
    }

    /// The sides of a text.
    pub(super) fn sides(&self, digest: &Digest) -> Option<&Sides> {
        self.texts.get(digest).map(|text| &text.sides)
    }

    /// Who approves a text for a party.
    pub(super) fn side(&self, digest: &Digest, party: PartyNo) -> Result<&Side, Refusal> {
        self.sides(digest).and_then(|sides| sides.get(party)).ok_or(Refusal::Author)
    }

    /// A roster changed, for every text of the party.
    pub(super) fn change_roster(&mut self, party: PartyNo, side: &Side) {
        self.texts.values_mut().for_each(|text| text.sides.change(party, side));
    }
}
