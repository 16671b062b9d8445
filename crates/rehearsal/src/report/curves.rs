//! Survival curves as they are shown: thinned for plots, and read off at dates for tables.

use super::figures::YEAR_DAYS;
use crate::results::{Estimate, Point, Results};

/// Points of one curve in a plot: more would not be seen.
const POINTS_MAX: usize = 80;
/// How far a thinned curve may stray, as a share of the height of its plot: half a printed dot.
const STRAY_FIRST: f64 = 0.001;
/// Dates in the table.
const DATES_MAX: usize = 6;
/// How far a point may lie from a date that people ask for, as a share of it.
const DATE_NEAR: f64 = 0.04;
/// Dates that people ask for, in years.
const DATES: [f64; 15] =
    [1.0 / 12.0, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 50.0, 75.0, 100.0];

/// The points of a curve that are numbers, in the order of their days.
pub(super) fn sound(curve: &[Point]) -> Vec<Point> {
    let is_sound = |point: &&Point| {
        let Estimate { value, low, high } = point.survival;
        [point.day, value, low, high].iter().all(|number| number.is_finite())
    };
    let mut points: Vec<Point> = curve.iter().filter(is_sound).copied().collect();
    points.sort_by(|a, b| a.day.total_cmp(&b.day));
    points
}

/// A curve with few enough points, none of which is moved; `height` is the height of the plot in units of survival.
pub(super) fn thinned(curve: &[Point], height: f64) -> Vec<Point> {
    let points = sound(curve);
    let mut stray = STRAY_FIRST * height.max(1e-9);
    // The stray doubles until the points are few: after sixty times it exceeds any plot.
    for _ in 0..60 {
        let kept = within(&points, stray);
        if kept.len() <= POINTS_MAX {
            return kept;
        }
        stray *= 2.0;
    }
    points.first().into_iter().chain(points.last()).copied().collect()
}

/// Keeps the points without which a line would stray further than that from the curve or its interval (Douglas and Peucker).
fn within(points: &[Point], stray: f64) -> Vec<Point> {
    if points.len() < 3 {
        return points.to_vec();
    }
    let mut kept = vec![false; points.len()];
    let mut open = vec![(0, points.len() - 1)];
    for end in [0, points.len() - 1] {
        kept[end] = true;
    }
    while let Some((first, last)) = open.pop() {
        let off = |at: usize| {
            let line = between(&points[first], &points[last], points[at].day);
            let survival = points[at].survival;
            let gaps = [survival.value - line.value, survival.low - line.low, survival.high - line.high];
            gaps.into_iter().map(f64::abs).fold(0.0, f64::max)
        };
        let furthest = (first + 1..last).map(|at| (at, off(at))).max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((at, gap)) = furthest
            && gap > stray
        {
            kept[at] = true;
            open.extend([(first, at), (at, last)]);
        }
    }
    points.iter().zip(kept).filter(|(_, kept)| *kept).map(|(point, _)| *point).collect()
}

/// The estimate on the straight line between two points.
fn between(first: &Point, last: &Point, day: f64) -> Estimate {
    let length = last.day - first.day;
    let share = if length > 0.0 { ((day - first.day) / length).clamp(0.0, 1.0) } else { 1.0 };
    let (a, b) = (first.survival, last.survival);
    let mix = |from: f64, to: f64| from + (to - from) * share;
    Estimate { value: mix(a.value, b.value), low: mix(a.low, b.low), high: mix(a.high, b.high) }
}

/// The estimate at a day, on the line between the points about it, for markers; none outside the curve, which must be
/// sound.
pub(super) fn at(points: &[Point], day: f64) -> Option<Estimate> {
    let after = points.partition_point(|point| point.day < day);
    let next = points.get(after)?;
    if next.day <= day {
        return Some(next.survival);
    }
    let before = points.get(after.checked_sub(1)?)?;
    Some(between(before, next, day))
}

/// The last day that any curve reaches, 1 at least.
pub(super) fn last_day(results: &Results) -> f64 {
    let days = results.variants.iter().flat_map(|variant| &variant.curve).map(|point| point.day);
    days.filter(|day| day.is_finite()).fold(1.0, f64::max)
}

/// Days of the table, each one of the first variant's curve: those nearest to dates that people ask for, and the last one.
/// None is made up between points, for restraint may end in steps.
pub(super) fn dates(results: &Results) -> Vec<f64> {
    let curve = results.variants.first().map(|variant| sound(&variant.curve)).unwrap_or_default();
    let Some(last) = curve.last().map(|point| point.day) else { return Vec::new() };
    let near = |wanted: f64| {
        let days = curve.iter().map(|point| point.day);
        let nearest = days.min_by(|a, b| (a - wanted).abs().total_cmp(&(b - wanted).abs()))?;
        ((nearest - wanted).abs() <= wanted * DATE_NEAR).then_some(nearest)
    };
    let mut dates: Vec<f64> = DATES.iter().filter_map(|years| near(years * YEAR_DAYS)).collect();
    if dates.len() < 2 {
        let places = (1..DATES_MAX).map(|part| part * (curve.len() - 1) / (DATES_MAX - 1));
        dates = places.filter_map(|at| curve.get(at)).map(|point| point.day).collect();
    }
    dates.push(last);
    dates.retain(|day| *day > 0.0);
    dates.dedup();
    dates.split_off(dates.len().saturating_sub(DATES_MAX))
}

/// The estimate at a day of the table: that of the point there; none where the curve has no such point.
pub(super) fn on(points: &[Point], day: f64) -> Option<Estimate> {
    points.iter().find(|point| (point.day - day).abs() < 1e-6).map(|point| point.survival)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(day: f64, value: f64) -> Point {
        Point { day, survival: Estimate { value, low: value - 0.01, high: value + 0.01 } }
    }

    #[test]
    fn a_straight_curve_needs_its_ends_only() {
        let curve: Vec<Point> = (0..500).map(|n| point(f64::from(n), 1.0 - f64::from(n) * 0.001)).collect();
        assert_eq!(thinned(&curve, 1.0).len(), 2);
    }

    #[test]
    fn a_cliff_is_kept_and_a_restless_curve_is_thinned_to_the_bound() {
        let cliff: Vec<Point> =
            (0..400).map(|n| point(f64::from(n), if n < 200 { 1.0 } else { 0.5 })).collect();
        let kept = thinned(&cliff, 1.0);
        assert!(kept.iter().any(|point| (point.day - 199.0).abs() < 0.5));
        assert!(kept.iter().any(|point| (point.day - 200.0).abs() < 0.5));
        let restless: Vec<Point> =
            (0..4_000).map(|n| point(f64::from(n), 0.5 + 0.4 * f64::from(n * 7_919 % 101) / 101.0)).collect();
        assert!(thinned(&restless, 1.0).len() <= POINTS_MAX);
    }

    #[test]
    fn points_that_are_no_numbers_are_left_out() {
        let curve = [point(0.0, 1.0), point(1.0, f64::NAN), point(f64::INFINITY, 0.5), point(2.0, 0.9)];
        assert_eq!(thinned(&curve, 1.0).len(), 2);
    }

    #[test]
    fn dates_are_days_of_the_curve_and_none_is_made_up() {
        let curve: Vec<Point> = (0..=156).map(|week| point(f64::from(week * 7), 0.9)).collect();
        let results = of(curve.clone());
        let days = dates(&results);
        assert_eq!(days, [91.0, 182.0, 364.0, 728.0, 1092.0]);
        assert!(days.iter().all(|day| on(&curve, *day).is_some()));
        assert!(on(&curve, 92.0).is_none());
        assert!(dates(&of(Vec::new())).is_empty());
    }

    fn of(curve: Vec<Point>) -> Results {
        let nothing = Estimate { value: 0.9, low: 0.9, high: 0.9 };
        let variant = crate::results::Variant {
            name: String::new(),
            terms: Vec::new(),
            runs: 1,
            curve,
            survival_1y: nothing,
            survival: nothing,
            causes: Vec::new(),
            question: nothing,
            cost: nothing,
            against_first: None,
            rare: None,
        };
        Results {
            title: String::new(),
            notice: String::new(),
            seed: 0,
            years: 3.0,
            level: 0.95,
            partial: false,
            variants: vec![variant],
            terms: Vec::new(),
            tornado: Vec::new(),
            left_out: Vec::new(),
            frontier: Vec::new(),
            best: None,
            searched: None,
            convergence: Vec::new(),
            oracles: Vec::new(),
            assumptions: Vec::new(),
            remarks: Vec::new(),
        }
    }

    #[test]
    fn an_estimate_is_read_off_between_points_and_not_beyond_them() {
        let points = [point(0.0, 1.0), point(10.0, 0.5)];
        assert!((at(&points, 5.0).unwrap().value - 0.75).abs() < 1e-12);
        assert!((at(&points, 10.0).unwrap().value - 0.5).abs() < 1e-12);
        assert!(at(&points, 11.0).is_none());
        assert!(at(&[], 1.0).is_none());
    }
}
