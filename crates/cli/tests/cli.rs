//! Plays the cases in `tests/cases`: each is a TOML file with the arguments, what is on standard input, the files that
//! lie in the directory, and, where the command speaks to a station, what a station would answer. The expected output
//! stands beside it in `.stdout` and `.stderr`. A new case needs no Rust: write the TOML file and run the test once
//! with `UPDATE_CASES=1`, then read what it wrote.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What the case is there to show.
    #[allow(dead_code)]
    why: String,
    /// The arguments; `--home` is given by the environment.
    args: Vec<String>,
    /// The exit code.
    status: i32,
    #[serde(default)]
    stdin: String,
    /// Files in the directory the command runs in.
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// Answers of a station by command, each a JSON response; without it no station runs.
    #[serde(default)]
    station: Option<BTreeMap<String, String>>,
    /// Files that must hold this text afterwards.
    #[serde(default)]
    leaves: BTreeMap<String, String>,
    /// What the station must have been asked, as JSON.
    #[serde(default)]
    asked: Option<String>,
}

#[test]
fn cases() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<PathBuf> = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    assert!(paths.len() > 20, "the cases are missing");
    let failed: Vec<String> = paths.iter().filter_map(|path| play(path).err()).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

fn play(path: &Path) -> Result<(), String> {
    let case: Case =
        toml::from_str(&fs::read_to_string(path).unwrap()).map_err(|e| format!("{path:?}: {e}"))?;
    let home = tempfile::tempdir().unwrap();
    for (name, text) in &case.files {
        fs::write(home.path().join(name), text).unwrap();
    }
    let station = case.station.clone().map(|answers| Station::start(home.path(), answers));
    let (status, stdout, stderr) = command(&case, home.path());
    let tidy = |text: String| text.replace(home.path().to_str().unwrap(), "[HOME]");
    let mut faults = Vec::new();
    if status != Some(case.status) {
        faults.push(format!("exit code {status:?} instead of {}", case.status));
    }
    compare(&path.with_extension("stdout"), &tidy(stdout), &mut faults);
    compare(&path.with_extension("stderr"), &tidy(stderr), &mut faults);
    for (name, text) in &case.leaves {
        let found = fs::read_to_string(home.path().join(name)).unwrap_or_default();
        if found != *text {
            faults.push(format!("{name} holds {found:?}"));
        }
    }
    if let (Some(asked), Some(station)) = (&case.asked, station) {
        let found = station.first_request();
        if found != serde_json::from_str::<serde_json::Value>(asked).unwrap() {
            faults.push(format!("the station was asked {found}"));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(format!("{}:\n{}", path.display(), faults.join("\n"))) }
}

fn command(case: &Case, home: &Path) -> (Option<i32>, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_backchannel"))
        .args(&case.args)
        .current_dir(home)
        .env_clear()
        .env("BACKCHANNEL_HOME", home)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The command may end without reading it.
    let _ = child.stdin.take().unwrap().write_all(case.stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn compare(expected: &Path, found: &str, faults: &mut Vec<String>) {
    if std::env::var_os("UPDATE_CASES").is_some() {
        if found.is_empty() {
            let _ = fs::remove_file(expected);
        } else {
            fs::write(expected, found).unwrap();
        }
        return;
    }
    let wanted = fs::read_to_string(expected).unwrap_or_default();
    if wanted != found {
        faults.push(format!("expected {}:\n{wanted}\nfound:\n{found}", expected.display()));
    }
}

/// Stands in for a station: answers each command with what the case says.
struct Station {
    requests: std::sync::mpsc::Receiver<serde_json::Value>,
}

impl Station {
    fn start(home: &Path, answers: BTreeMap<String, String>) -> Self {
        let listener = UnixListener::bind(home.join("station.sock")).unwrap();
        let (sender, requests) = std::sync::mpsc::channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut line = String::new();
                BufReader::new(&stream).read_line(&mut line).unwrap();
                let request: serde_json::Value = serde_json::from_str(&line).unwrap();
                let answer = answers.get(request["cmd"].as_str().unwrap()).cloned().unwrap_or_default();
                let _ = sender.send(request);
                let _ = writeln!(stream, "{}", answer.replace('\n', ""));
            }
        });
        Self { requests }
    }

    fn first_request(&self) -> serde_json::Value {
        self.requests.try_recv().unwrap_or_default()
    }
}

/// A reader that goes away (`backchannel ... | head`) must not make a command fail or panic.
#[test]
fn a_closed_standard_output_is_no_fault() {
    for arguments in [&["--help"][..], &["inbox"], &["inbox", "--json"], &["watch", "--follow"]] {
        let home = tempfile::tempdir().unwrap();
        let entry =
            r#"{"n":1,"k":4,"utc":"2026-11-23T10:00:00.250Z","kind":"connected","what":"Connected."}"#;
        let answers = BTreeMap::from([
            ("inbox".to_owned(), r#"{"ok":{"v":1,"items":[]}}"#.to_owned()),
            ("status".to_owned(), r#"{"ok":{"v":1,"verified":{}}}"#.to_owned()),
            ("watch".to_owned(), format!(r#"{{"ok":{{"v":1,"next":1,"entries":[{entry}]}}}}"#)),
        ]);
        let _station = Station::start(home.path(), answers);
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = Command::new(env!("CARGO_BIN_EXE_backchannel"))
            .args(arguments)
            .env("BACKCHANNEL_HOME", home.path())
            .stdout(writer)
            .output()
            .unwrap();
        assert_eq!((output.status.code(), output.stderr), (Some(0), vec![]), "{arguments:?}");
    }
}
