//! The commands of `[[step.do]]`: which fields belong to each, and what they become. (EXER-7, EXER-8)

use super::Fault;
use super::drafts::{draft, message, understanding};
use super::model::{About, Act, ActKind};
use super::raw;
use super::rules::Reader;
use crate::exercise::faults::FaultName;
use crate::exercise::limits::WITHIN_BEATS_MAX;
use backchannel_accord::understanding::SpanMs;
use clap::ValueEnum;
use std::collections::BTreeMap;
use toml::Spanned;

/// A command, the fields it needs and the fields it may have besides `exit` and `check`.
struct Command {
    name: &'static str,
    needs: &'static [&'static str],
    may: &'static [&'static str],
}

const fn command(
    name: &'static str,
    needs: &'static [&'static str],
    may: &'static [&'static str],
) -> Command {
    Command { name, needs, may }
}

const COMMANDS: &[Command] = &[
    command("send", &["who", "draft"], &["save", "filler_bytes", "idle"]),
    command("reply", &["who", "id", "draft"], &["save", "filler_bytes", "idle"]),
    command("convey", &["who", "id", "to"], &["rendering", "faithless", "save"]),
    command("read-back", &["who", "id", "text"], &["save"]),
    command("return", &["who", "id"], &[]),
    command("show", &["who", "id"], &[]),
    command("words-new", &["who", "save"], &[]),
    command("words-enter", &["who", "words"], &[]),
    command("compare", &["who"], &[]),
    command("compare-result", &["who", "same"], &[]),
    command("add", &["who", "station"], &[]),
    command("remove", &["who", "station", "reason"], &[]),
    command("submit", &["who", "draft"], &["id", "save"]),
    command("comment", &["who", "id", "text"], &["clause"]),
    command("freeze", &["who", "id"], &[]),
    command("approve", &["who", "id"], &[]),
    command("deposit", &["who", "id"], &["within", "withhold", "back"]),
    command("told", &["who", "id", "zone"], &[]),
    command("renew", &["who", "id"], &[]),
    command("withdraw", &["who", "id"], &["urgent", "back"]),
    command("abandon", &["who", "id"], &[]),
    command("notify", &["who", "to", "draft"], &["id", "save"]),
    command("line-check", &["who"], &["save"]),
    command("line-answer", &["who"], &["save"]),
    command("incident-open", &["who", "id", "at"], &["of", "clause", "save"]),
    command("clarify", &["who", "id", "as"], &["remedy"]),
    command("contest", &["who", "id"], &[]),
    command("find", &["who", "id", "finding"], &["own"]),
    command("close-incident", &["who", "id", "as"], &[]),
    command("quorum", &["who", "quorum"], &[]),
    command("approve-roster", &["who"], &[]),
    command("export", &["who", "id", "save"], &[]),
    command("simulate", &["who", "id", "save"], &[]),
    command("alter", &["id", "save"], &[]),
    command("prove", &["id", "check"], &["released"]),
    command("lock", &["who"], &[]),
    command("unlock", &["who"], &[]),
    command("kill-relay", &[], &[]),
    command("start-relay", &[], &["fault"]),
    command("sever", &["who"], &[]),
    command("mend", &["who"], &[]),
    command("close", &["who"], &[]),
    command("kill-station", &["who"], &[]),
    command("open", &["who"], &[]),
    command("wait", &["beats"], &[]),
];

/// Reads one `[[step.do]]`.
pub fn read(reader: &mut Reader<'_>, act: Spanned<raw::Act>) -> Result<Act, Fault> {
    let line = reader.line(&act);
    let act = act.into_inner();
    check_fields(reader, line, &act)?;
    let kind = kind(reader, line, &act)?;
    if let Some(name) = &act.save {
        reader.saved.insert(name.get_ref().clone());
    }
    let exit = act.exit.as_ref().map_or(0, |exit| *exit.get_ref());
    let is_checked = exit != 0 || matches!(kind, ActKind::Prove { .. });
    if is_checked != act.check.is_some() {
        return Err(Fault::new(
            line,
            "A command that is to be refused names its check, and only such a command does. (EXER-7)",
            "Write `exit = 3` together with `check = \"name-of-the-check\"`, or neither.",
        ));
    }
    let check = act.check.as_ref().map(|name| reader.check_name(name)).transpose()?;
    let keep = reader.keep(&act.keep);
    Ok(Act { line, kind, save: act.save.map(Spanned::into_inner), keep, exit, check })
}

fn check_fields(reader: &Reader<'_>, line: usize, act: &raw::Act) -> Result<(), Fault> {
    let name = act.command.get_ref();
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        let names = COMMANDS.iter().map(|command| command.name).collect::<Vec<_>>().join(", ");
        return Err(Fault::new(
            reader.line(&act.command),
            format!("There is no command {name}. (EXER-7)"),
            format!("The commands are: {names}."),
        ));
    };
    let present = fields_of(act);
    if let Some(missing) = command.needs.iter().find(|field| !present.contains(field)) {
        return Err(Fault::new(
            line,
            format!("The command {name} needs the field `{missing}`. (EXER-7)"),
            format!("It takes: {}.", takes(command)),
        ));
    }
    // A refusal names its check, whatever was to be done.
    let belongs =
        |field: &&str| *field == "check" || command.needs.contains(field) || command.may.contains(field);
    match present.iter().find(|field| !belongs(field)) {
        None => Ok(()),
        Some(extra) => Err(Fault::new(
            line,
            format!("The field `{extra}` does not belong to the command {name}. (EXER-7)"),
            format!("It takes: {}.", takes(command)),
        )),
    }
}

fn takes(command: &Command) -> String {
    let all = command.needs.iter().chain(command.may).copied().collect::<Vec<_>>();
    if all.is_empty() { "no fields".to_owned() } else { all.join(", ") }
}

fn fields_of(act: &raw::Act) -> Vec<&'static str> {
    let present = [
        ("who", act.who.is_some()),
        ("id", act.id.is_some()),
        ("to", act.to.is_some()),
        ("draft", act.draft.is_some()),
        ("filler_bytes", act.filler_bytes.is_some()),
        ("rendering", act.rendering.is_some()),
        ("text", act.text.is_some()),
        ("words", act.words.is_some()),
        ("station", act.station.is_some()),
        ("reason", act.reason.is_some()),
        ("clause", act.clause.is_some()),
        ("beats", act.beats.is_some()),
        ("faithless", act.faithless.is_some()),
        ("same", act.same.is_some()),
        ("save", act.save.is_some()),
        ("idle", act.idle.is_some()),
        ("within", act.within.is_some()),
        ("withhold", act.withhold.is_some()),
        ("back", act.back.is_some()),
        ("urgent", act.urgent.is_some()),
        ("zone", act.zone.is_some()),
        ("quorum", act.quorum.is_some()),
        ("released", act.released.is_some()),
        ("at", act.at.is_some()),
        ("of", act.of.is_some()),
        ("as", act.outcome.is_some()),
        ("remedy", act.remedy.is_some()),
        ("finding", act.finding.is_some()),
        ("own", act.own.is_some()),
        ("fault", act.fault.is_some()),
        ("check", act.check.is_some()),
    ];
    present.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| name).collect()
}

/// The fields are there: `check_fields` saw to it. A missing one is told all the same, never assumed.
fn kind(reader: &Reader<'_>, line: usize, act: &raw::Act) -> Result<ActKind, Fault> {
    let gone = || missing(line);
    let who = || reader.who(act.who.as_ref().ok_or_else(gone)?);
    let id = || reader.id(act.id.as_ref().ok_or_else(gone)?);
    let station = || reader.who(act.station.as_ref().ok_or_else(gone)?);
    let is = |of: &Option<Spanned<bool>>| of.as_ref().is_some_and(|it| *it.get_ref());
    let idle = is(&act.idle);
    let texts = |of: &Option<Spanned<BTreeMap<String, String>>>| of.as_ref().map(|t| t.get_ref().clone());
    let words = |of: &Option<Spanned<String>>| of.as_ref().map(|t| t.get_ref().clone()).ok_or_else(gone);
    Ok(match act.command.get_ref().as_str() {
        "send" => ActKind::Send { who: who()?, draft: draft(reader, act)?, idle },
        "reply" => ActKind::Reply { who: who()?, id: id()?, draft: draft(reader, act)?, idle },
        "convey" => ActKind::Convey {
            who: who()?,
            id: id()?,
            to: party(reader, act.to.as_ref().ok_or_else(gone)?)?,
            rendering: texts(&act.rendering).unwrap_or_default(),
            faithless: is(&act.faithless),
        },
        "read-back" => ActKind::ReadBack { who: who()?, id: id()?, text: texts(&act.text).ok_or_else(gone)? },
        "return" => ActKind::Return { who: who()?, id: id()? },
        "show" => ActKind::Show { who: who()?, id: id()? },
        "notify" => ActKind::Notify {
            who: who()?,
            to: party(reader, act.to.as_ref().ok_or_else(gone)?)?,
            message: message(reader, act)?,
            answers: act.id.as_ref().map(|id| reader.id(id)).transpose()?,
        },
        "line-check" => ActKind::Line { who: who()?, what: "check" },
        "line-answer" => ActKind::Line { who: who()?, what: "answer" },
        "words-new" => ActKind::WordsNew { who: who()? },
        "words-enter" => {
            ActKind::WordsEnter { who: who()?, words: reader.id(act.words.as_ref().ok_or_else(gone)?)? }
        }
        "compare" => ActKind::Compare { who: who()? },
        "compare-result" => {
            ActKind::CompareResult { who: who()?, same: *act.same.as_ref().ok_or_else(gone)?.get_ref() }
        }
        "add" => added(reader, line, who()?, station()?)?,
        "remove" => ActKind::Remove { who: who()?, station: station()?, reason: words(&act.reason)? },
        "lock" => ActKind::Lock { who: who()? },
        "unlock" => ActKind::Unlock { who: who()? },
        "kill-relay" => ActKind::KillRelay,
        "start-relay" => {
            ActKind::StartRelay { fault: act.fault.as_ref().map(|name| fault(reader, name)).transpose()? }
        }
        "sever" => ActKind::Sever { who: who()? },
        "mend" => ActKind::Mend { who: who()? },
        "close" => ActKind::Close { who: who()? },
        "kill-station" => ActKind::KillStation { who: who()? },
        "open" => ActKind::Open { who: who()? },
        "wait" => ActKind::Wait { beats: beats(reader, act.beats.as_ref().ok_or_else(gone)?)? },
        _ => return understanding_kind(reader, line, act),
    })
}

/// What is done to understandings, and with what they leave.
fn understanding_kind(reader: &Reader<'_>, line: usize, act: &raw::Act) -> Result<ActKind, Fault> {
    let gone = || missing(line);
    let who = || reader.who(act.who.as_ref().ok_or_else(gone)?);
    let id = || reader.id(act.id.as_ref().ok_or_else(gone)?);
    let is = |of: &Option<Spanned<bool>>| of.as_ref().is_some_and(|it| *it.get_ref());
    let words = |of: &Option<Spanned<String>>| of.as_ref().map(|t| t.get_ref().clone()).ok_or_else(gone);
    let texts = |of: &Option<Spanned<BTreeMap<String, String>>>| of.as_ref().map(|t| t.get_ref().clone());
    Ok(match act.command.get_ref().as_str() {
        "submit" => ActKind::Submit {
            who: who()?,
            id: act.id.as_ref().map(|id| reader.id(id)).transpose()?,
            text: understanding(reader, act)?,
        },
        "comment" => ActKind::Comment {
            who: who()?,
            id: id()?,
            clause: act.clause.as_ref().map(|clause| clause.get_ref().clone()),
            text: texts(&act.text).ok_or_else(gone)?,
        },
        "freeze" => ActKind::Freeze { who: who()?, id: id()? },
        "approve" => ActKind::Approve { who: who()?, id: id()? },
        "deposit" => ActKind::Deposit {
            who: who()?,
            id: id()?,
            within: act.within.as_ref().map(|within| span(reader, within)).transpose()?,
            withhold: is(&act.withhold),
            back: is(&act.back),
        },
        "told" => ActKind::Told { who: who()?, id: id()?, zone: words(&act.zone)? },
        "renew" => ActKind::Renew { who: who()?, id: id()? },
        "withdraw" => ActKind::Withdraw {
            who: who()?,
            id: id()?,
            urgent: act.urgent.as_ref().map(|ground| ground.get_ref().clone()),
            back: is(&act.back),
        },
        "abandon" => ActKind::Abandon { who: who()?, id: id()? },
        "quorum" => ActKind::Quorum { who: who()?, quorum: *act.quorum.as_ref().ok_or_else(gone)?.get_ref() },
        "approve-roster" => ActKind::ApproveRoster { who: who()? },
        "export" => ActKind::Export { who: who()?, id: id()? },
        "simulate" => ActKind::Simulate { who: who()?, id: id()? },
        "alter" => ActKind::Alter { file: id()? },
        "prove" => ActKind::Prove { id: id()?, released: is(&act.released) },
        _ => return incident_kind(reader, line, act),
    })
}

/// What is done about incidents.
fn incident_kind(reader: &Reader<'_>, line: usize, act: &raw::Act) -> Result<ActKind, Fault> {
    let gone = || missing(line);
    let who = reader.who(act.who.as_ref().ok_or_else(gone)?)?;
    let id = reader.id(act.id.as_ref().ok_or_else(gone)?)?;
    let is = |of: &Option<Spanned<bool>>| of.as_ref().is_some_and(|it| *it.get_ref());
    let word = |of: &Option<Spanned<String>>| of.as_ref().map(|word| word.get_ref().clone());
    let about = match act.command.get_ref().as_str() {
        "incident-open" => About::Open {
            at: reader.instant(act.at.as_ref().ok_or_else(gone)?)?,
            of: word(&act.of),
            clause: word(&act.clause),
        },
        "clarify" => About::Clarify { answer: word(&act.outcome).ok_or_else(gone)?, remedy: is(&act.remedy) },
        "contest" => About::Contest,
        "find" => About::Find {
            finding: act.finding.as_ref().ok_or_else(gone)?.get_ref().clone(),
            own: is(&act.own),
        },
        "close-incident" => About::Close { outcome: word(&act.outcome).ok_or_else(gone)? },
        _ => return Err(gone()),
    };
    Ok(ActKind::Incident { who, id, about })
}

/// A fault of the relay's, by the name it has on the command line.
fn fault(reader: &Reader<'_>, name: &Spanned<String>) -> Result<FaultName, Fault> {
    let found = FaultName::from_str(name.get_ref(), false).ok().filter(|fault| fault.is_the_relays());
    found.ok_or_else(|| {
        let names: Vec<&str> = FaultName::value_variants()
            .iter()
            .filter(|fault| fault.is_the_relays())
            .map(|fault| fault.word())
            .collect();
        Fault::new(
            reader.line(name),
            format!("The relay has no fault {}. (EXER-22)", name.get_ref()),
            format!("It has: {}.", names.join(", ")),
        )
    })
}

fn missing(line: usize) -> Fault {
    Fault::new(line, "A field of this command is missing. (EXER-7)", "Compare it with the format.")
}

fn added(reader: &Reader<'_>, line: usize, who: usize, station: usize) -> Result<ActKind, Fault> {
    let of = |index: usize| reader.stations.get(index).map(|station| (station.party.clone(), station.later));
    let same_party = of(who).map(|(party, _)| party) == of(station).map(|(party, _)| party);
    if same_party && of(station).is_some_and(|(_, later)| later) {
        return Ok(ActKind::Add { who, station });
    }
    Err(Fault::new(
        line,
        "Only a station of the same party that joins later can be added. (EXER-7)",
        "Give the station `later = true` in the cast, and add it from the head of its own party.",
    ))
}

fn party(reader: &Reader<'_>, to: &Spanned<String>) -> Result<String, Fault> {
    let known = |station: &super::Station| station.party.as_ref() == Some(to.get_ref());
    if reader.stations.iter().any(known) {
        return Ok(to.get_ref().clone());
    }
    Err(Fault::new(
        reader.line(to),
        format!("There is no party {}. (EXER-3)", to.get_ref()),
        "Use the label of a party of the cast.",
    ))
}

fn span(reader: &Reader<'_>, span: &Spanned<String>) -> Result<String, Fault> {
    if SpanMs::parse(span.get_ref()).is_some() {
        return Ok(span.get_ref().clone());
    }
    Err(Fault::new(
        reader.line(span),
        format!("{} is no span of time. (EXER-18)", span.get_ref()),
        "Write a number and d, h, m, s or ms, such as 15s.",
    ))
}

fn beats(reader: &Reader<'_>, beats: &Spanned<u64>) -> Result<u64, Fault> {
    if *beats.get_ref() <= WITHIN_BEATS_MAX {
        return Ok(*beats.get_ref());
    }
    Err(Fault::new(
        reader.line(beats),
        format!("{} beats are too many to wait. (EXER-6)", beats.get_ref()),
        format!("Wait at most {WITHIN_BEATS_MAX}."),
    ))
}
