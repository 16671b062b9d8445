use crate::common::rng;
use backchannel_assurance::limits::{RECIPIENTS_MAX, SEALED_PLAIN_BYTES_MAX};
use backchannel_assurance::sealed::{OpenError, SealError, open, seal, sealed_len};
use backchannel_assurance::{IdentityKey, IkPublic};
use proptest::prelude::*;

fn people(count: usize) -> (Vec<IdentityKey>, Vec<IkPublic>) {
    let rng = &mut rng(1);
    let keys: Vec<_> = (0..count).map(|_| IdentityKey::generate(rng)).collect();
    let publics = keys.iter().map(IdentityKey::public).collect();
    (keys, publics)
}

#[test]
fn every_recipient_opens_and_nobody_else() {
    // PRIM-8
    let (keys, publics) = people(4);
    let sealed = seal(&mut rng(2), &publics[..3], b"ctx", b"content").unwrap();
    assert_eq!(sealed.len(), sealed_len(3, 7));
    for key in &keys[..3] {
        assert_eq!(open(key, b"ctx", &sealed).unwrap().as_slice(), b"content");
        assert_eq!(open(key, b"other", &sealed).err(), Some(OpenError::NotMine));
    }
    assert_eq!(open(&keys[3], b"ctx", &sealed).err(), Some(OpenError::NotMine));
}

#[test]
fn a_box_altered_anywhere_does_not_open() {
    // PRIM-8
    let (keys, publics) = people(2);
    let sealed = seal(&mut rng(3), &publics, b"ctx", b"content").unwrap();
    for place in 0..sealed.len() {
        let mut altered = sealed.clone();
        altered[place] ^= 1;
        assert!(open(&keys[0], b"ctx", &altered).is_err(), "byte {place}");
        assert!(open(&keys[0], b"ctx", &sealed[..place]).is_err(), "cut at {place}");
    }
    let longer = [&sealed[..], &[0]].concat();
    assert!(open(&keys[0], b"ctx", &longer).is_err());
}

#[test]
fn a_weak_ephemeral_key_is_refused() {
    // PRIM-5
    let (keys, publics) = people(1);
    let mut sealed = seal(&mut rng(4), &publics, b"ctx", b"content").unwrap();
    sealed[2..34].fill(0);
    assert_eq!(open(&keys[0], b"ctx", &sealed).err(), Some(OpenError::Malformed));
}

#[test]
fn boxes_are_bounded() {
    // PRIM-8
    let (_, publics) = people(RECIPIENTS_MAX + 1);
    assert_eq!(seal(&mut rng(5), &[], b"", b""), Err(SealError::Recipients(0)));
    assert_eq!(seal(&mut rng(5), &publics, b"", b""), Err(SealError::Recipients(RECIPIENTS_MAX + 1)));
    let long = vec![0; SEALED_PLAIN_BYTES_MAX + 1];
    assert_eq!(seal(&mut rng(5), &publics[..1], b"", &long), Err(SealError::TooLong));
    assert_eq!(seal(&mut rng(5), &publics[..1], &long[..2000], b""), Err(SealError::TooLong));
    assert!(seal(&mut rng(5), &publics[..1], b"", &long[1..]).is_ok());
}

#[test]
fn two_boxes_of_one_content_share_nothing() {
    let (_, publics) = people(1);
    let rng = &mut rng(6);
    let (one, two) = (seal(rng, &publics, b"", b"same").unwrap(), seal(rng, &publics, b"", b"same").unwrap());
    let same = one.iter().zip(&two).filter(|(a, b)| a == b).count();
    assert!(same < 12, "{same} of {} bytes agree", one.len());
}

proptest! {
    #[test]
    fn any_bytes_open_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), count in 0u8..20) {
        let (keys, _) = people(1);
        prop_assert!(open(&keys[0], b"", &bytes).is_err());
        let shaped = [&[1, count], &bytes[..]].concat();
        prop_assert!(open(&keys[0], b"", &shaped).is_err());
    }
}
