//! Builders: a whole understanding of two parties, with every part open to be altered.

use backchannel_accord::understanding::library::Pick;
use backchannel_accord::understanding::{
    Code, Digest, Finding, Understanding, Zone, ZoneEntry, check, compose, parse,
};
use backchannel_accord::{Lang, Texts};
use std::collections::BTreeMap;

pub const FRAME: &str = r#"
form = "FORM"
voice = "VOICE"
languages = [LANGUAGES]

[[party]]
code = "alpha"
quorum = 2
name = { NAME_A }

[[party]]
code = "bravo"
quorum = 2
name = { NAME_B }

[[undertaking]]
id = "alpha-strike"
by = ["alpha"]
towards = ["bravo"]
act = "direct-preventive-strike"
place = "anywhere"
time = "term"

[[undertaking]]
id = "bravo-strike"
by = ["bravo"]
towards = ["alpha"]
act = "direct-preventive-strike"
place = "anywhere"
time = "term"

[[permitted]]
id = "rhetoric"
act = "rhetoric"

[[permitted]]
id = "non-parties"
act = "acts-of-non-parties"

[[permitted]]
id = "defence"
act = "defence-against-begun-attack"

[[permitted]]
id = "rescue"
act = "rescue"

[term]
from = "2026-12-01T08:00+03:00"
from_inclusive = true
lasts = "90d"
until_inclusive = false
renewal = { by = "90d", before = "72h" }
notice = "72h"
urgent = { grounds = ["armed-attack"], notice = "6h" }
brake = "48h"
reply = "12h"
complaint = "24h"

[confidence]
existence = "if-asked"
content = "secret"

[[clause]]
id = "first"
text = { FIRST }
"#;

const NAMES: [(&str, &str, &str); 6] = [
    ("en", "Alpha", "Bravo"),
    ("fr", "Alpha", "Bravo"),
    ("ru", "Альфа", "Браво"),
    ("ar", "ألفا", "برافو"),
    ("fa", "آلفا", "براوو"),
    ("he", "אלפא", "בראבו"),
];

pub fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

pub fn lang(code: &str) -> Lang {
    Lang::new(code).unwrap()
}

fn inline(langs: &[&str], value: impl Fn(&(&str, &str, &str)) -> String) -> String {
    let named = NAMES.iter().filter(|(lang, ..)| langs.contains(lang));
    named.map(|names| format!("{} = \"{}\"", names.0, value(names))).collect::<Vec<_>>().join(", ")
}

/// The frame of an understanding, without clauses.
pub fn frame(form: &str, voice: &str, langs: &[&str]) -> Understanding {
    let languages: Vec<String> = langs.iter().map(|lang| format!("\"{lang}\"")).collect();
    let text = FRAME
        .replace("FORM", form)
        .replace("VOICE", voice)
        .replace("LANGUAGES", &languages.join(", "))
        .replace("NAME_A", &inline(langs, |names| names.1.to_owned()))
        .replace("NAME_B", &inline(langs, |names| names.2.to_owned()))
        .replace("FIRST", &inline(langs, |_| "-".to_owned()));
    let mut frame = parse(&text).unwrap();
    frame.clauses.clear();
    // As the library was.
    frame.drafted_in = lang("en");
    frame
}

pub fn pick(from: &str, id: &str, element: Option<&str>) -> Pick {
    Pick { id: code(id), element: element.map(code), ..Pick::plain(code(from)) }
}

/// Picks of every clause of the library that two parties need.
pub fn picks(langs: &[&str]) -> Vec<Pick> {
    let line =
        langs.iter().map(|code| (lang(code), backchannel_accord::Text::new("We do not comment."))).collect();
    let asked =
        Pick { values: BTreeMap::from([(code("line"), Texts(line))]), ..Pick::plain(code("if-asked")) };
    let mut picks = vec![
        pick("opening", "opening", None),
        pick("no-direct-strike", "alpha-strike", Some("alpha-strike")),
        pick("no-direct-strike", "bravo-strike", Some("bravo-strike")),
        pick("rhetoric", "rhetoric", Some("rhetoric")),
        pick("non-parties", "non-parties", Some("non-parties")),
        pick("begun-attack", "defence", Some("defence")),
        pick("rescue", "rescue", Some("rescue")),
    ];
    let plain = [
        "narrow-reading",
        "entry",
        "end",
        "renewal",
        "notice",
        "urgent",
        "complaint",
        "reply",
        "brake",
        "confidence",
        "languages",
        "glossary",
    ];
    picks.extend(plain.map(|id| pick(id, id, None)));
    picks.push(asked);
    picks
}

/// A whole understanding from the library: confirmed, reviewed, with nothing to find.
pub fn whole_of(form: &str, voice: &str, langs: &[&str]) -> Understanding {
    let mut whole = compose(frame(form, voice, langs), &picks(langs)).unwrap();
    confirm(&mut whole);
    review(&mut whole);
    whole
}

/// The gentlemen's form in the intermediary's voice, in English and French.
pub fn whole() -> Understanding {
    whole_of("gentle", "intermediary", &["en", "fr"])
}

pub fn confirm(understanding: &mut Understanding) {
    let all: Vec<Code> = understanding.parties.iter().map(|party| party.code.clone()).collect();
    understanding.glossary.iter_mut().for_each(|term| term.confirmed_by = all.clone());
}

pub fn review(understanding: &mut Understanding) {
    let drafted_in = understanding.drafted_in.clone();
    for clause in &mut understanding.clauses {
        let translations = clause.texts.0.keys().filter(|lang| **lang != drafted_in);
        clause.reviewed_by =
            translations.map(|lang| (lang.clone(), backchannel_accord::Text::new("A reader"))).collect();
    }
}

/// Replaces the text of a clause in a language.
pub fn say(understanding: &mut Understanding, id: &str, language: &str, text: &str) {
    let clause = understanding.clauses.iter_mut().find(|clause| clause.id.as_str() == id).unwrap();
    clause.texts.0.insert(lang(language), backchannel_accord::Text::new(text));
}

/// It takes the place of another, in one zone later than elsewhere.
pub fn several_instants(text: &mut Understanding) {
    let (names, from) = (text.parties[0].names.clone(), text.timing.from.unwrap());
    let (within, overlaps, apart) = (Vec::new(), Vec::new(), Vec::new());
    text.zones.push(Zone { code: code("north"), names, within, overlaps, apart });
    text.timing.zones.push(ZoneEntry { zone: code("north"), from });
    text.supersedes = Some(Digest([7; 32]));
}

/// The findings as short lines: rule, severity, place.
pub fn lines(findings: &[Finding]) -> Vec<String> {
    let line = |finding: &Finding| format!("{} {:?} {}", finding.rule, finding.severity, finding.place);
    findings.iter().map(line).collect()
}

/// What the check finds in an altered whole understanding.
pub fn found(alter: impl FnOnce(&mut Understanding)) -> Vec<String> {
    let mut understanding = whole();
    alter(&mut understanding);
    understanding.bounds().unwrap();
    lines(&check(&understanding))
}

/// The library has nothing the sample does not use, save the clause for mutual undertakings.
pub fn library_ids() -> Vec<String> {
    let data = backchannel_accord::understanding::data().unwrap();
    data.library.clauses.iter().map(|clause| clause.id.to_string()).collect()
}
