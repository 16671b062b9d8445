//! The files under vectors/: read by every run, written anew with `BACKCHANNEL_WRITE_VECTORS=1`.
//!
//! A file is header lines `name: value`, a blank line, and the body in hexadecimal. Texts in headers are hexadecimal UTF-8.

use crate::world::*;
use backchannel_accord::disclosure::{Held, Part, check};
use backchannel_accord::event::Addressee;
use backchannel_accord::guard::{Source, digest};
use backchannel_accord::{Disclosure, DispatchId, Event, Salt, Texts};
use backchannel_wire::ids::{hex, unhex};
use backchannel_wire::{ChannelId, PartyNo};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;

const FORMATS: [&str; 3] = ["guard", "disclosure", "event"];
const BODY_COLUMNS: usize = 96;

struct Case {
    format: &'static str,
    name: &'static str,
    expect: &'static str,
    why: &'static str,
    inputs: Vec<(&'static str, String)>,
    body: Vec<u8>,
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
            let found = outcome(format, &headers, &unhex(&body.replace('\n', "")).unwrap());
            assert_eq!(found, headers["expect"], "{}: {}", path.display(), headers["why"]);
            expected.insert(found);
        }
        assert!(expected.contains("ok") && expected.len() > 1, "{format}");
    }
}

fn outcome(format: &str, headers: &BTreeMap<&str, &str>, body: &[u8]) -> String {
    let bytes = |name: &str| unhex(headers[name]).unwrap();
    let text = |name: &str| String::from_utf8(bytes(name)).unwrap();
    let fits = match format {
        "guard" => {
            let source = Source {
                channel: ChannelId(bytes("channel").try_into().unwrap()),
                party: PartyNo(headers["party"].parse().unwrap()),
                dispatch: DispatchId(bytes("dispatch").try_into().unwrap()),
            };
            let salt = Salt::new(bytes("salt").try_into().unwrap());
            let number = headers["passage"].parse().unwrap();
            let found = digest(&source, number, &lang(headers["language"]), &text("text"), &salt);
            return if found == body { "ok" } else { "altered" }.to_owned();
        }
        "disclosure" => {
            let held = Texts::one(lang(headers["held-language"]), text("held"));
            let whole_if_shorter = headers["conveyed"] == "yes";
            let held = [Held { dispatch: id(1), place: 0, texts: &held, whole_if_shorter }];
            let rendering = String::from_utf8(body.to_vec()).unwrap();
            check(&held, &[Part { place: 0, lang: &lang("en"), text: &rendering }]).is_empty()
        }
        _ => {
            return Event::from_bytes(body).map_or_else(|error| error.rule().to_owned(), |_| "ok".to_owned());
        }
    };
    if fits { "ok" } else { "DISC-1" }.to_owned()
}

fn write_all() {
    for format in FORMATS {
        let _ = std::fs::remove_dir_all(directory(format));
        std::fs::create_dir_all(directory(format)).unwrap();
    }
    for case in guard_cases().into_iter().chain(disclosure_cases()).chain(event_cases()) {
        let Case { format, name, expect, why, inputs, body } = case;
        let mut out = format!("backchannel-vector: v1\nformat: {format}\nexpect: {expect}\nwhy: {why}\n");
        for (name, value) in inputs {
            writeln!(out, "{name}: {value}").unwrap();
        }
        out.push('\n');
        for line in hex(&body).as_bytes().chunks(BODY_COLUMNS) {
            writeln!(out, "{}", String::from_utf8_lossy(line)).unwrap();
        }
        std::fs::write(directory(format).join(format!("{name}.txt")), out).unwrap();
    }
}

fn guard_cases() -> Vec<Case> {
    let text = "A direct preventive strike is not contemplated.";
    let source = Source { channel: CHANNEL, party: ALPHA, dispatch: id(1) };
    let body = digest(&source, 1, &lang("en"), text, &Salt::new([5; 32])).to_vec();
    let case = |name, expect, why, input: Option<(&'static str, String)>| {
        let mut inputs = vec![
            ("salt", hex(&[5; 32])),
            ("channel", hex(&CHANNEL.0)),
            ("party", "1".to_owned()),
            ("dispatch", id(1).to_hex()),
            ("passage", "1".to_owned()),
            ("language", "en".to_owned()),
            ("text", hex(text.as_bytes())),
        ];
        for (known, value) in &mut inputs {
            if let Some((name, other)) = input.as_ref().filter(|(name, _)| name == known) {
                (*known, *value) = (*name, other.clone());
            }
        }
        Case { format: "guard", name, expect, why, inputs, body: body.clone() }
    };
    let altered = hex(text.replace("not", "now").as_bytes());
    vec![
        case("good", "ok", "the digest of one language version of one passage (GUARD-1)", None),
        case("text", "altered", "one letter of the text is another", Some(("text", altered))),
        case("salt", "altered", "the salt is another", Some(("salt", hex(&[6; 32])))),
        case("channel", "altered", "the channel is another", Some(("channel", hex(&[8; 16])))),
        case("party", "altered", "the party is another", Some(("party", "2".to_owned()))),
        case("dispatch", "altered", "the dispatch is another", Some(("dispatch", id(2).to_hex()))),
        case("passage", "altered", "the number of the passage is another", Some(("passage", "2".to_owned()))),
        case("language", "altered", "the language is another", Some(("language", "fr".to_owned()))),
    ]
}

fn disclosure_case(name: &'static str, held: (&str, &str), conveyed: &str, body: &str) -> Case {
    let inputs = vec![
        ("held", hex(held.1.as_bytes())),
        ("held-language", held.0.to_owned()),
        ("conveyed", conveyed.to_owned()),
    ];
    Case { format: "disclosure", name, expect: "ok", why: "", inputs, body: body.as_bytes().to_vec() }
}

fn disclosure_cases() -> Vec<Case> {
    let english = ("en", "Our northern batteries will stand down on the ninth of March.");
    let arabic = ("ar", "سَتَنْسَحِبُ بَطَّارِيَاتُنَا الشَّمَالِيَّةُ في التاسع من آذار");
    let short = ("en", "On the ninth.");
    let mixed = "NORTHERN\u{200b} bat\u{ad}teries: «will» stand-down ón the";
    let bare = "قيل: ستنسحب بطارياتنا الشمالـــية فى التاسع من";
    let other_words = "Their guns in the north go quiet in March.";
    let case = disclosure_case;
    let ok = |case: Case, why| Case { why, ..case };
    let refused = |case: Case, why| Case { expect: "DISC-1", why, ..case };
    let five = case("five-words", english, "yes", "the northern batteries will stand down");
    let six = case("six-words", english, "yes", "our northern batteries will stand down");
    let inside = case("inside-a-word", ("en", "No."), "yes", "They know nothing.");
    vec![
        ok(five, "five words in a row pass (DISC-1)"),
        refused(six, "six words in a row"),
        ok(case("paraphrase", english, "yes", other_words), "the same in other words passes"),
        refused(
            case("disguise", english, "yes", mixed),
            "case and invisible characters do not help (DISC-2)",
        ),
        refused(case("harakat", arabic, "yes", bare), "vowel marks and stretching do not help (DISC-2)"),
        refused(case("short-conveyed", short, "yes", "it is on the NINTH!"), "the whole of a short passage"),
        ok(case("short-other", short, "no", "on the ninth"), "a short passage of another dispatch (DISC-3)"),
        ok(inside, "a word within a word is no word"),
    ]
}

fn event_cases() -> Vec<Case> {
    let case =
        |name, expect, why, body| Case { format: "event", name, expect, why, inputs: Vec::new(), body };
    let good = said(dispatch(1, Addressee::Intermediary)).to_bytes();
    let read = Event::Read(id(2)).to_bytes();
    let mut version = read.clone();
    version[0] = 2;
    let mut padded = read.clone();
    padded.push(0);
    // The kind as two bytes where one does: 0x03 becomes 0x18 0x03.
    let mut wide = read.clone();
    wide.splice(2..3, [0x18, 0x03]);
    let mut salted = dispatch(1, Addressee::Intermediary);
    salted.passages[1].salt = Some(Salt::new([5; 32]));
    let mut blank = dispatch(1, Addressee::Intermediary);
    blank.passages[0].texts = en(" ");
    vec![
        case("dispatch", "ok", "a non-paper with a passage of each disclosure", good),
        case("read", "ok", "a person read an item", read),
        case(
            "read-back",
            "ok",
            "a read-back",
            understood(read_back(3, id(2), Disclosure::Verbatim)).to_bytes(),
        ),
        case("version", "EVENT-2", "a version that is not known", version),
        case("trailing-byte", "EVENT-3", "a byte too many", padded),
        case("wide-number", "EVENT-3", "a number in a longer encoding than it needs", wide),
        case("held-salt", "EVENT-5", "a held passage has a salt", said(salted).to_bytes()),
        case("blank-text", "EVENT-5", "a text is blank", said(blank).to_bytes()),
        case("empty", "EVENT-3", "no bytes", Vec::new()),
    ]
}
