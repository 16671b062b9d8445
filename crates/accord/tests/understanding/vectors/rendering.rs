//! Vectors of what slots are filled with.

use super::{Case, columns};
use crate::sample::*;
use backchannel_accord::Texts;
use backchannel_accord::understanding::Understanding;
use backchannel_wire::ids::hex;

const SIX: [&str; 6] = ["ar", "en", "fa", "fr", "he", "ru"];

/// A short understanding in one language: enough for a reader of it.
fn in_one(language: &str) -> Understanding {
    let mut text = whole_of("gentle", "reciprocal", &SIX);
    text.permitted.clear();
    text.glossary.clear();
    text.clauses.retain(|clause| ["entry", "end", "renewal", "notice"].contains(&clause.id.as_str()));
    (text.drafted_in, text.languages) = (lang(language), vec![lang(language)]);
    let only = |texts: &mut Texts| texts.0.retain(|lang, _| lang.code() == language);
    text.parties.iter_mut().for_each(|party| only(&mut party.names));
    text.clauses.iter_mut().for_each(|clause| {
        only(&mut clause.texts);
        clause.reviewed_by.clear();
    });
    text
}

fn case(language: &str, clause: &str, expect: &str, why: &'static str, alter: (&str, &str)) -> Case {
    let text = in_one(language);
    let reads = text.rendered(text.clause(&code(clause)).unwrap(), &lang(language)).unwrap();
    assert!(reads.contains(alter.0), "{reads}");
    let reads = reads.replace(alter.0, alter.1);
    let name =
        if expect == "ok" { format!("{clause}-{language}") } else { format!("altered-{clause}-{language}") };
    let inputs = vec![
        ("clause", clause.to_owned()),
        ("language", language.to_owned()),
        ("reads", hex(reads.as_bytes())),
    ];
    Case {
        format: "rendering",
        name,
        expect: expect.to_owned(),
        why,
        inputs,
        body: columns(&text.to_bytes()),
    }
}

pub(super) fn rendering_cases() -> Vec<Case> {
    let of = |language: &str| {
        [
            case(language, "entry", "ok", "slots filled in this language", ("", "")),
            case(language, "notice", "ok", "slots filled in this language", ("", "")),
            case(language, "end", "UND-12", "the offset is left out", ("+03:00", "")),
            case(language, "notice", "UND-12", "72 hours are not counted in days", ("72 ", "3 ")),
            case(language, "renewal", "UND-12", "90 days are not 2160 of anything", ("90 ", "2160 ")),
        ]
    };
    SIX.into_iter().flat_map(of).collect()
}
