//! What this side is shown of an item, of its inbox and of its receipts.
//!
//! A view is computed from what reached this side, so it cannot show what the side was not given. Its texts are another
//! party's words: whoever prints them passes them through [`crate::text::safe`].

use super::{Carrying, DropReason, GuardState, Item, Ledger, Mark};
use crate::event::{Addressee, Disclosure, Event, Form, Mode, Precedence, Retention};
use crate::rules::RoomKind;
use crate::time::rfc3339;
use crate::words::{At, DispatchId, Text, Texts};
use backchannel_wire::{PartyNo, UtcMs};
use serde::Serialize;

/// The three layers of provenance. They never merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LayerKind {
    /// A party's own text.
    PartyText,
    /// The note of an oral message; never the party's own text.
    NoteOfOralMessage,
    /// The intermediary's words.
    IntermediaryRendering,
}

/// The state of a passage's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum TextState {
    /// Verbatim, and the digest in the registry fits.
    #[serde(rename = "guarded, matched")]
    Matched,
    /// Verbatim with a salt; the digest has not been found yet.
    #[serde(rename = "guarded, not yet matched")]
    Pending,
    /// Said to be verbatim, but without a salt.
    #[serde(rename = "no salt: the intermediary's words")]
    NoSalt,
    /// Said to be verbatim, but not what the party wrote.
    #[serde(rename = "ALTERED")]
    Altered,
    /// An own verbatim passage of which no recipient said that it matched.
    #[serde(rename = "not conveyed verbatim")]
    NotVerbatim,
}

/// A beat each for the stages of an item; null where the stage is not reached or this side may not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BeatsView {
    /// Sealed whole.
    pub sent: Option<At>,
    /// A station of the addressed side acknowledged it.
    pub acknowledged: Option<At>,
    /// A person of the addressed side read it.
    pub read: Option<At>,
    /// The intermediary carried it into another caucus.
    pub conveyed: Option<At>,
    /// The recipient read it back.
    pub read_back: Option<At>,
}

/// One layer of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LayerView {
    /// Which of the three.
    pub kind: LayerKind,
    /// Whose words; null where the form shows no author.
    pub whose: Option<String>,
    /// The same in a sentence.
    pub mark: &'static str,
    /// The item of this station's record that the layer comes from.
    pub source: String,
    /// What the layer is to the item: `text`, `conveyance` or `read-back`.
    pub part: &'static str,
    /// To which party it was carried, or which party read it back.
    pub party: Option<String>,
    /// Its passages, as places in the view's list.
    pub passages: Vec<usize>,
}

/// One passage with its place in the layers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PassageView {
    /// The layer, as a place in the view's list.
    pub layer: usize,
    /// The number by which it can be carried; null for what is held and for read-backs.
    pub number: Option<u16>,
    /// What its author lets the intermediary do with it, where this side may know.
    pub disclosure: Option<Disclosure>,
    /// The check of its words, where there is one.
    pub state: Option<TextState>,
    /// For a rendering, the numbers of the passages it was taken from.
    pub from: Vec<u16>,
    /// Its language versions; empty when dropped.
    pub text: Texts,
}

/// An item's carriage to one party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CarriageView {
    /// The party.
    pub to: String,
    /// Conveyed into its caucus.
    pub conveyed: Option<At>,
    /// Acknowledged by a station of it.
    pub received: Option<At>,
    /// Read by a person of it.
    pub read: Option<At>,
    /// Read back by it.
    pub read_back: Option<At>,
    /// The numbers of the passages carried word for word.
    pub verbatim: Vec<u16>,
    /// The numbers of the passages rendered.
    pub in_substance: Vec<u16>,
}

/// What this side is shown of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The item's name.
    pub id: String,
    /// The room's name.
    pub room: String,
    /// The room in words.
    pub place: String,
    /// `dispatch`, `conveyance` or `read-back`.
    pub kind: &'static str,
    /// The form.
    pub form: Form,
    /// The urgency.
    pub precedence: Precedence,
    /// Whether this side wrote it.
    pub mine: bool,
    /// The side that wrote it; null where the form shows no author to this reader.
    pub author: Option<String>,
    /// The side it is addressed to.
    pub to: Option<String>,
    /// The date it bears.
    pub date: Option<String>,
    /// The heading it bears.
    pub heading: Option<Text>,
    /// The address line it bears.
    pub addressee: Option<Text>,
    /// What it answers.
    pub in_reply_to: Option<String>,
    /// What answers it.
    pub replies: Vec<String>,
    /// By when an answer is asked.
    pub reply_by: Option<String>,
    /// How long its text may be kept.
    pub retention: Retention,
    /// Why its text is gone, if it is.
    pub dropped: Option<&'static str>,
    /// Whether the intermediary said that it will not carry it.
    pub declined: bool,
    /// Why, in the intermediary's words.
    pub declined_reason: Option<Texts>,
    /// The layers.
    pub layers: Vec<LayerView>,
    /// The passages.
    pub passages: Vec<PassageView>,
    /// The beats.
    pub beats: BeatsView,
    /// What became of it in other caucuses.
    pub carriage: Vec<CarriageView>,
}

/// One line of the inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InboxLine {
    /// The item's name.
    pub id: String,
    /// The room's name.
    pub room: String,
    /// The room in words.
    pub place: String,
    /// `dispatch`, `conveyance` or `read-back`.
    pub kind: &'static str,
    /// The form.
    pub form: Form,
    /// The urgency.
    pub precedence: Precedence,
    /// The side that sent it into this room.
    pub from: String,
    /// When it arrived.
    pub arrived: At,
    /// Whether the person at this station has read it.
    pub read: bool,
    /// Whether this side has answered it.
    pub answered: bool,
    /// By when an answer is asked.
    pub reply_by: Option<String>,
    /// Whether that time has passed without one.
    pub overdue: bool,
    /// Whether a passage is ALTERED.
    pub altered: bool,
    /// Whether its text is gone.
    pub dropped: bool,
}

/// One fact about an item, with who caused it and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// `acknowledged`, `read`, `returned`, `read-back`, `conveyed`, `received`, `declined`, `answered`.
    pub what: &'static str,
    /// The side.
    pub party: String,
    /// The person's pseudonym, where the fact was observed in this side's own room.
    pub member: Option<String>,
    /// When.
    pub at: At,
    /// Whether the intermediary told it, rather than this station seeing it.
    pub told: bool,
}

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
        })
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
        let read_back = own_read_back.filter_map(|one| one.sent_at(self.desk.member)).min();
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

    fn fill_layers(&self, id: DispatchId, item: &Item, form: Form, view: &mut View) {
        self.text_layers(id, item, form, "text", view);
        // At the intermediary, each conveyance of a dispatch is a layer beside the party's text.
        for (id, one) in item.conveyances.iter().filter_map(|id| Some((*id, self.items.get(id)?))) {
            if let Some(subject) = self.subject(one) {
                self.text_layers(id, one, subject.form, "conveyance", view);
            }
        }
        for (id, one) in item.read_backs.iter().filter_map(|id| Some((*id, self.items.get(id)?))) {
            self.text_layers(id, one, form, "read-back", view);
        }
        for (to, one) in &item.carriage {
            if let Some(back) = &one.read_back
                && let Some(texts) = &back.texts
            {
                // What another party understood comes through the intermediary: its words, unless the guard matched.
                let state = back.guard.map_or(TextState::NoSalt, received_state);
                let kind = proven(state, LayerKind::PartyText);
                let whose = if kind == LayerKind::PartyText { *to } else { PartyNo::INTERMEDIARY };
                let layer = layer_at(view, kind, Some(self.name(whose)), &back.id, "read-back");
                layer.1.party = Some(self.name(*to));
                let index = layer.0;
                push(view, index, None, None, Some(state), &[], texts);
            }
        }
    }

    fn text_layers(&self, id: DispatchId, item: &Item, form: Form, part: &'static str, view: &mut View) {
        let author = item.admitted.author.party;
        let mine = author == self.desk.party;
        let shown = |party: PartyNo| (mine || form.shows_author()).then(|| self.name(party));
        let own_kind = match (form, author) {
            (Form::OralMessage, _) if part != "read-back" => LayerKind::NoteOfOralMessage,
            (_, PartyNo::INTERMEDIARY) => LayerKind::IntermediaryRendering,
            _ => LayerKind::PartyText,
        };
        match &item.admitted.event {
            Event::Dispatch(dispatch) => {
                let (index, _) = layer_at(view, own_kind, shown(author), &id, part);
                for (number, passage) in dispatch.numbered() {
                    let state =
                        number.and_then(|number| item.guards.get(&number)).map(|guard| sent_state(*guard));
                    push(view, index, number, Some(passage.disclosure), state, &[], &passage.texts);
                }
            }
            Event::ReadBack(read_back) => {
                let (index, layer) = layer_at(view, own_kind, Some(self.name(author)), &id, part);
                layer.party = Some(self.name(author));
                let state = item.guards.get(&0).map(|guard| sent_state(*guard));
                push(view, index, None, Some(read_back.disclosure), state, &[], &read_back.texts);
            }
            Event::Conveyance(conveyance) => {
                let party_kind = if form == Form::OralMessage {
                    LayerKind::NoteOfOralMessage
                } else {
                    LayerKind::PartyText
                };
                for mode in &conveyance.passages {
                    let (kind, number, state, from) = match mode {
                        Mode::Verbatim { passage, salt, .. } => {
                            let state = self.carried_state(item, *passage, salt.is_some());
                            (
                                state.map_or(party_kind, |state| proven(state, party_kind)),
                                Some(*passage),
                                state,
                                &[][..],
                            )
                        }
                        Mode::InSubstance { from, .. } => {
                            (LayerKind::IntermediaryRendering, None, None, from.as_slice())
                        }
                    };
                    let whose = match kind {
                        LayerKind::IntermediaryRendering => Some(self.name(PartyNo::INTERMEDIARY)),
                        _ => shown(conveyance.of.party),
                    };
                    let (index, layer) = layer_at(view, kind, whose, &id, part);
                    layer.party = item.addressed().map(|to| self.name(to));
                    push(view, index, number, None, state, from, mode.texts());
                }
            }
            _ => {}
        }
    }

    /// The state of a passage that a conveyance says is verbatim. The intermediary knows what it carried.
    fn carried_state(&self, item: &Item, passage: u16, salted: bool) -> Option<TextState> {
        if self.desk.party == PartyNo::INTERMEDIARY {
            return None;
        }
        let guard = item.guards.get(&passage).copied();
        Some(match guard {
            Some(guard) => received_state(guard),
            None if salted => TextState::Pending,
            None => TextState::NoSalt,
        })
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

impl LayerKind {
    /// Says in a sentence whose words these are.
    pub fn mark(self) -> &'static str {
        match self {
            Self::PartyText => "the party's own text",
            Self::NoteOfOralMessage => "a note of an oral message; not the party's own text",
            Self::IntermediaryRendering => "the intermediary's words; not the party's own text",
        }
    }
}

impl DropReason {
    /// Says in a sentence why the text is gone.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Expired => "the text was kept until its time and is gone",
            Self::Returned => "the text was read and returned, and is not kept",
        }
    }
}

pub(super) fn kind_name(event: &Event) -> &'static str {
    match event {
        Event::Conveyance(_) => "conveyance",
        Event::ReadBack(_) => "read-back",
        _ => "dispatch",
    }
}

fn received_state(guard: GuardState) -> TextState {
    match guard {
        GuardState::Matched => TextState::Matched,
        GuardState::Altered => TextState::Altered,
        GuardState::Pending | GuardState::NotMatched => TextState::Pending,
    }
}

fn sent_state(guard: GuardState) -> TextState {
    match guard {
        GuardState::Matched => TextState::Matched,
        GuardState::Pending => TextState::Pending,
        GuardState::NotMatched | GuardState::Altered => TextState::NotVerbatim,
    }
}

/// Words count as the party's only once the guard matched.
fn proven(state: TextState, party: LayerKind) -> LayerKind {
    if state == TextState::Matched { party } else { LayerKind::IntermediaryRendering }
}

/// The layer of this kind from this source, made if it is not there yet.
fn layer_at<'v>(
    view: &'v mut View,
    kind: LayerKind,
    whose: Option<String>,
    source: &DispatchId,
    part: &'static str,
) -> (usize, &'v mut LayerView) {
    let source = source.to_hex();
    let found = view.layers.iter().position(|layer| layer.kind == kind && layer.source == source);
    let index = found.unwrap_or(view.layers.len());
    if found.is_none() {
        let (party, passages) = (None, Vec::new());
        view.layers.push(LayerView { kind, whose, mark: kind.mark(), source, part, party, passages });
    }
    (index, &mut view.layers[index])
}

fn push(
    view: &mut View,
    layer: usize,
    number: Option<u16>,
    disclosure: Option<Disclosure>,
    state: Option<TextState>,
    from: &[u16],
    texts: &Texts,
) {
    let place = view.passages.len();
    if let Some(layer) = view.layers.get_mut(layer) {
        layer.passages.push(place);
    }
    view.passages.push(PassageView {
        layer,
        number,
        disclosure,
        state,
        from: from.to_vec(),
        text: texts.clone(),
    });
}
