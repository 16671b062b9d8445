//! The world by small steps: a still model in which nothing happens but what a script says, and everything is certain.

mod couriers;
mod decisions;
mod rates;
mod registry;
mod renewals;
mod staged;
mod texts;

use super::*;
use crate::run::Cause;
use backchannel_accord::life::{Act, Event, IncidentAct, Refusal, State};
use backchannel_wire::UtcMs;

const HOUR: u64 = 3_600_000;
const DAY: u64 = 24 * HOUR;
const BEAT: u64 = 5_000;
const PACT: &str = include_str!("../../../../../scenarios/will-it-hold/pact.toml");

/// Nothing happens by itself; whatever does is noticed at once and taken for a breach; nobody waits, doubts or forgets.
const STILL: &str = r#"
years = 1
[channel]
delay_beats = 0
loss = 0
courier_hours = 0
garbles = 0
read_back_hours = 0
[both]
rule = "unforgiving"
false_alarms_per_year = 0
accidents_per_year = 0
non_party_acts_per_year = 0
opportunities_per_year = 0
false_alarm_burst = 0
accident_burst = 0
non_party_burst = 0
notices_false_alarm = 1
notices_accident = 1
notices_non_party_act = 1
notices_breach = 1
noticing_hours = 0
attribution.false_alarm = { breach = 1, accident = 0, non_party = 0, nothing = 0 }
attribution.accident = { breach = 1, accident = 0, non_party = 0, nothing = 0 }
attribution.non_party = { breach = 1, accident = 0, non_party = 0, nothing = 0 }
attribution.breach = { breach = 1, accident = 0, non_party = 0, nothing = 0 }
second_look = 0
second_look_hours = 0
hair_trigger = 0
patience_hours = 0
waits_for_reply = 0
honours_brake = 1
opens_above = 0
lawful = 0
finding_out_hours = 0
works_to_deadline = 0
answers = 1
provisional = 0
convinces = 0.99
admits = 0
self_reports = 0
credence = 0.1
worth_of_words = 1000
open_breach = 0
threatens = 0
forgets = 0
grudge = 0
suspended_strikes_per_year = 0
"#;

pub(super) fn text() -> Understanding {
    read_text(PACT).unwrap()
}

/// The quiet pact in the still model, with changes by name.
#[track_caller]
fn still(changes: &[(&str, &str)]) -> Rehearsal {
    let rehearsal = Rehearsal::new(&text(), &Model::parse(STILL).unwrap()).unwrap();
    changes.iter().fold(rehearsal, |rehearsal, (name, value)| {
        rehearsal.vary(name, value).unwrap_or_else(|faults| panic!("{name}: {faults}"))
    })
}

/// The still model with more of its file, for tables.
#[track_caller]
fn tabled(rows: &str, changes: &[(&str, &str)]) -> Rehearsal {
    let file = STILL.replace("rule = \"unforgiving\"", "rule = \"table\"") + rows;
    let rehearsal = Rehearsal::new(&text(), &Model::parse(&file).unwrap()).unwrap();
    changes.iter().fold(rehearsal, |rehearsal, (name, value)| rehearsal.vary(name, value).unwrap())
}

const fn at(at_ms: u64, what: Happens, side: usize) -> Happening {
    Happening { at_ms, what, side }
}

/// A false alarm with the first side on the tenth day.
const ALARM: Happening = at(10 * DAY, Happens::FalseAlarm, 0);

fn play(rehearsal: &Rehearsal, script: &[Happening]) -> Story {
    rehearsal.play(script, 1, 1)
}

/// When restraint ended, and why.
fn end(rehearsal: &Rehearsal, script: &[Happening]) -> (u64, Option<Cause>) {
    let run = play(rehearsal, script).run;
    (run.held_ms, run.cause)
}

const HELD: (u64, Option<Cause>) = (365 * DAY, None);

/// When acts of a kind were sealed, in milliseconds after the entry.
fn sealed(story: &Story, is: impl Fn(&Act) -> bool) -> Vec<u64> {
    let admitted = |(at, note): &(u64, Note)| match note {
        Note::Admitted(event) if is(&event.act) => Some(*at),
        _ => None,
    };
    story.notes.iter().filter_map(admitted).collect()
}

fn is_opened(act: &Act) -> bool {
    matches!(act, Act::Incident { act: IncidentAct::Opened { .. }, .. })
}

fn is_clarified(act: &Act) -> bool {
    matches!(act, Act::Incident { act: IncidentAct::Clarified { .. }, .. })
}

fn is_settled(act: &Act) -> bool {
    matches!(act, Act::Incident { act: IncidentAct::Settled { .. }, .. })
}

fn is_reaffirmed(act: &Act) -> bool {
    matches!(act, Act::Reaffirmed { .. })
}

fn refusals(story: &Story) -> Vec<Refusal> {
    let refused = |(_, note): &(u64, Note)| match note {
        Note::Refused(_, refusal) => Some(*refusal),
        _ => None,
    };
    story.notes.iter().filter_map(refused).collect()
}

/// Instants of notes of a kind.
fn noted(story: &Story, is: impl Fn(&Note) -> bool) -> Vec<u64> {
    story.notes.iter().filter(|(_, note)| is(note)).map(|(at, _)| *at).collect()
}
