//! Releases of the joint form, with the values on the way to them.

use super::{Case, flipped};
use crate::ceremony::cast::{Signed, signed};
use crate::ceremony::{Cast, cast};
use crate::vectors::file::VectorFile;
use backchannel_assurance::ceremony::{Alias, CeremonyId, Form, Terms, TextDigest};
use backchannel_assurance::joint::{Aggregate, JointRelease, NoncePublic};
use backchannel_assurance::*;
use backchannel_wire::{PartyNo, UtcMs, canonical};
use curve25519_dalek::ristretto::CompressedRistretto;

const BRAVO: PartyNo = PartyNo(2);

fn vector(cast: &Cast, of: &Signed) -> VectorFile {
    let sums: Vec<u8> = of.session.sums().flat_map(|(_, _, sum)| *sum.as_bytes()).collect();
    VectorFile::new("joint", &canonical::to_vec(&of.release(cast)))
        .with_hex("terms", &cast.terms().to_bytes())
        .with_hex("salt", cast.salt.as_bytes())
        .with_hex("nonces", &canonical::to_vec(&of.nonces))
        .with_hex("ctx", cast.ctx().as_bytes())
        .with_hex("aggregate-key", &Aggregate::of(&cast.instrument).unwrap().key())
        .with_hex("joint-nonce", of.session.joint_nonce().as_bytes())
        .with_hex("sums", &sums)
}

pub fn cases() -> Vec<Case> {
    let cast = cast(Form::Joint, 3, 2);
    let of = signed(&cast);
    let good = vector(&cast, &of);
    let mut cases = of_terms(&cast, &good);
    cases.extend(of_nonces(&of, &good));
    cases.extend(of_releases(&cast, &of, &good));
    cases
}

fn of_terms(cast: &Cast, good: &VectorFile) -> Vec<Case> {
    let two = crate::ceremony::cast(Form::Joint, 2, 1);
    let gentle = crate::ceremony::cast(Form::Gentle, 3, 2);
    let mut text = crate::ceremony::cast(Form::Joint, 3, 2);
    text.instrument.text = TextDigest([8; 32]);
    let later = Terms::new(cast.instrument.clone(), CeremonyId([8; 32])).unwrap();
    let with = |terms: &Terms| good.clone().with_hex("terms", &terms.to_bytes());
    vec![
        ("good", "ok", "three parties of two signers", good.clone()),
        ("two-parties", "ok", "two parties of one signer", vector(&two, &signed(&two))),
        ("other-text", "values", "another text gives other values all along", with(&text.terms())),
        ("other-try", "values", "another try gives other values all along", with(&later)),
        (
            "other-salt",
            "values",
            "another salt gives another context",
            good.clone().with_hex("salt", &[6; 32]),
        ),
        ("other-form", "other-form", "terms of the gentlemen's form have no session", with(&gentle.terms())),
        ("terms-cut", "terms", "the terms lack their last byte", {
            let bytes = cast.terms().to_bytes();
            good.clone().with_hex("terms", &bytes[..bytes.len() - 1])
        }),
    ]
}

fn of_nonces(of: &Signed, good: &VectorFile) -> Vec<Case> {
    let with = |change: &dyn Fn(&mut Vec<NoncePublic>)| {
        let mut nonces = of.nonces.clone();
        change(&mut nonces);
        good.clone().with_hex("nonces", &canonical::to_vec(&nonces))
    };
    let mut identity = good.hex("nonces");
    identity[4..36].fill(0);
    let mut negative = good.hex("nonces");
    negative[4] ^= 1;
    vec![
        ("nonce-missing", "nonce-count", "one signer has no nonces", with(&|of| of.truncate(5))),
        ("nonce-more", "nonce-count", "a nonce pair of nobody", with(&|of| of.push(of[0]))),
        ("nonce-copied", "nonce-repeated", "a signer copies another's pair", with(&|of| of[5] = of[0])),
        (
            "nonce-twice",
            "nonce-repeated",
            "one point twice in a pair",
            with(&|of| of[2].second = of[2].first),
        ),
        (
            "nonces-cancel",
            "cancelled",
            "the last pair takes both sums to the identity",
            with(&|of| cancelling(of)),
        ),
        (
            "nonces-swapped",
            "values",
            "R1 and R2 of one signer the other way round",
            with(&|of| {
                let nonce = &mut of[1];
                std::mem::swap(&mut nonce.first, &mut nonce.second);
            }),
        ),
        (
            "nonce-identity",
            "malformed",
            "an identity point for a nonce",
            good.clone().with_hex("nonces", &identity),
        ),
        (
            "nonce-encoding",
            "malformed",
            "an encoding of a negative field element",
            good.clone().with_hex("nonces", &negative),
        ),
    ]
}

fn cancelling(nonces: &mut [NoncePublic]) {
    let point = |y: &YPublic| CompressedRistretto(*y.as_bytes()).decompress().unwrap();
    let rest = |half: fn(&NoncePublic) -> &YPublic| {
        let sum: curve25519_dalek::RistrettoPoint = nonces[..5].iter().map(|nonce| point(half(nonce))).sum();
        YPublic::from_bytes(&(-sum).compress().to_bytes()).unwrap()
    };
    nonces[5] = NoncePublic { first: rest(|of| &of.first), second: rest(|of| &of.second) };
}

fn of_releases(cast: &Cast, of: &Signed, good: &VectorFile) -> Vec<Case> {
    let bravo = cast.terms().alias(&cast.salt, BRAVO);
    let with = |change: &dyn Fn(&mut JointRelease)| {
        let mut release = of.release(cast);
        change(&mut release);
        good.clone().with_body(&canonical::to_vec(&release))
    };
    let last = good.body.len() - 1;
    vec![
        (
            "share-missing",
            "release",
            "one party's sum is missing",
            with(&|of| drop(of.shares.remove(&bravo))),
        ),
        (
            "share-stranger",
            "release",
            "a sum under an alias of nobody",
            with(&|of| {
                of.shares.insert(Alias([1; 16]), Secret32::from_bytes([0; 32]));
            }),
        ),
        (
            "share-wrong",
            "release",
            "one bit of a sum is flipped",
            with(&|of| {
                let share: [u8; 32] = flipped(of.shares[&bravo].expose(), 0).try_into().unwrap();
                of.shares.insert(bravo, Secret32::from_bytes(share));
            }),
        ),
        (
            "share-not-canonical",
            "release",
            "a sum above the order",
            with(&|of| {
                of.shares.insert(bravo, Secret32::from_bytes([0xff; 32]));
            }),
        ),
        (
            "certificate-bit",
            "release",
            "one bit of the certificate is flipped",
            good.clone().with_body(&flipped(&good.body, last)),
        ),
        (
            "certificate-date",
            "release",
            "the certificate is of another instant",
            with(&|of| {
                of.certificate.released_at = UtcMs(of.certificate.released_at.0 - 1);
            }),
        ),
        (
            "late",
            "release",
            "released and certified at the expiry",
            good.clone().with_body(&canonical::to_vec(&of.release_at(cast, cast.instrument.expiry))),
        ),
        (
            "trailing",
            "malformed",
            "a byte after the end",
            good.clone().with_body(&[&good.body[..], &[0]].concat()),
        ),
    ]
}
