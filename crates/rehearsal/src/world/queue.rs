//! What is to come, in order: by instant; what is sealed in one beat by seat; then as it was put down.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// What comes. The numbers are those of an affair, a source or a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A source has an event.
    Occurs(u8),
    /// A happening of a script.
    Written(u32),
    /// A side notices.
    Notices(u32),
    /// Its own staff find that an alarm was false.
    SecondLook(u32),
    /// An opening is sealed.
    Opened(u32),
    /// A report of an accident of one's own is sealed.
    Reported(u32),
    /// An answer in part is sealed.
    Provisional(u32),
    /// An answer is sealed.
    Answered(u32),
    /// Words arrive.
    Words(u32),
    /// The reply time is over.
    ReplyDue(u32),
    /// A side's patience is over.
    Deadline(u32),
    /// A side's word to close an incident is sealed.
    Settled(u32, u8),
    /// The word of the one who opened it that it takes it back is sealed.
    Dropped(u32),
    /// A side's word to suspend is sealed.
    Suspended(u32, u8),
    /// A notice is sealed.
    Notice(u32),
    /// A notice taken back is sealed.
    NoticeBack(u8),
    /// A side thinks of renewal.
    Renews(u8),
    /// A reaffirmation is sealed.
    Reaffirmed(u8),
    /// A side strikes while restraint is suspended.
    Strikes(u32),
    /// Without a channel: the term is over, and both think again.
    Reconsider,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    at: u64,
    rank: u8,
    number: u32,
    step: Step,
}

impl Ord for Entry {
    /// The earliest is the greatest: a heap gives its greatest first.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.rank, other.number).cmp(&(self.at, self.rank, self.number))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What no seat seals comes after what was sealed in that instant.
const UNSEALED: u8 = u8::MAX;

/// What is to come.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    heap: BinaryHeap<Entry>,
    number: u32,
}

impl Queue {
    pub(super) fn with_room(entries: usize) -> Self {
        Self { heap: BinaryHeap::with_capacity(entries), number: 0 }
    }

    /// Puts down what comes at an instant.
    pub(super) fn put(&mut self, at: u64, step: Step) {
        self.push(at, UNSEALED, step);
    }

    /// Puts down what a side's seat has sealed at an instant.
    pub(super) fn seal(&mut self, at: u64, side: usize, step: Step) {
        self.push(at, side as u8, step);
    }

    fn push(&mut self, at: u64, rank: u8, step: Step) {
        self.heap.push(Entry { at, rank, number: self.number, step });
        self.number += 1;
    }

    /// Takes back every event of a source.
    pub(super) fn forget_sources(&mut self) {
        self.heap.retain(|entry| !matches!(entry.step, Step::Occurs(_)));
    }

    /// The instant of what comes first.
    pub(super) fn next_at(&self) -> Option<u64> {
        self.heap.peek().map(|entry| entry.at)
    }

    /// Takes what comes first.
    pub(super) fn take(&mut self) -> Option<(u64, Step)> {
        self.heap.pop().map(|entry| (entry.at, entry.step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // REH-13
    #[test]
    fn what_is_sealed_in_one_beat_comes_by_seat_and_before_everything_else_of_that_instant() {
        let mut queue = Queue::with_room(4);
        queue.put(5, Step::Deadline(1));
        queue.seal(5, 1, Step::Answered(2));
        queue.seal(5, 0, Step::Opened(3));
        queue.put(4, Step::Words(4));
        queue.put(5, Step::Words(5));
        let order: Vec<Step> = std::iter::from_fn(|| queue.take()).map(|(_, step)| step).collect();
        let expected =
            [Step::Words(4), Step::Opened(3), Step::Answered(2), Step::Deadline(1), Step::Words(5)];
        assert_eq!(order, expected);
    }
}
