//! What is settled: renewal, notice, succession, and who was told.

use crate::common::*;
use backchannel_station::api::{ErrorKind, Request};
use backchannel_testkit::stored::Stored;
use backchannel_testkit::world::World;
use serde_json::Value;

// DEED-15
#[test]
fn p6_notice_ends_it_for_all_when_the_terms_say_and_can_be_taken_back_until_then() {
    let (stored, id, _) = approved_once();
    let mut world = stored.world(50);
    let (alpha, envoy, bravo) = (world.node("alpha"), world.node("alpha envoy"), world.node("bravo"));
    let withdraw = |urgent: Option<&str>, take_back| Request::UnderstandingWithdraw {
        id: id.clone(),
        urgent: urgent.map(str::to_owned),
        take_back,
    };
    assert_eq!(kind_of(world.ask(alpha, withdraw(None, false))), ErrorKind::Refused);
    settled(&mut world, id);
    assert_eq!(kind_of(world.ask(envoy, withdraw(None, false))), ErrorKind::Refused);
    assert_eq!(kind_of(world.ask(alpha, withdraw(Some("armed-attack"), false))), ErrorKind::Refused);
    assert_eq!(kind_of(world.ask(bravo, withdraw(None, true))), ErrorKind::Refused);
    assert_eq!(kind_of(world.ask(alpha, Request::UnderstandingRenew { id: id.clone() })), ErrorKind::Refused);
    let effective =
        world.ok(alpha, withdraw(None, false))["effective"].as_str().expect("an instant").to_owned();
    let seen = |world: &mut World| {
        EVERYBODY.iter().all(|name| status(world, name, id)["until"] == effective.as_str())
    };
    assert!(world.until(40, seen), "{:#?}", states(&mut world, id));
    assert_eq!(agree(&mut world, id)["in_effect"], true, "not before the terms say");
    for name in EVERYBODY {
        let ending = status_at(&mut world, name, id, &effective);
        assert_eq!(
            (&ending["ending"], &ending["until"]),
            (&true.into(), &effective.as_str().into()),
            "{name}"
        );
        let ended = status_at(&mut world, name, id, &minutes_after(&effective, 2));
        assert_eq!((&ended["state"], &ended["ending"]), (&"withdrawn".into(), &false.into()), "{name}");
    }
    world.ok(alpha, withdraw(None, true));
    assert!(world.until(40, |world| !seen(world) && !lines(world, bravo, "understanding").is_empty()));
    world.run(10);
    for name in EVERYBODY {
        let kept = status_at(&mut world, name, id, &minutes_after(&effective, 2));
        assert_eq!(kept["state"], "in effect", "{name}");
        assert_eq!(status_at(&mut world, name, id, "2027-04-15T08:02:00Z")["state"], "lapsed", "{name}");
    }
}

// DEED-15
#[test]
fn p6_an_understanding_is_renewed_by_all_or_not_at_all() {
    let mut world = Stored::convened().world(51);
    let renewable = text()
        .replace("notice = \"72h\"", "notice = \"72h\"\nrenewal = { by = \"90d\", before = \"72h\" }")
        .replace(
            "[[clause]]\nid = \"notice\"",
            "[[clause]]\nid = \"renewal\"\nfrom = \"renewal\"\n\n[[clause]]\nid = \"notice\"",
        );
    let (id, _) = approved_text(&mut world, renewable);
    settled(&mut world, &id);
    let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
    let renew = || Request::UnderstandingRenew { id: id.clone() };
    world.ok(alpha, renew());
    world.run(20);
    assert_eq!(agree(&mut world, &id)["until"], "2027-04-15T08:00:00.000Z", "one side renews nothing");
    world.ok(bravo, renew());
    assert!(world.until(40, |world| all_are(world, &id, "renewed")), "{:#?}", states(&mut world, &id));
    assert_eq!(agree(&mut world, &id)["until"], "2027-07-14T08:00:00.000Z");
    assert_eq!(
        status_at(&mut world, "alpha", &id, "2027-04-15T08:02:00Z")["state"],
        "renewed",
        "a lapse was avoided"
    );
    let told = Request::UnderstandingTold { id: id.clone(), zone: "nowhere".to_owned() };
    assert_eq!(kind_of(world.ask(alpha, told)), ErrorKind::NotFound);
}

fn supersede(world: &mut World, id: &str, file: String) -> String {
    let at = world.node("intermediary");
    let answer = world.ok(at, Request::UnderstandingSupersede { id: id.to_owned(), file });
    answer["id"].as_str().expect("an id").to_owned()
}

/// Brings what lies on the table into effect.
fn brought_about(world: &mut World, id: &str) {
    assert!(world.until(WAY, |world| all_are(world, id, "submitted")), "{:#?}", states(world, id));
    let digest = freeze(world, id);
    assert!(world.until(WAY, |world| all_are(world, id, "frozen")), "{:#?}", states(world, id));
    approve(world, "alpha", (id, &digest));
    approve(world, "bravo", (id, &digest));
    let alpha = world.node("alpha");
    world.ok(alpha, deposit(id, false));
}

// DEED-18
#[test]
fn p6_a_text_takes_anothers_place_without_a_gap_and_if_nothing_comes_of_it_the_other_goes_on() {
    let mut world = Stored::convened().world(65);
    let (old, _) = approved(&mut world);
    let alpha = world.node("alpha");
    let mediator = world.node("intermediary");
    let early = Request::UnderstandingSupersede { id: old.clone(), file: text() };
    assert_eq!(kind_of(world.ask(mediator, early)), ErrorKind::Refused, "it is not in effect");
    settled(&mut world, &old);
    let until = agree(&mut world, &old)["until"].clone();
    // One that comes to nothing: a party never approves it, and the pen is laid down.
    let amended = text().replace("12h", "6h");
    let first = supersede(&mut world, &old, amended.clone());
    assert!(world.until(WAY, |world| all_are(world, &first, "submitted")));
    world.ok(mediator, Request::UnderstandingAbandon { id: first.clone() });
    assert!(world.until(WAY, |world| all_are(world, &first, "abandoned")));
    assert_eq!(agree(&mut world, &old)["until"], until, "the old one goes on");
    // One that enters into force at an instant to come.
    let later = "2027-01-15T10:00:00.000Z";
    let second = supersede(&mut world, &old, amended.replace("2027-01-15T08:00Z", "2027-01-15T10:00Z"));
    brought_about(&mut world, &second);
    let handed_over =
        |world: &mut World| EVERYBODY.iter().all(|name| status(world, name, &old)["until"] == later);
    assert!(
        world.until(200, handed_over),
        "{:#?}\n{:#?}",
        states(&mut world, &old),
        states(&mut world, &second)
    );
    for (at, was, is) in [("2027-01-15T09:59:59.999Z", true, false), (later, false, true)] {
        for name in EVERYBODY {
            let both = [&old, &second].map(|id| status_at(&mut world, name, id, at)["in_effect"].clone());
            assert_eq!(both, [Value::Bool(was), Value::Bool(is)], "{name} at {at}");
        }
    }
    let shown = status(&mut world, "bravo", &old);
    assert_eq!(
        (&shown["superseded_by"]["id"], &shown["superseded_by"]["from"]),
        (&second.as_str().into(), &later.into())
    );
    let told = world.ok(alpha, Request::UnderstandingShow { id: second.clone() });
    assert_eq!(told["supersedes"]["id"], old.as_str());
    // What was handed over cannot be withdrawn from, renewed or superseded again.
    let notice = Request::UnderstandingWithdraw { id: old.clone(), urgent: None, take_back: false };
    assert_eq!(kind_of(world.ask(alpha, notice)), ErrorKind::Refused);
    world.run(100);
    agree(&mut world, &old);
}

// DEED-8
#[test]
fn a_text_may_ask_that_those_bound_are_told_first() {
    let mut world = Stored::convened().world(66);
    let id = submit(&mut world, None, text().replace("notice = \"72h\"", "notice = \"72h\"\ntold = true"));
    brought_about(&mut world, &id);
    let deposited = |world: &mut World| {
        EVERYBODY.iter().all(|name| status(world, name, &id)["tries"][0]["fate"] == "settled")
    };
    assert!(world.until(120, deposited), "{:#?}", states(&mut world, &id));
    assert!(!in_effect(&mut world, &id));
    assert_eq!(status(&mut world, "bravo", &id)["zones"][0]["untold"], serde_json::json!(["alpha", "bravo"]));
    let told = Request::UnderstandingTold { id: id.clone(), zone: "term".to_owned() };
    let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
    world.ok(alpha, told.clone());
    world.run(30);
    assert!(!in_effect(&mut world, &id), "one confirmed");
    world.ok(bravo, told);
    assert!(world.until(30, |world| in_effect(world, &id)), "{:#?}", states(&mut world, &id));
    agree(&mut world, &id);
}
