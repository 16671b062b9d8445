//! Who is shown who stands ready.

use super::cast::cast;
use super::world::World;
use backchannel_assurance::ceremony::{Author, Form, Message};
use backchannel_wire::PartyNo;

#[test]
fn who_stands_ready_is_known_to_heads_as_it_is_shown_to_them() {
    // JOINT-9, JOINT-10: the second party's proofs are lost; the first's arrive, so that the second deposits.
    let mut world = World::new(cast(Form::Joint, 2, 2));
    world.tamper = Box::new(|_, posts| {
        posts.retain(|post| !(post.author.party == PartyNo(2) && matches!(post.message, Message::Ready(..))));
    });
    let ready = |world: &World, of: Author| {
        world.stations[&of].ready().map(|all| all.into_iter().collect::<Vec<_>>())
    };
    assert_eq!(ready(&world, world.head(1)), Some(Vec::new()));
    world.run(30);
    assert_eq!(ready(&world, world.head(1)), Some(vec![PartyNo(1)]));
    assert_eq!(ready(&world, world.head(2)), Some(vec![PartyNo(1), PartyNo(2)]));
    let heads = [world.head(1), world.head(2)];
    let others: Vec<Author> = world.stations.keys().copied().filter(|one| !heads.contains(one)).collect();
    assert!(!others.is_empty() && others.iter().all(|one| ready(&world, *one).is_none()));
    let mut world = World::new(cast(Form::Gentle, 2, 2));
    assert_eq!(ready(&world, world.head(1)), None);
    world.run(20);
    assert!(world.stations.keys().all(|one| ready(&world, *one) == Some(vec![PartyNo(1), PartyNo(2)])));
}
