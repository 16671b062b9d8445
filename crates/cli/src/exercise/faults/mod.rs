//! The faults an exercise can be played with, and the relay that commits them.

mod relay;

use crate::errors;
use backchannel_relay::Options;
use backchannel_station::api::Failure;
use std::io::{self, BufRead};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// A fault. Every one but the last is the relay's.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultName {
    /// The relay leaves out one seat's cells now and then
    Drop,
    /// The relay leaves out the cells of one seat of every room from now on
    Withhold,
    /// The relay shows two stations two different beats
    Fork,
    /// The relay puts two cells of a beat in each other's places
    Reorder,
    /// The relay goes back to what it held some beats ago
    RollBack,
    /// The relay changes a byte of a cell
    AlterCell,
    /// The intermediary alters a verbatim passage where the story does not say so
    AlterConveyance,
    /// The relay's clock runs slow
    SlowClock,
}

impl FaultName {
    /// The name on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Drop => "drop",
            Self::Withhold => "withhold",
            Self::Fork => "fork",
            Self::Reorder => "reorder",
            Self::RollBack => "roll-back",
            Self::AlterCell => "alter-cell",
            Self::AlterConveyance => "alter-conveyance",
            Self::SlowClock => "slow-clock",
        }
    }

    /// Whether the relay commits it.
    pub fn is_the_relays(self) -> bool {
        self != Self::AlterConveyance
    }
}

/// Serves a relay's directory with a fault, which begins with the line `begin` on standard input.
pub fn serve(dir: &Path, fault: FaultName) -> Result<ExitCode, Failure> {
    let begun = Arc::new(AtomicBool::new(false));
    let hooks = relay::Faithless::new(fault, Arc::clone(&begun));
    let (ended, stop) = tokio::sync::oneshot::channel();
    thread::spawn(move || {
        for line in io::stdin().lock().lines() {
            match line.as_deref() {
                Ok("begin") => begun.store(true, Ordering::SeqCst),
                Ok(_) => {}
                Err(_) => break,
            }
        }
        // When the relay has ended by itself nobody waits for this.
        let _ = ended.send(());
    });
    let options = Options { hooks: Box::new(hooks), ..Options::default() };
    crate::logs::start(true);
    let runtime = crate::runtime::many_threads()?;
    let served = runtime.block_on(backchannel_relay::serve(dir, options, async {
        let _ = stop.await;
    }));
    match served {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => Err(errors::internal(format!("The relay failed: {error}."))),
    }
}
