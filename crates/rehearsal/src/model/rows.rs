//! Reads a decision table that people wrote (REH-19).

use super::rule::{Deed, Moment, Row, STATES};
use super::walk::{line_of, number};
use super::{Fault, nearest};
use backchannel_accord::life::State;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Rows of one table: what people still oversee.
const ROWS_MAX: usize = 64;
/// The most alarms a row can ask for: more are no pattern.
const COUNT_MAX: f64 = 1_000.0;
/// The longest window a row can ask about, in days: a century.
const WINDOW_DAYS_MAX: f64 = 36_500.0;
pub(super) const DAY_MS: f64 = 86_400_000.0;
const FIELDS: [&str; 7] = ["at", "state", "answered", "belief", "incidents_at_least", "within_days", "then"];

/// The rows of a table; what is wrong in one of them goes to `faults`.
pub(super) fn read(text: &str, value: &DeValue<'_>, faults: &mut Vec<Fault>) -> Result<Vec<Row>, Fault> {
    let wrong = || {
        Fault::new(
            "a table is written as rows (REH-19)",
            "write [[both.table]], and under it `then = \"strike\"`",
        )
    };
    let DeValue::Array(rows) = value else { return Err(wrong()) };
    if rows.len() > ROWS_MAX {
        return Err(Fault::new(format!("a table has at most {ROWS_MAX} rows (REH-19)"), "put rows together"));
    }
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let line = line_of(text, row.span().start);
        let Some(table) = row.get_ref().as_table() else { return Err(wrong().at(Some(line))) };
        match one(text, table, line) {
            Ok(row) => all.push(row),
            Err(fault) => faults.push(fault),
        }
    }
    Ok(all)
}

type Field<'t, 'f> = Option<(usize, &'t DeValue<'f>)>;

fn one(text: &str, table: &DeTable<'_>, line: usize) -> Result<Row, Fault> {
    for key in table.keys() {
        if !FIELDS.contains(&key.get_ref().as_ref()) {
            let near = nearest(key.get_ref(), FIELDS)
                .map(|name| format!("did you mean `{name}`? "))
                .unwrap_or_default();
            let hint = format!("{near}a row has {}", FIELDS.join(", "));
            let problem = format!("`{}` is no condition of a row (REH-19)", key.get_ref());
            return Err(Fault::new(problem, hint).at(Some(line_of(text, key.span().start))));
        }
    }
    let field = |name: &str| -> Field<'_, '_> {
        let place = |at: &Spanned<_>| line_of(text, Spanned::span(at).start);
        let found = table.iter().find(|(key, _)| key.get_ref() == name)?;
        Some((place(found.0), found.1.get_ref()))
    };
    let then = choice(field("then"), &Deed::ALL.map(|one| (one.name(), one)))?;
    let missing =
        || Fault::new("a row does not say what is done (REH-19)", "add `then = \"strike\"`").at(Some(line));
    Ok(Row {
        at: choice(field("at"), &Moment::ALL.map(|one| (one.name(), one)))?,
        state: choice::<State>(field("state"), &STATES)?,
        answered: answered(field("answered"))?,
        belief: belief(field("belief"))?,
        incidents: incidents(field("incidents_at_least"), field("within_days"))?,
        then: then.ok_or_else(missing)?,
    })
}

fn choice<T: Copy>(field: Field<'_, '_>, names: &[(&'static str, T)]) -> Result<Option<T>, Fault> {
    let Some((line, value)) = field else { return Ok(None) };
    let word = value.as_str().unwrap_or_default();
    let found = names.iter().find(|(name, _)| *name == word).map(|(_, one)| *one);
    let all: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    let hint = format!("write one of {}", all.join(", "));
    found
        .map(Some)
        .ok_or_else(|| Fault::new(format!("`{word}` is not one of those (REH-19)"), hint).at(Some(line)))
}

fn answered(field: Field<'_, '_>) -> Result<Option<bool>, Fault> {
    let Some((line, value)) = field else { return Ok(None) };
    let wrong = || {
        Fault::new("`answered` is true or false (REH-19)", "write it without quotation marks").at(Some(line))
    };
    value.as_bool().map(Some).ok_or_else(wrong)
}

fn belief(field: Field<'_, '_>) -> Result<Option<(f64, f64)>, Fault> {
    let Some((line, value)) = field else { return Ok(None) };
    let numbers: Vec<f64> =
        value.as_array().into_iter().flatten().filter_map(|one| number(one.get_ref())).collect();
    match numbers[..] {
        [low, high] if 0.0 <= low && low <= high && high <= 1.0 => Ok(Some((low, high))),
        _ => {
            let hint = "write the least and the most belief, as [0.5, 1.0]";
            Err(Fault::new("this is no band of belief (REH-19)", hint).at(Some(line)))
        }
    }
}

fn incidents(count: Field<'_, '_>, window: Field<'_, '_>) -> Result<Option<(u32, u64)>, Fault> {
    let (count, window) = match (count, window) {
        (None, None) => return Ok(None),
        (Some(count), Some(window)) => (count, window),
        (Some((line, _)), None) | (None, Some((line, _))) => {
            let hint = "write both `incidents_at_least` and `within_days`";
            return Err(Fault::new(
                "a number of incidents needs a window, and a window a number (REH-4)",
                hint,
            )
            .at(Some(line)));
        }
    };
    let sound = |value: &DeValue<'_>, most: f64| number(value).filter(|number| (0.0..=most).contains(number));
    let least = sound(count.1, COUNT_MAX).filter(|count| *count >= 1.0 && count.fract() == 0.0);
    let least = least.ok_or_else(|| {
        let hint = format!("write a whole number from 1 to {COUNT_MAX}");
        Fault::new("this is no number of incidents (REH-19)", hint).at(Some(count.0))
    })?;
    let days = sound(window.1, WINDOW_DAYS_MAX).ok_or_else(|| {
        let hint = format!("write days from 0 to {WINDOW_DAYS_MAX}");
        Fault::new("this is no window (REH-19)", hint).at(Some(window.0))
    })?;
    Ok(Some((least as u32, (days * DAY_MS) as u64)))
}
