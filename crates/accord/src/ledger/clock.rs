//! The reply clock of a query: it starts when the recipient's station has it, and all stations reckon it alike (CLOCK rules).

use super::{Item, Ledger};
use crate::event::{Addressee, Conveyance, Event, Mode};
use crate::words::{At, DispatchId};
use backchannel_wire::{PartyNo, UtcMs};

/// How far a clock has run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Half of the time is over.
    Half,
    /// A tenth is left.
    Tenth,
    /// The time is over.
    Over,
}

/// The clock of one query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// When the recipient's station had it: the date of provision is the date of receipt (CLOCK-1).
    pub started: UtcMs,
    /// When the time is over.
    pub due: UtcMs,
    /// When the first answer came, or left.
    pub answered: Option<At>,
    /// The side that is to answer.
    pub answers: PartyNo,
}

impl Clock {
    /// The instants at which something is told: half of the time, a tenth left, over (CLOCK-3).
    pub fn marks(&self) -> [(Mark, UtcMs); 3] {
        let whole = self.due.0.saturating_sub(self.started.0);
        let before = |left: u64| UtcMs(self.due.0.saturating_sub(left));
        [(Mark::Half, before(whole / 2)), (Mark::Tenth, before(whole / 10)), (Mark::Over, self.due)]
    }

    /// The last mark that has passed, while there is no answer.
    pub fn mark(&self, now: UtcMs) -> Option<Mark> {
        let passed = self.marks().into_iter().filter(|(_, at)| *at <= now && self.answered.is_none());
        passed.map(|(mark, _)| mark).max()
    }
}

impl Ledger {
    /// The clock of an item, if it asks for an answer and is known to have been received.
    pub fn clock(&self, id: DispatchId) -> Option<Clock> {
        let item = self.items.get(&id).filter(|item| self.speaks(item))?;
        let reply_ms = item.gist.as_ref()?.reply_ms?;
        let started = self.provided(item)?.utc;
        let answers = match &item.admitted.event {
            Event::Dispatch(dispatch) => match dispatch.to {
                Addressee::Party(party) => party,
                _ => item.addressed()?,
            },
            _ => item.addressed()?,
        };
        let due = UtcMs(started.0.saturating_add(reply_ms));
        Some(Clock { started, due, answered: self.answered(item), answers })
    }

    /// When a station of the recipient had an item, as every side reckons it. A recipient's station that was not yet told takes the
    /// beat in which it came here, which is not later (CLOCK-2).
    pub(crate) fn provided(&self, item: &Item) -> Option<At> {
        match &item.admitted.event {
            Event::Dispatch(dispatch) => match dispatch.to {
                Addressee::Party(to) if item.admitted.author.party != PartyNo::INTERMEDIARY => {
                    let told = item.carriage.get(&to).and_then(|one| one.received);
                    // A station of the recipient that is not told yet reckons from the beat in which it came.
                    told.or_else(|| (to == self.desk.party).then(|| item.admitted.at()))
                }
                _ if item.addressed() == Some(self.desk.party) => Some(item.admitted.at()),
                _ => item.first(&item.acks),
            },
            Event::Conveyance(_) if self.desk.party == PartyNo::INTERMEDIARY => item.provided,
            _ => Some(item.provided.unwrap_or_else(|| item.admitted.at())),
        }
    }

    /// The instant in which a station of the recipient had an item.
    pub fn provided_at(&self, id: DispatchId) -> Option<UtcMs> {
        self.provided(self.items.get(&id)?).map(|at| at.utc)
    }

    /// Whether the words of an item are those of the party it says: what the intermediary conveys counts once every passage was found
    /// in the registry, where there is one (GIST-3).
    pub(crate) fn speaks(&self, item: &Item) -> bool {
        match &item.admitted.event {
            Event::Conveyance(conveyance) if self.guarded && self.desk.party != PartyNo::INTERMEDIARY => {
                let found = |mode: &Mode| match mode {
                    // Passages are numbered from 1: 0 is a read-back, under a name that somebody else may have chosen.
                    Mode::Verbatim { passage, .. } => *passage > 0 && item.matched.contains(passage),
                    Mode::InSubstance { .. } => false,
                };
                !item.altered && !conveyance.passages.is_empty() && conveyance.passages.iter().all(found)
            }
            _ => true,
        }
    }

    /// Whether what a conveyance carries came by the registry first, from the same party.
    pub(crate) fn came_first(&self, conveyance: &Conveyance) -> bool {
        let first = self.items.get(&conveyance.of.dispatch);
        first.is_some_and(|item| item.admitted.author.party == conveyance.of.party)
    }

    /// The first answer by somebody else than the author; what only acknowledges is none.
    fn answered(&self, item: &Item) -> Option<At> {
        let author = item.admitted.author.member;
        let replies = item.replies.iter().filter_map(|id| self.items.get(id));
        let theirs = replies.filter(|reply| reply.admitted.author.member != author && self.speaks(reply));
        theirs.map(|reply| reply.admitted.at()).min()
    }

    /// Until when an answer was asked for by what an item answers, if that is on record here.
    pub fn due_of_answered(&self, id: DispatchId) -> Option<UtcMs> {
        let answered = self.event(id)?.in_reply_to()?;
        self.clock(answered).map(|clock| clock.due)
    }
}
