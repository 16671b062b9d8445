//! What the desk shows, in the pinned shapes of docs/spec/commands.md.

use super::{Desk, Facts};
use crate::api::{ErrorKind, Failure};
use backchannel_accord::DispatchId;
use backchannel_accord::ledger::{Entry, What};
use backchannel_accord::time::rfc3339;
use serde_json::{Value, json};

impl Desk {
    /// One item, with how far the other side is verified.
    pub(super) fn view(&self, id: DispatchId, facts: &Facts<'_>) -> Result<Value, Failure> {
        let missing = || {
            Failure::new(
                ErrorKind::NotFound,
                "There is no dispatch of that name here.",
                "See inbox or record for names.",
            )
        };
        let view = self.ledger.show(id).ok_or_else(missing)?;
        let mut value = serde_json::to_value(view).map_err(|_| missing())?;
        if let Some(object) = value.as_object_mut() {
            object.insert("v".to_owned(), json!(1));
            object.insert("vouching".to_owned(), json!(facts.verified));
            object.insert("waits_for_registry".to_owned(), json!(self.guard.holds(id)));
            if let Some(place) = object.get("place").cloned() {
                object.insert("room".to_owned(), place);
            }
        }
        Ok(value)
    }

    /// What was sent to this side.
    pub(super) fn inbox(&self, unread: bool, facts: &Facts<'_>) -> Value {
        let lines = self.ledger.inbox(facts.now).into_iter().filter(|line| !unread || !line.read);
        let items: Vec<Value> = lines
            .map(|line| {
                json!({
                    "id": line.id, "from": line.from, "kind": line.kind, "form": line.form,
                    "precedence": line.precedence,
                    "room": line.place, "unread": !line.read, "answered": line.answered,
                    "altered": line.altered,
                    "k": line.arrived.beat.0, "utc": rfc3339(line.arrived.utc), "reply_by": line.reply_by,
                    "overdue": line.overdue, "dropped": line.dropped,
                    "summary": format!("{} ({})", line.kind, line.form.name()),
                })
            })
            .collect();
        json!({ "v": 1, "items": items, "vouching": facts.verified })
    }

    /// What became of an item, by whom.
    pub(super) fn receipts(&self, id: DispatchId, facts: &Facts<'_>) -> Value {
        let by: Vec<Value> = self
            .ledger
            .receipts(id)
            .unwrap_or_default()
            .into_iter()
            .map(|receipt| {
                json!({
                    "who": receipt.party, "member": receipt.member, "what": receipt.what,
                    "k": receipt.at.beat.0, "utc": rfc3339(receipt.at.utc), "told": receipt.told,
                })
            })
            .collect();
        let beats = self.ledger.show(id).map(|view| view.beats);
        json!({ "v": 1, "id": id.to_hex(), "beats": beats, "by": by, "vouching": facts.verified })
    }

    /// This side's own record, in order.
    pub(super) fn record(&self, facts: &Facts<'_>) -> Value {
        let entries: Vec<Value> = self.ledger.record().into_iter().map(entry).collect();
        json!({ "v": 1, "entries": entries, "vouching": facts.verified })
    }
}

fn entry(entry: Entry) -> Value {
    let (k, utc) = (entry.at.map(|at| at.beat.0), entry.at.map(|at| rfc3339(at.utc)));
    match entry.what {
        What::Fact { fact, party, told } => {
            json!({
                "k": k, "utc": utc, "id": entry.id, "room": entry.place, "who": party, "what": fact,
                "told": told,
            })
        }
        What::Item(item) => {
            let who = if item.mine { Some("this side".to_owned()) } else { item.author.clone() };
            let texts: Vec<Value> = item.passages.iter().map(|passage| json!(passage.text)).collect();
            json!({
                "k": k, "utc": utc, "id": entry.id, "room": entry.place, "who": who, "what": item.kind,
                "form": item.form,
                "precedence": item.precedence, "layers": item.layers, "passages": item.passages,
                "text": texts, "dropped": item.dropped,
            })
        }
    }
}
