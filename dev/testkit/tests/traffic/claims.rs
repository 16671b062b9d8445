//! The register of claims over whole channels: the same for everybody of a delegation, and nowhere else.

use crate::line::{id_of, notify, show};
use backchannel_accord::claims::{Act, ClaimId, Entry, Exported};
use backchannel_accord::limits::CLAIMS_OF_MEMBER_MAX;
use backchannel_station::api::{ErrorKind, Request, Response};
use backchannel_station::machine::envelope::Class;
use backchannel_station::machine::item::Item;
use backchannel_station::machine::spaces;
use backchannel_testkit::lines::PASSPHRASE;
use backchannel_testkit::seeds;
use backchannel_testkit::stored::Stored;
use backchannel_testkit::thief::{Thief, me_of};
use backchannel_testkit::weather::Weather;
use backchannel_testkit::world::World;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{PartyNo, RoomId};
use serde_json::Value;
use std::collections::BTreeMap;

/// A word that is nowhere but in claims.
pub const CANARY: &str = "xylophone";
const OTHERS: [&str; 3] = ["intermediary", "bravo", "bravo envoy"];

pub fn file(text: &str) -> String {
    format!(
        "who = \"bravo\"\npublic = true\nsource = \"{CANARY} source\"\ngrading = \"B3\"\nevidence = \"{CANARY} seen\"\ntext.en = \"{text}\"\n"
    )
}

pub fn add(text: &str) -> Request {
    Request::ClaimAdd { file: file(text) }
}

pub fn believe(id: &str, percent: u8) -> Request {
    Request::ClaimBelieve { id: id.to_owned(), percent, because: format!("{CANARY} reasons") }
}

pub fn list(world: &mut World, name: &str) -> Value {
    let at = world.node(name);
    world.ok(at, Request::ClaimList {})["claims"].clone()
}

/// A register as everybody of a delegation sees it: without what says whose station shows it.
fn shared(mut value: Value) -> Value {
    match &mut value {
        Value::Array(all) => all.iter_mut().for_each(|one| *one = shared(one.take())),
        Value::Object(fields) => {
            for name in ["mine", "writes"] {
                fields.remove(name);
            }
            fields.values_mut().for_each(|one| *one = shared(one.take()));
        }
        _ => {}
    }
    value
}

pub fn same(world: &mut World, one: &str, other: &str) -> bool {
    shared(list(world, one)) == shared(list(world, other))
}

pub fn refused(answer: Response) -> ErrorKind {
    match answer {
        Response::Error(failure) => failure.kind,
        Response::Ok(value) => panic!("taken: {value}"),
    }
}

pub fn refusals(world: &mut World, name: &str, words: &str) -> usize {
    let at = world.node(name);
    let journal = world.ok(at, Request::Watch { since: 0, timeout_ms: 0 });
    let entries = journal["entries"].as_array().cloned().unwrap_or_default();
    let of = |entry: &&Value| {
        entry["kind"] == "refused" && entry["what"].as_str().is_some_and(|what| what.contains(words))
    };
    entries.iter().filter(of).count()
}

/// Alpha enters a claim, and both of its delegation have it.
pub fn entered(world: &mut World) -> String {
    let alpha = world.node("alpha");
    let sent = world.ok(alpha, add("They hold back."));
    assert_eq!(sent["on_record"], false, "it is on its way");
    let id = id_of(&sent);
    let both = |world: &mut World| {
        list(world, "alpha envoy")[0]["id"].is_string() && list(world, "alpha")[0]["id"].is_string()
    };
    assert!(world.until(20, both), "{}", world.story());
    id
}

// CLAIM-5, CLAIM-6
#[test]
fn both_of_a_delegation_show_the_same_register_after_any_weather() {
    seeds::each("both_of_a_delegation_show_the_same_register_after_any_weather", 24, |seed| {
        let mut world = Stored::convened().world(seed);
        world.weather = Weather::drawn(seed);
        let both = ["alpha", "alpha envoy"].map(|name| world.node(name));
        for turn in 0..30_u8 {
            let at = both[usize::from(turn) % 2];
            let known = match world.ask(at, Request::ClaimList {}) {
                Response::Ok(value) => value["claims"].as_array().cloned().unwrap_or_default(),
                Response::Error(_) => Vec::new(),
            };
            let some = known.get(usize::from(turn) % known.len().max(1)).map(|claim| claim["id"].to_string());
            let some = some.unwrap_or_default().replace('"', "");
            let request = match (turn % 5, known.is_empty()) {
                (0, _) | (_, true) => add(&format!("Claim {turn}.")),
                (1, _) => Request::ClaimAmend { id: some, file: file(&format!("Amended {turn}.")) },
                (2, _) if turn > 20 => Request::ClaimWithdraw { id: some },
                _ => believe(&some, turn),
            };
            let _ = world.ask(at, request);
            world.step();
        }
        world.clear_up();
        let quiet = world.until(200, |world| world.beat.0.is_multiple_of(4) && world.is_delivered());
        assert!(quiet, "seed {seed}");
        world.run(4);
        assert!(same(&mut world, "alpha", "alpha envoy"), "seed {seed}: {}", list(&mut world, "alpha"));
        let before = list(&mut world, "alpha");
        assert!(before[0]["id"].is_string(), "seed {seed}");
        for at in both {
            world.kill(at);
            world.start(at);
        }
        assert_eq!(list(&mut world, "alpha"), before, "seed {seed}: after a restart");
        assert!(same(&mut world, "alpha", "alpha envoy"), "seed {seed}: after a restart");
        for name in OTHERS {
            assert_eq!(list(&mut world, name), serde_json::json!([]), "seed {seed}: {name}");
        }
    });
}

/// How many fragments each of alpha's rooms carried in some beats in which its people used the register, or did nothing.
fn carried(uses: bool) -> (BTreeMap<RoomId, usize>, RoomId) {
    let mut world = Stored::convened().world(41);
    world.tap = Some(Vec::new());
    let (alpha, envoy) = (world.node("alpha"), world.node("alpha envoy"));
    let mut thief = Thief::default();
    let begins = world.beat;
    for turn in 0..40_u8 {
        if uses && turn == 2 {
            world.ok(alpha, add(&"They hold back. ".repeat(200)));
        }
        if uses && turn == 20 {
            let id = list(&mut world, "alpha envoy")[0]["id"].as_str().expect("an id").to_owned();
            world.ok(envoy, believe(&id, 40));
        }
        thief.rob(&world, alpha);
        world.step();
    }
    assert_eq!(list(&mut world, "alpha envoy")[0]["id"].is_string(), uses);
    let me = me_of(&world, alpha);
    let home = me.profile.places.iter().find(|place| place.spot.kind == RoomKind::Delegation(PartyNo(1)));
    let mut counts = BTreeMap::new();
    for cell in thief.open_all(&world, alpha).into_iter().filter(|cell| cell.beat > begins) {
        *counts.entry(cell.room).or_default() += cell.fragments;
    }
    (counts, home.expect("a delegation room").spot.room)
}

// CLAIM-1
#[test]
fn p1_nothing_of_the_register_is_in_any_room_but_the_delegations() {
    let ((mut quiet, home), (mut used, _)) = (carried(false), carried(true));
    let (before, after) = (quiet.remove(&home), used.remove(&home));
    assert!(
        after > before.map(|count| count + 5),
        "{before:?} {after:?}: the register leaves by the own room"
    );
    assert_eq!(quiet, used, "other rooms carry what they carried");
    assert_eq!(used.len(), 2);
    // And no vault of others holds a word of it.
    let mut world = Stored::convened().world(42);
    let id = entered(&mut world);
    let envoy = world.node("alpha envoy");
    world.ok(envoy, believe(&id, 20));
    world.run(60);
    let holds = |world: &World, name: &str| {
        let values = world.nodes[world.node(name)].durable.values();
        values.into_iter().any(|value| value.windows(CANARY.len()).any(|part| part == CANARY.as_bytes()))
    };
    assert!(holds(&world, "alpha") && holds(&world, "alpha envoy"));
    for name in OTHERS {
        assert!(!holds(&world, name), "{name}");
    }
}

pub fn records(world: &World, name: &str) -> Vec<Vec<u8>> {
    let durable = world.nodes[world.node(name)].durable.iter();
    let of = durable.filter(|(key, _)| key.space == spaces::RECORD && key.id.first() == Some(&b'c'));
    of.map(|(_, value)| value.to_vec()).collect()
}

// CLAIM-1
#[test]
fn p1_an_entry_posted_elsewhere_by_a_hostile_member_is_refused_and_leaves_no_trace() {
    let mut world = Stored::convened().world(43);
    let bravo = world.node("bravo");
    let elsewhere = |kind: RoomKind, item: &Item| match item {
        Item::Claim(_) => {
            let rooms = [RoomKind::Caucus(PartyNo(2)), RoomKind::Registry];
            rooms.into_iter().map(|room| (room, item.clone())).collect()
        }
        _ => vec![(kind, item.clone())],
    };
    world.nodes[bravo].machine.as_mut().expect("it runs").tamper_with(Box::new(elsewhere));
    world.ok(bravo, add("They hold back."));
    let told = |world: &mut World| {
        ["intermediary", "alpha", "alpha envoy", "bravo envoy"]
            .iter()
            .all(|name| refusals(world, name, "(CLAIM-1)") > 0)
    };
    assert!(world.until(40, told), "{}", world.story());
    world.run(10);
    // Its own side takes it from no other room.
    assert_eq!(refusals(&mut world, "bravo envoy", "(CLAIM-1)"), 2);
    for name in ["alpha", "alpha envoy", "bravo", "bravo envoy", "intermediary"] {
        assert_eq!(list(&mut world, name), serde_json::json!([]), "{name}");
        assert_eq!(records(&world, name), Vec::<Vec<u8>>::new(), "{name}");
    }
}

// CLAIM-1, CLAIM-4
#[test]
fn p1_an_envoy_changes_no_claim_of_another_and_takes_no_id_that_is_there() {
    let mut world = Stored::convened().world(44);
    let id = entered(&mut world);
    let envoy = world.node("alpha envoy");
    assert_eq!(refused(world.ask(envoy, Request::ClaimWithdraw { id: id.clone() })), ErrorKind::Refused);
    let whose = id.clone();
    let forged = move |kind: RoomKind, item: &Item| match item {
        Item::Claim(entry) => {
            let Act::Entered(content) = &entry.act else { return vec![(kind, item.clone())] };
            let id = ClaimId::from_hex(&whose).expect("an id");
            let acts = [Act::Entered(content.clone()), Act::Amended(content.clone()), Act::Withdrawn];
            acts.into_iter().map(|act| (kind, Item::Claim(Entry { id, act }))).collect()
        }
        _ => vec![(kind, item.clone())],
    };
    world.nodes[envoy].machine.as_mut().expect("it runs").tamper_with(Box::new(forged));
    let before = (list(&mut world, "alpha"), records(&world, "alpha"));
    world.ok(envoy, add("It is theirs."));
    let three = |world: &mut World| refusals(world, "alpha", "(CLAIM-4)") == 3;
    assert!(world.until(40, three), "{}", world.story());
    // They stay on record, since what they follow from might still come, and count for nothing.
    assert_eq!(list(&mut world, "alpha"), before.0);
    assert_eq!(records(&world, "alpha").len(), before.1.len() + 3);
    assert!(same(&mut world, "alpha", "alpha envoy"));
}

// CLAIM-8
#[test]
fn a_locked_register_is_shut_and_takes_in_what_comes_and_a_burned_one_is_gone() {
    let mut world = Stored::convened().world(45);
    let id = entered(&mut world);
    let (alpha, envoy) = (world.node("alpha"), world.node("alpha envoy"));
    world.ok(alpha, Request::Lock {});
    assert_eq!(refused(world.ask(alpha, Request::ClaimList {})), ErrorKind::Locked);
    assert_eq!(refused(world.ask(alpha, add("More."))), ErrorKind::Locked);
    world.ok(envoy, believe(&id, 35));
    world.run(20);
    // A second belief of what is known only to a locked register, and an entry that it refuses.
    world.ok(envoy, believe(&id, 55));
    world.run(20);
    world.ok(alpha, Request::Unlock { passphrase: PASSPHRASE.into() });
    let seen = list(&mut world, "alpha")[0]["credences"][0].clone();
    assert_eq!((&seen["percent"], &seen["before"]), (&55.into(), &35.into()), "{seen}");
    assert!(same(&mut world, "alpha", "alpha envoy"));
    // Another day's burn leaves it; its own, and the room's, take it.
    let burn =
        |room: &str, day: Option<&str>| Request::Burn { room: room.to_owned(), day: day.map(str::to_owned) };
    world.ok(alpha, burn("delegation", Some("2020-01-01")));
    world.ok(alpha, burn("caucus", None));
    assert!(same(&mut world, "alpha", "alpha envoy"));
    world.ok(alpha, burn("delegation", Some("2027-01-15")));
    assert_eq!(list(&mut world, "alpha"), serde_json::json!([]));
    assert!(list(&mut world, "alpha envoy")[0]["id"].is_string());
    world.ok(envoy, burn("delegation", None));
    world.run(4);
    assert_eq!(list(&mut world, "alpha envoy"), serde_json::json!([]));
    assert_eq!((records(&world, "alpha"), records(&world, "alpha envoy")), (Vec::new(), Vec::new()));
}

pub fn joined(world: &mut World, role: &str, name: &str) -> usize {
    let alpha = world.node("alpha");
    let add = Request::DelegationAdd { role: role.to_owned(), label: name.to_owned() };
    let invitation = world.ok(alpha, add)["invitation"].as_str().expect("an invitation").to_owned();
    let at = world.accept(name, &invitation);
    assert!(world.until(200, World::is_ready), "{name} did not join");
    at
}

// CLAIM-9
#[test]
fn whoever_joins_later_finds_the_register_and_an_observer_reads_it_and_does_not_write() {
    let mut world = Stored::convened().world(46);
    let id = entered(&mut world);
    let (alpha, envoy) = (world.node("alpha"), world.node("alpha envoy"));
    world.ok(envoy, believe(&id, 10));
    world.ok(alpha, add("Another."));
    world.run(20);
    world.ok(alpha, Request::Lock {});
    let observer = joined(&mut world, "observer", "alpha observer");
    world.run(10);
    assert_eq!(list(&mut world, "alpha observer"), serde_json::json!([]), "not while the head's is shut");
    world.ok(alpha, Request::Unlock { passphrase: PASSPHRASE.into() });
    assert!(world.until(100, |world| same(world, "alpha", "alpha observer")), "{}", world.story());
    assert_eq!(list(&mut world, "alpha observer").as_array().map(Vec::len), Some(2));
    assert_eq!(refused(world.ask(observer, add("Mine."))), ErrorKind::Refused);
    assert_eq!(refused(world.ask(observer, believe(&id, 1))), ErrorKind::Refused);
    // What is entered from now on it hears itself, and what it has it keeps.
    world.ok(envoy, believe(&id, 90));
    assert!(world.until(40, |world| same(world, "alpha", "alpha observer")), "{}", world.story());
    world.kill(observer);
    world.start(observer);
    assert!(same(&mut world, "alpha", "alpha observer"));
    for name in OTHERS {
        assert_eq!(list(&mut world, name), serde_json::json!([]), "{name}");
    }
}

// CLAIM-1
#[test]
fn p1_an_observer_whose_station_is_made_to_write_is_refused() {
    let mut world = Stored::convened().world(47);
    joined(&mut world, "observer", "alpha observer");
    let (alpha, observer) = (world.node("alpha"), world.node("alpha observer"));
    // Its own station refuses; an altered one says what the head's would.
    assert_eq!(refused(world.ask(observer, add("Mine."))), ErrorKind::Refused);
    let id = entered(&mut world);
    world.run(10);
    let item = Item::Claim(Entry { id: ClaimId([7; 16]), act: Act::Withdrawn });
    let home = RoomKind::Delegation(PartyNo(1));
    world.nodes[observer].machine.as_mut().expect("it runs").say_unchecked(home, Class::Routine, &item);
    let told = |world: &mut World| refusals(world, "alpha", "observer reads") > 0;
    assert!(world.until(40, told), "{}", world.story());
    assert!(list(&mut world, "alpha")[0]["id"] == *id);
    assert_eq!(world.ok(alpha, Request::ClaimList {})["claims"].as_array().map(Vec::len), Some(1));
}

// CLAIM-11
#[test]
fn the_intermediary_keeps_a_register_of_its_own_that_leaves_its_station_never() {
    let mut world = Stored::convened().world(48);
    let house = world.node("intermediary");
    let entered = world.ok(house, add("They hold back."));
    let id = id_of(&entered);
    assert_eq!(entered["on_record"], true);
    world.ok(house, believe(&id[..6], 25));
    let seen = list(&mut world, "intermediary");
    assert_eq!((&seen[0]["credences"][0]["percent"], &seen[0]["who"]), (&25.into(), &"bravo".into()));
    world.run(20);
    assert!(world.is_delivered());
    world.kill(house);
    world.start(house);
    assert_eq!(list(&mut world, "intermediary"), seen);
    for name in ["alpha", "alpha envoy", "bravo", "bravo envoy"] {
        assert_eq!(list(&mut world, name), serde_json::json!([]), "{name}");
        assert_eq!(records(&world, name), Vec::<Vec<u8>>::new(), "{name}");
    }
    world.ok(house, Request::Lock {});
    assert_eq!(refused(world.ask(house, Request::ClaimShow { id: id.clone() })), ErrorKind::Locked);
    world.ok(house, Request::Unlock { passphrase: PASSPHRASE.into() });
    assert_eq!(list(&mut world, "intermediary"), seen);
    world.ok(house, Request::Burn { room: "register".to_owned(), day: None });
    assert_eq!(list(&mut world, "intermediary"), serde_json::json!([]));
    assert_eq!(records(&world, "intermediary"), Vec::<Vec<u8>>::new());
}

// CLAIM-2, CLAIM-5, CLAIM-7, CLAIM-12
#[test]
fn entries_have_bounds_and_the_export_is_what_the_register_says() {
    let mut world = Stored::convened().world(49);
    let id = entered(&mut world);
    let alpha = world.node("alpha");
    for wrong in [file(&"x".repeat(9_000)), file(""), file("x").replace("B3", "Z9"), "who".to_owned()] {
        assert_eq!(refused(world.ask(alpha, Request::ClaimAdd { file: wrong })), ErrorKind::Usage);
    }
    assert_eq!(refused(world.ask(alpha, believe(&id, 101))), ErrorKind::Usage);
    let silent = Request::ClaimBelieve { id: id.clone(), percent: 5, because: " ".to_owned() };
    assert_eq!(refused(world.ask(alpha, silent)), ErrorKind::Usage);
    assert_eq!(refused(world.ask(alpha, believe("ffff", 5))), ErrorKind::NotFound);
    assert_eq!(refused(world.ask(alpha, believe("", 5))), ErrorKind::NotFound);
    world.ok(alpha, believe(&id, 60));
    world.run(4);
    world.ok(alpha, Request::ClaimAmend { id: id.clone(), file: file("They say that they hold back.") });
    let amended = |world: &mut World| list(world, "alpha envoy")[0]["amended"].is_object();
    assert!(world.until(20, amended), "{}", world.story());
    let shown = world.ok(alpha, Request::ClaimShow { id: id.clone() });
    let what: Vec<&Value> =
        shown["history"].as_array().expect("a list").iter().map(|one| &one["what"]).collect();
    assert_eq!(what, ["entered", "believed", "amended"]);
    assert_eq!(shown["credences"][0]["amended_since"], true);
    let text = world.ok(alpha, Request::ClaimExport {})["text"].as_str().expect("a text").to_owned();
    let read = Exported::read(&text).expect("an export");
    assert_eq!((read.claim.len(), read.claim[0].credence[0].percent), (1, 60));
    assert_eq!(read.claim[0].text["en"], "They say that they hold back.");
    assert!(read.claim[0].amended.as_ref().is_some_and(|amended| *amended > read.claim[0].credence[0].since));
    let house = world.node("intermediary");
    for n in 0..CLAIMS_OF_MEMBER_MAX {
        world.ok(house, add(&format!("Claim {n}.")));
    }
    assert_eq!(refused(world.ask(house, add("One too many."))), ErrorKind::Refused);
}

#[test]
fn a_private_declaration_reaches_the_other_side_and_says_what_it_answers() {
    let mut world = Stored::convened().world(51);
    let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
    let notice = "template = \"statement\"\n[fields]\ntime = \"2027-02-01T18:00Z\"\nwho = \"A minister\"\nsubstance = \"We fear nobody.\"\naudience = \"yes\"";
    world.ok(bravo, notify(notice, None, None));
    let heard = |world: &mut World| world.ok(alpha, Request::StatementList {})["statements"][0]["id"].clone();
    assert!(world.until(60, |world| heard(world).is_string()), "{}", world.story());
    let statement = heard(&mut world).as_str().expect("an id").to_owned();
    let declared =
        "template = \"declaration\"\n[fields]\ndeclared = \"We hold back.\"\npublic = \"We fear nobody.\"";
    let id = id_of(&world.ok(alpha, notify(declared, None, Some(&statement))));
    let came = |world: &mut World| show(world, "bravo", &id)["message"]["title"] == "Private declaration";
    assert!(world.until(60, came), "{}", world.story());
    let fields = show(&mut world, "bravo", &id)["message"]["fields"].clone();
    let keys: Vec<&Value> = fields.as_array().expect("a list").iter().map(|field| &field["key"]).collect();
    assert_eq!(keys, ["declared", "answers", "public"], "{fields}");
    // A claim of bravo's rests on it.
    let claim = format!(
        "rests_on = [\"{}\"]\n{}",
        show(&mut world, "bravo", &id)["id"].as_str().expect("an id"),
        file("x")
    );
    world.ok(bravo, Request::ClaimAdd { file: claim.replace("\"bravo\"", "\"alpha\"") });
    let rests = |world: &mut World| list(world, "bravo")[0]["rests_on"][0]["on_record"] == true;
    assert!(world.until(20, rests), "{}", world.story());
}

#[test]
fn what_a_claim_rests_on_is_named_by_its_id() {
    let mut world = Stored::convened().world(50);
    let (alpha, house) = (world.node("alpha"), world.node("intermediary"));
    let paper = "to = \"bravo\"\nform = \"non-paper\"\n[[passage]]\ndisclosure = \"hold\"\ntext.en = \"The line stands.\"\n";
    let item = id_of(&world.ok(alpha, Request::Send { draft: paper.to_owned() }));
    let rests = format!(
        "rests_on = [\"{}\"]\nstatements = [\"On television\"]\n{}",
        &item[..8],
        file("They hold back.")
    );
    assert_eq!(refused(world.ask(house, Request::ClaimAdd { file: rests.clone() })), ErrorKind::Usage);
    world.ok(alpha, Request::ClaimAdd { file: rests });
    let came = |world: &mut World| list(world, "alpha envoy")[0]["rests_on"][0]["on_record"] == true;
    assert!(world.until(60, came), "{}", world.story());
    let rests = list(&mut world, "alpha envoy")[0]["rests_on"].clone();
    assert_eq!((&rests[0]["id"], &rests[1]["statement"]), (&item.into(), &"On television".into()));
}
