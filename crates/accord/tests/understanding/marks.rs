//! Slots, marks, and what fills them.

use crate::sample::*;
use backchannel_accord::understanding::marks::{Segment, segments};
use backchannel_accord::understanding::{Bound, End, Moment, PieceKind, SpanMs, Understanding};
use backchannel_wire::UtcMs;

#[test]
fn a_text_is_cut_into_slots_marks_and_words() {
    // UND-11
    let cut = segments("By {by}, [[armed-attack]] or [[armed-attack|attacked]].");
    let attack = || code("armed-attack");
    let expected = [
        Segment::Plain("By "),
        Segment::Slot(code("by")),
        Segment::Plain(", "),
        Segment::Term(attack(), None),
        Segment::Plain(" or "),
        Segment::Term(attack(), Some("attacked")),
        Segment::Plain("."),
    ];
    assert_eq!(cut, expected);
}

#[test]
fn what_is_neither_slot_nor_mark_is_stray() {
    // UND-11
    let long_slot = format!("{{{}}}", "x".repeat(41));
    let long_words = format!("[[x|{}]]", "x".repeat(300));
    for text in [
        "{",
        "}",
        "{}",
        "{ by }",
        "{By}",
        "[[",
        "]]",
        "[[]]",
        "[[X]]",
        "[[x| ]]",
        "[[x|a{b}]]",
        &long_slot,
        &long_words,
    ] {
        let cut = segments(text);
        assert!(cut.iter().any(|segment| matches!(segment, Segment::Stray(_))), "{text}: {cut:?}");
    }
    assert_eq!(segments("[one] bracket"), [Segment::Plain("[one] bracket")]);
}

#[test]
fn a_flood_of_openings_is_cut_in_little_time() {
    assert_eq!(segments(&"{".repeat(6000)).len(), 6000);
    assert_eq!(segments(&"[[".repeat(3000)).len(), 3000);
}

fn reads(alter: impl FnOnce(&mut Understanding), slot: &str, language: &str) -> Option<String> {
    let mut text = whole();
    alter(&mut text);
    text.slot(&text.clauses[1], &lang(language), &code(slot))
}

#[test]
fn instants_and_spans_read_alike_everywhere() {
    // UND-12
    let from = |text: &mut Understanding, utc: u64, offset_minutes: i16| {
        text.timing.from =
            Some(Bound { moment: Moment::At { utc: UtcMs(utc), offset_minutes }, inclusive: Some(true) });
    };
    let from_reads = |utc, offset| reads(|text| from(text, utc, offset), "from", "en").unwrap();
    assert_eq!(from_reads(1_796_101_200_000, 0), "2026-12-01 05:00 UTC");
    assert_eq!(from_reads(1_796_101_200_000, -210), "2026-12-01 01:30 UTC-03:30");
    assert_eq!(from_reads(1_796_101_201_000, 0), "2026-12-01 05:00:01 UTC");
    assert_eq!(from_reads(1_796_101_201_250, 0), "2026-12-01 05:00:01.250 UTC");
    let notice =
        |ms, language| reads(|text| text.timing.notice = Some(SpanMs(ms)), "notice", language).unwrap();
    let hour = 3_600_000;
    assert_eq!(notice(hour, "en"), "1 hour");
    assert_eq!(notice(72 * hour, "fr"), "72 heures");
    assert_eq!(notice(13 * 24 * hour, "en"), "312 hours");
    assert_eq!(notice(14 * 24 * hour, "en"), "14 days");
    assert_eq!(notice(90_000, "en"), "90 seconds");
    assert_eq!(notice(1_500, "en"), "1500 milliseconds");
    assert_eq!(notice(2 * hour, "ar"), "2 ساعات");
    assert_eq!(notice(10 * hour, "ar"), "10 ساعات");
    assert_eq!(notice(11 * hour, "ar"), "11 ساعة");
    assert_eq!(notice(hour, "tr"), "1 hour", "English where the program has no words");
    assert_eq!(
        reads(|text| text.timing.urgent.as_mut().unwrap().notice = None, "urgent-notice", "en").unwrap(),
        "0 hours"
    );
    assert_eq!(reads(|text| text.timing.urgent = None, "urgent-notice", "en"), None);
    let until = reads(
        |text| text.timing.end = Some(End::After { span: SpanMs(hour), inclusive: Some(true) }),
        "until",
        "en",
    );
    assert_eq!(until.unwrap(), "2026-12-01 09:00 UTC+03:00");
    assert_eq!(reads(|_| {}, "parties", "fr").unwrap(), "Alpha et Bravo");
}

#[test]
fn pieces_tell_values_terms_and_open_slots_apart() {
    let mut text = whole();
    say(&mut text, "opening", "en", "Told {notice}, [[armed-attack]], {never}.");
    let pieces = text.pieces(&text.clauses[0], &lang("en")).unwrap();
    let kinds: Vec<PieceKind> = pieces.iter().map(|piece| piece.kind).collect();
    let (plain, value, term, open) = (PieceKind::Text, PieceKind::Value, PieceKind::Term, PieceKind::Open);
    assert_eq!(kinds, [plain, value, plain, term, plain, open, plain]);
    assert_eq!(
        text.rendered(&text.clauses[0], &lang("en")).unwrap(),
        "Told 72 hours, armed attack, {never}."
    );
}
