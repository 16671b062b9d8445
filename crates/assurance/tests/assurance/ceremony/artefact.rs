use super::cast;
use super::cast::{EXPIRY, signed};
use crate::common::{NOW, rng};
use backchannel_assurance::ceremony::{Form, TermsError};
use backchannel_assurance::joint::{Artefact, ArtefactError, Certificate};
use backchannel_assurance::*;
use backchannel_wire::{PartyNo, UtcMs};
use proptest::prelude::*;

fn good() -> Artefact {
    let cast = cast(Form::Joint, 2, 2);
    signed(&cast).artefact(&cast)
}

fn refused(change: impl FnOnce(&mut Artefact)) -> ArtefactError {
    let mut artefact = good();
    change(&mut artefact);
    artefact.verify().unwrap_err()
}

#[test]
fn an_artefact_says_who_signed_and_when_it_was_released() {
    let verified = good().verify().unwrap();
    assert_eq!(verified.parties, [PartyNo(1), PartyNo(2)]);
    assert_eq!(verified.signers.len(), 4);
    assert_eq!((verified.released_at, verified.expiry), (NOW, EXPIRY));
}

#[test]
fn an_artefact_survives_bytes_and_text() {
    // ARTEFACT-1, ARTEFACT-2
    let artefact = good();
    assert_eq!(Artefact::from_bytes(&artefact.to_bytes()), Ok(artefact.clone()));
    let text = artefact.to_text();
    assert!(text.lines().all(|line| line.len() <= 72));
    assert_eq!(Artefact::from_text(&text), Ok(artefact.clone()));
    assert_eq!(Artefact::from_text(&text.to_uppercase().replace('\n', "\r\n> ")), Ok(artefact));
    assert_eq!(Artefact::from_text("backchannel-artefact-2:aaaa"), Err(ArtefactError::NotAnArtefact));
    assert_eq!(Artefact::from_text(&text[..text.len() - 9]), Err(ArtefactError::Damaged));
    assert_eq!(Artefact::from_text(&text.repeat(60)), Err(ArtefactError::Malformed));
}

#[test]
fn bytes_that_are_no_artefact_are_refused() {
    // ARTEFACT-1
    let bytes = good().to_bytes();
    for end in 0..bytes.len() {
        assert_eq!(Artefact::from_bytes(&bytes[..end]), Err(ArtefactError::Malformed));
    }
    assert_eq!(Artefact::from_bytes(&[&bytes[..], &[0]].concat()), Err(ArtefactError::Malformed));
    let mut version = bytes.clone();
    version[1] = 2;
    assert_eq!(Artefact::from_bytes(&version), Err(ArtefactError::Version(2)));
}

#[test]
fn terms_of_another_form_or_without_form_are_refused() {
    // ARTEFACT-3
    assert_eq!(refused(|of| of.terms = cast(Form::Gentle, 2, 2).terms()), ArtefactError::OtherForm);
    let quorum = |of: &mut Artefact| of.terms.instrument.sides[0].quorum = 0;
    assert_eq!(refused(quorum), ArtefactError::Terms(TermsError::Quorum));
}

#[test]
fn a_scalar_above_the_order_or_an_identity_point_is_refused() {
    // ARTEFACT-4
    assert_eq!(refused(|of| of.signature = [0xff; 32]), ArtefactError::NotCanonical);
    let artefact = good();
    let mut bytes = artefact.to_bytes();
    let place = bytes.windows(32).position(|window| window == artefact.nonce.as_bytes()).unwrap();
    bytes[place..place + 32].fill(0);
    assert_eq!(Artefact::from_bytes(&bytes), Err(ArtefactError::Malformed));
}

#[test]
fn the_signature_is_over_every_field() {
    // ARTEFACT-5
    assert_eq!(refused(|of| of.signature[0] ^= 1), ArtefactError::Signature);
    assert_eq!(refused(|of| of.terms.instrument.expiry.0 += 1), ArtefactError::Signature);
    assert_eq!(refused(|of| of.terms.instrument.grace_beats += 1), ArtefactError::Signature);
    let nonce = |of: &mut Artefact| of.nonce = SigningKey::generate(&mut rng(1)).public();
    assert_eq!(refused(nonce), ArtefactError::Signature);
    // Another depositary's key: then the terms are others.
    let depositary = |of: &mut Artefact| {
        of.terms.instrument.depositary = Some(DepositaryKey::generate(&mut rng(2)).public());
    };
    assert_eq!(refused(depositary), ArtefactError::Signature);
}

#[test]
fn the_certificate_is_the_depositarys_over_this_sum_and_instant() {
    // ARTEFACT-6
    assert_eq!(refused(|of| of.certificate.released_at.0 += 1), ArtefactError::Certificate);
    for place in [0, 31, 32, 63] {
        assert_eq!(refused(|of| of.certificate.signature[place] ^= 1), ArtefactError::Certificate, "{place}");
    }
    assert_eq!(refused(|of| of.certificate.signature = [0; 64]), ArtefactError::Certificate);
    let cast = cast(Form::Joint, 2, 2);
    let of = signed(&cast);
    let total = of.deposit(&cast, PartyNo(1)).view.total().unwrap();
    let other = DepositaryKey::generate(&mut rng(3));
    let by_another = Certificate::sign(&mut rng(4), &other, &total, NOW);
    assert_eq!(refused(|of| of.certificate = by_another), ArtefactError::Certificate);
    let sum = SigningKey::generate(&mut rng(5)).public();
    let over_another = Certificate::sign(&mut rng(4), &cast.depositary, &sum, NOW);
    assert_eq!(refused(|of| of.certificate = over_another), ArtefactError::Certificate);
}

#[test]
fn a_release_at_the_expiry_is_void() {
    // ARTEFACT-7
    let cast = cast(Form::Joint, 2, 2);
    let of = signed(&cast);
    let last = of.release_at(&cast, UtcMs(EXPIRY.0 - 1)).certificate;
    let late = of.release_at(&cast, EXPIRY).certificate;
    let mut in_time = good();
    in_time.certificate = last;
    assert!(in_time.verify().is_ok());
    assert_eq!(refused(|of| of.certificate = late), ArtefactError::Late);
}

proptest! {
    #[test]
    fn any_flipped_bit_is_refused(bit in 0usize..8 * 500) {
        // ARTEFACT-5, ARTEFACT-6
        let mut bytes = good().to_bytes();
        let place = bit / 8 % bytes.len();
        bytes[place] ^= 1 << (bit % 8);
        prop_assert!(Artefact::from_bytes(&bytes).and_then(|read| read.verify()).is_err());
    }
}
