//! Any loss, delay, repetition, cut line and death of processes: every dispatch is delivered once and in order.

mod claims;
mod claims_burned;
mod claims_told;
mod drafts;
mod files;
mod line;
mod route;
mod words;

use backchannel_accord::templated::{draft, house};
use backchannel_station::api::{Request, Response};
use backchannel_testkit::seeds;
use backchannel_testkit::stored::Stored;
use backchannel_testkit::traffic::Traffic;
use backchannel_testkit::weather::Weather;
use backchannel_testkit::world::World;

#[test]
fn a_dispatch_reaches_everybody_in_its_caucus() {
    let mut world = Stored::convened().world(3);
    let mut traffic = Traffic::default();
    for (from, to) in [("alpha", "intermediary"), ("bravo envoy", "intermediary"), ("intermediary", "alpha")]
    {
        let from = world.node(from);
        world.send(&mut traffic, from, to, "flash", 100);
        world.send(&mut traffic, from, to, "routine", 5_000);
    }
    assert_eq!(traffic.refused, Vec::<String>::new());
    assert!(world.until(40, World::is_delivered));
    world.run(2);
    world.check_delivered(&traffic).unwrap();
    assert_eq!(world.acknowledged(&traffic), traffic.sent);
}

fn restart_all(world: &mut World) {
    for at in 0..world.nodes.len() {
        world.kill(at);
        world.start(at);
    }
}

// TRANSPORT-5
#[test]
fn p9_every_dispatch_arrives_once_and_in_order_in_any_weather() {
    seeds::each("p9_every_dispatch_arrives_once_and_in_order_in_any_weather", 420, |seed| {
        let mut world = Stored::convened().world(seed);
        world.weather = Weather::drawn(seed);
        let mut traffic = Traffic::default();
        for _ in 0..40 {
            world.chatter(&mut traffic, 60);
            world.step();
        }
        world.run(20);
        assert_eq!(traffic.refused, Vec::<String>::new(), "seed {seed}");
        world.clear_up();
        let delivered = world
            .until(200, |world| world.beat.0.is_multiple_of(4) && world.is_delivered() && world.is_ready());
        assert!(delivered, "seed {seed}: not all is delivered");
        world.run(2);
        world.check_delivered(&traffic).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        assert_eq!(world.acknowledged(&traffic), traffic.sent, "seed {seed}");
        restart_all(&mut world);
        world
            .check_delivered(&traffic)
            .unwrap_or_else(|error| panic!("seed {seed}, after a restart: {error}"));
        assert_eq!(world.alarms(), [], "seed {seed}: alarms");
        assert_eq!(world.split_rooms(), [], "seed {seed}: epochs");
        assert_eq!(world.forked_beats(), [], "seed {seed}: heads");
    });
}

/// A line check as its sender's program writes it.
fn notification() -> String {
    let set = house().expect("the house's templates");
    let file = "template = \"line-check\"\n[fields]\nnumber = \"7\"\nmade = \"person\"\ntext = \"The harbour is quiet.\"";
    let message = draft::read(file, set).expect("a message").carried(set).write();
    let text = serde_json::Value::from(message);
    format!(
        "to = \"bravo\"\nform = \"notification\"\nprecedence = \"flash\"\n[[passage]]\ndisclosure = \"verbatim\"\ntext.zxx = {text}\n"
    )
}

// DESK-8
#[test]
fn a_notification_waits_for_no_sleeping_mediator_and_says_that_nobody_carried_it() {
    let mut world = Stored::convened().world(77);
    let (alpha, bravo, mediator) = (world.node("alpha"), world.node("bravo"), world.node("intermediary"));
    world.ok(mediator, Request::Lock {});
    world.run(2);
    let sent = world.ok(alpha, Request::Send { draft: notification() });
    let id = sent["id"].as_str().expect("an id").to_owned();
    let came = |world: &mut World| {
        let inbox = world.ok(bravo, Request::Inbox { unread: false });
        inbox["items"].as_array().and_then(|items| items.first()).map(|item| item["id"].clone())
    };
    assert!(world.until(12, |world| came(world).is_some()), "{}", world.story());
    let conveyed = came(&mut world).and_then(|id| id.as_str().map(str::to_owned)).expect("an id");
    let shown = world.ok(bravo, Request::Show { id: conveyed, lang: None });
    assert_eq!((&shown["unattended"], &shown["form"]), (&true.into(), &"notification".into()), "{shown}");
    assert_eq!(shown["passages"][0]["state"], "guarded, matched");
    let carried = |world: &mut World| {
        !world.ok(alpha, Request::Show { id: id.clone(), lang: None })["beats"]["conveyed"].is_null()
    };
    assert!(world.until(12, carried), "its sender is told");
    // It is carried once, also if the intermediary's station starts again and it comes again.
    world.kill(mediator);
    world.start(mediator);
    world.run(60);
    let inbox = world.ok(bravo, Request::Inbox { unread: false });
    assert_eq!(inbox["items"].as_array().map(Vec::len), Some(1));
    // What is no message is refused before it leaves.
    let wrong = notification().replace("backchannel message 1", "a message");
    assert!(matches!(world.ask(alpha, Request::Send { draft: wrong }), Response::Error(_)));
}
