//! The fold itself: how events and observations change what is known.

use super::{Admitted, CarriedBack, Carrying, Consequence, GuardState, Item, Ledger, Mark, Observation};
use crate::event::{Addressee, Carried, Conveyance, Disclosure, Event, Mode, Progress, Retention, Step};
use crate::guard;
use crate::limits::{LINKS_OF_ITEM_MAX, MARKS_OF_ITEM_MAX};
use crate::rules::RoomKind;
use crate::words::{At, DispatchId};
use backchannel_wire::{MemberId, PartyNo};
use std::collections::{BTreeMap, BTreeSet};

impl Item {
    fn new(admitted: Admitted) -> Self {
        Self {
            admitted,
            sent: None,
            acks: Vec::new(),
            reads: Vec::new(),
            returns: Vec::new(),
            read_backs: Vec::new(),
            conveyances: Vec::new(),
            replies: Vec::new(),
            carriage: BTreeMap::new(),
            declined: None,
            guards: BTreeMap::new(),
            dropped: None,
            matched: BTreeSet::new(),
            altered: false,
            gist: None,
            provided: None,
            in_registry: None,
        }
    }

    /// The side the item is addressed to.
    pub(crate) fn addressed(&self) -> Option<PartyNo> {
        match (&self.admitted.event, self.admitted.room_kind) {
            // In the registry a message names its side (ROUTE-3).
            (Event::Dispatch(dispatch), RoomKind::Registry) => match dispatch.to {
                Addressee::Party(to) => Some(to),
                _ => None,
            },
            (_, kind) => kind.addressed(self.admitted.author.party),
        }
    }

    /// When the item was sealed whole: for an own item only once the station saw it.
    pub(crate) fn sent_at(&self, me: MemberId) -> Option<At> {
        if self.admitted.author.member == me { self.sent } else { Some(self.admitted.at()) }
    }

    /// The first mark by a member the item is addressed to.
    pub(crate) fn first(&self, marks: &[Mark]) -> Option<At> {
        let author = self.admitted.author;
        let theirs = |mark: &&Mark| self.addressed() == Some(mark.party) && mark.member != author.member;
        marks.iter().filter(theirs).map(|mark| mark.at).min()
    }
}

impl Admitted {
    /// The beat and instant of admission.
    pub fn at(&self) -> At {
        At { beat: self.beat, utc: self.utc }
    }
}

fn mark(marks: &mut Vec<Mark>, new: Mark) -> bool {
    let known = marks.iter().any(|mark| mark.party == new.party && mark.member == new.member);
    let room = marks.len() < MARKS_OF_ITEM_MAX;
    if !known && room {
        marks.push(new);
    }
    !known && room
}

fn link(links: &mut Vec<DispatchId>, id: DispatchId) {
    if links.len() < LINKS_OF_ITEM_MAX && !links.contains(&id) {
        links.push(id);
    }
}

impl Ledger {
    pub(super) fn take_in(&mut self, admitted: Admitted) -> Vec<Consequence> {
        let by = Mark { party: admitted.author.party, member: admitted.author.member, at: admitted.at() };
        match &admitted.event {
            Event::Read(of) => self.take_mark(*of, by, false),
            Event::Returned(of) => self.take_mark(*of, by, true),
            Event::Progress(progress) => {
                // In the registry the recipient itself reports: its members' marks are its own (ROUTE-3).
                if progress.to == by.party
                    && let Some(item) = self.items.get_mut(&progress.of)
                {
                    let read = progress.step == Step::Read;
                    mark(if read { &mut item.reads } else { &mut item.acks }, by);
                }
                self.take_progress(progress, by.at)
            }
            Event::Declined(declined) => {
                let Some(item) = self.items.get_mut(&declined.of) else { return Vec::new() };
                item.declined.get_or_insert((by.at, declined.reason.clone()));
                vec![Consequence::Advanced { id: declined.of }]
            }
            Event::Dispatch(_) | Event::Conveyance(_) | Event::ReadBack(_) => self.take_item(admitted),
        }
    }

    fn take_item(&mut self, admitted: Admitted) -> Vec<Consequence> {
        let Some(id) = admitted.event.id().filter(|id| !self.knows(*id)) else { return Vec::new() };
        let event = admitted.event.clone();
        let (author, kind) = (admitted.author, admitted.room_kind);
        let item = Item::new(admitted);
        let at = item.admitted.at();
        let mine = author.member == self.desk.member;
        let mut out = Vec::new();
        if !mine && item.addressed() == Some(self.desk.party) {
            out.push(Consequence::Arrived { id });
        }
        self.items.insert(id, item);
        self.order.push(id);
        if let Some(answered) = event.in_reply_to().and_then(|id| self.items.get_mut(&id)) {
            link(&mut answered.replies, id);
        }
        match event {
            Event::Dispatch(_) => {
                let guarded = self.guards_of_own(id);
                self.start_guards(id, &guarded);
            }
            Event::Conveyance(conveyance) => {
                out.extend(self.take_conveyance(id, &conveyance, mine, kind, at))
            }
            Event::ReadBack(read_back) => {
                let guarded = self.guards_of_own(id);
                self.start_guards(id, &guarded);
                out.extend(self.take_read_back(id, read_back.of, at));
            }
            _ => {}
        }
        out
    }

    fn take_conveyance(
        &mut self,
        id: DispatchId,
        conveyance: &Conveyance,
        mine: bool,
        kind: crate::rules::RoomKind,
        at: At,
    ) -> Vec<Consequence> {
        if self.desk.party == PartyNo::INTERMEDIARY {
            if let Some(original) = self.items.get_mut(&conveyance.of.dispatch) {
                link(&mut original.conveyances, id);
            }
            if !mine && let crate::rules::RoomKind::Caucus(to) = kind {
                self.carrying(conveyance.of.dispatch, to, |carrying| {
                    carrying.conveyed.get_or_insert(at);
                });
            }
            return Vec::new();
        }
        let guarded = guard::of_conveyance(self.desk.channel, conveyance);
        self.start_guards(id, &guarded);
        if guarded.is_empty() { Vec::new() } else { vec![Consequence::CheckGuard { id, guarded }] }
    }

    /// Notes something of an item's carriage; nothing if the item is unknown.
    fn carrying(&mut self, of: DispatchId, to: PartyNo, note: impl FnOnce(&mut Carrying)) {
        if let Some(item) = self.items.get_mut(&of) {
            note(item.carriage.entry(to).or_default());
        }
    }

    fn take_read_back(&mut self, id: DispatchId, of: DispatchId, at: At) -> Vec<Consequence> {
        let Some(item) = self.items.get_mut(&of) else { return Vec::new() };
        link(&mut item.read_backs, id);
        let mut out = vec![Consequence::Advanced { id: of }];
        let Some(Event::ReadBack(read_back)) = self.event(id).cloned() else { return out };
        let travels = read_back.disclosure == Disclosure::Verbatim;
        let texts = travels.then(|| read_back.texts.clone());
        let salt = read_back.salt.clone();
        let step = Step::ReadBack { id, texts: texts.clone(), salt: salt.clone() };
        let back = CarriedBack { at, id, texts: None, salt: None, guard: None };
        out.extend(self.tell(of, step, at, |carrying| carrying.read_back = Some(back)));
        out
    }

    /// At the intermediary: notes what became of a conveyance, and has the station that carried it tell the author.
    fn tell(
        &mut self,
        conveyed: DispatchId,
        step: Step,
        at: At,
        note: impl FnOnce(&mut Carrying),
    ) -> Option<Consequence> {
        let item = self.items.get(&conveyed)?;
        let Event::Conveyance(conveyance) = &item.admitted.event else { return None };
        let to = item.addressed()?;
        let of = conveyance.of;
        let mine = item.admitted.author.member == self.desk.member;
        if self.desk.party != PartyNo::INTERMEDIARY {
            return None;
        }
        self.carrying(of.dispatch, to, note);
        let progress = Progress { of: of.dispatch, to, step, at };
        mine.then(|| Consequence::Tell { party: of.party, event: Event::Progress(Box::new(progress)) })
    }

    fn take_mark(&mut self, of: DispatchId, by: Mark, returned: bool) -> Vec<Consequence> {
        let Some(item) = self.items.get_mut(&of) else { return Vec::new() };
        let before = item.first(&item.reads);
        let mut fresh = mark(&mut item.reads, by);
        if returned {
            fresh |= mark(&mut item.returns, by);
        }
        if !fresh {
            return Vec::new();
        }
        let first = before.is_none() && item.first(&item.reads).is_some();
        let mut out = vec![Consequence::Advanced { id: of }];
        if first {
            out.extend(self.tell(of, Step::Read, by.at, |carrying| {
                carrying.read.get_or_insert(by.at);
            }));
        }
        out
    }

    fn take_progress(&mut self, progress: &Progress, said: At) -> Vec<Consequence> {
        let (of, to, at) = (progress.of, progress.to, progress.at.min(said));
        if matches!(self.event(of), Some(Event::Conveyance(_))) {
            return self.take_provided(of, at, said);
        }
        // The intermediary's other stations know these facts from the other caucus already.
        if self.desk.party == PartyNo::INTERMEDIARY || !self.knows(of) {
            return Vec::new();
        }
        let mut out = vec![Consequence::Advanced { id: of }];
        match &progress.step {
            Step::Conveyed(carried) => self.carrying(of, to, |carrying| {
                if carrying.conveyed.is_none() {
                    carrying.conveyed = Some(at);
                    carrying.carried = carried.clone();
                }
            }),
            Step::Received => self.carrying(of, to, |carrying| {
                carrying.received.get_or_insert(at);
            }),
            Step::Read => self.carrying(of, to, |carrying| {
                carrying.read.get_or_insert(at);
            }),
            Step::ReadBack { id, texts, salt } => {
                let guarded =
                    self.guards_of_carried_back(to, *id, progress.of, texts.as_ref(), salt.as_ref());
                let guard = (!guarded.is_empty()).then_some(GuardState::Pending);
                let back = CarriedBack { at, id: *id, texts: texts.clone(), salt: salt.clone(), guard };
                if let Some(replaced) = self.carry_back(of, to, back) {
                    self.carried_back.remove(&replaced);
                    self.carried_back.insert(*id, (of, to));
                    if !guarded.is_empty() {
                        out.push(Consequence::CheckGuard { id: *id, guarded });
                    }
                }
            }
        }
        out
    }

    /// Notes when a station of a recipient had a conveyance, as the intermediary tells it: not before it was sealed, and not after it was
    /// told (CLOCK-2).
    fn take_provided(&mut self, of: DispatchId, at: At, said: At) -> Vec<Consequence> {
        let Some(item) = self.items.get_mut(&of) else { return Vec::new() };
        let (Event::Conveyance(conveyance), Some(to)) = (&item.admitted.event, item.addressed()) else {
            return Vec::new();
        };
        let original = conveyance.of.dispatch;
        let at = at.min(said).max(item.admitted.at());
        item.provided.get_or_insert(at);
        if self.desk.party == PartyNo::INTERMEDIARY {
            self.carrying(original, to, |carrying| {
                carrying.received.get_or_insert(at);
            });
        }
        vec![Consequence::Advanced { id: of }]
    }

    /// At the station that carried it: tells the recipient's side too when a query's clock started, so that all reckon from one beat.
    fn tell_provided(&mut self, id: DispatchId, at: At) -> Option<Consequence> {
        let item = self.items.get_mut(&id)?;
        let to = item.addressed()?;
        let mine = item.admitted.author.member == self.desk.member;
        let carried = matches!(item.admitted.event, Event::Conveyance(_));
        if !carried || !mine || self.desk.party != PartyNo::INTERMEDIARY {
            return None;
        }
        item.provided.get_or_insert(at);
        let asks = item.gist.as_ref().is_some_and(|gist| gist.reply_ms.is_some());
        let progress = Progress { of: id, to, step: Step::Received, at };
        asks.then(|| Consequence::Tell { party: to, event: Event::Progress(Box::new(progress)) })
    }

    /// Notes a read-back that was carried back; a later one of another name corrects the earlier. Gives the name of the
    /// one it replaced (its own, if it is the first), or nothing if it was known.
    fn carry_back(&mut self, of: DispatchId, to: PartyNo, back: CarriedBack) -> Option<DispatchId> {
        let carrying = self.items.get_mut(&of)?.carriage.entry(to).or_default();
        match &carrying.read_back {
            Some(known) if known.id == back.id => None,
            known => {
                let replaced = known.as_ref().map_or(back.id, |known| known.id);
                carrying.read_back = Some(back);
                Some(replaced)
            }
        }
    }

    pub(super) fn take_note(&mut self, observation: Observation) -> Vec<Consequence> {
        match observation {
            Observation::Sent { id, at } => self.note_sent(id, at),
            Observation::Acknowledged { id, party, member, at } => {
                self.note_acknowledged(id, Mark { party, member, at })
            }
            Observation::Matched { id, passage, .. } => {
                if let Some(item) = self.items.get_mut(&id) {
                    item.matched.insert(passage);
                }
                self.note_guard(id, passage, GuardState::Matched)
            }
            Observation::NotMatched { id, passage, .. } => {
                self.note_guard(id, passage, GuardState::NotMatched)
            }
            Observation::AlteredPassage { id, passage, .. } => {
                if let Some(item) = self.items.get_mut(&id) {
                    item.altered = true;
                }
                self.note_guard(id, passage, GuardState::Altered)
            }
            Observation::Dropped { ids, why, utc } => self.note_dropped(ids, why, utc),
            Observation::InRegistry { id, at } => {
                let Some(item) = self.items.get_mut(&id) else { return Vec::new() };
                item.in_registry.get_or_insert(at);
                vec![Consequence::Advanced { id }]
            }
            Observation::Message { id, gist } => {
                let Some(item) = self.items.get_mut(&id) else { return Vec::new() };
                item.gist = Some(gist);
                vec![Consequence::Advanced { id }]
            }
        }
    }

    fn note_sent(&mut self, id: DispatchId, at: At) -> Vec<Consequence> {
        let Some(item) = self.items.get_mut(&id) else { return Vec::new() };
        if item.sent.is_some() {
            return Vec::new();
        }
        item.sent = Some(at);
        let mut out = vec![Consequence::Advanced { id }];
        if let Event::Conveyance(conveyance) = &item.admitted.event {
            let carried = carried_passages(conveyance);
            out.extend(self.tell(id, Step::Conveyed(carried.clone()), at, |carrying| {
                if carrying.conveyed.is_none() {
                    carrying.conveyed = Some(at);
                    carrying.carried = carried;
                }
            }));
        }
        out
    }

    fn note_acknowledged(&mut self, id: DispatchId, by: Mark) -> Vec<Consequence> {
        let Some(item) = self.items.get_mut(&id) else { return Vec::new() };
        let before = item.first(&item.acks);
        if !mark(&mut item.acks, by) {
            return Vec::new();
        }
        let first = before.is_none() && item.first(&item.acks).is_some();
        let mut out = vec![Consequence::Advanced { id }];
        if first {
            out.extend(self.tell(id, Step::Received, by.at, |carrying| {
                carrying.received.get_or_insert(by.at);
            }));
            out.extend(self.tell_provided(id, by.at));
        }
        out
    }

    fn note_dropped(
        &mut self,
        ids: Vec<DispatchId>,
        why: super::DropReason,
        utc: backchannel_wire::UtcMs,
    ) -> Vec<Consequence> {
        for id in &ids {
            let Some(item) = self.items.get_mut(id) else { continue };
            item.admitted.event = item.admitted.event.without_text();
            item.dropped.get_or_insert((utc, why));
            if let Some((_, reason)) = &mut item.declined {
                *reason = None;
            }
            for back in item.carriage.values_mut().filter_map(|carrying| carrying.read_back.as_mut()) {
                (back.texts, back.salt) = (None, None);
            }
        }
        vec![Consequence::Rewrite { ids }]
    }
}

/// How each passage of the original was carried; a passage rendered twice counts once.
fn carried_passages(conveyance: &Conveyance) -> Vec<Carried> {
    let mut out: Vec<Carried> = Vec::new();
    let each = conveyance.passages.iter().flat_map(|mode| match mode {
        Mode::Verbatim { passage, .. } => vec![Carried { passage: *passage, verbatim: true }],
        Mode::InSubstance { from, .. } => {
            from.iter().map(|passage| Carried { passage: *passage, verbatim: false }).collect()
        }
    });
    for carried in each {
        if !out.contains(&carried) {
            out.push(carried);
        }
    }
    out
}

impl Ledger {
    /// Whether an item was lent for reading only.
    pub(crate) fn lent(&self, id: DispatchId) -> bool {
        self.retention(id) == Some(Retention::ReadAndReturn)
    }
}
