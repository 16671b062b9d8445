use super::{Cast, cast};
use crate::common::rng;
use backchannel_assurance::ceremony::{CeremonyId, Form, Salt, Terms, TextDigest};
use backchannel_assurance::dv::{self, DvError};
use backchannel_assurance::gentle::{
    Consent, GentleError, GentleRelease, Transcript, View, consent, consent_context, simulate,
};
use backchannel_assurance::*;
use backchannel_wire::PartyNo;
use std::collections::BTreeMap;

const ALPHA: PartyNo = PartyNo(1);
const BRAVO: PartyNo = PartyNo(2);
const CHARLIE: PartyNo = PartyNo(3);

fn release(cast: &Cast) -> GentleRelease {
    let deposits = cast.parties().into_iter().map(|party| (party, cast.gentle_deposit(party).consents));
    GentleRelease(deposits.collect())
}

fn transcript(cast: &Cast, to: PartyNo) -> Transcript {
    Transcript::of(&cast.terms(), &cast.salt, to, &release(cast))
}

#[test]
fn a_release_convinces_every_side() {
    let cast = cast(Form::Gentle, 3, 2);
    for party in cast.parties() {
        assert_eq!(cast.gentle_deposit(party).check(party), Ok(()));
        let verified = transcript(&cast, party).verify().unwrap();
        let others = cast.parties().into_iter().filter(|other| *other != party);
        assert_eq!(verified.consented, others.map(|other| (other, 2)).collect());
    }
    assert_eq!(release(&cast).check(&View::of(&cast.terms(), &cast.ctx())), Ok(()));
}

#[test]
fn a_consent_is_made_by_the_signer_to_the_other_party_alone() {
    // GENTLE-1
    let cast = cast(Form::Gentle, 3, 1);
    let (terms, ctx, rng) = (cast.terms(), cast.ctx(), &mut rng(1));
    let (bravo, charlie) = (cast.proven(BRAVO), cast.proven(CHARLIE));
    let mut consents =
        |place, key: usize, to| consent(rng, &terms, &ctx, place, &cast.signing[key], to).err();
    assert_eq!(consents(0, 0, (BRAVO, &bravo)), None);
    assert_eq!(consents(0, 1, (BRAVO, &bravo)), Some(GentleError::OtherKey));
    assert_eq!(consents(1, 1, (BRAVO, &bravo)), Some(GentleError::OtherKey));
    assert_eq!(consents(0, 0, (BRAVO, &charlie)), Some(GentleError::OtherKey));
    assert_eq!(consents(3, 0, (BRAVO, &bravo)), Some(GentleError::OtherKey));
    assert_eq!(consents(0, 0, (PartyNo(4), &bravo)), Some(GentleError::OtherKey));
    let joint = super::cast(Form::Joint, 3, 1);
    let made = consent(rng, &joint.terms(), &joint.ctx(), 0, &joint.signing[0], (BRAVO, &bravo));
    assert_eq!(made, Err(GentleError::OtherForm));
}

#[test]
fn views_that_could_not_come_from_terms_are_refused() {
    // GENTLE-2
    let cast = cast(Form::Gentle, 3, 2);
    let refused = |change: &dyn Fn(&mut View)| {
        let mut deposit = cast.gentle_deposit(ALPHA);
        change(&mut deposit.view);
        assert_eq!(deposit.check(ALPHA), Err(GentleError::View));
    };
    refused(&|view| view.sides.truncate(1));
    refused(&|view| view.sides.swap(0, 1));
    refused(&|view| view.sides[0].quorum = 0);
    refused(&|view| view.sides[0].quorum = 3);
    refused(&|view| view.sides[2].signers.clear());
    refused(&|view| view.sides[2].verifier = view.sides[1].verifier);
    refused(&|view| view.sides[2].signers[0] = view.sides[1].signers[0]);
}

fn checked(change: impl FnOnce(&mut Vec<Consent>)) -> GentleError {
    let mut deposit = cast(Form::Gentle, 3, 2).gentle_deposit(ALPHA);
    change(&mut deposit.consents);
    deposit.check(ALPHA).unwrap_err()
}

#[test]
fn each_consenting_signer_proves_to_every_other_party() {
    // GENTLE-3
    assert_eq!(checked(|of| of.truncate(3)), GentleError::Incomplete);
    assert_eq!(checked(|of| of.swap(0, 1)), GentleError::Incomplete);
    assert_eq!(checked(|of| of.push(of[0])), GentleError::Incomplete);
    assert_eq!(checked(|of| of[0].to = ALPHA), GentleError::Incomplete);
    // Bravo's signers do not speak for Alpha, and a place beyond the last is nobody's.
    let cast = cast(Form::Gentle, 3, 2);
    assert_eq!(checked(|of| *of = cast.consents(BRAVO, &[2, 3])), GentleError::Incomplete);
    let nobody = |of: &mut Vec<Consent>| of.iter_mut().for_each(|consent| consent.signer += 6);
    assert_eq!(checked(nobody), GentleError::Incomplete);
}

#[test]
fn fewer_than_the_quorum_do_not_suffice_and_the_quorum_does() {
    // GENTLE-4
    let error = GentleError::NoQuorum { party: ALPHA, found: 1, quorum: 2 };
    assert_eq!(checked(|of| of.truncate(2)), error);
    assert_eq!(checked(Vec::clear), GentleError::NoQuorum { party: ALPHA, found: 0, quorum: 2 });
    let mut cast = cast(Form::Gentle, 3, 2);
    cast.instrument.sides[0].quorum = 1;
    let consents = cast.consents(ALPHA, &[1]);
    let deposit = gentle::GentleDeposit { view: View::of(&cast.terms(), &cast.ctx()), consents };
    assert_eq!(deposit.check(ALPHA), Ok(()));
}

#[test]
fn a_consent_holds_for_its_try_text_signer_and_recipient_alone() {
    // GENTLE-5: replays from another try or another text, and proofs moved about.
    let real = cast(Form::Gentle, 3, 2);
    let invalid = |signer| GentleError::Proof { signer, error: DvError::Invalid };
    assert_eq!(checked(|of| of[0].proof = of[1].proof), invalid(0));
    assert_eq!(checked(|of| of[3].proof = of[1].proof), invalid(1));
    let mut deposit = real.gentle_deposit(ALPHA);
    deposit.view.sid = CeremonyId([8; 32]);
    assert_eq!(deposit.check(ALPHA), Err(invalid(0)));
    let mut other = cast(Form::Gentle, 3, 2);
    other.instrument.text = TextDigest([8; 32]);
    let replayed = gentle::GentleDeposit { view: View::of(&other.terms(), &other.ctx()), ..deposit };
    assert_eq!(replayed.check(ALPHA), Err(invalid(0)));
    let noise = |of: &mut Vec<Consent>| of[2].proof = DvProof::from_bytes([0xff; 128]);
    let error = GentleError::Proof { signer: 1, error: DvError::NotCanonical };
    assert_eq!(checked(noise), error);
}

#[test]
fn a_release_holds_every_party() {
    // GENTLE-6: nobody finishes without one side, and no party's deposit stands for another's.
    let cast = cast(Form::Gentle, 3, 2);
    let view = View::of(&cast.terms(), &cast.ctx());
    let mut without = release(&cast);
    without.0.remove(&CHARLIE);
    assert_eq!(without.check(&view), Err(GentleError::Parties));
    without.0.insert(PartyNo(4), Vec::new());
    assert_eq!(without.check(&view), Err(GentleError::Parties));
    let mut swapped = release(&cast);
    let bravo = swapped.0[&BRAVO].clone();
    swapped.0.insert(CHARLIE, bravo);
    assert_eq!(swapped.check(&view), Err(GentleError::Incomplete));
}

#[test]
fn a_transcript_needs_a_quorum_of_every_other_party() {
    // GENTLE-7
    let cast = cast(Form::Gentle, 3, 2);
    let refused = |change: &dyn Fn(&mut Transcript)| {
        let mut changed = transcript(&cast, ALPHA);
        change(&mut changed);
        changed.verify().unwrap_err()
    };
    assert_eq!(refused(&|of| drop(of.consents.remove(&BRAVO))), GentleError::Parties);
    assert_eq!(refused(&|of| of.to = BRAVO), GentleError::Parties);
    assert_eq!(refused(&|of| of.to = PartyNo(9)), GentleError::Parties);
    let one = |of: &mut Transcript| of.consents.get_mut(&BRAVO).unwrap().truncate(1);
    assert_eq!(refused(&one), GentleError::NoQuorum { party: BRAVO, found: 1, quorum: 2 });
    let twice = |of: &mut Transcript| {
        let consents = of.consents.get_mut(&BRAVO).unwrap();
        consents[1] = consents[0];
    };
    assert_eq!(refused(&twice), GentleError::Incomplete);
    let to_bravo = |of: &mut Transcript| of.consents.get_mut(&BRAVO).unwrap()[0].to = CHARLIE;
    assert_eq!(refused(&to_bravo), GentleError::Incomplete);
    let invalid = GentleError::Proof { signer: 2, error: DvError::Invalid };
    assert_eq!(refused(&|of| of.salt = Salt::from_bytes([6; 32])), invalid);
    assert_eq!(refused(&|of| of.terms.sid = CeremonyId([6; 32])), invalid);
    assert_eq!(refused(&|of| of.terms.instrument.text = TextDigest([6; 32])), invalid);
}

#[test]
fn one_side_alone_makes_a_transcript_that_is_accepted_alike() {
    // GENTLE-8
    let cast = cast(Form::Gentle, 3, 2);
    let (key, _) = &cast.verifiers[&ALPHA];
    let made = simulate(&mut rng(9), &cast.terms(), &cast.salt, ALPHA, key).unwrap();
    let real = transcript(&cast, ALPHA);
    assert_eq!(made.verify(), real.verify());
    let shape = |of: &Transcript| -> Vec<_> {
        let all = of.consents.iter().flat_map(|(party, list)| list.iter().map(move |one| (*party, one)));
        all.map(|(party, one)| (party, one.signer, one.to)).collect()
    };
    assert_eq!(shape(&made), shape(&real));
    assert_eq!(
        backchannel_wire::canonical::to_vec(&made).len(),
        backchannel_wire::canonical::to_vec(&real).len()
    );
}

#[test]
fn one_side_alone_can_make_any_text_be_consented_to() {
    // GENTLE-8: a text nobody else ever saw, in a try that never was.
    let mut cast = cast(Form::Gentle, 2, 3);
    cast.instrument.text = TextDigest([0xee; 32]);
    let terms = Terms::new(cast.instrument.clone(), CeremonyId([0xdd; 32])).unwrap();
    let made =
        simulate(&mut rng(9), &terms, &Salt::from_bytes([1; 32]), BRAVO, &cast.verifiers[&BRAVO].0).unwrap();
    assert_eq!(made.verify().unwrap().consented, BTreeMap::from([(ALPHA, 3)]));
    let other = &cast.verifiers[&ALPHA].0;
    assert_eq!(simulate(&mut rng(9), &terms, &cast.salt, BRAVO, other), Err(GentleError::OtherKey));
}

#[test]
fn between_two_parties_the_whole_release_can_be_made_by_either() {
    // GENTLE-8: what it signed itself it signs again; the rest it simulates.
    let cast = cast(Form::Gentle, 2, 2);
    let (terms, ctx) = (cast.terms(), cast.ctx());
    let simulated = simulate(&mut rng(9), &terms, &cast.salt, ALPHA, &cast.verifiers[&ALPHA].0).unwrap();
    let mut release = GentleRelease(simulated.consents);
    release.0.insert(ALPHA, cast.consents(ALPHA, &[0, 1]));
    assert_eq!(release.check(&View::of(&terms, &ctx)), Ok(()));
}

#[test]
fn real_and_simulated_consents_are_shaped_alike() {
    // GENTLE-8: no byte of a proof is more often high in one than in the other.
    let cast = cast(Form::Gentle, 2, 1);
    let (terms, ctx) = (cast.terms(), cast.ctx());
    let bound = consent_context(&ctx, &terms, 0, BRAVO);
    let d = cast.proven(BRAVO);
    let mut high = [[0i32; 128]; 2];
    for seed in 0..200 {
        let real = consent(&mut rng(seed), &terms, &ctx, 0, &cast.signing[0], (BRAVO, &d)).unwrap().proof;
        let y = cast.signing[0].public();
        let made = dv::simulate(&mut rng(1000 + seed), &y, &cast.verifiers[&BRAVO].0, &bound).unwrap();
        for (counts, proof) in high.iter_mut().zip([real, made]) {
            for (count, byte) in counts.iter_mut().zip(proof.as_bytes()) {
                *count += i32::from(*byte > 7);
            }
        }
    }
    let [real, made] = high;
    // Seven standard deviations of the difference of two counts of 200, at worst 70, for seeds that do not change.
    assert!(real.iter().zip(made).all(|(a, b)| (a - b).abs() < 70));
}
