//! The command lines an exercise uses: all of them, and nowhere else (docs/spec/commands.md).

use super::scenario::About;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::Path;

/// A command line, word by word.
pub type Words = Vec<OsString>;

fn words(list: &[&str]) -> Words {
    list.iter().map(OsString::from).collect()
}

fn with(mut line: Words, flag: &str, value: impl Into<OsString>) -> Words {
    line.push(flag.into());
    line.push(value.into());
    line
}

fn and(mut line: Words, value: impl Into<OsString>) -> Words {
    line.push(value.into());
    line
}

/// Adds what every command of a station takes.
pub fn of_home(line: Words, home: &Path, passphrase: &Path) -> Words {
    and(with(with(line, "--home", home), "--passphrase-file", passphrase), "--json")
}

/// `relay init`.
pub fn relay_init(dir: &Path, listen: SocketAddr) -> Words {
    and(with(and(words(&["relay", "init"]), dir), "--listen", listen.to_string()), "--json")
}

/// `relay serve`.
pub fn relay_serve(dir: &Path) -> Words {
    and(and(and(words(&["relay", "serve"]), dir), "--until-stdin-closes"), "--json")
}

/// The hidden relay that misbehaves.
pub fn relay_with_fault(dir: &Path, fault: &str) -> Words {
    with(and(words(&["exercise-relay"]), dir), "--fault", fault)
}

/// The hidden relay that leaks.
pub fn relay_that_leaks(dir: &Path) -> Words {
    and(and(words(&["exercise-relay"]), dir), "--leaky")
}

/// The hidden tap.
pub fn tap(listen: SocketAddr, relay: SocketAddr, csv: &Path, who: &str) -> Words {
    let line = with(words(&["exercise-tap"]), "--listen", listen.to_string());
    with(with(with(line, "--relay", relay.to_string()), "--csv", csv), "--who", who)
}

/// `convene`.
pub fn convene(
    relay: SocketAddr,
    pin: &str,
    token: &Path,
    label: &str,
    parties: &[&str],
    beat_ms: u64,
) -> Words {
    let line = with(words(&["convene"]), "--relay", relay.to_string());
    let line = with(with(line, "--relay-pin", pin), "--operator-token-file", token);
    let line = with(with(line, "--label", label), "--beat-ms", beat_ms.to_string());
    parties.iter().fold(line, |line, party| with(line, "--party", *party))
}

/// `accept`.
pub fn accept(invitation: &Path) -> Words {
    and(words(&["accept"]), invitation)
}

/// `station run`.
pub fn station_run(via: SocketAddr) -> Words {
    and(with(words(&["station", "run"]), "--via", via.to_string()), "--until-stdin-closes")
}

/// `desk`.
pub fn desk(no_open: bool) -> Words {
    let line = words(&["desk", "--until-stdin-closes"]);
    if no_open { and(line, "--no-open") } else { line }
}

/// The hidden list of what must never be found at a relay.
pub fn export_needles() -> Words {
    words(&["station", "export-needles"])
}

/// A command without arguments, such as `status`.
pub fn plain(command: &str) -> Words {
    words(&[command])
}

/// A command with one argument, such as `show ID`.
pub fn of_one(command: &str, id: &str) -> Words {
    words(&[command, id])
}

/// `send`.
pub fn send(draft: &Path) -> Words {
    and(words(&["send"]), draft)
}

/// `reply`.
pub fn reply(id: &str, draft: &Path) -> Words {
    and(words(&["reply", id]), draft)
}

/// `convey`.
pub fn convey(id: &str, to: &str, rendering: Option<&Path>, faithless: bool) -> Words {
    let mut line = with(words(&["convey", id]), "--to", to);
    if let Some(rendering) = rendering {
        line = with(line, "--substance", rendering);
    }
    if faithless { and(line, "--faithless") } else { line }
}

/// `read-back`.
pub fn read_back(id: &str, text: &BTreeMap<String, String>) -> Words {
    text.iter().fold(words(&["read-back", id]), |line, (language, text)| {
        with(line, "--text", format!("{language}={text}"))
    })
}

/// `delegation add`.
pub fn delegation_add(role: &str, label: &str) -> Words {
    with(words(&["delegation", "add", label]), "--role", role)
}

/// `delegation remove`.
pub fn delegation_remove(member: &str, reason: &str) -> Words {
    with(words(&["delegation", "remove", member]), "--reason", reason)
}

/// `understanding submit`.
pub fn submit(file: &Path, id: Option<&str>) -> Words {
    let line = and(words(&["understanding", "submit"]), file);
    match id {
        Some(id) => with(line, "--id", id),
        None => line,
    }
}

/// `understanding comment`.
pub fn comment(id: &str, clause: Option<&str>, text: &BTreeMap<String, String>) -> Words {
    let line = words(&["understanding", "comment", id]);
    let line = clause.into_iter().fold(line, |line, clause| with(line, "--clause", clause));
    text.iter().fold(line, |line, (language, text)| with(line, "--text", format!("{language}={text}")))
}

/// `understanding status`, now or at an instant.
pub fn understanding_status(id: &str, at: Option<&str>) -> Words {
    let line = words(&["understanding", "status", id]);
    at.into_iter().fold(line, |line, at| with(line, "--at", at))
}

/// `understanding deposit`.
pub fn deposit(id: &str, within: Option<&str>, flags: &[&str]) -> Words {
    let line = words(&["understanding", "deposit", id]);
    let line = within.into_iter().fold(line, |line, within| with(line, "--within", within));
    flags.iter().fold(line, |line, flag| and(line, *flag))
}

/// `understanding withdraw`.
pub fn withdraw(id: &str, urgent: Option<&str>, back: bool) -> Words {
    let line = words(&["understanding", "withdraw", id]);
    let line = urgent.into_iter().fold(line, |line, ground| with(line, "--urgent", ground));
    if back { and(line, "--take-back") } else { line }
}

/// `notify`.
pub fn notify(file: &Path, to: &str, answers: Option<&str>) -> Words {
    let line = with(and(words(&["notify"]), file), "--to", to);
    answers.into_iter().fold(line, |line, id| with(line, "--answers", id))
}

/// `line status`, `line check` and `line answer`.
pub fn line(what: &str) -> Words {
    words(&["line", what])
}

/// `query --list`, `statement list`, `exposure list`.
pub fn listed(what: &[&str]) -> Words {
    words(what)
}

/// `exposure compare`.
pub fn compare_text(file: &Path) -> Words {
    and(words(&["exposure", "compare"]), file)
}

/// `incident list`, of one understanding.
pub fn incidents(id: &str) -> Words {
    words(&["incident", "list", id])
}

/// What is done about an incident: `incident open` at an instant, `clarify`, `incident contest` and so on.
pub fn incident(id: &str, about: &About, at: &str) -> Words {
    match about {
        About::Open { of, clause, .. } => {
            let line = with(words(&["incident", "open", id]), "--at", at);
            let line = of.iter().fold(line, |line, of| with(line, "--of", of));
            clause.iter().fold(line, |line, clause| with(line, "--clause", clause))
        }
        About::Clarify { answer, remedy } => {
            let line = with(words(&["clarify", id]), "--as", answer);
            if *remedy { and(line, "--remedy") } else { line }
        }
        About::Contest => words(&["incident", "contest", id]),
        About::Find { finding: [established, intent], own } => {
            let line = with(words(&["incident", "find", id]), "--established", established);
            let line = with(line, "--intent", intent);
            if *own { and(line, "--own") } else { line }
        }
        About::Close { outcome } => with(words(&["incident", "close", id]), "--as", outcome),
    }
}

/// `understanding told`.
pub fn told(id: &str, zone: &str) -> Words {
    words(&["understanding", "told", id, zone])
}

/// `artefact export` or `artefact simulate`, into a new file.
pub fn artefact(command: &str, id: &str, file: &Path) -> Words {
    and(words(&["artefact", command, id]), file)
}

/// `artefact verify`, which takes no home and no passphrase.
pub fn artefact_verify(file: &Path) -> Words {
    and(and(words(&["artefact", "verify"]), file), "--json")
}

/// `understanding approve`, of one digest.
pub fn approve(id: &str, digest: &str) -> Words {
    with(words(&["understanding", "approve", id]), "--digest", digest)
}

/// A command about an understanding that takes its id alone, such as `understanding freeze ID`.
pub fn understanding(command: &str, id: &str) -> Words {
    words(&["understanding", command, id])
}

/// `delegation list`.
pub fn delegation_list() -> Words {
    words(&["delegation", "list"])
}

/// `delegation quorum`.
pub fn delegation_quorum(quorum: u8) -> Words {
    words(&["delegation", "quorum", &quorum.to_string()])
}

/// `delegation approve`.
pub fn delegation_approve(number: u64) -> Words {
    words(&["delegation", "approve", &number.to_string()])
}

/// `verify words --new`.
pub fn words_new() -> Words {
    words(&["verify", "words", "--new"])
}

/// `verify words --enter-file`.
pub fn words_enter(file: &Path) -> Words {
    with(words(&["verify", "words"]), "--enter-file", file)
}

/// `verify compare`.
pub fn compare(same: Option<bool>) -> Words {
    let line = words(&["verify", "compare"]);
    match same {
        None => line,
        Some(true) => and(line, "--same"),
        Some(false) => and(line, "--different"),
    }
}
