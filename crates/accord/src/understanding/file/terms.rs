//! Reads scopes and the terms that have to do with time.

use super::raw;
use super::read::{Read, Reader};
use crate::understanding::code::Code;
use crate::understanding::model::{Place, Scope};
use crate::understanding::timing::{Bound, End, Ladder, Moment, Period, Renewal, Timing, Urgent, ZoneEntry};
use toml::value::Table;
use toml::{Spanned, Value};

pub(super) fn timing(reader: &Reader<'_>, raw: raw::Term) -> Read<Timing> {
    let end = match (&raw.until, &raw.lasts) {
        (Some(until), None) => Some(End::At(reader.bound(until, raw.until_inclusive)?)),
        (None, Some(lasts)) => Some(End::After { span: reader.span(lasts)?, inclusive: raw.until_inclusive }),
        (None, None) => None,
        (Some(until), Some(_)) => {
            return Err(reader.at(
                until.span(),
                "both `until` and `lasts` say when it ends",
                "leave one out",
            ));
        }
    };
    let mut zones = raw.zone.iter().map(|entry| zone(reader, entry)).collect::<Read<Vec<_>>>()?;
    zones.sort_by(|a, b| a.zone.cmp(&b.zone));
    Ok(Timing {
        from: raw.from.as_ref().map(|from| reader.bound(from, raw.from_inclusive)).transpose()?,
        zones,
        end,
        renewal: raw.renewal.as_ref().map(|raw| renewal(reader, raw)).transpose()?,
        notice: reader.spans(raw.notice.as_ref())?,
        urgent: raw.urgent.as_ref().map(|raw| urgent(reader, raw)).transpose()?,
        brake: reader.spans(raw.brake.as_ref())?,
        reply: reader.spans(raw.reply.as_ref())?,
        complaint: reader.spans(raw.complaint.as_ref())?,
        told: raw.told.filter(|told| *told),
        set_times: reader.spans(raw.set_times.as_ref())?,
        ladder: raw.ladder.as_ref().map(|raw| ladder(reader, raw)).transpose()?,
    })
}

fn ladder(reader: &Reader<'_>, raw: &raw::Ladder) -> Read<Ladder> {
    Ok(Ladder {
        second: reader.span(&raw.second_query)?,
        meeting: reader.span(&raw.meeting)?,
        complaint: reader.span(&raw.complaint)?,
    })
}

fn zone(reader: &Reader<'_>, raw: &raw::ZoneEntry) -> Read<ZoneEntry> {
    Ok(ZoneEntry { zone: reader.code(&raw.zone)?, from: reader.bound(&raw.from, raw.inclusive)? })
}

fn renewal(reader: &Reader<'_>, raw: &raw::Renewal) -> Read<Renewal> {
    Ok(Renewal { span: reader.span(&raw.by)?, before: reader.span(&raw.before)? })
}

fn urgent(reader: &Reader<'_>, raw: &raw::Urgent) -> Read<Urgent> {
    Ok(Urgent { grounds: reader.codes(&raw.grounds)?, notice: reader.spans(raw.notice.as_ref())? })
}

/// Place and time, each of which may be left out and then found missing.
pub(super) fn scope(
    reader: &Reader<'_>,
    place_value: Option<&Spanned<Value>>,
    time_value: Option<&Spanned<Value>>,
) -> Read<Scope> {
    let place = place_value.map(|value| place(reader, value)).transpose()?;
    let time = time_value.map(|value| period(reader, value)).transpose()?;
    Ok(Scope { place, time })
}

fn place(reader: &Reader<'_>, value: &Spanned<Value>) -> Read<Place> {
    let wrong =
        || reader.at(value.span(), "this is not a place", "write \"anywhere\", or zones: [\"north\"]");
    match value.get_ref() {
        Value::String(text) if text.trim() == "anywhere" => Ok(Place::Anywhere),
        Value::Array(list) => {
            let code = |value: &Value| value.as_str().and_then(Code::new).ok_or_else(wrong);
            let mut zones = list.iter().map(code).collect::<Read<Vec<_>>>()?;
            zones.sort();
            zones.dedup();
            if zones.is_empty() { Err(wrong()) } else { Ok(Place::Zones(zones)) }
        }
        _ => Err(wrong()),
    }
}

const ENDS: [&str; 4] = ["from", "from_inclusive", "until", "until_inclusive"];

fn period(reader: &Reader<'_>, value: &Spanned<Value>) -> Read<Period> {
    let hint = "write \"term\", or { from = \"...\", from_inclusive = true, until = \"...\", until_inclusive = false }";
    let wrong = || reader.at(value.span(), "this is not a time", hint);
    match value.get_ref() {
        Value::String(text) if text.trim() == "term" => Ok(Period::Term),
        Value::Table(table) if table.keys().all(|key| ENDS.contains(&key.as_str())) => {
            let end = |name: &str| bound(table, name).ok_or_else(wrong);
            Ok(Period::Between { from: end("from")?, until: end("until")? })
        }
        _ => Err(wrong()),
    }
}

fn bound(table: &Table, name: &str) -> Option<Bound> {
    let text = match table.get(name)? {
        Value::String(text) => text.clone(),
        Value::Datetime(instant) => instant.to_string(),
        _ => return None,
    };
    let inclusive = match table.get(&format!("{name}_inclusive")) {
        None => None,
        Some(Value::Boolean(inclusive)) => Some(*inclusive),
        Some(_) => return None,
    };
    Some(Bound { moment: Moment::parse(&text)?, inclusive })
}
