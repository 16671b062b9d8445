//! The station's only clock.

use backchannel_wire::{Beat, UtcMs};

/// Reads the system's clock.
#[derive(Clone, Copy)]
pub struct Clock;

/// When the next beat begins.
pub struct Due {
    /// In how many milliseconds.
    pub wait_ms: u64,
}

/// Milliseconds into a beat at which its frame is posted: behind the boundary as seen by a relay a little behind.
fn margin_ms(beat_ms: u32) -> u64 {
    (u64::from(beat_ms) / 50).clamp(5, 100)
}

impl Clock {
    /// Milliseconds since 1970 in UTC.
    #[allow(clippy::disallowed_methods, reason = "the shell is where time comes in")]
    pub fn now(self) -> UtcMs {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        UtcMs(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }

    /// Milliseconds until an instant, 0 if it has passed.
    pub fn until(self, at: UtcMs) -> u64 {
        at.0.saturating_sub(self.now().0)
    }

    fn relay_now(self, offset_ms: i64) -> u64 {
        self.now().0.saturating_add_signed(offset_ms)
    }

    /// When the next frame is due that was not built yet.
    pub fn next_beat(self, t0: UtcMs, beat_ms: u32, offset_ms: i64, last: Option<Beat>) -> Due {
        let (now, length) = (self.relay_now(offset_ms), u64::from(beat_ms.max(1)));
        let under_way = now.saturating_sub(t0.0) / length;
        let next = last.map_or(under_way, |last| under_way.max(last.0 + 1));
        let due = t0.0 + next * length + margin_ms(beat_ms);
        Due { wait_ms: due.saturating_sub(now).min(length) }
    }

    /// Whether a beat has ended for the relay.
    pub fn is_over(self, beat: Beat, t0: UtcMs, beat_ms: u32, offset_ms: i64) -> bool {
        let since = self.relay_now(offset_ms).saturating_sub(t0.0);
        since / u64::from(beat_ms.max(1)) > beat.0
    }

    /// The beat whose frame is due now: one that was not built yet, and is not nearly over. A station that woke too
    /// late leaves the beat out; it never catches up with a burst.
    pub fn beat_now(self, t0: UtcMs, beat_ms: u32, offset_ms: i64, last: Option<Beat>) -> Option<Beat> {
        let (now, length) = (self.relay_now(offset_ms), u64::from(beat_ms.max(1)));
        let since = now.checked_sub(t0.0)?;
        let beat = Beat(since / length);
        let into = since % length;
        let timely = into >= margin_ms(beat_ms) && into < length * 4 / 5;
        (timely && last.is_none_or(|last| beat > last)).then_some(beat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // ALARM-4
    #[test]
    fn a_beat_is_over_once_the_next_has_begun_by_the_relays_clock() {
        let t0 = UtcMs(Clock.now().0 - 10 * 3_600_000);
        let over = |beat, offset_ms| Clock.is_over(Beat(beat), t0, 3_600_000, offset_ms);
        assert!(over(9, 0) && !over(10, 0), "ten beats of an hour have passed");
        assert!(over(10, 3_600_000) && !over(9, -3_600_000), "the relay is an hour before, or behind");
        assert!(!Clock.is_over(Beat(0), UtcMs(Clock.now().0 + 3_600_000), 1_000, 0), "no beat has begun");
    }
}
