use crate::common::rng;
use backchannel_assurance::authenticated::{AuthenticationError, knock_tag, tag, verify, verify_knock};
use backchannel_assurance::*;
use backchannel_wire::canonical;
use proptest::prelude::*;

/// The X25519 points of small order and their other encodings, from RFC 7748's field and curve.
const WEAK_IK: [&str; 5] = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
];
const NON_CANONICAL_IK: [&str; 4] = [
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "0900000000000000000000000000000000000000000000000000000000000080",
];

fn bytes(hex: &str) -> Vec<u8> {
    backchannel_wire::ids::unhex(hex).unwrap()
}

#[test]
fn weak_and_non_canonical_identity_keys_are_refused() {
    // PRIM-5
    for weak in WEAK_IK {
        assert_eq!(IkPublic::from_bytes(&bytes(weak)), Err(KeyError::Weak), "{weak}");
    }
    for other in NON_CANONICAL_IK {
        assert_eq!(IkPublic::from_bytes(&bytes(other)), Err(KeyError::NotCanonical), "{other}");
    }
    let base = bytes("0900000000000000000000000000000000000000000000000000000000000000");
    assert!(IkPublic::from_bytes(&base).is_ok());
    let highest = bytes("eaffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    assert!(IkPublic::from_bytes(&highest).is_ok());
    assert_eq!(IkPublic::from_bytes(&base[1..]), Err(KeyError::NotCanonical));
}

#[test]
fn weak_and_non_canonical_group_keys_are_refused() {
    // PRIM-5
    assert_eq!(YPublic::from_bytes(&[0; 32]), Err(KeyError::Weak));
    assert_eq!(DPublic::from_bytes(&[0; 32]), Err(KeyError::Weak));
    let mut negative = [0; 32];
    negative[0] = 1;
    assert_eq!(YPublic::from_bytes(&negative), Err(KeyError::NotCanonical));
    assert_eq!(YPublic::from_bytes(&[0xff; 32]), Err(KeyError::NotCanonical));
    assert_eq!(YPublic::from_bytes(&[0; 31]), Err(KeyError::NotCanonical));
    assert_eq!(SigningKey::from_bytes(&[0; 32]).err(), Some(KeyError::Weak));
    assert_eq!(SigningKey::from_bytes(&[0xff; 32]).err(), Some(KeyError::NotCanonical));
    // The group's order itself.
    let order = bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    assert_eq!(
        VerifierKey::from_bytes(order.as_slice().try_into().unwrap()).err(),
        Some(KeyError::NotCanonical)
    );
}

#[test]
fn keys_survive_the_vault_and_the_wire() {
    let rng = &mut rng(1);
    let (ik, y, d) = (IdentityKey::generate(rng), SigningKey::generate(rng), VerifierKey::generate(rng));
    assert_eq!(IdentityKey::from_bytes(&ik.expose()).public(), ik.public());
    assert_eq!(SigningKey::from_bytes(&y.expose()).unwrap().public(), y.public());
    assert_eq!(VerifierKey::from_bytes(&d.expose()).unwrap().public(), d.public());
    let publics = (ik.public(), y.public(), d.public());
    assert_eq!(canonical::from_slice(&canonical::to_vec(&publics)), Ok(publics));
}

#[test]
fn a_weak_key_inside_a_structure_is_refused() {
    // PRIM-5
    let mut encoded = vec![0x58, 32];
    encoded.extend_from_slice(&[0; 32]);
    assert!(canonical::from_slice::<IkPublic>(&encoded).is_err());
    assert!(canonical::from_slice::<YPublic>(&encoded).is_err());
    assert!(canonical::from_slice::<DPublic>(&encoded).is_err());
}

/// Implemented once for every type, and once more for those that can be printed: naming it is ambiguous for those.
trait NotPrintable<Marker> {
    fn holds() {}
}
struct Printable;
impl<T> NotPrintable<()> for T {}
impl<T: std::fmt::Debug> NotPrintable<Printable> for T {}

#[test]
fn secrets_cannot_be_printed() {
    // This test is its own compilation.
    <IdentityKey as NotPrintable<_>>::holds();
    <SigningKey as NotPrintable<_>>::holds();
    <VerifierKey as NotPrintable<_>>::holds();
    <Secret32 as NotPrintable<_>>::holds();
    <PartySeed as NotPrintable<_>>::holds();
    <SeatToken as NotPrintable<_>>::holds();
    <SeatSecrets as NotPrintable<_>>::holds();
    <Invitation as NotPrintable<_>>::holds();
    <words::EnvoyWords as NotPrintable<_>>::holds();
    <words::ExternalPsk as NotPrintable<_>>::holds();
    <words::Comparison as NotPrintable<_>>::holds();
}

#[test]
fn an_authenticated_message_holds_for_its_sender_recipient_context_and_bytes_alone() {
    // PRIM-9
    let rng = &mut rng(2);
    let (a, b, c) = (IdentityKey::generate(rng), IdentityKey::generate(rng), IdentityKey::generate(rng));
    let mac = tag(&a, &b.public(), b"ctx", b"msg").unwrap();
    assert_eq!(verify(&b, &a.public(), b"ctx", b"msg", &mac), Ok(()));
    let refused = Err(AuthenticationError::Invalid);
    assert_eq!(verify(&b, &a.public(), b"ctxm", b"sg", &mac), refused);
    assert_eq!(verify(&b, &a.public(), b"ctx", b"msG", &mac), refused);
    assert_eq!(verify(&b, &c.public(), b"ctx", b"msg", &mac), refused);
    assert_eq!(verify(&c, &a.public(), b"ctx", b"msg", &mac), refused);
    assert_eq!(verify(&b, &a.public(), b"ctx", b"msg", &mac[..31]), refused);
    // Sent back to its sender, it does not pass for the recipient's.
    assert_eq!(verify(&a, &b.public(), b"ctx", b"msg", &mac), refused);
}

#[test]
fn nothing_is_authenticated_to_oneself() {
    // PRIM-7
    let ik = IdentityKey::generate(&mut rng(3));
    assert_eq!(tag(&ik, &ik.public(), b"", b""), Err(KeyError::Own));
}

#[test]
fn a_first_knock_holds_under_its_invitation_alone() {
    // INVITE-9
    let rng = &mut rng(4);
    let (key, other) = (Secret32::generate(rng), Secret32::generate(rng));
    let mac = knock_tag(&key, b"ctx", b"msg");
    assert_eq!(verify_knock(&key, b"ctx", b"msg", &mac), Ok(()));
    assert_eq!(verify_knock(&other, b"ctx", b"msg", &mac), Err(AuthenticationError::Invalid));
    assert_eq!(verify_knock(&key, b"ctx", b"msg2", &mac), Err(AuthenticationError::Invalid));
    assert_eq!(verify_knock(&key, b"", b"ctxmsg", &mac), Err(AuthenticationError::Invalid));
}

proptest! {
    #[test]
    fn any_bytes_are_a_key_or_refused(bytes: [u8; 32]) {
        for read in [IkPublic::from_bytes(&bytes).map(|key| *key.as_bytes()),
            YPublic::from_bytes(&bytes).map(|key| *key.as_bytes()),
            DPublic::from_bytes(&bytes).map(|key| *key.as_bytes()),
            SigningKey::from_bytes(&bytes).map(|key| *key.expose())]
        {
            prop_assert!(read.is_err() || read == Ok(bytes));
        }
    }
}
