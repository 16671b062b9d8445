//! Values of a term that are to be tried, as people write them: `brake=0h,24h,72h` or `brake=0h..72h`.

use super::{InquiryError, Named};
use crate::study::Axis;
use crate::world::Rehearsal;

/// Values tried between two ends.
const STEPS: u64 = 5;
/// Most values of one term.
const VALUES_MAX: usize = 64;
/// Most combinations of choices.
pub(super) const COMBINATIONS_MAX: usize = 256;

/// A term or assumption, and the values at which it is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// Its name.
    pub name: String,
    /// Its values as text, as [`Rehearsal::vary`] takes them.
    pub values: Vec<String>,
}

/// Why values to try are not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AxisError {
    /// No name, or no values.
    #[error("`{0}` names no term and values; write brake=0h,24h,72h or brake=0h..72h")]
    Form(String),
    /// Two ends that are no numbers of one unit.
    #[error(
        "`{0}` is no range: both ends have a number and the same unit, as 0h..72h or 0.1..0.5; or name each value"
    )]
    Range(String),
    /// Too many.
    #[error("`{0}` has more than 64 values; name fewer")]
    Many(String),
}

impl Choices {
    /// Reads `term=value,value,...` or `term=low..high`, which tries five values evenly spread. What a term can be is not looked at here.
    pub fn parse(text: &str) -> Result<Self, AxisError> {
        let wrong = || AxisError::Form(text.to_owned());
        let (name, values) = text.split_once('=').ok_or_else(wrong)?;
        let (name, values) = (name.trim(), values.trim());
        if name.is_empty() || values.is_empty() {
            return Err(wrong());
        }
        let values = match values.split_once("..") {
            Some((low, high)) => {
                spread(low.trim(), high.trim()).ok_or_else(|| AxisError::Range(text.to_owned()))?
            }
            None => values.split(',').map(|value| value.trim().to_owned()).collect(),
        };
        if values.len() > VALUES_MAX {
            return Err(AxisError::Many(text.to_owned()));
        }
        if values.iter().any(String::is_empty) {
            return Err(wrong());
        }
        Ok(Self { name: name.to_owned(), values })
    }

    /// The same for a search: each value by its place.
    pub(super) fn axis(&self) -> Axis {
        let values = self.values.iter().enumerate().map(|(at, text)| (at as f64, text.clone()));
        Axis { name: self.name.clone(), values: values.collect() }
    }
}

/// Five values from one end to the other. Whole numbers stay whole where they can.
fn spread(low: &str, high: &str) -> Option<Vec<String>> {
    // All of it may be a number, one with an exponent too; else the letters are its unit.
    let unit_at = |text: &str| match text.parse::<f64>() {
        Ok(_) => text.len(),
        Err(_) => text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len()),
    };
    let ((from, unit), (to, other)) = (low.split_at(unit_at(low)), high.split_at(unit_at(high)));
    let (from, to) = (from.parse::<f64>().ok()?, to.parse::<f64>().ok()?);
    if unit != other || !(from.is_finite() && to.is_finite() && from < to) {
        return None;
    }
    let whole = !unit.is_empty() || from.fract() == 0.0 && to.fract() == 0.0 && to - from >= STEPS as f64;
    let value = |at: u64| {
        let value = from + (to - from) * at as f64 / (STEPS - 1) as f64;
        // To nine digits of the larger end.
        let digits = 10_f64.powf(9.0 - to.abs().max(from.abs()).log10().ceil());
        if whole { value.round() } else { (value * digits).round() / digits }
    };
    let mut values: Vec<String> = (0..STEPS).map(|at| format!("{}{unit}", value(at))).collect();
    values.dedup();
    Some(values)
}

/// A rehearsal with some terms changed.
pub(super) fn varied(base: &Rehearsal, terms: &[(String, String)]) -> Result<Rehearsal, InquiryError> {
    base.vary_all(terms).map_err(|(at, faults)| {
        let of = |pick: fn(&(String, String)) -> &String| match at {
            Some(at) => pick(&terms[at]).clone(),
            None => terms.iter().map(pick).cloned().collect::<Vec<_>>().join(", "),
        };
        InquiryError::Value { name: of(|term| &term.0), value: of(|term| &term.1), why: faults.to_string() }
    })
}

/// Every combination of some terms' values. Refuses more than 256.
pub(super) fn combinations(base: &Rehearsal, choices: &[Choices]) -> Result<Vec<Named>, InquiryError> {
    let mut all: Vec<Vec<(String, String)>> = vec![Vec::new()];
    for one in choices {
        if all.len().saturating_mul(one.values.len()) > COMBINATIONS_MAX {
            return Err(InquiryError::Combinations(COMBINATIONS_MAX));
        }
        let with = |terms: &Vec<(String, String)>, value: &String| {
            let mut terms = terms.clone();
            terms.push((one.name.clone(), value.clone()));
            terms
        };
        all = all.iter().flat_map(|terms| one.values.iter().map(move |value| with(terms, value))).collect();
    }
    let named = |terms: Vec<(String, String)>| {
        let rehearsal = varied(base, &terms)?;
        let name = terms.iter().map(|(name, value)| format!("{name}-{value}")).collect::<Vec<_>>().join(" ");
        Ok(Named { name, terms, rehearsal })
    };
    all.into_iter().map(named).collect()
}
