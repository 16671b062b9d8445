//! The joint form: its equations against those of the page computed in another way, and known attacks.

use super::cast::{Signed, signed};
use super::{Cast, cast};
use crate::common::{NOW, rng};
use backchannel_assurance::ceremony::{Alias, CeremonyId, Form, Salt, Terms, TextDigest};
use backchannel_assurance::dv::{self, DvError};
use backchannel_assurance::joint::*;
use backchannel_assurance::*;
use backchannel_wire::{PartyNo, UtcMs};
use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT as G;
use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::{RistrettoPoint, Scalar};
use sha2::{Digest, Sha512};
use std::collections::BTreeMap;

const ALPHA: PartyNo = PartyNo(1);
const BRAVO: PartyNo = PartyNo(2);

/// Hs of the page, written again.
fn hs(tag: &str, parts: &[&[u8]]) -> Scalar {
    let mut hash = Sha512::new();
    for part in std::iter::once(&tag.as_bytes()).chain(parts) {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    Scalar::from_bytes_mod_order_wide(&hash.finalize().into())
}

fn point(bytes: &[u8; 32]) -> RistrettoPoint {
    CompressedRistretto(*bytes).decompress().unwrap()
}

fn enc(point: RistrettoPoint) -> [u8; 32] {
    point.compress().to_bytes()
}

/// KeyAgg, NonceAgg and the session values of BIP 327 over ristretto255, from secrets and bytes alone.
struct Naive {
    a: Vec<Scalar>,
    x: RistrettoPoint,
    b: Scalar,
    r: RistrettoPoint,
    c: Scalar,
}

fn naive(keys: &[[u8; 32]], nonces: &[([u8; 32], [u8; 32])], ctx: &[u8; 32]) -> Naive {
    let l = keys.concat();
    let (mut a, mut x) = (Vec::new(), RistrettoPoint::default());
    for (j, y) in keys.iter().enumerate() {
        let j = u16::try_from(j).unwrap().to_be_bytes();
        let a_j = hs("backchannel joint coefficient v1", &[&l, &j, y]);
        x += point(y) * a_j;
        a.push(a_j);
    }
    let (mut r1, mut r2) = (RistrettoPoint::default(), RistrettoPoint::default());
    for (first, second) in nonces {
        r1 += point(first);
        r2 += point(second);
    }
    let b = hs("backchannel joint nonce coefficient v1", &[&enc(x), &enc(r1), &enc(r2), ctx]);
    let r = r1 + r2 * b;
    let c = hs("backchannel joint challenge v1", &[&enc(x), &enc(r), ctx]);
    Naive { a, x, b, r, c }
}

fn naive_of(cast: &Cast, of: &Signed) -> Naive {
    let keys: Vec<_> = cast.signing.iter().map(|key| *key.public().as_bytes()).collect();
    let nonces: Vec<_> =
        of.nonces.iter().map(|nonce| (*nonce.first.as_bytes(), *nonce.second.as_bytes())).collect();
    naive(&keys, &nonces, cast.ctx().as_bytes())
}

#[test]
fn the_equations_agree_with_those_of_the_page() {
    // JOINT-2, JOINT-3, JOINT-5, JOINT-8, ARTEFACT-5
    for (parties, signers) in [(2, 1), (2, 2), (3, 2)] {
        let cast = cast(Form::Joint, parties, signers);
        let of = signed(&cast);
        let naive = naive_of(&cast, &of);
        assert_eq!(Aggregate::of(&cast.instrument).unwrap().key(), enc(naive.x));
        assert_eq!(*of.session.joint_nonce().as_bytes(), enc(naive.r));
        let mut s = Scalar::ZERO;
        for (party, sum) in &of.sums {
            let mut expected = RistrettoPoint::default();
            for place in cast.places(*party).into_iter().map(usize::from) {
                let nonce = &of.nonces[place];
                let r = point(nonce.first.as_bytes()) + point(nonce.second.as_bytes()) * naive.b;
                let y = point(cast.signing[place].public().as_bytes());
                expected += r + y * (naive.c * naive.a[place]);
            }
            assert_eq!(*of.session.sum(*party).unwrap().as_bytes(), enc(expected));
            let share = Scalar::from_canonical_bytes(*sum.expose().expose()).unwrap();
            assert_eq!(enc(G * share), enc(expected));
            s += share;
        }
        // s G = R + c X, and the same s from the secret keys if one person held them all.
        assert_eq!(G * s, naive.r + naive.x * naive.c);
        assert_eq!(of.artefact(&cast).signature, s.to_bytes());
    }
}

#[test]
fn one_key_signs_what_all_keys_sign() {
    // JOINT-2: X is the public key of sum a_j x_j, so that an ordinary Schnorr check is the joint check.
    let cast = cast(Form::Joint, 2, 2);
    let of = signed(&cast);
    let naive = naive_of(&cast, &of);
    let secrets = cast.signing.iter().map(|key| Scalar::from_canonical_bytes(*key.expose()).unwrap());
    let x: Scalar = secrets.zip(&naive.a).map(|(x, a)| x * a).sum();
    assert_eq!(G * x, naive.x);
}

#[test]
fn a_rogue_key_cancels_nobody() {
    // JOINT-2: Bravo announces Y_B = zG - Y_A. Without coefficients z alone would sign for both.
    let mut cast = cast(Form::Joint, 2, 1);
    let z = Scalar::from(77u64);
    let rogue = G * z - point(cast.signing[0].public().as_bytes());
    cast.instrument.sides[1].signers[0].y = YPublic::from_bytes(&enc(rogue)).unwrap();
    assert_ne!(Aggregate::of(&cast.instrument).unwrap().key(), enc(G * z));
    let (ctx, k) = (cast.ctx(), Scalar::from(5u64));
    let x = Aggregate::of(&cast.instrument).unwrap().key();
    let c = hs("backchannel joint challenge v1", &[&x, &enc(G * k), &ctx.0]);
    let forged = Artefact::new(
        cast.terms(),
        &cast.salt,
        YPublic::from_bytes(&enc(G * k)).unwrap(),
        (k + c * z).to_bytes(),
        Certificate::sign(
            &mut rng(1),
            &cast.depositary,
            &YPublic::from_bytes(&enc(G * (k + c * z))).unwrap(),
            NOW,
        ),
    );
    assert_eq!(forged.verify(), Err(ArtefactError::Signature));
}

#[test]
fn the_other_form_has_no_session() {
    // JOINT-1
    let (joint, gentle) = (cast(Form::Joint, 2, 1), cast(Form::Gentle, 2, 1));
    let nonces = signed(&joint).nonces;
    let made = Session::new(&gentle.terms(), &gentle.salt, nonces);
    assert_eq!(made, Err(JointError::OtherForm));
}

#[test]
fn every_signer_has_one_nonce_pair_and_no_nonce_stands_twice() {
    // JOINT-4
    let cast = cast(Form::Joint, 2, 2);
    let nonces = signed(&cast).nonces;
    let refused = |change: &dyn Fn(&mut Vec<NoncePublic>)| {
        let mut changed = nonces.clone();
        change(&mut changed);
        Session::new(&cast.terms(), &cast.salt, changed).unwrap_err()
    };
    assert_eq!(refused(&|of| of.truncate(3)), JointError::NonceCount);
    assert_eq!(refused(&|of| of.push(of[0])), JointError::NonceCount);
    assert_eq!(refused(&|of| of[1] = of[0]), JointError::NonceRepeated);
    assert_eq!(refused(&|of| of[1].first = of[0].second), JointError::NonceRepeated);
    assert_eq!(refused(&|of| of[0].second = of[0].first), JointError::NonceRepeated);
}

#[test]
fn nonces_that_cancel_are_refused() {
    // JOINT-5: the last signer answers with what takes both sums to the identity.
    let cast = cast(Form::Joint, 2, 1);
    let honest = signed(&cast).nonces[0];
    let negative = |y: &YPublic| YPublic::from_bytes(&enc(-point(y.as_bytes()))).unwrap();
    let cancelling = NoncePublic { first: negative(&honest.first), second: negative(&honest.second) };
    let made = Session::new(&cast.terms(), &cast.salt, vec![honest, cancelling]);
    assert_eq!(made, Err(JointError::Cancelled));
}

#[test]
fn identity_points_and_other_encodings_are_no_nonces() {
    // PRIM-5, JOINT-4
    assert_eq!(YPublic::from_bytes(&[0; 32]), Err(KeyError::Weak));
    assert_eq!(YPublic::from_bytes(&[0xff; 32]), Err(KeyError::NotCanonical));
    let nonce = signed(&cast(Form::Joint, 2, 1)).nonces[0];
    let mut bytes = backchannel_wire::canonical::to_vec(&nonce);
    bytes[3..35].fill(0);
    assert!(backchannel_wire::canonical::from_slice::<NoncePublic>(&bytes).is_err());
}

/// A nonce pair of signer 0, and everybody's nonces.
fn prepared(cast: &Cast) -> (NonceSecret, Session) {
    let (terms, ctx) = (cast.terms(), cast.ctx());
    let mut made = Vec::new();
    for (key, seed) in cast.signing.iter().zip(200..) {
        made.push(NonceSecret::generate(&mut rng(seed), key, terms.sid, &ctx));
    }
    let nonces = made.iter().map(|(_, public)| *public).collect();
    let session = Session::new(&terms, &cast.salt, nonces).unwrap();
    (made.swap_remove(0).0, session)
}

fn marked(nonce: &NonceSecret) -> Marked {
    let mut used = UsedNonces::default();
    used.mark(nonce).unwrap().stored(&used.to_bytes()).unwrap()
}

#[test]
fn nonces_sign_for_their_place_key_and_context_alone() {
    // JOINT-6
    let cast = cast(Form::Joint, 2, 2);
    let spend = |session: &Session, place, key: usize| {
        let (nonce, _) = prepared(&cast);
        let marked = marked(&nonce);
        nonce.spend(marked, session, place, &cast.signing[key]).err()
    };
    let (_, session) = prepared(&cast);
    assert_eq!(spend(&session, 0, 0), None);
    assert_eq!(spend(&session, 1, 1), Some(JointError::OtherNonce));
    assert_eq!(spend(&session, 0, 1), Some(JointError::OtherKey));
    assert_eq!(spend(&session, 9, 0), Some(JointError::OtherNonce));
    // The same nonces under another text: signing both would give the key away.
    let mut other = super::cast(Form::Joint, 2, 2);
    other.instrument.text = TextDigest([8; 32]);
    let nonces = (0..4).map(|n| {
        NonceSecret::generate(&mut rng(200 + n as u64), &cast.signing[n], cast.terms().sid, &cast.ctx()).1
    });
    let elsewhere = Session::new(&other.terms(), &other.salt, nonces.collect()).unwrap();
    assert_eq!(spend(&elsewhere, 0, 0), Some(JointError::OtherNonce));
}

#[test]
fn a_nonce_pair_is_marked_once_and_not_spent_without_its_stored_mark() {
    // JOINT-7
    let cast = cast(Form::Joint, 2, 1);
    let (nonce, session) = prepared(&cast);
    let mut used = UsedNonces::default();
    let before = used.to_bytes();
    let mark = used.mark(&nonce).unwrap();
    assert!(used.holds(cast.terms().sid));
    assert_eq!(mark.stored(&before).err(), Some(NotMarked::NotStored));
    assert_eq!(used.mark(&nonce).err(), Some(NotMarked::Used));
    let fresh = NonceSecret::generate(&mut rng(7), &cast.signing[0], cast.terms().sid, &cast.ctx()).0;
    assert_eq!(used.mark(&fresh).err(), Some(NotMarked::Used));
    let other = marked(&fresh);
    assert_eq!(nonce.spend(other, &session, 0, &cast.signing[0]).err(), Some(JointError::OtherMark));
    // Marks of another pair in the same place do not serve.
    let mut elsewhere = UsedNonces::default();
    elsewhere.mark(&fresh).unwrap();
    let (nonce, _) = prepared(&cast);
    let mut used = UsedNonces::default();
    let mark = used.mark(&nonce).unwrap();
    assert_eq!(mark.stored(&elsewhere.to_bytes()).err(), Some(NotMarked::NotStored));
}

#[test]
fn a_nonce_pair_used_twice_would_give_the_key_away() {
    // JOINT-7: what the types and marks prevent. Here the same pair is made twice, by replaying the randomness.
    let cast = cast(Form::Joint, 2, 1);
    let partial_with = |other: u64| {
        let (nonce, mine) =
            NonceSecret::generate(&mut rng(200), &cast.signing[0], cast.terms().sid, &cast.ctx());
        let theirs =
            NonceSecret::generate(&mut rng(other), &cast.signing[1], cast.terms().sid, &cast.ctx()).1;
        let session = Session::new(&cast.terms(), &cast.salt, vec![mine, theirs]).unwrap();
        let marked = marked(&nonce);
        let partial = nonce.spend(marked, &session, 0, &cast.signing[0]).unwrap();
        let keys: Vec<_> = cast.signing.iter().map(|key| *key.public().as_bytes()).collect();
        let bytes = |of: &NoncePublic| (*of.first.as_bytes(), *of.second.as_bytes());
        let values = naive(&keys, &[bytes(&mine), bytes(&theirs)], cast.ctx().as_bytes());
        (Scalar::from_canonical_bytes(*partial.expose().expose()).unwrap(), values)
    };
    // Three equations s = r1 + b r2 + c a x in three unknowns.
    let (one, two, three) = (partial_with(301), partial_with(302), partial_with(303));
    let row = |of: &(Scalar, Naive)| (of.0, of.1.b, of.1.c * of.1.a[0]);
    let ((s1, b1, w1), (s2, b2, w2), (s3, b3, w3)) = (row(&one), row(&two), row(&three));
    let numerator = (s2 - s1) * (b3 - b1) - (s3 - s1) * (b2 - b1);
    let denominator = (w2 - w1) * (b3 - b1) - (w3 - w1) * (b2 - b1);
    let x = numerator * denominator.invert();
    assert_eq!(x.to_bytes(), *cast.signing[0].expose());
}

#[test]
fn fresh_nonces_differ_even_when_the_randomness_repeats() {
    // JOINT-7: another context or key gives other nonces, as the key and the context enter.
    let cast = cast(Form::Joint, 2, 1);
    let of = |key: usize, sid: u8, ctx| {
        NonceSecret::generate(&mut rng(1), &cast.signing[key], CeremonyId([sid; 32]), &ctx).1
    };
    let other = ceremony::Context([1; 32]);
    let all = [of(0, 1, cast.ctx()), of(1, 1, cast.ctx()), of(0, 2, cast.ctx()), of(0, 1, other)];
    let distinct: std::collections::BTreeSet<_> =
        all.iter().flat_map(|one| [one.first, one.second]).collect();
    assert_eq!(distinct.len(), 8);
}

#[test]
fn a_false_partial_is_known_to_the_head() {
    // JOINT-8
    let cast = cast(Form::Joint, 2, 2);
    let mut of = signed(&cast);
    let bytes = of.partials[&0].expose();
    assert!(Partial::from_bytes(&[0xff; 32]).is_none());
    assert_eq!(of.session.check_partial(0, &of.partials[&0]), Ok(()));
    assert_eq!(of.session.check_partial(1, &of.partials[&0]), Err(JointError::Partial(1)));
    assert_eq!(of.session.check_partial(9, &of.partials[&0]), Err(JointError::Partial(9)));
    let mut own: BTreeMap<u16, Partial> = BTreeMap::new();
    own.insert(0, of.partials.remove(&0).unwrap());
    assert_eq!(of.session.party_sum(ALPHA, &own).err(), Some(JointError::Missing));
    let mut wrong = *bytes.expose();
    wrong[0] ^= 1;
    own.insert(1, Partial::from_bytes(&wrong).unwrap());
    assert_eq!(of.session.party_sum(ALPHA, &own).err(), Some(JointError::Partial(1)));
    assert_eq!(of.session.party_sum(PartyNo(9), &BTreeMap::new()).err(), Some(JointError::Missing));
}

#[test]
fn a_partial_alone_is_no_evidence() {
    // JOINT-8: anybody makes, without a key, nonces and a partial that the equation accepts for any signer and text.
    let cast = cast(Form::Joint, 2, 1);
    let (terms, ctx) = (cast.terms(), cast.ctx());
    let theirs = NonceSecret::generate(&mut rng(1), &cast.signing[1], terms.sid, &ctx).1;
    let (s, second) = (Scalar::from(11u64), G * Scalar::from(13u64));
    // R1 is what S_0 = s G demands; b and c depend on it, so that the forger fixes the sums of nonces first and lets the
    // other signer's nonces be what is left over: a transcript without the other signer's word for its nonces.
    let total1 = G * Scalar::from(17u64);
    let total2 = second + point(theirs.second.as_bytes());
    let x = Aggregate::of(&cast.instrument).unwrap().key();
    let b = hs("backchannel joint nonce coefficient v1", &[&x, &enc(total1), &enc(total2), &ctx.0]);
    let c = hs("backchannel joint challenge v1", &[&x, &enc(total1 + total2 * b), &ctx.0]);
    let keys = [cast.signing[0].public(), cast.signing[1].public()];
    let a = hs(
        "backchannel joint coefficient v1",
        &[&[*keys[0].as_bytes(), *keys[1].as_bytes()].concat(), &[0, 0], keys[0].as_bytes()],
    );
    let first = G * s - second * b - point(keys[0].as_bytes()) * (c * a);
    let y = |of: RistrettoPoint| YPublic::from_bytes(&enc(of)).unwrap();
    let invented = vec![
        NoncePublic { first: y(first), second: y(second) },
        NoncePublic { first: y(total1 - first), second: theirs.second },
    ];
    let session = Session::new(&terms, &cast.salt, invented).unwrap();
    let partial = Partial::from_bytes(&s.to_bytes()).unwrap();
    assert_eq!(session.check_partial(0, &partial), Ok(()));
}

#[test]
fn readiness_convinces_its_addressee_and_can_be_simulated_by_it() {
    // JOINT-9
    let cast = cast(Form::Joint, 3, 1);
    let (of, terms) = (signed(&cast), cast.terms());
    let to_bravo = (BRAVO, &cast.proven(BRAVO));
    let prove = |seed| {
        Readiness::prove(&mut rng(seed), &of.session, &terms, ALPHA, &of.sums[&ALPHA], to_bravo).unwrap()
    };
    let real = prove(1);
    assert_eq!(real.verify(&of.session, &terms, ALPHA), Ok(()));
    let invalid = |party| JointError::Readiness { party, error: DvError::Invalid };
    assert_eq!(real.verify(&of.session, &terms, PartyNo(3)), Err(invalid(PartyNo(3))));
    assert_eq!(real.verify(&of.session, &terms, BRAVO), Err(JointError::Missing));
    let moved = Readiness { to: PartyNo(3), ..real };
    assert_eq!(moved.verify(&of.session, &terms, ALPHA), Err(invalid(ALPHA)));
    let key = &cast.verifiers[&BRAVO].0;
    let simulate =
        |seed| simulate_readiness(&mut rng(seed), &of.session, &terms, ALPHA, (BRAVO, key)).unwrap();
    assert_eq!(simulate(2).verify(&of.session, &terms, ALPHA), Ok(()));
    let mut high = [[0i32; 128]; 2];
    for seed in 0..200 {
        for (counts, proof) in high.iter_mut().zip([prove(seed), simulate(1000 + seed)]) {
            for (count, byte) in counts.iter_mut().zip(proof.proof.as_bytes()) {
                *count += i32::from(*byte > 7);
            }
        }
    }
    let [real, made] = high;
    // Seven standard deviations of the difference of two counts of 200, at worst 70, for seeds that do not change.
    assert!(real.iter().zip(made).all(|(a, b)| (a - b).abs() < 70));
}

#[test]
fn readiness_of_another_try_or_sum_is_refused() {
    // JOINT-9: replays across tries, and proofs by whoever holds no sum.
    let cast = cast(Form::Joint, 2, 1);
    let of = signed(&cast);
    let terms = cast.terms();
    let bravo = cast.proven(BRAVO);
    let proof = Readiness::prove(&mut rng(1), &of.session, &terms, ALPHA, &of.sums[&ALPHA], (BRAVO, &bravo));
    let later = Terms::new(cast.instrument.clone(), CeremonyId([8; 32])).unwrap();
    assert!(proof.unwrap().verify(&of.session, &later, ALPHA).is_err());
    let stolen = Readiness::prove(&mut rng(1), &of.session, &terms, ALPHA, &of.sums[&BRAVO], (BRAVO, &bravo));
    assert_eq!(stolen, Err(JointError::OtherKey));
    let other = SigningKey::generate(&mut rng(2));
    let bound = readiness_context(&cast.ctx(), &terms, ALPHA, BRAVO);
    let faked = Readiness { to: BRAVO, proof: dv::prove(&mut rng(3), &other, &bravo, &bound).unwrap() };
    assert!(faked.verify(&of.session, &terms, ALPHA).is_err());
}

#[test]
fn a_deposit_matches_its_point_in_a_whole_view() {
    // JOINT-10
    let cast = cast(Form::Joint, 3, 1);
    let of = signed(&cast);
    let deposit = of.deposit(&cast, ALPHA);
    assert_eq!(deposit.check(3), Ok(()));
    assert_eq!(deposit.check(2), Err(JointError::View));
    let refused = |change: &dyn Fn(&mut JointDeposit)| {
        let mut changed = deposit.clone();
        change(&mut changed);
        changed.check(3).unwrap_err()
    };
    assert_eq!(refused(&|of| of.alias = Alias([1; 16])), JointError::View);
    assert_eq!(refused(&|of| of.share = Secret32::from_bytes([0xff; 32])), JointError::Share);
    assert_eq!(refused(&|of| of.share = Secret32::from_bytes([1; 32].map(|n: u8| n / 2))), JointError::Share);
    let bravo = cast.terms().alias(&cast.salt, BRAVO);
    assert_eq!(refused(&|of| of.alias = bravo), JointError::Share);
    let cancelling = |of: &mut JointDeposit| {
        let aliases: Vec<_> = of.view.sums.keys().copied().collect();
        let sum: RistrettoPoint =
            aliases[1..].iter().map(|alias| point(of.view.sums[alias].as_bytes())).sum();
        of.view.sums.insert(aliases[0], YPublic::from_bytes(&enc(-sum)).unwrap());
    };
    assert_eq!(refused(&cancelling), JointError::View);
    let other = JointDeposit::of(&cast.terms(), &cast.salt, &of.session, ALPHA, &of.sums[&BRAVO]);
    assert_eq!(other.err(), Some(JointError::Share));
}

#[test]
fn nobody_finishes_without_one_side() {
    // JOINT-11
    let cast = cast(Form::Joint, 3, 1);
    let of = signed(&cast);
    let terms = cast.terms();
    let release = of.release(&cast);
    assert!(release.check(&terms, &cast.salt, &of.session).is_ok());
    let refused = |change: &dyn Fn(&mut JointRelease)| {
        let mut changed = release.clone();
        change(&mut changed);
        assert_eq!(changed.check(&terms, &cast.salt, &of.session), Err(JointError::Release));
    };
    let alias = |party| terms.alias(&cast.salt, party);
    refused(&|of| drop(of.shares.remove(&alias(BRAVO))));
    refused(&|of| drop(of.shares.insert(alias(BRAVO), of.shares[&alias(ALPHA)].clone())));
    refused(&|of| drop(of.shares.insert(Alias([7; 16]), Secret32::from_bytes([0; 32]))));
    refused(&|of| of.certificate.released_at = UtcMs(NOW.0 + 1));
    // All but one share, with the missing one left out of the sum: no artefact.
    let mut s = Scalar::ZERO;
    for party in [ALPHA, BRAVO] {
        s += Scalar::from_canonical_bytes(*of.sums[&party].expose().expose()).unwrap();
    }
    let total = YPublic::from_bytes(&enc(G * s)).unwrap();
    let certificate = Certificate::sign(&mut rng(1), &cast.depositary, &total, NOW);
    let forged =
        Artefact::new(terms.clone(), &cast.salt, *of.session.joint_nonce(), s.to_bytes(), certificate);
    assert_eq!(forged.verify(), Err(ArtefactError::Signature));
}

#[test]
fn a_release_of_another_try_or_text_is_refused() {
    // JOINT-11, ARTEFACT-5: replays across tries and texts.
    let cast = cast(Form::Joint, 2, 1);
    let of = signed(&cast);
    let artefact = of.artefact(&cast);
    assert!(artefact.verify().is_ok());
    let mut other = super::cast(Form::Joint, 2, 1);
    other.instrument.text = TextDigest([8; 32]);
    let later = Terms::new(cast.instrument.clone(), CeremonyId([8; 32])).unwrap();
    for terms in [other.terms(), later] {
        let mut replayed = artefact.clone();
        replayed.terms = terms;
        assert_eq!(replayed.verify(), Err(ArtefactError::Signature));
    }
    let mut salted = artefact;
    salted.salt = Salt::from_bytes([1; 32]);
    assert_eq!(salted.verify(), Err(ArtefactError::Signature));
    let release = of.release(&cast);
    let session = signed(&other).session;
    assert_eq!(release.check(&other.terms(), &other.salt, &session), Err(JointError::Release));
}
