//! Plays the cases in `tests/cases`: each is a TOML file with the arguments, what is on standard input, the files that
//! lie in the directory, and, where the command speaks to a station, what a station would answer. The expected output
//! stands beside it in `.stdout` and `.stderr`. A new case needs no Rust: write the TOML file and run the test once
//! with `UPDATE_CASES=1`, then read what it wrote.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
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

/// What a case led to.
struct Outcome {
    name: String,
    case: Case,
    status: Option<i32>,
    stdout: String,
    stderr: String,
    faults: Vec<String>,
}

fn play_all() -> Vec<Outcome> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<PathBuf> = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    assert!(paths.len() > 20, "the cases are missing");
    paths.iter().map(|path| play(path)).collect()
}

#[test]
fn cases() {
    // CMD-4: passphrase-*, unlock*, usage-passphrase-in-arguments. CMD-6: status*, inbox*, show*. CMD-8: delegation-add*. CLAIM-10: claims-list, claims-show.
    let faults: Vec<String> = play_all()
        .into_iter()
        .filter(|outcome| !outcome.faults.is_empty())
        .map(|outcome| format!("{}:\n{}", outcome.name, outcome.faults.join("\n")))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// What the specification says of every command, whatever it does.
#[test]
fn every_case_keeps_the_common_rules() {
    for Outcome { name, case, status, stdout, stderr, .. } in play_all() {
        let options: Vec<&String> = case.args.iter().take_while(|argument| *argument != "--").collect();
        let json = options.iter().any(|argument| *argument == "--json");
        let shown = format!("{stdout}{stderr}");
        // CMD-5, CMD-9
        assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{name}: {shown:?}");
        assert!(!shown.contains(['\u{202e}', '\u{200f}', '\u{2066}', '\u{feff}']), "{name}: {shown:?}");
        if status == Some(0) {
            assert_eq!(stderr, "", "{name}");
            if json {
                // CMD-1
                assert_eq!(stdout.matches('\n').count(), 1, "{name}: {stdout}");
                let value: Value = serde_json::from_str(&stdout).unwrap();
                assert_eq!(value["v"], 1, "{name}");
            }
            continue;
        }
        // CMD-10
        let checks = [["artefact", "verify"], ["understanding", "check"]];
        if status == Some(1) && checks.iter().any(|words| case.args.starts_with(&words.map(str::to_owned))) {
            assert!(stderr.is_empty() && !stdout.is_empty(), "{name}: {stderr}");
            continue;
        }
        // CMD-2
        assert_eq!(stdout, "", "{name}");
        if json {
            assert_eq!(stderr.matches('\n').count(), 1, "{name}: {stderr}");
            let value: Value = serde_json::from_str(&stderr).unwrap();
            let fields: Vec<&String> = value["error"].as_object().unwrap().keys().collect();
            assert_eq!(fields, ["hint", "kind", "message"], "{name}");
            // CMD-3
            assert_eq!(status, Some(exit_code(value["error"]["kind"].as_str().unwrap())), "{name}");
        } else {
            let lines: Vec<&str> = stderr.lines().collect();
            assert!(lines.len() == 2 && lines[0].starts_with("problem: "), "{name}: {stderr}");
            assert!(lines[1].starts_with("hint: "), "{name}: {stderr}");
        }
    }
}

/// The view of the watch floor on a terminal of its own: it shows what calls a person, and leaves the terminal as it was.
// CMD-11
#[test]
fn the_watch_floor_takes_a_terminal_and_gives_it_back() {
    let case = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/line-status.toml"));
    let case: Case = toml::from_str(&case.unwrap()).unwrap();
    let home = tempfile::tempdir().unwrap();
    let mut answers = case.station.unwrap();
    answers.insert("inbox".to_owned(), r#"{"ok": {"v": 1, "items": [{"id": "ff55aa0011", "precedence": "flash", "summary": "Conveys a notification."}]}}"#.to_owned());
    answers.insert("watch".to_owned(), r#"{"ok": {"v": 1, "entries": [{"n": 5, "utc": "2026-12-20T03:30:00.000Z", "kind": "alarm", "what": "No beat has come."}], "next": 5}}"#.to_owned());
    let _station = Station::start(home.path(), answers);
    // `script` (util-linux) runs it on a terminal of its own.
    let mut child = Command::new("script")
        .args(["-qec", &format!("{} watch --every 1", env!("CARGO_BIN_EXE_backchannel")), "/dev/null"])
        .env("BACKCHANNEL_HOME", home.path())
        .env("TERM", "xterm")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut shown = Vec::new();
    let mut stdout = child.stdout.take().unwrap();
    // The screen is drawn: what a person is called for is on it. Then it is left.
    let mut buffer = [0; 4096];
    while !String::from_utf8_lossy(&shown).contains("q quit") {
        let read = stdout.read(&mut buffer).unwrap();
        assert!(read > 0, "{}", String::from_utf8_lossy(&shown));
        shown.extend_from_slice(&buffer[..read]);
    }
    stdin.write_all(b"q").unwrap();
    stdout.read_to_end(&mut shown).unwrap();
    assert!(child.wait().unwrap().success());
    let shown = String::from_utf8_lossy(&shown);
    for text in ["suspended by Delegation of Bravo", "FLASH", "OVERDUE", "No beat has come."] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    assert!(shown.contains("\u{1b}[?1049h") && shown.trim_end().ends_with("\u{1b}[?1049l"), "{shown:?}");
}

/// The table of docs/spec/commands.md.
fn exit_code(kind: &str) -> i32 {
    match kind {
        "check-failed" | "internal" => 1,
        "usage" | "not-found" => 2,
        "refused" => 3,
        "locked" | "wrong-passphrase" => 4,
        "unreachable" => 5,
        other => panic!("an unknown kind: {other}"),
    }
}

fn play(path: &Path) -> Outcome {
    let case: Case = toml::from_str(&fs::read_to_string(path).unwrap())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let home = tempfile::tempdir().unwrap();
    for (name, text) in &case.files {
        fs::write(home.path().join(name), text).unwrap();
    }
    let station = case.station.clone().map(|answers| Station::start(home.path(), answers));
    let (status, stdout, stderr) = command(&case, home.path());
    let mut faults = Vec::new();
    if status != Some(case.status) {
        faults.push(format!("exit code {status:?} instead of {}", case.status));
    }
    compare(&path.with_extension("stdout"), &stdout, &mut faults);
    compare(&path.with_extension("stderr"), &stderr, &mut faults);
    for (name, text) in &case.leaves {
        let found = fs::read_to_string(home.path().join(name)).unwrap_or_default();
        if found != *text {
            faults.push(format!("{name} holds {found:?}"));
        }
    }
    if let (Some(asked), Some(station)) = (&case.asked, station) {
        let found = station.first_request();
        if found != serde_json::from_str::<Value>(asked).unwrap() {
            faults.push(format!("the station was asked {found}"));
        }
    }
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    Outcome { name, case, status, stdout, stderr, faults }
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
    let text = |bytes| String::from_utf8(bytes).unwrap().replace(home.to_str().unwrap(), "[HOME]");
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
    requests: std::sync::mpsc::Receiver<Value>,
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
                let request: Value = serde_json::from_str(&line).unwrap();
                let answer = answers.get(request["cmd"].as_str().unwrap()).cloned().unwrap_or_default();
                let _ = sender.send(request);
                let _ = writeln!(stream, "{}", answer.replace('\n', ""));
            }
        });
        Self { requests }
    }

    fn first_request(&self) -> Value {
        self.requests.try_recv().unwrap_or_default()
    }
}

/// A reader that goes away (`backchannel ... | head`) must not make a command fail or panic.
#[test]
fn a_closed_standard_output_is_no_fault() {
    // CMD-7
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

/// A secret's file is for its owner alone.
#[test]
fn an_invitation_file_is_readable_by_its_owner_only() {
    // CMD-8
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let answer = r#"{"ok":{"v":1,"label":"envoy 2","invitation":"backchannel-invitation-1:abc"}}"#;
    let answers = BTreeMap::from([("delegation-add".to_owned(), answer.to_owned())]);
    let _station = Station::start(home.path(), answers);
    let path = home.path().join("invitation.txt");
    let status = Command::new(env!("CARGO_BIN_EXE_backchannel"))
        .args(["delegation", "add", "envoy 2", "--out"])
        .arg(&path)
        .env("BACKCHANNEL_HOME", home.path())
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

/// Every vector of the artefact goes through the program itself: what it answers and how it ends (CMD-10).
#[test]
fn every_artefact_vector_is_answered_by_the_program() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vectors/artefact");
    let place = tempfile::tempdir().unwrap();
    let (mut good, mut bad) = (0, 0);
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let (headers, body) = text.split_once("\n\n").unwrap();
        let bytes = backchannel_wire::ids::unhex(&body.lines().collect::<String>()).unwrap();
        let ok = headers.lines().any(|line| line == "expect: ok");
        let (code, answer) = verify(place.path(), &bytes);
        let name = path.display();
        assert_eq!((code, &answer["valid"]), (Some(i32::from(!ok)), &Value::from(ok)), "{name}: {answer}");
        let fields: Vec<&String> = answer.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["parties", "reason", "released_at", "signers", "v", "valid"], "{name}");
        assert_eq!(answer["reason"].is_null(), ok, "{name}");
        assert_eq!(answer["released_at"].is_string(), ok, "{name}");
        if ok {
            assert!(answer["signers"].as_array().unwrap().len() >= 2, "{name}");
            good += 1;
        } else {
            bad += 1;
        }
    }
    assert!(good > 2 && bad > 2 * good, "{good} successes, {bad} failures");
}

/// The bytes of a transcript, as text too, are known for what they are, and convince nobody.
#[test]
fn a_transcript_of_the_gentlemens_form_is_recognised_and_not_valid() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vectors/gentle/good.txt");
    let text = fs::read_to_string(path).unwrap();
    let body: String = text.split_once("\n\n").unwrap().1.lines().collect();
    let bytes = backchannel_wire::ids::unhex(&body).unwrap();
    let place = tempfile::tempdir().unwrap();
    for bytes in [&bytes[..], body.as_bytes()] {
        let (code, answer) = verify(place.path(), bytes);
        assert_eq!((code, &answer["valid"]), (Some(1), &Value::Bool(false)), "{answer}");
        assert!(answer["reason"].as_str().unwrap().contains("transcript"), "{answer}");
    }
    let (_, other) = verify(place.path(), &bytes[1..]);
    assert!(!other["reason"].as_str().unwrap().contains("transcript"), "{other}");
}

/// In an empty directory that is no station's, without an environment.
fn verify(place: &Path, bytes: &[u8]) -> (Option<i32>, Value) {
    let file = place.join("artefact");
    fs::write(&file, bytes).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_backchannel"))
        .args(["artefact", "verify", "--json"])
        .arg(&file)
        .env_clear()
        .output()
        .unwrap();
    assert_eq!(output.stderr, b"");
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap())
}

/// What `new` writes is a frame: `check` reads it and refuses nothing but what people have yet to do.
#[test]
fn a_new_text_wants_only_what_people_have_to_add() {
    let place = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_backchannel"));
        command.args(arguments).current_dir(place.path()).env_clear().output().unwrap()
    };
    let new = ["understanding", "new", "a.toml", "--party", "alpha=Alpha", "--party", "bravo=Bravo"];
    let more = ["--lang", "en,fr,ar,he", "--permit", "rhetoric", "--from", "2026-12-01T08:00+03:00"];
    assert!(run(&[&new[..], &more[..]].concat()).status.success());
    assert_eq!(run(&new).status.code(), Some(2), "a text somebody edited is not overwritten");
    let output = run(&["understanding", "check", "a.toml", "--json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(i32::from(answer["passes"] == false)), "CMD-10");
    let refused = answer["findings"].as_array().unwrap().iter().filter(|one| one["severity"] == "refuse");
    for finding in refused {
        let part = &finding["place"]["part"];
        assert!(part == "glossary" || finding["rule"] == "CHECK-14", "{finding}");
    }
}
