//! Each rule of docs/spec/rooms.md, broken by a member or newcomer that is not held to it.

use super::rogue::{Claimed, Odd, Rogue, package};
use super::*;
use crate::crypto::Seed;
use crate::error::Rule;
use crate::limits::*;
use crate::profile::{self, SeatClaim};
use crate::signer::LeafSigner;
use crate::{Change, Observed, inspect_key_package};
use openmls::prelude::*;
use openmls::schedule::PreSharedKeyId;

#[test]
fn the_seat_extension_has_the_bytes_of_the_specification() {
    let claim = SeatClaim { seat: seat(3), room: ROOM, until: UtcMs(0x1a0_c47d_f800) };
    let extensions = claim.extensions().unwrap();
    let bytes = &extensions.unknown(profile::SEAT_EXTENSION).unwrap().0;
    let hex = backchannel_wire::ids::hex(bytes);
    assert_eq!(hex, "010307070707070707070707070707070707000001a0c47df800");
}

/// An honest founder on seat 0 and a rogue on seat 1.
fn with_rogue() -> (ChaCha20Rng, RoomGroup, Rogue) {
    let mut rng = rng();
    let mut honest = RoomGroup::found(&mut rng, NOW, ROOM, seat(0)).unwrap();
    let rogue = Rogue::join(&mut honest, 1, &mut rng);
    (rng, honest, rogue)
}

/// The commit is refused by this rule, and the room stays as it was and goes on.
fn check_refused(rule: Rule, odd: impl FnOnce(&mut ChaCha20Rng) -> Odd) {
    let (mut rng, mut honest, mut rogue) = with_rogue();
    honest.take_changes();
    let before = honest.to_bytes();
    let (commit, _) = rogue.commit(odd(&mut rng));
    assert_eq!(refused(honest.receive(&commit)), RoomError::Refused(rule));
    assert_eq!(honest.to_bytes(), before);
    assert!(honest.take_changes().is_empty());
    rogue.group.clear_pending_commit(rogue.provider.storage()).unwrap();
    let said = rogue.message(b"still here", b"");
    assert!(honest.receive(&said).is_ok());
}

fn honest_package(n: u8, rng: &mut ChaCha20Rng) -> KeyPackage {
    package(&Claimed::honest(n).build(rng).0)
}

#[test]
fn an_honest_rogue_is_accepted() {
    let (mut rng, mut honest, mut rogue) = with_rogue();
    let (commit, _) = rogue.commit(Odd { adds: vec![honest_package(2, &mut rng)], ..Odd::default() });
    let Ok(Received::Commit(verified)) = honest.receive(&commit) else { panic!("refused") };
    assert!(matches!(verified.observed(), Observed::Added(leaf) if leaf.seat == seat(2)));
    honest.apply(*verified).unwrap();
    assert_eq!(honest.members().unwrap().len(), 3);
}

#[test]
fn other_suites_and_framings_are_refused() {
    // ROOM-1
    let mut rng = rng();
    let suite = Ciphersuite::MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519;
    let capabilities = Capabilities::new(
        None,
        Some(&[suite]),
        Some(&[ExtensionType::Unknown(profile::SEAT_EXTENSION)]),
        Some(&[]),
        Some(&[CredentialType::Basic]),
    );
    let (bytes, ..) = Claimed { suite, capabilities, ..Claimed::honest(1) }.build(&mut rng);
    assert_eq!(inspect_key_package(&bytes, ROOM, NOW), Err(Rule::Suite.into()));

    let (_, mut honest, mut rogue) = with_rogue();
    let open = MlsGroupJoinConfig::builder().wire_format_policy(PURE_PLAINTEXT_WIRE_FORMAT_POLICY).build();
    rogue.group.set_configuration(rogue.provider.storage(), &open).unwrap();
    let (commit, _) = rogue.commit(Odd::default());
    assert_eq!(refused(honest.receive(&commit)), Rule::Suite.into());
}

#[test]
fn leaves_that_differ_from_the_profile_are_refused() {
    // ROOM-2
    let mut rng = other_rng();
    let mut check = |claimed: Claimed| {
        let (bytes, ..) = claimed.build(&mut rng);
        assert_eq!(inspect_key_package(&bytes, ROOM, NOW), Err(Rule::Leaf.into()));
        check_refused(Rule::Leaf, |_| Odd { adds: vec![package(&bytes)], ..Odd::default() });
    };
    let broad = |extensions: &[ExtensionType], proposals: &[ProposalType]| {
        let mut types = vec![ExtensionType::Unknown(profile::SEAT_EXTENSION)];
        types.extend(extensions);
        Capabilities::new(
            Some(&[ProtocolVersion::Mls10]),
            Some(&[profile::SUITE]),
            Some(&types),
            Some(proposals),
            Some(&[CredentialType::Basic]),
        )
    };
    check(Claimed { name: vec![1; 15], ..Claimed::honest(2) });
    check(Claimed { capabilities: broad(&[ExtensionType::Unknown(0xF0F0)], &[]), ..Claimed::honest(2) });
    check(Claimed { capabilities: broad(&[], &[ProposalType::Custom(0xF0F0)]), ..Claimed::honest(2) });
    check(Claimed { lifetime: Lifetime::init(0, u64::MAX - 1), ..Claimed::honest(2) });
    check(Claimed {
        extra: vec![Extension::Unknown(0xF0F0, UnknownExtension(vec![]))],
        capabilities: broad(&[ExtensionType::Unknown(0xF0F0)], &[]),
        ..Claimed::honest(2)
    });
}

#[test]
fn a_leaf_of_another_room_is_refused() {
    // ROOM-3
    let mut rng = other_rng();
    let claim = SeatClaim::new(seat(2), RoomId([8; 16]), NOW);
    let (bytes, ..) = Claimed { claim, ..Claimed::honest(2) }.build(&mut rng);
    assert_eq!(inspect_key_package(&bytes, ROOM, NOW), Err(Rule::LeafRoom.into()));
    check_refused(Rule::LeafRoom, |_| Odd { adds: vec![package(&bytes)], ..Odd::default() });
}

#[test]
fn a_taken_seat_or_name_is_refused() {
    // ROOM-4
    check_refused(Rule::SeatTaken, |rng| Odd { adds: vec![honest_package(0, rng)], ..Odd::default() });
    let same_name = |rng: &mut ChaCha20Rng| Claimed { name: vec![1; 16], ..Claimed::honest(2) }.build(rng).0;
    check_refused(Rule::SeatTaken, |rng| Odd { adds: vec![package(&same_name(rng))], ..Odd::default() });

    let (mut first, _) = pair(&mut rng());
    let (key_package, ..) = Claimed::honest(1).build(&mut rng());
    let staged = first.stage(&Change::Add { key_package }, b"", &mut rng(), NOW);
    assert_eq!(staged, Err(Rule::SeatTaken.into()));
}

#[test]
fn a_newcomer_does_not_enter_a_room_with_a_seat_taken_twice() {
    // ROOM-4
    let (mut rng, _, mut rogue) = with_rogue();
    let newcomer = Newcomer::new(&mut rng, NOW, seat(0), ROOM).unwrap();
    let (_, welcome) = rogue.commit(Odd { adds: vec![package(newcomer.key_package())], ..Odd::default() });
    let joined = RoomGroup::join(&newcomer, &welcome.unwrap(), NOW);
    assert_eq!(joined.err(), Some(Rule::SeatTaken.into()));
}

#[test]
fn key_packages_are_used_in_their_time_only() {
    // ROOM-5
    let mut rng = rng();
    let newcomer = Newcomer::new(&mut rng, NOW, seat(2), ROOM).unwrap();
    let at = |ms: u64| inspect_key_package(newcomer.key_package(), ROOM, UtcMs(ms));
    let expired = Err(Rule::Lifetime.into());
    assert_eq!(at(NOW.0 + KEY_PACKAGE_LIFE_MS), Ok(newcomer.leaf().clone()));
    assert_eq!(at(NOW.0 + KEY_PACKAGE_LIFE_MS + 1), expired);
    assert_eq!(at(NOW.0 - CLOCK_SKEW_MS), Ok(newcomer.leaf().clone()));
    assert_eq!(at(NOW.0 - CLOCK_SKEW_MS - 1), expired);
    let late = RoomGroup::join(&newcomer, b"", UtcMs(NOW.0 + KEY_PACKAGE_LIFE_MS + 1));
    assert_eq!(late.err(), Some(Rule::Lifetime.into()));
}

#[test]
fn a_room_with_a_context_of_its_own_is_not_entered() {
    // ROOM-6
    let mut rng = rng();
    let claimed = Claimed::honest(0);
    let required = RequiredCapabilitiesExtension::new(&[], &[], &[CredentialType::Basic]);
    let config = MlsGroupCreateConfig::builder()
        .ciphersuite(profile::SUITE)
        .wire_format_policy(PURE_CIPHERTEXT_WIRE_FORMAT_POLICY)
        .use_ratchet_tree_extension(true)
        .lifetime(profile::lifetime())
        .capabilities(profile::capabilities())
        .with_leaf_node_extensions(claimed.extensions())
        .unwrap()
        .with_group_context_extensions(Extensions::single(Extension::RequiredCapabilities(required)).unwrap())
        .build();
    let mut rogue = Rogue::found(&claimed, config, &mut rng);
    let newcomer = Newcomer::new(&mut rng, NOW, seat(1), ROOM).unwrap();
    let (_, welcome) = rogue.commit(Odd { adds: vec![package(newcomer.key_package())], ..Odd::default() });
    assert_eq!(RoomGroup::join(&newcomer, &welcome.unwrap(), NOW).err(), Some(Rule::Group.into()));
}

#[test]
fn commits_of_any_other_shape_are_refused() {
    // ROOM-7
    check_refused(Rule::Change, |rng| {
        let adds = vec![honest_package(2, rng), honest_package(3, rng)];
        Odd { adds, ..Odd::default() }
    });
    check_refused(Rule::Change, |_| Odd { context: Some(Extensions::default()), ..Odd::default() });
}

#[test]
fn a_key_and_an_add_in_one_commit_are_refused() {
    // ROOM-7
    let (mut rng, mut honest, mut rogue) = with_rogue();
    honest.add_psk(b"words", &[5; 32].into()).unwrap();
    let id = PreSharedKeyId::external(b"words".to_vec(), vec![6; 32]);
    id.store(&rogue.provider, &[5; 32]).unwrap();
    let proposals = vec![Proposal::PreSharedKey(Box::new(PreSharedKeyProposal::new(id)))];
    let (commit, _) =
        rogue.commit(Odd { proposals, adds: vec![honest_package(2, &mut rng)], ..Odd::default() });
    assert_eq!(refused(honest.receive(&commit)), Rule::Change.into());
}

#[test]
fn a_proposal_by_reference_is_refused_with_its_commit() {
    // ROOM-7, ROOM-10
    let (mut rng, mut honest, mut rogue) = with_rogue();
    let newcomer = honest_package(2, &mut rng);
    let (proposal, _) = rogue.group.propose_add_member(&rogue.provider, &rogue.signer, &newcomer).unwrap();
    assert_eq!(refused(honest.receive(&proposal.to_bytes().unwrap())), Rule::Sender.into());
    let (commit, ..) = rogue.group.commit_to_pending_proposals(&rogue.provider, &rogue.signer).unwrap();
    assert_eq!(refused(honest.receive(&commit.to_bytes().unwrap())), Rule::Change.into());
}

#[test]
fn a_commit_without_a_path_is_refused() {
    // ROOM-8
    check_refused(Rule::NoPath, |rng| Odd {
        no_path: true,
        adds: vec![honest_package(2, rng)],
        ..Odd::default()
    });
}

#[test]
fn an_update_changes_neither_seat_nor_room_nor_name() {
    // ROOM-9
    let parameters =
        |claim: SeatClaim| LeafNodeParameters::builder().with_extensions(claim.extensions().unwrap()).build();
    let moved = SeatClaim::new(seat(9), ROOM, NOW);
    check_refused(Rule::LeafChanged, |_| Odd { parameters: parameters(moved), ..Odd::default() });
    let elsewhere = SeatClaim::new(seat(1), RoomId([8; 16]), NOW);
    check_refused(Rule::LeafChanged, |_| Odd { parameters: parameters(elsewhere), ..Odd::default() });
    let (_, mut honest, mut rogue) = with_rogue();
    let renamed = CredentialWithKey {
        credential: BasicCredential::new(vec![9; 16]).into(),
        signature_key: rogue.group.own_leaf_node().unwrap().signature_key().clone(),
    };
    let parameters = LeafNodeParameters::builder().with_credential_with_key(renamed).build();
    let (commit, _) = rogue.commit(Odd { parameters, ..Odd::default() });
    assert_eq!(refused(honest.receive(&commit)), Rule::LeafChanged.into());
}

#[test]
fn an_update_changes_neither_capabilities_nor_signature_key() {
    // ROOM-9
    let broad = Capabilities::new(
        None,
        Some(&[profile::SUITE]),
        Some(&[ExtensionType::Unknown(profile::SEAT_EXTENSION), ExtensionType::Unknown(0xF0F0)]),
        Some(&[]),
        Some(&[CredentialType::Basic]),
    );
    let parameters = LeafNodeParameters::builder().with_capabilities(broad).build();
    check_refused(Rule::LeafChanged, |_| Odd { parameters, ..Odd::default() });

    let (mut rng, mut honest, mut rogue) = with_rogue();
    let signer = LeafSigner::fresh(&Seed::draw(&mut rng));
    let credential_with_key = CredentialWithKey {
        credential: rogue.group.own_leaf_node().unwrap().credential().clone(),
        signature_key: signer.public().to_vec().into(),
    };
    let fresh = NewSignerBundle { signer: &signer, credential_with_key };
    let bundle = rogue
        .group
        .self_update_with_new_signer(&rogue.provider, &rogue.signer, fresh, LeafNodeParameters::default())
        .unwrap();
    let commit = bundle.into_commit().to_bytes().unwrap();
    assert_eq!(refused(honest.receive(&commit)), Rule::LeafChanged.into());
}

#[test]
fn sizes_are_bounded_before_anything_is_read() {
    // ROOM-11
    let (mut rng, mut honest, mut rogue) = with_rogue();
    let too_long: RoomError = Rule::TooLong.into();
    assert_eq!(refused(honest.receive(&vec![0; COMMIT_BYTES_MAX + 1])), too_long);
    assert_eq!(inspect_key_package(&[0; KEY_PACKAGE_BYTES_MAX + 1], ROOM, NOW).err(), Some(too_long.clone()));
    let newcomer = Newcomer::new(&mut rng, NOW, seat(2), ROOM).unwrap();
    let joined = RoomGroup::join(&newcomer, &vec![0; WELCOME_BYTES_MAX + 1], NOW);
    assert_eq!(joined.err(), Some(too_long.clone()));
    let note = [0; NOTE_BYTES_MAX + 1];
    assert_eq!(honest.stage(&Change::Update, &note, &mut rng, NOW).err(), Some(too_long.clone()));
    assert_eq!(honest.add_psk(&[0; PSK_ID_BYTES_MAX + 1], &[1; 32].into()).err(), Some(too_long.clone()));
    let (commit, _) = rogue.commit(Odd { aad: note.to_vec(), ..Odd::default() });
    assert_eq!(refused(honest.receive(&commit)), too_long);
}

#[test]
fn a_message_carries_no_associated_data() {
    // ROOM-12
    let (_, mut honest, mut rogue) = with_rogue();
    let said = rogue.message(b"words", b"aside");
    assert_eq!(refused(honest.receive(&said)), Rule::AssociatedData.into());
}

#[test]
fn a_replacement_takes_the_seat_it_replaces() {
    // ROOM-13
    let (mut rng, mut honest, mut rogue) = with_rogue();
    let third = Newcomer::new(&mut rng, NOW, seat(2), ROOM).unwrap();
    let (commit, _) = rogue.commit(Odd { adds: vec![package(third.key_package())], ..Odd::default() });
    rogue.group.merge_pending_commit(&rogue.provider).unwrap();
    apply(&mut honest, &commit);
    let adds = vec![honest_package(3, &mut rng)];
    let (commit, _) = rogue.commit(Odd { adds, removals: vec![2], ..Odd::default() });
    assert_eq!(refused(honest.receive(&commit)), Rule::ReplacedSeat.into());

    let (key_package, ..) = Claimed::honest(4).build(&mut rng);
    let change = Change::Replace { seat: seat(2), key_package };
    assert_eq!(honest.stage(&change, b"", &mut rng, NOW).err(), Some(Rule::ReplacedSeat.into()));
}

#[test]
fn nobody_removes_or_replaces_itself() {
    // ROOM-14
    let mut rng = rng();
    let (mut first, _) = pair(&mut rng);
    let own = Change::Remove { seat: seat(0) };
    assert_eq!(first.stage(&own, b"", &mut rng, NOW).err(), Some(Rule::RemovesItself.into()));
    let (key_package, ..) = Claimed::honest(0).build(&mut rng);
    let own = Change::Replace { seat: seat(0), key_package };
    assert_eq!(first.stage(&own, b"", &mut rng, NOW).err(), Some(Rule::RemovesItself.into()));
}

#[test]
fn a_generation_too_far_ahead_is_refused() {
    // ROOM-16
    let (_, mut honest, mut rogue) = with_rogue();
    let last = (0..=SKIPPED_MAX + 1).map(|_| rogue.message(b"x", b"")).last().unwrap();
    assert_eq!(refused(honest.receive(&last)), RoomError::TooDistant);
}
