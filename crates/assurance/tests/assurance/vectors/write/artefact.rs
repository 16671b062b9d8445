//! Artefacts, as text.

use super::{Case, flipped};
use crate::ceremony::cast;
use crate::ceremony::cast::{EXPIRY, signed};
use crate::common::rng;
use crate::vectors::file::VectorFile;
use backchannel_assurance::ceremony::{CeremonyId, Form, Salt, TextDigest};
use backchannel_assurance::joint::{Artefact, Certificate};
use backchannel_assurance::*;
use backchannel_wire::{PartyNo, UtcMs};

fn good(parties: u8, signers: u8) -> Artefact {
    let cast = cast(Form::Joint, parties, signers);
    signed(&cast).artefact(&cast)
}

fn text(text: &str) -> VectorFile {
    VectorFile::new("artefact", text.as_bytes())
}

fn changed(change: impl FnOnce(&mut Artefact)) -> VectorFile {
    let mut artefact = good(2, 2);
    change(&mut artefact);
    text(&artefact.to_text())
}

pub fn cases() -> Vec<Case> {
    let mut cases = of_text();
    cases.extend(of_bytes());
    cases.extend(of_terms());
    cases.extend(of_signatures());
    cases.extend(of_signers());
    cases.extend(of_certificates());
    cases
}

fn of_text() -> Vec<Case> {
    let line = good(2, 2).to_text();
    vec![
        ("good", "ok", "two parties of two signers", text(&line)),
        ("three", "ok", "three parties of one signer", text(&good(3, 1).to_text())),
        ("quoted", "ok", "in capitals, quoted, with other line ends", {
            text(&line.to_uppercase().replace('\n', "\r\n> "))
        }),
        (
            "other-prefix",
            "not-an-artefact",
            "another kind of armour",
            text(&line.replace("artefact", "invitation")),
        ),
        (
            "version-2-text",
            "not-an-artefact",
            "text of another version",
            text(&line.replace("artefact-1", "artefact-2")),
        ),
        ("cut-text", "damaged", "the end of the text is missing", text(&line[..line.len() - 20])),
        (
            "character",
            "damaged",
            "a character outside the alphabet",
            text(&line.replacen("qya", "0ya", 1).replacen(":", ":1", 1)),
        ),
        ("empty", "not-an-artefact", "nothing", text("")),
        (
            "too-long",
            "malformed",
            "longer than any artefact",
            text(&format!("backchannel-artefact-1:{}", "a".repeat(40_000))),
        ),
    ]
}

/// An artefact of altered bytes, with a checksum that fits: read as a structure and refused there.
fn of_bytes() -> Vec<Case> {
    let good = good(2, 2);
    let bytes = good.to_bytes();
    let with = |bytes: &[u8]| VectorFile::new("artefact", bytes).with("encoding", "bytes");
    let place = |what: &[u8]| bytes.windows(what.len()).position(|window| window == what).unwrap();
    let mut identity = bytes.clone();
    identity[place(good.nonce.as_bytes())..][..32].fill(0);
    let y = good.terms.instrument.sides[0].signers[0].y;
    let mut negative = bytes.clone();
    negative[place(y.as_bytes())] ^= 1;
    vec![
        ("bytes", "ok", "the bytes of the text", with(&bytes)),
        (
            "version-2",
            "version",
            "bytes of version 2",
            with(&{
                let mut bytes = bytes.clone();
                bytes[1] = 2;
                bytes
            }),
        ),
        ("trailing", "malformed", "a byte after the end", with(&[&bytes[..], &[0]].concat())),
        ("cut", "malformed", "the last byte is missing", with(&bytes[..bytes.len() - 1])),
        ("nonce-identity", "malformed", "R is the identity", with(&identity)),
        (
            "key-encoding",
            "malformed",
            "a signer's key is an encoding of a negative field element",
            with(&negative),
        ),
    ]
}

fn of_terms() -> Vec<Case> {
    vec![
        (
            "gentle",
            "other-form",
            "terms of the gentlemen's form",
            changed(|of| of.terms = cast(Form::Gentle, 2, 2).terms()),
        ),
        (
            "no-depositary",
            "terms",
            "no depositary's key in the joint form",
            changed(|of| of.terms.instrument.depositary = None),
        ),
        (
            "key-twice",
            "terms",
            "one key for two signers",
            changed(|of| {
                of.terms.instrument.sides[1].signers[0].y = of.terms.instrument.sides[0].signers[0].y;
            }),
        ),
        (
            "quorum",
            "terms",
            "a quorum above the number of signers",
            changed(|of| of.terms.instrument.sides[1].quorum = 3),
        ),
        ("party-order", "terms", "parties out of order", changed(|of| of.terms.instrument.sides.swap(0, 1))),
    ]
}

fn of_signatures() -> Vec<Case> {
    vec![
        (
            "bit-s",
            "signature",
            "one bit of s is flipped",
            changed(|of| of.signature = flipped(&of.signature, 0).try_into().unwrap()),
        ),
        ("s-not-canonical", "not-canonical", "s is above the order", changed(|of| of.signature = [0xff; 32])),
        ("s-zero", "signature", "s is zero", changed(|of| of.signature = [0; 32])),
        (
            "other-nonce",
            "signature",
            "another R",
            changed(|of| of.nonce = SigningKey::generate(&mut rng(1)).public()),
        ),
        (
            "other-text",
            "signature",
            "over another text",
            changed(|of| of.terms.instrument.text = TextDigest([8; 32])),
        ),
        ("other-try", "signature", "of another try", changed(|of| of.terms.sid = CeremonyId([8; 32]))),
        ("other-salt", "signature", "under another salt", changed(|of| of.salt = Salt::from_bytes([6; 32]))),
        (
            "other-expiry",
            "signature",
            "the expiry was put off",
            changed(|of| of.terms.instrument.expiry.0 += 1),
        ),
        (
            "other-roster",
            "signature",
            "another roster head",
            changed(|of| of.terms.instrument.sides[0].roster.0[0] ^= 1),
        ),
        (
            "other-signer",
            "signature",
            "one signer's key was replaced",
            changed(|of| {
                of.terms.instrument.sides[0].signers[1].y = SigningKey::generate(&mut rng(2)).public();
            }),
        ),
    ]
}

fn of_signers() -> Vec<Case> {
    vec![
        (
            "signer-left-out",
            "signature",
            "one signer was left out",
            changed(|of| {
                of.terms.instrument.sides[1].signers.pop();
                of.terms.instrument.sides[1].quorum = 1;
            }),
        ),
        (
            "signer-renamed",
            "signature",
            "one signer has another pseudonym",
            changed(|of| {
                of.terms.instrument.sides[1].signers[1].member.0[15] ^= 1;
            }),
        ),
        (
            "other-depositary",
            "signature",
            "another depositary's key",
            changed(|of| {
                of.terms.instrument.depositary = Some(DepositaryKey::generate(&mut rng(3)).public());
            }),
        ),
    ]
}

fn of_certificates() -> Vec<Case> {
    let cast = cast(Form::Joint, 2, 2);
    let of = signed(&cast);
    let total = of.deposit(&cast, PartyNo(1)).view.total().unwrap();
    let certify = |at| Certificate::sign(&mut rng(4), &cast.depositary, &total, at);
    let by_another = Certificate::sign(&mut rng(4), &DepositaryKey::generate(&mut rng(5)), &total, UtcMs(5));
    let over_another = {
        let sum = SigningKey::generate(&mut rng(6)).public();
        Certificate::sign(&mut rng(4), &cast.depositary, &sum, UtcMs(5))
    };
    let with = |certificate| changed(|of| of.certificate = certificate);
    vec![
        ("in-time", "ok", "released in the last millisecond", with(certify(UtcMs(EXPIRY.0 - 1)))),
        ("late", "late", "released at the expiry", with(certify(EXPIRY))),
        ("date", "certificate", "the date was changed", changed(|of| of.certificate.released_at.0 -= 1)),
        (
            "bit-n",
            "certificate",
            "one bit of the nonce is flipped",
            changed(|of| of.certificate.signature[0] ^= 1),
        ),
        (
            "bit-z",
            "certificate",
            "one bit of the response is flipped",
            changed(|of| of.certificate.signature[32] ^= 1),
        ),
        (
            "z-not-canonical",
            "certificate",
            "the response is above the order",
            changed(|of| of.certificate.signature[32..].fill(0xff)),
        ),
        (
            "n-identity",
            "certificate",
            "the nonce is the identity",
            changed(|of| of.certificate.signature[..32].fill(0)),
        ),
        ("by-another", "certificate", "certified by another key", with(by_another)),
        ("over-another", "certificate", "certified over another sum", with(over_another)),
    ]
}
