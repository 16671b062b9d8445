//! The line: clocks of queries, checks by schedule, suspension, and alarms that are not missed.

use backchannel_station::api::{ErrorKind, Request, Response};
use backchannel_testkit::stored::Stored;
use backchannel_testkit::world::World;
use serde_json::Value;

const EVERYBODY: [&str; 5] = ["alpha", "alpha envoy", "bravo", "bravo envoy", "intermediary"];

pub fn notify(message: &str, to: Option<&str>, answers: Option<&str>) -> Request {
    Request::Notify {
        to: to.map(str::to_owned),
        message: message.to_owned(),
        precedence: None,
        answers: answers.map(str::to_owned),
    }
}

pub fn id_of(sent: &Value) -> String {
    sent["id"].as_str().expect("an id").to_owned()
}

pub fn show(world: &mut World, name: &str, id: &str) -> Value {
    let at = world.node(name);
    match world.ask(at, Request::Show { id: id.to_owned(), lang: None }) {
        Response::Ok(shown) => shown,
        Response::Error(_) => Value::Null,
    }
}

pub fn status(world: &mut World, name: &str) -> Value {
    let at = world.node(name);
    world.ok(at, Request::LineStatus {})
}

pub fn lines(world: &mut World, name: &str, kind: &str) -> Vec<String> {
    let at = world.node(name);
    let journal = world.ok(at, Request::Watch { since: 0, timeout_ms: 0 });
    let entries = journal["entries"].as_array().cloned().unwrap_or_default();
    let of = entries.into_iter().filter(|entry| entry["kind"] == kind);
    of.map(|entry| entry["what"].as_str().unwrap_or_default().to_owned()).collect()
}

fn alarm_is_open(world: &mut World, name: &str, alarm: &str) -> bool {
    let at = world.node(name);
    let told = world.ok(at, Request::Alarms {});
    let all = told["alarms"].as_array().cloned().unwrap_or_default();
    all.iter().any(|one| one["name"] == alarm && one["open"] == true)
}

/// Asks "Is anybody there?", which is to be answered within an hour, and waits until all stations know that it was received.
fn asked(world: &mut World) -> String {
    let alpha = world.node("alpha");
    let sent = world.ok(alpha, notify("codebook = \"standard\"\nnumber = 603", None, None));
    let id = id_of(&sent);
    let known = |world: &mut World| {
        EVERYBODY.iter().all(|name| {
            let started = show(world, name, &id)["clock"]["started"].clone();
            !started.is_null() && started == show(world, "alpha", &id)["clock"]["started"]
        })
    };
    assert!(world.until(60, known), "{}", world.story());
    id
}

// CLOCK-1, CLOCK-2, CLOCK-3, GIST-2
#[test]
fn a_query_has_one_clock_on_all_stations_locked_or_restarted_and_its_marks_are_told_once() {
    let mut world = Stored::convened().world(301);
    let (bravo, mediator) = (world.node("bravo"), world.node("intermediary"));
    world.ok(mediator, Request::Lock {});
    world.run(2);
    world.ok(mediator, Request::Unlock { passphrase: "a calm sea".into() });
    let id = asked(&mut world);
    let clock = show(&mut world, "alpha", &id)["clock"].clone();
    for name in EVERYBODY {
        assert_eq!(show(&mut world, name, &id)["clock"], clock, "{name}");
    }
    assert_eq!((&clock["state"], &clock["answers"]), (&"running".into(), &"bravo".into()));
    // It started when bravo's station had it, and not when alpha sent it.
    assert!(clock["started"].as_str() > show(&mut world, "alpha", &id)["beats"]["sent"]["utc"].as_str());
    // One is locked, one starts again, one is away for a while: their clocks go on.
    let envoy = world.node("bravo envoy");
    world.ok(envoy, Request::Lock {});
    world.kill(bravo);
    world.run(600);
    world.start(bravo);
    world.run(1_200);
    for name in ["alpha", "alpha envoy", "bravo", "intermediary"] {
        assert_eq!(show(&mut world, name, &id)["clock"], clock, "{name}, after restarts and silences");
    }
    for name in ["alpha", "alpha envoy", "bravo", "bravo envoy", "intermediary"] {
        let told = lines(&mut world, name, "reply-soon");
        assert_eq!(told.len(), 1, "{name}: {told:?}");
        assert!(told[0].contains("half of the time"), "{told:?}");
    }
    world.run(1_440);
    for name in EVERYBODY {
        let told = lines(&mut world, name, "reply-soon");
        assert_eq!(told.len(), 2, "{name}: {told:?}");
        assert!(told[1].contains("a tenth of the time"), "{told:?}");
        assert_eq!(lines(&mut world, name, "reply-overdue"), Vec::<String>::new(), "{name}");
    }
    world.run(360);
    for name in EVERYBODY {
        assert_eq!(lines(&mut world, name, "reply-overdue").len(), 1, "{name}");
    }
    let listed = world.ok(mediator, Request::QueryList { lang: None });
    assert_eq!(listed["queries"][0]["clock"]["state"], "overdue", "{listed}");
    // The answer comes late, counts, and is marked late by as much on both sides.
    let answer =
        "template = \"clarification\"\n[fields]\nkind = \"denied\"\nfacts = \"Nothing of ours moved.\"";
    let answered = id_of(&world.ok(bravo, notify(answer, None, Some(&id))));
    let here = |world: &mut World| show(world, "alpha", &id)["clock"]["state"] == "answered";
    assert!(world.until(60, here), "{}", world.story());
    let late = |world: &mut World, name: &str| show(world, name, &answered)["message"]["late_ms"].as_u64();
    let both = |world: &mut World| late(world, "bravo").is_some() && late(world, "alpha").is_some();
    assert!(world.until(60, both), "{}", show(&mut world, "alpha", &answered));
    assert!(late(&mut world, "alpha") > Some(0));
    let field = show(&mut world, "alpha", &answered)["message"]["fields"][0].clone();
    assert_eq!(field["value"], id.as_str(), "the answer names the query by its author's name: {field}");
}

fn schedule(minutes: u32, from: &str) -> String {
    format!("template = \"line-schedule\"\n[fields]\nevery = \"{minutes}\"\nfrom = \"{from}\"")
}

/// Checks every ten minutes from some minutes hence, agreed by both.
fn scheduled(world: &mut World) {
    let from = backchannel_accord::time::rfc3339(backchannel_wire::UtcMs(world.now.0 + 300_000));
    let alpha = world.node("alpha");
    world.ok(alpha, notify(&schedule(10, &from), None, None));
    world.run(40);
    assert!(status(world, "bravo")["lines"][0]["schedule"].is_null(), "one side alone sets none");
    let bravo = world.node("bravo envoy");
    world.ok(bravo, notify(&schedule(10, &from), None, None));
    let set = |world: &mut World| {
        EVERYBODY.iter().all(|name| status(world, name)["lines"][0]["schedule"]["every_minutes"] == 10)
    };
    assert!(world.until(60, set), "{}", world.story());
}

fn checks(world: &mut World, name: &str) -> Vec<Value> {
    status(world, name)["lines"][0]["checks"].as_array().cloned().unwrap_or_default()
}

// LINE-1, LINE-2, LINE-3, LINE-5, ALARM-11
#[test]
fn checks_are_made_in_turn_answered_by_people_and_a_missing_one_raises_an_alarm_that_names_no_cause() {
    let mut world = Stored::convened().world(302);
    scheduled(&mut world);
    // Alpha's turn: its station makes the check of itself, also locked; a person of Bravo answers.
    let (alpha, envoy) = (world.node("alpha"), world.node("bravo envoy"));
    world.ok(alpha, Request::Lock {});
    let came = |world: &mut World| checks(world, "bravo envoy").len() == 1;
    assert!(world.until(360, came), "{}", world.story());
    let check = checks(&mut world, "bravo envoy")[0].clone();
    assert_eq!(
        (&check["made"], &check["by"], &check["answered"]),
        (&"automatic".into(), &"alpha".into(), &Value::Null)
    );
    world.ok(envoy, Request::LineAnswer { to: None, text: Some("Good morning.".to_owned()) });
    let answered =
        |world: &mut World| EVERYBODY.iter().all(|name| !checks(world, name)[0]["answered"].is_null());
    assert!(world.until(60, answered), "{:#?}", checks(&mut world, "alpha"));
    let again = world.ask(envoy, Request::LineAnswer { to: None, text: None });
    assert!(matches!(again, Response::Error(failure) if failure.kind == ErrorKind::Refused));
    let human = status(&mut world, "alpha")["lines"][0]["last_human"].clone();
    assert!(human[1]["at"].is_string(), "{human}");
    // Bravo's turn, and its head's station is dead: half of the turn later Alpha is told, and no cause is named.
    let bravo = world.node("bravo");
    world.kill(bravo);
    let missing = |world: &mut World| alarm_is_open(world, "alpha envoy", "UNANSWERED");
    assert!(world.until(1_100, missing), "{:#?}", status(&mut world, "alpha envoy"));
    let told = lines(&mut world, "alpha envoy", "line-unanswered");
    let of = told[0].strip_prefix("No line check came from bravo for ").map(|at| at.trim_end_matches('.'));
    let turn = of.and_then(backchannel_accord::time::parse_rfc3339).expect("an instant");
    let since = world.now.0 - turn.0;
    assert!(told.len() == 1 && (300_000..303_000).contains(&since), "{since} {told:?}");
    assert_eq!(status(&mut world, "alpha envoy")["lines"][0]["unanswered"], true);
    // It is back, and its next check lifts the alarm.
    world.start(bravo);
    let lifted = |world: &mut World| !alarm_is_open(world, "alpha envoy", "UNANSWERED");
    assert!(world.until(1_300, lifted), "{:#?}", status(&mut world, "alpha envoy"));
}

// LINE-4
#[test]
fn a_suspended_line_is_told_to_all_makes_no_checks_and_raises_no_alarm_until_it_is_resumed() {
    let mut world = Stored::convened().world(303);
    scheduled(&mut world);
    let bravo = world.node("bravo envoy");
    let from = backchannel_accord::time::rfc3339(world.now);
    let suspend = format!(
        "template = \"line-suspension\"\n[fields]\nfrom = \"{from}\"\nreason = \"The building moves.\""
    );
    world.ok(bravo, notify(&suspend, None, None));
    let state = |world: &mut World, state: &str| {
        EVERYBODY.iter().all(|name| status(world, name)["lines"][0]["state"] == state)
    };
    assert!(world.until(60, |world| state(world, "suspended")), "{}", world.story());
    assert_eq!(status(&mut world, "alpha")["lines"][0]["suspended"][0]["by"], "bravo");
    world.run(1_500);
    assert_eq!(checks(&mut world, "alpha"), Vec::<Value>::new());
    assert!(!EVERYBODY.iter().any(|name| alarm_is_open(&mut world, name, "UNANSWERED")));
    // A person can still send a check, and the other side resumes nothing that it did not suspend.
    let alpha = world.node("alpha");
    let now = backchannel_accord::time::rfc3339(world.now);
    let resume = format!("template = \"line-resumption\"\n[fields]\nfrom = \"{now}\"");
    world.ok(alpha, notify(&resume, None, None));
    world.run(40);
    assert!(state(&mut world, "suspended"));
    world.ok(bravo, notify(&resume, None, None));
    assert!(world.until(60, |world| state(world, "open")), "{}", world.story());
    assert!(world.until(1_300, |world| !checks(world, "alpha").is_empty()), "checks go on");
}

// WATCH-1, WATCH-2
#[test]
fn where_the_head_asks_it_a_second_person_reads_and_releases_what_leaves_the_delegation() {
    let mut world = Stored::convened().world(304);
    let (alpha, envoy, bravo) = (world.node("alpha"), world.node("alpha envoy"), world.node("bravo"));
    let by_envoy = world.ask(envoy, Request::WatchRules { second_person: true });
    assert!(matches!(by_envoy, Response::Error(failure) if failure.kind == ErrorKind::Refused));
    world.ok(alpha, Request::WatchRules { second_person: true });
    let ruled = |world: &mut World| status(world, "alpha envoy")["watch"]["second_person"] == true;
    assert!(world.until(40, ruled));
    let message = "template = \"incident-at-sea\"\n[fields]\nplace = \"36.5N 12.25E\"\ntime = \"2027-01-15T03:10Z\"\nships = [\"a patrol boat\"]\ndamage = \"no\"\nwhat = \"A close passage.\"";
    let waits = world.ok(envoy, notify(message, None, None));
    assert_eq!(waits["waits_for_release"], true);
    let id = id_of(&waits);
    // Nor past that person, by writing the notation by hand.
    let draft = crate::notification();
    assert!(
        matches!(world.ask(envoy, Request::Send { draft }), Response::Error(failure) if failure.kind == ErrorKind::Refused)
    );
    let waiting = |world: &mut World| status(world, "alpha")["watch"]["waiting"][0]["id"] == id.as_str();
    assert!(world.until(40, waiting));
    let release = Request::Release { id: id.clone() };
    // Not by who wrote it, and not unread.
    for who in [envoy, alpha] {
        let refused = world.ask(who, release.clone());
        assert!(matches!(refused, Response::Error(failure) if failure.kind == ErrorKind::Refused));
    }
    world.run(20);
    assert_eq!(world.ok(bravo, Request::Inbox { unread: false })["items"].as_array().map(Vec::len), Some(0));
    let shown = show(&mut world, "alpha", &id);
    assert_eq!(shown["message"]["releases"]["title"], "Incident at sea", "{shown}");
    world.ok(alpha, release.clone());
    let came = |world: &mut World| {
        world.ok(bravo, Request::Inbox { unread: false })["items"].as_array().map(Vec::len) == Some(1)
    };
    assert!(world.until(60, came), "{}", world.story());
    let done = |world: &mut World| status(world, "alpha envoy")["watch"]["waiting"][0].is_null();
    assert!(world.until(40, done));
    assert!(matches!(world.ask(alpha, release), Response::Error(_)), "once");
    // What tests the line needs no second person.
    world.ok(envoy, Request::LineCheck { to: None });
    assert!(world.until(60, |world| checks(world, "bravo").len() == 1));
    // The watch passes from one to the other.
    let note = "template = \"watch-handover\"\n[fields]\nnote = \"A quiet night.\"";
    world.ok(envoy, notify(note, Some("delegation"), None));
    assert!(world.until(40, |world| status(world, "alpha")["watch"]["offered"]["by"] != Value::Null));
    world.ok(alpha, notify("template = \"watch-taken\"", Some("delegation"), None));
    let on_duty = |world: &mut World| status(world, "alpha envoy")["watch"]["on_duty"]["who"] == "alpha head";
    assert!(world.until(40, on_duty), "{}", status(&mut world, "alpha envoy")["watch"]);
}

// ALARM-5: the three that must not be missed, each after its time and not before.
#[test]
fn p5_a_silent_relay_a_silent_seat_and_a_dead_station_raise_their_alarms_in_their_time() {
    // The relay is gone, before the stations ever reached it or after: every station says so.
    for beats in [0, 10] {
        let mut world = Stored::convened().world(305);
        world.run(beats);
        world.kill_relay();
        world.run(24);
        assert_eq!(world.alarms(), []);
        world.run(3);
        for name in EVERYBODY {
            assert!(alarm_is_open(&mut world, name, "SILENT"), "{name}");
            assert_eq!(status(&mut world, name)["relay"]["connected"], false);
        }
        world.start_relay();
        let over = |world: &mut World| EVERYBODY.iter().all(|name| !alarm_is_open(world, name, "SILENT"));
        assert!(world.until(60, over));
    }
    // A head's seat is silent because its line is cut, or because its station is dead: nobody can tell which, and nobody says.
    for dead in [false, true] {
        let mut world = Stored::convened().world(306);
        let bravo = world.node("bravo");
        if dead {
            world.kill(bravo);
        } else {
            world.cut(bravo);
        }
        world.run(24);
        assert_eq!(world.alarms(), []);
        world.run(3);
        let alarms = world.alarms();
        for name in ["alpha", "alpha envoy", "intermediary"] {
            let raised = alarms.iter().find(|one| one.who == name && one.name == "SILENT");
            assert!(raised.is_some_and(|one| one.what.contains("cause is not known")), "{name}: {alarms:?}");
        }
        if !dead {
            assert!(alarm_is_open(&mut world, "bravo", "SILENT"), "its own station knows that no beat comes");
        }
    }
}
