//! What the load test found.

use super::load::Load;
use super::station::Counts;
use crate::screen::grouped;
use serde_json::{Value, json};
use std::fs;
use std::time::Duration;

/// A process's memory in kibibytes, from `/proc`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// What is resident now (`VmRSS`).
    pub resident_kib: u64,
    /// The most that was ever resident (`VmHWM`).
    pub peak_kib: u64,
}

impl Memory {
    /// Reads it; nothing where there is no such process or no `/proc`.
    pub fn of(pid: u32) -> Option<Self> {
        Self::parse(&fs::read_to_string(format!("/proc/{pid}/status")).ok()?)
    }

    fn parse(status: &str) -> Option<Self> {
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.trim().strip_suffix("kB")?.trim().parse().ok()
        };
        Some(Self { resident_kib: field("VmRSS:")?, peak_kib: field("VmHWM:")? })
    }
}

/// The figures of one test.
pub struct Figures {
    load: Load,
    seconds: u64,
    delivered: Vec<Duration>,
    late: u64,
    missed: u64,
    before: Option<Memory>,
    idle: Option<Memory>,
    loaded: Option<Memory>,
}

impl Figures {
    /// Figures of a load, still empty.
    pub fn new(load: &Load, seconds: u64) -> Self {
        let (delivered, late, missed) = (Vec::new(), 0, 0);
        Self { load: *load, seconds, delivered, late, missed, before: None, idle: None, loaded: None }
    }

    /// Adds what one station saw.
    pub fn add(&mut self, counts: Counts) {
        self.delivered.extend(counts.delivered);
        self.late += counts.late;
        self.missed += counts.missed;
    }

    /// Adds the relay's memory before anybody connected, when all had, and at the end.
    pub fn memory(&mut self, before: Option<Memory>, idle: Option<Memory>, loaded: Option<Memory>) {
        self.delivered.sort_unstable();
        (self.before, self.idle, self.loaded) = (before, idle, loaded);
    }

    /// Whether every cell that was posted came back within a beat.
    pub fn all_in_time(&self) -> bool {
        self.late == 0 && self.missed == 0
    }

    fn median_and_worst(&self) -> (Option<f64>, Option<f64>) {
        let ms = |time: Option<&Duration>| time.map(|time| (time.as_secs_f64() * 10_000.0).round() / 10.0);
        (ms(self.delivered.get(self.delivered.len() / 2)), ms(self.delivered.last()))
    }

    fn idle_station_kib(&self) -> Option<f64> {
        let grown = self.idle?.resident_kib.saturating_sub(self.before?.resident_kib);
        Some((grown as f64 / f64::from(self.load.stations) * 10.0).round() / 10.0)
    }

    /// The object for programs (docs/spec/commands.md).
    pub fn to_json(&self) -> Value {
        let (median, worst) = self.median_and_worst();
        json!({
            "v": 1,
            "stations": self.load.stations,
            "rooms": self.load.rooms,
            "seats": self.load.seats,
            "beat_ms": self.load.beat_ms,
            "seconds": self.seconds,
            "beats": self.load.beats(self.seconds),
            "cells_delivered": self.delivered.len(),
            "cells_late": self.late,
            "cells_missed": self.missed,
            "delivered_ms": { "median": median, "worst": worst },
            "relay_memory_kib": {
                "empty": self.before.map(|memory| memory.resident_kib),
                "connected": self.idle.map(|memory| memory.resident_kib),
                "loaded": self.loaded.map(|memory| memory.resident_kib),
                "peak": self.loaded.map(|memory| memory.peak_kib),
                "per_idle_station": self.idle_station_kib(),
            },
        })
    }

    /// The same in sentences.
    pub fn told(&self) -> String {
        let (median, worst) = self.median_and_worst();
        let ms = |time: Option<f64>| time.map_or_else(|| "none".to_owned(), |time| format!("{time:.1} ms"));
        let mut lines = vec![
            format!(
                "{} stations in {} rooms of {} seats, a beat each {} ms, for {} beats.",
                grouped(self.load.stations.into()),
                grouped(self.load.rooms.into()),
                self.load.seats,
                self.load.beat_ms,
                grouped(self.load.beats(self.seconds))
            ),
            format!(
                "Cells delivered: {}; late: {}; missed: {}.",
                grouped(self.delivered.len() as u64),
                grouped(self.late),
                grouped(self.missed)
            ),
            format!("From a beat's end to delivery: median {}, worst {}.", ms(median), ms(worst)),
        ];
        if let (Some(idle), Some(loaded), Some(each)) = (self.idle, self.loaded, self.idle_station_kib()) {
            lines.push(format!(
                "The relay's memory: {} KiB with all connected, {} KiB at the end, {} KiB at most;\n{each} KiB for \
                 each idle station.",
                grouped(idle.resident_kib),
                grouped(loaded.resident_kib),
                grouped(loaded.peak_kib)
            ));
        }
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_from_the_status_of_a_process() {
        let status = "Name:\trelay\nVmHWM:\t    2048 kB\nVmRSS:\t    1024 kB\n";
        assert_eq!(Memory::parse(status), Some(Memory { resident_kib: 1024, peak_kib: 2048 }));
        assert_eq!(Memory::parse("Name:\tkthreadd\n"), None);
    }

    #[test]
    fn median_and_worst_are_of_all_stations_together() {
        let load = Load::new(2, 1, 2, 1000).unwrap();
        let mut figures = Figures::new(&load, 3);
        let ms = |n| Duration::from_millis(n);
        figures.add(Counts { delivered: vec![ms(5), ms(1)], late: 0, missed: 1 });
        figures.add(Counts { delivered: vec![ms(9)], late: 1, missed: 0 });
        figures.memory(None, None, None);
        let json = figures.to_json();
        assert_eq!(json["delivered_ms"], json!({ "median": 5.0, "worst": 9.0 }));
        assert_eq!((&json["cells_late"], &json["cells_missed"]), (&json!(1), &json!(1)));
        assert_eq!(json["relay_memory_kib"]["per_idle_station"], Value::Null);
    }
}
