//! The network observer: what somebody who sees every byte between the stations and the relay can make of it.
//! Computed from the taps' CSV files and from nothing else (EXER-11 to EXER-13 of docs/spec/exercises.md).

mod bursts;
mod report;
#[cfg(test)]
mod tests;

pub use report::{Observer, observe};

use std::fs;
use std::io;
use std::path::Path;

/// One line of a CSV file: one read of the tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Microseconds since 1970, UTC.
    pub t_us: u64,
    /// From the station to the relay.
    pub up: bool,
    /// How many bytes; 0 when this direction ended.
    pub bytes: u64,
}

/// One connection's file.
#[derive(Clone, Debug)]
pub struct Capture {
    /// The station, from the file's name.
    pub who: String,
    /// Its lines.
    pub rows: Vec<Row>,
}

/// Reads the lines of one file; none if it is not such a file.
pub fn read_csv(text: &str) -> Option<Vec<Row>> {
    let mut lines = text.lines();
    if lines.next() != Some("t_us,dir,bytes") {
        return None;
    }
    lines.map(row).collect()
}

fn row(line: &str) -> Option<Row> {
    let mut fields = line.split(',');
    let t_us = fields.next()?.parse().ok()?;
    let up = match fields.next()? {
        "up" => true,
        "down" => false,
        _ => return None,
    };
    let bytes = fields.next()?.parse().ok()?;
    fields.next().is_none().then_some(Row { t_us, up, bytes })
}

/// Reads every file of a directory, in order of their names: by station, then by time.
pub fn captures(dir: &Path) -> io::Result<Vec<Capture>> {
    let mut paths =
        fs::read_dir(dir)?.map(|entry| entry.map(|e| e.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some((who, _)) = name.strip_suffix(".csv").and_then(|stem| stem.rsplit_once('.')) else {
            continue;
        };
        let rows = read_csv(&fs::read_to_string(&path)?).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidData, format!("{name} is not a tap's file"))
        })?;
        found.push(Capture { who: who.to_owned(), rows });
    }
    Ok(found)
}
