//! Vectors of the encoding and of frozen versions.

use super::{Alter, Case, columns};
use crate::sample::*;
use backchannel_accord::Text;
use backchannel_accord::understanding::{Frozen, Moment, Place, SpanMs, Understanding};
use backchannel_wire::UtcMs;
use backchannel_wire::ids::hex;

/// A short understanding, so that the files stay small.
fn small() -> Understanding {
    let mut text = whole_of("gentle", "reciprocal", &["en"]);
    text.permitted.clear();
    text.glossary.retain(|term| term.code.as_str() == "direct-preventive-strike");
    text.clauses
        .retain(|clause| ["alpha-strike", "bravo-strike", "entry", "end"].contains(&clause.id.as_str()));
    text
}

pub(super) fn understanding_cases() -> Vec<Case> {
    let case = |name: &str, expect: &str, why, bytes: Vec<u8>| Case {
        format: "understanding",
        name: name.to_owned(),
        expect: expect.to_owned(),
        why,
        inputs: Vec::new(),
        body: columns(&bytes),
    };
    let altered = |alter: Alter| {
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
    cases.extend(out_of_bounds().map(|(name, why, alter)| case(name, "UND-4", why, altered(alter))));
    cases
}

fn out_of_bounds() -> [(&'static str, &'static str, Alter); 15] {
    [
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
            text.undertakings[0].scope.place = Some(Place::Zones(zones));
        }),
        ("told-not", "people need not be told, which is said by leaving it out", |text| {
            text.timing.told = Some(false);
        }),
        ("span-zero", "a span is nothing", |text| text.timing.notice = Some(SpanMs(0))),
        ("offset", "local time is fifteen hours from UTC", |text| {
            let utc = UtcMs(1_800_000_000_000);
            text.timing.from.as_mut().unwrap().moment = Moment::At { utc, offset_minutes: 900 };
        }),
        ("clause-twice", "two clauses have one id", |text| text.clauses[1].id = text.clauses[0].id.clone()),
        ("edge-of-text", "a text ends with white space", |text| say(text, "entry", "en", "From {from} ")),
        ("reviewed-original", "somebody reviewed the version of drafting", |text| {
            text.clauses[0].reviewed_by.insert(lang("en"), Text::new("A reader"));
        }),
    ]
}

pub(super) fn frozen_cases() -> Vec<Case> {
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
