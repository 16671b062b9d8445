//! Any loss, delay, repetition, cut line and death of processes: every dispatch is delivered once and in order.

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
