//! What each term buys: survival at the lower and at the upper value of what is varied alone.

use super::canvas::{
    Area, Drawn, Frame, LABEL, Margins, Sheet, UNITS, WORD, Width, drawn, letters, line, pen, step,
    step_places, ticks, write,
};
use super::marks::{Form, Hatch, hatched, stamp};
use super::tones::{DEEP, EARTH, INK, Tone};
use crate::report::tongue::{Lang, Tongue, ids, tongue};
use crate::report::{figures, names};
use crate::results::{Bar, Estimate, Results};
use plotters::style::text_anchor::HPos;
use std::ops::Range;

/// Bars of terms, and bars of assumptions, that are drawn: the longest of each.
const TERMS_MAX: usize = 10;
const ASSUMPTIONS_MAX: usize = 8;
/// Logical pixels of a bar with its line of words.
const ROW: i32 = 46;
const BAR: i32 = 12;

/// The bars that are drawn and stand in the table: terms first, for they can be chosen; each kind with its longest first.
pub(in crate::report) fn shown(results: &Results) -> Vec<&Bar> {
    let of = |is_term: bool, most: usize| {
        results.tornado.iter().filter(move |bar| bar.is_term == is_term).take(most)
    };
    of(true, TERMS_MAX).chain(of(false, ASSUMPTIONS_MAX)).collect()
}

/// Survival to the horizon at the lower and the upper value of each term, then of the assumptions that matter most, the
/// longest bar first.
pub fn tornado(results: &Results, lang: Lang, width: Width) -> String {
    let words = tongue(lang);
    let bars = &shown(results);
    let rows = i32::try_from(bars.len()).unwrap_or_default() * ROW;
    let key_rows = if width.is_wide() { 1 } else { 3 };
    let sheet = Sheet {
        words,
        name: "tornado",
        width,
        size: (width.px(), key_rows * 22 + rows + 60),
        title: words.t(ids::PLOT_TORNADO),
        description: description(bars, words),
    };
    drawn(&sheet, |area| {
        key(area, words, width)?;
        rows_of(area, words, results, bars, key_rows * 22 + 14)
    })
}

fn description(bars: &[&Bar], words: &Tongue) -> String {
    let Some(first) = bars.first() else { return words.t(ids::PLOT_EMPTY) };
    let places = figures::percent_places([&first.survival.0, &first.survival.1]);
    let value = |estimate: &Estimate| figures::percent(words, estimate.value, places);
    words.v(
        ids::PLOT_TORNADO_WORDS,
        [
            ("n", bars.len().into()),
            ("name", names::term(words, &first.name).text.into()),
            ("lower", names::value(words, &first.name, &first.values.0).text.into()),
            ("lowerValue", value(&first.survival.0).into()),
            ("upper", names::value(words, &first.name, &first.values.1).text.into()),
            ("upperValue", value(&first.survival.1).into()),
        ],
    )
}

fn key(area: &Area<'_>, words: &Tongue, width: Width) -> Drawn {
    let places: [(i32, i32); 3] =
        if width.is_wide() { [(4, 11), (190, 11), (420, 11)] } else { [(4, 11), (4, 33), (4, 55)] };
    for (at, is_term) in [(places[0], true), (places[1], false)] {
        let (left, y) = (at.0 * UNITS, at.1 * UNITS);
        let (hatch, tone) = look(is_term);
        hatched(area, (left, y - 6 * UNITS), (left + 24 * UNITS, y + 6 * UNITS), hatch, tone)?;
        let id = if is_term { ids::KEY_TERM } else { ids::KEY_ASSUMPTION };
        write(area, words, &words.t(id), (left + 30 * UNITS, y), LABEL.tone(INK))?;
    }
    let (left, y) = (places[2].0 * UNITS, places[2].1 * UNITS);
    stamp(area, Form::Ring, (left + 4 * UNITS, y), INK)?;
    stamp(area, Form::Disc, (left + 18 * UNITS, y), INK)?;
    write(area, words, &words.t(ids::KEY_LOWER_UPPER), (left + 30 * UNITS, y), LABEL.tone(INK))
}

fn look(is_term: bool) -> (Hatch, Tone) {
    if is_term { (Hatch::Whole, DEEP) } else { (Hatch::Rising, EARTH) }
}

/// The range of survival that holds all ends, their intervals and the plain variant, rounded outward to its ticks.
fn range(results: &Results, bars: &[&Bar]) -> (Range<f64>, f64) {
    let ends = bars.iter().flat_map(|bar| [bar.survival.0, bar.survival.1]);
    let plain = results.variants.first().map(|variant| variant.survival);
    let all = || ends.clone().chain(plain).flat_map(|one| [one.low, one.value, one.high]);
    let low = all().filter(|end| end.is_finite()).fold(1.0, f64::min).clamp(0.0, 1.0);
    let high = all().filter(|end| end.is_finite()).fold(0.0, f64::max).clamp(0.0, 1.0);
    let gap = step((high - low).max(1e-4), 5.0);
    (((low / gap).floor() * gap).max(0.0)..((high / gap).ceil() * gap).min(1.0), gap)
}

fn rows_of(area: &Area<'_>, words: &Tongue, results: &Results, bars: &[&Bar], top: i32) -> Drawn {
    let (x, gap) = range(results, bars);
    let rows = f64::from(u32::try_from(bars.len().max(1)).unwrap_or(1));
    let margins = Margins { top, right: 22, bottom: 46, left: 22 };
    let frame = Frame::new(area, words, margins, x.clone(), 0.0..rows)?;
    let marks = ticks(&x, gap);
    frame.uprights(marks.iter().copied())?;
    let places = step_places(gap * 100.0);
    let feet: Vec<(f64, String)> =
        marks.iter().map(|value| (*value, words.percent(*value, places))).collect();
    frame.feet(&feet)?;
    let (right, foot) = frame.px(x.end, 0.0);
    write(area, words, &words.t(ids::AXIS_HOLDS_END), (right, foot + 34 * UNITS), LABEL.from(HPos::Right))?;
    for (index, bar) in bars.iter().enumerate() {
        let row = rows - f64::from(u32::try_from(index).unwrap_or_default());
        one(area, words, &frame, bar, (row, &x))?;
    }
    plain(area, words, &frame, results, rows)
}

/// The plain variant as an upright line, broken where words stand, with its letter above.
fn plain(area: &Area<'_>, words: &Tongue, frame: &Frame<'_, '_>, results: &Results, rows: f64) -> Drawn {
    let plain = results.variants.first().map(|plain| plain.survival.value);
    let Some(value) = plain.filter(|value| value.is_finite()) else { return Ok(()) };
    let (x, top) = frame.px(value, rows);
    let (_, foot) = frame.px(value, 0.0);
    for row in (top..foot - ROW * UNITS / 2).step_by(usize::try_from(ROW * UNITS).unwrap_or(1)) {
        line(area, vec![(x, row + 20 * UNITS), (x, row + 39 * UNITS)], pen(INK, 6))?;
    }
    write(area, words, &names::letter(words, 0), (x, top - 8 * UNITS), WORD.bold().from(HPos::Center))
}

/// One row: its words above, then the bar from one end to the other with both intervals.
fn one(
    area: &Area<'_>,
    words: &Tongue,
    frame: &Frame<'_, '_>,
    bar: &Bar,
    (row, x): (f64, &Range<f64>),
) -> Drawn {
    let (lower, upper) = bar.survival;
    let text = words.v(
        ids::BAR_LABEL,
        [
            ("name", names::term(words, &bar.name).text.into()),
            ("lower", names::value(words, &bar.name, &bar.values.0).text.into()),
            ("upper", names::value(words, &bar.name, &bar.values.1).text.into()),
        ],
    );
    let (left, top) = frame.px(x.start, row);
    let (right, _) = frame.px(x.end, row);
    let text = names::cut(&text, letters((right - left) / UNITS, words.lang));
    let (edge, from) = if words.lang.is_rtl() { (right, HPos::Right) } else { (left, HPos::Left) };
    write(area, words, &text, (edge, top + 9 * UNITS), LABEL.tone(INK).from(from))?;
    let middle = top + 29 * UNITS;
    let at = |value: f64| frame.px(value, row).0;
    let (a, b) = (at(lower.value), at(upper.value));
    let half = BAR * UNITS / 2;
    let (hatch, tone) = look(bar.is_term);
    hatched(area, (a.min(b), middle - half), (a.max(b), middle + half), hatch, tone)?;
    for (estimate, end, shift) in [(lower, a, -half), (upper, b, half)] {
        // Each interval runs along its own edge of the bar, so that two that overlap are both seen.
        let y = middle + shift;
        line(area, vec![(at(estimate.low), y), (at(estimate.high), y)], pen(INK, 5))?;
        line(area, vec![(end, middle), (end, y)], pen(INK, 5))?;
    }
    stamp(area, Form::Ring, (a, middle), INK)?;
    stamp(area, Form::Disc, (b, middle), INK)
}
