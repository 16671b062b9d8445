//! Reads the files a person writes: a dispatch, a conveyance, a read-back (docs/spec/dispatches.md, DRAFT rules).

mod file;

use crate::disclosure::{self, Held, Part};
use crate::event::{Addressee, Disclosure, Dispatch, Event, Form, Passage, Precedence, ReadBack, Retention};
use crate::forms::{self, Header};
use crate::ledger::Carriage;
use crate::signals::{Finding, Weight};
use crate::time::Date;
use crate::words::{DispatchId, Salt, Text, Texts};
use backchannel_wire::UtcMs;
use file::{File, names, whole};
use rand_core::{CryptoRng, RngCore};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::{Spanned, Value};

/// What is wrong with a draft, where, and what to do about it. It never repeats the text of a passage.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{problem}", .line.map(|line| format!("line {line}: ")).unwrap_or_default())]
pub struct DraftError {
    /// The line of the file, counted from 1, where one can be named.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub hint: String,
}

/// A dispatch as a person wrote it down, checked by the rules of its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Whom it is for: "intermediary", "delegation" or the name of a party. A reply may leave it out.
    pub to: Option<String>,
    /// Its form.
    pub form: Form,
    /// Its urgency.
    pub precedence: Precedence,
    /// By when an answer is asked.
    pub reply_by: Option<UtcMs>,
    /// How long its text may be kept.
    pub retention: Retention,
    /// The date it bears.
    pub date: Option<Date>,
    /// The heading it bears.
    pub heading: Option<Text>,
    /// The address line it bears.
    pub addressee: Option<Text>,
    /// Its passages.
    pub passages: Vec<(Disclosure, Texts)>,
    /// What the writer should look at again.
    pub warnings: Vec<Finding>,
}

/// A conveyance as the intermediary wrote it down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriageDraft {
    /// The party it is carried to, if the file names one.
    pub to: Option<String>,
    /// What is carried, and how.
    pub carriage: Carriage,
}

/// A read-back as a person wrote it down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadBackDraft {
    /// What was understood.
    pub texts: Texts,
    /// What the intermediary may tell of it.
    pub disclosure: Disclosure,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDraft {
    to: Option<Spanned<String>>,
    form: Option<Spanned<String>>,
    precedence: Option<Spanned<String>>,
    reply_by: Option<Spanned<Value>>,
    retention: Option<Spanned<Value>>,
    date: Option<Spanned<Value>>,
    heading: Option<Spanned<String>>,
    addressee: Option<Spanned<String>>,
    #[serde(default)]
    passage: Vec<Spanned<RawPassage>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPassage {
    disclosure: Spanned<String>,
    text: Spanned<BTreeMap<Spanned<String>, Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCarriage {
    to: Option<Spanned<String>>,
    form: Option<Spanned<String>>,
    precedence: Option<Spanned<String>>,
    reply_by: Option<Spanned<Value>>,
    retention: Option<Spanned<Value>>,
    #[serde(default)]
    passage: Vec<Spanned<RawCarried>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCarried {
    verbatim: Option<u16>,
    #[serde(default)]
    from: Vec<u16>,
    text: Option<Spanned<BTreeMap<Spanned<String>, Spanned<String>>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReadBack {
    disclosure: Option<Spanned<String>>,
    text: Spanned<BTreeMap<Spanned<String>, Spanned<String>>>,
}

/// Reads a dispatch to be sent; `to` and `form` must be given (DRAFT-4).
pub fn parse(toml: &str) -> Result<Draft, DraftError> {
    let draft = parse_reply(toml)?;
    if draft.to.is_none() {
        return Err(whole("the draft does not say whom it is for", "add `to = \"intermediary\"` at the top"));
    }
    Ok(draft)
}

/// Reads a reply: the same, but `to` may be left out.
pub fn parse_reply(toml: &str) -> Result<Draft, DraftError> {
    let file = File(toml);
    let raw: RawDraft = file.read()?;
    let Some(form) = &raw.form else {
        return Err(whole(
            "the draft does not state its form",
            &format!("add `form = ...`, one of {}", names(Form::ALL, Form::name)),
        ));
    };
    let form = file.named(form, "form", Form::ALL, Form::name)?;
    let mut draft = Draft {
        to: raw.to.map(Spanned::into_inner),
        form,
        precedence: file.precedence(raw.precedence.as_ref())?.unwrap_or(Precedence::Routine),
        reply_by: file.instant(raw.reply_by.as_ref())?,
        retention: file.retention(raw.retention.as_ref())?.unwrap_or(Retention::Keep),
        date: file.date(raw.date.as_ref())?,
        heading: file.header(raw.heading, "heading")?,
        addressee: file.header(raw.addressee, "addressee")?,
        passages: Vec::new(),
        warnings: Vec::new(),
    };
    let header = Header {
        form,
        date: draft.date.is_some(),
        heading: draft.heading.is_some(),
        addressee: draft.addressee.is_some(),
    };
    forms::check_header(&header).map_err(|error| whole(&error.to_string(), error.hint()))?;
    if raw.passage.is_empty() {
        return Err(whole(
            "the draft has no passage",
            "add a `[[passage]]` with `disclosure` and `text.en = \"...\"`",
        ));
    }
    for passage in raw.passage {
        file.passage(&mut draft, passage)?;
    }
    draft.warnings.extend(held_words(&draft));
    let dispatch = draft.clone().shape(DispatchId([0; 16]), Addressee::Intermediary, None);
    let event = Event::Dispatch(Box::new(dispatch));
    event
        .bounds()
        .and_then(|()| event.size())
        .map_err(|error| whole(&error.to_string(), "shorten the draft"))?;
    Ok(draft)
}

/// Reads what the intermediary wants to carry.
pub fn parse_carriage(toml: &str) -> Result<CarriageDraft, DraftError> {
    let file = File(toml);
    let raw: RawCarriage = file.read()?;
    let form = raw.form.as_ref().map(|form| file.named(form, "form", Form::ALL, Form::name)).transpose()?;
    let parts = raw.passage.into_iter().map(|part| file.part(part)).collect::<Result<Vec<_>, _>>()?;
    let carriage = Carriage {
        form,
        precedence: file.precedence(raw.precedence.as_ref())?,
        reply_by: file.instant(raw.reply_by.as_ref())?,
        retention: file.retention(raw.retention.as_ref())?,
        parts,
    };
    Ok(CarriageDraft { to: raw.to.map(Spanned::into_inner), carriage })
}

/// Reads a read-back; without `disclosure` its text may travel word for word.
pub fn parse_read_back(toml: &str) -> Result<ReadBackDraft, DraftError> {
    let file = File(toml);
    let raw: RawReadBack = file.read()?;
    let disclosure = raw.disclosure.as_ref().map(|name| file.disclosure(name)).transpose()?;
    Ok(ReadBackDraft { texts: file.texts(raw.text)?, disclosure: disclosure.unwrap_or(Disclosure::Verbatim) })
}

impl Draft {
    /// The dispatch, each verbatim passage with a fresh salt if `guarded` (the channel has a registry to guard it).
    pub fn into_dispatch(
        self,
        id: DispatchId,
        to: Addressee,
        in_reply_to: Option<DispatchId>,
        guarded: bool,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Dispatch {
        let mut dispatch = self.shape(id, to, in_reply_to);
        let verbatim = dispatch.passages.iter_mut().filter(|one| one.disclosure == Disclosure::Verbatim);
        for passage in verbatim.filter(|_| guarded) {
            passage.salt = Some(Salt::random(rng));
        }
        dispatch
    }

    fn shape(self, id: DispatchId, to: Addressee, in_reply_to: Option<DispatchId>) -> Dispatch {
        let passage = |(disclosure, texts)| Passage { disclosure, texts, salt: None };
        Dispatch {
            id,
            form: self.form,
            precedence: self.precedence,
            to,
            reply_by: self.reply_by,
            retention: self.retention,
            in_reply_to,
            date: self.date,
            heading: self.heading,
            addressee: self.addressee,
            passages: self.passages.into_iter().map(passage).collect(),
        }
    }
}

impl ReadBackDraft {
    /// The read-back, with a fresh salt if its text may travel and `guarded`.
    pub fn into_read_back(
        self,
        id: DispatchId,
        of: DispatchId,
        guarded: bool,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> ReadBack {
        let guarded = guarded && self.disclosure == Disclosure::Verbatim;
        let salt = guarded.then(|| Salt::random(rng));
        ReadBack { id, of, texts: self.texts, disclosure: self.disclosure, salt }
    }
}

/// Warns of passages that may travel and share six words with one that is held (DISC-5).
fn held_words(draft: &Draft) -> Vec<Finding> {
    let own = DispatchId([0; 16]);
    let places = || draft.passages.iter().enumerate();
    let held: Vec<Held<'_>> = places()
        .filter(|(_, (disclosure, _))| *disclosure == Disclosure::Hold)
        .map(|(place, (_, texts))| Held { dispatch: own, place, texts, whole_if_shorter: false })
        .collect();
    let parts: Vec<Part<'_>> = places()
        .filter(|(_, (disclosure, _))| *disclosure != Disclosure::Hold)
        .flat_map(|(place, (_, texts))| texts.iter().map(move |(lang, text)| Part { place, lang, text }))
        .collect();
    let found = disclosure::check(&held, &parts).into_iter().map(|found| Finding {
        rule: "DISC-5",
        weight: Weight::Warning,
        message: "this passage may travel and repeats words of one that is held (DISC-5)",
        place: found.part,
        lang: found.lang,
        line: 0,
    });
    found.collect()
}
