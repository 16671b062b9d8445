//! From what a text says of its time to what its life is computed from.

use super::terms::{Bound, End, Entry, Renewal, Terms, Zone};
use crate::understanding::Understanding;
use backchannel_wire::UtcMs;

/// What no text says of itself: the bounds of the machines that run it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits<'a> {
    /// N: beats after a ceremony's expiry within which every acknowledgement must be sealed in the registry.
    pub acknowledge_beats: u64,
    /// G: beats after an end in which the relay was there and an incident still counts as opened before it.
    pub grace_beats: u64,
    /// Milliseconds before an end at which people are reminded; those as long as the whole term are left out.
    pub remind_before_ms: &'a [u64],
}

impl Terms {
    /// The terms of a text within these limits, or nothing while its beginning or end misses something, or if its terms
    /// cannot be computed with (DEED-8, LIFE-26).
    pub fn of(text: &Understanding, limits: &Limits<'_>) -> Option<Self> {
        let said = text.terms()?;
        // A duration is counted from the beginning the text gives, so that its end is an instant too.
        let end = End::At(Bound { at: said.until, included: said.until_inclusive });
        let zone = |at: UtcMs, included: bool| Zone { entry: Entry::At(Bound { at, included }), end };
        let mut zones = vec![zone(said.from, said.from_inclusive)];
        zones.extend(said.zones.iter().map(|(_, at, included)| zone(*at, *included)));
        let renewal = said.renewal_ms.map(|extension_ms| Renewal {
            window_ms: u64::MAX,
            closes_ms: said.renewal_before_ms.unwrap_or(0),
            extension_ms,
        });
        let remind = limits.remind_before_ms.iter().copied();
        let terms = Self {
            zones,
            told: text.timing.told == Some(true),
            latest_expiry: said.until,
            acknowledge_beats: limits.acknowledge_beats,
            renewal,
            notice_ms: said.notice_ms,
            urgent_ms: said.urgent_notice_ms,
            brake_ms: said.brake_ms.unwrap_or(0),
            reply_ms: said.reply_ms.unwrap_or(0),
            complaint_ms: said.complaint_ms.unwrap_or(0),
            remind_before_ms: remind.filter(|before| *before < said.duration_ms).collect(),
            grace_beats: limits.grace_beats,
        };
        terms.check().is_ok().then_some(terms)
    }
}
