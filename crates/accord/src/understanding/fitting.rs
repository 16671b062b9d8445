//! Which clauses of the library a frame of terms calls for: what a new understanding begins with (LIB-5).

use super::code::Code;
use super::data::{DataError, data};
use super::library::{LibraryClause, Pick, States};
use super::model::{Secrecy, Topic, Understanding};
use crate::words::Texts;
use std::collections::{BTreeMap, BTreeSet};

/// A pick for each clause of the library that the terms of a frame call for, in the order of an understanding. An act the
/// library has no clause for is left out: `check` then finds that no clause states it. `line` is what whoever is asked says;
/// where the understanding is not open and there is none, the clause for it is left out.
pub fn fitting(frame: &Understanding, line: Option<&Texts>) -> Result<Vec<Pick>, DataError> {
    let library = &data().map_err(Clone::clone)?.library;
    let mut picks =
        Picks { taken: frame.clauses.iter().map(|clause| clause.id.clone()).collect(), all: Vec::new() };
    for clause in &library.clauses {
        match clause.states {
            States::Undertaking => picks.elements(clause, undertakings(frame, clause)),
            States::Permitted => picks.elements(clause, permitted(frame, clause)),
            States::Term(Topic::IfAsked) => picks.line(clause, line.filter(|_| asks(frame))),
            States::Term(topic) if frame.held().contains(&topic) => picks.plain(clause),
            States::Term(Topic::Glossary) => picks.plain(clause),
            States::Other => picks.plain(clause),
            States::Term(_) => {}
        }
    }
    Ok(picks.all)
}

fn asks(frame: &Understanding) -> bool {
    frame.confidence.is_some_and(|confidence| confidence.existence != Secrecy::Open)
}

fn undertakings<'a>(frame: &'a Understanding, clause: &LibraryClause) -> Vec<&'a Code> {
    let fits = frame.undertakings.iter().filter(|one| {
        let several = one.by.len() > 1 || one.towards.len() > 1;
        // The mutual clause says "each of them": those who give it and those who receive it are the same.
        clause.acts.contains(&one.act) && several == clause.several && (!several || one.by == one.towards)
    });
    fits.map(|one| &one.id).collect()
}

fn permitted<'a>(frame: &'a Understanding, clause: &LibraryClause) -> Vec<&'a Code> {
    // These clauses speak of every party, everywhere and always.
    let plain = frame
        .permitted
        .iter()
        .filter(|one| one.to.is_empty() && one.scope.place.is_none() && one.scope.time.is_none());
    plain
        .filter(|one| one.act.as_ref().is_some_and(|act| clause.acts.contains(act)))
        .map(|one| &one.id)
        .collect()
}

/// Gathers picks under names that no clause has yet.
struct Picks {
    taken: BTreeSet<Code>,
    all: Vec<Pick>,
}

impl Picks {
    fn add(
        &mut self,
        clause: &LibraryClause,
        name: &Code,
        element: Option<Code>,
        values: BTreeMap<Code, Texts>,
    ) {
        let mut names = std::iter::once(name.clone())
            .chain((2..=self.taken.len() + 2).filter_map(|n| Code::new(&format!("clause-{n}"))));
        let taken = &self.taken;
        if let Some(id) = names.find(|name| !taken.contains(name)) {
            self.taken.insert(id.clone());
            self.all.push(Pick { from: clause.id.clone(), id, element, values });
        }
    }

    fn plain(&mut self, clause: &LibraryClause) {
        self.add(clause, &clause.id, None, BTreeMap::new());
    }

    fn elements(&mut self, clause: &LibraryClause, elements: Vec<&Code>) {
        for element in elements {
            self.add(clause, element, Some(element.clone()), BTreeMap::new());
        }
    }

    fn line(&mut self, clause: &LibraryClause, line: Option<&Texts>) {
        if let Some(line) = line {
            let values = clause.values.iter().map(|name| (name.clone(), line.clone())).collect();
            self.add(clause, &clause.id, None, values);
        }
    }
}
