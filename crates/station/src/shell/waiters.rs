//! Those who follow the journal and wait for its next line.

use crate::api::Response;
use crate::limits::{WATCH_MS_MAX, WATCHERS_MAX};
use crate::machine::Machine;
use backchannel_wire::UtcMs;
use tokio::sync::oneshot;

struct Waiter {
    since: u64,
    until: UtcMs,
    answer: oneshot::Sender<Response>,
}

/// All that wait.
#[derive(Default)]
pub struct Waiters(Vec<Waiter>);

impl Waiters {
    /// Somebody waits for lines after `since`. Beyond the bound, whoever waited longest is answered at once.
    pub fn add(&mut self, since: u64, now: UtcMs, timeout_ms: u64, answer: oneshot::Sender<Response>) {
        if self.0.len() >= WATCHERS_MAX
            && let Some(first) = self.0.first_mut()
        {
            first.until = now;
        }
        self.0.push(Waiter { since, until: UtcMs(now.0 + timeout_ms.min(WATCH_MS_MAX)), answer });
    }

    /// Milliseconds until the first of them has waited long enough.
    pub fn wait_ms(&self, now: UtcMs) -> u64 {
        self.0.iter().map(|waiter| waiter.until.0.saturating_sub(now.0)).min().unwrap_or(u64::MAX)
    }

    /// Answers those for whom there is a line, or whose time is over.
    pub fn serve(&mut self, machine: &Machine, now: UtcMs) {
        let last = machine.journal().last();
        let (ready, waiting) = std::mem::take(&mut self.0)
            .into_iter()
            .partition(|waiter| waiter.since < last || waiter.until <= now || waiter.answer.is_closed());
        self.0 = waiting;
        for waiter in ready {
            let _ = waiter.answer.send(Response::Ok(machine.journal_json(waiter.since)));
        }
    }
}
