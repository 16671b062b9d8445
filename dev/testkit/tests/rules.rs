//! Rules of joining and of the line that need a whole channel to be broken.

use backchannel_relay::hooks::Hooks;
use backchannel_station::api::Request;
use backchannel_testkit::stored::Stored;
use backchannel_testkit::world::World;
use backchannel_wire::chain::RoomChain;
use backchannel_wire::{Beat, SeatNo, UtcMs};
use serde_json::Value;
use std::cell::Cell;

/// The member list of one of a station's rooms, and its state.
fn room(world: &mut World, at: usize, name: &str) -> Value {
    let status = world.ok(at, Request::Status {});
    let rooms = status["rooms"].as_array().cloned().unwrap_or_default();
    rooms.into_iter().find(|room| room["room"] == name).expect("a room of that name")
}

fn inside(world: &mut World, at: usize, name: &str) -> bool {
    room(world, at, name)["state"] == "in the room"
}

/// Lines of one kind in a station's journal since it started.
fn lines(world: &mut World, at: usize, kind: &str) -> Vec<Value> {
    let journal = world.ok(at, Request::Watch { since: 0, timeout_ms: 0 });
    let entries = journal["entries"].as_array().cloned().unwrap_or_default();
    entries.into_iter().filter(|entry| entry["kind"] == kind).collect()
}

/// Plays beats until a station is in a room; how many it took.
fn beats_until_inside(world: &mut World, at: usize, name: &str, most: u64) -> u64 {
    let from = world.beat.0;
    assert!(world.until(most, |world| inside(world, at, name)), "not in the {name} after {most} beats");
    world.beat.0 - from
}

/// Puts an older copy of a station's vault back: it must be let in again everywhere.
fn put_old_vault_back(world: &mut World, at: usize) {
    let copy = world.nodes[at].durable.clone();
    world.run(12);
    world.kill(at);
    world.nodes[at].durable = copy;
    world.start(at);
    let returning = |world: &mut World| room(world, at, "caucus")["state"] == "returning";
    assert!(world.until(8, returning), "the old vault was not noticed");
}

// JOIN-4
#[test]
fn on_a_return_the_first_member_in_seat_order_sponsors_at_once() {
    let mut world = Stored::convened().world(1);
    let envoy = world.node("alpha envoy");
    put_old_vault_back(&mut world, envoy);
    assert!(beats_until_inside(&mut world, envoy, "caucus", 40) < 24);
    assert!(world.until(40, World::is_ready));
}

// JOIN-4
#[test]
fn on_a_return_the_next_member_sponsors_when_the_first_did_not() {
    let mut world = Stored::convened().world(2);
    let (envoy, intermediary) = (world.node("alpha envoy"), world.node("intermediary"));
    world.cut(intermediary);
    put_old_vault_back(&mut world, envoy);
    // In the delegation room its head is the first.
    assert!(beats_until_inside(&mut world, envoy, "delegation", 40) < 24);
    assert!(!inside(&mut world, envoy, "caucus"));
    beats_until_inside(&mut world, envoy, "caucus", 60);
    world.nodes[intermediary].line = true;
    assert!(world.until(120, World::is_ready));
}

// JOIN-4
#[test]
fn a_delegate_is_let_in_by_its_head_and_by_nobody_else() {
    let mut world = Stored::convened().world(3);
    let (head, intermediary) = (world.node("alpha"), world.node("intermediary"));
    let add = Request::DelegationAdd { role: "observer".to_owned(), label: "clerk".to_owned() };
    let invitation = world.ok(head, add)["invitation"].as_str().expect("an invitation").to_owned();
    let clerk = world.accept("clerk", &invitation);
    world.cut(head);
    world.run(60);
    for name in ["caucus", "delegation", "registry"] {
        assert!(!inside(&mut world, clerk, name), "{name}");
    }
    world.cut(intermediary);
    world.nodes[head].line = true;
    for name in ["caucus", "delegation", "registry"] {
        beats_until_inside(&mut world, clerk, name, 120);
    }
}

// JOIN-5, ROOM-21
#[test]
fn the_registry_waits_for_its_founder_and_starts_where_the_relay_stands() {
    let mut world = World::convene(4);
    let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
    world.cut(alpha);
    world.run(60);
    // Each party founds its own delegation room, the intermediary the caucuses; Bravo does not found the registry.
    assert!(inside(&mut world, bravo, "delegation"));
    assert!(inside(&mut world, bravo, "caucus"));
    assert!(!inside(&mut world, bravo, "registry"));
    let founded_after = world.beat.0;
    world.nodes[alpha].line = true;
    beats_until_inside(&mut world, alpha, "registry", 20);
    assert!(world.until(120, World::is_ready));
    assert!(room(&mut world, alpha, "registry")["k"].as_u64() >= Some(founded_after));
    assert_eq!(world.alarms().iter().filter(|alarm| alarm.name != "SILENT").count(), 0);
}

thread_local! {
    /// Whether the relay of this test cheats at present.
    static CHEATS: Cell<bool> = const { Cell::new(false) };
}

/// Loses what seat 0 of every room posts.
struct LosesSeat0;

impl Hooks for LosesSeat0 {
    fn keep_cell(&mut self, _chain: &RoomChain, seat: SeatNo, _beat: Beat) -> bool {
        !(CHEATS.get() && seat.get() == 0)
    }
}

/// Keeps time that is ahead.
struct Ahead;

impl Hooks for Ahead {
    fn clock(&mut self, now: UtcMs) -> UtcMs {
        UtcMs(now.0 + if CHEATS.get() { 5_000 } else { 0 })
    }
}

// JOIN-6
#[test]
fn nobody_is_answered_before_the_commit_that_lets_it_in_is_sealed() {
    CHEATS.set(true);
    let mut world = World::convene_with(5, || Box::new(LosesSeat0));
    let bravo = world.node("bravo");
    // The founder of the caucus sits on seat 0: its commit goes up, and is never sealed.
    world.run(40);
    assert_eq!(lines(&mut world, bravo, "room-ready").len(), 1, "only its own delegation room");
    assert!(!inside(&mut world, bravo, "caucus"));
    CHEATS.set(false);
    beats_until_inside(&mut world, bravo, "caucus", 40);
}

// JOIN-7
#[test]
fn a_removed_delegate_is_off_the_roster_first_and_its_tokens_are_worth_nothing() {
    let mut world = Stored::convened().world(6);
    let (head, envoy) = (world.node("alpha"), world.node("alpha envoy"));
    world.cut(envoy);
    let listed = |world: &mut World| {
        let list = world.ok(head, Request::DelegationList {});
        list["members"].as_array().is_some_and(|members| members.len() == 2)
    };
    assert!(listed(&mut world));
    let member = "alpha envoy".to_owned();
    world.ok(head, Request::DelegationRemove { member, reason: "a test".to_owned() });
    // Off the roster before any beat; its leaf goes with the next commits.
    assert!(!listed(&mut world));
    world.run(30);
    assert_eq!(room(&mut world, head, "delegation")["members"].as_array().map(Vec::len), Some(0));
    let read = room(&mut world, envoy, "delegation")["k"].clone();
    world.nodes[envoy].line = true;
    world.run(20);
    assert!(!lines(&mut world, envoy, "refused").is_empty(), "the relay knew its token still");
    assert_eq!(room(&mut world, envoy, "delegation")["k"], read);
}

// ALARM-6
#[test]
fn beats_that_come_apart_from_the_stations_clock_raise_skew() {
    let mut world = World::convene_with(7, || Box::new(Ahead));
    world.run(40);
    assert_eq!(world.alarms(), []);
    CHEATS.set(true);
    world.run(10);
    let alarms = world.alarms();
    assert!(
        ["intermediary", "alpha", "bravo"]
            .iter()
            .all(|who| { alarms.iter().any(|alarm| alarm.who == *who && alarm.name == "SKEW") }),
        "{alarms:?}"
    );
}
