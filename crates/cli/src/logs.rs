//! Where the long-running commands log: standard error, as lines or as JSON.

use tracing_subscriber::EnvFilter;

/// Starts logging. `BACKCHANNEL_LOG` says how much; information and above by default.
pub fn start(json: bool) {
    let filter = EnvFilter::try_from_env("BACKCHANNEL_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start in one process changes nothing, and is no fault.
    let _ = if json { lines.json().try_init() } else { lines.with_ansi(false).try_init() };
}
