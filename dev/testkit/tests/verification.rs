//! How the other side is verified, and how a lie at first contact shows (docs/spec/first-contact.md).

use backchannel_station::api::{ErrorKind, Request, Response};
use backchannel_testkit::world::World;
use serde_json::Value;

fn joined(seed: u64) -> World {
    let mut world = World::convene(seed);
    assert!(world.until(200, World::is_ready));
    world
}

fn state(world: &mut World, name: &str) -> String {
    let at = world.node(name);
    let status = world.ok(at, Request::Status {});
    status["verified"]["alpha-bravo"]["state"].as_str().unwrap_or_default().to_owned()
}

fn words(world: &mut World, name: &str) -> String {
    let at = world.node(name);
    world.ok(at, Request::VerifyWordsNew {})["words"].as_str().unwrap().to_owned()
}

fn compare(world: &mut World, name: &str) -> Value {
    let at = world.node(name);
    world.ok(at, Request::VerifyCompare {})["words"].clone()
}

#[test]
fn only_the_intermediary_vouches_until_words_are_carried() {
    let mut world = joined(21);
    assert_eq!(state(&mut world, "alpha"), "only the intermediary vouches");
    let words = words(&mut world, "alpha");
    world.run(20);
    assert_eq!(state(&mut world, "alpha"), "words offered");
    assert_eq!(state(&mut world, "bravo"), "only the intermediary vouches");
    let bravo = world.node("bravo");
    world.ok(bravo, Request::VerifyWordsEnter { words });
    assert!(
        world.until(60, |world| state(world, "alpha") == "envoy words"
            && state(world, "bravo") == "envoy words")
    );
}

/// FIRST-3: a mismatch is shown and nothing is taken in.
#[test]
fn other_words_are_a_mismatch_and_nothing_is_committed() {
    let mut world = joined(22);
    let _ = words(&mut world, "alpha");
    let _ = words(&mut world, "bravo");
    assert!(
        world.until(120, |world| state(world, "alpha") == "mismatch" && state(world, "bravo") == "mismatch")
    );
    assert!(world.is_ready());
}

/// FIRST-6, FIRST-7
#[test]
fn both_heads_see_the_same_four_words_and_say_so() {
    let mut world = joined(23);
    assert_eq!(compare(&mut world, "alpha"), Value::Null);
    assert_eq!(compare(&mut world, "bravo"), Value::Null);
    assert!(
        world.until(40, |world| compare(world, "alpha").is_string() && compare(world, "bravo").is_string())
    );
    assert_eq!(compare(&mut world, "alpha"), compare(&mut world, "bravo"));
    for (name, matched, shown) in [("alpha", true, "compared words"), ("bravo", false, "mismatch")] {
        let at = world.node(name);
        world.ok(at, Request::VerifyCompareResult { matched });
        assert_eq!(state(&mut world, name), shown);
    }
}

#[test]
fn only_a_head_of_a_party_verifies() {
    let mut world = joined(24);
    let intermediary = world.node("intermediary");
    let Response::Error(failure) = world.ask(intermediary, Request::VerifyWordsNew {}) else {
        panic!("taken")
    };
    assert_eq!(failure.kind, ErrorKind::Refused);
    let alpha = world.node("alpha");
    let Response::Error(failure) = world.ask(alpha, Request::VerifyCompareResult { matched: true }) else {
        panic!("taken")
    };
    assert_eq!(failure.kind, ErrorKind::Refused);
}

/// FIRST-8
#[test]
fn both_sides_read_the_same_fingerprint() {
    let mut world = joined(25);
    let digits = |world: &mut World, name: &str| {
        let at = world.node(name);
        world.ok(at, Request::VerifyFingerprint {})["digits"].clone()
    };
    let (alpha, bravo) = (digits(&mut world, "alpha"), digits(&mut world, "bravo"));
    assert_eq!(alpha, bravo);
    assert_eq!(alpha.as_str().map(|digits| digits.split(' ').count()), Some(8));
}
