//! Restraint against the cost of false alarms: every choice of terms that was looked at.

use super::canvas::{
    Area, Drawn, Frame, LABEL, Margins, Sheet, UNITS, WORD, Width, drawn, fill, ink, line, pen, step,
    step_places, ticks, write,
};
use super::marks::{Form, stamp};
use super::tones::{AXIS, DEEP, INK, PAPER, QUIET};
use crate::report::figures;
use crate::report::tongue::{Lang, Tongue, ids, tongue};
use crate::results::{Choice, Results};
use plotters::element::Circle;
use plotters::style::text_anchor::HPos;
use std::ops::Range;

/// Choices off the frontier that are drawn: more would be a blot.
const OTHERS_MAX: usize = 200;
/// Choices on the frontier that are drawn and numbered.
const NUMBERED_MAX: usize = 24;

/// Choices on the frontier in the order of their cost: their places in `frontier` are numbered from 1 in plot and table.
pub(in crate::report) fn numbered(results: &Results) -> Vec<&Choice> {
    let mut on: Vec<&Choice> =
        results.frontier.iter().filter(|choice| choice.on_frontier && sound(choice)).collect();
    on.sort_by(|a, b| a.cost.value.total_cmp(&b.cost.value));
    on.truncate(NUMBERED_MAX);
    on
}

fn sound(choice: &Choice) -> bool {
    let (survival, cost) = (choice.survival, choice.cost);
    [survival.low, survival.value, survival.high, cost.low, cost.value, cost.high]
        .into_iter()
        .all(f64::is_finite)
}

/// Survival to the horizon against the cost of false alarms a year, for each choice of terms.
pub fn frontier(results: &Results, lang: Lang, width: Width) -> String {
    let words = tongue(lang);
    let sheet = Sheet {
        words,
        name: "frontier",
        width,
        size: (width.px(), if width.is_wide() { 400 } else { 320 }),
        title: words.t(ids::PLOT_FRONTIER),
        description: description(results, words),
    };
    drawn(&sheet, |area| all(area, words, results, width))
}

fn description(results: &Results, words: &Tongue) -> String {
    let on = numbered(results);
    let (Some(first), Some(last)) = (on.first(), on.last()) else { return words.t(ids::PLOT_EMPTY) };
    let percent = |choice: &Choice| {
        figures::percent(words, choice.survival.value, figures::percent_places([&choice.survival]))
    };
    let cost = |choice: &Choice| words.decimal(choice.cost.value, figures::plain_places([&choice.cost]));
    words.v(
        ids::PLOT_FRONTIER_WORDS,
        [
            ("n", results.frontier.len().into()),
            ("on", words.number(on.len().try_into().unwrap_or_default()).into()),
            ("low", percent(first).into()),
            ("lowCost", cost(first).into()),
            ("high", percent(last).into()),
            ("highCost", cost(last).into()),
        ],
    )
}

/// A range about the ends with its step, rounded outward.
fn about(low: f64, high: f64, ticks: f64, most: f64) -> (Range<f64>, f64) {
    let gap = step((high - low).max(1e-4), ticks);
    (((low / gap).floor() * gap).max(0.0)..((high / gap).ceil() * gap).min(most), gap)
}

fn all(area: &Area<'_>, words: &Tongue, results: &Results, width: Width) -> Drawn {
    let shown: Vec<&Choice> =
        results.frontier.iter().chain(&results.best).filter(|choice| sound(choice)).collect();
    let low = |of: fn(&Choice) -> f64| shown.iter().map(|one| of(one)).fold(f64::INFINITY, f64::min);
    let high = |of: fn(&Choice) -> f64| shown.iter().map(|one| of(one)).fold(0.0, f64::max);
    let few = if width.is_wide() { 7.0 } else { 4.0 };
    let (x, x_gap) = about(low(|one| one.cost.low).min(1e9), high(|one| one.cost.high), few, f64::INFINITY);
    let (y, y_gap) = about(low(|one| one.survival.low).min(1.0), high(|one| one.survival.high), 5.0, 1.0);
    let margins = Margins { top: 36, right: 24, bottom: 46, left: 56 };
    let mut frame = Frame::new(area, words, margins, x.clone(), y.clone())?;
    let places = step_places(y_gap * 100.0);
    let heights: Vec<(f64, String)> =
        ticks(&y, y_gap).iter().map(|value| (*value, words.percent(*value, places))).collect();
    frame.heights(&heights)?;
    let places = step_places(x_gap);
    let feet: Vec<(f64, String)> =
        ticks(&x, x_gap).iter().map(|value| (*value, words.decimal(*value, places))).collect();
    frame.feet(&feet)?;
    frame.titles(&words.t(ids::AXIS_HOLDS_END), &words.t(ids::AXIS_COST))?;
    for choice in results.frontier.iter().filter(|one| !one.on_frontier && sound(one)).take(OTHERS_MAX) {
        let at = frame.px(choice.cost.value, choice.survival.value);
        area.draw(&Circle::new(at, 3 * UNITS, pen(AXIS, 5)))?;
    }
    let on = numbered(results);
    let steps: Vec<(f64, f64)> = on.iter().map(|one| (one.cost.value, one.survival.value)).collect();
    frame.curve(&steps, None, pen(DEEP, 6))?;
    for choice in &on {
        whiskers(area, &frame, choice)?;
    }
    points(area, words, &frame, (&on, results.best.as_ref()))?;
    best(area, words, &frame, results)
}

/// The intervals of a choice both ways.
fn whiskers(area: &Area<'_>, frame: &Frame<'_, '_>, choice: &Choice) -> Drawn {
    let (survival, cost) = (choice.survival, choice.cost);
    let upright = vec![frame.px(cost.value, survival.low), frame.px(cost.value, survival.high)];
    let level = vec![frame.px(cost.low, survival.value), frame.px(cost.high, survival.value)];
    line(area, upright, pen(QUIET, 4))?;
    line(area, level, pen(QUIET, 4))
}

fn points(
    area: &Area<'_>,
    words: &Tongue,
    frame: &Frame<'_, '_>,
    (on, best): (&[&Choice], Option<&Choice>),
) -> Drawn {
    let mut last = None::<(i32, i32)>;
    for (index, choice) in on.iter().enumerate() {
        let at = frame.px(choice.cost.value, choice.survival.value);
        stamp(area, Form::Disc, at, DEEP)?;
        // A number that would lie on the one before is left to the table.
        let near =
            last.is_some_and(|last| (at.0 - last.0).abs() < 18 * UNITS && (at.1 - last.1).abs() < 12 * UNITS);
        if !near {
            let number = words.number(u64::try_from(index + 1).unwrap_or_default());
            // The best one has rings about it.
            let off = if best.is_some_and(|best| best.terms == choice.terms) { 16 } else { 10 };
            let place = (at.0 - off * UNITS, at.1 - off * UNITS);
            write(area, words, &number, place, WORD.bold().from(HPos::Center))?;
            last = Some(at);
        }
    }
    Ok(())
}

fn best(area: &Area<'_>, words: &Tongue, frame: &Frame<'_, '_>, results: &Results) -> Drawn {
    let Some(choice) = results.best.as_ref().filter(|choice| sound(choice)) else { return Ok(()) };
    let at = frame.px(choice.cost.value, choice.survival.value);
    for r in [8, 11] {
        area.draw(&Circle::new(at, r * u32::try_from(UNITS).unwrap_or(1), pen(INK, 5)))?;
    }
    let text = words.t(ids::KEY_BEST);
    let (x, y) = (at.0 + 14 * UNITS, at.1 + 17 * UNITS);
    let wide = i32::try_from(text.chars().count()).unwrap_or_default() * 7 * UNITS;
    let (left, right, half) = (x - 2 * UNITS, x + wide, 8 * UNITS);
    // Marks beneath the words would strike them through.
    fill(
        area,
        vec![(left, y - half), (right, y - half), (right, y + half), (left, y + half)],
        ink(PAPER, 0.85),
    )?;
    write(area, words, &text, (x, y), LABEL.tone(INK))
}
