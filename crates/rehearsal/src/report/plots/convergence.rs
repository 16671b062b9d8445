//! Whether there were enough runs: the estimate and its interval after more and more of them.

use super::canvas::{Area, Drawn, Frame, Margins, Sheet, Width, drawn, ink, pen, step, step_places, ticks};
use super::tones::{DEEP, INK};
use crate::report::tongue::{Lang, Tongue, ids, tongue};
use crate::report::{figures, names};
use crate::results::{Estimate, Results};
use std::ops::Range;

/// Survival of the first variant to the horizon after some runs, over the runs on a scale of powers of ten.
pub fn convergence(results: &Results, lang: Lang, width: Width) -> String {
    let words = tongue(lang);
    let points = sound(results);
    let sheet = Sheet {
        words,
        name: "convergence",
        width,
        size: (width.px(), if width.is_wide() { 280 } else { 250 }),
        title: words.t(ids::PLOT_CONVERGENCE),
        description: description(&points, words),
    };
    drawn(&sheet, |area| all(area, words, &points, width))
}

/// Runs by their decimal logarithm, with the estimate after them.
fn sound(results: &Results) -> Vec<(f64, u64, Estimate)> {
    let numbers = |one: &Estimate| [one.low, one.value, one.high].into_iter().all(f64::is_finite);
    let kept = results.convergence.iter().filter(|(runs, one)| *runs > 0 && numbers(one));
    // The logarithm of a count of runs loses nothing that a plot could show.
    #[expect(clippy::cast_precision_loss, reason = "a place on an axis")]
    let mut points: Vec<(f64, u64, Estimate)> =
        kept.map(|(runs, one)| ((*runs as f64).log10(), *runs, *one)).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    points
}

fn description(points: &[(f64, u64, Estimate)], words: &Tongue) -> String {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return words.t(ids::PLOT_EMPTY) };
    let places = figures::percent_places([&last.2]);
    words.v(
        ids::PLOT_CONVERGENCE_WORDS,
        [
            ("variant", names::letter(words, 0).into()),
            ("few", words.number(first.1).into()),
            ("fewInterval", figures::percent_interval(words, &first.2, places).into()),
            ("many", words.number(last.1).into()),
            ("manyInterval", figures::percent_interval(words, &last.2, places).into()),
        ],
    )
}

fn all(area: &Area<'_>, words: &Tongue, points: &[(f64, u64, Estimate)], width: Width) -> Drawn {
    let low = points.iter().map(|point| point.2.low).fold(1.0, f64::min).clamp(0.0, 1.0);
    let high = points.iter().map(|point| point.2.high).fold(0.0, f64::max).clamp(0.0, 1.0);
    let gap = step((high - low).max(1e-4), 4.0);
    let y = ((low / gap).floor() * gap).max(0.0)..((high / gap).ceil() * gap).min(1.0);
    let x = points.first().map_or(0.0, |point| point.0)..points.last().map_or(1.0, |point| point.0);
    let margins = Margins { top: 36, right: 30, bottom: 46, left: 56 };
    let mut frame = Frame::new(area, words, margins, x.clone(), y.clone())?;
    let places = step_places(gap * 100.0);
    let heights: Vec<(f64, String)> =
        ticks(&y, gap).iter().map(|value| (*value, words.percent(*value, places))).collect();
    frame.heights(&heights)?;
    frame.feet(&feet(words, &x, width))?;
    frame.titles(&words.t(ids::AXIS_HOLDS_END), &words.t(ids::AXIS_RUNS))?;
    let band: Vec<(f64, f64, f64)> = points.iter().map(|(x, _, one)| (*x, one.low, one.high)).collect();
    frame.band(&band, ink(DEEP, 0.22))?;
    for bound in [|one: &Estimate| one.low, |one: &Estimate| one.high] {
        let edge: Vec<(f64, f64)> = points.iter().map(|(x, _, one)| (*x, bound(one))).collect();
        frame.curve(&edge, None, pen(DEEP, 3))?;
    }
    let middle: Vec<(f64, f64)> = points.iter().map(|(x, _, one)| (*x, one.value)).collect();
    frame.curve(&middle, None, pen(INK, 8))
}

/// Ticks at powers of ten; at twice and five times those too where there are few of them.
fn feet(words: &Tongue, x: &Range<f64>, width: Width) -> Vec<(f64, String)> {
    let decades = x.end - x.start;
    let times: &[f64] = if decades < 2.0 { &[1.0, 2.0, 5.0] } else { &[1.0] };
    let gap = if decades > 4.0 && !width.is_wide() { 2 } else { 1 };
    // A count of runs has fewer than twenty digits.
    let runs =
        (0..20).step_by(gap).flat_map(|power| times.iter().map(move |times| times * 10_f64.powi(power)));
    let inside = runs.filter(|runs| (x.start - 1e-9..=x.end + 1e-9).contains(&runs.log10()));
    inside.map(|runs| (runs.log10(), words.decimal(runs, 0))).collect()
}
