//! A channel with its desks: an exercise that stops after some steps, with further desks beside it.

use super::browser::{Driver, Person};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_backchannel");

/// So many channels with their browsers at a time are what two processors carry: most of them wait for their beats.
static TURNS: [Mutex<()>; 5] = [const { Mutex::new(()) }; 5];

fn turn() -> MutexGuard<'static, ()> {
    // A test that failed leaves its turn as it was: nothing is behind it but the order.
    let free = TURNS.iter().find_map(|turn| match turn.try_lock() {
        Ok(turn) => Some(turn),
        Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    });
    free.unwrap_or_else(|| TURNS[0].lock().unwrap_or_else(PoisonError::into_inner))
}

/// A process that ends when this does: its standard input closes.
struct Tied {
    child: Child,
    stdin: Option<ChildStdin>,
}

impl Drop for Tied {
    fn drop(&mut self) {
        drop(self.stdin.take());
        let _ = self.child.wait();
    }
}

/// The channel, while a test uses it.
pub struct Stage {
    /// Starts browsers.
    pub driver: Driver,
    desks: Vec<(String, String)>,
    beside: Vec<Tied>,
    exercise: Child,
    /// What the exercise answers, a line each.
    answers: BufReader<ChildStdout>,
    root: tempfile::TempDir,
    _turn: MutexGuard<'static, ()>,
}

impl Stage {
    /// Plays a scenario, shipped or by its text, through a step.
    pub fn play(scenario: &str, step: usize) -> Self {
        let turn = turn();
        let root = tempfile::Builder::new().prefix("desk").tempdir().unwrap();
        let named = if scenario.contains('\n') {
            let path = root.path().join("case.toml");
            std::fs::write(&path, scenario).unwrap();
            path
        } else {
            PathBuf::from(scenario)
        };
        let mut exercise = Command::new(PROGRAM)
            .arg("exercise")
            .arg(named)
            .args(["--desk", "--no-open", "--json", "--step", &step.to_string(), "--keep"])
            .arg(root.path().join("x"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut answers = BufReader::new(exercise.stdout.take().unwrap());
        answers.read_line(&mut line).unwrap();
        let Ok(told) = serde_json::from_str::<Value>(&line) else {
            let output = exercise.wait_with_output().unwrap();
            panic!("the exercise ended: {}", String::from_utf8_lossy(&output.stderr));
        };
        // What it tells later is taken, so that it never waits for a reader.
        let stderr = BufReader::new(exercise.stderr.take().unwrap());
        std::thread::spawn(move || stderr.lines().for_each(drop));
        let text = |of: &Value, key: &str| of[key].as_str().unwrap().to_owned();
        let desks =
            told["desks"].as_array().unwrap().iter().map(|desk| (text(desk, "station"), text(desk, "link")));
        let desks = desks.collect();
        Self { driver: Driver::start(), desks, beside: Vec::new(), exercise, answers, root, _turn: turn }
    }

    /// What whoever leads the exercise does meanwhile (EXER-23).
    pub fn lead(&mut self, line: &str) {
        let stdin = self.exercise.stdin.as_mut().unwrap();
        writeln!(stdin, "{line}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        let told: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!((&told["line"], &told["done"]), (&line.into(), &true.into()), "{told}");
    }

    /// A station's directory.
    pub fn home(&self, station: &str) -> PathBuf {
        self.root.path().join("x/stations").join(station)
    }

    /// A file for a command to read; its path.
    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.root.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Enters a claim at a station and waits until it is on record there; its id.
    pub async fn enters(&self, station: &str, claim: &str) -> String {
        let file = self.file("claim.toml", claim);
        let id = self.command(station, &["claims", "add", &file])["id"].as_str().unwrap().to_owned();
        let begun = steady();
        let stands = || {
            let claims = self.command(station, &["claims", "list"])["claims"].clone();
            claims.as_array().unwrap().iter().any(|one| one["id"] == *id)
        };
        while !stands() {
            assert!(begun.elapsed() < super::browser::PATIENCE, "the claim is not sealed");
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        id
    }

    /// A station's passphrase.
    pub fn passphrase(station: &str) -> String {
        format!("the passphrase of {station}")
    }

    /// The link of a station's desk; one that the exercise did not open is opened beside it.
    fn link(&mut self, station: &str) -> String {
        if let Some(at) = self.desks.iter().position(|(name, _)| name == station) {
            return self.desks.remove(at).1;
        }
        let (tied, line) = tied(
            Command::new(PROGRAM)
                .args(["desk", "--no-open", "--json", "--until-stdin-closes", "--home"])
                .arg(self.home(station)),
        );
        self.beside.push(tied);
        let told: Value = serde_json::from_str(&line).expect("a desk opens");
        told["link"].as_str().unwrap().to_owned()
    }

    /// A person at a station, before a browser of their own.
    pub async fn person(&mut self, station: &str) -> Person {
        self.person_with(station, (1280, 900), "en").await
    }

    /// The same with a window and a language.
    pub async fn person_with(&mut self, station: &str, size: (u32, u32), lang: &str) -> Person {
        let link = self.link(station);
        let client = self.driver.browser(size, lang).await;
        Person::enter(client, &link, station).await
    }

    /// Another person in a tab of somebody's browser.
    pub async fn beside(&mut self, person: &Person, station: &str) -> Person {
        let link = self.link(station);
        let window = person.client.new_window(true).await.unwrap();
        person.client.switch_to_window(window.handle).await.unwrap();
        Person::enter(person.client.clone(), &link, station).await
    }

    /// A command of a station.
    pub fn command(&self, station: &str, line: &[&str]) -> Value {
        let output = self.run(station, line);
        assert!(output.status.success(), "{line:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn run(&self, station: &str, line: &[&str]) -> std::process::Output {
        let passphrase = self.root.path().join("x/stations").join(format!("{station}.passphrase"));
        Command::new(PROGRAM)
            .args(line)
            .arg("--json")
            .arg("--home")
            .arg(self.home(station))
            .arg("--passphrase-file")
            .arg(passphrase)
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    /// Starts a station that was stopped; it reaches the relay without the exercise's tap.
    pub fn start(&mut self, station: &str) {
        let passphrase = self.root.path().join("x/stations").join(format!("{station}.passphrase"));
        let mut command = Command::new(PROGRAM);
        command.args(["station", "run", "--until-stdin-closes", "--json", "--home"]).arg(self.home(station));
        let mut child = command
            .arg("--passphrase-file")
            .arg(passphrase)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let stdin = child.stdin.take();
        self.beside.push(Tied { child, stdin });
    }
}

/// Starts a process and reads its first line.
fn tied(command: &mut Command) -> (Tied, String) {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let stdin = child.stdin.take();
    (Tied { child, stdin }, line)
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.beside.clear();
        // The exercise ends its own processes in order when it is told to.
        let _ = Command::new("kill").arg(self.exercise.id().to_string()).status();
        let _ = self.exercise.wait();
    }
}

/// The draft of a step of a shipped scenario: what the people of the case write.
pub fn draft_of(scenario: &str, save: &str) -> String {
    let table: toml::Table = scenario.parse().unwrap();
    let steps = table["step"].as_array().unwrap();
    let acts = steps.iter().filter_map(|step| step.get("do")?.as_array()).flatten();
    let mut found = acts.filter(|act| act.get("save").and_then(toml::Value::as_str) == Some(save));
    let draft = found.next().unwrap()["draft"].as_str().unwrap();
    let begin = instant(600_000);
    draft.replace("@NOW-10m@", &begin)
}

/// The instant so many milliseconds ago, as fields take it.
#[expect(clippy::disallowed_methods, reason = "people write instants of the day they live in")]
pub fn instant(ago_ms: u64) -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    backchannel_accord::time::rfc3339(backchannel_wire::UtcMs(u64::try_from(now).unwrap() - ago_ms))
}

/// A clock that only goes forward, for patience.
#[expect(clippy::disallowed_methods, reason = "how long a test waits decides nothing but when it gives up")]
pub fn steady() -> std::time::Instant {
    std::time::Instant::now()
}
