//! Entry and end as a text writes them, with zone, date, hour and inclusiveness, made exact instants step by step.
//!
//! Nothing is guessed: a text that leaves an hour or an end open is refused, since each side would read it its own way.

use super::terms::{Bound, End, Entry, Zone};
use crate::limits::{CALENDAR_TEXT_BYTES_MAX, LAST_INSTANT, OFFSET_MINUTES_MAX};
use crate::time::{Date, parse_rfc3339, rfc3339};
use backchannel_wire::UtcMs;
use std::fmt;

const DAY_MS: u64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;

/// An instant as a text writes it, in the time of a zone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// `2027-03-01`.
    pub date: String,
    /// `06:00`, `06:00:30`, or `whole day`; nothing if the text names no hour.
    pub hour: Option<String>,
    /// Whether the instant, or the day, belongs to the time in effect; nothing if the text does not say.
    pub included: Option<bool>,
}

/// The end as a text writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrittenEnd {
    /// An instant.
    At(Written),
    /// A number of days of 24 hours after the entry.
    Days {
        /// How many.
        days: u32,
        /// Whether the instant reached belongs to the time in effect.
        included: Option<bool>,
    },
}

/// A zone's entry and end as a text writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenZone {
    /// `+03:30`, `-05:00`, or `Z`: the zone's distance from UTC, which a text fixes, whatever its clocks do later.
    pub offset: String,
    /// Its entry.
    pub entry: Written,
    /// Its end.
    pub end: WrittenEnd,
}

/// Why no exact instant follows from what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// There is no such day.
    #[error("there is no such day, or it is not written YYYY-MM-DD (WHEN-1)")]
    Date,
    /// No hour is named.
    #[error("no hour is named: write one, or that the whole day is meant (WHEN-2)")]
    MissingHour,
    /// There is no such hour.
    #[error("there is no such hour: 00:00 to 23:59; midnight is 00:00 of the day it begins (WHEN-3)")]
    Hour,
    /// It is not said whether the end belongs to it.
    #[error("it is not said whether the instant or day belongs to the time in effect (WHEN-4)")]
    Included,
    /// No such offset.
    #[error("the zone is a distance from UTC, such as +03:30, of at most 14 hours (WHEN-5)")]
    Offset,
    /// Beyond the calendar.
    #[error("the instant lies before 1970 or beyond 9999 in UTC (WHEN-6)")]
    Range,
    /// Nothing is in effect.
    #[error("the end does not come after the entry (WHEN-7)")]
    Empty,
}

impl CalendarError {
    /// The number of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Date => "WHEN-1",
            Self::MissingHour => "WHEN-2",
            Self::Hour => "WHEN-3",
            Self::Included => "WHEN-4",
            Self::Offset => "WHEN-5",
            Self::Range => "WHEN-6",
            Self::Empty => "WHEN-7",
        }
    }
}

/// A step from what is written to the instant; shown to the people of both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// What the text says, in the zone's time.
    Local {
        /// Date and hour.
        text: String,
        /// The zone's distance from UTC.
        offset: String,
    },
    /// The same instant in UTC.
    Utc(UtcMs),
    /// Days of 24 hours after an instant.
    After {
        /// The instant.
        from: UtcMs,
        /// How many days.
        days: u32,
    },
    /// The instant belongs to it, or not.
    Included(bool),
    /// The first instant in effect.
    First(UtcMs),
    /// The last instant in effect.
    Last(UtcMs),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Local { text, offset } => write!(f, "{text} at UTC offset {offset}"),
            Self::Utc(at) => write!(f, "is {}", rfc3339(*at)),
            Self::After { from, days } => write!(f, "{days} days of 24 hours after {}", rfc3339(*from)),
            Self::Included(true) => f.write_str("which is included"),
            Self::Included(false) => f.write_str("which is not included"),
            Self::First(at) => write!(f, "so the first instant in effect is {}", rfc3339(*at)),
            Self::Last(at) => write!(f, "so the last instant in effect is {}", rfc3339(*at)),
        }
    }
}

/// The exact time of a zone, and how it follows from the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exact {
    /// The first instant in effect, to the millisecond.
    pub first: UtcMs,
    /// The last instant in effect, to the millisecond.
    pub last: UtcMs,
    /// The steps of the reckoning.
    pub steps: Vec<Step>,
}

impl Exact {
    /// The zone of the terms.
    pub fn zone(&self) -> Zone {
        let bound = |at| Bound { at, included: true };
        Zone { entry: Entry::At(bound(self.first)), end: End::At(bound(self.last)) }
    }
}

/// Which side of a stretch of time an instant closes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    First,
    Last,
}

/// Reckons the exact first and last instants of a zone (WHEN-1 to WHEN-8).
pub fn reckon(written: &WrittenZone) -> Result<Exact, CalendarError> {
    let offset = parse_offset(&written.offset).ok_or(CalendarError::Offset)?;
    let mut steps = Vec::with_capacity(10);
    let zone = (written.offset.as_str(), offset);
    let first = instant(&written.entry, zone, Edge::First, &mut steps)?;
    let last = match &written.end {
        WrittenEnd::At(end) => instant(end, zone, Edge::Last, &mut steps)?,
        WrittenEnd::Days { days, included } => after(first, *days, *included, &mut steps)?,
    };
    if last < first {
        return Err(CalendarError::Empty);
    }
    Ok(Exact { first, last, steps })
}

fn instant(
    written: &Written,
    (name, offset): (&str, i64),
    edge: Edge,
    steps: &mut Vec<Step>,
) -> Result<UtcMs, CalendarError> {
    let midnight = day(&written.date)?;
    let hour = written.hour.as_deref().ok_or(CalendarError::MissingHour)?;
    let included = written.included.ok_or(CalendarError::Included)?;
    steps.push(Step::Local { text: format!("{} {hour}", written.date), offset: name.to_owned() });
    let clock = if hour == "whole day" { None } else { Some(clock_ms(hour).ok_or(CalendarError::Hour)?) };
    // A whole day is the instants from its midnight up to the next one, which is not of it: the last is 23:59:59.999.
    let (local, shift) = match (clock, edge, included) {
        (Some(ms), Edge::First, included) => (midnight + ms, i64::from(!included)),
        (Some(ms), Edge::Last, included) => (midnight + ms, -i64::from(!included)),
        (None, Edge::First, true) => (midnight, 0),
        (None, Edge::First, false) => (midnight + DAY_MS, 0),
        (None, Edge::Last, true) => (midnight + DAY_MS - 1, 0),
        (None, Edge::Last, false) => (midnight, -1),
    };
    let utc = shifted(local, -offset * MINUTE_MS)?;
    let exact = shifted(utc.0, shift)?;
    steps.extend([Step::Utc(utc), Step::Included(included), reached(edge, exact)]);
    Ok(exact)
}

fn after(
    first: UtcMs,
    days: u32,
    included: Option<bool>,
    steps: &mut Vec<Step>,
) -> Result<UtcMs, CalendarError> {
    let included = included.ok_or(CalendarError::Included)?;
    let utc = shifted(first.0, i64::from(days) * 86_400_000)?;
    let last = shifted(utc.0, -i64::from(!included))?;
    steps.extend([Step::After { from: first, days }, Step::Utc(utc), Step::Included(included)]);
    steps.push(reached(Edge::Last, last));
    Ok(last)
}

fn reached(edge: Edge, at: UtcMs) -> Step {
    match edge {
        Edge::First => Step::First(at),
        Edge::Last => Step::Last(at),
    }
}

fn shifted(at: u64, ms: i64) -> Result<UtcMs, CalendarError> {
    at.checked_add_signed(ms).map(UtcMs).filter(|at| *at <= LAST_INSTANT).ok_or(CalendarError::Range)
}

/// Milliseconds from 1970-01-01 to the midnight that begins a day.
fn day(text: &str) -> Result<u64, CalendarError> {
    Date::parse(text).ok_or(CalendarError::Date)?;
    parse_rfc3339(&format!("{text}T00:00Z")).map(|at| at.0).ok_or(CalendarError::Date)
}

/// `06:00` or `06:00:30` as milliseconds from midnight; 24:00 and leap seconds are no hours here.
fn clock_ms(text: &str) -> Option<u64> {
    let sound = text.len() <= CALENDAR_TEXT_BYTES_MAX && !text.contains('.');
    sound.then(|| parse_rfc3339(&format!("1970-01-01T{text}Z"))).flatten().map(|at| at.0)
}

/// `+03:30`, `-05:00` or `Z` as minutes; minus zero is no offset.
fn parse_offset(text: &str) -> Option<i64> {
    if text == "Z" {
        return Some(0);
    }
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' => (1, text.get(1..)?),
        b'-' => (-1, text.get(1..)?),
        _ => return None,
    };
    let minutes = i64::try_from(clock_ms(rest).filter(|_| rest.len() == 5)? / 60_000).ok()?;
    let fits = minutes <= i64::from(OFFSET_MINUTES_MAX) && !(sign < 0 && minutes == 0);
    fits.then_some(sign * minutes)
}
