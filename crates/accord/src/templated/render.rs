//! A message as its reader sees it: in the reader's language, with the number of a codebook's entry beside it (CODEBOOK-3, MSG-11).

use super::codebook::pieces;
use super::house::words_of;
use super::message::{Message, Revises, Under};
use super::raw::Words;
use super::set::Set;
use super::template::Field;
use super::value::{Area, Value};
use crate::time::rfc3339;
use crate::words::{DispatchId, Lang};

/// One line of a message: a field's name and a value. Free text is data: whoever shows it escapes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The field's key.
    pub key: String,
    /// Its name.
    pub label: String,
    /// The value in words.
    pub value: String,
    /// Whether the value is what a person wrote.
    pub free: bool,
}

/// A message in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendering {
    /// The language.
    pub lang: Lang,
    /// Whether somebody reviewed the words in that language.
    pub reviewed: bool,
    /// The number of a codebook's entry.
    pub number: Option<u16>,
    /// The template's title, or the sentence of the codebook with its slots filled.
    pub title: String,
    /// A sentence shown with every message of the template.
    pub said: Option<String>,
    /// What it does to an earlier message: whether it takes it back, and which.
    pub revises: Option<(bool, DispatchId)>,
    /// Its fields, in the template's order.
    pub lines: Vec<Line>,
}

/// The language of the set's words that a reader is shown: the one asked for, else English, else the first.
fn choose<'a>(words: &'a Words, lang: &Lang) -> Option<(&'a Lang, &'a String)> {
    let english = || words.iter().find(|(lang, _)| lang.code() == "en");
    words.get_key_value(lang).or_else(english).or_else(|| words.iter().next())
}

/// Shows a verified message; nothing if it is not of this set.
pub fn render(message: &Message, set: &Set, lang: &Lang) -> Option<Rendering> {
    let revises = message.revises.map(|revises| match revises {
        Revises::Update(id) => (false, id),
        Revises::Cancel(id) => (true, id),
    });
    match &message.under {
        Under::Template(code, _) => {
            let template = set.template(code)?;
            let (lang, title) = choose(&template.title, lang)?;
            let said = template.said.as_ref().and_then(|said| said.get(lang)).cloned();
            let reviewed = template.is_reviewed(lang);
            let lines = lines(message, &template.fields, set, lang);
            let (lang, title) = (lang.clone(), title.clone());
            Some(Rendering { lang, reviewed, number: None, title, said, revises, lines })
        }
        Under::Codebook(code, _, number) => {
            let codebook = set.codebook(code)?;
            let entry = codebook.entries.get(number)?;
            let (lang, sentence) = choose(&entry.text, lang)?;
            let slot = |key: &str| {
                let field = entry.slots.iter().find(|slot| slot.key == key);
                let value = message.value(key);
                field.zip(value).map(|(field, value)| in_words(field, value, set, lang)).unwrap_or_default()
            };
            let filled = pieces(sentence)?.into_iter().map(|piece| match piece {
                Ok(words) => words.to_owned(),
                Err(key) => slot(key),
            });
            let (number, title, reviewed) = (Some(*number), filled.collect(), codebook.is_reviewed(lang));
            let lines = lines(message, &entry.slots, set, lang);
            Some(Rendering { lang: lang.clone(), reviewed, number, title, said: None, revises, lines })
        }
    }
}

fn lines(message: &Message, fields: &[Field], set: &Set, lang: &Lang) -> Vec<Line> {
    let of = |field: &Field| {
        let values = message.values.get(&field.key).into_iter().flatten();
        let label = choose(&field.label, lang).map_or_else(|| field.key.clone(), |(_, label)| label.clone());
        let line = |value: &Value| Line {
            key: field.key.clone(),
            label: label.clone(),
            value: in_words(field, value, set, lang),
            free: matches!(value, Value::Text(_)),
        };
        values.map(line).collect::<Vec<_>>()
    };
    fields.iter().flat_map(of).collect()
}

/// A value in words.
fn in_words(field: &Field, value: &Value, set: &Set, lang: &Lang) -> String {
    let words = words_of(lang);
    let end = |included: bool| if included { &words.included } else { &words.excluded };
    match value {
        Value::Window(from, first, until, last) => words
            .window
            .replace("{from}", &rfc3339(*from))
            .replace("{first}", end(*first))
            .replace("{until}", &rfc3339(*until))
            .replace("{last}", end(*last)),
        Value::Area(Area::Circle(place, radius)) => {
            words.circle.replace("{place}", &place.to_string()).replace("{radius}", &metres(*radius))
        }
        Value::Area(Area::Polygon(corners)) => words.polygon.replace("{places}", &way(corners)),
        Value::Track(places) => way(places),
        Value::Distance(distance) => metres(*distance),
        Value::Count(count) => match &field.unit {
            Some(unit) => set.units.counted(*count, unit, lang),
            None => count.to_string(),
        },
        Value::Choice(code) => {
            let choice = field.choices.iter().find(|choice| choice.code == *code);
            let text = choice.and_then(|choice| choose(&choice.text, lang));
            text.map_or_else(|| code.clone(), |(_, text)| text.clone())
        }
        Value::YesNo(yes) => if *yes { &words.yes } else { &words.no }.clone(),
        Value::Text(text) => text.clone(),
        Value::Instant(_) | Value::Place(_) | Value::Reference(_) | Value::Clause(..) | Value::Number(_) => {
            value.to_wire()
        }
    }
}

fn way(places: &[super::place::Place]) -> String {
    places.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// Kilometres where they are whole, else metres.
fn metres(metres: u64) -> String {
    match metres {
        0 => "0 m".to_owned(),
        _ if metres.is_multiple_of(1000) => format!("{} km", metres / 1000),
        _ => format!("{metres} m"),
    }
}
