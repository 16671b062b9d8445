//! What the fold is told besides events: the sides, the beat clock, the texts, and whose record it is.

use super::event::Digest;
use super::terms::{Terms, TermsError};
use crate::limits::{APPROVERS_MAX, PARTIES_OF_LIFE_MAX, TEXTS_OF_LIFE_MAX};
use crate::words::At;
use backchannel_wire::{Beat, MemberId, PartyNo, UtcMs};
use std::collections::{BTreeMap, BTreeSet};

/// Who approves for a party: its roster's quorum, heads and principals.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side {
    /// How many must.
    pub quorum: u8,
    /// Who may.
    pub approvers: BTreeSet<MemberId>,
}

impl Side {
    /// Whether enough of these may approve.
    pub(super) fn reached(&self, by: &BTreeSet<MemberId>) -> bool {
        by.intersection(&self.approvers).count() >= usize::from(self.quorum.max(1))
    }

    fn sound(&self) -> bool {
        let people = self.approvers.len();
        (1..=people).contains(&usize::from(self.quorum)) && people <= APPROVERS_MAX
    }
}

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

/// What the fold is told besides events.
#[derive(Clone, Debug)]
pub struct Setting {
    pub(super) clock: Clock,
    pub(super) viewer: Viewer,
    pub(super) pen: PartyNo,
    pub(super) sides: BTreeMap<PartyNo, Side>,
    pub(super) texts: BTreeMap<Digest, Terms>,
}

impl Setting {
    /// Takes what a station knows besides events; `pen` is who holds the pen (LIFE-26, LIFE-27).
    pub fn new(
        clock: Clock,
        viewer: Viewer,
        pen: PartyNo,
        sides: BTreeMap<PartyNo, Side>,
        texts: BTreeMap<Digest, Terms>,
    ) -> Result<Self, SettingError> {
        if clock.beat_ms == 0 {
            return Err(SettingError::Clock);
        }
        if !(2..=PARTIES_OF_LIFE_MAX).contains(&sides.len()) || sides.contains_key(&PartyNo::INTERMEDIARY) {
            return Err(SettingError::Parties);
        }
        if !sides.values().all(Side::sound) {
            return Err(SettingError::Quorum);
        }
        if texts.len() > TEXTS_OF_LIFE_MAX {
            return Err(SettingError::Texts);
        }
        texts.values().try_for_each(Terms::check)?;
        Ok(Self { clock, viewer, pen, sides, texts })
    }
}

/// Whether a roster's table may take the place of another.
pub(super) fn sound(side: &Side) -> bool {
    side.sound()
}
