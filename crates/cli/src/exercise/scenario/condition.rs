//! Conditions on a command's answer: `path = value`, or `path = { contains = "..." }` and the like.

use super::Fault;
use serde_json::Value;

/// One condition: the values at a path, and what must hold of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    path: String,
    test: Test,
}

#[derive(Clone, Debug, PartialEq)]
enum Test {
    Equals(Value),
    Not(Value),
    Contains(String),
    Lacks(String),
    Set(bool),
    AtLeast(i64),
    AtMost(i64),
}

impl Condition {
    /// Reads a condition as the file writes it.
    pub fn read(line: usize, path: &str, value: &toml::Value) -> Result<Self, Fault> {
        let test = match value {
            toml::Value::Table(table) => table_test(line, table)?,
            plain => Test::Equals(scalar(line, plain)?),
        };
        Ok(Self { path: path.to_owned(), test })
    }

    /// Whether it holds of an answer; `$name` in texts is put in by `saved`.
    pub fn holds(&self, answer: &Value, saved: &dyn Fn(&str) -> String) -> bool {
        let mut found = Vec::new();
        collect(answer, &segments(&self.path), &mut found);
        let equal = |value: &Value, wanted: &Value| match wanted {
            Value::String(text) => value.as_str() == Some(saved(text).as_str()),
            other => value == other,
        };
        match &self.test {
            Test::Equals(wanted) => found.iter().any(|value| equal(value, wanted)),
            Test::Not(unwanted) => found.iter().all(|value| !equal(value, unwanted)),
            Test::Contains(part) => found.iter().any(|value| text_of(value).contains(&saved(part))),
            Test::Lacks(part) => found.iter().all(|value| !text_of(value).contains(&saved(part))),
            Test::Set(wanted) => found.iter().any(|value| !value.is_null()) == *wanted,
            Test::AtLeast(least) => found.iter().any(|value| value.as_i64().is_some_and(|n| n >= *least)),
            Test::AtMost(most) => found.iter().any(|value| value.as_i64().is_some_and(|n| n <= *most)),
        }
    }
}

/// The first value at a path.
pub fn first<'a>(answer: &'a Value, path: &str) -> Option<&'a Value> {
    let mut found = Vec::new();
    collect(answer, &segments(path), &mut found);
    found.first().copied()
}

fn segments(path: &str) -> Vec<&str> {
    path.split('.').filter(|segment| !segment.is_empty()).collect()
}

fn collect<'a>(value: &'a Value, path: &[&str], found: &mut Vec<&'a Value>) {
    let Some((segment, rest)) = path.split_first() else {
        found.push(value);
        return;
    };
    match (value, *segment) {
        (Value::Array(items), "*") => items.iter().for_each(|item| collect(item, rest, found)),
        (Value::Object(fields), "*") => fields.values().for_each(|item| collect(item, rest, found)),
        (Value::Array(items), index) => {
            if let Some(item) = index.parse::<usize>().ok().and_then(|index| items.get(index)) {
                collect(item, rest, found);
            }
        }
        (Value::Object(fields), name) => {
            if let Some(item) = fields.get(name) {
                collect(item, rest, found);
            }
        }
        _ => {}
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn table_test(line: usize, table: &toml::Table) -> Result<Test, Fault> {
    let wrong = || {
        Fault::new(
            line,
            "This condition is not understood.",
            "Write one of { contains = \"..\" }, { lacks = \"..\" }, { set = true }, { not = .. }, { at_least = n }, { at_most = n }.",
        )
    };
    let mut fields = table.iter();
    let (Some((name, value)), None) = (fields.next(), fields.next()) else { return Err(wrong()) };
    let text = || value.as_str().map(str::to_owned).ok_or_else(wrong);
    let number = || value.as_integer().ok_or_else(wrong);
    match name.as_str() {
        "contains" => Ok(Test::Contains(text()?)),
        "lacks" => Ok(Test::Lacks(text()?)),
        "set" => Ok(Test::Set(value.as_bool().ok_or_else(wrong)?)),
        "not" => Ok(Test::Not(scalar(line, value)?)),
        "at_least" => Ok(Test::AtLeast(number()?)),
        "at_most" => Ok(Test::AtMost(number()?)),
        _ => Err(wrong()),
    }
}

fn scalar(line: usize, value: &toml::Value) -> Result<Value, Fault> {
    match value {
        toml::Value::String(text) => Ok(Value::from(text.as_str())),
        toml::Value::Integer(number) => Ok(Value::from(*number)),
        toml::Value::Boolean(truth) => Ok(Value::from(*truth)),
        _ => Err(Fault::new(
            line,
            "A condition compares with a text, a whole number, true or false.",
            "Give the path of a single field, such as \"beats.read.k\".",
        )),
    }
}
