use crate::world::*;
use backchannel_accord::event::{Addressee, Carried, Declined, EventError, Mode, Passage, Progress, Step};
use backchannel_accord::limits::{EVENT_BYTES_MAX, LANGUAGES_MAX, PASSAGES_MAX, TEXT_BYTES_MAX};
use backchannel_accord::time::Date;
use backchannel_accord::{
    Admitted, Disclosure, Event, Form, Observation, Record, Retention, Salt, Text, Texts, guard,
};
use backchannel_wire::{UtcMs, canonical};
use proptest::prelude::*;

fn samples() -> Vec<Event> {
    let mut full = dispatch(1, Addressee::Party(BRAVO));
    full.form = Form::NoteVerbale;
    full.reply_by = Some(UtcMs(5));
    full.retention = Retention::Until(UtcMs(9));
    full.in_reply_to = Some(id(9));
    full.date = Date::new(2026, 11, 23);
    full.heading = Some(Text::new("On restraint"));
    full.addressee = Some(Text::new("The Ministry"));
    let verbatim = Mode::Verbatim { passage: 1, texts: en("words"), salt: Some(Salt::new([1; 32])) };
    let step = |step| Event::Progress(Box::new(Progress { of: id(1), to: BRAVO, step, at: at(3) }));
    vec![
        said(full),
        carried(conveyance(2, id(1), ALPHA, vec![verbatim, rendering("other words")])),
        understood(read_back(3, id(2), Disclosure::Verbatim)),
        Event::Read(id(2)),
        Event::Returned(id(2)),
        step(Step::Conveyed(vec![Carried { passage: 1, verbatim: true }])),
        step(Step::Received),
        step(Step::Read),
        step(Step::ReadBack { id: id(3), texts: Some(en("understood")), salt: None }),
        Event::Declined(Box::new(Declined { of: id(1), reason: Some(en("not now")) })),
    ]
}

#[test]
fn events_survive_encoding_and_every_truncation_is_refused() {
    for event in samples() {
        let bytes = event.to_bytes();
        assert_eq!(Event::from_bytes(&bytes), Ok(event));
        for cut in 0..bytes.len() {
            assert!(Event::from_bytes(&bytes[..cut]).is_err());
        }
        // EVENT-3
        let longer = [&bytes[..], &[0]].concat();
        assert_eq!(Event::from_bytes(&longer).unwrap_err().rule(), "EVENT-3");
    }
}

#[test]
fn events_of_another_size_or_version_are_refused() {
    // EVENT-1
    let long = vec![1; EVENT_BYTES_MAX + 1];
    assert_eq!(Event::from_bytes(&long), Err(EventError::TooLong(EVENT_BYTES_MAX + 1)));
    // EVENT-2
    let mut bytes = Event::Read(id(1)).to_bytes();
    bytes[0] = 2;
    assert_eq!(Event::from_bytes(&bytes), Err(EventError::Version(2)));
}

#[test]
fn a_language_is_two_or_three_small_letters() {
    // EVENT-4
    for code in ["", "e", "EN", "en-GB", "enng", "é1", "../"] {
        assert!(backchannel_accord::Lang::new(code).is_none(), "{code}");
    }
    let mut bytes = understood(read_back(3, id(2), Disclosure::Hold)).to_bytes();
    let place = bytes.windows(3).position(|window| window == [0x62, b'e', b'n']).unwrap();
    bytes[place + 1] = b'E';
    assert_eq!(Event::from_bytes(&bytes).unwrap_err().rule(), "EVENT-3");
}

#[test]
fn counts_and_sizes_are_bounded() {
    // EVENT-5
    let bounds = |change: &dyn Fn(&mut backchannel_accord::event::Dispatch)| {
        let mut sample = dispatch(1, Addressee::Intermediary);
        change(&mut sample);
        said(sample).bounds().map_err(|error| error.rule())
    };
    assert_eq!(bounds(&|_| ()), Ok(()));
    assert_eq!(bounds(&|one| one.passages.clear()), Err("EVENT-5"));
    assert_eq!(bounds(&|one| one.passages = vec![one.passages[0].clone(); PASSAGES_MAX + 1]), Err("EVENT-5"));
    assert_eq!(bounds(&|one| one.passages[0].texts = en(&"x".repeat(TEXT_BYTES_MAX + 1))), Err("EVENT-5"));
    assert_eq!(bounds(&|one| one.passages[0].texts = en(" ")), Err("EVENT-5"));
    assert_eq!(bounds(&|one| one.passages[0].texts = Texts::default()), Err("EVENT-5"));
    assert_eq!(bounds(&|one| one.passages[1].salt = Some(Salt::new([0; 32]))), Err("EVENT-5"));
    assert_eq!(bounds(&|one| one.heading = Some(Text::new("two\nlines"))), Err("EVENT-5"));
    let many =
        (0..=LANGUAGES_MAX).map(|n| (lang(&format!("a{}", char::from(b'a' + n as u8))), Text::new("x")));
    let many = Texts(many.collect());
    assert_eq!(bounds(&|one| one.passages[0].texts = many.clone()), Err("EVENT-5"));
    let twice = Mode::Verbatim { passage: 1, texts: en("words"), salt: None };
    assert!(carried(conveyance(2, id(1), ALPHA, vec![twice.clone(), twice])).bounds().is_err());
    let unsorted = Mode::InSubstance { from: vec![2, 1], texts: en("words") };
    assert!(carried(conveyance(2, id(1), ALPHA, vec![unsorted])).bounds().is_err());
}

#[test]
fn held_passages_have_no_number() {
    // EVENT-6
    let sample = dispatch(1, Addressee::Intermediary);
    let numbers: Vec<Option<u16>> = sample.numbered().map(|(number, _)| number).collect();
    assert_eq!(numbers, [Some(1), None, Some(2)]);
    assert_eq!(sample.passage(2).map(|passage| passage.disclosure), Some(Disclosure::InSubstance));
    assert!(sample.passage(0).is_none() && sample.passage(3).is_none());
}

#[test]
fn no_text_reaches_a_debug_form() {
    for event in samples() {
        let shown = format!("{event:?}");
        for word in ["strike", "batteries", "words", "understood", "not now", "restraint", "Ministry"] {
            assert!(!shown.contains(word), "{shown}");
        }
    }
}

#[test]
fn stored_records_survive_encoding_and_lose_their_texts_when_told() {
    for event in samples() {
        let record = Record::Admitted(Admitted {
            ..admitted(envoy(ALPHA), backchannel_accord::RoomKind::Caucus(ALPHA), 3, event.clone())
        });
        assert_eq!(canonical::from_slice::<Record>(&canonical::to_vec(&record)), Ok(record.clone()));
        let named = event.id().or(event.of()).unwrap();
        if let Some(bare) = record.without_text_of(&[named]) {
            let bytes = canonical::to_vec(&bare);
            for word in ["strike", "words", "nderstood", "not now", "estraint", "Ministry"] {
                assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
            }
        }
        assert_eq!(record.without_text_of(&[id(77)]), None);
    }
    let seen = Record::Observed(Observation::Sent { id: id(1), at: at(4) });
    assert_eq!(canonical::from_slice::<Record>(&canonical::to_vec(&seen)), Ok(seen));
}

#[test]
fn every_input_of_the_guard_digest_changes_it() {
    // GUARD-1
    let source = guard::Source { channel: CHANNEL, party: ALPHA, dispatch: id(1) };
    let salt = Salt::new([5; 32]);
    let base = guard::digest(&source, 1, &lang("en"), "text", &salt);
    let other_channel = guard::Source { channel: backchannel_wire::ChannelId([8; 16]), ..source };
    let others = [
        guard::digest(&other_channel, 1, &lang("en"), "text", &salt),
        guard::digest(&guard::Source { party: BRAVO, ..source }, 1, &lang("en"), "text", &salt),
        guard::digest(&guard::Source { dispatch: id(2), ..source }, 1, &lang("en"), "text", &salt),
        guard::digest(&source, 2, &lang("en"), "text", &salt),
        guard::digest(&source, 1, &lang("fr"), "text", &salt),
        guard::digest(&source, 1, &lang("en"), "text.", &salt),
        guard::digest(&source, 1, &lang("en"), "text", &Salt::new([6; 32])),
    ];
    assert!(others.iter().all(|other| *other != base));
}

#[test]
fn sender_and_recipient_compute_the_same_digests() {
    // GUARD-2, GUARD-3
    let sample = dispatch(1, Addressee::Intermediary);
    let posted = guard::of_dispatch(CHANNEL, ALPHA, &sample);
    assert_eq!(posted.len(), 1);
    let Passage { texts, salt, .. } = sample.passages[0].clone();
    let carry = |texts, salt| conveyance(2, id(1), ALPHA, vec![Mode::Verbatim { passage: 1, texts, salt }]);
    assert_eq!(guard::of_conveyance(CHANNEL, &carry(texts.clone(), salt.clone())), posted);
    assert_ne!(guard::of_conveyance(CHANNEL, &carry(en("Altered."), salt)), posted);
    assert_eq!(guard::of_conveyance(CHANNEL, &carry(texts, None)), []);
}

proptest! {
    #[test]
    fn no_bytes_make_the_decoder_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Event::from_bytes(&bytes);
        let _ = Event::from_bytes(&[&[1], &bytes[..]].concat());
    }

    #[test]
    fn a_flipped_byte_never_decodes_to_what_encodes_otherwise(which in 0usize..10, at in any::<prop::sample::Index>(), flip in 1u8..) {
        let mut bytes = samples()[which].to_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        if let Ok(event) = Event::from_bytes(&bytes) {
            prop_assert_eq!(event.to_bytes(), bytes);
        }
    }
}
