//! Writing to standard output. A reader that has gone away (a closed pipe) is no error and never a panic.

use crate::errors;
use crate::global::Global;
use crate::screen;
use backchannel_station::api::Failure;
use serde_json::Value;
use std::io::{self, Write};
use std::process::ExitCode;

/// What a command answers: the object for programs and the text for people.
pub struct Report {
    /// The object of `--json`; `v` is added if it has none.
    pub json: Value,
    /// Sentences for people, without a last line break.
    pub text: String,
}

/// Whether the reader is still there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// It took the text.
    Present,
    /// It closed the pipe.
    Gone,
}

/// Writes a command's report in the form that was asked for.
pub fn report(report: &Report, global: &Global) -> Result<ExitCode, Failure> {
    one(report, global).map(|_| ExitCode::SUCCESS)
}

/// Writes one report of several on one line, and says whether anybody still reads (CMD-1).
pub fn one(report: &Report, global: &Global) -> Result<Reader, Failure> {
    if global.json {
        write(&screen::json_line(&with_version(&report.json)))
    } else if report.text.is_empty() {
        Ok(Reader::Present)
    } else {
        write(&format!("{}\n", report.text))
    }
}

/// Writes text as it is.
pub fn write(text: &str) -> Result<Reader, Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(Reader::Present),
        // (CMD-7)
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Reader::Gone),
        Err(error) => {
            Err(errors::internal(format!("Standard output cannot be written: {}.", errors::reason(&error))))
        }
    }
}

/// Writes the help or the version.
pub fn help(error: &clap::Error) -> ExitCode {
    match error.print() {
        Err(fault) if fault.kind() != io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    }
}

fn with_version(value: &Value) -> Value {
    let mut value = value.clone();
    if let Some(object) = value.as_object_mut() {
        object.entry("v").or_insert(1.into());
    }
    value
}
