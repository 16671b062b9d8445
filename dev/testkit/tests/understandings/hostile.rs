//! Whole channels in which one station is an enemy's: it hands in garbage, repeats what was said in another try, speaks for
//! others, lies about a try, or, as the depositary, releases to one side, late, or what it invented. Each has an outcome in
//! which all are bound or nobody is, and everybody is told.

use crate::common::*;
use backchannel_accord::understanding::Digest;
use backchannel_assurance::ceremony::Message;
use backchannel_station::api::Request;
use backchannel_station::machine::item::Item;
use backchannel_station::machine::room::Who;
use backchannel_station::machine::understanding::{
    Deed, Note, Proposal, Report, Said, Spot, Tamper, UnderstandingId, What,
};
use backchannel_testkit::stored::Stored;
use backchannel_testkit::world::World;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{Beat, MemberId, PartyNo, Role, UtcMs};
use serde_json::Value;
use std::sync::{Arc, Mutex};

type Words = Vec<(RoomKind, Item)>;

const BRAVO: RoomKind = RoomKind::Caucus(PartyNo(2));

fn tamper(world: &mut World, name: &str, tamper: Tamper) {
    let at = world.node(name);
    world.nodes[at].machine.as_mut().expect("it runs").tamper_with(tamper);
}

/// Puts something else in the place of the messages that `alter` gives an answer for.
fn altered(mut alter: impl FnMut(RoomKind, &Message) -> Option<Words> + Send + 'static) -> Tamper {
    Box::new(move |kind, item| {
        let message = match item {
            Item::Ceremony(bytes) => Message::from_bytes(bytes).ok(),
            _ => None,
        };
        let instead = message.and_then(|message| alter(kind, &message));
        instead.unwrap_or_else(|| vec![(kind, item.clone())])
    })
}

fn ceremony(bytes: Vec<u8>) -> Item {
    Item::Ceremony(bytes)
}

/// A message of the same kind that is another one: a bit of it is changed where it still decodes.
fn garbled(message: &Message) -> Item {
    let bytes = message.to_bytes();
    let other = (0..bytes.len()).rev().find_map(|at| {
        let mut bytes = bytes.clone();
        bytes[at] ^= 1;
        Message::from_bytes(&bytes).is_ok().then_some(bytes)
    });
    ceremony(other.expect("some bit is not of the form"))
}

/// Another try, in good faith, brings it about for all.
fn then_it_works(world: &mut World, id: &str) {
    let alpha = world.node("alpha");
    world.ok(alpha, deposit(id, false));
    assert!(world.until(120, |world| in_effect(world, id)), "{}", story(world));
    agree(world, id);
}

fn begin(world: &mut World, id: &str) {
    let alpha = world.node("alpha");
    world.run(2);
    world.ok(alpha, deposit(id, false));
}

fn both_forms() -> [&'static (Stored, String, String); 2] {
    [approved_once(), joint_approved_once()]
}

// DEPOSIT-3, DEPOSIT-10
#[test]
fn p6_garbage_handed_in_harms_nobody_but_its_sender() {
    for (stored, id, _) in both_forms() {
        let mut world = stored.world(201);
        let garbage = altered(|kind, message| {
            matches!(message, Message::Deposit(..)).then(|| vec![(kind, garbled(message))])
        });
        tamper(&mut world, "bravo", garbage);
        begin(&mut world, id);
        let refused = |world: &mut World| line_of(world, "bravo", "ceremony", "refused something");
        assert!(world.until(80, refused), "{}", story(&mut world));
        let held = status(&mut world, "intermediary", id)["tries"][0]["deposited"].clone();
        assert!(held == serde_json::json!(["alpha"]) || held == serde_json::json!([]), "{held}");
        assert_eq!(status(&mut world, "bravo", id)["tries"][0]["deposited"], serde_json::json!([]));
        came_to_nothing(&mut world, id, &EVERYBODY);
        let bravo = world.node("bravo");
        world.kill(bravo);
        world.start(bravo);
        then_it_works(&mut world, id);
    }
}

// DEPOSIT-10
#[test]
fn p6_a_head_that_fills_the_depositary_with_garbage_takes_no_place_of_another() {
    use backchannel_assurance::ceremony::Opening;
    let (stored, id, _) = approved_once();
    let mut world = stored.world(202);
    // A hundred openings that were never made, each with the same deposit, and later limits; the true one comes last.
    let flood = altered(|kind, message| {
        let Message::Deposit(opening, deposit) = message else { return None };
        let forged = (0..100_u64).rev().map(|n| {
            let limit = UtcMs(opening.limit.0 + n * 1_000_000);
            let opening = Opening { limit, ..opening.clone() };
            (kind, ceremony(Message::Deposit(opening, deposit.clone()).to_bytes()))
        });
        Some(forged.collect())
    });
    tamper(&mut world, "bravo", flood);
    begin(&mut world, id);
    world.run(DEAD);
    assert!(line_of(&mut world, "intermediary", "refused", "was not taken"), "{}", story(&mut world));
    // Alpha's found its place all the same. What the intermediary knows of Bravo's own word it has from Bravo, who used up its
    // own places with garbage.
    assert!(line_of(&mut world, "alpha", "ceremony", "depositary holds"), "{}", story(&mut world));
    let parties = ["alpha", "alpha envoy", "bravo", "bravo envoy"];
    let bound: Vec<bool> =
        parties.iter().map(|name| status(&mut world, name, id)["in_effect"] == true).collect();
    assert!(bound.iter().all(|one| *one == bound[0]), "{bound:?} {}", story(&mut world));
}

/// Hands in nothing, and keeps what it said.
fn recorded(into: Arc<Mutex<Words>>) -> Tamper {
    Box::new(move |kind, item| {
        into.lock().unwrap().push((kind, item.clone()));
        match item {
            Item::Ceremony(bytes) if matches!(Message::from_bytes(bytes), Ok(Message::Deposit(..))) => vec![],
            _ => vec![(kind, item.clone())],
        }
    })
}

// CEREMONY-13
#[test]
fn p6_what_was_said_in_one_try_is_of_no_use_in_another() {
    for (stored, id, _) in both_forms() {
        let mut world = stored.world(203);
        let said = Arc::new(Mutex::new(Words::new()));
        tamper(&mut world, "bravo", recorded(said.clone()));
        begin(&mut world, id);
        world.run(DEAD);
        came_to_nothing(&mut world, id, &EVERYBODY);
        // In the next try it says everything of the first again, the deposit with it, behind the first thing it says.
        let mut old = said.lock().unwrap().clone();
        assert!(old.iter().any(|(_, item)| matches!(item, Item::Ceremony(_))));
        tamper(
            &mut world,
            "bravo",
            Box::new(move |kind, item| [vec![(kind, item.clone())], std::mem::take(&mut old)].concat()),
        );
        then_it_works(&mut world, id);
        assert_eq!(status(&mut world, "bravo", id)["tries"].as_array().unwrap().len(), 2);
    }
}

// CEREMONY-13, DEED-4
#[test]
fn p6_a_delegate_who_speaks_as_a_head_and_a_head_who_repeats_the_others_words_bind_nobody() {
    for (stored, id, _) in both_forms() {
        for (echo, of) in [("bravo envoy", "bravo"), ("bravo", "alpha"), ("intermediary", "alpha")] {
            let mut world = stored.world(204);
            let said = Arc::new(Mutex::new(Words::new()));
            let heard = said.clone();
            let listen: Tamper = Box::new(move |kind, item| {
                heard.lock().unwrap().push((kind, item.clone()));
                vec![(kind, item.clone())]
            });
            tamper(&mut world, of, listen);
            // Whatever it says, it says the other's words of the registry and of its own rooms behind it.
            let repeat: Tamper = Box::new(move |kind, item| {
                let others = std::mem::take(&mut *said.lock().unwrap());
                [vec![(kind, item.clone())], others].concat()
            });
            tamper(&mut world, echo, repeat);
            begin(&mut world, id);
            world.run(DEAD);
            nobody_is_bound_alone(&mut world, id);
            let bound = in_effect(&mut world, id);
            for name in ["alpha", "bravo"] {
                let told = ["no more part", "nobody is bound", "in effect"];
                let kinds = ["ceremony", "ended", "in-effect"];
                let told =
                    told.iter().any(|what| kinds.iter().any(|kind| line_of(&mut world, name, kind, what)));
                assert!(told, "{echo} {name}: {}", story(&mut world));
            }
            for name in [echo, of] {
                let at = world.node(name);
                world.kill(at);
                world.start(at);
            }
            world.run(4);
            if !bound {
                another_try(&mut world, id);
                assert!(world.until(120, |world| in_effect(world, id)), "{echo} {}", story(&mut world));
            }
            agree(&mut world, id);
        }
    }
}

// LIFE-12
#[test]
fn p6_a_head_that_names_a_try_otherwise_has_no_option() {
    let (stored, id, _) = approved_once();
    let mut world = stored.world(205);
    let lie: Tamper = Box::new(|kind, item| {
        let mut item = item.clone();
        if let Item::Understanding(Said { deed: Deed::Begun { expiry, .. }, .. }) = &mut item {
            expiry.0 += 30 * 86_400_000;
        }
        vec![(kind, item)]
    });
    tamper(&mut world, "bravo", lie);
    begin(&mut world, id);
    came_to_nothing(&mut world, id, &EVERYBODY);
    for name in EVERYBODY {
        let tries = status(&mut world, name, id)["tries"].clone();
        let fates: Vec<&Value> = tries.as_array().unwrap().iter().map(|one| &one["fate"]).collect();
        assert!(fates.iter().all(|fate| **fate == "the heads named it differently"), "{name}: {tries}");
    }
    let bravo = world.node("bravo");
    world.run(DEAD);
    world.kill(bravo);
    world.start(bravo);
    then_it_works(&mut world, id);
}

/// Loses what the depositary releases to some.
fn releases_but_not_to(lost: &'static [RoomKind]) -> Tamper {
    altered(move |kind, message| {
        (matches!(message, Message::Released(..)) && lost.contains(&kind)).then(Vec::new)
    })
}

// CEREMONY-16
#[test]
fn p6_a_depositary_that_releases_to_one_side_only_releases_to_all() {
    for (stored, id, _) in both_forms() {
        let mut world = stored.world(206);
        tamper(&mut world, "intermediary", releases_but_not_to(&[BRAVO]));
        begin(&mut world, id);
        assert!(world.until(120, |world| in_effect(world, id)), "{}", story(&mut world));
        agree(&mut world, id);
    }
}

// CEREMONY-17
#[test]
fn p6_a_depositary_that_tells_one_side_of_destruction_and_releases_to_the_other_binds_both() {
    for (stored, id, _) in both_forms() {
        let mut world = stored.world(207);
        let opened = Arc::new(Mutex::new(None));
        let lie = altered(move |kind, message| {
            use backchannel_assurance::ceremony::message::Destruction;
            match message {
                Message::Held(id) => drop(opened.lock().unwrap().insert(*id)),
                Message::Released(..) if kind == BRAVO => {
                    let id = (*opened.lock().unwrap())?;
                    let lie = Message::Destroyed(id, Destruction::Limit);
                    return Some(vec![(kind, ceremony(lie.to_bytes()))]);
                }
                _ => {}
            }
            None
        });
        tamper(&mut world, "intermediary", lie);
        begin(&mut world, id);
        assert!(world.until(120, |world| in_effect(world, id)), "{}", story(&mut world));
        agree(&mut world, id);
    }
}

// CEREMONY-18, LIFE-17
#[test]
fn p6_what_a_depositary_releases_late_binds_nobody() {
    for (stored, id, _) in both_forms() {
        let mut world = stored.world(208);
        let kept = Arc::new(Mutex::new(Words::new()));
        let keep = kept.clone();
        let late = altered(move |kind, message| {
            matches!(message, Message::Released(..)).then(|| {
                keep.lock().unwrap().push((kind, ceremony(message.to_bytes())));
                vec![]
            })
        });
        tamper(&mut world, "intermediary", late);
        begin(&mut world, id);
        world.run(DEAD);
        came_to_nothing(&mut world, id, &EVERYBODY);
        assert_eq!(kept.lock().unwrap().len(), 2, "everything had been handed in");
        // It says it at last, to one side, behind the first word of the next try.
        let mut old: Words = std::mem::take(&mut *kept.lock().unwrap());
        old.retain(|(kind, _)| *kind == BRAVO);
        tamper(
            &mut world,
            "intermediary",
            Box::new(move |kind, item| [vec![(kind, item.clone())], std::mem::take(&mut old)].concat()),
        );
        then_it_works(&mut world, id);
        world.run(40);
        for name in EVERYBODY {
            let tries = status(&mut world, name, id)["tries"].clone();
            let settled = tries.as_array().unwrap().iter().filter(|one| one["fate"] == "settled").count();
            assert_eq!((tries.as_array().unwrap().len(), settled), (2, 1), "{name}: {tries}");
        }
    }
}

// CEREMONY-16
#[test]
fn p6_what_a_depositary_invents_is_refused_and_binds_nobody() {
    for (stored, id, _) in both_forms() {
        let mut world = stored.world(209);
        let invent = altered(|kind, message| {
            matches!(message, Message::Released(..)).then(|| vec![(kind, garbled(message))])
        });
        tamper(&mut world, "intermediary", invent);
        begin(&mut world, id);
        let refused = |world: &mut World| {
            ["alpha", "bravo"].iter().all(|name| !{
                let at = world.node(name);
                lines(world, at, "refused").is_empty()
            })
        };
        assert!(world.until(120, refused), "{}", story(&mut world));
        came_to_nothing(&mut world, id, &EVERYBODY);
        // What the depositary's own record says of it, it said itself.
        for name in EVERYBODY.into_iter().filter(|name| *name != "intermediary") {
            assert_eq!(status(&mut world, name, id)["signed_only"], false, "{name}");
        }
        let mediator = world.node("intermediary");
        world.kill(mediator);
        world.start(mediator);
        world.run(10);
        then_it_works(&mut world, id);
    }
}

// DEED-16, DEED-10
#[test]
fn p6_a_pen_that_shows_the_sides_different_versions_binds_nobody() {
    let mut world = Stored::convened().world(210);
    let id = submit(&mut world, None, text());
    assert!(world.until(WAY, |world| all_are(world, &id, "submitted")));
    // Bravo is shown another reply time.
    let other = backchannel_accord::understanding::parse(&text().replace("12h", "6h")).unwrap();
    let other = backchannel_accord::understanding::Frozen::freeze(other, None).unwrap();
    let bytes = other.to_bytes();
    let two_faced: Tamper = Box::new(move |kind, item| {
        let mut item = item.clone();
        if let Item::Understanding(Said { deed: Deed::Frozen(frozen), .. }) = &mut item
            && kind == BRAVO
        {
            frozen.clone_from(&bytes);
        }
        vec![(kind, item)]
    });
    tamper(&mut world, "intermediary", two_faced);
    let digest = freeze(&mut world, &id);
    let frozen = |world: &mut World| {
        ["alpha", "bravo"].iter().all(|name| status(world, name, &id)["state"] == "frozen")
    };
    assert!(world.until(WAY, frozen), "{:#?}", states(&mut world, &id));
    let bravos = status(&mut world, "bravo", &id)["digest"].as_str().unwrap().to_owned();
    assert_ne!(bravos, digest, "six words read aloud would tell");
    approve(&mut world, "alpha", (&id, &digest));
    approve(&mut world, "bravo", (&id, &bravos));
    for head in ["alpha", "bravo"] {
        let at = world.node(head);
        world.ok(at, deposit(&id, false));
    }
    world.run(DEAD);
    nobody_is_bound_alone(&mut world, &id);
    assert!(!in_effect(&mut world, &id));
    for head in ["alpha", "bravo"] {
        let at = world.node(head);
        let told = lines(&mut world, at, "refused").join(" ") + &lines(&mut world, at, "ceremony").join(" ");
        assert!(
            told.contains("of an understanding was not taken") || told.contains("does not join"),
            "{head}: {told}"
        );
    }
}

// DEED-9
#[test]
fn what_a_party_reports_amiss_is_refused_by_the_intermediary() {
    let (stored, id, digest) = approved_once();
    let altered: [fn(&mut Report); 4] = [
        |report| report.beat.0 += 10_000,
        |report| report.nth |= 0x8000,
        |report| report.what = What::Sides(UnderstandingId([1; 16]), Default::default()),
        |report| {
            let proposal = Proposal { digest: Digest([1; 32]), number: 2, limit: UtcMs(1), expiry: UtcMs(2) };
            if let What::Deed(said) = &mut report.what {
                said.deed = Deed::Proposed(proposal);
            }
        },
    ];
    for alter in altered {
        let mut world = stored.world(211);
        let lie: Tamper = Box::new(move |kind, item| {
            let mut item = item.clone();
            if let Item::Report(report) = &mut item {
                alter(report);
            }
            vec![(kind, item)]
        });
        tamper(&mut world, "bravo", lie);
        begin(&mut world, id);
        let bound = |world: &mut World| {
            EVERYBODY.iter().take(4).all(|name| status(world, name, id)["in_effect"] == true)
        };
        assert!(world.until(120, bound), "{}", story(&mut world));
        world.run(20);
        let mediator = world.node("intermediary");
        assert!(!lines(&mut world, mediator, "refused").is_empty(), "{}", story(&mut world));
        // Without Bravo's own word the intermediary has not seen it come into effect, and says no more than it knows.
        let known = status(&mut world, "intermediary", id);
        assert_eq!((&known["in_effect"], known["digest"].as_str()), (&false.into(), Some(digest.as_str())));
    }
}

// DEED-19
#[test]
fn p6_a_head_adds_nothing_to_what_its_delegates_heard_themselves() {
    let (stored, id, _) = approved_once();
    let mut world = stored.world(212);
    world.run(2);
    settled(&mut world, id);
    let until = status(&mut world, "bravo envoy", id)["until"].clone();
    // Bravo's head has its delegate believe that Alpha's head gave notice.
    let (forged_id, now) = (UnderstandingId::from_hex(id).unwrap(), world.beat);
    let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
    let people = world.ok(alpha, Request::DelegationList {})["members"].clone();
    let head = people.as_array().unwrap().iter().find(|one| one["role"] == "head").unwrap();
    let alphas = MemberId::from_hex(head["pseudonym"].as_str().unwrap()).unwrap();
    let told = Request::UnderstandingTold { id: id.clone(), zone: "term".to_owned() };
    let lie: Tamper = Box::new(move |kind, item| {
        let effective = UtcMs(1_805_000_000_000);
        let what = What::Deed(Said { id: forged_id, deed: Deed::Notice { effective, urgent: None } });
        let spot =
            Spot { beat: Beat(now.0 - 2), room: backchannel_accord::RoomKind::Registry, seat: 0, nth: 40 };
        let who = Who { party: PartyNo(1), member: alphas, role: Role::Head };
        let note = Note { room: None, day: 0, spot, who, what };
        vec![(kind, item.clone()), (RoomKind::Delegation(PartyNo(2)), Item::Recorded(vec![note]))]
    });
    tamper(&mut world, "bravo", lie);
    world.ok(bravo, told.clone());
    world.ok(alpha, told);
    world.run(40);
    assert_eq!(status(&mut world, "bravo envoy", id)["until"], until);
    agree(&mut world, id);
}
