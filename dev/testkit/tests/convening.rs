//! A channel convened from nothing, on a virtual clock.

use backchannel_station::api::{Request, Response};
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
    world.run(100);
    assert!(world.is_ready());
}

/// A delegate invited in the very first beats, before the heads have heard each other's verifier keys: its roster version
/// is shown again with the proof that was missing at first.
#[test]
fn delegates_may_come_as_soon_as_their_heads_are_there() {
    for seed in 0..12 {
        let mut world = World::convene(seed);
        let mut waiting = vec!["alpha", "bravo"];
        let came = world.until(300, |world| {
            waiting.retain(|head| !invite(world, head));
            waiting.is_empty() && world.is_ready()
        });
        assert!(came, "seed {seed}: somebody did not come in");
    }
}

fn invite(world: &mut World, head: &str) -> bool {
    let at = world.node(head);
    let request = Request::DelegationAdd { role: "envoy".to_owned(), label: "envoy".to_owned() };
    let Response::Ok(answer) = world.ask(at, request) else { return false };
    let invitation = answer["invitation"].as_str().unwrap_or_default().to_owned();
    world.accept(&format!("{head} envoy"), &invitation);
    true
}
