//! What a text says of its own time: entry, end, renewal, notice, and the limits of the ceremony.

use crate::limits::{
    ACKNOWLEDGE_BEATS_MAX, GRACE_BEATS_MAX, LAST_INSTANT, LIFE_ZONES_MAX, REMINDERS_MAX, SPAN_MS_MAX,
};
use backchannel_wire::UtcMs;
use minicbor::{Decode, Encode};

/// An instant as a text gives it, and whether it belongs to the time in effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Bound {
    /// The instant.
    #[n(0)]
    pub at: UtcMs,
    /// Whether it belongs to the time in effect.
    #[n(1)]
    pub included: bool,
}

/// When a zone's time in effect begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Entry {
    /// At an instant, or when the last acknowledgement is sealed if that is later.
    #[n(0)]
    At(#[n(0)] Bound),
    /// When the last acknowledgement is sealed.
    #[n(1)]
    Acknowledged,
}

/// When a zone's time in effect ends by the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum End {
    /// At an instant.
    #[n(0)]
    At(#[n(0)] Bound),
    /// A time after the entry; one that came late through a late acknowledgement is not made good.
    #[n(1)]
    After {
        /// Milliseconds.
        #[n(0)]
        ms: u64,
        /// Whether the instant reached belongs to the time in effect.
        #[n(1)]
        included: bool,
    },
}

/// A zone for which the text gives its own entry and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Zone {
    /// Its entry.
    #[n(0)]
    pub entry: Entry,
    /// Its end.
    #[n(1)]
    pub end: End,
}

impl Zone {
    /// The first instant in effect, if the last acknowledgement was sealed at `settled` (LIFE-21).
    pub(super) fn first(&self, settled: UtcMs) -> UtcMs {
        self.written(settled).max(settled)
    }

    /// The first instant no longer in effect (LIFE-23).
    pub(super) fn past(&self, settled: UtcMs) -> UtcMs {
        match self.end {
            End::At(bound) => plus(bound.at, u64::from(bound.included)),
            End::After { ms, included } => plus(plus(self.written(settled), ms), u64::from(included)),
        }
    }

    fn written(&self, settled: UtcMs) -> UtcMs {
        match self.entry {
            Entry::At(bound) => plus(bound.at, u64::from(!bound.included)),
            Entry::Acknowledged => settled,
        }
    }
}

/// Renewal by mutual reaffirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Renewal {
    /// Milliseconds before the end from which a reaffirmation counts.
    #[n(0)]
    pub window_ms: u64,
    /// Milliseconds before the end by which the last one has to be in.
    #[n(1)]
    pub closes_ms: u64,
    /// Milliseconds by which the end is put off.
    #[n(2)]
    pub extension_ms: u64,
}

/// The terms of one frozen text.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Terms {
    /// Its zones; a text without zones has one.
    #[n(0)]
    pub zones: Vec<Zone>,
    /// Whether a zone is in effect only once every party confirmed that those it binds there were told.
    #[n(1)]
    pub told: bool,
    /// The latest expiry of a ceremony over this text.
    #[n(2)]
    pub latest_expiry: UtcMs,
    /// N: beats after a ceremony's expiry within which every acknowledgement must be sealed in the registry.
    #[n(3)]
    pub acknowledge_beats: u64,
    /// How it is renewed, if it can be.
    #[n(4)]
    pub renewal: Option<Renewal>,
    /// Milliseconds from a notice to its effect; without it nobody may withdraw.
    #[n(5)]
    pub notice_ms: Option<u64>,
    /// Milliseconds from a notice on urgent grounds to its effect; without it there are no urgent grounds.
    #[n(6)]
    pub urgent_ms: Option<u64>,
    /// The brake's window in milliseconds: how long an incident holds an end back at most.
    #[n(7)]
    pub brake_ms: u64,
    /// The reply time in milliseconds: by when an incident is to be explained.
    #[n(8)]
    pub reply_ms: u64,
    /// The complaint window in milliseconds: how long after a fact it can be complained of; zero if the terms set none.
    #[n(9)]
    pub complaint_ms: u64,
    /// Milliseconds before an end at which people are reminded.
    #[n(10)]
    pub remind_before_ms: Vec<u64>,
    /// G: beats after an end in which the relay was there and an incident still counts as opened before it.
    #[n(11)]
    pub grace_beats: u64,
}

/// Why terms cannot be computed with (LIFE-26).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TermsError {
    /// No zone, or too many.
    #[error("the terms name no zone, or too many (LIFE-26)")]
    Zones,
    /// A zone that ends before it begins, or in the same instant.
    #[error("a zone ends before anything is in effect there (LIFE-26)")]
    Empty,
    /// A zone begins only after another has ended.
    #[error("between two zones' times nothing would be in effect (LIFE-26)")]
    Hole,
    /// An instant that no calendar of this house writes.
    #[error("an instant of the terms lies beyond the year 9999 (LIFE-26)")]
    Beyond,
    /// A renewal that renews nothing.
    #[error("a renewal needs a window and an extension (LIFE-26)")]
    Renewal,
    /// Urgent notice that is slower than ordinary notice.
    #[error("notice on urgent grounds is longer than ordinary notice (LIFE-26)")]
    Urgent,
    /// A reminder of nothing, or too many.
    #[error("a reminder has no lead time, or there are too many (LIFE-26)")]
    Reminders,
    /// The brake or G is beyond its bound.
    #[error("the brake, or the beats that an incident may come late, are too many (LIFE-26)")]
    Brake,
    /// N is beyond its bound.
    #[error("the limit for acknowledgements is too long (LIFE-26)")]
    Acknowledge,
}

impl Terms {
    /// Refuses terms that leave a hole, overflow, or say nothing (LIFE-26).
    pub fn check(&self) -> Result<(), TermsError> {
        if self.zones.is_empty() || self.zones.len() > LIFE_ZONES_MAX {
            return Err(TermsError::Zones);
        }
        self.check_spans()?;
        if self
            .renewal
            .is_some_and(|renewal| renewal.window_ms <= renewal.closes_ms || renewal.extension_ms == 0)
        {
            return Err(TermsError::Renewal);
        }
        if self.urgent_ms.zip(self.notice_ms).is_some_and(|(urgent, notice)| urgent > notice) {
            return Err(TermsError::Urgent);
        }
        if self.remind_before_ms.len() > REMINDERS_MAX || self.remind_before_ms.contains(&0) {
            return Err(TermsError::Reminders);
        }
        if self.grace_beats > GRACE_BEATS_MAX || self.brake_ms > SPAN_MS_MAX {
            return Err(TermsError::Brake);
        }
        (self.acknowledge_beats <= ACKNOWLEDGE_BEATS_MAX).then_some(()).ok_or(TermsError::Acknowledge)
    }

    fn check_spans(&self) -> Result<(), TermsError> {
        let earliest = UtcMs(0);
        let spans = self.zones.iter().map(|zone| (zone.first(earliest), zone.past(earliest)));
        if self.latest_expiry > LAST_INSTANT || spans.clone().any(|(_, past)| past > LAST_INSTANT) {
            return Err(TermsError::Beyond);
        }
        if spans.clone().any(|(first, past)| first >= past) {
            return Err(TermsError::Empty);
        }
        let last_entry = spans.clone().map(|(first, _)| first).max();
        let first_end = spans.map(|(_, past)| past).min();
        let floating = self.zones.iter().filter(|zone| zone.entry == Entry::Acknowledged).count();
        // Zones that float with the acknowledgement begin together; beside fixed ones they might begin long before.
        if floating > 0 && floating < self.zones.len() || floating == 0 && last_entry > first_end {
            return Err(TermsError::Hole);
        }
        Ok(())
    }
}

/// An instant later by some milliseconds; what lies beyond the last instant is held there.
pub(super) fn plus(at: UtcMs, ms: u64) -> UtcMs {
    UtcMs(at.0.saturating_add(ms))
}
