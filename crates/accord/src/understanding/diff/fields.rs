//! A text as the list of its fields.

use super::Field;
use crate::understanding::check::{Part, Spot};
use crate::understanding::code::Code;
use crate::understanding::file::{moment, spanned};
use crate::understanding::model::{Place, Scope, Understanding};
use crate::understanding::timing::{Bound, End, Period, SpanMs, Timing};
use crate::words::{Lang, Text, Texts};
use std::collections::BTreeMap;

/// Every field of a text with its written value. A field that is absent has no entry.
pub fn fields(understanding: &Understanding) -> BTreeMap<Field, Text> {
    let mut list = List(BTreeMap::new());
    whole(&mut list, understanding);
    parties(&mut list, understanding);
    elements(&mut list, understanding);
    timing(&mut list, &understanding.timing);
    texts(&mut list, understanding);
    list.0
}

/// Whether a field holds wording, which is compared word by word.
pub(super) fn is_wording(field: &Field) -> bool {
    matches!(field.name, "text" | "meaning")
}

struct List(BTreeMap<Field, Text>);

impl List {
    fn put(&mut self, part: Part, id: &str, name: &'static str, value: impl Into<String>) {
        let place = Spot { part, id: id.to_owned(), lang: None };
        self.0.insert(Field { place, name }, Text::new(value));
    }

    fn version(&mut self, part: Part, id: &str, lang: &Lang, name: &'static str, value: &str) {
        let place = Spot { part, id: id.to_owned(), lang: Some(lang.clone()) };
        self.0.insert(Field { place, name }, Text::new(value));
    }

    fn versions(&mut self, part: Part, id: &Code, name: &'static str, texts: &Texts) {
        for (lang, text) in texts.iter() {
            self.version(part, id.as_str(), lang, name, text);
        }
    }

    fn codes(&mut self, part: Part, id: &Code, name: &'static str, codes: &[Code]) {
        if !codes.is_empty() {
            self.put(part, id.as_str(), name, listed(codes.iter()));
        }
    }

    fn bound(&mut self, part: Part, id: &str, names: [&'static str; 2], bound: &Bound) {
        let [at, included] = names;
        self.put(part, id, at, moment(bound.moment));
        bound.inclusive.iter().for_each(|inclusive| self.put(part, id, included, inclusive.to_string()));
    }

    fn span(&mut self, id: &str, name: &'static str, span: Option<SpanMs>) {
        span.iter().for_each(|span| self.put(Part::Term, id, name, spanned(*span)));
    }

    fn scope(&mut self, part: Part, id: &Code, scope: &Scope) {
        match &scope.place {
            Some(Place::Anywhere) => self.put(part, id.as_str(), "place", "(anywhere)"),
            Some(Place::Zones(zones)) => self.put(part, id.as_str(), "place", listed(zones.iter())),
            None => {}
        }
        match &scope.time {
            Some(Period::Term) => self.put(part, id.as_str(), "time", "term"),
            Some(Period::Between { from, until }) => {
                self.bound(part, id.as_str(), ["from", "from_inclusive"], from);
                self.bound(part, id.as_str(), ["until", "until_inclusive"], until);
            }
            None => {}
        }
    }
}

fn listed<'a>(codes: impl Iterator<Item = &'a Code>) -> String {
    codes.map(Code::as_str).collect::<Vec<_>>().join(", ")
}

fn whole(list: &mut List, understanding: &Understanding) {
    let mut put = |id: &str, value: String| list.put(Part::Whole, id, "value", value);
    put("form", understanding.form.name().to_owned());
    put("voice", understanding.voice.name().to_owned());
    put("drafted_in", understanding.drafted_in.code().to_owned());
    let languages: Vec<&str> = understanding.languages.iter().map(Lang::code).collect();
    put("languages", languages.join(", "));
    understanding.supersedes.iter().for_each(|digest| put("supersedes", digest.to_hex()));
    // The order of parts that keep the order of their authors.
    put("order of undertakings", listed(understanding.undertakings.iter().map(|one| &one.id)));
    put("order of permitted", listed(understanding.permitted.iter().map(|one| &one.id)));
    put("order of clauses", listed(understanding.clauses.iter().map(|clause| &clause.id)));
    if let Some(confidence) = understanding.confidence {
        list.put(Part::Term, "confidence", "existence", confidence.existence.name());
        list.put(Part::Term, "confidence", "content", confidence.content.name());
    }
}

fn parties(list: &mut List, understanding: &Understanding) {
    for party in &understanding.parties {
        list.put(Part::Party, party.code.as_str(), "number", party.number.0.to_string());
        list.put(Part::Party, party.code.as_str(), "quorum", party.quorum.to_string());
        list.versions(Part::Party, &party.code, "name", &party.names);
    }
    for zone in &understanding.zones {
        list.versions(Part::Zone, &zone.code, "name", &zone.names);
        list.codes(Part::Zone, &zone.code, "within", &zone.within);
        list.codes(Part::Zone, &zone.code, "overlaps", &zone.overlaps);
        list.codes(Part::Zone, &zone.code, "apart", &zone.apart);
    }
}

fn elements(list: &mut List, understanding: &Understanding) {
    for one in &understanding.undertakings {
        list.codes(Part::Undertaking, &one.id, "by", &one.by);
        list.codes(Part::Undertaking, &one.id, "towards", &one.towards);
        list.put(Part::Undertaking, one.id.as_str(), "act", one.act.as_str());
        list.scope(Part::Undertaking, &one.id, &one.scope);
    }
    for one in &understanding.permitted {
        list.codes(Part::Permitted, &one.id, "to", &one.to);
        one.act.iter().for_each(|act| list.put(Part::Permitted, one.id.as_str(), "act", act.as_str()));
        list.scope(Part::Permitted, &one.id, &one.scope);
    }
}

fn timing(list: &mut List, timing: &Timing) {
    let part = Part::Term;
    timing.from.iter().for_each(|from| list.bound(part, "entry", ["from", "from_inclusive"], from));
    for entry in &timing.zones {
        list.bound(part, &format!("entry of zone {}", entry.zone), ["from", "inclusive"], &entry.from);
    }
    match &timing.end {
        Some(End::At(until)) => list.bound(part, "end", ["until", "until_inclusive"], until),
        Some(End::After { span, inclusive }) => {
            list.span("end", "lasts", Some(*span));
            inclusive
                .iter()
                .for_each(|inclusive| list.put(part, "end", "until_inclusive", inclusive.to_string()));
        }
        None => {}
    }
    list.span("renewal", "by", timing.renewal.map(|renewal| renewal.span));
    list.span("renewal", "before", timing.renewal.map(|renewal| renewal.before));
    list.span("notice", "value", timing.notice);
    if let Some(urgent) = &timing.urgent {
        list.put(part, "urgent", "grounds", listed(urgent.grounds.iter()));
        list.span("urgent", "notice", urgent.notice);
    }
    list.span("brake", "value", timing.brake);
    list.span("reply", "value", timing.reply);
    list.span("complaint", "value", timing.complaint);
    list.span("set-times", "value", timing.set_times);
    list.span("ladder", "second-query", timing.ladder.map(|ladder| ladder.second));
    list.span("ladder", "meeting", timing.ladder.map(|ladder| ladder.meeting));
    list.span("ladder", "complaint", timing.ladder.map(|ladder| ladder.complaint));
    timing.told.iter().for_each(|told| list.put(part, "told", "value", told.to_string()));
}

fn texts(list: &mut List, understanding: &Understanding) {
    for term in &understanding.glossary {
        list.versions(Part::Glossary, &term.code, "term", &term.terms);
        list.versions(Part::Glossary, &term.code, "meaning", &term.meanings);
        list.codes(Part::Glossary, &term.code, "confirmed_by", &term.confirmed_by);
    }
    for clause in &understanding.clauses {
        list.put(Part::Clause, clause.id.as_str(), "states", clause.about.written());
        list.versions(Part::Clause, &clause.id, "text", &clause.texts);
        for (lang, by) in &clause.reviewed_by {
            list.version(Part::Clause, clause.id.as_str(), lang, "reviewed_by", by.as_str());
        }
    }
}
