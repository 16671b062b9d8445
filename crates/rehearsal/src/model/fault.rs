//! What is wrong with a file or a value, where, and what to do.

use backchannel_accord::draft::DraftError;
use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{problem}", .line.map(|line| format!("line {line}: ")).unwrap_or_default())]
pub struct Fault {
    /// The line of the file, counted from 1, where one can be named.
    pub line: Option<usize>,
    /// What is wrong, with the number of the rule.
    pub problem: String,
    /// What to do.
    pub hint: String,
}

impl Fault {
    /// A fault that no line can be named for.
    pub fn new(problem: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { line: None, problem: problem.into(), hint: hint.into() }
    }

    /// The same at a line.
    #[must_use]
    pub fn at(self, line: Option<usize>) -> Self {
        Self { line, ..self }
    }
}

impl From<DraftError> for Fault {
    fn from(error: DraftError) -> Self {
        Self { line: error.line, problem: error.problem, hint: error.hint }
    }
}

/// Everything that is wrong with a file, in the order of its lines; never empty (REH-5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// In the order of their lines; nothing if there are none.
    pub(crate) fn of(mut faults: Vec<Fault>) -> Result<(), Self> {
        faults.sort_by_key(|fault| fault.line);
        if faults.is_empty() { Ok(()) } else { Err(Self(faults)) }
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            let between = if at == 0 { "" } else { "\n" };
            write!(f, "{between}{fault}\n  {}", fault.hint)?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

/// The nearest of some names to one that is not among them: one that begins with it, else by changed letters; none if
/// none is near.
pub(crate) fn nearest<'a>(asked: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let begins = |name: &str| asked.len() >= LETTERS_MIN && name.starts_with(asked);
    let near = |name: &&str| if begins(name) { 0 } else { distance(asked, name) };
    let best = names.into_iter().min_by_key(near)?;
    (near(&best) <= asked.len().div_ceil(3)).then_some(best)
}

/// Letters of a beginning that says which name was meant.
const LETTERS_MIN: usize = 4;

/// Letters to be added, left out or changed to make one word of another.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, letter) in a.chars().enumerate() {
        let mut before = row[0];
        row[0] = at + 1;
        for (place, other) in b.iter().enumerate() {
            let changed = before + usize::from(letter != *other);
            before = row[place + 1];
            row[place + 1] = changed.min(before + 1).min(row[place] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_and_none_where_none_is_near() {
        let names = ["brake", "reply", "notice"];
        assert_eq!(nearest("break", names), Some("brake"));
        assert_eq!(nearest("notise", names), Some("notice"));
        assert_eq!(nearest("patience", ["notice", "patience_hours"]), Some("patience_hours"));
        assert_eq!(nearest("zzzzzzzzzzzz", names), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    // REH-5
    #[test]
    fn faults_are_told_in_the_order_of_their_lines_with_their_hints() {
        let fault = |line| Fault::new("it is wrong", "put it right").at(line);
        let faults = Faults::of(vec![fault(Some(7)), fault(Some(2)), fault(None)]).unwrap_err();
        let text = "it is wrong\n  put it right\nline 2: it is wrong\n  put it right\nline 7: it is wrong\n  put it right";
        assert_eq!(faults.to_string(), text);
        assert_eq!(Faults::of(Vec::new()), Ok(()));
    }
}
