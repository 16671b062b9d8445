//! From what a text says of its time to what its life is computed from.

use crate::limits::{ACKNOWLEDGE_BEATS, GRACE_BEATS, REMIND_BEFORE_MS};
use crate::sabotage::{self, Sabotage};
use backchannel_accord::life;
use backchannel_accord::understanding::Understanding;
use backchannel_wire::UtcMs;

/// The terms of a text, or nothing while its beginning or end misses something (DEED-8).
pub fn of_life(text: &Understanding) -> Option<life::Terms> {
    let terms = text.terms()?;
    // A duration is counted from the beginning the text gives, so that its end is an instant too.
    let end = life::End::At(life::Bound { at: terms.until, included: terms.until_inclusive });
    let zone =
        |at: UtcMs, included: bool| life::Zone { entry: life::Entry::At(life::Bound { at, included }), end };
    let mut zones = vec![zone(terms.from, terms.from_inclusive)];
    zones.extend(terms.zones.iter().map(|(_, at, included)| zone(*at, *included)));
    let renewal = terms.renewal_ms.map(|extension_ms| life::Renewal {
        window_ms: u64::MAX,
        closes_ms: terms.renewal_before_ms.unwrap_or(0),
        extension_ms,
    });
    let remind = REMIND_BEFORE_MS.into_iter().filter(|before| *before < terms.duration_ms).collect();
    let of_life = life::Terms {
        zones,
        told: text.timing.told == Some(true),
        latest_expiry: terms.until,
        acknowledge_beats: ACKNOWLEDGE_BEATS,
        renewal,
        notice_ms: terms.notice_ms,
        urgent_ms: terms.urgent_notice_ms,
        brake_ms: terms.brake_ms.filter(|_| !sabotage::on(Sabotage::LooseBrake)).unwrap_or(0),
        reply_ms: terms.reply_ms.unwrap_or(0),
        complaint_ms: terms.complaint_ms.unwrap_or(0),
        remind_before_ms: remind,
        grace_beats: GRACE_BEATS,
    };
    of_life.check().is_ok().then_some(of_life)
}
