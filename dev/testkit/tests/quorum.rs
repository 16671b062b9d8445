//! Delegations that decide by more than their head: proposals, approvals, and what the other sides take.

use backchannel_station::api::{Request, Response};
use backchannel_testkit::stored::Stored;
use backchannel_testkit::world::World;
use serde_json::Value;

fn lines(world: &mut World, at: usize, kind: &str) -> Vec<String> {
    let journal = world.ok(at, Request::Watch { since: 0, timeout_ms: 0 });
    let entries = journal["entries"].as_array().cloned().unwrap_or_default();
    let kept = entries.into_iter().filter(|entry| entry["kind"] == kind);
    kept.map(|entry| entry["what"].as_str().unwrap_or_default().to_owned()).collect()
}

fn list(world: &mut World, at: usize) -> Value {
    world.ok(at, Request::DelegationList {})
}

fn takes(world: &mut World, name: &str, number: u64) -> bool {
    let at = world.node(name);
    let wanted = format!("The roster of alpha has a new version, {number}.");
    lines(world, at, "roster").contains(&wanted)
}

/// Alpha with a principal beside its head, both of whom must approve.
fn two_must_approve(seed: u64) -> World {
    let mut world = Stored::convened().world(seed);
    let alpha = world.node("alpha");
    let add = Request::DelegationAdd { role: "principal".to_owned(), label: "alpha second".to_owned() };
    let invitation = world.ok(alpha, add)["invitation"].as_str().expect("an invitation").to_owned();
    world.accept("alpha second", &invitation);
    assert!(world.until(120, World::is_ready), "{}", world.story());
    let set = world.ok(alpha, Request::DelegationQuorum { quorum: 2 });
    assert_eq!(set["waits"], false, "the version before asked for one");
    world.run(10);
    assert_eq!(list(&mut world, alpha)["quorum"], 2);
    world
}

fn remove_envoy(world: &mut World) -> Value {
    let alpha = world.node("alpha");
    let remove =
        Request::DelegationRemove { member: "alpha envoy".to_owned(), reason: "recalled".to_owned() };
    world.ok(alpha, remove)
}

// ROSTER-16, ROSTER-17
#[test]
fn nothing_changes_before_the_quorum_approved_and_then_everybody_takes_it() {
    let mut world = two_must_approve(41);
    let (alpha, second) = (world.node("alpha"), world.node("alpha second"));
    let number = list(&mut world, alpha)["roster_version"].as_u64().unwrap() + 1;
    assert_eq!(remove_envoy(&mut world)["waits"], true);
    world.run(40);
    let waiting = list(&mut world, second);
    assert_eq!(waiting["roster_version"], number - 1, "{waiting}");
    assert_eq!(waiting["proposed"]["removes"], serde_json::json!(["alpha envoy"]), "{waiting}");
    for name in ["bravo", "intermediary", "alpha envoy"] {
        assert!(!takes(&mut world, name, number), "{name} took what one person decided");
    }
    // What waits survives the processes.
    for at in [alpha, second] {
        world.kill(at);
        world.start(at);
    }
    world.ok(second, Request::DelegationApprove { number: u32::try_from(number).unwrap() });
    let done = |world: &mut World| ["bravo", "intermediary"].iter().all(|name| takes(world, name, number));
    assert!(world.until(60, done), "{}", world.story());
    world.run(60);
    let envoy = world.node("alpha envoy");
    assert_eq!(lines(&mut world, envoy, "removed").len(), 3, "{}", world.story());
    assert_eq!(list(&mut world, alpha)["proposed"], Value::Null);
    let bravo = world.node("bravo");
    assert_eq!(lines(&mut world, bravo, "refused"), Vec::<String>::new());
}

// ROSTER-17
#[test]
fn who_may_not_approve_and_what_does_not_wait_is_refused() {
    let mut world = two_must_approve(42);
    let (alpha, envoy, second) = (world.node("alpha"), world.node("alpha envoy"), world.node("alpha second"));
    let number = u32::try_from(list(&mut world, alpha)["roster_version"].as_u64().unwrap() + 1).unwrap();
    let early = world.ask(second, Request::DelegationApprove { number });
    assert!(matches!(early, Response::Error(_)));
    remove_envoy(&mut world);
    world.run(10);
    for (at, number) in [(alpha, number), (envoy, number), (second, number + 1)] {
        assert!(matches!(world.ask(at, Request::DelegationApprove { number }), Response::Error(_)));
    }
    let again = world.ask(alpha, Request::DelegationQuorum { quorum: 1 });
    assert!(matches!(again, Response::Error(_)), "one change waits at a time");
    world.ok(alpha, Request::DelegationDrop {});
    world.ok(second, Request::DelegationApprove { number });
    world.run(40);
    assert_eq!(list(&mut world, alpha)["roster_version"], number - 1, "what was dropped is not taken");
    let too_many = world.ask(alpha, Request::DelegationQuorum { quorum: 3 });
    assert!(matches!(too_many, Response::Error(_)));
}

// ROSTER-16
#[test]
fn a_delegate_joins_once_the_quorum_approved_it() {
    let mut world = two_must_approve(43);
    let (alpha, second) = (world.node("alpha"), world.node("alpha second"));
    remove_envoy(&mut world);
    world.run(10);
    let number = list(&mut world, alpha)["roster_version"].as_u64().unwrap() + 1;
    world.ok(second, Request::DelegationApprove { number: u32::try_from(number).unwrap() });
    world.run(60);
    let envoy = world.node("alpha envoy");
    world.kill(envoy);
    world.nodes.remove(envoy);
    let (alpha, second) = (world.node("alpha"), world.node("alpha second"));
    let add = Request::DelegationAdd { role: "envoy".to_owned(), label: "alpha third".to_owned() };
    let invitation = world.ok(alpha, add)["invitation"].as_str().expect("an invitation").to_owned();
    world.accept("alpha third", &invitation);
    let waits =
        |world: &mut World| list(world, second)["proposed"]["adds"] == serde_json::json!(["alpha third"]);
    assert!(world.until(60, waits), "{}", world.story());
    world.ok(second, Request::DelegationApprove { number: u32::try_from(number + 1).unwrap() });
    assert!(world.until(260, World::is_ready), "{}", world.story());
    assert_eq!(world.split_rooms(), []);
}

// ROSTER-18
#[test]
fn a_head_that_comes_late_is_shown_what_a_quorum_approved_before() {
    let mut world = World::convene(44);
    let bravo = world.node("bravo");
    let late = world.nodes.remove(bravo);
    let alpha = world.node("alpha");
    assert!(world.until(120, World::is_ready), "{}", world.story());
    let add = Request::DelegationAdd { role: "principal".to_owned(), label: "alpha second".to_owned() };
    let invitation = world.ok(alpha, add)["invitation"].as_str().expect("an invitation").to_owned();
    world.accept("alpha second", &invitation);
    assert!(world.until(160, World::is_ready), "{}", world.story());
    world.ok(alpha, Request::DelegationQuorum { quorum: 2 });
    // Bravo's head is told of Alpha, and is off the line before it comes into the registry.
    world.nodes.push(late);
    let bravo = world.node("bravo");
    assert!(world.until(160, |world| !lines(world, bravo, "roster").is_empty()), "{}", world.story());
    world.cut(bravo);
    let add = Request::DelegationAdd { role: "envoy".to_owned(), label: "alpha envoy".to_owned() };
    let invitation = world.ok(alpha, add)["invitation"].as_str().expect("an invitation").to_owned();
    world.accept("alpha envoy", &invitation);
    world.run(20);
    let second = world.node("alpha second");
    let number = list(&mut world, alpha)["roster_version"].as_u64().unwrap() + 1;
    world.ok(second, Request::DelegationApprove { number: u32::try_from(number).unwrap() });
    let there = |world: &mut World| takes(world, "intermediary", number);
    assert!(world.until(60, there), "{}", world.story());
    world.nodes[bravo].line = true;
    let knows = |world: &mut World| takes(world, "bravo", number) && world.is_ready();
    assert!(world.until(400, knows), "{}", world.story());
    let known = lines(&mut world, bravo, "member-joined");
    assert!(known.iter().any(|line| line.contains("alpha envoy")), "{known:?}");
}
