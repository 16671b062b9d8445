//! Plays the shipped exercise, as it is and with each fault, with the binary that was built.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Condvar, Mutex, PoisonError};

/// Exercises played at a time: each has a dozen processes that keep a quarter-second beat, mostly wait, and take a
/// ninth of a core between them.
const STAGES: usize = 6;
static FREE: (Mutex<usize>, Condvar) = (Mutex::new(STAGES), Condvar::new());

/// A stage of one's own, given back when dropped.
struct Stage;

impl Stage {
    fn take() -> Self {
        let mut free = FREE.0.lock().unwrap_or_else(PoisonError::into_inner);
        while *free == 0 {
            free = FREE.1.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        Self
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        *FREE.0.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        FREE.1.notify_one();
    }
}

fn backchannel(arguments: &[&str]) -> Output {
    broken("", arguments)
}

/// The binary, with a mechanism broken on purpose where it was built so that it can be.
fn broken(sabotage: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_backchannel"));
    command.env("BACKCHANNEL_SABOTAGE", sabotage).args(arguments).output().unwrap()
}

/// The exit code and the report of an exercise with these arguments.
fn play(sabotage: &str, exercise: &str, arguments: &[&str]) -> (Option<i32>, Value) {
    let _stage = Stage::take();
    let dir = tempfile::tempdir().unwrap();
    let report = dir.path().join("report.json");
    let mut all = vec!["exercise", exercise, "--report", report.to_str().unwrap()];
    all.extend(arguments);
    let output = broken(sabotage, &all);
    let text = std::fs::read_to_string(&report).unwrap_or_else(|_| panic!("{}", told(&output)));
    (output.status.code(), serde_json::from_str(&text).unwrap())
}

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of[name].as_array().map_or(&[], Vec::as_slice)
}

/// The report of an exercise in which every check passes.
fn passes(exercise: &str) -> Value {
    let (status, report) = play("", exercise, &[]);
    let failed: Vec<_> = list(&report, "checks").iter().filter(|check| check["passed"] != true).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert_eq!((status, &report["passed"]), (Some(0), &Value::Bool(true)));
    report
}

/// What the report says of the one understanding, and what of it proves something to an outsider.
fn understanding(report: &Value) -> (&Value, Vec<&Value>) {
    let [one] = list(report, "understandings") else { panic!("{report:#}") };
    (one, list(one, "proofs").iter().filter(|proof| proof["proves"] == true).collect())
}

// EXER-20
#[test]
fn the_quiet_pact_passes() {
    let report = passes("quiet-pact");
    let (understanding, proving) = understanding(&report);
    assert_eq!((&understanding["form"], &understanding["state"]), (&"gentle".into(), &"renewed".into()));
    assert!(proving.is_empty(), "{proving:#?}");
    let convinced = list(understanding, "proofs").iter().filter(|proof| proof["accepted"] == true);
    let mut means: Vec<&str> = convinced.filter_map(|proof| proof["what"].as_str()).collect();
    means.sort_unstable();
    means.dedup();
    assert_eq!(means.len(), 2, "what was released, and what each made alone: {means:?}");
    assert!(report["relay"]["needles"].as_u64() > Some(20));
    assert_eq!(report["relay"]["plaintext_hits"], 0);
    let connections = list(&report["observer"], "connections");
    assert!(connections.len() >= 6);
    assert!(connections.iter().all(|line| list(line, "up_frame_bytes").len() == 1));
}

#[test]
fn the_false_alarm_passes() {
    let report = passes("false-alarm");
    let (understanding, proving) = understanding(&report);
    assert_eq!(understanding["state"], "in effect", "the restraint outlasts the false alarm");
    assert!(proving.is_empty(), "{proving:#?}");
}

// EXER-22
#[test]
fn the_leak_and_the_faithless_courier_pass() {
    each(&["leak", "faithless-courier"], |story| {
        let report = passes(story);
        let (understanding, proving) = understanding(&report);
        let state = understanding["state"].as_str().unwrap_or_default();
        assert!(["in effect", "renewed"].contains(&state), "{story}: {understanding:#}");
        assert!(proving.is_empty(), "{proving:#?}");
    });
}

#[test]
fn the_joint_statement_passes() {
    let report = passes("joint-statement");
    let (understanding, proving) = understanding(&report);
    assert_eq!((&understanding["form"], &understanding["state"]), (&"joint".into(), &"withdrawn".into()));
    assert_eq!(list(understanding, "parties").len(), 3);
    // Nothing proves anything before the release, and the artefact alone does after it.
    assert!(
        !proving.is_empty() && proving.iter().all(|proof| proof["what"] == "the artefact"),
        "{proving:#?}"
    );
    assert!(proving.iter().all(|proof| proof["state"] == "in effect"), "{proving:#?}");
}

/// Plays once for each name, as many at a time as there are stages.
fn each<'a>(names: &[&'a str], check: impl Fn(&'a str) + Sync) {
    std::thread::scope(|scope| {
        for name in names {
            scope.spawn(|| check(name));
        }
    });
}

#[test]
fn each_fault_is_caught() {
    let faults =
        ["drop", "withhold", "fork", "reorder", "roll-back", "alter-cell", "alter-conveyance", "slow-clock"];
    each(&faults, |fault| {
        let (status, report) = play("", "quiet-pact", &["--stop-early", "--fault", fault]);
        assert_eq!(status, Some(1), "{fault}");
        let caught_by = report["caught_by"].as_str().unwrap_or_default();
        assert!(!caught_by.is_empty() && caught_by != "the check convened", "{fault}: {report:#}");
    });
}

/// Breaks a mechanism, not the expectation, and sees the exercise fail where it should.
#[cfg(feature = "sabotage")]
#[test]
fn each_broken_mechanism_is_noticed() {
    let broken: [(&str, &[&str]); 10] = [
        ("quiet-station", &["observer-every-beat", "no-unexpected-alarm"]),
        ("clear-cells", &["relay-holds-no-plaintext"]),
        ("lingering-member", &["removed-envoy-is-told"]),
        ("lost-outbox", &["aide-memoire-survives-the-kill"]),
        ("no-precedence", &["flash-is-acknowledged", "flash-overtakes-the-annex"]),
        ("slow-ack", &["nonpaper-is-acknowledged", "flash-is-acknowledged", "latency-idle"]),
        ("deaf-alarm", &["altered-raises-its-alarm"]),
        ("blind-guard", &["altered-passage-is-shown"]),
        ("loose-hold", &["held-words-are-refused"]),
        ("loose-brake", &["in-question-at-alpha"]),
    ];
    let names: Vec<&str> = broken.iter().map(|(name, _)| *name).collect();
    each(&names, |name| {
        let story = if name == "loose-brake" { "false-alarm" } else { "quiet-pact" };
        let (status, report) = play(name, story, &["--stop-early"]);
        let expected = broken.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, checks)| checks);
        let failed: Vec<&str> = list(&report, "checks")
            .iter()
            .filter(|check| check["passed"] != true && check["detail"] != "Not reached.")
            .filter_map(|check| check["name"].as_str())
            .collect();
        assert_eq!(status, Some(1), "{name}: {failed:?}");
        assert!(
            failed.iter().any(|check| expected.contains(check)),
            "{name}: {failed:?} {}",
            report["caught_by"]
        );
    });
}

#[test]
fn a_faulty_scenario_is_told_with_its_line() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("mine.toml");
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/quiet-pact.toml");
    let text = std::fs::read_to_string(shipped).unwrap();
    std::fs::write(&path, text.replacen("command = \"words-new\"", "command = \"words-knew\"", 1)).unwrap();
    let output = backchannel(&["exercise", path.to_str().unwrap(), "--json"]);
    assert_eq!(output.status.code(), Some(2));
    let line = text.lines().position(|line| line.contains("words-new")).unwrap() + 1;
    assert!(
        told(&output).contains(&format!("line {line}: There is no command words-knew")),
        "{}",
        told(&output)
    );
    assert_eq!(backchannel(&["exercise", "no-such-case.toml"]).status.code(), Some(2));
}
