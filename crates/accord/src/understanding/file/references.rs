//! Whether what a file refers to is there, so that an error names the line and not only the rule (UND-4).

use super::raw::{File, Versions, Word};
use super::read::{Read, Reader};
use std::collections::BTreeSet;
use toml::{Spanned, Value};

/// The codes of one kind of part.
struct Names<'a> {
    what: &'static str,
    known: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    fn of(reader: &Reader<'_>, what: &'static str, words: impl Iterator<Item = &'a Word>) -> Read<Self> {
        let mut known = BTreeSet::new();
        for word in words {
            if !known.insert(word.get_ref().trim()) {
                let problem = format!("another {what} has this code (UND-4)");
                return Err(reader.at(word.span(), &problem, "give one of them another"));
            }
        }
        Ok(Self { what, known })
    }

    fn hint(&self) -> String {
        let known: Vec<&str> = self.known.iter().copied().collect();
        if known.is_empty() {
            format!("the file has no {}", self.what)
        } else {
            format!("write one of {}", known.join(", "))
        }
    }

    fn has(&self, reader: &Reader<'_>, word: &Word) -> Read<()> {
        let known = self.known.contains(word.get_ref().trim());
        let problem = || format!("this is no {} of the file (UND-4)", self.what);
        if known { Ok(()) } else { Err(reader.at(word.span(), &problem(), &self.hint())) }
    }

    fn all<'w>(&self, reader: &Reader<'_>, mut words: impl Iterator<Item = &'w Word>) -> Read<()> {
        words.try_for_each(|word| self.has(reader, word))
    }
}

/// Checks every reference from one part to another.
pub(super) fn check(reader: &Reader<'_>, raw: &File) -> Read<()> {
    let parties = Names::of(reader, "party", raw.party.iter().map(|one| &one.get_ref().code))?;
    let zones = Names::of(reader, "zone", raw.zone.iter().map(|one| &one.get_ref().code))?;
    let undertakings = Names::of(reader, "undertaking", raw.undertaking.iter().map(|one| &one.get_ref().id))?;
    let permitted = Names::of(reader, "permitted act", raw.permitted.iter().map(|one| &one.get_ref().id))?;
    Names::of(reader, "term", raw.glossary.iter().map(|one| &one.get_ref().code))?;
    Names::of(reader, "clause", raw.clause.iter().map(|one| &one.get_ref().id))?;
    for one in raw.undertaking.iter().map(Spanned::get_ref) {
        parties.all(reader, one.by.iter().chain(&one.towards))?;
        place(reader, &zones, one.place.as_ref())?;
    }
    for one in raw.permitted.iter().map(Spanned::get_ref) {
        parties.all(reader, one.to.iter())?;
        place(reader, &zones, one.place.as_ref())?;
    }
    for one in raw.zone.iter().map(Spanned::get_ref) {
        zones.all(reader, one.within.iter().chain(&one.overlaps).chain(&one.apart))?;
    }
    zones.all(reader, raw.term.iter().flat_map(|term| &term.zone).map(|entry| &entry.zone))?;
    parties.all(reader, raw.glossary.iter().flat_map(|one| &one.get_ref().confirmed_by))?;
    states(reader, raw, &undertakings, &permitted)?;
    languages(reader, raw)
}

fn place(reader: &Reader<'_>, zones: &Names<'_>, value: Option<&Spanned<Value>>) -> Read<()> {
    let Some(value) = value else { return Ok(()) };
    let named = value.get_ref().as_array().into_iter().flatten().filter_map(Value::as_str);
    let lost = named.into_iter().any(|name| !zones.known.contains(name.trim()));
    let problem = "a zone of this place is not in the file (UND-4)";
    if lost { Err(reader.at(value.span(), problem, &zones.hint())) } else { Ok(()) }
}

fn states(reader: &Reader<'_>, raw: &File, undertakings: &Names<'_>, permitted: &Names<'_>) -> Read<()> {
    for word in raw.clause.iter().filter_map(|clause| clause.get_ref().states.as_ref()) {
        let (names, id) = match word.get_ref().trim().split_once(' ') {
            Some(("undertaking", id)) => (undertakings, id),
            Some(("permitted", id)) => (permitted, id),
            _ => continue,
        };
        if !names.known.contains(id.trim()) {
            let problem = format!("this clause states an {} the file does not have (UND-4)", names.what);
            return Err(reader.at(
                word.span(),
                &problem.replace("an permitted", "a permitted"),
                &names.hint(),
            ));
        }
    }
    Ok(())
}

/// Every text is in a language of the file.
fn languages(reader: &Reader<'_>, raw: &File) -> Read<()> {
    let Some(list) = &raw.languages else { return Ok(()) };
    let known: BTreeSet<&str> = list.get_ref().iter().map(|word| word.get_ref().as_str()).collect();
    let names =
        raw.party.iter().map(|one| &one.get_ref().name).chain(raw.zone.iter().map(|one| &one.get_ref().name));
    let terms = raw
        .glossary
        .iter()
        .flat_map(|one| std::iter::once(&one.get_ref().term).chain(&one.get_ref().meaning));
    let clauses = raw.clause.iter().map(Spanned::get_ref);
    let texts = clauses.flat_map(|one| one.text.iter().chain(&one.reviewed_by).chain(one.value.values()));
    let lost = |versions: &Versions| {
        versions.get_ref().keys().find(|lang| !known.contains(lang.get_ref().as_str())).map(Spanned::span)
    };
    match names.chain(terms).chain(texts).find_map(lost) {
        None => Ok(()),
        Some(span) => Err(reader.at(
            span,
            "this language is not among the languages of the file (UND-4)",
            "add it to `languages`, or take the text out",
        )),
    }
}
