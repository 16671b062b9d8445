//! How long a function and a file may be. Lines are kept short by rustfmt.

use super::{Parsed, Violation};

/// Lines of one function, signature and body: what fits on one screen.
const FUNCTION_LINES_MAX: usize = 70;
/// Lines of one file outside its tests: one subject.
const FILE_LINES_MAX: usize = 600;
/// Lines of tests in one file: beyond that they belong in files of their own.
const TEST_LINES_MAX: usize = 800;

pub(super) fn check(parsed: &[Parsed<'_>], found: &mut Vec<Violation>) {
    for file in parsed {
        for item in file.source.items.iter().filter(|item| item.function_lines > FUNCTION_LINES_MAX) {
            let message = format!(
                "`{}` has {} lines; {FUNCTION_LINES_MAX} are the limit",
                item.name, item.function_lines
            );
            found.push(Violation::new("function-length", file.path, item.first, message));
        }
        let total = file.text.lines().count();
        let test = (1..=total).filter(|line| file.source.is_test_line(*line)).count();
        if total - test > FILE_LINES_MAX || test > TEST_LINES_MAX {
            let message = format!(
                "{} lines and {test} of tests; {FILE_LINES_MAX} and {TEST_LINES_MAX} are the limits",
                total - test
            );
            found.push(Violation::new("file-length", file.path, 0, message));
        }
    }
}
