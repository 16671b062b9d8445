//! Instants and dates as people write them: RFC 3339 in UTC, computed without a clock or a time-zone table.

use backchannel_wire::UtcMs;
use minicbor::{Decode, Decoder, Encode, Encoder};
use std::fmt;

const DAY_MS: u64 = 86_400_000;
/// 9999-12-31T23:59:59.999Z, the last instant RFC 3339 can write.
const LAST_MS: u64 = 253_402_300_799_999;

/// A day of the Gregorian calendar, as the date of an aide-memoire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// A date from 1970 to 9999, or nothing if there is no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let fits = (1970..=9999).contains(&year) && (1..=12).contains(&month);
        (fits && day >= 1 && day <= month_days(year, month)).then_some(Self { year, month, day })
    }

    /// The day that holds an instant.
    pub fn of(utc: UtcMs) -> Self {
        civil(utc.0.min(LAST_MS) / DAY_MS)
    }

    /// Parses `2026-11-23`.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let marks = bytes.len() == 10 && bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-');
        if !marks {
            return None;
        }
        Self::new(number(text.get(0..4)?)?, number(text.get(5..7)?)?, number(text.get(8..10)?)?)
    }

    fn days(self) -> u64 {
        let years = u64::from(self.year);
        let before = years - 1;
        // Days from 0001-01-01 to the year, less those to 1970-01-01.
        let to_year = before * 365 + before / 4 - before / 100 + before / 400 - 719_162;
        let to_month: u64 = (1..self.month).map(|month| u64::from(month_days(self.year, month))).sum();
        to_year + to_month + u64::from(self.day) - 1
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl<C> Encode<C> for Date {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u32(u32::from(self.year) * 10_000 + u32::from(self.month) * 100 + u32::from(self.day))?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Date {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let packed = d.u32()?;
        let part = |value: u32| u16::try_from(value).ok();
        let date = part(packed / 10_000).and_then(|year| {
            let month = u8::try_from(packed / 100 % 100).ok()?;
            let day = u8::try_from(packed % 100).ok()?;
            Self::new(year, month, day)
        });
        date.ok_or_else(|| minicbor::decode::Error::message("no such day"))
    }
}

/// Writes an instant as `2026-11-23T10:29:13.250Z`; instants past the year 9999 are written as its last one.
pub fn rfc3339(utc: UtcMs) -> String {
    let ms = utc.0.min(LAST_MS);
    let (date, rest) = (civil(ms / DAY_MS), ms % DAY_MS);
    let (hour, minute, second) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60);
    format!("{date}T{hour:02}:{minute:02}:{second:02}.{:03}Z", rest % 1000)
}

/// Parses `2026-11-23T10:29Z`, with seconds and up to three decimals if given. Only UTC (`Z`) is taken.
pub fn parse_rfc3339(text: &str) -> Option<UtcMs> {
    let clock = text.get(11..)?.strip_suffix('Z')?;
    if !matches!(text.as_bytes().get(10), Some(b'T' | b't' | b' ')) {
        return None;
    }
    let date = Date::parse(text.get(0..10)?)?;
    let (whole, decimals) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut parts = whole.split(':');
    let hour = two(parts.next()?, 23)?;
    let minute = two(parts.next()?, 59)?;
    let second = parts.next().map_or(Some(0), |part| two(part, 59))?;
    if parts.next().is_some() || !(1..=3).contains(&decimals.len()) {
        return None;
    }
    let fraction: u64 = number(decimals)?;
    let scale = [100, 10, 1].get(decimals.len() - 1)?;
    let ms = hour * 3_600_000 + minute * 60_000 + second * 1000 + fraction * scale;
    Some(UtcMs(date.days() * DAY_MS + ms))
}

fn two(text: &str, max: u64) -> Option<u64> {
    (text.len() == 2).then(|| number::<u64>(text)).flatten().filter(|value| *value <= max)
}

fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn month_days(year: u16, month: u8) -> u8 {
    match month {
        2 if leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The civil date of a day counted from 1970-01-01 (the era arithmetic of Hinnant's "chrono-compatible dates").
fn civil(days: u64) -> Date {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    Date {
        year: u16::try_from(year).unwrap_or(9999),
        month: u8::try_from(month).unwrap_or(12),
        day: u8::try_from(day).unwrap_or(31),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_instants_are_written_and_read() {
        assert_eq!(rfc3339(UtcMs(0)), "1970-01-01T00:00:00.000Z");
        assert_eq!(rfc3339(UtcMs(951_782_400_250)), "2000-02-29T00:00:00.250Z");
        assert_eq!(rfc3339(UtcMs(u64::MAX)), "9999-12-31T23:59:59.999Z");
        assert_eq!(parse_rfc3339("2026-11-23T10:29Z"), Some(UtcMs(1_795_429_740_000)));
        assert_eq!(parse_rfc3339("2026-11-23 10:29:00.5Z"), Some(UtcMs(1_795_429_740_500)));
    }

    #[test]
    fn what_is_not_an_instant_in_utc_is_refused() {
        for text in [
            "",
            "2026-11-23",
            "2026-02-29T00:00Z",
            "2026-11-23T24:00Z",
            "2026-11-23T10:29:60Z",
            "2026-11-23T10:29+02:00",
            "2026-11-23T10:29",
            "2026-11-23T10:29:00.1234Z",
            "2026-11-23T+1:29Z",
            "é026-11-23T10:29Z",
        ] {
            assert_eq!(parse_rfc3339(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_instant_survives_writing_and_reading(ms in 0..=LAST_MS) {
            prop_assert_eq!(parse_rfc3339(&rfc3339(UtcMs(ms))), Some(UtcMs(ms)));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC{0,40}") {
            let _ = parse_rfc3339(&text);
            let _ = Date::parse(&text);
        }
    }
}
