//! Plays the shipped exercise, as it is and with each fault, with the binary that was built.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Mutex;

/// One exercise at a time: each has a dozen processes that keep a quarter-second beat.
static STAGE: Mutex<()> = Mutex::new(());

fn backchannel(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_backchannel")).args(arguments).output().unwrap()
}

/// The exit code and the report of the exercise with these arguments.
fn play(arguments: &[&str]) -> (Option<i32>, Value) {
    let _alone = STAGE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let dir = tempfile::tempdir().unwrap();
    let report = dir.path().join("report.json");
    let mut all = vec!["exercise", "quiet-pact", "--report", report.to_str().unwrap()];
    all.extend(arguments);
    let output = backchannel(&all);
    let text = std::fs::read_to_string(&report).unwrap_or_else(|_| panic!("{}", told(&output)));
    (output.status.code(), serde_json::from_str(&text).unwrap())
}

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of[name].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn the_quiet_pact_passes() {
    let (status, report) = play(&[]);
    let failed: Vec<_> = list(&report, "checks").iter().filter(|check| check["passed"] != true).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert_eq!((status, &report["passed"]), (Some(0), &Value::Bool(true)));
    assert!(report["relay"]["needles"].as_u64() > Some(20));
    assert_eq!(report["relay"]["plaintext_hits"], 0);
    let connections = list(&report["observer"], "connections");
    assert!(connections.len() >= 6);
    assert!(connections.iter().all(|line| list(line, "up_frame_bytes").len() == 1));
}

#[test]
fn each_fault_is_caught() {
    let faults =
        ["drop", "withhold", "fork", "reorder", "roll-back", "alter-cell", "alter-conveyance", "slow-clock"];
    for fault in faults {
        let (status, report) = play(&["--fault", fault]);
        assert_eq!(status, Some(1), "{fault}");
        let caught_by = report["caught_by"].as_str().unwrap_or_default();
        assert!(!caught_by.is_empty() && caught_by != "the check convened", "{fault}: {report:#}");
    }
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
