//! A channel convened from nothing, on a virtual clock.

use backchannel_testkit::stored::Stored;
use backchannel_testkit::world::World;

#[test]
fn two_heads_and_the_intermediary_come_together() {
    let mut world = World::convene(1);
    assert!(world.until(200, World::is_ready));
}

#[test]
fn a_channel_put_aside_goes_on_where_it_was() {
    let mut world = Stored::convened().world(1);
    let started = std::time::Instant::now();
    world.run(100);
    println!("{:?}", started.elapsed());
    assert!(world.is_ready());
}
