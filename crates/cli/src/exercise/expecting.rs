//! Waits for what a station must see, or must not see, within so many beats. (EXER-9)

use super::commands;
use super::place::{Caller, failed};
use super::play::Play;
use super::process;
use super::scenario::{Expect, Instant, Look, Order, first};
use crate::clock;
use backchannel_station::api::Failure;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;
use tokio::time::timeout;

/// Characters of an answer that a failed check shows.
const SHOWN_MAX: usize = 600;

impl Play<'_> {
    /// Whether an expectation came true in time, and what was seen if not.
    pub async fn expect(&mut self, expect: &Expect, beat_ms: u64) -> (bool, String) {
        let began = clock::steady_now();
        let limit = self.beats(expect.within_beats);
        loop {
            let seen = match self.look(expect).await {
                Ok(seen) => seen,
                Err(failure) => return (false, failure.message),
            };
            let came_true = is_met(expect, &seen, &|text| self.put_in(text));
            let passed = clock::steady_now() - began;
            match (came_true, expect.never) {
                (true, false) => {
                    self.keep(&expect.keep, &seen);
                    return (true, format!("after {} beats", beats_in(passed, beat_ms)));
                }
                (true, true) => return (false, format!("It was seen: {}", short(&seen))),
                (false, _) if passed >= limit || self.surprised() => {
                    let waited =
                        format!("Not within {} beats; last seen: {}", expect.within_beats, short(&seen));
                    return (expect.never, if expect.never { String::new() } else { waited });
                }
                (false, _) => self.rest(expect.who).await,
            }
        }
    }

    /// Until the station observes something, or a beat has passed.
    async fn rest(&self, who: usize) {
        if let Some(place) = self.stage.places.get(who) {
            let _ = timeout(self.beats(1), place.journal.news.notified()).await;
        }
    }

    /// What the station sees now: its answer, or `{exit, problem}` when the command fails.
    async fn look(&self, expect: &Expect) -> Result<Value, Failure> {
        let caller = self.stage.caller(expect.who)?;
        let line = match &expect.look {
            Look::Status => commands::plain("status"),
            Look::Inbox => commands::plain("inbox"),
            Look::Line => commands::line("status"),
            Look::Queries => commands::listed(&["query", "--list"]),
            Look::Statements => commands::listed(&["statement", "list"]),
            Look::Exposures => commands::listed(&["exposure", "list"]),
            Look::Comparison(text) => {
                let file = self.stage.paths.drafts().join(format!("{}.txt", expect.check));
                super::stage::write_secret(&file, text)?;
                commands::compare_text(&file)
            }
            Look::Record => commands::plain("record"),
            Look::Alarms => commands::plain("alarms"),
            Look::Delegation => commands::delegation_list(),
            Look::Show(id) => commands::of_one("show", &self.put_in(id)),
            Look::Receipts(id) => commands::of_one("receipts", &self.put_in(id)),
            Look::Understanding(id) => commands::understanding("show", &self.put_in(id)),
            Look::UnderstandingStatus(id, at) => {
                let at = at.as_ref().map(|at| self.instant(at)).transpose()?;
                commands::understanding_status(&self.put_in(id), at.as_deref())
            }
            Look::Incidents(id) => commands::incidents(&self.put_in(id)),
            Look::Artefact(file) => return self.outsider(Path::new(&self.put_in(file))).await,
            Look::Journal => return Ok(self.journal(expect.who)),
            Look::Order(order) => return self.order(&caller, order).await,
        };
        let ended = caller.run(line).await?;
        if ended.exit == 0 {
            return Ok(ended.answer);
        }
        Ok(json!({ "exit": ended.exit, "problem": ended.problem }))
    }

    /// An instant that the story knows by now.
    pub(super) fn instant(&self, at: &Instant) -> Result<String, Failure> {
        let base = self.put_in(&at.base);
        at.at(&base, clock::utc_now()).ok_or_else(|| failed(format!("{base} is no instant.")))
    }

    /// What a file is to somebody who has neither a station nor a vault. (CMD-10)
    pub(super) async fn outsider(&self, file: &Path) -> Result<Value, Failure> {
        let line = commands::artefact_verify(file);
        let ended = process::run_outside(&self.stage.program, &line, &self.stage.paths.outside()).await?;
        let mut answer = ended.answer;
        match answer.as_object_mut() {
            Some(answer) => drop(answer.insert("exit".to_owned(), ended.exit.into())),
            None => answer = json!({ "exit": ended.exit, "problem": ended.problem }),
        }
        Ok(answer)
    }

    fn journal(&self, who: usize) -> Value {
        let entries = self.stage.places.get(who).map(|place| place.journal.since(self.mark(who)));
        json!({ "entries": entries.unwrap_or_default() })
    }

    async fn order(&self, caller: &Caller, order: &Order) -> Result<Value, Failure> {
        let mut beats = Vec::new();
        for id in [&order.earlier, &order.later] {
            let shown = caller.run(commands::of_one("show", &self.put_in(id))).await?.answer;
            beats.push(shown.pointer(&format!("/beats/{}/k", order.beat)).and_then(Value::as_u64));
        }
        let in_order = matches!(beats.as_slice(), [Some(earlier), Some(later)] if earlier < later);
        Ok(json!({ "beats": beats, "in_order": in_order }))
    }
}

/// Whether what was seen is what was expected; `$name` in conditions is put in by `saved`.
fn is_met(expect: &Expect, seen: &Value, saved: &dyn Fn(&str) -> String) -> bool {
    let exit = seen.get("exit").and_then(Value::as_i64).unwrap_or(0);
    if exit != i64::from(expect.exit) {
        return false;
    }
    if matches!(expect.look, Look::Order(_)) {
        return seen.get("in_order") == Some(&Value::Bool(true));
    }
    let meets = |value: &Value| expect.conditions.iter().all(|condition| condition.holds(value, saved));
    let list = expect.list.as_deref().or(matches!(expect.look, Look::Journal).then_some("entries"));
    match list {
        None => meets(seen),
        Some(list) => {
            let items = first(seen, list).and_then(Value::as_array);
            let met = items.into_iter().flatten().filter(|item| meets(item)).count() as u64;
            expect.count.map_or(met > 0, |count| met == count)
        }
    }
}

fn beats_in(passed: Duration, beat_ms: u64) -> u128 {
    passed.as_millis() / u128::from(beat_ms.max(1))
}

fn short(seen: &Value) -> String {
    seen.to_string().chars().take(SHOWN_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_met, short};
    use crate::exercise::scenario::{Condition, Expect, Look};
    use serde_json::json;
    use std::collections::BTreeMap;

    fn expect(look: Look, list: Option<&str>, count: Option<u64>, exit: u8) -> Expect {
        Expect {
            check: "test".to_owned(),
            who: 0,
            look,
            list: list.map(str::to_owned),
            conditions: vec![Condition::read(1, "id", &toml::Value::from("$paper")).unwrap()],
            count,
            never: false,
            exit,
            within_beats: 1,
            keep: BTreeMap::new(),
        }
    }

    fn saved(text: &str) -> String {
        text.replace("$paper", "4f2a")
    }

    #[test]
    fn some_element_meets_every_condition_or_exactly_so_many_do() {
        // EXER-9
        let seen = json!({ "items": [{ "id": "4f2a" }, { "id": "77" }, { "id": "4f2a" }] });
        assert!(is_met(&expect(Look::Inbox, Some("items"), None, 0), &seen, &saved));
        assert!(is_met(&expect(Look::Inbox, Some("items"), Some(2), 0), &seen, &saved));
        assert!(!is_met(&expect(Look::Inbox, Some("items"), Some(1), 0), &seen, &saved));
        assert!(!is_met(&expect(Look::Inbox, None, None, 0), &seen, &saved));
        assert!(is_met(
            &expect(Look::Journal, None, None, 0),
            &json!({ "entries": [{ "id": "4f2a" }] }),
            &saved
        ));
    }

    #[test]
    fn a_command_that_fails_meets_only_an_expected_failure() {
        // EXER-9
        let refused = json!({ "exit": 2, "problem": "Nothing there has that name.", "id": "4f2a" });
        assert!(!is_met(&expect(Look::Status, None, None, 0), &refused, &saved));
        assert!(is_met(&expect(Look::Status, None, None, 2), &refused, &saved));
        assert!(short(&json!("x".repeat(5_000))).len() < 700);
    }
}
