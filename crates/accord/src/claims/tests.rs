//! The register alone: what is taken, in what order, and what follows.

use super::*;
use crate::limits::{
    AMENDMENTS_MAX, CLAIM_BASIS_MAX, CLAIM_EVIDENCE_BYTES_MAX, CLAIM_SOURCE_BYTES_MAX, CLAIM_TEXT_BYTES_MAX,
    CLAIMS_MAX, CLAIMS_OF_MEMBER_MAX, CREDENCE_REASONS_BYTES_MAX, CREDENCES_OF_MEMBER_MAX,
    ENTRIES_OF_MEMBER_MAX, EXPORT_BYTES_MAX, REGISTER_ENTRIES_MAX,
};
use crate::rules::{Author, RoomKind};
use crate::words::{DispatchId, Lang, Text, Texts};
use backchannel_wire::{Beat, MemberId, PartyNo, Role, canonical};
use proptest::prelude::*;
use std::collections::BTreeMap;

const ROOM: RoomKind = RoomKind::Delegation(PartyNo(1));

fn who(member: u8) -> Author {
    Author { party: PartyNo(1), member: MemberId([member; 16]), role: Role::Envoy }
}

fn content(text: &str) -> Content {
    Content {
        who: Claimant::Side(PartyNo(2)),
        text: Texts::one(Lang::new("en").unwrap(), text),
        when: None,
        public: true,
        source: Text::new("a newspaper"),
        grading: Grading { reliability: Reliability::Usually, credibility: Credibility::Possibly },
        evidence: Text::new("a second source"),
        rests_on: vec![Basis::OnRecord(DispatchId([9; 16])), Basis::Public(Text::new("on television"))],
    }
}

fn id(n: u16) -> ClaimId {
    let mut bytes = [0; 16];
    bytes[..2].copy_from_slice(&n.to_be_bytes());
    ClaimId(bytes)
}

fn entered(n: u16) -> Entry {
    Entry { id: id(n), act: Act::Entered(content("They hold back.")) }
}

fn believed(n: u16, percent: u8) -> Entry {
    Entry { id: id(n), act: Act::Believed(percent, Text::new("It fits.")) }
}

fn amended(n: u16, text: &str) -> Entry {
    Entry { id: id(n), act: Act::Amended(content(text)) }
}

/// A member whose seat has its number says something in a beat.
fn say(register: &mut Register, member: u8, beat: u64, entry: Entry) -> Result<(), Barred> {
    let nth = register.noted().count() as u64;
    match register.take(vec![noted(member, beat, nth, entry)]).remove(0) {
        Fate::Counts => Ok(()),
        Fate::Idle(barred) | Fate::Refused(barred) => Err(barred),
    }
}

fn noted(member: u8, beat: u64, nth: u64, entry: Entry) -> Noted {
    Noted { spot: Spot { beat: Beat(beat), seat: member, nth }, who: who(member), entry }
}

// CLAIM-1
#[test]
fn an_entry_is_taken_in_the_own_delegations_room_from_those_who_may_write_and_nowhere_else() {
    let may = |who: &Author, room| admissible(who, room, PartyNo(1), &entered(1));
    for role in [Role::Head, Role::Principal, Role::Envoy] {
        assert_eq!(may(&Author { role, ..who(1) }, ROOM), Ok(()));
    }
    assert_eq!(may(&Author { role: Role::Observer, ..who(1) }, ROOM), Err(Barred::Observer));
    for room in [RoomKind::Caucus(PartyNo(1)), RoomKind::Delegation(PartyNo(2)), RoomKind::Registry] {
        assert_eq!(may(&who(1), room), Err(Barred::Room), "{room:?}");
    }
    assert_eq!(may(&Author { party: PartyNo(0), ..who(1) }, ROOM), Err(Barred::Room));
}

// CLAIM-2, CLAIM-5
#[test]
fn texts_have_bounds_and_a_credence_has_reasons() {
    let check = |change: &dyn Fn(&mut Content)| {
        let mut content = content("x");
        change(&mut content);
        admissible(&who(1), ROOM, PartyNo(1), &Entry { id: id(1), act: Act::Amended(content) })
    };
    let words = |bytes: usize| Text::new("a".repeat(bytes));
    let texts = |bytes: usize| Texts::one(Lang::new("en").unwrap(), "a".repeat(bytes));
    assert_eq!(check(&|content| content.text = texts(CLAIM_TEXT_BYTES_MAX)), Ok(()));
    assert_eq!(check(&|content| content.source = words(CLAIM_SOURCE_BYTES_MAX)), Ok(()));
    assert_eq!(check(&|content| content.evidence = words(CLAIM_EVIDENCE_BYTES_MAX)), Ok(()));
    assert_eq!(check(&|content| content.source = words(0)), Ok(()));
    let basis = || Basis::OnRecord(DispatchId([1; 16]));
    let refused: [&dyn Fn(&mut Content); 9] = [
        &|content| content.text = texts(CLAIM_TEXT_BYTES_MAX + 1),
        &|content| content.text = Texts::default(),
        &|content| {
            content.text = texts(CLAIM_TEXT_BYTES_MAX);
            content.text.0.insert(Lang::new("fr").unwrap(), words(1));
        },
        &|content| content.source = words(CLAIM_SOURCE_BYTES_MAX + 1),
        &|content| content.evidence = words(CLAIM_EVIDENCE_BYTES_MAX + 1),
        &|content| content.who = Claimant::Other(words(257)),
        &|content| content.who = Claimant::Other(words(0)),
        &|content| content.rests_on = vec![basis(); CLAIM_BASIS_MAX + 1],
        &|content| content.rests_on = vec![Basis::Public(words(257))],
    ];
    for (at, change) in refused.into_iter().enumerate() {
        assert_eq!(check(change), Err(Barred::Bounds), "{at}");
    }
    let believe = |percent, reasons: Text| {
        admissible(&who(1), ROOM, PartyNo(1), &Entry { id: id(1), act: Act::Believed(percent, reasons) })
    };
    assert_eq!(believe(0, words(1)), Ok(()));
    assert_eq!(believe(100, words(CREDENCE_REASONS_BYTES_MAX)), Ok(()));
    assert_eq!(believe(101, words(1)), Err(Barred::Credence));
    assert_eq!(believe(50, Text::new(" \n")), Err(Barred::Credence));
    assert_eq!(believe(50, words(CREDENCE_REASONS_BYTES_MAX + 1)), Err(Barred::Bounds));
}

// CLAIM-3
#[test]
fn the_admiralty_code_has_six_letters_and_six_numbers() {
    for (letter, one) in ["A", "b", "C", "d", "E", "f"].into_iter().zip(Reliability::ALL) {
        assert_eq!(Reliability::of_letter(letter), Some(one));
    }
    for (number, one) in (1..).zip(Credibility::ALL) {
        assert_eq!((Credibility::of_number(number), i64::from(one.number())), (Some(one), number));
    }
    assert_eq!(
        (Reliability::of_letter("G"), Credibility::of_number(0), Credibility::of_number(7)),
        (None, None, None)
    );
}

// CLAIM-4
#[test]
fn an_id_is_entered_once_and_changed_by_whoever_entered_it() {
    let mut register = Register::default();
    assert_eq!(say(&mut register, 1, 3, believed(1, 50)), Err(Barred::Unknown));
    assert_eq!(say(&mut register, 1, 4, entered(1)), Ok(()));
    assert_eq!(
        say(&mut register, 2, 5, Entry { id: id(1), act: Act::Entered(content("Other.")) }),
        Err(Barred::Taken)
    );
    assert_eq!(say(&mut register, 1, 5, entered(1)), Err(Barred::Taken));
    assert_eq!(say(&mut register, 2, 6, amended(1, "Other.")), Err(Barred::NotAuthor));
    assert_eq!(say(&mut register, 2, 6, Entry { id: id(1), act: Act::Withdrawn }), Err(Barred::NotAuthor));
    assert_eq!(say(&mut register, 1, 7, amended(1, "They say so.")), Ok(()));
    let claim = register.claim(id(1)).unwrap();
    assert_eq!(register.content(claim).unwrap().text.iter().next().unwrap().1, "They say so.");
    assert_eq!(say(&mut register, 2, 8, believed(1, 30)), Ok(()));
    assert_eq!(say(&mut register, 1, 9, Entry { id: id(1), act: Act::Withdrawn }), Ok(()));
    for entry in [believed(1, 40), amended(1, "Again."), Entry { id: id(1), act: Act::Withdrawn }] {
        assert_eq!(say(&mut register, 1, 10, entry), Err(Barred::Withdrawn));
    }
    // What does not follow counts for nothing, and what was withdrawn stays on record.
    assert_eq!((register.noted().count(), register.claims().len()), (12, 1));
    let claim = register.claim(id(1)).unwrap();
    assert_eq!(register.history(claim).len(), 4);
}

// CLAIM-5
#[test]
fn each_change_of_a_credence_stays_with_its_beat() {
    let mut register = Register::default();
    say(&mut register, 1, 1, entered(1)).unwrap();
    for (beat, member, percent) in [(2, 1, 40), (3, 2, 10), (9, 1, 65), (9, 1, 66)] {
        say(&mut register, member, beat, believed(1, percent)).unwrap();
    }
    let claim = register.claim(id(1)).unwrap();
    let beats = |member: u8| -> Vec<(u64, u64)> {
        claim.credences[&MemberId([member; 16])].iter().map(|spot| (spot.beat.0, spot.nth)).collect()
    };
    assert_eq!((beats(1), beats(2)), (vec![(2, 1), (9, 3), (9, 4)], vec![(3, 2)]));
}

// CLAIM-6
#[test]
fn what_completes_late_stands_behind_what_its_seat_said_before_and_the_first_of_two_stands() {
    let late = noted(1, 9, 1, entered(1));
    // Another item of the same author's, dated before it because it was sealed first, follows it all the same; not one of others.
    let (own, other) = (noted(1, 4, 2, believed(1, 20)), noted(2, 4, 3, believed(1, 30)));
    let mut register = Register::default();
    assert_eq!(register.take(vec![own, other]), [Fate::Idle(Barred::Unknown); 2]);
    assert_eq!(register.take(vec![late]), [Fate::Counts]);
    assert_eq!(register.claims()[0].1.credences.keys().collect::<Vec<_>>(), [&MemberId([1; 16])]);
    // Whoever sat there before is another author.
    assert_eq!(register.take(vec![noted(1, 3, 9, entered(7))]), [Fate::Counts]);
    let former = Noted { who: who(6), ..noted(1, 2, 5, believed(7, 1)) };
    assert_eq!(register.take(vec![former]), [Fate::Idle(Barred::Unknown)]);
    // Whoever hears of an earlier entry of the same id later comes to the same register.
    let first = noted(3, 2, 0, entered(1));
    assert_eq!(register.take(vec![first]), [Fate::Counts]);
    assert_eq!(register.claim(id(1)).unwrap().by, who(3));
    assert_eq!(register.claim(id(1)).unwrap().credences.len(), 2);
    assert_eq!(register.claims(), Register::load(register.noted()).claims());
}

// CLAIM-4, CLAIM-6
#[test]
fn what_came_before_what_it_is_about_counts_once_that_has_come() {
    let all = [
        noted(1, 3, 0, entered(1)),
        noted(2, 4, 0, believed(1, 20)),
        noted(1, 5, 0, amended(1, "They say so.")),
        noted(1, 6, 0, Entry { id: id(1), act: Act::Withdrawn }),
    ];
    let mut late = Register::default();
    for one in all.iter().skip(1) {
        assert_eq!(late.take(vec![one.clone()]), [Fate::Idle(Barred::Unknown)]);
    }
    assert!(late.claims().is_empty());
    assert_eq!(late.take(vec![all[0].clone()]), [Fate::Counts]);
    assert_eq!(late.claims(), Register::load(all).claims());
    assert!(late.claims()[0].1.withdrawn.is_some() && late.claims()[0].1.credences.len() == 1);
}

// CLAIM-9
#[test]
fn what_the_room_brings_stands_in_the_place_of_what_was_told_of_it() {
    let mut register = Register::default();
    let told = noted(1, 3, 8, Entry { id: id(1), act: Act::Entered(content("They attack.")) });
    assert_eq!(register.take(vec![told.clone()]), [Fate::Counts]);
    assert_eq!(register.hear(noted(1, 3, 8, entered(1))), Fate::Counts);
    assert_eq!(register.noted().collect::<Vec<_>>(), [noted(1, 3, 8, entered(1))]);
    // Nobody's word takes the place of what is there.
    assert_eq!(register.take(vec![told]), [Fate::Refused(Barred::Taken)]);
}

// CLAIM-6
#[test]
fn what_was_sealed_late_stands_where_it_counts_in_the_history_too() {
    let mut register = Register::default();
    // The claim was said first and sealed last; what its author said after counts behind it.
    let all = [noted(1, 160, 5, entered(1)), noted(1, 110, 6, amended(1, "They strike."))];
    register.take(all.into());
    assert_eq!(register.take(vec![noted(2, 130, 1, believed(1, 40))]), [Fate::Idle(Barred::Unknown)]);
    assert_eq!(register.take(vec![noted(2, 170, 2, believed(1, 60))]), [Fate::Counts]);
    let claim = register.claim(id(1)).unwrap();
    let acts = register.history(claim);
    let told: Vec<u64> = acts.iter().map(|(spot, ..)| spot.beat.0).collect();
    assert_eq!(told, [160, 110, 170]);
    let places: Vec<u64> = acts.iter().map(|(spot, ..)| register.place(*spot).0.0).collect();
    assert_eq!(places, [160, 160, 170]);
}

// CLAIM-6
#[test]
fn numbers_that_begin_anew_take_nothing_along_that_was_sealed_long_before() {
    let mut register = Register::default();
    let first = [noted(1, 1_000, 40, entered(1)), noted(2, 1_100, 1, believed(1, 70))];
    assert_eq!(register.take(first.into()), [Fate::Counts, Fate::Counts]);
    // The author's vault was put back: it counts from an older number on.
    assert_eq!(register.take(vec![noted(1, 5_000, 21, entered(2))]), [Fate::Counts]);
    assert_eq!(register.claim(id(1)).unwrap().credences.len(), 1);
    assert_eq!(register.claims().iter().map(|(id, _)| *id).collect::<Vec<_>>(), [id(1), id(2)]);
}

// CLAIM-7
#[test]
fn what_the_room_brings_has_the_place_of_what_was_told_of_it_though_its_author_has_no_more() {
    let mut register = Register::default();
    let full: Vec<Noted> =
        (0..ENTRIES_OF_MEMBER_MAX as u64).map(|n| noted(1, n, n, believed(1, 1))).collect();
    register.take(full);
    // The head said that somebody else stood there.
    let told = Noted { who: who(2), ..noted(1, 9_000, 9_000, entered(1)) };
    register.take(vec![told]);
    assert_eq!(register.hear(noted(1, 9_000, 9_000, entered(1))), Fate::Counts);
    assert_eq!(register.noted().count(), ENTRIES_OF_MEMBER_MAX + 1);
    assert!(matches!(register.hear(noted(1, 9_001, 9_001, entered(2))), Fate::Refused(Barred::Full)));
}

// CLAIM-7
#[test]
fn there_is_room_for_so_many_claims_changes_and_entries_and_nobody_takes_anothers() {
    let mut register = Register::default();
    let mut next = 0;
    for member in 1..=4 {
        for _ in 0..CLAIMS_OF_MEMBER_MAX {
            assert_eq!(say(&mut register, member, 1, entered(next)), Ok(()));
            next += 1;
        }
        assert_eq!(say(&mut register, member, 1, entered(next)), Err(Barred::Full));
    }
    assert_eq!(register.claims().len(), CLAIMS_MAX);
    assert_eq!(say(&mut register, 5, 1, entered(next)), Err(Barred::Full));
    for _ in 0..CREDENCES_OF_MEMBER_MAX {
        assert_eq!(say(&mut register, 5, 2, believed(0, 1)), Ok(()));
    }
    assert_eq!(say(&mut register, 5, 2, believed(0, 1)), Err(Barred::Full));
    for _ in 0..AMENDMENTS_MAX {
        assert_eq!(say(&mut register, 1, 2, amended(0, "x")), Ok(()));
    }
    assert_eq!(say(&mut register, 1, 2, amended(0, "x")), Err(Barred::Full));
    assert_eq!(say(&mut register, 5, 3, believed(1, 1)), Ok(()));
}

// CLAIM-7
#[test]
fn there_is_room_for_so_many_entries_of_one_member_and_of_all_whether_they_count_or_not() {
    let member_max = ENTRIES_OF_MEMBER_MAX as u64;
    let flood = |member: u8| (0..member_max).map(move |n| noted(member, n, 0, believed(1, 1)));
    let mut register = Register::default();
    let fates = register.take(flood(1).chain([noted(1, member_max, 0, entered(1))]).collect());
    let (last, before) = fates.split_last().unwrap();
    assert!(before.iter().all(|fate| *fate == Fate::Idle(Barred::Unknown)));
    assert_eq!(*last, Fate::Refused(Barred::Full));
    assert_eq!(register.judge(&who(1), &entered(1)), Err(Barred::Full));
    assert_eq!(register.judge(&who(2), &entered(1)), Ok(()));
    // Others have their room until all of it is taken; what is heard in the place of something told takes none.
    let more: Vec<Noted> = (2..=4).flat_map(flood).collect();
    assert!(register.take(more).iter().all(|fate| matches!(fate, Fate::Idle(_))));
    assert_eq!(register.noted().count(), REGISTER_ENTRIES_MAX);
    assert_eq!(register.take(vec![noted(5, 1, 0, entered(1))]), [Fate::Refused(Barred::Full)]);
    assert_eq!(register.judge(&who(5), &entered(1)), Err(Barred::Full));
    assert_eq!(register.hear(noted(4, 7, 0, entered(1))), Fate::Counts);
    assert_eq!(register.noted().count(), REGISTER_ENTRIES_MAX);
    let again = Register::load(register.noted());
    assert_eq!(again.judge(&who(5), &entered(2)), Err(Barred::Full));
    assert_eq!(again.claims(), register.claims());
}

#[test]
fn a_locked_register_judges_as_before_and_holds_no_word_and_no_figure() {
    let mut register = Register::default();
    say(&mut register, 1, 1, entered(1)).unwrap();
    say(&mut register, 2, 2, believed(1, 73)).unwrap();
    register.strip();
    for noted in register.noted() {
        let bytes = canonical::to_vec(&noted.entry);
        for word in ["They", "newspaper", "source", "television", "fits"] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
        }
        assert!(!matches!(noted.entry.act, Act::Believed(percent, _) if percent != 0));
    }
    assert_eq!(say(&mut register, 2, 3, entered(1)), Err(Barred::Taken));
    assert_eq!(say(&mut register, 2, 3, believed(1, 20)), Ok(()));
}

fn names() -> (impl Fn(&str) -> Option<PartyNo>, impl Fn(&str) -> Option<DispatchId>) {
    let side = |label: &str| label.eq_ignore_ascii_case("bravo").then_some(PartyNo(2));
    let item = |text: &str| (text == "77d0").then_some(DispatchId([7; 16]));
    (side, item)
}

fn read_it(text: &str) -> Result<Content, crate::draft::DraftError> {
    let (side, item) = names();
    read(text, &Names { side: &side, item: &item })
}

const FILE: &str = "who = \"Bravo\"\nwhen = \"2026-11-25T12:00Z\"\npublic = true\nsource = \"A newspaper\"\ngrading = \"b3\"\n\
    evidence = \"A second source\"\nrests_on = [\"77d0\"]\nstatements = [\"On television\"]\ntext.en = \"They hold back.\"\n";

// CLAIM-3
#[test]
fn a_file_is_read_as_it_stands_and_what_is_wrong_is_named_by_its_line_and_not_repeated() {
    let content = read_it(FILE).unwrap();
    assert_eq!(content.who, Claimant::Side(PartyNo(2)));
    assert_eq!(
        content.grading,
        Grading { reliability: Reliability::Usually, credibility: Credibility::Possibly }
    );
    assert_eq!(
        content.rests_on,
        [Basis::OnRecord(DispatchId([7; 16])), Basis::Public(Text::new("On television"))]
    );
    let short = read_it("who = \"a fisherman\"\ntext.en = \"x\"").unwrap();
    assert_eq!((short.who, short.grading), (Claimant::Other(Text::new("a fisherman")), Grading::NONE));
    let wrong = [
        ("\"Bravo\"", "\"\"", Some(1)),
        ("2026-11-25T12:00Z", "SECRET noon", Some(2)),
        ("b3", "SECRET", Some(5)),
        ("b3", "G1", Some(5)),
        ("b3", "A7", Some(5)),
        ("b3", "é1", Some(5)),
        ("77d0", "SECRET", Some(7)),
        ("On television", " ", Some(8)),
        ("text.en", "text.SECRET", Some(9)),
        ("They hold back.", " ", Some(9)),
        ("public = true", "public = \"SECRET\"", Some(3)),
        ("public = true", "secrets = 1", Some(3)),
        ("A newspaper", &"SECRET ".repeat(200), None),
    ];
    for (from, to, line) in wrong {
        let error = read_it(&FILE.replace(from, to)).unwrap_err();
        assert_eq!(error.line, line, "{to}");
        assert!(!error.to_string().contains("SECRET") && !error.hint.contains("SECRET"), "{error}");
    }
}

// CLAIM-12
#[test]
fn an_export_is_read_as_it_was_written_and_nothing_else_is() {
    let credence = ExportedCredence {
        by: "alpha envoy".to_owned(),
        percent: 60,
        because: "\"It\nfits.\" [[claim]]".to_owned(),
        since: "2026-11-25T12:00:00Z".to_owned(),
    };
    let claim = ExportedClaim {
        id: id(7).to_hex(),
        who: "bravo".to_owned(),
        when: None,
        amended: Some("2026-11-26T12:00:00Z".to_owned()),
        public: false,
        grading: "B3".to_owned(),
        source: String::new(),
        evidence: "'''".to_owned(),
        withdrawn: false,
        text: BTreeMap::from([("en".to_owned(), "They hold back.\u{202e}".to_owned())]),
        credence: vec![credence],
    };
    let all = Exported {
        register: 1,
        of: "alpha".to_owned(),
        exported: String::new(),
        claim: vec![claim.clone(), claim],
    };
    let text = all.write();
    assert!(!text.contains('\u{202e}') && text.chars().all(|c| c == '\n' || !c.is_control()), "{text}");
    assert_eq!(Exported::read(&text), Ok(all));
    let read = |from: &str, to: &str| Exported::read(&text.replacen(from, to, 1)).map(|_| ());
    assert_eq!(read("register = 1", "register = 2"), Err(ExportError::Version));
    assert_eq!(read("percent = 60", "percent = 101"), Err(ExportError::Claim(1)));
    assert_eq!(read("B3", "B9"), Err(ExportError::Claim(1)));
    assert_eq!(read("B3", "é"), Err(ExportError::Claim(1)));
    assert_eq!(read("en = ", "english = "), Err(ExportError::Claim(1)));
    assert!(matches!(read("percent = 60", "percent = 300"), Err(ExportError::Form(Some(_)))));
    assert!(matches!(read("who = ", "whom = "), Err(ExportError::Form(_))));
    // Files of before the time of an amendment was told are read.
    let without = text.lines().filter(|line| !line.starts_with("amended")).collect::<Vec<_>>().join("\n");
    assert!(Exported::read(&without).unwrap().claim.iter().all(|claim| claim.amended.is_none()));
}

// CLAIM-12
#[test]
fn an_export_within_its_bound_fits_the_answer_that_holds_it_twice() {
    for odd in ["x", "\"", "\\", "\n", "\u{1}", "\u{7f}", "\u{202e}", "é"] {
        let long = odd.repeat(2_000);
        let credence = ExportedCredence {
            by: long.clone(),
            percent: 100,
            because: long.clone(),
            since: "2026-11-25T12:00:00.000Z".to_owned(),
        };
        let claim = ExportedClaim {
            id: id(7).to_hex(),
            who: long.clone(),
            when: None,
            amended: None,
            public: true,
            grading: "B3".to_owned(),
            source: long.clone(),
            evidence: String::new(),
            withdrawn: true,
            text: BTreeMap::from([("en".to_owned(), long)]),
            credence: vec![credence],
        };
        let all =
            Exported { register: 1, of: "a".to_owned(), exported: String::new(), claim: vec![claim; 4] };
        let text = all.write();
        let answer = serde_json::json!({ "v": 1, "text": text, "claims": all.claim }).to_string();
        assert!(answer.len() < text.len() * 3, "{odd:?}: {} of {}", answer.len(), text.len());
    }
    const { assert!(EXPORT_BYTES_MAX * 3 < 64 * 1024 * 1024) };
}

/// Any short history of three members about three claims.
fn histories() -> impl Strategy<Value = Vec<(u8, u64, u16, u8)>> {
    proptest::collection::vec((1..4u8, 0..6u64, 0..3u16, 0..4u8), 0..24)
}

proptest! {
    // CLAIM-6
    #[test]
    fn stations_that_took_the_same_entries_show_the_same_register_in_whatever_order_they_came(
        said in histories(), turns in proptest::collection::vec(any::<prop::sample::Index>(), 24),
    ) {
        let mut heard = Register::default();
        for (member, beat, n, kind) in said {
            let act = match kind {
                0 => Act::Entered(content("x")),
                1 => Act::Amended(content("y")),
                2 => Act::Withdrawn,
                _ => Act::Believed(beat as u8, Text::new("z")),
            };
            let _ = say(&mut heard, member, beat, Entry { id: id(n), act });
        }
        let mut noted: Vec<Noted> = heard.noted().collect();
        let whole = Register::load(noted.clone());
        prop_assert_eq!(heard.claims(), whole.claims());
        for (at, turn) in turns.iter().enumerate().take(noted.len()) {
            let other = turn.index(noted.len());
            noted.swap(at, other);
        }
        let shuffled = Register::load(noted.clone());
        prop_assert_eq!(shuffled.claims(), whole.claims());
        let mut singly = Register::default();
        for one in &noted {
            let fates = singly.take(vec![one.clone()]);
            prop_assert!(!matches!(fates[..], [Fate::Refused(_)]));
        }
        prop_assert_eq!(singly.claims(), whole.claims());
        prop_assert_eq!(singly.noted().collect::<Vec<_>>(), whole.noted().collect::<Vec<_>>());
        let mut told = Register::default();
        let _ = told.take(noted);
        prop_assert_eq!(told.claims(), whole.claims());
    }

    // CLAIM-2
    #[test]
    fn an_entry_that_decodes_encodes_to_the_same_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(entry) = canonical::from_slice::<Entry>(&bytes) {
            prop_assert_eq!(canonical::to_vec(&entry), bytes);
        }
    }
}
