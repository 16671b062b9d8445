use crate::common::{rng, seat};
use backchannel_assurance::limits::GROUP_ID_BYTES_MAX;
use backchannel_assurance::vouch::{End, Statement, VouchError, simulate, verify, vouch};
use backchannel_assurance::{IdentityKey, KeyError, RosterHead, Vouch};
use backchannel_wire::tagged::{self, Tag};
use x25519_dalek::{PublicKey, StaticSecret};

fn pair() -> (IdentityKey, IdentityKey) {
    let rng = &mut rng(1);
    (IdentityKey::generate(rng), IdentityKey::generate(rng))
}

fn statement() -> Statement<'static> {
    let end = |n: u8| End { seat: seat(n), leaf_key: [n; 32], roster: RosterHead([n + 8; 32]) };
    Statement { group_id: b"group", author: end(1), recipient: end(2) }
}

#[test]
fn a_vouch_convinces_its_recipient() {
    let (author, recipient) = pair();
    let made = vouch(&author, &recipient.public(), &statement()).unwrap();
    assert_eq!(verify(&recipient, &author.public(), &statement(), &made), Ok(()));
}

#[test]
fn the_other_end_could_have_made_every_vouch() {
    // VOUCH-5
    let (author, recipient) = pair();
    let real = vouch(&author, &recipient.public(), &statement()).unwrap();
    let simulated = simulate(&recipient, &author.public(), &statement()).unwrap();
    assert_eq!(real, simulated);
}

#[test]
fn the_key_and_the_mac_are_those_of_the_page() {
    // VOUCH-1, VOUCH-2
    let (author, recipient) = pair();
    let (a, b) = (author.public(), recipient.public());
    let shared = StaticSecret::from(*author.expose()).diffie_hellman(&PublicKey::from(*b.as_bytes()));
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    let key = tagged::derive(
        shared.as_bytes(),
        Tag("backchannel vouch key v1"),
        &[low.as_bytes(), high.as_bytes()],
    );
    let parts: [&[u8]; 8] =
        [a.as_bytes(), b.as_bytes(), b"group", &[1, 2], &[1; 32], &[2; 32], &[9; 32], &[10; 32]];
    let expected = Vouch(tagged::mac(&key, Tag("backchannel vouch v1"), &parts));
    assert_eq!(vouch(&author, &b, &statement()), Ok(expected));
}

#[test]
fn every_field_is_bound() {
    // VOUCH-2, VOUCH-4
    let (author, recipient) = pair();
    let made = vouch(&author, &recipient.public(), &statement()).unwrap();
    type Change = fn(&mut Statement<'_>);
    let changes: [(&str, Change); 7] = [
        ("group", |s| s.group_id = b"grouq"),
        ("author's seat", |s| s.author.seat = seat(3)),
        ("recipient's seat", |s| s.recipient.seat = seat(3)),
        ("author's leaf", |s| s.author.leaf_key[31] ^= 1),
        ("recipient's leaf", |s| s.recipient.leaf_key[0] ^= 1),
        ("author's roster", |s| s.author.roster.0[0] ^= 1),
        ("recipient's roster", |s| s.recipient.roster.0[31] ^= 1),
    ];
    for (field, change) in changes {
        let mut other = statement();
        change(&mut other);
        let read = verify(&recipient, &author.public(), &other, &made);
        assert_eq!(read, Err(VouchError::Invalid), "{field}");
    }
    for bit in 0..256 {
        let mut flipped = made;
        flipped.0[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(verify(&recipient, &author.public(), &statement(), &flipped), Err(VouchError::Invalid));
    }
}

#[test]
fn a_vouch_does_not_hold_in_the_other_direction_or_for_another_pair() {
    // VOUCH-4
    let (author, recipient) = pair();
    let made = vouch(&author, &recipient.public(), &statement()).unwrap();
    let Statement { group_id, author: from, recipient: to } = statement();
    let turned = Statement { group_id, author: to, recipient: from };
    assert_eq!(verify(&author, &recipient.public(), &turned, &made), Err(VouchError::Invalid));
    assert_eq!(verify(&author, &recipient.public(), &statement(), &made), Err(VouchError::Invalid));
    let third = IdentityKey::generate(&mut rng(9));
    assert_eq!(verify(&third, &author.public(), &statement(), &made), Err(VouchError::Invalid));
    assert_eq!(verify(&recipient, &third.public(), &statement(), &made), Err(VouchError::Invalid));
}

#[test]
fn a_vouch_is_between_two_leaves_of_two_people() {
    // VOUCH-3
    let (author, recipient) = pair();
    let refuse = |change: fn(&mut Statement<'_>)| {
        let mut bad = statement();
        change(&mut bad);
        assert_eq!(vouch(&author, &recipient.public(), &bad), Err(VouchError::NotAPair));
    };
    refuse(|s| s.recipient.seat = s.author.seat);
    refuse(|s| s.recipient.leaf_key = s.author.leaf_key);
    refuse(|s| s.group_id = &[0; GROUP_ID_BYTES_MAX + 1]);
    // PRIM-7
    assert_eq!(vouch(&author, &author.public(), &statement()), Err(VouchError::Key(KeyError::Own)));
}
