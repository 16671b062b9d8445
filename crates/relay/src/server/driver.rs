//! The thread that owns the engine: it takes inputs in turn, ticks when a beat ends, and never waits for a connection.

use super::addresses::Addresses;
use super::{RelayError, utc_now};
use crate::engine::{Engine, Input, Output};
use crate::limits::{CLOCK_LOOK_MS, RELOAD_PAUSE_MS, RELOADS_MAX};
use crate::machine::ConnId;
use crate::store::{SqliteStore, StoreError};
use futures_util::future::AbortHandle;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// What connections tell the engine.
pub(super) enum ToEngine {
    /// A connection exists and this reaches it.
    Open(ConnId, Line),
    /// It said something.
    Input(Input),
}

/// What the engine tells a connection.
pub(super) enum Outgoing {
    Frame(Vec<u8>),
    Close,
}

/// How the engine reaches a connection.
pub(super) struct Line {
    pub out: mpsc::Sender<Outgoing>,
    pub abort: AbortHandle,
    pub address: IpAddr,
}

struct Driver {
    engine: Engine<SqliteStore>,
    lines: HashMap<ConnId, Line>,
    addresses: Arc<Addresses>,
}

/// Starts the thread. The receiver resolves when it has ended: cleanly after `stopped`, or because the store is lost.
pub(super) fn start(
    engine: Engine<SqliteStore>,
    queue: mpsc::Receiver<ToEngine>,
    stopped: oneshot::Receiver<()>,
    addresses: Arc<Addresses>,
) -> Result<oneshot::Receiver<Result<(), RelayError>>, RelayError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let runtime = runtime.map_err(|_| RelayError::Engine)?;
    let (done, result) = oneshot::channel();
    let driver = Driver { engine, lines: HashMap::new(), addresses };
    let body = move || {
        let _ = done.send(runtime.block_on(driver.run(queue, stopped)));
    };
    std::thread::Builder::new().name("engine".into()).spawn(body).map_err(|_| RelayError::Engine)?;
    Ok(result)
}

impl Driver {
    async fn run(
        mut self,
        mut queue: mpsc::Receiver<ToEngine>,
        mut stopped: oneshot::Receiver<()>,
    ) -> Result<(), RelayError> {
        loop {
            if self.wait_ms() == 0 {
                self.take(Input::Tick).await?;
            }
            // Whatever comes first, the tick is looked at before the next input: neither can starve the other.
            let wait = Duration::from_millis(self.wait_ms().min(CLOCK_LOOK_MS));
            tokio::select! {
                biased;
                _ = &mut stopped => break,
                message = queue.recv() => match message {
                    Some(ToEngine::Open(id, line)) => {
                        self.lines.insert(id, line);
                    }
                    Some(ToEngine::Input(input)) => self.take(input).await?,
                    None => break,
                },
                () = tokio::time::sleep(wait) => {}
            }
        }
        let counters = self.engine.counters();
        tracing::info!(?counters, "the last beats are durable");
        self.close_all();
        Ok(())
    }

    fn wait_ms(&mut self) -> u64 {
        let now = self.engine.clock(utc_now());
        self.engine.next_tick().0.saturating_sub(now.0)
    }

    async fn take(&mut self, input: Input) -> Result<(), RelayError> {
        if let Input::Closed(id) = &input {
            self.lines.remove(id);
        }
        let now = self.engine.clock(utc_now());
        match self.engine.handle(input, now) {
            Ok(outputs) => {
                self.carry_out(outputs);
                Ok(())
            }
            Err(error) => self.recover(error).await,
        }
    }

    fn carry_out(&mut self, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Send(to, bytes) => self.deliver(to, Outgoing::Frame(bytes)),
                Output::Close(to, reason) => {
                    tracing::debug!(connection = to.0, ?reason, "closing a connection");
                    self.deliver(to, Outgoing::Close);
                    self.lines.remove(&to);
                }
                Output::WrongToken(from) => {
                    if let Some(line) = self.lines.get(&from) {
                        self.addresses.wrong_token(line.address, utc_now());
                    }
                }
                Output::CloseAll => self.close_all(),
            }
        }
    }

    /// Hands a message to a connection, or ends a connection that does not read.
    fn deliver(&mut self, to: ConnId, message: Outgoing) {
        let Some(line) = self.lines.get(&to) else { return };
        if line.out.try_send(message).is_err() {
            tracing::info!(connection = to.0, "a connection that does not read is closed");
            line.abort.abort();
            self.lines.remove(&to);
        }
    }

    fn close_all(&mut self) {
        self.lines.drain().for_each(|(_, line)| line.abort.abort());
    }

    /// Nothing is known about the last batch: drops every connection and starts from what is durable.
    async fn recover(&mut self, error: StoreError) -> Result<(), RelayError> {
        tracing::error!(%error, "the store failed; loading it again");
        self.close_all();
        let mut last = error;
        for _ in 0..RELOADS_MAX {
            tokio::time::sleep(Duration::from_millis(RELOAD_PAUSE_MS)).await;
            let now = self.engine.clock(utc_now());
            match self.engine.reload(now) {
                Ok(()) => return Ok(()),
                Err(error) => last = error,
            }
        }
        Err(last.into())
    }
}
