//! Any loss, delay, repetition, cut line and death of processes: all agree in the end, and no alarm is raised.

use backchannel_testkit::seeds;
use backchannel_testkit::stored::Stored;
use backchannel_testkit::weather::Weather;
use backchannel_testkit::world::World;

/// Prints what every station observed, for a run that is played again by its seed.
fn told(world: &mut World, seed: u64) {
    if std::env::var("BACKCHANNEL_SEED").is_ok() {
        println!("seed {seed}, {}", world.story());
    }
}

fn settle(world: &mut World, seed: u64) {
    world.clear_up();
    let calm = world.until(120, |world| {
        world.beat.0.is_multiple_of(4) && world.is_ready() && world.split_rooms().is_empty()
    });
    world.run(4);
    told(world, seed);
    assert!(calm, "seed {seed}: not everybody is in all rooms: {:?}", world.split_rooms());
    assert_eq!(world.split_rooms(), [], "seed {seed}: epochs");
    assert_eq!(world.forked_beats(), [], "seed {seed}: heads");
    assert_eq!(world.alarms(), [], "seed {seed}: alarms");
}

#[test]
fn all_agree_after_any_weather() {
    seeds::each("all_agree_after_any_weather", 800, |seed| {
        let mut world = Stored::convened().world(seed);
        world.weather = Weather::drawn(seed);
        world.run(60);
        settle(&mut world, seed);
    });
}

#[test]
fn a_channel_comes_together_from_nothing_in_any_weather() {
    seeds::each("a_channel_comes_together_from_nothing_in_any_weather", 40, |seed| {
        let mut world = World::convene(seed);
        world.weather = Weather::drawn(seed);
        world.run(80);
        settle(&mut world, seed);
        world.invite("alpha", "alpha envoy");
    });
}

// FRAME-9
#[test]
fn a_station_that_starts_again_within_a_beat_does_not_wonder_about_its_own_cell() {
    let mut world = Stored::convened().world(5);
    for at in 0..world.nodes.len() {
        world.relapse = Some(at);
        world.run(3);
    }
    assert_eq!(world.alarms(), []);
}
