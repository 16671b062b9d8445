//! The desk's only clock.

use backchannel_wire::UtcMs;
use std::time::Duration;

/// Milliseconds since 1970 in UTC.
#[allow(clippy::disallowed_methods, reason = "a shell: pages are served at some time")]
pub fn now() -> UtcMs {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    UtcMs(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// Waits so many milliseconds.
pub async fn pause(ms: u64) {
    tokio::time::sleep(Duration::from_millis(ms)).await;
}
