//! Survival: all variants in one panel, and one panel for each.

use super::DRAWN_MAX;
use super::canvas::{
    Area, Drawn, Frame, LABEL, Margins, Sheet, UNITS, WORD, Width, drawn, ink, letter_room, letters, line,
    pen, step, step_places, ticks, write,
};
use super::marks::{Mark, mark, stamp};
use super::tones::{INK, QUIET};
use crate::report::figures::{MONTH_DAYS, YEAR_DAYS};
use crate::report::tongue::{Lang, Tongue, Voice, ids, tongue};
use crate::report::{curves, figures, names};
use crate::results::{Point, Results, Variant};
use plotters::style::text_anchor::HPos;
use std::ops::Range;

/// From so many variants on there is a panel for each, and the common panel leaves out the intervals.
pub(in crate::report) const PANELS_FROM: usize = 6;
/// Markers along one curve.
const STAMPS: u16 = 5;

/// Probability that restraint holds over time, all variants in one panel.
pub fn survival(results: &Results, voice: impl Into<Voice>, width: Width) -> String {
    let words = tongue(voice);
    let height = if width.is_wide() { 400 } else { 300 };
    let sheet = Sheet {
        words,
        name: "survival",
        width,
        size: (width.px(), height),
        title: words.t(ids::PLOT_SURVIVAL),
        description: description(results, words),
    };
    let drawing = Drawing::of(results, words, 5.0);
    drawn(&sheet, |area| all(area, &drawing, width))
}

/// The variants that end highest and lowest, by their place; none without a variant.
pub(in crate::report) fn best_and_worst(results: &Results) -> Option<(usize, usize)> {
    let sound = results.variants.iter().enumerate().filter(|(_, variant)| variant.survival.value.is_finite());
    let by_end = |a: &(usize, &Variant), b: &(usize, &Variant)| {
        // Of equals the first.
        a.1.survival.value.total_cmp(&b.1.survival.value).then(b.0.cmp(&a.0))
    };
    let best = sound.clone().max_by(by_end)?.0;
    Some((best, sound.min_by(by_end)?.0))
}

fn description(results: &Results, words: &Tongue) -> String {
    let Some((best, worst)) = best_and_worst(results) else { return words.t(ids::PLOT_EMPTY) };
    let end = |index: usize| {
        let variant = &results.variants[index];
        let said = names::called(words, index, variant);
        let survival = variant.survival;
        (said, figures::percent(words, survival.value, figures::percent_places([&survival])))
    };
    let ((best, best_value), (worst, worst_value)) = (end(best), end(worst));
    words.v(
        ids::PLOT_SURVIVAL_WORDS,
        [
            ("n", results.variants.len().into()),
            ("span", figures::horizon(words, results.years).into()),
            ("best", best.into()),
            ("bestValue", best_value.into()),
            ("worst", worst.into()),
            ("worstValue", worst_value.into()),
        ],
    )
}

/// What both kinds of panel need.
struct Drawing<'a> {
    words: &'a Tongue,
    results: &'a Results,
    curves: Vec<Vec<Point>>,
    x: Range<f64>,
    y: Range<f64>,
    step: f64,
}

impl<'a> Drawing<'a> {
    fn of(results: &'a Results, words: &'a Tongue, about: f64) -> Self {
        let shown = results.variants.get(..DRAWN_MAX).unwrap_or(&results.variants);
        let lows = shown.iter().flat_map(|variant| &variant.curve).map(|point| point.survival.low);
        let least = lows.filter(|low| low.is_finite()).fold(1.0, f64::min).clamp(0.0, 0.9999);
        // Cut only where much room would be empty, and then the title of the axis says so.
        let step = step(if least > 0.3 { 1.0 - least } else { 1.0 }, about);
        let floor = if least > 0.3 { ((least / step + 1e-9).floor() * step).max(0.0) } else { 0.0 };
        let height = 1.0 - floor;
        let curves = shown.iter().map(|variant| curves::thinned(&variant.curve, height)).collect();
        Self { words, results, curves, x: 0.0..curves::last_day(results), y: floor..1.0, step }
    }

    fn heights(&self) -> Vec<(f64, String)> {
        let places = step_places(self.step * 100.0);
        let text = |value: &f64| (*value, self.words.percent(*value, places));
        ticks(&self.y, self.step).iter().map(text).collect()
    }

    /// Ticks along time, and what they count.
    fn feet(&self, about: f64) -> (Vec<(f64, String)>, String) {
        let (unit, title) = match self.x.end {
            end if end >= 1.5 * YEAR_DAYS => (YEAR_DAYS, ids::AXIS_YEARS),
            end if end >= 3.0 * MONTH_DAYS => (MONTH_DAYS, ids::AXIS_MONTHS),
            _ => (1.0, ids::AXIS_DAYS),
        };
        // A last tick that ends a day or two beyond the last day is that day's.
        let range = 0.0..self.x.end / unit * 1.002;
        let text = |value: &f64| ((*value * unit).min(self.x.end), self.words.short(*value, 2));
        let least = if unit > 1.0 && range.end < 3.0 { 0.5 } else { 1.0 };
        let marks = ticks(&range, step(range.end, about).max(least));
        (marks.iter().map(text).collect(), self.words.t(title))
    }

    fn upward(&self) -> String {
        if self.y.start <= 0.0 {
            return self.words.t(ids::AXIS_HOLDS);
        }
        let from = self.words.percent(self.y.start, step_places(self.step * 100.0));
        self.words.v(ids::AXIS_HOLDS_CUT, [("from", from.into())])
    }
}

fn values(points: &[Point]) -> Vec<(f64, f64)> {
    points.iter().map(|point| (point.day, point.survival.value)).collect()
}

fn bounds(points: &[Point]) -> Vec<(f64, f64, f64)> {
    points.iter().map(|point| (point.day, point.survival.low, point.survival.high)).collect()
}

fn all(area: &Area<'_>, drawing: &Drawing<'_>, width: Width) -> Drawn {
    let right = if width.is_wide() { 196 } else { 26 };
    let margins = Margins { top: 36, right, bottom: 42, left: if width.is_wide() { 56 } else { 50 } };
    let mut frame = Frame::new(area, drawing.words, margins, drawing.x.clone(), drawing.y.clone())?;
    frame.heights(&drawing.heights())?;
    let (feet, along) = drawing.feet(if width.is_wide() { 8.0 } else { 5.0 });
    frame.feet(&feet)?;
    frame.titles(&drawing.upward(), &along)?;
    if drawing.curves.len() < PANELS_FROM {
        for (index, curve) in drawing.curves.iter().enumerate() {
            frame.band(&bounds(curve), ink(mark(index).tone, 0.14))?;
        }
    }
    // The first lies on top, for it is what the others are seen against.
    for (index, curve) in drawing.curves.iter().enumerate().rev() {
        let Mark { tone, dash, width, .. } = mark(index);
        frame.curve(&values(curve), dash, pen(tone, width))?;
    }
    for (index, curve) in drawing.curves.iter().enumerate().rev() {
        stamps(area, &frame, curve, index)?;
    }
    ends(area, &frame, drawing, right)
}

/// Markers along a curve, at other places for each variant so that they do not hide one another.
fn stamps(area: &Area<'_>, frame: &Frame<'_, '_>, curve: &[Point], index: usize) -> Drawn {
    let (Some(first), Some(last)) = (curve.first(), curve.last()) else { return Ok(()) };
    // Multiples of the golden ratio spread evenly however many there are.
    let shift = (f64::from(u32::try_from(index).unwrap_or_default()) * 0.618_034 + 0.5).fract();
    let Mark { tone, form, .. } = mark(index);
    for place in 0..STAMPS {
        let share = (f64::from(place) + shift) / f64::from(STAMPS);
        let day = first.day + (last.day - first.day) * share;
        if let Some(estimate) = curves::at(curve, day) {
            stamp(area, form, frame.px(day, estimate.value), tone)?;
        }
    }
    Ok(())
}

/// Letter and name at the end of each curve, moved apart where they would touch, with a leader to the curve.
fn ends(area: &Area<'_>, frame: &Frame<'_, '_>, drawing: &Drawing<'_>, room: i32) -> Drawn {
    let gap = 15 * UNITS;
    let places = drawing.curves.iter().enumerate();
    let mut places: Vec<(usize, (i32, i32), i32)> = places
        .filter_map(|(index, curve)| curve.last().map(|last| (index, last)))
        .map(|(index, last)| (index, frame.px(last.day, last.survival.value)))
        .map(|(index, at)| (index, at, at.1))
        .collect();
    places.sort_by_key(|(index, (_, y), _)| (*y, *index));
    for at in 1..places.len() {
        places[at].2 = places[at].2.max(places[at - 1].2 + gap);
    }
    // What ran out at the foot is pushed up again.
    let (_, foot) = frame.px(drawing.x.start, drawing.y.start);
    let mut lowest = foot + gap / 2;
    for place in places.iter_mut().rev() {
        place.2 = place.2.min(lowest);
        lowest = place.2 - gap;
    }
    for (index, at, y) in places {
        let start = at.0 + 16 * UNITS;
        if room > 40 {
            line(area, vec![(at.0 + 3 * UNITS, at.1), (start - 3 * UNITS, y)], pen(mark(index).tone, 3))?;
        }
        let letter = names::letter(drawing.words, index);
        let x = if room > 40 { start } else { at.0 + 7 * UNITS };
        write(area, drawing.words, &letter, (x, y), WORD.bold().tone(mark(index).tone))?;
        if room > 40 {
            let name = names::variant(drawing.words, &drawing.results.variants[index]);
            let text = name.cut(letters(room - 22 - letter_room(&letter), drawing.words.lang));
            write(area, drawing.words, &text, (x + letter_room(&letter) * UNITS, y), LABEL.tone(INK))?;
        }
    }
    Ok(())
}

/// One panel for each variant with its interval, the first variant thin behind it, in the order of the variants.
pub fn panels(results: &Results, lang: Lang) -> Vec<String> {
    let words = tongue(lang);
    let drawing = Drawing::of(results, words, 3.0);
    (0..drawing.curves.len())
        .map(|index| {
            let name = format!("panel-{}", index + 1);
            let variant = &results.variants[index];
            let said = names::called(words, index, variant);
            let places = figures::percent_places([&variant.survival]);
            let sheet = Sheet {
                words,
                name: &name,
                width: Width::Wide,
                size: (204, 146),
                title: said.clone(),
                description: words.v(
                    ids::PLOT_PANEL_WORDS,
                    [
                        ("variant", said.into()),
                        ("value", figures::percent(words, variant.survival.value, places).into()),
                        ("interval", figures::percent_interval(words, &variant.survival, places).into()),
                        ("span", figures::horizon(words, results.years).into()),
                    ],
                ),
            };
            drawn(&sheet, |area| panel(area, &drawing, index))
        })
        .collect()
}

fn panel(area: &Area<'_>, drawing: &Drawing<'_>, index: usize) -> Drawn {
    let margins = Margins { top: 10, right: 8, bottom: 24, left: 46 };
    let mut frame = Frame::new(area, drawing.words, margins, drawing.x.clone(), drawing.y.clone())?;
    frame.heights(&drawing.heights())?;
    let (feet, along) = drawing.feet(3.0);
    // The last tick is where the unit stands.
    let inner: Vec<(f64, String)> = feet.into_iter().filter(|(day, _)| *day < drawing.x.end * 0.8).collect();
    frame.feet(&inner)?;
    let (right, foot) = frame.px(drawing.x.end, drawing.y.start);
    write(area, drawing.words, &along, (right, foot + 15 * UNITS), LABEL.from(HPos::Right))?;
    if let Some(first) = drawing.curves.first()
        && index > 0
    {
        frame.curve(&values(first), None, pen(QUIET, 4))?;
    }
    let curve = &drawing.curves[index];
    let Mark { tone, width, .. } = mark(index);
    frame.band(&bounds(curve), ink(tone, 0.22))?;
    frame.curve(&values(curve), None, pen(tone, width))
}
