//! The line to each other side: checks by schedule, answers, what is unanswered (docs/spec/line.md, LINE rules).

use super::Desk;
use super::messages::Asked;
use super::sentences::brief;
use super::types::{Facts, Reaction};
use crate::api::{ErrorKind, Failure};
use crate::machine::watch::AlarmKind;
use backchannel_accord::DispatchId;
use backchannel_accord::ledger::{Check, LineState, StatementView, Unanswered};
use backchannel_accord::time::rfc3339;
use backchannel_accord::words::At;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{PartyNo, Role, UtcMs};
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};

/// How often the line is looked at, in milliseconds.
const LOOK_MS: u64 = 1000;
/// What a line check says: nothing political.
const CHECK_TEXT: &str = "The quick brown fox jumps over the lazy dog. 0123456789";

impl Desk {
    /// Makes the checks that are due, and tells what was not answered (LINE-2, LINE-3).
    pub(super) fn keep_the_line(
        &mut self,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
        reaction: &mut Reaction,
    ) {
        if facts.now < self.line_at || self.party == PartyNo::INTERMEDIARY {
            return;
        }
        self.line_at = UtcMs(facts.now.0.saturating_add(LOOK_MS));
        let others: Vec<PartyNo> = facts.others().collect();
        for other in &others {
            if facts.me.role == Role::Head
                && let Some(number) = self.book.ledger.check_due(*other, facts.now)
                && let Ok(made) = self.make_check(*other, number, false, facts, rng)
            {
                reaction.merge(Reaction { reply: None, ..made });
            }
        }
        self.tell_unanswered(&others, facts, reaction);
    }

    fn tell_unanswered(&mut self, others: &[PartyNo], facts: &Facts<'_>, reaction: &mut Reaction) {
        let mut open = false;
        for other in others {
            let Some(what) = self.book.ledger.unanswered(self.party, *other, facts.now) else { continue };
            open = true;
            if !self.told_line.insert((*other, what)) {
                continue;
            }
            let who = (facts.labels)(*other);
            let words = match what {
                Unanswered::Check(id) => {
                    format!("Line check {} to {who} was not answered by a person in its time.", brief(id))
                }
                Unanswered::Missing(at) => format!("No line check came from {who} for {}.", rfc3339(at)),
            };
            reaction.line("line-unanswered", words.clone());
            let room = facts.rooms.iter().find(|fact| fact.kind == RoomKind::Caucus(self.party));
            reaction.alarms.push((AlarmKind::Unanswered, room.map(|fact| fact.room), words));
            self.line_alarm = true;
        }
        if self.told_line.len() > TOLD_MAX {
            self.told_line.pop_first();
        }
        if self.line_alarm && !open {
            self.line_alarm = false;
            let room = facts.rooms.iter().find(|fact| fact.kind == RoomKind::Caucus(self.party));
            reaction.cleared.push((AlarmKind::Unanswered, room.map(|fact| fact.room)));
        }
    }

    /// Sends a line check: by hand, or by the station of itself.
    pub(super) fn make_check(
        &mut self,
        other: PartyNo,
        number: u64,
        by_hand: bool,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Reaction, Failure> {
        let made = if by_hand { "person" } else { "automatic" };
        let message = format!(
            "template = \"line-check\"\n[fields]\nnumber = \"{number}\"\nmade = \"{made}\"\ntext = \"{CHECK_TEXT}\""
        );
        let to = (facts.labels)(other);
        self.notify(Asked { to: Some(&to), message: &message, precedence: None, answers: None }, facts, rng)
    }

    pub(super) fn line_check(
        &mut self,
        to: Option<&str>,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Reaction, Failure> {
        let other = self.other(to, facts)?;
        let number = self.book.ledger.next_check(other);
        let mut reaction = self.make_check(other, number, true, facts, rng)?;
        if let Some(reply) = reaction.reply.as_mut() {
            reply["number"] = json!(number);
        }
        Ok(reaction)
    }

    /// Answers the other side's last line check, as a person.
    pub(super) fn line_answer(
        &mut self,
        to: Option<&str>,
        text: Option<&str>,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Reaction, Failure> {
        let other = self.other(to, facts)?;
        let (id, number) = self.book.ledger.open_check(other).ok_or_else(|| {
            let hint = "See `backchannel line status`.";
            Failure::new(ErrorKind::Refused, "No line check of that side waits for an answer.", hint)
        })?;
        let text = text.map(|text| format!("text = {}\n", quoted(text))).unwrap_or_default();
        let message = format!("template = \"line-answer\"\n[fields]\nnumber = \"{number}\"\n{text}");
        let (to, answers) = ((facts.labels)(other), id.to_hex());
        let asked = Asked { to: Some(&to), message: &message, precedence: None, answers: Some(&answers) };
        let mut reaction = self.notify(asked, facts, rng)?;
        if let Some(reply) = reaction.reply.as_mut() {
            reply["number"] = json!(number);
        }
        Ok(reaction)
    }

    /// The watch of this delegation, as data.
    pub fn floor(&self, facts: &Facts<'_>) -> Value {
        self.watch_json(facts)
    }

    /// The lines between the parties, as data: for a party those to the others, for the intermediary all of them.
    pub fn lines(&self, facts: &Facts<'_>) -> Vec<Value> {
        self.pairs(facts).into_iter().map(|(one, other)| self.line_json(one, other, facts)).collect()
    }

    fn pairs(&self, facts: &Facts<'_>) -> Vec<(PartyNo, PartyNo)> {
        match self.party {
            PartyNo::INTERMEDIARY => {
                let all = &facts.parties;
                let pairs = all.iter().flat_map(|one| all.iter().map(move |other| (*one, *other)));
                pairs.filter(|(one, other)| one < other).collect()
            }
            me => facts.others().map(|other| (me, other)).collect(),
        }
    }

    fn line_json(&self, one: PartyNo, other: PartyNo, facts: &Facts<'_>) -> Value {
        let ledger = &self.book.ledger;
        let LineState { schedule, suspended, checks } = ledger.line(one, other, facts.now);
        let label = |party: PartyNo| (facts.labels)(party);
        let suspended: Vec<Value> = suspended
            .iter()
            .map(|one| {
                json!({
                    "by": label(one.by), "id": one.id.to_hex(), "from": rfc3339(one.from),
                    "until": one.until.map(rfc3339),
                })
            })
            .collect();
        let next = schedule.map(|schedule| {
            let (at, by) = schedule.next(facts.now);
            json!({
                "every_minutes": schedule.every_ms / 60_000, "from": rfc3339(schedule.from),
                "next": rfc3339(at), "next_by": label(by),
            })
        });
        let unanswered = ledger.unanswered(self.party, other, facts.now);
        let human =
            [one, other].map(|side| json!({ "party": label(side), "at": time(ledger.last_human(side)) }));
        json!({
            "sides": [label(one), label(other)],
            "state": if suspended.is_empty() { "open" } else { "suspended" },
            "suspended": suspended, "schedule": next,
            "unanswered": unanswered.filter(|_| self.party != PartyNo::INTERMEDIARY).is_some(),
            "checks": checks.iter().map(|check| check_json(check, facts)).collect::<Vec<_>>(),
            "last_human": human,
        })
    }

    /// The register of public statements, as data (PUBLIC-1, PUBLIC-2).
    pub(super) fn statements(&self, facts: &Facts<'_>) -> Value {
        let pairs = self.pairs(facts);
        let all = pairs.iter().flat_map(|(one, other)| self.book.ledger.statements(*one, *other));
        let lang = backchannel_accord::Lang::new("en");
        let each: Vec<Value> = all
            .map(|one| {
                let said = lang.as_ref().and_then(|lang| self.described(one.here, lang));
                statement_json(&one, said, facts)
            })
            .collect();
        json!({ "v": 1, "statements": each })
    }

    /// The queries between the parties and their clocks, the oldest first; line checks are told with the line.
    pub fn queries(&self, lang: Option<&str>, facts: &Facts<'_>) -> Vec<Value> {
        let lang = backchannel_accord::Lang::new(lang.unwrap_or("en"));
        let each = self.book.ledger.between_parties().into_iter();
        each.filter_map(|(id, by, _)| {
            let gist = self.book.ledger.gist(id).filter(|gist| gist.code != "line-check")?;
            self.book.ledger.clock(id)?;
            let said = lang.as_ref().and_then(|lang| self.described(id, lang));
            let title = said.and_then(|said| said.get("title").cloned());
            Some(json!({
                "id": id.to_hex(), "by": (facts.labels)(by), "code": gist.code, "title": title,
                "clock": self.clock_json(id, facts),
            }))
        })
        .collect()
    }

    /// The queries whose time is over and that were not answered.
    pub fn overdue(&self, now: UtcMs) -> Vec<Overdue> {
        let each = self.book.ledger.between_parties().into_iter();
        each.filter_map(|(id, by, _)| {
            let clock = self.book.ledger.clock(id)?;
            let check = self.book.ledger.gist(id).is_none_or(|gist| gist.code == "line-check");
            let over = clock.answered.is_none() && clock.due <= now && !check;
            over.then_some(Overdue { id, due: clock.due, mine: by == self.party })
        })
        .collect()
    }

    /// When the time of a query is over that was not answered.
    pub fn due_unanswered(&self, id: DispatchId) -> Option<UtcMs> {
        let clock = self.book.ledger.clock(id)?;
        clock.answered.is_none().then_some(clock.due)
    }

    /// The reply clock of an item, as data (CLOCK rules).
    pub(super) fn clock_json(&self, id: DispatchId, facts: &Facts<'_>) -> Value {
        let Some(clock) = self.book.ledger.clock(id) else { return Value::Null };
        let state = match (clock.answered, clock.due <= facts.now) {
            (Some(_), _) => "answered",
            (None, true) => "overdue",
            (None, false) => "running",
        };
        json!({
            "answers": (facts.labels)(clock.answers), "started": rfc3339(clock.started),
            "due": rfc3339(clock.due), "answered": time(clock.answered), "state": state,
        })
    }
}

/// A query whose time is over.
pub struct Overdue {
    /// Its name here.
    pub id: DispatchId,
    /// When its time was over.
    pub due: UtcMs,
    /// Whether this side asked.
    pub mine: bool,
}

/// What was told of lines, kept so that it is told once.
const TOLD_MAX: usize = 64;

fn time(at: Option<At>) -> Option<String> {
    at.map(|at| rfc3339(at.utc))
}

fn check_json(check: &Check, facts: &Facts<'_>) -> Value {
    json!({
        "id": check.id.to_hex(), "number": check.number, "by": (facts.labels)(check.by),
        "made": if check.automatic { "automatic" } else { "person" }, "sent": time(Some(check.sent)),
        "received": time(check.received), "read": time(check.read), "answered": time(check.answered),
        "due": check.due.map(rfc3339),
    })
}

fn statement_json(one: &StatementView, said: Option<Value>, facts: &Facts<'_>) -> Value {
    let marks = one
        .marks
        .iter()
        .map(|(party, (view, at))| ((facts.labels)(*party), json!({ "view": view, "at": time(Some(*at)) })));
    json!({
        "id": one.here.to_hex(), "by": (facts.labels)(one.by), "time": one.time.map(rfc3339),
        "noticed": time(Some(one.at)), "received": time(one.received), "cancelled": one.cancelled,
        "marks": Value::Object(marks.collect()), "differ": one.differ(), "message": said,
    })
}

/// A text as TOML writes it on one line.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
