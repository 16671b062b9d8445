//! Keys, rosters and invitations to start from, the same for the same seed.

use backchannel_assurance::invitation::{InvitedRoom, PartyLabel};
use backchannel_assurance::*;
use backchannel_wire::{ChannelId, MemberId, PartyNo, Role, RoomId, RoomKind, SeatNo, UtcMs};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

pub const CHANNEL: ChannelId = ChannelId([0xc0; 16]);
pub const NOW: UtcMs = UtcMs(1_800_000_000_000);

pub fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

pub fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

pub fn seat(n: u8) -> SeatNo {
    SeatNo::new(n).unwrap()
}

/// A person with its secrets.
pub struct Person {
    pub member: Member,
    pub signing: SigningKey,
}

pub fn person(seed: u64, role: Role, name: &str) -> Person {
    let mut rng = rng(seed);
    let signing = SigningKey::generate(&mut rng);
    let member = Member {
        pseudonym: MemberId([u8::try_from(seed).unwrap(); 16]),
        label: label(name),
        role,
        ik: IdentityKey::generate(&mut rng).public(),
        y: signing.public(),
        valid_from: UtcMs(NOW.0 - 1_000),
        valid_until: UtcMs(NOW.0 + 1_000_000),
    };
    Person { member, signing }
}

/// A delegation of a head, a principal and an envoy, with a quorum of two, and its version 1.
pub fn delegation() -> (Vec<Person>, Version) {
    let people = vec![
        person(1, Role::Head, "head"),
        person(2, Role::Principal, "principal"),
        person(3, Role::Envoy, "envoy 1"),
    ];
    let members = people.iter().map(|person| person.member.clone()).collect();
    let version =
        Version { channel: CHANNEL, party: PartyNo(1), number: 1, previous: None, quorum: 2, members };
    (people, version)
}

/// The version that adds a second envoy.
pub fn following(previous: &Version) -> Version {
    let mut next = previous.clone();
    next.number += 1;
    next.previous = Some(previous.head());
    next.members.push(person(4, Role::Envoy, "envoy 2").member);
    next
}

pub fn verifier(seed: u64) -> (VerifierKey, ProvenVerifier) {
    let mut rng = rng(seed);
    let key = VerifierKey::generate(&mut rng);
    let proven = key.announce(&mut rng, b"here").check(b"here").unwrap();
    (key, proven)
}

/// An invitation to a head, who gets the seed, with seats in all three kinds of room.
pub fn invitation_to_head() -> Invitation {
    let mut rng = rng(7);
    let room = |n: u8, kind, capacity| InvitedRoom { room: RoomId([n; 16]), kind, capacity, seat: seat(0) };
    let side = |n: u8, name: &str| PartyLabel { party: PartyNo(n), label: label(name) };
    Invitation {
        channel: CHANNEL,
        channel_label: label("quiet pact"),
        relay_address: "relay.example:7443".to_owned(),
        relay_pin: [0xab; 32],
        beat_ms: 5_000,
        t0: NOW,
        frame_rooms: 4,
        down_cells: 16,
        party: PartyNo(1),
        parties: vec![side(0, "Intermediary"), side(1, "Alpha"), side(2, "Bravo")],
        member: MemberId([9; 16]),
        role: Role::Head,
        rooms: vec![
            room(1, RoomKind::Delegation(PartyNo(1)), 4),
            room(2, RoomKind::Caucus(PartyNo(1)), 4),
            room(3, RoomKind::Registry, 8),
        ],
        seats: SeatSecrets::Seed(PartySeed::generate(&mut rng)),
        knock_key: Secret32::generate(&mut rng),
        sponsor: IdentityKey::generate(&mut rng).public(),
        intermediary: IdentityKey::generate(&mut rng).public(),
        roster_heads: [(PartyNo(0), RosterHead([5; 32]))].into_iter().collect(),
        expires: UtcMs(NOW.0 + 86_400_000),
        pen: PartyNo::INTERMEDIARY,
        route: None,
    }
}

/// An invitation to an envoy, who gets single tokens.
pub fn invitation_to_envoy() -> Invitation {
    let mut invitation = invitation_to_head();
    for room in &mut invitation.rooms {
        room.seat = seat(1);
    }
    let token = |room: &InvitedRoom| {
        let token = invitation.seats.token(room.room, room.seat).unwrap();
        SeatToken { room: room.room, seat: room.seat, token }
    };
    let tokens = invitation.rooms.iter().map(token).collect();
    invitation.seats = SeatSecrets::Tokens(tokens);
    invitation.role = Role::Envoy;
    invitation
}
