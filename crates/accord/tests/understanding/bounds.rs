//! What no understanding is, finished or not.

use crate::sample::*;
use backchannel_accord::Text;
use backchannel_accord::understanding::{
    About, Bound, End, Moment, Place, SpanMs, Understanding, UnderstandingError, Zone,
};
use backchannel_wire::{PartyNo, UtcMs};

fn refused(alter: impl FnOnce(&mut Understanding)) -> bool {
    let mut text = whole();
    alter(&mut text);
    let bounds = text.bounds();
    // Whoever decodes it refuses it alike.
    assert_eq!(Understanding::from_bytes(&text.to_bytes()).is_err(), bounds.is_err());
    matches!(bounds, Err(UnderstandingError::Bounds(_)))
}

#[test]
fn what_is_out_of_bounds_is_refused() {
    // UND-4
    assert!(!refused(|_| {}));
    assert!(refused(|text| text.languages.clear()));
    assert!(refused(|text| text.languages.reverse()));
    assert!(refused(|text| text.drafted_in = lang("ru")));
    assert!(refused(|text| drop(text.parties.pop())));
    assert!(refused(|text| text.parties.reverse()));
    assert!(refused(|text| text.parties[1].number = PartyNo(1)));
    assert!(refused(|text| text.parties[0].number = PartyNo(0)));
    assert!(refused(|text| text.parties[1].code = code("alpha")));
    assert!(refused(|text| text.parties[0].quorum = 0));
    assert!(refused(|text| text.parties[0].quorum = 16));
    assert!(refused(|text| text.parties[0].names.0.clear()));
    assert!(refused(|text| drop(text.parties[0].names.0.insert(lang("ru"), Text::new("x")))));
    assert!(refused(|text| drop(text.parties[0].names.0.insert(lang("en"), Text::new("two\nlines")))));
    assert!(refused(|text| text.undertakings[1].id = code("alpha-strike")));
    assert!(refused(|text| text.undertakings[0].by.clear()));
    assert!(refused(|text| text.undertakings[0].by = vec![code("bravo")]));
    assert!(refused(|text| text.undertakings[0].towards = vec![code("nobody")]));
    assert!(refused(|text| text.undertakings[0].scope.place = Some(Place::Zones(vec![code("nowhere")]))));
    assert!(refused(|text| text.undertakings[0].scope.place = Some(Place::Zones(Vec::new()))));
    assert!(refused(|text| text.permitted[1].id = code("rhetoric")));
    assert!(refused(|text| text.permitted[0].to = vec![code("bravo"), code("alpha")]));
    assert!(refused(|text| text.timing.notice = Some(SpanMs(0))));
    assert!(refused(|text| text.timing.notice = Some(SpanMs(u64::MAX))));
    assert!(refused(|text| text.timing.urgent.as_mut().unwrap().grounds.clear()));
    let end = |moment| Some(End::At(Bound { moment, inclusive: None }));
    assert!(refused(|text| text.timing.end = end(Moment::utc(UtcMs(u64::MAX)))));
    assert!(refused(|text| text.timing.end = end(Moment::At { utc: UtcMs(1), offset_minutes: -1 })));
    assert!(refused(|text| text.timing.end = end(Moment::At { utc: UtcMs(1 << 40), offset_minutes: 841 })));
    assert!(refused(|text| text.glossary.reverse()));
    assert!(refused(|text| text.glossary[0].confirmed_by = vec![code("nobody")]));
    assert!(refused(|text| text.clauses.clear()));
    assert!(refused(|text| text.clauses[1].id = code("opening")));
    assert!(refused(|text| text.clauses[0].about = About::Undertaking(code("nothing"))));
    assert!(refused(|text| text.clauses[0].about = About::Permitted(code("alpha-strike"))));
    assert!(refused(|text| text.clauses[0].texts.0.clear()));
    assert!(refused(|text| say(text, "opening", "en", " edge")));
    assert!(refused(|text| say(text, "opening", "en", &"x".repeat(6145))));
    assert!(refused(|text| say(text, "opening", "ru", "x")));
    assert!(refused(|text| drop(text.clauses[0].reviewed_by.insert(lang("en"), Text::new("A reader")))));
    assert!(refused(|text| drop(text.clauses[0].reviewed_by.insert(lang("fr"), Text::new("")))));
    assert!(refused(|text| drop(text.clauses[0].texts.0.remove(&lang("fr")))), "reviewed, yet not there");
}

#[test]
fn zones_that_lie_within_themselves_are_refused() {
    let ring = |text: &mut Understanding, second: &str| {
        let names = text.parties[0].names.clone();
        let zone = |id: &str, within: &str| Zone {
            code: code(id),
            names: names.clone(),
            within: vec![code(within)],
            overlaps: Vec::new(),
            apart: Vec::new(),
        };
        text.zones = vec![zone("a", "b"), zone("b", second), zone("c", "d"), zone("d", "e"), zone("e", "b")];
        if second == "none" {
            text.zones[1].within.clear();
        }
    };
    assert!(refused(|text| ring(text, "a")));
    assert!(refused(|text| ring(text, "b")));
    assert!(refused(|text| ring(text, "c")));
    assert!(refused(|text| ring(text, "unknown")));
    assert!(!refused(|text| ring(text, "none")));
}

#[test]
fn what_is_too_long_is_refused_before_it_is_read() {
    // UND-1
    let error = Understanding::from_bytes(&vec![1; 512 * 1024 + 1]).unwrap_err();
    assert_eq!((error.rule(), error), ("UND-1", UnderstandingError::TooLong(512 * 1024 + 1)));
    let mut text = whole();
    let long = text.clauses[0].clone();
    for n in 0..70 {
        let mut more = long.clone();
        more.id = code(&format!("more-{n}"));
        more.texts.0.values_mut().for_each(|text| *text = Text::new("x".repeat(6000)));
        text.clauses.push(more);
    }
    assert_eq!(text.size().unwrap_err().rule(), "UND-1");
}

#[test]
fn another_version_and_another_encoding_are_refused() {
    let bytes = whole().to_bytes();
    let with = |at: usize, value: u8| {
        let mut bytes = bytes.clone();
        bytes[at] = value;
        Understanding::from_bytes(&bytes).unwrap_err().rule()
    };
    assert_eq!(Understanding::from_bytes(&bytes), Ok(whole()));
    assert_eq!(with(0, 2), "UND-2");
    let mut longer = bytes.clone();
    longer.push(0);
    assert_eq!(Understanding::from_bytes(&longer).unwrap_err().rule(), "UND-3");
    assert_eq!(Understanding::from_bytes(&bytes[..bytes.len() - 1]).unwrap_err().rule(), "UND-3");
    assert_eq!(Understanding::from_bytes(&[]).unwrap_err().rule(), "UND-3");
}
