//! What stays in memory. The process reads its own memory, so what is looked for is kept masked.

use super::*;
use std::io::{Read, Seek, SeekFrom};

/// Bytes that are in memory only in disguise.
struct Masked(Vec<u8>);

impl Masked {
    fn new(secret: &[u8]) -> Self {
        Self(secret.iter().map(|byte| byte ^ 0xa5).collect())
    }

    fn is_at(&self, window: &[u8]) -> bool {
        window.iter().zip(&self.0).all(|(byte, masked)| byte ^ 0xa5 == *masked)
    }
}

/// How often a secret occurs in the writable memory of this process.
fn occurrences(secret: &Masked) -> usize {
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let mut memory = std::fs::File::open("/proc/self/mem").unwrap();
    let mut found = 0;
    for line in maps.lines().filter(|line| line.contains(" rw") && !line.contains("[v")) {
        let (from, to) = line.split_once(' ').unwrap().0.split_once('-').unwrap();
        let [from, to] = [from, to].map(|hex| u64::from_str_radix(hex, 16).unwrap());
        let mut region = vec![0; usize::try_from(to - from).unwrap()];
        memory.seek(SeekFrom::Start(from)).unwrap();
        // Another test's thread may have given the region back since.
        if memory.read_exact(&mut region).is_ok() {
            found += region.windows(secret.0.len()).filter(|window| secret.is_at(window)).count();
        }
        // The copy must not be found in its turn.
        region.fill(0);
        std::hint::black_box(&region);
    }
    found
}

#[test]
fn keys_leave_memory_when_the_vault_is_locked() {
    // VAULT-10
    let home = home();
    let mut vault = create(home.path());
    for day in 0..8 {
        put(&mut vault, key("a").in_room(ROOM).on_day(day), "one");
    }
    let State::Open(open) = &vault.state else { panic!("open") };
    let secrets: Vec<_> = std::iter::once(&open.vault_key.0[..])
        .chain([&open.stretched.secret[..]])
        .chain(open.keys.values().map(|key| key.bytes()))
        .map(Masked::new)
        .collect();
    for (n, secret) in secrets.iter().enumerate() {
        assert!(occurrences(secret) > 0, "secret {n}");
    }
    vault.lock().unwrap();
    for (n, secret) in secrets.iter().enumerate() {
        assert_eq!(occurrences(secret), 0, "secret {n}");
    }
}
