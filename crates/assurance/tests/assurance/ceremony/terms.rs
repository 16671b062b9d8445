use super::{Cast, cast};
use crate::common::{NOW, delegation, rng};
use backchannel_assurance::ceremony::contribution::{ContributionError, Contributions, Try};
use backchannel_assurance::ceremony::{
    CeremonyId, Contribution, Form, Instrument, Salt, Side, Signer, Terms, TermsError, TextDigest,
};
use backchannel_assurance::limits::{GRACE_BEATS_MAX, TERMS_BYTES_MAX};
use backchannel_assurance::*;
use backchannel_wire::{Beat, ChannelId, MemberId, PartyNo, UtcMs};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn refused(form: Form, change: impl FnOnce(&mut Instrument)) -> TermsError {
    let mut cast = cast(form, 3, 2);
    change(&mut cast.instrument);
    Terms::new(cast.instrument, CeremonyId([9; 32])).unwrap_err()
}

#[test]
fn terms_survive_their_encoding() {
    for form in [Form::Gentle, Form::Joint] {
        let terms = cast(form, 3, 2).terms();
        assert_eq!(Terms::from_bytes(&terms.to_bytes()), Ok(terms));
    }
    let largest = cast(Form::Joint, 8, 15).terms().to_bytes();
    assert!(largest.len() * 16 / 15 < TERMS_BYTES_MAX, "{}", largest.len());
}

#[test]
fn bytes_that_are_no_terms_are_refused() {
    // CEREMONY-1
    let bytes = cast(Form::Joint, 2, 2).terms().to_bytes();
    for end in 0..bytes.len() {
        assert_eq!(Terms::from_bytes(&bytes[..end]), Err(TermsError::Malformed));
    }
    assert_eq!(Terms::from_bytes(&[&bytes[..], &[0]].concat()), Err(TermsError::Malformed));
    assert_eq!(Terms::from_bytes(&vec![0; TERMS_BYTES_MAX + 1]), Err(TermsError::Malformed));
    let mut later = bytes.clone();
    later[1] = 2;
    assert_eq!(Terms::from_bytes(&later), Err(TermsError::Version(2)));
}

#[test]
fn parties_are_two_to_eight_in_order_without_the_intermediary() {
    // CEREMONY-2
    assert_eq!(refused(Form::Gentle, |of| of.sides.truncate(1)), TermsError::Parties);
    assert_eq!(refused(Form::Gentle, |of| of.sides.swap(0, 1)), TermsError::Parties);
    assert_eq!(refused(Form::Gentle, |of| of.sides[0].party = PartyNo(0)), TermsError::Parties);
    assert_eq!(refused(Form::Gentle, |of| of.sides[1].party = PartyNo(1)), TermsError::Parties);
    let nine = cast(Form::Gentle, 9, 1).instrument;
    assert_eq!(Terms::new(nine, CeremonyId([9; 32])), Err(TermsError::Parties));
}

#[test]
fn signers_and_quorum_are_within_bounds() {
    // CEREMONY-3
    assert_eq!(refused(Form::Joint, |of| of.sides[0].signers.clear()), TermsError::Signers);
    assert_eq!(refused(Form::Joint, |of| of.sides[0].signers.swap(0, 1)), TermsError::Signers);
    assert_eq!(refused(Form::Joint, |of| of.sides[0].quorum = 0), TermsError::Quorum);
    assert_eq!(refused(Form::Joint, |of| of.sides[0].quorum = 3), TermsError::Quorum);
    let many = |of: &mut Instrument| {
        let rng = &mut rng(1);
        of.sides[0].signers = (0..17)
            .map(|n| Signer { member: MemberId([n; 16]), y: SigningKey::generate(rng).public() })
            .collect();
    };
    assert_eq!(refused(Form::Joint, many), TermsError::Signers);
}

#[test]
fn a_key_stands_in_one_place() {
    // CEREMONY-4: also across parties, and across uses.
    let twice = |of: &mut Instrument| of.sides[1].signers[0].y = of.sides[0].signers[0].y;
    assert_eq!(refused(Form::Joint, twice), TermsError::Keys);
    let verifier = |of: &mut Instrument| of.sides[1].verifier = of.sides[0].verifier;
    assert_eq!(refused(Form::Gentle, verifier), TermsError::Keys);
    let signs = |of: &mut Instrument| {
        of.sides[1].verifier = DPublic::from_bytes(of.sides[0].signers[0].y.as_bytes()).unwrap();
    };
    assert_eq!(refused(Form::Gentle, signs), TermsError::Keys);
    let certifies = |of: &mut Instrument| {
        of.depositary = DepositaryPublic::from_bytes(of.sides[0].signers[0].y.as_bytes()).ok();
    };
    assert_eq!(refused(Form::Joint, certifies), TermsError::Keys);
}

#[test]
fn the_depositarys_key_and_the_grace_fit_the_form() {
    // CEREMONY-5
    assert_eq!(refused(Form::Joint, |of| of.depositary = None), TermsError::Depositary);
    let key = DepositaryKey::generate(&mut rng(1)).public();
    assert_eq!(refused(Form::Gentle, |of| of.depositary = Some(key)), TermsError::Depositary);
    assert_eq!(refused(Form::Joint, |of| of.grace_beats = GRACE_BEATS_MAX + 1), TermsError::Grace);
}

#[test]
fn sides_stand_on_their_rosters() {
    // CEREMONY-6
    let (people, roster) = delegation();
    let mut other = cast(Form::Gentle, 2, 1).instrument;
    let mut elsewhere = roster.clone();
    elsewhere.party = PartyNo(2);
    for (member, key) in elsewhere.members.iter_mut().zip(50..) {
        member.y = SigningKey::generate(&mut rng(key)).public();
    }
    let side = |roster: &Version, number: u8| Side {
        party: roster.party,
        roster: roster.head(),
        quorum: 2,
        verifier: VerifierKey::generate(&mut rng(u64::from(number) + 70)).public(),
        signers: roster.members[..2]
            .iter()
            .map(|member| Signer { member: member.pseudonym, y: member.y })
            .collect(),
    };
    other.sides = vec![side(&roster, 1), side(&elsewhere, 2)];
    let rosters = [roster.clone(), elsewhere.clone()];
    assert_eq!(other.check_rosters(&rosters), Ok(()));
    assert_eq!(other.check_rosters(&rosters[..1]), Err(TermsError::Roster));
    let refused = |change: &dyn Fn(&mut Instrument)| {
        let mut changed = other.clone();
        change(&mut changed);
        assert_eq!(changed.check_rosters(&rosters), Err(TermsError::Roster));
    };
    refused(&|of| of.sides[0].roster = RosterHead([1; 32]));
    refused(&|of| of.sides[0].quorum = 1);
    refused(&|of| of.channel = ChannelId([1; 16]));
    refused(&|of| of.expiry = UtcMs(NOW.0 + 2_000_000));
    refused(&|of| of.sides[0].signers[0].y = of.sides[1].signers[0].y);
    // An envoy approves nothing.
    let envoy = Signer { member: people[2].member.pseudonym, y: people[2].member.y };
    refused(&|of| of.sides[0].signers[1] = envoy);
}

/// What is changed, and how.
type Change = (&'static str, Box<dyn Fn(&mut Cast)>);

/// Every way to change one field of what is agreed on.
fn changes() -> Vec<Change> {
    let fresh = || SigningKey::generate(&mut rng(99)).public();
    vec![
        ("form", Box::new(|of| (of.instrument.form, of.instrument.depositary) = (Form::Gentle, None))),
        ("channel", Box::new(|of| of.instrument.channel.0[0] ^= 1)),
        ("text", Box::new(|of| of.instrument.text = TextDigest([8; 32]))),
        ("expiry", Box::new(|of| of.instrument.expiry.0 += 1)),
        ("expiry beat", Box::new(|of| of.instrument.expiry_beat = Beat(301))),
        ("grace", Box::new(|of| of.instrument.grace_beats += 1)),
        ("intermediary", Box::new(|of| of.instrument.intermediary.0[31] ^= 1)),
        (
            "depositary",
            Box::new(|of| of.instrument.depositary = Some(DepositaryKey::generate(&mut rng(98)).public())),
        ),
        ("party", Box::new(|of| of.instrument.sides[1].party = PartyNo(7))),
        ("roster", Box::new(|of| of.instrument.sides[0].roster.0[0] ^= 1)),
        ("quorum", Box::new(|of| of.instrument.sides[0].quorum = 1)),
        (
            "verifier",
            Box::new(|of| of.instrument.sides[1].verifier = VerifierKey::generate(&mut rng(97)).public()),
        ),
        ("signer", Box::new(|of| of.instrument.sides[1].signers[1].member.0[15] ^= 1)),
        ("signer's key", Box::new(move |of| of.instrument.sides[1].signers[1].y = fresh())),
        (
            "one signer less",
            Box::new(|of| {
                of.instrument.sides[0].signers.pop();
                of.instrument.sides[0].quorum = 1;
            }),
        ),
        ("salt", Box::new(|of| of.salt = Salt::from_bytes([6; 32]))),
    ]
}

#[test]
fn every_field_enters_the_context_and_the_digest() {
    // CEREMONY-7
    let before = cast(Form::Joint, 2, 2);
    let other_sid = Terms::new(before.instrument.clone(), CeremonyId([8; 32])).unwrap();
    let mut seen = BTreeSet::from([before.ctx(), other_sid.context(&before.salt)]);
    for (name, change) in changes() {
        let mut changed = cast(Form::Joint, 2, 2);
        change(&mut changed);
        assert!(seen.insert(changed.ctx()), "{name}");
        assert_eq!(changed.instrument.digest() == before.instrument.digest(), name == "salt", "{name}");
    }
    assert_eq!(seen.len(), changes().len() + 2);
}

#[test]
fn aliases_differ_by_party_try_and_salt() {
    // CEREMONY-7
    let cast = cast(Form::Joint, 8, 1);
    let terms = cast.terms();
    let other = Terms::new(cast.instrument.clone(), CeremonyId([8; 32])).unwrap();
    let aliases: BTreeSet<_> = (1..9)
        .flat_map(|party| {
            [
                terms.alias(&cast.salt, PartyNo(party)),
                terms.alias(&Salt::from_bytes([6; 32]), PartyNo(party)),
                other.alias(&cast.salt, PartyNo(party)),
            ]
        })
        .collect();
    assert_eq!(aliases.len(), 24);
}

const TRY: Try = Try { instrument: [3; 32], number: 1, limit: UtcMs(9) };

fn contributed(of: Try, bytes: [u8; 2]) -> (CeremonyId, Salt) {
    let parties = [PartyNo(1), PartyNo(2)];
    let mut all = Contributions::begin(of, parties);
    let contributions = bytes.map(|byte| Contribution::from_bytes([byte; 32]));
    for (party, contribution) in parties.iter().zip(&contributions) {
        all.commit(*party, contribution.commitment(&of, *party)).unwrap();
    }
    assert!(all.result().is_none());
    for (party, contribution) in parties.into_iter().zip(contributions) {
        all.open(party, contribution).unwrap();
    }
    all.result().unwrap()
}

#[test]
fn identifier_and_salt_come_from_all_sides() {
    // CEREMONY-9
    let mut seen = BTreeSet::new();
    for (of, bytes) in [
        (TRY, [1, 2]),
        (TRY, [2, 1]),
        (TRY, [1, 3]),
        (TRY, [3, 2]),
        (Try { number: 2, ..TRY }, [1, 2]),
        (Try { limit: UtcMs(10), ..TRY }, [1, 2]),
        (Try { instrument: [4; 32], ..TRY }, [1, 2]),
    ] {
        let (sid, salt) = contributed(of, bytes);
        assert!(seen.insert(sid.0) && seen.insert(*salt.as_bytes()), "{of:?} {bytes:?}");
    }
}

#[test]
fn nobody_opens_early_changes_or_mismatches() {
    // CEREMONY-8, CEREMONY-9
    let (one, two) = (Contribution::from_bytes([1; 32]), Contribution::from_bytes([2; 32]));
    let mut all = Contributions::begin(TRY, [PartyNo(1), PartyNo(2)]);
    let first = one.commitment(&TRY, PartyNo(1));
    assert_eq!(all.commit(PartyNo(3), first), Err(ContributionError::Outsider));
    all.commit(PartyNo(1), first).unwrap();
    all.commit(PartyNo(1), first).unwrap();
    assert_eq!(all.open(PartyNo(1), one.clone()), Err(ContributionError::Early));
    assert_eq!(all.commit(PartyNo(1), two.commitment(&TRY, PartyNo(1))), Err(ContributionError::Changed));
    // A commitment copied from the other party opens for nobody but it.
    all.commit(PartyNo(2), first).unwrap();
    assert_eq!(all.open(PartyNo(2), one.clone()), Err(ContributionError::Mismatch));
    assert_eq!(all.open(PartyNo(1), two), Err(ContributionError::Mismatch));
    assert_eq!(all.open(PartyNo(3), one.clone()), Err(ContributionError::Outsider));
    all.open(PartyNo(1), one).unwrap();
    assert!(all.result().is_none());
}

proptest! {
    #[test]
    fn any_bytes_are_refused_as_terms(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Terms::from_bytes(&bytes).is_err());
    }
}
