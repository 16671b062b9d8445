//! Estimates as pages write them: no more places than their intervals bear.

use super::tongue::{Tongue, ids};
use crate::results::Estimate;

/// Percentages are given with at least one place, and with two where their intervals are narrower than that.
const PERCENT_PLACES: std::ops::RangeInclusive<i32> = 1..=2;
const PLAIN_PLACES: std::ops::RangeInclusive<i32> = 0..=4;
/// Places to which a share is written out rather than rounded to none or all.
const SHARE_PLACES_MAX: usize = 6;
/// The same for what is rare.
const RARE_PLACES_MAX: f64 = 15.0;
/// Days of a year and of its twelfth.
pub(super) const YEAR_DAYS: f64 = 365.0;
pub(super) const MONTH_DAYS: f64 = YEAR_DAYS / 12.0;

/// Places for percentages of a column, by the interval in its middle.
pub(super) fn percent_places<'a>(estimates: impl IntoIterator<Item = &'a Estimate>) -> usize {
    places(estimates.into_iter().map(|one| (one.high - one.low) * 50.0), PERCENT_PLACES)
}

/// Places for plain numbers of a column, by the interval in its middle.
pub(super) fn plain_places<'a>(estimates: impl IntoIterator<Item = &'a Estimate>) -> usize {
    places(estimates.into_iter().map(|one| (one.high - one.low) / 2.0), PLAIN_PLACES)
}

fn places(halves: impl Iterator<Item = f64>, bounds: std::ops::RangeInclusive<i32>) -> usize {
    let mut halves: Vec<f64> = halves.filter(|half| *half > 0.0 && half.is_finite()).collect();
    halves.sort_by(f64::total_cmp);
    let least = usize::try_from(*bounds.start()).unwrap_or_default();
    let Some(half) = halves.get(halves.len() / 2) else { return least };
    // Bounded before it is cast.
    #[expect(clippy::cast_possible_truncation, reason = "a small number")]
    let wanted = (-half.log10().floor()).clamp(-9.0, 9.0) as i32;
    usize::try_from(wanted.clamp(*bounds.start(), *bounds.end())).unwrap_or_default()
}

/// A share of one as a percentage; never rounded to none or all where it is neither.
pub(super) fn percent(words: &Tongue, share: f64, places: usize) -> String {
    let inside = share > 0.0 && share < 1.0;
    let shown = (places..=SHARE_PLACES_MAX).find(|places| {
        let unit = 10_f64.powi(i32::try_from(*places).unwrap_or_default());
        let rounded = (share * 100.0 * unit).round() / unit;
        rounded > 0.0 && rounded < 100.0
    });
    words.percent(share, if inside { shown.unwrap_or(SHARE_PLACES_MAX) } else { places })
}

/// A share that may be very small, with two digits that say something, and its interval, in words.
pub(super) fn rare(words: &Tongue, estimate: &Estimate) -> (String, String) {
    let written = |share: f64| {
        let places = if share > 0.0 { 1.0 - (share * 100.0).log10().floor() } else { 1.0 };
        // Bounded before it is cast.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number")]
        let places = places.clamp(1.0, RARE_PLACES_MAX) as usize;
        words.percent(share, places)
    };
    (written(estimate.value), interval(words, written(estimate.low), written(estimate.high)))
}

/// The interval of a share in a table, whose column says that it counts in hundredths.
pub(super) fn bare_interval(words: &Tongue, estimate: &Estimate, places: usize) -> String {
    interval(words, words.decimal(estimate.low * 100.0, places), words.decimal(estimate.high * 100.0, places))
}

/// The interval of a share, in words.
pub(super) fn percent_interval(words: &Tongue, estimate: &Estimate, places: usize) -> String {
    interval(words, percent(words, estimate.low, places), percent(words, estimate.high, places))
}

/// The interval of a plain number, in words.
pub(super) fn plain_interval(words: &Tongue, estimate: &Estimate, places: usize) -> String {
    interval(words, words.decimal(estimate.low, places), words.decimal(estimate.high, places))
}

/// A difference of shares in points of a hundred, and its interval in words.
pub(super) fn points(words: &Tongue, estimate: &Estimate, places: usize) -> (String, String) {
    let signed = |share: f64| words.signed(share * 100.0, places);
    (signed(estimate.value), interval(words, signed(estimate.low), signed(estimate.high)))
}

fn interval(words: &Tongue, low: String, high: String) -> String {
    // A minus brings a mark of its own direction, which must not turn the whole round.
    words.line(&words.v(ids::INTERVAL, [("low", low.into()), ("high", high.into())]))
}

/// A length of time in whole years, whole months or days.
pub(super) fn span(words: &Tongue, days: f64) -> String {
    let near = |unit: f64| {
        let n = (days / unit).round();
        // A year of 365 days and one of a quarter more are the same to a reader.
        (n >= 1.0 && (days / unit - n).abs() < 0.004 * n.max(1.0)).then_some(n)
    };
    if let Some(n) = near(YEAR_DAYS) {
        return words.v(ids::SPAN_YEARS, [("n", n.into())]);
    }
    match near(MONTH_DAYS) {
        Some(n) if n < 24.0 => words.v(ids::SPAN_MONTHS, [("n", n.into())]),
        _ if days > YEAR_DAYS => {
            words.v(ids::SPAN_YEARS, [("n", ((days / YEAR_DAYS * 100.0).round() / 100.0).into())])
        }
        _ => words.v(ids::SPAN_DAYS, [("n", ((days * 10.0).round() / 10.0).into())]),
    }
}

/// The horizon in words.
pub(super) fn horizon(words: &Tongue, years: f64) -> String {
    span(words, years * YEAR_DAYS)
}

#[cfg(test)]
mod tests {
    use super::super::tongue::{Lang, tongue};
    use super::*;

    fn estimate(low: f64, value: f64, high: f64) -> Estimate {
        Estimate { value, low, high }
    }

    #[test]
    fn places_follow_the_interval_in_the_middle() {
        assert_eq!(percent_places(&[estimate(0.90, 0.92, 0.94)]), 1);
        assert_eq!(percent_places(&[estimate(0.9, 0.92, 0.94), estimate(0.9299, 0.93, 0.9301)]), 1);
        assert_eq!(percent_places(&[estimate(0.9299, 0.93, 0.9301)]), 2);
        assert_eq!(percent_places(&[]), 1);
        assert_eq!(plain_places(&[estimate(100.0, 150.0, 200.0)]), 0);
        assert_eq!(plain_places(&[estimate(1.0, 1.01, 1.02)]), 2);
    }

    #[test]
    fn a_share_that_is_not_all_is_never_written_as_all() {
        let words = tongue(Lang::En);
        assert_eq!(percent(words, 0.99993, 1), "99.99%");
        assert_eq!(percent(words, 0.00001, 1), "0.001%");
        assert_eq!(percent(words, 1.0, 1), "100.0%");
        assert_eq!(percent(words, 0.5, 1), "50.0%");
    }

    #[test]
    fn what_is_rare_is_written_with_two_digits() {
        let words = tongue(Lang::En);
        let told = rare(words, &estimate(8.96e-7, 1.234e-6, 0.0012)).0;
        assert_eq!(told, "0.00012%");
        assert_eq!(rare(words, &estimate(0.0, 0.25, 1.0)).0, "25.0%");
        assert_eq!(rare(words, &estimate(0.0, 0.0, 1.0)).0, "0.0%");
    }

    #[test]
    fn spans_are_told_in_whole_units_where_there_are_any() {
        let told = |days| span(tongue(Lang::En), days).replace(['\u{2068}', '\u{2069}'], "");
        assert_eq!(told(365.0), "1 year");
        assert_eq!(told(1825.0), "5 years");
        assert_eq!(told(30.4), "1 month");
        assert_eq!(told(91.3), "3 months");
        assert_eq!(told(45.0), "45 days");
        assert_eq!(told(550.0), "1.51 years");
    }
}
