//! The verbatim guard (P11): what raises ALTERED, and what must never raise it.

use super::story::{NON_PAPER, conveyed, sent};
use super::world::*;
use crate::api::Request;
use crate::limits::MATCH_BEATS;
use crate::machine::watch::AlarmKind;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use serde_json::{Value, json};

fn state(view: &Value) -> &Value {
    &view["passages"][0]["state"]
}

fn altered(world: &mut World, paper: &str) -> String {
    let answer = world.convey(paper, "bravo", &[], true);
    world.beats(12);
    id_of(&answer)
}

// REG-3, REG-4, REG-6
#[test]
fn an_altered_passage_is_noticed_and_its_author_told() {
    let mut world = World::begun();
    let paper = sent(&mut world);
    let carried = altered(&mut world, &paper);
    let view = world.show(BRAVO, &carried);
    assert_eq!(state(&view), &json!("ALTERED"));
    assert_eq!(view["layers"][0]["kind"], json!("intermediary-rendering"));
    let alarm = &world.at(BRAVO).alarms[0];
    assert_eq!(alarm.0, AlarmKind::Altered);
    assert_eq!(world.at(BRAVO).alarms.len(), 1);
    assert!(world.at(BRAVO).kinds().contains(&"altered"));
    world.beats(MATCH_BEATS + 3);
    assert_eq!(state(&world.show(ALPHA_ENVOY, &paper)), &json!("not conveyed verbatim"));
    assert_eq!(world.at(ALPHA_ENVOY).kinds().into_iter().filter(|kind| *kind == "not-conveyed").count(), 1);
    // Carried again as it is, it matches.
    let again = conveyed(&mut world, &paper);
    assert_eq!(state(&world.show(BRAVO, &again)), &json!("guarded, matched"));
    assert_eq!(state(&world.show(BRAVO, &carried)), &json!("ALTERED"));
    assert_eq!(state(&world.show(ALPHA_ENVOY, &paper)), &json!("guarded, matched"));
}

// REG-4: the head sees it although the intermediary keeps back every report.
#[test]
fn a_silent_intermediary_does_not_hide_an_alteration() {
    let mut world = World::begun();
    let paper = sent(&mut world);
    world.silent_house = true;
    let carried = altered(&mut world, &paper);
    assert_eq!(state(&world.show(BRAVO, &carried)), &json!("ALTERED"));
    assert_eq!(state(&world.show(BRAVO_ENVOY, &carried)), &json!("guarded, not yet matched"));
    assert_eq!(world.show(BRAVO_ENVOY, &carried)["layers"][0]["kind"], json!("intermediary-rendering"));
}

// REG-2
#[test]
fn nothing_is_posted_before_every_party_is_there_and_nothing_leaves_before_they_have_it() {
    let mut world = World::new();
    for at in [BRAVO, BRAVO_ENVOY] {
        world.at(at).in_registry = false;
    }
    let paper = id_of(&world.ask(ALPHA, &Request::Send { draft: NON_PAPER.to_owned() }));
    world.beats(30);
    assert_eq!(world.ask(HOUSE, &Request::Inbox { unread: false })["items"], json!([]));
    for at in [BRAVO, BRAVO_ENVOY] {
        world.at(at).in_registry = true;
    }
    world.beats(15);
    let carried = conveyed(&mut world, &paper);
    assert_eq!(state(&world.show(BRAVO, &carried)), &json!("guarded, matched"));
    assert!(world.at(BRAVO).alarms.is_empty());
}

// REG-1
#[test]
fn unused_slots_are_random() {
    let mut world = World::begun();
    let station = world.at(ALPHA);
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let (first, marks) = station.desk.registry_slots(100, &mut rng);
    let (second, _) = station.desk.registry_slots(101, &mut rng);
    let mut all: Vec<_> = first.into_iter().chain(second).chain(marks).collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 12);
}

// REG-1, REG-2
#[test]
fn what_a_lost_pulse_carried_is_posted_again() {
    let mut world = World::begun();
    world.lost.extend([world.beat + 3 - world.beat % 3]);
    let paper = sent(&mut world);
    world.lost.extend((world.beat..world.beat + 6).filter(|beat| beat % 2 == 0));
    let carried = conveyed(&mut world, &paper);
    world.beats(6);
    assert_eq!(state(&world.show(BRAVO, &carried)), &json!("guarded, matched"));
    assert_eq!(state(&world.show(ALPHA_ENVOY, &paper)), &json!("guarded, matched"));
}

// REG-4, REG-5: a station that came late judges nothing it may have missed, until the digests are posted again.
#[test]
fn a_station_that_came_late_raises_no_alarm_for_honest_words() {
    let mut world = World::begun();
    world.at(BRAVO_ENVOY).in_registry = false;
    let paper = sent(&mut world);
    world.silent_house = true;
    world.at(BRAVO_ENVOY).in_registry = true;
    world.at(BRAVO_ENVOY).desk.registry_entered(false);
    let carried = conveyed(&mut world, &paper);
    world.beats(30);
    assert_eq!(state(&world.show(BRAVO_ENVOY, &carried)), &json!("guarded, not yet matched"));
    assert!(world.at(BRAVO_ENVOY).alarms.is_empty());
    world.silent_house = false;
    let carried = conveyed(&mut world, &paper);
    world.beats(9);
    assert_eq!(state(&world.show(BRAVO_ENVOY, &carried)), &json!("guarded, matched"));
    let carried = altered(&mut world, &paper);
    world.beats(9);
    assert_eq!(state(&world.show(BRAVO_ENVOY, &carried)), &json!("ALTERED"));
}

// REG-4: with what a colleague's station passes on, nothing is missing.
#[test]
fn a_colleague_passes_on_what_was_missed() {
    let mut world = World::begun();
    world.at(BRAVO_ENVOY).in_registry = false;
    let paper = sent(&mut world);
    world.silent_house = true;
    world.at(BRAVO_ENVOY).in_registry = true;
    world.at(BRAVO_ENVOY).desk.registry_entered(false);
    world.beats(3);
    world.share(BRAVO, BRAVO_ENVOY);
    let carried = conveyed(&mut world, &paper);
    assert_eq!(state(&world.show(BRAVO_ENVOY, &carried)), &json!("guarded, matched"));
    world.at(BRAVO_ENVOY).restart();
    world.beats(1);
    let carried = altered(&mut world, &paper);
    assert_eq!(state(&world.show(BRAVO_ENVOY, &carried)), &json!("ALTERED"));
}

// REG-4
#[test]
fn what_was_passed_on_before_the_station_followed_the_registry_may_lack_something() {
    let mut world = World::begun();
    world.at(BRAVO_ENVOY).in_registry = false;
    world.share(BRAVO, BRAVO_ENVOY);
    let paper = sent(&mut world);
    world.silent_house = true;
    world.at(BRAVO_ENVOY).desk.registry_entered(false);
    world.at(BRAVO_ENVOY).in_registry = true;
    world.beats(3);
    let carried = conveyed(&mut world, &paper);
    assert_eq!(state(&world.show(BRAVO_ENVOY, &carried)), &json!("guarded, not yet matched"));
    assert!(world.at(BRAVO_ENVOY).alarms.is_empty());
}

#[test]
fn a_station_that_lags_judges_when_it_has_caught_up() {
    let mut world = World::begun();
    world.at(BRAVO).away = true;
    let paper = sent(&mut world);
    world.at(BRAVO_ENVOY).desk.registry_entered(true);
    let good = conveyed(&mut world, &paper);
    let bad = altered(&mut world, &paper);
    world.back(BRAVO);
    world.beats(6);
    assert_eq!(state(&world.show(BRAVO, &good)), &json!("guarded, matched"));
    assert_eq!(state(&world.show(BRAVO, &bad)), &json!("ALTERED"));
}

#[test]
fn the_guard_survives_a_restart_of_every_station_at_every_beat() {
    let mut world = World::begun();
    let each = |world: &mut World, beats: u64| {
        for _ in 0..beats {
            world.step();
            for at in 0..world.stations.len() {
                world.at(at).restart();
            }
        }
    };
    let paper = id_of(&world.ask(ALPHA_ENVOY, &Request::Send { draft: NON_PAPER.to_owned() }));
    each(&mut world, 15);
    let good = id_of(&world.convey(&paper, "bravo", &[], false));
    let bad = id_of(&world.convey(&paper, "bravo", &[], true));
    each(&mut world, 15);
    world.beats(1);
    for at in [BRAVO, BRAVO_ENVOY] {
        assert_eq!(state(&world.show(at, &good)), &json!("guarded, matched"));
        assert_eq!(state(&world.show(at, &bad)), &json!("ALTERED"));
        assert_eq!(world.at(at).alarms.len(), 1);
    }
    assert_eq!(state(&world.show(ALPHA, &paper)), &json!("guarded, matched"));
}

// A burned day of the registry is noticed: nothing is judged on what is no longer known.
#[test]
fn burned_digests_raise_no_alarm() {
    let mut world = World::begun();
    let paper = sent(&mut world);
    world.silent_house = true;
    world.at(BRAVO).burn_registry();
    world.beats(3);
    let carried = conveyed(&mut world, &paper);
    assert_eq!(state(&world.show(BRAVO, &carried)), &json!("guarded, not yet matched"));
    assert!(world.at(BRAVO).alarms.is_empty());
}
