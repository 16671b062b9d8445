//! The rules of a scenario file (EXER-1 to EXER-9 of docs/spec/exercises.md): names are looked up, fields belong to
//! their command, and every fault is told with its line.

use super::model::{Look, Order, Role, Scenario, Station, Step};
use super::raw::{self, line_of};
use super::{Condition, Expect, Fault, Instant, acts};
use crate::exercise::limits::{
    BEAT_MS_MAX, BEAT_MS_MIN, NEEDLE_BYTES_MIN, STATIONS_MAX, STEPS_MAX, WITHIN_BEATS_DEFAULT,
    WITHIN_BEATS_MAX,
};
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// What is known while the file is read from top to bottom.
pub struct Reader<'a> {
    /// The file.
    pub text: &'a str,
    /// The cast.
    pub stations: Vec<Station>,
    /// The names under which something has been saved so far.
    pub saved: BTreeSet<String>,
    /// The checks named so far.
    pub checks: BTreeSet<String>,
}

/// Checks a parsed file.
pub fn check(text: &str, file: raw::File) -> Result<Scenario, Fault> {
    let beat_ms = *file.beat_ms.get_ref();
    if !(BEAT_MS_MIN..=BEAT_MS_MAX).contains(&beat_ms) {
        return Err(Fault::new(
            line_of(text, file.beat_ms.span().start),
            format!("A beat of {beat_ms} ms cannot be played. (EXER-1)"),
            format!("Choose from {BEAT_MS_MIN} to {BEAT_MS_MAX} ms; quiet-pact uses 250."),
        ));
    }
    let mut reader = Reader { text, stations: Vec::new(), saved: BTreeSet::new(), checks: BTreeSet::new() };
    reader.cast(&file.station)?;
    if file.step.is_empty() || file.step.len() > STEPS_MAX {
        return Err(Fault::new(
            1,
            format!("The scenario has {} steps. (EXER-1)", file.step.len()),
            format!("Write from 1 to {STEPS_MAX} tables [[step]]."),
        ));
    }
    let steps = file.step.into_iter().map(|step| reader.step(step)).collect::<Result<_, _>>()?;
    Ok(Scenario {
        title: file.title,
        about: file.about,
        channel: file.channel,
        beat_ms,
        stations: reader.stations,
        steps,
    })
}

impl Reader<'_> {
    /// The line of something in the file.
    pub fn line<T>(&self, at: &Spanned<T>) -> usize {
        line_of(self.text, at.span().start)
    }

    /// The station of that name. (EXER-3)
    pub fn who(&self, name: &Spanned<String>) -> Result<usize, Fault> {
        let found = self.stations.iter().position(|station| station.name == *name.get_ref());
        found.ok_or_else(|| {
            let names =
                self.stations.iter().map(|station| station.name.as_str()).collect::<Vec<_>>().join(", ");
            Fault::new(
                self.line(name),
                format!("Nobody in the cast is named {}. (EXER-3)", name.get_ref()),
                format!("The cast is: {names}."),
            )
        })
    }

    /// An id: `$name` of something saved before, or a literal. (EXER-4)
    pub fn id(&self, id: &Spanned<String>) -> Result<String, Fault> {
        if let Some(name) = id.get_ref().strip_prefix('$')
            && !self.saved.contains(name)
        {
            return Err(Fault::new(
                self.line(id),
                format!("Nothing was saved as {name} before this line. (EXER-4)"),
                "Give an earlier [[step.do]] the field `save` with this name.",
            ));
        }
        Ok(id.get_ref().clone())
    }

    /// A check's name: lower-case words joined by hyphens, used once. (EXER-5)
    pub fn check_name(&mut self, name: &Spanned<String>) -> Result<String, Fault> {
        let text = name.get_ref();
        let well_formed = !text.is_empty()
            && text.len() <= 64
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !well_formed || !self.checks.insert(text.clone()) {
            return Err(Fault::new(
                self.line(name),
                format!("The check {text} is named badly, or twice. (EXER-5)"),
                "Use lower-case letters, digits and hyphens, and each name once: reports are compared by them.",
            ));
        }
        Ok(text.clone())
    }

    fn cast(&mut self, stations: &[Spanned<raw::Station>]) -> Result<(), Fault> {
        for station in stations {
            let line = self.line(station);
            let station = self.station(line, station.get_ref())?;
            self.stations.push(station);
        }
        let count = |role: Role| self.stations.iter().filter(|s| s.role == role && !s.later).count();
        let parties: BTreeSet<_> = self.stations.iter().filter_map(|s| s.party.as_ref()).collect();
        let complete = count(Role::Intermediary) == 1
            && parties.len() >= 2
            && self.stations.len() <= STATIONS_MAX
            && parties.iter().all(|party| self.heads_of(party) == 1);
        if !complete {
            return Err(Fault::new(
                stations.first().map_or(1, |first| self.line(first)),
                "The cast is not complete. (EXER-2)",
                format!(
                    "Name one intermediary, and at least two parties with one head each who is there from the beginning; at most {STATIONS_MAX} stations."
                ),
            ));
        }
        // The intermediary convenes, so it comes first whatever the order of the file.
        self.stations.sort_by_key(|station| station.role != Role::Intermediary);
        Ok(())
    }

    fn heads_of(&self, party: &str) -> usize {
        let heads = |s: &&Station| s.role == Role::Head && !s.later && s.party.as_deref() == Some(party);
        self.stations.iter().filter(heads).count()
    }

    fn station(&self, line: usize, station: &raw::Station) -> Result<Station, Fault> {
        let role = match station.role.get_ref().as_str() {
            "intermediary" => Role::Intermediary,
            "head" => Role::Head,
            "principal" => Role::Principal,
            "envoy" => Role::Envoy,
            "observer" => Role::Observer,
            other => {
                return Err(Fault::new(
                    self.line(&station.role),
                    format!("{other} is not a role. (EXER-2)"),
                    "Use intermediary, head, principal, envoy or observer.",
                ));
            }
        };
        let name = station.name.get_ref();
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if name.is_empty()
            || name.len() > 32
            || !name.bytes().all(plain)
            || self.stations.iter().any(|s| s.name == *name)
        {
            return Err(Fault::new(
                self.line(&station.name),
                format!("The station {name} is named badly, or twice. (EXER-2)"),
                "Use at most 32 lower-case letters, digits and hyphens; the name is also that of its directory.",
            ));
        }
        if station.party.is_some() == (role == Role::Intermediary) {
            return Err(Fault::new(
                line,
                format!("The party of {name} is missing, or is one too many. (EXER-2)"),
                "Every station but the intermediary's names its party.",
            ));
        }
        let party = station.party.as_ref().map(|party| party.get_ref().clone());
        for label in [Some(station.label.get_ref()), party.as_ref()].into_iter().flatten() {
            if label.len() < NEEDLE_BYTES_MIN {
                return Err(Fault::new(
                    line,
                    format!(
                        "The label {label} is too short to be looked for in the relay's memory. (EXER-2)"
                    ),
                    format!("Use at least {NEEDLE_BYTES_MIN} letters, such as \"Delegation of Alpha\"."),
                ));
            }
        }
        Ok(Station {
            name: name.clone(),
            party,
            role,
            label: station.label.get_ref().clone(),
            later: station.later,
        })
    }

    fn step(&mut self, step: Spanned<raw::Step>) -> Result<Step, Fault> {
        let step = step.into_inner();
        let acts = step.acts.into_iter().map(|act| acts::read(self, act)).collect::<Result<_, _>>()?;
        let expects = step.expect.into_iter().map(|expect| self.expect(expect)).collect::<Result<_, _>>()?;
        let alarm = |alarm: &Spanned<raw::Alarm>| -> Result<(usize, String), Fault> {
            let alarm = alarm.get_ref();
            Ok((self.who(&alarm.who)?, alarm.name.get_ref().clone()))
        };
        let alarms = step.alarm.iter().map(alarm).collect::<Result<_, _>>()?;
        Ok(Step { tell: step.tell.into_inner(), acts, expects, alarms })
    }

    fn expect(&mut self, expect: Spanned<raw::Expect>) -> Result<Expect, Fault> {
        let line = self.line(&expect);
        let expect = expect.into_inner();
        let check = self.check_name(&expect.check)?;
        let look = self.look(line, &expect)?;
        let who = self.looker(line, &look, expect.who.as_ref())?;
        if expect.at.is_some() && !matches!(look, Look::UnderstandingStatus(..)) {
            let hint = "Only `look = \"understanding-status\"` takes `at`.";
            return Err(Fault::new(line, "This has no state at an instant. (EXER-6)", hint));
        }
        let within_beats =
            expect.within_beats.as_ref().map_or(WITHIN_BEATS_DEFAULT, |beats| *beats.get_ref());
        if within_beats > WITHIN_BEATS_MAX {
            return Err(Fault::new(
                line,
                format!("{within_beats} beats are too many to wait for. (EXER-6)"),
                format!("Wait for at most {WITHIN_BEATS_MAX}."),
            ));
        }
        let conditions = expect
            .conditions
            .iter()
            .map(|(path, value)| Condition::read(self.line(value), path, value.get_ref()))
            .collect::<Result<_, _>>()?;
        Ok(Expect {
            check,
            who,
            look,
            list: expect.list.map(Spanned::into_inner),
            conditions,
            count: expect.count.map(Spanned::into_inner),
            never: expect.never,
            exit: expect.exit.map_or(0, Spanned::into_inner),
            within_beats,
            keep: self.keep(&expect.keep),
        })
    }

    /// Who looks: a station; nobody's where an outsider looks at a file. (EXER-6)
    fn looker(&self, line: usize, look: &Look, who: Option<&Spanned<String>>) -> Result<usize, Fault> {
        match (look, who) {
            (Look::Artefact(_), None) => Ok(0),
            (Look::Artefact(_), Some(_)) => Err(Fault::new(
                line,
                "An outsider looks at an artefact, and none of the stations. (EXER-6)",
                "Leave `who` out.",
            )),
            (_, Some(who)) => self.who(who),
            (_, None) => Err(Fault::new(
                line,
                "Nobody looks. (EXER-6)",
                "Add who = \"...\" with a station of the cast.",
            )),
        }
    }

    /// What is kept of an answer may be used from here on. (EXER-4)
    pub fn keep(&mut self, keep: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        self.saved.extend(keep.keys().cloned());
        keep.clone()
    }

    /// An instant whose base is known here. (EXER-18)
    pub(super) fn instant(&self, at: &Spanned<String>) -> Result<Instant, Fault> {
        let instant = Instant::parse(at.get_ref()).ok_or_else(|| {
            Fault::new(
                self.line(at),
                format!("{} is no instant. (EXER-18)", at.get_ref()),
                "Write now, $name or an instant in UTC, and after it + or - and a span if need be: \"$end - 1ms\".",
            )
        })?;
        let base = Spanned::new(at.span(), instant.base.clone());
        self.id(&base)?;
        Ok(instant)
    }

    fn look(&self, line: usize, expect: &raw::Expect) -> Result<Look, Fault> {
        let id = || match &expect.id {
            Some(id) => self.id(id),
            None => Err(Fault::new(
                line,
                format!("Looking at `{}` needs an id. (EXER-6)", expect.look.get_ref()),
                "Add id = \"$name\" with a name that was saved.",
            )),
        };
        match expect.look.get_ref().as_str() {
            "status" => Ok(Look::Status),
            "inbox" => Ok(Look::Inbox),
            "show" => Ok(Look::Show(id()?)),
            "receipts" => Ok(Look::Receipts(id()?)),
            "understanding" => Ok(Look::Understanding(id()?)),
            "understanding-status" => {
                let at = expect.at.as_ref().map(|at| self.instant(at)).transpose()?;
                Ok(Look::UnderstandingStatus(id()?, at))
            }
            "incidents" => Ok(Look::Incidents(id()?)),
            "artefact" => Ok(Look::Artefact(id()?)),
            "line" => Ok(Look::Line),
            "queries" => Ok(Look::Queries),
            "statements" => Ok(Look::Statements),
            "exposures" => Ok(Look::Exposures),
            "comparison" => match &expect.text {
                Some(text) => Ok(Look::Comparison(text.get_ref().clone())),
                None => Err(Fault::new(
                    line,
                    "A comparison needs the published text. (EXER-6)",
                    "Add text = \"...\".",
                )),
            },
            "record" => Ok(Look::Record),
            "alarms" => Ok(Look::Alarms),
            "delegation" => Ok(Look::Delegation),
            "journal" => Ok(Look::Journal),
            "order" => self.order(line, expect),
            other => Err(Fault::new(
                self.line(&expect.look),
                format!("There is nothing to look at named {other}. (EXER-6)"),
                "Look at status, inbox, show, receipts, understanding, understanding-status, incidents, line, queries, statements, exposures, comparison, artefact, record, alarms, delegation, journal or order.",
            )),
        }
    }

    fn order(&self, line: usize, expect: &raw::Expect) -> Result<Look, Fault> {
        let (Some(earlier), Some(later), Some(beat)) = (&expect.earlier, &expect.later, &expect.beat) else {
            return Err(Fault::new(
                line,
                "An order needs `earlier`, `later` and `beat`. (EXER-6)",
                "For example earlier = \"$flash\", later = \"$routine\", beat = \"acknowledged\".",
            ));
        };
        Ok(Look::Order(Order {
            earlier: self.id(earlier)?,
            later: self.id(later)?,
            beat: beat.get_ref().clone(),
        }))
    }
}
