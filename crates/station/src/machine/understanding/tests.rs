//! The record alone: what is taken, and what states follow.

use super::book::Book;
use super::gate::Barred;
use super::item::{Deed, Note, Proposal, Said, Shown, SideOf, Spot, UnderstandingId, What};
use super::kept::Chains;
use super::terms;
use crate::limits::{NOTES_OF_AUTHOR_MAX, SHOWN_OF_TRY_MAX, SHOWN_UNNAMED_MAX, UNDERSTANDINGS_MAX};
use crate::machine::room::Who;
use backchannel_accord::RoomKind;
use backchannel_accord::life::{Clock, State, Status, Viewer};
use backchannel_accord::understanding::{Digest, Frozen, Understanding, parse};
use backchannel_accord::words::At;
use backchannel_assurance::RosterHead;
use backchannel_assurance::ceremony::{CeremonyId, Context};
use backchannel_wire::{Beat, MemberId, PartyNo, Role, UtcMs};
use std::collections::BTreeMap;

const TEXT: &str = include_str!("tests.toml");
const T0: UtcMs = UtcMs(1_800_000_000_000);
const ID: UnderstandingId = UnderstandingId([7; 16]);
const CAUCUS: RoomKind = RoomKind::Caucus(PartyNo(1));

fn text() -> Understanding {
    parse(TEXT).unwrap()
}

fn who(party: u8) -> Who {
    Who { party: PartyNo(party), member: MemberId([party; 16]), role: Role::Head }
}

fn said(deed: Deed) -> Said {
    Said { id: ID, deed }
}

/// One of two approves.
fn side(party: u8) -> (PartyNo, SideOf) {
    let approvers = vec![MemberId([party; 16]), MemberId([party + 10; 16])];
    (PartyNo(party), SideOf { quorum: 1, approvers })
}

fn roster(quorum: u8, members: &[u8]) -> SideOf {
    SideOf { quorum, approvers: members.iter().map(|member| MemberId([*member; 16])).collect() }
}

struct Record {
    book: Book,
    notes: Vec<Note>,
}

impl Record {
    fn new() -> Self {
        Self { book: Book::new(Clock { t0: T0, beat_ms: 1000 }, PartyNo::INTERMEDIARY), notes: Vec::new() }
    }

    fn note(&mut self, by: u8, room: RoomKind, beat: u64, what: What) {
        let spot = self.book.place(room, by, Beat(beat));
        let note = Note { room: None, day: 0, spot, who: who(by), what };
        self.book.take(&note);
        self.notes.push(note);
    }

    fn deed(&mut self, by: u8, room: RoomKind, beat: u64, deed: Deed) -> Result<(), Barred> {
        self.may(by, beat, &deed)?;
        if self.book.get(ID).is_none() {
            self.note(by, room, beat, What::Sides(ID, BTreeMap::from([side(1), side(2)])));
        }
        self.note(by, room, beat, What::Deed(said(deed)));
        Ok(())
    }

    fn may(&self, by: u8, beat: u64, deed: &Deed) -> Result<(), Barred> {
        self.book.check(&said(deed.clone()), who(by), (Beat(beat), UtcMs(T0.0 + (beat + 1) * 1000)))
    }

    /// Both heads say what a try is called.
    fn named(&mut self, beat: u64, sid: CeremonyId, digest: Digest) {
        for by in [1, 2] {
            let begun = Deed::Begun { sid, digest, expiry: proposal(digest).expiry };
            self.deed(by, RoomKind::Registry, beat, begun).unwrap();
        }
    }

    /// Both parties find it released and acknowledge it.
    fn acknowledged(&mut self, sid: CeremonyId, released: u64, certified: Option<UtcMs>) {
        self.note(1, RoomKind::Registry, released, What::Shown(Shown::Released(sid, certified)));
        for party in [1, 2] {
            let what = What::Shown(Shown::Acknowledged(sid, Context([1; 32])));
            self.note(party, RoomKind::Registry, released + 1, what);
        }
    }

    fn frozen(text: &Understanding) -> (Self, Digest) {
        let mut record = Self::new();
        record.deed(0, CAUCUS, 1, Deed::Submitted(text.to_bytes())).unwrap();
        let frozen = Frozen::freeze(text.clone(), None).unwrap();
        record.deed(0, CAUCUS, 2, Deed::Frozen(frozen.to_bytes())).unwrap();
        (record, frozen.digest())
    }

    fn state(&self, beat: u64) -> Option<State> {
        self.status(beat)?.state
    }

    fn status(&self, beat: u64) -> Option<Status> {
        let at = At { beat: Beat(beat), utc: UtcMs(T0.0 + (beat + 1) * 1000) };
        self.book.status(ID, Viewer::Party(PartyNo(1)), at)
    }

    /// How many of a party approve the version frozen last.
    fn quorum(&self, party: u8) -> u8 {
        let kept = self.book.get(ID).unwrap();
        kept.sides(kept.last().unwrap().1, self.book.chains()).get(PartyNo(party)).unwrap().quorum
    }

    /// The versions of Bravo's roster that are known here, the first as [`Record::deed`] has it.
    fn knows(&mut self, later: &[(RosterHead, SideOf)]) {
        let chain = [&[(RosterHead([1; 32]), side(2).1)], later].concat();
        self.book.know(Chains::from([(PartyNo(2), chain)]));
    }
}

fn proposal(digest: Digest) -> Proposal {
    Proposal { digest, number: 1, limit: UtcMs(T0.0 + 300_000), expiry: UtcMs(T0.0 + 400_000) }
}

// DEED-5, DEED-6
#[test]
fn what_does_not_hold_is_not_taken() {
    let (record, digest) = Record::frozen(&text());
    let at = UtcMs(T0.0 + 10_000);
    let barred = |deed: Deed| record.may(1, 9, &deed).err();
    assert_eq!(barred(Deed::Submitted(vec![1, 2, 3])), Some(Barred::Content));
    assert_eq!(barred(Deed::Frozen(text().to_bytes())), Some(Barred::Content));
    let elsewhere = Said { id: UnderstandingId([8; 16]), deed: Deed::Approved(digest) };
    assert_eq!(record.book.check(&elsewhere, who(1), (Beat(9), at)), Err(Barred::Unknown));
    let good = proposal(digest);
    assert_eq!(barred(Deed::Proposed(good)), None);
    let bad = [
        Proposal { number: 0, ..good },
        Proposal { number: 9, ..good },
        Proposal { digest: Digest([1; 32]), ..good },
        Proposal { limit: at, ..good },
        Proposal { limit: UtcMs(good.expiry.0 + 1), ..good },
        Proposal { expiry: UtcMs(u64::MAX), ..good },
    ];
    for one in bad {
        assert_eq!(barred(Deed::Proposed(one)), Some(Barred::Content));
    }
}

// DEED-6
#[test]
fn versions_follow_each_other_and_proposals_count_up() {
    let (mut record, digest) = Record::frozen(&text());
    let before = Frozen::freeze(text(), None).unwrap();
    let mut changed = text();
    changed.timing.reply = changed.timing.brake;
    let second = Frozen::freeze(changed.clone(), Some(&before)).unwrap();
    let other = Frozen::freeze(changed.clone(), None).unwrap();
    let taken = |record: &Record, frozen: &Frozen| record.may(0, 9, &Deed::Frozen(frozen.to_bytes())).is_ok();
    assert!(taken(&record, &before), "the pen says it in every caucus");
    assert!(!taken(&record, &other), "another first version");
    assert!(taken(&record, &second));
    changed.timing.complaint = changed.timing.brake;
    let astray = Frozen::freeze(changed, Some(&other)).unwrap();
    assert!(!taken(&record, &astray), "it follows a version that nobody has");
    record.deed(1, RoomKind::Registry, 3, Deed::Proposed(proposal(digest))).unwrap();
    let again = record.deed(2, RoomKind::Registry, 4, Deed::Proposed(proposal(digest)));
    assert_eq!(again, Err(Barred::Content));
}

// DEED-7
#[test]
fn a_pen_cannot_make_a_station_keep_more_than_its_bound() {
    let mut record = Record::new();
    let deed = Deed::Submitted(text().to_bytes());
    for n in 0..UNDERSTANDINGS_MAX {
        let id = UnderstandingId([u8::try_from(n).unwrap(); 16]);
        assert_eq!(record.book.check(&Said { id, deed: deed.clone() }, who(0), (Beat(0), T0)), Ok(()));
        record.note(0, CAUCUS, 1, What::Sides(id, BTreeMap::new()));
    }
    let one_more = Said { id: UnderstandingId([200; 16]), deed };
    assert_eq!(record.book.check(&one_more, who(0), (Beat(0), T0)), Err(Barred::Full));
}

// DEED-8
#[test]
fn the_terms_of_its_life_are_those_of_the_text() {
    let of = terms::of_life(&text()).unwrap();
    assert_eq!(of.zones.len(), 1);
    assert_eq!(of.latest_expiry, text().terms().unwrap().until);
    assert_eq!(of.notice_ms, Some(72 * 3_600_000));
    let mut unfinished = text();
    unfinished.timing.from = None;
    assert!(terms::of_life(&unfinished).is_none());
}

// DEED-10
#[test]
fn the_text_may_ask_for_more_approvals_than_the_roster_and_never_for_fewer() {
    let mut two = text();
    two.parties[0].quorum = 2;
    let (record, _) = Record::frozen(&two);
    assert_eq!((record.quorum(1), record.quorum(2)), (2, 1));
    let kept = SideOf { quorum: 2, approvers: vec![MemberId([1; 16]), MemberId([11; 16])] };
    let mut strict = Record::new();
    strict.note(
        0,
        CAUCUS,
        1,
        What::Sides(ID, BTreeMap::from([(PartyNo(1), kept.clone()), (PartyNo(2), kept)])),
    );
    strict.note(0, CAUCUS, 1, What::Deed(said(Deed::Submitted(text().to_bytes()))));
    let frozen = Frozen::freeze(text(), None).unwrap();
    strict.note(0, CAUCUS, 2, What::Deed(said(Deed::Frozen(frozen.to_bytes()))));
    assert_eq!(strict.quorum(2), 2);
}

/// A record in which both parties acknowledged, the release sealed in this beat.
fn settled(released: u64, certified: Option<UtcMs>) -> Record {
    let (mut record, digest) = Record::frozen(&text());
    record.named(5, CeremonyId([9; 32]), digest);
    record.acknowledged(CeremonyId([9; 32]), released, certified);
    record
}

// DEED-11, DEED-12
#[test]
fn a_release_repeated_after_expiry_still_counts_until_the_last_beat_and_no_longer() {
    for (released, state) in
        [(100, State::InEffect), (420, State::InEffect), (478, State::InEffect), (481, State::Void)]
    {
        let record = settled(released, None);
        assert_eq!(record.state(released + 2), Some(state), "{released}");
        assert_eq!(record.state(3), Some(State::Frozen), "what came later alters nothing");
    }
    // A certificate has its own date, which is not bent.
    let expiry = proposal(Digest([0; 32])).expiry;
    assert_eq!(settled(100, Some(UtcMs(expiry.0 - 1))).state(102), Some(State::InEffect));
    assert_eq!(settled(100, Some(expiry)).state(102), Some(State::Approving));
}

// DEED-1
#[test]
fn what_completes_late_stands_behind_what_its_seat_said_after_it() {
    let mut book = Book::new(Clock { t0: T0, beat_ms: 1000 }, PartyNo::INTERMEDIARY);
    let place = |book: &mut Book, beat: u64| -> Spot {
        let spot = book.place(CAUCUS, 1, Beat(beat));
        book.take(&Note { room: None, day: 0, spot, who: who(1), what: What::Sides(ID, BTreeMap::new()) });
        spot
    };
    let spots: Vec<Spot> = [4, 4, 9, 7, 10].into_iter().map(|beat| place(&mut book, beat)).collect();
    let seen: Vec<(u64, u16)> = spots.iter().map(|spot| (spot.beat.0, spot.nth)).collect();
    assert_eq!(seen, [(4, 0), (4, 2), (9, 0), (9, 2), (10, 0)]);
}

// DEED-13
#[test]
fn a_record_made_again_from_its_notes_has_the_same_states_and_a_stripped_one_too() {
    let mut record = settled(100, None);
    let states: Vec<_> = (0..120).map(|beat| record.state(beat)).collect();
    let records: Vec<(Vec<u8>, Vec<u8>)> = record
        .notes
        .iter()
        .map(|note| (record.book.number(), backchannel_wire::canonical::to_vec(note)))
        .collect();
    record.book.load(&records);
    assert!(record.book.get(ID).unwrap().last().unwrap().1.frozen.is_some());
    assert_eq!((0..120).map(|beat| record.state(beat)).collect::<Vec<_>>(), states);
    record.book.strip();
    assert!(record.book.get(ID).unwrap().last().unwrap().1.frozen.is_none());
    assert_eq!((0..120).map(|beat| record.state(beat)).collect::<Vec<_>>(), states);
}

// DEED-15
#[test]
fn what_binds_a_party_counts_with_the_last_of_its_quorum_whatever_the_order_of_arrival() {
    let mut two = text();
    two.parties.iter_mut().for_each(|party| party.quorum = 2);
    let (mut record, digest) = Record::frozen(&two);
    let sid = CeremonyId([9; 32]);
    let registry = RoomKind::Registry;
    record.named(5, sid, digest);
    record.acknowledged(sid, 6, None);
    let effective = UtcMs(T0.0 + 100 * 3_600_000);
    let say = |record: &mut Record, member: u8, beat: u64, effective: UtcMs| {
        let who = Who { party: PartyNo(1), member: MemberId([member; 16]), role: Role::Principal };
        let spot = Spot { beat: Beat(beat), room: registry, seat: member, nth: 0 };
        let what = What::Deed(said(Deed::Notice { effective, urgent: None }));
        record.book.take(&Note { room: None, day: 0, spot, who, what });
    };
    let until = |record: &Record, beat: u64| record.status(beat).unwrap().until;
    let natural = until(&record, 8);
    // The same person twice, somebody of no roster, another instant: none of them is the second.
    for (member, beat, when) in [(11, 20, effective), (11, 21, effective), (99, 22, effective)] {
        say(&mut record, member, beat, when);
    }
    say(&mut record, 1, 23, UtcMs(effective.0 + 1));
    assert_eq!(until(&record, 30), natural);
    assert_eq!(record.status(30).unwrap().unfinished.len(), 2);
    // The second came first in the order, and is met last.
    say(&mut record, 1, 12, effective);
    assert_eq!(until(&record, 19), natural);
    assert_eq!(until(&record, 20), Some(effective));
}

// DEED-16
#[test]
fn what_the_intermediary_carries_stands_on_record_as_the_pens() {
    let state = |pen: u8, by: u8| {
        let mut record = Record::new();
        record.book = Book::new(Clock { t0: T0, beat_ms: 1000 }, PartyNo(pen));
        record.deed(by, CAUCUS, 1, Deed::Submitted(text().to_bytes())).unwrap();
        let frozen = Frozen::freeze(text(), None).unwrap();
        record.deed(by, CAUCUS, 2, Deed::Frozen(frozen.to_bytes())).unwrap();
        record.state(3)
    };
    assert_eq!(state(2, 0), Some(State::Frozen), "carried");
    assert_eq!(state(1, 1), Some(State::Frozen), "its own");
    assert_eq!(state(2, 1), None, "not the pen");
    assert_eq!(state(0, 1), None, "the intermediary's pen is nobody else's");
}

// DEED-7
#[test]
fn nobody_fills_the_record_so_that_anothers_notice_finds_no_place() {
    let (mut record, _) = Record::frozen(&text());
    let spam = Deed::Reaffirmed(UtcMs(1));
    for _ in 0..NOTES_OF_AUTHOR_MAX {
        record.note(1, RoomKind::Registry, 5, What::Deed(said(spam.clone())));
    }
    let notice = Deed::Notice { effective: UtcMs(2), urgent: None };
    assert_eq!(record.may(1, 6, &notice), Err(Barred::Full));
    assert_eq!(record.may(2, 6, &notice), Ok(()));
}

// DEED-7
#[test]
fn what_somebody_shows_of_other_tries_uses_up_nothing_of_this_one() {
    let (mut record, digest) = Record::frozen(&text());
    let (sid, depositary) = (CeremonyId([9; 32]), MemberId([0; 16]));
    record.named(5, sid, digest);
    let of = |n: usize| {
        let mut sid = [0; 32];
        sid[..8].copy_from_slice(&n.to_be_bytes());
        CeremonyId(sid)
    };
    let shows = |record: &Record, room, shown| record.book.shows(depositary, room, &shown);
    for n in 0..SHOWN_UNNAMED_MAX {
        assert_eq!(shows(&record, CAUCUS, Shown::Destroyed(of(n))), Ok(true));
        record.note(0, CAUCUS, 6, What::Shown(Shown::Destroyed(of(n))));
    }
    assert_eq!(shows(&record, CAUCUS, Shown::Destroyed(of(1_000))), Err(Barred::Full), "no such try");
    assert_eq!(shows(&record, RoomKind::Caucus(PartyNo(2)), Shown::Destroyed(of(1_000))), Ok(true));
    assert_eq!(shows(&record, CAUCUS, Shown::Destroyed(sid)), Ok(true), "a try whose name stands");
    record.note(0, CAUCUS, 7, What::Shown(Shown::Destroyed(sid)));
    assert_eq!(shows(&record, CAUCUS, Shown::Destroyed(sid)), Ok(false), "said before");
    for n in 1..SHOWN_OF_TRY_MAX {
        record.note(0, CAUCUS, 7, What::Shown(Shown::Released(sid, Some(UtcMs(n as u64)))));
    }
    assert_eq!(shows(&record, CAUCUS, Shown::Withdrawn(sid)), Err(Barred::Full));
}

// DEED-15, DEED-17
#[test]
fn from_its_place_on_a_new_roster_says_who_acts_for_a_party() {
    let mut record = settled(100, None);
    let end = text().terms().unwrap().until;
    let notice = |record: &mut Record, by: u8, beat: u64| {
        let effective = UtcMs(T0.0 + 1_000_000_000);
        let spot = record.book.place(RoomKind::Registry, by % 7, Beat(beat));
        let who = Who { party: PartyNo(2), member: MemberId([by; 16]), role: Role::Principal };
        let what = What::Deed(said(Deed::Notice { effective, urgent: None }));
        record.book.take(&Note { room: None, day: 0, spot, who, what });
        record.status(beat).unwrap().until
    };
    // Bravo replaces whoever was member 12, and wants two from now on.
    assert_eq!(notice(&mut record, 30, 110), Some(end), "a stranger");
    let changed = (RosterHead([5; 32]), roster(2, &[2, 30]));
    let unsound = (RosterHead([6; 32]), roster(3, &[2]));
    record.knows(&[changed.clone(), unsound.clone()]);
    record.note(2, RoomKind::Registry, 120, What::Deed(said(Deed::Roster(changed.0, changed.1))));
    assert_eq!(notice(&mut record, 12, 130), Some(end), "whoever was replaced");
    assert_eq!(notice(&mut record, 30, 140), Some(end), "one of two");
    assert_ne!(notice(&mut record, 2, 150), Some(end), "both");
    record.note(2, RoomKind::Registry, 160, What::Deed(said(Deed::Roster(unsound.0, unsound.1))));
    assert_eq!(record.quorum(2), 2, "it could never act");
}

// DEED-17
#[test]
fn a_roster_that_changes_after_the_freeze_asks_for_another_one() {
    let (mut record, digest) = Record::frozen(&text());
    record.deed(1, CAUCUS, 3, Deed::Approved(digest)).unwrap();
    assert_eq!(record.state(3), Some(State::Approving));
    let (head, side) = (RosterHead([5; 32]), roster(1, &[2]));
    record.knows(&[(head, side.clone())]);
    record.deed(2, RoomKind::Registry, 4, Deed::Roster(head, side)).unwrap();
    assert_eq!(record.state(4), Some(State::Submitted));
    assert_eq!(record.state(3), Some(State::Approving), "what came later alters nothing");
}

mod arrival;
mod hostile;
