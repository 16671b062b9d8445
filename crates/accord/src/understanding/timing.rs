//! Instants, spans and ends: as written, and as plain terms once nothing is missing.

use super::code::Code;
use crate::time::{Date, parse_rfc3339};
use backchannel_wire::UtcMs;
use minicbor::{Decode, Encode};

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;

/// An instant as its author wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Moment {
    /// A day without an hour: it has two readings, and `check` refuses it (CHECK-1).
    #[n(0)]
    Day(#[n(0)] Date),
    /// An instant, with the offset of the local time it was written in.
    #[n(1)]
    At {
        /// The instant.
        #[n(0)]
        utc: UtcMs,
        /// Minutes local time is ahead of UTC.
        #[n(1)]
        offset_minutes: i16,
    },
}

impl Moment {
    /// An instant written in UTC.
    pub fn utc(utc: UtcMs) -> Self {
        Self::At { utc, offset_minutes: 0 }
    }

    /// The instant, if an hour was given.
    pub fn instant(self) -> Option<UtcMs> {
        match self {
            Self::Day(_) => None,
            Self::At { utc, .. } => Some(utc),
        }
    }

    /// Reads `2026-12-01T08:00+03:00`, `2026-12-01T05:00Z` or, without its hour, `2026-12-01` (UND-9).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(day) = Date::parse(text) {
            return Some(Self::Day(day));
        }
        if let Some(utc) = parse_rfc3339(text) {
            return Some(Self::utc(utc));
        }
        let at = text.len().checked_sub(6)?;
        let (local, offset) = (text.get(..at)?, offset(text.get(at..)?)?);
        let local = parse_rfc3339(&format!("{local}Z"))?;
        let shift = u64::from(offset.unsigned_abs()) * MINUTE_MS;
        let utc = if offset < 0 { local.0.checked_add(shift) } else { local.0.checked_sub(shift) };
        Some(Self::At { utc: UtcMs(utc?), offset_minutes: offset })
    }
}

/// Reads `+03:00`.
fn offset(text: &str) -> Option<i16> {
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' => (1, text.get(1..)?),
        b'-' => (-1, text.get(1..)?),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let two = |part: &str| -> Option<i16> {
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse().ok()).flatten()
    };
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= crate::limits::OFFSET_MINUTES_MAX).then_some(sign * total)
}

/// An end of a period: an instant, and whether it belongs to the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Bound {
    /// The instant.
    #[n(0)]
    pub moment: Moment,
    /// Whether it is included; absent if nobody said.
    #[n(1)]
    pub inclusive: Option<bool>,
}

impl Bound {
    /// Instant and inclusiveness, once both are said.
    pub fn whole(&self) -> Option<(UtcMs, bool)> {
        Some((self.moment.instant()?, self.inclusive?))
    }
}

/// When something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Period {
    /// As long as the understanding is in effect.
    #[n(0)]
    Term,
    /// Between two instants.
    #[n(1)]
    Between {
        /// The first.
        #[n(0)]
        from: Bound,
        /// The last.
        #[n(1)]
        until: Bound,
    },
}

/// A span of time in milliseconds, above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct SpanMs(#[n(0)] pub u64);

impl SpanMs {
    /// So many hours.
    pub const fn hours(hours: u32) -> Self {
        Self(hours as u64 * HOUR_MS)
    }

    /// Reads `72h`, `90d`, `30m`, `20s` or `500ms` (UND-9).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let unit_at = text.find(|c: char| !c.is_ascii_digit())?;
        let (digits, unit) = (text.get(..unit_at)?, text.get(unit_at..)?);
        let (_, unit_ms, _) = UNITS.iter().find(|(name, ..)| *name == unit)?;
        let count: u64 = digits.parse().ok()?;
        let ms = count.checked_mul(*unit_ms)?;
        (1..=crate::limits::SPAN_MS_MAX).contains(&ms).then_some(Self(ms))
    }

    /// The count and unit it is written with: days from a fortnight up, else the largest unit that leaves nothing over.
    pub fn counted(self) -> (u64, Unit) {
        let fits = |(_, ms, least): &&(&str, u64, u64)| self.0.is_multiple_of(*ms) && self.0 >= *least;
        let at = UNITS.iter().position(|unit| fits(&unit));
        let unit = at.and_then(|at| Unit::ALL.get(at)).copied().unwrap_or(Unit::Milliseconds);
        let ms = at.and_then(|at| UNITS.get(at)).map_or(1, |(_, ms, _)| *ms);
        (self.0 / ms, unit)
    }
}

/// The letters of a unit, its milliseconds, and the shortest span written with it.
const UNITS: [(&str, u64, u64); 5] = [
    ("d", 24 * HOUR_MS, 14 * 24 * HOUR_MS),
    ("h", HOUR_MS, HOUR_MS),
    ("m", MINUTE_MS, MINUTE_MS),
    ("s", 1000, 1000),
    ("ms", 1, 1),
];

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 24 hours.
    Days,
    /// 60 minutes.
    Hours,
    /// 60 seconds.
    Minutes,
    /// 1,000 milliseconds.
    Seconds,
    /// What no larger unit measures.
    Milliseconds,
}

impl Unit {
    /// All of them, the longest first.
    pub const ALL: [Self; 5] = [Self::Days, Self::Hours, Self::Minutes, Self::Seconds, Self::Milliseconds];
}

/// How the understanding ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum End {
    /// At an instant.
    #[n(0)]
    At(#[n(0)] Bound),
    /// So long after its entry into force.
    #[n(1)]
    After {
        /// How long.
        #[n(0)]
        span: SpanMs,
        /// Whether the last instant is included; absent if nobody said.
        #[n(1)]
        inclusive: Option<bool>,
    },
}

/// How the understanding is renewed: by mutual reaffirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Renewal {
    /// By how much the end moves.
    #[n(0)]
    pub span: SpanMs,
    /// How long before the end the last reaffirmation has to be in.
    #[n(1)]
    pub before: SpanMs,
}

/// Withdrawal on urgent grounds.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Urgent {
    /// The grounds: acts by their code in the file of acts, ascending.
    #[n(0)]
    pub grounds: Vec<Code>,
    /// The shorter notice; absent: at once.
    #[n(1)]
    pub notice: Option<SpanMs>,
}

/// Entry into force in one zone, where it differs.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ZoneEntry {
    /// The zone.
    #[n(0)]
    pub zone: Code,
    /// From when.
    #[n(1)]
    pub from: Bound,
}

/// The terms that have to do with time, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Timing {
    /// From when it is in effect.
    #[n(0)]
    pub from: Option<Bound>,
    /// Zones where it is in effect from another instant, by their code.
    #[n(1)]
    pub zones: Vec<ZoneEntry>,
    /// How it ends.
    #[n(2)]
    pub end: Option<End>,
    /// How it is renewed; absent: it is not.
    #[n(3)]
    pub renewal: Option<Renewal>,
    /// How long before a withdrawal takes effect notice is given.
    #[n(4)]
    pub notice: Option<SpanMs>,
    /// Withdrawal on urgent grounds; absent: there are none.
    #[n(5)]
    pub urgent: Option<Urgent>,
    /// How long the brake holds.
    #[n(6)]
    pub brake: Option<SpanMs>,
    /// Within what time a query is answered.
    #[n(7)]
    pub reply: Option<SpanMs>,
    /// Within what time of an event a complaint about it is made.
    #[n(8)]
    pub complaint: Option<SpanMs>,
    /// True if nobody is bound in a zone before every party confirmed that its people there were told (LIFE-22); absent
    /// otherwise.
    #[n(9)]
    pub told: Option<bool>,
    /// The time between the set times, counted from midnight UTC, at which incidents that are not urgent are shown; absent: every
    /// incident is shown at once.
    #[n(10)]
    pub set_times: Option<SpanMs>,
    /// What may follow a query that is not answered in its time.
    #[n(11)]
    pub ladder: Option<Ladder>,
}

/// How long after a query's time is over each step is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Ladder {
    /// A second query.
    #[n(0)]
    pub second: SpanMs,
    /// A meeting proposed.
    #[n(1)]
    pub meeting: SpanMs,
    /// A complaint.
    #[n(2)]
    pub complaint: SpanMs,
}

/// The time terms of a text from which nothing is missing: plain instants and milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// From when it is in effect.
    pub from: UtcMs,
    /// Whether that instant is included.
    pub from_inclusive: bool,
    /// Zones with another beginning: code, instant, whether included.
    pub zones: Vec<(Code, UtcMs, bool)>,
    /// Until when it is in effect.
    pub until: UtcMs,
    /// Whether that instant is included.
    pub until_inclusive: bool,
    /// Milliseconds from the beginning to the end.
    pub duration_ms: u64,
    /// By how many milliseconds a renewal moves the end; nothing if there is none.
    pub renewal_ms: Option<u64>,
    /// How many milliseconds before the end the last reaffirmation has to be in.
    pub renewal_before_ms: Option<u64>,
    /// Milliseconds of notice of withdrawal; nothing if none is foreseen.
    pub notice_ms: Option<u64>,
    /// Milliseconds of notice on urgent grounds, 0 for at once; nothing if there are no such grounds.
    pub urgent_notice_ms: Option<u64>,
    /// Milliseconds the brake holds.
    pub brake_ms: Option<u64>,
    /// Milliseconds within which a query is answered.
    pub reply_ms: Option<u64>,
    /// Milliseconds after an event within which a complaint is made.
    pub complaint_ms: Option<u64>,
}

impl Timing {
    /// The end as instant and inclusiveness, once that and what it depends on is said.
    pub fn until(&self) -> Option<(UtcMs, bool)> {
        match self.end? {
            End::At(bound) => bound.whole(),
            End::After { span, inclusive } => {
                let from = self.from?.moment.instant()?;
                Some((UtcMs(from.0.checked_add(span.0)?), inclusive?))
            }
        }
    }

    /// The plain terms, or nothing while beginning or end miss something (CHECK-1, CHECK-2, CHECK-20, CHECK-21).
    pub fn terms(&self) -> Option<Terms> {
        let (from, from_inclusive) = self.from.as_ref()?.whole()?;
        let (until, until_inclusive) = self.until()?;
        let duration_ms = until.0.checked_sub(from.0).filter(|ms| *ms > 0)?;
        let zone =
            |entry: &ZoneEntry| entry.from.whole().map(|(at, inclusive)| (entry.zone.clone(), at, inclusive));
        let ms = |span: Option<SpanMs>| span.map(|span| span.0);
        Some(Terms {
            from,
            from_inclusive,
            zones: self.zones.iter().map(zone).collect::<Option<Vec<_>>>()?,
            until,
            until_inclusive,
            duration_ms,
            renewal_ms: self.renewal.map(|renewal| renewal.span.0),
            renewal_before_ms: self.renewal.map(|renewal| renewal.before.0),
            notice_ms: ms(self.notice),
            urgent_notice_ms: self.urgent.as_ref().map(|urgent| ms(urgent.notice).unwrap_or(0)),
            brake_ms: ms(self.brake),
            reply_ms: ms(self.reply),
            complaint_ms: ms(self.complaint),
        })
    }
}
