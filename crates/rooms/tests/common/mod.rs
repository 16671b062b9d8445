//! A room's members in one place, for tests.
#![allow(dead_code)]

use backchannel_rooms::{Change, Newcomer, Outcome, Received, RoomError, RoomGroup, Staged, Verified};
use backchannel_wire::{RoomId, SeatNo, UtcMs};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

pub const ROOM: RoomId = RoomId([7; 16]);
pub const NOW: UtcMs = UtcMs(1_790_000_000_000);

pub fn seat(n: u8) -> SeatNo {
    SeatNo::new(n).unwrap()
}

pub fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

pub struct Party {
    pub rng: ChaCha20Rng,
    pub members: Vec<RoomGroup>,
}

impl Party {
    /// A room whose members sit on seats 0 to `size` - 1, in that order.
    pub fn of(size: u8, seed: u64) -> Self {
        let mut rng = rng(seed);
        let founder = RoomGroup::found(&mut rng, NOW, ROOM, seat(0)).unwrap();
        let mut party = Self { rng, members: vec![founder] };
        (1..size).for_each(|n| party.add(0, n));
        party
    }

    pub fn newcomer(&mut self, n: u8) -> Newcomer {
        Newcomer::new(&mut self.rng, NOW, seat(n), ROOM).unwrap()
    }

    pub fn stage(&mut self, by: usize, change: &Change) -> Result<Staged, RoomError> {
        self.members[by].stage(change, b"note", &mut self.rng, NOW)
    }

    /// One member stages and applies a change; all others receive and apply it.
    pub fn change(&mut self, by: usize, change: &Change) -> (Staged, Outcome) {
        let staged = self.stage(by, change).unwrap();
        for (at, member) in self.members.iter_mut().enumerate().filter(|(_, member)| member.is_member()) {
            if at != by {
                let verified = commit(member.receive(&staged.commit));
                member.apply(verified).unwrap();
            }
        }
        let outcome = self.members[by].apply_staged().unwrap();
        (staged, outcome)
    }

    pub fn add(&mut self, by: usize, n: u8) {
        let newcomer = self.newcomer(n);
        let (staged, _) = self.change(by, &Change::Add { key_package: newcomer.key_package().to_vec() });
        self.members.push(RoomGroup::join(&newcomer, &staged.welcome.unwrap(), NOW).unwrap());
    }

    pub fn say(&mut self, by: usize, text: &[u8]) -> Vec<u8> {
        self.members[by].encrypt(text, &mut self.rng).unwrap()
    }

    /// All members hold the same epoch.
    pub fn check_agreement(&self) {
        let of = |member: &RoomGroup| {
            (
                member.epoch().unwrap(),
                member.epoch_authenticator().unwrap(),
                *member.cell_key().unwrap().expose(),
                member.members().unwrap(),
            )
        };
        let present: Vec<_> = self.members.iter().filter(|member| member.is_member()).collect();
        for pair in present.windows(2) {
            assert_eq!(of(pair[0]), of(pair[1]));
        }
    }

    /// Every member reads what every other says.
    pub fn check_talk(&mut self) {
        let present: Vec<_> = (0..self.members.len()).filter(|at| self.members[*at].is_member()).collect();
        for by in &present {
            let sender = self.members[*by].own_leaf().unwrap();
            let message = self.say(*by, b"words");
            for at in present.iter().filter(|at| *at != by) {
                let (from, text) = spoken(self.members[*at].receive(&message));
                assert_eq!((from, text.as_slice()), (sender.clone(), b"words".as_slice()));
            }
        }
    }
}

pub fn commit(received: Result<Received, RoomError>) -> Verified {
    match received {
        Ok(Received::Commit(verified)) => *verified,
        Ok(Received::Message { .. }) => panic!("a message, not a commit"),
        Err(error) => panic!("{error}"),
    }
}

pub fn spoken(received: Result<Received, RoomError>) -> (backchannel_rooms::Leaf, Vec<u8>) {
    match received {
        Ok(Received::Message { sender, plaintext }) => (sender, plaintext),
        Ok(Received::Commit(_)) => panic!("a commit, not a message"),
        Err(error) => panic!("{error}"),
    }
}

pub fn refused(received: Result<Received, RoomError>) -> RoomError {
    received.err().expect("it should have been refused")
}
