//! Drafts that are being written, and what the rules say of them before they are sent.

use backchannel_station::api::{ErrorKind, Request, Response};
use backchannel_station::limits::{DRAFT_KEPT_BYTES_MAX, DRAFTS_MAX};
use backchannel_testkit::stored::Stored;
use backchannel_testkit::world::World;
use serde_json::Value;

const NAME: &str = "00112233445566aa";

fn keep(name: &str, text: &str) -> Request {
    Request::DraftKeep { name: name.to_owned(), text: text.to_owned() }
}

fn texts(world: &mut World, at: usize) -> Vec<String> {
    let drafts = world.ok(at, Request::DraftList {})["drafts"].clone();
    drafts
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["text"].as_str().unwrap_or_default().to_owned())
        .collect()
}

fn refused(answer: Response) -> ErrorKind {
    match answer {
        Response::Error(failure) => failure.kind,
        Response::Ok(value) => panic!("taken: {value}"),
    }
}

// DESK-9
#[test]
fn drafts_outlive_a_restart_and_go_when_they_are_thrown_away() {
    let mut world = Stored::convened().world(401);
    let (alpha, envoy) = (world.node("alpha"), world.node("alpha envoy"));
    world.ok(alpha, keep(NAME, "first"));
    world.ok(alpha, keep("ffffffffffffffff", "other"));
    world.ok(alpha, keep(NAME, "second"));
    assert_eq!(texts(&mut world, alpha).len(), 2);
    world.kill(alpha);
    world.start(alpha);
    assert!(texts(&mut world, alpha).contains(&"second".to_owned()));
    world.run(6);
    // It is this person's alone.
    assert!(texts(&mut world, envoy).is_empty());
    world.ok(alpha, Request::DraftDrop { name: NAME.to_owned() });
    world.ok(alpha, Request::DraftDrop { name: NAME.to_owned() });
    world.kill(alpha);
    world.start(alpha);
    assert_eq!(texts(&mut world, alpha), ["other"]);
}

// DESK-9
#[test]
fn drafts_have_bounds_and_names() {
    let mut world = Stored::convened().world(402);
    let alpha = world.node("alpha");
    for name in ["", "../../../../etc/x", "0011223344556677aa", "00112233445566AA"] {
        assert_eq!(refused(world.ask(alpha, keep(name, "x"))), ErrorKind::Usage, "{name}");
    }
    let long = "x".repeat(DRAFT_KEPT_BYTES_MAX + 1);
    assert_eq!(refused(world.ask(alpha, keep(NAME, &long))), ErrorKind::Refused);
    for number in 0..DRAFTS_MAX {
        world.ok(alpha, keep(&format!("{number:016x}"), "x"));
    }
    assert_eq!(refused(world.ask(alpha, keep(NAME, "one too many"))), ErrorKind::Refused);
    world.ok(alpha, keep(&format!("{:016x}", 0), "in the place of the first"));
    assert_eq!(texts(&mut world, alpha).len(), DRAFTS_MAX);
}

fn check(draft: &str) -> Request {
    Request::Check { draft: draft.to_owned(), answers: None }
}

const PAPER: &str = "to = \"bravo\"\nform = \"non-paper\"\n[[passage]]\ndisclosure = \"verbatim\"\ntext.en = \"The line stands.\"\n";

fn sent(world: &mut World, at: usize) -> usize {
    world.ok(at, Request::Record {})["entries"].as_array().expect("a list").len()
}

#[test]
fn a_check_says_what_sending_would_say_and_sends_nothing() {
    let mut world = Stored::convened().world(403);
    let alpha = world.node("alpha");
    let before = sent(&mut world, alpha);
    let good = world.ok(alpha, check(PAPER));
    assert_eq!(good["passes"], true, "{good}");
    assert_eq!((&good["seen"]["reader"], &good["seen"]["shows_author"]), (&"party".into(), &false.into()));
    assert_eq!(good["seen"]["waits_for_registry"], true);
    assert!(good["seen"]["leaves_k"].as_u64() > Some(0));
    let wrong = [
        PAPER.replace("non-paper", "aide-memoire"),
        PAPER.replace("\"bravo\"", "\"nobody\""),
        PAPER.replace("[[passage]]", "[[passage"),
        PAPER.replace("The line stands.", ""),
    ];
    for draft in wrong {
        let told = world.ok(alpha, check(&draft));
        assert_eq!(told["passes"], false, "{draft}");
        assert!(told["findings"][0]["message"].as_str().is_some_and(|text| !text.is_empty()));
    }
    world.run(8);
    assert_eq!(sent(&mut world, alpha), before);
}

#[test]
fn a_rendering_is_checked_and_not_conveyed() {
    let mut world = Stored::convened().world(404);
    let (alpha, house) = (world.node("alpha"), world.node("intermediary"));
    let draft = format!(
        "{PAPER}\n[[passage]]\ndisclosure = \"in-substance\"\ntext.en = \"Some go home.\"\n[[passage]]\ndisclosure = \"hold\"\n\
         text.en = \"Two ministers do not know that the paper exists at all.\"\n"
    );
    world.ok(alpha, Request::Send { draft });
    let id = |world: &mut World| world.ok(house, Request::Inbox { unread: false })["items"][0]["id"].clone();
    assert!(world.until(60, |world| id(world).is_string()), "{}", world.story());
    let item = world.ok(house, Request::Inbox { unread: false })["items"][0].clone();
    assert_eq!(item["to_carry"], "bravo");
    let id = item["id"].as_str().expect("an id").to_owned();
    let ask = |text: &str| Request::ConveyCheck {
        id: id.clone(),
        to: "bravo".to_owned(),
        rendering: [("en".to_owned(), text.to_owned())].into(),
    };
    let held = world.ask(house, ask("Know that two ministers do not know that the paper exists at all."));
    assert_eq!(refused(held), ErrorKind::Refused);
    let good: Value = world.ok(house, ask("Some units are being sent back."));
    assert_eq!(good["held"], 1);
    assert_eq!(refused(world.ask(alpha, ask("Anything."))), ErrorKind::Refused);
    world.run(12);
    let item = world.ok(house, Request::Inbox { unread: false })["items"][0].clone();
    assert_eq!(item["to_carry"], "bravo", "the check conveyed it");
    world.ok(
        house,
        Request::Convey {
            id,
            to: "bravo".to_owned(),
            rendering: [("en".to_owned(), "Some go.".to_owned())].into(),
            faithless: false,
        },
    );
    let carried = |world: &mut World| {
        world.ok(house, Request::Inbox { unread: false })["items"][0]["to_carry"].is_null()
    };
    assert!(world.until(40, carried), "{}", world.story());
}
