//! Public words: the register of statements, each side's view of each, and the line from which distances count
//! (docs/spec/line.md, PUBLIC rules).

use super::Ledger;
use super::line::Sent;
use super::show::kind_name;
use crate::event::{Event, Mode};
use crate::templated::Place;
use crate::words::{At, DispatchId, Lang, Texts};
use backchannel_wire::{PartyNo, UtcMs};
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
