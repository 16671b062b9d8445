//! Incidents on whole channels: in question for all alike, an end held back, and a relay that is away when it matters.

use crate::common::*;
use backchannel_accord::limits::INCIDENTS_OF_PARTY_MAX;
use backchannel_accord::time::{parse_rfc3339, rfc3339};
use backchannel_station::api::{ErrorKind, Request, Response};
use backchannel_testkit::stored::Stored;
use backchannel_testkit::weather::Weather;
use backchannel_testkit::world::World;
use backchannel_wire::UtcMs;
use serde_json::Value;
use std::sync::OnceLock;

/// Beats of the brake in these tests: of a second each.
const BRAKE: u64 = 180;
/// G.
const GRACE: u64 = 80;

/// In effect at once, for a day; a notice of ten seconds, a brake of three, explained in twenty seconds, complained of within
/// ten minutes.
fn short() -> String {
    text()
        .replace("lasts = \"90d\"", "lasts = \"24h\"")
        .replace("notice = \"72h\"", "notice = \"10s\"")
        .replace("brake = \"48h\"", "brake = \"3m\"")
        .replace("reply = \"12h\"", "reply = \"20s\"")
        .replace("complaint = \"24h\"", "complaint = \"10m\"")
}

/// A channel with such an understanding in effect.
fn in_force() -> &'static (Stored, String) {
    static STORED: OnceLock<(Stored, String)> = OnceLock::new();
    STORED.get_or_init(|| {
        let mut world = Stored::convened().world(43);
        let (id, _) = approved_text(&mut world, short());
        settled(&mut world, &id);
        world.run(5);
        (world.put_aside(), id)
    })
}

/// Now, as people write it.
fn now(world: &World) -> String {
    rfc3339(UtcMs(world.now.0))
}

fn open(world: &mut World, name: &str, id: &str, at: &str) -> String {
    let node = world.node(name);
    let request = Request::IncidentOpen {
        id: id.to_owned(),
        of: None,
        at: at.to_owned(),
        clause: None,
        not_urgent: false,
    };
    world.ok(node, request)["id"].as_str().expect("an id").to_owned()
}

fn notice(world: &mut World, name: &str, id: &str) -> String {
    let node = world.node(name);
    let request = Request::UnderstandingWithdraw { id: id.to_owned(), urgent: None, take_back: false };
    world.ok(node, request)["effective"].as_str().expect("an instant").to_owned()
}

fn said(world: &mut World, name: &str, request: Request) -> Value {
    let node = world.node(name);
    world.ok(node, request)
}

fn close(incident: &str, outcome: &str) -> Request {
    Request::IncidentClose { id: incident.to_owned(), outcome: outcome.to_owned(), until: None }
}

fn find(incident: &str, own: bool) -> Request {
    let (established, intent) = ("substantiated".to_owned(), "accidental".to_owned());
    Request::IncidentFind { id: incident.to_owned(), established, intent, own }
}

/// The one incident of an understanding, as everybody sees it.
fn incident(world: &mut World, id: &str) -> Value {
    let all: Vec<Value> =
        EVERYBODY.iter().map(|name| status(world, name, id)["incidents"][0].clone()).collect();
    assert!(all.iter().all(|one| *one == all[0]), "{all:#?}");
    all[0].clone()
}

// INCIDENT-9
#[test]
fn one_incident_too_many_is_refused_before_it_is_said() {
    let (stored, id) = in_force();
    let mut world = stored.world(2);
    let alpha = world.node("alpha");
    let request = |world: &World| Request::IncidentOpen {
        id: id.to_owned(),
        of: None,
        at: now(world),
        clause: None,
        not_urgent: false,
    };
    let mut opened = 0;
    let refused = loop {
        let next = request(&world);
        match world.ask(alpha, next) {
            Response::Ok(_) => opened += 1,
            Response::Error(failure) => break failure,
        }
        world.run(6);
        assert!(opened < 100, "nothing ends it");
    };
    assert_eq!(opened, INCIDENTS_OF_PARTY_MAX);
    assert!(refused.message.contains("(INCIDENT-9)"), "{refused:?}");
    world.run(12);
    let on_record = status(&mut world, "bravo", id)["incidents"].as_array().map(Vec::len);
    assert_eq!(on_record, Some(opened));
    let bravo = world.node("bravo");
    let next = request(&world);
    world.ok(bravo, next);
}

// INCIDENT-1, INCIDENT-3, INCIDENT-5, INCIDENT-6, INCIDENT-7
#[test]
fn an_incident_is_opened_explained_found_and_closed_and_all_see_the_same() {
    let (stored, id) = in_force();
    let mut world = stored.world(1);
    let (alpha, bravo, envoy) = (world.node("alpha"), world.node("bravo"), world.node("alpha envoy"));
    let at = now(&world);
    let by_envoy =
        Request::IncidentOpen { id: id.clone(), of: None, at: at.clone(), clause: None, not_urgent: false };
    assert_eq!(kind_of(world.ask(envoy, by_envoy)), ErrorKind::Refused, "an envoy decides nothing");
    let about = |of: Option<&str>, at: &str, clause: Option<&str>| Request::IncidentOpen {
        id: id.clone(),
        of: of.map(str::to_owned),
        at: at.to_owned(),
        clause: clause.map(str::to_owned),
        not_urgent: false,
    };
    for (request, kind) in [
        (about(None, "2027-01-15", None), ErrorKind::Usage),
        (about(None, "2028-01-15T08:00:00Z", None), ErrorKind::Refused),
        (about(None, "2027-01-15T07:00:00Z", None), ErrorKind::Refused),
        (about(Some("Charlie"), &at, None), ErrorKind::Usage),
        (about(None, &at, Some("nowhere")), ErrorKind::NotFound),
    ] {
        assert_eq!(kind_of(world.ask(alpha, request)), kind);
    }
    let name = open(&mut world, "alpha", id, &at);
    assert!(world.until(20, |world| all_are(world, id, "in question")), "{:#?}", states(&mut world, id));
    assert_eq!(agree(&mut world, id)["in_effect"], true);
    assert!(world.until(5, |world| line_of(world, "bravo envoy", "in-question", "the brake holds")));
    assert!(world.until(30, |world| line_of(world, "bravo", "reply-soon", "has to explain incident")));
    assert!(world.until(30, |world| line_of(world, "alpha", "reply-overdue", "has not explained incident")));

    let clarify =
        |answer: &str| Request::IncidentClarify { id: name.clone(), answer: answer.to_owned(), remedy: true };
    assert_eq!(
        kind_of(world.ask(alpha, clarify("accident"))),
        ErrorKind::Refused,
        "it is Bravo's to explain"
    );
    assert_eq!(kind_of(world.ask(bravo, clarify("weather"))), ErrorKind::Usage);
    world.ok(bravo, clarify("individuals"));
    said(&mut world, "alpha", find(&name, true));
    said(&mut world, "alpha", find(&name, false));
    said(&mut world, "bravo", find(&name, false));
    world.run(12);
    let one = incident(&mut world, id);
    assert_eq!(
        (&one["clarified"]["answer"], &one["clarified"]["remedy"]),
        (&"individuals".into(), &true.into())
    );
    assert_eq!((&one["joint"]["intent"], &one["outcome"]), (&"accidental".into(), &Value::Null));
    assert_eq!(
        one["views"].as_object().map(serde_json::Map::len),
        Some(1),
        "a side's own view stands beside it"
    );

    assert_eq!(kind_of(world.ask(bravo, close(&name, "dropped"))), ErrorKind::Refused);
    world.ok(alpha, close(&name, "reaffirmed"));
    world.run(10);
    assert!(all_are(&mut world, id, "in question"), "one side closes nothing");
    world.ok(bravo, close(&name, "reaffirmed"));
    assert!(world.until(20, |world| all_are(world, id, "in effect")), "{:#?}", states(&mut world, id));
    world.run(10);
    assert_eq!(incident(&mut world, id)["outcome"], "reaffirmed");
    assert_eq!(kind_of(world.ask(alpha, close(&name, "reaffirmed"))), ErrorKind::Refused);
}

// INCIDENT-4
#[test]
fn p6_the_brake_holds_a_hasty_withdrawal_back_for_all_and_no_longer_than_its_time() {
    let (stored, id) = in_force();
    let mut world = stored.world(2);
    let effective = notice(&mut world, "bravo", id);
    world.run(10);
    let at = now(&world);
    open(&mut world, "alpha", id, &at);
    let held = |world: &mut World| {
        EVERYBODY.iter().all(|name| status(world, name, id)["held"] == effective.as_str())
    };
    assert!(world.until(30, held), "{}", story(&mut world));
    // Long past the instant of the notice it binds all the same.
    world.run(GRACE + 40);
    assert!(now(&world) > minutes_after(&effective, 1));
    assert_eq!(agree(&mut world, id)["state"], "in question");
    // A second one moves the end no further.
    let until = agree(&mut world, id)["until"].clone();
    let at = now(&world);
    open(&mut world, "alpha", id, &at);
    world.run(10);
    assert_eq!(agree(&mut world, id)["until"], until);
    assert!(
        world.until(BRAKE + GRACE, |world| all_are(world, id, "withdrawn")),
        "{:#?}",
        states(&mut world, id)
    );
    assert_eq!(agree(&mut world, id)["until"], until);
    assert!(line_of(&mut world, "alpha", "ended", "notice of withdrawal"));
}

// INCIDENT-4
#[test]
fn p6_no_relay_lets_a_restraint_lapse_by_being_away() {
    let (stored, id) = in_force();
    for (seed, killed) in [(3, false), (4, true)] {
        let mut world = stored.world(seed);
        let effective = notice(&mut world, "bravo", id);
        world.run(20);
        // Something explodes while the relay is down, and stays down until long after the notice takes effect.
        world.kill_relay();
        world.run(4);
        let at = now(&world);
        open(&mut world, "alpha", id, &at);
        while now(&world) < minutes_after(&effective, 20) {
            world.run(4);
        }
        if killed {
            let bravo = world.node("bravo");
            world.kill(bravo);
            world.start(bravo);
        }
        assert_eq!(status(&mut world, "bravo", id)["ending"], true, "nobody may take the end for certain");
        world.start_relay();
        assert!(world.until(40, |world| all_are(world, id, "in question")), "{:#?}", states(&mut world, id));
        assert_eq!(status(&mut world, "bravo", id)["held"], effective.as_str());
        // A process that starts again knows as well which beats the relay missed.
        let envoy = world.node("alpha envoy");
        world.kill(envoy);
        world.start(envoy);
        world.run(5);
        agree(&mut world, id);
        assert!(world.until(BRAKE + GRACE, |world| all_are(world, id, "withdrawn")));
        agree(&mut world, id);
    }
}

// INCIDENT-4, DEED-11
#[test]
fn p6_an_end_comes_without_an_incident_a_minute_after_its_instant_for_all() {
    let (stored, id) = in_force();
    let mut world = stored.world(5);
    let effective = notice(&mut world, "bravo", id);
    assert!(world.until(80, |world| status(world, "alpha", id)["ending"] == true), "{}", story(&mut world));
    assert_eq!(agree(&mut world, id)["in_effect"], true);
    assert!(world.until(GRACE + 4, |world| all_are(world, id, "withdrawn")), "{:#?}", states(&mut world, id));
    assert_eq!(agree(&mut world, id)["until"], effective.as_str());
    let alpha = world.node("alpha");
    let late =
        Request::IncidentOpen { id: id.clone(), of: None, at: now(&world), clause: None, not_urgent: false };
    assert_eq!(kind_of(world.ask(alpha, late)), ErrorKind::Refused);
}

// INCIDENT-4, DEED-11
#[test]
fn p6_incidents_around_an_end_leave_all_with_the_same_in_any_weather() {
    let (stored, id) = in_force();
    let mut states = std::collections::BTreeSet::new();
    for seed in 0..8 {
        let mut world = stored.world(200 + seed);
        notice(&mut world, "bravo", id);
        world.run(10);
        world.weather = Weather::drawn(seed);
        world.run(20 + seed);
        for name in ["alpha", "bravo"] {
            let node = world.node(name);
            let at = now(&world);
            let request =
                Request::IncidentOpen { id: id.clone(), of: None, at, clause: None, not_urgent: false };
            // In this weather a station may be down: what matters is that all see the same of it.
            let _ = world.ask(node, request);
            world.run(5 + seed);
        }
        world.run(40);
        world.clear_up();
        assert!(world.until(120, World::is_ready));
        world.run(BRAKE + 2 * GRACE);
        let end = agree(&mut world, id);
        let incidents: Vec<Value> =
            EVERYBODY.iter().map(|name| status(&mut world, name, id)["incidents"].clone()).collect();
        assert!(incidents.iter().all(|one| *one == incidents[0]), "seed {seed}: {incidents:#?}");
        states.insert((end["state"].to_string(), incidents[0].as_array().map_or(0, Vec::len)));
    }
    assert!(states.len() > 1, "{states:?}");
}

// INCIDENT-8, LADDER-1
#[test]
fn what_is_not_urgent_waits_for_its_set_time_and_a_ladder_opens_step_by_step() {
    let mut world = Stored::convened().world(73);
    let terms = "set_times = \"1h\"\nladder = { second-query = \"1m\", meeting = \"2m\", complaint = \"3m\" }\n[confidence]";
    let clauses = "[[clause]]\nid = \"set-times\"\nfrom = \"set-times\"\n[[clause]]\nid = \"ladder\"\nfrom = \"ladder\"\n";
    let file = format!("{}{clauses}", text().replace("[confidence]", terms));
    let (id, _) = approved_text(&mut world, file);
    settled(&mut world, &id);
    let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
    let at = now(&world);
    world.run(2);
    let request = Request::IncidentOpen { id: id.clone(), of: None, at, clause: None, not_urgent: true };
    let opened = world.ok(alpha, request);
    let opens = opened["opens"].as_str().expect("a set time").to_owned();
    let set = parse_rfc3339(&opens).expect("an instant");
    assert!(set.0.is_multiple_of(3_600_000) && set.0 > world.now.0, "{opens}");
    // Bravo is asked as well, and does not answer.
    let message = "codebook = \"standard\"\nnumber = 603".to_owned();
    let query = world.ok(alpha, Request::Notify { to: None, message, precedence: None, answers: None });
    let query = query["id"].as_str().expect("an id").to_owned();
    // Nothing of the incident is anywhere else before its time, and a restart forgets nothing.
    world.run(100);
    world.kill(alpha);
    world.start(alpha);
    let left = (set.0 - world.now.0) / 1000 - 5;
    world.run(left);
    for name in EVERYBODY {
        assert_eq!(status(&mut world, name, &id)["state"], "in effect", "{name}");
    }
    assert!(world.until(60, |world| all_are(world, &id, "in question")), "{:#?}", states(&mut world, &id));
    let mut seen = Vec::new();
    for _ in 0..700 {
        world.step();
        let all = world.ok(alpha, Request::QueryList { lang: None })["queries"].clone();
        let of = all.as_array().and_then(|all| all.iter().find(|one| one["id"] == query.as_str()).cloned());
        let steps = of.unwrap_or_default()["steps"].as_array().cloned().unwrap_or_default();
        let open = steps.iter().filter(|step| step["open"] == true).count();
        if seen.last() != Some(&open) {
            seen.push(open);
        }
    }
    assert_eq!(seen, [0, 1, 2, 3]);
    let told = lines(&mut world, alpha, "ladder");
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].contains("a second query may follow") && told[2].contains("a complaint"), "{told:?}");
    assert_eq!(lines(&mut world, bravo, "ladder"), Vec::<String>::new(), "it is for who asked");
}

// INCIDENT-8
#[test]
fn a_text_without_set_times_shows_every_incident_at_once() {
    let (stored, id) = in_force();
    let mut world = stored.world(74);
    let alpha = world.node("alpha");
    let at = now(&world);
    world.run(2);
    let request = Request::IncidentOpen { id: id.clone(), of: None, at, clause: None, not_urgent: true };
    assert_eq!(kind_of(world.ask(alpha, request)), ErrorKind::Refused);
}
