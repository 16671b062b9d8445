//! Does what a step says: one command of one station, or one fault. (EXER-7)

use super::commands;
use super::faults::FaultName;
use super::place::failed;
use super::play::{Play, Sent};
use super::process::Ended;
use super::scenario::{About, Act, ActKind, Keep, dated, first, put_in};
use super::stage::write_secret;
use crate::clock;
use backchannel_station::api::Failure;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;
use tokio::time::sleep;

impl Play<'_> {
    /// Does one thing and looks at how it ended.
    pub async fn act(&mut self, act: &Act) -> Result<(), Failure> {
        let Some(ended) = self.run_act(act).await? else { return Ok(()) };
        if let (Some(check), false) = (&act.check, matches!(act.kind, ActKind::Prove { .. })) {
            let told = format!("ended with {}, {} was wanted. {}", ended.exit, act.exit, ended.problem);
            self.check(check, ended.exit == i32::from(act.exit), told.trim());
            return Ok(());
        }
        if ended.exit != i32::from(act.exit) {
            return Err(failed(format!(
                "Line {}: it ended with {}. {}",
                act.line, ended.exit, ended.problem
            )));
        }
        let answered = |name: &str| ended.answer.get(name).and_then(Value::as_str).map(str::to_owned);
        let kept = answered("file").or_else(|| answered("id")).or_else(|| answered("words"));
        self.keep(&act.keep, &ended.answer);
        if let (ActKind::Submit { .. }, Some(id)) = (&act.kind, &kept)
            && !self.understandings.contains(id)
        {
            self.understandings.push(id.clone());
        }
        if let (Some(name), Some(kept)) = (&act.save, &kept) {
            self.saved.insert(name.clone(), kept.clone());
        }
        if let (Some((who, draft, idle)), Some(id)) = (act.kind.dispatch(), kept) {
            let name = act.save.clone().unwrap_or_else(|| format!("line {}", act.line));
            self.first_dispatch.get_or_insert(self.telling.seconds());
            self.needles.add_draft(&name, draft);
            self.sent.push(Sent { name, id, who, draft: draft.to_owned(), idle });
        }
        Ok(())
    }

    /// Does one thing; a command gives back how it ended.
    async fn run_act(&mut self, act: &Act) -> Result<Option<Ended>, Failure> {
        if let Some((who, line)) = self.command(act)? {
            return self.stage.caller(who)?.run(line).await.map(Some);
        }
        match &act.kind {
            ActKind::Approve { who, id } => return self.approve(*who, id).await.map(Some),
            ActKind::ApproveRoster { who } => return self.approve_roster(*who).await.map(Some),
            ActKind::Alter { file } => return self.alter(file).map(Some),
            ActKind::Prove { id, released } => {
                let name = act.check.clone().unwrap_or_default();
                self.prove(&name, id, *released).await?;
            }
            ActKind::Add { who, station } => {
                let cast = self.scenario.stations.get(*station).ok_or_else(|| failed("No such station."))?;
                self.stage.add(*who, *station, cast).await?;
            }
            ActKind::Unlock { who } => {
                let caller = self.stage.caller(*who)?;
                return caller.run(commands::plain("unlock")).await.map(Some);
            }
            ActKind::KillRelay => self.kill_relay().await?,
            ActKind::StartRelay { fault } => {
                if *fault == Some(FaultName::SlowClock) {
                    self.slow.push((now_us(), u64::MAX));
                }
                self.stage.start_relay(*fault).await?;
            }
            ActKind::Sever { who } => self.stage.place(*who)?.sever().await,
            ActKind::Mend { who } => self.stage.mend(*who).await?,
            ActKind::Close { who } => self.stage.close(*who).await?,
            ActKind::KillStation { who } => self.stage.place(*who)?.kill().await,
            ActKind::Open { who } => self.stage.open(*who).await?,
            ActKind::Wait { beats } => self.wait(*beats).await,
            _ => {}
        }
        Ok(None)
    }

    /// Approves what this station shows to be frozen, as a person would who has read it.
    async fn approve(&mut self, who: usize, id: &str) -> Result<Ended, Failure> {
        let id = self.put_in(id);
        let caller = self.stage.caller(who)?;
        let shown = caller.run(commands::understanding("show", &id)).await?;
        let digest = shown.answer.get("digest").and_then(Value::as_str).map(str::to_owned);
        let Some(digest) = digest else { return Ok(shown) };
        caller.run(commands::approve(&id, &digest)).await
    }

    /// Approves the change of the roster that waits at this station.
    async fn approve_roster(&mut self, who: usize) -> Result<Ended, Failure> {
        let caller = self.stage.caller(who)?;
        let listed = caller.run(commands::delegation_list()).await?;
        let Some(number) = listed.answer.pointer("/proposed/number").and_then(Value::as_u64) else {
            return Err(failed("No change of the roster waits at this station."));
        };
        caller.run(commands::delegation_approve(number)).await
    }

    /// A copy of a file with one bit changed, as somebody would who wants it to say something else.
    fn alter(&mut self, file: &str) -> Result<Ended, Failure> {
        let (from, to) = (PathBuf::from(self.put_in(file)), self.new_file("altered"));
        super::proofs::alter(&from, &to)?;
        let answer = serde_json::json!({ "file": to.display().to_string() });
        Ok(Ended { exit: 0, answer, problem: String::new() })
    }

    /// Keeps what stands at some paths of an answer.
    pub(super) fn keep(&mut self, keep: &Keep, answer: &Value) {
        for (name, path) in keep {
            let found = match first(answer, path) {
                Some(Value::String(text)) => text.clone(),
                Some(other) => other.to_string(),
                None => continue,
            };
            self.saved.insert(name.clone(), found);
        }
    }

    /// What a text says in its own words must not be found at the relay; the library's words stand in the program.
    fn add_clauses(&mut self, text: &str) {
        let Ok(table) = text.parse::<toml::Table>() else { return };
        let clauses = table.get("clause").and_then(toml::Value::as_array).into_iter().flatten();
        let own = |clause: &toml::Value| {
            let wordings = ["text", "value"].into_iter().filter_map(|key| clause.get(key).cloned());
            wordings.flat_map(|wording| strings(&wording)).collect::<Vec<_>>()
        };
        for (number, words) in clauses.flat_map(own).enumerate() {
            self.needles.add(format!("an understanding's own words, {number}"), words.as_bytes());
        }
    }

    /// Lets beats pass, unless an alarm ends the exercise meanwhile.
    async fn wait(&mut self, beats: u64) {
        for _ in 0..beats {
            if self.surprised() {
                return;
            }
            sleep(self.beats(1)).await;
        }
    }

    /// The command line of an act that is a command, and whose it is.
    fn command(&mut self, act: &Act) -> Result<Option<(usize, commands::Words)>, Failure> {
        Ok(Some(match &act.kind {
            ActKind::Send { who, draft, .. } => (*who, commands::send(&self.file("toml", draft)?)),
            ActKind::Reply { who, id, draft, .. } => {
                (*who, commands::reply(&self.put_in(id), &self.file("toml", draft)?))
            }
            ActKind::Convey { who, id, to, rendering, faithless } => {
                (*who, self.convey(id, to, rendering, *faithless, act.exit == 0)?)
            }
            ActKind::ReadBack { who, id, text } => {
                for (language, text) in text {
                    self.needles.add(format!("a read-back, {language}"), text.as_bytes());
                }
                (*who, commands::read_back(&self.put_in(id), text))
            }
            ActKind::Return { who, id } => (*who, commands::of_one("return", &self.put_in(id))),
            ActKind::Show { who, id } => (*who, commands::of_one("show", &self.put_in(id))),
            ActKind::WordsNew { who } => (*who, commands::words_new()),
            ActKind::WordsEnter { who, words } => {
                let words = self.put_in(words);
                self.needles.add("the envoy words", words.as_bytes());
                (*who, commands::words_enter(&self.file("words", &words)?))
            }
            ActKind::Compare { who } => (*who, commands::compare(None)),
            ActKind::CompareResult { who, same } => (*who, commands::compare(Some(*same))),
            ActKind::Remove { who, station, reason } => {
                let label = self.scenario.stations.get(*station).map_or("", |station| station.label.as_str());
                (*who, commands::delegation_remove(label, reason))
            }
            ActKind::Quorum { who, quorum } => (*who, commands::delegation_quorum(*quorum)),
            ActKind::Submit { who, id, text } => {
                self.add_clauses(text);
                let text = &dated(text, clock::utc_now()).map_err(failed)?;
                let id = id.as_ref().map(|id| self.put_in(id));
                (*who, commands::submit(&self.file("toml", text)?, id.as_deref()))
            }
            ActKind::Comment { who, id, clause, text } => {
                for (language, text) in text {
                    self.needles.add(format!("a comment, {language}"), text.as_bytes());
                }
                (*who, commands::comment(&self.put_in(id), clause.as_deref(), text))
            }
            ActKind::Freeze { who, id } => (*who, commands::understanding("freeze", &self.put_in(id))),
            ActKind::Deposit { who, id, within, withhold, back } => {
                let flags = [("--withhold", *withhold), ("--withdraw", *back)];
                let flags: Vec<&str> = flags.iter().filter(|flag| flag.1).map(|flag| flag.0).collect();
                (*who, commands::deposit(&self.put_in(id), within.as_deref(), &flags))
            }
            ActKind::Told { who, id, zone } => (*who, commands::told(&self.put_in(id), zone)),
            ActKind::Renew { who, id } => (*who, commands::understanding("renew", &self.put_in(id))),
            ActKind::Withdraw { who, id, urgent, back } => {
                (*who, commands::withdraw(&self.put_in(id), urgent.as_deref(), *back))
            }
            ActKind::Abandon { who, id } => (*who, commands::understanding("abandon", &self.put_in(id))),
            ActKind::Notify { who, to, message, answers } => {
                let answers = answers.as_ref().map(|id| self.put_in(id));
                (*who, self.notify(to, message, answers.as_deref())?)
            }
            ActKind::Line { who, what } => (*who, commands::line(what)),
            ActKind::Incident { who, id, about } => (*who, self.incident(id, about)?),
            ActKind::Export { who, id } => {
                (*who, commands::artefact("export", &self.put_in(id), &self.new_file("artefact")))
            }
            ActKind::Simulate { who, id } => {
                (*who, commands::artefact("simulate", &self.put_in(id), &self.new_file("transcript")))
            }
            ActKind::Lock { who } => (*who, commands::plain("lock")),
            _ => return Ok(None),
        }))
    }

    fn notify(&mut self, to: &str, message: &str, answers: Option<&str>) -> Result<commands::Words, Failure> {
        let message = dated(message, clock::utc_now()).map_err(failed)?;
        let kept = |name: &str| self.saved.get(name).cloned().ok_or(format!("nothing was kept as {name}"));
        let message = put_in(&message, &kept).map_err(failed)?;
        Ok(commands::notify(&self.file("toml", &message)?, to, answers))
    }

    fn incident(&mut self, id: &str, about: &About) -> Result<commands::Words, Failure> {
        let at = match about {
            About::Open { at, .. } => self.instant(at)?,
            _ => String::new(),
        };
        Ok(commands::incident(&self.put_in(id), about, &at))
    }

    fn convey(
        &mut self,
        id: &str,
        to: &str,
        rendering: &BTreeMap<String, String>,
        faithless: bool,
        carried: bool,
    ) -> Result<commands::Words, Failure> {
        for (language, text) in rendering {
            self.needles.add(format!("a rendering, {language}"), text.as_bytes());
        }
        let mut table = toml::Table::new();
        table.insert(
            "text".to_owned(),
            toml::Value::try_from(rendering).map_err(|error| failed(error.to_string()))?,
        );
        let file = self.file("toml", &table.to_string())?;
        // The fault is for words that are carried, not for an attempt that the story wants refused.
        let faithless = faithless || (carried && std::mem::take(&mut self.faithless_once));
        Ok(commands::convey(
            &self.put_in(id),
            to,
            (!rendering.is_empty()).then_some(file.as_path()),
            faithless,
        ))
    }

    /// A file with what is given to a command, in the order in which it was given.
    fn file(&mut self, kind: &str, text: &str) -> Result<PathBuf, Failure> {
        let path = self.new_file(kind);
        write_secret(&path, text)?;
        Ok(path)
    }

    /// The path of a file that does not exist yet.
    pub(super) fn new_file(&mut self, kind: &str) -> PathBuf {
        self.drafts += 1;
        self.stage.paths.drafts().join(format!("{:03}.{kind}", self.drafts))
    }

    /// Kills the relay, having looked at its memory: the next process starts with a clean one.
    async fn kill_relay(&mut self) -> Result<(), Failure> {
        if let Some(pid) = self.stage.relay_pid() {
            let matcher = super::scan::Matcher::new(&self.needles);
            let found = matcher.memory(pid).map_err(|error| super::closing::no_memory(&error))?;
            self.scanned.add(found);
        }
        self.stage.kill_relay().await;
        if let Some((_, until)) = self.slow.last_mut() {
            *until = (*until).min(now_us());
        }
        Ok(())
    }
}

fn now_us() -> u64 {
    clock::utc_now().0.saturating_mul(1_000)
}

/// Every text within a value.
fn strings(value: &toml::Value) -> Vec<String> {
    match value {
        toml::Value::String(text) => vec![text.clone()],
        toml::Value::Table(table) => table.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}
