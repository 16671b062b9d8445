//! What of a text a rehearsal runs on: the terms of its life, its two sides and its set times (REH-28).

use crate::model::{Fault, Faults, Model, Shared, line_of, member, table_of};
use backchannel_accord::RoomKind;
use backchannel_accord::life::{
    Act, Clock, Event, Life, Limits, Position, Setting, Side, Terms, Text, Viewer,
};
use backchannel_accord::understanding::{Finding, Part, Severity, Understanding, check, parse};
use backchannel_wire::{Beat, MemberId, PartyNo, Role, SeatNo, UtcMs};
use std::collections::{BTreeMap, BTreeSet};
use toml::de::{DeTable, DeValue};

/// Beats from the beginning of the channel to the entry of its text: the ceremony takes four, and expires two before.
const LEAD_BEATS: u64 = 8;
/// N: every acknowledgement of the rehearsed ceremony comes in its second beat.
const ACKNOWLEDGE_BEATS: u64 = 80;
/// Rules of the check of a text that speak of what a rehearsal computes with; what its words lack is no matter here.
const CONTRADICTIONS: [&str; 7] =
    ["CHECK-1", "CHECK-2", "CHECK-4", "CHECK-15", "CHECK-20", "CHECK-21", "CHECK-23"];

/// Reads the file of a text; what is wrong, and what in it contradicts itself, with its line (REH-5, REH-28).
pub fn read_text(toml: &str) -> Result<Understanding, Faults> {
    let text = parse(toml).map_err(Fault::from)?;
    let found = contradictions(&text);
    if found.is_empty() {
        return Ok(text);
    }
    let table = table_of(toml)?;
    let lined = |finding: &Finding| fault(finding).at(line(toml, table.get_ref(), finding));
    Err(Faults(found.iter().map(lined).collect()))
}

fn contradictions(text: &Understanding) -> Vec<Finding> {
    let refused = |one: &Finding| one.severity == Severity::Refuse && CONTRADICTIONS.contains(&one.rule);
    check(text).into_iter().filter(refused).collect()
}

fn fault(finding: &Finding) -> Fault {
    Fault::new(format!("{}: {} (REH-28)", finding.place, finding.message), finding.hint.clone())
}

/// Where the file says what a finding is about.
fn line(toml: &str, table: &DeTable<'_>, finding: &Finding) -> Option<usize> {
    let place = |at: usize| line_of(toml, at);
    let id = finding.place.id.as_str();
    if finding.place.part == Part::Term {
        let term = table.iter().find(|(key, _)| key.get_ref() == "term")?;
        let names: &[&str] = match id {
            "entry" => &["from"],
            "end" => &["until", "lasts"],
            other => &[other],
        };
        let inner = term.1.get_ref().as_table()?;
        let key = inner.keys().find(|key| names.contains(&key.get_ref().as_ref())).unwrap_or(term.0);
        return Some(place(key.span().start));
    }
    let array =
        table.iter().find(|(key, _)| key.get_ref() == finding.place.part.name())?.1.get_ref().as_array()?;
    let named = |one: &&toml::Spanned<DeValue<'_>>| {
        one.get_ref()
            .as_table()
            .and_then(|table| member(table, "id").or_else(|| member(table, "code")))
            .and_then(DeValue::as_str)
            == Some(id)
    };
    array.iter().find(named).map(|one| place(one.span().start))
}

/// What a rehearsal runs on.
#[derive(Clone, Debug)]
pub(super) struct Pact {
    pub(super) terms: Terms,
    /// The sides in the order of their numbers, and the people of each whose word together is its word.
    pub(super) parties: [PartyNo; 2],
    pub(super) people: [BTreeSet<MemberId>; 2],
    seats: [SeatNo; 2],
    /// Milliseconds between the set times at which incidents that are not urgent are opened.
    pub(super) set_times_ms: Option<u64>,
    /// The first instant the text gives, in any zone, and the milliseconds from its own beginning to its end.
    pub(super) from: UtcMs,
    pub(super) lasts_ms: u64,
}

impl Pact {
    /// Takes what is needed from a text of two parties that does not contradict itself (REH-28).
    pub(super) fn of(text: &Understanding) -> Result<Self, Faults> {
        let [first, second] = &text.parties[..] else {
            let problem = format!("a rehearsal has two sides, and this text {} (REH-28)", text.parties.len());
            return Err(
                Fault::new(problem, "rehearse the assurances of two parties in a text of their own").into()
            );
        };
        Faults::of(contradictions(text).iter().map(fault).collect())?;
        let limits = Limits { acknowledge_beats: ACKNOWLEDGE_BEATS, grace_beats: 0, remind_before_ms: &[] };
        let terms = Terms::of(text, &limits).zip(text.terms());
        let hint = "`backchannel understanding check` says what it lacks";
        let (terms, said) = terms
            .ok_or_else(|| Fault::new("the times of this text cannot be computed with (REH-28)", hint))?;
        let sides = [first, second];
        let people = |side: usize| {
            let (party, quorum) = (sides[side].number, sides[side].quorum.max(1));
            (0..quorum).map(|n| member_of(party, n)).collect()
        };
        Ok(Self {
            terms,
            parties: sides.map(|party| party.number),
            people: [people(0), people(1)],
            seats: [0, 1].map(|seat| SeatNo::new(seat).expect("a room has two seats at least")),
            set_times_ms: text.timing.set_times.map(|span| span.0),
            from: said.zones.iter().map(|(_, at, _)| *at).fold(said.from, UtcMs::min),
            lasts_ms: said.duration_ms,
        })
    }

    /// The beats of a channel that begins shortly before the text is in effect.
    pub(super) fn clock(&self, model: &Model) -> Clock {
        let beat_ms = ((model.shared(Shared::BeatSeconds) * 1000.0) as u64).max(1);
        Clock { t0: UtcMs(self.from.0.saturating_sub(LEAD_BEATS * beat_ms)), beat_ms }
    }

    /// The life of the text once everybody has acknowledged it, through the real rules: heads name a ceremony, it is
    /// released, all acknowledge, and tell those they bind where the text asks for it.
    pub(super) fn settled(&self, clock: Clock) -> Result<Life, Fault> {
        let side = |side: usize| {
            let people = &self.people[side];
            (self.parties[side], Side { quorum: people.len() as u8, approvers: people.clone() })
        };
        let sides = BTreeMap::from([side(0), side(1)]).into();
        let text = Text { terms: self.terms.clone(), sides };
        let refused = |problem: String| Fault::new(problem, "change the term that this names");
        let setting = Setting::new(
            clock,
            Viewer::Party(self.parties[0]),
            PartyNo::INTERMEDIARY,
            BTreeSet::new(),
            BTreeMap::from([(DIGEST, text)]),
        )
        .map_err(|error| refused(format!("{error} (REH-28)")))?;
        let mut life = Life::new(setting);
        for (beat, acts) in (0..).zip(self.ceremony(clock)) {
            for side in 0..2 {
                // One party posts the release.
                let mine = acts.iter().filter(|act| side == 0 || !matches!(act, Act::Released { .. }));
                for (nth, act) in (0..).zip(mine) {
                    let event = self.event(clock, (side, Beat(beat), nth), act.clone());
                    life.admit(&event).map_err(|refusal| refused(format!("{refusal} (REH-28)")))?;
                }
            }
        }
        Ok(life)
    }

    /// What both sides post in the first beats.
    fn ceremony(&self, clock: Clock) -> [Vec<Act>; 4] {
        let start = |beat: u64| UtcMs(clock.t0.0 + beat * clock.beat_ms);
        let zones = if self.terms.told { self.terms.zones.len() as u8 } else { 0 };
        [
            vec![Act::CeremonyBegun { sid: SID, digest: DIGEST, expiry: start(LEAD_BEATS - 2) }],
            vec![Act::Released { sid: SID, released_at: start(1) }],
            vec![Act::Acknowledged { sid: SID }],
            (0..zones).map(|zone| Act::Told { zone }).collect(),
        ]
    }

    /// An event that a side's head has in the registry.
    pub(super) fn event(&self, clock: Clock, (side, beat, nth): (usize, Beat, u16), act: Act) -> Event {
        let position = Position {
            beat,
            room: RoomKind::Registry,
            seat: self.seats[side],
            nth,
            utc: UtcMs(clock.t0.0 + (beat.0 + 1) * clock.beat_ms),
        };
        let party = self.parties[side];
        Event { position, party, member: member_of(party, 0), role: Role::Head, act }
    }
}

const DIGEST: [u8; 32] = [1; 32];
const SID: [u8; 32] = [2; 32];

fn member_of(party: PartyNo, n: u8) -> MemberId {
    let mut id = [0; 16];
    (id[0], id[1]) = (party.0, n);
    MemberId(id)
}
