//! What the desk shows, as objects (docs/spec/commands.md).

use super::Desk;
use super::convey::unattended;
use super::requests::closed;
use super::sentences::form_words;
use super::types::{Facts, Reaction};
use crate::api::Failure;
use backchannel_accord::ledger::{Entry, InboxLine, ItemEntry, Receipt, What};
use backchannel_accord::words::At;
use backchannel_accord::{DispatchId, Event, Lang, RoomKind};
use backchannel_wire::MemberId;
use backchannel_wire::ids::hex;
use serde::Serialize;
use serde_json::{Map, Value, json};

impl Desk {
    /// How many items the person at this station has not read.
    pub fn unread(&self, facts: &Facts<'_>) -> usize {
        if self.locked {
            return 0;
        }
        self.book.ledger.inbox(facts.now).iter().filter(|line| !line.read).count()
    }

    pub(super) fn inbox(&self, unread: bool, facts: &Facts<'_>) -> Value {
        let mut lines = self.book.ledger.inbox(facts.now);
        lines.retain(|line| !(unread && line.read));
        lines.sort_by_key(|line| line.arrived);
        let items: Vec<Value> = lines.iter().map(|line| inbox_item(line, facts)).collect();
        json!({ "v": 1, "vouching": facts.verified, "items": items })
    }

    /// Shows an item, and says in its room that it was read, once, if it was sent to this person (DESK-7).
    pub(super) fn show(
        &mut self,
        id: DispatchId,
        lang: Option<&str>,
        facts: &Facts<'_>,
    ) -> Result<Reaction, Failure> {
        let mut reaction = Reaction::default();
        let room = self.book.ledger.place(id).map(|(room, _)| room);
        let read = self.read_by_me(id, facts);
        if let Some(room) = room.filter(|_| !read) {
            // What was not sent to this person is shown without a mark (ADMIT-9).
            let read = self.read_mark(id, facts);
            let _ = self.say(room, read, facts, &mut reaction);
        }
        let view = self.book.ledger.show(id).ok_or_else(closed)?;
        let mut object = object(&view);
        object.insert("v".to_owned(), json!(1));
        object.insert("room".to_owned(), json!(view.place));
        object.insert("room_id".to_owned(), json!(view.room));
        object.insert("waits_for_registry".to_owned(), json!(self.guard.waiting.contains(&id)));
        object.insert("vouching".to_owned(), json!(facts.verified));
        object.insert("unattended".to_owned(), json!(self.is_unattended(id)));
        object.insert("clock".to_owned(), self.clock_json(id, facts));
        object.insert("route".to_owned(), self.route_json(id));
        object.insert("thread".to_owned(), json!(self.book.ledger.thread(id)));
        let lang = Lang::new(lang.unwrap_or("en"));
        if let Some(message) = lang.and_then(|lang| self.described(id, &lang)) {
            object.insert("message".to_owned(), message);
        }
        reaction.reply = Some(Value::Object(object));
        Ok(reaction)
    }

    /// Whether the intermediary's station carried it of itself (DESK-8).
    fn is_unattended(&self, id: DispatchId) -> bool {
        let Some(Event::Conveyance(conveyance)) = self.book.ledger.event(id) else { return false };
        match self.book.ledger.room_kind(id) {
            Some(RoomKind::Caucus(party)) => unattended(conveyance.of.dispatch, party) == id,
            _ => false,
        }
    }

    fn read_by_me(&self, id: DispatchId, facts: &Facts<'_>) -> bool {
        let me = hex(&facts.me.member.0);
        let receipts = self.book.ledger.receipts(id).unwrap_or_default();
        receipts.iter().any(|one| one.what == "read" && one.member.as_deref() == Some(&me))
    }

    pub(super) fn receipts(&self, id: DispatchId, facts: &Facts<'_>) -> Result<Reaction, Failure> {
        let view = self.book.ledger.show(id).ok_or_else(closed)?;
        let receipts = self.book.ledger.receipts(id).unwrap_or_default();
        let by: Vec<Value> = receipts.iter().map(|one| receipt(one, facts)).collect();
        Ok(Reaction::answer(json!({
            "v": 1, "id": view.id, "beats": view.beats, "by": by, "vouching": facts.verified,
        })))
    }

    pub(super) fn record(&self, facts: &Facts<'_>) -> Value {
        let entries: Vec<Value> = self.book.ledger.record().iter().map(entry).collect();
        json!({ "v": 1, "vouching": facts.verified, "entries": entries })
    }
}

fn object(value: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(object)) => object,
        _ => Map::new(),
    }
}

fn stamped(mut object: Map<String, Value>, at: Option<At>) -> Value {
    object.insert("k".to_owned(), json!(at.map(|at| at.beat.0)));
    object.insert("utc".to_owned(), json!(at.map(|at| backchannel_accord::time::rfc3339(at.utc))));
    Value::Object(object)
}

fn inbox_item(line: &InboxLine, facts: &Facts<'_>) -> Value {
    let mut object = object(line);
    object.insert("room_id".to_owned(), json!(line.room));
    object.insert("room".to_owned(), json!(line.place));
    object.insert("unread".to_owned(), json!(!line.read));
    object.insert("summary".to_owned(), json!(summary(line, facts)));
    stamped(object, Some(line.arrived))
}

/// One sentence about an item; never its words, which are shown when it is opened.
fn summary(line: &InboxLine, facts: &Facts<'_>) -> String {
    let form = form_words(line.form);
    let what = match line.kind {
        "conveyance" => format!("Conveys {form}"),
        "read-back" => format!("Reads back {form}"),
        _ => super::sentences::capital(form),
    };
    let mut facts_told = vec![what];
    if line.altered {
        facts_told.push("a passage is ALTERED".to_owned());
    }
    if line.dropped {
        facts_told.push("its text is no longer kept".to_owned());
    }
    if line.answered {
        facts_told.push("answered".to_owned());
    } else if let Some(by) = &line.reply_by {
        let word = if line.overdue { "an answer was asked by" } else { "an answer is asked by" };
        facts_told.push(format!("{word} {by}"));
    }
    if !facts.verified.is_empty() && line.kind == "conveyance" {
        facts_told.push(facts.verified.clone());
    }
    format!("{}.", facts_told.join("; "))
}

fn receipt(one: &Receipt, facts: &Facts<'_>) -> Value {
    let member = one.member.as_deref().and_then(MemberId::from_hex);
    let party = (facts.party_named)(&one.party);
    let who = match (party, member) {
        (Some(party), Some(member)) => facts.person(party, member),
        _ => one.party.clone(),
    };
    let what = if one.what == "read-back" { "read back" } else { one.what };
    let object = object(&json!({ "who": who, "what": what, "party": one.party, "told": one.told }));
    stamped(object, Some(one.at))
}

fn entry(entry: &Entry) -> Value {
    let mut object = object(&json!({ "id": entry.id, "room": entry.place }));
    let (who, what) = match &entry.what {
        What::Item(item) => {
            let text = text_of(item);
            object.insert("text".to_owned(), if text.is_empty() { Value::Null } else { json!(text) });
            object.insert("item".to_owned(), json!(item));
            (item.author.clone(), item_words(item))
        }
        What::Fact { fact, party, told } => {
            object.insert("fact".to_owned(), json!(fact));
            object.insert("told".to_owned(), json!(told));
            let told = if *told { ", as the intermediary told" } else { "" };
            (Some(party.clone()), format!("{} {}{told}", fact.replace('-', " "), short(&entry.id)))
        }
    };
    object.insert("who".to_owned(), json!(who));
    object.insert("what".to_owned(), json!(what));
    stamped(object, entry.at)
}

fn short(id: &str) -> String {
    id.chars().take(8).collect()
}

fn item_words(item: &ItemEntry) -> String {
    let form = form_words(item.form);
    let what = match item.kind {
        "conveyance" => format!("a conveyance of {form}"),
        "read-back" => format!("a read-back of {form}"),
        _ => form.to_owned(),
    };
    let verb = if item.mine { "sent" } else { "received" };
    let gone = item.dropped.map_or_else(String::new, |why| format!("; {why}"));
    format!("{verb} {what}, {}{gone}", item.precedence.name())
}

/// The texts of an item, each layer under a line that says whose words these are.
fn text_of(item: &ItemEntry) -> String {
    let mut lines = Vec::new();
    for layer in &item.layers {
        let passages: Vec<_> = layer.passages.iter().filter_map(|at| item.passages.get(*at)).collect();
        if passages.iter().all(|passage| passage.text.is_empty()) {
            continue;
        }
        lines.push(format!("[{}]", layer.mark));
        for (lang, text) in passages.iter().flat_map(|passage| passage.text.iter()) {
            lines.push(format!("{}: {text}", lang.code()));
        }
    }
    lines.join("\n")
}
