//! Tests that need the inside: members that break the rules, and a look at what is stored.

mod erasure;
mod rogue;
mod rules;

use crate::{Change, Newcomer, Received, RoomError, RoomGroup};
use backchannel_wire::{RoomId, SeatNo, UtcMs};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

const ROOM: RoomId = RoomId([7; 16]);
const NOW: UtcMs = UtcMs(1_790_000_000_000);

fn seat(n: u8) -> SeatNo {
    SeatNo::new(n).unwrap()
}

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(1)
}

/// For keys that meet those of [`rng`] in one room.
fn other_rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(2)
}

/// Two honest members on seats 0 and 1.
fn pair(rng: &mut ChaCha20Rng) -> (RoomGroup, RoomGroup) {
    let mut first = RoomGroup::found(rng, NOW, ROOM, seat(0)).unwrap();
    let newcomer = Newcomer::new(rng, NOW, seat(1), ROOM).unwrap();
    let change = Change::Add { key_package: newcomer.key_package().to_vec() };
    let staged = first.stage(&change, b"", rng, NOW).unwrap();
    first.apply_staged().unwrap();
    let second = RoomGroup::join(&newcomer, &staged.welcome.unwrap(), NOW).unwrap();
    (first, second)
}

fn apply(member: &mut RoomGroup, commit: &[u8]) {
    let Ok(Received::Commit(verified)) = member.receive(commit) else { panic!("refused") };
    member.apply(*verified).unwrap();
}

fn refused(received: Result<Received, RoomError>) -> RoomError {
    received.err().expect("it should have been refused")
}
