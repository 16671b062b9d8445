//! Vectors of the check, and of files that are not read.

use super::{Alter, Case};
use crate::sample::*;
use backchannel_accord::time::Date;
use backchannel_accord::understanding::{Bound, End, Moment, SpanMs, to_toml};

/// Name, findings, why, and what is altered.
type Broken = (&'static str, &'static str, &'static str, Alter);

pub(super) fn check_cases() -> Vec<Case> {
    let mut cases = vec![check_case("whole", "ok", "nothing is found", |_| {})];
    cases.extend(
        broken_terms()
            .into_iter()
            .chain(broken_words())
            .map(|(name, expect, why, alter)| check_case(name, expect, why, alter)),
    );
    cases.extend(file_cases());
    cases
}

fn check_case(name: &str, expect: &str, why: &'static str, alter: Alter) -> Case {
    let mut text = whole();
    alter(&mut text);
    let body = to_toml(&text);
    let (name, expect) = (name.to_owned(), expect.to_owned());
    Case { format: "check", name, expect, why, inputs: Vec::new(), body }
}

/// Terms that are missing, or do not go together.
fn broken_terms() -> [Broken; 12] {
    [
        ("day-alone", "refuse CHECK-1", "the beginning has no hour", |text| {
            let day = Date::new(2026, 12, 1).unwrap();
            text.timing.from.as_mut().unwrap().moment = Moment::Day(day);
            let end = Bound { moment: Moment::parse("2027-03-01T05:00Z").unwrap(), inclusive: Some(false) };
            text.timing.end = Some(End::At(end));
        }),
        (
            "inclusive-unsaid",
            "refuse CHECK-19, refuse CHECK-2",
            "the beginning does not say whether it is included",
            |text| {
                text.timing.from.as_mut().unwrap().inclusive = None;
            },
        ),
        ("no-place", "refuse CHECK-19, refuse CHECK-3", "an undertaking does not say where", |text| {
            text.undertakings[0].scope.place = None;
        }),
        ("swallowed", "refuse CHECK-4", "armed attacks are permitted everywhere", |text| {
            text.permitted[3].act = Some(code("armed-attack"));
        }),
        ("words-alone", "warn CHECK-5", "a permitted act has no code", |text| text.permitted[3].act = None),
        ("no-beginning", "refuse CHECK-19, refuse CHECK-20", "no beginning is stated", |text| {
            text.timing.from = None
        }),
        ("no-confidence", "warn CHECK-20", "nothing is said of confidentiality", |text| {
            text.confidence = None
        }),
        ("renewal-too-early", "refuse CHECK-21", "the renewal is due before the beginning", |text| {
            text.timing.renewal.as_mut().unwrap().before = SpanMs::hours(2160);
        }),
        ("several-instants", "refuse CHECK-23", "it takes another's place zone by zone", |text| {
            several_instants(text)
        }),
        ("unknown-act", "refuse CHECK-22, warn CHECK-16", "an act is not in the file of acts", |text| {
            text.undertakings[0].act = code("unheard-of");
        }),
        ("stands-alone", "refuse CHECK-15", "Bravo gives no assurance", |text| {
            text.undertakings.pop();
            text.clauses.retain(|clause| clause.id.as_str() != "bravo-strike");
        }),
        ("unlike", "warn CHECK-16", "the assurances are of different acts", |text| {
            text.undertakings[1].act = code("incursion");
        }),
    ]
}

/// Words, and clauses that do not say what the terms hold.
fn broken_words() -> [Broken; 13] {
    [
        ("self-defence", "refuse CHECK-7", "a permitted act speaks of self-defence", |text| {
            say(text, "rescue", "en", "A party may act in self-defence.");
            say(text, "rescue", "fr", "Une partie peut agir en légitime défense.");
        }),
        ("missing-version", "refuse CHECK-8", "a clause is missing in French", |text| {
            text.clauses[0].reviewed_by.clear();
            text.clauses[0].texts.0.remove(&lang("fr"));
        }),
        ("numbers", "refuse CHECK-9", "the translation says 42 where the English says 24", |text| {
            say(text, "rescue", "en", "Rescue is told within 24 hours.");
            say(text, "rescue", "fr", "Le sauvetage est signalé dans les 42 heures.");
        }),
        ("paragraphs", "refuse CHECK-9", "the translation has a paragraph more", |text| {
            say(text, "rescue", "en", "Rescue goes on. It is told.");
            say(text, "rescue", "fr", "Le sauvetage continue.\n\nIl est signalé.");
        }),
        ("near-miss", "warn CHECK-10, warn CHECK-12", "ceasefire beside cessation of hostilities", |text| {
            say(text, "opening", "en", "The ceasefire is not the cessation of hostilities.");
        }),
        ("no-entry", "refuse CHECK-11", "a marked term is not in the glossary", |text| {
            for language in ["en", "fr"] {
                say(text, "opening", language, "[[line-of-control|x]]");
            }
        }),
        ("term-of-art", "warn CHECK-12", "a truce nobody defined", |text| {
            say(text, "opening", "en", "The truce lasts.")
        }),
        ("treaty-word", "refuse CHECK-13", "the gentlemen's form says agreed", |text| {
            say(text, "opening", "en", "The parties agreed on it.");
        }),
        ("treaty-word-french", "refuse CHECK-13", "the gentlemen's form says en vigueur", |text| {
            say(text, "opening", "fr", "Elle entre en vigueur.");
        }),
        ("unreviewed", "warn CHECK-14", "nobody reviewed a translation", |text| {
            text.clauses[0].reviewed_by.clear()
        }),
        ("unconfirmed", "refuse CHECK-17", "Bravo did not confirm a term", |text| {
            text.glossary[0].confirmed_by = vec![code("alpha")];
        }),
        ("unstated", "refuse CHECK-18", "no clause states an undertaking", |text| {
            text.clauses.retain(|clause| clause.id.as_str() != "alpha-strike");
        }),
        ("open-slot", "refuse CHECK-19", "nothing fills a slot", |text| {
            say(text, "opening", "en", "Until {never}.");
            say(text, "opening", "fr", "Jusqu'à {never}.");
        }),
    ]
}

/// Files that are not read, or say what no altered text says.
fn file_cases() -> Vec<Case> {
    let good = to_toml(&whole());
    let case = |name: &str, expect: &str, why, from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        let (name, body) = (name.to_owned(), good.replacen(from, to, 1));
        let line = good.lines().position(|line| line.contains(from)).map_or(0, |at| at + 1);
        let expect = if expect == "refused" { format!("refused at line {line}") } else { expect.to_owned() };
        Case { format: "check", name, expect, why, inputs: Vec::new(), body }
    };
    let zone = |apart: &str| {
        let zone = |id: &str, more: &str| {
            format!("[[zone]]\ncode = \"{id}\"\nname = {{ en = \"x\", fr = \"x\" }}\n{more}\n")
        };
        format!("{}{}\n[[undertaking]]\n", zone("north", ""), zone("south", apart))
    };
    let mut unsaid = case(
        "zones-unsaid",
        "warn CHECK-6",
        "it is not said how two zones lie",
        "[[undertaking]]\n",
        &zone(""),
    );
    let mut apart =
        case("zones-apart", "ok", "the zones are apart", "[[undertaking]]\n", &zone("apart = [\"north\"]"));
    for case in [&mut unsaid, &mut apart] {
        case.body = case
            .body
            .replace("place = \"anywhere\"", "place = [\"north\"]")
            .replace("act = \"rescue\"", "act = \"armed-attack\"\nplace = [\"south\"]");
    }
    vec![
        unsaid,
        apart,
        case("unknown-field", "refused", "a field that is not known (UND-7)", "quorum = 2", "quorums = 2"),
        case("unknown-form", "refused", "a form that is not known (UND-8)", "\"gentle\"", "\"treaty\""),
        case("no-offset", "refused", "an instant without its offset (UND-9)", "08:00:00.000+03:00", "08:00"),
        case("no-unit", "refused", "a span without its unit (UND-9)", "notice = \"72h\"", "notice = \"72\""),
    ]
}
