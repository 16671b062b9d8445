//! One text, one pen: comments, versions, who writes, and what a changed roster asks for.

use crate::common::*;
use backchannel_station::api::{ErrorKind, Request};
use backchannel_testkit::lines::PASSPHRASE;
use backchannel_testkit::stored::Stored;
use backchannel_testkit::world::World;

#[test]
fn comments_versions_and_what_changed_are_on_record_at_whoever_may_see_them() {
    let mut world = Stored::convened().world(47);
    let (id, first) = frozen(&mut world);
    approve(&mut world, "alpha", (&id, &first));
    let (alpha, mediator, bravo) = (world.node("alpha"), world.node("intermediary"), world.node("bravo"));
    let words = std::collections::BTreeMap::from([("en".to_owned(), "Sixty days would do.".to_owned())]);
    let comment = |clause: &str| Request::UnderstandingComment {
        id: id.clone(),
        clause: Some(clause.to_owned()),
        text: words.clone(),
    };
    assert_eq!(kind_of(world.ask(alpha, comment("nowhere"))), ErrorKind::NotFound);
    assert_eq!(kind_of(world.ask(mediator, comment("end"))), ErrorKind::Refused);
    world.ok(alpha, comment("end"));
    let came = |world: &mut World| {
        world.ok(mediator, Request::UnderstandingShow { id: id.clone() })["comments"][0]["text"]["en"]
            == "Sixty days would do."
    };
    assert!(world.until(WAY, came), "{}", story(&mut world));
    assert_eq!(
        world.ok(bravo, Request::UnderstandingShow { id: id.clone() })["comments"],
        serde_json::json!([])
    );
    assert_eq!(
        kind_of(world.ask(alpha, Request::UnderstandingSubmit { id: None, file: text() })),
        ErrorKind::Refused
    );
    assert_eq!(
        kind_of(world.ask(mediator, Request::UnderstandingFreeze { id: id.clone() })),
        ErrorKind::CheckFailed
    );
    // What the check refuses is not frozen, nor what nobody could approve.
    submit(&mut world, Some(&id), text().replace("from_inclusive = true\n", ""));
    world.run(WAY);
    assert_eq!(
        kind_of(world.ask(mediator, Request::UnderstandingFreeze { id: id.clone() })),
        ErrorKind::CheckFailed
    );
    submit(&mut world, Some(&id), text().replace("quorum = 1", "quorum = 3"));
    world.run(WAY);
    assert_eq!(
        kind_of(world.ask(mediator, Request::UnderstandingFreeze { id: id.clone() })),
        ErrorKind::CheckFailed
    );
    submit(&mut world, Some(&id), text().replace("90d", "60d"));
    world.run(WAY);
    let second = freeze(&mut world, &id);
    let all = |world: &mut World| {
        EVERYBODY.iter().all(|name| status(world, name, &id)["digest"] == second.as_str())
    };
    assert!(world.until(WAY, all), "{:#?}", states(&mut world, &id));
    assert_eq!(agree(&mut world, &id)["state"], "frozen", "approvals of the version before fall");
    assert_eq!(kind_of(world.ask(alpha, approval(&id, &first, PASSPHRASE, false))), ErrorKind::Refused);
    let changes = world.ok(bravo, Request::UnderstandingDiff { id: id.clone(), from: None, to: None });
    assert_eq!((&changes["from"], &changes["to"]), (&1.into(), &2.into()));
    assert!(changes["changes"].to_string().contains("60d"), "{changes}");
    let listed = world.ok(bravo, Request::UnderstandingList {});
    assert_eq!(listed["understandings"][0]["version"], 2);
    world.ok(mediator, Request::UnderstandingAbandon { id: id.clone() });
    assert!(world.until(WAY, |world| all_are(world, &id, "abandoned")), "{:#?}", states(&mut world, &id));
    assert_eq!(kind_of(world.ask(alpha, approval(&id, &second, PASSPHRASE, false))), ErrorKind::Refused);
}

// DEED-16
#[test]
fn where_a_party_holds_the_pen_the_intermediary_carries_what_it_writes() {
    let mut world = World::convene_with_pen(61, "alpha");
    assert!(world.until(200, World::is_ready));
    let [alpha, bravo, mediator] = THREE.map(|name| world.node(name));
    for other in [bravo, mediator] {
        let submit = Request::UnderstandingSubmit { id: None, file: joint() };
        assert_eq!(kind_of(world.ask(other, submit)), ErrorKind::Refused);
    }
    let submit = Request::UnderstandingSubmit { id: None, file: joint() };
    let id = world.ok(alpha, submit)["id"].as_str().expect("an id").to_owned();
    assert!(world.until(WAY, |world| three_are(world, &id, "submitted")), "it did not come everywhere");
    let words = [("en".to_owned(), "Sixty days would do.".to_owned())].into();
    world.ok(bravo, Request::UnderstandingComment { id: id.clone(), clause: None, text: words });
    world.run(20);
    // The intermediary dies when it has taken what it is to carry, before anything of it left.
    world.ok(alpha, Request::UnderstandingFreeze { id: id.clone() });
    assert!(world.until(WAY, |world| status(world, "intermediary", &id)["state"] == "frozen"));
    world.kill(mediator);
    world.start(mediator);
    assert!(world.until(WAY, |world| three_are(world, &id, "frozen")), "a freeze was not carried");
    for other in [bravo, mediator] {
        let freeze = Request::UnderstandingFreeze { id: id.clone() };
        assert_eq!(kind_of(world.ask(other, freeze)), ErrorKind::Refused);
    }
    let digest = world.ok(bravo, Request::UnderstandingShow { id: id.clone() })["digest"].clone();
    let digest = digest.as_str().expect("a digest").to_owned();
    let carried = lines(&mut world, bravo, "understanding");
    assert!(carried.iter().any(|line| line.starts_with("alpha (carried by ")), "{carried:?}");
    for head in [alpha, bravo] {
        world.ok(head, approval(&id, &digest, PASSPHRASE, false));
    }
    let both = |world: &mut World| {
        ["alpha", "bravo"].iter().all(|name| status(world, name, &id)["state"] == "approving")
    };
    assert!(world.until(WAY, both));
    world.ok(bravo, deposit(&id, false));
    let all = |world: &mut World| THREE.iter().all(|name| status(world, name, &id)["in_effect"] == true);
    assert!(world.until(120, all), "{}", lines(&mut world, bravo, "ceremony").join("\n"));
}

// LIFE-9
#[test]
fn what_came_to_nothing_may_be_frozen_anew_unchanged() {
    let mut world = Stored::convened().world(62);
    let (id, digest) = approved(&mut world);
    let [alpha, bravo, mediator] = THREE.map(|name| world.node(name));
    let again = Request::UnderstandingFreeze { id: id.clone() };
    assert_eq!(kind_of(world.ask(mediator, again.clone())), ErrorKind::CheckFailed);
    // One side is away when it is to deposit, and longer than the relay keeps beats: the try comes to nothing.
    world.ok(alpha, deposit(&id, false));
    assert!(world.until(60, |world| named(world, "bravo")), "{}", story(&mut world));
    world.cut(bravo);
    world.run(DEAD);
    world.nodes[bravo].line = true;
    assert!(world.until(200, |world| all_are(world, &id, "void")), "{:#?}", states(&mut world, &id));
    let second = world.ok(mediator, again);
    assert_eq!(second["version"], 2);
    assert!(world.until(WAY, |world| all_are(world, &id, "frozen")), "{:#?}", states(&mut world, &id));
    let second = second["digest"].as_str().expect("a digest").to_owned();
    assert_ne!(second, digest);
    assert_eq!(kind_of(world.ask(alpha, approval(&id, &digest, PASSPHRASE, false))), ErrorKind::Refused);
    approve(&mut world, "alpha", (&id, &second));
    approve(&mut world, "bravo", (&id, &second));
    world.ok(alpha, deposit(&id, false));
    assert!(world.until(120, |world| in_effect(world, &id)), "{}", story(&mut world));
}

// DEED-17
#[test]
fn p6_a_roster_that_changes_before_it_binds_asks_for_another_freeze() {
    let mut world = Stored::convened().world(64);
    let (id, digest) = approved(&mut world);
    world.invite("alpha", "alpha third");
    assert!(world.until(60, |world| all_are(world, &id, "submitted")), "{:#?}", states(&mut world, &id));
    let alpha = world.node("alpha");
    assert_eq!(kind_of(world.ask(alpha, approval(&id, &digest, PASSPHRASE, false))), ErrorKind::Refused);
    assert_eq!(kind_of(world.ask(alpha, deposit(&id, false))), ErrorKind::Refused);
    let second = freeze(&mut world, &id);
    assert!(world.until(WAY, |world| all_are(world, &id, "frozen")), "{:#?}", states(&mut world, &id));
    approve(&mut world, "alpha", (&id, &second));
    approve(&mut world, "bravo", (&id, &second));
    world.ok(alpha, deposit(&id, false));
    assert!(world.until(120, |world| in_effect(world, &id)), "{}", story(&mut world));
    // Once it binds, a new roster changes who acts and nothing else.
    world.invite("bravo", "bravo third");
    world.run(40);
    assert_eq!(agree(&mut world, &id)["state"], "in effect");
}

// DEED-19
#[test]
fn whoever_joins_later_finds_what_is_on_record_and_can_act_on_it() {
    let mut world = Stored::convened().world(68);
    let (id, _) = approved(&mut world);
    settled(&mut world, &id);
    let bravo = world.node("bravo");
    // The head's records are locked when the newcomer asks.
    world.ok(bravo, Request::Lock {});
    let add = Request::DelegationAdd { role: "principal".to_owned(), label: "bravo second".to_owned() };
    let invitation = world.ok(bravo, add)["invitation"].as_str().expect("an invitation").to_owned();
    let second = world.accept("bravo second", &invitation);
    assert!(world.until(120, World::is_ready), "{}", world.story());
    world.run(30);
    assert_eq!(status(&mut world, "bravo second", &id), serde_json::Value::Null, "not while they are locked");
    world.ok(bravo, Request::Unlock { passphrase: PASSPHRASE.into() });
    let knows = |world: &mut World| {
        essence(&status(world, "bravo second", &id)) == essence(&status(world, "bravo", &id))
    };
    assert!(world.until(60, knows), "{}", status(&mut world, "bravo second", &id));
    let shown = world.ok(second, Request::UnderstandingShow { id: id.clone() });
    assert!(shown["clauses"].as_array().is_some_and(|clauses| !clauses.is_empty()), "{shown}");
    // Its word counts for its party, for everybody, and survives a restart.
    world.kill(second);
    world.start(second);
    let until = agree(&mut world, &id)["until"].clone();
    world.ok(second, Request::UnderstandingWithdraw { id: id.clone(), urgent: None, take_back: false });
    world.run(60);
    let ends = agree(&mut world, &id)["until"].clone();
    assert_ne!(ends, until);
    assert_eq!(essence(&status(&mut world, "bravo second", &id))["until"], ends);
}
