//! A template of a message: its fields, its time rule, its words. Read from a file, ours and a channel's alike (TEMPLATE rules).

use super::raw::{self, FileError, Words, all_languages, words};
use super::value::{Type, code, metres};
use crate::event::Precedence;
use crate::limits::{CHOICES_MAX, FIELD_TIMES_MAX, FIELDS_MAX};
use crate::understanding::SpanMs;
use crate::words::Lang;
use std::collections::{BTreeMap, BTreeSet};

/// What a message of a template is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// It tells.
    Notification,
    /// It asks, and starts a clock.
    Query,
    /// It answers a query or a complaint.
    Clarification,
    /// It gives notice.
    Notice,
    /// It tests the line.
    LineCheck,
    /// It says that the channel is known.
    Exposure,
    /// It is about public words.
    Statement,
    /// It is about the line: its checks, suspension, resumption.
    Line,
    /// It is about the watch of one delegation.
    Watch,
}

/// One choice of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its code.
    pub code: String,
    /// Its words.
    pub text: Words,
}

/// One field of a template, or one slot of a codebook's entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its key.
    pub key: String,
    /// What it holds.
    pub kind: Type,
    /// Whether it has to be there.
    pub required: bool,
    /// How often it may be given.
    pub times: usize,
    /// The unit of a count, by its code.
    pub unit: Option<String>,
    /// The least and the most of a count or a distance.
    pub bounds: (u64, u64),
    /// Its name.
    pub label: Words,
    /// Its choices.
    pub choices: Vec<Choice>,
}

/// When a message of a template is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeRule {
    /// So long before the instant of a field, and so long before it at most.
    Before {
        /// The field: an instant, or a window, whose beginning counts.
        field: String,
        /// Milliseconds at least.
        least_ms: u64,
        /// Milliseconds at most.
        most_ms: Option<u64>,
        /// Other least times, by the choice of another field.
        grades: Option<(String, BTreeMap<String, u64>)>,
    },
    /// So long after the instant of a field at most.
    After {
        /// The field.
        field: String,
        /// Milliseconds at most.
        most_ms: u64,
    },
    /// Without delay: nothing to compute.
    AtOnce,
    /// Within the reply time of what it answers.
    WithinQuery,
    /// As the understanding's terms say.
    Terms,
}

/// Within what time an answer is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Milliseconds.
    pub within_ms: u64,
    /// Milliseconds if the field of that key says yes.
    pub urgent: Option<(String, u64)>,
}

/// A template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name.
    pub code: String,
    /// Its version.
    pub version: u32,
    /// Which practice it follows.
    pub source: String,
    /// What its messages are for.
    pub purpose: Purpose,
    /// Their urgency, unless the sender says otherwise.
    pub precedence: Precedence,
    /// Whether they may be updated and cancelled.
    pub cancels: bool,
    /// Its title.
    pub title: Words,
    /// A sentence shown with every message.
    pub said: Option<Words>,
    /// When its messages are to be sent, if it has a rule.
    pub time: Option<TimeRule>,
    /// The longest a window may be: the field and milliseconds.
    pub window: Option<(String, u64)>,
    /// Within what time an answer is due.
    pub reply: Option<Reply>,
    /// The least distances from the agreed line: the field and metres.
    pub distances: Vec<(String, u64)>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Who reviewed each translation; nobody if the name is empty.
    pub reviewed_by: BTreeMap<Lang, String>,
}

impl Template {
    /// Reads a file.
    pub fn read(file: &str, text: &str) -> Result<Self, FileError> {
        let raw: raw::Template = raw::toml(file, text)?;
        let fault = |problem: String| FileError { file: file.to_owned(), line: None, problem };
        build(raw).map_err(fault)
    }

    /// The field of a key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// Whether somebody reviewed its words in a language; the English is ours.
    pub fn is_reviewed(&self, lang: &Lang) -> bool {
        lang.code() == "en" || self.reviewed_by.get(lang).is_some_and(|name| !name.is_empty())
    }
}

fn build(raw: raw::Template) -> Result<Template, String> {
    let title = words("the title", raw.title)?;
    let languages: BTreeSet<Lang> = title.keys().cloned().collect();
    let fields = fields(raw.field, &languages)?;
    let reviewed_by = raw::reviewed(raw.reviewed_by, &languages)?;
    let said = raw.said.map(|said| words("said", said)).transpose()?;
    let mut template = Template {
        code: code(&raw.code).ok_or("its code is a to z, digits and hyphens, at most 40")?,
        version: raw.version,
        source: raw.source,
        purpose: raw.kind,
        precedence: raw::precedence(&raw.precedence)?,
        cancels: raw.cancels,
        title,
        said,
        time: None,
        window: None,
        reply: None,
        distances: Vec::new(),
        fields,
        reviewed_by,
    };
    template.time = raw.time.map(|time| time_rule(&template, time)).transpose()?;
    template.window = raw.window.map(|window| window_rule(&template, window)).transpose()?;
    template.reply = raw.reply.map(|reply| reply_rule(&template, reply)).transpose()?;
    template.distances =
        raw.distance.into_iter().map(|one| distance_rule(&template, one)).collect::<Result<_, _>>()?;
    if let Some(said) = &template.said {
        all_languages("said", said, &languages)?;
    }
    Ok(template)
}

/// Reads fields, or slots, which have the same kinds and bounds (TEMPLATE-2).
pub(super) fn fields(raw: Vec<raw::Field>, languages: &BTreeSet<Lang>) -> Result<Vec<Field>, String> {
    if raw.len() > FIELDS_MAX {
        return Err(format!("it has more than {FIELDS_MAX} fields"));
    }
    let mut keys = BTreeSet::new();
    raw.into_iter()
        .map(|raw| {
            let field = field(raw, languages)?;
            if !keys.insert(field.key.clone()) {
                return Err(format!("the field {} is there twice", field.key));
            }
            Ok(field)
        })
        .collect()
}

fn field(raw: raw::Field, languages: &BTreeSet<Lang>) -> Result<Field, String> {
    let key = code(&raw.key).ok_or("the key of a field is a to z, digits and hyphens, at most 40")?;
    let of = |what: &str| format!("the field {key}: {what}");
    let label = match raw.label {
        Some(label) => words(&of("its label"), label)?,
        None => Words::new(),
    };
    if !label.is_empty() {
        all_languages(&of("its label"), &label, languages)?;
    }
    let choices = choices(&of("a choice"), raw.choice, languages)?;
    if (raw.kind == Type::Choice) == choices.is_empty() {
        return Err(of("a choice, and nothing else, has 2 to 32 choices"));
    }
    if raw.unit.is_some() && raw.kind != Type::Count {
        return Err(of("only a count has a unit"));
    }
    let bounded = raw.least.is_some() || raw.most.is_some();
    if bounded && !matches!(raw.kind, Type::Count | Type::Distance) {
        return Err(of("only a count or a distance has a least and a most"));
    }
    let bounds = (raw.least.unwrap_or(0), raw.most.unwrap_or(u64::MAX));
    if bounds.0 > bounds.1 || !(1..=FIELD_TIMES_MAX).contains(&raw.many) {
        return Err(of("its bounds hold nothing, or it may be given more than 16 times"));
    }
    Ok(Field {
        key,
        kind: raw.kind,
        required: raw.required,
        times: raw.many,
        unit: raw.unit,
        bounds,
        label,
        choices,
    })
}

fn choices(what: &str, raw: Vec<raw::Choice>, languages: &BTreeSet<Lang>) -> Result<Vec<Choice>, String> {
    if raw.len() == 1 || raw.len() > CHOICES_MAX {
        return Err(format!("{what}: there are 2 to {CHOICES_MAX}"));
    }
    let mut codes = BTreeSet::new();
    raw.into_iter()
        .map(|raw| {
            let text = words(what, raw.text)?;
            all_languages(what, &text, languages)?;
            let code =
                code(&raw.code).ok_or_else(|| format!("{what}: its code is a to z, digits and hyphens"))?;
            if !codes.insert(code.clone()) {
                return Err(format!("{what}: {code} is there twice"));
            }
            Ok(Choice { code, text })
        })
        .collect()
}

fn of_type<'a>(template: &'a Template, key: &str, kinds: &[Type]) -> Result<&'a Field, String> {
    let field =
        template.field(key).ok_or_else(|| format!("a rule names the field {key}, which is not there"))?;
    let fits = kinds.contains(&field.kind);
    fits.then_some(field).ok_or_else(|| format!("a rule names the field {key}, which is of another type"))
}

pub(super) fn span(text: &str) -> Result<u64, String> {
    SpanMs::parse(text).map(|span| span.0).ok_or_else(|| "a span is a number and d, h or m".to_owned())
}

fn time_rule(template: &Template, raw: raw::Time) -> Result<TimeRule, String> {
    let timed = |field: Option<String>| {
        let field = field.ok_or("the time rule names no field")?;
        of_type(template, &field, &[Type::Instant, Type::Window])?;
        Ok::<String, String>(field)
    };
    let most_ms = raw.most.as_deref().map(span).transpose()?;
    Ok(match raw.rule.as_str() {
        "before" => TimeRule::Before {
            field: timed(raw.field)?,
            least_ms: raw.least.as_deref().map(span).transpose()?.ok_or("before what time at least?")?,
            most_ms,
            grades: raw.graded_by.map(|by| grades(template, by, raw.grades)).transpose()?,
        },
        "after" => {
            TimeRule::After { field: timed(raw.field)?, most_ms: most_ms.ok_or("after what time at most?")? }
        }
        "at-once" => TimeRule::AtOnce,
        "within-query" => TimeRule::WithinQuery,
        "terms" => TimeRule::Terms,
        _ => return Err("a time rule is before, after, at-once, within-query or terms".to_owned()),
    })
}

fn grades(
    template: &Template,
    by: String,
    raw: Vec<raw::Grade>,
) -> Result<(String, BTreeMap<String, u64>), String> {
    let field = of_type(template, &by, &[Type::Choice])?;
    let mut grades = BTreeMap::new();
    for grade in raw {
        if !field.choices.iter().any(|choice| choice.code == grade.when) {
            return Err(format!("a grade names the choice {}, which is not there", grade.when));
        }
        grades.insert(grade.when, span(&grade.least)?);
    }
    Ok((by, grades))
}

fn window_rule(template: &Template, raw: raw::Window) -> Result<(String, u64), String> {
    of_type(template, &raw.field, &[Type::Window])?;
    Ok((raw.field, span(&raw.most)?))
}

fn reply_rule(template: &Template, raw: raw::Reply) -> Result<Reply, String> {
    let urgent = match (raw.urgent, raw.urgent_by) {
        (Some(urgent), Some(by)) => {
            of_type(template, &by, &[Type::YesNo])?;
            Some((by, span(&urgent)?))
        }
        (None, None) => None,
        _ => return Err("urgent and urgent_by go together".to_owned()),
    };
    Ok(Reply { within_ms: span(&raw.within)?, urgent })
}

fn distance_rule(template: &Template, raw: raw::Distance) -> Result<(String, u64), String> {
    of_type(template, &raw.field, &[Type::Place, Type::Area, Type::Track])?;
    let least = metres(&raw.least).ok_or("a distance is a number and m, km or nmi")?;
    Ok((raw.field, least))
}
