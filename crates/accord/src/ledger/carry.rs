//! What the intermediary's station checks before a dispatch is carried on (docs/spec/dispatches.md, CARRY rules).

use super::Ledger;
use crate::disclosure::{self, Held, Match, Part, Stretch};
use crate::event::{
    Addressee, Conveyance, Disclosure, Dispatch, Event, Form, Mode, Origin, Precedence, Retention,
};
use crate::words::{DispatchId, Lang, Texts};
use backchannel_wire::{PartyNo, UtcMs};
use std::collections::BTreeMap;

/// One part of what is to be carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CarryPart {
    /// A passage word for word, in all the languages its author gave.
    Verbatim {
        /// Its number.
        passage: u16,
    },
    /// A rendering.
    InSubstance {
        /// The numbers of the passages it is taken from; none if it is the intermediary's own addition.
        from: Vec<u16>,
        /// The rendering.
        texts: Texts,
    },
}

/// What the intermediary wants to carry, and how. What is not stated is as in the original.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carriage {
    /// The form: that of the original, or a less formal one.
    pub form: Option<Form>,
    /// The urgency.
    pub precedence: Option<Precedence>,
    /// The reply time.
    pub reply_by: Option<UtcMs>,
    /// The retention, no looser than the original's.
    pub retention: Option<Retention>,
    /// The parts, in order.
    pub parts: Vec<CarryPart>,
}

/// A conveyance ready to be sent, and what its renderings took from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The conveyance.
    pub conveyance: Conveyance,
    /// For each rendering by its place and language: its stretches, by place of the passage in the original.
    pub taken: BTreeMap<(usize, Lang), Vec<Stretch>>,
}

/// Why a dispatch cannot be carried so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CarryError {
    /// Not a party's dispatch on record at the intermediary.
    #[error(
        "there is no such dispatch to carry: only the intermediary carries, and only what a party sent it (CARRY-1)"
    )]
    NotADispatch,
    /// Addressed elsewhere.
    #[error("the dispatch may not be carried to this party (CARRY-2)")]
    Destination,
    /// Not marked verbatim, or no such passage.
    #[error("passage {0} is not one its author lets travel word for word (CARRY-3)")]
    NotVerbatim(u16),
    /// No such passage.
    #[error("there is no passage {0} that may be rendered (CARRY-4)")]
    NoSuchPassage(u16),
    /// Retention looser than the original's.
    #[error("the original may not be kept so long (CARRY-5)")]
    Retention,
    /// The text is gone.
    #[error("the text of the dispatch is no longer kept here (CARRY-6)")]
    Dropped,
    /// A form more formal than the original's.
    #[error(
        "a dispatch is carried in its own form or as an oral message, and an oral message only as one (CARRY-7)"
    )]
    Form,
    /// Nothing to carry.
    #[error("nothing is carried (CARRY-8)")]
    Nothing,
    /// Held words.
    #[error("the text contains words of a passage that is held, in {} places (DISC-1)", .0.len())]
    HeldWords(Vec<Match>),
}

impl CarryError {
    /// The number of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::NotADispatch => "CARRY-1",
            Self::Destination => "CARRY-2",
            Self::NotVerbatim(_) => "CARRY-3",
            Self::NoSuchPassage(_) => "CARRY-4",
            Self::Retention => "CARRY-5",
            Self::Dropped => "CARRY-6",
            Self::Form => "CARRY-7",
            Self::Nothing => "CARRY-8",
            Self::HeldWords(_) => "DISC-1",
        }
    }
}

impl Ledger {
    /// Makes the conveyance `id` of a dispatch into the caucus of `to`, or says which rule forbids it.
    pub fn carry(
        &self,
        of: DispatchId,
        to: PartyNo,
        carriage: &Carriage,
        id: DispatchId,
    ) -> Result<Rendered, CarryError> {
        let (dispatch, party) = self.carriable(of, to)?;
        let form = carried_form(dispatch.form, carriage.form)?;
        let same_form = form == dispatch.form;
        let retention = carriage.retention.unwrap_or(dispatch.retention);
        ensure(retention.no_looser_than(dispatch.retention), CarryError::Retention)?; // CARRY-5
        ensure(!carriage.parts.is_empty(), CarryError::Nothing)?; // CARRY-8
        let passages =
            carriage.parts.iter().map(|part| mode(dispatch, part)).collect::<Result<Vec<_>, _>>()?;
        self.disclosure(to, Some(of), &renderings(&passages))?;
        let conveyance = Conveyance {
            id,
            of: Origin { dispatch: of, party },
            form,
            precedence: carriage.precedence.unwrap_or(dispatch.precedence),
            reply_by: carriage.reply_by.or(dispatch.reply_by),
            retention,
            in_reply_to: self.answered_for(dispatch, to),
            date: dispatch.date.filter(|_| same_form),
            heading: dispatch.heading.clone().filter(|_| same_form),
            addressee: dispatch.addressee.clone().filter(|_| same_form),
            passages,
        };
        let taken = taken_from(dispatch, &conveyance);
        Ok(Rendered { conveyance, taken })
    }

    /// Refuses an event of the intermediary for the caucus of `to` if its own words contain some that another party holds
    /// back (DISC-1, DISC-3). What is carried word for word is its author's to disclose.
    pub fn check_disclosure(&self, to: PartyNo, event: &Event) -> Result<(), CarryError> {
        // A heading has no stated language.
        let Some(unstated) = Lang::new("und") else { return Ok(()) };
        let mut parts: Vec<Part<'_>> = Vec::new();
        match event {
            Event::Dispatch(dispatch) => {
                let texts = dispatch.passages.iter().map(|passage| &passage.texts);
                parts.extend(parts_of(texts.enumerate()));
                let lines = dispatch.heading.iter().chain(&dispatch.addressee);
                parts.extend(lines.map(|line| Part { place: 0, lang: &unstated, text: line.as_str() }));
                self.disclosure(to, None, &parts)
            }
            Event::Conveyance(conveyance) => {
                self.disclosure(to, Some(conveyance.of.dispatch), &renderings(&conveyance.passages))
            }
            Event::ReadBack(read_back) => self.disclosure(
                to,
                None,
                &parts_of(std::iter::once((0, &read_back.texts))).collect::<Vec<_>>(),
            ),
            Event::Declined(declined) => {
                self.disclosure(to, None, &parts_of(declined.reason.iter().enumerate()).collect::<Vec<_>>())
            }
            Event::Read(_) | Event::Returned(_) | Event::Progress(_) => Ok(()),
        }
    }

    fn disclosure(
        &self,
        to: PartyNo,
        conveyed: Option<DispatchId>,
        parts: &[Part<'_>],
    ) -> Result<(), CarryError> {
        let mut held = Vec::new();
        for (id, item) in &self.items {
            let author = item.admitted.author.party;
            if author == to || author == PartyNo::INTERMEDIARY {
                continue;
            }
            let mut hold = |place, texts| {
                held.push(Held { dispatch: *id, place, texts, whole_if_shorter: conveyed == Some(*id) });
            };
            match &item.admitted.event {
                Event::Dispatch(dispatch) => {
                    let of_dispatch = dispatch.passages.iter().enumerate();
                    let kept = of_dispatch.filter(|(_, passage)| passage.disclosure == Disclosure::Hold);
                    kept.for_each(|(place, passage)| hold(place, &passage.texts));
                }
                Event::ReadBack(read_back) if read_back.disclosure == Disclosure::Hold => {
                    hold(0, &read_back.texts);
                }
                _ => {}
            }
        }
        let found = disclosure::check(&held, parts);
        if found.is_empty() { Ok(()) } else { Err(CarryError::HeldWords(found)) }
    }

    fn carriable(&self, of: DispatchId, to: PartyNo) -> Result<(&Dispatch, PartyNo), CarryError> {
        let item = self.items.get(&of).ok_or(CarryError::NotADispatch)?;
        let party = item.admitted.author.party;
        let Event::Dispatch(dispatch) = &item.admitted.event else { return Err(CarryError::NotADispatch) };
        let here = self.desk.party == PartyNo::INTERMEDIARY && party != PartyNo::INTERMEDIARY;
        ensure(here, CarryError::NotADispatch)?; // CARRY-1
        let asked = match dispatch.to {
            Addressee::Party(asked) => asked == to,
            Addressee::Intermediary => true,
            Addressee::Delegation => false,
        };
        ensure(asked && to != party && to != PartyNo::INTERMEDIARY, CarryError::Destination)?; // CARRY-2
        ensure(item.dropped.is_none(), CarryError::Dropped)?; // CARRY-6
        Ok((dispatch, party))
    }

    /// What the recipient itself wrote that the dispatch answers, through the conveyance it answers.
    fn answered_for(&self, dispatch: &Dispatch, to: PartyNo) -> Option<DispatchId> {
        let answered = self.items.get(&dispatch.in_reply_to?)?;
        match &answered.admitted.event {
            Event::Conveyance(conveyance) if conveyance.of.party == to => Some(conveyance.of.dispatch),
            _ => None,
        }
    }
}

fn ensure(holds: bool, error: CarryError) -> Result<(), CarryError> {
    if holds { Ok(()) } else { Err(error) }
}

/// A conveyance never makes an oral message look like a text, nor a text more formal than it was (CARRY-7).
fn carried_form(original: Form, asked: Option<Form>) -> Result<Form, CarryError> {
    let form = asked.unwrap_or(original);
    let fits = form == original || form == Form::OralMessage;
    ensure(fits, CarryError::Form).map(|()| form)
}

fn mode(dispatch: &Dispatch, part: &CarryPart) -> Result<Mode, CarryError> {
    match part {
        CarryPart::Verbatim { passage } => {
            let found = dispatch.passage(*passage).filter(|found| found.disclosure == Disclosure::Verbatim);
            let found = found.ok_or(CarryError::NotVerbatim(*passage))?; // CARRY-3
            Ok(Mode::Verbatim { passage: *passage, texts: found.texts.clone(), salt: found.salt.clone() })
        }
        CarryPart::InSubstance { from, texts } => {
            let unknown = from.iter().find(|number| dispatch.passage(**number).is_none());
            ensure(unknown.is_none(), CarryError::NoSuchPassage(unknown.copied().unwrap_or_default()))?; // CARRY-4
            let mut from = from.clone();
            from.sort_unstable();
            from.dedup();
            Ok(Mode::InSubstance { from, texts: texts.clone() })
        }
    }
}

fn parts_of<'a>(texts: impl Iterator<Item = (usize, &'a Texts)>) -> impl Iterator<Item = Part<'a>> {
    texts.flat_map(|(place, texts)| texts.iter().map(move |(lang, text)| Part { place, lang, text }))
}

fn renderings(passages: &[Mode]) -> Vec<Part<'_>> {
    let each = passages.iter().enumerate().filter(|(_, mode)| matches!(mode, Mode::InSubstance { .. }));
    parts_of(each.map(|(place, mode)| (place, mode.texts()))).collect()
}

fn taken_from(dispatch: &Dispatch, conveyance: &Conveyance) -> BTreeMap<(usize, Lang), Vec<Stretch>> {
    let passages = dispatch.passages.iter().enumerate().map(|(place, passage)| (place, &passage.texts));
    let sources: Vec<Part<'_>> = parts_of(passages).collect();
    renderings(&conveyance.passages)
        .into_iter()
        .map(|part| ((part.place, part.lang.clone()), disclosure::provenance(part.text, &sources)))
        .collect()
}
