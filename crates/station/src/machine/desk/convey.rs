//! Carrying a dispatch into another caucus (intermediary).

use super::Desk;
use super::requests::{closed, texts_of};
use super::sentences::{brief, capital};
use super::types::{Facts, Reaction};
use crate::api::{ErrorKind, Failure};
use crate::sabotage::{Sabotage, on};
use backchannel_accord::event::{Addressee, Conveyance, Dispatch, Mode};
use backchannel_accord::ledger::{Carriage, CarryError, CarryPart, Rendered};
use backchannel_accord::{Admitted, Disclosure, DispatchId, Event, Form, Text, Texts};
use backchannel_assurance::Carrier;
use backchannel_wire::PartyNo;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::tagged::{Tag, hash};
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const NOTICE: &str = "The station finds six words in a row of a passage that is held, and shorter passages as a whole. \
                      It does not find a paraphrase: read the rendering again.";

/// A conveyance that no rule refuses.
struct Prepared {
    party: PartyNo,
    dispatch: Box<Dispatch>,
    texts: Option<Texts>,
    rendered: Rendered,
}

/// What a conveyance carries and leaves, as an answer.
fn told(dispatch: &Dispatch, rendered: bool, taken: Vec<Value>) -> Value {
    let left: Vec<u16> = dispatch
        .numbered()
        .filter(|(_, passage)| passage.disclosure == Disclosure::InSubstance && !rendered)
        .filter_map(|(number, _)| number)
        .collect();
    let held = dispatch.passages.iter().filter(|passage| passage.disclosure == Disclosure::Hold).count();
    let notice = if rendered && held > 0 { NOTICE } else { "" };
    json!({ "v": 1, "taken": taken, "not_carried": left, "held": held, "notice": notice })
}

impl Desk {
    pub(super) fn convey(
        &mut self,
        of: DispatchId,
        to: &str,
        rendering: &BTreeMap<String, String>,
        faithless: bool,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Reaction, Failure> {
        let Prepared { party, dispatch, texts, rendered } = self.prepare(of, to, rendering, facts, rng)?;
        let id = rendered.conveyance.id;
        let taken = taken(&dispatch, &rendered);
        let mut conveyance = rendered.conveyance;
        if faithless {
            alter(&mut conveyance);
        }
        let kind = RoomKind::Caucus(party);
        let room = facts.rooms.iter().find(|fact| fact.kind == kind && fact.usable).ok_or_else(closed)?.room;
        let mut reaction = Reaction::default();
        self.post(room, kind, Event::Conveyance(Box::new(conveyance)), facts, &mut reaction)?;
        let mut reply = told(&dispatch, texts.is_some(), taken);
        reply["id"] = json!(id.to_hex());
        reaction.reply = Some(reply);
        Ok(reaction)
    }

    /// Whether a rendering could be conveyed so; nothing goes.
    pub(super) fn convey_check(
        &self,
        of: DispatchId,
        to: &str,
        rendering: &BTreeMap<String, String>,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Reaction, Failure> {
        let Prepared { dispatch, texts, rendered, .. } = self.prepare(of, to, rendering, facts, rng)?;
        Ok(Reaction::answer(told(&dispatch, texts.is_some(), taken(&dispatch, &rendered))))
    }

    fn prepare(
        &self,
        of: DispatchId,
        to: &str,
        rendering: &BTreeMap<String, String>,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Prepared, Failure> {
        if self.party != PartyNo::INTERMEDIARY {
            return Err(not_carried(&CarryError::NotADispatch));
        }
        let party = (facts.party_named)(to).ok_or_else(|| {
            let sides: Vec<String> = facts.parties.iter().map(|party| (facts.labels)(*party)).collect();
            let hint = format!("Name one of: {}.", sides.join(", "));
            Failure::new(ErrorKind::Usage, "There is no party of that label on this channel.", hint)
        })?;
        let Some(Event::Dispatch(dispatch)) = self.book.ledger.event(of).cloned() else {
            return Err(not_carried(&CarryError::NotADispatch));
        };
        let texts = if rendering.is_empty() { None } else { Some(texts_of(rendering, "The rendering")?) };
        let carriage = Carriage { parts: parts(&dispatch, texts.as_ref()), ..Carriage::default() };
        let id = DispatchId::random(rng);
        let rendered = self.book.ledger.carry(of, party, &carriage, id);
        let rendered = match (rendered, &texts) {
            (Err(CarryError::HeldWords(_)), Some(texts)) if on(Sabotage::LooseHold) => {
                self.carry_held_words(of, party, &dispatch, texts, id)
            }
            (rendered, _) => rendered,
        };
        let rendered = rendered.map_err(|error| not_carried(&error))?;
        Ok(Prepared { party, dispatch, texts, rendered })
    }
}

impl Desk {
    /// The standing instruction: what a party notifies another of, the intermediary's station carries at once, whether or not
    /// somebody is awake (DESK-8, ROUTE-1). What stands against it is told, and a person may still carry it.
    pub(super) fn carry_unattended(
        &mut self,
        admitted: &Admitted,
        facts: &Facts<'_>,
        reaction: &mut Reaction,
    ) {
        let Event::Dispatch(dispatch) = &admitted.event else { return };
        let Addressee::Party(party) = dispatch.to else { return };
        let standing = facts.route.by == Carrier::Standing;
        if self.party != PartyNo::INTERMEDIARY || dispatch.form != Form::Notification || !standing {
            return;
        }
        if let Err(failure) = self.carry_now(dispatch, party, facts, reaction) {
            let of = brief(dispatch.id);
            let why = failure.message.trim_end_matches('.');
            let what = format!("Notification {of} was not carried at once ({why}): carry it with `convey`.");
            reaction.line("not-conveyed", what).room = Some(admitted.room);
        }
    }

    fn carry_now(
        &mut self,
        dispatch: &Dispatch,
        party: PartyNo,
        facts: &Facts<'_>,
        reaction: &mut Reaction,
    ) -> Result<(), Failure> {
        let (id, kind) = (unattended(dispatch.id, party), RoomKind::Caucus(party));
        let carriage = Carriage { parts: parts(dispatch, None), ..Carriage::default() };
        let rendered = self.book.ledger.carry(dispatch.id, party, &carriage, id);
        let conveyance = rendered.map_err(|error| not_carried(&error))?.conveyance;
        let fact = facts.rooms.iter().find(|fact| fact.kind == kind && fact.usable).ok_or_else(closed)?;
        self.post(fact.room, kind, Event::Conveyance(Box::new(conveyance)), facts, reaction).map(drop)
    }

    /// Carries a rendering although it holds held words (sabotage only).
    fn carry_held_words(
        &self,
        of: DispatchId,
        party: PartyNo,
        dispatch: &Dispatch,
        texts: &Texts,
        id: DispatchId,
    ) -> Result<Rendered, CarryError> {
        let blank = Texts(texts.0.keys().map(|lang| (lang.clone(), Text::new("-"))).collect());
        let carriage = Carriage { parts: parts(dispatch, Some(&blank)), ..Carriage::default() };
        let mut rendered = self.book.ledger.carry(of, party, &carriage, id)?;
        for mode in &mut rendered.conveyance.passages {
            if let Mode::InSubstance { texts: carried, .. } = mode {
                *carried = texts.clone();
            }
        }
        Ok(rendered)
    }
}

/// The name of what the intermediary's station carries of itself: from it everybody sees that no person did (DESK-8).
pub(super) fn unattended(of: DispatchId, to: PartyNo) -> DispatchId {
    let digest = hash(Tag("backchannel unattended v1"), &[&of.0, &[to.0]]);
    let mut id = [0; 16];
    id.copy_from_slice(digest.get(..16).unwrap_or(&[0; 16]));
    DispatchId(id)
}

/// Everything that may go word for word does; one rendering stands for all that may go in substance.
fn parts(dispatch: &Dispatch, rendering: Option<&Texts>) -> Vec<CarryPart> {
    let numbers = |wanted: Disclosure| {
        let of = dispatch.numbered().filter(move |(_, passage)| passage.disclosure == wanted);
        of.filter_map(|(number, _)| number)
    };
    let mut parts: Vec<CarryPart> =
        numbers(Disclosure::Verbatim).map(|passage| CarryPart::Verbatim { passage }).collect();
    if let Some(texts) = rendering {
        let from = numbers(Disclosure::InSubstance).collect();
        parts.push(CarryPart::InSubstance { from, texts: texts.clone() });
    }
    parts
}

/// Which stretches of a rendering come from which passage.
fn taken(dispatch: &Dispatch, rendered: &Rendered) -> Vec<Value> {
    let numbers: Vec<Option<u16>> = dispatch.numbered().map(|(number, _)| number).collect();
    let mut out = Vec::new();
    for ((place, lang), stretches) in &rendered.taken {
        let mode = rendered.conveyance.passages.get(*place);
        let text = mode.and_then(|mode| mode.texts().0.get(lang)).map_or("", Text::as_str);
        for stretch in stretches {
            let from = numbers.get(stretch.passage).copied().flatten();
            out.push(json!({
                "from_passage": from.map_or_else(|| json!("held"), |number| json!(number)),
                "words": text.get(stretch.start..stretch.end).unwrap_or_default(),
                "positions": [stretch.start, stretch.end],
                "lang": lang.code(),
            }));
        }
    }
    out
}

/// What a faithless intermediary might do: the last word of each verbatim passage goes, and the salt stays.
fn alter(conveyance: &mut Conveyance) {
    for mode in &mut conveyance.passages {
        if let Mode::Verbatim { texts, .. } = mode {
            for text in texts.0.values_mut() {
                let trimmed = text.as_str().trim_end();
                let shorter =
                    trimmed.rsplit_once(char::is_whitespace).map(|(rest, _)| rest.trim_end().to_owned());
                *text = Text::new(
                    shorter.filter(|rest| !rest.is_empty()).unwrap_or_else(|| format!("{trimmed}?")),
                );
            }
        }
    }
}

/// Which rule forbids carrying it so, and what to do.
pub(super) fn not_carried(error: &CarryError) -> Failure {
    let hint = match error {
        CarryError::HeldWords(matches) => {
            let places: Vec<String> = matches
                .iter()
                .map(|one| format!("{} words from byte {} ({})", one.words, one.start, one.lang.code()))
                .collect();
            format!("Say it in other words or leave it out: {}.", places.join("; "))
        }
        CarryError::Nothing => {
            "It has no passage that may go word for word: give a rendering of what may go in substance."
                .to_owned()
        }
        CarryError::Destination => "See to whom it is addressed with `backchannel show`.".to_owned(),
        _ => format!("See rule {} in docs/spec/dispatches.md.", error.rule()),
    };
    Failure::new(ErrorKind::Refused, format!("{}.", capital(&error.to_string())), hint)
}
