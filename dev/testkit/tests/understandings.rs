//! Understandings of a whole channel: drafted, approved, brought into effect by machines that may die at any moment.

use backchannel_station::api::{ErrorKind, Request, Response};
use backchannel_testkit::lines::PASSPHRASE;
use backchannel_testkit::stored::Stored;
use backchannel_testkit::world::World;
use serde_json::Value;

/// Beats within which a text or a word reaches everybody.
const WAY: u64 = 60;
/// Beats from a proposal to the beat in which a try is dead: limit, expiry, acknowledgements, and their ways.
const DEAD: u64 = 320 + 40 + 80 + 40;

const TEXT: &str = r#"
form = "gentle"
voice = "intermediary"
languages = ["en"]

[[party]]
code = "alpha"
quorum = 1
name = { en = "Alpha" }

[[party]]
code = "bravo"
quorum = 1
name = { en = "Bravo" }

[[undertaking]]
id = "alpha"
by = ["alpha"]
towards = ["bravo"]
act = "direct-preventive-strike"
place = "anywhere"
time = "term"

[[undertaking]]
id = "bravo"
by = ["bravo"]
towards = ["alpha"]
act = "direct-preventive-strike"
place = "anywhere"
time = "term"

[term]
from = "FROM"
from_inclusive = true
lasts = "90d"
until_inclusive = false
notice = "72h"
brake = "48h"
reply = "12h"
complaint = "24h"

[confidence]
existence = "secret"
content = "secret"

[[glossary]]
code = "direct-preventive-strike"
term = { en = "direct preventive strike" }
confirmed_by = ["alpha", "bravo"]

[[clause]]
id = "alpha"
states = "undertaking alpha"
from = "no-direct-strike"

[[clause]]
id = "bravo"
states = "undertaking bravo"
from = "no-direct-strike"

[[clause]]
id = "entry"
from = "entry"

[[clause]]
id = "end"
from = "end"

[[clause]]
id = "notice"
from = "notice"

[[clause]]
id = "brake"
from = "brake"

[[clause]]
id = "reply"
from = "reply"

[[clause]]
id = "complaint"
from = "complaint"

[[clause]]
id = "confidence"
from = "confidence"

[[clause]]
id = "glossary"
from = "glossary"
"#;

const EVERYBODY: [&str; 5] = ["alpha", "alpha envoy", "bravo", "bravo envoy", "intermediary"];

fn text() -> String {
    // Channels of the testkit begin at 2027-01-15T08:00Z.
    TEXT.replace("FROM", "2027-01-15T08:00Z")
}

fn lines(world: &mut World, at: usize, kind: &str) -> Vec<String> {
    let journal = world.ok(at, Request::Watch { since: 0, timeout_ms: 0 });
    let entries = journal["entries"].as_array().cloned().unwrap_or_default();
    let of = entries.into_iter().filter(|entry| entry["kind"] == kind);
    of.map(|entry| entry["what"].as_str().unwrap_or_default().to_owned()).collect()
}

fn status(world: &mut World, name: &str, id: &str) -> Value {
    let at = world.node(name);
    match world.ask(at, Request::UnderstandingStatus { id: id.to_owned(), at: None }) {
        Response::Ok(value) => value,
        Response::Error(_) => Value::Null,
    }
}

fn all_are(world: &mut World, id: &str, state: &str) -> bool {
    EVERYBODY.iter().all(|name| status(world, name, id)["state"] == state)
}

fn states(world: &mut World, id: &str) -> Vec<String> {
    EVERYBODY.iter().map(|name| format!("{name}: {}", status(world, name, id))).collect()
}

fn story(world: &mut World) -> String {
    let mut out = String::new();
    for name in EVERYBODY {
        let at = world.node(name);
        if world.nodes[at].machine.is_none() {
            continue;
        }
        for kind in ["understanding", "ceremony", "in-effect", "ended", "refused"] {
            out += &format!("{name} {kind}: {:#?}\n", lines(world, at, kind));
        }
    }
    out
}

fn submit(world: &mut World, id: Option<&str>, file: String) -> String {
    let at = world.node("intermediary");
    let submit = Request::UnderstandingSubmit { id: id.map(str::to_owned), file };
    world.ok(at, submit)["id"].as_str().expect("an id").to_owned()
}

fn freeze(world: &mut World, id: &str) -> String {
    let at = world.node("intermediary");
    world.ok(at, Request::UnderstandingFreeze { id: id.to_owned() })["digest"].as_str().expect("a digest").to_owned()
}

/// A text that everybody has, frozen.
fn frozen(world: &mut World) -> (String, String) {
    let id = submit(world, None, text());
    assert!(world.until(WAY, |world| all_are(world, &id, "submitted")), "{:#?}", states(world, &id));
    let digest = freeze(world, &id);
    assert!(world.until(WAY, |world| all_are(world, &id, "frozen")), "{:#?}", states(world, &id));
    (id, digest)
}

fn approval(id: &str, digest: &str, passphrase: &str, take_back: bool) -> Request {
    let (id, digest, passphrase) = (id.to_owned(), digest.to_owned(), passphrase.to_owned());
    Request::UnderstandingApprove { id, digest, passphrase, take_back }
}

fn approve(world: &mut World, name: &str, (id, digest): (&str, &str)) {
    let at = world.node(name);
    world.ok(at, approval(id, digest, PASSPHRASE, false));
    let given = |world: &mut World| status(world, name, id)["state"] == "approving";
    assert!(world.until(WAY, given), "{name} did not approve\n{}", story(world));
}

fn deposit(id: &str, withdraw: bool) -> Request {
    Request::UnderstandingDeposit { id: id.to_owned(), withdraw }
}

fn kind_of(response: Response) -> ErrorKind {
    match response {
        Response::Ok(value) => panic!("it was taken: {value}"),
        Response::Error(failure) => failure.kind,
    }
}

/// A frozen text that both parties approved.
fn approved(world: &mut World) -> (String, String) {
    let (id, digest) = frozen(world);
    approve(world, "alpha", (&id, &digest));
    approve(world, "bravo", (&id, &digest));
    (id, digest)
}

/// What every station must agree on.
fn essence(status: &Value) -> Value {
    let keys = ["state", "digest", "in_effect", "in_effect_from", "until", "version", "parties", "form", "voice"];
    keys.iter().map(|key| ((*key).to_owned(), status[*key].clone())).collect::<serde_json::Map<_, _>>().into()
}

fn agree(world: &mut World, id: &str) -> Value {
    let all: Vec<Value> = EVERYBODY.iter().map(|name| essence(&status(world, name, id))).collect();
    assert!(all.iter().all(|one| *one == all[0]), "{all:#?}\n{}", story(world));
    all[0].clone()
}

// DEED-1, DEED-5, DEED-6, DEED-9, DEED-11, DEED-12
#[test]
fn p6_a_gentlemens_understanding_comes_into_effect_everywhere() {
    let mut world = Stored::convened().world(41);
    let (id, digest) = frozen(&mut world);
    let (alpha, envoy) = (world.node("alpha"), world.node("alpha envoy"));
    assert_eq!(kind_of(world.ask(alpha, approval(&id, &digest, "guessed", false))), ErrorKind::WrongPassphrase);
    assert_eq!(kind_of(world.ask(alpha, approval(&id, &"0".repeat(64), PASSPHRASE, false))), ErrorKind::Refused);
    assert_eq!(kind_of(world.ask(envoy, approval(&id, &digest, PASSPHRASE, false))), ErrorKind::Refused);
    assert_eq!(kind_of(world.ask(alpha, deposit(&id, false))), ErrorKind::Refused);
    approve(&mut world, "alpha", (&id, &digest));
    approve(&mut world, "bravo", (&id, &digest));
    world.ok(alpha, deposit(&id, false));
    let began = world.beat.0;
    let done = world.until(200, |world| all_are(world, &id, "in effect"));
    assert!(done, "{:#?}\n{}", states(&mut world, &id), story(&mut world));
    println!("from proposal to effect: {} beats", world.beat.0 - began);
    let shown = agree(&mut world, &id);
    assert_eq!(shown["digest"], digest.as_str());
    for name in EVERYBODY {
        let at = world.node(name);
        assert_eq!(lines(&mut world, at, "in-effect").len(), 1, "{name}\n{}", story(&mut world));
        let seen = world.ok(at, Request::UnderstandingShow { id: id.clone() });
        assert_eq!(seen["state"], "in effect");
        assert!(seen["clauses"].as_array().is_some_and(|clauses| clauses.len() == 10), "{seen}");
    }
    let alarms = world.alarms();
    assert!(alarms.is_empty(), "{alarms:?}");
    // Everybody starts again and finds the same, and what is locked shows nothing.
    for name in EVERYBODY {
        let at = world.node(name);
        world.kill(at);
        world.start(at);
    }
    world.run(4);
    assert_eq!(agree(&mut world, &id), shown);
    world.ok(alpha, Request::Lock {});
    assert_eq!(kind_of(world.ask(alpha, Request::UnderstandingShow { id: id.clone() })), ErrorKind::Locked);
    world.ok(alpha, Request::Unlock { passphrase: PASSPHRASE.to_owned() });
    assert_eq!(agree(&mut world, &id), shown);
}
