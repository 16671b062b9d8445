//! The commands of `[[step.do]]`: which fields belong to each, and what they become. (EXER-7, EXER-8)

use super::Fault;
use super::model::{Act, ActKind};
use super::raw::{self, line_of};
use super::rules::Reader;
use crate::exercise::limits::{FILLER_BYTES_MAX, WITHIN_BEATS_MAX};
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
    command("deposit", &["who", "id"], &[]),
    command("lock", &["who"], &[]),
    command("unlock", &["who"], &[]),
    command("kill-relay", &[], &[]),
    command("start-relay", &[], &[]),
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
    if (exit != 0) != act.check.is_some() {
        return Err(Fault::new(
            line,
            "A command that is to be refused names its check, and only such a command does. (EXER-7)",
            "Write `exit = 3` together with `check = \"name-of-the-check\"`, or neither.",
        ));
    }
    let check = act.check.as_ref().map(|name| reader.check_name(name)).transpose()?;
    Ok(Act { line, kind, save: act.save.map(Spanned::into_inner), exit, check })
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
    let belongs = |field: &&str| command.needs.contains(field) || command.may.contains(field);
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
    ];
    present.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| name).collect()
}

/// The fields are there: `check_fields` saw to it. A missing one is told all the same, never assumed.
fn kind(reader: &Reader<'_>, line: usize, act: &raw::Act) -> Result<ActKind, Fault> {
    let gone =
        || Fault::new(line, "A field of this command is missing. (EXER-7)", "Compare it with the format.");
    let who = || reader.who(act.who.as_ref().ok_or_else(gone)?);
    let id = || reader.id(act.id.as_ref().ok_or_else(gone)?);
    let station = || reader.who(act.station.as_ref().ok_or_else(gone)?);
    let idle = act.idle.as_ref().is_some_and(|idle| *idle.get_ref());
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
            faithless: act.faithless.as_ref().is_some_and(|faithless| *faithless.get_ref()),
        },
        "read-back" => ActKind::ReadBack { who: who()?, id: id()?, text: texts(&act.text).ok_or_else(gone)? },
        "return" => ActKind::Return { who: who()?, id: id()? },
        "show" => ActKind::Show { who: who()?, id: id()? },
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
        "deposit" => ActKind::Deposit { who: who()?, id: id()? },
        "lock" => ActKind::Lock { who: who()? },
        "unlock" => ActKind::Unlock { who: who()? },
        "kill-relay" => ActKind::KillRelay,
        "start-relay" => ActKind::StartRelay,
        "sever" => ActKind::Sever { who: who()? },
        "mend" => ActKind::Mend { who: who()? },
        "close" => ActKind::Close { who: who()? },
        "kill-station" => ActKind::KillStation { who: who()? },
        "open" => ActKind::Open { who: who()? },
        "wait" => ActKind::Wait { beats: beats(reader, act.beats.as_ref().ok_or_else(gone)?)? },
        _ => return Err(gone()),
    })
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

/// The draft with its filler put in; it must be a dispatch with passages. (EXER-8)
fn draft(reader: &Reader<'_>, act: &raw::Act) -> Result<String, Fault> {
    let draft = act.draft.as_ref().map_or("", |draft| draft.get_ref().as_str());
    let at = act.draft.as_ref().map_or(0, |draft| draft.span().start);
    let line = line_of(reader.text, at);
    let table = draft.parse::<toml::Table>().map_err(|error| {
        let inner = error.span().map_or(0, |span| line_of(draft, span.start));
        Fault::new(
            line + inner,
            format!("The draft is not TOML: {}. (EXER-8)", error.message().trim_end_matches('.')),
            "Write it as a file for `backchannel send` would be written.",
        )
    })?;
    if table.get("passage").and_then(toml::Value::as_array).is_none_or(Vec::is_empty) {
        return Err(Fault::new(
            line,
            "The draft has no passage. (EXER-8)",
            "Add a table [[passage]] with text.en.",
        ));
    }
    match &act.filler_bytes {
        None => Ok(draft.to_owned()),
        Some(bytes) => match usize::try_from(*bytes.get_ref()) {
            Ok(bytes) if bytes <= FILLER_BYTES_MAX => Ok(draft.replace("@FILLER@", &filler(bytes))),
            _ => Err(Fault::new(
                reader.line(bytes),
                "The filler is too long. (EXER-8)",
                format!("Use at most {FILLER_BYTES_MAX} bytes."),
            )),
        },
    }
}

/// The text of an understanding, which must be one. (EXER-17)
fn understanding(reader: &Reader<'_>, act: &raw::Act) -> Result<String, Fault> {
    let draft = act.draft.as_ref().map_or("", |draft| draft.get_ref().as_str());
    let line = line_of(reader.text, act.draft.as_ref().map_or(0, |draft| draft.span().start));
    match backchannel_accord::understanding::parse(draft) {
        Ok(_) => Ok(draft.to_owned()),
        Err(error) => Err(Fault::new(
            line,
            format!("The text is not an understanding: {error} (EXER-17)"),
            "Write it as a file for `backchannel understanding check` would be written.",
        )),
    }
}

/// Text of about `bytes` bytes, no two sentences alike, so that any piece of it can be looked for.
fn filler(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 80);
    let mut number = 1_u32;
    while text.len() < bytes {
        text.push_str(&format!(
            "Entry {number} of the annex records observation post {} as quiet. ",
            number * 7919
        ));
        number = number.saturating_add(1);
    }
    text.truncate(bytes);
    text.trim_end().to_owned()
}
