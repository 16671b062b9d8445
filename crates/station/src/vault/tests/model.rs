//! The vault against a map, under any sequence of commits, locks, crashes and burns.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Step {
    Commit(Vec<(Key, Option<Vec<u8>>)>),
    Lock,
    Unlock,
    Reopen,
    Crash,
    BurnDay(u8, u32),
    BurnRoom(u8),
}

fn room(n: u8) -> RoomId {
    RoomId([n; 16])
}

fn keys() -> impl Strategy<Value = Key> {
    (0..2_u8, prop::option::of(0..2_u8), prop::option::of(0..2_u32), 0..3_u8).prop_map(
        |(space, in_room, day, id)| Key { space: Space(space), room: in_room.map(room), day, id: vec![id] },
    )
}

fn steps() -> impl Strategy<Value = Step> {
    let value = prop::option::weighted(0.7, prop::collection::vec(any::<u8>(), 0..700));
    prop_oneof![
        8 => prop::collection::vec((keys(), value), 0..5).prop_map(Step::Commit),
        2 => Just(Step::Lock),
        2 => Just(Step::Unlock),
        1 => Just(Step::Reopen),
        2 => Just(Step::Crash),
        1 => (0..2_u8, 0..2_u32).prop_map(|(room, day)| Step::BurnDay(room, day)),
        1 => (0..2_u8).prop_map(Step::BurnRoom),
    ]
}

struct Run {
    vault: Vault,
    home: tempfile::TempDir,
    model: BTreeMap<Key, Vec<u8>>,
}

impl Run {
    fn new() -> Self {
        let home = home();
        Self { vault: create(home.path()), home, model: BTreeMap::new() }
    }

    fn reopen(self, crash: bool) -> Self {
        let home = if crash { crashed(self.home.path()) } else { self.home };
        drop(self.vault);
        Self { vault: open(home.path()), home, model: self.model }
    }

    fn step(mut self, step: Step) -> Self {
        match step {
            Step::Commit(changes) => {
                let mut batch = Batch::new();
                for (key, value) in changes {
                    match value {
                        Some(value) => {
                            batch.put(key.clone(), value.clone());
                            self.model.insert(key, value);
                        }
                        None => {
                            batch.delete(key.clone());
                            self.model.remove(&key);
                        }
                    }
                }
                self.vault.commit(&batch).unwrap();
            }
            Step::Lock => self.vault.lock().unwrap(),
            Step::Unlock => self.vault.unlock(&right()).unwrap(),
            Step::Reopen => return self.reopen(false),
            Step::Crash => return self.reopen(true),
            Step::BurnDay(in_room, day) if !self.vault.is_locked() => {
                self.vault.burn_day(room(in_room), day, &Batch::new()).unwrap();
                self.model.retain(|key, _| (key.room, key.day) != (Some(room(in_room)), Some(day)));
            }
            Step::BurnRoom(in_room) if !self.vault.is_locked() => {
                self.vault.burn_room(room(in_room), &Batch::new()).unwrap();
                self.model.retain(|key, _| key.room != Some(room(in_room)));
            }
            Step::BurnDay(..) | Step::BurnRoom(_) => {}
        }
        self
    }

    fn check(&mut self) {
        if self.vault.is_locked() {
            return;
        }
        let mut held = BTreeMap::new();
        for space in [Space(0), Space(1)] {
            held.extend(
                self.vault.load(space).unwrap().into_iter().map(|(key, value)| (key, value.to_vec())),
            );
        }
        assert!(held == self.model);
        for (key, value) in &self.model {
            assert!(self.vault.get(key).unwrap().is_some_and(|held| *held == *value));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_vault_holds_what_a_map_holds(steps in prop::collection::vec(steps(), 1..25)) {
        let mut run = Run::new();
        for step in steps {
            run = run.step(step);
            run.check();
        }
        run = run.reopen(true);
        run.check();
    }
}
