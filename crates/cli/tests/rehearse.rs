//! `rehearse`, through the real binary: the scenario that ships, its page, an interrupt and going on from there.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_backchannel");

fn rehearse(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(PROGRAM).current_dir(dir).arg("rehearse").args(arguments).output().expect("it runs")
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one object")
}

#[test]
fn the_scenario_that_ships_gives_its_table_its_oracles_and_its_page() {
    let dir = tempfile::tempdir().expect("a folder");
    let told = json(&rehearse(
        dir.path(),
        &["--scenario", "will-it-hold", "--runs", "600", "--report", "page.html", "--json"],
    ));
    let variants = told["variants"].as_array().expect("variants");
    assert_eq!(variants.len(), 9);
    for one in variants {
        let survival = one["survival_1y"].as_f64().expect("a number");
        let interval: Vec<f64> =
            one["interval"].as_array().expect("two ends").iter().filter_map(Value::as_f64).collect();
        assert!(interval.len() == 2 && interval[0] <= survival && survival <= interval[1], "{one}");
    }
    let of = |name: &str| {
        variants.iter().find(|one| one["name"] == name).expect("it is there")["survival_1y"].as_f64()
    };
    // What the mechanism must give whatever the illustrative numbers are: answers help, and a courier who keeps them does not.
    assert!(
        of("no-channel") < of("channel") && of("courier-faithless") < of("courier-faithful"),
        "{variants:#?}"
    );
    let oracles = told["oracles"].as_array().expect("oracles");
    assert!(oracles.len() > 40 && oracles.iter().all(|one| one["passed"] == true), "{oracles:#?}");
    assert!(
        oracles.iter().all(|one| one["expected"].is_f64() && one["got"].is_f64() && one["name"].is_string())
    );
    assert!(told["assumptions"].as_array().is_some_and(|all| all.len() > 20));
    assert!(told["notice"].as_str().is_some_and(|notice| notice.contains("predicts nothing")));
    let page = std::fs::read_to_string(dir.path().join("page.html")).expect("a page");
    assert!(page.contains("<svg") && page.contains("predicts nothing") && !page.contains("<script"));
}

// REH-32
#[test]
fn breakdowns_are_estimated_by_splitting_where_that_is_asked_for() {
    let dir = tempfile::tempdir().expect("a folder");
    let line = ["--scenario", "will-it-hold", "--runs", "300", "--years", "0.5", "--no-tornado"];
    let told =
        json(&rehearse(dir.path(), &[&line[..], &["--rare", "--report", "page.html", "--json"]].concat()));
    let variants = told["variants"].as_array().expect("variants");
    assert_eq!(variants.len(), 9);
    for one in variants {
        let rare = &one["rare"];
        let of = |name: &str| rare["probability"][name].as_f64().expect("a number");
        assert!(of("low") <= of("value") && of("value") <= of("high"), "{rare}");
        assert!(rare["trials"].is_u64() && rare["is_rough"].is_boolean() && rare["lacks"].is_null());
    }
    let page = std::fs::read_to_string(dir.path().join("page.html")).expect("a page");
    assert!(page.contains("id=\"table-rare\""));
    let plain = json(&rehearse(dir.path(), &[&line[..], &["--json"]].concat()));
    assert!(plain["variants"][0].get("rare").is_none());
    let words = rehearse(dir.path(), &[&line[..], &["--rare"]].concat());
    assert!(String::from_utf8_lossy(&words.stdout).contains("by splitting"));
}

#[test]
fn the_same_seed_gives_the_same_on_one_thread_and_on_two() {
    let dir = tempfile::tempdir().expect("a folder");
    let with = |threads: &str| {
        json(&rehearse(
            dir.path(),
            &[
                "--scenario",
                "will-it-hold",
                "--runs",
                "300",
                "--no-tornado",
                "--threads",
                threads,
                "--seed",
                "5",
                "--json",
            ],
        ))
    };
    assert_eq!(with("1"), with("2"));
}

/// It says what it has, keeps the rest, and comes to the result that was interrupted.
#[test]
fn an_interrupt_leaves_what_there_is_and_the_same_command_goes_on() {
    let dir = tempfile::tempdir().expect("a folder");
    let line = [
        "--scenario",
        "will-it-hold",
        "--runs",
        "20000",
        "--no-tornado",
        "--threads",
        "1",
        "--rest",
        "rest.json",
        "--json",
    ];
    let whole = json(&rehearse(dir.path(), &line));
    assert!(whole["partial"] == false && !dir.path().join("rest.json").exists());
    let mut child = Command::new(PROGRAM)
        .current_dir(dir.path())
        .arg("rehearse")
        .args(line)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    // It has begun once it says how far it is.
    let mut told = std::io::BufReader::new(child.stderr.take().expect("its words"));
    let mut first = String::new();
    while !first.contains("10 %") {
        first.clear();
        assert_ne!(std::io::BufRead::read_line(&mut told, &mut first).expect("a line"), 0, "it ended first");
    }
    let ended = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(ended.success());
    // Its words are taken beside its answer: it waits for a reader of either.
    std::thread::spawn(move || std::io::copy(&mut told, &mut std::io::sink()));
    let part = json(&child.wait_with_output().expect("it ends"));
    assert_eq!(part["partial"], true);
    assert!(dir.path().join("rest.json").exists());
    let resumed = json(&rehearse(dir.path(), &line));
    assert_eq!(resumed, whole);
}

#[test]
fn better_terms_are_searched_within_limits() {
    let dir = tempfile::tempdir().expect("a folder");
    let pact = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/will-it-hold/pact.toml");
    let told = json(&rehearse(
        dir.path(),
        &[
            pact,
            "--runs",
            "400",
            "--no-tornado",
            "--years",
            "1",
            "--search",
            "brake=0h,24h,72h",
            "--vary",
            "reply=6h,24h",
            "--json",
        ],
    ));
    assert_eq!(told["years"], 1.0);
    assert_eq!(told["frontier"].as_array().map(Vec::len), Some(2));
    assert_eq!(told["best"]["terms"][0][0], "brake");
}

const PACT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/will-it-hold/pact.toml");

/// What a refused command says, once nothing was run.
fn refused(dir: &Path, arguments: &[&str]) -> String {
    let output = rehearse(dir, arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && output.stdout.is_empty(), "{said}");
    assert!(!said.contains(" %"), "something ran: {said}");
    said
}

#[test]
fn what_cannot_be_is_refused_with_its_line_and_a_hint_before_anything_runs() {
    let dir = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).expect("a file");
    write("rate.toml", "years = 3\n[both]\nfalse_alarms_per_year = -4\n");
    write(
        "sum.toml",
        "[first]\nattribution.breach = { breach = 1, accident = 1, non_party = 0, nothing = 0 }\n",
    );
    write("claim.toml", "[first]\n\ncredence = { claim = \"4f2a\" }\n");
    write("mine.json", "{\"name\": \"mine\"}");
    let pact = std::fs::read_to_string(PACT).expect("the text");
    write("pact.toml", &pact.replace("lasts = \"90d\"", "lasts = \"12h\""));
    let with = |arguments: &[&str]| refused(dir.path(), &[&[PACT], arguments].concat());
    for (said, expected) in [
        (with(&["--model", "rate.toml"]), ["rate.toml, line 3", "from 0 to 100000"]),
        (with(&["--model", "sum.toml"]), ["sum.toml, line 2", "add up to 1"]),
        (with(&["--model", "claim.toml"]), ["claim.toml, line 3", "--claims FILE"]),
        (with(&["--vary", "brak=0h,24h"]), ["brak", "brake"]),
        (with(&["--search", "brake=0h,72x"]), ["72x of brake", "--search"]),
        (with(&["--search", "years=1,5"]), ["years", "--years"]),
        (with(&["--vary", "channel=none", "--vary", "renewal=1ms"]), ["REH-2", "renewal"]),
        (with(&["--years", "1e300"]), ["years", "1000"]),
        (with(&["--rest", "mine.json"]), ["mine.json is not", "--rest"]),
        (refused(dir.path(), &["pact.toml"]), ["pact.toml, line", "CHECK-"]),
    ] {
        assert!(expected.iter().all(|words| said.contains(words)), "{expected:?} not in:\n{said}");
    }
    assert_eq!(
        std::fs::read_to_string(dir.path().join("mine.json")).expect("it is there"),
        "{\"name\": \"mine\"}"
    );
}

#[test]
fn varied_terms_studies_and_credences_stand_side_by_side_and_are_told() {
    let dir = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).expect("a file");
    write(
        "world.toml",
        "[first]\ncredence = { claim = \"4f2a\" }\n[second]\nadmits = { value = 0.2, source = \"x\\u001b[2Jy\" }\n",
    );
    let head = "register = 1\nof = \"alpha\"\nexported = \"2026-11-30T00:00:00Z\"\n[[claim]]\nwho = \"Bravo\"\npublic = true\ngrading = \"B3\"\nsource = \"s\"\nevidence = \"e\"\nwithdrawn = false\n";
    let id = format!("id = \"{}\"\n", "4f2a".repeat(8));
    let rest = "[claim.text]\nen = \"t\"\n[[claim.credence]]\nby = \"head\"\npercent = 70\nbecause = \"b\"\nsince = \"s\"\n";
    write("register.toml", &format!("{head}{id}{rest}"));
    write(
        "study.toml",
        "[[variant]]\nname = \"as it stands\"\n[[variant]]\nname = \"courier of the first\"\nset = { channel = \"biased\", towards = \"first\" }\n",
    );
    let line = [
        PACT,
        "--model",
        "world.toml",
        "--claims",
        "register.toml",
        "--study",
        "study.toml",
        "--vary",
        "brake=0h,72h",
        "--runs",
        "300",
        "--plot",
        "plot.svg",
        "--no-tornado",
    ];
    let told = rehearse(dir.path(), &line);
    let text = String::from_utf8(told.stdout).expect("words");
    for words in [
        "as it stands",
        "courier of the first",
        "brake-0h",
        "brake-72h",
        "was not looked at",
        "predicts nothing",
    ] {
        assert!(text.contains(words), "{words} not in:\n{text}");
    }
    assert!(!text.contains('\u{1b}'));
    let plot = std::fs::read_to_string(dir.path().join("plot.svg")).expect("a plot");
    assert!(plot.contains("It predicts nothing. It rests on the assumptions shown."));
    let told = json(&rehearse(dir.path(), &[&line[..], &["--json"]].concat()));
    let assumptions = told["assumptions"].as_array().expect("assumptions");
    let of = |key: &str| assumptions.iter().find(|one| one["key"] == key).expect(key);
    assert_eq!(of("first.credence")["value"], "0.7");
    assert_eq!(of("first.credence")["source"], "register of claims: 4f2a4f2a, graded B3, believed 70 % by 1");
}
