//! What time asks of the station: texts to drop, items to return, answers awaited.

use super::clock::Mark;
use super::{Item, Ledger};
use crate::event::{Addressee, Event, Retention};
use crate::limits::{REPLY_SOON_MS, RETURN_AFTER_MS};
use crate::words::DispatchId;
use backchannel_wire::{PartyNo, UtcMs};
use minicbor::{Decode, Encode};

/// Why a text is no longer kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum DropReason {
    /// The instant up to which it could be kept has passed.
    #[n(0)]
    Expired,
    /// It was read and returned.
    #[n(1)]
    Returned,
}

/// Something that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// These texts must be dropped: the station rewrites its storage and observes `Dropped`.
    Drop {
        /// The items.
        ids: Vec<DispatchId>,
        /// Why.
        why: DropReason,
    },
    /// This item was read here and must be returned: the station sends `Returned`, then drops these texts.
    Return {
        /// The item.
        id: DispatchId,
        /// The item and what repeats its text.
        ids: Vec<DispatchId>,
    },
    /// An answer is asked within the hour.
    ReplySoon {
        /// The item.
        id: DispatchId,
        /// By when.
        by: UtcMs,
    },
    /// The time for an answer has passed without one.
    ReplyOverdue {
        /// The item.
        id: DispatchId,
        /// By when it was asked.
        by: UtcMs,
        /// Whether this side wrote the item, and waits.
        mine: bool,
    },
    /// The clock of a query passed a mark, and there is no answer.
    Clock {
        /// The item.
        id: DispatchId,
        /// The mark.
        mark: Mark,
        /// When the time is over.
        by: UtcMs,
        /// The side that is to answer.
        answers: PartyNo,
    },
}

impl Ledger {
    /// What is due at `now`, in the order of the record. What is due stays due until an event or observation settles it.
    pub fn due(&self, now: UtcMs) -> Vec<Due> {
        self.order
            .iter()
            .filter_map(|id| self.items.get(id).map(|item| (*id, item)))
            .flat_map(|(id, item)| {
                [self.text_due(id, item, now), self.reply_due(id, item, now), self.clock_due(id, item, now)]
            })
            .flatten()
            .collect()
    }

    /// The next instant after `now` at which [`Ledger::due`] says more, if time alone will bring it.
    pub fn next_due(&self, now: UtcMs) -> Option<UtcMs> {
        let each = self.items.iter().flat_map(|(id, item)| {
            let until = match self.retention(*id) {
                Some(Retention::Until(utc)) if item.dropped.is_none() => Some(utc),
                _ => None,
            };
            let reply = self.reply_by(item);
            let soon = reply.map(|by| UtcMs(by.0.saturating_sub(REPLY_SOON_MS)));
            let back = self.read_here(item).map(|read| UtcMs(read.0.saturating_add(RETURN_AFTER_MS)));
            let clock = self.told_clock(*id, item).filter(|clock| clock.answered.is_none());
            let marks = clock.into_iter().flat_map(|clock| clock.marks()).map(|(_, at)| Some(at));
            let each = [until, soon, reply, back.filter(|_| item.dropped.is_none() && self.lent(*id))];
            each.into_iter().chain(marks)
        });
        each.flatten().filter(|at| *at > now).min()
    }

    fn text_due(&self, id: DispatchId, item: &Item, now: UtcMs) -> Option<Due> {
        if item.dropped.is_some() {
            return None;
        }
        match self.retention(id)? {
            // RETAIN-1
            Retention::Until(utc) if utc <= now => {
                Some(Due::Drop { ids: vec![id], why: DropReason::Expired })
            }
            // RETAIN-2
            Retention::ReadAndReturn if self.returnable(item, now) => {
                Some(Due::Return { id, ids: self.with_copies(id, item) })
            }
            _ => None,
        }
    }

    /// The item and those of its conveyances and read-backs whose text is still here.
    fn with_copies(&self, id: DispatchId, item: &Item) -> Vec<DispatchId> {
        let copies = item.conveyances.iter().chain(&item.read_backs).copied();
        let kept = copies.filter(|id| self.items.get(id).is_some_and(|copy| copy.dropped.is_none()));
        std::iter::once(id).chain(kept).collect()
    }

    /// When the person at this station read the item, if it was not this person who wrote it.
    fn read_here(&self, item: &Item) -> Option<UtcMs> {
        let me = self.desk.member;
        item.reads.iter().find(|mark| mark.member == me).map(|mark| mark.at.utc)
    }

    /// A read item goes back at once; the intermediary keeps what it has still to carry, for a day at most (RETAIN-3).
    fn returnable(&self, item: &Item, now: UtcMs) -> bool {
        let Some(read) = self.read_here(item) else { return false };
        let carried = match &item.admitted.event {
            Event::Dispatch(dispatch) if self.desk.party == PartyNo::INTERMEDIARY => {
                let received = |to: &PartyNo| item.carriage.get(to).is_some_and(|one| one.received.is_some());
                match dispatch.to {
                    Addressee::Party(to) => received(&to),
                    _ => {
                        dispatch.numbered().all(|(number, _)| number.is_none())
                            || item.carriage.keys().any(received)
                    }
                }
            }
            _ => true,
        };
        carried || item.declined.is_some() || now.0 >= read.0.saturating_add(RETURN_AFTER_MS)
    }

    /// The reply time of an item that is not answered yet.
    fn reply_by(&self, item: &Item) -> Option<UtcMs> {
        let by = match &item.admitted.event {
            Event::Dispatch(dispatch) => dispatch.reply_by,
            Event::Conveyance(conveyance) => conveyance.reply_by,
            _ => None,
        }?;
        let author = item.admitted.author;
        let answers = |id: &DispatchId| {
            self.items.get(id).is_some_and(|reply| reply.admitted.author.member != author.member)
        };
        (!item.replies.iter().any(answers)).then_some(by)
    }

    /// The clock that is told of: the intermediary has a query twice, and tells of the original.
    fn told_clock(&self, id: DispatchId, item: &Item) -> Option<super::Clock> {
        // So has a party whom it reached by the registry first.
        let twice = match &item.admitted.event {
            Event::Conveyance(conveyance) => {
                self.desk.party == PartyNo::INTERMEDIARY || self.came_first(conveyance)
            }
            _ => false,
        };
        if twice { None } else { self.clock(id) }
    }

    fn clock_due(&self, id: DispatchId, item: &Item, now: UtcMs) -> Option<Due> {
        let clock = self.told_clock(id, item)?;
        let mark = clock.mark(now)?;
        Some(Due::Clock { id, mark, by: clock.due, answers: clock.answers })
    }

    fn reply_due(&self, id: DispatchId, item: &Item, now: UtcMs) -> Option<Due> {
        let by = self.reply_by(item)?;
        let mine = item.admitted.author.party == self.desk.party
            && (item.addressed() != Some(self.desk.party) || item.admitted.author.member == self.desk.member);
        if by <= now {
            return Some(Due::ReplyOverdue { id, by, mine });
        }
        let soon = !mine && by.0.saturating_sub(now.0) <= REPLY_SOON_MS;
        soon.then_some(Due::ReplySoon { id, by })
    }
}
