//! What goes with a burn of the register, and what becomes of entries that cannot leave.

use crate::claims::{CANARY, add, believe, entered, joined, list, records, refused};
use backchannel_station::api::{ErrorKind, Request};
use backchannel_station::limits::UNDERSTANDING_OUT_MAX;
use backchannel_testkit::lines::PASSPHRASE;
use backchannel_testkit::stored::Stored;
use backchannel_testkit::world::World;
use serde_json::{Value, json};

fn burn(room: &str, day: Option<&str>) -> Request {
    Request::Burn { room: room.to_owned(), day: day.map(str::to_owned) }
}

fn holds_canary(world: &World, at: usize) -> bool {
    let mut values = world.nodes[at].durable.values();
    values.any(|value| value.windows(CANARY.len()).any(|part| part == CANARY.as_bytes()))
}

// CLAIM-8
#[test]
fn p10_a_burn_takes_the_entries_that_have_not_left_yet_and_the_line_goes_on() {
    let mut world = Stored::convened().world(71);
    let id = entered(&mut world);
    let alpha = world.node("alpha");
    world.cut(alpha);
    world.ok(alpha, add("They attack."));
    world.ok(alpha, believe(&id, 40));
    world.run(4);
    assert!(holds_canary(&world, alpha));
    // Another day's burn leaves what is on its way, as does another room's.
    world.ok(alpha, burn("delegation", Some("2020-01-01")));
    world.ok(alpha, burn("caucus", None));
    assert!(list(&mut world, "alpha")[0]["id"].is_string());
    world.ok(alpha, burn("delegation", None));
    assert!(!holds_canary(&world, alpha), "a copy stayed");
    world.kill(alpha);
    world.start(alpha);
    world.nodes[alpha].line = true;
    world.run(60);
    let seen = list(&mut world, "alpha envoy");
    assert_eq!((seen.as_array().map(Vec::len), &seen[0]["credences"]), (Some(1), &json!([])), "{seen}");
    assert_eq!(list(&mut world, "alpha"), json!([]));
    // What is entered from then on arrives: nobody waits for what was taken back.
    world.ok(alpha, add("They hold back again."));
    let came = |world: &mut World| list(world, "alpha envoy").as_array().map(Vec::len) == Some(2);
    assert!(world.until(60, came), "{}", world.story());
    assert!(world.until(60, World::is_delivered), "{}", world.story());
}

/// The first instant that stands somewhere in a value.
fn utc(value: &Value) -> Option<String> {
    match value {
        Value::Object(fields) => fields
            .get("utc")
            .and_then(Value::as_str)
            .map(str::to_owned)
            .or_else(|| fields.values().find_map(utc)),
        Value::Array(all) => all.iter().find_map(utc),
        _ => None,
    }
}

// CLAIM-8
#[test]
fn p10_a_burn_of_a_day_takes_what_was_entered_then_also_where_somebody_has_yet_to_receive_it() {
    let mut world = Stored::convened().world(77);
    let (alpha, envoy) = (world.node("alpha"), world.node("alpha envoy"));
    world.cut(envoy);
    world.ok(alpha, add("They attack."));
    let on_record = |world: &mut World| list(world, "alpha").as_array().is_some_and(|all| !all.is_empty());
    assert!(world.until(20, on_record), "{}", world.story());
    assert!(holds_canary(&world, alpha), "it waits for the envoy");
    let day = utc(&list(&mut world, "alpha")).expect("an instant")[..10].to_owned();
    world.ok(alpha, burn("delegation", Some(&day)));
    assert!(!holds_canary(&world, alpha), "a copy stayed");
    world.kill(alpha);
    world.start(alpha);
    world.nodes[envoy].line = true;
    world.run(60);
    // What the relay sealed before the burn may come out of it; nothing does from here.
    assert_eq!(list(&mut world, "alpha"), json!([]));
    assert!(!holds_canary(&world, alpha));
    world.ok(alpha, add("They hold back again."));
    let again = "They hold back again.";
    let came = |world: &mut World| {
        list(world, "alpha envoy")
            .as_array()
            .is_some_and(|all| all.iter().any(|one| one["text"]["en"] == again))
    };
    assert!(world.until(60, came), "{}", world.story());
}

/// A newcomer of alpha that waits for the register of a head whose records are locked.
fn waiting(seed: u64) -> (World, usize) {
    let mut world = Stored::convened().world(seed);
    entered(&mut world);
    let alpha = world.node("alpha");
    world.ok(alpha, Request::Lock {});
    let late = joined(&mut world, "envoy", "alpha late");
    world.run(10);
    (world, late)
}

// CLAIM-9
#[test]
fn what_was_burned_by_whoever_waits_for_it_is_not_taken_when_it_comes_nor_asked_for_again() {
    let (mut world, late) = waiting(72);
    let alpha = world.node("alpha");
    world.ok(late, burn("delegation", None));
    world.kill(late);
    world.start(late);
    world.ok(alpha, Request::Unlock { passphrase: PASSPHRASE.into() });
    world.run(900);
    assert_eq!(list(&mut world, "alpha late"), json!([]));
    assert_eq!(records(&world, "alpha late"), Vec::<Vec<u8>>::new());
    assert!(list(&mut world, "alpha")[0]["id"].is_string());
}

// CLAIM-9
#[test]
fn a_burn_that_did_not_touch_the_register_leaves_a_newcomer_waiting() {
    let (mut world, late) = waiting(73);
    let alpha = world.node("alpha");
    world.ok(late, burn("delegation", Some("2020-01-01")));
    world.ok(late, burn("caucus", None));
    world.ok(alpha, Request::Unlock { passphrase: PASSPHRASE.into() });
    let came = |world: &mut World| list(world, "alpha late")[0]["id"].is_string();
    assert!(world.until(100, came), "{}", world.story());
}

// CLAIM-7
#[test]
fn what_finds_no_place_on_its_way_is_refused_and_not_said_to_be_entered() {
    let mut world = Stored::convened().world(74);
    let id = entered(&mut world);
    let alpha = world.node("alpha");
    world.cut(alpha);
    for n in 0..UNDERSTANDING_OUT_MAX {
        world.ok(alpha, believe(&id, n as u8 % 100));
    }
    assert_eq!(refused(world.ask(alpha, believe(&id, 7))), ErrorKind::Refused);
    assert_eq!(refused(world.ask(alpha, add("Too much."))), ErrorKind::Refused);
}

// CLAIM-6
#[test]
fn an_entry_whose_last_reader_goes_before_it_left_is_on_record_all_the_same() {
    let mut world = Stored::convened().world(75);
    let alpha = world.node("alpha");
    let remove =
        Request::DelegationRemove { member: "alpha envoy".to_owned(), reason: "recalled".to_owned() };
    world.ok(alpha, remove);
    // So long that it does not leave before the envoy does.
    let long = "They hold back. ".repeat(500);
    world.ok(alpha, add(&long));
    assert_eq!(list(&mut world, "alpha"), json!([]), "it is on its way");
    let alone = |world: &mut World| {
        let members = world.ok(alpha, Request::DelegationList {})["members"].clone();
        members.as_array().map(Vec::len) == Some(1)
    };
    assert!(world.until(60, alone), "{}", world.story());
    world.run(20);
    let seen = list(&mut world, "alpha");
    assert_eq!((seen.as_array().map(Vec::len), &seen[0]["text"]["en"]), (Some(1), &long.into()));
}

// CLAIM-11
#[test]
fn an_intermediary_burns_its_own_register_though_a_party_is_called_the_same() {
    let mut world = World::convene_between(76, ["register", "bravo"]);
    let house = world.node("intermediary");
    world.ok(house, add("They hold back."));
    assert!(list(&mut world, "intermediary")[0]["id"].is_string());
    world.ok(house, burn("register", None));
    assert_eq!(list(&mut world, "intermediary"), Value::Array(Vec::new()));
}
