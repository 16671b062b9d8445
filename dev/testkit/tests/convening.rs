//! A channel convened from nothing, on a virtual clock.

use backchannel_station::api::Request;
use backchannel_testkit::world::World;

fn ready(world: &mut World) -> bool {
    (0..world.nodes.len()).all(|at| {
        let status = world.ok(at, Request::Status {});
        let rooms = status["rooms"].as_array().cloned().unwrap_or_default();
        status["phase"] == "ready"
            && rooms.iter().all(|room| room["members"].as_array().is_some_and(|members| members.iter().all(|m| m["vouched"] == true)))
    })
}

#[test]
fn two_heads_and_the_intermediary_come_together() {
    let mut world = World::convene(1);
    let came = world.until(200, ready);
    for at in 0..world.nodes.len() {
        println!("{}", serde_json::to_string_pretty(&world.ok(at, Request::Status {})).unwrap());
        println!("{}", serde_json::to_string_pretty(&world.ok(at, Request::Watch { since: 0, timeout_ms: 0 })).unwrap());
    }
    println!("beat {}", world.beat);
    assert!(came);
}
