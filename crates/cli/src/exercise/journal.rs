//! Follows what a station observes, from its local socket, as `watch` does.

use super::limits::{COMMAND_WAIT, JOURNAL_ENTRIES_MAX, JOURNAL_WAIT_MS, LOOK_AGAIN};
use crate::client;
use backchannel_station::api::Request;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use tokio::sync::Notify;

/// The entries of one station's journal so far.
#[derive(Default)]
pub struct Journal {
    entries: Mutex<Vec<Value>>,
    stopped: AtomicBool,
    /// Wakes whoever waits for an entry.
    pub news: Notify,
}

impl Journal {
    /// Starts to follow the station of this home; it need not run yet, and may stop and start again.
    pub fn follow(home: PathBuf) -> Arc<Self> {
        let journal = Arc::new(Self::default());
        let ours = Arc::clone(&journal);
        thread::spawn(move || {
            let mut since = 0;
            while !ours.stopped.load(Ordering::SeqCst) {
                let request = Request::Watch { since, timeout_ms: JOURNAL_WAIT_MS };
                match client::ask_within(&home, &request, COMMAND_WAIT) {
                    Ok(answer) => since = ours.take(&answer, since),
                    Err(_) => thread::sleep(LOOK_AGAIN),
                }
            }
        });
        journal
    }

    /// Takes the entries of an answer and says where to go on. A station that began to count anew, after a restart,
    /// is read from its beginning; what is known already is not taken twice.
    fn take(&self, answer: &Value, since: u64) -> u64 {
        let next = answer.get("next").and_then(Value::as_u64).unwrap_or(since);
        if next < since {
            return 0;
        }
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in answer.get("entries").and_then(Value::as_array).into_iter().flatten() {
            if entries.len() < JOURNAL_ENTRIES_MAX && !entries.contains(entry) {
                entries.push(entry.clone());
            }
        }
        drop(entries);
        self.news.notify_waiters();
        next
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// The entries from a place on.
    pub fn since(&self, mark: usize) -> Vec<Value> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(mark..).unwrap_or_default().to_vec()
    }

    /// Ends the following.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(test)]
mod tests {
    use super::Journal;
    use serde_json::json;

    #[test]
    fn entries_are_taken_once_and_a_new_count_is_read_from_its_beginning() {
        let journal = Journal::default();
        let first =
            json!({ "entries": [{ "n": 1, "kind": "joined" }, { "n": 2, "kind": "alarm" }], "next": 2 });
        assert_eq!(journal.take(&first, 0), 2);
        assert_eq!(journal.take(&first, 0), 2);
        assert_eq!(journal.len(), 2);
        assert_eq!(journal.take(&json!({ "entries": [], "next": 1 }), 2), 0);
        assert_eq!(journal.since(1), vec![json!({ "n": 2, "kind": "alarm" })]);
        assert!(journal.since(9).is_empty());
    }
}
