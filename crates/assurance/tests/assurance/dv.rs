use crate::common::{rng, verifier};
use backchannel_assurance::dv::{DvError, prove, simulate, verify};
use backchannel_assurance::possession::NotPossessed;
use backchannel_assurance::{DvProof, Possession, SigningKey, VerifierAnnouncement, VerifierKey};
use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::{RistrettoPoint, Scalar};
use proptest::prelude::*;
use sha2::{Digest, Sha512};

const CTX: &[u8] = b"context";

#[test]
fn a_proof_convinces_its_verifier() {
    let signer = SigningKey::generate(&mut rng(1));
    let (_, d) = verifier(2);
    let proof = prove(&mut rng(3), &signer, &d, CTX).unwrap();
    assert_eq!(verify(&proof, &signer.public(), d.key(), CTX), Ok(()));
}

#[test]
fn the_verifier_itself_can_make_every_proof() {
    // DV-5
    let signer = SigningKey::generate(&mut rng(1));
    let (key, d) = verifier(2);
    for seed in 0..20 {
        let simulated = simulate(&mut rng(seed), &signer.public(), &key, CTX).unwrap();
        assert_eq!(verify(&simulated, &signer.public(), d.key(), CTX), Ok(()));
    }
}

/// Counts of set bits by position over many proofs, in either way of making them.
fn bits(make: impl Fn(u64) -> DvProof) -> Vec<u32> {
    let mut counts = vec![0; DvProof::LEN * 8];
    for seed in 0..400 {
        let proof = make(seed);
        for (place, count) in counts.iter_mut().enumerate() {
            *count += u32::from(proof.as_bytes()[place / 8] >> (place % 8) & 1);
        }
    }
    counts
}

#[test]
fn real_and_simulated_proofs_are_shaped_alike() {
    // DV-5
    let signer = SigningKey::generate(&mut rng(1));
    let (key, d) = verifier(2);
    let real = bits(|seed| prove(&mut rng(1000 + seed), &signer, &d, CTX).unwrap());
    let simulated = bits(|seed| simulate(&mut rng(5000 + seed), &signer.public(), &key, CTX).unwrap());
    for (place, (a, b)) in real.iter().zip(&simulated).enumerate() {
        // Seven standard deviations of the difference of two counts of 400 fair bits, for seeds that do not change.
        assert!(a.abs_diff(*b) < 100, "bit {place}: {a} and {b}");
    }
}

/// The check of the page, in its own words.
fn check_of_the_page(proof: &[u8; 128], s: &[u8; 32], d: &[u8; 32], ctx: &[u8]) -> bool {
    let scalar = |n: usize| Scalar::from_canonical_bytes(proof[n * 32..][..32].try_into().unwrap()).unwrap();
    let point = |bytes: &[u8; 32]| CompressedRistretto(*bytes).decompress().unwrap();
    let (c0, c1, z0, z1) = (scalar(0), scalar(1), scalar(2), scalar(3));
    let a0 = RistrettoPoint::mul_base(&z0) - c0 * point(s);
    let a1 = RistrettoPoint::mul_base(&z1) - c1 * point(d);
    let mut hash = Sha512::new();
    let (a0, a1) = (a0.compress(), a1.compress());
    let parts: [&[u8]; 6] = [b"backchannel designated verifier v1", ctx, s, d, a0.as_bytes(), a1.as_bytes()];
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    c0 + c1 == Scalar::from_bytes_mod_order_wide(&hash.finalize().into())
}

#[test]
fn the_equations_of_the_page_agree() {
    // DV-4, PRIM-6
    let signer = SigningKey::generate(&mut rng(1));
    let (_, d) = verifier(2);
    let proof = prove(&mut rng(3), &signer, &d, CTX).unwrap();
    assert!(check_of_the_page(proof.as_bytes(), signer.public().as_bytes(), d.key().as_bytes(), CTX));
    assert!(!check_of_the_page(proof.as_bytes(), signer.public().as_bytes(), d.key().as_bytes(), b"other"));
}

#[test]
fn a_proof_holds_for_its_signer_verifier_and_context_alone() {
    // DV-4
    let signer = SigningKey::generate(&mut rng(1));
    let (_, d) = verifier(2);
    let (other_signer, (_, other_d)) = (SigningKey::generate(&mut rng(4)), verifier(5));
    let proof = prove(&mut rng(3), &signer, &d, CTX).unwrap();
    let invalid = Err(DvError::Invalid);
    assert_eq!(verify(&proof, &signer.public(), d.key(), b"contexT"), invalid);
    assert_eq!(verify(&proof, &signer.public(), d.key(), b""), invalid);
    assert_eq!(verify(&proof, &other_signer.public(), d.key(), CTX), invalid);
    assert_eq!(verify(&proof, &signer.public(), other_d.key(), CTX), invalid);
}

#[test]
fn a_proof_with_any_bit_flipped_is_refused() {
    // DV-2, DV-4
    let signer = SigningKey::generate(&mut rng(1));
    let (_, d) = verifier(2);
    let proof = prove(&mut rng(3), &signer, &d, CTX).unwrap();
    for bit in (0..DvProof::LEN * 8).step_by(5) {
        let mut bytes = *proof.as_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert!(verify(&DvProof::from_bytes(bytes), &signer.public(), d.key(), CTX).is_err(), "bit {bit}");
    }
}

/// Adds the group's order to one of the proof's scalars: the same number, written otherwise.
fn add_order(proof: &DvProof, which: usize) -> DvProof {
    let order =
        backchannel_wire::ids::unhex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let mut bytes = *proof.as_bytes();
    let mut carry = 0;
    for (byte, add) in bytes[which * 32..][..32].iter_mut().zip(order.unwrap()) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = u8::try_from(sum & 0xff).unwrap();
        carry = sum >> 8;
    }
    DvProof::from_bytes(bytes)
}

#[test]
fn another_encoding_of_a_proof_is_refused() {
    // DV-2
    let signer = SigningKey::generate(&mut rng(1));
    let (_, d) = verifier(2);
    let proof = prove(&mut rng(3), &signer, &d, CTX).unwrap();
    for which in 0..4 {
        let read = verify(&add_order(&proof, which), &signer.public(), d.key(), CTX);
        assert_eq!(read, Err(DvError::NotCanonical));
    }
}

#[test]
fn a_verifier_that_is_the_signer_is_refused() {
    // DV-3
    let rng = &mut rng(1);
    let secret = SigningKey::generate(rng);
    let key = VerifierKey::from_bytes(&secret.expose()).unwrap();
    let d = key.announce(rng, b"here").check(b"here").unwrap();
    assert_eq!(prove(rng, &secret, &d, CTX), Err(DvError::SameKey));
    assert_eq!(simulate(rng, &secret.public(), &key, CTX), Err(DvError::SameKey));
    assert_eq!(verify(&DvProof::from_bytes([0; 128]), &secret.public(), d.key(), CTX), Err(DvError::SameKey));
}

#[test]
fn a_verifier_key_without_its_secret_is_not_accepted() {
    // DV-1
    let rng = &mut rng(1);
    let (mine, theirs) = (VerifierKey::generate(rng), VerifierKey::generate(rng));
    let announcement = mine.announce(rng, b"here");
    assert!(announcement.check(b"here").is_ok());
    assert_eq!(announcement.check(b"there"), Err(NotPossessed));
    let stolen = VerifierAnnouncement { key: theirs.public(), ..announcement };
    assert_eq!(stolen.check(b"here"), Err(NotPossessed));
    // A signing key of the roster, announced by somebody who saw it only.
    let signer = SigningKey::generate(rng).public();
    let key = backchannel_assurance::DPublic::from_bytes(signer.as_bytes()).unwrap();
    assert_eq!(VerifierAnnouncement { key, ..announcement }.check(b"here"), Err(NotPossessed));
    for bit in 0..512 {
        let mut bytes = *announcement.possession.as_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let altered = VerifierAnnouncement { possession: Possession::from_bytes(bytes), ..announcement };
        assert_eq!(altered.check(b"here"), Err(NotPossessed), "bit {bit}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_refused_as_a_proof(bytes in prop::array::uniform32(any::<u8>())) {
        let signer = SigningKey::generate(&mut rng(1)).public();
        let (_, d) = verifier(2);
        let mut proof = [0; 128];
        proof.chunks_exact_mut(32).for_each(|place| place.copy_from_slice(&bytes));
        prop_assert!(verify(&DvProof::from_bytes(proof), &signer, d.key(), CTX).is_err());
    }
}
