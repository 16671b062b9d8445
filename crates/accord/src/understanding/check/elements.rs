//! Scopes, codes, and clauses that say what the terms hold.

use super::{Part, Report, spot, version};
use crate::understanding::code::Code;
use crate::understanding::data::Data;
use crate::understanding::marks::{Segment, segments};
use crate::understanding::model::{About, Clause, Secrecy, Topic, Understanding};
use std::collections::BTreeSet;

pub(super) fn check(report: &mut Report, understanding: &Understanding, data: &Data) {
    scopes(report, understanding);
    codes(report, understanding, data);
    stated(report, understanding);
    confidence(report, understanding);
    for clause in &understanding.clauses {
        slots(report, understanding, clause);
    }
}

/// CHECK-3
fn scopes(report: &mut Report, understanding: &Understanding) {
    for one in &understanding.undertakings {
        let place = || spot(Part::Undertaking, one.id.as_str());
        if one.scope.place.is_none() {
            let hint = "add `place = \"anywhere\"`, or the zones it is for";
            report.refuse("CHECK-3", place(), "it does not say where it holds", hint);
        }
        if one.scope.time.is_none() {
            let hint = "add `time = \"term\"`, or an instant it begins and one it ends";
            report.refuse("CHECK-3", place(), "it does not say when it holds", hint);
        }
    }
}

/// CHECK-22
fn codes(report: &mut Report, understanding: &Understanding, data: &Data) {
    let mut known = |part: Part, id: &str, act: &Code| {
        if data.acts.get(act).is_none() {
            let message = format!("\"{act}\" is not in the file of acts");
            report.refuse("CHECK-22", spot(part, id), message, "take the code of an act that is there");
        }
    };
    for one in &understanding.undertakings {
        known(Part::Undertaking, one.id.as_str(), &one.act);
    }
    for one in &understanding.permitted {
        one.act.iter().for_each(|act| known(Part::Permitted, one.id.as_str(), act));
    }
    let grounds = understanding.timing.urgent.iter().flat_map(|urgent| &urgent.grounds);
    grounds.for_each(|act| known(Part::Term, "urgent", act));
}

/// CHECK-18
fn stated(report: &mut Report, understanding: &Understanding) {
    let rule = "CHECK-18";
    let says = |about: &About| understanding.clauses.iter().any(|clause| clause.about == *about);
    for one in understanding.undertakings.iter().filter(|one| !says(&About::Undertaking(one.id.clone()))) {
        let hint = "add a clause that `states` it: people approve what they read";
        report.refuse(rule, spot(Part::Undertaking, one.id.as_str()), "no clause states it", hint);
    }
    for one in understanding.permitted.iter().filter(|one| !says(&About::Permitted(one.id.clone()))) {
        let hint = "add a clause that `states` it: people approve what they read";
        report.refuse(rule, spot(Part::Permitted, one.id.as_str()), "no clause states it", hint);
    }
    for topic in understanding.held().into_iter().filter(|topic| !says(&About::Term(*topic))) {
        let hint = format!("add a clause with `states = \"{}\"`", topic.name());
        report.warn(rule, spot(Part::Term, topic.name()), "the terms hold it and no clause states it", &hint);
    }
}

/// CHECK-20
fn confidence(report: &mut Report, understanding: &Understanding) {
    let Some(confidence) = understanding.confidence else {
        let hint = "add `[confidence]` with `existence` and `content`";
        report.warn("CHECK-20", spot(Part::Term, "confidence"), "nothing is said of confidentiality", hint);
        return;
    };
    let line = understanding.clauses.iter().any(|clause| clause.about == About::Term(Topic::IfAsked));
    if confidence.existence != Secrecy::Open && !line {
        let hint = "add a clause with `states = \"if-asked\"`";
        report.warn("CHECK-20", spot(Part::Term, "if-asked"), "no line is agreed for whoever is asked", hint);
    }
    if confidence.existence < confidence.content {
        let hint = "let the content be at least as secret as the existence";
        report.refuse(
            "CHECK-20",
            spot(Part::Term, "confidence"),
            "whoever may tell the content tells the existence",
            hint,
        );
    }
}

/// CHECK-19
fn slots(report: &mut Report, understanding: &Understanding, clause: &Clause) {
    for (lang, text) in clause.texts.iter() {
        let mut said = BTreeSet::new();
        for segment in segments(text) {
            let place = || version(Part::Clause, &clause.id, lang);
            match segment {
                Segment::Stray(mark) if said.insert(mark.to_owned()) => {
                    let hint =
                        "write {slot} or [[term]]; single braces and double brackets mean nothing else";
                    report.refuse(
                        "CHECK-19",
                        place(),
                        format!("\"{mark}\" is part of no slot or mark"),
                        hint,
                    );
                }
                Segment::Slot(name)
                    if said.insert(name.to_string()) && understanding.slot(clause, lang, &name).is_none() =>
                {
                    let hint = "state the term that fills it, or take the slot out";
                    report.refuse(
                        "CHECK-19",
                        place(),
                        format!("nothing fills {{{name}}} in this clause"),
                        hint,
                    );
                }
                _ => {}
            }
        }
    }
}
