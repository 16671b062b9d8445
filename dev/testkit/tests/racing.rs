//! Many stations change a room at once: the first commit wins everywhere, and every change comes about in the end.

use backchannel_station::api::{Request, Response};
use backchannel_testkit::seeds;
use backchannel_testkit::stored::Stored;
use backchannel_testkit::weather::Weather;
use backchannel_testkit::world::World;

/// Plays until every room's members agree, at most so many beats.
fn agree(world: &mut World, beats: u64) -> bool {
    world.until(beats, |world| {
        world.beat.0.is_multiple_of(4) && world.split_rooms().is_empty() && world.is_ready()
    })
}

// ROOM-20
#[test]
fn changes_of_both_sides_at_once_are_taken_alike_by_all() {
    seeds::each("changes_of_both_sides_at_once_are_taken_alike_by_all", 40, |seed| {
        let mut world = Stored::convened().world(seed);
        world.weather = Weather::drawn(seed);
        let mut newcomers = Vec::new();
        for head in ["alpha", "bravo"] {
            let at = world.node(head);
            let name = format!("{head} second");
            let add = Request::DelegationAdd { role: "observer".to_owned(), label: name.clone() };
            if let Response::Ok(value) = world.ask(at, add) {
                newcomers.push((name, value["invitation"].as_str().expect("an invitation").to_owned()));
            }
            let leave =
                Request::DelegationRemove { member: format!("{head} envoy"), reason: "recalled".to_owned() };
            world.ask(at, leave);
        }
        for (name, invitation) in &newcomers {
            world.accept(name, invitation);
        }
        world.run(50);
        world.clear_up();
        world.run(60);
        for name in ["alpha envoy", "bravo envoy"] {
            let at = world.node(name);
            world.kill(at);
            world.nodes.remove(at);
        }
        let agreed = agree(&mut world, 260);
        if std::env::var("BACKCHANNEL_SEED").is_ok() {
            println!("{}", world.story());
        }
        assert!(agreed, "seed {seed}: {:?}", world.split_rooms());
        assert_eq!(world.forked_beats(), [], "seed {seed}: heads");
        let never = ["FORK", "ALTERED-CELL", "ALTERED", "CHAIN", "RESTORED"];
        let wrong: Vec<_> =
            world.alarms().into_iter().filter(|alarm| never.contains(&alarm.name.as_str())).collect();
        assert_eq!(wrong, [], "seed {seed}");
    });
}

// ROOM-19
#[test]
fn scheduled_updates_of_everybody_are_taken_alike_by_all() {
    seeds::each("scheduled_updates_of_everybody_are_taken_alike_by_all", 4, |seed| {
        let mut world = Stored::convened().world(seed);
        let before = world.epochs();
        world.run(720);
        world.weather = Weather::drawn(seed);
        world.run(60);
        world.clear_up();
        assert!(agree(&mut world, 120), "seed {seed}: {:?}", world.split_rooms());
        for (room, epochs) in world.epochs() {
            let past = before[&room].values().max();
            assert!(epochs.values().max() > past, "seed {seed}: {room} was not updated");
        }
        assert_eq!(world.alarms(), [], "seed {seed}");
    });
}
