//! Whole exchanges, seen from each side.

use crate::world::*;
use backchannel_accord::event::{Addressee, Mode, Progress, Step};
use backchannel_accord::ledger::{Carriage, CarryPart, DropReason, Due, LayerKind, TextState, View, What};
use backchannel_accord::limits::THREAD_MAX;
use backchannel_accord::words::At;
use backchannel_accord::{
    Consequence, Disclosure, Event, Form, Ledger, Observation, Precedence, Record, Retention, RoomKind, guard,
};
use backchannel_wire::{PartyNo, UtcMs, canonical};
use proptest::prelude::*;

const CAUCUS_A: RoomKind = RoomKind::Caucus(ALPHA);
const CAUCUS_B: RoomKind = RoomKind::Caucus(BRAVO);

/// Three stations whose rooms are perfect: what one sends in beat k, the others admit in beat k + 1.
struct Table {
    ledgers: Vec<(PartyNo, Ledger, Vec<Record>)>,
}

impl Table {
    fn new() -> Self {
        Self { ledgers: [INTERMEDIARY, ALPHA, BRAVO].map(|party| (party, ledger(party), Vec::new())).into() }
    }

    fn of(&self, party: PartyNo) -> &Ledger {
        &self.ledgers.iter().find(|(side, _, _)| *side == party).unwrap().1
    }

    fn note(&mut self, party: PartyNo, record: Record) -> Vec<Consequence> {
        let (_, ledger, stored) = self.ledgers.iter_mut().find(|(side, _, _)| *side == party).unwrap();
        stored.push(record.clone());
        match record {
            Record::Admitted(admitted) => ledger.admit(admitted).unwrap(),
            Record::Observed(observation) => ledger.observe(observation),
        }
    }

    /// Sends an event in a caucus, has it admitted and acknowledged, and sends what the machines then say.
    fn send(&mut self, from: PartyNo, caucus: PartyNo, k: u64, event: Event) -> Vec<Consequence> {
        let kind = RoomKind::Caucus(caucus);
        let to = kind.addressed(from).unwrap();
        self.note(from, Record::Admitted(admitted(envoy(from), kind, k, event.clone())));
        let mut out = self.note(to, Record::Admitted(admitted(envoy(from), kind, k + 1, event.clone())));
        if let Some(id) = event.id() {
            out.extend(self.note(from, Record::Observed(Observation::Sent { id, at: at(k + 1) })));
            let ack = Observation::Acknowledged { id, party: to, member: member(to, 1), at: at(k + 2) };
            out.extend(self.note(from, Record::Observed(ack.clone())));
            out.extend(self.note(to, Record::Observed(ack)));
        }
        let mut later = Vec::new();
        for consequence in out {
            match consequence {
                Consequence::Tell { party, event } => {
                    later.extend(self.send(INTERMEDIARY, party, k + 2, event))
                }
                other => later.push(other),
            }
        }
        later
    }
}

fn carriage() -> Carriage {
    let rendered = CarryPart::InSubstance { from: vec![2], texts: en("They would notice restraint.") };
    Carriage { parts: vec![CarryPart::Verbatim { passage: 1 }, rendered], ..Carriage::default() }
}

/// Alpha to Bravo through the intermediary, with reading and reading back.
fn conversation() -> Table {
    let mut table = Table::new();
    table.send(ALPHA, ALPHA, 10, said(dispatch(1, Addressee::Intermediary)));
    table.send(INTERMEDIARY, ALPHA, 14, Event::Read(id(1)));
    let rendered = table.of(INTERMEDIARY).carry(id(1), BRAVO, &carriage(), id(2)).unwrap();
    let out = table.send(INTERMEDIARY, BRAVO, 20, carried(rendered.conveyance));
    let guarded = guard::of_dispatch(CHANNEL, ALPHA, &dispatch(1, Addressee::Intermediary));
    assert!(out.contains(&Consequence::CheckGuard { id: id(2), guarded }));
    table.note(BRAVO, Record::Observed(Observation::Matched { id: id(2), passage: 1, at: at(22) }));
    table.note(ALPHA, Record::Observed(Observation::Matched { id: id(1), passage: 1, at: at(24) }));
    table.send(BRAVO, BRAVO, 30, Event::Read(id(2)));
    let out = table.send(BRAVO, BRAVO, 40, understood(read_back(3, id(2), Disclosure::Verbatim)));
    assert!(out.iter().any(|one| matches!(one, Consequence::CheckGuard { id: of, .. } if *of == id(3))));
    table
}

fn layers(view: &View) -> Vec<(LayerKind, Option<&str>, &str)> {
    view.layers.iter().map(|layer| (layer.kind, layer.whose.as_deref(), layer.part)).collect()
}

#[test]
fn the_first_party_sees_each_stage_with_its_beat() {
    let table = conversation();
    let view = table.of(ALPHA).show(id(1)).unwrap();
    let beats = view.beats;
    let stages = [beats.sent, beats.acknowledged, beats.read, beats.conveyed, beats.read_back];
    assert_eq!(stages, [Some(at(11)), Some(at(12)), Some(at(15)), Some(at(21)), Some(at(41))]);
    let carriage = &view.carriage[0];
    assert_eq!(
        (carriage.to.as_str(), carriage.received, carriage.read),
        ("bravo", Some(at(22)), Some(at(31)))
    );
    assert_eq!((&carriage.verbatim[..], &carriage.in_substance[..]), (&[1][..], &[2][..]));
    assert_eq!(view.passages[0].state, Some(TextState::Matched));
    // The read-back came through the intermediary and is its words until the guard matches.
    assert_eq!(
        layers(&view),
        [
            (LayerKind::PartyText, Some("alpha"), "text"),
            (LayerKind::IntermediaryRendering, Some("intermediary"), "read-back"),
        ]
    );
    let mut table = table;
    table.note(ALPHA, Record::Observed(Observation::Matched { id: id(3), passage: 0, at: at(50) }));
    let view = table.of(ALPHA).show(id(1)).unwrap();
    assert_eq!(layers(&view)[1], (LayerKind::PartyText, Some("bravo"), "read-back"));
}

#[test]
fn the_recipient_sees_only_what_was_carried() {
    let table = conversation();
    let view = table.of(BRAVO).show(id(2)).unwrap();
    let json = serde_json::to_string(&view).unwrap();
    assert!(!json.contains("batteries") && !json.contains("coming weeks"));
    // LAYER-3
    assert_eq!(
        layers(&view),
        [
            (LayerKind::PartyText, None, "text"),
            (LayerKind::IntermediaryRendering, Some("intermediary"), "text"),
            (LayerKind::PartyText, Some("bravo"), "read-back"),
        ]
    );
    assert_eq!(view.author, None);
    assert_eq!(view.passages[0].state, Some(TextState::Matched));
    assert!(view.passages.iter().take(2).all(|passage| passage.disclosure.is_none()));
    assert!(table.of(BRAVO).show(id(1)).is_none());
    assert!(table.of(ALPHA).show(id(2)).is_none());
}

#[test]
fn the_intermediary_sees_the_text_beside_its_rendering() {
    let table = conversation();
    let view = table.of(INTERMEDIARY).show(id(1)).unwrap();
    let kinds: Vec<_> = view.layers.iter().map(|layer| (layer.kind, layer.part)).collect();
    assert_eq!(
        kinds,
        [
            (LayerKind::PartyText, "text"),
            (LayerKind::PartyText, "conveyance"),
            (LayerKind::IntermediaryRendering, "conveyance"),
        ]
    );
    assert_eq!(view.beats.conveyed, Some(at(21)));
    assert_eq!(view.beats.read_back, Some(at(41)));
}

#[test]
fn the_pinned_json_of_show_is_kept() {
    let table = conversation();
    let json = serde_json::to_value(table.of(ALPHA).show(id(1)).unwrap()).unwrap();
    for key in ["id", "room", "form", "precedence", "layers", "passages", "beats"] {
        assert!(json.get(key).is_some(), "{key}");
    }
    assert_eq!(json["beats"]["sent"]["k"], 11);
    assert_eq!(json["beats"]["sent"]["utc"], "2026-11-23T10:29:02.750Z");
    assert_eq!(json["form"], "non-paper");
    assert_eq!(json["layers"][0]["kind"], "party-text");
    assert_eq!(json["passages"][0]["state"], "guarded, matched");
    assert_eq!(json["passages"][1]["disclosure"], "hold");
    assert_eq!(json["passages"][1]["number"], serde_json::Value::Null);
    let fresh = {
        let mut table = Table::new();
        let event = said(dispatch(1, Addressee::Intermediary));
        table.note(ALPHA, Record::Admitted(admitted(envoy(ALPHA), CAUCUS_A, 1, event)));
        serde_json::to_value(table.of(ALPHA).show(id(1)).unwrap()).unwrap()
    };
    for stage in ["sent", "acknowledged", "read", "conveyed", "read_back"] {
        assert_eq!(fresh["beats"][stage], serde_json::Value::Null);
    }
}

fn received(passages: Vec<Mode>) -> Ledger {
    let mut bravo = ledger(BRAVO);
    admit(&mut bravo, envoy(INTERMEDIARY), CAUCUS_B, 5, carried(conveyance(2, id(1), ALPHA, passages)));
    bravo
}

#[test]
fn words_are_the_partys_only_when_the_guard_matched() {
    // GUARD-4, LAYER-2
    let salt = Some(backchannel_accord::Salt::new([5; 32]));
    let mode = |salt| vec![Mode::Verbatim { passage: 1, texts: en("Words."), salt }];
    let state = |ledger: &Ledger| {
        let view = ledger.show(id(2)).unwrap();
        (view.passages[0].state.unwrap(), view.layers[0].kind)
    };
    let mut bravo = received(mode(salt));
    assert_eq!(state(&bravo), (TextState::Pending, LayerKind::IntermediaryRendering));
    let unsalted = received(mode(None));
    assert_eq!(state(&unsalted), (TextState::NoSalt, LayerKind::IntermediaryRendering));
    let altered = bravo.observe(Observation::AlteredPassage { id: id(2), passage: 1, at: at(7) });
    assert_eq!(altered, [Consequence::Altered { id: id(2), passage: 1 }]);
    // A later match does not hide it.
    assert_eq!(bravo.observe(Observation::Matched { id: id(2), passage: 1, at: at(8) }), []);
    assert_eq!(state(&bravo), (TextState::Altered, LayerKind::IntermediaryRendering));
    assert!(bravo.inbox(UtcMs(T0))[0].altered);
    let json = serde_json::to_value(bravo.show(id(2)).unwrap()).unwrap();
    assert_eq!(json["passages"][0]["state"], "ALTERED");
}

#[test]
fn the_sender_learns_that_a_passage_was_not_conveyed_verbatim() {
    let mut alpha = ledger(ALPHA);
    admit(&mut alpha, envoy(ALPHA), CAUCUS_A, 1, said(dispatch(1, Addressee::Intermediary)));
    alpha.observe(Observation::NotMatched { id: id(1), passage: 1, at: at(9) });
    assert_eq!(alpha.show(id(1)).unwrap().passages[0].state, Some(TextState::NotVerbatim));
    // Late is better than never.
    alpha.observe(Observation::Matched { id: id(1), passage: 1, at: at(12) });
    alpha.observe(Observation::NotMatched { id: id(1), passage: 1, at: at(13) });
    assert_eq!(alpha.show(id(1)).unwrap().passages[0].state, Some(TextState::Matched));
}

#[test]
fn an_oral_message_is_a_note_for_ever() {
    // LAYER-1
    let mut table = Table::new();
    let mut oral = dispatch(1, Addressee::Party(BRAVO));
    oral.form = Form::OralMessage;
    table.send(ALPHA, ALPHA, 10, said(oral));
    let rendered = table.of(INTERMEDIARY).carry(id(1), BRAVO, &carriage(), id(2)).unwrap();
    assert_eq!(rendered.conveyance.form, Form::OralMessage);
    table.send(INTERMEDIARY, BRAVO, 20, carried(rendered.conveyance));
    table.note(BRAVO, Record::Observed(Observation::Matched { id: id(2), passage: 1, at: at(22) }));
    for (party, item) in [(ALPHA, id(1)), (INTERMEDIARY, id(1)), (BRAVO, id(2))] {
        let view = table.of(party).show(item).unwrap();
        assert_eq!(view.layers[0].kind, LayerKind::NoteOfOralMessage);
        assert!(view.layers.iter().all(|layer| layer.kind != LayerKind::PartyText));
        assert!(view.layers[0].mark.contains("note of an oral message"));
    }
}

#[test]
fn a_reply_is_carried_back_as_an_answer() {
    let mut table = conversation();
    let mut reply = dispatch(4, Addressee::Intermediary);
    reply.in_reply_to = Some(id(2));
    table.send(BRAVO, BRAVO, 50, said(reply));
    let rendered = table.of(INTERMEDIARY).carry(id(4), ALPHA, &carriage(), id(5)).unwrap();
    assert_eq!(rendered.conveyance.in_reply_to, Some(id(1)));
    table.send(INTERMEDIARY, ALPHA, 60, carried(rendered.conveyance));
    assert_eq!(table.of(ALPHA).show(id(1)).unwrap().replies, [id(5).to_hex()]);
    assert_eq!(table.of(BRAVO).show(id(4)).unwrap().beats.conveyed, Some(at(61)));
}

#[test]
fn a_read_back_says_no_more_than_its_disclosure() {
    for (disclosure, told) in
        [(Disclosure::Hold, false), (Disclosure::InSubstance, false), (Disclosure::Verbatim, true)]
    {
        let mut table = Table::new();
        table.send(ALPHA, ALPHA, 10, said(dispatch(1, Addressee::Intermediary)));
        let rendered = table.of(INTERMEDIARY).carry(id(1), BRAVO, &carriage(), id(2)).unwrap();
        table.send(INTERMEDIARY, BRAVO, 20, carried(rendered.conveyance));
        table.send(BRAVO, BRAVO, 40, understood(read_back(3, id(2), disclosure)));
        let view = table.of(ALPHA).show(id(1)).unwrap();
        assert_eq!(view.beats.read_back, Some(at(41)));
        assert_eq!(serde_json::to_string(&view).unwrap().contains("We understood"), told);
    }
}

#[test]
fn the_inbox_is_in_the_order_of_urgency_and_knows_what_is_late() {
    let mut bravo = ledger(BRAVO);
    for (n, precedence, reply_by) in [
        (1, Precedence::Routine, None),
        (2, Precedence::Flash, Some(T0 + 5000)),
        (3, Precedence::Routine, None),
    ] {
        let mut one = conveyance(n, id(90 + n), ALPHA, vec![rendering("Words.")]);
        (one.precedence, one.reply_by) = (precedence, reply_by.map(UtcMs));
        admit(&mut bravo, envoy(INTERMEDIARY), CAUCUS_B, n.into(), carried(one));
    }
    admit(&mut bravo, envoy(BRAVO), CAUCUS_B, 4, Event::Read(id(1)));
    let ids = |now| {
        bravo.inbox(UtcMs(now)).iter().map(|line| (line.id[..2].to_owned(), line.overdue)).collect::<Vec<_>>()
    };
    assert_eq!(ids(T0 + 5000), [("02".to_owned(), true), ("01".to_owned(), false), ("03".to_owned(), false)]);
    assert!(bravo.inbox(UtcMs(T0))[1].read);
    assert_eq!(bravo.due(UtcMs(T0)), [Due::ReplySoon { id: id(2), by: UtcMs(T0 + 5000) }]);
    assert_eq!(
        bravo.due(UtcMs(T0 + 5000)),
        [Due::ReplyOverdue { id: id(2), by: UtcMs(T0 + 5000), mine: false }]
    );
    assert_eq!(bravo.next_due(UtcMs(T0)), Some(UtcMs(T0 + 5000)));
    let mut reply = dispatch(7, Addressee::Intermediary);
    reply.in_reply_to = Some(id(2));
    admit(&mut bravo, envoy(BRAVO), CAUCUS_B, 5, said(reply));
    assert_eq!(bravo.due(UtcMs(T0 + 5000)), []);
}

#[test]
fn a_thread_goes_back_to_the_first_and_holds_the_item_asked_for_however_long_it_is() {
    let mut bravo = ledger(BRAVO);
    for n in 1..=100 {
        let mut next = dispatch(n, Addressee::Intermediary);
        next.in_reply_to = (n > 1).then(|| id(if n < 50 { n - 1 } else { 1 }));
        admit(&mut bravo, envoy(BRAVO), CAUCUS_B, u64::from(n), said(next));
    }
    let thread = |of: u8| bravo.thread(id(of)).into_iter().map(|line| line.id).collect::<Vec<_>>();
    for of in [1, 2, 49, 50, 100] {
        let all = thread(of);
        assert_eq!((all.len(), all.first()), (THREAD_MAX, Some(&id(1).to_hex())), "{of}");
        assert!(all.contains(&id(of).to_hex()), "{of}");
        assert!(all.is_sorted(), "in the order of the record");
    }
    let mut alone = ledger(BRAVO);
    let mut answer = dispatch(7, Addressee::Intermediary);
    // What it answers never reached this side, or is itself.
    answer.in_reply_to = Some(id(7));
    let known = alone.admit(admitted(envoy(BRAVO), CAUCUS_B, 1, said(answer))).is_ok();
    assert_eq!(alone.thread(id(7)).len(), usize::from(known));
    assert!(alone.thread(id(8)).is_empty());
}

#[test]
fn a_text_kept_until_a_time_is_dropped_and_the_fact_stays() {
    // RETAIN-1
    let mut table = Table::new();
    let mut lent = dispatch(1, Addressee::Intermediary);
    lent.retention = Retention::Until(UtcMs(T0 + 60_000));
    table.send(ALPHA, ALPHA, 10, said(lent));
    let late = UtcMs(T0 + 60_000);
    for party in [ALPHA, INTERMEDIARY] {
        assert_eq!(table.of(party).due(UtcMs(late.0 - 1)), []);
        assert_eq!(table.of(party).next_due(UtcMs(T0)), Some(late));
        let why = DropReason::Expired;
        assert_eq!(table.of(party).due(late), [Due::Drop { ids: vec![id(1)], why }]);
        let dropped = Observation::Dropped { ids: vec![id(1)], why, utc: late };
        assert_eq!(table.note(party, Record::Observed(dropped)), [Consequence::Rewrite { ids: vec![id(1)] }]);
        assert_eq!(table.of(party).due(late), []);
        let json = serde_json::to_string(&table.of(party).show(id(1)).unwrap()).unwrap();
        assert!(!json.contains("strike") && json.contains("the text was kept until its time"));
        assert_eq!(table.of(party).show(id(1)).unwrap().beats.acknowledged, Some(at(12)));
    }
}

#[test]
fn what_is_lent_for_reading_is_returned_when_read() {
    // RETAIN-2
    let mut bravo = ledger(BRAVO);
    let mut lent = conveyance(2, id(1), ALPHA, vec![rendering("Words.")]);
    lent.retention = Retention::ReadAndReturn;
    admit(&mut bravo, envoy(INTERMEDIARY), CAUCUS_B, 5, carried(lent));
    assert_eq!(bravo.due(UtcMs(T0 * 2)), []);
    admit(&mut bravo, envoy(BRAVO), CAUCUS_B, 6, Event::Read(id(2)));
    assert_eq!(bravo.due(UtcMs(T0)), [Due::Return { id: id(2), ids: vec![id(2)] }]);
    admit(&mut bravo, envoy(BRAVO), CAUCUS_B, 7, Event::Returned(id(2)));
    bravo.observe(Observation::Dropped { ids: vec![id(2)], why: DropReason::Returned, utc: UtcMs(T0) });
    assert_eq!(bravo.due(UtcMs(T0 * 2)), []);
    assert!(!serde_json::to_string(&bravo.record()).unwrap().contains("Words."));
    let returned = bravo.receipts(id(2)).unwrap().iter().any(|receipt| receipt.what == "returned");
    assert!(returned);
}

#[test]
fn the_intermediary_returns_what_it_was_lent_once_it_is_carried() {
    // RETAIN-3
    let mut table = Table::new();
    let mut lent = dispatch(1, Addressee::Party(BRAVO));
    lent.retention = Retention::ReadAndReturn;
    table.send(ALPHA, ALPHA, 10, said(lent));
    table.send(INTERMEDIARY, ALPHA, 12, Event::Read(id(1)));
    assert_eq!(table.of(INTERMEDIARY).due(UtcMs(T0 + 60_000)), []);
    let day = UtcMs(at(12).utc.0 + 24 * 60 * 60 * 1000);
    assert_eq!(table.of(INTERMEDIARY).next_due(UtcMs(T0 + 60_000)), Some(day));
    assert_eq!(table.of(INTERMEDIARY).due(day), [Due::Return { id: id(1), ids: vec![id(1)] }]);
    let rendered = table.of(INTERMEDIARY).carry(id(1), BRAVO, &carriage(), id(2)).unwrap();
    assert_eq!(rendered.conveyance.retention, Retention::ReadAndReturn);
    table.send(INTERMEDIARY, BRAVO, 20, carried(rendered.conveyance));
    let due = table.of(INTERMEDIARY).due(UtcMs(T0 + 60_000));
    assert_eq!(due, [Due::Return { id: id(1), ids: vec![id(1), id(2)] }]);
}

#[test]
fn the_intermediary_returns_at_once_what_may_not_travel() {
    // RETAIN-3
    for (held, due) in [(true, 1), (false, 0)] {
        let mut lent = dispatch(1, Addressee::Intermediary);
        lent.retention = Retention::ReadAndReturn;
        lent.passages.retain(|passage| !held || passage.disclosure == Disclosure::Hold);
        let mut intermediary = ledger(INTERMEDIARY);
        admit(&mut intermediary, envoy(ALPHA), CAUCUS_A, 1, said(lent));
        admit(&mut intermediary, envoy(INTERMEDIARY), CAUCUS_A, 2, Event::Read(id(1)));
        assert_eq!(intermediary.due(UtcMs(T0 + 60_000)).len(), due);
    }
}

#[test]
fn each_side_can_lay_its_own_record_beside_the_others() {
    let table = conversation();
    for party in [ALPHA, INTERMEDIARY, BRAVO] {
        let record = table.of(party).record();
        let beats: Vec<Option<At>> = record.iter().map(|entry| entry.at).collect();
        assert!(beats.is_sorted());
        assert!(record.iter().any(|entry| matches!(entry.what, What::Item(_))));
        for entry in &record {
            let What::Item(item) = &entry.what else { continue };
            let (layers, passages) = (&item.layers, &item.passages);
            for (place, layer) in layers.iter().enumerate() {
                assert!(layer.passages.iter().all(|at| passages[*at].layer == place));
            }
        }
    }
    let bravo = serde_json::to_string(&table.of(BRAVO).record()).unwrap();
    assert!(bravo.contains("direct preventive strike") && !bravo.contains("batteries"));
    let alpha = serde_json::to_string(&table.of(ALPHA).record()).unwrap();
    assert!(
        alpha.contains("batteries") && alpha.contains("We understood") && !alpha.contains("would notice")
    );
}

#[test]
fn folding_the_stored_records_gives_the_same_ledger() {
    let table = conversation();
    for (_, ledger, stored) in &table.ledgers {
        let bytes: Vec<Vec<u8>> = stored.iter().map(canonical::to_vec).collect();
        let read: Vec<Record> = bytes.iter().map(|bytes| canonical::from_slice(bytes).unwrap()).collect();
        let folded = Ledger::fold(ledger.desk().clone(), &read);
        assert_eq!(
            serde_json::to_value(folded.record()).unwrap(),
            serde_json::to_value(ledger.record()).unwrap()
        );
        for n in 1..=3 {
            assert_eq!(folded.show(id(n)), ledger.show(id(n)));
            assert_eq!(folded.receipts(id(n)), ledger.receipts(id(n)));
        }
        // Stored without texts, nothing is left but the fact.
        let ids = [id(1), id(2), id(3)];
        let bare: Vec<Record> = read
            .iter()
            .map(|record| record.without_text_of(&ids).unwrap_or_else(|| record.clone()))
            .collect();
        let bare = serde_json::to_string(&Ledger::fold(ledger.desk().clone(), &bare).record()).unwrap();
        assert!(!["strike", "batteries", "notice", "understood:"].iter().any(|word| bare.contains(word)));
    }
}

#[test]
fn a_later_read_back_corrects_the_earlier() {
    let mut table = conversation();
    let mut corrected = read_back(6, id(2), Disclosure::Verbatim);
    corrected.texts = en("We understood: no direct strike before March.");
    table.send(BRAVO, BRAVO, 60, understood(corrected));
    let view = table.of(ALPHA).show(id(1)).unwrap();
    assert_eq!(view.beats.read_back, Some(at(61)));
    let json = serde_json::to_string(&view).unwrap();
    assert!(json.contains("before March") && !json.contains("no direct strike.\""));
    assert_eq!(table.of(ALPHA).guards_pending().iter().map(|(id, _)| *id).collect::<Vec<_>>(), [id(6)]);
}

#[test]
fn a_chosen_name_cannot_divert_the_alarm() {
    // GUARD-4
    let mut bravo = ledger(BRAVO);
    admit(&mut bravo, envoy(BRAVO), CAUCUS_B, 1, said(dispatch(9, Addressee::Intermediary)));
    let salt = Some(backchannel_accord::Salt::new([5; 32]));
    let mode = Mode::Verbatim { passage: 1, texts: en("Words."), salt: salt.clone() };
    admit(&mut bravo, envoy(INTERMEDIARY), CAUCUS_B, 5, carried(conveyance(2, id(1), ALPHA, vec![mode])));
    let step = Step::ReadBack { id: id(2), texts: Some(en("Understood.")), salt };
    let progress = Event::Progress(Box::new(Progress { of: id(9), to: ALPHA, step, at: at(6) }));
    admit(&mut bravo, envoy(INTERMEDIARY), CAUCUS_B, 6, progress);
    bravo.observe(Observation::AlteredPassage { id: id(2), passage: 1, at: at(7) });
    assert_eq!(bravo.show(id(2)).unwrap().passages[0].state, Some(TextState::Altered));
}

#[test]
fn what_is_not_matched_yet_is_known_after_a_restart() {
    let mut table = Table::new();
    table.send(ALPHA, ALPHA, 10, said(dispatch(1, Addressee::Intermediary)));
    assert_eq!(table.of(ALPHA).own_guards_pending(), [(id(1), 1, Some(at(11)))]);
    let rendered = table.of(INTERMEDIARY).carry(id(1), BRAVO, &carriage(), id(2)).unwrap();
    table.send(INTERMEDIARY, BRAVO, 20, carried(rendered.conveyance));
    let guarded = guard::of_dispatch(CHANNEL, ALPHA, &dispatch(1, Addressee::Intermediary));
    assert_eq!(table.of(BRAVO).guards_pending(), [(id(2), guarded)]);
    table.note(BRAVO, Record::Observed(Observation::Matched { id: id(2), passage: 1, at: at(22) }));
    table.note(ALPHA, Record::Observed(Observation::Matched { id: id(1), passage: 1, at: at(22) }));
    assert_eq!(table.of(BRAVO).guards_pending(), []);
    assert_eq!(table.of(ALPHA).own_guards_pending(), []);
}

proptest! {
    #[test]
    fn repeated_and_reordered_observations_never_panic_and_never_move_a_beat_back(
        steps in prop::collection::vec((0u8..7, 1u8..5, 0u64..60), 0..60),
    ) {
        let mut table = conversation();
        let before = table.of(ALPHA).show(id(1)).unwrap().beats;
        for (what, n, k) in steps {
            let observation = match what {
                0 => Observation::Sent { id: id(n), at: at(k) },
                1 => Observation::Acknowledged { id: id(n), party: INTERMEDIARY, member: member(INTERMEDIARY, 1), at: at(k) },
                2 => Observation::Matched { id: id(n), passage: 1, at: at(k) },
                3 => Observation::NotMatched { id: id(n), passage: 1, at: at(k) },
                4 => Observation::AlteredPassage { id: id(n), passage: 1, at: at(k) },
                5 => Observation::Dropped { ids: vec![id(n)], why: DropReason::Expired, utc: at(k).utc },
                _ => Observation::Acknowledged { id: id(n), party: BRAVO, member: member(BRAVO, 1), at: at(k) },
            };
            for party in [ALPHA, INTERMEDIARY, BRAVO] {
                table.note(party, Record::Observed(observation.clone()));
            }
        }
        prop_assert_eq!(table.of(ALPHA).show(id(1)).unwrap().beats, before);
        let _ = table.of(INTERMEDIARY).record();
    }
}

/// A query as Bravo's station has it: conveyed to it at beat 5.
fn queried() -> Ledger {
    let mut bravo = ledger(BRAVO);
    let mode = Mode::Verbatim { passage: 1, texts: en("?"), salt: None };
    admit(
        &mut bravo,
        envoy(INTERMEDIARY),
        RoomKind::Caucus(BRAVO),
        5,
        carried(conveyance(2, id(1), ALPHA, vec![mode])),
    );
    let set = backchannel_accord::templated::house().unwrap();
    let ask =
        backchannel_accord::templated::draft::read("codebook = \"standard\"\nnumber = 603", set).unwrap();
    let gist = backchannel_accord::templated::Gist::of(&ask, set);
    bravo.observe(backchannel_accord::Observation::Message { id: id(2), gist });
    bravo
}

// GIST-3
#[test]
fn nobody_speaks_in_anothers_name_on_the_line() {
    use backchannel_accord::templated::{Gist, draft, house};
    let set = house().unwrap();
    let gist = |file: &str| Gist::of(&draft::read(file, set).unwrap(), set);
    let schedule = "template = \"line-schedule\"\n[fields]\nevery = \"60\"\nfrom = \"2026-12-01T00:00Z\"";
    // Alpha sent a schedule, and an answer to Bravo's query 4; whether it did, Bravo has from the intermediary.
    let heard = |salted: bool| {
        let mut bravo = ledger(BRAVO);
        bravo.set_guarded(true);
        let salt = || salted.then(|| backchannel_accord::Salt::new([5; 32]));
        let mode = || vec![Mode::Verbatim { passage: 1, texts: en("?"), salt: salt() }];
        let note = |bravo: &mut Ledger, n: u8, gist: Gist| {
            bravo.observe(Observation::Message { id: id(n), gist });
        };
        admit(&mut bravo, envoy(BRAVO), CAUCUS_B, 1, said(dispatch(3, Addressee::Party(ALPHA))));
        note(&mut bravo, 3, gist(schedule));
        admit(&mut bravo, envoy(BRAVO), CAUCUS_B, 1, said(dispatch(4, Addressee::Party(ALPHA))));
        note(&mut bravo, 4, gist("codebook = \"standard\"\nnumber = 603"));
        for of in [3, 4] {
            let told = Progress { of: id(of), to: ALPHA, step: Step::Received, at: at(2) };
            admit(&mut bravo, envoy(INTERMEDIARY), CAUCUS_B, 2, Event::Progress(Box::new(told)));
        }
        admit(&mut bravo, envoy(INTERMEDIARY), CAUCUS_B, 5, carried(conveyance(5, id(21), ALPHA, mode())));
        note(&mut bravo, 5, gist(schedule));
        let mut answer = conveyance(6, id(22), ALPHA, mode());
        answer.in_reply_to = Some(id(4));
        admit(&mut bravo, envoy(INTERMEDIARY), CAUCUS_B, 6, carried(answer));
        note(&mut bravo, 6, gist("codebook = \"standard\"\nnumber = 601"));
        bravo
    };
    let believed = |bravo: &Ledger| {
        let schedule = bravo.line(ALPHA, BRAVO, at(9).utc).schedule.is_some();
        (schedule, bravo.clock(id(4)).unwrap().answered.is_some())
    };
    let observed = |altered: bool, matched: bool| {
        let mut bravo = heard(true);
        for n in [5, 6] {
            if altered {
                bravo.observe(Observation::AlteredPassage { id: id(n), passage: 1, at: at(7) });
            }
            if matched {
                bravo.observe(Observation::Matched { id: id(n), passage: 1, at: at(8) });
            }
        }
        believed(&bravo)
    };
    assert_eq!(observed(false, false), (false, false), "not found in the registry yet");
    assert_eq!(observed(true, false), (false, false), "it is not there");
    assert_eq!(observed(true, true), (false, false), "once altered, always altered");
    assert_eq!(observed(false, true), (true, true));
    assert_eq!(believed(&heard(false)), (false, false), "without a salt they are the intermediary's words");
    // Without a registry there is nothing but the intermediary's word.
    let mut bravo = heard(false);
    bravo.set_guarded(false);
    assert_eq!(believed(&bravo), (true, true));
}

// CLOCK-2
#[test]
fn whoever_carries_a_query_can_begin_its_clock_neither_before_it_came_nor_after_it_was_told() {
    let told = |k: u64| {
        let mut bravo = queried();
        let step = Progress { of: id(2), to: BRAVO, step: Step::Received, at: at(k) };
        let told = Event::Progress(Box::new(step));
        admit(&mut bravo, envoy(INTERMEDIARY), RoomKind::Caucus(BRAVO), 9, told);
        bravo.clock(id(2)).unwrap().started
    };
    assert_eq!(queried().clock(id(2)).unwrap().started, at(5).utc);
    assert_eq!([told(1), told(7), told(1_000_000)], [at(5).utc, at(7).utc, at(9).utc]);
}
