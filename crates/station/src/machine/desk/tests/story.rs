//! The exercise of a quiet pact, from one side to the other and back.

use super::world::*;
use crate::api::{ErrorKind, Request};
use serde_json::{Value, json};

pub const NON_PAPER: &str = r#"
to = "bravo"
form = "non-paper"
precedence = "priority"
[[passage]]
disclosure = "verbatim"
text.en = "Nothing moves across the northern line while the other side keeps the same restraint."
text.fr = "Rien ne bouge au nord tant que l'autre partie garde la même retenue."
[[passage]]
disclosure = "in-substance"
text.en = "The reserve brigades are going home on the fourth, seen from the railway at Karsk."
[[passage]]
disclosure = "hold"
text.en = "The cabinet is divided and two ministers do not know that the paper exists."
"#;

const RENDERING: (&str, &str) = ("en", "Some units are being sent back; this may be observed.");

/// Alpha's envoy sends the non-paper, and the intermediary has it.
pub fn sent(world: &mut World) -> String {
    let answer = world.ask(ALPHA_ENVOY, &Request::Send { draft: NON_PAPER.to_owned() });
    assert_eq!(answer["waits_for_registry"], json!(true));
    world.beats(12);
    id_of(&answer)
}

/// The intermediary conveys it to Bravo.
pub fn conveyed(world: &mut World, paper: &str) -> String {
    let answer = world.convey(paper, "bravo", &[RENDERING], false);
    world.beats(12);
    id_of(&answer)
}

fn states(view: &Value) -> Vec<Value> {
    view["passages"].as_array().unwrap().iter().map(|passage| passage["state"].clone()).collect()
}

#[test]
fn each_stage_is_seen_with_its_beat_by_those_entitled() {
    let mut world = World::begun();
    let paper = sent(&mut world);
    let inbox = world.ask(HOUSE, &Request::Inbox { unread: true });
    assert_eq!(inbox["items"][0]["id"], json!(paper));
    assert_eq!(inbox["items"][0]["unread"], json!(true));
    assert_eq!(world.show(ALPHA_ENVOY, &paper)["beats"]["read"], Value::Null);
    world.show(HOUSE, &paper);
    let carried = conveyed(&mut world, &paper);
    let record = world.ask(BRAVO, &Request::Record {}).to_string();
    assert!(record.contains("northern line") && record.contains("Some units"));
    assert!(!record.contains("Karsk") && !record.contains("ministers"));

    let view = world.show(BRAVO_ENVOY, &carried);
    assert_eq!(states(&view), [json!("guarded, matched"), Value::Null]);
    assert_eq!(view["layers"][0]["kind"], json!("party-text"));
    assert_eq!(view["layers"][1]["kind"], json!("intermediary-rendering"));
    assert_eq!(view["vouching"], json!("only the intermediary vouches"));
    world.beats(6);
    world.ask(BRAVO_ENVOY, &read_back(&carried, "Nothing crosses the line as long as restraint is mutual."));
    world.beats(12);

    let view = world.show(ALPHA_ENVOY, &paper);
    let beat = |what: &str| view["beats"][what]["k"].as_u64().unwrap();
    let order = ["sent", "acknowledged", "read", "conveyed", "read_back"].map(beat);
    assert!(order.is_sorted(), "{order:?}");
    assert_eq!(view["beats"]["sent"]["utc"], json!("2026-11-23T00:00:03.500Z"));
    assert_eq!(states(&view)[0], json!("guarded, matched"));
    // Its author's colleague sees the same.
    assert_eq!(states(&world.show(ALPHA, &paper))[0], json!("guarded, matched"));
    let back = view["layers"].as_array().unwrap().iter().find(|layer| layer["part"] == "read-back").unwrap();
    assert_eq!((&back["kind"], &back["whose"]), (&json!("party-text"), &json!("bravo")));
    assert!(world.stations.iter().all(|station| station.alarms.is_empty()));
    let by = world.ask(ALPHA_ENVOY, &Request::Receipts { id: paper[..8].to_owned() });
    let whats: Vec<&str> =
        by["by"].as_array().unwrap().iter().map(|one| one["what"].as_str().unwrap()).collect();
    for what in ["acknowledged", "read", "conveyed", "received", "read back"] {
        assert!(whats.contains(&what), "{what} is in {whats:?}");
    }
}

#[test]
fn an_oral_message_comes_back_as_a_note_and_answers_the_paper() {
    let mut world = World::begun();
    let paper = sent(&mut world);
    let carried = conveyed(&mut world, &paper);
    let draft = r#"
form = "oral-message"
precedence = "flash"
[[passage]]
disclosure = "verbatim"
text.en = "Tell them that it was heard at the highest level."
"#;
    let oral = id_of(&world.ask(BRAVO_ENVOY, &Request::Reply { id: carried, draft: draft.to_owned() }));
    world.beats(12);
    let taken = world.convey(&oral, "Alpha", &[], false);
    world.beats(12);
    let view = world.show(ALPHA, &id_of(&taken));
    assert_eq!(view["layers"][0]["kind"], json!("note-of-oral-message"));
    assert_eq!(view["in_reply_to"], json!(paper));
    assert_eq!(view["precedence"], json!("flash"));
    assert_eq!(world.show(ALPHA_ENVOY, &paper)["replies"], json!([id_of(&taken)]));
    // Who opens the answer sees what it answers, and the other way round.
    for of in [paper.clone(), id_of(&taken)] {
        let thread = world.show(ALPHA_ENVOY, &of)["thread"].clone();
        let ids: Vec<&str> = thread.as_array().unwrap().iter().filter_map(|one| one["id"].as_str()).collect();
        assert_eq!(ids, [paper.as_str(), id_of(&taken).as_str()], "{thread}");
        assert_eq!((&thread[0]["mine"], &thread[1]["mine"]), (&json!(true), &json!(false)));
    }
}

#[test]
fn a_rendering_shows_what_it_took_and_what_stays() {
    let mut world = World::begun();
    let paper = sent(&mut world);
    let answer =
        world.convey(&paper, "bravo", &[("en", "They say the reserve brigades are going home.")], false);
    let taken = &answer["taken"][0];
    assert_eq!(taken["from_passage"], json!(2));
    assert_eq!(taken["words"], json!("the reserve brigades are going home"));
    assert!(answer["notice"].as_str().unwrap().contains("paraphrase"));
    let answer = world.convey(&paper, "bravo", &[], false);
    assert_eq!(answer["not_carried"], json!([2]));
}

// DESK-7
#[test]
fn inbox_does_not_mark_read_and_show_does_once() {
    let mut world = World::begun();
    let paper = sent(&mut world);
    world.ask(HOUSE, &Request::Inbox { unread: false });
    world.beats(3);
    assert!(!world.at(ALPHA_ENVOY).kinds().contains(&"read"));
    world.show(HOUSE, &paper);
    world.show(HOUSE, &paper);
    world.beats(3);
    let reads = world.at(ALPHA_ENVOY).kinds().into_iter().filter(|kind| *kind == "read").count();
    assert_eq!(reads, 1);
    assert_eq!(world.ask(HOUSE, &Request::Inbox { unread: true })["items"], json!([]));
    // A colleague's dispatch is shown without a mark.
    world.show(ALPHA, &paper);
    world.beats(3);
    assert!(!world.at(ALPHA_ENVOY).journal.iter().any(|line| line.what.contains("alpha 1 read")));
}

#[test]
fn a_delegation_room_needs_no_guard_and_a_channel_may_have_no_registry() {
    let note = r#"
to = "delegation"
form = "non-paper"
[[passage]]
disclosure = "verbatim"
text.en = "We wait."
"#;
    let mut world = World::new();
    let answer = world.ask(ALPHA, &Request::Send { draft: note.to_owned() });
    assert_eq!(answer["waits_for_registry"], json!(false));
    world.beats(2);
    world.show(ALPHA_ENVOY, &id_of(&answer));
    world.beats(3);
    assert!(world.show(ALPHA, &id_of(&answer))["beats"]["read"]["k"].is_u64());

    let mut world = World::with(false);
    let answer = world.ask(ALPHA, &Request::Send { draft: NON_PAPER.to_owned() });
    assert_eq!(answer["waits_for_registry"], json!(false));
    world.beats(3);
    let carried = conveyed(&mut world, &id_of(&answer));
    let view = world.show(BRAVO, &carried);
    assert_eq!(states(&view)[0], json!("no salt: the intermediary's words"));
    assert!(world.at(BRAVO).alarms.is_empty());
}

#[test]
fn read_and_return_leaves_no_text_here() {
    let mut world = World::begun();
    let draft = NON_PAPER.replace("precedence = \"priority\"", "retention = \"read-and-return\"");
    let paper = id_of(&world.ask(ALPHA, &Request::Send { draft }));
    world.beats(12);
    world.show(HOUSE, &paper);
    let carried = conveyed(&mut world, &paper);
    world.show(BRAVO, &carried);
    assert!(world.at(BRAVO).stores("northern line"));
    assert_eq!(world.ask(BRAVO, &Request::Return { id: carried.clone() }), json!({ "v": 1, "done": true }));
    assert!(!world.at(BRAVO).stores("northern line"));
    world.beats(3);
    assert_eq!(world.ask(BRAVO, &Request::Return { id: carried.clone() }), json!({ "v": 1, "done": true }));
    assert_eq!(world.show(BRAVO, &carried)["passages"][0]["text"], json!({}));
    // Once it was received there, the intermediary returns what it read, with its own conveyance of it.
    assert!(!world.at(HOUSE).stores("northern line") && !world.at(HOUSE).stores("Some units"));
    assert!(world.at(ALPHA).stores("northern line"), "its author keeps it");
    assert!(world.at(BRAVO_ENVOY).stores("northern line"), "who has not read it has it still");
    world.show(BRAVO_ENVOY, &carried);
    world.beats(1);
    assert!(!world.at(BRAVO_ENVOY).stores("northern line"), "what was read goes back by itself");
    assert_eq!(world.refused(ALPHA, &Request::Return { id: paper }).kind, ErrorKind::Refused);
}

// DESK-6
#[test]
fn a_text_kept_until_an_instant_goes_then_on_every_station() {
    let mut world = World::begun();
    let until = "retention = \"until 2026-11-23T00:00:15Z\"";
    let paper = id_of(
        &world.ask(ALPHA, &Request::Send { draft: NON_PAPER.replace("precedence = \"priority\"", until) }),
    );
    world.beats(12);
    let carried = conveyed(&mut world, &paper);
    world.at(BRAVO_ENVOY).lock();
    assert!([HOUSE, ALPHA, BRAVO, BRAVO_ENVOY].iter().all(|at| world.at(*at).stores("northern line")));
    world.beats(60);
    for at in [HOUSE, ALPHA, ALPHA_ENVOY, BRAVO, BRAVO_ENVOY] {
        assert!(!world.at(at).stores("northern line"), "station {at} keeps it");
    }
    let view = world.show(BRAVO, &carried);
    assert_eq!(view["passages"][0]["text"], json!({}));
    assert!(view["beats"]["acknowledged"]["k"].is_u64(), "that there was an exchange stays");
}

#[test]
fn views_are_the_same_after_a_restart() {
    let mut world = World::begun();
    let paper = sent(&mut world);
    world.show(HOUSE, &paper);
    let carried = conveyed(&mut world, &paper);
    world.ask(BRAVO, &read_back(&carried, "Understood."));
    world.beats(12);
    for at in 0..world.stations.len() {
        let before = world.ask(at, &Request::Record {});
        world.at(at).restart();
        world.beats(1);
        assert_eq!(world.ask(at, &Request::Record {}), before);
        world.at(at).lock();
        world.at(at).unlock();
        world.beats(1);
        assert_eq!(world.ask(at, &Request::Record {}), before);
    }
    assert!(world.stations.iter().all(|station| station.alarms.is_empty()));
}

#[test]
fn reply_times_are_told_once() {
    let mut world = World::begun();
    let by = "reply_by = \"2026-11-23T00:00:20Z\"";
    world.ask(ALPHA, &Request::Send { draft: NON_PAPER.replace("precedence = \"priority\"", by) });
    world.beats(100);
    let told = |world: &mut World, at, wanted| {
        world.at(at).kinds().into_iter().filter(|kind| *kind == wanted).count()
    };
    assert_eq!((told(&mut world, HOUSE, "reply-soon"), told(&mut world, HOUSE, "reply-overdue")), (1, 1));
    assert_eq!((told(&mut world, ALPHA, "reply-soon"), told(&mut world, ALPHA, "reply-overdue")), (0, 1));
}
