//! A channel convened once and put aside, so that most runs need not begin from nothing.

use crate::weather::Weather;
use crate::world::{Durable, MakeHooks, World, settings};
use backchannel_relay::engine::Engine;
use backchannel_relay::hooks::Faithful;
use backchannel_relay::store::MemoryStore;
use backchannel_station::api::Request;
use backchannel_wire::{Beat, UtcMs};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use serde_json::Value as Json;
use std::sync::OnceLock;

/// Beats within which a channel of three stations comes together, and each further delegate joins.
const JOINING_BEATS: u64 = 200;

/// A relay's store and the stations' vaults at one moment, all processes down.
#[derive(Clone)]
pub struct Stored {
    relay: MemoryStore,
    nodes: Vec<(String, Durable)>,
    now: UtcMs,
    t0: UtcMs,
    beat_ms: u32,
    beat: Beat,
}

impl Stored {
    /// The channel all runs may start from: two delegations of two, everybody vouched for, verified by envoy words.
    pub fn convened() -> &'static Self {
        static CONVENED: OnceLock<Stored> = OnceLock::new();
        CONVENED.get_or_init(|| {
            let mut world = World::convene(0xbac0);
            assert!(world.until(JOINING_BEATS, World::is_ready), "the heads did not come together");
            world.invite("alpha", "alpha envoy");
            world.invite("bravo", "bravo envoy");
            world.verify_by_words();
            // A while of silence, so that nothing of the convening is under way.
            world.run(40);
            world.put_aside()
        })
    }

    /// Starts everything again, the rest of the run drawn from `seed`.
    pub fn world(&self, seed: u64) -> World {
        self.world_with(seed, || Box::new(Faithful))
    }

    /// As [`Self::world`], with a relay that may be faithless.
    pub fn world_with(&self, seed: u64, hooks: MakeHooks) -> World {
        let relay = Engine::new(self.relay.clone(), settings(self.beat_ms), hooks(), self.now)
            .expect("memory does not fail");
        let mut world = World::empty(Some(relay), ChaCha20Rng::seed_from_u64(seed), self.t0, hooks);
        world.now = self.now;
        world.beat_ms = self.beat_ms;
        world.beat = self.beat;
        for (name, durable) in &self.nodes {
            world.add_stopped(name, durable.clone());
        }
        for at in 0..world.nodes.len() {
            world.start(at);
        }
        world
    }
}

impl World {
    /// Everybody is in all rooms, and everybody there is vouched for.
    pub fn is_ready(&mut self) -> bool {
        (0..self.nodes.len()).all(|at| {
            let status = self.ok(at, Request::Status {});
            let rooms = status["rooms"].as_array().cloned().unwrap_or_default();
            let vouched = |room: &Json| {
                room["members"].as_array().is_some_and(|members| members.iter().all(|m| m["vouched"] == true))
            };
            status["phase"] == "ready" && rooms.iter().all(vouched)
        })
    }

    /// A head invites an envoy, who accepts on a station of that name and joins.
    pub fn invite(&mut self, head: &str, name: &str) -> usize {
        let head = self.node(head);
        let add = Request::DelegationAdd { role: "envoy".to_owned(), label: name.to_owned() };
        let invitation = self.ok(head, add)["invitation"].as_str().expect("an invitation").to_owned();
        let at = self.accept(name, &invitation);
        assert!(self.until(JOINING_BEATS, Self::is_ready), "{name} did not join");
        at
    }

    fn verify_by_words(&mut self) {
        let (alpha, bravo) = (self.node("alpha"), self.node("bravo"));
        let words = self.ok(alpha, Request::VerifyWordsNew {})["words"].as_str().expect("words").to_owned();
        self.ok(bravo, Request::VerifyWordsEnter { words });
        let verified = self.until(JOINING_BEATS, |world| {
            ["alpha", "alpha envoy", "bravo", "bravo envoy"].iter().all(|name| {
                let at = world.node(name);
                world.ok(at, Request::Status {})["verified"]["alpha-bravo"]["state"] == "envoy words"
            })
        });
        assert!(verified, "the envoy words were not taken in");
    }

    /// Stops everything and gives back what is durable.
    pub fn put_aside(mut self) -> Stored {
        self.weather = Weather::fair();
        for at in 0..self.nodes.len() {
            self.kill(at);
        }
        self.kill_relay();
        Stored {
            relay: self.store.take().expect("the relay left its store"),
            nodes: self.nodes.into_iter().map(|node| (node.name, node.durable)).collect(),
            now: self.now,
            t0: self.t0,
            beat_ms: self.beat_ms,
            beat: self.beat,
        }
    }
}
