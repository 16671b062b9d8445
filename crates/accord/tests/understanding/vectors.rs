//! The files under vectors/understanding, frozen, check and understanding-diff: read by every run, written anew with
//! `BACKCHANNEL_WRITE_VECTORS=1`.
//!
//! A file is header lines `name: value`, a blank line, and the body: hexadecimal for bytes, the TOML file itself for checks.

use crate::sample::*;
use backchannel_accord::Text;
use backchannel_accord::understanding::diff::{Fate, compare};
use backchannel_accord::understanding::{Frozen, Moment, SpanMs, Understanding, check, parse, to_toml};
use backchannel_wire::ids::{hex, unhex};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;

const FORMATS: [&str; 4] = ["understanding", "frozen", "check", "understanding-diff"];
const BODY_COLUMNS: usize = 96;

struct Case {
    format: &'static str,
    name: String,
    expect: String,
    why: &'static str,
    inputs: Vec<(&'static str, String)>,
    body: String,
}

fn directory(format: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../vectors").join(format)
}

#[test]
fn every_vector_gives_what_it_expects() {
    if std::env::var_os("BACKCHANNEL_WRITE_VECTORS").is_some_and(|value| value == "1") {
        write_all();
    }
    for format in FORMATS {
        let mut expected = BTreeSet::new();
        for entry in std::fs::read_dir(directory(format)).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let (headers, body) = text.split_once("\n\n").unwrap();
            let headers: BTreeMap<&str, &str> =
                headers.lines().map(|line| line.split_once(": ").unwrap()).collect();
            assert_eq!((headers["backchannel-vector"], headers["format"]), ("v1", format));
            let found = outcome(format, &headers, body);
            assert_eq!(found, headers["expect"], "{}: {}", path.display(), headers["why"]);
            expected.insert(found);
        }
        assert!(expected.len() > 1, "{format}");
    }
}

fn bytes(body: &str) -> Vec<u8> {
    unhex(&body.replace('\n', "")).unwrap()
}

fn outcome(format: &str, headers: &BTreeMap<&str, &str>, body: &str) -> String {
    let rule = |result: Result<(), &'static str>| result.map_or_else(str::to_owned, |()| "ok".to_owned());
    match format {
        "understanding" => {
            rule(Understanding::from_bytes(&bytes(body)).map(|_| ()).map_err(|error| error.rule()))
        }
        "frozen" => match Frozen::from_bytes(&bytes(body)) {
            Err(error) => error.rule().to_owned(),
            Ok(frozen) if frozen.digest().to_hex() != headers["digest"] => "UND-5".to_owned(),
            Ok(frozen) => {
                let before = headers.get("before").map(|before| Frozen::from_bytes(&bytes(before)).unwrap());
                let follows = before.is_none_or(|before| frozen.follows(&before));
                if follows { "ok" } else { "UND-6" }.to_owned()
            }
        },
        "check" => checked(body),
        _ => stretches(headers, body),
    }
}

/// Severity and rule of every kind of finding, or that there is none.
fn checked(body: &str) -> String {
    let text = match parse(body) {
        Ok(text) => text,
        Err(error) => return format!("refused at line {}", error.line.unwrap_or(0)),
    };
    let kinds: BTreeSet<String> = check(&text)
        .iter()
        .map(|found| format!("{} {}", format!("{:?}", found.severity).to_lowercase(), found.rule))
        .collect();
    if kinds.is_empty() { "ok".to_owned() } else { kinds.into_iter().collect::<Vec<_>>().join(", ") }
}

fn stretches(headers: &BTreeMap<&str, &str>, body: &str) -> String {
    let text = |name: &str| String::from_utf8(unhex(headers[name]).unwrap()).unwrap();
    let mut cells = headers["cells"].parse().unwrap();
    let found = compare(&text("before"), &text("after"), &mut cells);
    let sign = |fate| match fate {
        Fate::Same => '=',
        Fate::Gone => '-',
        Fate::New => '+',
    };
    let line = |one: &backchannel_accord::understanding::diff::Stretch| {
        format!("{}{}", sign(one.fate), hex(one.text.as_bytes()))
    };
    let lines: Vec<String> = found.iter().map(line).collect();
    if body.lines().eq(lines.iter().map(String::as_str)) { "ok" } else { "DIFF-2" }.to_owned()
}

fn write_all() {
    for format in FORMATS {
        let _ = std::fs::remove_dir_all(directory(format));
        std::fs::create_dir_all(directory(format)).unwrap();
    }
    let all =
        understanding_cases().into_iter().chain(frozen_cases()).chain(check_cases()).chain(diff_cases());
    for Case { format, name, expect, why, inputs, body } in all {
        let mut out = format!("backchannel-vector: v1\nformat: {format}\nexpect: {expect}\nwhy: {why}\n");
        for (name, value) in inputs {
            writeln!(out, "{name}: {value}").unwrap();
        }
        write!(out, "\n{body}").unwrap();
        std::fs::write(directory(format).join(format!("{name}.txt")), out).unwrap();
    }
}

fn columns(bytes: &[u8]) -> String {
    let hex = hex(bytes);
    hex.as_bytes().chunks(BODY_COLUMNS).map(|line| format!("{}\n", String::from_utf8_lossy(line))).collect()
}

/// A short understanding, so that the files stay small.
fn small() -> Understanding {
    let mut text = whole_of("gentle", "reciprocal", &["en"]);
    text.permitted.clear();
    text.glossary.retain(|term| term.code.as_str() == "direct-preventive-strike");
    text.clauses
        .retain(|clause| ["alpha-strike", "bravo-strike", "entry", "end"].contains(&clause.id.as_str()));
    text
}

fn understanding_cases() -> Vec<Case> {
    let case = |name: &str, expect: &str, why, bytes: Vec<u8>| Case {
        format: "understanding",
        name: name.to_owned(),
        expect: expect.to_owned(),
        why,
        inputs: Vec::new(),
        body: columns(&bytes),
    };
    let altered = |alter: fn(&mut Understanding)| {
        let mut text = small();
        alter(&mut text);
        text.to_bytes()
    };
    let good = small().to_bytes();
    let mut version = good.clone();
    version[0] = 2;
    let mut trailing = good.clone();
    trailing.push(0);
    // The form as two bytes where one does: 0x00 becomes 0x18 0x00.
    let mut wide = good.clone();
    wide.splice(2..3, [0x18, 0x00]);
    let mut form = good.clone();
    form[2] = 2;
    let out_of_bounds: [(&str, &str, fn(&mut Understanding)); 14] = [
        ("one-party", "there is one party", |text| drop(text.parties.pop())),
        ("party-order", "parties are not in the order of their numbers", |text| text.parties.reverse()),
        ("party-twice", "two parties have one code", |text| text.parties[1].code = code("alpha")),
        ("quorum-zero", "a quorum is nobody", |text| text.parties[0].quorum = 0),
        ("language-order", "languages do not ascend", |text| text.languages = vec![lang("fr"), lang("en")]),
        ("drafted-elsewhere", "it was drafted in none of its languages", |text| text.drafted_in = lang("fr")),
        ("by-order", "a list of codes does not ascend", |text| {
            text.undertakings[0].by = vec![code("bravo"), code("alpha")];
        }),
        ("towards-itself", "an undertaking is towards its own author alone", |text| {
            text.undertakings[0].towards = vec![code("alpha")];
        }),
        ("unknown-zone", "a scope names a zone the text does not have", |text| {
            let zones = vec![code("north")];
            text.undertakings[0].scope.place = Some(backchannel_accord::understanding::Place::Zones(zones));
        }),
        ("span-zero", "a span is nothing", |text| text.timing.notice = Some(SpanMs(0))),
        ("offset", "local time is fifteen hours from UTC", |text| {
            let utc = backchannel_wire::UtcMs(1_800_000_000_000);
            text.timing.from.as_mut().unwrap().moment = Moment::At { utc, offset_minutes: 900 };
        }),
        ("clause-twice", "two clauses have one id", |text| text.clauses[1].id = text.clauses[0].id.clone()),
        ("edge-of-text", "a text ends with white space", |text| say(text, "entry", "en", "From {from} ")),
        ("reviewed-original", "somebody reviewed the version of drafting", |text| {
            text.clauses[0].reviewed_by.insert(lang("en"), Text::new("A reader"));
        }),
    ];
    let mut cases = vec![
        case("small", "ok", "two parties, two undertakings, one language", good.clone()),
        case(
            "two-languages",
            "ok",
            "the library in the intermediary's voice, reviewed and confirmed",
            whole().to_bytes(),
        ),
        case(
            "unfinished",
            "ok",
            "beginning and end are not stated yet",
            altered(|text| {
                (text.timing.from, text.timing.end) = (None, None);
            }),
        ),
        case("version", "UND-2", "a version that is not known", version),
        case("trailing-byte", "UND-3", "a byte too many", trailing),
        case("cut", "UND-3", "the last byte is missing", good[..good.len() - 1].to_vec()),
        case("wide-number", "UND-3", "a number in a longer encoding than it needs", wide),
        case("unknown-form", "UND-3", "a form that is not known", form),
        case("empty", "UND-3", "no bytes", Vec::new()),
    ];
    cases.extend(out_of_bounds.map(|(name, why, alter)| case(name, "UND-4", why, altered(alter))));
    cases
}

fn frozen_cases() -> Vec<Case> {
    let first = Frozen::freeze(small(), None).unwrap();
    let mut text = small();
    text.timing.notice = Some(SpanMs::hours(96));
    let second = Frozen::freeze(text, Some(&first)).unwrap();
    let case = |name: &str, expect: &str, why, digest: &Frozen, before: Option<&Frozen>, bytes: Vec<u8>| {
        let mut inputs = vec![("digest", digest.digest().to_hex())];
        inputs.extend(before.map(|before| ("before", hex(&before.to_bytes()))));
        let (name, expect) = (name.to_owned(), expect.to_owned());
        Case { format: "frozen", name, expect, why, inputs, body: columns(&bytes) }
    };
    let altered = |frozen: &Frozen, at: usize, value: u8| {
        let mut bytes = frozen.to_bytes();
        bytes[at] = value;
        bytes
    };
    // The predecessor's digest begins after version, array head, number and the head of a string of 32 bytes.
    let elsewhere = altered(&second, 5, second.to_bytes()[5] ^ 1);
    vec![
        case("first", "ok", "version 1", &first, None, first.to_bytes()),
        case("second", "ok", "version 2 after version 1", &second, Some(&first), second.to_bytes()),
        case(
            "other-digest",
            "UND-5",
            "the digest is that of another version",
            &first,
            None,
            second.to_bytes(),
        ),
        case(
            "other-predecessor",
            "UND-5",
            "one bit of the predecessor's digest is flipped",
            &second,
            None,
            elsewhere,
        ),
        case(
            "not-after",
            "UND-6",
            "version 1 does not follow itself",
            &first,
            Some(&first),
            first.to_bytes(),
        ),
        case("number-zero", "UND-6", "versions are numbered from 1", &first, None, altered(&first, 2, 0)),
        case("orphan", "UND-6", "version 2 names no predecessor", &first, None, altered(&first, 2, 2)),
        case(
            "first-with-predecessor",
            "UND-6",
            "version 1 names a predecessor",
            &second,
            None,
            altered(&second, 2, 1),
        ),
        case(
            "version",
            "UND-2",
            "a version of the encoding that is not known",
            &first,
            None,
            altered(&first, 0, 2),
        ),
    ]
}

type Alter = fn(&mut Understanding);

fn check_cases() -> Vec<Case> {
    let mut cases = vec![check_case("whole", "ok", "nothing is found", |_| {})];
    cases.extend(broken().map(|(name, expect, why, alter)| check_case(name, expect, why, alter)));
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

fn broken() -> impl Iterator<Item = (&'static str, &'static str, &'static str, Alter)> {
    let terms: [(&str, &str, &str, Alter); 11] = [
        ("day-alone", "refuse CHECK-1", "the beginning has no hour", |text| {
            let day = backchannel_accord::time::Date::new(2026, 12, 1).unwrap();
            text.timing.from.as_mut().unwrap().moment = Moment::Day(day);
            let end = backchannel_accord::understanding::Bound {
                moment: Moment::parse("2027-03-01T05:00Z").unwrap(),
                inclusive: Some(false),
            };
            text.timing.end = Some(backchannel_accord::understanding::End::At(end));
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
    ];
    let words: [(&str, &str, &str, Alter); 13] = [
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
    ];
    terms.into_iter().chain(words)
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

fn diff_cases() -> Vec<Case> {
    let case = |name: &str, expect: &str, why, texts: [&str; 2], cells: usize, lines: &[(char, &str)]| Case {
        format: "understanding-diff",
        name: name.to_owned(),
        expect: expect.to_owned(),
        why,
        inputs: vec![
            ("before", hex(texts[0].as_bytes())),
            ("after", hex(texts[1].as_bytes())),
            ("cells", cells.to_string()),
        ],
        body: lines.iter().map(|(sign, text)| format!("{sign}{}\n", hex(text.as_bytes()))).collect(),
    };
    let ample = 1 << 25;
    let swapped = ["x y ", "y x "];
    vec![
        case("same", "ok", "one text", ["a b", "a b"], ample, &[('=', "a b")]),
        case(
            "word",
            "ok",
            "one word for another",
            ["a b c", "a x c"],
            ample,
            &[('=', "a "), ('-', "b "), ('+', "x "), ('=', "c")],
        ),
        case(
            "swapped",
            "ok",
            "of two alignments that which drops first",
            swapped,
            ample,
            &[('-', "x "), ('=', "y "), ('+', "x ")],
        ),
        case(
            "swapped-otherwise",
            "DIFF-2",
            "the other alignment",
            swapped,
            ample,
            &[('+', "y "), ('=', "x "), ('-', "y ")],
        ),
        case(
            "all-replaced",
            "DIFF-2",
            "a diff that is right and not the shortest",
            swapped,
            ample,
            &[('-', "x y "), ('+', "y x ")],
        ),
        case(
            "bound",
            "ok",
            "work beyond the bound (DIFF-3)",
            ["a b c", "a c d"],
            8,
            &[('=', "a "), ('-', "b c"), ('+', "c d")],
        ),
        case(
            "bound-ignored",
            "DIFF-2",
            "the bound is not kept (DIFF-3)",
            ["a b c ", "a c d"],
            8,
            &[('=', "a "), ('-', "b "), ('=', "c "), ('+', "d")],
        ),
    ]
}

#[test]
fn one_vector_a_rule_of_the_check_at_least() {
    let mut rules = BTreeSet::new();
    for entry in std::fs::read_dir(directory("check")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let expect = text.lines().find_map(|line| line.strip_prefix("expect: ")).unwrap().to_owned();
        rules.extend(expect.split([' ', ',']).filter(|word| word.starts_with("CHECK-")).map(str::to_owned));
    }
    let all: BTreeSet<String> = (1..=22).map(|number| format!("CHECK-{number}")).collect();
    assert_eq!(rules, all);
}
