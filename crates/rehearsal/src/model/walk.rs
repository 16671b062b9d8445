//! Walks through a TOML file that keeps the place of everything, and gathers what is in it under dotted keys.

use super::Fault;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value under its dotted key, and the line it stands in.
pub(super) struct Leaf<'t, 'f> {
    pub(super) key: String,
    pub(super) line: usize,
    pub(super) value: &'t DeValue<'f>,
    pub(super) source: Option<String>,
    /// The claim whose credence it is, by its first digits.
    pub(super) claim: Option<&'t str>,
}

/// The line of a place in a text, counted from 1.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

/// Reads a file, or says in which line it is none.
pub(crate) fn table(text: &str) -> Result<Spanned<DeTable<'_>>, Fault> {
    DeTable::parse(text).map_err(|error| {
        let line = error.span().map(|span| line_of(text, span.start));
        let problem = error.message().lines().next().unwrap_or_default();
        Fault::new(
            format!("this is not TOML: {problem} (REH-1)"),
            "docs/spec/rehearsal.md begins with a whole file",
        )
        .at(line)
    })
}

/// Every value of a table under its dotted key, tables within it included; a table with a `value` is that value, with its
/// `source` if it names one; one with a `claim` is the credence of that (REH-6).
pub(super) fn leaves<'t, 'f>(
    text: &str,
    table: &'t DeTable<'f>,
    before: &str,
    found: &mut Vec<Leaf<'t, 'f>>,
    faults: &mut Vec<Fault>,
) {
    for (name, value) in table {
        let key = if before.is_empty() {
            name.get_ref().to_string()
        } else {
            format!("{before}.{}", name.get_ref())
        };
        let line = line_of(text, name.span().start);
        let leaf = |value, source| Leaf { key: key.clone(), line, value, source, claim: None };
        match value.get_ref() {
            DeValue::Table(inner) if inner.len() == 1 && member(inner, "claim").is_some() => {
                let claim = member(inner, "claim").and_then(DeValue::as_str);
                // What is no text is the beginning of no id.
                found.push(Leaf { claim: Some(claim.unwrap_or_default()), ..leaf(value.get_ref(), None) });
            }
            DeValue::Table(inner) => match member(inner, "value") {
                Some(value) => {
                    let source = member(inner, "source").and_then(DeValue::as_str).map(str::to_owned);
                    if inner.len() != 1 + usize::from(source.is_some()) {
                        let hint = "write { value = 4, source = \"who says so\" }";
                        faults.push(
                            Fault::new(format!("`{key}` has more than a value and a source (REH-1)"), hint)
                                .at(Some(line)),
                        );
                    }
                    found.push(leaf(value, source));
                }
                None => leaves(text, inner, &key, found, faults),
            },
            other => found.push(leaf(other, None)),
        }
    }
}

/// What a table has under a name.
pub(crate) fn member<'t, 'f>(table: &'t DeTable<'f>, name: &str) -> Option<&'t DeValue<'f>> {
    table.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value.get_ref())
}

/// A number, or a yes or no as 1 or 0.
pub(crate) fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).ok().map(|number| number as f64)
        }
        DeValue::Float(number) => number.as_str().parse().ok(),
        DeValue::Boolean(yes) => Some(f64::from(u8::from(*yes))),
        _ => None,
    }
}
