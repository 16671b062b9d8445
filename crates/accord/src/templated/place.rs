//! Places on the earth: in the notations people use, and in one form.

use std::fmt;

/// Units of a degree: about a metre.
const PER_DEGREE: i32 = 100_000;

/// A place: latitude and longitude on WGS 84, in hundred-thousandths of a degree (VALUE-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    lat: i32,
    lon: i32,
}

impl Place {
    /// A place; nothing beyond a pole or the antimeridian. The antimeridian itself is 180 degrees east.
    pub fn new(lat: i32, lon: i32) -> Option<Self> {
        let fits = lat.abs() <= 90 * PER_DEGREE && lon.abs() <= 180 * PER_DEGREE;
        let lon = if lon == -180 * PER_DEGREE { -lon } else { lon };
        fits.then_some(Self { lat, lon })
    }

    /// Latitude in degrees, north positive.
    pub fn lat_degrees(self) -> f64 {
        f64::from(self.lat) / f64::from(PER_DEGREE)
    }

    /// Longitude in degrees, east positive.
    pub fn lon_degrees(self) -> f64 {
        f64::from(self.lon) / f64::from(PER_DEGREE)
    }

    /// Reads `36.5N 12.25E`, `36.5 -12.25`, `36°30.0'N 12°15.0'E`, `36°30'00"N 12°15'00"E`, and the like with spaces for signs.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let (lat, lon) = match text.find(['N', 'S']) {
            Some(at) => (text.get(..=at)?, text.get(at + 1..)?),
            None => text.split_once([',', ' '])?,
        };
        let lon = lon.trim().trim_start_matches(',');
        Self::new(angle(lat, 'N', 'S')?, angle(lon, 'E', 'W')?)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |value: i32, plus: char, minus: char| {
            let (whole, rest) = (value.abs() / PER_DEGREE, value.abs() % PER_DEGREE);
            format!("{whole}.{rest:05}{}", if value < 0 { minus } else { plus })
        };
        write!(f, "{} {}", part(self.lat, 'N', 'S'), part(self.lon, 'E', 'W'))
    }
}

/// One angle: signed decimal degrees, or degrees, minutes and seconds with its letter.
fn angle(text: &str, plus: char, minus: char) -> Option<i32> {
    let text = text.trim();
    let (text, sign) = match text.strip_suffix(plus) {
        Some(rest) => (rest, Some(1.0)),
        None => match text.strip_suffix(minus) {
            Some(rest) => (rest, Some(-1.0)),
            None => (text, None),
        },
    };
    // A sign belongs to decimal degrees without a letter.
    let (text, sign) = match (text.trim().strip_prefix('-'), sign) {
        (Some(_), Some(_)) => return None,
        (Some(rest), None) => (rest, -1.0),
        (None, sign) => (text.trim(), sign.unwrap_or(1.0)),
    };
    let parts: Vec<&str> = text.split(|c: char| c.is_whitespace() || "°'′\"″".contains(c)).collect();
    let parts: Vec<f64> =
        parts.into_iter().filter(|part| !part.is_empty()).map(decimal).collect::<Option<_>>()?;
    let (last, before) = parts.split_last()?;
    let whole = before.iter().all(|part| part.fract() == 0.0);
    let small = parts.iter().skip(1).all(|part| *part < 60.0);
    if !whole || !small || parts.len() > 3 {
        return None;
    }
    let scale = |n: usize| 60f64.powi(i32::try_from(n).unwrap_or(0));
    let sum: f64 =
        before.iter().enumerate().map(|(n, part)| part / scale(n)).sum::<f64>() + last / scale(before.len());
    let units = (sum * f64::from(PER_DEGREE)).round() * sign;
    // Beyond what any angle is, the check of the place refuses it.
    (units.abs() <= 1e9).then_some(units as i32)
}

/// Digits with at most one point, and few of them: no exponents, no signs.
fn decimal(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (plain && text.len() <= 16 && text.bytes().any(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        Place::parse(text).map(|place| place.to_string())
    }

    // VALUE-3
    #[test]
    fn a_place_is_read_in_several_notations_and_written_in_one() {
        for text in [
            "36.5N 12.25E",
            "36.50000n, 12.25e",
            "36.5 12.25",
            "36.5, 12.25",
            "36°30.0'N 12°15.000'E",
            "36 30 N 12 15 E",
            "36°30'00\"N 12°15'00.0\"E",
            "36°30′N 12°15′E",
        ] {
            assert_eq!(read(text).as_deref(), Some("36.50000N 12.25000E"), "{text}");
        }
        assert_eq!(read("-36.5 -12.25").as_deref(), Some("36.50000S 12.25000W"));
        assert_eq!(read("0.000004S 0E").as_deref(), Some("0.00000N 0.00000E"));
        assert_eq!(read("10S 180W").as_deref(), Some("10.00000S 180.00000E"));
    }

    // VALUE-3
    #[test]
    fn what_is_no_place_is_refused() {
        for text in [
            "",
            "36.5",
            "36.5N",
            "91N 0E",
            "0N 181E",
            "36.5.1N 12E",
            "36 60 N 12 E",
            "36.5 30 N 12 E",
            "-36N 12E",
            "1e2N 12E",
            "N E",
            "36N 12E 5",
            "36N12E7",
            "1 2 3 4 N 5 E",
            "36N 12N",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
