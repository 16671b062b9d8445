use crate::world::{ALPHA, CHANNEL, id, lang};
use backchannel_accord::draft::{parse, parse_carriage, parse_read_back, parse_reply};
use backchannel_accord::event::Addressee;
use backchannel_accord::ledger::CarryPart;
use backchannel_accord::{Disclosure, Event, Form, Precedence, Retention, guard};
use backchannel_wire::UtcMs;
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

const DRAFT: &str = r#"to = "intermediary"
form = "non-paper"
precedence = "flash"
reply_by = "2026-11-25T12:00Z"
retention = "until 2026-12-01T00:00Z"

[[passage]]
disclosure = "verbatim"
text.en = "A direct strike is not contemplated."
text.fr = "Aucune frappe directe n'est envisagée."

[[passage]]
disclosure = "hold"
text.en = "The northern batteries stand down on the ninth."

[[passage]]
disclosure = "in-substance"
text.en = """
A similar restraint would be noticed."""
"#;

#[test]
fn a_draft_becomes_a_dispatch() {
    let draft = parse(DRAFT).unwrap();
    assert_eq!(draft.to.as_deref(), Some("intermediary"));
    assert_eq!(draft.form, Form::NonPaper);
    assert_eq!(draft.precedence, Precedence::Flash);
    assert_eq!(draft.reply_by, Some(UtcMs(1_795_608_000_000)));
    assert_eq!(draft.retention, Retention::Until(UtcMs(1_796_083_200_000)));
    assert_eq!(draft.warnings, []);
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let dispatch = draft.clone().into_dispatch(id(1), Addressee::Intermediary, None, true, &mut rng);
    assert_eq!(Event::Dispatch(Box::new(dispatch.clone())).bounds(), Ok(()));
    assert_eq!(guard::of_dispatch(CHANNEL, ALPHA, &dispatch).len(), 2);
    let unguarded = draft.into_dispatch(id(1), Addressee::Intermediary, None, false, &mut rng);
    assert!(unguarded.passages.iter().all(|passage| passage.salt.is_none()));
}

#[test]
fn names_and_instants_are_taken_as_people_write_them() {
    let draft = parse(
        "to = 'bravo'\nform = \"Aide-mémoire\"\ndate = 2026-11-23\nreply_by = 2026-11-25T12:00:00Z\nretention = \"read and return\"\n[[passage]]\ndisclosure = \"in substance\"\ntext.en = \"The border is quiet.\"\n",
    )
    .unwrap();
    assert_eq!(draft.form, Form::AideMemoire);
    assert_eq!(draft.retention, Retention::ReadAndReturn);
    assert_eq!(draft.date.map(|date| date.to_string()).as_deref(), Some("2026-11-23"));
    assert_eq!(draft.passages[0].0, Disclosure::InSubstance);
    assert_eq!(draft.precedence, Precedence::Routine);
}

fn fails(draft: &str, line: Option<usize>, problem: &str) {
    let error = parse(draft).unwrap_err();
    assert_eq!(error.line, line, "{error}");
    assert!(error.problem.contains(problem), "{error}");
    assert!(!error.hint.is_empty());
}

#[test]
fn errors_name_the_line_and_what_to_do() {
    // DRAFT-1
    fails(&DRAFT.replace("precedence", "urgency"), Some(3), "unknown field `urgency`");
    fails(
        &DRAFT.replace("disclosure = \"hold\"", "disclosure = \"hold\"\nsecret = true"),
        Some(14),
        "unknown field",
    );
    // DRAFT-2
    fails(&DRAFT.replace("flash", "urgent"), Some(3), "not a precedence");
    fails(&DRAFT.replace("\"hold\"", "\"hide\""), Some(13), "not a disclosure");
    fails(&DRAFT.replace("non-paper", "letter"), Some(2), "not a form");
    fails(&DRAFT.replace("text.fr", "text.French"), Some(10), "language code");
    // DRAFT-3
    fails(&DRAFT.replace("2026-11-25T12:00Z", "2026-11-25T12:00+02:00"), Some(4), "instant in UTC");
    fails(&DRAFT.replace("2026-11-25T12:00Z", "tomorrow"), Some(4), "instant in UTC");
    fails(&DRAFT.replace("until 2026-12-01T00:00Z", "forever"), Some(5), "retention");
    // DRAFT-4
    fails("form = \"non-paper\"\n[[passage]]\ndisclosure = \"hold\"\ntext.en = \"x\"\n", None, "whom");
    fails("to = \"intermediary\"\n", None, "form");
    fails("to = \"intermediary\"\nform = \"non-paper\"\n", None, "no passage");
    fails(&DRAFT.replace("\"The northern batteries stand down on the ninth.\"", "\" \""), Some(14), "empty");
    fails(&DRAFT.replace("\"hold\"", "hold"), Some(13), "");
}

#[test]
fn the_form_is_checked_when_a_draft_is_read() {
    fails(&DRAFT.replace("precedence", "date = \"2026-11-23\"\nprecedence"), None, "FORM-2");
    fails(&DRAFT.replace("A direct strike is", "We undertake that a strike is"), Some(9), "FORM-9");
}

#[test]
fn no_error_repeats_the_text_of_a_passage() {
    // DRAFT-5
    for change in [
        ("text.en = \"The", "text.en = \"\"\"The"),
        ("\"hold\"", "\"The northern batteries\""),
        ("text.en = \"The", "text = \"The"),
    ] {
        let error = parse(&DRAFT.replace(change.0, change.1)).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("batteries"), "{error}");
    }
}

#[test]
fn a_passage_that_repeats_a_held_one_is_remarked_on() {
    // DISC-5
    let draft =
        DRAFT.replace("A similar restraint", "If the northern batteries stand down on the ninth, restraint");
    let warnings = parse(&draft).unwrap().warnings;
    assert_eq!(warnings.iter().map(|one| (one.rule, one.place)).collect::<Vec<_>>(), [("DISC-5", 2)]);
}

#[test]
fn a_reply_may_leave_out_whom_it_is_for() {
    let reply = DRAFT.replace("to = \"intermediary\"\n", "");
    assert!(parse(&reply).is_err());
    assert_eq!(parse_reply(&reply).unwrap().to, None);
}

#[test]
fn a_carriage_says_part_by_part_what_is_carried() {
    let file = "to = \"bravo\"\n[[passage]]\nverbatim = 1\n[[passage]]\nfrom = [2]\ntext.en = \"They would notice.\"\n";
    let draft = parse_carriage(file).unwrap();
    assert_eq!(draft.to.as_deref(), Some("bravo"));
    assert_eq!(draft.carriage.parts[0], CarryPart::Verbatim { passage: 1 });
    assert!(matches!(&draft.carriage.parts[1], CarryPart::InSubstance { from, .. } if from == &[2]));
    // DRAFT-6
    let both = file.replace("verbatim = 1", "verbatim = 1\ntext.en = \"x\"");
    assert_eq!(parse_carriage(&both).unwrap_err().line, Some(2));
    let neither = file.replace("verbatim = 1", "");
    assert_eq!(parse_carriage(&neither).unwrap_err().line, Some(2));
}

#[test]
fn a_read_back_travels_word_for_word_unless_it_says_otherwise() {
    let draft = parse_read_back("text.en = \"No strike.\"\n").unwrap();
    assert_eq!(draft.disclosure, Disclosure::Verbatim);
    assert_eq!(draft.texts.0.keys().cloned().collect::<Vec<_>>(), [lang("en")]);
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    assert!(draft.into_read_back(id(3), id(2), true, &mut rng).salt.is_some());
    let held = parse_read_back("disclosure = \"hold\"\ntext.en = \"No strike.\"\n").unwrap();
    assert!(held.into_read_back(id(3), id(2), true, &mut rng).salt.is_none());
    assert!(parse_read_back("disclosure = \"hold\"\n").is_err());
}

proptest! {
    #[test]
    fn no_file_makes_the_reader_panic(text in any::<String>(), cut in any::<prop::sample::Index>()) {
        let _ = parse(&text);
        let _ = parse_carriage(&text);
        let _ = parse_read_back(&text);
        let cut = cut.index(DRAFT.len());
        if let Some(part) = DRAFT.get(..cut) {
            let _ = parse(&format!("{part}{text}"));
        }
    }
}
