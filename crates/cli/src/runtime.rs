//! The runtimes of the long-running commands.

use crate::errors;
use backchannel_station::api::Failure;
use tokio::runtime::{Builder, Runtime};

/// One thread: for a station, and for one exchange with a relay.
pub fn one_thread() -> Result<Runtime, Failure> {
    made(&mut Builder::new_current_thread())
}

/// As many threads as the machine has processors: for a relay and for its load test.
pub fn many_threads() -> Result<Runtime, Failure> {
    made(&mut Builder::new_multi_thread())
}

fn made(builder: &mut Builder) -> Result<Runtime, Failure> {
    builder.enable_all().build().map_err(|error| {
        errors::internal(format!("The system gives no threads or timers: {}.", errors::reason(&error)))
    })
}
