//! Leaves that nobody answers for, stations that are away for long, and knocks that a relay keeps to use again.

use backchannel_station::api::Request;
use backchannel_testkit::stored::Stored;
use backchannel_testkit::traffic::Traffic;
use backchannel_testkit::world::{Node, World};
use serde_json::Value;

/// Beats within which an unvouched leaf is removed by somebody: its window, every member's turn, and the commit.
const REMOVAL_BEATS: u64 = 256 + 4 * 8 + 40;
/// Beats for which the sponsor of such a leaf lets nobody in.
const BAR_BEATS: u64 = 256 + 16 * 8 + 32;

fn rooms(world: &mut World, at: usize) -> Vec<Value> {
    world.ok(at, Request::Status {})["rooms"].as_array().cloned().unwrap_or_default()
}

fn room(world: &mut World, at: usize, name: &str) -> Value {
    rooms(world, at).into_iter().find(|room| room["room"] == name).expect("a room of that name")
}

fn unvouched(room: &Value) -> usize {
    let members = room["members"].as_array().cloned().unwrap_or_default();
    members.iter().filter(|member| member["vouched"] == false).count()
}

fn lines(world: &mut World, at: usize, kind: &str) -> Vec<Value> {
    let journal = world.ok(at, Request::Watch { since: 0, timeout_ms: 0 });
    let entries = journal["entries"].as_array().cloned().unwrap_or_default();
    entries.into_iter().filter(|entry| entry["kind"] == kind).collect()
}

/// Alarms other than that a head is missed.
fn wrong(world: &mut World) -> Vec<String> {
    let names = world.alarms().into_iter().map(|alarm| alarm.name.clone());
    names.filter(|name| name != "SILENT").collect()
}

/// Everybody is in all rooms, and nobody is missed in one.
fn whole(world: &mut World) -> bool {
    let complete = (0..world.nodes.len()).all(|at| {
        let away = rooms(world, at).into_iter().map(|room| room["away"].as_array().map_or(0, Vec::len));
        away.sum::<usize>() == 0
    });
    complete && world.is_ready()
}

/// Alpha's head lets a clerk in whose station is never heard of again.
fn with_a_dead_leaf(seed: u64) -> (World, Node) {
    let mut world = Stored::convened().world(seed);
    let alpha = world.node("alpha");
    let add = Request::DelegationAdd { role: "observer".to_owned(), label: "clerk".to_owned() };
    let invitation = world.ok(alpha, add)["invitation"].as_str().expect("an invitation").to_owned();
    let clerk = world.accept("clerk", &invitation);
    let seated = |world: &mut World| rooms(world, alpha).iter().any(|room| unvouched(room) > 0);
    assert!(world.until(60, seated), "the clerk was not let in");
    world.kill(clerk);
    let clerk = world.nodes.remove(clerk);
    (world, clerk)
}

// JOIN-12
#[test]
fn p9_a_leaf_that_never_vouches_holds_content_up_for_its_window_only() {
    let (mut world, clerk) = with_a_dead_leaf(31);
    let (alpha, mediator) = (world.node("alpha"), world.node("intermediary"));
    world.run(30);
    let mut traffic = Traffic::default();
    world.send(&mut traffic, alpha, "intermediary", "flash", 300);
    world.send(&mut traffic, mediator, "alpha", "flash", 300);
    world.run(60);
    assert!(world.check_delivered(&traffic).is_err(), "a leaf nobody vouches for is held back from");
    let delivered = |world: &mut World| world.check_delivered(&traffic).is_ok();
    assert!(world.until(REMOVAL_BEATS, delivered), "{}", world.story());
    assert!(!world.is_delivered(), "and what it was to have waits for it");
    let gone = lines(&mut world, mediator, "member-removed");
    assert!(gone.iter().any(|line| line["what"].to_string().contains("not vouched for")), "{gone:?}");
    // The clerk comes back after all, once its sponsor may let it in again.
    world.nodes.push(clerk);
    let clerk = world.node("clerk");
    world.start(clerk);
    assert!(world.until(BAR_BEATS + 400, World::is_ready), "{}", world.story());
    assert_eq!(world.split_rooms(), []);
    assert_eq!(wrong(&mut world), Vec::<String>::new());
}

// JOIN-12
#[test]
fn a_newcomer_whom_the_others_do_not_know_clears_nobody_out() {
    let mut world = Stored::convened().world(32);
    let bravo = world.node("bravo");
    let (envoy, mediator) = (world.node("bravo envoy"), world.node("intermediary"));
    // Whoever would vouch to the newcomer is off the line when it comes, and long after.
    let add = Request::DelegationAdd { role: "observer".to_owned(), label: "clerk".to_owned() };
    let invitation = world.ok(bravo, add)["invitation"].as_str().expect("an invitation").to_owned();
    world.run(4);
    world.cut(mediator);
    world.cut(envoy);
    let clerk = world.accept("clerk", &invitation);
    world.run(60);
    world.nodes[mediator].line = true;
    world.nodes[envoy].line = true;
    assert!(world.until(200, World::is_ready), "{}", world.story());
    world.run(REMOVAL_BEATS);
    assert!(world.is_ready(), "{}", world.story());
    assert_eq!(lines(&mut world, clerk, "member-removed"), Vec::<Value>::new());
}

/// The longest beat there is, ten minutes: three days are few of them.
const SLOW_MS: u32 = 600_000;
/// Beats within which a station that is away is removed there: three days, every member's turn, and the commit.
const AWAY_BEATS: u64 = 432 + 4 * 8 + 40;

// JOIN-13, JOIN-14
#[test]
fn p9_a_station_away_for_too_long_is_removed_and_comes_back_to_all_it_missed() {
    let mut world = World::convene_at(33, SLOW_MS);
    assert!(world.until(200, World::is_ready), "{}", world.story());
    world.invite("bravo", "bravo envoy");
    let mut traffic = Traffic::default();
    for away in ["bravo", "bravo envoy", "intermediary"] {
        let at = world.node(away);
        let (other, to) = match away {
            "intermediary" => (world.node("alpha"), "intermediary"),
            _ => (world.node("intermediary"), "bravo"),
        };
        world.cut(at);
        world.run(2);
        world.send(&mut traffic, other, to, "routine", 2_000);
        let caucus =
            |world: &mut World| room(world, other, if to == "bravo" { "caucus bravo" } else { "caucus" });
        world.run(AWAY_BEATS);
        let seen = caucus(&mut world);
        let missed = seen["away"].as_array().map_or(0, Vec::len);
        assert_eq!(missed, 1, "{away}: {seen}");
        world.send(&mut traffic, other, to, "flash", 300);
        world.run(4);
        assert!(!world.is_delivered(), "{away}: nothing is lost while it is away");
        world.nodes[at].line = true;
        assert!(world.until(300, whole), "{away} did not come back\n{}", world.story());
        assert!(world.until(200, World::is_delivered), "{away} did not get everything\n{}", world.story());
        world.run(2);
        world.check_delivered(&traffic).unwrap();
        assert_eq!(world.split_rooms(), []);
        assert!(!lines(&mut world, at, "rejoining").is_empty());
        world.kill(at);
        world.start(at);
        assert!(world.until(20, whole), "{away} is in its rooms after another start\n{}", world.story());
        assert_eq!(wrong(&mut world), Vec::<String>::new(), "{away}");
    }
}

// JOIN-13
#[test]
fn a_delegate_withdrawn_while_it_was_away_is_waited_for_no_longer() {
    let mut world = World::convene_at(34, SLOW_MS);
    assert!(world.until(200, World::is_ready), "{}", world.story());
    world.invite("bravo", "bravo envoy");
    let (envoy, bravo, mediator) =
        (world.node("bravo envoy"), world.node("bravo"), world.node("intermediary"));
    world.cut(envoy);
    let mut traffic = Traffic::default();
    world.send(&mut traffic, mediator, "bravo", "flash", 300);
    world.run(AWAY_BEATS);
    let waiting = |world: &mut World| room(world, mediator, "caucus bravo")["waiting"].as_u64();
    assert_eq!(waiting(&mut world), Some(1));
    let recall =
        Request::DelegationRemove { member: "bravo envoy".to_owned(), reason: "recalled".to_owned() };
    world.ok(bravo, recall);
    world.run(40);
    assert_eq!(waiting(&mut world), Some(0), "nothing is kept for who does not come back");
    world.nodes[envoy].line = true;
    world.run(60);
    let inbox = world.ok(envoy, Request::Record {}).to_string();
    assert!(!inbox.contains("w0x"), "{inbox}");
    assert_eq!(room(&mut world, mediator, "caucus bravo")["away"], serde_json::json!([]));
}

// JOIN-11
#[test]
fn p2_a_relay_that_keeps_a_knock_has_no_living_leaf_replaced_by_it() {
    let mut world = Stored::convened().world(35);
    world.knocks = Some(Vec::new());
    let envoy = world.node("alpha envoy");
    // Twice, so that a knock is there which did not lead to the leaf that sits there now.
    for _ in 0..2 {
        let copy = world.nodes[envoy].durable.clone();
        world.run(12);
        world.kill(envoy);
        world.nodes[envoy].durable = copy;
        world.start(envoy);
        world.run(8);
        assert!(world.until(120, World::is_ready), "the envoy did not come back\n{}", world.story());
    }
    let knocks = world.knocks.take().expect("they were kept");
    assert!(!knocks.is_empty());
    let epochs =
        |world: &mut World| rooms(world, envoy).iter().map(|room| room["epoch"].clone()).collect::<Vec<_>>();
    let (before, told) = (epochs(&mut world), lines(&mut world, envoy, "rejoining").len());
    for knock in &knocks {
        assert!(world.lobby_reply(knock).is_some(), "the relay serves its own letter");
        world.run(40);
    }
    assert_eq!(epochs(&mut world), before, "nobody answered it");
    assert_eq!(lines(&mut world, envoy, "rejoining").len(), told);
    assert!(world.is_ready());
}

// JOIN-15
#[test]
fn p9_what_a_newcomer_says_reaches_a_member_that_was_removed_before_it_came() {
    let mut world = World::convene_at(36, SLOW_MS);
    assert!(world.until(200, World::is_ready), "{}", world.story());
    let mediator = world.node("intermediary");
    world.cut(mediator);
    world.run(AWAY_BEATS);
    let alpha = world.node("alpha");
    assert_eq!(room(&mut world, alpha, "caucus")["away"].as_array().map(Vec::len), Some(1));
    let add = Request::DelegationAdd { role: "envoy".to_owned(), label: "alpha envoy".to_owned() };
    let invitation = world.ok(alpha, add)["invitation"].as_str().expect("an invitation").to_owned();
    let envoy = world.accept("alpha envoy", &invitation);
    let seated = |world: &mut World| rooms(world, envoy).iter().all(|room| room["state"] == "in the room");
    assert!(world.until(200, seated), "{}", world.story());
    world.run(20);
    let mut traffic = Traffic::default();
    world.send(&mut traffic, envoy, "intermediary", "flash", 300);
    world.run(60);
    assert!(!world.is_delivered(), "it is kept for the one who is away");
    world.nodes[mediator].line = true;
    assert!(world.until(300, whole), "{}", world.story());
    assert!(world.until(200, World::is_delivered), "{}", world.story());
    world.run(2);
    world.check_delivered(&traffic).unwrap();
}

// JOIN-11
#[test]
fn a_knock_too_old_to_be_answered_hides_no_later_one() {
    let mut world = Stored::convened().world(37);
    let alpha = world.node("alpha");
    let mut clerks = Vec::new();
    for name in ["alpha second", "alpha third"] {
        let add = Request::DelegationAdd { role: "observer".to_owned(), label: name.to_owned() };
        if let backchannel_station::api::Response::Ok(value) = world.ask(alpha, add) {
            clerks.push((name, value["invitation"].as_str().expect("an invitation").to_owned()));
        }
    }
    // The first knocks while its sponsor is off the line, and is gone when the sponsor comes back.
    world.cut(alpha);
    let (name, invitation) = clerks.remove(0);
    let first = world.accept(name, &invitation);
    world.run(6);
    world.cut(first);
    world.kill(first);
    let first = world.nodes.remove(first);
    world.run(260);
    let alpha = world.node("alpha");
    world.nodes[alpha].line = true;
    world.run(60);
    for (name, invitation) in clerks {
        world.accept(name, &invitation);
    }
    assert!(world.until(300, World::is_ready), "{}", world.story());
    world.nodes.push(first);
    let first = world.node(name);
    world.start(first);
    world.nodes[first].line = true;
    assert!(world.until(300, World::is_ready), "{}", world.story());
}

// JOIN-14
#[test]
fn a_head_whose_leaf_went_in_mid_invitation_lets_its_delegate_in_when_it_is_back() {
    for beats in [2, 4, 6, 8] {
        let mut world = World::convene_at(90, 600_000);
        assert!(world.until(200, World::is_ready), "{}", world.story());
        let alpha = world.node("alpha");
        let add = Request::DelegationAdd { role: "envoy".to_owned(), label: "alpha third".to_owned() };
        let invitation = world.ok(alpha, add)["invitation"].as_str().expect("an invitation").to_owned();
        world.accept("alpha third", &invitation);
        world.run(beats);
        world.cut(alpha);
        world.run(460);
        world.nodes[alpha].line = true;
        assert!(world.until(300, World::is_ready), "cut after {beats} beats\n{}", world.story());
    }
}
