//! Roster versions, alone, following each other, and approved.

use super::Case;
use crate::common::{NOW, Person, delegation, following, label, person, rng, verifier};
use crate::vectors::file::VectorFile;
use backchannel_assurance::roster::approve;
use backchannel_assurance::*;
use backchannel_wire::{PartyNo, Role, canonical};

pub fn cases() -> Vec<Case> {
    let mut cases = first_versions();
    cases.extend(next_versions());
    cases.extend(approved_versions());
    cases
}

fn changed(version: &Version, change: impl FnOnce(&mut Version)) -> Vec<u8> {
    let mut version = version.clone();
    change(&mut version);
    version.to_bytes()
}

fn first_versions() -> Vec<Case> {
    let (_, first) = delegation();
    let good = VectorFile::new("roster", &first.to_bytes()).with_hex("head", first.head().as_bytes());
    let bare = good.clone().without("head");
    let with = |change: &dyn Fn(&mut Version)| bare.clone().with_body(&changed(&first, change));
    let long = [&first.to_bytes()[..], &[0]].concat();
    let mut shorter = first.to_bytes();
    assert_eq!(shorter[0], 0x86);
    shorter.splice(0..1, [0x98, 6]);
    vec![
        ("first", "ok", "version 1 of a head, a principal and an envoy, with its head", good.clone()),
        ("trailing", "malformed", "a byte after the end", bare.clone().with_body(&long)),
        (
            "not-canonical",
            "malformed",
            "a length written in more bytes than needed",
            bare.clone().with_body(&shorter),
        ),
        ("empty", "member-count", "nobody", with(&|version| version.members.clear())),
        ("order", "order", "members out of order", with(&|version| version.members.swap(0, 2))),
        (
            "twice",
            "order",
            "one pseudonym twice",
            with(&|version| version.members[1].pseudonym = version.members[0].pseudonym),
        ),
        (
            "shared-ik",
            "shared",
            "two members with one identity key",
            with(&|version| version.members[1].ik = version.members[0].ik),
        ),
        (
            "shared-y",
            "shared",
            "two members with one signing key",
            with(&|version| version.members[1].y = version.members[0].y),
        ),
        (
            "shared-label",
            "shared",
            "two members with one label",
            with(&|version| version.members[1].label = label("head")),
        ),
        (
            "no-head",
            "heads",
            "nobody heads the delegation",
            with(&|version| version.members[0].role = Role::Principal),
        ),
        ("two-heads", "heads", "two heads", with(&|version| version.members[1].role = Role::Head)),
        ("quorum-zero", "quorum", "a quorum of nobody", with(&|version| version.quorum = 0)),
        (
            "quorum-high",
            "quorum",
            "a quorum that heads and principals cannot meet: envoys do not count",
            with(&|version| version.quorum = 3),
        ),
        (
            "validity",
            "validity",
            "a member whose validity ends as it begins",
            with(&|version| version.members[0].valid_until = version.members[0].valid_from),
        ),
        ("number-zero", "numbering", "version 0", with(&|version| version.number = 0)),
        ("orphan", "numbering", "version 2 without the one before", with(&|version| version.number = 2)),
        ("other-head", "head", "the stated head is another's", good.with_hex("head", &[1; 32])),
    ]
}

fn next_versions() -> Vec<Case> {
    let (_, previous) = delegation();
    let next = following(&previous);
    let good = VectorFile::new("roster", &next.to_bytes()).with_hex("previous", &previous.to_bytes());
    let with = |change: &dyn Fn(&mut Version)| good.clone().with_body(&changed(&next, change));
    let stranger = person(9, Role::Envoy, "stranger").member;
    vec![
        ("next", "ok", "version 2 adds an envoy", good.clone()),
        ("next-skipped", "not-next", "version 3 after version 1", with(&|version| version.number = 3)),
        ("next-same", "not-next", "version 1 again", good.clone().with_body(&previous.to_bytes())),
        (
            "next-unchained",
            "not-chained",
            "another hash of the version before",
            with(&|version| version.previous = Some(RosterHead([9; 32]))),
        ),
        ("next-party", "other-party", "another party's", with(&|version| version.party = PartyNo(2))),
        ("next-channel", "other-party", "another channel's", with(&|version| version.channel.0 = [0; 16])),
        (
            "next-new-ik",
            "rekeyed",
            "a pseudonym with another identity key",
            with(&|version| version.members[1].ik = stranger.ik),
        ),
        (
            "next-new-y",
            "rekeyed",
            "a pseudonym with another signing key",
            with(&|version| version.members[1].y = stranger.y),
        ),
        (
            "next-new-pseudonym",
            "rekeyed",
            "known keys under a new pseudonym",
            with(&|version| version.members[2].pseudonym.0[15] = 0xff),
        ),
    ]
}

fn approved_versions() -> Vec<Case> {
    let (people, previous) = delegation();
    let next = following(&previous);
    let (_, d) = verifier(20);
    let (_, elsewhere) = verifier(21);
    let rng = &mut rng(3);
    let mut approve = |place: usize, d: &ProvenVerifier| {
        let person: &Person = &people[place];
        approve(rng, &person.signing, person.member.pseudonym, &previous, &next, d).unwrap()
    };
    let both = vec![approve(0, &d), approve(1, &d)];
    let shown_elsewhere = vec![approve(0, &elsewhere), approve(1, &elsewhere)];
    let good = VectorFile::new("roster", &next.to_bytes())
        .with_hex("previous", &previous.to_bytes())
        .with_hex("approvals", &canonical::to_vec(&both))
        .with_hex("verifier", d.key().as_bytes())
        .with("at", &NOW.0.to_string());
    let with =
        |approvals: &[Approval]| good.clone().with_hex("approvals", &canonical::to_vec(&approvals.to_vec()));
    let as_envoy = Approval { approver: people[2].member.pseudonym, ..both[1] };
    let swapped = Approval { approver: both[0].approver, ..both[1] };
    let mut altered = next.clone();
    altered.members[3].label = label("someone else");
    vec![
        ("approved", "ok", "head and principal approve version 2", good.clone()),
        ("approved-by-one", "no-quorum", "one of the two that version 1 asks for", with(&both[..1])),
        ("approved-twice", "no-quorum", "one approver counted twice", with(&[both[0], both[0]])),
        ("approved-elsewhere", "no-quorum", "proofs addressed to another verifier", with(&shown_elsewhere)),
        ("approved-by-envoy", "not-entitled", "an envoy does not approve", with(&[both[0], as_envoy])),
        (
            "approved-late",
            "not-entitled",
            "the approvers are no longer valid",
            good.clone().with("at", &(NOW.0 + 1_000_000).to_string()),
        ),
        (
            "approved-as-another",
            "proof",
            "the principal's proof under the head's pseudonym",
            with(&[swapped, both[1]]),
        ),
        (
            "approved-altered",
            "proof",
            "the version was altered after it was approved",
            good.clone().with_body(&altered.to_bytes()),
        ),
    ]
}
