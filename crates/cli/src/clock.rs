//! The commands' clock: the only place of this crate that reads the time.

use backchannel_wire::UtcMs;
use std::time::{Instant, SystemTime};

/// The machine's time of day.
#[allow(clippy::disallowed_methods)]
pub fn utc_now() -> UtcMs {
    let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    UtcMs(u64::try_from(since_1970.as_millis()).unwrap_or(u64::MAX))
}

/// The machine's steady clock.
#[allow(clippy::disallowed_methods)]
pub fn steady_now() -> Instant {
    Instant::now()
}
