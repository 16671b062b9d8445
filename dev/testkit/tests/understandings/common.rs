//! What the tests of understandings share: a text, and what people do with it.

use backchannel_accord::time::{parse_rfc3339, rfc3339};
use backchannel_station::api::{ErrorKind, Request, Response};
use backchannel_testkit::lines::PASSPHRASE;
use backchannel_testkit::stored::Stored;
use backchannel_testkit::world::World;
use backchannel_wire::UtcMs;
use serde_json::Value;

/// Beats within which a text or a word reaches everybody.
pub const WAY: u64 = 60;

/// Beats from a proposal to the beat in which a try is dead: limit, expiry, acknowledgements, and their ways.
pub const DEAD: u64 = 320 + 40 + 80 + 40;

pub const TEXT: &str = r#"
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

pub const EVERYBODY: [&str; 5] = ["alpha", "alpha envoy", "bravo", "bravo envoy", "intermediary"];

pub fn text() -> String {
    // Channels of the testkit begin at 2027-01-15T08:00Z.
    TEXT.replace("FROM", "2027-01-15T08:00Z")
}

pub fn lines(world: &mut World, at: usize, kind: &str) -> Vec<String> {
    let journal = world.ok(at, Request::Watch { since: 0, timeout_ms: 0 });
    let entries = journal["entries"].as_array().cloned().unwrap_or_default();
    let of = entries.into_iter().filter(|entry| entry["kind"] == kind);
    of.map(|entry| entry["what"].as_str().unwrap_or_default().to_owned()).collect()
}

pub fn status(world: &mut World, name: &str, id: &str) -> Value {
    let at = world.node(name);
    match world.ask(at, Request::UnderstandingStatus { id: id.to_owned(), at: None }) {
        Response::Ok(value) => value,
        Response::Error(_) => Value::Null,
    }
}

pub fn all_are(world: &mut World, id: &str, state: &str) -> bool {
    EVERYBODY.iter().all(|name| status(world, name, id)["state"] == state)
}

pub fn states(world: &mut World, id: &str) -> Vec<String> {
    EVERYBODY.iter().map(|name| format!("{name}: {}", status(world, name, id))).collect()
}

pub fn story(world: &mut World) -> String {
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

pub fn submit(world: &mut World, id: Option<&str>, file: String) -> String {
    let at = world.node("intermediary");
    let submit = Request::UnderstandingSubmit { id: id.map(str::to_owned), file };
    world.ok(at, submit)["id"].as_str().expect("an id").to_owned()
}

pub fn freeze(world: &mut World, id: &str) -> String {
    let at = world.node("intermediary");
    world.ok(at, Request::UnderstandingFreeze { id: id.to_owned() })["digest"]
        .as_str()
        .expect("a digest")
        .to_owned()
}

/// A text that everybody has, frozen.
pub fn frozen(world: &mut World) -> (String, String) {
    let id = submit(world, None, text());
    assert!(world.until(WAY, |world| all_are(world, &id, "submitted")), "{:#?}", states(world, &id));
    let digest = freeze(world, &id);
    assert!(world.until(WAY, |world| all_are(world, &id, "frozen")), "{:#?}", states(world, &id));
    (id, digest)
}

pub fn approval(id: &str, digest: &str, passphrase: &str, take_back: bool) -> Request {
    let (id, digest, passphrase) = (id.to_owned(), digest.to_owned(), passphrase.into());
    Request::UnderstandingApprove { id, digest, passphrase, take_back }
}

pub fn approve(world: &mut World, name: &str, (id, digest): (&str, &str)) {
    let at = world.node(name);
    world.ok(at, approval(id, digest, PASSPHRASE, false));
    let given = |world: &mut World| status(world, name, id)["state"] == "approving";
    assert!(world.until(WAY, given), "{name} did not approve\n{}", story(world));
}

pub fn deposit(id: &str, withdraw: bool) -> Request {
    Request::UnderstandingDeposit { id: id.to_owned(), withdraw, within_ms: None, withhold: false }
}

pub fn kind_of(response: Response) -> ErrorKind {
    match response {
        Response::Ok(value) => panic!("it was taken: {value}"),
        Response::Error(failure) => failure.kind,
    }
}

/// A text laid down, frozen and approved by both parties.
pub fn approved_text(world: &mut World, file: String) -> (String, String) {
    let id = submit(world, None, file);
    assert!(world.until(WAY, |world| all_are(world, &id, "submitted")), "{:#?}", states(world, &id));
    let digest = freeze(world, &id);
    assert!(world.until(WAY, |world| all_are(world, &id, "frozen")), "{:#?}", states(world, &id));
    approve(world, "alpha", (&id, &digest));
    approve(world, "bravo", (&id, &digest));
    (id, digest)
}

/// A frozen text that both parties approved.
pub fn approved(world: &mut World) -> (String, String) {
    let (id, digest) = frozen(world);
    approve(world, "alpha", (&id, &digest));
    approve(world, "bravo", (&id, &digest));
    (id, digest)
}

/// The joint form, frozen and approved by both, as it was put aside once for all tests.
pub fn joint_approved_once() -> &'static (Stored, String, String) {
    static ONCE: std::sync::OnceLock<(Stored, String, String)> = std::sync::OnceLock::new();
    ONCE.get_or_init(|| {
        let mut world = Stored::convened().world(48);
        let (id, digest) = approved_text(&mut world, joint());
        (world.put_aside(), id, digest)
    })
}

/// What every station must agree on.
pub fn essence(status: &Value) -> Value {
    let keys =
        ["state", "digest", "in_effect", "in_effect_from", "until", "version", "parties", "form", "voice"];
    keys.iter().map(|key| ((*key).to_owned(), status[*key].clone())).collect::<serde_json::Map<_, _>>().into()
}

pub fn agree(world: &mut World, id: &str) -> Value {
    let all: Vec<Value> = EVERYBODY.iter().map(|name| essence(&status(world, name, id))).collect();
    assert!(all.iter().all(|one| *one == all[0]), "{all:#?}\n{}", story(world));
    all[0].clone()
}

pub fn in_effect(world: &mut World, id: &str) -> bool {
    all_are(world, id, "in effect")
}

/// The joint form of the same text.
pub fn joint() -> String {
    text().replace("\"gentle\"", "\"joint\"").replace("voice = \"intermediary\"", "voice = \"reciprocal\"")
}

pub fn export(world: &mut World, name: &str, id: &str) -> Response {
    let at = world.node(name);
    world.ask(at, Request::ArtefactExport { id: id.to_owned() })
}

pub fn status_at(world: &mut World, name: &str, id: &str, at: &str) -> Value {
    let node = world.node(name);
    world.ok(node, Request::UnderstandingStatus { id: id.to_owned(), at: Some(at.to_owned()) })
}

/// An instant some minutes after another, as people write it.
pub fn minutes_after(instant: &str, minutes: u64) -> String {
    let at = parse_rfc3339(instant).expect("an instant");
    rfc3339(UtcMs(at.0 + minutes * 60_000))
}

pub fn settled(world: &mut World, id: &str) {
    let alpha = world.node("alpha");
    world.ok(alpha, deposit(id, false));
    assert!(world.until(100, |world| in_effect(world, id)), "{}", story(world));
}

/// Alpha, Bravo and the intermediary, where Alpha holds the pen.
pub const THREE: [&str; 3] = ["alpha", "bravo", "intermediary"];

pub fn three_are(world: &mut World, id: &str, state: &str) -> bool {
    THREE.iter().all(|name| status(world, name, id)["state"] == state)
}

pub fn named(world: &mut World, name: &str) -> bool {
    let at = world.node(name);
    lines(world, at, "ceremony").iter().any(|line| line.contains("made the name"))
}

/// A channel whose two parties approved a text, put aside so that many runs start from it.
pub fn approved_once() -> &'static (Stored, String, String) {
    static APPROVED: std::sync::OnceLock<(Stored, String, String)> = std::sync::OnceLock::new();
    APPROVED.get_or_init(|| {
        let mut world = Stored::convened().world(42);
        let (id, digest) = approved(&mut world);
        world.run(20);
        (world.put_aside(), id, digest)
    })
}

/// Nobody is bound alone: at every moment either no station finds it in effect, or every party's will once it has seen
/// the registry as far.
pub fn nobody_is_bound_alone(world: &mut World, id: &str) {
    let by: Vec<bool> = EVERYBODY.iter().map(|name| status(world, name, id)["in_effect"] == true).collect();
    let all = by.iter().all(|in_effect| *in_effect);
    let none = by.iter().all(|in_effect| !*in_effect);
    assert!(all || none, "{by:?} {:#?}", states(world, id));
}

/// Begins another try, after leaving one in which assurances still lie with the depositary, or that waits for another head.
pub fn another_try(world: &mut World, id: &str) {
    let alpha = world.node("alpha");
    if matches!(world.ask(alpha, deposit(id, false)), Response::Error(_)) {
        world.ok(alpha, deposit(id, true));
        world.run(20);
        world.ok(alpha, deposit(id, false));
    }
}

pub fn line_of(world: &mut World, name: &str, kind: &str, what: &str) -> bool {
    let at = world.node(name);
    lines(world, at, kind).iter().any(|line| line.contains(what))
}

/// Nothing came of it, and each of these was told so.
pub fn came_to_nothing(world: &mut World, id: &str, names: &[&str]) {
    let void = |world: &mut World| names.iter().all(|name| status(world, name, id)["state"] == "void");
    assert!(world.until(DEAD, void), "{:#?}", states(world, id));
    for name in names {
        let told = ["ceremony", "ended"].iter().any(|kind| line_of(world, name, kind, "nobody is bound"));
        assert!(told, "{name}\n{}", story(world));
    }
}
