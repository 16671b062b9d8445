//! The file a person writes a message in, and a blank one to fill in (DRAFT-7).

use super::message::{Message, Mismatch, Revises, Under};
use super::set::Set;
use super::template::Field;
use super::value::{Type, Value, ValueError};
use crate::limits::DRAFT_BYTES_MAX;
use crate::words::DispatchId;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    template: Option<String>,
    codebook: Option<String>,
    number: Option<u16>,
    update: Option<String>,
    cancel: Option<String>,
    #[serde(default)]
    fields: BTreeMap<String, Given>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Given {
    One(String),
    Many(Vec<String>),
}

/// Why a file is no message. It never repeats what was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// It is no TOML, or has a field no message has.
    #[error("the file cannot be read: {0}")]
    File(String),
    /// It names neither a template nor a number of a codebook, or both.
    #[error("it names a template, or a codebook and a number")]
    Under,
    /// There is no such template or number.
    #[error("there is no such template, or no such number in the codebook; see `backchannel notify --list`")]
    Unknown,
    /// What it updates or cancels is no id, or it does both.
    #[error("what it updates, or cancels, is the id of one dispatch: 32 hexadecimal digits")]
    Revises,
    /// A field.
    #[error("the field {0}: {1}")]
    Field(String, ValueError),
    /// It does not keep to the template.
    #[error(transparent)]
    Mismatch(#[from] Mismatch),
}

/// How names of dispatches are read: the beginning of an id, and what an answer is about.
pub struct Names<'a> {
    /// The dispatch, by its author's name for it, of an id or the beginning of one.
    pub resolve: &'a dyn Fn(&str) -> Option<DispatchId>,
    /// What the message answers: it stands in the template's first reference if the file leaves that out.
    pub answers: Option<DispatchId>,
}

/// Reads a file.
pub fn read(text: &str, set: &Set) -> Result<Message, DraftError> {
    read_with(text, set, &Names { resolve: &DispatchId::from_hex, answers: None })
}

/// Reads a file that may name dispatches by the beginnings of their ids.
pub fn read_with(text: &str, set: &Set, names: &Names<'_>) -> Result<Message, DraftError> {
    if text.len() > DRAFT_BYTES_MAX {
        return Err(DraftError::File("it is too long".to_owned()));
    }
    let raw: Raw = toml::from_str(text).map_err(|error| {
        let line = error.span().and_then(|span| text.get(..span.start));
        let line = line.map_or(1, |before| before.bytes().filter(|byte| *byte == b'\n').count() + 1);
        // The message of the library may hold what was written: only the line is told.
        DraftError::File(format!("line {line} is not as it should be"))
    })?;
    let under = under(&raw, set)?;
    let fields = fields(&under, set).ok_or(DraftError::Unknown)?;
    let revises = revises(&raw, names)?;
    let mut values: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (key, given) in raw.fields {
        let Some(field) = fields.iter().find(|field| field.key == key) else {
            return Err(Mismatch::Extra(key).into());
        };
        let given = match given {
            Given::One(text) => vec![text],
            Given::Many(texts) => texts,
        };
        let read = |text: String| {
            let named = (names.resolve)(text.trim()).filter(|_| field.kind == Type::Reference);
            if let Some(id) = named {
                return Ok(Value::Reference(id));
            }
            Value::parse(field.kind, &text).map_err(|error| DraftError::Field(field.key.clone(), error))
        };
        values.insert(field.key.clone(), given.into_iter().map(read).collect::<Result<_, _>>()?);
    }
    let reference = fields.iter().find(|field| field.kind == Type::Reference);
    if let (Some(field), Some(answers)) = (reference, names.answers) {
        values.entry(field.key.clone()).or_insert_with(|| vec![Value::Reference(answers)]);
    }
    Ok(Message::new(under, revises, values, set)?)
}

fn under(raw: &Raw, set: &Set) -> Result<Under, DraftError> {
    match (&raw.template, &raw.codebook, raw.number) {
        (Some(code), None, None) => {
            let version = set.template(code).ok_or(DraftError::Unknown)?.version;
            Ok(Under::Template(code.clone(), version))
        }
        (None, Some(code), Some(number)) => {
            let version = set.codebook(code).ok_or(DraftError::Unknown)?.version;
            Ok(Under::Codebook(code.clone(), version, number))
        }
        _ => Err(DraftError::Under),
    }
}

fn fields<'a>(under: &Under, set: &'a Set) -> Option<&'a [Field]> {
    match under {
        Under::Template(code, _) => set.template(code).map(|template| template.fields.as_slice()),
        Under::Codebook(code, _, number) => {
            set.codebook(code)?.entries.get(number).map(|entry| entry.slots.as_slice())
        }
    }
}

fn revises(raw: &Raw, names: &Names<'_>) -> Result<Option<Revises>, DraftError> {
    let id = |text: &String| (names.resolve)(text.trim()).ok_or(DraftError::Revises);
    Ok(match (&raw.update, &raw.cancel) {
        (None, None) => None,
        (Some(of), None) => Some(Revises::Update(id(of)?)),
        (None, Some(of)) => Some(Revises::Cancel(id(of)?)),
        _ => return Err(DraftError::Revises),
    })
}

/// A file to fill in; nothing if there is no such template or entry.
pub fn blank(under: &Under, set: &Set) -> Option<String> {
    let fields = fields(under, set)?;
    let mut out = match under {
        Under::Template(code, _) => format!("template = \"{code}\"\n"),
        Under::Codebook(code, _, number) => format!("codebook = \"{code}\"\nnumber = {number}\n"),
    };
    out.push_str("\n[fields]\n");
    for field in fields {
        let label = field.label.iter().find(|(lang, _)| lang.code() == "en");
        let label = label.or(field.label.iter().next()).map_or(field.key.as_str(), |(_, label)| label);
        let may = if field.required { "" } else { " (may be left out)" };
        let _ = writeln!(out, "# {label}{may}: {}", how(field));
        let mark = if field.required { "" } else { "# " };
        let _ = writeln!(out, "{mark}{} = \"\"", field.key);
    }
    Some(out)
}

/// How a field is written.
fn how(field: &Field) -> String {
    let text = match field.kind {
        Type::Instant => "2026-11-25T03:10Z",
        Type::Window => "2026-12-01T06:00Z included to 2026-12-03T06:00Z excluded",
        Type::Place => "36.5N 12.25E",
        Type::Area => "circle 36.5N 12.25E 5km, or polygon 36N 12E; 36N 13E; 37N 12E",
        Type::Track => "36N 12E; 36N 13E",
        Type::Distance => "40km, 22nmi or 500m",
        Type::Count | Type::Number => "digits",
        Type::Choice => {
            let codes: Vec<&str> = field.choices.iter().map(|choice| choice.code.as_str()).collect();
            return codes.join(", ");
        }
        Type::YesNo => "yes or no",
        Type::Line => "one line",
        Type::Text => "free text",
        Type::Reference => "the id of a dispatch",
        Type::Clause => "an understanding's id, a slash, a clause's name",
    };
    text.to_owned()
}
