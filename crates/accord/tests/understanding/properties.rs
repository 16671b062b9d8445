//! Properties over arbitrary texts.

use crate::sample::*;
use backchannel_accord::Text;
use backchannel_accord::understanding::acts::Acts;
use backchannel_accord::understanding::diff::{Fate, compare, fields};
use backchannel_accord::understanding::{
    Bound, Code, Digest, End, Map, Meet, Moment, Period, Place, SpanMs, Understanding, Voice, Zone, check,
    diff, parse, to_toml,
};
use backchannel_wire::UtcMs;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// One change to a whole text; what it leaves may be out of bounds and is then left as it was.
#[derive(Clone, Debug)]
enum Edit {
    Say(usize, bool, String),
    Drop(usize),
    Swap(usize, usize),
    Review(usize, String),
    Voice(bool),
    Quorum(u8),
    Act(usize, String),
    Time(usize, u32, i16, Option<bool>),
    Nowhere(usize),
    Ends(u64, Option<bool>),
    Notice(Option<u64>),
    Confirm(usize),
    Confidence,
    Told,
    Supersedes(u8),
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-d ]{1,12}",
        "\\PC{1,30}",
        "[{}\\[\\]|a-c\n ]{1,12}",
        "(shall|self-defence|truce|\\{by\\}|\\[\\[non-party\\|x\\]\\]| |\n\n|24){1,6}",
    ]
    .prop_map(|text| text.trim().to_owned())
    .prop_filter("a text has something in it", |text| !text.is_empty())
}

fn edit() -> impl Strategy<Value = Edit> {
    let inclusive = || proptest::option::of(any::<bool>());
    prop_oneof![
        4 => (0..20_usize, any::<bool>(), words()).prop_map(|(at, french, text)| Edit::Say(at, french, text)),
        1 => (0..20_usize).prop_map(Edit::Drop),
        1 => (0..20_usize, 0..20_usize).prop_map(|(a, b)| Edit::Swap(a, b)),
        1 => (0..20_usize, "[a-z]{1,4}").prop_map(|(at, by)| Edit::Review(at, by)),
        1 => any::<bool>().prop_map(Edit::Voice),
        1 => (0..18_u8).prop_map(Edit::Quorum),
        1 => (0..2_usize, "[a-z]{1,3}").prop_map(|(at, act)| Edit::Act(at, act)),
        1 => (0..2_usize, any::<u32>(), -900..900_i16, inclusive()).prop_map(|(at, s, o, i)| Edit::Time(at, s, o, i)),
        1 => (0..4_usize).prop_map(Edit::Nowhere),
        1 => (0..5_000_000_000_000_u64, inclusive()).prop_map(|(ms, i)| Edit::Ends(ms, i)),
        1 => proptest::option::of(0..10_000_000_u64).prop_map(Edit::Notice),
        1 => (0..3_usize).prop_map(Edit::Confirm),
        1 => Just(Edit::Confidence),
        1 => Just(Edit::Told),
        1 => any::<u8>().prop_map(Edit::Supersedes),
    ]
}

fn apply(text: &mut Understanding, edit: &Edit) {
    let clauses = text.clauses.len();
    match edit {
        Edit::Say(at, french, words) => {
            let lang = lang(if *french { "fr" } else { "en" });
            text.clauses[at % clauses].texts.0.insert(lang, Text::new(words.clone()));
        }
        Edit::Drop(at) => drop(text.clauses.remove(at % clauses)),
        Edit::Swap(a, b) => text.clauses.swap(a % clauses, b % clauses),
        Edit::Review(at, by) => {
            text.clauses[at % clauses].reviewed_by.insert(lang("fr"), Text::new(by.clone()));
        }
        Edit::Voice(reciprocal) => {
            text.voice = if *reciprocal { Voice::Reciprocal } else { Voice::Intermediary };
        }
        Edit::Quorum(quorum) => text.parties[0].quorum = *quorum,
        Edit::Act(at, act) => text.undertakings[*at].act = code(act),
        Edit::Time(at, seconds, offset_minutes, inclusive) => {
            let utc = UtcMs(u64::from(*seconds) * 1000);
            let bound =
                Bound { moment: Moment::At { utc, offset_minutes: *offset_minutes }, inclusive: *inclusive };
            text.undertakings[*at].scope.time = Some(Period::Between { from: bound, until: bound });
        }
        Edit::Nowhere(at) => text.permitted[*at].scope.place = Some(Place::Anywhere),
        Edit::Ends(ms, inclusive) => {
            text.timing.end = Some(End::At(Bound { moment: Moment::utc(UtcMs(*ms)), inclusive: *inclusive }));
        }
        Edit::Notice(ms) => text.timing.notice = ms.map(SpanMs),
        Edit::Confirm(at) => drop(text.glossary[*at].confirmed_by.pop()),
        Edit::Confidence => text.confidence = None,
        Edit::Told => text.timing.told = Some(true),
        Edit::Supersedes(byte) => text.supersedes = Some(Digest([*byte; 32])),
    }
}

fn texts() -> impl Strategy<Value = Understanding> {
    proptest::collection::vec(edit(), 0..8).prop_map(|edits| {
        let mut text = whole();
        for edit in &edits {
            let mut next = text.clone();
            apply(&mut next, edit);
            if next.bounds().is_ok() {
                text = next;
            }
        }
        text
    })
}

/// Whether one act contains another, by walking every path: slow and plain.
fn reaches(edges: &[(u8, u8)], from: u8, to: u8, steps: usize) -> bool {
    from == to
        || (steps > 0
            && edges.iter().any(|(inner, outer)| *inner == from && reaches(edges, *outer, to, steps - 1)))
}

fn acts_of(edges: &[(u8, u8)]) -> Acts {
    let act = |at: u8| {
        let outer = edges.iter().filter(|(inner, _)| *inner == at).map(|(_, outer)| format!("\"a{outer}\""));
        let outer = outer.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ");
        format!("[[act]]\ncode = \"a{at}\"\nnarrower_than = [{outer}]\nname = {{ en = \"x\" }}\n")
    };
    Acts::parse(&format!("edition = 1\n{}", (0..8).map(act).collect::<String>())).unwrap()
}

/// Zones as sets of squares, and of what is true of them that which is told.
fn zones_of(squares: &[u16], told: &[bool]) -> Vec<Zone> {
    let names = whole().parties[0].names.clone();
    let named = |at: usize| Code::new(&format!("z{at}")).unwrap();
    let tells = |a: usize, b: usize| told[(a * squares.len() + b) % told.len()];
    let list = |a: usize, holds: &dyn Fn(usize) -> bool| -> Vec<Code> {
        (0..squares.len()).filter(|b| *b != a && tells(a, *b) && holds(*b)).map(named).collect()
    };
    let zone = |a: usize| {
        let own = squares[a];
        Zone {
            code: named(a),
            names: names.clone(),
            within: list(a, &|b| own & !squares[b] == 0 && own != squares[b]),
            overlaps: list(a, &|b| own & squares[b] != 0),
            apart: list(a, &|b| own & squares[b] == 0),
        }
    };
    (0..squares.len()).map(zone).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn what_is_encoded_decodes_to_the_same(text in texts()) {
        let bytes = text.to_bytes();
        prop_assert_eq!(Understanding::from_bytes(&bytes), Ok(text));
    }

    #[test]
    fn what_is_written_reads_back(text in texts()) {
        let read = parse(&to_toml(&text));
        prop_assert_eq!(read, Ok(text));
    }

    #[test]
    fn the_check_never_panics_and_is_the_same_twice(text in texts()) {
        prop_assert_eq!(check(&text), check(&text.clone()));
    }

    #[test]
    fn a_diff_explains_every_difference_and_nothing_else(a in texts(), b in texts()) {
        let found = diff(&a, &b);
        prop_assert_eq!(found.apply(fields(&a)), Some(fields(&b)));
        prop_assert!(found.changes.iter().all(|change| change.before != change.after));
        // Fields say everything: the same fields are the same text.
        prop_assert_eq!(found.is_empty(), a == b);
        prop_assert!(diff(&a, &a).is_empty());
    }

    #[test]
    fn stretches_make_up_both_texts(a in "[ab \n]{0,24}", b in "[ab \n]{0,24}", cells in 0_usize..400) {
        let mut left = cells;
        let stretches = compare(&a, &b, &mut left);
        let of = |fates: [Fate; 2]| -> String {
            stretches.iter().filter(|one| fates.contains(&one.fate)).map(|one| one.text.as_str()).collect()
        };
        prop_assert_eq!(of([Fate::Same, Fate::Gone]), a);
        prop_assert_eq!(of([Fate::Same, Fate::New]), b);
        prop_assert!(left <= cells);
    }

    #[test]
    fn the_swallow_rule_is_reachability(pairs in proptest::collection::vec((0_u8..8, 0_u8..8), 0..16), outer in 0_u8..8, inner in 0_u8..8) {
        // Edges lead from a lower number to a higher, so that there is no ring.
        let edges: Vec<(u8, u8)> = pairs.into_iter().filter(|(a, b)| a < b).collect();
        let of = |at: u8| Code::new(&format!("a{at}")).unwrap();
        prop_assert_eq!(acts_of(&edges).covers(&of(outer), &of(inner)), reaches(&edges, inner, outer, 8));
    }

    #[test]
    fn what_is_told_of_zones_never_leads_to_a_falsehood(squares in proptest::collection::vec(1_u16.., 2..7), told in proptest::collection::vec(any::<bool>(), 40)) {
        let zones = zones_of(&squares, &told);
        let map = Map::new(&zones);
        for (a, of_a) in squares.iter().enumerate() {
            for (b, of_b) in squares.iter().enumerate() {
                let place = |at: usize| Place::Zones(vec![zones[at].code.clone()]);
                let truth = of_a & of_b != 0;
                match map.meet(&place(a), &place(b)) {
                    Meet::Yes => prop_assert!(truth),
                    Meet::Apart => prop_assert!(!truth),
                    Meet::Unsaid => prop_assert!(a != b),
                }
                // What is said outright is known.
                prop_assert!(!zones[a].overlaps.contains(&zones[b].code) || map.meet(&place(a), &place(b)) == Meet::Yes);
                prop_assert!(!zones[a].apart.contains(&zones[b].code) || map.meet(&place(b), &place(a)) == Meet::Apart);
            }
        }
    }

    #[test]
    fn no_bytes_and_no_file_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,80}", at in any::<prop::sample::Index>(), value in any::<u8>()) {
        let _ = Understanding::from_bytes(&bytes);
        let _ = parse(&text);
        let mut near = whole().to_bytes();
        let at = at.index(near.len());
        near[at] = value;
        if let Ok(read) = Understanding::from_bytes(&near) {
            prop_assert_eq!(read.to_bytes(), near);
            let _ = check(&read);
        }
    }
}
