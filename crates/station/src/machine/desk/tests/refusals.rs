//! What is refused, and how it is said.

use super::story::{NON_PAPER, conveyed, sent};
use super::world::*;
use crate::api::{ErrorKind, Request};
use crate::limits::EARLY_EVENTS_OF_ONE_MAX;
use backchannel_accord::event::{Progress, Step};
use backchannel_accord::words::At;
use backchannel_accord::{DispatchId, Event};
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{Beat, PartyNo, Role, UtcMs};
use serde_json::json;

fn draft(change: impl Fn(&str) -> String) -> Request {
    Request::Send { draft: change(NON_PAPER) }
}

// DISC-1
#[test]
fn held_words_are_refused_by_rule() {
    let mut world = World::begun();
    let paper = sent(&mut world);
    let rendering = [("en", "You should know: two ministers do not know that the paper exists.")];
    let failure = world.refused(HOUSE, &convey(&paper, "bravo", &rendering, false));
    assert_eq!(failure.kind, ErrorKind::Refused);
    assert!(failure.message.contains("DISC-1"), "{}", failure.message);
    assert!(!format!("{failure:?}").contains("ministers"), "held words are not repeated");
}

#[test]
fn requests_that_name_nothing_are_refused_with_a_hint() {
    let mut world = World::begun();
    let paper = sent(&mut world);
    for id in ["", "abc", "zzzz", "00000000"] {
        let failure = world.refused(HOUSE, &Request::Show { id: id.to_owned(), lang: None });
        assert_eq!(failure.kind, ErrorKind::NotFound, "{id}");
        assert!(!failure.hint.is_empty());
    }
    assert_eq!(world.show(HOUSE, &paper[..4].to_uppercase())["id"], json!(paper));
    let usage =
        |world: &mut World, request| assert_eq!(world.refused(ALPHA, &request).kind, ErrorKind::Usage);
    usage(&mut world, draft(|text| text.replace("to = \"bravo\"", "to = \"charlie\"")));
    usage(&mut world, draft(|text| text.replace("to = \"bravo\"", "")));
    usage(&mut world, draft(|_| "= nonsense".to_owned()));
    let failure = world.refused(HOUSE, &convey(&paper, "charlie", &[], false));
    assert_eq!(failure.kind, ErrorKind::Usage);
    let failure = world.refused(HOUSE, &convey(&paper, "bravo", &[("EN", "Words.")], false));
    assert_eq!(failure.kind, ErrorKind::Usage);
}

// FORM-2, FORM-8
#[test]
fn what_breaks_a_form_is_refused_by_rule() {
    let mut world = World::begun();
    let dated = draft(|text| {
        text.replace(
            "[[passage]]\ndisclosure = \"verbatim\"",
            "date = \"2026-11-23\"\n[[passage]]\ndisclosure = \"verbatim\"",
        )
    });
    let failure = world.refused(ALPHA, &dated);
    assert_eq!(failure.kind, ErrorKind::Refused, "{failure:?}");
    assert!(failure.message.contains("FORM-2"));
}

// ADMIT-1, ADMIT-9, CARRY-1, CARRY-2
#[test]
fn who_may_not_do_something_is_refused_by_rule() {
    let mut world = World::begun();
    let paper = sent(&mut world);
    let carried = conveyed(&mut world, &paper);
    let rule = |world: &mut World, at, request: Request, rule: &str| {
        let failure = world.refused(at, &request);
        assert_eq!(failure.kind, ErrorKind::Refused);
        assert!(failure.message.contains(rule) || failure.hint.contains(rule), "{failure:?} names {rule}");
    };
    rule(&mut world, ALPHA, convey(&paper, "bravo", &[], false), "CARRY-1");
    rule(&mut world, HOUSE, convey(&paper, "alpha", &[], false), "CARRY-2");
    rule(&mut world, ALPHA, read_back(&paper, "Our own words."), "ADMIT-9");
    world.at(BRAVO_ENVOY).who.role = Role::Observer;
    rule(&mut world, BRAVO_ENVOY, read_back(&carried, "Understood."), "ADMIT-1");
    world.show(BRAVO_ENVOY, &carried);
    world.beats(3);
    assert!(world.at(HOUSE).kinds().contains(&"read"), "an observer reads");
}

#[test]
fn a_room_that_is_not_open_is_named() {
    let mut world = World::begun();
    let paper = sent(&mut world);
    world.close(HOUSE, RoomKind::Caucus(PartyNo(2)));
    let failure = world.refused(HOUSE, &convey(&paper, "bravo", &[], false));
    assert_eq!(failure.kind, ErrorKind::Refused);
    assert!(failure.hint.contains("status"));
}

// DESK-1
#[test]
fn bytes_that_are_no_event_or_break_a_rule_leave_no_trace() {
    let mut world = World::begun();
    let paper = sent(&mut world);
    let (house, bravo) = (world.at(HOUSE).who, world.at(BRAVO).who);
    let before = world.at(ALPHA).records();
    let kind = RoomKind::Caucus(PartyNo(1));
    world.forge(ALPHA, house, kind, b"nonsense");
    world.forge(ALPHA, bravo, kind, &Event::Read(DispatchId::from_hex(&paper).unwrap()).to_bytes());
    assert_eq!(world.at(ALPHA).records(), before);
    let refused: Vec<String> = world
        .at(ALPHA)
        .journal
        .iter()
        .filter(|line| line.kind == "refused")
        .map(|line| line.what.clone())
        .collect();
    assert_eq!(refused.len(), 2);
    assert!(refused[1].contains("ADMIT-3"), "{refused:?}");
}

// DESK-3
#[test]
fn a_mark_that_says_nothing_new_is_not_kept() {
    let mut world = World::begun();
    let paper = sent(&mut world);
    let house = world.at(HOUSE).who;
    let of = DispatchId::from_hex(&paper).unwrap();
    let at = At { beat: Beat(9), utc: UtcMs(T0) };
    let progress = Progress { of, to: PartyNo(2), step: Step::Read, at };
    let bytes = Event::Progress(Box::new(progress)).to_bytes();
    let kind = RoomKind::Caucus(PartyNo(1));
    world.forge(ALPHA, house, kind, &bytes);
    let once = world.at(ALPHA).records();
    world.forge(ALPHA, house, kind, &bytes);
    assert_eq!(world.at(ALPHA).records(), once);
}

// DESK-4
#[test]
fn a_mark_that_comes_before_its_item_waits_for_it() {
    let mut world = World::begun();
    let paper = id_of(&world.ask(ALPHA_ENVOY, &Request::Send { draft: NON_PAPER.to_owned() }));
    let house = world.at(HOUSE).who;
    let read = Event::Read(DispatchId::from_hex(&paper).unwrap()).to_bytes();
    world.forge(ALPHA, house, RoomKind::Caucus(PartyNo(1)), &read);
    assert!(!world.at(ALPHA).kinds().contains(&"refused"));
    world.at(ALPHA).restart();
    world.beats(12);
    assert!(world.show(ALPHA, &paper)["beats"]["read"]["k"].is_u64());
    world.at(ALPHA).restart();
    assert!(world.show(ALPHA, &paper)["beats"]["read"]["k"].is_u64());
}

// DESK-4
#[test]
fn nobodys_early_marks_take_the_room_of_anothers() {
    let mut world = World::begun();
    let (house, envoy) = (world.at(HOUSE).who, world.at(ALPHA_ENVOY).who);
    let early = |n: usize| {
        let mut id = [7; 16];
        id[..8].copy_from_slice(&(n as u64).to_be_bytes());
        Event::Read(DispatchId(id)).to_bytes()
    };
    let caucus = RoomKind::Caucus(PartyNo(1));
    (0..EARLY_EVENTS_OF_ONE_MAX).for_each(|n| world.forge(ALPHA, house, caucus, &early(n)));
    assert!(!world.at(ALPHA).kinds().contains(&"refused"));
    world.forge(ALPHA, house, caucus, &early(EARLY_EVENTS_OF_ONE_MAX));
    let refused =
        |world: &mut World| world.at(ALPHA).kinds().iter().filter(|kind| **kind == "refused").count();
    assert_eq!(refused(&mut world), 1);
    world.forge(ALPHA, envoy, caucus, &early(EARLY_EVENTS_OF_ONE_MAX + 1));
    assert_eq!(refused(&mut world), 1, "another's is kept");
}

// DESK-2
#[test]
fn what_comes_again_is_no_news() {
    let mut world = World::begun();
    let note = id_of(&world.ask(ALPHA, &draft(|text| text.replace("\"verbatim\"", "\"in-substance\""))));
    world.beats(3);
    let (alpha, before) = (world.at(ALPHA).who, world.at(HOUSE).records());
    let bytes = world.at(ALPHA).event_bytes(&note);
    world.forge(HOUSE, alpha, RoomKind::Caucus(PartyNo(1)), &bytes);
    assert_eq!(world.at(HOUSE).records(), before);
    assert!(!world.at(HOUSE).kinds().contains(&"refused"));
}
