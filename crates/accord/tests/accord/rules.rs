use crate::world::*;
use backchannel_accord::event::{Addressee, Declined, Dispatch, Mode, Passage, Progress, Step};
use backchannel_accord::ledger::{Carriage, CarryPart};
use backchannel_accord::rules::check_own;
use backchannel_accord::{Author, Disclosure, Event, Form, Ledger, Retention, RoomKind, Texts};
use backchannel_wire::{PartyNo, Role, UtcMs};

const CAUCUS_A: RoomKind = RoomKind::Caucus(ALPHA);
const CAUCUS_B: RoomKind = RoomKind::Caucus(BRAVO);
const ROOM_A: RoomKind = RoomKind::Delegation(ALPHA);

fn observer(party: PartyNo) -> Author {
    Author { role: Role::Observer, ..envoy(party) }
}

fn progress(of: u8, to: PartyNo) -> Event {
    Event::Progress(Box::new(Progress { of: id(of), to, step: Step::Received, at: at(4) }))
}

/// A message of the codebook.
fn notification(n: u8, to: Addressee) -> Dispatch {
    let set = backchannel_accord::templated::house().unwrap();
    let ask =
        backchannel_accord::templated::draft::read("codebook = \"standard\"\nnumber = 603", set).unwrap();
    let texts = Texts::one(lang("zxx"), ask.carried(set).write());
    let passages = vec![Passage { disclosure: Disclosure::Verbatim, texts, salt: None }];
    Dispatch { form: Form::Notification, passages, ..dispatch(n, to) }
}

/// The intermediary's ledger with Alpha's dispatch 1, a conveyance 2 of it to Bravo, and Alpha's own talk 3.
fn stocked() -> Ledger {
    let mut ledger = ledger(INTERMEDIARY);
    admit(&mut ledger, envoy(ALPHA), CAUCUS_A, 1, said(dispatch(1, Addressee::Party(BRAVO))));
    let conveyed = carried(conveyance(2, id(1), ALPHA, vec![rendering("They would notice.")]));
    admit(&mut ledger, envoy(INTERMEDIARY), CAUCUS_B, 2, conveyed);
    ledger
}

fn refuses(author: Author, kind: RoomKind, event: Event, rule: &str) {
    assert_eq!(refused(&stocked(), author, kind, event).rule(), rule);
}

#[test]
fn roles() {
    // ADMIT-1
    for event in
        [said(dispatch(5, Addressee::Intermediary)), understood(read_back(5, id(2), Disclosure::Hold))]
    {
        refuses(observer(BRAVO), CAUCUS_B, event, "ADMIT-1");
    }
    refuses(observer(INTERMEDIARY), CAUCUS_A, progress(1, BRAVO), "ADMIT-1");
    let mut ledger = stocked();
    admit(&mut ledger, observer(BRAVO), CAUCUS_B, 3, Event::Read(id(2)));
    for role in [Role::Head, Role::Principal, Role::Envoy] {
        let mut ledger = stocked();
        let author = Author { role, ..envoy(ALPHA) };
        admit(&mut ledger, author, CAUCUS_A, 3, said(dispatch(5, Addressee::Intermediary)));
    }
}

#[test]
fn rooms() {
    // ADMIT-2
    refuses(envoy(ALPHA), RoomKind::Registry, said(dispatch(5, Addressee::Delegation)), "ADMIT-2");
    refuses(envoy(ALPHA), RoomKind::Registry, Event::Read(id(1)), "ADMIT-2");
    // ADMIT-2, ROUTE-3
    let message = |to| said(notification(5, to));
    admit(&mut stocked(), envoy(ALPHA), RoomKind::Registry, 5, message(Addressee::Party(BRAVO)));
    for to in [Addressee::Delegation, Addressee::Intermediary, Addressee::Party(ALPHA)] {
        refuses(envoy(ALPHA), RoomKind::Registry, message(to), "ADMIT-2");
    }
    refuses(envoy(INTERMEDIARY), RoomKind::Registry, message(Addressee::Party(BRAVO)), "ADMIT-2");
    refuses(observer(ALPHA), RoomKind::Registry, message(Addressee::Party(BRAVO)), "ADMIT-1");
    let paper = said(dispatch(5, Addressee::Party(BRAVO)));
    refuses(envoy(ALPHA), RoomKind::Registry, paper, "ADMIT-2");
    let date = backchannel_accord::time::Date::new(2026, 11, 23);
    let dated = Dispatch { date, ..notification(5, Addressee::Party(BRAVO)) };
    refuses(envoy(ALPHA), RoomKind::Registry, said(dated), "FORM-14");
    admit(&mut stocked(), envoy(BRAVO), RoomKind::Registry, 5, progress(1, BRAVO));
    refuses(envoy(ALPHA), RoomKind::Registry, progress(1, BRAVO), "ADMIT-2");
    refuses(envoy(CHARLIE), RoomKind::Registry, progress(1, CHARLIE), "ADMIT-9");
    refuses(envoy(BRAVO), RoomKind::Registry, progress(99, BRAVO), "ADMIT-8");
    refuses(envoy(BRAVO), RoomKind::Registry, progress(2, BRAVO), "ADMIT-8");
    let conveyed = Progress { of: id(1), to: BRAVO, step: Step::Conveyed(vec![]), at: at(4) };
    refuses(envoy(BRAVO), RoomKind::Registry, Event::Progress(Box::new(conveyed)), "ADMIT-2");
    // ADMIT-3
    refuses(envoy(BRAVO), CAUCUS_A, said(dispatch(5, Addressee::Intermediary)), "ADMIT-3");
    refuses(envoy(INTERMEDIARY), ROOM_A, said(dispatch(5, Addressee::Delegation)), "ADMIT-3");
    refuses(
        envoy(INTERMEDIARY),
        RoomKind::Caucus(INTERMEDIARY),
        said(dispatch(5, Addressee::Intermediary)),
        "ADMIT-3",
    );
}

#[test]
fn addressees() {
    // ADMIT-4
    let to = |to| said(dispatch(5, to));
    refuses(envoy(ALPHA), CAUCUS_A, to(Addressee::Delegation), "ADMIT-4");
    refuses(envoy(ALPHA), CAUCUS_A, to(Addressee::Party(ALPHA)), "ADMIT-4");
    refuses(envoy(ALPHA), CAUCUS_A, to(Addressee::Party(INTERMEDIARY)), "ADMIT-4");
    refuses(envoy(INTERMEDIARY), CAUCUS_A, to(Addressee::Intermediary), "ADMIT-4");
    refuses(envoy(INTERMEDIARY), CAUCUS_A, to(Addressee::Party(BRAVO)), "ADMIT-4");
    refuses(envoy(ALPHA), ROOM_A, to(Addressee::Intermediary), "ADMIT-4");
    let mut alpha = ledger(ALPHA);
    admit(&mut alpha, envoy(ALPHA), ROOM_A, 1, to(Addressee::Delegation));
    admit(&mut alpha, envoy(INTERMEDIARY), CAUCUS_A, 1, said(dispatch(6, Addressee::Party(ALPHA))));
}

#[test]
fn only_the_intermediary_conveys_and_reports() {
    let of = |party| carried(conveyance(5, id(1), party, vec![rendering("Words.")]));
    // ADMIT-5
    refuses(envoy(BRAVO), CAUCUS_B, of(ALPHA), "ADMIT-5");
    refuses(envoy(INTERMEDIARY), CAUCUS_A, of(ALPHA), "ADMIT-5");
    refuses(envoy(INTERMEDIARY), CAUCUS_B, of(INTERMEDIARY), "ADMIT-5");
    refuses(envoy(INTERMEDIARY), RoomKind::Delegation(INTERMEDIARY), of(ALPHA), "ADMIT-5");
    // ADMIT-6
    refuses(envoy(ALPHA), CAUCUS_A, progress(1, BRAVO), "ADMIT-6");
    refuses(envoy(INTERMEDIARY), RoomKind::Delegation(INTERMEDIARY), progress(1, BRAVO), "ADMIT-6");
    let declined = Event::Declined(Box::new(Declined { of: id(1), reason: None }));
    refuses(envoy(ALPHA), CAUCUS_A, declined, "ADMIT-6");
    // ADMIT-11
    refuses(envoy(INTERMEDIARY), CAUCUS_A, progress(1, ALPHA), "ADMIT-11");
    refuses(envoy(INTERMEDIARY), CAUCUS_A, progress(1, INTERMEDIARY), "ADMIT-11");
    refuses(envoy(INTERMEDIARY), CAUCUS_B, progress(2, CHARLIE), "ADMIT-11");
    // ADMIT-11, CLOCK-2: of a conveyance its recipient is told that a station of it has it, and nothing else.
    let step = |step, to| Event::Progress(Box::new(Progress { of: id(2), to, step, at: at(4) }));
    refuses(envoy(INTERMEDIARY), CAUCUS_B, step(Step::Read, BRAVO), "ADMIT-11");
    refuses(envoy(INTERMEDIARY), CAUCUS_B, step(Step::Received, ALPHA), "ADMIT-11");
    refuses(envoy(BRAVO), CAUCUS_B, step(Step::Received, BRAVO), "ADMIT-6");
    admit(&mut stocked(), envoy(INTERMEDIARY), CAUCUS_B, 5, step(Step::Received, BRAVO));
}

#[test]
fn names_and_references() {
    // ADMIT-7
    refuses(envoy(ALPHA), CAUCUS_A, said(dispatch(1, Addressee::Intermediary)), "ADMIT-7");
    refuses(envoy(BRAVO), CAUCUS_B, understood(read_back(2, id(2), Disclosure::Hold)), "ADMIT-7");
    // ADMIT-8
    refuses(envoy(BRAVO), CAUCUS_B, Event::Read(id(1)), "ADMIT-8");
    refuses(envoy(BRAVO), CAUCUS_B, Event::Read(id(99)), "ADMIT-8");
    refuses(envoy(INTERMEDIARY), CAUCUS_B, progress(1, CHARLIE), "ADMIT-8");
    // ADMIT-12
    let answer = Dispatch { in_reply_to: Some(id(1)), ..notification(6, Addressee::Party(ALPHA)) };
    admit(&mut stocked(), envoy(BRAVO), RoomKind::Registry, 5, said(answer));
    let mut elsewhere = dispatch(5, Addressee::Intermediary);
    elsewhere.in_reply_to = Some(id(1));
    refuses(envoy(BRAVO), CAUCUS_B, said(elsewhere.clone()), "ADMIT-12");
    // What came before a station joined is no reason to refuse the answer, but nobody writes such an answer himself.
    elsewhere.in_reply_to = Some(id(99));
    let event = said(elsewhere);
    let mut ledger = stocked();
    let own = check_own(&envoy(BRAVO), room(CAUCUS_B), CAUCUS_B, &event, &ledger).unwrap_err();
    assert_eq!(own.rule(), "ADMIT-8");
    admit(&mut ledger, envoy(BRAVO), CAUCUS_B, 5, event);
}

#[test]
fn marks_come_from_those_addressed() {
    // ADMIT-9
    refuses(envoy(ALPHA), CAUCUS_A, Event::Read(id(1)), "ADMIT-9");
    refuses(envoy(ALPHA), CAUCUS_A, understood(read_back(5, id(1), Disclosure::Hold)), "ADMIT-9");
    refuses(envoy(INTERMEDIARY), CAUCUS_B, Event::Read(id(2)), "ADMIT-9");
    let mut alpha = ledger(ALPHA);
    admit(&mut alpha, envoy(ALPHA), ROOM_A, 1, said(dispatch(5, Addressee::Delegation)));
    let own = refused(&alpha, envoy(ALPHA), ROOM_A, Event::Read(id(5)));
    assert_eq!(own.rule(), "ADMIT-9");
    let second = Author { member: member(ALPHA, 2), ..envoy(ALPHA) };
    let back = refused(&alpha, second, ROOM_A, understood(read_back(6, id(5), Disclosure::Hold)));
    assert_eq!(back.rule(), "ADMIT-9");
    admit(&mut alpha, second, ROOM_A, 2, Event::Read(id(5)));
    // ADMIT-10
    refuses(envoy(BRAVO), CAUCUS_B, Event::Returned(id(2)), "ADMIT-10");
    // ADMIT-14
    let mut ledger = stocked();
    admit(&mut ledger, envoy(BRAVO), CAUCUS_B, 4, understood(read_back(5, id(2), Disclosure::Hold)));
    let twice = understood(read_back(6, id(5), Disclosure::Hold));
    assert_eq!(refused(&ledger, envoy(INTERMEDIARY), CAUCUS_B, twice).rule(), "ADMIT-14");
}

#[test]
fn forms_and_bounds_are_checked_at_the_gate() {
    let mut undated = dispatch(5, Addressee::Intermediary);
    undated.form = Form::AideMemoire;
    refuses(envoy(ALPHA), CAUCUS_A, said(undated), "FORM-3");
    let mut empty = dispatch(5, Addressee::Intermediary);
    empty.passages.clear();
    refuses(envoy(ALPHA), CAUCUS_A, said(empty), "EVENT-5");
}

#[test]
fn a_full_ledger_takes_no_more() {
    // ADMIT-13
    let mut ledger = ledger(INTERMEDIARY);
    for n in 0..backchannel_accord::limits::ITEMS_MAX {
        let mut one = dispatch(0, Addressee::Intermediary);
        one.id.0[..8].copy_from_slice(&(n as u64).to_be_bytes());
        one.passages.truncate(1);
        admit(&mut ledger, envoy(ALPHA), CAUCUS_A, 1, said(one));
    }
    let one = said(dispatch(9, Addressee::Intermediary));
    assert_eq!(refused(&ledger, envoy(ALPHA), CAUCUS_A, one).rule(), "ADMIT-13");
}

fn carry(ledger: &Ledger, of: u8, to: PartyNo, carriage: &Carriage) -> Result<(), &'static str> {
    ledger.carry(id(of), to, carriage, id(40)).map(|_| ()).map_err(|error| error.rule())
}

fn parts(parts: Vec<CarryPart>) -> Carriage {
    Carriage { parts, ..Carriage::default() }
}

fn render(text: &str) -> CarryPart {
    CarryPart::InSubstance { from: vec![2], texts: en(text) }
}

#[test]
fn what_may_be_carried() {
    let ledger = stocked();
    let fine = parts(vec![CarryPart::Verbatim { passage: 1 }, render("They would notice restraint.")]);
    assert_eq!(carry(&ledger, 1, BRAVO, &fine), Ok(()));
    // CARRY-1
    assert_eq!(carry(&ledger, 2, ALPHA, &fine), Err("CARRY-1"));
    assert_eq!(carry(&ledger, 99, ALPHA, &fine), Err("CARRY-1"));
    let mut alpha = crate::world::ledger(ALPHA);
    admit(&mut alpha, envoy(ALPHA), CAUCUS_A, 1, said(dispatch(1, Addressee::Party(BRAVO))));
    assert_eq!(carry(&alpha, 1, BRAVO, &fine), Err("CARRY-1"));
    // CARRY-2
    assert_eq!(carry(&ledger, 1, CHARLIE, &fine), Err("CARRY-2"));
    assert_eq!(carry(&ledger, 1, ALPHA, &fine), Err("CARRY-2"));
    // CARRY-3
    assert_eq!(carry(&ledger, 1, BRAVO, &parts(vec![CarryPart::Verbatim { passage: 2 }])), Err("CARRY-3"));
    assert_eq!(carry(&ledger, 1, BRAVO, &parts(vec![CarryPart::Verbatim { passage: 7 }])), Err("CARRY-3"));
    // CARRY-4
    let unknown = parts(vec![CarryPart::InSubstance { from: vec![3], texts: en("Words.") }]);
    assert_eq!(carry(&ledger, 1, BRAVO, &unknown), Err("CARRY-4"));
    // CARRY-8
    assert_eq!(carry(&ledger, 1, BRAVO, &parts(vec![])), Err("CARRY-8"));
}

#[test]
fn carriage_loosens_neither_retention_nor_form() {
    let mut lent = dispatch(1, Addressee::Intermediary);
    lent.retention = Retention::Until(UtcMs(T0 + 1000));
    lent.form = Form::OralMessage;
    let mut ledger = ledger(INTERMEDIARY);
    admit(&mut ledger, envoy(ALPHA), CAUCUS_A, 1, said(lent));
    let with = |retention, form| Carriage { retention, form, ..parts(vec![render("They would notice.")]) };
    // CARRY-5
    assert_eq!(carry(&ledger, 1, BRAVO, &with(Some(Retention::Keep), None)), Err("CARRY-5"));
    assert_eq!(
        carry(&ledger, 1, BRAVO, &with(Some(Retention::Until(UtcMs(T0 + 2000))), None)),
        Err("CARRY-5")
    );
    assert_eq!(carry(&ledger, 1, BRAVO, &with(Some(Retention::ReadAndReturn), None)), Ok(()));
    // CARRY-7
    assert_eq!(carry(&ledger, 1, BRAVO, &with(None, Some(Form::NonPaper))), Err("CARRY-7"));
    assert_eq!(carry(&stocked(), 1, BRAVO, &with(None, Some(Form::OralMessage))), Ok(()));
    // CARRY-6
    let why = backchannel_accord::ledger::DropReason::Expired;
    ledger.observe(backchannel_accord::Observation::Dropped { ids: vec![id(1)], why, utc: UtcMs(T0) });
    assert_eq!(carry(&ledger, 1, BRAVO, &with(None, None)), Err("CARRY-6"));
}

#[test]
fn held_words_go_no_further() {
    // DISC-1
    let ledger = stocked();
    let leak = "Note that northern batteries will stand down on the ninth!";
    assert_eq!(carry(&ledger, 1, BRAVO, &parts(vec![render(leak)])), Err("DISC-1"));
    // DISC-3
    let mut own = dispatch(5, Addressee::Party(BRAVO));
    own.passages = vec![passage(Disclosure::Verbatim, leak)];
    let to_bravo = said(own.clone());
    let refusal = check_own(&envoy(INTERMEDIARY), room(CAUCUS_B), CAUCUS_B, &to_bravo, &ledger).unwrap_err();
    assert_eq!(refusal.rule(), "DISC-1");
    assert!(!refusal.to_string().contains("batteries"));
    own.to = Addressee::Party(ALPHA);
    assert_eq!(check_own(&envoy(INTERMEDIARY), room(CAUCUS_A), CAUCUS_A, &said(own), &ledger), Ok(()));
    // Held back by Alpha in an earlier dispatch, leaked in the rendering of another party's.
    let mut ledger = ledger;
    admit(
        &mut ledger,
        envoy(CHARLIE),
        RoomKind::Caucus(CHARLIE),
        3,
        said(dispatch(7, Addressee::Intermediary)),
    );
    let carriage = parts(vec![CarryPart::InSubstance { from: vec![], texts: en(leak) }]);
    assert_eq!(carry(&ledger, 7, BRAVO, &carriage), Err("DISC-1"));
}

#[test]
fn a_rendering_comes_with_what_it_took() {
    let text = "They suggest that Bravo might consider a similar step.";
    let rendered = stocked().carry(id(1), BRAVO, &parts(vec![render(text)]), id(40)).unwrap();
    let taken = &rendered.taken[&(0, lang("en"))];
    assert_eq!(taken.len(), 1);
    assert_eq!(
        (taken[0].passage, &text[taken[0].start..taken[0].end]),
        (2, "Bravo might consider a similar")
    );
    assert!(matches!(rendered.conveyance.passages[0], Mode::InSubstance { .. }));
}

#[test]
fn no_kind_of_event_lets_held_words_through() {
    // DISC-3
    let ledger = stocked();
    let leak = || en("northern batteries will stand down on the ninth");
    let own = |event| check_own(&envoy(INTERMEDIARY), room(CAUCUS_B), CAUCUS_B, &event, &ledger);
    let mut headed = dispatch(5, Addressee::Party(BRAVO));
    headed.passages = vec![passage(Disclosure::Verbatim, "Nothing.")];
    headed.heading = Some(backchannel_accord::Text::new("Northern batteries will stand down: on ..."));
    assert_eq!(own(said(headed)).unwrap_err().rule(), "DISC-1");
    let rendered = Mode::InSubstance { from: vec![], texts: leak() };
    assert_eq!(own(carried(conveyance(5, id(1), ALPHA, vec![rendered]))).unwrap_err().rule(), "DISC-1");
    let mut ledger = ledger.clone();
    admit(&mut ledger, envoy(BRAVO), CAUCUS_B, 4, said(dispatch(6, Addressee::Intermediary)));
    let own = |event| check_own(&envoy(INTERMEDIARY), room(CAUCUS_B), CAUCUS_B, &event, &ledger);
    let declined = Event::Declined(Box::new(Declined { of: id(6), reason: Some(leak()) }));
    // Bravo held the same words back itself, so they are no news to it; but Alpha did too.
    assert_eq!(own(declined).unwrap_err().rule(), "DISC-1");
    let mut back = read_back(7, id(6), Disclosure::Hold);
    back.texts = leak();
    assert_eq!(own(understood(back)).unwrap_err().rule(), "DISC-1");
}

#[test]
fn an_event_too_long_to_travel_is_not_sent() {
    // EVENT-1
    let mut long = dispatch(5, Addressee::Intermediary);
    long.passages = vec![passage(Disclosure::InSubstance, &"x".repeat(60_000)); 18];
    let own = check_own(&envoy(ALPHA), room(CAUCUS_A), CAUCUS_A, &said(long), &stocked());
    assert_eq!(own.unwrap_err().rule(), "EVENT-1");
}
