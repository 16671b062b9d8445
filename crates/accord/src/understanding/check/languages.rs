//! Whether every language version is there, and built like the one it translates (CHECK-8, CHECK-9, CHECK-14).

use super::{Part, Report, version};
use crate::understanding::code::Code;
use crate::understanding::marks::{Segment, segments};
use crate::understanding::model::Understanding;
use crate::words::{Lang, Texts};
use unicode_normalization::UnicodeNormalization;

pub(super) fn check(report: &mut Report, understanding: &Understanding) {
    for (part, code, texts) in texts(understanding) {
        for lang in understanding.languages.iter().filter(|lang| !texts.0.contains_key(*lang)) {
            let hint = format!("add the text in {}", lang.code());
            report.refuse("CHECK-8", version(part, code, lang), "this language version is missing", &hint);
        }
    }
    for clause in &understanding.clauses {
        structure(report, &understanding.drafted_in, Part::Clause, &clause.id, &clause.texts);
    }
    for term in &understanding.glossary {
        structure(report, &understanding.drafted_in, Part::Glossary, &term.code, &term.meanings);
    }
    for (id, lang) in understanding.unreviewed() {
        let hint = format!("have it reviewed, then name who did in `reviewed_by.{}`", lang.code());
        report.warn("CHECK-14", version(Part::Clause, &id, &lang), "nobody reviewed this translation", &hint);
    }
}

/// Every text that needs each language.
fn texts(understanding: &Understanding) -> impl Iterator<Item = (Part, &Code, &Texts)> {
    let parties = understanding.parties.iter().map(|party| (Part::Party, &party.code, &party.names));
    let zones = understanding.zones.iter().map(|zone| (Part::Zone, &zone.code, &zone.names));
    let terms = understanding.glossary.iter().map(|term| (Part::Glossary, &term.code, &term.terms));
    let meant = understanding.glossary.iter().filter(|term| !term.meanings.is_empty());
    let meanings = meant.map(|term| (Part::Glossary, &term.code, &term.meanings));
    let clauses = understanding.clauses.iter().map(|clause| (Part::Clause, &clause.id, &clause.texts));
    parties.chain(zones).chain(terms).chain(meanings).chain(clauses)
}

/// What a translation has in common with its original.
#[derive(PartialEq, Eq)]
struct Shape {
    paragraphs: usize,
    slots: Vec<Code>,
    terms: Vec<Code>,
    numbers: Vec<String>,
}

fn shape(text: &str) -> Shape {
    let mut shape =
        Shape { paragraphs: paragraphs(text), slots: Vec::new(), terms: Vec::new(), numbers: Vec::new() };
    for segment in segments(text) {
        match segment {
            Segment::Plain(plain) => numbers(plain, &mut shape.numbers),
            Segment::Slot(name) => shape.slots.push(name),
            Segment::Term(code, words) => {
                shape.terms.push(code);
                words.iter().for_each(|words| numbers(words, &mut shape.numbers));
            }
            Segment::Stray(_) => {}
        }
    }
    // Word order differs from language to language.
    shape.slots.sort();
    shape.terms.sort();
    shape.numbers.sort();
    shape
}

/// Runs of lines between blank ones.
fn paragraphs(text: &str) -> usize {
    let blank = |line: &&str| line.trim().is_empty();
    let lines: Vec<&str> = text.lines().collect();
    lines.split(|line| blank(line)).filter(|run| !run.is_empty()).count()
}

/// Runs of digits of any script.
fn numbers(text: &str, out: &mut Vec<String>) {
    let plain: String = text.nfkd().map(|c| western(c).unwrap_or(c)).collect();
    let runs = plain.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    out.extend(runs.map(|run| run.trim_start_matches('0').to_owned()));
}

fn western(c: char) -> Option<char> {
    let value = match c {
        '\u{0660}'..='\u{0669}' => u32::from(c) - 0x0660,
        '\u{06F0}'..='\u{06F9}' => u32::from(c) - 0x06F0,
        _ => return None,
    };
    char::from_digit(value, 10)
}

fn structure(report: &mut Report, drafted_in: &Lang, part: Part, id: &Code, texts: &Texts) {
    let Some(original) = texts.0.get(drafted_in) else { return };
    let original = shape(original.as_str());
    for (lang, text) in texts.iter().filter(|(lang, _)| *lang != drafted_in) {
        if let Some(what) = difference(&original, &shape(text)) {
            let message = format!("{what} differ from those of the version it translates");
            let hint = "bring both versions to the same paragraphs, slots, marks and numbers in digits";
            report.refuse("CHECK-9", version(part, id, lang), message, hint);
        }
    }
}

fn difference(a: &Shape, b: &Shape) -> Option<&'static str> {
    [
        (a.paragraphs != b.paragraphs, "its paragraphs"),
        (a.slots != b.slots, "its slots"),
        (a.terms != b.terms, "its marked terms"),
        (a.numbers != b.numbers, "its numbers"),
    ]
    .into_iter()
    .find_map(|(differs, what)| differs.then_some(what))
}

/// The languages the lists of words know.
pub(super) fn known(lang: &Lang) -> bool {
    matches!(lang.code(), "en" | "fr" | "ru" | "ar" | "fa" | "he")
}
