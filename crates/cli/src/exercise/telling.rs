//! Tells an exercise as it goes: a sentence a step, how far it is, and each check as it passes or fails.

use crate::{clock, out, screen};
use std::io::Write;
use std::time::Instant;

/// Characters of a check's detail on the screen; the report has all of it.
const DETAIL_CHARS_MAX: usize = 400;

/// Where the telling goes: standard output, or standard error when the report is wanted there.
pub struct Telling {
    to_errors: bool,
    began: Instant,
    steps: usize,
}

impl Telling {
    /// Begins a telling of so many steps.
    pub fn new(to_errors: bool, steps: usize) -> Self {
        Self { to_errors, began: clock::steady_now(), steps }
    }

    /// Seconds since it began.
    pub fn seconds(&self) -> f64 {
        (clock::steady_now() - self.began).as_secs_f64()
    }

    /// Lines as they are. A reader that has gone away does not end the exercise.
    pub fn say(&self, text: &str) {
        let line = format!("{text}\n");
        if self.to_errors {
            let _ = std::io::stderr().lock().write_all(line.as_bytes());
        } else {
            let _ = out::write(&line);
        }
    }

    /// The title and what it is about.
    pub fn title(&self, title: &str, about: &str) {
        self.say(&screen::heading(&screen::one_line(title)));
        self.say(&screen::wrapped(about.trim(), 0));
    }

    /// A step begins.
    pub fn step(&self, number: usize, sentence: &str) {
        let head = format!("Step {number} of {}, after {:.1} s", self.steps, self.seconds());
        self.say(&format!("\n{}", screen::heading(&head)));
        self.say(&screen::wrapped(sentence.trim(), 2));
    }

    /// A check has passed or failed.
    pub fn check(&self, name: &str, passed: bool, detail: &str) {
        let word = if passed { "ok    ".to_owned() } else { screen::warning("FAILED") };
        let detail: String = screen::one_line(detail).chars().take(DETAIL_CHARS_MAX).collect();
        let detail = if detail.is_empty() { detail } else { format!(": {detail}") };
        self.say(&format!("    {word} {name}{detail}"));
    }

    /// A heading of the ending.
    pub fn heading(&self, text: &str) {
        self.say(&format!("\n{}", screen::heading(text)));
    }
}
