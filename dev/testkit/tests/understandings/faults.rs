//! Stations that die, come late, come back from an old copy, or lose their record: all are bound or nobody is, and everybody is
//! told what happened.

use crate::common::*;
use backchannel_accord::time::rfc3339;
use backchannel_station::api::{ErrorKind, Request, Response};
use backchannel_testkit::stored::Stored;
use backchannel_testkit::weather::Weather;
use backchannel_testkit::world::World;
use backchannel_wire::UtcMs;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Kills each station at every third effect of a try; in how many cases it came into effect at the first try, and later.
fn killed((stored, id, _): &(Stored, String, String)) -> (u32, u32) {
    let (mut first_try, mut later) = (0, 0);
    for name in EVERYBODY {
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
                another_try(&mut world, id);
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
    (first_try, later)
}

// DEED-13
#[test]
fn p6_a_station_killed_at_any_moment_leaves_all_bound_or_nobody() {
    let (first_try, later) = killed(approved_once());
    assert!(first_try > 20 && later > 3, "{first_try} {later}");
}

#[test]
fn p6_in_the_joint_form_too() {
    let (first_try, later) = killed(joint_approved_once());
    assert!(first_try > 20 && later > 3, "{first_try} {later}");
}

fn told(world: &mut World, name: &str, what: &str) -> bool {
    line_of(world, name, "ceremony", what)
}

#[test]
fn p6_a_depositary_that_dies_for_good_with_everything_in_its_hands_binds_nobody() {
    for (stored, id, _) in [approved_once(), joint_approved_once()] {
        let mut world = stored.world(71);
        let (alpha, mediator) = (world.node("alpha"), world.node("intermediary"));
        world.run(2);
        world.ok(alpha, deposit(id, false));
        let both =
            |world: &mut World| ["alpha", "bravo"].iter().all(|name| told(world, name, "were handed in"));
        assert!(world.until(60, both), "{}", story(&mut world));
        world.kill(mediator);
        world.run(DEAD);
        came_to_nothing(&mut world, id, &["alpha", "alpha envoy", "bravo", "bravo envoy"]);
        // It comes back with what it held: its limit has passed, and it destroys.
        world.start(mediator);
        world.run(40);
        nobody_is_bound_alone(&mut world, id);
        for name in ["alpha", "bravo"] {
            let head = world.node(name);
            assert!(matches!(export(&mut world, name, id), Response::Error(_)));
            assert!(
                matches!(world.ask(head, deposit(id, true)), Response::Error(_)),
                "nothing is left to leave"
            );
        }
        world.ok(alpha, deposit(id, false));
        assert!(world.until(120, |world| in_effect(world, id)), "{}", story(&mut world));
    }
}

#[test]
fn p6_a_deposit_that_comes_after_the_limit_binds_nobody() {
    for (stored, id, _) in [approved_once(), joint_approved_once()] {
        let mut world = stored.world(72);
        let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
        world.run(2);
        let within = |ms| Request::UnderstandingDeposit {
            id: id.clone(),
            withdraw: false,
            within_ms: Some(ms),
            withhold: false,
        };
        for ms in [0, 1_000, u64::MAX] {
            assert_eq!(kind_of(world.ask(alpha, within(ms))), ErrorKind::Refused, "{ms}");
        }
        world.ok(alpha, within(60_000));
        assert!(world.until(60, |world| named(world, "bravo")), "{}", story(&mut world));
        // Bravo's line is cut when it is to hand in, and comes back when the limit has passed but EXPIRY has not.
        world.cut(bravo);
        world.run(70);
        world.nodes[bravo].line = true;
        world.run(DEAD);
        came_to_nothing(&mut world, id, &EVERYBODY);
        assert!(told(&mut world, "alpha", "the limit passed") || told(&mut world, "alpha", "took too long"));
        agree(&mut world, id);
    }
}

/// Whether all of these find it in effect, or none.
fn all_or_none(world: &mut World, id: &str, names: &[&str]) -> bool {
    let by: Vec<bool> = names.iter().map(|name| status(world, name, id)["in_effect"] == true).collect();
    assert!(by.iter().all(|one| *one == by[0]), "{by:?}\n{}", story(world));
    by[0]
}

/// An old copy cannot know what its station has said since. Everybody else's record stays whole, so all others agree; whoever
/// runs on the copy is told that it is one.
#[test]
fn p6_an_old_backup_restored_in_mid_ceremony_binds_nobody_alone() {
    let (mut bound, mut not) = (0, 0);
    for (stored, id, _) in [approved_once(), joint_approved_once()] {
        for (name, before) in [("bravo", 1), ("bravo", 4), ("alpha", 3), ("intermediary", 4)] {
            let mut world = stored.world(73);
            let (alpha, victim) = (world.node("alpha"), world.node(name));
            world.run(2);
            world.ok(alpha, deposit(id, false));
            world.run(before);
            let copy = world.nodes[victim].durable.clone();
            world.run(3);
            world.kill(victim);
            world.nodes[victim].durable = copy;
            world.start(victim);
            world.run(DEAD + 100);
            let told = lines(&mut world, victim, "rejoining").join(" ");
            assert!(told.contains("older"), "{name} {before}: {told}");
            // The intermediary has what heads say in the registry from their reports alone.
            let others: Vec<&str> =
                EVERYBODY.into_iter().filter(|other| *other != name && *other != "intermediary").collect();
            if all_or_none(&mut world, id, &others) {
                bound += 1;
                continue;
            }
            not += 1;
            nobody_is_bound_alone(&mut world, id);
            another_try(&mut world, id);
            assert!(world.until(200, |world| in_effect(world, id)), "{name} {before}\n{}", story(&mut world));
            world.run(20);
            agree(&mut world, id);
        }
    }
    assert!(bound > 0 && not > 0, "{bound} {not}");
}

fn burn_all(world: &mut World, name: &str) {
    for room in ["registry", "caucus"] {
        let at = world.node(name);
        world.ok(at, Request::Burn { room: room.to_owned(), day: None });
    }
}

/// Whether a word of the text, or of a comment, is anywhere in what a station has stored.
fn holds(world: &mut World, name: &str, word: &str) -> bool {
    let at = world.node(name);
    let mut values = world.nodes[at].durable.values();
    values.any(|value| value.windows(word.len()).any(|bytes| bytes == word.as_bytes()))
}

// DEED-13
#[test]
fn p6_a_burn_takes_the_words_and_not_what_binds() {
    for (stored, id, _) in [approved_once(), joint_approved_once()] {
        let mut world = stored.world(74);
        let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
        world.run(2);
        let words = "a comment that is burned";
        let comment = Request::UnderstandingComment {
            id: id.clone(),
            clause: None,
            text: [("en".to_owned(), words.to_owned())].into(),
        };
        world.ok(bravo, comment);
        world.run(10);
        assert!(holds(&mut world, "bravo", words) && holds(&mut world, "bravo", "preventive"));
        // In mid-ceremony: it goes on.
        world.ok(alpha, deposit(id, false));
        assert!(world.until(60, |world| named(world, "bravo")));
        burn_all(&mut world, "bravo");
        assert!(!holds(&mut world, "bravo", words) && !holds(&mut world, "bravo", "preventive"));
        assert!(world.until(120, |world| in_effect(world, id)), "{}", story(&mut world));
        // In effect, and after a restart: the station says what is so, and shows no text.
        burn_all(&mut world, "bravo");
        world.kill(bravo);
        world.start(bravo);
        world.run(20);
        agree(&mut world, id);
        let shown = world.ok(bravo, Request::UnderstandingShow { id: id.clone() });
        assert_eq!((&shown["burned"], &shown["clauses"]), (&true.into(), &Value::Null), "{shown}");
        assert!(!holds(&mut world, "bravo", "preventive"));
        assert!(holds(&mut world, "alpha", "preventive"), "others keep theirs");
    }
}

/// What binds, on which all stations agree; and what one side shows, on which its own stations do.
fn binding(status: &Value) -> Value {
    let settled = ["in effect", "renewed", "lapsed", "withdrawn", "superseded"];
    let state = status["state"].as_str().filter(|state| settled.contains(state));
    json!([state, status["in_effect"], status["in_effect_from"], status["until"], status["signed_only"]])
}

/// What each station that answers says of an instant, and how far its view is whole.
fn said_of(world: &mut World, id: &str, utc: &str) -> Vec<(&'static str, u64, Value)> {
    let mut seen = Vec::new();
    for name in EVERYBODY {
        let at = world.node(name);
        if world.nodes[at].machine.is_none() {
            continue;
        }
        let asked = Request::UnderstandingStatus { id: id.to_owned(), at: Some(utc.to_owned()) };
        // In bad weather a station may die of the question.
        let Response::Ok(status) = world.ask(at, asked) else { continue };
        seen.push((name, status["k"].as_u64().unwrap_or_default(), status));
    }
    seen
}

/// Compares the stations that have seen as much as an instant some beats ago asks for; how many were compared.
fn same_view(world: &mut World, id: &str, ago: u64) -> usize {
    let utc = UtcMs(world.t0.0 + world.beat.0.saturating_sub(ago) * u64::from(world.beat_ms));
    let whole = world.beat.0.saturating_sub(ago + 1);
    let seen = said_of(world, id, &rfc3339(utc));
    let seen: Vec<_> = seen.into_iter().filter(|(_, k, _)| *k == whole).collect();
    for (name, _, status) in &seen {
        assert_eq!(binding(status), binding(&seen[0].2), "{name} and {} at {whole}", seen[0].0);
        let side = |name: &str| name.split(' ').next().unwrap_or_default().to_owned();
        let own = seen.iter().find(|(other, ..)| side(other) == side(name));
        assert_eq!(own.map(|(.., own)| &own["state"]), Some(&status["state"]), "{name} at {whole}");
    }
    // One station alone agrees with itself.
    seen.len().saturating_sub(1)
}

/// Compares what parties' stations that have seen equally much expect of an instant to come; the states they expect.
fn same_expectation(world: &mut World, id: &str, utc: &str, states: &mut BTreeSet<String>) {
    let mut by_view: BTreeMap<u64, (&str, Value)> = BTreeMap::new();
    for (name, k, status) in said_of(world, id, utc).into_iter().filter(|(name, ..)| *name != "intermediary")
    {
        let binding = binding(&status);
        states.extend(binding[0].as_str().map(str::to_owned));
        let (first, same) = by_view.entry(k).or_insert((name, binding.clone()));
        assert_eq!(*same, binding, "{name} and {first} at {k} of {utc}");
    }
}

// DEED-11
#[test]
fn p6_all_stations_compute_the_same_status_at_the_same_beat_in_any_weather() {
    let (mut compared, mut bound, mut expected) = (0, 0, BTreeSet::new());
    for seed in 0..10 {
        let (stored, id, _) = if seed % 2 == 0 { approved_once() } else { joint_approved_once() };
        let mut world = stored.world(80 + seed);
        let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
        world.run(2);
        world.weather = Weather::drawn(seed);
        let _ = world.ask(alpha, deposit(id, false));
        let notice = Request::UnderstandingWithdraw { id: id.clone(), urgent: None, take_back: false };
        let back = Request::UnderstandingWithdraw { id: id.clone(), urgent: None, take_back: true };
        let acts = [(bravo, deposit(id, false)), (alpha, notice.clone()), (bravo, notice), (alpha, back)];
        for beat in 0..400_u64 {
            world.step();
            if beat % 60 == 59
                && let Some((who, act)) = acts.get((beat / 60) as usize)
                && world.nodes[*who].machine.is_some()
            {
                // In this weather an act may be refused: what matters is that all see the same of it.
                let _ = world.ask(*who, act.clone());
            }
            if beat > 20 {
                compared += same_view(&mut world, id, 16);
            }
            if beat % 10 == 0 {
                same_expectation(&mut world, id, "2027-05-01T00:00:00Z", &mut expected);
            }
        }
        bound += u32::from(status(&mut world, "alpha envoy", id)["in_effect"] == true);
    }
    println!("{compared} comparisons, {bound} in effect");
    assert!(compared > 5_000 && bound > 1, "{compared} {bound}");
    assert!(["lapsed", "withdrawn"].iter().all(|state| expected.contains(*state)), "{expected:?}");
}

/// One in effect, and another approved that takes its place at ten o'clock.
fn about_to_be_superseded() -> (Stored, String, String) {
    let mut world = Stored::convened().world(90);
    let (old, _) = approved(&mut world);
    settled(&mut world, &old);
    let file = text().replace("12h", "6h").replace("2027-01-15T08:00Z", "2027-01-15T10:00Z");
    let mediator = world.node("intermediary");
    let answer = world.ok(mediator, Request::UnderstandingSupersede { id: old.clone(), file });
    let new = answer["id"].as_str().expect("an id").to_owned();
    assert!(world.until(WAY, |world| all_are(world, &new, "submitted")), "{:#?}", states(&mut world, &new));
    let digest = freeze(&mut world, &new);
    assert!(world.until(WAY, |world| all_are(world, &new, "frozen")), "{:#?}", states(&mut world, &new));
    approve(&mut world, "alpha", (&new, &digest));
    approve(&mut world, "bravo", (&new, &digest));
    world.run(20);
    (world.put_aside(), old, new)
}

// DEED-11, DEED-18
#[test]
fn p6_all_stations_see_one_understanding_take_anothers_place_in_any_weather_or_none_does() {
    let (stored, old, new) = about_to_be_superseded();
    let (mut compared, mut expected) = (0, BTreeSet::new());
    for seed in 0..5 {
        let mut world = stored.world(100 + seed);
        let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
        world.run(2);
        world.weather = Weather::drawn(seed);
        let _ = world.ask(alpha, deposit(&new, false));
        for beat in 0..240_u64 {
            world.step();
            if beat == 100 {
                let notice =
                    Request::UnderstandingWithdraw { id: old.clone(), urgent: None, take_back: false };
                let _ = world.ask(bravo, notice);
            }
            if beat > 20 {
                compared += same_view(&mut world, &old, 16) + same_view(&mut world, &new, 16);
            }
            if beat % 10 == 0 {
                for at in ["2027-01-15T09:59:59.999Z", "2027-01-15T10:00:00Z", "2027-04-01T00:00:00Z"] {
                    same_expectation(&mut world, &old, at, &mut expected);
                }
            }
        }
    }
    assert!(compared > 2_000 && expected.contains("superseded"), "{compared} {expected:?}");
}
