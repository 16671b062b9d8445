//! Writes what was filled in as the TOML texts that the station reads: the same that a person writes by hand.

use crate::door::Fields;
use crate::limits::PASSAGES_MAX;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// The passages of a form, by number: disclosure and texts by language. Empty texts are left out.
pub fn passages(fields: &Fields) -> Vec<(u32, String, BTreeMap<String, String>)> {
    let mut numbers: Vec<u32> = fields
        .pairs()
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("passage.")?.strip_suffix(".disclosure")?.parse().ok())
        .collect();
    numbers.dedup();
    numbers.truncate(PASSAGES_MAX);
    let each = numbers.into_iter().map(|number| {
        let disclosure = fields.get(&format!("passage.{number}.disclosure")).to_owned();
        (number, disclosure, fields.under(&format!("passage.{number}.text.")))
    });
    each.collect()
}

/// A draft of a dispatch.
pub fn draft(fields: &Fields) -> String {
    let mut table = Table::new();
    for name in ["to", "form", "precedence", "reply_by", "date", "heading", "addressee"] {
        if let Some(value) = fields.some(name) {
            table.insert(name.to_owned(), Value::String(value));
        }
    }
    let retention = match (fields.get("retention"), fields.some("until")) {
        ("until", Some(until)) => Some(format!("until {until}")),
        ("until" | "", _) => None,
        (other, _) => Some(other.to_owned()),
    };
    if let Some(retention) = retention {
        table.insert("retention".to_owned(), Value::String(retention));
    }
    let written: Vec<Value> = passages(fields)
        .into_iter()
        .filter(|(_, _, texts)| !texts.is_empty())
        .map(|(_, disclosure, texts)| {
            let texts: Table = texts.into_iter().map(|(lang, text)| (lang, Value::String(text))).collect();
            let mut passage = Table::new();
            passage.insert("disclosure".to_owned(), Value::String(disclosure));
            passage.insert("text".to_owned(), Value::Table(texts));
            Value::Table(passage)
        })
        .collect();
    table.insert("passage".to_owned(), Value::Array(written));
    table.to_string()
}

/// A message by a template, or by a number of a codebook. A field that may be given more than once is written a line each.
pub fn message(fields: &Fields) -> String {
    let mut table = Table::new();
    for name in ["template", "codebook", "update", "cancel"] {
        if let Some(value) = fields.some(name) {
            table.insert(name.to_owned(), Value::String(value));
        }
    }
    if let Ok(number) = fields.get("number").parse::<u16>() {
        table.insert("number".to_owned(), Value::Integer(number.into()));
    }
    let several = fields.some("several").unwrap_or_default();
    let several: Vec<&str> = several.split(' ').collect();
    let mut given = Table::new();
    for (key, text) in fields.under("field.") {
        let value = if several.contains(&key.as_str()) {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            Value::Array(lines.map(|line| Value::String(line.to_owned())).collect())
        } else {
            Value::String(text.trim().to_owned())
        };
        given.insert(key, value);
    }
    if !given.is_empty() {
        table.insert("fields".to_owned(), Value::Table(given));
    }
    table.to_string()
}

/// A claim. What it rests on is written a line each.
pub fn claim(fields: &Fields) -> String {
    let mut table = Table::new();
    for name in ["who", "when", "source", "evidence"] {
        if let Some(value) = fields.some(name) {
            table.insert(name.to_owned(), Value::String(value.replace("\r\n", "\n")));
        }
    }
    table.insert("public".to_owned(), Value::Boolean(fields.is("public")));
    let grading = [fields.get("reliability"), fields.get("credibility")].concat();
    if !grading.is_empty() {
        table.insert("grading".to_owned(), Value::String(grading));
    }
    for name in ["rests_on", "statements"] {
        let given = fields.some(name).unwrap_or_default();
        let lines = given.lines().map(str::trim).filter(|line| !line.is_empty());
        let lines: Vec<Value> = lines.map(|line| Value::String(line.to_owned())).collect();
        table.insert(name.to_owned(), Value::Array(lines));
    }
    let texts = fields.under("text.").into_iter().map(|(lang, text)| (lang, Value::String(text)));
    table.insert("text".to_owned(), Value::Table(texts.collect()));
    table.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields::of(pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_form_becomes_a_draft_that_the_station_reads() {
        let text = draft(&fields(&[
            ("to", "Bravo"),
            ("form", "non-paper"),
            ("precedence", "flash"),
            ("retention", "until"),
            ("until", "2026-12-01T00:00Z"),
            ("date", ""),
            ("passage.1.disclosure", "verbatim"),
            ("passage.1.text.en", "one \"two\"\r\n'''three''' \\ [[passage]]"),
            ("passage.1.text.fr", "  "),
            ("passage.4.disclosure", "hold"),
            ("passage.4.text.ar", "\u{202e}نص"),
            ("passage.5.disclosure", "hold"),
        ]));
        let draft = backchannel_accord::draft::parse(&text).unwrap();
        assert_eq!(draft.passages.len(), 2);
        let first = draft.passages[0].1.0.values().next().unwrap();
        assert_eq!(first.as_str(), "one \"two\"\n'''three''' \\ [[passage]]");
        assert!(draft.date.is_none());
    }

    #[test]
    fn a_form_becomes_a_claim_that_the_station_reads() {
        use backchannel_accord::claims::{Claimant, Names, read};
        let text = claim(&fields(&[
            ("who", "Bravo\" \n[x]"),
            ("text.en", "They\r\nhold back."),
            ("text.fr", "  "),
            ("when", ""),
            ("public", "yes"),
            ("reliability", "B"),
            ("credibility", "3"),
            ("rests_on", " 77d0 \r\n\r\n"),
            ("statements", "On television\r\nIn a paper"),
        ]));
        let id = backchannel_accord::DispatchId([7; 16]);
        let item = |text: &str| (text == "77d0").then_some(id);
        let content = read(&text, &Names { side: &|_| None, item: &item }).unwrap();
        assert!(matches!(content.who, Claimant::Other(_)));
        assert_eq!((content.rests_on.len(), content.text.0.len(), content.public), (3, 1, true));
        assert!(read(&claim(&fields(&[])), &Names { side: &|_| None, item: &item }).is_err());
    }

    #[test]
    fn nothing_filled_in_adds_a_key_to_the_file() {
        let text = draft(&fields(&[("to", "x\"\nform = \"flash"), ("form", "non-paper")]));
        let table: Table = text.parse().unwrap();
        assert_eq!(table.get("form").and_then(Value::as_str), Some("non-paper"));
        let text = message(&fields(&[
            ("template", "a"),
            ("field.x", "1\n[fields]\ny = 2"),
            ("several", "z"),
            ("field.z", "1\n\n2"),
        ]));
        let table: Table = text.parse().unwrap();
        assert_eq!(table["fields"].as_table().unwrap().len(), 2);
        assert_eq!(table["fields"]["z"].as_array().unwrap().len(), 2);
    }
}
