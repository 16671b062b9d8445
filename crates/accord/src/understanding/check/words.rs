//! Terms that are taken for each other, that nobody defined, and that betray a treaty (CHECK-10 to CHECK-13).

use super::{Part, Report, spot, version};
use crate::understanding::code::Code;
use crate::understanding::data::{Data, Folded, Pair};
use crate::understanding::marks::{Segment, segments};
use crate::understanding::model::{Clause, Form, Term, Understanding, Voice};
use crate::understanding::phrases::{first, folded_words};
use crate::words::Lang;
use std::collections::BTreeSet;

/// One version of one clause or meaning, read once.
struct Read<'a> {
    part: Part,
    id: &'a Code,
    lang: &'a Lang,
    /// What a reader reads, folded.
    words: Vec<String>,
    /// What stands outside the marks of terms, folded.
    unmarked: Vec<String>,
}

pub(super) fn check(report: &mut Report, understanding: &Understanding, data: &Data) {
    let clauses = understanding.clauses.iter().flat_map(|clause| each(understanding, clause));
    let read: Vec<Read<'_>> = clauses.chain(understanding.glossary.iter().flat_map(meanings)).collect();
    for pair in &data.near {
        near_miss(report, understanding, pair, &read);
        if pair.art {
            undefined(report, understanding, pair, &read);
        }
    }
    marks(report, understanding);
    let gentle = understanding.form == Form::Gentle || understanding.voice == Voice::Intermediary;
    if gentle {
        read.iter().for_each(|one| treaty(report, data, one));
        unread(report, understanding);
    }
}

fn each<'a>(understanding: &'a Understanding, clause: &'a Clause) -> impl Iterator<Item = Read<'a>> {
    clause.texts.iter().map(|(lang, text)| {
        let unmarked: String = segments(text)
            .into_iter()
            .map(|segment| if let Segment::Plain(plain) = segment { plain } else { " | " })
            .collect();
        let whole = understanding.rendered(clause, lang).unwrap_or_default();
        let (words, unmarked) = (folded_words(&whole), folded_words(&unmarked));
        Read { part: Part::Clause, id: &clause.id, lang, words, unmarked }
    })
}

/// A meaning explains terms of art in their own words, so that none of them counts as unmarked.
fn meanings(term: &Term) -> impl Iterator<Item = Read<'_>> {
    let read = |(lang, text)| {
        let (words, unmarked) = (folded_words(text), Vec::new());
        Read { part: Part::Glossary, id: &term.code, lang, words, unmarked }
    };
    term.meanings.iter().map(read)
}

/// Whether the glossary settles a term of a pair in a language.
fn settled(understanding: &Understanding, list: &Folded, lang: &Lang) -> bool {
    let terms = understanding.glossary.iter().filter_map(|term| term.terms.0.get(lang));
    terms.into_iter().any(|term| first(&folded_words(term.as_str()), list.get(lang), lang).is_some())
}

/// CHECK-10
fn near_miss(report: &mut Report, understanding: &Understanding, pair: &Pair, read: &[Read<'_>]) {
    for lang in &understanding.languages {
        let uses = |list: &Folded| {
            read.iter()
                .filter(|one| one.part == Part::Clause && one.lang == lang)
                .find(|one| first(&one.words, list.get(lang), lang).is_some())
        };
        let Some((a, b)) = uses(&pair.a).zip(uses(&pair.b)) else { continue };
        if settled(understanding, &pair.a, lang) && settled(understanding, &pair.b, lang) {
            continue;
        }
        let other = if a.id == b.id { "itself".to_owned() } else { format!("clause {}", b.id) };
        let message =
            format!("it and {other} use terms that are taken for each other (pair \"{}\")", pair.code);
        let hint = "use one of them throughout, or settle both in the glossary";
        report.warn("CHECK-10", version(a.part, a.id, lang), message, hint);
    }
}

/// CHECK-12
fn undefined(report: &mut Report, understanding: &Understanding, pair: &Pair, read: &[Read<'_>]) {
    for one in read {
        for list in [&pair.a, &pair.b] {
            let found = first(&one.unmarked, list.get(one.lang), one.lang);
            let Some(phrase) = found.filter(|_| !settled(understanding, list, one.lang)) else { continue };
            let message = format!("the term of art \"{phrase}\" is not in the glossary");
            let hint = "enter it, have each side confirm it, and mark it [[code|words]]";
            report.warn("CHECK-12", version(one.part, one.id, one.lang), message, hint);
        }
    }
}

/// CHECK-11
fn marks(report: &mut Report, understanding: &Understanding) {
    for clause in &understanding.clauses {
        for (lang, text) in clause.texts.iter() {
            let mut said = BTreeSet::new();
            for segment in segments(text) {
                let Segment::Term(code, _) = segment else { continue };
                if understanding.glossary.iter().all(|term| term.code != code) && said.insert(code.clone()) {
                    let message = format!("the marked term \"{code}\" is not in the glossary");
                    let hint = "enter it, or take the mark off";
                    report.refuse("CHECK-11", version(Part::Clause, &clause.id, lang), message, hint);
                }
            }
        }
    }
}

/// CHECK-13
fn treaty(report: &mut Report, data: &Data, one: &Read<'_>) {
    for word in &data.treaty {
        let Some(phrase) = first(&one.words, word.avoid.get(one.lang), one.lang) else { continue };
        let place = version(one.part, one.id, one.lang);
        let message = format!("\"{phrase}\" betrays a treaty ({})", word.code);
        let hint = word
            .say
            .get(one.lang.code())
            .map_or_else(|| "say it in words of no treaty".to_owned(), |say| format!("say: {say}"));
        if word.sound {
            report.refuse("CHECK-13", place, message, &hint);
        } else {
            report.warn("CHECK-13", place, message, &hint);
        }
    }
}

/// Nobody should take silence about a language no list knows for a clean result.
fn unread(report: &mut Report, understanding: &Understanding) {
    for lang in understanding.languages.iter().filter(|lang| !super::languages::known(lang)) {
        let message = format!("no list of words knows the language {}", lang.code());
        let hint = "have a reader of it look for words of treaties and bare self-defence";
        report.warn("CHECK-13", spot(Part::Whole, "languages"), message, hint);
    }
}
