//! What binds follows from what stands in the registry: not from the order in which it reached a station, nor from what
//! a caucus alone was shown (DEED-1, LIFE-6).

use super::*;
use backchannel_accord::life::{Notice, Word};
use proptest::prelude::*;
use proptest::sample::{Index, select};

const SID: CeremonyId = CeremonyId([9; 32]);

/// Something said in the registry: by which member of which party, in which beat.
#[derive(Clone, Debug)]
struct Spoken {
    party: u8,
    member: u8,
    beat: u64,
    what: Say,
}

#[derive(Clone, Debug)]
enum Say {
    Begun(CeremonyId, Digest, u64),
    Released(CeremonyId),
    Acknowledged(CeremonyId),
    Notice(u64),
    NoticeBack,
    Roster(usize),
}

fn first() -> Frozen {
    Frozen::freeze(text(), None).unwrap()
}

/// A version that only Alpha was shown.
fn second() -> Frozen {
    let mut changed = text();
    changed.timing.reply = changed.timing.brake;
    Frozen::freeze(changed, Some(&first())).unwrap()
}

/// The later versions of Bravo's roster.
fn rosters() -> [(RosterHead, SideOf); 2] {
    [(RosterHead([5; 32]), roster(2, &[2, 12])), (RosterHead([6; 32]), roster(1, &[2, 13]))]
}

impl Say {
    fn what(&self) -> What {
        let instant = |beat: u64| UtcMs(T0.0 + beat * 1000);
        What::Deed(said(match self {
            Self::Begun(sid, digest, expiry) => {
                Deed::Begun { sid: *sid, digest: *digest, expiry: instant(*expiry) }
            }
            Self::Released(sid) => return What::Shown(Shown::Released(*sid, None)),
            Self::Acknowledged(sid) => return What::Shown(Shown::Acknowledged(*sid, Context([1; 32]))),
            Self::Notice(hours) => Deed::Notice { effective: UtcMs(T0.0 + hours * 3_600_000), urgent: None },
            Self::NoticeBack => Deed::NoticeBack,
            Self::Roster(at) => {
                let (head, side) = rosters()[*at].clone();
                Deed::Roster(head, side)
            }
        }))
    }
}

fn any_say() -> impl Strategy<Value = Say> {
    let sids = || select(vec![SID, CeremonyId([8; 32])]);
    let digests = || select(vec![first().digest(), second().digest(), Digest([3; 32])]);
    prop_oneof![
        (sids(), digests(), select(vec![400_u64, 500, 100_000]))
            .prop_map(|(sid, digest, expiry)| Say::Begun(sid, digest, expiry)),
        sids().prop_map(Say::Released),
        sids().prop_map(Say::Acknowledged),
        (73_u64..90).prop_map(Say::Notice),
        Just(Say::NoticeBack),
        (0_usize..2).prop_map(Say::Roster),
    ]
}

fn any_spoken() -> impl Strategy<Value = Spoken> {
    (1_u8..=2, select(vec![0_u8, 10]), 0_u64..300, any_say()).prop_map(|(party, other, beat, what)| {
        // Only heads say what machines say.
        let what = match what {
            // Bravo's head does not name what Bravo was not shown: it would bind its party to what its delegates do not know.
            Say::Begun(sid, digest, expiry) if party == 2 && digest == second().digest() => {
                Say::Begun(sid, Digest([3; 32]), expiry)
            }
            what => what,
        };
        let member = if matches!(what, Say::Notice(_) | Say::NoticeBack) { party + other } else { party };
        Spoken { party, member, beat, what }
    })
}

/// A try that all acknowledge, with words dropped and others thrown in.
fn any_registry() -> impl Strategy<Value = Vec<Spoken>> {
    let all = |party: u8| {
        let say = |beat, what| Spoken { party, member: party, beat, what };
        let begun = Say::Begun(SID, first().digest(), 400);
        vec![say(20, begun), say(40, Say::Released(SID)), say(50, Say::Acknowledged(SID))]
    };
    let whole = [all(1), all(2)].concat();
    let dropped = prop::collection::vec(any::<Index>(), 0..2);
    (dropped, prop::collection::vec(any_spoken(), 0..12)).prop_map(move |(dropped, more)| {
        let mut spoken = whole.clone();
        for index in dropped {
            spoken.remove(index.index(spoken.len()));
        }
        spoken.extend(more);
        spoken.sort_by_key(|one| one.beat);
        spoken
    })
}

/// The record of a station that these reached in an order of its own; each person's words stay in theirs.
fn record_of(spoken: &[Spoken], turns: &[u8], shown_more: bool) -> Record {
    let (mut record, _) = Record::frozen(&text());
    if shown_more {
        record.deed(0, CAUCUS, 3, Deed::Frozen(second().to_bytes())).unwrap();
    }
    record.knows(&rosters());
    let mut queues: BTreeMap<u8, std::collections::VecDeque<Note>> = BTreeMap::new();
    let mut counts: BTreeMap<(u8, u64), u16> = BTreeMap::new();
    for one in spoken {
        let seat = one.member % 8;
        let nth = counts.entry((seat, one.beat)).or_default();
        let spot = Spot { beat: Beat(one.beat + 4), room: RoomKind::Registry, seat, nth: *nth };
        *nth += 2;
        let role = if one.member == one.party { Role::Head } else { Role::Principal };
        let who = Who { party: PartyNo(one.party), member: MemberId([one.member; 16]), role };
        let note = Note { room: None, day: 0, spot, who, what: one.what.what() };
        queues.entry(seat).or_default().push_back(note);
    }
    let mut turns = turns.iter().cycle();
    loop {
        queues.retain(|_, queue| !queue.is_empty());
        let Some(next) = queues.len().checked_sub(1) else { break };
        let turn = usize::from(*turns.next().expect("no order is empty")).min(next);
        let queue = queues.values_mut().nth(turn).expect("within the queues");
        record.book.take(&queue.pop_front().expect("no empty queue stays"));
    }
    record
}

type Binding = (bool, Option<UtcMs>, Option<UtcMs>, Vec<Notice>, Vec<(PartyNo, Word, Vec<MemberId>)>);

fn binding(record: &Record, viewer: u8, beat: u64) -> Binding {
    let at = At { beat: Beat(beat), utc: UtcMs(T0.0 + (beat + 1) * 1000) };
    let status = record.book.status(ID, Viewer::Party(PartyNo(viewer)), at).unwrap();
    (status.in_effect, status.from, status.until, status.notices, status.unfinished)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    // DEED-1, DEED-11
    #[test]
    fn p6_every_partys_record_finds_the_same_binding_whatever_order_it_was_reached_in(
        spoken in any_registry(), one in prop::collection::vec(0_u8..4, 1..40),
        other in prop::collection::vec(0_u8..4, 1..40),
    ) {
        let alpha = record_of(&spoken, &one, true);
        let bravo = record_of(&spoken, &other, false);
        for beat in (0..700).step_by(23) {
            prop_assert_eq!(binding(&alpha, 1, beat), binding(&bravo, 2, beat), "at beat {}", beat);
        }
    }
}

/// The property speaks of something: such registries bring it into effect, end it by notice, and leave it unsettled.
#[test]
fn the_registries_of_the_property_reach_what_it_speaks_of() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut bound, mut not, mut noticed) = (0, 0, 0);
    for _ in 0..200 {
        let spoken = any_registry().new_tree(&mut runner).unwrap().current();
        let found = binding(&record_of(&spoken, &[0], false), 1, 690);
        bound += u32::from(found.0);
        not += u32::from(!found.0);
        noticed += u32::from(!found.3.is_empty());
    }
    assert!(bound > 20 && not > 20 && noticed > 5, "{bound} {not} {noticed}");
}
