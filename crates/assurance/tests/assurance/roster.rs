use crate::common::{delegation, following, label, person, rng, verifier};
use backchannel_assurance::dv;
use backchannel_assurance::limits::{APPROVALS_MAX, MEMBERS_MAX};
use backchannel_assurance::roster::{
    ApprovalError, RosterError, approval_context, approve, check_next, verify_approvals,
};
use backchannel_assurance::*;
use backchannel_wire::{ChannelId, MemberId, PartyNo, Role, UtcMs, canonical};
use proptest::prelude::*;

use crate::common::NOW;

fn refused(change: impl FnOnce(&mut Version)) -> RosterError {
    let (_, mut version) = delegation();
    change(&mut version);
    let error = version.check_form().unwrap_err();
    assert_eq!(Version::from_bytes(&version.to_bytes()), Err(error));
    error
}

#[test]
fn a_version_survives_its_encoding() {
    let (_, version) = delegation();
    assert_eq!(Version::from_bytes(&version.to_bytes()), Ok(version.clone()));
    let next = following(&version);
    assert_eq!(Version::from_bytes(&next.to_bytes()), Ok(next.clone()));
    assert_eq!(check_next(&version, &next), Ok(()));
    assert_ne!(version.head(), next.head());
}

#[test]
fn bytes_that_are_no_version_are_refused() {
    // ROSTER-1
    let (_, version) = delegation();
    let bytes = version.to_bytes();
    for end in 0..bytes.len() {
        assert_eq!(Version::from_bytes(&bytes[..end]), Err(RosterError::Malformed));
    }
    let trailing = [&bytes[..], &[0]].concat();
    assert_eq!(Version::from_bytes(&trailing), Err(RosterError::Malformed));
    assert_eq!(Version::from_bytes(&vec![0; 5_000]), Err(RosterError::Malformed));
    // An identity key that is not one.
    let ik = version.members[0].ik;
    let place = bytes.windows(32).position(|window| window == ik.as_bytes()).unwrap();
    let mut weak = bytes.clone();
    weak[place..place + 32].fill(0);
    assert_eq!(Version::from_bytes(&weak), Err(RosterError::Malformed));
}

#[test]
fn a_roster_has_some_members_and_not_too_many() {
    // ROSTER-2
    assert_eq!(refused(|version| version.members.clear()), RosterError::MemberCount(0));
    let many = |version: &mut Version| {
        version.members =
            (0..=MEMBERS_MAX).map(|n| person(n as u64, Role::Envoy, &format!("envoy {n}")).member).collect();
    };
    assert_eq!(refused(many), RosterError::MemberCount(MEMBERS_MAX + 1));
}

#[test]
fn members_are_in_order_and_appear_once() {
    // ROSTER-4
    assert_eq!(refused(|version| version.members.swap(0, 1)), RosterError::Order);
    let twice = |version: &mut Version| version.members[1].pseudonym = version.members[0].pseudonym;
    assert_eq!(refused(twice), RosterError::Order);
}

#[test]
fn members_share_neither_keys_nor_labels() {
    // ROSTER-5
    assert_eq!(refused(|version| version.members[1].ik = version.members[0].ik), RosterError::Shared);
    assert_eq!(refused(|version| version.members[1].y = version.members[0].y), RosterError::Shared);
    assert_eq!(refused(|version| version.members[1].label = label("head")), RosterError::Shared);
}

#[test]
fn there_is_one_head_of_delegation() {
    // ROSTER-6
    assert_eq!(refused(|version| version.members[0].role = Role::Principal), RosterError::Heads(0));
    assert_eq!(refused(|version| version.members[1].role = Role::Head), RosterError::Heads(2));
}

#[test]
fn the_quorum_can_be_met() {
    // ROSTER-7
    assert_eq!(refused(|version| version.quorum = 0), RosterError::Quorum { quorum: 0, approvers: 2 });
    assert_eq!(refused(|version| version.quorum = 3), RosterError::Quorum { quorum: 3, approvers: 2 });
}

#[test]
fn validity_ends_after_it_begins() {
    // ROSTER-8
    let never = |version: &mut Version| version.members[2].valid_until = version.members[2].valid_from;
    assert_eq!(refused(never), RosterError::Validity);
    let member = person(1, Role::Head, "head").member;
    assert!(member.is_valid(member.valid_from) && !member.is_valid(member.valid_until));
}

#[test]
fn number_and_previous_hash_belong_together() {
    // ROSTER-9
    assert_eq!(refused(|version| version.number = 0), RosterError::Numbering);
    assert_eq!(refused(|version| version.number = 2), RosterError::Numbering);
    assert_eq!(refused(|version| version.previous = Some(RosterHead([0; 32]))), RosterError::Numbering);
}

#[test]
fn a_version_follows_the_one_before_it_alone() {
    // ROSTER-10
    let (_, previous) = delegation();
    let check = |change: fn(&mut Version)| {
        let mut next = following(&previous);
        change(&mut next);
        check_next(&previous, &next).unwrap_err()
    };
    assert_eq!(check(|next| next.channel = ChannelId([0; 16])), RosterError::OtherParty);
    assert_eq!(check(|next| next.party = PartyNo(2)), RosterError::OtherParty);
    assert_eq!(check(|next| next.number = 3), RosterError::NotNext { expected: 2, found: 3 });
    assert_eq!(check(|next| next.previous = Some(RosterHead([0; 32]))), RosterError::NotChained);
    assert_eq!(check_next(&previous, &previous), Err(RosterError::NotNext { expected: 2, found: 1 }));
    let mut last = previous.clone();
    (last.number, last.previous) = (u32::MAX, Some(RosterHead([0; 32])));
    assert!(matches!(check_next(&last, &following(&previous)), Err(RosterError::NotNext { .. })));
}

#[test]
fn a_pseudonym_keeps_its_keys_and_a_key_its_pseudonym() {
    // ROSTER-11
    let (_, previous) = delegation();
    let stranger = person(9, Role::Envoy, "stranger").member;
    let changes: [&dyn Fn(&mut Member); 3] =
        [&|member| member.ik = stranger.ik, &|member| member.y = stranger.y, &|member| {
            member.pseudonym = stranger.pseudonym
        }];
    for change in changes {
        let mut next = following(&previous);
        change(&mut next.members[2]);
        next.members.sort_by_key(|member| member.pseudonym);
        assert_eq!(check_next(&previous, &next), Err(RosterError::Rekeyed));
    }
    let mut promoted = following(&previous);
    promoted.members[2].role = Role::Principal;
    promoted.members[2].label = label("second principal");
    assert_eq!(check_next(&previous, &promoted), Ok(()));
}

#[test]
fn every_field_changes_the_head() {
    // ROSTER-9
    let (_, version) = delegation();
    let changes: [fn(&mut Version); 9] = [
        |version| version.channel.0[0] ^= 1,
        |version| version.party = PartyNo(2),
        |version| version.number += 1,
        |version| version.quorum = 1,
        |version| version.members[0].pseudonym.0[0] ^= 1,
        |version| version.members[0].label = label("chief"),
        |version| version.members[2].role = Role::Observer,
        |version| version.members[2].valid_from.0 += 1,
        |version| version.members[2].valid_until.0 += 1,
    ];
    for change in changes {
        let mut other = version.clone();
        change(&mut other);
        assert_ne!(other.head(), version.head());
    }
}

/// Approvals of the following version by the given members, shown to the verifier.
fn approvals(by: &[usize], to: &ProvenVerifier) -> (Version, Version, Vec<Approval>) {
    let (people, previous) = delegation();
    let next = following(&previous);
    let rng = &mut rng(50);
    let made = by.iter().map(|place| {
        let person = &people[*place];
        approve(rng, &person.signing, person.member.pseudonym, &previous, &next, to).unwrap()
    });
    let made = made.collect();
    (previous, next, made)
}

#[test]
fn a_quorum_carries_the_next_version() {
    let (_, d) = verifier(20);
    let (previous, next, approvals) = approvals(&[0, 1], &d);
    assert_eq!(verify_approvals(&previous, &next, &approvals, d.key(), NOW), Ok(()));
}

#[test]
fn fewer_than_the_quorum_do_not() {
    // ROSTER-15
    let (_, d) = verifier(20);
    let (previous, next, approvals) = approvals(&[0], &d);
    let none = |found| Err(ApprovalError::NoQuorum { found, quorum: 2 });
    assert_eq!(verify_approvals(&previous, &next, &approvals, d.key(), NOW), none(1));
    let twice = [approvals[0], approvals[0]];
    assert_eq!(verify_approvals(&previous, &next, &twice, d.key(), NOW), none(1));
    assert_eq!(verify_approvals(&previous, &next, &[], d.key(), NOW), none(0));
    // Those shown to somebody else count for nothing here.
    let (_, other) = verifier(21);
    let (_, _, elsewhere) = self::approvals(&[0, 1], &other);
    assert_eq!(verify_approvals(&previous, &next, &elsewhere, d.key(), NOW), none(0));
}

#[test]
fn the_previous_quorum_counts_not_the_new_one() {
    // ROSTER-15
    let (people, previous) = delegation();
    let (_, d) = verifier(20);
    let mut next = following(&previous);
    next.quorum = 1;
    let head = &people[0];
    let one = approve(&mut rng(1), &head.signing, head.member.pseudonym, &previous, &next, &d).unwrap();
    let read = verify_approvals(&previous, &next, &[one], d.key(), NOW);
    assert_eq!(read, Err(ApprovalError::NoQuorum { found: 1, quorum: 2 }));
}

#[test]
fn only_valid_heads_and_principals_of_the_previous_version_approve() {
    // ROSTER-13
    let (people, previous) = delegation();
    let next = following(&previous);
    let (_, d) = verifier(20);
    let rng = &mut rng(1);
    let refused = Err(ApprovalError::NotEntitled);
    let envoy = &people[2];
    assert_eq!(approve(rng, &envoy.signing, envoy.member.pseudonym, &previous, &next, &d), refused);
    // Another's pseudonym, or a newcomer's.
    assert_eq!(approve(rng, &envoy.signing, people[0].member.pseudonym, &previous, &next, &d), refused);
    assert_eq!(approve(rng, &envoy.signing, MemberId([4; 16]), &previous, &next, &d), refused);
    // A hostile station makes the envoy's proof all the same.
    let ctx = approval_context(&previous, &next, envoy.member.pseudonym);
    let proof = dv::prove(rng, &envoy.signing, &d, &ctx).unwrap();
    let forced = Approval { approver: envoy.member.pseudonym, verifier: *d.key(), proof };
    let (_, _, mut list) = approvals(&[0], &d);
    list.push(forced);
    let read = verify_approvals(&previous, &next, &list, d.key(), NOW);
    assert_eq!(read, Err(ApprovalError::NotEntitled));
    let (_, _, list) = approvals(&[0, 1], &d);
    for at in [UtcMs(0), UtcMs(NOW.0 + 1_000_000)] {
        let read = verify_approvals(&previous, &next, &list, d.key(), at);
        assert_eq!(read, Err(ApprovalError::NotEntitled));
    }
}

#[test]
fn an_approval_is_of_one_version_by_one_member() {
    // ROSTER-14
    let (_, d) = verifier(20);
    let (previous, next, list) = approvals(&[0, 1], &d);
    let invalid = Err(ApprovalError::Proof(dv::DvError::Invalid));
    let mut other = next.clone();
    other.members[3].label = label("someone else");
    assert_eq!(verify_approvals(&previous, &other, &list, d.key(), NOW), invalid);
    let swapped = [Approval { approver: list[1].approver, ..list[0] }, list[1]];
    assert_eq!(verify_approvals(&previous, &next, &swapped, d.key(), NOW), invalid);
    let (_, e) = verifier(21);
    let redirected: Vec<_> = list.iter().map(|one| Approval { verifier: *e.key(), ..*one }).collect();
    assert_eq!(verify_approvals(&previous, &next, &redirected, e.key(), NOW), invalid);
}

#[test]
fn the_verifier_could_have_made_the_approvals_itself() {
    // DV-5
    let (key, d) = verifier(20);
    let (previous, next, real) = approvals(&[0, 1], &d);
    let simulated: Vec<_> = real
        .iter()
        .map(|one| {
            let ctx = approval_context(&previous, &next, one.approver);
            let y = previous.member(one.approver).unwrap().y;
            Approval { proof: dv::simulate(&mut rng(3), &y, &key, &ctx).unwrap(), ..*one }
        })
        .collect();
    assert_eq!(verify_approvals(&previous, &next, &simulated, d.key(), NOW), Ok(()));
}

#[test]
fn approvals_are_bounded_and_canonical() {
    // ROSTER-12
    let (_, d) = verifier(20);
    let (previous, next, list) = approvals(&[0, 1], &d);
    assert_eq!(canonical::from_slice(&canonical::to_vec(&list)), Ok(list.clone()));
    let many = vec![list[0]; APPROVALS_MAX + 1];
    let read = verify_approvals(&previous, &next, &many, d.key(), NOW);
    assert_eq!(read, Err(ApprovalError::TooMany(APPROVALS_MAX + 1)));
}

#[test]
fn approvals_do_not_carry_a_version_that_may_not_follow() {
    // ROSTER-10
    let (_, d) = verifier(20);
    let (previous, next, list) = approvals(&[0, 1], &d);
    let read = verify_approvals(&next, &previous, &list, d.key(), NOW);
    assert!(matches!(read, Err(ApprovalError::Version(RosterError::NotNext { .. }))));
}

proptest! {
    #[test]
    fn any_bytes_are_a_version_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Version::from_bytes(&bytes);
    }

    #[test]
    fn an_altered_version_is_refused_or_has_another_head(place in 0usize..500, to: u8) {
        let (_, version) = delegation();
        let mut bytes = version.to_bytes();
        let place = place % bytes.len();
        prop_assume!(bytes[place] != to);
        bytes[place] = to;
        if let Ok(read) = Version::from_bytes(&bytes) {
            prop_assert_ne!(read.head(), version.head());
        }
    }
}
