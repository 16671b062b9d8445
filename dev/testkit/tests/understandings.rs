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
    world.ok(at, Request::UnderstandingFreeze { id: id.to_owned() })["digest"]
        .as_str()
        .expect("a digest")
        .to_owned()
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
    Request::UnderstandingDeposit { id: id.to_owned(), withdraw, within_ms: None, withhold: false }
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
    let keys =
        ["state", "digest", "in_effect", "in_effect_from", "until", "version", "parties", "form", "voice"];
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
    assert_eq!(
        kind_of(world.ask(alpha, approval(&id, &digest, "guessed", false))),
        ErrorKind::WrongPassphrase
    );
    assert_eq!(
        kind_of(world.ask(alpha, approval(&id, &"0".repeat(64), PASSPHRASE, false))),
        ErrorKind::Refused
    );
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

/// A channel whose two parties approved a text, put aside so that many runs start from it.
fn approved_once() -> &'static (Stored, String, String) {
    static APPROVED: std::sync::OnceLock<(Stored, String, String)> = std::sync::OnceLock::new();
    APPROVED.get_or_init(|| {
        let mut world = Stored::convened().world(42);
        let (id, digest) = approved(&mut world);
        world.run(20);
        (world.put_aside(), id, digest)
    })
}

fn in_effect(world: &mut World, id: &str) -> bool {
    all_are(world, id, "in effect")
}

/// Nobody is bound alone: at every moment either no station finds it in effect, or every party's will once it has seen
/// the registry as far.
fn nobody_is_bound_alone(world: &mut World, id: &str) {
    let by: Vec<bool> = EVERYBODY.iter().map(|name| status(world, name, id)["in_effect"] == true).collect();
    let all = by.iter().all(|in_effect| *in_effect);
    let none = by.iter().all(|in_effect| !*in_effect);
    assert!(all || none, "{by:?} {:#?}", states(world, id));
}

// DEED-13
#[test]
fn p6_a_station_killed_at_any_moment_leaves_all_bound_or_nobody() {
    let (stored, id, _) = approved_once();
    let (mut first_try, mut later) = (0, 0);
    for name in ["alpha", "bravo", "intermediary"] {
        for effects in (0..66).step_by(3) {
            let mut world = stored.world(u64::from(effects) + 1_000);
            let (alpha, victim) = (world.node("alpha"), world.node(name));
            world.run(2);
            world.ok(alpha, deposit(id, false));
            world.nodes[victim].crash_in = Some(effects);
            if world.until(120, |world| in_effect(world, id)) {
                first_try += 1;
            } else {
                // Its part was not given when it died: the try ended for all, and the next one is another.
                world.nodes[victim].crash_in = None;
                world.run(4);
                nobody_is_bound_alone(&mut world, id);
                if matches!(world.ask(alpha, deposit(id, false)), Response::Error(_)) {
                    // Alpha's assurances lie with the depositary until its limit, or until they are taken back.
                    world.ok(alpha, deposit(id, true));
                    world.run(20);
                    world.ok(alpha, deposit(id, false));
                }
                let done = world.until(120, |world| in_effect(world, id));
                assert!(done, "{name} {effects}\n{}", story(&mut world));
                later += 1;
            }
            world.nodes[victim].crash_in = None;
            world.run(4);
            agree(&mut world, id);
        }
    }
    println!("in effect at the first try: {first_try}, at the second: {later}");
    assert!(first_try > 20 && later > 3, "{first_try} {later}");
}

#[test]
fn p6_a_party_that_never_approves_binds_nobody_and_everybody_is_told() {
    let mut world = Stored::convened().world(43);
    let (id, digest) = frozen(&mut world);
    approve(&mut world, "alpha", (&id, &digest));
    let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
    world.ok(alpha, deposit(&id, false));
    world.run(20);
    assert!(lines(&mut world, bravo, "ceremony").iter().any(|line| line.contains("has not approved")));
    world.run(DEAD);
    let alphas = lines(&mut world, alpha, "ceremony");
    assert!(alphas.iter().any(|line| line.contains("took too long")), "{alphas:?}");
    assert!(alphas.iter().any(|line| line.contains("nobody is bound")), "{alphas:?}");
    for name in EVERYBODY {
        assert_eq!(status(&mut world, name, &id)["in_effect"], false);
    }
    // A later approval makes the next try succeed.
    approve(&mut world, "bravo", (&id, &digest));
    world.ok(alpha, deposit(&id, false));
    assert!(world.until(200, |world| in_effect(world, &id)), "{}", story(&mut world));
    agree(&mut world, &id);
}

#[test]
fn p6_a_party_that_approves_late_joins_the_try_that_waits_for_it() {
    let mut world = Stored::convened().world(44);
    let (id, digest) = frozen(&mut world);
    approve(&mut world, "alpha", (&id, &digest));
    let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
    world.ok(alpha, deposit(&id, false));
    world.run(30);
    // Its head starts again meanwhile: what it was told of the try was kept.
    world.kill(bravo);
    world.start(bravo);
    world.run(10);
    approve(&mut world, "bravo", (&id, &digest));
    assert!(world.until(100, |world| in_effect(world, &id)), "{}", story(&mut world));
}

#[test]
fn p6_a_deposit_withdrawn_before_the_release_binds_nobody() {
    let (stored, id, digest) = approved_once();
    let mut world = stored.world(45);
    let (alpha, envoy, bravo) = (world.node("alpha"), world.node("alpha envoy"), world.node("bravo"));
    world.ok(alpha, deposit(id, false));
    // Bravo's head goes off the line once it has opened its part, so that Alpha's deposit lies there alone.
    let opened =
        |world: &mut World| lines(world, bravo, "ceremony").iter().any(|line| line.contains("made the name"));
    assert!(world.until(60, opened), "{}", story(&mut world));
    world.cut(bravo);
    let held = |world: &mut World| lines(world, alpha, "ceremony").iter().any(|line| line.contains("holds"));
    assert!(world.until(60, held), "{}", story(&mut world));
    assert_eq!(status(&mut world, "alpha envoy", id)["state"], "deposited");
    assert_eq!(kind_of(world.ask(alpha, approval(id, digest, PASSPHRASE, true))), ErrorKind::Refused);
    assert_eq!(kind_of(world.ask(envoy, deposit(id, true))), ErrorKind::Refused);
    world.ok(alpha, deposit(id, true));
    let back = |world: &mut World| {
        lines(world, alpha, "ceremony").iter().any(|line| line.contains("gave the assurances back"))
    };
    assert!(world.until(60, back), "{}", story(&mut world));
    world.nodes[bravo].line = true;
    world.run(DEAD);
    for name in EVERYBODY {
        assert_eq!(status(&mut world, name, id)["in_effect"], false);
    }
    let bravos = lines(&mut world, bravo, "ceremony");
    assert!(bravos.iter().any(|line| line.contains("destroyed everything")), "{bravos:?}");
    assert!(bravos.iter().any(|line| line.contains("nobody is bound")), "{bravos:?}");
    world.ok(alpha, approval(id, digest, PASSPHRASE, true));
    let gone = |world: &mut World| {
        status(world, "alpha", id)["state"] != "approving"
            && lines(world, alpha, "understanding").iter().any(|line| line.contains("took an approval"))
    };
    assert!(world.until(60, gone), "{}", story(&mut world));
    assert_eq!(kind_of(world.ask(alpha, deposit(id, false))), ErrorKind::Refused);
}

#[test]
fn p6_a_ceremony_and_its_record_go_on_while_every_station_is_locked() {
    let (stored, id, _) = approved_once();
    let mut world = stored.world(46);
    let alpha = world.node("alpha");
    world.ok(alpha, deposit(id, false));
    for name in EVERYBODY {
        let at = world.node(name);
        world.ok(at, Request::Lock {});
    }
    world.run(100);
    for name in EVERYBODY {
        let at = world.node(name);
        world.ok(at, Request::Unlock { passphrase: PASSPHRASE.to_owned() });
    }
    assert_eq!(agree(&mut world, id)["state"], "in effect", "{}", story(&mut world));
    assert!(world.ok(alpha, Request::UnderstandingShow { id: id.clone() })["clauses"].is_array());
}

#[test]
fn comments_versions_and_what_changed_are_on_record_at_whoever_may_see_them() {
    let mut world = Stored::convened().world(47);
    let (id, first) = frozen(&mut world);
    approve(&mut world, "alpha", (&id, &first));
    let (alpha, mediator, bravo) = (world.node("alpha"), world.node("intermediary"), world.node("bravo"));
    let words = std::collections::BTreeMap::from([("en".to_owned(), "Sixty days would do.".to_owned())]);
    let comment = |clause: &str| Request::UnderstandingComment {
        id: id.clone(),
        clause: Some(clause.to_owned()),
        text: words.clone(),
    };
    assert_eq!(kind_of(world.ask(alpha, comment("nowhere"))), ErrorKind::NotFound);
    assert_eq!(kind_of(world.ask(mediator, comment("end"))), ErrorKind::Refused);
    world.ok(alpha, comment("end"));
    let came = |world: &mut World| {
        world.ok(mediator, Request::UnderstandingShow { id: id.clone() })["comments"][0]["text"]["en"]
            == "Sixty days would do."
    };
    assert!(world.until(WAY, came), "{}", story(&mut world));
    assert_eq!(
        world.ok(bravo, Request::UnderstandingShow { id: id.clone() })["comments"],
        serde_json::json!([])
    );
    assert_eq!(
        kind_of(world.ask(alpha, Request::UnderstandingSubmit { id: None, file: text() })),
        ErrorKind::Refused
    );
    assert_eq!(
        kind_of(world.ask(mediator, Request::UnderstandingFreeze { id: id.clone() })),
        ErrorKind::CheckFailed
    );
    // What the check refuses is not frozen, nor what nobody could approve.
    submit(&mut world, Some(&id), text().replace("from_inclusive = true\n", ""));
    world.run(WAY);
    assert_eq!(
        kind_of(world.ask(mediator, Request::UnderstandingFreeze { id: id.clone() })),
        ErrorKind::CheckFailed
    );
    submit(&mut world, Some(&id), text().replace("quorum = 1", "quorum = 3"));
    world.run(WAY);
    assert_eq!(
        kind_of(world.ask(mediator, Request::UnderstandingFreeze { id: id.clone() })),
        ErrorKind::CheckFailed
    );
    submit(&mut world, Some(&id), text().replace("90d", "60d"));
    world.run(WAY);
    let second = freeze(&mut world, &id);
    let all = |world: &mut World| {
        EVERYBODY.iter().all(|name| status(world, name, &id)["digest"] == second.as_str())
    };
    assert!(world.until(WAY, all), "{:#?}", states(&mut world, &id));
    assert_eq!(agree(&mut world, &id)["state"], "frozen", "approvals of the version before fall");
    assert_eq!(kind_of(world.ask(alpha, approval(&id, &first, PASSPHRASE, false))), ErrorKind::Refused);
    let changes = world.ok(bravo, Request::UnderstandingDiff { id: id.clone(), from: None, to: None });
    assert_eq!((&changes["from"], &changes["to"]), (&1.into(), &2.into()));
    assert!(changes["changes"].to_string().contains("60d"), "{changes}");
    let listed = world.ok(bravo, Request::UnderstandingList {});
    assert_eq!(listed["understandings"][0]["version"], 2);
    world.ok(mediator, Request::UnderstandingAbandon { id: id.clone() });
    assert!(world.until(WAY, |world| all_are(world, &id, "abandoned")), "{:#?}", states(&mut world, &id));
    assert_eq!(kind_of(world.ask(alpha, approval(&id, &second, PASSPHRASE, false))), ErrorKind::Refused);
}

/// The joint form of the same text.
fn joint() -> String {
    text().replace("\"gentle\"", "\"joint\"").replace("voice = \"intermediary\"", "voice = \"reciprocal\"")
}

fn export(world: &mut World, name: &str, id: &str) -> Response {
    let at = world.node(name);
    world.ask(at, Request::ArtefactExport { id: id.to_owned() })
}

#[test]
fn p6_a_joint_understanding_comes_into_effect_and_leaves_one_artefact_that_anybody_can_check() {
    use backchannel_assurance::joint::Artefact;
    let mut world = Stored::convened().world(48);
    let id = submit(&mut world, None, joint());
    assert!(world.until(WAY, |world| all_are(world, &id, "submitted")), "{:#?}", states(&mut world, &id));
    let digest = freeze(&mut world, &id);
    assert!(world.until(WAY, |world| all_are(world, &id, "frozen")), "{:#?}", states(&mut world, &id));
    approve(&mut world, "alpha", (&id, &digest));
    approve(&mut world, "bravo", (&id, &digest));
    let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
    // At the first try one side is away when it is to deposit: everything is destroyed and nobody is bound.
    world.ok(alpha, deposit(&id, false));
    let named =
        |world: &mut World| lines(world, bravo, "ceremony").iter().any(|line| line.contains("made the name"));
    assert!(world.until(60, named), "{}", story(&mut world));
    world.cut(bravo);
    world.run(DEAD);
    world.nodes[bravo].line = true;
    world.run(40);
    assert_eq!(kind_of(export(&mut world, "alpha", &id)), ErrorKind::Refused);
    for name in EVERYBODY {
        assert_eq!(status(&mut world, name, &id)["in_effect"], false);
    }
    for head in [alpha, bravo] {
        let told = lines(&mut world, head, "ceremony");
        assert!(told.iter().any(|line| line.contains("nobody is bound")), "{told:?}");
    }
    world.ok(alpha, deposit(&id, false));
    let began = world.beat.0;
    assert!(world.until(120, |world| in_effect(world, &id)), "{}", story(&mut world));
    println!("joint, from proposal to effect: {} beats", world.beat.0 - began);
    agree(&mut world, &id);
    let mut texts = Vec::new();
    for name in ["alpha", "bravo", "alpha envoy"] {
        let Response::Ok(out) = export(&mut world, name, &id) else { panic!("{name} exports nothing") };
        assert_eq!((&out["valid"], &out["form"]), (&true.into(), &"joint".into()));
        let text = out["text"].as_str().expect("a text").to_owned();
        let verified = Artefact::from_text(&text).expect("an artefact").verify().expect("it holds");
        assert_eq!(verified.signers.len(), 2);
        texts.push(text);
    }
    assert!(texts.iter().all(|text| *text == texts[0]));
    world.kill(bravo);
    world.start(bravo);
    assert!(
        matches!(export(&mut world, "bravo", &id), Response::Ok(again) if again["text"] == texts[0].as_str())
    );
    assert_eq!(kind_of(export(&mut world, "intermediary", &id)), ErrorKind::Refused);
    let simulate = Request::ArtefactSimulate { id: id.clone() };
    assert_eq!(kind_of(world.ask(alpha, simulate)), ErrorKind::Refused);
}

#[test]
fn p7_a_gentlemens_transcript_and_a_simulated_one_are_alike() {
    let (stored, id, _) = approved_once();
    let mut world = stored.world(49);
    let (alpha, envoy) = (world.node("alpha"), world.node("alpha envoy"));
    let simulate = Request::ArtefactSimulate { id: id.clone() };
    let made = world.ok(alpha, simulate.clone());
    assert_eq!((&made["valid"], &made["simulated"]), (&true.into(), &true.into()));
    assert_eq!(kind_of(world.ask(envoy, simulate)), ErrorKind::Refused);
    assert_eq!(kind_of(export(&mut world, "alpha", id)), ErrorKind::Refused);
    world.ok(alpha, deposit(id, false));
    assert!(world.until(100, |world| in_effect(world, id)), "{}", story(&mut world));
    let Response::Ok(real) = export(&mut world, "alpha", id) else { panic!("nothing is exported") };
    assert_eq!((&real["valid"], &real["form"]), (&true.into(), &"gentle".into()));
    let length = |one: &Value| one["text"].as_str().map(str::len);
    assert_eq!(length(&real), length(&made), "they have one shape");
    // After a restart it is still there.
    world.kill(alpha);
    world.start(alpha);
    assert!(matches!(export(&mut world, "alpha", id), Response::Ok(again) if again == real));
}

fn status_at(world: &mut World, name: &str, id: &str, at: &str) -> Value {
    let node = world.node(name);
    world.ok(node, Request::UnderstandingStatus { id: id.to_owned(), at: Some(at.to_owned()) })
}

fn settled(world: &mut World, id: &str) {
    let alpha = world.node("alpha");
    world.ok(alpha, deposit(id, false));
    assert!(world.until(100, |world| in_effect(world, id)), "{}", story(world));
}

// DEED-15
#[test]
fn p6_notice_ends_it_for_all_when_the_terms_say_and_can_be_taken_back_until_then() {
    let (stored, id, _) = approved_once();
    let mut world = stored.world(50);
    let (alpha, envoy, bravo) = (world.node("alpha"), world.node("alpha envoy"), world.node("bravo"));
    let withdraw = |urgent: Option<&str>, take_back| Request::UnderstandingWithdraw {
        id: id.clone(),
        urgent: urgent.map(str::to_owned),
        take_back,
    };
    assert_eq!(kind_of(world.ask(alpha, withdraw(None, false))), ErrorKind::Refused);
    settled(&mut world, id);
    assert_eq!(kind_of(world.ask(envoy, withdraw(None, false))), ErrorKind::Refused);
    assert_eq!(kind_of(world.ask(alpha, withdraw(Some("armed-attack"), false))), ErrorKind::Refused);
    assert_eq!(kind_of(world.ask(bravo, withdraw(None, true))), ErrorKind::Refused);
    assert_eq!(kind_of(world.ask(alpha, Request::UnderstandingRenew { id: id.clone() })), ErrorKind::Refused);
    let effective =
        world.ok(alpha, withdraw(None, false))["effective"].as_str().expect("an instant").to_owned();
    let seen = |world: &mut World| {
        EVERYBODY.iter().all(|name| status(world, name, id)["until"] == effective.as_str())
    };
    assert!(world.until(40, seen), "{:#?}", states(&mut world, id));
    assert_eq!(agree(&mut world, id)["in_effect"], true, "not before the terms say");
    for name in EVERYBODY {
        assert_eq!(status_at(&mut world, name, id, &effective)["state"], "withdrawn", "{name}");
    }
    world.ok(alpha, withdraw(None, true));
    assert!(world.until(40, |world| !seen(world) && !lines(world, bravo, "understanding").is_empty()));
    world.run(10);
    for name in EVERYBODY {
        assert_eq!(status_at(&mut world, name, id, &effective)["state"], "in effect", "{name}");
        assert_eq!(status_at(&mut world, name, id, "2027-04-15T08:00:00Z")["state"], "lapsed", "{name}");
    }
}

// DEED-15
#[test]
fn p6_an_understanding_is_renewed_by_all_or_not_at_all() {
    let mut world = Stored::convened().world(51);
    let renewable = text()
        .replace("notice = \"72h\"", "notice = \"72h\"\nrenewal = { by = \"90d\", before = \"72h\" }")
        .replace(
            "[[clause]]\nid = \"notice\"",
            "[[clause]]\nid = \"renewal\"\nfrom = \"renewal\"\n\n[[clause]]\nid = \"notice\"",
        );
    let id = submit(&mut world, None, renewable);
    assert!(world.until(WAY, |world| all_are(world, &id, "submitted")), "{:#?}", states(&mut world, &id));
    let digest = freeze(&mut world, &id);
    assert!(world.until(WAY, |world| all_are(world, &id, "frozen")), "{:#?}", states(&mut world, &id));
    approve(&mut world, "alpha", (&id, &digest));
    approve(&mut world, "bravo", (&id, &digest));
    settled(&mut world, &id);
    let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
    let renew = || Request::UnderstandingRenew { id: id.clone() };
    world.ok(alpha, renew());
    world.run(20);
    assert_eq!(agree(&mut world, &id)["until"], "2027-04-15T08:00:00.000Z", "one side renews nothing");
    world.ok(bravo, renew());
    assert!(world.until(40, |world| all_are(world, &id, "renewed")), "{:#?}", states(&mut world, &id));
    assert_eq!(agree(&mut world, &id)["until"], "2027-07-14T08:00:00.000Z");
    assert_eq!(
        status_at(&mut world, "alpha", &id, "2027-04-15T08:00:00Z")["state"],
        "renewed",
        "a lapse was avoided"
    );
    let told = Request::UnderstandingTold { id: id.clone(), zone: "nowhere".to_owned() };
    assert_eq!(kind_of(world.ask(alpha, told)), ErrorKind::NotFound);
}
