use crate::sample::*;
use backchannel_accord::understanding::library::{ComposeError, Pick, States};
use backchannel_accord::understanding::marks::{Segment, segments};
use backchannel_accord::understanding::{About, Secrecy, Voice, check, compose, data, fitting};
use backchannel_accord::{Text, Texts};

const SIX: [&str; 6] = ["ar", "en", "fa", "fr", "he", "ru"];

#[test]
fn every_clause_is_there_in_two_voices_and_six_languages_and_says_who_reviewed_it() {
    let library = &data().unwrap().library;
    assert_eq!(library.clauses.len(), 22);
    for clause in &library.clauses {
        for voice in Voice::ALL {
            let langs: Vec<&str> = clause.texts(*voice).keys().map(|lang| lang.code()).collect();
            assert_eq!(langs, SIX, "{}", clause.id);
        }
        let reviewed: Vec<&str> = clause.reviewed_by.keys().map(|lang| lang.code()).collect();
        assert_eq!(reviewed, ["ar", "fa", "fr", "he", "ru"], "{}", clause.id);
    }
}

#[test]
fn composed_from_the_library_nothing_is_found_in_either_form_and_voice() {
    for form in ["gentle", "joint"] {
        for voice in ["reciprocal", "intermediary"] {
            let whole = whole_of(form, voice, &SIX);
            assert_eq!(lines(&check(&whole)), Vec::<String>::new(), "{form} {voice}");
        }
    }
}

#[test]
fn mutual_undertakings_compose_too() {
    for voice in ["reciprocal", "intermediary"] {
        let mut frame = frame("gentle", voice, &SIX);
        frame.undertakings.truncate(1);
        let all: Vec<_> = frame.parties.iter().map(|party| party.code.clone()).collect();
        (frame.undertakings[0].by, frame.undertakings[0].towards) = (all.clone(), all);
        let mut picks = picks(&SIX);
        picks.retain(|pick| pick.element.as_ref().is_none_or(|id| id.as_str() != "bravo-strike"));
        picks[1] = pick("no-direct-strike-mutual", "strike", Some("alpha-strike"));
        let mut whole = compose(frame, &picks).unwrap();
        confirm(&mut whole);
        review(&mut whole);
        assert_eq!(lines(&check(&whole)), Vec::<String>::new());
    }
}

#[test]
fn the_unreviewed_are_marked_and_named() {
    let whole = compose(frame("gentle", "intermediary", &SIX), &picks(&SIX)).unwrap();
    assert_eq!(whole.unreviewed().len(), 5 * whole.clauses.len());
    assert_eq!(whole.summary().unreviewed, 5 * whole.clauses.len());
    for clause in whole.view() {
        let marked: Vec<&str> =
            clause.versions.iter().filter(|one| one.unreviewed).map(|one| one.lang.code()).collect();
        assert_eq!(marked, ["ar", "fa", "fr", "he", "ru"], "{}", clause.id);
    }
    let reviewed = whole_of("gentle", "intermediary", &["en", "fr"]).view();
    let french = &reviewed[0].versions[1];
    assert_eq!(
        (french.unreviewed, french.reviewed_by.as_ref().map(|by| by.as_str())),
        (false, Some("A reader"))
    );
    let shown = serde_json::to_value(&reviewed[0]).unwrap();
    assert_eq!(shown["versions"][1]["unreviewed"], false);
}

#[test]
fn what_a_person_reads_is_filled_from_the_terms() {
    // UND-12
    let whole = whole();
    let read = |id: &str, code: &str| {
        whole.rendered(whole.clause(&crate::sample::code(id)).unwrap(), &lang(code)).unwrap()
    };
    assert_eq!(
        read("alpha-strike", "en"),
        "The intermediary understands that Alpha assures Bravo that it will carry out no direct preventive strike \
         against it. Place: anywhere. Time: while the understanding is in effect."
    );
    assert_eq!(
        read("entry", "en"),
        "The intermediary understands that this understanding is in effect from 2026-12-01 08:00 UTC+03:00 (that \
         instant included), once every party's assurance has been released and each party has told those whom it binds."
    );
    assert!(read("end", "fr").contains("jusqu'au 2027-03-01 08:00 UTC+03:00 (cet instant non compris)"));
    assert!(read("notice", "en").contains("takes effect 72 hours after"));
    assert!(read("renewal", "fr").contains("pour une durée de 90 jours"));
    assert!(read("if-asked", "en").ends_with("\u{201c}We do not comment.\u{201d}"));
}

#[test]
fn nothing_is_composed_of_what_is_not_there() {
    let frame = |langs: &[&str]| frame("gentle", "reciprocal", langs);
    let of = |from: &str| Pick::plain(code(from));
    // LIB-1
    let error = compose(frame(&["en"]), &[of("no-such-clause")]).unwrap_err();
    assert_eq!(error, ComposeError::NoClause(code("no-such-clause")));
    // LIB-2
    let mut german = frame(&["en"]);
    german.languages = vec![lang("de"), lang("en")];
    let error = compose(german, &[of("opening")]).unwrap_err();
    assert_eq!(error, ComposeError::NoLanguage(code("opening"), lang("de")));
    // LIB-3
    let error = compose(frame(&["en"]), &[of("rhetoric")]).unwrap_err();
    assert_eq!(error, ComposeError::NoElement(code("rhetoric")));
    // LIB-4
    let error = compose(frame(&["en"]), &[of("if-asked")]).unwrap_err();
    assert_eq!(error, ComposeError::NoValue(code("if-asked"), code("line"), lang("en")));
}

#[test]
fn slots_of_the_library_are_filled_by_what_the_clause_states() {
    let library = &data().unwrap().library;
    let whole = whole_of("gentle", "reciprocal", &SIX);
    for clause in &library.clauses {
        let Some(used) = whole.clauses.iter().find(|used| used.id == clause.id) else { continue };
        let stated = match clause.states {
            States::Other => used.about == About::Other,
            States::Term(topic) => used.about == About::Term(topic),
            States::Undertaking => matches!(used.about, About::Undertaking(_)),
            States::Permitted => matches!(used.about, About::Permitted(_)),
        };
        assert!(stated, "{}", clause.id);
        for (_, text) in used.texts.iter() {
            assert!(!segments(text).iter().any(|segment| matches!(segment, Segment::Stray(_))));
        }
    }
    assert_eq!(library_ids().len(), 22);
}

#[test]
fn a_frame_gets_every_clause_its_terms_call_for() {
    // LIB-5
    let line = Texts(SIX.iter().map(|code| (lang(code), Text::new("We do not comment."))).collect());
    for mutual in [false, true] {
        let mut frame = frame("gentle", "intermediary", &SIX);
        if mutual {
            frame.undertakings.truncate(1);
            let all: Vec<_> = frame.parties.iter().map(|party| party.code.clone()).collect();
            (frame.undertakings[0].by, frame.undertakings[0].towards) = (all.clone(), all);
        }
        // A name that is taken is not given twice.
        frame.permitted[0].id = code("entry");
        let picks = fitting(&frame, Some(&line)).unwrap();
        let mut whole = compose(frame.clone(), &picks).unwrap();
        whole.bounds().unwrap();
        confirm(&mut whole);
        review(&mut whole);
        assert_eq!(lines(&check(&whole)), Vec::<String>::new());
        assert_eq!(whole.clauses.len(), if mutual { 19 } else { 20 });
        let bare = compose(frame.clone(), &fitting(&frame, None).unwrap()).unwrap();
        assert!(bare.clauses.iter().all(|clause| clause.about.written() != "if-asked"));
        frame.confidence.as_mut().unwrap().existence = Secrecy::Open;
        assert_eq!(fitting(&frame, Some(&line)).unwrap().len(), bare.clauses.len(), "nobody needs a line");
        // What the library has no clause for stays unstated, and the check says so.
        frame.undertakings[0].act = code("incursion");
        frame.permitted[1].to = vec![code("alpha")];
        let unstated = compose(frame.clone(), &fitting(&frame, None).unwrap()).unwrap();
        let found = lines(&check(&unstated));
        assert!(found.contains(&"CHECK-18 Refuse undertaking alpha-strike".to_owned()), "{found:?}");
        assert!(found.contains(&"CHECK-18 Refuse permitted non-parties".to_owned()), "{found:?}");
    }
}
