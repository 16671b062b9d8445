//! Reads the file an understanding is written in (docs/spec/understanding.md).

mod raw;
mod read;
mod references;
mod terms;
mod write;

use super::code::Code;
use super::library::{ComposeError, Pick, add_terms, picked};
use super::model::{
    About, Clause, Confidence, Form, Party, Permitted, Secrecy, Term, Topic, Understanding, Undertaking,
    Voice, Zone,
};
use crate::draft::DraftError;
use crate::words::{Lang, Texts};
use backchannel_wire::PartyNo;
use read::{Read, Reader, whole};
use std::collections::BTreeMap;
use toml::Spanned;
pub use write::to_toml;
pub(super) use write::{moment, spanned};

/// Reads an understanding, finished or not: [`super::check::check`] says what it lacks.
pub fn parse(toml: &str) -> Result<Understanding, DraftError> {
    let reader = Reader(toml);
    let raw: raw::File = reader.toml()?;
    let (drafted_in, languages) = languages(&reader, &raw)?;
    references::check(&reader, &raw)?;
    let form = reader.required(raw.form.as_ref(), "form", "add `form = \"gentle\"` or `\"joint\"`")?;
    let voice =
        reader.required(raw.voice.as_ref(), "voice", "add `voice = \"reciprocal\"` or `\"intermediary\"`")?;
    let voice = reader.named(voice, "voice", Voice::ALL, Voice::name)?;
    let supersedes = raw.supersedes.as_ref().map(|word| reader.digest(word)).transpose()?;
    let mut understanding = Understanding {
        form: reader.named(form, "form", Form::ALL, Form::name)?,
        voice,
        parties: parties(&reader, raw.party)?,
        zones: sorted(raw.zone, |raw| zone(&reader, raw), |zone| zone.code.clone())?,
        undertakings: raw
            .undertaking
            .into_iter()
            .map(|raw| undertaking(&reader, raw))
            .collect::<Read<_>>()?,
        permitted: raw.permitted.into_iter().map(|raw| permitted(&reader, raw)).collect::<Read<_>>()?,
        timing: raw.term.map(|raw| terms::timing(&reader, raw)).transpose()?.unwrap_or_default(),
        confidence: raw.confidence.map(|raw| confidence(&reader, raw)).transpose()?,
        glossary: sorted(raw.glossary, |raw| glossary(&reader, raw), |term| term.code.clone())?,
        clauses: clauses(&reader, raw.clause, voice, &languages)?,
        drafted_in,
        languages,
        supersedes,
    };
    add_terms(&mut understanding).map_err(|error| whole(&error.to_string(), "install the program again"))?;
    understanding
        .size()
        .map_err(|error| whole(&error.to_string(), "docs/spec/understanding.md says what is allowed"))?;
    Ok(understanding)
}

fn sorted<R, T>(raw: Vec<R>, read: impl Fn(R) -> Read<T>, code: impl Fn(&T) -> Code) -> Read<Vec<T>> {
    let mut all = raw.into_iter().map(read).collect::<Read<Vec<T>>>()?;
    all.sort_by_key(code);
    Ok(all)
}

/// The language of drafting, the first named unless stated, and all languages in order.
fn languages(reader: &Reader<'_>, raw: &raw::File) -> Read<(Lang, Vec<Lang>)> {
    let hint = "add `languages = [\"en\", \"fr\"]`, the one you draft in first";
    let list = reader.required(raw.languages.as_ref(), "languages", hint)?;
    let first = list.get_ref().first().ok_or_else(|| reader.at(list.span(), "no language is named", hint))?;
    let drafted_in = reader.lang(raw.drafted_in.as_ref().unwrap_or(first))?;
    let mut languages = list.get_ref().iter().map(|word| reader.lang(word)).collect::<Read<Vec<_>>>()?;
    languages.sort();
    if languages.windows(2).any(|pair| pair.first() == pair.get(1)) {
        return Err(reader.at(list.span(), "a language is named twice", "name it once"));
    }
    if !languages.contains(&drafted_in) {
        return Err(reader.at(
            list.span(),
            "the language of drafting is not among these",
            "name it here too",
        ));
    }
    Ok((drafted_in, languages))
}

fn parties(reader: &Reader<'_>, raw: Vec<Spanned<raw::Party>>) -> Read<Vec<Party>> {
    let mut parties = Vec::with_capacity(raw.len());
    for (at, raw) in raw.into_iter().enumerate() {
        let raw = raw.into_inner();
        let place = u8::try_from(at + 1).unwrap_or(u8::MAX);
        parties.push(Party {
            code: reader.code(&raw.code)?,
            number: PartyNo(raw.number.map_or(place, Spanned::into_inner)),
            quorum: raw.quorum.into_inner(),
            names: reader.texts(raw.name)?,
        });
    }
    parties.sort_by_key(|party| party.number);
    Ok(parties)
}

fn zone(reader: &Reader<'_>, raw: Spanned<raw::Zone>) -> Read<Zone> {
    let raw = raw.into_inner();
    Ok(Zone {
        code: reader.code(&raw.code)?,
        names: reader.texts(raw.name)?,
        within: reader.codes(&raw.within)?,
        overlaps: reader.codes(&raw.overlaps)?,
        apart: reader.codes(&raw.apart)?,
    })
}

fn undertaking(reader: &Reader<'_>, raw: Spanned<raw::Undertaking>) -> Read<Undertaking> {
    let raw = raw.into_inner();
    Ok(Undertaking {
        id: reader.code(&raw.id)?,
        by: reader.codes(&raw.by)?,
        towards: reader.codes(&raw.towards)?,
        act: reader.code(&raw.act)?,
        scope: terms::scope(reader, raw.place.as_ref(), raw.time.as_ref())?,
    })
}

fn permitted(reader: &Reader<'_>, raw: Spanned<raw::Permitted>) -> Read<Permitted> {
    let raw = raw.into_inner();
    Ok(Permitted {
        id: reader.code(&raw.id)?,
        to: reader.codes(&raw.to)?,
        act: raw.act.as_ref().map(|act| reader.code(act)).transpose()?,
        scope: terms::scope(reader, raw.place.as_ref(), raw.time.as_ref())?,
    })
}

fn confidence(reader: &Reader<'_>, raw: Spanned<raw::Confidence>) -> Read<Confidence> {
    let raw = raw.into_inner();
    let secrecy = |word| reader.named(word, "confidentiality", Secrecy::ALL, Secrecy::name);
    Ok(Confidence { existence: secrecy(&raw.existence)?, content: secrecy(&raw.content)? })
}

fn glossary(reader: &Reader<'_>, raw: Spanned<raw::Glossary>) -> Read<Term> {
    let raw = raw.into_inner();
    Ok(Term {
        code: reader.code(&raw.code)?,
        terms: reader.texts(raw.term)?,
        meanings: raw.meaning.map(|raw| reader.texts(raw)).transpose()?.unwrap_or_default(),
        confirmed_by: reader.codes(&raw.confirmed_by)?,
    })
}

fn clauses(
    reader: &Reader<'_>,
    raw: Vec<Spanned<raw::Clause>>,
    voice: Voice,
    languages: &[Lang],
) -> Read<Vec<Clause>> {
    raw.into_iter().map(|raw| clause(reader, raw, voice, languages)).collect()
}

fn clause(reader: &Reader<'_>, raw: Spanned<raw::Clause>, voice: Voice, languages: &[Lang]) -> Read<Clause> {
    let span = raw.span();
    let raw = raw.into_inner();
    let id = reader.code(&raw.id)?;
    let about = raw.states.as_ref().map(|word| about(reader, word)).transpose()?;
    let reviewed = raw.reviewed_by.map(|raw| reader.texts(raw)).transpose()?.unwrap_or_default().0;
    match (raw.text, raw.from) {
        (Some(text), None) if raw.value.is_empty() => Ok(Clause {
            id,
            about: about.unwrap_or(About::Other),
            texts: reader.texts(text)?,
            reviewed_by: reviewed,
        }),
        (None, Some(from)) => {
            let element = about.as_ref().and_then(element);
            let pick = Pick { from: reader.code(&from)?, id, element, values: values(reader, raw.value)? };
            let mut clause = picked(voice, languages, &pick)
                .map_err(|error| reader.at(from.span(), &error.to_string(), library_hint(&error)))?;
            if about.is_some_and(|about| about != clause.about) {
                let hint = "leave `states` out, or write the text yourself";
                return Err(reader.at(span, "the clause of the library states something else", hint));
            }
            clause.reviewed_by.extend(reviewed);
            Ok(clause)
        }
        _ => Err(reader.at(
            span,
            "a clause has either a text or a clause of the library",
            "write `text.en = \"...\"`, or `from = \"rhetoric\"` with its `value`s",
        )),
    }
}

fn library_hint(error: &ComposeError) -> &'static str {
    match error {
        ComposeError::Data(_) => "install the program again",
        ComposeError::NoClause(_) => "docs/spec/understanding.md lists the clauses of the library",
        ComposeError::NoLanguage(..) => "write the text of this clause yourself",
        ComposeError::NoElement(_) => "add `states = \"undertaking ID\"` or `\"permitted ID\"`",
        ComposeError::NoValue(..) => "add `value.NAME.LANGUAGE = \"...\"`",
    }
}

fn element(about: &About) -> Option<Code> {
    match about {
        About::Undertaking(id) | About::Permitted(id) => Some(id.clone()),
        About::Other | About::Term(_) => None,
    }
}

fn values(reader: &Reader<'_>, raw: BTreeMap<Spanned<String>, raw::Versions>) -> Read<BTreeMap<Code, Texts>> {
    raw.into_iter().map(|(name, texts)| Ok((reader.code(&name)?, reader.texts(texts)?))).collect()
}

/// UND-8
fn about(reader: &Reader<'_>, word: &raw::Word) -> Read<About> {
    let text = word.get_ref().trim();
    let id = |id: &str| Code::new(id.trim());
    let found = match text.split_once(' ') {
        Some(("undertaking", rest)) => id(rest).map(About::Undertaking),
        Some(("permitted", rest)) => id(rest).map(About::Permitted),
        _ if text == "other" => Some(About::Other),
        _ => Topic::ALL.iter().find(|topic| topic.name() == text).map(|topic| About::Term(*topic)),
    };
    let topics: Vec<&str> = Topic::ALL.iter().map(|topic| topic.name()).collect();
    let hint =
        format!("write \"undertaking ID\", \"permitted ID\", \"other\" or one of {}", topics.join(", "));
    found.ok_or_else(|| reader.at(word.span(), "this is nothing a clause states", &hint))
}
