use crate::common::{NOW, invitation_to_envoy, invitation_to_head, label, rng, seat};
use backchannel_assurance::invitation::PartyLabel;
use backchannel_assurance::limits::{INVITATION_BYTES_MAX, INVITATION_TEXT_BYTES_MAX};
use backchannel_assurance::*;
use backchannel_wire::{PartyNo, Role, RoomId, RoomKind, UtcMs};
use proptest::prelude::*;

fn error(invitation: &Invitation) -> InvitationError {
    // A hostile sponsor's invitation: encoded without the checks, as any other CBOR encoder would.
    let bytes = minicbor::to_vec(invitation).unwrap();
    let read = Invitation::from_bytes(&bytes).err().unwrap();
    assert_eq!(invitation.to_bytes().err(), Some(read));
    read
}

fn changed(change: impl FnOnce(&mut Invitation)) -> InvitationError {
    let mut invitation = invitation_to_head();
    change(&mut invitation);
    error(&invitation)
}

#[test]
fn an_invitation_survives_text_file_and_vault() {
    for invitation in [invitation_to_head(), invitation_to_envoy()] {
        let text = invitation.to_text().unwrap();
        assert!(!text.contains(char::is_whitespace));
        assert!(Invitation::from_text(&text).is_ok_and(|read| read == invitation));
        let file = invitation.to_file().unwrap();
        assert!(file.lines().all(|line| line.len() <= 72) && file.lines().count() > 3);
        assert!(Invitation::from_text(&file).is_ok_and(|read| read == invitation));
        let bytes = invitation.to_bytes().unwrap();
        assert!(Invitation::from_bytes(&bytes).is_ok_and(|read| read == invitation));
    }
}

#[test]
fn an_invitation_survives_mail_and_chat() {
    // INVITE-2
    let invitation = invitation_to_head();
    let text = invitation.to_text().unwrap();
    let quoted: String =
        text.as_bytes().chunks(40).map(|c| format!("> {}\r\n", String::from_utf8_lossy(c))).collect();
    assert!(Invitation::from_text(&quoted).is_ok_and(|read| read == invitation));
    let spaced: String = text.to_uppercase().chars().flat_map(|c| [c, '\u{a0}']).collect();
    assert!(Invitation::from_text(&spaced).is_ok_and(|read| read == invitation));
}

#[test]
fn other_text_and_other_versions_are_told_apart() {
    // INVITE-1
    let read = |text: &str| Invitation::from_text(text).err();
    assert_eq!(read("hello"), Some(InvitationError::NotAnInvitation));
    assert_eq!(read(""), Some(InvitationError::NotAnInvitation));
    assert_eq!(read("backchannel-invitation-2:aaaa"), Some(InvitationError::Version));
    assert_eq!(read("> BACKCHANNEL-invitation-99:aaaa"), Some(InvitationError::Version));
}

#[test]
fn damaged_text_is_refused() {
    // INVITE-2, INVITE-3
    let text = invitation_to_head().to_text().unwrap();
    let prefix = text.find(':').unwrap() + 1;
    for place in (prefix..text.len()).step_by(7) {
        let mut damaged = text.as_bytes().to_vec();
        damaged[place] = if damaged[place] == b'a' { b'b' } else { b'a' };
        let damaged = String::from_utf8(damaged).unwrap();
        let read = Invitation::from_text(&damaged).err();
        assert!(matches!(read, Some(InvitationError::Checksum | InvitationError::Character)), "{place}");
    }
    // Eight characters hold five bytes, so that no bits are left over.
    let cut = text.len() - (text.len() - prefix) % 8 - 16;
    assert_eq!(Invitation::from_text(&text[..cut]).err(), Some(InvitationError::Checksum));
    assert_eq!(Invitation::from_text(&format!("{}0", *text)).err(), Some(InvitationError::Character));
    let long = format!("{}{}", *text, " ".repeat(INVITATION_TEXT_BYTES_MAX));
    assert_eq!(Invitation::from_text(&long).err(), Some(InvitationError::TooLong));
    assert_eq!(
        Invitation::from_bytes(&vec![0; INVITATION_BYTES_MAX + 1]).err(),
        Some(InvitationError::TooLong)
    );
}

#[test]
fn content_that_is_not_canonical_is_refused() {
    // INVITE-4
    let bytes = invitation_to_head().to_bytes().unwrap();
    for end in (0..bytes.len()).step_by(3) {
        assert_eq!(Invitation::from_bytes(&bytes[..end]).err(), Some(InvitationError::Malformed));
    }
    let trailing = [&bytes[..], &[0]].concat();
    assert_eq!(Invitation::from_bytes(&trailing).err(), Some(InvitationError::NotCanonical));
    // The array of 20 fields, its length written in two bytes more than needed.
    assert_eq!(bytes[0], 0x94);
    let longer = [&[0x98, 20], &bytes[1..]].concat();
    assert_eq!(Invitation::from_bytes(&longer).err(), Some(InvitationError::NotCanonical));
}

#[test]
fn fields_are_bounded() {
    // INVITE-5
    let addresses =
        ["", "relay", ":7443", "relay:", "relay:0", "relay:65536", "relay:+1", "re lay:1", "ré:1"];
    let more = ["a\n:1", "::1:443", "http://relay:1", "relay:01"];
    for address in addresses.iter().chain(&more) {
        let read = changed(|invitation| invitation.relay_address = (*address).to_owned());
        assert_eq!(read, InvitationError::Bounds("relay address"), "{address:?}");
    }
    let long = changed(|invitation| invitation.relay_address = format!("{}:1", "a".repeat(262)));
    assert_eq!(long, InvitationError::Bounds("relay address"));
    for good in ["[::1]:7443", "127.0.0.1:1", "a-b.onion:65535"] {
        let mut invitation = invitation_to_head();
        invitation.relay_address = good.to_owned();
        assert!(invitation.to_bytes().is_ok(), "{good}");
    }
    assert_eq!(changed(|invitation| invitation.beat_ms = 0), InvitationError::Bounds("beat"));
    assert_eq!(changed(|invitation| invitation.beat_ms = u32::MAX), InvitationError::Bounds("beat"));
    assert_eq!(changed(|invitation| invitation.rooms.clear()), InvitationError::Bounds("rooms"));
    assert_eq!(changed(|invitation| invitation.parties.truncate(1)), InvitationError::Bounds("parties"));
    let crowd = |invitation: &mut Invitation| {
        let side = |n: u8| PartyLabel { party: PartyNo(n), label: label(&format!("side {n}")) };
        invitation.parties = (0..10).map(side).collect();
    };
    assert_eq!(changed(crowd), InvitationError::Bounds("parties"));
    let heads = |invitation: &mut Invitation| {
        invitation.roster_heads = (0..10).map(|n| (PartyNo(n), RosterHead([n; 32]))).collect();
    };
    assert_eq!(changed(heads), InvitationError::Bounds("roster heads"));
}

#[test]
fn fields_do_not_contradict_each_other() {
    // INVITE-6
    type Change = fn(&mut Invitation);
    let cases: [(&str, Change); 14] = [
        ("parties", |invitation| invitation.parties.swap(1, 2)),
        ("parties", |invitation| invitation.parties[2].label = label("Alpha")),
        ("parties", |invitation| drop(invitation.parties.remove(0))),
        ("party", |invitation| invitation.party = PartyNo(3)),
        ("pen", |invitation| invitation.pen = PartyNo(3)),
        ("roster heads", |invitation| invitation.roster_heads.set(PartyNo(3), RosterHead([0; 32]))),
        ("rooms", |invitation| invitation.rooms.swap(0, 1)),
        ("rooms", |invitation| invitation.rooms[1].room = invitation.rooms[0].room),
        ("rooms", |invitation| invitation.rooms[0].kind = RoomKind::Delegation(PartyNo(2))),
        ("rooms", |invitation| invitation.rooms[1].kind = RoomKind::Caucus(PartyNo(2))),
        ("rooms", |invitation| invitation.rooms[0].capacity = 5),
        ("rooms", |invitation| invitation.rooms[0].seat = seat(4)),
        ("frame sizes", |invitation| invitation.frame_rooms = 2),
        ("frame sizes", |invitation| invitation.down_cells = 15),
    ];
    for (place, (field, change)) in cases.into_iter().enumerate() {
        assert_eq!(changed(change), InvitationError::Inconsistent(field), "case {place}");
    }
    let registry = |invitation: &mut Invitation| invitation.party = PartyNo::INTERMEDIARY;
    assert_eq!(changed(registry), InvitationError::Inconsistent("rooms"));
}

#[test]
fn a_route_is_in_every_invitation_that_has_one_and_has_its_bounds() {
    // INVITE-11
    assert_eq!(invitation_to_head().route(), Route { by: Carrier::Standing, registry_after: None });
    let routed =
        |by, registry_after| Invitation { route: Some(Route { by, registry_after }), ..invitation_to_head() };
    for by in [Carrier::Standing, Carrier::Manual, Carrier::Registry] {
        for beats in [None, Some(8), Some(604_800)] {
            let text = routed(by, beats).to_text().unwrap();
            let read = Invitation::from_text(&text).unwrap();
            assert_eq!(read.route(), Route { by, registry_after: beats });
        }
    }
    for beats in [0, 7, 604_801, u32::MAX] {
        let route = Some(Route { by: Carrier::Standing, registry_after: Some(beats) });
        assert_eq!(changed(|invitation| invitation.route = route), InvitationError::Bounds("route"));
    }
}

#[test]
fn the_intermediary_has_seats_in_every_caucus() {
    let mut invitation = invitation_to_head();
    invitation.party = PartyNo::INTERMEDIARY;
    invitation.rooms[0].kind = RoomKind::Caucus(PartyNo(2));
    invitation.rooms[2].kind = RoomKind::Delegation(PartyNo::INTERMEDIARY);
    assert!(invitation.to_bytes().is_ok());
    invitation.rooms[0].kind = RoomKind::Caucus(PartyNo(7));
    assert_eq!(error(&invitation), InvitationError::Inconsistent("rooms"));
    invitation.rooms[0].kind = RoomKind::Caucus(PartyNo(0));
    assert_eq!(error(&invitation), InvitationError::Inconsistent("rooms"));
}

#[test]
fn a_delegate_holds_the_tokens_of_its_seats_alone() {
    // INVITE-7
    let refused = |change: fn(&mut Invitation)| {
        let mut invitation = invitation_to_envoy();
        change(&mut invitation);
        assert_eq!(error(&invitation), InvitationError::Inconsistent("seats"));
    };
    let tokens = |invitation: &mut Invitation, change: fn(&mut Vec<SeatToken>)| {
        if let SeatSecrets::Tokens(tokens) = &mut invitation.seats {
            change(tokens);
        }
    };
    refused(|invitation| invitation.role = Role::Head);
    refused(|invitation| invitation.seats = invitation_to_head().seats.clone());
    let mut fewer = invitation_to_envoy();
    tokens(&mut fewer, |tokens| drop(tokens.pop()));
    assert_eq!(error(&fewer), InvitationError::Inconsistent("seats"));
    let mut others = invitation_to_envoy();
    tokens(&mut others, |tokens| tokens[0].seat = seat(2));
    assert_eq!(error(&others), InvitationError::Inconsistent("seats"));
    let mut order = invitation_to_envoy();
    tokens(&mut order, |tokens| tokens.swap(0, 1));
    assert_eq!(error(&order), InvitationError::Inconsistent("seats"));
}

#[test]
fn an_invitation_ends() {
    // INVITE-8
    let invitation = invitation_to_head();
    assert_eq!(invitation.check_expiry(NOW), Ok(()));
    assert_eq!(invitation.check_expiry(UtcMs(invitation.expires.0 - 1)), Ok(()));
    assert_eq!(invitation.check_expiry(invitation.expires), Err(InvitationError::Expired));
}

#[test]
fn a_head_derives_what_its_delegates_are_handed() {
    // INVITE-10
    let (head, envoy) = (invitation_to_head(), invitation_to_envoy());
    for room in &envoy.rooms {
        let handed = envoy.seats.token(room.room, room.seat);
        assert!(handed.is_some() && handed == head.seats.token(room.room, room.seat));
        assert!(envoy.seats.token(room.room, seat(3)).is_none());
        assert!(envoy.seats.revoker(room.room, room.seat).is_none());
        assert!(head.seats.revoker(room.room, room.seat).is_some());
    }
    assert!(envoy.seats.token(RoomId([77; 16]), seat(1)).is_none());
}

#[test]
fn the_largest_invitation_fits() {
    use backchannel_assurance::limits::*;
    let mut invitation = invitation_to_head();
    let long = |n: u8| label(&format!("{n}{}", "x".repeat(LABEL_BYTES_MAX - 1)));
    let side = |n: u8| PartyLabel { party: PartyNo(n), label: long(n) };
    invitation.channel_label = long(0);
    invitation.relay_address = format!("{}:65535", "a".repeat(ADDRESS_BYTES_MAX - 6));
    invitation.parties = (0..9).map(side).collect();
    invitation.party = PartyNo::INTERMEDIARY;
    invitation.role = Role::Principal;
    let room = invitation.rooms[0];
    invitation.rooms = (0..10)
        .map(|n| backchannel_assurance::invitation::InvitedRoom { room: RoomId([n; 16]), ..room })
        .collect();
    for (room, n) in invitation.rooms.iter_mut().zip(1..) {
        room.kind = if n < 9 { RoomKind::Caucus(PartyNo(n)) } else { RoomKind::Delegation(PartyNo(0)) };
    }
    (invitation.frame_rooms, invitation.down_cells) = (10, 160);
    let token = |room: &backchannel_assurance::invitation::InvitedRoom| SeatToken {
        room: room.room,
        seat: room.seat,
        token: Secret32::generate(&mut rng(1)),
    };
    invitation.seats = SeatSecrets::Tokens(invitation.rooms.iter().map(token).collect());
    invitation.roster_heads = (0..9).map(|n| (PartyNo(n), RosterHead([n; 32]))).collect();
    let text = invitation.to_text().unwrap();
    assert!(Invitation::from_text(&text).is_ok_and(|read| read == invitation));
}

proptest! {
    #[test]
    fn any_text_or_bytes_are_an_invitation_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), text in ".{0,200}") {
        prop_assert!(Invitation::from_bytes(&bytes).is_err());
        prop_assert!(Invitation::from_text(&text).is_err());
    }

    #[test]
    fn altered_bytes_are_refused_or_read_as_they_are(place: usize, to: u8) {
        let mut bytes = invitation_to_envoy().to_bytes().unwrap().to_vec();
        let place = place % bytes.len();
        bytes[place] = to;
        if let Ok(read) = Invitation::from_bytes(&bytes) {
            prop_assert!(read.to_bytes().is_ok_and(|again| *again == bytes));
        }
    }
}
