//! Messages from draft to screen, and what must not get there.

use super::*;
use crate::time::parse_rfc3339;
use crate::words::{DispatchId, Lang};
use backchannel_wire::UtcMs;
use proptest::prelude::*;

const DRAFT: &str = r#"
template = "incident-at-sea"

[fields]
place = "36°30'N 12°15'E"
time = "2026-11-25T03:10Z"
ships = ["Alpha's patrol boat", "Bravo's \"trawler\""]
damage = "yes"
what = "A collision in fog.\nNobody was hurt."
"#;

fn set() -> &'static Set {
    house().unwrap_or_else(|error| panic!("{error}"))
}

fn en() -> Lang {
    Lang::new("en").unwrap()
}

fn at(text: &str) -> UtcMs {
    parse_rfc3339(text).unwrap()
}

fn written() -> Message {
    draft::read(DRAFT, set()).unwrap()
}

/// A message carried with one line altered.
fn altered(from: &str, to: &str) -> Result<Message, Mismatch> {
    let text = written().carried(set()).write().replace(from, to);
    Message::verify(&Carried::read(&text).unwrap(), set())
}

// MSG-5, MSG-6, MSG-8, MSG-11, DRAFT-7
#[test]
fn a_message_is_written_carried_verified_and_shown() {
    let message = written();
    let text = message.carried(set()).write();
    assert_eq!(
        text.lines().skip(3).collect::<Vec<_>>(),
        [
            "place 36.50000N 12.25000E",
            "time 2026-11-25T03:10:00.000Z",
            "ships \"Alpha's patrol boat\"",
            "ships \"Bravo's \\\"trawler\\\"\"",
            "damage yes",
            "what \"A collision in fog.\\nNobody was hurt.\"",
        ]
    );
    let carried = Carried::read(&text).unwrap();
    assert_eq!(Message::verify(&carried, set()), Ok(message.clone()));
    let shown = render(&message, set(), &Lang::new("fr").unwrap()).unwrap();
    assert_eq!((shown.title.as_str(), shown.reviewed, shown.number), ("Incident en mer", false, None));
    let values: Vec<(&str, &str, bool)> =
        shown.lines.iter().map(|line| (line.label.as_str(), line.value.as_str(), line.free)).collect();
    assert_eq!(values[0], ("Lieu", "36.50000N 12.25000E", false));
    assert_eq!(values[4], ("Collision ou dommages", "oui", false));
    assert_eq!(values[5], ("Ce qui s'est passé", "A collision in fog.\nNobody was hurt.", true));
    assert!(render(&message, set(), &en()).unwrap().reviewed);
}

// MSG-7
#[test]
fn what_is_not_held_here_is_shown_as_such_and_never_guessed() {
    for (from, to) in [
        ("incident-at-sea 1", "incident-at-sea 2"),
        ("incident-at-sea", "incident-in-the-air"),
        ("\nset ", "\nset 00"),
    ] {
        let text = written().carried(set()).write().replace(from, to);
        match Carried::read(&text) {
            Ok(carried) => assert_eq!(Message::verify(&carried, set()), Err(Mismatch::Unknown), "{to}"),
            Err(error) => assert_eq!(error, MessageError::Set),
        }
    }
    let mut other = set().clone();
    other.add(FileKind::Template, "own.toml", &own()).unwrap();
    assert_ne!(other.digest(), set().digest());
    assert_eq!(Message::verify(&written().carried(set()), &other), Err(Mismatch::Unknown));
}

// MSG-8, MSG-9, MSG-10
#[test]
fn what_does_not_keep_to_its_template_is_refused() {
    let is = |found: Result<Message, Mismatch>, wanted: Mismatch| assert_eq!(found, Err(wanted));
    let key = |key: &str| key.to_owned();
    is(altered("place 36.50000N 12.25000E\n", ""), Mismatch::Missing(key("place")));
    is(altered("damage yes", "extra yes"), Mismatch::Extra(key("extra")));
    is(altered("damage yes", "damage yes\ndamage no"), Mismatch::Order(key("damage")));
    is(altered("\ndamage yes", "").and_then(|_| altered("x", "x")), Mismatch::Missing(key("damage")));
    is(altered("place 36.50000N 12.25000E\ntime", "time"), Mismatch::Missing(key("place")));
    assert!(
        matches!(altered("damage yes", "damage maybe"), Err(Mismatch::Value(field, _)) if field == "damage")
    );
    assert!(matches!(altered("36.50000N", "36.5N"), Err(Mismatch::Value(field, _)) if field == "place"));
    let swapped = "time 2026-11-25T03:10:00.000Z\nplace 36.50000N 12.25000E";
    let found = altered("place 36.50000N 12.25000E\ntime 2026-11-25T03:10:00.000Z", swapped);
    is(found, Mismatch::Order(key("place")));
    let choice = r#"template = "self-report"
[fields]
time = "2026-11-25T03:10Z"
facts = "It was us."
mind = "careless""#;
    assert_eq!(draft::read(choice, set()), Err(draft::DraftError::Mismatch(Mismatch::Bounds(key("mind")))));
    let id = DispatchId([7; 16]);
    let check = r#"template = "line-check"
update = "07070707070707070707070707070707"
[fields]
number = "7"
text = "The quick brown fox.""#;
    assert_eq!(draft::read(check, set()), Err(draft::DraftError::Mismatch(Mismatch::Revises)));
    let cancel = format!("template = \"incident-at-sea\"\ncancel = \"{}\"", id.to_hex());
    let cancelled = draft::read(&cancel, set()).unwrap();
    assert_eq!(cancelled.revises, Some(Revises::Cancel(id)));
    assert_eq!(render(&cancelled, set(), &en()).unwrap().revises, Some((true, id)));
}

// MSG-1, MSG-2, MSG-3, MSG-4, MSG-5, MSG-6
#[test]
fn what_is_no_message_is_refused() {
    let text = written().carried(set()).write();
    let read = |text: &str| Carried::read(text).map(|_| ()).unwrap_err();
    assert_eq!(read(&format!("{text}{}", "x".repeat(16 * 1024))), MessageError::TooLong);
    assert_eq!(read(&text.replace("message 1", "message 2")), MessageError::First);
    assert_eq!(read(""), MessageError::First);
    for under in ["template", "template x", "template x 1 2", "codebook x 1", "notice x 1", "template X 1"] {
        assert_eq!(read(&text.replace("template incident-at-sea 1", under)), MessageError::Under, "{under}");
    }
    assert_eq!(read(&text.replace("set ", "sets ")), MessageError::Set);
    assert_eq!(read(&format!("{text}\nlonely")), MessageError::Field);
    assert_eq!(read(&format!("{text}\nempty ")), MessageError::Field);
    assert_eq!(read(&text.replace("incident-at-sea 1", "incident-at-sea 01")), MessageError::Form);
    assert_eq!(read(&format!("{text}{}", "\na 1".repeat(513))), MessageError::Fields);
}

// CODEBOOK-1, CODEBOOK-2, CODEBOOK-3
#[test]
fn the_wire_carries_a_number_and_slots_and_each_reads_its_own_language() {
    let text = "codebook = \"standard\"\nnumber = 201\n[fields]\nplace = \"36.5N 12.25E\"\ntime = \"2026-11-25T03:10Z\"";
    let message = draft::read(text, set()).unwrap();
    let wire = message.carried(set()).write();
    assert!(!wire.contains("act") && wire.contains("codebook standard 1 201"));
    let shown = |code: &str| render(&message, set(), &Lang::new(code).unwrap()).unwrap();
    assert_eq!(shown("en").number, Some(201));
    assert_eq!(
        shown("en").title,
        "Was what happened at 36.50000N 12.25000E at 2026-11-25T03:10:00.000Z your act?"
    );
    assert!(shown("ru").title.starts_with("То, что произошло в точке 36.50000N 12.25000E"));
    assert!(!shown("he").reviewed);
    // A language that is not held falls back to English, and says so.
    assert_eq!(shown("de").lang, en());
    let unknown = text.replace("201", "299");
    assert_eq!(draft::read(&unknown, set()), Err(draft::DraftError::Unknown));
}

// TIMELY-1, TIMELY-2, TIMELY-3
#[test]
fn what_comes_late_is_marked_and_counts_all_the_same() {
    let test = r#"template = "missile-flight-test"
[fields]
class = "short-range"
launch-window = "2026-12-10T06:00Z included to 2026-12-16T06:00Z excluded"
launch-site = "36.1N 10E"
impact-area = "circle 38N 12E 5km"
track = "37N 10E; 38N 12E""#;
    let message = draft::read(test, set()).unwrap();
    let day = 86_400_000;
    let when = |text: &str| timeliness(&message, set(), at(text), None);
    assert_eq!(when("2026-12-07T06:00:00Z"), Timeliness::InTime);
    assert_eq!(when("2026-12-08T06:00:00Z"), Timeliness::Late(day));
    let line = [Place::parse("36N 8E").unwrap(), Place::parse("36N 14E").unwrap()];
    let found = beyond(&message, set(), Some(&line));
    assert_eq!(found[0], Beyond::Window("launch-window".to_owned(), day));
    assert!(
        matches!(&found[1], Beyond::Near(field, 7_000..8_000, 40_000) if field == "launch-site"),
        "{found:?}"
    );
    assert_eq!(found.len(), 2);
    assert_eq!(beyond(&message, set(), None).len(), 4, "without a line nothing is compared");

    let early = DRAFT_HAZARD;
    let warning = draft::read(early, set()).unwrap();
    assert_eq!(timeliness(&warning, set(), at("2026-12-01T00:00:00Z"), None), Timeliness::Early(4 * day));
    let query = r#"template = "border-query"
[fields]
asked = "Whose post is it?"
place = "36N 10E"
time = "2026-12-01T00:00Z"
urgent = "URGENT""#;
    let within =
        |urgent: &str| reply_within(&draft::read(&query.replace("URGENT", urgent), set()).unwrap(), set());
    assert_eq!((within("yes"), within("no")), (Some(2 * day), Some(7 * day)));
    assert_eq!(reply_within(&message, set()), None);
    let answer = r#"template = "clarification"
[fields]
answers = "07070707070707070707070707070707"
kind = "denied"
facts = "It was not ours.""#;
    let answer = draft::read(answer, set()).unwrap();
    let due = Some(at("2026-12-01T00:00:00Z"));
    assert_eq!(timeliness(&answer, set(), at("2026-12-01T00:00:01Z"), due), Timeliness::Late(1_000));
    assert_eq!(timeliness(&answer, set(), at("2026-12-01T00:00:01Z"), None), Timeliness::NoRule);
}

const DRAFT_HAZARD: &str = r#"template = "danger-to-navigation"
[fields]
area = "circle 36N 10E 22nmi"
period = "2026-12-10T00:00Z included to 2026-12-11T00:00Z excluded"
hazard = "Firing practice.""#;

/// A channel's own template, with one thing to alter.
fn own() -> String {
    r#"
code = "own"
version = 1
source = "a channel's own"
kind = "notification"
precedence = "routine"
[title]
en = "Own"
[time]
rule = "before"
field = "when"
least = "1d"
[[field]]
key = "when"
type = "instant"
[field.label]
en = "When"
[[field]]
key = "how"
type = "choice"
[field.label]
en = "How"
[[field.choice]]
code = "a"
[field.choice.text]
en = "A"
[[field.choice]]
code = "b"
[field.choice.text]
en = "B"
"#
    .to_owned()
}

// TEMPLATE-1, TEMPLATE-2, TEMPLATE-3
#[test]
fn a_channels_own_file_goes_through_the_same_checks() {
    let add = |text: &str| set().clone().add(FileKind::Template, "own.toml", text);
    assert_eq!(add(&own()), Ok(()));
    for (from, to, why) in [
        ("code = \"own\"", "code = \"Own\"", "its code"),
        ("kind = \"notification\"", "kind = \"rumour\"", "unknown variant"),
        ("precedence = \"routine\"", "precedence = \"soon\"", "a precedence is"),
        ("rule = \"before\"", "rule = \"whenever\"", "a time rule is"),
        ("field = \"when\"", "field = \"how\"", "another type"),
        ("field = \"when\"", "field = \"where\"", "not there"),
        ("least = \"1d\"", "least = \"a day\"", "a span is"),
        ("key = \"how\"", "key = \"when\"", "there twice"),
        ("code = \"b\"", "code = \"a\"", "there twice"),
        ("[field.label]\nen = \"How\"", "[field.label]\nfr = \"Comment\"", "languages of the title"),
        ("type = \"choice\"", "type = \"line\"", "and nothing else"),
        ("type = \"instant\"", "type = \"count\"\nunit = \"fathoms\"", "another type"),
        ("source", "sauce", "unknown field"),
    ] {
        let error = add(&own().replacen(from, to, 1)).expect_err(why);
        assert!(error.problem.contains(why), "{why}: {error}");
    }
    let line = add(&own().replace("version = 1", "version = \"one\"")).unwrap_err().line;
    assert_eq!(line, Some(3));
    let unit = own().replace("[time]\nrule = \"before\"\nfield = \"when\"\nleast = \"1d\"\n", "");
    let unit = unit.replace("type = \"instant\"", "type = \"count\"\nunit = \"fathoms\"");
    assert!(add(&unit).unwrap_err().problem.contains("fathoms"));
    // The same file with other line ends is the same file.
    let (mut one, mut other) = (set().clone(), set().clone());
    one.add(FileKind::Template, "own.toml", &own()).unwrap();
    other.add(FileKind::Template, "own.toml", &own().replace('\n', "\r\n")).unwrap();
    assert_eq!(one.digest(), other.digest());
}

// CODEBOOK-1
#[test]
fn a_codebook_whose_slots_differ_between_languages_is_refused() {
    let book = |en: &str, fr: &str| {
        format!(
            "code = \"own\"\nversion = 1\n[title]\nen = \"Own\"\nfr = \"Propre\"\n[[group]]\ncode = \"g\"\n[group.title]\n\
             en = \"G\"\nfr = \"G\"\n[[entry]]\nnumber = 101\ngroup = \"g\"\n[entry.text]\nen = \"{en}\"\nfr = \"{fr}\"\n\
             [[entry.slot]]\nkey = \"x\"\ntype = \"line\"\n"
        )
    };
    let add = |text: &str| set().clone().add(FileKind::Codebook, "own.toml", text);
    assert_eq!(add(&book("A {x}.", "B {x}.")), Ok(()));
    for (en, fr) in [
        ("A {x}.", "B."),
        ("A {x}.", "B {y}."),
        ("A {x.", "B {x}."),
        ("A x}.", "B {x}."),
        ("A {}{x}", "B {x}"),
    ] {
        assert!(add(&book(en, fr)).unwrap_err().problem.contains("slots"), "{en} {fr}");
    }
    assert!(add(&book("A {x}.", "B {x}.").replace("101", "11")).is_err());
    assert!(add(&book("A {x}.", "B {x}.").replace("group = \"g\"", "group = \"h\"")).is_err());
    assert!(add(&book("A {x}.", "B {x}.").replace("[entry.text]", "answers = [102]\n[entry.text]")).is_err());
}

// DRAFT-7
#[test]
fn a_blank_file_is_filled_in_and_errors_never_repeat_what_was_written() {
    for template in set().templates() {
        let under = Under::Template(template.code.clone(), template.version);
        let blank = draft::blank(&under, set()).unwrap();
        let error = draft::read(&blank, set());
        // Where nothing has to be there, the blank is a message already.
        if template.fields.iter().all(|field| !field.required) {
            assert!(error.is_ok(), "{}: {error:?}\n{blank}", template.code);
            continue;
        }
        assert!(matches!(error, Err(draft::DraftError::Field(..))), "{}: {error:?}\n{blank}", template.code);
    }
    let secret = "the northern batteries";
    for text in [
        format!("template = \"{secret}\""),
        format!("[{secret}"),
        format!("{}\nextra = {secret}", DRAFT),
        DRAFT.replace("yes", secret),
        DRAFT.replace("36°30'N 12°15'E", secret),
        format!("update = \"{secret}\"\n{DRAFT}"),
    ] {
        let error = draft::read(&text, set()).unwrap_err().to_string();
        assert!(!error.contains(secret), "{error}");
    }
    assert_eq!(draft::read("", set()), Err(draft::DraftError::Under));
}

proptest! {
    // MSG-6
    #[test]
    fn any_text_is_read_or_refused_without_panic(text in "\\PC{0,200}", tail in "[a-z \\n\"0-9]{0,80}") {
        for text in [text.clone(), format!("{}\n{tail}", written().carried(set()).write()), format!("backchannel message 1\n{text}")] {
            if let Ok(carried) = Carried::read(&text) {
                prop_assert_eq!(carried.write(), text);
                let _ = Message::verify(&carried, set());
            }
        }
        let _ = draft::read(&text, set());
    }

    // TIMELY-1
    #[test]
    fn late_is_after_the_last_instant_and_nothing_else(sent in 0u64..4_000_000_000_000) {
        let warning = draft::read(DRAFT_HAZARD, set()).unwrap();
        let begins = at("2026-12-10T00:00:00Z").0;
        let day = 86_400_000;
        let found = timeliness(&warning, set(), UtcMs(sent), None);
        let wanted = if sent > begins - 3 * day {
            Timeliness::Late(sent - (begins - 3 * day))
        } else if sent < begins - 5 * day {
            Timeliness::Early(begins - 5 * day - sent)
        } else {
            Timeliness::InTime
        };
        prop_assert_eq!(found, wanted);
    }
}
