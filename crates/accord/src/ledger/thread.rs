//! What belongs together: what an item answers, back to the first, and everything that answered any of it.

use super::view::ThreadLine;
use super::{Item, Ledger};
use crate::limits::THREAD_MAX;
use crate::words::DispatchId;
use std::collections::{BTreeSet, VecDeque};

impl Ledger {
    /// The thread of an item as far as it reached this side, in the order of the record: itself and the first of it, and of the rest as
    /// many as [`THREAD_MAX`] leaves room for.
    pub fn thread(&self, id: DispatchId) -> Vec<ThreadLine> {
        let first = self.first_of(id);
        let mut members = BTreeSet::from([first, id]);
        let mut open = VecDeque::from([first, id]);
        while let Some(next) = open.pop_front() {
            let replies = self.items.get(&next).into_iter().flat_map(|item| item.replies.iter());
            for reply in replies {
                if members.len() < THREAD_MAX && members.insert(*reply) {
                    open.push_back(*reply);
                }
            }
        }
        let mut lines: Vec<ThreadLine> = members.iter().filter_map(|id| self.thread_line(*id)).collect();
        lines.sort_by_key(|line| line.at);
        lines
    }

    /// The item that answers nothing on record. Who answers in a circle is not followed round it.
    fn first_of(&self, id: DispatchId) -> DispatchId {
        let (mut first, mut seen) = (id, BTreeSet::from([id]));
        while let Some(before) = self.items.get(&first).and_then(|item| item.admitted.event.in_reply_to()) {
            if !self.items.contains_key(&before) || seen.len() >= THREAD_MAX || !seen.insert(before) {
                break;
            }
            first = before;
        }
        first
    }

    fn thread_line(&self, id: DispatchId) -> Option<ThreadLine> {
        let item: &Item = self.items.get(&id)?;
        let view = self.show(id)?;
        Some(ThreadLine {
            id: view.id,
            kind: view.kind,
            form: view.form,
            mine: view.mine,
            author: view.author,
            at: item.admitted.at(),
        })
    }
}
