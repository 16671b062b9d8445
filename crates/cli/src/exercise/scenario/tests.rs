//! The rules of scenario files, each broken once.

use super::{ActKind, Condition, Fault, Look, Role, read};
use serde_json::json;

const SMALL: &str = r#"title = "Small"
about = "A test."
channel = "small"
beat_ms = 250

[[station]]
name = "alpha-head"
party = "Delegation of Alpha"
role = "head"
label = "head of Alpha"

[[station]]
name = "house"
role = "intermediary"
label = "The House"

[[station]]
name = "bravo-head"
party = "Delegation of Bravo"
role = "head"
label = "head of Bravo"

[[station]]
name = "bravo-envoy"
party = "Delegation of Bravo"
role = "envoy"
label = "envoy of Bravo"
later = true

[[step]]
tell = "Alpha sends."
[[step.do]]
who = "alpha-head"
command = "send"
save = "paper"
draft = '''
to = "Delegation of Bravo"
form = "non-paper"
[[passage]]
disclosure = "verbatim"
text.en = "We will not strike first."
'''
[[step.expect]]
check = "paper-arrives"
who = "house"
look = "inbox"
list = "items"
where = { id = "$paper", form = { contains = "paper" } }
"#;

fn fault(from: &str, to: &str) -> Fault {
    let text = SMALL.replacen(from, to, 1);
    assert_ne!(text, SMALL, "the replacement changed nothing");
    read(&text).map(|_| ()).expect_err("the file is faulty")
}

#[test]
fn a_scenario_is_read_with_the_intermediary_first() {
    let scenario = read(SMALL).unwrap();
    assert_eq!(scenario.stations[0].role, Role::Intermediary);
    assert_eq!(scenario.stations.len(), 4);
    let step = &scenario.steps[0];
    assert!(matches!(&step.acts[0].kind, ActKind::Send { who: 1, .. }));
    assert!(matches!(step.expects[0].look, Look::Inbox));
}

#[test]
fn faults_are_told_with_their_line_and_rule() {
    let cases = [
        ("beat_ms = 250", "beat_ms = 5", 4, "EXER-1"),
        ("role = \"intermediary\"", "role = \"umpire\"", 14, "EXER-2"),
        ("name = \"bravo-head\"", "name = \"house\"", 18, "EXER-2"),
        (
            "party = \"Delegation of Bravo\"\nrole = \"head\"",
            "party = \"Delegation of Alpha\"\nrole = \"head\"",
            6,
            "EXER-2",
        ),
        ("who = \"alpha-head\"", "who = \"nobody\"", 33, "EXER-3"),
        ("id = \"$paper\"", "id = 1.5", 48, "compares with"),
        ("check = \"paper-arrives\"", "check = \"Paper arrives\"", 44, "EXER-5"),
        ("look = \"inbox\"", "look = \"sky\"", 46, "EXER-6"),
        ("look = \"inbox\"", "look = \"order\"", 43, "EXER-6"),
        ("command = \"send\"", "command = \"shout\"", 34, "EXER-7"),
        ("save = \"paper\"", "reason = \"none\"", 32, "EXER-7"),
        ("save = \"paper\"", "save = \"paper\"\nexit = 3", 32, "EXER-7"),
        ("[[passage]]", "[[passage]", 39, "EXER-8"),
        ("save = \"paper\"", "save = \"paper\"\ncolour = \"red\"", 36, "nknown field"),
    ];
    for (from, to, line, part) in cases {
        let fault = fault(from, to);
        let told = format!("{} {}", fault.message, fault.hint);
        assert!(told.contains(part), "{to}: {told}");
        assert_eq!(fault.line, line, "{to}: {told}");
    }
}

#[test]
fn an_id_must_have_been_saved_before() {
    // EXER-4
    let fault = fault("look = \"inbox\"", "look = \"show\"\nid = \"$later\"");
    assert!(fault.message.contains("EXER-4"), "{fault}");
    assert_eq!(fault.line, 47);
}

#[test]
fn a_label_too_short_to_look_for_is_refused() {
    // EXER-2
    assert!(fault("label = \"The House\"", "label = \"House\"").message.contains("too short"));
}

#[test]
fn only_a_later_station_of_the_same_party_is_added() {
    // EXER-7
    let add = "[[step.do]]\nwho = \"bravo-head\"\ncommand = \"add\"\nstation = \"bravo-envoy\"\n";
    let with = SMALL.replacen("[[step.expect]]", &format!("{add}[[step.expect]]"), 1);
    assert!(read(&with).is_ok());
    assert!(read(&with.replacen("later = true\n", "", 1)).is_err());
    assert!(read(&with.replacen(add, &add.replacen("bravo-head", "alpha-head", 1), 1)).is_err());
}

#[test]
fn filler_makes_a_long_text_without_two_like_sentences() {
    // EXER-8
    let text = SMALL.replacen("We will not strike first.", "@FILLER@", 1).replacen(
        "save = \"paper\"",
        "save = \"paper\"\nfiller_bytes = 24000",
        1,
    );
    let scenario = read(&text).unwrap();
    let (_, draft, _) = scenario.steps[0].acts[0].kind.dispatch().unwrap();
    assert!(draft.len() > 23_900 && !draft.contains("@FILLER@"));
}

#[test]
fn a_text_that_is_no_understanding_is_refused_with_its_line() {
    // EXER-17
    let text = crate::exercise::QUIET_PACT;
    let faulty = text.replacen("form = \"gentle\"", "form = \"hearty\"", 1);
    let fault = read(&faulty).unwrap_err();
    assert!(fault.message.contains("EXER-17"), "{fault}");
    let begins = text.lines().position(|line| line == "form = \"gentle\"").unwrap();
    assert!(fault.line.abs_diff(begins) <= 2, "{fault}");
}

#[test]
fn a_draft_that_is_no_message_is_refused_with_its_line() {
    // EXER-21
    let text = crate::exercise::FALSE_ALARM;
    let begins = text.lines().position(|line| line == "number = 201").unwrap();
    for (from, to) in
        [("number = 201", "number = 299"), ("@NOW-1s@", "yesterday"), ("36°30'N 12°15'E", "the depot")]
    {
        let fault = read(&text.replacen(from, to, 1)).unwrap_err();
        assert!(fault.message.contains("EXER-21"), "{fault}");
        assert!(fault.line.abs_diff(begins) <= 3, "{fault}");
    }
}

fn holds(path: &str, value: &str) -> bool {
    let answer = json!({
        "form": "non-paper", "n": 3, "none": null,
        "passages": [{"disclosure": "verbatim"}, {"disclosure": "hold"}],
    });
    let value = format!("x = {value}").parse::<toml::Table>().unwrap().remove("x").unwrap();
    Condition::read(1, path, &value).unwrap().holds(&answer, &|text| text.replace("$form", "non-paper"))
}

#[test]
fn conditions_ask_some_value_or_every_value() {
    assert!(holds("form", "\"$form\""));
    assert!(holds("passages.*.disclosure", "\"hold\""));
    assert!(holds("passages.1.disclosure", "\"hold\""));
    assert!(!holds("passages.0.disclosure", "\"hold\""));
    assert!(holds("passages.*.disclosure", "{ lacks = \"substance\" }"));
    assert!(!holds("passages.*.disclosure", "{ lacks = \"hold\" }"));
    assert!(!holds("passages.*.disclosure", "{ not = \"hold\" }"));
    assert!(
        holds("none", "{ set = false }")
            && holds("missing", "{ set = false }")
            && holds("n", "{ set = true }")
    );
    assert!(holds("n", "{ at_least = 3 }") && !holds("n", "{ at_most = 2 }"));
    assert!(holds("", "{ contains = \"verbatim\" }"));
}

#[test]
fn the_scenarios_that_are_shipped_are_well_formed() {
    for (name, text) in crate::exercise::SHIPPED {
        let later = usize::from(name == "quiet-pact");
        let scenario = read(text).unwrap_or_else(|fault| panic!("{fault} {}", fault.hint));
        assert_eq!(scenario.beat_ms, 250);
        assert_eq!(scenario.stations.iter().filter(|station| station.later).count(), later);
    }
}
