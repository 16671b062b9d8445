//! Transcripts of the gentlemen's form.

use super::{Case, flipped};
use crate::ceremony::{Cast, cast};
use crate::common::rng;
use crate::vectors::file::VectorFile;
use backchannel_assurance::ceremony::{CeremonyId, Form, Salt, TextDigest};
use backchannel_assurance::gentle::{GentleRelease, Transcript, simulate};
use backchannel_assurance::*;
use backchannel_wire::{PartyNo, canonical};

const ALPHA: PartyNo = PartyNo(1);
const BRAVO: PartyNo = PartyNo(2);

fn transcript(cast: &Cast) -> Transcript {
    let deposits = cast.parties().into_iter().map(|party| (party, cast.gentle_deposit(party).consents));
    Transcript::of(&cast.terms(), &cast.salt, ALPHA, &GentleRelease(deposits.collect()))
}

fn changed(change: impl FnOnce(&mut Transcript)) -> VectorFile {
    let mut transcript = transcript(&cast(Form::Gentle, 3, 2));
    change(&mut transcript);
    file(&canonical::to_vec(&transcript))
}

fn file(body: &[u8]) -> VectorFile {
    let cast = cast(Form::Gentle, 3, 2);
    VectorFile::new("gentle", body).with_hex("verifier-secret", &*cast.verifiers[&ALPHA].0.expose())
}

pub fn cases() -> Vec<Case> {
    let mut cases = accepted();
    cases.extend(of_proofs());
    cases.extend(of_parties());
    cases.extend(of_terms());
    cases
}

fn accepted() -> Vec<Case> {
    let real = cast(Form::Gentle, 3, 2);
    let key = &real.verifiers[&ALPHA].0;
    let made = simulate(&mut rng(3), &real.terms(), &real.salt, ALPHA, key).unwrap();
    let mut fewer = cast(Form::Gentle, 2, 2);
    fewer.instrument.sides[1].quorum = 1;
    let mut of_one = Transcript::of(
        &fewer.terms(),
        &fewer.salt,
        ALPHA,
        &GentleRelease([(BRAVO, fewer.consents(BRAVO, &[3]))].into()),
    );
    of_one.to = ALPHA;
    vec![
        ("good", "ok", "two signers of each of two other parties consent to party 1", changed(|_| ())),
        (
            "simulated",
            "ok",
            "made by party 1 alone: it must pass, or the real one would convince outsiders",
            file(&canonical::to_vec(&made)),
        ),
        (
            "quorum",
            "ok",
            "one of two signers consents, and the quorum is one",
            file(&canonical::to_vec(&of_one)),
        ),
    ]
}

fn of_proofs() -> Vec<Case> {
    let bravo = |of: &mut Transcript, change: &dyn Fn(&mut Vec<gentle::Consent>)| {
        change(of.consents.get_mut(&BRAVO).unwrap());
    };
    let good = changed(|_| ());
    vec![
        (
            "bit",
            "proof",
            "one bit of the last proof is flipped",
            good.clone().with_body(&flipped(&good.body, good.body.len() - 9)),
        ),
        (
            "moved",
            "proof",
            "one signer's proof in another's place",
            changed(|of| bravo(of, &|list| list[1].proof = list[0].proof)),
        ),
        (
            "one-missing",
            "no-quorum",
            "one of two signers of party 2, whose quorum is two",
            changed(|of| bravo(of, &|list| list.truncate(1))),
        ),
        (
            "twice",
            "incomplete",
            "one signer twice makes no quorum",
            changed(|of| bravo(of, &|list| list[1] = list[0])),
        ),
        ("order", "incomplete", "signers out of order", changed(|of| bravo(of, &|list| list.swap(0, 1)))),
        (
            "to-another",
            "incomplete",
            "a proof addressed to party 3, which could have made it",
            changed(|of| bravo(of, &|list| list[0].to = PartyNo(3))),
        ),
        (
            "foreign-signer",
            "incomplete",
            "a signer of party 3 speaks for party 2",
            changed(|of| bravo(of, &|list| list[1].signer = 4)),
        ),
        (
            "no-such-signer",
            "incomplete",
            "a place beyond the last signer",
            changed(|of| bravo(of, &|list| list[1].signer = 6)),
        ),
        (
            "not-canonical",
            "proof",
            "scalars above the order",
            changed(|of| bravo(of, &|list| list[0].proof = DvProof::from_bytes([0xff; 128]))),
        ),
    ]
}

fn of_parties() -> Vec<Case> {
    vec![
        (
            "party-missing",
            "parties",
            "nothing of party 3",
            changed(|of| drop(of.consents.remove(&PartyNo(3)))),
        ),
        (
            "own-party",
            "parties",
            "the addressee is itself among those who consent",
            changed(|of| {
                let own = of.consents[&BRAVO].clone();
                of.consents.insert(ALPHA, own);
            }),
        ),
        ("stranger", "parties", "addressed to a party that takes no part", changed(|of| of.to = PartyNo(7))),
    ]
}

fn of_terms() -> Vec<Case> {
    let good = changed(|_| ());
    let mut version = good.body.clone();
    version[2] = 2;
    vec![
        (
            "other-salt",
            "proof",
            "another salt: another context",
            changed(|of| of.salt = Salt::from_bytes([6; 32])),
        ),
        ("other-try", "proof", "proofs of another try", changed(|of| of.terms.sid = CeremonyId([8; 32]))),
        (
            "other-text",
            "proof",
            "proofs over another text",
            changed(|of| of.terms.instrument.text = TextDigest([8; 32])),
        ),
        ("other-expiry", "proof", "the expiry was put off", changed(|of| of.terms.instrument.expiry.0 += 1)),
        ("one-party", "terms", "terms of one party", changed(|of| of.terms.instrument.sides.truncate(1))),
        (
            "key-twice",
            "terms",
            "one key for two signers",
            changed(|of| {
                of.terms.instrument.sides[2].signers[0].y = of.terms.instrument.sides[1].signers[0].y;
            }),
        ),
        ("quorum-zero", "terms", "a quorum of zero", changed(|of| of.terms.instrument.sides[1].quorum = 0)),
        ("version", "terms", "terms of version 2", good.clone().with_body(&version)),
        (
            "joint",
            "other-form",
            "terms of the joint form",
            changed(|of| {
                let joint = cast(Form::Joint, 3, 2);
                of.terms = joint.terms();
            }),
        ),
        (
            "trailing",
            "malformed",
            "a byte after the end",
            good.clone().with_body(&[&good.body[..], &[0]].concat()),
        ),
        (
            "cut",
            "malformed",
            "the last byte is missing",
            good.clone().with_body(&good.body[..good.body.len() - 1]),
        ),
    ]
}
