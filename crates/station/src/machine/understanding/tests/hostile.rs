//! The record against a hostile pen, and hostile heads of delegation.

use super::*;
use crate::limits::{PROPOSALS_AHEAD_MAX, PROPOSALS_OF_AUTHOR_MAX};
use backchannel_accord::life::Fate;

const SID: CeremonyId = CeremonyId([9; 32]);
const REGISTRY: RoomKind = RoomKind::Registry;

fn first() -> Frozen {
    Frozen::freeze(text(), None).unwrap()
}

/// The text that follows the first, altered.
fn second(alter: impl FnOnce(&mut Understanding)) -> Frozen {
    let mut changed = text();
    alter(&mut changed);
    Frozen::freeze(changed, Some(&first())).unwrap()
}

/// The same between three parties.
fn three() -> Understanding {
    let party = "[[party]]\ncode = \"charlie\"\nquorum = 1\nname = { en = \"Charlie\" }\n\n";
    let undertaking = "[[undertaking]]\nid = \"charlie\"\nby = [\"charlie\"]\ntowards = [\"alpha\"]\n\
        act = \"direct-preventive-strike\"\nplace = \"anywhere\"\ntime = \"term\"\n\n";
    let clause =
        "[[clause]]\nid = \"charlie\"\nstates = \"undertaking charlie\"\nfrom = \"no-direct-strike\"\n\n";
    let before = |what: &str| format!("{what}\nid = \"alpha\"");
    let (undertakings, clauses) = (before("[[undertaking]]"), before("[[clause]]"));
    let text = TEXT
        .replace(&undertakings, &format!("{party}{undertaking}{undertakings}"))
        .replace(&clauses, &format!("{clause}{clauses}"))
        .replace(
            "confirmed_by = [\"alpha\", \"bravo\"]",
            "confirmed_by = [\"alpha\", \"bravo\", \"charlie\"]",
        )
        .replace("towards = [\"bravo\"]", "towards = [\"bravo\", \"charlie\"]");
    parse(&text).unwrap()
}

// DEED-6
#[test]
fn what_the_pen_freezes_later_alters_nothing_of_what_binds() {
    let mut record = settled(100, None);
    assert_eq!(record.state(110), Some(State::InEffect));
    let impossible = second(|text| text.parties[0].quorum = 9);
    record.note(0, CAUCUS, 120, What::Deed(said(Deed::Frozen(impossible.to_bytes()))));
    let status = record.status(130).unwrap();
    assert_eq!((status.state, status.digest), (Some(State::InEffect), Some(first().digest().0)));
    let shown = record.book.version_of(ID, &status).unwrap();
    assert_eq!(shown.digest, first().digest(), "what is shown is what binds");
    assert_eq!(record.quorum(1), 9);
}

// DEED-6
#[test]
fn a_later_version_between_fewer_parties_settles_nothing() {
    let mut record = Record::new();
    let sides = BTreeMap::from([side(1), side(2), side(3)]);
    record.note(0, CAUCUS, 1, What::Sides(ID, sides));
    record.note(0, CAUCUS, 1, What::Deed(said(Deed::Submitted(three().to_bytes()))));
    let first = Frozen::freeze_anew(three(), None).unwrap();
    record.deed(0, CAUCUS, 2, Deed::Frozen(first.to_bytes())).unwrap();
    for by in [1, 2, 3] {
        let begun = Deed::Begun { sid: SID, digest: first.digest(), expiry: UtcMs(T0.0 + 400_000) };
        record.deed(by, REGISTRY, 5, begun).unwrap();
    }
    record.acknowledged(SID, 100, None);
    assert_eq!(record.state(600), Some(State::Void), "Charlie never acknowledged");
    let second = Frozen::freeze(text(), Some(&first)).unwrap();
    record.deed(0, CAUCUS, 601, Deed::Frozen(second.to_bytes())).unwrap();
    assert_eq!(record.state(610), Some(State::Frozen), "nobody is bound");
}

// DEED-7
#[test]
fn a_version_said_again_keeps_its_sides() {
    let mut record = settled(100, None);
    let nobody = BTreeMap::from([(PartyNo(1), roster(1, &[50])), (PartyNo(2), roster(1, &[51]))]);
    record.note(0, CAUCUS, 120, What::Sides(ID, nobody));
    record.note(0, CAUCUS, 120, What::Deed(said(Deed::Frozen(first().to_bytes()))));
    let sides = record.book.get(ID).unwrap().version(&first().digest()).unwrap().sides(&Chains::new());
    assert!(sides.get(PartyNo(1)).unwrap().approvers.contains(&MemberId([1; 16])));
    assert_eq!(record.state(130), Some(State::InEffect));
}

// DEED-6
#[test]
fn a_head_alone_cannot_name_another_expiry_or_text_for_a_try() {
    let second = second(|text| text.timing.reply = text.timing.brake);
    let two = || {
        let (mut record, old) = Record::frozen(&text());
        record.deed(0, CAUCUS, 3, Deed::Frozen(second.to_bytes())).unwrap();
        (record, old)
    };
    let (mut record, old) = two();
    let truth = proposal(old).expiry;
    for (digest, expiry) in [(second.digest(), text().terms().unwrap().until), (old, truth)] {
        let mut record = two().0;
        // Bravo, who knew the name first, says something else of it than Alpha.
        record.deed(2, REGISTRY, 5, Deed::Begun { sid: SID, digest, expiry }).unwrap();
        let said = Deed::Begun { sid: SID, digest: second.digest(), expiry: truth };
        record.deed(1, REGISTRY, 6, said.clone()).unwrap();
        record.acknowledged(SID, 100, None);
        let status = record.status(110).unwrap();
        assert_eq!(status.state, Some(State::Void), "nobody is bound");
        assert!(status.tries.iter().all(|one| one.fate == Fate::Contradicted));
        record.deed(2, REGISTRY, 300, said).unwrap();
        record.note(2, REGISTRY, 301, What::Shown(Shown::Acknowledged(SID, Context([2; 32]))));
        assert_eq!(record.state(302), Some(State::Void), "what a head said first stands");
    }
    record.named(310, SID, second.digest());
    record.acknowledged(SID, 320, None);
    assert_eq!(record.status(330).unwrap().digest, Some(second.digest().0));
    assert_eq!(record.state(309), Some(State::Frozen));
}

// DEED-17
#[test]
fn a_head_cannot_go_back_to_an_older_roster_nor_invent_one() {
    let mut record = settled(100, None);
    let (new, newer) =
        ((RosterHead([5; 32]), roster(2, &[2, 30])), (RosterHead([6; 32]), roster(2, &[2, 31])));
    record.knows(&[new.clone(), newer.clone()]);
    let say = |record: &mut Record, beat: u64, (head, side): (RosterHead, SideOf)| {
        record.note(2, REGISTRY, beat, What::Deed(said(Deed::Roster(head, side))));
        record.book.get(ID).unwrap().changes(record.book.chains()).len()
    };
    assert_eq!(say(&mut record, 110, newer.clone()), 1);
    assert_eq!(say(&mut record, 111, new.clone()), 1, "older than the one before");
    assert_eq!(say(&mut record, 112, (RosterHead([7; 32]), roster(1, &[2]))), 1, "no such version");
    assert_eq!(say(&mut record, 113, (newer.0, roster(1, &[2]))), 1, "not what the version says");
    // A station that learns of a version later counts it from where it was said.
    record.knows(std::slice::from_ref(&new));
    assert_eq!(record.book.get(ID).unwrap().changes(record.book.chains()).len(), 1);
    record.knows(&[new, newer]);
    let changes = record.book.get(ID).unwrap().changes(record.book.chains());
    assert_eq!(changes.iter().map(|(spot, ..)| spot.beat.0).collect::<Vec<_>>(), [110]);
}

// DEED-17
#[test]
fn a_version_frozen_under_a_newer_roster_is_not_taken_back_to_an_older_one() {
    let mut record = Record::new();
    let (new, newer) =
        ((RosterHead([5; 32]), roster(2, &[2, 30])), (RosterHead([6; 32]), roster(2, &[2, 31])));
    record.knows(&[new.clone(), newer.clone()]);
    record.note(0, CAUCUS, 1, What::Sides(ID, BTreeMap::from([side(1), (PartyNo(2), newer.1)])));
    record.note(0, CAUCUS, 1, What::Deed(said(Deed::Submitted(text().to_bytes()))));
    record.note(0, CAUCUS, 2, What::Deed(said(Deed::Frozen(first().to_bytes()))));
    record.note(2, REGISTRY, 3, What::Deed(said(Deed::Roster(new.0, new.1))));
    assert_eq!(record.book.get(ID).unwrap().changes(record.book.chains()).len(), 0);
    assert_eq!(record.state(4), Some(State::Frozen));
}

// DEED-6
#[test]
fn one_heads_proposals_do_not_hinder_anothers() {
    let (mut record, digest) = Record::frozen(&text());
    let mut number = 0;
    let propose = |record: &mut Record, by: u8, number: u32| {
        record.deed(
            by,
            REGISTRY,
            3 + u64::from(number),
            Deed::Proposed(Proposal { number, ..proposal(digest) }),
        )
    };
    for _ in 0..PROPOSALS_OF_AUTHOR_MAX {
        number += PROPOSALS_AHEAD_MAX;
        // The beats of this test pass the limit sooner than the numbers end.
        let one = Proposal { number, ..proposal(digest) };
        record.note(2, REGISTRY, 3, What::Deed(said(Deed::Proposed(one))));
    }
    assert_eq!(
        record.may(2, 4, &Deed::Proposed(Proposal { number: number + 1, ..proposal(digest) })),
        Err(Barred::Content)
    );
    assert_eq!(
        record.may(1, 4, &Deed::Proposed(Proposal { number: number + 1, ..proposal(digest) })),
        Ok(())
    );
    assert_eq!(
        record.may(3, 4, &Deed::Proposed(Proposal { number: number + 1, ..proposal(digest) })),
        Err(Barred::Content)
    );
    assert_eq!(
        propose(&mut record, 1, number + PROPOSALS_AHEAD_MAX + 1),
        Err(Barred::Content),
        "too far ahead"
    );
}

// DEED-6
#[test]
fn of_two_proposals_in_one_beat_the_order_decides_and_not_the_arrival() {
    let follows = |first: u8, second: u8| {
        let (mut record, digest) = Record::frozen(&text());
        for by in [first, second] {
            let limit = UtcMs(T0.0 + 300_000 + u64::from(by));
            record.deed(by, REGISTRY, 3, Deed::Proposed(Proposal { limit, ..proposal(digest) })).unwrap();
        }
        record.book.get(ID).unwrap().proposals().map(|one| one.limit).collect::<Vec<_>>()
    };
    assert_eq!(follows(1, 2), follows(2, 1));
    assert_eq!(follows(1, 2), [UtcMs(T0.0 + 300_001)]);
}

// DEED-6
#[test]
fn a_pen_cannot_freeze_more_versions_than_a_life_has_texts() {
    let (mut record, _) = Record::frozen(&text());
    for number in 2..=backchannel_accord::limits::TEXTS_OF_LIFE_MAX {
        let last = record.book.get(ID).unwrap().last().unwrap().1.frozen.clone();
        let next = Frozen::freeze_anew(text(), last.as_ref()).unwrap();
        assert_eq!(usize::try_from(next.number()).unwrap(), number);
        record.note(0, CAUCUS, 3, What::Deed(said(Deed::Frozen(next.to_bytes()))));
    }
    let last = record.book.get(ID).unwrap().last().unwrap().1.frozen.clone();
    let next = Frozen::freeze_anew(text(), last.as_ref()).unwrap();
    assert_eq!(record.may(0, 4, &Deed::Frozen(next.to_bytes())), Err(Barred::Content));
    assert_eq!(record.state(4), Some(State::Frozen), "the state is still computed");
}

// DEED-12
#[test]
fn what_was_handed_in_and_refused_does_not_show_as_deposited() {
    let (mut record, digest) = Record::frozen(&text());
    record.named(5, SID, digest);
    let deposited = |record: &Record, beat| record.status(beat).unwrap().tries[0].deposited.clone();
    record.deed(1, CAUCUS, 4, Deed::Approved(digest)).unwrap();
    record.note(
        1,
        CAUCUS,
        6,
        What::Shown(Shown::HandedIn(SID, backchannel_assurance::ceremony::OpeningId([3; 32]))),
    );
    assert_eq!((deposited(&record, 7), record.state(7)), (vec![], Some(State::Approving)));
    record.note(0, CAUCUS, 8, What::Shown(Shown::Deposited(SID)));
    assert_eq!((deposited(&record, 8), record.state(8)), (vec![PartyNo(1)], Some(State::Deposited)));
    record.note(0, CAUCUS, 9, What::Shown(Shown::Withdrawn(SID)));
    assert_eq!(deposited(&record, 9), vec![]);
}

// DEED-13
#[test]
fn a_record_of_which_words_were_burned_has_the_same_states() {
    let mut record = settled(100, None);
    let states: Vec<_> = (0..120).map(|beat| record.status(beat)).collect();
    let left = record.notes.iter().filter_map(|note| super::super::burned::without_words(note.clone()));
    let left: Vec<Vec<u8>> = left.map(|note| backchannel_wire::canonical::to_vec(&note)).collect();
    let records: Vec<_> = left.into_iter().map(|bytes| (record.book.number(), bytes)).collect();
    record.book.load(&records);
    assert!(record.book.get(ID).unwrap().table.is_none());
    assert_eq!((0..120).map(|beat| record.status(beat)).collect::<Vec<_>>(), states);
}
