//! Designated-verifier proofs.

use super::{Case, flipped};
use crate::common::rng;
use crate::vectors::file::VectorFile;
use backchannel_assurance::*;
use backchannel_wire::ids;

pub fn cases() -> Vec<Case> {
    let rng = &mut rng(2);
    let (signer, key) = (SigningKey::generate(rng), VerifierKey::generate(rng));
    let announcement = key.announce(rng, b"room");
    let proven = announcement.check(b"room").unwrap();
    let proof = *dv::prove(rng, &signer, &proven, b"context").unwrap().as_bytes();
    let simulated = *dv::simulate(rng, &signer.public(), &key, b"context").unwrap().as_bytes();
    let good = VectorFile::new("dv", &proof)
        .with_hex("signer", signer.public().as_bytes())
        .with_hex("verifier", key.public().as_bytes())
        .with_hex("verifier-secret", &*key.expose())
        .with_hex("context", b"context")
        .with_hex("possession-context", b"room")
        .with_hex("possession", announcement.possession.as_bytes());
    let mut cases = of_good_form(&good, &simulated);
    cases.extend(refused_before_the_equations(&good));
    cases
}

fn of_good_form(good: &VectorFile, simulated: &[u8]) -> Vec<Case> {
    let rng = &mut rng(3);
    let with = |name: &str, value: &[u8]| good.clone().with_hex(name, value);
    let bare = good.clone().without("possession").without("possession-context");
    vec![
        ("good", "ok", "a proof by the signer", good.clone()),
        (
            "simulated",
            "ok",
            "a proof made by the verifier: it must pass, or the real one would convince outsiders",
            good.clone().with_body(simulated),
        ),
        ("other-context", "invalid", "another context", with("context", b"contexu")),
        ("empty-context", "invalid", "no context", with("context", b"")),
        (
            "other-signer",
            "invalid",
            "another signer",
            with("signer", SigningKey::generate(rng).public().as_bytes()),
        ),
        (
            "other-verifier",
            "invalid",
            "addressed to somebody else",
            bare.with_hex("verifier", VerifierKey::generate(rng).public().as_bytes()),
        ),
        ("bit-c0", "invalid", "one bit of c0 is flipped", good.clone().with_body(&flipped(&good.body, 0))),
        ("bit-c1", "invalid", "one bit of c1 is flipped", good.clone().with_body(&flipped(&good.body, 32))),
        ("bit-z0", "invalid", "one bit of z0 is flipped", good.clone().with_body(&flipped(&good.body, 64))),
        ("bit-z1", "invalid", "one bit of z1 is flipped", good.clone().with_body(&flipped(&good.body, 96))),
    ]
}

fn refused_before_the_equations(good: &VectorFile) -> Vec<Case> {
    let with = |name: &str, value: &[u8]| good.clone().with_hex(name, value);
    let mut order = ids::unhex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").unwrap();
    order.extend_from_slice(&good.body[32..]);
    let possession = flipped(&good.hex("possession"), 40);
    vec![
        ("order", "not-canonical", "c0 is the group's order, not below it", good.clone().with_body(&order)),
        ("ones", "not-canonical", "scalars of all ones", good.clone().with_body(&[0xff; 128])),
        (
            "same-key",
            "same-key",
            "signer and verifier are one: the proof would be a signature",
            good.clone().with_hex("signer", &good.hex("verifier")),
        ),
        ("signer-identity", "key-weak", "the signer's key is the identity", with("signer", &[0; 32])),
        ("verifier-identity", "key-weak", "the verifier's key is the identity", with("verifier", &[0; 32])),
        (
            "signer-negative",
            "key-not-canonical",
            "a ristretto255 encoding of a negative field element",
            with("signer", &flipped(&[0; 32], 0)),
        ),
        (
            "unproven",
            "not-possessed",
            "the verifier key comes with a false proof of possession",
            with("possession", &possession),
        ),
        (
            "possession-elsewhere",
            "not-possessed",
            "the proof of possession was made for another room",
            with("possession-context", b"another room"),
        ),
        ("short", "length", "a proof of 127 bytes", good.clone().with_body(&good.body[..127])),
    ]
}
