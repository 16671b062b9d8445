//! One side's own record, in order, so that each can lay its own beside the other's.

use super::{BeatsView, LayerView, Ledger, PassageView, View};
use crate::event::{Form, Precedence};
use crate::words::{At, DispatchId, Text};
use serde::Serialize;

/// An item as it stands in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemEntry {
    /// `dispatch`, `conveyance` or `read-back`.
    pub kind: &'static str,
    /// Its form.
    pub form: Form,
    /// Its urgency.
    pub precedence: Precedence,
    /// Whether this side wrote it.
    pub mine: bool,
    /// Who sent it into the room; null where the form shows no author to this reader.
    pub author: Option<String>,
    /// The heading it bears.
    pub heading: Option<Text>,
    /// Its layers.
    pub layers: Vec<LayerView>,
    /// Its passages.
    pub passages: Vec<PassageView>,
    /// Its beats.
    pub beats: BeatsView,
    /// Why its text is gone, if it is.
    pub dropped: Option<&'static str>,
}

/// What a line of the record tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum What {
    /// An item was sent or arrived.
    Item(Box<ItemEntry>),
    /// Something became of an item.
    Fact {
        /// `acknowledged`, `read`, `returned`, `conveyed`, `received`, `read-back`, `declined`.
        fact: &'static str,
        /// The side that caused it.
        party: String,
        /// Whether the intermediary told it.
        told: bool,
    },
}

/// One line of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// When; an own item that is not sealed yet has none.
    pub at: Option<At>,
    /// The item's name.
    pub id: String,
    /// The room in words.
    pub place: String,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
}

impl Ledger {
    /// The whole record of this side in the order of the beats; what is not sealed yet comes last.
    pub fn record(&self) -> Vec<Entry> {
        let mut out: Vec<Entry> = self.order.iter().flat_map(|id| self.entries(*id)).collect();
        out.sort_by_key(|entry| entry.at.map_or((1, None), |at| (0, Some(at))));
        out
    }

    fn entries(&self, id: DispatchId) -> Vec<Entry> {
        let (Some(item), Some(view)) = (self.items.get(&id), self.show(id)) else { return Vec::new() };
        let own = id.to_hex();
        let (layers, passages) = self.own_layers(&own, &view);
        let item_entry = ItemEntry {
            kind: view.kind,
            form: view.form,
            precedence: view.precedence,
            mine: view.mine,
            author: view.author,
            heading: view.heading,
            layers,
            passages,
            beats: view.beats,
            dropped: view.dropped,
        };
        let what = What::Item(Box::new(item_entry));
        let place = view.place;
        let at = item.sent_at(self.desk.member);
        let mut out = vec![Entry { at, id: own.clone(), place: place.clone(), what }];
        let linked = ["answered", "read-back"];
        let facts = self.receipts(id).unwrap_or_default().into_iter();
        out.extend(facts.filter(|one| one.told || !linked.contains(&one.what)).map(|one| Entry {
            at: Some(one.at),
            id: own.clone(),
            place: place.clone(),
            what: What::Fact { fact: one.what, party: one.party, told: one.told },
        }));
        out
    }

    /// The layers of a view but for those that have a line of their own in the record, with their passages.
    fn own_layers(&self, own: &str, view: &View) -> (Vec<LayerView>, Vec<PassageView>) {
        let (mut layers, mut passages) = (Vec::new(), Vec::new());
        let elsewhere = |source: &str| DispatchId::from_hex(source).is_some_and(|id| self.knows(id));
        for layer in view.layers.iter().filter(|layer| layer.source == own || !elsewhere(&layer.source)) {
            let place = layers.len();
            let first = passages.len();
            let texts = layer.passages.iter().filter_map(|at| view.passages.get(*at));
            passages.extend(texts.map(|passage| PassageView { layer: place, ..passage.clone() }));
            layers.push(LayerView { passages: (first..passages.len()).collect(), ..layer.clone() });
        }
        (layers, passages)
    }
}
