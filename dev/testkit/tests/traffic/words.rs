//! Public words and exposure: each side's view, agreed lines, a published text beside the record.

use crate::line::{id_of, notify, show};
use backchannel_station::api::{Request, Response};
use backchannel_testkit::stored::Stored;
use backchannel_testkit::world::World;
use serde_json::Value;

fn statements(world: &mut World, name: &str) -> Value {
    let at = world.node(name);
    world.ok(at, Request::StatementList {})["statements"].clone()
}

fn mark(id: &str, view: &str) -> String {
    format!("template = \"statement-mark\"\n[fields]\nstatement = \"{id}\"\nview = \"{view}\"")
}

// PUBLIC-1, PUBLIC-2
#[test]
fn each_side_says_how_it_sees_a_statement_and_the_difference_is_seen_by_all() {
    let mut world = Stored::convened().world(311);
    let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
    let notice = "template = \"statement\"\n[fields]\ntime = \"2027-02-01T18:00Z\"\nwho = \"A minister\"\nsubstance = \"We fear nobody.\"\naudience = \"yes\"";
    world.ok(alpha, notify(notice, None, None));
    let listed = |world: &mut World| statements(world, "bravo")[0]["id"].is_string();
    assert!(world.until(60, listed), "{}", world.story());
    // Bravo marks it by the name under which it came.
    let here = statements(&mut world, "bravo")[0]["id"].as_str().expect("an id").to_owned();
    world.ok(bravo, notify(&mark(&here, "not-rhetoric"), None, None));
    let own = statements(&mut world, "alpha")[0]["id"].as_str().expect("an id").to_owned();
    world.ok(alpha, notify(&mark(&own, "rhetoric"), None, None));
    let all = ["alpha", "bravo", "bravo envoy", "intermediary"];
    let seen = |world: &mut World| all.iter().all(|name| statements(world, name)[0]["differ"] == true);
    assert!(world.until(80, seen), "{:#}", statements(&mut world, "bravo"));
    let marks = statements(&mut world, "bravo envoy")[0]["marks"].clone();
    assert_eq!(
        (&marks["alpha"]["view"], &marks["bravo"]["view"]),
        (&"rhetoric".into(), &"not-rhetoric".into())
    );
    // The later view of a side is its view.
    world.ok(bravo, notify(&mark(&here, "rhetoric"), None, None));
    let same = |world: &mut World| all.iter().all(|name| statements(world, name)[0]["differ"] == false);
    assert!(world.until(80, same), "{:#}", statements(&mut world, "alpha"));
}

// EXPOSE-1, EXPOSE-2
#[test]
fn lines_are_agreed_once_both_sent_the_same_and_a_leak_is_told_apart_from_the_record() {
    let mut world = Stored::convened().world(312);
    let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
    let exposed = "template = \"exposure\"\n[fields]\npublished = \"That we talk.\"\nwhere = \"A newspaper\"\ntime = \"2027-01-15T06:00Z\"";
    let id = id_of(&world.ok(bravo, notify(exposed, None, None)));
    let lines = |text: &str| {
        format!(
            "template = \"exposure-lines\"\n[fields]\nexposure = \"{id}\"\nexistence = \"{text}\"\ncontent = \"We say nothing of it.\""
        )
    };
    world.ok(bravo, notify(&lines("We do not comment."), None, None));
    let kit = |world: &mut World, name: &str| {
        let at = world.node(name);
        world.ok(at, Request::ExposureList {})
    };
    let came = |world: &mut World| kit(world, "alpha")["lines"][0]["said"][0].is_object();
    assert!(world.until(80, came), "{}", kit(&mut world, "alpha"));
    assert_eq!(kit(&mut world, "alpha")["lines"][0]["agreed"], false);
    assert_eq!(kit(&mut world, "alpha")["exposures"][0]["by"], "bravo");
    world.ok(alpha, notify(&lines("There is no such channel."), None, None));
    world.run(60);
    assert_eq!(kit(&mut world, "bravo")["lines"][0]["agreed"], false, "two lines are no agreed line");
    world.ok(alpha, notify(&lines("We do not comment."), None, None));
    let agreed = |world: &mut World| {
        ["alpha", "bravo", "alpha envoy", "intermediary"]
            .iter()
            .all(|name| kit(world, name)["lines"][0]["agreed"] == true)
    };
    assert!(world.until(80, agreed), "{}", kit(&mut world, "alpha"));
    // A published text beside the record.
    let text = "Bravo wrote: we say nothing of it. It promised to leave.".to_owned();
    let told = world.ok(alpha, Request::ExposureCompare { text: text.clone() });
    assert_eq!(told["stretches"][0]["words"], "we say nothing of it", "{told}");
    assert!(told["elsewhere"].to_string().contains("It promised to leave"), "{told}");
    world.ok(alpha, Request::Lock {});
    world.run(1);
    assert!(matches!(world.ask(alpha, Request::ExposureCompare { text }), Response::Error(_)));
}

// PUBLIC-3, TIMELY-3
#[test]
fn distances_are_compared_with_the_line_both_sides_named() {
    let mut world = Stored::convened().world(313);
    let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
    let line = "template = \"agreed-line\"\n[fields]\ntrack = \"36N 12E; 37N 12E\"";
    let test = "template = \"missile-flight-test\"\n[fields]\nclass = \"short range\"\nlaunch-window = \"2027-02-01T06:00Z included to 2027-02-03T06:00Z excluded\"\nlaunch-site = \"36.5N 12.2E\"\nimpact-area = \"circle 36.5N 15E 5km\"\ntrack = \"36.5N 14E; 36.5N 15E\"";
    let id = id_of(&world.ok(alpha, notify(test, None, None)));
    let beyond = |world: &mut World, name: &str| show(world, name, &id)["message"]["beyond"].clone();
    assert!(world.until(60, |world| beyond(world, "bravo")[0]["what"] == "no-line"), "{}", world.story());
    world.ok(alpha, notify(line, None, None));
    world.run(40);
    assert_eq!(beyond(&mut world, "bravo")[0]["what"], "no-line", "one side alone names none");
    world.ok(bravo, notify(line, None, None));
    let near = |world: &mut World, name: &str| beyond(world, name)[0]["what"] == "near";
    assert!(
        world.until(60, |world| near(world, "bravo") && near(world, "alpha")),
        "{}",
        beyond(&mut world, "bravo")
    );
    let told = beyond(&mut world, "bravo");
    assert_eq!(
        (told.as_array().map(Vec::len), &told[0]["field"], &told[0]["least"]),
        (Some(1), &"launch-site".into(), &40_000.into())
    );
    let metres = told[0]["metres"].as_u64().expect("metres");
    assert!((17_000..19_000).contains(&metres), "{metres}");
}
