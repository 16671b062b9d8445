//! Puts the words of an item into its layers, which never merge (docs/spec/dispatches.md, LAYER rules).

use super::view::{LayerKind, LayerView, PassageView, TextState, View};
use super::{GuardState, Item, Ledger};
use crate::event::{Disclosure, Event, Form, Mode};
use crate::words::{DispatchId, Texts};
use backchannel_wire::PartyNo;

impl Ledger {
    pub(super) fn fill_layers(&self, id: DispatchId, item: &Item, form: Form, view: &mut View) {
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
        // LAYER-1
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

/// Words count as the party's only once the guard matched (LAYER-2, GUARD-4).
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
