//! Invitations.

use super::{Case, flipped};
use crate::common::{CHANNEL, NOW, invitation_to_envoy, invitation_to_head, seat};
use crate::vectors::file::VectorFile;
use backchannel_assurance::*;
use backchannel_wire::tagged::{self, Tag};
use backchannel_wire::{PartyNo, Role, RoomKind};

/// The armour of any bytes, checksum included, as another implementation would write it.
fn armoured(bytes: &[u8]) -> Vec<u8> {
    let prefix = invitation::PREFIX.as_bytes();
    let checksum = tagged::hash(Tag("backchannel armour checksum v1"), &[prefix, bytes]);
    let bits: Vec<u8> = bytes
        .iter()
        .chain(&checksum[..4])
        .flat_map(|byte| (0..8).rev().map(move |place| byte >> place & 1))
        .collect();
    let alphabet = b"abcdefghijklmnopqrstuvwxyz234567";
    let digit = |bits: &[u8]| {
        let padded = bits.iter().chain(&[0; 4]).take(5);
        alphabet[padded.fold(0, |value, bit| value * 2 + usize::from(*bit))]
    };
    prefix.iter().copied().chain(bits.chunks(5).map(digit)).collect()
}

fn altered(invitation: &Invitation, change: impl FnOnce(&mut Invitation)) -> Vec<u8> {
    let mut invitation = invitation.clone();
    change(&mut invitation);
    armoured(&minicbor::to_vec(&invitation).unwrap())
}

pub fn cases() -> Vec<Case> {
    let head = invitation_to_head();
    let text = head.to_text().unwrap();
    let good = VectorFile::new("invitation", text.as_bytes()).with("now", &NOW.0.to_string());
    let mut cases = read(&good, &head);
    cases.extend(damaged_text(&good, &text));
    cases.extend(damaged_content(&good, &head));
    cases.extend(out_of_bounds(&good, &head));
    cases.extend(contradictions(&good, &head));
    cases
}

fn read(good: &VectorFile, head: &Invitation) -> Vec<Case> {
    let (envoy, text) = (invitation_to_envoy(), head.to_text().unwrap());
    let with = |body: &[u8]| good.clone().with_body(body);
    let wrapped = head.to_file().unwrap().lines().map(|line| format!("> {line}\r\n")).collect::<String>();
    vec![
        ("head", "ok", "to a head, who gets the seed", good.clone()),
        ("envoy", "ok", "to an envoy, who gets single tokens", with(envoy.to_text().unwrap().as_bytes())),
        ("wrapped", "ok", "wrapped, quoted and with other line ends", with(wrapped.as_bytes())),
        ("upper", "ok", "in capitals", with(text.to_uppercase().as_bytes())),
        (
            "expired",
            "expired",
            "read in the millisecond in which it ends",
            good.clone().with("now", &head.expires.0.to_string()),
        ),
    ]
}

fn damaged_text(good: &VectorFile, text: &str) -> Vec<Case> {
    let with = |body: &[u8]| good.clone().with_body(body);
    let mut swapped = text.as_bytes().to_vec();
    swapped.swap(60, 61);
    assert_ne!(swapped, text.as_bytes());
    // Eight characters hold five bytes, so that no bits are left over.
    let cut = text.len() - (text.len() - invitation::PREFIX.len()) % 8 - 16;
    let other_version = text.replace("invitation-1", "invitation-2");
    vec![
        ("other-text", "not-an-invitation", "another text", with(b"hello")),
        ("version", "version", "a later version of the format", with(other_version.as_bytes())),
        (
            "character",
            "character",
            "a character outside the alphabet",
            with(text.replace('7', "8").as_bytes()),
        ),
        ("swapped", "checksum", "two neighbouring characters swapped", with(&swapped)),
        ("cut", "checksum", "the end is missing", with(&text.as_bytes()[..cut])),
        (
            "long",
            "too-long",
            "longer than any invitation",
            with(&[text.as_bytes(), &[b' '; 20_000]].concat()),
        ),
    ]
}

fn damaged_content(good: &VectorFile, head: &Invitation) -> Vec<Case> {
    let (bytes, text) = (head.to_bytes().unwrap(), head.to_text().unwrap());
    assert_eq!(armoured(&bytes), text.as_bytes());
    let with = |body: &[u8]| good.clone().with_body(body);
    let sponsor = bytes.windows(32).position(|window| window == head.sponsor.as_bytes()).unwrap();
    let mut weak = bytes.to_vec();
    weak[sponsor..sponsor + 32].fill(0);
    vec![
        ("channel", "checksum", "the channel id altered, the checksum not", {
            let place = bytes.windows(16).position(|window| window == CHANNEL.0).unwrap();
            let other = String::from_utf8(armoured(&flipped(&bytes, place))).unwrap();
            let (start, end) = (other.len() - 8, text.len() - 8);
            with(format!("{}{}", &other[..start], &text[end..]).as_bytes())
        }),
        (
            "truncated",
            "malformed",
            "content cut short under a right checksum",
            with(&armoured(&bytes[..bytes.len() - 1])),
        ),
        ("weak-sponsor", "malformed", "a sponsor key that every secret would match", with(&armoured(&weak))),
        (
            "trailing",
            "not-canonical",
            "a byte after the content",
            with(&armoured(&[&bytes[..], &[0]].concat())),
        ),
        (
            "length",
            "not-canonical",
            "a length in more bytes than needed",
            with(&armoured(&[&[0x98, 20], &bytes[1..]].concat())),
        ),
    ]
}

fn out_of_bounds(good: &VectorFile, head: &Invitation) -> Vec<Case> {
    let changed = |change: &dyn Fn(&mut Invitation)| good.clone().with_body(&altered(head, change));
    vec![
        (
            "address",
            "bounds",
            "a relay address with a control character",
            changed(&|invitation| invitation.relay_address = "relay\u{1b}[2J:1".to_owned()),
        ),
        ("beat", "bounds", "a beat of no length", changed(&|invitation| invitation.beat_ms = 0)),
        ("no-rooms", "bounds", "no room", changed(&|invitation| invitation.rooms.clear())),
    ]
}

fn contradictions(good: &VectorFile, head: &Invitation) -> Vec<Case> {
    let envoy = invitation_to_envoy();
    let with = |body: &[u8]| good.clone().with_body(body);
    let changed = |change: &dyn Fn(&mut Invitation)| with(&altered(head, change));
    vec![
        (
            "pen",
            "inconsistent",
            "a pen in the hand of nobody",
            changed(&|invitation| invitation.pen = PartyNo(3)),
        ),
        (
            "seat",
            "inconsistent",
            "a seat beyond the room's capacity",
            changed(&|invitation| invitation.rooms[0].seat = seat(4)),
        ),
        (
            "capacity",
            "inconsistent",
            "a capacity that no room has",
            changed(&|invitation| invitation.rooms[0].capacity = 3),
        ),
        (
            "foreign-room",
            "inconsistent",
            "another party's delegation room",
            changed(&|invitation| invitation.rooms[0].kind = RoomKind::Delegation(PartyNo(2))),
        ),
        (
            "frame",
            "inconsistent",
            "more rooms than a frame has slots",
            changed(&|invitation| invitation.frame_rooms = 2),
        ),
        (
            "seed-to-envoy",
            "inconsistent",
            "the seed of all seats handed to an envoy",
            changed(&|invitation| invitation.role = Role::Envoy),
        ),
        (
            "token-missing",
            "inconsistent",
            "an envoy without a token for one of its seats",
            with(&altered(&envoy, |invitation| invitation.rooms.truncate(2))),
        ),
    ]
}
