//! From what a text says of its time to what its life is computed from, within the limits of this house.

use crate::limits::{ACKNOWLEDGE_BEATS, GRACE_BEATS, REMIND_BEFORE_MS};
use crate::sabotage::{self, Sabotage};
use backchannel_accord::life;
use backchannel_accord::understanding::Understanding;

/// The terms of a text, or nothing while its beginning or end misses something (DEED-8).
pub fn of_life(text: &Understanding) -> Option<life::Terms> {
    let limits = life::Limits {
        acknowledge_beats: ACKNOWLEDGE_BEATS,
        grace_beats: GRACE_BEATS,
        remind_before_ms: &REMIND_BEFORE_MS,
    };
    let mut terms = life::Terms::of(text, &limits)?;
    if sabotage::on(Sabotage::LooseBrake) {
        terms.brake_ms = 0;
    }
    Some(terms)
}
