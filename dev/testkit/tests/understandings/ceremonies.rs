//! Tries: all are bound or nobody is, whatever happens on the way.

use crate::common::*;
use backchannel_station::api::{ErrorKind, Request, Response};
use backchannel_testkit::lines::PASSPHRASE;
use backchannel_testkit::stored::Stored;
use backchannel_testkit::world::World;
use serde_json::Value;

// DEED-1, DEED-5, DEED-6, DEED-9, DEED-11, DEED-12
#[test]
fn p6_a_gentlemens_understanding_comes_into_effect_everywhere() {
    let mut world = Stored::convened().world(41);
    let (id, digest) = frozen(&mut world);
    let (alpha, envoy) = (world.node("alpha"), world.node("alpha envoy"));
    assert_eq!(
        kind_of(world.ask(alpha, approval(&id, &digest, "guessed", false))),
        ErrorKind::WrongPassphrase
    );
    assert_eq!(
        kind_of(world.ask(alpha, approval(&id, &"0".repeat(64), PASSPHRASE, false))),
        ErrorKind::Refused
    );
    assert_eq!(kind_of(world.ask(envoy, approval(&id, &digest, PASSPHRASE, false))), ErrorKind::Refused);
    assert_eq!(kind_of(world.ask(alpha, deposit(&id, false))), ErrorKind::Refused);
    approve(&mut world, "alpha", (&id, &digest));
    approve(&mut world, "bravo", (&id, &digest));
    world.ok(alpha, deposit(&id, false));
    let began = world.beat.0;
    let done = world.until(200, |world| all_are(world, &id, "in effect"));
    assert!(done, "{:#?}\n{}", states(&mut world, &id), story(&mut world));
    println!("from proposal to effect: {} beats", world.beat.0 - began);
    let shown = agree(&mut world, &id);
    assert_eq!(shown["digest"], digest.as_str());
    for name in EVERYBODY {
        let at = world.node(name);
        assert_eq!(lines(&mut world, at, "in-effect").len(), 1, "{name}\n{}", story(&mut world));
        let seen = world.ok(at, Request::UnderstandingShow { id: id.clone() });
        assert_eq!(seen["state"], "in effect");
        assert!(seen["clauses"].as_array().is_some_and(|clauses| clauses.len() == 10), "{seen}");
    }
    let alarms = world.alarms();
    assert!(alarms.is_empty(), "{alarms:?}");
    // Everybody starts again and finds the same, and what is locked shows nothing.
    for name in EVERYBODY {
        let at = world.node(name);
        world.kill(at);
        world.start(at);
    }
    world.run(4);
    assert_eq!(agree(&mut world, &id), shown);
    world.ok(alpha, Request::Lock {});
    assert_eq!(kind_of(world.ask(alpha, Request::UnderstandingShow { id: id.clone() })), ErrorKind::Locked);
    world.ok(alpha, Request::Unlock { passphrase: PASSPHRASE.into() });
    assert_eq!(agree(&mut world, &id), shown);
}

#[test]
fn p6_a_party_that_never_approves_binds_nobody_and_everybody_is_told() {
    let mut world = Stored::convened().world(43);
    let (id, digest) = frozen(&mut world);
    approve(&mut world, "alpha", (&id, &digest));
    let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
    world.ok(alpha, deposit(&id, false));
    world.run(20);
    assert!(lines(&mut world, bravo, "ceremony").iter().any(|line| line.contains("has not approved")));
    world.run(DEAD);
    let alphas = lines(&mut world, alpha, "ceremony");
    assert!(alphas.iter().any(|line| line.contains("took too long")), "{alphas:?}");
    assert!(alphas.iter().any(|line| line.contains("nobody is bound")), "{alphas:?}");
    for name in EVERYBODY {
        assert_eq!(status(&mut world, name, &id)["in_effect"], false);
    }
    // A later approval makes the next try succeed.
    approve(&mut world, "bravo", (&id, &digest));
    world.ok(alpha, deposit(&id, false));
    assert!(world.until(200, |world| in_effect(world, &id)), "{}", story(&mut world));
    agree(&mut world, &id);
}

#[test]
fn p6_a_party_that_approves_late_joins_the_try_that_waits_for_it() {
    let mut world = Stored::convened().world(44);
    let (id, digest) = frozen(&mut world);
    approve(&mut world, "alpha", (&id, &digest));
    let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
    world.ok(alpha, deposit(&id, false));
    world.run(30);
    // Its head starts again meanwhile: what it was told of the try was kept.
    world.kill(bravo);
    world.start(bravo);
    world.run(10);
    approve(&mut world, "bravo", (&id, &digest));
    assert!(world.until(100, |world| in_effect(world, &id)), "{}", story(&mut world));
}

#[test]
fn p6_a_deposit_withdrawn_before_the_release_binds_nobody() {
    let (stored, id, digest) = approved_once();
    let mut world = stored.world(45);
    let (alpha, envoy, bravo) = (world.node("alpha"), world.node("alpha envoy"), world.node("bravo"));
    world.ok(alpha, deposit(id, false));
    // Bravo's head goes off the line once it has opened its part, so that Alpha's deposit lies there alone.
    let opened =
        |world: &mut World| lines(world, bravo, "ceremony").iter().any(|line| line.contains("made the name"));
    assert!(world.until(60, opened), "{}", story(&mut world));
    world.cut(bravo);
    let held = |world: &mut World| lines(world, alpha, "ceremony").iter().any(|line| line.contains("holds"));
    assert!(world.until(60, held), "{}", story(&mut world));
    assert_eq!(status(&mut world, "alpha envoy", id)["state"], "deposited");
    assert_eq!(kind_of(world.ask(alpha, approval(id, digest, PASSPHRASE, true))), ErrorKind::Refused);
    assert_eq!(kind_of(world.ask(envoy, deposit(id, true))), ErrorKind::Refused);
    world.ok(alpha, deposit(id, true));
    let back = |world: &mut World| {
        lines(world, alpha, "ceremony").iter().any(|line| line.contains("gave the assurances back"))
    };
    assert!(world.until(60, back), "{}", story(&mut world));
    world.nodes[bravo].line = true;
    world.run(DEAD);
    for name in EVERYBODY {
        assert_eq!(status(&mut world, name, id)["in_effect"], false);
    }
    let bravos = lines(&mut world, bravo, "ceremony");
    assert!(bravos.iter().any(|line| line.contains("destroyed everything")), "{bravos:?}");
    assert!(bravos.iter().any(|line| line.contains("nobody is bound")), "{bravos:?}");
    world.ok(alpha, approval(id, digest, PASSPHRASE, true));
    let gone = |world: &mut World| {
        status(world, "alpha", id)["state"] != "approving"
            && lines(world, alpha, "understanding").iter().any(|line| line.contains("took an approval"))
    };
    assert!(world.until(60, gone), "{}", story(&mut world));
    assert_eq!(kind_of(world.ask(alpha, deposit(id, false))), ErrorKind::Refused);
}

#[test]
fn p6_a_ceremony_and_its_record_go_on_while_every_station_is_locked() {
    let (stored, id, _) = approved_once();
    let mut world = stored.world(46);
    let alpha = world.node("alpha");
    world.ok(alpha, deposit(id, false));
    for name in EVERYBODY {
        let at = world.node(name);
        world.ok(at, Request::Lock {});
    }
    world.run(100);
    for name in EVERYBODY {
        let at = world.node(name);
        world.ok(at, Request::Unlock { passphrase: PASSPHRASE.into() });
    }
    assert_eq!(agree(&mut world, id)["state"], "in effect", "{}", story(&mut world));
    assert!(world.ok(alpha, Request::UnderstandingShow { id: id.clone() })["clauses"].is_array());
}

#[test]
fn p6_a_joint_understanding_comes_into_effect_and_leaves_one_artefact_that_anybody_can_check() {
    use backchannel_assurance::joint::Artefact;
    let mut world = Stored::convened().world(48);
    let id = submit(&mut world, None, joint());
    assert!(world.until(WAY, |world| all_are(world, &id, "submitted")), "{:#?}", states(&mut world, &id));
    let digest = freeze(&mut world, &id);
    assert!(world.until(WAY, |world| all_are(world, &id, "frozen")), "{:#?}", states(&mut world, &id));
    approve(&mut world, "alpha", (&id, &digest));
    approve(&mut world, "bravo", (&id, &digest));
    let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
    // At the first try one side is away when it is to deposit: everything is destroyed and nobody is bound.
    world.ok(alpha, deposit(&id, false));
    let named =
        |world: &mut World| lines(world, bravo, "ceremony").iter().any(|line| line.contains("made the name"));
    assert!(world.until(60, named), "{}", story(&mut world));
    world.cut(bravo);
    world.run(DEAD);
    world.nodes[bravo].line = true;
    world.run(40);
    assert_eq!(kind_of(export(&mut world, "alpha", &id)), ErrorKind::Refused);
    for name in EVERYBODY {
        assert_eq!(status(&mut world, name, &id)["in_effect"], false);
    }
    for head in [alpha, bravo] {
        let told = lines(&mut world, head, "ceremony");
        assert!(told.iter().any(|line| line.contains("nobody is bound")), "{told:?}");
    }
    world.ok(alpha, deposit(&id, false));
    let began = world.beat.0;
    assert!(world.until(120, |world| in_effect(world, &id)), "{}", story(&mut world));
    println!("joint, from proposal to effect: {} beats", world.beat.0 - began);
    agree(&mut world, &id);
    // Who stands ready is shown to heads alone, since the proofs convince nobody else (JOINT-9).
    let ready = |world: &mut World, name: &str| {
        let tries = status(world, name, &id)["tries"].clone();
        tries.as_array().and_then(|tries| tries.iter().find(|one| one["fate"] == "settled").cloned())
    };
    let both = |one: &Value| one["ready"].as_array().map(Vec::len) == Some(2);
    assert!(ready(&mut world, "alpha").as_ref().is_some_and(both), "{:#?}", ready(&mut world, "alpha"));
    assert!(ready(&mut world, "alpha envoy").is_some_and(|one| one["ready"].is_null()));
    let mut texts = Vec::new();
    for name in ["alpha", "bravo", "alpha envoy"] {
        let Response::Ok(out) = export(&mut world, name, &id) else { panic!("{name} exports nothing") };
        assert_eq!((&out["valid"], &out["form"]), (&true.into(), &"joint".into()));
        let text = out["text"].as_str().expect("a text").to_owned();
        let verified = Artefact::from_text(&text).expect("an artefact").verify().expect("it holds");
        assert_eq!(verified.signers.len(), 2);
        texts.push(text);
    }
    assert!(texts.iter().all(|text| *text == texts[0]));
    world.kill(bravo);
    world.start(bravo);
    assert!(
        matches!(export(&mut world, "bravo", &id), Response::Ok(again) if again["text"] == texts[0].as_str())
    );
    assert_eq!(kind_of(export(&mut world, "intermediary", &id)), ErrorKind::Refused);
    let simulate = Request::ArtefactSimulate { id: id.clone() };
    assert_eq!(kind_of(world.ask(alpha, simulate)), ErrorKind::Refused);
}

#[test]
fn p7_a_gentlemens_transcript_and_a_simulated_one_are_alike() {
    let (stored, id, _) = approved_once();
    let mut world = stored.world(49);
    let (alpha, envoy) = (world.node("alpha"), world.node("alpha envoy"));
    let simulate = Request::ArtefactSimulate { id: id.clone() };
    let made = world.ok(alpha, simulate.clone());
    assert_eq!((&made["valid"], &made["simulated"]), (&true.into(), &true.into()));
    assert_eq!(kind_of(world.ask(envoy, simulate)), ErrorKind::Refused);
    assert_eq!(kind_of(export(&mut world, "alpha", id)), ErrorKind::Refused);
    world.ok(alpha, deposit(id, false));
    assert!(world.until(100, |world| in_effect(world, id)), "{}", story(&mut world));
    let Response::Ok(real) = export(&mut world, "alpha", id) else { panic!("nothing is exported") };
    assert_eq!((&real["valid"], &real["form"]), (&true.into(), &"gentle".into()));
    let length = |one: &Value| one["text"].as_str().map(str::len);
    assert_eq!(length(&real), length(&made), "they have one shape");
    // After a restart it is still there.
    world.kill(alpha);
    world.start(alpha);
    assert!(matches!(export(&mut world, "alpha", id), Response::Ok(again) if again == real));
}

#[test]
fn whoever_is_too_early_is_told_to_wait_and_whoever_waits_in_vain_what_to_do() {
    let mut world = Stored::convened().world(67);
    let (id, digest) = frozen(&mut world);
    let alpha = world.node("alpha");
    let hint = |world: &mut World| match world.ask(alpha, deposit(&id, false)) {
        Response::Error(failure) => failure.hint,
        Response::Ok(value) => panic!("it was taken: {value}"),
    };
    assert!(hint(&mut world).contains("understanding show"));
    world.ok(alpha, approval(&id, &digest, PASSPHRASE, false));
    assert!(hint(&mut world).contains("next beats"));
    world.run(10);
    world.ok(alpha, deposit(&id, false));
    world.run(10);
    assert!(hint(&mut world).contains("deposit --withdraw"));
}

// DEED-1, DEED-11, TRANSPORT-10, TRANSPORT-11
#[test]
fn p6_whoever_was_away_while_it_came_into_effect_finds_the_same_and_nothing_false_before() {
    for away in ["bravo envoy", "alpha envoy", "intermediary"] {
        let mut world = Stored::convened().world(63);
        let (id, _) = approved(&mut world);
        let (alpha, absent) = (world.node("alpha"), world.node(away));
        world.ok(alpha, deposit(&id, false));
        assert!(world.until(60, |world| named(world, "alpha")), "{}", story(&mut world));
        // Everything that decides is sealed while it is away, and longer ago than the relay keeps beats.
        let others: Vec<&str> = EVERYBODY.into_iter().filter(|name| *name != away).collect();
        world.cut(absent);
        let bound = |world: &mut World, names: &[&str]| {
            names.iter().all(|name| status(world, name, &id)["in_effect"] == true)
        };
        if away == "intermediary" {
            assert!(!world.until(100, |world| bound(world, &others)), "nobody releases");
        } else {
            assert!(world.until(100, |world| bound(world, &others)), "{}", story(&mut world));
        }
        world.run(DEAD);
        world.nodes[absent].line = true;
        let mut seen = Vec::new();
        let whole = world.until(300, |world| {
            let state = status(world, away, &id)["state"].as_str().unwrap_or_default().to_owned();
            seen.push(state);
            let all: Vec<Value> = EVERYBODY.iter().map(|name| essence(&status(world, name, &id))).collect();
            all.iter().all(|one| *one == all[0])
        });
        assert!(whole, "{away}: {:#?}", states(&mut world, &id));
        seen.dedup();
        if away != "intermediary" {
            assert!(!seen.iter().any(|state| state == "void"), "{away} was told a falsehood: {seen:?}");
            assert_eq!(agree(&mut world, &id)["in_effect"], true);
        }
    }
}
