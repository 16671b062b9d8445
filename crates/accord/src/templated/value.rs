//! What a field holds: typed, read from what people write, and written in one form (VALUE rules).

use super::geometry;
use super::place::Place;
use crate::limits::{MESSAGE_LINE_BYTES_MAX, MESSAGE_TEXT_BYTES_MAX, PLACES_OF_AREA_MAX, RADIUS_M_MAX};
use crate::time::{parse_rfc3339, rfc3339};
use crate::words::DispatchId;
use backchannel_wire::UtcMs;
use serde::Deserialize;

/// What kind of thing a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Type {
    /// An instant in UTC, with its hour and minute (VALUE-1).
    Instant,
    /// Two instants, and whether each belongs to the time between them (VALUE-2).
    Window,
    /// A place (VALUE-3).
    Place,
    /// A polygon, or a circle (VALUE-5).
    Area,
    /// A way from place to place (VALUE-5).
    Track,
    /// A distance in metres (VALUE-6).
    Distance,
    /// How many of a unit (VALUE-7).
    Count,
    /// One of a list (VALUE-8).
    Choice,
    /// Yes or no (VALUE-8).
    YesNo,
    /// One line of free text (VALUE-9).
    Line,
    /// Free text (VALUE-9).
    Text,
    /// A dispatch, by its id (VALUE-10).
    Reference,
    /// A clause of an understanding (VALUE-10).
    Clause,
    /// A number in a sequence (VALUE-7).
    Number,
}

/// An area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Area {
    /// Between places, the last joined to the first.
    Polygon(Vec<Place>),
    /// Around a place: its radius in metres.
    Circle(Place, u64),
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// An instant.
    Instant(UtcMs),
    /// From when, whether that belongs to it, until when, whether that does.
    Window(UtcMs, bool, UtcMs, bool),
    /// A place.
    Place(Place),
    /// An area.
    Area(Area),
    /// A way.
    Track(Vec<Place>),
    /// Metres.
    Distance(u64),
    /// How many.
    Count(u64),
    /// The code of a choice.
    Choice(String),
    /// Yes or no.
    YesNo(bool),
    /// Free text, of one line or more.
    Text(String),
    /// A dispatch.
    Reference(DispatchId),
    /// An understanding's name and the key of a clause.
    Clause([u8; 16], String),
    /// A number.
    Number(u64),
}

/// Why something is not a value of its type. The words never repeat what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} (VALUE-{rule}); {hint}")]
pub struct ValueError {
    /// The number of the rule.
    pub rule: u8,
    /// What is wrong.
    pub what: &'static str,
    /// How it is written.
    pub hint: &'static str,
}

const fn error(rule: u8, what: &'static str, hint: &'static str) -> ValueError {
    ValueError { rule, what, hint }
}

const INSTANT: ValueError =
    error(1, "an instant has a date, an hour, a minute and the Z of UTC", "write 2026-11-25T03:10Z");
const WINDOW: ValueError = error(
    2,
    "a window has two instants, the first before the second, each with whether it is included",
    "write 2026-12-01T06:00Z included to 2026-12-03T06:00Z excluded",
);
const PLACE: ValueError = error(
    3,
    "a place has a latitude and a longitude",
    "write 36.5N 12.25E, or 36°30.0'N 12°15.0'E, or 36°30'00\"N 12°15'00\"E",
);
const AREA: ValueError = error(
    5,
    "an area is a circle, or a polygon of 3 to 64 places whose edges do not cross",
    "write circle 36.5N 12.25E 5km, or polygon 36N 12E; 36N 13E; 37N 12E",
);
const TRACK: ValueError =
    error(5, "a track is 2 to 64 places, no two in a row the same", "write 36N 12E; 36N 13E");
const DISTANCE: ValueError =
    error(6, "a distance is a number and its unit, up to 20,000 km", "write 40km, 22nmi or 500m");
const COUNT: ValueError = error(7, "this is a whole number without a sign", "write digits only");
const CHOICE: ValueError = error(8, "this is one of a list", "write one of the codes of the template");
const YES_NO: ValueError = error(8, "this is yes or no", "write yes or no");
const LINE: ValueError = error(9, "this is one line of at most 256 bytes", "shorten it");
const TEXT: ValueError = error(9, "this is a text of at most 4,096 bytes that is not blank", "shorten it");
const REFERENCE: ValueError =
    error(10, "a dispatch is named by 32 hexadecimal digits", "copy its id from the inbox");
const CLAUSE: ValueError = error(
    10,
    "a clause is named by the understanding, 32 hexadecimal digits, a slash and its key",
    "see the understanding for both",
);

impl Value {
    /// Reads what a person wrote.
    pub fn parse(kind: Type, text: &str) -> Result<Self, ValueError> {
        let trimmed = text.trim();
        match kind {
            Type::Instant => instant(trimmed).map(Self::Instant),
            Type::Window => window(trimmed).ok_or(WINDOW),
            Type::Place => Place::parse(trimmed).map(Self::Place).ok_or(PLACE),
            Type::Area => area(trimmed).map(Self::Area).ok_or(AREA),
            Type::Track => track(trimmed).map(Self::Track).ok_or(TRACK),
            Type::Distance => metres(trimmed).map(Self::Distance).ok_or(DISTANCE),
            Type::Count => number(trimmed).map(Self::Count).ok_or(COUNT),
            Type::Number => number(trimmed).map(Self::Number).ok_or(COUNT),
            Type::Choice => code(trimmed).map(Self::Choice).ok_or(CHOICE),
            Type::YesNo => match trimmed {
                "yes" => Ok(Self::YesNo(true)),
                "no" => Ok(Self::YesNo(false)),
                _ => Err(YES_NO),
            },
            Type::Line => {
                let fits =
                    !trimmed.is_empty() && text.len() <= MESSAGE_LINE_BYTES_MAX && !text.contains('\n');
                fits.then(|| Self::Text(text.to_owned())).ok_or(LINE)
            }
            Type::Text => {
                let fits = !trimmed.is_empty() && text.len() <= MESSAGE_TEXT_BYTES_MAX;
                fits.then(|| Self::Text(text.to_owned())).ok_or(TEXT)
            }
            Type::Reference => DispatchId::from_hex(trimmed).map(Self::Reference).ok_or(REFERENCE),
            Type::Clause => clause(trimmed).ok_or(CLAUSE),
        }
    }

    /// Reads the one form in which a message carries it (VALUE-11).
    pub fn from_wire(kind: Type, text: &str) -> Result<Self, ValueError> {
        let value = match kind {
            Type::Line | Type::Text => {
                let wrong = if kind == Type::Line { LINE } else { TEXT };
                Self::parse(kind, &unquoted(text).ok_or(wrong)?)?
            }
            _ => Self::parse(kind, text)?,
        };
        let canonical = value.to_wire() == text;
        canonical.then_some(value).ok_or(error(
            11,
            "this is not written in its one form",
            "write it as the page says",
        ))
    }

    /// The one form in which a message carries it.
    pub fn to_wire(&self) -> String {
        let places = |places: &[Place]| places.iter().map(Place::to_string).collect::<Vec<_>>().join("; ");
        let end = |included: &bool| if *included { "included" } else { "excluded" };
        match self {
            Self::Instant(at) => rfc3339(*at),
            Self::Window(from, first, until, last) => {
                format!("{} {} to {} {}", rfc3339(*from), end(first), rfc3339(*until), end(last))
            }
            Self::Place(place) => place.to_string(),
            Self::Area(Area::Circle(place, radius)) => format!("circle {place} {radius}m"),
            Self::Area(Area::Polygon(corners)) => format!("polygon {}", places(corners)),
            Self::Track(way) => places(way),
            Self::Distance(metres) => format!("{metres}m"),
            Self::Count(number) | Self::Number(number) => number.to_string(),
            Self::Choice(code) => code.clone(),
            Self::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Self::Text(text) => quoted(text),
            Self::Reference(id) => id.to_hex(),
            Self::Clause(id, key) => format!("{}/{key}", backchannel_wire::ids::hex(id)),
        }
    }
}

fn instant(text: &str) -> Result<UtcMs, ValueError> {
    parse_rfc3339(text).ok_or(INSTANT)
}

fn window(text: &str) -> Option<Value> {
    let (from, until) = text.split_once(" to ")?;
    let end = |part: &str| {
        let (at, included) = part.trim().split_once(' ')?;
        let included = match included.trim() {
            "included" => true,
            "excluded" => false,
            _ => return None,
        };
        Some((parse_rfc3339(at)?, included))
    };
    let ((from, first), (until, last)) = (end(from)?, end(until)?);
    (from < until).then_some(Value::Window(from, first, until, last))
}

fn places(text: &str) -> Option<Vec<Place>> {
    // A place has at least four characters: what has more separators than that allows is not even split.
    let few = text.bytes().filter(|byte| *byte == b';').count() < PLACES_OF_AREA_MAX;
    few.then(|| text.split(';').map(Place::parse).collect::<Option<Vec<_>>>())?
}

fn area(text: &str) -> Option<Area> {
    if let Some(circle) = text.strip_prefix("circle ") {
        let (place, radius) = circle.trim().rsplit_once(' ')?;
        let radius = metres(radius).filter(|radius| (1..=RADIUS_M_MAX).contains(radius))?;
        return Some(Area::Circle(Place::parse(place)?, radius));
    }
    let corners = places(text.strip_prefix("polygon ")?)?;
    let distinct = corners.iter().collect::<std::collections::BTreeSet<_>>().len() == corners.len();
    let sound = corners.len() >= 3 && distinct && !geometry::crosses_itself(&corners);
    sound.then_some(Area::Polygon(corners))
}

fn track(text: &str) -> Option<Vec<Place>> {
    let way = places(text)?;
    let moves = way.windows(2).all(|two| two.first() != two.get(1));
    (way.len() >= 2 && moves).then_some(way)
}

/// `40km`, `22nmi`, `500m`, with decimals where a unit allows them; whole metres.
pub(super) fn metres(text: &str) -> Option<u64> {
    let at = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = (text.get(..at)?.trim(), text.get(at..)?);
    let per = match unit {
        "m" => 1.0,
        "km" => 1000.0,
        "nmi" => 1852.0,
        _ => return None,
    };
    let plain = number.len() <= 12 && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let metres = plain.then(|| number.parse::<f64>().ok())?? * per;
    (metres <= RADIUS_M_MAX as f64).then(|| metres.round() as u64)
}

fn number(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.len() <= 18 && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

/// A code: a to z, digits and hyphens, at most 40 bytes.
pub(super) fn code(text: &str) -> Option<String> {
    let fits = (1..=crate::limits::CODE_BYTES_MAX).contains(&text.len());
    let plain = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    (fits && plain).then(|| text.to_owned())
}

fn clause(text: &str) -> Option<Value> {
    let (id, key) = text.split_once('/')?;
    let id: [u8; 16] = backchannel_wire::ids::unhex(id)?.try_into().ok()?;
    Some(Value::Clause(id, code(key)?))
}

/// A text in quotation marks: `\` before a quotation mark and itself, `\n` for a new line, `\u{..}` for other control
/// characters.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len().saturating_add(2));
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn unquoted(text: &str) -> Option<String> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match rest.next()? {
            c @ ('"' | '\\') => out.push(c),
            'n' => out.push('\n'),
            'u' => {
                let tail = rest.as_str().strip_prefix('{')?;
                let (digits, after) = tail.split_once('}')?;
                let fits = (1..=6).contains(&digits.len());
                out.push(fits.then(|| u32::from_str_radix(digits, 16).ok())?.and_then(char::from_u32)?);
                rest = after.chars();
            }
            _ => return None,
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn reads(kind: Type, text: &str, wire: &str) {
        let value = Value::parse(kind, text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(value.to_wire(), wire);
        assert_eq!(Value::from_wire(kind, wire), Ok(value));
    }

    #[track_caller]
    fn refuses(kind: Type, rule: u8, texts: &[&str]) {
        for text in texts {
            assert_eq!(Value::parse(kind, text).map_err(|error| error.rule), Err(rule), "{text}");
        }
    }

    // VALUE-1, VALUE-2
    #[test]
    fn instants_have_hours_and_windows_say_whether_their_ends_are_included() {
        reads(Type::Instant, "2026-11-25T03:10Z", "2026-11-25T03:10:00.000Z");
        refuses(
            Type::Instant,
            1,
            &["2026-11-25", "03:10Z", "2026-11-25T03:10", "2026-11-25T03:10+01:00", ""],
        );
        reads(
            Type::Window,
            "2026-12-01T06:00Z included to 2026-12-03T06:00Z excluded",
            "2026-12-01T06:00:00.000Z included to 2026-12-03T06:00:00.000Z excluded",
        );
        refuses(
            Type::Window,
            2,
            &[
                "2026-12-01T06:00Z to 2026-12-03T06:00Z",
                "2026-12-01T06:00Z included to 2026-12-03T06:00Z",
                "2026-12-03T06:00Z included to 2026-12-03T06:00Z included",
                "2026-12-01 included to 2026-12-03 excluded",
            ],
        );
    }

    // VALUE-5, VALUE-6
    #[test]
    fn areas_tracks_and_distances() {
        reads(Type::Area, "circle 36.5N 12.25E 5km", "circle 36.50000N 12.25000E 5000m");
        reads(
            Type::Area,
            "polygon 36N 12E; 36N 13E; 37N 12E",
            "polygon 36.00000N 12.00000E; 36.00000N 13.00000E; 37.00000N 12.00000E",
        );
        let many = vec!["1N 1E"; 65].join("; ");
        refuses(
            Type::Area,
            5,
            &[
                "polygon 36N 12E; 36N 13E",
                "polygon 0N 0E; 1N 1E; 0N 1E; 1N 0E",
                "polygon 1N 1E; 2N 2E; 1N 1E",
                "circle 36N 12E",
                "circle 36N 12E 0m",
                "square 1N 1E; 2N 2E; 1N 3E",
                &format!("polygon {many}"),
            ],
        );
        reads(Type::Track, "36N 12E;36N 13E", "36.00000N 12.00000E; 36.00000N 13.00000E");
        refuses(Type::Track, 5, &["36N 12E", "36N 12E; 36N 12E", &many]);
        reads(Type::Distance, "22nmi", "40744m");
        reads(Type::Distance, "1.5 km", "1500m");
        refuses(Type::Distance, 6, &["40", "km", "-1km", "40 miles", "1e3m", "99999km"]);
    }

    // VALUE-7, VALUE-8, VALUE-9, VALUE-10
    #[test]
    fn counts_choices_texts_and_names() {
        reads(Type::Count, "007", "7");
        refuses(Type::Count, 7, &["-1", "1.5", "", "1234567890123456789"]);
        reads(Type::YesNo, "yes", "yes");
        refuses(Type::YesNo, 8, &["Yes!", "true", ""]);
        reads(Type::Choice, "accident", "accident");
        refuses(Type::Choice, 8, &["An accident", ""]);
        reads(Type::Line, "a \"b\" \\ c", "\"a \\\"b\\\" \\\\ c\"");
        refuses(Type::Line, 9, &["", "  ", "a\nb", &"x".repeat(257)]);
        reads(Type::Text, "a\nb\u{7}", "\"a\\nb\\u{7}\"");
        refuses(Type::Text, 9, &["", &"x".repeat(4_097)]);
        let id = "00112233445566778899aabbccddeeff";
        reads(Type::Reference, id, id);
        refuses(Type::Reference, 10, &["0011", ""]);
        reads(Type::Clause, &format!("{id}/no-direct-strike"), &format!("{id}/no-direct-strike"));
        refuses(Type::Clause, 10, &[id, "x/y", &format!("{id}/No")]);
    }

    // VALUE-11
    #[test]
    fn on_the_wire_there_is_one_form() {
        for (kind, text) in [
            (Type::Instant, "2026-11-25T03:10Z"),
            (Type::Place, "36.5N 12.25E"),
            (Type::Distance, "1km"),
            (Type::Count, "007"),
            (Type::Text, "\"\\u{41}\""),
            (Type::Reference, "00112233445566778899AABBCCDDEEFF"),
        ] {
            assert!(Value::from_wire(kind, text).is_err(), "{text}");
        }
    }

    proptest! {
        // VALUE-9, VALUE-11
        #[test]
        fn any_text_comes_back(text in "\\PC{0,20}[\\x00-\\x7f]{0,20}") {
            prop_assert_eq!(unquoted(&quoted(&text)), Some(text));
        }

        #[test]
        fn nothing_that_is_written_makes_it_panic(text in "\\PC{0,60}", at in 0usize..14) {
            let all = [
                Type::Instant, Type::Window, Type::Place, Type::Area, Type::Track, Type::Distance, Type::Count, Type::Choice,
                Type::YesNo, Type::Line, Type::Text, Type::Reference, Type::Clause, Type::Number,
            ];
            for text in [text.clone(), format!("polygon {text}"), format!("circle {text} 5km"), format!("\"{text}\"")] {
                if let Ok(value) = Value::parse(all[at], &text) {
                    prop_assert_eq!(Value::from_wire(all[at], &value.to_wire()), Ok(value));
                }
            }
        }
    }
}
