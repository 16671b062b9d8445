use crate::sample::*;
use backchannel_accord::understanding::{Digest, FreezeError, Frozen};
use backchannel_wire::tagged::{Tag, hash};

#[test]
fn versions_are_numbered_and_carry_the_digest_of_the_one_before() {
    let first = Frozen::freeze(whole(), None).unwrap();
    assert_eq!((first.number(), first.before()), (1, None));
    let mut text = whole();
    text.timing.notice = Some(backchannel_accord::understanding::SpanMs::hours(96));
    let second = Frozen::freeze(text, Some(&first)).unwrap();
    assert_eq!((second.number(), second.before()), (2, Some(first.digest())));
    // UND-6
    assert!(second.follows(&first) && !first.follows(&second) && !second.follows(&second));
    for frozen in [&first, &second] {
        assert_eq!(Frozen::from_bytes(&frozen.to_bytes()).as_ref(), Ok(frozen));
    }
}

#[test]
fn the_digest_covers_number_predecessor_and_text() {
    // UND-5
    let first = Frozen::freeze(whole(), None).unwrap();
    let expected = hash(Tag("backchannel understanding v1"), &[&first.to_bytes()]);
    assert_eq!(first.digest(), Digest(expected));
    let mut text = whole();
    say(&mut text, "rescue", "fr", "Une partie peut porter secours.");
    let second = Frozen::freeze(text.clone(), Some(&first)).unwrap();
    let alone = Frozen::freeze(text, None).unwrap();
    assert_ne!(second.digest(), alone.digest());
    assert_ne!(first.digest(), alone.digest());
}

#[test]
fn nothing_is_frozen_that_the_check_refuses_or_that_did_not_change() {
    let mut text = whole();
    text.undertakings[0].scope.place = None;
    let FreezeError::Refused(findings) = Frozen::freeze(text, None).unwrap_err() else { panic!() };
    assert!(findings.iter().all(|finding| finding.rule == "CHECK-3" || finding.rule == "CHECK-19"));
    let first = Frozen::freeze(whole(), None).unwrap();
    assert_eq!(Frozen::freeze(whole(), Some(&first)), Err(FreezeError::Unchanged(1)));
    let anew = Frozen::freeze_anew(whole(), Some(&first)).unwrap();
    assert!(anew.follows(&first) && anew.text() == first.text() && anew.digest() != first.digest());
    let mut lacking = whole();
    lacking.undertakings[0].scope.place = None;
    assert!(matches!(Frozen::freeze_anew(lacking, Some(&first)), Err(FreezeError::Refused(_))));
    let mut unreviewed = whole();
    unreviewed.clauses[0].reviewed_by.clear();
    let frozen = Frozen::freeze(unreviewed, None).unwrap();
    assert_eq!((frozen.summary().unreviewed, frozen.summary().version), (1, Some(1)), "marked, not refused");
    assert_eq!(frozen.summary().from.as_deref(), Some("2026-12-01T05:00:00.000Z"));
}

#[test]
fn a_number_and_a_predecessor_go_together() {
    // UND-6: the number is the second byte after the head of the array, the predecessor follows.
    let first = Frozen::freeze(whole(), None).unwrap();
    let mut bytes = first.to_bytes();
    assert_eq!(bytes[..4], [1, 0x83, 1, 0xf6]);
    for number in [0, 2] {
        bytes[2] = number;
        assert_eq!(Frozen::from_bytes(&bytes).unwrap_err().rule(), "UND-6");
    }
}

#[test]
fn the_plain_terms_are_instants_and_milliseconds() {
    let terms = whole().terms().unwrap();
    assert_eq!(terms.from.0, 1_796_101_200_000);
    assert_eq!(terms.until.0, terms.from.0 + 90 * 86_400_000);
    assert_eq!((terms.from_inclusive, terms.until_inclusive), (true, false));
    assert_eq!((terms.notice_ms, terms.urgent_notice_ms), (Some(72 * 3_600_000), Some(6 * 3_600_000)));
    let mut text = whole();
    text.timing.end = None;
    assert_eq!(text.terms(), None);
}
