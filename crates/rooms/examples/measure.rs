//! Prints the sizes and times of a room's operations, for 2, 4, 8 and 16 members.

use backchannel_rooms::{Change, Changes, Newcomer, Received, RoomGroup, Staged};
use backchannel_wire::{RoomId, SeatNo, UtcMs};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::time::Instant;

const NOW: UtcMs = UtcMs(1_790_000_000_000);
const ROOM: RoomId = RoomId([7; 16]);
const OK: &str = "an honest room refuses nothing";
const TIMES: u32 = 20;

fn main() {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    for size in [2, 4, 8, 16] {
        println!("{size} members");
        let mut members = grow(&mut rng, size);
        let fresh = update(&mut members, &mut rng, 0);
        for by in 0..members.len() {
            update(&mut members, &mut rng, by);
        }
        let full = update(&mut members, &mut rng, 0);
        println!("  update commit {fresh} bytes after adds, {full} when all have updated");
        println!("  whole state {} bytes", members[0].to_bytes().len());
        messages(&mut members, &mut rng);
        commits(&mut members, &mut rng);
    }
}

#[expect(clippy::disallowed_methods, reason = "measuring needs a clock; nothing in the crate depends on it")]
fn timed<T>(name: &str, mut act: impl FnMut() -> T) -> T {
    let start = Instant::now();
    for _ in 1..TIMES {
        act();
    }
    let last = act();
    println!("  {name}: {:.2} ms", start.elapsed().as_secs_f64() * 1000.0 / f64::from(TIMES));
    last
}

fn bytes(changes: &Changes) -> usize {
    changes.iter().map(|(key, row)| key.len() + row.as_ref().map_or(0, |row| row.len())).sum()
}

fn apply(member: &mut RoomGroup, commit: &[u8]) {
    match member.receive(commit).expect(OK) {
        Received::Commit(verified) => member.apply(*verified).expect(OK),
        Received::Message { .. } => panic!("not a commit"),
    };
}

/// One member's change, applied by all.
fn change(members: &mut [RoomGroup], rng: &mut ChaCha20Rng, by: usize, change: &Change) -> Staged {
    let staged = members[by].stage(change, b"", rng, NOW).expect(OK);
    members[by].apply_staged().expect(OK);
    for (_, member) in members.iter_mut().enumerate().filter(|(at, _)| *at != by) {
        apply(member, &staged.commit);
    }
    staged
}

fn update(members: &mut [RoomGroup], rng: &mut ChaCha20Rng, by: usize) -> usize {
    change(members, rng, by, &Change::Update).commit.len()
}

fn grow(rng: &mut ChaCha20Rng, size: u8) -> Vec<RoomGroup> {
    let seat = |n| SeatNo::new(n).expect(OK);
    let mut members = vec![RoomGroup::found(rng, NOW, ROOM, seat(0)).expect(OK)];
    for n in 1..size {
        let newcomer = Newcomer::new(rng, NOW, seat(n), ROOM).expect(OK);
        let add = Change::Add { key_package: newcomer.key_package().to_vec() };
        let staged = change(&mut members, rng, 0, &add);
        let welcome = staged.welcome.expect(OK);
        members.push(RoomGroup::join(&newcomer, &welcome, NOW).expect(OK));
        if n + 1 == size {
            let sizes = (newcomer.key_package().len(), staged.commit.len(), welcome.len());
            println!("  key package {} bytes, add commit {}, welcome {}", sizes.0, sizes.1, sizes.2);
            timed("newcomer", || Newcomer::new(rng, NOW, seat(n), ROOM).is_ok());
            timed("join", || RoomGroup::join(&newcomer, &welcome, NOW).is_ok());
        }
    }
    members
}

fn messages(members: &mut [RoomGroup], rng: &mut ChaCha20Rng) {
    members.iter().for_each(|member| drop(member.take_changes()));
    let mut sent = Vec::new();
    timed("encrypt 1024 bytes", || sent.push(members[0].encrypt(&[1; 1024], rng).expect(OK)));
    println!("  message {} bytes, changes {} bytes", sent[0].len(), bytes(&members[0].take_changes()));
    let mut next = sent.iter();
    timed("receive a message", || members[1].receive(next.next().expect(OK)).is_ok());
    println!("  changes {} bytes", bytes(&members[1].take_changes()));
    timed("refuse a message", || members[1].receive(&sent[0]).is_ok());
}

fn commits(members: &mut [RoomGroup], rng: &mut ChaCha20Rng) {
    let state = members[1].to_bytes();
    timed("load", || RoomGroup::from_bytes(&state).is_ok());
    timed("stage and drop an update", || {
        members[0].stage(&Change::Update, b"", rng, NOW).expect(OK);
        members[0].drop_staged().expect(OK);
    });
    members[0].take_changes();
    let staged = members[0].stage(&Change::Update, b"", rng, NOW).expect(OK);
    println!("  staged: changes {} bytes", bytes(&members[0].take_changes()));
    timed("receive a commit", || members[1].receive(&staged.commit).is_ok());
    let state = members[0].to_bytes();
    timed("load and apply the staged update", || {
        RoomGroup::from_bytes(&state).expect(OK).apply_staged().expect(OK)
    });
    members[0].apply_staged().expect(OK);
    println!("  applied: changes {} bytes", bytes(&members[0].take_changes()));
    timed("cell key", || members[0].cell_key().is_ok());
}
