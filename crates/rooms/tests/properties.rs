//! Whatever members do, in whatever order: those who apply the same commits agree, and read each other.

mod common;

use backchannel_rooms::{Change, Observed, RoomGroup};
use common::*;
use proptest::prelude::*;
use zeroize::Zeroizing;

#[derive(Clone, Debug)]
enum Act {
    Update { by: usize },
    Add { by: usize, seat: u8 },
    Remove { by: usize, seat: u8 },
    Replace { by: usize, seat: u8 },
    Psk { by: usize },
    Race { one: usize, two: usize },
    Say { by: usize, times: u8 },
    Lose { by: usize, times: u8 },
    Restart { at: usize },
    DropStaged { by: usize },
}

fn act() -> impl Strategy<Value = Act> {
    let who = 0..16usize;
    prop_oneof![
        who.clone().prop_map(|by| Act::Update { by }),
        (who.clone(), 0..6u8).prop_map(|(by, seat)| Act::Add { by, seat }),
        (who.clone(), 0..6u8).prop_map(|(by, seat)| Act::Remove { by, seat }),
        (who.clone(), 0..6u8).prop_map(|(by, seat)| Act::Replace { by, seat }),
        who.clone().prop_map(|by| Act::Psk { by }),
        (who.clone(), who.clone()).prop_map(|(one, two)| Act::Race { one, two }),
        (who.clone(), 1..8u8).prop_map(|(by, times)| Act::Say { by, times }),
        (who.clone(), 1..8u8).prop_map(|(by, times)| Act::Lose { by, times }),
        who.clone().prop_map(|at| Act::Restart { at }),
        who.prop_map(|by| Act::DropStaged { by }),
    ]
}

/// The members, in any order.
struct World {
    party: Party,
}

impl World {
    fn who(&self, at: usize) -> usize {
        at % self.party.members.len()
    }

    fn holder(&self, n: u8) -> Option<usize> {
        self.party.members.iter().position(|member| member.own_leaf().unwrap().seat == seat(n))
    }

    /// All others receive and apply, then the author; who was removed is gone.
    fn change(&mut self, by: usize, change: &Change) -> Option<Vec<u8>> {
        let (staged, _) = self.party.change(by, change);
        self.party.members.retain(RoomGroup::is_member);
        staged.welcome
    }

    fn run(&mut self, act: &Act) {
        match *act {
            Act::Update { by } => drop(self.change(self.who(by), &Change::Update)),
            Act::Add { by, seat } => self.add(self.who(by), seat),
            Act::Remove { by, seat } => self.remove(self.who(by), seat),
            Act::Replace { by, seat } => self.replace(self.who(by), seat),
            Act::Psk { by } => self.psk(self.who(by)),
            Act::Race { one, two } => self.race(self.who(one), self.who(two)),
            Act::Say { by, times } => self.say(self.who(by), times),
            Act::Lose { by, times } => {
                let by = self.who(by);
                (0..times).for_each(|_| drop(self.party.say(by, b"lost")));
            }
            Act::Restart { at } => {
                let at = self.who(at);
                self.party.members[at] = RoomGroup::from_bytes(&self.party.members[at].to_bytes()).unwrap();
            }
            Act::DropStaged { by } => {
                let by = self.who(by);
                self.party.stage(by, &Change::Update).unwrap();
                self.party.members[by].drop_staged().unwrap();
            }
        }
    }

    fn add(&mut self, by: usize, n: u8) {
        let newcomer = self.party.newcomer(n);
        let change = Change::Add { key_package: newcomer.key_package().to_vec() };
        if self.holder(n).is_some() {
            // ROOM-4
            assert!(self.party.stage(by, &change).is_err());
            return;
        }
        let welcome = self.change(by, &change).unwrap();
        self.party.members.push(RoomGroup::join(&newcomer, &welcome, NOW).unwrap());
    }

    fn remove(&mut self, by: usize, n: u8) {
        let change = Change::Remove { seat: seat(n) };
        match self.holder(n) {
            Some(at) if at != by => drop(self.change(by, &change)),
            // ROOM-14
            _ => assert!(self.party.stage(by, &change).is_err()),
        }
    }

    fn replace(&mut self, by: usize, n: u8) {
        let newcomer = self.party.newcomer(n);
        let change = Change::Replace { seat: seat(n), key_package: newcomer.key_package().to_vec() };
        match self.holder(n) {
            Some(at) if at != by => {
                let welcome = self.change(by, &change).unwrap();
                self.party.members.push(RoomGroup::join(&newcomer, &welcome, NOW).unwrap());
            }
            _ => assert!(self.party.stage(by, &change).is_err()),
        }
    }

    fn psk(&mut self, by: usize) {
        let secret = Zeroizing::new([9; 32]);
        self.party.members.iter_mut().for_each(|member| member.add_psk(b"words", &secret).unwrap());
        self.change(by, &Change::Psk { id: b"words".to_vec() });
    }

    /// Two stage in one epoch; the first one's commit is seen first by all.
    fn race(&mut self, one: usize, two: usize) {
        if one == two {
            return;
        }
        let first = self.party.stage(one, &Change::Update).unwrap();
        let second = self.party.stage(two, &Change::Update).unwrap();
        for (at, member) in self.party.members.iter_mut().enumerate() {
            if at == one {
                member.apply_staged().unwrap();
            } else {
                let verified = commit(member.receive(&first.commit));
                assert_eq!(verified.observed(), &Observed::Updated);
                member.apply(verified).unwrap();
            }
            assert!(!member.has_staged());
            assert!(member.receive(&second.commit).is_err());
        }
    }

    fn say(&mut self, by: usize, times: u8) {
        for n in 0..times {
            let message = self.party.say(by, &[n]);
            for (_, member) in self.party.members.iter_mut().enumerate().filter(|(at, _)| *at != by) {
                assert_eq!(spoken(member.receive(&message)).1, [n]);
                assert!(member.receive(&message).is_err(), "a message is taken once");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn members_agree_after_any_history(seed in any::<u64>(), acts in proptest::collection::vec(act(), 1..16)) {
        let mut world = World { party: Party::of(3, seed) };
        for act in &acts {
            world.run(act);
            world.party.check_agreement();
        }
        world.party.check_talk();
    }
}
