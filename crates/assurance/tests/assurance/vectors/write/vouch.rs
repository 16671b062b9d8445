//! Vouches.

use super::{Case, flipped};
use crate::common::{rng, seat};
use crate::vectors::file::VectorFile;
use backchannel_assurance::vouch::{End, Statement, vouch};
use backchannel_assurance::*;

pub fn cases() -> Vec<Case> {
    let rng = &mut rng(1);
    let (author, recipient) = (IdentityKey::generate(rng), IdentityKey::generate(rng));
    let end = |n: u8| End { seat: seat(n), leaf_key: [0x10 + n; 32], roster: RosterHead([0x20 + n; 32]) };
    let statement = Statement { group_id: &[0xaa; 16], author: end(1), recipient: end(2) };
    let made = vouch(&author, &recipient.public(), &statement).unwrap();
    let good = VectorFile::new("vouch", &made.0)
        .with_hex("author-ik", author.public().as_bytes())
        .with_hex("recipient-ik-secret", &*recipient.expose())
        .with_hex("group-id", statement.group_id)
        .with("author-seat", "1")
        .with("recipient-seat", "2")
        .with_hex("author-leaf", &statement.author.leaf_key)
        .with_hex("recipient-leaf", &statement.recipient.leaf_key)
        .with_hex("author-roster", statement.author.roster.as_bytes())
        .with_hex("recipient-roster", statement.recipient.roster.as_bytes());
    let turned = good
        .clone()
        .with_hex("author-ik", recipient.public().as_bytes())
        .with_hex("recipient-ik-secret", &*author.expose());
    let mut cases = of_good_keys(&good, turned);
    cases.extend(refused_before_the_mac(&good, recipient.public()));
    cases
}

fn of_good_keys(good: &VectorFile, turned: VectorFile) -> Vec<Case> {
    let with = |name: &str, value: &[u8]| good.clone().with_hex(name, value);
    vec![
        ("good", "ok", "a vouch as its author made it", good.clone()),
        ("bit", "invalid", "one bit of the MAC is flipped", good.clone().with_body(&flipped(&good.body, 31))),
        ("other-group", "invalid", "another group id", with("group-id", &[0xab; 16])),
        ("other-seat", "invalid", "the author sits elsewhere", good.clone().with("author-seat", "3")),
        ("other-author-leaf", "invalid", "the author's leaf was replaced", with("author-leaf", &[0x77; 32])),
        (
            "replayed",
            "invalid",
            "the recipient has a fresh leaf: a vouch to the old one is a replay",
            with("recipient-leaf", &[0x78; 32]),
        ),
        (
            "other-author-roster",
            "invalid",
            "the author's roster moved on",
            with("author-roster", &[0x79; 32]),
        ),
        (
            "other-recipient-roster",
            "invalid",
            "the recipient's roster moved on",
            with("recipient-roster", &[0x7a; 32]),
        ),
        ("turned", "invalid", "the pair's key is the same in both directions, the vouch is not", turned),
    ]
}

fn refused_before_the_mac(good: &VectorFile, own: IkPublic) -> Vec<Case> {
    let with = |name: &str, value: &[u8]| good.clone().with_hex(name, value);
    let mut high = good.hex("author-ik");
    high[31] |= 0x80;
    vec![
        ("one-seat", "not-a-pair", "both ends in one seat", good.clone().with("author-seat", "2")),
        (
            "one-leaf",
            "not-a-pair",
            "both ends are one leaf",
            with("author-leaf", &good.hex("recipient-leaf")),
        ),
        ("long-group", "not-a-pair", "a group id above its bound", with("group-id", &[0xaa; 65])),
        ("own-key", "key-own", "the author's key is the recipient's own", with("author-ik", own.as_bytes())),
        (
            "weak-key",
            "key-weak",
            "the author's key makes every shared secret zero",
            with("author-ik", &[0; 32]),
        ),
        (
            "high-bit",
            "key-not-canonical",
            "the author's key with a bit that X25519 would ignore",
            with("author-ik", &high),
        ),
        ("short", "length", "a MAC of 31 bytes", good.clone().with_body(&good.body[..31])),
    ]
}
