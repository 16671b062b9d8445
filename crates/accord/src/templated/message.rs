//! A templated message, and the notation in which a dispatch carries it as its one passage in the language `zxx` (MSG rules).

use super::set::{Set, SetDigest};
use super::template::Field;
use super::value::{Value, ValueError, code};
use crate::limits::{FIELD_TIMES_MAX, FIELDS_MAX, MESSAGE_BYTES_MAX};
use crate::words::DispatchId;
use backchannel_wire::ids::{hex, unhex};
use std::collections::BTreeMap;

/// The language of a passage that holds a message: no linguistic content (ISO 639-2).
pub const LANGUAGE: &str = "zxx";
const FIRST: &str = "backchannel message 1";

/// Under what a message was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Under {
    /// A template and its version.
    Template(String, u32),
    /// A codebook, its version, and the number of the entry.
    Codebook(String, u32, u16),
}

/// What it does to an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revises {
    /// It stands in its place.
    Update(DispatchId),
    /// It takes it back.
    Cancel(DispatchId),
}

/// A message as it was carried: nothing of it was compared with a template yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Under what it was written.
    pub under: Under,
    /// Under which set of templates.
    pub set: SetDigest,
    /// What it does to an earlier one.
    pub revises: Option<Revises>,
    /// Its fields, as they stand.
    pub fields: Vec<(String, String)>,
}

/// Why a text is no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// It is too long.
    #[error("a message has at most 16 KiB (MSG-1)")]
    TooLong,
    /// It does not begin as one.
    #[error("it does not begin as a message of version 1 (MSG-2)")]
    First,
    /// What it was written under cannot be read.
    #[error("it does not name a template, or a codebook and a number (MSG-3)")]
    Under,
    /// The set cannot be read.
    #[error("it does not name the set of templates (MSG-4)")]
    Set,
    /// A field cannot be read.
    #[error("a line is no field (MSG-5)")]
    Field,
    /// It has more fields than any template.
    #[error("it has too many fields (MSG-5)")]
    Fields,
    /// It is not written in its one form.
    #[error("it is not written in its one form (MSG-6)")]
    Form,
}

impl MessageError {
    /// The number of the rule that was broken.
    pub fn rule(self) -> &'static str {
        match self {
            Self::TooLong => "MSG-1",
            Self::First => "MSG-2",
            Self::Under => "MSG-3",
            Self::Set => "MSG-4",
            Self::Field | Self::Fields => "MSG-5",
            Self::Form => "MSG-6",
        }
    }
}

impl Carried {
    /// Reads the notation.
    pub fn read(text: &str) -> Result<Self, MessageError> {
        if text.len() > MESSAGE_BYTES_MAX {
            return Err(MessageError::TooLong);
        }
        let mut lines = text.split('\n').peekable();
        if lines.next() != Some(FIRST) {
            return Err(MessageError::First);
        }
        let under = under(lines.next().ok_or(MessageError::Under)?).ok_or(MessageError::Under)?;
        let set = lines
            .next()
            .and_then(|line| unhex(line.strip_prefix("set ")?))
            .and_then(|set| set.try_into().ok());
        let set = set.ok_or(MessageError::Set)?;
        let revises = lines.peek().and_then(|line| revision(line));
        if revises.is_some() {
            lines.next();
        }
        let mut fields = Vec::new();
        for line in lines {
            let (key, value) = line.split_once(' ').ok_or(MessageError::Field)?;
            let key = code(key).filter(|_| !value.is_empty()).ok_or(MessageError::Field)?;
            if fields.len() >= FIELDS_MAX * FIELD_TIMES_MAX {
                return Err(MessageError::Fields);
            }
            fields.push((key, value.to_owned()));
        }
        let message = Self { under, set, revises, fields };
        if message.write() == text { Ok(message) } else { Err(MessageError::Form) }
    }

    /// Writes the notation.
    pub fn write(&self) -> String {
        let under = match &self.under {
            Under::Template(code, version) => format!("template {code} {version}"),
            Under::Codebook(code, version, number) => format!("codebook {code} {version} {number}"),
        };
        let mut lines = vec![FIRST.to_owned(), under, format!("set {}", hex(&self.set))];
        lines.extend(self.revises.map(|revises| match revises {
            Revises::Update(id) => format!("update {}", id.to_hex()),
            Revises::Cancel(id) => format!("cancel {}", id.to_hex()),
        }));
        lines.extend(self.fields.iter().map(|(key, value)| format!("{key} {value}")));
        lines.join("\n")
    }
}

fn under(line: &str) -> Option<Under> {
    let mut words = line.split(' ');
    let (kind, name) = (words.next()?, code(words.next()?)?);
    let version = words.next()?.parse().ok()?;
    let number = words.next();
    match (kind, number, words.next()) {
        ("template", None, None) => Some(Under::Template(name, version)),
        ("codebook", Some(number), None) => Some(Under::Codebook(name, version, number.parse().ok()?)),
        _ => None,
    }
}

fn revision(line: &str) -> Option<Revises> {
    let (what, id) = line.split_once(' ')?;
    match what {
        "update" => DispatchId::from_hex(id).map(Revises::Update),
        "cancel" => DispatchId::from_hex(id).map(Revises::Cancel),
        _ => None,
    }
}

/// A message that keeps to its template: the values of each field, in the template's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Under what it was written.
    pub under: Under,
    /// What it does to an earlier one.
    pub revises: Option<Revises>,
    /// Its values by key.
    pub values: BTreeMap<String, Vec<Value>>,
}

/// Why a message does not keep to its template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// Template, codebook, number, version or set are not known here: nothing of it is guessed.
    #[error("this station does not hold what it was written under (MSG-7)")]
    Unknown,
    /// A field is not the template's.
    #[error("the field {0} is not the template's (MSG-8)")]
    Extra(String),
    /// A field is missing.
    #[error("the field {0} is missing (MSG-8)")]
    Missing(String),
    /// A field is given too often, or not in the template's order.
    #[error("the field {0} is given too often, or not in its place (MSG-8)")]
    Order(String),
    /// A value is not of its type.
    #[error("the field {0}: {1}")]
    Value(String, ValueError),
    /// A value is beyond its bounds, or no choice of the field.
    #[error("the field {0} is beyond its bounds, or none of its choices (MSG-9)")]
    Bounds(String),
    /// It may be neither updated nor cancelled.
    #[error("a message of this template is neither updated nor cancelled (MSG-10)")]
    Revises,
}

/// The fields of what a message was written under, and whether it may be updated and cancelled.
fn fields_of<'a>(under: &Under, set: &'a Set) -> Result<(&'a [Field], bool), Mismatch> {
    match under {
        Under::Template(code, version) => {
            let known = set.template(code).filter(|template| template.version == *version);
            known.map(|template| (template.fields.as_slice(), template.cancels)).ok_or(Mismatch::Unknown)
        }
        Under::Codebook(code, version, number) => {
            let known = set.codebook(code).filter(|codebook| codebook.version == *version);
            let entry = known.and_then(|codebook| codebook.entries.get(number)).ok_or(Mismatch::Unknown)?;
            Ok((entry.slots.as_slice(), false))
        }
    }
}

impl Message {
    /// Compares what was carried with the set it names; `set` must be that set.
    pub fn verify(carried: &Carried, set: &Set) -> Result<Self, Mismatch> {
        if carried.set != set.digest() {
            return Err(Mismatch::Unknown);
        }
        let (fields, cancels) = fields_of(&carried.under, set)?;
        let mut values: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        let mut place = 0;
        for (key, text) in &carried.fields {
            let at = fields.iter().position(|field| field.key == *key);
            let at = at.ok_or_else(|| Mismatch::Extra(key.clone()))?;
            let field = fields.get(at).ok_or(Mismatch::Unknown)?;
            let of = values.entry(key.clone()).or_default();
            if at < place || of.len() >= field.times {
                return Err(Mismatch::Order(key.clone()));
            }
            place = at;
            let value =
                Value::from_wire(field.kind, text).map_err(|error| Mismatch::Value(key.clone(), error))?;
            of.push(value);
        }
        let message = Self { under: carried.under.clone(), revises: carried.revises, values };
        message.keeps_to(fields, cancels)?;
        Ok(message)
    }

    /// Takes values for a message of the set, as somebody writes one.
    pub fn new(
        under: Under,
        revises: Option<Revises>,
        values: BTreeMap<String, Vec<Value>>,
        set: &Set,
    ) -> Result<Self, Mismatch> {
        let message = Self { under, revises, values };
        let (fields, cancels) = fields_of(&message.under, set)?;
        if let Some(extra) = message.values.keys().find(|key| !fields.iter().any(|field| field.key == **key))
        {
            return Err(Mismatch::Extra(extra.clone()));
        }
        message.keeps_to(fields, cancels)?;
        Ok(message)
    }

    fn keeps_to(&self, fields: &[Field], cancels: bool) -> Result<(), Mismatch> {
        if self.revises.is_some() && !cancels {
            return Err(Mismatch::Revises);
        }
        // What is taken back needs no more than its name.
        let cancelled = matches!(self.revises, Some(Revises::Cancel(_)));
        for field in fields {
            let given = self.values.get(&field.key).map(Vec::as_slice).unwrap_or_default();
            if given.is_empty() && field.required && !cancelled {
                return Err(Mismatch::Missing(field.key.clone()));
            }
            if given.len() > field.times {
                return Err(Mismatch::Order(field.key.clone()));
            }
            if !given.iter().all(|value| within(field, value)) {
                return Err(Mismatch::Bounds(field.key.clone()));
            }
        }
        Ok(())
    }

    /// What carries it, under a set.
    pub fn carried(&self, set: &Set) -> Carried {
        let fields = fields_of(&self.under, set).map(|(fields, _)| fields).unwrap_or_default();
        let lines = fields.iter().flat_map(|field| {
            let of = self.values.get(&field.key).into_iter().flatten();
            of.map(|value| (field.key.clone(), value.to_wire()))
        });
        let fields = lines.collect();
        Carried { under: self.under.clone(), set: set.digest(), revises: self.revises, fields }
    }

    /// The first value of a field.
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.values.get(key)?.first()
    }
}

fn within(field: &Field, value: &Value) -> bool {
    match value {
        Value::Count(number) | Value::Number(number) | Value::Distance(number) => {
            (field.bounds.0..=field.bounds.1).contains(number)
        }
        Value::Choice(code) => field.choices.iter().any(|choice| choice.code == *code),
        _ => true,
    }
}
