//! What goes on while the records are locked, and what does not.

use super::story::{NON_PAPER, sent};
use super::world::*;
use crate::api::{ErrorKind, Request};
use serde_json::json;

// DESK-5
#[test]
fn nothing_is_shown_or_sent_while_locked() {
    let mut world = World::begun();
    let paper = sent(&mut world);
    world.at(HOUSE).lock();
    let all = [
        Request::Inbox { unread: false },
        Request::Show { id: paper.clone(), lang: None },
        Request::Receipts { id: paper.clone() },
        Request::Send { draft: NON_PAPER.to_owned() },
        Request::Reply { id: paper.clone(), draft: NON_PAPER.to_owned() },
        convey(&paper, "bravo", &[], false),
        read_back(&paper, "Words."),
        Request::Return { id: paper.clone() },
        Request::Record {},
    ];
    for request in &all {
        assert_eq!(world.refused(HOUSE, request).kind, ErrorKind::Locked);
    }
    world.at(HOUSE).unlock();
    assert_eq!(world.show(HOUSE, &paper)["passages"][2]["disclosure"], json!("hold"));
}

// DESK-5
#[test]
fn arrivals_receipts_progress_and_the_guard_go_on_while_locked() {
    let mut world = World::begun();
    let paper = sent(&mut world);
    let good = id_of(&world.convey(&paper, "bravo", &[("en", "Units go back.")], false));
    for at in 0..world.stations.len() {
        world.at(at).lock();
    }
    world.beats(12);
    assert!(world.at(BRAVO).kinds().contains(&"received"));
    assert!(world.at(BRAVO).kinds().contains(&"matched"));
    assert!(world.at(ALPHA_ENVOY).kinds().contains(&"matched"));
    assert!(world.at(ALPHA_ENVOY).kinds().contains(&"conveyed"));
    for at in 0..world.stations.len() {
        world.at(at).unlock();
    }
    world.beats(1);
    let view = world.show(BRAVO, &good);
    assert_eq!(view["passages"][0]["state"], json!("guarded, matched"));
    assert_eq!(view["passages"][1]["text"]["en"], json!("Units go back."));
    let view = world.show(ALPHA_ENVOY, &paper);
    assert_eq!(view["passages"][0]["state"], json!("guarded, matched"));
    assert!(view["beats"]["conveyed"]["k"].is_u64() && view["carriage"][0]["received"]["k"].is_u64());
}

// DESK-5
#[test]
fn an_alteration_is_noticed_while_locked() {
    let mut world = World::begun();
    let paper = sent(&mut world);
    world.at(BRAVO).lock();
    let bad = id_of(&world.convey(&paper, "bravo", &[], true));
    world.beats(12);
    assert_eq!(world.at(BRAVO).alarms.len(), 1);
    world.at(BRAVO).unlock();
    world.beats(1);
    assert_eq!(world.show(BRAVO, &bad)["passages"][0]["state"], json!("ALTERED"));
    assert_eq!(world.at(BRAVO).alarms.len(), 1, "it is raised once");
}

// DESK-5
#[test]
fn a_dispatch_that_waits_for_the_registry_leaves_although_its_station_is_locked() {
    let mut world = World::begun();
    let paper = id_of(&world.ask(ALPHA, &Request::Send { draft: NON_PAPER.to_owned() }));
    world.at(ALPHA).lock();
    world.beats(12);
    let view = world.show(HOUSE, &paper);
    assert!(view["passages"][0]["text"]["en"].as_str().unwrap().contains("northern line"));
}

#[test]
fn locking_takes_texts_out_of_memory() {
    let mut world = World::begun();
    let paper = sent(&mut world);
    world.at(HOUSE).lock();
    assert!(!world.at(HOUSE).remembers(&paper));
    world.at(HOUSE).unlock();
    assert!(world.at(HOUSE).remembers(&paper));
}
