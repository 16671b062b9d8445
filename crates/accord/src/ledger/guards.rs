//! The guard of verbatim passages as the ledger follows it (docs/spec/dispatches.md, GUARD rules).

use super::{Consequence, GuardState, Ledger};
use crate::event::{Disclosure, Event, ReadBack};
use crate::guard::{self, Guarded};
use crate::words::{At, DispatchId, Salt, Texts};
use backchannel_wire::PartyNo;

impl Ledger {
    /// The digests that this side must have posted for an own item.
    pub fn guards_of_own(&self, id: DispatchId) -> Vec<Guarded> {
        let Some(item) = self.items.get(&id) else { return Vec::new() };
        let author = item.admitted.author.party;
        if author != self.desk.party {
            return Vec::new();
        }
        match &item.admitted.event {
            Event::Dispatch(dispatch) => guard::of_dispatch(self.desk.channel, author, dispatch),
            Event::ReadBack(read_back) => guard::of_read_back(self.desk.channel, author, read_back),
            _ => Vec::new(),
        }
    }

    pub(super) fn start_guards(&mut self, id: DispatchId, guarded: &[Guarded]) {
        if let Some(item) = self.items.get_mut(&id) {
            item.guards.extend(guarded.iter().map(|one| (one.passage, GuardState::Pending)));
        }
    }

    pub(super) fn guards_of_carried_back(
        &self,
        to: PartyNo,
        id: DispatchId,
        of: DispatchId,
        texts: Option<&Texts>,
        salt: Option<&Salt>,
    ) -> Vec<Guarded> {
        let (Some(texts), Some(salt)) = (texts, salt) else { return Vec::new() };
        let (texts, salt) = (texts.clone(), Some(salt.clone()));
        let read_back = ReadBack { id, of, texts, disclosure: Disclosure::Verbatim, salt };
        guard::of_read_back(self.desk.channel, to, &read_back)
    }

    /// The guarded items received whose digests were not found yet: what the station looks for after a restart.
    pub fn guards_pending(&self) -> Vec<(DispatchId, Vec<Guarded>)> {
        let mut out = Vec::new();
        for (id, item) in &self.items {
            if let Event::Conveyance(conveyance) = &item.admitted.event {
                let mut guarded = guard::of_conveyance(self.desk.channel, conveyance);
                guarded.retain(|one| item.guards.get(&one.passage) == Some(&GuardState::Pending));
                out.push((*id, guarded));
            }
            for (to, carrying) in &item.carriage {
                if let Some(back) = carrying.read_back.as_ref()
                    && back.guard == Some(GuardState::Pending)
                {
                    let (texts, salt) = (back.texts.as_ref(), back.salt.as_ref());
                    out.push((back.id, self.guards_of_carried_back(*to, back.id, *id, texts, salt)));
                }
            }
        }
        out.retain(|(_, guarded)| !guarded.is_empty());
        out
    }

    /// The own guarded items and passages of which no recipient has said yet that they matched, with when they were sent.
    pub fn own_guards_pending(&self) -> Vec<(DispatchId, u16, Option<At>)> {
        let own = self.items.iter().filter(|(_, item)| item.admitted.author.party == self.desk.party);
        own.flat_map(|(id, item)| {
            let pending = item.guards.iter().filter(|(_, state)| **state == GuardState::Pending);
            pending.map(move |(passage, _)| (*id, *passage, item.sent_at(self.desk.member)))
        })
        .collect()
    }

    pub(super) fn note_guard(&mut self, id: DispatchId, passage: u16, state: GuardState) -> Vec<Consequence> {
        // An item's own guard comes first: a name that the intermediary chose cannot divert what is said of it.
        let own = self.items.get(&id).is_some_and(|item| item.guards.contains_key(&passage));
        let slot = match self.carried_back.get(&id).copied().filter(|_| !own) {
            Some((of, to)) => {
                let carrying = self.items.get_mut(&of).and_then(|item| item.carriage.get_mut(&to));
                let back =
                    carrying.and_then(|carrying| carrying.read_back.as_mut()).filter(|back| back.id == id);
                back.and_then(|back| back.guard.as_mut())
            }
            None => self.items.get_mut(&id).and_then(|item| item.guards.get_mut(&passage)),
        };
        let Some(slot) = slot else { return Vec::new() };
        // Once altered, always altered: a later match must not hide it. A late match does lift "not matched".
        let changes = *slot != state && *slot != GuardState::Altered;
        let weaker = *slot == GuardState::Matched && state == GuardState::NotMatched;
        if !changes || weaker {
            return Vec::new();
        }
        *slot = state;
        match state {
            GuardState::Altered => vec![Consequence::Altered { id, passage }],
            _ => vec![Consequence::Advanced { id }],
        }
    }
}
