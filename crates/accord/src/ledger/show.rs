//! Computes what this side is shown. A view is made from what reached this side, so it cannot show what the side was not
//! given.

use super::view::{BeatsView, CarriageView, InboxLine, Receipt, View};
use super::{Carrying, GuardState, Item, Ledger, Mark};
use crate::event::{Addressee, Event, Form, Precedence, Retention};
use crate::rules::RoomKind;
use crate::time::rfc3339;
use crate::words::{At, DispatchId};
use backchannel_wire::{PartyNo, UtcMs};

impl Ledger {
    /// What this side may see of an item; nothing if it is not on record.
    pub fn show(&self, id: DispatchId) -> Option<View> {
        let item = self.items.get(&id)?;
        let subject = self.subject(item)?;
        let author = item.admitted.author.party;
        let mine = author == self.desk.party;
        let mut view = View {
            id: id.to_hex(),
            room: item.admitted.room.to_hex(),
            place: self.place_name(item.admitted.room_kind),
            kind: kind_name(&item.admitted.event),
            form: subject.form,
            precedence: subject.precedence,
            mine,
            author: (mine || subject.form.shows_author()).then(|| self.name(author)),
            to: self.addressee_name(item),
            date: None,
            heading: None,
            addressee: None,
            in_reply_to: item.admitted.event.in_reply_to().map(|id| id.to_hex()),
            replies: item.replies.iter().map(DispatchId::to_hex).collect(),
            reply_by: subject.reply_by.map(rfc3339),
            retention: subject.retention,
            dropped: item.dropped.map(|(_, why)| why.sentence()),
            declined: item.declined.is_some(),
            declined_reason: item.declined.as_ref().and_then(|(_, reason)| reason.clone()),
            layers: Vec::new(),
            passages: Vec::new(),
            beats: self.beats(item),
            carriage: item.carriage.iter().map(|(to, one)| self.carriage_view(*to, one)).collect(),
        };
        self.fill_header(item, &mut view);
        self.fill_layers(id, item, subject.form, &mut view);
        Some(view)
    }

    /// What was sent to this side, the most urgent first, then in the order of arrival.
    pub fn inbox(&self, now: UtcMs) -> Vec<InboxLine> {
        let mut lines: Vec<InboxLine> = self
            .order
            .iter()
            .filter_map(|id| Some((*id, self.items.get(id)?)))
            .filter(|(_, item)| self.is_for_me(item))
            .filter_map(|(id, item)| self.inbox_line(id, item, now))
            .collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.precedence));
        lines
    }

    /// What is known to have become of an item, in the order of the beats; nothing if it is not on record.
    pub fn receipts(&self, id: DispatchId) -> Option<Vec<Receipt>> {
        let item = self.items.get(&id)?;
        let own = |what, marks: &[Mark]| -> Vec<Receipt> {
            marks
                .iter()
                .map(|mark| Receipt {
                    what,
                    party: self.name(mark.party),
                    member: Some(mark.member.to_hex()),
                    at: mark.at,
                    told: false,
                })
                .collect()
        };
        let mut out = own("acknowledged", &item.acks);
        out.extend(own("read", &item.reads));
        out.extend(own("returned", &item.returns));
        for (what, links) in [("read-back", &item.read_backs), ("answered", &item.replies)] {
            let linked = links.iter().filter_map(|id| self.items.get(id));
            let marks: Vec<Mark> = linked.filter_map(|item| item.as_mark(self)).collect();
            out.extend(own(what, &marks));
        }
        if let Some((at, _)) = item.declined {
            let party = self.name(PartyNo::INTERMEDIARY);
            out.push(Receipt { what: "declined", party, member: None, at, told: true });
        }
        for (to, one) in &item.carriage {
            out.extend(self.carriage_receipts(*to, one));
        }
        out.sort_by_key(|receipt| receipt.at);
        Some(out)
    }

    fn carriage_receipts(&self, to: PartyNo, one: &Carrying) -> Vec<Receipt> {
        let told = self.desk.party != PartyNo::INTERMEDIARY;
        let steps = [
            ("conveyed", one.conveyed),
            ("received", one.received),
            ("read", one.read),
            ("read-back", one.read_back.as_ref().map(|back| back.at)),
        ];
        let receipt = |(what, at): (&'static str, Option<At>)| {
            at.map(|at| Receipt { what, party: self.name(to), member: None, at, told })
        };
        steps.into_iter().filter_map(receipt).collect()
    }

    /// The name of a side, as this station shows it.
    pub fn name(&self, party: PartyNo) -> String {
        match self.desk.names.get(&party) {
            Some(name) => name.clone(),
            None if party == PartyNo::INTERMEDIARY => "intermediary".to_owned(),
            None => format!("party {}", party.0),
        }
    }

    pub(super) fn place_name(&self, kind: RoomKind) -> String {
        match kind {
            RoomKind::Caucus(party) => format!("caucus of {}", self.name(party)),
            RoomKind::Delegation(party) => format!("delegation room of {}", self.name(party)),
            RoomKind::Registry => "registry".to_owned(),
        }
    }

    fn is_for_me(&self, item: &Item) -> bool {
        item.admitted.author.member != self.desk.member && item.addressed() == Some(self.desk.party)
    }

    fn inbox_line(&self, id: DispatchId, item: &Item, now: UtcMs) -> Option<InboxLine> {
        let subject = self.subject(item)?;
        let me = self.desk.member;
        let by_me = |id: &DispatchId| {
            self.items.get(id).is_some_and(|one| one.admitted.author.party == self.desk.party)
        };
        let answered = item.replies.iter().any(by_me);
        Some(InboxLine {
            id: id.to_hex(),
            room: item.admitted.room.to_hex(),
            place: self.place_name(item.admitted.room_kind),
            kind: kind_name(&item.admitted.event),
            form: subject.form,
            precedence: subject.precedence,
            from: self.name(item.admitted.author.party),
            arrived: item.admitted.at(),
            read: item.reads.iter().any(|mark| mark.member == me),
            answered,
            reply_by: subject.reply_by.map(rfc3339),
            overdue: !answered && subject.reply_by.is_some_and(|by| by <= now),
            altered: item.guards.values().any(|guard| *guard == GuardState::Altered),
            dropped: item.dropped.is_some(),
            to_carry: self.to_carry(item).map(|party| self.name(party)),
        })
    }

    /// The party that waits for what the intermediary was asked to carry and has not.
    fn to_carry(&self, item: &Item) -> Option<PartyNo> {
        let Event::Dispatch(dispatch) = &item.admitted.event else { return None };
        let Addressee::Party(party) = dispatch.to else { return None };
        let carried = item.carriage.get(&party).is_some_and(|one| one.conveyed.is_some());
        let mine =
            self.desk.party == PartyNo::INTERMEDIARY && item.dropped.is_none() && item.declined.is_none();
        (mine && !carried).then_some(party)
    }

    pub(super) fn subject(&self, item: &Item) -> Option<Subject> {
        match &item.admitted.event {
            Event::Dispatch(one) => Some(Subject {
                form: one.form,
                precedence: one.precedence,
                reply_by: one.reply_by,
                retention: one.retention,
            }),
            Event::Conveyance(one) => Some(Subject {
                form: one.form,
                precedence: one.precedence,
                reply_by: one.reply_by,
                retention: one.retention,
            }),
            // A read-back has the form of what it reads back; it asks for no answer of its own.
            Event::ReadBack(one) => match self.event(one.of)? {
                Event::ReadBack(_) => None,
                _ => self
                    .items
                    .get(&one.of)
                    .and_then(|of| self.subject(of))
                    .map(|subject| Subject { reply_by: None, ..subject }),
            },
            _ => None,
        }
    }

    fn addressee_name(&self, item: &Item) -> Option<String> {
        match &item.admitted.event {
            Event::Dispatch(dispatch) => match dispatch.to {
                Addressee::Party(to) => Some(self.name(to)),
                _ => item.addressed().map(|to| self.name(to)),
            },
            _ => item.addressed().map(|to| self.name(to)),
        }
    }

    fn fill_header(&self, item: &Item, view: &mut View) {
        let (date, heading, addressee) = match &item.admitted.event {
            Event::Dispatch(one) => (one.date, &one.heading, &one.addressee),
            Event::Conveyance(one) => (one.date, &one.heading, &one.addressee),
            _ => return,
        };
        view.date = date.map(|date| date.to_string());
        (view.heading, view.addressee) = (heading.clone(), addressee.clone());
    }

    fn beats(&self, item: &Item) -> BeatsView {
        let first = |pick: fn(&Carrying) -> Option<At>| item.carriage.values().filter_map(pick).min();
        let own_read_back = item.read_backs.iter().filter_map(|id| self.items.get(id));
        let read_back = own_read_back.filter_map(|one| one.sent_at(self.desk.member)).max();
        let sent = item.sent_at(self.desk.member);
        let conveyed = match &item.admitted.event {
            Event::Conveyance(_) => sent,
            _ => first(|one| one.conveyed),
        };
        BeatsView {
            sent,
            acknowledged: item.first(&item.acks),
            read: item.first(&item.reads),
            conveyed,
            read_back: read_back
                .into_iter()
                .chain(first(|one| one.read_back.as_ref().map(|back| back.at)))
                .min(),
        }
    }

    fn carriage_view(&self, to: PartyNo, one: &Carrying) -> CarriageView {
        let numbers = |verbatim: bool| {
            let of = one.carried.iter().filter(|carried| carried.verbatim == verbatim);
            of.map(|carried| carried.passage).collect()
        };
        CarriageView {
            to: self.name(to),
            conveyed: one.conveyed,
            received: one.received,
            read: one.read,
            read_back: one.read_back.as_ref().map(|back| back.at),
            verbatim: numbers(true),
            in_substance: numbers(false),
        }
    }
}

impl Item {
    fn as_mark(&self, ledger: &Ledger) -> Option<Mark> {
        let author = self.admitted.author;
        let at = self.sent_at(ledger.desk.member)?;
        Some(Mark { party: author.party, member: author.member, at })
    }
}

/// What an item says of itself.
#[derive(Clone, Copy)]
pub(super) struct Subject {
    pub(super) form: Form,
    pub(super) precedence: Precedence,
    pub(super) reply_by: Option<UtcMs>,
    pub(super) retention: Retention,
}

pub(super) fn kind_name(event: &Event) -> &'static str {
    match event {
        Event::Conveyance(_) => "conveyance",
        Event::ReadBack(_) => "read-back",
        _ => "dispatch",
    }
}
