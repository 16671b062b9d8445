//! Why restraint ended: bars cut into causes, one for each variant.

use super::DRAWN_MAX;
use super::canvas::{
    Area, Drawn, Frame, LABEL, Margins, Sheet, UNITS, WORD, Width, drawn, letter_room, letters, step,
    step_places, ticks, write,
};
use super::marks::{hatch, hatched};
use super::tones::INK;
use crate::report::tongue::{Lang, Tongue, ids, tongue};
use crate::report::{figures, names};
use crate::results::{Results, Variant};
use plotters::style::text_anchor::HPos;

/// Logical pixels of a row, and of the bar in it.
const ROW: i32 = 28;
const BAR: i32 = 16;
const KEY_ROW: i32 = 20;

/// Shares of runs that ended for each cause, one bar for each variant.
pub fn causes(results: &Results, lang: Lang, width: Width) -> String {
    let words = tongue(lang);
    let shown = results.variants.get(..DRAWN_MAX).unwrap_or(&results.variants);
    let names = cause_names(shown);
    let columns = if width.is_wide() { 3 } else { 2 };
    let keys = i32::try_from(names.len().div_ceil(columns)).unwrap_or_default() * KEY_ROW;
    let rows = i32::try_from(shown.len()).unwrap_or_default() * ROW;
    let sheet = Sheet {
        words,
        name: "causes",
        width,
        size: (width.px(), keys + rows + 60),
        title: words.t(ids::PLOT_CAUSES),
        description: description(shown, words),
    };
    drawn(&sheet, |area| {
        key(area, words, &names, width, columns)?;
        bars(area, words, shown, &names, width, keys + 12)
    })
}

/// Every cause that a variant names, in the order in which they come first.
fn cause_names(variants: &[Variant]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in variants.iter().flat_map(|variant| &variant.causes) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names
}

fn share(variant: &Variant, name: &str) -> f64 {
    let found = variant.causes.iter().find(|(cause, _)| cause == name);
    found.map(|(_, estimate)| estimate.value).filter(|value| value.is_finite()).unwrap_or(0.0).max(0.0)
}

fn description(variants: &[Variant], words: &Tongue) -> String {
    let Some(first) = variants.first() else { return words.t(ids::PLOT_EMPTY) };
    let most = first.causes.iter().max_by(|a, b| a.1.value.total_cmp(&b.1.value));
    let Some((name, estimate)) = most else { return words.t(ids::PLOT_EMPTY) };
    let value = figures::percent(words, estimate.value, figures::percent_places([estimate]));
    words.v(
        ids::PLOT_CAUSES_WORDS,
        [
            ("n", variants.len().into()),
            ("variant", names::letter(words, 0).into()),
            ("cause", names::cause(words, name).text.into()),
            ("value", value.into()),
        ],
    )
}

fn key(area: &Area<'_>, words: &Tongue, names: &[&str], width: Width, columns: usize) -> Drawn {
    let column = (width.px() - 8) / i32::try_from(columns).unwrap_or(1);
    for (index, name) in names.iter().enumerate() {
        let part = |n: usize| i32::try_from(n).unwrap_or_default();
        let at = (4 + part(index % columns) * column, 10 + part(index / columns) * KEY_ROW);
        let (form, tone) = hatch(index);
        let (left, top) = (at.0 * UNITS, (at.1 - 6) * UNITS);
        hatched(area, (left, top), (left + 20 * UNITS, top + 12 * UNITS), form, tone)?;
        let text = names::cause(words, name).cut(letters(column - 30, words.lang));
        write(area, words, &text, (left + 26 * UNITS, at.1 * UNITS), LABEL.tone(INK))?;
    }
    Ok(())
}

fn bars(
    area: &Area<'_>,
    words: &Tongue,
    variants: &[Variant],
    names: &[&str],
    width: Width,
    top: i32,
) -> Drawn {
    let total = |variant: &Variant| names.iter().map(|name| share(variant, name)).sum::<f64>();
    let most = variants.iter().map(total).fold(0.0, f64::max).clamp(1e-6, 1.0);
    let gap = step(most, if width.is_wide() { 6.0 } else { 4.0 });
    let end = ((most / gap).ceil() * gap).min(1.0_f64.max(most));
    let left = if width.is_wide() { 216 } else { 26 };
    let margins = Margins { top, right: 24, bottom: 46, left };
    let rows = f64::from(u32::try_from(variants.len().max(1)).unwrap_or(1));
    let frame = Frame::new(area, words, margins, 0.0..end, 0.0..rows)?;
    let marks = ticks(&(0.0..end), gap);
    frame.uprights(marks.iter().copied())?;
    let places = step_places(gap * 100.0);
    let feet: Vec<(f64, String)> =
        marks.iter().map(|value| (*value, words.percent(*value, places))).collect();
    frame.feet(&feet)?;
    let (right, foot) = frame.px(end, 0.0);
    write(area, words, &words.t(ids::AXIS_ENDED), (right, foot + 34 * UNITS), LABEL.from(HPos::Right))?;
    for (index, variant) in variants.iter().enumerate() {
        let row = rows - f64::from(u32::try_from(index).unwrap_or_default()) - 0.5;
        let (x, y) = frame.px(0.0, row);
        label(area, words, (index, variant), (x, y), width)?;
        let mut from = 0.0;
        for (at, name) in names.iter().enumerate() {
            let to = from + share(variant, name);
            let (form, tone) = hatch(at);
            let (left, right) = (frame.px(from, row).0, frame.px(to, row).0);
            hatched(area, (left, y - BAR * UNITS / 2), (right, y + BAR * UNITS / 2), form, tone)?;
            from = to;
        }
    }
    Ok(())
}

fn label(
    area: &Area<'_>,
    words: &Tongue,
    (index, variant): (usize, &Variant),
    (x, y): (i32, i32),
    width: Width,
) -> Drawn {
    let letter = names::letter(words, index);
    if !width.is_wide() {
        return write(area, words, &letter, (x - 8 * UNITS, y), WORD.bold().from(HPos::Right));
    }
    write(area, words, &letter, (x - 8 * UNITS, y), WORD.bold().from(HPos::Right))?;
    let text = names::variant(words, variant).cut(letters(184, words.lang));
    write(area, words, &text, (x - (8 + letter_room(&letter)) * UNITS, y), LABEL.tone(INK).from(HPos::Right))
}

/// A piece of a cause's hatching, for tables: it says nothing that the word beside it does not say too.
pub(in crate::report) fn cause_swatch(index: usize) -> String {
    let (form, tone) = hatch(index);
    super::marks::plain_swatch((20, 12), |area| hatched(area, (0, 0), (20 * UNITS, 12 * UNITS), form, tone))
}
