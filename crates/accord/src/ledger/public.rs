//! Public words: the register of statements, each side's view of each, and the line from which distances count
//! (docs/spec/line.md, PUBLIC rules).

use super::Ledger;
use super::line::Sent;
use super::show::kind_name;
use crate::event::{Addressee, Event, Form, Mode};
use crate::rules::RoomKind;
use crate::templated::Place;
use crate::words::{At, DispatchId, Lang, Texts};
use backchannel_wire::{Beat, PartyNo, UtcMs};
use std::collections::BTreeMap;

/// One public statement as the parties see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementView {
    /// The notice's name, as its author has it.
    pub id: DispatchId,
    /// Its name on this station.
    pub here: DispatchId,
    /// Who gave notice.
    pub by: PartyNo,
    /// When the statement is made.
    pub time: Option<UtcMs>,
    /// When notice was given.
    pub at: At,
    /// When a station of the other side had the notice.
    pub received: Option<At>,
    /// Whether it was taken back.
    pub cancelled: bool,
    /// Each side's last view, and when it was given.
    pub marks: BTreeMap<PartyNo, (String, At)>,
}

impl StatementView {
    /// Whether sides that gave a view differ (PUBLIC-2).
    pub fn differ(&self) -> bool {
        let mut views = self.marks.values().map(|(view, _)| view);
        let first = views.next();
        views.any(|view| Some(view) != first)
    }
}

impl Ledger {
    /// The public statements between two parties, the oldest first (PUBLIC-1).
    pub fn statements(&self, one: PartyNo, other: PartyNo) -> Vec<StatementView> {
        let sent = self.between(one.min(other), one.max(other));
        let of = sent.iter().filter(|one| one.gist.code == "statement" && one.gist.cancels.is_none());
        of.map(|notice| StatementView {
            id: notice.id,
            here: notice.here,
            by: notice.by,
            time: notice.gist.instant("time"),
            at: notice.at,
            received: notice.received,
            cancelled: sent.iter().any(|one| one.by == notice.by && one.gist.cancels == Some(notice.id)),
            marks: marks(&sent, notice.id),
        })
        .collect()
    }

    /// What parties said to each other, in the order of the record: its name here, who wrote it, for whom.
    pub fn between_parties(&self) -> Vec<(DispatchId, PartyNo, PartyNo)> {
        let each = self.order.iter().filter_map(|id| Some((*id, self.items.get(id)?)));
        each.filter_map(|(id, item)| self.ends(id, item).map(|(_, by, to)| (id, by, to))).collect()
    }

    /// The own messages to another party that this member sent into the caucus before a beat, were not conveyed, and were not said in the
    /// registry yet (ROUTE-4).
    pub fn unconveyed(&self, before: Beat) -> Vec<DispatchId> {
        let own = self.items.iter().filter(|(_, item)| {
            let author = item.admitted.author;
            author.member == self.desk.member && item.in_registry.is_none() && item.admitted.beat < before
        });
        own.filter(|(_, item)| match &item.admitted.event {
            Event::Dispatch(dispatch) if dispatch.form == Form::Notification => match dispatch.to {
                Addressee::Party(to) => {
                    let caucus = item.admitted.room_kind == RoomKind::Caucus(self.desk.party);
                    let conveyed = item.carriage.get(&to).is_some_and(|one| one.conveyed.is_some());
                    caucus && !conveyed && item.declined.is_none() && item.gist.is_some()
                }
                _ => false,
            },
            _ => false,
        })
        .map(|(id, _)| *id)
        .collect()
    }

    /// When this station said an own message in the registry as well.
    pub fn in_registry(&self, id: DispatchId) -> Option<At> {
        self.items.get(&id)?.in_registry
    }

    /// The side an item is addressed to.
    pub fn addressed(&self, id: DispatchId) -> Option<PartyNo> {
        self.items.get(&id)?.addressed()
    }

    /// Whether it is known that a station of a side has an item, or that a person there read it.
    pub fn reported(&self, id: DispatchId, side: PartyNo) -> (bool, bool) {
        let one = self.items.get(&id).and_then(|item| item.carriage.get(&side));
        one.map_or((false, false), |one| (one.received.is_some(), one.read.is_some()))
    }

    /// Every text on record here, with what it is part of, what kind of item that is, and its language.
    pub fn texts(&self) -> Vec<(DispatchId, &'static str, &Lang, &str)> {
        let each = self.order.iter().filter_map(|id| Some((*id, self.items.get(id)?)));
        let texts = each.flat_map(|(id, item)| {
            let event = &item.admitted.event;
            let of: Vec<&Texts> = match event {
                Event::Dispatch(dispatch) => dispatch.passages.iter().map(|passage| &passage.texts).collect(),
                Event::Conveyance(conveyance) => conveyance.passages.iter().map(Mode::texts).collect(),
                Event::ReadBack(back) => vec![&back.texts],
                _ => Vec::new(),
            };
            let of = of.into_iter().flat_map(Texts::iter);
            of.map(move |(lang, text)| (id, kind_name(event), lang, text))
        });
        texts.collect()
    }

    /// The line from which distances count, once the last that each of the two sides named is the same (PUBLIC-3).
    pub fn agreed_line(&self, one: PartyNo, other: PartyNo) -> Option<Vec<Place>> {
        let sent = self.between(one.min(other), one.max(other));
        let last = |by| {
            let own = sent.iter().rev().find(|one| one.by == by && one.gist.code == "agreed-line")?;
            own.gist.track("track")
        };
        last(one).filter(|line| last(other).as_ref() == Some(line))
    }
}

fn marks(sent: &[Sent<'_>], of: DispatchId) -> BTreeMap<PartyNo, (String, At)> {
    let about = sent
        .iter()
        .filter(|one| one.gist.code == "statement-mark" && one.gist.reference("statement") == Some(of));
    about.filter_map(|one| Some((one.by, (one.gist.value("view")?.to_owned(), one.at)))).collect()
}
