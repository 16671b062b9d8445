//! The binary with a real relay and real vaults: what the commands of setting up answer, and how they fail.

use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use tempfile::TempDir;

/// A relay that ends with the test.
struct Relay {
    dir: TempDir,
    child: Child,
    stdin: Option<ChildStdin>,
    pin: String,
    addr: String,
}

impl Relay {
    fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let relay = dir.path().join("relay");
        let made = answer(&["relay", "init", "--listen", "127.0.0.1:0", relay.to_str().unwrap()]);
        let mut child = program()
            .args(["relay", "serve", "--until-stdin-closes", "--json", relay.to_str().unwrap()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        let text = |value: &Value, key: &str| value[key].as_str().unwrap().to_owned();
        assert_eq!(ready["ready"], true);
        let stdin = child.stdin.take();
        Self { dir, child, stdin, pin: text(&made, "pin"), addr: text(&ready, "listen") }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn convene(&self, home: &str, pin: &str, token: &Path, out: &str) -> Output {
        let passphrase = self.path("passphrase");
        fs::write(&passphrase, "correct horse\n").unwrap();
        program()
            .args(["convene", "--json", "--label", "quiet pact", "--party", "alpha", "--party", "bravo"])
            .args(["--beat-ms", "250", "--relay", &self.addr, "--relay-pin", pin])
            .arg("--operator-token-file")
            .arg(token)
            .arg("--home")
            .arg(self.path(home))
            .arg("--passphrase-file")
            .arg(passphrase)
            .arg("--out")
            .arg(self.path(out))
            .output()
            .unwrap()
    }

    fn of_home(&self, words: &[&str], home: &str, passphrase: &str) -> Output {
        let file = self.path("given");
        fs::write(&file, passphrase).unwrap();
        let mut command = program();
        command.args(words).arg("--json").arg("--home").arg(self.path(home));
        command.arg("--passphrase-file").arg(file).output().unwrap()
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        drop(self.stdin.take());
        let _ = self.child.wait();
    }
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_backchannel"));
    command.env_clear().stdin(Stdio::null());
    command
}

fn answer(words: &[&str]) -> Value {
    let output = program().args(words).arg("--json").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Checks that a command failed, and how; gives the message.
fn failed(output: &Output, code: i32, kind: &str) -> String {
    let error: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{error}");
    assert_eq!(error["error"]["kind"], kind, "{error}");
    error["error"]["message"].as_str().unwrap().to_owned()
}

#[test]
fn a_channel_is_convened_and_an_invitation_is_accepted_once() {
    let relay = Relay::start();
    let token = relay.path("relay/operator.token");
    let convened = relay.convene("mediator", &relay.pin, &token, "invitations");
    let convened: Value = serde_json::from_slice(&convened.stdout).unwrap();
    assert!(convened["bytes_per_day_per_station"].as_u64().unwrap() > 0);
    assert!(!convened["leaks"].as_array().unwrap().is_empty());
    let invitation = convened["invitations"][1]["file"].as_str().unwrap();
    let accepted = relay.of_home(&["accept", invitation], "bravo", "pass\n");
    let accepted: Value = serde_json::from_slice(&accepted.stdout).unwrap();
    assert_eq!((&accepted["party"], &accepted["role"]), (&"bravo".into(), &"head".into()));
    failed(&relay.of_home(&["accept", invitation], "bravo", "pass\n"), 2, "usage");
    // CMD-3, CMD-4: the first line counts, whole.
    failed(&relay.of_home(&["station", "run"], "bravo", "Pass\n"), 4, "wrong-passphrase");
    failed(&relay.of_home(&["station", "run"], "bravo", "pass \n"), 4, "wrong-passphrase");
    failed(&relay.of_home(&["station", "run"], "nowhere", "pass\n"), 2, "usage");
    failed(&relay.of_home(&["status"], "bravo", "pass\n"), 5, "unreachable");
}

#[test]
fn convening_fails_cleanly_and_leaves_no_empty_invitations() {
    let relay = Relay::start();
    let token = relay.path("relay/operator.token");
    let other = relay.path("other.token");
    fs::write(&other, "00".repeat(32)).unwrap();
    failed(&relay.convene("a", &relay.pin, &other, "a-out"), 3, "refused");
    failed(&relay.convene("b", &"00".repeat(32), &token, "b-out"), 1, "check-failed");
    fs::write(&other, "no token").unwrap();
    failed(&relay.convene("c", &relay.pin, &other, "c-out"), 2, "usage");
    // CMD-8
    for out in ["a-out", "b-out"] {
        assert_eq!(fs::read_dir(relay.path(out)).unwrap().count(), 0, "{out}");
    }
}

#[test]
fn damaged_and_foreign_invitations_are_refused() {
    let relay = Relay::start();
    for text in ["", "hello", "backchannel-invitation-1:abcd", "backchannel-invitation-9:abcd"] {
        let path = relay.path("invitation.txt");
        fs::write(&path, text).unwrap();
        failed(&relay.of_home(&["accept", path.to_str().unwrap()], "home", "pass\n"), 2, "usage");
        assert!(!relay.path("home").join("station.sock").exists());
    }
}

#[test]
fn a_relay_names_the_line_of_a_wrong_bound_and_is_made_once() {
    let dir = tempfile::tempdir().unwrap();
    let relay = dir.path().join("relay");
    let relay = relay.to_str().unwrap();
    answer(&["relay", "init", relay]);
    failed(&program().args(["relay", "init", "--json", relay]).output().unwrap(), 2, "usage");
    let config = Path::new(relay).join("relay.toml");
    let text = fs::read_to_string(&config).unwrap();
    let line = text.lines().position(|line| line.starts_with("retention_hours")).unwrap() + 1;
    fs::write(&config, text.replace("retention_hours = 168", "retention_hours = 0")).unwrap();
    let message = failed(&program().args(["relay", "serve", "--json", relay]).output().unwrap(), 2, "usage");
    assert!(message.starts_with(&format!("relay.toml, line {line}: ")), "{message}");
}

/// A busy machine may make cells late, which ends it with 1; it accounts for every cell all the same.
#[test]
fn a_load_accounts_for_every_cell() {
    let load = ["--stations", "4", "--rooms", "2", "--seats", "4", "--beat-ms", "500", "--seconds", "2"];
    let output = program().args(["relay", "bench", "--json"]).args(load).output().unwrap();
    let figures: Value = serde_json::from_slice(&output.stdout).unwrap();
    let of = |key: &str| figures[key].as_u64().unwrap();
    let (stations, rooms_each, beats) = (4, 2, 4);
    assert_eq!(of("cells_delivered") + of("cells_missed"), stations * rooms_each * beats);
    let in_time = of("cells_late") == 0 && of("cells_missed") == 0;
    assert_eq!(output.status.code(), Some(i32::from(!in_time)));
    assert!(figures["relay_memory_kib"]["loaded"].as_u64().unwrap() > 0);
}
