//! Whether every assurance has its counterpart (CHECK-15, CHECK-16), and the glossary everybody's word (CHECK-17).

use super::{Part, Report, spot};
use crate::understanding::code::Code;
use crate::understanding::model::{Understanding, Undertaking};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(report: &mut Report, understanding: &Understanding) {
    reciprocal(report, understanding);
    for term in &understanding.glossary {
        let open: Vec<&str> = understanding
            .parties
            .iter()
            .filter(|party| !term.confirmed_by.contains(&party.code))
            .map(|party| party.code.as_str())
            .collect();
        if !open.is_empty() {
            let message = format!("its meaning is not confirmed by {}", open.join(", "));
            let hint = "have each side confirm it, then name it in `confirmed_by`";
            report.refuse("CHECK-17", spot(Part::Glossary, term.code.as_str()), message, hint);
        }
    }
}

/// Who assures whom of what: for each pair, the acts.
fn pairs(understanding: &Understanding) -> BTreeMap<(&Code, &Code), BTreeSet<&Code>> {
    let mut pairs: BTreeMap<(&Code, &Code), BTreeSet<&Code>> = BTreeMap::new();
    for Undertaking { by, towards, act, .. } in &understanding.undertakings {
        let each = by.iter().flat_map(|by| towards.iter().map(move |towards| (by, towards)));
        for pair in each.filter(|(by, towards)| by != towards) {
            pairs.entry(pair).or_default().insert(act);
        }
    }
    pairs
}

fn reciprocal(report: &mut Report, understanding: &Understanding) {
    let pairs = pairs(understanding);
    for party in &understanding.parties {
        if !pairs.keys().any(|(by, _)| **by == party.code) {
            let message = "it gives no assurance, so that those it receives stand alone";
            let hint = "add an undertaking by it, or leave the party out";
            report.refuse("CHECK-15", spot(Part::Party, party.code.as_str()), message, hint);
        }
    }
    for ((by, towards), acts) in &pairs {
        let place = || spot(Part::Party, by.as_str());
        match pairs.get(&(*towards, *by)) {
            None => {
                let message =
                    format!("its assurance towards {towards} has no counterpart and would stand alone");
                let hint = "add an undertaking the other way";
                report.refuse("CHECK-15", place(), message, hint);
            }
            Some(back) if back != acts && by < towards => {
                let message = format!("it and {towards} assure each other of different acts");
                report.warn("CHECK-16", place(), message, "make sure that this is meant");
            }
            Some(_) => {}
        }
    }
}
