//! The rules of docs/spec/primitives.md, written again from the page.

use backchannel_assurance::{PartySeed, SeatSecrets, seats};
use backchannel_wire::canonical::{self, CanonicalError};
use backchannel_wire::tagged::{self, Tag};
use backchannel_wire::{Beat, PartyNo, Role, RoomId, RoomKind};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

const TAG: Tag = Tag("backchannel test v1");

fn prefixed(parts: &[&[u8]]) -> Vec<u8> {
    parts.iter().flat_map(|part| [&(part.len() as u64).to_be_bytes()[..], part].concat()).collect()
}

#[test]
fn hashes_are_sha256_over_prefixed_parts() {
    // PRIM-1
    let expected: [u8; 32] = Sha256::digest(prefixed(&[TAG.0.as_bytes(), b"a", b"", b"bc"])).into();
    assert_eq!(tagged::hash(TAG, &[b"a", b"", b"bc"]), expected);
}

#[test]
fn macs_are_hmac_sha256_over_prefixed_parts() {
    // PRIM-2
    let mut mac = Hmac::<Sha256>::new_from_slice(&[7; 32]).unwrap();
    mac.update(&prefixed(&[TAG.0.as_bytes(), b"ab"]));
    let expected: [u8; 32] = mac.finalize().into_bytes().into();
    assert_eq!(tagged::mac(&[7; 32], TAG, &[b"ab"]), expected);
}

#[test]
fn derived_keys_are_hkdf_sha256_without_salt() {
    // PRIM-3
    let mut expected = [0; 32];
    Hkdf::<Sha256>::new(None, b"secret").expand(&prefixed(&[TAG.0.as_bytes(), b"x"]), &mut expected).unwrap();
    assert_eq!(*tagged::derive(b"secret", TAG, &[b"x"]), expected);
}

#[test]
fn only_the_canonical_encoding_is_read() {
    // PRIM-4
    assert_eq!(canonical::from_slice::<Beat>(&[0x17]), Ok(Beat(23)));
    assert_eq!(canonical::from_slice::<Beat>(&[0x18, 0x17]), Err(CanonicalError::NotCanonical));
    assert_eq!(canonical::from_slice::<Vec<u8>>(&[0x9f, 0xff]), Err(CanonicalError::NotCanonical));
    assert_eq!(canonical::to_vec(&RoomKind::Registry), [0x82, 2, 0x80]);
    assert_eq!(canonical::to_vec(&RoomKind::Caucus(PartyNo(3))), [0x82, 1, 0x81, 3]);
    assert_eq!(canonical::to_vec(&Role::Envoy), [2]);
    assert_eq!(canonical::to_vec(&SeatSecrets::Tokens(Vec::new())), [0x82, 1, 0x81, 0x80]);
}

#[test]
fn seat_tokens_differ_by_room_seat_and_use() {
    // INVITE-10
    let seed = PartySeed::from_bytes([1; 32]);
    let (room, other) = (RoomId([2; 16]), RoomId([3; 16]));
    let seat = crate::common::seat;
    let token = seed.token(room, seat(0));
    assert_eq!(
        token.expose(),
        &*tagged::derive(&[1; 32], Tag("backchannel seat token v1"), &[&[2; 16], &[0]])
    );
    let derived = [
        *token.expose(),
        *seed.token(room, seat(1)).expose(),
        *seed.token(other, seat(0)).expose(),
        *seed.revoker(room, seat(0)).expose(),
        *seats::head_mac_key(&token).expose(),
        seats::token_hash(&token),
        seats::revoker_hash(&token),
    ];
    for (place, value) in derived.iter().enumerate() {
        assert!(!derived[..place].contains(value));
    }
    assert_eq!(seats::token_hash(&token), tagged::hash(Tag("backchannel token hash v1"), &[token.expose()]));
}

#[test]
fn bounds_that_hold_each_other_agree() {
    use backchannel_assurance::limits::*;
    const { assert!(LABEL_BYTES_MAX * PARTIES_MAX + ADDRESS_BYTES_MAX + ROOMS_MAX * 100 < INVITATION_BYTES_MAX) };
    const { assert!(MEMBERS_MAX * (LABEL_BYTES_MAX + 150) + 100 < ROSTER_BYTES_MAX) };
    const { assert!(INVITATION_BYTES_MAX * 8 / 5 < INVITATION_TEXT_BYTES_MAX) };
}
