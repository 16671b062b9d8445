//! The register of claims for whoever joins later: the same as everybody's, and from the own head alone.

use crate::claims::{add, believe, entered, file, joined, list, records, refusals, same};
use backchannel_accord::claims::{Act, ClaimId, Claimant, Content, Entry, Grading, Noted, Spot};
use backchannel_accord::rules::Author;
use backchannel_accord::{Lang, Text, Texts};
use backchannel_station::api::{Request, Response};
use backchannel_station::machine::envelope::Class;
use backchannel_station::machine::item::Item;
use backchannel_testkit::seeds;
use backchannel_testkit::stored::Stored;
use backchannel_testkit::weather::Weather;
use backchannel_testkit::world::World;
use backchannel_wire::ids::{RoomKind, unhex};
use backchannel_wire::{Beat, MemberId, PartyNo, Role};
use serde_json::Value;

const HOME: RoomKind = RoomKind::Delegation(PartyNo(1));

/// Somebody of alpha enters a claim, or says something of one that it knows.
fn act(world: &mut World, name: &str, turn: usize) {
    let at = world.node(name);
    let Response::Ok(known) = world.ask(at, Request::ClaimList {}) else { return };
    let known = known["claims"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mine = |claim: &&Value| claim["mine"] == true && claim["withdrawn"].is_null();
    let id = |claim: &Value| claim["id"].as_str().unwrap_or_default().to_owned();
    let own = known.iter().filter(mine).nth(turn % 2).map(id);
    let some = known.get(turn % known.len().max(1)).map(id);
    let request = match (turn % 5, own, some) {
        (1, Some(own), _) => Request::ClaimAmend { id: own, file: file(&format!("Amended {turn}.")) },
        (3, Some(own), _) if turn > 20 => Request::ClaimWithdraw { id: own },
        (0, ..) | (.., None) => add(&format!("{turn}. {}", "A long claim. ".repeat(turn * 8 % 90))),
        (_, _, Some(some)) => believe(&some, turn as u8 % 101),
    };
    let _ = world.ask(at, request);
}

/// Both go on while somebody joins alpha.
fn busy(world: &mut World, turns: std::ops::Range<usize>, mut done: impl FnMut(&mut World) -> bool) -> bool {
    for turn in turns {
        if done(world) {
            return true;
        }
        act(world, ["alpha", "alpha envoy"][turn % 2], turn);
        world.step();
    }
    done(world)
}

// CLAIM-6, CLAIM-9
#[test]
fn what_is_entered_while_somebody_joins_is_the_same_for_all_in_the_end() {
    seeds::each("what_is_entered_while_somebody_joins_is_the_same_for_all_in_the_end", 2, |seed| {
        let mut world = joined_while_busy(seed, false);
        let seen = list(&mut world, "alpha third");
        let withdrawn =
            seen.as_array().expect("a list").iter().filter(|claim| claim["withdrawn"].is_object());
        assert!(withdrawn.count() > 0, "seed {seed}: {seen}");
        assert!(seen.to_string().contains("alpha second"), "seed {seed}: {seen}");
    });
}

// CLAIM-6, CLAIM-9
#[test]
fn what_is_entered_while_somebody_joins_in_any_weather_is_the_same_for_all_in_the_end() {
    let name = "what_is_entered_while_somebody_joins_in_any_weather_is_the_same_for_all_in_the_end";
    seeds::each(name, 5, |seed| drop(joined_while_busy(seed, true)));
}

/// Somebody joins a busy delegation, has left when another comes, and that one takes its seat; all have the same each time.
fn joined_while_busy(seed: u64, foul: bool) -> World {
    let mut world = Stored::convened().world(seed);
    entered(&mut world);
    let alpha = world.node("alpha");
    for (name, turn) in [("alpha second", 0), ("alpha third", 40)] {
        assert!(!busy(&mut world, turn..turn + 12, |_| false));
        let request = Request::DelegationAdd { role: "principal".to_owned(), label: name.to_owned() };
        let invitation = world.ok(alpha, request)["invitation"].as_str().expect("one").to_owned();
        world.accept(name, &invitation);
        if foul {
            world.weather = Weather::drawn(seed);
        }
        let ready = |world: &mut World| {
            let of = ["alpha", "alpha envoy", name].map(|name| world.node(name));
            of.into_iter().all(|at| is_ready(world, at))
        };
        let came = busy(&mut world, turn + 12..turn + 100, ready);
        // Between its coming and the passing on.
        assert!(!busy(&mut world, turn + 40..turn + 60, |_| false));
        world.clear_up();
        assert!(came || world.until(1_000, ready), "seed {seed}: {name} did not join");
        world.step();
        act(&mut world, name, 2);
        let all = |world: &mut World| ["alpha envoy", name].iter().all(|name| same(world, "alpha", name));
        // A head that was started again is asked again after 720 beats.
        let same = world.until(1_000, |world| world.beat.0.is_multiple_of(4) && all(world));
        assert!(same, "seed {seed}: {name}");
        for at in 0..world.nodes.len() {
            world.kill(at);
            world.start(at);
        }
        world.run(4);
        assert!(all(&mut world), "seed {seed}: {name}, after a restart");
        if name == "alpha second" {
            let reason = "recalled".to_owned();
            world.ok(alpha, Request::DelegationRemove { member: name.to_owned(), reason });
            world.run(100);
        }
    }
    world
}

fn is_ready(world: &mut World, at: usize) -> bool {
    let Response::Ok(status) = world.ask(at, Request::Status {}) else { return false };
    let rooms = status["rooms"].as_array().cloned().unwrap_or_default();
    let vouched = |room: &Value| {
        room["members"].as_array().is_some_and(|members| members.iter().all(|one| one["vouched"] == true))
    };
    status["phase"] == "ready" && rooms.iter().all(vouched)
}

/// A channel of which an observer of alpha has left, and whose head's records are locked, so that whoever joined waits for the
/// register; on which seat that is, and who the observer was.
fn waiting(seed: u64) -> (World, u8, Author) {
    let mut world = Stored::convened().world(seed);
    entered(&mut world);
    joined(&mut world, "observer", "alpha observer");
    let observer = author(&mut world, "alpha observer", Role::Observer);
    let alpha = world.node("alpha");
    let gone =
        Request::DelegationRemove { member: "alpha observer".to_owned(), reason: "recalled".to_owned() };
    world.ok(alpha, gone);
    world.run(100);
    world.ok(alpha, Request::Lock {});
    let invite = Request::DelegationAdd { role: "envoy".to_owned(), label: "alpha late".to_owned() };
    let invitation = world.ok(alpha, invite)["invitation"].as_str().expect("an invitation").to_owned();
    let late = world.accept("alpha late", &invitation);
    assert!(world.until(200, |world| is_ready(world, late) && is_ready(world, alpha)), "{}", world.story());
    let seat = &member(&mut world, "alpha late")["seat"];
    let seat = seat.as_u64().and_then(|seat| u8::try_from(seat).ok()).expect("a seat");
    (world, seat, observer)
}

fn member(world: &mut World, label: &str) -> Value {
    let alpha = world.node("alpha");
    let members = world.ok(alpha, Request::DelegationList {})["members"].clone();
    let members = members.as_array().expect("a list");
    members.iter().find(|one| one["label"] == *label).unwrap_or_else(|| panic!("{members:?}")).clone()
}

fn author(world: &mut World, label: &str, role: Role) -> Author {
    let pseudonym = member(world, label)["pseudonym"].as_str().and_then(unhex).expect("a name");
    Author { party: PartyNo(1), member: MemberId(pseudonym.try_into().expect("16 bytes")), role }
}

/// A claim said to have been entered by somebody.
fn claim(who: Author, beat: u64, text: &str) -> Noted {
    let content = Content {
        who: Claimant::Other(Text::new("a fisherman")),
        text: Texts::one(Lang::new("en").expect("a language"), text),
        when: None,
        public: false,
        source: Text::new(""),
        grading: Grading::NONE,
        evidence: Text::new(""),
        rests_on: Vec::new(),
    };
    let nth = text.bytes().map(u64::from).sum();
    let entry = Entry { id: ClaimId([nth as u8; 16]), act: Act::Entered(content) };
    Noted { spot: Spot { beat: Beat(beat), seat: 1, nth }, who, entry }
}

fn say(world: &mut World, name: &str, kind: RoomKind, class: Class, item: &Item) {
    let at = world.node(name);
    world.nodes[at].machine.as_mut().expect("it runs").say_unchecked(kind, class, item);
}

fn texts(world: &mut World, name: &str) -> Vec<String> {
    let claims = list(world, name);
    let text = |claim: &Value| claim["text"]["en"].as_str().unwrap_or_default().to_owned();
    claims.as_array().expect("a list").iter().map(text).collect()
}

// CLAIM-9
#[test]
fn p1_a_register_is_taken_from_the_own_head_alone_in_the_own_room_in_its_class_by_whom_it_is_meant_for() {
    let (mut world, seat, _) = waiting(61);
    let envoy = author(&mut world, "alpha envoy", Role::Envoy);
    let beat = world.beat.0 - 1;
    let pass = |text: &str, to: u8| Item::Claims(vec![claim(envoy, beat, text)], true, to);
    say(&mut world, "alpha envoy", HOME, Class::Routine, &pass("by an envoy", seat));
    say(&mut world, "intermediary", RoomKind::Caucus(PartyNo(1)), Class::Routine, &pass("by it", seat));
    say(&mut world, "bravo", RoomKind::Registry, Class::Routine, &pass("by others", seat));
    let told = |world: &mut World| refusals(world, "alpha late", "(CLAIM-9)") == 3;
    assert!(world.until(60, told), "{}", world.story());
    // Nor is it the head's where it is not meant so.
    say(&mut world, "alpha", HOME, Class::Flash, &pass("in another class", seat));
    say(&mut world, "alpha", HOME, Class::Routine, &pass("for another", seat + 1));
    world.run(20);
    assert_eq!(texts(&mut world, "alpha late"), Vec::<String>::new());
    assert_eq!(records(&world, "alpha late"), Vec::<Vec<u8>>::new());
    say(&mut world, "alpha", HOME, Class::Routine, &pass("by the head", seat));
    world.run(20);
    assert_eq!(texts(&mut world, "alpha late"), ["by the head"]);
    // Whoever waits no more takes nothing more; and others never did.
    say(&mut world, "alpha", HOME, Class::Routine, &pass("when nobody waits", seat));
    world.run(20);
    assert_eq!(texts(&mut world, "alpha late"), ["by the head"]);
    assert_eq!(texts(&mut world, "alpha envoy"), ["They hold back."]);
}

// CLAIM-7, CLAIM-9
#[test]
fn p1_a_hostile_head_passes_on_nothing_by_somebody_who_may_not_have_entered_it() {
    let (mut world, seat, observer) = waiting(62);
    let now = world.beat.0;
    let envoy = author(&mut world, "alpha envoy", Role::Envoy);
    let mut all = vec![
        claim(author(&mut world, "alpha late", Role::Envoy), now - 9, "in its own name"),
        claim(observer, now - 9, "by an observer"),
        claim(Author { role: Role::Envoy, ..observer }, now - 9, "by an observer as an envoy"),
        claim(Author { party: PartyNo(2), ..envoy }, now - 9, "by another side"),
        claim(envoy, now + 1_000, "in times to come"),
        claim(envoy, now - 9, &"too long ".repeat(2_000)),
    ];
    // No invented member, however many.
    all.extend((0..200).map(|n| {
        let nobody = Author { member: MemberId([n; 16]), ..envoy };
        claim(nobody, now - 9 - u64::from(n), "by nobody")
    }));
    for chunk in all.chunks(50) {
        say(&mut world, "alpha", HOME, Class::Routine, &Item::Claims(chunk.to_vec(), false, seat));
    }
    world.run(60);
    assert_eq!(records(&world, "alpha late"), Vec::<Vec<u8>>::new(), "{}", world.story());
    let last =
        Item::Claims(vec![claim(envoy, now - 9, "before"), claim(envoy, now - 1, "thereafter")], true, seat);
    say(&mut world, "alpha", HOME, Class::Routine, &last);
    world.run(20);
    assert_eq!(texts(&mut world, "alpha late"), ["before", "thereafter"]);
}

// CLAIM-1
#[test]
fn an_entry_in_another_class_than_routine_is_not_taken() {
    let mut world = Stored::convened().world(63);
    entered(&mut world);
    let envoy = author(&mut world, "alpha envoy", Role::Envoy);
    let entry = claim(envoy, 0, "urgent").entry;
    say(&mut world, "alpha envoy", HOME, Class::Flash, &Item::Claim(entry.clone()));
    world.run(20);
    assert_eq!(texts(&mut world, "alpha"), ["They hold back."]);
    say(&mut world, "alpha envoy", HOME, Class::Routine, &Item::Claim(entry));
    world.run(20);
    assert_eq!(texts(&mut world, "alpha"), ["They hold back.", "urgent"]);
}

// CLAIM-9
#[test]
fn a_flood_of_questions_brings_one_pass_at_a_time_and_one_for_each_who_asks() {
    let mut world = Stored::convened().world(64);
    entered(&mut world);
    let observer = joined(&mut world, "observer", "alpha observer");
    world.run(100);
    let alpha = world.node("alpha");
    let waiting = |world: &mut World| -> u64 {
        let status = world.ok(alpha, Request::Status {});
        let rooms = status["rooms"].as_array().cloned().unwrap_or_default();
        rooms.iter().filter_map(|room| room["waiting"].as_u64()).sum()
    };
    let (mut passes, mut before) = (0, 0);
    let mut flood = |world: &mut World, beats: u64| {
        for _ in 0..beats {
            say(world, "alpha envoy", HOME, Class::Machine, &Item::ClaimsWanted);
            if world.beat.0.is_multiple_of(3) && world.nodes[observer].line {
                say(world, "alpha observer", HOME, Class::Machine, &Item::ClaimsWanted);
            }
            world.step();
            let now = waiting(world);
            assert!(now <= 1, "{now} items wait");
            passes += u64::from(now > before);
            before = now;
        }
        passes
    };
    // The observer was told when it joined; the envoy, who came before there was anything, asks for the first time.
    assert_eq!(flood(&mut world, 690), 1, "{}", world.story());
    // The observer's second question stands; whoever is away then holds up no more than the one pass that is meant for it.
    world.cut(observer);
    assert_eq!(flood(&mut world, 300), 2, "{}", world.story());
}

// CLAIM-9
#[test]
fn whoever_fell_silent_keeps_nobody_else_from_the_register() {
    let mut world = Stored::convened().world(66);
    entered(&mut world);
    let observer = joined(&mut world, "observer", "alpha observer");
    world.cut(observer);
    let alpha = world.node("alpha");
    let waiting = |world: &mut World| -> u64 {
        let status = world.ok(alpha, Request::Status {});
        let rooms = status["rooms"].as_array().cloned().unwrap_or_default();
        rooms.iter().filter_map(|room| room["waiting"].as_u64()).sum()
    };
    world.run(300);
    let before = waiting(&mut world);
    assert!(before > 0, "{}", world.story());
    // Somebody else asks: what the observer does not take is taken back, and the other has received its own soon.
    say(&mut world, "alpha envoy", HOME, Class::Machine, &Item::ClaimsWanted);
    world.run(100);
    assert_eq!(waiting(&mut world), before, "it is not given up at once");
    assert!(world.until(600, |world| waiting(world) < before), "{}", world.story());
    // Back on the line, the observer asks again.
    world.nodes[observer].line = true;
    let came = |world: &mut World| list(world, "alpha observer").as_array().map(Vec::len) == Some(1);
    assert!(world.until(1_600, came), "{}", world.story());
}
