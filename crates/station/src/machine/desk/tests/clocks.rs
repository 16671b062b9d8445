//! Query clocks where this machine's own clock is wrong, or is set.

use super::world::*;
use crate::api::Request;

const MINUTE: i64 = 60_000;

fn told(world: &mut World, kind: &str) -> usize {
    world.at(BRAVO).kinds().iter().filter(|one| **one == kind).count()
}

// CLOCK-2, CLOCK-3
#[test]
fn a_clock_that_is_wrong_changes_when_something_is_told_and_never_when_it_is_due() {
    let mut world = World::begun();
    let message = "codebook = \"standard\"\nnumber = 603".to_owned();
    let request = Request::Notify { to: Some("bravo".to_owned()), message, precedence: None, answers: None };
    world.ask(ALPHA_ENVOY, &request);
    world.beats(24);
    let query = |world: &mut World| {
        let all = world.ask(BRAVO, &Request::QueryList { lang: None })["queries"].clone();
        all[0]["clock"]["due"].clone()
    };
    let due = query(&mut world);
    assert!(due.is_string(), "{due}");
    let mut seen = Vec::new();
    // Half of the hour over, all of it, back, forward again.
    for shift in [31, 61, 0, 31, 61] {
        world.at(BRAVO).shift_ms = shift * MINUTE;
        world.beats(2);
        assert_eq!(query(&mut world), due, "{shift} minutes off");
        seen.push((told(&mut world, "reply-soon"), told(&mut world, "reply-overdue")));
    }
    assert_eq!(seen, [(1, 0), (1, 1), (1, 1), (1, 1), (1, 1)]);
    // A restart reckons the same, and says once more where it stands.
    world.at(BRAVO).restart();
    world.beats(2);
    assert_eq!(query(&mut world), due);
    assert_eq!((told(&mut world, "reply-soon"), told(&mut world, "reply-overdue")), (1, 2));
}
