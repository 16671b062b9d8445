//! Delegates added, removed and replaced; stations that come back after long, or with an old vault.

use backchannel_station::api::Request;
use backchannel_testkit::seeds;
use backchannel_testkit::stored::Stored;
use backchannel_testkit::thief::{OpenedCell, Thief};
use backchannel_testkit::traffic::Traffic;
use backchannel_testkit::weather::Weather;
use backchannel_testkit::world::{RETENTION_MS, World};
use std::collections::BTreeMap;

/// Rooms a delegate has a seat in: delegation, caucus, registry.
const ROOMS: usize = 3;

fn remove(world: &mut World, head: &str, label: &str) {
    let at = world.node(head);
    world.ok(at, Request::DelegationRemove { member: label.to_owned(), reason: "recalled".to_owned() });
}

/// In which beat each room's removal took effect, by the head's journal.
fn removals(world: &mut World, head: &str) -> BTreeMap<String, u64> {
    let at = world.node(head);
    let journal = world.ok(at, Request::Watch { since: 0, timeout_ms: 0 });
    let entries = journal["entries"].as_array().cloned().unwrap_or_default();
    let removed = entries.iter().filter(|entry| entry["kind"] == "member-removed");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    removed.map(|entry| (text(&entry["room"]), entry["k"].as_u64().unwrap_or(u64::MAX))).collect()
}

/// Removes Bravo's envoy while dispatches go to and fro and the relay is in league with the envoy; `away` is off the
/// line from before the removal until it is through. Gives what all keys the envoy ever held open of later beats.
fn opened_after_removal(away: Option<&str>) -> (World, Vec<OpenedCell>) {
    let mut world = Stored::convened().world(11);
    world.keeps_old_tokens = true;
    world.tap = Some(Vec::new());
    let (envoy, bravo, mediator) =
        (world.node("bravo envoy"), world.node("bravo"), world.node("intermediary"));
    let mut thief = Thief::default();
    let mut traffic = Traffic::default();
    let away = away.map(|name| world.node(name));
    if let Some(away) = away {
        world.cut(away);
    }
    remove(&mut world, "bravo", "bravo envoy");
    for _ in 0..30 {
        thief.rob(&world, envoy);
        world.send(&mut traffic, bravo, "intermediary", "flash", 300);
        world.send(&mut traffic, mediator, "bravo", "flash", 300);
        world.step();
    }
    let removed = removals(&mut world, "bravo");
    assert_eq!(removed.len(), ROOMS, "{removed:?}");
    let last = removed.values().max().copied().unwrap_or(u64::MAX);
    if let Some(away) = away {
        world.nodes[away].line = true;
    }
    world.run(40);
    let me = backchannel_testkit::thief::me_of(&world, envoy);
    let opened = thief.open_all(&world, envoy).into_iter().filter(|cell| {
        let place = me.place(cell.room).expect("one of its rooms");
        removed.get(&me.room_name(place.spot.kind)).is_some_and(|beat| cell.beat.0 > *beat)
    });
    let opened: Vec<_> = opened.collect();
    assert!(world.beat.0 > last + 20);
    (world, opened)
}

#[test]
fn p2_a_removed_station_reads_nothing_sealed_later() {
    let (_, opened) = opened_after_removal(None);
    assert_eq!(opened, []);
}

#[test]
fn p2_a_member_that_has_not_heard_of_a_removal_says_nothing_to_the_removed() {
    for away in ["intermediary", "alpha"] {
        let (_, opened) = opened_after_removal(Some(away));
        let told: Vec<_> = opened.iter().filter(|cell| cell.fragments > 0).collect();
        assert_eq!(told, Vec::<&OpenedCell>::new(), "{away} was away");
    }
}

#[test]
fn p2_an_old_copy_of_a_removed_vault_reads_nothing_later() {
    let mut world = Stored::convened().world(12);
    world.keeps_old_tokens = true;
    let (envoy, bravo) = (world.node("bravo envoy"), world.node("bravo"));
    let copy = world.nodes[envoy].durable.clone();
    remove(&mut world, "bravo", "bravo envoy");
    assert!(world.until(60, |world| removals(world, "bravo").len() == ROOMS));
    world.run(4);
    let mut traffic = Traffic::default();
    world.send(&mut traffic, bravo, "intermediary", "flash", 300);
    world.run(10);
    for durable in [None, Some(copy)] {
        world.kill(envoy);
        if let Some(copy) = durable {
            world.nodes[envoy].durable = copy;
        }
        world.start(envoy);
        world.run(30);
        let inbox = world.ok(envoy, Request::Record {});
        assert!(!inbox.to_string().contains("w0x"), "{inbox}");
    }
}

#[test]
fn a_delegate_is_replaced_and_the_new_one_takes_part() {
    let mut world = Stored::convened().world(13);
    let envoy = world.node("bravo envoy");
    remove(&mut world, "bravo", "bravo envoy");
    assert!(world.until(60, |world| removals(world, "bravo").len() == ROOMS));
    world.run(8);
    world.kill(envoy);
    world.nodes.remove(envoy);
    world.invite("bravo", "bravo envoy 2");
    let mut traffic = Traffic::default();
    for (from, to) in
        [("bravo envoy 2", "intermediary"), ("intermediary", "bravo"), ("bravo", "intermediary")]
    {
        let from = world.node(from);
        world.send(&mut traffic, from, to, "priority", 2_000);
    }
    assert!(world.until(60, World::is_delivered));
    world.run(2);
    world.check_delivered(&traffic).unwrap();
    assert_eq!(world.split_rooms(), []);
    assert_eq!(world.alarms(), []);
}

#[test]
fn the_relay_turns_a_removed_station_away() {
    let mut world = Stored::convened().world(14);
    let envoy = world.node("bravo envoy");
    world.cut(envoy);
    remove(&mut world, "bravo", "bravo envoy");
    world.run(40);
    world.nodes[envoy].line = true;
    world.run(4);
    assert_eq!(world.ok(envoy, Request::Status {})["relay"]["connected"], false);
}

/// Beats after which the relay has dropped what a station lacks.
fn past_retention(world: &World) -> u64 {
    RETENTION_MS / u64::from(world.beat_ms) + 40
}

// JOIN-5
#[test]
fn a_station_away_past_retention_rejoins_and_gets_what_it_missed() {
    for away in ["alpha envoy", "intermediary", "bravo"] {
        let mut world = Stored::convened().world(15);
        let at = world.node(away);
        let mut traffic = Traffic::default();
        let before = world.node(if away == "intermediary" { "alpha" } else { "intermediary" });
        let to = if away == "intermediary" { "intermediary" } else { away.split(' ').next().unwrap() };
        world.send(&mut traffic, before, to, "routine", 3_000);
        world.kill(at);
        world.run(20);
        world.send(&mut traffic, before, to, "routine", 3_000);
        world.run(past_retention(&world));
        world.send(&mut traffic, before, to, "flash", 300);
        world.start(at);
        assert!(world.until(200, World::is_ready), "{away} did not come back");
        world.send(
            &mut traffic,
            at,
            if away == "intermediary" { "alpha" } else { "intermediary" },
            "flash",
            300,
        );
        assert!(world.until(200, World::is_delivered), "{away} did not get everything\n{}", world.story());
        world.run(2);
        world.check_delivered(&traffic).unwrap();
        assert_eq!(world.split_rooms(), []);
        world.kill(at);
        world.start(at);
        world.run(10);
        assert!(world.is_ready(), "{away} is in its rooms after another start");
        // A head that is away is missed, and nothing else is observed.
        let others: Vec<_> = world.alarms().into_iter().filter(|alarm| alarm.name != "SILENT").collect();
        assert_eq!(others, [], "{away}");
    }
}

// CELL-6
#[test]
fn a_station_with_an_old_vault_notices_and_rejoins() {
    let mut world = Stored::convened().world(16);
    let at = world.node("alpha envoy");
    let copy = world.nodes[at].durable.clone();
    let mut traffic = Traffic::default();
    world.send(&mut traffic, at, "intermediary", "flash", 300);
    world.run(20);
    world.kill(at);
    world.nodes[at].durable = copy;
    world.start(at);
    world.run(3);
    let journal = world.ok(at, Request::Watch { since: 0, timeout_ms: 0 }).to_string();
    assert!(journal.contains("rejoining"), "{journal}");
    assert!(world.until(200, World::is_ready), "{}", world.story());
    let mediator = world.node("intermediary");
    world.send(&mut traffic, at, "intermediary", "flash", 300);
    world.send(&mut traffic, mediator, "alpha", "flash", 300);
    assert!(world.until(200, World::is_delivered));
    assert_eq!(world.split_rooms(), []);
    let inbox = world.ok(mediator, Request::Inbox { unread: false });
    assert_eq!(inbox["items"].as_array().map(Vec::len), Some(2), "{inbox}");
}

// JOIN-15
#[test]
fn a_lying_note_takes_no_seat_from_whoever_was_vouched_for_there() {
    use backchannel_testkit::thief::me_of;
    use backchannel_wire::{MemberId, PartyNo};
    let world = Stored::convened().world(51);
    let mut me = me_of(&world, world.node("alpha"));
    let ((room, seat), proven) = me
        .profile
        .proven
        .iter()
        .find(|(_, (party, _))| *party == PartyNo(2))
        .map(|(place, person)| (*place, *person))
        .expect("Bravo's head was vouched for");
    let liar = (PartyNo(1), me.member());
    assert!(!me.claim(room, seat, liar.0, liar.1), "it sits there");
    assert_eq!(me.profile.claims.get(&(room, seat)), Some(&proven));
    // A seat of somebody who is on no roster any more may be another's.
    me.profile.proven.insert((room, seat), (PartyNo(2), MemberId([0xee; 16])));
    assert!(me.claim(room, seat, liar.0, liar.1));
    assert!(me.claim(room, 15, PartyNo(2), proven.1), "nobody was vouched for there");
}

/// A third of alpha's, invited and with its station started, but not let in yet.
fn invited(seed: u64) -> World {
    let mut world = Stored::convened().world(seed);
    let alpha = world.node("alpha");
    let add = Request::DelegationAdd { role: "principal".to_owned(), label: "alpha second".to_owned() };
    let invitation = world.ok(alpha, add)["invitation"].as_str().expect("one").to_owned();
    world.accept("alpha second", &invitation);
    world
}

// JOIN-6
#[test]
fn a_head_that_starts_again_in_every_beat_lets_its_delegate_in_all_the_same() {
    let mut world = invited(3);
    let alpha = world.node("alpha");
    for _ in 0..40 {
        world.step();
        world.kill(alpha);
        world.start(alpha);
    }
    assert!(world.until(60, World::is_ready), "{}", world.story());
}

#[test]
fn whoever_was_invited_joins_in_any_weather() {
    seeds::each("whoever_was_invited_joins_in_any_weather", 40, |seed| {
        let mut world = invited(seed);
        world.weather = Weather::drawn(seed);
        world.run(60);
        world.clear_up();
        let joined = world.until(200, |world| world.beat.0.is_multiple_of(4) && world.is_ready());
        assert!(joined, "seed {seed}: {}", world.story());
    });
}
