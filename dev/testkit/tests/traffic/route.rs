//! How messages get to the other side: as convened, and past an intermediary that is silent.

use crate::line::{id_of, lines, notify, show};
use backchannel_assurance::{Carrier, Route};
use backchannel_station::api::Request;
use backchannel_testkit::world::World;
use serde_json::Value;

/// A channel of Alpha, Bravo with an envoy, and the intermediary, whose messages go this way.
fn convened(seed: u64, by: Carrier, registry_after: Option<u32>) -> World {
    let mut world = World::convene_by(seed, Route { by, registry_after });
    assert!(world.until(200, World::is_ready), "they did not come together");
    world.invite("bravo", "bravo envoy");
    world.run(20);
    world
}

fn items(world: &mut World, name: &str) -> Vec<Value> {
    let at = world.node(name);
    world.ok(at, Request::Inbox { unread: false })["items"].as_array().cloned().unwrap_or_default()
}

fn queries(world: &mut World, name: &str) -> Vec<Value> {
    let at = world.node(name);
    world.ok(at, Request::QueryList { lang: None })["queries"].as_array().cloned().unwrap_or_default()
}

const ASK: &str = "codebook = \"standard\"\nnumber = 603";
const ANSWER: &str = "codebook = \"standard\"\nnumber = 601";

// ROUTE-1
#[test]
fn where_a_person_carries_messages_the_station_carries_none() {
    let mut world = convened(321, Carrier::Manual, None);
    let (alpha, mediator) = (world.node("alpha"), world.node("intermediary"));
    let id = id_of(&world.ok(alpha, notify(ASK, None, None)));
    world.run(60);
    assert_eq!(items(&mut world, "bravo"), Vec::<Value>::new());
    let rendering = Default::default();
    world.ok(mediator, Request::Convey { id, to: "bravo".to_owned(), rendering, faithless: false });
    assert!(world.until(40, |world| items(world, "bravo").len() == 1));
    let conveyed = id_of(&items(&mut world, "bravo")[0]);
    assert_eq!(show(&mut world, "bravo", &conveyed)["unattended"], false);
}

// ROUTE-2, ROUTE-3, CLOCK-2
#[test]
fn where_messages_go_by_the_registry_they_need_no_intermediary_and_their_clocks_agree() {
    let mut world = convened(322, Carrier::Registry, None);
    let (alpha, bravo, mediator) = (world.node("alpha"), world.node("bravo"), world.node("intermediary"));
    world.kill(mediator);
    let id = id_of(&world.ok(alpha, notify(ASK, None, None)));
    assert!(world.until(30, |world| items(world, "bravo").len() == 1), "{}", world.story());
    let clock = |world: &mut World, name: &str| show(world, name, &id)["clock"].clone();
    let agree = |world: &mut World| {
        let own = clock(world, "alpha");
        !own.is_null() && ["bravo", "bravo envoy"].iter().all(|name| clock(world, name) == own)
    };
    assert!(world.until(30, agree), "{} {}", clock(&mut world, "alpha"), clock(&mut world, "bravo"));
    let shown = show(&mut world, "bravo", &id);
    assert_eq!(shown["route"]["registry"], true);
    let read = |world: &mut World| show(world, "alpha", &id)["carriage"][0]["read"].is_object();
    assert!(world.until(30, read), "{}", show(&mut world, "alpha", &id));
    assert_eq!(items(&mut world, "bravo")[0]["read"], true);
    world.ok(bravo, notify(ANSWER, None, Some(&id)));
    let answered = |world: &mut World| clock(world, "alpha")["state"] == "answered";
    assert!(world.until(30, answered), "{}", world.story());
    // It goes on being so after a restart, and the intermediary, which comes back, never learns of it.
    world.kill(alpha);
    world.start(alpha);
    world.start(mediator);
    world.run(40);
    assert_eq!(clock(&mut world, "alpha")["state"], "answered");
    assert_eq!(items(&mut world, "intermediary"), Vec::<Value>::new());
}

// ROUTE-4
#[test]
fn past_a_silent_intermediary_a_message_goes_by_the_registry_once_and_says_so() {
    let mut world = convened(323, Carrier::Standing, Some(20));
    let (alpha, bravo, mediator) = (world.node("alpha"), world.node("bravo"), world.node("intermediary"));
    world.kill(mediator);
    let id = id_of(&world.ok(alpha, notify(ASK, None, None)));
    world.run(2);
    // Whether its sender's records are locked makes no difference.
    world.ok(alpha, Request::Lock {});
    world.run(17);
    assert_eq!(items(&mut world, "bravo"), Vec::<Value>::new(), "not before its time");
    assert!(world.until(20, |world| items(world, "bravo").len() == 1), "{}", world.story());
    world.ok(alpha, Request::Unlock { passphrase: "a calm sea".into() });
    world.run(60);
    assert_eq!(lines(&mut world, "alpha", "registry-used").len(), 1, "it is said once");
    assert!(show(&mut world, "alpha", &id)["route"]["registry_too"].is_string());
    // Its answer comes by the registry too, and stops the clock.
    world.ok(bravo, notify(ANSWER, None, Some(&id)));
    let answered = |world: &mut World| show(world, "alpha", &id)["clock"]["state"] == "answered";
    assert!(world.until(60, answered), "{}", world.story());
    // The intermediary comes back and carries what it finds: it is shown as the same, and there is one clock.
    world.start(mediator);
    let carried = |world: &mut World| items(world, "bravo").len() == 2;
    assert!(world.until(80, carried), "{}", world.story());
    world.run(20);
    for name in ["alpha", "bravo", "bravo envoy"] {
        let all = queries(&mut world, name);
        assert_eq!((all.len(), &all[0]["clock"]["state"]), (1, &"answered".into()), "{name}: {all:#?}");
    }
    let conveyed = items(&mut world, "bravo").iter().map(id_of).find(|one| *one != id).expect("a conveyance");
    assert_eq!(show(&mut world, "bravo", &conveyed)["route"]["also"], id.as_str());
}

// ROUTE-4
#[test]
fn an_intermediary_that_carries_in_time_is_not_passed_by() {
    let mut world = convened(324, Carrier::Standing, Some(20));
    let alpha = world.node("alpha");
    let id = id_of(&world.ok(alpha, notify(ASK, None, None)));
    world.run(80);
    assert_eq!(lines(&mut world, "alpha", "registry-used"), Vec::<String>::new());
    assert_eq!(items(&mut world, "bravo").len(), 1);
    assert!(show(&mut world, "alpha", &id)["route"]["registry_too"].is_null());
}
