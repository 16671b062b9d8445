//! The load test of a relay: many stations in one process, each posting random cells at every beat over real TLS.
//!
//! To the relay random cells are what real ones are: nothing it could tell apart. What is measured is how long after a
//! beat's end its sealed cells reach the stations, and what the relay's memory is.

mod figures;
mod line;
mod load;
mod own_relay;
mod station;

pub use figures::Figures;
pub use load::Load;
pub use own_relay::OwnRelay;

use crate::clock;
use crate::errors;
use backchannel_station::api::Failure;
use backchannel_station::link::TlsPin;
use backchannel_wire::token::OperatorToken;
use figures::Memory;
use line::RelayAddress;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

/// A relay and the right to create channels on it.
pub struct Target {
    /// Its address and pin.
    pub relay: RelayAddress,
    /// The operator's token.
    pub operator: OperatorToken,
    /// The relay's process, if it was started for the test.
    pub own: Option<OwnRelay>,
}

impl Target {
    /// A relay that runs already.
    pub fn running(addr: String, pin: TlsPin, operator: OperatorToken) -> Self {
        Self { relay: RelayAddress { addr, pin }, operator, own: None }
    }
}

/// Puts the load on the relay and gives the figures.
pub async fn run(target: &Target, load: &Load, seconds: u64) -> Result<Figures, Failure> {
    let memory = |own: &Option<OwnRelay>| own.as_ref().and_then(|own| Memory::of(own.pid()));
    let channels = load.channels();
    for channel in &channels {
        line::create(&target.relay, channel.request(&target.operator, load.beat_ms)).await?;
    }
    let before = memory(&target.own);
    let stations: Vec<_> = channels.iter().flat_map(|channel| channel.stations()).collect();
    // Everybody has connected; then the memory is read; then everybody begins together.
    let connected = Arc::new(Barrier::new(stations.len() + 1));
    let begin = Arc::new(Barrier::new(stations.len() + 1));
    let mut tasks = JoinSet::new();
    for seats in stations {
        let task = station::Station {
            relay: target.relay.clone(),
            seats,
            beats: load.beats(seconds),
            connected: connected.clone(),
            begin: begin.clone(),
        };
        tasks.spawn(task.run());
    }
    wait(&connected, &mut tasks).await?;
    let idle = memory(&target.own);
    begin.wait().await;
    let mut figures = Figures::new(load, seconds);
    let mut loaded = None;
    while let Some(ended) = tasks.join_next().await {
        // Read when the first station is done: the others are still connected.
        loaded = loaded.or_else(|| memory(&target.own));
        figures.add(ended.map_err(|_| errors::internal("A station of the load test ended by itself."))??);
    }
    figures.memory(before, idle, loaded);
    Ok(figures)
}

/// Waits until every station has connected, or fails with the first that could not.
async fn wait(
    connected: &Barrier,
    tasks: &mut JoinSet<Result<station::Counts, Failure>>,
) -> Result<(), Failure> {
    tokio::select! {
        _ = connected.wait() => Ok(()),
        Some(ended) = tasks.join_next() => match ended {
            Ok(Err(failure)) => Err(failure),
            _ => Err(errors::internal("A station of the load test ended before it began.")),
        },
    }
}

/// Milliseconds of the steady clock since the process began to measure.
fn since(start: std::time::Instant) -> Duration {
    clock::steady_now().saturating_duration_since(start)
}
